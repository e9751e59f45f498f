/* The pass: gathers every drawing of the workspace, lays out each different one once, and keeps them by key. */
#include "draw/drawing.h"

#include <assert.h>

/* A drawing on its way: what to say when it fails, and which layout it waits for. */
struct job {
	struct drawing *drawing;
	struct span span;
	size_t layout; /* index of its layout, SIZE_MAX: none */
};

struct drawer {
	struct arena *arena;
	const struct model *model;
	struct drawings *drawings;
	VEC(struct job) jobs;
	VEC(const struct layout_plan *) plans;
	struct map by_plan; /* layout_plan_key -> index + 1 */
};

/* ---- limits and reasons ---- */

static struct str over_limit(struct arena *arena, const struct config_limits *limits, const struct graph *graph)
{
	if (graph->nodes.n > limits->graph_nodes)
		return str_format(arena, "it has %zu nodes, more than the limit of %zu", graph->nodes.n,
				  limits->graph_nodes);
	if (graph->edges.n > limits->graph_edges)
		return str_format(arena, "it has %zu edges, more than the limit of %zu", graph->edges.n,
				  limits->graph_edges);
	return STR("");
}

/* Why a graph is not laid out at all, though nothing is wrong with the engine; empty: it is. */
static struct str not_drawn(const struct graph *graph)
{
	if (!graph->supported && graph->form != GRAPH_BOXES)
		return STR("it is shown as source: a statement in it is not understood");
	if (!graph->supported)
		return graph->kind.size ? STR("diagrams of this kind are shown as source")
					: STR("its kind is not known");
	return graph->nodes.n == 0 ? STR("there is nothing in it") : STR("");
}

static struct str end_text(struct arena *arena, enum layout_end end, unsigned seconds)
{
	if (end == LAYOUT_TIMEOUT)
		return str_format(arena, "the layout took longer than the limit of %u s", seconds);
	if (end == LAYOUT_NO_ENGINE)
		return STR("graphviz's layout plugins were not found");
	return end == LAYOUT_CRASHED ? STR("the layout engine crashed") : STR("the layout engine gave no result");
}

static const char *end_kind(enum layout_end end)
{
	return end == LAYOUT_TIMEOUT ? "timeout" : end == LAYOUT_NO_ENGINE ? "engine" : "failed";
}

static void fail(struct drawer *drawer, const struct job *job, const char *kind, struct str why)
{
	job->drawing->why = why;
	trouble_add(drawer->arena, &drawer->drawings->troubles,
		    (struct trouble){.rule = "diagram-layout",
				     .kind = kind,
				     .span = job->span,
				     .text = job->drawing->title,
				     .extra = why,
				     .other = SPAN_NONE});
}

/* ---- gathering ---- */

static void add_drawing(struct drawer *drawer, struct str key, struct str title, const struct graph *graph,
			struct span span)
{
	struct drawing *drawing = NEW(drawer->arena, struct drawing);
	struct job job = {drawing, span, SIZE_MAX};
	*drawing = (struct drawing){.title = title, .graph = graph, .why = not_drawn(graph)};
	map_put(&drawer->drawings->by_key, key, drawing);
	struct str over = over_limit(drawer->arena, &drawer->model->config->limits, graph);
	if (drawing->why.size == 0 && over.size) {
		fail(drawer, &job, "limit", over);
	} else if (drawing->why.size == 0 && graph->form == GRAPH_SEQUENCE) {
		drawing->layout = sequence_layout(drawer->arena, graph);
	} else if (drawing->why.size == 0) {
		const struct layout_plan *plan = layout_plan(drawer->arena, graph);
		struct str plan_key = layout_plan_key(drawer->arena, plan);
		const void *found = map_find(&drawer->by_plan, plan_key);
		job.layout = found ? (uintptr_t)found - 1 : drawer->plans.n;
		if (!found) {
			vec_add(drawer->arena, &drawer->plans, plan);
			map_put(&drawer->by_plan, plan_key, (void *)(uintptr_t)drawer->plans.n);
		}
	}
	vec_add(drawer->arena, &drawer->jobs, job);
}

/* A drawing of the model: what was left out is said beside it. */
static void add_made(struct drawer *drawer, struct str key, struct make *make, struct span span)
{
	add_drawing(drawer, key, make->graph->title.str, make->graph, span);
	struct drawing *drawing = map_find(&drawer->drawings->by_key, key);
	if (make->why.size && drawing->why.size == 0) {
		drawing->simplified = true;
		drawing->why = buf_dup(drawer->arena, &make->why);
	}
	buf_free(&make->why);
}

static struct str title_of(struct drawer *drawer, const char *what, const struct entity *entity)
{
	struct str title = entity_title(entity);
	return str_format(drawer->arena, "%s " STR_FMT, what, STR_ARG(title));
}

static void add_estate(struct drawer *drawer, const struct estate *estate)
{
	struct arena *arena = drawer->arena;
	struct make make;
	make_start(&make, arena, "LR", title_of(drawer, "Overview of", &estate->entity));
	estate_graph(&make, estate);
	add_made(drawer, entity_key(arena, &estate->entity), &make, estate->entity.id.span);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct entity *entity = &estate->clusters.data[i]->entity;
		make_start(&make, arena, "TB", title_of(drawer, "Cluster", entity));
		cluster_graph(&make, estate->clusters.data[i]);
		add_made(drawer, entity_key(arena, entity), &make, entity->id.span);
	}
	for (size_t i = 0; i < estate->networks.n; i++) {
		const struct entity *entity = &estate->networks.data[i]->entity;
		make_start(&make, arena, "LR", title_of(drawer, "Network", entity));
		network_graph(&make, estate->networks.data[i]);
		add_made(drawer, entity_key(arena, entity), &make, entity->id.span);
	}
	for (size_t i = 0; i < estate->services.n; i++) {
		const struct entity *entity = &estate->services.data[i]->entity;
		make_start(&make, arena, "LR", title_of(drawer, "Service", entity));
		service_graph(&make, estate->services.data[i]);
		add_made(drawer, entity_key(arena, entity), &make, entity->id.span);
	}
}

static struct str chain_key(struct arena *arena, const struct decision *decision)
{
	return str_format(arena, "chain:" STR_FMT, STR_ARG(decision->path));
}

static struct str log_key(struct arena *arena, const struct decision_log *log)
{
	return str_format(arena, "log:" STR_FMT, STR_ARG(log->folder));
}

static void add_decisions(struct drawer *drawer)
{
	struct arena *arena = drawer->arena;
	const struct model *model = drawer->model;
	struct make make;
	for (size_t i = 0; i < model->decisions.n; i++) {
		const struct decision *decision = model->decisions.data[i];
		struct span span = {decision->source->id, 0, 0};
		make_start(&make, arena, "LR", STR("What this decision replaces and what replaced it"));
		if (chain_graph(&make, decision))
			add_made(drawer, chain_key(arena, decision), &make, span);
		else
			buf_free(&make.why);
	}
	for (size_t i = 0; i < model->logs.n; i++) {
		const struct decision_log *log = model->logs.data[i];
		struct span span =
			log->decisions.n ? (struct span){log->decisions.data[0]->source->id, 0, 0} : SPAN_NONE;
		make_start(&make, arena, "LR",
			   str_format(arena, "Relations between the decisions of " STR_FMT, STR_ARG(log->folder)));
		if (log_graph(&make, log))
			add_made(drawer, log_key(arena, log), &make, span);
		else
			buf_free(&make.why);
	}
}

static struct str page_key(struct arena *arena, const struct page *page)
{
	return str_format(arena, "page:" STR_FMT, STR_ARG(page->source->path));
}

static struct str block_key(struct arena *arena, const struct page *page, uint32_t node)
{
	return str_format(arena, "block:" STR_FMT ":%u", STR_ARG(page->source->path), node);
}

static void add_page(struct drawer *drawer, const struct page *page, const struct names *names)
{
	struct arena *arena = drawer->arena;
	struct str title = page->title.str.size ? page->title.str : path_base(page->source->path);
	if (page->graph) {
		const struct graph *graph = linked_graph(arena, drawer->model, page, page->graph, names);
		add_drawing(drawer, page_key(arena, page), graph->title.str.size ? graph->title.str : title, graph,
			    graph->span);
	}
	for (size_t i = 0; i < page->diagrams.n; i++) {
		const struct block_diagram *block = &page->diagrams.data[i];
		const struct graph *graph = linked_graph(arena, drawer->model, page, block->graph, names);
		struct str name = graph->title.str.size
					  ? graph->title.str
					  : str_format(arena, "Diagram %zu of " STR_FMT, i + 1, STR_ARG(title));
		add_drawing(drawer, block_key(arena, page, block->node), name, graph, graph->span);
	}
}

static void add_pages(struct drawer *drawer)
{
	struct map names = {.arena = drawer->arena}; /* estate id -> struct names * */
	for (size_t i = 0; i < drawer->model->pages.n; i++) {
		const struct page *page = drawer->model->pages.data[i];
		if (!page->graph && page->diagrams.n == 0)
			continue;
		struct names *known = page->estate ? map_find(&names, page->estate->entity.id.str) : NULL;
		if (page->estate && !known) {
			known = names_of(drawer->arena, page->estate);
			map_put(&names, page->estate->entity.id.str, known);
		}
		add_page(drawer, page, known);
	}
}

/* ---- layouts ---- */

/* Graphs that go to one child at most; few enough that the workers share them. */
enum { BATCH_MAX = 32, BATCHES = 16 };

struct layouts {
	const struct layout_plan *const *plans;
	size_t n, batch;
	unsigned seconds;
};

static void *lay_out(void *context, size_t index, struct arena *arena)
{
	const struct layouts *layouts = context;
	size_t from = index * layouts->batch, left = layouts->n - from;
	return layout_plan_run(arena, layouts->plans + from, left < layouts->batch ? left : layouts->batch,
			       layouts->seconds);
}

static void lay_out_all(struct drawer *drawer, const struct pool *pool)
{
	size_t n = drawer->plans.n, batch = n / BATCHES + 1 < BATCH_MAX ? n / BATCHES + 1 : BATCH_MAX;
	struct layouts layouts = {drawer->plans.data, n, batch, drawer->model->config->limits.layout_seconds};
	if (n)
		engine_start();
	struct pool_result *results =
		n ? pool_each(pool, drawer->arena, (n + batch - 1) / batch, lay_out, &layouts) : NULL;
	for (size_t i = 0; i < drawer->jobs.n; i++) {
		struct job *job = &drawer->jobs.data[i];
		if (job->layout == SIZE_MAX)
			continue;
		const struct pool_result *of_batch = &results[job->layout / batch];
		const struct layout_result *result = of_batch->value;
		result = of_batch->end == POOL_DONE ? &result[job->layout % batch] : NULL;
		enum layout_end end = result ? result->end : LAYOUT_CRASHED;
		if (end == LAYOUT_DONE)
			job->drawing->layout = result->layout;
		else
			fail(drawer, job, end_kind(end), end_text(drawer->arena, end, layouts.seconds));
	}
}

struct drawings *draw(struct arena *arena, const struct model *model, const struct pool *pool)
{
	struct drawings *drawings = NEW(arena, struct drawings);
	struct drawer drawer = {.arena = arena, .model = model, .drawings = drawings, .by_plan = {.arena = arena}};
	drawings->by_key.arena = arena;
	FOR_ESTATES (model, estate)
		add_estate(&drawer, estate);
	add_decisions(&drawer);
	add_pages(&drawer);
	lay_out_all(&drawer, pool);
	return drawings;
}

struct drawing *draw_one(struct arena *arena, const struct model *model, struct graph *graph)
{
	const struct config_limits *limits = &model->config->limits;
	struct drawing *drawing = NEW(arena, struct drawing);
	*drawing = (struct drawing){.title = graph->title.str, .graph = graph, .why = not_drawn(graph)};
	if (drawing->why.size == 0)
		drawing->why = over_limit(arena, limits, graph);
	if (drawing->why.size)
		return drawing;
	if (graph->form == GRAPH_SEQUENCE) {
		drawing->layout = sequence_layout(arena, graph);
		return drawing;
	}
	const struct layout_plan *plan = layout_plan(arena, graph);
	const struct layout_result *result = layout_plan_run(arena, &plan, 1, limits->layout_seconds);
	drawing->layout = result->layout;
	if (!result->layout)
		drawing->why = end_text(arena, result->end, limits->layout_seconds);
	return drawing;
}

/* ---- finding ---- */

static const struct drawing *find(const struct drawings *drawings, struct str (*key)(struct arena *, const void *),
				  const void *of)
{
	struct arena *scratch = arena_new();
	const struct drawing *drawing = map_find(&drawings->by_key, key(scratch, of));
	arena_free(scratch);
	return drawing;
}

static struct str key_of_entity(struct arena *arena, const void *entity)
{
	return entity_key(arena, entity);
}

static struct str key_of_decision(struct arena *arena, const void *decision)
{
	return chain_key(arena, decision);
}

static struct str key_of_log(struct arena *arena, const void *log)
{
	return log_key(arena, log);
}

static struct str key_of_page(struct arena *arena, const void *page)
{
	return page_key(arena, page);
}

const struct drawing *drawing_of_entity(const struct drawings *drawings, const struct entity *entity)
{
	return find(drawings, key_of_entity, entity);
}

const struct drawing *drawing_of_decision(const struct drawings *drawings, const struct decision *decision)
{
	return find(drawings, key_of_decision, decision);
}

const struct drawing *drawing_of_log(const struct drawings *drawings, const struct decision_log *log)
{
	return find(drawings, key_of_log, log);
}

const struct drawing *drawing_of_page(const struct drawings *drawings, const struct page *page)
{
	return find(drawings, key_of_page, page);
}

const struct drawing *drawing_of_block(const struct drawings *drawings, const struct page *page, uint32_t node)
{
	struct arena *scratch = arena_new();
	const struct drawing *drawing = map_find(&drawings->by_key, block_key(scratch, page, node));
	arena_free(scratch);
	return drawing;
}
