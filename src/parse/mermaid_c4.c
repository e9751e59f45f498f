/* Reads the calls of a mermaid C4 diagram: people, systems, containers, components, boundaries, relations. */
#include "parse/mermaid_scan.h"

enum { ARGUMENTS_MAX = 8 };

struct c4 {
	struct mermaid *mermaid;
	int open[GRAPH_DEPTH_MAX]; /* boundaries open here */
	struct str opened[GRAPH_DEPTH_MAX];
	size_t depth; /* may run past the bound */
	int boundary; /* said last, its brace is still to come; -1: none */
	struct str boundary_word;
	VEC(struct relation) relations;
};

struct relation {
	struct str from, to;
	struct graph_edge edge;
};

struct arguments {
	struct str list[ARGUMENTS_MAX]; /* as written, without quotes */
	size_t n;
	struct str link; /* $link="..." */
	bool closed;
};

static struct str unquoted(struct str text)
{
	text = str_trim(text);
	if (text.size >= 2 && text.data[0] == '"' && text.data[text.size - 1] == '"')
		return str_sub(text, 1, text.size - 2);
	return text;
}

static void add_argument(struct arguments *arguments, struct str text)
{
	text = str_trim(text);
	if (str_starts(text, STR("$"))) {
		struct str name = str_trim(str_cut(&text, '='));
		if (str_is(name, "$link"))
			arguments->link = unquoted(text);
		return;
	}
	if (arguments->n < ARGUMENTS_MAX)
		arguments->list[arguments->n++] = unquoted(text);
}

/* What stands in the brackets that begin at `open`; goes behind them. */
static struct arguments read_arguments(struct mermaid *mermaid, size_t open)
{
	struct arguments arguments = {0};
	size_t start = open + 1;
	bool quoted = false;
	for (size_t i = start; i < mermaid->text.size; i++) {
		char c = mermaid->text.data[i];
		if (c == '"')
			quoted = !quoted;
		if (quoted || (c != ',' && c != ')'))
			continue;
		add_argument(&arguments, str_sub(mermaid->text, start, i - start));
		start = i + 1;
		if (c == ')') {
			mermaid->at = start;
			arguments.closed = true;
			break;
		}
	}
	return arguments;
}

/* ---- things ---- */

struct thing {
	const char *word;
	const char *what; /* shown in brackets */
	bool has_technology;
	const char *kind;
};

static const struct thing things[] = {
	{"Person", "person", false, "c4-person"},
	{"System", "system", false, "c4-system"},
	{"Container", "container", true, "c4-container"},
	{"Component", "component", true, "c4-component"},
};

static const struct thing *thing_of(struct str word, bool *external, enum graph_shape *shape)
{
	*external = str_ends(word, STR("_Ext"));
	if (*external)
		word = str_sub(word, 0, word.size - 4);
	*shape = str_is(word, "Person") ? SHAPE_PERSON : SHAPE_BOX;
	if (str_ends(word, STR("Db"))) {
		*shape = SHAPE_CYLINDER;
		word = str_sub(word, 0, word.size - 2);
	} else if (str_ends(word, STR("Queue"))) {
		*shape = SHAPE_QUEUE;
		word = str_sub(word, 0, word.size - 5);
	}
	for (size_t i = 0; i < sizeof things / sizeof *things; i++)
		if (str_is(word, things[i].word))
			return &things[i];
	return NULL;
}

static void set_href(struct c4 *c4, struct str *href, struct str link)
{
	struct graph_build *build = &c4->mermaid->build;
	if (link.size && href_is_unsafe(link))
		build_trouble(build, "diagram-asset", "script", span_of(build->source, link), link, STR("$link"));
	else if (link.size)
		*href = link;
}

/* "[container: Go]" and below it what it is for. */
static struct str thing_note(struct c4 *c4, const struct thing *thing, bool external, const struct arguments *arguments)
{
	struct arena *arena = c4->mermaid->build.arena;
	struct str technology = STR(""), text = STR("");
	if (thing->has_technology && arguments->n > 2)
		technology = mermaid_label(c4->mermaid, arguments->list[2]);
	if (arguments->n > (thing->has_technology ? 3u : 2u))
		text = mermaid_label(c4->mermaid, arguments->list[thing->has_technology ? 3 : 2]);
	return str_format(arena, "[%s%s%s" STR_FMT "]%s" STR_FMT, external ? "external " : "", thing->what,
			  technology.size ? ": " : "", STR_ARG(technology), text.size ? "\n" : "", STR_ARG(text));
}

static int here(const struct c4 *c4)
{
	size_t depth = c4->depth < GRAPH_DEPTH_MAX ? c4->depth : GRAPH_DEPTH_MAX;
	return depth ? c4->open[depth - 1] : -1;
}

static void add_thing(struct c4 *c4, const struct thing *thing, bool external, enum graph_shape shape,
		      const struct arguments *arguments)
{
	struct graph_build *build = &c4->mermaid->build;
	int index = build_node(build, mermaid_word(c4->mermaid, arguments->list[0]));
	struct graph_node *node = &build->graph->nodes.data[index];
	node->shape = shape;
	node->kind = str_format(build->arena, "%s%s", thing->kind, external ? " c4-external" : "");
	node->note = thing_note(c4, thing, external, arguments);
	if (arguments->n > 1 && arguments->list[1].size)
		node->label = mermaid_shown(c4->mermaid, arguments->list[1]);
	set_href(c4, &node->href, arguments->link);
	build_place(build, index, here(c4));
}

static void add_boundary(struct c4 *c4, struct str word, const struct arguments *arguments)
{
	struct graph_build *build = &c4->mermaid->build;
	c4->boundary_word = word;
	if (c4->depth >= GRAPH_DEPTH_MAX) {
		c4->boundary = -1;
		if (c4->depth == GRAPH_DEPTH_MAX)
			build_trouble(build, "limit-reached", "diagram-depth", span_of(build->source, word), word,
				      STR("64"));
		return;
	}
	c4->boundary = build_cluster(build, mermaid_word(c4->mermaid, arguments->list[0]), here(c4));
	struct graph_cluster *cluster = &build->graph->clusters.data[c4->boundary];
	cluster->kind = STR("c4-boundary");
	if (arguments->n > 1 && arguments->list[1].size)
		cluster->label = mermaid_shown(c4->mermaid, arguments->list[1]);
	set_href(c4, &cluster->href, arguments->link);
}

/* ---- relations ---- */

static bool read_relation(struct c4 *c4, struct str word, const struct arguments *arguments, struct str whole)
{
	struct mermaid *mermaid = c4->mermaid;
	bool both = str_starts(word, STR("BiRel")),
	     back = str_is(word, "Rel_Back") || str_is(word, "Rel_Back_Neighbor");
	size_t first = str_is(word, "RelIndex") ? 1 : 0;
	if (!both && !str_starts(word, STR("Rel")))
		return false;
	if (arguments->n < first + 2)
		return true;
	struct relation relation = {arguments->list[first + (back ? 1 : 0)],
				    arguments->list[first + (back ? 0 : 1)],
				    {.head = TIP_ARROW, .tail = both ? TIP_ARROW : TIP_NONE}};
	relation.edge.span = span_of(mermaid->build.source, whole);
	if (arguments->n > first + 2)
		relation.edge.label = mermaid_shown(mermaid, arguments->list[first + 2]);
	if (arguments->n > first + 3 && arguments->list[first + 3].size) {
		struct str technology = mermaid_label(mermaid, arguments->list[first + 3]);
		relation.edge.label.str =
			str_format(mermaid->build.arena, STR_FMT "%s[" STR_FMT "]", STR_ARG(relation.edge.label.str),
				   relation.edge.label.str.size ? "\n" : "", STR_ARG(technology));
	}
	vec_add(mermaid->build.arena, &c4->relations, relation);
	return true;
}

/* Relations may stand before what they join. */
static void put_relations(struct c4 *c4)
{
	struct graph_build *build = &c4->mermaid->build;
	for (size_t i = 0; i < c4->relations.n; i++) {
		const struct relation *it = &c4->relations.data[i];
		int a = build_node(build, mermaid_word(c4->mermaid, it->from));
		int b = build_node(build, mermaid_word(c4->mermaid, it->to));
		struct node_set one = {{&a, 1, 1}}, other = {{&b, 1, 1}};
		build_edges(build, &one, &other, it->edge);
	}
}

/* ---- statements ---- */

static bool is_boundary(struct str word)
{
	return str_ends(word, STR("Boundary")) || str_is(word, "Deployment_Node") || str_is(word, "Node") ||
	       str_is(word, "Node_L") || str_is(word, "Node_R");
}

static void read_call(struct c4 *c4, struct str line, struct str word)
{
	struct mermaid *mermaid = c4->mermaid;
	size_t open = (size_t)(word.data + word.size - mermaid->text.data);
	while (mermaid_char(mermaid, open) == ' ' || mermaid_char(mermaid, open) == '\t')
		open++;
	if (mermaid_char(mermaid, open) != '(') {
		mermaid_not_understood(mermaid, line);
		return;
	}
	struct arguments arguments = read_arguments(mermaid, open);
	if (!arguments.closed) {
		build_expected(&mermaid->build, mermaid_rest(mermaid, open), "')' behind the arguments");
		mermaid->at = mermaid->text.size;
		return;
	}
	struct str whole = str_sub(mermaid->text, (size_t)(word.data - mermaid->text.data), 0);
	whole.size = (size_t)(mermaid->text.data + mermaid->at - word.data);
	bool external = false;
	enum graph_shape shape = SHAPE_BOX;
	const struct thing *thing = thing_of(word, &external, &shape);
	if (arguments.n == 0 || !arguments.list[0].size)
		return;
	if (thing)
		add_thing(c4, thing, external, shape, &arguments);
	else if (is_boundary(word))
		add_boundary(c4, word, &arguments);
	else if (!read_relation(c4, word, &arguments, whole) && !str_starts(word, STR("Update")))
		mermaid_not_understood(mermaid, line);
}

static void open_boundary(struct c4 *c4)
{
	if (c4->depth < GRAPH_DEPTH_MAX) {
		c4->open[c4->depth] = c4->boundary >= 0 ? c4->boundary : here(c4);
		c4->opened[c4->depth] = c4->boundary_word;
	}
	c4->depth++;
	c4->boundary = -1;
}

static void read_statement(struct c4 *c4)
{
	struct mermaid *mermaid = c4->mermaid;
	char c = mermaid->text.data[mermaid->at];
	if (c == '{') {
		open_boundary(c4);
		mermaid->at++;
		return;
	}
	if (c == '}') {
		if (c4->depth)
			c4->depth--;
		else
			build_expected(&mermaid->build, str_sub(mermaid->text, mermaid->at, 1),
				       "a boundary that this '}' closes");
		mermaid->at++;
		return;
	}
	struct str line = mermaid_rest(mermaid, mermaid->at);
	struct str word = mermaid_first_word(line);
	size_t start = mermaid->at;
	if (str_is(word, "title") || str_starts(word, STR("acc"))) {
		mermaid_skip_line(mermaid);
		mermaid_take_heading(mermaid, str_trim(mermaid_from(mermaid, start)));
		return;
	}
	if (str_is(word, "direction")) {
		mermaid_skip_line(mermaid);
		return;
	}
	read_call(c4, line, word);
	if (mermaid->at == start)
		mermaid_skip_line(mermaid);
}

void mermaid_c4(struct mermaid *mermaid)
{
	struct c4 c4 = {.mermaid = mermaid, .boundary = -1};
	struct graph *graph = mermaid->build.graph;
	mermaid_skip_line(mermaid);
	for (;;) {
		mermaid_skip_space(mermaid);
		if (mermaid->at >= mermaid->text.size)
			break;
		read_statement(&c4);
	}
	if (c4.depth) {
		size_t last = c4.depth < GRAPH_DEPTH_MAX ? c4.depth : GRAPH_DEPTH_MAX;
		build_expected(&mermaid->build, c4.opened[last - 1], "'}' of this boundary");
	}
	put_relations(&c4);
	if (graph->clusters.n)
		build_cluster_ends(&mermaid->build);
}
