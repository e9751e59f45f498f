/* Model to pages: the plan of the site, templates, markdown to HTML, navigation. */
#ifndef LINTEL_RENDER_H
#define LINTEL_RENDER_H

#include "draw/draw.h"

struct site;
struct output;

/* Writes the bytes of one output. Runs in workers: reads `site`, changes nothing. */
typedef void output_fn(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out);

struct output {
	struct str path; /* relative to the site */
	output_fn *write;
	const void *what; /* page, entity, decision log ... by `write` */
};

struct site {
	struct arena *arena;
	const struct model *model;
	const struct facts *facts;
	const struct diags *diags;
	const struct drawings *drawings;
	const struct config *config;
	VEC(struct output) outputs;
	struct map templates; /* name -> struct template * */
	struct site_nav *nav; /* private to render/ */
	struct str feed;      /* path of the feed of decisions; empty: no record has a date, so there is none */
	struct str error;     /* not empty: a template is wrong (file:line:col: what); nothing is written */
};

/* Reads and checks templates (built in, or from the configured folder), plans every page. */
struct site *render_plan(struct arena *arena, const struct model *model, const struct facts *facts,
			 const struct diags *diags, const struct drawings *drawings);
/* Adds one output; the first one that takes a path keeps it. */
void site_add(struct site *site, struct str path, output_fn *write, const void *what);
/* Adds every planned page, and the pictures that pages show. */
void site_add_pages(struct site *site);
void site_add_pictures(struct site *site);
/* Adds a page for every path where a document stood once, by `aliases:` of its front matter; real pages keep theirs. */
void site_add_redirects(struct site *site);
bool site_is_redirect(const struct output *output);
/* Adds style sheet, script and icon. */
void site_add_theme(struct site *site);

/* What the search finds: a section of a document, an entity, a decision, an address. */
struct search_document {
	const char *kind;
	struct str title;
	struct str page; /* that the section stands in, or the thing it belongs to; may be empty */
	struct str url;  /* relative to the site, percent-encoded, with its anchor */
	struct str hint; /* one line that tells it from others: an address, a status; may be empty */
	struct str names, text;
};

struct search_documents {
	VEC(struct search_document) list;
};

/* How much of the pages is searched, and in how many parts they are read. */
struct search_plan {
	size_t n_parts;
	size_t page_bytes;      /* of text that a page gives at most */
	unsigned section_level; /* of the deepest headings that begin a document; 0: a page is one document */
};
/* True when the client's half of the search was there when lintel was built. */
bool search_is_built_in(const struct site *site);
struct search_plan search_plan(const struct site *site);
/* Adds what is found of the pages of one part, in the order of the pages. */
void search_documents(const struct site *site, const struct search_plan *plan, size_t part, struct arena *arena,
		      struct search_documents *documents);
/* Adds every declared address. */
void search_addresses(const struct site *site, struct arena *arena, struct search_documents *documents);
/* A path of the site as the end of a URL: percent-encoded. */
struct str site_path_url(struct arena *arena, struct str path);

/* When a record changed last, seconds since the epoch: its last commit or its own date, the later; 0: not known. */
long long site_decision_updated(const struct site *site, const struct decision *decision);
/* "0007 Use X", or the title alone. */
struct str decision_text(struct arena *arena, const struct decision *decision);

/* HTML is written through these only; html_raw is the one way round. */
void html_text(struct buf *out, struct str text);
void html_attr(struct buf *out, struct str value); /* inside double quotes */
void html_url(struct buf *out, struct str url);    /* inside double quotes; dangerous schemes become "#" */
void html_raw(struct buf *out, struct str html);

#endif
