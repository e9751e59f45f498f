/* Names of one estate: the index of ids and aliases, references, the networks that addresses live in, what is used. */
#include "model/topology/topology.h"

/* ---- names ---- */

/* More of one kind behind one name say nothing new, and looking a name up stays cheap. */
#define MAX_NAMESAKES 8

static bool takes_name(const struct name_entry *entry, const struct entity *entity)
{
	size_t n = 0;

	for (size_t i = 0; i < entry->entities.n; i++) {
		if (entry->entities.data[i] == entity)
			return false;
		n += entry->entities.data[i]->kind == entity->kind;
	}
	return n < MAX_NAMESAKES;
}

static void add_name(struct topology *topology, struct entity *entity, struct str name)
{
	struct map *names = &topology->estate->by_name;
	struct str lower = utf8_lower(topology->arena, name);
	struct name_entry *entry = map_find(names, lower);

	if (lower.size == 0)
		return;
	if (!entry) {
		entry = NEW(topology->arena, struct name_entry);
		map_put(names, lower, entry);
	}
	if (takes_name(entry, entity))
		vec_add(topology->arena, &entry->entities, entity);
}

static void add_names(struct topology *topology, struct entity *entity)
{
	add_name(topology, entity, entity->id.str);
	for (size_t i = 0; i < entity->aliases.n; i++)
		add_name(topology, entity, entity->aliases.data[i].str);
}

static void index_names(struct topology *topology)
{
	struct estate *estate = topology->estate;

	for (size_t i = 0; i < estate->networks.n; i++)
		add_names(topology, &estate->networks.data[i]->entity);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		add_names(topology, &estate->clusters.data[i]->entity);
		for (size_t k = 0; k < estate->clusters.data[i]->nodes.n; k++)
			add_names(topology, &estate->clusters.data[i]->nodes.data[k]->entity);
	}
	for (size_t i = 0; i < estate->devices.n; i++)
		add_names(topology, &estate->devices.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		add_names(topology, &estate->services.data[i]->entity);
	for (size_t i = 0; i < estate->zones.n; i++)
		add_names(topology, &estate->zones.data[i]->entity);
	for (size_t i = 0; i < estate->groups.n; i++)
		add_names(topology, &estate->groups.data[i]->entity);
	for (size_t i = 0; i < estate->retired.n; i++)
		add_names(topology, &estate->retired.data[i]->entity);
}

/* ---- references ---- */

#define KINDS_END ENTITY_KINDS

/* Kinds a reference may name, the preferred first. */
static const enum entity_kind network_kinds[] = {ENTITY_NETWORK, KINDS_END};
static const enum entity_kind host_kinds[] = {ENTITY_CLUSTER, ENTITY_NODE,  ENTITY_DEVICE,
					      ENTITY_SERVICE, ENTITY_GROUP, KINDS_END};
static const enum entity_kind end_kinds[] = {ENTITY_CLUSTER, ENTITY_NODE,  ENTITY_DEVICE, ENTITY_SERVICE,
					     ENTITY_NETWORK, ENTITY_GROUP, ENTITY_ZONE,   KINDS_END};
static const enum entity_kind heir_kinds[] = {ENTITY_SERVICE, ENTITY_DEVICE,  ENTITY_NODE,
					      ENTITY_CLUSTER, ENTITY_NETWORK, ENTITY_GROUP,
					      ENTITY_ZONE,    ENTITY_RETIRED, KINDS_END};

/* Where several of one kind answer, the first: the repeated id is another rule's finding. */
static struct entity *find_entity(const struct topology *topology, struct str name, const enum entity_kind *kinds)
{
	const struct name_entry *entry = map_find(&topology->estate->by_name, utf8_lower(topology->arena, name));

	for (; entry && *kinds != KINDS_END; kinds++)
		for (size_t i = 0; i < entry->entities.n; i++)
			if (entry->entities.data[i]->kind == *kinds)
				return entry->entities.data[i];
	return NULL;
}

/* In a broken topology a name that is not found may be declared where nothing could be read: it is taken out. */
static void bind_ref(struct topology *topology, struct entity_ref *ref, const enum entity_kind *kinds)
{
	ref->entity = find_entity(topology, ref->word.str, kinds);
	if (!ref->entity && topology->broken)
		ref->word.str = STR_NONE;
}

static void count_connection(const struct connection *connection)
{
	struct entity *from = connection->from.entity, *to = connection->to.entity;

	if (from)
		from->connections++;
	if (to && to != from)
		to->connections++;
}

static void use_network(struct entity *entity)
{
	if (entity && entity->kind == ENTITY_NETWORK)
		((struct network *)entity)->used = true;
}

static void bind_refs(struct topology *topology)
{
	struct estate *estate = topology->estate;

	for (size_t i = 0; i < estate->networks.n; i++)
		bind_ref(topology, &estate->networks.data[i]->parent, network_kinds);
	for (size_t i = 0; i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->networks.n; k++) {
			struct entity_ref *ref = &estate->clusters.data[i]->networks.data[k];

			bind_ref(topology, ref, network_kinds);
			use_network(ref->entity);
		}
	for (size_t i = 0; i < estate->services.n; i++)
		for (size_t k = 0; k < estate->services.data[i]->runs_on.n; k++)
			bind_ref(topology, &estate->services.data[i]->runs_on.data[k], host_kinds);
	for (size_t i = 0; i < estate->retired.n; i++)
		bind_ref(topology, &estate->retired.data[i]->replaced_by, heir_kinds);
	for (size_t i = 0; i < estate->connections.n; i++) {
		struct connection *connection = &estate->connections.data[i];

		bind_ref(topology, &connection->from, end_kinds);
		bind_ref(topology, &connection->to, end_kinds);
		bind_ref(topology, &connection->network, network_kinds);
		count_connection(connection);
		use_network(connection->from.entity);
		use_network(connection->to.entity);
		use_network(connection->network.entity);
	}
}

/* ---- networks that hold an address ---- */

#define MAX_BITS 128
#define KEY_SIZE 18

/* Networks by prefix, so that an address asks once per length in use and not once per network. */
struct prefix_index {
	struct map by_prefix;          /* family, bits and base as KEY_SIZE bytes -> the first network that has it */
	bool lengths[2][MAX_BITS + 1]; /* in use, for IPv4 and IPv6 */
};

static void prefix_key(struct prefix prefix, char key[KEY_SIZE])
{
	prefix = prefix_network(prefix);
	key[0] = (char)prefix.base.family;
	key[1] = (char)prefix.bits;
	for (size_t i = 0; i < sizeof prefix.base.bytes; i++)
		key[2 + i] = (char)prefix.base.bytes[i];
}

static void index_network(struct arena *arena, struct prefix_index *index, struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n; i++) {
		struct prefix prefix = network->cidrs.data[i].prefix;
		char key[KEY_SIZE];

		if (!network->cidrs.data[i].valid)
			continue;
		index->lengths[prefix.base.family == 6][prefix.bits] = true;
		prefix_key(prefix, key);
		if (!map_has(&index->by_prefix, (struct str){key, KEY_SIZE}))
			map_put(&index->by_prefix, str_dup(arena, (struct str){key, KEY_SIZE}), network);
	}
}

/* The network of exactly that length that holds the address, or NULL. */
static struct network *find_length(const struct prefix_index *index, struct address address, unsigned bits)
{
	char key[KEY_SIZE];

	if (!index->lengths[address.family == 6][bits])
		return NULL;
	prefix_key((struct prefix){address, (uint8_t)bits}, key);
	return map_find(&index->by_prefix, (struct str){key, KEY_SIZE});
}

static unsigned longest(struct address address)
{
	return address.family == 6 ? 128 : 32;
}

static struct network *find_narrowest(const struct prefix_index *index, struct address address)
{
	struct network *network = NULL;

	for (unsigned bits = longest(address) + 1; !network && bits-- > 0;)
		network = find_length(index, address, bits);
	return network;
}

struct binder {
	struct topology *topology;
	struct prefix_index all;
	const struct prefix_index *near; /* networks of the cluster at hand, or NULL */
};

/* An address uses each network that holds it, and the one it is declared on. */
static void use_networks(const struct binder *binder, const struct address_value *value)
{
	if (value->network)
		value->network->used = true;
	for (unsigned bits = 0; value->valid && bits <= longest(value->address); bits++) {
		struct network *network = find_length(&binder->all, value->address, bits);

		if (network)
			network->used = true;
	}
}

static void bind_address(const struct binder *binder, struct address_value *value)
{
	if (value->valid && binder->near)
		value->network = find_narrowest(binder->near, value->address);
	if (value->valid && !value->network)
		value->network = find_narrowest(&binder->all, value->address);
	use_networks(binder, value);
}

/* As bind_address; a label names the network. */
static void bind_labelled(const struct binder *binder, struct address_value *value)
{
	if (value->label.str.size == 0) {
		bind_address(binder, value);
		return;
	}
	value->network = (struct network *)find_entity(binder->topology, value->label.str, network_kinds);
	if (!value->network && binder->topology->broken)
		value->label.str = STR_NONE;
	use_networks(binder, value);
}

static void bind_cluster(struct binder *binder, struct cluster *cluster)
{
	struct arena *arena = binder->topology->arena;
	struct prefix_index near = {.by_prefix = {.arena = arena}};

	for (size_t i = 0; i < cluster->networks.n; i++)
		if (cluster->networks.data[i].entity)
			index_network(arena, &near, (struct network *)cluster->networks.data[i].entity);
	binder->near = &near;
	for (size_t i = 0; i < cluster->vips.n; i++)
		bind_address(binder, &cluster->vips.data[i]);
	for (size_t i = 0; i < cluster->dns.n; i++)
		bind_address(binder, &cluster->dns.data[i]);
	for (size_t i = 0; i < cluster->nodes.n; i++)
		for (size_t k = 0; k < cluster->nodes.data[i]->addresses.n; k++)
			bind_labelled(binder, &cluster->nodes.data[i]->addresses.data[k]);
	binder->near = NULL;
}

/* Networks of one prefix share its use, and a parent is used by being one. */
static void spread_use(const struct binder *binder)
{
	const struct estate *estate = binder->topology->estate;

	for (size_t i = 0; i < estate->networks.n; i++) {
		struct network *network = estate->networks.data[i];

		use_network(network->parent.entity != &network->entity ? network->parent.entity : NULL);
		for (size_t k = 0; k < network->cidrs.n; k++) {
			const struct network *first;
			char key[KEY_SIZE];

			if (!network->cidrs.data[k].valid)
				continue;
			prefix_key(network->cidrs.data[k].prefix, key);
			first = map_find(&binder->all.by_prefix, (struct str){key, KEY_SIZE});
			network->used |= first->used;
		}
	}
}

static void bind_addresses(struct topology *topology)
{
	struct estate *estate = topology->estate;
	struct binder binder = {.topology = topology, .all = {.by_prefix = {.arena = topology->arena}}};

	for (size_t i = 0; i < estate->networks.n; i++) {
		struct network *network = estate->networks.data[i];

		index_network(topology->arena, &binder.all, network);
		for (size_t k = 0; k < network->gateways.n; k++)
			network->gateways.data[k].network = network;
	}
	for (size_t i = 0; i < estate->clusters.n; i++)
		bind_cluster(&binder, estate->clusters.data[i]);
	for (size_t i = 0; i < estate->devices.n; i++)
		for (size_t k = 0; k < estate->devices.data[i]->addresses.n; k++)
			bind_labelled(&binder, &estate->devices.data[i]->addresses.data[k]);
	for (size_t i = 0; i < estate->services.n; i++)
		for (size_t k = 0; k < estate->services.data[i]->addresses.n; k++)
			bind_labelled(&binder, &estate->services.data[i]->addresses.data[k]);
	spread_use(&binder);
}

/* Everything that connections can touch starts from none. */
static void forget_connections(struct estate *estate)
{
	for (size_t i = 0; i < estate->connections.n; i++) {
		const struct connection *connection = &estate->connections.data[i];

		if (connection->from.entity)
			connection->from.entity->connections = 0;
		if (connection->to.entity)
			connection->to.entity->connections = 0;
	}
}

void topology_bind(struct topology *topology)
{
	index_names(topology);
	bind_refs(topology);
	bind_addresses(topology);
}

void estate_bind(struct arena *arena, struct estate *estate)
{
	struct topology topology = {.arena = arena, .estate = estate};

	forget_connections(estate);
	topology_bind(&topology);
}
