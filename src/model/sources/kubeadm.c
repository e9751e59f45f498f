/* kubeadm: what a cluster is made with, one document for the cluster and one for the machine that starts or joins it. */
#include "model/machine.h"

static bool may_be(struct str path, struct str text)
{
	(void)path;
	return str_find(text, STR("kubeadm.k8s.io/")) != SIZE_MAX;
}

static bool is_kind(const struct yaml *yaml, const char *kind)
{
	const struct yaml *version = yaml_find(yaml, "apiVersion"), *is = yaml_find(yaml, "kind");

	return version && is && version->kind == YAML_SCALAR && is->kind == YAML_SCALAR &&
	       str_starts(str_trim(version->text), STR("kubeadm.k8s.io/")) && str_is(str_trim(is->text), kind);
}

static int evidence(const struct machine *machine)
{
	static const char *const kinds[] = {"ClusterConfiguration", "InitConfiguration", "JoinConfiguration"};

	for (size_t i = 0; i < machine->yaml.documents.n; i++)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			if (is_kind(machine->yaml.documents.data[i], kinds[k]))
				return 90;
	return 0;
}

static void read_cluster(struct machine *machine, struct cluster *cluster, const struct yaml *yaml)
{
	const struct yaml *network = yaml_find(yaml, "networking");
	struct word version = machine_get(machine, yaml, "kubernetesVersion");

	if (machine_is_version(version.str)) /* not "stable-1.30" */
		machine_version(machine, cluster, "kubernetes", version);
	machine_networks(machine, cluster, NETWORK_POD, "pods", yaml_find(network, "podSubnet"));
	machine_networks(machine, cluster, NETWORK_SERVICE, "services", yaml_find(network, "serviceSubnet"));
}

/* The machine that the file is for: its name may be that of the host, which is not said here. */
static void read_node(struct machine *machine, struct cluster *cluster, const struct yaml *yaml, bool is_first)
{
	const struct yaml *api = is_first ? yaml_find(yaml, "localAPIEndpoint")
					  : machine_find(yaml, "controlPlane", "localAPIEndpoint", NULL),
			  *name = machine_find(yaml, "nodeRegistration", "name", NULL);
	struct node *node = machine_node(machine, cluster, machine_word(machine, name));

	if (!node)
		return;
	if (is_first || yaml_find(yaml, "controlPlane"))
		node->role = machine_say("control-plane", node->entity.id.span);
	else if (yaml_find(yaml, "discovery"))
		node->role = machine_say("worker", node->entity.id.span);
	machine_address(machine, &node->addresses, STR(""), machine_get(machine, api, "advertiseAddress"));
}

/* "kubernetes" is what kubeadm calls every cluster that is not named. */
static struct word cluster_name(struct machine *machine)
{
	struct word name = {STR_NONE, {machine->source->id, 0, 0}};

	for (size_t i = 0; i < machine->yaml.documents.n; i++) {
		const struct yaml *value = yaml_find(machine->yaml.documents.data[i], "clusterName");

		if (value && is_kind(machine->yaml.documents.data[i], "ClusterConfiguration"))
			name = machine_word(machine, value);
	}
	return str_is(name.str, "kubernetes") ? (struct word){STR_NONE, name.span} : name;
}

static void read(struct machine *machine)
{
	struct cluster *cluster = machine_cluster(machine, cluster_name(machine));

	cluster->incomplete = true; /* further nodes join */
	for (size_t i = 0; i < machine->yaml.documents.n; i++) {
		const struct yaml *yaml = machine->yaml.documents.data[i];

		if (is_kind(yaml, "ClusterConfiguration"))
			read_cluster(machine, cluster, yaml);
		else if (is_kind(yaml, "InitConfiguration") || is_kind(yaml, "JoinConfiguration"))
			read_node(machine, cluster, yaml, is_kind(yaml, "InitConfiguration"));
	}
	for (size_t i = 0; i < machine->yaml.documents.n; i++)
		if (is_kind(machine->yaml.documents.data[i], "ClusterConfiguration"))
			machine_endpoint(machine, cluster,
					 machine_get(machine, machine->yaml.documents.data[i], "controlPlaneEndpoint"));
}

const struct machine_kind machine_kubeadm = {
	.name = "kubeadm", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
