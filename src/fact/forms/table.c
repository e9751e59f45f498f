/* Tables: entities as rows, entities as columns, and tables of keys and values. */
#include "fact/fact_parts.h"

enum { COLUMNS = 32 };

/* One row's cells. */
struct cells {
	uint32_t node[COLUMNS];
	size_t n;
};

static struct cells cells_of(const struct md *md, uint32_t row)
{
	struct cells cells = {.n = 0};
	for (uint32_t i = md_first(md, row); i && cells.n < COLUMNS; i = md_next(md, i, md->nodes[row].end))
		cells.node[cells.n++] = i;
	return cells;
}

static struct word cell_word(struct fact_sink *sink, uint32_t cell)
{
	const struct md *md = sink->page->md;
	return (struct word){str_trim(md_plain(sink->arena, md, cell)), md_span(md, &md->nodes[cell])};
}

/* Struck-through text is taken back, not stated. */
static bool is_struck(const struct md *md, uint32_t node)
{
	for (uint32_t i = node; i < md->nodes[node].end; i++)
		if (md->nodes[i].kind == MD_STRIKE)
			return true;
	return false;
}

static void state_cell(struct fact_sink *sink, struct entity *subject, struct str head, uint32_t cell, const char *why)
{
	const struct attribute *attribute = attribute_find(head, subject->kind);
	if (!attribute)
		return;
	if (!why)
		why = context_why(head);
	if (is_struck(sink->page->md, cell))
		why = "struck through";
	struct statement statement = {.subject = subject,
				      .attribute = attribute,
				      .value = cell_word(sink, cell),
				      .form = FORM_TABLE,
				      .why = why};
	fact_state(sink, &statement);
}

/* The column that names the rows' entities: the first whose head asks for a kind, else the first. */
static size_t name_column(const struct word *heads, size_t n, unsigned *kinds)
{
	for (size_t i = 0; i < n; i++) {
		*kinds = subject_kinds(heads[i].str);
		if (*kinds)
			return i;
	}
	*kinds = ANY_KIND & ~KIND_BIT(ENTITY_ESTATE) & ~KIND_BIT(ENTITY_GROUP);
	return 0;
}

static bool has_address(struct fact_sink *sink, const struct entity *entity)
{
	const struct attribute *address = attribute_find(STR("address"), entity->kind);
	return address && fact_declared(sink->arena, sink->model, entity, address).values.n > 0;
}

/* True when another cell of the row names an entity whose address it may be: a second machine, or the host of a service. */
static bool names_another(struct fact_sink *sink, const struct cells *row, size_t column, const struct entity *subject)
{
	unsigned kinds = KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) |
			 (subject->kind == ENTITY_SERVICE ? KIND_BIT(ENTITY_SERVICE) : 0);
	for (size_t i = 0; i < row->n; i++) {
		const struct entity *other =
			i == column ? NULL : subject_named(sink, cell_word(sink, row->node[i]).str, kinds);
		if (other && other != subject && has_address(sink, other))
			return true;
	}
	return false;
}

/* Why the cell of that column is not judged. */
static const char *cell_why(struct fact_sink *sink, const struct cells *row, size_t column,
			    const struct entity *subject, struct str head)
{
	const struct attribute *attribute = attribute_find(head, subject->kind);
	bool unsure = attribute && attribute->type == TYPE_ADDRESS && names_another(sink, row, column, subject);
	return unsure ? "the row names several that have addresses" : NULL;
}

static void read_row(struct fact_sink *sink, const struct word *heads, size_t n_heads, const struct cells *row,
		     const char *why)
{
	unsigned kinds;
	size_t column = name_column(heads, n_heads, &kinds);
	if (column >= row->n)
		return;
	struct word name = cell_word(sink, row->node[column]);
	struct entity *subject = subject_named(sink, name.str, kinds);
	if (!subject || is_struck(sink->page->md, row->node[column]))
		return;
	for (size_t i = 0; i < row->n && i < n_heads; i++)
		if (i != column)
			state_cell(sink, subject, heads[i].str, row->node[i],
				   why ? why : cell_why(sink, row, column, subject, heads[i].str));
}

/* True when at least two heads behind the first, and all that are not empty, name clusters, nodes or devices. */
static bool has_entity_heads(struct fact_sink *sink, const struct word *heads, size_t n, struct entity **subjects)
{
	unsigned kinds =
		KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) | KIND_BIT(ENTITY_NETWORK);
	size_t named = 0;
	for (size_t i = 1; i < n; i++) {
		subjects[i] = subject_named(sink, heads[i].str, kinds);
		named += subjects[i] != NULL;
	}
	return named >= 2 && named * 2 >= n - 1;
}

/* A row of two cells whose first names an attribute of the section's subject, in a table whose head asks for no kind of thing. */
static bool is_pair(const struct cells *row, const struct context *context, struct str head, struct str first)
{
	return row->n == 2 && context->subject && !subject_kinds(head) && attribute_find(first, context->subject->kind);
}

static void read_pair(struct fact_sink *sink, const struct cells *row, const struct context *context)
{
	struct word key = cell_word(sink, row->node[0]);
	state_cell(sink, context->subject, key.str, row->node[1], context->why);
}

static void read_table(struct fact_sink *sink, uint32_t table)
{
	const struct md *md = sink->page->md;
	struct context context = context_at(sink, table);
	struct word heads[COLUMNS];
	struct entity *subjects[COLUMNS] = {0};
	size_t n_heads = 0;
	bool by_column = false;
	for (uint32_t row = md_first(md, table); row; row = md_next(md, row, md->nodes[table].end)) {
		struct cells cells = cells_of(md, row);
		if (md->nodes[row].flags & MD_HEADER) {
			for (size_t i = 0; i < cells.n; i++)
				heads[i] = cell_word(sink, cells.node[i]);
			n_heads = cells.n;
			by_column = has_entity_heads(sink, heads, n_heads, subjects);
			continue;
		}
		if (!cells.n)
			continue;
		struct str first = cell_word(sink, cells.node[0]).str;
		for (size_t i = 1; by_column && i < cells.n && i < n_heads; i++)
			if (subjects[i])
				state_cell(sink, subjects[i], first, cells.node[i], context.why);
		if (by_column)
			continue;
		if (is_pair(&cells, &context, heads[0].str, first))
			read_pair(sink, &cells, &context);
		else
			read_row(sink, heads, n_heads, &cells, context.why);
	}
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	for (uint32_t i = 0; page->md->has_table && i < page->md->n; i++)
		if (page->md->nodes[i].kind == MD_TABLE)
			read_table(sink, i);
}

const struct form form_table = {.name = "table", .find = find};
