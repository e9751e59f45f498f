/* fact-quantity: a document states memory, cores or storage that is another amount. */
#include "check/contradiction.h"

/* Only the amount of "500 GB NVMe". */
static struct str amount(struct arena *arena, struct str declared)
{
	struct fact_value value = fact_value_parse(arena, TYPE_QUANTITY, declared);
	return value.valid && value.part.size ? value.part : declared;
}

static void report(struct check *check, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	struct str right = amount(check->arena, fact->declared.str);
	bool plural = strcmp(fact->attribute->name, "cores") == 0;
	struct diag *diag = check_report(check, fact->value.span, STR_FMT "'s %s %s " STR_FMT ", not " STR_FMT,
					 STR_ARG(contradiction_subject(fact)), fact->attribute->name,
					 plural ? "are" : "is", STR_ARG(right), STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, right);
}

static void run(struct check *check)
{
	contradictions_each(check, report);
}

const struct rule rule_fact_quantity = {
	.name = "fact-quantity",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "memory, cores, storage or GPU memory that is another amount",
	.explain =
		"Amounts are compared as numbers with units, not as text: 16GB is 16 GB RAM, equal numbers agree whether "
		"written GB or GiB, 1 TB is 1000 GB and 1024 GB, and 16 cores / 32 threads agrees with either. Where a "
		"text holds several amounts, it is left alone unless one of them fits. Bounds like 16+ GB or up to 64 GB "
		"are no amounts.",
	.example = "| storm | 32 GB |     the topology says 16 GB",
	.cure = "Write the declared amount, or correct the topology when the document is right.",
	.run = run,
};
