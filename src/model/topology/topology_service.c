/* Devices, services, zones, groups and retired names in topology.yaml. */
#include "model/topology/topology.h"

#define ADDRESSES "an address, a list of addresses, or a mapping of network to address"

/* ---- devices ---- */

static void read_device_addresses(struct topology *topology, void *thing, const struct yaml *value,
				  const struct topology_field *field)
{
	struct device *device = thing;
	struct address_list found = topology_addresses(topology, value, field);

	for (size_t i = 0; i < found.list.n; i++)
		vec_add(topology->arena, &device->addresses, found.list.data[i]);
}

static const struct topology_field device_fields[] = {
	{.key = "kind", .word = offsetof(struct device, device_kind)},
	{.key = "address", .wanted = ADDRESSES, .read = read_device_addresses},
	{.key = "addresses", .wanted = ADDRESSES, .read = read_device_addresses},
};

static const struct topology_shape device_shape = TOPOLOGY_SHAPE("device", true, device_fields);

void topology_devices(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct estate *estate = thing;
	struct topology_entries entries = topology_entries(topology, value, field);

	for (size_t i = 0; i < entries.list.n; i++) {
		struct device *device = topology_entity(topology, ENTITY_DEVICE, sizeof *device, &entries.list.data[i]);

		topology_fields(topology, &device_shape, device, &entries.list.data[i]);
		vec_add(topology->arena, &estate->devices, device);
	}
}

/* ---- services ---- */

static void read_service_addresses(struct topology *topology, void *thing, const struct yaml *value,
				   const struct topology_field *field)
{
	struct service *service = thing;
	struct address_list found = topology_addresses(topology, value, field);

	for (size_t i = 0; i < found.list.n; i++)
		vec_add(topology->arena, &service->addresses, found.list.data[i]);
}

static void read_hosts(struct topology *topology, void *thing, const struct yaml *value,
		       const struct topology_field *field)
{
	struct service *service = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &service->hosts, topology_word(item));
}

static bool is_port(long long number)
{
	return number >= 1 && number <= 65535;
}

/* 443, 443/tcp; a range such as 8000-8010 is allowed, and is no single port. */
static bool parse_port(struct port_value *port)
{
	struct str protocol = port->word.str, last = str_cut(&protocol, '/'), first = str_cut(&last, '-');
	long long number = 0, end = 1;

	if (!str_to_number(first, &number) || !is_port(number))
		return false;
	if (last.data && (!str_to_number(last, &end) || !is_port(end)))
		return false;
	if (protocol.data && protocol.size == 0)
		return false;
	for (size_t i = 0; i < protocol.size; i++)
		if (!isalpha((unsigned char)protocol.data[i]))
			return false;
	port->valid = !last.data;
	port->number = (long)number;
	port->protocol = (struct word){protocol, port->word.span};
	return true;
}

static struct port_value read_port(struct topology *topology, const struct yaml *scalar,
				   const struct topology_field *field)
{
	struct port_value port = {.word = topology_word(scalar)};

	if (!parse_port(&port))
		topology_wrong_type(topology, scalar, field->key, field->wanted);
	return port;
}

static void read_ports(struct topology *topology, void *thing, const struct yaml *value,
		       const struct topology_field *field)
{
	struct service *service = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &service->ports, read_port(topology, item, field));
}

static void read_node_ports(struct topology *topology, void *thing, const struct yaml *value,
			    const struct topology_field *field)
{
	struct service *service = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &service->node_ports, read_port(topology, item, field));
}

static void read_runs_on(struct topology *topology, void *thing, const struct yaml *value,
			 const struct topology_field *field)
{
	struct service *service = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &service->runs_on, topology_ref(item, ENTITY_KINDS));
}

static const struct topology_field service_fields[] = {
	{.key = "hosts", .wanted = "a host name, or a list of host names", .read = read_hosts},
	{.key = "address", .wanted = ADDRESSES, .read = read_service_addresses},
	{.key = "addresses", .wanted = ADDRESSES, .read = read_service_addresses},
	{.key = "ports", .wanted = "a port such as 443 or 443/tcp, or a list of ports", .read = read_ports},
	{.key = "node_ports", .wanted = "a port such as 30443, or a list of ports", .read = read_node_ports},
	{.key = "runs_on", .wanted = "the id of a cluster, node or device, or a list of ids", .read = read_runs_on},
	{.key = "version", .wanted = "a version", .word = offsetof(struct service, version)},
};

static const struct topology_shape service_shape = TOPOLOGY_SHAPE("service", true, service_fields);

void topology_services(struct topology *topology, void *thing, const struct yaml *value,
		       const struct topology_field *field)
{
	struct estate *estate = thing;
	struct topology_entries entries = topology_entries(topology, value, field);

	for (size_t i = 0; i < entries.list.n; i++) {
		struct service *service =
			topology_entity(topology, ENTITY_SERVICE, sizeof *service, &entries.list.data[i]);

		topology_fields(topology, &service_shape, service, &entries.list.data[i]);
		vec_add(topology->arena, &estate->services, service);
	}
}

/* ---- zones ---- */

static const struct topology_field zone_fields[] = {
	{.key = "visibility", .word = offsetof(struct zone, visibility)},
};

static const struct topology_shape zone_shape = TOPOLOGY_SHAPE("zone", true, zone_fields);

/* One zone may stand as a word. */
void topology_zones(struct topology *topology, void *thing, const struct yaml *value,
		    const struct topology_field *field)
{
	struct estate *estate = thing;
	struct topology_entries entries = {0};

	if (value->kind == YAML_SCALAR)
		vec_add(topology->arena, &entries.list, (struct topology_entry){.id = topology_word(value)});
	else
		entries = topology_entries(topology, value, field);
	for (size_t i = 0; i < entries.list.n; i++) {
		struct zone *zone = topology_entity(topology, ENTITY_ZONE, sizeof *zone, &entries.list.data[i]);

		topology_fields(topology, &zone_shape, zone, &entries.list.data[i]);
		vec_add(topology->arena, &estate->zones, zone);
	}
}

/* ---- groups ---- */

static void read_members(struct topology *topology, void *thing, const struct yaml *value,
			 const struct topology_field *field)
{
	struct group *group = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &group->members, topology_word(item));
}

static const struct topology_field group_fields[] = {
	{.key = "members", .wanted = "a name, or a list of names", .read = read_members},
};

static const struct topology_shape group_shape = TOPOLOGY_SHAPE("group", true, group_fields);

/* The members may stand where the mapping would. */
void topology_groups(struct topology *topology, void *thing, const struct yaml *value,
		     const struct topology_field *field)
{
	struct estate *estate = thing;
	struct topology_entries entries = topology_entries(topology, value, field);

	for (size_t i = 0; i < entries.list.n; i++) {
		const struct topology_entry *entry = &entries.list.data[i];
		struct group *group = topology_entity(topology, ENTITY_GROUP, sizeof *group, entry);

		if (entry->body && entry->body->kind == YAML_LIST)
			read_members(topology, group, entry->body, group_fields);
		else
			topology_fields(topology, &group_shape, group, entry);
		vec_add(topology->arena, &estate->groups, group);
	}
}

/* ---- retired names ---- */

static void read_replaced_by(struct topology *topology, void *thing, const struct yaml *value,
			     const struct topology_field *field)
{
	struct retired *retired = thing;

	if (value->kind == YAML_SCALAR)
		retired->replaced_by = topology_ref(value, ENTITY_KINDS);
	else
		topology_wrong_type(topology, value, field->key, field->wanted);
}

static const struct topology_field retired_fields[] = {
	{.key = "kind", .word = offsetof(struct retired, was_kind)},
	{.key = "since", .wanted = "a date", .word = offsetof(struct retired, since)},
	{.key = "replaced_by", .wanted = "the id of what took its place", .read = read_replaced_by},
};

static const struct topology_shape retired_shape = TOPOLOGY_SHAPE("retired name", true, retired_fields);

void topology_retired(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct estate *estate = thing;
	struct topology_entries entries = topology_entries(topology, value, field);

	for (size_t i = 0; i < entries.list.n; i++) {
		struct retired *retired =
			topology_entity(topology, ENTITY_RETIRED, sizeof *retired, &entries.list.data[i]);

		topology_fields(topology, &retired_shape, retired, &entries.list.data[i]);
		vec_add(topology->arena, &estate->retired, retired);
	}
}
