/* k3d: the configuration of a k3s cluster in containers. Nodes are named after the cluster and counted from 0. */
#include "model/machine.h"

/* No computer runs more. */
#define MAX_NODES 256

static bool may_be(struct str path, struct str text)
{
	(void)path;
	return str_find(text, STR("k3d.io/")) != SIZE_MAX;
}

static bool is_config(const struct yaml *yaml)
{
	const struct yaml *version = yaml_find(yaml, "apiVersion"), *kind = yaml_find(yaml, "kind");

	return version && kind && version->kind == YAML_SCALAR && kind->kind == YAML_SCALAR &&
	       str_starts(str_trim(version->text), STR("k3d.io/")) && str_is(str_trim(kind->text), "Simple");
}

static int evidence(const struct machine *machine)
{
	return machine->yaml.documents.n > 0 && is_config(machine->yaml.documents.data[0]) ? 90 : 0;
}

static void add_nodes(struct machine *machine, struct cluster *cluster, struct word count, const char *kind,
		      const char *role)
{
	long long n = 0;

	if (!str_to_number(count.str, &n) || n > MAX_NODES)
		cluster->incomplete |= count.str.size > 0;
	for (long long i = 0; i < n && n <= MAX_NODES; i++) {
		struct str id =
			str_format(machine->arena, "k3d-" STR_FMT "-%s-%lld", STR_ARG(cluster->entity.id.str), kind, i);

		machine_node(machine, cluster, (struct word){id, count.span})->role = machine_say(role, count.span);
	}
}

static void read(struct machine *machine)
{
	const struct yaml *root = machine->yaml.documents.n > 0 ? machine->yaml.documents.data[0] : NULL,
			  *metadata = yaml_find(root, "metadata");
	struct word name = machine_get(machine, yaml_find(metadata, "name") ? metadata : root, "name"),
		    servers = machine_get(machine, root, "servers");
	struct cluster *cluster;

	if (!root || !is_config(root))
		return;
	if (name.str.size == 0)
		name = machine_say("k3s-default", yaml_find(root, "kind")->span);
	cluster = machine_cluster(machine, name);
	cluster->has_nodes = cluster->is_trial = true;
	cluster->platform = machine_say("k3s", name.span);
	machine_k3s_version(machine, cluster, machine_image(machine, yaml_find(root, "image")).version);
	if (!yaml_find(root, "servers"))
		servers = machine_say("1", name.span);
	add_nodes(machine, cluster, servers, "server", "control-plane");
	add_nodes(machine, cluster, machine_get(machine, root, "agents"), "agent", "worker");
	cluster->incomplete |= servers.str.size == 0;
}

const struct machine_kind machine_k3d = {
	.name = "k3d", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
