/* Suppression in place: comments that accept findings, and what each of them covered. */
#include "diag/diag.h"

#include <stdlib.h>

static const struct {
	const char *word;
	int kind;
} forms[] = {
	{"lintel-disable-next-line", SUPPRESS_NEXT_LINE},
	{"lintel-disable-line", SUPPRESS_LINE},
	{"lintel-disable-file", SUPPRESS_FILE},
	{"lintel-disable", SUPPRESS_BLOCK},
};

/* True when the word at `off` stands in a comment of that kind of source. */
static bool in_comment(const struct source *source, size_t off)
{
	struct str before = str_sub(source->text, 0, off);
	size_t line_start = str_rfind_char(before, '\n');
	struct str line = str_from_off(before, line_start == SIZE_MAX ? 0 : line_start + 1);
	line = str_trim(line);
	switch (source->kind) {
	case SOURCE_MARKDOWN: return str_ends(line, STR("<!--"));
	case SOURCE_MERMAID: return str_ends(line, STR("%%"));
	case SOURCE_DOT: return str_ends(line, STR("#")) || str_ends(line, STR("//")) || str_ends(line, STR("/*"));
	default: return str_ends(line, STR("#"));
	}
}

/* The rest of the comment behind the keyword: up to the end of the comment or line. */
static struct str comment_rest(const struct source *source, size_t off)
{
	struct str rest = str_from_off(source->text, off);
	size_t end = source->kind == SOURCE_MARKDOWN ? str_find(rest, STR("-->")) : SIZE_MAX;
	size_t newline = str_find_char(rest, '\n');
	if (newline < end)
		end = newline;
	return end == SIZE_MAX ? rest : str_sub(rest, 0, end);
}

static bool is_rule_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* One suppression for each rule named before the ':' of the reason. */
static void add_rules(struct arena *arena, const struct source *source, struct suppression base, struct str rest,
		      struct suppressions *out)
{
	size_t at = 0;
	bool any = false;
	while (at < rest.size && rest.data[at] != ':') {
		size_t start = at;
		while (at < rest.size && is_rule_char(rest.data[at]))
			at++;
		if (at == start) {
			at++;
			continue;
		}
		base.rule.str = str_sub(rest, start, at - start);
		base.rule.span = span_of(source, base.rule.str);
		vec_add(arena, &out->list, base);
		any = true;
	}
	if (!any)
		vec_add(arena, &out->list, base);
}

/* `lintel-enable` ends the open blocks of the source (of the rules it names, or all). */
static void close_blocks(struct suppressions *out, uint32_t source, struct str rest, uint32_t line)
{
	size_t colon = str_find_char(rest, ':');
	struct str rules = str_trim(str_sub(rest, 0, colon == SIZE_MAX ? rest.size : colon));
	for (size_t i = 0; i < out->list.n; i++) {
		struct suppression *s = &out->list.data[i];
		if (s->span.source != source || s->kind != SUPPRESS_BLOCK || s->last_line != UINT32_MAX)
			continue;
		if (!rules.size || (s->rule.str.size && str_find(rules, s->rule.str) != SIZE_MAX))
			s->last_line = line;
	}
}

/* A directive that is none, but was meant as one: it covers nothing, and suppression-unused tells of it. */
static void add_unknown(struct arena *arena, const struct source *source, struct str name, struct suppressions *out)
{
	static const char *const starts[] = {"lintel-disable", "lintel-enable", "lintel-ignore", "lintel-suppress"};
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(name, str_from(starts[i]))) {
			struct suppression s = {
				.kind = SUPPRESS_UNKNOWN, .span = span_of(source, name), .first_line = 1};
			vec_add(arena, &out->list, s);
			return;
		}
}

/* Reads the comment whose directive is `name`, on a line. */
static void read_comment(struct arena *arena, const struct source *source, struct str name, uint32_t line,
			 struct suppressions *out)
{
	size_t behind = (size_t)(name.data - source->text.data) + name.size;
	if (str_is(name, "lintel-enable")) {
		close_blocks(out, source->id, comment_rest(source, behind), line);
		return;
	}
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (!str_is(name, forms[i].word))
			continue;
		struct suppression s = {.kind = forms[i].kind, .span = span_of(source, name)};
		s.first_line = s.kind == SUPPRESS_FILE ? 0 : s.kind == SUPPRESS_NEXT_LINE ? line + 1 : line;
		s.last_line = s.kind == SUPPRESS_FILE || s.kind == SUPPRESS_BLOCK ? UINT32_MAX : s.first_line;
		add_rules(arena, source, s, comment_rest(source, behind), out);
		return;
	}
	add_unknown(arena, source, name, out);
}

void suppressions_find(struct arena *arena, const struct source *source, struct suppressions *out)
{
	struct str text = source->text;
	uint32_t line = 1;
	size_t counted = 0, at = 0;
	while ((at = str_find_from(text, STR("lintel-"), at)) != SIZE_MAX) {
		size_t end = at;
		while (end < text.size && is_rule_char(text.data[end]))
			end++;
		for (const char *newline; (newline = memchr(text.data + counted, '\n', at - counted));) {
			line++;
			counted = (size_t)(newline - text.data) + 1;
		}
		if (in_comment(source, at))
			read_comment(arena, source, str_sub(text, at, end - at), line, out);
		at = end;
	}
}

static bool never_suppressed(const char *rule)
{
	return str_ends(str_from(rule), STR("-syntax")) || strcmp(rule, "suppression-unused") == 0;
}

static struct suppression *covering(struct suppressions *suppressions, size_t first, const struct diag *diag,
				    uint32_t line)
{
	for (size_t i = first; i < suppressions->list.n; i++) {
		struct suppression *s = &suppressions->list.data[i];
		if (s->span.source != diag->span.source)
			break;
		if (s->first_line <= line && line <= s->last_line && str_is(s->rule.str, diag->rule))
			return s;
	}
	return NULL;
}

size_t suppressions_apply(const struct sources *sources, struct suppressions *suppressions, struct diags *diags)
{
	if (!suppressions->list.n)
		return 0;
	size_t *first = world_alloc((sources->list.n + 1) * sizeof *first);
	for (size_t i = 0; i < sources->list.n; i++)
		first[i] = suppressions->list.n;
	for (size_t i = suppressions->list.n; i-- > 0;)
		first[suppressions->list.data[i].span.source] = i;
	size_t kept = 0;
	for (size_t i = 0; i < diags->list.n; i++) {
		struct diag *diag = &diags->list.data[i];
		struct suppression *s = NULL;
		if (!span_is_none(diag->span) && !never_suppressed(diag->rule) &&
		    first[diag->span.source] < suppressions->list.n)
			s = covering(suppressions, first[diag->span.source], diag,
				     span_place(sources, diag->span).line);
		if (s)
			s->used = true;
		else
			diags->list.data[kept++] = *diag;
	}
	size_t taken = diags->list.n - kept;
	diags->list.n = kept;
	free(first);
	return taken;
}
