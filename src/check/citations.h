/* Between the rules about decisions: where pages cite records, and tables that list them. */
#ifndef LINTEL_CITATIONS_H
#define LINTEL_CITATIONS_H

#include "check/check.h"

/* A place in running text that names or links to a record. */
struct citation {
	uint32_t node; /* of the page's markdown: the link, or the text that holds the name */
	const struct decision *decision;
	struct span span;
};
struct citations {
	VEC(struct citation) list; /* by place */
};

/* A name inside of a link to a record is one citation with it; links in raw HTML are left out. */
struct citations citations_of(struct arena *arena, const struct page *page);
/* Index of the first citation at a node or behind it. */
size_t citations_from(const struct citations *citations, uint32_t node);

/* What a column of a table of records tells. */
enum record_column {
	COLUMN_OTHER,
	COLUMN_NUMBER,
	COLUMN_TITLE,
	COLUMN_STATUS,
	COLUMN_DATE,
	COLUMN_OTHER_DATE, /* "last updated", "created": a date that may be another one */
	COLUMN_SUCCESSOR,
	COLUMN_PREDECESSOR
};
enum record_column record_column(struct str head);

bool is_successor(const struct successors *successors, const struct decision *decision);

/* Folders and names of pages that tell of a day, a changelog among them: what they cite was in force then. */
bool path_is_dated(struct str path);

#endif
