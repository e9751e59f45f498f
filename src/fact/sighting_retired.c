/* Retired things that a text speaks of as if they were there. */
#include "fact/sighting.h"

/* Words that set a name in the past, beside its successor, or in no place at all. */
const char past_words[] =
	"was|were|had|did|been|replace|replaces|replaced|replacing|replacement|retire|retires|retired|retiring|retirement|"
	"migrate|migrates|migrated|migrating|migration|former|formerly|until|till|supersede|supersedes|superseded|superseding|"
	"remove|removes|removed|removing|removal|deprecate|deprecated|deprecates|old|older|legacy|longer|instead|alias|aliases|"
	"gone|drop|drops|dropped|shut|shutdown|left|leave|leaves|leaving|move|moves|moved|moving|took|take|takes|taken|over|"
	"successor|predecessor|predecessors|ex|earlier|previous|previously|past|once|since|after|before|original|originally|"
	"history|historical|historically|decommission|decommissioned|decommissioning|delete|deletes|deleted|disable|disabled|"
	"abandon|abandoned|sunset|eol|obsolete|obsoletes|stop|stops|stopped|switch|switches|switched|away|archive|archived|"
	"uninstall|uninstalled|phase|phased|phasing|kept|keep|keeps|came|became|import|imports|imported|export|exports|exported|"
	"convert|converts|converted|port|ported|compare|compared|comparison|unlike|like|than|similar|versus|vs|rather|not|no|"
	"never|without|isn|doesn|don|cannot|won|aren|neither|nor|would|could|should|might|may|planned|plan|plans|will|if|"
	"evaluate|evaluated|evaluation|consider|considered|reject|rejected|chose|chosen|choose|choice|option|options|"
	"alternative|alternatives|candidate|inspired|retained|tombstone|cleanup|clean|leftover|leftovers|remain|remains|"
	"remaining|remnant|remnants|stale|outdated|unused|used|ran|went|renamed|rename|upgrade|upgraded|ended|ends|end|last|"
	"ago|first|initially|began|started|today|now|era|days|time|turned|off|out|license|licence|docs|documentation|community|"
	"upstream|project|vendor|book|blog|article|style|format|compatible|rewritten|rewrite|rebuilt|superseder|obsoleted|"
	"example|eg|such|or|reads|read|see|decision|adr|status|contradicts|disagree|wrong|mistake|typo";

static bool has_past(const struct sighting_scan *scan, struct str text)
{
	return find_listed_word(text, &scan->known->past).size || context_sentence_why(text) ||
	       str_find(text, STR("→")) != SIZE_MAX || str_find(text, STR("->")) != SIZE_MAX;
}

/* The verb behind the name is in the past: "n8n handled". */
static bool has_past_verb(struct str text, size_t at)
{
	while (at < text.size && (text.data[at] == ' ' || text.data[at] == '`'))
		at++;
	size_t end = at;
	while (end < text.size && isalpha((unsigned char)text.data[end]))
		end++;
	struct str verb = str_sub(text, at, end - at);
	return verb.size > 3 && str_ends_nocase(verb, STR("ed"));
}

/* True when a record is cited in the nodes [from, to). */
static bool is_cited(const struct sighting_scan *scan, uint32_t from, uint32_t to)
{
	size_t low = 0, high = scan->cited.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (scan->cited.data[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < scan->cited.n && scan->cited.data[low] < to;
}

/* Past words that are also nouns for a part of a thing. */
static const char part_nouns[] =
	"alias|aliases|port|ports|export|exports|import|imports|format|style|option|options|switch|switches|plan|plans";

/* "n8n aliases: a, b" is a label: it claims the part, and its noun is no word of the past. The end of that noun, or 0. */
static size_t label_noun_end(struct str text, size_t at)
{
	while (at < text.size && text.data[at] == ' ')
		at++;
	size_t end = at;
	while (end < text.size && isalpha((unsigned char)text.data[end]))
		end++;
	bool is_key = end > at && end < text.size && text.data[end] == ':';
	return is_key && str_is_listed(str_sub(text, at, end - at), part_nouns) ? end : 0;
}

/* Any sentence of the block that says what became of it speaks for the others. */
static bool tells_its_end(const struct sighting_scan *scan)
{
	const struct run *run = scan->run;
	struct str text = run->text;
	size_t name = 0;
	for (size_t from = 0, to; from < text.size; from = to) {
		to = sentence_end(text, from);
		while (name < run->names.n && run->names.data[name].to <= from)
			name++;
		bool names_one = false, has_end = false;
		size_t read = from;
		for (; name < run->names.n && run->names.data[name].from < to; name++) {
			const struct run_name *one = &run->names.data[name];
			bool is_retired = one->entity->kind == ENTITY_RETIRED;
			size_t label = is_retired ? label_noun_end(str_sub(text, 0, to), one->to) : 0;
			names_one |= is_retired;
			if (label) {
				has_end |= has_past(scan, str_sub(text, read, one->to - read));
				read = label;
			}
		}
		if (names_one && (has_end || has_past(scan, str_sub(text, read, to - read))))
			return true;
	}
	return false;
}

/* Why nothing that the block says of a retired thing is judged, or NULL. */
static const char *block_why(struct sighting_scan *scan)
{
	const struct page *page = scan->sink->page;
	const struct md *md = page->md;
	if (md->nodes[scan->node].kind == MD_HEADING)
		return "a heading";
	if (page->decision)
		return "a record speaks of its time";
	if (scan->row && is_cited(scan, scan->row, md->nodes[scan->row].end))
		return "a record is cited";
	if (tells_its_end(scan) || has_past(scan, sighting_around(scan)))
		return "it says what became of it";
	return NULL;
}

void sighting_read_retired(struct sighting_scan *scan)
{
	const struct run *run = scan->run;
	const char *why = NULL;
	bool is_settled = false;
	for (size_t i = 0, piece = 0; i < run->names.n; i++) {
		const struct run_name *name = &run->names.data[i];
		if (name->entity->kind != ENTITY_RETIRED)
			continue;
		if (!is_settled)
			why = block_why(scan);
		is_settled = true;
		while (piece + 1 < run->pieces.n && run->pieces.data[piece + 1].at <= name->from)
			piece++;
		const char *own = why;
		if (!own && is_cited(scan, scan->node, run->pieces.data[piece].node))
			own = "a record is cited";
		if (!own && has_past_verb(run->text, name->to))
			own = "its verb";
		struct sighting sighting = {.kind = SIGHTING_RETIRED, .entity = name->entity};
		sighting_add(scan, sighting, name->from, name->to, own);
	}
}

/* ---- drawings ---- */

/* Bytes of a stroke of a box at `at`; 0: none stands there. */
static size_t stroke(struct str text, size_t at)
{
	if (text.data[at] == '|')
		return 1;
	bool is_wide = at + 2 < text.size && (unsigned char)text.data[at] == 0xE2 &&
		       ((unsigned char)text.data[at + 1] == 0x94 || (unsigned char)text.data[at + 1] == 0x95);
	return is_wide ? 3 : 0;
}

/* Words [from, to) of a label, in which a retired thing is named at [at, end). */
static bool label_tells(const struct sighting_scan *scan, size_t from, size_t to, size_t at, size_t end)
{
	struct str text = scan->text;
	size_t noun = label_noun_end(str_sub(text, 0, to), end);
	return has_past(scan, str_sub(text, from, at - from)) ||
	       has_past(scan, str_sub(text, noun ? noun : end, to - (noun ? noun : end)));
}

/* One label, or the part of a line between two strokes. */
static void read_label(struct sighting_scan *scan, size_t from, size_t to)
{
	for (size_t at = from; at < to;) {
		size_t end = at;
		while (end < to && (isalnum((unsigned char)scan->text.data[end]) || strchr("-_", scan->text.data[end])))
			end++;
		struct str name = str_sub(scan->text, at, end - at);
		struct entity *entity = name.size > 2 ? estate_find(scan->estate->estate, name, ENTITY_RETIRED) : NULL;
		bool is_part = end < to && strchr("./@:", scan->text.data[end]) && end + 1 < to &&
			       isalnum((unsigned char)scan->text.data[end + 1]);
		is_part |= at > from && strchr("./@", scan->text.data[at - 1]);
		char lower[KNOWN_WORD_MAX];
		for (size_t i = 0; entity && i < name.size && i < sizeof lower; i++)
			lower[i] = (char)tolower((unsigned char)name.data[i]);
		bool is_word = entity && (name.size > sizeof lower ||
					  known_is_english(scan->known, (struct str){lower, name.size}));
		if (entity && !is_part && !is_word) {
			const char *why = scan->block_why;
			if (!why && label_tells(scan, from, to, at, end))
				why = "it says what became of it";
			struct sighting sighting = {.kind = SIGHTING_RETIRED, .entity = entity};
			sighting_add(scan, sighting, at, end, why);
		}
		at = end > at ? end : at + 1;
	}
}

void sighting_read_retired_label(struct sighting_scan *scan)
{
	struct str text = scan->text;
	if (!scan->estate->estate->retired.n || scan->sink->page->decision)
		return;
	for (size_t from = 0, at = 0; at <= text.size; at++) {
		size_t size = at < text.size ? stroke(text, at) : 1;
		if (!size)
			continue;
		if (at > from)
			read_label(scan, from, at);
		from = at + size;
		at = from - 1;
	}
}
