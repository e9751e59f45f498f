/* Builds graphs by name for the readers of dot and mermaid, and makes labels plain. */
#include "parse/graph_build.h"

#include <assert.h>

/* ---- graphs ---- */

void build_init(struct graph_build *build, struct arena *arena, const struct source *source, struct span part,
		struct troubles *troubles)
{
	*build = (struct graph_build){.arena = arena, .source = source, .troubles = troubles};
	build->nodes.arena = arena;
	build->clusters.arena = arena;
	build->graph = NEW(arena, struct graph);
	build->graph->span = part;
	memcpy(build->graph->direction, "TB", 3);
}

static void *index_value(int index)
{
	return (void *)((uintptr_t)index + 1);
}

static int index_of(const void *value)
{
	return value ? (int)((uintptr_t)value - 1) : -1;
}

int build_node(struct graph_build *build, struct word id)
{
	int found = index_of(map_find(&build->nodes, id.str));
	if (found >= 0)
		return found;
	int index = (int)build->graph->nodes.n;
	struct graph_node node = {.id = id, .label = id, .shape = SHAPE_BOX, .cluster = -1};
	vec_add(build->arena, &build->graph->nodes, node);
	vec_add(build->arena, &build->stamps, 0u);
	map_put(&build->nodes, id.str, index_value(index));
	return index;
}

int build_find_cluster(const struct graph_build *build, struct str id)
{
	return index_of(map_find(&build->clusters, id));
}

int build_cluster(struct graph_build *build, struct word id, int parent)
{
	int found = build_find_cluster(build, id.str);
	if (found >= 0)
		return found;
	int index = (int)build->graph->clusters.n;
	struct graph_cluster cluster = {.id = id, .label = id, .parent = parent};
	vec_add(build->arena, &build->graph->clusters, cluster);
	map_put(&build->clusters, id.str, index_value(index));
	return index;
}

static bool cluster_is_inside(const struct graph *graph, int inner, int outer)
{
	if (outer < 0)
		return true;
	for (int depth = 0; inner >= 0 && depth <= GRAPH_DEPTH_MAX; depth++) {
		if (inner == outer)
			return true;
		inner = graph->clusters.data[inner].parent;
	}
	return false;
}

void build_place(struct graph_build *build, int node, int cluster)
{
	struct graph_node *it = &build->graph->nodes.data[node];
	if (cluster >= 0 && it->cluster != cluster && cluster_is_inside(build->graph, cluster, it->cluster))
		it->cluster = cluster;
}

void build_set_unique(struct graph_build *build, struct node_set *set)
{
	unsigned stamp = ++build->stamp;
	size_t n = 0;
	for (size_t i = 0; i < set->list.n; i++) {
		int node = set->list.data[i];
		if (build->stamps.data[node] == stamp)
			continue;
		build->stamps.data[node] = stamp;
		set->list.data[n++] = node;
	}
	set->list.n = n;
}

void build_edges(struct graph_build *build, const struct node_set *from, const struct node_set *to,
		 struct graph_edge model)
{
	for (size_t i = 0; i < from->list.n; i++) {
		for (size_t j = 0; j < to->list.n; j++) {
			if (build->graph->edges.n >= GRAPH_EDGES_MAX) {
				if (!build->edges_full)
					build_trouble(
						build, "diagram-syntax", "edges", model.span,
						span_is_none(model.span)
							? STR_NONE
							: str_sub(build->source->text, model.span.off, model.span.size),
						STR("20000"));
				build->edges_full = true;
				return;
			}
			model.from = from->list.data[i];
			model.to = to->list.data[j];
			vec_add(build->arena, &build->graph->edges, model);
		}
	}
}

void build_trouble(struct graph_build *build, const char *rule, const char *kind, struct span span, struct str text,
		   struct str extra)
{
	trouble_add(
		build->arena, build->troubles,
		(struct trouble){
			.rule = rule, .kind = kind, .span = span, .text = text, .extra = extra, .other = SPAN_NONE});
}

void build_expected(struct graph_build *build, struct str text, const char *expected)
{
	struct span span = span_of(build->source, text);
	if (build->n_syntax >= GRAPH_TROUBLES_MAX ||
	    (build->n_syntax && span.off >= build->line_from && span.off <= build->line_to))
		return;
	size_t end = str_find_from(build->source->text, STR("\n"), span.off);
	build->line_from = str_rfind_char(str_sub(build->source->text, 0, span.off), '\n') + 1;
	build->line_to = end == SIZE_MAX ? build->source->text.size : end;
	build->n_syntax++;
	build_trouble(build, "diagram-syntax", "syntax", span, text, str_from(expected));
}

/* ---- links ---- */

bool href_is_unsafe(struct str href)
{
	char scheme[16];
	size_t n = 0;
	/* Browsers skip control characters and blanks inside a scheme. */
	for (size_t i = 0; i < href.size && n < sizeof scheme; i++) {
		unsigned char c = (unsigned char)href.data[i];
		if (c <= ' ')
			continue;
		if (c == ':') {
			struct str name = {scheme, n};
			return str_is(name, "javascript") || str_is(name, "data") || str_is(name, "vbscript") ||
			       str_is(name, "file");
		}
		if (c == '/' || c == '#' || c == '?')
			return false;
		scheme[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : (char)c;
	}
	return false;
}

/* ---- labels ---- */

static const struct {
	const char *name;
	const char *text;
} entities[] = {
	{"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},   {"nbsp", " "},
	{"rarr", "→"},   {"larr", "←"},   {"harr", "↔"},   {"uarr", "↑"},   {"darr", "↓"},   {"bull", "•"},
	{"middot", "·"}, {"mdash", "—"},  {"ndash", "–"},  {"hellip", "…"}, {"times", "×"},  {"deg", "°"},
	{"euro", "€"},   {"copy", "©"},   {"semi", ";"},   {"colon", ":"},  {"num", "#"},    {"lpar", "("},
	{"rpar", ")"},   {"lbrack", "["}, {"rbrack", "]"}, {"lbrace", "{"}, {"rbrace", "}"}, {"vert", "|"},
	{"sol", "/"},    {"bsol", "\\"},
};

/* Code point of the digits of a numeric reference, or 0. */
static uint32_t reference_number(struct str digits, unsigned base)
{
	uint32_t value = 0;
	if (digits.size == 0 || digits.size > 7)
		return 0;
	for (size_t i = 0; i < digits.size; i++) {
		char c = digits.data[i];
		unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
				 : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
				 : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
							: 99;
		if (digit >= base)
			return 0;
		value = value * base + digit;
	}
	bool fits = value >= ' ' && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
	return fits ? value : 0;
}

/* Adds what the reference `name` (between & or # and ;) means; false when it means nothing. */
static bool reference_add(struct buf *out, struct str name, bool bare_number)
{
	uint32_t code = 0;
	if (name.size > 2 && name.data[0] == '#' && (name.data[1] == 'x' || name.data[1] == 'X'))
		code = reference_number(str_from_off(name, 2), 16);
	else if (name.size > 1 && name.data[0] == '#')
		code = reference_number(str_from_off(name, 1), 10);
	else if (bare_number)
		code = reference_number(name, 10);
	if (code) {
		char bytes[4];
		buf_add(out, (struct str){bytes, utf8_encode(code, bytes)});
		return true;
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (str_is(name, entities[i].name)) {
			buf_adds(out, entities[i].text);
			return true;
		}
	return false;
}

struct str label_entities(struct arena *arena, struct str text, bool hash)
{
	if (str_find_char(text, '&') == SIZE_MAX && (!hash || str_find_char(text, '#') == SIZE_MAX))
		return text;
	struct buf out = {0};
	for (size_t i = 0; i < text.size;) {
		char c = text.data[i];
		if (c == '&' || (hash && c == '#')) {
			struct str rest = str_sub(text, i + 1, 12);
			size_t end = str_find_char(rest, ';');
			if (end != SIZE_MAX && reference_add(&out, str_sub(rest, 0, end), c == '#')) {
				i += end + 2;
				continue;
			}
		}
		buf_addc(&out, c);
		i++;
	}
	struct str result = buf_dup(arena, &out);
	buf_free(&out);
	return result;
}

struct str label_tidy(struct arena *arena, struct str text)
{
	text = str_trim(text);
	if (str_find_char(text, '\n') == SIZE_MAX)
		return text;
	struct buf out = {0};
	bool first = true;
	while (text.data) {
		if (!first)
			buf_addc(&out, '\n');
		first = false;
		buf_add(&out, str_trim(str_cut_line(&text)));
	}
	struct str result = buf_dup(arena, &out);
	buf_free(&out);
	return result;
}

static bool tag_is(struct str tag, const char *name)
{
	struct str word = str_from(name);
	if (!str_starts_nocase(tag, word))
		return false;
	return tag.size == word.size || tag.data[word.size] == ' ' || tag.data[word.size] == '/' ||
	       tag.data[word.size] == '\n';
}

struct str label_html(struct arena *arena, struct str text, bool hash)
{
	struct buf out = {0};
	size_t last = str_rfind_char(text, '>'); /* so that no search runs to the end in vain */
	for (size_t i = 0; i < text.size;) {
		char c = text.data[i];
		char next = i + 1 < text.size ? text.data[i + 1] : ' ';
		bool opens = c == '<' && (next == '/' || next == '!' || (next >= 'a' && next <= 'z') ||
					  (next >= 'A' && next <= 'Z'));
		size_t end = opens && last != SIZE_MAX && i < last ? str_find_from(text, STR(">"), i) : SIZE_MAX;
		if (end == SIZE_MAX) {
			buf_addc(&out, c);
			i++;
			continue;
		}
		struct str tag = str_sub(text, i + 1, end - i - 1);
		if (tag_is(tag, "br") || tag_is(tag, "/tr") || tag_is(tag, "hr") || tag_is(tag, "/p") ||
		    tag_is(tag, "/div"))
			buf_addc(&out, '\n');
		else if (tag_is(tag, "/td"))
			buf_addc(&out, ' ');
		i = end + 1;
	}
	struct str plain = buf_dup(arena, &out);
	buf_free(&out);
	return label_tidy(arena, label_entities(arena, plain, hash));
}
