/* name-near-miss: a word is one slip from a declared name, or is that name in letters of another script. */
#include "check/sightings.h"

/* A word that is written so often is a name of its own. */
enum { OWN_NAME = 3 };

static void report_slip(struct check *check, const struct sighted *sighted)
{
	const struct sighting *sighting = sighted->first;
	struct str word = sighting->word.str, meant = sighting->meant;
	if (sighted->n >= OWN_NAME)
		return;
	struct diag *diag = check_report(check, sighting->word.span, STR_FMT " is one letter from the %s " STR_FMT,
					 STR_ARG(word), entity_kind_name(sighting->entity->kind), STR_ARG(meant));
	check_note(check, diag, sighting->entity->id.span, "declared here");
	sighted_notes(check, diag, sighted);
	check_help(check, diag, "write " STR_FMT ", or list the word under terms:", STR_ARG(meant));
	check_key(check, diag, word);
}

static uint32_t first_imitation(struct str word)
{
	for (size_t at = 0; at < word.size;) {
		uint32_t code = utf8_next(word, &at);
		if (code >= 128)
			return code;
	}
	return 0;
}

static void report_lookalike(struct check *check, const struct sighted *sighted)
{
	const struct sighting *sighting = sighted->first;
	uint32_t code = first_imitation(sighting->word.str);
	struct diag *diag = check_report(
		check, sighting->word.span, STR_FMT " is not " STR_FMT ": its letter U+%04X only looks like '%c'",
		STR_ARG(sighting->word.str), STR_ARG(sighting->meant), (unsigned)code, utf8_lookalike(code));
	if (sighting->entity)
		check_note(check, diag, sighting->entity->id.span, "declared here");
	sighted_notes(check, diag, sighted);
	check_help(check, diag, "write " STR_FMT, STR_ARG(sighting->meant));
	check_fix(check, diag, sighting->word.span, sighting->meant);
	check_key(check, diag, sighting->meant);
}

static void run(struct check *check)
{
	struct sighted_list slips = sighted_group(check, SIGHTING_NEAR_MISS);
	struct sighted_list lookalikes = sighted_group(check, SIGHTING_LOOKALIKE);
	for (size_t i = 0; i < slips.list.n; i++)
		report_slip(check, slips.list.data[i]);
	for (size_t i = 0; i < lookalikes.list.n; i++)
		report_lookalike(check, lookalikes.list.data[i]);
}

const struct rule rule_name_near_miss = {
	.name = "name-near-miss",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a word one slip from a declared name, or that name in letters of another script",
	.explain =
		"A misspelt name finds nothing when a reader searches for it, and gets no link. A word is compared with the names of "
		"nodes, clusters, devices, networks and services that have at least five letters: one letter added, left out, "
		"changed, or two that changed places. Names of up to six letters, and those that are ordinary words, are compared "
		"only with words that stand like a name: in code, in bold, alone in a cell, beside the word for a kind. Left alone "
		"are English words and their forms, a change of the first letter, endings, digits (node-1 and node-2), words of "
		"the topology, of file names and of `terms:`, parts of paths and hosts, and a word that is written three "
		"times or more, which is a name of its own.",
	.example = "Whisper runs on elminister.     the node is called elminster",
	.cure = "Write the declared name; or list the word under `terms:` when it is something else.",
	.run = run,
};
