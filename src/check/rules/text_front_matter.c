/* text-front-matter: front matter that does not parse. */
#include "check/check.h"

static void report(struct check *check, const struct trouble *trouble)
{
	struct diag *diag;
	if (strcmp(trouble->kind, "unclosed") == 0) {
		diag = check_report(check, trouble->span, "the front matter is not closed");
		check_help(check, diag, "end it with a line ---");
	} else {
		diag = check_report(check, trouble->span, "this is no line of front matter: " STR_FMT,
				    STR_ARG(str_trim(trouble->text)));
		if (trouble->extra.size)
			check_help(check, diag, "YAML says: " STR_FMT, STR_ARG(trouble->extra));
		else
			check_help(check, diag, "write `key: value`");
	}
	check_key(check, diag, str_from(trouble->kind));
}

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));)
		report(check, trouble);
}

const struct rule rule_text_front_matter = {
	.name = "text-front-matter",
	.severity = SEVERITY_ERROR,
	.group = "text",
	.summary = "front matter that does not parse or is not closed",
	.explain = "Front matter stands between two lines ---, the first of which is the first line of the file. It "
		   "is read tolerantly, line by line: `key: value`, [lists], and lists with hyphens; an unquoted "
		   "@handle or a value with a colon is fine. What is reported cannot be read that way, nor as YAML, "
		   "so its fields are lost.",
	.example = "a first line --- and no second one",
	.cure = "Close the front matter, or repair the line.",
	.run = run,
};
