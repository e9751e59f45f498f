/* What an Ansible inventory says: the groups that it puts hosts into say their roles, a few variables the rest. */
#include "model/ansible_inventory.h"

/* Hosts that the ranges of one inventory stand for; further ones are not known. */
#define MAX_HOSTS 1000
#define MAX_DEPTH 16

enum { CONTROL = 1, WORKER = 2, CLUSTER = 4 };

struct ansible ansible_start(struct machine *machine)
{
	struct arena *scratch = machine->scratch;

	return (struct ansible){.machine = machine, .groups = {.arena = scratch}, .hosts = {.arena = scratch}};
}

/* ---- groups ---- */

/* `paired`: what it means only beside another group, servers beside agents. */
static const struct {
	const char *names;
	unsigned roles;
	const char *paired;
} meanings[] = {
	{"kube_control_plane|control_plane|control_planes|controlplane|controlplanes|master|masters|kube_master|kube_masters|"
	 "k3s_master|k3s_masters|k3s_server|k3s_servers|k3s_control_plane|rke2_server|rke2_servers|k8s_master|k8s_masters|"
	 "k8s_control_plane|k8s_controllers|kubernetes_masters|kubernetes_control_plane|k8s_controlplane|k3s_controlplane",
	 CONTROL | CLUSTER, NULL},
	{"kube_node|kube_nodes|worker|workers|worker_nodes|k3s_agent|k3s_agents|k3s_node|k3s_nodes|k3s_worker|k3s_workers|"
	 "rke2_agent|rke2_agents|k8s_worker|k8s_workers|k8s_node|k8s_nodes|kubernetes_workers|kube_worker|kube_workers",
	 WORKER | CLUSTER, NULL},
	{"server|servers", CONTROL | CLUSTER, "agent|agents|k3s_cluster"},
	{"agent|agents", WORKER | CLUSTER, "server|servers"},
	{"node|nodes", WORKER | CLUSTER,
	 "master|masters|control_plane|control_planes|controlplane|controlplanes|k3s_master|k3s_cluster"},
	{"k3s_cluster|k8s_cluster|rke2_cluster|kube_cluster|kubernetes_cluster|kubernetes", CLUSTER, NULL},
};

static bool is_word(struct str name, const char *words)
{
	struct str rest = str_from(words);

	while (rest.size > 0)
		if (str_eq_nocase(name, str_cut(&rest, '|')))
			return true;
	return false;
}

static bool has_one_of(const struct ansible *ansible, const char *words)
{
	struct str rest = str_from(words);

	while (rest.size > 0)
		if (map_has(&ansible->groups, str_cut(&rest, '|')))
			return true;
	return false;
}

bool ansible_is_role(struct str name)
{
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (is_word(name, meanings[i].names))
			return true;
	return false;
}

/* kube-node is kube_node. */
static struct str group_key(struct arena *arena, struct str name)
{
	return str_replace(arena, str_lower_ascii(arena, name), STR("-"), STR("_"));
}

struct ansible_group *ansible_group(struct ansible *ansible, struct word name)
{
	struct arena *scratch = ansible->machine->scratch;
	struct str key = group_key(scratch, name.str);
	struct ansible_group *group = map_find(&ansible->groups, key);

	if (group)
		return group;
	group = NEW(scratch, struct ansible_group);
	group->name = name;
	map_put(&ansible->groups, key, group);
	return group;
}

static void find_roles(struct ansible *ansible)
{
	for (size_t i = 0; i < ansible->groups.n; i++)
		for (size_t k = 0; k < sizeof meanings / sizeof *meanings; k++) {
			struct ansible_group *group = ansible->groups.items[i].value;

			if (is_word(ansible->groups.items[i].key, meanings[k].names) &&
			    (!meanings[k].paired || has_one_of(ansible, meanings[k].paired)))
				group->roles |= meanings[k].roles;
		}
}

/* What a group is, the groups in it are too. A role of its own goes before that of the group around it. */
static void hand_down(struct ansible *ansible)
{
	bool changed = true;

	for (int round = 0; round < MAX_DEPTH && changed; round++) {
		changed = false;
		for (size_t i = 0; i < ansible->groups.n; i++) {
			const struct ansible_group *group = ansible->groups.items[i].value;

			for (size_t k = 0; k < group->children.n; k++) {
				struct ansible_group *child = group->children.data[k];
				unsigned roles =
					child->roles & (CONTROL | WORKER) ? group->roles & CLUSTER : group->roles;

				changed |= (child->roles | roles) != child->roles;
				child->roles |= roles;
			}
		}
	}
	for (size_t i = 0; i < ansible->groups.n; i++) {
		const struct ansible_group *group = ansible->groups.items[i].value;

		for (size_t k = 0; k < group->hosts.n; k++)
			group->hosts.data[k]->roles |= group->roles;
	}
}

/* ---- hosts ---- */

static struct ansible_host *host_named(struct ansible *ansible, struct word name)
{
	struct ansible_host *host = map_find(&ansible->hosts, name.str);

	if (host)
		return host;
	host = NEW(ansible->machine->scratch, struct ansible_host);
	host->name = name;
	map_put(&ansible->hosts, name.str, host);
	return host;
}

static void put_host(struct ansible *ansible, struct ansible_group *group, struct ansible_hosts *hosts,
		     struct word name)
{
	struct ansible_host *host = host_named(ansible, name);

	vec_add(ansible->machine->scratch, &hosts->list, host);
	if (group)
		vec_add(ansible->machine->scratch, &group->hosts, host);
}

/* The part in brackets, [01:03] or [1:9:2], as numbers. */
struct range {
	long long from, to, step;
	size_t width; /* of numbers with zeros before */
};

static bool range_parse(struct str text, struct range *range)
{
	struct str first = str_cut(&text, ':'), last = str_cut(&text, ':');

	*range = (struct range){.step = 1};
	if (!str_to_number(first, &range->from) || !str_to_number(last, &range->to) ||
	    (text.size > 0 && !str_to_number(text, &range->step)))
		return false;
	range->width = first.size > 1 && first.data[0] == '0' ? first.size : 0;
	return range->step > 0 && range->to >= range->from;
}

static size_t range_size(const struct range *range)
{
	long long n = (range->to - range->from) / range->step;

	return n < MAX_HOSTS ? (size_t)n + 1 : MAX_HOSTS + 1;
}

struct ansible_hosts ansible_add(struct ansible *ansible, struct ansible_group *group, struct word name)
{
	size_t open = str_find_char(name.str, '['), close = str_find_char(name.str, ']');
	struct ansible_hosts hosts = {0};
	struct range range;

	if (name.str.size == 0 || (open != SIZE_MAX && (close == SIZE_MAX || close < open))) {
		ansible->unread |= name.str.size == 0;
		return hosts;
	}
	if (open == SIZE_MAX) {
		put_host(ansible, group, &hosts, name);
		return hosts;
	}
	if (!range_parse(str_sub(name.str, open + 1, close - open - 1), &range) ||
	    (ansible->n_of_ranges += range_size(&range)) > MAX_HOSTS) {
		ansible->unread = true;
		return hosts;
	}
	for (long long i = range.from; i <= range.to; i += range.step) {
		struct str id = str_format(ansible->machine->arena, STR_FMT "%0*lld" STR_FMT,
					   STR_ARG(str_sub(name.str, 0, open)), (int)range.width, i,
					   STR_ARG(str_from_off(name.str, close + 1)));

		put_host(ansible, group, &hosts, (struct word){id, name.span});
	}
	for (size_t i = 0; i < hosts.list.n; i++)
		hosts.list.data[i]->is_range = true;
	return hosts;
}

#define ADDRESSES "ansible_host|ansible_ssh_host|ip|access_ip|ip_address|node_ip|k3s_node_ip"
#define NAMES "hostname|node_name|k3s_node_name|host_name"

bool ansible_is_host_variable(struct str key)
{
	return is_word(key, ADDRESSES "|" NAMES "|ansible_connection");
}

void ansible_host_variable(struct ansible *ansible, const struct ansible_hosts *hosts, struct str key,
			   struct word value)
{
	struct machine *machine = ansible->machine;

	for (size_t i = 0; i < hosts->list.n; i++) {
		struct ansible_host *host = hosts->list.data[i];

		if (is_word(key, ADDRESSES) && !host->is_range)
			machine_address(machine, &host->addresses, STR(""), value);
		else if (is_word(key, NAMES) && !host->is_range)
			host->real_name = value;
		else if (str_is(key, "ansible_connection"))
			host->is_local |= str_is(value.str, "local");
	}
}

/* ---- variables ---- */

enum variable {
	V_NONE,
	V_KUBERNETES,
	V_K3S,
	V_RKE2,
	V_TALOS,
	V_VIP,
	V_ENDPOINT,
	V_POOL,
	V_PODS,
	V_SERVICES,
	V_NAME,
	V_BALANCER
};

static const struct {
	const char *names;
	enum variable variable;
} variables[] = {
	{"kube_version|kubernetes_version|k8s_version", V_KUBERNETES},
	{"k3s_version|k3s_release_version", V_K3S},
	{"rke2_version", V_RKE2},
	{"talos_version", V_TALOS},
	{"apiserver_endpoint|kube_vip_address|kube_vip_ip|kubevip_address|k3s_vip|cluster_vip|control_plane_vip|api_vip|"
	 "rke2_api_ip|apiserver_vip|k8s_vip|kubernetes_vip|kube_vip_endpoint",
	 V_VIP},
	{"api_endpoint|control_plane_endpoint|controlplane_endpoint", V_ENDPOINT},
	{"metal_lb_ip_range|metallb_ip_range|metallb_addresses|metallb_address_pool|metallb_range|kube_vip_lb_ip_range|"
	 "cilium_lb_ip_range",
	 V_POOL},
	{"kube_pods_subnet|cluster_cidr|pod_cidr|pods_cidr|pod_network_cidr|pod_subnet|k3s_cluster_cidr|cluster_pod_cidr",
	 V_PODS},
	{"kube_service_addresses|service_cidr|services_cidr|service_subnet|k3s_service_cidr|service_network_cidr",
	 V_SERVICES},
	{"cluster_name|k3s_cluster_name|k8s_cluster_name", V_NAME},
	{"loadbalancer_apiserver", V_BALANCER},
};

static enum variable variable_of(struct str key)
{
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		if (is_word(key, variables[i].names))
			return variables[i].variable;
	return V_NONE;
}

bool ansible_is_known(struct str key)
{
	return variable_of(key) != V_NONE;
}

static struct cluster *cluster_of(struct ansible *ansible)
{
	if (!ansible->cluster)
		ansible->cluster = machine_cluster(ansible->machine,
						   (struct word){STR_NONE, {ansible->machine->source->id, 0, 0}});
	return ansible->cluster;
}

static void add_version(struct ansible *ansible, const char *component, struct word version)
{
	if (machine_is_version(version.str))
		machine_version(ansible->machine, cluster_of(ansible), component, version);
}

static void add_pools(struct ansible *ansible, const struct yaml *value)
{
	struct word word = machine_word(ansible->machine, value);
	struct str rest = word.str;

	for (size_t i = 0; i < value->items.n; i++)
		machine_pool(ansible->machine, cluster_of(ansible), machine_say("metallb", value->items.data[i]->span),
			     machine_word(ansible->machine, value->items.data[i]));
	while (rest.size > 0)
		machine_pool(ansible->machine, cluster_of(ansible), machine_say("metallb", word.span),
			     machine_part_word(ansible->machine, word, str_trim(str_cut(&rest, ','))));
}

/* "cluster.local" is a domain, and no name of a cluster. */
static void name_cluster(struct ansible *ansible, struct word name)
{
	if (name.str.size > 0 && str_find_char(name.str, '.') == SIZE_MAX)
		cluster_of(ansible)->entity.id = name;
}

void ansible_variable(struct ansible *ansible, struct str key, const struct yaml *value)
{
	enum variable variable = variable_of(key);
	struct machine *machine = ansible->machine;
	struct word word;

	if (variable == V_NONE)
		return;
	word = machine_word(machine, value);
	switch (variable) {
	case V_KUBERNETES: add_version(ansible, "kubernetes", word); break;
	case V_K3S: machine_k3s_version(machine, cluster_of(ansible), word); break;
	case V_RKE2: add_version(ansible, "rke2", word); break;
	case V_TALOS: add_version(ansible, "talos", word); break;
	case V_VIP:
		machine_address(machine, &cluster_of(ansible)->vips, STR("api"), machine_url_host(machine, word));
		break;
	case V_ENDPOINT: vec_add(machine->scratch, &ansible->endpoints, word); break;
	case V_POOL: add_pools(ansible, value); break;
	case V_PODS: machine_networks(machine, cluster_of(ansible), NETWORK_POD, "pods", value); break;
	case V_SERVICES: machine_networks(machine, cluster_of(ansible), NETWORK_SERVICE, "services", value); break;
	case V_NAME: name_cluster(ansible, word); break;
	case V_BALANCER:
		machine_address(machine, &cluster_of(ansible)->vips, STR("api"),
				machine_get(machine, value, "address"));
		break;
	case V_NONE: break;
	}
}

/* ---- all ---- */

static bool is_address(struct str name)
{
	return address_parse(name).error == NET_OK;
}

/* A host that is called by its address has that. */
static struct word name_of(struct ansible *ansible, struct ansible_host *host)
{
	if (!is_address(host->name.str))
		return host->name;
	machine_address(ansible->machine, &host->addresses, STR(""), host->name);
	return host->real_name;
}

static void declare_node(struct ansible *ansible, struct ansible_host *host, struct word name)
{
	struct node *node = machine_node(ansible->machine, cluster_of(ansible), name);

	if (host->roles & (CONTROL | WORKER))
		node->role = machine_say(host->roles & CONTROL ? "control-plane" : "worker", name.span);
	node->addresses = host->addresses;
	cluster_of(ansible)->has_nodes |= (host->roles & CONTROL) != 0;
}

static void declare_device(struct ansible *ansible, struct ansible_host *host, struct word name)
{
	struct device *device = machine_device(ansible->machine, name);

	if (device)
		device->addresses = host->addresses;
}

static void count_nameless(struct ansible *ansible)
{
	struct word place = {STR_NONE, SPAN_NONE};
	size_t n = 0;

	for (size_t i = 0; i < ansible->hosts.n; i++) {
		struct ansible_host *host = ansible->hosts.items[i].value;

		if (!(host->roles & CLUSTER) || host->is_local || name_of(ansible, host).str.size > 0)
			continue;
		place = n == 0 ? host->name : place;
		n++;
	}
	if (n > 0)
		machine_nameless(cluster_of(ansible), place, n);
}

void ansible_finish(struct ansible *ansible)
{
	find_roles(ansible);
	hand_down(ansible);
	for (size_t i = 0; i < ansible->hosts.n; i++) {
		struct ansible_host *host = ansible->hosts.items[i].value;
		struct word name = name_of(ansible, host);

		if (name.str.size == 0 || host->is_local || str_is(name.str, "localhost"))
			continue;
		if (host->roles & CLUSTER)
			declare_node(ansible, host, name);
		else
			declare_device(ansible, host, name);
	}
	count_nameless(ansible);
	if (ansible->cluster)
		ansible->cluster->incomplete |= ansible->unread;
	for (size_t i = 0; ansible->cluster && ansible->cluster->nodes.n > 0 && i < ansible->endpoints.n; i++)
		machine_endpoint(ansible->machine, ansible->cluster, ansible->endpoints.data[i]);
}
