/* Terraform and OpenTofu: values of variables, defaults, locals and what modules are given, as far as they are literals.
 * Nothing is executed; names say what a value is, and what has no telling name is left alone. */
#include "model/terraform_folder.h"

/* Values in values: cluster = { network = { pod_cidr = .. } }. */
#define MAX_DEPTH 4

struct terraform {
	struct machine *machine;
	struct cluster *cluster;
	VEC(struct word) endpoints; /* judged when all nodes are known */
	VEC(struct word) gateways;  /* the same, of networks */
	size_t nameless;            /* nodes of which only the address is known */
	struct word nameless_at;
};

static bool may_be(struct str path, struct str text)
{
	static const char *const marks[] = {"cidr", "version", "node", "ip", "address", "subnet", "network", "vip"};

	if (!str_ends(path, STR(".tf")) && !str_ends(path, STR(".tfvars")))
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_find(text, str_from(marks[i])) != SIZE_MAX)
			return true;
	return false;
}

static int evidence(const struct machine *machine)
{
	struct str path = machine->source->path;

	return (str_ends(path, STR(".tf")) || str_ends(path, STR(".tfvars"))) && !terraform_is_module(machine) ? 60 : 0;
}

/* ---- names ---- */

/* One of the words, with '|' between, stands in the name. */
static bool has_word(struct str name, const char *words)
{
	struct str rest = str_from(words);

	while (rest.size > 0)
		if (str_find_nocase(name, str_cut(&rest, '|')) != SIZE_MAX)
			return true;
	return false;
}

static bool is_word(struct str name, const char *words)
{
	struct str rest = str_from(words);

	while (rest.size > 0)
		if (str_eq_nocase(name, str_cut(&rest, '|')))
			return true;
	return false;
}

/* Who may come in, what answers by name, what was: no machines and networks of one's own. */
static bool is_foreign(struct str name)
{
	return has_word(name,
			"allow|deny|trusted|whitelist|authorized|firewall|rule|acl|ingress|egress|remote|peer|record|"
			"template|tags|labels|old|legacy|previous|test|example|permit|nameserver|ntp|source|excluded");
}

static struct word first_of(struct machine *machine, const struct yaml *map, const char *keys)
{
	for (size_t i = 0; map && i < map->pairs.n; i++)
		if (map->pairs.data[i].value->kind == YAML_SCALAR && is_word(map->pairs.data[i].key.str, keys))
			return machine_word(machine, map->pairs.data[i].value);
	return (struct word){STR_NONE, SPAN_NONE};
}

static bool has_key(const struct yaml *map, const char *keys)
{
	for (size_t i = 0; map && i < map->pairs.n; i++)
		if (is_word(map->pairs.data[i].key.str, keys))
			return true;
	return false;
}

static bool is_address(struct str text)
{
	return address_parse(str_sub(text, 0, str_find_char(text, '/'))).error == NET_OK;
}

/* ---- nodes ---- */

#define ADDRESS_KEYS \
	"ip|ip_address|ipv4|ipv4_address|address|node_ip|private_ip|host_ip|ip_addr|ipaddr|internal_ip|static_ip|ipAddress"

static const char *role_named(struct str text)
{
	if (has_word(text, "control|master") || is_word(text, "cp|server"))
		return "control-plane";
	return has_word(text, "worker|agent") ? "worker" : NULL;
}

static struct word role_of(struct machine *machine, struct str collection, const struct word *key,
			   const struct yaml *yaml)
{
	struct word word = first_of(machine, yaml, "role|type|machine_type|node_type|node_role|kind");
	const char *role = role_named(word.str);

	for (size_t i = 0; !role && i < yaml->pairs.n; i++)
		if (is_word(yaml->pairs.data[i].key.str,
			    "controlplane|control_plane|is_control_plane|is_controlplane|controller") &&
		    yaml->pairs.data[i].value->kind == YAML_SCALAR) {
			role = machine_is_true(yaml->pairs.data[i].value) ? "control-plane" : "worker";
			word.span = yaml->pairs.data[i].value->span;
		}
	if (!role) {
		role = role_named(collection);
		word.span = key->span;
	}
	return role ? machine_say(role, word.span) : (struct word){STR_NONE, SPAN_NONE};
}

/* One member of a collection: its key, or no key in a list, and what it says. */
struct member {
	struct str collection;
	struct word key;
	const struct yaml *yaml;
};

static bool is_node(const struct member *member)
{
	const struct yaml *yaml = member->yaml;

	if (yaml->kind == YAML_SCALAR)
		return member->key.str.size > 0 && is_address(yaml->text);
	return yaml->kind == YAML_MAP &&
	       !has_key(yaml, "count|min_size|max_size|desired_size|replicas|cidr|subnet|for_each") &&
	       (has_key(yaml, ADDRESS_KEYS) || is_address(member->key.str));
}

static bool is_machines(struct str name)
{
	return has_word(name, "node|host|vm|server|machine|lxc|container|instance|device|reservation|lease|hypervisor");
}

static void read_machine_addresses(struct terraform *terraform, struct address_values *list,
				   const struct member *member)
{
	struct machine *machine = terraform->machine;
	struct word word = member->yaml->kind == YAML_SCALAR ? machine_word(machine, member->yaml)
							     : first_of(machine, member->yaml, ADDRESS_KEYS);

	if (is_address(member->key.str))
		word = member->key;
	if (machine_address(machine, list, STR(""), word))
		machine_network(machine, terraform->cluster, NETWORK_PLAIN, NULL, word);
}

static struct word name_of(struct machine *machine, const struct member *member)
{
	struct word name = first_of(machine, member->yaml, "hostname|name|vm_name|host_name|node_name");

	if (name.str.size == 0 && !has_key(member->yaml, "hostname|name|vm_name|host_name") &&
	    !is_address(member->key.str))
		name = member->key;
	return name;
}

static void read_member(struct terraform *terraform, const struct member *member)
{
	struct machine *machine = terraform->machine;
	struct word name = name_of(machine, member),
		    role = role_of(machine, member->collection, &member->key, member->yaml);
	struct node *node;

	if (role.str.size == 0) {
		struct device *device = is_machines(member->collection) ? machine_device(machine, name) : NULL;

		if (device)
			read_machine_addresses(terraform, &device->addresses, member);
		return;
	}
	if (name.str.size == 0) {
		terraform->nameless++;
		terraform->nameless_at = member->key.str.size > 0 ? member->key : machine_say("", member->yaml->span);
		return;
	}
	node = machine_node(machine, terraform->cluster, name);
	node->role = role;
	if (!has_key(member->yaml, "sockets"))
		node->cores = first_of(machine, member->yaml, "cores|cpu|cpus|vcpu|vcpus|cpu_cores");
	read_machine_addresses(terraform, &node->addresses, member);
}

static size_t n_members(const struct yaml *value)
{
	return value->kind == YAML_LIST ? value->items.n : value->pairs.n;
}

static struct member member_at(struct terraform *terraform, struct str collection, const struct yaml *value, size_t i)
{
	struct member member = {.collection = collection};

	if (value->kind == YAML_LIST) {
		member.yaml = value->items.data[i];
		member.key.span = member.yaml->span;
	} else {
		member.key = machine_key(terraform->machine, &value->pairs.data[i]);
		member.yaml = value->pairs.data[i].value;
	}
	return member;
}

/* Every member is a machine with an address, in a collection that is called after machines or that says their roles. */
static bool read_nodes(struct terraform *terraform, struct str name, const struct yaml *value)
{
	bool any = n_members(value) > 0;

	for (size_t i = 0; any && i < n_members(value); i++) {
		struct member member = member_at(terraform, name, value, i);

		any = is_node(&member) &&
		      (is_machines(name) || role_named(name) || has_key(member.yaml, "role|machine_type|node_type"));
	}
	for (size_t i = 0; any && i < n_members(value); i++) {
		struct member member = member_at(terraform, name, value, i);

		read_member(terraform, &member);
	}
	return any;
}

/* ---- networks ---- */

static enum network_kind network_kind_of(struct str name)
{
	if (has_word(name, "pod") || is_word(name, "cluster_cidr"))
		return NETWORK_POD;
	return has_word(name, "service|svc") ? NETWORK_SERVICE : NETWORK_PLAIN;
}

static bool is_network_name(struct str name)
{
	return has_word(name, "cidr|subnet|network|vlan|prefix|_net") || is_word(name, "lan|net|range");
}

/* Prefixes of pods and services are the cluster's; others are called by themselves. */
static struct network *add_network(struct terraform *terraform, struct str name, const char *id, struct word word)
{
	enum network_kind kind = network_kind_of(name);
	struct prefix_read read = prefix_parse(word.str);

	if (read.error != NET_OK || read.prefix.bits < 8 ||
	    read.prefix.bits == (read.prefix.base.family == 4 ? 32 : 128))
		return NULL;
	if (kind == NETWORK_POD || kind == NETWORK_SERVICE)
		return machine_network(terraform->machine, terraform->cluster, kind,
				       kind == NETWORK_POD ? "pods" : "services", word);
	return machine_network(terraform->machine, NULL, kind, id, word);
}

#define CIDR_KEYS "cidr|subnet|cidr_block|prefix|address_prefix|network|subnet_cidr|ip_cidr_range"

/* { cidr = "10.0.20.0/24", vlan = 20, gateway = "10.0.20.1" } */
static bool read_network(struct terraform *terraform, struct str name, const struct word *key, const struct yaml *yaml)
{
	struct machine *machine = terraform->machine;
	struct word cidr = yaml->kind == YAML_SCALAR ? machine_word(machine, yaml) : first_of(machine, yaml, CIDR_KEYS);
	struct word given = first_of(machine, yaml, "name"), id = given.str.size > 0 ? given : *key;
	struct network *network =
		add_network(terraform, name, id.str.size > 0 ? str_to_c(machine->arena, id.str) : NULL, cidr);

	if (!network)
		return false;
	if (network->vlan.str.size == 0)
		network->vlan = first_of(machine, yaml, "vlan|vlan_id|vlan_tag|tag|vid");
	if (network->mtu.str.size == 0)
		network->mtu = first_of(machine, yaml, "mtu");
	machine_address(machine, &network->gateways, STR(""), first_of(machine, yaml, "gateway|gw|router"));
	return true;
}

static bool is_network_member(const struct yaml *yaml)
{
	return yaml->kind == YAML_SCALAR ? prefix_parse(yaml->text).error == NET_OK
					 : yaml->kind == YAML_MAP && has_key(yaml, CIDR_KEYS);
}

/* networks = { lan = { cidr = .. } }, subnets = { lan = "10.0.0.0/24" }, private_subnets = ["10.0.1.0/24", ..] */
static bool read_networks(struct terraform *terraform, struct str name, const struct yaml *value)
{
	bool any = false;

	if (!is_network_name(name))
		return false;
	for (size_t i = 0; i < n_members(value); i++) {
		struct member member = member_at(terraform, name, value, i);
		struct str kind = member.key.str.size > 0 ? member.key.str : name;

		if (is_foreign(member.key.str) || !is_network_member(member.yaml))
			continue;
		any |= read_network(terraform, kind, &member.key, member.yaml);
	}
	return any;
}

/* ---- single values ---- */

static const struct {
	const char *names, *component;
} components[] = {
	{"talos_version", "talos"},
	{"kubernetes_version|k8s_version|kube_version|eks_version|gke_version|aks_version|kubelet_version",
	 "kubernetes"},
	{"rke2_version", "rke2"},
	{"k0s_version", "k0s"},
	{"proxmox_version|pve_version", "proxmox"},
};

static void read_version(struct terraform *terraform, struct str name, struct word word)
{
	if (is_word(name, "k3s_version"))
		machine_k3s_version(terraform->machine, terraform->cluster, word);
	for (size_t i = 0; i < sizeof components / sizeof *components; i++)
		if (is_word(name, components[i].names) && machine_is_version(word.str))
			machine_version(terraform->machine, terraform->cluster, components[i].component, word);
	/* Of a cluster that a cloud runs: only Kubernetes has such versions. */
	if (is_word(name, "cluster_version") && str_starts(word.str, STR("1.")) && word.str.size == 4)
		machine_version(terraform->machine, terraform->cluster, "kubernetes", word);
}

static bool is_vip_name(struct str name)
{
	return is_word(name, "vip") || str_ends_nocase(name, STR("_vip")) || str_starts_nocase(name, STR("vip_")) ||
	       has_word(name, "_vip_");
}

static void read_scalar(struct terraform *terraform, struct str name, const struct yaml *value)
{
	struct machine *machine = terraform->machine;
	size_t unread = machine->part->unread;
	struct word word = machine_word(machine, value);

	if (word.str.size == 0) {
		/* Only what would be read counts as unread. */
		if (!is_network_name(name) && !is_vip_name(name) && !str_ends_nocase(name, STR("_version")))
			machine->part->unread = unread;
		return;
	}
	read_version(terraform, name, word);
	if (is_vip_name(name))
		machine_address(machine, &terraform->cluster->vips, STR("api"), word);
	else if (
		is_word(name,
			"cluster_endpoint|talos_endpoint|api_endpoint|apiserver_endpoint|control_plane_endpoint|endpoint"))
		vec_add(machine->scratch, &terraform->endpoints, word);
	else if (is_word(name, "gateway|default_gateway|network_gateway|lan_gateway"))
		vec_add(machine->scratch, &terraform->gateways, word);
	else if (has_word(name, "metallb|lb_pool|lb_range|load_balancer_range|lb_ip_range|load_balancer_pool"))
		machine_pool(machine, terraform->cluster, machine_say("lb", word.span), word);
	else if (is_network_name(name))
		add_network(terraform, name, NULL, word);
}

/* ---- all ---- */

static void read_value(struct terraform *terraform, struct str name, const struct yaml *value, int depth)
{
	if (is_foreign(name) || depth > MAX_DEPTH)
		return;
	if (value->kind == YAML_SCALAR) {
		read_scalar(terraform, name, value);
		return;
	}
	if (read_nodes(terraform, name, value) || read_networks(terraform, name, value))
		return;
	if (value->kind == YAML_MAP && is_network_name(name) && is_network_member(value)) {
		struct word none = {STR_NONE, SPAN_NONE};

		read_network(terraform, name, &none, value);
		return;
	}
	for (size_t i = 0; i < value->pairs.n; i++)
		read_value(terraform, value->pairs.data[i].key.str, value->pairs.data[i].value, depth + 1);
}

/* A setting of the file, in the order of the file. */
struct setting {
	struct str name;
	struct yaml *value;
};

struct settings {
	VEC(struct setting) list;
};

static void add_settings(struct machine *machine, struct settings *settings, const struct yaml *map)
{
	for (size_t i = 0; map && i < map->pairs.n; i++) {
		struct str name = map->pairs.data[i].key.str;

		if (!is_word(name, "source|version|providers|count|for_each|depends_on"))
			vec_add(machine->scratch, &settings->list, (struct setting){name, map->pairs.data[i].value});
	}
}

static struct settings settings_of(struct machine *machine, const struct yaml *body, const struct map *given)
{
	struct settings settings = {0};

	if (str_ends(machine->source->path, STR(".tfvars"))) {
		add_settings(machine, &settings, body);
		return settings;
	}
	for (size_t i = 0; i < body->pairs.n; i++) {
		struct str kind = body->pairs.data[i].key.str;
		const struct yaml *block = body->pairs.data[i].value;
		const struct yaml_pair *label = block->pairs.n == 1 ? &block->pairs.data[0] : NULL;
		struct yaml *value = label ? yaml_find(label->value, "default") : NULL;

		if (str_is(kind, "locals"))
			add_settings(machine, &settings, block);
		else if (str_is(kind, "module") && label)
			add_settings(machine, &settings, label->value);
		else if (str_is(kind, "variable") && value && !map_has(given, label->key.str))
			vec_add(machine->scratch, &settings.list, (struct setting){label->key.str, value});
	}
	return settings;
}

static struct word cluster_name(struct machine *machine, const struct settings *settings)
{
	struct word name = {STR_NONE, {machine->source->id, 0, 0}};

	for (size_t i = 0; i < settings->list.n && name.str.size == 0; i++) {
		const struct setting *setting = &settings->list.data[i];
		const struct yaml *value = is_word(setting->name, "cluster") ? yaml_find(setting->value, "name") : NULL;

		if (is_word(setting->name, "cluster_name|talos_cluster_name|k8s_cluster_name|kubernetes_cluster_name"))
			value = setting->value;
		if (value)
			name = machine_word(machine, value);
	}
	return name.str.size > 0 ? name : (struct word){STR_NONE, {machine->source->id, 0, 0}};
}

static void finish(struct terraform *terraform)
{
	struct machine *machine = terraform->machine;
	struct cluster *cluster = terraform->cluster;

	for (size_t i = 0; i < cluster->nodes.n; i++)
		cluster->has_nodes |= str_is(cluster->nodes.data[i]->role.str, "control-plane");
	if (terraform->nameless > 0)
		machine_nameless(cluster, terraform->nameless_at, terraform->nameless);
	for (size_t i = 0; i < terraform->endpoints.n; i++)
		machine_endpoint(machine, cluster, terraform->endpoints.data[i]);
	for (size_t i = 0; i < terraform->gateways.n; i++)
		for (size_t k = 0; k < machine->part->networks.n; k++) {
			struct network *network = machine->part->networks.data[k];
			struct address_read read = address_parse(terraform->gateways.data[i].str);

			if (read.error == NET_OK && network->gateways.n == 0 && network->cidrs.n > 0 &&
			    prefix_contains(network->cidrs.data[0].prefix, read.address))
				machine_address(machine, &network->gateways, STR(""), terraform->gateways.data[i]);
		}
}

static void read(struct machine *machine)
{
	struct terraform terraform = {.machine = machine};
	struct map given = {.arena = machine->scratch};
	struct settings settings;
	struct yaml *body = terraform_parse(machine, machine->source);

	if (!body) {
		machine->part->why = "not valid HCL";
		return;
	}
	terraform_variables(machine, &given);
	settings = settings_of(machine, body, &given);
	for (size_t i = 0; i < settings.list.n; i++)
		terraform_fold(machine, settings.list.data[i].value);
	terraform.cluster = machine_cluster(machine, cluster_name(machine, &settings));
	for (size_t i = 0; i < settings.list.n; i++)
		read_value(&terraform, settings.list.data[i].name, settings.list.data[i].value, 0);
	finish(&terraform);
}

const struct machine_kind machine_terraform = {
	.name = "terraform", .syntax = MACHINE_TEXT, .may_be = may_be, .evidence = evidence, .read = read};
