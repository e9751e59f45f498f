/* What the topology and the decision log declare, asked for by subject, attribute and detail. */
#include "fact/declared_parts.h"

/* ---- the index of one estate ---- */

enum { MAX_BITS = 128, PREFIX_KEY = 18, STATUSES = STATUS_UNKNOWN + 1 };

/* Who declares a version of a component. */
struct component_entry {
	struct entity *entity;
	bool several;
};

struct vlan_entry {
	struct network *network;
	bool several;
};

struct declared_index {
	struct map facts;      /* fact_key(), or "=" and an attribute -> struct declared_facts * */
	struct map components; /* lower case -> struct component_entry * */
	struct map hosts;      /* lower case -> struct service * */
	struct map clusters;   /* bytes of the pointer -> struct cluster_sums * */
	struct runners *runners;
	struct map networks; /* prefix_key() -> struct network * */
	struct map vlans;    /* digits -> struct vlan_entry * */
	bool lengths[2][MAX_BITS + 1];
	long long decisions, by_status[STATUSES];
	struct count_value nodes; /* of all clusters; not present when one does not say */
};

static struct str pointer_key(const void *const *pointer)
{
	return (struct str){(const char *)pointer, sizeof *pointer};
}

static void add_component(struct arena *arena, struct declared_index *index, struct str component,
			  struct entity *entity)
{
	struct str key = version_component(arena, component);
	struct component_entry *entry = map_find(&index->components, key);
	if (entry) {
		entry->several |= entry->entity != entity;
		return;
	}
	entry = NEW(arena, struct component_entry);
	entry->entity = entity;
	map_put(&index->components, key, entry);
}

static void index_clusters(struct arena *arena, struct declared_index *index, const struct estate *estate)
{
	index->nodes.present = estate->clusters.n > 0;
	index->nodes.valid = true;
	for (size_t i = 0; i < estate->clusters.n; i++) {
		struct cluster *cluster = estate->clusters.data[i];
		const void *key = cluster;
		struct count_value count = cluster_count(cluster);
		index->nodes.present &= count.present && count.valid;
		index->nodes.min += count.min;
		index->nodes.max += count.max;
		map_put(&index->clusters, str_dup(arena, pointer_key(&key)), cluster_sums(arena, cluster));
		for (size_t k = 0; k < cluster->versions.n; k++)
			add_component(arena, index, cluster->versions.data[k].component.str, &cluster->entity);
	}
}

static void index_services(struct arena *arena, struct declared_index *index, const struct estate *estate)
{
	for (size_t i = 0; i < estate->services.n; i++) {
		struct service *service = estate->services.data[i];
		for (size_t k = 0; k < service->hosts.n; k++)
			map_put(&index->hosts, utf8_lower(arena, service->hosts.data[k].str), service);
		if (!service->version.str.size)
			continue;
		add_component(arena, index, service->entity.id.str, &service->entity);
		if (service->component.size)
			add_component(arena, index, service->component, &service->entity);
		if (service->entity.title.str.size)
			add_component(arena, index, service->entity.title.str, &service->entity);
	}
}

static void prefix_key(struct prefix prefix, char key[PREFIX_KEY])
{
	prefix = prefix_network(prefix);
	key[0] = (char)prefix.base.family;
	key[1] = (char)prefix.bits;
	for (size_t i = 0; i < sizeof prefix.base.bytes; i++)
		key[2 + i] = (char)prefix.base.bytes[i];
}

static void index_vlans(struct arena *arena, struct declared_index *index, const struct estate *estate)
{
	for (size_t i = 0; i < estate->networks.n; i++) {
		struct str vlan = estate->networks.data[i]->vlan.str;
		struct vlan_entry *entry = vlan.size ? map_find(&index->vlans, vlan) : NULL;
		if (entry)
			entry->several = true;
		if (entry || !vlan.size)
			continue;
		entry = NEW(arena, struct vlan_entry);
		entry->network = estate->networks.data[i];
		map_put(&index->vlans, vlan, entry);
	}
}

struct entity *declared_vlan(const struct estate *estate, struct str number)
{
	if (str_starts_nocase(number, STR("vlan")))
		number = str_trim_left(str_from_off(number, strlen("vlan")));
	const struct vlan_entry *entry = estate->declared ? map_find(&estate->declared->vlans, number) : NULL;
	return entry && !entry->several ? &entry->network->entity : NULL;
}

static void index_networks(struct arena *arena, struct declared_index *index, const struct estate *estate)
{
	char room[PREFIX_KEY];
	const struct str key = {room, sizeof room};
	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->cidrs.n; k++) {
			const struct prefix_value *value = &estate->networks.data[i]->cidrs.data[k];
			if (!value->valid)
				continue;
			prefix_key(value->prefix, room);
			if (map_has(&index->networks, key))
				continue;
			map_put(&index->networks, str_dup(arena, key), estate->networks.data[i]);
			index->lengths[value->prefix.base.family == 6][value->prefix.bits] = true;
		}
}

const struct network *declared_network_of(const struct estate *estate, struct prefix prefix)
{
	char room[PREFIX_KEY];
	if (!estate->declared || prefix.bits > MAX_BITS ||
	    !estate->declared->lengths[prefix.base.family == 6][prefix.bits])
		return NULL;
	prefix_key(prefix, room);
	return map_find(&estate->declared->networks, (struct str){room, sizeof room});
}

const struct network *declared_network(const struct estate *estate, struct address address)
{
	const struct network *network = NULL;
	for (int bits = address.family == 6 ? MAX_BITS : 32; !network && bits >= 0; bits--)
		network = declared_network_of(estate, (struct prefix){address, (uint8_t)bits});
	return network;
}

const struct service *declared_host(const struct estate *estate, struct str host)
{
	return estate->declared ? map_find(&estate->declared->hosts, host) : NULL;
}

struct entity *declared_component(const struct estate *estate, struct str component, bool *several)
{
	const struct component_entry *entry =
		estate->declared ? map_find(&estate->declared->components, component) : NULL;
	*several = entry && entry->several;
	return entry && !entry->several ? entry->entity : NULL;
}

/* ---- the estate's own facts ---- */

/* By the thing that the subject names; else, and for statements that bind no thing, by its words. */
static struct str fact_key(struct arena *arena, const struct entity *subject, struct str name, struct str attribute)
{
	struct str key = subject ? str_format(arena, "%d/" STR_FMT "\n" STR_FMT, (int)subject->kind,
					      STR_ARG(subject->id.str), STR_ARG(attribute))
				 : str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(name), STR_ARG(attribute));
	return utf8_lower(arena, key);
}

static void add_fact(struct arena *arena, struct declared_index *index, struct str key,
		     const struct declared_fact *fact)
{
	struct declared_facts *entry = map_find(&index->facts, key);
	if (!entry) {
		entry = NEW(arena, struct declared_facts);
		map_put(&index->facts, key, entry);
	}
	if (!entry->list.n || entry->list.data[entry->list.n - 1] != fact)
		vec_add(arena, &entry->list, fact);
}

static void index_facts(struct arena *arena, struct declared_index *index, struct estate *estate)
{
	for (size_t i = 0; i < estate->facts.n; i++) {
		const struct declared_fact *fact = &estate->facts.data[i];
		struct str name = str_trim(fact->subject.str), words = str_trim(fact->attribute.str);
		const struct entity *subject = str_eq_nocase(name, estate->entity.id.str)
						       ? &estate->entity
						       : estate_find(estate, name, ENTITY_KINDS);
		add_fact(arena, index, fact_key(arena, NULL, name, words), fact);
		add_fact(arena, index, str_format(arena, "=" STR_FMT, STR_ARG(utf8_lower(arena, words))), fact);
		add_fact(arena, index, fact_key(arena, subject, name, STR("*")), fact);
		if (!subject)
			continue;
		const struct attribute *attribute = attribute_find(words, subject->kind);
		add_fact(arena, index, fact_key(arena, subject, name, words), fact);
		if (attribute)
			add_fact(arena, index, fact_key(arena, subject, name, str_from(attribute->name)), fact);
	}
}

const struct runners *declared_runners(const struct estate *estate)
{
	return estate->declared ? estate->declared->runners : NULL;
}

const struct declared_facts *declared_facts_called(const struct estate *estate, struct str attribute)
{
	char key[64] = "=";
	if (!estate->declared || attribute.size + 1 > sizeof key)
		return NULL;
	for (size_t i = 0; i < attribute.size; i++)
		key[i + 1] = (char)tolower((unsigned char)attribute.data[i]);
	return map_find(&estate->declared->facts, (struct str){key, attribute.size + 1});
}

const struct declared_facts *declared_facts_about(struct arena *arena, const struct estate *estate,
						  const struct entity *subject, struct str name)
{
	return estate->declared ? map_find(&estate->declared->facts, fact_key(arena, subject, name, STR("*"))) : NULL;
}

void declared_index(struct arena *arena, struct model *model)
{
	for (size_t i = 0; i < model->estates.n; i++) {
		struct estate *estate = model->estates.data[i];
		struct declared_index *index = NEW(arena, struct declared_index);
		index->facts.arena = index->components.arena = index->hosts.arena = arena;
		index->clusters.arena = index->networks.arena = index->vlans.arena = arena;
		index_clusters(arena, index, estate);
		index_services(arena, index, estate);
		index_networks(arena, index, estate);
		index_vlans(arena, index, estate);
		index_facts(arena, index, estate);
		index->runners = runners_index(arena, estate);
		estate->declared = index;
	}
	for (size_t i = 0; i < model->decisions.n; i++) {
		const struct decision *decision = model->decisions.data[i];
		if (!decision->estate)
			continue;
		decision->estate->declared->decisions++;
		decision->estate->declared->by_status[decision->effective_status]++;
	}
}

/* ---- asking ---- */

/* What is asked, and the answer so far. */
struct question {
	struct arena *arena;
	struct str name; /* of the attribute */
	struct str detail;
	struct declared declared;
};

static void declare(struct question *question, struct word word)
{
	if (word.str.size)
		vec_add(question->arena, &question->declared.values, word);
}

/* All addresses, or those that the detail names by their label or network. */
static void declare_addresses(struct question *question, const struct address_value *values, size_t n)
{
	size_t before = question->declared.values.n;
	for (size_t i = 0; i < n && question->detail.size; i++) {
		const struct network *network = values[i].network;
		if (str_eq_nocase(values[i].label.str, question->detail) ||
		    (network && (str_eq_nocase(network->entity.id.str, question->detail) ||
				 str_eq_nocase(network->entity.title.str, question->detail))))
			declare(question, values[i].word);
	}
	bool named = question->declared.values.n > before;
	for (size_t i = 0; i < n && !named; i++)
		declare(question, values[i].word);
}

static void declare_words(struct question *question, const struct word *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		declare(question, words[i]);
}

static void declare_prefixes(struct question *question, const struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n; i++)
		declare(question, network->cidrs.data[i].word);
}

static void declare_count(struct question *question, long long min, long long max, struct span span)
{
	struct str text = min == max ? str_format(question->arena, "%lld", min)
				     : str_format(question->arena, "%lld-%lld", min, max);
	declare(question, (struct word){text, span});
}

static bool has_host_network(const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;
		if (network && network->entity.kind == ENTITY_NETWORK && network->kind != NETWORK_POD &&
		    network->kind != NETWORK_SERVICE)
			return true;
	}
	return false;
}

/* Prefixes of a cluster's networks of one kind; NETWORK_PLAIN: of any kind, where that of its nodes is among them. */
static void declare_cluster_prefixes(struct question *question, const struct cluster *cluster, enum network_kind kind)
{
	if (kind == NETWORK_PLAIN && !has_host_network(cluster))
		return;
	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct entity *entity = cluster->networks.data[i].entity;
		if (!entity || entity->kind != ENTITY_NETWORK)
			continue;
		const struct network *network = (const struct network *)entity;
		if (kind == NETWORK_PLAIN || network->kind == kind)
			declare_prefixes(question, network);
	}
}

/* Of one component, or of all when the detail is empty. */
static void declare_versions(struct question *question, const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->versions.n; i++) {
		struct str component = version_component(question->arena, cluster->versions.data[i].component.str);
		if (!question->detail.size || str_eq(component, version_component(question->arena, question->detail)))
			declare(question, cluster->versions.data[i].version);
	}
}

static void declare_node(struct question *question, const struct node *node)
{
	const struct cluster *cluster = node->cluster;
	const struct {
		const char *name;
		struct word word;
	} fields[] = {
		{"memory", node->memory},
		{"cores", node->cores},
		{"storage", node->storage},
		{"gpu memory", node->gpu_memory},
		{"cpu", node->cpu},
		{"gpu", node->gpu_model},
		{"role", node->role},
		{"platform", node->platform.str.size ? node->platform : cluster->platform},
		{"zone", node->zone},
		{"cluster", cluster->entity.id},
		{"architecture", node->architecture.str.size ? node->architecture : cluster->architecture},
	};
	if (str_is(question->name, "address"))
		declare_addresses(question, node->addresses.data, node->addresses.n);
	else if (str_is(question->name, "version") && question->detail.size)
		declare_versions(question, cluster);
	else if (str_is(question->name, "runs"))
		declare_words(question, node->runs.data, node->runs.n);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (str_is(question->name, fields[i].name))
			declare(question, fields[i].word);
}

static void declare_service(struct question *question, const struct service *service)
{
	if (str_is(question->name, "address"))
		declare_addresses(question, service->addresses.data, service->addresses.n);
	else if (str_is(question->name, "version"))
		declare(question, service->version);
	else if (str_is(question->name, "host") && !service->hosts_open)
		declare_words(question, service->hosts.data, service->hosts.n);
	for (size_t i = 0; str_is(question->name, "runs on") && i < service->runs_on.n; i++)
		declare(question, service->runs_on.data[i].word);
	for (size_t i = 0; str_is(question->name, "port") && i < service->ports.n; i++)
		declare(question, service->ports.data[i].word);
	for (size_t i = 0; str_is(question->name, "port") && i < service->node_ports.n; i++)
		declare(question, service->node_ports.data[i].word);
}

/* The clusters that have the network. */
static void declare_users(struct question *question, const struct network *network)
{
	const struct estate *estate = network->entity.estate;
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		for (size_t k = 0; k < cluster->networks.n; k++)
			if (cluster->networks.data[k].entity == &network->entity)
				declare(question,
					(struct word){cluster->entity.id.str, cluster->networks.data[k].word.span});
	}
}

static void declare_network(struct question *question, const struct network *network)
{
	if (str_is(question->name, "cidr"))
		declare_prefixes(question, network);
	else if (str_is(question->name, "gateway"))
		declare_addresses(question, network->gateways.data, network->gateways.n);
	else if (str_is(question->name, "mtu"))
		declare(question, network->mtu);
	else if (str_is(question->name, "vlan"))
		declare(question, network->vlan);
	else if (str_is(question->name, "bridge"))
		declare(question, network->bridge);
	else if (str_is(question->name, "cluster"))
		declare_users(question, network);
}

static void declare_cluster_counts(struct question *question, const struct cluster *cluster)
{
	struct count_value count = cluster_count(cluster);
	struct span span = cluster->entity.id.span;
	const void *key = cluster;
	const struct declared_index *index = cluster->entity.estate->declared;
	const struct cluster_sums *counts = index ? map_find(&index->clusters, pointer_key(&key)) : NULL;
	if (str_is(question->name, "node count") && count.present && count.valid)
		declare_count(question, count.min, count.max, span_is_none(count.word.span) ? span : count.word.span);
	else if (str_is(question->name, "control plane count") && counts && cluster->nodes.n &&
		 counts->control_plane >= 0)
		declare_count(question, counts->control_plane, counts->control_plane, span);
	else if (str_is(question->name, "worker count") && counts && cluster->nodes.n && counts->worker >= 0)
		declare_count(question, counts->worker, counts->worker, span);
	else if (counts)
		declare(question, (struct word){cluster_sum(counts, question->name), span});
}

static void declare_cluster(struct question *question, const struct cluster *cluster)
{
	if (str_is(question->name, "vip"))
		declare_addresses(question, cluster->vips.data, cluster->vips.n);
	else if (str_is(question->name, "dns"))
		declare_addresses(question, cluster->dns.data, cluster->dns.n);
	else if (str_is(question->name, "cidr"))
		declare_cluster_prefixes(question, cluster, NETWORK_PLAIN);
	else if (str_is(question->name, "pod cidr"))
		declare_cluster_prefixes(question, cluster, NETWORK_POD);
	else if (str_is(question->name, "service cidr"))
		declare_cluster_prefixes(question, cluster, NETWORK_SERVICE);
	else if (str_is(question->name, "version"))
		declare_versions(question, cluster);
	else if (str_is(question->name, "platform"))
		declare(question, cluster->platform);
	else if (str_is(question->name, "architecture"))
		declare(question, cluster->architecture);
	else
		declare_cluster_counts(question, cluster);
}

static void declare_estate(struct question *question, const struct estate *estate)
{
	const struct declared_index *index = estate->declared;
	struct span span = estate->entity.id.span;
	if (!index)
		return;
	if (str_is(question->name, "cluster count") && estate->clusters.n && estate->topology)
		declare_count(question, (long long)estate->clusters.n, (long long)estate->clusters.n, span);
	else if (str_is(question->name, "total node count") && index->nodes.present && estate->topology)
		declare_count(question, index->nodes.min, index->nodes.max, span);
	else if (str_is(question->name, "decision count") && index->decisions && !question->detail.size)
		declare_count(question, index->decisions, index->decisions, span);
	for (int status = STATUS_DRAFT; str_is(question->name, "decision count") && status < STATUS_UNKNOWN; status++)
		if (index->decisions && str_is(question->detail, status_name((enum status)status)))
			declare_count(question, index->by_status[status], index->by_status[status], span);
}

static void declare_own_facts(struct question *question, const struct estate *estate, const struct entity *subject,
			      struct str subject_name)
{
	if (!estate || !estate->declared || !estate->facts.n)
		return;
	struct str words = str_is(question->name, "fact") ? question->detail : question->name;
	struct str key = fact_key(question->arena, subject, str_trim(subject_name), words);
	const struct declared_facts *entry = map_find(&estate->declared->facts, key);
	for (size_t i = 0; entry && i < entry->list.n; i++)
		declare(question, entry->list.data[i]->value);
}

struct declared fact_declared_detail(struct arena *arena, const struct estate *estate, const struct entity *subject,
				     struct str subject_name, const struct attribute *attribute, struct str detail)
{
	struct question question = {.arena = arena, .name = str_from(attribute->name), .detail = detail};
	switch (subject ? subject->kind : ENTITY_KINDS) {
	case ENTITY_NODE: declare_node(&question, (const struct node *)subject); break;
	case ENTITY_DEVICE: {
		const struct device *device = (const struct device *)subject;
		if (str_is(question.name, "address"))
			declare_addresses(&question, device->addresses.data, device->addresses.n);
		break;
	}
	case ENTITY_SERVICE: declare_service(&question, (const struct service *)subject); break;
	case ENTITY_NETWORK: declare_network(&question, (const struct network *)subject); break;
	case ENTITY_CLUSTER: declare_cluster(&question, (const struct cluster *)subject); break;
	case ENTITY_ESTATE: declare_estate(&question, (const struct estate *)subject); break;
	case ENTITY_GROUP: {
		const struct group *group = (const struct group *)subject;
		if (str_is(question.name, "member count"))
			declare_count(&question, (long long)group->members.n, (long long)group->members.n,
				      group->entity.id.span);
		break;
	}
	default: break;
	}
	if (!question.declared.values.n)
		declare_own_facts(&question, estate, subject, subject_name);
	return question.declared;
}

struct declared fact_declared(struct arena *arena, const struct model *model, const struct entity *subject,
			      const struct attribute *attribute)
{
	const struct estate *estate = subject->kind == ENTITY_ESTATE ? (const struct estate *)subject : subject->estate;
	(void)model;
	return fact_declared_detail(arena, estate, subject, STR_NONE, attribute, STR_NONE);
}
