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
	struct str house; /* letters before the number: "ADR", "RFC"; may be empty */
};
struct record_name record_name_read(struct str path);

/* Where a page stands as a record. */
struct record_place {
	struct str path;   /* whose base names the record: the file, or its folder where it has one of its own */
	struct str folder; /* the log */
	bool own_folder;
};
struct record_place record_place_of(struct str path);

/* What a record's title says: "12. Use X", "ADR-12: Use X". */
struct record_title {
	struct str text;   /* without the number */
	long long number;  /* -1: none */
	struct str digits; /* the number as written, data NULL: none */
	struct str id;     /* with its prefix and letter: "ADR-12", "D-01a" */
};
/* A number in a weak form ("12: Use X") counts only when it is zero-padded or equals `file_number`. */
struct record_title record_title_read(struct str text, long long file_number, struct str house);
/* Bytes of the letters of a house and what joins them to a number at the start: "RFC-"; 0: no number follows. */
size_t house_bytes(struct str s, struct str house);

/* The heading that is the title: the first of level 1, else the first; never one that names a usual section.
 * NULL: none. */
const struct md_heading *record_heading(const struct md *md);
/* How many different such headings a document has. */
size_t record_sections(const struct md *md);
/* The same of the headings of proposals: "Motivation", "Drawbacks". */
size_t record_proposal_sections(const struct md *md);
/* The heading's text equals `name` without case, leading symbols and a colon at the end. */
bool heading_is(struct str heading, const char *name);
/* The same for any of several names; the list ends in NULL. */
bool heading_in(struct str heading, const char *const *names);
/* Index of the name that the heading is, or of the NULL at the end. */
size_t heading_index(struct str heading, const char *const *names);

/* ---- blocks ---- */

/* A leaf block as source text. */
struct block {
	enum md_kind
		kind; /* MD_PARAGRAPH, MD_TABLE or MD_HEADING; of a walk with raw blocks MD_CODE_BLOCK, MD_HTML_BLOCK */
	uint32_t node;
	struct str raw;
	bool in_item;
	bool unticked; /* in a task item without a tick */
};

struct block_walk {
	const struct md *md;
	uint32_t at, end;
	uint32_t item_end, unticked_end;
	bool with_raw; /* gives code and HTML blocks too */
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
	PLACE_HTML,   /* a table in HTML */
	PLACE_HEADER, /* lines of a fence or <pre> at the top, as proposals of many projects have */
	PLACE_SIDE,   /* a YAML file beside the document */
	PLACE_LOOSE,  /* a word that stands where nothing says that it is the status: a heading, a badge, a tag */
	PLACES
};
enum field_key { KEY_STATUS, KEY_DATE, KEY_DECIDERS, KEY_TAGS, KEY_RELATION, KEY_TITLE, KEY_OTHER };

/* What a key means. */
struct record_key {
	const char *name; /* lower case, blanks between words */
	enum field_key key;
	int rank;                    /* 0: the key's own word; higher: a weaker one ("created" for a date) */
	enum relation_kind relation; /* of KEY_RELATION */
};

/* '-', '_', blanks and the capitals inside of "supersededBy" are one. NULL: no key of a record. */
const struct record_key *record_key_find(struct str name);

struct key_read {
	const struct record_key *key; /* NULL: the line does not begin with a field */
	size_t end;                   /* where the value starts */
	bool bold;
	bool bare; /* a date without a colon: "Accepted on 2017-12-11" */
};
/* "Status: x", "**Status:** x", "**Status**: x", "Status - Accepted", "Date 09/04/2018" */
struct key_read key_read(struct str line);
/* Where the next field of a line begins, or its size: "Status: x | Date: y". */
size_t key_next(struct str line, size_t from);
/* True when a text is a value of that key: a known status, a date. */
bool key_takes(const struct config *config, const struct record_key *key, struct str text);
/* Bytes of ":white_check_mark:" at off; 0: none. */
size_t record_shortcode_size(struct str text, size_t off);
/* The first date of a line. */
struct date_found date_within(struct str line);

#define IN(place) (1u << (place))

struct field {
	enum field_place place;
	enum field_key key;
	enum relation_kind relation; /* of KEY_RELATION */
	int rank;                    /* as the key's */
	struct word value;           /* source text, markup kept */
};

#define FIELDS_MAX 64

/* The fields of a record's head: front matter, Status and Date sections, lines and tables before the first section. */
struct fields {
	const struct config *config; /* for words of the house; NULL: none */
	struct field list[FIELDS_MAX];
	size_t n;
};

/* The fields of a page that is a record, with those of the YAML file beside it. */
void record_fields(const struct model *model, const struct page *page, struct fields *fields);
/* Sets fields->list; fields->config is the caller's. */
void fields_collect(const struct md *md, struct fields *fields);
void fields_add(struct fields *fields, const struct record_key *key, enum field_place place, struct word value);
/* Fields of a table: keys down the first column, beside their values in pairs, or across over one row. In a Status
 * section the rows may be the history of the record; then the latest counts. */
void table_fields(const struct md *md, struct str raw, bool history, struct fields *fields);
/* The same of tables in HTML in a piece of the document. */
void html_table_fields(const struct md *md, struct str raw, struct fields *fields);
/* Fields of front matter, or of a YAML file read as such. */
void front_fields(const struct source *source, const struct front_matter *front, enum field_place place,
		  struct fields *fields);
/* Fields of a paragraph, line by line; in a Status section a key `Status` keeps that place. */
void paragraph_fields(const struct md *md, const struct block *block, bool section, struct fields *fields);
/* Node behind the section that a heading begins: the next heading, or the end. */
uint32_t section_end(const struct md *md, size_t heading);
bool is_status_section(struct str heading);
void status_section(const struct md *md, size_t heading, struct fields *fields);
/* Adds the date of a Date section and says so; that of a changelog counts only where there is no other. */
bool date_section(const struct md *md, size_t heading, struct fields *fields);
/* "## Status: Accepted"; true when it holds the status. */
bool heading_field(const struct md *md, const struct md_heading *heading, struct fields *fields);
bool fields_have_status(const struct fields *fields);
/* Looks for a status where no key, section or table has one. */
void loose_fields(const struct md *md, struct fields *fields);
/* Without quote marks. */
struct str quoted_line(struct str line);
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

/* Statements of this record about itself; `house` as in struct dialect_reading. Negations, plans and statements about other records are none. */
void statements_find(struct str text, struct str house, struct statements *out);
/* The targets that a field of that kind lists: "ADR-3, 0004" or "[3. X](0003-x.md)". */
void statements_of_field(struct str text, struct str house, enum relation_kind kind, struct statements *out);
/* The first targets that a text names, whatever the words before them: a statement in another language. */
void statements_of_words(struct str text, struct str house, enum relation_kind kind, struct statements *out);
/* True when the text says that this record is superseded as a whole. */
bool statements_say_superseded(struct str text);
/* Adds the targets that a field of the document lists. */
void relations_of_field(struct arena *arena, const struct md *md, struct word value, enum relation_kind kind,
			struct dialect_reading *reading);
/* Adds the targets of a statement whose words are not ours. */
void relations_of_words(struct arena *arena, const struct md *md, struct word text, enum relation_kind kind,
			struct dialect_reading *reading);
/* Adds the statements of a text of the document. */
void relations_of_text(struct arena *arena, const struct md *md, struct word text, struct dialect_reading *reading);

bool status_is_known(enum status status);
/* True when words of the configuration make it superseded. */
bool status_is_superseded_by_custom(const struct config *config, struct str text);
/* True when a text is a status and nothing more: "Accepted", not "Accepted risks". */
bool status_is_alone(const struct config *config, struct str text);

#define PLAIN_MAX 400

/* Text without emphasis, emoji, comments, struck parts, and with links cut to their text; blanks are single.
 * At most PLAIN_MAX bytes; lives in `buffer`. */
struct str statement_plain(struct str text, char buffer[PLAIN_MAX]);

/* ---- writing ---- */

/* What a link to a record reads. */
enum link_form { LINK_HEADING, LINK_TITLE, LINK_ID, LINK_STEM, LINK_BARE_ID, LINK_FORMS };

enum { IN_BODY, IN_FRONT, IN_EITHER };

struct record_style {
	const struct model *model;
	const struct decision_log *log; /* NULL: none yet */
	struct fields *newest_fields;   /* of the newest record with a status; NULL: none */
	const struct md *newest;
	enum field_place place;                           /* where most of the newest records say their status */
	struct str status[STATUS_UNKNOWN + 1][IN_EITHER]; /* source text; empty: the log says none so far */
	struct str verb[RELATION_KINDS];
	enum link_form link;
	struct str link_prefix;                    /* of LINK_ID and LINK_BARE_ID: "ADR-", "" */
	struct str heading_before, heading_behind; /* around the number; data NULL: headings have none */
	size_t heading_digits;                     /* zero-padded to this many; 0: as it is */
	struct str bullet;                         /* "- " or "* " */
	bool crlf;
};

/* Bytes that a value or a line holds where only the words in the middle are its text: "**", quotes, emoji. */
struct str record_core(struct str raw);
/* Words in the letter case of an example: "accepted", "Accepted", "ACCEPTED". */
struct str record_cased(struct arena *arena, struct str words, struct str like);
/* A status in the log's words and the letter case of `like` (empty: what the place is used to). */
struct str record_status_words(struct arena *arena, const struct record_style *style, enum status status, bool in_front,
			       struct str like);
/* "[2. X](0002-x.md)" from a record at `from`. */
struct str record_link(struct arena *arena, const struct record_style *style, struct str from,
		       const struct record_ref *target);

/* ---- several records in one file ---- */

struct record_part {
	struct md *md;                    /* the part of the document, its heading first */
	const struct md_heading *heading; /* of the whole document */
	struct record_title title;
	struct str house; /* the letters before its number */
};

struct record_parts {
	VEC(struct record_part) list;
};

/* The records that a document holds under headings of one level; fewer than two: it is no such file. */
struct record_parts record_parts_find(const struct model *model, const struct page *page);

/* ---- which pages are records ---- */

enum record_class { RECORD_IS, RECORD_TEMPLATE, RECORD_INDEX, RECORD_COMPANION, RECORD_UNREADABLE };
struct record_verdict {
	enum record_class class;
	const char *why; /* of what is no record */
	bool numbered;   /* the name holds a number or date */
	unsigned sure;   /* and the page a status and a section that records have: 1; a YAML file beside it too: 3 */
};
/* What a markdown page in a folder of records is. */
struct record_verdict record_classify(const struct model *model, const struct page *page);

#endif
