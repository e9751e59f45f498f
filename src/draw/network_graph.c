/* Draws a network with everything that has an address on it, and a service with where it runs and what it talks to. */
#include "draw/drawing.h"

enum { MEMBERS_MAX = 12, GROUPS_MAX = 12, TALKS_MAX = 12 };

struct network_make {
	struct make *make;
	const struct network *network;
	int hub;
};

/* ---- groups of members ---- */

/* A group under `key`; its members come through add_member. */
struct member_group {
	struct str key;
	int cluster;
	size_t n;
};

static struct member_group open_group(struct network_make *it, struct str key, struct str label, struct str href,
				      const char *kind)
{
	return (struct member_group){key, make_cluster(it->make, key, label, href, kind, -1), 0};
}

static void add_member(struct network_make *it, struct member_group *group, struct str key, struct make_node node)
{
	if (group->n++ >= MEMBERS_MAX)
		return;
	node.cluster = group->cluster;
	int index = make_node(it->make, key, node);
	if (group->n == 1)
		make_edge(it->make, it->hub, index, STR(""), LINE_SOLID, TIP_NONE)->head_cluster = group->cluster + 1;
}

static void close_group(struct network_make *it, const struct member_group *group)
{
	if (group->n <= MEMBERS_MAX)
		return;
	make_more(it->make, str_format(it->make->arena, "more " STR_FMT, STR_ARG(group->key)), group->n - MEMBERS_MAX,
		  group->cluster);
	make_left_out(it->make, "%zu of %zu members are shown", (size_t)MEMBERS_MAX, group->n);
}

static struct make_node member(const struct entity *entity, struct str note)
{
	return (struct make_node){.label = entity_title(entity),
				  .note = note,
				  .kind = str_from(entity_kind_name(entity->kind)),
				  .href = entity->url,
				  .shape = SHAPE_ROUND};
}

/* The addresses that lie in the network, as a note; data NULL when there is none. */
static struct str note_on(struct network_make *it, const struct address_value *values, size_t n)
{
	struct str note = STR_NONE;
	for (size_t i = 0; i < n; i++) {
		if (values[i].network != it->network)
			continue;
		note = note.data ? str_format(it->make->arena, STR_FMT "\n" STR_FMT, STR_ARG(note),
					      STR_ARG(values[i].word.str))
				 : values[i].word.str;
	}
	return note;
}

static bool names_network(const struct network_make *it, const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->networks.n; i++)
		if (cluster->networks.data[i].entity == &it->network->entity)
			return true;
	return false;
}

static void add_vip(struct network_make *it, struct member_group *group, const struct address_value *value,
		    const char *what)
{
	struct str name = value->label.str.size
				  ? str_format(it->make->arena, STR_FMT " %s", STR_ARG(value->label.str), what)
				  : str_from(what);
	struct make_node node = {.label = name, .note = value->word.str, .kind = STR("vip"), .shape = SHAPE_STADIUM};
	add_member(it, group, str_format(it->make->arena, "vip %d %zu", group->cluster, group->n), node);
}

static void add_cluster(struct network_make *it, const struct cluster *cluster)
{
	struct arena *arena = it->make->arena;
	struct str key = entity_key(arena, &cluster->entity);
	struct member_group group = {.key = key, .cluster = -1};
	for (size_t i = 0; i < cluster->nodes.n + cluster->vips.n + cluster->dns.n; i++) {
		const struct node *node = i < cluster->nodes.n ? cluster->nodes.data[i] : NULL;
		size_t vip = i - cluster->nodes.n;
		const struct address_value *value = node                    ? NULL
						    : vip < cluster->vips.n ? &cluster->vips.data[vip]
									    : &cluster->dns.data[vip - cluster->vips.n];
		struct str note = node ? note_on(it, node->addresses.data, node->addresses.n) : note_on(it, value, 1);
		if (!note.data)
			continue;
		if (group.cluster < 0)
			group = open_group(it, key, entity_title(&cluster->entity), cluster->entity.url, "cluster");
		if (node)
			add_member(it, &group, entity_key(arena, &node->entity), member(&node->entity, note));
		else
			add_vip(it, &group, value, vip < cluster->vips.n ? "VIP" : "DNS");
	}
	if (group.cluster >= 0) {
		close_group(it, &group);
	} else if (names_network(it, cluster)) {
		int index = make_entity(it->make, &cluster->entity, entity_note(arena, &cluster->entity), -1);
		make_edge(it->make, it->hub, index, STR(""), LINE_SOLID, TIP_NONE);
	}
}

static void add_devices(struct network_make *it, const struct estate *estate)
{
	struct member_group group = {.cluster = -1};
	for (size_t i = 0; i < estate->devices.n; i++) {
		const struct device *device = estate->devices.data[i];
		struct str note = note_on(it, device->addresses.data, device->addresses.n);
		if (!note.data)
			continue;
		if (group.cluster < 0)
			group = open_group(it, STR("devices"), STR("devices"), STR(""), "group");
		add_member(it, &group, entity_key(it->make->arena, &device->entity), member(&device->entity, note));
	}
	close_group(it, &group);
}

static void add_services(struct network_make *it, const struct estate *estate)
{
	struct member_group group = {.cluster = -1};
	for (size_t i = 0; i < estate->services.n; i++) {
		const struct service *service = estate->services.data[i];
		struct str note = note_on(it, service->addresses.data, service->addresses.n);
		if (!note.data)
			continue;
		if (group.cluster < 0)
			group = open_group(it, STR("services"), STR("services"), STR(""), "group");
		add_member(it, &group, entity_key(it->make->arena, &service->entity), member(&service->entity, note));
	}
	close_group(it, &group);
}

static void add_ranges(struct network_make *it)
{
	if (it->network->ranges.n == 0)
		return;
	struct member_group group = open_group(it, STR("ranges"), STR("ranges"), STR(""), "group");
	for (size_t i = 0; i < it->network->ranges.n; i++) {
		const struct range_value *range = &it->network->ranges.data[i];
		struct make_node node = {.label = range->id.str,
					 .kind = STR("range"),
					 .shape = SHAPE_ROUND,
					 .note = str_format(it->make->arena, STR_FMT " – " STR_FMT,
							    STR_ARG(range->from.str), STR_ARG(range->to.str))};
		add_member(it, &group, str_format(it->make->arena, "range %zu", i), node);
	}
	close_group(it, &group);
}

/* Parent and gateways to the left, networks inside it to the right. */
static void add_neighbours(struct network_make *it, const struct estate *estate)
{
	struct arena *arena = it->make->arena;
	const struct entity *parent = it->network->parent.entity;
	if (parent) {
		int index = make_entity(it->make, parent, entity_note(arena, parent), -1);
		make_edge(it->make, index, it->hub, STR("holds"), LINE_DOTTED, TIP_NONE);
	}
	for (size_t i = 0; i < it->network->gateways.n; i++) {
		struct make_node node = {.label = STR("gateway"),
					 .note = it->network->gateways.data[i].word.str,
					 .kind = STR("gateway"),
					 .shape = SHAPE_STADIUM,
					 .cluster = -1};
		int index = make_node(it->make, str_format(arena, "gateway %zu", i), node);
		make_edge(it->make, index, it->hub, STR(""), LINE_SOLID, TIP_NONE);
	}
	size_t n = 0;
	for (size_t i = 0; i < estate->networks.n; i++) {
		const struct network *child = estate->networks.data[i];
		if (child->parent.entity != &it->network->entity || child == it->network)
			continue;
		if (n++ >= MEMBERS_MAX)
			continue;
		int index = make_entity(it->make, &child->entity, entity_note(arena, &child->entity), -1);
		make_edge(it->make, it->hub, index, STR("holds"), LINE_DOTTED, TIP_NONE);
	}
	if (n > MEMBERS_MAX)
		make_left_out(it->make, "%zu of %zu inner networks are shown", (size_t)MEMBERS_MAX, n);
}

static void add_connections(struct network_make *it, const struct estate *estate)
{
	for (size_t i = 0; i < estate->connections.n; i++) {
		const struct connection *connection = &estate->connections.data[i];
		const struct entity *from = connection->from.entity;
		const struct entity *to = connection->to.entity;
		if (connection->network.entity != &it->network->entity || !from || !to || from == to)
			continue;
		int tail = make_find(it->make, entity_key(it->make->arena, from));
		int head = make_find(it->make, entity_key(it->make->arena, to));
		if (it->make->graph->nodes.n > 60 && (tail < 0 || head < 0))
			continue;
		tail = tail >= 0 ? tail : make_entity(it->make, from, entity_note(it->make->arena, from), -1);
		head = head >= 0 ? head : make_entity(it->make, to, entity_note(it->make->arena, to), -1);
		make_edge(it->make, tail, head, connection->label.str, LINE_SOLID, TIP_ARROW);
	}
}

void network_graph(struct make *make, const struct network *network)
{
	struct network_make it = {.make = make, .network = network};
	const struct estate *estate = network->entity.estate;
	struct arena *arena = make->arena;
	struct str note = STR("");
	for (size_t i = 0; i < network->cidrs.n && i < 4; i++)
		note = i ? str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(note),
				      STR_ARG(network->cidrs.data[i].word.str))
			 : network->cidrs.data[0].word.str;
	struct make_node hub = {.label = entity_title(&network->entity),
				.note = note,
				.kind = STR("network"),
				.shape = SHAPE_STADIUM,
				.cluster = -1};
	it.hub = make_node(make, entity_key(arena, &network->entity), hub);
	size_t shown = estate->clusters.n < GROUPS_MAX ? estate->clusters.n : GROUPS_MAX;
	for (size_t i = 0, groups = 0; i < estate->clusters.n; i++) {
		size_t before = make->graph->nodes.n;
		if (groups >= GROUPS_MAX) {
			make_left_out(make, "%zu clusters are not looked at", estate->clusters.n - shown);
			break;
		}
		add_cluster(&it, estate->clusters.data[i]);
		groups += make->graph->nodes.n > before;
	}
	add_devices(&it, estate);
	add_services(&it, estate);
	add_ranges(&it);
	add_neighbours(&it, estate);
	add_connections(&it, estate);
}

/* ---- services ---- */

void service_graph(struct make *make, const struct service *service)
{
	struct arena *arena = make->arena;
	const struct estate *estate = service->entity.estate;
	struct make_node self = {.label = entity_title(&service->entity),
				 .note = entity_note(arena, &service->entity),
				 .kind = STR("service"),
				 .shape = SHAPE_ROUND,
				 .cluster = -1};
	int hub = make_node(make, entity_key(arena, &service->entity), self);
	for (size_t i = 0; i < service->hosts.n && i < TALKS_MAX; i++) {
		struct make_node host = {.label = service->hosts.data[i].str,
					 .kind = STR("host"),
					 .shape = SHAPE_STADIUM,
					 .cluster = -1};
		int index = make_node(make, str_format(arena, "host %zu", i), host);
		make_edge(make, index, hub, STR(""), LINE_SOLID, TIP_ARROW);
	}
	for (size_t i = 0; i < service->runs_on.n; i++) {
		const struct entity *target = service->runs_on.data[i].entity;
		if (!target || target == &service->entity)
			continue;
		int index = make_entity(make, target, entity_note(arena, target), -1);
		make_edge(make, hub, index, STR("runs on"), LINE_DOTTED, TIP_ARROW);
	}
	size_t n = 0;
	for (size_t i = 0; i < estate->connections.n; i++) {
		const struct connection *connection = &estate->connections.data[i];
		const struct entity *from = connection->from.entity;
		const struct entity *to = connection->to.entity;
		bool touches = from && to && from != to && (from == &service->entity || to == &service->entity);
		if (!touches || n++ >= 2 * TALKS_MAX)
			continue;
		int tail = make_entity(make, from, entity_note(arena, from), -1);
		int head = make_entity(make, to, entity_note(arena, to), -1);
		make_edge(make, tail, head, connection->label.str, LINE_SOLID, TIP_ARROW);
	}
	if (n > 2 * TALKS_MAX)
		make_left_out(make, "%zu of %zu connections are shown", (size_t)(2 * TALKS_MAX), n);
}
