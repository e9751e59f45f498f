/* The names that prose may mention: one index per estate; private to resolve/. */
#ifndef LINTEL_RESOLVE_NAMES_H
#define LINTEL_RESOLVE_NAMES_H

#include "model/model.h"

/* One name, however many things answer to it. */
struct name {
	struct str lower;
	struct str shown; /* a spelling with capitals, else the lower one: what an ordinary word must look like */
	bool is_common;   /* an ordinary word: names something only with evidence */
	VEC(struct entity *) entities;
	struct name *next; /* of three words or more: same first two, not longer */
};

/* What begins with one word. */
struct first_word {
	struct name *name; /* the word alone is a name, or NULL */
	bool has_longer;   /* names of several words begin with it */
};

struct names_index {
	struct map by_first;   /* first word -> struct first_word * */
	struct map by_pair;    /* first two words, a blank or '/' between -> struct name * */
	uint64_t lengths[256]; /* by first byte: bit n set when a first word has n bytes; most words end here */
};

#define WORD_MAX 96

/* A word as names and hosts are written: letters and digits joined by single '-' and '.'. Lower case, hyphens plain. */
struct word_read {
	size_t raw;  /* bytes in the text; 0: no word begins here */
	size_t size; /* bytes in `lower`; 0: too long to be part of a name */
	bool is_ascii;
	char lower[WORD_MAX];
};

void word_read(struct str text, size_t off, struct word_read *word);

/* Ids, aliases and titles of an estate (NULL: none), and of every estate as such. `terms` are left out. */
struct names_index *names_index(struct arena *arena, const struct model *model, const struct estate *estate);
/* True for ordinary words of English and of the trade. Lower case. */
bool name_is_common(struct str word);
/* True for words that say a kind: "cluster", "nodes". Letter case does not count. */
bool word_says_kind(struct str word, enum entity_kind kind);
/* Bytes of the letters, digits and '_' that begin at off; 0 when none do. */
size_t word_size(struct str text, size_t off);

#endif
