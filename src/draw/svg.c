/* Writes a laid-out drawing as inline SVG: real text, links, classes for the theme, no style and no script in it. */
#include "draw/svg.h"

#include <math.h>

static const double margin = 10;

/* ---- text ---- */

void svg_lines(struct svg *svg, const struct text_block *text, const char *class, double line_height, struct point at)
{
	for (size_t i = 0; i < text->lines.n; i++) {
		if (text->lines.data[i].text.size == 0)
			continue;
		buf_addf(svg->out, "<text class=\"%s\"", class);
		svg_attribute(svg->out, "x", at.x);
		svg_attribute(svg->out, "y", at.y + (double)i * line_height + line_height * 0.76);
		buf_addc(svg->out, '>');
		svg_text(svg->out, text->lines.data[i].text);
		buf_adds(svg->out, "</text>");
	}
}

void svg_open_link(struct svg *svg, struct str href)
{
	buf_adds(svg->out, "<a href=\"");
	svg_href(svg->out, href, svg->page_url);
	buf_adds(svg->out, "\">");
}

void svg_open_group(struct svg *svg, const char *class, struct str kind)
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
	svg_open_group(svg, "g-cluster", svg->graph->clusters.data[index].kind);
	buf_adds(svg->out, "<rect");
	svg_attribute(svg->out, "x", box.x - box.width / 2);
	svg_attribute(svg->out, "y", box.y - box.height / 2);
	svg_attribute(svg->out, "width", box.width);
	svg_attribute(svg->out, "height", box.height);
	svg_attribute(svg->out, "rx", 8);
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
		svg_open_link(svg, cluster->href);
	svg_lines(svg, &text, "g-title", LABEL_LINE,
		  (struct point){box.x - box.width / 2 + 12, box.y - box.height / 2 + 8});
	if (cluster->href.size)
		buf_adds(svg->out, "</a>");
	buf_addc(svg->out, '\n');
}

/* How far below the middle of a shape its text stands. */
static double text_shift(enum graph_shape shape, double height)
{
	return shape == SHAPE_CYLINDER        ? 5
	       : shape == SHAPE_PERSON        ? PERSON_HEAD / 2
	       : shape == SHAPE_DOCUMENT      ? -4
	       : shape == SHAPE_STACK         ? 3
	       : shape == SHAPE_TRIANGLE      ? height * 0.18
	       : shape == SHAPE_TRIANGLE_DOWN ? -height * 0.18
					      : 0;
}

void svg_node(struct svg *svg, const struct graph_node *node, struct placed_box box, bool is_copy)
{
	struct node_text text = node_text(svg->arena, node);
	double top = box.y - (text.label.height + text.note.height) / 2 + text_shift(node->shape, box.height);
	double x = box.x + (node->shape == SHAPE_BRACE || node->shape == SHAPE_FLAG ? 5 : 0);
	bool has_link = node->href.size && !is_copy;
	const char *class = node->shape == SHAPE_PLAIN ? "g-node g-plain" : "g-node";
	svg_open_group(svg, class, node->kind);
	if (has_link)
		svg_open_link(svg, node->href);
	svg_shape(svg->out, node->shape, box);
	svg_lines(svg, &text.label, "g-label", LABEL_LINE, (struct point){x, top});
	svg_lines(svg, &text.note, "g-note", SMALL_LINE, (struct point){x, top + text.label.height});
	if (has_link)
		buf_adds(svg->out, "</a>");
	buf_adds(svg->out, "</g>\n");
}

void svg_tip(struct svg *svg, enum graph_tip tip, struct point from, struct point end)
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
		svg_attribute(svg->out, "cx", end.x - dx * length / 2);
		svg_attribute(svg->out, "cy", end.y - dy * length / 2);
		svg_attribute(svg->out, "r", length / 2);
		buf_adds(svg->out, "/>");
		return;
	}
	double half = length * 0.45;
	buf_addf(svg->out, "<path class=\"%s\" d=\"", tip == TIP_ARROW ? "g-tip" : "g-cross");
	if (tip == TIP_OPEN) {
		svg_pair(svg->out, "M", from.x - dy * half, from.y + dx * half);
		svg_pair(svg->out, "L", end.x, end.y);
		svg_pair(svg->out, "L", from.x + dy * half, from.y - dx * half);
		svg_pair(svg->out, "M", from.x, from.y);
		svg_pair(svg->out, "L", end.x, end.y);
	} else if (tip == TIP_CROSS) {
		svg_pair(svg->out, "M", from.x - dy * half, from.y + dx * half);
		svg_pair(svg->out, "L", end.x + dy * half, end.y - dx * half);
		svg_pair(svg->out, "M", from.x + dy * half, from.y - dx * half);
		svg_pair(svg->out, "L", end.x - dy * half, end.y + dx * half);
		svg_pair(svg->out, "M", from.x, from.y);
		svg_pair(svg->out, "L", end.x, end.y);
	} else {
		svg_pair(svg->out, "M", from.x - dy * half, from.y + dx * half);
		svg_pair(svg->out, "L", end.x, end.y);
		svg_pair(svg->out, "L", from.x + dy * half, from.y - dx * half);
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
	svg_open_group(svg, classes[edge->line], edge->kind);
	buf_adds(svg->out, "<path class=\"g-line\" d=\"");
	svg_pair(svg->out, "M", placed->points[0].x, placed->points[0].y);
	for (uint32_t i = 1; i < placed->n; i++)
		svg_pair(svg->out, i % 3 == 1 ? "C" : " ", placed->points[i].x, placed->points[i].y);
	buf_adds(svg->out, "\"/>");
	if (placed->has_head)
		svg_tip(svg, edge->head, placed->points[placed->n - 1], placed->head);
	if (placed->has_tail)
		svg_tip(svg, edge->tail, placed->points[0], placed->tail);
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
	svg_lines(svg, &text, "g-edge-label", SMALL_LINE,
		  (struct point){placed->label.x, placed->label.y - text.height / 2});
}

static void write_parts(struct svg *svg)
{
	for (size_t i = 0; i < svg->graph->clusters.n; i++)
		write_cluster(svg, i);
	for (size_t i = 0; i < svg->graph->edges.n; i++)
		write_edge(svg, i);
	for (size_t i = 0; i < svg->graph->clusters.n; i++)
		write_title(svg, i);
	for (size_t i = 0; i < svg->graph->nodes.n; i++)
		svg_node(svg, &svg->graph->nodes.data[i], svg->layout->nodes[i], false);
	for (size_t i = 0; i < svg->graph->edges.n; i++)
		write_edge_label(svg, i);
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
	svg_attribute(out, "width", width);
	svg_attribute(out, "height", height);
	svg_pair(out, " viewBox=\"", -margin, -margin);
	svg_pair(out, " ", width, height);
	buf_adds(out, "\">\n");
	if (drawing->layout->sequence)
		sequence_svg(&svg);
	else
		write_parts(&svg);
	buf_adds(out, "</svg>\n");
	arena_free(svg.arena);
}
