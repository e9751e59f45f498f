/* Nodes of machine files, put into the clusters of the estate, and found there by name. */
#include "model/machine_parts.h"

/* ---- by name ---- */

/* A name in a cluster. `mark` keeps whole names apart from first parts of names. */
static struct str node_key(struct arena *arena, const struct cluster *cluster, char mark, struct str name)
{
	return str_format(arena, "%p%c" STR_FMT, (const void *)cluster, mark, STR_ARG(utf8_lower(arena, name)));
}

static void index_name(struct merge *merge, const struct cluster *cluster, struct node *node, struct str name)
{
	struct arena *arena = merge->model->arena;
	struct str rest = name, first = str_cut(&rest, '.'), key = node_key(arena, cluster, '=', name);

	if (!map_has(&merge->nodes, key))
		map_put(&merge->nodes, key, node);
	key = node_key(arena, cluster, '.', first);
	if (first.size < name.size && !map_has(&merge->nodes, key))
		map_put(&merge->nodes, key, node);
}

static void index_node(struct merge *merge, const struct cluster *cluster, struct node *node)
{
	index_name(merge, cluster, node, node->entity.id.str);
	for (size_t i = 0; i < node->entity.aliases.n; i++)
		index_name(merge, cluster, node, node->entity.aliases.data[i].str);
}

static void index_cluster(struct merge *merge, const struct cluster *cluster)
{
	struct str key = node_key(merge->model->arena, cluster, '*', STR(""));

	if (map_has(&merge->nodes, key))
		return;
	map_put(&merge->nodes, key, merge);
	for (size_t i = 0; i < cluster->nodes.n; i++)
		index_node(merge, cluster, cluster->nodes.data[i]);
}

struct node *merge_find_node(struct merge *merge, const struct cluster *cluster, struct str name)
{
	struct arena *arena = merge->model->arena;
	struct str rest = name, first = str_cut(&rest, '.');
	struct node *node;

	index_cluster(merge, cluster);
	node = map_find(&merge->nodes, node_key(arena, cluster, '=', name));
	if (!node)
		node = map_find(&merge->nodes, node_key(arena, cluster, first.size < name.size ? '=' : '.', first));
	return node;
}

/* ---- one node ---- */

static bool is_control_plane(struct str role)
{
	return str_find_nocase(role, STR("control")) != SIZE_MAX || str_find_nocase(role, STR("master")) != SIZE_MAX;
}

/* All nodes of the cluster are known: another one is either a mistake or no node of it. */
static bool is_listed(const struct cluster *cluster)
{
	return cluster->has_nodes && cluster->nodes.n > 0 && !cluster->incomplete;
}

/* False: the cluster's nodes are known, and this is none of them. */
static bool may_add(struct merge *merge, struct cluster *cluster, struct node *node, bool from_list)
{
	if (!is_listed(cluster))
		return true;
	if (!from_list)
		return false;
	if (cluster->entity.imported)
		return true;
	merge_clash(merge, "node-unlisted", node->entity.id, cluster->entity.id, cluster->entity.id.str);
	vec_add(merge->model->arena, &cluster->unlisted, node);
	return false;
}

/* Nodes that topology.yaml lists and the machine file, which lists all of them too, does not. */
static void find_missing(struct merge *merge, const struct cluster *to, const struct cluster *from)
{
	if (to->entity.imported || !is_listed(from) || from->nodes.n < 2)
		return;
	for (size_t i = 0; i < to->nodes.n; i++)
		if (!merge_find_node(merge, from, to->nodes.data[i]->entity.id.str))
			merge_clash(merge, "node-missing", to->nodes.data[i]->entity.id, from->entity.id,
				    to->entity.id.str);
}

static void merge_node(struct merge *merge, struct cluster *cluster, struct node *from, bool from_list)
{
	struct node *node = merge_find_node(merge, cluster, from->entity.id.str);

	if (!node && !may_add(merge, cluster, from, from_list))
		return;
	if (!node) {
		from->cluster = cluster;
		from->entity.estate = merge->estate;
		vec_add(merge->model->arena, &cluster->nodes, from);
		index_node(merge, cluster, from);
		return;
	}
	if (node->role.str.size > 0 && from->role.str.size > 0 &&
	    is_control_plane(node->role.str) != is_control_plane(from->role.str))
		merge_clash(merge, "node-role", from->role, node->role, node->entity.id.str);
	merge_word(&node->role, from->role);
	merge_word(&node->cpu, from->cpu);
	merge_word(&node->cores, from->cores);
	merge_word(&node->memory, from->memory);
	merge_word(&node->storage, from->storage);
	merge_word(&node->zone, from->zone);
	merge_word(&node->platform, from->platform);
	merge_word(&node->architecture, from->architecture);
	merge_addresses(merge, "node-address", node->entity.id.str, &node->addresses, &from->addresses);
}

void merge_nodes(struct merge *merge, struct cluster *to, const struct cluster *from)
{
	bool from_list = is_listed(from);

	find_missing(merge, to, from);
	for (size_t i = 0; i < from->nodes.n; i++)
		merge_node(merge, to, from->nodes.data[i], from_list);
	to->has_nodes |= from_list;
	to->incomplete = !from_list && !is_listed(to) && (to->incomplete || from->incomplete);
}
