/* What is wrong and where; not how it is shown. Sources, spans, findings, suppressions, baseline. */
#ifndef LINTEL_DIAG_H
#define LINTEL_DIAG_H

#include "base/base.h"

/* ---- sources ---- */

enum source_kind {
	SOURCE_MARKDOWN,
	SOURCE_TOPOLOGY, /* topology.yaml, or one that may be (no estate: key seen yet) */
	SOURCE_DOT,
	SOURCE_MERMAID,
	SOURCE_CONFIG, /* lintel.yaml */
	SOURCE_TEMPLATE,
	SOURCE_MACHINE, /* a file of another program that may declare facts: talconfig.yaml, a manifest */
	SOURCE_OTHER
};

/* One file as it was read. Immutable after load. */
struct source {
	uint32_t id; /* index in struct sources */
	enum source_kind kind;
	struct str path; /* relative to the workspace, '/' between parts */
	struct str text; /* the bytes as read, a BOM included */
	bool is_ascii;   /* all of them are; set by load */
};

struct place_cursor;

struct sources {
	VEC(struct source *) list;   /* sorted by path; list.data[id] */
	struct place_cursor *cursor; /* the line counted last: what comes behind it is counted on from there */
	struct map by_path;          /* path -> struct source * */
};

struct source *source_find(const struct sources *sources, struct str path);
/* Used by load only: appends and gives it its id. */
struct source *source_add(struct arena *arena, struct sources *sources, enum source_kind kind, struct str path,
			  struct str text);

/* ---- spans ---- */

/* Bytes [off, off + size) of a source. source SPAN_NOWHERE: no place (about the whole workspace). */
struct span {
	uint32_t source;
	uint32_t off;
	uint32_t size;
};

#define SPAN_NOWHERE UINT32_MAX
#define SPAN_NONE ((struct span){SPAN_NOWHERE, 0, 0})

/* Lines and columns start at 1; columns count bytes; end is exclusive. */
struct place {
	uint32_t line;
	uint32_t col;
	uint32_t end_line;
	uint32_t end_col;
};

/* Costs a scan of the source from the last span asked for, or from its start when that stands behind. */
struct place span_place(const struct sources *sources, struct span span);
struct str span_text(const struct sources *sources, struct span span);
struct str span_path(const struct sources *sources, struct span span);
/* File first (by path), then offset, then size. */
int span_cmp(struct span a, struct span b);
bool span_is_none(struct span span);
/* Span of a part of a source's text. `part` must point into source->text. */
struct span span_of(const struct source *source, struct str part);

/* Text and the place it stands at. */
struct word {
	struct str str;
	struct span span;
};

/* ---- troubles ---- */

/* What load, parse and model found wrong, recorded where it was seen; the rule of that name words it as a finding. */
struct trouble {
	const char *rule; /* name of the rule that words it: "topology-syntax" */
	const char *kind; /* which case of that rule, the rule's own vocabulary: "duplicate-key" */
	struct span span;
	struct str text;       /* the offending text */
	struct str extra;      /* the nearest key, the library's message, the limit ...; may be empty */
	struct span other;     /* a second place, or SPAN_NONE */
	struct str other_text; /* what is said there, where the rule needs it */
};

struct troubles {
	VEC(struct trouble) list;
};

struct trouble *trouble_add(struct arena *arena, struct troubles *troubles, struct trouble trouble);

/* ---- findings ---- */

enum severity { SEVERITY_OFF, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

const char *severity_name(enum severity severity);
/* "off", "info", "warning", "error"; false when s is none of them. */
bool severity_parse(struct str s, enum severity *severity);

struct note {
	struct span span;
	struct str message; /* "declared here" */
};

/* Replace the bytes of span by text. */
struct edit {
	struct span span;
	struct str text;
};

struct diag {
	const char *rule;
	enum severity severity;
	struct span span;
	struct str message;
	struct str help; /* what to do; empty: none */
	VEC(struct note) notes;
	struct edit fix;
	bool has_fix;
	VEC(struct edit) more_fixes; /* of other places, that belong to the same correction */
	struct str key;              /* normalised words concerned, for the fingerprint; empty: the message */
};

/* 16 hexadecimal digits from rule, file and key; never a line number. */
struct str diag_fingerprint(struct arena *arena, const struct sources *sources, const struct diag *diag);

struct diags {
	VEC(struct diag) list;
};

/* By path, offset, rule, message; drops exact repetitions. */
void diags_sort(const struct sources *sources, struct diags *diags);
size_t diags_count(const struct diags *diags, enum severity severity);

/* ---- suppression ---- */

/* One `lintel-disable...` comment. */
struct suppression {
	enum { SUPPRESS_NEXT_LINE, SUPPRESS_LINE, SUPPRESS_BLOCK, SUPPRESS_FILE, SUPPRESS_UNKNOWN } kind;
	struct span span;    /* of the comment */
	struct word rule;    /* the rule named; empty: none, and then nothing is covered */
	uint32_t first_line; /* lines it covers, inclusive */
	uint32_t last_line;  /* UINT32_MAX: to the end */
	bool used;
};

struct suppressions {
	VEC(struct suppression) list;
};

/* Finds the comments of a source: HTML comments in markdown, # in YAML, # and // in dot, %% in mermaid.
 * Several rules in one comment (blank or comma between) give several suppressions. */
void suppressions_find(struct arena *arena, const struct source *source, struct suppressions *out);
/* Moves out of `diags` what a suppression covers and marks that suppression used. Findings of rules whose name ends
 * in "-syntax", and of suppression-unused, stay. Returns how many were taken out. */
size_t suppressions_apply(const struct sources *sources, struct suppressions *suppressions, struct diags *diags);

/* ---- edits ---- */

struct edits {
	VEC(struct edit) list;
};

/* Applies the edits of one source, sorted, and gives the new text; of overlapping ones, and of several insertions at one
 * place, the first counts. The number left out is in *skipped. */
struct str edits_apply(struct arena *arena, const struct source *source, const struct edits *edits, size_t *skipped);

/* The file of a source before and after its edits; nothing is written yet. */
struct edited {
	const struct source *source;
	const char *why;  /* not NULL: it is left alone for this reason, and what follows is not set */
	const char *file; /* below the root */
	struct str before, after;
	size_t skipped; /* edits left out */
};

/* True when no part of a path below `root` is a symbolic link, so that nothing else is written to; what is not there yet
 * is none. */
bool edits_path_is_plain(struct arena *arena, const char *root, struct str path);
/* Reads the file again and edits its own bytes. A file that a symbolic link leads to, or that has changed since it was
 * loaded, is left alone. */
struct edited edits_read(struct arena *arena, const char *root, const struct source *source, const struct edits *edits);
/* 0, or the errno for which edits_write would fail or should not be tried. */
int edits_may_write(struct arena *arena, const struct edited *edited);
/* Replaces the file as a whole; 0 or errno. */
int edits_write(const struct edited *edited);

/* ---- differences ---- */

/* Appends a unified diff of two texts under one path; nothing when they are equal. Control characters of the text are
 * made visible, and a line that a build service would read as a command is no context. */
void diff_unified(struct arena *arena, struct str path, struct str before, struct str after, struct buf *out);

#endif
