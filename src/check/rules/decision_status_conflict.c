/* decision-status-conflict: two places of one record that say different statuses. */
#include "check/check.h"

static void check_decision(struct check *check, const struct decision *decision)
{
	for (size_t i = 1; i < decision->statuses.n; i++) {
		const struct status_place *first = &decision->statuses.data[0], *other = &decision->statuses.data[i];
		bool known = first->status != STATUS_UNKNOWN && other->status != STATUS_UNKNOWN;
		if (!known || first->status == other->status)
			continue;
		struct diag *diag =
			check_report(check, other->word.span, "decision " STR_FMT " is %s here and %s in another place",
				     STR_ARG(decision->id), status_name(other->status), status_name(first->status));
		check_note(check, diag, first->word.span, "%s here, which is what counts", status_name(first->status));
		check_help(check, diag, "keep one status, or write the same in both places");
		return;
	}
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++)
		check_decision(check, check->model->decisions.data[i]);
}

const struct rule rule_decision_status_conflict = {
	.name = "decision-status-conflict",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "two places of one record say different statuses",
	.explain = "A status that stands both in the front matter and in the text is often changed in one place "
		   "only. The places are compared by what they mean: Approved and accepted agree. The front "
		   "matter counts before a section, a section before lines, lists and tables, unless the words "
		   "of one place say no status.",
	.example = "`status: accepted` in the front matter, `Superseded by ADR-0011` in the Status section",
	.cure = "Keep the status in one place.",
	.run = run,
};
