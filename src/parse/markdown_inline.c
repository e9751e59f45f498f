/* Lowers inlines: text, code, links and marks, each with the place that the cursor finds for it. */
#include "parse/markdown.h"

#define NOWHERE UINT32_MAX

/* ---- inlines ---- */

/* Blanks that begin a line are skipped, but behind a backslash that ends a line they are text. */
static void step_back(struct md_cursor *cursor, struct str literal)
{
	for (size_t i = 0; i < literal.size && (literal.data[i] == ' ' || literal.data[i] == '\t'); i++) {
		char before = cursor->pos ? cursor->text.data[cursor->pos - 1] : 0;
		if (before != ' ' && before != '\t')
			return;
		cursor->pos--;
	}
}

static bool find_literal(struct md_cursor *cursor, struct str literal, enum md_match mode)
{
	if (md_cursor_match(cursor, literal, mode))
		return true;
	uint32_t pos = cursor->pos;
	step_back(cursor, literal);
	while (cursor->pos == pos && (md_cursor_take(cursor, ' ') || md_cursor_take(cursor, '\t')))
		pos++;
	if (md_cursor_match(cursor, literal, mode) ||
	    (md_cursor_break(cursor) && md_cursor_match(cursor, literal, mode)))
		return true;
	cursor->pos = pos;
	return md_cursor_search(cursor, literal, mode);
}

static void lower_text(struct md_lower *l, const struct md_event *event)
{
	if (!event->literal.size)
		return;
	struct md_node node = {.kind = MD_TEXT, .off = l->cursor.pos};
	bool raw = md_top(l)->kind == MD_LINK && md_top(l)->bracket != '[';
	bool found = raw && md_cursor_match(&l->cursor, event->literal, MD_MATCH_RAW);
	found = found || find_literal(&l->cursor, event->literal, MD_MATCH_TEXT);
	md_set_text(l, &node, event->literal, found);
	if (found) {
		bool escaped = l->cursor.mapped.data[0].off > 0 && node.off + 1 == l->cursor.mapped.data[0].off &&
			       l->text.data[node.off] == '\\';
		node.off = escaped ? node.off : l->cursor.mapped.data[0].off;
		node.size = l->cursor.pos - node.off;
	}
	md_add_leaf(l, node);
}

static bool closing_ticks(struct md_cursor *cursor, size_t ticks)
{
	struct md_cursor c = *cursor;
	if (!md_cursor_break(&c))
		md_cursor_take(&c, ' ');
	size_t n = 0;
	while (md_cursor_take(&c, '`'))
		n++;
	if (n != ticks)
		return false;
	cursor->pos = c.pos;
	return true;
}

/* One blank or line end is taken off at both ends of a code span, unless it is all blank. */
static void lower_code(struct md_lower *l, const struct md_event *event)
{
	struct md_cursor *cursor = &l->cursor;
	struct md_node node = {.kind = MD_CODE, .off = cursor->pos};
	size_t ticks = 0;
	while (md_cursor_take(cursor, '`'))
		ticks++;
	uint32_t content = cursor->pos;
	uint32_t end = 0;
	for (int attempt = 0; attempt < 2 && ticks && !end; attempt++) {
		cursor->pos = content;
		if (attempt && !md_cursor_take(cursor, ' ') && !md_cursor_break(cursor))
			break;
		node.off = cursor->pos;
		if (!md_cursor_match(cursor, event->literal, MD_MATCH_CODE))
			continue;
		end = cursor->pos;
		if (!closing_ticks(cursor, ticks))
			end = 0;
	}
	if (!end) {
		cursor->pos = content;
		if (md_cursor_search(cursor, event->literal, MD_MATCH_CODE)) {
			end = cursor->pos;
			node.off = cursor->mapped.data[0].off;
			while (md_cursor_take(cursor, '`'))
				;
		}
	}
	md_set_text(l, &node, event->literal, end != 0);
	if (end)
		node.size = end - node.off;
	md_add_leaf(l, node);
	md_cover(l, cursor->pos);
}

static void lower_html(struct md_lower *l, const struct md_event *event)
{
	bool found = find_literal(&l->cursor, event->literal, MD_MATCH_RAW);
	struct md_node node = {.kind = MD_HTML, .off = found ? l->cursor.mapped.data[0].off : l->cursor.pos};
	md_set_text(l, &node, event->literal, found);
	node.size = found ? l->cursor.pos - node.off : 0;
	md_add_leaf(l, node);
}

static void lower_break(struct md_lower *l, const struct md_event *event)
{
	struct md_node node = {.kind = (uint8_t)event->kind, .off = l->cursor.pos};
	if (md_cursor_break(&l->cursor)) {
		while (l->text.data[node.off] == ' ' || l->text.data[node.off] == '\t')
			node.off++;
		node.size = 1;
	}
	md_add_node(l, node);
}

/* The label is found here; md_parse makes it that of the definition. */
static void lower_footnote_reference(struct md_lower *l)
{
	struct md_cursor *cursor = &l->cursor;
	struct md_node node = {.kind = MD_FOOTNOTE_REF, .off = cursor->pos};
	struct md_cursor c = *cursor;
	if (md_cursor_take(&c, '[') && md_cursor_take(&c, '^')) {
		size_t size = str_find_char(str_sub(l->text, c.pos, c.end - c.pos), ']');
		if (size != SIZE_MAX) {
			node.text = c.pos;
			node.text_size = (uint32_t)size;
			node.flags = MD_IN_SOURCE | MD_PLACE_EXACT;
			cursor->pos = c.pos + (uint32_t)size + 1;
			node.size = cursor->pos - node.off;
		}
	}
	md_add_leaf(l, node);
}

/* ---- links ---- */

static struct md_definition *find_definition(struct md_lower *l, struct md_range label, struct str url)
{
	struct str normal = md_label_normal(l->scratch, str_sub(l->text, label.from, label.to - label.from));
	struct md_definition *first = map_find(&l->definitions, normal);
	for (struct md_definition *d = first; d; d = d->next) {
		if (str_eq(str_sub(l->text, d->target.from, d->target.to - d->target.from), url))
			return d;
	}
	return first;
}

static void set_target(struct md_lower *l, struct md_node *node, const struct md_event *event, struct md_range target)
{
	struct str url = event->literal;
	node->text_size = (uint32_t)url.size;
	if (!event->title.size && target.from != NOWHERE &&
	    str_eq(str_sub(l->text, target.from, target.to - target.from), url)) {
		node->flags |= MD_IN_SOURCE;
		node->text = target.from;
		return;
	}
	node->text = (uint32_t)l->pool->size;
	node->extra = event->title.size < 255 ? (uint8_t)event->title.size : 255;
	md_add_piece(l, node->text, target.from);
	buf_add(l->pool, url);
	if (target.from != NOWHERE)
		md_add_piece(l, l->pool->size, target.to);
	buf_add(l->pool, event->title);
	buf_addc(l->pool, 0);
}

/* Many links may share one long definition: its URL and title are kept once. */
static void set_defined_target(struct md_lower *l, struct md_node *node, const struct md_event *event,
			       struct md_definition *d)
{
	struct str pool = buf_str(l->pool);
	size_t size = event->literal.size + event->title.size;
	if (d->pooled && d->pooled_size == size && str_starts(str_from_off(pool, d->pooled_at), event->literal) &&
	    str_starts(str_from_off(pool, d->pooled_at + event->literal.size), event->title)) {
		node->text = d->pooled_at;
		node->text_size = (uint32_t)event->literal.size;
		node->extra = event->title.size < 255 ? (uint8_t)event->title.size : 255;
		return;
	}
	set_target(l, node, event, d->target);
	d->pooled = !(node->flags & MD_IN_SOURCE);
	d->pooled_at = node->text;
	d->pooled_size = size;
}

static void lower_link_start(struct md_lower *l, struct md_open *link)
{
	struct md_cursor *cursor = &l->cursor;
	if (link->kind == MD_IMAGE && md_cursor_take(cursor, '!'))
		link->bracket = md_cursor_take(cursor, '[') ? '[' : 0;
	else if (link->kind == MD_LINK)
		link->bracket = md_cursor_take(cursor, '[') ? '[' : md_cursor_take(cursor, '<') ? '<' : 0;
	link->content = cursor->pos;
}

static void lower_link_end(struct md_lower *l, const struct md_open *link, struct md_node *node,
			   const struct md_event *event)
{
	struct md_cursor *cursor = &l->cursor;
	struct md_range inner = {link->content, cursor->pos};
	struct md_range target = {NOWHERE, NOWHERE};
	if (link->bracket != '[') {
		if (link->bracket == '<')
			md_cursor_take(cursor, '>');
		node->flags |= MD_AUTOLINK;
		set_target(l, node, event, inner);
		return;
	}
	while (cursor->pos < cursor->end && l->text.data[cursor->pos] != ']' && md_cursor_break(cursor))
		;
	inner.to = cursor->pos;
	if (!md_cursor_take(cursor, ']')) {
		set_target(l, node, event, target);
		return;
	}
	node->flags |= MD_PLACE_EXACT;
	struct md_tail_found tail = md_tail_read(cursor);
	if (tail.tail == MD_TAIL_INLINE) {
		set_target(l, node, event, tail.part);
		return;
	}
	struct md_definition *definition =
		find_definition(l, tail.tail == MD_TAIL_LABEL ? tail.part : inner, event->literal);
	if (!definition) {
		definition = &l->unknown;
		definition->target = target;
	}
	set_defined_target(l, node, event, definition);
}

/* ---- inlines with children ---- */

static void take_marks(struct md_lower *l, enum md_kind kind)
{
	struct md_cursor *cursor = &l->cursor;
	for (int n = kind == MD_STRONG ? 2 : kind == MD_EMPHASIS ? 1 : 0; n > 0; n--) {
		if (!md_cursor_take(cursor, '*'))
			md_cursor_take(cursor, '_');
	}
	while (kind == MD_STRIKE && md_cursor_take(cursor, '~'))
		;
}

static void open_inline(struct md_lower *l, const struct md_event *event)
{
	struct md_open open = {.kind = event->kind, .kept = l->inline_depth < l->limits->depth};
	uint32_t off = l->cursor.pos;
	if (open.kept) {
		l->inline_depth++;
		open.node = md_add_node(l, (struct md_node){.kind = (uint8_t)event->kind, .off = off});
	} else {
		md_too_deep(l, off);
	}
	take_marks(l, event->kind);
	lower_link_start(l, &open);
	vec_add(l->scratch, &l->open, open);
}

static void close_inline(struct md_lower *l, const struct md_event *event)
{
	struct md_open open = *md_top(l);
	struct md_node unused = {0};
	struct md_node *node = open.kept ? &l->nodes.data[open.node] : &unused;
	take_marks(l, event->kind);
	if (event->kind == MD_LINK || event->kind == MD_IMAGE)
		lower_link_end(l, &open, node, event);
	l->open.n--;
	if (open.kept) {
		l->inline_depth--;
		node->size = l->cursor.pos - node->off;
		node->end = (uint32_t)l->nodes.n;
	}
	md_cover(l, l->cursor.pos);
}

void md_lower_inline(struct md_lower *l, const struct md_event *event)
{
	switch (event->kind) {
	case MD_TEXT: lower_text(l, event); break;
	case MD_CODE: lower_code(l, event); break;
	case MD_HTML: lower_html(l, event); break;
	case MD_SOFT_BREAK:
	case MD_LINE_BREAK: lower_break(l, event); break;
	case MD_FOOTNOTE_REF:
		if (event->enter)
			lower_footnote_reference(l);
		break;
	default:
		if (event->enter)
			open_inline(l, event);
		else
			close_inline(l, event);
	}
}
