/* name-retired: a document speaks in the present of what is retired. */
#include "check/sightings.h"

static struct str retirement(struct check *check, const struct retired *retired)
{
	struct str since = STR_NONE, by = STR_NONE;
	if (retired->since.str.size)
		since = str_format(check->arena, " since " STR_FMT, STR_ARG(retired->since.str));
	if (retired->replaced_by.word.str.size)
		by = str_format(check->arena, ", replaced by " STR_FMT, STR_ARG(retired->replaced_by.word.str));
	return str_format(check->arena, STR_FMT STR_FMT, STR_ARG(since), STR_ARG(by));
}

static void report(struct check *check, const struct sighted *sighted)
{
	const struct sighting *sighting = sighted->first;
	const struct retired *retired = (const struct retired *)sighting->entity;
	struct str how = retirement(check, retired), by = retired->replaced_by.word.str;
	struct diag *diag = check_report(check, sighting->word.span, STR_FMT " is retired" STR_FMT,
					 STR_ARG(sighting->word.str), STR_ARG(how));
	check_note(check, diag, retired->entity.id.span, "retired here");
	sighted_notes(check, diag, sighted);
	if (by.size)
		check_help(check, diag, "write " STR_FMT ", or say that it is past", STR_ARG(by));
	else
		check_help(check, diag, "take it out, or say that it is past");
	check_key(check, diag, retired->entity.id.str);
}

static void run(struct check *check)
{
	struct sighted_list sighted = sighted_group(check, SIGHTING_RETIRED);
	for (size_t i = 0; i < sighted.list.n; i++)
		report(check, sighted.list.data[i]);
}

const struct rule rule_name_retired = {
	.name = "name-retired",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "present tense about what is retired",
	.explain =
		"What the topology lists under `retired:` is gone; a sentence, list, table or drawing that shows it as there misleads. "
		"Sentences that say what became of it (was, replaced, migrated, until, no longer ...) are right, and so are their "
		"neighbours in the paragraph, comparisons, headings, history, decision records, which speak of their time, and "
		"texts that cite a record first. Several such places on one page are one finding.",
	.example = "n8n runs the flows.     retired: {n8n: {replaced_by: windmill}}",
	.cure = "Name the successor, or say that it is past.",
	.run = run,
};
