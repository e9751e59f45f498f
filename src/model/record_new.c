/* The text of a new record: in the form of its log, in a named form, or from a template. */
#include "model/record.h"

/* ---- headings ---- */

struct str record_new_heading(struct arena *arena, const struct record_style *style, const struct record_new *record)
{
	if (!style->heading_before.data || record->number < 0)
		return record->title;
	return str_format(arena, STR_FMT "%0*lld" STR_FMT STR_FMT, STR_ARG(style->heading_before),
			  (int)style->heading_digits, record->number, STR_ARG(style->heading_behind),
			  STR_ARG(record->title));
}

/* ---- built-in forms ---- */

static const char nygard_sections[] =
	"## Context\n\nWhat is the issue that motivates this decision or change?\n\n"
	"## Decision\n\nWhat is the change that is proposed or done?\n\n"
	"## Consequences\n\nWhat becomes easier or harder to do because of this change?\n";

static const char madr_sections[] =
	"## Context and Problem Statement\n\n"
	"{Describe the context and the problem in two or three sentences, or as a question.}\n\n"
	"## Considered Options\n\n* {first option}\n* {second option}\n\n"
	"## Decision Outcome\n\nChosen option: \"{first option}\", because {justification}.\n\n"
	"### Consequences\n\n* Good, because {positive consequence}\n* Bad, because {negative consequence}\n";

static struct str nygard(struct arena *arena, const struct record_style *style, const struct record_new *record,
			 struct str head)
{
	struct str status = record_status_words(arena, style, record->status, false, STR("Xx"));
	return str_format(arena, "# " STR_FMT "\n\n" STR_FMT "## Status\n\n" STR_FMT "\n\n%s",
			  STR_ARG(record_new_heading(arena, style, record)), STR_ARG(head), STR_ARG(status),
			  nygard_sections);
}

static struct str quoted(struct arena *arena, struct str text)
{
	text = str_replace(arena, text, STR("\\"), STR("\\\\"));
	return str_format(arena, "\"" STR_FMT "\"", STR_ARG(str_replace(arena, text, STR("\""), STR("\\\""))));
}

static struct str madr(struct arena *arena, const struct record_style *style, const struct record_new *record)
{
	struct str status = record_status_words(arena, style, record->status, true, STR("x"));
	struct str title = STR("");
	if (style->newest && !record_heading(style->newest))
		title = str_format(arena, "title: " STR_FMT "\n", STR_ARG(quoted(arena, record->title)));
	struct str heading =
		title.size ? STR("")
			   : str_format(arena, "# " STR_FMT "\n\n", STR_ARG(record_new_heading(arena, style, record)));
	return str_format(arena, "---\n" STR_FMT "status: " STR_FMT "\ndate: " STR_FMT "\n---\n\n" STR_FMT "%s",
			  STR_ARG(title), STR_ARG(status), STR_ARG(record->date), STR_ARG(heading), madr_sections);
}

/* With the line ends of the log. */
static struct str ended(struct arena *arena, const struct record_style *style, struct str text)
{
	return style->crlf ? str_replace(arena, text, STR("\n"), STR("\r\n")) : text;
}

struct str record_new_form(struct arena *arena, const struct record_style *style, const char *form,
			   const struct record_new *record)
{
	if (strcmp(form, "madr") == 0)
		return ended(arena, style, madr(arena, style, record));
	if (strcmp(form, "nygard") != 0)
		return STR_NONE;
	struct str date = str_format(arena, "Date: " STR_FMT "\n\n", STR_ARG(record->date));
	return ended(arena, style, nygard(arena, style, record, date));
}

/* ---- in the form of the log's newest record ---- */

/* A line of the newest record's head with the status and the date of the new one; nothing when it holds neither. */
static struct str line_like(struct arena *arena, const struct record_style *style, const struct record_new *record,
			    struct str line)
{
	const struct fields *fields = style->newest_fields;
	struct buf out = {0};
	size_t at = 0;
	bool found = false;
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *field = &fields->list[i];
		struct str value = field->value.str;
		bool wanted = field->key == KEY_STATUS || (field->key == KEY_DATE && field->rank == 0);
		if (!wanted || field->place == PLACE_FRONT || field->place == PLACE_SECTION ||
		    value.data < line.data + at || value.data + value.size > line.data + line.size)
			continue;
		size_t start = (size_t)(value.data - line.data);
		buf_add(&out, str_sub(line, at, start - at));
		buf_add(&out, field->key == KEY_DATE
				      ? record->date
				      : record_status_words(arena, style, record->status, false, record_core(value)));
		at = start + value.size;
		found = true;
	}
	if (found)
		buf_add(&out, str_from_off(line, at));
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return text;
}

/* The lines between the title and the first section that say status and date, as the newest record has them. */
static struct str head_like(struct arena *arena, const struct record_style *style, const struct record_new *record)
{
	const struct md *md = style->newest;
	const struct md_heading *heading = record_heading(md);
	uint32_t first = record_head_end(md);
	size_t start = heading ? md->nodes[heading->node].off + (size_t)md->nodes[heading->node].size : 0;
	size_t end = first < md->n ? md->nodes[first].off : md->source->text.size;
	struct str rest = str_sub(md->source->text, start, end > start ? end - start : 0);
	struct buf out = {0};
	size_t table_row = 0;
	bool blank = true;
	while (rest.data) {
		struct str line = str_cut_line(&rest), text = line_like(arena, style, record, line);
		bool is_empty = str_trim(line).size == 0, table = str_starts(quoted_line(line), STR("|"));
		table_row = table ? table_row + 1 : 0;
		/* The head of a table and its rule stay with the rows. */
		if (text.size == 0 && table && table_row <= 2)
			text = line;
		if (text.size == 0 && (!is_empty || blank))
			continue;
		buf_add(&out, text);
		buf_addc(&out, '\n');
		blank = text.size == 0;
	}
	if (!blank)
		buf_addc(&out, '\n');
	struct str head = buf_dup(arena, &out);
	buf_free(&out);
	return head;
}

struct str record_new_text(struct arena *arena, const struct record_style *style, const struct record_new *record)
{
	if (!style->newest)
		return record_new_form(arena, style, "nygard", record);
	if (style->place == PLACE_FRONT)
		return record_new_form(arena, style, "madr", record);
	struct str head = head_like(arena, style, record);
	if (!head.size && style->place != PLACE_SECTION)
		return record_new_form(arena, style, "nygard", record);
	if (style->place == PLACE_SECTION)
		return ended(arena, style, nygard(arena, style, record, head));
	struct str text =
		str_format(arena, "# " STR_FMT "\n\n" STR_FMT "%s", STR_ARG(record_new_heading(arena, style, record)),
			   STR_ARG(head), style->place == PLACE_BULLET ? madr_sections : nygard_sections);
	return ended(arena, style, text);
}

/* ---- templates ---- */

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Bytes of `word` at off, when it stands there by itself; else 0. */
static size_t word_at(struct str text, size_t off, const char *word)
{
	struct str wanted = str_from(word);
	bool here = str_starts(str_from_off(text, off), wanted) && (off == 0 || !is_word_char(text.data[off - 1]));
	size_t end = off + wanted.size;
	return here && (end >= text.size || !is_word_char(text.data[end])) ? wanted.size : 0;
}

static bool has_word(struct str text, const char *word)
{
	for (size_t at = 0; (at = str_find_from(text, str_from(word), at)) != SIZE_MAX; at++)
		if (word_at(text, at, word))
			return true;
	return false;
}

/* NUMBER, TITLE, DATE and STATUS, as adr-tools fills them in. */
static struct str filled_words(struct arena *arena, const struct record_style *style, struct str text,
			       const struct record_new *record)
{
	const struct {
		const char *word;
		struct str value;
	} words[] = {
		{"NUMBER", record->number >= 0 ? str_format(arena, "%lld", record->number) : STR("")},
		{"TITLE", record->title},
		{"DATE", record->date},
		{"STATUS", record_status_words(arena, style, record->status, false, STR("Xx"))},
	};
	struct buf out = {0};
	for (size_t at = 0; at < text.size;) {
		size_t size = 0;
		for (size_t i = 0; i < sizeof words / sizeof *words && !size; i++)
			if ((size = word_at(text, at, words[i].word)))
				buf_add(&out, words[i].value);
		if (!size)
			buf_addc(&out, text.data[at]);
		at += size ? size : 1;
	}
	struct str filled = buf_dup(arena, &out);
	buf_free(&out);
	return filled;
}

static void put(struct record_writer *writer, struct span span, struct str text)
{
	struct edit edit = {span, text};
	vec_add(writer->arena, &writer->edits->list, edit);
}

/* Where a heading of a template has its number: "NNNN", "0000" or "N" near the start; size 0: nowhere. */
static struct str number_place(struct str heading)
{
	for (size_t at = 0; at < heading.size && at <= 6; at++) {
		size_t end = at;
		while (strchr("NXnx0", heading.data[at]) && end < heading.size && heading.data[end] == heading.data[at])
			end++;
		bool starts = at == 0 || !is_word_char(heading.data[at - 1]);
		bool alone = starts && (end >= heading.size || !is_word_char(heading.data[end]));
		if (alone && (end - at >= 3 || (end - at == 1 && heading.data[at] == 'N')))
			return str_sub(heading, at, end - at);
	}
	return STR_NONE;
}

/* "ADR-NNNN: {title}" with its number filled in; data NULL: no place for one. */
static struct str numbered_heading(struct arena *arena, struct str heading, const struct record_new *record)
{
	struct str place = number_place(heading);
	size_t behind = place.size ? (size_t)(place.data - heading.data) + place.size : 0, end = behind;
	while (end < heading.size && strchr(".:-)] ", heading.data[end]))
		end++;
	if (end == behind)
		return STR_NONE;
	struct str number = place.size > 1 ? record->digits : str_format(arena, "%lld", record->number);
	return str_format(arena, STR_FMT STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(heading, 0, behind - place.size)),
			  STR_ARG(number), STR_ARG(str_sub(heading, behind, end - behind)), STR_ARG(record->title));
}

static void fill_title(struct record_writer *writer, const struct record_new *record)
{
	const struct md *md = writer->md;
	const struct md_heading *heading = record_heading(md);
	const struct fm_field *front = fm_find(&md->front, "title");
	if (front && front->value.str.size && !span_is_none(front->value.span)) {
		size_t off = front->value.span.off;
		bool in_quotes = off > 0 && strchr("\"'", md->source->text.data[off - 1]);
		struct str title = record->title;
		put(writer, front->value.span, in_quotes ? title : quoted(writer->arena, title));
	}
	if (!heading)
		return;
	const struct md_node *node = &md->nodes[heading->node];
	struct str raw = str_sub(md->source->text, node->off, node->size), line = str_cut_line(&raw);
	size_t start = 0;
	while (start < line.size && (line.data[start] == '#' || line.data[start] == ' '))
		start++;
	struct str text =
		record->number >= 0 ? numbered_heading(writer->arena, str_from_off(line, start), record) : STR_NONE;
	if (!text.data)
		text = record_new_heading(writer->arena, writer->style, record);
	put(writer, (struct span){md->source->id, node->off + (uint32_t)start, (uint32_t)(line.size - start)}, text);
}

static void fill_status(struct record_writer *writer, const struct fields *fields, const struct record_new *record)
{
	if (fields_find(fields, KEY_STATUS, ~0u) || writer->style->newest)
		record_write_status(writer, record->status);
}

static void fill_date(struct record_writer *writer, const struct fields *fields, const struct record_new *record)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *field = &fields->list[i];
		if (field->key != KEY_DATE || field->rank || !field->value.str.size)
			continue;
		put(writer, field->value.span, record->date);
		return;
	}
}

/* "- [Link type][link to adr]" names nothing: it is no link yet. Without it the section may be empty. */
static void drop_link_example(struct record_writer *writer)
{
	struct str text = writer->md->source->text;
	size_t at = str_find_nocase(text, STR("[link type]"));
	if (at == SIZE_MAX)
		return;
	struct str before = str_sub(text, 0, at);
	size_t newline = str_rfind_char(before, '\n'), start = newline == SIZE_MAX ? 0 : newline + 1;
	size_t end = str_find_from(text, STR("\n"), at);
	if (str_trim(str_sub(text, start, at - start)).size != 1 || end == SIZE_MAX)
		return;
	if (str_trim(str_from_off(text, end)).size == 0) {
		start = str_trim_right(str_sub(text, 0, start)).size;
		end -= text.data[end - 1] == '\r';
	} else {
		end++;
	}
	put(writer, (struct span){writer->md->source->id, (uint32_t)start, (uint32_t)(end - start)}, STR(""));
}

/* `# status: …` and `# date: …` between the fences of front matter are fields that wait to be used. */
static struct str uncommented(struct arena *arena, const struct record_style *style, struct str text,
			      const struct record_new *record)
{
	struct str status = record_status_words(arena, style, record->status, true, STR("x"));
	struct str rest = text;
	struct buf out = {0};
	bool inside = false, done = false;
	for (size_t line_number = 0; rest.data; line_number++) {
		const char *start = rest.data;
		struct str line = str_cut(&rest, '\n'), words = str_trim_right(line);
		bool fence = str_is(words, "---") || (line_number == 0 && str_is(words, "\xef\xbb\xbf---"));
		done |= line_number == 0 ? !fence : fence;
		inside = !done;
		struct str comment =
			inside && line.size && line.data[0] == '#' ? str_trim(str_from_off(line, 1)) : STR("");
		struct str end = str_from_off(line, words.size);
		if (str_starts(comment, STR("status:")))
			buf_addf(&out, "status: " STR_FMT STR_FMT, STR_ARG(status), STR_ARG(end));
		else if (str_starts(comment, STR("date:")))
			buf_addf(&out, "date: " STR_FMT STR_FMT, STR_ARG(record->date), STR_ARG(end));
		else
			buf_add(&out, (struct str){start, line.size});
		if (rest.data)
			buf_addc(&out, '\n');
	}
	struct str filled = buf_dup(arena, &out);
	buf_free(&out);
	return filled;
}

struct str record_new_filled(struct arena *arena, const struct record_style *style, struct str text,
			     const struct record_new *record)
{
	if (has_word(text, "TITLE") || has_word(text, "NUMBER"))
		return filled_words(arena, style, text, record);
	struct source *source = NEW(arena, struct source);
	text = uncommented(arena, style, text, record);
	*source = (struct source){.kind = SOURCE_MARKDOWN, .path = STR("template.md"), .text = text};
	const struct config_limits *limits = &style->model->config->limits;
	struct md_limits md_limits = {.depth = limits->md_depth, .bytes = limits->md_bytes};
	struct edits edits = {0};
	struct fields fields;
	struct record_writer writer = {arena, style, md_parse(arena, source, &md_limits), &edits};
	size_t skipped;
	fields.config = style->model->config;
	fields_collect(writer.md, &fields);
	fill_title(&writer, record);
	fill_status(&writer, &fields, record);
	fill_date(&writer, &fields, record);
	drop_link_example(&writer);
	return edits_apply(arena, source, &edits, &skipped);
}

const struct source *record_template(const struct model *model, struct str folder)
{
	static const char *const names[] = {"templates/template.md", "template.md",          "adr-template.md",
					    "0000-template.md",      "0000-adr-template.md", "_template.md"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct source *source =
			source_find(model->sources, path_join(model->arena, folder, str_from(names[i])));
		if (source)
			return source;
	}
	for (size_t i = 0; i < model->skipped.n; i++) {
		const struct skipped *skipped = &model->skipped.data[i];
		if (skipped->source && str_eq(path_dir(skipped->path), folder) &&
		    str_starts(str_from(skipped->why), STR("a template")))
			return skipped->source;
	}
	return NULL;
}
