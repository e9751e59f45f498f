/* address-documentation: an address that is reserved for examples stands in a real topology. */
#include "check/address_home.h"

static bool is_example(const struct prefix_value *cidr)
{
	return cidr->valid && address_is_documentation(prefix_first(cidr->prefix)) &&
	       address_is_documentation(prefix_last(cidr->prefix));
}

/* True when something in the estate is real: an estate of examples only was meant to be one. */
static bool is_real(const struct estate *estate, const struct address_uses *uses)
{
	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->cidrs.n; k++) {
			const struct network *network = estate->networks.data[i];
			bool is_inner = network->kind == NETWORK_POD || network->kind == NETWORK_SERVICE;

			if (!is_inner && network->cidrs.data[k].valid && !is_example(&network->cidrs.data[k]))
				return true;
		}
	for (size_t i = 0; i < uses->list.n; i++) {
		const struct address_value *value = uses->list.data[i].value;

		if (value->valid && uses->list.data[i].use != USE_DNS && !address_is_documentation(value->address))
			return true;
	}
	return false;
}

static void report_networks(struct check *check, const struct estate *estate)
{
	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->cidrs.n; k++) {
			const struct prefix_value *cidr = &estate->networks.data[i]->cidrs.data[k];
			struct diag *diag;

			if (!is_example(cidr))
				continue;
			diag = check_report(check, cidr->word.span,
					    STR_FMT " of " STR_FMT " is reserved for documentation",
					    STR_ARG(cidr->word.str), STR_ARG(estate->networks.data[i]->entity.id.str));
			check_help(check, diag, "write the prefix that the network has");
		}
}

/* Of an address inside a documentation network, the network is told of. */
static bool is_told(const struct address_value *value)
{
	const struct prefix_value *cidr = value->network ? network_holds(value->network, value->address) : NULL;

	return cidr && is_example(cidr);
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct address_uses uses = estate_addresses(check->arena, estate);

		if (!is_real(estate, &uses))
			continue;
		report_networks(check, estate);
		for (size_t i = 0; i < uses.list.n; i++) {
			const struct address_use *use = &uses.list.data[i];
			struct diag *diag;

			if (!use->value->valid || !address_is_documentation(use->value->address) || is_told(use->value))
				continue;
			diag = check_report(check, use->value->word.span, STR_FMT " is reserved for documentation",
					    STR_ARG(address_phrase(check->arena, use)));
			check_help(check, diag, "write the address that it has");
		}
	}
}

const struct rule rule_address_documentation = {
	.name = "address-documentation",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "an address of a documentation range in a real topology",
	.explain =
		"192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 (RFC 5737), 2001:db8::/32 (RFC 3849) and 3fff::/20 (RFC 9637) are for "
		"examples and are routed nowhere; one that is left in a topology was copied from a manual. An estate that holds "
		"nothing but such addresses is an example as a whole and is left alone.",
	.example = "nas: {address: 192.0.2.10}     beside 192.168.100.0/24",
	.cure = "Write the real address.",
	.run = run,
};
