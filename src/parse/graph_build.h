/* What the readers of dot and mermaid share: graphs put together by name, labels made plain, troubles counted. */
#ifndef LINTEL_GRAPH_BUILD_H
#define LINTEL_GRAPH_BUILD_H

#include "parse/parse.h"

enum { GRAPH_TROUBLES_MAX = 5, GRAPH_EDGES_MAX = 20000, GRAPH_DEPTH_MAX = 64 };

struct graph_build {
	struct arena *arena;
	const struct source *source;
	struct graph *graph;
	struct troubles *troubles;
	struct map nodes;     /* id -> index + 1, as a pointer */
	struct map clusters;  /* id -> index + 1 */
	VEC(unsigned) stamps; /* by node: the last set that held it */
	unsigned stamp;
	unsigned n_syntax;         /* troubles of rule diagram-syntax so far */
	size_t line_from, line_to; /* the line of the last one */
	bool edges_full;
};

struct node_set {
	VEC(int) list;
};

void build_init(struct graph_build *build, struct arena *arena, const struct source *source, struct span part,
		struct troubles *troubles);
/* The node of that id; made when it is new. */
int build_node(struct graph_build *build, struct word id);
/* -1 when there is none. */
int build_find_cluster(const struct graph_build *build, struct str id);
/* The cluster of that id; made inside `parent` when it is new. */
int build_cluster(struct graph_build *build, struct word id, int parent);
/* Node `node` is named inside `cluster`: the innermost one keeps it, of unrelated ones the first. */
void build_place(struct graph_build *build, int node, int cluster);
/* Nodes of a set, each once, in order. */
void build_set_unique(struct graph_build *build, struct node_set *set);
/* An edge like `model` from each node of a to each of b. Past GRAPH_EDGES_MAX nothing more, with a trouble. */
void build_edges(struct graph_build *build, const struct node_set *from, const struct node_set *to,
		 struct graph_edge model);
/* A node with the name of a subgraph means the subgraph: edges are led to a node inside it, and say so. To be called once,
 * when all is built. */
void build_cluster_ends(struct graph_build *build);
/* diagram-syntax, kind "syntax": one per line, at most GRAPH_TROUBLES_MAX. `text` points into the source. */
void build_expected(struct graph_build *build, struct str text, const char *expected);
void build_trouble(struct graph_build *build, const char *rule, const char *kind, struct span span, struct str text,
		   struct str extra);

/* True for javascript:, data:, vbscript: and what browsers read as such. */
bool href_is_unsafe(struct str href);
/* Character references undone (&amp; &#8594; and the commonest names). `hash` takes mermaid's #quot; #35; too. */
struct str label_entities(struct arena *arena, struct str text, bool hash);
/* Tags dropped, <br> and ends of rows as line ends, references undone as by label_entities; each line trimmed. */
struct str label_html(struct arena *arena, struct str text, bool hash);
/* Lines trimmed, empty ones at both ends dropped. */
struct str label_tidy(struct arena *arena, struct str text);

#endif
