/* Parses one markdown document into struct md, and reads that. */
#include "parse/markdown.h"

/* Memory that is used again for the next document. Static, so that nothing is lost when a budget ends the work. */
static struct arena *scratch;
static struct buf pool;

#define POOL_KEPT ((size_t)1 << 20)

static void keep_nodes(struct arena *arena, struct md *md, const struct md_lower *l)
{
	md->nodes = arena_copy(arena, l->nodes.data, l->nodes.n * sizeof *l->nodes.data);
	md->n = (uint32_t)l->nodes.n;
	md->pool = arena_copy(arena, pool.data, pool.size);
	md->pieces = arena_copy(arena, l->pieces.data, l->pieces.n * sizeof *l->pieces.data);
	md->n_pieces = (uint32_t)l->pieces.n;
}

static void keep_document_only(struct arena *arena, struct md *md, const struct md_limits *limits)
{
	md->nodes = NEW(arena, struct md_node);
	md->n = 1;
	md->has_table = md->has_code = false;
	struct trouble trouble = {
		.rule = "limit-reached", .kind = "markdown-memory", .span = {md->source->id, 0, 0}, .other = SPAN_NONE};
	trouble.extra = str_format(arena, "%zu", limits->bytes);
	trouble_add(arena, &md->troubles, trouble);
}

/* A reference may spell the label in other letters than the definition does. */
static void join_footnotes(struct md *md)
{
	struct map labels = {.arena = scratch};
	for (uint32_t i = 0; i < md->n; i++) {
		struct md_node *node = &md->nodes[i];
		if (node->kind == MD_FOOTNOTE && node->text_size)
			map_put(&labels, md_label_normal(scratch, md_text(md, node)), node);
	}
	if (!labels.n)
		return;
	for (uint32_t i = 0; i < md->n; i++) {
		struct md_node *node = &md->nodes[i];
		if (node->kind != MD_FOOTNOTE_REF)
			continue;
		const struct md_node *definition = map_find(&labels, md_label_normal(scratch, md_text(md, node)));
		if (definition) {
			node->text = definition->text;
			node->text_size = definition->text_size;
		}
	}
}

/* Lowers the document from a state that is fresh: with admonitions, with those of them that were found before, or as if
 * there were none. */
enum { LOWER_ALL, LOWER_FOUND, LOWER_NONE };
static bool lower(struct md_lower *l, const struct md_lower *fresh, int times)
{
	const struct md_lower before = *l;
	*l = *fresh;
	buf_clear(&pool);
	l->md->has_table = l->md->has_code = false;
	md_lower_begin(l);
	struct str text = times == LOWER_NONE ? str_from_off(l->text, l->from)
					      : md_admonitions_rewrite(l, times == LOWER_FOUND ? &before : NULL);
	return md_bridge(text, l->limits->bytes, md_lower_event, l);
}

struct md *md_parse(struct arena *arena, const struct source *source, const struct md_limits *limits)
{
	struct md *md = NEW(arena, struct md);
	md->source = source;
	arena_free(scratch);
	scratch = arena_new();
	uint32_t from = front_matter_read(arena, md);
	const struct md_lower fresh = {.arena = arena,
				       .scratch = scratch,
				       .md = md,
				       .limits = limits,
				       .text = source->text,
				       .from = from,
				       .pool = &pool};
	struct md_lower l = {0};
	const struct troubles troubles = md->troubles;
	bool done = lower(&l, &fresh, LOWER_ALL);
	for (int times = LOWER_FOUND; done && times <= LOWER_NONE && !md_marks_fit(&l); times++) {
		md->troubles = troubles;
		done = lower(&l, &fresh, times);
	}
	if (done) {
		keep_nodes(arena, md, &l);
		join_footnotes(md);
		md_headings(arena, scratch, md);
		md_html_ids(arena, md);
		md_undefined_references(arena, md, l.definitions.n > 0);
	} else {
		keep_document_only(arena, md, limits);
	}
	md->nodes[0].off = 0;
	md->nodes[0].size = (uint32_t)source->text.size;
	arena_free(scratch);
	scratch = NULL;
	if (pool.cap > POOL_KEPT)
		buf_free(&pool);
	return md;
}

/* ---- text ---- */

struct str md_text(const struct md *md, const struct md_node *node)
{
	if (node->flags & MD_IN_SOURCE)
		return str_sub(md->source->text, node->text, node->text_size);
	return node->text_size ? (struct str){md->pool + node->text, node->text_size} : STR_NONE;
}

struct str md_title(const struct md *md, const struct md_node *node)
{
	if ((node->kind != MD_LINK && node->kind != MD_IMAGE) || !node->extra)
		return STR_NONE;
	const char *title = md->pool + node->text + node->text_size;
	return (struct str){title, node->extra < 255 ? node->extra : strlen(title)};
}

struct str md_info_line(const struct md *md, const struct md_node *node)
{
	if (node->kind != MD_CODE_BLOCK || !node->level)
		return STR_NONE;
	struct str line = str_from_off(md->source->text, node->off);
	line = str_cut_line(&line);
	size_t fence = 0;
	while (fence < line.size && line.data[fence] == (char)node->level)
		fence++;
	return str_trim(str_from_off(line, fence));
}

struct str md_info(const struct md *md, const struct md_node *node)
{
	struct str info = md_info_line(md, node);
	size_t size = 0;
	while (size < info.size && !isspace((unsigned char)info.data[size]))
		size++;
	return str_sub(info, 0, size);
}

unsigned md_list_start(const struct md *md, const struct md_node *node)
{
	unsigned start = 0;
	struct str text = str_sub(md->source->text, node->off, 9);
	for (size_t i = 0; i < text.size && isdigit((unsigned char)text.data[i]); i++)
		start = start * 10 + (unsigned)(text.data[i] - '0');
	return start;
}

/* Appends a copy of what is rendered of one node; `out` NULL only counts. */
static size_t plain_node(const struct md *md, const struct md_node *node, char *out)
{
	struct str text = STR_NONE;
	if (node->kind == MD_TEXT || node->kind == MD_CODE || node->kind == MD_CODE_BLOCK)
		text = md_text(md, node);
	else if (node->kind == MD_SOFT_BREAK || node->kind == MD_LINE_BREAK)
		text = STR(" ");
	if (out && text.size)
		memcpy(out, text.data, text.size);
	return text.size;
}

/* Blocks inside of one another are parted by a blank. */
static bool parts(enum md_kind kind)
{
	return kind == MD_PARAGRAPH || kind == MD_HEADING || kind == MD_CELL || kind == MD_CODE_BLOCK;
}

struct str md_plain(struct arena *arena, const struct md *md, uint32_t index)
{
	uint32_t end = md->nodes[index].end;
	const struct md_node *only = NULL;
	size_t size = 0;
	bool joined = false;
	for (uint32_t i = index; i < end; i++) {
		const struct md_node *node = &md->nodes[i];
		size_t n = plain_node(md, node, NULL);
		joined |= n && only;
		only = n && !only ? node : only;
		size += n + parts((enum md_kind)node->kind);
	}
	if (!only)
		return STR_NONE;
	if (!joined && only->kind != MD_SOFT_BREAK && only->kind != MD_LINE_BREAK)
		return md_text(md, only);
	char *out = arena_alloc(arena, size + 1);
	size_t used = 0;
	for (uint32_t i = index; i < end; i++) {
		if (used && parts((enum md_kind)md->nodes[i].kind) && out[used - 1] != ' ')
			out[used++] = ' ';
		used += plain_node(md, &md->nodes[i], out + used);
	}
	return (struct str){out, used};
}

/* ---- places ---- */

struct span md_span(const struct md *md, const struct md_node *node)
{
	return (struct span){md->source->id, node->off, node->size};
}

/* Place of byte `at` of the pool, UINT32_MAX when it has none. */
static uint32_t piece_offset(const struct md *md, size_t at)
{
	size_t low = 0;
	size_t high = md->n_pieces;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (md->pieces[middle].text <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || md->pieces[low - 1].off == UINT32_MAX)
		return UINT32_MAX;
	size_t off = md->pieces[low - 1].off + (at - md->pieces[low - 1].text);
	return (uint32_t)(off < md->source->text.size ? off : md->source->text.size);
}

uint32_t md_text_offset(const struct md *md, const struct md_node *node, size_t at)
{
	if (at > node->text_size)
		at = node->text_size;
	if (node->flags & MD_IN_SOURCE)
		return node->text + (uint32_t)at;
	uint32_t off = piece_offset(md, node->text + at);
	return off == UINT32_MAX ? node->off : off;
}

struct span md_text_span(const struct md *md, const struct md_node *node, size_t at, size_t size)
{
	uint32_t from = md_text_offset(md, node, at);
	uint32_t to = size ? md_text_offset(md, node, at + size - 1) + 1 : from;
	return (struct span){md->source->id, from, to > from ? to - from : 0};
}

struct span md_link_target_span(const struct md *md, const struct md_node *node)
{
	if (node->flags & MD_IN_SOURCE)
		return (struct span){md->source->id, node->text, node->text_size};
	uint32_t from = piece_offset(md, node->text);
	uint32_t to = piece_offset(md, node->text + node->text_size);
	if (from == UINT32_MAX || to == UINT32_MAX || to < from)
		return md_span(md, node);
	return (struct span){md->source->id, from, to - from};
}

/* ---- walking ---- */

uint32_t md_first(const struct md *md, uint32_t node)
{
	return node + 1 < md->nodes[node].end ? node + 1 : 0;
}

uint32_t md_next(const struct md *md, uint32_t node, uint32_t parent_end)
{
	return md->nodes[node].end < parent_end ? md->nodes[node].end : 0;
}
