/* Private to draw/: the pieces of SVG, and what the writers of graphs and sequences share. */
#ifndef LINTEL_SVG_H
#define LINTEL_SVG_H

#include "draw/drawing.h"

struct svg {
	struct buf *out;
	struct arena *arena;
	const struct graph *graph;
	const struct drawing_layout *layout;
	struct str page_url;
};

/* ` name="12.3"` */
void svg_attribute(struct buf *out, const char *name, double number);
/* `before`, then "x y". */
void svg_pair(struct buf *out, const char *before, double x, double y);
/* Lines from at.y downwards; the class says whether x is their middle or their start. */
void svg_lines(struct svg *svg, const struct text_block *text, const char *class, double line_height, struct point at);
/* `<a href="...">`, to be closed by the caller. */
void svg_open_link(struct svg *svg, struct str href);
/* `<g class="g-node kind-cluster">`; a kind is one or more words of ours, other characters are dropped. */
void svg_open_group(struct svg *svg, const char *class, struct str kind);
/* A tip that ends at `end`, coming from `from`. */
void svg_tip(struct svg *svg, enum graph_tip tip, struct point from, struct point end);
/* The outline of a node with its text, and its link unless it is a copy. */
void svg_node(struct svg *svg, const struct graph_node *node, struct placed_box box, bool is_copy);

/* The parts of a sequence, between <svg> and </svg>. */
void sequence_svg(struct svg *svg);

#endif
