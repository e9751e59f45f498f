/* decision-number-gap: numbers that a dense log leaves out. */
#include "check/check.h"

/* Files of the folder that are no records but hold a number: a template 0000, a file that is not read. */
static bool is_taken(const struct check *check, const struct decision_log *log, long long number)
{
	for (size_t i = 0; i < check->model->skipped.n; i++) {
		struct str path = check->model->skipped.data[i].path;
		if (str_eq(path_dir(path), log->folder) && decision_number(path) == number)
			return true;
	}
	return false;
}

static const struct decision *next_number(const struct decision_log *log, size_t *i)
{
	long long number = log->decisions.data[*i]->number;
	while (++*i < log->decisions.n)
		if (log->decisions.data[*i]->number != number)
			return log->decisions.data[*i]->number >= 0 ? log->decisions.data[*i] : NULL;
	return NULL;
}

/* Most numbers between the first and the last are there: then the log counts on, and a gap means something. */
static bool is_dense(const struct decision_log *log)
{
	size_t distinct = 0, i = 0;
	const struct decision *decision = log->decisions.n ? log->decisions.data[0] : NULL;
	long long first = decision ? decision->number : -1, last = first;
	for (; decision && decision->number >= 0; decision = next_number(log, &i)) {
		distinct++;
		last = decision->number;
	}
	return distinct >= 3 && (long long)distinct * 5 >= (last - first + 1) * 4;
}

static void check_log(struct check *check, const struct decision_log *log)
{
	size_t i = 0;
	const struct decision *before = log->decisions.n ? log->decisions.data[0] : NULL;
	if (!is_dense(log))
		return;
	for (const struct decision *decision; (decision = next_number(log, &i)); before = decision) {
		long long from = before->number + 1, to = decision->number - 1;
		while (from <= to && is_taken(check, log, from))
			from++;
		while (from <= to && is_taken(check, log, to))
			to--;
		if (from > to)
			continue;
		struct diag *diag;
		struct span at =
			decision->title_number == decision->number ? decision->title_number_span : decision->title.span;
		if (from == to)
			diag = check_report(check, at,
					    "number %lld is missing in " STR_FMT ", between " STR_FMT " and " STR_FMT,
					    from, STR_ARG(log->name), STR_ARG(before->id), STR_ARG(decision->id));
		else
			diag = check_report(check, at,
					    "numbers %lld to %lld are missing in " STR_FMT ", between " STR_FMT
					    " and " STR_FMT,
					    from, to, STR_ARG(log->name), STR_ARG(before->id), STR_ARG(decision->id));
		check_help(check, diag, "keep withdrawn and rejected records in the log with that status");
	}
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->logs.n; i++)
		check_log(check, check->model->logs.data[i]);
}

const struct rule rule_decision_number_gap = {
	.name = "decision-number-gap",
	.severity = SEVERITY_INFO,
	.group = "decisions",
	.summary = "a number that a decision log leaves out",
	.explain = "Where records are counted on, a missing number is often a record that was deleted, lost in a "
		   "merge, or never pushed. Told only of logs that hold at least four of five numbers between "
		   "their first and their last; logs that number by pull request or by date have gaps by nature.",
	.example = "0014 and 0016 are there, 0015 is not",
	.cure = "Restore the record; one that was given up stays in the log as rejected or withdrawn.",
	.run = run,
};
