/* Regions about decisions: the index of a log, and its records counted by status. */
#include "fact/region.h"

#include <ctype.h>
#include <stdlib.h>

/* In the order in which a sentence names them. */
static const struct {
	enum status status;
	const char *name, *color;
} counted[] = {
	{STATUS_ACCEPTED, "accepted", "brightgreen"},
	{STATUS_PROPOSED, "proposed", "yellow"},
	{STATUS_DRAFT, "draft", "lightgrey"},
	{STATUS_SUPERSEDED, "superseded", "lightgrey"},
	{STATUS_DEPRECATED, "deprecated", "lightgrey"},
	{STATUS_REJECTED, "rejected", "red"},
	{STATUS_WITHDRAWN, "withdrawn", "lightgrey"},
	{STATUS_DEFERRED, "deferred", "lightgrey"},
	{STATUS_UNKNOWN, "without a known status", "lightgrey"},
};
enum { N_COUNTED = sizeof counted / sizeof *counted };

static struct str taken(struct arena *arena, struct buf *cell)
{
	struct str text = buf_dup(arena, cell);
	buf_clear(cell);
	return text;
}

static struct str label_of(const struct decision *decision)
{
	return decision->number >= 0 ? decision->id : STR_NONE;
}

/* A record in a file of several has its heading's anchor. */
static void record_link(struct region_maker *maker, struct buf *out, struct str text, const struct decision *decision)
{
	region_link(maker, out, text, decision->source->path);
	if (!decision->anchor.size)
		return;
	out->data[--out->size] = '\0';
	buf_addf(out, "#" STR_FMT ")", STR_ARG(decision->anchor));
}

/* What took the record's place: as it says itself, else as the others say. */
struct successors {
	VEC(const struct decision *) list;
};

static void add_successor(struct arena *arena, struct successors *successors, const struct decision *decision)
{
	for (size_t i = 0; i < successors->list.n; i++)
		if (successors->list.data[i] == decision)
			return;
	vec_add(arena, &successors->list, decision);
}

static struct successors successors_of(struct arena *arena, const struct decision *decision)
{
	struct successors successors = {0};
	for (size_t i = 0; i < decision->relations.n; i++) {
		const struct relation *relation = &decision->relations.data[i];
		if (relation->kind == RELATION_SUPERSEDED_BY && relation->target && !relation->partial)
			add_successor(arena, &successors, relation->target);
	}
	for (size_t i = 0; !successors.list.n && i < decision->incoming.n; i++)
		if (decision->incoming.data[i]->kind == RELATION_SUPERSEDES && !decision->incoming.data[i]->partial)
			add_successor(arena, &successors, decision->incoming_from.data[i]);
	return successors;
}

static void write_status(struct region_maker *maker, struct buf *cell, const struct decision *decision)
{
	enum status status = decision->effective_status;
	if (status == STATUS_NONE || status == STATUS_UNKNOWN) {
		region_text(cell, decision->status_text.str);
		return;
	}
	buf_adds(cell, status_name(status));
	if (status != STATUS_SUPERSEDED)
		return;
	struct successors successors = successors_of(maker->arena, decision);
	for (size_t i = 0; i < successors.list.n; i++) {
		const struct decision *successor = successors.list.data[i];
		struct str label = label_of(successor);
		buf_adds(cell, i ? ", " : " by ");
		record_link(maker, cell, label.size ? label : successor->title.str, successor);
	}
}

static void write_date(struct region_maker *maker, struct buf *cell, const struct decision *decision)
{
	if (date_is_valid(decision->date))
		buf_add(cell, date_format(maker->arena, decision->date));
	else
		region_text(cell, decision->date_text.str);
}

/* The records that `is_in` holds for, by the name of a group. */
typedef bool in_group(const struct decision *decision, struct str group);

static void write_table(struct region_maker *maker, in_group *is_in, struct str group)
{
	struct region_table table = {.arena = maker->arena};
	struct buf cell = {0};
	region_column(&table, STR("Number"));
	region_column(&table, STR("Title"));
	region_column(&table, STR("Status"));
	region_column(&table, STR("Date"));
	for (size_t i = 0; i < maker->log->decisions.n; i++) {
		const struct decision *decision = maker->log->decisions.data[i];
		if (!is_in(decision, group))
			continue;
		struct str title = decision->title.str.size ? decision->title.str : decision->stem;
		struct str *row = region_row(&table);
		region_text(&cell, label_of(decision));
		row[0] = taken(maker->arena, &cell);
		record_link(maker, &cell, title, decision);
		row[1] = taken(maker->arena, &cell);
		write_status(maker, &cell, decision);
		row[2] = taken(maker->arena, &cell);
		write_date(maker, &cell, decision);
		row[3] = taken(maker->arena, &cell);
	}
	buf_free(&cell);
	region_table_write(&table, maker->out);
}

/* ---- groups ---- */

static bool is_any(const struct decision *decision, struct str group)
{
	(void)decision;
	(void)group;
	return true;
}

static struct str status_word(const struct decision *decision)
{
	const char *name = status_name(decision->effective_status);
	return name && decision->effective_status != STATUS_UNKNOWN ? str_from(name) : STR("");
}

static bool is_of_status(const struct decision *decision, struct str group)
{
	return str_eq(status_word(decision), group);
}

static int year_of(const struct decision *decision)
{
	return date_is_valid(decision->date) ? decision->date.year : 0;
}

static bool is_of_year(const struct decision *decision, struct str group)
{
	long long year = 0;
	return str_to_number(group, &year) ? year == year_of(decision) : !year_of(decision);
}

static bool is_of_tag(const struct decision *decision, struct str group)
{
	for (size_t i = 0; i < decision->tags.n; i++)
		if (str_eq_nocase(decision->tags.data[i].str, group))
			return true;
	return !group.size && !decision->tags.n;
}

/* Names of groups in the order in which they are shown; the empty one holds what has no such thing. */
struct groups {
	struct arena *arena;
	VEC(struct str) list;
	struct map seen;
};

static void add_group(struct groups *groups, struct str name)
{
	struct str key = str_lower_ascii(groups->arena, name);
	if (map_has(&groups->seen, key))
		return;
	map_put(&groups->seen, key, groups);
	vec_add(groups->arena, &groups->list, name);
}

/* Years from the newest back, tags by letter; what has none is last. */
static int group_cmp(const void *left, const void *right)
{
	struct str a = *(const struct str *)left, b = *(const struct str *)right;
	if (!a.size || !b.size)
		return (a.size == 0) - (b.size == 0);
	bool years = a.data[0] >= '0' && a.data[0] <= '9' && b.data[0] >= '0' && b.data[0] <= '9';
	for (size_t i = 0; !years && i < a.size && i < b.size; i++) {
		int x = tolower((unsigned char)a.data[i]), y = tolower((unsigned char)b.data[i]);
		if (x != y)
			return x - y;
	}
	return years ? str_cmp(b, a) : (a.size > b.size) - (a.size < b.size);
}

static struct groups find_groups(struct region_maker *maker)
{
	struct groups groups = {.arena = maker->arena, .seen = {.arena = maker->arena}};
	const struct decision_log *log = maker->log;
	for (size_t k = 0; k < N_COUNTED && maker->by == BY_STATUS; k++)
		add_group(&groups, counted[k].status == STATUS_UNKNOWN ? STR("") : str_from(counted[k].name));
	for (size_t i = 0; i < log->decisions.n && maker->by != BY_STATUS; i++) {
		const struct decision *decision = log->decisions.data[i];
		int year = year_of(decision);
		if (maker->by == BY_YEAR)
			add_group(&groups, year ? str_format(maker->arena, "%d", year) : STR(""));
		else if (!decision->tags.n)
			add_group(&groups, STR(""));
		for (size_t t = 0; t < decision->tags.n && maker->by == BY_TAG; t++)
			add_group(&groups, decision->tags.data[t].str);
	}
	if (maker->by != BY_STATUS && groups.list.n)
		qsort(groups.list.data, groups.list.n, sizeof *groups.list.data, group_cmp);
	return groups;
}

static void write_name(struct region_maker *maker, struct str name)
{
	static const char *const without[] = {"", "Without a known status", "Without a date", "Without a tag"};
	size_t start = maker->out->size + 2;
	buf_adds(maker->out, "**");
	region_text(maker->out, name.size ? name : str_from(without[maker->by]));
	if (maker->by == BY_STATUS && maker->out->data[start] >= 'a')
		maker->out->data[start] = (char)(maker->out->data[start] - 'a' + 'A');
	buf_adds(maker->out, "**\n\n");
}

bool region_decision_index(struct region_maker *maker)
{
	static in_group *const tests[] = {is_any, is_of_status, is_of_year, is_of_tag};
	const struct decision_log *log = maker->log;
	if (maker->by == BY_NOTHING) {
		write_table(maker, is_any, STR(""));
		return true;
	}
	struct groups groups = find_groups(maker);
	bool first = true;
	for (size_t i = 0; i < groups.list.n; i++) {
		bool any = false;
		for (size_t k = 0; k < log->decisions.n && !any; k++)
			any = tests[maker->by](log->decisions.data[k], groups.list.data[i]);
		if (!any)
			continue;
		if (!first)
			buf_addc(maker->out, '\n');
		first = false;
		write_name(maker, groups.list.data[i]);
		write_table(maker, tests[maker->by], groups.list.data[i]);
	}
	return !first;
}

/* ---- counts ---- */

struct counts {
	size_t of[N_COUNTED];
	size_t n_shown; /* that are not zero */
};

static struct counts count_decisions(const struct decision_log *log)
{
	struct counts counts = {0};
	for (size_t i = 0; i < log->decisions.n; i++) {
		enum status status = log->decisions.data[i]->effective_status;
		if (status == STATUS_NONE)
			status = STATUS_UNKNOWN;
		for (size_t k = 0; k < N_COUNTED; k++)
			counts.of[k] += counted[k].status == status;
	}
	for (size_t k = 0; k < N_COUNTED; k++)
		counts.n_shown += counts.of[k] > 0;
	return counts;
}

bool region_decision_counts(struct region_maker *maker)
{
	struct counts counts = count_decisions(maker->log);
	size_t n = maker->log->decisions.n, shown = 0;
	buf_addf(maker->out, "%zu decision%s", n, n == 1 ? "" : "s");
	for (size_t k = 0; k < N_COUNTED; k++) {
		if (!counts.of[k])
			continue;
		buf_adds(maker->out, !shown ? ": " : shown + 1 == counts.n_shown ? " and " : ", ");
		buf_addf(maker->out, "%zu %s", counts.of[k], counted[k].name);
		shown++;
	}
	return true;
}

bool region_badge_counts(struct region_maker *maker)
{
	static const char site[] = "https://img.shields.io/badge/";
	struct counts counts = count_decisions(maker->log);
	size_t n = maker->log->decisions.n;
	buf_addf(maker->out, "![%zu decision%s](%sdecisions-%zu-blue)", n, n == 1 ? "" : "s", site, n);
	for (size_t k = 0; k < N_COUNTED; k++) {
		if (!counts.of[k])
			continue;
		bool is_unknown = counted[k].status == STATUS_UNKNOWN;
		buf_addf(maker->out, " ![%zu %s](%s%s-%zu-%s)", counts.of[k], counted[k].name, site,
			 is_unknown ? "no_status" : counted[k].name, counts.of[k], counted[k].color);
	}
	return true;
}
