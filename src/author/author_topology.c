/* What machine files say of an estate, as a topology.yaml: what would not load without a finding is left out and told. */
#include "author/topology_want.h"

#include <stdarg.h>

struct builder {
	const struct author *author;
	struct arena *arena;
	const struct estate *estate;
	struct author_import *import;
	struct map names; /* "kind\nname", lower case -> entity that answers to it */
	struct map hosts; /* host names that a service has */
	size_t nameless;  /* services left out as no document names them */
};

/* ---- words ---- */

static const struct source *source_of(const struct builder *b, struct span span)
{
	const struct sources *sources = b->author->model->sources;

	return span.source < sources->list.n ? sources->list.data[span.source] : NULL;
}

/* A machine file says it, and not the topology. */
static bool is_foreign(const struct builder *b, struct word word)
{
	const struct source *source = source_of(b, word.span);

	return word.str.size > 0 && source && source->kind == SOURCE_MACHINE;
}

static void __attribute__((format(printf, 2, 3))) leave_out(struct builder *b, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	vec_add(b->arena, &b->import->left_out, str_dup(b->arena, str_from(text)));
}

/* ---- the tree ---- */

static struct want *new_want(struct builder *b, enum want_kind kind, struct str key, struct span from)
{
	struct want *want = NEW(b->arena, struct want);

	*want = (struct want){.kind = kind, .key = key, .from = source_of(b, from)};
	return want;
}

static void add(struct builder *b, struct want *parent, struct want *want)
{
	vec_add(b->arena, &parent->entries, want);
}

static void add_text(struct builder *b, struct want *parent, const char *key, struct word word)
{
	struct want *want = new_want(b, WANT_SCALAR, str_from(key), word.span);

	want->text = word.str;
	add(b, parent, want);
}

/* Only what a machine file says. */
static void add_word(struct builder *b, struct want *parent, const char *key, struct word word)
{
	if (is_foreign(b, word))
		add_text(b, parent, key, word);
}

/* A mapping below a key; it is added even while it is empty. */
static struct want *add_map(struct builder *b, struct want *parent, struct str key, struct span from)
{
	struct want *want = new_want(b, WANT_MAP, key, from);

	add(b, parent, want);
	return want;
}

/* One word as a scalar, several as a list. */
struct words {
	VEC(struct word) list;
};

static void add_words(struct builder *b, struct want *parent, const char *key, const struct words *words)
{
	struct want *list;

	if (words->list.n == 1)
		add_text(b, parent, key, words->list.data[0]);
	if (words->list.n < 2)
		return;
	list = new_want(b, WANT_LIST, str_from(key), words->list.data[0].span);
	for (size_t i = 0; i < words->list.n; i++) {
		struct want *item = new_want(b, WANT_SCALAR, STR(""), words->list.data[i].span);

		item->text = words->list.data[i].str;
		add(b, list, item);
	}
	add(b, parent, list);
}

static void drop_if_empty(struct want *parent)
{
	if (parent->entries.n > 0 && parent->entries.data[parent->entries.n - 1]->entries.n == 0)
		parent->entries.n--;
}

/* ---- names ---- */

static struct str name_key(struct builder *b, enum entity_kind kind, struct str name)
{
	return utf8_lower(b->arena, str_format(b->arena, "%d\n" STR_FMT, (int)kind, STR_ARG(name)));
}

static bool take_name(struct builder *b, const struct entity *entity, struct str name)
{
	struct str key = name_key(b, entity->kind, name);
	const struct entity *taken = map_find(&b->names, key);

	if (!taken)
		map_put(&b->names, key, (void *)(uintptr_t)entity);
	return !taken || taken == entity;
}

/* Names that stand in the topology are taken by whom they stand for. */
static void take_declared(struct builder *b, const struct entity *entity)
{
	if (entity->imported)
		return;
	take_name(b, entity, entity->id.str);
	for (size_t i = 0; i < entity->aliases.n; i++)
		take_name(b, entity, entity->aliases.data[i].str);
}

static void take_all_declared(struct builder *b)
{
	const struct estate *estate = b->estate;

	for (size_t i = 0; i < estate->clusters.n; i++) {
		take_declared(b, &estate->clusters.data[i]->entity);
		for (size_t k = 0; k < estate->clusters.data[i]->nodes.n; k++)
			take_declared(b, &estate->clusters.data[i]->nodes.data[k]->entity);
	}
	for (size_t i = 0; i < estate->networks.n; i++)
		take_declared(b, &estate->networks.data[i]->entity);
	for (size_t i = 0; i < estate->devices.n; i++)
		take_declared(b, &estate->devices.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		take_declared(b, &estate->services.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		for (size_t k = 0; k < estate->services.data[i]->hosts.n; k++)
			if (!is_foreign(b, estate->services.data[i]->hosts.data[k]))
				map_put(&b->hosts, utf8_lower(b->arena, estate->services.data[i]->hosts.data[k].str),
					estate->services.data[i]);
}

/* Title and aliases. */
static void add_names(struct builder *b, struct want *want, const struct entity *entity)
{
	struct words aliases = {0};

	if (!str_eq(entity->title.str, entity->id.str))
		add_word(b, want, "title", entity->title);
	for (size_t i = 0; entity->imported && i < entity->aliases.n; i++)
		if (!str_eq_nocase(entity->aliases.data[i].str, entity->id.str) &&
		    is_foreign(b, entity->aliases.data[i]) && take_name(b, entity, entity->aliases.data[i].str))
			vec_add(b->arena, &aliases.list, entity->aliases.data[i]);
	add_words(b, want, "aliases", &aliases);
}

/* ---- addresses ---- */

/* Where the estate's addresses of the family have networks to be on. */
static bool has_host_network(const struct builder *b, uint8_t family)
{
	for (size_t i = 0; i < b->estate->networks.n; i++) {
		const struct network *network = b->estate->networks.data[i];

		if (network->kind == NETWORK_POD || network->kind == NETWORK_SERVICE)
			continue;
		for (size_t k = 0; k < network->cidrs.n; k++)
			if (network->cidrs.data[k].valid && network->cidrs.data[k].prefix.base.family == family)
				return true;
	}
	return false;
}

/* The narrowest network that holds an address. */
static const struct network *network_of(const struct builder *b, const struct address_value *value)
{
	const struct network *best = value->network;
	unsigned bits = 0;

	for (size_t i = 0; !value->network && value->valid && i < b->estate->networks.n; i++) {
		const struct network *network = b->estate->networks.data[i];

		for (size_t k = 0; k < network->cidrs.n; k++) {
			struct prefix prefix = network->cidrs.data[k].prefix;

			if (network->cidrs.data[k].valid && prefix.bits >= bits &&
			    prefix_contains(prefix, value->address)) {
				best = network;
				bits = prefix.bits;
			}
		}
	}
	return best;
}

static bool is_at_home(const struct builder *b, const struct address_value *value)
{
	return network_of(b, value) || !value->valid || !has_host_network(b, value->address.family);
}

static bool is_on(const struct cluster *cluster, const struct network *network)
{
	for (int depth = 0; network && depth < 129; depth++) {
		for (size_t i = 0; i < cluster->networks.n; i++)
			if (cluster->networks.data[i].entity == &network->entity)
				return true;
		network = (const struct network *)network->parent.entity;
	}
	return false;
}

/* The topology says on which networks the cluster is, and this is none of them. */
static bool is_off_cluster(const struct builder *b, const struct cluster *cluster, const struct address_value *value)
{
	bool says = false;

	for (size_t i = 0; cluster && i < cluster->networks.n; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;

		says |= network && network->kind == NETWORK_PLAIN && !is_foreign(b, cluster->networks.data[i].word);
	}
	return says && network_of(b, value) && !is_on(cluster, network_of(b, value));
}

/* The foreign addresses that have a network, where there are any. */
static struct words addresses_of(struct builder *b, const struct entity *owner, const struct cluster *cluster,
				 const struct address_values *values)
{
	struct words words = {0};

	for (size_t i = 0; i < values->n; i++) {
		const struct address_value *value = &values->data[i];

		if (!is_foreign(b, value->word) || !value->valid)
			continue;
		if (!is_at_home(b, value) || is_off_cluster(b, cluster, value)) {
			leave_out(b, STR_FMT "'s address " STR_FMT ": in no network of " STR_FMT,
				  STR_ARG(owner->id.str), STR_ARG(value->word.str),
				  STR_ARG(is_at_home(b, value) ? cluster->entity.id.str : b->estate->entity.id.str));
			continue;
		}
		vec_add(b->arena, &words.list,
			(struct word){address_format(b->arena, value->address), value->word.span});
	}
	return words;
}

static void add_addresses(struct builder *b, struct want *want, const struct entity *owner,
			  const struct cluster *cluster, const struct address_values *values)
{
	struct words words = addresses_of(b, owner, cluster, values);

	add_words(b, want, "address", &words);
}

/* ---- networks ---- */

static bool is_within(const struct network *inner, const struct network *outer)
{
	for (size_t i = 0; i < inner->cidrs.n; i++)
		for (size_t k = 0; k < outer->cidrs.n; k++) {
			struct prefix a = inner->cidrs.data[i].prefix, c = outer->cidrs.data[k].prefix;

			if (inner->cidrs.data[i].valid && outer->cidrs.data[k].valid && c.bits < a.bits &&
			    prefix_contains(c, a.base))
				return true;
		}
	return false;
}

/* The narrowest network that holds another. */
static const struct network *parent_of(const struct builder *b, const struct network *network)
{
	const struct network *best = NULL;

	for (size_t i = 0; i < b->estate->networks.n; i++) {
		const struct network *other = b->estate->networks.data[i];

		if (other != network && is_within(network, other) && (!best || is_within(other, best)))
			best = other;
	}
	return best;
}

static void add_ranges(struct builder *b, struct want *want, const struct network *network)
{
	struct want *ranges = add_map(b, want, STR("ranges"), SPAN_NONE);

	for (size_t i = 0; i < network->ranges.n; i++) {
		const struct range_value *range = &network->ranges.data[i];
		struct str id = range->id.str.size ? range->id.str : STR("pool");
		struct want *entry;
		bool taken = false;

		if (!is_foreign(b, range->from) || !range->valid)
			continue;
		for (size_t k = 0; k < i; k++)
			taken |= str_eq(network->ranges.data[k].id.str, range->id.str);
		if (taken)
			id = str_format(b->arena, STR_FMT "-%zu", STR_ARG(id), i + 1);
		entry = add_map(b, ranges, id, range->from.span);
		add_text(b, entry, "from",
			 (struct word){address_format(b->arena, range->range.from), range->from.span});
		add_text(b, entry, "to", (struct word){address_format(b->arena, range->range.to), range->from.span});
		if (range->kind.str.size)
			add_text(b, entry, "kind", range->kind);
		ranges->from = entry->from;
	}
	drop_if_empty(want);
}

static void add_network(struct builder *b, struct want *networks, const struct network *network)
{
	static const char *const kinds[] = {NULL, "pod", "service", "node"};
	const struct network *parent = parent_of(b, network);
	struct want *want;
	struct words cidrs = {0};
	bool is_new = network->entity.imported;

	if (is_new && (!network->used || !take_name(b, &network->entity, network->entity.id.str)))
		return;
	want = add_map(b, networks, network->entity.id.str, network->entity.id.span);
	for (size_t i = 0; is_new && i < network->cidrs.n; i++)
		vec_add(b->arena, &cidrs.list,
			(struct word){prefix_format(b->arena, prefix_network(network->cidrs.data[i].prefix)),
				      network->cidrs.data[i].word.span});
	add_words(b, want, "cidr", &cidrs);
	if (is_new && kinds[network->kind])
		add_text(b, want, "kind", (struct word){str_from(kinds[network->kind]), network->entity.id.span});
	if (parent && !network->parent.word.str.size && (is_new || parent->entity.imported))
		add_text(b, want, "parent", parent->entity.id);
	add_addresses(b, want, &network->entity, NULL, &network->gateways);
	if (want->entries.n && str_is(want->entries.data[want->entries.n - 1]->key, "address"))
		want->entries.data[want->entries.n - 1]->key = STR("gateway");
	add_word(b, want, "vlan", network->vlan);
	add_word(b, want, "mtu", network->mtu);
	add_word(b, want, "bridge", network->bridge);
	add_ranges(b, want, network);
	if (!is_new)
		drop_if_empty(networks);
}

/* ---- clusters ---- */

static void add_node(struct builder *b, struct want *nodes, const struct cluster *cluster, const struct node *node)
{
	struct want *want = add_map(b, nodes, node->entity.id.str, node->entity.id.span);

	add_names(b, want, &node->entity);
	add_word(b, want, "role", node->role);
	add_addresses(b, want, &node->entity, cluster, &node->addresses);
	add_word(b, want, "cpu", node->cpu);
	add_word(b, want, "cores", node->cores);
	add_word(b, want, "memory", node->memory);
	add_word(b, want, "storage", node->storage);
	add_word(b, want, "zone", node->zone);
	add_word(b, want, "platform", node->platform);
	add_word(b, want, "architecture", node->architecture);
	if (!node->entity.imported)
		drop_if_empty(nodes);
}

/* Names are unique in an estate: a cluster with a node that is called as another's keeps its number only. */
static bool may_list(struct builder *b, const struct cluster *cluster)
{
	bool free = true;

	for (size_t i = 0; i < cluster->unlisted.n; i++)
		free &= take_name(b, &cluster->unlisted.data[i]->entity, cluster->unlisted.data[i]->entity.id.str);

	for (size_t i = 0; i < cluster->nodes.n; i++)
		free &= take_name(b, &cluster->nodes.data[i]->entity, cluster->nodes.data[i]->entity.id.str);
	return free;
}

static void add_nodes(struct builder *b, struct want *want, const struct cluster *cluster)
{
	struct want *nodes;
	struct str id = cluster->entity.id.str;

	if (cluster->nodes.n == 0 && cluster->entity.imported && !cluster->node_count.present)
		leave_out(b, STR_FMT "'s nodes: none could be read; add them, or node_count", STR_ARG(id));
	if (cluster->nodes.n == 0)
		return;
	if (!may_list(b, cluster)) {
		leave_out(b, STR_FMT "'s nodes: another cluster has nodes of the same names", STR_ARG(id));
		if (cluster->entity.imported)
			add_text(b, want, "node_count",
				 (struct word){str_format(b->arena, "%zu", cluster->nodes.n),
					       cluster->nodes.data[0]->entity.id.span});
		return;
	}
	nodes = add_map(b, want, STR("nodes"), cluster->nodes.data[0]->entity.id.span);
	nodes->is_block = true;
	for (size_t i = 0; i < cluster->nodes.n; i++)
		add_node(b, nodes, cluster, cluster->nodes.data[i]);
	for (size_t i = 0; i < cluster->unlisted.n; i++)
		add_node(b, nodes, cluster, cluster->unlisted.data[i]);
	drop_if_empty(want);
	if (cluster->entity.imported && (cluster->incomplete || !cluster->has_nodes))
		leave_out(b, STR_FMT "'s other nodes, if it has more: no file says that these are all", STR_ARG(id));
}

static void add_versions(struct builder *b, struct want *want, const struct cluster *cluster)
{
	struct want *versions = add_map(b, want, STR("versions"), SPAN_NONE);

	for (size_t i = 0; i < cluster->versions.n; i++)
		if (is_foreign(b, cluster->versions.data[i].version)) {
			add_text(b, versions, str_to_c(b->arena, cluster->versions.data[i].component.str),
				 cluster->versions.data[i].version);
			versions->from = versions->entries.data[0]->from;
		}
	drop_if_empty(want);
}

static bool has_node_off(const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->nodes.n; i++)
		for (size_t k = 0; k < cluster->nodes.data[i]->addresses.n; k++)
			if (!is_on(cluster, cluster->nodes.data[i]->addresses.data[k].network))
				return true;
	return false;
}

/* Networks for hosts are named where every node is on one of them. */
static void add_cluster_networks(struct builder *b, struct want *want, const struct cluster *cluster)
{
	struct words words = {0};
	bool off = has_node_off(cluster);

	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;

		if (network && (!off || network->kind == NETWORK_POD || network->kind == NETWORK_SERVICE))
			vec_add(b->arena, &words.list,
				(struct word){network->entity.id.str, cluster->networks.data[i].word.span});
	}
	add_words(b, want, "networks", &words);
}

static void add_vips(struct builder *b, struct want *want, const struct cluster *cluster)
{
	struct want *vips = add_map(b, want, STR("vips"), SPAN_NONE);

	for (size_t i = 0; i < cluster->vips.n; i++) {
		struct address_values one = {(struct address_value *)&cluster->vips.data[i], 1, 1};
		struct words words = addresses_of(b, &cluster->entity, NULL, &one);
		struct str label = cluster->vips.data[i].label.str;

		if (!words.list.n)
			continue;
		if (!label.size || i > 0)
			label = i ? str_format(b->arena, "api-%zu", i + 1) : STR("api");
		add_text(b, vips, str_to_c(b->arena, label), words.list.data[0]);
		vips->from = vips->entries.data[0]->from;
	}
	drop_if_empty(want);
}

static struct word count_word(struct builder *b, const struct count_value *count)
{
	struct str text = count->min == count->max ? str_format(b->arena, "%lld", count->min)
						   : str_format(b->arena, "%lld-%lld", count->min, count->max);

	return (struct word){text, count->word.span};
}

static void add_cluster(struct builder *b, struct want *clusters, const struct cluster *cluster)
{
	struct want *want;
	struct words dns = addresses_of(b, &cluster->entity, NULL, &cluster->dns);

	if (cluster->entity.imported && !take_name(b, &cluster->entity, cluster->entity.id.str))
		return;
	want = add_map(b, clusters, cluster->entity.id.str, cluster->entity.id.span);
	want->is_block = true;
	add_names(b, want, &cluster->entity);
	add_word(b, want, "platform", cluster->platform);
	add_word(b, want, "architecture", cluster->architecture);
	add_versions(b, want, cluster);
	add_cluster_networks(b, want, cluster);
	add_words(b, want, "dns", &dns);
	add_vips(b, want, cluster);
	add_nodes(b, want, cluster);
	if (cluster->entity.imported && !cluster->nodes.n && cluster->node_count.present)
		add_text(b, want, "node_count", count_word(b, &cluster->node_count));
	if (!cluster->entity.imported)
		drop_if_empty(clusters);
}

/* ---- devices and services ---- */

static void add_device(struct builder *b, struct want *devices, const struct device *device)
{
	struct want *want;

	if (device->entity.imported && !take_name(b, &device->entity, device->entity.id.str))
		return;
	want = add_map(b, devices, device->entity.id.str, device->entity.id.span);
	add_names(b, want, &device->entity);
	add_word(b, want, "kind", device->device_kind);
	add_addresses(b, want, &device->entity, NULL, &device->addresses);
	if (!device->entity.imported)
		drop_if_empty(devices);
}

static bool is_in_zone(const struct builder *b, struct str host)
{
	for (size_t i = 0; i < b->estate->zones.n; i++) {
		struct str zone = b->estate->zones.data[i]->entity.id.str;

		if (str_eq_nocase(host, zone) || (str_ends_nocase(host, zone) && host.size > zone.size &&
						  host.data[host.size - zone.size - 1] == '.'))
			return true;
	}
	return b->estate->zones.n == 0;
}

static void add_hosts(struct builder *b, struct want *want, const struct service *service)
{
	struct words words = {0};

	for (size_t i = 0; i < service->hosts.n; i++) {
		struct word host = service->hosts.data[i];
		struct str key = utf8_lower(b->arena, host.str);
		const char *why = !is_in_zone(b, host.str)  ? "under no declared zone"
				  : map_has(&b->hosts, key) ? "another service has it"
							    : NULL;

		if (!is_foreign(b, host))
			continue;
		if (why) {
			leave_out(b, STR_FMT "'s host " STR_FMT ": %s", STR_ARG(service->entity.id.str),
				  STR_ARG(host.str), why);
			continue;
		}
		map_put(&b->hosts, key, b);
		vec_add(b->arena, &words.list, host);
	}
	add_words(b, want, "hosts", &words);
}

static void add_ports(struct builder *b, struct want *want, const char *key, const struct port_value *ports, size_t n)
{
	struct words words = {0};

	for (size_t i = 0; i < n; i++) {
		struct str protocol = ports[i].protocol.str;
		bool plain = !protocol.size || str_eq_nocase(protocol, STR("tcp"));

		if (!ports[i].valid || !is_foreign(b, ports[i].word))
			continue;
		vec_add(b->arena, &words.list,
			(struct word){str_format(b->arena, "%ld%s" STR_FMT, ports[i].number, plain ? "" : "/",
						 STR_ARG(plain ? STR("") : protocol)),
				      ports[i].word.span});
	}
	add_words(b, want, key, &words);
}

static void add_service(struct builder *b, struct want *services, const struct service *service)
{
	struct want *want;
	struct words homes = {0};
	bool says = service->addresses.n + service->hosts.n + service->ports.n > 0;

	if (service->entity.imported && !says && !service->entity.named && service->entity.mentions.n == 0) {
		b->nameless++;
		return;
	}
	if (service->entity.imported && !take_name(b, &service->entity, service->entity.id.str))
		return;
	want = add_map(b, services, service->entity.id.str, service->entity.id.span);
	add_names(b, want, &service->entity);
	add_hosts(b, want, service);
	add_addresses(b, want, &service->entity, NULL, &service->addresses);
	add_ports(b, want, "ports", service->ports.data, service->ports.n);
	add_ports(b, want, "node_ports", service->node_ports.data, service->node_ports.n);
	for (size_t i = 0; i < service->runs_on.n; i++)
		if (service->runs_on.data[i].entity)
			vec_add(b->arena, &homes.list,
				(struct word){service->runs_on.data[i].entity->id.str, service->entity.id.span});
	add_words(b, want, "runs_on", &homes);
	if (!service->component.size)
		add_word(b, want, "version", service->version);
	if (!service->entity.imported)
		drop_if_empty(services);
}

/* ---- the whole ---- */

static struct want *add_section(struct builder *b, struct want *top, const char *name)
{
	struct want *want = add_map(b, top, str_from(name), SPAN_NONE);

	want->is_block = true;
	return want;
}

struct want *topology_want(const struct author *author, const struct estate *estate, struct author_import *import)
{
	struct arena *arena = author->arena;
	struct builder builder = {author, arena, estate, import, {.arena = arena}, {.arena = arena}, 0}, *b = &builder;
	struct want *top = new_want(b, WANT_MAP, STR(""), SPAN_NONE), *section;

	take_all_declared(b);
	section = add_section(b, top, "networks");
	for (size_t i = 0; i < estate->networks.n; i++)
		add_network(b, section, estate->networks.data[i]);
	drop_if_empty(top);
	section = add_section(b, top, "clusters");
	for (size_t i = 0; i < estate->clusters.n; i++)
		add_cluster(b, section, estate->clusters.data[i]);
	drop_if_empty(top);
	section = add_section(b, top, "devices");
	for (size_t i = 0; i < estate->devices.n; i++)
		add_device(b, section, estate->devices.data[i]);
	drop_if_empty(top);
	section = add_section(b, top, "services");
	for (size_t i = 0; i < estate->services.n; i++)
		add_service(b, section, estate->services.data[i]);
	drop_if_empty(top);
	if (b->nameless > 0)
		leave_out(b, "%zu service%s that no document names, without address, host and port", b->nameless,
			  b->nameless == 1 ? "" : "s");
	return top;
}
