/* Clusters and their nodes in topology.yaml. */
#include "model/topology/topology.h"

/* ---- nodes ---- */

static void read_node_addresses(struct topology *topology, void *thing, const struct yaml *value,
				const struct topology_field *field)
{
	struct node *node = thing;
	struct address_list found = topology_addresses(topology, value, field);

	for (size_t i = 0; i < found.list.n; i++)
		vec_add(topology->arena, &node->addresses, found.list.data[i]);
}

static void read_runs(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct node *node = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &node->runs, topology_word(item));
}

static const struct topology_field gpu_fields[] = {
	{.key = "model", .word = offsetof(struct node, gpu_model)},
	{.key = "memory", .wanted = "a quantity such as 16 GB", .word = offsetof(struct node, gpu_memory)},
};

static const struct topology_shape gpu_shape = TOPOLOGY_SHAPE("gpu", false, gpu_fields);

static void read_gpu(struct topology *topology, void *thing, const struct yaml *value,
		     const struct topology_field *field)
{
	struct node *node = thing;

	if (value->kind == YAML_SCALAR)
		node->gpu_model = topology_word(value);
	else if (value->kind == YAML_MAP)
		topology_fields(topology, &gpu_shape, node, &(struct topology_entry){.body = value});
	else
		topology_wrong_type(topology, value, field->key, field->wanted);
}

#define ADDRESSES "an address, a list of addresses, or a mapping of network to address"

static const struct topology_field node_fields[] = {
	{.key = "role", .word = offsetof(struct node, role)},
	{.key = "address", .wanted = ADDRESSES, .read = read_node_addresses},
	{.key = "addresses", .wanted = ADDRESSES, .read = read_node_addresses},
	{.key = "cpu", .word = offsetof(struct node, cpu)},
	{.key = "cores", .wanted = "a number", .word = offsetof(struct node, cores)},
	{.key = "memory", .wanted = "a quantity such as 16 GB", .word = offsetof(struct node, memory)},
	{.key = "storage", .wanted = "a quantity such as 500 GB NVMe", .word = offsetof(struct node, storage)},
	{.key = "gpu", .wanted = "a model, or a mapping with model and memory", .read = read_gpu},
	{.key = "zone", .word = offsetof(struct node, zone)},
	{.key = "platform", .word = offsetof(struct node, platform)},
	{.key = "architecture", .word = offsetof(struct node, architecture)},
	{.key = "runs", .wanted = "a word, or a list of words", .read = read_runs},
};

static const struct topology_shape node_shape = TOPOLOGY_SHAPE("node", true, node_fields);

static void read_nodes(struct topology *topology, void *thing, const struct yaml *value,
		       const struct topology_field *field)
{
	struct cluster *cluster = thing;
	struct topology_entries entries = topology_entries(topology, value, field);

	cluster->has_nodes = true;
	for (size_t i = 0; i < entries.list.n; i++) {
		struct node *node = topology_entity(topology, ENTITY_NODE, sizeof *node, &entries.list.data[i]);

		node->cluster = cluster;
		topology_fields(topology, &node_shape, node, &entries.list.data[i]);
		vec_add(topology->arena, &cluster->nodes, node);
	}
}

/* ---- clusters ---- */

static void read_versions(struct topology *topology, void *thing, const struct yaml *value,
			  const struct topology_field *field)
{
	struct cluster *cluster = thing;

	if (value->kind != YAML_MAP)
		topology_wrong_type(topology, value, field->key, field->wanted);
	for (size_t i = 0; i < value->pairs.n; i++) {
		const struct yaml_pair *pair = &value->pairs.data[i];

		if (str_starts(pair->key.str, STR("x-")) || yaml_is_null(pair->value))
			continue;
		if (pair->value->kind == YAML_SCALAR)
			vec_add(topology->arena, &cluster->versions,
				(struct version_value){pair->key, topology_word(pair->value)});
		else
			topology_wrong_type(topology, pair->value, field->key, "a version");
	}
}

static void read_networks(struct topology *topology, void *thing, const struct yaml *value,
			  const struct topology_field *field)
{
	struct cluster *cluster = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &cluster->networks, topology_ref(item, ENTITY_NETWORK));
}

static void read_dns(struct topology *topology, void *thing, const struct yaml *value,
		     const struct topology_field *field)
{
	struct cluster *cluster = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &cluster->dns, topology_address(item));
}

static void read_vips(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct cluster *cluster = thing;
	struct address_list found = topology_addresses(topology, value, field);

	for (size_t i = 0; i < found.list.n; i++)
		vec_add(topology->arena, &cluster->vips, found.list.data[i]);
}

/* A number of 1 to 9 digits at the start of *rest, taken off with the blanks behind it; -1: none. */
static long long take_number(struct str *rest)
{
	size_t n = 0;
	long long number;

	while (n < rest->size && rest->data[n] >= '0' && rest->data[n] <= '9')
		n++;
	if (n > 9 || !str_to_number(str_sub(*rest, 0, n), &number))
		return -1;
	*rest = str_trim_left(str_from_off(*rest, n));
	return number;
}

/* 6, 3-6, 3–6, 3..6, 3 to 6 */
static struct count_value parse_count(struct word word)
{
	static const char *const marks[] = {"-", "\xE2\x80\x93", "..", "to"};
	struct count_value count = {.word = word, .present = true};
	struct str rest = word.str;

	count.min = count.max = take_number(&rest);
	for (size_t i = 0; i < sizeof marks / sizeof *marks && count.min >= 0 && rest.size > 0; i++) {
		if (!str_starts(rest, str_from(marks[i])))
			continue;
		rest = str_trim_left(str_from_off(rest, strlen(marks[i])));
		count.max = take_number(&rest);
	}
	count.valid = count.min >= 0 && count.max >= 0 && rest.size == 0;
	if (count.max < count.min) {
		long long most = count.min;

		count.min = count.max;
		count.max = most;
	}
	return count;
}

static void read_node_count(struct topology *topology, void *thing, const struct yaml *value,
			    const struct topology_field *field)
{
	struct cluster *cluster = thing;

	if (value->kind == YAML_SCALAR)
		cluster->node_count = parse_count(topology_word(value));
	if (!cluster->node_count.valid)
		topology_wrong_type(topology, value, field->key, field->wanted);
}

static const struct topology_field cluster_fields[] = {
	{.key = "platform", .word = offsetof(struct cluster, platform)},
	{.key = "architecture", .word = offsetof(struct cluster, architecture)},
	{.key = "purpose", .word = offsetof(struct cluster, purpose)},
	{.key = "versions", .wanted = "a mapping of component to version", .read = read_versions},
	{.key = "networks", .wanted = "the id of a network, or a list of ids", .read = read_networks},
	{.key = "dns", .wanted = "an address, or a list of addresses", .read = read_dns},
	{.key = "vips", .wanted = "a mapping of name to address", .read = read_vips},
	{.key = "nodes", .wanted = "a mapping of nodes", .read = read_nodes},
	{.key = "node_count", .wanted = "a number, or a range such as 3-6", .read = read_node_count},
};

static const struct topology_shape cluster_shape = TOPOLOGY_SHAPE("cluster", true, cluster_fields);

void topology_clusters(struct topology *topology, void *thing, const struct yaml *value,
		       const struct topology_field *field)
{
	struct estate *estate = thing;
	struct topology_entries entries = topology_entries(topology, value, field);

	for (size_t i = 0; i < entries.list.n; i++) {
		struct cluster *cluster =
			topology_entity(topology, ENTITY_CLUSTER, sizeof *cluster, &entries.list.data[i]);

		topology_fields(topology, &cluster_shape, cluster, &entries.list.data[i]);
		vec_add(topology->arena, &estate->clusters, cluster);
	}
}
