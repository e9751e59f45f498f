/* The parts of a record's document: leaf blocks as source text, the title, the sections that records have. */
#include "model/record.h"

struct block_walk block_walk(const struct md *md, uint32_t first, uint32_t end)
{
	return (struct block_walk){.md = md, .at = first, .end = end};
}

static struct str source_of(const struct md *md, const struct md_node *node)
{
	return str_sub(md->source->text, node->off, node->size);
}

bool block_next(struct block_walk *walk, struct block *block)
{
	const struct md *md = walk->md;
	while (walk->at < walk->end) {
		uint32_t i = walk->at;
		const struct md_node *node = &md->nodes[i];
		walk->at = node->end;
		switch ((enum md_kind)node->kind) {
		case MD_CODE_BLOCK:
		case MD_HTML_BLOCK:
			if (!walk->with_raw)
				break;
			/* fall through */
		case MD_PARAGRAPH:
		case MD_TABLE:
		case MD_HEADING:
			*block = (struct block){.kind = (enum md_kind)node->kind,
						.node = i,
						.raw = source_of(md, node),
						.in_item = i < walk->item_end,
						.unticked = i < walk->unticked_end};
			return true;
		case MD_ITEM:
			if (node->end > walk->item_end)
				walk->item_end = node->end;
			if ((node->flags & (MD_TASK | MD_DONE)) == MD_TASK && node->end > walk->unticked_end)
				walk->unticked_end = node->end;
			walk->at = i + 1;
			break;
		case MD_DOCUMENT:
		case MD_LIST:
		case MD_QUOTE:
		case MD_ADMONITION: walk->at = i + 1; break;
		default: break;
		}
	}
	return false;
}

/* Bytes of "1. ", "2.3 ", "4) " at the start; 0: none. */
static size_t outline_number_size(struct str s)
{
	size_t at = 0;
	while (at < s.size && ((s.data[at] >= '0' && s.data[at] <= '9') || (at && strchr(".)", s.data[at]))))
		at++;
	return at && at < s.size && s.data[at] == ' ' ? at + 1 : 0;
}

/* Part of a word. Marks that only change how an emoji looks are none. */
static bool is_text(uint32_t code)
{
	return utf8_is_letter(code) || (code >= '0' && code <= '9');
}

/* Without symbols and blanks at both ends, a number in front and a colon behind. */
static struct str heading_words(struct str heading)
{
	size_t off = 0, end = 0;
	for (size_t next = 0; off < heading.size; off = next)
		if (is_text(utf8_next(heading, &next)))
			break;
	off += outline_number_size(str_from_off(heading, off));
	for (size_t next = off; next < heading.size;) {
		uint32_t code = utf8_next(heading, &next);
		if (is_text(code) || code == ')')
			end = next;
	}
	return end > off ? str_sub(heading, off, end - off) : STR("");
}

/* Letter by letter: most comparisons end at the first. */
static bool same_words(struct str words, const char *name)
{
	size_t i = 0;
	for (; i < words.size && name[i]; i++) {
		char c = words.data[i];
		if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != name[i])
			return false;
	}
	return i == words.size && name[i] == '\0';
}

size_t heading_index(struct str heading, const char *const *names)
{
	struct str words = heading_words(heading);
	size_t i = 0;
	while (names[i] && !same_words(words, names[i]))
		i++;
	return i;
}

bool heading_in(struct str heading, const char *const *names)
{
	return names[heading_index(heading, names)] != NULL;
}

bool heading_is(struct str heading, const char *name)
{
	return same_words(heading_words(heading), name);
}

static const char *const sections[] = {
	"status",
	"date",
	"context",
	"context and problem statement",
	"problem statement",
	"problem",
	"issue",
	"decision",
	"decision outcome",
	"outcome",
	"consequences",
	"considered options",
	"options considered",
	"alternatives considered",
	"alternatives",
	"options",
	"decision drivers",
	"pros and cons of the options",
	"rationale",
	"implications",
	"assumptions",
	"positions",
	"argument",
	"positive consequences",
	"negative consequences",
	"more information",
	"links",
	"confirmation",
	"validation",
	"summary",
	"abstract",
	"motivation",
	"kontext",
	"entscheidung",
	"konsequenzen",
	"contexte",
	"décision",
	"conséquences",
	"contexto",
	"decisión",
	"consecuencias",
	"decisão",
	"consequências",
	"背景",
	"决定",
	"决策",
	"決定",
	"结果",
	"影響",
	"影响",
	"コンテキスト",
	"決定事項",
	"Контекст",
	"Решение",
	"Последствия",
	NULL,
};

/* What hardly any other document has. */
static const char *const strong_sections[] = {
	"context",
	"context and problem statement",
	"decision",
	"decision outcome",
	"consequences",
	"considered options",
	"decision drivers",
	"options considered",
	"alternatives considered",
	"pros and cons of the options",
	"rationale",
	"kontext",
	"entscheidung",
	"konsequenzen",
	"contexte",
	"décision",
	"contexto",
	"decisión",
	"consecuencias",
	"背景",
	"决策",
	"決定",
	"Контекст",
	"Решение",
	NULL,
};

bool record_is_section(struct str heading)
{
	return heading_in(heading, sections);
}

/* What proposals have beside them: requests for comments, enhancement proposals. */
static const char *const proposal_sections[] = {
	"summary",
	"motivation",
	"detailed design",
	"drawbacks",
	"rationale and alternatives",
	"alternatives",
	"unresolved questions",
	"prior art",
	"guide level explanation",
	"guide-level explanation",
	"reference-level explanation",
	"abstract",
	"specification",
	"backwards compatibility",
	"security considerations",
	"proposal",
	"design details",
	NULL,
};

static size_t count_sections(const struct md *md, const char *const *names)
{
	unsigned seen = 0;
	size_t n = 0;
	for (size_t i = 0; i < md->headings.n; i++) {
		size_t index = heading_index(md->headings.data[i].text, names);
		if (names[index] && !(seen & 1u << index)) {
			seen |= 1u << index;
			n++;
		}
	}
	return n;
}

size_t record_sections(const struct md *md)
{
	return count_sections(md, strong_sections);
}

size_t record_proposal_sections(const struct md *md)
{
	return count_sections(md, proposal_sections);
}

/* Lines of front matter whose opening fence is missing are read as a heading that is underlined by the closing one. */
static bool is_key_lines(struct str heading)
{
	return str_starts_nocase(heading, STR("status:")) || str_starts_nocase(heading, STR("date:")) ||
	       str_starts_nocase(heading, STR("title:"));
}

const struct md_heading *record_heading(const struct md *md)
{
	const struct md_heading *first = NULL;
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		if (is_key_lines(heading->text) || heading->text.size == 0)
			continue;
		if (heading->level == 1 && !record_is_section(heading->text))
			return heading;
		if (!first)
			first = heading;
	}
	return first && !record_is_section(first->text) ? first : NULL;
}
