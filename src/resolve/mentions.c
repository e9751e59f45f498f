/* Where documents name entities and decisions: one pass over the words of each page, whatever the number of names. */
#include "resolve/names.h"
#include "resolve/resolve.h"

struct finder {
	struct model *model;
	struct names_index **by_estate; /* in the order of model->estates; one more for pages of no estate */
};

struct found {
	VEC(struct mention) list;
	VEC(struct entity *)
	named; /* without being mentioned: ordinary words, names of several things, names in drawings */
};

/* One page on its way through a worker. */
struct scan {
	struct arena *arena;
	const struct model *model;
	const struct names_index *index;
	struct page *page;
	struct map numbers; /* digits -> struct decision ** (asking the model costs a walk over its records) */
	struct found *found;
	/* the node being read */
	uint32_t node;
	struct str text;
	size_t searched; /* in the source's bytes of a node whose text is not in the source as such */
	bool in_code;
	bool is_mute;     /* names are noted, no mention is made */
	struct map named; /* address of an entity -> itself, so that each is noted once */
	uint32_t link_end, heading_end, block_end;
};

/* ---- what may stand beside a name ---- */

static bool is_word_at(struct str text, size_t off)
{
	return off < text.size && word_size(text, off) > 0;
}

static bool is_wide_hyphen(struct str text, size_t off)
{
	return off + 3 <= text.size && memcmp(text.data + off, "\xE2\x80", 2) == 0 &&
	       (text.data[off + 2] == '\x90' || text.data[off + 2] == '\x91');
}

/* No mark before it glues the word to a longer thing: a path, a host, an option. */
static bool is_free_before(struct str text, size_t off)
{
	if (!off)
		return true;
	if (off >= 3 && is_wide_hyphen(text, off - 3))
		return false;
	if (text.data[off - 1] == ':')
		return off >= 2 && text.data[off - 2] == ' ';
	return !strchr("/\\@.-#$%&~+", text.data[off - 1]);
}

static bool is_free_after(struct str text, size_t off)
{
	if (off >= text.size)
		return true;
	char c = text.data[off];
	if (strchr("/\\@=", c) || is_wide_hyphen(text, off))
		return false;
	if (c == '(' && off + 1 < text.size && text.data[off + 1] == ')')
		return false;
	if (c == ':' && off + 1 < text.size && text.data[off + 1] == '/')
		return false;
	return !((c == '-' || c == '.' || c == '+') && is_word_at(text, off + 1));
}

/* ---- evidence for ordinary words ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The word after off in the text, or at the start of the next inline of the same block. */
static struct str word_after(const struct scan *scan, size_t off)
{
	struct str text = scan->text;
	while (off < text.size && is_blank(text.data[off]))
		off++;
	if (off < text.size)
		return str_sub(text, off, word_size(text, off));
	const struct md *md = scan->page->md;
	uint32_t next = scan->node + 1;
	if (next >= scan->block_end || md->nodes[next].kind != MD_TEXT)
		return STR_NONE;
	text = str_trim_left(md_text(md, &md->nodes[next]));
	return str_sub(text, 0, word_size(text, 0));
}

static bool is_plain_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct str last_word(struct str text)
{
	size_t end = text.size, start;
	while (end && is_blank(text.data[end - 1]))
		end--;
	for (start = end; start && end - start < WORD_MAX && is_plain_letter(text.data[start - 1]); start--)
		;
	return str_sub(text, start, end - start);
}

static struct str word_before(const struct scan *scan, size_t off)
{
	if (str_trim(str_sub(scan->text, 0, off)).size)
		return off && is_blank(scan->text.data[off - 1]) ? last_word(str_sub(scan->text, 0, off)) : STR_NONE;
	const struct md *md = scan->page->md;
	if (scan->node < 2)
		return STR_NONE;
	const struct md_node *before = &md->nodes[scan->node - 1];
	return before->kind == MD_TEXT ? last_word(md_text(md, before)) : STR_NONE;
}

static bool is_acronym(struct str s)
{
	for (size_t i = 0; i < s.size; i++)
		if (s.data[i] >= 'a' && s.data[i] <= 'z')
			return false;
	return true;
}

/* The things of that name whose kind the words around say: exactly one, or NULL. */
static struct entity *find_by_kind_word(const struct scan *scan, const struct name *name, size_t from, size_t to)
{
	struct str before = word_before(scan, from), after = word_after(scan, to);
	struct entity *found = NULL;
	for (size_t i = 0; i < name->entities.n; i++) {
		struct entity *entity = name->entities.data[i];
		if (!word_says_kind(before, entity->kind) && !word_says_kind(after, entity->kind))
			continue;
		if (found)
			return NULL;
		found = entity;
	}
	return found;
}

/* The id as it is declared, alone in a table cell, in bold or as the text of a link. */
static bool is_alone(const struct scan *scan, const struct name *name)
{
	const struct md_node *parent = &scan->page->md->nodes[scan->node - 1];
	bool holds_one = parent->kind == MD_CELL || parent->kind == MD_STRONG || parent->kind == MD_EMPHASIS ||
			 parent->kind == MD_LINK;
	return holds_one && parent->end == scan->node + 1 && str_eq(str_trim(scan->text), name->lower);
}

static struct entity *bind(const struct scan *scan, const struct name *name, size_t from, size_t to)
{
	struct str as_written = str_sub(scan->text, from, to - from);
	struct entity *only = name->entities.n == 1 ? name->entities.data[0] : NULL;
	if (only && !name->is_common)
		return only;
	if (only && scan->in_code && str_eq_nocase(str_trim(scan->text), name->lower))
		return only;
	if (only && is_alone(scan, name))
		return only;
	if (only && str_eq(as_written, name->shown) && !str_eq(name->shown, name->lower) && !is_acronym(name->shown))
		return only;
	return find_by_kind_word(scan, name, from, to);
}

/* ---- matching ---- */

static char lower_char(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* End of the name in the text at off, or 0. A blank is any run of blanks, a hyphen may be of the wide kind. */
static size_t match_name(const struct name *name, struct str text, size_t off)
{
	struct str lower = name->lower, shown = name->shown;
	size_t at = off;
	for (size_t i = 0; i < lower.size; i++) {
		char c = lower.data[i];
		if (at >= text.size)
			return 0;
		if (c == ' ') {
			if (!is_blank(text.data[at]))
				return 0;
			while (at < text.size && is_blank(text.data[at]))
				at++;
			continue;
		}
		if (c == '-' && is_wide_hyphen(text, at)) {
			at += 3;
			continue;
		}
		bool same =
			lower_char(text.data[at]) == c || (shown.size == lower.size && text.data[at] == shown.data[i]);
		if (!same)
			return 0;
		at++;
	}
	return is_word_at(text, at) ? 0 : at;
}

/* Where the text stands in the source; the whole node where that cannot be said. */
static struct span span_in_source(struct scan *scan, size_t from, size_t to)
{
	const struct md *md = scan->page->md;
	const struct md_node *node = &md->nodes[scan->node];
	struct str part = str_sub(scan->text, from, to - from);
	if (node->flags & MD_IN_SOURCE)
		return span_of(scan->page->source, part);
	struct str bytes = str_sub(scan->page->source->text, node->off, node->size);
	size_t at = str_find_from(bytes, part, scan->searched);
	if (!node->size || at == SIZE_MAX)
		return md_span(md, node);
	scan->searched = at + part.size;
	return (struct span){scan->page->source->id, node->off + (uint32_t)at, (uint32_t)part.size};
}

static void add_mention(struct scan *scan, size_t from, size_t to, struct mention mention)
{
	mention.page = scan->page;
	mention.node = scan->node;
	mention.span = span_in_source(scan, from, to);
	mention.in_code = scan->in_code;
	mention.in_link = scan->node < scan->link_end;
	mention.in_heading = scan->node < scan->heading_end;
	vec_add(scan->arena, &scan->found->list, mention);
}

/* True when the word could begin a name: its first byte and length are those of a first word. */
static bool may_begin_name(const struct names_index *index, const struct word_read *word)
{
	unsigned char start = (unsigned char)word->lower[0];
	return word->size && (!word->is_ascii || index->lengths[start] >> (word->size < 63 ? word->size : 63) & 1);
}

static struct str word_key(struct scan *scan, const struct word_read *word)
{
	struct str key = {word->lower, word->size};
	return word->is_ascii ? key : utf8_lower(scan->arena, key);
}

/* Names of several words that begin with this word and the next. */
static const struct name *find_pair(struct scan *scan, struct str first, size_t end)
{
	struct word_read next;
	char pair[2 * WORD_MAX + 1];
	struct str text = scan->text;
	char joint = end < text.size && text.data[end] == '/' ? '/' : ' ';
	if (joint == '/')
		end++;
	while (joint == ' ' && end < text.size && is_blank(text.data[end]))
		end++;
	word_read(text, end, &next);
	struct str second = word_key(scan, &next);
	if (!next.raw || first.size + 1 + second.size > sizeof pair)
		return NULL;
	memcpy(pair, first.data, first.size);
	pair[first.size] = joint;
	memcpy(pair + first.size + 1, second.data, second.size);
	struct name *const *head = map_find(&scan->index->by_pair, (struct str){pair, first.size + 1 + second.size});
	return head ? *head : NULL;
}

static void note_named(struct scan *scan, const struct name *name)
{
	for (size_t i = 0; i < name->entities.n; i++) {
		struct entity *const *entity = &name->entities.data[i];
		struct str key = {(const char *)entity, sizeof *entity};
		if (map_has(&scan->named, key))
			continue;
		map_put(&scan->named, key, *entity);
		vec_add(scan->arena, &scan->found->named, *entity);
	}
}

/* End of the name when it stands at off and is taken, whether or not it could be bound; else 0. */
static size_t try_name(struct scan *scan, const struct name *name, size_t off)
{
	size_t end = match_name(name, scan->text, off);
	bool is_free = end && is_free_before(scan->text, off) && is_free_after(scan->text, end);
	if (!end)
		return 0;
	struct entity *entity = scan->is_mute || !is_free ? NULL : bind(scan, name, off, end);
	if (entity)
		add_mention(scan, off, end, (struct mention){.entity = entity, .number = -1});
	else
		note_named(scan, name);
	return entity || (is_free && name->entities.n > 1) ? end : 0;
}

/* End of the longest name at the word, or 0. */
static size_t try_entity(struct scan *scan, size_t off, const struct word_read *word)
{
	if (!may_begin_name(scan->index, word))
		return 0;
	struct str key = word_key(scan, word);
	const struct first_word *first = map_find(&scan->index->by_first, key);
	if (!first)
		return 0;
	size_t end = 0;
	const struct name *name = first->has_longer ? find_pair(scan, key, off + word->raw) : NULL;
	for (; name && !end; name = name->next)
		end = try_name(scan, name, off);
	return end || !first->name ? end : try_name(scan, first->name, off);
}

/* ---- decisions ---- */

static struct decision *decision_numbered(struct scan *scan, struct str digits, long long number)
{
	struct decision **known = map_find(&scan->numbers, digits);
	size_t n = 0;
	if (!known) {
		known = NEW(scan->arena, struct decision *);
		*known = model_decision(scan->model, scan->page->source->path, number, &n);
		map_put(&scan->numbers, digits, known);
	}
	return *known;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* End of "ADR-0007", "ADR 7", "ADR #7", "ADR0007" at the word that begins at off, or 0. A list joined by '/' counts, a
 * path does not. */
static size_t try_decision(struct scan *scan, size_t off)
{
	struct str text = scan->text;
	long long number;
	size_t at = off + 3;
	if ((text.data[off] | 0x20) != 'a' || !str_eq_nocase(str_sub(text, off, 3), STR("adr")))
		return 0;
	if (at < text.size && !is_word_at(text, at)) {
		if (is_wide_hyphen(text, at))
			at += 3;
		else if (strchr(" -_#", text.data[at]))
			at++;
		if (at < text.size && text.data[at] == '#')
			at++;
	}
	size_t start = at;
	while (at < text.size && is_digit(text.data[at]))
		at++;
	struct str digits = str_sub(text, start, at - start);
	if (at - start > 6 || !str_to_number(digits, &number) || is_word_at(text, at))
		return 0;
	bool listed_before = off && text.data[off - 1] == '/' && off >= 2 && is_digit(text.data[off - 2]);
	bool listed_after = at + 1 < text.size && text.data[at] == '/' &&
			    (is_digit(text.data[at + 1]) || str_starts_nocase(str_from_off(text, at + 1), STR("adr")));
	if ((!listed_before && !is_free_before(text, off)) || (!listed_after && !is_free_after(text, at)))
		return 0;
	/* "ADR 4 GB" is no record, nor is a lower-case word before a number. */
	if (text.data[off] == 'a' && start == off + 4 && text.data[off + 3] == ' ')
		return 0;
	add_mention(scan, off, at,
		    (struct mention){.decision = decision_numbered(scan, digits, number), .number = number});
	return at;
}

/* ---- the pass ---- */

static void scan_text(struct scan *scan)
{
	struct str text = scan->text;
	scan->searched = 0;
	for (size_t off = 0; off < text.size;) {
		struct word_read word;
		word_read(text, off, &word);
		if (!word.raw) {
			if ((unsigned char)text.data[off] < 128)
				off++;
			else
				utf8_next(text, &off);
			continue;
		}
		size_t end = scan->is_mute ? 0 : try_decision(scan, off);
		if (!end)
			end = try_entity(scan, off, &word);
		off = end ? end : off + word.raw;
	}
}

static void scan_mute(struct scan *scan, struct str text)
{
	scan->is_mute = true;
	scan->text = text;
	scan_text(scan);
	scan->is_mute = false;
}

static void scan_graph(struct scan *scan, const struct graph *graph)
{
	for (size_t i = 0; i < graph->nodes.n; i++) {
		scan_mute(scan, graph->nodes.data[i].id.str);
		scan_mute(scan, graph->nodes.data[i].label.str);
	}
	for (size_t i = 0; i < graph->clusters.n; i++)
		scan_mute(scan, graph->clusters.data[i].label.str);
}

static void scan_page(struct scan *scan)
{
	const struct md *md = scan->page->md;
	for (uint32_t i = 1; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		switch (node->kind) {
		case MD_LINK:
			if (node->flags & MD_AUTOLINK)
				i = node->end - 1;
			else
				scan->link_end = node->end;
			break;
		case MD_IMAGE:
		case MD_HTML_BLOCK: i = node->end - 1; break;
		case MD_CODE_BLOCK: scan_mute(scan, md_text(md, node)); break;
		case MD_HEADING: scan->heading_end = scan->block_end = node->end; break;
		case MD_PARAGRAPH:
		case MD_CELL: scan->block_end = node->end; break;
		case MD_TEXT:
		case MD_CODE:
			scan->node = i;
			scan->text = md_text(md, node);
			scan->in_code = node->kind == MD_CODE;
			scan_text(scan);
			break;
		default: break;
		}
	}
}

static const struct names_index *index_of(const struct finder *finder, const struct page *page)
{
	size_t i = 0;
	while (i < finder->model->estates.n && finder->model->estates.data[i] != page->estate)
		i++;
	return finder->by_estate[i];
}

/* What is gathered on the way is left behind: only the lists outlive the job. */
static struct found *kept(struct arena *arena, const struct found *found)
{
	struct found *copy = NEW(arena, struct found);
	copy->list.n = found->list.n;
	copy->list.data = arena_copy(arena, found->list.data, found->list.n * sizeof *found->list.data);
	copy->named.n = found->named.n;
	copy->named.data = arena_copy(arena, found->named.data, found->named.n * sizeof *found->named.data);
	return copy;
}

static void *find_in_page(void *context, size_t index, struct arena *arena)
{
	const struct finder *finder = context;
	struct page *page = finder->model->pages.data[index];
	struct arena *scratch = arena_new();
	struct found found = {0};
	struct scan scan = {.arena = scratch,
			    .model = finder->model,
			    .index = index_of(finder, page),
			    .page = page,
			    .found = &found};
	scan.numbers.arena = scratch;
	scan.named.arena = scratch;
	if (page->graph)
		scan_graph(&scan, page->graph);
	if (page->md)
		scan_page(&scan);
	struct found *result = kept(arena, &found);
	arena_free(scratch);
	return result;
}

static void take(struct model *model, struct page *page, const struct found *found)
{
	page->mentions.data = found->list.data;
	page->mentions.n = found->list.n;
	page->mentions.cap = found->list.n;
	for (size_t i = 0; i < found->named.n; i++)
		found->named.data[i]->named = true;
	for (size_t i = 0; i < page->mentions.n; i++) {
		struct mention *mention = &page->mentions.data[i];
		if (mention->entity) {
			vec_add(model->arena, &mention->entity->mentions, mention);
			mention->entity->named = true;
		}
		/* A link to the record is counted as such already. */
		if (mention->decision && !mention->in_link && mention->decision->page != page)
			mention->decision->n_mentions++;
	}
}

void resolve_mentions(struct model *model, const struct pool *pool)
{
	struct finder finder = {.model = model};
	finder.by_estate = NEW_ARRAY(model->arena, struct names_index *, model->estates.n + 1);
	for (size_t i = 0; i <= model->estates.n; i++)
		finder.by_estate[i] =
			names_index(model->arena, model, i < model->estates.n ? model->estates.data[i] : NULL);
	struct pool_result *results = pool_each(pool, model->arena, model->pages.n, find_in_page, &finder);
	for (size_t i = 0; i < model->pages.n; i++) {
		if (results[i].end != POOL_DONE)
			world_fail("a worker ended while it looked for names in " STR_FMT,
				   STR_ARG(model->pages.data[i]->source->path));
		take(model, model->pages.data[i], results[i].value);
	}
}
