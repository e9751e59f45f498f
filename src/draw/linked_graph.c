/* Gives hand-made diagrams their links: those they state, and those to the entities that they name. */
#include "draw/drawing.h"

/* Lower-cased id, alias or title -> entity; a name that several answer to maps to `several`. */
struct names {
	struct arena *arena;
	struct map map;
	struct entity several;
};

static void add_name(struct names *names, struct str name, const struct entity *entity)
{
	if (name.size == 0 || entity->url.size == 0)
		return;
	struct str key = str_lower_ascii(names->arena, name);
	const struct entity *old = map_find(&names->map, key);
	union {
		const struct entity *in;
		void *out;
	} value = {.in = old && old != entity ? &names->several : entity};
	map_put(&names->map, key, value.out);
}

static void add_entity(struct names *names, const struct entity *entity)
{
	add_name(names, entity->id.str, entity);
	if (!str_eq_nocase(entity->title.str, entity->id.str))
		add_name(names, entity->title.str, entity);
	for (size_t i = 0; i < entity->aliases.n; i++)
		add_name(names, entity->aliases.data[i].str, entity);
}

struct names *names_of(struct arena *arena, const struct estate *estate)
{
	struct names *names = NEW(arena, struct names);
	names->arena = arena;
	names->map.arena = arena;
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		add_entity(names, &cluster->entity);
		for (size_t j = 0; j < cluster->nodes.n; j++)
			add_entity(names, &cluster->nodes.data[j]->entity);
	}
	for (size_t i = 0; i < estate->networks.n; i++)
		add_entity(names, &estate->networks.data[i]->entity);
	for (size_t i = 0; i < estate->devices.n; i++)
		add_entity(names, &estate->devices.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		add_entity(names, &estate->services.data[i]->entity);
	return names;
}

/* By label, its first line, or id. */
static const struct entity *named(const struct names *names, struct str label, struct str id)
{
	struct str rest = label;
	struct str ways[3] = {label, str_cut(&rest, '\n'), id};
	for (size_t i = 0; names && i < 3; i++) {
		const struct entity *entity = map_find(&names->map, str_lower_ascii(names->arena, str_trim(ways[i])));
		if (entity && entity != &names->several)
			return entity;
	}
	return NULL;
}

static bool has_scheme(struct str href)
{
	size_t colon = str_find_char(href, ':');
	return colon != SIZE_MAX && colon < str_find_char(href, '/') && colon < str_find_char(href, '#');
}

/* What a stated link leads to: http and https as they are, a path of the workspace as its page, else nothing. */
static struct str link_target(struct arena *arena, const struct model *model, const struct page *page, struct str href)
{
	if (href.size == 0 || str_starts_nocase(href, STR("http://")) || str_starts_nocase(href, STR("https://")))
		return href;
	if (has_scheme(href) || str_starts(href, STR("//")))
		return STR("");
	size_t hash = str_find_char(href, '#');
	struct str path = hash == SIZE_MAX ? href : str_sub(href, 0, hash);
	struct str anchor = hash == SIZE_MAX ? STR("") : str_from_off(href, hash);
	struct str full = page->source->path;
	if (path.size && path.data[0] == '/')
		full = path_normal(arena, str_from_off(path, 1));
	else if (path.size)
		full = path_join(arena, path_dir(full), path);
	const struct page *target = model_page(model, full);
	if (!target)
		return STR("");
	return str_format(arena, STR_FMT STR_FMT, STR_ARG(target->url), STR_ARG(anchor));
}

/* The page of the one record that a label names as "ADR-0004"; empty: it names none, several, or one that is not known. */
static struct str decision_in_label(struct arena *arena, const struct model *model, const struct page *page,
				    struct str label)
{
	struct decision_name_found found;
	size_t off = 0, n = 0;
	if (!decision_name_next(label, &off, &found))
		return STR("");
	long long number = found.number;
	if (decision_name_next(label, &off, &found) && found.number != number)
		return STR("");
	const struct decision *decision = model_decision(model, page->source->path, number, &n);
	return decision ? decision_href(arena, decision) : STR("");
}

/* What the entity is, and what the drawing says of it besides. */
static struct str kind_of(struct arena *arena, const struct entity *entity, struct str own)
{
	const char *kind = entity_kind_name(entity->kind);
	return own.size ? str_format(arena, "%s " STR_FMT, kind, STR_ARG(own)) : str_from(kind);
}

struct graph *linked_graph(struct arena *arena, const struct model *model, const struct page *page,
			   const struct graph *graph, const struct names *names)
{
	struct graph *copy = arena_copy(arena, graph, sizeof *graph);
	copy->nodes.data = arena_copy(arena, graph->nodes.data, graph->nodes.n * sizeof *graph->nodes.data);
	copy->clusters.data = arena_copy(arena, graph->clusters.data, graph->clusters.n * sizeof *graph->clusters.data);
	copy->nodes.cap = graph->nodes.n;
	copy->clusters.cap = graph->clusters.n;
	for (size_t i = 0; i < copy->nodes.n; i++) {
		struct graph_node *node = &copy->nodes.data[i];
		const struct entity *entity = named(names, node->label.str, node->id.str);
		bool stated = node->href.size > 0;
		node->href = link_target(arena, model, page, node->href);
		if (!entity && !stated)
			node->href = decision_in_label(arena, model, page, node->label.str);
		if (!entity)
			continue;
		node->kind = kind_of(arena, entity, node->kind);
		if (!stated)
			node->href = entity->url;
	}
	for (size_t i = 0; i < copy->clusters.n; i++) {
		struct graph_cluster *cluster = &copy->clusters.data[i];
		const struct entity *entity = named(names, cluster->label.str, cluster->id.str);
		bool stated = cluster->href.size > 0;
		cluster->href = link_target(arena, model, page, cluster->href);
		if (!entity)
			continue;
		cluster->kind = kind_of(arena, entity, cluster->kind);
		if (!stated)
			cluster->href = entity->url;
	}
	return copy;
}
