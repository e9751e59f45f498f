/* address-family: IPv4 where IPv6 is wanted, or the other way round. */
#include "check/address_home.h"

static const char *family_name(uint8_t family)
{
	return family == 6 ? "IPv6" : "IPv4";
}

static void report(struct check *check, struct word word, uint8_t family, struct str phrase,
		   const struct network *network)
{
	struct diag *diag =
		check_report(check, word.span, STR_FMT " is %s, and " STR_FMT " has no %s prefix", STR_ARG(phrase),
			     family_name(family), STR_ARG(network->entity.id.str), family_name(family));

	check_note(check, diag, network->cidrs.data[0].word.span, STR_FMT " is declared here",
		   STR_ARG(network->entity.id.str));
	check_help(check, diag, "write an %s address, or give the network an %s prefix too",
		   family_name(family == 6 ? 4 : 6), family_name(family));
}

static bool lacks(const struct network *network, struct address address)
{
	return network_is_readable(network) && !network_has_family(network, address.family) &&
	       !address_is_link_local(address);
}

static void check_addresses(struct check *check, const struct estate *estate)
{
	struct homed_addresses homed = address_homes(check->arena, estate);

	for (size_t i = 0; i < homed.list.n; i++) {
		const struct address_use *use = &homed.list.data[i].use;
		const struct network *network = use->value->network;
		bool is_gateway = use->use == USE_GATEWAY && use->value->valid && lacks(network, use->value->address);

		if (is_gateway || homed.list.data[i].home == HOME_OTHER_FAMILY)
			report(check, use->value->word, use->value->address.family, address_phrase(check->arena, use),
			       network);
	}
}

static void check_range(struct check *check, const struct network *network, const struct range_value *range)
{
	struct address_read from = address_parse(range->from.str), to = address_parse(range->to.str);
	struct diag *diag;

	if (from.error != NET_OK || to.error != NET_OK)
		return;
	if (from.address.family != to.address.family) {
		diag = check_report(check, range->to.span,
				    STR_FMT " begins with the %s address " STR_FMT
					    " and ends with the %s address " STR_FMT,
				    STR_ARG(range_text(check->arena, range, network)), family_name(from.address.family),
				    STR_ARG(range->from.str), family_name(to.address.family), STR_ARG(range->to.str));
		check_note(check, diag, range->from.span, "it begins here");
		check_help(check, diag, "write two ranges, one for each family");
	} else if (lacks(network, from.address)) {
		report(check, range->from, from.address.family, range_text(check->arena, range, network), network);
	}
}

/* ---- dual stack ---- */

/* Family of the first prefix when there are prefixes of both, else 0. */
static uint8_t first_of_both(const struct network *network)
{
	if (!network_is_readable(network) || !network_has_family(network, 4) || !network_has_family(network, 6))
		return 0;
	return network->cidrs.data[0].prefix.base.family;
}

/* The cluster's first network of that kind that has both families. */
static const struct network *find_dual(const struct cluster *cluster, enum network_kind kind)
{
	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;

		if (network && network->kind == kind && first_of_both(network))
			return network;
	}
	return NULL;
}

static void check_order(struct check *check, const struct cluster *cluster)
{
	const struct network *pods = find_dual(cluster, NETWORK_POD), *services = find_dual(cluster, NETWORK_SERVICE);
	struct diag *diag;

	if (!pods || !services || first_of_both(pods) == first_of_both(services))
		return;
	diag = check_report(check, services->cidrs.data[0].word.span,
			    STR_FMT " begins with %s, and " STR_FMT " of the same cluster with %s",
			    STR_ARG(services->entity.id.str), family_name(first_of_both(services)),
			    STR_ARG(pods->entity.id.str), family_name(first_of_both(pods)));
	check_note(check, diag, pods->cidrs.data[0].word.span, STR_FMT " is declared here",
		   STR_ARG(pods->entity.id.str));
	check_help(check, diag, "write the prefixes of pods and services in one order of families");
}

/* DNS of a family that no service network of the cluster has. */
static void check_dns(struct check *check, const struct cluster *cluster)
{
	const struct network *services = NULL;
	bool has[2] = {false, false};

	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;

		if (!network || network->kind != NETWORK_SERVICE)
			continue;
		if (!network_is_readable(network))
			return;
		services = services ? services : network;
		has[0] |= network_has_family(network, 4);
		has[1] |= network_has_family(network, 6);
	}
	for (size_t i = 0; services && i < cluster->dns.n; i++) {
		const struct address_value *dns = &cluster->dns.data[i];
		struct str phrase = str_format(check->arena, "the DNS of " STR_FMT " (" STR_FMT ")",
					       STR_ARG(cluster->entity.id.str), STR_ARG(dns->word.str));

		if (dns->valid && !has[dns->address.family == 6])
			report(check, dns->word, dns->address.family, phrase, services);
	}
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		check_addresses(check, estate);
		for (size_t i = 0; i < estate->networks.n; i++)
			for (size_t k = 0; k < estate->networks.data[i]->ranges.n; k++)
				check_range(check, estate->networks.data[i], &estate->networks.data[i]->ranges.data[k]);
		for (size_t i = 0; i < estate->clusters.n; i++) {
			check_order(check, estate->clusters.data[i]);
			check_dns(check, estate->clusters.data[i]);
		}
	}
}

const struct rule rule_address_family = {
	.name = "address-family",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "IPv4 where IPv6 is wanted, or the other way round",
	.explain =
		"Reported are: an address, gateway or range on a network that has no prefix of its family; cluster DNS where the "
		"service network has none; a range that begins in one family and ends in the other; and a cluster whose pods "
		"and services list the two families in different order, which Kubernetes refuses. Link-local IPv6 addresses "
		"need no prefix.",
	.example = "addresses: {nodes: \"fd00:1::25\"}     nodes is 10.10.0.0/24",
	.cure = "Write an address of the network's family, or give the network a prefix of the other one.",
	.run = run,
};
