/* decision-mention-unknown: a record is named that no log holds, or a link's text names another record than it leads to. */
#include "check/citations.h"
#include "check/named_records.h"

#include <ctype.h>

enum { NUMBERED_LEAST = 3, NOTES_MAX = 8 };

/* ---- which log is meant ---- */

/* The log that a page's names of records are looked up in: that of its folder, else the only one. NULL: not judged. */
static const struct decision_log *log_of(const struct model *model, const struct page *page)
{
	struct str folder = path_dir(page->source->path);
	for (size_t i = 0; i < model->logs.n; i++)
		if (str_eq(model->logs.data[i]->folder, folder) || model->logs.data[i]->file == page->source)
			return model->logs.data[i];
	const struct decision_log *only = NULL;
	size_t n = 0;
	for (size_t i = 0; i < model->logs.n; i++) {
		if (model->logs.data[i]->estate != page->estate)
			continue;
		only = model->logs.data[i];
		n++;
	}
	return n == 1 && (page->estate || model->logs.n == 1) ? only : NULL;
}

/* Names by number mean something where nearly all records have one. */
static bool counts_records(const struct decision_log *log)
{
	size_t n = 0;
	for (size_t i = 0; i < log->decisions.n; i++)
		n += log->decisions.data[i]->number >= 0;
	return n >= NUMBERED_LEAST && n * 5 >= log->decisions.n * 4;
}

/* What is known of one log. */
struct known {
	const struct decision_log *log;
	bool judged;
	struct map numbers; /* 8 bytes of the number, of every file of the log's folder -> the log */
	size_t width;       /* digits of a padded number; 0: they differ */
	long long last;
};

static struct str number_key(struct arena *arena, long long number)
{
	return (struct str){arena_copy(arena, &number, sizeof number), sizeof number};
}

static size_t digits_of(struct str name)
{
	size_t end = name.size, n = 0;
	while (end && !isdigit((unsigned char)name.data[end - 1]))
		end--;
	while (n < end && isdigit((unsigned char)name.data[end - 1 - n]))
		n++;
	return n;
}

/* Records of every log, and files of the log's folder in whatever form. */
static void read_log(struct check *check, struct known *known)
{
	const struct model *model = check->model;
	const struct listing *listing = model->loaded->listing;
	known->numbers.arena = check->arena;
	known->judged = counts_records(known->log);
	for (size_t i = 0; i < model->decisions.n && known->judged; i++)
		if (model->decisions.data[i]->number >= 0)
			map_put(&known->numbers, number_key(check->arena, model->decisions.data[i]->number), known);
	for (size_t i = 0; listing && i < listing->list.n && known->judged; i++) {
		struct str path = listing->list.data[i].path;
		long long number = decision_number(path_is_under(path, known->log->folder) ? path : STR("x/x.md"));
		if (number >= 0)
			map_put(&known->numbers, number_key(check->arena, number), known);
	}
	for (size_t i = 0; i < known->log->decisions.n; i++) {
		const struct decision *decision = known->log->decisions.data[i];
		if (decision->number < 0)
			continue;
		size_t width = digits_of(decision->id);
		known->width = i && width != known->width ? 0 : width;
		known->last = decision->number > known->last ? decision->number : known->last;
	}
}

/* ---- names without a record ---- */

static bool is_year(struct str digits, long long number, long long last)
{
	return digits.size == 4 && number >= 1900 && number <= 2100 && last < 1000;
}

/* decision-supersession-dangling tells of it. */
static bool is_related(const struct decision *own, long long number)
{
	for (size_t i = 0; own && i < own->relations.n; i++)
		if (own->relations.data[i].target_number == number)
			return true;
	return own && own->title_number == number;
}

static bool is_unknown(struct check *check, const struct known *known, const struct mention *mention)
{
	struct str name = span_text(check->sources, mention->span);
	size_t digits = digits_of(name);
	if (mention->number < 0 || mention->decision || mention->in_link || mention->in_code ||
	    is_related(mention->page->decision, mention->number) ||
	    map_has(&known->numbers, (struct str){(const char *)&mention->number, sizeof mention->number}))
		return false;
	struct str written = str_from_off(name, name.size - digits);
	bool other_width = digits && written.data[0] == '0' && known->width && digits != known->width;
	if (!digits || digits == name.size || other_width || is_year(written, mention->number, known->last))
		return false;
	return mention_naming(mention) == NAMING_PLAIN;
}

static void report_unknown(struct check *check, const struct known *known, const struct mention *mention)
{
	struct str name = span_text(check->sources, mention->span);
	struct diag *diag = check_report(check, mention->span, "no record in " STR_FMT " is " STR_FMT,
					 STR_ARG(known->log->name), STR_ARG(name));
	if (mention->number > known->last)
		check_help(check, diag, "the last record there is %lld; correct the number", known->last);
	else
		check_help(check, diag, "correct the number, or restore the record");
	const struct page *page = mention->page;
	size_t notes = 0;
	for (size_t i = 0; i < page->mentions.n && notes < NOTES_MAX; i++) {
		const struct mention *other = &page->mentions.data[i];
		if (other->span.off <= mention->span.off || other->number != mention->number || other->decision)
			continue;
		check_note(check, diag, other->span, "named here too");
		notes++;
	}
	check_key(check, diag, name);
}

static void check_mentions(struct check *check, const struct known *known, const struct page *page)
{
	struct map told = {.arena = arena_new()};
	for (size_t i = 0; i < page->mentions.n; i++) {
		const struct mention *mention = &page->mentions.data[i];
		struct str key = {(const char *)&mention->number, sizeof mention->number};
		if (mention->entity || map_has(&told, key) || !is_unknown(check, known, mention))
			continue;
		map_put(&told, key, told.arena);
		report_unknown(check, known, mention);
	}
	arena_free(told.arena);
}

/* ---- links ---- */

/* The number that a link's text begins with: "ADR-0012", "0012", "0012: Use X". -1: none that is sure to be one. */
static long long number_in(struct str text)
{
	struct decision_name_found found;
	size_t off = 0, digits = 0;
	long long number;
	text = str_trim(text);
	if (decision_name_next(text, &off, &found) && found.off == 0)
		return found.number;
	while (digits < text.size && isdigit((unsigned char)text.data[digits]))
		digits++;
	bool ends = digits == text.size || strchr(" :-_.", text.data[digits]);
	bool dated = digits == 4 && text.size > 6 && date_parse_iso(text).year;
	if (digits < 3 || digits > 5 || text.data[0] != '0' || !ends || dated)
		return -1;
	return str_to_number(str_sub(text, 0, digits), &number) ? number : -1;
}

/* Columns of numbers are those of decision-index-mismatch. */
static bool in_number_column(struct check *check, const struct md *md, uint32_t node)
{
	uint32_t table = node, row = node, cell = node, column = 0;
	while (table && !(md->nodes[table].kind == MD_TABLE && md->nodes[table].end > node)) {
		table--;
		if (node - table > 20000 || md->nodes[table].kind == MD_PARAGRAPH ||
		    md->nodes[table].kind == MD_HEADING)
			return false;
	}
	for (uint32_t i = table ? md_first(md, table) : 0; i && i < node; i = md_next(md, i, md->nodes[table].end))
		row = i;
	for (uint32_t i = md_first(md, row); i && i < node; i = md_next(md, i, md->nodes[row].end)) {
		column += cell != node;
		cell = i;
	}
	uint32_t head = table ? md_first(md, table) : 0, at = head ? md_first(md, head) : 0;
	while (at && column--)
		at = md_next(md, at, md->nodes[head].end);
	return at && record_column(md_plain(check->arena, md, at)) == COLUMN_NUMBER;
}

static void check_links(struct check *check, const struct page *page)
{
	for (size_t i = 0; i < page->links.n; i++) {
		const struct link *link = &page->links.data[i];
		const struct decision *decision = link->decision;
		if (!decision || decision->number < 0 || link->image || !link->node || link->text.size > 300)
			continue;
		long long number = number_in(link->text);
		if (number < 0 || number == decision->number || number == decision->title_number ||
		    in_number_column(check, page->md, link->node))
			continue;
		size_t n;
		const struct decision *named = model_decision(check->model, page->source->path, number, &n);
		struct diag *diag = check_report(check, md_span(page->md, &page->md->nodes[link->node]),
						 "the text names record %lld, but the link leads to " STR_FMT, number,
						 STR_ARG(path_base(decision->source->path)));
		check_note(check, diag, decision->title.span, "the link leads here");
		if (named)
			check_note(check, diag, named->title.span, "record %lld is this one", number);
		check_help(check, diag, "correct the text or the target");
		check_key(check, diag,
			  str_format(check->arena, STR_FMT " " STR_FMT, STR_ARG(link->text), STR_ARG(link->target)));
	}
}

static struct known *known_of(struct check *check, struct map *known, const struct decision_log *log)
{
	struct known *found = map_find(known, log->folder);
	if (found)
		return found;
	found = NEW(check->arena, struct known);
	found->log = log;
	read_log(check, found);
	map_put(known, log->folder, found);
	return found;
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	struct map known = {.arena = check->arena};
	for (size_t i = 0; model->logs.n && i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		if (!page->md || page_is_template(model, page))
			continue;
		check_links(check, page);
		const struct decision_log *log = page->is_history ? NULL : log_of(model, page);
		const struct known *of_log = log && page->mentions.n ? known_of(check, &known, log) : NULL;
		if (of_log && of_log->judged)
			check_mentions(check, of_log, page);
	}
}

const struct rule rule_decision_mention_unknown = {
	.name = "decision-mention-unknown",
	.severity = SEVERITY_ERROR,
	.group = "decisions",
	.summary = "a decision record is named that does not exist, or a link names another record than it leads to",
	.explain =
		"ADR-0099 in a log of 62 records is a slip of the pen, or a record that was renumbered or never written. "
		"Told where the log that is meant is beyond doubt: the one in the page's folder, else the only one of its "
		"estate or workspace, and only when nearly all of its records have numbers and no file of it has this one.\n\n"
		"Left alone are names in code, in links and in quotes, examples and placeholders (ADR-1234), records of other "
		"projects (\"Cosmos ADR-33\", a link to their log beside it), records that the sentence says are planned or "
		"gone, templates, and pages that record the past.\n\n"
		"A link whose text begins with a record's number must lead to that record.",
	.example = "\"as ADR-0099 decides\"     the last record is ADR-0062",
	.cure = "Correct the number; of a link, the text or the target.",
	.run = run,
};
