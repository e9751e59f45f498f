/* Templates: text with {{tags}}, parsed once into a flat list; every section is closed, every name is well formed. */
#include "parse/parse.h"

#define DEPTH_MAX 64

struct section {
	size_t node;
	struct str name;
	size_t off;
};

struct parser {
	struct arena *arena;
	struct str name;
	struct str text;
	VEC(struct template_node) nodes;
	struct section open[DEPTH_MAX];
	size_t n_open;
	struct str *error;
};

/* One {{tag}}: its bytes, what it means and its name. */
struct tag {
	size_t from, to;
	char mark; /* '#', '^', '/', '>', '!', '{' or 0 for a value */
	struct str name;
};

static size_t line_of(struct str text, size_t off)
{
	size_t line = 1;
	for (size_t i = 0; i < off; i++)
		line += text.data[i] == '\n';
	return line;
}

static bool fail(struct parser *p, size_t off, const char *what, struct str detail)
{
	size_t start = off;
	while (start && p->text.data[start - 1] != '\n')
		start--;
	*p->error = str_format(p->arena, STR_FMT ":%zu:%zu: %s" STR_FMT, STR_ARG(p->name), line_of(p->text, off),
			       off - start + 1, what, STR_ARG(detail));
	return false;
}

static struct str tag_text(const struct parser *p, const struct tag *tag)
{
	return str_sub(p->text, tag->from, tag->to - tag->from);
}

static bool is_name(struct str name)
{
	for (size_t i = 0; i < name.size; i++) {
		if (!isalnum((unsigned char)name.data[i]) && !strchr("_-./", name.data[i]))
			return false;
	}
	return name.size > 0;
}

/* Reads the tag that begins at tag->from. */
static bool read_tag(struct parser *p, struct tag *tag)
{
	struct str rest = str_from_off(p->text, tag->from + 2);
	bool raw = str_starts(rest, STR("{"));
	size_t size = str_find(rest, raw ? STR("}}}") : STR("}}"));
	if (size == SIZE_MAX)
		return fail(p, tag->from, raw ? "{{{ is never closed by }}}" : "{{ is never closed by }}", STR_NONE);
	tag->to = tag->from + 2 + size + (raw ? 3 : 2);
	struct str inner = str_sub(rest, 0, size);
	tag->mark = inner.size && strchr("#^/>!{", inner.data[0]) ? inner.data[0] : 0;
	tag->name = str_trim(str_from_off(inner, tag->mark ? 1 : 0));
	if (tag->mark != '!' && !is_name(tag->name))
		return fail(p, tag->from, "no name in ", tag_text(p, tag));
	return true;
}

/* A section, comment or partial alone on its line takes the line along: `from` and `to` widen to all of it. */
static void widen(const struct parser *p, struct tag *tag, size_t text_from)
{
	if (!tag->mark || tag->mark == '{')
		return;
	size_t from = tag->from;
	while (from > text_from && (p->text.data[from - 1] == ' ' || p->text.data[from - 1] == '\t'))
		from--;
	if (from && p->text.data[from - 1] != '\n')
		return;
	size_t to = tag->to;
	while (to < p->text.size && (p->text.data[to] == ' ' || p->text.data[to] == '\t' || p->text.data[to] == '\r'))
		to++;
	if (to < p->text.size && p->text.data[to] != '\n')
		return;
	tag->from = from;
	tag->to = to < p->text.size ? to + 1 : to;
}

static size_t add_node(struct parser *p, enum template_op op, struct str text, size_t from, size_t to)
{
	struct template_node node = {.op = op,
				     .text = text,
				     .end = (uint32_t)p->nodes.n + 1,
				     .span = {SPAN_NOWHERE, (uint32_t)from, (uint32_t)(to - from)}};
	vec_add(p->arena, &p->nodes, node);
	return p->nodes.n - 1;
}

static bool close_section(struct parser *p, const struct tag *tag)
{
	if (!p->n_open)
		return fail(p, tag->from, "nothing is open for ", tag_text(p, tag));
	const struct section *section = &p->open[--p->n_open];
	if (!str_eq(section->name, tag->name)) {
		struct str detail =
			str_format(p->arena, STR_FMT " closes \"" STR_FMT "\" of line %zu", STR_ARG(tag_text(p, tag)),
				   STR_ARG(section->name), line_of(p->text, section->off));
		return fail(p, tag->from, "", detail);
	}
	p->nodes.data[section->node].end = (uint32_t)p->nodes.n;
	return true;
}

static bool open_section(struct parser *p, const struct tag *tag)
{
	if (p->n_open == DEPTH_MAX)
		return fail(p, tag->from, "sections are nested too deep at ", tag_text(p, tag));
	enum template_op op = tag->mark == '#' ? TEMPLATE_SECTION : TEMPLATE_INVERTED;
	size_t node = add_node(p, op, tag->name, tag->from, tag->to);
	p->open[p->n_open++] = (struct section){node, tag->name, tag->from};
	return true;
}

static bool add_tag(struct parser *p, const struct tag *tag)
{
	switch (tag->mark) {
	case '#':
	case '^': return open_section(p, tag);
	case '/': return close_section(p, tag);
	case '!': break;
	case '>': add_node(p, TEMPLATE_PARTIAL, tag->name, tag->from, tag->to); break;
	case '{': add_node(p, TEMPLATE_RAW, tag->name, tag->from, tag->to); break;
	default: add_node(p, TEMPLATE_VALUE, tag->name, tag->from, tag->to); break;
	}
	return true;
}

static bool parse(struct parser *p)
{
	size_t pos = 0;
	while (pos < p->text.size) {
		struct tag tag = {.from = str_find_from(p->text, STR("{{"), pos)};
		if (tag.from == SIZE_MAX) {
			add_node(p, TEMPLATE_TEXT, str_from_off(p->text, pos), pos, p->text.size);
			break;
		}
		if (!read_tag(p, &tag))
			return false;
		struct tag wide = tag;
		widen(p, &wide, pos);
		if (wide.from > pos)
			add_node(p, TEMPLATE_TEXT, str_sub(p->text, pos, wide.from - pos), pos, wide.from);
		if (!add_tag(p, &tag))
			return false;
		pos = wide.to;
	}
	if (!p->n_open)
		return true;
	const struct section *section = &p->open[p->n_open - 1];
	return fail(p, section->off, "section is never closed: ", section->name);
}

struct template *template_parse(struct arena *arena, struct str name, struct str text, struct str *error)
{
	struct parser p = {.arena = arena, .name = name, .text = text, .error = error};
	if (!parse(&p))
		return NULL;
	struct template *template = NEW(arena, struct template);
	template->name = name;
	template->nodes = p.nodes.data;
	template->n = p.nodes.n;
	return template;
}
