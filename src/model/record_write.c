/* Gives a record another status or a further relation, where its dialect says such things; other bytes stay. */
#include "model/record.h"

/* ---- text and places ---- */

static bool has_crlf(struct str text)
{
	size_t line = str_find_char(text, '\n');
	return line != SIZE_MAX && line > 0 && text.data[line - 1] == '\r';
}

static void put(struct record_writer *writer, size_t off, size_t size, struct str text)
{
	const struct source *source = writer->md->source;
	if (has_crlf(source->text))
		text = str_replace(writer->arena, text, STR("\n"), STR("\r\n"));
	struct edit edit = {{source->id, (uint32_t)off, (uint32_t)size}, str_dup(writer->arena, text)};
	vec_add(writer->arena, &writer->edits->list, edit);
}

static size_t offset_of(const struct record_writer *writer, struct str part)
{
	return (size_t)(part.data - writer->md->source->text.data);
}

static struct str line_at(struct str text, size_t off)
{
	size_t start = off;
	while (start > 0 && text.data[start - 1] != '\n')
		start--;
	size_t end = str_find_from(text, STR("\n"), off);
	struct str line = str_sub(text, start, end == SIZE_MAX ? text.size : end - start);
	return str_ends(line, STR("\r")) ? str_sub(line, 0, line.size - 1) : line;
}

/* The marker of a list item with the blanks around it, or nothing. */
static struct str bullet_of(struct str line)
{
	size_t at = 0;
	while (at < line.size && line.data[at] == ' ')
		at++;
	if (at + 1 >= line.size || !strchr("-*+", line.data[at]) || line.data[at + 1] != ' ')
		return STR_NONE;
	for (at++; at < line.size && line.data[at] == ' ';)
		at++;
	return str_sub(line, 0, at);
}

static bool is_rule(struct str line)
{
	line = str_trim(line);
	return line.size >= 3 &&
	       (str_starts(line, STR("---")) || str_starts(line, STR("***")) || str_starts(line, STR("___")));
}

/* ---- sections ---- */

static const struct md_heading *status_heading(const struct md *md)
{
	for (size_t i = 0; i < md->headings.n; i++)
		if (is_status_section(md->headings.data[i].text))
			return &md->headings.data[i];
	return NULL;
}

/* Offset of a comment that ends the text and begins a line of it; its size when there is none. */
static size_t last_comment(struct str text)
{
	size_t start = text.size;
	for (size_t at = 0; str_ends(text, STR("-->")) && (at = str_find_from(text, STR("<!--"), at)) != SIZE_MAX; at++)
		start = at;
	return start > 0 && start < text.size && text.data[start - 1] == '\n' ? start : text.size;
}

/* What stands in the section of a heading, without blank lines, comments and a rule at its end; begins behind the heading's line. */
static struct str section_text(const struct md *md, const struct md_heading *heading)
{
	struct str text = md->source->text;
	const struct md_heading *next = heading + 1;
	/* Text that a rule underlines is read as a heading, and is none. */
	if (next < md->headings.data + md->headings.n && text.data[md->nodes[next->node].off] != '#' &&
	    status_parse(NULL, next->text) != STATUS_UNKNOWN && is_status_section(heading->text))
		next++;
	size_t end = next < md->headings.data + md->headings.n ? md->nodes[next->node].off : text.size;
	size_t start = md->nodes[heading->node].off + (size_t)md->nodes[heading->node].size;
	struct str section = str_trim_right(str_sub(text, start, end > start ? end - start : 0));
	for (size_t before = 0; before != section.size;) {
		before = section.size;
		struct str last = section.size ? line_at(text, start + section.size - 1) : STR("");
		size_t comment = last_comment(section);
		if (comment < section.size)
			section = str_trim_right(str_sub(section, 0, comment));
		else if (is_rule(last) && section.size > last.size)
			section = str_trim_right(str_sub(section, 0, section.size - last.size));
	}
	return section;
}

/* A further statement at the end of a section: an item where it ends in a list, else a paragraph. `first`: what the item
 * of an empty section begins with. */
static void append_to_section(struct record_writer *writer, const struct md_heading *heading, struct str statement,
			      struct str first)
{
	const struct md *md = writer->md;
	struct str section = section_text(md, heading);
	size_t start = md->nodes[heading->node].off + (size_t)md->nodes[heading->node].size;
	size_t at = start + section.size;
	struct str last = section.size ? line_at(md->source->text, at - 1) : STR("");
	struct str bullet = bullet_of(last);
	bool heading_line = section.size == 0;
	/* Text right above a rule would become a heading. */
	struct str below = str_from_off(md->source->text, at);
	str_cut(&below, '\n');
	bool above_rule = is_rule(str_cut_line(&below));
	struct str text =
		str_format(writer->arena, "%s" STR_FMT STR_FMT "%s", bullet.size && !heading_line ? "\n" : "\n\n",
			   STR_ARG(heading_line ? first : bullet), STR_ARG(statement), above_rule ? "\n" : "");
	put(writer, at, 0, text);
}

/* ---- values ---- */

/* Quotes around a value of front matter; '\0': none. */
static char quote_of(struct str *value)
{
	char first = value->size >= 2 ? value->data[0] : '\0';
	if ((first != '"' && first != '\'') || value->data[value->size - 1] != first)
		return '\0';
	*value = str_sub(*value, 1, value->size - 2);
	return first;
}

/* Text as a YAML scalar: inside the quotes that stand there, or in quotes of its own where it needs them. */
static struct str yaml_text(struct arena *arena, struct str text, char quote)
{
	bool needs = str_find(text, STR(": ")) != SIZE_MAX || str_find(text, STR(" #")) != SIZE_MAX ||
		     (text.size && strchr("[]{}&*!|>'\"%@`#,-", text.data[0]));
	if (quote == '\'')
		return str_replace(arena, text, STR("'"), STR("''"));
	if (!quote && !needs)
		return text;
	text = str_replace(arena, text, STR("\\"), STR("\\\\"));
	text = str_replace(arena, text, STR("\""), STR("\\\""));
	return quote ? text : str_format(arena, "\"" STR_FMT "\"", STR_ARG(text));
}

static struct str placed_text(struct record_writer *writer, const struct field *field, struct str text, char quote)
{
	if (field->place == PLACE_FRONT)
		return yaml_text(writer->arena, text, quote);
	if (field->place == PLACE_TABLE)
		return str_replace(writer->arena, text, STR("|"), STR("\\|"));
	return text;
}

/* Replaces the value of a field; quotes around it stay. */
static void put_value(struct record_writer *writer, const struct field *field, struct str text)
{
	struct str whole = writer->md->source->text;
	size_t off = offset_of(writer, field->value.str), size = field->value.str.size;
	struct str value = field->value.str;
	char quote = field->place == PLACE_FRONT ? quote_of(&value) : '\0';
	bool quoted = quote != '\0';
	if (field->place == PLACE_FRONT && !quoted && off > 0 && strchr("\"'", whole.data[off - 1]))
		quote = whole.data[off - 1];
	text = placed_text(writer, field, text, quote);
	bool glued = size == 0 && off > 0 && strchr(":*_", whole.data[off - 1]);
	put(writer, off + quoted, size - 2 * (size_t)quoted,
	    str_format(writer->arena, "%s" STR_FMT, glued ? " " : "", STR_ARG(text)));
}

/* ---- the status ---- */

/* The first statement of a value about other records, or nothing. */
static struct str statements_in(struct str value)
{
	struct statements found;
	statements_find(value, STR(""), &found);
	for (size_t i = 0; i < found.n; i++)
		if (found.list[i].has_target && found.list[i].at.data > value.data)
			return str_from_off(value, (size_t)(found.list[i].at.data - value.data));
	return STR_NONE;
}

static bool holds_date(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (date_find(str_from_off(text, i)).form != DATE_NONE)
			return true;
	return false;
}

/* True for a Status section that lists statuses with their dates. */
static bool is_history(const struct md *md)
{
	const struct md_heading *heading = status_heading(md);
	struct str rest = heading ? section_text(md, heading) : STR_NONE;
	size_t n = 0;
	while (rest.data)
		n += holds_date(str_cut_line(&rest));
	return n > 1;
}

/* What stays of a value behind its word: statements, further lines, remarks; not who said the old word, and when. */
static struct str kept_behind(const struct record_writer *writer, struct str value, struct str word)
{
	struct str behind = str_from_off(value, (size_t)(word.data + word.size - value.data));
	struct str statements = statements_in(value);
	size_t newline = str_find_char(behind, '\n');
	struct str line = str_sub(behind, 0, newline);
	bool about_word = str_starts_nocase(line, STR(" on ")) || str_starts_nocase(line, STR(" by ")) ||
			  (holds_date(line) && !statements.data && !is_history(writer->md));
	if (!about_word)
		return behind;
	if (statements.data && (newline == SIZE_MAX || statements.data < behind.data + newline))
		return statements;
	return newline == SIZE_MAX ? STR("") : str_from_off(behind, newline);
}

static struct str joined(struct arena *arena, struct str words, struct str kept)
{
	bool bare = kept.size && !strchr(",;.:\n\r*_)`\"' ", kept.data[0]) && !((unsigned char)kept.data[0] & 0x80);
	return str_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(words), bare ? ", " : "", STR_ARG(kept));
}

static struct str first_line(struct str value)
{
	return str_trim_right(str_cut_line(&value));
}

/* The value of a status field that says `status` instead. */
static struct str changed_value(struct record_writer *writer, const struct field *field, enum status status)
{
	const struct config *config = writer->style->model->config;
	struct str value = field->value.str;
	bool in_front = field->place == PLACE_FRONT;
	quote_of(&value);
	enum status before = status_parse(config, value);
	struct str core = record_core(value);
	if (before == STATUS_NONE)
		return record_status_words(writer->arena, writer->style, status, in_front, STR(""));
	struct str words = record_status_words(writer->arena, writer->style, status, in_front, core);
	if (status_parse(config, core) != before) {
		struct str rest = str_from_off(value, first_line(value).size);
		return str_format(writer->arena, STR_FMT STR_FMT, STR_ARG(words), STR_ARG(rest));
	}
	struct str lead = str_sub(value, 0, (size_t)(core.data - value.data)), kept = kept_behind(writer, value, core);
	if (utf8_invalid_at(lead) == SIZE_MAX && utf8_count(lead) != lead.size)
		lead = STR("");
	/* The log's own marks around the word stand where this one has none. */
	bool plain = lead.size == 0 && str_trim(kept).size == 0;
	struct str text = str_format(writer->arena, STR_FMT STR_FMT, STR_ARG(lead),
				     STR_ARG(joined(writer->arena, plain ? words : record_core(words), kept)));
	return status_parse(config, text) == status ? text : words;
}

/* False for a field of a file beside the record. */
static bool is_own(const struct record_writer *writer, const struct field *field)
{
	return field->value.str.data && field->value.span.source == writer->md->source->id;
}

/* The field that counts first; a placeholder only where nothing else says a status. */
static size_t status_fields(struct record_writer *writer, struct fields *fields, struct field **out)
{
	size_t n = 0;
	fields->config = writer->style->model->config;
	fields_collect(writer->md, fields);
	for (int pass = 0; pass < 2 && n == 0; pass++)
		for (size_t i = 0; i < fields->n; i++) {
			struct field *field = &fields->list[i];
			if (field->key != KEY_STATUS || !is_own(writer, field))
				continue;
			enum status status = status_parse(writer->style->model->config, field->value.str);
			if ((pass == 0) == (status != STATUS_NONE) && (status != STATUS_UNKNOWN || n == 0))
				out[n++] = field;
		}
	return n;
}

/* ---- a status where there is none ---- */

static const struct fm_field *empty_front(const struct md *md, const char *key)
{
	const struct fm_field *field = fm_find(&md->front, key);
	return field && field->value.str.size == 0 && field->items.n == 0 && !span_is_none(field->key.span) ? field
													    : NULL;
}

/* Behind the colon of a field in front matter; what stands there is replaced. */
static void fill_front(struct record_writer *writer, const struct fm_field *field, struct str text)
{
	struct str whole = writer->md->source->text;
	size_t colon = str_find_from(whole, STR(":"), field->key.span.off + field->key.span.size);
	struct str line = line_at(whole, field->key.span.off);
	size_t end = offset_of(writer, line) + line.size;
	put(writer, colon + 1, end - colon - 1, str_format(writer->arena, " " STR_FMT, STR_ARG(text)));
}

/* Offset behind the title and its line, or behind the front matter. */
static size_t behind_title(const struct md *md)
{
	const struct md_heading *heading = record_heading(md);
	if (heading)
		return md->nodes[heading->node].off + (size_t)md->nodes[heading->node].size;
	return md->front.present ? md->front.span.off + (size_t)md->front.span.size : 0;
}

static void add_to_front(struct record_writer *writer, struct str line)
{
	const struct md *md = writer->md;
	struct str text = md->source->text;
	if (md->front.present) {
		size_t newline = str_find_from(text, STR("\n"), md->front.span.off);
		put(writer, newline + 1, 0, str_format(writer->arena, STR_FMT "\n", STR_ARG(line)));
		return;
	}
	size_t bom = str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0;
	put(writer, bom, 0, str_format(writer->arena, "---\n" STR_FMT "\n---\n\n", STR_ARG(line)));
}

static void add_status(struct record_writer *writer, struct str value)
{
	const struct md *md = writer->md;
	const struct fm_field *front = empty_front(md, "status");
	const struct md_heading *section = status_heading(md);
	enum field_place place = writer->style->place;
	struct str text = value, yaml = yaml_text(writer->arena, value, '\0');
	if (front) {
		fill_front(writer, front, yaml);
		return;
	}
	if (section) {
		append_to_section(writer, section, value, STR(""));
		return;
	}
	if (place == PLACE_FRONT || md->front.present) {
		add_to_front(writer, str_format(writer->arena, "status: " STR_FMT, STR_ARG(yaml)));
		return;
	}
	switch (place) {
	case PLACE_BULLET:
		text = str_format(writer->arena, STR_FMT "Status: " STR_FMT, STR_ARG(writer->style->bullet),
				  STR_ARG(value));
		break;
	case PLACE_BOLD_BULLET:
		text = str_format(writer->arena, STR_FMT "**Status:** " STR_FMT, STR_ARG(writer->style->bullet),
				  STR_ARG(value));
		break;
	case PLACE_BOLD: text = str_format(writer->arena, "**Status:** " STR_FMT, STR_ARG(value)); break;
	case PLACE_LINE: text = str_format(writer->arena, "Status: " STR_FMT, STR_ARG(value)); break;
	case PLACE_TABLE:
		text = str_format(writer->arena, "| Status | " STR_FMT " |\n|---|---|",
				  STR_ARG(str_replace(writer->arena, value, STR("|"), STR("\\|"))));
		break;
	default: {
		uint32_t end = record_head_end(md);
		size_t off = end < md->n ? md->nodes[end].off : str_trim_right(md->source->text).size;
		put(writer, off, 0,
		    str_format(writer->arena, "%s## Status\n\n" STR_FMT "%s", end < md->n ? "" : "\n\n", STR_ARG(value),
			       end < md->n ? "\n\n" : ""));
		return;
	}
	}
	put(writer, behind_title(md), 0, str_format(writer->arena, "\n\n" STR_FMT, STR_ARG(text)));
}

void record_write_status(struct record_writer *writer, enum status status)
{
	struct fields fields;
	struct field *places[FIELDS_MAX];
	size_t n = status_fields(writer, &fields, places);
	for (size_t i = 0; i < n; i++)
		put_value(writer, places[i], changed_value(writer, places[i], status));
	if (n)
		return;
	bool in_front = writer->style->place == PLACE_FRONT || writer->md->front.present;
	add_status(writer, record_status_words(writer->arena, writer->style, status, in_front, STR("")));
}

/* ---- fields that name other records ---- */

static bool is_nothing(struct str value)
{
	static const char *const words[] = {"n/a", "(n/a)", "na",           "none",         "null", "-", "tbd",
					    "[]",  "~",     "\xe2\x80\x94", "\xe2\x80\x93", "\"\"", "''"};
	value = str_trim(value);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(value, str_from(words[i])))
			return true;
	return value.size == 0 || value.data[0] == '{' || value.data[0] == '<';
}

/* A field of front matter for that relation that names nothing yet. */
static const struct fm_field *front_relation(const struct md *md, enum relation_kind kind)
{
	for (size_t i = 0; i < md->front.fields.n; i++) {
		const struct fm_field *field = &md->front.fields.data[i];
		const struct record_key *key = record_key_find(field->key.str);
		if (key && key->key == KEY_RELATION && key->relation == kind && !span_is_none(field->key.span) &&
		    field->items.n == 0 && is_nothing(field->value.str))
			return field;
	}
	return NULL;
}

/* True when the record has a field for the relation, and it names the target now. */
static bool fill_field(struct record_writer *writer, enum relation_kind kind, const struct record_ref *target)
{
	struct fields fields;
	struct field *field = NULL;
	const struct fm_field *front = front_relation(writer->md, kind);
	struct str link = record_link(writer->arena, writer->style, writer->md->source->path, target);
	if (kind >= RELATION_KINDS)
		return false;
	if (front) {
		fill_front(writer, front, yaml_text(writer->arena, link, '\0'));
		return true;
	}
	fields.config = writer->style->model->config;
	fields_collect(writer->md, &fields);
	for (size_t i = 0; i < fields.n; i++)
		if (fields.list[i].key == KEY_RELATION && fields.list[i].relation == kind &&
		    fields.list[i].value.str.data)
			field = &fields.list[i];
	if (!field)
		return false;
	struct str value = field->value.str;
	if (is_nothing(value)) {
		put_value(writer, field, link);
		return true;
	}
	struct str line = line_at(writer->md->source->text, field->value.span.off);
	struct str bullet = bullet_of(line);
	bool item = field->place == PLACE_FRONT && bullet.size;
	if (item)
		put(writer, offset_of(writer, line) + line.size, 0,
		    str_format(writer->arena, "\n" STR_FMT STR_FMT, STR_ARG(bullet),
			       STR_ARG(yaml_text(writer->arena, link, '\0'))));
	else
		put(writer, offset_of(writer, value) + value.size, 0,
		    str_format(writer->arena, ", " STR_FMT, STR_ARG(placed_text(writer, field, link, '"'))));
	return true;
}

/* ---- supersession ---- */

static struct str superseded_value(struct record_writer *writer, const struct field *field, const struct record_ref *by)
{
	struct str verb = record_verb(writer->style, RELATION_SUPERSEDED_BY);
	struct str value = field ? field->value.str : STR("");
	bool in_front = field ? field->place == PLACE_FRONT : writer->style->place == PLACE_FRONT;
	quote_of(&value);
	bool lower = in_front || (field ? field->place : writer->style->place) == PLACE_BULLET;
	struct str like = record_core(value).size ? value : lower ? STR("x") : STR("Xx");
	struct str link = record_link(writer->arena, writer->style, writer->md->source->path, by);
	return str_format(writer->arena, STR_FMT " " STR_FMT, STR_ARG(record_cased(writer->arena, verb, like)),
			  STR_ARG(link));
}

/* Statements stay, and lines below the first. */
static struct str with_statements(struct record_writer *writer, const struct field *field, struct str said)
{
	struct str value = field->value.str;
	quote_of(&value);
	struct str statements = statements_in(value), line = first_line(value);
	if (statements.data && statements.data < line.data + line.size)
		return joined(writer->arena, said, statements);
	return str_format(writer->arena, STR_FMT STR_FMT, STR_ARG(said), STR_ARG(str_from_off(value, line.size)));
}

static void supersede_field(struct record_writer *writer, const struct field *field, const struct record_ref *by)
{
	struct str said = superseded_value(writer, field, by), value = field->value.str;
	const struct md_heading *section = status_heading(writer->md);
	enum status before = status_parse(writer->style->model->config, value);
	if (before != STATUS_SUPERSEDED) {
		put_value(writer, field, before == STATUS_NONE ? said : with_statements(writer, field, said));
		return;
	}
	if (field->place == PLACE_SECTION && section) {
		append_to_section(writer, section, said, STR(""));
		return;
	}
	quote_of(&value);
	struct str link = record_link(writer->arena, writer->style, writer->md->source->path, by);
	put(writer, offset_of(writer, value) + first_line(value).size, 0,
	    str_format(writer->arena, ", " STR_FMT, STR_ARG(placed_text(writer, field, link, '"'))));
}

static bool holds_links(enum field_place place)
{
	return place != PLACE_HTML && place != PLACE_HEADER && place != PLACE_LOOSE;
}

void record_write_superseded(struct record_writer *writer, const struct record_ref *by)
{
	struct fields fields;
	struct field *places[FIELDS_MAX];
	if (fill_field(writer, RELATION_SUPERSEDED_BY, by)) {
		record_write_status(writer, STATUS_SUPERSEDED);
		return;
	}
	size_t n = status_fields(writer, &fields, places);
	/* A badge or a line of a fence holds a word and no link. */
	if (n && !holds_links(places[0]->place)) {
		record_write_status(writer, STATUS_SUPERSEDED);
		record_write_relation(writer, RELATION_SUPERSEDED_BY, STR(""), by);
		return;
	}
	for (size_t i = 0; i < n; i++)
		supersede_field(writer, places[i], by);
	if (n == 0)
		add_status(writer, superseded_value(writer, NULL, by));
}

/* ---- other relations ---- */

static const struct md_heading *links_heading(const struct md *md)
{
	static const char *const names[] = {
		"links",     "related decisions", "related adrs", "related records", "more information",
		"relations", "related",           "references",   "see also",        NULL};
	for (const char *const *name = names; *name; name++)
		for (size_t i = 0; i < md->headings.n; i++)
			if (heading_is(md->headings.data[i].text, *name))
				return &md->headings.data[i];
	return NULL;
}

/* Below the head a line is text of its section and states nothing. */
static bool is_in_head(const struct md *md, const struct field *field)
{
	uint32_t end = record_head_end(md);
	return end >= md->n || field->value.span.off < md->nodes[end].off;
}

/* A further section at the end; a status that is the document's last line stays the last. */
static void append_section(struct record_writer *writer, const struct field *status, const char *name,
			   struct str statement, bool item)
{
	struct str text = writer->md->source->text;
	struct str kept = str_trim_right(text);
	struct str line = status ? line_at(text, status->value.span.off) : STR_NONE;
	bool last = line.data && line.data + line.size >= kept.data + kept.size && !is_in_head(writer->md, status);
	if (last)
		kept = str_trim_right(str_sub(text, 0, offset_of(writer, line)));
	struct str section = str_format(writer->arena, "\n\n## %s\n\n" STR_FMT STR_FMT "%s", name,
					STR_ARG(item ? writer->style->bullet : STR("")), STR_ARG(statement),
					!last && kept.size == text.size ? "\n" : "");
	put(writer, kept.size, 0, section);
}

/* "|---|---|": what stands below the head of a table. */
static bool is_table_rule(struct str line)
{
	size_t dashes = 0;
	for (size_t i = 0; i < line.size; i++) {
		if (!strchr("|-: >", line.data[i]))
			return false;
		dashes += line.data[i] == '-';
	}
	return dashes > 0;
}

/* A line like that of the status for another key; false where the line is no such field. */
static bool add_line_like(struct record_writer *writer, const struct field *field, struct str key, struct str link)
{
	struct str text = writer->md->source->text, line = line_at(text, field->value.span.off);
	size_t at = str_find_nocase(line, STR("status")), value = offset_of(writer, field->value.str);
	size_t start = offset_of(writer, line), end = start + line.size;
	if (at == SIZE_MAX || start + at + 6 > value)
		return false;
	struct str before = str_sub(line, 0, at), between = str_sub(text, start + at + 6, value - start - at - 6);
	size_t behind = value + field->value.str.size;
	struct str tail = behind < end ? str_sub(text, behind, end - behind) : STR("");
	bool table = field->place == PLACE_TABLE;
	if (table && str_trim(tail).size > 1)
		return false;
	if (!table && str_trim(tail).size && !str_is(str_trim(tail), "\\"))
		tail = STR("");
	struct str next = end < text.size ? line_at(text, str_find_from(text, STR("\n"), end) + 1) : STR("");
	if (table && is_table_rule(next))
		end = offset_of(writer, next) + next.size;
	bool apart = field->place == PLACE_BOLD && str_trim(next).size == 0;
	put(writer, end, 0,
	    str_format(writer->arena, "%s" STR_FMT STR_FMT STR_FMT STR_FMT STR_FMT, apart ? "\n\n" : "\n",
		       STR_ARG(before), STR_ARG(key), STR_ARG(between), STR_ARG(placed_text(writer, field, link, '"')),
		       STR_ARG(tail)));
	return true;
}

void record_write_relation(struct record_writer *writer, enum relation_kind kind, struct str verb,
			   const struct record_ref *target)
{
	const struct md *md = writer->md;
	struct fields fields;
	if (kind < RELATION_KINDS && fill_field(writer, kind, target))
		return;
	fields.config = writer->style->model->config;
	fields_collect(md, &fields);
	const struct field *status = fields_find(&fields, KEY_STATUS, ~0u);
	enum field_place place = status ? status->place : writer->style->place;
	struct str link = record_link(writer->arena, writer->style, md->source->path, target);
	if (!verb.size)
		verb = record_verb(writer->style, kind);
	verb = str_format(writer->arena, STR_FMT STR_FMT,
			  STR_ARG(record_cased(writer->arena, str_sub(verb, 0, 1), STR("X"))),
			  STR_ARG(str_from_off(verb, 1)));
	struct str statement = str_format(writer->arena, STR_FMT " " STR_FMT, STR_ARG(verb), STR_ARG(link));
	const struct md_heading *section = status_heading(md), *links = links_heading(md);
	if (place == PLACE_SECTION && section) {
		append_to_section(writer, section, statement, STR(""));
		return;
	}
	bool lines = place == PLACE_BOLD || place == PLACE_BOLD_BULLET || place == PLACE_TABLE || place == PLACE_LINE;
	if (lines && status && is_in_head(md, status) && add_line_like(writer, status, verb, link))
		return;
	if (links)
		append_to_section(writer, links, statement, place == PLACE_FRONT ? STR("") : writer->style->bullet);
	else
		append_section(writer, status, place == PLACE_FRONT ? "More Information" : "Links", statement,
			       place != PLACE_FRONT);
}
