/* Lays out subgraphs that stand for themselves on their own, each in its direction, and puts them into what is around
 * them as boxes. The others are left to graphviz's clusters. */
#include "draw/drawing.h"

#include <math.h>

enum { APART_MAX = 100, DEPTH_MAX = 70 };

static const double pad = 12;

/* A part is a graph of its own: the whole (cluster -1), or what a subgraph holds. */
struct layout_part {
	int cluster;
	struct graph graph;
	VEC(int) nodes, clusters, edges; /* local index -> index in the whole; a node < 0: ~cluster, a part as a box */
	struct layout_request *request;
	unsigned height; /* 0: it holds no part, else more than those that it holds */
};

struct layout_plan {
	const struct graph *graph;
	struct layout_request *flat;   /* NULL: made of parts */
	VEC(struct layout_part) parts; /* what a part holds stands behind it */
};

struct planner {
	struct arena *arena;
	const struct graph *graph;
	bool *is_crossed, *is_end, *has_nodes; /* by cluster */
	int *part_of;                          /* by cluster: index of its part, -1: none */
	int *local;                            /* by cluster that is no part: its index there */
	int *local_node;                       /* by node */
	int *box;                              /* by cluster that is a part: its node in the part around it */
};

/* ---- what stands for itself ---- */

/* The innermost cluster that an end of an edge lies in. */
static int home_of_end(const struct graph *graph, int node, int cluster)
{
	return cluster ? graph->clusters.data[cluster - 1].parent : graph->nodes.data[node].cluster;
}

static int depth_of(const struct graph *graph, int cluster)
{
	int depth = 0;
	for (; cluster >= 0 && depth < DEPTH_MAX; depth++)
		cluster = graph->clusters.data[cluster].parent;
	return depth;
}

/* Marks the clusters whose border lies between two places. */
static void mark_crossed(struct planner *planner, int a, int b)
{
	int depth_a = depth_of(planner->graph, a), depth_b = depth_of(planner->graph, b);
	while (a != b && (a >= 0 || b >= 0)) {
		int *deeper = depth_a >= depth_b ? &a : &b;
		if (*deeper < 0)
			break;
		planner->is_crossed[*deeper] = true;
		*deeper = planner->graph->clusters.data[*deeper].parent;
		if (deeper == &a)
			depth_a--;
		else
			depth_b--;
	}
}

static void mark_all(struct planner *planner)
{
	const struct graph *graph = planner->graph;
	for (size_t i = 0; i < graph->edges.n; i++) {
		const struct graph_edge *edge = &graph->edges.data[i];
		mark_crossed(planner, home_of_end(graph, edge->from, edge->tail_cluster),
			     home_of_end(graph, edge->to, edge->head_cluster));
		if (edge->tail_cluster)
			planner->is_end[edge->tail_cluster - 1] = true;
		if (edge->head_cluster)
			planner->is_end[edge->head_cluster - 1] = true;
	}
	for (size_t i = 0; i < graph->nodes.n; i++) {
		int up = graph->nodes.data[i].cluster;
		for (int depth = 0; up >= 0 && depth < DEPTH_MAX && !planner->has_nodes[up]; depth++) {
			planner->has_nodes[up] = true;
			up = graph->clusters.data[up].parent;
		}
	}
}

/* The part that what stands in the cluster belongs to. */
static int part_around(const struct planner *planner, int cluster)
{
	for (int depth = 0; cluster >= 0 && depth < DEPTH_MAX; depth++) {
		if (planner->part_of[cluster] >= 0)
			return planner->part_of[cluster];
		cluster = planner->graph->clusters.data[cluster].parent;
	}
	return 0;
}

static struct layout_part *add_part(struct planner *planner, struct layout_plan *plan, int cluster,
				    const char *direction)
{
	struct layout_part *part = vec_add(planner->arena, &plan->parts, (struct layout_part){.cluster = cluster});
	part->graph.form = planner->graph->form;
	part->graph.directed = planner->graph->directed;
	memcpy(part->graph.direction, direction, 3);
	return part;
}

/* Parents stand before children, so that the direction around each is known. */
static void choose_parts(struct planner *planner, struct layout_plan *plan)
{
	const struct graph *graph = planner->graph;
	add_part(planner, plan, -1, graph->direction);
	for (size_t i = 0; i < graph->clusters.n; i++) {
		const struct graph_cluster *cluster = &graph->clusters.data[i];
		char around[3];
		memcpy(around, plan->parts.data[part_around(planner, cluster->parent)].graph.direction, 3);
		bool turned = cluster->direction[0] && memcmp(cluster->direction, around, 3) != 0;
		bool wanted = turned || planner->is_end[i] || graph->form == GRAPH_STATES;
		if (!wanted || planner->is_crossed[i] || !planner->has_nodes[i])
			continue;
		planner->part_of[i] = (int)plan->parts.n;
		add_part(planner, plan, (int)i, cluster->direction[0] ? cluster->direction : around);
	}
}

/* ---- parts ---- */

/* What the parent of something is within its part. */
static int local_parent(const struct planner *planner, int parent)
{
	return parent < 0 || planner->part_of[parent] >= 0 ? -1 : planner->local[parent];
}

static void fill_clusters(struct planner *planner, struct layout_plan *plan)
{
	const struct graph *graph = planner->graph;
	for (size_t i = 0; i < graph->clusters.n; i++) {
		struct graph_cluster cluster = graph->clusters.data[i];
		struct layout_part *part = &plan->parts.data[part_around(planner, cluster.parent)];
		if (planner->part_of[i] >= 0)
			continue;
		cluster.parent = local_parent(planner, cluster.parent);
		planner->local[i] = (int)part->graph.clusters.n;
		vec_add(planner->arena, &part->graph.clusters, cluster);
		vec_add(planner->arena, &part->clusters, (int)i);
	}
}

/* Boxes come behind the nodes: where lines go round, what is named first stands first. */
static void fill_boxes(struct planner *planner, struct layout_plan *plan)
{
	for (size_t i = 1; i < plan->parts.n; i++) {
		int cluster = plan->parts.data[i].cluster, parent = planner->graph->clusters.data[cluster].parent;
		struct layout_part *around = &plan->parts.data[part_around(planner, parent)];
		struct graph_node box = {.label.span = SPAN_NONE, .cluster = local_parent(planner, parent)};
		planner->box[cluster] = (int)around->graph.nodes.n;
		vec_add(planner->arena, &around->graph.nodes, box);
		vec_add(planner->arena, &around->nodes, ~cluster);
	}
}

static void fill_nodes(struct planner *planner, struct layout_plan *plan)
{
	const struct graph *graph = planner->graph;
	for (size_t i = 0; i < graph->nodes.n; i++) {
		struct graph_node node = graph->nodes.data[i];
		struct layout_part *part = &plan->parts.data[part_around(planner, node.cluster)];
		node.cluster = local_parent(planner, node.cluster);
		planner->local_node[i] = (int)part->graph.nodes.n;
		vec_add(planner->arena, &part->graph.nodes, node);
		vec_add(planner->arena, &part->nodes, (int)i);
	}
}

/* An end of an edge as part `index` knows it. A node that stands for a cluster may lie in a part within: then it is the
 * box of that. */
static void place_end(const struct planner *planner, const struct layout_plan *plan, int index, int *node, int *cluster)
{
	if (*cluster && planner->part_of[*cluster - 1] >= 0) {
		*node = planner->box[*cluster - 1];
		*cluster = 0;
		return;
	}
	int local = planner->local_node[*node];
	int part = part_around(planner, planner->graph->nodes.data[*node].cluster);
	for (int depth = 0; part != index && part > 0 && depth < DEPTH_MAX; depth++) {
		int own = plan->parts.data[part].cluster;
		local = planner->box[own];
		part = part_around(planner, planner->graph->clusters.data[own].parent);
	}
	*node = local;
	*cluster = *cluster ? planner->local[*cluster - 1] + 1 : 0;
}

static void fill_edges(struct planner *planner, struct layout_plan *plan)
{
	const struct graph *graph = planner->graph;
	for (size_t i = 0; i < graph->edges.n; i++) {
		struct graph_edge edge = graph->edges.data[i];
		int home = part_around(planner, home_of_end(graph, edge.from, edge.tail_cluster));
		struct layout_part *part = &plan->parts.data[home];
		place_end(planner, plan, home, &edge.from, &edge.tail_cluster);
		place_end(planner, plan, home, &edge.to, &edge.head_cluster);
		vec_add(planner->arena, &part->graph.edges, edge);
		vec_add(planner->arena, &part->edges, (int)i);
	}
}

static void set_heights(struct planner *planner, struct layout_plan *plan)
{
	for (size_t i = plan->parts.n; i-- > 1;) {
		int parent = planner->graph->clusters.data[plan->parts.data[i].cluster].parent;
		struct layout_part *around = &plan->parts.data[part_around(planner, parent)];
		if (around->height <= plan->parts.data[i].height)
			around->height = plan->parts.data[i].height + 1;
	}
}

static int *filled(struct arena *arena, size_t n)
{
	int *list = NEW_ARRAY(arena, int, n + 1);
	for (size_t i = 0; i <= n; i++)
		list[i] = -1;
	return list;
}

/* True for what is written by hand in mermaid: dot, and drawings of the model, say all with clusters. */
static bool may_have_parts(const struct graph *graph)
{
	return graph->clusters.n && !str_is(graph->kind, "digraph") && !str_is(graph->kind, "graph");
}

const struct layout_plan *layout_plan(struct arena *arena, const struct graph *graph)
{
	struct layout_plan *plan = NEW(arena, struct layout_plan);
	plan->graph = graph;
	if (may_have_parts(graph)) {
		struct planner planner = {.arena = arena, .graph = graph};
		planner.is_crossed = NEW_ARRAY(arena, bool, graph->clusters.n);
		planner.is_end = NEW_ARRAY(arena, bool, graph->clusters.n);
		planner.has_nodes = NEW_ARRAY(arena, bool, graph->clusters.n);
		planner.part_of = filled(arena, graph->clusters.n);
		planner.local = filled(arena, graph->clusters.n);
		planner.box = filled(arena, graph->clusters.n);
		planner.local_node = filled(arena, graph->nodes.n);
		mark_all(&planner);
		choose_parts(&planner, plan);
		if (plan->parts.n > 1 && plan->parts.n <= APART_MAX) {
			fill_clusters(&planner, plan);
			fill_nodes(&planner, plan);
			fill_boxes(&planner, plan);
			fill_edges(&planner, plan);
			set_heights(&planner, plan);
			for (size_t i = 0; i < plan->parts.n; i++)
				plan->parts.data[i].request = layout_request(arena, &plan->parts.data[i].graph);
			return plan;
		}
	}
	plan->parts.n = 0;
	plan->flat = layout_request(arena, graph);
	return plan;
}

struct str layout_plan_key(struct arena *arena, const struct layout_plan *plan)
{
	if (plan->flat)
		return layout_key(arena, plan->flat);
	struct buf key = {0};
	for (size_t i = 0; i < plan->parts.n; i++) {
		const struct layout_part *part = &plan->parts.data[i];
		struct str own = layout_key(arena, part->request);
		buf_addf(&key, "part %d ", part->cluster);
		if (part->cluster >= 0) {
			struct text_block title = cluster_text(arena, &plan->graph->clusters.data[part->cluster]);
			buf_addf(&key, "%.2f %.2f ", title.width, title.height);
		}
		buf_add(&key, own);
		for (size_t k = 0; k < part->nodes.n; k++)
			buf_addf(&key, " %d", part->nodes.data[k]);
		for (size_t k = 0; k < part->clusters.n; k++)
			buf_addf(&key, " c%d", part->clusters.data[k]);
		for (size_t k = 0; k < part->edges.n; k++)
			buf_addf(&key, " e%d", part->edges.data[k]);
	}
	struct str copy = buf_dup(arena, &key);
	buf_free(&key);
	return copy;
}

/* ---- running ---- */

struct run {
	struct arena *arena;
	const struct layout_plan *plan;
	struct layout_result *result;
	const struct drawing_layout **layouts; /* by part */
	int *part_of;                          /* by cluster */
	struct point *shift;                   /* by part: what is added to its positions */
};

/* Requests that go out together: of a whole plan, or of part `part` of it. */
struct round {
	VEC(const struct layout_request *) requests;
	VEC(struct run *) runs;
	VEC(size_t) parts;
};

static double title_height(const struct run *run, int cluster)
{
	double height = cluster_text(run->arena, &run->plan->graph->clusters.data[cluster]).height;
	return height > 0 ? height + 12 : 0;
}

/* The boxes of parts within are as large as those are. */
static void set_sizes(const struct run *run, const struct layout_part *part, struct layout_request *request)
{
	for (size_t i = 0; i < part->nodes.n; i++) {
		if (part->nodes.data[i] >= 0)
			continue;
		int cluster = ~part->nodes.data[i];
		const struct drawing_layout *inner = run->layouts[run->part_of[cluster]];
		double title = cluster_text(run->arena, &run->plan->graph->clusters.data[cluster]).width + 2 * pad;
		double width = inner->width + 2 * pad;
		request->nodes.data[i].width = ceil(width > title ? width : title);
		request->nodes.data[i].height = ceil(inner->height + title_height(run, cluster) + 2 * pad);
	}
}

static struct point moved(struct point at, struct point by)
{
	return (struct point){at.x + by.x, at.y + by.y};
}

static struct placed_box moved_box(struct placed_box box, struct point by)
{
	box.x += by.x;
	box.y += by.y;
	return box;
}

static struct placed_edge moved_edge(struct arena *arena, struct placed_edge edge, struct point by)
{
	struct point *points = NEW_ARRAY(arena, struct point, edge.n + 1);
	for (uint32_t i = 0; i < edge.n; i++)
		points[i] = moved(edge.points[i], by);
	edge.points = points;
	edge.tail = moved(edge.tail, by);
	edge.head = moved(edge.head, by);
	edge.label = moved(edge.label, by);
	return edge;
}

/* Puts the positions of a part into the whole. */
static void put_part(const struct run *run, struct drawing_layout *whole, size_t index)
{
	const struct layout_part *part = &run->plan->parts.data[index];
	const struct drawing_layout *layout = run->layouts[index];
	struct point shift = run->shift[index];
	for (size_t i = 0; i < part->nodes.n; i++) {
		struct placed_box box = moved_box(layout->nodes[i], shift);
		if (part->nodes.data[i] >= 0) {
			whole->nodes[part->nodes.data[i]] = box;
			continue;
		}
		int cluster = ~part->nodes.data[i];
		const struct drawing_layout *inner = run->layouts[run->part_of[cluster]];
		whole->clusters[cluster] = box;
		run->shift[run->part_of[cluster]] = (struct point){
			box.x - inner->width / 2, box.y - box.height / 2 + pad + title_height(run, cluster)};
	}
	for (size_t i = 0; i < part->clusters.n; i++)
		whole->clusters[part->clusters.data[i]] = moved_box(layout->clusters[i], shift);
	for (size_t i = 0; i < part->edges.n; i++)
		whole->edges[part->edges.data[i]] = moved_edge(run->arena, layout->edges[i], shift);
}

static const struct drawing_layout *composed(const struct run *run)
{
	const struct graph *graph = run->plan->graph;
	struct drawing_layout *whole = NEW(run->arena, struct drawing_layout);
	*whole = (struct drawing_layout){.width = run->layouts[0]->width,
					 .height = run->layouts[0]->height,
					 .nodes = NEW_ARRAY(run->arena, struct placed_box, graph->nodes.n + 1),
					 .clusters = NEW_ARRAY(run->arena, struct placed_box, graph->clusters.n + 1),
					 .edges = NEW_ARRAY(run->arena, struct placed_edge, graph->edges.n + 1),
					 .n_nodes = graph->nodes.n,
					 .n_clusters = graph->clusters.n,
					 .n_edges = graph->edges.n};
	for (size_t i = 0; i < run->plan->parts.n; i++)
		put_part(run, whole, i);
	return whole;
}

static struct run start_run(struct arena *arena, const struct layout_plan *plan, struct layout_result *result)
{
	struct run run = {.arena = arena, .plan = plan, .result = result};
	result->end = LAYOUT_DONE;
	if (plan->flat)
		return run;
	run.part_of = filled(arena, plan->graph->clusters.n);
	run.layouts = NEW_ARRAY(arena, const struct drawing_layout *, plan->parts.n);
	run.shift = NEW_ARRAY(arena, struct point, plan->parts.n);
	for (size_t i = 1; i < plan->parts.n; i++)
		run.part_of[plan->parts.data[i].cluster] = (int)i;
	return run;
}

static void add_request(struct arena *arena, struct round *round, struct run *run, size_t part,
			const struct layout_request *request)
{
	vec_add(arena, &round->requests, request);
	vec_add(arena, &round->runs, run);
	vec_add(arena, &round->parts, part);
}

/* Asks for what is ready at a height: plans without parts, and parts whose boxes are all laid out. */
static void ask(struct arena *arena, struct round *round, struct run *run, unsigned height)
{
	const struct layout_plan *plan = run->plan;
	if (plan->flat && height == 0)
		add_request(arena, round, run, 0, plan->flat);
	for (size_t i = 0; i < plan->parts.n && run->result->end == LAYOUT_DONE; i++) {
		const struct layout_part *part = &plan->parts.data[i];
		if (part->height != height)
			continue;
		struct layout_request *request = arena_copy(arena, part->request, sizeof *part->request);
		request->nodes.data = arena_copy(arena, part->request->nodes.data,
						 part->request->nodes.n * sizeof *part->request->nodes.data);
		set_sizes(run, part, request);
		add_request(arena, round, run, i, request);
	}
}

struct layout_result *layout_plan_run(struct arena *arena, const struct layout_plan *const *plans, size_t n,
				      unsigned seconds)
{
	struct layout_result *results = NEW_ARRAY(arena, struct layout_result, n + 1);
	struct run *runs = NEW_ARRAY(arena, struct run, n + 1);
	for (size_t i = 0; i < n; i++)
		runs[i] = start_run(arena, plans[i], &results[i]);
	for (unsigned height = 0;; height++) {
		struct round round = {0};
		for (size_t i = 0; i < n; i++)
			ask(arena, &round, &runs[i], height);
		if (round.requests.n == 0)
			break;
		const struct layout_result *got = layout_run(arena, round.requests.data, round.requests.n, seconds);
		for (size_t i = 0; i < round.requests.n; i++) {
			struct run *run = round.runs.data[i];
			if (run->plan->flat || got[i].end != LAYOUT_DONE)
				*run->result = got[i];
			else
				run->layouts[round.parts.data[i]] = got[i].layout;
		}
	}
	for (size_t i = 0; i < n; i++)
		if (!plans[i]->flat && results[i].end == LAYOUT_DONE)
			results[i].layout = composed(&runs[i]);
	return results;
}
