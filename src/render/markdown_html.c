/* Markdown trees to HTML: as cmark-gfm's own renderer in safe mode, with links led to pages and facts marked. */
#include "render/markdown_html.h"

static const struct md_node *node_at(const struct md_writer *w, uint32_t i)
{
	return &w->md->nodes[i];
}

static uint32_t container_of(const struct md_writer *w)
{
	return w->open.n ? w->open.data[w->open.n - 1] : 0;
}

/* ---- footnotes ---- */

static void footnotes_find(struct md_writer *w)
{
	w->footnotes.arena = w->arena;
	for (uint32_t i = 1; i < w->md->n; i++) {
		if (node_at(w, i)->kind != MD_FOOTNOTE)
			continue;
		struct footnote *note = NEW(w->arena, struct footnote);
		struct str label = utf8_lower(w->arena, md_text(w->md, node_at(w, i)));
		note->node = i;
		if (!map_has(&w->footnotes, label))
			map_put(&w->footnotes, label, note);
	}
}

static void footnote_reference(struct md_writer *w, struct str label)
{
	struct footnote *note = map_find(&w->footnotes, utf8_lower(w->arena, label));
	if (!note) {
		buf_adds(w->out, "[^");
		html_text(w->out, label);
		buf_addc(w->out, ']');
		return;
	}
	if (!note->number) {
		note->number = ++w->n_footnotes;
		vec_add(w->arena, &w->numbered, note->node);
	}
	note->references++;
	struct str id = note->references == 1 ? str_format(w->arena, "fnref-%u", note->number)
					      : str_format(w->arena, "fnref-%u-%u", note->number, note->references);
	if (w->in_heading || w->in_link) {
		buf_addf(w->out, "<sup>%u</sup>", note->number);
		return;
	}
	buf_adds(w->out, "<sup class=\"footnote-ref\"><a");
	if (take_id(w->writer, id))
		buf_addf(w->out, " id=\"" STR_FMT "\"", STR_ARG(id));
	buf_addf(w->out, " href=\"#fn-%u\" role=\"doc-noteref\" aria-label=\"Footnote %u\">%u</a></sup>", note->number,
		 note->number, note->number);
}

/* In order of their numbers; a footnote may refer to further ones while it is written. */
static void footnotes_write(struct md_writer *w)
{
	if (!w->n_footnotes)
		return;
	struct str heading = write_id(w->writer, STR("footnotes"));
	buf_adds(w->out, "<section class=\"footnotes\" aria-labelledby=\"");
	html_attr(w->out, heading);
	buf_adds(w->out, "\">\n<h2 class=\"hidden\" id=\"");
	html_attr(w->out, heading);
	buf_adds(w->out, "\">Footnotes</h2>\n<ol>\n");
	for (unsigned number = 1; number <= w->n_footnotes; number++) {
		uint32_t node = w->numbered.data[number - 1];
		struct str id = str_format(w->arena, "fn-%u", number);
		take_id(w->writer, id);
		buf_addf(w->out, "<li id=\"" STR_FMT "\">\n", STR_ARG(id));
		vec_add(w->arena, &w->open, node);
		md_write_nodes(w, node + 1, node_at(w, node)->end);
		raw_close(w, node);
		w->open.n--;
		buf_addf(w->out,
			 "<a href=\"#fnref-%u\" class=\"footnote-back\" aria-label=\"Back to the text, footnote %u\">"
			 "\xe2\x86\xa9</a></li>\n",
			 number, number);
	}
	buf_adds(w->out, "</ol>\n</section>\n");
}

/* ---- blocks ---- */

/* A paragraph in a tight list's item has no <p>. */
static bool paragraph_is_bare(const struct md_writer *w)
{
	if (w->open.n < 2 || node_at(w, w->open.data[w->open.n - 1])->kind != MD_ITEM)
		return false;
	const struct md_node *list = node_at(w, w->open.data[w->open.n - 2]);
	return list->kind == MD_LIST && (list->flags & MD_TIGHT);
}

static void line_start(struct md_writer *w)
{
	if (w->out->size && w->out->data[w->out->size - 1] != '\n')
		buf_addc(w->out, '\n');
}

static void paragraph_begin(struct md_writer *w, const struct md_node *node)
{
	if (node->flags & MD_HEADER) {
		admonition_title_begin(w, container_of(w));
	} else if (!paragraph_is_bare(w)) {
		line_start(w);
		buf_adds(w->out, "<p>");
	}
}

static void paragraph_end(struct md_writer *w, const struct md_node *node)
{
	if (node->flags & MD_HEADER)
		admonition_title_end(w, container_of(w));
	else if (!paragraph_is_bare(w))
		buf_adds(w->out, "</p>\n");
}

/* Nothing to see: no text, no picture. */
static bool heading_is_empty(const struct md *md, uint32_t i)
{
	for (uint32_t k = i + 1; k < md->nodes[i].end; k++) {
		uint8_t kind = md->nodes[k].kind;
		if (kind == MD_IMAGE || kind == MD_FOOTNOTE_REF ||
		    ((kind == MD_TEXT || kind == MD_CODE) && md->nodes[k].text_size))
			return false;
	}
	return true;
}

/* Its text with values in place, where no mark can stand. */
static struct str heading_text(struct md_writer *w, const struct md_heading *heading)
{
	struct str text = str_sub(heading->text, 0, md_attributes_read(heading->text).from);
	struct word word = {text, md_span(w->md, &w->md->nodes[heading->node])};
	return emoji_print(w->arena, values_print(w->arena, w->writer->site->model, w->page, word));
}

/* An id of the heading's own, beside the one that the forge makes; its text ends before it. */
static void heading_attributes(struct md_writer *w, const struct md_node *node)
{
	struct str line = str_sub(w->page->source->text, node->off, node->size);
	line = str_sub(line, 0, str_find_char(line, '\n'));
	struct md_attributes found = md_attributes_read(line);
	if (found.from == line.size)
		return;
	w->text_end = node->off + (uint32_t)found.from;
	if (!found.id.size || !take_id(w->writer, found.id))
		return;
	buf_adds(w->out, "<span id=\"");
	html_attr(w->out, found.id);
	buf_adds(w->out, "\"></span>");
}

static void heading_begin(struct md_writer *w, uint32_t i)
{
	const struct md_node *node = node_at(w, i);
	struct str anchor = STR_NONE, text = STR_NONE;
	while (w->next_heading < w->md->headings.n && w->md->headings.data[w->next_heading].node < i)
		w->next_heading++;
	if (w->next_heading < w->md->headings.n && w->md->headings.data[w->next_heading].node == i) {
		anchor = w->md->headings.data[w->next_heading].anchor;
		text = heading_text(w, &w->md->headings.data[w->next_heading]);
	}
	line_start(w);
	buf_adds(w->out, "<h");
	buf_add_number(w->out, node->level);
	unsigned level = heading_level(w->writer, node->level);
	if (level != node->level)
		buf_addf(w->out, " aria-level=\"%u\"", level);
	if (take_id(w->writer, anchor)) {
		buf_adds(w->out, " id=\"");
		html_attr(w->out, anchor);
		buf_addc(w->out, '"');
		if (node->level == 2 || node->level == 3)
			vec_add(w->arena, &w->writer->headings, (struct on_page_heading){node->level, text, anchor});
	}
	buf_addc(w->out, '>');
	w->in_heading++;
	heading_attributes(w, node);
}

/* The record that a heading begins, in a file that holds several. */
static void record_begin(struct md_writer *w, uint32_t i)
{
	const struct md_heading *heading = &w->md->headings.data[w->next_heading];
	if (!w->page->log || w->next_heading >= w->md->headings.n || heading->node != i)
		return;
	struct str path =
		str_format(w->arena, STR_FMT "#" STR_FMT, STR_ARG(w->page->source->path), STR_ARG(heading->anchor));
	const struct decision *decision = map_find(&w->writer->site->model->decision_by_path, path);
	if (decision)
		record_line(w->writer, decision);
}

static void heading_end(struct md_writer *w, uint32_t i)
{
	const struct md_node *node = node_at(w, i);
	w->in_heading--;
	w->text_end = 0;
	if (w->next_heading < w->md->headings.n && w->md->headings.data[w->next_heading].node == i && node->level > 1) {
		const struct md_heading *heading = &w->md->headings.data[w->next_heading];
		if (heading->anchor.size) {
			buf_adds(w->out, "<a class=\"permalink\" href=\"");
			site_href_write(w->writer->site, w->out, w->writer->page, w->writer->page->url,
					heading->anchor);
			buf_adds(w->out, "\" aria-label=\"Link to this section: ");
			html_attr(w->out, heading_text(w, heading));
			buf_adds(w->out, "\">#</a>");
		}
	}
	buf_adds(w->out, "</h");
	buf_add_number(w->out, node->level);
	buf_adds(w->out, ">\n");
	record_begin(w, i);
}

static void list_begin(struct md_writer *w, const struct md_node *node)
{
	line_start(w);
	if (!(node->flags & MD_ORDERED)) {
		buf_adds(w->out, "<ul>\n");
		return;
	}
	unsigned start = md_list_start(w->md, node);
	if (start == 1)
		buf_adds(w->out, "<ol>\n");
	else
		buf_addf(w->out, "<ol start=\"%u\">\n", start);
}

static void item_begin(struct md_writer *w, uint32_t i)
{
	const struct md_node *node = node_at(w, i);
	line_start(w);
	if (!(node->flags & MD_TASK)) {
		buf_adds(w->out, "<li>");
		return;
	}
	bool done = node->flags & MD_DONE;
	buf_addf(w->out, "<li class=\"task\"><input type=\"checkbox\" disabled%s aria-label=\"%s\"> ",
		 done ? " checked" : "", done ? "done" : "open");
}

static const struct drawing *block_drawing(struct md_writer *w, uint32_t i)
{
	while (w->next_drawing < w->page->diagrams.n && w->page->diagrams.data[w->next_drawing].node < i)
		w->next_drawing++;
	bool is_diagram = w->next_drawing < w->page->diagrams.n && w->page->diagrams.data[w->next_drawing].node == i;
	return is_diagram && w->writer->site->drawings ? drawing_of_block(w->writer->site->drawings, w->page, i) : NULL;
}

static void code_block(struct md_writer *w, uint32_t i)
{
	const struct md_node *node = node_at(w, i);
	const struct drawing *drawing = block_drawing(w, i);
	line_start(w);
	if (drawing)
		write_drawing(w->writer, drawing, md_text(w->md, node));
	else
		code_write_block(w, node);
	write_contradicted(w->writer, md_span(w->md, node));
}

/* ---- tables ---- */

static void table_begin(struct md_writer *w)
{
	line_start(w);
	w->had_body = false;
	buf_adds(w->out, "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n");
}

static void row_begin(struct md_writer *w, const struct md_node *node)
{
	w->in_head_row = node->flags & MD_HEADER;
	if (w->in_head_row) {
		buf_adds(w->out, "<thead>\n<tr>\n");
		return;
	}
	if (!w->had_body)
		buf_adds(w->out, "<tbody>\n");
	w->had_body = true;
	buf_adds(w->out, "<tr>\n");
}

static const char *cell_tag(const struct md_writer *w, const struct md_node *node, uint32_t i)
{
	return w->in_head_row && node->end > i + 1 ? "th" : "td";
}

static void cell_begin(struct md_writer *w, uint32_t i)
{
	const struct md_node *node = node_at(w, i);
	buf_addc(w->out, '<');
	buf_adds(w->out, cell_tag(w, node, i));
	if (node->level)
		buf_addf(w->out, " class=\"align-%s\"",
			 node->level == 'c'   ? "center"
			 : node->level == 'r' ? "right"
					      : "left");
	buf_adds(w->out, w->in_head_row && node->end > i + 1 ? " scope=\"col\">" : ">");
}

/* ---- alerts ---- */

/* The type of a quote whose first line is "[!NOTE]" and nothing else. *rest is the first node behind the mark. */
static struct str alert_of(const struct md_writer *w, uint32_t quote, uint32_t *rest)
{
	uint32_t paragraph = md_first(w->md, quote);
	char room[24];
	size_t n = 0;
	if (!paragraph || node_at(w, paragraph)->kind != MD_PARAGRAPH)
		return STR_NONE;
	uint32_t end = node_at(w, paragraph)->end, i = paragraph + 1;
	for (; i < end && node_at(w, i)->kind == MD_TEXT; i++) {
		struct str text = md_text(w->md, node_at(w, i));
		if (n + text.size > sizeof room)
			return STR_NONE;
		memcpy(room + n, text.data ? text.data : "", text.size);
		n += text.size;
	}
	if (i < end && node_at(w, i)->kind != MD_SOFT_BREAK && node_at(w, i)->kind != MD_LINE_BREAK)
		return STR_NONE;
	if (i == end && node_at(w, quote)->end == end)
		return STR_NONE;
	*rest = i < end ? i + 1 : end;
	struct str mark = str_trim((struct str){room, n});
	struct str type = str_sub(mark, 2, mark.size > 3 ? mark.size - 3 : 0);
	bool is_alert = str_starts(mark, STR("[!")) && str_ends(mark, STR("]")) && alert_class(type);
	return is_alert ? str_dup(w->arena, type) : STR_NONE;
}

static void alert_write(struct md_writer *w, struct str type, uint32_t quote, uint32_t rest)
{
	uint32_t paragraph = md_first(w->md, quote);
	uint32_t end = node_at(w, paragraph)->end;
	line_start(w);
	alert_begin(w, type);
	buf_adds(w->out, "<p class=\"alert-title\">");
	alert_title(w, type);
	buf_adds(w->out, "</p>\n");
	vec_add(w->arena, &w->open, quote);
	if (rest < end) {
		buf_adds(w->out, "<p>");
		vec_add(w->arena, &w->open, paragraph);
		md_write_nodes(w, rest, end);
		raw_close(w, paragraph);
		w->open.n--;
		buf_adds(w->out, "</p>\n");
	}
	md_write_nodes(w, end, node_at(w, quote)->end);
	raw_close(w, quote);
	w->open.n--;
	buf_adds(w->out, "</div>\n");
}

/* ---- inlines ---- */

/* Text nodes that follow each other in the source are one text: a fact may span them. Gives the last of them. */
static uint32_t text_write(struct md_writer *w, uint32_t i, uint32_t end)
{
	struct str text = md_text(w->md, node_at(w, i));
	uint32_t first = i;
	while (marks_apply(w, text) && i + 1 < end && node_at(w, i + 1)->kind == MD_TEXT) {
		struct str next = md_text(w->md, node_at(w, i + 1));
		if (next.data != text.data + text.size)
			break;
		text.size += next.size;
		i++;
	}
	size_t cut = w->cut_node == first ? w->cut_size : 0;
	text = str_from_off(text, cut);
	if (w->text_end && marks_apply(w, text)) {
		size_t at = (size_t)(text.data - w->page->source->text.data);
		text = str_sub(text, 0, at < w->text_end ? w->text_end - at : 0);
	}
	for (struct emoji_found emoji; w->has_emoji && (emoji = emoji_find(text, 0)).characters;) {
		marks_write(w, str_sub(text, 0, emoji.from));
		buf_adds(w->out, emoji.characters);
		text = str_from_off(text, emoji.to);
	}
	marks_write(w, text);
	return i;
}

static void code_write(struct md_writer *w, const struct md_node *node)
{
	buf_adds(w->out, "<code>");
	marks_write(w, md_text(w->md, node));
	buf_adds(w->out, "</code>");
}

static void image_node(struct md_writer *w, uint32_t i)
{
	const struct md_node *node = node_at(w, i);
	image_write(w, link_of_node(w, i), md_text(w->md, node), md_plain(w->arena, w->md, i), md_title(w->md, node));
}

/* ---- the walk ---- */

/* Writes an inline node, or what stands before its children; gives the node to go on with. */
static uint32_t inline_enter(struct md_writer *w, uint32_t i, uint32_t end)
{
	const struct md_node *node = node_at(w, i);
	switch ((enum md_kind)node->kind) {
	case MD_TEXT: return text_write(w, i, end) + 1;
	case MD_SOFT_BREAK: buf_addc(w->out, '\n'); return node->end;
	case MD_LINE_BREAK: buf_adds(w->out, "<br>\n"); return node->end;
	case MD_CODE: code_write(w, node); return node->end;
	case MD_HTML: raw_inline(w, md_text(w->md, node), container_of(w)); return node->end;
	case MD_IMAGE: image_node(w, i); return node->end;
	case MD_FOOTNOTE_REF: footnote_reference(w, md_text(w->md, node)); return node->end;
	case MD_EMPHASIS: buf_adds(w->out, "<em>"); break;
	case MD_STRONG: buf_adds(w->out, "<strong>"); break;
	case MD_STRIKE: buf_adds(w->out, "<del>"); break;
	case MD_LINK: link_begin(w, link_of_node(w, i), md_text(w->md, node), md_title(w->md, node)); break;
	default: break;
	}
	vec_add(w->arena, &w->open, i);
	return i + 1;
}

static bool quote_enter(struct md_writer *w, uint32_t i)
{
	uint32_t rest = 0;
	struct str type = alert_of(w, i, &rest);
	if (type.size) {
		alert_write(w, type, i, rest);
		return false;
	}
	line_start(w);
	buf_adds(w->out, "<blockquote>\n");
	return true;
}

/* The same for blocks, and inlines handed on. */
static uint32_t node_enter(struct md_writer *w, uint32_t i, uint32_t end)
{
	const struct md_node *node = node_at(w, i);
	switch ((enum md_kind)node->kind) {
	case MD_DOCUMENT: break;
	case MD_PARAGRAPH:
		if (w->has_definitions && definitions_write(w, i))
			return node->end;
		paragraph_begin(w, node);
		break;
	case MD_HEADING:
		if (heading_is_empty(w->md, i))
			return node->end;
		heading_begin(w, i);
		break;
	case MD_QUOTE:
		if (!quote_enter(w, i))
			return node->end;
		break;
	case MD_ADMONITION:
		line_start(w);
		admonition_begin(w, i);
		break;
	case MD_LIST: list_begin(w, node); break;
	case MD_ITEM: item_begin(w, i); break;
	case MD_CODE_BLOCK: code_block(w, i); return node->end;
	case MD_HTML_BLOCK: raw_block(w, md_text(w->md, node), container_of(w)); return node->end;
	case MD_RULE:
		line_start(w);
		buf_adds(w->out, "<hr>\n");
		return node->end;
	case MD_TABLE: table_begin(w); break;
	case MD_ROW: row_begin(w, node); break;
	case MD_CELL: cell_begin(w, i); break;
	case MD_FOOTNOTE: return node->end;
	default: return inline_enter(w, i, end);
	}
	vec_add(w->arena, &w->open, i);
	return i + 1;
}

static void node_leave(struct md_writer *w, uint32_t i)
{
	const struct md_node *node = node_at(w, i);
	raw_close(w, i);
	w->open.n--;
	switch ((enum md_kind)node->kind) {
	case MD_PARAGRAPH: paragraph_end(w, node); break;
	case MD_HEADING: heading_end(w, i); break;
	case MD_QUOTE:
		line_start(w);
		buf_adds(w->out, "</blockquote>\n");
		break;
	case MD_ADMONITION: admonition_end(w, i); break;
	case MD_LIST: buf_adds(w->out, node->flags & MD_ORDERED ? "</ol>\n" : "</ul>\n"); break;
	case MD_ITEM: buf_adds(w->out, "</li>\n"); break;
	case MD_TABLE: buf_adds(w->out, w->had_body ? "</tbody>\n</table>\n</div>\n" : "</table>\n</div>\n"); break;
	case MD_ROW: buf_adds(w->out, node->flags & MD_HEADER ? "</tr>\n</thead>\n" : "</tr>\n"); break;
	case MD_CELL:
		buf_adds(w->out, "</");
		buf_adds(w->out, cell_tag(w, node, i));
		buf_adds(w->out, ">\n");
		break;
	case MD_EMPHASIS: buf_adds(w->out, "</em>"); break;
	case MD_STRONG: buf_adds(w->out, "</strong>"); break;
	case MD_STRIKE: buf_adds(w->out, "</del>"); break;
	case MD_LINK: link_end(w); break;
	default: break;
	}
}

void md_write_nodes(struct md_writer *w, uint32_t from, uint32_t end)
{
	size_t base = w->open.n;
	for (uint32_t i = from;;) {
		while (w->open.n > base && node_at(w, w->open.data[w->open.n - 1])->end <= i)
			node_leave(w, w->open.data[w->open.n - 1]);
		if (i >= end)
			break;
		uint32_t inner = w->open.n > base ? node_at(w, w->open.data[w->open.n - 1])->end : end;
		i = node_enter(w, i, inner);
	}
}

/* The title and the rest of a document are written by one hand. */
static struct md_writer *writer_of(struct writer *writer, const struct page *page)
{
	struct md_writer *w = writer->markdown;
	if (w && w->page == page)
		return w;
	w = writer->markdown = NEW(writer->arena, struct md_writer);
	*w = (struct md_writer){
		.writer = writer, .page = page, .md = page->md, .arena = writer->arena, .out = writer->out};
	w->has_emoji = emoji_find(page->source->text, 0).characters != NULL;
	w->has_definitions = definitions_are_possible(page->source->text);
	links_find(w);
	marks_find(w);
	footnotes_find(w);
	return w;
}

/* The first block of the document when it is a heading of level 1, else 0. */
static uint32_t title_node(const struct md *md)
{
	uint32_t first = md->n > 1 ? md_first(md, 0) : 0;
	return first && md->nodes[first].kind == MD_HEADING && md->nodes[first].level == 1 &&
			       !heading_is_empty(md, first)
		       ? first
		       : 0;
}

void markdown_title(struct writer *writer, const struct page *page)
{
	uint32_t title = title_node(page->md);
	if (!title) {
		write_title(writer, "", page_title(page));
		return;
	}
	md_write_nodes(writer_of(writer, page), title, page->md->nodes[title].end);
}

void markdown_write(struct writer *writer, const struct page *page, struct markdown_part part)
{
	if (!page->md || !page->md->n)
		return;
	struct md_writer *w = writer_of(writer, page);
	uint32_t from = 1;
	uint32_t title = part.skip_title ? title_node(page->md) : 0;
	if (title)
		from = page->md->nodes[title].end;
	md_write_nodes(w, from, page->md->nodes[0].end);
	raw_close(w, 0);
	footnotes_write(w);
}
