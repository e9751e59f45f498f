/* address-unknown: a document names an address of a declared network that nothing has. */
#include "check/sightings.h"

/* Pods and services come and go; nobody declares their addresses. */
static bool is_for_hosts(const struct network *network)
{
	return network && network->kind != NETWORK_POD && network->kind != NETWORK_SERVICE;
}

static void report(struct check *check, const struct sighted *sighted)
{
	const struct sighting *sighting = sighted->first;
	const struct network *network = sighting->network;
	if (!is_for_hosts(network))
		return;
	struct diag *diag = check_report(check, sighting->word.span, "nothing in " STR_FMT " has the address " STR_FMT,
					 STR_ARG(sighted_estate(sighted)->entity.id.str), STR_ARG(sighting->word.str));
	check_note(check, diag, network->entity.id.span, "it lies in " STR_FMT, STR_ARG(network->entity.id.str));
	sighted_notes(check, diag, sighted);
	check_help(check, diag, "correct it, or declare what has it");
	check_key(check, diag, sighting->word.str);
}

static void run(struct check *check)
{
	struct sighted_list sighted = sighted_group(check, SIGHTING_ADDRESS);
	for (size_t i = 0; i < sighted.list.n; i++)
		report(check, sighted.list.data[i]);
}

const struct rule rule_address_unknown = {
	.name = "address-unknown",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "an address in a document, inside a declared network, that nothing has",
	.explain =
		"An address that nobody declares is a typo, a machine that is gone, or one that the topology forgot. Addresses in a "
		"declared range, gateways, network and broadcast addresses are known. Left alone are pod and service networks, "
		"networks in which nothing has a declared address, ends of ranges, documentation addresses, what stands in code blocks "
		"but drawings and commands that go to a machine (ssh, talosctl, curl and the like), history, plans, examples and records that are not in force. Where fact-address tells of the place "
		"already, this rule is silent. The same address in several places is one finding.",
	.example = "Reach the board at 10.10.0.44     no node, device, service or VIP of 10.10.0.0/24 has it",
	.cure = "Correct the address, or declare what has it in the topology.",
	.run = run,
};
