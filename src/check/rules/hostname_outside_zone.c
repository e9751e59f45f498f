/* hostname-outside-zone: a service has a host under no zone of the estate. */
#include "check/check.h"

/* So many zones are weighed for a suggestion. */
#define MAX_ZONES 100

/* Host name alone: without scheme, port, path, and the dot of the root. */
static struct str bare(struct str host)
{
	size_t at = str_find(host, STR("://"));

	if (at != SIZE_MAX)
		host = str_from_off(host, at + 3);
	host = str_sub(host, 0, str_find_char(host, '/'));
	if (address_parse(host).error != NET_OK)
		host = str_sub(host, 0, str_find_char(host, ':'));
	if (str_ends(host, STR(".")))
		host.size--;
	return host;
}

/* One of the host's endings is a zone. */
static bool is_in_zones(const struct estate *estate, struct str lower)
{
	while (lower.data) {
		const struct name_entry *entry = map_find(&estate->by_name, lower);

		for (size_t i = 0; entry && i < entry->entities.n; i++)
			if (entry->entities.data[i]->kind == ENTITY_ZONE)
				return true;
		str_cut(&lower, '.');
	}
	return false;
}

/* Short names, addresses and names that no zone file holds. */
static bool is_unzoned(struct str host)
{
	static const char *const suffixes[] = {".local",     ".localhost", ".svc",  ".internal",
					       ".home.arpa", ".ts.net",    ".onion"};

	if (str_find_char(host, '.') == SIZE_MAX || address_parse(host).error == NET_OK)
		return true;
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (str_ends_nocase(host, str_from(suffixes[i])))
			return true;
	return false;
}

static size_t count_labels(struct str name)
{
	size_t n = 0;

	for (; name.data; str_cut(&name, '.'))
		n++;
	return n;
}

/* The zone that shares most with the end of the host: the closest by letters of as many labels. Empty: none is close. */
static struct str nearest_zone(const struct estate *estate, struct str host)
{
	struct str best = STR_NONE;
	size_t best_distance = 4;

	for (size_t i = 0; i < estate->zones.n && i < MAX_ZONES; i++) {
		struct str zone = estate->zones.data[i]->entity.id.str, tail = host;
		size_t distance;

		for (size_t n = count_labels(host); n > count_labels(zone); n--)
			str_cut(&tail, '.');
		distance = nearest_distance(tail, zone, best_distance);
		if (distance < best_distance) {
			best_distance = distance;
			best = zone;
		}
	}
	return best;
}

/* A service that runs on nothing and has no address is mostly somebody else's: its host counts only when a zone is close. */
static bool is_foreign(const struct service *service)
{
	return service->runs_on.n == 0 && service->addresses.n == 0;
}

static void check_host(struct check *check, const struct estate *estate, const struct service *service,
		       struct word word)
{
	struct str host = bare(word.str), near;
	struct diag *diag;

	if (host.size == 0 || is_unzoned(host) || is_in_zones(estate, utf8_lower(check->arena, host)))
		return;
	near = nearest_zone(estate, host);
	if (is_foreign(service) && near.size == 0)
		return;
	diag = check_report(check, word.span, STR_FMT " of " STR_FMT " is in no zone of " STR_FMT, STR_ARG(host),
			    STR_ARG(service->entity.id.str), STR_ARG(estate->entity.id.str));
	check_note(check, diag, estate->zones.data[0]->entity.id.span, "zones are declared here");
	if (near.size > 0)
		check_help(check, diag, "the zone is " STR_FMT, STR_ARG(near));
	else
		check_help(check, diag, "correct the host, or declare its zone under zones:");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; estate->zones.n > 0 && i < estate->services.n; i++)
			for (size_t k = 0; k < estate->services.data[i]->hosts.n; k++)
				check_host(check, estate, estate->services.data[i],
					   estate->services.data[i]->hosts.data[k]);
}

const struct rule rule_hostname_outside_zone = {
	.name = "hostname-outside-zone",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "a host of a service under no declared zone",
	.explain =
		"An estate that declares its zones says which names it answers for; a host elsewhere is mostly misspelt or left over from a "
		"former domain. The zone's own name and wildcards are in it. Short names, addresses, names under .local, .svc or "
		".internal, and services that run on nothing of the estate are left alone, unless a zone is a few letters away.",
	.example = "grafana: {hosts: [grafana.lab.exampel.net]}     the zone is lab.example.net",
	.cure = "Correct the host, or declare the zone.",
	.run = run,
};
