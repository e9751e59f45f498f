/* Networks, their ranges, and addresses of topology.yaml. */
#include "model/topology/topology.h"

struct entity_ref topology_ref(const struct yaml *scalar, enum entity_kind wanted)
{
	return (struct entity_ref){.word = topology_word(scalar), .wanted = wanted};
}

/* ---- addresses ---- */

struct address_value topology_address(const struct yaml *scalar)
{
	struct address_value value = {.word = topology_word(scalar), .label = {STR_NONE, SPAN_NONE}};
	struct address_read read = address_parse(value.word.str);

	value.valid = read.error == NET_OK;
	value.error = read.error;
	value.address = read.address;
	return value;
}

static void add_addresses(struct topology *topology, const struct yaml *value, const struct topology_field *field,
			  struct word label, struct address_list *found)
{
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));) {
		struct address_value address = topology_address(item);

		address.label = label;
		vec_add(topology->arena, &found->list, address);
	}
}

struct address_list topology_addresses(struct topology *topology, const struct yaml *value,
				       const struct topology_field *field)
{
	struct address_list found = {0};

	if (value->kind != YAML_MAP)
		add_addresses(topology, value, field, (struct word){STR_NONE, SPAN_NONE}, &found);
	for (size_t i = 0; i < value->pairs.n; i++)
		if (!str_starts(value->pairs.data[i].key.str, STR("x-")))
			add_addresses(topology, value->pairs.data[i].value, field, value->pairs.data[i].key, &found);
	return found;
}

/* ---- ranges ---- */

static const struct topology_field range_fields[] = {
	{.key = "from", .wanted = "an address", .word = offsetof(struct range_value, from)},
	{.key = "to", .wanted = "an address", .word = offsetof(struct range_value, to)},
	{.key = "size", .wanted = "a number", .word = offsetof(struct range_value, size_word)},
	{.key = "kind", .word = offsetof(struct range_value, kind)},
};

static const struct topology_shape range_shape = TOPOLOGY_SHAPE("range", false, range_fields);

static bool is_range(const struct yaml *yaml)
{
	size_t dash = yaml->kind == YAML_SCALAR ? str_find_char(str_trim(yaml->text), '-') : SIZE_MAX;

	return dash != 0 && dash != SIZE_MAX;
}

/* "10.0.0.200-10.0.0.250" */
static void split_range(struct range_value *range, const struct yaml *scalar)
{
	struct word word = topology_word(scalar);
	size_t dash = str_find_char(word.str, '-');
	size_t lead = (size_t)(word.str.data - scalar->text.data);

	range->from = (struct word){str_trim(str_sub(word.str, 0, dash)), word.span};
	range->to = (struct word){str_trim(str_from_off(word.str, dash + 1)), word.span};
	if (scalar->span.size != scalar->text.size || range->to.str.size == 0)
		return;
	range->from.span.off += (uint32_t)lead;
	range->from.span.size = (uint32_t)range->from.str.size;
	range->to.span.off += (uint32_t)(range->to.str.data - scalar->text.data);
	range->to.span.size = (uint32_t)range->to.str.size;
}

static void read_range(struct topology *topology, struct network *network, const struct topology_entry *entry)
{
	static const char *const needed[] = {"from", "to", NULL};
	struct range_value range = {.id = entry->id, .span = entry->body ? entry->body->span : entry->id.span};
	struct address_read from, to;

	if (!entry->body || yaml_is_null(entry->body))
		return;
	if (entry->body->kind == YAML_MAP && topology_is_incomplete(topology, entry->body, "range", needed))
		return;
	if (is_range(entry->body))
		split_range(&range, entry->body);
	else
		topology_fields(topology, &range_shape, &range, entry);
	if (range.from.str.size == 0 || range.to.str.size == 0)
		return;
	from = address_parse(range.from.str);
	to = address_parse(range.to.str);
	range.range = (struct address_range){from.address, to.address};
	range.valid = from.error == NET_OK && to.error == NET_OK && from.address.family == to.address.family &&
		      address_cmp(from.address, to.address) <= 0;
	vec_add(topology->arena, &network->ranges, range);
}

static void read_ranges(struct topology *topology, void *thing, const struct yaml *value,
			const struct topology_field *field)
{
	struct topology_entries entries = value->kind == YAML_LIST ? topology_rows(topology, value, field)
								   : topology_entries(topology, value, field);

	for (size_t i = 0; i < entries.list.n; i++) {
		struct topology_entry *entry = &entries.list.data[i];
		const struct yaml *id = value->kind == YAML_LIST ? yaml_find(entry->body, "id") : NULL;

		if (value->kind == YAML_LIST) {
			entry->listed = true;
			id = id ? id : yaml_find(entry->body, "name");
			entry->id = id && id->kind == YAML_SCALAR ? topology_word(id)
								  : (struct word){STR_NONE, entry->body->span};
		}
		read_range(topology, thing, entry);
	}
}

/* ---- networks ---- */

static void read_cidr(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct network *network = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));) {
		struct prefix_value cidr = {.word = topology_word(item)};
		struct prefix_read read = prefix_parse(cidr.word.str);

		cidr.valid = read.error == NET_OK;
		cidr.error = read.error;
		cidr.prefix = read.prefix;
		vec_add(topology->arena, &network->cidrs, cidr);
	}
}

static void read_gateway(struct topology *topology, void *thing, const struct yaml *value,
			 const struct topology_field *field)
{
	struct network *network = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &network->gateways, topology_address(item));
}

static void read_parent(struct topology *topology, void *thing, const struct yaml *value,
			const struct topology_field *field)
{
	struct network *network = thing;

	if (value->kind == YAML_SCALAR)
		network->parent = topology_ref(value, ENTITY_NETWORK);
	else
		topology_wrong_type(topology, value, field->key, field->wanted);
}

/* Only what the checks tell apart; any other word is a plain network. */
static void read_kind(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	static const struct {
		const char *word;
		enum network_kind kind;
	} kinds[] = {
		{"pod", NETWORK_POD},          {"pods", NETWORK_POD},  {"service", NETWORK_SERVICE},
		{"services", NETWORK_SERVICE}, {"node", NETWORK_NODE}, {"nodes", NETWORK_NODE},
	};
	struct network *network = thing;

	if (value->kind != YAML_SCALAR)
		topology_wrong_type(topology, value, field->key, "a word");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_eq_nocase(str_trim(value->text), str_from(kinds[i].word)))
			network->kind = kinds[i].kind;
}

static const struct topology_field network_fields[] = {
	{.key = "cidr", .wanted = "a prefix, or a list of prefixes", .read = read_cidr},
	{.key = "kind", .wanted = "a word", .read = read_kind},
	{.key = "parent", .wanted = "the id of a network", .read = read_parent},
	{.key = "gateway", .wanted = "an address, or a list of addresses", .read = read_gateway},
	{.key = "vlan", .wanted = "a VLAN id", .word = offsetof(struct network, vlan)},
	{.key = "mtu", .wanted = "a number", .word = offsetof(struct network, mtu)},
	{.key = "bridge", .word = offsetof(struct network, bridge)},
	{.key = "site", .word = offsetof(struct network, site)},
	{.key = "purpose", .word = offsetof(struct network, purpose)},
	{.key = "ranges", .wanted = "a mapping of ranges", .read = read_ranges},
};

static const struct topology_shape network_shape = TOPOLOGY_SHAPE("network", true, network_fields);

void topology_networks(struct topology *topology, void *thing, const struct yaml *value,
		       const struct topology_field *field)
{
	struct estate *estate = thing;
	struct topology_entries entries = topology_entries(topology, value, field);

	for (size_t i = 0; i < entries.list.n; i++) {
		struct network *network =
			topology_entity(topology, ENTITY_NETWORK, sizeof *network, &entries.list.data[i]);

		topology_fields(topology, &network_shape, network, &entries.list.data[i]);
		vec_add(topology->arena, &estate->networks, network);
	}
}
