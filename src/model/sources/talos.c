/* Talos machine configuration and patches of it: the old single document (machine:, cluster:) and the new documents of
 * one kind each (HostnameConfig, LinkConfig ...). Keys and tokens that stand beside are never read. */
#include "model/machine.h"

/* One machine, put together from all documents of the file. */
struct talos {
	struct machine *machine;
	struct cluster *cluster;
	struct word hostname, role;
	bool has_hostname; /* it may be one that cannot be read */
	struct address_values addresses;
};

static bool may_be(struct str path, struct str text)
{
	(void)path;
	return str_find(text, STR("v1alpha1")) != SIZE_MAX || machine_has_key(text, "machine") ||
	       (machine_has_key(text, "cluster") && machine_has_key(text, "podSubnets"));
}

static bool has_any(const struct yaml *map, const char *const *keys)
{
	for (; *keys; keys++)
		if (yaml_find(map, *keys))
			return true;
	return false;
}

static bool is_document(const struct yaml *yaml)
{
	static const char *const machine[] = {"type",    "network", "install", "kubelet", "nodeLabels",
					      "sysctls", "kernel",  "disks",   "files",   NULL};
	static const char *const cluster[] = {"network", "controlPlane", "clusterName", "apiServer",
					      "etcd",    "proxy",        "coreDNS",     NULL};
	static const char *const top[] = {"version", "debug", "persist", "machine", "cluster", NULL};
	size_t known = 0;

	for (size_t i = 0; top[i]; i++)
		known += yaml_find(yaml, top[i]) != NULL;
	return known == yaml->pairs.n &&
	       (has_any(yaml_find(yaml, "machine"), machine) || has_any(yaml_find(yaml, "cluster"), cluster));
}

static bool is_new_document(const struct yaml *yaml)
{
	const struct yaml *version = yaml_find(yaml, "apiVersion"), *kind = yaml_find(yaml, "kind");

	return version && kind && version->kind == YAML_SCALAR && kind->kind == YAML_SCALAR &&
	       str_is(version->text, "v1alpha1") && str_ends(kind->text, STR("Config"));
}

static int evidence(const struct machine *machine)
{
	int most = 0;

	for (size_t i = 0; i < machine->yaml.documents.n; i++) {
		const struct yaml *yaml = machine->yaml.documents.data[i];

		if (is_new_document(yaml) || (is_document(yaml) && yaml_find(yaml, "version")))
			return 90;
		if (is_document(yaml))
			most = 70;
	}
	return most;
}

/* ---- networks ---- */

/* An interface of the old form, a LinkConfig or one of its kin. */
static void read_link(struct talos *talos, const struct yaml *link, int depth)
{
	struct machine *machine = talos->machine;
	const struct yaml *addresses = yaml_find(link, "addresses"), *vlans = yaml_find(link, "vlans");

	machine_address(machine, &talos->cluster->vips, STR("api"),
			machine_word(machine, machine_find(link, "vip", "ip", NULL)));
	for (size_t i = 0; addresses && i < addresses->items.n; i++) {
		const struct yaml *item = addresses->items.data[i];
		struct word word =
			item->kind == YAML_MAP ? machine_get(machine, item, "address") : machine_word(machine, item);
		struct network *network;

		if (!machine_address(machine, &talos->addresses, STR(""), word))
			continue;
		network = machine_network(machine, talos->cluster, NETWORK_PLAIN, NULL, word);
		machine_gateways(machine, network, yaml_find(link, "routes"));
		if (network && network->mtu.str.size == 0)
			network->mtu = machine_get(machine, link, "mtu");
		if (network && network->vlan.str.size == 0)
			network->vlan = machine_get(machine, link, yaml_find(link, "vlanID") ? "vlanID" : "vlanId");
	}
	for (size_t i = 0; depth == 0 && vlans && i < vlans->items.n; i++)
		read_link(talos, vlans->items.data[i], depth + 1);
}

/* ---- documents ---- */

/* The version behind the last colon of an image: "ghcr.io/siderolabs/installer:v1.9.5". */
static void read_image(struct talos *talos, const struct yaml *image, const char *component)
{
	struct word word = machine_word(talos->machine, image);
	struct str text = str_sub(word.str, 0, str_find_char(word.str, '@'));
	size_t colon = str_rfind_char(text, ':');

	if (colon != SIZE_MAX && str_starts(str_from_off(text, colon), STR(":v")))
		machine_version(talos->machine, talos->cluster, component,
				machine_part_word(talos->machine, word, str_from_off(text, colon + 1)));
}

static void set_hostname(struct talos *talos, const struct yaml *map)
{
	talos->hostname = machine_get(talos->machine, map, "hostname");
	talos->has_hostname = true;
}

static void read_machine(struct talos *talos, const struct yaml *yaml)
{
	const struct yaml *type = yaml_find(yaml, "type"), *network = yaml_find(yaml, "network"),
			  *interfaces = yaml_find(network, "interfaces");

	if (type && type->kind == YAML_SCALAR)
		talos->role = machine_say(str_is(type->text, "worker") ? "worker" : "control-plane", type->span);
	if (yaml_find(network, "hostname"))
		set_hostname(talos, network);
	for (size_t i = 0; interfaces && i < interfaces->items.n; i++)
		read_link(talos, interfaces->items.data[i], 0);
	read_image(talos, machine_find(yaml, "install", "image", NULL), "talos");
	read_image(talos, machine_find(yaml, "kubelet", "image", NULL), "kubernetes");
}

static void read_cluster(struct talos *talos, const struct yaml *yaml)
{
	const struct yaml *network = yaml_find(yaml, "network");

	machine_networks(talos->machine, talos->cluster, NETWORK_POD, "pods", yaml_find(network, "podSubnets"));
	machine_networks(talos->machine, talos->cluster, NETWORK_SERVICE, "services",
			 yaml_find(network, "serviceSubnets"));
	read_image(talos, machine_find(yaml, "apiServer", "image", NULL), "kubernetes");
}

static void read_new_document(struct talos *talos, const struct yaml *yaml)
{
	static const char *const links[] = {"LinkConfig",   "VLANConfig",  "BondConfig",
					    "BridgeConfig", "DummyConfig", "EthernetConfig"};
	struct str kind = yaml_find(yaml, "kind")->text;

	if (str_is(kind, "HostnameConfig") && yaml_find(yaml, "hostname"))
		set_hostname(talos, yaml);
	else if (str_is(kind, "Layer2VIPConfig"))
		machine_address(talos->machine, &talos->cluster->vips, STR("api"),
				machine_get(talos->machine, yaml, "name"));
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (str_is(kind, links[i]))
			read_link(talos, yaml, 0);
}

/* The name of the cluster, from the first document that gives one. */
static struct word cluster_name(struct machine *machine)
{
	struct word name = {STR_NONE, {machine->source->id, 0, 0}};

	for (size_t i = 0; i < machine->yaml.documents.n && name.str.size == 0; i++) {
		const struct yaml *value =
			machine_find(machine->yaml.documents.data[i], "cluster", "clusterName", NULL);

		if (value)
			name = machine_word(machine, value);
	}
	return name;
}

static void add_node(struct talos *talos)
{
	struct node *node = machine_node(talos->machine, talos->cluster, talos->hostname);

	if (!node)
		return;
	node->role = talos->role;
	node->addresses = talos->addresses;
}

static void read(struct machine *machine)
{
	struct talos talos = {.machine = machine, .cluster = machine_cluster(machine, cluster_name(machine))};
	bool has_type = false;

	talos.cluster->platform = machine_say("Talos Linux", talos.cluster->entity.id.span);
	for (size_t i = 0; i < machine->yaml.documents.n; i++) {
		const struct yaml *yaml = machine->yaml.documents.data[i];

		if (is_new_document(yaml)) {
			read_new_document(&talos, yaml);
			continue;
		}
		read_machine(&talos, yaml_find(yaml, "machine"));
		read_cluster(&talos, yaml_find(yaml, "cluster"));
		has_type |= machine_find(yaml, "machine", "type", NULL) != NULL;
	}
	if (talos.has_hostname)
		add_node(&talos);
	/* A configuration without a name is one for several machines; a patch may be for some of them. */
	talos.cluster->incomplete |= talos.has_hostname != has_type;
}

const struct machine_kind machine_talos = {
	.name = "talos", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
