/* The mermaid reader: flowcharts whole, other kinds by name, mistakes with their place. */
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

static struct reading read_mermaid(struct str text)
{
	struct reading reading = {.sources.by_path.arena = arena};
	struct source *source = source_add(arena, &reading.sources, SOURCE_MERMAID, STR("t.mmd"), text);
	struct span whole = {source->id, 0, (uint32_t)text.size};
	reading.graph = mermaid_parse(arena, source, whole, &reading.troubles);
	return reading;
}

/* "a[label] s/b | a->b(label)": nodes in order with their subgraph, then edges; ends at subgraphs in braces. */
static const char *shown(const struct graph *graph)
{
	static const char *const lines[] = {"", "~", "=", "!"};
	static const char tails[] = {'-', '<', 'o', 'x'};
	static const char heads[] = {'-', '>', 'o', 'x'};
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
		buf_adds(&out, i ? " " : "| ");
		if (edge->tail_cluster)
			buf_addf(&out, "{" STR_FMT "}", STR_ARG(graph->clusters.data[edge->tail_cluster - 1].id.str));
		buf_addf(&out, STR_FMT "%c%c", STR_ARG(graph->nodes.data[edge->from].id.str), tails[edge->tail],
			 heads[edge->head]);
		if (edge->head_cluster)
			buf_addf(&out, "{" STR_FMT "}", STR_ARG(graph->clusters.data[edge->head_cluster - 1].id.str));
		buf_addf(&out, STR_FMT "%s", STR_ARG(graph->nodes.data[edge->to].id.str), lines[edge->line]);
		if (edge->label.str.size)
			buf_addf(&out, "(" STR_FMT ")", STR_ARG(edge->label.str));
	}
	struct str text = str_trim(buf_dup(arena, &out));
	buf_free(&out);
	return str_to_c(arena, text);
}

static void flowcharts(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"graph TD", ""},
		{"graph TD; a-->b; b-->c;", "a b c | a->b b->c"},
		{"flowchart LR\na --> b --> c", "a b c | a->b b->c"},
		{"flowchart\na & b --> c & d", "a b c d | a->c a->d b->c b->d"},
		{"flowchart LR\na[One] -->|x y| b(Two)", "a[One] b[Two] | a->b(x y)"},
		{"flowchart LR\na -- x y --> b -. z .-> c == w ==> d", "a b c d | a->b(x y) b->c~(z) c->d=(w)"},
		{"flowchart LR\na --- b ---- c -.- d === e ~~~ f", "a b c d e f | a--b b--c c--d~ d--e= e--f!"},
		{"flowchart LR\na --o b --x c <--> d o--o e x--x f", "a b c d e f | a-ob b-xc c<>d dooe exxf"},
		{"flowchart LR\na<-->b", "a b | a<>b"},
		{"flowchart LR\na -->\n  b\n  --> c", "a b c | a->b b->c"},
		{"flowchart LR\na-b --> c.d --> e_f --> 1 --> \xC3\xBC",
		 "a-b c.d e_f 1 \xC3\xBC | a-b->c.d c.d->e_f e_f->1 1->\xC3\xBC"},
		{"flowchart LR\na[\"f(x) [y]\"] --> b[\"`**bold** and *it*`\"]", "a[f(x) [y]] b[bold and it] | a->b"},
		{"flowchart LR\na[one<br/>two] --> b[\"x #quot;y#quot; #35; &amp; z\"]",
		 "a[one\ntwo] b[x \"y\" # & z] | a->b"},
		{"flowchart LR\na[fa:fa-server Box]", "a[Box]"},
		{"flowchart LR\na[x\\ny]", "a[x\ny]"},
		{"flowchart LR\na@{ shape: cyl, label: \"Data\" } --> b", "a[Data] b | a->b"},
		{"flowchart LR\na e1@--> b\ne1@{ animate: true }", "a b | a->b"},
		{"flowchart LR\na:::big --> b[B]:::small", "a b[B] | a->b"},
		{"flowchart LR\nsubgraph s\na --> b\nend\nc", "s/a s/b c | a->b"},
		{"flowchart LR\nsubgraph s [The S]\ndirection TB\nsubgraph t\na\nend\nb\nend", "t/a s/b"},
		{"flowchart LR\na --> b\nsubgraph s\nb\nend\nsubgraph t\nb --> c\nend", "a s/b t/c | a->b b->c"},
		{"flowchart LR\na --> s\nsubgraph s\nb\nend\nsubgraph t\nc\nend\ns --> t",
		 "a s/b t/c | a->{s}b {s}b->{t}c"},
		{"flowchart LR\na --> s\nsubgraph s [Empty]\nend", "a s[Empty] | a->s"},
		{"flowchart LR\nclassDef x fill:#f9f,stroke:#333;\nclass a,b x\nstyle a fill:#bbf\nlinkStyle 0 stroke:red\na --> b",
		 "a b | a->b"},
		{"%% c\nflowchart LR\n%% c\na --> b %% c\n%%{init: {\"x\": 1}}%%\nc", "a b c | a->b"},
		{"---\ntitle: T\nconfig:\n  x: 1\n---\nflowchart LR\na", "a"},
		{"flowchart LR\r\na --> b\r\nb --> c\r\n", "a b c | a->b b->c"},
		{"flowchart LR\naccTitle: About\naccDescr { long\ntext }\na", "a"},
		{"flowchart LR\na -->|\"in (x)\"| b", "a b | a->b(in (x))"},
		{"flowchart LR\na[] --> b", "a[] b | a->b"},
		{"flowchart LR\nend1 --> a_end --> End", "end1 a_end End | end1->a_end a_end->End"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_mermaid(str_from(cases[i].text));
		if (reading.troubles.list.n)
			fail_msg("%s: expected " STR_FMT, cases[i].text, STR_ARG(reading.troubles.list.data[0].extra));
		assert_true(reading.graph->supported);
		assert_string_equal(shown(reading.graph), cases[i].want);
	}
}

static void bracket_shapes(void **state)
{
	static const struct {
		const char *text;
		enum graph_shape shape;
	} cases[] = {
		{"a", SHAPE_BOX},
		{"a[x]", SHAPE_BOX},
		{"a(x)", SHAPE_ROUND},
		{"a([x])", SHAPE_STADIUM},
		{"a[[x]]", SHAPE_SUBROUTINE},
		{"a[(x)]", SHAPE_CYLINDER},
		{"a((x))", SHAPE_CIRCLE},
		{"a(((x)))", SHAPE_DOUBLE_CIRCLE},
		{"a{x}", SHAPE_DIAMOND},
		{"a{{x}}", SHAPE_HEXAGON},
		{"a[/x/]", SHAPE_PARALLELOGRAM},
		{"a[\\x\\]", SHAPE_PARALLELOGRAM_BACK},
		{"a[/x\\]", SHAPE_TRAPEZIUM},
		{"a[\\x/]", SHAPE_TRAPEZIUM_DOWN},
		{"a>x]", SHAPE_FLAG},
		{"a@{shape: hex}", SHAPE_HEXAGON},
		{"a@{ shape: text }", SHAPE_PLAIN},
		{"a@{shape: unheard-of}", SHAPE_BOX},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_mermaid(str_format(arena, "flowchart LR\n%s", cases[i].text));
		assert_int_equal(reading.troubles.list.n, 0);
		assert_int_equal(reading.graph->nodes.n, 1);
		assert_int_equal(reading.graph->nodes.data[0].shape, cases[i].shape);
	}
}

static void styles(void **state)
{
	static const struct {
		const char *text, *want; /* kind of the first node */
	} cases[] = {
		{"a\nstyle a fill:#f99", "tone-red"},
		{"a\nstyle a fill:#FFF,stroke:#333,stroke-width:4px", "tone-grey strong"},
		{"a:::ok\nclassDef ok fill:#d4edda,stroke-dasharray: 5 5", "tone-green dashed"},
		{"a --> b\nclass a,b x\nclassDef x,y fill:rgb(200, 220, 255)", "tone-blue"},
		{"a\nclass a, b x;\nclassDef x fill:hsl(50, 90%, 80%)", "tone-orange"},
		{"a\nclassDef default fill:lightgrey", "tone-grey"},
		{"a\nclass a unknown", ""},
		{"a\nstyle a color:#fff", ""},
		{"a\nstyle a fill:url(#x)", ""},
		{"a\nclassDef x fill:#ff0\nclass a x\nclass a x", "tone-orange tone-orange"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_mermaid(str_format(arena, "flowchart LR\n%s", cases[i].text));
		assert_int_equal(reading.troubles.list.n, 0);
		assert_string_equal(str_to_c(arena, reading.graph->nodes.data[0].kind), cases[i].want);
	}
	struct graph *graph = read_mermaid(STR("flowchart LR\na --> b --> c --> d\nlinkStyle 1 stroke:red\n"
					       "linkStyle 0,2 stroke-width:4px"))
				      .graph;
	assert_int_equal(graph->edges.data[0].line, LINE_THICK);
	assert_true(str_is(graph->edges.data[1].kind, "tone-red"));
	assert_int_equal(graph->edges.data[2].line, LINE_THICK);
}

static void lengths(void **state)
{
	static const struct {
		const char *link;
		unsigned want;
	} cases[] = {{"-->", 1},    {"--->", 2}, {"---", 1},        {"-----", 3},  {"-.->", 1},
		     {"-...->", 3}, {"==>", 1},  {"====>", 3},      {"~~~", 1},    {"~~~~", 2},
		     {"--x", 1},    {"<-->", 1}, {"-- t ---->", 3}, {"-->|t|", 1}, {"----------------------->", 10}};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_mermaid(str_format(arena, "flowchart LR\na %s b", cases[i].link));
		assert_int_equal(reading.troubles.list.n, 0);
		assert_int_equal(reading.graph->edges.data[0].length, cases[i].want);
	}
}

static void heads(void **state)
{
	static const struct {
		const char *text, *direction;
	} cases[] = {
		{"graph TD", "TB"},         {"graph LR", "LR"}, {"flowchart BT", "BT"},
		{"flowchart-elk RL", "RL"}, {"graph", "TB"},    {"graph >", "LR"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(read_mermaid(str_from(cases[i].text)).graph->direction, cases[i].direction);
	struct reading reading = read_mermaid(
		STR("---\ntitle: \"My title\"\n---\ngraph TD\nclick a \"x.html\"\na\nclick a href \"y.html\" _blank\n"
		    "click a call f()"));
	assert_true(str_is(reading.graph->title.str, "My title"));
	assert_true(str_is(reading.graph->nodes.data[0].href, "y.html"));
}

static void other_kinds(void **state)
{
	static const char *const kinds[] = {"classDiagram", "gantt", "pie", "erDiagram", "gitGraph", "mindmap"};
	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct reading reading =
			read_mermaid(str_format(arena, "%%%% c\n%s title x\n  anything: [( goes", kinds[i]));
		assert_false(reading.graph->supported);
		assert_true(str_is(reading.graph->kind, kinds[i]));
		assert_int_equal(reading.troubles.list.n, 1);
		assert_string_equal(reading.troubles.list.data[0].rule, "diagram-unsupported");
	}
}

static void broken(void **state)
{
	static const struct {
		const char *text;
		unsigned line, col;
		const char *want;
	} cases[] = {
		{"", 1, 1, "the kind of the diagram, such as 'flowchart LR'"},
		{"flow LR\na", 1, 1, "the kind of the diagram, such as 'flowchart LR'"},
		{"---\ntitle: x\n", 1, 1, "a second '---' behind the front matter"},
		{"flowchart XX\na", 1, 11, "a direction: TB, TD, BT, LR or RL"},
		{"flowchart LR\na[f(x)] --> b", 2, 4, "']', or the text in quotes"},
		{"flowchart LR\na[\"x\" y]", 2, 7, "']' behind the text"},
		{"flowchart LR\na[\"x]", 2, 3, "the closing '\"' of the text"},
		{"flowchart LR\na[x\nb --> c", 2, 2, "']', or the text in quotes"},
		{"flowchart LR\na -->", 2, 6, "a node"},
		{"flowchart LR\na b", 2, 3, "a link or the end of the line"},
		{"flowchart LR\na -- x\nb", 2, 3, "the end of the link: '-->'"},
		{"flowchart LR\na -->|x b", 2, 6, "'|', or the text in quotes"},
		{"flowchart LR\nsubgraph s\na", 2, 1, "'end' of this subgraph"},
		{"flowchart LR\na\nend", 3, 1, "a subgraph that this 'end' closes"},
		{"flowchart LR\na --> end", 2, 7,
		 "a node; 'end' is a word of the language, write 'End' or another name"},
		{"flowchart LR\na@{ shape: x", 2, 2, "'}' behind the properties"},
		{"flowchart LR\nsubgraph s\ndirection UP\nend", 3, 11, "a direction: TB, TD, BT, LR or RL"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_mermaid(str_from(cases[i].text));
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
	struct reading reading = read_mermaid(STR("flowchart LR\na b\nc --> d\ne[f(\n]\n]\n]\n]\n]\ng --> h"));
	assert_int_equal(reading.troubles.list.n, 5);
	assert_string_equal(shown(reading.graph), "a c d e g h | c->d g->h");
	reading = read_mermaid(STR("flowchart LR\na\nclick a \"javascript:alert(1)\""));
	assert_int_equal(reading.troubles.list.n, 1);
	assert_string_equal(reading.troubles.list.data[0].rule, "diagram-asset");
	assert_int_equal(reading.graph->nodes.data[0].href.size, 0);
}

/* A pattern repeated to a quarter of a megabyte ends within a second or two, and stays within its bounds. */
static void hostile(void **state)
{
	static const char *const parts[] = {
		"a[",   "a[\n",   "a>\n", "a@{\n",     "%%{\n",  "subgraph a\n", "end\n", "a -- ", "a --> ",
		"a & ", "-",      "=",    "a -->|",    "a[\"\n", "click a \"\n", "a(((",  "a[<b",  "a[&",
		"a@",   "e@--> ", "\\",   "a -- ==\n", "x--",    "accDescr {\n", "%%\n"};
	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct buf text = {0};
		buf_adds(&text, "flowchart LR\n");
		while (text.size < 250000)
			buf_adds(&text, parts[i]);
		double start = world_seconds();
		struct reading reading = read_mermaid(buf_dup(arena, &text));
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
		cmocka_unit_test(flowcharts),  cmocka_unit_test(bracket_shapes), cmocka_unit_test(heads),
		cmocka_unit_test(other_kinds), cmocka_unit_test(broken),         cmocka_unit_test(goes_on),
		cmocka_unit_test(hostile),     cmocka_unit_test(styles),         cmocka_unit_test(lengths),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
