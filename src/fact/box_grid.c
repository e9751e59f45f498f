/* Box drawings: rows of text to boxes, frames and the words in them. Edges may be ragged by two columns. */
#include "fact/box.h"

/* What is beyond these is not read: a row, boxes open at once, boxes of a drawing, columns of text in a box. */
enum { ROW_BYTES = 1000, OPEN_MAX = 64, ITEMS_MAX = 1000, COLUMNS_MAX = 6, RAGGED = 2 };

enum glyph {
	G_TEXT,
	G_BLANK,
	G_HORIZONTAL,
	G_ARROW,
	G_SIDE,
	G_TOP_LEFT,
	G_TOP_RIGHT,
	G_BOTTOM_LEFT,
	G_BOTTOM_RIGHT,
	G_PLUS
};

struct cell {
	enum glyph glyph;
	int col;
	size_t off; /* in the row */
};

struct row {
	struct str text;
	struct cell *cells; /* one more than n, which says where the row ends */
	size_t n;
};

/* Words of a box that begin in one column. */
struct column {
	int left; /* -1: the box's own, which begin at its left edge */
	int item;
	size_t last_row;
};

struct open_box {
	int item, left, right;
	size_t row;
	bool is_plus, is_closed;
	struct column columns[COLUMNS_MAX];
	size_t n_columns;
};

struct grid {
	struct arena *arena;
	const struct page *page;
	uint32_t node;
	struct sketch *drawing;
	bool has_corners; /* drawn with the characters made for it, so that '+', '-' and '|' are text */
	struct open_box open[OPEN_MAX];
	size_t n_open, row_number;
	bool any;
};

static const struct {
	uint32_t from, to;
	enum glyph glyph;
} glyphs[] = {
	{0x2190, 0x21FF, G_ARROW},        {0x2500, 0x2501, G_HORIZONTAL},   {0x2502, 0x2503, G_SIDE},
	{0x2504, 0x2505, G_HORIZONTAL},   {0x2506, 0x2507, G_SIDE},         {0x2508, 0x2509, G_HORIZONTAL},
	{0x250A, 0x250B, G_SIDE},         {0x250C, 0x250F, G_TOP_LEFT},     {0x2510, 0x2513, G_TOP_RIGHT},
	{0x2514, 0x2517, G_BOTTOM_LEFT},  {0x2518, 0x251B, G_BOTTOM_RIGHT}, {0x251C, 0x252B, G_SIDE},
	{0x252C, 0x254B, G_SIDE},         {0x254C, 0x254D, G_HORIZONTAL},   {0x254E, 0x254F, G_SIDE},
	{0x2550, 0x2550, G_HORIZONTAL},   {0x2551, 0x2551, G_SIDE},         {0x2552, 0x2554, G_TOP_LEFT},
	{0x2555, 0x2557, G_TOP_RIGHT},    {0x2558, 0x255A, G_BOTTOM_LEFT},  {0x255B, 0x255D, G_BOTTOM_RIGHT},
	{0x255E, 0x256C, G_SIDE},         {0x256D, 0x256D, G_TOP_LEFT},     {0x256E, 0x256E, G_TOP_RIGHT},
	{0x256F, 0x256F, G_BOTTOM_RIGHT}, {0x2570, 0x2570, G_BOTTOM_LEFT},  {0x2571, 0x257F, G_HORIZONTAL},
	{0x25B2, 0x25C5, G_ARROW},
};

static enum glyph glyph_of(const struct grid *grid, uint32_t c)
{
	if (c == ' ' || c == '\t' || c == 0xA0)
		return G_BLANK;
	if (c < 128 && grid->has_corners)
		return G_TEXT;
	if (c < 128)
		return c == '|' ? G_SIDE : c == '+' ? G_PLUS : c == '-' || c == '=' ? G_HORIZONTAL : G_TEXT;
	for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
		if (c >= glyphs[i].from && c <= glyphs[i].to)
			return glyphs[i].glyph;
	return G_TEXT;
}

/* `cells` has room for ROW_BYTES + 1. */
static struct row row_read(const struct grid *grid, struct str text, struct cell *cells)
{
	struct row row = {.text = str_sub(text, 0, ROW_BYTES), .cells = cells};
	int col = 0;
	for (size_t off = 0; off < row.text.size;) {
		size_t start = off;
		uint32_t c = utf8_next(row.text, &off);
		row.cells[row.n++] = (struct cell){glyph_of(grid, c), col, start};
		col += c == '\t' ? 8 - col % 8 : (int)utf8_width(str_sub(row.text, start, off - start));
	}
	row.cells[row.n] = (struct cell){G_BLANK, col, row.text.size};
	return row;
}

/* A sign of ASCII drawings that is text where it stands: "a-b", "c++", "x=1". */
static void settle_signs(const struct grid *grid, struct row *row)
{
	if (grid->has_corners)
		return;
	for (size_t i = 0; i < row->n; i++) {
		enum glyph glyph = row->cells[i].glyph;
		enum glyph before = i ? row->cells[i - 1].glyph : G_BLANK, after = row->cells[i + 1].glyph;
		bool beside = before == G_HORIZONTAL || after == G_HORIZONTAL;
		if (glyph == G_PLUS && !beside)
			row->cells[i].glyph = G_TEXT;
		if (glyph == G_HORIZONTAL && !beside && before != G_PLUS && after != G_PLUS)
			row->cells[i].glyph = G_TEXT;
	}
}

/* ---- borders ---- */

static bool is_border_glyph(enum glyph glyph)
{
	return glyph == G_HORIZONTAL || glyph == G_ARROW || glyph == G_SIDE;
}

/* Index of the corner that ends a border begun at cell i, or 0. Words may stand in it: "┌─ name ─┐", "┌ name ──┐". */
static size_t border_end(const struct row *row, size_t i, enum glyph corner)
{
	bool has_name = row->cells[i + 1].glyph == G_BLANK && i + 2 < row->n && row->cells[i + 2].glyph == G_TEXT;
	if (!is_border_glyph(row->cells[i + 1].glyph) && !has_name)
		return 0;
	for (size_t k = i + 2; k < row->n; k++) {
		enum glyph glyph = row->cells[k].glyph;
		if (glyph == corner)
			return is_border_glyph(row->cells[k - 1].glyph) ? k : 0;
		if (glyph != G_TEXT && glyph != G_BLANK && !is_border_glyph(glyph))
			return 0;
	}
	return 0;
}

/* The same for +---+---+ : up to the last '+' of the run. */
static size_t plus_end(const struct row *row, size_t i)
{
	size_t end = 0;
	if (row->cells[i + 1].glyph != G_HORIZONTAL)
		return 0;
	for (size_t k = i + 2; k < row->n; k++) {
		enum glyph glyph = row->cells[k].glyph, after = row->cells[k + 1].glyph;
		if (glyph == G_PLUS)
			end = k;
		if (glyph == G_PLUS ? after != G_HORIZONTAL
				    : glyph != G_HORIZONTAL && glyph != G_TEXT && glyph != G_BLANK)
			break;
	}
	return end;
}

/* True when a side or corner stands in that column, give or take. */
static bool has_side_at(const struct row *row, int col, int ragged)
{
	size_t low = 0, high = row->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (row->cells[middle].col < col - ragged)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < row->n && row->cells[low].col <= col + ragged; low++)
		if (row->cells[low].glyph >= G_SIDE)
			return true;
	return false;
}

static struct open_box *find_open(struct grid *grid, int left, int right)
{
	struct open_box *best = NULL;
	int distance = 2 * RAGGED + 2;
	for (size_t i = 0; i < grid->n_open; i++) {
		struct open_box *box = &grid->open[i];
		int own = abs(box->left - left) + abs(box->right - right);
		if (abs(box->left - left) <= RAGGED && abs(box->right - right) <= RAGGED + 1 && own <= distance) {
			best = box;
			distance = own;
		}
	}
	return best;
}

/* The innermost open box that holds these columns. */
static struct open_box *find_around(struct grid *grid, int from, int to)
{
	struct open_box *best = NULL;
	for (size_t i = 0; i < grid->n_open; i++) {
		struct open_box *box = &grid->open[i];
		if (box->left <= from && to <= box->right + RAGGED && (!best || box->left > best->left))
			best = box;
	}
	return best;
}

static void open_box(struct grid *grid, int left, int right, bool is_plus)
{
	struct sketch *drawing = grid->drawing;
	if (grid->n_open == OPEN_MAX || drawing->items.n >= ITEMS_MAX)
		return;
	struct open_box *around = find_around(grid, left - 1, right);
	struct drawn item = {.parent = around ? around->item : -1};
	if (around)
		drawing->items.data[around->item].is_frame = true;
	struct open_box box = {.item = (int)drawing->items.n,
			       .left = left,
			       .right = right,
			       .row = grid->row_number,
			       .is_plus = is_plus};
	box.columns[box.n_columns++] = (struct column){-1, box.item, grid->row_number};
	vec_add(grid->arena, &drawing->items, item);
	grid->open[grid->n_open++] = box;
}

/* Also those whose left side does not go on. */
static void close_boxes(struct grid *grid, const struct row *below)
{
	size_t n = 0;
	for (size_t i = 0; i < grid->n_open; i++)
		if (!grid->open[i].is_closed && has_side_at(below, grid->open[i].left, RAGGED))
			grid->open[n++] = grid->open[i];
	grid->n_open = n;
}

/* A line of '+' and '-' ends the box above it, parts it, or begins one, as the row below says. */
static void take_plus(struct grid *grid, const struct row *row, const struct row *below, size_t from, size_t to)
{
	int left = row->cells[from].col, right = row->cells[to].col;
	struct open_box *box = find_open(grid, left, right);
	bool goes_on = has_side_at(below, left, 1) && has_side_at(below, right, 1);
	if (box && box->is_plus && !goes_on) {
		box->is_closed = true;
		grid->any = true;
	} else if (!box && goes_on) {
		open_box(grid, left, right, true);
	}
}

static void read_borders(struct grid *grid, const struct row *row, const struct row *below)
{
	for (size_t i = 0; i + 1 < row->n; i++) {
		enum glyph glyph = row->cells[i].glyph;
		size_t end = glyph == G_TOP_LEFT      ? border_end(row, i, G_TOP_RIGHT)
			     : glyph == G_BOTTOM_LEFT ? border_end(row, i, G_BOTTOM_RIGHT)
			     : glyph == G_PLUS        ? plus_end(row, i)
						      : 0;
		if (!end)
			continue;
		int left = row->cells[i].col, right = row->cells[end].col;
		if (glyph == G_TOP_LEFT) {
			/* A fork of lines has corners too, but no sides below them. */
			if (has_side_at(below, left, RAGGED) && has_side_at(below, right, RAGGED + 1))
				open_box(grid, left, right, false);
		} else if (glyph == G_PLUS) {
			take_plus(grid, row, below, i, end);
			i = end - 1;
		} else {
			struct open_box *box = find_open(grid, left, right);
			if (box)
				box->is_closed = grid->any = true;
		}
	}
}

/* ---- words ---- */

/* The item that words belong to: the box itself when they begin at its edge, else what stands in their column. */
static struct column *column_of(struct grid *grid, struct open_box *box, int edge, int start)
{
	struct sketch *drawing = grid->drawing;
	if (abs(edge - box->left) <= RAGGED || grid->row_number == box->row)
		return &box->columns[0];
	for (size_t i = 1; i < box->n_columns; i++)
		if (abs(box->columns[i].left - start) <= RAGGED)
			return &box->columns[i];
	if (box->n_columns == COLUMNS_MAX || drawing->items.n >= ITEMS_MAX)
		return NULL;
	box->columns[box->n_columns] = (struct column){start, (int)drawing->items.n, grid->row_number};
	vec_add(grid->arena, &drawing->items, (struct drawn){.parent = box->item, .is_loose = true});
	return &box->columns[box->n_columns++];
}

/* Cells [from, to) of a row are words; `edge` is the column of what stands left of them. */
static void take_words(struct grid *grid, const struct row *row, size_t from, size_t to, int edge)
{
	const struct md *md = grid->page->md;
	const struct md_node *node = &md->nodes[grid->node];
	while (to > from && row->cells[to - 1].glyph == G_BLANK)
		to--;
	struct open_box *box = from < to ? find_around(grid, row->cells[from].col, row->cells[to].col) : NULL;
	struct str text = str_sub(row->text, row->cells[from].off, row->cells[to].off - row->cells[from].off);
	if (!box) {
		if (text.size && text.size < 40 && !grid->drawing->why)
			grid->drawing->why = context_why(text);
		return;
	}
	struct column *column = column_of(grid, box, edge, row->cells[from].col);
	if (!column)
		return;
	bool apart = grid->row_number > column->last_row + 1;
	column->last_row = grid->row_number;
	struct span span = md_text_span(md, node, (size_t)(text.data - md_text(md, node).data), text.size);
	box_add_line(grid->arena, &grid->drawing->items.data[column->item], text, span, apart);
}

static bool ends_words(const struct row *row, size_t i)
{
	enum glyph glyph = row->cells[i].glyph;
	if (glyph != G_BLANK)
		return glyph != G_TEXT;
	size_t n = 0;
	while (i + n < row->n && row->cells[i + n].glyph == G_BLANK)
		n++;
	bool is_bracket = i + n < row->n && row->text.data[row->cells[i + n].off] == '(';
	return n >= 3 && !is_bracket;
}

static void read_words(struct grid *grid, const struct row *row)
{
	int edge = -1;
	size_t i = 0;
	while (i < row->n) {
		enum glyph glyph = row->cells[i].glyph;
		if (glyph != G_TEXT) {
			if (glyph != G_BLANK)
				edge = row->cells[i].col;
			i++;
			continue;
		}
		size_t from = i;
		while (i < row->n && !ends_words(row, i))
			i++;
		take_words(grid, row, from, i, edge);
		edge = row->cells[i].col;
	}
}

static bool looks_drawn(struct str text, bool *has_corners)
{
	static const char *const corners[] = {"┌", "┏", "╔", "╭", "╒", "╓"};
	for (size_t i = 0; i < sizeof corners / sizeof *corners; i++)
		if (str_find(text, str_from(corners[i])) != SIZE_MAX)
			return *has_corners = true;
	*has_corners = false;
	return str_find(text, STR("+--")) != SIZE_MAX || str_find(text, STR("+==")) != SIZE_MAX;
}

bool box_read(struct arena *arena, const struct page *page, uint32_t node, struct sketch *drawing)
{
	struct str rest = md_text(page->md, &page->md->nodes[node]);
	struct grid *grid = NEW(arena, struct grid);
	*grid = (struct grid){.arena = arena, .page = page, .node = node, .drawing = drawing};
	if (!looks_drawn(rest, &grid->has_corners))
		return false;
	struct cell *rows[2] = {NEW_ARRAY(arena, struct cell, ROW_BYTES + 1),
				NEW_ARRAY(arena, struct cell, ROW_BYTES + 1)};
	struct row row = row_read(grid, str_cut_line(&rest), rows[0]);
	settle_signs(grid, &row);
	for (bool more = true; more; grid->row_number++) {
		more = rest.size > 0;
		struct row below = row_read(grid, str_cut_line(&rest), rows[(grid->row_number + 1) % 2]);
		settle_signs(grid, &below);
		read_borders(grid, &row, &below);
		read_words(grid, &row);
		close_boxes(grid, &below);
		row = below;
	}
	return grid->any;
}
