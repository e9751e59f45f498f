/* decision-supersession-dangling: a supersession that names a record that is not there. */
#include "check/check.h"

static void report(struct check *check, const struct decision *decision, const struct relation *relation)
{
	const char *verb = relation->kind == RELATION_SUPERSEDES ? "supersedes" : "is superseded by";
	struct str folder = decision->log->folder;
	struct str name = relation->target_path.size ? relation->target_path : relation->target_text;
	struct diag *diag =
		check_report(check, relation->span,
			     "decision " STR_FMT " says it %s " STR_FMT ", which is no record of " STR_FMT "/",
			     STR_ARG(decision->id), verb, STR_ARG(name), STR_ARG(folder));
	const struct decision_log *log = decision->log;
	struct str *names = NEW_ARRAY(check->arena, struct str, log->decisions.n + 1);
	for (size_t i = 0; i < log->decisions.n; i++)
		names[i] = path_base(log->decisions.data[i]->source->path);
	struct str near =
		relation->target_path.size ? nearest_find(path_base(name), names, log->decisions.n) : STR_NONE;
	if (near.size)
		check_help(check, diag, "did you mean " STR_FMT "?", STR_ARG(near));
	else
		check_help(check, diag, "name a record of the log, or restore the one that is gone");
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		for (size_t k = 0; k < decision->relations.n; k++) {
			const struct relation *relation = &decision->relations.data[k];
			bool supersession =
				relation->kind == RELATION_SUPERSEDES || relation->kind == RELATION_SUPERSEDED_BY;
			if (supersession && !relation->target && !relation->ambiguous)
				report(check, decision, relation);
		}
	}
}

const struct rule rule_decision_supersession_dangling = {
	.name = "decision-supersession-dangling",
	.severity = SEVERITY_ERROR,
	.group = "decisions",
	.summary = "a supersession names a record that is not there",
	.explain = "The target is looked for by its path, then by its file name, then by its number in the same "
		   "log. A number that two records have is ambiguous and told by decision-number-duplicate. "
		   "Links to what is no record (another project, a document beside the log) are no supersession "
		   "of a record.",
	.example = "`Superseded by ADR-0099` in a log of 62 records",
	.cure = "Correct the number or the link.",
	.run = run,
};
