/* topology_read: every section, names and references, and what each wrong shape is reported as. */
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct read {
	struct arena *arena;
	struct sources sources;
	struct troubles troubles;
	struct estate *estate;
};

static struct read *read_text(const char *text)
{
	struct arena *arena = arena_new();
	struct read *read = NEW(arena, struct read);
	struct config *config = NEW(arena, struct config);
	struct source *source;

	read->arena = arena;
	config->limits.yaml_depth = 64;
	config->limits.yaml_aliases = 1000;
	config->limits.yaml_nodes = 100000;
	source = source_add(arena, &read->sources, SOURCE_TOPOLOGY, STR("content/lab/topology.yaml"), str_from(text));
	read->estate = topology_read(arena, config, source, &read->troubles);
	return read;
}

static void done(struct read *read)
{
	arena_free(read->arena);
}

static void assert_str(struct str s, const char *wanted)
{
	assert_int_equal(s.size, strlen(wanted));
	assert_memory_equal(s.data ? s.data : "", wanted, s.size);
}

/* The word, and the same bytes at its place. */
static void assert_word(const struct read *read, struct word word, const char *wanted)
{
	assert_str(word.str, wanted);
	assert_str(span_text(&read->sources, word.span), wanted);
}

static const char example[] =
	"estate: lab\n"
	"title: A lab\n"
	"description: One cluster\n"
	"docs: index.md\n"
	"x-anything: {goes: [here]}\n"
	"zones:\n"
	"  lab.example.net: {visibility: internal}\n"
	"  public.example.net:\n"
	"networks:\n"
	"  lan: {cidr: 10.10.0.0/16, purpose: home}\n"
	"  nodes: {cidr: 10.10.0.0/24, parent: lan, gateway: 10.10.0.1, vlan: 100, mtu: 1500, bridge: vmbr0, site: home,\n"
	"          ranges: {dhcp: {from: 10.10.0.200, to: 10.10.0.250, size: 51, kind: dhcp}, lb: 10.10.0.90-10.10.0.99}}\n"
	"  nfs: {cidr: 10.40.0.0/24}\n"
	"  idle: {cidr: 10.50.0.0/24}\n"
	"  pods: {cidr: 10.42.0.0/16, kind: pod}\n"
	"  services: {cidr: [10.43.0.0/16, \"fd00:43::/108\"], kind: service}\n"
	"clusters:\n"
	"  main:\n"
	"    title: Main cluster\n"
	"    aliases: [Homelab]\n"
	"    platform: Talos Linux\n"
	"    architecture: x86_64\n"
	"    versions: {talos: v1.12.1, kubernetes: v1.35.0}\n"
	"    networks: [nodes, pods, services]\n"
	"    dns: 10.43.0.10\n"
	"    vips: {api: 10.10.0.20}\n"
	"    decision: 2\n"
	"    nodes:\n"
	"      storm: {role: control-plane, address: 10.10.0.25, cpu: Intel, cores: 4, memory: 16 GB, storage: 500 GB NVMe,\n"
	"              zone: a, runs: [etcd, api-server], tags: fast}\n"
	"      khelben: {role: worker, address: [10.10.0.32, 10.40.0.32], gpu: {model: Strix Halo, memory: 64 GB}}\n"
	"      lone:\n"
	"  pi: {platform: k3s, node_count: 3-6, architecture: arm64}\n"
	"devices:\n"
	"  truenas: {kind: storage, addresses: {nodes: 10.10.0.100, nfs: 10.40.0.10}}\n"
	"services:\n"
	"  kubeflow: {hosts: [kubeflow.lab.example.net], address: 10.10.0.90, ports: [443, 53/udp], node_ports: 30443,\n"
	"             runs_on: main, version: 1.9, decision: [9, ADR-0011]}\n"
	"  windmill: {title: Windmill, runs_on: [HOMELAB, storm]}\n"
	"connections:\n"
	"  - {from: main, to: truenas, label: NFS, network: nfs}\n"
	"  - {from: windmill, to: [kubeflow, pi]}\n"
	"retired:\n"
	"  n8n: {kind: service, replaced_by: windmill, since: 2026-03-01}\n"
	"groups:\n"
	"  agents: {members: [bruno, auditor], title: AI agents}\n"
	"  short: [a, b]\n"
	"facts:\n"
	"  - {subject: nats, attribute: message format, value: Protocol Buffers, decision: 61}\n"
	"  - {subject: nats, attribute: streams, value: [a, b]}\n"
	"watch:\n"
	"  - {file: index.md, pattern: \"on (\\\\d+) nodes\", equals: main.nodes.count}\n";

static void test_estate(void **state)
{
	struct read *read = read_text(example);
	const struct estate *estate = read->estate;

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_word(read, estate->entity.id, "lab");
	assert_word(read, estate->entity.title, "A lab");
	assert_word(read, estate->entity.docs.data[0], "index.md");
	assert_str(estate->folder, "content/lab");
	assert_int_equal(estate->networks.n, 6);
	assert_int_equal(estate->clusters.n, 2);
	assert_int_equal(estate->zones.n, 2);
	assert_word(read, estate->zones.data[0]->visibility, "internal");
	assert_word(read, estate->zones.data[1]->entity.id, "public.example.net");
	assert_int_equal(estate->groups.data[0]->members.n, 2);
	assert_word(read, estate->groups.data[1]->members.data[1], "b");
	assert_word(read, estate->retired.data[0]->was_kind, "service");
	assert_word(read, estate->retired.data[0]->since, "2026-03-01");
	assert_word(read, estate->facts.data[0].value, "Protocol Buffers");
	assert_word(read, estate->facts.data[0].decisions.data[0].word, "61");
	assert_str(estate->facts.data[1].value.str, "a, b");
	assert_str(estate->watches.data[0].pattern.str, "on (\\d+) nodes");
	assert_word(read, estate->watches.data[0].equals, "main.nodes.count");
	done(read);
}

static void test_network(void **state)
{
	struct read *read = read_text(example);
	const struct network *nodes = read->estate->networks.data[1];
	const struct network *services = read->estate->networks.data[5];

	(void)state;
	assert_true(nodes->cidrs.data[0].valid);
	assert_int_equal(nodes->cidrs.data[0].prefix.bits, 24);
	assert_word(read, nodes->cidrs.data[0].word, "10.10.0.0/24");
	assert_ptr_equal(nodes->parent.entity, &read->estate->networks.data[0]->entity);
	assert_word(read, nodes->gateways.data[0].word, "10.10.0.1");
	assert_ptr_equal(nodes->gateways.data[0].network, nodes);
	assert_word(read, nodes->vlan, "100");
	assert_word(read, nodes->bridge, "vmbr0");
	assert_int_equal(nodes->ranges.n, 2);
	assert_true(nodes->ranges.data[0].valid);
	assert_word(read, nodes->ranges.data[0].size_word, "51");
	assert_word(read, nodes->ranges.data[1].id, "lb");
	assert_word(read, nodes->ranges.data[1].from, "10.10.0.90");
	assert_word(read, nodes->ranges.data[1].to, "10.10.0.99");
	assert_true(nodes->ranges.data[1].valid);
	assert_int_equal(services->cidrs.n, 2);
	assert_word(read, services->cidrs.data[1].word, "fd00:43::/108");
	assert_int_equal(services->kind, NETWORK_SERVICE);
	assert_int_equal(read->estate->networks.data[4]->kind, NETWORK_POD);
	done(read);
}

static void test_cluster(void **state)
{
	struct read *read = read_text(example);
	const struct cluster *cluster = read->estate->clusters.data[0];
	const struct node *storm = cluster->nodes.data[0], *khelben = cluster->nodes.data[1];

	(void)state;
	assert_word(read, cluster->entity.aliases.data[0], "Homelab");
	assert_word(read, cluster->versions.data[1].component, "kubernetes");
	assert_word(read, cluster->versions.data[1].version, "v1.35.0");
	assert_word(read, cluster->vips.data[0].label, "api");
	assert_true(cluster->vips.data[0].valid);
	assert_word(read, cluster->entity.decisions.data[0].word, "2");
	assert_int_equal(cluster->nodes.n, 3);
	assert_ptr_equal(storm->cluster, cluster);
	assert_ptr_equal(storm->entity.estate, read->estate);
	assert_word(read, storm->memory, "16 GB");
	assert_word(read, storm->runs.data[1], "api-server");
	assert_word(read, storm->entity.tags.data[0], "fast");
	assert_word(read, khelben->gpu_model, "Strix Halo");
	assert_word(read, khelben->gpu_memory, "64 GB");
	assert_word(read, cluster->nodes.data[2]->entity.id, "lone");
	done(read);
}

static void test_counts(void **state)
{
	struct read *read = read_text(example);
	struct count_value listed = cluster_count(read->estate->clusters.data[0]);
	struct count_value declared = cluster_count(read->estate->clusters.data[1]);
	struct cluster none = {0};

	(void)state;
	assert_int_equal(listed.min, 3);
	assert_int_equal(listed.max, 3);
	assert_int_equal(declared.min, 3);
	assert_int_equal(declared.max, 6);
	assert_word(read, declared.word, "3-6");
	assert_int_equal(cluster_count(&none).min, -1);
	done(read);
}

static void test_count_forms(void **state)
{
	static const struct {
		const char *text;
		bool valid;
		long long min, max;
	} cases[] = {
		{"6", true, 6, 6},    {"3-6", true, 3, 6},         {"3 - 6", true, 3, 6},  {"\"3–6\"", true, 3, 6},
		{"3..6", true, 3, 6}, {"3 to 6", true, 3, 6},      {"6-3", true, 3, 6},    {"0", true, 0, 0},
		{"six", false, 0, 0}, {"3-", false, 0, 0},         {"-3", false, 0, 0},    {"6 nodes", false, 0, 0},
		{"3.5", false, 0, 0}, {"9999999999", false, 0, 0}, {"3-4-5", false, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[100];
		struct read *read;
		const struct count_value *count;

		snprintf(text, sizeof text, "estate: e\nclusters: {c: {node_count: %s}}\n", cases[i].text);
		read = read_text(text);
		count = &read->estate->clusters.data[0]->node_count;
		assert_int_equal(count->valid, cases[i].valid);
		assert_int_equal(read->troubles.list.n, cases[i].valid ? 0 : 1);
		if (cases[i].valid) {
			assert_int_equal(count->min, cases[i].min);
			assert_int_equal(count->max, cases[i].max);
		}
		done(read);
	}
}

static void test_services(void **state)
{
	struct read *read = read_text(example);
	const struct service *kubeflow = read->estate->services.data[0], *windmill = read->estate->services.data[1];

	(void)state;
	assert_word(read, kubeflow->hosts.data[0], "kubeflow.lab.example.net");
	assert_int_equal(kubeflow->ports.data[0].number, 443);
	assert_int_equal(kubeflow->ports.data[0].protocol.str.size, 0);
	assert_int_equal(kubeflow->ports.data[1].number, 53);
	assert_str(kubeflow->ports.data[1].protocol.str, "udp");
	assert_int_equal(kubeflow->node_ports.data[0].number, 30443);
	assert_word(read, kubeflow->entity.decisions.data[1].word, "ADR-0011");
	assert_ptr_equal(kubeflow->runs_on.data[0].entity, &read->estate->clusters.data[0]->entity);
	assert_ptr_equal(windmill->runs_on.data[0].entity, &read->estate->clusters.data[0]->entity);
	assert_ptr_equal(windmill->runs_on.data[1].entity, &read->estate->clusters.data[0]->nodes.data[0]->entity);
	assert_ptr_equal(read->estate->retired.data[0]->replaced_by.entity, &windmill->entity);
	done(read);
}

static void test_connections(void **state)
{
	struct read *read = read_text(example);
	const struct estate *estate = read->estate;

	(void)state;
	assert_int_equal(estate->connections.n, 3);
	assert_ptr_equal(estate->connections.data[0].from.entity, &estate->clusters.data[0]->entity);
	assert_ptr_equal(estate->connections.data[0].to.entity, &estate->devices.data[0]->entity);
	assert_ptr_equal(estate->connections.data[0].network.entity, &estate->networks.data[2]->entity);
	assert_word(read, estate->connections.data[0].label, "NFS");
	assert_ptr_equal(estate->connections.data[2].to.entity, &estate->clusters.data[1]->entity);
	assert_int_equal(estate->services.data[1]->entity.connections, 2);
	assert_int_equal(estate->clusters.data[0]->entity.connections, 1);
	done(read);
}

static void test_where_addresses_live(void **state)
{
	struct read *read = read_text(example);
	const struct estate *estate = read->estate;
	const struct network *nodes = estate->networks.data[1], *nfs = estate->networks.data[2];
	const struct cluster *cluster = estate->clusters.data[0];

	(void)state;
	assert_ptr_equal(cluster->nodes.data[0]->addresses.data[0].network, nodes);
	assert_ptr_equal(cluster->nodes.data[1]->addresses.data[1].network, nfs);
	assert_ptr_equal(cluster->vips.data[0].network, nodes);
	assert_ptr_equal(cluster->dns.data[0].network, estate->networks.data[5]);
	assert_ptr_equal(estate->devices.data[0]->addresses.data[1].network, nfs);
	assert_word(read, estate->devices.data[0]->addresses.data[1].label, "nfs");
	assert_ptr_equal(estate->services.data[0]->addresses.data[0].network, nodes);
	for (size_t i = 0; i < estate->networks.n; i++)
		assert_int_equal(estate->networks.data[i]->used,
				 !str_is(estate->networks.data[i]->entity.id.str, "idle"));
	done(read);
}

static void test_network_of_the_cluster_first(void **state)
{
	struct read *read = read_text(
		"estate: e\n"
		"networks: {narrow: {cidr: 10.0.0.0/24}, wide: {cidr: 10.0.0.0/16}, other: {cidr: 10.9.0.0/16}}\n"
		"clusters:\n  c: {networks: wide, nodes: {n: {address: 10.0.0.5}, m: {address: 10.9.0.1},\n"
		"      k: {address: {narrow: 10.0.9.9}}, j: {address: {gone: 10.0.0.6}}, i: {address: 10.0.0}}}\n");
	const struct estate *estate = read->estate;
	struct node *const *nodes = estate->clusters.data[0]->nodes.data;

	(void)state;
	assert_ptr_equal(nodes[0]->addresses.data[0].network, estate->networks.data[1]);
	assert_ptr_equal(nodes[1]->addresses.data[0].network, estate->networks.data[2]);
	assert_ptr_equal(nodes[2]->addresses.data[0].network, estate->networks.data[0]);
	assert_null(nodes[3]->addresses.data[0].network);
	assert_word(read, nodes[3]->addresses.data[0].label, "gone");
	assert_false(nodes[4]->addresses.data[0].valid);
	assert_null(nodes[4]->addresses.data[0].network);
	assert_int_equal(read->troubles.list.n, 0);
	done(read);
}

static void test_address_list(void **state)
{
	static const struct {
		const char *text, *owner;
		int use;
	} wanted[] = {
		{"10.10.0.1", "nodes", USE_GATEWAY},     {"10.43.0.10", "main", USE_DNS},
		{"10.10.0.20", "main", USE_VIP},         {"10.10.0.25", "storm", USE_NODE},
		{"10.10.0.32", "khelben", USE_NODE},     {"10.40.0.32", "khelben", USE_NODE},
		{"10.10.0.100", "truenas", USE_DEVICE},  {"10.40.0.10", "truenas", USE_DEVICE},
		{"10.10.0.90", "kubeflow", USE_SERVICE},
	};
	struct read *read = read_text(example);
	struct address_uses uses = estate_addresses(read->arena, read->estate);

	(void)state;
	assert_int_equal(uses.list.n, sizeof wanted / sizeof *wanted);
	for (size_t i = 0; i < uses.list.n; i++) {
		assert_word(read, uses.list.data[i].value->word, wanted[i].text);
		assert_str(uses.list.data[i].owner->id.str, wanted[i].owner);
		assert_int_equal(uses.list.data[i].use, wanted[i].use);
	}
	done(read);
}

static void test_names(void **state)
{
	struct read *read =
		read_text("estate: e\nnetworks: {nas: {aliases: Übernetz}}\ndevices: {NAS: {aliases: [nas, filer]}}\n"
			  "clusters: {a: {aliases: twin}, b: {aliases: twin}}\nservices: {s: {runs_on: twin}}\n");
	const struct estate *estate = read->estate;
	struct entity *device = &estate->devices.data[0]->entity, *network = &estate->networks.data[0]->entity;

	(void)state;
	assert_ptr_equal(estate_find(estate, STR("filer"), ENTITY_KINDS), device);
	assert_ptr_equal(estate_find(estate, STR("Nas"), ENTITY_DEVICE), device);
	assert_ptr_equal(estate_find(estate, STR("nas"), ENTITY_NETWORK), network);
	assert_null(estate_find(estate, STR("nas"), ENTITY_KINDS));
	assert_null(estate_find(estate, STR("nas"), ENTITY_SERVICE));
	assert_null(estate_find(estate, STR("twin"), ENTITY_CLUSTER));
	assert_null(estate_find(estate, STR("none"), ENTITY_KINDS));
	assert_ptr_equal(estate_find(estate, STR("üBERNETZ"), ENTITY_KINDS), network);
	assert_ptr_equal(estate->services.data[0]->runs_on.data[0].entity, &estate->clusters.data[0]->entity);
	assert_str(entity_title(device), "NAS");
	assert_string_equal(entity_kind_name(device->kind), "device");
	done(read);
}

static void test_unknown_references(void **state)
{
	struct read *read = read_text("estate: e\nnetworks: {n: {parent: gone}}\nclusters: {c: {networks: gone}}\n"
				      "services: {s: {runs_on: n}}\nretired: {r: {replaced_by: gone}}\n"
				      "connections: [{from: gone, to: s, network: c}]\n");
	const struct estate *estate = read->estate;

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_null(estate->networks.data[0]->parent.entity);
	assert_null(estate->clusters.data[0]->networks.data[0].entity);
	assert_null(estate->services.data[0]->runs_on.data[0].entity);
	assert_null(estate->retired.data[0]->replaced_by.entity);
	assert_null(estate->connections.data[0].from.entity);
	assert_non_null(estate->connections.data[0].to.entity);
	assert_null(estate->connections.data[0].network.entity);
	assert_word(read, estate->connections.data[0].from.word, "gone");
	done(read);
}

static void test_collections_as_lists(void **state)
{
	struct read *read = read_text(
		"estate: e\nzones: lab.example.net\nclusters:\n  - id: c\n    nodes: [a, {id: b, role: worker}, {name: d}]\n"
		"  - {id: k, name: Big one}\ndevices: [nas]\nservices: [{name: s, ports: 80/TCP}]\nretired: [old]\n"
		"connections: {from: nas, to: s}\nnetworks: {n: {ranges: [{from: 10.0.0.1, to: 10.0.0.2}]}}\n");
	const struct estate *estate = read->estate;

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_word(read, estate->zones.data[0]->entity.id, "lab.example.net");
	assert_int_equal(estate->clusters.data[0]->nodes.n, 3);
	assert_word(read, estate->clusters.data[0]->nodes.data[1]->role, "worker");
	assert_word(read, estate->clusters.data[0]->nodes.data[2]->entity.id, "d");
	assert_int_equal(estate->clusters.data[0]->nodes.data[2]->entity.title.str.size, 0);
	assert_word(read, estate->clusters.data[1]->entity.title, "Big one");
	assert_word(read, estate->services.data[0]->entity.id, "s");
	assert_word(read, estate->retired.data[0]->entity.id, "old");
	assert_non_null(estate->connections.data[0].from.entity);
	assert_int_equal(estate->networks.data[0]->ranges.n, 1);
	done(read);
}

static void test_words_stay_words(void **state)
{
	struct read *read = read_text("estate: no\nservices: {on: {version: 012, decision: 0007}}\n");

	(void)state;
	assert_word(read, read->estate->entity.id, "no");
	assert_word(read, read->estate->services.data[0]->entity.id, "on");
	assert_word(read, read->estate->services.data[0]->version, "012");
	assert_word(read, read->estate->services.data[0]->entity.decisions.data[0].word, "0007");
	done(read);
}

static void test_nothing_is_absent(void **state)
{
	struct read *read = read_text(
		"estate: e\ntitle:\nnetworks: ~\nclusters: {c: {nodes: null, networks: , gpu: x}, d: {nodes: {}}}\n"
		"services: {s: {ports: [~, 80], runs_on: }}\nconnections:\n");

	(void)state;
	assert_int_equal(read->troubles.list.n, 1);
	assert_string_equal(read->troubles.list.data[0].rule, "topology-unknown-key");
	assert_false(read->estate->clusters.data[0]->has_nodes);
	assert_true(read->estate->clusters.data[1]->has_nodes);
	assert_int_equal(read->estate->services.data[0]->ports.n, 1);
	done(read);
}

static void test_not_ours(void **state)
{
	static const char *const texts[] = {
		"",
		"title: x\n",
		"estate:\n",
		"estate: ~\nnodes: three\n",
		"- estate: x\n",
		"{{ template }}\n",
		"a: [\n",
		"apiVersion: v1\n---\nkind: x\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct read *read = read_text(texts[i]);

		assert_null(read->estate);
		assert_int_equal(read->troubles.list.n, 0);
		done(read);
	}
}

static void test_unknown_keys(void **state)
{
	static const struct {
		const char *text, *key, *nearest, *where;
	} cases[] = {
		{"estate: e\nnetwork: {}\n", "network", "networks", "topology"},
		{"estate: e\nclusters: {c: {nodes: {n: {adress: 10.0.0.1}}}}\n", "adress", "address", "node"},
		{"estate: e\nclusters: {c: {nodes: {n: {ip: 10.0.0.1}}}}\n", "ip", "address", "node"},
		{"estate: e\nnetworks: {n: {subnet: 10.0.0.0/8}}\n", "subnet", "cidr", "network"},
		{"estate: e\nnetworks: {n: {ranges: {r: {from: 10.0.0.1, to: 10.0.0.2, knd: dhcp}}}}\n", "knd", "kind",
		 "range"},
		{"estate: e\nservices: {s: {runs-on: c}}\n", "runs-on", "runs_on", "service"},
		{"estate: e\nservices: {s: {name: c}}\n", "name", "title", "service"},
		{"estate: e\ndevices: {d: {colour: blue}}\n", "colour", "", "device"},
		{"estate: e\nconnections: [{from: a, to: b, title: x}]\n", "title", "", "connection"},
		{"estate: e\nfacts: [{subject: a, attribute: b, value: c, decison: 1}]\n", "decison", "decision",
		 "fact"},
		{"estate: e\nwatch: [{file: a, pattern: b, equals: c, equal: d}]\n", "equal", "equals", "watch"},
		{"estate: e\nclusters: {c: {nodes: {n: {gpu: {modle: x}}}}}\n", "modle", "model", "gpu"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct read *read = read_text(cases[i].text);
		const struct trouble *trouble = read->troubles.list.data;

		assert_int_equal(read->troubles.list.n, 1);
		assert_string_equal(trouble->rule, "topology-unknown-key");
		assert_string_equal(trouble->kind, cases[i].where);
		assert_str(trouble->text, cases[i].key);
		assert_str(trouble->extra, cases[i].nearest);
		assert_str(span_text(&read->sources, trouble->span), cases[i].key);
		done(read);
	}
}

static void test_known_keys_are_silent(void **state)
{
	struct read *read = read_text(
		"estate: e\nx-a: 1\nnetworks: {x-base: three, n: {x-b: [[1]], ranges: {r: {from: 10.0.0.1, to: 10.0.0.9,\n"
		"  description: d, x-c: 1}}}}\nconnections: [{from: n, to: n, description: d, docs: a.md, decision: 1}]\n"
		"facts: [{subject: a, attribute: b, value: c, description: d}]\n"
		"services: {s: {addresses: {n: 10.0.0.1, x-old: {a: b}}, links: https://example.net, decisions: [1, 2]}}\n");

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_int_equal(read->estate->networks.n, 1);
	assert_int_equal(read->estate->networks.data[0]->entity.connections, 1);
	assert_int_equal(read->estate->services.data[0]->addresses.n, 1);
	done(read);
}

static void test_wrong_types(void **state)
{
	static const struct {
		const char *text, *what, *wanted;
	} cases[] = {
		{"clusters: {c: {nodes: three}}", "three", "a mapping of nodes"},
		{"clusters: {c: {nodes: 3}}", "3", "a mapping of nodes"},
		{"clusters: {c: three}", "three", "a mapping that describes the cluster"},
		{"clusters: {c: {nodes: {n: 10.0.0.1}}}", "10.0.0.1", "a mapping that describes the node"},
		{"clusters: {c: {nodes: [[a]]}}", "a list", "a mapping of nodes"},
		{"clusters: {c: {nodes: [{role: worker}]}}", "a mapping without id", "a mapping with id"},
		{"clusters: {c: {node_count: many}}", "many", "a number, or a range such as 3-6"},
		{"clusters: {c: {versions: v1}}", "v1", "a mapping of component to version"},
		{"clusters: {c: {versions: {talos: [v1]}}}", "a list", "a version"},
		{"clusters: {c: {dns: {a: 10.0.0.1}}}", "a mapping", "an address, or a list of addresses"},
		{"clusters: {c: {platform: [a]}}", "a list", "a word"},
		{"clusters: {c: {nodes: {n: {memory: {size: 1}}}}}", "a mapping", "a quantity such as 16 GB"},
		{"clusters: {c: {nodes: {n: {gpu: [a]}}}}", "a list", "a model, or a mapping with model and memory"},
		{"clusters: {c: {nodes: {n: {address: [{a: b}]}}}}", "a mapping",
		 "an address, a list of addresses, or a mapping of network to address"},
		{"networks: word", "word", "a mapping of networks"},
		{"networks: {n: [10.0.0.0/8]}", "a list", "a mapping that describes the network"},
		{"networks: {n: {cidr: {a: b}}}", "a mapping", "a prefix, or a list of prefixes"},
		{"networks: {n: {parent: [a]}}", "a list", "the id of a network"},
		{"networks: {n: {kind: {a: b}}}", "a mapping", "a word"},
		{"networks: {n: {ranges: word}}", "word", "a mapping of ranges"},
		{"networks: {n: {ranges: {r: word}}}", "word", "a mapping that describes the range"},
		{"networks: {n: {ranges: {r: {from: 10.0.0.1}}}}", "a mapping without to", "a mapping with to"},
		{"services: {s: {ports: http}}", "http", "a port such as 443 or 443/tcp, or a list of ports"},
		{"services: {s: {ports: [70000]}}", "70000", "a port such as 443 or 443/tcp, or a list of ports"},
		{"services: {s: {node_ports: {a: 1}}}", "a mapping", "a port such as 30443, or a list of ports"},
		{"services: {s: {runs_on: {a: b}}}", "a mapping",
		 "the id of a cluster, node or device, or a list of ids"},
		{"services: {s: {hosts: [[a]]}}", "a list", "a host name, or a list of host names"},
		{"services: {s: {aliases: {a: b}}}", "a mapping", "a name, or a list of names"},
		{"services: {s: {decision: {a: b}}}", "a mapping", "a decision, or a list of decisions"},
		{"devices: nas", "nas", "a mapping of devices"},
		{"zones: {z: internal}", "internal", "a mapping that describes the zone"},
		{"groups: {g: word}", "word", "a mapping that describes the group"},
		{"groups: {g: {members: {a: b}}}", "a mapping", "a name, or a list of names"},
		{"retired: {r: {replaced_by: [a]}}", "a list", "the id of what took its place"},
		{"connections: word", "word", "a list of connections"},
		{"connections: [word]", "word", "a list of connections"},
		{"connections: [{from: a}]", "a mapping without to", "a mapping with to"},
		{"connections: [{from: [a, b], to: [c, d]}]", "a list", "one id, as `from` is a list"},
		{"connections: [{from: a, to: b, network: [c]}]", "a list", "the id of a network"},
		{"facts: {subject: a, value: b}", "a mapping without attribute", "a mapping with attribute"},
		{"facts: [{subject: [a], attribute: b, value: c}]", "a list", "a word"},
		{"watch: [{file: a, pattern: b}]", "a mapping without equals", "a mapping with equals"},
		{"title: [a]", "a list", "a word"},
		{"description: ok\n---\nsecond: 1", "a second document", "one document"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[200];
		struct read *read;
		const struct trouble *trouble;

		snprintf(text, sizeof text, "estate: e\n%s\n", cases[i].text);
		read = read_text(text);
		trouble = read->troubles.list.data;
		assert_non_null(read->estate);
		assert_int_equal(read->troubles.list.n, 1);
		assert_string_equal(trouble->rule, "topology-wrong-type");
		assert_str(trouble->text, cases[i].what);
		assert_str(trouble->extra, cases[i].wanted);
		assert_true(trouble->span.size > 0);
		done(read);
	}
}

static void test_long_values_point_at_their_first_line(void **state)
{
	struct read *read = read_text("estate: e\nnetworks:\n  n:\n    parent:\n      - a\n      - b\n");

	(void)state;
	assert_int_equal(read->troubles.list.n, 1);
	assert_str(span_text(&read->sources, read->troubles.list.data[0].span), "- a");
	done(read);
}

/* One mistake, one finding: what a broken section may have declared is not missed elsewhere. */
static void test_broken_sections(void **state)
{
	struct read *read =
		read_text("estate: e\nnetworks: none\nclusters: {c: {networks: [a]}}\nservices: {s: {runs_on: c}}\n"
			  "connections: [{from: x, to: s}]\n");
	const struct estate *estate = read->estate;

	(void)state;
	assert_int_equal(read->troubles.list.n, 1);
	assert_int_equal(estate->clusters.data[0]->networks.data[0].word.str.size, 0);
	assert_int_equal(estate->connections.data[0].from.word.str.size, 0);
	assert_non_null(estate->connections.data[0].to.entity);
	assert_non_null(estate->services.data[0]->runs_on.data[0].entity);
	done(read);
}

static void test_bad_syntax_keeps_the_estate_only(void **state)
{
	static const char *const texts[] = {
		"estate: e\nnetworks: {n: {cidr: 10.0.0.0/8}}\nclusters:\n\tc: 1\n",
		"networks:\n\tn: 1\nestate: e # ours\n",
		"networks:\n\tn: 1\nestate: \"e\"\n",
		"estate: e\nnetworks: *gone\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct read *read = read_text(texts[i]);

		assert_non_null(read->estate);
		assert_word(read, read->estate->entity.id, "e");
		assert_int_equal(read->estate->networks.n, 0);
		assert_int_equal(read->troubles.list.n, 1);
		assert_string_equal(read->troubles.list.data[0].rule, "topology-syntax");
		done(read);
	}
}

static void test_duplicate_keys_keep_the_first(void **state)
{
	struct read *read = read_text("estate: e\nservices: {s: {version: 1}, t: {}, s: {version: 2}}\n");

	(void)state;
	assert_int_equal(read->troubles.list.n, 1);
	assert_string_equal(read->troubles.list.data[0].rule, "topology-syntax");
	assert_string_equal(read->troubles.list.data[0].kind, "duplicate-key");
	assert_int_equal(read->estate->services.n, 2);
	assert_word(read, read->estate->services.data[0]->version, "1");
	done(read);
}

static void test_yaml_anchors(void **state)
{
	struct read *read = read_text(
		"estate: e\nx-base: &b {role: worker, memory: 16 GB}\n"
		"clusters: {c: {nodes: {m: {<<: *b, address: 10.0.0.1}, n: {<<: *b, role: control-plane}}}}\n");
	const struct cluster *cluster = read->estate->clusters.data[0];

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_word(read, cluster->nodes.data[0]->memory, "16 GB");
	assert_word(read, cluster->nodes.data[0]->role, "worker");
	assert_word(read, cluster->nodes.data[1]->role, "control-plane");
	done(read);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_estate),
		cmocka_unit_test(test_network),
		cmocka_unit_test(test_cluster),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_count_forms),
		cmocka_unit_test(test_services),
		cmocka_unit_test(test_connections),
		cmocka_unit_test(test_where_addresses_live),
		cmocka_unit_test(test_network_of_the_cluster_first),
		cmocka_unit_test(test_address_list),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_unknown_references),
		cmocka_unit_test(test_collections_as_lists),
		cmocka_unit_test(test_words_stay_words),
		cmocka_unit_test(test_nothing_is_absent),
		cmocka_unit_test(test_not_ours),
		cmocka_unit_test(test_unknown_keys),
		cmocka_unit_test(test_known_keys_are_silent),
		cmocka_unit_test(test_wrong_types),
		cmocka_unit_test(test_long_values_point_at_their_first_line),
		cmocka_unit_test(test_broken_sections),
		cmocka_unit_test(test_bad_syntax_keeps_the_estate_only),
		cmocka_unit_test(test_duplicate_keys_keep_the_first),
		cmocka_unit_test(test_yaml_anchors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
