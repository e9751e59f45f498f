/* What a page names: one pass over its blocks, drawings and labels. */
#include "fact/sighting.h"

#include <stdlib.h>

/* ---- one sighting ---- */

static struct span place(const struct sighting_scan *scan, size_t from, size_t to)
{
	const struct page *page = scan->sink->page;
	if (scan->label) {
		struct str text = span_text(scan->sink->model->sources, scan->label->span);
		size_t at = str_find(text, str_sub(scan->text, from, to - from));
		if (at == SIZE_MAX)
			return scan->label->span;
		return (struct span){scan->label->span.source, scan->label->span.off + (uint32_t)at,
				     (uint32_t)(to - from)};
	}
	if (scan->run)
		return run_word(scan->sink, scan->run, from, to).span;
	return md_text_span(page->md, &page->md->nodes[scan->node], scan->text_at + from, to - from);
}

struct sighting *sighting_add(struct sighting_scan *scan, struct sighting sighting, size_t from, size_t to,
			      const char *why)
{
	struct fact_sink *sink = scan->sink;
	struct arena *arena = sighting.is_known ? sink->arena : sink->kept;
	struct sighting *added = NEW(arena, struct sighting);
	if (!why)
		why = scan->block_why;
	if (!why && scan->run && (run_marks(scan->run, from, to) & RUN_STRUCK))
		why = "struck through";
	*added = sighting;
	added->page = sink->page;
	added->word = (struct word){str_dup(arena, str_sub(scan->text, from, to - from)), place(scan, from, to)};
	if (why)
		added->why = str_from(why);
	vec_add(sink->arena, &sink->sightings, added);
	return added;
}

struct str sighting_around(struct sighting_scan *scan)
{
	struct fact_sink *sink = scan->sink;
	struct buf around = {0};
	if (!scan->row || scan->around.size)
		return scan->around;
	struct table_row cells = table_row(sink->page->md, scan->row);
	for (size_t i = 0; i < cells.n; i++) {
		buf_add(&around, table_cell(sink, cells.node[i]).str);
		buf_adds(&around, " \n ");
	}
	scan->around = buf_dup(sink->arena, &around);
	buf_free(&around);
	return scan->around;
}

static void read_text(struct sighting_scan *scan, struct str text)
{
	scan->text = text;
	sighting_read(scan);
}

/* ---- what surrounds a block ---- */

/* Text that rules what stands up to a node: the paragraph that leads in a list or table, an item above its sub-items. */
struct lead {
	uint32_t end;
	const char *why;
};

struct leads {
	VEC(struct lead) list;
	uint32_t paragraph; /* read last; 0: none */
	struct str text;    /* its text */
};

static const char *present_why(const struct sighting_scan *scan, const struct leads *leads, uint32_t node)
{
	const struct fact_sink *sink = scan->sink;
	if (sink->page->is_history)
		return "history page";
	if (sink->page->decision && sink->page->decision->effective_status != STATUS_ACCEPTED)
		return "record that is not in force";
	struct context context = context_at(sink, node);
	if (context.why)
		return context.why;
	return leads->list.n ? leads->list.data[leads->list.n - 1].why : NULL;
}

/* What follows a paragraph that ends in ':', is bold as a whole, or heads an item, is ruled by it. */
static const char *lead_in_why(const struct sighting_scan *scan, const struct leads *leads, bool in_item)
{
	const struct md *md = scan->sink->page->md;
	struct str text = str_trim(leads->text);
	uint32_t first = md_first(md, leads->paragraph);
	bool is_bold =
		first && md->nodes[first].kind == MD_STRONG && md->nodes[first].end == md->nodes[leads->paragraph].end;
	size_t last = 0;
	if (!text.size || (!in_item && !is_bold && !str_ends(text, STR(":"))))
		return NULL;
	if (is_bold)
		return context_heading_why(text);
	for (size_t end = sentence_end(text, 0); end < text.size; end = sentence_end(text, end))
		last = end;
	return context_sentence_why(str_from_off(text, last));
}

static void enter(struct sighting_scan *scan, struct leads *leads, uint32_t node, bool in_item)
{
	const struct md *md = scan->sink->page->md;
	while (leads->list.n && leads->list.data[leads->list.n - 1].end <= node)
		leads->list.n--;
	uint8_t kind = md->nodes[node].kind;
	if (kind != MD_LIST && kind != MD_TABLE && kind != MD_CODE_BLOCK && kind != MD_QUOTE && kind != MD_ADMONITION)
		return;
	const char *above = leads->list.n ? leads->list.data[leads->list.n - 1].why : NULL;
	if (!above && leads->paragraph && md->nodes[leads->paragraph].end == node)
		above = lead_in_why(scan, leads, in_item);
	vec_add(scan->sink->arena, &leads->list, (struct lead){md->nodes[node].end, above});
}

/* ---- blocks ---- */

static void read_block(struct sighting_scan *scan, uint32_t block, const char *why)
{
	struct run run = run_read(scan->sink, block);
	scan->run = &run;
	scan->node = block;
	scan->block_why = why;
	read_text(scan, run.text);
	sighting_read_retired(scan);
	scan->run = NULL;
}

/* Words in a cell that speak for the cells beside it. */
const char row_words[] = "free|unused|unassigned|available|spare|reserved|dhcp|placeholder|removed|unknown|"
			 "deprecated|temporary|gone|replaced|successor|replaces|disabled|stopped|inactive|offline";

/* True when it may still be given a reason: what is known needs none. */
static bool is_open(const struct sighting *sighting)
{
	return !sighting->is_known && !sighting->why.size;
}

/* True when a reason for the sightings [from, to) is worth seeking. */
static bool has_open(const struct fact_sink *sink, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (is_open(sink->sightings.data[i]))
			return true;
	return false;
}

/* Gives the open ones of the sightings [from, to) a reason. */
static void leave(struct fact_sink *sink, size_t from, size_t to, const char *why)
{
	for (size_t i = from; why && i < to; i++) {
		struct sighting *sighting = (struct sighting *)(uintptr_t)sink->sightings.data[i];
		if (is_open(sighting))
			sighting->why = str_from(why);
	}
}

static const char *row_why(struct sighting_scan *scan, uint32_t row, const struct table_row *cells)
{
	struct fact_sink *sink = scan->sink;
	if (map_has(&scan->unknown_rows, (struct str){(const char *)&row, sizeof row}))
		return "its row names nothing known";
	if (is_struck(sink->page->md, row))
		return "struck through";
	struct str words = without_hosts(sink->arena, sighting_around(scan));
	const char *why = context_naming_why(words);
	if (!why && find_listed_word(words, &scan->known->row).size)
		why = "its row";
	return why ? why : context_heading_why(table_cell(sink, cells->node[0]).str);
}

static void read_row(struct sighting_scan *scan, uint32_t row, const struct table_row *heads, const char *why)
{
	struct fact_sink *sink = scan->sink;
	struct table_row cells = table_row(sink->page->md, row);
	size_t first = sink->sightings.n;
	scan->row = row;
	for (size_t i = 0; i < cells.n; i++) {
		size_t from = sink->sightings.n;
		read_block(scan, cells.node[i], why);
		if (i < heads->n && has_open(sink, from, sink->sightings.n))
			leave(sink, from, sink->sightings.n, context_heading_why(table_cell(sink, heads->node[i]).str));
	}
	if (has_open(sink, first, sink->sightings.n))
		leave(sink, first, sink->sightings.n, row_why(scan, row, &cells));
	scan->row = 0;
	scan->around = STR_NONE;
}

/* Frames and lines: a drawing, not a sample of what a machine says. */
static bool is_drawing(const struct md *md, const struct md_node *node)
{
	struct str info = md_info(md, node), text = md_text(md, node);
	if (info.size && !str_eq_nocase(info, STR("text")) && !str_eq_nocase(info, STR("txt")) &&
	    !str_eq_nocase(info, STR("ascii")) && !str_eq_nocase(info, STR("plaintext")))
		return false;
	return str_find(text, STR("\xE2\x94\x8C")) != SIZE_MAX || str_find(text, STR("\xE2\x95\x94")) != SIZE_MAX ||
	       str_find(text, STR("\xE2\x95\xAD")) != SIZE_MAX || str_find(text, STR("\xE2\x94\x8F")) != SIZE_MAX ||
	       str_find(text, STR("+---")) != SIZE_MAX;
}

/* A command that goes to a machine by its address. One that has no configuration yet has another address by and by. */
static bool is_command(struct str info, struct str line)
{
	static const char *const shells[] = {"sh",   "bash",    "shell",         "zsh",
					     "fish", "console", "shell-session", "terminal"};
	static const char *const commands[] = {"ssh",  "scp",  "sftp",     "rsync", "ping",
					       "curl", "wget", "talosctl", "nc",    "mount"};
	static const char *const others[] = {"--insecure", "apply-config", "gen config", "maintenance"};
	bool is_shell = false, goes = false;
	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
		is_shell |= str_eq_nocase(info, str_from(shells[i]));
	line = str_trim(line);
	static const char *const before[] = {"$ ", "sudo "};
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (str_starts(line, str_from(before[i])))
			line = str_trim_left(str_from_off(line, strlen(before[i])));
	struct str rest = line, first = str_cut(&rest, ' ');
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		goes |= str_is(first, commands[i]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		goes &= str_find(line, str_from(others[i])) == SIZE_MAX;
	return is_shell && goes;
}

/* Addresses that commands go to are of the present; what else stands there is not told from options and output. */
static void read_command(struct sighting_scan *scan, struct str line)
{
	struct fact_sink *sink = scan->sink;
	size_t first = sink->sightings.n;
	const char *why = scan->block_why;
	scan->block_why = NULL;
	read_text(scan, line);
	scan->block_why = why;
	for (size_t i = first; i < sink->sightings.n; i++)
		if (sink->sightings.data[i]->kind != SIGHTING_ADDRESS)
			leave(sink, i, i + 1, why);
}

static void read_code(struct sighting_scan *scan, uint32_t node, const char *why)
{
	const struct md *md = scan->sink->page->md;
	struct str text = md_text(md, &md->nodes[node]), rest = text;
	scan->node = node;
	struct str info = md_info(md, &md->nodes[node]);
	bool is_drawn = is_drawing(md, &md->nodes[node]);
	scan->block_why = why ? why : is_drawn ? NULL : "sample";
	while (rest.size) {
		struct str line = str_cut_line(&rest);
		scan->text_at = (size_t)(line.data - text.data);
		if (!why && !is_drawn && is_command(info, line))
			read_command(scan, line);
		else
			read_text(scan, line);
		if (is_drawn)
			sighting_read_retired_label(scan);
	}
	scan->text_at = 0;
}

static void read_label(struct sighting_scan *scan, const struct word *label)
{
	scan->label = label;
	read_text(scan, label->str);
	sighting_read_retired_label(scan);
	scan->label = NULL;
}

static void read_graph(struct sighting_scan *scan, const struct graph *graph, const char *why)
{
	scan->block_why = why;
	for (size_t i = 0; i < graph->nodes.n; i++)
		read_label(scan, &graph->nodes.data[i].label);
	for (size_t i = 0; i < graph->edges.n; i++)
		read_label(scan, &graph->edges.data[i].label);
	for (size_t i = 0; i < graph->clusters.n; i++)
		read_label(scan, &graph->clusters.data[i].label);
	for (size_t i = 0; i < graph->steps.n; i++)
		read_label(scan, &graph->steps.data[i].label);
}

/* The graph of a fenced block, or NULL. */
static const struct graph *graph_at(const struct page *page, uint32_t node, size_t *next)
{
	while (*next < page->diagrams.n && page->diagrams.data[*next].node < node)
		(*next)++;
	return *next < page->diagrams.n && page->diagrams.data[*next].node == node ? page->diagrams.data[*next].graph
										   : NULL;
}

static void read_table(struct sighting_scan *scan, uint32_t table, const char *why)
{
	const struct md *md = scan->sink->page->md;
	struct table_row heads = {.n = 0};
	sighting_read_table(scan, table, why);
	for (uint32_t row = md_first(md, table); row; row = md_next(md, row, md->nodes[table].end)) {
		if (md->nodes[row].flags & MD_HEADER)
			heads = table_row(md, row);
		else
			read_row(scan, row, &heads, why);
	}
}

static void read_page(struct sighting_scan *scan)
{
	const struct md *md = scan->sink->page->md;
	struct leads leads = {0};
	size_t next_graph = 0;
	uint32_t item_end = 0;
	for (uint32_t i = 1; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		enter(scan, &leads, i, i < item_end);
		switch (node->kind) {
		case MD_ITEM: item_end = node->end > item_end ? node->end : item_end; break;
		case MD_PARAGRAPH:
		case MD_HEADING:
			read_block(scan, i, present_why(scan, &leads, i));
			leads.paragraph = node->kind == MD_PARAGRAPH ? i : 0;
			leads.text = scan->text;
			i = node->end - 1;
			break;
		case MD_TABLE:
			read_table(scan, i, present_why(scan, &leads, i));
			i = node->end - 1;
			break;
		case MD_CODE_BLOCK: {
			const struct graph *graph = graph_at(scan->sink->page, i, &next_graph);
			if (graph)
				read_graph(scan, graph, present_why(scan, &leads, i));
			else
				read_code(scan, i, present_why(scan, &leads, i));
			break;
		}
		default: break;
		}
	}
}

/* ---- the page ---- */

static int by_place(const void *a, const void *b)
{
	const struct sighting *one = *(const struct sighting *const *)a, *two = *(const struct sighting *const *)b;
	int order = span_cmp(one->word.span, two->word.span);
	return order ? order : (one->kind > two->kind) - (one->kind < two->kind);
}

/* What a fact says of the sightings at its place, or NULL: a contradiction is told of there; an address of something
 * that declares none has its owner in the text. */
static const char *told_why(const struct fact_sink *sink, const struct fact *fact)
{
	if (fact->verdict == VERDICT_CONTRADICTS)
		return "a fact tells of it";
	if (fact->verdict == VERDICT_AGREES || !fact->subject || fact->attribute->type != TYPE_ADDRESS ||
	    fact_declared(sink->arena, sink->model, fact->subject, fact->attribute).values.n)
		return NULL;
	return "of something that declares no address";
}

/* Each sighting is looked at once for each fact that holds it. */
static void mark_told(struct fact_sink *sink)
{
	for (const struct fact *fact = sink->first; fact; fact = fact->next) {
		struct span span = fact->value.span;
		size_t low = 0, high = sink->sightings.n;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (sink->sightings.data[middle]->word.span.off < span.off)
				low = middle + 1;
			else
				high = middle;
		}
		size_t end = low;
		while (end < sink->sightings.n && sink->sightings.data[end]->word.span.off < span.off + span.size)
			end++;
		if (has_open(sink, low, end))
			leave(sink, low, end, told_why(sink, fact));
	}
}

static int by_node(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;
	return (one > two) - (one < two);
}

static void collect_citations(struct sighting_scan *scan)
{
	const struct page *page = scan->sink->page;
	for (size_t i = 0; i < page->mentions.n; i++)
		if (!page->mentions.data[i].entity)
			vec_add(scan->sink->arena, &scan->cited, page->mentions.data[i].node);
	for (size_t i = 0; i < page->links.n; i++)
		if (page->links.data[i].decision)
			vec_add(scan->sink->arena, &scan->cited, page->links.data[i].node);
	if (scan->cited.n)
		qsort(scan->cited.data, scan->cited.n, sizeof *scan->cited.data, by_node);
}

void sightings_find(struct fact_sink *sink, const struct known *known)
{
	const struct page *page = sink->page;
	if (!page->estate || !page->estate->topology)
		return;
	struct sighting_scan scan = {.sink = sink, .known = known};
	scan.near.arena = scan.unknown_rows.arena = sink->arena;
	for (size_t i = 0; i < sink->model->estates.n; i++)
		if (sink->model->estates.data[i] == page->estate)
			scan.estate = &known->estates[i];
	collect_citations(&scan);
	if (page->md)
		read_page(&scan);
	if (page->graph)
		read_graph(&scan, page->graph, page->is_history ? "history page" : sink->page_why);
	if (!sink->sightings.n)
		return;
	qsort(sink->sightings.data, sink->sightings.n, sizeof *sink->sightings.data, by_place);
	mark_told(sink);
}
