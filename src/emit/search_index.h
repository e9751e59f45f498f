/* Private to emit/: the index of the search, in the form that MiniSearch 7 saves and loads. */
#ifndef LINTEL_SEARCH_INDEX_H
#define LINTEL_SEARCH_INDEX_H

#include "emit/emit.h"

struct search_index;

/* Takes the terms of a text one by one. */
typedef void search_term_fn(void *context, struct str term);
/* The terms of a text as templates/search.js finds them: runs of letters and digits, in lower case, that '.', '-' and '_'
 * hold together, and their parts. `scratch` holds the terms. In search_terms.c. */
void search_terms(struct arena *scratch, struct str text, search_term_fn *take, void *context);

struct search_index *search_index_new(struct arena *arena);
/* Adds a document; its number is the count of those before it. What it holds must live as long as the index. */
void search_index_add(struct search_index *index, const struct search_document *document);
/* The JSON of MiniSearch.toJSON(), terms in byte order. */
void search_index_write(struct search_index *index, struct buf *out);

#endif
