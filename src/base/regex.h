/* PCRE2 with JIT and limits. Patterns of documents (watch:) are untrusted, so limits are always on. */
#ifndef LINTEL_REGEX_H
#define LINTEL_REGEX_H

#include "base/str.h"

struct regex;

struct regex_match {
	size_t n;             /* groups, the whole match included; 0: no match */
	struct str group[10]; /* data NULL: the group took no part */
};

/* UTF-8, JIT, limits set. NULL on a bad pattern, with *error (in the arena) saying why. Lives as long as the arena. */
struct regex *regex_compile(struct arena *arena, struct str pattern, struct str *error);
/* First match at or after byte `from`. A limit that is reached counts as no match. */
struct regex_match regex_find(const struct regex *regex, struct str subject, size_t from);

#endif
