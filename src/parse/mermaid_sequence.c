/* Reads the statements of a mermaid sequence diagram: participants, messages, notes, blocks, activations. */
#include "parse/mermaid_scan.h"

enum { STEPS_MAX = 40000 };

struct block {
	struct str word; /* as it opened */
	bool is_box, is_dropped;
};

struct sequence {
	struct mermaid *mermaid;
	struct block open[GRAPH_DEPTH_MAX];
	size_t depth;         /* may run past the bound: such blocks are read, not kept */
	size_t n_steps_open;  /* of the blocks open, how many stand in the steps */
	int box;              /* the group that participants are declared in, -1: none */
	unsigned number, by;  /* of the next message; by 0: not numbered */
	VEC(unsigned) active; /* by participant: activations open */
	bool is_full;
};

/* ---- steps ---- */

static struct str empty_at(struct str line)
{
	return str_sub(line, line.size, 0);
}

static void add_step(struct sequence *sequence, struct graph_step step)
{
	struct graph_build *build = &sequence->mermaid->build;
	/* What closes a block always fits, so that every block is closed. */
	bool fits = build->graph->steps.n + sequence->n_steps_open < STEPS_MAX;
	if (!fits && step.kind != STEP_CLOSE) {
		if (!sequence->is_full)
			build_trouble(build, "limit-reached", "diagram-steps", build->graph->span, STR_NONE,
				      STR("40000"));
		sequence->is_full = true;
		return;
	}
	vec_add(build->arena, &build->graph->steps, step);
}

static int participant(struct sequence *sequence, struct str name)
{
	struct graph_build *build = &sequence->mermaid->build;
	size_t known = build->graph->nodes.n;
	int node = build_node(build, mermaid_word(sequence->mermaid, name));
	if (build->graph->nodes.n > known) {
		build->graph->nodes.data[node].label = mermaid_shown(sequence->mermaid, name);
		vec_add(build->arena, &sequence->active, 0u);
	}
	return node;
}

static void activate(struct sequence *sequence, int node)
{
	sequence->active.data[node]++;
	add_step(sequence, (struct graph_step){.kind = STEP_ACTIVATE, .from = node});
}

static void deactivate(struct sequence *sequence, int node, struct str at)
{
	if (sequence->active.data[node] == 0) {
		build_expected(&sequence->mermaid->build, at, "an activation of this participant before its end");
		return;
	}
	sequence->active.data[node]--;
	add_step(sequence, (struct graph_step){.kind = STEP_DEACTIVATE, .from = node});
}

/* ---- messages ---- */

struct arrow {
	const char *text;
	enum graph_tip tail, head;
	bool dotted;
};

/* Longer ones before those that they begin with. */
static const struct arrow arrows[] = {
	{"<<-->>", TIP_ARROW, TIP_ARROW, true}, {"<<->>", TIP_ARROW, TIP_ARROW, false},
	{"-->>", TIP_NONE, TIP_ARROW, true},    {"->>", TIP_NONE, TIP_ARROW, false},
	{"--|\\", TIP_NONE, TIP_ARROW, true},   {"--|/", TIP_NONE, TIP_ARROW, true},
	{"--\\\\", TIP_NONE, TIP_OPEN, true},   {"--//", TIP_NONE, TIP_OPEN, true},
	{"-|\\", TIP_NONE, TIP_ARROW, false},   {"-|/", TIP_NONE, TIP_ARROW, false},
	{"-\\\\", TIP_NONE, TIP_OPEN, false},   {"-//", TIP_NONE, TIP_OPEN, false},
	{"\\|--", TIP_ARROW, TIP_NONE, true},   {"/|--", TIP_ARROW, TIP_NONE, true},
	{"\\\\--", TIP_OPEN, TIP_NONE, true},   {"//--", TIP_OPEN, TIP_NONE, true},
	{"\\|-", TIP_ARROW, TIP_NONE, false},   {"/|-", TIP_ARROW, TIP_NONE, false},
	{"\\\\-", TIP_OPEN, TIP_NONE, false},   {"//-", TIP_OPEN, TIP_NONE, false},
	{"--x", TIP_NONE, TIP_CROSS, true},     {"--)", TIP_NONE, TIP_OPEN, true},
	{"-->", TIP_NONE, TIP_NONE, true},      {"-x", TIP_NONE, TIP_CROSS, false},
	{"-)", TIP_NONE, TIP_OPEN, false},      {"->", TIP_NONE, TIP_NONE, false},
};

static const struct arrow *arrow_at(struct str ends, size_t off)
{
	if (!strchr("<-\\/", ends.data[off]))
		return NULL;
	for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
		if (str_starts(str_from_off(ends, off), str_from(arrows[i].text)))
			return &arrows[i];
	return NULL;
}

/* The arrow of a message in what stands before its ':'. A cross inside a name, "node-x1", yields to an arrow behind it. */
static const struct arrow *find_arrow(struct str ends, size_t *off)
{
	const struct arrow *cross = NULL;
	size_t cross_off = 0;
	for (size_t i = 0; i < ends.size; i++) {
		const struct arrow *arrow = arrow_at(ends, i);
		if (!arrow)
			continue;
		if (arrow->head == TIP_CROSS) {
			if (!cross) {
				cross = arrow;
				cross_off = i;
			}
			i += strlen(arrow->text) - 1;
			continue;
		}
		*off = i;
		return arrow;
	}
	*off = cross_off;
	return cross;
}

/* What stands before the ':' of a message. */
static struct str ends_of(struct str line)
{
	return str_sub(line, 0, str_find_char(line, ':'));
}

/* Drops the "()" of a central connection. */
static struct str without_circle(struct str name)
{
	name = str_trim(name);
	if (str_starts(name, STR("()")))
		name = str_from_off(name, 2);
	if (str_ends(name, STR("()")))
		name = str_sub(name, 0, name.size - 2);
	return str_trim(name);
}

static struct word text_of(struct sequence *sequence, struct str text)
{
	text = str_trim(text);
	if (str_starts(text, STR("wrap:")))
		text = str_from_off(text, 5);
	else if (str_starts(text, STR("nowrap:")))
		text = str_from_off(text, 7);
	text = str_trim(text);
	return (struct word){mermaid_label(sequence->mermaid, text), span_of(sequence->mermaid->build.source, text)};
}

/* False when the line is no message. */
static bool read_message(struct sequence *sequence, struct str line)
{
	struct graph_build *build = &sequence->mermaid->build;
	struct str ends = ends_of(line);
	size_t off = 0;
	const struct arrow *arrow = find_arrow(ends, &off);
	struct str from = arrow ? without_circle(str_sub(ends, 0, off)) : STR_NONE;
	struct str to = arrow ? str_trim(str_from_off(ends, off + strlen(arrow->text))) : STR_NONE;
	struct str sign = str_sub(to, 0, 1);
	bool plus = str_is(sign, "+"), minus = str_is(sign, "-");
	to = without_circle(plus || minus ? str_from_off(to, 1) : to);
	if (!from.size)
		return false;
	if (!to.size) {
		build_expected(build, empty_at(ends), "the participant that the message goes to");
		return true;
	}
	if (ends.size == line.size) {
		build_expected(build, empty_at(line), "':' and the text of the message");
		return true;
	}
	int a = participant(sequence, from), b = participant(sequence, to);
	struct node_set one = {{&a, 1, 1}}, other = {{&b, 1, 1}};
	size_t n = build->graph->edges.n;
	build_edges(build, &one, &other,
		    (struct graph_edge){.label = text_of(sequence, str_from_off(line, ends.size + 1)),
					.line = arrow->dotted ? LINE_DOTTED : LINE_SOLID,
					.head = arrow->head,
					.tail = arrow->tail,
					.span = span_of(build->source, str_trim(ends))});
	if (build->graph->edges.n > n)
		add_step(sequence, (struct graph_step){.kind = STEP_MESSAGE,
						       .edge = (int)n,
						       .from = a,
						       .to = b,
						       .number = sequence->by ? sequence->number : 0});
	sequence->number += sequence->by;
	if (plus)
		activate(sequence, b);
	if (minus)
		deactivate(sequence, a, str_trim(ends));
	return true;
}

/* ---- statements ---- */

static enum graph_shape type_shape(struct str type)
{
	return str_is(type, "actor")                                                           ? SHAPE_PERSON
	       : str_is(type, "database")                                                      ? SHAPE_CYLINDER
	       : str_is(type, "queue")                                                         ? SHAPE_QUEUE
	       : str_is(type, "collections")                                                   ? SHAPE_STACK
	       : str_is(type, "entity") || str_is(type, "control") || str_is(type, "boundary") ? SHAPE_STADIUM
											       : SHAPE_BOX;
}

/* The value of a key in `{ "type": "database", alias: DB }`. */
static struct str property(struct str properties, const char *key)
{
	struct str rest = properties;
	while (rest.data) {
		struct str value = str_cut(&rest, ',');
		struct str name = str_trim(str_cut(&value, ':'));
		value = str_trim(value);
		struct str *both[2] = {&name, &value};
		for (size_t i = 0; i < 2; i++)
			if (both[i]->size >= 2 && strchr("\"'", both[i]->data[0]))
				*both[i] = str_sub(*both[i], 1, both[i]->size - 2);
		if (str_is(name, key))
			return value;
	}
	return STR_NONE;
}

/* `A`, `A as Alice`, `A@{ "type": "database" } as Store` */
static int read_participant(struct sequence *sequence, struct str rest, enum graph_shape shape)
{
	struct str name = rest, label = STR_NONE, properties = STR_NONE;
	size_t brace = str_find(rest, STR("@{"));
	size_t close = brace == SIZE_MAX ? SIZE_MAX : str_find_from(rest, STR("}"), brace);
	size_t as = str_find_nocase(str_from_off(rest, close == SIZE_MAX ? 0 : close), STR(" as "));
	if (as != SIZE_MAX) {
		as += close == SIZE_MAX ? 0 : close;
		name = str_sub(rest, 0, as);
		label = str_trim(str_from_off(rest, as + 4));
	}
	if (close != SIZE_MAX) {
		properties = str_sub(rest, brace + 2, close - brace - 2);
		name = str_sub(rest, 0, brace);
	}
	name = str_trim(name);
	if (!name.size) {
		build_expected(&sequence->mermaid->build, empty_at(rest), "the name of a participant");
		return -1;
	}
	struct str type = property(properties, "type");
	if (!label.size)
		label = property(properties, "alias");
	int index = participant(sequence, name);
	struct graph_node *node = &sequence->mermaid->build.graph->nodes.data[index];
	node->shape = type.size ? type_shape(type) : shape;
	if (node->shape == SHAPE_STADIUM)
		node->note = type;
	if (label.size)
		node->label = mermaid_shown(sequence->mermaid, label);
	if (sequence->box >= 0)
		build_place(&sequence->mermaid->build, index, sequence->box);
	return index;
}

static void read_declared(struct sequence *sequence, struct str keyword, struct str rest)
{
	read_participant(sequence, rest, str_eq_nocase(keyword, STR("actor")) ? SHAPE_PERSON : SHAPE_BOX);
}

static void read_create(struct sequence *sequence, struct str keyword, struct str rest)
{
	struct str word = mermaid_first_word(rest);
	bool actor = str_eq_nocase(word, STR("actor"));
	(void)keyword;
	if (actor || str_eq_nocase(word, STR("participant")))
		rest = str_trim(str_from_off(rest, word.size));
	size_t known = sequence->mermaid->build.graph->nodes.n;
	int node = read_participant(sequence, rest, actor ? SHAPE_PERSON : SHAPE_BOX);
	if (node >= 0 && sequence->mermaid->build.graph->nodes.n > known)
		add_step(sequence, (struct graph_step){.kind = STEP_CREATE, .from = node});
}

static void read_destroy(struct sequence *sequence, struct str keyword, struct str rest)
{
	(void)keyword;
	if (rest.size)
		add_step(sequence, (struct graph_step){.kind = STEP_DESTROY, .from = participant(sequence, rest)});
}

static void read_activate(struct sequence *sequence, struct str keyword, struct str rest)
{
	if (!rest.size)
		build_expected(&sequence->mermaid->build, empty_at(rest), "the name of a participant");
	else if (str_starts_nocase(keyword, STR("de")))
		deactivate(sequence, participant(sequence, rest), rest);
	else
		activate(sequence, participant(sequence, rest));
}

static void read_note(struct sequence *sequence, struct str keyword, struct str rest)
{
	static const struct {
		const char *words;
		enum graph_side side;
	} sides[] = {{"left of ", SIDE_LEFT}, {"right of ", SIDE_RIGHT}, {"over ", SIDE_OVER}};
	struct graph_build *build = &sequence->mermaid->build;
	(void)keyword;
	for (size_t i = 0; i < 3; i++) {
		struct str words = str_from(sides[i].words);
		if (!str_starts_nocase(rest, words))
			continue;
		struct str names = str_trim(ends_of(str_from_off(rest, words.size)));
		size_t colon = str_find_char(rest, ':');
		if (!names.size || colon == SIZE_MAX) {
			build_expected(build, empty_at(rest), "a participant, ':' and the text of the note");
			return;
		}
		struct str second = names;
		struct str first = str_trim(str_cut(&second, ','));
		second = str_trim(second);
		struct graph_step step = {.kind = STEP_NOTE, .side = sides[i].side};
		step.from = step.to = participant(sequence, first);
		if (second.size)
			step.to = participant(sequence, second);
		step.label = text_of(sequence, str_from_off(rest, colon + 1));
		add_step(sequence, step);
		return;
	}
	build_expected(build, rest.size ? rest : empty_at(rest), "'left of', 'right of' or 'over', and a participant");
}

/* A colour in front of a title is taken off it. */
static struct str take_tone(struct str *rest)
{
	struct str tone = STR("");
	size_t n = 0;
	bool is_call = str_starts_nocase(*rest, STR("rgb")) || str_starts_nocase(*rest, STR("hsl"));
	if (is_call)
		n = str_find_char(*rest, ')') == SIZE_MAX ? 0 : str_find_char(*rest, ')') + 1;
	else
		n = mermaid_first_word(*rest).size;
	if (n && mermaid_tone(str_sub(*rest, 0, n), &tone))
		*rest = str_trim(str_from_off(*rest, n));
	return tone;
}

static void open_box(struct sequence *sequence, struct str rest)
{
	struct graph_build *build = &sequence->mermaid->build;
	struct str tone = take_tone(&rest);
	struct str key = str_format(build->arena, "box %zu", build->graph->clusters.n);
	struct word label = mermaid_shown(sequence->mermaid, rest);
	sequence->box = build_cluster(build, (struct word){key, label.span}, -1);
	struct graph_cluster *cluster = &build->graph->clusters.data[sequence->box];
	cluster->id = label;
	cluster->label = label;
	cluster->kind = tone.size ? str_format(build->arena, "tone-" STR_FMT, STR_ARG(tone)) : STR("");
}

static void read_open(struct sequence *sequence, struct str keyword, struct str rest)
{
	struct graph_build *build = &sequence->mermaid->build;
	bool is_box = str_eq_nocase(keyword, STR("box")), is_rect = str_eq_nocase(keyword, STR("rect"));
	struct block block = {.word = keyword, .is_box = is_box};
	block.is_dropped = is_box || sequence->n_steps_open >= GRAPH_STEP_DEPTH;
	if (is_box) {
		open_box(sequence, rest);
	} else if (!block.is_dropped) {
		struct str tone = is_rect ? take_tone(&rest) : STR("");
		struct graph_step step = {.kind = STEP_OPEN, .word = str_lower_ascii(build->arena, keyword)};
		step.label = is_rect ? (struct word){.span = SPAN_NONE} : text_of(sequence, rest);
		step.tone = tone.size ? str_format(build->arena, "tone-" STR_FMT, STR_ARG(tone)) : STR("");
		size_t n = build->graph->steps.n;
		add_step(sequence, step);
		block.is_dropped = build->graph->steps.n == n;
		sequence->n_steps_open += !block.is_dropped;
	} else if (sequence->depth == GRAPH_STEP_DEPTH) {
		build_trouble(build, "limit-reached", "diagram-depth", span_of(build->source, keyword), keyword,
			      STR("32"));
	}
	if (sequence->depth < GRAPH_DEPTH_MAX)
		sequence->open[sequence->depth] = block;
	sequence->depth++;
}

static void read_next(struct sequence *sequence, struct str keyword, struct str rest)
{
	struct graph_build *build = &sequence->mermaid->build;
	const char *opener = str_eq_nocase(keyword, STR("else"))  ? "alt"
			     : str_eq_nocase(keyword, STR("and")) ? "par"
								  : "critical";
	if (sequence->depth > GRAPH_DEPTH_MAX)
		return;
	const struct block *block = sequence->depth ? &sequence->open[sequence->depth - 1] : NULL;
	if (!block || !str_starts_nocase(block->word, str_from(opener))) {
		build_expected(
			build, keyword,
			str_format(build->arena, "'%s' around this '" STR_FMT "'", opener, STR_ARG(keyword)).data);
		return;
	}
	if (!block->is_dropped)
		add_step(sequence, (struct graph_step){.kind = STEP_NEXT,
						       .word = str_lower_ascii(build->arena, keyword),
						       .label = text_of(sequence, rest)});
}

static void read_end(struct sequence *sequence, struct str keyword, struct str rest)
{
	(void)rest;
	if (sequence->depth == 0) {
		build_expected(&sequence->mermaid->build, keyword, "a block that this 'end' closes");
		return;
	}
	sequence->depth--;
	if (sequence->depth >= GRAPH_DEPTH_MAX)
		return;
	const struct block *block = &sequence->open[sequence->depth];
	if (block->is_box)
		sequence->box = -1;
	if (block->is_dropped)
		return;
	add_step(sequence, (struct graph_step){.kind = STEP_CLOSE, .word = block->word});
	sequence->n_steps_open--;
}

static void read_autonumber(struct sequence *sequence, struct str keyword, struct str rest)
{
	long long number = 1, by = 1;
	(void)keyword;
	if (str_eq_nocase(rest, STR("off"))) {
		sequence->by = 0;
		return;
	}
	struct str first = str_cut(&rest, ' ');
	if (first.size)
		str_to_number(first, &number);
	if (str_trim(rest).size)
		str_to_number(str_trim(rest), &by);
	sequence->number = number > 0 && number < 1000000 ? (unsigned)number : 1;
	sequence->by = by > 0 && by < 10000 ? (unsigned)by : 1;
}

/* `link A: Dashboard @ https://...`: the first one is where its box leads. */
static void read_link(struct sequence *sequence, struct str keyword, struct str rest)
{
	struct graph_build *build = &sequence->mermaid->build;
	size_t colon = str_find_char(rest, ':'), at = str_rfind_char(rest, '@');
	if (!str_eq_nocase(keyword, STR("link")) || colon == SIZE_MAX || at == SIZE_MAX || at < colon)
		return;
	struct str href = str_trim(str_from_off(rest, at + 1)), name = str_trim(str_sub(rest, 0, colon));
	if (!href.size || !name.size)
		return;
	if (href_is_unsafe(href)) {
		build_trouble(build, "diagram-asset", "script", span_of(build->source, href), href, STR("link"));
		return;
	}
	int index = participant(sequence, name);
	struct graph_node *node = &build->graph->nodes.data[index];
	if (!node->href.size)
		node->href = href;
}

static const struct statement {
	const char *word;
	void (*read)(struct sequence *sequence, struct str keyword, struct str rest);
} statements[] = {
	{"participant", read_declared},
	{"actor", read_declared},
	{"create", read_create},
	{"destroy", read_destroy},
	{"activate", read_activate},
	{"deactivate", read_activate},
	{"note", read_note},
	{"autonumber", read_autonumber},
	{"box", read_open},
	{"loop", read_open},
	{"alt", read_open},
	{"opt", read_open},
	{"par", read_open},
	{"par_over", read_open},
	{"critical", read_open},
	{"break", read_open},
	{"rect", read_open},
	{"else", read_next},
	{"and", read_next},
	{"option", read_next},
	{"end", read_end},
	{"link", read_link},
	{"links", read_link},
	{"properties", read_link},
	{"details", read_link},
};

static const struct statement *statement_of(struct str line)
{
	struct str word = mermaid_first_word(line);
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
		if (str_eq_nocase(word, str_from(statements[i].word)))
			return &statements[i];
	return NULL;
}

/* ---- lines ---- */

/* True when the ';' at `off` ends a code such as #59; or &amp; */
static bool ends_code(struct str line, size_t off)
{
	size_t start = off;
	while (start > 0 && off - start < 10) {
		char c = line.data[start - 1];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
			break;
		start--;
	}
	return start < off && start > 0 && (line.data[start - 1] == '#' || line.data[start - 1] == '&');
}

static bool is_statement(struct str line)
{
	size_t off;
	if (statement_of(line))
		return true;
	line = str_sub(line, 0, str_find_char(line, ';'));
	struct str ends = ends_of(line);
	return ends.size < line.size && find_arrow(ends, &off);
}

/* Takes the first statement off the line. */
static struct str cut_statement(struct mermaid *mermaid, struct str *rest_of_line)
{
	struct str line = *rest_of_line;
	*rest_of_line = STR_NONE;
	for (size_t i = str_find_char(line, ';'); i < line.size; i++) {
		if (line.data[i] != ';' || ends_code(line, i))
			continue;
		struct str rest = str_trim(str_from_off(line, i + 1));
		if (rest.size == 0)
			return str_trim(str_sub(line, 0, i));
		if (!is_statement(rest)) {
			build_expected(&mermaid->build, str_sub(line, i, 1),
				       "the end of the line, or #59; for this sign");
			return line;
		}
		*rest_of_line = rest;
		return str_trim(str_sub(line, 0, i));
	}
	return line;
}

static void read_statement(struct sequence *sequence, struct str line)
{
	struct mermaid *mermaid = sequence->mermaid;
	if (line.size == 0 || line.data[0] == '#' || mermaid_take_heading(mermaid, line))
		return;
	const struct statement *statement = statement_of(line);
	struct str word = mermaid_first_word(line);
	if (statement)
		statement->read(sequence, word, str_trim(str_from_off(line, word.size)));
	else if (!read_message(sequence, line))
		mermaid_not_understood(mermaid, line);
}

void mermaid_sequence(struct mermaid *mermaid)
{
	struct sequence sequence = {.mermaid = mermaid, .box = -1, .number = 1};
	struct str line;
	mermaid_skip_line(mermaid);
	while (mermaid_next_line(mermaid, &line))
		while (line.size)
			read_statement(&sequence, cut_statement(mermaid, &line));
	if (sequence.depth) {
		size_t last = sequence.depth < GRAPH_DEPTH_MAX ? sequence.depth : GRAPH_DEPTH_MAX;
		struct str word = sequence.open[last - 1].word;
		build_expected(&mermaid->build, word,
			       str_format(mermaid->build.arena, "'end' of this '" STR_FMT "'", STR_ARG(word)).data);
	}
	while (sequence.depth)
		read_end(&sequence, STR("end"), STR_NONE);
}
