/* Writes a sequence as SVG: groups and blocks, lifelines and bars, names, messages, notes. */
#include "draw/sequence.h"
#include "draw/svg.h"

#include <math.h>

struct writer_of {
	struct svg *svg;
	const struct graph *graph;
	const struct sequence_layout *layout;
};

static struct placed_box moved(const struct sequence_layout *layout, struct placed_box box)
{
	box.x += layout->left;
	return box;
}

static void rectangle(struct buf *out, const char *class, struct placed_box box, double radius)
{
	buf_addf(out, "<rect class=\"%s\"", class);
	svg_attribute(out, "x", box.x - box.width / 2);
	svg_attribute(out, "y", box.y - box.height / 2);
	svg_attribute(out, "width", box.width);
	svg_attribute(out, "height", box.height);
	if (radius > 0)
		svg_attribute(out, "rx", radius);
	buf_adds(out, "/>");
}

static void line(struct buf *out, const char *class, struct point from, struct point to)
{
	buf_addf(out, "<path class=\"%s\"", class);
	svg_pair(out, " d=\"M", from.x, from.y);
	svg_pair(out, "L", to.x, to.y);
	buf_adds(out, "\"/>");
}

/* ---- behind the messages ---- */

static void write_groups(struct writer_of *w)
{
	for (size_t i = 0; i < w->graph->clusters.n; i++) {
		const struct graph_cluster *cluster = &w->graph->clusters.data[i];
		struct placed_box box = moved(w->layout, w->layout->groups[i]);
		if (w->layout->groups[i].width <= 0)
			continue;
		struct text_block title = cluster_text(w->svg->arena, cluster);
		svg_open_group(w->svg, "g-cluster", cluster->kind);
		rectangle(w->svg->out, "g-group", box, 8);
		if (cluster->href.size)
			svg_open_link(w->svg, cluster->href);
		svg_lines(w->svg, &title, "g-title", LABEL_LINE,
			  (struct point){box.x - box.width / 2 + 12, box.y - box.height / 2 + 6});
		if (cluster->href.size)
			buf_adds(w->svg->out, "</a>");
		buf_adds(w->svg->out, "</g>\n");
	}
}

static void write_fills(struct writer_of *w)
{
	for (size_t i = 0; i < w->graph->steps.n; i++) {
		const struct graph_step *step = &w->graph->steps.data[i];
		if (step->kind != STEP_OPEN || !str_is(step->word, "rect"))
			continue;
		svg_open_group(w->svg, "g-shade", step->tone);
		rectangle(w->svg->out, "g-fill", moved(w->layout, w->layout->steps[i].box), 4);
		buf_adds(w->svg->out, "</g>\n");
	}
}

static void write_lifelines(struct writer_of *w)
{
	for (size_t i = 0; i < w->graph->nodes.n; i++) {
		const struct placed_column *column = &w->layout->columns[i];
		double x = column->x + w->layout->left;
		line(w->svg->out, "g-life", (struct point){x, column->from}, (struct point){x, column->to});
		buf_addc(w->svg->out, '\n');
	}
	for (size_t i = 0; i < w->layout->bars.n; i++) {
		struct placed_bar bar = w->layout->bars.data[i];
		double x = w->layout->columns[bar.column].x + w->layout->left + bar.level * 4;
		rectangle(w->svg->out, "g-bar", (struct placed_box){x, (bar.from + bar.to) / 2, 10, bar.to - bar.from},
			  1);
		buf_addc(w->svg->out, '\n');
	}
}

static void write_block(struct writer_of *w, size_t index)
{
	const struct graph_step *step = &w->graph->steps.data[index];
	const struct placed_step *placed = &w->layout->steps[index];
	struct placed_box box = moved(w->layout, placed->box);
	struct buf *out = w->svg->out;
	double left = box.x - box.width / 2, top = box.y - box.height / 2, tab = sequence_tab(step->word);
	struct str condition = sequence_condition(w->svg->arena, step);
	struct text_block word = {0}, text = sequence_text(w->svg->arena, condition, placed->text_width);
	struct text_line only = {step->word, 0};
	vec_add(w->svg->arena, &word.lines, only);
	buf_adds(out, "<g class=\"g-block\">");
	rectangle(out, "g-frame", box, 4);
	svg_pair(out, "<path class=\"g-tab\" d=\"M", left, top);
	svg_pair(out, "L", left + tab, top);
	svg_pair(out, "L", left + tab, top + TAB_HEIGHT - 7);
	svg_pair(out, "L", left + tab - 7, top + TAB_HEIGHT);
	svg_pair(out, "L", left, top + TAB_HEIGHT);
	buf_adds(out, "Z\"/>");
	svg_lines(w->svg, &word, "g-word", MESSAGE_LINE, (struct point){left + 7, top + 2});
	svg_lines(w->svg, &text, "g-condition", MESSAGE_LINE, (struct point){left + tab + 8, top + 2});
	buf_adds(out, "</g>\n");
}

static void write_part(struct writer_of *w, size_t index)
{
	const struct graph_step *step = &w->graph->steps.data[index];
	const struct placed_step *placed = &w->layout->steps[index];
	double left = placed->x + w->layout->left, right = placed->x2 + w->layout->left;
	struct str condition = sequence_condition(w->svg->arena, step);
	struct text_block word = {0}, text = sequence_text(w->svg->arena, condition, placed->text_width - 40);
	struct text_line only = {step->word, 0};
	double shift = text_width(step->word, SMALL_SIZE) * 1.1 + 16;
	vec_add(w->svg->arena, &word.lines, only);
	buf_adds(w->svg->out, "<g class=\"g-block\">");
	line(w->svg->out, "g-part", (struct point){left, placed->y}, (struct point){right, placed->y});
	svg_lines(w->svg, &word, "g-word", MESSAGE_LINE, (struct point){left + 7, placed->y + 2});
	svg_lines(w->svg, &text, "g-condition", MESSAGE_LINE, (struct point){left + shift, placed->y + 2});
	buf_adds(w->svg->out, "</g>\n");
}

/* ---- messages and notes ---- */

static void write_number(struct writer_of *w, unsigned number, double x, double y)
{
	struct text_block text = {0};
	struct text_line only = {str_format(w->svg->arena, "%u", number), 0};
	double width = text_width(only.text, 10) + 8;
	vec_add(w->svg->arena, &text.lines, only);
	rectangle(w->svg->out, "g-badge", (struct placed_box){x, y, width < 16 ? 16 : width, 16}, 8);
	svg_lines(w->svg, &text, "g-number", 12, (struct point){x, y - 5.6});
}

static void write_message(struct writer_of *w, size_t index)
{
	const struct graph_step *step = &w->graph->steps.data[index];
	const struct placed_step *placed = &w->layout->steps[index];
	const struct graph_edge *edge = &w->graph->edges.data[step->edge];
	struct text_block text = sequence_text(w->svg->arena, edge->label.str, placed->text_width);
	double x = placed->x + w->layout->left, x2 = placed->x2 + w->layout->left, y = placed->y;
	bool is_self = step->from == step->to;
	double sign = is_self || x2 < x ? -1 : 1, head = edge->head != TIP_NONE ? 8 : 0,
	       tail = edge->tail != TIP_NONE ? 8 : 0;
	double end_y = is_self ? y + LOOP_HEIGHT : y;
	struct buf *out = w->svg->out;
	/* The tip stands beside the number. */
	if (step->number && tail > 0)
		x += is_self ? 9 : sign * 9;
	svg_open_group(w->svg, edge->line == LINE_DOTTED ? "g-edge g-dotted" : "g-edge", edge->kind);
	svg_pair(out, "<path class=\"g-line\" d=\"M", x + (is_self ? tail : sign * tail), y);
	if (is_self) {
		double right = (x > x2 ? x : x2) + LOOP_WIDTH;
		svg_pair(out, "L", right - 6, y);
		svg_pair(out, "Q", right, y);
		svg_pair(out, " ", right, y + 6);
		svg_pair(out, "L", right, end_y - 6);
		svg_pair(out, "Q", right, end_y);
		svg_pair(out, " ", right - 6, end_y);
	}
	svg_pair(out, "L", x2 - sign * head, end_y);
	buf_adds(out, "\"/>");
	svg_tip(w->svg, edge->head, (struct point){x2 - sign * head, end_y}, (struct point){x2, end_y});
	svg_tip(w->svg, edge->tail, (struct point){x + (is_self ? tail : sign * tail), y}, (struct point){x, y});
	buf_adds(out, "</g>");
	if (is_self)
		svg_lines(w->svg, &text, "g-message g-start", MESSAGE_LINE,
			  (struct point){x + (step->number ? 14 : 6), y - 3 - text.height});
	else
		svg_lines(w->svg, &text, "g-message", MESSAGE_LINE, (struct point){(x + x2) / 2, y - 3 - text.height});
	if (step->number)
		write_number(w, step->number, placed->x + w->layout->left, y);
	buf_addc(out, '\n');
}

static void write_note(struct writer_of *w, size_t index)
{
	const struct graph_step *step = &w->graph->steps.data[index];
	const struct placed_step *placed = &w->layout->steps[index];
	struct placed_box box = moved(w->layout, placed->box);
	struct text_block text = sequence_text(w->svg->arena, step->label.str, placed->text_width);
	buf_adds(w->svg->out, "<g class=\"g-node g-remark\">");
	svg_shape(w->svg->out, SHAPE_BOX, box);
	svg_lines(w->svg, &text, "g-message", MESSAGE_LINE, (struct point){box.x, box.y - text.height / 2});
	buf_adds(w->svg->out, "</g>\n");
}

static void write_steps(struct writer_of *w)
{
	for (size_t i = 0; i < w->graph->steps.n; i++) {
		const struct graph_step *step = &w->graph->steps.data[i];
		if (step->kind == STEP_MESSAGE)
			write_message(w, i);
		else if (step->kind == STEP_NOTE)
			write_note(w, i);
	}
}

/* ---- participants ---- */

static void write_heads(struct writer_of *w)
{
	for (size_t i = 0; i < w->graph->nodes.n; i++) {
		const struct placed_column *column = &w->layout->columns[i];
		svg_node(w->svg, &w->graph->nodes.data[i], moved(w->layout, column->box), false);
		if (!column->is_destroyed)
			continue;
		double x = column->x + w->layout->left;
		line(w->svg->out, "g-end", (struct point){x - 8, column->to - 8},
		     (struct point){x + 8, column->to + 8});
		line(w->svg->out, "g-end", (struct point){x + 8, column->to - 8},
		     (struct point){x - 8, column->to + 8});
	}
	if (w->layout->feet <= 0)
		return;
	buf_adds(w->svg->out, "<g aria-hidden=\"true\">\n");
	for (size_t i = 0; i < w->graph->nodes.n; i++) {
		struct placed_box box = moved(w->layout, w->layout->columns[i].box);
		box.y = w->layout->columns[i].to + box.height / 2;
		if (!w->layout->columns[i].is_destroyed)
			svg_node(w->svg, &w->graph->nodes.data[i], box, true);
	}
	buf_adds(w->svg->out, "</g>\n");
}

void sequence_svg(struct svg *svg)
{
	struct writer_of w = {svg, svg->graph, svg->layout->sequence};
	write_groups(&w);
	write_fills(&w);
	write_lifelines(&w);
	for (size_t i = 0; i < w.graph->steps.n; i++) {
		const struct graph_step *step = &w.graph->steps.data[i];
		if (step->kind == STEP_OPEN && !str_is(step->word, "rect"))
			write_block(&w, i);
		else if (step->kind == STEP_NEXT)
			write_part(&w, i);
	}
	write_heads(&w);
	write_steps(&w);
}
