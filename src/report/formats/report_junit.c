/* Findings as JUnit XML: one test case for each file and rule that found something, one for each page that is clean. */
#include "report/report.h"

#include "render/render.h"

static int rule_cmp(const void *left, const void *right)
{
	const struct diag *a = *(const struct diag *const *)left, *b = *(const struct diag *const *)right;
	if (a->span.source != b->span.source)
		return a->span.source < b->span.source ? -1 : 1;
	int order = strcmp(a->rule, b->rule);
	return order ? order : (a > b) - (a < b);
}

/* Findings file by file, rule by rule. In report->arena. */
static const struct diag **by_rule(const struct report *report)
{
	const struct diags *diags = report->compilation->diags;
	const struct diag **sorted = NEW_ARRAY(report->arena, const struct diag *, diags->list.n + 1);
	for (size_t i = 0; i < diags->list.n; i++)
		sorted[i] = &diags->list.data[i];
	qsort(sorted, diags->list.n, sizeof *sorted, rule_cmp);
	return sorted;
}

static size_t case_end(const struct diag *const *sorted, size_t n, size_t first)
{
	size_t end = first + 1;
	while (end < n && sorted[end]->span.source == sorted[first]->span.source &&
	       !strcmp(sorted[end]->rule, sorted[first]->rule))
		end++;
	return end;
}

static bool fails(const struct diag *const *sorted, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (sorted[i]->severity > SEVERITY_INFO)
			return true;
	return false;
}

static void add_lines(const struct report *report, const struct diag *const *sorted, size_t first, size_t end,
		      struct buf *out)
{
	for (size_t i = first; i < end; i++) {
		const struct diag *diag = sorted[i];
		struct place place = report_points(report, diag->span);
		buf_addf(out, "%u:%u: %s: ", place.line, place.col, severity_name(diag->severity));
		html_text(out, utf8_printable(report->arena, diag->message));
		if (diag->help.size) {
			buf_adds(out, " (");
			html_text(out, utf8_printable(report->arena, diag->help));
			buf_addc(out, ')');
		}
		buf_addc(out, '\n');
	}
}

static void open_case(const struct report *report, struct span span, const char *name, struct buf *out)
{
	buf_adds(out, "    <testcase classname=\"");
	html_attr(out, utf8_printable(report->arena, report_repository_path(report, span)));
	buf_addf(out, "\" name=\"%s\"", name);
}

static void write_case(const struct report *report, const struct diag *const *sorted, size_t first, size_t end,
		       struct buf *out)
{
	const char *element = fails(sorted, first, end) ? "failure" : "system-out";
	open_case(report, sorted[first]->span, sorted[first]->rule, out);
	buf_addf(out, ">\n      <%s", element);
	if (fails(sorted, first, end)) {
		buf_adds(out, " message=\"");
		html_attr(out, utf8_printable(report->arena, sorted[first]->message));
		buf_addf(out, "\" type=\"%s\"", severity_name(sorted[first]->severity));
	}
	buf_addc(out, '>');
	add_lines(report, sorted, first, end, out);
	buf_addf(out, "</%s>\n    </testcase>\n", element);
}

static void write_junit(const struct report *report, struct buf *out)
{
	const struct compilation *c = report->compilation;
	size_t n = c->diags->list.n, cases = 0, failures = 0;
	const struct diag *const *sorted = by_rule(report);
	bool *found = NEW_ARRAY(report->arena, bool, c->loaded->sources.list.n + 1);
	struct buf body = {0};
	for (size_t i = 0, end; i < n; i = end, cases++) {
		end = case_end(sorted, n, i);
		failures += fails(sorted, i, end);
		if (!span_is_none(sorted[i]->span))
			found[sorted[i]->span.source] = true;
		write_case(report, sorted, i, end, &body);
	}
	for (size_t i = 0; i < c->model->pages.n; i++) {
		const struct source *source = c->model->pages.data[i]->source;
		if (found[source->id])
			continue;
		cases++;
		open_case(report, (struct span){source->id, 0, 0}, "no findings", &body);
		buf_adds(&body, "/>\n");
	}
	buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	buf_addf(out, "<testsuites name=\"lintel\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n", cases, failures);
	buf_addf(out, "  <testsuite name=\"lintel\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n", cases, failures);
	buf_add(out, buf_str(&body));
	buf_adds(out, "  </testsuite>\n</testsuites>\n");
	buf_free(&body);
}

const struct report_format report_junit = {
	.name = "junit", .summary = "JUnit XML, for the test pages of CI", .write = write_junit};
