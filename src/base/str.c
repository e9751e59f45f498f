/* Counted strings: comparison, search, cutting; copies go to an arena. */
#include "base/str.h"

#include "base/banned.h"

#include <stdarg.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/world.h"

static char lower_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_blank_or_line_end(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool bytes_eq_nocase(const char *a, const char *b, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (lower_ascii(a[i]) != lower_ascii(b[i]))
			return false;
	}
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t common = a.size < b.size ? a.size : b.size;
	int order = common ? memcmp(a.data, b.data, common) : 0;

	if (order != 0)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.size == b.size && bytes_eq_nocase(a.data, b.data, a.size);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
	return s.size >= prefix.size && bytes_eq_nocase(s.data, prefix.data, prefix.size);
}

bool str_ends_nocase(struct str s, struct str suffix)
{
	return s.size >= suffix.size && str_eq_nocase(str_from_off(s, s.size - suffix.size), suffix);
}

size_t str_find(struct str s, struct str needle)
{
	return str_find_from(s, needle, 0);
}

/* Tries the places where the first byte stands; where there are many, the library's linear search goes on. */
size_t str_find_from(struct str s, struct str needle, size_t from)
{
	enum { TRIES = 64 };
	const char *at, *end;

	if (from > s.size || needle.size > s.size - from)
		return SIZE_MAX;
	if (needle.size == 0)
		return from;
	at = s.data + from;
	end = s.data + s.size - needle.size + 1;
	for (int i = 0; i < TRIES; i++, at++) {
		at = memchr(at, needle.data[0], (size_t)(end - at));
		if (!at)
			return SIZE_MAX;
		if (memcmp(at, needle.data, needle.size) == 0)
			return (size_t)(at - s.data);
	}
	at = memmem(at, (size_t)(s.data + s.size - at), needle.data, needle.size);
	return at ? (size_t)(at - s.data) : SIZE_MAX;
}

/* First letters and sizes of a list's words, as bits: most words that are asked for are in no list. */
struct outline {
	const char *list;
	uint64_t letters;
	uint64_t sizes;
};

static struct outline outline_of(const char *list)
{
	struct outline outline = {.list = list};

	for (const char *at = list, *end; *at; at = end + (*end == '|')) {
		end = strchrnul(at, '|');
		outline.letters |= 1ULL << ((unsigned char)lower_ascii(*at) & 63);
		outline.sizes |= 1ULL << (end - at < 63 ? end - at : 63);
	}
	return outline;
}

/* The place of a list among those that were asked last. */
static const struct outline *outline_find(const char *list)
{
	static struct outline known[512];
	struct outline *slot = &known[((uintptr_t)list ^ (uintptr_t)list >> 9) % 512];

	if (slot->list != list)
		*slot = outline_of(list);
	return slot;
}

bool str_is_listed(struct str word, const char *list)
{
	const struct outline *outline = outline_find(list);
	char first;

	if (word.size == 0 || !(outline->sizes >> (word.size < 63 ? word.size : 63) & 1))
		return false;
	first = lower_ascii(word.data[0]);
	if (!(outline->letters >> ((unsigned char)first & 63) & 1))
		return false;
	for (const char *at = list, *end; *at; at = end + (*end == '|')) {
		end = strchrnul(at, '|');
		if ((size_t)(end - at) == word.size && lower_ascii(*at) == first &&
		    bytes_eq_nocase(at, word.data, word.size))
			return true;
	}
	return false;
}

size_t str_find_nocase(struct str s, struct str needle)
{
	if (needle.size > s.size)
		return SIZE_MAX;
	for (size_t i = 0; i <= s.size - needle.size; i++) {
		if (needle.size == 0 || bytes_eq_nocase(s.data + i, needle.data, needle.size))
			return i;
	}
	return SIZE_MAX;
}

struct str str_trim(struct str s)
{
	return str_trim_left(str_trim_right(s));
}

struct str str_trim_left(struct str s)
{
	size_t off = 0;

	while (off < s.size && is_blank_or_line_end(s.data[off]))
		off++;
	return str_from_off(s, off);
}

struct str str_trim_right(struct str s)
{
	while (s.size > 0 && is_blank_or_line_end(s.data[s.size - 1]))
		s.size--;
	return s;
}

struct str str_cut(struct str *rest, char at)
{
	size_t off = str_find_char(*rest, at);
	struct str head = str_sub(*rest, 0, off);

	*rest = off == SIZE_MAX ? STR_NONE : str_from_off(*rest, off + 1);
	return head;
}

struct str str_cut_line(struct str *rest)
{
	struct str line = str_cut(rest, '\n');

	/* A '\r' at the end of the text ends no line. */
	if (rest->data && line.size > 0 && line.data[line.size - 1] == '\r')
		line.size--;
	return line;
}

bool str_to_number(struct str s, long long *number)
{
	long long value = 0;

	if (s.size == 0 || s.size > 18)
		return false;
	for (size_t i = 0; i < s.size; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return false;
		value = value * 10 + (s.data[i] - '0');
	}
	*number = value;
	return true;
}

/* Room for `size` bytes and the NUL, which the arena's zeroed memory already holds. */
static char *new_text(struct arena *arena, size_t size)
{
	return arena_alloc(arena, size + 1);
}

struct str str_dup(struct arena *arena, struct str s)
{
	char *copy;

	if (s.size == 0)
		return STR("");
	copy = new_text(arena, s.size);
	memcpy(copy, s.data, s.size);
	return (struct str){copy, s.size};
}

const char *str_to_c(struct arena *arena, struct str s)
{
	return str_dup(arena, s).data;
}

struct str str_lower_ascii(struct arena *arena, struct str s)
{
	char *copy = new_text(arena, s.size);

	for (size_t i = 0; i < s.size; i++)
		copy[i] = lower_ascii(s.data[i]);
	return (struct str){copy, s.size};
}

struct str str_format(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char room[256]; /* most texts fit, and are printed once */
	char *text;
	int size;

	va_start(arguments, format);
	size = vsnprintf(room, sizeof room, format, arguments);
	va_end(arguments);
	if (size < 0)
		world_fail("a message could not be formatted");
	text = new_text(arena, (size_t)size);
	if ((size_t)size < sizeof room) {
		memcpy(text, room, (size_t)size);
		return (struct str){text, (size_t)size};
	}
	va_start(arguments, format);
	vsnprintf(text, (size_t)size + 1, format, arguments);
	va_end(arguments);
	return (struct str){text, (size_t)size};
}

static char *put(char *to, struct str s)
{
	if (s.size)
		memcpy(to, s.data, s.size);
	return to + s.size;
}

struct str str_join(struct arena *arena, const struct str *parts, size_t n, struct str between)
{
	size_t size = 0;
	char *text;
	char *to;

	for (size_t i = 0; i < n; i++)
		size += parts[i].size + (i ? between.size : 0);
	text = to = new_text(arena, size);
	for (size_t i = 0; i < n; i++) {
		if (i)
			to = put(to, between);
		to = put(to, parts[i]);
	}
	return (struct str){text, size};
}

struct str str_replace(struct arena *arena, struct str s, struct str from, struct str to)
{
	size_t n = 0;
	size_t off = 0;
	size_t size;
	char *text;
	char *end;

	if (from.size == 0)
		return str_dup(arena, s);
	for (size_t at = 0; (at = str_find_from(s, from, at)) != SIZE_MAX; at += from.size)
		n++;
	size = s.size - n * from.size + n * to.size;
	text = end = new_text(arena, size);
	for (size_t i = 0; i < n; i++) {
		size_t at = str_find_from(s, from, off);

		end = put(end, str_sub(s, off, at - off));
		end = put(end, to);
		off = at + from.size;
	}
	put(end, str_from_off(s, off));
	return (struct str){text, size};
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct str str_percent_decoded(struct arena *arena, struct str s)
{
	if (str_find_char(s, '%') == SIZE_MAX)
		return s;
	char *out = arena_alloc(arena, s.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < s.size; i++) {
		int high = s.data[i] == '%' && i + 2 < s.size ? hex_digit(s.data[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(s.data[i + 2]) : -1;
		if (low < 0 || high + low == 0) {
			out[size++] = s.data[i];
			continue;
		}
		out[size++] = (char)(high * 16 + low);
		i += 2;
	}
	return (struct str){out, size};
}
