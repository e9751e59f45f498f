/* fact-hostname: a document states a host or port of a service that has another. */
#include "check/contradiction.h"

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	struct str right = fact->declared.str;
	struct diag *diag = check_report(check, fact->value.span, STR_FMT "'s %s is " STR_FMT ", not " STR_FMT,
					 STR_ARG(contradiction_subject(fact)), fact->attribute->name, STR_ARG(right),
					 STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, right);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_hostname = {
	.name = "fact-hostname",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a host or port stated for a service that has another",
	.explain =
		"A host contradicts when it lies in a declared zone and the service has another one there, or when it is "
		"the declared name in a zone that is not declared. Names that a cluster gives out (.svc, .local) and "
		"hosts of other services are left alone. Of several ports one must fit.",
	.example = "| Kubeflow | https://kf.lab.example.net |     the topology says kubeflow.lab.example.net",
	.cure = "Write the declared host, or correct the topology when the document is right.",
	.run = run,
};
