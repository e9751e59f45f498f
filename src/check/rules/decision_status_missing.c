/* decision-status-missing: a record that states no status. */
#include "check/check.h"

static void check_log(struct check *check, const struct decision_log *log)
{
	const struct decision *first = NULL;
	size_t missing = 0, n = log->decisions.n;
	for (size_t i = 0; i < n; i++)
		if (log->decisions.data[i]->status == STATUS_NONE) {
			first = first ? first : log->decisions.data[i];
			missing++;
		}
	if (missing == 0)
		return;
	if (2 * missing >= n) {
		/* Status is optional in MADR 4: a log that does without it is told once. */
		struct diag *diag = check_report_as(check, SEVERITY_INFO, first->title.span,
						    "%zu of %zu decisions in " STR_FMT " state no status", missing, n,
						    STR_ARG(log->name));
		check_help(check, diag, "state in each record whether it is proposed, accepted or superseded");
		check_key(check, diag, log->folder);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const struct decision *decision = log->decisions.data[i];
		if (decision->status != STATUS_NONE)
			continue;
		struct diag *diag = check_report(check, decision->title.span, "decision " STR_FMT " states no status",
						 STR_ARG(decision->id));
		check_help(check, diag,
			   "add one as the other records of " STR_FMT " do: proposed, accepted, rejected or superseded",
			   STR_ARG(log->name));
	}
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->logs.n; i++)
		check_log(check, check->model->logs.data[i]);
}

const struct rule rule_decision_status_missing = {
	.name = "decision-status-missing",
	.severity = SEVERITY_ERROR,
	.group = "decisions",
	.summary = "a decision record without a status, in a log where most records have one",
	.explain = "A status is never assumed: without one nobody knows whether the decision is in force. It is "
		   "looked for in the front matter, in a Status section, in lines, lists and tables of the head. "
		   "The unchanged choice of a template (`proposed | accepted | rejected`) is no status.\n\n"
		   "Where at least half of the records of a log state none, which MADR 4 allows, the log is told "
		   "once, as information.",
	.example = "0024-library.md has no Status section, the 23 records before it have one",
	.cure = "State whether the decision is proposed, accepted, rejected, deprecated or superseded.",
	.run = run,
};
