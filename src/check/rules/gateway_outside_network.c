/* gateway-outside-network: the gateway of a network is not in it. */
#include "check/address_home.h"

/* A network of one address has its gateway elsewhere by design. */
static bool is_single(const struct network *network, uint8_t family)
{
	for (size_t i = 0; i < network->cidrs.n; i++) {
		struct prefix prefix = network->cidrs.data[i].prefix;

		if (network->cidrs.data[i].valid && prefix.base.family == family && prefix_size(prefix) > 1)
			return false;
	}
	return true;
}

static void check_gateway(struct check *check, const struct network *network, const struct address_value *gateway)
{
	struct diag *diag;

	if (!gateway->valid || !network_is_readable(network) || !network_has_family(network, gateway->address.family) ||
	    network_holds(network, gateway->address) || address_is_link_local(gateway->address) ||
	    is_single(network, gateway->address.family))
		return;
	diag = check_report(
		check, gateway->word.span, "the gateway of " STR_FMT " is " STR_FMT ", which is not in " STR_FMT,
		STR_ARG(network->entity.id.str), STR_ARG(gateway->word.str), STR_ARG(network->cidrs.data[0].word.str));
	check_note(check, diag, network->cidrs.data[0].word.span, "the prefix is declared here");
	check_help(check, diag, "write the router's address in this network");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; i < estate->networks.n; i++)
			for (size_t k = 0; k < estate->networks.data[i]->gateways.n; k++)
				check_gateway(check, estate->networks.data[i],
					      &estate->networks.data[i]->gateways.data[k]);
}

const struct rule rule_gateway_outside_network = {
	.name = "gateway-outside-network",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a gateway that is not in its network",
	.explain =
		"A host reaches its gateway on its own network. A gateway outside of it was mostly left behind when the prefix "
		"changed. Link-local gateways (fe80::/10) and networks of a single address are left alone.",
	.example = "nodes: {cidr: 10.2.0.0/24, gateway: 10.1.0.1}",
	.cure = "Write the address that the router has in this network.",
	.run = run,
};
