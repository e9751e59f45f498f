/* Tables whose columns are known once all rows are: a column in which nothing stands is left out. */
#include "render/pages.h"

void columns_begin(struct table *table, struct writer *writer, const char *label, const struct table_column *columns,
		   size_t n)
{
	*table = (struct table){.writer = writer, .label = label, .columns = columns, .n = n, .out = writer->out};
	writer->out = &table->text;
}

static void cell_end(struct table *table)
{
	if (table->in_cell)
		table->cells.data[table->cells.n - 1].size = table->text.size - table->start;
	table->start = table->text.size;
	table->in_cell = false;
}

void column_cell(struct table *table)
{
	cell_end(table);
	vec_add(table->writer->arena, &table->cells, (struct table_cell){table->start, 0});
	table->in_cell = true;
}

void column_text(struct table *table, struct str text)
{
	column_cell(table);
	html_text(table->writer->out, text);
}

static bool column_is_empty(const struct table *table, size_t column)
{
	for (size_t i = column; i < table->cells.n; i += table->n)
		if (table->cells.data[i].size)
			return false;
	return true;
}

static void row_write(const struct table *table, size_t row, const bool *left_out)
{
	struct buf *out = table->writer->out;
	buf_adds(out, "<tr>");
	for (size_t c = 0; c < table->n; c++) {
		const struct table_cell *cell = &table->cells.data[row * table->n + c];
		if (left_out[c])
			continue;
		if (c == 0)
			buf_adds(out, "<th scope=\"row\">");
		else if (table->columns[c].kind)
			buf_addf(out, "<td class=\"%s\">", table->columns[c].kind);
		else
			buf_adds(out, "<td>");
		buf_add(out, str_sub(buf_str(&table->text), cell->start, cell->size));
		buf_adds(out, c == 0 ? "</th>" : "</td>");
	}
	buf_adds(out, "</tr>\n");
}

void columns_end(struct table *table)
{
	struct writer *writer = table->writer;
	bool *left_out = NEW_ARRAY(writer->arena, bool, table->n + 1);
	cell_end(table);
	writer->out = table->out;
	for (size_t c = 1; c < table->n; c++)
		left_out[c] = column_is_empty(table, c);
	buf_adds(writer->out, "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
	buf_adds(writer->out, table->label);
	buf_adds(writer->out, "\">\n<table>\n<thead>\n<tr>");
	for (size_t c = 0; c < table->n; c++) {
		if (left_out[c])
			continue;
		buf_adds(writer->out, "<th scope=\"col\"");
		if (table->columns[c].kind)
			buf_addf(writer->out, " class=\"%s\"", table->columns[c].kind);
		buf_adds(writer->out, ">");
		html_text(writer->out, table->columns[c].head);
		buf_adds(writer->out, "</th>");
	}
	buf_adds(writer->out, "</tr>\n</thead>\n<tbody>\n");
	for (size_t row = 0; row < table->cells.n / table->n; row++)
		row_write(table, row, left_out);
	end_table(writer);
	buf_free(&table->text);
}
