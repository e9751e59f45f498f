/* Where addresses live: in the network they are declared on, in their cluster's networks, or in none. */
#include "check/address_home.h"

/* Prefixes that lie in each other are of different length, so no sound chain of parents is longer. */
#define MAX_PARENTS 129

/* ---- networks ---- */

bool network_has_family(const struct network *network, uint8_t family)
{
	for (size_t i = 0; i < network->cidrs.n; i++)
		if (network->cidrs.data[i].valid && network->cidrs.data[i].prefix.base.family == family)
			return true;
	return false;
}

bool network_is_readable(const struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n; i++)
		if (!network->cidrs.data[i].valid)
			return false;
	return network->cidrs.n > 0;
}

const struct prefix_value *network_holds(const struct network *network, struct address address)
{
	const struct prefix_value *best = NULL;

	for (size_t i = 0; i < network->cidrs.n; i++) {
		const struct prefix_value *cidr = &network->cidrs.data[i];

		if (cidr->valid && prefix_contains(cidr->prefix, address) &&
		    (!best || cidr->prefix.bits > best->prefix.bits))
			best = cidr;
	}
	return best;
}

static const struct network *parent_of(const struct network *network)
{
	return (const struct network *)network->parent.entity;
}

bool network_is_below(const struct network *network, const struct network *above)
{
	const struct network *at = parent_of(network);

	for (int i = 0; at && i < MAX_PARENTS; i++, at = parent_of(at))
		if (at == above)
			return true;
	return false;
}

struct str network_text(struct arena *arena, const struct network *network)
{
	VEC(struct str) texts = {0};
	struct str list;

	for (size_t i = 0; i < network->cidrs.n; i++)
		vec_add(arena, &texts, network->cidrs.data[i].word.str);
	if (texts.n == 0)
		return network->entity.id.str;
	list = str_join(arena, texts.data, texts.n, STR(", "));
	return str_format(arena, STR_FMT " (" STR_FMT ")", STR_ARG(network->entity.id.str), STR_ARG(list));
}

/* ---- ranges ---- */

static bool has_any(struct str text, const char *const *words)
{
	for (; *words; words++)
		if (str_find_nocase(text, str_from(*words)) != SIZE_MAX)
			return true;
	return false;
}

enum range_role range_role(const struct range_value *range)
{
	static const char *const dhcp[] = {"dhcp", NULL};
	static const char *const pool[] = {"lb", "pool", "load", "metallb", NULL};
	static const char *const reserved[] = {"reserved", "static", NULL};
	struct str text = range->kind.str.size > 0 ? range->kind.str : range->id.str;

	if (has_any(text, reserved))
		return RANGE_RESERVED;
	if (has_any(text, dhcp))
		return RANGE_DHCP;
	return has_any(text, pool) ? RANGE_POOL : RANGE_OTHER;
}

struct str range_text(struct arena *arena, const struct range_value *range, const struct network *network)
{
	if (range->id.str.size == 0)
		return str_format(arena, "a range of " STR_FMT, STR_ARG(network->entity.id.str));
	return str_format(arena, "the range " STR_FMT " of " STR_FMT, STR_ARG(range->id.str),
			  STR_ARG(network->entity.id.str));
}

/* ---- owners ---- */

struct str address_owner(struct arena *arena, const struct address_use *use)
{
	struct str id = use->owner->id.str, label = use->value->label.str;

	switch (use->use) {
	case USE_VIP:
		return label.size > 0 ? str_format(arena, "VIP " STR_FMT " of " STR_FMT, STR_ARG(label), STR_ARG(id))
				      : str_format(arena, "the VIP of " STR_FMT, STR_ARG(id));
	case USE_DNS: return str_format(arena, "the DNS of " STR_FMT, STR_ARG(id));
	case USE_GATEWAY: return str_format(arena, "the gateway of " STR_FMT, STR_ARG(id));
	default: return id;
	}
}

struct str address_phrase(struct arena *arena, const struct address_use *use)
{
	struct str owner = address_owner(arena, use), text = use->value->word.str;

	if (use->use == USE_NODE || use->use == USE_DEVICE || use->use == USE_SERVICE)
		return str_format(arena, STR_FMT "'s address " STR_FMT, STR_ARG(owner), STR_ARG(text));
	return str_format(arena, STR_FMT " (" STR_FMT ")", STR_ARG(owner), STR_ARG(text));
}

bool address_is_link_local(struct address address)
{
	static const struct prefix four = {{4, {169, 254}}, 16}, six = {{6, {0xFE, 0x80}}, 10};

	return prefix_contains(four, address) || prefix_contains(six, address);
}

/* ---- homes ---- */

/* What is known of an estate's or a cluster's networks. */
struct summary {
	struct map members;   /* networks of a cluster, by pointer */
	struct map ancestors; /* of those */
	bool family[2];       /* a network for hosts has a prefix of IPv4, IPv6 */
	bool broken;          /* one of them cannot be read, or names nothing */
};

struct homes {
	struct arena *arena;
	struct summary all;
	struct map clusters;     /* struct cluster * -> struct summary * */
	const struct node *node; /* whose answer is kept */
	bool node_is_inside;
};

/* The pointer must stay where it is as long as the map. */
static struct str pointer_key(const void *const *pointer)
{
	return (struct str){(const char *)pointer, sizeof *pointer};
}

static void add_network(struct summary *summary, const struct network *network)
{
	summary->broken |= network->cidrs.n > 0 && !network_is_readable(network);
	if (network->kind == NETWORK_POD || network->kind == NETWORK_SERVICE)
		return;
	summary->family[0] |= network_has_family(network, 4);
	summary->family[1] |= network_has_family(network, 6);
}

static void add_ancestors(struct arena *arena, struct summary *summary, const struct network *network)
{
	const struct network *at = parent_of(network);

	for (int i = 0; at && i < MAX_PARENTS; i++, at = parent_of(at)) {
		const void **key = NEW(arena, const void *);

		*key = at;
		if (map_has(&summary->ancestors, pointer_key(key)))
			return;
		map_put(&summary->ancestors, pointer_key(key), summary);
	}
}

static const struct summary *cluster_summary(struct homes *homes, const struct cluster *cluster)
{
	const void *pointer = cluster;
	struct summary *summary = map_find(&homes->clusters, pointer_key(&pointer));
	const void **key;

	if (summary)
		return summary;
	summary = NEW(homes->arena, struct summary);
	summary->members.arena = summary->ancestors.arena = homes->arena;
	for (size_t i = 0; i < cluster->networks.n; i++) {
		const struct network *network = (const struct network *)cluster->networks.data[i].entity;

		if (!network) {
			summary->broken = true;
			continue;
		}
		key = NEW(homes->arena, const void *);
		*key = network;
		map_put(&summary->members, pointer_key(key), summary);
		add_network(summary, network);
		add_ancestors(homes->arena, summary, network);
	}
	key = NEW(homes->arena, const void *);
	*key = cluster;
	map_put(&homes->clusters, pointer_key(key), summary);
	return summary;
}

static enum address_home named_home(const struct address_value *value)
{
	if (!value->network || !network_is_readable(value->network))
		return HOME_UNJUDGED;
	if (!network_has_family(value->network, value->address.family))
		return HOME_OTHER_FAMILY;
	return network_holds(value->network, value->address) ? HOME_INSIDE : HOME_OUTSIDE;
}

/* RFC 1918, RFC 6598, RFC 4193: what a network of a house uses. */
static bool is_private(struct address address)
{
	static const struct prefix prefixes[] = {
		{{4, {10}}, 8}, {{4, {172, 16}}, 12}, {{4, {192, 168}}, 16}, {{4, {100, 64}}, 10}, {{6, {0xFC}}, 7},
	};

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (prefix_contains(prefixes[i], address))
			return true;
	return false;
}

/* Of an address that no declared network holds. Public addresses of services and devices are somebody else's network. */
static enum address_home estate_home(const struct homes *homes, const struct address_use *use)
{
	struct address address = use->value->address;
	bool outside = use->use == USE_SERVICE || use->use == USE_DEVICE;

	if (homes->all.broken || !homes->all.family[address.family == 6] || address_is_documentation(address) ||
	    address_is_loopback(address) || address_is_link_local(address) || (outside && !is_private(address)))
		return HOME_UNJUDGED;
	return HOME_NONE;
}

static bool is_member(const struct summary *summary, const struct network *network)
{
	const void *pointer = network;

	return network && map_has(&summary->members, pointer_key(&pointer));
}

static bool is_ancestor(const struct summary *summary, const struct network *network)
{
	const void *pointer = network;

	return network && map_has(&summary->ancestors, pointer_key(&pointer));
}

static bool node_is_inside(struct homes *homes, const struct summary *summary, const struct node *node)
{
	if (homes->node == node)
		return homes->node_is_inside;
	homes->node = node;
	homes->node_is_inside = false;
	for (size_t i = 0; i < node->addresses.n && !homes->node_is_inside; i++)
		homes->node_is_inside = is_member(summary, node->addresses.data[i].network);
	return homes->node_is_inside;
}

/* A node may have further addresses on networks that its cluster does not list, a VIP may live on any network. */
static enum address_home cluster_home(struct homes *homes, const struct address_use *use, const struct cluster *cluster)
{
	const struct summary *summary = cluster_summary(homes, cluster);
	const struct network *network = use->value->network;
	bool elsewhere = network && !is_ancestor(summary, network);

	if (is_member(summary, network))
		return HOME_INSIDE;
	if (!summary->family[use->value->address.family == 6])
		return network ? HOME_INSIDE : estate_home(homes, use);
	if (summary->broken)
		return HOME_UNJUDGED;
	if (elsewhere && (use->use == USE_VIP || node_is_inside(homes, summary, (const struct node *)use->owner)))
		return HOME_INSIDE;
	if (!network && estate_home(homes, use) == HOME_UNJUDGED)
		return HOME_UNJUDGED;
	return HOME_OUTSIDE;
}

static enum address_home find_home(struct homes *homes, const struct address_use *use)
{
	const struct address_value *value = use->value;

	if (!value->valid || use->use == USE_GATEWAY || use->use == USE_DNS)
		return HOME_UNJUDGED;
	if (use->use == USE_VIP)
		return cluster_home(homes, use, (const struct cluster *)use->owner);
	if (value->label.str.size > 0)
		return named_home(value);
	if (use->use == USE_NODE)
		return cluster_home(homes, use, ((const struct node *)use->owner)->cluster);
	return value->network ? HOME_INSIDE : estate_home(homes, use);
}

struct homed_addresses address_homes(struct arena *arena, const struct estate *estate)
{
	struct homes homes = {.arena = arena, .clusters = {.arena = arena}};
	struct address_uses uses = estate_addresses(arena, estate);
	struct homed_addresses homed = {0};

	for (size_t i = 0; i < estate->networks.n; i++)
		add_network(&homes.all, estate->networks.data[i]);
	for (size_t i = 0; i < uses.list.n; i++) {
		const struct address_use *use = &uses.list.data[i];

		vec_add(arena, &homed.list, (struct homed_address){*use, find_home(&homes, use)});
	}
	return homed;
}
