/* Draws what supersedes and amends what: the chain around one record, a whole log; and the links between pages. */
#include "draw/drawing.h"

/* Records in one drawing: around one record, on one line, of a log; around the newest of a family that is too large; of a
 * log with those that only relate to each other. */
enum { CHAIN_MAX = 12, LINE_MAX = 5, LOG_MAX = 240, AROUND_MAX = 40, RELATES_MAX = 60 };

struct str decision_href(struct arena *arena, const struct decision *decision)
{
	if (!decision->page || !decision->anchor.size)
		return decision->page ? decision->page->url : STR("");
	return str_format(arena, STR_FMT "#" STR_FMT, STR_ARG(decision->page->url), STR_ARG(decision->anchor));
}

static enum status record_status(const struct decision *decision)
{
	return decision->effective_status != STATUS_NONE ? decision->effective_status : decision->status;
}

static int record_box(struct make *make, const struct decision *decision, const struct decision *self)
{
	const char *status = status_name(record_status(decision));
	struct str kind = str_from(status ? status : "unknown");
	if (decision == self)
		kind = str_format(make->arena, STR_FMT " this", STR_ARG(kind));
	struct make_node node = {.label = decision_name(make->arena, decision),
				 .note = decision->title.str,
				 .kind = kind,
				 .shape = SHAPE_ROUND,
				 .cluster = -1};
	if (decision->page && decision != self)
		node.href = decision_href(make->arena, decision);
	return make_node(make, decision->path, node);
}

/* The line for one stated relation, from the older record to the newer; both ends of a pair give the same one. */
static void relation_line(struct make *make, const struct decision *owner, const struct relation *relation)
{
	const struct decision *target = relation->target;
	bool turned = relation->kind == RELATION_SUPERSEDES || relation->kind == RELATION_AMENDS;
	bool amends = relation->kind == RELATION_AMENDS || relation->kind == RELATION_AMENDED_BY;
	int from = make_find(make, turned ? target->path : owner->path);
	int to = make_find(make, turned ? owner->path : target->path);
	if (from < 0 || to < 0 || from == to)
		return;
	if (relation->kind == RELATION_RELATES) {
		make_edge(make, from < to ? from : to, from < to ? to : from, STR(""), LINE_DOTTED, TIP_NONE);
		return;
	}
	struct graph_edge *edge = make_edge(make, from, to, STR(""), amends ? LINE_DOTTED : LINE_SOLID, TIP_ARROW);
	if (amends)
		edge->label.str = STR("amended by");
	else if (relation->partial || str_is(edge->label.str, "partly superseded by"))
		edge->label.str = STR("partly superseded by");
	else
		edge->label.str = STR("superseded by");
}

static bool is_chain(const struct relation *relation)
{
	return relation->target && relation->kind != RELATION_RELATES;
}

/* ---- around one record ---- */

/* Records around one, nearest first. */
struct walk {
	struct make *make;
	const struct decision *self;
	size_t most;
	VEC(const struct decision *) list;
	bool goes_on; /* there are more */
};

static bool is_listed(const struct walk *walk, const struct decision *decision)
{
	for (size_t i = 0; i < walk->list.n; i++)
		if (walk->list.data[i] == decision)
			return true;
	return false;
}

static void visit(struct walk *walk, const struct decision *decision)
{
	if (is_listed(walk, decision))
		return;
	walk->goes_on = walk->list.n >= walk->most;
	if (!walk->goes_on)
		vec_add(walk->make->arena, &walk->list, decision);
}

/* A record with thousands of successors is looked through no further than the drawing has room. */
static void walk_around(struct walk *walk)
{
	visit(walk, walk->self);
	for (size_t i = 0; i < walk->list.n && !walk->goes_on; i++) {
		const struct decision *at = walk->list.data[i];
		for (size_t j = 0; j < at->relations.n && !walk->goes_on; j++)
			if (is_chain(&at->relations.data[j]))
				visit(walk, at->relations.data[j].target);
		for (size_t j = 0; j < at->incoming.n && !walk->goes_on; j++)
			if (is_chain(at->incoming.data[j]))
				visit(walk, at->incoming_from.data[j]);
	}
}

bool chain_graph(struct make *make, const struct decision *decision)
{
	struct walk walk = {.make = make, .self = decision, .most = CHAIN_MAX};
	walk_around(&walk);
	for (size_t i = 0; i < walk.list.n; i++)
		record_box(make, walk.list.data[i], decision);
	for (size_t i = 0; i < walk.list.n; i++) {
		const struct decision *at = walk.list.data[i];
		for (size_t j = 0; j < at->relations.n; j++)
			if (is_chain(&at->relations.data[j]) && is_listed(&walk, at->relations.data[j].target))
				relation_line(make, at, &at->relations.data[j]);
	}
	if (walk.list.n > LINE_MAX)
		memcpy(make->graph->direction, "TB", 3);
	if (walk.goes_on)
		make_left_out(make, "the chain goes on past %d records", (int)CHAIN_MAX);
	return walk.list.n > 1;
}

/* ---- logs ---- */

static bool counts(const struct relation *relation, bool with_relates)
{
	return relation->target && (with_relates || relation->kind != RELATION_RELATES);
}

static bool has_relation(const struct decision *decision, bool with_relates)
{
	for (size_t i = 0; i < decision->relations.n; i++)
		if (counts(&decision->relations.data[i], with_relates))
			return true;
	for (size_t i = 0; i < decision->incoming.n; i++)
		if (counts(decision->incoming.data[i], with_relates))
			return true;
	return false;
}

/* Records of a log that hang together, over any number of relations. */
struct family {
	const struct decision *newest;
	size_t n;
};

/* A log while it is decided what of it is drawn. By place in the log: */
struct choice {
	struct arena *arena;
	const struct decision_log *log;
	bool with_relates;
	struct map places;       /* path of a record -> its place + 1 */
	size_t *parents;         /* of the joined sets */
	struct family *families; /* at the place of a set's root */
	bool *chosen;
	size_t n_all, n_related, n_chosen; /* records with any relation, with one that counts, of the drawing */
};

static size_t place_of(const struct choice *choice, const struct decision *decision)
{
	return (size_t)(uintptr_t)map_find(&choice->places, decision->path) - 1; /* SIZE_MAX: of another log */
}

static size_t root_of(struct choice *choice, size_t at)
{
	while (choice->parents[at] != at)
		at = choice->parents[at] = choice->parents[choice->parents[at]];
	return at;
}

static void join_records(struct choice *choice)
{
	const struct decision_log *log = choice->log;
	for (size_t i = 0; i < log->decisions.n; i++) {
		choice->parents[i] = i;
		map_put(&choice->places, log->decisions.data[i]->path, (void *)(uintptr_t)(i + 1));
	}
	for (size_t i = 0; i < log->decisions.n; i++) {
		const struct decision *decision = log->decisions.data[i];
		for (size_t j = 0; j < decision->relations.n; j++) {
			const struct relation *relation = &decision->relations.data[j];
			size_t to =
				counts(relation, choice->with_relates) ? place_of(choice, relation->target) : SIZE_MAX;
			if (to != SIZE_MAX)
				choice->parents[root_of(choice, to)] = root_of(choice, i);
		}
	}
	for (size_t i = 0; i < log->decisions.n; i++) {
		struct family *family = &choice->families[root_of(choice, i)];
		family->newest = log->decisions.data[i];
		family->n++;
		choice->n_related += has_relation(log->decisions.data[i], choice->with_relates);
	}
}

static void choose(struct choice *choice, size_t at)
{
	choice->n_chosen += !choice->chosen[at];
	choice->chosen[at] = true;
}

/* The family of a record as a whole, or what stands around the record in a family that is too large. */
static void choose_family(struct choice *choice, struct make *make, size_t at)
{
	size_t root = root_of(choice, at), room = LOG_MAX - choice->n_chosen;
	const struct family *family = &choice->families[root];
	if (family->n <= room) {
		for (size_t i = 0; i <= at; i++)
			if (root_of(choice, i) == root)
				choose(choice, i);
		return;
	}
	struct walk walk = {.make = make, .self = family->newest, .most = room < AROUND_MAX ? room : AROUND_MAX};
	walk_around(&walk);
	for (size_t i = 0; i < walk.list.n && walk.list.n > 1; i++) {
		size_t place = place_of(choice, walk.list.data[i]);
		if (place != SIZE_MAX)
			choose(choice, place);
	}
}

/* Families with the newest records first, while there is room. */
static void choose_records(struct choice *choice, struct make *make)
{
	size_t n = choice->log->decisions.n;
	for (size_t i = 0; i < n && choice->n_related <= LOG_MAX; i++)
		if (has_relation(choice->log->decisions.data[i], choice->with_relates))
			choose(choice, i);
	for (size_t i = n; i-- > 0 && choice->n_related > LOG_MAX && choice->n_chosen < LOG_MAX;) {
		const struct family *family = &choice->families[root_of(choice, i)];
		if (family->newest == choice->log->decisions.data[i] && family->n > 1)
			choose_family(choice, make, i);
	}
}

static void draw_records(struct make *make, const struct choice *choice)
{
	const struct decision_log *log = choice->log;
	for (size_t i = 0; i < log->decisions.n; i++)
		if (choice->chosen[i])
			record_box(make, log->decisions.data[i], NULL);
	for (size_t i = 0; i < log->decisions.n; i++) {
		const struct decision *decision = log->decisions.data[i];
		for (size_t j = 0; choice->chosen[i] && j < decision->relations.n; j++)
			if (counts(&decision->relations.data[j], choice->with_relates))
				relation_line(make, decision, &decision->relations.data[j]);
	}
}

static struct choice start_choice(struct arena *arena, const struct decision_log *log)
{
	size_t n = log->decisions.n;
	struct choice choice = {.arena = arena, .log = log};
	for (size_t i = 0; i < n; i++)
		choice.n_all += has_relation(log->decisions.data[i], true);
	choice.with_relates = choice.n_all <= RELATES_MAX;
	choice.places.arena = arena;
	choice.parents = NEW_ARRAY(arena, size_t, n + 1);
	choice.families = NEW_ARRAY(arena, struct family, n + 1);
	choice.chosen = NEW_ARRAY(arena, bool, n + 1);
	return choice;
}

bool log_graph(struct make *make, const struct decision_log *log)
{
	struct arena *scratch = arena_new();
	struct choice choice = start_choice(scratch, log);
	join_records(&choice);
	if (!choice.with_relates && choice.n_all > choice.n_related)
		make_left_out(make, "records that only relate to each other are not shown");
	choose_records(&choice, make);
	draw_records(make, &choice);
	if (choice.n_chosen < choice.n_related)
		make_left_out(make,
			      "%zu of %zu related records are shown, the newest and what hangs together with them; the "
			      "page of each record shows those around it",
			      choice.n_chosen, choice.n_related);
	arena_free(scratch);
	return make->graph->nodes.n > 0;
}

/* ---- for programs ---- */

static struct made_graph finish(struct make *make)
{
	struct made_graph made = {make->graph, buf_dup(make->arena, &make->why)};
	buf_free(&make->why);
	return made;
}

struct made_graph draw_log(struct arena *arena, const struct decision_log *log)
{
	struct make make;
	make_start(&make, arena, "LR", log->name);
	log_graph(&make, log);
	return finish(&make);
}

struct made_graph draw_chain(struct arena *arena, const struct decision *decision)
{
	struct make make;
	make_start(&make, arena, "LR", decision->title.str);
	chain_graph(&make, decision);
	return finish(&make);
}

struct graph *draw_supersession(struct arena *arena, const struct decision_log *log)
{
	struct make make;
	struct choice choice = start_choice(arena, log);
	choice.with_relates = true;
	make_start(&make, arena, "LR", log->name);
	for (size_t i = 0; i < log->decisions.n; i++)
		choice.chosen[i] = has_relation(log->decisions.data[i], true);
	draw_records(&make, &choice);
	return finish(&make).graph;
}

/* ---- links ---- */

struct graph *draw_links(struct arena *arena, const struct model *model)
{
	static const char *const kinds[] = {
		[PAGE_DOCUMENT] = "document", [PAGE_DECISION] = "decision", [PAGE_DIAGRAM] = "drawing"};
	struct make make;
	make_start(&make, arena, "LR", model->title);
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		struct make_node node = {.label = page->title.str.size ? page->title.str : page->source->path,
					 .kind = str_from(kinds[page->kind]),
					 .href = page->url,
					 .shape = SHAPE_ROUND,
					 .cluster = -1};
		make_node(&make, page->source->path, node);
	}
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t j = 0; j < page->links.n; j++) {
			const struct page *target = page->links.data[j].page;
			if (target && target != page)
				make_edge(&make, make_find(&make, page->source->path),
					  make_find(&make, target->source->path), STR(""), LINE_SOLID, TIP_ARROW);
		}
	}
	buf_free(&make.why);
	return make.graph;
}
