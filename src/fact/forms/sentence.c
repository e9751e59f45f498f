/* Prose: paragraphs, list items and cells, sentence by sentence. */
#include "fact/phrase.h"

/* Where the walk stands: what encloses the node. */
struct walk {
	uint32_t task_end;
	bool in_header;
	size_t column;
	struct str heads[TABLE_COLUMNS];
	struct str key;             /* text of the row's first cell */
	struct entity *row_subject; /* that it names */
};

static struct str plain(struct fact_sink *sink, uint32_t node)
{
	return str_trim(md_plain(sink->arena, sink->page->md, node));
}

static const unsigned subject_bits = KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) |
				     KIND_BIT(ENTITY_SERVICE) | KIND_BIT(ENTITY_NETWORK);

static const struct attribute *attribute_here(struct str words, const struct entity *subject)
{
	return words.size ? attribute_find(words, subject ? subject->kind : ENTITY_ESTATE) : NULL;
}

/* The tokens of a key with its ':' at the start of a line; 0: it has none. */
static size_t key_size(const struct phrase *phrase)
{
	for (size_t i = 1; i < phrase->n && i < 7; i++)
		if (phrase_has_mark(phrase, i, ':'))
			return i + 1;
	return 0;
}

static void read_phrase(struct phrase *phrase)
{
	size_t key = key_size(phrase);
	if (key) {
		struct str text = phrase->run->text;
		uint32_t from = phrase->token[0].from;
		struct str words = str_sub(text, from, phrase->token[key - 1].from - from);
		phrase->start = key;
		if (!phrase->field)
			phrase->field = attribute_here(words, phrase->context.subject);
		if (!phrase->why)
			phrase->why = context_why(words);
	}
	read_parentheses(phrase);
	read_tallies(phrase);
	read_addresses(phrase);
	read_versions(phrase);
	read_placements(phrase);
}

static void read_block(struct fact_sink *sink, uint32_t block, const struct phrase *model)
{
	struct run run = run_read(sink, block);
	if (!run_may_state(&run))
		return;
	struct tokens tokens = phrase_tokens(sink->arena, &run);
	for (size_t from = 0, n; from < tokens.list.n; from += n) {
		n = phrase_size(&tokens, from, &run);
		struct phrase phrase = *model;
		phrase.sink = sink;
		phrase.run = &run;
		phrase.token = tokens.list.data + from;
		phrase.n = n;
		phrase.form = FORM_SENTENCE;
		read_phrase(&phrase);
	}
}

static void read_cell(struct fact_sink *sink, struct walk *walk, uint32_t cell)
{
	size_t column = walk->column++;
	if (column >= TABLE_COLUMNS)
		return;
	if (walk->in_header) {
		walk->heads[column] = plain(sink, cell);
		return;
	}
	struct phrase phrase = {.context = context_at(sink, cell)};
	struct entity *of_head = subject_named(sink, walk->heads[column], subject_bits);
	if (!column) {
		walk->key = plain(sink, cell);
		walk->row_subject = subject_named(sink, walk->key, subject_bits);
	}
	if (of_head || walk->row_subject)
		phrase.context.subject = !of_head ? walk->row_subject : walk->row_subject ? NULL : of_head;
	phrase.field = attribute_here(of_head ? walk->key : walk->heads[column], phrase.context.subject);
	phrase.why = phrase.context.why ? phrase.context.why : context_why(walk->heads[column]);
	if (!phrase.why && column)
		phrase.why = context_why(walk->key);
	read_block(sink, cell, &phrase);
}

static void read_paragraph(struct fact_sink *sink, const struct walk *walk, uint32_t paragraph)
{
	struct phrase phrase = {.context = context_at(sink, paragraph)};
	phrase.why = phrase.context.why;
	if (!phrase.why && paragraph < walk->task_end)
		phrase.why = "a task";
	read_block(sink, paragraph, &phrase);
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	struct walk walk = {0};
	for (uint32_t i = 1; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		switch (node->kind) {
		case MD_ITEM:
			if ((node->flags & MD_TASK) && node->end > walk.task_end)
				walk.task_end = node->end;
			break;
		case MD_TABLE:
			for (size_t k = 0; k < TABLE_COLUMNS; k++)
				walk.heads[k] = STR_NONE;
			break;
		case MD_ROW:
			walk.in_header = node->flags & MD_HEADER;
			walk.column = 0;
			break;
		case MD_CELL: read_cell(sink, &walk, i); break;
		case MD_PARAGRAPH: read_paragraph(sink, &walk, i); break;
		default: break;
		}
	}
}

const struct form form_sentence = {.name = "sentence", .find = find};
