/* Reads the statements of a mermaid state diagram: states, composites, regions, transitions, notes. */
#include "parse/mermaid_scan.h"

/* A composite state that is open. */
struct composite {
	struct str keyword;
	int cluster; /* of it, or of its region now; -1: dropped */
	int outer;   /* the composite itself */
	bool has_regions;
	unsigned n_regions;
};

struct states {
	struct mermaid *mermaid;
	struct mermaid_styles styles;
	struct composite open[GRAPH_DEPTH_MAX];
	size_t depth;          /* may run past the bound */
	VEC(bool) has_regions; /* by composite in order of opening: parted by `--` */
	size_t n_opened, n_notes;
};

static int here(const struct states *states)
{
	size_t depth = states->depth < GRAPH_DEPTH_MAX ? states->depth : GRAPH_DEPTH_MAX;
	return depth ? states->open[depth - 1].cluster : -1;
}

static struct str after(struct str line, size_t n)
{
	return str_trim(str_from_off(line, n));
}

/* ---- states ---- */

/* The start or end of what is open: one each. */
static int pseudo(struct states *states, struct str text, bool is_start)
{
	struct graph_build *build = &states->mermaid->build;
	struct str key = str_format(build->arena, "[*] %s %d", is_start ? "start" : "end", here(states));
	size_t known = build->graph->nodes.n;
	int index = build_node(build, (struct word){key, span_of(build->source, text)});
	if (build->graph->nodes.n == known)
		return index;
	struct graph_node *node = &build->graph->nodes.data[index];
	node->id.str = is_start ? STR("start") : STR("end");
	node->label = (struct word){STR(""), node->id.span};
	node->shape = is_start ? SHAPE_DISC : SHAPE_RING;
	build_place(build, index, here(states));
	return index;
}

/* The state named in `text`, which may end in `:::class`. -1 without a name. */
static int state_named(struct states *states, struct str text, bool is_start)
{
	struct graph_build *build = &states->mermaid->build;
	text = str_trim(text);
	size_t mark = str_find(text, STR(":::"));
	struct str name = str_trim(str_sub(text, 0, mark));
	if (!name.size)
		return -1;
	if (str_is(name, "[*]"))
		return pseudo(states, name, is_start);
	if (mark != SIZE_MAX)
		mermaid_add_class(states->mermaid, &states->styles, name, after(text, mark + 3));
	size_t known = build->graph->nodes.n;
	int index = build_node(build, mermaid_word(states->mermaid, name));
	if (build->graph->nodes.n > known)
		build->graph->nodes.data[index].shape = SHAPE_ROUND;
	build_place(build, index, here(states));
	return index;
}

/* The first description takes the place of the name, more are lines below it. */
static void describe(struct states *states, int index, struct str text)
{
	struct graph_build *build = &states->mermaid->build;
	struct graph_node *node = index < 0 ? NULL : &build->graph->nodes.data[index];
	struct word label = mermaid_shown(states->mermaid, text);
	if (!node || !label.str.size)
		return;
	if (str_eq(node->label.str, node->id.str)) {
		node->label = label;
	} else if (node->note.size < 500) {
		struct str parts[2] = {node->note, label.str};
		node->note = node->note.size ? str_join(build->arena, parts, 2, STR("\n")) : label.str;
	}
}

/* ---- composites ---- */

static void open_region(struct states *states, struct composite *it)
{
	struct graph_build *build = &states->mermaid->build;
	struct str key = str_format(build->arena, "%d region %u", it->outer, ++it->n_regions);
	it->cluster = build_cluster(build, (struct word){key, SPAN_NONE}, it->outer);
	struct graph_cluster *cluster = &build->graph->clusters.data[it->cluster];
	cluster->label.str = STR("");
	cluster->id.str = str_format(build->arena, "region %u", it->n_regions);
	cluster->kind = STR("region");
}

static void open_composite(struct states *states, struct word id, struct word label)
{
	struct graph_build *build = &states->mermaid->build;
	bool has_regions = states->n_opened < states->has_regions.n && states->has_regions.data[states->n_opened];
	states->n_opened++;
	if (states->depth < GRAPH_DEPTH_MAX) {
		struct composite it = {.keyword = id.str, .has_regions = has_regions};
		it.outer = it.cluster = build_cluster(build, id, here(states));
		if (label.str.size)
			build->graph->clusters.data[it.outer].label = label;
		if (has_regions)
			open_region(states, &it);
		states->open[states->depth] = it;
	} else if (states->depth == GRAPH_DEPTH_MAX) {
		build_trouble(build, "limit-reached", "diagram-depth", id.span, id.str, STR("64"));
	}
	states->depth++;
}

/* ---- statements ---- */

static enum graph_shape stereotype(struct str name)
{
	return str_is(name, "choice")                           ? SHAPE_DIAMOND
	       : str_is(name, "fork") || str_is(name, "join")   ? SHAPE_BAR
	       : str_is(name, "start")                          ? SHAPE_DISC
	       : str_is(name, "end") || str_is(name, "history") ? SHAPE_RING
								: SHAPE_ROUND;
}

/* The name in `name <<fork>>` or `name [[fork]]`; data NULL when there is none. */
static struct str cut_stereotype(struct str *rest)
{
	static const char *const marks[2][2] = {{"<<", ">>"}, {"[[", "]]"}};
	for (size_t i = 0; i < 2; i++) {
		size_t open = str_find(*rest, str_from(marks[i][0]));
		size_t close = open == SIZE_MAX ? SIZE_MAX : str_find_from(*rest, str_from(marks[i][1]), open);
		if (close == SIZE_MAX)
			continue;
		struct str name = str_trim(str_sub(*rest, open + 2, close - open - 2));
		*rest = str_trim(str_sub(*rest, 0, open));
		return name;
	}
	return STR_NONE;
}

static void read_marked(struct states *states, struct str name, struct str mark)
{
	int index = state_named(states, name, true);
	if (index < 0)
		return;
	struct graph_node *node = &states->mermaid->build.graph->nodes.data[index];
	node->shape = stereotype(mark);
	if (node->shape != SHAPE_ROUND)
		node->label = (struct word){STR(""), node->id.span};
}

/* `state x`, `state "text" as x`, `state x <<fork>>`, `state x : text`, each with `{` behind it. */
static void read_state(struct states *states, struct str rest, bool opens)
{
	struct mermaid *mermaid = states->mermaid;
	struct word label = {.span = SPAN_NONE};
	struct str mark = cut_stereotype(&rest);
	if (str_starts(rest, STR("\""))) {
		size_t close = str_find_from(rest, STR("\""), 1);
		if (close == SIZE_MAX) {
			build_expected(&mermaid->build, rest, "the closing '\"' of the text");
			return;
		}
		label = mermaid_shown(mermaid, str_sub(rest, 0, close + 1));
		rest = after(rest, close + 1);
		rest = str_starts(rest, STR("as ")) ? after(rest, 3) : rest;
	}
	struct str class = STR_NONE;
	size_t mark_at = str_find(rest, STR(":::"));
	if (mark_at != SIZE_MAX) {
		class = after(rest, mark_at + 3);
		rest = str_trim(str_sub(rest, 0, mark_at));
	}
	size_t colon = str_find_char(rest, ':');
	struct str name = str_trim(str_sub(rest, 0, colon));
	mermaid_add_class(mermaid, &states->styles, name, class);
	if (mark.size) {
		read_marked(states, name, mark);
	} else if (opens) {
		if (!name.size)
			name = str_format(mermaid->build.arena, "state %zu", states->n_opened);
		open_composite(states, (struct word){name, span_of(mermaid->build.source, rest)}, label);
	} else {
		int index = state_named(states, name.size ? name : label.str, true);
		if (index >= 0 && label.str.size)
			mermaid->build.graph->nodes.data[index].label = label;
		if (colon != SIZE_MAX)
			describe(states, index, str_from_off(rest, colon + 1));
	}
}

static void add_note(struct states *states, int beside, struct word text)
{
	struct graph_build *build = &states->mermaid->build;
	struct str key = str_format(build->arena, "[note] %zu", states->n_notes++);
	int note = build_node(build, (struct word){key, text.span});
	struct graph_node *node = &build->graph->nodes.data[note];
	node->id.str = STR("note");
	node->label = text;
	node->shape = SHAPE_NOTE;
	node->kind = STR("remark");
	build_place(build, note, here(states));
	if (beside < 0)
		return;
	struct node_set one = {{&beside, 1, 1}}, other = {{&note, 1, 1}};
	build_edges(build, &one, &other, (struct graph_edge){.line = LINE_DOTTED, .span = text.span});
}

/* The lines up to `end note`. */
static struct str read_long_note(struct mermaid *mermaid, struct str first)
{
	struct str line;
	size_t start = mermaid->at, end = start;
	while (mermaid_next_line(mermaid, &line)) {
		struct str rest = after(line, 3);
		if (str_starts(line, STR("end")) && str_is(rest, "note"))
			return str_trim(str_sub(mermaid->text, start, end - start));
		end = mermaid->at;
	}
	build_expected(&mermaid->build, first, "'end note' behind the lines of this note");
	return str_trim(str_sub(mermaid->text, start, end - start));
}

static void read_note(struct states *states, struct str line, struct str rest)
{
	struct mermaid *mermaid = states->mermaid;
	if (str_starts(rest, STR("\""))) {
		size_t close = str_find_from(rest, STR("\""), 1);
		if (close != SIZE_MAX)
			add_note(states, -1, mermaid_shown(mermaid, str_sub(rest, 0, close + 1)));
		return;
	}
	size_t of = str_find(rest, STR(" of "));
	struct str name = of == SIZE_MAX ? STR_NONE : after(rest, of + 4);
	size_t colon = str_find_char(name, ':');
	if (!name.size) {
		mermaid_not_understood(mermaid, line);
		return;
	}
	int beside = state_named(states, str_sub(name, 0, colon), true);
	struct str text = colon == SIZE_MAX ? read_long_note(mermaid, line) : str_from_off(name, colon + 1);
	add_note(states, beside, mermaid_shown(mermaid, text));
}

/* `a --> b : text`, from the arrow at `arrow` on. */
static void read_transition(struct states *states, struct str line, size_t arrow)
{
	struct graph_build *build = &states->mermaid->build;
	struct str to = after(line, arrow + 3), label = STR_NONE;
	size_t from = 0;
	for (;;) {
		size_t colon = str_find_from(to, STR(":"), from);
		if (colon == SIZE_MAX)
			break;
		if (str_starts(str_from_off(to, colon), STR(":::"))) {
			from = colon + 3;
			continue;
		}
		label = after(to, colon + 1);
		to = str_trim(str_sub(to, 0, colon));
		break;
	}
	size_t second = str_find(to, STR("-->"));
	if (second != SIZE_MAX) {
		build_expected(build, str_sub(to, second, 3), "the end of the line or ':'; a transition has two ends");
		to = str_sub(to, 0, second);
	}
	int a = state_named(states, str_sub(line, 0, arrow), true);
	int b = state_named(states, to, false);
	if (a < 0 || b < 0) {
		build_expected(build, str_sub(line, arrow, 3), "a state at both ends of the arrow");
		return;
	}
	struct node_set one = {{&a, 1, 1}}, other = {{&b, 1, 1}};
	struct graph_edge edge = {.head = TIP_ARROW, .label = mermaid_shown(states->mermaid, label)};
	edge.span = span_of(build->source, str_sub(line, 0, arrow + 3));
	build_edges(build, &one, &other, edge);
}

static void set_direction(struct states *states, struct str word)
{
	static const char *const words[] = {"TB", "TD", "BT", "LR", "RL"};
	struct graph *graph = states->mermaid->build.graph;
	for (size_t i = 0; i < 5; i++) {
		if (!str_is(word, words[i]))
			continue;
		const char *direction = i == 1 ? "TB" : words[i];
		if (states->depth == 0)
			memcpy(graph->direction, direction, 3);
		else if (states->depth <= GRAPH_DEPTH_MAX)
			memcpy(graph->clusters.data[states->open[states->depth - 1].outer].direction, direction, 3);
	}
}

static void read_click(struct states *states, struct str rest)
{
	struct graph_build *build = &states->mermaid->build;
	struct str name = mermaid_first_word(rest), href = STR_NONE;
	size_t open = str_find_char(rest, '"');
	size_t close = open == SIZE_MAX ? SIZE_MAX : str_find_from(rest, STR("\""), open + 1);
	if (close == SIZE_MAX || !map_has(&build->nodes, name))
		return;
	href = str_sub(rest, open + 1, close - open - 1);
	if (href_is_unsafe(href))
		build_trouble(build, "diagram-asset", "script", span_of(build->source, href), href, STR("click"));
	else
		build->graph->nodes.data[build_node(build, mermaid_word(states->mermaid, name))].href = href;
}

static void close_composite(struct states *states)
{
	/* mermaid takes a '}' too many. */
	if (states->depth)
		states->depth--;
}

static void read_statement(struct states *states, struct str line)
{
	struct mermaid *mermaid = states->mermaid;
	struct str word = mermaid_first_word(line), rest = after(line, word.size);
	size_t arrow = str_find(line, STR("-->"));
	if (str_is(line, "--")) {
		if (states->depth && states->depth <= GRAPH_DEPTH_MAX)
			open_region(states, &states->open[states->depth - 1]);
	} else if (str_is(word, "note") && !str_starts(rest, STR("--"))) {
		read_note(states, line, rest);
	} else if (str_is(word, "direction")) {
		set_direction(states, rest);
	} else if (str_is(word, "hide") || str_is(word, "scale")) {
		return;
	} else if (str_is(word, "click")) {
		read_click(states, rest);
	} else if (mermaid_take_style(mermaid, &states->styles, line)) {
		return;
	} else if (str_is(word, "state")) {
		read_state(states, rest, false);
	} else if (arrow != SIZE_MAX) {
		read_transition(states, line, arrow);
	} else {
		size_t colon = str_find_char(line, ':');
		bool is_class = str_starts(str_from_off(line, colon), STR(":::"));
		struct str name = is_class ? line : str_trim(str_sub(line, 0, colon));
		int index = str_find(name, STR("->")) == SIZE_MAX ? state_named(states, name, true) : -1;
		if (index < 0)
			mermaid_not_understood(mermaid, line);
		else if (!is_class && colon != SIZE_MAX)
			describe(states, index, str_from_off(line, colon + 1));
	}
}

/* Offset of the first brace, or SIZE_MAX. */
static size_t find_brace(struct str line)
{
	for (size_t i = 0; i < line.size; i++)
		if (line.data[i] == '{' || line.data[i] == '}')
			return i;
	return SIZE_MAX;
}

/* The statements of a line: braces part them. */
static void read_line(struct states *states, struct str line)
{
	while (line.size) {
		struct str word = mermaid_first_word(line);
		size_t brace = find_brace(line);
		if (brace == 0 && line.data[0] == '}') {
			close_composite(states);
			line = after(line, 1);
		} else if (brace != SIZE_MAX && str_is(word, "state") && line.data[brace] == '{') {
			read_state(states, str_trim(str_sub(line, 5, brace - 5)), true);
			line = after(line, brace + 1);
		} else if (brace != SIZE_MAX && states->depth && str_ends(line, STR("}")) && line.data[brace] == '}' &&
			   !str_is(word, "note")) {
			read_statement(states, str_trim(str_sub(line, 0, brace)));
			line = str_from_off(line, brace);
		} else {
			read_statement(states, line);
			line = STR_NONE;
		}
	}
}

/* Which composites, in order of opening, hold a line `--`. */
static void find_regions(struct states *states)
{
	struct arena *arena = states->mermaid->build.arena;
	struct str rest = str_from_off(states->mermaid->text, states->mermaid->at);
	size_t open[GRAPH_DEPTH_MAX], depth = 0;
	while (rest.data) {
		struct str line = str_trim(str_cut_line(&rest));
		if (str_is(line, "--") && depth && depth <= GRAPH_DEPTH_MAX)
			states->has_regions.data[open[depth - 1]] = true;
		bool opens = str_is(mermaid_first_word(line), "state") && str_find_char(line, '{') != SIZE_MAX;
		if (opens) {
			if (depth < GRAPH_DEPTH_MAX)
				open[depth] = states->has_regions.n;
			depth++;
			vec_add(arena, &states->has_regions, false);
		}
		if (str_ends(line, STR("}")) && depth)
			depth--;
	}
}

void mermaid_states(struct mermaid *mermaid)
{
	struct states states = {.mermaid = mermaid, .styles.classes.arena = mermaid->build.arena};
	struct graph *graph = mermaid->build.graph;
	struct str line;
	mermaid_skip_line(mermaid);
	find_regions(&states);
	while (mermaid_next_line(mermaid, &line))
		if (!mermaid_take_heading(mermaid, line))
			read_line(&states, line);
	if (states.depth) {
		size_t last = states.depth < GRAPH_DEPTH_MAX ? states.depth : GRAPH_DEPTH_MAX;
		build_expected(&mermaid->build, states.open[last - 1].keyword, "'}' behind the states of this one");
	}
	mermaid_put_styles(mermaid, &states.styles);
	if (graph->clusters.n)
		build_cluster_ends(&mermaid->build);
}
