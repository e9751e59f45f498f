/* Cuts dot text into tokens. Every token points into the source. */
#include "parse/dot_lex.h"

static bool is_id_start(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static char char_at(const struct dot_lexer *lexer, size_t off)
{
	return off < lexer->text.size ? lexer->text.data[off] : '\0';
}

void dot_skip_line(struct dot_lexer *lexer)
{
	while (lexer->at < lexer->text.size && lexer->text.data[lexer->at] != '\n')
		lexer->at++;
}

/* Skips blanks and comments; false when a comment has no end (lexer->at stays at its start). */
static bool skip_blank(struct dot_lexer *lexer)
{
	for (;;) {
		char c = char_at(lexer, lexer->at);
		char next = char_at(lexer, lexer->at + 1);
		bool at_line_start = lexer->at == 0 || lexer->text.data[lexer->at - 1] == '\n';
		if (lexer->at >= lexer->text.size)
			return true;
		if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v') {
			lexer->at++;
		} else if ((c == '/' && next == '/') || (c == '#' && at_line_start)) {
			dot_skip_line(lexer);
		} else if (c == '/' && next == '*') {
			size_t end = str_find_from(lexer->text, STR("*/"), lexer->at + 2);
			if (end == SIZE_MAX)
				return false;
			lexer->at = end + 2;
		} else if (str_starts(str_sub(lexer->text, lexer->at, 3), STR("\xEF\xBB\xBF"))) {
			lexer->at += 3;
		} else {
			return true;
		}
	}
}

static struct dot_token token_from(struct dot_lexer *lexer, enum dot_kind kind, size_t start)
{
	struct str raw = str_sub(lexer->text, start, lexer->at - start);
	return (struct dot_token){.kind = kind, .raw = raw, .value = raw};
}

/* The rest of the line, for what has no end. */
static struct dot_token unclosed(struct dot_lexer *lexer, size_t start)
{
	struct dot_token token = {.kind = DOT_UNCLOSED};
	struct str rest = str_from_off(lexer->text, start);
	token.raw = str_cut_line(&rest);
	lexer->at = lexer->text.size;
	return token;
}

/* Reads one quoted string at lexer->at into `out`; false when it has no end. */
static bool quoted_part(struct dot_lexer *lexer, struct buf *out)
{
	for (lexer->at++; lexer->at < lexer->text.size; lexer->at++) {
		char c = lexer->text.data[lexer->at];
		char next = char_at(lexer, lexer->at + 1);
		if (c == '"') {
			lexer->at++;
			return true;
		}
		if (c == '\\' && next == '"') {
			buf_addc(out, '"');
			lexer->at++;
		} else if (c == '\\' && next == '\n') {
			lexer->at++;
		} else if (c == '\\' && next == '\r' && char_at(lexer, lexer->at + 2) == '\n') {
			lexer->at += 2;
		} else if (c == '\\' && next == '\\') {
			buf_adds(out, "\\\\");
			lexer->at++;
		} else {
			buf_addc(out, c);
		}
	}
	return false;
}

/* A quoted string, and those joined to it by '+'. */
static struct dot_token quoted(struct dot_lexer *lexer)
{
	size_t start = lexer->at;
	struct buf value = {0};
	bool closed = quoted_part(lexer, &value);
	while (closed) {
		size_t behind = lexer->at;
		if (!skip_blank(lexer) || char_at(lexer, lexer->at) != '+') {
			lexer->at = behind;
			break;
		}
		lexer->at++;
		if (!skip_blank(lexer) || char_at(lexer, lexer->at) != '"') {
			lexer->at = behind;
			break;
		}
		closed = quoted_part(lexer, &value);
	}
	struct dot_token token = closed ? token_from(lexer, DOT_ID, start) : unclosed(lexer, start);
	token.quoted = true;
	token.value = buf_dup(lexer->arena, &value);
	buf_free(&value);
	return token;
}

static struct dot_token html(struct dot_lexer *lexer)
{
	size_t start = lexer->at;
	size_t depth = 0;
	for (; lexer->at < lexer->text.size; lexer->at++) {
		char c = lexer->text.data[lexer->at];
		if (c == '<' && str_starts(str_sub(lexer->text, lexer->at, 4), STR("<!--"))) {
			size_t end = str_find_from(lexer->text, STR("-->"), lexer->at + 4);
			if (end == SIZE_MAX)
				break;
			lexer->at = end + 2;
		} else if (c == '<') {
			depth++;
		} else if (c == '>' && --depth == 0) {
			lexer->at++;
			struct dot_token token = token_from(lexer, DOT_ID, start);
			token.html = true;
			token.value = str_sub(token.raw, 1, token.raw.size - 2);
			return token;
		}
	}
	return unclosed(lexer, start);
}

struct dot_token dot_next(struct dot_lexer *lexer)
{
	if (!skip_blank(lexer))
		return unclosed(lexer, lexer->at);
	size_t start = lexer->at;
	if (start >= lexer->text.size)
		return (struct dot_token){.kind = DOT_END, .raw = str_sub(lexer->text, lexer->text.size, 0)};
	unsigned char c = (unsigned char)lexer->text.data[start];
	unsigned char next = (unsigned char)char_at(lexer, start + 1);
	if (c == '"')
		return quoted(lexer);
	if (c == '<')
		return html(lexer);
	if (c == '-' && (next == '>' || next == '-')) {
		lexer->at += 2;
		return token_from(lexer, next == '>' ? DOT_ARROW : DOT_LINE, start);
	}
	if (is_id_start(c)) {
		while (is_id_start((unsigned char)char_at(lexer, lexer->at)) ||
		       is_digit((unsigned char)char_at(lexer, lexer->at)))
			lexer->at++;
		return token_from(lexer, DOT_ID, start);
	}
	unsigned char after = (unsigned char)char_at(lexer, start + 2);
	if (is_digit(c) || (c == '.' && is_digit(next)) ||
	    (c == '-' && (is_digit(next) || (next == '.' && is_digit(after))))) {
		lexer->at++;
		while (is_digit((unsigned char)char_at(lexer, lexer->at)) || char_at(lexer, lexer->at) == '.')
			lexer->at++;
		return token_from(lexer, DOT_ID, start);
	}
	lexer->at++;
	struct dot_token token = token_from(lexer, memchr("{}[];,=:", c, 8) ? DOT_MARK : DOT_BAD, start);
	token.mark = (char)c;
	return token;
}
