/* UTF-8 and the few Unicode properties that anchors, search and reports need. */
#ifndef LINTEL_UTF8_H
#define LINTEL_UTF8_H

#include <stdint.h>

#include "base/str.h"

#define UTF8_BAD 0xFFFFFFFFu

/* Code point at s[*off], and *off moved behind it; UTF8_BAD (and one byte further) on malformed bytes. */
uint32_t utf8_next(struct str s, size_t *off);
/* Offset of the first malformed byte, or SIZE_MAX. */
size_t utf8_invalid_at(struct str s);
/* Writes 1 to 4 bytes, returns how many. */
size_t utf8_encode(uint32_t code_point, char out[4]);
size_t utf8_count(struct str s);
/* Columns in a terminal: 0 for combining, 2 for wide. */
size_t utf8_width(struct str s);
struct str utf8_lower(struct arena *arena, struct str s);
/* Letters (Alphabetic), marks, decimal and letter numbers, connector punctuation: what a GitHub slug keeps. */
bool utf8_is_word(uint32_t code_point);
bool utf8_is_letter(uint32_t code_point);
bool utf8_is_upper(uint32_t code_point);
bool utf8_is_space(uint32_t code_point);
bool utf8_is_punctuation(uint32_t code_point);
/* NFC, lower case, marks dropped: for search and loose comparison. */
struct str utf8_fold(struct arena *arena, struct str s);
/* Latin letter that a look-alike of another script imitates (Cyrillic а -> 'a'), or 0. */
char utf8_lookalike(uint32_t code_point);
/* GitHub's anchor of a heading's rendered text, without the -1, -2 for duplicates. */
struct str utf8_slug(struct arena *arena, struct str text);
/* Makes foreign text fit for a terminal or log line: control, escape and bidi characters become visible (\x1b, U+202E). */
struct str utf8_printable(struct arena *arena, struct str s);

#endif
