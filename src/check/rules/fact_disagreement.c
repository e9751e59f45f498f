/* fact-disagreement: nothing is declared, and two places state different values of one thing. */
#include "check/check.h"

/* "storm", or "node storm" of one that nothing declares. */
static struct str subject_name(const struct fact *fact)
{
	if (fact->subject)
		return entity_title(fact->subject);
	return str_is(fact->subject_text.str, "estate") ? STR("all") : fact->subject_text.str;
}

static bool has_value(const struct fact *fact, const struct str *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(values[i], str_trim(fact->value.str)))
			return true;
	return false;
}

static void report(struct check *check, const struct disagreement *disagreement)
{
	const struct fact *first = disagreement->facts.data[0];
	struct str name = subject_name(first), what = str_from(first->attribute->name);
	if (first->detail.size)
		what = str_format(check->arena, STR_FMT " (" STR_FMT ")", STR_ARG(what), STR_ARG(first->detail));
	enum { SHOWN = 4 };
	struct str values[SHOWN];
	size_t n = 0;
	for (size_t i = 0; i < disagreement->facts.n && n < SHOWN; i++)
		if (!has_value(disagreement->facts.data[i], values, n))
			values[n++] = str_trim(disagreement->facts.data[i]->value.str);
	struct str list = str_join(check->arena, values, n, STR(" and as "));
	struct diag *diag =
		check_report(check, first->value.span, "the " STR_FMT " of " STR_FMT " is stated as " STR_FMT,
			     STR_ARG(what), STR_ARG(name), STR_ARG(list));
	for (size_t i = 1; i < disagreement->facts.n; i++)
		check_note(check, diag, disagreement->facts.data[i]->value.span, STR_FMT " here",
			   STR_ARG(disagreement->facts.data[i]->value.str));
	check_help(check, diag, "correct what is wrong, or declare it in the topology");
	check_key(check, diag, str_format(check->arena, STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(what)));
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->facts->disagreements.n; i++)
		report(check, &check->facts->disagreements.data[i]);
}

const struct rule rule_fact_disagreement = {
	.name = "fact-disagreement",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "two places that state different values of one thing that nothing declares",
	.explain =
		"Where a topology declares a value, documents are compared with it. Where none does, they are compared with "
		"each other: two documents, or two places of one, that give one node, cluster or network different values "
		"cannot both be right. One finding names every place. Only values of which there is one are compared, of things "
		"with the same name: a host may have several addresses, so two count only when they stand in one /24. Records, "
		"history, plans and examples are left alone.",
	.example = "| storm | 64 GB |     another page: **Memory**: 32 GB",
	.cure = "Correct the place that is wrong, or declare the value, so that each place is compared with it.",
	.run = run,
};
