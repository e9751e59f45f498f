/* A status that stands where no key, section or table says so: looked for only when no such place has one. */
#include "model/record.h"

#define LINES 80
#define BLOCKS 200

static const struct record_key status_key = {"status", KEY_STATUS, 0, 0};

static void add(const struct md *md, struct str value, struct fields *fields)
{
	fields_add(fields, &status_key, PLACE_LOOSE, (struct word){value, span_of(md->source, value)});
}

bool fields_have_status(const struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++)
		if (fields->list[i].key == KEY_STATUS &&
		    status_parse(fields->config, fields->list[i].value.str) != STATUS_NONE)
			return true;
	return false;
}

/* ---- key lines below a heading ---- */

/* Keeps the fields of a block only when a known status is among them. */
static bool keep_known(const struct md *md, const struct block *block, struct fields *fields)
{
	size_t before = fields->n;
	if (block->kind == MD_TABLE)
		table_fields(md, block->raw, false, fields);
	else
		paragraph_fields(md, block, false, fields);
	for (size_t i = before; i < fields->n; i++)
		if (fields->list[i].key == KEY_STATUS &&
		    status_is_known(status_parse(fields->config, fields->list[i].value.str)))
			return true;
	fields->n = before;
	return false;
}

/* The offset behind the first lines of a document. */
static uint32_t top_end(const struct md *md)
{
	struct str rest = md->source->text;
	if (md->n > 1)
		rest = str_from_off(rest, md->nodes[1].off);
	for (size_t i = 0; rest.data && i < LINES; i++)
		str_cut_line(&rest);
	return rest.data ? (uint32_t)(rest.data - md->source->text.data) : (uint32_t)md->source->text.size;
}

/* In the first lines, below a heading that is none of the usual ones: those speak of the matter, not of the record. */
static bool key_lines(const struct md *md, struct fields *fields)
{
	uint32_t top = top_end(md);
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		if (md->nodes[heading->node].off > top)
			break;
		if (record_is_section(heading->text))
			continue;
		struct block_walk walk = block_walk(md, heading->node + 1, section_end(md, i));
		struct block block;
		for (size_t n = 0; n < BLOCKS && block_next(&walk, &block); n++)
			if ((block.kind == MD_PARAGRAPH || block.kind == MD_TABLE) && md->nodes[block.node].off < top &&
			    keep_known(md, &block, fields))
				return true;
	}
	return false;
}

/* The last paragraph of the document, where some write "**Status:** decided". */
static bool last_paragraph(const struct md *md, struct fields *fields)
{
	uint32_t last = 0, before = 0;
	for (uint32_t i = md_first(md, 0); i; i = md_next(md, i, md->nodes[0].end)) {
		before = last;
		last = i;
	}
	struct block_walk walk = block_walk(md, last, md->n);
	struct block block;
	if (!last || md->nodes[last].kind != MD_PARAGRAPH || !block_next(&walk, &block))
		return false;
	/* A plain line speaks of what stands above it, unless a rule parts them. */
	bool stands_out = str_starts(block.raw, STR("*")) || str_starts(block.raw, STR("_")) ||
			  (before && md->nodes[before].kind == MD_RULE);
	return stands_out && keep_known(md, &block, fields);
}

/* A paragraph that is nothing but "**Status**" or "Status:" heads the next one. */
static bool bold_headings(const struct md *md, struct fields *fields)
{
	struct block_walk walk = block_walk(md, 1, md->n);
	struct block block;
	const struct record_key *key = NULL;
	bool found = false;
	for (size_t n = 0; n < BLOCKS && block_next(&walk, &block); n++) {
		struct str line = str_trim(block.raw);
		if (block.unticked)
			continue;
		if (key && block.kind == MD_PARAGRAPH && key_takes(fields->config, key, line)) {
			fields_add(fields, key, PLACE_LOOSE, (struct word){line, span_of(md->source, line)});
			found |= key->key == KEY_STATUS;
		}
		bool bold = line.size > 4 && str_starts(line, STR("**")) && str_ends(line, STR("**"));
		key = bold ? record_key_find(str_sub(line, 2, line.size - 4)) : NULL;
		struct key_read read = key_read(line);
		if (read.key && str_trim(str_from_off(line, read.end)).size == 0)
			key = read.key;
	}
	return found;
}

/* ---- words ---- */

/* "Superseded", "Superseded by ADR-3": a heading below the title that is the status. */
static bool status_heading(const struct md *md, struct fields *fields)
{
	const struct md_heading *title = record_heading(md);
	size_t i = 0;
	while (i < md->headings.n && (title ? &md->headings.data[i] <= title : i == 0))
		i++;
	if (!title || i >= md->headings.n)
		return false;
	struct str text = str_trim(md->headings.data[i].text);
	if (!status_is_alone(fields->config, text) && !statements_say_superseded(text))
		return false;
	const struct md_node *node = &md->nodes[md->headings.data[i].node];
	struct str raw = str_sub(md->source->text, node->off, node->size);
	while (raw.size && (raw.data[0] == '#' || raw.data[0] == ' '))
		raw = str_from_off(raw, 1);
	struct block_walk walk = block_walk(md, md->headings.data[i].node + 1, section_end(md, i));
	struct block block;
	/* "By ADR-3" may follow as a paragraph. */
	if (block_next(&walk, &block) && block.kind == MD_PARAGRAPH && str_starts_nocase(block.raw, STR("by ")))
		raw.size = (size_t)(block.raw.data + block.raw.size - raw.data);
	else
		raw = str_cut_line(&raw);
	add(md, raw, fields);
	return true;
}

/* "status-superseded_by_ADR_3-orange": the words between the dashes of a static badge. */
static struct str badge_words(struct str url)
{
	size_t at = str_find_nocase(url, STR("/badge/status-"));
	if (at == SIZE_MAX)
		return STR("");
	struct str words = str_from_off(url, at + strlen("/badge/status-"));
	size_t end = 0;
	while (end < words.size && !strchr("-?.&#", words.data[end]))
		end++;
	return str_sub(words, 0, end);
}

/* A paragraph of the head that is nothing but a status in bold, or the badge of one. */
static bool status_paragraph(const struct md *md, struct fields *fields)
{
	struct block_walk walk = block_walk(md, 1, record_head_end(md));
	struct block block;
	for (size_t n = 0; n < 6 && block_next(&walk, &block); n++) {
		if (block.kind != MD_PARAGRAPH || block.in_item || block.raw.size == 0)
			continue;
		struct str badge = badge_words(block.raw), line = quoted_line(block.raw);
		struct str bold = str_starts(line, STR("**")) ? str_from_off(line, 2) : STR("");
		size_t close = str_find(bold, STR("**"));
		bool alone = close != SIZE_MAX && status_is_alone(fields->config, str_sub(bold, 0, close));
		bool said = badge.size && status_is_known(status_parse(fields->config, badge));
		if (!said && !alone)
			continue;
		add(md, said ? badge : str_sub(bold, 0, close), fields);
		return true;
	}
	return false;
}

static bool status_tag(struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		struct field field = fields->list[i];
		if (field.key != KEY_TAGS || field.place != PLACE_FRONT ||
		    !status_is_alone(fields->config, field.value.str))
			continue;
		fields_add(fields, &status_key, PLACE_LOOSE, field.value);
		return true;
	}
	return false;
}

void loose_fields(const struct md *md, struct fields *fields)
{
	if (key_lines(md, fields) || bold_headings(md, fields) || last_paragraph(md, fields) ||
	    status_heading(md, fields) || status_paragraph(md, fields))
		return;
	status_tag(fields);
}
