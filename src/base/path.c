/* Paths and shell patterns as text. */
#include "base/path.h"

#include "base/banned.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

/* A pattern with more alternatives in braces than this matches nothing. */
#define ALTERNATIVES_MAX 1000

struct str path_dir(struct str path)
{
	size_t slash = str_rfind_char(path, '/');

	if (slash == SIZE_MAX)
		return STR("");
	return str_sub(path, 0, slash == 0 ? 1 : slash);
}

struct str path_base(struct str path)
{
	size_t slash = str_rfind_char(path, '/');

	return slash == SIZE_MAX ? path : str_from_off(path, slash + 1);
}

/* Offset of the last dot in the base name, or its size: a dot in front (".gitignore") begins no extension. */
static size_t extension_off(struct str base)
{
	size_t dot = str_rfind_char(base, '.');

	return dot == SIZE_MAX || dot == 0 || str_is(base, "..") ? base.size : dot;
}

struct str path_stem(struct str path)
{
	struct str base = path_base(path);

	return str_sub(base, 0, extension_off(base));
}

struct str path_extension(struct str path)
{
	struct str base = path_base(path);

	return str_from_off(base, extension_off(base));
}

/* The end of the normalised text without its last part. `root` is 1 for an absolute path. */
static size_t without_last(const char *text, size_t size, size_t root)
{
	while (size > root && text[size - 1] != '/')
		size--;
	return size > root ? size - 1 : size;
}

static size_t add_part(char *text, size_t size, size_t root, struct str part)
{
	if (size > root)
		text[size++] = '/';
	memcpy(text + size, part.data, part.size);
	return size + part.size;
}

struct str path_normal(struct arena *arena, struct str path)
{
	char *text = arena_alloc(arena, path.size + 1);
	size_t root = str_starts(path, STR("/"));
	size_t size = root;

	if (root)
		text[0] = '/';
	while (path.data) {
		struct str part = str_cut(&path, '/');
		struct str last = path_base((struct str){text + root, size - root});

		if (part.size == 0 || str_is(part, "."))
			continue;
		if (!str_is(part, ".."))
			size = add_part(text, size, root, part);
		else if (size > root && !str_is(last, ".."))
			size = without_last(text, size, root);
		else if (!root)
			size = add_part(text, size, root, part);
	}
	text[size] = '\0';
	return (struct str){text, size};
}

struct str path_join(struct arena *arena, struct str dir, struct str name)
{
	if (dir.size == 0 || str_starts(name, STR("/")))
		return path_normal(arena, name);
	return path_normal(arena, str_join(arena, (struct str[]){dir, name}, 2, STR("/")));
}

bool path_is_outside(struct str path)
{
	return str_is(path, "..") || str_starts(path, STR("../")) || str_starts(path, STR("/"));
}

struct str path_relative(struct arena *arena, struct str dir, struct str target)
{
	struct buf out = {0};
	struct str from = path_normal(arena, dir);
	struct str to = path_normal(arena, target);
	struct str result;

	/* Drops the parts in common. */
	while (from.size && to.size) {
		struct str from_rest = from;
		struct str to_rest = to;

		if (!str_eq(str_cut(&from_rest, '/'), str_cut(&to_rest, '/')))
			break;
		from = from_rest;
		to = to_rest;
	}
	while (from.size) {
		str_cut(&from, '/');
		buf_adds(&out, out.size ? "/.." : "..");
	}
	if (to.size) {
		if (out.size)
			buf_addc(&out, '/');
		buf_add(&out, to);
	}
	if (out.size == 0)
		buf_addc(&out, '.');
	result = buf_dup(arena, &out);
	buf_free(&out);
	return result;
}

bool path_is_under(struct str path, struct str dir)
{
	if (str_ends(dir, STR("/")))
		dir.size--;
	if (dir.size == 0)
		return true;
	return str_starts(path, dir) && (path.size == dir.size || path.data[dir.size] == '/');
}

/* The code point at *off; a malformed byte stands for itself, above all code points. */
static uint32_t next_char(struct str s, size_t *off)
{
	uint32_t c = utf8_next(s, off);

	return c == UTF8_BAD ? 0x110000u + (unsigned char)s.data[*off - 1] : c;
}

/* Size of the class "[...]" that begins at off, 0 when it is not closed and so stands for itself. */
static size_t class_size(struct str pattern, size_t off)
{
	size_t i = off + 1;

	if (i < pattern.size && (pattern.data[i] == '!' || pattern.data[i] == '^'))
		i++;
	if (i < pattern.size && pattern.data[i] == ']')
		i++;
	while (i < pattern.size && pattern.data[i] != ']' && pattern.data[i] != '/')
		i++;
	return i < pattern.size && pattern.data[i] == ']' ? i + 1 - off : 0;
}

/* class: between the brackets. */
static bool class_has(struct str class, uint32_t c)
{
	size_t i = 0;
	bool negated = class.data[0] == '!' || class.data[0] == '^';
	bool found = false;

	if (negated)
		i++;
	while (i < class.size) {
		uint32_t from = next_char(class, &i);
		uint32_t to = from;

		if (i + 1 < class.size && class.data[i] == '-') {
			i++;
			to = next_char(class, &i);
		}
		found = found || (c >= from && c <= to);
	}
	return found != negated;
}

/* Matches one item of the pattern that is no star against one character of the path; moves both behind. */
static bool match_one(struct str path, size_t *at, struct str pattern, size_t *p)
{
	uint32_t c;
	uint32_t wanted;
	size_t size;

	if (*at >= path.size || *p >= pattern.size)
		return false;
	c = next_char(path, at);
	if (pattern.data[*p] == '?') {
		*p += 1;
		return c != '/';
	}
	size = pattern.data[*p] == '[' ? class_size(pattern, *p) : 0;
	if (size) {
		struct str class = str_sub(pattern, *p + 1, size - 2);

		*p += size;
		return c != '/' && class_has(class, c);
	}
	if (pattern.data[*p] == '\\' && *p + 1 < pattern.size)
		*p += 1;
	wanted = next_char(pattern, p);
	return c == wanted;
}

/* The latest star met: where the pattern goes on behind it, and where in the path the next trial starts. */
struct star {
	size_t pattern; /* SIZE_MAX: none */
	size_t path;
	bool whole_parts; /* "**" between slashes: stands for whole parts */
};

/* Gives the star one more character, or part. */
static bool star_extend(struct star *star, struct str path, bool deep)
{
	if (star->pattern == SIZE_MAX)
		return false;
	if (deep && star->whole_parts) {
		size_t slash = str_find_from(path, STR("/"), star->path);

		star->path = slash == SIZE_MAX ? path.size + 1 : slash + 1;
		return star->path <= path.size;
	}
	if (star->path >= path.size || (!deep && path.data[star->path] == '/'))
		return false;
	next_char(path, &star->path);
	return true;
}

/* Reads "*" or "**" (and the slash behind it, when it stands for whole parts) at *p. */
static struct star star_read(struct str pattern, size_t *p, size_t at, bool *deep)
{
	struct star star = {.path = at};
	bool after_slash = *p == 0 || pattern.data[*p - 1] == '/';
	size_t n = 0;

	while (*p < pattern.size && pattern.data[*p] == '*') {
		*p += 1;
		n++;
	}
	*deep = n > 1;
	if (*deep && after_slash && *p < pattern.size && pattern.data[*p] == '/') {
		*p += 1;
		star.whole_parts = true;
	}
	star.pattern = *p;
	return star;
}

/* A pattern without braces against the whole path. Only the latest star of each kind is ever extended: an earlier one
 * could reach nothing that the latest cannot. */
static bool glob_matches(struct str path, struct str pattern)
{
	struct star shallow = {.pattern = SIZE_MAX};
	struct star deep = {.pattern = SIZE_MAX};
	size_t p = 0;
	size_t at = 0;

	for (;;) {
		if (p == pattern.size && at == path.size)
			return true;
		if (p < pattern.size && pattern.data[p] == '*') {
			bool is_deep;
			struct star star = star_read(pattern, &p, at, &is_deep);

			if (is_deep) {
				deep = star;
				shallow.pattern = SIZE_MAX;
			} else {
				shallow = star;
			}
			continue;
		}
		if (match_one(path, &at, pattern, &p))
			continue;
		if (star_extend(&shallow, path, false)) {
			p = shallow.pattern;
			at = shallow.path;
		} else if (star_extend(&deep, path, true)) {
			p = deep.pattern;
			at = deep.path;
			shallow.pattern = SIZE_MAX;
		} else {
			return false;
		}
	}
}

static bool alternative_matches(struct str path, struct str pattern)
{
	if (str_starts(pattern, STR("./")))
		pattern = str_from_off(pattern, 2);
	if (str_ends(pattern, STR("/"))) {
		struct buf below = {0};
		bool matches;

		buf_add(&below, str_from_off(pattern, str_starts(pattern, STR("/"))));
		buf_adds(&below, "?**");
		matches = glob_matches(path, buf_str(&below));
		buf_free(&below);
		return matches;
	}
	if (str_find_char(pattern, '/') == SIZE_MAX && str_find(pattern, STR("**")) == SIZE_MAX)
		return glob_matches(path_base(path), pattern);
	return glob_matches(path, str_from_off(pattern, str_starts(pattern, STR("/"))));
}

/* Offset of the next ',' or '}' of the brace that is open at off, over nested ones; SIZE_MAX: not closed. */
static size_t brace_next(struct str pattern, size_t off)
{
	int depth = 0;

	for (size_t i = off; i < pattern.size; i++) {
		char c = pattern.data[i];

		if (c == '\\')
			i++;
		else if (c == '{')
			depth++;
		else if (depth == 0 && (c == ',' || c == '}'))
			return i;
		else if (c == '}')
			depth--;
	}
	return SIZE_MAX;
}

/* Offset of the first '{' that is closed, or SIZE_MAX. */
static size_t brace_find(struct str pattern)
{
	for (size_t i = 0; i < pattern.size; i++) {
		size_t end = i;

		if (pattern.data[i] == '\\') {
			i++;
			continue;
		}
		if (pattern.data[i] != '{')
			continue;
		do
			end = brace_next(pattern, end + 1);
		while (end != SIZE_MAX && pattern.data[end] == ',');
		if (end != SIZE_MAX)
			return i;
	}
	return SIZE_MAX;
}

/* Tries every alternative; *left counts down over all of them. */
static bool braces_match(struct str path, struct str pattern, unsigned *left)
{
	size_t open = brace_find(pattern);
	size_t close = open;
	bool matches = false;

	if (*left == 0)
		return false;
	*left -= 1;
	if (open == SIZE_MAX)
		return alternative_matches(path, pattern);
	do
		close = brace_next(pattern, close + 1);
	while (pattern.data[close] == ',');
	for (size_t from = open + 1; from <= close && !matches;) {
		size_t to = brace_next(pattern, from);
		struct buf one = {0};

		buf_add(&one, str_sub(pattern, 0, open));
		buf_add(&one, str_sub(pattern, from, to - from));
		buf_add(&one, str_from_off(pattern, close + 1));
		matches = braces_match(path, buf_str(&one), left);
		buf_free(&one);
		from = to + 1;
	}
	return matches;
}

bool path_matches(struct str path, struct str pattern)
{
	unsigned left = ALTERNATIVES_MAX;

	if (str_find_char(pattern, '{') == SIZE_MAX)
		return alternative_matches(path, pattern);
	return braces_match(path, pattern, &left);
}
