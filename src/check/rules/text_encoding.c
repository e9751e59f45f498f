/* text-encoding: bytes that are not UTF-8 text. */
#include "check/check.h"

static void report(struct check *check, const struct trouble *trouble)
{
	struct diag *diag;
	unsigned byte = trouble->text.size ? (unsigned char)trouble->text.data[0] : 0;
	if (strcmp(trouble->kind, "utf16") == 0) {
		diag = check_report(check, trouble->span, STR_FMT " is UTF-16, not UTF-8: it was not read",
				    STR_ARG(trouble->text));
		check_help(check, diag, "save it as UTF-8");
	} else if (strcmp(trouble->kind, "nul") == 0) {
		diag = check_report(check, trouble->span, "a NUL byte");
		check_help(check, diag, "remove it");
	} else if (strcmp(trouble->kind, "control") == 0) {
		diag = check_report(check, trouble->span, "a control character (0x%02x)", byte);
		check_help(check, diag, "remove it");
	} else {
		diag = check_report(check, trouble->span, "not UTF-8 (byte 0x%02x)", byte);
		check_help(check, diag, "save the file as UTF-8");
	}
	if (trouble->extra.size)
		check_help(check, diag, STR_FMT "; there are " STR_FMT " more in this file", STR_ARG(diag->help),
			   STR_ARG(trouble->extra));
	check_key(check, diag, str_from(trouble->kind));
}

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));)
		report(check, trouble);
}

const struct rule rule_text_encoding = {
	.name = "text-encoding",
	.severity = SEVERITY_ERROR,
	.group = "text",
	.summary = "bytes that are not UTF-8, NUL bytes, control characters",
	.explain = "Every source is UTF-8, with or without a byte order mark. A byte that is not is read as '?' and "
		   "the rest of the file goes on; a file in UTF-16 is not read. Tabs, line ends and form feeds are "
		   "no control characters. Each kind is reported once a file, at its first place.",
	.example = "a file saved as Latin-1: caf\\xe9",
	.cure = "Save the file as UTF-8 without control characters.",
	.run = run,
};
