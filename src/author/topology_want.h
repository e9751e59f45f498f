/* What a topology.yaml is to say, as a tree of keys. Only for author/. */
#ifndef LINTEL_TOPOLOGY_WANT_H
#define LINTEL_TOPOLOGY_WANT_H

#include "author/author.h"

enum want_kind { WANT_SCALAR, WANT_LIST, WANT_MAP };

/* A key and its value. */
struct want {
	enum want_kind kind;
	struct str key;
	struct str text;            /* scalar */
	const struct source *from;  /* the machine file that says it; NULL: several, or none */
	bool is_block;              /* of a mapping: its entries stand on lines of their own */
	VEC(struct want *) entries; /* of a mapping, by key; of a list, scalars without one */
};

/* Everything that machine files say of an estate and that its topology may say without a finding; `notes` of the result
 * tell what is left out. */
struct want *topology_want(const struct author *author, const struct estate *estate, struct author_import *import);

/* A new file's text behind its first lines. */
void want_add_file(struct buf *out, const struct want *want);
/* Appends `eol` and the entry, indented, without a line end behind it. */
void want_add_entry(struct buf *out, const struct want *want, struct str eol, size_t indent);
/* The same as an item of a list of mappings: `- {id: key, ...}`. */
void want_add_item(struct buf *out, const struct want *want, struct str eol, size_t indent);
/* "key: value", as it stands between braces. */
void want_add_flow(struct buf *out, const struct want *want);
/* "{id: key, ...}", as it stands between brackets. */
void want_add_flow_item(struct buf *out, const struct want *want);

/* Edits that add to a file what it lacks of `want`, and no other byte. Adds to import->added. */
void want_graft(const struct author *author, const struct want *want, const struct source *source, struct edits *edits,
		struct author_import *import);

#endif
