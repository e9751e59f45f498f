/* The sections of a record that hold its status and its date. */
#include "model/record.h"

#define HISTORY_LINES 100

static void add(struct fields *fields, const struct md *md, const struct record_key *key, enum field_place place,
		struct str value)
{
	fields_add(fields, key, place, (struct word){value, span_of(md->source, value)});
}

uint32_t section_end(const struct md *md, size_t heading)
{
	return heading + 1 < md->headings.n ? md->headings.data[heading + 1].node : md->n;
}

static const struct record_key status_key = {"status", KEY_STATUS, 0, 0};

/* The part of a paragraph before its first line that is a field of another kind ("Date: …" below "Accepted"). */
static struct str before_fields(struct str raw)
{
	struct str rest = raw;
	while (rest.data) {
		struct str line = str_cut_line(&rest);
		struct key_read read = key_read(quoted_line(line));
		if (read.key && read.key->key != KEY_RELATION && line.data > raw.data)
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
	if (raw.size == 0 || raw.data[0] == '#' ||
	    !status_is_known(status_parse(NULL, md->headings.data[heading + 1].text)))
		return STR_NONE;
	return str_cut_line(&raw);
}

static const char *const status_sections[] = {"status",
					      "state",
					      "decision status",
					      "adr status",
					      "current status",
					      "document status",
					      "status of this decision",
					      "status history",
					      "estado",
					      "estatus",
					      "statut",
					      "stato",
					      "stav",
					      "статус",
					      "Статус",
					      "状态",
					      "狀態",
					      "状態",
					      "ステータス",
					      "상태",
					      NULL};

bool is_status_section(struct str heading)
{
	return heading_in(heading, status_sections);
}

/* ---- a history of statuses ---- */

/* "2024-01-16: Accepted", "Accepted (2024-01-16)" */
static bool history_line(const struct fields *fields, struct str line, struct date *date)
{
	struct date_found found = date_within(line);
	*date = found.date;
	return (found.form == DATE_ISO || found.form == DATE_OTHER) &&
	       status_is_known(status_parse(fields->config, line));
}

/* The latest of several lines that each hold a status and its date; data NULL: no such lines. */
static struct str latest_of_history(const struct md *md, size_t heading, const struct fields *fields)
{
	struct block_walk walk = block_walk(md, md->headings.data[heading].node + 1, section_end(md, heading));
	struct block block;
	struct str latest = STR_NONE;
	struct date best = {0}, date;
	size_t n = 0;
	for (size_t lines = 0; block_next(&walk, &block);) {
		struct str rest = block.kind == MD_PARAGRAPH ? block.raw : STR_NONE;
		while (rest.data && lines++ < HISTORY_LINES) {
			struct str line = quoted_line(str_cut_line(&rest));
			if (!history_line(fields, line, &date)) {
				if (n == 0)
					return STR_NONE;
				continue;
			}
			n++;
			if (date_cmp(date, best) >= 0) {
				best = date;
				latest = line;
			}
		}
	}
	return n > 1 ? latest : STR_NONE;
}

/* ---- the section ---- */

/* Adds what a block says; a later one counts instead where it says that the record is superseded. */
static void status_block(const struct md *md, const struct block *block, size_t *at, struct fields *fields)
{
	struct key_read read = key_read(quoted_line(block->raw));
	struct str value = before_fields(block->raw);
	paragraph_fields(md, block, true, fields);
	bool dated = read.bare && status_is_known(status_parse(fields->config, value));
	if (read.key && read.key->key != KEY_RELATION && !dated)
		return;
	if (*at == FIELDS_MAX && fields->n < FIELDS_MAX && (!read.key || dated)) {
		*at = fields->n;
		add(fields, md, &status_key, PLACE_SECTION, value);
	} else if (*at < FIELDS_MAX && !statements_say_superseded(fields->list[*at].value.str) &&
		   statements_say_superseded(value)) {
		fields->list[*at].value = (struct word){str_trim(value), span_of(md->source, str_trim(value))};
	}
}

void status_section(const struct md *md, size_t heading, struct fields *fields)
{
	struct block_walk walk = block_walk(md, md->headings.data[heading].node + 1, section_end(md, heading));
	struct block block;
	size_t at = FIELDS_MAX;
	struct str latest = latest_of_history(md, heading, fields);
	if (latest.data) {
		add(fields, md, &status_key, PLACE_SECTION, latest);
		return;
	}
	while (block_next(&walk, &block)) {
		if (block.kind == MD_TABLE)
			table_fields(md, block.raw, true, fields);
		else if (block.kind == MD_PARAGRAPH && !block.unticked)
			status_block(md, &block, &at, fields);
	}
	struct str underlined = at == FIELDS_MAX ? underlined_status(md, heading) : STR_NONE;
	if (underlined.size)
		add(fields, md, &status_key, PLACE_SECTION, underlined);
}

/* ---- dates and headings ---- */

static const char *const date_sections[] = {
	"date", "decision date", "date of decision", "fecha", "datum", "data", "日期", "日付", "дата", "Дата", NULL};
static const char *const change_sections[] = {"changelog",        "change log", "changes",   "revision history",
					      "document history", "history",    "revisions", NULL};
static const struct record_key date_keys[] = {{"date", KEY_DATE, 0, 0}, {"changelog", KEY_DATE, 3, 0}};

/* The first date below a heading that promises one. */
bool date_section(const struct md *md, size_t heading, struct fields *fields)
{
	struct str text = md->headings.data[heading].text;
	bool is_date = heading_in(text, date_sections);
	if (!is_date && !heading_in(text, change_sections))
		return false;
	struct block_walk walk = block_walk(md, md->headings.data[heading].node + 1, section_end(md, heading));
	struct block block;
	if (!block_next(&walk, &block) || block.kind != MD_PARAGRAPH)
		return false;
	struct str line = block.raw;
	if (!is_date && date_within(str_cut_line(&line)).form == DATE_NONE)
		return false;
	line = block.raw;
	struct str value = is_date ? block.raw : str_cut_line(&line);
	fields_add(fields, &date_keys[!is_date], PLACE_SECTION, (struct word){value, span_of(md->source, value)});
	return is_date;
}

/* "## Status: Accepted" */
bool heading_field(const struct md *md, const struct md_heading *heading, struct fields *fields)
{
	const struct md_node *node = &md->nodes[heading->node];
	struct str raw = str_sub(md->source->text, node->off, node->size);
	if (raw.size == 0 || raw.data[0] != '#')
		return false;
	while (raw.size && (raw.data[0] == '#' || raw.data[0] == ' '))
		raw = str_from_off(raw, 1);
	struct str line = str_cut_line(&raw);
	struct key_read read = key_read(line);
	if (!read.key || (read.key->key != KEY_STATUS && read.key->key != KEY_DATE) ||
	    str_trim(str_from_off(line, read.end)).size == 0)
		return false;
	add(fields, md, read.key, PLACE_SECTION, str_from_off(line, read.end));
	return read.key->key == KEY_STATUS;
}
