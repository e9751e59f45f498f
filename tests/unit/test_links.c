/* Where links lead, which anchors exist by whose rules, and what prose mentions. */
#include "resolve/resolve.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "resolve/anchors.h"
#include "resolve/links.h"
#include "resolve/names.h"

static const char *const state_names[] = {
	[LINK_EXTERNAL] = "external",     [LINK_OK] = "ok",       [LINK_MISSING_FILE] = "file",
	[LINK_MISSING_ANCHOR] = "anchor", [LINK_CASE] = "case",   [LINK_OUTSIDE] = "outside",
	[LINK_UNSAFE] = "unsafe",         [LINK_ROUTE] = "route", [LINK_IGNORED] = "ignored",
};

static struct model *resolved(struct arena *arena, const struct tree_file *files, size_t n)
{
	struct config *config = NEW(arena, struct config);
	const struct pool pool = {.jobs = 1};
	config_init(config);
	struct loaded *loaded = load(arena, tree_memory(arena, files, n), config);
	struct syntax *syntax = syntax_parse(arena, config, loaded, &pool);
	struct model *model = model_build(arena, config, loaded, syntax);
	resolve(model, &pool);
	return model;
}

static const struct tree_file plain[] = {
	{STR("README.md"), STR("# Home\n\n## Öl & Gas\n\n<a id=\"own\"></a>\n")},
	{STR("docs/README.md"), STR("# Docs\n")},
	{STR("docs/guide.md"), STR("# Guide\n\n## Install\n\n## Install\n\n## A & B\n")},
	{STR("docs/two words.md"), STR("# Two\n")},
	{STR("docs/100%.md"), STR("# Percent\n")},
	{STR("docs/img/rack.png"), STR("x")},
	{STR("docs/adr/0007-new-name.md"), STR("# 7. New name\n\n## Status\n\nAccepted\n")},
	{STR("lab/unique.md"), STR("# Unique\n")},
	{STR("run.sh"), STR("x")},
};

/* One link on docs/page.md. suggestion NULL: not asked. */
struct link_case {
	const char *target;
	const char *state;
	const char *path;
	const char *suggestion;
};

static const struct link_case plain_cases[] = {
	{"guide.md", "ok", "docs/guide.md", ""},
	{"./guide.md", "ok", "docs/guide.md", ""},
	{"../docs/guide.md", "ok", "docs/guide.md", ""},
	{"guide.md?plain=1", "ok", "docs/guide.md", ""},
	{"guide.md?plain=1#install", "ok", "docs/guide.md", ""},
	{"guide.md#Install", "ok", "docs/guide.md", ""},
	{"guide.md#install-1", "ok", "docs/guide.md", ""},
	{"guide.md#install-2", "anchor", "docs/guide.md", "install-1"},
	{"guide.md#instal", "anchor", "docs/guide.md", "install"},
	{"guide.md#a-b", "anchor", "docs/guide.md", "a--b"},
	{"guide.md#", "ok", "docs/guide.md", ""},
	{"guide.md#top", "ok", "docs/guide.md", ""},
	{"guide.md#L12", "ok", "docs/guide.md", ""},
	{"../README.md#%C3%B6l--gas", "ok", "README.md", ""},
	{"../README.md#OWN", "ok", "README.md", ""},
	{"../README.md#user-content-own", "ok", "README.md", ""},
	{"../README.md#readme", "ok", "README.md", ""},
	{"guide.md#readme", "anchor", "docs/guide.md", NULL},
	{".", "ok", "docs", ""},
	{"..", "ok", NULL, ""},
	{"img/", "ok", "docs/img", ""},
	{"../docs", "ok", "docs", ""},
	{"../docs#docs", "ok", "docs", ""},
	{"two%20words.md", "ok", "docs/two words.md", ""},
	{"100%25.md", "ok", "docs/100%.md", ""},
	{"100%.md", "ok", "docs/100%.md", ""},
	{"../run.sh#L10-L20", "ok", "run.sh", ""},
	{"../run.sh#anything", "ok", "run.sh", ""},
	{"/docs/guide.md#install", "ok", "docs/guide.md", ""},
	{"/docs", "ok", "docs", ""},
	{"Guide.md", "case", "docs/guide.md", "guide.md"},
	{"/Docs/Guide.md#install", "case", "docs/guide.md", "guide.md#install"},
	{"guide", "file", "docs/guide", "guide.md"},
	{"guide.html", "route", "docs/guide.md", ""},
	{"gude.md", "file", "docs/gude.md", "guide.md"},
	{"docs/guide.md", "file", "docs/docs/guide.md", "guide.md"},
	{"unique.md#x", "file", "docs/unique.md", "../lab/unique.md#x"},
	{"adr/0007-old-title.md", "file", "docs/adr/0007-old-title.md", "adr/0007-new-name.md"},
	{"img\\rack.png", "file", NULL, "img/rack.png"},
	{"nothing-like-it.md", "file", "docs/nothing-like-it.md", ""},
	{"/no/such", "file", "no/such", ""},
	{"", "file", NULL, ""},
	{"../../x.md", "outside", "../x.md", ""},
	{"../../../issues/3", "external", NULL, ""},
	{"../../../x.md", "outside", NULL, ""},
	{"/home/anna/x.md", "outside", NULL, ""},
	{"C:\\x.md", "outside", NULL, ""},
	{"file:///x.md", "outside", NULL, ""},
	{"https://example.net/x.md", "external", NULL, ""},
	{"//example.net/x.md", "external", NULL, ""},
	{"mailto:a@example.net", "external", NULL, ""},
	{"JavaScript:x", "unsafe", NULL, ""},
	{"  java\tscript:x", "unsafe", NULL, ""},
	{"data:text/html,x", "unsafe", NULL, ""},
	{"{{ site.url }}/x.md", "ignored", NULL, ""},
	{"${ROOT}/x.md", "ignored", NULL, ""},
	{"<name>.md", "ignored", NULL, ""},
	{"NNNN-title.md", "ignored", NULL, ""},
	{"path/to/x.md", "ignored", NULL, ""},
	{"../site/index.html", "ignored", NULL, ""},
	{"../node_modules/x/README.md", "ignored", NULL, ""},
};

/* The same files under a site generator. */
static const struct link_case generator_cases[] = {
	{"guide", "route", "docs/guide.md", ""},  {"guide/", "route", "docs/guide.md", ""},
	{"/no/such", "route", NULL, ""},          {"/docs/guide.md", "ok", "docs/guide.md", ""},
	{"gude", "file", "docs/gude", NULL},      {"gude.md", "file", "docs/gude.md", "guide.md"},
	{"/home/anna/x.md", "outside", NULL, ""},
};

static void judge_all(const struct link_case *cases, size_t n_cases, const struct tree_file *more, size_t n_more)
{
	struct arena *arena = arena_new();
	size_t n_plain = sizeof plain / sizeof *plain, n = 0;
	struct tree_file *files = NEW_ARRAY(arena, struct tree_file, n_plain + n_more + 1);
	for (size_t i = 0; i < n_plain; i++)
		files[n++] = plain[i];
	for (size_t i = 0; i < n_more; i++)
		files[n++] = more[i];
	files[n++] = (struct tree_file){STR("docs/page.md"), STR("# Page\n")};

	struct config *config = NEW(arena, struct config);
	const struct pool pool = {.jobs = 1};
	config_init(config);
	struct loaded *loaded = load(arena, tree_memory(arena, files, n), config);
	struct model *model = model_build(arena, config, loaded, syntax_parse(arena, config, loaded, &pool));
	struct page *page = model_page(model, STR("docs/page.md"));
	for (size_t i = 0; i < n_cases; i++)
		vec_add(arena, &page->links,
			(struct link){
				.node = 1, .target = str_from(cases[i].target), .span = {page->source->id, 0, 0}});
	resolve_links(model);
	for (size_t i = 0; i < n_cases; i++) {
		const struct link *link = &page->links.data[i];
		const char *state = state_names[link->state];
		if (strcmp(state, cases[i].state) != 0)
			fail_msg("%s is %s, not %s", cases[i].target, state, cases[i].state);
		if (cases[i].path && !str_is(link->path, cases[i].path))
			fail_msg("%s leads to " STR_FMT ", not %s", cases[i].target, STR_ARG(link->path),
				 cases[i].path);
		if (cases[i].suggestion && !str_is(link->suggestion, cases[i].suggestion))
			fail_msg("%s: " STR_FMT " is suggested, not %s", cases[i].target, STR_ARG(link->suggestion),
				 cases[i].suggestion);
	}
	arena_free(arena);
}

static void links_lead_where_the_forge_says(void **state)
{
	(void)state;
	judge_all(plain_cases, sizeof plain_cases / sizeof *plain_cases, NULL, 0);
}

static void routes_of_generated_sites_are_not_judged(void **state)
{
	static const struct tree_file more[] = {{STR("mkdocs.yml"), STR("site_name: x\n")}};
	(void)state;
	judge_all(generator_cases, sizeof generator_cases / sizeof *generator_cases, more, 1);
}

static void backlinks_stand_in_path_order(void **state)
{
	static const struct tree_file files[] = {
		{STR("README.md"), STR("# Home\n\n[a](b.md) [again](b.md#b) [dead](x.md)\n")},
		{STR("a.md"), STR("# A\n\n[b](b.md)\n")},
		{STR("b.md"), STR("# B\n\n[self](#b) [home](README.md)\n")},
	};
	struct arena *arena = arena_new();
	struct model *model = resolved(arena, files, 3);
	const struct page *b = model_page(model, STR("b.md"));
	(void)state;
	assert_int_equal(b->backlinks.n, 3);
	assert_true(str_is(b->backlink_pages.data[0]->source->path, "README.md"));
	assert_true(str_is(b->backlink_pages.data[1]->source->path, "README.md"));
	assert_true(str_is(b->backlink_pages.data[2]->source->path, "a.md"));
	arena_free(arena);
}

static void slugs_follow_their_dialects(void **state)
{
	static const struct {
		enum slug_dialect dialect;
		const char *text;
		const char *slug;
	} cases[] = {
		{SLUG_PYTHON_MARKDOWN, "Design & goals", "design-goals"},
		{SLUG_PYTHON_MARKDOWN, "🚀 Fast", "fast"},
		{SLUG_PYTHON_MARKDOWN, "Öl - Gas", "ol-gas"},
		{SLUG_PYTHON_MARKDOWN, "snake_case, v1.2", "snake_case-v12"},
		{SLUG_PYTHON_MARKDOWN, "日本", ""},
		{SLUG_PYTHON_UNICODE, "Öl & Gas", "öl-gas"},
		{SLUG_KRAMDOWN, "2. Setup & more", "setup--more"},
		{SLUG_KRAMDOWN, "snake_case", "snakecase"},
		{SLUG_GITLAB, "Design & goals", "design-goals"},
		{SLUG_VITEPRESS, "2. Setup", "_2-setup"},
		{SLUG_VITEPRESS, "A (b) c?", "a-b-c"},
		{SLUG_DOCSIFY, "2. Set up", "_2-set-up"},
		{SLUG_DOXIA, "Two Words (a)", "Two_Words_a"},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str slug = slug_of(arena, cases[i].dialect, str_from(cases[i].text));
		if (!str_is(slug, cases[i].slug))
			fail_msg("%s gives " STR_FMT ", not %s", cases[i].text, STR_ARG(slug), cases[i].slug);
	}
	assert_true(str_is(slug_explicit(STR("Title {#own}")), "own"));
	assert_true(str_is(slug_explicit(STR("Title {: #own .class }")), "own"));
	assert_int_equal(slug_explicit(STR("Title {own}")).size, 0);
	assert_int_equal(slug_explicit(STR("Title {a #own}")).size, 0);
	arena_free(arena);
}

static const char topology[] = "estate: lab\n"
			       "networks:\n"
			       "  nodes: {cidr: 10.0.0.0/24}\n"
			       "clusters:\n"
			       "  pro: {title: Pro, node_count: 3}\n"
			       "  studio: {title: Studio, aliases: [studio-cluster], "
			       "nodes: {storm: {role: worker}, prod-worker-1: {role: worker}}}\n"
			       "  twin: {node_count: 1}\n"
			       "devices:\n"
			       "  mac-studio: {title: Mac Studio, kind: host}\n"
			       "  twin: {kind: host}\n"
			       "services:\n"
			       "  data: {title: Data}\n"
			       "  kubeflow: {title: Kubeflow Pipelines}\n"
			       "  conduit: {title: Matrix/Conduit}\n"
			       "zones:\n"
			       "  lab.example.net: {}\n";

static const struct {
	const char *text;
	const char *mentions; /* ids, a blank between */
} mention_cases[] = {
	{"storm and Storm, storm's, (storm), \"storm\", storm.", "storm storm storm storm storm storm"},
	{"storms, brainstorm, storm-2, pre-storm, storm.lab.example.com, /srv/storm/x, a@storm, storm@b, "
	 "--storm, storm_1, storm=1",
	 ""},
	{"http://storm:80/ and <https://storm/x> and [link](storm.md)", ""},
	{"[storm](x.md) **storm** `storm` `kubectl get storm`", "storm storm storm storm"},
	{"`storm.yaml` `path/storm` `prod-worker-1`", "prod-worker-1"},
	{"Mac Studio, mac-studio, the mac\nstudio", "mac-studio mac-studio"},
	{"Studio, studio, the studio cluster, cluster studio, studio-cluster", "studio studio studio studio"},
	{"Pro and pro tips; **pro**, `pro`, a pro cluster", "pro pro pro pro"},
	{"Data is data; the `data` service", "data data"},
	{"all nodes, the nodes network, `nodes`", "nodes nodes"},
	{"twin, the twin cluster, the device twin", "twin twin"},
	{"Kubeflow Pipelines, kubeflow pipelines, Kubeflow", "kubeflow kubeflow kubeflow"},
	{"Matrix/Conduit, matrix/conduit, x/Matrix/Conduit, Matrix/x", "conduit conduit"},
	{"lab.example.net, x.lab.example.net, *.lab.example.net", "lab.example.net"},
	{"ADR-0007, ADR 7, ADR0007, ADR\xE2\x80\x91"
	 "0007, ADR-0007/ADR-0008, (ADR-7)",
	 "#7 #7 #7 #7 #7 #8 #7"},
	{"adr-0007-title.md, decisions/ADR-0007.md, ADRs 7, quadr 7, ADR-0007x, adr 7, ADR", ""},
	{"    storm in code\n\n```\nstorm\n```\n\n<div>storm</div>\n\n![storm](x.png)", ""},
	{"| Node | storm |\n|---|---|\n| pro | Data |", "storm pro data"},
	{"storm prod\xE2\x80\x91worker\xE2\x80\x91"
	 "1",
	 "storm prod-worker-1"},
};

static struct str mentions_of(struct arena *arena, const struct page *page)
{
	struct buf out = {0};
	for (size_t i = 0; i < page->mentions.n; i++) {
		const struct mention *mention = &page->mentions.data[i];
		buf_adds(&out, i ? " " : "");
		if (mention->entity)
			buf_add(&out, mention->entity->id.str);
		else
			buf_addf(&out, "#%lld", mention->number);
	}
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return text;
}

static void prose_mentions_whole_names_with_evidence(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof mention_cases / sizeof *mention_cases; i++) {
		struct arena *arena = arena_new();
		const struct tree_file files[] = {
			{STR("README.md"), str_from(mention_cases[i].text)},
			{STR("topology.yaml"), {topology, sizeof topology - 1}},
		};
		struct model *model = resolved(arena, files, 2);
		const struct page *page = model_page(model, STR("README.md"));
		struct str got = mentions_of(arena, page);
		if (!str_is(got, mention_cases[i].mentions))
			fail_msg("%s\nmentions " STR_FMT "\nnot      %s", mention_cases[i].text, STR_ARG(got),
				 mention_cases[i].mentions);
		arena_free(arena);
	}
}

static void mentions_know_their_places(void **state)
{
	static const struct tree_file files[] = {
		{STR("README.md"), STR("# storm\n\n[storm](x) `storm` &amp; storm\n")},
		{STR("topology.yaml"), {topology, sizeof topology - 1}},
	};
	static const struct {
		bool in_heading, in_link, in_code;
		uint32_t off;
	} want[] = {
		{true, false, false, 2},
		{false, true, false, 10},
		{false, false, true, 21},
		{false, false, false, 34},
	};
	struct arena *arena = arena_new();
	struct model *model = resolved(arena, files, 2);
	const struct page *page = model_page(model, STR("README.md"));
	(void)state;
	assert_int_equal(page->mentions.n, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct mention *mention = &page->mentions.data[i];
		assert_int_equal(mention->in_heading, want[i].in_heading);
		assert_int_equal(mention->in_link, want[i].in_link);
		assert_int_equal(mention->in_code, want[i].in_code);
		assert_int_equal(mention->span.off, want[i].off);
		assert_int_equal(mention->span.size, 5);
	}
	const struct entity *storm = estate_find(model->estates.data[0], STR("storm"), ENTITY_NODE);
	assert_int_equal(storm->mentions.n, 4);
	assert_true(storm->named);
	assert_false(estate_find(model->estates.data[0], STR("prod-worker-1"), ENTITY_NODE)->named);
	arena_free(arena);
}

static void common_words_are_sorted(void **state)
{
	(void)state;
	/* A list out of order would lose words to the binary search. */
	assert_true(name_is_common(STR("access")));
	assert_true(name_is_common(STR("data")));
	assert_true(name_is_common(STR("main")));
	assert_true(name_is_common(STR("studio")));
	assert_true(name_is_common(STR("zones")));
	assert_true(name_is_common(STR("pi")));
	assert_true(name_is_common(STR("100")));
	assert_false(name_is_common(STR("storm")));
	assert_false(name_is_common(STR("truenas")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_lead_where_the_forge_says),
		cmocka_unit_test(routes_of_generated_sites_are_not_judged),
		cmocka_unit_test(backlinks_stand_in_path_order),
		cmocka_unit_test(slugs_follow_their_dialects),
		cmocka_unit_test(prose_mentions_whole_names_with_evidence),
		cmocka_unit_test(mentions_know_their_places),
		cmocka_unit_test(common_words_are_sorted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
