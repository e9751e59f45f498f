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

/* The records that `decision` gave way to, the whole chain, nearest first; of several the first. */
struct successors {
	const struct decision *list[16];
	size_t n;
};
struct successors successors_of(const struct decision *decision);
bool is_successor(const struct successors *successors, const struct decision *decision);

/* A record that is no longer in force: superseded, deprecated, rejected or withdrawn. */
bool decision_is_retired(const struct decision *decision);
/* Folders and names of pages that tell of a day, a changelog among them: what they cite was in force then. */
bool path_is_dated(struct str path);
/* "ADR-0004" of a record with a number, else its id. */
struct str decision_name(struct arena *arena, const struct decision *decision);

/* Text that takes what it speaks of out of the present: "superseded", "formerly", "the old".
 * `past_tense`: "was" and the like count too. */
bool says_retired(struct str text, bool past_tense);

/* Next "ADR-0004" in text from *off on, and *off moved behind it; false when there is none. */
struct decision_name_found {
	size_t off, size;
	long long number;
};
bool decision_name_next(struct str text, size_t *off, struct decision_name_found *found);

#endif
