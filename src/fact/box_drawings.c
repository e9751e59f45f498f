/* Every drawing of a page in one shape: box drawings, graphs of mermaid and dot, fenced or files of their own. */
#include "fact/box.h"

/* Info strings under which people put drawings. */
static bool may_be_drawn(struct str info)
{
	static const char *const words[] = {"text", "txt", "ascii", "plain", "plaintext", "diagram", "console"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(info, str_from(words[i])))
			return true;
	return !info.size;
}

const char *box_block_why(const struct fact_sink *sink, uint32_t node)
{
	const struct md *md = sink->page->md;
	const char *why = context_at(sink, node).why;
	if (why)
		return why;
	uint32_t before = 0;
	for (uint32_t i = node; i-- > 1 && node - i < 200;)
		if (md->nodes[i].end == node && md->nodes[i].kind == MD_PARAGRAPH) {
			before = i;
			break;
		}
	struct str words = before ? md_plain(sink->arena, md, before) : STR_NONE;
	return words.size < 300 ? context_naming_why(words) : NULL;
}

/* The lines of a graph's label, each where it stands in the source. */
static void add_label(struct arena *arena, const struct model *model, struct drawn *item, struct word label)
{
	struct str rest = label.str, source = span_text(model->sources, label.span);
	size_t from = 0;
	while (rest.size) {
		struct str line = str_cut(&rest, '\n');
		size_t at = str_find_from(source, line, from);
		struct span span = label.span;
		if (line.size && at != SIZE_MAX) {
			span = (struct span){span.source, span.off + (uint32_t)at, (uint32_t)line.size};
			from = at + line.size;
		}
		box_add_line(arena, item, line, span, false);
	}
}

static void read_graph(struct arena *arena, const struct model *model, struct sketch *drawing)
{
	const struct graph *graph = drawing->graph;
	int n = (int)graph->nodes.n;
	if (graph->title.str.size)
		drawing->why = drawing->why ? drawing->why : context_why(graph->title.str);
	for (size_t i = 0; i < graph->nodes.n; i++) {
		const struct graph_node *node = &graph->nodes.data[i];
		struct drawn item = {.id = node->id.str, .parent = node->cluster < 0 ? -1 : n + node->cluster};
		add_label(arena, model, &item, node->label);
		vec_add(arena, &drawing->items, item);
	}
	for (size_t i = 0; i < graph->clusters.n; i++) {
		const struct graph_cluster *cluster = &graph->clusters.data[i];
		struct drawn item = {.id = cluster->id.str, .is_frame = true};
		item.parent = cluster->parent < 0 ? -1 : n + cluster->parent;
		add_label(arena, model, &item, cluster->label);
		vec_add(arena, &drawing->items, item);
	}
	for (size_t i = 0; i < graph->edges.n; i++) {
		struct drawn item = {.parent = -1};
		if (!graph->edges.data[i].label.str.size)
			continue;
		add_label(arena, model, &item, graph->edges.data[i].label);
		vec_add(arena, &drawing->edges, item);
	}
}

static void add_graph(const struct fact_sink *sink, struct sketches *out, const struct graph *graph,
		      enum fact_form form, const char *why)
{
	if (!graph->supported)
		return;
	struct sketch *drawing = NEW(sink->arena, struct sketch);
	*drawing = (struct sketch){.page = sink->page, .form = form, .graph = graph, .why = why};
	read_graph(sink->arena, sink->model, drawing);
	box_bind(sink, drawing);
	vec_add(sink->arena, &out->list, drawing);
}

static void add_boxes(const struct fact_sink *sink, struct sketches *out)
{
	const struct md *md = sink->page->md;
	for (uint32_t i = 0; md->has_code && i < md->n; i++) {
		if (md->nodes[i].kind != MD_CODE_BLOCK || !may_be_drawn(md_info(md, &md->nodes[i])))
			continue;
		struct sketch *drawing = NEW(sink->arena, struct sketch);
		*drawing = (struct sketch){.page = sink->page, .form = FORM_DRAWING};
		if (!box_read(sink->arena, sink->page, i, drawing))
			continue;
		const char *why = box_block_why(sink, i);
		drawing->why = why ? why : drawing->why;
		box_bind(sink, drawing);
		vec_add(sink->arena, &out->list, drawing);
	}
}

struct sketches box_drawings(const struct fact_sink *sink, unsigned wanted)
{
	struct sketches out = {0};
	const struct page *page = sink->page;
	for (size_t i = 0; i < page->diagrams.n; i++) {
		const struct block_diagram *block = &page->diagrams.data[i];
		bool is_mermaid = str_eq_nocase(md_info(page->md, &page->md->nodes[block->node]), STR("mermaid"));
		enum fact_form form = is_mermaid ? FORM_MERMAID : FORM_DOT;
		if (wanted & 1u << form)
			add_graph(sink, &out, block->graph, form, box_block_why(sink, block->node));
	}
	enum fact_form form = page->source->kind == SOURCE_MERMAID ? FORM_MERMAID : FORM_DOT;
	if (page->graph && (wanted & 1u << form))
		add_graph(sink, &out, page->graph, form, context_why(path_stem(page->source->path)));
	if (page->md && (wanted & 1u << FORM_DRAWING))
		add_boxes(sink, &out);
	return out;
}

/* True when a page holds a graph, or code that may be a box drawing. */
static bool may_draw(const struct page *page)
{
	if (page->graph || page->diagrams.n)
		return true;
	const struct md *md = page->md;
	for (uint32_t i = 0; md && md->has_code && i < md->n; i++)
		if (md->nodes[i].kind == MD_CODE_BLOCK && may_be_drawn(md_info(md, &md->nodes[i])))
			return true;
	return false;
}

struct sketches fact_drawings(struct arena *arena, const struct model *model)
{
	struct sketches all = {0};
	const struct titles *titles = titles_index(arena, model);
	for (size_t i = 0; i < model->pages.n; i++) {
		struct page *page = model->pages.data[i];
		if (!page->estate || page->is_history || !may_draw(page))
			continue;
		struct fact_sink sink = {.arena = arena, .model = model, .titles = titles, .page = page};
		if (page->md)
			context_begin(&sink);
		unsigned wanted = 1u << FORM_DRAWING | 1u << FORM_MERMAID | 1u << FORM_DOT;
		struct sketches own = box_drawings(&sink, wanted);
		for (size_t k = 0; k < own.list.n; k++) {
			box_find_unknown(&sink, own.list.data[k]);
			vec_add(arena, &all.list, own.list.data[k]);
		}
	}
	return all;
}
