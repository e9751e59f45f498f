/* What the files of fact/ share with each other only. */
#ifndef LINTEL_FACT_PARTS_H
#define LINTEL_FACT_PARTS_H

#include "fact/fact.h"

/* Where a statement stands: whom its section is about, and whether it speaks of the present. */
struct context {
	struct entity *subject; /* NULL: nobody, or several */
	const char *why;        /* not NULL: not of the present, for this reason */
};

/* Heading of a page, with what follows from it. */
struct section {
	uint32_t node;
	int parent; /* index of the enclosing section, -1: none */
	uint8_t level;
	struct entity *subject; /* the one entity the heading names */
	bool names_several;
	const char *why;
};

struct fact_sink {
	struct arena *arena; /* for what ends with the page */
	struct arena *kept;  /* for the facts */
	const struct model *model;
	const struct titles *titles;
	struct page *page;
	struct entity *page_subject;
	VEC(struct section) sections; /* by node */
	struct fact *first, *last;
};

/* Fills sections and page_subject. */
void context_begin(struct fact_sink *sink);
/* Of the statement at a node. */
struct context context_at(const struct fact_sink *sink, uint32_t node);
/* Words in a heading, key or cell that take a statement out of the present; NULL: none. */
const char *context_why(struct str words);

/* Titles of the entities of every estate. */
struct titles;
struct titles *titles_index(struct arena *arena, const struct model *model);

/* The entity that a whole cell, key or head names (trailing parentheses and marks off), of a kind that `wanted` has the bit of; NULL: none. */
struct entity *subject_named(const struct fact_sink *sink, struct str text, unsigned wanted);
/* Kinds that a column head or key asks for ("node", "cluster" ...); 0: it says nothing. */
unsigned subject_kinds(struct str head);

/* Narrows a word to the part of its text that holds the value itself, so that a finding points at it. */
struct word value_narrow(const struct model *model, struct word word, const struct fact_value *value);
/* Sets verdict, why and declared of one fact. */
void fact_judge(struct arena *arena, const struct model *model, struct fact *fact, const struct fact_value *parsed);

#define KIND_BIT(kind) (1u << (kind))
#define ANY_KIND ((1u << ENTITY_KINDS) - 1u)

#endif
