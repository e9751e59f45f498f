/* Between the files that find generated regions and those that write what stands in them. */
#ifndef LINTEL_REGION_H
#define LINTEL_REGION_H

#include "fact/fact_parts.h"

/* What the tables of an index are of. */
enum region_group { BY_NOTHING, BY_STATUS, BY_YEAR, BY_TAG };

/* What one region is made from. Which of the last three is set depends on the kind. */
struct region_maker {
	struct arena *arena;
	const struct model *model;
	const struct page *page; /* that links start from */
	struct buf *out;         /* lines end in '\n' */
	enum region_group by;
	const struct decision_log *log;
	const struct cluster *cluster;
	const struct estate *estate;
};

/* Text inside of a table cell or sentence: what markdown would read as markup is escaped. */
void region_text(struct buf *out, struct str text);
/* "[text](path)", relative to the page. */
void region_link(struct region_maker *maker, struct buf *out, struct str text, struct str path);

enum { REGION_COLUMNS = 20 };

/* Rows of cells that are markdown already; a column without any text is left out, but for the first. */
struct region_table {
	struct arena *arena;
	size_t n_columns;
	struct str heads[REGION_COLUMNS];
	VEC(struct str *) rows; /* n_columns cells each */
};

void region_column(struct region_table *table, struct str head);
struct str *region_row(struct region_table *table);
void region_table_write(const struct region_table *table, struct buf *out);

/* The kinds; false when there is nothing to show. */
bool region_decision_index(struct region_maker *maker);
bool region_decision_counts(struct region_maker *maker);
bool region_badge_counts(struct region_maker *maker);
bool region_node_table(struct region_maker *maker);
bool region_network_table(struct region_maker *maker);
bool region_cluster_comparison(struct region_maker *maker);

#endif
