/* Measures and wraps text with the widths of Helvetica, whatever fonts are installed. */
#include "draw/drawing.h"

/* Thousandths of the size, code points 32 to 126. */
static const short widths[95] = {
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
	556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
	611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
	667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
	222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584,
};

enum { LINES_MAX = 12 };
static const double slack = 1.15; /* for wider fonts where Helvetica and its kin are missing */

static double char_width(struct str text, size_t *off)
{
	size_t start = *off;
	uint32_t code = utf8_next(text, off);
	if (code >= 32 && code < 127)
		return widths[code - 32];
	size_t columns = code == UTF8_BAD ? 1 : utf8_width(str_sub(text, start, *off - start));
	return columns == 0 ? 0 : columns == 1 ? 600 : 1050;
}

double text_width(struct str text, double size)
{
	double sum = 0;
	for (size_t off = 0; off < text.size;)
		sum += char_width(text, &off);
	return sum * size * slack / 1000;
}

/* How much of the line fits into `max`: cut at the last blank, else behind the last sign that parts a long name, else
 * behind the last character that fits. */
static size_t fitting(struct str line, double size, double max)
{
	double sum = 0;
	size_t blank = 0, sign = 0;
	for (size_t off = 0; off < line.size;) {
		size_t start = off;
		if (line.data[off] == ' ')
			blank = off;
		sum += char_width(line, &off) * size * slack / 1000;
		if (sum > max && start > 0 && (blank || sum > max * 1.5))
			return blank ? blank : sign ? sign : start;
		if (sum > max * 0.4 && sum <= max && strchr("/\\._-:,@(", line.data[start]))
			sign = off;
	}
	return line.size;
}

static void add_line(struct arena *arena, struct text_block *block, struct str line, double size)
{
	struct text_line item = {line, text_width(line, size)};
	vec_add(arena, &block->lines, item);
	if (item.width > block->width)
		block->width = item.width;
}

struct text_block text_block(struct arena *arena, struct str text, double size, double line_height, double max_width)
{
	struct text_block block = {0};
	while (text.size && block.lines.n < LINES_MAX) {
		struct str line = str_trim(str_cut(&text, '\n'));
		do {
			size_t n = fitting(line, size, max_width);
			add_line(arena, &block, str_trim(str_sub(line, 0, n)), size);
			line = str_trim(str_from_off(line, n));
		} while (line.size && block.lines.n < LINES_MAX);
		if (line.size)
			text = line;
	}
	if (text.size)
		add_line(arena, &block, STR("…"), size);
	block.height = (double)block.lines.n * line_height;
	return block;
}

static double at_least(double value, double least)
{
	return value > least ? value : least;
}

/* The outline that holds a text of this size. */
static void fit_shape(enum graph_shape shape, struct node_text *text, double width, double height)
{
	double square = width > height ? width * 0.96 + height * 0.4 : height * 0.96 + width * 0.4;
	text->width = at_least(width + 26, 44);
	text->height = at_least(height + 18, 34);
	switch (shape) {
	case SHAPE_DIAMOND:
		text->width = width == 0 ? 28 : width * 1.6 + 28;
		text->height = width == 0 ? 28 : height * 2.2 + 20;
		break;
	case SHAPE_CIRCLE:
	case SHAPE_DOUBLE_CIRCLE:
		text->width = text->height = width == 0 ? 18 : at_least(square + 14, 36);
		if (shape == SHAPE_DOUBLE_CIRCLE)
			text->width = text->height = text->width + 8;
		break;
	case SHAPE_DISC: text->width = text->height = 16; break;
	case SHAPE_RING: text->width = text->height = 20; break;
	case SHAPE_CROSSED:
	case SHAPE_HOURGLASS: text->width = text->height = 28; break;
	case SHAPE_TRIANGLE:
	case SHAPE_TRIANGLE_DOWN:
		text->width = width * 1.6 + 34;
		text->height = height * 1.8 + 22;
		break;
	case SHAPE_BAR:
		text->width = 72;
		text->height = 8;
		break;
	case SHAPE_HEXAGON: text->width += text->height * 0.4; break;
	case SHAPE_STADIUM:
	case SHAPE_DELAY: text->width += text->height * 0.25; break;
	case SHAPE_CYLINDER: text->height += 14; break;
	case SHAPE_DOCUMENT:
	case SHAPE_STACK: text->height += 10; break;
	case SHAPE_PERSON: text->height += PERSON_HEAD; break;
	case SHAPE_SUBROUTINE:
	case SHAPE_QUEUE:
	case SHAPE_BRACE:
	case SHAPE_FLAG: text->width += 14; break;
	case SHAPE_TRAPEZIUM:
	case SHAPE_TRAPEZIUM_DOWN:
	case SHAPE_PARALLELOGRAM:
	case SHAPE_PARALLELOGRAM_BACK: text->width += text->height * 0.6; break;
	case SHAPE_PLAIN:
		text->width = at_least(width + 8, 8);
		text->height = at_least(height + 6, 8);
		break;
	case SHAPE_BOX:
	case SHAPE_ROUND:
	case SHAPE_NOTE: break;
	}
}

/* Marks too small for words; lists name them. */
static bool is_mark(enum graph_shape shape)
{
	return shape == SHAPE_DISC || shape == SHAPE_RING || shape == SHAPE_CROSSED || shape == SHAPE_HOURGLASS ||
	       shape == SHAPE_BAR;
}

struct node_text node_text(struct arena *arena, const struct graph_node *node)
{
	if (is_mark(node->shape)) {
		struct node_text mark = {0};
		fit_shape(node->shape, &mark, 0, 0);
		return mark;
	}
	struct node_text text = {
		.label = text_block(arena, node->label.str, LABEL_SIZE, LABEL_LINE, 190),
		.note = text_block(arena, node->note, SMALL_SIZE, SMALL_LINE, 200),
	};
	double width = text.label.width > text.note.width ? text.label.width : text.note.width;
	fit_shape(node->shape, &text, width, text.label.height + text.note.height);
	return text;
}

struct text_block edge_text(struct arena *arena, const struct graph_edge *edge)
{
	return text_block(arena, edge->label.str, SMALL_SIZE, SMALL_LINE, 150);
}

struct text_block cluster_text(struct arena *arena, const struct graph_cluster *cluster)
{
	return text_block(arena, cluster->label.str, LABEL_SIZE, LABEL_LINE, 320);
}
