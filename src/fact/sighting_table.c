/* Names in the node columns of tables that nothing has. */
#include "fact/sighting.h"

static const char node_heads[] =
	"node|nodes|node name|nodename|host|hosts|hostname|host name|machine|machines|server|servers|"
	"server name|vm|name";

/* Words that stand in a column of names and are none. */
static const char no_names[] =
	"total|totals|sum|all|any|each|none|other|others|both|average|avg|mean|max|min|unknown|various|several|spare|new|"
	"old|tbd|todo|n/a|na|nil|null|yes|no|cluster|clusters|node|nodes|host|hosts|worker|workers|control-plane|"
	"controlplane|control|master|masters|controller|controllers|router|switch|gateway|firewall|nas|laptop|desktop|phone|"
	"printer|vip|api|localhost|external|internal|cloud|internet|client|clients|server|servers|dhcp|reserved|free|name|"
	"combined|overall|subtotal|remaining|rest|default|etc";

/* Host part of a name under a zone of the estate. */
static struct str without_zone(const struct sighting_scan *scan, struct str name)
{
	size_t dot = scan->estate->zones.n ? str_find_char(name, '.') : SIZE_MAX;
	if (dot == SIZE_MAX)
		return name;
	struct str lower = str_lower_ascii(scan->sink->arena, name);
	return known_zone(scan->estate, lower) ? str_sub(name, 0, dot) : name;
}

enum cell_kind { CELL_OTHER, CELL_KNOWN, CELL_UNKNOWN };

/* A name like the others, but of nothing: one word, no word for a sum or a kind, of no entity of any sort. */
static enum cell_kind cell_kind(struct sighting_scan *scan, struct str text)
{
	unsigned machines = KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE);
	struct str name = bare_name(text);
	name = without_zone(scan, name);
	if (subject_named(scan->sink, name, machines))
		return CELL_KNOWN;
	if (str_find_nocase(name, STR("template")) != SIZE_MAX)
		return CELL_OTHER;
	if (name.size < 3 || name.size >= KNOWN_WORD_MAX || !is_id_like(name) || str_is_listed(name, no_names) ||
	    str_find_char(name, '.') != SIZE_MAX)
		return CELL_OTHER;
	struct str lower = str_lower_ascii(scan->sink->arena, name);
	if (map_has(&scan->estate->estate->by_name, lower) || map_has(&scan->known->words, lower) ||
	    subject_named(scan->sink, name, ANY_KIND))
		return CELL_OTHER;
	/* "Backbone" is a word; "backbone" below "storm" may be a name. */
	if (isupper((unsigned char)name.data[0]) && known_is_english(scan->known, lower))
		return CELL_OTHER;
	return known_near(scan->known, scan->estate, lower) ? CELL_OTHER : CELL_UNKNOWN;
}

struct column {
	size_t index;
	struct str head;
	size_t known, unknown;
};

static void count_column(struct sighting_scan *scan, uint32_t table, struct column *column)
{
	const struct md *md = scan->sink->page->md;
	for (uint32_t row = md_first(md, table); row; row = md_next(md, row, md->nodes[table].end)) {
		struct table_row cells = table_row(md, row);
		if ((md->nodes[row].flags & MD_HEADER) || column->index >= cells.n)
			continue;
		enum cell_kind kind = cell_kind(scan, table_cell(scan->sink, cells.node[column->index]).str);
		column->known += kind == CELL_KNOWN;
		column->unknown += kind == CELL_UNKNOWN;
	}
}

/* A column that only says "name" must hold nodes beyond doubt. */
static bool is_of_nodes(const struct column *column)
{
	if (str_eq_nocase(column->head, STR("name")))
		return column->known >= 3 && column->known >= 3 * column->unknown;
	return column->known >= 2 && column->known >= column->unknown;
}

static void see_cell(struct sighting_scan *scan, uint32_t row, uint32_t cell, const char *why)
{
	const struct md *md = scan->sink->page->md;
	struct word word = table_cell(scan->sink, cell);
	if (cell_kind(scan, word.str) != CELL_UNKNOWN)
		return;
	struct run run = run_read(scan->sink, cell);
	struct str name = bare_name(word.str);
	size_t at = str_find(run.text, name);
	if (at == SIZE_MAX)
		return;
	if (!why && is_struck(md, row))
		why = "struck through";
	struct table_row cells = table_row(md, row);
	for (size_t i = 0; !why && i < cells.n; i++)
		why = context_naming_why(table_cell(scan->sink, cells.node[i]).str);
	scan->run = &run;
	scan->node = cell;
	scan->text = run.text;
	scan->block_why = why;
	sighting_add(scan, (struct sighting){.kind = SIGHTING_NAME}, at, at + name.size, why);
	scan->run = NULL;
	if (why)
		return;
	uint32_t *key = NEW(scan->sink->arena, uint32_t);
	*key = row;
	map_put(&scan->unknown_rows, (struct str){(const char *)key, sizeof *key}, key);
}

void sighting_read_table(struct sighting_scan *scan, uint32_t table, const char *why)
{
	const struct md *md = scan->sink->page->md;
	struct table_row heads = {.n = 0};
	uint32_t row = md_first(md, table);
	if (row && (md->nodes[row].flags & MD_HEADER))
		heads = table_row(md, row);
	for (size_t i = 0; i < heads.n; i++) {
		struct column column = {.index = i, .head = bare_name(table_cell(scan->sink, heads.node[i]).str)};
		if (!str_is_listed(column.head, node_heads))
			continue;
		count_column(scan, table, &column);
		if (!column.unknown || !is_of_nodes(&column))
			continue;
		for (row = md_first(md, table); row; row = md_next(md, row, md->nodes[table].end)) {
			struct table_row cells = table_row(md, row);
			if (!(md->nodes[row].flags & MD_HEADER) && i < cells.n)
				see_cell(scan, row, cells.node[i], why);
		}
	}
}
