/* text-flattened: a document whose structure was lost on the way. */
#include "check/check.h"

/* Bytes in a line from which on it cannot be an ordinary paragraph with marks in it. */
#define LONG_LINE 400
#define MARKS 3

/* What follows a heading mark in a heading: no small letter, which a sentence about marks has there. */
static bool begins_title(struct str line, size_t at)
{
	return at < line.size && !(line.data[at] >= 'a' && line.data[at] <= 'z') && line.data[at] != ' ';
}

static size_t count_headings(struct str line, size_t *first)
{
	static const char *const marks[] = {" ## ", " ### ", " #### "};
	size_t n = 0;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct str mark = str_from(marks[i]);
		for (size_t at = str_find_from(line, mark, 1); at != SIZE_MAX;
		     at = str_find_from(line, mark, at + mark.size)) {
			if (!begins_title(line, at + mark.size))
				continue;
			n++;
			*first = at < *first ? at : *first;
		}
	}
	return n;
}

/* Marks that only count at the start of a line, found within one. A table's rule counts once. */
static size_t count_marks(struct str line, size_t *first)
{
	static const char *const table_rules[] = {"|---", "| ---", "|:--"};
	size_t n;
	*first = SIZE_MAX;
	n = count_headings(line, first);
	for (size_t i = 0; i < sizeof table_rules / sizeof *table_rules; i++) {
		size_t at = str_find_from(line, str_from(table_rules[i]), 1);
		n += at != SIZE_MAX;
		*first = at < *first ? at : *first;
	}
	return n;
}

/* A table row has bars too, so a line that begins with one is left alone. */
static bool is_one_line(struct check *check, const struct page *page)
{
	struct str rest = page->source->text;
	uint32_t node = 0;
	while (rest.size) {
		struct str line = str_cut_line(&rest);
		size_t first;
		size_t off = (size_t)(line.data - page->source->text.data);
		if (line.size < LONG_LINE || str_starts(str_trim_left(line), STR("|")) ||
		    md_stands_in(page->md, MD_CODE_BLOCK, &node, off) || count_marks(line, &first) < MARKS)
			continue;
		struct diag *diag = check_report(
			check, span_of(page->source, str_sub(line, first, 4)),
			"the line breaks are lost: a heading or a table begins within a line of %zu bytes", line.size);
		check_help(check, diag, "put the line breaks back, or take the document from its source again");
		check_key(check, diag, STR("line breaks"));
		return true;
	}
	return false;
}

static bool is_drawing_at(struct str line)
{
	size_t off = 0;
	uint32_t c = line.size ? utf8_next(line, &off) : 0;
	return c >= 0x2500 && c <= 0x257F;
}

/* A copy of a page as shown: bullets as characters, drawings without a fence, and not one heading. */
static void look_for_copy(struct check *check, const struct page *page)
{
	struct str rest = page->source->text, first = STR_NONE;
	size_t bullets = 0, drawn = 0, lines = 0;
	uint32_t node = 0;
	if (page->md->headings.n || page->md->has_table)
		return;
	while (rest.size) {
		struct str line = str_trim_left(str_cut_line(&rest));
		if (!line.size ||
		    md_stands_in(page->md, MD_CODE_BLOCK, &node, (size_t)(line.data - page->source->text.data)))
			continue;
		bool bullet = str_starts(line, STR("\u2022 ")), drawing = is_drawing_at(line);
		lines++;
		bullets += bullet;
		drawn += drawing;
		if (!first.data && (bullet || drawing))
			first = line;
	}
	if (lines < 20 || bullets + drawn < MARKS)
		return;
	struct diag *diag =
		check_report(check, span_of(page->source, first),
			     "the structure of this document is lost: %zu lines and not one heading, %s", lines,
			     bullets >= drawn ? "list marks as plain characters" : "drawings without a fence");
	check_help(check, diag, "this looks like a copy of a page as shown; take the document from its source again");
	check_key(check, diag, STR("structure"));
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		if (page->md && !is_one_line(check, page))
			look_for_copy(check, page);
	}
}

const struct rule rule_text_flattened = {
	.name = "text-flattened",
	.severity = SEVERITY_WARNING,
	.group = "text",
	.summary = "a document whose line breaks or markdown structure were lost",
	.explain = "A document that went through a chat, a web page or an editor without line ends still looks like "
		   "text and says nothing to a reader of markdown: its headings, tables and lists are gone, and with "
		   "them the facts in its tables. Reported are a long line with several heading marks or table rules "
		   "inside, and a longer document without any heading and table whose lists or drawings are plain "
		   "text. Code blocks, table rows and long paragraphs are left alone.",
	.example = "# Title ## Overview | Node | Role | |---|---| | storm | worker | ## Network ...",
	.cure = "Put the line breaks and marks back, or take the document from its source again.",
	.run = run,
};
