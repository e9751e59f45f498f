/* Values of facts: what is one, and what only looks like one. */
#include "fact/fact.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void counts(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		long long min, max; /* -1: no count */
	} cases[] = {
		{"6", 6, 6},
		{"12 nodes", 12, 12},
		{"3-6", 3, 6},
		{"3–6 nodes", 3, 6},
		{"3 to 6", 3, 6},
		{"six", 6, 6},
		{"Twelve nodes", 12, 12},
		{"6 (1 control-plane + 5 workers)", 6, 6},
		{"**6**", 6, 6},
		{" 7 ", 7, 7},
		{"62 decisions", 62, 62},
		{"3 ×", 3, 3},
		{"3 × control plane", 3, 3},
		{"3x Mac mini", 3, 3},
		{"5-node", 5, 5},
		{"3 control plane + 5 workers", -1, -1},
		{"3 / 5", -1, -1},
		{"3, 5", -1, -1},
		{"6+", -1, -1},
		{"~6", -1, -1},
		{"6/6", -1, -1},
		{"6.5", -1, -1},
		{"6 GB", -1, -1},
		{"6x", -1, -1},
		{"many", -1, -1},
		{"", -1, -1},
		{"6-3", -1, -1},
		{"v6", -1, -1},
		{"6%", -1, -1},
		{"10.0.0.1", -1, -1},
		{"6 cores", -1, -1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fact_value value = fact_value_parse(arena, TYPE_COUNT, str_from(cases[i].text));
		if (value.valid != (cases[i].min >= 0))
			fail_msg("%s: valid %d", cases[i].text, value.valid);
		if (value.valid && (value.min != cases[i].min || value.max != cases[i].max))
			fail_msg("%s: %lld to %lld", cases[i].text, value.min, value.max);
	}
}

static void addresses(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t n; /* 0: no address */
	} cases[] = {
		{"10.0.0.1", 1},
		{"`10.0.0.1`", 1},
		{"10.0.0.1, 10.0.1.1", 2},
		{"10.10.0.100 (mgmt), 10.40.0.10 (NFS)", 2},
		{"10.0.0.1:6443", 1},
		{"10.0.0.25/24", 1},
		{"fd00::1", 1},
		{"10.0.0.1.", 1},
		{"10.0.0.0/24", 0},
		{"http://10.0.0.90:8080/ui", 1},
		{"10.0.0.25 - first disk", 1},
		{"10.0.0.20/21/22", 3},
		{"10.0.0.31, .32, .33", 3},
		{"10.0.0.31-.35", 5},
		{"10.0.0.31-35", 5},
		{"10.0.0.31–10.0.0.35", 5},
		{"10.0.0.1 - 10.0.0.9", 9},
		{"10.0.0.1 – .4", 4},
		{"10.0.0.1 to 10.0.0.4", 4},
		{"10.0.0.100-200", 0},
		{"10.0.0.100 – 10.0.0.200", 0},
		{"10.0.0.9-10.0.0.1", 0},
		{"10.0.0.x", 0},
		{"10.0.0.x/24", 0},
		{"10.0.0.*", 0},
		{"10.0.0.0/33", 0},
		{"DHCP", 0},
		{"", 0},
		{"192.168.1.256", 0},
		{"1.2.3", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fact_value value = fact_value_parse(arena, TYPE_ADDRESS, str_from(cases[i].text));
		if (value.valid != (cases[i].n > 0) || (value.valid && value.addresses.n != cases[i].n))
			fail_msg("%s: valid %d, %zu addresses", cases[i].text, value.valid, value.addresses.n);
	}
}

static void prefixes(void **state)
{
	(void)state;
	struct fact_value value = fact_value_parse(arena, TYPE_PREFIX, STR("10.45.0.1/24 (pods), fd00::/64"));
	assert_true(value.valid);
	assert_int_equal(value.prefixes.n, 2);
	assert_true(str_is(prefix_format(arena, value.prefixes.data[0]), "10.45.0.0/24"));
	assert_false(fact_value_parse(arena, TYPE_PREFIX, STR("10.45.0.1")).valid);
	assert_false(fact_value_parse(arena, TYPE_PREFIX, STR("10.45.0.0/33")).valid);
	assert_false(fact_value_parse(arena, TYPE_PREFIX, STR("LAN / Wi-Fi")).valid);
}

static void quantities(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t n; /* 0: no quantity */
		double number;
		enum fact_unit unit;
		int scale;
	} cases[] = {
		{"16GB", 1, 16, UNIT_BYTES, 3},
		{"16 GB RAM", 1, 16, UNIT_BYTES, 3},
		{"64 GiB", 1, 64, UNIT_BYTES, 3},
		{"32Gi", 1, 32, UNIT_BYTES, 3},
		{"**16G**", 1, 16, UNIT_BYTES, 3},
		{"1.5 TB NVMe", 1, 1.5, UNIT_BYTES, 4},
		{"1,024 GB", 1, 1024, UNIT_BYTES, 3},
		{"2 × 500 GB", 1, 1000, UNIT_BYTES, 3},
		{"2x32GB DDR5-5600", 1, 64, UNIT_BYTES, 3},
		{"500 GB NVMe + 2 TB HDD", 2, 500, UNIT_BYTES, 3},
		{"4c", 1, 4, UNIT_CORES, 0},
		{"8 vCPU", 1, 8, UNIT_CORES, 0},
		{"16 cores / 32 threads", 2, 16, UNIT_CORES, 0},
		{"Intel 13th Gen (4c), 16 GB", 2, 4, UNIT_CORES, 0},
		{"16", 1, 16, UNIT_NONE, 0},
		{"8-16 GB", 1, 8, UNIT_BYTES, 3},
		{"16+ GB", 0, 0, UNIT_NONE, 0},
		{"16 GB+", 0, 0, UNIT_NONE, 0},
		{"~16 GB", 0, 0, UNIT_NONE, 0},
		{"up to 64 GB", 0, 0, UNIT_NONE, 0},
		{"10GbE", 0, 0, UNIT_NONE, 0},
		{"2.5 Gbps", 0, 0, UNIT_NONE, 0},
		{"3 GB/s", 0, 0, UNIT_NONE, 0},
		{"3.4 GHz", 0, 0, UNIT_NONE, 0},
		{"DDR4", 0, 0, UNIT_NONE, 0},
		{"Longhorn", 0, 0, UNIT_NONE, 0},
		{"16 disks", 0, 0, UNIT_NONE, 0},
		{"", 0, 0, UNIT_NONE, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fact_value value = fact_value_parse(arena, TYPE_QUANTITY, str_from(cases[i].text));
		if (value.valid != (cases[i].n > 0) || (value.valid && value.quantities.n != cases[i].n))
			fail_msg("%s: valid %d, %zu quantities", cases[i].text, value.valid, value.quantities.n);
		if (!value.valid)
			continue;
		const struct quantity *first = &value.quantities.data[0];
		if (first->number < cases[i].number - 1e-9 || first->number > cases[i].number + 1e-9 ||
		    first->unit != cases[i].unit || first->scale != cases[i].scale)
			fail_msg("%s: %g of unit %d, scale %d", cases[i].text, first->number, (int)first->unit,
				 first->scale);
	}
}

static bool agree(const char *a, const char *b)
{
	struct fact_value x = fact_value_parse(arena, TYPE_QUANTITY, str_from(a));
	struct fact_value y = fact_value_parse(arena, TYPE_QUANTITY, str_from(b));
	return x.valid && y.valid && quantity_agrees(&x.quantities.data[0], &y.quantities.data[0]);
}

static void equal_quantities(void **state)
{
	(void)state;
	assert_true(agree("16 GB", "16GiB"));
	assert_true(agree("1 TB", "1000 GB"));
	assert_true(agree("1024 GB", "1 TB"));
	assert_true(agree("16384 MB", "16 GB"));
	assert_true(agree("8-16 GB", "12 GB"));
	assert_true(agree("4c", "4 cores"));
	assert_false(agree("1 TB", "500 GB"));
	assert_false(agree("16 GB", "16 MB"));
	assert_false(agree("16 GB", "16 cores"));
	assert_false(agree("2 TB", "2 GB"));
}

static void versions(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *version; /* NULL: none */
	} cases[] = {
		{"v1.12.1", "v1.12.1"},
		{"Talos v1.12", "v1.12"},
		{"`v1.31.4+k3s1`", "v1.31.4+k3s1"},
		{"1.35.x", "1.35.x"},
		{"16", "16"},
		{"v2", "v2"},
		{"1.12.1.", "1.12.1"},
		{"latest", NULL},
		{"10.0.0.1", NULL},
		{"10.0.0.0/24", NULL},
		{"2026-03-01", NULL},
		{"1.30+", NULL},
		{">= 1.30", NULL},
		{"1.30 or later", NULL},
		{"v1.30 → v1.31", NULL},
		{"1.30 - 1.35", NULL},
		{"v1.12.1, v1.35.0", NULL},
		{"6 nodes", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fact_value value = fact_value_parse(arena, TYPE_VERSION, str_from(cases[i].text));
		if (value.valid != (cases[i].version != NULL) || (value.valid && !str_is(value.part, cases[i].version)))
			fail_msg("%s: valid %d, " STR_FMT, cases[i].text, value.valid, STR_ARG(value.part));
	}
}

static void sets(void **state)
{
	(void)state;
	enum { BOTH = ROLE_CONTROL_PLANE | ROLE_WORKER };
	static const struct {
		const char *text;
		unsigned set; /* 0: no role */
		bool weak;
	} roles[] = {
		{"control plane", ROLE_CONTROL_PLANE, false},
		{"Control-Plane", ROLE_CONTROL_PLANE, false},
		{"master", ROLE_CONTROL_PLANE, false},
		{"Worker (GPU)", ROLE_WORKER, false},
		{"GPU worker", ROLE_WORKER, false},
		{"control plane + worker", BOTH, false},
		{"k3s server", ROLE_CONTROL_PLANE, true},
		{"agent", ROLE_WORKER, true},
		{"Runs the registry and the control plane's address", 0, false},
		{"storage", 0, false},
		{"", 0, false},
	};
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		struct fact_value value = fact_value_parse(arena, TYPE_ROLE, str_from(roles[i].text));
		if (value.set != roles[i].set || value.valid != (roles[i].set != 0) ||
		    (value.valid && value.weak != roles[i].weak))
			fail_msg("%s: %u, weak %d", roles[i].text, value.set, value.weak);
	}
	unsigned x86 = fact_value_parse(arena, TYPE_ARCHITECTURE, STR("x86_64")).set;
	unsigned arm = fact_value_parse(arena, TYPE_ARCHITECTURE, STR("arm64")).set;
	assert_true(x86 && arm && x86 != arm);
	assert_int_equal(fact_value_parse(arena, TYPE_ARCHITECTURE, STR("AMD64")).set, x86);
	assert_int_equal(fact_value_parse(arena, TYPE_ARCHITECTURE, STR("`aarch64`")).set, arm);
	assert_int_equal(fact_value_parse(arena, TYPE_ARCHITECTURE, STR("amd64, arm64")).set, x86 | arm);
	assert_false(fact_value_parse(arena, TYPE_ARCHITECTURE, STR("microservices")).valid);
	assert_false(fact_value_parse(arena, TYPE_ARCHITECTURE, STR("Intel")).valid);
}

static void names_hosts_numbers(void **state)
{
	(void)state;
	struct fact_value value = fact_value_parse(arena, TYPE_NAME, STR("`Storm` (main), bruenor and khelben"));
	assert_int_equal(value.names.n, 3);
	assert_true(str_is(value.names.data[0], "storm"));
	assert_true(str_is(value.names.data[2], "khelben"));
	value = fact_value_parse(arena, TYPE_HOST,
				 STR("https://Kubeflow.lab.example.net:8443/ui, values.yaml, 10.0.0.1"));
	assert_int_equal(value.names.n, 1);
	assert_true(str_is(value.names.data[0], "kubeflow.lab.example.net"));
	assert_false(fact_value_parse(arena, TYPE_HOST, STR("storm")).valid);
	value = fact_value_parse(arena, TYPE_NUMBER, STR("443/TCP, 8080"));
	assert_int_equal(value.numbers.n, 2);
	assert_int_equal(value.numbers.data[0], 443);
	value = fact_value_parse(arena, TYPE_NUMBER, STR("VLAN 100"));
	assert_int_equal(value.numbers.n, 1);
	assert_int_equal(value.numbers.data[0], 100);
	assert_false(fact_value_parse(arena, TYPE_NUMBER, STR("8000-9000")).valid);
	assert_false(fact_value_parse(arena, TYPE_NUMBER, STR("untagged")).valid);
}

static bool same(enum fact_type type, const char *a, const char *b)
{
	struct fact_value x = fact_value_parse(arena, type, str_from(a)),
			  y = fact_value_parse(arena, type, str_from(b));
	return str_eq(fact_value_key(arena, &x), fact_value_key(arena, &y));
}

static void keys(void **state)
{
	(void)state;
	assert_true(same(TYPE_COUNT, "12", "twelve nodes"));
	assert_true(same(TYPE_QUANTITY, "16GB", "16 GiB RAM"));
	assert_true(same(TYPE_VERSION, "Talos v1.12.1", "1.12.1"));
	assert_true(same(TYPE_ADDRESS, "10.0.0.1", "`10.0.0.1:443`"));
	assert_true(same(TYPE_PREFIX, "10.45.0.1/24", "10.45.0.0/24"));
	assert_true(same(TYPE_TEXT, "**Protocol** Buffers", "protocol buffers"));
	assert_false(same(TYPE_COUNT, "12", "3-12"));
	assert_false(same(TYPE_QUANTITY, "16 GB", "16 TB"));
}

static void components(void **state)
{
	(void)state;
	assert_true(str_is(version_component(arena, STR("K8s Version")), "kubernetes"));
	assert_true(str_is(version_component(arena, STR("**Talos Linux**")), "talos"));
	assert_true(str_is(version_component(arena, STR("cilium")), "cilium"));
}

static void attribute_words(void **state)
{
	(void)state;
	static const struct {
		const char *words;
		enum entity_kind subject;
		const char *name; /* NULL: none */
	} cases[] = {
		{"IP", ENTITY_NODE, "address"},
		{"**IP Address**", ENTITY_NODE, "address"},
		{"IP address:", ENTITY_DEVICE, "address"},
		{"Network", ENTITY_CLUSTER, "cidr"},
		{"CIDR", ENTITY_NETWORK, "cidr"},
		{"Pod CIDR", ENTITY_CLUSTER, "pod cidr"},
		{"Total  Nodes", ENTITY_CLUSTER, "node count"},
		{"VIP", ENTITY_CLUSTER, "vip"},
		{"Clusters", ENTITY_ESTATE, "cluster count"},
		{"RAM", ENTITY_NODE, "memory"},
		{"Role", ENTITY_NODE, "role"},
		{"MTU", ENTITY_NETWORK, "mtu"},
		{"Runs on", ENTITY_SERVICE, "runs on"},
		{"URL", ENTITY_SERVICE, "host"},
		{"OS", ENTITY_CLUSTER, "platform"},
		{"IP", ENTITY_CLUSTER, NULL},
		{"BMC IP", ENTITY_NODE, NULL},
		{"Network", ENTITY_NODE, NULL},
		{"Purpose", ENTITY_NODE, NULL},
		{"", ENTITY_NODE, NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct attribute *attribute = attribute_find(str_from(cases[i].words), cases[i].subject);
		if (!attribute != !cases[i].name || (attribute && strcmp(attribute->name, cases[i].name) != 0))
			fail_msg("%s: %s", cases[i].words, attribute ? attribute->name : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(addresses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(prefixes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(quantities, set_up, tear_down),
		cmocka_unit_test_setup_teardown(equal_quantities, set_up, tear_down),
		cmocka_unit_test_setup_teardown(versions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sets, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_hosts_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keys, set_up, tear_down),
		cmocka_unit_test_setup_teardown(components, set_up, tear_down),
		cmocka_unit_test_setup_teardown(attribute_words, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
