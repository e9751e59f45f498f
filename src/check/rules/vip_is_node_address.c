/* vip-is-node-address: the VIP of a cluster is the address of a node. */
#include "check/address_home.h"

static struct str address_key(const struct address *address)
{
	return (struct str){(const char *)address, sizeof *address};
}

static void report(struct check *check, const struct address_use *vip, const struct address_use *node)
{
	struct str whose = address_owner(check->arena, vip);
	struct diag *diag =
		check_report(check, vip->value->word.span, STR_FMT " is " STR_FMT ", the address of the node " STR_FMT,
			     STR_ARG(whose), STR_ARG(vip->value->word.str), STR_ARG(node->owner->id.str));

	check_note(check, diag, node->value->word.span, "also declared here");
	check_help(check, diag, "give the VIP an address that no node has");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct address_uses uses = estate_addresses(check->arena, estate);
		struct map nodes = {.arena = check->arena};

		for (size_t i = 0; i < uses.list.n; i++) {
			struct address_use *use = &uses.list.data[i];

			if (use->use == USE_NODE && use->value->valid &&
			    !map_has(&nodes, address_key(&use->value->address)))
				map_put(&nodes, address_key(&use->value->address), use);
		}
		for (size_t i = 0; i < uses.list.n; i++) {
			const struct address_use *use = &uses.list.data[i], *node;

			if (use->use != USE_VIP || !use->value->valid)
				continue;
			node = map_find(&nodes, address_key(&use->value->address));
			if (node)
				report(check, use, node);
		}
	}
}

const struct rule rule_vip_is_node_address = {
	.name = "vip-is-node-address",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a VIP that is the address of a node",
	.explain =
		"A virtual address moves to another node when one fails. When it is the address of one of them, two machines answer to "
		"it as soon as it moves, and the failure it was made for takes the cluster down.",
	.example = "vips: {api: 10.10.0.25}     storm has 10.10.0.25",
	.cure = "Give the VIP an address of its own, outside of every range.",
	.run = run,
};
