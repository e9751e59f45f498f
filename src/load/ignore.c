/* Patterns are split at '/', so that * within a part and ** between parts each need one place to go back to. */
#include "load/ignore.h"

/* Names of the character classes of a bracket expression. */
static bool class_has(struct str name, unsigned char c)
{
	static const struct {
		const char *name;
		int (*has)(int);
	} classes[] = {
		{"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl},
		{"digit", isdigit}, {"graph", isgraph}, {"lower", islower}, {"print", isprint},
		{"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit},
	};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (str_is(name, classes[i].name))
			return c < 0x80 && classes[i].has(c);
	}
	return false;
}

/* One character of a bracket expression, its backslash taken off; *at moves behind it. */
static unsigned char bracket_char(struct str p, size_t *at)
{
	if (p.data[*at] == '\\' && *at + 1 < p.size)
		(*at)++;
	return (unsigned char)p.data[(*at)++];
}

/* Bracket expression at p[*at] == '['. Moves *at behind it; an unclosed one matches nothing. */
static bool bracket_matches(struct str p, size_t *at, unsigned char c)
{
	size_t i = *at + 1;
	bool negated = i < p.size && (p.data[i] == '!' || p.data[i] == '^');
	bool found = false;
	if (negated)
		i++;
	for (size_t first = i; i < p.size && (p.data[i] != ']' || i == first);) {
		if (p.data[i] == '[' && i + 1 < p.size && p.data[i + 1] == ':') {
			size_t end = str_find_from(p, STR(":]"), i + 2);
			if (end != SIZE_MAX) {
				found |= class_has(str_sub(p, i + 2, end - i - 2), c);
				i = end + 2;
				continue;
			}
		}
		unsigned char low = bracket_char(p, &i), high = low;
		if (i + 1 < p.size && p.data[i] == '-' && p.data[i + 1] != ']') {
			i++;
			high = bracket_char(p, &i);
		}
		found |= low <= c && c <= high;
	}
	if (i >= p.size) {
		*at = p.size;
		return false;
	}
	*at = i + 1;
	return found != negated;
}

/* One pattern element at p[*at], no '*', against c. Moves *at behind it. */
static bool element_matches(struct str p, size_t *at, char c)
{
	if (p.data[*at] == '?') {
		(*at)++;
		return true;
	}
	if (p.data[*at] == '[')
		return bracket_matches(p, at, (unsigned char)c);
	if (p.data[*at] == '\\') {
		if (++*at >= p.size)
			return false;
	}
	return p.data[(*at)++] == c;
}

/* A pattern without '/' against a name. */
static bool part_matches(struct str p, struct str name)
{
	size_t pi = 0, ni = 0, star = SIZE_MAX, star_name = 0;
	while (ni < name.size) {
		if (pi < p.size && p.data[pi] == '*') {
			star = ++pi;
			star_name = ni;
			continue;
		}
		size_t next = pi;
		if (pi < p.size && element_matches(p, &next, name.data[ni])) {
			pi = next;
			ni++;
		} else if (star != SIZE_MAX) {
			pi = star;
			ni = ++star_name;
		} else {
			return false;
		}
	}
	while (pi < p.size && p.data[pi] == '*')
		pi++;
	return pi == p.size;
}

/* The part of s that starts at `at`; *next is where the one behind it starts, SIZE_MAX at the end. */
static struct str part_at(struct str s, size_t at, size_t *next)
{
	struct str rest = str_from_off(s, at);
	size_t slash = str_find_char(rest, '/');
	*next = slash == SIZE_MAX ? SIZE_MAX : at + slash + 1;
	return slash == SIZE_MAX ? rest : str_sub(rest, 0, slash);
}

bool ignore_matches(struct str pattern, struct str path)
{
	size_t pi = 0, ni = 0, star = SIZE_MAX, star_path = 0;
	while (ni != SIZE_MAX) {
		size_t pnext = 0, nnext = 0;
		struct str name = part_at(path, ni, &nnext);
		struct str part = pi == SIZE_MAX ? STR_NONE : part_at(pattern, pi, &pnext);
		if (pi != SIZE_MAX && str_is(part, "**")) {
			if (pnext == SIZE_MAX)
				return true;
			star = pi = pnext;
			star_path = ni;
		} else if (pi != SIZE_MAX && part_matches(part, name)) {
			pi = pnext;
			ni = nnext;
		} else if (star != SIZE_MAX) {
			part_at(path, star_path, &star_path);
			pi = star;
			ni = star_path;
		} else {
			return false;
		}
	}
	return pi == SIZE_MAX;
}

/* Blanks at the end count only behind a backslash. */
static struct str trim_blanks(struct str line)
{
	size_t end = 0;
	for (size_t i = 0; i < line.size; i++) {
		if (line.data[i] == '\\' && i + 1 < line.size)
			end = ++i + 1;
		else if (line.data[i] != ' ')
			end = i + 1;
	}
	return str_sub(line, 0, end);
}

static bool is_literal(struct str pattern)
{
	for (size_t i = 0; i < pattern.size; i++) {
		if (strchr("*?[\\", pattern.data[i]))
			return false;
	}
	return true;
}

/* False for a line that is no rule. */
static bool rule_read(struct str line, struct ignore_rule *rule)
{
	*rule = (struct ignore_rule){0};
	if (line.size == 0 || line.data[0] == '#')
		return false;
	line = trim_blanks(line);
	if (line.size && line.data[0] == '!') {
		rule->negated = true;
		line = str_from_off(line, 1);
	}
	if (line.size && line.data[line.size - 1] == '/') {
		rule->folders_only = true;
		line = str_sub(line, 0, line.size - 1);
	}
	rule->anchored = str_find_char(line, '/') != SIZE_MAX;
	if (line.size && line.data[0] == '/')
		line = str_from_off(line, 1);
	rule->pattern = line;
	rule->literal = is_literal(line);
	return line.size > 0;
}

const struct ignore_level *ignore_read(struct arena *arena, const struct ignore_level *above, struct str base,
				       struct str text, bool *full)
{
	struct ignore_level *level = NEW(arena, struct ignore_level);
	level->above = above;
	level->base = base;
	level->n_all = above ? above->n_all : 0;
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_from_off(text, 3);
	while (text.size) {
		struct ignore_rule rule;
		if (!rule_read(str_cut_line(&text), &rule))
			continue;
		if (level->n_all >= IGNORE_RULES) {
			*full = true;
			break;
		}
		vec_add(arena, &level->rules, rule);
		level->n_all++;
	}
	return level;
}

static bool rule_covers(const struct ignore_rule *rule, struct str below, struct str name, bool is_folder)
{
	if (rule->folders_only && !is_folder)
		return false;
	struct str subject = rule->anchored ? below : name;
	if (rule->literal)
		return str_eq(rule->pattern, subject);
	return rule->anchored ? ignore_matches(rule->pattern, subject) : part_matches(rule->pattern, subject);
}

bool ignore_covers(const struct ignore_level *level, struct str path, bool is_folder)
{
	struct str name = path_base(path);
	for (; level; level = level->above) {
		struct str below = level->base.size ? str_from_off(path, level->base.size + 1) : path;
		for (size_t i = level->rules.n; i-- > 0;) {
			if (rule_covers(&level->rules.data[i], below, name, is_folder))
				return !level->rules.data[i].negated;
		}
	}
	return false;
}
