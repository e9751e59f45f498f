/* Writes a laid-out drawing as inline SVG: real text, links, classes for the theme, no style and no script in it. */
#include "draw/drawing.h"

#include <math.h>

static const double margin = 10;

struct svg {
	struct buf *out;
	struct arena *arena;
	const struct graph *graph;
	const struct drawing_layout *layout;
	struct str page_url;
};

/* ---- text ---- */

static void coordinate(struct buf *out, const char *name, double number)
{
	buf_addf(out, " %s=\"", name);
	svg_number(out, number);
	buf_addc(out, '"');
}

/* Lines from at.y downwards; the class says whether x is their middle or their start. */
static void write_lines(struct svg *svg, const struct text_block *text, const char *class, double line_height,
			struct point at)
{
	for (size_t i = 0; i < text->lines.n; i++) {
		if (text->lines.data[i].text.size == 0)
			continue;
		buf_addf(svg->out, "<text class=\"%s\"", class);
		coordinate(svg->out, "x", at.x);
		coordinate(svg->out, "y", at.y + (double)i * line_height + line_height * 0.76);
		buf_addc(svg->out, '>');
		svg_text(svg->out, text->lines.data[i].text);
		buf_adds(svg->out, "</text>");
	}
}

static void open_link(struct svg *svg, struct str href)
{
	buf_adds(svg->out, "<a href=\"");
	svg_href(svg->out, href, svg->page_url);
	buf_adds(svg->out, "\">");
}

/* "g-node kind-cluster"; a kind is one or more words of ours, other characters are dropped. */
static void open_group(struct svg *svg, const char *class, struct str kind)
{
	buf_addf(svg->out, "<g class=\"%s", class);
	if (kind.size)
		buf_adds(svg->out, " kind-");
	for (size_t i = 0; i < kind.size; i++) {
		char c = kind.data[i];
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
			buf_addc(svg->out, c);
		else if (c == ' ')
			buf_adds(svg->out, " kind-");
	}
	buf_adds(svg->out, "\">");
}

/* ---- parts ---- */

static void write_cluster(struct svg *svg, size_t index)
{
	struct placed_box box = svg->layout->clusters[index];
	if (box.width <= 0)
		return;
	open_group(svg, "g-cluster", svg->graph->clusters.data[index].kind);
	buf_adds(svg->out, "<rect");
	coordinate(svg->out, "x", box.x - box.width / 2);
	coordinate(svg->out, "y", box.y - box.height / 2);
	coordinate(svg->out, "width", box.width);
	coordinate(svg->out, "height", box.height);
	coordinate(svg->out, "rx", 8);
	buf_adds(svg->out, "/></g>\n");
}

/* Stands over the lines, which may cross a cluster. */
static void write_title(struct svg *svg, size_t index)
{
	const struct graph_cluster *cluster = &svg->graph->clusters.data[index];
	struct placed_box box = svg->layout->clusters[index];
	struct text_block text = cluster_text(svg->arena, cluster);
	if (box.width <= 0 || text.lines.n == 0)
		return;
	if (cluster->href.size)
		open_link(svg, cluster->href);
	write_lines(svg, &text, "g-title", LABEL_LINE,
		    (struct point){box.x - box.width / 2 + 12, box.y - box.height / 2 + 8});
	if (cluster->href.size)
		buf_adds(svg->out, "</a>");
	buf_addc(svg->out, '\n');
}

static void write_node(struct svg *svg, size_t index)
{
	const struct graph_node *node = &svg->graph->nodes.data[index];
	struct placed_box box = svg->layout->nodes[index];
	struct node_text text = node_text(svg->arena, node);
	double height = text.label.height + text.note.height;
	double top = box.y - height / 2;
	if (node->shape == SHAPE_CYLINDER)
		top += 5;
	open_group(svg, node->shape == SHAPE_PLAIN ? "g-node g-plain" : "g-node", node->kind);
	if (node->href.size)
		open_link(svg, node->href);
	svg_shape(svg->out, node->shape, box);
	write_lines(svg, &text.label, "g-label", LABEL_LINE, (struct point){box.x, top});
	write_lines(svg, &text.note, "g-note", SMALL_LINE, (struct point){box.x, top + text.label.height});
	if (node->href.size)
		buf_adds(svg->out, "</a>");
	buf_adds(svg->out, "</g>\n");
}

static void pair(struct buf *out, const char *before, double x, double y)
{
	buf_adds(out, before);
	svg_number(out, x);
	buf_addc(out, ' ');
	svg_number(out, y);
}

/* A tip that ends at `end`, coming from `from`. */
static void write_tip(struct svg *svg, enum graph_tip tip, struct point from, struct point end)
{
	double dx = end.x - from.x;
	double dy = end.y - from.y;
	double length = sqrt(dx * dx + dy * dy);
	if (length < 0.01 || tip == TIP_NONE)
		return;
	dx /= length;
	dy /= length;
	if (tip == TIP_CIRCLE) {
		buf_adds(svg->out, "<circle class=\"g-ring\"");
		coordinate(svg->out, "cx", end.x - dx * length / 2);
		coordinate(svg->out, "cy", end.y - dy * length / 2);
		coordinate(svg->out, "r", length / 2);
		buf_adds(svg->out, "/>");
		return;
	}
	double half = length * 0.45;
	buf_addf(svg->out, "<path class=\"%s\" d=\"", tip == TIP_CROSS ? "g-cross" : "g-tip");
	if (tip == TIP_CROSS) {
		pair(svg->out, "M", from.x - dy * half, from.y + dx * half);
		pair(svg->out, "L", end.x + dy * half, end.y - dx * half);
		pair(svg->out, "M", from.x + dy * half, from.y - dx * half);
		pair(svg->out, "L", end.x - dy * half, end.y + dx * half);
		pair(svg->out, "M", from.x, from.y);
		pair(svg->out, "L", end.x, end.y);
	} else {
		pair(svg->out, "M", from.x - dy * half, from.y + dx * half);
		pair(svg->out, "L", end.x, end.y);
		pair(svg->out, "L", from.x + dy * half, from.y - dx * half);
		buf_addc(svg->out, 'Z');
	}
	buf_adds(svg->out, "\"/>");
}

static void write_edge(struct svg *svg, size_t index)
{
	static const char *const classes[] = {"g-edge", "g-edge g-dotted", "g-edge g-thick", "g-edge"};
	const struct graph_edge *edge = &svg->graph->edges.data[index];
	const struct placed_edge *placed = &svg->layout->edges[index];
	if (edge->line == LINE_INVISIBLE || placed->n < 2)
		return;
	buf_addf(svg->out, "<g class=\"%s\"><path class=\"g-line\" d=\"", classes[edge->line]);
	pair(svg->out, "M", placed->points[0].x, placed->points[0].y);
	for (uint32_t i = 1; i < placed->n; i++)
		pair(svg->out, i % 3 == 1 ? "C" : " ", placed->points[i].x, placed->points[i].y);
	buf_adds(svg->out, "\"/>");
	if (placed->has_head)
		write_tip(svg, edge->head, placed->points[placed->n - 1], placed->head);
	if (placed->has_tail)
		write_tip(svg, edge->tail, placed->points[0], placed->tail);
	buf_adds(svg->out, "</g>\n");
}

/* Labels come last, over every line. */
static void write_edge_label(struct svg *svg, size_t index)
{
	const struct graph_edge *edge = &svg->graph->edges.data[index];
	const struct placed_edge *placed = &svg->layout->edges[index];
	if (!placed->has_label || edge->line == LINE_INVISIBLE)
		return;
	struct text_block text = edge_text(svg->arena, edge);
	write_lines(svg, &text, "g-edge-label", SMALL_LINE,
		    (struct point){placed->label.x, placed->label.y - text.height / 2});
}

void drawing_svg(struct buf *out, const struct drawing *drawing, struct str page_url, const char *id)
{
	if (!drawing->layout)
		return;
	struct svg svg = {out, arena_new(), drawing->graph, drawing->layout, page_url};
	double width = drawing->layout->width + 2 * margin;
	double height = drawing->layout->height + 2 * margin;
	buf_adds(out, "<svg class=\"diagram\" role=\"group\" id=\"");
	svg_text(out, str_from(id));
	buf_adds(out, "\" aria-label=\"");
	svg_text(out, drawing->title);
	buf_adds(out, "\"");
	coordinate(out, "width", width);
	coordinate(out, "height", height);
	pair(out, " viewBox=\"", -margin, -margin);
	pair(out, " ", width, height);
	buf_adds(out, "\">\n");
	for (size_t i = 0; i < svg.graph->clusters.n; i++)
		write_cluster(&svg, i);
	for (size_t i = 0; i < svg.graph->edges.n; i++)
		write_edge(&svg, i);
	for (size_t i = 0; i < svg.graph->clusters.n; i++)
		write_title(&svg, i);
	for (size_t i = 0; i < svg.graph->nodes.n; i++)
		write_node(&svg, i);
	for (size_t i = 0; i < svg.graph->edges.n; i++)
		write_edge_label(&svg, i);
	buf_adds(out, "</svg>\n");
	arena_free(svg.arena);
}
