/* fact-cidr: a document states a prefix for a network or cluster that has another. */
#include "check/contradiction.h"

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	const char *what = strcmp(fact->attribute->name, "cidr") == 0 ? "network" : fact->attribute->name;
	struct diag *diag = check_report(check, fact->value.span, "the %s of " STR_FMT " is " STR_FMT ", not " STR_FMT,
					 what, STR_ARG(contradiction_subject(fact)), STR_ARG(fact->declared.str),
					 STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, fact->declared.str);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_cidr = {
	.name = "fact-cidr",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "a prefix stated for a network or cluster that has another",
	.explain =
		"Prefixes are compared as networks: 10.45.0.1/24 is 10.45.0.0/24. A cluster agrees when any of its "
		"networks has the prefix. Another declared block that holds the network or lies in it is another way to "
		"speak of it and is left alone.",
	.example = "## Monitoring\n- **Network**: 10.89.1.0/24     the topology says 10.30.0.0/24",
	.cure = "Write the declared prefix, or correct the topology when the document is right.",
	.run = run,
};
