/* decision-supersession-skips: a superseded record points past its direct successor. */
#include "check/check.h"

/* Relations of one record that are looked at; more than these are no chain that a person wrote. */
#define LOOKED_AT 64

static bool is_superseded_by(const struct decision *older, const struct decision *newer)
{
	for (size_t i = 0; i < older->relations.n && i < LOOKED_AT; i++)
		if (older->relations.data[i].kind == RELATION_SUPERSEDED_BY && older->relations.data[i].target == newer)
			return true;
	for (size_t i = 0; i < older->incoming.n && i < LOOKED_AT; i++)
		if (older->incoming.data[i]->kind == RELATION_SUPERSEDES && older->incoming_from.data[i] == newer)
			return true;
	return false;
}

static bool names(const struct decision *older, const struct decision *newer)
{
	for (size_t i = 0; i < older->relations.n && i < LOOKED_AT; i++)
		if (older->relations.data[i].kind == RELATION_SUPERSEDED_BY && older->relations.data[i].target == newer)
			return true;
	return false;
}

static void check_relation(struct check *check, const struct decision *older, const struct relation *relation)
{
	const struct decision *newest = relation->target;
	for (size_t i = 0; i < older->incoming.n && i < LOOKED_AT; i++) {
		const struct relation *by = older->incoming.data[i];
		const struct decision *between = older->incoming_from.data[i];
		if (by->kind != RELATION_SUPERSEDES || by->partial || between == newest || names(older, between) ||
		    older->cycle)
			continue;
		if (!is_superseded_by(between, newest))
			continue;
		struct diag *diag =
			check_report(check, relation->span,
				     "decision " STR_FMT " points to " STR_FMT ", past its direct successor " STR_FMT,
				     STR_ARG(older->id), STR_ARG(newest->id), STR_ARG(between->id));
		check_note(check, diag, by->span, STR_FMT " supersedes it here", STR_ARG(between->id));
		check_help(check, diag, "write: Superseded by [" STR_FMT "](" STR_FMT ")",
			   STR_ARG(between->title.str.size ? between->title.str : between->id),
			   STR_ARG(path_relative(check->arena, path_dir(older->source->path), between->path)));
		return;
	}
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		for (size_t k = 0; k < decision->relations.n && k < LOOKED_AT; k++) {
			const struct relation *relation = &decision->relations.data[k];
			if (relation->kind == RELATION_SUPERSEDED_BY && relation->target && !relation->partial)
				check_relation(check, decision, relation);
		}
	}
}

const struct rule rule_decision_supersession_skips = {
	.name = "decision-supersession-skips",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a superseded record points past its direct successor",
	.explain = "Where 8 supersedes 7 and 9 supersedes 8, record 7 is superseded by 8. A 7 that names 9 hides "
		   "the step between, with the reasons for it. A record that names both is left alone.",
	.example = "7 says `Superseded by 9`, 8 says `Supersedes 7`, and 9 supersedes 8",
	.cure = "Name the direct successor.",
	.run = run,
};
