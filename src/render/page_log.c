/* The index of a decision log: counts, the records by what has become of them, timeline and supersession. A log with
 * too many records for one page has a page for each year. */
#include "render/pages.h"

/* Records on one page, and among the newest of a log that has more. */
enum { LOG_WHOLE = 400, NEWEST_SHOWN = 50 };

/* ---- what has become of a record ---- */

enum log_group { GROUP_PROPOSED, GROUP_IN_FORCE, GROUP_SUPERSEDED, GROUP_DROPPED, GROUP_UNKNOWN, GROUPS };

static const struct {
	const char *title, *anchor;
} group_words[GROUPS] = {
	[GROUP_PROPOSED] = {"Proposed", "proposed"},
	[GROUP_IN_FORCE] = {"In force today", "in-force-today"},
	[GROUP_SUPERSEDED] = {"Superseded, with successor", "superseded"},
	[GROUP_DROPPED] = {"Deprecated, rejected or withdrawn", "deprecated-rejected-or-withdrawn"},
	[GROUP_UNKNOWN] = {"Without a known status", "without-a-known-status"},
};

static enum log_group group_of(const struct decision *decision)
{
	switch (decision->effective_status) {
	case STATUS_DRAFT:
	case STATUS_PROPOSED:
	case STATUS_DEFERRED: return GROUP_PROPOSED;
	case STATUS_ACCEPTED: return GROUP_IN_FORCE;
	case STATUS_SUPERSEDED: return GROUP_SUPERSEDED;
	case STATUS_DEPRECATED:
	case STATUS_REJECTED:
	case STATUS_WITHDRAWN: return GROUP_DROPPED;
	default: return GROUP_UNKNOWN;
	}
}

/* ---- tables ---- */

/* Some records of a log, and what of them is worth a column. */
struct rows {
	const struct decision *const *decisions;
	size_t n;
	bool statuses, dates, tags, successors;
};

static struct rows rows_of(const struct decision *const *decisions, size_t n)
{
	struct rows rows = {.decisions = decisions, .n = n};
	for (size_t i = 0; i < n; i++) {
		rows.statuses = rows.statuses || decisions[i]->effective_status != STATUS_NONE;
		rows.dates = rows.dates || decisions[i]->date.year || decisions[i]->date_text.str.size;
		rows.tags = rows.tags || decisions[i]->tags.n;
	}
	return rows;
}

static void write_tags(struct writer *writer, const struct decision *decision)
{
	for (size_t i = 0; i < decision->tags.n; i++) {
		buf_adds(writer->out, i ? " <span class=\"tag\">" : "<span class=\"tag\">");
		write_tag_links(writer, &decision->tags.data[i], 1);
		buf_adds(writer->out, "</span>");
	}
}

static void write_successor(struct writer *writer, const struct decision *decision)
{
	struct successors successors = successors_of(decision);
	buf_adds(writer->out, "<td class=\"successor\">");
	if (successors.n) {
		buf_adds(writer->out, decision->effective_status == STATUS_ACCEPTED ? "in part by " : "by ");
		write_decision_as(writer, successors.list[0], decision_name(writer->arena, successors.list[0]));
	}
	buf_adds(writer->out, "</td>");
}

static void write_row(struct writer *writer, const struct decision *decision, const struct rows *rows)
{
	const char *status = status_name(decision->effective_status);
	buf_addf(writer->out, "<tr data-status=\"%s\"", status ? status : "");
	if (decision->tags.n) {
		buf_adds(writer->out, " data-tags=\"");
		for (size_t i = 0; i < decision->tags.n; i++) {
			buf_adds(writer->out, i ? "|" : "");
			html_attr(writer->out, decision->tags.data[i].str);
		}
		buf_addc(writer->out, '"');
	}
	buf_adds(writer->out, "><td class=\"number\">");
	html_text(writer->out, decision->number >= 0 ? decision->id : STR(""));
	buf_adds(writer->out, "</td><td class=\"title\">");
	write_decision_as(writer, decision,
			  decision->title.str.size ? decision->title.str : page_title(decision->page));
	buf_adds(writer->out, "</td>");
	if (rows->statuses) {
		buf_adds(writer->out, "<td class=\"state\">");
		write_status(writer, decision->effective_status);
		buf_adds(writer->out, "</td>");
	}
	if (rows->dates) {
		buf_adds(writer->out, "<td class=\"date\">");
		write_decision_date(writer, decision);
		buf_adds(writer->out, "</td>");
	}
	if (rows->successors)
		write_successor(writer, decision);
	if (rows->tags) {
		buf_adds(writer->out, "<td>");
		write_tags(writer, decision);
		buf_adds(writer->out, "</td>");
	}
	buf_adds(writer->out, "</tr>\n");
}

static void begin_rows(struct writer *writer, const char *label, const struct rows *rows)
{
	const char *heads[6] = {"No.", "Title"};
	size_t n = 2;
	if (rows->statuses)
		heads[n++] = "Status";
	if (rows->dates)
		heads[n++] = "Date";
	if (rows->successors)
		heads[n++] = "Superseded";
	if (rows->tags)
		heads[n++] = "Tags";
	begin_table(writer, label, heads, n);
}

static void write_group(struct writer *writer, enum log_group group, const struct rows *of)
{
	struct rows rows = *of;
	size_t n = 0;
	bool deferred = false;
	for (size_t i = 0; i < rows.n; i++) {
		if (group_of(rows.decisions[i]) != group)
			continue;
		n++;
		deferred = deferred || rows.decisions[i]->effective_status == STATUS_DEFERRED;
		rows.successors = rows.successors || successors_of(rows.decisions[i]).n;
	}
	if (!n)
		return;
	const char *title = deferred ? "Proposed or deferred" : group_words[group].title;
	buf_adds(writer->out, "<div class=\"log-group\">\n");
	write_heading(writer, 3, str_from(title), str_from(group_words[group].anchor));
	begin_rows(writer, title, &rows);
	for (size_t i = 0; i < rows.n; i++)
		if (group_of(rows.decisions[i]) == group)
			write_row(writer, rows.decisions[i], &rows);
	end_table(writer);
	buf_adds(writer->out, "</div>\n");
}

static void write_groups(struct writer *writer, const struct rows *rows)
{
	buf_adds(writer->out, "<div class=\"log\" data-filter=\"status\">\n");
	for (int group = 0; group < GROUPS; group++)
		write_group(writer, (enum log_group)group, rows);
	buf_adds(writer->out, "</div>\n");
}

static void write_counts(struct writer *writer, const struct decision *const *decisions, size_t n_decisions)
{
	static const enum status order[] = {STATUS_PROPOSED,   STATUS_DRAFT,      STATUS_DEFERRED, STATUS_ACCEPTED,
					    STATUS_SUPERSEDED, STATUS_DEPRECATED, STATUS_REJECTED, STATUS_WITHDRAWN,
					    STATUS_UNKNOWN,    STATUS_NONE};
	buf_adds(writer->out, "<ul class=\"counts\">\n");
	buf_addf(writer->out, "<li><strong>%zu</strong> %s</li>\n", n_decisions,
		 n_decisions == 1 ? "record" : "records");
	for (size_t s = 0; s < sizeof order / sizeof *order; s++) {
		size_t n = 0;
		for (size_t i = 0; i < n_decisions; i++)
			n += decisions[i]->effective_status == order[s];
		const char *name = order[s] == STATUS_UNKNOWN ? "of unknown status" : status_name(order[s]);
		if (n)
			buf_addf(writer->out, "<li><strong>%zu</strong> %s</li>\n", n, name ? name : "without status");
	}
	buf_adds(writer->out, "</ul>\n");
}

/* ---- a log of many pages ---- */

const struct log_parts *log_parts_of(const struct site *site, const struct decision_log *log)
{
	return map_find(&site->nav->parts_of_log, log->folder);
}

static void write_part_row(struct writer *writer, const struct log_part *part)
{
	size_t of[GROUPS] = {0};
	for (size_t i = 0; i < part->n; i++)
		of[group_of(part->decisions[i])]++;
	buf_adds(writer->out, "<tr><td>");
	write_link(writer, part->url, part->title);
	buf_addf(writer->out, "</td><td class=\"number\">%zu</td>", part->n);
	for (int group = 0; group < GROUPS; group++)
		buf_addf(writer->out, "<td class=\"number\">%zu</td>", of[group]);
	buf_adds(writer->out, "</tr>\n");
}

static void write_parts(struct writer *writer, const struct decision_log *log, const struct log_parts *parts)
{
	static const char *const heads[] = {"Year",       "Records", "Proposed",      "In force",
					    "Superseded", "Dropped", "Status unknown"};
	buf_addf(writer->out,
		 "<p>%zu records are too many for one table: they stand by year, and the newest below.</p>\n",
		 log->decisions.n);
	write_heading(writer, 3, STR("By year"), STR("by-year"));
	begin_table(writer, "Records by year", heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < parts->list.n; i++)
		write_part_row(writer, parts->list.data[i]);
	end_table(writer);
	size_t n = log->decisions.n < NEWEST_SHOWN ? log->decisions.n : NEWEST_SHOWN;
	const struct decision **newest = NEW_ARRAY(writer->arena, const struct decision *, n + 1);
	for (size_t i = 0; i < n; i++)
		newest[i] = log->decisions.data[log->decisions.n - 1 - i];
	struct rows rows = rows_of(newest, n);
	write_heading(writer, 3, STR("The newest"), STR("the-newest"));
	buf_adds(writer->out, "<div class=\"log\">\n");
	begin_rows(writer, "The newest records", &rows);
	for (size_t i = 0; i < n; i++)
		write_row(writer, newest[i], &rows);
	end_table(writer);
	buf_adds(writer->out, "</div>\n");
}

static void part_body(struct writer *writer, const void *what)
{
	const struct log_part *part = what;
	struct rows rows = rows_of(part->decisions, part->n);
	write_title(writer, "Decision log", writer->page->title);
	write_counts(writer, part->decisions, part->n);
	write_heading(writer, 2, STR("Records"), STR("records"));
	write_groups(writer, &rows);
}

/* ---- the index ---- */

void log_section(struct writer *writer, const struct decision_log *log)
{
	const struct drawing *drawing = writer->site->drawings ? drawing_of_log(writer->site->drawings, log) : NULL;
	const struct log_parts *parts = log_parts_of(writer->site, log);
	const struct decision *const *decisions = (const struct decision *const *)log->decisions.data;
	write_heading(writer, 2, STR("Decision log"), STR("decision-log"));
	write_counts(writer, decisions, log->decisions.n);
	write_timeline(writer, log);
	if (parts) {
		write_parts(writer, log, parts);
	} else {
		struct rows rows = rows_of(decisions, log->decisions.n);
		write_groups(writer, &rows);
	}
	if (!drawing)
		return;
	write_heading(writer, 3, STR("What superseded what"), STR("supersession-graph"));
	write_drawing(writer, drawing, STR_NONE);
}

void log_body(struct writer *writer, const void *what)
{
	const struct decision_log *log = what;
	write_title(writer, "Decision log", writer->page->title);
	log_section(writer, log);
}

/* ---- plan ---- */

/* The newest year first, what has no date last; in the log's order within. */
static int part_cmp(const void *a, const void *b)
{
	const struct decision *x = *(const struct decision *const *)a, *y = *(const struct decision *const *)b;
	if (x->date.year != y->date.year)
		return x->date.year > y->date.year ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return str_cmp(x->path, y->path);
}

static void plan_part(struct site *site, struct log_parts *parts, struct log_part part, unsigned nth)
{
	struct arena *arena = site->arena;
	struct str name = part.year ? str_format(arena, "%d", part.year) : STR("undated");
	part.title = part.year ? name : STR("without a date");
	if (nth > 1) {
		name = str_format(arena, STR_FMT "-%u", STR_ARG(name), nth);
		part.title = str_format(arena, STR_FMT ", part %u", STR_ARG(part.title), nth);
	}
	struct str stem = str_format(arena, STR_FMT "-" STR_FMT, STR_ARG(path_stem(part.log->url)), STR_ARG(name));
	do {
		part.url = path_join(arena, path_dir(part.log->url), str_format(arena, STR_FMT ".html", STR_ARG(stem)));
		stem = str_format(arena, STR_FMT "-log", STR_ARG(stem));
	} while (map_has(&site->nav->page_by_url, part.url));
	struct log_part *kept = arena_copy(arena, &part, sizeof part);
	vec_add(arena, &parts->list, kept);
	page_add(site, (struct site_page){
			       .url = part.url,
			       .title = str_format(arena, part.year ? "Decisions of " STR_FMT : "Decisions " STR_FMT,
						   STR_ARG(part.title)),
			       .kind = "log",
			       .body = part_body,
			       .what = kept});
}

static void plan_parts(struct site *site, const struct decision_log *log)
{
	size_t n = log->decisions.n;
	if (n <= LOG_WHOLE)
		return;
	struct log_parts *parts = NEW(site->arena, struct log_parts);
	const struct decision **sorted = arena_copy(site->arena, log->decisions.data, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, part_cmp);
	map_put(&site->nav->parts_of_log, log->folder, parts);
	for (size_t from = 0, year_from = 0, to; from < n; from = to) {
		int year = sorted[from]->date.year;
		if (sorted[year_from]->date.year != year)
			year_from = from;
		for (to = from; to < n && to - from < LOG_WHOLE && sorted[to]->date.year == year;)
			to++;
		struct log_part part = {.log = log, .year = year, .decisions = sorted + from, .n = to - from};
		plan_part(site, parts, part, (unsigned)((from - year_from) / LOG_WHOLE) + 1);
	}
}

void plan_logs(struct site *site)
{
	const struct model *model = site->model;
	for (size_t i = 0; i < model->logs.n; i++) {
		struct decision_log *log = model->logs.data[i];
		if (!log->decisions.n || !log->decisions.data[0]->page)
			continue;
		struct str url = log->url;
		struct str title = model->logs.n > 1 && log->estate
					   ? str_format(site->arena, "Decisions of " STR_FMT,
							STR_ARG(entity_title(&log->estate->entity)))
					   : STR("Decisions");
		if (!map_has(&site->nav->log_of_page, url))
			map_put(&site->nav->log_of_page, url, log);
		if (!log->file)
			page_add(site,
				 (struct site_page){
					 .url = url, .title = title, .kind = "log", .body = log_body, .what = log});
		plan_parts(site, log);
	}
}
