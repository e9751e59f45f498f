/* The pieces of SVG: escaped text, links, numbers. */
#include "draw/svg.h"

#include <math.h>

void svg_text(struct buf *out, struct str text)
{
	for (size_t off = 0; off < text.size;) {
		size_t start = off;
		uint32_t code = utf8_next(text, &off);
		if (code == '&')
			buf_adds(out, "&amp;");
		else if (code == '<')
			buf_adds(out, "&lt;");
		else if (code == '>')
			buf_adds(out, "&gt;");
		else if (code == '"')
			buf_adds(out, "&quot;");
		else if (code == '\n' || code == '\t')
			buf_addc(out, ' ');
		else if (code == UTF8_BAD)
			buf_adds(out, "\xEF\xBF\xBD");
		else if (code >= ' ' && code != 0x7F && !(code >= 0x80 && code < 0xA0) && code != 0xFFFE &&
			 code != 0xFFFF)
			buf_add(out, str_sub(text, start, off - start));
	}
}

void svg_href(struct buf *out, struct str href, struct str page_url)
{
	if (str_starts_nocase(href, STR("http://")) || str_starts_nocase(href, STR("https://"))) {
		svg_text(out, href);
		return;
	}
	struct arena *arena = arena_new();
	size_t hash = str_find_char(href, '#');
	struct str path = hash == SIZE_MAX ? href : str_sub(href, 0, hash);
	struct str relative = path_relative(arena, path_dir(page_url), path);
	/* A first part with a colon would read as a scheme. */
	size_t colon = str_find_char(relative, ':');
	if (colon != SIZE_MAX && colon < str_find_char(relative, '/'))
		buf_adds(out, "./");
	for (size_t i = 0; i < relative.size; i++) {
		unsigned char c = (unsigned char)relative.data[i];
		if (c <= ' ' || c >= 0x7F || strchr("\"<>%?#&`\\^{|}", c))
			buf_addf(out, "%%%02X", c);
		else
			buf_addc(out, (char)c);
	}
	if (hash != SIZE_MAX)
		svg_text(out, str_from_off(href, hash));
	arena_free(arena);
}

void svg_number(struct buf *out, double number)
{
	long tenths = lround(number * 10);
	long whole = labs(tenths) / 10;
	long rest = labs(tenths) % 10;
	if (tenths < 0)
		buf_addc(out, '-');
	buf_addf(out, rest ? "%ld.%ld" : "%ld", whole, rest);
}

void svg_attribute(struct buf *out, const char *name, double number)
{
	buf_addf(out, " %s=\"", name);
	svg_number(out, number);
	buf_addc(out, '"');
}

void svg_pair(struct buf *out, const char *before, double x, double y)
{
	buf_adds(out, before);
	svg_number(out, x);
	buf_addc(out, ' ');
	svg_number(out, y);
}
