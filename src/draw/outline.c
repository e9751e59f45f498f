/* Writes a drawing as a nested HTML list, as lines of text, and as dot. */
#include "draw/drawing.h"

/* ---- list ---- */

struct outline {
	struct buf *out;
	const struct graph *graph;
	struct str page_url;
	struct {
		VEC(int) list;
	} * nodes; /* by cluster + 1 */
	struct {
		VEC(int) list;
	} * clusters; /* by parent + 1 */
	struct {
		VEC(int) list;
	} * edges; /* by the node they start from */
};

enum { DEPTH_MAX = 70 };

void list_name(struct buf *out, struct str name, struct str href, struct str page_url)
{
	if (href.size) {
		buf_adds(out, "<a href=\"");
		svg_href(out, href, page_url);
		buf_adds(out, "\">");
	}
	svg_text(out, name);
	if (href.size)
		buf_adds(out, "</a>");
}

static void write_name(struct outline *outline, struct str name, struct str href)
{
	list_name(outline->out, name, href, outline->page_url);
}

static struct str node_name(const struct graph_node *node)
{
	return node->label.str.size ? node->label.str : node->id.str;
}

/* What an end of an edge is called: the node, or the subgraph it stands for. */
static void write_end(struct outline *outline, int node, int cluster)
{
	const struct graph *graph = outline->graph;
	if (cluster) {
		const struct graph_cluster *it = &graph->clusters.data[cluster - 1];
		write_name(outline, it->label.str.size ? it->label.str : it->id.str, it->href);
	} else {
		write_name(outline, node_name(&graph->nodes.data[node]), graph->nodes.data[node].href);
	}
}

static void write_edges(struct outline *outline, int node)
{
	size_t n = outline->edges[node].list.n;
	if (n == 0)
		return;
	buf_adds(outline->out, "<ul>");
	for (size_t i = 0; i < n; i++) {
		const struct graph_edge *edge = &outline->graph->edges.data[outline->edges[node].list.data[i]];
		buf_adds(outline->out, "<li>");
		if (edge->tail_cluster) {
			write_end(outline, edge->from, edge->tail_cluster);
			buf_addc(outline->out, ' ');
		}
		buf_adds(outline->out, edge->head != TIP_NONE && edge->tail != TIP_NONE ? "↔ "
				       : edge->head != TIP_NONE                         ? "→ "
				       : edge->tail != TIP_NONE                         ? "← "
											: "– ");
		write_end(outline, edge->to, edge->head_cluster);
		if (edge->label.str.size) {
			buf_adds(outline->out, " (");
			svg_text(outline->out, edge->label.str);
			buf_addc(outline->out, ')');
		}
		buf_adds(outline->out, "</li>");
	}
	buf_adds(outline->out, "</ul>");
}

static void write_level(struct outline *outline, int cluster, unsigned depth)
{
	const struct graph *graph = outline->graph;
	for (size_t i = 0; i < outline->nodes[cluster + 1].list.n; i++) {
		int index = outline->nodes[cluster + 1].list.data[i];
		const struct graph_node *node = &graph->nodes.data[index];
		buf_adds(outline->out, "<li>");
		write_name(outline, node_name(node), node->href);
		if (node->note.size) {
			buf_adds(outline->out, ", ");
			svg_text(outline->out, node->note);
		}
		write_edges(outline, index);
		buf_adds(outline->out, "</li>\n");
	}
	for (size_t i = 0; depth < DEPTH_MAX && i < outline->clusters[cluster + 1].list.n; i++) {
		int index = outline->clusters[cluster + 1].list.data[i];
		const struct graph_cluster *it = &graph->clusters.data[index];
		if (!outline->nodes[index + 1].list.n && !outline->clusters[index + 1].list.n)
			continue;
		buf_adds(outline->out, "<li>");
		write_name(outline, it->label.str.size ? it->label.str : it->id.str, it->href);
		buf_adds(outline->out, "<ul>\n");
		write_level(outline, index, depth + 1);
		buf_adds(outline->out, "</ul></li>\n");
	}
}

void drawing_list(struct buf *out, const struct drawing *drawing, struct str page_url)
{
	const struct graph *graph = drawing->graph;
	if (!graph || graph->nodes.n == 0)
		return;
	if (graph->form == GRAPH_SEQUENCE) {
		sequence_list(out, graph, page_url);
		return;
	}
	struct arena *arena = arena_new();
	struct outline outline = {.out = out, .graph = graph, .page_url = page_url};
	outline.nodes = arena_alloc(arena, (graph->clusters.n + 1) * sizeof *outline.nodes);
	outline.clusters = arena_alloc(arena, (graph->clusters.n + 1) * sizeof *outline.clusters);
	outline.edges = arena_alloc(arena, (graph->nodes.n + 1) * sizeof *outline.edges);
	for (size_t i = 0; i < graph->nodes.n; i++)
		vec_add(arena, &outline.nodes[graph->nodes.data[i].cluster + 1].list, (int)i);
	for (size_t i = 0; i < graph->clusters.n; i++)
		vec_add(arena, &outline.clusters[graph->clusters.data[i].parent + 1].list, (int)i);
	for (size_t i = 0; i < graph->edges.n; i++)
		if (graph->edges.data[i].line != LINE_INVISIBLE)
			vec_add(arena, &outline.edges[graph->edges.data[i].from].list, (int)i);
	buf_adds(out, "<ul class=\"diagram-list\">\n");
	write_level(&outline, -1, 0);
	buf_adds(out, "</ul>\n");
	arena_free(arena);
}

/* ---- text ---- */

/* On one line, without control characters. */
static void add_line(struct arena *arena, struct buf *out, struct str text)
{
	buf_add(out, utf8_printable(arena, str_replace(arena, text, STR("\n"), STR(" "))));
}

void drawing_text(struct buf *out, const struct graph *graph)
{
	struct arena *arena = arena_new();
	struct {
		VEC(const struct graph_edge *) list;
	} *from = arena_alloc(arena, (graph->nodes.n + 1) * sizeof *from);
	for (size_t i = 0; i < graph->edges.n; i++)
		if (graph->edges.data[i].line != LINE_INVISIBLE)
			vec_add(arena, &from[graph->edges.data[i].from].list, &graph->edges.data[i]);
	for (size_t i = 0; i < graph->nodes.n; i++) {
		const struct graph_node *node = &graph->nodes.data[i];
		add_line(arena, out, node_name(node));
		if (node->note.size) {
			buf_adds(out, "  ");
			add_line(arena, out, node->note);
		}
		if (node->kind.size)
			buf_addf(out, "  [" STR_FMT "]",
				 STR_ARG(str_sub(node->kind, 0, str_find_char(node->kind, ' '))));
		buf_addc(out, '\n');
		for (size_t j = 0; j < from[i].list.n; j++) {
			const struct graph_edge *edge = from[i].list.data[j];
			buf_adds(out, "    ");
			add_line(arena, out, edge->label.str.size ? edge->label.str : STR("--"));
			buf_addc(out, ' ');
			add_line(arena, out, node_name(&graph->nodes.data[edge->to]));
			buf_addc(out, '\n');
		}
	}
	arena_free(arena);
}

/* ---- dot ---- */

static void dot_quoted(struct buf *out, struct str text)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];
		if (c == '"' || c == '\\')
			buf_addc(out, '\\');
		if (c == '\n')
			buf_adds(out, "\\n");
		else if ((unsigned char)c >= ' ')
			buf_addc(out, c);
	}
	buf_addc(out, '"');
}

static const char *dot_shape(enum graph_shape shape)
{
	static const char *const names[] = {
		[SHAPE_BOX] = "box",
		[SHAPE_ROUND] = "box",
		[SHAPE_STADIUM] = "oval",
		[SHAPE_CIRCLE] = "circle",
		[SHAPE_DOUBLE_CIRCLE] = "doublecircle",
		[SHAPE_DISC] = "point",
		[SHAPE_RING] = "doublecircle",
		[SHAPE_CROSSED] = "Mcircle",
		[SHAPE_DIAMOND] = "diamond",
		[SHAPE_HEXAGON] = "hexagon",
		[SHAPE_TRIANGLE] = "triangle",
		[SHAPE_TRIANGLE_DOWN] = "invtriangle",
		[SHAPE_HOURGLASS] = "invtriangle",
		[SHAPE_CYLINDER] = "cylinder",
		[SHAPE_QUEUE] = "cds",
		[SHAPE_SUBROUTINE] = "component",
		[SHAPE_TRAPEZIUM] = "trapezium",
		[SHAPE_TRAPEZIUM_DOWN] = "invtrapezium",
		[SHAPE_PARALLELOGRAM] = "parallelogram",
		[SHAPE_PARALLELOGRAM_BACK] = "parallelogram",
		[SHAPE_FLAG] = "cds",
		[SHAPE_DELAY] = "box",
		[SHAPE_DOCUMENT] = "note",
		[SHAPE_STACK] = "box3d",
		[SHAPE_NOTE] = "note",
		[SHAPE_BRACE] = "plaintext",
		[SHAPE_BAR] = "underline",
		[SHAPE_PERSON] = "box",
		[SHAPE_PLAIN] = "plaintext",
	};
	return names[shape];
}

static void dot_node(struct buf *out, const struct graph_node *node, size_t index)
{
	struct buf label = {0};
	buf_add(&label, node->label.str);
	if (node->note.size) {
		buf_addc(&label, '\n');
		buf_add(&label, node->note);
	}
	buf_addf(out, "  n%zu [label=", index);
	dot_quoted(out, buf_str(&label));
	buf_addf(out, ", shape=%s", dot_shape(node->shape));
	if (node->shape == SHAPE_ROUND)
		buf_adds(out, ", style=rounded");
	buf_adds(out, "];\n");
	buf_free(&label);
}

static const char *dot_tip(enum graph_tip tip)
{
	return tip == TIP_ARROW    ? "normal"
	       : tip == TIP_CIRCLE ? "odot"
	       : tip == TIP_CROSS  ? "tee"
	       : tip == TIP_OPEN   ? "vee"
				   : "none";
}

static void dot_edge(struct buf *out, const struct graph *graph, const struct graph_edge *edge)
{
	static const char *const styles[] = {"", ", style=dashed", ", style=bold", ", style=invis"};
	buf_addf(out, "  n%d %s n%d [", edge->from, graph->directed ? "->" : "--", edge->to);
	if (edge->label.str.size) {
		buf_adds(out, "label=");
		dot_quoted(out, edge->label.str);
		buf_adds(out, ", ");
	}
	buf_addf(out, "dir=both, arrowhead=%s, arrowtail=%s%s", dot_tip(edge->head), dot_tip(edge->tail),
		 styles[edge->line]);
	if (edge->tail_cluster)
		buf_addf(out, ", ltail=cluster%d", edge->tail_cluster - 1);
	if (edge->head_cluster)
		buf_addf(out, ", lhead=cluster%d", edge->head_cluster - 1);
	buf_adds(out, "];\n");
}

/* Subgraphs by nesting: children are listed by parent first, so that each level costs its own size. */
struct dot_tree {
	struct {
		VEC(int) list;
	} * clusters, *nodes;
};

static void dot_clusters(struct buf *out, const struct graph *graph, const struct dot_tree *tree, int parent,
			 unsigned depth)
{
	for (size_t i = 0; depth < DEPTH_MAX && i < tree->clusters[parent + 1].list.n; i++) {
		int index = tree->clusters[parent + 1].list.data[i];
		buf_addf(out, "  subgraph cluster%d {\n  label=", index);
		dot_quoted(out, graph->clusters.data[index].label.str);
		buf_adds(out, ";\n");
		for (size_t j = 0; j < tree->nodes[index].list.n; j++)
			buf_addf(out, "  n%d;\n", tree->nodes[index].list.data[j]);
		dot_clusters(out, graph, tree, index, depth + 1);
		buf_adds(out, "  }\n");
	}
}

void drawing_dot(struct buf *out, const struct graph *graph)
{
	struct arena *arena = arena_new();
	struct dot_tree tree;
	tree.clusters = arena_alloc(arena, (graph->clusters.n + 1) * sizeof *tree.clusters);
	tree.nodes = arena_alloc(arena, (graph->clusters.n + 1) * sizeof *tree.nodes);
	buf_addf(out, "%s {\n  rankdir=%s;\n  compound=true;\n", graph->directed ? "digraph" : "graph",
		 graph->direction[0] ? graph->direction : "TB");
	if (graph->title.str.size) {
		buf_adds(out, "  label=");
		dot_quoted(out, graph->title.str);
		buf_adds(out, ";\n");
	}
	for (size_t i = 0; i < graph->nodes.n; i++) {
		dot_node(out, &graph->nodes.data[i], i);
		if (graph->nodes.data[i].cluster >= 0)
			vec_add(arena, &tree.nodes[graph->nodes.data[i].cluster].list, (int)i);
	}
	for (size_t i = 0; i < graph->clusters.n; i++)
		vec_add(arena, &tree.clusters[graph->clusters.data[i].parent + 1].list, (int)i);
	dot_clusters(out, graph, &tree, -1, 0);
	for (size_t i = 0; i < graph->edges.n; i++)
		dot_edge(out, graph, &graph->edges.data[i]);
	buf_adds(out, "}\n");
	arena_free(arena);
}
