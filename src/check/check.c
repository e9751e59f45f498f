/* Runs every rule, then severities, overrides and suppressions. */
#include "check/check.h"
#include "check/stale_regions.h"

#include <stdarg.h>

#define X(name) extern const struct rule rule_##name;
#include "rules.inc"
#undef X

const struct rule *const rules[] = {
#define X(name) &rule_##name,
#include "rules.inc"
#undef X
};
const size_t n_rules = sizeof rules / sizeof *rules;

const struct rule *rule_find(struct str name)
{
	for (size_t i = 0; i < n_rules; i++)
		if (str_is(name, rules[i]->name))
			return rules[i];
	return NULL;
}

struct str rule_nearest(struct arena *arena, struct str name)
{
	if (rule_find(name))
		return name;
	struct str *names = NEW_ARRAY(arena, struct str, n_rules);
	for (size_t i = 0; i < n_rules; i++)
		names[i] = str_from(rules[i]->name);
	return nearest_find(name, names, n_rules);
}

__attribute__((format(printf, 2, 0))) static struct str format_list(struct arena *arena, const char *format,
								    va_list list)
{
	char *text = NULL;
	int size = vasprintf(&text, format, list);
	if (size < 0)
		world_fail("out of memory");
	struct str copy = str_dup(arena, (struct str){text, (size_t)size});
	free(text);
	return copy;
}

static struct diag *report(struct check *check, enum severity severity, struct span span, struct str message)
{
	struct diag diag = {.rule = check->rule->name, .severity = severity, .span = span, .message = message};
	return vec_add(check->arena, &check->diags->list, diag);
}

struct diag *check_report(struct check *check, struct span span, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	struct str message = format_list(check->arena, format, list);
	va_end(list);
	return report(check, check->rule->severity, span, message);
}

struct diag *check_report_as(struct check *check, enum severity severity, struct span span, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	struct str message = format_list(check->arena, format, list);
	va_end(list);
	return report(check, severity, span, message);
}

void check_note(struct check *check, struct diag *diag, struct span span, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	struct note note = {span, format_list(check->arena, format, list)};
	va_end(list);
	vec_add(check->arena, &diag->notes, note);
}

void check_help(struct check *check, struct diag *diag, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	diag->help = format_list(check->arena, format, list);
	va_end(list);
}

void check_fix(struct check *check, struct diag *diag, struct span span, struct str text)
{
	if (diag->has_fix) {
		vec_add(check->arena, &diag->more_fixes, (struct edit){span, text});
		return;
	}
	diag->fix = (struct edit){span, text};
	diag->has_fix = true;
}

void check_key(struct check *check, struct diag *diag, struct str key)
{
	(void)check;
	diag->key = key;
}

bool check_is_suppressed(const struct check *check, struct span span)
{
	if (!check->syntax || span.source >= check->syntax->n)
		return false;
	const struct suppressions *suppressions = &check->syntax->of[span.source].suppressions;
	uint32_t line = suppressions->list.n ? span_place(check->sources, span).line : 0;
	for (size_t i = 0; i < suppressions->list.n; i++) {
		const struct suppression *s = &suppressions->list.data[i];
		if (s->first_line <= line && line <= s->last_line && str_is(s->rule.str, check->rule->name))
			return true;
	}
	return false;
}

const struct sketches *check_drawings(struct check *check)
{
	if (!check->drawings) {
		struct sketches *drawings = NEW(check->arena, struct sketches);
		*drawings = fact_drawings(check->arena, check->model);
		check->drawings = drawings;
	}
	return check->drawings;
}

const struct trouble *check_trouble(struct check *check, size_t *cursor)
{
	const struct troubles *troubles = check->troubles;
	while (*cursor < troubles->list.n) {
		const struct trouble *trouble = &troubles->list.data[(*cursor)++];
		if (strcmp(trouble->rule, check->rule->name) == 0)
			return trouble;
	}
	return NULL;
}

/* Drops what configuration turns off and sets the severities it asks for. */
static void apply_severities(const struct check *check, struct diags *diags)
{
	size_t kept = 0;
	for (size_t i = 0; i < diags->list.n; i++) {
		struct diag *diag = &diags->list.data[i];
		struct str path = span_path(check->sources, diag->span);
		diag->severity = config_severity_of(check->config, diag->rule, path, diag->severity);
		if (diag->severity != SEVERITY_OFF)
			diags->list.data[kept++] = *diag;
	}
	diags->list.n = kept;
}

/* Machine files are written for other programs: what the rules about the topology ask of an inventory (that all is used,
 * named, in a network) is not asked of them. source-disagreement tells what is wrong with them. */
static void drop_in_machines(const struct check *check, size_t from)
{
	struct diags *diags = check->diags;
	size_t kept = from;
	for (size_t i = from; i < diags->list.n; i++) {
		struct span span = diags->list.data[i].span;
		if (span_is_none(span) || check->sources->list.data[span.source]->kind != SOURCE_MACHINE)
			diags->list.data[kept++] = diags->list.data[i];
	}
	diags->list.n = kept;
}

static void run_rule(struct check *check, const struct rule *rule)
{
	size_t from = check->diags->list.n;
	check->rule = rule;
	rule->run(check);
	if (strcmp(rule->group, "topology") == 0)
		drop_in_machines(check, from);
}

/* Words what is wrong with one suppression. */
static void report_suppression(struct check *check, const struct suppression *s)
{
	struct str name = s->rule.str, directive = span_text(check->sources, s->span);
	if (s->kind == SUPPRESS_UNKNOWN) {
		static const struct str known[] = {{"lintel-disable-next-line", 24},
						   {"lintel-disable-line", 19},
						   {"lintel-disable-file", 19},
						   {"lintel-disable", 14},
						   {"lintel-enable", 13}};
		struct str near = nearest_find(directive, known, sizeof known / sizeof *known);
		struct diag *diag = check_report(check, s->span, "no directive is called " STR_FMT, STR_ARG(directive));
		check_help(check, diag, "write " STR_FMT, STR_ARG(near.size ? near : known[0]));
	} else if (!name.size) {
		struct diag *diag = check_report(check, s->span, STR_FMT " names no rule, so it suppresses nothing",
						 STR_ARG(directive));
		check_help(check, diag, "write the rule behind it: <!-- " STR_FMT " RULE: why -->", STR_ARG(directive));
	} else if (!rule_find(name)) {
		struct str near = rule_nearest(check->arena, name);
		struct diag *diag = check_report(check, s->rule.span, "no rule is called " STR_FMT, STR_ARG(name));
		if (near.size)
			check_help(check, diag, "write " STR_FMT, STR_ARG(near));
	} else if (str_ends(name, STR("-syntax"))) {
		struct diag *diag = check_report(check, s->rule.span, STR_FMT " cannot be suppressed", STR_ARG(name));
		check_help(check, diag, "correct the file: what cannot be read cannot be checked");
	} else {
		struct diag *diag = check_report(check, s->rule.span,
						 "nothing to suppress: " STR_FMT " finds nothing here", STR_ARG(name));
		check_help(check, diag, "take " STR_FMT " out of the comment", STR_ARG(name));
	}
}

static void report_unused(struct check *check, const struct suppressions *suppressions)
{
	for (size_t i = 0; i < suppressions->list.n; i++)
		if (!suppressions->list.data[i].used)
			report_suppression(check, &suppressions->list.data[i]);
}

static struct suppressions all_suppressions(struct arena *arena, const struct syntax *syntax)
{
	struct suppressions all = {0};
	for (size_t i = 0; i < syntax->n; i++)
		for (size_t k = 0; k < syntax->of[i].suppressions.list.n; k++)
			vec_add(arena, &all.list, syntax->of[i].suppressions.list.data[k]);
	return all;
}

static void append(struct arena *arena, struct diags *diags, const struct diags *more)
{
	for (size_t i = 0; i < more->list.n; i++)
		vec_add(arena, &diags->list, more->list.data[i]);
}

struct diags *check_run(struct arena *arena, const struct model *model, const struct facts *facts,
			struct syntax *syntax)
{
	struct diags *diags = NEW(arena, struct diags);
	struct check check = {.arena = arena,
			      .model = model,
			      .facts = facts,
			      .config = model->config,
			      .sources = model->sources,
			      .troubles = &model->troubles,
			      .syntax = syntax,
			      .diags = diags};
	for (size_t i = 0; i < n_rules; i++)
		run_rule(&check, rules[i]);
	apply_severities(&check, diags);
	struct suppressions all = all_suppressions(arena, syntax);
	suppressions_apply(model->sources, &all, diags);
	drop_in_stale_regions(&check);

	const struct rule *unused = rule_find(STR("suppression-unused"));
	struct diags own = {0};
	check.diags = &own;
	check.rule = unused;
	report_unused(&check, &all);
	apply_severities(&check, &own);
	append(arena, diags, &own);
	diags_sort(model->sources, diags);
	return diags;
}

void check_late(struct arena *arena, const struct model *model, const struct troubles *troubles, struct syntax *syntax,
		struct diags *diags)
{
	struct diags late = {0};
	struct check check = {.arena = arena,
			      .model = model,
			      .config = model->config,
			      .sources = model->sources,
			      .troubles = troubles,
			      .diags = &late};
	for (size_t i = 0; i < troubles->list.n; i++) {
		bool first = true;
		for (size_t k = 0; k < i; k++)
			first = first && strcmp(troubles->list.data[k].rule, troubles->list.data[i].rule) != 0;
		if (first)
			run_rule(&check, rule_find(str_from(troubles->list.data[i].rule)));
	}
	apply_severities(&check, &late);
	struct suppressions all = all_suppressions(arena, syntax);
	suppressions_apply(model->sources, &all, &late);
	append(arena, diags, &late);
	diags_sort(model->sources, diags);
}
