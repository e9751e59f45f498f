/* Writes a sequence as lists: who takes part, then what happens in order, blocks as lists within. */
#include "draw/drawing.h"

struct steps_list {
	struct buf *out;
	const struct graph *graph;
	struct str page_url;
};

static struct str name_of(const struct graph_node *node)
{
	return node->label.str.size ? node->label.str : node->id.str;
}

static void write_name(struct steps_list *list, int participant)
{
	svg_text(list->out, name_of(&list->graph->nodes.data[participant]));
}

static void write_message(struct steps_list *list, const struct graph_step *step)
{
	const struct graph_edge *edge = &list->graph->edges.data[step->edge];
	buf_adds(list->out, "<li>");
	if (step->number)
		buf_addf(list->out, "%u. ", step->number);
	write_name(list, step->from);
	buf_adds(list->out, edge->tail != TIP_NONE && edge->head != TIP_NONE ? " ↔ "
			    : edge->tail != TIP_NONE                         ? " ← "
									     : " → ");
	if (step->from == step->to)
		buf_adds(list->out, "itself");
	else
		write_name(list, step->to);
	if (edge->label.str.size) {
		buf_adds(list->out, ": ");
		svg_text(list->out, edge->label.str);
	}
	buf_adds(list->out, "</li>\n");
}

static void write_note(struct steps_list *list, const struct graph_step *step)
{
	buf_adds(list->out, "<li>Note, ");
	write_name(list, step->from);
	if (step->from != step->to) {
		buf_adds(list->out, " to ");
		write_name(list, step->to);
	}
	buf_adds(list->out, ": ");
	svg_text(list->out, step->label.str);
	buf_adds(list->out, "</li>\n");
}

static void write_block(struct steps_list *list, const struct graph_step *step)
{
	buf_adds(list->out, "<li>");
	svg_text(list->out, step->word);
	if (step->label.str.size) {
		buf_adds(list->out, ": ");
		svg_text(list->out, step->label.str);
	}
	buf_adds(list->out, "<ol>\n");
}

/* A list must not be empty. */
static void close_block(struct steps_list *list, bool is_empty)
{
	buf_adds(list->out, is_empty ? "<li>nothing</li>\n</ol></li>\n" : "</ol></li>\n");
}

/* A coloured background says nothing. */
static bool is_block(const struct graph_step *step)
{
	return !str_is(step->word, "rect");
}

static void write_steps(struct steps_list *list)
{
	const struct graph *graph = list->graph;
	bool empty = true, is_shown[GRAPH_STEP_DEPTH + 1];
	size_t depth = 0;
	for (size_t i = 0; i < graph->steps.n; i++) {
		const struct graph_step *step = &graph->steps.data[i];
		switch (step->kind) {
		case STEP_MESSAGE: write_message(list, step); break;
		case STEP_NOTE: write_note(list, step); break;
		case STEP_OPEN:
			if (depth < GRAPH_STEP_DEPTH)
				is_shown[depth++] = is_block(step);
			if (!is_block(step))
				continue;
			write_block(list, step);
			empty = true;
			continue;
		case STEP_NEXT:
			close_block(list, empty);
			write_block(list, step);
			empty = true;
			continue;
		case STEP_CLOSE:
			if (depth == 0 || !is_shown[--depth])
				continue;
			close_block(list, empty);
			break;
		default: continue;
		}
		empty = false;
	}
}

void sequence_list(struct buf *out, const struct graph *graph, struct str page_url)
{
	struct steps_list list = {out, graph, page_url};
	buf_adds(out, "<ul class=\"diagram-list\">\n");
	for (size_t i = 0; i < graph->nodes.n; i++) {
		const struct graph_node *node = &graph->nodes.data[i];
		buf_adds(out, "<li>");
		list_name(out, name_of(node), node->href, page_url);
		if (node->cluster >= 0 && graph->clusters.data[node->cluster].label.str.size) {
			buf_adds(out, " (");
			svg_text(out, graph->clusters.data[node->cluster].label.str);
			buf_addc(out, ')');
		}
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
	if (graph->steps.n == 0)
		return;
	buf_adds(out, "<ol class=\"diagram-list\">\n");
	write_steps(&list);
	buf_adds(out, "</ol>\n");
}
