/* decision-supersession-cycle: records that supersede each other in a circle. */
#include "check/check.h"

#define SHOWN 8

struct circle {
	const struct decision *members[SHOWN];
	size_t n;
};

/* The statement that leads from a member to another one of its circle. */
static const struct relation *statement_of(const struct decision *decision)
{
	for (size_t i = 0; i < decision->relations.n; i++) {
		const struct relation *relation = &decision->relations.data[i];
		bool supersession = relation->kind == RELATION_SUPERSEDES || relation->kind == RELATION_SUPERSEDED_BY;
		if (supersession && !relation->partial && relation->target &&
		    relation->target->cycle == decision->cycle)
			return relation;
	}
	return NULL;
}

static struct str names_of(struct check *check, const struct circle *circle)
{
	struct str names[SHOWN + 1];
	size_t n = 0;
	for (; n < circle->n && n < SHOWN; n++)
		names[n] = circle->members[n]->id;
	if (circle->n > SHOWN)
		names[n++] = STR("...");
	return str_join(check->arena, names, n, STR(", "));
}

static void report(struct check *check, const struct circle *circle)
{
	const struct relation *at = statement_of(circle->members[0]);
	struct span span = at ? at->span : circle->members[0]->title.span;
	struct diag *diag;
	if (circle->n == 1)
		diag = check_report(check, span, "decision " STR_FMT " supersedes itself",
				    STR_ARG(circle->members[0]->id));
	else if (circle->n == 2)
		diag = check_report(check, span, "decisions " STR_FMT " and " STR_FMT " supersede each other",
				    STR_ARG(circle->members[0]->id), STR_ARG(circle->members[1]->id));
	else
		diag = check_report(check, span, "%zu decisions supersede each other in a circle: " STR_FMT, circle->n,
				    STR_ARG(names_of(check, circle)));
	for (size_t i = 1; i < circle->n && i < SHOWN; i++) {
		const struct relation *statement = statement_of(circle->members[i]);
		if (statement)
			check_note(check, diag, statement->span, "decision " STR_FMT " says so here",
				   STR_ARG(circle->members[i]->id));
	}
	check_help(check, diag, "decide which record is the newest, and correct what the others say");
}

static void run(struct check *check)
{
	uint32_t n = 0;
	for (size_t i = 0; i < check->model->decisions.n; i++)
		if (check->model->decisions.data[i]->cycle > n)
			n = check->model->decisions.data[i]->cycle;
	struct circle *circles = NEW_ARRAY(check->arena, struct circle, n + 1);
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		struct circle *circle = &circles[decision->cycle];
		if (circle->n < SHOWN)
			circle->members[circle->n] = decision;
		circle->n++;
	}
	for (uint32_t i = 1; i <= n; i++)
		report(check, &circles[i]);
}

const struct rule rule_decision_supersession_cycle = {
	.name = "decision-supersession-cycle",
	.severity = SEVERITY_ERROR,
	.group = "decisions",
	.summary = "records that supersede each other in a circle",
	.explain = "A chain of supersessions leads to the decision that is in force. In a circle none is. Most "
		   "often one record says \"supersedes\" where it means \"superseded by\". A record that "
		   "supersedes itself is a circle of one. Partial supersessions are left out: two records may "
		   "each replace a part of the other.",
	.example = "0003 says `Supersedes 0005`, and 0005 says `Supersedes 0003`",
	.cure = "Decide which record is the newest, and correct what the others say.",
	.run = run,
};
