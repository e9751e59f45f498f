/* Cuts text of a record into words, references and clause ends; emphasis, comments and images fall away. */
#include "model/statement_lex.h"

#define BRACKET_MAX 600

static bool starts_at(struct str text, size_t off, const char *what)
{
	return str_starts(str_from_off(text, off), str_from(what));
}

/* Offset of the closing mark that belongs to the opening one at off, or SIZE_MAX. */
static size_t closing(struct str text, size_t off, char open, char close)
{
	size_t depth = 0;
	size_t end = text.size < off + BRACKET_MAX ? text.size : off + BRACKET_MAX;
	for (size_t i = off; i < end; i++) {
		if (text.data[i] == '\\')
			i++;
		else if (text.data[i] == open)
			depth++;
		else if (text.data[i] == close && --depth == 0)
			return i;
	}
	return SIZE_MAX;
}

static struct str target_of(struct str inner)
{
	inner = str_trim(inner);
	if (inner.size && inner.data[0] == '<') {
		size_t end = str_find_char(inner, '>');
		return end == SIZE_MAX ? STR("") : str_sub(inner, 1, end - 1);
	}
	for (size_t i = 0; i < inner.size; i++)
		if (inner.data[i] == ' ' || inner.data[i] == '\n' || inner.data[i] == '\t')
			return str_sub(inner, 0, i);
	return inner;
}

struct bracket bracket_read(struct str text, size_t off)
{
	struct bracket bracket = {0};
	size_t close = closing(text, off, '[', ']');
	if (close == SIZE_MAX)
		return bracket;
	bracket.text = str_sub(text, off + 1, close - off - 1);
	bracket.size = close + 1 - off;
	char next = close + 1 < text.size ? text.data[close + 1] : '\0';
	size_t end = next == '('   ? closing(text, close + 1, '(', ')')
		     : next == '[' ? closing(text, close + 1, '[', ']')
				   : SIZE_MAX;
	if (end == SIZE_MAX)
		return bracket;
	if (next == '(')
		bracket.link = target_of(str_sub(text, close + 2, end - close - 2));
	bracket.size = end + 1 - off;
	return bracket;
}

size_t unread_size(struct str text, size_t off)
{
	static const char *const pairs[][2] = {{"<!--", "-->"}, {"~~", "~~"}, {"<del>", "</del>"}, {"<s>", "</s>"}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (!starts_at(text, off, pairs[i][0]))
			continue;
		size_t end = str_find_from(text, str_from(pairs[i][1]), off + strlen(pairs[i][0]));
		return (end == SIZE_MAX ? text.size : end + strlen(pairs[i][1])) - off;
	}
	return 0;
}

static void add(struct tokens *tokens, enum token_kind kind, struct str at, struct str text, struct str link)
{
	if (tokens->n < TOKENS_MAX)
		tokens->list[tokens->n++] = (struct token){kind, at, text, link};
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of "/", "./", "../../" at off before a name; 0: none. */
static size_t path_lead_size(struct str text, size_t off)
{
	size_t at = off;
	bool slash = false;
	if (off && !strchr(" \t\n\"'`,", text.data[off - 1]))
		return 0;
	for (; at < text.size && at < off + 60 && (text.data[at] == '.' || text.data[at] == '/'); at++)
		slash |= text.data[at] == '/';
	return slash && at < text.size && is_alnum(text.data[at]) ? at - off : 0;
}

/* Bytes of a word at off: letters and digits of any script; '.', '-', '/' and the like only inside. */
static size_t word_size(struct str text, size_t off)
{
	size_t at = off + path_lead_size(text, off);
	while (at < text.size) {
		char c = text.data[at];
		bool more = at + 1 < text.size && is_alnum(text.data[at + 1]);
		if (is_alnum(c) || (more && (c == '#' || (at > off && strchr(".-_/'", c)))) ||
		    (c == '_' && at > off && more)) {
			at++;
			continue;
		}
		size_t next = at;
		if (!((unsigned char)c & 0x80) || !utf8_is_letter(utf8_next(text, &next)))
			break;
		at = next;
	}
	return at - off;
}

static size_t add_url(struct tokens *tokens, struct str text, size_t off)
{
	size_t end = off;
	while (end < text.size && !strchr(" \t\r\n<>()[]\"", text.data[end]))
		end++;
	while (end > off && strchr(".,;:", text.data[end - 1]))
		end--;
	struct str url = str_sub(text, off, end - off);
	add(tokens, TOKEN_LINK, url, url, url);
	return end - off;
}

/* <a href="target">text</a>; 0: not closed. */
static size_t add_anchor(struct tokens *tokens, struct str text, size_t off)
{
	struct str rest = str_sub(text, off, BRACKET_MAX);
	size_t href = str_find(rest, STR("href=")), open = str_find_char(rest, '>'),
	       close = str_find(rest, STR("</a>"));
	if (href == SIZE_MAX || open == SIZE_MAX || close == SIZE_MAX || href > open || open > close)
		return 0;
	struct str target = str_sub(rest, href + 5, open - href - 5);
	if (target.size > 1 && (target.data[0] == '"' || target.data[0] == '\'')) {
		size_t quote = str_find_char(str_from_off(target, 1), target.data[0]);
		target = str_sub(target, 1, quote == SIZE_MAX ? target.size - 1 : quote);
	}
	add(tokens, TOKEN_LINK, str_sub(rest, 0, close + 4), str_sub(rest, open + 1, close - open - 1), target);
	return close + 4;
}

/* [text](target), [ADR-3], <https://…>, ![image](…), bare addresses. 0: none of them here. */
static size_t add_link(struct tokens *tokens, struct str text, size_t off)
{
	if (starts_at(text, off, "http://") || starts_at(text, off, "https://"))
		return add_url(tokens, text, off);
	if (starts_at(text, off, "<a "))
		return add_anchor(tokens, text, off);
	bool image = starts_at(text, off, "![");
	if (!image && text.data[off] != '[')
		return 0;
	struct bracket bracket = bracket_read(text, off + image);
	if (bracket.size == 0)
		return 0;
	if (!image && !str_starts(bracket.text, STR("!")))
		add(tokens, TOKEN_LINK, str_sub(text, off, bracket.size), bracket.text, bracket.link);
	return bracket.size + image;
}

/* A line that ends in two blanks or a backslash ends the clause too. */
static bool is_hard_break(struct str text, size_t off)
{
	return text.data[off] == '\n' && ((off >= 2 && text.data[off - 1] == ' ' && text.data[off - 2] == ' ') ||
					  (off >= 1 && text.data[off - 1] == '\\'));
}

static size_t add_mark(struct tokens *tokens, struct str text, size_t off)
{
	static const struct {
		const char *mark;
		enum token_kind kind;
	} marks[] = {
		{".", TOKEN_STOP},
		{";", TOKEN_STOP},
		{"!", TOKEN_STOP},
		{"?", TOKEN_STOP},
		{"|", TOKEN_STOP},
		{"\xe3\x80\x82", TOKEN_STOP},
		{",", TOKEN_COMMA},
		{"\xe3\x80\x81", TOKEN_COMMA},
		{"\xef\xbc\x8c", TOKEN_COMMA},
		{"&", TOKEN_COMMA},
		{"+", TOKEN_COMMA},
		{"\xc2\xb7", TOKEN_COMMA},
		{":", TOKEN_COLON},
		{"\xef\xbc\x9a", TOKEN_COLON},
		{"\xe2\x80\x94", TOKEN_DASH},
		{"\xe2\x80\x93", TOKEN_DASH},
		{"-", TOKEN_DASH},
		{"(", TOKEN_OPEN},
		{")", TOKEN_CLOSE},
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (!starts_at(text, off, marks[i].mark))
			continue;
		struct str at = str_sub(text, off, strlen(marks[i].mark));
		add(tokens, marks[i].kind, at, at, STR(""));
		return at.size;
	}
	return 0;
}

void tokens_read(struct str text, struct str house, struct tokens *tokens)
{
	tokens->house = house;
	tokens->n = 0;
	for (size_t off = 0; off < text.size && tokens->n < TOKENS_MAX;) {
		size_t size = unread_size(text, off);
		if (size == 0)
			size = add_link(tokens, text, off);
		if (size == 0 && (size = word_size(text, off))) {
			struct str word = str_sub(text, off, size);
			add(tokens, TOKEN_WORD, word, word, STR(""));
		}
		if (size == 0 && is_hard_break(text, off)) {
			add(tokens, TOKEN_STOP, str_sub(text, off, 1), STR(""), STR(""));
			size = 1;
		}
		if (size == 0)
			size = add_mark(tokens, text, off);
		if (size == 0 && (unsigned char)text.data[off] & 0x80) {
			size_t next = off;
			utf8_next(text, &next);
			size = next - off;
		}
		off += size ? size : 1;
	}
}

size_t record_shortcode_size(struct str text, size_t off)
{
	size_t at = off + 1;
	if (text.data[off] != ':')
		return 0;
	while (at < text.size && (is_alnum(text.data[at]) || strchr("_+-", text.data[at])))
		at++;
	return at < text.size && text.data[at] == ':' && at > off + 1 ? at + 1 - off : 0;
}

/* Bytes of a tag of HTML at off; 0: none. `<name>` of a template is none. */
static size_t tag_size(struct str text, size_t off)
{
	static const char *const names[] = {"span", "b",   "i",   "em", "strong", "font",  "a",       "br",     "p",
					    "div",  "td",  "tr",  "th", "code",   "small", "mark",    "u",      "sub",
					    "sup",  "kbd", "img", "ul", "li",     "ol",    "details", "summary"};
	size_t start = off + 1, end;
	if (text.data[off] != '<')
		return 0;
	start += start < text.size && text.data[start] == '/';
	for (end = start; end < text.size && is_alnum(text.data[end]);)
		end++;
	bool known = false;
	for (size_t i = 0; !known && i < sizeof names / sizeof *names; i++)
		known = str_eq_nocase(str_sub(text, start, end - start), str_from(names[i]));
	size_t close = known ? str_find_char(str_sub(text, end, BRACKET_MAX), '>') : SIZE_MAX;
	return close == SIZE_MAX ? 0 : end + close + 1 - off;
}

static bool is_dropped(char c)
{
	return strchr("*`\"<>{}[]\\", c) != NULL;
}

struct str statement_plain(struct str text, char buffer[PLAIN_MAX])
{
	size_t n = 0;
	bool blank = false;
	for (size_t off = 0; off < text.size && n + 5 < PLAIN_MAX;) {
		size_t skip = unread_size(text, off);
		char c = text.data[off];
		/* Behind the text of a link its target is left out. */
		if (skip == 0 && c == ']' && off + 1 < text.size &&
		    (text.data[off + 1] == '(' || text.data[off + 1] == '[')) {
			size_t end = text.data[off + 1] == '(' ? closing(text, off + 1, '(', ')')
							       : closing(text, off + 1, '[', ']');
			skip = end == SIZE_MAX ? 1 : end + 1 - off;
		}
		if (skip == 0 && c == '<' && (skip = tag_size(text, off)))
			blank = true;
		if (skip == 0 && c == ':')
			skip = record_shortcode_size(text, off);
		bool edge = c == '_' && (off == 0 || off + 1 >= text.size || !is_alnum(text.data[off - 1]) ||
					 !is_alnum(text.data[off + 1]));
		bool arrow = c == '>' && off && (text.data[off - 1] == '-' || text.data[off - 1] == '=');
		if (skip == 0 && !arrow && (is_dropped(c) || edge))
			skip = 1;
		if (skip) {
			off += skip;
			continue;
		}
		size_t next = off;
		uint32_t code = utf8_next(text, &next);
		bool kept = code < 0x80 || utf8_is_letter(code) || code == 0x2014 || code == 0x2013 || code == 0xb7 ||
			    code == 0x2026 || code == 0x2192 || code == 0x21d2 || code == 0x27a1;
		if (code <= ' ' || !kept) {
			blank = true;
		} else {
			if (blank && n)
				buffer[n++] = ' ';
			blank = false;
			memcpy(buffer + n, text.data + off, next - off);
			n += next - off;
		}
		off = next;
	}
	return (struct str){buffer, n};
}
