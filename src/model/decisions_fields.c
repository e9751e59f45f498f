/* The fields of a record's head, wherever its dialect puts them: front matter, sections, lines, bullets, tables. */
#include "model/record.h"

#define HEAD_BLOCKS 60
#define HEAD_HEADINGS 12
#define HEADER_LINES 40
#define HTML_BYTES 20000

/* ---- values ---- */

static struct str value_trimmed(struct str value)
{
	for (size_t before = 0; before != value.size;) {
		before = value.size;
		value = str_trim(value);
		if (str_ends(value, STR("\xc2\xb7")))
			value.size -= 2;
		else if (str_ends(value, STR("|")) || str_ends(value, STR(";")) || str_ends(value, STR("\\")) ||
			 str_ends(value, STR(",")))
			value.size--;
	}
	return value;
}

void fields_add(struct fields *fields, const struct record_key *key, enum field_place place, struct word value)
{
	struct str trimmed = value_trimmed(value.str);
	if (fields->n == FIELDS_MAX || key->key == KEY_OTHER)
		return;
	if (!span_is_none(value.span) && value.str.size) {
		value.span.off += (uint32_t)(trimmed.data - value.str.data);
		value.span.size = (uint32_t)trimmed.size;
	}
	value.str = trimmed;
	fields->list[fields->n++] = (struct field){place, key->key, key->relation, key->rank, value};
}

static void add(struct fields *fields, const struct md *md, const struct record_key *key, enum field_place place,
		struct str value)
{
	fields_add(fields, key, place, (struct word){value, span_of(md->source, value)});
}

/* A value that the next line of its paragraph goes on with. */
static bool goes_on(const struct field *field, const struct block *block)
{
	struct str value = field->value.str;
	return block->in_item || value.size == 0 || str_ends_nocase(value, STR(" by")) ||
	       str_ends_nocase(value, STR(" and")) || str_ends(value, STR("("));
}

/* A term that is a key, over a line ": value". */
static bool definition(const struct md *md, struct str line, struct str *rest, struct fields *fields)
{
	struct str next = *rest, value = str_trim_left(str_cut_line(&next));
	while (line.size && strchr("*_", line.data[0]))
		line = str_from_off(line, 1);
	while (line.size && strchr("*_", line.data[line.size - 1]))
		line.size--;
	const struct record_key *key = str_starts(value, STR(": ")) ? record_key_find(line) : NULL;
	if (!key)
		return false;
	add(fields, md, key, PLACE_LINE, str_from_off(value, 2));
	*rest = next;
	return true;
}

void paragraph_fields(const struct md *md, const struct block *block, bool section, struct fields *fields)
{
	struct str rest = block->raw;
	struct field *last = NULL;
	while (rest.data) {
		struct str line = quoted_line(str_cut_line(&rest));
		struct key_read read = key_read(line);
		if (!read.key && last && line.size && goes_on(last, block)) {
			last->value.str.size = (size_t)(line.data + line.size - last->value.str.data);
			last->value.span.size = (uint32_t)last->value.str.size;
			continue;
		}
		last = NULL;
		if (!read.key && definition(md, line, &rest, fields))
			continue;
		for (size_t at = 0; read.key && fields->n < FIELDS_MAX;) {
			size_t end = key_next(line, at + read.end);
			enum field_place place = block->in_item ? (read.bold ? PLACE_BOLD_BULLET : PLACE_BULLET)
								: (read.bold ? PLACE_BOLD : PLACE_LINE);
			add(fields, md, read.key, section && read.key->key == KEY_STATUS ? PLACE_SECTION : place,
			    str_sub(line, at + read.end, end - at - read.end));
			last = read.key->key == KEY_OTHER ? NULL : &fields->list[fields->n - 1];
			if (end >= line.size)
				break;
			at = end;
			read = key_read(str_from_off(line, at));
		}
	}
}

/* ---- the places ---- */

/* The words behind "adr." in a key of nested mappings. */
static struct str last_part(struct str key)
{
	static const char *const parents[] = {"adr",   "decision", "record", "metadata", "meta",
					      "extra", "params",   "custom", NULL};
	size_t dot = str_rfind_char(key, '.');
	for (size_t i = 0; dot != SIZE_MAX && parents[i]; i++)
		if (str_eq_nocase(str_sub(key, 0, dot), str_from(parents[i])))
			return str_from_off(key, dot + 1);
	return key;
}

/* The line behind a key: what a flow mapping or a link looks like as it is written. */
static struct str line_behind(struct str text, struct span key)
{
	if (span_is_none(key))
		return STR("");
	struct str line = str_from_off(text, (size_t)key.off + key.size);
	line = str_trim(str_cut_line(&line));
	while (line.size && strchr(":\"'", line.data[0]))
		line = str_trim(str_from_off(line, 1));
	return line;
}

void front_fields(const struct source *source, const struct front_matter *front, enum field_place place,
		  struct fields *fields)
{
	for (size_t i = 0; i < front->fields.n; i++) {
		const struct fm_field *field = &front->fields.data[i];
		const struct record_key *key = record_key_find(last_part(field->key.str));
		if (!key)
			continue;
		struct str line = line_behind(source->text, field->key.span);
		if (line.size && (line.data[0] == '{' || str_find(line, STR("](")) != SIZE_MAX)) {
			fields_add(fields, key, place, (struct word){line, span_of(source, line)});
			continue;
		}
		for (size_t k = 0; k < field->items.n; k++)
			fields_add(fields, key, place, field->items.data[k]);
		if (field->items.n == 0 && field->value.str.size)
			fields_add(fields, key, place, field->value);
	}
}

/* Lines of `Key: value` in a fence or <pre> at the top, as proposals begin with. Sample files look like that too, so
 * several known keys must stand there. */
static void header_fields(const struct md *md, struct str raw, struct fields *fields)
{
	struct str rest = raw;
	size_t known = 0;
	bool status = false;
	for (size_t i = 0; rest.data && i < HEADER_LINES; i++) {
		struct key_read read = key_read(str_cut_line(&rest));
		known += read.key != NULL;
		status |= read.key && read.key->key == KEY_STATUS;
	}
	if (!status || known < 3)
		return;
	rest = raw;
	for (size_t i = 0; rest.data && i < HEADER_LINES; i++) {
		struct str line = str_cut_line(&rest);
		struct key_read read = key_read(line);
		if (read.key)
			add(fields, md, read.key, PLACE_HEADER, str_from_off(line, read.end));
	}
}

static const char *const head_sections[] = {"metadata",
					    "meta",
					    "info",
					    "information",
					    "summary",
					    "details",
					    "record",
					    "decision record",
					    "adr information",
					    "document information",
					    "document info",
					    "header",
					    "properties",
					    "attributes",
					    "about",
					    NULL};
static bool is_table_html(struct str raw)
{
	return str_find_nocase(raw, STR("<table")) != SIZE_MAX;
}

/* A table may hold blank lines, which end a block of HTML; it is read to its own end. */
static struct str html_table(const struct md *md, struct str raw, uint32_t end)
{
	struct str text = md->source->text;
	size_t from = (size_t)(raw.data - text.data), to = end < md->n ? md->nodes[end].off : text.size;
	struct str all = str_sub(text, from, to - from < HTML_BYTES ? to - from : HTML_BYTES);
	size_t close = str_find_nocase(all, STR("</table>"));
	return close == SIZE_MAX ? raw : str_sub(all, 0, close + strlen("</table>"));
}

/* A last field without a value: the list below it holds its values. */
static const struct field *open_field(const struct fields *fields)
{
	const struct field *last = fields->n ? &fields->list[fields->n - 1] : NULL;
	return last && last->key == KEY_RELATION && last->value.str.size == 0 ? last : NULL;
}

static bool list_value(const struct md *md, const struct block *block, const struct field *open, struct fields *fields)
{
	if (key_read(block->raw).key)
		return false;
	struct record_key key = {"", open->key, open->rank, open->relation};
	add(fields, md, &key, open->place, block->raw);
	return true;
}

static void range_fields(const struct md *md, uint32_t first, uint32_t end, struct fields *fields)
{
	struct block_walk walk = block_walk(md, first, end);
	struct block block;
	bool had_table = false;
	const struct field *open = NULL;
	walk.with_raw = true;
	for (size_t n = 0; n < HEAD_BLOCKS && block_next(&walk, &block); n++) {
		open = block.in_item && block.kind == MD_PARAGRAPH ? open : NULL;
		if (open && list_value(md, &block, open, fields))
			continue;
		bool is_pre = block.kind == MD_HTML_BLOCK && str_starts_nocase(str_trim(block.raw), STR("<pre"));
		if (block.kind == MD_TABLE) {
			table_fields(md, block.raw, false, fields);
		} else if (is_pre || block.kind == MD_CODE_BLOCK) {
			if (n < 3)
				header_fields(md, block.raw, fields);
		} else if (block.kind == MD_HTML_BLOCK) {
			if (!had_table && is_table_html(block.raw))
				html_table_fields(md, html_table(md, block.raw, end), fields);
			had_table |= is_table_html(block.raw);
		} else if (block.kind == MD_PARAGRAPH || str_find_char(block.raw, '\n') != SIZE_MAX) {
			paragraph_fields(md, &block, false, fields);
			open = open_field(fields);
		}
	}
}

uint32_t record_head_end(const struct md *md)
{
	const struct md_heading *title = record_heading(md);
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		const struct md_node *node = &md->nodes[heading->node];
		bool lines = node->size && md->source->text.data[node->off] != '#' && i == 0;
		if (heading != title && !lines && (!title || heading->node > title->node))
			return heading->node;
	}
	return md->n;
}

void fields_collect(const struct md *md, struct fields *fields)
{
	fields->n = 0;
	front_fields(md->source, &md->front, PLACE_FRONT, fields);
	range_fields(md, 1, record_head_end(md), fields);
	bool has_status = false, has_date = false;
	const struct md_heading *title = record_heading(md);
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		if (heading == title)
			continue;
		if (!has_status && i < HEAD_HEADINGS && heading_field(md, heading, fields)) {
			has_status = true;
		} else if (!has_status && is_status_section(heading->text)) {
			has_status = true;
			status_section(md, i, fields);
		} else if (!has_date && date_section(md, i, fields)) {
			has_date = true;
		} else if (i < HEAD_HEADINGS && heading_in(heading->text, head_sections)) {
			range_fields(md, heading->node + 1, section_end(md, i), fields);
		}
	}
	if (!fields_have_status(fields))
		loose_fields(md, fields);
}
