/* Findings as GitLab's Code Quality report. */
#include "report/report.h"

static void write_gitlab(const struct report *report, struct buf *out)
{
	static const char *const grades[] = {
		[SEVERITY_INFO] = "info", [SEVERITY_WARNING] = "minor", [SEVERITY_ERROR] = "major"};
	const struct diags *diags = report->compilation->diags;
	const struct str *prints = report_fingerprints(report);
	struct json json = {.out = out, .indent = 2};
	json_begin_array(&json);
	for (size_t i = 0; i < diags->list.n; i++) {
		const struct diag *diag = &diags->list.data[i];
		struct place place = report_points(report, diag->span);
		json_begin_object(&json);
		json_key_string(&json, "description", utf8_printable(report->arena, diag->message));
		json_key_string(&json, "check_name", str_from(diag->rule));
		json_key_string(&json, "fingerprint", prints[i]);
		json_key_string(&json, "severity", str_from(grades[diag->severity]));
		json_key(&json, "location");
		json_begin_object(&json);
		json_key_string(&json, "path", report_repository_path(report, diag->span));
		json_key(&json, "lines");
		json_begin_line(&json);
		json_key_number(&json, "begin", place.line);
		json_key_number(&json, "end", place.end_line);
		json_end_object(&json);
		json_end_object(&json);
		json_end_object(&json);
	}
	json_end_array(&json);
	buf_addc(out, '\n');
}

const struct report_format report_gitlab = {
	.name = "gitlab", .summary = "Code Quality of GitLab", .write = write_gitlab};
