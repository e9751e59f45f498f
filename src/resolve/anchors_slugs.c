/* How renderers other than GitHub make an anchor out of a heading. */
#include "resolve/anchors.h"

static const struct slug_row {
	const char *names; /* what `anchors:` may call it, '|' between */
	char joint;
} rows[SLUG_DIALECTS] = {
	[SLUG_PYTHON_MARKDOWN] = {"python-markdown|mkdocs|mkdocs.yml", '_'},
	[SLUG_PYTHON_UNICODE] = {"python-markdown-unicode|mkdocs-unicode|mkdocs.yml", '_'},
	[SLUG_KRAMDOWN] = {"kramdown|jekyll", '-'},
	[SLUG_GITLAB] = {"gitlab", '-'},
	[SLUG_VITEPRESS] = {"vitepress", '-'},
	[SLUG_DOCSIFY] = {"docsify", '-'},
	[SLUG_DOXIA] = {"doxia|maven", '_'},
};

char slug_joint(enum slug_dialect dialect)
{
	return rows[dialect].joint;
}

bool slug_is_named(enum slug_dialect dialect, struct str name)
{
	struct str rest = str_from(rows[dialect].names);
	while (rest.size)
		if (str_eq_nocase(str_cut(&rest, '|'), name))
			return true;
	return false;
}

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_ascii_word(char c)
{
	return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Keeps word characters, blanks and '-'; what is not ASCII only where `unicode` says so; runs of blanks and '-'
 * become one '-'. */
static struct str slug_collapsed(struct arena *arena, struct str text, bool unicode, bool keep_ends)
{
	struct str lower = unicode ? utf8_lower(arena, text) : utf8_fold(arena, text);
	char *out = arena_alloc(arena, lower.size + 1);
	size_t size = 0;
	size_t word_end = 0;
	for (size_t off = 0; off < lower.size;) {
		size_t start = off;
		uint32_t c = utf8_next(lower, &off);
		bool keep = c < 128 ? is_ascii_word((char)c) : unicode && c != UTF8_BAD && utf8_is_word(c);
		if (keep) {
			memcpy(out + size, lower.data + start, off - start);
			size += off - start;
			word_end = size;
		} else if (c == '-' || is_blank((char)c) || (c != UTF8_BAD && utf8_is_space(c))) {
			bool first = !size || out[size - 1] != '-';
			if (first && (size || keep_ends || c == '-'))
				out[size++] = '-';
			if (c == '-')
				word_end = size;
		}
	}
	return (struct str){out, word_end};
}

static struct str slug_kramdown(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, text.size + 1);
	size_t size = 0, i = 0;
	while (i < text.size && !is_ascii_letter(text.data[i]))
		i++;
	for (; i < text.size; i++) {
		char c = text.data[i];
		if ((is_ascii_word(c) && c != '_') || c == '-' || c == ' ')
			out[size++] = c == ' ' ? '-' : c;
	}
	return str_lower_ascii(arena, (struct str){out, size});
}

static bool breaks_vitepress(uint32_t c)
{
	if (c < 128)
		return strchr(" \t\n~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/", (int)c) && c;
	return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || utf8_is_space(c);
}

static struct str slug_vitepress(struct arena *arena, struct str text)
{
	struct str lower = utf8_fold(arena, text);
	char *out = arena_alloc(arena, lower.size + 2);
	size_t size = 0;
	bool gap = false;
	for (size_t off = 0; off < lower.size;) {
		size_t start = off;
		uint32_t c = utf8_next(lower, &off);
		if (breaks_vitepress(c)) {
			gap = size > 0;
			continue;
		}
		if (gap)
			out[size++] = '-';
		if (!size && c >= '0' && c <= '9')
			out[size++] = '_';
		gap = false;
		memcpy(out + size, lower.data + start, off - start);
		size += off - start;
	}
	return (struct str){out, size};
}

static struct str slug_docsify(struct arena *arena, struct str text)
{
	struct str trimmed = str_trim(text);
	char *out = arena_alloc(arena, trimmed.size + 2);
	size_t size = 0;
	for (size_t i = 0; i < trimmed.size; i++) {
		char c = trimmed.data[i];
		if (is_blank(c))
			c = '-';
		else if (strchr("!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~", c) && c)
			continue;
		if (!size && c >= '0' && c <= '9')
			out[size++] = '_';
		out[size++] = c;
	}
	return str_lower_ascii(arena, (struct str){out, size});
}

static struct str slug_doxia(struct arena *arena, struct str text)
{
	struct str trimmed = str_trim(text);
	char *out = arena_alloc(arena, trimmed.size + 2);
	size_t size = 0;
	if (trimmed.size && !is_ascii_letter(trimmed.data[0]))
		out[size++] = 'a';
	for (size_t i = 0; i < trimmed.size; i++) {
		char c = trimmed.data[i];
		if (is_blank(c))
			c = '_';
		if (is_ascii_word(c) || c == '-' || c == ':' || c == '.')
			out[size++] = c;
	}
	return (struct str){out, size};
}

struct str slug_of(struct arena *arena, enum slug_dialect dialect, struct str text)
{
	switch (dialect) {
	case SLUG_PYTHON_MARKDOWN: return slug_collapsed(arena, text, false, false);
	case SLUG_PYTHON_UNICODE: return slug_collapsed(arena, text, true, false);
	case SLUG_KRAMDOWN: return slug_kramdown(arena, text);
	case SLUG_GITLAB: return slug_collapsed(arena, str_trim(text), true, true);
	case SLUG_VITEPRESS: return slug_vitepress(arena, text);
	case SLUG_DOCSIFY: return slug_docsify(arena, text);
	case SLUG_DOXIA: return slug_doxia(arena, text);
	case SLUG_DIALECTS: break;
	}
	return STR_NONE;
}

struct str slug_explicit(struct str text)
{
	struct str trimmed = str_trim(text);
	size_t open = str_rfind_char(trimmed, '{');
	if (open == SIZE_MAX || !str_ends(trimmed, STR("}")))
		return STR_NONE;
	struct str inner = str_sub(trimmed, open + 1, trimmed.size - open - 2);
	size_t hash = str_find_char(inner, '#');
	struct str before = str_trim(str_sub(inner, 0, hash == SIZE_MAX ? 0 : hash));
	if (hash == SIZE_MAX || (before.size && before.data[0] != ':'))
		return STR_NONE;
	struct str id = str_from_off(inner, hash + 1);
	size_t end = 0;
	while (end < id.size && !is_blank(id.data[end]) && id.data[end] != '.')
		end++;
	return str_sub(id, 0, end);
}
