/* dns-outside-service-network: the DNS address of a cluster is in none of its service networks. */
#include "check/address_home.h"

static struct str address_key(const struct address *address)
{
	return (struct str){(const char *)address, sizeof *address};
}

/* Addresses that hosts have: a resolver among them is one outside of the cluster. */
static void collect_hosts(struct check *check, const struct estate *estate, struct map *hosts)
{
	struct address_uses uses = estate_addresses(check->arena, estate);

	for (size_t i = 0; i < uses.list.n; i++)
		if (uses.list.data[i].use != USE_DNS && uses.list.data[i].value->valid)
			map_put(hosts, address_key(&uses.list.data[i].value->address), hosts);
}

/* The first service network of that family; NULL when there is none, or when one holds the address or cannot be read. */
static const struct network *find_missing(const struct cluster *cluster, struct address address)
{
	const struct network *first = NULL;

	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;

		if (!network || network->kind != NETWORK_SERVICE)
			continue;
		if (!network_is_readable(network) || network_holds(network, address))
			return NULL;
		if (!first && network_has_family(network, address.family))
			first = network;
	}
	return first;
}

static const struct prefix_value *prefix_of_family(const struct network *network, uint8_t family)
{
	for (size_t i = 0; i < network->cidrs.n; i++)
		if (network->cidrs.data[i].prefix.base.family == family)
			return &network->cidrs.data[i];
	return NULL;
}

/* The tenth address, as most installers choose. */
static struct str usual(struct arena *arena, struct prefix prefix)
{
	struct address address = prefix_first(prefix);

	for (int i = 0; i < 10; i++)
		address = address_next(address);
	return address_format(arena, address);
}

static void report(struct check *check, const struct cluster *cluster, const struct address_value *dns,
		   const struct network *network)
{
	const struct prefix_value *cidr = prefix_of_family(network, dns->address.family);
	struct diag *diag =
		check_report(check, dns->word.span,
			     "the DNS of " STR_FMT " is " STR_FMT ", which is not in its service network " STR_FMT,
			     STR_ARG(cluster->entity.id.str), STR_ARG(dns->word.str), STR_ARG(cidr->word.str));

	check_note(check, diag, cidr->word.span, STR_FMT " is declared here", STR_ARG(network->entity.id.str));
	if (prefix_size(cidr->prefix) > 11)
		check_help(check, diag, "write an address of " STR_FMT ", most often " STR_FMT, STR_ARG(cidr->word.str),
			   STR_ARG(usual(check->arena, cidr->prefix)));
	else
		check_help(check, diag, "write an address of " STR_FMT, STR_ARG(cidr->word.str));
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct map hosts = {.arena = check->arena};

		collect_hosts(check, estate, &hosts);
		for (size_t i = 0; i < estate->clusters.n; i++) {
			const struct cluster *cluster = estate->clusters.data[i];

			for (size_t k = 0; k < cluster->dns.n; k++) {
				const struct address_value *dns = &cluster->dns.data[k];
				const struct network *network = dns->valid ? find_missing(cluster, dns->address) : NULL;

				if (network && !map_has(&hosts, address_key(&dns->address)))
					report(check, cluster, dns, network);
			}
		}
	}
}

const struct rule rule_dns_outside_service_network = {
	.name = "dns-outside-service-network",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a cluster's DNS address that is not in its service network",
	.explain =
		"The DNS of a cluster is a service with a fixed address, which every node is configured with. When the service network "
		"changes and the address stays, no pod resolves a name. A resolver that is declared as a device, service or "
		"gateway is left alone, as is a cluster that names no service network.",
	.example = "dns: 10.96.0.10     and services: {cidr: 10.43.0.0/16, kind: service}",
	.cure = "Write the address that the DNS service has in the service network.",
	.run = run,
};
