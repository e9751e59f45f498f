/* Drawings: sizes, layouts in a child, SVG that is well formed and safe, lists, dot, graphs of a model made by hand. */
#include "draw/drawing.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static struct graph *read_graph(const char *text)
{
	struct sources sources = {.by_path.arena = arena};
	struct troubles troubles = {0};
	struct source *source = source_add(arena, &sources, SOURCE_MERMAID, STR("t.mmd"), str_from(text));
	struct graph *graph =
		mermaid_parse(arena, source, (struct span){source->id, 0, (uint32_t)source->text.size}, &troubles);
	assert_int_equal(troubles.list.n, 0);
	return graph;
}

static struct drawing drawn(struct graph *graph)
{
	const struct layout_request *request = layout_request(arena, graph);
	struct layout_result *result = layout_run(arena, &request, 1, 10);
	assert_int_equal(result->end, LAYOUT_DONE);
	return (struct drawing){.title = STR("A \"title\""), .graph = graph, .layout = result->layout};
}

static const char *svg_of(struct graph *graph)
{
	struct buf out = {0};
	struct drawing drawing = drawn(graph);
	drawing_svg(&out, &drawing, STR("a/b.html"), "d1");
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return str_to_c(arena, text);
}

static bool holds(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

/* ---- text ---- */

static void text_sizes(void **state)
{
	(void)state;
	assert_true(text_width(STR("iii"), 13) < text_width(STR("WWW"), 13));
	assert_true(text_width(STR("\xE4\xB8\xAD"), 13) > text_width(STR("i"), 13));
	struct text_block block = text_block(arena, STR("one two three four five six seven eight"), 13, 17, 80);
	assert_true(block.lines.n > 2);
	assert_true(block.width <= 80);
	block = text_block(arena, STR("a\nb\nc"), 13, 17, 80);
	assert_int_equal(block.lines.n, 3);
	block = text_block(arena, STR(""), 13, 17, 80);
	assert_int_equal(block.lines.n, 0);
	struct buf longest = {0};
	for (int i = 0; i < 5000; i++)
		buf_adds(&longest, "x");
	block = text_block(arena, buf_dup(arena, &longest), 13, 17, 100);
	buf_free(&longest);
	assert_int_equal(block.lines.n, 13);
	assert_true(str_is(block.lines.data[12].text, "…"));
}

static void numbers(void **state)
{
	static const struct {
		double number;
		const char *want;
	} cases[] = {
		{0, "0"},     {1, "1"}, {1.25, "1.3"}, {-0.04, "0"}, {-3.5, "-3.5"}, {1234567.89, "1234567.9"},
		{0.1, "0.1"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = {0};
		svg_number(&out, cases[i].number);
		assert_string_equal(out.data, cases[i].want);
		buf_free(&out);
	}
}

static void links(void **state)
{
	static const struct {
		const char *href, *want;
	} cases[] = {
		{"a/c.html", "c.html"},
		{"x.html", "../x.html"},
		{"x.html#top", "../x.html#top"},
		{"https://e.org/?a=1&b", "https://e.org/?a=1&amp;b"},
		{"a/b c.html", "b%20c.html"},
		{"a/javascript:x", "./javascript:x"},
		{"a/\"><script>", "%22%3E%3Cscript%3E"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = {0};
		svg_href(&out, str_from(cases[i].href), STR("a/b.html"));
		assert_string_equal(out.data, cases[i].want);
		buf_free(&out);
	}
}

/* ---- layout ---- */

static void layouts(void **state)
{
	(void)state;
	struct graph *graph =
		read_graph("flowchart LR\na[Alpha] -->|label| b[Beta]\nsubgraph s [Group]\nb --> c\nend\na --> s");
	struct drawing drawing = drawn(graph);
	const struct drawing_layout *layout = drawing.layout;
	assert_int_equal(layout->n_nodes, 3);
	assert_true(layout->nodes[0].x < layout->nodes[1].x);
	for (size_t i = 0; i < layout->n_nodes; i++) {
		assert_true(layout->nodes[i].x - layout->nodes[i].width / 2 >= -0.5);
		assert_true(layout->nodes[i].y + layout->nodes[i].height / 2 <= layout->height + 0.5);
	}
	/* The group holds its members. */
	const struct placed_box *group = &layout->clusters[0];
	assert_true(layout->nodes[1].x - layout->nodes[1].width / 2 > group->x - group->width / 2);
	assert_true(layout->nodes[1].x + layout->nodes[1].width / 2 < group->x + group->width / 2);
	assert_true(layout->edges[0].has_label);
	assert_true(layout->edges[0].has_head && !layout->edges[0].has_tail);
	/* The edge to the group ends at its border. */
	assert_true(layout->edges[2].head.x <= group->x - group->width / 2 + 1);
}

static void same_bytes(void **state)
{
	(void)state;
	const char *text =
		"flowchart LR\na --> b & c\nsubgraph s\nd & e\nend\nsubgraph t\nf & g\nend\nsubgraph u\nh\nend\nb --> f\nc --> h\na --> d";
	const char *first = svg_of(read_graph(text));
	svg_of(read_graph("flowchart LR\nx --> y --> z --> x"));
	/* Nor does it depend on where memory lies: the heap is left full of holes, in falling order. */
	void *blocks[4000];
	for (size_t i = 0; i < COUNT(blocks); i++)
		blocks[i] = world_alloc(16 + i * 7 % 500);
	for (size_t i = 0; i < COUNT(blocks); i += 2)
		free(blocks[i]);
	assert_string_equal(svg_of(read_graph(text)), first);
	for (size_t i = 1; i < COUNT(blocks); i += 2)
		free(blocks[i]);
}

static void lone_boxes_stand_in_rows(void **state)
{
	(void)state;
	struct buf text = {0};
	buf_adds(&text, "flowchart TB\n");
	for (int i = 0; i < 30; i++)
		buf_addf(&text, "n%d\n", i);
	struct drawing drawing = drawn(read_graph(text.data));
	buf_free(&text);
	assert_true(drawing.layout->width < 8 * 100);
	assert_true(drawing.layout->height > 2 * 60);
}

static void limits(void **state)
{
	(void)state;
	struct buf text = {0};
	unsigned seed = 1;
	buf_adds(&text, "flowchart TB\n");
	for (int i = 0; i < 1500; i++) {
		seed = seed * 1103515245u + 12345u;
		unsigned from = seed >> 16 & 0x1FF;
		seed = seed * 1103515245u + 12345u;
		buf_addf(&text, "n%u --> n%u\n", from, seed >> 16 & 0x1FF);
	}
	double start = world_seconds();
	/* The one that takes too long costs those beside it nothing. */
	const struct layout_request *small = layout_request(arena, read_graph("flowchart LR\na --> b"));
	const struct layout_request *requests[] = {small, layout_request(arena, read_graph(text.data)), small, small};
	struct layout_result *results = layout_run(arena, requests, 4, 1);
	buf_free(&text);
	assert_int_equal(results[1].end, LAYOUT_TIMEOUT);
	assert_null(results[1].layout);
	assert_true(world_seconds() - start < 6);
	for (size_t i = 0; i < 4; i++)
		assert_true(i == 1 ||
			    (results[i].end == LAYOUT_DONE && results[i].layout->width == results[0].layout->width));
}

static void empty_and_strange(void **state)
{
	static const char *const texts[] = {
		"flowchart LR\na --> a",
		"flowchart LR\na --> b\na --> b\nb --> a",
		"flowchart LR\na[\" \"]",
		"flowchart BT\na((x)) --> b{y} --> c{{z}}",
		"flowchart RL\nsubgraph s\nsubgraph t\na\nend\nend\ns --> t\nt --> a",
		"flowchart TD\na --> b\nsubgraph s\nend",
		"flowchart LR\na@{shape: text, label: \"\"} --> b",
		"flowchart LR\nsubgraph x\na\nend\nsubgraph y\nb\nend\nx --> y\ny --> x",
		"flowchart LR\na x--x b o--o c <==> d ~~~ e -.- f",
	};
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_true(holds(svg_of(read_graph(texts[i])), "</svg>"));
}

/* ---- output ---- */

static void safe_svg(void **state)
{
	(void)state;
	struct graph *graph = read_graph(
		"flowchart LR\na[\"#lt;script#gt;alert(1)#lt;/script#gt;\"] -->|\"#quot; onload=x #amp;\"| b[\"B\x01\x1b[31m\"]");
	graph->nodes.data[0].href = STR("estates/x/index.html");
	graph->nodes.data[1].kind = STR("\"><script>");
	const char *svg = svg_of(graph);
	assert_false(holds(svg, "<script"));
	assert_false(holds(svg, "\x1b"));
	assert_false(holds(svg, "\x01"));
	assert_false(holds(svg, "style="));
	assert_true(holds(svg, "&lt;script&gt;"));
	assert_true(holds(svg, "&quot; onload=x &amp;"));
	assert_true(holds(svg, "<a href=\"../estates/x/index.html\">"));
	assert_true(holds(svg, "aria-label=\"A &quot;title&quot;\""));
	assert_true(holds(svg, "role=\"group\""));
	assert_true(holds(svg, "kind-script"));
}

static void every_shape(void **state)
{
	(void)state;
	for (int shape = SHAPE_BOX; shape <= SHAPE_PLAIN; shape++) {
		struct buf out = {0};
		svg_shape(&out, (enum graph_shape)shape, (struct placed_box){50, 50, 80, 40});
		assert_true((out.size == 0) == (shape == SHAPE_PLAIN));
		buf_free(&out);
	}
}

static void lists_and_dot(void **state)
{
	(void)state;
	struct graph *graph =
		read_graph("flowchart LR\na[Al & co] -->|x| b\nsubgraph s [Group]\nc --- d\nend\na --> s\nb ~~~ c");
	struct drawing drawing = {.title = STR("t"), .graph = graph};
	struct buf out = {0};
	drawing_list(&out, &drawing, STR("b.html"));
	assert_true(holds(out.data, "<li>Al &amp; co<ul><li>→ b (x)</li><li>→ Group</li></ul></li>"));
	assert_true(holds(out.data, "<li>Group<ul>\n<li>c<ul><li>– d</li></ul></li>\n<li>d</li>\n</ul></li>"));
	buf_clear(&out);
	drawing_svg(&out, &drawing, STR("b.html"), "d");
	assert_int_equal(out.size, 0);
	drawing_dot(&out, graph);
	/* What is written can be read. */
	struct sources sources = {.by_path.arena = arena};
	struct troubles troubles = {0};
	struct source *source = source_add(arena, &sources, SOURCE_DOT, STR("t.dot"), buf_str(&out));
	struct graph *again = dot_parse(arena, source, (struct span){source->id, 0, (uint32_t)out.size}, &troubles);
	assert_int_equal(troubles.list.n, 0);
	assert_int_equal(again->nodes.n, graph->nodes.n);
	assert_int_equal(again->edges.n, graph->edges.n);
	assert_int_equal(again->clusters.n, 1);
	assert_true(str_is(again->nodes.data[0].label.str, "Al & co"));
	buf_free(&out);
}

/* ---- graphs of a model ---- */

static struct estate *an_estate(void)
{
	struct estate *estate = NEW(arena, struct estate);
	estate->entity = (struct entity){
		.kind = ENTITY_ESTATE, .id = {STR("lab"), SPAN_NONE}, .url = STR("estates/lab/index.html")};
	struct network *network = NEW(arena, struct network);
	network->entity = (struct entity){
		.kind = ENTITY_NETWORK, .estate = estate, .id = {STR("lan"), SPAN_NONE}, .url = STR("n/lan.html")};
	vec_add(arena, &network->cidrs, (struct prefix_value){.word = {STR("10.0.0.0/24"), SPAN_NONE}, .valid = true});
	vec_add(arena, &estate->networks, network);
	struct cluster *cluster = NEW(arena, struct cluster);
	cluster->entity = (struct entity){
		.kind = ENTITY_CLUSTER, .estate = estate, .id = {STR("main"), SPAN_NONE}, .url = STR("c/main.html")};
	cluster->has_nodes = true;
	vec_add(arena, &estate->clusters, cluster);
	for (int i = 0; i < 60; i++) {
		struct node *node = NEW(arena, struct node);
		node->entity = (struct entity){.kind = ENTITY_NODE,
					       .estate = estate,
					       .id = {str_format(arena, "node-%d", i), SPAN_NONE},
					       .url = str_format(arena, "n/node-%d.html", i)};
		node->cluster = cluster;
		node->role = (struct word){i < 3 ? STR("control-plane") : STR("worker"), SPAN_NONE};
		struct address_value address = {
			.word = {str_format(arena, "10.0.0.%d", i), SPAN_NONE}, .valid = true, .network = network};
		vec_add(arena, &node->addresses, address);
		vec_add(arena, &cluster->nodes, node);
	}
	return estate;
}

static const struct graph_node *find_node(const struct graph *graph, const char *label)
{
	for (size_t i = 0; i < graph->nodes.n; i++)
		if (str_is(graph->nodes.data[i].label.str, label))
			return &graph->nodes.data[i];
	return NULL;
}

static void model_graphs(void **state)
{
	(void)state;
	struct estate *estate = an_estate();
	struct make make;
	make_start(&make, arena, "LR", STR("e"));
	estate_graph(&make, estate);
	assert_int_equal(make.graph->nodes.n, 2);
	assert_int_equal(make.graph->edges.n, 1);
	assert_true(str_is(find_node(make.graph, "main")->note, "60 nodes"));
	assert_true(str_is(find_node(make.graph, "lan")->note, "10.0.0.0/24"));
	buf_free(&make.why);

	make_start(&make, arena, "TB", STR("c"));
	cluster_graph(&make, estate->clusters.data[0]);
	assert_non_null(find_node(make.graph, "node-0"));
	assert_non_null(find_node(make.graph, "and 49 more"));
	assert_true(str_is(buf_str(&make.why), "11 of 60 nodes are shown"));
	assert_int_equal(make.graph->clusters.n, 3);
	buf_free(&make.why);

	make_start(&make, arena, "LR", STR("n"));
	network_graph(&make, estate->networks.data[0]);
	assert_non_null(find_node(make.graph, "lan"));
	assert_true(str_is(find_node(make.graph, "node-3")->note, "10.0.0.3"));
	assert_non_null(find_node(make.graph, "and 48 more"));
	buf_free(&make.why);

	/* An estate with nothing in it, a network with no member: still a box. */
	struct estate empty = {.entity = {.kind = ENTITY_ESTATE, .id = {STR("void"), SPAN_NONE}}};
	make_start(&make, arena, "LR", STR("v"));
	estate_graph(&make, &empty);
	assert_int_equal(make.graph->nodes.n, 1);
	struct network lonely = {
		.entity = {.kind = ENTITY_NETWORK, .estate = &empty, .id = {STR("lonely"), SPAN_NONE}}};
	make_start(&make, arena, "LR", STR("l"));
	network_graph(&make, &lonely);
	assert_int_equal(make.graph->nodes.n, 1);
}

static void edges_merge(void **state)
{
	(void)state;
	struct make make;
	make_start(&make, arena, "LR", STR("e"));
	int a = make_node(&make, STR("a"), (struct make_node){.label = STR("a"), .cluster = -1});
	int b = make_node(&make, STR("b"), (struct make_node){.label = STR("b"), .cluster = -1});
	make_edge(&make, a, b, STR("one"), LINE_SOLID, TIP_ARROW);
	make_edge(&make, a, b, STR("one"), LINE_SOLID, TIP_ARROW);
	assert_true(str_is(make.graph->edges.data[0].label.str, "one"));
	make_edge(&make, a, b, STR("two"), LINE_SOLID, TIP_ARROW);
	assert_true(str_is(make.graph->edges.data[0].label.str, "one, two"));
	make_edge(&make, a, b, STR("three"), LINE_SOLID, TIP_ARROW);
	make_edge(&make, a, b, STR("four"), LINE_SOLID, TIP_ARROW);
	assert_true(str_is(make.graph->edges.data[0].label.str, "4 connections"));
	assert_int_equal(make.graph->edges.n, 1);
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
		cmocka_unit_test(text_sizes),    cmocka_unit_test(numbers),
		cmocka_unit_test(links),         cmocka_unit_test(layouts),
		cmocka_unit_test(same_bytes),    cmocka_unit_test(lone_boxes_stand_in_rows),
		cmocka_unit_test(limits),        cmocka_unit_test(empty_and_strange),
		cmocka_unit_test(safe_svg),      cmocka_unit_test(every_shape),
		cmocka_unit_test(lists_and_dot), cmocka_unit_test(model_graphs),
		cmocka_unit_test(edges_merge),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
