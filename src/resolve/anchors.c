/* The places of a page: GitHub's anchors of its headings, HTML ids, and what other renderers would make. */
#include "resolve/anchors.h"

#define MAX_SUGGESTIONS 200

static bool has_upper_or_high(struct str s)
{
	for (size_t i = 0; i < s.size; i++)
		if ((s.data[i] >= 'A' && s.data[i] <= 'Z') || (unsigned char)s.data[i] >= 128)
			return true;
	return false;
}

static struct str lowered(struct arena *arena, struct str s)
{
	return has_upper_or_high(s) ? utf8_lower(arena, s) : s;
}

static void put_once(struct arena *arena, struct map *map, struct str key, struct anchor anchor)
{
	if (!key.size || map_has(map, key))
		return;
	struct anchor *copy = NEW(arena, struct anchor);
	*copy = anchor;
	map_put(map, key, copy);
}

/* An anchor without number whose text another heading has too. */
static bool is_first_of_several(const struct map *by_text, const struct md_heading *heading)
{
	const struct md_heading *const *pair = map_find(by_text, heading->text);
	return pair && pair[0] == heading && pair[1];
}

/* "{#id}" behind a heading: another dialect, in which the heading itself is found. */
static bool is_heading_id(const struct md *md, const struct md_id *id)
{
	return id->span.off && id->span.off <= md->source->text.size && md->source->text.data[id->span.off - 1] == '#';
}

struct anchors *anchors_new(struct arena *arena, const struct page *page)
{
	struct anchors *anchors = NEW(arena, struct anchors);
	const struct md *md = page->md;
	struct map by_text = {.arena = arena};
	anchors->page = page;
	anchors->by_id.arena = arena;
	anchors->by_dialect.arena = arena;
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		const struct md_heading **pair = map_find(&by_text, heading->text);
		if (pair) {
			pair[1] = heading;
			continue;
		}
		pair = arena_alloc(arena, 2 * sizeof *pair);
		pair[0] = heading;
		map_put(&by_text, heading->text, pair);
	}
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		struct anchor anchor = {
			.id = heading->anchor, .heading = heading, .repeated = is_first_of_several(&by_text, heading)};
		put_once(arena, &anchors->by_id, lowered(arena, heading->anchor), anchor);
	}
	for (size_t i = 0; i < md->ids.n; i++)
		if (!is_heading_id(md, &md->ids.data[i]))
			put_once(arena, &anchors->by_id, lowered(arena, md->ids.data[i].id),
				 (struct anchor){.id = md->ids.data[i].id});
	return anchors;
}

const struct anchor *anchors_find(struct arena *arena, const struct anchors *anchors, struct str fragment)
{
	struct str key = lowered(arena, fragment);
	const struct anchor *found = map_find(&anchors->by_id, key);
	if (!found && str_starts(key, STR("user-content-")))
		found = map_find(&anchors->by_id, str_from_off(key, strlen("user-content-")));
	return found;
}

/* Duplicates get a number from 1, as each dialect writes it. */
static void add_dialect(struct arena *arena, struct anchors *anchors, enum slug_dialect dialect, struct str configured)
{
	const struct md *md = anchors->page->md;
	struct map seen = {.arena = arena};
	bool accepted = slug_is_named(dialect, configured);
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		struct str slug = lowered(arena, slug_of(arena, dialect, heading->text));
		if (!slug.size)
			continue;
		size_t *count = map_find(&seen, slug);
		if (!count) {
			count = NEW(arena, size_t);
			map_put(&seen, slug, count);
		} else {
			++*count;
			slug = str_format(arena, STR_FMT "%c%zu", STR_ARG(slug), slug_joint(dialect), *count);
		}
		put_once(arena, &anchors->by_dialect, slug,
			 (struct anchor){.id = heading->anchor, .heading = heading, .accepted = accepted});
	}
}

static void add_dialects(struct arena *arena, struct anchors *anchors, struct str configured)
{
	const struct md *md = anchors->page->md;
	bool github = !configured.size || str_eq_nocase(configured, STR("github"));
	anchors->has_dialects = true;
	for (int dialect = 0; dialect < SLUG_DIALECTS; dialect++)
		if (slug_is_named((enum slug_dialect)dialect, configured))
			add_dialect(arena, anchors, (enum slug_dialect)dialect, configured);
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		put_once(arena, &anchors->by_dialect, lowered(arena, slug_explicit(heading->text)),
			 (struct anchor){.id = heading->anchor, .heading = heading, .accepted = !github});
	}
	for (int dialect = 0; dialect < SLUG_DIALECTS; dialect++)
		add_dialect(arena, anchors, (enum slug_dialect)dialect, configured);
}

const struct anchor *anchors_find_dialect(struct arena *arena, struct anchors *anchors, struct str fragment,
					  struct str configured)
{
	if (!anchors->has_dialects)
		add_dialects(arena, anchors, configured);
	return map_find(&anchors->by_dialect, lowered(arena, fragment));
}

static bool is_line_anchor(struct str s)
{
	size_t i = 0;
	if (!str_starts(s, STR("L")))
		return false;
	for (i = 1; i < s.size; i++)
		if (!(s.data[i] >= '0' && s.data[i] <= '9') && s.data[i] != '-' && s.data[i] != 'L' && s.data[i] != 'C')
			return false;
	return s.size > 1 && s.data[1] >= '0' && s.data[1] <= '9';
}

static bool has_footnotes(const struct md *md)
{
	for (uint32_t i = 0; i < md->n; i++)
		if (md->nodes[i].kind == MD_FOOTNOTE)
			return true;
	return false;
}

bool anchors_has_special(const struct anchors *anchors, struct str fragment)
{
	struct str name = fragment;
	if (!name.size || str_eq_nocase(name, STR("top")) || str_starts(name, STR(":~:")) || is_line_anchor(name))
		return true;
	if (str_starts(name, STR("user-content-")))
		name = str_from_off(name, strlen("user-content-"));
	/* The forge shows the README of a folder in a box of that name. */
	if (str_eq_nocase(name, STR("readme")) && str_eq_nocase(path_stem(anchors->page->source->path), name))
		return true;
	return str_starts(name, STR("fn")) && has_footnotes(anchors->page->md);
}

/* Letters and digits only, so that hyphens, emoji and marks do not count. */
static struct str bare(struct arena *arena, struct str s)
{
	struct str folded = utf8_fold(arena, s);
	char *out = arena_alloc(arena, folded.size + 1);
	size_t size = 0;
	for (size_t off = 0; off < folded.size;) {
		size_t start = off;
		uint32_t c = utf8_next(folded, &off);
		bool digit = c >= '0' && c <= '9';
		if (!digit && (c == UTF8_BAD || !utf8_is_letter(c)))
			continue;
		memcpy(out + size, folded.data + start, off - start);
		size += off - start;
	}
	return (struct str){out, size};
}

/* The only heading whose anchor says the same and more, or less: "storage" for "storage-classes". */
static struct str find_longer(const struct anchors *anchors, struct str word)
{
	struct str found = STR_NONE;
	for (size_t i = 0; i < anchors->by_id.n; i++) {
		struct str id = anchors->by_id.items[i].key;
		struct str shorter = id.size < word.size ? id : word;
		struct str longer = id.size < word.size ? word : id;
		if (shorter.size < 5 || str_find(longer, shorter) == SIZE_MAX)
			continue;
		if (found.size)
			return STR_NONE;
		found = ((const struct anchor *)anchors->by_id.items[i].value)->id;
	}
	return found;
}

struct str anchors_suggest(struct arena *arena, struct anchors *anchors, struct str fragment)
{
	if (anchors->asked++ >= MAX_SUGGESTIONS)
		return STR_NONE;
	struct str word = lowered(arena, fragment);
	struct str wanted = bare(arena, word);
	struct str *names = NEW_ARRAY(arena, struct str, anchors->by_id.n + 1);
	for (size_t i = 0; i < anchors->by_id.n; i++) {
		const struct anchor *anchor = anchors->by_id.items[i].value;
		names[i] = anchor->id;
		if (wanted.size && str_eq(bare(arena, anchor->id), wanted))
			return anchor->id;
	}
	struct str near = nearest_find(word, names, anchors->by_id.n);
	return near.size ? near : find_longer(anchors, word);
}
