/* cidr-unknown: a document names a private prefix that no network has. */
#include "check/sightings.h"

/* The declared prefix of the estate that reads most like it, or empty. */
static struct str nearest_prefix(struct check *check, const struct estate *estate, struct str written)
{
	VEC(struct str) candidates = {0};
	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->cidrs.n; k++)
			vec_add(check->arena, &candidates, estate->networks.data[i]->cidrs.data[k].word.str);
	struct str near = nearest_find(written, candidates.data, candidates.n);
	return near.data && nearest_distance(near, written, 2) <= 2 ? near : STR_NONE;
}

static void report(struct check *check, const struct sighted *sighted)
{
	const struct sighting *sighting = sighted->first;
	const struct estate *estate = sighted_estate(sighted);
	struct diag *diag =
		check_report(check, sighting->word.span, "no network of " STR_FMT " has the prefix " STR_FMT,
			     STR_ARG(estate->entity.id.str), STR_ARG(sighting->word.str));
	struct str near = nearest_prefix(check, estate, sighting->word.str);
	sighted_notes(check, diag, sighted);
	if (near.size)
		check_help(check, diag, "is " STR_FMT " meant?", STR_ARG(near));
	else
		check_help(check, diag, "correct it, or declare the network");
	check_key(check, diag, sighting->word.str);
}

static void run(struct check *check)
{
	struct sighted_list sighted = sighted_group(check, SIGHTING_PREFIX);
	for (size_t i = 0; i < sighted.list.n; i++)
		report(check, sighted.list.data[i]);
}

const struct rule rule_cidr_unknown = {
	.name = "cidr-unknown",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a prefix in a document that no network has",
	.explain =
		"A prefix of private space that no network of the estate has is a typo, a network that is gone, or one that the "
		"topology forgot. A prefix around a declared one, or inside it, is another way to speak of it. Left alone are whole "
		"private spaces such as 10.0.0.0/8, the networks of tools, shared and link-local space, /32 and /128, prefixes "
		"of another estate, families of which the estate declares no prefix, output of programs in code blocks, "
		"history, plans, examples and records that are not in force.",
	.example = "The pods live in 10.44.0.0/16     the topology says 10.42.0.0/16",
	.cure = "Correct the prefix, or declare the network in the topology.",
	.run = run,
};
