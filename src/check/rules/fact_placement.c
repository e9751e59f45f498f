/* fact-placement: a document states where something runs, and it runs elsewhere. */
#include "check/contradiction.h"

static const char *verb(const struct fact *fact)
{
	if (strcmp(fact->attribute->name, "runs on") == 0 || strcmp(fact->attribute->name, "runs") == 0)
		return "runs on";
	return strcmp(fact->attribute->name, "zone") == 0 ? "is in zone" : "is in";
}

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	struct str right = fact->declared.str, what = contradiction_subject(fact), stated = fact->value.str;
	/* "studio-5 runs Loki" is said of what runs. */
	if (strcmp(fact->attribute->name, "runs") == 0) {
		what = fact->value.str;
		stated = contradiction_subject(fact);
	}
	struct diag *diag = check_report(check, fact->value.span, STR_FMT " %s " STR_FMT ", not " STR_FMT,
					 STR_ARG(what), verb(fact), STR_ARG(right), STR_ARG(stated));
	contradiction_explain(check, diag, contradiction, right);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_placement = {
	.name = "fact-placement",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a service or node stated in a place that is not its own",
	.explain =
		"What runs where is compared by name: a service with the cluster, node or device it runs on, a node with "
		"its cluster and its zone. A node of the declared cluster agrees with the cluster, and a cluster with any "
		"of its nodes, unless another node alone lists it under `runs:`. Names that nothing declares, and the machines beneath virtual ones, are left alone.",
	.example = "| Garage | beast |     the topology says truenas",
	.cure = "Write the declared place, or correct the topology when the document is right.",
	.run = run,
};
