/* Kubernetes objects in YAML or JSON, also several documents and lists: nodes, addresses that are given out, host names,
 * pools, what runs in which version. Only what stands in the object itself is read; Secrets never are. */
#include "model/machine.h"

/* Lists in lists, and values of a chart in values. */
#define MAX_DEPTH 24

/* One object being read. */
struct object {
	struct machine *machine;
	const struct yaml *yaml;
	struct cluster *cluster; /* the one that the manifests are for */
	struct word name;
	struct str space;
};

static bool may_be(struct str path, struct str text)
{
	static const char *const marks[] = {"LoadBalancer", "NodePort",     "loadBalancerIP", "lbipam",
					    "lb-ipam-ips",  "\"Node\"",     "kind: Node",     "IPAddressPool",
					    "Ingress",      "HTTPRoute",    "GRPCRoute",      "TLSRoute",
					    "Gateway",      "Deployment",   "StatefulSet",    "DaemonSet",
					    "HelmRelease",  "kube-vip.io/", "metallb.io/",    "metallb.universe.tf/"};

	(void)path;
	if (str_find(text, STR("apiVersion")) == SIZE_MAX)
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_find(text, str_from(marks[i])) != SIZE_MAX)
			return true;
	return machine_may_be_settings(text);
}

static int evidence(const struct machine *machine)
{
	for (size_t i = 0; i < machine->yaml.documents.n; i++) {
		const struct yaml *document = machine->yaml.documents.data[i];

		if (yaml_find(document, "apiVersion") && yaml_find(document, "kind") &&
		    (yaml_find(document, "metadata") || yaml_find(document, "items")))
			return 50;
	}
	return 0;
}

static struct str text_of(const struct yaml *map, const char *key)
{
	const struct yaml *value = yaml_find(map, key);

	return value && value->kind == YAML_SCALAR ? str_trim(value->text) : STR_NONE;
}

static struct service *service_of(const struct object *object)
{
	return machine_service(object->machine, object->cluster, object->name, object->space);
}

/* ---- addresses ---- */

/* Annotations by which load balancers take the addresses of a service. */
static bool gives_address(struct str key)
{
	static const char *const keys[] = {
		"lbipam.cilium.io/ips",
		"io.cilium/lb-ipam-ips",
		"metallb.io/loadBalancerIPs",
		"metallb.universe.tf/loadBalancerIPs",
		"kube-vip.io/loadbalancerIPs",
		"purelb.io/addresses",
		"loadBalancerIP",
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_is(key, keys[i]))
			return true;
	return false;
}

static bool gives_host(struct str key)
{
	return str_is(key, "external-dns.alpha.kubernetes.io/hostname") || str_is(key, "external-dns.io/hostname");
}

/* Host names with commas between; one that is not known leaves open which others there are. */
static void add_hosts(const struct object *object, struct service *service, const struct yaml *value)
{
	size_t unread = object->machine->part->unread;
	struct word word = machine_word(object->machine, value);
	struct str rest = word.str;

	while (rest.size > 0) {
		struct word host = {str_trim(str_cut(&rest, ',')), word.span};

		machine_host(object->machine, service, host);
	}
	service->hosts_open |= object->machine->part->unread > unread;
}

static void add_host_list(const struct object *object, struct service *service, const struct yaml *list)
{
	for (size_t i = 0; service && list && i < list->items.n; i++)
		add_hosts(object, service, list->items.data[i]);
}

/* Reads annotations, and the values of a chart in which they stand, at any depth. */
static void read_values(const struct object *object, const struct yaml *values, int depth)
{
	struct machine *machine = object->machine;

	for (size_t i = 0; values && depth < MAX_DEPTH && i < values->items.n; i++)
		read_values(object, values->items.data[i], depth + 1);
	for (size_t i = 0; values && depth < MAX_DEPTH && i < values->pairs.n; i++) {
		const struct yaml_pair *pair = &values->pairs.data[i];

		if (pair->value->kind != YAML_SCALAR) {
			read_values(object, pair->value, depth + 1);
		} else if (gives_address(pair->key.str)) {
			struct word word = machine_word(machine, pair->value);
			struct address_values addresses = {0};

			if (machine_addresses(machine, &addresses, STR(""), word))
				machine_addresses(machine, &service_of(object)->addresses, STR(""), word);
		}
	}
}

static void read_service(const struct object *object)
{
	struct machine *machine = object->machine;
	const struct yaml *spec = yaml_find(object->yaml, "spec"), *ports = yaml_find(spec, "ports"),
			  *external = yaml_find(spec, "externalIPs"),
			  *given = machine_find(object->yaml, "status", "loadBalancer", "ingress", NULL);
	struct str type = text_of(spec, "type");
	struct service *service;

	if (!str_is(type, "LoadBalancer") && !str_is(type, "NodePort"))
		return;
	service = service_of(object);
	machine_addresses(machine, &service->addresses, STR(""), machine_get(machine, spec, "loadBalancerIP"));
	for (size_t i = 0; external && i < external->items.n; i++)
		machine_address(machine, &service->addresses, STR(""), machine_word(machine, external->items.data[i]));
	for (size_t i = 0; given && i < given->items.n; i++)
		machine_address(machine, &service->addresses, STR(""),
				machine_get(machine, given->items.data[i], "ip"));
	for (size_t i = 0; ports && i < ports->items.n; i++) {
		const struct yaml *port = ports->items.data[i];

		machine_port(machine, service, machine_get(machine, port, "port"));
		machine_port(machine, service, machine_get(machine, port, "targetPort"));
		machine_port(machine, service, machine_get(machine, port, "nodePort"));
	}
}

/* ---- host names ---- */

static void read_ingress(const struct object *object)
{
	const struct yaml *rules = machine_find(object->yaml, "spec", "rules", NULL);

	for (size_t i = 0; rules && i < rules->items.n; i++)
		if (yaml_find(rules->items.data[i], "host"))
			add_hosts(object, service_of(object), yaml_find(rules->items.data[i], "host"));
}

static void read_route(const struct object *object)
{
	const struct yaml *names = machine_find(object->yaml, "spec", "hostnames", NULL);

	if (names && names->items.n > 0)
		add_host_list(object, service_of(object), names);
}

static void read_gateway(const struct object *object)
{
	const struct yaml *spec = yaml_find(object->yaml, "spec"), *addresses = yaml_find(spec, "addresses"),
			  *listeners = yaml_find(spec, "listeners");

	read_values(object, yaml_find(spec, "infrastructure"), 0);
	for (size_t i = 0; addresses && i < addresses->items.n; i++)
		machine_address(object->machine, &service_of(object)->addresses, STR(""),
				machine_get(object->machine, addresses->items.data[i], "value"));
	for (size_t i = 0; listeners && i < listeners->items.n; i++)
		machine_port(object->machine, service_of(object),
			     machine_get(object->machine, listeners->items.data[i], "port"));
}

/* ---- nodes ---- */

static struct word role_of(const struct object *object)
{
	const struct yaml *labels = machine_find(object->yaml, "metadata", "labels", NULL);

	for (size_t i = 0; labels && i < labels->pairs.n; i++) {
		const struct word *key = &labels->pairs.data[i].key;

		if (str_is(key->str, "node-role.kubernetes.io/control-plane") ||
		    str_is(key->str, "node-role.kubernetes.io/master"))
			return machine_say("control-plane", key->span);
	}
	/* The API server labels every node; a manifest that names none says nothing of it. */
	return yaml_find(labels, "kubernetes.io/hostname") ? machine_say("worker", object->name.span)
							   : (struct word){STR_NONE, SPAN_NONE};
}

/* What the API server says of a node. One that a repository only labels has no status, and nothing is said of it. */
static void read_node(const struct object *object)
{
	struct machine *machine = object->machine;
	const struct yaml *status = yaml_find(object->yaml, "status"), *addresses = yaml_find(status, "addresses"),
			  *info = yaml_find(status, "nodeInfo"), *capacity = yaml_find(status, "capacity");
	struct node *node = addresses ? machine_node(machine, object->cluster, object->name) : NULL;

	if (!node)
		return;
	node->role = role_of(object);
	node->architecture = machine_get(machine, info, "architecture");
	node->cores = machine_get(machine, capacity, "cpu");
	node->zone = machine_word(
		machine, machine_find(object->yaml, "metadata", "labels", "topology.kubernetes.io/zone", NULL));
	machine_version(machine, object->cluster, "kubernetes", machine_get(machine, info, "kubeletVersion"));
	for (size_t i = 0; i < addresses->items.n; i++)
		if (str_is(text_of(addresses->items.data[i], "type"), "InternalIP"))
			machine_address(machine, &node->addresses, STR(""),
					machine_get(machine, addresses->items.data[i], "address"));
}

/* ---- pools ---- */

static void read_pool(const struct object *object)
{
	const struct yaml *addresses = machine_find(object->yaml, "spec", "addresses", NULL);

	for (size_t i = 0; addresses && i < addresses->items.n; i++)
		machine_pool(object->machine, object->cluster, object->name,
			     machine_word(object->machine, addresses->items.data[i]));
}

static void read_cilium_pool(const struct object *object)
{
	static const char *const lists[] = {"blocks", "cidrs"};
	struct machine *machine = object->machine;

	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
		const struct yaml *blocks = machine_find(object->yaml, "spec", lists[l], NULL);

		for (size_t i = 0; blocks && i < blocks->items.n; i++) {
			const struct yaml *block = blocks->items.data[i];
			struct word start = machine_get(machine, block, "start"),
				    stop = machine_get(machine, block, "stop");

			if (yaml_find(block, "cidr"))
				machine_pool(machine, object->cluster, object->name,
					     machine_get(machine, block, "cidr"));
			else if (start.str.size > 0)
				machine_pool_between(machine, object->cluster, object->name, start,
						     stop.str.size > 0 ? stop : start);
		}
	}
}

/* ---- workloads ---- */

/* The image that the workload is named after, if it is one only: my-app in an image of python has no version of its own. */
static struct machine_image main_image(const struct object *object, const struct yaml *containers)
{
	struct machine_image found = {0};
	size_t n = 0;

	for (size_t i = 0; i < containers->items.n; i++) {
		struct machine_image image =
			machine_image(object->machine, yaml_find(containers->items.data[i], "image"));

		if (!machine_is_akin(image.name, object->name.str))
			continue;
		found = image;
		n++;
	}
	return n == 1 ? found : (struct machine_image){0};
}

/* kube-vip says the address of the API in its environment. */
static void read_kube_vip(const struct object *object, const struct yaml *container)
{
	const struct yaml *env = yaml_find(container, "env");

	if (str_find(text_of(container, "image"), STR("kube-vip")) == SIZE_MAX)
		return;
	for (size_t i = 0; env && i < env->items.n; i++) {
		struct str name = text_of(env->items.data[i], "name");

		if (str_is(name, "address") || str_is(name, "vip_address"))
			machine_address(object->machine, &object->cluster->vips, STR("api"),
					machine_get(object->machine, env->items.data[i], "value"));
	}
}

static void read_workload(const struct object *object)
{
	const struct yaml *containers = machine_find(object->yaml, "spec", "template", "spec", "containers", NULL);
	struct service *service;
	struct machine_image image;

	if (!containers)
		return;
	for (size_t i = 0; i < containers->items.n; i++)
		read_kube_vip(object, containers->items.data[i]);
	image = main_image(object, containers);
	if (image.version.str.size == 0)
		return;
	service = service_of(object);
	if (!service || service->version.str.size > 0)
		return;
	service->version = image.version;
	if (!str_eq_nocase(image.name, object->name.str))
		service->component = str_dup(object->machine->arena, image.name);
}

/* ---- objects ---- */

static const struct {
	const char *kind;
	const char *group; /* how its apiVersion begins; "": any */
	void (*read)(const struct object *object);
} readers[] = {
	{"Service", "v1", read_service},
	{"Node", "v1", read_node},
	{"Ingress", "networking.k8s.io/", read_ingress},
	{"Ingress", "extensions/", read_ingress},
	{"HTTPRoute", "gateway.networking.k8s.io/", read_route},
	{"GRPCRoute", "gateway.networking.k8s.io/", read_route},
	{"TLSRoute", "gateway.networking.k8s.io/", read_route},
	{"Gateway", "gateway.networking.k8s.io/", read_gateway},
	{"IPAddressPool", "metallb.io/", read_pool},
	{"CiliumLoadBalancerIPPool", "cilium.io/", read_cilium_pool},
	{"Deployment", "apps/", read_workload},
	{"StatefulSet", "apps/", read_workload},
	{"DaemonSet", "apps/", read_workload},
};

/* Service and HelmRelease say in annotations which address they are given. */
static void read_annotations(const struct object *object, struct str kind)
{
	const struct yaml *annotations = machine_find(object->yaml, "metadata", "annotations", NULL);

	if (str_is(kind, "Service") || str_is(kind, "Gateway"))
		read_values(object, annotations, 0);
	else if (str_is(kind, "HelmRelease"))
		read_values(object, machine_find(object->yaml, "spec", "values", NULL), 0);
	for (size_t i = 0; annotations && str_is(kind, "Service") && i < annotations->pairs.n; i++)
		if (gives_host(annotations->pairs.data[i].key.str))
			add_hosts(object, service_of(object), annotations->pairs.data[i].value);
}

static void read_object(struct machine *machine, struct cluster *cluster, const struct yaml *yaml, int depth)
{
	struct object object = {.machine = machine, .yaml = yaml, .cluster = cluster};
	const struct yaml *metadata = yaml_find(yaml, "metadata"), *items = yaml_find(yaml, "items");
	struct str kind = text_of(yaml, "kind"), group = text_of(yaml, "apiVersion");

	for (size_t i = 0; items && depth < 2 && i < items->items.n; i++)
		read_object(machine, cluster, items->items.data[i], depth + 1);
	if (kind.size == 0 || str_is(kind, "Secret") || !metadata)
		return;
	object.name = machine_get(machine, metadata, "name");
	object.space = machine_get(machine, metadata, "namespace").str;
	if (object.name.str.size == 0)
		return;
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (str_is(kind, readers[i].kind) && str_starts(group, str_from(readers[i].group)))
			readers[i].read(&object);
	read_annotations(&object, kind);
}

/* An answer of the API server about all nodes; those that are kept one by one, or beside others, may be some of all. */
static bool is_node_list(const struct yaml_stream *yaml)
{
	const struct yaml *items = yaml->documents.n == 1 ? yaml_find(yaml->documents.data[0], "items") : NULL;

	for (size_t i = 0; items && i < items->items.n; i++)
		if (!str_is(text_of(items->items.data[i], "kind"), "Node"))
			return false;
	return items != NULL;
}

static void read(struct machine *machine)
{
	const struct yaml_stream *yaml = &machine->yaml;
	struct span start = {machine->source->id, 0, 0};
	struct cluster *cluster = machine_cluster(machine, (struct word){STR_NONE, start});

	machine_use_settings(machine);
	for (size_t i = 0; i < yaml->documents.n; i++)
		read_object(machine, cluster, yaml->documents.data[i], 0);
	cluster->has_nodes = is_node_list(yaml);
	cluster->incomplete |= cluster->nodes.n > 0 && !cluster->has_nodes;
}

const struct machine_kind machine_kubernetes = {
	.name = "kubernetes", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
