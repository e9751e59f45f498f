/* decision-cited-superseded: a document, drawing or record cites a record that is no longer in force. */
#include "check/citations.h"

enum { HEADING_LEVELS = 7, BLOCK_MAX = 20000, SECTION_MAX = 4000, PLACES_MAX = 32, NOTES_MAX = 8 };

/* One block on the way from the document to the node that is read. */
struct open_block {
	uint32_t node;
	uint32_t before; /* the sibling before it, 0: none */
	uint32_t last;   /* its child that was read last, 0: none yet */
};

/* A retired record that the page cites. */
struct cited {
	const struct decision *decision;
	struct successors successors;
	bool told; /* a place before said that it is not in force */
	VEC(struct span) places;
};

/* One page while it is read. */
struct reading {
	struct check *check;
	struct arena *arena;
	const struct page *page;
	struct citations citations;
	VEC(struct open_block) open;
	VEC(struct cited *) cited; /* by first place */
	struct map by_decision;    /* bytes of the source id -> struct cited * */
	size_t n_distinct;         /* different records that the page cites */
	bool past[HEADING_LEVELS]; /* by level: the open heading speaks of the past */
	bool leans;                /* the last heading says that what follows is leaned on: "Depends on" */
};

static struct cited *cited_of(struct reading *reading, const struct decision *decision)
{
	struct str key = {(const char *)&decision->index, sizeof decision->index};
	struct cited *cited = map_find(&reading->by_decision, key);
	if (cited)
		return cited;
	cited = NEW(reading->arena, struct cited);
	cited->decision = decision;
	cited->successors = successors_of(decision);
	map_put(&reading->by_decision, key, cited);
	vec_add(reading->arena, &reading->cited, cited);
	return cited;
}

/* ---- what a text says ---- */

/* A record that was never in force is cited for the no it said. */
static bool says_no(struct str text)
{
	static const char *const words[] = {"not ", "no ", "never", "against", "declin", "reject", "n't", "without"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find_nocase(text, str_from(words[i])) != SIZE_MAX)
			return true;
	return false;
}

static bool tells(const struct cited *cited, struct str text, bool past_tense)
{
	enum status status = cited->decision->effective_status;
	bool refused = status == STATUS_REJECTED || status == STATUS_WITHDRAWN;
	return says_retired(text, past_tense) || (refused && says_no(text));
}

static bool names_successor(const struct reading *reading, const struct cited *cited, uint32_t node, uint32_t end)
{
	const struct citations *all = &reading->citations;
	for (size_t i = citations_from(all, node); i < all->list.n && all->list.data[i].node < end; i++)
		if (is_successor(&cited->successors, all->list.data[i].decision))
			return true;
	return false;
}

/* In text that is no markdown: by number. */
static bool text_names_successor(const struct cited *cited, struct str text)
{
	struct decision_name_found found;
	for (size_t off = 0; decision_name_next(text, &off, &found);)
		for (size_t i = 0; i < cited->successors.n; i++)
			if (cited->successors.list[i]->number == found.number)
				return true;
	return false;
}

static bool ends_sentence(struct str text, size_t at)
{
	char c = text.data[at];
	return (c == '.' || c == '!' || c == '?' || c == ';') &&
	       (at + 1 >= text.size || text.data[at + 1] == ' ' || text.data[at + 1] == '\n');
}

/* The sentence around `at`, and so many more on either side. */
static struct str sentence_at(struct str text, size_t at, int more)
{
	size_t start = at < text.size ? at : text.size, end = start;
	for (int n = 0; start; start--)
		if (ends_sentence(text, start - 1) && n++ == more)
			break;
	for (int n = 0; end < text.size; end++)
		if (ends_sentence(text, end) && n++ == more)
			break;
	return str_sub(text, start, end - start);
}

/* Bytes of rendered text between two nodes. */
static size_t rendered_size(const struct md *md, uint32_t from, uint32_t to)
{
	size_t size = 0;
	for (uint32_t i = from; i < to; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_TEXT || node->kind == MD_CODE)
			size += md_text(md, node).size;
		else if (node->kind == MD_SOFT_BREAK || node->kind == MD_LINE_BREAK)
			size++;
	}
	return size;
}

/* ---- where a place stands ---- */

static const struct open_block *enclosing(const struct reading *reading, enum md_kind kind)
{
	for (size_t i = reading->open.n; i-- > 0;)
		if (reading->page->md->nodes[reading->open.data[i].node].kind == kind)
			return &reading->open.data[i];
	return NULL;
}

static bool in_past_section(const struct reading *reading)
{
	for (size_t i = 0; i < HEADING_LEVELS; i++)
		if (reading->past[i])
			return true;
	return false;
}

/* The paragraph right before a list or table that the place stands in: "These are superseded:". */
static bool lead_tells(const struct reading *reading, const struct cited *cited)
{
	const struct md *md = reading->page->md;
	for (size_t i = 1; i < reading->open.n; i++) {
		const struct open_block *block = &reading->open.data[i];
		bool list = md->nodes[block->node].kind == MD_LIST || md->nodes[block->node].kind == MD_TABLE;
		const struct md_node *before = &md->nodes[block->before];
		if (list && block->before && before->kind == MD_PARAGRAPH && before->size < BLOCK_MAX &&
		    tells(cited, md_plain(reading->arena, md, block->before), false))
			return true;
	}
	return false;
}

/* Every record of the log stands on the page, and this text is the title of one: a list of contents. */
static bool is_listing(const struct reading *reading, const struct decision *decision, struct str text)
{
	const struct decision_log *log = decision->log;
	if (log->index && log->index == reading->page->source)
		return true;
	bool all = log->decisions.n >= 4 && reading->n_distinct * 10 >= log->decisions.n * 9;
	return all && decision->title.str.size && str_find_nocase(text, decision->title.str) != SIZE_MAX;
}

/* ---- what a place says ---- */

enum saying { CITES, TELLS, SILENT };

/* As many rows as decision-index-mismatch asks of a table. */
static bool is_judged_as_index(const struct reading *reading, uint32_t table)
{
	size_t first = citations_from(&reading->citations, table), last = first + 2;
	return last < reading->citations.list.n &&
	       reading->citations.list.data[last].node < reading->page->md->nodes[table].end;
}

/* A row says it in one of its cells, or the head of the cell's column says it; a row with the status of its record is
 * judged by decision-index-mismatch, and the page has said how the record stands. */
static enum saying row_saying(const struct reading *reading, const struct cited *cited, uint32_t table, uint32_t row,
			      uint32_t cell)
{
	const struct md *md = reading->page->md;
	uint32_t heads = md_first(md, table), column = 0;
	for (uint32_t i = md_first(md, row); i && i != cell; i = md_next(md, i, md->nodes[row].end))
		column++;
	for (uint32_t i = md_first(md, heads), k = 0; i; i = md_next(md, i, md->nodes[heads].end), k++) {
		struct str head = md_plain(reading->arena, md, i);
		enum record_column kind = record_column(head);
		bool begins = kind == COLUMN_STATUS && column == (k == 0 ? 1 : 0);
		if ((kind == COLUMN_STATUS || kind == COLUMN_SUCCESSOR) &&
		    (begins || is_judged_as_index(reading, table)))
			return TELLS;
		if (k == column && says_retired(head, false))
			return SILENT;
	}
	struct str text = md_plain(reading->arena, md, row);
	if (tells(cited, text, true) || names_successor(reading, cited, row, md->nodes[row].end) ||
	    is_listing(reading, cited->decision, text))
		return SILENT;
	return CITES;
}

/* Source of the section that a heading opens, up to the next heading. */
static enum saying heading_saying(const struct reading *reading, const struct cited *cited, uint32_t heading)
{
	const struct md *md = reading->page->md;
	uint32_t end = heading + 1;
	while (end < md->n && md->nodes[end].kind != MD_HEADING)
		end++;
	size_t from = md->nodes[heading].off, to = end < md->n ? md->nodes[end].off : md->source->text.size;
	struct str text = str_sub(md->source->text, from, to > from ? to - from : 0);
	bool told = tells(cited, str_sub(text, 0, SECTION_MAX), false) || names_successor(reading, cited, heading, end);
	return told ? TELLS : CITES;
}

/* Words by which a record leans on another; what else it says of older ones is the history it was written in. */
static bool leans_on(struct str before)
{
	static const char *const phrases[] = {"builds on",    "build on",     "built on",      "building on",
					      "based on",     "depends on",   "depend on",     "depending on",
					      "extends",      "requires",     "relies on",     "rely on",
					      "supported by", "follows",      "implements",    "as decided in",
					      "according to", "in line with", "as required by"};
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (str_find_nocase(before, str_from(phrases[i])) != SIZE_MAX)
			return true;
	return false;
}

/* How records are cited, not what they say. */
static bool is_example(struct str text)
{
	return str_find_nocase(text, STR("e.g.")) != SIZE_MAX ||
	       str_find_nocase(text, STR("for example")) != SIZE_MAX ||
	       str_find_nocase(text, STR("for instance")) != SIZE_MAX;
}

/* Paragraphs: the sentence counts, of a list item the whole. */
static enum saying paragraph_saying(const struct reading *reading, const struct cited *cited,
				    const struct citation *citation, uint32_t block, bool in_item)
{
	const struct md *md = reading->page->md;
	struct str whole = md_plain(reading->arena, md, block);
	size_t at = rendered_size(md, block, citation->node);
	const struct md_node *node = &md->nodes[citation->node];
	if (node->kind == MD_TEXT && citation->span.off > node->off)
		at += citation->span.off - node->off;
	struct str wide = in_item ? whole : sentence_at(whole, at, 1);
	struct str narrow = in_item ? whole : sentence_at(whole, at, 0);
	if (tells(cited, wide, false) || names_successor(reading, cited, block, md->nodes[block].end))
		return TELLS;
	if (tells(cited, narrow, true) || is_example(wide))
		return SILENT;
	if (in_item && (date_find(whole).form != DATE_NONE || is_listing(reading, cited->decision, whole)))
		return SILENT;
	size_t start = (size_t)(narrow.data - whole.data);
	if (reading->page->decision && !reading->leans && !leans_on(str_sub(whole, start, at > start ? at - start : 0)))
		return SILENT;
	return CITES;
}

static enum saying saying_at(const struct reading *reading, const struct cited *cited, const struct citation *citation)
{
	const struct md *md = reading->page->md;
	const struct open_block *table = enclosing(reading, MD_TABLE), *row = enclosing(reading, MD_ROW),
				*cell = enclosing(reading, MD_CELL), *heading = enclosing(reading, MD_HEADING),
				*paragraph = enclosing(reading, MD_PARAGRAPH);
	const struct open_block *block = table ? row : heading ? heading : paragraph;
	if (enclosing(reading, MD_STRIKE) || in_past_section(reading) || !block ||
	    md->nodes[block->node].size > BLOCK_MAX || lead_tells(reading, cited))
		return SILENT;
	if (reading->page->decision && !paragraph)
		return SILENT;
	if (table)
		return row && cell ? row_saying(reading, cited, table->node, row->node, cell->node) : SILENT;
	if (heading)
		return heading_saying(reading, cited, heading->node);
	return paragraph_saying(reading, cited, citation, block->node, enclosing(reading, MD_ITEM) != NULL);
}

/* ---- pages ---- */

/* The record of the page and the cited one say how they stand to each other. */
static bool are_related(const struct decision *citing, const struct cited *cited)
{
	if (citing == cited->decision || is_successor(&cited->successors, citing))
		return true;
	for (size_t i = 0; i < citing->relations.n; i++)
		if (citing->relations.data[i].target == cited->decision &&
		    citing->relations.data[i].kind != RELATION_RELATES)
			return true;
	return false;
}

static void take(struct reading *reading, const struct citation *citation)
{
	const struct decision *citing = reading->page->decision;
	if (!decision_is_retired(citation->decision))
		return;
	struct cited *cited = cited_of(reading, citation->decision);
	if (cited->told || cited->places.n == PLACES_MAX || (citing && are_related(citing, cited)))
		return;
	enum saying saying = saying_at(reading, cited, citation);
	cited->told = saying == TELLS;
	if (saying == CITES)
		vec_add(reading->arena, &cited->places, citation->span);
}

/* A drawing is read as a whole: an edge may say elsewhere what became of the record. */
static void take_drawing(struct reading *reading, struct str text, struct span span)
{
	struct decision_name_found found;
	if (text.size > BLOCK_MAX)
		return;
	for (size_t off = 0; decision_name_next(text, &off, &found);) {
		size_t n, line = str_rfind_char(str_sub(text, 0, found.off), '\n');
		struct str start = str_trim_left(str_from_off(text, line == SIZE_MAX ? 0 : line + 1));
		const struct decision *decision =
			model_decision(reading->check->model, reading->page->source->path, found.number, &n);
		if (!decision || !decision_is_retired(decision) || str_starts(start, STR("%%")) ||
		    str_starts(start, STR("//")) || str_starts(start, STR("#")))
			continue;
		struct cited *cited = cited_of(reading, decision);
		struct span place = {span.source, span.off + (uint32_t)found.off, (uint32_t)found.size};
		if (!cited->told && cited->places.n < PLACES_MAX && !tells(cited, text, true) &&
		    !text_names_successor(cited, text))
			vec_add(reading->arena, &cited->places, place);
	}
}

static bool is_drawing(const struct md *md, const struct md_node *node)
{
	struct str info = md_info(md, node), text = md_text(md, node);
	return str_eq_nocase(info, STR("mermaid")) || str_eq_nocase(info, STR("dot")) ||
	       str_eq_nocase(info, STR("graphviz")) || str_find(text, STR("│")) != SIZE_MAX ||
	       str_find(text, STR("──")) != SIZE_MAX;
}

static void enter_heading(struct reading *reading, uint32_t node)
{
	const struct md *md = reading->page->md;
	uint8_t level = md->nodes[node].level;
	for (size_t i = level; i < HEADING_LEVELS; i++)
		reading->past[i] = false;
	reading->leans = leans_on(md_plain(reading->arena, md, node));
	/* The title of a page names its subject. */
	if (level > 1 && level < HEADING_LEVELS)
		reading->past[level] = says_retired(md_plain(reading->arena, md, node), false);
}

static void open_node(struct reading *reading, uint32_t node)
{
	const struct md *md = reading->page->md;
	while (reading->open.n && md->nodes[reading->open.data[reading->open.n - 1].node].end <= node)
		reading->open.n--;
	struct open_block *parent = reading->open.n ? &reading->open.data[reading->open.n - 1] : NULL;
	struct open_block block = {.node = node, .before = parent ? parent->last : 0};
	if (parent)
		parent->last = node;
	vec_add(reading->arena, &reading->open, block);
}

static void read_markdown(struct reading *reading)
{
	const struct md *md = reading->page->md;
	size_t next = 0;
	for (uint32_t i = 0; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		open_node(reading, i);
		if (node->kind == MD_HEADING)
			enter_heading(reading, i);
		if (node->kind == MD_CODE_BLOCK && !reading->page->decision && is_drawing(md, node) &&
		    !in_past_section(reading)) {
			struct str text = md_text(md, node);
			take_drawing(reading, text, md_text_span(md, node, 0, text.size));
		}
		for (; next < reading->citations.list.n && reading->citations.list.data[next].node == i; next++)
			take(reading, &reading->citations.list.data[next]);
	}
}

/* ---- findings ---- */

static void report(struct check *check, const struct cited *cited)
{
	const struct decision *decision = cited->decision;
	const struct decision *by = cited->successors.n ? cited->successors.list[0] : NULL;
	struct str name = decision_name(check->arena, decision);
	struct str next = by ? decision_name(check->arena, by) : STR_NONE;
	struct diag *diag;
	if (decision->effective_status == STATUS_SUPERSEDED && by)
		diag = check_report(check, cited->places.data[0],
				    STR_FMT " is cited as if in force; it is superseded by " STR_FMT, STR_ARG(name),
				    STR_ARG(next));
	else
		diag = check_report(check, cited->places.data[0], STR_FMT " is cited as if in force; it is %s",
				    STR_ARG(name), status_name(decision->effective_status));
	check_note(check, diag,
		   decision->status_text.str.size && decision->status == decision->effective_status
			   ? decision->status_text.span
			   : decision->title.span,
		   "the record");
	for (size_t i = 1; i < cited->places.n && i <= NOTES_MAX; i++)
		check_note(check, diag, cited->places.data[i], "cited here too");
	check_key(check, diag, name);
	if (by)
		check_help(check, diag, "cite " STR_FMT ", or say that " STR_FMT " is superseded", STR_ARG(next),
			   STR_ARG(name));
	else
		check_help(check, diag, "cite the decision that is in force, or say that " STR_FMT " is %s",
			   STR_ARG(name), status_name(decision->effective_status));
}

static bool is_read(const struct page *page)
{
	if (page->is_history || path_is_dated(page->source->path))
		return false;
	if (!page->decision)
		return true;
	return page->decision->effective_status == STATUS_ACCEPTED || page->decision->effective_status == STATUS_NONE;
}

static void count_distinct(struct reading *reading)
{
	struct map seen = {.arena = reading->arena};
	for (size_t i = 0; i < reading->citations.list.n; i++) {
		const struct decision *decision = reading->citations.list.data[i].decision;
		struct str key = {(const char *)&decision->index, sizeof decision->index};
		reading->n_distinct += !map_has(&seen, key);
		map_put(&seen, key, seen.arena);
	}
}

static void read_page(struct check *check, const struct page *page)
{
	struct arena *arena = arena_new();
	struct reading reading = {.check = check, .arena = arena, .page = page, .by_decision = {.arena = arena}};
	if (page->graph)
		take_drawing(&reading, page->source->text, (struct span){page->source->id, 0, 0});
	if (page->md) {
		reading.citations = citations_of(arena, page);
		count_distinct(&reading);
		read_markdown(&reading);
	}
	for (size_t i = 0; i < reading.cited.n; i++)
		if (reading.cited.data[i]->places.n)
			report(check, reading.cited.data[i]);
	arena_free(arena);
}

static void run(struct check *check)
{
	bool any = false;
	for (size_t i = 0; i < check->model->decisions.n && !any; i++)
		any = decision_is_retired(check->model->decisions.data[i]);
	for (size_t i = 0; any && i < check->model->pages.n; i++)
		if (is_read(check->model->pages.data[i]))
			read_page(check, check->model->pages.data[i]);
}

const struct rule rule_decision_cited_superseded = {
	.name = "decision-cited-superseded",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a document, drawing or record cites a record that is no longer in force",
	.explain =
		"Told when a page names or links to a record that is superseded, deprecated, rejected or withdrawn, and "
		"nothing in the same sentence, table row or list item says so: neither a word such as superseded, "
		"replaced, was or formerly, nor the name of the successor. One finding a page and record names every "
		"place. Fenced drawings and diagram files count as a whole.\n\n"
		"Not judged are pages of the past (`history`, dated pages, blogs, incident reports), sections whose heading "
		"speaks of the past, what follows after the page said once that the record gave way, the index of a log, "
		"and tables with a status column, which decision-index-mismatch reads. A record is taken to cite another "
		"when it builds on it: \"Builds on ADR-0004\"; what else it says of older ones is the history it was "
		"written in. Records that were given up themselves are left alone.",
	.example = "| MessagePack over JSON | ADR-0004 |     ADR-0004 is superseded by ADR-0061",
	.cure = "Cite the record that is in force, or say what became of the old one.",
	.run = run,
};
