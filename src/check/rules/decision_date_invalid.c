/* decision-date-invalid: a date that no calendar has, or that cannot be read. */
#include "check/check.h"

/* One finding for a log: what one date leaves open all of them do. */
static void check_order(struct check *check, const struct decision_log *log)
{
	const struct decision *first = NULL;
	size_t n = 0;
	for (size_t i = 0; i < log->decisions.n; i++) {
		if (log->decisions.data[i]->date_form != DATE_AMBIGUOUS)
			continue;
		first = first ? first : log->decisions.data[i];
		n++;
	}
	if (!first)
		return;
	struct diag *diag = check_report_as(check, SEVERITY_INFO, first->date_text.span,
					    "`" STR_FMT "` is read as " STR_FMT ", day first: nothing in " STR_FMT
					    " tells the order",
					    STR_ARG(str_sub(first->date_text.str, 0, 40)),
					    STR_ARG(date_format(check->arena, first->date)), STR_ARG(log->name));
	check_help(check, diag, "write the %zu date%s of that form as YYYY-MM-DD", n, n == 1 ? "" : "s");
	check_key(check, diag, log->folder);
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->logs.n; i++)
		check_order(check, check->model->logs.data[i]);
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		struct str text = decision->date_text.str;
		if (text.size == 0 || (decision->date_form != DATE_INVALID && decision->date_form != DATE_NONE))
			continue;
		struct str shown = str_sub(text, 0, 40);
		struct diag *diag = check_report(check, decision->date_text.span,
						 decision->date_form == DATE_INVALID ? "there is no day " STR_FMT "%s"
										     : "`" STR_FMT "%s` is no date",
						 STR_ARG(shown), text.size > 40 ? "..." : "");
		check_help(check, diag, "write it as YYYY-MM-DD");
	}
}

const struct rule rule_decision_date_invalid = {
	.name = "decision-date-invalid",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a date of a record that does not exist, or has no known form",
	.explain =
		"The log is ordered and shown by date. Read are 2026-03-01, 2026/03/01, 20260301, "
		"01.03.2026, 01.03.26, 01-03-2026, 1 March 2026, March 1, 2026, 01-Mar-2026, 2026-03 and "
		"13/03/2026, months also in other languages; text may stand around it. Which number is the "
		"month in 03/04/2026 the other dates of the log tell; where none does the day is taken to "
		"stand first, and the log is told once, as information. The unchanged words of a template and an empty value are no date, and a record needs "
		"none.",
	.example = "`Date: 2026-02-30`",
	.cure = "Write the day of the decision as YYYY-MM-DD.",
	.run = run,
};
