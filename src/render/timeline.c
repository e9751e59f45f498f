/* The timeline of a decision log, as inline SVG and as a table: a box for each record over its month, quarter or year;
 * bars by year where the log has too many records for boxes. */
#include "render/pages.h"

/* Pixels of the drawing; records over each other; empty columns drawn before the rest is left out. */
enum {
	BOX_WIDTH = 30,
	BOX_HEIGHT = 20,
	BOX_GAP = 3,
	EMPTY_WIDTH = 24,
	STACK_MAX = 10,
	EMPTY_MAX = 6,
	AXIS = 40,
	BAR_MAX = 180
};

/* Months of a column. */
enum unit { UNIT_MONTH = 1, UNIT_QUARTER = 3, UNIT_YEAR = 12 };

struct column {
	long at; /* number of the unit since year 0 */
	const struct decision **list;
	size_t n;
	bool gap; /* stands for empty ones that are left out */
	int x, width;
};

struct timeline {
	struct writer *writer;
	const struct decision_log *log;
	const struct log_parts *parts; /* bars, not boxes */
	enum unit unit;
	VEC(struct column) columns;
	size_t n, undated;
	size_t most; /* records of one column */
	int width, height;
};

static long month_of(const struct decision *decision)
{
	int month = decision->date.month;
	return decision->date.year * 12L + (month >= 1 && month <= 12 ? month - 1 : 0);
}

static int date_order(const void *a, const void *b)
{
	const struct decision *x = *(const struct decision *const *)a, *y = *(const struct decision *const *)b;
	int order = date_cmp(x->date, y->date);
	if (order)
		return order;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return str_cmp(x->path, y->path);
}

/* ---- columns ---- */

static void add_empty(struct timeline *timeline, long from, long to)
{
	bool gap = to - from > EMPTY_MAX;
	for (long at = from; at < (gap ? from + 1 : to); at++)
		vec_add(timeline->writer->arena, &timeline->columns, (struct column){.at = at, .gap = gap});
}

static void make_columns(struct timeline *timeline, const struct decision **dated)
{
	struct column *last = NULL;
	for (size_t i = 0; i < timeline->n; i++) {
		long at = month_of(dated[i]) / timeline->unit;
		if (!last || last->at != at) {
			if (last)
				add_empty(timeline, last->at + 1, at);
			last = vec_add(timeline->writer->arena, &timeline->columns,
				       (struct column){.at = at, .list = dated + i});
		}
		if (++last->n > timeline->most)
			timeline->most = last->n;
	}
}

static void place_columns(struct timeline *timeline)
{
	int x = 0, rows = timeline->most < STACK_MAX ? (int)timeline->most : STACK_MAX;
	for (size_t i = 0; i < timeline->columns.n; i++) {
		struct column *column = &timeline->columns.data[i];
		size_t stacks = (column->n + STACK_MAX - 1) / STACK_MAX;
		column->x = x;
		column->width = timeline->parts ? EMPTY_WIDTH + 12
				: stacks        ? (int)stacks * (BOX_WIDTH + BOX_GAP)
						: EMPTY_WIDTH;
		x += column->width;
	}
	timeline->width = x;
	timeline->height = (timeline->parts ? BAR_MAX + BOX_HEIGHT : rows * (BOX_HEIGHT + BOX_GAP)) + AXIS;
}

static enum unit unit_of(const struct timeline *timeline, const struct decision **dated)
{
	long months = month_of(dated[timeline->n - 1]) - month_of(dated[0]);
	if (timeline->parts || months > 180)
		return UNIT_YEAR;
	return months > 40 ? UNIT_QUARTER : UNIT_MONTH;
}

/* ---- words ---- */

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
				     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* "Mar", "Q2": what stands below a column, beside its year. */
static struct str short_name(struct timeline *timeline, long at)
{
	if (timeline->unit == UNIT_MONTH)
		return str_from(months[at % 12]);
	return timeline->unit == UNIT_QUARTER ? str_format(timeline->writer->arena, "Q%ld", at % 4 + 1) : STR("");
}

static long year_of(const struct timeline *timeline, long at)
{
	return at * (long)timeline->unit / 12;
}

static struct str column_name(struct timeline *timeline, long at)
{
	struct str name = short_name(timeline, at);
	return str_format(timeline->writer->arena, STR_FMT "%s%ld", STR_ARG(name), name.size ? " " : "",
			  year_of(timeline, at));
}

static const char *status_of(const struct decision *decision)
{
	const char *status = status_name(decision->effective_status);
	return status ? status : "unknown";
}

/* ---- drawing ---- */

static void write_box(struct timeline *timeline, const struct decision *decision, int x, int y)
{
	struct writer *writer = timeline->writer;
	struct str text = decision_text(writer->arena, decision);
	const char *status = status_of(decision);
	bool is_short = decision->number >= 0 && decision->number <= 9999;
	buf_addf(writer->out, "<a class=\"t-record t-%s\" href=\"", status);
	site_href_write(writer->site, writer->out, writer->page, decision->page->url, decision->anchor);
	buf_adds(writer->out, "\"><title>");
	html_text(writer->out, text);
	buf_addf(writer->out, ", %s, ", status);
	html_text(writer->out, date_format(writer->arena, decision->date));
	buf_addf(writer->out, "</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>", x, y, BOX_WIDTH,
		 BOX_HEIGHT);
	if (is_short)
		buf_addf(writer->out, "<text x=\"%d\" y=\"%d\">%lld</text>", x + BOX_WIDTH / 2, y + BOX_HEIGHT - 6,
			 decision->number);
	buf_adds(writer->out, "</a>\n");
}

static void write_boxes(struct timeline *timeline, const struct column *column, int floor)
{
	for (size_t i = 0; i < column->n; i++) {
		int x = column->x + (int)(i / STACK_MAX) * (BOX_WIDTH + BOX_GAP) + 1;
		int y = floor - (int)(i % STACK_MAX + 1) * (BOX_HEIGHT + BOX_GAP);
		write_box(timeline, column->list[i], x, y);
	}
}

enum { STATUSES = STATUS_UNKNOWN + 1 };

static void count_statuses(const struct column *column, size_t of[STATUSES])
{
	memset(of, 0, STATUSES * sizeof *of);
	for (size_t i = 0; i < column->n; i++)
		of[column->list[i]->effective_status == STATUS_NONE ? STATUS_UNKNOWN
								    : column->list[i]->effective_status]++;
}

static const struct log_part *part_of(const struct timeline *timeline, const struct column *column)
{
	for (size_t i = 0; i < timeline->parts->list.n; i++)
		if (timeline->parts->list.data[i]->year == year_of(timeline, column->at))
			return timeline->parts->list.data[i];
	return NULL;
}

/* A year as a bar of its statuses, a link to its page. */
static void write_bar(struct timeline *timeline, const struct column *column, int floor)
{
	struct writer *writer = timeline->writer;
	const struct log_part *part = part_of(timeline, column);
	size_t of[STATUSES];
	double y = floor;
	count_statuses(column, of);
	if (!column->n || !part)
		return;
	buf_adds(writer->out, "<a class=\"t-year\" href=\"");
	site_href_write(writer->site, writer->out, writer->page, part->url, STR(""));
	buf_addf(writer->out, "\" aria-label=\"%ld: %zu records\">", year_of(timeline, column->at), column->n);
	for (int s = STATUS_UNKNOWN; s > STATUS_NONE; s--) {
		double height = (double)of[s] * BAR_MAX / (double)timeline->most;
		y -= height;
		if (of[s])
			buf_addf(writer->out, "<rect class=\"t-%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
				 status_name((enum status)s), column->x + 3, y, column->width - 6, height);
	}
	buf_addf(writer->out, "<text x=\"%d\" y=\"%.1f\">%zu</text></a>\n", column->x + column->width / 2, y - 5,
		 column->n);
}

static void write_axis(struct timeline *timeline, int floor)
{
	struct buf *out = timeline->writer->out;
	long year = 0;
	buf_addf(out, "<path class=\"t-axis\" d=\"M0 %dH%d\"/>\n", floor + 1, timeline->width);
	for (size_t i = 0; i < timeline->columns.n; i++) {
		const struct column *column = &timeline->columns.data[i];
		struct str name = column->gap ? STR("\xe2\x80\xa6") : short_name(timeline, column->at);
		int middle = column->x + column->width / 2;
		if (name.size)
			buf_addf(out, "<text class=\"t-name\" x=\"%d\" y=\"%d\">" STR_FMT "</text>\n", middle,
				 floor + 15, STR_ARG(name));
		if (column->gap || year_of(timeline, column->at) == year)
			continue;
		year = year_of(timeline, column->at);
		if (timeline->unit == UNIT_YEAR)
			buf_addf(out, "<text class=\"t-name\" x=\"%d\" y=\"%d\">%ld</text>\n", middle, floor + 15,
				 year);
		else
			buf_addf(out,
				 "<path class=\"t-axis\" d=\"M%d %dv%d\"/><text class=\"t-start\" x=\"%d\" "
				 "y=\"%d\">%ld</text>\n",
				 column->x, floor + 1, AXIS - 6, column->x + 4, floor + 31, year);
	}
}

static void write_svg(struct timeline *timeline, struct str label)
{
	struct buf *out = timeline->writer->out;
	int floor = timeline->height - AXIS;
	buf_adds(out, "<svg class=\"timeline\" role=\"group\" aria-label=\"");
	html_attr(out, label);
	buf_addf(out, "\" width=\"%d\" height=\"%d\" viewBox=\"-4 -4 %d %d\">\n", timeline->width + 40,
		 timeline->height + 8, timeline->width + 40, timeline->height + 8);
	write_axis(timeline, floor);
	for (size_t i = 0; i < timeline->columns.n; i++) {
		if (timeline->parts)
			write_bar(timeline, &timeline->columns.data[i], floor);
		else
			write_boxes(timeline, &timeline->columns.data[i], floor);
	}
	buf_adds(out, "</svg>\n");
}

/* The statuses that are met, as the boxes show them. */
static void write_key(struct timeline *timeline)
{
	struct buf *out = timeline->writer->out;
	bool met[STATUSES] = {false};
	for (size_t i = 0; i < timeline->columns.n; i++) {
		size_t of[STATUSES];
		count_statuses(&timeline->columns.data[i], of);
		for (int s = 0; s < STATUSES; s++)
			met[s] = met[s] || of[s];
	}
	buf_adds(out, "<ul class=\"timeline-key\">");
	for (int s = STATUS_NONE + 1; s < STATUSES; s++)
		if (met[s])
			buf_addf(out, "<li><span class=\"status status-%s\">%s</span></li>",
				 status_name((enum status)s), status_name((enum status)s));
	buf_adds(out, "</ul>\n");
}

/* ---- table ---- */

static void write_cell(struct timeline *timeline, const struct column *column)
{
	struct writer *writer = timeline->writer;
	if (timeline->parts) {
		size_t of[STATUSES];
		bool any = false;
		count_statuses(column, of);
		for (int s = STATUS_NONE + 1; s < STATUSES; s++) {
			if (!of[s])
				continue;
			buf_addf(writer->out, "%s%zu %s", any ? ", " : "", of[s], status_name((enum status)s));
			any = true;
		}
		return;
	}
	for (size_t i = 0; i < column->n; i++) {
		buf_adds(writer->out, i ? "<br>" : "");
		write_decision(writer, column->list[i]);
		buf_adds(writer->out, " ");
		write_status(writer, column->list[i]->effective_status);
	}
}

static void write_table(struct timeline *timeline)
{
	struct writer *writer = timeline->writer;
	const char *heads[] = {timeline->unit == UNIT_MONTH     ? "Month"
			       : timeline->unit == UNIT_QUARTER ? "Quarter"
								: "Year",
			       "Decisions"};
	buf_adds(writer->out, "<details><summary>As a table</summary>\n");
	begin_table(writer, "Decisions by date", heads, 2);
	for (size_t i = 0; i < timeline->columns.n; i++) {
		const struct column *column = &timeline->columns.data[i];
		if (!column->n)
			continue;
		buf_adds(writer->out, "<tr><td class=\"date\">");
		html_text(writer->out, column_name(timeline, column->at));
		buf_adds(writer->out, "</td><td>");
		write_cell(timeline, column);
		buf_adds(writer->out, "</td></tr>\n");
	}
	end_table(writer);
	buf_adds(writer->out, "</details>\n");
}

static void write_caption(struct timeline *timeline)
{
	struct buf *out = timeline->writer->out;
	buf_adds(out, "<figcaption>Decisions by date");
	if (timeline->parts)
		buf_addf(out, " <span class=\"hint\">(%zu records are shown as bars by year)</span>", timeline->n);
	if (timeline->undated)
		buf_addf(out, " <span class=\"hint\">(%zu without a date %s left out)</span>", timeline->undated,
			 timeline->undated == 1 ? "is" : "are");
	buf_adds(out, "</figcaption>\n");
}

void write_timeline(struct writer *writer, const struct decision_log *log)
{
	struct timeline timeline = {.writer = writer, .log = log, .parts = log_parts_of(writer->site, log)};
	const struct decision **dated = NEW_ARRAY(writer->arena, const struct decision *, log->decisions.n + 1);
	for (size_t i = 0; i < log->decisions.n; i++)
		if (date_is_valid(log->decisions.data[i]->date))
			dated[timeline.n++] = log->decisions.data[i];
	timeline.undated = log->decisions.n - timeline.n;
	if (timeline.n < 2)
		return;
	qsort(dated, timeline.n, sizeof *dated, date_order);
	timeline.unit = unit_of(&timeline, dated);
	make_columns(&timeline, dated);
	place_columns(&timeline);
	write_heading(writer, 3, STR("Timeline"), STR("timeline"));
	buf_adds(writer->out, "<figure class=\"drawing\">\n<div class=\"drawing-scroll\" tabindex=\"0\" role=\"group\" "
			      "aria-label=\"Drawing: decisions by date\">\n");
	write_svg(&timeline, STR("Decisions by date"));
	buf_adds(writer->out, "</div>\n");
	write_key(&timeline);
	write_table(&timeline);
	write_caption(&timeline);
	buf_adds(writer->out, "</figure>\n");
}
