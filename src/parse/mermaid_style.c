/* Reads classes and styles of mermaid: colours become tones, dashes and widths become words that the theme knows. */
#include "parse/mermaid_scan.h"

/* The value of `key:` in "fill:#f9f,stroke:#333"; commas inside brackets do not part. */
static struct str style_value(struct str css, const char *key)
{
	while (css.size) {
		size_t end = 0;
		for (int depth = 0; end < css.size && (depth > 0 || !strchr(",;", css.data[end])); end++)
			depth += css.data[end] == '(' ? 1 : css.data[end] == ')' ? -1 : 0;
		struct str value = str_sub(css, 0, end);
		css = str_from_off(css, end + 1);
		struct str name = str_trim(str_cut(&value, ':'));
		if (str_eq_nocase(name, str_from(key)))
			return str_trim(value);
	}
	return STR_NONE;
}

static bool is_wide(struct str width)
{
	return width.size && width.data[0] >= '3' && width.data[0] <= '9';
}

/* "tone-red dashed strong": what of a style the theme has words for. */
static struct str style_kind(struct arena *arena, struct str css)
{
	struct str parts[3], tone = STR("");
	size_t n = 0;
	struct str dashes = style_value(css, "stroke-dasharray");
	if (!mermaid_tone(style_value(css, "fill"), &tone) || !tone.size)
		mermaid_tone(style_value(css, "stroke"), &tone);
	if (tone.size)
		parts[n++] = str_format(arena, "tone-" STR_FMT, STR_ARG(tone));
	if (dashes.size && !str_starts(dashes, STR("0")))
		parts[n++] = STR("dashed");
	if (is_wide(style_value(css, "stroke-width")))
		parts[n++] = STR("strong");
	return str_join(arena, parts, n, STR(" "));
}

/* Adds one for each name of "a,b,c". */
static void add_each(struct mermaid *mermaid, struct mermaid_styles *styles, struct str names,
		     struct mermaid_styled model)
{
	while (names.size) {
		model.name = str_trim(str_cut(&names, ','));
		if (model.name.size)
			vec_add(mermaid->build.arena, &styles->list, model);
	}
}

void mermaid_add_class(struct mermaid *mermaid, struct mermaid_styles *styles, struct str name, struct str class)
{
	if (class.size && name.size)
		vec_add(mermaid->build.arena, &styles->list, (struct mermaid_styled){.name = name, .class = class});
}

/* "a, b" of "a, b fill:#f9f": names go on behind a comma. */
static struct str cut_names(struct str *rest)
{
	size_t end = 0;
	while (end < rest->size) {
		bool blank = rest->data[end] == ' ' || rest->data[end] == '\t';
		size_t next = end;
		while (next < rest->size && (rest->data[next] == ' ' || rest->data[next] == '\t'))
			next++;
		bool joined = (end > 0 && rest->data[end - 1] == ',') || (next < rest->size && rest->data[next] == ',');
		if (blank && !joined)
			break;
		end = blank ? next : end + 1;
	}
	struct str names = str_sub(*rest, 0, end);
	*rest = str_trim(str_from_off(*rest, end));
	return names;
}

bool mermaid_take_style(struct mermaid *mermaid, struct mermaid_styles *styles, struct str statement)
{
	struct arena *arena = mermaid->build.arena;
	struct str word = mermaid_first_word(statement);
	struct str rest = str_trim(str_from_off(statement, word.size));
	bool define = str_is(word, "classDef"), edge = str_is(word, "linkStyle"), style = str_is(word, "style");
	if (!define && !edge && !style && !str_is(word, "class"))
		return false;
	struct str names = cut_names(&rest);
	if (str_starts(rest, STR("interpolate "))) {
		rest = str_trim(str_from_off(rest, strlen("interpolate ")));
		cut_names(&rest);
	}
	if (define) {
		struct str kind = style_kind(arena, rest);
		struct str *kept = arena_copy(arena, &kind, sizeof kind);
		while (names.size)
			map_put(&styles->classes, str_trim(str_cut(&names, ',')), kept);
	} else if (edge || style) {
		add_each(mermaid, styles, names,
			 (struct mermaid_styled){.kind = style_kind(arena, rest), .is_edge = edge});
	} else {
		add_each(mermaid, styles, names, (struct mermaid_styled){.class = rest.size ? rest : STR("")});
	}
	return true;
}

/* ---- on the graph ---- */

static struct str joined(struct arena *arena, struct str a, struct str b)
{
	struct str parts[2] = {a, b};
	return !a.size ? b : !b.size ? a : str_join(arena, parts, 2, STR(" "));
}

static void put_edge(struct mermaid *mermaid, size_t index, struct str kind)
{
	if (index >= mermaid->build.graph->edges.n)
		return;
	struct graph_edge *edge = &mermaid->build.graph->edges.data[index];
	if (str_find(kind, STR("dashed")) != SIZE_MAX && edge->line == LINE_SOLID)
		edge->line = LINE_DOTTED;
	if (str_find(kind, STR("strong")) != SIZE_MAX && edge->line == LINE_SOLID)
		edge->line = LINE_THICK;
	edge->kind = kind;
}

static void put_edges(struct mermaid *mermaid, struct str name, struct str kind)
{
	long long index = 0;
	if (str_is(name, "default")) {
		for (size_t i = 0; i < mermaid->build.graph->edges.n; i++)
			if (!mermaid->build.graph->edges.data[i].kind.size)
				put_edge(mermaid, i, kind);
	} else if (str_to_number(name, &index)) {
		put_edge(mermaid, (size_t)index, kind);
	}
}

static void put_node(struct mermaid *mermaid, struct str name, struct str kind)
{
	struct graph_build *build = &mermaid->build;
	int cluster = build_find_cluster(build, name);
	struct str *of = NULL;
	if (map_has(&build->nodes, name))
		of = &build->graph->nodes.data[build_node(build, (struct word){name, SPAN_NONE})].kind;
	else if (cluster >= 0)
		of = &build->graph->clusters.data[cluster].kind;
	if (of && of->size + kind.size < 200)
		*of = joined(build->arena, *of, kind);
}

/* Class `default` is put on every node that has nothing else. */
static void put_default(struct mermaid *mermaid, const struct mermaid_styles *styles)
{
	const struct str *kind = map_find(&styles->classes, STR("default"));
	struct graph *graph = mermaid->build.graph;
	for (size_t i = 0; kind && i < graph->nodes.n; i++)
		if (!graph->nodes.data[i].kind.size)
			graph->nodes.data[i].kind = *kind;
}

void mermaid_put_styles(struct mermaid *mermaid, const struct mermaid_styles *styles)
{
	bool all_edges_styled = false;
	for (size_t i = 0; i < styles->list.n; i++) {
		const struct mermaid_styled *it = &styles->list.data[i];
		const struct str *class = it->class.data ? map_find(&styles->classes, it->class) : &it->kind;
		if (!class || !class->size)
			continue;
		bool is_default = it->is_edge && str_is(it->name, "default");
		if (it->is_edge && !(is_default && all_edges_styled))
			put_edges(mermaid, it->name, *class);
		else if (!it->is_edge)
			put_node(mermaid, it->name, *class);
		all_edges_styled |= is_default;
	}
	put_default(mermaid, styles);
}
