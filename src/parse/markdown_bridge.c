/* The only file that knows cmark-gfm: its memory, its options, its tree, lowered to a walk of plain events.
 * The library keeps a table for the whole process, so one document at a time is parsed in a process. */
#include "parse/markdown.h"

#include <setjmp.h>
#include <sys/mman.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

/* ---- memory ---- */

#define REGION_DEFAULT ((size_t)512 << 20)
#define KEPT ((size_t)16 << 20)

/* What is handed out is zero, as the region is between documents. Every allocation is preceded by its size and eight zero
 * bytes: the autolink extension looks at the byte before a buffer for some inputs, and finds an end there. */
struct allocation {
	size_t size;
	size_t zero;
};

static struct {
	char *base;
	size_t size;  /* mapped */
	size_t limit; /* of this document */
	size_t used;
	jmp_buf full;
} memory;

static size_t rounded(size_t size)
{
	return (size + 15) & ~(size_t)15;
}

static void *memory_take(size_t size)
{
	if (size > memory.limit || memory.used + sizeof(struct allocation) + rounded(size) > memory.limit)
		longjmp(memory.full, 1);
	struct allocation *allocation = (struct allocation *)(void *)(memory.base + memory.used);
	allocation->size = size;
	memory.used += sizeof *allocation + rounded(size);
	return allocation + 1;
}

static void *memory_calloc(size_t n, size_t size)
{
	if (size && n > memory.limit / size)
		longjmp(memory.full, 1);
	return memory_take(n * size);
}

static void *memory_realloc(void *old, size_t size)
{
	if (!old)
		return memory_take(size);
	struct allocation *allocation = (struct allocation *)old - 1;
	if (size <= allocation->size)
		return old;
	if ((char *)old + rounded(allocation->size) == memory.base + memory.used) {
		size_t more = rounded(size) - rounded(allocation->size);
		if (size > memory.limit || memory.used + more > memory.limit)
			longjmp(memory.full, 1);
		memory.used += more;
		allocation->size = size;
		return old;
	}
	void *taken = memory_take(size);
	memcpy(taken, old, allocation->size);
	return taken;
}

static void memory_free(void *old)
{
	(void)old;
}

static cmark_mem memory_functions = {memory_calloc, memory_realloc, memory_free};

/* Maps the region, or a smaller one where address space is scarce. */
static void memory_begin(size_t limit)
{
	size_t wanted = limit ? limit : REGION_DEFAULT;
	if (memory.size < wanted) {
		if (memory.base)
			munmap(memory.base, memory.size);
		memory.base = NULL;
		for (size_t size = wanted; !memory.base; size /= 2) {
			void *region = mmap(NULL, size, PROT_READ | PROT_WRITE,
					    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
			if (region != MAP_FAILED) {
				memory.base = region;
				memory.size = size;
			} else if (size < KEPT) {
				world_fail("out of memory");
			}
		}
	}
	memory.limit = wanted < memory.size ? wanted : memory.size;
	memory.used = 0;
}

/* Makes what was used zero again. */
static void memory_end(void)
{
	memset(memory.base, 0, memory.used < KEPT ? memory.used : KEPT);
	if (memory.used > KEPT)
		madvise(memory.base + KEPT, memory.size - KEPT, MADV_DONTNEED);
	memory.used = 0;
}

/* ---- parsing ---- */

static bool holds(struct str text, const char *needle)
{
	return str_find(text, str_from(needle)) != SIZE_MAX;
}

static void attach(cmark_parser *parser, const char *extension)
{
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extension));
}

/* An extension that cannot find its marks in the text is left out: it would cost time and change nothing. A table of
 * one column needs no bar, only a colon in its second line. */
static cmark_node *parse(struct str text, bool every_extension)
{
	int options = every_extension || holds(text, "[^") ? CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT;
	cmark_parser *parser = cmark_parser_new_with_mem(options, &memory_functions);
	if (every_extension || holds(text, "|") || holds(text, ":-") || holds(text, "-:"))
		attach(parser, "table");
	if (every_extension || holds(text, "~"))
		attach(parser, "strikethrough");
	if (every_extension || holds(text, "@") || holds(text, "://") || holds(text, "www."))
		attach(parser, "autolink");
	if (every_extension || holds(text, "["))
		attach(parser, "tasklist");
	cmark_parser_feed(parser, text.data ? text.data : "", text.size);
	return cmark_parser_finish(parser);
}

/* ---- the walk ---- */

/* The library's own types of node are constants, those of extensions are known by name only. */
static enum md_kind kind_by_name(const char *name)
{
	if (!strcmp(name, "table"))
		return MD_TABLE;
	if (!strcmp(name, "table_row") || !strcmp(name, "table_header"))
		return MD_ROW;
	if (!strcmp(name, "table_cell"))
		return MD_CELL;
	if (!strcmp(name, "strikethrough"))
		return MD_STRIKE;
	return MD_DOCUMENT;
}

static enum md_kind read_kind(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_DOCUMENT: return MD_DOCUMENT;
	case CMARK_NODE_BLOCK_QUOTE: return MD_QUOTE;
	case CMARK_NODE_LIST: return MD_LIST;
	case CMARK_NODE_ITEM: return MD_ITEM;
	case CMARK_NODE_CODE_BLOCK: return MD_CODE_BLOCK;
	case CMARK_NODE_HTML_BLOCK: return MD_HTML_BLOCK;
	case CMARK_NODE_PARAGRAPH: return MD_PARAGRAPH;
	case CMARK_NODE_HEADING: return MD_HEADING;
	case CMARK_NODE_THEMATIC_BREAK: return MD_RULE;
	case CMARK_NODE_FOOTNOTE_DEFINITION: return MD_FOOTNOTE;
	case CMARK_NODE_TEXT: return MD_TEXT;
	case CMARK_NODE_SOFTBREAK: return MD_SOFT_BREAK;
	case CMARK_NODE_LINEBREAK: return MD_LINE_BREAK;
	case CMARK_NODE_CODE: return MD_CODE;
	case CMARK_NODE_HTML_INLINE: return MD_HTML;
	case CMARK_NODE_EMPH: return MD_EMPHASIS;
	case CMARK_NODE_STRONG: return MD_STRONG;
	case CMARK_NODE_LINK: return MD_LINK;
	case CMARK_NODE_IMAGE: return MD_IMAGE;
	case CMARK_NODE_FOOTNOTE_REFERENCE: return MD_FOOTNOTE_REF;
	default: return kind_by_name(cmark_node_get_type_string(node));
	}
}

/* Types are numbered from 1, apart for blocks and for inlines; what a number means is asked once. */
static enum md_kind kind_of(cmark_node *node)
{
	static uint8_t known[2][64]; /* the kind and 1; 0: not asked yet */
	unsigned type = (unsigned)cmark_node_get_type(node);
	bool is_inline = (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
	uint8_t *slot = &known[is_inline][type & 63];
	if ((type & CMARK_NODE_VALUE_MASK) > 63)
		return read_kind(node);
	if (!*slot)
		*slot = (uint8_t)(read_kind(node) + 1);
	return (enum md_kind)(*slot - 1);
}

static struct str from_library(const char *string)
{
	return string ? str_from(string) : STR_NONE;
}

static void list_event(cmark_node *node, struct md_event *event)
{
	if (cmark_node_get_list_tight(node))
		event->flags |= MD_TIGHT;
	if (cmark_node_get_list_type(node) == CMARK_ORDERED_LIST)
		event->flags |= MD_ORDERED;
}

static void item_event(cmark_node *node, struct md_event *event)
{
	if (strcmp(cmark_node_get_type_string(node), "tasklist"))
		return;
	event->flags |= MD_TASK;
	if (cmark_gfm_extensions_get_tasklist_item_checked(node))
		event->flags |= MD_DONE;
}

static uint32_t line_of(int line)
{
	return line > 0 ? (uint32_t)line : 0;
}

/* The header row has the place of the whole table, which may begin with lines of a paragraph: it stands two lines
 * before the first body row, or one before the table's end. */
static uint32_t header_line(cmark_node *table)
{
	cmark_node *header = cmark_node_first_child(table);
	cmark_node *body = header ? cmark_node_next(header) : NULL;
	int line = body ? cmark_node_get_start_line(body) - 2 : cmark_node_get_end_line(table) - 1;
	int first = cmark_node_get_start_line(table);
	return line_of(line > first ? line : first);
}

static void place_event(cmark_node *node, struct md_event *event)
{
	event->line = line_of(cmark_node_get_start_line(node));
	event->col = line_of(cmark_node_get_start_column(node));
	event->end_line = line_of(cmark_node_get_end_line(node));
	cmark_node *next = cmark_node_next(node);
	if (event->kind == MD_PARAGRAPH && !event->line && next && kind_of(next) == MD_TABLE) {
		event->line = line_of(cmark_node_get_start_line(next));
		event->col = line_of(cmark_node_get_start_column(next));
		event->end_line = header_line(next) - 1;
		event->before_table = true;
	}
	if (event->flags & MD_HEADER) {
		event->line = header_line(cmark_node_parent(node));
		if (event->line != line_of(cmark_node_get_start_line(node)))
			event->col = 0;
	} else if (event->kind == MD_ROW) {
		event->col = 0; /* the library repeats that of the table */
	}
}

static void enter_event(cmark_node *node, struct md_event *event)
{
	int length, offset;
	char fence = 0;
	switch (event->kind) {
	case MD_TEXT:
	case MD_CODE:
	case MD_HTML:
	case MD_HTML_BLOCK: event->literal = from_library(cmark_node_get_literal(node)); break;
	case MD_CODE_BLOCK:
		event->literal = from_library(cmark_node_get_literal(node));
		if (cmark_node_get_fenced(node, &length, &offset, &fence))
			event->level = (uint8_t)fence;
		break;
	case MD_HEADING: event->level = (uint8_t)cmark_node_get_heading_level(node); break;
	case MD_LIST: list_event(node, event); break;
	case MD_ITEM: item_event(node, event); break;
	case MD_ROW:
		if (cmark_gfm_extensions_get_table_row_is_header(node))
			event->flags |= MD_HEADER;
		break;
	default: break;
	}
	if (event->kind < MD_TEXT)
		place_event(node, event);
}

/* Columns are counted here: a cell does not know its own, and looking back for it is quadratic in wide tables. */
struct columns {
	const uint8_t *alignments;
	size_t n;
	size_t next;
};

static void count_columns(struct columns *columns, cmark_node *node, struct md_event *event)
{
	if (event->kind == MD_TABLE) {
		columns->alignments = cmark_gfm_extensions_get_table_alignments(node);
		columns->n = cmark_gfm_extensions_get_table_columns(node);
	} else if (event->kind == MD_ROW) {
		columns->next = 0;
	} else if (event->kind == MD_CELL) {
		if (columns->next < columns->n)
			event->level = columns->alignments[columns->next];
		columns->next++;
	}
}

static bool is_leaf(enum md_kind kind)
{
	switch (kind) {
	case MD_CODE_BLOCK:
	case MD_HTML_BLOCK:
	case MD_RULE:
	case MD_TEXT:
	case MD_SOFT_BREAK:
	case MD_LINE_BREAK:
	case MD_CODE:
	case MD_HTML: return true;
	default: return false;
	}
}

/* A leaf is entered and never left. Gives its kind. */
static enum md_kind enter(cmark_node *node, struct columns *columns, md_event_fn *fn, void *context)
{
	struct md_event event = {.kind = kind_of(node), .enter = true};
	count_columns(columns, node, &event);
	enter_event(node, &event);
	fn(context, &event);
	return event.kind;
}

static void leave(cmark_node *node, md_event_fn *fn, void *context)
{
	struct md_event event = {.kind = kind_of(node)};
	if (event.kind == MD_LINK || event.kind == MD_IMAGE) {
		event.literal = from_library(cmark_node_get_url(node));
		event.title = from_library(cmark_node_get_title(node));
	}
	fn(context, &event);
}

static void walk(cmark_node *document, md_event_fn *fn, void *context)
{
	struct columns columns = {0};
	for (cmark_node *node = document, *next; node; node = next) {
		bool leaf = is_leaf(enter(node, &columns, fn, context));
		next = leaf ? NULL : cmark_node_first_child(node);
		if (next)
			continue;
		if (!leaf)
			leave(node, fn, context);
		while (node != document && !(next = cmark_node_next(node))) {
			node = cmark_node_parent(node);
			leave(node, fn, context);
		}
	}
}

bool md_bridge(struct str text, size_t bytes, md_event_fn *fn, void *context)
{
	cmark_gfm_core_extensions_ensure_registered();
	memory_begin(bytes);
	if (setjmp(memory.full)) {
		/* The library takes its special characters back only at the end of a document. */
		memory_end();
		memory.limit = memory.size;
		parse(STR("x"), true);
		memory_end();
		return false;
	}
	walk(parse(text, false), fn, context);
	memory_end();
	return true;
}
