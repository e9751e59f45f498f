/* Edges that end at subgraphs: led to a node inside, and marked to be cut at the border. */
#include "parse/graph_build.h"

/* A node inside each cluster, or -1: the first of its own, else of a cluster within. */
static int *cluster_members(const struct graph_build *build)
{
	const struct graph *graph = build->graph;
	int *member = NEW_ARRAY(build->arena, int, graph->clusters.n + 1);
	for (size_t i = 0; i < graph->clusters.n; i++)
		member[i] = -1;
	for (size_t i = 0; i < graph->nodes.n; i++) {
		int cluster = graph->nodes.data[i].cluster;
		if (build_find_cluster(build, graph->nodes.data[i].id.str) >= 0)
			continue;
		for (int up = cluster, depth = 0; up >= 0 && member[up] < 0 && depth < GRAPH_DEPTH_MAX; depth++) {
			member[up] = (int)i;
			up = graph->clusters.data[up].parent;
		}
	}
	return member;
}

/* What was said of a subgraph as if it were a node: its link, its kind, a text in place of its name. */
static void take_over(struct graph_cluster *cluster, const struct graph_node *node)
{
	if (node->href.size)
		cluster->href = node->href;
	if (node->kind.size)
		cluster->kind = node->kind;
	if (str_eq(cluster->label.str, cluster->id.str) && !str_eq(node->label.str, node->id.str))
		cluster->label = node->label;
}

void build_cluster_ends(struct graph_build *build)
{
	struct graph *graph = build->graph;
	int *member = cluster_members(build);
	int *renamed = NEW_ARRAY(build->arena, int, graph->nodes.n + 1);
	int *cluster_of = NEW_ARRAY(build->arena, int, graph->nodes.n + 1);
	size_t kept = 0;
	for (size_t i = 0; i < graph->nodes.n; i++) {
		struct graph_node node = graph->nodes.data[i];
		int cluster = build_find_cluster(build, node.id.str);
		cluster_of[i] = -1;
		if (cluster >= 0 && member[cluster] >= 0) {
			cluster_of[i] = cluster;
			take_over(&graph->clusters.data[cluster], &node);
			continue;
		}
		if (cluster >= 0) {
			/* Nothing stands in it: it is drawn as a box. */
			node.label = graph->clusters.data[cluster].label;
			node.cluster = graph->clusters.data[cluster].parent;
		}
		renamed[i] = (int)kept;
		graph->nodes.data[kept++] = node;
	}
	graph->nodes.n = kept;
	for (size_t i = 0; i < graph->edges.n; i++) {
		struct graph_edge *edge = &graph->edges.data[i];
		edge->tail_cluster = cluster_of[edge->from] + 1;
		edge->head_cluster = cluster_of[edge->to] + 1;
		edge->from = renamed[edge->tail_cluster ? member[edge->tail_cluster - 1] : edge->from];
		edge->to = renamed[edge->head_cluster ? member[edge->head_cluster - 1] : edge->to];
	}
}
