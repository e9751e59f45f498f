/* Places the parts of a sequence: columns as wide as their texts need, then one row after the other. */
#include "draw/sequence.h"

static const double message_width = 230; /* a text is wrapped there, unless its columns stand wider */
static const double note_width = 190;
static const double frame_pad = 10;

enum { BAR_WIDTH = 10, BAR_SHIFT = 4, LEVELS_MAX = 8 };

struct placing {
	struct arena *arena;
	const struct graph *graph;
	struct sequence_layout *layout;
	double *gaps;       /* from each column to the next */
	double left, right; /* of all that stands */
	double top, y;      /* the first row; the row to come */
	double last_y;      /* of the last message */
	int *bars;          /* by column: index + 1 of the innermost bar open */
	int *outer;         /* by bar: as above, what it stands in */
	size_t outer_cap;
	bool *is_created, *is_ending;
	double created_height;
};

struct text_block sequence_text(struct arena *arena, struct str text, double width)
{
	return text_block(arena, text, MESSAGE_SIZE, MESSAGE_LINE, width);
}

double sequence_tab(struct str word)
{
	return text_width(word, SMALL_SIZE) * 1.1 + 20;
}

struct str sequence_condition(struct arena *arena, const struct graph_step *step)
{
	if (!step->label.str.size)
		return STR("");
	return str_format(arena, "[" STR_FMT "]", STR_ARG(step->label.str));
}

static double most(double a, double b)
{
	return a > b ? a : b;
}

static double least(double a, double b)
{
	return a < b ? a : b;
}

/* ---- columns ---- */

static struct text_block note_text(struct placing *placing, const struct graph_step *step, double width)
{
	return sequence_text(placing->arena, step->label.str, width);
}

static void need_gap(struct placing *placing, int column, double width)
{
	if (column >= 0 && (size_t)column + 1 < placing->graph->nodes.n)
		placing->gaps[column] = most(placing->gaps[column], width);
}

/* What a message or a note asks of the columns beside it. */
static void need_step(struct placing *placing, const struct graph_step *step)
{
	bool is_note = step->kind == STEP_NOTE;
	int from = step->from < step->to ? step->from : step->to, to = step->from < step->to ? step->to : step->from;
	if (is_note) {
		double width = note_text(placing, step, note_width).width + 2 * NOTE_PAD;
		if (step->side == SIDE_LEFT)
			need_gap(placing, from - 1, width + 30);
		else if (step->side == SIDE_RIGHT)
			need_gap(placing, to, width + 30);
		else if (from == to)
			need_gap(placing, from - 1, width / 2 + 16);
		if (step->side == SIDE_OVER && from == to)
			need_gap(placing, to, width / 2 + 16);
		if (step->side == SIDE_OVER && to == from + 1)
			need_gap(placing, from, width - 30);
		return;
	}
	const struct graph_edge *edge = &placing->graph->edges.data[step->edge];
	double width = sequence_text(placing->arena, edge->label.str, message_width).width;
	if (from == to)
		need_gap(placing, from, most(width + 24, LOOP_WIDTH + 24));
	else if (to == from + 1)
		need_gap(placing, from, width + 34 + (step->number ? 16 : 0));
}

/* What is wider than the columns that it spans pulls them apart alike. */
static void need_span(struct placing *placing, const struct graph_step *step)
{
	int from = step->from < step->to ? step->from : step->to, to = step->from < step->to ? step->to : step->from;
	if (to - from < 2 || (step->kind == STEP_NOTE && step->side != SIDE_OVER))
		return;
	double have = 0;
	for (int i = from; i < to; i++)
		have += placing->gaps[i];
	struct str text = step->kind == STEP_NOTE ? step->label.str : placing->graph->edges.data[step->edge].label.str;
	double need = sequence_text(placing->arena, text, most(have - 34, message_width)).width + 34;
	for (int i = from; need > have && i < to; i++)
		placing->gaps[i] += (need - have) / (to - from);
}

static void place_columns(struct placing *placing)
{
	const struct graph *graph = placing->graph;
	struct placed_column *columns = placing->layout->columns;
	for (size_t i = 0; i < graph->nodes.n; i++) {
		struct node_text text = node_text(placing->arena, &graph->nodes.data[i]);
		columns[i].box = (struct placed_box){0, 0, most(text.width, 64), text.height};
	}
	for (size_t i = 0; i + 1 < graph->nodes.n; i++) {
		bool same = graph->nodes.data[i].cluster == graph->nodes.data[i + 1].cluster;
		double half = (columns[i].box.width + columns[i + 1].box.width) / 2;
		placing->gaps[i] = most(half + (same ? 22 : 44), 96);
	}
	for (size_t i = 0; i < graph->steps.n; i++) {
		const struct graph_step *step = &graph->steps.data[i];
		if (step->kind == STEP_MESSAGE || step->kind == STEP_NOTE)
			need_step(placing, step);
		else if (step->kind == STEP_CREATE)
			need_gap(placing, step->from - 1, columns[step->from].box.width / 2 + message_width * 0.6);
	}
	for (size_t i = 0; i < graph->steps.n; i++)
		if (graph->steps.data[i].kind == STEP_MESSAGE || graph->steps.data[i].kind == STEP_NOTE)
			need_span(placing, &graph->steps.data[i]);
	double x = 0;
	for (size_t i = 0; i < graph->nodes.n; i++) {
		columns[i].x = columns[i].box.x = x;
		x += placing->gaps[i];
		placing->left = least(placing->left, columns[i].x - columns[i].box.width / 2);
		placing->right = most(placing->right, columns[i].x + columns[i].box.width / 2);
	}
}

/* ---- blocks, from left to right ---- */

struct reach {
	double left, right;
	size_t open; /* step that opens it */
};

static void widen(struct reach *reach, double left, double right)
{
	reach->left = least(reach->left, left);
	reach->right = most(reach->right, right);
}

static void place_note(struct placing *placing, const struct graph_step *step, struct placed_step *placed)
{
	const struct placed_column *columns = placing->layout->columns;
	double a = least(columns[step->from].x, columns[step->to].x),
	       b = most(columns[step->from].x, columns[step->to].x);
	double max = step->side == SIDE_OVER ? most(note_width, b - a + 30) : note_width;
	struct text_block text = note_text(placing, step, max);
	double width = text.width + 2 * NOTE_PAD;
	placed->text_width = max;
	if (step->side == SIDE_OVER)
		width = most(width, b > a ? b - a + 40 : 60);
	placed->box = (struct placed_box){(a + b) / 2, 0, width, text.height + 2 * NOTE_PAD - 3};
	if (step->side == SIDE_LEFT)
		placed->box.x = a - 14 - width / 2;
	else if (step->side == SIDE_RIGHT)
		placed->box.x = b + 14 + width / 2;
	placed->x = placed->box.x - width / 2;
	placed->x2 = placed->box.x + width / 2;
}

static void place_message(struct placing *placing, const struct graph_step *step, struct placed_step *placed)
{
	const struct placed_column *columns = placing->layout->columns;
	const struct graph_edge *edge = &placing->graph->edges.data[step->edge];
	double a = columns[step->from].x, b = columns[step->to].x;
	placed->text_width = most(message_width, (a < b ? b - a : a - b) - 34);
	placed->x = a;
	placed->x2 = b;
	if (step->from == step->to)
		placed->x2 = a + most(LOOP_WIDTH + 8,
				      sequence_text(placing->arena, edge->label.str, placed->text_width).width + 12);
}

static void close_block(struct placing *placing, struct reach *reaches, size_t depth)
{
	struct reach *it = &reaches[depth];
	const struct graph_step *step = &placing->graph->steps.data[it->open];
	struct placed_step *placed = &placing->layout->steps[it->open];
	bool is_empty = it->left > it->right;
	if (is_empty)
		*it = (struct reach){placing->left, placing->right, it->open};
	double tab = step->word.size ? sequence_tab(step->word) : 0;
	double left = it->left - frame_pad - 8, right = most(it->right + frame_pad + 8, left + tab + 60);
	placed->box.x = (left + right) / 2;
	placed->box.width = right - left;
	placed->text_width = right - left - tab - 16;
	if (depth > 0)
		widen(&reaches[depth - 1], left, right);
	placing->left = least(placing->left, left);
	placing->right = most(placing->right, right);
}

static void place_across(struct placing *placing)
{
	struct reach reaches[GRAPH_STEP_DEPTH + 1];
	const struct graph *graph = placing->graph;
	size_t depth = 0;
	for (size_t i = 0; i < graph->steps.n; i++) {
		const struct graph_step *step = &graph->steps.data[i];
		struct placed_step *placed = &placing->layout->steps[i];
		if (step->kind == STEP_OPEN && depth < GRAPH_STEP_DEPTH)
			reaches[depth++] = (struct reach){1e9, -1e9, i};
		else if (step->kind == STEP_CLOSE && depth > 0)
			close_block(placing, reaches, --depth);
		else if (step->kind == STEP_NEXT && depth > 0)
			placed->x = (double)reaches[depth - 1].open;
		if (step->kind != STEP_MESSAGE && step->kind != STEP_NOTE)
			continue;
		if (step->kind == STEP_NOTE)
			place_note(placing, step, placed);
		else
			place_message(placing, step, placed);
		double left = least(placed->x, placed->x2), right = most(placed->x, placed->x2);
		placing->left = least(placing->left, left);
		placing->right = most(placing->right, right);
		if (depth > 0)
			widen(&reaches[depth - 1], left, right);
	}
	for (size_t i = 0; i < graph->steps.n; i++) {
		struct placed_step *placed = &placing->layout->steps[i];
		if (graph->steps.data[i].kind != STEP_NEXT)
			continue;
		struct placed_step block = placing->layout->steps[(size_t)placed->x];
		placed->x = block.box.x - block.box.width / 2;
		placed->x2 = block.box.x + block.box.width / 2;
		placed->text_width = block.box.width - 24;
	}
}

/* ---- rows ---- */

static unsigned level_of(const struct placing *placing, int column)
{
	int bar = placing->bars[column];
	return bar ? placing->layout->bars.data[bar - 1].level + 1 : 0;
}

static void open_bar(struct placing *placing, int column, double y)
{
	struct sequence_layout *layout = placing->layout;
	unsigned level = level_of(placing, column);
	struct placed_bar bar = {column, level < LEVELS_MAX ? level : LEVELS_MAX, y, y};
	vec_add(placing->arena, &layout->bars, bar);
	placing->outer[layout->bars.n - 1] = placing->bars[column];
	placing->bars[column] = (int)layout->bars.n;
}

static void close_bar(struct placing *placing, int column, double y)
{
	int bar = placing->bars[column];
	if (!bar)
		return;
	struct placed_bar *it = &placing->layout->bars.data[bar - 1];
	it->to = most(y, it->from + 10);
	placing->bars[column] = placing->outer[bar - 1];
}

/* Where a message touches a column: the edge of its bar on that side. */
static double touch(const struct placing *placing, int column, bool to_right, unsigned level)
{
	double x = placing->layout->columns[column].x;
	if (level == 0)
		return x;
	return to_right ? x + BAR_WIDTH / 2.0 + (level - 1) * BAR_SHIFT : x - BAR_WIDTH / 2.0;
}

/* Rows of participants that begin or end with this message. */
static void begin_and_end(struct placing *placing, const struct graph_step *step, struct placed_step *placed)
{
	struct placed_column *columns = placing->layout->columns;
	int to = step->to;
	if (placing->is_created[to]) {
		placing->is_created[to] = false;
		columns[to].box.y = placed->y;
		columns[to].from = placed->y + columns[to].box.height / 2;
		placing->y = most(placing->y, columns[to].from + 4);
		double half = columns[to].box.width / 2;
		placed->x2 = columns[step->from].x < columns[to].x ? columns[to].x - half : columns[to].x + half;
	}
	int ends[2] = {step->from, step->to};
	for (size_t i = 0; i < 2; i++) {
		if (!placing->is_ending[ends[i]])
			continue;
		placing->is_ending[ends[i]] = false;
		columns[ends[i]].to = placed->y;
		columns[ends[i]].is_destroyed = true;
		while (placing->bars[ends[i]])
			close_bar(placing, ends[i], placed->y);
		placing->y += 8;
	}
}

static void row_message(struct placing *placing, size_t index)
{
	const struct graph *graph = placing->graph;
	const struct graph_step *step = &graph->steps.data[index];
	struct placed_step *placed = &placing->layout->steps[index];
	const struct graph_step *next = index + 1 < graph->steps.n ? step + 1 : NULL;
	bool activates = next && next->kind == STEP_ACTIVATE && next->from == step->to;
	struct str label = graph->edges.data[step->edge].label.str;
	double text = sequence_text(placing->arena, label, placed->text_width).height;
	unsigned from_level = level_of(placing, step->from), to_level = level_of(placing, step->to) + activates;
	bool is_self = step->from == step->to, to_right = step->from < step->to;
	if (placing->is_created[step->to])
		text = most(text, placing->layout->columns[step->to].box.height / 2);
	placed->y = placing->y + 8 + text + 3;
	placing->y = placed->y + (is_self ? LOOP_HEIGHT + 6 : 8);
	placed->x = touch(placing, step->from, to_right || is_self, from_level);
	placed->x2 = touch(placing, step->to, !to_right || is_self, to_level);
	begin_and_end(placing, step, placed);
	placing->last_y = is_self ? placed->y + LOOP_HEIGHT : placed->y;
}

static void row_open(struct placing *placing, size_t index)
{
	const struct graph_step *step = &placing->graph->steps.data[index];
	struct placed_step *placed = &placing->layout->steps[index];
	struct str condition = sequence_condition(placing->arena, step);
	double text = sequence_text(placing->arena, condition, placed->text_width).height;
	placing->y += 10;
	placed->y = placing->y;
	placing->y += str_is(step->word, "rect") ? 2 : most(TAB_HEIGHT, text + 4) + 2;
}

static void row_close(struct placing *placing, size_t opened)
{
	struct placed_step *placed = &placing->layout->steps[opened];
	placing->y += 8;
	placed->box.height = placing->y - placed->y;
	placed->box.y = placed->y + placed->box.height / 2;
	placing->y += 4;
}

static void row_next(struct placing *placing, size_t index)
{
	struct placed_step *placed = &placing->layout->steps[index];
	struct str condition = sequence_condition(placing->arena, &placing->graph->steps.data[index]);
	double text = sequence_text(placing->arena, condition, placed->text_width - 40).height;
	placing->y += 10;
	placed->y = placing->y;
	placing->y += most(text, MESSAGE_LINE) + 3;
}

static void place_rows(struct placing *placing)
{
	size_t opened[GRAPH_STEP_DEPTH + 1], depth = 0;
	const struct graph *graph = placing->graph;
	for (size_t i = 0; i < graph->steps.n; i++) {
		const struct graph_step *step = &graph->steps.data[i];
		struct placed_step *placed = &placing->layout->steps[i];
		switch (step->kind) {
		case STEP_MESSAGE: row_message(placing, i); break;
		case STEP_NOTE:
			placed->box.y = placing->y + 8 + placed->box.height / 2;
			placing->y += placed->box.height + 12;
			break;
		case STEP_OPEN:
			row_open(placing, i);
			if (depth < GRAPH_STEP_DEPTH)
				opened[depth++] = i;
			break;
		case STEP_NEXT: row_next(placing, i); break;
		case STEP_CLOSE:
			if (depth > 0)
				row_close(placing, opened[--depth]);
			break;
		case STEP_ACTIVATE: open_bar(placing, step->from, most(placing->last_y, placing->top)); break;
		case STEP_DEACTIVATE: close_bar(placing, step->from, placing->last_y); break;
		case STEP_CREATE: break;
		case STEP_DESTROY: placing->is_ending[step->from] = true; break;
		}
	}
}

/* ---- the whole ---- */

static void place_heads(struct placing *placing)
{
	const struct graph *graph = placing->graph;
	struct placed_column *columns = placing->layout->columns;
	double height = 0, title = 0;
	for (size_t i = 0; i < graph->steps.n; i++)
		if (graph->steps.data[i].kind == STEP_CREATE)
			placing->is_created[graph->steps.data[i].from] = true;
	for (size_t i = 0; i < graph->nodes.n; i++)
		if (!placing->is_created[i])
			height = most(height, columns[i].box.height);
	for (size_t i = 0; i < graph->clusters.n; i++)
		title = most(title, cluster_text(placing->arena, &graph->clusters.data[i]).height);
	double y = graph->clusters.n ? title + 16 : 0;
	for (size_t i = 0; i < graph->nodes.n; i++) {
		columns[i].box.y = y + height - columns[i].box.height / 2;
		columns[i].from = y + height;
		columns[i].to = -1;
	}
	placing->top = placing->last_y = y + height + 8;
	placing->y = y + height + 4;
}

static void place_groups(struct placing *placing, double height)
{
	const struct graph *graph = placing->graph;
	struct reach *reaches = NEW_ARRAY(placing->arena, struct reach, graph->clusters.n + 1);
	for (size_t i = 0; i < graph->clusters.n; i++)
		reaches[i] = (struct reach){1e9, -1e9, 0};
	for (size_t i = 0; i < graph->nodes.n; i++) {
		struct placed_box box = placing->layout->columns[i].box;
		if (graph->nodes.data[i].cluster >= 0)
			widen(&reaches[graph->nodes.data[i].cluster], box.x - box.width / 2, box.x + box.width / 2);
	}
	for (size_t i = 0; i < graph->clusters.n; i++) {
		if (reaches[i].left > reaches[i].right)
			continue;
		double title = cluster_text(placing->arena, &graph->clusters.data[i]).width;
		double left = reaches[i].left - 10, right = most(reaches[i].right + 10, left + title + 24);
		placing->layout->groups[i] = (struct placed_box){(left + right) / 2, height / 2, right - left, height};
		placing->left = least(placing->left, left);
		placing->right = most(placing->right, right);
	}
}

/* Ends what is open; names stand below too when the drawing is high. */
static double place_feet(struct placing *placing)
{
	const struct graph *graph = placing->graph;
	struct placed_column *columns = placing->layout->columns;
	double y = placing->y + 12, height = 0;
	for (size_t i = 0; i < graph->nodes.n; i++) {
		while (placing->bars[i])
			close_bar(placing, (int)i, y - 4);
		if (!columns[i].is_destroyed) {
			columns[i].to = y;
			height = most(height, columns[i].box.height);
		}
	}
	if (y < 520 || height <= 0)
		return y;
	placing->layout->feet = y + height / 2;
	return y + height + (graph->clusters.n ? 8 : 0);
}

const struct drawing_layout *sequence_layout(struct arena *arena, const struct graph *graph)
{
	size_t n = graph->nodes.n;
	struct sequence_layout *layout = NEW(arena, struct sequence_layout);
	layout->columns = NEW_ARRAY(arena, struct placed_column, n + 1);
	layout->steps = NEW_ARRAY(arena, struct placed_step, graph->steps.n + 1);
	layout->groups = NEW_ARRAY(arena, struct placed_box, graph->clusters.n + 1);
	struct arena *scratch = arena_new();
	struct placing placing = {.arena = arena, .graph = graph, .layout = layout};
	placing.gaps = NEW_ARRAY(scratch, double, n + 1);
	placing.bars = NEW_ARRAY(scratch, int, n + 1);
	placing.outer = NEW_ARRAY(scratch, int, graph->steps.n + 1);
	placing.is_created = NEW_ARRAY(scratch, bool, n + 1);
	placing.is_ending = NEW_ARRAY(scratch, bool, n + 1);
	place_columns(&placing);
	place_across(&placing);
	place_heads(&placing);
	place_rows(&placing);
	double height = place_feet(&placing);
	place_groups(&placing, height);
	arena_free(scratch);
	layout->left = -placing.left;
	struct drawing_layout *whole = NEW(arena, struct drawing_layout);
	*whole = (struct drawing_layout){.width = placing.right - placing.left, .height = height, .sequence = layout};
	return whole;
}
