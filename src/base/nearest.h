/* "Did you mean": edit distance over code points with transpositions. */
#ifndef LINTEL_NEAREST_H
#define LINTEL_NEAREST_H

#include "base/str.h"

/* Damerau-Levenshtein distance (optimal string alignment), ASCII case ignored; stops at `limit` + 1. */
size_t nearest_distance(struct str a, struct str b, size_t limit);
/* The candidate within a third of the word's length (at least 1, at most 3 edits), the first of the closest; data NULL when none. */
struct str nearest_find(struct str word, const struct str *candidates, size_t n);

#endif
