/* fact-version: a document states a version of a platform or component that is another one. */
#include "check/contradiction.h"

/* With or without the v, as the document writes it. */
static struct str in_style(struct arena *arena, struct str declared, struct str stated)
{
	bool marked = str_starts_nocase(stated, STR("v"));
	if (str_starts_nocase(declared, STR("v")) && !marked)
		return str_from_off(declared, 1);
	return marked && declared.size && isdigit((unsigned char)declared.data[0])
		       ? str_format(arena, "v" STR_FMT, STR_ARG(declared))
		       : declared;
}

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	struct str right = in_style(check->arena, fact->declared.str, fact->value.str);
	struct diag *diag =
		check_report(check, fact->value.span, STR_FMT "'s " STR_FMT "%sversion is " STR_FMT ", not " STR_FMT,
			     STR_ARG(contradiction_subject(fact)), STR_ARG(fact->detail), fact->detail.size ? " " : "",
			     STR_ARG(right), STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, right);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_version = {
	.name = "fact-version",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a version of a platform or component that is another one",
	.explain =
		"Versions are compared part by part as far as both go: v1.12 agrees with v1.12.1, and 1.35.x with 1.35.2. "
		"A version that stands beside the name of a component alone is that of the one cluster or service that "
		"declares it; where several do, it is left alone. Bounds like 1.30+ and ranges state no version.",
	.example = "Runs on Talos v1.11     the topology says v1.12.1",
	.cure = "Write the declared version, or correct the topology when the document is right.",
	.run = run,
};
