/* Totals of a table against its column, and resources in all against those of one node. */
#include "fact/amount.h"

#include <math.h>

/* ---- a total row ---- */

struct sum {
	bool open; /* all cells so far are plain numbers of one unit */
	size_t n;
	double sum, weighted, largest, slack;
	struct str unit;
	double scale;
};

/* The amount that fills a cell, or none. */
static struct amount cell_amount(struct fact_sink *sink, uint32_t cell)
{
	struct str text = bare_name(table_cell(sink, cell).str);
	struct amount amount = amount_read(text, 0, text.size);
	amount.valid = amount.valid && amount.to == text.size;
	return amount;
}

static bool is_total_row(struct str head)
{
	return str_is_listed(bare_name(head), "total|totals|sum|Σ|grand total|in total|overall|gesamt");
}

static bool is_part_row(struct str head)
{
	return str_find_nocase(head, STR("total")) != SIZE_MAX || str_find_nocase(head, STR("average")) != SIZE_MAX ||
	       str_find_nocase(head, STR("per ")) != SIZE_MAX || str_find_nocase(head, STR("sum")) != SIZE_MAX ||
	       str_find_nocase(head, STR("of which")) != SIZE_MAX;
}

/* Columns whose numbers are not summed up. */
static bool has_no_sum(struct str head)
{
	static const char *const words[] = {"%",      "percent", "avg",     "average",  "ratio", "max",   "min",
					    "port",   "year",    "version", "priority", "rank",  "id",    "vlan",
					    "unique", "rate",    "latency", "median",   "p9",    "usage", "utilization",
					    "score",  "date",    "per ",    "temp",     "age",   "#"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find_nocase(head, str_from(words[i])) != SIZE_MAX)
			return true;
	return false;
}

static void add_row(struct fact_sink *sink, const struct table_row *row, struct sum *sums, double weight)
{
	for (size_t i = 1; i < row->n; i++) {
		struct amount amount = cell_amount(sink, row->node[i]);
		struct sum *sum = &sums[i];
		bool fits = amount.valid && !amount.approximate && !amount_converts(&amount) &&
			    (!sum->n || amount_same_unit(amount.unit, sum->unit) ||
			     (amount.unit_scale > 0 && sum->scale > 0));
		sum->open = sum->open && fits && amount.words.size == amount.unit.size;
		if (!sum->open)
			continue;
		sum->unit = amount.unit;
		sum->scale = amount.unit_scale;
		sum->n++;
		sum->sum += amount_scaled(&amount);
		sum->weighted += weight * amount_scaled(&amount);
		sum->largest = fmax(sum->largest, amount_scaled(&amount));
		sum->slack += amount.last_place < 0.5 ? amount_tolerance(&amount) : 0;
	}
	for (size_t i = row->n; i < TABLE_COLUMNS; i++)
		sums[i].open = false;
}

static bool agrees(const struct sum *sum, const struct amount *stated)
{
	double value = amount_scaled(stated), slack = sum->slack + amount_tolerance(stated);
	double ways[] = {sum->sum, sum->weighted, sum->largest, sum->sum / (double)sum->n, (double)sum->n};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (fabs(ways[i] - value) <= slack)
			return true;
	return false;
}

static void check_total_row(struct fact_sink *sink, const struct table_row *row, const struct sum *sums)
{
	for (size_t i = 1; i < row->n; i++) {
		struct amount stated = cell_amount(sink, row->node[i]);
		const struct sum *sum = &sums[i];
		bool same = amount_same_unit(stated.unit, sum->unit) || (stated.unit_scale > 0 && sum->scale > 0);
		if (!sum->open || sum->n < 2 || !stated.valid || !same || stated.words.size != stated.unit.size ||
		    agrees(sum, &stated) || is_struck(sink->page->md, row->node[i]))
			continue;
		struct wrong_total total = {.stated = table_cell(sink, row->node[i])};
		total.computed = amount_format(sink->arena, sum->sum, &stated);
		total_add(sink, total);
	}
}

/* Column that says how many of a row there are; 0: none. */
static size_t count_column(struct fact_sink *sink, const struct table_row *heads)
{
	for (size_t i = 1; i < heads->n; i++)
		if (str_is_listed(table_cell(sink, heads->node[i]).str,
				  "count|qty|quantity|number|nodes|units|amount|replicas|×|x|n"))
			return i;
	return 0;
}

static void read_table(struct fact_sink *sink, uint32_t table)
{
	const struct md *md = sink->page->md;
	struct sum sums[TABLE_COLUMNS];
	uint32_t end = md->nodes[table].end, header = md_first(md, table), last = 0;
	for (uint32_t row = header; row; row = md_next(md, row, end))
		last = row;
	if (!last || last == header || !is_total_row(table_cell(sink, last + 1).str) || context_at(sink, table).why)
		return;
	struct table_row heads = table_row(md, header);
	size_t weight_column = count_column(sink, &heads);
	for (size_t i = 0; i < TABLE_COLUMNS; i++)
		sums[i] = (struct sum){.open = i < heads.n && !has_no_sum(table_cell(sink, heads.node[i]).str)};
	for (uint32_t row = md_next(md, header, end); row && row != last; row = md_next(md, row, end)) {
		struct table_row cells = table_row(md, row);
		if (!cells.n || is_part_row(table_cell(sink, cells.node[0]).str))
			return;
		struct amount weight = {0};
		if (weight_column && weight_column < cells.n)
			weight = cell_amount(sink, cells.node[weight_column]);
		add_row(sink, &cells, sums, weight.valid ? weight.value : 1);
	}
	struct table_row cells = table_row(md, last);
	check_total_row(sink, &cells, sums);
}

void totals_of_tables(struct fact_sink *sink)
{
	for (uint32_t i = 0; i < sink->page->md->n; i++)
		if (sink->page->md->nodes[i].kind == MD_TABLE)
			read_table(sink, i);
}

/* ---- per node, and in all ---- */

enum resource { RESOURCE_NONE, RESOURCE_CPU, RESOURCE_MEMORY, RESOURCE_STORAGE };

/* One list that states resources: of each node, or of all of them. */
struct bill {
	uint32_t list;
	bool per_node, in_all;
	VEC(struct bill_line) lines;
};

struct bill_line {
	enum resource resource;
	struct amount amount;
	struct word value;
};

static enum resource resource_of(struct str key)
{
	if (str_is_listed(key, "cpu|cpus|cores|cpu cores|vcpu|vcpus|compute|total cpu|total cores"))
		return RESOURCE_CPU;
	if (str_is_listed(key, "memory|ram|total memory|total ram"))
		return RESOURCE_MEMORY;
	return str_is_listed(key, "disk|storage|ssd|nvme|total disk|total storage") ? RESOURCE_STORAGE : RESOURCE_NONE;
}

static bool says_per_node(struct str text)
{
	return str_find_nocase(text, STR("per node")) != SIZE_MAX || str_find_nocase(text, STR("/node")) != SIZE_MAX ||
	       str_find_nocase(text, STR("each node")) != SIZE_MAX ||
	       (str_find_nocase(text, STR("per ")) != SIZE_MAX && str_find_nocase(text, STR(" node")) != SIZE_MAX);
}

static bool says_total(struct str text)
{
	return str_find_nocase(text, STR("total")) != SIZE_MAX;
}

/* A heading, or a short line of text, right above a list. */
static struct str caption(struct fact_sink *sink, uint32_t previous)
{
	const struct md *md = sink->page->md;
	bool caption = previous && (md->nodes[previous].kind == MD_HEADING || md->nodes[previous].kind == MD_PARAGRAPH);
	struct str text = caption ? md_plain(sink->arena, md, previous) : STR_NONE;
	return text.size <= 80 ? text : STR_NONE;
}

/* The words before the first ':' or the end of a paragraph's first text. */
static struct str first_words(const struct md *md, uint32_t paragraph)
{
	uint32_t text = paragraph + 1;
	while (text < md->nodes[paragraph].end && md->nodes[text].kind != MD_TEXT)
		text++;
	if (text >= md->nodes[paragraph].end)
		return STR_NONE;
	struct str words = md_text(md, &md->nodes[text]);
	return str_trim(str_sub(words, 0, str_find_char(words, ':')));
}

/* "**CPU**: 16 cores per node" in an item. */
static void read_item(struct fact_sink *sink, uint32_t item, struct bill *bill)
{
	const struct md *md = sink->page->md;
	uint32_t paragraph = item + 1;
	if (paragraph >= md->nodes[item].end || md->nodes[paragraph].kind != MD_PARAGRAPH ||
	    resource_of(first_words(md, paragraph)) == RESOURCE_NONE)
		return;
	struct run run = run_read(sink, paragraph);
	size_t colon = str_find_char(run.text, ':');
	if (colon == SIZE_MAX || colon > 24 || run_marks(&run, 0, run.text.size) & RUN_STRUCK)
		return;
	struct str key = str_trim(str_sub(run.text, 0, colon));
	struct bill_line line = {.resource = resource_of(key)};
	line.amount = amount_read(run.text, colon + 1, run.text.size);
	if (line.resource == RESOURCE_NONE || !line.amount.number_end || line.amount.approximate)
		return;
	size_t end = line.amount.unit.size ? (size_t)(line.amount.unit.data - run.text.data) + line.amount.unit.size
					   : line.amount.number_end;
	if (str_eq_nocase(line.amount.unit, STR("per")) || str_starts(line.amount.unit, STR("/")))
		end = line.amount.number_end;
	line.amount = amount_read(run.text, colon + 1, end);
	line.value = run_word(sink, &run, line.amount.from, end);
	bill->per_node |= says_per_node(run.text);
	bill->in_all |= says_total(run.text);
	vec_add(sink->arena, &bill->lines, line);
}

static struct bill read_bill(struct fact_sink *sink, uint32_t list, uint32_t previous)
{
	const struct md *md = sink->page->md;
	struct bill bill = {.list = list};
	for (uint32_t item = md_first(md, list); item; item = md_next(md, item, md->nodes[list].end))
		read_item(sink, item, &bill);
	if (!bill.lines.n)
		return bill;
	struct str text = caption(sink, previous);
	bill.per_node |= says_per_node(text);
	bill.in_all |= says_total(text) && !says_per_node(text);
	return bill;
}

struct counts {
	VEC(long long) list;
	struct span span; /* of the first place that says one */
};

static bool is_control_plane(struct str role)
{
	return str_find_nocase(role, STR("control")) != SIZE_MAX || str_eq_nocase(role, STR("master")) ||
	       str_eq_nocase(role, STR("server"));
}

/* Node counts that a total may rest on: those of the cluster, all and without its control plane; else those the page states. */
static struct counts node_counts(struct fact_sink *sink, uint32_t node)
{
	struct counts counts = {.span = SPAN_NONE};
	const struct entity *subject = context_at(sink, node).subject;
	if (subject && subject->kind == ENTITY_CLUSTER) {
		const struct cluster *cluster = (const struct cluster *)subject;
		struct count_value count = cluster_count(cluster);
		long long control = 0;
		for (size_t i = 0; i < cluster->nodes.n; i++)
			control += is_control_plane(cluster->nodes.data[i]->role.str);
		for (long long n = count.min; count.present && count.valid && n <= count.max && n - count.min < 64;
		     n++) {
			vec_add(sink->arena, &counts.list, n);
			vec_add(sink->arena, &counts.list, n - (control ? control : 1));
		}
		counts.span = subject->id.span;
	}
	for (const struct fact *fact = sink->first; fact && !counts.list.n; fact = fact->next) {
		struct fact_value value = {0};
		if (strcmp(fact->attribute->name, "node count") == 0 && fact->verdict != VERDICT_CONTRADICTS)
			value = fact_value_parse(sink->arena, TYPE_COUNT, fact->value.str);
		if (!value.valid || value.min != value.max)
			continue;
		vec_add(sink->arena, &counts.list, value.min);
		vec_add(sink->arena, &counts.list, value.min - 1);
		counts.span = fact->value.span;
	}
	return counts;
}

/* Nodes that a total is worth; 0 when it is no whole number of them. */
static long long nodes_of(const struct bill_line *one, const struct bill_line *all)
{
	if ((one->amount.unit_scale > 0) != (all->amount.unit_scale > 0) || one->amount.value <= 0)
		return 0;
	double ratio = amount_scaled(&all->amount) / amount_scaled(&one->amount), whole = round(ratio);
	return whole >= 2 && fabs(ratio - whole) <= 0.011 * whole ? (long long)whole : 0;
}

static bool holds(const struct counts *counts, long long n)
{
	for (size_t i = 0; i < counts->list.n; i++)
		if (counts->list.data[i] == n)
			return true;
	return false;
}

/* All resources of one total are one mistake. */
static void compare_bills(struct fact_sink *sink, const struct bill *one, const struct bill *all)
{
	struct counts counts = node_counts(sink, all->list);
	struct wrong_total total = {0};
	long long found = 0;
	for (size_t i = 0; i < all->lines.n; i++)
		for (size_t k = 0; k < one->lines.n; k++) {
			const struct bill_line *whole = &all->lines.data[i], *part = &one->lines.data[k];
			if (whole->resource != part->resource)
				continue;
			long long n = nodes_of(part, whole);
			if (!n || holds(&counts, n) || (found && n != found))
				return;
			struct note note = {part->value.span, STR("of one node")};
			if (!found) {
				double value = amount_scaled(&part->amount) * (double)counts.list.data[0];
				total.stated = whole->value;
				total.how = str_format(sink->arena, "%lld nodes × " STR_FMT, counts.list.data[0],
						       STR_ARG(part->value.str));
				total.computed = amount_format(sink->arena, value, &whole->amount);
				vec_add(sink->arena, &total.places, note);
			} else {
				note = (struct note){whole->value.span,
						     str_format(sink->arena, "this one too is that of %lld nodes", n)};
				vec_add(sink->arena, &total.places, note);
			}
			found = n;
		}
	if (!found)
		return;
	vec_add(sink->arena, &total.places, (struct note){counts.span, STR("the number of nodes")});
	total_add(sink, total);
}

void totals_of_fields(struct fact_sink *sink)
{
	const struct md *md = sink->page->md;
	struct bill one = {0};
	bool have = false;
	uint32_t previous = 0, before = 0;
	for (uint32_t i = md_first(md, 0); i; i = md_next(md, i, md->nodes[0].end)) {
		before = previous;
		previous = i;
		if (md->nodes[i].kind == MD_HEADING && md->nodes[i].level <= 2)
			have = false;
		if (md->nodes[i].kind != MD_LIST)
			continue;
		struct bill bill = read_bill(sink, i, before);
		if (!bill.lines.n || context_at(sink, i).why)
			continue;
		if (bill.per_node && !bill.in_all) {
			one = bill;
			have = true;
		} else if (have && bill.in_all && !bill.per_node && node_counts(sink, i).list.n) {
			compare_bills(sink, &one, &bill);
			have = false;
		}
	}
}
