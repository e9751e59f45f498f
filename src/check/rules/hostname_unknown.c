/* hostname-unknown: a document names a host under a declared zone that no service has. */
#include "check/sightings.h"

static struct str nearest_host(struct check *check, const struct estate *estate, struct str host)
{
	VEC(struct str) hosts = {0};
	for (size_t i = 0; i < estate->services.n; i++)
		for (size_t k = 0; k < estate->services.data[i]->hosts.n; k++)
			vec_add(check->arena, &hosts, estate->services.data[i]->hosts.data[k].str);
	struct str near = nearest_find(host, hosts.data, hosts.n);
	return near.data && nearest_distance(near, host, 2) <= 2 ? near : STR_NONE;
}

static void report(struct check *check, const struct sighted *sighted)
{
	const struct sighting *sighting = sighted->first;
	const struct estate *estate = sighted_estate(sighted);
	struct diag *diag = check_report(check, sighting->word.span, "no service of " STR_FMT " has the host " STR_FMT,
					 STR_ARG(estate->entity.id.str), STR_ARG(sighting->word.str));
	struct str near = nearest_host(check, estate, sighting->word.str);
	sighted_notes(check, diag, sighted);
	if (near.size)
		check_help(check, diag, "is " STR_FMT " meant?", STR_ARG(near));
	else
		check_help(check, diag, "correct it, or give it to a service under hosts:");
	check_key(check, diag, sighting->word.str);
}

static void run(struct check *check)
{
	struct sighted_list sighted = sighted_group(check, SIGHTING_HOST);
	for (size_t i = 0; i < sighted.list.n; i++)
		report(check, sighted.list.data[i]);
}

const struct rule rule_hostname_unknown = {
	.name = "hostname-unknown",
	.severity = SEVERITY_INFO,
	.group = "facts",
	.summary = "a host under a declared zone that no service has",
	.explain =
		"Only zones that hold the host of a declared service are looked at. The zone itself, wildcards, placeholders, hosts "
		"whose first label is the name of something declared, mail addresses, history, plans and examples are left alone.",
	.example = "https://grafanna.lab.example.net     the service has grafana.lab.example.net",
	.cure = "Correct the host, or give it to its service.",
	.run = run,
};
