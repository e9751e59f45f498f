/* vlan-invalid: a VLAN id that is none, or that two networks of one site have. */
#include "check/address_home.h"

static bool is_untagged(struct str text)
{
	return str_eq_nocase(text, STR("untagged")) || str_eq_nocase(text, STR("native")) ||
	       str_eq_nocase(text, STR("none"));
}

static void report_value(struct check *check, const struct network *network)
{
	struct diag *diag = check_report(check, network->vlan.span,
					 "the VLAN of " STR_FMT " is " STR_FMT ", and ids go from 1 to 4094",
					 STR_ARG(network->entity.id.str), STR_ARG(network->vlan.str));

	check_help(check, diag, "write the id that is configured, or untagged");
}

static bool shares_prefix(const struct network *a, const struct network *b)
{
	for (size_t i = 0; i < a->cidrs.n; i++)
		for (size_t k = 0; k < b->cidrs.n; k++)
			if (a->cidrs.data[i].valid && b->cidrs.data[k].valid &&
			    prefix_eq(a->cidrs.data[i].prefix, b->cidrs.data[k].prefix))
				return true;
	return false;
}

/* IPv4 and IPv6 of one link may be declared as two networks, and a part of a network is on its link. */
static bool may_share(const struct network *a, const struct network *b)
{
	bool apart = (network_has_family(a, 4) && network_has_family(b, 4)) ||
		     (network_has_family(a, 6) && network_has_family(b, 6));

	return !apart || network_is_below(a, b) || network_is_below(b, a) || shares_prefix(a, b);
}

static void report_twice(struct check *check, const struct network *network, const struct network *first)
{
	struct str site = network->site.str;
	struct diag *diag = check_report(check, network->vlan.span,
					 "VLAN " STR_FMT " is that of both " STR_FMT " and " STR_FMT "%s" STR_FMT,
					 STR_ARG(network->vlan.str), STR_ARG(first->entity.id.str),
					 STR_ARG(network->entity.id.str), site.size > 0 ? " at " : "", STR_ARG(site));

	check_note(check, diag, first->vlan.span, "also declared here");
	check_help(check, diag, "correct one of the ids; networks of different places say so with site:");
}

static void check_network(struct check *check, struct map *seen, struct network *network)
{
	const struct network *first;
	long long id;
	struct str key;

	if (network->vlan.str.size == 0 || is_untagged(network->vlan.str))
		return;
	if (!str_to_number(network->vlan.str, &id) || id < 1 || id > 4094) {
		report_value(check, network);
		return;
	}
	key = str_format(check->arena, "%lld " STR_FMT, id, STR_ARG(utf8_lower(check->arena, network->site.str)));
	first = map_find(seen, key);
	if (!first)
		map_put(seen, key, network);
	else if (!may_share(network, first))
		report_twice(check, network, first);
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct map seen = {.arena = check->arena};

		for (size_t i = 0; i < estate->networks.n; i++)
			check_network(check, &seen, estate->networks.data[i]);
	}
}

const struct rule rule_vlan_invalid = {
	.name = "vlan-invalid",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a VLAN id out of 1 to 4094, or one id on two networks of a site",
	.explain =
		"Ids 0 and 4095 are reserved by IEEE 802.1Q. Two networks with one id are one broadcast domain, whatever their prefixes "
		"say. Networks of different sites may share an id, as may a network and a part of it, and the IPv4 and IPv6 side of "
		"one link. A network without site: is at the same place as all others without one.",
	.example = "iot:   {cidr: 10.20.0.0/24, vlan: 20}\nguest: {cidr: 10.21.0.0/24, vlan: 20}",
	.cure = "Write the id that the switches have.",
	.run = run,
};
