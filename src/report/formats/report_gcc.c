/* One line a finding, as compilers print them: editors and problem matchers read it. */
#include "report/report.h"

static void write_gcc(const struct report *report, struct buf *out)
{
	const struct compilation *c = report->compilation;
	for (size_t i = 0; i < c->diags->list.n; i++) {
		const struct diag *diag = &c->diags->list.data[i];
		struct str message = utf8_printable(report->arena, diag->message);
		if (!span_is_none(diag->span)) {
			struct place place = span_place(&c->loaded->sources, diag->span);
			struct str path = utf8_printable(report->arena, span_path(&c->loaded->sources, diag->span));
			buf_addf(out, STR_FMT ":%u:%u: ", STR_ARG(path), place.line, place.col);
		} else {
			buf_adds(out, "lintel: ");
		}
		buf_addf(out, "%s: " STR_FMT " [%s]\n", severity_name(diag->severity), STR_ARG(message), diag->rule);
	}
}

const struct report_format report_gcc = {.name = "gcc", .summary = "one line a finding", .write = write_gcc};
