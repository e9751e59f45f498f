/* hostname-duplicate: two services answer to one host. */
#include "check/check.h"

/* What tells two hosts apart: name, port and path, without scheme and in lower case. */
static struct str host_key(struct arena *arena, struct str host)
{
	size_t at = str_find(host, STR("://"));

	if (at != SIZE_MAX)
		host = str_from_off(host, at + 3);
	while (str_ends(host, STR("/")) || str_ends(host, STR(".")))
		host.size--;
	return utf8_lower(arena, host);
}

/* True when both list ports: then they differ, or port-conflict tells of it. */
static bool have_ports(const struct service *a, const struct service *b)
{
	return a->ports.n > 0 && b->ports.n > 0;
}

static bool runs_on(const struct service *service, const struct service *other)
{
	for (size_t i = 0; i < service->runs_on.n; i++)
		if (service->runs_on.data[i].entity == &other->entity)
			return true;
	return false;
}

struct holder {
	const struct service *service;
	struct word host;
};

static void report(struct check *check, const struct holder *first, const struct service *service, struct word host)
{
	struct diag *diag =
		check_report(check, host.span, STR_FMT " is a host of both " STR_FMT " and " STR_FMT, STR_ARG(host.str),
			     STR_ARG(first->service->entity.id.str), STR_ARG(service->entity.id.str));

	check_note(check, diag, first->host.span, "also declared here");
	check_help(check, diag, "correct one of them; where ports tell the two apart, write the ports of both");
}

static void check_host(struct check *check, struct map *seen, const struct service *service, struct word host)
{
	struct str key = host_key(check->arena, host.str);
	const struct holder *first = map_find(seen, key);
	struct holder *holder;

	if (key.size == 0)
		return;
	if (!first) {
		holder = NEW(check->arena, struct holder);
		*holder = (struct holder){service, host};
		map_put(seen, key, holder);
		return;
	}
	if (first->service != service && !have_ports(first->service, service) && !runs_on(first->service, service) &&
	    !runs_on(service, first->service))
		report(check, first, service, host);
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct map seen = {.arena = check->arena};

		for (size_t i = 0; i < estate->services.n; i++)
			for (size_t k = 0; k < estate->services.data[i]->hosts.n; k++)
				check_host(check, &seen, estate->services.data[i],
					   estate->services.data[i]->hosts.data[k]);
	}
}

const struct rule rule_hostname_duplicate = {
	.name = "hostname-duplicate",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "one host for two services",
	.explain =
		"A name leads to one place; of two services that claim it, one is not reached. Hosts may carry a port or a path, and then "
		"these count as well. Two services that both list their ports share a host, and when one of the ports is the same "
		"it is port-conflict. A service that runs on the other one may have its host.",
	.example = "grafana:    {hosts: [stats.lab.example.net]}\nprometheus: {hosts: [stats.lab.example.net]}",
	.cure = "Correct the host that was copied, or write the ports of both.",
	.run = run,
};
