/* Reads a dot file into a graph. Grammar only: nothing named in it is opened, fetched or run. */
#include "parse/dot_lex.h"

/* What `node [...]` and `edge [...]` set for what follows, and what a statement's own list says. */
struct dot_style {
	struct word label;
	bool has_label, label_html, invisible;
	enum graph_shape shape;
	bool record;
	struct str href;
	enum graph_line line;
	struct str dir, arrowhead, arrowtail, rankdir;
};

struct dot_scope {
	struct dot_style node, edge;
	int cluster;
	unsigned depth;
};

struct dot {
	struct graph_build build;
	struct dot_lexer lexer;
	struct dot_token token; /* the one looked at */
};

/* ---- tokens ---- */

static void advance(struct dot *dot)
{
	dot->token = dot_next(&dot->lexer);
}

static bool at_mark(const struct dot *dot, char mark)
{
	return dot->token.kind == DOT_MARK && dot->token.mark == mark;
}

static bool at_word(const struct dot *dot, const char *word)
{
	return dot->token.kind == DOT_ID && !dot->token.quoted && !dot->token.html &&
	       str_eq_nocase(dot->token.value, str_from(word));
}

static bool take(struct dot *dot, char mark)
{
	if (!at_mark(dot, mark))
		return false;
	advance(dot);
	return true;
}

/* Says what was expected in place of the token, and goes on at the next line. */
static void expected(struct dot *dot, const char *what)
{
	if (dot->token.kind == DOT_UNCLOSED) {
		char c = dot->token.raw.size ? dot->token.raw.data[0] : ' ';
		what = c == '"'   ? "the closing '\"' of the string"
		       : c == '<' ? "the closing '>' of the label"
				  : "the end '*/' of the comment";
	}
	build_expected(&dot->build, dot->token.raw, what);
	if (dot->token.kind == DOT_END || dot->token.kind == DOT_UNCLOSED || at_mark(dot, '}'))
		return;
	dot_skip_line(&dot->lexer);
	advance(dot);
}

static struct word token_word(const struct dot *dot)
{
	return (struct word){dot->token.value, span_of(dot->build.source, dot->token.raw)};
}

/* ---- values ---- */

static const struct {
	const char *name;
	enum graph_shape shape;
} shapes[] = {
	{"box", SHAPE_BOX},
	{"rect", SHAPE_BOX},
	{"rectangle", SHAPE_BOX},
	{"square", SHAPE_BOX},
	{"record", SHAPE_BOX},
	{"mrecord", SHAPE_ROUND},
	{"ellipse", SHAPE_STADIUM},
	{"oval", SHAPE_STADIUM},
	{"egg", SHAPE_STADIUM},
	{"circle", SHAPE_CIRCLE},
	{"doublecircle", SHAPE_CIRCLE},
	{"point", SHAPE_CIRCLE},
	{"mcircle", SHAPE_CIRCLE},
	{"diamond", SHAPE_DIAMOND},
	{"mdiamond", SHAPE_DIAMOND},
	{"hexagon", SHAPE_HEXAGON},
	{"octagon", SHAPE_HEXAGON},
	{"doubleoctagon", SHAPE_HEXAGON},
	{"cylinder", SHAPE_CYLINDER},
	{"component", SHAPE_SUBROUTINE},
	{"parallelogram", SHAPE_PARALLELOGRAM},
	{"trapezium", SHAPE_TRAPEZIUM},
	{"invtrapezium", SHAPE_TRAPEZIUM},
	{"note", SHAPE_BOX},
	{"cds", SHAPE_FLAG},
	{"house", SHAPE_FLAG},
	{"rarrow", SHAPE_FLAG},
	{"plaintext", SHAPE_PLAIN},
	{"plain", SHAPE_PLAIN},
	{"none", SHAPE_PLAIN},
	{"underline", SHAPE_PLAIN},
	{"box3d", SHAPE_BOX},
	{"folder", SHAPE_BOX},
	{"tab", SHAPE_BOX},
	{"msquare", SHAPE_BOX},
};

static void set_shape(struct dot_style *style, struct str name)
{
	style->record = str_eq_nocase(name, STR("record")) || str_eq_nocase(name, STR("mrecord"));
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (str_eq_nocase(name, str_from(shapes[i].name)))
			style->shape = shapes[i].shape;
}

static void set_style(struct dot_style *style, struct str words)
{
	while (words.data) {
		struct str word = str_trim(str_cut(&words, ','));
		if (str_is(word, "dashed") || str_is(word, "dotted"))
			style->line = LINE_DOTTED;
		else if (str_is(word, "bold"))
			style->line = LINE_THICK;
		else if (str_is(word, "solid"))
			style->line = LINE_SOLID;
		else if (str_is(word, "rounded") && style->shape == SHAPE_BOX)
			style->shape = SHAPE_ROUND;
		if (str_is(word, "invis") || str_is(word, "invisible")) {
			style->line = LINE_INVISIBLE;
			style->invisible = true;
		}
	}
}

static enum graph_tip tip_of(struct str name)
{
	if (name.size == 0)
		return TIP_ARROW;
	if (str_is(name, "none"))
		return TIP_NONE;
	return str_find(name, STR("dot")) != SIZE_MAX ? TIP_CIRCLE : TIP_ARROW;
}

/* A record label's fields: braces and ports dropped, one field a line. */
static struct str record_text(struct arena *arena, struct str label)
{
	struct buf out = {0};
	bool in_port = false;
	for (size_t i = 0; i < label.size; i++) {
		char c = label.data[i];
		if (c == '\\' && i + 1 < label.size && memchr("{}|<> ", label.data[i + 1], 6)) {
			buf_addc(&out, label.data[++i]);
		} else if (c == '<' || c == '>') {
			in_port = c == '<';
		} else if (!in_port && c == '|') {
			buf_addc(&out, '\n');
		} else if (!in_port && c != '{' && c != '}') {
			buf_addc(&out, c);
		}
	}
	struct str result = buf_dup(arena, &out);
	buf_free(&out);
	return result;
}

/* Escapes of a label undone: \n \l \r end a line, \N is the node's name, \G the graph's. */
static struct str label_text(struct dot *dot, const struct dot_style *style, struct str self, bool record)
{
	struct str label = style->label.str;
	if (style->label_html)
		return label_html(dot->build.arena, label, false);
	if (record)
		label = record_text(dot->build.arena, label);
	struct buf out = {0};
	for (size_t i = 0; i < label.size; i++) {
		char c = label.data[i];
		char next = i + 1 < label.size ? label.data[i + 1] : '\0';
		if (c != '\\' || !next) {
			buf_addc(&out, c);
			continue;
		}
		i++;
		if (next == 'n' || next == 'l' || next == 'r')
			buf_addc(&out, '\n');
		else if (next == 'N')
			buf_add(&out, self);
		else if (next == 'G')
			buf_add(&out, dot->build.graph->title.str);
		else if (!memchr("EHTL", next, 4))
			buf_addc(&out, next);
	}
	struct str result =
		label_tidy(dot->build.arena, label_entities(dot->build.arena, buf_dup(dot->build.arena, &out), false));
	buf_free(&out);
	return result;
}

/* ---- attributes ---- */

static bool is_engine(struct str name)
{
	static const char *const engines[] = {"dot",   "neato", "fdp",       "sfdp", "twopi",
					      "circo", "osage", "patchwork", "nop"};
	for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
		if (str_is(name, engines[i]))
			return true;
	return false;
}

static void asset(struct dot *dot, const char *kind, struct str key, struct word value)
{
	build_trouble(&dot->build, "diagram-asset", kind, value.span, value.str, key);
}

/* What an attribute would open or run; `value.str` is not empty. */
static void check_asset(struct dot *dot, struct str key, struct word value, bool html)
{
	static const char *const files[] = {"image", "shapefile", "stylesheet", "imagepath", "fontpath", "_background"};
	static const char *const links[] = {"url",      "href",    "edgeurl",  "edgehref", "headurl",
					    "headhref", "tailurl", "tailhref", "labelurl", "labelhref"};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (str_eq_nocase(key, str_from(files[i]))) {
			asset(dot, "file", key, value);
			return;
		}
	if (str_is(key, "layout") && !is_engine(str_trim(value.str)))
		asset(dot, "engine", key, value);
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (str_eq_nocase(key, str_from(links[i])) && href_is_unsafe(value.str))
			asset(dot, "script", key, value);
	if (!html)
		return;
	if (str_find_nocase(value.str, STR("<img")) != SIZE_MAX)
		asset(dot, "file", STR("IMG"), value);
	for (size_t at = 0; (at = str_find_from(value.str, STR("="), at)) != SIZE_MAX; at++) {
		struct str name = str_trim(str_sub(value.str, at < 5 ? 0 : at - 5, at < 5 ? at : 5));
		struct str target = str_trim_left(str_sub(value.str, at + 1, 64));
		if (target.size && (target.data[0] == '"' || target.data[0] == '\''))
			target = str_from_off(target, 1);
		if (str_ends_nocase(name, STR("href")) &&
		    href_is_unsafe(label_entities(dot->build.arena, target, false)))
			asset(dot, "script", STR("HREF"), value);
	}
}

static void set_attribute(struct dot *dot, struct dot_style *style, struct str key, struct word value, bool html)
{
	if (value.str.size)
		check_asset(dot, key, value, html);
	if (str_is(key, "label")) {
		style->label = value;
		style->has_label = true;
		style->label_html = html;
	} else if (str_is(key, "shape")) {
		set_shape(style, value.str);
	} else if (str_is(key, "style")) {
		set_style(style, value.str);
	} else if (str_is(key, "URL") || str_is(key, "href")) {
		style->href = href_is_unsafe(value.str) ? STR_NONE : value.str;
	} else if (str_is(key, "dir")) {
		style->dir = value.str;
	} else if (str_is(key, "arrowhead")) {
		style->arrowhead = value.str;
	} else if (str_is(key, "arrowtail")) {
		style->arrowtail = value.str;
	} else if (str_is(key, "rankdir")) {
		style->rankdir = value.str;
	} else if (str_is(key, "xlabel") && !style->has_label) {
		style->label = value;
		style->has_label = true;
		style->label_html = html;
	}
}

/* `key = value`, the key taken already; false when the value is missing. */
static bool read_value(struct dot *dot, struct dot_style *style, struct word key)
{
	if (dot->token.kind != DOT_ID) {
		expected(dot, "a value behind '='");
		return false;
	}
	set_attribute(dot, style, key.str, token_word(dot), dot->token.html);
	advance(dot);
	return true;
}

/* All `[...]` that follow. */
static bool read_attributes(struct dot *dot, struct dot_style *style)
{
	while (take(dot, '[')) {
		while (!at_mark(dot, ']')) {
			struct word key = token_word(dot);
			if (dot->token.kind != DOT_ID) {
				expected(dot, "an attribute or ']'");
				return false;
			}
			advance(dot);
			if (take(dot, '=')) {
				if (!read_value(dot, style, key))
					return false;
			} else if (dot->token.kind != DOT_ID && !at_mark(dot, ']') && !at_mark(dot, ',') &&
				   !at_mark(dot, ';')) {
				expected(dot, "'=' or ']'");
				return false;
			}
			if (!take(dot, ','))
				take(dot, ';');
		}
		advance(dot);
	}
	return true;
}

/* ---- statements ---- */

static void apply_node(struct dot *dot, int node, const struct dot_style *style)
{
	struct graph_node *it = &dot->build.graph->nodes.data[node];
	it->shape = style->shape;
	it->href = style->href;
	if (style->has_label)
		it->label = (struct word){label_text(dot, style, it->id.str, style->record), style->label.span};
	if (style->invisible) {
		it->shape = SHAPE_PLAIN;
		it->label.str = STR("");
	}
}

/* A node named in `scope`; made with the defaults of the place where it is first named. */
static int named_node(struct dot *dot, const struct dot_scope *scope, struct word id)
{
	size_t before = dot->build.graph->nodes.n;
	int node = build_node(&dot->build, id);
	if (dot->build.graph->nodes.n > before)
		apply_node(dot, node, &scope->node);
	build_place(&dot->build, node, scope->cluster);
	return node;
}

static struct graph_edge edge_of(struct dot *dot, const struct dot_style *style, struct span span)
{
	bool directed = dot->build.graph->directed;
	struct str dir = style->dir.size ? style->dir : directed ? STR("forward") : STR("none");
	bool both = str_is(dir, "both");
	struct graph_edge edge = {.line = style->line, .span = span};
	if (style->has_label)
		edge.label = (struct word){label_text(dot, style, STR(""), false), style->label.span};
	edge.head = both || str_is(dir, "forward") ? tip_of(style->arrowhead) : TIP_NONE;
	edge.tail = both || str_is(dir, "back") ? tip_of(style->arrowtail) : TIP_NONE;
	return edge;
}

static void statements(struct dot *dot, struct dot_scope scope, struct node_set *set);

/* Takes what stands between here and the '}' that closes depth levels of nesting, unread. */
static void skip_block(struct dot *dot)
{
	for (size_t depth = 1; dot->token.kind != DOT_END && dot->token.kind != DOT_UNCLOSED; advance(dot)) {
		if (at_mark(dot, '{'))
			depth++;
		else if (at_mark(dot, '}') && --depth == 0)
			return;
	}
}

static void cluster_done(struct dot *dot, int cluster, const struct dot_style *style)
{
	struct graph_cluster *it = &dot->build.graph->clusters.data[cluster];
	if (style->has_label)
		it->label = (struct word){label_text(dot, style, it->id.str, false), style->label.span};
	if (style->href.size)
		it->href = style->href;
}

/* `subgraph [id] {...}` or `{...}` at the token; its nodes go to `set`. */
static bool read_subgraph(struct dot *dot, const struct dot_scope *outer, struct node_set *set)
{
	struct dot_scope scope = *outer;
	scope.depth++;
	if (at_word(dot, "subgraph")) {
		advance(dot);
		struct word id = token_word(dot);
		if (dot->token.kind == DOT_ID) {
			if (str_starts(id.str, STR("cluster")) && scope.depth < GRAPH_DEPTH_MAX) {
				scope.cluster = build_cluster(&dot->build, id, outer->cluster);
				dot->build.graph->clusters.data[scope.cluster].label.str = STR("");
			}
			advance(dot);
		}
	}
	if (!at_mark(dot, '{')) {
		expected(dot, "'{' of the subgraph");
		return false;
	}
	struct str brace = dot->token.raw;
	advance(dot);
	if (scope.depth >= GRAPH_DEPTH_MAX) {
		build_expected(&dot->build, brace, "subgraphs not nested as deeply as this");
		skip_block(dot);
	} else {
		statements(dot, scope, set);
	}
	if (!take(dot, '}'))
		expected(dot, "'}' of the subgraph");
	return true;
}

/* `:port` or `:port:compass` behind a node. */
static bool skip_port(struct dot *dot)
{
	while (take(dot, ':')) {
		if (dot->token.kind != DOT_ID) {
			expected(dot, "a port behind ':'");
			return false;
		}
		advance(dot);
	}
	return true;
}

/* One end of an edge: a node or a subgraph. */
static bool read_end(struct dot *dot, const struct dot_scope *scope, struct node_set *set)
{
	if (at_mark(dot, '{') || at_word(dot, "subgraph"))
		return read_subgraph(dot, scope, set);
	if (dot->token.kind != DOT_ID) {
		expected(dot, "a node");
		return false;
	}
	int node = named_node(dot, scope, token_word(dot));
	vec_add(dot->build.arena, &set->list, node);
	advance(dot);
	return skip_port(dot);
}

static bool at_edge(const struct dot *dot)
{
	return dot->token.kind == DOT_ARROW || dot->token.kind == DOT_LINE;
}

/* `-> end -> end [attributes]` behind the first end. All nodes of it go to `set` too. */
static bool read_chain(struct dot *dot, const struct dot_scope *scope, const struct node_set *first,
		       struct node_set *set)
{
	VEC(struct node_set) ends = {0};
	struct str start = dot->token.raw;
	vec_add(dot->build.arena, &ends, *first);
	bool good = true;
	while (good && at_edge(dot)) {
		bool directed = dot->build.graph->directed;
		if (directed != (dot->token.kind == DOT_ARROW))
			build_expected(&dot->build, dot->token.raw, directed ? "'->' in a digraph" : "'--' in a graph");
		advance(dot);
		struct node_set end = {0};
		good = read_end(dot, scope, &end);
		for (size_t i = 0; i < end.list.n; i++)
			vec_add(dot->build.arena, &set->list, end.list.data[i]);
		vec_add(dot->build.arena, &ends, end);
	}
	struct dot_style style = scope->edge;
	good = good && read_attributes(dot, &style);
	struct graph_edge model = edge_of(dot, &style, span_of(dot->build.source, start));
	for (size_t i = 0; i + 1 < ends.n; i++) {
		build_set_unique(&dot->build, &ends.data[i]);
		build_set_unique(&dot->build, &ends.data[i + 1]);
		build_edges(&dot->build, &ends.data[i], &ends.data[i + 1], model);
	}
	return good;
}

/* A statement that begins with an id: `id = value`, a node, or an edge. */
static bool read_named(struct dot *dot, const struct dot_scope *scope, struct dot_style *own, struct node_set *set)
{
	struct word id = token_word(dot);
	advance(dot);
	if (take(dot, '='))
		return read_value(dot, own, id);
	struct node_set first = {0};
	struct dot_style style = scope->node;
	size_t before = dot->build.graph->nodes.n;
	int node = named_node(dot, scope, id);
	bool is_new = dot->build.graph->nodes.n > before;
	vec_add(dot->build.arena, &first.list, node);
	vec_add(dot->build.arena, &set->list, node);
	if (!skip_port(dot))
		return false;
	if (at_edge(dot))
		return read_chain(dot, scope, &first, set);
	if (!at_mark(dot, '['))
		return true;
	/* A node named before keeps what it has; the list changes only what it says. */
	const struct graph_node *it = &dot->build.graph->nodes.data[node];
	if (!is_new)
		style = (struct dot_style){.shape = it->shape, .href = it->href};
	bool good = read_attributes(dot, &style);
	apply_node(dot, node, &style);
	return good;
}

static bool read_statement(struct dot *dot, struct dot_scope *scope, struct dot_style *own, struct node_set *set)
{
	if (at_word(dot, "node") || at_word(dot, "edge") || at_word(dot, "graph")) {
		char first = dot->token.value.data[0];
		advance(dot);
		if (!at_mark(dot, '[')) {
			expected(dot, "'[' with attributes");
			return false;
		}
		if (first == 'g' || first == 'G')
			return read_attributes(dot, own);
		return read_attributes(dot, first == 'n' || first == 'N' ? &scope->node : &scope->edge);
	}
	if (at_mark(dot, '{') || at_word(dot, "subgraph")) {
		struct node_set first = {0};
		bool good = read_subgraph(dot, scope, &first);
		for (size_t i = 0; i < first.list.n; i++)
			vec_add(dot->build.arena, &set->list, first.list.data[i]);
		return good && at_edge(dot) ? read_chain(dot, scope, &first, set) : good;
	}
	if (dot->token.kind == DOT_ID)
		return read_named(dot, scope, own, set);
	expected(dot, "a node, an edge, a subgraph or '}'");
	return false;
}

static void set_direction(struct graph *graph, struct str rankdir)
{
	static const char *const directions[] = {"TB", "LR", "BT", "RL"};
	for (size_t i = 0; i < 4; i++)
		if (str_is(rankdir, directions[i]))
			memcpy(graph->direction, directions[i], 3);
}

/* Statements up to '}' or the end, which stay. Recursion is bounded by scope.depth. */
static void statements(struct dot *dot, struct dot_scope scope, struct node_set *set)
{
	struct dot_style own = {0};
	while (!at_mark(dot, '}') && dot->token.kind != DOT_END && dot->token.kind != DOT_UNCLOSED) {
		if (take(dot, ';'))
			continue;
		if (read_statement(dot, &scope, &own, set))
			take(dot, ',');
	}
	build_set_unique(&dot->build, set);
	if (scope.depth == 0)
		set_direction(dot->build.graph, own.rankdir);
	if (scope.depth == 0 && own.has_label)
		dot->build.graph->title =
			(struct word){label_text(dot, &own, dot->build.graph->title.str, false), own.label.span};
	else if (scope.depth > 0 && scope.cluster >= 0)
		cluster_done(dot, scope.cluster, &own);
}

static bool at_graph(const struct dot *dot)
{
	return at_word(dot, "strict") || at_word(dot, "graph") || at_word(dot, "digraph");
}

static void read_graph(struct dot *dot)
{
	struct graph *graph = dot->build.graph;
	if (at_word(dot, "strict"))
		advance(dot);
	if (!at_word(dot, "graph") && !at_word(dot, "digraph")) {
		expected(dot, "'graph' or 'digraph'");
		return;
	}
	graph->directed = at_word(dot, "digraph");
	graph->kind = graph->directed ? STR("digraph") : STR("graph");
	graph->supported = true;
	advance(dot);
	if (dot->token.kind == DOT_ID) {
		graph->title = token_word(dot);
		advance(dot);
	}
	if (!take(dot, '{')) {
		expected(dot, "'{' of the graph");
		return;
	}
	struct dot_scope scope = {.cluster = -1, .node = {.shape = SHAPE_ROUND}};
	struct node_set set = {0};
	statements(dot, scope, &set);
	if (!take(dot, '}')) {
		expected(dot, "'}' of the graph");
		return;
	}
	if (at_graph(dot))
		build_trouble(&dot->build, "diagram-syntax", "second-graph", token_word(dot).span, dot->token.value,
			      STR_NONE);
	else if (dot->token.kind != DOT_END)
		expected(dot, "the end of the file");
}

struct graph *dot_parse(struct arena *arena, const struct source *source, struct span part, struct troubles *troubles)
{
	struct dot dot = {0};
	build_init(&dot.build, arena, source, part, troubles);
	dot.lexer = (struct dot_lexer){.arena = arena, .text = str_sub(source->text, part.off, part.size)};
	advance(&dot);
	read_graph(&dot);
	return dot.build.graph;
}
