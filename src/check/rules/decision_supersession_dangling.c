/* decision-supersession-dangling: a supersession that names a record that is not there. */
#include "check/check.h"

#define MIN_LETTERS 4

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 128;
}

/* What a file name says behind its number: "use-storm" of 0007-use-storm.md and 040a-use-storm.md. Empty where it is
 * too short to be known again. */
static struct str slug_of(struct str name)
{
	struct str slug = path_stem(name);
	size_t at = 0, letters = 0;
	if (decision_number(name) >= 0) {
		while (at < slug.size && !isdigit((unsigned char)slug.data[at]))
			at++;
		while (at < slug.size && isdigit((unsigned char)slug.data[at]))
			at++;
		if (at + 1 < slug.size && is_letter(slug.data[at]) && !is_letter(slug.data[at + 1]))
			at++;
		while (at < slug.size && (unsigned char)slug.data[at] < 128 && !isalnum((unsigned char)slug.data[at]))
			at++;
		slug = str_from_off(slug, at);
	}
	for (size_t i = 0; i < slug.size; i++)
		letters += is_letter(slug.data[i]);
	return letters < MIN_LETTERS ? STR_NONE : slug;
}

/* Another file of the log that was likely meant: of the same number, else of nearly the same words. Empty: none. */
static struct str find_near(struct check *check, const struct decision *decision, struct str name)
{
	const struct decision_log *log = decision->log;
	long long number = decision_number(name);
	struct str slug = slug_of(name);
	struct str *slugs = NEW_ARRAY(check->arena, struct str, log->decisions.n + 1);
	for (size_t i = 0; i < log->decisions.n; i++) {
		struct str base = path_base(log->decisions.data[i]->path);
		if (log->decisions.data[i] == decision)
			continue;
		if (number >= 0 && log->decisions.data[i]->number == number)
			return base;
		slugs[i] = slug_of(base);
	}
	struct str near = slug.size ? nearest_find(slug, slugs, log->decisions.n) : STR_NONE;
	for (size_t i = 0; near.size && i < log->decisions.n; i++)
		if (slugs[i].data == near.data)
			return path_base(log->decisions.data[i]->path);
	return STR_NONE;
}

static void report(struct check *check, const struct decision *decision, const struct relation *relation)
{
	const char *verb = relation->kind == RELATION_SUPERSEDES ? "supersedes" : "is superseded by";
	struct str log = decision->log->name;
	struct str name = relation->target_path.size ? relation->target_path : relation->target_text;
	struct diag *diag = check_report(check, relation->span,
					 "decision " STR_FMT " says it %s " STR_FMT ", which is no record of " STR_FMT,
					 STR_ARG(decision->id), verb, STR_ARG(name), STR_ARG(log));
	struct str near = relation->target_path.size ? find_near(check, decision, path_base(name)) : STR_NONE;
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
