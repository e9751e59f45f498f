/* Findings as JSON, version 1. */
#include "report/report.h"

static void write_related(struct json *json, const struct report *report, const struct diag *diag)
{
	const struct sources *sources = &report->compilation->loaded->sources;
	json_key(json, "related");
	json_begin_array(json);
	for (size_t i = 0; i < diag->notes.n; i++) {
		const struct note *note = &diag->notes.data[i];
		struct place place = span_place(sources, note->span);
		json_begin_object(json);
		json_key_string_or_null(json, "file", report_path(report->arena, span_path(sources, note->span)));
		json_key_number(json, "line", place.line);
		json_key_number(json, "column", place.col);
		json_key_string(json, "message", note->message);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_edit(struct json *json, const struct report *report, const struct edit *edit)
{
	const struct sources *sources = &report->compilation->loaded->sources;
	json_begin_object(json);
	json_key_string(json, "file", report_path(report->arena, span_path(sources, edit->span)));
	json_key_number(json, "start", edit->span.off);
	json_key_number(json, "end", (long long)edit->span.off + edit->span.size);
	json_key_string(json, "text", edit->text);
	json_end_object(json);
}

/* The edit at the finding's place; a correction of several places has all of its edits in a list too, that one first. */
static void write_fix(struct json *json, const struct report *report, const struct diag *diag)
{
	json_key(json, "fix");
	write_edit(json, report, &diag->fix);
	if (!diag->more_fixes.n)
		return;
	json_key(json, "edits");
	json_begin_array(json);
	write_edit(json, report, &diag->fix);
	for (size_t i = 0; i < diag->more_fixes.n; i++)
		write_edit(json, report, &diag->more_fixes.data[i]);
	json_end_array(json);
}

static void write_diag(struct json *json, const struct report *report, const struct diag *diag)
{
	const struct sources *sources = &report->compilation->loaded->sources;
	struct place place = span_place(sources, diag->span);
	json_begin_object(json);
	json_key_string(json, "rule", str_from(diag->rule));
	json_key_string(json, "severity", str_from(severity_name(diag->severity)));
	json_key_string(json, "message", diag->message);
	json_key_string_or_null(json, "file", report_path(report->arena, span_path(sources, diag->span)));
	json_key_number(json, "line", place.line);
	json_key_number(json, "column", place.col);
	json_key_number(json, "end_line", place.end_line);
	json_key_number(json, "end_column", place.end_col);
	json_key_string(json, "fingerprint", diag_fingerprint(report->arena, sources, diag));
	write_related(json, report, diag);
	if (diag->help.size)
		json_key_string(json, "help", diag->help);
	if (diag->has_fix)
		write_fix(json, report, diag);
	json_end_object(json);
}

static void write_summary(struct json *json, const struct summary *s)
{
	json_key(json, "summary");
	json_begin_object(json);
	json_key_number(json, "errors", (long long)s->errors);
	json_key_number(json, "warnings", (long long)s->warnings);
	json_key_number(json, "infos", (long long)s->infos);
	json_key_number(json, "pages", (long long)s->pages);
	json_key_number(json, "decisions", (long long)s->decisions);
	json_key_number(json, "nodes", (long long)s->nodes);
	json_key_number(json, "networks", (long long)s->networks);
	json_key_number(json, "links", (long long)s->links);
	json_key(json, "facts");
	json_begin_object(json);
	json_key_number(json, "stated", (long long)s->facts->stated);
	json_key_number(json, "judged", (long long)s->facts->judged);
	json_key_number(json, "agree", (long long)s->facts->agree);
	json_key_number(json, "contradict", (long long)s->facts->contradict);
	json_key_number(json, "unjudged", (long long)s->facts->unjudged);
	json_key(json, "unjudged_by_reason");
	json_begin_object(json);
	for (size_t i = 0; i < s->facts->reasons.n; i++) {
		json_key_text(json, s->facts->reasons.data[i].why);
		json_number(json, (long long)s->facts->reasons.data[i].n);
	}
	json_end_object(json);
	json_end_object(json);
	json_end_object(json);
}

static void write_json(const struct report *report, struct buf *out)
{
	const struct compilation *c = report->compilation;
	struct json json = {.out = out, .indent = 2};
	struct summary summary = report_summary(c);
	json_begin_object(&json);
	json_key_number(&json, "version", 1);
	json_key(&json, "tool");
	json_begin_object(&json);
	json_key_string(&json, "name", STR("lintel"));
	json_key_string(&json, "version", STR(LINTEL_VERSION));
	json_end_object(&json);
	write_summary(&json, &summary);
	json_key(&json, "diagnostics");
	json_begin_array(&json);
	for (size_t i = 0; i < c->diags->list.n; i++)
		write_diag(&json, report, &c->diags->list.data[i]);
	json_end_array(&json);
	json_key(&json, "skipped");
	json_begin_array(&json);
	for (size_t i = 0; i < c->model->skipped.n; i++) {
		json_begin_object(&json);
		json_key_string(&json, "file", report_path(report->arena, c->model->skipped.data[i].path));
		json_key_string(&json, "why", str_from(c->model->skipped.data[i].why));
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	buf_addc(out, '\n');
}

const struct report_format report_json = {.name = "json", .summary = "everything, for programs", .write = write_json};
