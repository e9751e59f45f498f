/* The outlines of nodes as SVG. */
#include "draw/svg.h"

static void rectangle(struct buf *out, struct placed_box box, double radius)
{
	buf_adds(out, "<rect");
	svg_attribute(out, "x", box.x - box.width / 2);
	svg_attribute(out, "y", box.y - box.height / 2);
	svg_attribute(out, "width", box.width);
	svg_attribute(out, "height", box.height);
	if (radius > 0)
		svg_attribute(out, "rx", radius);
	buf_adds(out, "/>");
}

/* An ellipse in the box, `inset` smaller on each side. */
static void ellipse(struct buf *out, const char *class, struct placed_box box, double inset)
{
	buf_addf(out, *class ? "<ellipse class=\"%s\"" : "<ellipse%s", class);
	svg_attribute(out, "cx", box.x);
	svg_attribute(out, "cy", box.y);
	svg_attribute(out, "rx", box.width / 2 - inset);
	svg_attribute(out, "ry", box.height / 2 - inset);
	buf_adds(out, "/>");
}

/* Corners in halves of the box: (-1,-1) is the upper left one; `shift` in points moves x. */
struct corner {
	double x, y, shift;
};

static void polygon(struct buf *out, struct placed_box box, const struct corner *corners, size_t n)
{
	buf_adds(out, "<polygon points=\"");
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ' ');
		svg_number(out, box.x + corners[i].x * box.width / 2 + corners[i].shift);
		buf_addc(out, ',');
		svg_number(out, box.y + corners[i].y * box.height / 2);
	}
	buf_adds(out, "\"/>");
}

/* Half an ellipse to (x, y). */
static void arc(struct buf *out, double rx, double ry, bool clockwise, double x, double y)
{
	svg_pair(out, "A", rx, ry);
	buf_addf(out, " 0 0 %d ", clockwise);
	svg_pair(out, "", x, y);
}

static void end_path(struct buf *out)
{
	buf_adds(out, "\"/>");
}

static void cylinder(struct buf *out, struct placed_box box)
{
	double depth = 7, half = box.width / 2;
	double left = box.x - half, right = box.x + half;
	double top = box.y - box.height / 2 + depth, bottom = box.y + box.height / 2 - depth;
	svg_pair(out, "<path d=\"M", left, top);
	arc(out, half, depth, true, right, top);
	svg_pair(out, "L", right, bottom);
	arc(out, half, depth, true, left, bottom);
	buf_adds(out, "Z\"/>");
	svg_pair(out, "<path class=\"g-line\" d=\"M", left, top);
	arc(out, half, depth, false, right, top);
	end_path(out);
}

static void queue(struct buf *out, struct placed_box box)
{
	double depth = 7, half = box.height / 2;
	double left = box.x - box.width / 2 + depth, right = box.x + box.width / 2 - depth;
	double top = box.y - half, bottom = box.y + half;
	svg_pair(out, "<path d=\"M", left, top);
	svg_pair(out, "L", right, top);
	arc(out, depth, half, true, right, bottom);
	svg_pair(out, "L", left, bottom);
	arc(out, depth, half, true, left, top);
	buf_adds(out, "Z\"/>");
	svg_pair(out, "<path class=\"g-line\" d=\"M", right, top);
	arc(out, depth, half, false, right, bottom);
	end_path(out);
}

static void subroutine(struct buf *out, struct placed_box box)
{
	rectangle(out, box, 2);
	buf_adds(out, "<path class=\"g-line\" d=\"");
	for (int side = -1; side <= 1; side += 2) {
		double x = box.x + side * (box.width / 2 - 6);
		svg_pair(out, "M", x, box.y - box.height / 2);
		svg_pair(out, "L", x, box.y + box.height / 2);
	}
	end_path(out);
}

static void crossed(struct buf *out, struct placed_box box)
{
	double reach = box.width / 2 * 0.7;
	ellipse(out, "", box, 0);
	svg_pair(out, "<path class=\"g-line\" d=\"M", box.x - reach, box.y - reach);
	svg_pair(out, "L", box.x + reach, box.y + reach);
	svg_pair(out, "M", box.x + reach, box.y - reach);
	svg_pair(out, "L", box.x - reach, box.y + reach);
	end_path(out);
}

static void delay(struct buf *out, struct placed_box box)
{
	double left = box.x - box.width / 2, half = box.height / 2, right = box.x + box.width / 2 - half * 0.6;
	svg_pair(out, "<path d=\"M", left, box.y - half);
	svg_pair(out, "L", right, box.y - half);
	arc(out, half * 0.6, half, true, right, box.y + half);
	svg_pair(out, "L", left, box.y + half);
	buf_adds(out, "Z\"/>");
}

static void document(struct buf *out, struct placed_box box)
{
	double left = box.x - box.width / 2, right = box.x + box.width / 2;
	double top = box.y - box.height / 2, bottom = box.y + box.height / 2 - 5;
	svg_pair(out, "<path d=\"M", left, top);
	svg_pair(out, "L", right, top);
	svg_pair(out, "L", right, bottom);
	svg_pair(out, "C", box.x + box.width / 6, bottom - 10);
	svg_pair(out, " ", box.x - box.width / 6, bottom + 12);
	svg_pair(out, " ", left, bottom);
	buf_adds(out, "Z\"/>");
}

static void stack(struct buf *out, struct placed_box box)
{
	struct placed_box sheet = {box.x + 4, box.y - 4, box.width - 8, box.height - 8};
	for (int i = 0; i < 3; i++) {
		rectangle(out, sheet, 2);
		sheet.x -= 4;
		sheet.y += 4;
	}
}

static void note(struct buf *out, struct placed_box box)
{
	double right = box.x + box.width / 2, top = box.y - box.height / 2, fold = 9;
	svg_pair(out, "<path d=\"M", box.x - box.width / 2, top);
	svg_pair(out, "L", right - fold, top);
	svg_pair(out, "L", right, top + fold);
	svg_pair(out, "L", right, box.y + box.height / 2);
	svg_pair(out, "L", box.x - box.width / 2, box.y + box.height / 2);
	buf_adds(out, "Z\"/>");
	svg_pair(out, "<path class=\"g-line\" d=\"M", right - fold, top);
	svg_pair(out, "L", right - fold, top + fold);
	svg_pair(out, "L", right, top + fold);
	end_path(out);
}

static void brace(struct buf *out, struct placed_box box)
{
	double x = box.x - box.width / 2 + 8, half = box.height / 2;
	svg_pair(out, "<path class=\"g-line\" d=\"M", x + 6, box.y - half);
	svg_pair(out, "C", x - 4, box.y - half);
	svg_pair(out, " ", x + 6, box.y);
	svg_pair(out, " ", x - 6, box.y);
	svg_pair(out, "C", x + 6, box.y);
	svg_pair(out, " ", x - 4, box.y + half);
	svg_pair(out, " ", x + 6, box.y + half);
	end_path(out);
}

/* A head over a rounded box. */
static void person(struct buf *out, struct placed_box box)
{
	double head = PERSON_HEAD;
	struct placed_box body = {box.x, box.y + head / 2, box.width, box.height - head};
	struct placed_box top = {box.x, box.y - box.height / 2 + head / 2 + 1, head, head};
	rectangle(out, body, 12);
	ellipse(out, "", top, 0);
}

static void slanted(struct buf *out, enum graph_shape shape, struct placed_box box)
{
	double lean = box.height * 0.3;
	if (shape == SHAPE_PARALLELOGRAM)
		polygon(out, box, (struct corner[]){{-1, -1, lean}, {1, -1, 0}, {1, 1, -lean}, {-1, 1, 0}}, 4);
	else if (shape == SHAPE_PARALLELOGRAM_BACK)
		polygon(out, box, (struct corner[]){{-1, -1, 0}, {1, -1, -lean}, {1, 1, 0}, {-1, 1, lean}}, 4);
	else if (shape == SHAPE_TRAPEZIUM)
		polygon(out, box, (struct corner[]){{-1, -1, lean}, {1, -1, -lean}, {1, 1, 0}, {-1, 1, 0}}, 4);
	else
		polygon(out, box, (struct corner[]){{-1, -1, 0}, {1, -1, 0}, {1, 1, -lean}, {-1, 1, lean}}, 4);
}

static void hexagon(struct buf *out, struct placed_box box)
{
	double lean = box.width / 4 < box.height * 0.35 ? box.width / 4 : box.height * 0.35;
	struct corner corners[] = {{-1, -1, lean}, {1, -1, -lean}, {1, 0, 0}, {1, 1, -lean}, {-1, 1, lean}, {-1, 0, 0}};
	polygon(out, box, corners, 6);
}

static void bar(struct buf *out, struct placed_box box)
{
	buf_adds(out, "<g class=\"g-solid\">");
	rectangle(out, box, 3);
	buf_adds(out, "</g>");
}

static void angular(struct buf *out, enum graph_shape shape, struct placed_box box)
{
	switch (shape) {
	case SHAPE_DIAMOND:
		polygon(out, box, (struct corner[]){{0, -1, 0}, {1, 0, 0}, {0, 1, 0}, {-1, 0, 0}}, 4);
		break;
	case SHAPE_TRIANGLE: polygon(out, box, (struct corner[]){{0, -1, 0}, {1, 1, 0}, {-1, 1, 0}}, 3); break;
	case SHAPE_TRIANGLE_DOWN: polygon(out, box, (struct corner[]){{-1, -1, 0}, {1, -1, 0}, {0, 1, 0}}, 3); break;
	case SHAPE_HOURGLASS:
		polygon(out, box, (struct corner[]){{-1, -1, 0}, {1, -1, 0}, {-1, 1, 0}, {1, 1, 0}}, 4);
		break;
	case SHAPE_FLAG:
		polygon(out, box, (struct corner[]){{-1, -1, 0}, {1, -1, 0}, {1, 1, 0}, {-1, 1, 0}, {-1, 0, 10}}, 5);
		break;
	case SHAPE_HEXAGON: hexagon(out, box); break;
	default: slanted(out, shape, box); break;
	}
}

void svg_shape(struct buf *out, enum graph_shape shape, struct placed_box box)
{
	switch (shape) {
	case SHAPE_PLAIN: break;
	case SHAPE_BOX: rectangle(out, box, 4); break;
	case SHAPE_ROUND: rectangle(out, box, 9); break;
	case SHAPE_STADIUM: rectangle(out, box, box.height / 2); break;
	case SHAPE_CIRCLE: ellipse(out, "", box, 0); break;
	case SHAPE_DOUBLE_CIRCLE:
	case SHAPE_RING:
		ellipse(out, "", box, 0);
		ellipse(out, shape == SHAPE_RING ? "g-solid" : "", box, 4);
		break;
	case SHAPE_DISC: ellipse(out, "g-solid", box, 0); break;
	case SHAPE_CROSSED: crossed(out, box); break;
	case SHAPE_CYLINDER: cylinder(out, box); break;
	case SHAPE_QUEUE: queue(out, box); break;
	case SHAPE_SUBROUTINE: subroutine(out, box); break;
	case SHAPE_DELAY: delay(out, box); break;
	case SHAPE_DOCUMENT: document(out, box); break;
	case SHAPE_STACK: stack(out, box); break;
	case SHAPE_NOTE: note(out, box); break;
	case SHAPE_BRACE: brace(out, box); break;
	case SHAPE_BAR: bar(out, box); break;
	case SHAPE_PERSON: person(out, box); break;
	default: angular(out, shape, box); break;
	}
}
