/* Follows the inline content of a block along the source bytes, because the library's own inline places are not always
 * right: each literal is matched where the one before ended, and escapes, entities and line ends are undone on
 * the way. */
#include "parse/markdown.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static uint32_t behind_line_end(const struct md_cursor *cursor, uint32_t pos)
{
	const char *data = cursor->text.data;
	return data[pos] == '\r' && pos + 1 < cursor->text.size && data[pos + 1] == '\n' ? pos + 2 : pos + 1;
}

bool md_cursor_take(struct md_cursor *cursor, char c)
{
	if (cursor->pos >= cursor->end || cursor->text.data[cursor->pos] != c)
		return false;
	cursor->pos++;
	return true;
}

void md_cursor_prefix(struct md_cursor *cursor)
{
	unsigned quotes = cursor->quotes;
	for (; cursor->pos < cursor->end; cursor->pos++) {
		char c = cursor->text.data[cursor->pos];
		if (c == '>' && quotes)
			quotes--;
		else if (!is_blank(c))
			break;
	}
}

bool md_cursor_break(struct md_cursor *cursor)
{
	const char *data = cursor->text.data;
	uint32_t pos = cursor->pos;
	while (pos < cursor->end && is_blank(data[pos]))
		pos++;
	if (pos + 1 < cursor->end && data[pos] == '\\' && is_line_end(data[pos + 1]))
		pos++;
	if (pos >= cursor->end || !is_line_end(data[pos]))
		return false;
	cursor->pos = behind_line_end(cursor, pos);
	md_cursor_prefix(cursor);
	return true;
}

/* One attempt to match a literal; `pos` and `at` move together. */
struct attempt {
	struct md_cursor *cursor;
	struct str literal;
	uint32_t pos;
	uint32_t at;
	bool mapped; /* the last piece goes on at pos */
};

static void map_here(struct attempt *a, uint32_t off)
{
	vec_add(a->cursor->scratch, &a->cursor->mapped, (struct md_mapped){a->at, off});
	a->mapped = false;
}

static bool literal_goes_on_with(const struct attempt *a, struct str part)
{
	return str_starts(str_from_off(a->literal, a->at), part);
}

/* The code point of "&#65;" or "&#x41;" (text between & and ;), UTF8_BAD when it is none. */
static uint32_t numeric_entity(struct str name)
{
	uint32_t value = 0;
	bool hex = name.size > 1 && (name.data[1] == 'x' || name.data[1] == 'X');
	size_t first = hex ? 2 : 1;
	if (name.size <= first || name.data[0] != '#' || name.size > first + (hex ? 6 : 7))
		return UTF8_BAD;
	for (size_t i = first; i < name.size; i++) {
		unsigned char c = (unsigned char)name.data[i];
		if (!(hex ? isxdigit(c) : isdigit(c)))
			return UTF8_BAD;
		uint32_t digit = (uint32_t)(isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
		value = value * (hex ? 16 : 10) + digit;
	}
	bool none = value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
	return none ? 0xFFFD : value;
}

static struct str entity_at(const struct md_cursor *cursor, uint32_t pos)
{
	uint32_t end = pos + 1;
	while (end < cursor->end && end < pos + 34 &&
	       (isalnum((unsigned char)cursor->text.data[end]) || cursor->text.data[end] == '#'))
		end++;
	if (end == pos + 1 || end >= cursor->end || cursor->text.data[end] != ';')
		return STR_NONE;
	return str_sub(cursor->text, pos, end + 1 - pos);
}

/* Named entities are not looked up: but for &amp; the decoded text never begins like the entity itself, so it is one
 * code point of the literal, or two where the text behind does not fit otherwise. */
static bool match_entity(struct attempt *a)
{
	struct str entity = entity_at(a->cursor, a->pos);
	if (!entity.size)
		return false;
	struct str name = str_sub(entity, 1, entity.size - 2);
	uint32_t code_point = str_is(name, "amp") ? '&' : numeric_entity(name);
	size_t at = a->at;
	if (code_point != UTF8_BAD) {
		char bytes[4];
		struct str decoded = {bytes, utf8_encode(code_point, bytes)};
		if (!literal_goes_on_with(a, decoded))
			return false;
		at += decoded.size;
	} else {
		if (literal_goes_on_with(a, entity))
			return false;
		utf8_next(a->literal, &at);
		size_t next = a->pos + entity.size;
		if (next < a->cursor->end && at < a->literal.size &&
		    a->cursor->text.data[next] != a->literal.data[at] && a->cursor->text.data[next] != '\\' &&
		    a->cursor->text.data[next] != '&')
			utf8_next(a->literal, &at);
	}
	map_here(a, a->pos);
	a->pos += (uint32_t)entity.size;
	a->at = (uint32_t)at;
	return true;
}

/* "\*" in text, and "\|" in a cell. */
static bool match_escape(struct attempt *a, enum md_match mode)
{
	const char *data = a->cursor->text.data;
	if (data[a->pos] != '\\' || a->pos + 1 >= a->cursor->end)
		return false;
	char escaped = data[a->pos + 1];
	bool counts = mode == MD_MATCH_TEXT ? ispunct((unsigned char)escaped) : a->cursor->cell && escaped == '|';
	if (!counts || a->literal.data[a->at] != escaped)
		return false;
	map_here(a, a->pos + 1);
	a->pos += 2;
	a->at++;
	return true;
}

/* A line end inside of code or raw HTML, with the blanks that begin the next line of the literal. */
static bool match_line_end(struct attempt *a, enum md_match mode)
{
	struct md_cursor *cursor = a->cursor;
	if (mode == MD_MATCH_TEXT || !is_line_end(cursor->text.data[a->pos]) ||
	    a->literal.data[a->at] != (mode == MD_MATCH_CODE ? ' ' : '\n'))
		return false;
	map_here(a, a->pos);
	a->at++;
	struct md_cursor next = *cursor;
	next.pos = behind_line_end(cursor, a->pos);
	uint32_t line = next.pos;
	md_cursor_prefix(&next);
	for (uint32_t i = a->at; i < a->literal.size && is_blank(a->literal.data[i]); i++) {
		if (next.pos == line || !is_blank(cursor->text.data[next.pos - 1]))
			break;
		next.pos--;
	}
	a->pos = next.pos;
	return true;
}

static bool match_byte(struct attempt *a)
{
	char c = a->cursor->text.data[a->pos];
	if (c == 0 && literal_goes_on_with(a, STR("\xEF\xBF\xBD"))) {
		map_here(a, a->pos);
		a->pos++;
		a->at += 3;
		return true;
	}
	if (c != a->literal.data[a->at])
		return false;
	if (!a->mapped)
		map_here(a, a->pos);
	a->mapped = true;
	a->pos++;
	a->at++;
	return true;
}

/* Bytes that stand for themselves in source and literal: no escape, entity or line end. */
static void match_plain(struct attempt *a)
{
	static const bool special[256] = {['\\'] = true, ['&'] = true, ['\n'] = true, ['\r'] = true, [0] = true};
	const char *source = a->cursor->text.data + a->pos, *literal = a->literal.data + a->at;
	size_t room = a->cursor->end - a->pos, n = 0;
	if (room > a->literal.size - a->at)
		room = a->literal.size - a->at;
	while (n < room && source[n] == literal[n] && !special[(unsigned char)source[n]])
		n++;
	if (!n)
		return;
	if (!a->mapped)
		map_here(a, a->pos);
	a->mapped = true;
	a->pos += (uint32_t)n;
	a->at += (uint32_t)n;
}

static bool match_at(struct md_cursor *cursor, uint32_t pos, struct str literal, enum md_match mode)
{
	struct attempt a = {.cursor = cursor, .literal = literal, .pos = pos};
	cursor->mapped.n = 0;
	for (;;) {
		if (a.pos < cursor->end)
			match_plain(&a);
		if (a.at >= literal.size)
			break;
		bool matched = a.pos < cursor->end &&
			       (match_escape(&a, mode) || match_line_end(&a, mode) ||
				(mode == MD_MATCH_TEXT && cursor->text.data[a.pos] == '&' && match_entity(&a)) ||
				match_byte(&a));
		if (!matched) {
			cursor->budget -= cursor->budget < a.at ? cursor->budget : a.at;
			return false;
		}
	}
	cursor->pos = a.pos;
	return true;
}

bool md_cursor_match(struct md_cursor *cursor, struct str literal, enum md_match mode)
{
	return match_at(cursor, cursor->pos, literal, mode);
}

/* How far ahead a short literal is believed to be the one that was lost. */
#define NEAR 256

bool md_cursor_search(struct md_cursor *cursor, struct str literal, enum md_match mode)
{
	if (!literal.size)
		return false;
	uint32_t end = cursor->end;
	if (literal.size < 8 && end - cursor->pos > NEAR)
		end = cursor->pos + NEAR;
	for (uint32_t pos = cursor->pos; pos < end && cursor->budget; pos++) {
		char c = cursor->text.data[pos];
		cursor->budget--;
		if ((c == literal.data[0] || c == '\\' || c == '&') && match_at(cursor, pos, literal, mode))
			return true;
	}
	return false;
}
