/* Where pages cite records, and what the columns of their tables tell. */
#include "check/citations.h"

#include <ctype.h>
#include <stdlib.h>

/* ---- citations ---- */

static int citation_cmp(const void *left, const void *right)
{
	const struct citation *a = left, *b = right;
	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	return (a->span.off > b->span.off) - (a->span.off < b->span.off);
}

size_t citations_from(const struct citations *citations, uint32_t node)
{
	size_t low = 0, high = citations->list.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (citations->list.data[middle].node < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void sort(struct citations *citations)
{
	if (citations->list.n > 1)
		qsort(citations->list.data, citations->list.n, sizeof *citations->list.data, citation_cmp);
}

struct citations citations_of(struct arena *arena, const struct page *page)
{
	struct citations links = {0}, all = {0};
	if (!page->md)
		return all;
	for (size_t i = 0; i < page->links.n; i++) {
		const struct link *link = &page->links.data[i];
		if (link->decision && link->node && !link->image)
			vec_add(arena, &links.list,
				(struct citation){link->node, link->decision,
						  md_span(page->md, &page->md->nodes[link->node])});
	}
	sort(&links);
	for (size_t i = 0; i < page->mentions.n; i++) {
		const struct mention *mention = &page->mentions.data[i];
		size_t next = mention->decision ? citations_from(&links, mention->node + 1) : 0;
		struct citation *link = next ? &links.list.data[next - 1] : NULL;
		bool inside = link && page->md->nodes[link->node].end > mention->node;
		if (inside && link->decision == mention->decision)
			link->span = mention->span;
		else if (mention->decision && !inside)
			vec_add(arena, &all.list, (struct citation){mention->node, mention->decision, mention->span});
	}
	for (size_t i = 0; i < links.list.n; i++)
		vec_add(arena, &all.list, links.list.data[i]);
	sort(&all);
	return all;
}

/* ---- columns ---- */

enum record_column record_column(struct str head)
{
	static const struct {
		enum record_column column;
		const char *heads; /* '|' between */
	} rows[] = {
		{COLUMN_NUMBER, "#|no|no.|nr|nr.|number|num|id|adr|adr #|adr no|adr number|adr id|record|key"},
		{COLUMN_TITLE, "title|name|decision|adr title|decision title|record title|subject|topic"},
		{COLUMN_STATUS, "status|state|decision status|adr status|current status"},
		{COLUMN_DATE, "date|decision date|decided|decided on|date decided|adr date"},
		{COLUMN_OTHER_DATE, "last updated|updated|last update|created|created on|date created|date updated|"
				    "last modified|accepted|accepted on|proposed on|since"},
		{COLUMN_SUCCESSOR, "superseded by|superceded by|successor|replaced by|superseded-by"},
		{COLUMN_PREDECESSOR, "supersedes|supercedes|replaces|predecessor"},
	};
	head = str_trim(head);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (const char *heads = rows[i].heads; heads;) {
			size_t size = strcspn(heads, "|");
			if (str_eq_nocase(head, (struct str){heads, size}))
				return rows[i].column;
			heads = heads[size] ? heads + size + 1 : NULL;
		}
	return COLUMN_OTHER;
}

/* ---- succession ---- */

static const struct decision *next_successor(const struct decision *decision, size_t *cursor)
{
	for (; *cursor < decision->relations.n; (*cursor)++) {
		const struct relation *relation = &decision->relations.data[*cursor];
		if (relation->kind == RELATION_SUPERSEDED_BY && relation->target) {
			(*cursor)++;
			return relation->target;
		}
	}
	for (; *cursor < decision->relations.n + decision->incoming.n; (*cursor)++) {
		size_t i = *cursor - decision->relations.n;
		if (decision->incoming.data[i]->kind == RELATION_SUPERSEDES && !decision->incoming.data[i]->partial) {
			(*cursor)++;
			return decision->incoming_from.data[i];
		}
	}
	return NULL;
}

bool is_successor(const struct successors *successors, const struct decision *decision)
{
	for (size_t i = 0; i < successors->n; i++)
		if (successors->list[i] == decision)
			return true;
	return false;
}

struct successors successors_of(const struct decision *decision)
{
	struct successors successors = {.n = 0};
	const size_t room = sizeof successors.list / sizeof *successors.list;
	for (size_t from = 0; decision; decision = from < successors.n ? successors.list[from++] : NULL) {
		size_t cursor = 0;
		const struct decision *next;
		while (successors.n < room && (next = next_successor(decision, &cursor)))
			if (!is_successor(&successors, next))
				successors.list[successors.n++] = next;
	}
	return successors;
}

bool decision_is_retired(const struct decision *decision)
{
	enum status status = decision->effective_status;
	return status == STATUS_SUPERSEDED || status == STATUS_DEPRECATED || status == STATUS_REJECTED ||
	       status == STATUS_WITHDRAWN;
}

/* ---- pages of a day ---- */

bool path_is_dated(struct str path)
{
	static const char *const folders[] = {"incidents", "incident",   "postmortems", "post-mortems", "blog",
					      "blogs",     "posts",      "news",        "releases",     "archive",
					      "archived",  "history",    "meetings",    "minutes",      "journal",
					      "changelog", "changelogs", "audits"};
	struct str stem = path_stem(path), rest = path;
	if (date_parse_iso(stem).year || str_find_nocase(stem, STR("changelog")) == 0 ||
	    str_find_nocase(stem, STR("history")) == 0 || str_find_nocase(stem, STR("release-notes")) == 0)
		return true;
	while (rest.data) {
		struct str folder = str_cut(&rest, '/');
		for (size_t i = 0; rest.data && i < sizeof folders / sizeof *folders; i++)
			if (str_eq_nocase(folder, str_from(folders[i])))
				return true;
	}
	return false;
}

/* ---- names ---- */

struct str decision_name(struct arena *arena, const struct decision *decision)
{
	struct str digits = decision->id;
	if (str_starts_nocase(digits, STR("adr-")))
		digits = str_from_off(digits, 4);
	for (size_t i = 0; i < digits.size; i++)
		if (!isdigit((unsigned char)digits.data[i]))
			return decision->id;
	return digits.size ? str_format(arena, "ADR-" STR_FMT, STR_ARG(digits)) : decision->id;
}

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

bool decision_name_next(struct str text, size_t *off, struct decision_name_found *found)
{
	for (size_t at; (at = str_find_nocase(str_from_off(text, *off), STR("adr"))) != SIZE_MAX;) {
		size_t start = *off + at, end = start + 3;
		*off = end;
		if (start && (is_word_byte(text.data[start - 1]) || strchr("/-_.", text.data[start - 1])))
			continue;
		for (size_t i = 0; i < 2 && end < text.size && strchr(" -_#", text.data[end]); i++)
			end++;
		size_t digits = end;
		while (end < text.size && isdigit((unsigned char)text.data[end]))
			end++;
		bool ends = end >= text.size || (!is_word_byte(text.data[end]) && text.data[end] != '_');
		bool path = end + 1 < text.size && text.data[end] == '-' && is_word_byte(text.data[end + 1]);
		if (end == digits || end - digits > 6 || !ends || path ||
		    !str_to_number(str_sub(text, digits, end - digits), &found->number))
			continue;
		found->off = start;
		found->size = end - start;
		*off = end;
		return true;
	}
	return false;
}

/* ---- words ---- */

/* Lower case; '*' at the end: any ending. */
static const char *const retired_words[] = {
	"supersed*", "superced*",  "supersess*", "superseed*", "replac*",  "deprecat*", "obsolet*", "retire*",
	"withdr*",   "revert*",    "abandon*",   "overrid*",   "overrul*", "invalid*",  "histor*",  "former*",
	"previous*", "original*",  "legacy",     "outdated",   "old",      "older",     "earlier",  "predecessor*",
	"successor", "successors", "succeeded",  "until",      "moot",     "retracted", "undone",   "reversed",
	"dropped",   "changelog",  "anymore",    "gave",       "migrated", "switched",  "archiv*",  "reconsider*"};
static const char *const past_tense_words[] = {"was", "were", "had", "used", "did", "before"};

static bool is_word(struct str word, const char *pattern)
{
	size_t size = strlen(pattern);
	if (pattern[size - 1] == '*')
		return str_starts_nocase(word, (struct str){pattern, size - 1});
	return str_eq_nocase(word, (struct str){pattern, size});
}

static bool is_one_of(struct str word, const char *const *patterns, size_t n)
{
	char first = (char)tolower((unsigned char)word.data[0]);
	for (size_t i = 0; i < n; i++)
		if (patterns[i][0] == first && is_word(word, patterns[i]))
			return true;
	return false;
}

/* Marks that stand for such a word. */
static bool has_mark(struct str text)
{
	static const char *const marks[] = {"♻", "⌛", "❌", "🚫"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_find(text, str_from(marks[i])) != SIZE_MAX)
			return true;
	return false;
}

bool says_retired(struct str text, bool past_tense)
{
	bool after_no = false;
	if (has_mark(text))
		return true;
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		while (at < text.size && is_word_byte(text.data[at]))
			at++;
		struct str word = str_sub(text, start, at - start);
		if (!word.size) {
			at++;
			continue;
		}
		if (is_one_of(word, retired_words, sizeof retired_words / sizeof *retired_words) ||
		    (after_no && str_eq_nocase(word, STR("longer"))))
			return true;
		if (past_tense && is_one_of(word, past_tense_words, sizeof past_tense_words / sizeof *past_tense_words))
			return true;
		after_no = str_eq_nocase(word, STR("no")) || str_eq_nocase(word, STR("any"));
	}
	return false;
}
