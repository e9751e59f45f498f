/* Model to graphs, graphs to positions (in a child process), positions to SVG. */
#ifndef LINTEL_DRAW_H
#define LINTEL_DRAW_H

#include "check/check.h"

struct drawing_layout; /* positions in points, private to draw/ */

/* One picture: what it says and where its parts stand. */
struct drawing {
	struct str title; /* for the figure's label: "Network nodes" */
	const struct graph *graph;
	const struct drawing_layout *layout; /* NULL: not laid out, show the list or the source; `why` says why */
	struct str why;
	bool simplified; /* left things out to stay readable; `why` says what */
};

/* All pictures of the workspace. Keys: the entity, decision, page or block they are of. */
struct drawings {
	struct map
		by_key; /* "estate:ID" "cluster:ESTATE/ID" "network:ESTATE/ID" "service:..." "chain:PATH" "log:FOLDER" "page:PATH" "block:PATH:NODE" -> struct drawing * */
	struct troubles troubles; /* diagram-layout */
};

/* Draws estates, clusters, networks, supersession neighbourhoods, .dot and .mmd files and fenced blocks; equal graphs once. */
struct drawings *draw(struct arena *arena, const struct model *model, const struct pool *pool);
/* NULL when there is none. */
const struct drawing *drawing_of_entity(const struct drawings *drawings, const struct entity *entity);
const struct drawing *drawing_of_decision(const struct drawings *drawings, const struct decision *decision);
const struct drawing *drawing_of_log(const struct drawings *drawings, const struct decision_log *log);
const struct drawing *drawing_of_page(const struct drawings *drawings, const struct page *page);
const struct drawing *drawing_of_block(const struct drawings *drawings, const struct page *page, uint32_t node);

/* What a box of a decision leads to: its page, with "#anchor" where it shares its file; empty: it has none. */
struct str decision_href(struct arena *arena, const struct decision *decision);

/* Inline SVG, themed by CSS variables and classes, links relative to `page_url`, ids prefixed by `id` (unique on the page).
 * Nothing when there is no layout. */
void drawing_svg(struct buf *out, const struct drawing *drawing, struct str page_url, const char *id);
/* The same as a nested HTML list (nodes with their edges), for those who cannot see it. */
void drawing_list(struct buf *out, const struct drawing *drawing, struct str page_url);
/* The graph as lines of text, an edge a line: `lintel graph --format text`. */
void drawing_text(struct buf *out, const struct graph *graph);
/* The graph as dot text with safe attributes only: `lintel graph --format dot`. */
void drawing_dot(struct buf *out, const struct graph *graph);
/* Lays out one graph now, in a child: for `lintel graph --format svg`. layout is NULL when that failed. */
struct drawing *draw_one(struct arena *arena, const struct model *model, struct graph *graph);
/* A graph, and what was left out of it so that it can be drawn; empty: nothing. */
struct made_graph {
	struct graph *graph;
	struct str left_out;
};
/* The relations of a log, and those around one record, as far as a drawing has room. */
struct made_graph draw_log(struct arena *arena, const struct decision_log *log);
struct made_graph draw_chain(struct arena *arena, const struct decision *decision);
/* The graph of an estate's topology, of a log as a whole, or of links between pages. */
struct graph *draw_topology(struct arena *arena, const struct estate *estate);
struct graph *draw_supersession(struct arena *arena, const struct decision_log *log);
struct graph *draw_links(struct arena *arena, const struct model *model);

#endif
