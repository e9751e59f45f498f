/* text-front-matter: front matter that does not parse. */
#include "check/check.h"

/* The key of a value that stands alone in `text`; empty where the text is a whole line. */
static struct str key_before(struct check *check, const struct trouble *trouble)
{
	struct str all = check->sources->list.data[trouble->span.source]->text;
	struct str before = str_sub(all, 0, trouble->span.off);
	size_t line = str_rfind_char(before, '\n');
	before = str_trim(line == SIZE_MAX ? before : str_from_off(before, line + 1));
	return str_ends(before, STR(":")) ? str_sub(before, 0, before.size - 1) : STR_NONE;
}

/* A value that begins with a bracket or a quote and never ends. Gives the kind of finding up where it is none. */
static struct diag *report_open(struct check *check, const struct trouble *trouble)
{
	static const struct {
		char open, close;
		const char *what;
	} values[] = {
		{'[', ']', "list"}, {'{', '}', "mapping"}, {'"', '"', "quoted text"}, {'\'', '\'', "quoted text"}};
	struct str text = str_trim(trouble->text), key = key_before(check, trouble);
	size_t i = 0, marks = 0;
	while (i < sizeof values / sizeof *values && text.size && values[i].open != text.data[0])
		i++;
	if (!key.size || !text.size || i == sizeof values / sizeof *values)
		return NULL;
	struct diag *diag = check_report(check, trouble->span, "the %s of " STR_FMT " is not closed: " STR_FMT,
					 values[i].what, STR_ARG(key), STR_ARG(text));
	for (size_t k = 0; k < text.size; k++)
		marks += strchr("[]{}\"'", text.data[k]) != NULL;
	if (marks == 1 && text.size <= 60 && !str_ends(text, STR(",")))
		check_help(check, diag, "write " STR_FMT ": " STR_FMT "%c", STR_ARG(key), STR_ARG(text),
			   values[i].close);
	else
		check_help(check, diag, "end it with %c", values[i].close);
	return diag;
}

static void report(struct check *check, const struct trouble *trouble)
{
	struct diag *diag;
	if (strcmp(trouble->kind, "unclosed") == 0) {
		diag = check_report(check, trouble->span, "the front matter is not closed");
		check_help(check, diag, "end it with a line ---");
	} else if (!(diag = report_open(check, trouble))) {
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
