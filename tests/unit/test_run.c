/* Runs: the text of a block, its marks, its names, and the way back to the source. */
#include "fact/fact_parts.h"

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

/* A page of one document, with a sink over it. */
struct desk {
	struct sources sources;
	struct model model;
	struct page page;
	struct fact_sink sink;
};

static struct desk *desk_of(const char *text)
{
	struct desk *desk = NEW(arena, struct desk);
	desk->sources.by_path.arena = arena;
	struct source *source = source_add(arena, &desk->sources, SOURCE_MARKDOWN, STR("a.md"), str_from(text));
	const struct md_limits limits = {.depth = 100, .bytes = 64 << 20};
	desk->page.source = source;
	desk->page.md = md_parse(arena, source, &limits);
	desk->model.sources = &desk->sources;
	desk->sink = (struct fact_sink){.arena = arena, .kept = arena, .model = &desk->model, .page = &desk->page};
	return desk;
}

static uint32_t first_of(const struct desk *desk, enum md_kind kind)
{
	for (uint32_t i = 0; i < desk->page.md->n; i++)
		if (desk->page.md->nodes[i].kind == kind)
			return i;
	fail_msg("no such node");
	return 0;
}

static void assert_str(struct str got, const char *wanted)
{
	if (!str_is(got, wanted))
		fail_msg("got \"" STR_FMT "\", wanted \"%s\"", STR_ARG(got), wanted);
}

static void text_without_markup(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"plain words\n", "plain words"},
		{"a **bold** and *soft* `code` [link](x.md)\n", "a bold and soft code link"},
		{"two\nlines\n", "two lines"},
		{"hard  \nbreak\n", "hard\nbreak"},
		{"**Key**: 1\n**Other:** 2\n", "Key: 1\nOther: 2"},
		{"**bold**\n**again**\n", "bold again"},
		{"a ![picture](x.png) b\n", "a  b"},
		{"1 &lt; 2\n", "1 < 2"},
		{"~~gone~~ here\n", "gone here"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk *desk = desk_of(cases[i].text);
		assert_str(run_read(&desk->sink, first_of(desk, MD_PARAGRAPH)).text, cases[i].wanted);
	}
}

static void empty_block(void **state)
{
	(void)state;
	struct desk *desk = desk_of("#\n");
	struct run run = run_read(&desk->sink, first_of(desk, MD_HEADING));
	assert_int_equal(run.text.size, 0);
	assert_int_equal(run.names.n, 0);
	assert_int_equal(run_marks(&run, 0, 0), 0);
	assert_int_equal(run_word(&desk->sink, &run, 0, 0).str.size, 0);
}

/* The place of a part of the text, as the source writes it. */
static void places(void **state)
{
	(void)state;
	static const struct {
		const char *text, *part, *wanted;
	} cases[] = {
		{"storm is **12 nodes**\n", "12 nodes", "12 nodes"},
		{"a `10.0.0.1` b\n", "10.0.0.1", "10.0.0.1"},
		{"x &amp; 12 nodes\n", "12 nodes", "12 nodes"},
		{"a **12** nodes\n", "12 nodes", "12** nodes"},
		{"one\ntwo 3\n", "3", "3"},
		{"see [12 nodes](x.md) there\n", "12 nodes", "12 nodes"},
		{"> quoted\n> 12 nodes\n", "12 nodes", "12 nodes"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct desk *desk = desk_of(cases[i].text);
		struct run run = run_read(&desk->sink, first_of(desk, MD_PARAGRAPH));
		size_t at = str_find(run.text, str_from(cases[i].part));
		struct word word = run_word(&desk->sink, &run, at, at + strlen(cases[i].part));
		assert_str(word.str, cases[i].part);
		assert_str(span_text(&desk->sources, word.span), cases[i].wanted);
	}
}

static void marks(void **state)
{
	(void)state;
	struct desk *desk = desk_of("plain ~~gone~~ `code` [link](x.md) **bold** end\n");
	struct run run = run_read(&desk->sink, first_of(desk, MD_PARAGRAPH));
	static const struct {
		const char *part;
		unsigned marks;
	} cases[] = {
		{"plain", 0},
		{"gone", RUN_STRUCK},
		{"code", RUN_CODE},
		{"link", RUN_LINK},
		{"bold", RUN_STRONG},
		{"end", 0},
		{"gone code", RUN_STRUCK | RUN_CODE},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t at = str_find(run.text, str_from(cases[i].part));
		assert_int_equal(run_marks(&run, at, at + strlen(cases[i].part)), cases[i].marks);
	}
}

static void add_mention(struct desk *desk, struct entity *entity, const char *name, size_t from)
{
	const struct md *md = desk->page.md;
	size_t off = str_find_from(desk->page.source->text, str_from(name), from);
	struct mention mention = {.page = &desk->page, .entity = entity, .number = -1};
	mention.span = (struct span){desk->page.source->id, (uint32_t)off, (uint32_t)strlen(name)};
	for (uint32_t i = 0; i < md->n; i++)
		if ((md->nodes[i].kind == MD_TEXT || md->nodes[i].kind == MD_CODE) && md->nodes[i].off <= off)
			mention.node = i;
	vec_add(arena, &desk->page.mentions, mention);
}

static void names(void **state)
{
	(void)state;
	struct entity storm = {.kind = ENTITY_NODE}, beast = {.kind = ENTITY_NODE};
	struct desk *desk = desk_of("storm alone\n\nx &amp; storm and `beast`, storm\n");
	uint32_t second = desk->page.md->nodes[first_of(desk, MD_PARAGRAPH)].end;
	add_mention(desk, &storm, "storm", 0);
	add_mention(desk, &storm, "storm", 8);
	add_mention(desk, &beast, "beast", 8);
	add_mention(desk, &storm, "storm", 35);
	struct run run = run_read(&desk->sink, second);
	assert_str(run.text, "x & storm and beast, storm");
	assert_int_equal(run.names.n, 3);
	static const size_t wanted[] = {4, 14, 21};
	for (size_t i = 0; i < run.names.n; i++) {
		assert_int_equal(run.names.data[i].from, wanted[i]);
		assert_int_equal(run.names.data[i].to, wanted[i] + 5);
	}
	assert_ptr_equal(run.names.data[1].entity, &beast);
}

static void scopes(void **state)
{
	(void)state;
	static const struct {
		const char *heading;
		bool is_past;
	} headings[] = {
		{"Nodes", false},
		{"Migration from k3s", true},
		{"Address plan", false},
		{"Migration plan", true},
		{"Before you start", false},
		{"Before", true},
		{"Max pods", false},
		{"Cluster comparison", false},
		{"6 nodes vs 12 nodes", true},
		{"Data flow: A → B", false},
		{"4 → 6 nodes", true},
		{"Phase 2", true},
		{"Not in use", true},
		{"Notes", false},
		{"Configuration options", false},
		{"Options", true},
		{"Target state", true},
		{"Scrape targets", false},
	};
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if ((context_heading_why(str_from(headings[i].heading)) != NULL) != headings[i].is_past)
			fail_msg("%s", headings[i].heading);
	static const struct {
		const char *path;
		bool is_past;
	} paths[] = {
		{"docs/nodes.md", false},        {"CHANGELOG.md", true},        {"docs/rfc/a.md", true},
		{"docs/ip-plan.md", false},      {"docs/growth-plan.md", true}, {"2026-03-01-outage.md", true},
		{"docs/old/nodes.md", true},     {"docs/threshold.md", false},  {"docs/postmortem-disk.md", true},
		{"docs/clusters/2nd.md", false}, {"docs/planets.md", false},
	};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if ((context_path_why(str_from(paths[i].path)) != NULL) != paths[i].is_past)
			fail_msg("%s", paths[i].path);
	assert_non_null(context_sentence_why(STR("Studio had 12 nodes")));
	assert_non_null(context_sentence_why(STR("it isn't so")));
	assert_null(context_sentence_why(STR("Studio has 12 nodes")));
	assert_null(context_naming_why(STR("if storm is down")));
	assert_non_null(context_naming_why(STR("storm, formerly beast")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_without_markup),
		cmocka_unit_test(empty_block),
		cmocka_unit_test(places),
		cmocka_unit_test(marks),
		cmocka_unit_test(names),
		cmocka_unit_test(scopes),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
