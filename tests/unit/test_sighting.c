/* What one line of a document names, and which of it counts. */
#include "fact/fact.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "fact/sighting.h"

static const char topology[] =
	"estate: lab\n"
	"zones: {lab.example.net: {}}\n"
	"networks:\n"
	"  home: {cidr: 10.10.0.0/16}\n"
	"  lan: {cidr: [10.10.0.0/24, \"fd10::/64\"], parent: home, gateway: 10.10.0.1,\n"
	"    ranges: {a: {from: 10.10.0.200, to: 10.10.0.220}, b: {from: 10.10.0.210, to: 10.10.0.230}}}\n"
	"  pods: {cidr: 10.42.0.0/16, kind: pod}\n"
	"clusters:\n"
	"  main:\n"
	"    networks: [lan, pods]\n"
	"    nodes:\n"
	"      elminster: {address: [10.10.0.31, \"fd10::31\"]}\n"
	"      storm: {address: 10.10.0.25}\n"
	"services:\n"
	"  knative: {runs_on: main}\n"
	"  agent-bruno: {runs_on: main}\n"
	"  wiki: {hosts: [wiki.lab.example.net, \"*.apps.lab.example.net\"], runs_on: main}\n"
	"retired: {n8n: {kind: service}}\n";

struct read {
	struct arena *arena;
	struct model *model;
	struct facts *facts;
};

static struct read read_page(const char *text)
{
	struct read read = {.arena = arena_new()};
	struct tree_file files[] = {{STR("topology.yaml"), str_from(topology)}, {STR("page.md"), str_from(text)}};
	struct config *config = NEW(read.arena, struct config);
	const struct pool pool = {.jobs = 1};
	config_init(config);
	struct loaded *loaded = load(read.arena, tree_memory(read.arena, files, 2), config);
	struct syntax *syntax = syntax_parse(read.arena, config, loaded, &pool);
	read.model = model_build(read.arena, config, loaded, syntax);
	resolve(read.model, &pool);
	read.facts = fact_find(read.arena, read.model, &pool);
	return read;
}

/* "10.10.0.44", "10.10.0.4 -" when it does not count; ", " between. The text is that at its place. */
static const char *seen(struct read *read)
{
	struct buf out = {0};
	for (size_t i = 0; i < read->facts->sightings.n; i++) {
		const struct sighting *sighting = read->facts->sightings.data[i];
		struct str there = span_text(read->model->sources, sighting->word.span);
		if (!str_eq(there, sighting->word.str))
			fail_msg("`" STR_FMT "` stands where `" STR_FMT "` is said to", STR_ARG(there),
				 STR_ARG(sighting->word.str));
		assert_false(sighting->is_known);
		buf_addf(&out, "%s" STR_FMT "%s", i ? ", " : "", STR_ARG(sighting->word.str),
			 sighting->why.size ? " -" : "");
	}
	const char *text = str_to_c(read->arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static void pages(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"Reach it at 10.10.0.44.", "10.10.0.44"},
		{"`ssh a@10.10.0.44`, <http://10.10.0.45:80/x>", "10.10.0.44, 10.10.0.45"},
		{"At 10.10.0.25 and 10.10.0.1, 10.10.0.0, 10.10.0.255.", ""},
		{"Pool 10.10.0.205, 10.10.0.225, 10.10.0.231.", "10.10.0.231"},
		{"At [fd10::31]:80 and fd10::32.", "fd10::32"},
		{"From 10.10.0.40 to 10.10.0.49.", "10.10.0.40 -, 10.10.0.49 -"},
		{"10.10.0.40 \xe2\x80\x93 10.10.0.49, then 10.10.0.60", "10.10.0.40 -, 10.10.0.49 -, 10.10.0.60"},
		{"10.10.0.40-49, 10.10.0.40-10.10.0.49, 10.10.0.x, 10.10.0, 10.10.0.256", ""},
		{"It was 10.10.0.44. It is 10.10.0.45.", "10.10.0.44 -, 10.10.0.45"},
		{"Is 10.10.0.44 free? 10.10.0.45 is not.", "10.10.0.44 -, 10.10.0.45 -"},
		{"At ~~10.10.0.44~~ 10.10.0.45.", "10.10.0.44 -, 10.10.0.45"},
		{"See old.example.net at 10.10.0.44.", "10.10.0.44"},
		{"```\n10.10.0.44\n```", "10.10.0.44 -"},
		{"```\n\xe2\x94\x8c\n10.10.0.44\n```", "10.10.0.44"},
		{"```mermaid\ngraph LR\n  a[x 10.10.0.44] --> b\n```", "10.10.0.44"},
		{"The old ones are:\n\n- 10.10.0.44\n  - 10.10.0.45\n\nand 10.10.0.46",
		 "10.10.0.44 -, 10.10.0.45 -, 10.10.0.46"},
		{"- Old machine\n  - 10.10.0.44\n- New\n  - 10.10.0.45", "10.10.0.44 -, 10.10.0.45"},
		{"## History\n\n10.10.0.44\n\n## Now\n\n10.10.0.45", "10.10.0.44 -, 10.10.0.45"},
		{"| A | B |\n|---|---|\n| x | 10.10.0.44 |\n| free | 10.10.0.45 |", "10.10.0.44, 10.10.0.45 -"},
		{"| A | Old IP |\n|---|---|\n| x | 10.10.0.44 |", "10.10.0.44 -"},
		{"| | B |\n|---|---|\n| Previous IP | 10.10.0.44 |", "10.10.0.44 -"},

		{"Pods 10.44.0.0/16, 10.42.0.0/16, 10.42.7.0/24, 10.0.0.0/8.", "10.44.0.0/16"},
		{"Node 10.10.0.25/24 and 10.10.0.44/32, 192.168.7.1/24.", "10.10.0.44, 192.168.7.1/24"},
		{"100.64.0.0/10 169.254.0.0/16 0.0.0.0/0 fd55::/64 172.17.0.0/16",
		 "100.64.0.0/10 -, 169.254.0.0/16 -, fd55::/64, 172.17.0.0/16 -"},

		{"wiki.lab.example.net, wikki.lab.example.net:80", "wikki.lab.example.net"},
		{"storm.lab.example.net a.apps.lab.example.net", ""},
		{"lab.example.net *.x.lab.example.net <a>.lab.example.net me@x.lab.example.net", ""},
		{"x.lab.example.net.org x.lab.example.net.crt x.lab.example.net/y", ""},

		{"On elminister, Elminister's.", "elminister, Elminister"},
		{"On elminster, elminsters, elminst, a/elminister, elminister.md, --elminister, <elminister>", ""},
		{"A native word. A strom. The node strom. `strom` `drain strom`", "strom -, strom, strom, strom -"},
		{"agent-bruni, agent-jamie, agents-bruno, agent-bruno-2", "agent-bruni"},
		{"elm\xd1\x96nster, \xd1\x95\xd1\x82", "elm\xd1\x96nster"},

		{"| Node |\n|---|\n| storm |\n| elminster |\n| wulfgar |\n| Total |", "wulfgar"},
		{"| Node |\n|---|\n| storm |\n| wulfgar |\n| regis |", ""},
		{"| Node | IP |\n|---|---|\n| storm | 10.10.0.25 |\n| elminster | |\n| wulfgar | 10.10.0.44 |",
		 "wulfgar, 10.10.0.44 -"},

		{"n8n runs it.", "n8n"},
		{"n8n ran it. n8n runs it.", "n8n -, n8n -"},
		{"ADR-0007: n8n", "n8n -"},
		{"## n8n", "n8n -"},
		{"- **Flows**: n8n", "n8n"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct read read = read_page(cases[i].text);
		const char *got = seen(&read);
		if (strcmp(got, cases[i].wanted) != 0)
			fail_msg("`%s` gives `%s`, not `%s`", cases[i].text, got, cases[i].wanted);
		arena_free(read.arena);
	}
}

static void words(void **state)
{
	(void)state;
	assert_true(is_id_like(STR("pi-node-3")));
	assert_false(is_id_like(STR("-x")));
	assert_false(is_id_like(STR("12")));
	assert_false(is_id_like(STR("")));
	assert_int_equal(sentence_end(STR("One e.g. two. Three"), 0), 13);
	assert_int_equal(sentence_end(STR("1.2.3.4 is it"), 0), 13);
	assert_true(str_is_listed(STR("Old"), "new|old"));
	assert_false(str_is_listed(STR("ne"), "new|old"));
}

static void english(void **state)
{
	struct read read = read_page("x");
	struct known *known = known_index(read.arena, read.model);
	(void)state;
	assert_true(known_is_english(known, STR("native")));
	assert_true(known_is_english(known, STR("copied")));
	assert_true(known_is_english(known, STR("rebuilding")));
	assert_false(known_is_english(known, STR("elminister")));
	assert_false(known_is_english(known, STR("")));
	assert_true(str_is(find_listed_word(STR("it moved Away."), &known->past), "moved"));
	assert_false(find_listed_word(STR("it runs, coldly"), &known->past).size);
	arena_free(read.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages),
		cmocka_unit_test(words),
		cmocka_unit_test(english),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
