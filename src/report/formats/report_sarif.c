/* Findings as SARIF 2.1.0, as code scanning takes them: paths from the top of the repository, columns in code points. */
#include "report/report.h"

#include "render/render.h"

static const char *sarif_level(enum severity severity)
{
	return severity == SEVERITY_ERROR ? "error" : severity == SEVERITY_WARNING ? "warning" : "note";
}

static void write_text(struct json *json, const char *key, struct str text)
{
	json_key(json, key);
	json_begin_line(json);
	json_key_string(json, "text", text);
	json_end_object(json);
}

/* Plain text of the struct, as help and as markdown. */
static void write_rule(struct json *json, struct arena *arena, const struct rule *rule)
{
	struct str help = str_format(arena, "%s\n\n%s", rule->explain, rule->cure);
	json_begin_object(json);
	json_key_string(json, "id", str_from(rule->name));
	write_text(json, "shortDescription", str_format(arena, "%s.", rule->summary));
	write_text(json, "fullDescription", str_from(rule->explain));
	json_key(json, "help");
	json_begin_object(json);
	json_key_string(json, "text", help);
	json_key_string(json, "markdown", help);
	json_end_object(json);
	json_key(json, "defaultConfiguration");
	json_begin_line(json);
	json_key_string(json, "level", str_from(sarif_level(rule->severity)));
	json_end_object(json);
	json_key(json, "properties");
	json_begin_line(json);
	json_key(json, "tags");
	json_begin_array(json);
	json_string(json, str_from(rule->group));
	json_end_array(json);
	json_end_object(json);
	json_end_object(json);
}

static void write_artifact(struct json *json, const struct report *report, struct span span)
{
	json_key(json, "artifactLocation");
	json_begin_line(json);
	json_key_string(json, "uri", site_path_url(report->arena, report_repository_path(report, span)));
	json_key_string(json, "uriBaseId", STR("SRCROOT"));
	json_end_object(json);
}

static void write_region(struct json *json, const struct report *report, const char *key, struct span span)
{
	struct place place = report_points(report, span);
	json_key(json, key);
	json_begin_line(json);
	json_key_number(json, "startLine", place.line);
	json_key_number(json, "startColumn", place.col);
	json_key_number(json, "endLine", place.end_line);
	json_key_number(json, "endColumn", place.end_col);
	json_end_object(json);
}

static void write_location(struct json *json, const struct report *report, struct span span)
{
	json_key(json, "physicalLocation");
	json_begin_object(json);
	write_artifact(json, report, span);
	write_region(json, report, "region", span);
	json_end_object(json);
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
		json_key_number(json, "id", (long long)i + 1);
		write_location(json, report, note->span);
		write_text(json, "message", utf8_printable(report->arena, note->message));
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_change(struct json *json, const struct report *report, const struct edit *edit)
{
	json_begin_object(json);
	write_artifact(json, report, edit->span);
	json_key(json, "replacements");
	json_begin_array(json);
	json_begin_object(json);
	write_region(json, report, "deletedRegion", edit->span);
	write_text(json, "insertedContent", edit->text);
	json_end_object(json);
	json_end_array(json);
	json_end_object(json);
}

static void write_fix(struct json *json, const struct report *report, const struct diag *diag)
{
	json_key(json, "fixes");
	json_begin_array(json);
	json_begin_object(json);
	write_text(json, "description",
		   diag->help.size ? utf8_printable(report->arena, diag->help) : STR("correct it"));
	json_key(json, "artifactChanges");
	json_begin_array(json);
	write_change(json, report, &diag->fix);
	for (size_t i = 0; i < diag->more_fixes.n; i++)
		write_change(json, report, &diag->more_fixes.data[i]);
	json_end_array(json);
	json_end_object(json);
	json_end_array(json);
}

static void write_result(struct json *json, const struct report *report, const struct diag *diag, struct str print)
{
	struct str message = utf8_printable(report->arena, diag->message);
	if (diag->help.size)
		message = str_format(report->arena, STR_FMT "; " STR_FMT, STR_ARG(message),
				     STR_ARG(utf8_printable(report->arena, diag->help)));
	json_begin_object(json);
	json_key_string(json, "ruleId", str_from(diag->rule));
	json_key_string(json, "level", str_from(sarif_level(diag->severity)));
	write_text(json, "message", str_format(report->arena, STR_FMT ".", STR_ARG(message)));
	json_key(json, "locations");
	json_begin_array(json);
	json_begin_object(json);
	write_location(json, report, diag->span);
	json_end_object(json);
	json_end_array(json);
	if (diag->notes.n)
		write_related(json, report, diag);
	json_key(json, "partialFingerprints");
	json_begin_line(json);
	json_key_string(json, "lintel/v1", print);
	json_end_object(json);
	if (diag->has_fix)
		write_fix(json, report, diag);
	json_end_object(json);
}

/* The rules that found something. */
static void write_driver(struct json *json, const struct report *report)
{
	const struct diags *diags = report->compilation->diags;
	struct map fired = {.arena = report->arena};
	for (size_t i = 0; i < diags->list.n; i++)
		map_put(&fired, str_from(diags->list.data[i].rule), NULL);
	json_key(json, "tool");
	json_begin_object(json);
	json_key(json, "driver");
	json_begin_object(json);
	json_key_string(json, "name", STR("lintel"));
	json_key_string(json, "version", STR(LINTEL_VERSION));
	json_key_string(json, "semanticVersion", STR(LINTEL_VERSION));
	json_key(json, "rules");
	json_begin_array(json);
	for (size_t i = 0; i < n_rules; i++)
		if (map_has(&fired, str_from(rules[i]->name)))
			write_rule(json, report->arena, rules[i]);
	json_end_array(json);
	json_end_object(json);
	json_end_object(json);
}

static void write_sarif(const struct report *report, struct buf *out)
{
	const struct compilation *c = report->compilation;
	const struct str *prints = report_fingerprints(report);
	struct json json = {.out = out, .indent = 2};
	json_begin_object(&json);
	json_key_string(&json, "$schema", STR("https://json.schemastore.org/sarif-2.1.0.json"));
	json_key_string(&json, "version", STR("2.1.0"));
	json_key(&json, "runs");
	json_begin_array(&json);
	json_begin_object(&json);
	write_driver(&json, report);
	json_key(&json, "automationDetails");
	json_begin_line(&json);
	json_key_string(&json, "id", STR("lintel/"));
	json_end_object(&json);
	json_key_string(&json, "columnKind", STR("unicodeCodePoints"));
	json_key(&json, "originalUriBaseIds");
	json_begin_object(&json);
	json_key(&json, "SRCROOT");
	json_begin_object(&json);
	write_text(&json, "description", STR("The top of the repository."));
	json_end_object(&json);
	json_end_object(&json);
	json_key(&json, "results");
	json_begin_array(&json);
	for (size_t i = 0; i < c->diags->list.n; i++)
		write_result(&json, report, &c->diags->list.data[i], prints[i]);
	json_end_array(&json);
	json_end_object(&json);
	json_end_array(&json);
	json_end_object(&json);
	buf_addc(out, '\n');
}

const struct report_format report_sarif = {
	.name = "sarif", .summary = "SARIF 2.1.0, for code scanning", .write = write_sarif};
