/* Counted strings: a pointer and a size in bytes. Never owned, never NUL-terminated unless said. */
#ifndef LINTEL_STR_H
#define LINTEL_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

/* Bytes, usually UTF-8. data may be NULL only when size is 0. Lives as long as what it points into. */
struct str {
	const char *data;
	size_t size;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((struct str){NULL, 0})
/* For printf: printf(STR_FMT, STR_ARG(s)) */
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).size, (s).data ? (s).data : ""

/* The shortest functions stand here, so that a literal's size is known where they are called. */
static inline struct str str_from(const char *c_string)
{
	return c_string ? (struct str){c_string, strlen(c_string)} : STR_NONE;
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool str_is(struct str a, const char *c_string)
{
	return str_eq(a, str_from(c_string));
}

/* Clamped: never reaches outside s. */
static inline struct str str_sub(struct str s, size_t off, size_t size)
{
	if (off > s.size)
		off = s.size;
	if (size > s.size - off)
		size = s.size - off;
	return (struct str){s.data ? s.data + off : NULL, size};
}

static inline struct str str_from_off(struct str s, size_t off)
{
	return str_sub(s, off, SIZE_MAX);
}

static inline bool str_starts(struct str s, struct str prefix)
{
	return s.size >= prefix.size && str_eq(str_sub(s, 0, prefix.size), prefix);
}

static inline bool str_ends(struct str s, struct str suffix)
{
	return s.size >= suffix.size && str_eq(str_from_off(s, s.size - suffix.size), suffix);
}

/* Byte offset of the first one, or the last, or SIZE_MAX. */
static inline size_t str_find_char(struct str s, char c)
{
	const char *at = s.size ? memchr(s.data, c, s.size) : NULL;
	return at ? (size_t)(at - s.data) : SIZE_MAX;
}

static inline size_t str_rfind_char(struct str s, char c)
{
	const char *at = s.size ? memrchr(s.data, c, s.size) : NULL;
	return at ? (size_t)(at - s.data) : SIZE_MAX;
}

/* Byte order, shorter first on a common prefix: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
/* ASCII letters compare without case. */
bool str_eq_nocase(struct str a, struct str b);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends_nocase(struct str s, struct str suffix);
/* Byte offset of the first occurrence, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle);
size_t str_find_from(struct str s, struct str needle, size_t from);
size_t str_find_nocase(struct str s, struct str needle);
/* Without ASCII blanks, tabs and line ends at both ends. */
struct str str_trim(struct str s);
struct str str_trim_left(struct str s);
struct str str_trim_right(struct str s);
/* True when a word is one of "a|list|of|words", without case. The list is a literal: what its words begin with, and how
 * long they are, is kept by its address. */
bool str_is_listed(struct str word, const char *list);
/* Takes the part before `at` off *rest and returns it; the separator is dropped. *rest becomes empty, data NULL, at the end. */
struct str str_cut(struct str *rest, char at);
/* As str_cut at '\n', and drops one '\r' before it. */
struct str str_cut_line(struct str *rest);
/* True when s is a decimal number of 1 to 18 digits, stored in *number. */
bool str_to_number(struct str s, long long *number);
/* Copies into the arena; a NUL follows the copy and is not counted. */
struct str str_dup(struct arena *arena, struct str s);
const char *str_to_c(struct arena *arena, struct str s);
struct str str_lower_ascii(struct arena *arena, struct str s);
struct str str_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_join(struct arena *arena, const struct str *parts, size_t n, struct str between);
/* Percent escapes of a URL undone; malformed ones, and NUL, stay as written. */
struct str str_percent_decoded(struct arena *arena, struct str s);
struct str str_replace(struct arena *arena, struct str s, struct str from, struct str to);

#endif
