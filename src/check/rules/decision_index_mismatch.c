/* decision-index-mismatch: a table that lists records says something else than the record itself. */
#include "check/citations.h"

#include <ctype.h>

enum { COLUMNS = 16, ROWS_LEAST = 3 };

/* A row that is about one record. */
struct record_row {
	uint32_t cells[COLUMNS];
	size_t n;
	const struct decision *decision;
};

/* One table while it is read. */
struct record_table {
	struct check *check;
	struct arena *arena;
	const struct page *page;
	const struct citations *citations;
	enum record_column columns[COLUMNS];
	size_t n_columns;
	VEC(struct record_row) rows;
	bool is_index; /* lists most of a log: what it calls records are their titles */
};

static struct str cell_text(const struct record_table *table, uint32_t cell)
{
	return str_trim(md_plain(table->arena, table->page->md, cell));
}

/* The cell named, without blanks around it. */
static struct span cell_span(const struct record_table *table, uint32_t cell)
{
	return md_span(table->page->md, &table->page->md->nodes[cell]);
}

/* ---- rows ---- */

static const struct citation *citation_in(const struct record_table *table, uint32_t node)
{
	size_t i = citations_from(table->citations, node);
	bool inside =
		i < table->citations->list.n && table->citations->list.data[i].node < table->page->md->nodes[node].end;
	return inside ? &table->citations->list.data[i] : NULL;
}

static const struct decision *numbered(const struct record_table *table, long long number)
{
	size_t n;
	return number < 0 ? NULL : model_decision(table->check->model, table->page->source->path, number, &n);
}

static bool is_link(const struct record_table *table, const struct citation *citation)
{
	return citation && table->page->md->nodes[citation->node].kind == MD_LINK;
}

/* A link in the cells that name the record, else the record they call by name. In cells of status or succession stand
 * other records. */
static const struct decision *row_decision(const struct record_table *table, const struct record_row *row)
{
	const struct decision *named = NULL;
	for (size_t i = 0; i < row->n && i < table->n_columns; i++) {
		enum record_column column = table->columns[i];
		const struct citation *citation = citation_in(table, row->cells[i]);
		if (!citation || column == COLUMN_STATUS || column == COLUMN_SUCCESSOR ||
		    column == COLUMN_PREDECESSOR || (column == COLUMN_OTHER && i > 1))
			continue;
		if (is_link(table, citation))
			return citation->decision;
		named = named ? named : citation->decision;
	}
	return named;
}

static void read_heads(struct record_table *table, uint32_t row)
{
	const struct md *md = table->page->md;
	for (uint32_t i = md_first(md, row); i && table->n_columns < COLUMNS; i = md_next(md, i, md->nodes[row].end))
		table->columns[table->n_columns++] = record_column(cell_text(table, i));
}

static void read_row(struct record_table *table, uint32_t node)
{
	const struct md *md = table->page->md;
	struct record_row row = {.n = 0};
	for (uint32_t i = md_first(md, node); i && row.n < COLUMNS; i = md_next(md, i, md->nodes[node].end)) {
		for (uint32_t k = i; k < md->nodes[i].end; k++)
			if (md->nodes[k].kind == MD_STRIKE)
				return;
		row.cells[row.n++] = i;
	}
	row.decision = row_decision(table, &row);
	if (row.decision)
		vec_add(table->arena, &table->rows, row);
}

/* ---- findings ---- */

static void note_record(struct record_table *table, struct diag *diag, const struct decision *decision,
			struct span span)
{
	check_note(table->check, diag, span_is_none(span) || !span.size ? decision->title.span : span, "the record");
	struct str about = decision_name(table->check->arena, decision);
	check_key(table->check, diag,
		  str_format(table->check->arena, STR_FMT " " STR_FMT, STR_ARG(about), STR_ARG(diag->message)));
}

/* ---- number ---- */

static void check_number(struct record_table *table, const struct record_row *row, uint32_t cell)
{
	struct str text = cell_text(table, cell);
	long long number = decision_number(text);
	/* A short number outside of a link counts rows. */
	if (!citation_in(table, cell) && text.size < 3)
		return;
	if (number < 0 || row->decision->number < 0 || number == row->decision->number)
		return;
	for (size_t i = 0; i < text.size; i++)
		if (isspace((unsigned char)text.data[i]))
			return;
	struct diag *diag = check_report(table->check, cell_span(table, cell),
					 "the row is numbered " STR_FMT ", but its record is " STR_FMT, STR_ARG(text),
					 STR_ARG(decision_name(table->check->arena, row->decision)));
	note_record(table, diag, row->decision, row->decision->title.span);
	check_help(table->check, diag, "write " STR_FMT ", or list another record", STR_ARG(row->decision->id));
}

/* ---- title ---- */

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static struct str next_word(struct str *rest)
{
	size_t start = 0, end;
	while (start < rest->size && !is_word_byte(rest->data[start]))
		start++;
	for (end = start; end < rest->size && is_word_byte(rest->data[end]); end++)
		;
	struct str word = str_sub(*rest, start, end - start);
	*rest = str_from_off(*rest, end);
	return word;
}

/* Words that titles gain and lose: verbs of deciding, articles, prepositions. */
static bool is_filler(struct str word)
{
	static const char *const fillers[] = {
		"a",  "an",   "the", "use", "using", "adopt", "choose", "for",  "of",  "to",   "in",
		"on", "with", "and", "or",  "as",    "by",    "via",    "from", "at",  "is",   "are",
		"be", "our",  "adr", "we",  "will",  "keep",  "select", "pick", "all", "into", "strategy"};
	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
		if (str_eq_nocase(word, str_from(fillers[i])))
			return true;
	return word.size < 4 && isdigit((unsigned char)word.data[0]);
}

/* One begins as the other for four letters: tests and test, Postgres and PostgreSQL. */
static bool same_stem(struct str a, struct str b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	if (size < 4)
		return str_eq_nocase(a, b);
	size = size > 6 ? size - 2 : size;
	return str_starts_nocase(a, str_sub(b, 0, size));
}

struct shared {
	size_t n, shared; /* words of one title that are no filler, and those the other has too */
};

static struct shared words_shared(struct str a, struct str b)
{
	struct shared result = {0};
	for (struct str word; result.n < 40 && (word = next_word(&a)).size;) {
		bool has = false;
		if (is_filler(word))
			continue;
		struct str rest = b;
		for (struct str other; !has && (other = next_word(&rest)).size;)
			has = same_stem(word, other);
		result.n++;
		result.shared += has;
	}
	return result;
}

/* Titles are shortened and put in other words in an index: only one that says another thing differs. */
static bool differ(struct str shown, struct str title)
{
	struct shared there = words_shared(shown, title), back = words_shared(title, shown);
	if (!there.n || !back.n)
		return false;
	return there.shared * 10 < there.n * 6 && back.shared * 10 < back.n * 6;
}

static void check_title(struct record_table *table, const struct record_row *row, uint32_t cell)
{
	struct str text = cell_text(table, cell), title = row->decision->title.str;
	if (!title.size || !text.size || text.size > 300 || decision_number(text) >= 0 || !differ(text, title))
		return;
	struct diag *diag =
		check_report(table->check, cell_span(table, cell),
			     "the title of " STR_FMT " is \"" STR_FMT "\", not \"" STR_FMT "\"",
			     STR_ARG(decision_name(table->check->arena, row->decision)), STR_ARG(title), STR_ARG(text));
	note_record(table, diag, row->decision, row->decision->title.span);
	check_help(table->check, diag, "write " STR_FMT, STR_ARG(title));
}

/* ---- status ---- */

/* Words that people use for one another. */
static enum status class_of(enum status status)
{
	switch (status) {
	case STATUS_DRAFT: return STATUS_PROPOSED;
	case STATUS_WITHDRAWN: return STATUS_REJECTED;
	default: return status;
	}
}

/* Tables of tasks have a status too: open, done, in progress. Only an index may use such words for records. */
static bool is_of_a_record(const struct record_table *table, struct str text)
{
	static const char *const words[] = {"proposed",   "accepted",  "rejected", "superseded", "superceded",
					    "deprecated", "withdrawn", "deferred", "draft",      "replaced",
					    "obsolete",   "retired",   "approved", "adopted",    "obsoleted"};
	struct str word = next_word(&text);
	while (word.size && (unsigned char)word.data[0] >= 0x80)
		word = next_word(&text);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(word, str_from(words[i])))
			return true;
	return table->is_index;
}

/* A cell that holds one word, perhaps emphasised, says the status in that word's letter case. */
static void fix_status(struct record_table *table, struct diag *diag, uint32_t cell, enum status status)
{
	struct str word = span_text(table->check->sources, cell_span(table, cell));
	struct str name = str_from(status_name(status));
	struct buf out = {0};
	while (word.size && strchr("*_`", word.data[0]))
		word = str_from_off(word, 1);
	while (word.size && strchr("*_`", word.data[word.size - 1]))
		word.size--;
	for (size_t i = 0; i < word.size; i++)
		if (!isalpha((unsigned char)word.data[i]))
			return;
	for (size_t i = 0; i < name.size; i++) {
		bool upper = word.size > 1 && isupper((unsigned char)word.data[i ? 1 : 0]);
		buf_addc(&out, upper ? (char)toupper((unsigned char)name.data[i]) : name.data[i]);
	}
	if (word.size)
		check_fix(table->check, diag, span_of(table->page->source, word), buf_dup(table->check->arena, &out));
	buf_free(&out);
}

static bool check_status(struct record_table *table, const struct record_row *row, uint32_t cell)
{
	const struct decision *decision = row->decision;
	struct str text = cell_text(table, cell);
	enum status status = class_of(status_parse(table->check->config, text));
	if (!is_of_a_record(table, text) || status == STATUS_NONE || status == STATUS_UNKNOWN ||
	    decision->effective_status == STATUS_NONE || decision->effective_status == STATUS_UNKNOWN ||
	    status == class_of(decision->status) || status == class_of(decision->effective_status))
		return false;
	struct diag *diag = check_report(table->check, cell_span(table, cell), STR_FMT " is %s, not %s",
					 STR_ARG(decision_name(table->check->arena, decision)),
					 status_name(decision->effective_status),
					 status_name(status_parse(table->check->config, text)));
	note_record(table, diag, decision, decision->status_text.span);
	check_help(table->check, diag, "write %s, or change the record", status_name(decision->effective_status));
	fix_status(table, diag, cell, decision->effective_status);
	return true;
}

/* ---- succession ---- */

/* The record that "superseded by [61](…)", "superseded by 0061" or a cell of its own names; NULL: none known. */
static const struct decision *named_in(const struct record_table *table, uint32_t cell, bool after_by)
{
	const struct citation *citation = citation_in(table, cell);
	if (citation)
		return citation->decision;
	struct str text = cell_text(table, cell);
	size_t by = after_by ? str_find_nocase(text, STR(" by ")) : 0;
	if (by == SIZE_MAX)
		return NULL;
	text = str_trim(str_from_off(text, after_by ? by + 4 : 0));
	size_t size = 0;
	while (size < text.size && !isspace((unsigned char)text.data[size]) && !strchr(",;()", text.data[size]))
		size++;
	return date_find(text).form == DATE_NONE ? numbered(table, decision_number(str_sub(text, 0, size))) : NULL;
}

static bool precedes(const struct decision *older, const struct decision *newer)
{
	struct successors successors = successors_of(older);
	return is_successor(&successors, newer);
}

static void check_successor(struct record_table *table, const struct record_row *row, uint32_t cell, bool is_status)
{
	const struct decision *decision = row->decision;
	struct successors known = successors_of(decision);
	if (is_status && status_parse(table->check->config, cell_text(table, cell)) != STATUS_SUPERSEDED)
		return;
	const struct decision *said = named_in(table, cell, is_status);
	if (!said || said == decision || is_successor(&known, said) || (!known.n && is_status))
		return;
	struct str name = decision_name(table->check->arena, decision);
	struct str other = decision_name(table->check->arena, said);
	struct diag *diag =
		known.n ? check_report(table->check, cell_span(table, cell),
				       STR_FMT " is superseded by " STR_FMT ", not by " STR_FMT, STR_ARG(name),
				       STR_ARG(decision_name(table->check->arena, known.list[0])), STR_ARG(other))
			: check_report(table->check, cell_span(table, cell),
				       STR_FMT " is not superseded by " STR_FMT ": neither record says so",
				       STR_ARG(name), STR_ARG(other));
	note_record(table, diag, decision, decision->status_text.span);
	check_help(table->check, diag, "write what the record says, or change the record");
}

static void check_predecessor(struct record_table *table, const struct record_row *row, uint32_t cell)
{
	const struct decision *said = named_in(table, cell, false);
	if (!said || said == row->decision || precedes(said, row->decision))
		return;
	for (size_t i = 0; i < row->decision->relations.n; i++)
		if (row->decision->relations.data[i].target == said)
			return;
	struct str name = decision_name(table->check->arena, row->decision);
	struct str other = decision_name(table->check->arena, said);
	struct diag *diag = check_report(table->check, cell_span(table, cell),
					 STR_FMT " does not supersede " STR_FMT ": neither record says so",
					 STR_ARG(name), STR_ARG(other));
	note_record(table, diag, row->decision, row->decision->title.span);
	check_help(table->check, diag, "write what the record says, or change the record");
}

/* ---- dates ---- */

enum date_says { DATE_SAYS_NOTHING, DATE_SAYS_SAME, DATE_SAYS_OTHER };

static bool same_date(struct date_found found, struct date date)
{
	bool month_only = found.form == DATE_OTHER && found.date.day <= 1;
	return found.date.year == date.year && found.date.month == date.month &&
	       (month_only || found.date.day == date.day);
}

/* Any date of the one among any of the other: "2025-12-15 (Updated: 2026-02-02)". */
static bool holds_date(struct str text, struct date date)
{
	for (size_t i = 0; i < text.size; i++) {
		bool starts = i == 0 || !is_word_byte(text.data[i - 1]);
		struct date_found found =
			starts ? date_find(str_from_off(text, i)) : (struct date_found){.form = DATE_NONE};
		if (found.form != DATE_NONE && found.form != DATE_INVALID && same_date(found, date))
			return true;
	}
	return false;
}

static enum date_says date_says(const struct record_table *table, const struct record_row *row, uint32_t cell)
{
	const struct decision *decision = row->decision;
	struct str text = cell_text(table, cell);
	struct date_found found = date_find(text);
	bool readable = found.form == DATE_ISO || found.form == DATE_OTHER;
	bool known = (decision->date_form == DATE_ISO || decision->date_form == DATE_OTHER) && decision->date.year;
	if (text.size > 100 || decision->date_text.str.size > 200 || !readable || !known)
		return DATE_SAYS_NOTHING;
	bool same = holds_date(text, decision->date) || holds_date(decision->date_text.str, found.date);
	return same ? DATE_SAYS_SAME : DATE_SAYS_OTHER;
}

/* A column of another kind of date agrees with the records only here and there. Of a date column one row must agree,
 * of "last updated" and the like most. */
static bool is_date_of_records(const struct record_table *table, size_t column)
{
	size_t same = 0, other = 0;
	for (size_t i = 0; i < table->rows.n; i++) {
		const struct record_row *row = &table->rows.data[i];
		enum date_says says = column < row->n ? date_says(table, row, row->cells[column]) : DATE_SAYS_NOTHING;
		same += says == DATE_SAYS_SAME;
		other += says == DATE_SAYS_OTHER;
	}
	return table->columns[column] == COLUMN_DATE ? same >= 2 && same >= other : same >= 3 * other && same >= 3;
}

static void check_dates(struct record_table *table, size_t column)
{
	if (!is_date_of_records(table, column))
		return;
	for (size_t i = 0; i < table->rows.n; i++) {
		const struct record_row *row = &table->rows.data[i];
		if (column >= row->n || date_says(table, row, row->cells[column]) != DATE_SAYS_OTHER)
			continue;
		struct str date = date_format(table->check->arena, row->decision->date);
		struct diag *diag = check_report(table->check, cell_span(table, row->cells[column]),
						 "the date of " STR_FMT " is " STR_FMT ", not " STR_FMT,
						 STR_ARG(decision_name(table->check->arena, row->decision)),
						 STR_ARG(date), STR_ARG(cell_text(table, row->cells[column])));
		note_record(table, diag, row->decision, row->decision->date_text.span);
		check_help(table->check, diag, "write " STR_FMT ", or change the record", STR_ARG(date));
	}
}

/* ---- tables ---- */

static void check_cell(struct record_table *table, const struct record_row *row, size_t column)
{
	uint32_t cell = row->cells[column];
	switch (table->columns[column]) {
	case COLUMN_NUMBER: check_number(table, row, cell); break;
	case COLUMN_TITLE:
		if (table->is_index)
			check_title(table, row, cell);
		break;
	case COLUMN_STATUS:
		if (!check_status(table, row, cell))
			check_successor(table, row, cell, true);
		break;
	case COLUMN_SUCCESSOR: check_successor(table, row, cell, false); break;
	case COLUMN_PREDECESSOR: check_predecessor(table, row, cell); break;
	default: break;
	}
}

static bool lists_most(const struct record_table *table)
{
	const struct decision_log *log = table->rows.data[0].decision->log;
	return log->index == table->page->source || table->rows.n * 2 > log->decisions.n;
}

/* A table too short to tell that it lists records: a row that begins with the record, or with its status, is about the
 * record and no other thing. */
static void check_short(struct record_table *table)
{
	for (size_t i = 0; i < table->rows.n; i++) {
		const struct record_row *row = &table->rows.data[i];
		size_t status = 0;
		while (status < table->n_columns && table->columns[status] != COLUMN_STATUS)
			status++;
		size_t record = status == 0 ? 1 : 0;
		const struct citation *citation = record < row->n ? citation_in(table, row->cells[record]) : NULL;
		if (status < row->n && is_link(table, citation) && citation->decision == row->decision)
			check_cell(table, row, status);
	}
}

static void check_table(struct check *check, const struct page *page, const struct citations *citations, uint32_t node)
{
	struct arena *arena = arena_new();
	const struct md *md = page->md;
	struct record_table table = {.check = check, .arena = arena, .page = page, .citations = citations};
	for (uint32_t row = md_first(md, node); row; row = md_next(md, row, md->nodes[node].end))
		if (md->nodes[row].flags & MD_HEADER)
			read_heads(&table, row);
		else
			read_row(&table, row);
	bool of_log = table.rows.n && table.rows.data[0].decision->log->index == page->source;
	if (table.rows.n >= ROWS_LEAST || of_log) {
		table.is_index = lists_most(&table);
		for (size_t i = 0; i < table.rows.n; i++)
			for (size_t k = 0; k < table.rows.data[i].n && k < table.n_columns; k++)
				check_cell(&table, &table.rows.data[i], k);
		for (size_t k = 0; k < table.n_columns; k++)
			if (table.columns[k] == COLUMN_DATE || table.columns[k] == COLUMN_OTHER_DATE)
				check_dates(&table, k);
	} else {
		check_short(&table);
	}
	arena_free(arena);
}

static void check_page(struct check *check, const struct page *page)
{
	struct arena *arena = arena_new();
	struct citations citations = citations_of(arena, page);
	for (uint32_t i = 0; i < page->md->n && citations.list.n; i++)
		if (page->md->nodes[i].kind == MD_TABLE) {
			size_t first = citations_from(&citations, i);
			if (first < citations.list.n && citations.list.data[first].node < page->md->nodes[i].end)
				check_table(check, page, &citations, i);
		}
	arena_free(arena);
}

static void run(struct check *check)
{
	for (size_t i = 0; check->model->decisions.n && i < check->model->pages.n; i++) {
		const struct page *page = check->model->pages.data[i];
		if (page->md && page->md->has_table && !page->is_history && !page->decision)
			check_page(check, page);
	}
}

const struct rule rule_decision_index_mismatch = {
	.name = "decision-index-mismatch",
	.severity = SEVERITY_ERROR,
	.group = "decisions",
	.summary = "a table that lists records says another status, title, date, number or successor than the record",
	.explain =
		"An index of decisions is a copy, and copies age: a record is accepted or superseded, and its row still reads "
		"proposed. Judged are the index of a log and every table with three rows or more that link to records or name "
		"them as ADR-0004 (of shorter ones the status beside a link that begins the row), cell by cell under the heads status, date, number, superseded by, supersedes, and in tables "
		"that list most of a log title or decision.\n\n"
		"A status is read as in a record, so an emoji or a remark beside it does no harm; draft and proposed are one, "
		"and so are rejected and withdrawn. Titles may be shortened and put in other words; they differ when most "
		"words do. A date column whose dates are mostly not those of the records holds dates of another kind and is "
		"left alone.",
	.example = "| [0007](0007-use-kserve.md) | accepted |     the record is superseded by 0011",
	.cure = "Write in the table what the record says, or let the table be generated.",
	.run = run,
};
