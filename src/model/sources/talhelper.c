/* talhelper: talconfig.yaml, which describes a Talos cluster and its nodes; ${name} stands in talenv.yaml beside it. */
#include "model/machine.h"

static bool may_be(struct str path, struct str text)
{
	return str_starts(path_base(path), STR("talenv.")) || machine_has_key(text, "talosVersion") ||
	       (machine_has_key(text, "clusterName") && machine_has_key(text, "nodes"));
}

static const struct yaml *root_of(const struct machine *machine)
{
	return machine->yaml.documents.n > 0 ? machine->yaml.documents.data[0] : NULL;
}

static int evidence(const struct machine *machine)
{
	const struct yaml *root = root_of(machine), *nodes = yaml_find(root, "nodes");

	if (!yaml_find(root, "clusterName") || !nodes || nodes->kind != YAML_LIST || nodes->items.n == 0)
		return 0;
	return yaml_find(nodes->items.data[0], "ipAddress") || yaml_find(nodes->items.data[0], "hostname") ? 90 : 0;
}

/* ---- variables ---- */

static void read_variables(struct machine *machine)
{
	static const char *const names[] = {"talenv.yaml", "talenv.yml"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct source *source = machine_sibling(machine, names[i]);
		struct yaml_stream yaml = {0};

		if (source)
			yaml = machine_parse(machine, source);
		for (size_t k = 0; yaml.documents.n > 0 && k < yaml.documents.data[0]->pairs.n; k++) {
			const struct yaml_pair *pair = &yaml.documents.data[0]->pairs.data[k];
			struct word *word = NEW(machine->scratch, struct word);

			*word = machine_word(machine, pair->value);
			if (word->str.size > 0)
				map_put(&machine->variables, pair->key.str, word);
		}
	}
}

/* ---- networks ---- */

static void read_interface(struct machine *machine, struct cluster *cluster, struct node *node,
			   const struct yaml *interface)
{
	const struct yaml *addresses = yaml_find(interface, "addresses"), *vlans = yaml_find(interface, "vlans");
	struct word vip = machine_word(machine, machine_find(interface, "vip", "ip", NULL));

	machine_address(machine, &cluster->vips, STR("api"), vip);
	for (size_t i = 0; addresses && i < addresses->items.n; i++) {
		struct word word = machine_word(machine, addresses->items.data[i]);
		struct network *network;

		if (!machine_address(machine, &node->addresses, STR(""), word))
			continue;
		network = machine_network(machine, cluster, NETWORK_PLAIN, NULL, word);
		if (!network)
			continue;
		machine_gateways(machine, network, yaml_find(interface, "routes"));
		if (network->mtu.str.size == 0)
			network->mtu = machine_get(machine, interface, "mtu");
		if (network->vlan.str.size == 0)
			network->vlan = machine_get(machine, interface, "vlanId");
	}
	for (size_t i = 0; vlans && i < vlans->items.n; i++)
		if (!yaml_find(vlans->items.data[i], "vlans")) /* one level: a VLAN has none of its own */
			read_interface(machine, cluster, node, vlans->items.data[i]);
}

/* ---- nodes ---- */

static void read_node(struct machine *machine, struct cluster *cluster, const struct yaml *yaml)
{
	struct node *node = machine_node(machine, cluster, machine_get(machine, yaml, "hostname"));
	const struct yaml *role = yaml_find(yaml, "controlPlane"), *interfaces = yaml_find(yaml, "networkInterfaces");
	struct word addresses = machine_get(machine, yaml, "ipAddress");

	if (!node)
		return;
	node->role = machine_is_true(role) ? machine_say("control-plane", role->span)
					   : machine_say("worker", role ? role->span : node->entity.id.span);
	node->zone = machine_word(machine, machine_find(yaml, "nodeLabels", "topology.kubernetes.io/zone", NULL));
	machine_addresses(machine, &node->addresses, STR(""), addresses);
	for (size_t i = 0; interfaces && i < interfaces->items.n; i++)
		read_interface(machine, cluster, node, interfaces->items.data[i]);
}

static void read(struct machine *machine)
{
	const struct yaml *root = root_of(machine), *nodes = yaml_find(root, "nodes");
	struct cluster *cluster;

	read_variables(machine);
	cluster = machine_cluster(machine, machine_get(machine, root, "clusterName"));
	cluster->has_nodes = true;
	cluster->platform = machine_say("Talos Linux", cluster->entity.id.span);
	machine_version(machine, cluster, "talos", machine_get(machine, root, "talosVersion"));
	machine_version(machine, cluster, "kubernetes", machine_get(machine, root, "kubernetesVersion"));
	machine_networks(machine, cluster, NETWORK_POD, "pods", yaml_find(root, "clusterPodNets"));
	machine_networks(machine, cluster, NETWORK_SERVICE, "services", yaml_find(root, "clusterSvcNets"));
	for (size_t i = 0; nodes && i < nodes->items.n; i++)
		read_node(machine, cluster, nodes->items.data[i]);
	machine_endpoint(machine, cluster, machine_get(machine, root, "endpoint"));
}

const struct machine_kind machine_talhelper = {
	.name = "talhelper", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
