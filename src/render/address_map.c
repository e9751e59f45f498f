/* The map of an IPv4 prefix: a grid of addresses, or of blocks that lead to grids of their own, down to the addresses. */
#include "render/address_map.h"

enum { COLUMNS = 16, CELL_WIDTH = 38, CELL_HEIGHT = 22, LABEL_WIDTH = 100, GRIDS_MAX = 24, LINKS_MAX = 512 };

/* A block that gets a grid. */
struct block {
	uint32_t first;
	unsigned bits;
};

struct blocks {
	VEC(struct block) list;
};

struct grid {
	struct writer *writer;
	struct blocks *blocks; /* those that follow are added */
	uint32_t first;
	unsigned shift; /* a cell holds 1 << shift addresses */
	size_t cells, links;
};

static uint32_t number_of(struct address address)
{
	return (uint32_t)address.bytes[0] << 24 | (uint32_t)address.bytes[1] << 16 | (uint32_t)address.bytes[2] << 8 |
	       address.bytes[3];
}

static struct str address_text(struct arena *arena, uint32_t number)
{
	return str_format(arena, "%u.%u.%u.%u", number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255);
}

static struct str block_id(struct arena *arena, struct block block)
{
	return str_format(arena, "block-%u-%u-%u-%u-%u", block.first >> 24, block.first >> 16 & 255,
			  block.first >> 8 & 255, block.first & 255, block.bits);
}

/* Bits of the cells of a grid: whole octets, as people count, and at most a thousand cells. */
static unsigned cell_bits(unsigned bits)
{
	unsigned next = (bits / 8 + 1) * 8;
	if (next < 32 && next - bits < 3)
		next += 8;
	return next > 32 ? 32 : next;
}

static uint32_t cell_first(const struct grid *grid, size_t cell)
{
	return grid->first + (uint32_t)((uint64_t)cell << grid->shift);
}

/* Cells from..to of one kind, a rectangle a row. */
static void run_write(const struct grid *grid, size_t from, size_t to, const char *kind)
{
	while (from <= to) {
		size_t end = from / COLUMNS * COLUMNS + COLUMNS - 1;
		end = end < to ? end : to;
		buf_addf(grid->writer->out, "<rect class=\"bar-%s\" x=\"%zu\" y=\"%zu\" width=\"%zu\" height=\"%d\"/>",
			 kind, LABEL_WIDTH + from % COLUMNS * CELL_WIDTH, from / COLUMNS * CELL_HEIGHT,
			 (end - from + 1) * CELL_WIDTH, CELL_HEIGHT);
		from = end + 1;
	}
}

static bool owner_has_page(const struct grid *grid, const struct stretch *stretch)
{
	return stretch->owner && stretch->owner->url.size && !str_eq(stretch->owner->url, grid->writer->page->url);
}

/* <a> to the owner's page, when there is one. */
static bool link_owner(struct grid *grid, const struct stretch *stretch)
{
	if (!owner_has_page(grid, stretch) || grid->links++ >= LINKS_MAX)
		return false;
	buf_adds(grid->writer->out, "<a href=\"");
	site_href_write(grid->writer->site, grid->writer->out, grid->writer->page, stretch->owner->url, STR(""));
	buf_adds(grid->writer->out, "\">");
	return true;
}

static void stretch_title(const struct grid *grid, const struct stretch *stretch)
{
	struct buf *out = grid->writer->out;
	buf_adds(out, "<title>");
	html_text(out, address_format(grid->writer->arena, stretch->from));
	if (!address_eq(stretch->from, stretch->to)) {
		buf_adds(out, " \xe2\x80\x93 ");
		html_text(out, address_format(grid->writer->arena, stretch->to));
	}
	buf_addf(out, " %s", stretch->use);
	if (stretch->owner) {
		buf_addc(out, ' ');
		html_text(out, entity_title(stretch->owner));
	}
	if (stretch->note.size) {
		buf_addc(out, ' ');
		html_text(out, stretch->note);
	}
	buf_adds(out, "</title>");
}

/* The octet that tells a cell from its neighbours. */
static void cell_number(const struct grid *grid, size_t cell)
{
	buf_addf(grid->writer->out, "<text x=\"%zu\" y=\"%zu\">%u</text>",
		 LABEL_WIDTH + cell % COLUMNS * CELL_WIDTH + CELL_WIDTH / 2,
		 cell / COLUMNS * CELL_HEIGHT + CELL_HEIGHT / 2 + 4, cell_first(grid, cell) >> grid->shift & 255);
}

static void address_cell(struct grid *grid, size_t cell, const struct stretch *stretch)
{
	bool has_link = link_owner(grid, stretch);
	buf_adds(grid->writer->out, "<g>");
	stretch_title(grid, stretch);
	run_write(grid, cell, cell, stretch->kind);
	cell_number(grid, cell);
	buf_adds(grid->writer->out, has_link ? "</g></a>" : "</g>");
}

static void block_cell(struct grid *grid, size_t cell, size_t n)
{
	struct buf *out = grid->writer->out;
	struct block block = {cell_first(grid, cell), 32 - grid->shift};
	bool has_grid = grid->blocks->list.n < GRIDS_MAX;
	if (has_grid) {
		vec_add(grid->writer->arena, &grid->blocks->list, block);
		buf_adds(out, "<a href=\"#");
		buf_add(out, block_id(grid->writer->arena, block));
		buf_adds(out, "\">");
	}
	buf_adds(out, "<g><title>");
	buf_add(out, address_text(grid->writer->arena, block.first));
	buf_addf(out, "/%u: %zu in use</title>", block.bits, n);
	run_write(grid, cell, cell, "address");
	cell_number(grid, cell);
	buf_adds(out, has_grid ? "</g></a>" : "</g>");
}

/* What fills whole cells lies below, what is smaller than a cell upon it. */
static void stretches_write(struct grid *grid, const struct stretches *stretches)
{
	uint32_t last = cell_first(grid, grid->cells - 1) + (uint32_t)(((uint64_t)1 << grid->shift) - 1);
	size_t open = SIZE_MAX, n_open = 0, drawn = SIZE_MAX;
	for (size_t pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < stretches->list.n; i++) {
			const struct stretch *stretch = &stretches->list.data[i];
			uint32_t from = number_of(stretch->from), to = number_of(stretch->to);
			bool is_one = from == to, wide = !is_one && to - from >= ((uint64_t)1 << grid->shift) - 1;
			if (to < grid->first || from > last || (pass == 0) != wide)
				continue;
			from = from < grid->first ? grid->first : from;
			size_t cell = (from - grid->first) >> grid->shift;
			if (wide) {
				size_t end = ((to > last ? last : to) - grid->first) >> grid->shift;
				bool has_link = link_owner(grid, stretch);
				buf_adds(grid->writer->out, "<g>");
				stretch_title(grid, stretch);
				run_write(grid, cell, end, stretch->kind);
				buf_adds(grid->writer->out, has_link ? "</g></a>" : "</g>");
			} else if (grid->shift == 0) {
				if (cell != drawn)
					address_cell(grid, cell, stretch);
				drawn = cell;
			} else if (strcmp(stretch->kind, "reserved") != 0) {
				if (cell != open && open != SIZE_MAX)
					block_cell(grid, open, n_open);
				n_open = cell == open ? n_open + 1 : 1;
				open = cell;
			}
		}
	}
	if (open != SIZE_MAX)
		block_cell(grid, open, n_open);
}

static void lines_write(const struct grid *grid, size_t columns, size_t rows)
{
	struct buf *out = grid->writer->out;
	size_t right = LABEL_WIDTH + columns * CELL_WIDTH, bottom = rows * CELL_HEIGHT;
	buf_adds(out, "<path class=\"map-lines\" d=\"");
	for (size_t row = 0; row <= rows; row++)
		buf_addf(out, "M%d %zuH%zu", LABEL_WIDTH, row * CELL_HEIGHT, right);
	for (size_t column = 0; column <= columns; column++)
		buf_addf(out, "M%zu 0V%zu", LABEL_WIDTH + column * CELL_WIDTH, bottom);
	buf_adds(out, "\"/>");
	for (size_t row = 0; row < rows; row++) {
		buf_addf(out, "<text class=\"map-row\" x=\"%d\" y=\"%zu\">", LABEL_WIDTH - 8,
			 row * CELL_HEIGHT + CELL_HEIGHT / 2 + 4);
		buf_add(out, address_text(grid->writer->arena, cell_first(grid, row * COLUMNS)));
		buf_adds(out, "</text>");
	}
}

static void caption_write(const struct grid *grid, struct str name)
{
	static const char *const kinds[][2] = {
		{"address", "in use"}, {"range", "range"}, {"network", "network inside"}, {"reserved", "reserved"}};
	struct buf *out = grid->writer->out;
	buf_adds(out, "<figcaption>");
	buf_add(out, name);
	if (grid->shift)
		buf_addf(out, ": each cell is a /%u", 32 - grid->shift);
	else
		buf_adds(out, ": each cell is an address");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		buf_addf(out, " <span class=\"map-key key-%s\">%s</span>", kinds[i][0], kinds[i][1]);
	buf_adds(out, "</figcaption>\n");
}

static void grid_write(struct writer *writer, struct blocks *blocks, struct block block,
		       const struct stretches *stretches)
{
	unsigned bits = cell_bits(block.bits);
	struct grid grid = {.writer = writer,
			    .blocks = blocks,
			    .first = block.first,
			    .shift = 32 - bits,
			    .cells = (size_t)1 << (bits - block.bits)};
	size_t columns = grid.cells < COLUMNS ? grid.cells : COLUMNS, rows = (grid.cells + COLUMNS - 1) / COLUMNS;
	struct str name =
		str_format(writer->arena, STR_FMT "/%u", STR_ARG(address_text(writer->arena, block.first)), block.bits);
	struct str id = write_id(writer, block_id(writer->arena, block));
	buf_addf(writer->out,
		 "<figure class=\"drawing\" id=\"" STR_FMT
		 "\">\n<div class=\"drawing-scroll\" tabindex=\"0\" role=\"group\" "
		 "aria-label=\"Address map of " STR_FMT
		 ", said in the table below\">\n<svg class=\"address-map\" xmlns=\"http://www.w3.org/2000/svg\" "
		 "width=\"%zu\" height=\"%zu\" viewBox=\"-1 -1 %zu %zu\" role=\"group\" aria-label=\"" STR_FMT "\">",
		 STR_ARG(id), STR_ARG(name), LABEL_WIDTH + columns * CELL_WIDTH + 2, rows * CELL_HEIGHT + 2,
		 LABEL_WIDTH + columns * CELL_WIDTH + 2, rows * CELL_HEIGHT + 2, STR_ARG(name));
	buf_addf(writer->out, "<rect class=\"bar-free\" x=\"%d\" width=\"%zu\" height=\"%zu\"/>", LABEL_WIDTH,
		 columns * CELL_WIDTH, rows * CELL_HEIGHT);
	stretches_write(&grid, stretches);
	lines_write(&grid, columns, rows);
	buf_adds(writer->out, "</svg>\n</div>\n");
	caption_write(&grid, name);
	buf_adds(writer->out, "</figure>\n");
}

void address_map_write(struct writer *writer, struct prefix prefix, const struct stretches *stretches)
{
	struct blocks blocks = {0};
	bool any = false;
	for (size_t i = 0; i < stretches->list.n; i++)
		any |= strcmp(stretches->list.data[i].kind, "reserved") != 0;
	if (!any || prefix.base.family != 4 || prefix.bits > 30)
		return;
	vec_add(writer->arena, &blocks.list, (struct block){number_of(prefix_first(prefix)), prefix.bits});
	for (size_t i = 0; i < blocks.list.n; i++)
		grid_write(writer, &blocks, blocks.list.data[i], stretches);
}
