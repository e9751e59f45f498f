/* Regions about the topology: nodes of a cluster, networks, clusters side by side. */
#include "fact/region.h"

static struct str cell_of(struct arena *arena, struct str text)
{
	struct buf cell = {0};
	region_text(&cell, text);
	struct str copy = buf_dup(arena, &cell);
	buf_free(&cell);
	return copy;
}

/* Several words with ", " between; each of the n structs begins with a struct word. */
static struct str cell_of_words(struct arena *arena, const void *words, size_t n, size_t stride)
{
	struct str *parts = NEW_ARRAY(arena, struct str, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct word *word = (const void *)((const char *)words + i * stride);
		parts[i] = word->str;
	}
	return cell_of(arena, str_join(arena, parts, n, STR(", ")));
}

#define CELL_OF_LIST(arena, from) cell_of_words((arena), (from)->data, (from)->n, sizeof *(from)->data)

static struct str gpu_of(struct arena *arena, const struct node *node)
{
	struct str model = node->gpu_model.str, memory = node->gpu_memory.str;
	if (model.size && memory.size)
		return str_format(arena, STR_FMT " (" STR_FMT ")", STR_ARG(model), STR_ARG(memory));
	return model.size ? model : memory;
}

bool region_node_table(struct region_maker *maker)
{
	static const char *const heads[] = {"Node",   "Role",    "Address", "CPU", "Cores",
					    "Memory", "Storage", "GPU",     "Zone"};
	struct arena *arena = maker->arena;
	struct region_table table = {.arena = arena};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		region_column(&table, str_from(heads[i]));
	for (size_t i = 0; i < maker->cluster->nodes.n; i++) {
		const struct node *node = maker->cluster->nodes.data[i];
		struct str *row = region_row(&table);
		row[0] = cell_of(arena, entity_title(&node->entity));
		row[1] = cell_of(arena, node->role.str);
		row[2] = CELL_OF_LIST(arena, &node->addresses);
		row[3] = cell_of(arena, node->cpu.str);
		row[4] = cell_of(arena, node->cores.str);
		row[5] = cell_of(arena, node->memory.str);
		row[6] = cell_of(arena, node->storage.str);
		row[7] = cell_of(arena, gpu_of(arena, node));
		row[8] = cell_of(arena, node->zone.str);
	}
	region_table_write(&table, maker->out);
	return table.rows.n > 0;
}

bool region_network_table(struct region_maker *maker)
{
	static const char *const heads[] = {"Network", "CIDR", "Gateway", "VLAN", "MTU", "Bridge", "Purpose"};
	struct arena *arena = maker->arena;
	struct region_table table = {.arena = arena};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		region_column(&table, str_from(heads[i]));
	for (size_t i = 0; i < maker->estate->networks.n; i++) {
		const struct network *network = maker->estate->networks.data[i];
		struct str *row = region_row(&table);
		row[0] = cell_of(arena, entity_title(&network->entity));
		row[1] = CELL_OF_LIST(arena, &network->cidrs);
		row[2] = CELL_OF_LIST(arena, &network->gateways);
		row[3] = cell_of(arena, network->vlan.str);
		row[4] = cell_of(arena, network->mtu.str);
		row[5] = cell_of(arena, network->bridge.str);
		row[6] = cell_of(arena, network->purpose.str);
	}
	region_table_write(&table, maker->out);
	return table.rows.n > 0;
}

/* ---- clusters side by side ---- */

static struct str count_of(struct region_maker *maker, const struct cluster *cluster, const char *attribute)
{
	struct declared declared =
		fact_declared(maker->arena, maker->model, &cluster->entity, attribute_named(attribute));
	return declared.values.n ? declared.values.data[0].str : STR_NONE;
}

static struct str prefixes_of(struct arena *arena, const struct cluster *cluster)
{
	struct buf cell = {0};
	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct entity *entity = cluster->networks.data[i].entity;
		if (!entity || entity->kind != ENTITY_NETWORK)
			continue;
		const struct network *network = (const struct network *)entity;
		for (size_t k = 0; k < network->cidrs.n; k++) {
			buf_adds(&cell, cell.size ? ", " : "");
			region_text(&cell, network->cidrs.data[k].word.str);
		}
	}
	struct str text = buf_dup(arena, &cell);
	buf_free(&cell);
	return text;
}

static const struct version_value *version_of(const struct cluster *cluster, struct str component)
{
	for (size_t i = 0; i < cluster->versions.n; i++)
		if (str_eq_nocase(cluster->versions.data[i].component.str, component))
			return &cluster->versions.data[i];
	return NULL;
}

enum { BEFORE_VERSIONS = 7 };

/* One column for each component that any cluster has a version of, in the order of the topology. */
static void add_components(struct region_table *table, const struct estate *estate)
{
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		for (size_t k = 0; k < cluster->versions.n && table->n_columns < REGION_COLUMNS; k++) {
			struct str component = cluster->versions.data[k].component.str;
			bool known = false;
			for (size_t n = BEFORE_VERSIONS; n < table->n_columns; n++)
				known = known || str_eq_nocase(table->heads[n], component);
			if (!known)
				region_column(table, component);
		}
	}
}

bool region_cluster_comparison(struct region_maker *maker)
{
	static const char *const heads[BEFORE_VERSIONS] = {"Cluster",        "Platform", "Architecture", "Nodes",
							   "Control planes", "Workers",  "Networks"};
	struct arena *arena = maker->arena;
	struct region_table table = {.arena = arena};
	for (size_t i = 0; i < BEFORE_VERSIONS; i++)
		region_column(&table, str_from(heads[i]));
	add_components(&table, maker->estate);
	for (size_t i = 0; i < maker->estate->clusters.n; i++) {
		const struct cluster *cluster = maker->estate->clusters.data[i];
		struct str *row = region_row(&table);
		row[0] = cell_of(arena, entity_title(&cluster->entity));
		row[1] = cell_of(arena, cluster->platform.str);
		row[2] = cell_of(arena, cluster->architecture.str);
		row[3] = count_of(maker, cluster, "node count");
		row[4] = count_of(maker, cluster, "control plane count");
		row[5] = count_of(maker, cluster, "worker count");
		row[6] = prefixes_of(arena, cluster);
		for (size_t k = BEFORE_VERSIONS; k < table.n_columns; k++) {
			const struct version_value *version = version_of(cluster, table.heads[k]);
			row[k] = version ? cell_of(arena, version->version.str) : STR_NONE;
		}
	}
	for (size_t k = BEFORE_VERSIONS; k < table.n_columns; k++)
		table.heads[k] = cell_of(arena, table.heads[k]);
	region_table_write(&table, maker->out);
	return table.rows.n > 0;
}
