/* Statements of a record as relations: the target's workspace path and number, and where it stands. */
#include "model/record.h"

static bool is_web(struct str link)
{
	return str_starts_nocase(link, STR("http://")) || str_starts_nocase(link, STR("https://"));
}

/* Workspace path of a link; an address of the web is kept as it is. */
static struct str target_path(struct arena *arena, const struct source *source, struct str link)
{
	struct str path = link;
	size_t end = str_find_char(path, '#');
	if (end != SIZE_MAX)
		path = str_sub(path, 0, end);
	end = str_find_char(path, '?');
	if (end != SIZE_MAX)
		path = str_sub(path, 0, end);
	if (path.size == 0 || is_web(path))
		return path;
	path = str_percent_decoded(arena, path);
	if (path.data[0] == '/')
		return path_normal(arena, str_from_off(path, 1));
	return path_join(arena, path_dir(source->path), path);
}

static struct str anchor_of(struct arena *arena, struct str link)
{
	size_t hash = str_find_char(link, '#');
	return hash == SIZE_MAX || is_web(link) ? STR("") : str_percent_decoded(arena, str_from_off(link, hash + 1));
}

static bool points_into(struct str part, struct str whole)
{
	return part.size && part.data >= whole.data && part.data + part.size <= whole.data + whole.size;
}

static void add(struct arena *arena, const struct md *md, struct word where, const struct statements *found,
		struct dialect_reading *reading)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct statement *statement = &found->list[i];
		if (!statement->has_target)
			continue;
		struct relation relation = {
			.kind = statement->kind,
			.span = points_into(statement->at, md->source->text) ? span_of(md->source, statement->at)
									     : where.span,
			.target_text = statement->text,
			.target_path = target_path(arena, md->source, statement->link),
			.target_anchor = anchor_of(arena, statement->link),
			.target_number = statement->number,
			.partial = statement->partial,
		};
		vec_add(arena, &reading->relations, relation);
	}
}

void relations_of_field(struct arena *arena, const struct md *md, struct word value, enum relation_kind kind,
			struct dialect_reading *reading)
{
	struct statements found;
	statements_of_field(value.str, reading->house, kind, &found);
	add(arena, md, value, &found, reading);
}

void relations_of_words(struct arena *arena, const struct md *md, struct word text, enum relation_kind kind,
			struct dialect_reading *reading)
{
	struct statements found;
	statements_of_words(text.str, reading->house, kind, &found);
	add(arena, md, text, &found, reading);
}

void relations_of_text(struct arena *arena, const struct md *md, struct word text, struct dialect_reading *reading)
{
	struct statements found;
	statements_find(text.str, reading->house, &found);
	add(arena, md, text, &found, reading);
}

void relations_find(struct arena *arena, const struct md *md, uint32_t first_node, uint32_t end_node,
		    struct dialect_reading *reading)
{
	struct block_walk walk = block_walk(md, first_node, end_node);
	struct block block;
	while (block_next(&walk, &block)) {
		if (block.unticked || block.raw.size == 0)
			continue;
		struct str rest = block.raw;
		/* Rows of a table are texts of their own. */
		while (rest.data) {
			struct str text = block.kind == MD_TABLE ? str_cut_line(&rest) : rest;
			if (block.kind != MD_TABLE)
				rest = STR_NONE;
			relations_of_text(arena, md, (struct word){text, span_of(md->source, text)}, reading);
		}
	}
}
