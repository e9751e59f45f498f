/* diagram-edge-undeclared: a drawing joins two things that no connection of the topology joins. */
#include "check/check.h"

enum { OWNERS_MAX = 12 };

struct pair {
	const struct entity *a, *b;
};

/* Every pair that the topology relates, both ways. */
struct relations {
	struct arena *arena;
	struct map pairs;
};

/* A thing, what it runs on, and the cluster of that. */
struct owners {
	const struct entity *of[OWNERS_MAX];
	size_t n;
};

static bool is_related(const struct relations *relations, const struct entity *a, const struct entity *b)
{
	struct pair pair = {a, b};
	return map_has(&relations->pairs, (struct str){(const char *)&pair, sizeof pair});
}

static void relate(struct relations *relations, const struct entity *a, const struct entity *b)
{
	struct pair ways[2] = {{a, b}, {b, a}};
	for (size_t i = 0; a && b && i < 2; i++) {
		const struct pair *kept = arena_copy(relations->arena, &ways[i], sizeof ways[i]);
		map_put(&relations->pairs, (struct str){(const char *)kept, sizeof *kept}, relations);
	}
}

static void relate_addresses(struct relations *relations, const struct entity *entity,
			     const struct address_value *addresses, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (addresses[i].network)
			relate(relations, entity, &addresses[i].network->entity);
}

static struct relations relations_of(struct arena *arena, const struct estate *estate)
{
	struct relations relations = {.arena = arena, .pairs = {.arena = arena}};
	for (size_t i = 0; i < estate->connections.n; i++) {
		const struct connection *connection = &estate->connections.data[i];
		relate(&relations, connection->from.entity, connection->to.entity);
		relate(&relations, connection->from.entity, connection->network.entity);
		relate(&relations, connection->to.entity, connection->network.entity);
	}
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		for (size_t k = 0; k < cluster->networks.n; k++)
			relate(&relations, &cluster->entity, cluster->networks.data[k].entity);
		for (size_t k = 0; k < cluster->nodes.n; k++)
			relate_addresses(&relations, &cluster->nodes.data[k]->entity,
					 cluster->nodes.data[k]->addresses.data, cluster->nodes.data[k]->addresses.n);
		relate_addresses(&relations, &cluster->entity, cluster->vips.data, cluster->vips.n);
	}
	for (size_t i = 0; i < estate->devices.n; i++)
		relate_addresses(&relations, &estate->devices.data[i]->entity, estate->devices.data[i]->addresses.data,
				 estate->devices.data[i]->addresses.n);
	for (size_t i = 0; i < estate->services.n; i++)
		relate_addresses(&relations, &estate->services.data[i]->entity,
				 estate->services.data[i]->addresses.data, estate->services.data[i]->addresses.n);
	for (size_t i = 0; i < estate->networks.n; i++)
		relate(&relations, &estate->networks.data[i]->entity, estate->networks.data[i]->parent.entity);
	return relations;
}

static void add_owner(struct owners *owners, const struct entity *entity)
{
	if (entity && owners->n < OWNERS_MAX)
		owners->of[owners->n++] = entity;
}

static struct owners owners_of(const struct entity *entity)
{
	struct owners owners = {.n = 0};
	add_owner(&owners, entity);
	if (entity->kind == ENTITY_SERVICE) {
		const struct service *service = (const struct service *)entity;
		for (size_t i = 0; i < service->runs_on.n; i++)
			add_owner(&owners, service->runs_on.data[i].entity);
	}
	for (size_t i = 0; i < owners.n; i++)
		if (owners.of[i]->kind == ENTITY_NODE && ((const struct node *)owners.of[i])->cluster)
			add_owner(&owners, &((const struct node *)owners.of[i])->cluster->entity);
	return owners;
}

/* Joined themselves, or through what they run on; one in the other; a node beside what is in its cluster. */
static bool is_declared(const struct relations *relations, const struct entity *a, const struct entity *b)
{
	struct owners one = owners_of(a), two = owners_of(b);
	for (size_t i = 0; i < one.n; i++)
		for (size_t k = 0; k < two.n; k++) {
			bool is_same = one.of[i] == two.of[k];
			bool holds = !i || !k || a->kind == ENTITY_NODE || b->kind == ENTITY_NODE;
			if (is_same ? holds : is_related(relations, one.of[i], two.of[k]))
				return true;
		}
	return false;
}

static struct entity *end_of(const struct sketch *drawing, int node, int cluster)
{
	size_t item = cluster ? drawing->graph->nodes.n + (size_t)cluster - 1 : (size_t)node;
	const struct drawn *drawn = &drawing->items.data[item];
	return drawn->why ? NULL : drawn->entity;
}

static void check_drawing(struct check *check, const struct sketch *drawing, const struct relations *relations)
{
	const struct graph *graph = drawing->graph;
	struct relations told = {.arena = check->arena, .pairs = {.arena = check->arena}};
	for (size_t i = 0; i < graph->edges.n; i++) {
		const struct graph_edge *edge = &graph->edges.data[i];
		struct entity *from = end_of(drawing, edge->from, edge->tail_cluster);
		struct entity *to = end_of(drawing, edge->to, edge->head_cluster);
		if (!from || !to || from == to || edge->line == LINE_INVISIBLE)
			continue;
		if (is_declared(relations, from, to) || is_related(&told, from, to))
			continue;
		relate(&told, from, to);
		struct diag *diag = check_report(check, edge->span, "no connection joins " STR_FMT " and " STR_FMT,
						 STR_ARG(entity_title(from)), STR_ARG(entity_title(to)));
		check_help(check, diag, "declare it: {from: " STR_FMT ", to: " STR_FMT "}", STR_ARG(from->id.str),
			   STR_ARG(to->id.str));
	}
}

static void run(struct check *check)
{
	const struct sketches *drawings = check_drawings(check);
	const struct estate *estate = NULL;
	struct relations relations = {0};
	for (size_t i = 0; i < drawings->list.n; i++) {
		const struct sketch *drawing = drawings->list.data[i];
		if (!drawing->graph || drawing->graph->form != GRAPH_BOXES || drawing->why || drawing->page->decision ||
		    !drawing->page->estate->connections.n)
			continue;
		if (drawing->page->estate != estate) {
			estate = drawing->page->estate;
			relations = relations_of(check->arena, estate);
		}
		check_drawing(check, drawing, &relations);
	}
}

const struct rule rule_diagram_edge_undeclared = {
	.name = "diagram-edge-undeclared",
	.severity = SEVERITY_INFO,
	.group = "diagrams",
	.summary = "an edge between two declared things that no connection joins",
	.explain =
		"Where a topology declares connections, the edges of a drawing should be among them, in either direction. Edges "
		"between a thing and what it runs on, between a node and what else is in its cluster, and between a thing and its networks need no "
		"connection, and a connection of two clusters speaks for what runs on them. Estates without connections, drawings in "
		"decision records and drawings of plans or of the past are left alone.",
	.example = "prod --> redis     and no connection has prod and redis",
	.cure = "Declare the connection, or take the edge out of the drawing.",
	.run = run,
};
