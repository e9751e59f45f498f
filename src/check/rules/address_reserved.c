/* address-reserved: a host has the network or broadcast address of its network. */
#include "check/address_home.h"

/* The prefix whose first or last address it is, or NULL. Addresses of pods and services are no hosts of a link. */
static const struct prefix_value *reserving(const struct address_use *use)
{
	const struct network *network = use->value->network;
	const struct prefix_value *cidr;
	bool is_router = use->use == USE_GATEWAY && use->value->address.family == 6;

	if (!use->value->valid || !network || use->use == USE_DNS || is_router || network->kind == NETWORK_POD ||
	    network->kind == NETWORK_SERVICE)
		return NULL;
	cidr = network_holds(network, use->value->address);
	return cidr && address_is_reserved(use->value->address, cidr->prefix) ? cidr : NULL;
}

static void report(struct check *check, const struct address_use *use, const struct prefix_value *cidr)
{
	struct address address = use->value->address;
	const char *what = address.family == 6                               ? "the subnet-router address"
			   : address_eq(address, prefix_first(cidr->prefix)) ? "the network address"
									     : "the broadcast address";
	struct str first = address_format(check->arena, address_next(prefix_first(cidr->prefix)));
	struct diag *diag = check_report(check, use->value->word.span, STR_FMT " is %s of " STR_FMT,
					 STR_ARG(address_phrase(check->arena, use)), what,
					 STR_ARG(prefix_format(check->arena, prefix_network(cidr->prefix))));

	check_note(check, diag, cidr->word.span, STR_FMT " is declared here",
		   STR_ARG(use->value->network->entity.id.str));
	check_help(check, diag, "hosts begin at " STR_FMT, STR_ARG(first));
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct address_uses uses = estate_addresses(check->arena, estate);

		for (size_t i = 0; i < uses.list.n; i++) {
			const struct prefix_value *cidr = reserving(&uses.list.data[i]);

			if (cidr)
				report(check, &uses.list.data[i], cidr);
		}
	}
}

const struct rule rule_address_reserved = {
	.name = "address-reserved",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "the network or broadcast address of a network given to a host",
	.explain =
		"The first and the last address of an IPv4 network belong to no host, and the first of an IPv6 network is that of any "
		"router on it (RFC 4291, section 2.6.1). Networks of length 31, 32, 127 and 128 have no such addresses, and those "
		"for pods and services are left alone. The narrowest declared network counts: 10.10.0.255 is a host of 10.10.0.0/16.",
	.example = "nas: {address: 10.10.0.0}     in 10.10.0.0/24",
	.cure = "Write the address that the host has, or correct the length of the prefix.",
	.run = run,
};
