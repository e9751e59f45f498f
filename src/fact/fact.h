/* Documents to facts: (subject, attribute, value) with a place, bound to the model and judged. */
#ifndef LINTEL_FACT_H
#define LINTEL_FACT_H

#include "resolve/resolve.h"

enum fact_form {
	FORM_TABLE,
	FORM_FIELD,
	FORM_SENTENCE,
	FORM_HEADING,
	FORM_DRAWING,
	FORM_MERMAID,
	FORM_DOT,
	FORM_BADGE,
	FORM_SAMPLE,
	FORM_TOPOLOGY,
	FORM_SOURCE,
	FORM_DECISION
};
enum fact_type { TYPE_ADDRESS, TYPE_PREFIX, TYPE_COUNT, TYPE_QUANTITY, TYPE_VERSION, TYPE_WORDS, TYPE_TEXT };
enum verdict { VERDICT_UNJUDGED, VERDICT_AGREES, VERDICT_CONTRADICTS };

const char *fact_form_name(enum fact_form form);
const char *verdict_name(enum verdict verdict);

/* Row of attributes.def. */
struct attribute {
	const char *name; /* "address", "cidr", "node count" */
	enum fact_type type;
	const char *rule;  /* the rule that tells of a contradiction: "fact-address" */
	const char *words; /* what people call it, '|' between, lower case, singular; longest match wins */
	unsigned subjects; /* bits 1 << ENTITY_x it can belong to */
};
extern const struct attribute attributes[];
extern const size_t n_attributes;
/* The attribute that a heading or key names for a subject of that kind; NULL: none. */
const struct attribute *attribute_find(struct str words, enum entity_kind subject);

/* By its name in attributes.def; asserts that there is one. */
const struct attribute *attribute_named(const char *name);

/* A value by type. */
struct fact_value {
	enum fact_type type;
	bool valid;
	VEC(struct address) addresses;
	VEC(struct prefix) prefixes;
	long long min, max; /* count or range of counts */
	struct str text;    /* normalised for comparing: words, version, quantity in base units */
	double quantity;    /* in bytes, cores ... */
};

/* Parses `text` as that type; valid is false when it is no such value (then there is no fact). */
struct fact_value fact_value_parse(struct arena *arena, enum fact_type type, struct str text);

struct fact {
	struct entity *subject; /* bound; NULL: not bound, see subject_text */
	struct word subject_text;
	const struct attribute *attribute;
	struct str detail; /* what of the attribute: the component of a version, the status of a count; may be empty */
	struct word value; /* as written, with its place; fact_value_parse() reads it again */
	enum fact_form form;
	struct page *page; /* NULL for declared facts */
	enum verdict verdict;
	struct str why;       /* reason of an unjudged one; else empty */
	struct word declared; /* what it was compared with, with its place; span none: not declared */
	struct fact *next;    /* of the same page, while it is read */
};

struct facts {
	VEC(const struct fact *) list; /* stated facts, by page and place */
	size_t stated, judged, agree, contradict, unjudged;
};

/* A form finds candidates in one page. Runs in workers; files of fact/forms/ register by existing. */
struct fact_sink;
struct form {
	const char *name;
	void (*find)(struct fact_sink *sink, const struct model *model, struct page *page);
};
extern const struct form *const forms[];
extern const size_t n_forms;

/* What a form yields. */
struct statement {
	struct entity *subject;   /* NULL: not bound */
	struct word subject_text; /* of one that is not bound */
	const struct attribute *attribute;
	struct str detail; /* as in struct fact */
	struct word value; /* text and place; may be longer than the value itself */
	enum fact_form form;
	const char *why; /* not NULL: left alone for this reason */
};
void fact_state(struct fact_sink *sink, const struct statement *statement);
/* For what a form needs while it reads one page. */
struct arena *fact_arena(struct fact_sink *sink);

struct facts *fact_find(struct arena *arena, struct model *model, const struct pool *pool);
/* What the topology and the decision log declare for (subject, attribute), each with its place; n 0: nothing. */
struct declared {
	VEC(struct word) values;
};
struct declared fact_declared(struct arena *arena, const struct model *model, const struct entity *subject,
			      const struct attribute *attribute);

#endif
