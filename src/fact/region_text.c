/* Text, links and tables of generated regions, as markdown. */
#include "fact/region.h"

#include <assert.h>

static bool is_word_byte(struct str text, size_t at)
{
	return at < text.size && (isalnum((unsigned char)text.data[at]) || (unsigned char)text.data[at] >= 0x80);
}

/* An underscore inside of a word, and a brace alone, are no markup. */
static bool needs_escape(struct str text, size_t at)
{
	char c = text.data[at];
	if (c == '_')
		return !(at && is_word_byte(text, at - 1) && is_word_byte(text, at + 1));
	if (c == '{')
		return at + 1 < text.size && text.data[at + 1] == '{';
	if (c == '&')
		return is_word_byte(text, at + 1) || (at + 1 < text.size && text.data[at + 1] == '#');
	return strchr("\\`*[]<|~", c);
}

void region_text(struct buf *out, struct str text)
{
	text = str_trim(text);
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];
		if ((unsigned char)c < 0x20 || c == 0x7f) {
			if (out->size && out->data[out->size - 1] != ' ')
				buf_addc(out, ' ');
			continue;
		}
		if (needs_escape(text, i))
			buf_addc(out, '\\');
		buf_addc(out, c);
	}
}

static void add_path(struct buf *out, struct str path)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < path.size; i++) {
		unsigned char c = (unsigned char)path.data[i];
		if (isalnum(c) || c >= 0x80 || (c && strchr("-_.~/", c))) {
			buf_addc(out, (char)c);
		} else {
			buf_addc(out, '%');
			buf_addc(out, hex[c >> 4]);
			buf_addc(out, hex[c & 15]);
		}
	}
}

void region_link(struct region_maker *maker, struct buf *out, struct str text, struct str path)
{
	buf_addc(out, '[');
	region_text(out, text);
	buf_adds(out, "](");
	add_path(out, path_relative(maker->arena, path_dir(maker->page->source->path), path));
	buf_addc(out, ')');
}

void region_column(struct region_table *table, struct str head)
{
	assert(!table->rows.n);
	if (table->n_columns < REGION_COLUMNS)
		table->heads[table->n_columns++] = head;
}

struct str *region_row(struct region_table *table)
{
	return *vec_add(table->arena, &table->rows, NEW_ARRAY(table->arena, struct str, table->n_columns));
}

static bool column_is_empty(const struct region_table *table, size_t column)
{
	for (size_t i = 0; i < table->rows.n; i++)
		if (table->rows.data[i][column].size)
			return false;
	return column > 0;
}

static void write_row(const bool *hidden, size_t n, const struct str *cells, struct buf *out)
{
	buf_addc(out, '|');
	for (size_t i = 0; i < n; i++) {
		if (hidden[i])
			continue;
		buf_addc(out, ' ');
		buf_add(out, cells[i]);
		buf_adds(out, cells[i].size ? " |" : "|");
	}
	buf_addc(out, '\n');
}

void region_table_write(const struct region_table *table, struct buf *out)
{
	bool hidden[REGION_COLUMNS];
	for (size_t i = 0; i < table->n_columns; i++)
		hidden[i] = column_is_empty(table, i);
	write_row(hidden, table->n_columns, table->heads, out);
	buf_addc(out, '|');
	for (size_t i = 0; i < table->n_columns; i++)
		if (!hidden[i])
			buf_adds(out, "---|");
	buf_addc(out, '\n');
	for (size_t i = 0; i < table->rows.n; i++)
		write_row(hidden, table->n_columns, table->rows.data[i], out);
}
