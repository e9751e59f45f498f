/* decision-supersession-one-sided: a supersession that one record tells of while the other is silent. */
#include "check/check.h"

/* Told by more specific rules: circles, successors that are not in force, a pointer past the direct successor. */
static bool is_told_elsewhere(const struct decision *older, const struct decision *newer)
{
	if (older == newer || (older->cycle && older->cycle == newer->cycle))
		return true;
	return newer->status != STATUS_ACCEPTED && newer->status != STATUS_SUPERSEDED && newer->status != STATUS_NONE &&
	       newer->status != STATUS_UNKNOWN;
}

static bool names_successor(const struct decision *decision)
{
	for (size_t i = 0; i < decision->relations.n; i++)
		if (decision->relations.data[i].kind == RELATION_SUPERSEDED_BY)
			return true;
	return false;
}

/* `newer` supersedes a record that the chain leads through from `older`. */
static bool is_skip(const struct decision *older, const struct decision *newer)
{
	for (size_t i = 0; i < older->incoming.n && i < 64; i++) {
		const struct decision *between = older->incoming_from.data[i];
		if (older->incoming.data[i]->kind != RELATION_SUPERSEDES || between == newer)
			continue;
		for (size_t k = 0; k < between->relations.n && k < 64; k++)
			if (between->relations.data[k].kind == RELATION_SUPERSEDED_BY &&
			    between->relations.data[k].target == newer)
				return true;
		for (size_t k = 0; k < between->incoming.n && k < 64; k++)
			if (between->incoming.data[k]->kind == RELATION_SUPERSEDES &&
			    between->incoming_from.data[k] == newer)
				return true;
	}
	return false;
}

static void check_superseded_by(struct check *check, const struct decision *older, const struct relation *relation)
{
	const struct decision *newer = relation->target;
	if (is_told_elsewhere(older, newer) || is_skip(older, newer))
		return;
	struct diag *diag = check_report(check, relation->span,
					 "decision " STR_FMT " says it is superseded by " STR_FMT
					 ", which does not say that it supersedes it",
					 STR_ARG(older->id), STR_ARG(newer->id));
	check_note(check, diag, newer->title.span, "the successor");
	check_help(check, diag, "write in " STR_FMT ": Supersedes [" STR_FMT "](" STR_FMT ")",
		   STR_ARG(path_base(newer->path)), STR_ARG(older->title.str.size ? older->title.str : older->id),
		   STR_ARG(path_relative(check->arena, path_dir(newer->source->path), older->path)));
}

static void check_supersedes(struct check *check, const struct decision *newer, const struct relation *relation)
{
	const struct decision *older = relation->target;
	bool in_force =
		older->status == STATUS_ACCEPTED || older->status == STATUS_PROPOSED || older->status == STATUS_DRAFT;
	bool settled = newer->status == STATUS_ACCEPTED || newer->status == STATUS_SUPERSEDED;
	if (is_told_elsewhere(older, newer) || !in_force || !settled || names_successor(older))
		return;
	struct diag *diag = check_report(check, older->status_text.span,
					 "decision " STR_FMT " still reads %s, but " STR_FMT " supersedes it",
					 STR_ARG(older->id), status_name(older->status), STR_ARG(newer->id));
	check_note(check, diag, relation->span, "superseded here");
	check_help(check, diag, "write: Superseded by [" STR_FMT "](" STR_FMT ")",
		   STR_ARG(newer->title.str.size ? newer->title.str : newer->id),
		   STR_ARG(path_relative(check->arena, path_dir(older->source->path), newer->path)));
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		for (size_t k = 0; k < decision->relations.n; k++) {
			const struct relation *relation = &decision->relations.data[k];
			if (!relation->target || relation->partial || relation->answer)
				continue;
			if (relation->kind == RELATION_SUPERSEDED_BY)
				check_superseded_by(check, decision, relation);
			else if (relation->kind == RELATION_SUPERSEDES)
				check_supersedes(check, decision, relation);
		}
	}
}

const struct rule rule_decision_supersession_one_sided = {
	.name = "decision-supersession-one-sided",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a supersession that only one of the two records tells of",
	.explain = "Told when a record says that it is superseded by another which does not say so, and when an "
		   "accepted record says that it supersedes another which still reads accepted or proposed: "
		   "whoever opens the old one takes it for the present state. The old record counts as "
		   "superseded all the same.\n\n"
		   "Partial supersessions need no second side. A successor that is only proposed changes nothing "
		   "yet, and is told by decision-superseded-by-unaccepted where the old record already gave way "
		   "to it.",
	.example = "0007 reads `Accepted`, 0011 says `Supersedes ADR-0007`",
	.cure = "Say it on both sides.",
	.run = run,
};
