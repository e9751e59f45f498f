/* port-conflict: two services claim one port of one host, or one NodePort of one cluster. */
#include "check/check.h"

struct claim {
	const struct service *service;
	const struct port_value *port;
};

struct run {
	struct check *check;
	struct map seen; /* place and port -> the first struct claim * */
};

static struct str protocol(struct arena *arena, const struct port_value *port)
{
	return port->protocol.str.size > 0 ? str_lower_ascii(arena, port->protocol.str) : STR("tcp");
}

/* The first claim of that port there, or NULL after taking it for this service. */
static const struct claim *claim(struct run *run, struct str place, const struct service *service,
				 const struct port_value *port)
{
	struct arena *arena = run->check->arena;
	struct str proto = protocol(arena, port);
	struct str key = str_format(arena, "%ld/" STR_FMT " " STR_FMT, port->number, STR_ARG(proto), STR_ARG(place));
	struct claim *first = map_find(&run->seen, key);

	if (first)
		return first->service == service ? NULL : first;
	first = NEW(arena, struct claim);
	*first = (struct claim){service, port};
	map_put(&run->seen, key, first);
	return NULL;
}

static void report(struct run *run, const struct claim *first, const struct service *service,
		   const struct port_value *port, struct str where)
{
	struct diag *diag =
		check_report(run->check, port->word.span, STR_FMT " and " STR_FMT " both have " STR_FMT,
			     STR_ARG(first->service->entity.id.str), STR_ARG(service->entity.id.str), STR_ARG(where));

	check_note(run->check, diag, first->port->word.span, "also declared here");
	check_help(run->check, diag, "give one of them another port");
}

/* ---- hosts ---- */

static struct str host_key(struct arena *arena, struct str host)
{
	size_t at = str_find(host, STR("://"));

	if (at != SIZE_MAX)
		host = str_from_off(host, at + 3);
	while (str_ends(host, STR("/")) || str_ends(host, STR(".")))
		host.size--;
	return str_format(arena, "host " STR_FMT, STR_ARG(utf8_lower(arena, host)));
}

static bool runs_on(const struct service *service, const struct service *other)
{
	for (size_t i = 0; i < service->runs_on.n; i++)
		if (service->runs_on.data[i].entity == &other->entity)
			return true;
	return false;
}

static void check_hosts(struct run *run, const struct service *service)
{
	struct arena *arena = run->check->arena;

	for (size_t i = 0; i < service->hosts.n; i++)
		for (size_t k = 0; k < service->ports.n; k++) {
			const struct port_value *port = &service->ports.data[k];
			struct str host = service->hosts.data[i].str;
			const struct claim *first =
				port->valid ? claim(run, host_key(arena, host), service, port) : NULL;

			if (first && !runs_on(service, first->service) && !runs_on(first->service, service))
				report(run, first, service, port,
				       str_format(arena, "port " STR_FMT " of " STR_FMT, STR_ARG(port->word.str),
						  STR_ARG(host)));
		}
}

/* ---- machines ---- */

static bool is_machine(const struct entity *entity)
{
	return entity && (entity->kind == ENTITY_NODE || entity->kind == ENTITY_DEVICE);
}

/* Services with hosts may stand behind a proxy, and services with addresses on different ones. */
static bool may_share(const struct service *a, const struct service *b)
{
	if (a->hosts.n > 0 && b->hosts.n > 0)
		return true;
	if (a->addresses.n == 0 || b->addresses.n == 0)
		return false;
	for (size_t i = 0; i < a->addresses.n; i++)
		for (size_t k = 0; k < b->addresses.n; k++)
			if (str_eq(a->addresses.data[i].word.str, b->addresses.data[k].word.str))
				return false;
	return true;
}

static void check_machine(struct run *run, const struct service *service, const struct entity *machine)
{
	struct arena *arena = run->check->arena;
	struct str place =
		str_format(arena, "%d " STR_FMT, (int)machine->kind, STR_ARG(utf8_lower(arena, machine->id.str)));

	for (size_t i = 0; i < service->ports.n; i++) {
		const struct port_value *port = &service->ports.data[i];
		const struct claim *first = port->valid ? claim(run, place, service, port) : NULL;

		if (first && !may_share(first->service, service))
			report(run, first, service, port,
			       str_format(arena, "port " STR_FMT " of the %s " STR_FMT, STR_ARG(port->word.str),
					  entity_kind_name(machine->kind), STR_ARG(machine->id.str)));
	}
}

/* ---- clusters ---- */

static void check_cluster(struct run *run, const struct service *service, const struct entity *cluster)
{
	struct arena *arena = run->check->arena;
	struct str place = str_format(arena, "cluster " STR_FMT, STR_ARG(utf8_lower(arena, cluster->id.str)));

	for (size_t i = 0; i < service->node_ports.n; i++) {
		const struct port_value *port = &service->node_ports.data[i];
		const struct claim *first = port->valid ? claim(run, place, service, port) : NULL;

		if (first)
			report(run, first, service, port,
			       str_format(arena, "NodePort " STR_FMT " of " STR_FMT, STR_ARG(port->word.str),
					  STR_ARG(cluster->id.str)));
	}
}

static const struct entity *cluster_of(const struct entity *host)
{
	if (host && host->kind == ENTITY_NODE)
		return &((const struct node *)host)->cluster->entity;
	return host && host->kind == ENTITY_CLUSTER ? host : NULL;
}

static void check_service(struct run *run, const struct estate *estate, const struct service *service)
{
	check_hosts(run, service);
	for (size_t i = 0; i < service->runs_on.n; i++) {
		const struct entity *host = service->runs_on.data[i].entity;

		if (is_machine(host))
			check_machine(run, service, host);
		if (cluster_of(host))
			check_cluster(run, service, cluster_of(host));
	}
	if (service->runs_on.n == 0 && estate->clusters.n == 1)
		check_cluster(run, service, &estate->clusters.data[0]->entity);
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct run one = {.check = check, .seen = {.arena = check->arena}};

		for (size_t i = 0; i < estate->services.n; i++)
			check_service(&one, estate, estate->services.data[i]);
	}
}

const struct rule rule_port_conflict = {
	.name = "port-conflict",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "one host and port for two services, or one NodePort twice in a cluster",
	.explain =
		"The second service that asks for a port does not start, or is not reached. Compared are ports of services with one "
		"host, ports of services that run on one node or device, and NodePorts of services in one cluster. TCP and UDP are "
		"apart; a port without a protocol is TCP. Services of one machine that all have hosts may stand behind one proxy "
		"and are left alone, as are those with different addresses, and ports of services inside a cluster.",
	.example =
		"grafana:    {runs_on: studio, node_ports: [30040]}\nprometheus: {runs_on: studio, node_ports: [30040]}",
	.cure = "Give one of the two services another port.",
	.run = run,
};
