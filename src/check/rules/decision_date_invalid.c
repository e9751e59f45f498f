/* decision-date-invalid: a date that no calendar has, or that cannot be read. */
#include "check/check.h"

static void run(struct check *check)
{
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
	.explain = "The log is ordered and shown by date. Read are 2026-03-01, 2026/03/01, 01.03.2026, "
		   "01-03-2026, 1 March 2026, March 1, 2026, 01-Mar-2026, 2026-03 and 13/03/2026; text may "
		   "follow. The unchanged words of a template and an empty value are no date, and a record needs "
		   "none.",
	.example = "`Date: 2026-02-30`",
	.cure = "Write the day of the decision as YYYY-MM-DD.",
	.run = run,
};
