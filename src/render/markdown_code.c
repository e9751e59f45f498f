/* Blocks of code: coloured where the language is known, under their title, with facts marked. */
#include "render/highlight.h"
#include "render/markdown_html.h"

/* "yaml", and what MkDocs writes, "{.yaml" or "{yaml". Kept to the characters that class names have. */
static struct str language_name(struct str info)
{
	while (info.size && (info.data[0] == '{' || info.data[0] == '.'))
		info = str_from_off(info, 1);
	for (size_t i = 0; i < info.size; i++) {
		unsigned char c = (unsigned char)info.data[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      (c && strchr("-_+#.", c)) || c >= 0x80))
			return str_sub(info, 0, i);
	}
	return info;
}

/* The title="..." of an info string; empty when there is none. */
static struct str title_of(struct str info)
{
	const struct str mark = STR("title=");
	size_t at = str_find(info, mark);
	if (at == SIZE_MAX || (at && !strchr(" {,", info.data[at - 1])))
		return STR_NONE;
	struct str rest = str_from_off(info, at + mark.size);
	char quote = rest.size ? rest.data[0] : 0;
	if (quote != '"' && quote != '\'')
		return STR_NONE;
	rest = str_from_off(rest, 1);
	size_t end = str_find_char(rest, quote);
	return end == SIZE_MAX ? STR_NONE : str_trim(str_sub(rest, 0, end));
}

/* A mark over several tokens is written whole, without their colours. */
static void write_coloured(struct md_writer *w, const struct language *language, struct str text)
{
	struct code_reader reader = {.language = language, .text = text};
	struct code_token token;
	size_t at = 0;
	while (code_next(&reader, &token)) {
		if (token.to <= at)
			continue;
		if (token.from > at) {
			size_t size = marks_reach(w, str_from_off(text, at), token.from - at);
			marks_write(w, str_sub(text, at, size));
			at += size;
		}
		size_t size = token.to > at ? token.to - at : 0;
		size_t reach = size ? marks_reach(w, str_from_off(text, at), size) : 0;
		if (reach != size || at != token.from) {
			marks_write(w, str_sub(text, at, reach));
			at += reach;
			continue;
		}
		buf_adds(w->out, "<span class=\"h-");
		buf_adds(w->out, token.class);
		buf_adds(w->out, "\">");
		marks_write(w, str_sub(text, at, size));
		buf_adds(w->out, "</span>");
		at = token.to;
	}
	marks_write(w, str_from_off(text, at));
}

void code_write_block(struct md_writer *w, const struct md_node *node)
{
	struct str text = md_text(w->md, node), info = md_info_line(w->md, node);
	struct str name = language_name(md_info(w->md, node)), title = title_of(info);
	const struct language *language = language_find(name);
	if (title.size) {
		buf_adds(w->out, "<p class=\"code-title\">");
		html_text(w->out, title);
		buf_adds(w->out, "</p>\n");
	}
	buf_adds(w->out, "<pre tabindex=\"0\"><code");
	if (name.size) {
		buf_adds(w->out, " class=\"language-");
		html_attr(w->out, name);
		buf_addc(w->out, '"');
	}
	buf_addc(w->out, '>');
	w->in_code_block = true;
	if (language)
		write_coloured(w, language, text);
	else
		marks_write(w, text);
	w->in_code_block = false;
	buf_adds(w->out, "</code></pre>\n");
}
