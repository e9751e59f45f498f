/* Markdown and models to pages: small workspaces in memory, and what their pages hold. */
#include <setjmp.h>
#include <stdarg.h>

#include "render/render.h"

#include <cmocka.h>

enum { MAX_FILES = 8 };

/* A workspace that was compiled as far as its plan. */
struct world {
	struct arena *arena;
	struct site *site;
};

static struct world world_of(const struct tree_file *files)
{
	struct world world = {.arena = arena_new()};
	struct config *config = arena_alloc(world.arena, sizeof *config);
	struct pool pool = {.jobs = 1};
	size_t n = 0;
	while (n < MAX_FILES && files[n].path.size)
		n++;
	config_init(config);
	config->file = STR_NONE;
	struct loaded *loaded = load(world.arena, tree_memory(world.arena, files, n), config);
	struct syntax *syntax = syntax_parse(world.arena, config, loaded, &pool);
	struct model *model = model_build(world.arena, config, loaded, syntax);
	resolve(model, &pool);
	struct facts *facts = fact_find(world.arena, model, &pool);
	struct diags *diags = check_run(world.arena, model, facts, syntax);
	world.site = render_plan(world.arena, model, facts, diags, NULL);
	if (!world.site->error.size)
		site_add_pages(world.site);
	return world;
}

/* The whole page at a path; empty when there is none. */
static struct str page_of(struct world *world, const char *path)
{
	for (size_t i = 0; i < world->site->outputs.n; i++) {
		struct buf out = {0};
		if (!str_is(world->site->outputs.data[i].path, path))
			continue;
		world->site->outputs.data[i].write(world->site, &world->site->outputs.data[i], world->arena, &out);
		struct str page = buf_dup(world->arena, &out);
		buf_free(&out);
		return page;
	}
	return STR("");
}

/* What stands between the title and the end of the article. */
static struct str body_of(struct world *world, const char *path)
{
	struct str page = page_of(world, path);
	size_t from = str_find(page, STR("</h1>\n")), to = str_find(page, STR("\n</article>"));
	assert_true(from != SIZE_MAX && to != SIZE_MAX);
	return str_sub(page, from + 6, to - from - 6);
}

static void assert_holds(struct str text, const char *part)
{
	if (str_find(text, str_from(part)) == SIZE_MAX)
		fail_msg("`%s` is not in:\n" STR_FMT, part, STR_ARG(text));
}

static void assert_lacks(struct str text, const char *part)
{
	if (str_find(text, str_from(part)) != SIZE_MAX)
		fail_msg("`%s` is in:\n" STR_FMT, part, STR_ARG(text));
}

/* ---- markdown ---- */

struct markdown_case {
	const char *markdown, *html;
};

static void test_markdown(void **state)
{
	static const struct markdown_case cases[] = {
		{"a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>\n"},
		{"a  \nb", "<p>a<br>\nb</p>\n"},
		{"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
		{"- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"},
		{"3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"},
		{"- [x] a",
		 "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>\n</ul>\n"},
		{"> q", "<blockquote>\n<p>q</p>\n</blockquote>\n"},
		{"> [!TIP]\n> q",
		 "<div class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">Tip</p>\n<p>q</p>\n</div>\n"},
		{"> [!TIP] x\n> q", "<blockquote>\n<p>[!TIP] x\nq</p>\n</blockquote>\n"},
		{"```sh\na < b\n```", "<pre tabindex=\"0\"><code class=\"language-sh\">a &lt; b\n</code></pre>\n"},
		{"***", "<hr>\n"},
		{"[a](https://example.org \"t\")",
		 "<p><a href=\"https://example.org\" class=\"external\" title=\"t\">a</a></p>\n"},
		{"[a](javascript:x)", "<p><span>a</span></p>\n"},
		{"![a](https://example.org/a.png)",
		 "<p><a href=\"https://example.org/a.png\" class=\"external image\">a</a></p>\n"},
		{"H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>\n"},
		{"a <b>b", "<p>a <b>b</b></p>\n"},
		{"a </b> b", "<p>a  b</p>\n"},
		{"<u onclick=\"x\">a</u>", "<p><u>a</u></p>\n"},
		{"<div>\n\na\n", "<div>\n<p>a</p>\n</div>\n"},
		{"<script>alert(1)</script>\n", ""},
		{"<svg><script>x</script></svg>\n", "<p>x</p>"},
		{"<img src=x onerror=y>\n", "x\n"},
		{"<ul><li>a<li>b</ul>\n", "<ul><li>a</li>\n<li>b</li>\n</ul>\n"},
		{"<a href=\"JaVaScRiPt:x\">a</a>\n", "<p><span>a</span></p>\n"},
		{"<!-- a -->\n", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *arena = arena_new();
		struct str text = str_format(arena, "# T\n\n%s\n", cases[i].markdown);
		struct world world = world_of((struct tree_file[MAX_FILES]){{STR("a.md"), text}});
		struct str body = str_trim(body_of(&world, "a.html"));
		struct str want = str_trim(str_from(cases[i].html));
		if (!str_eq(body, want))
			fail_msg("%s\ngives:\n" STR_FMT "\nnot:\n" STR_FMT, cases[i].markdown, STR_ARG(body),
				 STR_ARG(want));
		arena_free(world.arena);
		arena_free(arena);
	}
}

static void test_headings(void **state)
{
	(void)state;
	struct world world =
		world_of((struct tree_file[MAX_FILES]){{STR("a.md"), STR("# T\n\n## A b\n\n## A b\n\n#### C\n\n#\n")}});
	struct str page = page_of(&world, "a.html");
	assert_holds(page, "<h1 id=\"t\">T</h1>");
	assert_holds(page, "<h2 id=\"a-b\">A b<a class=\"permalink\" href=\"#a-b\"");
	assert_holds(page, "<h2 id=\"a-b-1\">A b");
	assert_holds(page, "<h4 aria-level=\"3\" id=\"c\">C");
	assert_holds(page, "<li class=\"level-2\"><a href=\"#a-b-1\">A b</a></li>");
	assert_lacks(page, "<h1></h1>");
	arena_free(world.arena);
}

static void test_footnotes(void **state)
{
	(void)state;
	struct world world = world_of((struct tree_file[MAX_FILES]){
		{STR("a.md"), STR("# T\n\nx[^n] y[^m] z[^n]\n\n[^m]: two\n[^n]: one <b>bold\n")}});
	struct str body = body_of(&world, "a.html");
	assert_holds(body, "x<sup class=\"footnote-ref\"><a id=\"fnref-1\" href=\"#fn-1\"");
	assert_holds(body, "z<sup class=\"footnote-ref\"><a id=\"fnref-1-2\" href=\"#fn-1\"");
	assert_holds(body, "<li id=\"fn-1\">\n<p>one <b>bold</b></p>");
	assert_holds(body, "<li id=\"fn-2\">\n<p>two</p>");
	assert_holds(body, "<h2 class=\"hidden\" id=\"footnotes\">Footnotes</h2>");
	arena_free(world.arena);
}

static void test_tables(void **state)
{
	(void)state;
	struct world world =
		world_of((struct tree_file[MAX_FILES]){{STR("a.md"), STR("# T\n\n| a | |\n|--:|---|\n| 1 | 2 |\n")}});
	struct str body = body_of(&world, "a.html");
	assert_holds(body, "<th class=\"align-right\" scope=\"col\">a</th>\n<td></td>");
	assert_holds(body,
		     "<tbody>\n<tr>\n<td class=\"align-right\">1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n</div>");
	arena_free(world.arena);
}

/* ---- links ---- */

static void test_links(void **state)
{
	(void)state;
	struct world world = world_of((struct tree_file[MAX_FILES]){
		{STR("a.md"),
		 STR("# A\n\n[b](sub/b.md#two) [no](no.md) [bad](sub/b.md#none) [f](data.txt) ![p](p.png) [self](#a)\n")},
		{STR("sub/b.md"), STR("# B\n\n## Two\n\n[a](../a.md)\n")},
		{STR("data.txt"), STR("x")},
		{STR("p.png"), STR("x")},
	});
	struct str a = body_of(&world, "a.html"), b = page_of(&world, "sub/b.html");
	assert_holds(a, "<a href=\"sub/b.html#two\">b</a>");
	assert_holds(a, "<span class=\"broken\" title=\"broken link: there is no such file\">no</span>");
	assert_holds(a, "<a href=\"sub/b.html\" class=\"broken\"");
	assert_holds(a, "<span class=\"file\"");
	assert_holds(a, "<img src=\"p.png\" alt=\"p\"");
	assert_holds(a, "<a href=\"#a\">self</a>");
	assert_holds(b, "<a href=\"../a.html\">a</a>");
	assert_holds(b, "<h2 id=\"lintel-mentioned-in\">Mentioned in</h2>");
	assert_holds(b, "<link rel=\"stylesheet\" href=\"../assets/theme.css\">");
	arena_free(world.arena);
}

static void test_badges(void **state)
{
	(void)state;
	struct world world = world_of((struct tree_file[MAX_FILES]){
		{STR("a.md"), STR("# A\n\n![x](https://img.shields.io/badge/a--b-c__d_e-blue?style=flat)\n")}});
	assert_holds(body_of(&world, "a.html"),
		     "<span class=\"badge-label\">a-b</span> <span class=\"badge-message\">c_d e</span>");
	arena_free(world.arena);
}

/* ---- models ---- */

static const char topology[] =
	"estate: lab\n"
	"networks:\n"
	"  lan: {cidr: 10.1.0.0/29, ranges: {dhcp: {from: 10.1.0.4, to: 10.1.0.5, kind: dhcp}}}\n"
	"clusters:\n"
	"  main:\n"
	"    networks: [lan]\n"
	"    decision: 1\n"
	"    nodes:\n"
	"      storm: {role: worker, address: 10.1.0.2}\n";

static struct world lab(const char *document)
{
	struct tree_file files[MAX_FILES] = {
		{STR("topology.yaml"), str_from(topology)},
		{STR("doc.md"), str_from(document)},
		{STR("decisions/0001-first.md"),
		 STR("# 1. First\n\nDate: 2026-01-02\n\n## Status\n\nSuperseded by [2](0002-second.md)\n")},
		{STR("decisions/0002-second.md"),
		 STR("# 2. Second\n\nDate: 2026-01-03\n\n## Status\n\nAccepted\n\nSupersedes [1](0001-first.md)\n")},
		{STR("decisions/0003-third.md"), STR("# 3. Third\n\nDate: 2026-01-04\n\n## Status\n\nProposed\n")},
	};
	return world_of(files);
}

static void test_mentions_and_facts(void **state)
{
	(void)state;
	struct world world =
		lab("# Doc\n\nThe node storm runs here.\n\n| Node | Address |\n|---|---|\n| storm | 10.1.0.2 |\n");
	struct str doc = body_of(&world, "doc.html");
	assert_holds(doc, "The node <a class=\"mention\" href=\"estates/lab/nodes/storm.html\" title=\"node storm\n");
	assert_holds(doc, "\nAddress: 10.1.0.2\nCluster: main\nDeclared in: topology.yaml:9\">storm</a> runs here.");
	assert_holds(doc,
		     "<span class=\"fact ok\" title=\"storm, address: declared in topology.yaml:9\">10.1.0.2</span>");
	assert_holds(page_of(&world, "estates/lab/nodes/storm.html"), "<a href=\"../../../doc.html\">Doc</a>");
	arena_free(world.arena);
}

static void test_contradiction(void **state)
{
	(void)state;
	struct world world = lab("# Doc\n\n| Node | Address |\n|---|---|\n| storm | 10.1.0.3 |\n");
	assert_holds(body_of(&world, "doc.html"),
		     ">10.1.0.3 <span class=\"declared\">declared: 10.1.0.2</span></span>");
	assert_holds(page_of(&world, "estates/lab/nodes/storm.html"), "<h2 id=\"contradictions\">");
	assert_holds(page_of(&world, "estates/lab/index.html"), "<h2 id=\"contradictions\">");
	assert_holds(page_of(&world, "findings.html"), "<li class=\"finding error\">");
	arena_free(world.arena);
}

static void test_address_map(void **state)
{
	(void)state;
	struct world world = lab("# Doc\n");
	struct str page = page_of(&world, "estates/lab/networks/lan.html");
	assert_holds(
		page,
		"<tr class=\"reserved\"><td><code>10.1.0.0</code></td><td class=\"number\">1</td><td>network address</td>");
	assert_holds(page, "<tr class=\"free\"><td><code>10.1.0.1</code></td><td class=\"number\">1</td>");
	assert_holds(page, "<tr class=\"address\"><td><code>10.1.0.2</code></td>");
	assert_holds(
		page,
		"<tr class=\"range\"><td><code>10.1.0.4 \xe2\x80\x93 10.1.0.5</code></td><td class=\"number\">2</td>");
	assert_holds(page, "<tr class=\"free\"><td><code>10.1.0.6</code></td>");
	assert_holds(page, "<tr class=\"reserved\"><td><code>10.1.0.7</code></td>");
	arena_free(world.arena);
}

static void test_decisions(void **state)
{
	(void)state;
	struct world world = lab("# Doc\n");
	struct str first = page_of(&world, "decisions/0001-first.html"), log = page_of(&world, "decisions/index.html");
	assert_holds(first, "<span class=\"status status-superseded\">superseded</span>");
	assert_holds(first, "Superseded by <a href=\"0002-second.html\">0002 Second</a>");
	assert_holds(first,
		     "<a href=\"../estates/lab/clusters/main.html\">main</a> <span class=\"hint\">cluster</span>");
	assert_holds(first, "rel=\"next\" href=\"0002-second.html\"");
	assert_holds(log, "<li><strong>1</strong> superseded</li>");
	assert_holds(log, "<tr data-status=\"superseded\">");
	arena_free(world.arena);
}

/* ---- templates and plan ---- */

static void check_template(const char *template, const char *error)
{
	struct world world = world_of((struct tree_file[MAX_FILES]){
		{STR("lintel.yaml"), STR("templates: theme\n")},
		{STR("a.md"), STR("# A\n")},
		{STR("theme/footer.html"), str_from(template)},
	});
	if (*error)
		assert_holds(world.site->error, error);
	else
		assert_int_equal(world.site->error.size, 0);
	arena_free(world.arena);
}

static void test_templates(void **state)
{
	(void)state;
	check_template("<footer>{{title}}</footer>", "");
	check_template("\n {{nope}}", "theme/footer.html:2:2: {{nope}}: no such name");
	check_template("{{{title}}}", "is text");
	check_template("{{content}}", "is HTML");
	check_template("{{contents}}", "is a section");
	check_template("{{level}}", "no such name");
	check_template("{{#contents}}{{level}}{{/contents}}", "");
	check_template("{{>none}}", "no such template");
	check_template("{{>footer}}", "include each other");
	check_template("{{#title}}", "footer.html:1:");
}

static void write_nothing(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	(void)site;
	(void)output;
	(void)scratch;
	(void)out;
}

static void test_collisions(void **state)
{
	(void)state;
	struct world world = world_of((struct tree_file[MAX_FILES]){{STR("a.md"), STR("# A\n")}});
	size_t n = world.site->outputs.n;
	site_add(world.site, STR("a.html"), write_nothing, NULL);
	site_add(world.site, STR("a.html/b.html"), write_nothing, NULL);
	assert_int_equal(world.site->outputs.n, n);
	site_add(world.site, STR("x/b.html"), write_nothing, NULL);
	site_add(world.site, STR("x"), write_nothing, NULL);
	assert_int_equal(world.site->outputs.n, n + 1);
	arena_free(world.arena);
}

static void test_hostile_titles(void **state)
{
	(void)state;
	struct world world = world_of((struct tree_file[MAX_FILES]){
		{STR("a.md"), STR("# <script>x</script> \"&\n\n[b](b%22%3Cb.md)\n")},
		{STR("b\"<b.md"), STR("# `<img src=x>`\n\n[a](a.md)\n")},
	});
	struct str a = page_of(&world, "a.html");
	assert_lacks(a, "<script>x");
	assert_lacks(a, "<img src=x>");
	assert_holds(a, "href=\"b%22%3Cb.html\"");
	arena_free(world.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_footnotes),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_badges),
		cmocka_unit_test(test_mentions_and_facts),
		cmocka_unit_test(test_contradiction),
		cmocka_unit_test(test_address_map),
		cmocka_unit_test(test_decisions),
		cmocka_unit_test(test_templates),
		cmocka_unit_test(test_collisions),
		cmocka_unit_test(test_hostile_titles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
