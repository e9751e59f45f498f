/* What the readers of decision records share: names, titles, fields, statements. Only for model/. */
#ifndef LINTEL_RECORD_H
#define LINTEL_RECORD_H

#include "model/model.h"

/* ---- names and titles ---- */

/* What a record's file name says. */
struct record_name {
	long long number; /* -1: none */
	struct str id;    /* "0007", "adr-12", "040a"; without a number the whole stem */
	struct date date; /* year 0: none */
	struct str date_text;
};
struct record_name record_name_read(struct str path);

/* What a record's title says: "12. Use X", "ADR-12: Use X". */
struct record_title {
	struct str text;   /* without the number */
	long long number;  /* -1: none */
	struct str digits; /* the number as written, data NULL: none */
};
/* A number in a weak form ("12: Use X") counts only when it is zero-padded or equals `file_number`. */
struct record_title record_title_read(struct str text, long long file_number);

/* The heading that is the title: the first of level 1, else the first; never one that names a usual section.
 * NULL: none. */
const struct md_heading *record_heading(const struct md *md);
/* True for a heading that a record uses for its parts: "Context", "Decision Outcome", "Consequences". */
bool record_is_section(struct str heading);
/* How many different such headings a document has. */
size_t record_sections(const struct md *md);
/* The heading's text equals `name` without case, leading symbols and a colon at the end. */
bool heading_is(struct str heading, const char *name);
/* The same for any of several names; the list ends in NULL. */
bool heading_in(struct str heading, const char *const *names);
/* Index of the name that the heading is, or of the NULL at the end. */
size_t heading_index(struct str heading, const char *const *names);

/* ---- blocks ---- */

/* A leaf block as source text. */
struct block {
	enum md_kind kind; /* MD_PARAGRAPH, MD_TABLE or MD_HEADING */
	struct str raw;
	bool in_item;
	bool unticked; /* in a task item without a tick */
};

struct block_walk {
	const struct md *md;
	uint32_t at, end;
	uint32_t item_end, unticked_end;
};

struct block_walk block_walk(const struct md *md, uint32_t first, uint32_t end);
/* Paragraphs, tables and headings in order; code and HTML are passed over. False at the end. */
bool block_next(struct block_walk *walk, struct block *block);

/* ---- fields ---- */

enum field_place {
	PLACE_FRONT,
	PLACE_SECTION,
	PLACE_LINE,
	PLACE_BULLET,
	PLACE_BOLD,
	PLACE_BOLD_BULLET,
	PLACE_TABLE,
	PLACES
};
enum field_key { KEY_STATUS, KEY_DATE, KEY_DECIDERS, KEY_TAGS, KEY_RELATION };

#define IN(place) (1u << (place))

struct field {
	enum field_place place;
	enum field_key key;
	enum relation_kind relation; /* of KEY_RELATION */
	int rank;                    /* 0: the key's own word; higher: a weaker one ("created" for a date) */
	struct word value;           /* source text, markup kept */
};

#define FIELDS_MAX 64

/* The fields of a record's head: front matter, Status and Date sections, lines and tables before the first section. */
struct fields {
	struct field list[FIELDS_MAX];
	size_t n;
};

void fields_collect(const struct md *md, struct fields *fields);
/* Node behind the head of a record: the first heading below the title, or the end. */
uint32_t record_head_end(const struct md *md);
/* The first with that key in one of the places (bits IN(place)), or NULL. */
const struct field *fields_find(const struct fields *fields, enum field_key key, unsigned places);
/* Evidence of a dialect: `sure` when a status stands in one of the places, half of it when only a date does, else 0. */
int fields_evidence(const struct fields *fields, unsigned places, int sure);
/* What every dialect reads: all statuses, those of `places` first; the date, deciders and tags; all relations. */
void fields_read(struct arena *arena, const struct md *md, const struct fields *fields, unsigned places,
		 struct dialect_reading *reading);

/* ---- statements ---- */

/* "Superseded by [ADR-11](0011-x.md)" */
struct statement {
	enum relation_kind kind;
	bool partial;
	bool has_target;
	struct str at;    /* verb to target, or the target when they stand on two lines; part of the text scanned */
	struct str text;  /* the target as written */
	struct str link;  /* where it leads, as written; empty: no link */
	long long number; /* -1: none */
};

#define STATEMENTS_MAX 64

struct statements {
	struct statement list[STATEMENTS_MAX];
	size_t n;
};

/* Statements of this record about itself. Negations, plans and statements about other records are none. */
void statements_find(struct str text, struct statements *out);
/* The targets that a field of that kind lists: "ADR-3, 0004" or "[3. X](0003-x.md)". */
void statements_of_field(struct str text, enum relation_kind kind, struct statements *out);
/* True when the text says that this record is superseded as a whole. */
bool statements_say_superseded(struct str text);
/* Adds the targets that a field of the document lists. */
void relations_of_field(struct arena *arena, const struct md *md, struct word value, enum relation_kind kind,
			struct dialect_reading *reading);
/* Adds the statements of a text of the document. */
void relations_of_text(struct arena *arena, const struct md *md, struct word text, struct dialect_reading *reading);

#define PLAIN_MAX 400

/* Text without emphasis, emoji, comments, struck parts, and with links cut to their text; blanks are single.
 * At most PLAIN_MAX bytes; lives in `buffer`. */
struct str statement_plain(struct str text, char buffer[PLAIN_MAX]);

/* ---- which pages are records ---- */

enum record_class { RECORD_IS, RECORD_TEMPLATE, RECORD_INDEX, RECORD_COMPANION, RECORD_UNREADABLE };
struct record_verdict {
	enum record_class class;
	const char *why; /* of what is no record */
	bool numbered;   /* the name holds a number or date */
	bool sure;       /* and the page a status and a section that records have */
};
/* What a markdown page in a folder of records is. */
struct record_verdict record_classify(const struct model *model, const struct page *page);

#endif
