/* Tables that hold the fields of a record, in markdown or HTML. */
#include "model/record.h"

#define COLUMNS 12
#define ROWS 40
#define TAG_BYTES 400

struct cells {
	struct str of[COLUMNS];
	size_t n;
};

struct grid {
	const struct md *md;
	enum field_place place;
	struct cells rows[ROWS];
	size_t n;
};

struct str quoted_line(struct str line)
{
	line = str_trim(line);
	while (line.size && line.data[0] == '>')
		line = str_trim(str_from_off(line, 1));
	return line;
}

static struct cells row_cells(struct str line)
{
	struct cells cells = {0};
	line = quoted_line(line);
	if (line.size && line.data[0] == '|')
		line = str_from_off(line, 1);
	size_t start = 0;
	for (size_t i = 0; i <= line.size && cells.n < COLUMNS; i++) {
		if (i < line.size && line.data[i] == '\\') {
			i++;
			continue;
		}
		if (i < line.size && line.data[i] != '|')
			continue;
		if (i < line.size || str_trim(str_from_off(line, start)).size)
			cells.of[cells.n++] = str_trim(str_sub(line, start, i - start));
		start = i + 1;
	}
	return cells;
}

/* "**Status:**", "✅ Status" */
static const struct record_key *cell_key(struct str cell)
{
	size_t off = 0, end = 0;
	while (off < cell.size && !((cell.data[off] | 0x20) >= 'a' && (cell.data[off] | 0x20) <= 'z')) {
		size_t next = off;
		if (utf8_is_letter(utf8_next(cell, &next)))
			break;
		off = next;
	}
	for (end = cell.size; end > off && strchr("*_`: ", cell.data[end - 1]);)
		end--;
	return record_key_find(str_sub(cell, off, end - off));
}

static void add(const struct grid *grid, const struct record_key *key, struct str value, struct fields *fields)
{
	fields_add(fields, key, grid->place, (struct word){value, span_of(grid->md->source, value)});
}

/* ---- which way it reads ---- */

static bool takes(const struct fields *fields, struct str key_cell, struct str value)
{
	const struct record_key *key = cell_key(key_cell);
	return key && key_takes(fields->config, key, value);
}

/* Some key stands left of a value of its own: in the first column, or in every second one of a row of pairs. */
static bool reads_beside(const struct grid *grid, const struct fields *fields)
{
	for (size_t r = 0; r < grid->n; r++)
		for (size_t k = 0; k + 1 < grid->rows[r].n; k += 2)
			if ((k == 0 || grid->rows[r].n % 2 == 0) &&
			    takes(fields, grid->rows[r].of[k], grid->rows[r].of[k + 1]))
				return true;
	return false;
}

static bool reads_across(const struct grid *grid, const struct fields *fields)
{
	for (size_t k = 0; grid->n > 1 && k < grid->rows[0].n && k < grid->rows[1].n; k++)
		if (takes(fields, grid->rows[0].of[k], grid->rows[1].of[k]))
			return true;
	return false;
}

static size_t count_keys(const struct cells *row)
{
	size_t n = 0;
	for (size_t i = 0; i < row->n; i++)
		n += cell_key(row->of[i]) != NULL;
	return n;
}

static void read_beside(const struct grid *grid, struct fields *fields)
{
	for (size_t r = 0; r < grid->n; r++) {
		const struct cells *row = &grid->rows[r];
		for (size_t k = 0; k + 1 < row->n && (k == 0 || row->n % 2 == 0); k += 2)
			if (cell_key(row->of[k]))
				add(grid, cell_key(row->of[k]), row->of[k + 1], fields);
	}
}

/* The row of a history that counts: the latest by date, else the last. */
static size_t latest_row(const struct grid *grid)
{
	size_t latest = grid->n - 1, date_column = 0;
	struct date best = {0};
	while (date_column < grid->rows[0].n) {
		const struct record_key *key = cell_key(grid->rows[0].of[date_column]);
		if (key && key->key == KEY_DATE)
			break;
		date_column++;
	}
	for (size_t r = 1; r < grid->n && date_column < grid->rows[0].n; r++) {
		struct str cell = date_column < grid->rows[r].n ? grid->rows[r].of[date_column] : STR("");
		struct date_found found = date_within(cell);
		if (found.form == DATE_NONE || date_cmp(found.date, best) < 0)
			continue;
		best = found.date;
		latest = r;
	}
	return latest;
}

static void read_across(const struct grid *grid, bool history, struct fields *fields)
{
	/* More rows than one are a table of something else. */
	if (grid->n != 2 && !(history && grid->n > 2))
		return;
	const struct cells *head = &grid->rows[0], *row = &grid->rows[latest_row(grid)];
	for (size_t k = 0; k < head->n && k < row->n; k++)
		if (cell_key(head->of[k]))
			add(grid, cell_key(head->of[k]), row->of[k], fields);
}

static void grid_fields(const struct grid *grid, bool history, struct fields *fields)
{
	if (grid->n == 0)
		return;
	size_t across = count_keys(&grid->rows[0]);
	bool wide = across >= 2 || (across == 1 && grid->rows[0].n > 2);
	if (wide && (reads_across(grid, fields) || !reads_beside(grid, fields)))
		read_across(grid, history, fields);
	else if (reads_beside(grid, fields) || grid->rows[0].n == 2)
		read_beside(grid, fields);
}

void table_fields(const struct md *md, struct str raw, bool history, struct fields *fields)
{
	struct grid grid = {.md = md, .place = PLACE_TABLE};
	struct str rest = raw;
	for (size_t line = 0; rest.data && grid.n < ROWS; line++) {
		struct cells cells = row_cells(str_cut_line(&rest));
		if (line != 1 && cells.n)
			grid.rows[grid.n++] = cells;
	}
	grid_fields(&grid, history, fields);
}

/* ---- HTML ---- */

/* A tag at off: its name in lower case in `name`, "/td" for an end. Returns its bytes; 0: none here. */
static size_t tag_read(struct str raw, size_t off, char name[12])
{
	size_t n = 0, at = off + 1;
	if (raw.data[off] != '<')
		return 0;
	for (; at < raw.size && n < 11; at++) {
		char c = raw.data[at];
		if (!isalnum((unsigned char)c) && !(c == '/' && n == 0))
			break;
		name[n++] = (char)tolower((unsigned char)c);
	}
	name[n] = '\0';
	size_t close = str_find_char(str_sub(raw, at, TAG_BYTES), '>');
	return n && close != SIZE_MAX ? at + close + 1 - off : 0;
}

static void end_cell(struct grid *grid, struct str raw, size_t start, size_t end)
{
	if (start == SIZE_MAX || grid->n == 0 || grid->rows[grid->n - 1].n == COLUMNS)
		return;
	struct cells *row = &grid->rows[grid->n - 1];
	row->of[row->n++] = str_trim(str_sub(raw, start, end - start));
}

void html_table_fields(const struct md *md, struct str raw, struct fields *fields)
{
	struct grid grid = {.md = md, .place = PLACE_HTML};
	size_t cell = SIZE_MAX;
	char name[12];
	for (size_t off = 0; off < raw.size;) {
		size_t size = tag_read(raw, off, name);
		bool row = size && strcmp(name, "tr") == 0,
		     starts = size && (!strcmp(name, "td") || !strcmp(name, "th")),
		     ends = size && (!strcmp(name, "/td") || !strcmp(name, "/th") || !strcmp(name, "/tr") ||
				     !strcmp(name, "/table"));
		if (row || starts || ends) {
			end_cell(&grid, raw, cell, off);
			cell = starts ? off + size : SIZE_MAX;
		}
		if (row && grid.n == ROWS)
			break;
		grid.n += row;
		off += size ? size : 1;
	}
	grid_fields(&grid, false, fields);
}
