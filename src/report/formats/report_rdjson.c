/* Findings as Reviewdog Diagnostic Format: comments on a pull request, with suggestions. Columns count bytes. */
#include "report/report.h"

static struct place place_of(const struct report *report, struct span span)
{
	return span_is_none(span) ? (struct place){1, 1, 1, 1}
				  : span_place(&report->compilation->loaded->sources, span);
}

static void write_position(struct json *json, const char *key, uint32_t line, uint32_t column)
{
	json_key(json, key);
	json_begin_line(json);
	json_key_number(json, "line", line);
	json_key_number(json, "column", column);
	json_end_object(json);
}

static void write_range(struct json *json, const struct report *report, struct span span)
{
	struct place place = place_of(report, span);
	json_key(json, "range");
	json_begin_object(json);
	write_position(json, "start", place.line, place.col);
	write_position(json, "end", place.end_line, place.end_col);
	json_end_object(json);
}

static void write_location(struct json *json, const struct report *report, struct span span)
{
	json_key(json, "location");
	json_begin_object(json);
	json_key_string(json, "path", report_repository_path(report, span));
	write_range(json, report, span);
	json_end_object(json);
}

/* A suggestion is about the finding's own file; edits of others have no place in the format. */
static void write_suggestions(struct json *json, const struct report *report, const struct diag *diag)
{
	json_key(json, "suggestions");
	json_begin_array(json);
	for (size_t i = 0; i <= diag->more_fixes.n; i++) {
		const struct edit *edit = i ? &diag->more_fixes.data[i - 1] : &diag->fix;
		if (edit->span.source != diag->span.source)
			continue;
		json_begin_object(json);
		write_range(json, report, edit->span);
		json_key_string(json, "text", edit->text);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_related(struct json *json, const struct report *report, const struct diag *diag)
{
	json_key(json, "relatedLocations");
	json_begin_array(json);
	for (size_t i = 0; i < diag->notes.n; i++) {
		const struct note *note = &diag->notes.data[i];
		if (span_is_none(note->span))
			continue;
		json_begin_object(json);
		json_key_string(json, "message", utf8_printable(report->arena, note->message));
		write_location(json, report, note->span);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_diagnostic(struct json *json, const struct report *report, const struct diag *diag)
{
	static const char *const names[] = {
		[SEVERITY_INFO] = "INFO", [SEVERITY_WARNING] = "WARNING", [SEVERITY_ERROR] = "ERROR"};
	struct str message = utf8_printable(report->arena, diag->message);
	if (diag->help.size)
		message = str_format(report->arena, STR_FMT "\n" STR_FMT, STR_ARG(message),
				     STR_ARG(utf8_printable(report->arena, diag->help)));
	json_begin_object(json);
	json_key_string(json, "message", message);
	write_location(json, report, diag->span);
	json_key_string(json, "severity", str_from(names[diag->severity]));
	json_key(json, "code");
	json_begin_line(json);
	json_key_string(json, "value", str_from(diag->rule));
	json_end_object(json);
	if (diag->notes.n)
		write_related(json, report, diag);
	if (diag->has_fix)
		write_suggestions(json, report, diag);
	json_end_object(json);
}

static void write_rdjson(const struct report *report, struct buf *out)
{
	const struct diags *diags = report->compilation->diags;
	struct json json = {.out = out, .indent = 2};
	json_begin_object(&json);
	json_key(&json, "source");
	json_begin_line(&json);
	json_key_string(&json, "name", STR("lintel"));
	json_end_object(&json);
	json_key(&json, "diagnostics");
	json_begin_array(&json);
	for (size_t i = 0; i < diags->list.n; i++)
		write_diagnostic(&json, report, &diags->list.data[i]);
	json_end_array(&json);
	json_end_object(&json);
	buf_addc(out, '\n');
}

const struct report_format report_rdjson = {
	.name = "rdjson", .summary = "for reviewdog, with suggestions", .write = write_rdjson};
