/* Private to render/: the hand that turns one document's tree into HTML. */
#ifndef LINTEL_MARKDOWN_HTML_H
#define LINTEL_MARKDOWN_HTML_H

#include "render/pages.h"

enum { OPEN_TAGS = 64 };

/* A raw HTML element that is open, and the markdown block it was opened in. */
struct open_tag {
	const char *name; /* of the whitelist, static */
	uint32_t container;
	bool has_first; /* the child that may only come first is there: <summary>, <caption> */
};

/* A piece of text that is wrapped, a fact or a mention, or printed in another form, a value. */
struct mark {
	uint32_t from, to; /* bytes of the source */
	const struct fact *fact;
	const struct mention *mention;
	const struct value_use *value;
};

struct footnote {
	uint32_t node;   /* of the definition */
	unsigned number; /* 0: nobody refers to it */
	unsigned references;
};

struct md_writer {
	struct writer *writer;
	const struct page *page;
	const struct md *md;
	struct arena *arena;
	struct buf *out;
	VEC(uint32_t) open;  /* nodes entered and not left */
	struct link **links; /* by node */
	size_t n_links, next_link;
	VEC(struct mark) marks; /* by place, the longer first */
	size_t next_mark;
	size_t next_heading;
	size_t next_drawing;
	struct map footnotes;   /* lower-case label -> struct footnote * */
	VEC(uint32_t) numbered; /* definitions by number, from 1 */
	unsigned n_footnotes;   /* numbered */
	bool in_code_block;
	unsigned in_link;
	const struct link *link; /* that is open; NULL: none, or one that resolve does not know */
	const char *link_close;  /* end tag of the link that is open */
	unsigned in_heading;
	uint32_t text_end;    /* text of the source from here on is not written: attributes of a heading; 0: all is */
	bool has_emoji;       /* somewhere */
	bool has_definitions; /* lines that begin with ": " */
	uint32_t cut_node;    /* of this text node the first cut_size bytes are not written */
	size_t cut_size;
	bool raw_blocks; /* raw HTML stands between blocks, not in a paragraph */
	bool in_head_row;
	bool had_body;                   /* a table's <tbody> is open */
	struct open_tag tags[OPEN_TAGS]; /* raw HTML */
	size_t n_tags;
};

/* ---- text, in markdown_marks.c ---- */

void marks_find(struct md_writer *w);
/* Text of the source from `off`, with facts and mentions marked. */
void marks_write(struct md_writer *w, struct str text);
/* True when text points into the source, so that marks apply. */
bool marks_apply(const struct md_writer *w, struct str text);

/* How far from its start a text must stand in one piece for no mark to be cut that begins in its first `size` bytes. */
size_t marks_reach(struct md_writer *w, struct str text, size_t size);

/* ---- boxes with a title, in markdown_alerts.c ---- */

/* Class of a type of alert, "note"; NULL: no type that is known. */
const char *alert_class(struct str type);
void alert_begin(struct md_writer *w, struct str type);
/* The type as a title. */
void alert_title(struct md_writer *w, struct str type);
/* Around an MD_ADMONITION, and around its title, which stands in its first child or is the type. */
void admonition_begin(struct md_writer *w, uint32_t i);
void admonition_end(struct md_writer *w, uint32_t i);
void admonition_title_begin(struct md_writer *w, uint32_t admonition);
void admonition_title_end(struct md_writer *w, uint32_t admonition);

/* ---- lists of terms and definitions, in markdown_definitions.c ---- */

/* True where any line of the document may begin a definition. */
bool definitions_are_possible(struct str source);
/* Writes a paragraph of lines "Term" and ": definition" as such a list; false: it is none. */
bool definitions_write(struct md_writer *w, uint32_t paragraph);
/* Writes nodes [from, end), in markdown_html.c. */
void md_write_nodes(struct md_writer *w, uint32_t from, uint32_t end);

/* ---- blocks of code, in markdown_code.c ---- */

void code_write_block(struct md_writer *w, const struct md_node *node);

/* ---- links and images, in markdown_links.c ---- */

void links_find(struct md_writer *w);
/* The link that resolve found for a node, or NULL. */
const struct link *link_of_node(struct md_writer *w, uint32_t node);
const struct link *link_of_target(const struct md_writer *w, struct str target);
/* Opens <a> or <span>. `link` may be NULL, then `url` counts. */
void link_begin(struct md_writer *w, const struct link *link, struct str url, struct str title);
void link_end(struct md_writer *w);
/* Behind a link to a record, or its name: says that it is no longer in force. `span`: of the link or name. */
void retired_write(struct md_writer *w, const struct decision *decision, struct span span);
void image_write(struct md_writer *w, const struct link *link, struct str url, struct str alt, struct str title);

/* ---- raw HTML, in raw_html.c ---- */

void raw_block(struct md_writer *w, struct str html, uint32_t container);
void raw_inline(struct md_writer *w, struct str html, uint32_t container);
/* Closes what was opened in a markdown block that ends. */
void raw_close(struct md_writer *w, uint32_t container);

#endif
