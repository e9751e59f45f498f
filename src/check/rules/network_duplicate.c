/* network-duplicate: one prefix stands under two ids. */
#include "check/check.h"

#define KEY_SIZE 18

static struct str prefix_key(struct arena *arena, struct prefix prefix)
{
	char key[KEY_SIZE] = {(char)prefix.base.family, (char)prefix.bits};

	memcpy(key + 2, prefix.base.bytes, sizeof prefix.base.bytes);
	return str_dup(arena, (struct str){key, KEY_SIZE});
}

struct place_of_prefix {
	const struct network *network;
	const struct prefix_value *cidr;
};

static void report(struct check *check, const struct network *network, const struct prefix_value *cidr,
		   const struct place_of_prefix *first)
{
	struct str id = network->entity.id.str, other = first->network->entity.id.str;
	struct diag *diag;

	if (network == first->network)
		diag = check_report(check, cidr->word.span, STR_FMT " lists " STR_FMT " twice", STR_ARG(id),
				    STR_ARG(cidr->word.str));
	else
		diag = check_report(check, cidr->word.span, STR_FMT " has the prefix of " STR_FMT ", " STR_FMT,
				    STR_ARG(id), STR_ARG(other), STR_ARG(cidr->word.str));
	check_note(check, diag, first->cidr->word.span, "also declared here");
	if (network == first->network)
		check_help(check, diag, "keep one of them");
	else
		check_help(
			check, diag,
			"write the prefix that is meant, or keep one network and give it the other name as an alias");
}

static void check_network(struct check *check, struct map *seen, const struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n; i++) {
		const struct prefix_value *cidr = &network->cidrs.data[i];
		const struct place_of_prefix *first;
		struct place_of_prefix *place;
		struct str key;

		if (!cidr->valid || prefix_has_host_bits(cidr->prefix))
			continue;
		key = prefix_key(check->arena, cidr->prefix);
		first = map_find(seen, key);
		if (first) {
			report(check, network, cidr, first);
			continue;
		}
		place = NEW(check->arena, struct place_of_prefix);
		*place = (struct place_of_prefix){network, cidr};
		map_put(seen, key, place);
	}
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct map seen = {.arena = check->arena};

		for (size_t i = 0; i < estate->networks.n; i++)
			check_network(check, &seen, estate->networks.data[i]);
	}
}

const struct rule rule_network_duplicate = {
	.name = "network-duplicate",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "one prefix under two ids",
	.explain =
		"An estate is one space of addresses: an address of such a prefix belongs to two networks, and nobody can say which. "
		"A network that has two names is declared once, with an alias; one that two clusters use is named by both.",
	.example = "lan:  {cidr: 10.10.0.0/24}\nhome: {cidr: 10.10.0.0/24}",
	.cure = "Correct the prefix that was copied, or keep one of the two networks.",
	.run = run,
};
