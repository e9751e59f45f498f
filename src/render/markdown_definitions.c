/* Lists of terms and definitions, as MkDocs and Pandoc know them: a line of text, and below it lines that begin with a
 * colon and a blank. */
#include "render/markdown_html.h"

bool definitions_are_possible(struct str source)
{
	return str_find(source, STR("\n: ")) != SIZE_MAX || str_find(source, STR("\n:\t")) != SIZE_MAX;
}

/* Bytes of the colon and the blanks that begin a definition at this node, or 0. */
static size_t colon_size(const struct md_writer *w, uint32_t i, uint32_t end)
{
	struct str text = i < end && w->md->nodes[i].kind == MD_TEXT ? md_text(w->md, &w->md->nodes[i]) : STR_NONE;
	if (text.size < 3 || text.data[0] != ':' || (text.data[1] != ' ' && text.data[1] != '\t'))
		return 0;
	return text.size - str_trim_left(str_from_off(text, 1)).size;
}

static uint32_t line_end(const struct md_writer *w, uint32_t i, uint32_t end)
{
	while (i < end && w->md->nodes[i].kind != MD_SOFT_BREAK)
		i = w->md->nodes[i].end;
	return i;
}

/* True when the line at i is followed by a definition. */
static bool is_term(const struct md_writer *w, uint32_t i, uint32_t end)
{
	uint32_t next = line_end(w, i, end);
	return next < end && !colon_size(w, i, end) && colon_size(w, next + 1, end);
}

bool definitions_write(struct md_writer *w, uint32_t paragraph)
{
	uint32_t i = paragraph + 1, end = w->md->nodes[paragraph].end;
	const char *open = NULL;
	if (!is_term(w, i, end))
		return false;
	buf_adds(w->out, "<dl>\n");
	vec_add(w->arena, &w->open, paragraph);
	while (i < end) {
		uint32_t next = line_end(w, i, end);
		size_t cut = colon_size(w, i, end);
		if (cut || is_term(w, i, end)) {
			raw_close(w, paragraph);
			buf_adds(w->out, open ? open : "");
			buf_adds(w->out, cut ? "<dd>" : "<dt>");
			open = cut ? "</dd>\n" : "</dt>\n";
		} else {
			buf_addc(w->out, '\n');
		}
		w->cut_node = i;
		w->cut_size = cut;
		md_write_nodes(w, i, next);
		i = next + 1;
	}
	raw_close(w, paragraph);
	w->cut_node = 0;
	w->open.n--;
	buf_adds(w->out, open);
	buf_adds(w->out, "</dl>\n");
	return true;
}
