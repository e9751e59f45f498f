/* kind: the configuration of a Kubernetes cluster in containers. Nodes are named after the cluster and their role. */
#include "model/machine.h"

static bool may_be(struct str path, struct str text)
{
	(void)path;
	return str_find(text, STR("kind.x-k8s.io/")) != SIZE_MAX;
}

static bool is_config(const struct yaml *yaml)
{
	const struct yaml *version = yaml_find(yaml, "apiVersion"), *kind = yaml_find(yaml, "kind");

	return version && kind && version->kind == YAML_SCALAR && kind->kind == YAML_SCALAR &&
	       str_starts(str_trim(version->text), STR("kind.x-k8s.io/")) && str_is(str_trim(kind->text), "Cluster");
}

static int evidence(const struct machine *machine)
{
	for (size_t i = 0; i < machine->yaml.documents.n; i++)
		if (is_config(machine->yaml.documents.data[i]))
			return 90;
	return 0;
}

/* The first of a role has no number: lab-worker, lab-worker2. */
static void add_node(struct machine *machine, struct cluster *cluster, const struct yaml *yaml, size_t *counts)
{
	struct word role = machine_get(machine, yaml, "role");
	bool is_worker = str_is(role.str, "worker");
	struct span place = span_is_none(role.span) ? yaml->span : role.span;
	size_t number = ++counts[is_worker];
	const char *name = is_worker ? "worker" : "control-plane";
	struct str id =
		number > 1 ? str_format(machine->arena, STR_FMT "-%s%zu", STR_ARG(cluster->entity.id.str), name, number)
			   : str_format(machine->arena, STR_FMT "-%s", STR_ARG(cluster->entity.id.str), name);
	struct node *node = machine_node(machine, cluster, (struct word){id, place});

	node->role = machine_say(name, place);
	machine_version(machine, cluster, "kubernetes", machine_image(machine, yaml_find(yaml, "image")).version);
}

static void read_config(struct machine *machine, const struct yaml *yaml)
{
	const struct yaml *nodes = yaml_find(yaml, "nodes"), *network = yaml_find(yaml, "networking");
	struct word name = machine_get(machine, yaml, "name");
	struct cluster *cluster;
	size_t counts[2] = {0};

	if (name.str.size == 0)
		name = machine_say("kind", yaml_find(yaml, "kind")->span);
	cluster = machine_cluster(machine, name);
	cluster->has_nodes = cluster->is_trial = true;
	machine_networks(machine, cluster, NETWORK_POD, "pods", yaml_find(network, "podSubnet"));
	machine_networks(machine, cluster, NETWORK_SERVICE, "services", yaml_find(network, "serviceSubnet"));
	for (size_t i = 0; nodes && i < nodes->items.n; i++)
		add_node(machine, cluster, nodes->items.data[i], counts);
	if (cluster->nodes.n == 0) /* one node, which is both */
		add_node(machine, cluster, yaml, counts);
}

static void read(struct machine *machine)
{
	for (size_t i = 0; i < machine->yaml.documents.n; i++)
		if (is_config(machine->yaml.documents.data[i]))
			read_config(machine, machine->yaml.documents.data[i]);
}

const struct machine_kind machine_kind = {
	.name = "kind", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
