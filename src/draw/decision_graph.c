/* Draws what supersedes and amends what: the chain around one record, a whole log; and the links between pages. */
#include "draw/drawing.h"

enum { CHAIN_MAX = 12, LINE_MAX = 5, LOG_MAX = 240 };

static struct str record_name(struct arena *arena, const struct decision *decision)
{
	long long number = 0;
	if (str_to_number(decision->id, &number))
		return str_format(arena, "ADR-" STR_FMT, STR_ARG(decision->id));
	return decision->id.size ? decision->id : decision->stem;
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
	struct make_node node = {.label = record_name(make->arena, decision),
				 .note = decision->title.str,
				 .kind = kind,
				 .shape = SHAPE_ROUND,
				 .cluster = -1};
	if (decision->page && decision != self)
		node.href = decision->page->url;
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

/* Records around one, nearest first. */
struct walk {
	struct make *make;
	const struct decision *self;
	VEC(const struct decision *) list;
	size_t dropped;
};

static void visit(struct walk *walk, const struct decision *decision)
{
	if (make_find(walk->make, decision->path) >= 0)
		return;
	if (walk->list.n >= CHAIN_MAX) {
		walk->dropped++;
		return;
	}
	record_box(walk->make, decision, walk->self);
	vec_add(walk->make->arena, &walk->list, decision);
}

bool chain_graph(struct make *make, const struct decision *decision)
{
	struct walk walk = {.make = make, .self = decision};
	visit(&walk, decision);
	for (size_t i = 0; i < walk.list.n; i++) {
		const struct decision *at = walk.list.data[i];
		for (size_t j = 0; j < at->relations.n; j++)
			if (is_chain(&at->relations.data[j]))
				visit(&walk, at->relations.data[j].target);
		for (size_t j = 0; j < at->incoming.n; j++)
			if (is_chain(at->incoming.data[j]))
				visit(&walk, at->incoming_from.data[j]);
	}
	for (size_t i = 0; i < walk.list.n; i++) {
		const struct decision *at = walk.list.data[i];
		for (size_t j = 0; j < at->relations.n; j++)
			if (is_chain(&at->relations.data[j]))
				relation_line(make, at, &at->relations.data[j]);
	}
	if (walk.list.n > LINE_MAX)
		memcpy(make->graph->direction, "TB", 3);
	if (walk.dropped)
		make_left_out(make, "the chain goes on past %d records", (int)CHAIN_MAX);
	return walk.list.n > 1;
}

/* ---- logs ---- */

static bool has_relation(const struct decision *decision, bool with_relates)
{
	for (size_t i = 0; i < decision->relations.n; i++)
		if (decision->relations.data[i].target && (with_relates || is_chain(&decision->relations.data[i])))
			return true;
	for (size_t i = 0; i < decision->incoming.n; i++)
		if (with_relates || is_chain(decision->incoming.data[i]))
			return true;
	return false;
}

static size_t count_related(const struct decision_log *log, bool with_relates)
{
	size_t n = 0;
	for (size_t i = 0; i < log->decisions.n; i++)
		n += has_relation(log->decisions.data[i], with_relates);
	return n;
}

static void make_log(struct make *make, const struct decision_log *log, bool with_relates, size_t most)
{
	size_t n = count_related(log, with_relates);
	size_t skip = n > most ? n - most : 0; /* the oldest go */
	if (skip)
		make_left_out(make, "the last %zu of %zu related records are shown", most, n);
	for (size_t i = 0; i < log->decisions.n; i++) {
		const struct decision *decision = log->decisions.data[i];
		if (!has_relation(decision, with_relates))
			continue;
		if (skip)
			skip--;
		else
			record_box(make, decision, NULL);
	}
	for (size_t i = 0; i < log->decisions.n; i++) {
		const struct decision *decision = log->decisions.data[i];
		for (size_t j = 0; j < decision->relations.n; j++) {
			const struct relation *relation = &decision->relations.data[j];
			if (relation->target && (with_relates || is_chain(relation)))
				relation_line(make, decision, relation);
		}
	}
}

bool log_graph(struct make *make, const struct decision_log *log)
{
	bool with_relates = count_related(log, true) <= 60;
	if (!with_relates)
		make_left_out(make, "records that only relate to each other are not shown");
	make_log(make, log, with_relates, LOG_MAX);
	return make->graph->nodes.n > 0;
}

struct graph *draw_supersession(struct arena *arena, const struct decision_log *log)
{
	struct make make;
	make_start(&make, arena, "LR", log->folder);
	make_log(&make, log, true, SIZE_MAX);
	buf_free(&make.why);
	return make.graph;
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
