/* Runs: the text of one block without its markup, with the way back to the source and the names in it. */
#include "fact/fact_parts.h"

/* Ends of the inline nodes that mark what stands inside them. */
struct marking {
	uint32_t struck_end, link_end, strong_end;
};

static unsigned marks_at(const struct marking *marking, const struct md *md, uint32_t node)
{
	return (node < marking->struck_end ? RUN_STRUCK : 0u) | (node < marking->link_end ? RUN_LINK : 0u) |
	       (node < marking->strong_end ? RUN_STRONG : 0u) | (md->nodes[node].kind == MD_CODE ? RUN_CODE : 0u);
}

/* True when a line that begins at the node is a field: a strong key with its ':' inside or right behind. */
static bool begins_field(const struct md *md, uint32_t node, uint32_t end)
{
	if (node >= end || md->nodes[node].kind != MD_STRONG)
		return false;
	uint32_t behind = md->nodes[node].end;
	struct str key = md_text(md, &md->nodes[behind - 1]);
	if (md->nodes[behind - 1].kind == MD_TEXT && str_ends(str_trim(key), STR(":")))
		return true;
	return behind < end && md->nodes[behind].kind == MD_TEXT &&
	       str_starts(str_trim_left(md_text(md, &md->nodes[behind])), STR(":"));
}

/* Where the pieces of a run come together: in room that is large enough for all of them. */
struct gathering {
	struct run *run;
	char *room;
	size_t size;
};

static void add_piece(struct fact_sink *sink, struct gathering *gathering, struct run_piece piece, struct str add)
{
	piece.at = gathering->size;
	vec_add(sink->arena, &gathering->run->pieces, piece);
	if (add.size)
		memcpy(gathering->room + gathering->size, add.data, add.size);
	gathering->size += add.size;
}

/* Bytes of the run's text, or more. */
static size_t run_bound(const struct md *md, uint32_t block)
{
	size_t size = 0;
	for (uint32_t i = block + 1; i < md->nodes[block].end; i++) {
		uint8_t kind = md->nodes[i].kind;
		size += kind == MD_TEXT || kind == MD_CODE ? md->nodes[i].text_size : 1;
	}
	return size;
}

size_t mention_from(const struct page *page, uint32_t node)
{
	size_t low = 0, high = page->mentions.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (page->mentions.data[middle].node < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Offset of a mention in its node's text, from `from` on; SIZE_MAX when its place is not known. */
static size_t mention_at(const struct fact_sink *sink, const struct mention *mention, size_t from)
{
	const struct md *md = sink->page->md;
	const struct md_node *node = &md->nodes[mention->node];
	struct str text = md_text(md, node), name = span_text(sink->model->sources, mention->span);
	if (node->flags & MD_IN_SOURCE)
		return mention->span.off >= node->text ? mention->span.off - node->text : SIZE_MAX;
	for (size_t at = from; (at = str_find_from(text, name, at)) != SIZE_MAX; at++)
		if (md_text_offset(md, node, at) == mention->span.off)
			return at;
	return SIZE_MAX;
}

static void add_names(struct fact_sink *sink, struct run *run)
{
	const struct page *page = sink->page;
	size_t piece = 0, searched = 0;
	uint32_t end = page->md->nodes[run->block].end;
	for (size_t i = mention_from(page, run->block); i < page->mentions.n; i++) {
		const struct mention *mention = &page->mentions.data[i];
		if (mention->node >= end)
			break;
		while (piece < run->pieces.n && run->pieces.data[piece].node != mention->node) {
			piece++;
			searched = 0;
		}
		if (piece == run->pieces.n)
			break;
		size_t at = mention->entity ? mention_at(sink, mention, searched) : SIZE_MAX;
		if (at == SIZE_MAX)
			continue;
		searched = at + mention->span.size;
		struct run_name name = {.from = run->pieces.data[piece].at + at, .entity = mention->entity};
		name.to = name.from + mention->span.size;
		if (name.to <= run->text.size)
			vec_add(sink->arena, &run->names, name);
	}
}

bool is_html_break(const struct md *md, uint32_t node)
{
	return md->nodes[node].kind == MD_HTML && str_starts_nocase(md_text(md, &md->nodes[node]), STR("<br"));
}

static struct run read_run(struct fact_sink *sink, uint32_t block)
{
	const struct md *md = sink->page->md;
	struct run run = {.block = block};
	struct marking marking = {0};
	uint32_t end = md->nodes[block].end;
	struct gathering gathering = {.run = &run, .room = arena_alloc(sink->arena, run_bound(md, block))};
	for (uint32_t i = block + 1; i < end; i++) {
		const struct md_node *node = &md->nodes[i];
		struct run_piece piece = {.node = i};
		switch (node->kind) {
		case MD_STRIKE: marking.struck_end = node->end; break;
		case MD_LINK: marking.link_end = node->end; break;
		case MD_STRONG: marking.strong_end = node->end; break;
		case MD_IMAGE: i = node->end - 1; break;
		case MD_LINE_BREAK:
		case MD_SOFT_BREAK:
			piece.node = 0;
			bool ends = node->kind == MD_LINE_BREAK || begins_field(md, i + 1, end);
			add_piece(sink, &gathering, piece, ends ? STR("\n") : STR(" "));
			break;
		case MD_TEXT:
		case MD_CODE:
			piece.marks = marks_at(&marking, md, i);
			add_piece(sink, &gathering, piece, md_text(md, node));
			break;
		case MD_HTML:
			piece.node = 0;
			if (is_html_break(md, i))
				add_piece(sink, &gathering, piece, STR("\n"));
			break;
		default: break;
		}
	}
	run.text = (struct str){gathering.room, gathering.size};
	add_names(sink, &run);
	return run;
}

struct run run_read(struct fact_sink *sink, uint32_t block)
{
	if (!sink->runs)
		sink->runs = NEW_ARRAY(sink->arena, const struct run *, sink->page->md->n);
	if (!sink->runs[block]) {
		struct run run = read_run(sink, block);
		sink->runs[block] = arena_copy(sink->arena, &run, sizeof run);
	}
	return *sink->runs[block];
}

struct run run_read_front(struct fact_sink *sink, struct word value)
{
	struct run run = {.text = value.str, .front = value};
	for (size_t at = 0; at < value.str.size;) {
		size_t end = at;
		while (end < value.str.size &&
		       (isalnum((unsigned char)value.str.data[end]) || strchr("-_", value.str.data[end])))
			end++;
		struct str word = str_sub(value.str, at, end - at);
		bool is_name = word.size > 1 &&
			       (isupper((unsigned char)word.data[0]) || str_find_char(word, '-') != SIZE_MAX ||
				isdigit((unsigned char)word.data[word.size - 1]));
		struct entity *entity =
			is_name ? subject_named(sink, word, KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE)) : NULL;
		if (entity)
			vec_add(sink->arena, &run.names, (struct run_name){at, end, entity});
		at = end > at ? end : at + 1;
	}
	return run;
}

/* The place of [from, to) of a field's value; of one that is written with escapes, that of all of it. */
static struct span front_span(const struct fact_sink *sink, const struct run *run, size_t from, size_t to)
{
	struct span span = run->front.span;
	size_t at = str_find(span_text(sink->model->sources, span), run->front.str);
	if (at == SIZE_MAX)
		return span;
	return (struct span){span.source, span.off + (uint32_t)(at + from), (uint32_t)(to - from)};
}

/* Index of the piece that holds a byte of the text. The run is not empty. */
static size_t piece_of(const struct run *run, size_t at)
{
	size_t low = 0, high = run->pieces.n;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (run->pieces.data[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static size_t piece_size(const struct run *run, size_t piece)
{
	size_t end = piece + 1 < run->pieces.n ? run->pieces.data[piece + 1].at : run->text.size;
	return end - run->pieces.data[piece].at;
}

/* Where a byte of the text stands in the source; of a break, where the text before it ends. */
static uint32_t source_offset(const struct md *md, const struct run *run, size_t at)
{
	size_t piece = piece_of(run, at);
	while (piece && (!run->pieces.data[piece].node || !piece_size(run, piece)))
		piece--;
	const struct run_piece *found = &run->pieces.data[piece];
	size_t within = at - found->at, size = piece_size(run, piece);
	return md_text_offset(md, &md->nodes[found->node], within < size ? within : size);
}

struct word run_word(const struct fact_sink *sink, const struct run *run, size_t from, size_t to)
{
	const struct md *md = sink->page->md;
	struct word word = {str_sub(run->text, from, to - from), md_span(md, &md->nodes[run->block])};
	if (run->front.str.size) {
		word.span = front_span(sink, run, from, to);
		return word;
	}
	if (!word.str.size)
		return word;
	uint32_t first = source_offset(md, run, from), last = source_offset(md, run, from + word.str.size - 1);
	if (last >= first)
		word.span = (struct span){md->source->id, first, last - first + 1};
	return word;
}

unsigned run_marks(const struct run *run, size_t from, size_t to)
{
	unsigned marks = 0;
	for (size_t i = run->pieces.n && from < to ? piece_of(run, from) : run->pieces.n; i < run->pieces.n; i++) {
		if (run->pieces.data[i].at >= to)
			break;
		marks |= run->pieces.data[i].marks;
	}
	return marks;
}
