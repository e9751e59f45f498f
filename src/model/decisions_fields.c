/* The fields of a record's head, wherever its dialect puts them: front matter, sections, lines, bullets, tables. */
#include "model/record.h"

#define HEAD_BLOCKS 60
#define HEAD_HEADINGS 12

struct key_row {
	const char *name;
	enum field_key key;
	int rank;
	enum relation_kind relation;
};

static const struct key_row keys[] = {
	{"status", KEY_STATUS, 0, 0},
	{"state", KEY_STATUS, 1, 0},
	{"adr status", KEY_STATUS, 0, 0},
	{"decision status", KEY_STATUS, 0, 0},
	{"current status", KEY_STATUS, 0, 0},
	{"date", KEY_DATE, 0, 0},
	{"decision date", KEY_DATE, 0, 0},
	{"date decided", KEY_DATE, 0, 0},
	{"decided", KEY_DATE, 0, 0},
	{"decided on", KEY_DATE, 0, 0},
	{"date of decision", KEY_DATE, 0, 0},
	{"accepted on", KEY_DATE, 0, 0},
	{"created", KEY_DATE, 1, 0},
	{"date created", KEY_DATE, 1, 0},
	{"creation date", KEY_DATE, 1, 0},
	{"proposed on", KEY_DATE, 1, 0},
	{"updated", KEY_DATE, 2, 0},
	{"last updated", KEY_DATE, 2, 0},
	{"last modified", KEY_DATE, 2, 0},
	{"deciders", KEY_DECIDERS, 0, 0},
	{"decider", KEY_DECIDERS, 0, 0},
	{"decision makers", KEY_DECIDERS, 0, 0},
	{"decision maker", KEY_DECIDERS, 0, 0},
	{"decided by", KEY_DECIDERS, 0, 0},
	{"approvers", KEY_DECIDERS, 1, 0},
	{"tags", KEY_TAGS, 0, 0},
	{"tag", KEY_TAGS, 0, 0},
	{"labels", KEY_TAGS, 1, 0},
	{"categories", KEY_TAGS, 1, 0},
	{"supersedes", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"supercedes", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"replaces", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"overrides", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"obsoletes", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"superseded by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"superceded by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"replaced by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"obsoleted by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"amends", KEY_RELATION, 0, RELATION_AMENDS},
	{"extends", KEY_RELATION, 0, RELATION_AMENDS},
	{"refines", KEY_RELATION, 0, RELATION_AMENDS},
	{"complements", KEY_RELATION, 0, RELATION_AMENDS},
	{"clarifies", KEY_RELATION, 0, RELATION_AMENDS},
	{"amended by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"extended by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"refined by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"complemented by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"clarified by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"relates to", KEY_RELATION, 0, RELATION_RELATES},
	{"related to", KEY_RELATION, 0, RELATION_RELATES},
	{"related", KEY_RELATION, 0, RELATION_RELATES},
	{"related adrs", KEY_RELATION, 0, RELATION_RELATES},
	{"related decisions", KEY_RELATION, 0, RELATION_RELATES},
	{"related records", KEY_RELATION, 0, RELATION_RELATES},
	{"depends on", KEY_RELATION, 0, RELATION_RELATES},
	{"builds on", KEY_RELATION, 0, RELATION_RELATES},
	{"see also", KEY_RELATION, 0, RELATION_RELATES},
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* '-', '_' and ' ' are one; letter case does not count. */
static bool key_eq(struct str s, const char *name)
{
	size_t i = 0;
	for (; i < s.size && name[i]; i++) {
		char c = s.data[i] == '-' || s.data[i] == '_' ? ' ' : s.data[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != name[i])
			return false;
	}
	return i == s.size && name[i] == '\0';
}

static const struct key_row *key_find(struct str s)
{
	s = str_trim(s);
	for (size_t i = 0; s.size && i < sizeof keys / sizeof *keys; i++)
		if (key_eq(s, keys[i].name))
			return &keys[i];
	return NULL;
}

/* ---- one line ---- */

struct key_read {
	const struct key_row *row; /* NULL: the line does not begin with a field */
	size_t end;                /* where the value starts */
	bool bold;
};

static bool has_at(struct str s, size_t off, const char *what)
{
	return str_starts(str_from_off(s, off), str_from(what));
}

static size_t skip_emphasis(struct str s, size_t off)
{
	while (off < s.size && (s.data[off] == '*' || s.data[off] == '_'))
		off++;
	return off;
}

static size_t skip_blanks(struct str s, size_t off)
{
	while (off < s.size && (s.data[off] == ' ' || s.data[off] == '\t'))
		off++;
	return off;
}

/* Bytes of ':' or, behind a bold key, of a dash. */
static size_t colon_size(struct str s, size_t off, bool bold)
{
	if (has_at(s, off, ":"))
		return 1;
	if (has_at(s, off, "\xef\xbc\x9a"))
		return 3;
	if (bold && (has_at(s, off, "\xe2\x80\x94") || has_at(s, off, "\xe2\x80\x93")))
		return 3;
	return bold && has_at(s, off, "- ") ? 1 : 0;
}

/* "Status: x", "**Status:** x", "**Status**: x", "Date 09/04/2018" */
static struct key_read key_read(struct str line)
{
	struct key_read read = {0};
	size_t at = skip_blanks(line, 0);
	read.bold = has_at(line, at, "**") || has_at(line, at, "__");
	at = skip_emphasis(line, at);
	for (size_t from = at;
	     at < line.size && at < from + 16 && (((unsigned char)line.data[at] & 0x80) || line.data[at] == ' ');)
		at++;
	size_t start = at;
	while (at < line.size && at < start + 32 &&
	       (is_letter(line.data[at]) || strchr(" -", line.data[at]) ||
		(line.data[at] == '_' && at + 1 < line.size && is_letter(line.data[at + 1]))))
		at++;
	const struct key_row *row = key_find(str_sub(line, start, at - start));
	if (!row)
		return read;
	bool bare_date =
		row->key == KEY_DATE && !read.bold && at < line.size && line.data[at] >= '0' && line.data[at] <= '9';
	size_t close = skip_blanks(line, skip_emphasis(line, at));
	size_t colon = colon_size(line, close, read.bold);
	if (!colon && !bare_date)
		return read;
	read.row = row;
	read.end = colon ? skip_emphasis(line, close + colon) : at;
	return read;
}

/* Bytes of what parts two fields of one line at off; 0: none. */
static size_t divider_size(struct str line, size_t off)
{
	if (has_at(line, off, "|") || has_at(line, off, ";"))
		return 1;
	if (has_at(line, off, "\xc2\xb7"))
		return 2;
	return has_at(line, off, "\xe2\x80\xa2") ? 3 : 0;
}

/* Where the next field of the line begins, or the line's size. */
static size_t next_field(struct str line, size_t from)
{
	for (size_t i = from; i < line.size; i++) {
		size_t divider = divider_size(line, i);
		bool bold = i > from && has_at(line, i, "**") && (line.data[i - 1] == ' ' || line.data[i - 1] == ',');
		if (!divider && !bold)
			continue;
		struct key_read read = key_read(str_from_off(line, i + divider));
		if (read.row && (divider || read.bold))
			return i + divider;
	}
	return line.size;
}

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

static void add(struct fields *fields, const struct md *md, const struct key_row *row, enum field_place place,
		struct str value)
{
	value = value_trimmed(value);
	if (fields->n == FIELDS_MAX)
		return;
	struct word word = {value, span_of(md->source, value)};
	fields->list[fields->n++] = (struct field){place, row->key, row->relation, row->rank, word};
}

/* A value that the next line of its paragraph goes on with. */
static bool goes_on(const struct field *field, const struct block *block)
{
	struct str value = field->value.str;
	return block->in_item || value.size == 0 || str_ends_nocase(value, STR(" by")) ||
	       str_ends_nocase(value, STR(" and")) || str_ends(value, STR("("));
}

/* Quote marks at the start of a line of source are no text. */
static struct str line_text(struct str line)
{
	line = str_trim(line);
	while (line.size && line.data[0] == '>')
		line = str_trim(str_from_off(line, 1));
	return line;
}

/* Fields of a paragraph, line by line; in a Status section a key `Status` keeps that place. */
static void paragraph_fields(const struct md *md, const struct block *block, bool section, struct fields *fields)
{
	struct str rest = block->raw;
	struct field *last = NULL;
	while (rest.data) {
		struct str line = line_text(str_cut_line(&rest));
		struct key_read read = key_read(line);
		if (!read.row && last && line.size && goes_on(last, block)) {
			last->value.str.size = (size_t)(line.data + line.size - last->value.str.data);
			last->value.span.size = (uint32_t)last->value.str.size;
			continue;
		}
		last = NULL;
		for (size_t at = 0; read.row && fields->n < FIELDS_MAX;) {
			size_t end = next_field(line, at + read.end);
			enum field_place place = block->in_item ? (read.bold ? PLACE_BOLD_BULLET : PLACE_BULLET)
								: (read.bold ? PLACE_BOLD : PLACE_LINE);
			add(fields, md, read.row, section && read.row->key == KEY_STATUS ? PLACE_SECTION : place,
			    str_sub(line, at + read.end, end - at - read.end));
			last = &fields->list[fields->n - 1];
			if (end >= line.size)
				break;
			at = end;
			read = key_read(str_from_off(line, at));
		}
	}
}

/* ---- tables ---- */

#define COLUMNS 8

struct cells {
	struct str of[COLUMNS];
	size_t n;
};

static struct cells row_cells(struct str line)
{
	struct cells cells = {0};
	line = line_text(line);
	if (line.size && line.data[0] == '|')
		line = str_from_off(line, 1);
	size_t start = 0;
	for (size_t i = 0; i <= line.size && cells.n < COLUMNS; i++) {
		if (i < line.size && line.data[i] == '\\') {
			i++;
			continue;
		}
		if (i < line.size && line.data[i] != '|')
			continue;
		if (i < line.size || str_trim(str_from_off(line, start)).size)
			cells.of[cells.n++] = str_trim(str_sub(line, start, i - start));
		start = i + 1;
	}
	return cells;
}

static const struct key_row *cell_key(struct str cell)
{
	while (cell.size && strchr("*_`", cell.data[0]))
		cell = str_from_off(cell, 1);
	while (cell.size && strchr("*_`:", cell.data[cell.size - 1]))
		cell.size--;
	return key_find(cell);
}

static void table_fields(const struct md *md, struct str raw, struct fields *fields)
{
	struct str rest = raw;
	struct cells head = row_cells(str_cut_line(&rest));
	str_cut_line(&rest);
	size_t known = 0;
	for (size_t i = 0; i < head.n; i++)
		known += cell_key(head.of[i]) != NULL;
	struct str rows = rest;
	struct cells first = row_cells(str_cut_line(&rows));
	bool one_row = str_trim(rows).size == 0;
	/* Keys as columns over one row of values; more rows are a table of something else. */
	if (known >= 2 || (known == 1 && head.n != 2)) {
		for (size_t i = 0; one_row && i < head.n && i < first.n; i++)
			if (cell_key(head.of[i]))
				add(fields, md, cell_key(head.of[i]), PLACE_TABLE, first.of[i]);
		return;
	}
	if (head.n != 2)
		return;
	for (struct cells row = head;; row = row_cells(str_cut_line(&rest))) {
		const struct key_row *key = row.n >= 2 ? cell_key(row.of[0]) : NULL;
		if (key)
			add(fields, md, key, PLACE_TABLE, row.of[1]);
		if (!rest.data || fields->n == FIELDS_MAX)
			break;
	}
}

/* ---- the places ---- */

static struct str source_at(const struct md *md, struct span span)
{
	return span_is_none(span) ? STR_NONE : str_sub(md->source->text, span.off, span.size);
}

/* Front matter: flow mappings and link texts are read as they are written. */
static void front_fields(const struct md *md, struct fields *fields)
{
	for (size_t i = 0; i < md->front.fields.n; i++) {
		const struct fm_field *field = &md->front.fields.data[i];
		const struct key_row *row = key_find(field->key.str);
		if (!row)
			continue;
		struct str text = md->source->text;
		size_t from = (size_t)field->key.span.off + field->key.span.size;
		struct str line = span_is_none(field->key.span) ? STR_NONE : str_from_off(text, from);
		line = str_trim(str_cut_line(&line));
		if (line.size && (line.data[0] == ':' || line.data[0] == '"'))
			line = str_trim(str_from_off(line, 1));
		bool as_written = line.size && (line.data[0] == '{' || str_find(line, STR("](")) != SIZE_MAX);
		if (as_written)
			add(fields, md, row, PLACE_FRONT, line);
		for (size_t k = 0; !as_written && k < field->items.n; k++)
			add(fields, md, row, PLACE_FRONT, source_at(md, field->items.data[k].span));
		if (!as_written && field->items.n == 0 && field->value.str.size)
			add(fields, md, row, PLACE_FRONT, source_at(md, field->value.span));
	}
}

static uint32_t section_end(const struct md *md, size_t heading)
{
	return heading + 1 < md->headings.n ? md->headings.data[heading + 1].node : md->n;
}

static const struct key_row status_row = {"status", KEY_STATUS, 0, 0};
static const struct key_row date_row = {"date", KEY_DATE, 0, 0};

/* The part of a paragraph before its first line that is a field of another kind ("Date: …" below "Accepted"). */
static struct str before_fields(struct str raw)
{
	struct str rest = raw;
	while (rest.data) {
		struct str line = str_cut_line(&rest);
		struct key_read read = key_read(line_text(line));
		if (read.row && read.row->key != KEY_RELATION && line.data > raw.data)
			return str_sub(raw, 0, (size_t)(line.data - raw.data));
	}
	return raw;
}

/* A Status section that ends in a rule without a blank line makes a heading of its text. */
static struct str underlined_status(const struct md *md, size_t heading)
{
	if (heading + 1 >= md->headings.n)
		return STR_NONE;
	const struct md_node *node = &md->nodes[md->headings.data[heading + 1].node];
	struct str raw = str_sub(md->source->text, node->off, node->size);
	enum status status = status_parse(NULL, md->headings.data[heading + 1].text);
	if (raw.size == 0 || raw.data[0] == '#' || status == STATUS_NONE || status == STATUS_UNKNOWN)
		return STR_NONE;
	return str_cut_line(&raw);
}

static void status_section(const struct md *md, size_t heading, struct fields *fields)
{
	struct block_walk walk = block_walk(md, md->headings.data[heading].node + 1, section_end(md, heading));
	struct block block;
	size_t at = FIELDS_MAX;
	while (block_next(&walk, &block)) {
		if (block.kind == MD_TABLE) {
			table_fields(md, block.raw, fields);
			continue;
		}
		struct key_read read = key_read(line_text(block.raw));
		if (block.unticked || block.kind != MD_PARAGRAPH)
			continue;
		struct str value = before_fields(block.raw);
		paragraph_fields(md, &block, true, fields);
		if (read.row && read.row->key != KEY_RELATION)
			continue;
		if (at == FIELDS_MAX && fields->n < FIELDS_MAX && !read.row) {
			at = fields->n;
			add(fields, md, &status_row, PLACE_SECTION, value);
		} else if (at < FIELDS_MAX && !statements_say_superseded(fields->list[at].value.str) &&
			   statements_say_superseded(value)) {
			fields->list[at].value = (struct word){str_trim(value), span_of(md->source, str_trim(value))};
		}
	}
	struct str underlined = at == FIELDS_MAX ? underlined_status(md, heading) : STR_NONE;
	if (underlined.size)
		add(fields, md, &status_row, PLACE_SECTION, underlined);
}

static void date_section(const struct md *md, size_t heading, struct fields *fields)
{
	struct block_walk walk = block_walk(md, md->headings.data[heading].node + 1, section_end(md, heading));
	struct block block;
	if (block_next(&walk, &block) && block.kind == MD_PARAGRAPH)
		add(fields, md, &date_row, PLACE_SECTION, block.raw);
}

/* "## Status: Accepted" */
static bool heading_field(const struct md *md, const struct md_heading *heading, struct fields *fields)
{
	const struct md_node *node = &md->nodes[heading->node];
	struct str raw = str_sub(md->source->text, node->off, node->size);
	if (raw.size == 0 || raw.data[0] != '#')
		return false;
	while (raw.size && (raw.data[0] == '#' || raw.data[0] == ' '))
		raw = str_from_off(raw, 1);
	struct str line = str_cut_line(&raw);
	struct key_read read = key_read(line);
	if (!read.row || read.row->key != KEY_STATUS || str_trim(str_from_off(line, read.end)).size == 0)
		return false;
	add(fields, md, read.row, PLACE_SECTION, str_from_off(line, read.end));
	return true;
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
					    "header",
					    NULL};
static const char *const status_sections[] = {"status", "decision status", "adr status", NULL};

static void range_fields(const struct md *md, uint32_t first, uint32_t end, struct fields *fields)
{
	struct block_walk walk = block_walk(md, first, end);
	struct block block;
	for (size_t n = 0; n < HEAD_BLOCKS && block_next(&walk, &block); n++) {
		if (block.kind == MD_TABLE)
			table_fields(md, block.raw, fields);
		else if (block.kind == MD_PARAGRAPH || str_find_char(block.raw, '\n') != SIZE_MAX)
			paragraph_fields(md, &block, false, fields);
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
	front_fields(md, fields);
	range_fields(md, 1, record_head_end(md), fields);
	bool has_status = false, has_date = false;
	const struct md_heading *title = record_heading(md);
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		bool status = !has_status && heading_in(heading->text, status_sections);
		if (!has_status && i < HEAD_HEADINGS && heading != title && heading_field(md, heading, fields)) {
			has_status = true;
		} else if (status) {
			has_status = true;
			status_section(md, i, fields);
		} else if (!has_date && heading_is(heading->text, "date")) {
			has_date = true;
			date_section(md, i, fields);
		} else if (i < HEAD_HEADINGS && heading_in(heading->text, head_sections)) {
			range_fields(md, heading->node + 1, section_end(md, i), fields);
		}
	}
}
