/* Sources, spans, and the places they stand for. */
#include "diag/diag.h"

struct source *source_find(const struct sources *sources, struct str path)
{
	return map_find(&sources->by_path, path);
}

struct place_cursor {
	uint32_t source;
	size_t line_start;
	uint32_t line;
};

struct source *source_add(struct arena *arena, struct sources *sources, enum source_kind kind, struct str path,
			  struct str text)
{
	struct source *source = NEW(arena, struct source);
	source->id = (uint32_t)sources->list.n;
	source->kind = kind;
	source->path = path;
	source->text = text;
	if (!sources->by_path.arena)
		sources->by_path.arena = arena;
	if (!sources->cursor)
		sources->cursor = NEW(arena, struct place_cursor);
	vec_add(arena, &sources->list, source);
	map_put(&sources->by_path, path, source);
	return source;
}

bool span_is_none(struct span span)
{
	return span.source == SPAN_NOWHERE;
}

static struct str source_text(const struct sources *sources, struct span span)
{
	if (span.source >= sources->list.n)
		return STR_NONE;
	return sources->list.data[span.source]->text;
}

struct str span_text(const struct sources *sources, struct span span)
{
	return str_sub(source_text(sources, span), span.off, span.size);
}

struct str span_path(const struct sources *sources, struct span span)
{
	if (span.source >= sources->list.n)
		return STR_NONE;
	return sources->list.data[span.source]->path;
}

/* Line and column of one offset, counted on from a known line start. */
static void count_to(struct str text, size_t off, size_t *line_start, uint32_t *line)
{
	const char *at = text.data + *line_start;
	const char *end = text.data + off;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			break;
		at = newline + 1;
		*line_start = (size_t)(at - text.data);
		++*line;
	}
}

struct place span_place(const struct sources *sources, struct span span)
{
	struct str text = source_text(sources, span);
	struct place place = {1, 1, 1, 1};
	if (!text.data)
		return place;
	size_t off = span.off < text.size ? span.off : text.size;
	size_t end = off + span.size < text.size ? off + span.size : text.size;
	struct place_cursor *cursor = sources->cursor;
	if (cursor->source != span.source || cursor->line_start > off || !cursor->line)
		*cursor = (struct place_cursor){span.source, 0, 1};
	count_to(text, off, &cursor->line_start, &cursor->line);
	size_t line_start = cursor->line_start;
	place.line = cursor->line;
	place.col = (uint32_t)(off - line_start) + 1;
	place.end_line = place.line;
	count_to(text, end, &line_start, &place.end_line);
	place.end_col = (uint32_t)(end - line_start) + 1;
	return place;
}

int span_cmp(struct span a, struct span b)
{
	if (a.source != b.source)
		return a.source < b.source ? -1 : 1;
	if (a.off != b.off)
		return a.off < b.off ? -1 : 1;
	return a.size < b.size ? -1 : a.size > b.size;
}

struct span span_of(const struct source *source, struct str part)
{
	struct span span = {source->id, 0, (uint32_t)part.size};
	if (part.data >= source->text.data && part.data <= source->text.data + source->text.size)
		span.off = (uint32_t)(part.data - source->text.data);
	else
		span.size = 0;
	return span;
}
