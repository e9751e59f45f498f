/* decision-unreadable: a file in a decision log that is neither a record nor a known template or index. */
#include "check/check.h"

static void run(struct check *check)
{
	const struct trouble *trouble;
	for (size_t cursor = 0; (trouble = check_trouble(check, &cursor));) {
		struct diag *diag =
			check_report(check, trouble->span, STR_FMT " is a symbolic link that is not followed: " STR_FMT,
				     STR_ARG(trouble->text), STR_ARG(trouble->extra));
		check_help(check, diag, "keep the record itself in the log");
	}
	for (size_t i = 0; i < check->model->skipped.n; i++) {
		const struct skipped *skipped = &check->model->skipped.data[i];
		if (!skipped->suspicious || !skipped->source)
			continue;
		struct diag *diag = check_report(check, (struct span){skipped->source->id, 0, 0},
						 STR_FMT " is not read as a decision: %s",
						 STR_ARG(path_base(skipped->path)), skipped->why);
		check_help(check, diag, "give it a number, a title and a status, or move it out of the log");
	}
}

const struct rule rule_decision_unreadable = {
	.name = "decision-unreadable",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a file in a decision log that is neither a record nor a known template or index",
	.explain = "Every markdown file of a decision log is read as a record, unless it is a template "
		   "(template.md, adr-template.md, 0000-template.md, a title that is a placeholder), an index "
		   "(README.md, index.md, a page that lists records), or a document that logs commonly hold "
		   "(CONTRIBUTING.md). A file that fits none of these is left out of the log, and so are "
		   "symbolic links that leave the workspace: nothing would say so, and a decision would be "
		   "missing.\n\n"
		   "A record needs a number or date in its file name together with a title or a status, or a "
		   "status or two of the usual sections (Context, Decision, Consequences).",
	.example = "decisions/notes.md, with a title and prose only",
	.cure = "Give the file a number, a title and a status, or move it out of the log.",
	.run = run,
};
