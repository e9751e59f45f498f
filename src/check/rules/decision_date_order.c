/* decision-date-order: a successor that is older than what it supersedes, or a date far out of the order of numbers. */
#include "check/check.h"

#define FAR_DAYS 180

static bool is_sure(const struct decision *decision)
{
	return decision->date.year && decision->date_form == DATE_ISO && !span_is_none(decision->date_text.span);
}

static void check_successor(struct check *check, const struct decision *newer, const struct decision *older)
{
	if (newer->cycle || !is_sure(newer) || !is_sure(older) || date_cmp(newer->date, older->date) >= 0)
		return;
	struct diag *diag = check_report(check, newer->date_text.span,
					 "decision " STR_FMT " is dated " STR_FMT ", before " STR_FMT " (" STR_FMT
					 "), which it supersedes",
					 STR_ARG(newer->id), STR_ARG(date_format(check->arena, newer->date)),
					 STR_ARG(older->id), STR_ARG(date_format(check->arena, older->date)));
	check_note(check, diag, older->date_text.span, "the superseded record is dated here");
	check_help(check, diag, "correct the date that is wrong");
}

static void check_relations(struct check *check, const struct decision *decision)
{
	for (size_t i = 0; i < decision->relations.n; i++) {
		const struct relation *relation = &decision->relations.data[i];
		if (!relation->target || relation->partial)
			continue;
		if (relation->kind == RELATION_SUPERSEDES)
			check_successor(check, decision, relation->target);
		else if (relation->kind == RELATION_SUPERSEDED_BY && !relation->answer)
			check_successor(check, relation->target, decision);
	}
}

/* A date long before that of the number before, where the neighbours stand in order: a wrong year, most likely. */
static void check_log(struct check *check, const struct decision_log *log)
{
	const struct decision *before = NULL;
	const struct decision *at = NULL;
	for (size_t i = 0; i < log->decisions.n; i++) {
		const struct decision *behind = log->decisions.data[i];
		if (behind->number < 0 || !is_sure(behind) || (at && behind->number == at->number))
			continue;
		bool ordered = before && at && date_cmp(before->date, behind->date) <= 0;
		if (ordered && date_days(at->date) + FAR_DAYS < date_days(before->date)) {
			struct diag *diag = check_report_as(
				check, SEVERITY_INFO, at->date_text.span,
				"decision " STR_FMT " is dated " STR_FMT ", long before " STR_FMT " (" STR_FMT ")",
				STR_ARG(at->id), STR_ARG(date_format(check->arena, at->date)), STR_ARG(before->id),
				STR_ARG(date_format(check->arena, before->date)));
			check_note(check, diag, before->date_text.span, "the record before it is dated here");
			check_help(check, diag, "check the year");
		}
		before = at;
		at = behind;
	}
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++)
		check_relations(check, check->model->decisions.data[i]);
	for (size_t i = 0; i < check->model->logs.n; i++)
		check_log(check, check->model->logs.data[i]);
}

const struct rule rule_decision_date_order = {
	.name = "decision-date-order",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a successor older than what it supersedes; a date far out of the order of numbers",
	.explain = "What supersedes a decision comes after it. Where it is dated earlier, one of the two dates "
		   "is wrong. Only dates written as YYYY-MM-DD are compared, and only full supersessions.\n\n"
		   "Numbers and dates need not rise together, since drafts wait. A record that is dated half a "
		   "year or more before the one numbered before it, while its neighbours stand in order, is told "
		   "as information: often the year is wrong.",
	.example = "0011 of 2025-02-02 supersedes 0007 of 2025-12-15",
	.cure = "Correct the date that is wrong.",
	.run = run,
};
