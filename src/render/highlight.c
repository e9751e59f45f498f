/* Finds the tokens of code, one reader for every language, driven by the table. No token needs more than a bounded look
 * ahead or a search that is not repeated: the time is linear in the size of the text. */
#include "render/highlight.h"

static const char comment_class[] = "c", string_class[] = "s", keyword_class[] = "k", constant_class[] = "n",
		  name_class[] = "a", variable_class[] = "v", call_class[] = "f", prompt_class[] = "p",
		  inserted_class[] = "i", deleted_class[] = "d";

enum { KEY_BYTES = 80, PROMPT_BYTES = 60 };

static bool has(const struct code_reader *r, enum language_flag flag)
{
	return r->language->flags & (unsigned)flag;
}

static char char_at(const struct code_reader *r, size_t at)
{
	return at < r->text.size ? r->text.data[at] : '\n';
}

static char before(const struct code_reader *r, size_t at)
{
	return at ? r->text.data[at - 1] : '\n';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_word(const struct code_reader *r, char c)
{
	return is_word_start(c) || is_digit(c) || (c == '-' && has(r, LANGUAGE_DASHES));
}

static size_t word_end(const struct code_reader *r, size_t at)
{
	while (at < r->text.size && is_word(r, r->text.data[at]))
		at++;
	return at;
}

static size_t blanks_end(const struct code_reader *r, size_t at)
{
	while (at < r->text.size && (r->text.data[at] == ' ' || r->text.data[at] == '\t'))
		at++;
	return at;
}

static size_t line_end(const struct code_reader *r, size_t at)
{
	size_t n = str_find_char(str_from_off(r->text, at), '\n');
	return n == SIZE_MAX ? r->text.size : at + n;
}

/* Gives the piece up to `to`, and goes on behind it. */
static bool give(struct code_reader *r, struct code_token *token, size_t to, const char *class)
{
	*token = (struct code_token){r->at, to, class};
	r->at = to;
	r->first_word = false;
	return true;
}

static bool starts_at(const struct code_reader *r, size_t at, const char *mark)
{
	return mark && *mark && str_starts(str_from_off(r->text, at), str_from(mark));
}

/* ---- comments ---- */

static bool opens_comment(const struct code_reader *r)
{
	char last = before(r, r->at);
	if (!is_blank(last) && !strchr(";{})],", last))
		return false;
	for (const char *mark = r->language->comments; mark && *mark;) {
		size_t size = strcspn(mark, " ");
		if (str_starts(str_from_off(r->text, r->at), (struct str){mark, size}))
			return *mark != ';' || last == '\n';
		mark += size + (mark[size] == ' ');
	}
	return false;
}

static bool read_comment(struct code_reader *r, struct code_token *token)
{
	if (starts_at(r, r->at, r->language->block_open)) {
		size_t end = str_find_from(r->text, str_from(r->language->block_close), r->at + 2);
		return give(r, token, end == SIZE_MAX ? r->text.size : end + strlen(r->language->block_close),
			    comment_class);
	}
	return opens_comment(r) && give(r, token, r->line_end, comment_class);
}

/* ---- strings ---- */

/* Offset behind the quote that closes the string at `at`; 0: none does, and none of its kind before dead[quote] will. */
static size_t string_end(struct code_reader *r, char quote)
{
	bool spans = r->language->spanning && strchr(r->language->spanning, quote);
	size_t end = spans ? r->text.size : r->line_end;
	for (size_t i = r->at + 1; i < end; i++) {
		if (r->text.data[i] == '\\' && quote != '`')
			i++;
		else if (r->text.data[i] == quote)
			return i + 1;
	}
	r->dead[(unsigned char)quote & 127] = end;
	return 0;
}

static size_t triple_end(struct code_reader *r, char quote)
{
	char marks[] = {quote, quote, quote, 0};
	if (!has(r, LANGUAGE_TRIPLE) || !starts_at(r, r->at, marks))
		return 0;
	size_t end = str_find_from(r->text, str_from(marks), r->at + 3);
	return end == SIZE_MAX ? r->text.size : end + 3;
}

static bool read_string(struct code_reader *r, struct code_token *token)
{
	char quote = r->text.data[r->at];
	if (!quote || !strchr(r->language->quotes, quote) || r->at < r->dead[(unsigned char)quote & 127])
		return false;
	if (has(r, LANGUAGE_PLAIN) && !is_blank(before(r, r->at)) && !strchr("([{,=:<>|&;!+$", before(r, r->at)))
		return false;
	size_t end = triple_end(r, quote);
	end = end ? end : string_end(r, quote);
	if (!end)
		return false;
	bool is_key = has(r, LANGUAGE_KEYS_QUOTED) && char_at(r, blanks_end(r, end)) == ':';
	return give(r, token, end, is_key ? name_class : string_class);
}

/* ---- the start of a line ---- */

/* Size of "$ ", "user@host:~$ ", "[user@host dir]# ", "PS C:\> " at the start of a line, or 0. */
static size_t prompt_size(struct str line)
{
	size_t end = line.size < PROMPT_BYTES ? line.size : PROMPT_BYTES, i = 0;
	bool known = false;
	if (str_starts(line, STR("$ ")) || str_is(line, "$"))
		return line.size < 2 ? line.size : 2;
	if (str_starts(line, STR("PS ")))
		i = 3;
	for (bool inside = line.size && line.data[0] == '['; i < end && (inside || !is_blank(line.data[i])); i++) {
		known |= line.data[i] == '@' || line.data[i] == '\\';
		inside = inside && line.data[i] != ']';
	}
	bool ends = i && i < line.size && line.data[i] == ' ' && strchr("$#>%", line.data[i - 1]);
	return known && ends ? i + 1 : 0;
}

static struct str this_line(const struct code_reader *r)
{
	return str_sub(r->text, r->at, r->line_end - r->at);
}

static bool read_prompt(struct code_reader *r, struct code_token *token)
{
	bool goes_on = r->command && r->at > 1 && r->text.data[r->at - 2] == '\\';
	size_t size = prompt_size(this_line(r));
	r->console |= has(r, LANGUAGE_CONSOLE);
	if (size) {
		r->command = r->console = true;
		give(r, token, r->at + size, prompt_class);
		r->first_word = true;
		return true;
	}
	r->command = !r->console || goes_on;
	if (!r->command && !str_starts(this_line(r), STR("# ")))
		r->at = r->line_end;
	return false;
}

/* `key: |` opens a text of the lines that stand further in. */
static void find_block(struct code_reader *r)
{
	struct str line = str_trim_right(this_line(r));
	size_t n = line.size;
	while (n && strchr("+-0123456789", line.data[n - 1]))
		n--;
	r->block = n > 2 && (line.data[n - 1] == '|' || line.data[n - 1] == '>') && line.data[n - 2] == ' ';
	r->indent = blanks_end(r, r->at) - r->at;
}

static bool read_block(struct code_reader *r, struct code_token *token)
{
	size_t at = r->at, end = r->at;
	r->block = false;
	while (at < r->text.size) {
		size_t first = blanks_end(r, at), next = line_end(r, first);
		bool empty = first == next;
		if (!empty && first - at <= r->indent)
			break;
		end = empty ? end : next;
		at = next + 1;
	}
	return end > r->at && give(r, token, end, string_class);
}

/* The lines behind `<<WORD`, and the one that is the word. */
static bool read_here(struct code_reader *r, struct code_token *token)
{
	struct str word = r->here;
	size_t at = r->at;
	r->here = STR_NONE;
	while (at < r->text.size) {
		size_t end = line_end(r, at);
		if (str_eq(str_trim(str_sub(r->text, at, end - at)), word))
			return give(r, token, end, string_class);
		at = end + 1;
	}
	r->here_is_lost = true;
	return false;
}

static bool read_diff(struct code_reader *r, struct code_token *token)
{
	struct str line = this_line(r);
	char first = line.size ? line.data[0] : ' ';
	const char *class = first == '+'                                                        ? inserted_class
			    : first == '-'                                                      ? deleted_class
			    : first == '@'                                                      ? keyword_class
			    : str_starts(line, STR("diff ")) || str_starts(line, STR("index ")) ? comment_class
												: NULL;
	if (class)
		return give(r, token, r->line_end, class);
	r->at = r->line_end;
	return false;
}

/* Offset behind the key at `at`, or 0. */
static size_t key_end(const struct code_reader *r, size_t at)
{
	size_t limit = at + KEY_BYTES < r->line_end ? at + KEY_BYTES : r->line_end, i = at;
	while (i < limit && (is_word(r, r->text.data[i]) || strchr("./$*<>@ ", r->text.data[i])))
		i++;
	size_t end = i;
	while (end > at && r->text.data[end - 1] == ' ')
		end--;
	if (end == at || i >= r->line_end)
		return 0;
	char mark = r->text.data[i], next = char_at(r, i + 1);
	bool colon = has(r, LANGUAGE_KEYS_COLON) && mark == ':' && is_blank(next);
	bool equals =
		has(r, LANGUAGE_KEYS_EQUALS) && ((mark == '=' && next != '=') || (strchr("+?:", mark) && next == '='));
	return colon || equals ? end : 0;
}

static bool read_section(struct code_reader *r, struct code_token *token)
{
	struct str line = str_trim_right(this_line(r));
	return line.size > 2 && line.data[0] == '[' && line.data[line.size - 1] == ']' &&
	       give(r, token, r->at + line.size, keyword_class);
}

static void find_line_end(struct code_reader *r)
{
	r->line_end = line_end(r, r->at);
	r->next_line = r->line_end + 1;
}

/* What only the start of a line can hold. */
static bool read_line_start(struct code_reader *r, struct code_token *token)
{
	if (r->here.size && read_here(r, token))
		return true;
	if (r->block && read_block(r, token))
		return true;
	r->first_word = true;
	if (has(r, LANGUAGE_DIFF))
		return read_diff(r, token);
	if (has(r, LANGUAGE_SHELL) && read_prompt(r, token))
		return true;
	if (has(r, LANGUAGE_BLOCKS))
		find_block(r);
	r->at = blanks_end(r, r->at);
	if (has(r, LANGUAGE_SECTIONS) && read_section(r, token))
		return true;
	while (has(r, LANGUAGE_BLOCKS) && starts_at(r, r->at, "- "))
		r->at = blanks_end(r, r->at + 2);
	size_t key = r->language->flags & (LANGUAGE_KEYS_COLON | LANGUAGE_KEYS_EQUALS) ? key_end(r, r->at) : 0;
	if (key)
		return give(r, token, key, name_class);
	if (has(r, LANGUAGE_DIRECTIVES) && char_at(r, r->at) == '#')
		return give(r, token, word_end(r, blanks_end(r, r->at + 1)), keyword_class);
	return false;
}

/* ---- words ---- */

static bool is_listed(struct str word, const char *list)
{
	return list && str_is_listed(word, list);
}

static bool read_word(struct code_reader *r, struct code_token *token)
{
	size_t end = word_end(r, r->at);
	struct str word = str_sub(r->text, r->at, end - r->at);
	bool first = r->first_word;
	char next = char_at(r, end);
	r->first_word = false;
	if (r->in_tag)
		return give(r, token, end, name_class);
	if (has(r, LANGUAGE_SHELL) && next == '=' && is_blank(before(r, r->at)))
		return give(r, token, end, name_class);
	bool apart = !has(r, LANGUAGE_PLAIN) || ((is_blank(next) || strchr(",;:]})(|&", next)) &&
						 (is_blank(before(r, r->at)) || strchr("[({,;|&!", before(r, r->at))));
	bool may_be_keyword = apart && (first || !has(r, LANGUAGE_FIRST)) && before(r, r->at) != '.';
	if (may_be_keyword && is_listed(word, r->language->keywords))
		return give(r, token, end, keyword_class);
	if (apart && before(r, r->at) != '.' && is_listed(word, r->language->constants))
		return give(r, token, end, constant_class);
	if (has(r, LANGUAGE_CALLS) && next == '(')
		return give(r, token, end, call_class);
	r->at = end;
	return false;
}

/* 10, 0x1f, 1.5Gi, 10.0.0.1. In text that stands unquoted a number stands alone. */
static bool read_number(struct code_reader *r, struct code_token *token)
{
	size_t end = r->at;
	while (end < r->text.size &&
	       (is_word(r, r->text.data[end]) || r->text.data[end] == '.' || r->text.data[end] == '%'))
		end++;
	char last = before(r, r->at);
	bool apart = !has(r, LANGUAGE_PLAIN) ||
		     ((is_blank(last) || strchr("=[({,:/", last)) && strchr(" \t\r\n,;:])}/", char_at(r, end)));
	if (!is_word(r, last) && last != '.' && apart)
		return give(r, token, end, constant_class);
	r->at = end;
	return false;
}

/* $name, ${name}, $(name), $1 */
static bool read_dollar(struct code_reader *r, struct code_token *token)
{
	char next = char_at(r, r->at + 1);
	if (next == '{') {
		size_t size = str_find_char(this_line(r), '}');
		return size != SIZE_MAX && size < KEY_BYTES && give(r, token, r->at + size + 1, variable_class);
	}
	size_t end = r->at + 1;
	while (end < r->text.size && (is_word_start(r->text.data[end]) || is_digit(r->text.data[end])))
		end++;
	if (end == r->at + 1 && strchr("@?#*!$", next))
		end++;
	return end > r->at + 1 && give(r, token, end, variable_class);
}

/* {{ name }} on one line, bounded. */
static bool read_braces(struct code_reader *r, struct code_token *token)
{
	struct str line = str_sub(this_line(r), 0, 2 * KEY_BYTES);
	size_t end = str_find(line, STR("}}"));
	return end != SIZE_MAX && give(r, token, r->at + end + 2, variable_class);
}

/* Notes the word of `<<WORD`; the text follows on the next line. */
static void find_here(struct code_reader *r)
{
	size_t at = r->at + 2;
	while (strchr("-~'\"", char_at(r, at)) && at < r->line_end)
		at++;
	size_t end = word_end(r, at);
	if (is_word_start(char_at(r, at)) && !r->here_is_lost)
		r->here = str_sub(r->text, at, end - at);
	r->at += 2;
}

static bool read_tag(struct code_reader *r, struct code_token *token)
{
	size_t at = r->at + 1;
	at += strchr("/!?", char_at(r, at)) != NULL;
	if (!is_word_start(char_at(r, at)))
		return false;
	while (is_word(r, char_at(r, at)) || strchr(":-.", char_at(r, at)))
		at++;
	r->in_tag = true;
	return give(r, token, at, keyword_class);
}

/* -x, --long-option */
static bool read_option(struct code_reader *r, struct code_token *token)
{
	size_t at = r->at + 1;
	at += char_at(r, at) == '-';
	return is_blank(before(r, r->at)) && is_word_start(char_at(r, at)) &&
	       give(r, token, word_end(r, at), name_class);
}

static bool read_marked(struct code_reader *r, struct code_token *token)
{
	char c = r->text.data[r->at];
	if (c == '$' && has(r, LANGUAGE_DOLLARS) && read_dollar(r, token))
		return true;
	if (c == '-' && has(r, LANGUAGE_SHELL) && read_option(r, token))
		return true;
	if (c == '{' && has(r, LANGUAGE_BRACES) && starts_at(r, r->at, "{{") && read_braces(r, token))
		return true;
	if (c == '@' && has(r, LANGUAGE_AT) && is_word_start(char_at(r, r->at + 1)))
		return give(r, token, word_end(r, r->at + 1), variable_class);
	if ((c == '&' || c == '*' || c == '!') && has(r, LANGUAGE_BLOCKS) && is_blank(before(r, r->at)) &&
	    is_word_start(char_at(r, r->at + 1)))
		return give(r, token, word_end(r, r->at + 1), variable_class);
	if (c == '<' && has(r, LANGUAGE_TAGS) && read_tag(r, token))
		return true;
	if (c == '>')
		r->in_tag = false;
	return false;
}

bool code_next(struct code_reader *r, struct code_token *token)
{
	while (r->at < r->text.size) {
		if (r->at >= r->next_line) {
			bool starts = before(r, r->at) == '\n';
			find_line_end(r);
			if (starts && read_line_start(r, token))
				return true;
			if (r->at >= r->line_end) {
				r->at++;
				continue;
			}
		}
		char c = r->text.data[r->at];
		if (has(r, LANGUAGE_TAGS) && !r->in_tag && c != '<') {
			r->at++;
			continue;
		}
		if (read_comment(r, token) || read_string(r, token) || read_marked(r, token))
			return true;
		if (c == '<' && has(r, LANGUAGE_HEREDOCS) && starts_at(r, r->at, "<<"))
			find_here(r);
		else if (is_digit(c) && read_number(r, token))
			return true;
		else if (is_word_start(c) && read_word(r, token))
			return true;
		else if (!is_digit(c) && !is_word_start(c))
			r->at++;
	}
	return false;
}
