/* fact-total: a total that does not follow from its parts. */
#include "check/check.h"

static void report(struct check *check, const struct wrong_total *total)
{
	struct diag *diag;
	if (total->how.size)
		diag = check_report(check, total->stated.span, STR_FMT " is " STR_FMT ", not " STR_FMT,
				    STR_ARG(total->how), STR_ARG(total->computed), STR_ARG(total->stated.str));
	else
		diag = check_report(check, total->stated.span, "the column adds up to " STR_FMT ", not " STR_FMT,
				    STR_ARG(total->computed), STR_ARG(total->stated.str));
	for (size_t i = 0; i < total->places.n; i++)
		check_note(check, diag, total->places.data[i].span, STR_FMT, STR_ARG(total->places.data[i].message));
	check_help(check, diag, "write " STR_FMT ", or correct the parts", STR_ARG(total->computed));
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->facts->totals.n; i++)
		report(check, check->facts->totals.data[i]);
}

const struct rule rule_fact_total = {
	.name = "fact-total",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "a total that does not follow from its parts",
	.explain =
		"When a part changes, its total is easily forgotten. Products and sums in text (110 pods × 6 nodes = 660), a number "
		"with its parts in parentheses (6 nodes (1 + 5)), the last row of a table when it is called total, and resources "
		"in all against those per node are computed again. Rounding, units of 1000 and 1024, and numbers marked with ~ are "
		"tolerated; columns with anything but numbers, and capacities that lose parts (mirrors, usable space), are left "
		"alone.",
	.example = "110 pods/node × 6 nodes = 1320 pods",
	.cure = "Write the computed total, or correct the part that is wrong.",
	.run = run,
};
