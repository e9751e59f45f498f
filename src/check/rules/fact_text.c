/* fact-text: a document states something else that is declared otherwise. */
#include "check/contradiction.h"

/* The attribute by its own name, that of a `facts:` entry by the entry's. */
static struct str what(const struct fact *fact)
{
	return strcmp(fact->attribute->name, "fact") == 0 ? fact->detail : str_from(fact->attribute->name);
}

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	struct str right = fact->declared.str;
	struct diag *diag = check_report(check, fact->value.span, STR_FMT "'s " STR_FMT " is " STR_FMT ", not " STR_FMT,
					 STR_ARG(contradiction_subject(fact)), STR_ARG(what(fact)), STR_ARG(right),
					 STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, right);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_text = {
	.name = "fact-text",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a platform, processor, bridge, MTU, VLAN or fact of `facts:` stated otherwise than declared",
	.explain =
		"Numbers are compared as numbers, dates as dates, and words as sets: Talos Linux agrees with Talos, "
		"protobuf with Protocol Buffers. Short texts that share no word contradict; texts that share some may "
		"mean the same and are left alone. Platforms contradict when both name an operating system or both a "
		"Kubernetes distribution; processors when makers or model numbers differ.",
	.example = "- **Message format**: MessagePack     `facts:` says Protocol Buffers",
	.cure = "Write what is declared, or correct the topology when the document is right.",
	.run = run,
};
