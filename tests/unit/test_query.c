/* Questions about what is declared: names, fields, and what is offered instead. Edits and differences of texts. */
#include "fact/fact.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char topology[] =
	"estate: lab\n"
	"title: The lab\n"
	"zones:\n"
	"  lab.example.net: {visibility: internal}\n"
	"networks:\n"
	"  lan: {cidr: [10.10.0.0/24, \"fd00::/64\"], gateway: 10.10.0.1, vlan: 100, mtu: 1500, bridge: vmbr0}\n"
	"  main: {cidr: 10.20.0.0/24}\n"
	"clusters:\n"
	"  main:\n"
	"    title: Main cluster\n"
	"    aliases: [Homelab]\n"
	"    platform: Talos Linux\n"
	"    versions: {talos: v1.12.1}\n"
	"    networks: [lan, main]\n"
	"    vips: {api: 10.10.0.20}\n"
	"    nodes:\n"
	"      storm: {role: control-plane, address: [10.10.0.25, 10.20.0.25], memory: 16 GB, runs: [etcd, api]}\n"
	"      khelben: {role: worker, address: 10.10.0.32, gpu: {model: Strix, memory: 64 GB}}\n"
	"  pi: {node_count: 3-6}\n"
	"devices:\n"
	"  nas: {kind: storage, addresses: {lan: 10.10.0.100}}\n"
	"services:\n"
	"  wiki: {hosts: [wiki.lab.example.net, w.lab.example.net], ports: [443, 80], runs_on: main, version: 1.2}\n"
	"groups:\n"
	"  agents: [bruno, auditor]\n";

static const struct tree_file files[] = {
	{{"topology.yaml", 13}, {topology, sizeof topology - 1}},
	{{"README.md", 9}, {"# The lab\n", 10}},
	{{"decisions/0001-a.md", 19}, {"# 1. A\n\n## Status\n\nAccepted\n", 28}},
	{{"decisions/0002-b.md", 19}, {"# 2. B\n\n## Status\n\nProposed\n", 28}},
};

struct lab {
	struct arena *arena;
	struct config config;
	struct model *model;
};

static int set_up(void **state)
{
	struct lab *lab = calloc(1, sizeof *lab);
	struct pool pool = {.jobs = 1};
	lab->arena = arena_new();
	config_init(&lab->config);
	struct tree *tree = tree_memory(lab->arena, files, sizeof files / sizeof *files);
	struct loaded *loaded = load(lab->arena, tree, &lab->config);
	struct syntax *syntax = syntax_parse(lab->arena, &lab->config, loaded, &pool);
	lab->model = model_build(lab->arena, &lab->config, loaded, syntax);
	resolve(lab->model, &pool);
	fact_find(lab->arena, lab->model, &pool);
	*state = lab;
	return 0;
}

static int tear_down(void **state)
{
	struct lab *lab = *state;
	arena_free(lab->arena);
	free(lab);
	return 0;
}

static struct query ask(struct lab *lab, const char *question, bool has_estate)
{
	return query_ask(lab->arena, lab->model, has_estate ? lab->model->estates.data[0] : NULL, str_from(question));
}

static void assert_text(struct str text, const char *wanted, const char *question)
{
	if (!str_is(text, wanted))
		fail_msg("%s gives '" STR_FMT "', not '%s'", question, STR_ARG(text), wanted);
}

static void questions_are_answered(void **state)
{
	static const struct {
		const char *question, *answer;
	} cases[] = {
		{"main.nodes.count", "2"},
		{"MAIN.Nodes.Count", "2"},
		{"homelab.nodes.count", "2"},
		{"main.control_planes.count", "1"},
		{"main.workers.count", "1"},
		{"pi.nodes.count", "3-6"},
		{"main.platform", "Talos Linux"},
		{"main.versions.talos", "v1.12.1"},
		{"main.vips.api", "10.10.0.20"},
		{"main.networks", "lan, main"},
		{"main", "Main cluster"},
		{"main.cidr", "10.20.0.0/24"}, /* the cluster has no such field, the network of that name has */
		{"storm", "storm"},
		{"storm.address", "10.10.0.25"},
		{"storm.addresses", "10.10.0.25, 10.20.0.25"},
		{"storm.memory", "16 GB"},
		{"storm.runs", "etcd, api"},
		{"storm.cluster", "main"},
		{"khelben.gpu", "Strix"},
		{"khelben.gpu.memory", "64 GB"},
		{"lan.cidr", "10.10.0.0/24, fd00::/64"},
		{"lan.vlan", "100"},
		{"lan.bridge", "vmbr0"},
		{"nas.kind", "storage"},
		{"nas.addresses.lan", "10.10.0.100"},
		{"wiki.host", "wiki.lab.example.net"},
		{"wiki.ports", "443, 80"},
		{"wiki.port", "443"},
		{"wiki.version", "1.2"},
		{"agents.members", "bruno, auditor"},
		{"agents.members.count", "2"},
		{"lab.example.net.visibility", "internal"},
		{"lab.clusters.count", "2"},
		{"lab.nodes.count", "5-8"},
		{"lab.networks.count", "2"},
		{"lab.services.count", "1"},
		{"lab.decisions.count", "2"},
		{"lab.decisions.accepted.count", "1"},
		{"lab.decisions.rejected.count", "0"},
		{"lab.storm.address", "10.10.0.25"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct query query = ask(*state, cases[i].question, true);
		assert_true(query.entity);
		assert_text(query.text, cases[i].answer, cases[i].question);
		assert_true(query.found);
		assert_false(span_is_none(query.declared));
	}
}

static void a_page_of_no_estate_names_one_first(void **state)
{
	assert_false(ask(*state, "storm.address", false).entity);
	assert_text(ask(*state, "lab.storm.address", false).text, "10.10.0.25", "lab.storm.address");
}

static void what_is_not_declared_has_a_near_key(void **state)
{
	static const struct {
		const char *question, *near;
	} cases[] = {
		{"main.nodes.cuont", "main.nodes.count"},
		{"main.nodes", "main.nodes.count"},
		{"storm.adress", "storm.address"},
		{"lab.storm.adress", "lab.storm.address"},
		{"lab.decisions.acepted.count", "lab.decisions.accepted.count"},
		{"main.versions.kubernetes", ""},
		{"storm.cores", ""},
		{"lab.example.net.cidr", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct query query = ask(*state, cases[i].question, true);
		assert_false(query.found);
		assert_true(query.entity);
		assert_text(query.near, cases[i].near, cases[i].question);
	}
}

static void other_names_are_nobody(void **state)
{
	static const char *const questions[] = {"page.title", "", ".storm", "storm address", "net", "example.net"};
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		struct query query = ask(*state, questions[i], true);
		assert_false(query.found);
		assert_null(query.entity);
	}
}

/* ---- edits and differences ---- */

static void the_first_of_overlapping_edits_counts(void **state)
{
	struct lab *lab = *state;
	struct arena *arena = lab->arena;
	struct source source = {.id = 7, .text = STR("0123456789")};
	struct edits edits = {0};
	size_t skipped;
	vec_add(arena, &edits.list, (struct edit){{7, 6, 2}, STR("b")});
	vec_add(arena, &edits.list, (struct edit){{7, 2, 3}, STR("a")});
	vec_add(arena, &edits.list, (struct edit){{7, 4, 3}, STR("over")});
	vec_add(arena, &edits.list, (struct edit){{7, 2, 0}, STR("+")});
	vec_add(arena, &edits.list, (struct edit){{7, 2, 0}, STR("-")});
	vec_add(arena, &edits.list, (struct edit){{7, 10, 0}, STR("!")});
	vec_add(arena, &edits.list, (struct edit){{7, 9, 2}, STR("outside")});
	vec_add(arena, &edits.list, (struct edit){{8, 0, 1}, STR("elsewhere")});
	assert_text(edits_apply(arena, &source, &edits, &skipped), "01+a5b89!", "edits");
	assert_int_equal(skipped, 4);
	edits.list.n = 0;
	assert_text(edits_apply(arena, &source, &edits, &skipped), "0123456789", "no edits");
}

static void differences_are_unified(void **state)
{
	static const struct {
		const char *before, *after, *diff;
	} cases[] = {
		{"a\n", "a\n", ""},
		{"", "a\n", "@@ -0,0 +1 @@\n+a\n"},
		{"a\n", "", "@@ -1 +0,0 @@\n-a\n"},
		{"a\nb\nc\n", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
		{"a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n5\n6\n7\n8\n9\n",
		 "@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n"},
		{"x\n1\n2\n3\n4\n5\n6\n7\ny\n", "X\n1\n2\n3\n4\n5\n6\n7\nY\n",
		 "@@ -1,4 +1,4 @@\n-x\n+X\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-y\n+Y\n"},
		{"x\n1\n2\n3\n4\n5\n6\ny\n", "X\n1\n2\n3\n4\n5\n6\nY\n",
		 "@@ -1,8 +1,8 @@\n-x\n+X\n 1\n 2\n 3\n 4\n 5\n 6\n-y\n+Y\n"},
		{"a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n",
		 "@@ -1,7 +1,6 @@\n-a\n-b\n c\n+b\n a\n b\n-b\n a\n+c\n"},
		{"::error::x\nb\n", "::error::x\nB\n", "@@ -2 +2 @@\n-b\n+B\n"},
		{"\tx\x1b[0m\r\n", "y\r\n", "@@ -1 +1 @@\n-\tx\\x1b[0m\r\n+y\r\n"},
	};
	struct lab *lab = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = {0};
		diff_unified(lab->arena, STR("a.md"), str_from(cases[i].before), str_from(cases[i].after), &out);
		struct str text = buf_str(&out), head = STR("--- a/a.md\n+++ b/a.md\n");
		if (text.size) {
			assert_true(str_starts(text, head));
			text = str_from_off(text, head.size);
		}
		assert_text(text, cases[i].diff, cases[i].after);
		buf_free(&out);
	}
}

/* Past the bound on differences a part is replaced as a whole, and the patch is still right. */
static void large_differences_are_bounded(void **state)
{
	struct lab *lab = *state;
	struct buf before = {0}, after = {0}, out = {0};
	for (int i = 0; i < 3000; i++) {
		buf_addf(&before, "a%d\n", i);
		buf_addf(&after, "b%d\n", i);
	}
	diff_unified(lab->arena, STR("a.md"), buf_str(&before), buf_str(&after), &out);
	assert_true(str_find(buf_str(&out), STR("@@ -1,3000 +1,3000 @@\n-a0\n")) != SIZE_MAX);
	assert_true(str_find(buf_str(&out), STR("\n-a2999\n+b0\n")) != SIZE_MAX);
	buf_free(&before);
	buf_free(&after);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_are_answered),
		cmocka_unit_test(a_page_of_no_estate_names_one_first),
		cmocka_unit_test(what_is_not_declared_has_a_near_key),
		cmocka_unit_test(other_names_are_nobody),
		cmocka_unit_test(the_first_of_overlapping_edits_counts),
		cmocka_unit_test(differences_are_unified),
		cmocka_unit_test(large_differences_are_bounded),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
