/* cidr-host-bits: a prefix is written with bits behind its length. */
#include "check/check.h"

static void report(struct check *check, const struct network *network, const struct prefix_value *cidr)
{
	struct arena *arena = check->arena;
	struct str block = prefix_format(arena, prefix_network(cidr->prefix));
	struct str first = address_format(arena, prefix_first(cidr->prefix));
	struct str last = address_format(arena, prefix_last(cidr->prefix));
	struct diag *diag = check_report(check, cidr->word.span,
					 STR_FMT " of " STR_FMT " is the block " STR_FMT ", " STR_FMT " to " STR_FMT,
					 STR_ARG(cidr->word.str), STR_ARG(network->entity.id.str), STR_ARG(block),
					 STR_ARG(first), STR_ARG(last));

	check_help(check, diag, "write " STR_FMT ", or another length when the block should begin at " STR_FMT,
		   STR_ARG(block), STR_ARG(address_format(arena, cidr->prefix.base)));
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; i < estate->networks.n; i++)
			for (size_t k = 0; k < estate->networks.data[i]->cidrs.n; k++) {
				const struct prefix_value *cidr = &estate->networks.data[i]->cidrs.data[k];

				if (cidr->valid && prefix_has_host_bits(cidr->prefix))
					report(check, estate->networks.data[i], cidr);
			}
}

const struct rule rule_cidr_host_bits = {
	.name = "cidr-host-bits",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a prefix with host bits set: the real block differs from the one written",
	.explain =
		"A prefix of length 28 begins at a multiple of 16. 192.168.100.200/28 reads like a block that begins at .200 and is the "
		"one from .192 to .207, so that half of the addresses its author had in mind lie outside.",
	.example = "lb: {cidr: 192.168.100.200/28}     the block is 192.168.100.192/28",
	.cure = "Write the first address of the block, or the length that was meant.",
	.run = run,
};
