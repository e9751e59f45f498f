/* fact-count: a document states a number of things that is another one. */
#include "check/contradiction.h"

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	struct str detail = fact->detail;
	struct diag *diag = check_report(
		check, fact->value.span, "the " STR_FMT "%s%s of " STR_FMT " is " STR_FMT ", not " STR_FMT,
		STR_ARG(detail), detail.size ? " " : "", fact->attribute->name, STR_ARG(contradiction_subject(fact)),
		STR_ARG(fact->declared.str), STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, fact->declared.str);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_count = {
	.name = "fact-count",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "a number of nodes, clusters, members or decisions that is another one",
	.explain =
		"Counts age faster than anything else in a document. A stated number, number word or range is compared "
		"with the nodes, clusters, group members or records that are declared; 3-6 agrees with any number from 3 "
		"to 6. Numbers like 6+, ~6 or 6/6 are no counts.",
	.example = "- **Nodes**: 12     the cluster has 6",
	.cure = "Write the declared number, or correct what is declared.",
	.run = run,
};
