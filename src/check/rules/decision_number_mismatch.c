/* decision-number-mismatch: the number in the title is not the one in the file name. */
#include "check/check.h"

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		if (decision->number < 0 || decision->title_number < 0 || decision->number == decision->title_number)
			continue;
		struct diag *diag = check_report(
			check, decision->title_number_span, "the title says %lld, the file name " STR_FMT " says %lld",
			decision->title_number, STR_ARG(path_base(decision->source->path)), decision->number);
		check_help(check, diag, "write %lld in the title, or rename the file", decision->number);
	}
}

const struct rule rule_decision_number_mismatch = {
	.name = "decision-number-mismatch",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "the number in a record's title is not the one in its file name",
	.explain = "A record that was copied from another one, or renumbered after a merge, keeps the old number "
		   "in its title, and readers cite it by that. Numbers are compared as numbers: ADR-0021 and 21 "
		   "agree. A title without a number says nothing.",
	.example = "0021-dependency-management.md begins with `# 20. Managing versions of dependencies`",
	.cure = "Write the number of the file name in the title.",
	.run = run,
};
