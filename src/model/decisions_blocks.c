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
		case MD_PARAGRAPH:
		case MD_TABLE:
		case MD_HEADING:
			*block = (struct block){.kind = (enum md_kind)node->kind, .raw = source_of(md, node),
						.in_item = i < walk->item_end, .unticked = i < walk->unticked_end};
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
			walk->at = i + 1;
			break;
		default:
			break;
		}
	}
	return false;
}

/* Without leading symbols and blanks, and without a colon at the end. */
static struct str heading_words(struct str heading)
{
	size_t off = 0;
	while (off < heading.size) {
		size_t next = off;
		uint32_t code = utf8_next(heading, &next);
		if (utf8_is_word(code))
			break;
		off = next;
	}
	struct str words = str_trim(str_from_off(heading, off));
	while (words.size && (words.data[words.size - 1] == ':' || words.data[words.size - 1] == '*'))
		words = str_trim(str_sub(words, 0, words.size - 1));
	return words;
}

bool heading_is(struct str heading, const char *name)
{
	return str_eq_nocase(heading_words(heading), str_from(name));
}

static const char *const sections[] = {
	"status", "date", "context", "context and problem statement", "problem statement", "problem", "issue", "decision", "decision outcome",
	"outcome", "consequences", "considered options", "options considered", "alternatives considered", "alternatives", "options",
	"decision drivers", "pros and cons of the options", "rationale", "implications", "assumptions", "positions", "argument",
	"positive consequences", "negative consequences", "more information", "links", "confirmation", "validation",
};

/* Sections that only decision records have come in these; the others are met in any document. */
static int section_weight(struct str heading)
{
	static const char *const strong[] = {"context", "context and problem statement", "decision", "decision outcome", "consequences",
					     "considered options", "decision drivers", "options considered", "alternatives considered",
					     "pros and cons of the options", "rationale"};
	for (size_t i = 0; i < sizeof strong / sizeof *strong; i++)
		if (heading_is(heading, strong[i]))
			return (int)i + 1;
	return 0;
}

bool record_is_section(struct str heading)
{
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (heading_is(heading, sections[i]))
			return true;
	return false;
}

size_t record_sections(const struct md *md)
{
	unsigned seen = 0;
	size_t n = 0;
	for (size_t i = 0; i < md->headings.n; i++) {
		int weight = section_weight(md->headings.data[i].text);
		if (weight && !(seen & 1u << weight)) {
			seen |= 1u << weight;
			n++;
		}
	}
	return n;
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
