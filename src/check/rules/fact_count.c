/* fact-count: a document states a number of things that is another one. */
#include "check/check.h"

static void run(struct check *check)
{
	for (size_t i = 0; i < check->facts->list.n; i++) {
		const struct fact *fact = check->facts->list.data[i];
		if (fact->verdict != VERDICT_CONTRADICTS || strcmp(fact->attribute->rule, check->rule->name) != 0)
			continue;
		struct str name = entity_title(fact->subject);
		struct diag *diag = check_report(
			check, fact->value.span, "the %s of " STR_FMT " is " STR_FMT ", not " STR_FMT,
			fact->attribute->name, STR_ARG(name), STR_ARG(fact->declared.str), STR_ARG(fact->value.str));
		check_note(check, diag, fact->declared.span, "declared here");
		check_help(check, diag, "write " STR_FMT ", or change what is declared", STR_ARG(fact->declared.str));
	}
}

const struct rule rule_fact_count = {
	.name = "fact-count",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "a number of nodes, clusters, members or decisions that is another one",
	.explain =
		"Counts age faster than anything else in a document. A stated number, number word or range is compared with the "
		"nodes, clusters, group members or records that are declared; 3-6 agrees with any number from 3 to 6. Numbers "
		"like 6+, ~6 or 6/6 are no counts.",
	.example = "- **Nodes**: 12     the cluster has 6",
	.cure = "Write the declared number, or correct what is declared.",
	.run = run,
};
