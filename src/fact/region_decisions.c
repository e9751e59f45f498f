/* Regions about decisions: the index of a log, and its records counted by status. */
#include "fact/region.h"

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
		region_link(maker, cell, label.size ? label : successor->title.str, successor->source->path);
	}
}

bool region_decision_index(struct region_maker *maker)
{
	struct region_table table = {.arena = maker->arena};
	struct buf cell = {0};
	region_column(&table, STR("Number"));
	region_column(&table, STR("Title"));
	region_column(&table, STR("Status"));
	region_column(&table, STR("Date"));
	for (size_t i = 0; i < maker->log->decisions.n; i++) {
		const struct decision *decision = maker->log->decisions.data[i];
		struct str title = decision->title.str.size ? decision->title.str : decision->stem;
		struct str *row = region_row(&table);
		region_text(&cell, label_of(decision));
		row[0] = taken(maker->arena, &cell);
		region_link(maker, &cell, title, decision->source->path);
		row[1] = taken(maker->arena, &cell);
		write_status(maker, &cell, decision);
		row[2] = taken(maker->arena, &cell);
		if (date_is_valid(decision->date))
			buf_add(&cell, date_format(maker->arena, decision->date));
		else
			region_text(&cell, decision->date_text.str);
		row[3] = taken(maker->arena, &cell);
	}
	buf_free(&cell);
	region_table_write(&table, maker->out);
	return true;
}

/* ---- counts ---- */

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
