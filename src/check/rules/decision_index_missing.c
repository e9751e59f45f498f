/* decision-index-missing: a record that the index of its log does not list, or a row of the index without a record. */
#include "check/citations.h"
#include "check/named_records.h"

#include <ctype.h>

enum { LISTED_LEAST = 3, SHOWN = 8 };

/* Records that people leave out of an index together. */
enum kind { KIND_IN_FORCE, KIND_PENDING, KIND_RETIRED, KINDS };

static enum kind kind_of(const struct decision *decision)
{
	switch (decision->effective_status) {
	case STATUS_DRAFT:
	case STATUS_PROPOSED:
	case STATUS_DEFERRED: return KIND_PENDING;
	case STATUS_REJECTED:
	case STATUS_WITHDRAWN:
	case STATUS_DEPRECATED:
	case STATUS_SUPERSEDED: return KIND_RETIRED;
	default: return KIND_IN_FORCE;
	}
}

/* One index while it is read. */
struct index {
	struct check *check;
	struct arena *arena;
	const struct decision_log *log;
	const struct page *page;
	bool *listed;           /* by place in the log */
	size_t n_listed;        /* records */
	bool lists_kind[KINDS]; /* one of that kind is listed */
	struct citations citations;
	struct map
		numbers; /* bytes of the number of each file beside the records -> itself; made when first asked for */
	long long first_listed; /* number, -1: none */
	struct span last;       /* where the last one is listed */
};

/* ---- what is listed ---- */

/* The digits, the file's name or the title stand somewhere in the text. */
static bool is_spoken_of(const struct index *index, const struct decision *decision)
{
	struct str text = index->page->source->text, id = decision->id;
	size_t start = 0;
	while (start < id.size && !isdigit((unsigned char)id.data[start]))
		start++;
	struct str digits = str_from_off(id, start);
	if (str_find(text, decision->stem) != SIZE_MAX ||
	    (decision->title.str.size && str_find_nocase(text, decision->title.str) != SIZE_MAX))
		return true;
	for (size_t at, from = 0; (at = str_find_from(text, digits, from)) != SIZE_MAX && digits.size; from = at + 1) {
		bool ends = at + digits.size == text.size || !isdigit((unsigned char)text.data[at + digits.size]);
		if (ends && (at == 0 || !isalnum((unsigned char)text.data[at - 1])))
			return true;
	}
	return false;
}

static void read_listed(struct index *index)
{
	const struct citations *citations = &index->citations;
	struct map cited = {.arena = index->arena};
	for (size_t i = 0; i < citations->list.n; i++) {
		const struct decision *decision = citations->list.data[i].decision;
		if (decision->log != index->log)
			continue;
		map_put(&cited, decision->path, index);
		index->last = citations->list.data[i].span;
	}
	index->first_listed = -1;
	for (size_t i = 0; i < index->log->decisions.n; i++) {
		const struct decision *decision = index->log->decisions.data[i];
		index->listed[i] = map_has(&cited, decision->path);
		if (!index->listed[i])
			continue;
		index->n_listed++;
		index->lists_kind[kind_of(decision)] = true;
		if (index->first_listed < 0)
			index->first_listed = decision->number;
	}
}

/* Made by lintel: generated-stale tells. */
static bool is_generated(const struct index *index)
{
	struct regions regions = {0};
	if (str_find(index->page->source->text, STR("lintel:begin")) != SIZE_MAX)
		regions = regions_find(index->arena, index->check->model, index->page);
	for (size_t i = 0; i < regions.list.n; i++)
		if (str_is(regions.list.data[i].kind.str, "decision-index"))
			return true;
	return false;
}

/* ---- records without a row ---- */

/* Left out on purpose: a kind of record of which none is listed, or what is older than all that are. */
static bool is_left_out(const struct index *index, const struct decision *decision)
{
	enum kind kind = kind_of(decision);
	if (kind != KIND_IN_FORCE && !index->lists_kind[kind])
		return true;
	return decision->number >= 0 && decision->number < index->first_listed;
}

static void report_missing(struct index *index)
{
	struct check *check = index->check;
	struct str names[SHOWN + 1];
	const struct decision *missing[SHOWN];
	size_t n = 0, total = 0;
	for (size_t i = 0; i < index->log->decisions.n; i++) {
		const struct decision *decision = index->log->decisions.data[i];
		if (index->listed[i] || is_left_out(index, decision) || is_spoken_of(index, decision))
			continue;
		total++;
		if (n == SHOWN)
			continue;
		missing[n] = decision;
		names[n++] = decision_name(check->arena, decision);
	}
	if (!total)
		return;
	struct str list = str_join(check->arena, names, n, STR(", "));
	struct diag *diag = check_report(check, index->last, "the index does not list " STR_FMT "%s", STR_ARG(list),
					 total > n ? " and more" : "");
	for (size_t i = 0; i < n; i++)
		check_note(check, diag, missing[i]->title.span, "the record");
	check_help(check, diag, "list %s, or let the table be generated: <!-- lintel:begin decision-index -->",
		   total == 1 ? "it" : "them");
	check_key(check, diag, list);
}

/* ---- rows without a record ---- */

static bool has_number(struct index *index, long long number)
{
	const struct listing *listing = index->check->model->loaded->listing;
	size_t n;
	if (model_decision(index->check->model, index->page->source->path, number, &n) || n)
		return true;
	bool is_made = index->numbers.arena;
	index->numbers.arena = index->arena;
	for (size_t i = 0; listing && !is_made && i < listing->list.n; i++) {
		struct str path = listing->list.data[i].path;
		long long *own = NEW(index->arena, long long);
		*own = str_eq(path_dir(path), index->log->folder) ? decision_number(path) : -1;
		map_put(&index->numbers, (struct str){(const char *)own, sizeof *own}, own);
	}
	return map_has(&index->numbers, (struct str){(const char *)&number, sizeof number});
}

static bool holds(const struct md *md, uint32_t node, enum md_kind kind)
{
	for (uint32_t i = node; i < md->nodes[node].end; i++)
		if (md->nodes[i].kind == kind)
			return true;
	return false;
}

/* The number alone in its cell: a name ("ADR-0063") is that of decision-mention-unknown. */
static void check_row(struct index *index, uint32_t row, uint32_t cell)
{
	const struct md *md = index->page->md;
	struct str text = str_trim(md_plain(index->arena, md, cell));
	long long number;
	if (text.size < 3 || text.size > 5 || !str_to_number(text, &number) || number == 0 || holds(md, row, MD_LINK) ||
	    holds(md, row, MD_STRIKE) || has_number(index, number) || says_absent(md_plain(index->arena, md, row)))
		return;
	struct diag *diag = check_report(index->check, md_span(md, &md->nodes[cell]),
					 "the index lists " STR_FMT ", and " STR_FMT " holds no such record",
					 STR_ARG(text), STR_ARG(index->log->name));
	check_help(index->check, diag, "take the row out, or restore the record");
	check_key(index->check, diag, text);
}

static void check_table(struct index *index, uint32_t table)
{
	const struct md *md = index->page->md;
	uint32_t head = md_first(md, table), column = 0, end = md->nodes[table].end;
	const struct citations *all = &index->citations;
	size_t n = 0;
	for (size_t i = citations_from(all, table); i < all->list.n && all->list.data[i].node < end; i++)
		n += all->list.data[i].decision->log == index->log;
	uint32_t at = head ? md_first(md, head) : 0;
	while (at && record_column(md_plain(index->arena, md, at)) != COLUMN_NUMBER) {
		at = md_next(md, at, md->nodes[head].end);
		column++;
	}
	for (uint32_t row = at && n >= LISTED_LEAST ? md_next(md, head, end) : 0; row; row = md_next(md, row, end)) {
		uint32_t cell = md_first(md, row);
		for (uint32_t k = 0; k < column && cell; k++)
			cell = md_next(md, cell, md->nodes[row].end);
		if (cell)
			check_row(index, row, cell);
	}
}

/* ---- logs ---- */

static void check_log(struct check *check, const struct decision_log *log)
{
	const struct page *page = log->index ? map_find(&check->model->page_by_path, log->index->path) : NULL;
	if (!page || !page->md)
		return;
	struct index index = {.check = check, .arena = arena_new(), .log = log, .page = page};
	index.listed = NEW_ARRAY(index.arena, bool, log->decisions.n + 1);
	index.citations = citations_of(index.arena, page);
	read_listed(&index);
	bool is_whole = index.n_listed >= LISTED_LEAST && index.n_listed * 3 >= log->decisions.n * 2;
	if (is_whole && !is_generated(&index)) {
		report_missing(&index);
		for (uint32_t i = 0; i < page->md->n && page->md->has_table; i++)
			if (page->md->nodes[i].kind == MD_TABLE)
				check_table(&index, i);
	}
	arena_free(index.arena);
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->logs.n; i++)
		check_log(check, check->model->logs.data[i]);
}

const struct rule rule_decision_index_missing = {
	.name = "decision-index-missing",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a record that the index of its log does not list, or a row of the index without a record",
	.explain =
		"Who looks for a decision looks into the index; a record that is not there is not found. Judged is the README "
		"or index of a log when it lists three records and two thirds of them at least. A record counts as listed when "
		"its number, file name or title stands anywhere on the page.\n\n"
		"An index may leave out on purpose what is superseded, rejected or still proposed, and what is older than all "
		"that it lists: then such records are not missed. A row whose number belongs to no record is told of, unless "
		"it says that the record is planned, reserved or gone; a row with a link that leads nowhere is told of as "
		"link-missing-file.",
	.example = "0017-use-opentelemetry.md stands beside an index that ends at 0016",
	.cure = "Add the row, or let the table be generated.",
	.run = run,
};
