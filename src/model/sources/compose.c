/* Docker Compose: services with what they publish and run, networks with their prefixes. Only what stands in the file
 * itself is read; of the environment nothing is. */
#include "model/machine.h"

static bool may_be(struct str path, struct str text)
{
	(void)path;
	return machine_has_key(text, "services") &&
	       (str_find(text, STR("image")) != SIZE_MAX || str_find(text, STR("build")) != SIZE_MAX ||
		str_find(text, STR("container_name")) != SIZE_MAX || str_find(text, STR("extends")) != SIZE_MAX);
}

static const struct yaml *root_of(const struct machine *machine)
{
	return machine->yaml.documents.n > 0 ? machine->yaml.documents.data[0] : NULL;
}

/* "docker-compose.ci.yml" is for tests; "compose.dev.yaml" changes the compose.yaml that stands beside it. */
static bool is_variant(const struct machine *machine)
{
	static const char *const tests[] = {"ci", "test", "tests", "e2e", "override", "debug", "local-test"};
	static const char *const plain[] = {"docker-compose.yml", "docker-compose.yaml", "compose.yaml", "compose.yml"};
	struct str name = path_base(machine->source->path), rest = name;
	bool has_plain = false, is_plain = false;

	while (rest.size > 0) {
		struct str part = str_cut(&rest, '.');

		for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
			if (str_eq_nocase(part, str_from(tests[i])))
				return true;
	}
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		is_plain |= str_is(name, plain[i]);
		has_plain |= machine_sibling(machine, plain[i]) != NULL;
	}
	return !is_plain && has_plain && (str_starts(name, STR("docker-compose")) || str_starts(name, STR("compose")));
}

static bool is_service(const struct yaml *yaml)
{
	return yaml->kind == YAML_MAP && (yaml_find(yaml, "image") || yaml_find(yaml, "build") ||
					  yaml_find(yaml, "container_name") || yaml_find(yaml, "extends"));
}

static int evidence(const struct machine *machine)
{
	const struct yaml *root = root_of(machine), *services = yaml_find(root, "services");
	size_t known = 0;

	if (!services || services->kind != YAML_MAP || yaml_find(root, "apiVersion") || is_variant(machine))
		return 0;
	for (size_t i = 0; i < services->pairs.n; i++)
		known += is_service(services->pairs.data[i].value);
	return known > 0 && known * 2 >= services->pairs.n ? 90 : 0;
}

/* The project: what keeps the "db" of one stack apart from that of another. */
static struct str project_name(struct machine *machine)
{
	struct word name = machine_get(machine, root_of(machine), "name");
	struct str folder = path_base(path_dir(machine->source->path));

	return name.str.size > 0 ? name.str : folder;
}

/* ---- networks ---- */

static void read_network(struct machine *machine, struct word key, const struct yaml *yaml)
{
	const struct yaml *configs = machine_find(yaml, "ipam", "config", NULL);
	struct word name = machine_get(machine, yaml, "name");
	struct str id = name.str.size > 0 ? name.str : key.str;

	if (str_is(id, "default"))
		id = str_format(machine->arena, STR_FMT "_default", STR_ARG(project_name(machine)));
	for (size_t i = 0; configs && i < configs->items.n; i++) {
		const struct yaml *config = configs->items.data[i];
		struct network *network = machine_network(machine, NULL, NETWORK_PLAIN, str_to_c(machine->arena, id),
							  machine_get(machine, config, "subnet"));

		if (network)
			machine_address(machine, &network->gateways, STR(""), machine_get(machine, config, "gateway"));
	}
}

/* ---- ports ---- */

struct ports {
	VEC(struct word) list;
	bool open; /* some are not known */
};

static void add_port(struct machine *machine, struct ports *ports, struct word word)
{
	long long number;

	if (str_to_number(word.str, &number))
		vec_add(machine->arena, &ports->list, word);
	else
		ports->open = true;
}

/* "8080:80/udp", "127.0.0.1:8080:80", "[::1]:80:80", "3000" */
static void add_short_port(struct machine *machine, struct ports *ports, struct word word)
{
	struct str text = str_sub(word.str, 0, str_find_char(word.str, '/'));
	size_t colon = str_rfind_char(text, ':');

	if (colon != SIZE_MAX) {
		struct str before = str_sub(text, 0, colon);
		size_t other = str_rfind_char(before, ':');

		text = str_from_off(text, colon + 1);
		if (other != SIZE_MAX)
			before = str_from_off(before, other + 1);
		if (before.size > 0)
			add_port(machine, ports, machine_part_word(machine, word, before));
	}
	add_port(machine, ports, machine_part_word(machine, word, text));
}

/* Ports of which one cannot be read say nothing: a document may name that one. */
static void read_ports(struct machine *machine, struct service *service, const struct yaml *list)
{
	struct ports ports = {0};

	for (size_t i = 0; list && i < list->items.n; i++) {
		const struct yaml *item = list->items.data[i];

		if (item->kind == YAML_MAP) {
			add_port(machine, &ports, machine_get(machine, item, "target"));
			if (yaml_find(item, "published"))
				add_port(machine, &ports, machine_get(machine, item, "published"));
		} else {
			add_short_port(machine, &ports, machine_word(machine, item));
		}
	}
	for (size_t i = 0; !ports.open && i < ports.list.n; i++)
		machine_port(machine, service, ports.list.data[i]);
}

/* ---- host names ---- */

/* Host(`a.example.net`) || Host(`b.example.net`, `c.example.net`) */
static void read_rule(struct machine *machine, struct service *service, struct word rule)
{
	struct str rest = rule.str;

	while (rest.size > 0) {
		size_t at = str_find_char(rest, '`'), end;
		struct str before = str_sub(rest, 0, at), host;

		rest = at == SIZE_MAX ? STR_NONE : str_from_off(rest, at + 1);
		end = str_find_char(rest, '`');
		host = str_sub(rest, 0, end);
		rest = end == SIZE_MAX ? STR_NONE : str_from_off(rest, end + 1);
		before = str_trim(before);
		if (str_ends(before, STR("Host(")) || str_is(before, ","))
			machine_host(machine, service, machine_part_word(machine, rule, host));
		else if (host.size > 0 && str_find(before, STR("Host")) != SIZE_MAX)
			service->hosts_open = true;
	}
}

static bool is_rule(struct str key)
{
	return str_starts(key, STR("traefik.http.routers.")) && str_ends(key, STR(".rule"));
}

/* "key=value" in lists, key: value in mappings. */
static void read_labels(struct machine *machine, struct service *service, const struct yaml *labels)
{
	size_t unread = machine->part->unread;

	for (size_t i = 0; labels && i < labels->items.n; i++) {
		const struct yaml *item = labels->items.data[i];
		size_t equals = item->kind == YAML_SCALAR ? str_find_char(item->text, '=') : SIZE_MAX;
		struct word word;

		if (equals == SIZE_MAX || !is_rule(str_trim(str_sub(item->text, 0, equals))))
			continue;
		word = machine_word(machine, item);
		read_rule(machine, service,
			  machine_part_word(machine, word, str_from_off(word.str, str_find_char(word.str, '=') + 1)));
	}
	for (size_t i = 0; labels && i < labels->pairs.n; i++)
		if (is_rule(labels->pairs.data[i].key.str))
			read_rule(machine, service, machine_word(machine, labels->pairs.data[i].value));
	service->hosts_open |= machine->part->unread > unread;
}

/* ---- services ---- */

/* Services that are called after what they do run some program of another name. */
static bool is_part(struct str name)
{
	static const char *const parts[] = {"db",     "database", "cache",         "queue",
					    "broker", "proxy",    "reverse-proxy", "sql"};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (str_eq_nocase(name, str_from(parts[i])) || str_ends_nocase(name, str_from(parts[i])))
			return true;
	return false;
}

/* The version of the image is that of the service where the image is what the service is named after: an own program in
 * an image of python has another one. */
static void read_version(struct machine *machine, struct service *service, const struct yaml *yaml)
{
	struct machine_image image = machine_image(machine, yaml_find(yaml, "image"));
	struct str name = service->entity.id.str;
	bool named = is_part(name) || machine_is_akin(image.name, name);

	for (size_t i = 0; i < service->entity.aliases.n; i++)
		named |= machine_is_akin(image.name, service->entity.aliases.data[i].str);
	if (image.version.str.size == 0 || yaml_find(yaml, "build") || !named)
		return;
	service->version = image.version;
	if (!str_eq_nocase(image.name, name))
		service->component = str_dup(machine->arena, image.name);
}

static void read_addresses(struct machine *machine, struct service *service, const struct yaml *networks)
{
	for (size_t i = 0; networks && i < networks->pairs.n; i++) {
		const struct yaml *network = networks->pairs.data[i].value;

		machine_address(machine, &service->addresses, STR(""), machine_get(machine, network, "ipv4_address"));
		machine_address(machine, &service->addresses, STR(""), machine_get(machine, network, "ipv6_address"));
	}
}

static void read_service(struct machine *machine, struct word key, const struct yaml *yaml)
{
	struct word container = machine_get(machine, yaml, "container_name"), mode;
	struct service *service = machine_service(machine, NULL, key, project_name(machine));

	if (!service)
		return;
	if (container.str.size > 0 && !str_eq_nocase(container.str, key.str))
		vec_add(machine->arena, &service->entity.aliases, container);
	read_version(machine, service, yaml);
	read_addresses(machine, service, yaml_find(yaml, "networks"));
	mode = machine_get(machine, yaml, "network_mode");
	if (mode.str.size == 0 || str_is(mode.str, "bridge"))
		read_ports(machine, service, yaml_find(yaml, "ports"));
	read_labels(machine, service, yaml_find(yaml, "labels"));
	read_labels(machine, service, machine_find(yaml, "deploy", "labels", NULL));
}

static void read(struct machine *machine)
{
	const struct yaml *root = root_of(machine), *services = yaml_find(root, "services"),
			  *networks = yaml_find(root, "networks");

	for (size_t i = 0; networks && i < networks->pairs.n; i++)
		read_network(machine, machine_key(machine, &networks->pairs.data[i]), networks->pairs.data[i].value);
	for (size_t i = 0; services && i < services->pairs.n; i++)
		if (is_service(services->pairs.data[i].value))
			read_service(machine, machine_key(machine, &services->pairs.data[i]),
				     services->pairs.data[i].value);
}

const struct machine_kind machine_compose = {
	.name = "compose", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
