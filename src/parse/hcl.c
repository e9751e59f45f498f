/* HCL as Terraform writes it: attributes, blocks and literal values, each with its place. Nothing is evaluated. */
#include "parse/parse.h"

struct hcl {
	struct arena *arena;
	const struct source *source;
	struct str text;
	size_t at;
	size_t nodes, max_nodes, max_depth;
	bool failed;
};

static struct yaml *parse_value(struct hcl *hcl, size_t depth);
static struct yaml *parse_body(struct hcl *hcl, size_t depth);

/* ---- words ---- */

static char char_at(const struct hcl *hcl, size_t at)
{
	return at < hcl->text.size ? hcl->text.data[at] : '\0';
}

static bool is_comment(const struct hcl *hcl, size_t at)
{
	char c = char_at(hcl, at), next = char_at(hcl, at + 1);

	return c == '#' || (c == '/' && (next == '/' || next == '*'));
}

/* Behind the comment that starts at `at`; the line end of one that a line ends is left. */
static size_t comment_end(const struct hcl *hcl, size_t at)
{
	bool block = char_at(hcl, at) == '/' && char_at(hcl, at + 1) == '*';
	size_t end = str_find_from(hcl->text, block ? STR("*/") : STR("\n"), at);

	return end == SIZE_MAX ? hcl->text.size : block ? end + 2 : end;
}

/* Blanks and comments, line ends where `lines`. */
static void skip_blanks(struct hcl *hcl, bool lines)
{
	while (hcl->at < hcl->text.size) {
		char c = char_at(hcl, hcl->at);

		if (is_comment(hcl, hcl->at))
			hcl->at = comment_end(hcl, hcl->at);
		else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n'))
			hcl->at++;
		else
			break;
	}
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || (unsigned char)c >= 0x80;
}

static struct word word_from(const struct hcl *hcl, size_t from, size_t to)
{
	struct str str = str_sub(hcl->text, from, to - from);

	return (struct word){str, {hcl->source->id, (uint32_t)from, (uint32_t)str.size}};
}

static struct word parse_name(struct hcl *hcl)
{
	size_t from = hcl->at;

	while (is_name_char(char_at(hcl, hcl->at)))
		hcl->at++;
	return word_from(hcl, from, hcl->at);
}

/* Behind the string whose quote stands at `at`; strings may stand in its ${...}. */
static size_t string_end(const struct hcl *hcl, size_t at)
{
	size_t open = 0; /* braces of ${ */
	bool inner = false;

	for (at++; at < hcl->text.size && char_at(hcl, at) != '\n'; at++) {
		char c = char_at(hcl, at);

		if (c == '\\') {
			at++;
		} else if (open == 0 && c == '"') {
			return at + 1;
		} else if (c == '"') {
			inner = !inner;
		} else if (!inner && (c == '$' || c == '%') && char_at(hcl, at + 1) == '{') {
			open++;
			at++;
		} else if (!inner && open > 0 && c == '{') {
			open++;
		} else if (!inner && open > 0 && c == '}') {
			open--;
		}
	}
	return SIZE_MAX;
}

/* ---- values ---- */

static struct yaml *new_node(struct hcl *hcl, enum yaml_kind kind, size_t from)
{
	struct yaml *node = NEW(hcl->arena, struct yaml);

	hcl->failed |= ++hcl->nodes > hcl->max_nodes;
	node->kind = kind;
	node->span = (struct span){hcl->source->id, (uint32_t)from, 0};
	return node;
}

static void end_node(const struct hcl *hcl, struct yaml *node)
{
	node->span.size = (uint32_t)hcl->at - node->span.off;
}

static struct yaml *fail(struct hcl *hcl, struct yaml *node)
{
	hcl->failed = true;
	return node;
}

/* \" and \\ undone; other escapes are of no use here. */
static struct str unescape(struct arena *arena, struct str text)
{
	if (str_find_char(text, '\\') == SIZE_MAX)
		return text;
	return str_replace(arena, str_replace(arena, text, STR("\\\""), STR("\"")), STR("\\\\"), STR("\\"));
}

static struct yaml *parse_string(struct hcl *hcl)
{
	size_t end = string_end(hcl, hcl->at);
	struct yaml *node = new_node(hcl, YAML_SCALAR, hcl->at + 1);
	struct word word;

	if (end == SIZE_MAX)
		return fail(hcl, node);
	word = word_from(hcl, hcl->at + 1, end - 1);
	node->text = unescape(hcl->arena, word.str);
	node->span = word.span;
	node->quoted = true;
	hcl->at = end;
	return node;
}

/* <<EOT or <<-EOT up to a line that holds only EOT. */
static size_t heredoc_end(const struct hcl *hcl, size_t at)
{
	struct str rest = str_from_off(hcl->text, at + 2), mark;

	if (str_starts(rest, STR("-")))
		rest = str_from_off(rest, 1);
	mark = str_trim(str_cut_line(&rest));
	while (mark.size > 0 && rest.data && rest.size > 0) {
		struct str line = str_trim(str_cut_line(&rest));

		if (str_eq(line, mark))
			return (size_t)(line.data - hcl->text.data) + line.size;
	}
	return SIZE_MAX;
}

/* Behind an expression, which a line end, a comma or a closing bracket outside of brackets ends. */
static size_t expression_end(const struct hcl *hcl, size_t at)
{
	size_t open = 0;

	while (at < hcl->text.size) {
		char c = char_at(hcl, at);

		if (c == '"') {
			at = string_end(hcl, at);
		} else if (c == '<' && char_at(hcl, at + 1) == '<') {
			at = heredoc_end(hcl, at);
		} else if (is_comment(hcl, at)) {
			if (open == 0 && char_at(hcl, at + 1) != '*')
				return at;
			at = comment_end(hcl, at);
		} else if (open == 0 && (c == '\n' || c == ',' || c == ']' || c == '}' || c == ')')) {
			return at;
		} else {
			open += c == '(' || c == '[' || c == '{';
			open -= c == ')' || c == ']' || c == '}';
			at++;
		}
		if (at == SIZE_MAX)
			return SIZE_MAX;
	}
	return open == 0 ? at : SIZE_MAX;
}

/* What is no literal: a scalar ${...}, as it would stand in a string. */
static struct yaml *parse_expression(struct hcl *hcl, size_t from)
{
	struct yaml *node = new_node(hcl, YAML_SCALAR, from);
	size_t end = expression_end(hcl, from);
	struct word word;

	if (end == SIZE_MAX || end == from)
		return fail(hcl, node);
	word = word_from(hcl, from, end);
	word.str = str_trim(word.str);
	word.span.size = (uint32_t)word.str.size;
	node->text = str_format(hcl->arena, "${" STR_FMT "}", STR_ARG(word.str));
	node->span = word.span;
	node->quoted = true;
	hcl->at = end;
	return node;
}

static bool is_for(const struct hcl *hcl, size_t at)
{
	return str_starts(str_from_off(hcl->text, at), STR("for")) && !is_name_char(char_at(hcl, at + 3));
}

static struct yaml *parse_list(struct hcl *hcl, size_t depth)
{
	struct yaml *node = new_node(hcl, YAML_LIST, hcl->at);

	hcl->at++;
	for (;;) {
		size_t from;

		skip_blanks(hcl, true);
		from = hcl->at;
		if (char_at(hcl, hcl->at) == ']')
			break;
		if (is_for(hcl, hcl->at))
			return parse_expression(hcl, node->span.off);
		vec_add(hcl->arena, &node->items, parse_value(hcl, depth + 1));
		skip_blanks(hcl, true);
		if (char_at(hcl, hcl->at) == ',')
			hcl->at++;
		if (hcl->failed || hcl->at == from)
			return fail(hcl, node);
	}
	hcl->at++;
	end_node(hcl, node);
	return node;
}

/* A name, a string, or an expression in parentheses. */
static struct word parse_key(struct hcl *hcl)
{
	struct yaml *node;

	if (is_name_char(char_at(hcl, hcl->at)))
		return parse_name(hcl);
	if (char_at(hcl, hcl->at) == '"') {
		node = parse_string(hcl);
		return (struct word){node->text, node->span};
	}
	if (char_at(hcl, hcl->at) == '(') {
		size_t from = hcl->at, end;

		hcl->at++;
		end = expression_end(hcl, hcl->at);
		if (end != SIZE_MAX && char_at(hcl, end) == ')') {
			hcl->at = end + 1;
			return (struct word){
				str_format(hcl->arena, "${" STR_FMT "}", STR_ARG(word_from(hcl, from, hcl->at).str)),
				word_from(hcl, from, hcl->at).span};
		}
	}
	hcl->failed = true;
	return word_from(hcl, hcl->at, hcl->at);
}

static struct yaml *parse_object(struct hcl *hcl, size_t depth)
{
	struct yaml *node = new_node(hcl, YAML_MAP, hcl->at);

	hcl->at++;
	for (;;) {
		struct word key;

		skip_blanks(hcl, true);
		if (char_at(hcl, hcl->at) == '}')
			break;
		if (node->pairs.n == 0 && is_for(hcl, hcl->at))
			return parse_expression(hcl, node->span.off);
		key = parse_key(hcl);
		skip_blanks(hcl, false);
		if (hcl->failed || (char_at(hcl, hcl->at) != '=' && char_at(hcl, hcl->at) != ':'))
			return fail(hcl, node);
		hcl->at++;
		skip_blanks(hcl, true);
		vec_add(hcl->arena, &node->pairs, (struct yaml_pair){key, parse_value(hcl, depth + 1)});
		skip_blanks(hcl, true);
		if (char_at(hcl, hcl->at) == ',')
			hcl->at++;
		if (hcl->failed)
			return node;
	}
	hcl->at++;
	end_node(hcl, node);
	return node;
}

/* A number, true, false or null; NULL for another word. */
static struct yaml *parse_bare(struct hcl *hcl)
{
	size_t from = hcl->at;
	struct yaml *node;
	struct word word;
	bool is_number;

	while (is_name_char(char_at(hcl, hcl->at)) || char_at(hcl, hcl->at) == '.')
		hcl->at++;
	word = word_from(hcl, from, hcl->at);
	is_number = word.str.size > 0 && (isdigit((unsigned char)word.str.data[0]) || word.str.data[0] == '-');
	if (!is_number && !str_is(word.str, "true") && !str_is(word.str, "false") && !str_is(word.str, "null"))
		return NULL;
	node = new_node(hcl, YAML_SCALAR, from);
	node->text = word.str;
	node->span = word.span;
	return node;
}

static struct yaml *parse_literal(struct hcl *hcl, size_t depth)
{
	char c = char_at(hcl, hcl->at);

	if (c == '[')
		return parse_list(hcl, depth);
	if (c == '{')
		return parse_object(hcl, depth);
	if (c == '"')
		return parse_string(hcl);
	return parse_bare(hcl);
}

static struct yaml *parse_value(struct hcl *hcl, size_t depth)
{
	size_t from = hcl->at;
	struct yaml *node;
	char c;

	if (depth > hcl->max_depth)
		return fail(hcl, new_node(hcl, YAML_SCALAR, from));
	node = parse_literal(hcl, depth);
	if (!node)
		return parse_expression(hcl, from);
	if (hcl->failed)
		return node;
	skip_blanks(hcl, false);
	c = char_at(hcl, hcl->at);
	/* An operator, an index: what stands before is a part of an expression. */
	return c == '\0' || strchr("\n,]})", c) ? node : parse_expression(hcl, from);
}

/* ---- bodies ---- */

/* `name "label" {`: labels become mappings of one pair each. */
static struct yaml *parse_block(struct hcl *hcl, size_t depth)
{
	struct yaml *outer = NULL, *inner = NULL;

	while (char_at(hcl, hcl->at) == '"' || is_name_char(char_at(hcl, hcl->at))) {
		struct yaml *map = new_node(hcl, YAML_MAP, hcl->at);
		struct word label = parse_key(hcl);

		if (hcl->failed)
			return map;
		if (inner)
			inner->pairs.data[0].value = map;
		else
			outer = map;
		vec_add(hcl->arena, &map->pairs, (struct yaml_pair){label, NULL});
		inner = map;
		skip_blanks(hcl, false);
	}
	if (char_at(hcl, hcl->at) != '{')
		return fail(hcl, new_node(hcl, YAML_MAP, hcl->at));
	hcl->at++;
	if (!inner)
		return parse_body(hcl, depth + 1);
	inner->pairs.data[0].value = parse_body(hcl, depth + 1);
	return outer;
}

/* Up to the closing brace, or the end of the text. */
static struct yaml *parse_body(struct hcl *hcl, size_t depth)
{
	struct yaml *node = new_node(hcl, YAML_MAP, hcl->at);

	if (depth > hcl->max_depth)
		return fail(hcl, node);
	for (;;) {
		struct yaml *value;
		struct word key;

		skip_blanks(hcl, true);
		if (hcl->at >= hcl->text.size || char_at(hcl, hcl->at) == '}')
			break;
		key = parse_name(hcl);
		skip_blanks(hcl, false);
		if (hcl->failed || key.str.size == 0)
			return fail(hcl, node);
		if (char_at(hcl, hcl->at) == '=') {
			hcl->at++;
			skip_blanks(hcl, false);
			value = parse_value(hcl, depth + 1);
		} else {
			value = parse_block(hcl, depth);
		}
		if (hcl->failed)
			return node;
		vec_add(hcl->arena, &node->pairs, (struct yaml_pair){key, value});
	}
	if ((depth > 0) != (char_at(hcl, hcl->at) == '}'))
		return fail(hcl, node);
	hcl->at += depth > 0;
	end_node(hcl, node);
	return node;
}

struct yaml *hcl_parse(struct arena *arena, const struct source *source, const struct yaml_limits *limits)
{
	struct hcl hcl = {.arena = arena,
			  .source = source,
			  .text = source->text,
			  .max_nodes = limits->nodes,
			  .max_depth = limits->depth};
	struct yaml *body;

	if (str_starts(hcl.text, STR("\xEF\xBB\xBF")))
		hcl.at = 3;
	body = parse_body(&hcl, 0);
	return hcl.failed ? NULL : body;
}
