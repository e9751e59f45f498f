/* Sequence diagrams, state diagrams and C4 of mermaid: what they say, mistakes with their place, bounds. */
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

static struct reading read_good(const char *head, const char *text)
{
	struct reading reading = read_mermaid(str_format(arena, "%s\n%s", head, text));
	if (reading.troubles.list.n)
		fail_msg("%s: %s " STR_FMT, text, reading.troubles.list.data[0].rule,
			 STR_ARG(reading.troubles.list.data[0].extra));
	assert_true(reading.graph->supported);
	return reading;
}

static void add_step(struct buf *out, const struct graph *graph, const struct graph_step *step)
{
	static const char *const sides[] = {"over", "left", "right"};
	static const char tails[] = "-<ox(", heads[] = "->ox)";
	const struct graph_edge *edge = step->kind == STEP_MESSAGE ? &graph->edges.data[step->edge] : NULL;
	const char *from = str_to_c(arena, graph->nodes.n ? graph->nodes.data[step->from].id.str : STR(""));
	const char *to = str_to_c(arena, graph->nodes.n ? graph->nodes.data[step->to].id.str : STR(""));
	const char *label = str_to_c(arena, step->label.str), *word = str_to_c(arena, step->word);
	switch (step->kind) {
	case STEP_MESSAGE:
		if (step->number)
			buf_addf(out, "%u.", step->number);
		buf_addf(out, "%s%c%s%c%s(" STR_FMT ") ", from, tails[edge->tail], edge->line == LINE_DOTTED ? "." : "",
			 heads[edge->head], to, STR_ARG(edge->label.str));
		break;
	case STEP_NOTE: buf_addf(out, "note %s %s,%s(%s) ", sides[step->side], from, to, label); break;
	case STEP_OPEN: buf_addf(out, "%s[%s] { ", word, label); break;
	case STEP_NEXT: buf_addf(out, "} %s[%s] { ", word, label); break;
	case STEP_CLOSE: buf_adds(out, "} "); break;
	case STEP_ACTIVATE: buf_addf(out, "+%s ", from); break;
	case STEP_DEACTIVATE: buf_addf(out, "-%s ", from); break;
	case STEP_CREATE: buf_addf(out, "new %s ", from); break;
	case STEP_DESTROY: buf_addf(out, "end %s ", from); break;
	}
}

/* "A B[label] | steps": participants with their group, then what happens. */
static const char *shown_steps(const struct graph *graph)
{
	struct buf out = {0};
	for (size_t i = 0; i < graph->nodes.n; i++) {
		const struct graph_node *node = &graph->nodes.data[i];
		if (node->cluster >= 0)
			buf_addf(&out, STR_FMT "/", STR_ARG(graph->clusters.data[node->cluster].label.str));
		buf_addf(&out, STR_FMT, STR_ARG(node->id.str));
		if (!str_eq(node->id.str, node->label.str))
			buf_addf(&out, "[" STR_FMT "]", STR_ARG(node->label.str));
		buf_addc(&out, ' ');
	}
	buf_adds(&out, graph->steps.n ? "| " : "");
	for (size_t i = 0; i < graph->steps.n; i++)
		add_step(&out, graph, &graph->steps.data[i]);
	struct str text = str_trim(buf_dup(arena, &out));
	buf_free(&out);
	return str_to_c(arena, text);
}

/* "home/a[label]+note a->b(label)": as the graph has them. */
static const char *shown_graph(const struct graph *graph)
{
	struct buf out = {0};
	for (size_t i = 0; i < graph->nodes.n; i++) {
		const struct graph_node *node = &graph->nodes.data[i];
		if (node->cluster >= 0)
			buf_addf(&out, STR_FMT "/", STR_ARG(graph->clusters.data[node->cluster].id.str));
		buf_addf(&out, STR_FMT, STR_ARG(node->id.str));
		if (node->label.str.size && !str_eq(node->id.str, node->label.str))
			buf_addf(&out, "[" STR_FMT "]", STR_ARG(node->label.str));
		if (node->note.size)
			buf_addf(&out, "+" STR_FMT, STR_ARG(node->note));
		buf_addc(&out, ' ');
	}
	for (size_t i = 0; i < graph->edges.n; i++) {
		const struct graph_edge *edge = &graph->edges.data[i];
		buf_adds(&out, i ? " " : "| ");
		if (edge->tail_cluster)
			buf_addf(&out, "{" STR_FMT "}", STR_ARG(graph->clusters.data[edge->tail_cluster - 1].id.str));
		else
			buf_addf(&out, STR_FMT, STR_ARG(graph->nodes.data[edge->from].id.str));
		buf_adds(&out, edge->tail ? "<" : edge->line == LINE_DOTTED ? "." : "-");
		buf_adds(&out, edge->head ? ">" : "-");
		if (edge->head_cluster)
			buf_addf(&out, "{" STR_FMT "}", STR_ARG(graph->clusters.data[edge->head_cluster - 1].id.str));
		else
			buf_addf(&out, STR_FMT, STR_ARG(graph->nodes.data[edge->to].id.str));
		if (edge->label.str.size)
			buf_addf(&out, "(" STR_FMT ")", STR_ARG(edge->label.str));
	}
	struct str text = str_trim(buf_dup(arena, &out));
	buf_free(&out);
	return str_to_c(arena, text);
}

static void sequences(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"", ""},
		{"A->>B: hi", "A B | A->B(hi)"},
		{"participant A\nactor B as Bob<br/>B.\nA-->>B: x", "A B[Bob\nB.] | A-.>B(x)"},
		{"A->B: 1\nA-->B: 2\nA-xB: 3\nA--xB: 4\nA-)B: 5\nA--)B: 6",
		 "A B | A--B(1) A-.-B(2) A-xB(3) A-.xB(4) A-)B(5) A-.)B(6)"},
		{"A<<->>B: 1\nA<<-->>B: 2", "A B | A<>B(1) A<.>B(2)"},
		{"A-|\\B: 1\nA--|/B: 2\nA/|-B: 3", "A B | A->B(1) A-.>B(2) A<-B(3)"},
		{"A()->>()B: x", "A B | A->B(x)"},
		{"Alice Smith ->> kube-api server : go",
		 "Alice Smith kube-api server | Alice Smith->kube-api server(go)"},
		{"node-x1->>web-1: hi", "node-x1 web-1 | node-x1->web-1(hi)"},
		{"A->>+B: x\nB-->>-A: y", "A B | A->B(x) +B B-.>A(y) -B"},
		{"activate A\nA->>A: x\ndeactivate A", "A | +A A->A(x) -A"},
		{"note left of A: l\nNote right of A: r<br>s\nNOTE OVER A, B : o",
		 "A B | note left A,A(l) note right A,A(r\ns) note over A,B(o)"},
		{"loop every day\nA->>B: x\nend", "A B | loop[every day] { A->B(x) }"},
		{"alt a\nA->>B: x\nelse b\nA->>B: y\nelse\nA->>B: z\nend",
		 "A B | alt[a] { A->B(x) } else[b] { A->B(y) } else[] { A->B(z) }"},
		{"par a\nA->>B: x\nand b\nopt c\nend\nend", "A B | par[a] { A->B(x) } and[b] { opt[c] { } }"},
		{"critical a\noption b\nend\nbreak c\nend\nrect rgb(1,2,3)\nend",
		 "| critical[a] { } option[b] { } break[c] { } rect[] { }"},
		{"box Aqua The Front\nparticipant A\nend\nbox\nactor B\nend\nA->>B: x", "The Front/A /B | A->B(x)"},
		{"create participant C as Cee\nA->>C: x\ndestroy C\nC->>A: y",
		 "C[Cee] A | new C A->C(x) end C C->A(y)"},
		{"autonumber 5 5\nA->>B: x\nA->>B: y\nautonumber off\nA->>B: z", "A B | 5.A->B(x) 10.A->B(y) A->B(z)"},
		{"A->>B: x; B->>A: y;", "A B | A->B(x) B->A(y)"},
		{"A->>B: #35; #9829; a &amp; b #59; c", "A B | A->B(# \xE2\x99\xA5 a & b ; c)"},
		{"A->>B:wrap: long", "A B | A->B(long)"},
		{"%% c\n# c\nA->>B: x %% y", "A B | A->B(x %% y)"},
		{"title: T\naccTitle: t\naccDescr {\nlong: text\n}\nA->>B: x", "A B | A->B(x)"},
		{"links A: {\"x\": \"y\"}\nlink A: X @ https://example.org/\nA->>B: x", "A B | A->B(x)"},
		{"participant A@{ \"type\": \"database\" } as DB\nA->>A: x", "A[DB] | A->A(x)"},
		{"participant opt\nopt->>end2: x", "opt end2 | opt->end2(x)"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(shown_steps(read_good("sequenceDiagram", cases[i].text).graph), cases[i].want);
	struct graph *graph = read_good("sequenceDiagram", "participant A@{ type: database }\nactor B\n"
							   "link A: X @ https://example.org/\nA->>B: x")
				      .graph;
	assert_int_equal(graph->nodes.data[0].shape, SHAPE_CYLINDER);
	assert_int_equal(graph->nodes.data[1].shape, SHAPE_PERSON);
	assert_true(str_is(graph->nodes.data[0].href, "https://example.org/"));
}

static void state_diagrams(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"[*] --> A\nA --> [*]", "start A end | start->A A->end"},
		{"A --> B : x : y\nB-->A:z", "A B | A->B(x : y) B->A(z)"},
		{"state \"Long name\" as s\ns --> t", "s[Long name] t | s->t"},
		{"s : first\ns : second\nt:only", "s[first]+second t[only]"},
		{"state f <<fork>>\nstate j [[join]]\nstate c <<choice>>\nf --> c\nc --> j", "f j c | f->c c->j"},
		{"state a {\n[*] --> b\nb --> [*]\n}\na --> c", "a/start a/b a/end c | start->b b->end {a}->c"},
		{"state a { b --> c }\nstate \"T\" as d {\ne\n}", "a/b a/c d/e | b->c"},
		{"state a {\nb\n--\nc\n}", "region 1/b region 2/c"},
		{"A --> B\nnote right of A : text\nnote left of B\nlong\ntext\nend note",
		 "A B note[text] note[long\ntext] | A->B A.-note B.-note"},
		{"note \"float\" as N\nA", "note[float] A"},
		{"hide empty description\nscale 350 width\ndirection LR\nA", "A"},
		{"A:::hot --> B\nclassDef hot fill:#f00\nclass B hot\nstyle A stroke:#333", "A B | A->B"},
		{"accTitle: x\ntitle T\nA --> B; ", "A B; | A->B;"},
		{"}\nA", "A"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct graph *graph = read_good("stateDiagram-v2", cases[i].text).graph;
		if (i != 12)
			assert_string_equal(shown_graph(graph), cases[i].want);
		assert_int_equal(graph->form, GRAPH_STATES);
	}
	struct graph *graph = read_good("stateDiagram", "direction LR\nstate f <<fork>>\nf --> A:::hot\n"
							"classDef hot fill:#f00\nstate c {\ndirection TB\nd\n}")
				      .graph;
	assert_string_equal(graph->direction, "LR");
	assert_int_equal(graph->nodes.data[0].shape, SHAPE_BAR);
	assert_true(str_is(graph->nodes.data[1].kind, "tone-red"));
	assert_string_equal(graph->clusters.data[0].direction, "TB");
}

static void c4_diagrams(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"Person(a, \"Ann\", \"Buys\")\nSystem_Ext(s, \"Sys\")\nRel(a, s, \"Uses\", \"HTTPS\")",
		 "a[Ann]+[person]\nBuys s[Sys]+[external system] | a->s(Uses\n[HTTPS])"},
		{"Container_Boundary(b, \"B\") {\nContainerDb(d, \"D\", \"PostgreSQL\", \"Keeps, all (of) it\")\n}",
		 "b/d[D]+[container: PostgreSQL]\nKeeps, all (of) it"},
		{"Enterprise_Boundary(e, \"E\")\n{\nBoundary(i, \"I\", \"t\") {\nComponent(c, \"C\")\n}\n}",
		 "i/c[C]+[component]"},
		{"Rel(a, b, \"x\")\nSystem(a, \"A\")\nSystem(b, \"B\")\nBiRel(a, b, \"y\")\nRel_Back(a, b, \"z\")",
		 "a[A]+[system] b[B]+[system] | a->b(x) a<>b(y) b->a(z)"},
		{"title T\nSystem(a, \"A\", $link=\"https://example.org/\")\nUpdateRelStyle(a, b, $x=\"1\")\n"
		 "UpdateLayoutConfig($c4ShapeInRow=\"3\")",
		 "a[A]+[system]"},
		{"System(a, \"over\nlines\")", "a[over\nlines]+[system]"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(shown_graph(read_good("C4Context", cases[i].text).graph), cases[i].want);
}

static void broken(void **state)
{
	static const struct {
		const char *text;
		unsigned line, col;
		const char *want;
	} cases[] = {
		{"sequenceDiagram\nA->>B", 2, 6, "':' and the text of the message"},
		{"sequenceDiagram\nA->>: x", 2, 5, "the participant that the message goes to"},
		{"sequenceDiagram\nend", 2, 1, "a block that this 'end' closes"},
		{"sequenceDiagram\nalt x\nA->>B: y", 2, 1, "'end' of this 'alt'"},
		{"sequenceDiagram\nopt x\nelse\nend", 3, 1, "'alt' around this 'else'"},
		{"sequenceDiagram\nnote A: x", 2, 6, "'left of', 'right of' or 'over', and a participant"},
		{"sequenceDiagram\nnote over A\nA->>B: x", 2, 12, "a participant, ':' and the text of the note"},
		{"sequenceDiagram\nA->>B: one; two", 2, 11, "the end of the line, or #59; for this sign"},
		{"sequenceDiagram\nA->>B: x\ndeactivate B", 3, 12, "an activation of this participant before its end"},
		{"sequenceDiagram\nparticipant", 2, 12, "the name of a participant"},
		{"stateDiagram-v2\nA --> ", 2, 3, "a state at both ends of the arrow"},
		{"stateDiagram-v2\nA --> B --> C", 2, 9, "the end of the line or ':'; a transition has two ends"},
		{"stateDiagram-v2\nstate a {\nb", 2, 7, "'}' behind the states of this one"},
		{"stateDiagram-v2\nnote left of A\nx", 2, 1, "'end note' behind the lines of this note"},
		{"C4Context\nSystem(a, \"b\"", 2, 7, "')' behind the arguments"},
		{"C4Context\nSystem_Boundary(a, \"b\") {\nSystem(c, \"d\")", 2, 1, "'}' of this boundary"},
		{"C4Context\n}", 2, 1, "a boundary that this '}' closes"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading reading = read_mermaid(str_from(cases[i].text));
		if (reading.troubles.list.n != 1)
			fail_msg("%s: %zu troubles", cases[i].text, reading.troubles.list.n);
		const struct trouble *trouble = &reading.troubles.list.data[0];
		struct place place = span_place(&reading.sources, trouble->span);
		assert_string_equal(trouble->rule, "diagram-syntax");
		assert_string_equal(str_to_c(arena, trouble->extra), cases[i].want);
		assert_int_equal(place.line, cases[i].line);
		assert_int_equal(place.col, cases[i].col);
	}
}

/* What may be of a later version is no mistake: the diagram is shown as source. */
static void not_understood(void **state)
{
	static const char *const texts[] = {
		"sequenceDiagram\nA->>B: x\nshimmer B",
		"stateDiagram-v2\nA -> B",
		"C4Context\nSystem(a, \"A\")\nHologram(x, \"X\")",
	};
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct reading reading = read_mermaid(str_from(texts[i]));
		assert_false(reading.graph->supported);
		assert_int_equal(reading.troubles.list.n, 1);
		assert_string_equal(reading.troubles.list.data[0].rule, "diagram-unsupported");
		assert_string_equal(reading.troubles.list.data[0].kind, "statement");
	}
	struct reading reading = read_mermaid(STR("sequenceDiagram\nlink A: x @ javascript:alert(1)\nA->>B: x"));
	assert_string_equal(reading.troubles.list.data[0].rule, "diagram-asset");
	assert_int_equal(reading.graph->nodes.n, 2);
	reading = read_mermaid(STR("C4Context\nSystem(a, \"A\", $link=\"javascript:alert(1)\")"));
	assert_string_equal(reading.troubles.list.data[0].rule, "diagram-asset");
	assert_int_equal(reading.graph->nodes.data[0].href.size, 0);
}

/* A pattern repeated to a quarter of a megabyte ends soon, and stays within its bounds. */
static void hostile(void **state)
{
	static const char *const heads[] = {"sequenceDiagram\n", "stateDiagram-v2\n", "C4Context\n"};
	static const char *const parts[] = {
		"A->>B:x;",
		"A->B;",
		"loop;",
		"loop\n",
		"alt\nelse\n",
		"end\n",
		"a;",
		"A->>+A:x\n",
		"box\n",
		"note over A:x\n",
		"accDescr {\n",
		"-x",
		"-",
		"state a{",
		"state a}",
		"state a {\n",
		"}",
		"--\n",
		"state a {\n--\n",
		"a --> ",
		"note a of ",
		"note left of a\n",
		"state \"",
		"a:::b --> ",
		"<<",
		"System(",
		"System(a,",
		"Boundary(a,\"b\") {\n",
		"{",
		"Rel(a,b)\n",
		"\"",
		"[*] --> A\n",
		"classDef a fill:#fff,",
		"class a,b c\n",
		"style a fill:rgb(",
		"_",
	};
	(void)state;
	for (size_t h = 0; h < COUNT(heads); h++)
		for (size_t i = 0; i < COUNT(parts); i++) {
			struct buf text = {0};
			buf_adds(&text, heads[h]);
			while (text.size < 250000)
				buf_adds(&text, parts[i]);
			double start = world_seconds();
			struct reading reading = read_mermaid(buf_dup(arena, &text));
			buf_free(&text);
			if (world_seconds() - start > 3)
				fail_msg("%s %s: %f s", heads[h], parts[i], world_seconds() - start);
			assert_true(reading.troubles.list.n <= 12);
			assert_true(reading.graph->edges.n <= 20000);
			assert_true(reading.graph->steps.n <= 40000);
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
		cmocka_unit_test(sequences), cmocka_unit_test(state_diagrams), cmocka_unit_test(c4_diagrams),
		cmocka_unit_test(broken),    cmocka_unit_test(not_understood), cmocka_unit_test(hostile),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
