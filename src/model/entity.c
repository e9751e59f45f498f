/* Questions about estates and what is in them. */
#include "model/model.h"

struct str entity_title(const struct entity *entity)
{
	return entity->title.str.size > 0 ? entity->title.str : entity->id.str;
}

const char *entity_kind_name(enum entity_kind kind)
{
	static const char *const names[] = {
		[ENTITY_ESTATE] = "estate", [ENTITY_NETWORK] = "network", [ENTITY_CLUSTER] = "cluster",
		[ENTITY_NODE] = "node",     [ENTITY_DEVICE] = "device",   [ENTITY_SERVICE] = "service",
		[ENTITY_ZONE] = "zone",     [ENTITY_GROUP] = "group",     [ENTITY_RETIRED] = "retired name",
		[ENTITY_KINDS] = "entity",
	};

	return names[kind];
}

/* Most names are short and ASCII: no memory is taken for those. */
const struct name_entry *estate_entry(const struct estate *estate, struct str name)
{
	const struct name_entry *entry;
	struct arena *scratch;
	char lower[64];
	size_t n = 0;

	while (n < name.size && n < sizeof lower && (unsigned char)name.data[n] < 0x80) {
		lower[n] =
			(char)(name.data[n] >= 'A' && name.data[n] <= 'Z' ? name.data[n] + ('a' - 'A') : name.data[n]);
		n++;
	}
	if (n == name.size)
		return map_find(&estate->by_name, (struct str){lower, n});
	scratch = arena_new();
	entry = map_find(&estate->by_name, utf8_lower(scratch, name));
	arena_free(scratch);
	return entry;
}

struct entity *estate_find(const struct estate *estate, struct str name, enum entity_kind kind)
{
	const struct name_entry *entry = estate_entry(estate, name);
	struct entity *found = NULL;

	for (size_t i = 0; entry && i < entry->entities.n; i++) {
		struct entity *entity = entry->entities.data[i];

		if (kind != ENTITY_KINDS && entity->kind != kind)
			continue;
		if (found)
			return NULL;
		found = entity;
	}
	return found;
}

struct count_value cluster_count(const struct cluster *cluster)
{
	if (cluster->nodes.n > 0 && !cluster->incomplete)
		return (struct count_value){.word = {STR_NONE, cluster->entity.id.span},
					    .present = true,
					    .valid = true,
					    .min = (long long)cluster->nodes.n,
					    .max = (long long)cluster->nodes.n};
	if (cluster->node_count.present && cluster->node_count.valid)
		return cluster->node_count;
	return (struct count_value){.min = -1, .max = -1};
}

static void add_use(struct arena *arena, struct address_uses *uses, const struct address_value *value,
		    struct entity *owner, int use)
{
	vec_add(arena, &uses->list, (struct address_use){.value = value, .owner = owner, .use = use});
}

static void add_cluster_uses(struct arena *arena, struct address_uses *uses, struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->vips.n; i++)
		add_use(arena, uses, &cluster->vips.data[i], &cluster->entity, USE_VIP);
	for (size_t i = 0; i < cluster->dns.n; i++)
		add_use(arena, uses, &cluster->dns.data[i], &cluster->entity, USE_DNS);
	for (size_t i = 0; i < cluster->nodes.n; i++) {
		struct node *node = cluster->nodes.data[i];

		for (size_t k = 0; k < node->addresses.n; k++)
			add_use(arena, uses, &node->addresses.data[k], &node->entity, USE_NODE);
	}
}

/* Through YAML aliases several owners may share one place; then the owner's own place decides. */
static int compare_uses(const void *left, const void *right)
{
	const struct address_use *a = left, *b = right;
	int order = span_cmp(a->value->word.span, b->value->word.span);

	if (order == 0)
		order = span_cmp(a->owner->id.span, b->owner->id.span);
	return order ? order : (int)a->use - (int)b->use;
}

struct address_uses estate_addresses(struct arena *arena, const struct estate *estate)
{
	struct address_uses uses = {0};

	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->gateways.n; k++)
			add_use(arena, &uses, &estate->networks.data[i]->gateways.data[k],
				&estate->networks.data[i]->entity, USE_GATEWAY);
	for (size_t i = 0; i < estate->clusters.n; i++)
		add_cluster_uses(arena, &uses, estate->clusters.data[i]);
	for (size_t i = 0; i < estate->devices.n; i++)
		for (size_t k = 0; k < estate->devices.data[i]->addresses.n; k++)
			add_use(arena, &uses, &estate->devices.data[i]->addresses.data[k],
				&estate->devices.data[i]->entity, USE_DEVICE);
	for (size_t i = 0; i < estate->services.n; i++)
		for (size_t k = 0; k < estate->services.data[i]->addresses.n; k++)
			add_use(arena, &uses, &estate->services.data[i]->addresses.data[k],
				&estate->services.data[i]->entity, USE_SERVICE);
	if (uses.list.n > 1)
		qsort(uses.list.data, uses.list.n, sizeof *uses.list.data, compare_uses);
	return uses;
}
