/* The dot reader: what is read, what is refused, and that nothing takes long. */
#include "parse/parse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

struct reading {
	struct graph *graph;
	struct troubles troubles;
	struct sources sources;
};

static struct reading read_dot(struct str text)
{
	struct reading reading = {.sources.by_path.arena = arena};
	struct source *source = source_add(arena, &reading.sources, SOURCE_DOT, STR("t.dot"), text);
	struct span whole = {source->id, 0, (uint32_t)text.size};
	reading.graph = dot_parse(arena, source, whole, &reading.troubles);
	return reading;
}

static const char *tips(const struct graph_edge *edge)
{
	static const char marks[] = {'-', '>', 'o', 'x'};
	static char text[3];
	text[0] = marks[edge->tail] == '>' ? '<' : marks[edge->tail];
	text[1] = marks[edge->head];
	return text;
}

/* "a[label] cluster_x{b c} | a->b(label) " : nodes in order, with their cluster in front, then edges. */
static const char *shown(const struct graph *graph)
{
	static const char *const lines[] = {"", "~", "=", "!"};
	struct buf out = {0};
	for (size_t i = 0; i < graph->nodes.n; i++) {
		const struct graph_node *node = &graph->nodes.data[i];
		if (node->cluster >= 0)
			buf_addf(&out, STR_FMT "/", STR_ARG(graph->clusters.data[node->cluster].id.str));
		buf_addf(&out, STR_FMT, STR_ARG(node->id.str));
		if (!str_eq(node->id.str, node->label.str))
			buf_addf(&out, "[" STR_FMT "]", STR_ARG(node->label.str));
		buf_addc(&out, ' ');
	}
	for (size_t i = 0; i < graph->edges.n; i++) {
		const struct graph_edge *edge = &graph->edges.data[i];
		buf_addf(&out, "%s" STR_FMT "%s" STR_FMT, i ? " " : "| ", STR_ARG(graph->nodes.data[edge->from].id.str),
			 tips(edge), STR_ARG(graph->nodes.data[edge->to].id.str));
		buf_adds(&out, lines[edge->line]);
		if (edge->label.str.size)
			buf_addf(&out, "(" STR_FMT ")", STR_ARG(edge->label.str));
	}
	struct str text = str_trim(buf_dup(arena, &out));
	buf_free(&out);
	return str_to_c(arena, text);
}

static void graphs(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"graph{}", ""},
		{"strict graph g { a -- b }", "a b | a--b"},
		{"DIGRAPH{a->b->c}", "a b c | a->b b->c"},
		{"digraph{a;b;c}", "a b c"},
		{"digraph{a->{b c}}", "a b c | a->b a->c"},
		{"digraph{{a b}->{c d}}", "a b c d | a->c a->d b->c b->d"},
		{"digraph{a->{b b}}", "a b | a->b"},
		{"digraph{a->subgraph s{b}->c}", "a b c | a->b b->c"},
		{"digraph{a:x:n->b:y}", "a b | a->b"},
		{"digraph{\"a b\"->\"c\\\"d\"}", "a b c\"d | a b->c\"d"},
		{"digraph{a[label=\"x\" + \"y\"]}", "a[xy]"},
		{"digraph{a[label=\"one\\ntwo\\l\"]}", "a[one\ntwo]"},
		{"digraph{a[label=\"\\N!\"]}", "a[a!]"},
		{"digraph{a[label=<<b>x</b> &amp; y<br/>z>]}", "a[x & y\nz]"},
		{"digraph{a[label=\"a&#8594;b &lt;c&gt;\"]}", "a[a\xE2\x86\x92"
							      "b <c>]"},
		{"digraph{a[shape=record,label=\"{<p>x|y}|z\"]}", "a[x\ny\nz]"},
		{"digraph{node[label=q] a b[label=r]}", "a[q] b[r]"},
		{"digraph{edge[style=dotted,label=l] a->b[style=bold]}", "a b | a->b=(l)"},
		{"digraph{a->b[style=invis] b->c[dir=both] c->d[dir=back] d->e[arrowhead=none] e->f[arrowhead=odot]}",
		 "a b c d e f | a->b! b<>c c<-d d--e e-of"},
		{"digraph{subgraph cluster_x{a b} c}", "cluster_x/a cluster_x/b c"},
		{"digraph{a subgraph cluster_x{a subgraph cluster_y{a b}} b}", "cluster_y/a cluster_y/b"},
		{"digraph{subgraph cluster_x{a} subgraph cluster_z{a b}}", "cluster_x/a cluster_z/b"},
		{"digraph{1.5->-.5 _x->\xC3\xA4}", "1.5 -.5 _x \xC3\xA4 | 1.5->-.5 _x->\xC3\xA4"},
		{"# pre\n/* c */ digraph /* d */ g // e\n{a}", "a"},
		{"\xEF\xBB\xBF"
		 "digraph{a}",
		 "a"},
		{"digraph{a[style=invis]}", "a[]"},
		{"digraph{a[label=\"x\"] a[URL=u]}", "a[x]"},
		{"digraph{rankdir=LR;size=\"3,4\";a}", "a"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_dot(str_from(cases[i].text));
		if (reading.troubles.list.n)
			fail_msg("%s: expected " STR_FMT, cases[i].text, STR_ARG(reading.troubles.list.data[0].extra));
		assert_true(reading.graph->supported);
		assert_string_equal(shown(reading.graph), cases[i].want);
	}
}

static void attributes_kept(void **state)
{
	(void)state;
	struct reading reading =
		read_dot(STR("digraph g{graph[rankdir=RL,label=\"The \\G\"] node[shape=diamond] a[URL=\"x.html\"]"
			     " b[shape=cylinder] c[style=\"filled,rounded\",shape=box]"
			     " subgraph cluster_k{label=K;href=\"k.html\";d[shape=none]}}"));
	const struct graph *graph = reading.graph;
	assert_string_equal(graph->direction, "RL");
	assert_true(graph->directed);
	assert_true(str_is(graph->kind, "digraph"));
	assert_true(str_is(graph->title.str, "The g"));
	assert_int_equal(graph->nodes.data[0].shape, SHAPE_DIAMOND);
	assert_true(str_is(graph->nodes.data[0].href, "x.html"));
	assert_int_equal(graph->nodes.data[1].shape, SHAPE_CYLINDER);
	assert_int_equal(graph->nodes.data[2].shape, SHAPE_BOX);
	assert_int_equal(graph->nodes.data[3].shape, SHAPE_PLAIN);
	assert_true(str_is(graph->clusters.data[0].label.str, "K"));
	assert_true(str_is(graph->clusters.data[0].href, "k.html"));
	struct span span = graph->nodes.data[0].id.span;
	assert_true(str_is(span_text(&reading.sources, span), "a"));
}

static void broken(void **state)
{
	static const struct {
		const char *text;
		unsigned line, col;
		const char *want;
	} cases[] = {
		{"", 1, 1, "'graph' or 'digraph'"},
		{"hello", 1, 1, "'graph' or 'digraph'"},
		{"digraph", 1, 8, "'{' of the graph"},
		{"digraph{a->b", 1, 13, "'}' of the graph"},
		{"digraph{\na->\n}", 3, 1, "a node"},
		{"digraph{a--b}", 1, 10, "'->' in a digraph"},
		{"graph{a->b}", 1, 8, "'--' in a graph"},
		{"graph{a[x=]}", 1, 11, "a value behind '='"},
		{"graph{a[x}", 1, 10, "'=' or ']'"},
		{"graph{a \"b", 1, 9, "the closing '\"' of the string"},
		{"graph{a[label=<b", 1, 15, "the closing '>' of the label"},
		{"graph{a /* b", 1, 9, "the end '*/' of the comment"},
		{"graph{node}", 1, 11, "'[' with attributes"},
		{"graph{a} b", 1, 10, "the end of the file"},
		{"graph{a:}", 1, 9, "a port behind ':'"},
		{"graph{subgraph x;}", 1, 17, "'{' of the subgraph"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_dot(str_from(cases[i].text));
		assert_int_equal(reading.troubles.list.n, 1);
		const struct trouble *trouble = &reading.troubles.list.data[0];
		struct place place = span_place(&reading.sources, trouble->span);
		assert_string_equal(trouble->rule, "diagram-syntax");
		assert_string_equal(str_to_c(arena, trouble->extra), cases[i].want);
		assert_int_equal(place.line, cases[i].line);
		assert_int_equal(place.col, cases[i].col);
	}
}

static void goes_on(void **state)
{
	(void)state;
	struct reading reading = read_dot(STR("digraph{\na -- b\n]\nc->d\n[\n=\n!\n~\n^\n}"));
	assert_int_equal(reading.troubles.list.n, 5);
	assert_string_equal(shown(reading.graph), "a b c d | a->b c->d");
	reading = read_dot(STR("graph{a}\ngraph{b}"));
	assert_int_equal(reading.troubles.list.n, 1);
	assert_string_equal(reading.troubles.list.data[0].kind, "second-graph");
}

static void assets(void **state)
{
	static const struct {
		const char *text, *kind;
	} cases[] = {
		{"graph{a[image=\"x.png\"]}", "file"},
		{"graph{a[IMAGE=\"x.png\"]}", "file"},
		{"graph{stylesheet=x}", "file"},
		{"graph{a[shapefile=x]}", "file"},
		{"graph{a[label=<<img src=\"x\"/>>]}", "file"},
		{"graph{a[URL=\"java\tscript:x\"]}", "script"},
		{"graph{a[label=<<td href=\"javascript:x\">y</td>>]}", "script"},
		{"graph{layout=evil}", "engine"},
		{"graph{a[image=\"\"]}", NULL},
		{"graph{layout=neato}", NULL},
		{"graph{a[URL=\"https://e.org/javascript:\"]}", NULL},
		{"graph{a[label=\"<img src=x>\"]}", NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_dot(str_from(cases[i].text));
		assert_int_equal(reading.troubles.list.n, cases[i].kind != NULL);
		if (!cases[i].kind)
			continue;
		assert_string_equal(reading.troubles.list.data[0].rule, "diagram-asset");
		assert_string_equal(reading.troubles.list.data[0].kind, cases[i].kind);
	}
	assert_int_equal(read_dot(STR("graph{a[URL=\"javascript:x\"]}")).graph->nodes.data[0].href.size, 0);
}

/* A pattern repeated to a quarter of a megabyte ends within a second or two, and stays within its bounds. */
static void hostile(void **state)
{
	static const char *const parts[] = {"{",
					    "a[",
					    "a--",
					    "a->",
					    "subgraph{a b--",
					    "\"",
					    "<",
					    "a[label=<",
					    "/*",
					    "a--{b c}--",
					    "a:b",
					    "]",
					    "subgraph cluster_a{",
					    "subgraph a{b}",
					    "a[b=c]",
					    "\\",
					    "#\n",
					    "a=\"\n"};
	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct buf text = {0};
		buf_adds(&text, "graph{");
		while (text.size < 250000)
			buf_adds(&text, parts[i]);
		double start = world_seconds();
		struct reading reading = read_dot(buf_dup(arena, &text));
		buf_free(&text);
		assert_true(world_seconds() - start < 5);
		assert_true(reading.troubles.list.n <= 7);
		assert_true(reading.graph->edges.n <= 20000);
	}
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(graphs),  cmocka_unit_test(attributes_kept), cmocka_unit_test(broken),
		cmocka_unit_test(goes_on), cmocka_unit_test(assets),          cmocka_unit_test(hostile),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
