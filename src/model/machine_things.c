/* Networks, devices, services and pools of machine files, put into those of the estate. */
#include "model/machine_parts.h"

/* ---- what the estate has ---- */

static struct str prefix_key(struct arena *arena, struct prefix prefix)
{
	return prefix_format(arena, prefix_network(prefix));
}

static void index_network(struct merge *merge, struct network *network)
{
	struct arena *arena = merge->model->arena;

	for (size_t i = 0; i < network->cidrs.n; i++) {
		struct str key;

		if (!network->cidrs.data[i].valid)
			continue;
		key = prefix_key(arena, network->cidrs.data[i].prefix);
		if (!map_has(&merge->networks, key))
			map_put(&merge->networks, key, network);
	}
}

/* A name and the namespace it stands in. */
static struct str name_key(struct arena *arena, struct str name, struct str space)
{
	return utf8_lower(arena, str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(name), STR_ARG(space)));
}

static void index_names(struct merge *merge, struct map *names, struct entity *entity)
{
	struct arena *arena = merge->model->arena;

	map_put(names, name_key(arena, entity->id.str, entity->space), entity);
	for (size_t i = 0; i < entity->aliases.n; i++)
		map_put(names, name_key(arena, entity->aliases.data[i].str, entity->space), entity);
}

static void index_estate(struct merge *merge)
{
	struct estate *estate = merge->estate;

	if (merge->is_indexed)
		return;
	merge->is_indexed = true;
	for (size_t i = 0; i < estate->networks.n; i++)
		index_network(merge, estate->networks.data[i]);
	for (size_t i = 0; i < estate->services.n; i++)
		index_names(merge, &merge->services, &estate->services.data[i]->entity);
	for (size_t i = 0; i < estate->devices.n; i++)
		index_names(merge, &merge->devices, &estate->devices.data[i]->entity);
}

/* ---- networks ---- */

static struct network *find_network(const struct merge *merge, const struct network *from)
{
	struct network *found = NULL;

	for (size_t i = 0; i < from->cidrs.n && !found; i++)
		found = map_find(&merge->networks, prefix_key(merge->model->arena, from->cidrs.data[i].prefix));
	return found;
}

static bool is_network_id_taken(const struct estate *estate, struct str id)
{
	for (size_t i = 0; i < estate->networks.n; i++)
		if (merge_is_called(&estate->networks.data[i]->entity, id))
			return true;
	return false;
}

/* The prefix of one family that both networks have; NULL: none. */
static const struct prefix_value *same_family(const struct network *network, const struct prefix_value *cidr)
{
	for (size_t i = 0; i < network->cidrs.n; i++)
		if (network->cidrs.data[i].valid &&
		    network->cidrs.data[i].prefix.base.family == cidr->prefix.base.family)
			return &network->cidrs.data[i];
	return NULL;
}

/* A cluster has one network of pods and one of services: another prefix for it is a clash. */
static bool clashes(struct merge *merge, const struct cluster *cluster, const struct network *from)
{
	if (from->kind != NETWORK_POD && from->kind != NETWORK_SERVICE)
		return false;
	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;
		const struct prefix_value *other;

		if (!network || network->entity.kind != ENTITY_NETWORK || network == from ||
		    network->kind != from->kind || network->cidrs.n == 0)
			continue;
		other = same_family(network, &from->cidrs.data[0]);
		if (!other)
			continue;
		merge_clash(merge, "network", from->cidrs.data[0].word, other->word,
			    str_format(merge->model->arena, "the %s network of " STR_FMT,
				       from->kind == NETWORK_POD ? "pod" : "service", STR_ARG(cluster->entity.id.str)));
		return true;
	}
	return false;
}

/* The network of the estate that a network of a part is; NULL when it clashes with one. */
static struct network *merge_network(struct merge *merge, const struct cluster *cluster, struct network *from)
{
	struct network *network = find_network(merge, from);

	if (network == from)
		return network;
	if (network) {
		merge_word(&network->mtu, from->mtu);
		merge_word(&network->vlan, from->vlan);
		merge_addresses(merge, "gateway", network->entity.id.str, &network->gateways, &from->gateways);
		return network;
	}
	if (cluster && clashes(merge, cluster, from))
		return NULL;
	if (is_network_id_taken(merge->estate, from->entity.id.str) && !cluster)
		from->entity.id.str = from->cidrs.data[0].word.str;
	else if (is_network_id_taken(merge->estate, from->entity.id.str))
		from->entity.id.str = str_format(merge->model->arena, STR_FMT "-" STR_FMT,
						 STR_ARG(cluster->entity.id.str), STR_ARG(from->entity.id.str));
	from->entity.estate = merge->estate;
	vec_add(merge->model->arena, &merge->estate->networks, from);
	index_network(merge, from);
	return from;
}

static void add_network(struct merge *merge, struct cluster *cluster, struct network *network)
{
	for (size_t i = 0; i < cluster->networks.n; i++)
		if (cluster->networks.data[i].entity == &network->entity)
			return;
	vec_add(merge->model->arena, &cluster->networks,
		(struct entity_ref){.word = network->entity.id, .wanted = ENTITY_NETWORK, .entity = &network->entity});
}

static void merge_cluster_networks(struct merge *merge, struct cluster *to, struct cluster *from)
{
	size_t n = from->networks.n;
	struct entity_ref *refs = arena_copy(merge->model->arena, from->networks.data, n * sizeof *refs);

	if (to == from)
		to->networks.n = 0;
	for (size_t i = 0; i < n; i++) {
		struct network *network = merge_network(merge, to, (struct network *)refs[i].entity);

		if (to && network)
			add_network(merge, to, network);
	}
}

/* ---- devices and services ---- */

static struct node *find_machine(struct merge *merge, struct str name)
{
	const struct estate *estate = merge->estate;

	for (size_t i = 0; i < estate->clusters.n; i++) {
		struct node *node = merge_find_node(merge, estate->clusters.data[i], name);

		if (node)
			return node;
	}
	return NULL;
}

/* A machine that is a node of a cluster is no device beside it. */
static void merge_device(struct merge *merge, struct device *from)
{
	struct str key = name_key(merge->model->arena, from->entity.id.str, STR(""));
	struct device *device = map_find(&merge->devices, key);
	struct node *node = device ? NULL : find_machine(merge, from->entity.id.str);

	if (node) {
		merge_addresses(merge, "node-address", node->entity.id.str, &node->addresses, &from->addresses);
		return;
	}
	if (device) {
		merge_word(&device->device_kind, from->device_kind);
		merge_addresses(merge, "device-address", device->entity.id.str, &device->addresses, &from->addresses);
		return;
	}
	from->entity.estate = merge->estate;
	vec_add(merge->model->arena, &merge->estate->devices, from);
	index_names(merge, &merge->devices, &from->entity);
}

/* References to clusters of the part become such to those of the estate. */
static void settle_hosts(struct merge *merge, const struct merged_part *part, struct service *service)
{
	size_t kept = 0;

	(void)merge;
	for (size_t i = 0; i < service->runs_on.n; i++) {
		struct entity_ref ref = service->runs_on.data[i];

		if (ref.entity && ref.entity->kind == ENTITY_CLUSTER) {
			struct cluster *to = merge_cluster_of(part, (const struct cluster *)ref.entity);

			if (!to)
				continue;
			ref.entity = &to->entity;
			ref.word = to->entity.id;
		}
		service->runs_on.data[kept++] = ref;
	}
	service->runs_on.n = kept;
}

/* Under which a service is found whatever it stands in: the first of its name. */
static struct str plain_key(struct arena *arena, struct str name)
{
	return str_format(arena, STR_FMT "\n\n", STR_ARG(utf8_lower(arena, name)));
}

/* "shop/web": what tells it from the web of another namespace. */
static struct str space_id(struct arena *arena, const struct entity *entity)
{
	return str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(entity->space), STR_ARG(entity->id.str));
}

/* What names no space is any of that name. */
static struct service *find_service(const struct merge *merge, const struct service *from)
{
	struct arena *arena = merge->model->arena;
	struct service *service = map_find(&merge->services, name_key(arena, from->entity.id.str, from->entity.space));

	if (!service && from->entity.space.size > 0)
		service = map_find(&merge->services, name_key(arena, space_id(arena, &from->entity), STR("")));
	if (!service)
		service = map_find(&merge->services, name_key(arena, from->entity.id.str, STR("")));
	if (!service && from->entity.space.size == 0)
		service = map_find(&merge->services, plain_key(arena, from->entity.id.str));
	return service;
}

static void merge_ports(struct merge *merge, struct service *to, const struct service *from)
{
	bool any = to->ports.n > 0 && !to->entity.imported;

	for (size_t i = 0; i < from->ports.n && !any; i++) {
		bool has = false;

		for (size_t k = 0; k < to->ports.n; k++)
			has |= to->ports.data[k].number == from->ports.data[i].number;
		if (!has)
			vec_add(merge->model->arena, &to->ports, from->ports.data[i]);
	}
}

static void merge_service_into(struct merge *merge, struct service *to, const struct service *from)
{
	struct arena *arena = merge->model->arena;

	if (to->version.str.size == 0)
		to->component = from->component;
	merge_word(&to->version, from->version);
	to->hosts_open |= from->hosts_open;
	merge_addresses(merge, "service-address", to->entity.id.str, &to->addresses, &from->addresses);
	merge_ports(merge, to, from);
	for (size_t i = 0; i < from->hosts.n; i++) {
		bool has = false;

		for (size_t k = 0; k < to->hosts.n; k++)
			has |= str_eq_nocase(to->hosts.data[k].str, from->hosts.data[i].str);
		if (!has)
			vec_add(arena, &to->hosts, from->hosts.data[i]);
	}
	if (to->runs_on.n == 0)
		for (size_t i = 0; i < from->runs_on.n; i++)
			vec_add(arena, &to->runs_on, from->runs_on.data[i]);
}

/* Of two services with one name in two namespaces, the second is known as namespace/name too. */
static void merge_service(struct merge *merge, const struct merged_part *part, struct service *from)
{
	struct arena *arena = merge->model->arena;
	struct service *to = find_service(merge, from);
	struct str plain = plain_key(arena, from->entity.id.str);

	settle_hosts(merge, part, from);
	if (to) {
		merge_service_into(merge, to, from);
		return;
	}
	from->entity.estate = merge->estate;
	vec_add(arena, &merge->estate->services, from);
	index_names(merge, &merge->services, &from->entity);
	if (map_has(&merge->services, plain)) {
		vec_add(arena, &from->entity.aliases, from->entity.id);
		from->entity.id.str = space_id(arena, &from->entity);
	}
	map_put(&merge->services, plain, from);
}

static bool is_of_cluster(const struct machine_part *part, const struct network *network)
{
	for (size_t i = 0; i < part->clusters.n; i++)
		for (size_t k = 0; k < part->clusters.data[i]->networks.n; k++)
			if (part->clusters.data[i]->networks.data[k].entity == &network->entity)
				return true;
	return false;
}

void merge_things(struct merge *merge, struct merged_part *part)
{
	struct machine_part *from = part->part;

	index_estate(merge);
	for (size_t i = 0; i < from->clusters.n; i++)
		merge_cluster_networks(merge, merge_cluster_of(part, from->clusters.data[i]), from->clusters.data[i]);
	for (size_t i = 0; i < from->networks.n; i++)
		if (!is_of_cluster(from, from->networks.data[i]))
			merge_network(merge, NULL, from->networks.data[i]);
	for (size_t i = 0; i < from->devices.n; i++)
		merge_device(merge, from->devices.data[i]);
	for (size_t i = 0; i < from->services.n; i++)
		merge_service(merge, part, from->services.data[i]);
}

/* ---- pools ---- */

static struct network *holder_of(const struct estate *estate, struct address_range range)
{
	struct network *best = NULL;
	unsigned bits = 0;

	for (size_t i = 0; i < estate->networks.n; i++) {
		struct network *network = estate->networks.data[i];

		for (size_t k = 0; k < network->cidrs.n; k++) {
			struct prefix prefix = network->cidrs.data[k].prefix;

			if (network->cidrs.data[k].valid && prefix_contains(prefix, range.from) &&
			    prefix_contains(prefix, range.to) && (!best || prefix.bits > bits)) {
				best = network;
				bits = prefix.bits;
			}
		}
	}
	return best;
}

static bool has_range(const struct range_value *ranges, size_t n, struct address_range range)
{
	for (size_t i = 0; i < n; i++)
		if (ranges[i].valid && address_eq(ranges[i].range.from, range.from) &&
		    address_eq(ranges[i].range.to, range.to))
			return true;
	return false;
}

void merge_pools(struct merge *merge)
{
	struct arena *arena = merge->model->arena;

	for (size_t i = 0; i < merge->parts.n; i++)
		for (size_t k = 0; k < merge->parts.data[i].part->pools.n; k++) {
			struct range_value pool = merge->parts.data[i].part->pools.data[k];
			struct network *network = holder_of(merge->estate, pool.range);

			pool.cluster = merge_cluster_of(&merge->parts.data[i], pool.cluster);
			if (network && !has_range(network->ranges.data, network->ranges.n, pool.range))
				vec_add(arena, &network->ranges, pool);
			else if (!network && !has_range(merge->estate->pools.data, merge->estate->pools.n, pool.range))
				vec_add(arena, &merge->estate->pools, pool);
		}
}
