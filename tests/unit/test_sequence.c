/* Sequences drawn and as lists, subgraphs laid out on their own. */
#include "draw/drawing.h"
#include "draw/sequence.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static struct graph *read_graph(struct str text)
{
	struct sources sources = {.by_path.arena = arena};
	struct troubles troubles = {0};
	struct source *source = source_add(arena, &sources, SOURCE_MERMAID, STR("t.mmd"), text);
	return mermaid_parse(arena, source, (struct span){source->id, 0, (uint32_t)text.size}, &troubles);
}

static struct drawing drawn(struct graph *graph)
{
	struct drawing drawing = {.title = STR("A title"), .graph = graph};
	if (graph->form == GRAPH_SEQUENCE) {
		drawing.layout = sequence_layout(arena, graph);
		return drawing;
	}
	const struct layout_plan *plan = layout_plan(arena, graph);
	struct layout_result *result = layout_plan_run(arena, &plan, 1, 10);
	assert_int_equal(result->end, LAYOUT_DONE);
	drawing.layout = result->layout;
	return drawing;
}

static const char *svg_of(const struct drawing *drawing)
{
	struct buf out = {0};
	drawing_svg(&out, drawing, STR("a/b.html"), "d1");
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return str_to_c(arena, text);
}

static const char *list_of(struct graph *graph)
{
	struct drawing drawing = {.graph = graph};
	struct buf out = {0};
	drawing_list(&out, &drawing, STR("a/b.html"));
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return str_to_c(arena, text);
}

static bool holds(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static size_t count(const char *text, const char *part)
{
	size_t n = 0;
	for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
		n++;
	return n;
}

static void lists(void **state)
{
	(void)state;
	struct graph *graph = read_graph(
		STR("sequenceDiagram\nautonumber\nbox Front\nactor U as User & co\nend\nparticipant W as Web\n"
		    "U->>+W: GET /\nalt is #lt;new#gt;\nW->>W: make\nrect red\nNote over U,W: both wait\nend\n"
		    "else\nend\nW--)-U: page\nU<<->>W: talk"));
	graph->nodes.data[1].href = STR("web.html");
	assert_string_equal(list_of(graph), "<ul class=\"diagram-list\">\n"
					    "<li>User &amp; co (Front)</li>\n"
					    "<li><a href=\"../web.html\">Web</a></li>\n"
					    "</ul>\n"
					    "<ol class=\"diagram-list\">\n"
					    "<li>1. User &amp; co → Web: GET /</li>\n"
					    "<li>alt: is &lt;new&gt;<ol>\n"
					    "<li>2. Web → itself: make</li>\n"
					    "<li>Note, User &amp; co to Web: both wait</li>\n"
					    "</ol></li>\n"
					    "<li>else<ol>\n"
					    "<li>nothing</li>\n"
					    "</ol></li>\n"
					    "<li>3. Web → User &amp; co: page</li>\n"
					    "<li>4. User &amp; co ↔ Web: talk</li>\n"
					    "</ol>\n");
}

/* Everything stands inside, rows follow each other, texts have room. */
static void rows(void **state)
{
	(void)state;
	struct graph *graph = read_graph(
		STR("sequenceDiagram\nparticipant A as A rather long name of a participant\nA->>+B: one\n"
		    "loop always\nB->>C: a text that is longer than the columns would stand apart\nend\n"
		    "note left of A: at the left\nB-->>-A: two\nC->>C: self\ncreate participant D\nA->>D: three\n"
		    "destroy D\nD-xA: four"));
	struct drawing drawing = drawn(graph);
	const struct sequence_layout *layout = drawing.layout->sequence;
	double last = 0;
	for (size_t i = 0; i < graph->steps.n; i++) {
		const struct graph_step *step = &graph->steps.data[i];
		const struct placed_step *placed = &layout->steps[i];
		if (step->kind != STEP_MESSAGE)
			continue;
		assert_true(placed->y > last);
		assert_true(placed->y < drawing.layout->height);
		assert_true(placed->x + layout->left >= -0.1 && placed->x + layout->left <= drawing.layout->width);
		last = placed->y;
		if (step->from == step->to)
			continue;
		struct text_block text =
			sequence_text(arena, graph->edges.data[step->edge].label.str, placed->text_width);
		assert_true(text.width <= (placed->x < placed->x2 ? placed->x2 - placed->x : placed->x - placed->x2));
	}
	for (size_t i = 0; i + 1 < graph->nodes.n; i++)
		assert_true(layout->columns[i].box.x + layout->columns[i].box.width / 2 <
			    layout->columns[i + 1].box.x - layout->columns[i + 1].box.width / 2);
	assert_int_equal(layout->bars.n, 1);
	assert_true(layout->bars.data[0].to > layout->bars.data[0].from + 30);
	assert_true(layout->columns[3].is_destroyed);
	assert_true(layout->columns[3].from > layout->columns[0].from);
	const char *svg = svg_of(&drawing);
	assert_true(holds(svg, "A rather long name"));
	assert_true(holds(svg, ">loop</text>"));
	assert_true(holds(svg, "[always]"));
	assert_int_equal(count(svg, "<g"), count(svg, "</g>"));
	assert_string_equal(svg, svg_of(&drawing));
}

static void high_ones_repeat_names(void **state)
{
	(void)state;
	struct buf text = {0};
	buf_adds(&text, "sequenceDiagram\n");
	for (int i = 0; i < 40; i++)
		buf_adds(&text, "A->>B: x\n");
	struct graph *graph = read_graph(buf_dup(arena, &text));
	buf_free(&text);
	graph->nodes.data[0].href = STR("x.html");
	struct drawing drawing = drawn(graph);
	const char *svg = svg_of(&drawing);
	assert_int_equal(count(svg, ">A</text>"), 2);
	/* What is hidden takes no focus. */
	assert_int_equal(count(svg, "<a href"), 1);
	assert_true(holds(svg, "aria-hidden=\"true\""));
}

static void strange(void **state)
{
	static const char *const texts[] = {
		"sequenceDiagram\nA->>A: x",
		"sequenceDiagram\nparticipant A",
		"sequenceDiagram\nloop\nend\nA->>B:",
		"sequenceDiagram\ncreate participant C\nA->>B: x",
		"sequenceDiagram\nA->>B: x\nactivate A\nactivate A\nactivate B",
		"sequenceDiagram\nbox a\nend\nA->>B: x",
		"sequenceDiagram\nnote right of A: x\nnote left of A: y",
		"sequenceDiagram\nA->>B: x\nnote over B,A: y\ndestroy A",
		"sequenceDiagram\nalt\nalt\nalt\nA->>B: x\nelse\nend\nend\nend",
		"sequenceDiagram\nrect rgb(0,0,0)\nrect red\nend\nend\nautonumber\nA<<->>A: x",
	};
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct graph *graph = read_graph(str_from(texts[i]));
		struct drawing drawing = drawn(graph);
		const char *svg = svg_of(&drawing), *list = list_of(graph);
		assert_true(holds(svg, "</svg>"));
		assert_false(holds(svg, "nan"));
		assert_false(holds(svg, "inf"));
		assert_int_equal(count(list, "<ol"), count(list, "</ol>"));
		assert_false(holds(list, "<ol>\n</ol>"));
	}
}

/* Thousands of messages over many participants are placed at once. */
static void large(void **state)
{
	(void)state;
	struct buf text = {0};
	buf_adds(&text, "sequenceDiagram\n");
	for (int i = 0; i < 300; i++)
		buf_addf(&text, "participant p%d\n", i);
	for (int i = 0; i < 5000; i++)
		buf_addf(&text, "p%d->>+p%d: message %d\n", i % 300, i * 7 % 300, i);
	struct graph *graph = read_graph(buf_dup(arena, &text));
	buf_free(&text);
	double start = world_seconds();
	struct drawing drawing = drawn(graph);
	assert_true(world_seconds() - start < 2);
	assert_int_equal(graph->steps.n, 10000);
	assert_true(drawing.layout->height > 5000 * 10);
}

/* ---- subgraphs on their own ---- */

static void own_direction(void **state)
{
	(void)state;
	struct drawing drawing = drawn(
		read_graph(STR("flowchart TB\nsubgraph s [Row]\ndirection LR\na --> b --> c\nend\nu --> s\ns --> d\n"
			       "subgraph t [Crossed]\ndirection LR\ne --> f\nend\nd --> e")));
	const struct drawing_layout *layout = drawing.layout;
	const struct graph *graph = drawing.graph;
	struct placed_box at[8] = {{0}};
	for (size_t i = 0; i < graph->nodes.n; i++) {
		const char *names = "abcudef";
		const char *found = strchr(names, graph->nodes.data[i].id.str.data[0]);
		at[found - names] = layout->nodes[i];
	}
	assert_true(at[0].x < at[1].x && at[1].x < at[2].x);
	assert_true(at[0].y - at[1].y < 1 && at[1].y - at[0].y < 1);
	assert_true(at[3].y < at[0].y && at[0].y < at[4].y);
	/* A line crosses the border of the other: it follows what is around it. */
	assert_true(at[5].y < at[6].y - 10);
	const struct placed_box *row = &layout->clusters[0];
	assert_true(at[0].x - at[0].width / 2 > row->x - row->width / 2);
	assert_true(at[2].x + at[2].width / 2 < row->x + row->width / 2);
	assert_true(at[0].y - at[0].height / 2 > row->y - row->height / 2 + 16);
	assert_string_equal(svg_of(&drawing), svg_of(&drawing));
}

static void nested_states(void **state)
{
	static const char *const texts[] = {
		"stateDiagram-v2\nstate a {\nstate b {\nstate c {\n[*] --> d\n}\n}\n}\n[*] --> a\na --> e\nb --> c",
		"stateDiagram-v2\nstate a {\nb\n--\nc\n--\nd\n}\na --> a\na --> b",
		"stateDiagram-v2\ndirection LR\nstate a {\ndirection TB\nb --> c\n}\na --> d\nnote right of a : x",
		"stateDiagram-v2\nstate a {\n}\na --> b",
		"flowchart LR\nsubgraph a\nsubgraph b\ndirection TB\nx --> y\nend\nb --> z\nend\nw --> a\nw --> z",
		"flowchart LR\nsubgraph a\ndirection TB\nsubgraph b\nx\nend\nend\na --> b",
		"flowchart LR\nsubgraph a\nsubgraph b\nx\nend\nend\nsubgraph c\nsubgraph d\ny\nend\nend\na --> d\nc --> b",
	};
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct drawing drawing = drawn(read_graph(str_from(texts[i])));
		const struct drawing_layout *layout = drawing.layout;
		assert_int_equal(layout->n_nodes, drawing.graph->nodes.n);
		assert_true(holds(svg_of(&drawing), "</svg>"));
		for (size_t k = 0; k < drawing.graph->nodes.n; k++) {
			int home = drawing.graph->nodes.data[k].cluster;
			if (home < 0)
				continue;
			struct placed_box box = layout->clusters[home], node = layout->nodes[k];
			assert_true(node.x > box.x - box.width / 2 && node.x < box.x + box.width / 2);
			assert_true(node.y > box.y - box.height / 2 && node.y < box.y + box.height / 2);
		}
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
		cmocka_unit_test(lists),         cmocka_unit_test(rows),  cmocka_unit_test(high_ones_repeat_names),
		cmocka_unit_test(strange),       cmocka_unit_test(large), cmocka_unit_test(own_direction),
		cmocka_unit_test(nested_states),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
