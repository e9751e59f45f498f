/* The pieces of SVG: escaped text, links, numbers, outlines of nodes. */
#include "draw/drawing.h"

#include <math.h>

void svg_text(struct buf *out, struct str text)
{
	for (size_t off = 0; off < text.size;) {
		size_t start = off;
		uint32_t code = utf8_next(text, &off);
		if (code == '&')
			buf_adds(out, "&amp;");
		else if (code == '<')
			buf_adds(out, "&lt;");
		else if (code == '>')
			buf_adds(out, "&gt;");
		else if (code == '"')
			buf_adds(out, "&quot;");
		else if (code == '\n' || code == '\t')
			buf_addc(out, ' ');
		else if (code == UTF8_BAD)
			buf_adds(out, "\xEF\xBF\xBD");
		else if (code >= ' ' && code != 0x7F && !(code >= 0x80 && code < 0xA0) && code != 0xFFFE &&
			 code != 0xFFFF)
			buf_add(out, str_sub(text, start, off - start));
	}
}

void svg_href(struct buf *out, struct str href, struct str page_url)
{
	if (str_starts_nocase(href, STR("http://")) || str_starts_nocase(href, STR("https://"))) {
		svg_text(out, href);
		return;
	}
	struct arena *arena = arena_new();
	size_t hash = str_find_char(href, '#');
	struct str path = hash == SIZE_MAX ? href : str_sub(href, 0, hash);
	struct str relative = path_relative(arena, path_dir(page_url), path);
	/* A first part with a colon would read as a scheme. */
	size_t colon = str_find_char(relative, ':');
	if (colon != SIZE_MAX && colon < str_find_char(relative, '/'))
		buf_adds(out, "./");
	for (size_t i = 0; i < relative.size; i++) {
		unsigned char c = (unsigned char)relative.data[i];
		if (c <= ' ' || c >= 0x7F || strchr("\"<>%?#&`\\^{|}", c))
			buf_addf(out, "%%%02X", c);
		else
			buf_addc(out, (char)c);
	}
	if (hash != SIZE_MAX)
		svg_text(out, str_from_off(href, hash));
	arena_free(arena);
}

void svg_number(struct buf *out, double number)
{
	long tenths = lround(number * 10);
	long whole = labs(tenths) / 10;
	long rest = labs(tenths) % 10;
	if (tenths < 0)
		buf_addc(out, '-');
	buf_addf(out, rest ? "%ld.%ld" : "%ld", whole, rest);
}

/* ---- outlines ---- */

static void attribute(struct buf *out, const char *name, double number)
{
	buf_addf(out, " %s=\"", name);
	svg_number(out, number);
	buf_addc(out, '"');
}

static void rectangle(struct buf *out, struct placed_box box, double radius)
{
	buf_adds(out, "<rect");
	attribute(out, "x", box.x - box.width / 2);
	attribute(out, "y", box.y - box.height / 2);
	attribute(out, "width", box.width);
	attribute(out, "height", box.height);
	if (radius > 0)
		attribute(out, "rx", radius);
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

static void move(struct buf *out, const char *command, double x, double y)
{
	buf_adds(out, command);
	svg_number(out, x);
	buf_addc(out, ' ');
	svg_number(out, y);
}

/* A curve of half an ellipse from (x, y) to (x + width, y), `depth` high. */
static void arc(struct buf *out, double width, double depth, bool above, double x, double y)
{
	buf_adds(out, "A");
	svg_number(out, width / 2);
	buf_addc(out, ' ');
	svg_number(out, depth);
	buf_addf(out, " 0 0 %d ", above);
	svg_number(out, x);
	buf_addc(out, ' ');
	svg_number(out, y);
}

static void cylinder(struct buf *out, struct placed_box box)
{
	double depth = 7;
	double left = box.x - box.width / 2;
	double right = box.x + box.width / 2;
	double top = box.y - box.height / 2 + depth;
	double bottom = box.y + box.height / 2 - depth;
	buf_adds(out, "<path d=\"");
	move(out, "M", left, top);
	arc(out, box.width, depth, true, right, top);
	move(out, "L", right, bottom);
	arc(out, box.width, depth, true, left, bottom);
	buf_adds(out, "Z\"/><path class=\"g-line\" d=\"");
	move(out, "M", left, top);
	arc(out, box.width, depth, false, right, top);
	buf_adds(out, "\"/>");
}

static void subroutine(struct buf *out, struct placed_box box)
{
	rectangle(out, box, 2);
	buf_adds(out, "<path class=\"g-line\" d=\"");
	for (int side = -1; side <= 1; side += 2) {
		double x = box.x + side * (box.width / 2 - 6);
		move(out, "M", x, box.y - box.height / 2);
		move(out, "L", x, box.y + box.height / 2);
	}
	buf_adds(out, "\"/>");
}

void svg_shape(struct buf *out, enum graph_shape shape, struct placed_box box)
{
	double lean = box.height * 0.3;
	switch (shape) {
	case SHAPE_PLAIN: break;
	case SHAPE_ROUND: rectangle(out, box, 9); break;
	case SHAPE_STADIUM: rectangle(out, box, box.height / 2); break;
	case SHAPE_CIRCLE:
		buf_adds(out, "<ellipse");
		attribute(out, "cx", box.x);
		attribute(out, "cy", box.y);
		attribute(out, "rx", box.width / 2);
		attribute(out, "ry", box.height / 2);
		buf_adds(out, "/>");
		break;
	case SHAPE_DIAMOND:
		polygon(out, box, (struct corner[]){{0, -1, 0}, {1, 0, 0}, {0, 1, 0}, {-1, 0, 0}}, 4);
		break;
	case SHAPE_HEXAGON:
		lean = box.width / 4 < box.height * 0.35 ? box.width / 4 : box.height * 0.35;
		polygon(out, box,
			(struct corner[]){
				{-1, -1, lean}, {1, -1, -lean}, {1, 0, 0}, {1, 1, -lean}, {-1, 1, lean}, {-1, 0, 0}},
			6);
		break;
	case SHAPE_PARALLELOGRAM:
		polygon(out, box, (struct corner[]){{-1, -1, lean}, {1, -1, 0}, {1, 1, -lean}, {-1, 1, 0}}, 4);
		break;
	case SHAPE_TRAPEZIUM:
		polygon(out, box, (struct corner[]){{-1, -1, lean}, {1, -1, -lean}, {1, 1, 0}, {-1, 1, 0}}, 4);
		break;
	case SHAPE_FLAG:
		polygon(out, box, (struct corner[]){{-1, -1, 0}, {1, -1, 0}, {1, 1, 0}, {-1, 1, 0}, {-1, 0, 10}}, 5);
		break;
	case SHAPE_CYLINDER: cylinder(out, box); break;
	case SHAPE_SUBROUTINE: subroutine(out, box); break;
	case SHAPE_BOX: rectangle(out, box, 4); break;
	}
}
