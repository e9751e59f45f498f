/* Links as they are written: destinations, labels, definitions, and references that have no definition. */
#include "parse/markdown.h"

/* Longest label (CommonMark 4.7) and longest title that is read. */
#define LABEL_MAX 999
#define TITLE_MAX 2000

static char peek(const struct md_cursor *cursor)
{
	return cursor->pos < cursor->end ? cursor->text.data[cursor->pos] : 0;
}

static void skip_blanks(struct md_cursor *cursor)
{
	while (peek(cursor) == ' ' || peek(cursor) == '\t')
		cursor->pos++;
}

/* Blanks and at most one line end. */
static bool skip_space(struct md_cursor *cursor)
{
	uint32_t from = cursor->pos;
	if (peek(cursor) == '\\' || !md_cursor_break(cursor))
		skip_blanks(cursor);
	return cursor->pos > from;
}

static bool at_line_end(const struct md_cursor *cursor)
{
	return cursor->pos >= cursor->end || peek(cursor) == '\n' || peek(cursor) == '\r';
}

/* A backslash takes the punctuation behind it along. */
static void step(struct md_cursor *cursor)
{
	char c = peek(cursor);
	cursor->pos++;
	if (c == '\\' && ispunct((unsigned char)peek(cursor)))
		cursor->pos++;
}

static bool read_angle_target(struct md_cursor *cursor, struct md_range *target)
{
	cursor->pos++;
	target->from = cursor->pos;
	while (peek(cursor) != '>') {
		if (at_line_end(cursor) || peek(cursor) == '<')
			return false;
		step(cursor);
	}
	target->to = cursor->pos++;
	return true;
}

/* As the library reads it: parentheses need not be balanced where a blank ends the destination. */
static bool read_target(struct md_cursor *cursor, struct md_range *target)
{
	if (peek(cursor) == '<')
		return read_angle_target(cursor, target);
	unsigned open = 0;
	target->from = cursor->pos;
	while (cursor->pos < cursor->end) {
		unsigned char c = (unsigned char)peek(cursor);
		if (isspace(c) || (c == ')' && !open))
			break;
		if (c == '(' && ++open > 32)
			return false;
		if (c == ')')
			open--;
		step(cursor);
	}
	if (cursor->pos > cursor->end)
		cursor->pos = cursor->end;
	target->to = cursor->pos;
	return true;
}

static bool read_title(struct md_cursor *cursor)
{
	char first = peek(cursor);
	if (first != '"' && first != '\'' && first != '(')
		return false;
	char last = first == '(' ? ')' : first;
	uint32_t from = cursor->pos++;
	while (peek(cursor) != last) {
		if (cursor->pos >= cursor->end || cursor->pos - from > TITLE_MAX ||
		    (first == '(' && peek(cursor) == '('))
			return false;
		if (at_line_end(cursor)) {
			md_cursor_break(cursor);
			if (at_line_end(cursor))
				return false; /* a blank line */
		} else {
			step(cursor);
		}
	}
	cursor->pos++;
	return true;
}

static bool read_label(struct md_cursor *cursor, struct md_range *label)
{
	if (!md_cursor_take(cursor, '['))
		return false;
	label->from = cursor->pos;
	while (peek(cursor) != ']') {
		if (cursor->pos >= cursor->end || peek(cursor) == '[' || cursor->pos - label->from > LABEL_MAX)
			return false;
		step(cursor);
	}
	label->to = cursor->pos++;
	return true;
}

/* ---- what follows a link's text ---- */

static bool read_inline_tail(struct md_cursor *cursor, struct md_range *target)
{
	if (!md_cursor_take(cursor, '('))
		return false;
	skip_space(cursor);
	if (!read_target(cursor, target))
		return false;
	if (skip_space(cursor) && peek(cursor) != ')') {
		if (!read_title(cursor))
			return false;
		skip_space(cursor);
	}
	return md_cursor_take(cursor, ')');
}

struct md_tail_found md_tail_read(struct md_cursor *cursor)
{
	struct md_tail_found found = {.tail = MD_TAIL_NONE};
	uint32_t from = cursor->pos;
	if (read_inline_tail(cursor, &found.part)) {
		found.tail = MD_TAIL_INLINE;
		return found;
	}
	cursor->pos = from;
	if (read_label(cursor, &found.part)) {
		struct str label = str_sub(cursor->text, found.part.from, found.part.to - found.part.from);
		found.tail = str_trim(label).size ? MD_TAIL_LABEL : MD_TAIL_EMPTY_LABEL;
		if (!label.size || found.tail == MD_TAIL_LABEL)
			return found;
		found.tail = MD_TAIL_NONE; /* "[ ]" is text */
	}
	cursor->pos = from;
	return found;
}

/* ---- definitions ---- */

bool md_definition_read(struct md_cursor *cursor, struct md_definition *definition)
{
	struct md_cursor c = *cursor;
	if (!read_label(&c, &definition->label) || !md_cursor_take(&c, ':'))
		return false;
	struct str label = str_sub(c.text, definition->label.from, definition->label.to - definition->label.from);
	if (!str_trim(label).size)
		return false;
	skip_space(&c);
	bool angle = peek(&c) == '<';
	if (at_line_end(&c) || !read_target(&c, &definition->target) ||
	    (!angle && definition->target.from == definition->target.to))
		return false;
	struct md_cursor without_title = c;
	if (!(skip_space(&c) && read_title(&c)))
		c = without_title;
	skip_blanks(&c);
	if (!at_line_end(&c)) {
		c = without_title;
		skip_blanks(&c);
	}
	if (!at_line_end(&c))
		return false;
	md_cursor_break(&c);
	cursor->pos = c.pos;
	return true;
}

struct str md_label_normal(struct arena *arena, struct str label)
{
	struct str trimmed = str_trim(utf8_lower(arena, label));
	char *normal = arena_alloc(arena, trimmed.size + 1);
	size_t n = 0;
	for (size_t i = 0; i < trimmed.size; i++) {
		bool space = isspace((unsigned char)trimmed.data[i]);
		if (space && n && normal[n - 1] == ' ')
			continue;
		normal[n++] = space ? ' ' : trimmed.data[i];
	}
	return (struct str){normal, n};
}

/* Moves over what containers put before a line's text, and counts the quotes. */
static unsigned skip_containers(struct md_cursor *cursor)
{
	unsigned quotes = 0;
	for (;;) {
		skip_blanks(cursor);
		struct md_cursor c = *cursor;
		while (isdigit((unsigned char)peek(&c)) && c.pos - cursor->pos < 9)
			c.pos++;
		bool number = c.pos > cursor->pos && (peek(&c) == '.' || peek(&c) == ')');
		bool bullet = c.pos == cursor->pos && (peek(&c) == '-' || peek(&c) == '*' || peek(&c) == '+');
		if (peek(cursor) == '>') {
			quotes++;
			cursor->pos++;
		} else if ((number || bullet) && c.pos + 1 < c.end &&
			   (c.text.data[c.pos + 1] == ' ' || c.text.data[c.pos + 1] == '\t')) {
			cursor->pos = c.pos + 1;
		} else {
			return quotes;
		}
	}
}

static void add_definition(struct arena *scratch, struct map *definitions, struct str text,
			   struct md_definition definition)
{
	struct str label = str_sub(text, definition.label.from, definition.label.to - definition.label.from);
	if (label.data[0] == '^')
		return; /* a footnote */
	struct md_definition *added = NEW(scratch, struct md_definition);
	*added = definition;
	struct str normal = md_label_normal(scratch, label);
	struct md_definition *first = map_find(definitions, normal);
	if (!first) {
		map_put(definitions, normal, added);
		return;
	}
	added->next = first->next;
	first->next = added;
}

void md_definitions_find(struct md_cursor cursor, struct map *definitions)
{
	if (str_find(str_from_off(cursor.text, cursor.pos), STR("]:")) == SIZE_MAX)
		return;
	while (cursor.pos < cursor.end) {
		struct md_definition definition = {0};
		cursor.quotes = skip_containers(&cursor);
		uint32_t first = cursor.pos;
		while (peek(&cursor) == '[' && md_definition_read(&cursor, &definition))
			add_definition(cursor.scratch, definitions, cursor.text, definition);
		if (cursor.pos > first && peek(&cursor) != '[')
			continue; /* at the next line, behind its quote marks */
		const char *rest = cursor.text.data + cursor.pos;
		const char *end = memchr(rest, '\n', cursor.end - cursor.pos);
		cursor.pos = end ? (uint32_t)(end + 1 - cursor.text.data) : cursor.end;
	}
}

/* ---- references without definition ---- */

/* The bracket that opens what is closed at `close`, or SIZE_MAX; looks back at most `LABEL_MAX` bytes. */
static size_t opening_bracket(struct str text, size_t from, size_t close)
{
	size_t depth = 0;
	for (size_t i = close; i > from && close - i < LABEL_MAX; i--) {
		char c = text.data[i - 1];
		if ((c == '[' || c == ']') && i - 1 > from && text.data[i - 2] == '\\')
			continue;
		if (c == ']')
			depth++;
		else if (c == '[' && depth-- == 0)
			return i - 1;
	}
	return SIZE_MAX;
}

static bool is_index(struct str text)
{
	long long number;
	return text.size <= 1 || str_to_number(text, &number);
}

static bool is_one_word(struct str text)
{
	return str_find_char(text, ' ') == SIZE_MAX;
}

/* Code such as a[i][j] and log lines such as [INFO][main] are no references: a word before the bracket, an index, and,
 * in a document without any definition, single words. */
static bool reads_as_reference(struct str text, size_t open, struct str shown, struct str label, bool has_definitions)
{
	unsigned char before = open ? (unsigned char)text.data[open - 1] : ' ';
	if (isalnum(before) || before >= 0x80 || before == '_' || before == ']' || before == '\\')
		return false;
	if (is_index(str_trim(shown)) || is_index(str_trim(label)) || label.data[0] == '^' || shown.data[0] == '^')
		return false;
	return has_definitions || !is_one_word(shown);
}

/* `close` is the offset of "][" in the source; the block reaches from `from` to `end`. */
static void check_reference(struct arena *arena, struct md *md, struct md_range block, size_t close,
			    bool has_definitions)
{
	struct str text = md->source->text;
	size_t open = opening_bracket(text, block.from, close);
	struct str rest = str_sub(text, close + 2, block.to - (close + 2));
	size_t size = str_find_char(str_sub(rest, 0, LABEL_MAX), ']');
	if (open == SIZE_MAX || size == SIZE_MAX)
		return;
	struct str shown = str_sub(text, open + 1, close - open - 1);
	struct str label = size ? str_sub(rest, 0, size) : shown;
	if (!shown.size || str_find_char(label, '[') != SIZE_MAX || !str_trim(label).size ||
	    !reads_as_reference(text, open, shown, label, has_definitions))
		return;
	struct span span = {md->source->id, (uint32_t)open, (uint32_t)(close + 2 + size + 1 - open)};
	vec_add(arena, &md->undefined, (struct md_reference){label, span});
}

void md_undefined_references(struct arena *arena, struct md *md, bool has_definitions)
{
	struct str text = md->source->text;
	struct md_range block = {0, 0};
	for (uint32_t i = 0; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_PARAGRAPH || node->kind == MD_HEADING || node->kind == MD_CELL)
			block = (struct md_range){node->off, node->off + node->size};
		if (node->kind != MD_TEXT || !(node->flags & MD_PLACE_EXACT))
			continue;
		struct str literal = md_text(md, node);
		for (size_t at = 0; (at = str_find_from(literal, STR("]["), at)) != SIZE_MAX; at += 2) {
			size_t close = md_text_offset(md, node, at);
			if (str_eq(str_sub(text, close, 2), STR("][")))
				check_reference(arena, md, block, close, has_definitions);
		}
	}
}
