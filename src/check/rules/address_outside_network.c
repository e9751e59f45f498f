/* address-outside-network: an address is not in the network it is declared on, or in none of its cluster's. */
#include "check/address_home.h"

#define MAX_NOTES 3

static const struct cluster *cluster_of(const struct address_use *use)
{
	return use->use == USE_VIP ? (const struct cluster *)use->owner : ((const struct node *)use->owner)->cluster;
}

static void report_named(struct check *check, const struct address_use *use)
{
	const struct network *network = use->value->network;
	struct str phrase = address_phrase(check->arena, use), text = network_text(check->arena, network);
	struct diag *diag = check_report(check, use->value->word.span, STR_FMT " is not in " STR_FMT, STR_ARG(phrase),
					 STR_ARG(text));

	check_note(check, diag, network->cidrs.data[0].word.span, STR_FMT " is declared here",
		   STR_ARG(network->entity.id.str));
	check_help(check, diag, "write an address of this network, or name the network that it is on");
}

static bool holds_hosts(const struct network *network, uint8_t family)
{
	return network && network->kind != NETWORK_POD && network->kind != NETWORK_SERVICE &&
	       network_has_family(network, family);
}

static void report_cluster(struct check *check, const struct address_use *use)
{
	const struct cluster *cluster = cluster_of(use);
	struct diag *diag =
		check_report(check, use->value->word.span, STR_FMT " is in no network of the cluster " STR_FMT,
			     STR_ARG(address_phrase(check->arena, use)), STR_ARG(cluster->entity.id.str));
	size_t notes = 0;

	for (size_t i = 0; i < cluster->networks.n && notes < MAX_NOTES; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;

		if (!holds_hosts(network, use->value->address.family))
			continue;
		check_note(check, diag, network->cidrs.data[0].word.span, "the cluster is on " STR_FMT,
			   STR_ARG(network_text(check->arena, network)));
		notes++;
	}
	if (use->value->network && use->use == USE_NODE)
		check_help(check, diag, "correct the address, or name " STR_FMT " among the networks of " STR_FMT,
			   STR_ARG(use->value->network->entity.id.str), STR_ARG(cluster->entity.id.str));
	else
		check_help(check, diag, "correct the address, or declare the network that it is on");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct homed_addresses homed = address_homes(check->arena, estate);

		for (size_t i = 0; i < homed.list.n; i++) {
			const struct address_use *use = &homed.list.data[i].use;

			if (homed.list.data[i].home != HOME_OUTSIDE)
				continue;
			if (use->use != USE_VIP && use->value->label.str.size > 0)
				report_named(check, use);
			else
				report_cluster(check, use);
		}
	}
}

const struct rule rule_address_outside_network = {
	.name = "address-outside-network",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "an address that is not in the network it is declared on, or in none of its cluster's",
	.explain =
		"An address behind the name of a network must be in one of its prefixes. The address of a node must be in a network "
		"that its cluster names; further addresses of the node may be on other declared networks, such as one for "
		"storage. A VIP may be on any declared network. Clusters that name no network for hosts are left alone.",
	.example = "addresses: {nodes: 10.89.7.3}     nodes is 10.89.5.0/24",
	.cure = "Correct the address or the prefix, or name the network that the address is on.",
	.run = run,
};
