/* Places inside a page that a link can name; private to resolve/. */
#ifndef LINTEL_RESOLVE_ANCHORS_H
#define LINTEL_RESOLVE_ANCHORS_H

#include "model/model.h"

/* Slug rules of other renderers. All but GitHub's, which md_heading.anchor holds. */
enum slug_dialect {
	SLUG_PYTHON_MARKDOWN,
	SLUG_PYTHON_UNICODE,
	SLUG_KRAMDOWN,
	SLUG_GITLAB,
	SLUG_VITEPRESS,
	SLUG_DOCSIFY,
	SLUG_DOXIA,
	SLUG_DIALECTS
};

/* The anchor of a heading's rendered text, without a suffix for duplicates; empty when the dialect makes none. */
struct str slug_of(struct arena *arena, enum slug_dialect dialect, struct str text);
/* What such a dialect writes between an anchor and the number of its repetition. */
char slug_joint(enum slug_dialect dialect);
/* The id in `Title {#id}` and `Title {: #id }`; empty when there is none. */
struct str slug_explicit(struct str text);
/* True when `name`, a value of `anchors:`, means this dialect; "mkdocs" and "jekyll" mean those of their renderers,
 * "mkdocs.yml" both that such a file may ask for. */
bool slug_is_named(enum slug_dialect dialect, struct str name);

struct anchor {
	struct str id;                    /* as it stands in the page */
	const struct md_heading *heading; /* NULL: an HTML id */
	bool repeated;                    /* the first of several headings with one text */
	bool accepted;                    /* of another dialect: the one that is configured */
};

/* The anchors of one page, lower-cased, made when the first link asks. */
struct anchors {
	const struct page *page;
	struct map by_id;      /* GitHub's rule and HTML ids -> struct anchor * */
	struct map by_dialect; /* other renderers' rules -> struct anchor *; made at the first miss */
	bool has_dialects;
	unsigned asked; /* how often a suggestion was asked for: bounded, each costs a walk over all */
};

struct anchors *anchors_new(struct arena *arena, const struct page *page);
/* Fragment without '#', percent escapes undone. Letter case does not count. NULL: no such place. */
const struct anchor *anchors_find(struct arena *arena, const struct anchors *anchors, struct str fragment);
/* The heading that another renderer would give this anchor. `configured`: the dialect that `anchors:` names. */
const struct anchor *anchors_find_dialect(struct arena *arena, struct anchors *anchors, struct str fragment,
					  struct str configured);
/* True when the place is no heading and yet there: the top, a footnote, a line, a text fragment. */
bool anchors_has_special(const struct anchors *anchors, struct str fragment);
/* The anchor that was likely meant, or empty; a page answers a bounded number of times. */
struct str anchors_suggest(struct arena *arena, struct anchors *anchors, struct str fragment);

#endif
