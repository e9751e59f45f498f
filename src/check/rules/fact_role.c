/* fact-role: a document states a role for a node that has another. */
#include "check/contradiction.h"

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	struct str right = fact->declared.str;
	struct diag *diag =
		check_report(check, fact->value.span, STR_FMT "'s role is " STR_FMT ", not " STR_FMT,
			     STR_ARG(contradiction_subject(fact)), STR_ARG(right), STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, right);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_role = {
	.name = "fact-role",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a role stated for a node that has another",
	.explain =
		"Control plane, control-plane and master are one role, worker is the other. Server and agent are the "
		"words of k3s for the same, and are compared only with each other, since a server is also just a machine. "
		"A text that names both roles agrees with either.",
	.example = "| khelben | control plane |     the topology says worker",
	.cure = "Write the declared role, or correct the topology when the document is right.",
	.run = run,
};
