/* Reads the statements of a mermaid flowchart: nodes with shapes, links, subgraphs; classes and styles as far as they say something. */
#include "parse/mermaid_scan.h"

struct flow {
	struct mermaid *mermaid;
	struct map edge_ids; /* names given by `name@-->` */
	struct mermaid_styles styles;
	int open[GRAPH_DEPTH_MAX]; /* subgraphs open here, outermost first */
	struct str opened[GRAPH_DEPTH_MAX];
	size_t depth; /* may run past the bound: such subgraphs are read, not kept */
	unsigned n_untitled;
	size_t last_brace; /* offset of the last '}', or SIZE_MAX */
};

/* ---- words ---- */

static bool is_id_char(const struct mermaid *mermaid, size_t off)
{
	unsigned char c = (unsigned char)mermaid_char(mermaid, off);
	char next = mermaid_char(mermaid, off + 1);
	if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80)
		return true;
	if (c == '-')
		return next != '>' && next != '-' && next != '.';
	if (c == '=')
		return next != '=';
	return c && strchr("_!#$&'*+.?/\\", c);
}

static struct str read_id(struct mermaid *mermaid)
{
	size_t start = mermaid->at;
	while (is_id_char(mermaid, mermaid->at))
		mermaid->at++;
	return mermaid_from(mermaid, start);
}

static struct word word_of(const struct mermaid *mermaid, struct str text)
{
	return (struct word){text, span_of(mermaid->build.source, text)};
}

/* A word of the language at the position, followed by a blank, ':' or the end. */
static bool at_word(const struct mermaid *mermaid, const char *word)
{
	struct str wanted = str_from(word);
	if (!str_starts(str_from_off(mermaid->text, mermaid->at), wanted))
		return false;
	char c = mermaid_char(mermaid, mermaid->at + wanted.size);
	return c == '\0' || strchr(" \t\r\n;:", c);
}

/* Up to the end of the statement. */
static void skip_statement(struct mermaid *mermaid)
{
	while (mermaid->at < mermaid->text.size && mermaid->text.data[mermaid->at] != '\n' &&
	       mermaid->text.data[mermaid->at] != ';')
		mermaid->at++;
}

/* ---- nodes ---- */

/* Brackets of the shapes, the longer openers first. */
static const struct {
	const char *open;
	const char *close[2];
	size_t n;
	enum graph_shape shape[2];
} brackets[] = {
	{"(((", {")))"}, 1, {SHAPE_DOUBLE_CIRCLE}},
	{"((", {"))"}, 1, {SHAPE_CIRCLE}},
	{"([", {"])"}, 1, {SHAPE_STADIUM}},
	{"(-", {"-)"}, 1, {SHAPE_STADIUM}},
	{"(", {")"}, 1, {SHAPE_ROUND}},
	{"[[", {"]]"}, 1, {SHAPE_SUBROUTINE}},
	{"[(", {")]"}, 1, {SHAPE_CYLINDER}},
	{"[/", {"/]", "\\]"}, 2, {SHAPE_PARALLELOGRAM, SHAPE_TRAPEZIUM}},
	{"[\\", {"\\]", "/]"}, 2, {SHAPE_PARALLELOGRAM_BACK, SHAPE_TRAPEZIUM_DOWN}},
	{"[", {"]"}, 1, {SHAPE_BOX}},
	{"{{", {"}}"}, 1, {SHAPE_HEXAGON}},
	{"{", {"}"}, 1, {SHAPE_DIAMOND}},
	{">", {"]"}, 1, {SHAPE_FLAG}},
};

/* `[text]` and its kin behind a node's name; false after a trouble. */
static bool read_shape(struct mermaid *mermaid, int node)
{
	struct str rest = str_from_off(mermaid->text, mermaid->at);
	for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
		if (!str_starts(rest, str_from(brackets[i].open)))
			continue;
		size_t opener = mermaid->at;
		struct word label = {0};
		mermaid->at += strlen(brackets[i].open);
		int closer = mermaid_text(mermaid, opener, brackets[i].close, brackets[i].n, &label);
		if (closer < 0)
			return false;
		struct graph_node *it = &mermaid->build.graph->nodes.data[node];
		it->shape = brackets[i].shape[closer];
		it->label = label;
		return true;
	}
	return true;
}

/* One `key: value` of `@{...}`; the position is at the key. */
static struct word read_pair(struct mermaid *mermaid, struct str *key)
{
	size_t start = mermaid->at;
	while (mermaid->at < mermaid->text.size && !strchr(":},\n", mermaid->text.data[mermaid->at]))
		mermaid->at++;
	*key = str_trim(mermaid_from(mermaid, start));
	if (mermaid_char(mermaid, mermaid->at) != ':')
		return (struct word){0};
	mermaid->at++;
	mermaid_skip_blanks(mermaid);
	start = mermaid->at;
	char quote = mermaid_char(mermaid, start);
	if (quote == '"' || quote == '\'') {
		size_t end = start + 1;
		while (end < mermaid->text.size && mermaid->text.data[end] != quote)
			end++;
		mermaid->at = end < mermaid->text.size ? end + 1 : end;
		return word_of(mermaid, str_sub(mermaid->text, start + 1, end - start - 1));
	}
	while (mermaid->at < mermaid->text.size && !strchr(",}\n", mermaid->text.data[mermaid->at]))
		mermaid->at++;
	return word_of(mermaid, str_trim(mermaid_from(mermaid, start)));
}

/* `@{ shape: x, label: "y" }`; node -1: for an edge, read and dropped. */
static bool read_properties(struct flow *flow, int node)
{
	struct mermaid *mermaid = flow->mermaid;
	size_t opener = mermaid->at;
	bool closed = flow->last_brace != SIZE_MAX && flow->last_brace > opener;
	mermaid->at += 2;
	while (closed && mermaid->at < mermaid->text.size) {
		while (mermaid_char(mermaid, mermaid->at) && strchr(" \t\r\n,", mermaid_char(mermaid, mermaid->at)))
			mermaid->at++;
		if (mermaid_char(mermaid, mermaid->at) == '}') {
			mermaid->at++;
			return true;
		}
		size_t before = mermaid->at;
		struct str key;
		struct word value = read_pair(mermaid, &key);
		if (mermaid->at == before)
			break;
		struct graph_node *it = node < 0 ? NULL : &mermaid->build.graph->nodes.data[node];
		if (it && str_is(key, "shape"))
			it->shape = mermaid_shape(value.str);
		else if (it && str_is(key, "label"))
			it->label = (struct word){mermaid_label(mermaid, value.str), value.span};
	}
	mermaid->at = opener;
	build_expected(&mermaid->build, mermaid_rest(mermaid, opener), "'}' behind the properties");
	return false;
}

static bool read_node(struct flow *flow, struct node_set *set)
{
	struct mermaid *mermaid = flow->mermaid;
	size_t start = mermaid->at;
	struct str id = read_id(mermaid);
	if (id.size == 0) {
		struct str rest = mermaid_rest(mermaid, start);
		build_expected(&mermaid->build, rest.size ? str_sub(rest, 0, 1) : rest, "a node");
		return false;
	}
	if (str_is(id, "end")) {
		build_expected(&mermaid->build, id,
			       "a node; 'end' is a word of the language, write 'End' or another name");
		return false;
	}
	bool has_properties = str_starts(str_from_off(mermaid->text, mermaid->at), STR("@{"));
	if (has_properties && map_has(&flow->edge_ids, id))
		return read_properties(flow, -1);
	int node = build_node(&mermaid->build, word_of(mermaid, id));
	size_t depth = flow->depth < GRAPH_DEPTH_MAX ? flow->depth : GRAPH_DEPTH_MAX;
	if (depth)
		build_place(&mermaid->build, node, flow->open[depth - 1]);
	vec_add(mermaid->build.arena, &set->list, node);
	if (!read_shape(mermaid, node))
		return false;
	if (str_starts(str_from_off(mermaid->text, mermaid->at), STR("@{")) && !read_properties(flow, node))
		return false;
	if (str_starts(str_from_off(mermaid->text, mermaid->at), STR(":::"))) {
		mermaid->at += 3;
		mermaid_add_class(mermaid, &flow->styles, id, read_id(mermaid));
	}
	return true;
}

/* `a & b & c` */
static bool read_nodes(struct flow *flow, struct node_set *set)
{
	struct mermaid *mermaid = flow->mermaid;
	for (;;) {
		if (!read_node(flow, set))
			return false;
		size_t behind = mermaid->at;
		mermaid_skip_blanks(mermaid);
		if (mermaid_char(mermaid, mermaid->at) != '&') {
			mermaid->at = behind;
			return true;
		}
		mermaid->at++;
		mermaid_skip_space(mermaid);
	}
}

/* Takes `name@` in front of a link. */
static void take_edge_id(struct flow *flow)
{
	struct mermaid *mermaid = flow->mermaid;
	size_t start = mermaid->at;
	struct str id = read_id(mermaid);
	if (id.size && mermaid_char(mermaid, mermaid->at) == '@' && mermaid_link_at(mermaid, mermaid->at + 1).end) {
		map_put(&flow->edge_ids, id, flow);
		mermaid->at++;
		return;
	}
	mermaid->at = start;
}

/* Nodes and the links between them. */
static bool read_chain(struct flow *flow)
{
	struct mermaid *mermaid = flow->mermaid;
	struct node_set from = {0};
	if (!read_nodes(flow, &from))
		return false;
	for (;;) {
		size_t behind = mermaid->at;
		unsigned n_syntax = mermaid->build.n_syntax;
		struct graph_edge edge;
		mermaid_skip_space(mermaid);
		take_edge_id(flow);
		size_t at_link = mermaid->at;
		if (!mermaid_link_read(mermaid, &edge)) {
			if (mermaid->at != at_link || mermaid->build.n_syntax != n_syntax)
				return false;
			mermaid->at = behind;
			return true;
		}
		struct node_set to = {0};
		mermaid_skip_space(mermaid);
		if (!read_nodes(flow, &to))
			return false;
		build_set_unique(&mermaid->build, &from);
		build_set_unique(&mermaid->build, &to);
		build_edges(&mermaid->build, &from, &to, edge);
		from = to;
	}
}

/* ---- other statements ---- */

static bool set_direction(struct flow *flow, struct str word)
{
	static const struct {
		const char *word;
		const char *direction;
	} names[] = {
		{"TB", "TB"}, {"TD", "TB"}, {"BT", "BT"}, {"LR", "LR"}, {"RL", "RL"},
		{"v", "TB"},  {"^", "BT"},  {">", "LR"},  {"<", "RL"},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(word, names[i].word)) {
			struct graph *graph = flow->mermaid->build.graph;
			if (flow->depth == 0)
				memcpy(graph->direction, names[i].direction, 3);
			else if (flow->depth <= GRAPH_DEPTH_MAX)
				memcpy(graph->clusters.data[flow->open[flow->depth - 1]].direction, names[i].direction,
				       3);
			return true;
		}
	return false;
}

static struct str read_bare(struct mermaid *mermaid)
{
	size_t start = mermaid->at;
	while (mermaid->at < mermaid->text.size && !strchr(" \t\r\n;", mermaid->text.data[mermaid->at]))
		mermaid->at++;
	return mermaid_from(mermaid, start);
}

static bool read_direction(struct flow *flow)
{
	struct mermaid *mermaid = flow->mermaid;
	mermaid_skip_blanks(mermaid);
	struct str word = read_bare(mermaid);
	if (set_direction(flow, word))
		return true;
	build_expected(&mermaid->build, word, "a direction: TB, TD, BT, LR or RL");
	return false;
}

/* Title of a subgraph in quotes at the position. */
static bool read_quoted_title(struct mermaid *mermaid, struct word *label)
{
	size_t end = str_find_from(mermaid->text, STR("\""), mermaid->at + 1);
	if (end == SIZE_MAX) {
		build_expected(&mermaid->build, mermaid_rest(mermaid, mermaid->at), "the closing '\"' of the title");
		return false;
	}
	struct str raw = str_sub(mermaid->text, mermaid->at + 1, end - mermaid->at - 1);
	*label = (struct word){mermaid_label(mermaid, raw), span_of(mermaid->build.source, raw)};
	mermaid->at = end + 1;
	return true;
}

/* The name and title of a subgraph; the name's str is empty when only a title stands there. */
static bool read_subgraph_name(struct mermaid *mermaid, struct word *id, struct word *label)
{
	static const char *const close[] = {"]"};
	size_t start = mermaid->at;
	while (!mermaid_at_end(mermaid) && !strchr("[\"", mermaid->text.data[mermaid->at]))
		mermaid->at++;
	*id = word_of(mermaid, str_trim(mermaid_from(mermaid, start)));
	*label = (struct word){mermaid_label(mermaid, id->str), id->span};
	if (mermaid_char(mermaid, mermaid->at) == '"')
		return read_quoted_title(mermaid, label);
	if (mermaid_char(mermaid, mermaid->at) != '[')
		return true;
	size_t opener = mermaid->at++;
	return mermaid_text(mermaid, opener, close, 1, label) == 0;
}

static bool read_subgraph(struct flow *flow, struct str keyword)
{
	struct mermaid *mermaid = flow->mermaid;
	struct word id, label;
	mermaid_skip_blanks(mermaid);
	bool good = read_subgraph_name(mermaid, &id, &label);
	if (id.str.size == 0) {
		id = label;
		if (id.str.size == 0)
			id.str = str_format(mermaid->build.arena, "subGraph%u", flow->n_untitled++);
	}
	if (flow->depth < GRAPH_DEPTH_MAX) {
		int parent = flow->depth ? flow->open[flow->depth - 1] : -1;
		int known = build_find_cluster(&mermaid->build, id.str);
		int cluster = build_cluster(&mermaid->build, id, parent);
		if (known < 0 || label.str.size)
			mermaid->build.graph->clusters.data[cluster].label = label;
		flow->open[flow->depth] = cluster;
		flow->opened[flow->depth] = keyword;
	} else if (flow->depth == GRAPH_DEPTH_MAX) {
		build_expected(&mermaid->build, keyword, "subgraphs not nested as deeply as this");
	}
	flow->depth++;
	return good;
}

static bool read_end(struct flow *flow, struct str keyword)
{
	if (flow->depth == 0) {
		build_expected(&flow->mermaid->build, keyword, "a subgraph that this 'end' closes");
		return false;
	}
	flow->depth--;
	return true;
}

/* `click id "url"` and `click id href "url"`; calls of functions do nothing here. */
static bool read_click(struct flow *flow)
{
	struct mermaid *mermaid = flow->mermaid;
	mermaid_skip_blanks(mermaid);
	struct str id = read_bare(mermaid);
	mermaid_skip_blanks(mermaid);
	if (at_word(mermaid, "href")) {
		mermaid->at += 4;
		mermaid_skip_blanks(mermaid);
	}
	if (mermaid_char(mermaid, mermaid->at) == '"') {
		struct str rest = mermaid_rest(mermaid, mermaid->at);
		size_t start = mermaid->at + 1;
		size_t end = str_find_from(mermaid->text, STR("\""), start);
		size_t line_end = str_find_from(mermaid->text, STR("\n"), start);
		if (end == SIZE_MAX || end > line_end) {
			build_expected(&mermaid->build, rest, "the closing '\"' of the address");
			return false;
		}
		struct str href = str_sub(mermaid->text, start, end - start);
		if (href_is_unsafe(href)) {
			build_trouble(&mermaid->build, "diagram-asset", "script", span_of(mermaid->build.source, href),
				      href, STR("click"));
		} else if (id.size && map_has(&mermaid->build.nodes, id)) {
			int node = build_node(&mermaid->build, word_of(mermaid, id));
			mermaid->build.graph->nodes.data[node].href = href;
		}
	}
	mermaid_skip_line(mermaid);
	return true;
}

/* `accTitle: x`, `accDescr: x`, `accDescr { x }`. */
static bool read_accessible(struct flow *flow, bool title)
{
	struct mermaid *mermaid = flow->mermaid;
	mermaid_skip_blanks(mermaid);
	if (mermaid_char(mermaid, mermaid->at) == '{') {
		size_t end = str_find_from(mermaid->text, STR("}"), mermaid->at);
		mermaid->at = end == SIZE_MAX ? mermaid->text.size : end + 1;
		return true;
	}
	size_t start = mermaid->at + 1;
	mermaid_skip_line(mermaid);
	if (title && start < mermaid->at && mermaid->build.graph->title.str.size == 0)
		mermaid->build.graph->title =
			word_of(mermaid, str_trim(str_sub(mermaid->text, start, mermaid->at - start)));
	return true;
}

static bool read_statement(struct flow *flow)
{
	static const char *const styling[] = {"class", "classDef", "style", "linkStyle"};
	struct mermaid *mermaid = flow->mermaid;
	size_t start = mermaid->at;
	for (size_t i = 0; i < 4; i++)
		if (at_word(mermaid, styling[i])) {
			skip_statement(mermaid);
			mermaid_take_style(mermaid, &flow->styles, str_trim(mermaid_from(mermaid, start)));
			return true;
		}
	static const char *const words[] = {"subgraph", "end", "direction", "click", "accTitle", "accDescr"};
	for (size_t i = 0; i < 6; i++) {
		if (!at_word(mermaid, words[i]))
			continue;
		mermaid->at += strlen(words[i]);
		struct str keyword = mermaid_from(mermaid, start);
		return i == 0   ? read_subgraph(flow, keyword)
		       : i == 1 ? read_end(flow, keyword)
		       : i == 2 ? read_direction(flow)
		       : i == 3 ? read_click(flow)
				: read_accessible(flow, i == 4);
	}
	return read_chain(flow);
}

void mermaid_flowchart(struct mermaid *mermaid)
{
	struct flow flow = {.mermaid = mermaid,
			    .edge_ids = {.arena = mermaid->build.arena},
			    .styles.classes.arena = mermaid->build.arena,
			    .last_brace = str_rfind_char(mermaid->text, '}')};
	struct graph *graph = mermaid->build.graph;
	mermaid_skip_blanks(mermaid);
	if (!mermaid_at_end(mermaid) && !read_direction(&flow))
		mermaid_skip_line(mermaid);
	for (;;) {
		mermaid_skip_space(mermaid);
		if (mermaid->at >= mermaid->text.size)
			break;
		if (mermaid->text.data[mermaid->at] == ';') {
			mermaid->at++;
			continue;
		}
		if (!read_statement(&flow)) {
			mermaid_skip_line(mermaid);
			continue;
		}
		mermaid_skip_blanks(mermaid);
		if (!mermaid_at_end(mermaid)) {
			build_expected(&mermaid->build, mermaid_rest(mermaid, mermaid->at),
				       "a link or the end of the line");
			mermaid_skip_line(mermaid);
		}
	}
	if (flow.depth)
		build_expected(&mermaid->build,
			       flow.opened[flow.depth < GRAPH_DEPTH_MAX ? flow.depth - 1 : GRAPH_DEPTH_MAX - 1],
			       "'end' of this subgraph");
	mermaid_put_styles(mermaid, &flow.styles);
	if (graph->clusters.n)
		build_cluster_ends(&mermaid->build);
}
