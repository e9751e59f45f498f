/* The table of attributes, what words name them, and what the topology declares for them. */
#include "fact/fact_parts.h"

#include <assert.h>

#define BIT(kind) (1u << (kind))

const struct attribute attributes[] = {
#define X(name, type, rule, words, subjects) {name, type, rule, words, subjects},
#include "fact/attributes.def"
#undef X
};
const size_t n_attributes = sizeof attributes / sizeof *attributes;

/* Lower case, marks of emphasis and a closing ':' or '?' off, runs of blanks as one. */
static size_t normalise(struct str words, char *out, size_t cap)
{
	size_t n = 0;
	words = str_trim(words);
	for (size_t i = 0; i < words.size && n + 1 < cap; i++) {
		char c = (char)tolower((unsigned char)words.data[i]);
		if (c == '*' || c == '`' || (c == '_' && !n))
			continue;
		if (c == '\n' || c == '\t')
			c = ' ';
		if (c == ' ' && (!n || out[n - 1] == ' '))
			continue;
		out[n++] = c;
	}
	while (n && (out[n - 1] == ':' || out[n - 1] == '?' || out[n - 1] == ' '))
		n--;
	return n;
}

static bool names(const char *list, struct str words)
{
	struct str rest = str_from(list);
	while (rest.size)
		if (str_eq(str_cut(&rest, '|'), words))
			return true;
	return false;
}

const struct attribute *attribute_find(struct str words, enum entity_kind subject)
{
	char text[96];
	struct str normal = {text, normalise(words, text, sizeof text)};
	for (size_t i = 0; normal.size && i < n_attributes; i++)
		if ((attributes[i].subjects & BIT(subject)) && names(attributes[i].words, normal))
			return &attributes[i];
	return NULL;
}

const struct attribute *attribute_named(const char *name)
{
	for (size_t i = 0; i < n_attributes; i++)
		if (strcmp(attributes[i].name, name) == 0)
			return &attributes[i];
	assert(!"an attribute of attributes.def");
	return NULL;
}

static void declare(struct arena *arena, struct declared *declared, struct word word)
{
	if (word.str.size)
		vec_add(arena, &declared->values, word);
}

static void declare_addresses(struct arena *arena, struct declared *declared, const struct address_value *values,
			      size_t n)
{
	for (size_t i = 0; i < n; i++)
		declare(arena, declared, values[i].word);
}

static void declare_prefixes(struct arena *arena, struct declared *declared, const struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n; i++)
		declare(arena, declared, network->cidrs.data[i].word);
}

/* Prefixes of a cluster's networks of one kind; NETWORK_PLAIN: of any kind. */
static void declare_cluster_prefixes(struct arena *arena, struct declared *declared, const struct cluster *cluster,
				     enum network_kind kind)
{
	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct entity *entity = cluster->networks.data[i].entity;
		if (!entity || entity->kind != ENTITY_NETWORK)
			continue;
		const struct network *network = (const struct network *)entity;
		if (kind == NETWORK_PLAIN || network->kind == kind)
			declare_prefixes(arena, declared, network);
	}
}

static struct word count_word(struct arena *arena, long long min, long long max, struct span span)
{
	struct word word = {STR_NONE, span};
	word.str = min == max ? str_format(arena, "%lld", min) : str_format(arena, "%lld-%lld", min, max);
	return word;
}

static bool is_control_plane(struct str role)
{
	return str_find_nocase(role, STR("control")) != SIZE_MAX || str_eq_nocase(role, STR("master")) ||
	       str_eq_nocase(role, STR("server"));
}

/* Nodes of a role, when every node of the cluster has one. */
static void declare_role_count(struct arena *arena, struct declared *declared, const struct cluster *cluster,
			       bool control_plane)
{
	long long n = 0;
	for (size_t i = 0; i < cluster->nodes.n; i++) {
		struct str role = cluster->nodes.data[i]->role.str;
		if (!role.size)
			return;
		n += is_control_plane(role) == control_plane;
	}
	if (cluster->nodes.n)
		declare(arena, declared, count_word(arena, n, n, cluster->entity.id.span));
}

static void declare_cluster(struct arena *arena, struct declared *declared, const struct cluster *cluster,
			    struct str name)
{
	struct count_value count = cluster_count(cluster);
	if (str_is(name, "vip"))
		declare_addresses(arena, declared, cluster->vips.data, cluster->vips.n);
	else if (str_is(name, "dns"))
		declare_addresses(arena, declared, cluster->dns.data, cluster->dns.n);
	else if (str_is(name, "cidr"))
		declare_cluster_prefixes(arena, declared, cluster, NETWORK_PLAIN);
	else if (str_is(name, "pod cidr"))
		declare_cluster_prefixes(arena, declared, cluster, NETWORK_POD);
	else if (str_is(name, "service cidr"))
		declare_cluster_prefixes(arena, declared, cluster, NETWORK_SERVICE);
	else if (str_is(name, "node count") && count.present && count.valid)
		declare(arena, declared,
			count_word(arena, count.min, count.max,
				   span_is_none(count.word.span) ? cluster->entity.id.span : count.word.span));
	else if (str_is(name, "control plane count"))
		declare_role_count(arena, declared, cluster, true);
	else if (str_is(name, "worker count"))
		declare_role_count(arena, declared, cluster, false);
}

static void declare_estate(struct arena *arena, struct declared *declared, const struct model *model,
			   const struct estate *estate, struct str name)
{
	long long min = 0, max = 0;
	if (str_is(name, "cluster count"))
		min = max = (long long)estate->clusters.n;
	for (size_t i = 0; str_is(name, "total node count") && i < estate->clusters.n; i++) {
		struct count_value count = cluster_count(estate->clusters.data[i]);
		if (!count.present || !count.valid)
			return;
		min += count.min;
		max += count.max;
	}
	for (size_t i = 0; str_is(name, "decision count") && i < model->decisions.n; i++)
		if (model->decisions.data[i]->estate == estate)
			max = ++min;
	if (max)
		declare(arena, declared, count_word(arena, min, max, estate->entity.id.span));
}

struct declared fact_declared(struct arena *arena, const struct model *model, const struct entity *subject,
			      const struct attribute *attribute)
{
	struct declared declared = {0};
	struct str name = str_from(attribute->name);
	switch (subject->kind) {
	case ENTITY_NODE: {
		const struct node *node = (const struct node *)subject;
		declare_addresses(arena, &declared, node->addresses.data, node->addresses.n);
		break;
	}
	case ENTITY_DEVICE: {
		const struct device *device = (const struct device *)subject;
		declare_addresses(arena, &declared, device->addresses.data, device->addresses.n);
		break;
	}
	case ENTITY_SERVICE: {
		const struct service *service = (const struct service *)subject;
		declare_addresses(arena, &declared, service->addresses.data, service->addresses.n);
		break;
	}
	case ENTITY_NETWORK: {
		const struct network *network = (const struct network *)subject;
		if (attribute->type == TYPE_PREFIX)
			declare_prefixes(arena, &declared, network);
		else
			declare_addresses(arena, &declared, network->gateways.data, network->gateways.n);
		break;
	}
	case ENTITY_CLUSTER: declare_cluster(arena, &declared, (const struct cluster *)subject, name); break;
	case ENTITY_ESTATE: declare_estate(arena, &declared, model, (const struct estate *)subject, name); break;
	case ENTITY_GROUP: {
		const struct group *group = (const struct group *)subject;
		long long n = (long long)group->members.n;
		declare(arena, &declared, count_word(arena, n, n, group->entity.id.span));
		break;
	}
	default: break;
	}
	return declared;
}
