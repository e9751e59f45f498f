/* decision-superseded-without-successor: a superseded record that no record took the place of. */
#include "check/check.h"

/* A link in the status leads to a successor somewhere else: another repository, a page. */
static bool has_link(const struct check *check, const struct decision *decision)
{
	struct str text = span_text(check->sources, decision->status_text.span);
	return str_find(text, STR("](")) != SIZE_MAX || str_find(text, STR("://")) != SIZE_MAX;
}

static bool has_successor(const struct decision *decision)
{
	for (size_t i = 0; i < decision->relations.n; i++)
		if (decision->relations.data[i].kind == RELATION_SUPERSEDED_BY)
			return true;
	for (size_t i = 0; i < decision->incoming.n; i++)
		if (decision->incoming.data[i]->kind == RELATION_SUPERSEDES)
			return true;
	return false;
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		if (decision->status != STATUS_SUPERSEDED || has_successor(decision) || has_link(check, decision))
			continue;
		struct diag *diag =
			check_report(check, decision->status_text.span,
				     "decision " STR_FMT " is superseded, but by no record", STR_ARG(decision->id));
		check_help(check, diag, "name the record that took its place; where none did, it is deprecated");
	}
}

const struct rule rule_decision_superseded_without_successor = {
	.name = "decision-superseded-without-successor",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a superseded record that names no successor, and that none names",
	.explain = "Whoever finds a superseded record wants to know what holds now. It is enough that one side "
		   "says so: the record itself, or its successor; a link in the status to a successor elsewhere "
		   "is enough too. A record that nothing took the place of is deprecated.",
	.example = "`Superseded` alone in the Status section",
	.cure = "Name the successor: `Superseded by [11. Use X](0011-use-x.md)`.",
	.run = run,
};
