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
		bool names_one = false;
		for (; name < run->names.n && run->names.data[name].from < to; name++)
			names_one |= run->names.data[name].entity->kind == ENTITY_RETIRED;
		if (names_one && has_past(scan, str_sub(text, from, to - from)))
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
