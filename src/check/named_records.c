/* What the words around "ADR-12" say about it. */
#include "check/named_records.h"

#include <ctype.h>

/* Inlines between the start of a block and a name in it; behind more the block is not looked for. */
enum { INLINES_MAX = 4096, BLOCK_MAX = 4000 };

static const struct md_node *block_of(const struct md *md, uint32_t node)
{
	for (uint32_t i = node, n = 0; i-- > 0 && n < INLINES_MAX; n++) {
		const struct md_node *at = &md->nodes[i];
		bool leaf = at->kind == MD_PARAGRAPH || at->kind == MD_HEADING || at->kind == MD_CELL;
		if (leaf && at->end > node)
			return at;
	}
	return NULL;
}

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool holds_any(struct str text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find_nocase(text, str_from(words[i])) != SIZE_MAX)
			return true;
	return false;
}
#define HOLDS_ANY(text, words) holds_any((text), (words), sizeof(words) / sizeof *(words))

/* ---- other projects ---- */

/* Words that begin a sentence or a title before a record of one's own. */
static bool is_lead(struct str word)
{
	static const char *const words[] = {
		"see",         "per",        "by",         "in",       "as",         "from",        "with",
		"under",       "and",        "or",         "to",       "of",         "for",         "both",
		"also",        "decision",   "decisions",  "record",   "records",    "adr",         "adrs",
		"accepted",    "proposed",   "deprecated", "rejected", "deferred",   "draft",       "status",
		"link",        "links",      "source",     "read",     "note",       "where",       "when",
		"since",       "after",      "before",     "until",    "while",      "if",          "although",
		"because",     "the",        "this",       "our",      "original",   "parent",      "supersedes",
		"superseded",  "replaces",   "replaced",   "amends",   "amended",    "ref",         "refs",
		"reference",   "references", "related",    "relates",  "implements", "implemented", "follows",
		"following",   "extends",    "extended",   "builds",   "depends",    "requires",    "unlike",
		"like",        "against",    "update",     "updates",  "updated",    "apply",       "applies",
		"revisit",     "revisits",   "context",    "on",       "at",         "via",         "through",
		"compare",     "cf",         "but",        "that",     "i",          "we",          "it",
		"which",       "use",        "new",        "add",      "adds",       "implement",   "supersede",
		"complements", "complement", "clarifies",  "refines",  "reverses",   "reverts"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(word, str_from(words[i])))
			return true;
	return false;
}

static struct str last_word(struct str before)
{
	size_t end = before.size, start;
	while (end && (before.data[end - 1] == ' ' || before.data[end - 1] == '\n' || before.data[end - 1] == '*'))
		end--;
	for (start = end; start && (is_word_byte(before.data[start - 1]) || strchr("'-", before.data[start - 1]));)
		start--;
	return str_sub(before, start, end - start);
}

/* "Cosmos ADR-33", "Anna's ADR-33", "their ADR-33" */
static bool owner_before(struct str before)
{
	static const char *const words[] = {"upstream", "upstreams", "their", "its", "external"};
	struct str word = last_word(before);
	if (!word.size || is_lead(word))
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(word, str_from(words[i])))
			return true;
	return str_ends(word, STR("'s")) || str_ends(word, STR("\xe2\x80\x99s")) ||
	       isupper((unsigned char)word.data[0]);
}

/* "ADR-33 of the Cosmos SDK", "ADR-33 in [backstage](…)" */
static bool owner_after(struct str after)
{
	static const char *const words[] = {" of ", " in ", " from ", " at "};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!str_starts(after, str_from(words[i])))
			continue;
		struct str rest = str_from_off(after, strlen(words[i]));
		if (str_starts(rest, STR("the ")))
			rest = str_from_off(rest, 4);
		return rest.size && (isupper((unsigned char)rest.data[0]) || rest.data[0] == '[');
	}
	return false;
}

/* A web address beside it that holds decisions: their record may be meant. */
static bool has_foreign_log(struct str text)
{
	for (size_t at; (at = str_find(text, STR("://"))) != SIZE_MAX;) {
		text = str_from_off(text, at + 3);
		size_t size = 0;
		while (size < text.size && !strchr(" \t\n)>\"'", text.data[size]))
			size++;
		struct str url = str_sub(text, 0, size);
		if (str_find_nocase(url, STR("adr")) != SIZE_MAX || str_find_nocase(url, STR("decision")) != SIZE_MAX)
			return true;
	}
	return false;
}

/* ---- examples and plans ---- */

static bool is_placeholder(struct str name)
{
	static const char *const digits[] = {"0", "00", "000", "0000", "123", "0123", "1234", "12345", "999", "9999"};
	size_t start = name.size;
	while (start && isdigit((unsigned char)name.data[start - 1]))
		start--;
	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
		if (str_is(str_from_off(name, start), digits[i]))
			return true;
	return false;
}

/* "ADR 9": an abbreviation of many meanings before a number that is not written as the numbers of a log are. */
static bool is_loose(struct str name)
{
	return name.size > 4 && name.data[3] == ' ' && name.size < 7;
}

static bool is_quoted(struct str before, struct str after)
{
	if (str_ends(before, STR("\xe2\x80\x9c")) || str_ends(before, STR("\xe2\x80\x98")))
		return true;
	return before.size && after.size && strchr("\"'<{", before.data[before.size - 1]) &&
	       strchr("\"'>}", after.data[0]);
}

static bool is_example(struct str text)
{
	static const char *const words[] = {"e.g.",      "example",    "for instance", "such as",    "format",
					    "naming",    "named",      "placeholder",  "convention", "syntax",
					    "numbering", "pattern",    "title",        "file name",  "filename",
					    "sample",    "identifier", "template"};
	return HOLDS_ANY(text, words);
}

bool says_absent(struct str text)
{
	static const char *const words[] = {
		"planned",  "future",         "upcoming",   "to be written", "will be",  "tbd",       "pending",
		"reserved", "forthcoming",    "todo",       "to do",         "to-do",    "separate",  "follow-up",
		"followup", "not yet",        "later",      "next",          "draft",    "withdrawn", "removed",
		"deleted",  "renumber",       "merged",     "formerly",      "became",   "never",     "previously",
		"was ",     "were ",          "missing",    "skipped",       "gap",      "unwritten", "candidate",
		"proposal", "does not exist", "no such",    "lost",          "dropped",  "retired",   "would ",
		"could ",   "might ",         "should get", "needs an",      "write an", "open an"};
	return HOLDS_ANY(text, words);
}

static struct str sentence_of(struct str block, size_t from, size_t to)
{
	size_t start = from, end = to;
	while (start > 1 && !(block.data[start - 1] == ' ' && strchr(".!?", block.data[start - 2])))
		start--;
	start = start > 1 ? start : 0;
	while (end < block.size && !(strchr(".!?", block.data[end]) &&
				     (end + 1 == block.size || isspace((unsigned char)block.data[end + 1]))))
		end++;
	return str_sub(block, start, end - start);
}

enum naming mention_naming(const struct mention *mention)
{
	const struct md *md = mention->page->md;
	const struct source *source = mention->page->source;
	const struct md_node *block = block_of(md, mention->node);
	if (!block || block->size > BLOCK_MAX || mention->span.off < block->off ||
	    mention->span.off + mention->span.size > block->off + block->size)
		return NAMING_EXAMPLE;
	struct str text = str_sub(source->text, block->off, block->size);
	size_t from = mention->span.off - block->off, to = from + mention->span.size;
	struct str before = str_sub(text, 0, from), after = str_from_off(text, to);
	if (owner_before(before) || owner_after(after) || has_foreign_log(text))
		return NAMING_FOREIGN;
	struct str sentence = sentence_of(text, from, to);
	if (is_placeholder(str_sub(text, from, mention->span.size)) ||
	    is_loose(str_sub(text, from, mention->span.size)) || is_quoted(before, after) || is_example(sentence))
		return NAMING_EXAMPLE;
	return says_absent(sentence) ? NAMING_ABSENT : NAMING_PLAIN;
}

bool page_is_template(const struct model *model, const struct page *page)
{
	bool is_index = false, skipped = false;
	for (size_t i = 0; i < model->logs.n && !is_index; i++)
		is_index = model->logs.data[i]->index == page->source;
	for (size_t i = 0; i < model->skipped.n && !is_index && !skipped; i++)
		skipped = model->skipped.data[i].source == page->source;
	bool named = !page->decision && str_find_nocase(path_stem(page->source->path), STR("template")) != SIZE_MAX;
	return skipped || named;
}
