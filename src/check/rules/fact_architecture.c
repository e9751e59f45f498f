/* fact-architecture: a document states a processor architecture that is another one. */
#include "check/contradiction.h"

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	struct str right = fact->declared.str;
	struct diag *diag =
		check_report(check, fact->value.span, STR_FMT "'s architecture is " STR_FMT ", not " STR_FMT,
			     STR_ARG(contradiction_subject(fact)), STR_ARG(right), STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, right);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_architecture = {
	.name = "fact-architecture",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a processor architecture that is another one",
	.explain =
		"x86_64, amd64 and x64 are one architecture, arm64 and aarch64 another. A node without an architecture of "
		"its own has that of its cluster. A text that names several agrees with any of them.",
	.example = "- **Architecture**: ARM64     the topology says x86_64",
	.cure = "Write the declared architecture, or correct the topology when the document is right.",
	.run = run,
};
