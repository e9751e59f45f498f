/* address-no-network: an address is in no network that the estate declares. */
#include "check/address_home.h"

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct homed_addresses homed = address_homes(check->arena, estate);

		for (size_t i = 0; i < homed.list.n; i++) {
			const struct address_use *use = &homed.list.data[i].use;
			struct diag *diag;

			if (homed.list.data[i].home != HOME_NONE)
				continue;
			diag = check_report(check, use->value->word.span, STR_FMT " is in no network of " STR_FMT,
					    STR_ARG(address_phrase(check->arena, use)), STR_ARG(estate->entity.id.str));
			check_help(check, diag, "correct the address, or declare the network that it is on");
		}
	}
}

const struct rule rule_address_no_network = {
	.name = "address-no-network",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "an address in no declared network",
	.explain =
		"Either the address is wrong, or a network is missing in the topology. An estate that declares no network of that "
		"family is left alone, as are public addresses of services and devices, loopback and link-local addresses. Where "
		"a node's cluster names its networks, address-outside-network tells instead.",
	.example = "nas: {address: 10.11.0.10}     the only network is 10.10.0.0/16",
	.cure = "Correct the address, or declare the network.",
	.run = run,
};
