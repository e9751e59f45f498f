/* Resources of a cluster, of each node and of all: `| CPU | 16 cores | 96 cores |` under "Per node" and "Total". */
#include "fact/amount.h"

#include <math.h>

/* Columns of a table of resources; 0: there is none. */
struct columns {
	size_t per_node, total;
};

static struct columns find_columns(struct fact_sink *sink, const struct table_row *heads)
{
	struct columns columns = {0, 0};
	struct str first = heads->n ? bare_name(table_cell(sink, heads->node[0]).str) : STR_NONE;
	if (first.size &&
	    !str_is_listed(first, "resource|resources|metric|component|item|spec|property|attribute|capacity|type"))
		return columns;
	for (size_t i = 1; i < heads->n; i++) {
		struct str head = bare_name(table_cell(sink, heads->node[i]).str);
		if (str_is_listed(head, "per node|each node|one node|of each node|/node|each"))
			columns.per_node = columns.per_node ? columns.per_node : i;
		else if (str_is_listed(head,
				       "total|all nodes|cluster total|in total|sum|overall|total capacity|cluster|"
				       "whole cluster|of all nodes|all nodes together"))
			columns.total = columns.total ? columns.total : i;
	}
	return columns;
}

/* ---- facts ---- */

struct resource {
	const char *words;
	const char *per_node, *total; /* attributes */
	const char *unit;             /* of a bare number; empty: none */
};

static const struct resource resources[] = {
	{"cpu|cpus|cores|cpu cores|vcpu|vcpus|compute", "cores per node", "total cores", "cores"},
	{"memory|ram|mem", "memory per node", "total memory", ""},
	{"disk|disks|storage|disk space|local storage", "storage per node", "total storage", ""},
};

static const struct resource *find_resource(struct str key)
{
	key = bare_name(key);
	for (size_t i = 0; i < sizeof resources / sizeof *resources; i++)
		if (str_is_listed(key, resources[i].words))
			return &resources[i];
	return NULL;
}

/* A section of something that runs on the cluster may speak of what that takes. */
static bool is_of_whole_cluster(struct fact_sink *sink, uint32_t table, const struct entity *cluster)
{
	static const char words[] =
		"resource|resources|capacity|limit|limits|hardware|nodes|node|cluster|total|totals|at|a|"
		"glance|overview|specs|specification|specifications|compute|sizing|the|of|and|per|in|"
		"summary|physical|size|infrastructure";
	struct str heading = context_heading(sink, table);
	struct str id = cluster->id.str;
	while (heading.size) {
		size_t n = 0;
		while (n < heading.size && (isalnum((unsigned char)heading.data[n]) || heading.data[n] == '-'))
			n++;
		struct str word = str_sub(heading, 0, n);
		if (n && !str_is_listed(word, words) && !str_eq_nocase(word, id) &&
		    str_find_nocase(entity_title(cluster), word) == SIZE_MAX)
			return false;
		heading = str_from_off(heading, n ? n : 1);
	}
	return true;
}

static void state(struct fact_sink *sink, const struct statement *of_table, const char *attribute, const char *unit,
		  uint32_t cell)
{
	struct statement statement = *of_table;
	struct label label = {.attribute = attribute_named(attribute), .unit = str_from(unit)};
	statement.attribute = label.attribute;
	statement.value = label_value(sink, &label, table_cell(sink, cell));
	if (is_struck(sink->page->md, cell))
		statement.why = "struck through";
	fact_state(sink, &statement);
}

static struct entity *find_cluster(struct fact_sink *sink, const struct context *context)
{
	const struct estate *estate = sink->page->estate;
	if (context->subject && context->subject->kind == ENTITY_CLUSTER)
		return context->subject;
	bool nobody = !context->subject || context->subject->kind == ENTITY_ESTATE;
	return nobody && estate && estate->clusters.n == 1 ? &estate->clusters.data[0]->entity : NULL;
}

static void read_table(struct fact_sink *sink, uint32_t table)
{
	const struct md *md = sink->page->md;
	struct context context = context_at(sink, table);
	uint32_t header = md_first(md, table), end = md->nodes[table].end;
	struct table_row heads = table_row(md, header);
	struct columns columns = find_columns(sink, &heads);
	struct statement statement = {.form = FORM_TABLE, .block = table, .why = context.why};
	statement.subject = columns.per_node || columns.total ? find_cluster(sink, &context) : NULL;
	if (!statement.subject)
		return;
	if (!statement.why && !is_of_whole_cluster(sink, table, statement.subject))
		statement.why = "in a section about something else";
	for (uint32_t row = md_next(md, header, end); row; row = md_next(md, row, end)) {
		struct table_row cells = table_row(md, row);
		const struct resource *of = cells.n ? find_resource(table_cell(sink, cells.node[0]).str) : NULL;
		if (of && columns.per_node && columns.per_node < cells.n)
			state(sink, &statement, of->per_node, of->unit, cells.node[columns.per_node]);
		if (of && columns.total && columns.total < cells.n)
			state(sink, &statement, of->total, of->unit, cells.node[columns.total]);
	}
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	for (uint32_t i = 0; page->md->has_table && i < page->md->n; i++)
		if (page->md->nodes[i].kind == MD_TABLE)
			read_table(sink, i);
}

const struct form form_capacity = {.name = "capacity", .find = find};

/* ---- arithmetic ---- */

/* A row with an amount of one node and one of all. */
struct row_ratio {
	struct word one, all;
	struct amount part, whole;
	double ratio;
};

struct ratios {
	VEC(struct row_ratio) list;
};

static struct amount cell_amount(struct word cell)
{
	struct amount amount = amount_read(cell.str, 0, cell.str.size);
	amount.valid = amount.valid && amount.to == cell.str.size && !amount.approximate && amount.value > 0;
	return amount;
}

static struct ratios read_ratios(struct fact_sink *sink, uint32_t table, struct columns columns)
{
	const struct md *md = sink->page->md;
	struct ratios ratios = {0};
	uint32_t header = md_first(md, table), end = md->nodes[table].end;
	for (uint32_t row = md_next(md, header, end); row; row = md_next(md, row, end)) {
		struct table_row cells = table_row(md, row);
		if (cells.n <= columns.per_node || cells.n <= columns.total || is_struck(md, row))
			continue;
		struct row_ratio one = {.one = table_cell(sink, cells.node[columns.per_node]),
					.all = table_cell(sink, cells.node[columns.total])};
		one.part = cell_amount(one.one);
		one.whole = cell_amount(one.all);
		bool alike = (one.part.unit_scale > 0) == (one.whole.unit_scale > 0) &&
			     (one.part.unit_scale > 0 || amount_same_unit(one.part.unit, one.whole.unit));
		if (!one.part.valid || !one.whole.valid || !alike)
			continue;
		one.ratio = amount_scaled(&one.whole) / amount_scaled(&one.part);
		vec_add(sink->arena, &ratios.list, one);
	}
	return ratios;
}

/* Rounding of either amount stays below a thirtieth. */
static bool fits(const struct row_ratio *row, double n)
{
	return fabs(row->ratio - n) <= n / 30;
}

/* The number of nodes that at least two rows and more than half of them agree on; 0: there is none. */
static double common_ratio(const struct ratios *ratios)
{
	for (size_t i = 0; i < ratios->list.n && i < TABLE_COLUMNS; i++) {
		double n = round(ratios->list.data[i].ratio);
		size_t same = 0;
		for (size_t k = 0; k < ratios->list.n; k++)
			same += fits(&ratios->list.data[k], n);
		if (n >= 2 && same >= 2 && same * 2 > ratios->list.n)
			return n;
	}
	return 0;
}

/* True when a fact of the table contradicts what is declared: that is the finding then. */
static bool is_told(const struct fact_sink *sink, uint32_t table)
{
	for (const struct fact *fact = sink->first; fact; fact = fact->next)
		if (fact->block == table && fact->verdict == VERDICT_CONTRADICTS)
			return true;
	return false;
}

static void check_columns(struct fact_sink *sink, uint32_t table)
{
	struct table_row heads = table_row(sink->page->md, md_first(sink->page->md, table));
	struct columns columns = find_columns(sink, &heads);
	if (!columns.per_node || !columns.total || context_at(sink, table).why || is_told(sink, table))
		return;
	struct ratios ratios = read_ratios(sink, table, columns);
	double n = common_ratio(&ratios);
	for (size_t i = 0; n > 0 && i < ratios.list.n; i++) {
		const struct row_ratio *row = &ratios.list.data[i];
		if (fits(row, n))
			continue;
		struct wrong_total total = {.stated = row->all};
		total.how = str_format(sink->arena, "%.0f nodes × " STR_FMT, n, STR_ARG(row->one.str));
		total.computed = amount_format(sink->arena, amount_scaled(&row->part) * n, &row->whole);
		vec_add(sink->arena, &total.places, ((struct note){row->one.span, STR("of one node")}));
		total_add(sink, total);
	}
}

void totals_of_columns(struct fact_sink *sink)
{
	const struct md *md = sink->page->md;
	for (uint32_t i = 0; md->has_table && i < md->n; i++)
		if (md->nodes[i].kind == MD_TABLE)
			check_columns(sink, i);
}
