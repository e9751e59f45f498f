/* name-unknown: a row of a table of nodes names what nothing has. */
#include "check/sightings.h"

static void report(struct check *check, const struct sighted *sighted, const struct map *told)
{
	const struct sighting *sighting = sighted->first;
	struct span *span = NEW(check->arena, struct span);
	*span = sighting->word.span;
	if (map_has(told, (struct str){(const char *)span, offsetof(struct span, size)}))
		return;
	const struct estate *estate = sighted_estate(sighted);
	struct diag *diag =
		check_report(check, sighting->word.span, "no node or device of " STR_FMT " is called " STR_FMT,
			     STR_ARG(estate->entity.id.str), STR_ARG(sighting->word.str));
	sighted_notes(check, diag, sighted);
	check_help(check, diag, "correct the name, or declare it in the topology");
	check_key(check, diag, sighting->word.str);
}

/* Places of names that fact-members tells of. */
static struct map told_by_members(struct check *check)
{
	struct map told = {.arena = check->arena};
	for (size_t i = 0; i < check->facts->gaps.n; i++) {
		const struct member_gap *gap = check->facts->gaps.data[i];
		for (size_t k = 0; k < gap->extra.n; k++)
			map_put(&told,
				(struct str){(const char *)&gap->extra.data[k].span, offsetof(struct span, size)},
				check);
	}
	return told;
}

static void run(struct check *check)
{
	struct map told = told_by_members(check);
	struct sighted_list sighted = sighted_group(check, SIGHTING_NAME);
	for (size_t i = 0; i < sighted.list.n; i++)
		report(check, sighted.list.data[i], &told);
}

const struct rule rule_name_unknown = {
	.name = "name-unknown",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a name in a table of nodes that nothing has",
	.explain =
		"A table whose column of nodes holds at least two declared nodes or devices, and as many as unknown names, lists "
		"machines; a further name in it is a typo, a machine that is gone, or one that the topology forgot. Words for "
		"sums and kinds, names of anything else that is declared, rows that are struck through or speak of the past, "
		"history, plans and examples are left alone. Where a name is one letter away from a declared one, "
		"name-near-miss tells of it.",
	.example = "| worker1 | 16 GB |     in a table that lists storm, bruenor and catti",
	.cure = "Correct the name, or declare the node in the topology.",
	.run = run,
};
