/* topology-superseded-decision: `decision:` names a record that is no longer in force. */
#include "check/check.h"

static const struct decision *successor(const struct decision *decision)
{
	for (size_t i = 0; i < decision->relations.n; i++)
		if (decision->relations.data[i].kind == RELATION_SUPERSEDED_BY && decision->relations.data[i].target)
			return decision->relations.data[i].target;
	for (size_t i = 0; i < decision->incoming.n; i++)
		if (decision->incoming.data[i]->kind == RELATION_SUPERSEDES && !decision->incoming.data[i]->partial)
			return decision->incoming_from.data[i];
	return NULL;
}

static bool names(const struct entity *owner, const struct decision *decision)
{
	for (size_t i = 0; owner && i < owner->decisions.n; i++)
		if (owner->decisions.data[i].decision == decision)
			return true;
	return false;
}

static void check_use(struct check *check, const struct decision_use *use)
{
	const struct decision *decision = use->ref->decision;
	bool past = use->owner && use->owner->kind == ENTITY_RETIRED;
	if (!decision || past)
		return;
	enum status status = decision->effective_status;
	if (status != STATUS_SUPERSEDED && status != STATUS_REJECTED && status != STATUS_WITHDRAWN)
		return;
	const struct decision *by = status == STATUS_SUPERSEDED ? successor(decision) : NULL;
	/* `decision: [7, 11]` tells the whole story. */
	if (by && names(use->owner, by))
		return;
	struct str id = use->owner ? use->owner->id.str : STR("this fact");
	struct diag *diag =
		by ? check_report(check, use->ref->word.span,
				  STR_FMT " rests on decision " STR_FMT ", which is superseded by " STR_FMT,
				  STR_ARG(id), STR_ARG(use->ref->word.str), STR_ARG(by->id))
		   : check_report(check, use->ref->word.span, STR_FMT " rests on decision " STR_FMT ", which is %s",
				  STR_ARG(id), STR_ARG(use->ref->word.str), status_name(status));
	check_note(check, diag, decision->status_text.str.size ? decision->status_text.span : decision->title.span,
		   "the decision");
	if (by && by->number >= 0)
		check_help(check, diag, "write decision: %lld if it holds for " STR_FMT " too", by->number,
			   STR_ARG(id));
	else
		check_help(check, diag, "name the decision that is in force");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct decision_uses uses = estate_decisions(check->arena, estate);
		for (size_t i = 0; i < uses.list.n; i++)
			check_use(check, &uses.list.data[i]);
	}
}

const struct rule rule_topology_superseded_decision = {
	.name = "topology-superseded-decision",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "`decision:` names a superseded, rejected or withdrawn record",
	.explain = "`decision:` says why a thing is as it is. When that decision is superseded, either the thing "
		   "changed with it and the key was forgotten, or the topology describes what was given up. What "
		   "is listed under `retired:` may rest on old decisions, and a list that names the old record "
		   "and its successor is left alone.",
	.example = "`decision: 7` where 7 is superseded by 11",
	.cure = "Name the decision that is in force.",
	.run = run,
};
