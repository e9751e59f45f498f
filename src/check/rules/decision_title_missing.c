/* decision-title-missing: a record without a title. */
#include "check/check.h"

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		if (decision->title.str.size)
			continue;
		struct diag *diag = check_report(check, (struct span){decision->source->id, 0, 0},
						 "decision " STR_FMT " has no title", STR_ARG(decision->id));
		if (decision->number >= 0)
			check_help(check, diag, "begin it with a heading: # %lld. What was decided", decision->number);
		else
			check_help(check, diag, "begin it with a heading: # What was decided");
	}
}

const struct rule rule_decision_title_missing = {
	.name = "decision-title-missing",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a decision record without a title",
	.explain = "Lists, links and the decision index show a record by its title. The title is the `title` of "
		   "the front matter, else the first heading of level 1, else the first heading. A heading that "
		   "names a usual section (Status, Context) is no title.",
	.example = "a record that begins with `## Status`",
	.cure = "Begin the record with a heading that says what was decided.",
	.run = run,
};
