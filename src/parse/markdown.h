/* Private to parse/: the steps between cmark-gfm's tree and struct md. */
#ifndef LINTEL_PARSE_MARKDOWN_H
#define LINTEL_PARSE_MARKDOWN_H

#include "parse/parse.h"

/* ---- the bridge to cmark-gfm ---- */

/* One step of a walk over the library's tree. Strings live until the walk ends. */
struct md_event {
	enum md_kind kind;
	bool enter;    /* else it leaves a node that has children */
	uint8_t flags; /* MD_TIGHT, MD_ORDERED, MD_TASK, MD_DONE, MD_HEADER */
	uint8_t level; /* as in struct md_node */
	uint32_t line; /* blocks: from 1, in the text that was parsed; 0 when the library does not say */
	uint32_t col;  /* in bytes, from 1, or 0 */
	uint32_t end_line;
	bool before_table;  /* a paragraph that was cut off a table's head: "\|" means "|" there too */
	struct str literal; /* text, code, HTML; URL of a link or image, when it is left */
	struct str title;
};

typedef void md_event_fn(void *context, const struct md_event *event);

/* Parses and walks. False when the library wanted more than `bytes` of memory; events may have been given by then. */
bool md_bridge(struct str text, size_t bytes, md_event_fn *fn, void *context);

/* ---- places in the source ---- */

/* Offset in a literal, and where that byte and those after it stand in the source. */
struct md_mapped {
	uint32_t at;
	uint32_t off;
};

/* Reads the inline content of one block along the source bytes. */
struct md_cursor {
	struct arena *scratch;
	struct str text; /* the whole source */
	uint32_t pos, end;
	unsigned quotes;              /* block quotes around: their marks stand at line starts */
	bool cell;                    /* of a table: "\|" means "|" */
	size_t budget;                /* bytes that searches may still look at, for the document */
	VEC(struct md_mapped) mapped; /* of the last literal that was found */
};

enum md_match { MD_MATCH_TEXT, MD_MATCH_RAW, MD_MATCH_CODE };

/* Matches the literal at the cursor, moves behind it and fills `mapped`. False: nothing moved. */
bool md_cursor_match(struct md_cursor *cursor, struct str literal, enum md_match mode);
/* The same at the nearest place after the cursor, within the block and the budget. */
bool md_cursor_search(struct md_cursor *cursor, struct str literal, enum md_match mode);
/* Moves over one byte if it is this one. */
bool md_cursor_take(struct md_cursor *cursor, char c);
/* Moves over blanks, a line end and what containers put before the next line; true when there was a line end. */
bool md_cursor_break(struct md_cursor *cursor);
/* Moves over quote marks and blanks at a line's start. */
void md_cursor_prefix(struct md_cursor *cursor);

/* ---- links in the source ---- */

struct md_range {
	uint32_t from, to;
};

/* `[label]: destination "title"`, as it stands in the source. */
struct md_definition {
	struct md_range label;
	struct md_range target;
	bool pooled; /* URL and title, as a link was given them, are in the pool at pooled_at */
	uint32_t pooled_at;
	size_t pooled_size;         /* of both together */
	struct md_definition *next; /* same label, later in the source */
};

/* Reads a definition at the cursor and moves behind it and its line end. False: there is none, nothing moved. */
bool md_definition_read(struct md_cursor *cursor, struct md_definition *definition);
/* Normalised label -> first struct md_definition *, for every place in the text that reads as one. */
void md_definitions_find(struct md_cursor cursor, struct map *definitions);
struct str md_label_normal(struct arena *arena, struct str label);

enum md_tail { MD_TAIL_NONE, MD_TAIL_INLINE, MD_TAIL_LABEL, MD_TAIL_EMPTY_LABEL };

/* What follows the closing bracket of a link: "(destination)", "[label]", "[]", or nothing.
 * `part` is the destination or label. */
struct md_tail_found {
	enum md_tail tail;
	struct md_range part;
};
struct md_tail_found md_tail_read(struct md_cursor *cursor);

/* ---- admonitions ---- */

enum md_mark_kind { MD_MARK_NONE, MD_MARK_ITEM, MD_MARK_OPEN, MD_MARK_CLOSE };

/* A line that opens or closes an admonition. */
struct md_mark {
	enum md_mark_kind kind;
	uint32_t line; /* as in struct md_event */
	char form;     /* as the level of MD_ADMONITION */
	struct md_range type, title;
	bool untitled; /* the title is written as none */
	bool closed;   /* its other end is there */
	bool found;    /* the library read it as what it was given as */
};

/* ---- lowering ---- */

/* A node that has children and is not left yet. */
struct md_open {
	enum md_kind kind;
	bool kept;        /* false: deeper than the limit, its children stand in its ancestor */
	uint32_t node;    /* when kept */
	uint32_t cover;   /* where its last descendant ends */
	char bracket;     /* link: '[', '<', or 0 for a bare one */
	uint32_t content; /* link: offset behind its opening mark */
	bool own;         /* an admonition that the library does not know of */
	bool dropped;     /* a list whose items are admonitions; a title that is none */
};

struct md_lower {
	struct arena *arena; /* of the result: for troubles only, until the walk is done */
	struct arena *scratch;
	struct md *md;
	const struct md_limits *limits;
	struct str text;     /* the whole source */
	uint32_t from;       /* where the text given to the library begins */
	VEC(uint32_t) lines; /* offset of each line of it */
	VEC(struct md_node) nodes;
	VEC(struct md_piece) pieces;
	VEC(struct md_open) open;
	struct buf *pool;
	struct md_cursor cursor;
	struct map definitions;
	struct md_definition unknown;     /* stands for one that was not found */
	VEC(struct md_range) cells;       /* of the row */
	size_t cell;                      /* the next one */
	unsigned quotes;                  /* open block quotes */
	size_t block_depth, inline_depth; /* of kept nodes */
	bool told_depth;
	VEC(struct md_mark) marks; /* by line */
	bool astray;               /* what the library found does not fit the marks */
};

/* Reads the lines and definitions of the text. */
void md_lower_begin(struct md_lower *l);
/* An md_event_fn; context is the struct md_lower. */
void md_lower_event(void *context, const struct md_event *event);
void md_lower_inline(struct md_lower *l, const struct md_event *event);

struct md_open *md_top(struct md_lower *l);
uint32_t md_add_node(struct md_lower *l, struct md_node node);
void md_add_leaf(struct md_lower *l, struct md_node node);
/* The open node reaches to `end` at least. */
void md_cover(struct md_lower *l, uint32_t end);
void md_add_piece(struct md_lower *l, size_t text, uint32_t off);
/* Gives a node the literal that the cursor just matched, or, when it did not, a copy without a place. */
void md_set_text(struct md_lower *l, struct md_node *node, struct str literal, bool found);
void md_too_deep(struct md_lower *l, uint32_t off);

/* What the library is to parse: the text from l->from on, or a copy of the same size. Fills l->marks, without those that
 * were not found `before`, when that is not NULL. */
struct str md_admonitions_rewrite(struct md_lower *l, const struct md_lower *before);
/* The mark on a line, or NULL. */
struct md_mark *md_mark_at(const struct md_lower *l, uint32_t line);
/* True when the library found every mark, and each where it could stand. */
bool md_marks_fit(const struct md_lower *l);

/* ---- after lowering ---- */

/* Headings with anchors, ids of HTML and of headings, references without definition.
 * `has_definitions`: the document has any. */
void md_headings(struct arena *arena, struct arena *scratch, struct md *md);
void md_html_ids(struct arena *arena, struct md *md);
void md_undefined_references(struct arena *arena, struct md *md, bool has_definitions);

/* ---- front matter ---- */

/* Fills md->front and returns the offset of the text behind it (behind a BOM when there is none). */
uint32_t front_matter_read(struct arena *arena, struct md *md);

#endif
