/* Puts graphs of the model together: boxes, groups and lines by key, each once. */
#include "draw/drawing.h"

#include <stdarg.h>

void make_start(struct make *make, struct arena *arena, const char *direction, struct str title)
{
	*make = (struct make){.arena = arena};
	make->nodes.arena = arena;
	make->clusters.arena = arena;
	make->edges.arena = arena;
	make->graph = NEW(arena, struct graph);
	make->graph->span = SPAN_NONE;
	make->graph->kind = STR("digraph");
	make->graph->supported = true;
	make->graph->directed = true;
	make->graph->title = (struct word){title, SPAN_NONE};
	memcpy(make->graph->direction, direction, 3);
}

static int index_find(const struct map *map, struct str key)
{
	const void *value = map_find(map, key);
	return value ? (int)((uintptr_t)value - 1) : -1;
}

static void index_put(struct map *map, struct str key, size_t index)
{
	map_put(map, key, (void *)((uintptr_t)index + 1));
}

static struct word nowhere(struct str text)
{
	return (struct word){text, SPAN_NONE};
}

int make_find(const struct make *make, struct str key)
{
	return index_find(&make->nodes, key);
}

int make_node(struct make *make, struct str key, struct make_node node)
{
	int found = make_find(make, key);
	if (found >= 0)
		return found;
	size_t index = make->graph->nodes.n;
	struct graph_node it = {.id = nowhere(key),
				.label = nowhere(node.label),
				.note = node.note,
				.kind = node.kind,
				.href = node.href,
				.shape = node.shape,
				.cluster = node.cluster};
	vec_add(make->arena, &make->graph->nodes, it);
	index_put(&make->nodes, key, index);
	return (int)index;
}

int make_cluster(struct make *make, struct str key, struct str label, struct str href, const char *kind, int parent)
{
	int found = index_find(&make->clusters, key);
	if (found >= 0)
		return found;
	size_t index = make->graph->clusters.n;
	struct graph_cluster it = {
		.id = nowhere(key), .label = nowhere(label), .href = href, .kind = str_from(kind), .parent = parent};
	vec_add(make->arena, &make->graph->clusters, it);
	index_put(&make->clusters, key, index);
	return (int)index;
}

/* True when the label already says it. */
static bool label_has(struct str label, struct str part)
{
	struct str rest = label;
	while (rest.data)
		if (str_eq(str_trim(str_cut(&rest, ',')), part))
			return true;
	return false;
}

struct graph_edge *make_edge(struct make *make, int from, int to, struct str label, enum graph_line line,
			     enum graph_tip head)
{
	struct str key = str_format(make->arena, "%d %d %d %d", from, to, line, head);
	int found = index_find(&make->edges, key);
	if (found < 0) {
		size_t index = make->graph->edges.n;
		struct graph_edge it = {
			.from = from, .to = to, .label = nowhere(label), .line = line, .head = head, .span = SPAN_NONE};
		index_put(&make->edges, key, index);
		return vec_add(make->arena, &make->graph->edges, it);
	}
	struct graph_edge *edge = &make->graph->edges.data[found];
	if (label.size == 0 || label_has(edge->label.str, label))
		return edge;
	long long n = 0;
	struct str rest = edge->label.str;
	bool counted = str_to_number(str_cut(&rest, ' '), &n) && str_is(rest, "connections");
	if (counted)
		edge->label.str = str_format(make->arena, "%lld connections", n + 1);
	else if (str_find_char(edge->label.str, ',') != SIZE_MAX)
		edge->label.str = STR("3 connections");
	else if (edge->label.str.size)
		edge->label.str =
			str_format(make->arena, STR_FMT ", " STR_FMT, STR_ARG(edge->label.str), STR_ARG(label));
	else
		edge->label.str = label;
	return edge;
}

void make_order(struct make *make, int from, int to)
{
	if (from >= 0 && to >= 0 && from != to)
		make_edge(make, from, to, STR(""), LINE_INVISIBLE, TIP_NONE);
}

void make_more(struct make *make, struct str key, size_t n, int cluster)
{
	struct make_node node = {.label = str_format(make->arena, "and %zu more", n),
				 .kind = STR("more"),
				 .shape = SHAPE_PLAIN,
				 .cluster = cluster};
	make_node(make, key, node);
}

void make_left_out(struct make *make, const char *format, ...)
{
	char text[256];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (make->why.size)
		buf_adds(&make->why, "; ");
	buf_adds(&make->why, text);
}

/* ---- entities ---- */

struct str entity_key(struct arena *arena, const struct entity *entity)
{
	const char *kind = entity_kind_name(entity->kind);
	if (!entity->estate)
		return str_format(arena, "%s:" STR_FMT, kind, STR_ARG(entity->id.str));
	return str_format(arena, "%s:" STR_FMT "/" STR_FMT, kind, STR_ARG(entity->estate->entity.id.str),
			  STR_ARG(entity->id.str));
}

static struct str addresses_note(struct arena *arena, const struct address_value *values, size_t n)
{
	if (n == 0)
		return STR("");
	return n == 1 ? values[0].word.str : str_format(arena, STR_FMT " +%zu", STR_ARG(values[0].word.str), n - 1);
}

struct str cluster_size_text(struct arena *arena, const struct cluster *cluster)
{
	struct count_value count = cluster_count(cluster);
	if (count.min < 0 || (!count.present && !cluster->nodes.n))
		return STR("");
	if (count.min != count.max)
		return str_format(arena, "%lld-%lld nodes", count.min, count.max);
	return str_format(arena, "%lld node%s", count.min, count.min == 1 ? "" : "s");
}

struct str entity_note(struct arena *arena, const struct entity *entity)
{
	switch (entity->kind) {
	case ENTITY_NODE: {
		const struct node *node = (const struct node *)entity;
		return addresses_note(arena, node->addresses.data, node->addresses.n);
	}
	case ENTITY_DEVICE: {
		const struct device *device = (const struct device *)entity;
		struct str note = addresses_note(arena, device->addresses.data, device->addresses.n);
		return note.size ? note : device->device_kind.str;
	}
	case ENTITY_SERVICE: {
		const struct service *service = (const struct service *)entity;
		return addresses_note(arena, service->addresses.data, service->addresses.n);
	}
	case ENTITY_NETWORK: {
		const struct network *network = (const struct network *)entity;
		return network->cidrs.n ? network->cidrs.data[0].word.str : STR("");
	}
	case ENTITY_CLUSTER: {
		const struct cluster *cluster = (const struct cluster *)entity;
		struct str size = cluster_size_text(arena, cluster);
		struct str parts[2] = {cluster->platform.str, size};
		return parts[0].size && size.size ? str_join(arena, parts, 2, STR(", "))
		       : parts[0].size            ? parts[0]
						  : size;
	}
	default: return STR("");
	}
}

int make_entity(struct make *make, const struct entity *entity, struct str note, int cluster)
{
	struct make_node node = {.label = entity_title(entity),
				 .note = note,
				 .kind = str_from(entity_kind_name(entity->kind)),
				 .href = entity->url,
				 .shape = entity->kind == ENTITY_NETWORK ? SHAPE_STADIUM : SHAPE_ROUND,
				 .cluster = cluster};
	return make_node(make, entity_key(make->arena, entity), node);
}

const struct cluster *entity_cluster(const struct entity *entity)
{
	if (!entity)
		return NULL;
	if (entity->kind == ENTITY_CLUSTER)
		return (const struct cluster *)entity;
	return entity->kind == ENTITY_NODE ? ((const struct node *)entity)->cluster : NULL;
}

bool service_is_on(const struct service *service, const struct cluster *cluster)
{
	for (size_t i = 0; i < service->runs_on.n; i++)
		if (entity_cluster(service->runs_on.data[i].entity) == cluster)
			return true;
	return false;
}

size_t cluster_services(const struct cluster *cluster)
{
	const struct estate *estate = cluster->entity.estate;
	size_t n = 0;
	for (size_t i = 0; estate && i < estate->services.n; i++)
		n += service_is_on(estate->services.data[i], cluster);
	return n;
}
