/* Draws an estate on one small picture: clusters as boxes with numbers, networks, devices, what connects them. */
#include "draw/drawing.h"

enum { CLUSTERS_MAX = 24, NETWORKS_MAX = 24, DEVICES_MAX = 24, SERVICES_MAX = 8, OUTSIDE_MAX = 24 };

struct estate_make {
	struct make *make;
	const struct estate *estate;
	bool whole;         /* every node and service, for `lintel graph topology` */
	bool name_services; /* services are boxes, not numbers */
};

static struct str with_services(struct make *make, const struct cluster *cluster, struct str note)
{
	size_t n = cluster_services(cluster);
	if (n == 0)
		return note;
	struct str services = str_format(make->arena, "%zu service%s", n, n == 1 ? "" : "s");
	return note.size ? str_format(make->arena, STR_FMT "\n" STR_FMT, STR_ARG(note), STR_ARG(services)) : services;
}

/* A cluster with all of its nodes as a group; one without nodes as a box in it. */
static void add_whole_cluster(struct estate_make *it, const struct cluster *cluster)
{
	struct make *make = it->make;
	struct str key = entity_key(make->arena, &cluster->entity);
	int group = make_cluster(make, key, entity_title(&cluster->entity), cluster->entity.url, "cluster", -1);
	for (size_t i = 0; i < cluster->nodes.n; i++)
		make_entity(make, &cluster->nodes.data[i]->entity,
			    entity_note(make->arena, &cluster->nodes.data[i]->entity), group);
	if (cluster->nodes.n == 0)
		make_entity(make, &cluster->entity, entity_note(make->arena, &cluster->entity), group);
}

static void add_clusters(struct estate_make *it)
{
	size_t n = it->estate->clusters.n;
	for (size_t i = 0; i < n && (it->whole || i < CLUSTERS_MAX); i++) {
		const struct cluster *cluster = it->estate->clusters.data[i];
		struct str note = entity_note(it->make->arena, &cluster->entity);
		if (it->whole)
			add_whole_cluster(it, cluster);
		else
			make_entity(it->make, &cluster->entity,
				    it->name_services ? note : with_services(it->make, cluster, note), -1);
	}
	if (!it->whole && n > CLUSTERS_MAX) {
		make_more(it->make, STR("more clusters"), n - CLUSTERS_MAX, -1);
		make_left_out(it->make, "%zu of %zu clusters are shown", (size_t)CLUSTERS_MAX, n);
	}
}

static void add_networks(struct estate_make *it)
{
	size_t n = it->estate->networks.n;
	size_t shown = 0;
	size_t plain = 0;
	for (size_t i = 0; i < n; i++)
		plain += it->estate->networks.data[i]->kind != NETWORK_POD &&
			 it->estate->networks.data[i]->kind != NETWORK_SERVICE;
	bool all = it->whole || n <= 6 || plain == 0;
	for (size_t i = 0; i < n; i++) {
		const struct network *network = it->estate->networks.data[i];
		bool inner = network->kind == NETWORK_POD || network->kind == NETWORK_SERVICE;
		if ((inner && !all) || (!it->whole && shown >= NETWORKS_MAX))
			continue;
		make_entity(it->make, &network->entity, entity_note(it->make->arena, &network->entity), -1);
		shown++;
	}
	if (shown < n)
		make_left_out(it->make, "%zu of %zu networks are shown", shown, n);
}

static void add_devices(struct estate_make *it)
{
	size_t n = it->estate->devices.n;
	for (size_t i = 0; i < n && (it->whole || i < DEVICES_MAX); i++) {
		const struct device *device = it->estate->devices.data[i];
		make_entity(it->make, &device->entity, device->device_kind.str, -1);
	}
	if (!it->whole && n > DEVICES_MAX) {
		make_more(it->make, STR("more devices"), n - DEVICES_MAX, -1);
		make_left_out(it->make, "%zu of %zu devices are shown", (size_t)DEVICES_MAX, n);
	}
}

static bool runs_somewhere(const struct service *service)
{
	for (size_t i = 0; i < service->runs_on.n; i++)
		if (service->runs_on.data[i].entity)
			return true;
	return false;
}

static void add_services(struct estate_make *it)
{
	size_t outside = 0;
	size_t counted = 0;
	for (size_t i = 0; i < it->estate->services.n; i++) {
		const struct service *service = it->estate->services.data[i];
		bool inside = runs_somewhere(service);
		if (inside && !it->name_services) {
			counted++;
			continue;
		}
		if (!inside && !it->whole && outside++ >= OUTSIDE_MAX)
			continue;
		make_entity(it->make, &service->entity, entity_note(it->make->arena, &service->entity), -1);
	}
	if (counted)
		make_left_out(it->make, "%zu services are given as numbers", counted);
	if (!it->whole && outside > OUTSIDE_MAX) {
		make_more(it->make, STR("more services"), outside - OUTSIDE_MAX, -1);
		make_left_out(it->make, "%zu of %zu outer services are shown", (size_t)OUTSIDE_MAX, outside);
	}
}

/* ---- lines ---- */

struct end {
	int node;    /* -1: not drawn */
	int cluster; /* index + 1 */
};

static struct end find_end(struct estate_make *it, const struct entity *entity);

/* The box that stands for an entity: its own, else that of what it runs on or belongs to. */
static struct end lifted_end(struct estate_make *it, const struct entity *entity)
{
	const struct cluster *home = entity_cluster(entity);
	if (home && &home->entity != entity)
		return find_end(it, &home->entity);
	if (entity->kind != ENTITY_SERVICE)
		return (struct end){-1, 0};
	const struct service *service = (const struct service *)entity;
	for (size_t i = 0; i < service->runs_on.n; i++) {
		const struct entity *target = service->runs_on.data[i].entity;
		if (!target || target->kind == ENTITY_SERVICE)
			continue;
		return find_end(it, target);
	}
	return (struct end){-1, 0};
}

static struct end find_end(struct estate_make *it, const struct entity *entity)
{
	if (!entity)
		return (struct end){-1, 0};
	int node = make_find(it->make, entity_key(it->make->arena, entity));
	if (node >= 0)
		return (struct end){node, 0};
	const struct cluster *cluster = entity->kind == ENTITY_CLUSTER ? (const struct cluster *)entity : NULL;
	if (it->whole && cluster && cluster->nodes.n) {
		node = make_find(it->make, entity_key(it->make->arena, &cluster->nodes.data[0]->entity));
		int group =
			make_cluster(it->make, entity_key(it->make->arena, entity), STR(""), STR(""), "cluster", -1);
		return (struct end){node, group + 1};
	}
	return cluster ? (struct end){-1, 0} : lifted_end(it, entity);
}

static void connect(struct estate_make *it, struct end from, struct end to, struct str label, enum graph_line line,
		    enum graph_tip head)
{
	if (from.node < 0 || to.node < 0 || (from.node == to.node && from.cluster == to.cluster))
		return;
	struct graph_edge *edge = make_edge(it->make, from.node, to.node, label, line, head);
	edge->tail_cluster = from.cluster;
	edge->head_cluster = to.cluster;
}

static void connect_addresses(struct estate_make *it, const struct entity *owner, const struct address_value *values,
			      size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (values[i].network)
			connect(it, find_end(it, owner), find_end(it, &values[i].network->entity), STR(""), LINE_SOLID,
				TIP_NONE);
}

static void connect_cluster(struct estate_make *it, const struct cluster *cluster)
{
	struct end end = find_end(it, &cluster->entity);
	for (size_t i = 0; i < cluster->networks.n; i++)
		connect(it, end, find_end(it, cluster->networks.data[i].entity), STR(""), LINE_SOLID, TIP_NONE);
	for (size_t i = 0; i < cluster->nodes.n; i++)
		connect_addresses(it, &cluster->entity, cluster->nodes.data[i]->addresses.data,
				  cluster->nodes.data[i]->addresses.n);
}

static void add_lines(struct estate_make *it)
{
	const struct estate *estate = it->estate;
	for (size_t i = 0; i < estate->connections.n; i++) {
		const struct connection *connection = &estate->connections.data[i];
		connect(it, find_end(it, connection->from.entity), find_end(it, connection->to.entity),
			connection->label.str, LINE_SOLID, TIP_ARROW);
	}
	for (size_t i = 0; it->name_services && i < estate->services.n; i++) {
		const struct service *service = estate->services.data[i];
		for (size_t j = 0; j < service->runs_on.n; j++)
			connect(it, find_end(it, &service->entity), find_end(it, service->runs_on.data[j].entity),
				STR("runs on"), LINE_DOTTED, TIP_ARROW);
	}
	for (size_t i = 0; i < estate->clusters.n; i++)
		connect_cluster(it, estate->clusters.data[i]);
	for (size_t i = 0; i < estate->devices.n; i++) {
		const struct device *device = estate->devices.data[i];
		connect_addresses(it, &device->entity, device->addresses.data, device->addresses.n);
	}
	for (size_t i = 0; i < estate->networks.n; i++) {
		const struct network *network = estate->networks.data[i];
		connect(it, find_end(it, network->parent.entity), find_end(it, &network->entity), STR(""), LINE_DOTTED,
			TIP_NONE);
	}
}

static void make_estate(struct make *make, const struct estate *estate, bool whole)
{
	size_t inside = 0;
	for (size_t i = 0; i < estate->services.n; i++)
		inside += runs_somewhere(estate->services.data[i]);
	struct estate_make it = {make, estate, whole, whole || inside <= SERVICES_MAX};
	add_services(&it);
	add_clusters(&it);
	add_devices(&it);
	add_networks(&it);
	if (make->graph->nodes.n == 0)
		make_entity(make, &estate->entity, STR("nothing declared yet"), -1);
	add_lines(&it);
}

void estate_graph(struct make *make, const struct estate *estate)
{
	make_estate(make, estate, false);
}

struct graph *draw_topology(struct arena *arena, const struct estate *estate)
{
	struct make make;
	make_start(&make, arena, "LR", entity_title(&estate->entity));
	make_estate(&make, estate, true);
	buf_free(&make.why);
	return make.graph;
}
