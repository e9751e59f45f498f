/* decision-proposed-stale: a record that was proposed long ago and is neither accepted nor rejected. */
#include "check/check.h"

/* Days of the newest commit: what is proposed grows old by work that goes on, not by a clock. 0: not known. */
static long newest_day(const struct git_history *git)
{
	long long newest = 0;
	if (!git || !git->present || git->shallow)
		return 0;
	for (size_t i = 0; i < git->last.n; i++) {
		const struct git_commit_info *info = git->last.items[i].value;
		newest = info->when > newest ? info->when : newest;
	}
	return newest ? date_days(date_from_epoch(newest)) : 0;
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	long now = newest_day(model->git);
	for (size_t i = 0; now && i < model->decisions.n; i++) {
		const struct decision *decision = model->decisions.data[i];
		bool dated = (decision->date_form == DATE_ISO || decision->date_form == DATE_OTHER) &&
			     date_is_valid(decision->date);
		if (decision->effective_status != STATUS_PROPOSED || !dated)
			continue;
		struct date date = decision->date;
		if (decision->status_since && date_cmp(date_from_epoch(decision->status_since->when), date) > 0)
			date = date_from_epoch(decision->status_since->when);
		long days = now - date_days(date);
		if (days <= check->config->proposed_stale_days)
			continue;
		struct diag *diag = check_report(check, decision->status_text.span,
						 "proposed since " STR_FMT ", %ld days before the newest commit",
						 STR_ARG(date_format(check->arena, date)), days);
		check_help(check, diag, "accept, reject or withdraw it, or say until when it is deferred");
		check_key(check, diag, STR("proposed"));
	}
}

const struct rule rule_decision_proposed_stale = {
	.name = "decision-proposed-stale",
	.severity = SEVERITY_INFO,
	.group = "decisions",
	.summary = "a decision record that has been proposed for long",
	.explain =
		"A proposal that nobody accepts or rejects is read as a decision by some and as none by others. "
		"Told when a record's date, and the commit that gave it the status, lie more than `proposed_stale_after` days (180 unless configured) before the "
		"newest commit. Without git, in a shallow clone, and for a date that may be read in two ways nothing is "
		"said.",
	.example = "Status: Proposed, Date: 2024-03-01, in a repository whose newest commit is of 2026",
	.cure = "Accept, reject or withdraw the record, or mark it as deferred.",
	.run = run,
};
