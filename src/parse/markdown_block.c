/* Lowers blocks: turns the walk over the library's tree into the flat tree of struct md. Line numbers are the
 * library's; where a block begins and ends within its lines is read from the source. */
#include "parse/markdown.h"

struct md_open *md_top(struct md_lower *l)
{
	return &l->open.data[l->open.n - 1];
}

/* ---- lines ---- */

static uint32_t line_start(const struct md_lower *l, size_t line)
{
	return line && line <= l->lines.n ? l->lines.data[line - 1] : (uint32_t)l->text.size;
}

/* Offset behind the last byte of a line, its line end not counted. */
static uint32_t line_end(const struct md_lower *l, size_t line)
{
	uint32_t start = line_start(l, line);
	uint32_t end = line_start(l, line + 1);
	while (end > start && (l->text.data[end - 1] == '\n' || l->text.data[end - 1] == '\r'))
		end--;
	return end;
}

static uint32_t trimmed_end(const struct md_lower *l, uint32_t start, uint32_t end)
{
	return start + (uint32_t)str_trim_right(str_sub(l->text, start, end - start)).size;
}

static uint32_t place_of(const struct md_lower *l, const struct md_event *event)
{
	uint32_t off = line_start(l, event->line) + (event->col ? event->col - 1 : 0);
	return off < l->text.size ? off : (uint32_t)l->text.size;
}

void md_lower_begin(struct md_lower *l)
{
	const char *data = l->text.data;
	const char *end = data + l->text.size;
	const char *start = data + l->from;
	bool has_returns = l->text.size && memchr(start, '\r', (size_t)(end - start));
	while (start && start < end) {
		vec_add(l->scratch, &l->lines, (uint32_t)(start - data));
		const char *next = memchr(start, '\n', (size_t)(end - start));
		const char *back = has_returns ? memchr(start, '\r', (size_t)((next ? next : end) - start)) : NULL;
		start = back && back + 1 != next ? back + 1 : next ? next + 1 : end;
	}
	l->cursor = (struct md_cursor){.scratch = l->scratch, .text = l->text, .budget = 4 * l->text.size + 65536};
	l->definitions.arena = l->scratch;
	struct md_cursor whole = {
		.scratch = l->scratch, .text = l->text, .pos = l->from, .end = (uint32_t)l->text.size};
	md_definitions_find(whole, &l->definitions);
}

/* ---- nodes and the pool ---- */

uint32_t md_add_node(struct md_lower *l, struct md_node node)
{
	node.end = (uint32_t)l->nodes.n + 1;
	vec_add(l->scratch, &l->nodes, node);
	return (uint32_t)l->nodes.n - 1;
}

void md_cover(struct md_lower *l, uint32_t end)
{
	if (l->open.n && md_top(l)->cover < end)
		md_top(l)->cover = end;
}

void md_add_leaf(struct md_lower *l, struct md_node node)
{
	md_cover(l, node.off + node.size);
	md_add_node(l, node);
}

void md_add_piece(struct md_lower *l, size_t text, uint32_t off)
{
	vec_add(l->scratch, &l->pieces, (struct md_piece){(uint32_t)text, off});
}

void md_set_text(struct md_lower *l, struct md_node *node, struct str literal, bool found)
{
	const struct md_cursor *cursor = &l->cursor;
	node->text_size = (uint32_t)literal.size;
	if (found)
		node->flags |= MD_PLACE_EXACT;
	if (found && cursor->mapped.n == 1) {
		node->flags |= MD_IN_SOURCE;
		node->text = cursor->mapped.data[0].off;
		return;
	}
	node->text = (uint32_t)l->pool->size;
	for (size_t i = 0; found && i < cursor->mapped.n; i++)
		md_add_piece(l, node->text + cursor->mapped.data[i].at, cursor->mapped.data[i].off);
	if (!found)
		md_add_piece(l, node->text, UINT32_MAX);
	buf_add(l->pool, literal);
	buf_addc(l->pool, 0);
}

void md_too_deep(struct md_lower *l, uint32_t off)
{
	if (l->told_depth)
		return;
	l->told_depth = true;
	struct trouble trouble = {.rule = "limit-reached",
				  .kind = "markdown-depth",
				  .span = {l->md->source->id, off, 0},
				  .other = SPAN_NONE};
	trouble.extra = str_format(l->arena, "%zu", l->limits->depth);
	trouble_add(l->arena, &l->md->troubles, trouble);
}

/* ---- code and HTML ---- */

/* Maps the lines of a block's literal: each is the end of its source line, behind what containers and indentation put
 * before it. A tab may have become blanks. False when a line differs otherwise. */
static bool map_lines(struct md_lower *l, struct str literal, size_t first_line)
{
	struct md_cursor *cursor = &l->cursor;
	cursor->mapped.n = 0;
	size_t line = first_line;
	for (size_t at = 0; at < literal.size; line++) {
		size_t size = str_find_char(str_from_off(literal, at), '\n');
		size = size == SIZE_MAX ? literal.size - at : size;
		uint32_t start = line_start(l, line);
		uint32_t end = line_end(l, line);
		size_t same = 0;
		while (same < size && same < end - start &&
		       literal.data[at + size - 1 - same] == l->text.data[end - 1 - same])
			same++;
		for (size_t i = 0; i < size - same; i++) {
			if (literal.data[at + i] != ' ')
				return false;
		}
		if (line > l->lines.n)
			return false;
		uint32_t off = end - (uint32_t)same;
		uint32_t tab = size - same < off - start ? (uint32_t)(size - same) : off - start;
		vec_add(l->scratch, &cursor->mapped, (struct md_mapped){(uint32_t)at, off - tab});
		if (size > same)
			vec_add(l->scratch, &cursor->mapped, (struct md_mapped){(uint32_t)(at + size - same), off});
		at += size + 1;
	}
	return true;
}

static size_t count_lines(struct str literal)
{
	size_t n = 0;
	for (size_t i = 0; i < literal.size; i++)
		n += literal.data[i] == '\n';
	return n;
}

/* The closing fence, if it is there, belongs to the block. */
static uint32_t code_end(struct md_lower *l, const struct md_event *event, size_t last_line)
{
	uint32_t end = line_end(l, last_line);
	if (!event->level || last_line >= l->lines.n)
		return end;
	struct md_cursor c = {.text = l->text,
			      .pos = line_start(l, last_line + 1),
			      .end = line_end(l, last_line + 1),
			      .quotes = l->quotes};
	md_cursor_prefix(&c);
	char fence = (char)event->level;
	bool closed = md_cursor_take(&c, fence) && md_cursor_take(&c, fence) && md_cursor_take(&c, fence);
	return closed ? trimmed_end(l, c.pos, c.end) : end;
}

static void lower_literal_block(struct md_lower *l, const struct md_event *event)
{
	struct md_node node = {.kind = (uint8_t)event->kind, .level = event->level, .off = place_of(l, event)};
	size_t first = event->line + (event->kind == MD_CODE_BLOCK && event->level ? 1 : 0);
	size_t last = first + count_lines(event->literal) - 1;
	bool found = map_lines(l, event->literal, first);
	struct md_cursor *cursor = &l->cursor;
	uint32_t start = cursor->mapped.n ? cursor->mapped.data[0].off : node.off;
	if (found && cursor->mapped.n && str_eq(str_sub(l->text, start, event->literal.size), event->literal))
		cursor->mapped.n = 1;
	else if (found)
		vec_add(l->scratch, &cursor->mapped,
			(struct md_mapped){(uint32_t)event->literal.size, line_end(l, last)});
	md_set_text(l, &node, event->literal, found);
	uint32_t end = code_end(l, event, last);
	node.size = end > node.off ? end - node.off : 0;
	l->md->has_code |= event->kind == MD_CODE_BLOCK;
	md_add_leaf(l, node);
}

static void lower_rule(struct md_lower *l, const struct md_event *event)
{
	struct md_node node = {.kind = MD_RULE, .off = place_of(l, event)};
	node.size = trimmed_end(l, node.off, line_end(l, event->line)) - node.off;
	md_add_leaf(l, node);
}

/* ---- blocks of inlines ---- */

static void begin_inlines(struct md_lower *l, uint32_t pos, uint32_t end)
{
	l->cursor.pos = pos;
	l->cursor.end = end > pos ? end : pos;
	l->cursor.quotes = l->quotes;
	l->cursor.cell = false;
}

/* Definitions at the start of a paragraph are no part of its text. */
static void skip_definitions(struct md_lower *l)
{
	struct md_definition unused = {0};
	while (l->cursor.pos < l->cursor.end && l->text.data[l->cursor.pos] == '[' &&
	       md_definition_read(&l->cursor, &unused))
		;
}

static void open_paragraph(struct md_lower *l, const struct md_event *event, struct md_node *node)
{
	uint32_t end = event->end_line >= event->line ? line_end(l, event->end_line) : (uint32_t)l->text.size;
	begin_inlines(l, place_of(l, event), end);
	l->cursor.cell = event->before_table;
	if (!event->before_table)
		skip_definitions(l);
	node->off = l->cursor.pos;
}

/* The line of '=' or '-' below a heading. */
static size_t underline(const struct md_lower *l, const struct md_event *event)
{
	for (size_t line = event->line + 1; line <= l->lines.n; line++) {
		struct md_cursor c = {
			.text = l->text, .pos = line_start(l, line), .end = line_end(l, line), .quotes = l->quotes};
		md_cursor_prefix(&c);
		char mark = event->level == 1 ? '=' : '-';
		bool marked = md_cursor_take(&c, mark);
		while (md_cursor_take(&c, mark))
			;
		if (marked && !str_trim(str_sub(l->text, c.pos, c.end - c.pos)).size)
			return line;
		if (c.pos == c.end)
			break;
	}
	return event->line;
}

static void open_heading(struct md_lower *l, const struct md_event *event, struct md_open *open, struct md_node *node)
{
	uint32_t end = line_end(l, event->line);
	node->off = place_of(l, event);
	node->level = event->level;
	begin_inlines(l, node->off, end);
	unsigned marks = 0;
	while (md_cursor_take(&l->cursor, '#'))
		marks++;
	char next = l->cursor.pos < end ? l->text.data[l->cursor.pos] : ' ';
	if (marks == event->level && (next == ' ' || next == '\t')) {
		while (md_cursor_take(&l->cursor, ' ') || md_cursor_take(&l->cursor, '\t'))
			;
		open->cover = trimmed_end(l, node->off, end);
		return;
	}
	size_t line = underline(l, event);
	begin_inlines(l, node->off, line_start(l, line));
	skip_definitions(l);
	node->off = l->cursor.pos;
	open->cover = trimmed_end(l, node->off, line_end(l, line));
}

/* ---- tables ---- */

/* A cell reaches to the next bar that no backslash stands before. */
static void find_cells(struct md_lower *l, struct md_cursor c)
{
	l->cells.n = 0;
	l->cell = 0;
	md_cursor_take(&c, '|');
	while (c.pos < c.end) {
		struct md_range cell = {c.pos, c.pos};
		while (c.pos < c.end && c.text.data[c.pos] != '|') {
			bool escape = c.text.data[c.pos] == '\\' && c.pos + 1 < c.end &&
				      ispunct((unsigned char)c.text.data[c.pos + 1]);
			c.pos += escape ? 2 : 1;
		}
		struct str inner = str_sub(c.text, cell.from, c.pos - cell.from);
		cell.from = c.pos - (uint32_t)str_trim_left(inner).size;
		cell.to = trimmed_end(l, cell.from, c.pos);
		bool bar = md_cursor_take(&c, '|');
		if (bar || cell.to > cell.from)
			vec_add(l->scratch, &l->cells, cell);
	}
}

/* The library begins a table with the paragraph before it. It has a line of dashes, even without rows. */
static void place_table(struct md_lower *l, const struct md_event *header, uint32_t off)
{
	l->nodes.data[md_top(l)->node].off = off;
	md_cover(l, trimmed_end(l, off, line_end(l, header->line + 1)));
}

static void open_row(struct md_lower *l, const struct md_event *event, struct md_open *open, struct md_node *node)
{
	struct md_cursor c = {.text = l->text,
			      .pos = line_start(l, event->line),
			      .end = line_end(l, event->line),
			      .quotes = l->quotes};
	if (event->col)
		c.pos = place_of(l, event);
	md_cursor_prefix(&c);
	c.end = trimmed_end(l, c.pos, c.end);
	node->off = c.pos;
	open->cover = c.end;
	if (event->flags & MD_HEADER)
		place_table(l, event, c.pos);
	find_cells(l, c);
}

static void open_cell(struct md_lower *l, const struct md_event *event, struct md_open *open, struct md_node *node)
{
	uint32_t row_end = l->open.n ? md_top(l)->cover : 0;
	struct md_range cell = l->cell < l->cells.n ? l->cells.data[l->cell] : (struct md_range){row_end, row_end};
	l->cell++;
	begin_inlines(l, cell.from, cell.to);
	l->cursor.cell = true;
	node->off = cell.from;
	node->level = event->level;
	open->cover = cell.to;
}

/* ---- containers ---- */

/* The library gives the place behind "[^label]:", or that of the text on the line below. */
static void open_footnote(struct md_lower *l, const struct md_event *event, struct md_node *node)
{
	uint32_t content = place_of(l, event);
	uint32_t start = line_start(l, event->line);
	for (uint32_t pos = content; pos > start; pos--) {
		if (!str_starts(str_from_off(l->text, pos - 1), STR("[^")))
			continue;
		size_t size = str_find_char(str_sub(l->text, pos + 1, line_end(l, event->line) - (pos + 1)), ']');
		node->off = pos - 1;
		if (size == SIZE_MAX)
			return;
		node->text = pos + 1;
		node->text_size = (uint32_t)size;
		node->flags |= MD_IN_SOURCE | MD_PLACE_EXACT;
		return;
	}
	node->off = content;
}

/* A list needs room for its items; the parts of a table stand in every depth. */
static bool is_kept(const struct md_lower *l, enum md_kind kind)
{
	if (kind == MD_LIST)
		return l->block_depth + 1 < l->limits->depth;
	return (kind != MD_QUOTE && kind != MD_ITEM && kind != MD_FOOTNOTE && kind != MD_ADMONITION) ||
	       l->block_depth < l->limits->depth;
}

static bool counts_as_depth(enum md_kind kind)
{
	return kind == MD_QUOTE || kind == MD_LIST || kind == MD_ITEM || kind == MD_FOOTNOTE || kind == MD_ADMONITION;
}

static void open_block(struct md_lower *l, const struct md_event *event)
{
	struct md_node node = {.kind = (uint8_t)event->kind, .flags = event->flags};
	struct md_open open = {.kind = event->kind, .kept = is_kept(l, event->kind)};
	switch (event->kind) {
	case MD_DOCUMENT: break;
	case MD_PARAGRAPH: open_paragraph(l, event, &node); break;
	case MD_HEADING: open_heading(l, event, &open, &node); break;
	case MD_ROW: open_row(l, event, &open, &node); break;
	case MD_CELL: open_cell(l, event, &open, &node); break;
	case MD_FOOTNOTE: open_footnote(l, event, &node); break;
	default: node.off = place_of(l, event);
	}
	l->quotes += event->kind == MD_QUOTE;
	l->md->has_table |= event->kind == MD_TABLE;
	if (open.cover < node.off)
		open.cover = node.off;
	if (open.kept) {
		l->block_depth += counts_as_depth(event->kind);
		open.node = md_add_node(l, node);
	} else {
		md_too_deep(l, node.off);
	}
	vec_add(l->scratch, &l->open, open);
}

static void close_top(struct md_lower *l)
{
	struct md_open open = *md_top(l);
	l->open.n--;
	l->quotes -= open.kind == MD_QUOTE;
	if (open.kept) {
		struct md_node *node = &l->nodes.data[open.node];
		node->size = open.cover - node->off;
		node->end = (uint32_t)l->nodes.n;
		l->block_depth -= counts_as_depth(open.kind);
	}
	if (open.kind != MD_FOOTNOTE)
		md_cover(l, open.cover);
}

/* An admonition of which the end did not come stands in the way of its parent's. */
static void close_block(struct md_lower *l)
{
	while (md_top(l)->own) {
		l->astray = true;
		close_top(l);
	}
	close_top(l);
}

/* ---- admonitions ---- */

static void open_admonition(struct md_lower *l, const struct md_event *event, const struct md_mark *mark)
{
	struct md_open open = {
		.kind = MD_ADMONITION, .kept = is_kept(l, MD_ADMONITION), .own = mark->kind == MD_MARK_OPEN};
	struct md_node node = {.kind = MD_ADMONITION,
			       .flags = MD_IN_SOURCE | MD_PLACE_EXACT,
			       .level = (uint8_t)mark->form,
			       .extra = mark->untitled,
			       .off = place_of(l, event),
			       .text = mark->type.from,
			       .text_size = mark->type.to - mark->type.from};
	open.cover = line_end(l, mark->line);
	if (open.kept) {
		l->block_depth++;
		open.node = md_add_node(l, node);
	} else {
		md_too_deep(l, node.off);
	}
	vec_add(l->scratch, &l->open, open);
}

static void open_title(struct md_lower *l, struct md_mark *mark)
{
	struct md_open open = {.kind = MD_PARAGRAPH, .dropped = true, .cover = mark->title.to};
	mark->found = true;
	if (mark->title.to > mark->title.from) {
		open.dropped = false;
		open.kept = true;
		open.node = md_add_node(
			l, (struct md_node){.kind = MD_PARAGRAPH, .flags = MD_HEADER, .off = mark->title.from});
	}
	begin_inlines(l, mark->title.from, mark->title.to);
	vec_add(l->scratch, &l->open, open);
}

/* Closes the admonition that `:::` stands for; the heading that the library sees there is none. */
static void close_admonition(struct md_lower *l, struct md_mark *mark)
{
	mark->found = true;
	if (md_top(l)->own) {
		md_cover(l, line_end(l, mark->line));
		close_top(l);
	} else {
		l->astray = true;
	}
	vec_add(l->scratch, &l->open, (struct md_open){.kind = MD_PARAGRAPH, .dropped = true});
}

/* The item of an admonition has its list and its title around and in it. */
static bool lower_item_mark(struct md_lower *l, const struct md_event *event, struct md_mark *mark)
{
	const struct md_open *top = md_top(l);
	if (event->kind == MD_LIST)
		vec_add(l->scratch, &l->open, (struct md_open){.kind = MD_LIST, .dropped = true});
	else if (event->kind == MD_ITEM && top->kind == MD_LIST && top->dropped)
		open_admonition(l, event, mark);
	else if (event->kind == MD_HEADING && top->kind == MD_ADMONITION)
		open_title(l, mark);
	else
		return false;
	return true;
}

/* True when the event belongs to an admonition's mark, which is dealt with. */
static bool lower_mark(struct md_lower *l, const struct md_event *event)
{
	if (event->kind != MD_LIST && event->kind != MD_ITEM && event->kind != MD_HEADING)
		return false;
	struct md_mark *mark = md_mark_at(l, event->line);
	if (mark && mark->kind == MD_MARK_ITEM)
		return lower_item_mark(l, event, mark);
	l->astray |= event->kind == MD_ITEM && md_top(l)->dropped;
	if (!mark || event->kind != MD_HEADING)
		return false;
	if (mark->kind == MD_MARK_CLOSE) {
		close_admonition(l, mark);
	} else {
		open_admonition(l, event, mark);
		open_title(l, mark);
	}
	return true;
}

void md_lower_event(void *context, const struct md_event *event)
{
	struct md_lower *l = context;
	if (event->kind >= MD_TEXT)
		md_lower_inline(l, event);
	else if (event->kind == MD_CODE_BLOCK || event->kind == MD_HTML_BLOCK)
		lower_literal_block(l, event);
	else if (event->kind == MD_RULE)
		lower_rule(l, event);
	else if (event->enter && l->marks.n && lower_mark(l, event))
		return;
	else if (event->enter)
		open_block(l, event);
	else
		close_block(l);
}
