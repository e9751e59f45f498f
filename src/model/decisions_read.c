/* What all dialects read alike: fields by place, statements of the head and of the sections for links. */
#include "model/record.h"

const struct field *fields_find(const struct fields *fields, enum field_key key, unsigned places)
{
	for (size_t i = 0; i < fields->n; i++)
		if (fields->list[i].key == key && (places & IN(fields->list[i].place)))
			return &fields->list[i];
	return NULL;
}

int fields_evidence(const struct fields *fields, unsigned places, int sure)
{
	if (fields_find(fields, KEY_STATUS, places))
		return sure;
	return fields_find(fields, KEY_DATE, places) ? sure / 2 : 0;
}

/* "{x}", "[x]" and quotes around a value. */
static struct str unwrapped(struct str value)
{
	for (size_t before = 0; before != value.size;) {
		before = value.size;
		value = str_trim(value);
		bool pair = value.size >= 2 && ((value.data[0] == '{' && value.data[value.size - 1] == '}') ||
						(value.data[0] == '"' && value.data[value.size - 1] == '"') ||
						(value.data[0] == '\'' && value.data[value.size - 1] == '\'') ||
						(value.data[0] == '`' && value.data[value.size - 1] == '`'));
		if (pair)
			value = str_sub(value, 1, value.size - 2);
	}
	return value;
}

static struct word plain_word(struct arena *arena, struct word value)
{
	char buffer[PLAIN_MAX];
	return (struct word){str_dup(arena, statement_plain(value.str, buffer)), value.span};
}

static bool is_placeholder(struct str value)
{
	return value.size && (value.data[0] == '{' || value.data[0] == '[' || value.data[0] == '<') &&
	       str_find_char(value, ' ') != SIZE_MAX;
}

/* Status words, the dialect's own places first, then the usual order of places. */
static void read_statuses(struct arena *arena, const struct md *md, const struct fields *fields, unsigned places,
			  struct dialect_reading *reading)
{
	for (int own = 1; own >= 0; own--)
		for (unsigned place = 0; place < PLACES; place++)
			for (size_t i = 0; i < fields->n; i++) {
				const struct field *field = &fields->list[i];
				bool is_own = places & IN(field->place);
				if (field->key != KEY_STATUS || field->place != place || is_own != own ||
				    field->value.str.size == 0)
					continue;
				struct word word = plain_word(arena, field->value);
				if (word.str.size == 0 || status_parse(NULL, field->value.str) == STATUS_NONE)
					word.str = str_dup(arena, field->value.str);
				vec_add(arena, &reading->statuses, word);
				relations_of_text(arena, md, field->value, reading);
			}
}

/* A key that only may mean a date ("Decided: PostgreSQL") must hold one; a date counts before words. */
static void read_date(struct arena *arena, const struct fields *fields, unsigned places,
		      struct dialect_reading *reading)
{
	const struct field *best = NULL;
	int best_rank = 0;
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *field = &fields->list[i];
		if (field->key != KEY_DATE || field->value.str.size == 0)
			continue;
		bool has_date = date_within(field->value.str).form != DATE_NONE;
		int rank = (has_date ? 0 : 1000) + field->rank * 100 + (places & IN(field->place) ? 0 : 10) +
			   (int)field->place;
		if ((field->rank && !has_date) || (best && rank >= best_rank))
			continue;
		best = field;
		best_rank = rank;
	}
	if (!best || is_placeholder(best->value.str))
		return;
	reading->date = plain_word(arena, (struct word){unwrapped(best->value.str), best->value.span});
}

/* Names between commas. */
static void add_words(struct arena *arena, struct str value, struct span span,
		      void (*add)(struct arena *, struct dialect_reading *, struct word),
		      struct dialect_reading *reading)
{
	struct str rest = unwrapped(value);
	uint32_t base = span.off;
	if (is_placeholder(value) && str_find_char(value, ',') == SIZE_MAX)
		return;
	while (rest.data) {
		struct str part = str_trim(str_cut(&rest, ','));
		if (part.size == 0)
			continue;
		struct span at = {span.source, base + (uint32_t)(part.data - value.data), (uint32_t)part.size};
		struct word word = plain_word(arena, (struct word){part, at});
		if (word.str.size)
			add(arena, reading, word);
	}
}

static void add_decider(struct arena *arena, struct dialect_reading *reading, struct word word)
{
	vec_add(arena, &reading->deciders, word);
}

static void add_tag(struct arena *arena, struct dialect_reading *reading, struct word word)
{
	vec_add(arena, &reading->tags, word);
}

static const char *const links_sections[] = {"links",
					     "link",
					     "related",
					     "related decisions",
					     "related adrs",
					     "related records",
					     "related links",
					     "related documents",
					     "more information",
					     "relations",
					     "relationships",
					     "references",
					     "see also",
					     "amendments",
					     "supersedes",
					     "superseded by",
					     "replaces",
					     "replaced by",
					     "amends",
					     "amended by",
					     NULL};

/* A section whose heading is the relation: its items and paragraphs are the targets. */
static bool heading_relation(struct str heading, enum relation_kind *kind)
{
	static const char *const names[] = {"supersedes",      "replaces",   "superseded by",     "replaced by",
					    "amends",          "amended by", "related decisions", "related adrs",
					    "related records", NULL};
	static const enum relation_kind kinds[] = {RELATION_SUPERSEDES,    RELATION_SUPERSEDES, RELATION_SUPERSEDED_BY,
						   RELATION_SUPERSEDED_BY, RELATION_AMENDS,     RELATION_AMENDED_BY,
						   RELATION_RELATES,       RELATION_RELATES,    RELATION_RELATES};
	size_t index = heading_index(heading, names);
	if (names[index])
		*kind = kinds[index];
	return names[index] != NULL;
}

static void read_links_section(struct arena *arena, const struct md *md, size_t heading,
			       struct dialect_reading *reading)
{
	uint32_t first = md->headings.data[heading].node + 1;
	uint32_t end = heading + 1 < md->headings.n ? md->headings.data[heading + 1].node : md->n;
	enum relation_kind kind;
	relations_find(arena, md, first, end, reading);
	if (!heading_relation(md->headings.data[heading].text, &kind))
		return;
	struct block_walk walk = block_walk(md, first, end);
	struct block block;
	while (block_next(&walk, &block))
		if (block.kind == MD_PARAGRAPH)
			relations_of_field(arena, md, (struct word){block.raw, span_of(md->source, block.raw)}, kind,
					   reading);
}

static void read_relations(struct arena *arena, const struct md *md, const struct fields *fields,
			   struct dialect_reading *reading)
{
	for (size_t i = 0; i < fields->n; i++)
		if (fields->list[i].key == KEY_RELATION)
			relations_of_field(arena, md, fields->list[i].value, fields->list[i].relation, reading);
	const struct md_heading *title = record_heading(md);
	relations_find(arena, md, 1, record_head_end(md), reading);
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		uint32_t end = i + 1 < md->headings.n ? md->headings.data[i + 1].node : md->n;
		if (heading == title)
			continue;
		if (heading_is(heading->text, "status"))
			relations_find(arena, md, heading->node + 1, end, reading);
		else if (heading_in(heading->text, links_sections))
			read_links_section(arena, md, i, reading);
	}
}

void fields_read(struct arena *arena, const struct md *md, const struct fields *fields, unsigned places,
		 struct dialect_reading *reading)
{
	read_statuses(arena, md, fields, places, reading);
	read_date(arena, fields, places, reading);
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *field = &fields->list[i];
		if (field->key == KEY_DECIDERS)
			add_words(arena, field->value.str, field->value.span, add_decider, reading);
		else if (field->key == KEY_TAGS)
			add_words(arena, field->value.str, field->value.span, add_tag, reading);
	}
	read_relations(arena, md, fields, reading);
}
