/* Prose: paragraphs, list items and cells, sentence by sentence. */
#include "fact/phrase.h"

/* What a column's head, or a row's first cell, says. Read when a cell that may state something asks for it. */
struct label_cell {
	uint32_t node; /* 0: there is none */
	bool is_read;
	struct str text;
	struct entity *subject; /* that it names */
	const char *why;
};

/* Where the walk stands: what encloses the node. */
struct walk {
	uint32_t task_end;
	bool in_header;
	size_t column;
	struct label_cell heads[TABLE_COLUMNS];
	struct label_cell key;
};

static struct str plain(struct fact_sink *sink, uint32_t node)
{
	return str_trim(md_plain(sink->arena, sink->page->md, node));
}

static const unsigned subject_bits = KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) |
				     KIND_BIT(ENTITY_SERVICE) | KIND_BIT(ENTITY_NETWORK);

static const struct label_cell *read_label(struct fact_sink *sink, struct label_cell *label)
{
	if (label->is_read || !label->node)
		return label;
	label->text = plain(sink, label->node);
	label->subject = subject_named(sink, label->text, subject_bits);
	label->why = context_why(label->text);
	label->is_read = true;
	return label;
}

static const struct attribute *attribute_here(struct str words, const struct entity *subject)
{
	return words.size ? attribute_find(words, subject ? subject->kind : ENTITY_ESTATE) : NULL;
}

/* The tokens of a key with its ':' at the start of a line; 0: it has none. */
static size_t key_size(const struct phrase *phrase)
{
	for (size_t i = 1; i < phrase->n && i < 7; i++)
		if (phrase_has_mark(phrase, i, ':') && !phrase_has_mark(phrase, i + 1, '/'))
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
	read_vips(phrase);
	read_settings(phrase);
	read_possessions(phrase);
	read_platforms(phrase);
	read_own_facts(phrase);
	read_versions(phrase);
	read_placements(phrase);
}

static bool ends_in_letter(struct str text, char *last)
{
	*last = text.size ? text.data[text.size - 1] : *last;
	return isalpha((unsigned char)*last);
}

/* True when a number stands in the block, or may: a word that goes on in the next node is left to run_may_state(). */
static bool may_hold_number(const struct md *md, uint32_t block)
{
	bool open = false;
	char last = 0;
	for (uint32_t i = block + 1; i < md->nodes[block].end; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_IMAGE) {
			i = node->end - 1;
		} else if (node->kind == MD_SOFT_BREAK || node->kind == MD_LINE_BREAK) {
			open = false;
			last = 0;
		} else if (node->kind == MD_TEXT || node->kind == MD_CODE) {
			struct run run = {.text = md_text(md, node)};
			if ((open && run.text.size && isalpha((unsigned char)run.text.data[0])) || run_may_state(&run))
				return true;
			open = ends_in_letter(run.text, &last);
		}
	}
	return false;
}

/* False only of a block in whose run nothing can stand that is read here; a fact of the estate's own needs one name. */
static bool may_state(const struct page *page, uint32_t block)
{
	size_t first = mention_from(page, block), second = first + 1;
	bool has_own = page->estate && page->estate->facts.n > 0;
	if (has_own && first < page->mentions.n && page->mentions.data[first].node < page->md->nodes[block].end)
		return true;
	if (second < page->mentions.n && page->mentions.data[second].node < page->md->nodes[block].end)
		return true;
	return may_hold_number(page->md, block);
}

/* True when something follows the number at i that may be what is counted. */
static bool may_count(const struct tokens *tokens, size_t i, struct str text)
{
	for (i++; i < tokens->list.n; i++)
		if (tokens->list.data[i].kind != TOKEN_MARK &&
		    strchr("acdmnwACDMNW", text.data[tokens->list.data[i].from]))
			return true;
	return false;
}

/* False when no part of the form finds what its claims are made of: a bracket, a count, a version, a name and a number. */
static bool may_claim(const struct page *page, const struct tokens *tokens, struct str text)
{
	size_t names = 0, addresses = 0, numbers = 0;
	for (size_t i = 0; i < tokens->list.n; i++) {
		const struct token *token = &tokens->list.data[i];
		names += token->kind == TOKEN_NAME;
		numbers += token->kind == TOKEN_NUMBER || token->kind == TOKEN_OTHER;
		addresses += token->kind == TOKEN_ADDRESS || token->kind == TOKEN_PREFIX;
		bool is_talos = token->kind == TOKEN_WORD && token->to - token->from == 5 &&
				str_eq_nocase(str_sub(text, token->from, 5), STR("talos"));
		if (is_talos || (token->kind == TOKEN_MARK && token->mark == '(') ||
		    (token->kind == TOKEN_VERSION && i) || (token->kind == TOKEN_NUMBER && may_count(tokens, i, text)))
			return true;
	}
	bool has_own = page->estate && page->estate->facts.n > 0;
	return names > 1 || (names && has_own) || addresses || (names && numbers);
}

static void read_block(const struct run *run, const struct tokens *tokens, const struct phrase *model)
{
	for (size_t from = 0, n; from < tokens->list.n; from += n) {
		n = phrase_size(tokens, from, run);
		struct phrase phrase = *model;
		phrase.run = run;
		phrase.token = tokens->list.data + from;
		phrase.n = n;
		phrase.form = FORM_SENTENCE;
		read_phrase(&phrase);
	}
}

/* An address, a number: without a letter and a name nothing is claimed. */
static bool is_bare_value(const struct page *page, uint32_t cell)
{
	const struct md *md = page->md;
	size_t first = mention_from(page, cell);
	if (md->nodes[cell].end != cell + 2 || md->nodes[cell + 1].kind != MD_TEXT ||
	    (first < page->mentions.n && page->mentions.data[first].node < md->nodes[cell].end))
		return false;
	struct str text = md_text(md, &md->nodes[cell + 1]);
	for (size_t i = 0; i < text.size; i++)
		if (isalpha((unsigned char)text.data[i]) || (unsigned char)text.data[i] >= 0x80)
			return false;
	return true;
}

static void read_cell(struct fact_sink *sink, struct walk *walk, uint32_t cell)
{
	size_t column = walk->column++;
	if (column >= TABLE_COLUMNS)
		return;
	if (walk->in_header) {
		walk->heads[column] = (struct label_cell){.node = cell};
		return;
	}
	if (!column)
		walk->key = (struct label_cell){.node = cell};
	if (is_bare_value(sink->page, cell) || !may_state(sink->page, cell))
		return;
	struct run run = run_read(sink, cell);
	struct tokens tokens = {0};
	if (run_may_state(&run) || (run.names.n && sink->page->estate && sink->page->estate->facts.n))
		tokens = phrase_tokens(sink->arena, &run);
	if (!may_claim(sink->page, &tokens, run.text))
		return;
	struct phrase phrase = {.sink = sink, .context = context_at(sink, cell)};
	const struct label_cell *head = read_label(sink, &walk->heads[column]), *key = read_label(sink, &walk->key);
	if (head->subject || key->subject)
		phrase.context.subject = !head->subject ? key->subject : key->subject ? NULL : head->subject;
	phrase.field = attribute_here(head->subject ? key->text : head->text, phrase.context.subject);
	phrase.why = phrase.context.why ? phrase.context.why : head->why;
	if (!phrase.why && column)
		phrase.why = key->why;
	read_block(&run, &tokens, &phrase);
}

static void read_paragraph(struct fact_sink *sink, const struct walk *walk, uint32_t paragraph)
{
	if (!may_state(sink->page, paragraph))
		return;
	struct run run = run_read(sink, paragraph);
	struct tokens tokens = {0};
	if (run_may_state(&run) || (run.names.n && sink->page->estate && sink->page->estate->facts.n))
		tokens = phrase_tokens(sink->arena, &run);
	if (!may_claim(sink->page, &tokens, run.text))
		return;
	struct phrase phrase = {.sink = sink, .context = context_at(sink, paragraph)};
	phrase.why = phrase.context.why;
	if (!phrase.why && paragraph < walk->task_end)
		phrase.why = "a task";
	read_block(&run, &tokens, &phrase);
}

static void read_front(struct fact_sink *sink)
{
	static const char *const keys[] = {"title", "description"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct fm_field *field = fm_find(&sink->page->md->front, keys[i]);
		if (!field || !field->value.str.size)
			continue;
		struct run run = run_read_front(sink, field->value);
		struct tokens tokens = phrase_tokens(sink->arena, &run);
		struct phrase phrase = {.sink = sink, .context = {sink->page_subject, sink->page_why}};
		phrase.why = phrase.context.why ? phrase.context.why : context_heading_why(field->value.str);
		read_block(&run, &tokens, &phrase);
	}
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	struct walk walk = {0};
	read_front(sink);
	for (uint32_t i = 1; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		switch (node->kind) {
		case MD_ITEM:
			if ((node->flags & MD_TASK) && node->end > walk.task_end)
				walk.task_end = node->end;
			break;
		case MD_TABLE:
			for (size_t k = 0; k < TABLE_COLUMNS; k++)
				walk.heads[k] = (struct label_cell){0};
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
