/* decision-number-taken: a new record has a number that the revision it is compared with has given meanwhile. */
#include "check/citations.h"

static long long next_free(const struct model *model, const struct decision_log *log)
{
	long long last = 0;
	for (size_t i = 0; i < log->decisions.n; i++)
		last = log->decisions.data[i]->number > last ? log->decisions.data[i]->number : last;
	for (size_t i = 0; i < model->taken.n; i++)
		if (str_eq(model->taken.data[i].folder, log->folder) && model->taken.data[i].number > last)
			last = model->taken.data[i].number;
	return last + 1;
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->taken.n; i++) {
		const struct taken_number *taken = &model->taken.data[i];
		const struct decision *decision = taken->decision;
		bool in_title = decision->title_number == decision->number;
		struct diag *diag = check_report(check, in_title ? decision->title_number_span : decision->title.span,
						 "number %lld is taken in " STR_FMT ": there it is " STR_FMT,
						 decision->number, STR_ARG(taken->revision), STR_ARG(taken->path));
		if (taken->title.size)
			check_note(check, diag, SPAN_NONE, "its title is \"" STR_FMT "\"", STR_ARG(taken->title));
		check_help(check, diag, "give the new record the next free number, %lld",
			   next_free(model, decision->log));
		check_key(check, diag, decision->id);
	}
}

const struct rule rule_decision_number_taken = {
	.name = "decision-number-taken",
	.severity = SEVERITY_ERROR,
	.group = "decisions",
	.summary = "a new record has a number that another branch has given meanwhile",
	.explain =
		"Two branches that each add \"the next\" record are both right, and wrong when they are merged: git sees two "
		"files and no conflict. With `lintel check --since REV` the records that are new here are compared with those "
		"that were added to REV since the two parted. A record that was renamed there is none of them, and a record "
		"that both have is one record. Without --since, and where no common commit is known (a shallow clone), "
		"nothing is said.",
	.example = "0063-use-x.md here, 0063-use-y.md in origin/main",
	.cure = "Renumber the new record and what refers to it before merging.",
	.run = run,
};
