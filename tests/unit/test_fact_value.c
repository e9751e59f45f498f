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
		{"10.0.0.1-10.0.0.9", 0},
		{"10.0.0.1 - 10.0.0.9", 0},
		{"10.0.0.x", 0},
		{"10.0.0.20/21/22", 0},
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
		cmocka_unit_test_setup_teardown(attribute_words, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
