/* Draws a cluster: its nodes by zone or role, its VIPs and services inside a frame; networks above, connected things around it. */
#include "draw/drawing.h"

enum { NODES_MAX = 48, GROUP_MAX = 8, SERVICES_MAX = 8, OUTSIDE_MAX = 16 };

struct cluster_make {
	struct make *make;
	const struct cluster *cluster;
	int frame;
	int top, bottom; /* nodes of the frame that lines from above and to below lead to */
	bool calm;       /* too many services to lead lines to each: they end at the frame */
	size_t n_outside, n_dropped;
};

/* ---- inside ---- */

static struct str node_group(const struct node *node, bool by_zone)
{
	struct str group = by_zone ? node->zone.str : node->role.str;
	return group.size ? group : STR("");
}

static bool has_zones(const struct cluster *cluster)
{
	struct str first = STR_NONE;
	for (size_t i = 0; i < cluster->nodes.n; i++) {
		struct str zone = cluster->nodes.data[i]->zone.str;
		if (zone.size && first.size && !str_eq(zone, first))
			return true;
		if (zone.size)
			first = zone;
	}
	return false;
}

/* One group of nodes and how many of them are shown. */
struct node_group {
	struct str name;
	int cluster;
	size_t n, shown;
};
struct node_groups {
	struct map by_name;
	VEC(struct node_group) list;
};

static struct node_group *group_of(struct cluster_make *it, struct node_groups *groups, struct str name)
{
	const void *found = map_find(&groups->by_name, name);
	if (found)
		return &groups->list.data[(uintptr_t)found - 1];
	struct node_group group = {.name = name, .cluster = it->frame};
	vec_add(it->make->arena, &groups->list, group);
	map_put(&groups->by_name, name, (void *)(uintptr_t)groups->list.n);
	return &groups->list.data[groups->list.n - 1];
}

static void add_nodes(struct cluster_make *it)
{
	struct arena *arena = it->make->arena;
	size_t n = it->cluster->nodes.n;
	bool by_zone = has_zones(it->cluster);
	size_t most = n > NODES_MAX ? GROUP_MAX : n;
	struct node_groups groups = {.by_name = {.arena = arena}};
	for (size_t i = 0; i < n; i++)
		group_of(it, &groups, node_group(it->cluster->nodes.data[i], by_zone))->n++;
	for (size_t i = 0; i < groups.list.n; i++) {
		struct node_group *group = &groups.list.data[i];
		struct str label = str_format(arena, STR_FMT " (%zu)", STR_ARG(group->name), group->n);
		if (group->name.size)
			group->cluster = make_cluster(it->make, str_format(arena, "group %zu", i), label, STR(""),
						      "group", it->frame);
	}
	for (size_t i = 0; i < n; i++) {
		const struct node *node = it->cluster->nodes.data[i];
		struct node_group *group = group_of(it, &groups, node_group(node, by_zone));
		if (group->shown >= most)
			continue;
		group->shown++;
		struct str note = entity_note(arena, &node->entity);
		struct str role = by_zone ? node->role.str : STR("");
		if (role.size)
			note = note.size ? str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(role), STR_ARG(note)) : role;
		int index = make_entity(it->make, &node->entity, note, group->cluster);
		it->top = it->top < 0 ? index : it->top;
		it->bottom = index;
	}
	size_t left = 0;
	for (size_t i = 0; i < groups.list.n; i++) {
		struct node_group *group = &groups.list.data[i];
		if (group->shown < group->n)
			make_more(it->make, str_format(arena, "more %zu", i), group->n - group->shown, group->cluster);
		left += group->n - group->shown;
	}
	if (left)
		make_left_out(it->make, "%zu of %zu nodes are shown", n - left, n);
}

/* Where no node is listed, one box says what is known. */
static void add_number(struct cluster_make *it)
{
	struct str size = cluster_size_text(it->make->arena, it->cluster);
	struct make_node node = {.label = size.size ? size : STR("nodes not declared"),
				 .note = size.size ? STR("not listed one by one") : STR(""),
				 .kind = STR("node"),
				 .shape = SHAPE_ROUND,
				 .cluster = it->frame};
	it->top = it->bottom = make_node(it->make, STR("number"), node);
}

static void add_vips(struct cluster_make *it)
{
	int first_node = it->top;
	for (size_t i = 0; i < it->cluster->vips.n; i++) {
		const struct address_value *vip = &it->cluster->vips.data[i];
		struct make_node node = {.label = vip->label.str.size ? str_format(it->make->arena, STR_FMT " VIP",
										   STR_ARG(vip->label.str))
								      : STR("VIP"),
					 .note = vip->word.str,
					 .kind = STR("vip"),
					 .shape = SHAPE_STADIUM,
					 .cluster = it->frame};
		int index = make_node(it->make, str_format(it->make->arena, "vip %zu", i), node);
		if (i == 0)
			it->top = index;
		make_order(it->make, index, first_node);
	}
}

/* The services of the cluster, those with most connections first. */
struct ranked {
	VEC(const struct service *) list;
};

static struct ranked ranked_services(struct cluster_make *it)
{
	struct ranked ranked = {0};
	const struct estate *estate = it->cluster->entity.estate;
	for (size_t i = 0; i < estate->services.n; i++) {
		const struct service *service = estate->services.data[i];
		if (!service_is_on(service, it->cluster))
			continue;
		/* Kept sorted; only the first few matter. */
		size_t at = ranked.list.n;
		vec_add(it->make->arena, &ranked.list, service);
		for (; at > 0 && ranked.list.data[at - 1]->entity.connections < service->entity.connections; at--)
			ranked.list.data[at] = ranked.list.data[at - 1];
		ranked.list.data[at] = service;
		if (ranked.list.n > SERVICES_MAX + 1)
			ranked.list.n = SERVICES_MAX + 1;
	}
	return ranked;
}

static void add_services(struct cluster_make *it)
{
	struct make *make = it->make;
	size_t n = cluster_services(it->cluster);
	if (n == 0)
		return;
	struct ranked ranked = ranked_services(it);
	size_t shown = n <= SERVICES_MAX + 1 ? n : SERVICES_MAX;
	it->calm = shown < n;
	int group = make_cluster(make, STR("services"), str_format(make->arena, "services (%zu)", n), STR(""), "group",
				 it->frame);
	int last_node = it->bottom;
	for (size_t i = 0; i < shown; i++) {
		const struct service *service = ranked.list.data[i];
		int index = make_entity(make, &service->entity, entity_note(make->arena, &service->entity), group);
		make_order(make, last_node, index);
		it->bottom = index;
		for (size_t j = 0; j < service->runs_on.n; j++) {
			const struct entity *host = service->runs_on.data[j].entity;
			int node =
				host && host->kind == ENTITY_NODE ? make_find(make, entity_key(make->arena, host)) : -1;
			if (node >= 0)
				make_edge(make, node, index, STR(""), LINE_DOTTED, TIP_NONE);
		}
	}
	if (shown < n) {
		make_more(make, STR("more services"), n - shown, group);
		it->bottom = make_find(make, STR("more services"));
		make_order(make, last_node, it->bottom);
		make_left_out(make, "%zu of %zu services are shown", shown, n);
	}
}

/* ---- around ---- */

static void add_networks(struct cluster_make *it)
{
	for (size_t i = 0; i < it->cluster->networks.n; i++) {
		const struct entity *network = it->cluster->networks.data[i].entity;
		if (!network)
			continue;
		int index = make_entity(it->make, network, entity_note(it->make->arena, network), -1);
		make_edge(it->make, index, it->top, STR(""), LINE_SOLID, TIP_NONE)->head_cluster = it->frame + 1;
	}
}

/* True when the entity is the cluster or stands in it. */
static bool is_inside(const struct cluster_make *it, const struct entity *entity)
{
	if (entity->kind == ENTITY_SERVICE)
		return service_is_on((const struct service *)entity, it->cluster);
	return entity_cluster(entity) == it->cluster;
}

static int outside_box(struct cluster_make *it, const struct entity *entity)
{
	struct str key = entity_key(it->make->arena, entity);
	int found = make_find(it->make, key);
	if (found >= 0)
		return found;
	if (it->n_outside >= OUTSIDE_MAX) {
		it->n_dropped++;
		return -1;
	}
	it->n_outside++;
	return make_entity(it->make, entity, entity_note(it->make->arena, entity), -1);
}

/* -1: the frame stands for it. */
static int inside_box(struct cluster_make *it, const struct entity *entity)
{
	return it->calm ? -1 : make_find(it->make, entity_key(it->make->arena, entity));
}

static void add_connection(struct cluster_make *it, const struct connection *connection)
{
	const struct entity *from = connection->from.entity;
	const struct entity *to = connection->to.entity;
	if (!from || !to)
		return;
	bool from_inside = is_inside(it, from);
	bool to_inside = is_inside(it, to);
	/* What services say to each other stands on their own pages. */
	if (from_inside == to_inside)
		return;
	int from_box = from_inside ? inside_box(it, from) : outside_box(it, from);
	int to_box = to_inside ? inside_box(it, to) : outside_box(it, to);
	int tail_frame = from_inside && from_box < 0 ? it->frame + 1 : 0;
	int head_frame = to_inside && to_box < 0 ? it->frame + 1 : 0;
	from_box = tail_frame ? it->bottom : from_box;
	to_box = head_frame ? it->top : to_box;
	if (from_box < 0 || to_box < 0)
		return;
	struct graph_edge *edge = make_edge(it->make, from_box, to_box, connection->label.str, LINE_SOLID, TIP_ARROW);
	edge->tail_cluster = tail_frame;
	edge->head_cluster = head_frame;
}

/* Things that only send stand above the frame, things that only receive below it. */
static void order_outside(struct cluster_make *it)
{
	struct graph *graph = it->make->graph;
	size_t n_edges = graph->edges.n;
	bool *sends = NEW_ARRAY(it->make->arena, bool, graph->nodes.n);
	bool *receives = NEW_ARRAY(it->make->arena, bool, graph->nodes.n);
	for (size_t i = 0; i < n_edges; i++) {
		sends[graph->edges.data[i].from] = true;
		receives[graph->edges.data[i].to] = true;
	}
	for (size_t i = 0; i < graph->nodes.n; i++) {
		if (graph->nodes.data[i].cluster >= 0 || sends[i] == receives[i])
			continue;
		if (sends[i])
			make_order(it->make, (int)i, it->top);
		else
			make_order(it->make, it->bottom, (int)i);
	}
}

void cluster_graph(struct make *make, const struct cluster *cluster)
{
	struct cluster_make it = {.make = make, .cluster = cluster, .top = -1, .bottom = -1};
	it.frame = make_cluster(make, STR("frame"), entity_title(&cluster->entity), STR(""), "cluster", -1);
	if (cluster->nodes.n)
		add_nodes(&it);
	else
		add_number(&it);
	add_vips(&it);
	add_services(&it);
	add_networks(&it);
	const struct estate *estate = cluster->entity.estate;
	for (size_t i = 0; i < estate->connections.n; i++)
		add_connection(&it, &estate->connections.data[i]);
	order_outside(&it);
	if (it.n_dropped)
		make_left_out(make, "%zu connections lead to things not shown", it.n_dropped);
}
