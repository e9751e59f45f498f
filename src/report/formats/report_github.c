/* Findings as workflow commands: annotations of GitHub Actions. Errors come first, since only ten of a kind are shown. */
#include "report/report.h"

#include "render/render.h"

/* No value of ours can end a command or begin another. */
static void add_escaped(struct buf *out, struct str text, bool is_property)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];
		if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ',')))
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
		else
			buf_addc(out, c);
	}
}

static void write_command(const struct report *report, const struct diag *diag, struct buf *out)
{
	static const char *const commands[] = {
		[SEVERITY_INFO] = "notice", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
	struct place place = report_points(report, diag->span);
	buf_addf(out, "::%s file=", commands[diag->severity]);
	add_escaped(out, utf8_printable(report->arena, report_repository_path(report, diag->span)), true);
	buf_addf(out, ",line=%u,col=%u,endLine=%u", place.line, place.col, place.end_line);
	if (place.end_line == place.line)
		buf_addf(out, ",endColumn=%u", place.end_col);
	buf_addf(out, ",title=%s::", diag->rule);
	add_escaped(out, utf8_printable(report->arena, diag->message), false);
	if (diag->help.size) {
		buf_adds(out, "%0A");
		add_escaped(out, utf8_printable(report->arena, diag->help), false);
	}
	buf_addc(out, '\n');
}

static void add_counts(const struct report *report, struct buf *out)
{
	struct summary s = report_summary(report->compilation);
	buf_addf(out, "%zu error%s, %zu warning%s, %zu info%s; %zu pages, %zu decisions, %zu nodes; ", s.errors,
		 s.errors == 1 ? "" : "s", s.warnings, s.warnings == 1 ? "" : "s", s.infos, s.infos == 1 ? "" : "s",
		 s.pages, s.decisions, s.nodes);
	buf_addf(out, "facts: %zu stated, %zu judged, %zu contradict\n", s.facts->stated, s.facts->judged,
		 s.facts->contradict);
}

static void write_github(const struct report *report, struct buf *out)
{
	const struct diags *diags = report->compilation->diags;
	const size_t *order = report_by_severity(report);
	for (size_t i = 0; i < diags->list.n; i++)
		write_command(report, &diags->list.data[order[i]], out);
	if (!report->quiet)
		add_counts(report, out);
}

/* Text of a document inside a cell: no markup acts, no bar ends the cell. */
static void add_cell(struct buf *out, struct arena *arena, struct str text)
{
	struct buf escaped = {0};
	html_text(&escaped, utf8_printable(arena, text));
	for (size_t i = 0; i < escaped.size; i++) {
		char c = escaped.data[i];
		if (c && strchr("|\\`*_[]~!@#:", c))
			buf_addf(out, "&#%d;", c);
		else
			buf_addc(out, c);
	}
	buf_free(&escaped);
}

/* The page of the step holds a mebibyte at most; the table ends before. */
enum { STEP_BYTES = 900 * 1024 };

static void write_step(const struct report *report, struct buf *out)
{
	const struct diags *diags = report->compilation->diags;
	const size_t *order = report_by_severity(report);
	buf_adds(out, "## lintel\n\n");
	add_counts(report, out);
	if (diags->list.n)
		buf_adds(out, "\n| | Place | Finding | Rule |\n|---|---|---|---|\n");
	for (size_t i = 0; i < diags->list.n; i++) {
		const struct diag *diag = &diags->list.data[order[i]];
		if (out->size > STEP_BYTES) {
			buf_addf(out, "\nand %zu more\n", diags->list.n - i);
			break;
		}
		buf_addf(out, "| %s | ", severity_name(diag->severity));
		add_cell(out, report->arena, report_repository_path(report, diag->span));
		buf_addf(out, ":%u | ", report_points(report, diag->span).line);
		add_cell(out, report->arena, diag->message);
		buf_addf(out, " | %s |\n", diag->rule);
	}
	buf_addc(out, '\n');
}

const struct report_format report_github = {.name = "github",
					    .summary = "annotations of GitHub Actions, and the page of the step",
					    .write = write_github,
					    .write_page = write_step,
					    .page_variable = "GITHUB_STEP_SUMMARY"};
