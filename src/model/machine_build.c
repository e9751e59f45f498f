/* What kinds of machine file read with and declare: words with their places, entities of the part, each once. */
#include "model/machine.h"

#include <stdarg.h>

/* ---- words ---- */

static bool is_in_source(const struct machine *machine, struct word word)
{
	const struct source *source;

	if (span_is_none(word.span) || word.span.source >= machine->sources->list.n)
		return false;
	source = machine->sources->list.data[word.span.source];
	return word.str.data >= source->text.data &&
	       word.str.data + word.str.size <= source->text.data + source->text.size;
}

/* The bytes at the word's place are its text: not so for an alias of YAML, or where an escape was undone. */
static bool stands_there(const struct machine *machine, struct word word)
{
	return is_in_source(machine, word) &&
	       word.str.data == machine->sources->list.data[word.span.source]->text.data + word.span.off;
}

struct word machine_part_word(const struct machine *machine, struct word word, struct str part)
{
	struct word result = {part, word.span};

	if (stands_there(machine, word) && part.data >= word.str.data) {
		result.span.off = word.span.off + (uint32_t)(part.data - word.str.data);
		result.span.size = (uint32_t)part.size;
	}
	return result;
}

/* What a text stands for, with ${name} replaced; data NULL when one of them is not known. A text that is one variable
 * has the place where that is set. */
static struct word expand(struct machine *machine, struct word word)
{
	struct str rest = word.str, out = STR("");
	size_t at;

	while ((at = str_find(rest, STR("${"))) != SIZE_MAX) {
		struct str behind = str_from_off(rest, at + 2);
		size_t end = str_find_char(behind, '}');
		const struct word *value =
			end == SIZE_MAX ? NULL : map_find(&machine->variables, str_trim(str_sub(behind, 0, end)));

		if (!value)
			return (struct word){STR_NONE, word.span};
		if (at == 0 && rest.data == word.str.data && end + 1 == behind.size)
			return *value;
		out = str_format(machine->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(out), STR_ARG(str_sub(rest, 0, at)),
				 STR_ARG(value->str));
		rest = str_from_off(behind, end + 1);
	}
	out = str_format(machine->arena, STR_FMT STR_FMT, STR_ARG(out), STR_ARG(rest));
	return (struct word){out, word.span};
}

/* Helm, Jinja, Flux, a placeholder that a person is to fill in, a value encrypted by itself. */
static bool is_unknown(struct str text)
{
	return str_find(text, STR("{{")) != SIZE_MAX || str_find(text, STR("${")) != SIZE_MAX ||
	       str_find(text, STR("$(")) != SIZE_MAX || str_starts(text, STR("ENC[")) ||
	       str_starts(text, STR("$ANSIBLE_VAULT")) || str_starts(text, STR("%{")) ||
	       (str_starts(text, STR("<")) && str_ends(text, STR(">")));
}

struct word machine_word(struct machine *machine, const struct yaml *scalar)
{
	struct word word = {STR_NONE, SPAN_NONE};

	if (!scalar || scalar->kind != YAML_SCALAR || yaml_is_null(scalar))
		return word;
	word = (struct word){str_trim(scalar->text), scalar->span};
	if (machine->variables.n > 0 && str_find(word.str, STR("${")) != SIZE_MAX) {
		struct word expanded = expand(machine, word);

		word = expanded.str.data ? expanded : word;
	}
	if (is_unknown(word.str)) {
		machine->part->unread++;
		return (struct word){STR_NONE, scalar->span};
	}
	if (!is_in_source(machine, word))
		word.str = str_dup(machine->arena, word.str);
	return word;
}

struct word machine_key(struct machine *machine, const struct yaml_pair *pair)
{
	struct yaml scalar = {.kind = YAML_SCALAR, .quoted = true, .text = pair->key.str, .span = pair->key.span};

	return machine_word(machine, &scalar);
}

struct word machine_get(struct machine *machine, const struct yaml *map, const char *key)
{
	return machine_word(machine, yaml_find(map, key));
}

const struct yaml *machine_find(const struct yaml *map, ...)
{
	va_list keys;
	const char *key;

	va_start(keys, map);
	while (map && (key = va_arg(keys, const char *)))
		map = yaml_find(map, key);
	va_end(keys);
	return map;
}

struct word machine_say(const char *text, struct span place)
{
	return (struct word){str_from(text), place};
}

bool machine_is_true(const struct yaml *scalar)
{
	return scalar && scalar->kind == YAML_SCALAR &&
	       (str_eq_nocase(scalar->text, STR("true")) || str_eq_nocase(scalar->text, STR("yes")) ||
		str_eq_nocase(scalar->text, STR("on")));
}

const struct source *machine_sibling(const struct machine *machine, const char *name)
{
	struct str path = path_join(machine->scratch, path_dir(machine->source->path), str_from(name));

	return source_find(machine->sources, path);
}

bool machine_has_key(struct str text, const char *key)
{
	struct str name = str_from(key);

	for (size_t at = 0; (at = str_find_from(text, name, at)) != SIZE_MAX; at += name.size) {
		struct str behind = str_from_off(text, at + name.size);
		size_t before = at;

		if (str_starts(behind, STR("\"")) || str_starts(behind, STR("'")))
			behind = str_from_off(behind, 1);
		if (!str_starts(str_trim_left(behind), STR(":")))
			continue;
		while (before > 0 && strchr(" \t-\"'{,", text.data[before - 1]))
			before--;
		if (before == 0 || text.data[before - 1] == '\n' || text.data[before - 1] == '\r')
			return true;
	}
	return false;
}

/* ---- clusters and nodes ---- */

struct cluster *machine_cluster(struct machine *machine, struct word id)
{
	struct machine_part *part = machine->part;
	struct cluster *cluster;

	for (size_t i = 0; i < part->clusters.n; i++)
		if (str_eq(part->clusters.data[i]->entity.id.str, id.str))
			return part->clusters.data[i];
	cluster = NEW(machine->arena, struct cluster);
	cluster->entity = (struct entity){.kind = ENTITY_CLUSTER, .id = id, .imported = true};
	vec_add(machine->arena, &part->clusters, cluster);
	return cluster;
}

/* Of a cluster its nodes, of the part its services and devices. */
static struct str declared_key(const struct machine *machine, const void *of, struct str name, struct str space)
{
	struct arena *scratch = machine->scratch;

	return str_format(scratch, "%p\n" STR_FMT "\n" STR_FMT, of, STR_ARG(str_lower_ascii(scratch, name)),
			  STR_ARG(space));
}

struct node *machine_node(struct machine *machine, struct cluster *cluster, struct word name)
{
	struct node *node;
	size_t dot;
	struct str key;

	cluster->incomplete |= name.str.size == 0;
	if (name.str.size == 0)
		return NULL;
	key = declared_key(machine, cluster, name.str, STR(""));
	node = map_find(&machine->declared, key);
	if (node)
		return node;
	node = NEW(machine->arena, struct node);
	node->entity = (struct entity){.kind = ENTITY_NODE, .id = name, .imported = true};
	node->cluster = cluster;
	/* "storm.lab.example.net" is called storm. */
	dot = str_find_char(name.str, '.');
	if (dot != SIZE_MAX && dot > 0 && address_parse(name.str).error != NET_OK)
		vec_add(machine->arena, &node->entity.aliases,
			machine_part_word(machine, name, str_sub(name.str, 0, dot)));
	vec_add(machine->arena, &cluster->nodes, node);
	map_put(&machine->declared, key, node);
	return node;
}

void machine_nameless(struct cluster *cluster, struct word place, size_t n)
{
	cluster->incomplete = true;
	if (cluster->nodes.n == 0)
		cluster->node_count = (struct count_value){
			.word = place, .present = true, .valid = true, .min = (long long)n, .max = (long long)n};
}

void machine_version(struct machine *machine, struct cluster *cluster, const char *component, struct word version)
{
	if (version.str.size == 0)
		return;
	for (size_t i = 0; i < cluster->versions.n; i++)
		if (str_is(cluster->versions.data[i].component.str, component))
			return;
	vec_add(machine->arena, &cluster->versions,
		(struct version_value){machine_say(component, version.span), version});
}

bool machine_is_version(struct str text)
{
	struct str rest = str_starts(text, STR("v")) ? str_from_off(text, 1) : text;

	return rest.size > 0 && isdigit((unsigned char)rest.data[0]) && str_find_char(rest, '.') != SIZE_MAX;
}

void machine_k3s_version(struct machine *machine, struct cluster *cluster, struct word version)
{
	size_t plus = str_find_char(version.str, '+');

	if (!machine_is_version(version.str))
		return;
	machine_version(machine, cluster, "k3s", version);
	machine_version(machine, cluster, "kubernetes",
			machine_part_word(machine, version, str_sub(version.str, 0, plus)));
}

bool machine_address(struct machine *machine, struct address_values *list, struct str label, struct word word)
{
	struct str text = str_sub(word.str, 0, str_find_char(word.str, '/'));
	struct address_read read = address_parse(text);

	if (read.error != NET_OK)
		return false;
	for (size_t i = 0; i < list->n; i++)
		if (address_eq(list->data[i].address, read.address))
			return true;
	vec_add(machine->arena, list,
		(struct address_value){.word = machine_part_word(machine, word, text),
				       .label = {label, word.span},
				       .valid = true,
				       .address = read.address});
	return true;
}

bool machine_addresses(struct machine *machine, struct address_values *list, struct str label, struct word word)
{
	struct str rest = word.str;
	bool any = false;

	while (rest.size > 0) {
		size_t n = 0;

		while (n < rest.size && !strchr(", \t", rest.data[n]))
			n++;
		if (n > 0)
			any |= machine_address(machine, list, label,
					       machine_part_word(machine, word, str_sub(rest, 0, n)));
		rest = str_from_off(rest, n > 0 ? n : 1);
	}
	return any;
}

struct word machine_url_host(const struct machine *machine, struct word url)
{
	size_t scheme = str_find(url.str, STR("://")), port;
	struct str host = scheme == SIZE_MAX ? url.str : str_from_off(url.str, scheme + 3);

	host = str_sub(host, 0, str_find_char(host, '/'));
	if (str_starts(host, STR("["))) {
		host = str_from_off(host, 1);
		return machine_part_word(machine, url, str_sub(host, 0, str_find_char(host, ']')));
	}
	port = str_rfind_char(host, ':');
	if (port != SIZE_MAX && str_find_char(host, ':') == port)
		host = str_sub(host, 0, port);
	return machine_part_word(machine, url, host);
}

void machine_endpoint(struct machine *machine, struct cluster *cluster, struct word endpoint)
{
	struct word address = machine_url_host(machine, endpoint);
	struct address_read read = address_parse(address.str);

	if (read.error != NET_OK)
		return;
	for (size_t i = 0; i < cluster->nodes.n; i++)
		for (size_t k = 0; k < cluster->nodes.data[i]->addresses.n; k++)
			if (address_eq(cluster->nodes.data[i]->addresses.data[k].address, read.address))
				return;
	machine_address(machine, &cluster->vips, STR("api"), address);
}

struct machine_image machine_image(struct machine *machine, const struct yaml *value)
{
	struct word word = machine_word(machine, value);
	struct str text = str_sub(word.str, 0, str_find_char(word.str, '@'));
	size_t slash = str_rfind_char(text, '/'), colon, n = 0;
	struct str base = slash == SIZE_MAX ? text : str_from_off(text, slash + 1), tag, digits;

	colon = str_find_char(base, ':');
	tag = colon == SIZE_MAX ? STR("") : str_from_off(base, colon + 1);
	digits = str_starts(tag, STR("v")) ? str_from_off(tag, 1) : tag;
	while (n < digits.size && (isdigit((unsigned char)digits.data[n]) || digits.data[n] == '.'))
		n++;
	if (n == 0 || !isdigit((unsigned char)digits.data[0]) || (n < digits.size && digits.data[n] != '-'))
		n = 0;
	tag = str_sub(tag, 0, n > 0 ? n + (size_t)(digits.data - tag.data) : 0);
	return (struct machine_image){str_sub(base, 0, colon), machine_part_word(machine, word, tag)};
}

/* True when `name` begins with the letters and digits of `part`, whatever stands between them. */
static bool begins_akin(struct str name, struct str part)
{
	size_t at = 0;

	for (size_t i = 0; i < part.size; i++) {
		if (strchr("-_.", part.data[i]))
			continue;
		while (at < name.size && strchr("-_.", name.data[at]))
			at++;
		if (at == name.size || tolower((unsigned char)name.data[at]) != tolower((unsigned char)part.data[i]))
			return false;
		at++;
	}
	return true;
}

static bool holds_akin(struct str name, struct str part)
{
	for (size_t i = 0; i < name.size; i++)
		if (begins_akin(str_from_off(name, i), part))
			return true;
	return false;
}

bool machine_is_akin(struct str image, struct str name)
{
	return image.size > 2 && name.size > 2 && (holds_akin(name, image) || begins_akin(image, name));
}

/* ---- networks ---- */

static bool is_of(const struct cluster *cluster, const struct network *network)
{
	for (size_t i = 0; i < cluster->networks.n; i++)
		if (cluster->networks.data[i].entity == &network->entity)
			return true;
	return false;
}

static struct network *find_network(const struct machine_part *part, const struct cluster *cluster, struct str id)
{
	for (size_t i = 0; i < part->networks.n; i++)
		if (str_eq(part->networks.data[i]->entity.id.str, id) &&
		    (!cluster || is_of(cluster, part->networks.data[i])))
			return part->networks.data[i];
	return NULL;
}

static void add_prefix(struct machine *machine, struct network *network, struct word cidr, struct prefix prefix)
{
	for (size_t i = 0; i < network->cidrs.n; i++)
		if (prefix_eq(network->cidrs.data[i].prefix, prefix))
			return;
	vec_add(machine->arena, &network->cidrs,
		(struct prefix_value){.word = cidr, .valid = true, .prefix = prefix_network(prefix)});
}

struct network *machine_network(struct machine *machine, struct cluster *cluster, enum network_kind kind,
				const char *id, struct word cidr)
{
	struct prefix_read read = prefix_parse(cidr.str);
	struct network *network;
	struct word name;

	if (read.error != NET_OK)
		return NULL;
	if (prefix_has_host_bits(read.prefix))
		cidr.str = prefix_format(machine->arena, prefix_network(read.prefix));
	name = id ? machine_say(id, cidr.span) : cidr;
	network = find_network(machine->part, cluster, name.str);
	if (!network) {
		network = NEW(machine->arena, struct network);
		network->entity = (struct entity){.kind = ENTITY_NETWORK, .id = name, .imported = true};
		network->kind = kind;
		vec_add(machine->arena, &machine->part->networks, network);
		if (cluster)
			vec_add(machine->arena, &cluster->networks,
				(struct entity_ref){
					.word = name, .wanted = ENTITY_NETWORK, .entity = &network->entity});
	}
	add_prefix(machine, network, cidr, read.prefix);
	return network;
}

void machine_networks(struct machine *machine, struct cluster *cluster, enum network_kind kind, const char *id,
		      const struct yaml *list)
{
	for (size_t i = 0; list && i < list->items.n; i++)
		machine_network(machine, cluster, kind, id, machine_word(machine, list->items.data[i]));
	if (list && list->kind == YAML_SCALAR) {
		struct word word = machine_word(machine, list);
		struct str rest = word.str;

		while (rest.size > 0)
			machine_network(machine, cluster, kind, id,
					machine_part_word(machine, word, str_trim(str_cut(&rest, ','))));
	}
}

void machine_gateways(struct machine *machine, struct network *network, const struct yaml *routes)
{
	for (size_t i = 0; network && routes && i < routes->items.n; i++) {
		struct word gateway = machine_get(machine, routes->items.data[i], "gateway");
		struct address_read read = address_parse(gateway.str);

		if (read.error == NET_OK && prefix_contains(network->cidrs.data[0].prefix, read.address))
			machine_address(machine, &network->gateways, STR(""), gateway);
	}
}

bool machine_pool_between(struct machine *machine, struct cluster *cluster, struct word id, struct word from,
			  struct word to)
{
	struct address_read first = address_parse(from.str), last = address_parse(to.str);
	struct range_value pool = {.id = id,
				   .from = from,
				   .to = to,
				   .kind = machine_say("lb-pool", from.span),
				   .valid = true,
				   .span = from.span,
				   .cluster = cluster};

	if (first.error != NET_OK || last.error != NET_OK || first.address.family != last.address.family ||
	    address_cmp(first.address, last.address) > 0)
		return false;
	pool.range = (struct address_range){first.address, last.address};
	vec_add(machine->arena, &machine->part->pools, pool);
	return true;
}

bool machine_pool(struct machine *machine, struct cluster *cluster, struct word id, struct word text)
{
	size_t dash = str_find_char(text.str, '-');
	struct prefix_read read = prefix_parse(text.str);

	if (read.error == NET_OK) {
		struct prefix prefix = prefix_network(read.prefix);
		struct word from = {address_format(machine->arena, prefix_first(prefix)), text.span};
		struct word to = {address_format(machine->arena, prefix_last(prefix)), text.span};

		return machine_pool_between(machine, cluster, id, from, to);
	}
	if (dash == SIZE_MAX)
		return machine_pool_between(machine, cluster, id, text, text);
	return machine_pool_between(machine, cluster, id,
				    machine_part_word(machine, text, str_trim(str_sub(text.str, 0, dash))),
				    machine_part_word(machine, text, str_trim(str_from_off(text.str, dash + 1))));
}

/* ---- services and devices ---- */

/* Names that are written apart everywhere but where a name may hold no blank. */
static const struct {
	const char *id, *name;
} apart[] = {
	{"adguardhome", "AdGuard Home"}, {"homeassistant", "Home Assistant"},
	{"nodered", "Node-RED"},         {"pihole", "Pi-hole"},
	{"postgres", "PostgreSQL"},      {"postgresql", "Postgres"},
	{"uptimekuma", "Uptime Kuma"},   {"wikijs", "Wiki.js"},
};

/* Without dashes, as one word: "pi-hole" too is pihole. */
static void add_common_name(struct machine *machine, struct entity *entity)
{
	struct str squeezed =
		str_replace(machine->arena, str_lower_ascii(machine->arena, entity->id.str), STR("-"), STR(""));

	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
		if (str_is(squeezed, apart[i].id))
			vec_add(machine->arena, &entity->aliases, machine_say(apart[i].name, entity->id.span));
}

struct service *machine_service(struct machine *machine, struct cluster *cluster, struct word name, struct str space)
{
	struct machine_part *part = machine->part;
	struct service *service;
	struct str key;

	if (name.str.size == 0)
		return NULL;
	key = declared_key(machine, &part->services, name.str, space);
	service = map_find(&machine->declared, key);
	if (service)
		return service;
	service = NEW(machine->arena, struct service);
	service->entity = (struct entity){.kind = ENTITY_SERVICE, .id = name, .imported = true, .space = space};
	if (cluster)
		vec_add(machine->arena, &service->runs_on,
			(struct entity_ref){
				.word = cluster->entity.id, .wanted = ENTITY_KINDS, .entity = &cluster->entity});
	add_common_name(machine, &service->entity);
	vec_add(machine->arena, &part->services, service);
	map_put(&machine->declared, key, service);
	return service;
}

struct device *machine_device(struct machine *machine, struct word name)
{
	struct machine_part *part = machine->part;
	struct device *device;
	struct str key;

	if (name.str.size == 0)
		return NULL;
	key = declared_key(machine, &part->devices, name.str, STR(""));
	device = map_find(&machine->declared, key);
	if (device)
		return device;
	device = NEW(machine->arena, struct device);
	device->entity = (struct entity){.kind = ENTITY_DEVICE, .id = name, .imported = true};
	vec_add(machine->arena, &part->devices, device);
	map_put(&machine->declared, key, device);
	return device;
}

/* Letters, digits, '-' and at least one dot between. */
static bool is_host_name(struct str host)
{
	for (size_t i = 0; i < host.size; i++)
		if (!isalnum((unsigned char)host.data[i]) && !strchr("-._", host.data[i]))
			return false;
	return str_find_char(host, '.') != SIZE_MAX && address_parse(host).error != NET_OK;
}

void machine_host(struct machine *machine, struct service *service, struct word host)
{
	host.str = str_lower_ascii(machine->arena, host.str);
	if (!is_host_name(host.str))
		return;
	for (size_t i = 0; i < service->hosts.n; i++)
		if (str_eq(service->hosts.data[i].str, host.str))
			return;
	vec_add(machine->arena, &service->hosts, host);
}

void machine_port(struct machine *machine, struct service *service, struct word port)
{
	long long number;

	if (!str_to_number(port.str, &number) || number < 1 || number > 65535)
		return;
	for (size_t i = 0; i < service->ports.n; i++)
		if (service->ports.data[i].number == number)
			return;
	vec_add(machine->arena, &service->ports,
		(struct port_value){.word = port, .valid = true, .number = (long)number});
}
