/* fact-cidr: a document states a prefix for a network or cluster that has another. */
#include "check/check.h"

static void run(struct check *check)
{
	for (size_t i = 0; i < check->facts->list.n; i++) {
		const struct fact *fact = check->facts->list.data[i];
		if (fact->verdict != VERDICT_CONTRADICTS || strcmp(fact->attribute->rule, check->rule->name) != 0)
			continue;
		struct str name = entity_title(fact->subject);
		const char *what = strcmp(fact->attribute->name, "cidr") == 0 ? "network" : fact->attribute->name;
		struct diag *diag =
			check_report(check, fact->value.span, "the %s of " STR_FMT " is " STR_FMT ", not " STR_FMT,
				     what, STR_ARG(name), STR_ARG(fact->declared.str), STR_ARG(fact->value.str));
		check_note(check, diag, fact->declared.span, "declared here");
		check_help(check, diag, "write " STR_FMT ", or change the topology", STR_ARG(fact->declared.str));
		if (fact_value_parse(check->arena, TYPE_PREFIX, fact->value.str).prefixes.n == 1)
			check_fix(check, diag, fact->value.span, fact->declared.str);
	}
}

const struct rule rule_fact_cidr = {
	.name = "fact-cidr",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "a prefix stated for a network or cluster that has another",
	.explain =
		"Prefixes are compared as networks: 10.45.0.1/24 is 10.45.0.0/24. A cluster agrees when any of its networks "
		"has the prefix. A wider declared block that holds the network is another way to speak of it and is left alone.",
	.example = "## Monitoring\n- **Network**: 10.89.1.0/24     the topology says 10.30.0.0/24",
	.cure = "Write the declared prefix, or correct the topology when the document is right.",
	.run = run,
};
