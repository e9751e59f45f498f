/* Private to draw/: text sizes, layout requests and results, graphs made from the model. */
#ifndef LINTEL_DRAWING_H
#define LINTEL_DRAWING_H

#include "draw/draw.h"

/* ---- text: sizes from a fixed table of widths, so that no result depends on installed fonts ---- */

#define LABEL_SIZE 13.0 /* pixels of the font */
#define SMALL_SIZE 11.0 /* notes, labels of edges and clusters' notes */
#define LABEL_LINE 17.0 /* from line to line */
#define SMALL_LINE 14.0
#define PERSON_HEAD 20.0 /* the head over the box of a person */

struct text_line {
	struct str text;
	double width;
};

struct text_block {
	VEC(struct text_line) lines;
	double width, height;
};

/* Cut at line ends, and at blanks where a line is wider than `max_width`; more than 12 lines end in "…". */
struct text_block text_block(struct arena *arena, struct str text, double size, double line_height, double max_width);
double text_width(struct str text, double size);

/* What stands in a node: label and note, and the box they need in that shape. */
struct node_text {
	struct text_block label, note;
	double width, height; /* of the shape */
};
struct node_text node_text(struct arena *arena, const struct graph_node *node);
struct text_block edge_text(struct arena *arena, const struct graph_edge *edge);
struct text_block cluster_text(struct arena *arena, const struct graph_cluster *cluster);

/* ---- layout ---- */

struct point {
	double x, y;
};

struct layout_node {
	double width, height;
	int cluster;
	const char *shape;
};
struct layout_edge {
	int from, to;
	int tail_cluster, head_cluster;   /* index + 1, 0: none */
	double label_width, label_height; /* 0: no label */
	bool tail, head;                  /* has a tip there */
	bool hidden;                      /* shapes the layout, takes no line */
	unsigned length;                  /* ranks it spans at least, 0: one */
};
struct layout_cluster {
	int parent;
	double label_width, label_height;
};

/* Numbers only: no text of a document reaches the layout engine. */
struct layout_request {
	char direction[3];
	VEC(struct layout_node) nodes;
	VEC(struct layout_edge) edges;       /* first those of the graph, then helpers */
	VEC(struct layout_cluster) clusters; /* a parent stands before its children */
};

struct placed_box {
	double x, y, width, height;
}; /* x, y: the middle; width 0: not drawn */

struct placed_edge {
	const struct point *points; /* 1 + 3k: cubic curves; n 0: not drawn */
	uint32_t n;
	bool has_tail, has_head, has_label;
	struct point tail, head; /* where the tips end */
	struct point label;      /* its middle */
};

/* In points, y downwards, from 0,0. */
struct drawing_layout {
	double width, height;
	struct placed_box *nodes;
	struct placed_box *clusters;
	struct placed_edge *edges;
	size_t n_nodes, n_clusters, n_edges;
	const struct sequence_layout *sequence; /* of a sequence, which has none of the above but its size; else NULL */
};

/* The request for a graph; every number in it follows from the graph alone. */
struct layout_request *layout_request(struct arena *arena, const struct graph *graph);
/* A key that equal requests share. */
struct str layout_key(struct arena *arena, const struct layout_request *request);

/* Lays out a sequence: columns and rows, in this process, in time linear in its steps (times participants at worst). */
const struct drawing_layout *sequence_layout(struct arena *arena, const struct graph *graph);

enum layout_end { LAYOUT_DONE, LAYOUT_FAILED, LAYOUT_CRASHED, LAYOUT_TIMEOUT, LAYOUT_NO_ENGINE };
struct layout_result {
	enum layout_end end;
	const struct drawing_layout *layout; /* NULL unless LAYOUT_DONE */
};

/* Lays out in child processes with limits; `seconds` of wall clock for each graph. Gives n results, in order. */
struct layout_result *layout_run(struct arena *arena, const struct layout_request *const *requests, size_t n,
				 unsigned seconds);

/* How a graph is laid out: as a whole, or subgraphs that no line crosses each on its own, when they have a direction of
 * their own, are the end of a line, or are composite states. */
struct layout_plan;
const struct layout_plan *layout_plan(struct arena *arena, const struct graph *graph);
/* A key that equal plans share. */
struct str layout_plan_key(struct arena *arena, const struct layout_plan *plan);
/* As layout_run; `seconds` for each part of each. */
struct layout_result *layout_plan_run(struct arena *arena, const struct layout_plan *const *plans, size_t n,
				      unsigned seconds);

/* Loads the engine once in a process; false when it is not there. */
bool engine_start(void);
/* Lays out with graphviz, in this process: only the child calls it. Appends numbers in the order that layout_run reads:
 * width, height, then nodes, clusters, edges. 0, or a reason that is not. */
int engine_layout(const struct layout_request *request, struct buf *out);

/* Gives up files, processes, most memory and most system calls for good. */
void sandbox_enter(unsigned seconds);

/* ---- graphs of the model ---- */

/* A graph being made. Keys are free; nodes and edges of one key are made once. */
struct make {
	struct arena *arena;
	struct graph *graph;
	struct map nodes, clusters, edges; /* key -> index + 1 */
	struct buf why;                    /* what was left out, as clauses */
};

struct make_node {
	struct str label, note, kind, href;
	enum graph_shape shape;
	int cluster;
};

void make_start(struct make *make, struct arena *arena, const char *direction, struct str title);
int make_node(struct make *make, struct str key, struct make_node node);
/* -1 when there is none. */
int make_find(const struct make *make, struct str key);
int make_cluster(struct make *make, struct str key, struct str label, struct str href, const char *kind, int parent);
/* A second edge of the same ends adds its label to the first; more than two become "n connections". */
struct graph_edge *make_edge(struct make *make, int from, int to, struct str label, enum graph_line line,
			     enum graph_tip head);
/* Keeps `to` below `from` and draws nothing. */
void make_order(struct make *make, int from, int to);
/* A plain box "and 312 more". */
void make_more(struct make *make, struct str key, size_t n, int cluster);
/* Says what was left out: "44 services are shown as a number". */
void make_left_out(struct make *make, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "cluster:ESTATE/ID", as in drawings.by_key. */
struct str entity_key(struct arena *arena, const struct entity *entity);
struct str entity_note(struct arena *arena, const struct entity *entity);
/* The box of an entity. */
int make_entity(struct make *make, const struct entity *entity, struct str note, int cluster);
/* "7 nodes", "3-6 nodes", "": unknown. */
struct str cluster_size_text(struct arena *arena, const struct cluster *cluster);
size_t cluster_services(const struct cluster *cluster);
/* True when the service runs on the cluster or on one of its nodes. */
bool service_is_on(const struct service *service, const struct cluster *cluster);
/* Cluster of a node entity or the cluster itself; NULL for others. */
const struct cluster *entity_cluster(const struct entity *entity);

/* Each ends with the graph and its simplifications. */
void estate_graph(struct make *make, const struct estate *estate);
void cluster_graph(struct make *make, const struct cluster *cluster);
void network_graph(struct make *make, const struct network *network);
void service_graph(struct make *make, const struct service *service);
/* False when the record has no relation to draw. */
bool chain_graph(struct make *make, const struct decision *decision);
bool log_graph(struct make *make, const struct decision_log *log);
/* A copy of a hand-made graph whose links lead to pages of the site. */
struct names;
struct names *names_of(struct arena *arena, const struct estate *estate);
struct graph *linked_graph(struct arena *arena, const struct model *model, const struct page *page,
			   const struct graph *graph, const struct names *names);

/* ---- output ---- */

/* A sequence as nested HTML lists: who takes part, and what happens in order. */
void sequence_list(struct buf *out, const struct graph *graph, struct str page_url);
/* A name, with its link when it has one. */
void list_name(struct buf *out, struct str name, struct str href, struct str page_url);

/* Escaped for text and for attributes in double quotes; control characters dropped, malformed bytes as U+FFFD. */
void svg_text(struct buf *out, struct str text);
/* A link from a page: site paths made relative, http and https kept. */
void svg_href(struct buf *out, struct str href, struct str page_url);
/* "12.3": tenths, no exponent, no locale. */
void svg_number(struct buf *out, double number);
/* The outline of a node. */
void svg_shape(struct buf *out, enum graph_shape shape, struct placed_box box);

#endif
