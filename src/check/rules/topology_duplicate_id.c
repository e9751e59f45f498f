/* topology-duplicate-id: two things of one kind answer to one name. */
#include "check/check.h"

/* Where an entity is given that name: its id, or one of its aliases. */
static struct word given(const struct entity *entity, struct str lower, struct arena *arena)
{
	if (str_eq(utf8_lower(arena, entity->id.str), lower))
		return entity->id;
	for (size_t i = 0; i < entity->aliases.n; i++)
		if (str_eq(utf8_lower(arena, entity->aliases.data[i].str), lower))
			return entity->aliases.data[i];
	return entity->id;
}

static struct str home_of(struct check *check, const struct entity *entity)
{
	const struct node *node = (const struct node *)entity;

	if (entity->kind != ENTITY_NODE)
		return STR("");
	return str_format(check->arena, " of " STR_FMT, STR_ARG(node->cluster->entity.id.str));
}

static void report(struct check *check, const struct entity *first, const struct entity *second, struct str lower)
{
	struct word name = given(second, lower, check->arena), other = given(first, lower, check->arena);
	const char *kind = entity_kind_name(second->kind);
	struct str home = home_of(check, second), first_home = home_of(check, first);
	bool is_id = name.span.off == second->id.span.off;
	struct diag *diag =
		is_id ? check_report(check, name.span, "two %ss are called " STR_FMT, kind, STR_ARG(name.str))
		      : check_report(check, name.span,
				     "the alias " STR_FMT " of the %s " STR_FMT STR_FMT " names the %s " STR_FMT STR_FMT
				     " too",
				     STR_ARG(name.str), kind, STR_ARG(second->id.str), STR_ARG(home), kind,
				     STR_ARG(first->id.str), STR_ARG(first_home));

	check_note(check, diag, other.span,
		   "also declared here"
		   "%s" STR_FMT,
		   first_home.size > 0 ? ", a node" : "", STR_ARG(first_home));
	check_help(check, diag, "give one of them another name");
}

/* One finding for two entities, however many names they share. */
static bool is_told(struct check *check, struct map *told, const struct entity *entity)
{
	const struct entity **key = NEW(check->arena, const struct entity *);
	struct str bytes = {(const char *)key, sizeof *key};

	*key = entity;
	if (map_has(told, bytes))
		return true;
	map_put(told, bytes, told);
	return false;
}

static void check_name(struct check *check, struct map *told, const struct map_item *item)
{
	const struct name_entry *entry = item->value;

	for (size_t i = 1; i < entry->entities.n; i++) {
		size_t first = 0;

		while (first < i && entry->entities.data[first]->kind != entry->entities.data[i]->kind)
			first++;
		if (first < i && !is_told(check, told, entry->entities.data[i]))
			report(check, entry->entities.data[first], entry->entities.data[i], item->key);
	}
}

static void check_estates(struct check *check)
{
	struct map ids = {.arena = check->arena};

	FOR_ESTATES (check->model, estate) {
		struct str id = utf8_lower(check->arena, estate->entity.id.str);
		const struct estate *first = map_find(&ids, id);
		const struct entity *a = first ? &first->entity : NULL, *b = &estate->entity;
		bool in_order =
			first && span_cmp(a->id.span, b->id.span) < 0; /* estates stand by id, findings by path */
		struct diag *diag;

		if (!first) {
			map_put(&ids, id, estate);
			continue;
		}
		diag = check_report(check, in_order ? b->id.span : a->id.span, "two estates are called " STR_FMT,
				    STR_ARG(in_order ? b->id.str : a->id.str));
		check_note(check, diag, in_order ? a->id.span : b->id.span, "also declared here");
		check_help(check, diag, "give one of them another name, or write both into one file");
	}
}

static void run(struct check *check)
{
	check_estates(check);
	FOR_ESTATES (check->model, estate) {
		struct map told = {.arena = check->arena};

		for (size_t i = 0; i < estate->by_name.n; i++)
			check_name(check, &told, &estate->by_name.items[i]);
	}
}

const struct rule rule_topology_duplicate_id = {
	.name = "topology-duplicate-id",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "two entities of an estate with one id or alias",
	.explain =
		"Ids and aliases are unique for each kind: clusters, nodes, networks, devices, services, zones, groups. Upper and "
		"lower case make no difference. A node and a service may share a name, since a reference says which kind it means. "
		"Nodes of different clusters may not: documents name a node without its cluster. A key that stands twice in one "
		"mapping is topology-syntax.",
	.example = "devices:\n  - {id: nas, address: 10.0.0.10}\n  - {id: nas, address: 10.0.0.11}",
	.cure = "Give one of the two another id or alias, or merge them when they are one thing.",
	.run = run,
};
