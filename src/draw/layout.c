/* Turns a graph into a layout request: sizes of boxes and labels, and helper edges that put lone boxes into rows. */
#include "draw/drawing.h"

#include <math.h>

static const char *shape_outline(enum graph_shape shape)
{
	switch (shape) {
	case SHAPE_CIRCLE:
	case SHAPE_DOUBLE_CIRCLE:
	case SHAPE_DISC:
	case SHAPE_RING:
	case SHAPE_CROSSED: return "ellipse";
	case SHAPE_DIAMOND: return "diamond";
	case SHAPE_HEXAGON: return "hexagon";
	case SHAPE_TRIANGLE: return "triangle";
	case SHAPE_TRIANGLE_DOWN: return "invtriangle";
	default: return "box";
	}
}

static bool is_inside(const struct graph *graph, int inner, int outer)
{
	for (int depth = 0; inner >= 0 && depth < 256; depth++) {
		if (inner == outer)
			return true;
		inner = graph->clusters.data[inner].parent;
	}
	return false;
}

/* The cluster an edge may be cut at: only when its other end stands outside. */
static int cut_at(const struct graph *graph, int cluster, int own_node, int other_node)
{
	if (!cluster || is_inside(graph, graph->nodes.data[other_node].cluster, cluster - 1) ||
	    !is_inside(graph, graph->nodes.data[own_node].cluster, cluster - 1))
		return 0;
	return cluster;
}

static struct layout_edge edge_request(struct arena *arena, const struct graph *graph, const struct graph_edge *edge)
{
	struct layout_edge it = {.from = edge->from,
				 .to = edge->to,
				 .tail = edge->tail != TIP_NONE,
				 .head = edge->head != TIP_NONE,
				 .hidden = edge->line == LINE_INVISIBLE,
				 .length = edge->length};
	it.tail_cluster = cut_at(graph, edge->tail_cluster, edge->from, edge->to);
	it.head_cluster = cut_at(graph, edge->head_cluster, edge->to, edge->from);
	if (edge->label.str.size && !it.hidden) {
		struct text_block text = edge_text(arena, edge);
		it.label_width = text.width + 8;
		it.label_height = text.height + 4;
	}
	return it;
}

/* ---- lone boxes ---- */

/* Boxes of one cluster (or of none) that no line touches, in order. */
struct lone {
	VEC(int) list;
};

static void order_lone(struct arena *arena, struct layout_request *request, const struct lone *lone, bool sideways)
{
	size_t n = lone->list.n;
	if (n < (sideways ? 7 : 5))
		return;
	size_t per_rank = (size_t)ceil(sqrt((double)n * (sideways ? 2.0 : 1.2)));
	for (size_t i = per_rank; i < n; i++) {
		struct layout_edge edge = {
			.from = lone->list.data[i - per_rank], .to = lone->list.data[i], .hidden = true};
		vec_add(arena, &request->edges, edge);
	}
}

static void add_helpers(struct arena *arena, struct layout_request *request, const struct graph *graph)
{
	bool *touched = NEW_ARRAY(arena, bool, graph->nodes.n + 1);
	struct lone *lone = NEW_ARRAY(arena, struct lone, graph->clusters.n + 1);
	for (size_t i = 0; i < graph->edges.n; i++) {
		const struct graph_edge *edge = &graph->edges.data[i];
		bool hidden = edge->line == LINE_INVISIBLE;
		if (!hidden && !edge->tail_cluster)
			touched[edge->from] = true;
		if (!hidden && !edge->head_cluster)
			touched[edge->to] = true;
	}
	for (size_t i = 0; i < graph->nodes.n; i++)
		if (!touched[i])
			vec_add(arena, &lone[graph->nodes.data[i].cluster + 1].list, (int)i);
	bool sideways = graph->direction[0] == 'L' || graph->direction[0] == 'R';
	for (size_t i = 0; i <= graph->clusters.n; i++)
		order_lone(arena, request, &lone[i], sideways);
}

struct layout_request *layout_request(struct arena *arena, const struct graph *graph)
{
	struct layout_request *request = NEW(arena, struct layout_request);
	memcpy(request->direction, graph->direction[0] ? graph->direction : "TB", 3);
	for (size_t i = 0; i < graph->clusters.n; i++) {
		struct text_block text = cluster_text(arena, &graph->clusters.data[i]);
		struct layout_cluster cluster = {graph->clusters.data[i].parent, text.width ? text.width + 8 : 0,
						 text.height + 4};
		vec_add(arena, &request->clusters, cluster);
	}
	for (size_t i = 0; i < graph->nodes.n; i++) {
		const struct graph_node *node = &graph->nodes.data[i];
		struct node_text text = node_text(arena, node);
		struct layout_node it = {ceil(text.width), ceil(text.height), node->cluster,
					 shape_outline(node->shape)};
		if (node->shape == SHAPE_BAR && (graph->direction[0] == 'L' || graph->direction[0] == 'R')) {
			it.width = ceil(text.height);
			it.height = ceil(text.width);
		}
		vec_add(arena, &request->nodes, it);
	}
	for (size_t i = 0; i < graph->edges.n; i++) {
		struct layout_edge edge = edge_request(arena, graph, &graph->edges.data[i]);
		vec_add(arena, &request->edges, edge);
	}
	add_helpers(arena, request, graph);
	return request;
}

struct str layout_key(struct arena *arena, const struct layout_request *request)
{
	struct buf key = {0};
	buf_addf(&key, "%s|", request->direction);
	for (size_t i = 0; i < request->clusters.n; i++) {
		const struct layout_cluster *it = &request->clusters.data[i];
		buf_addf(&key, "c%d %.2f %.2f;", it->parent, it->label_width, it->label_height);
	}
	for (size_t i = 0; i < request->nodes.n; i++) {
		const struct layout_node *it = &request->nodes.data[i];
		buf_addf(&key, "n%s%d %.2f %.2f;", it->shape, it->cluster, it->width, it->height);
	}
	for (size_t i = 0; i < request->edges.n; i++) {
		const struct layout_edge *it = &request->edges.data[i];
		buf_addf(&key, "e%d %d %d %d %.2f %.2f %d%d%d %u;", it->from, it->to, it->tail_cluster,
			 it->head_cluster, it->label_width, it->label_height, it->tail, it->head, it->hidden,
			 it->length);
	}
	struct str copy = buf_dup(arena, &key);
	buf_free(&key);
	return copy;
}
