/* config-unknown-key: a word or path of lintel.yaml that means nothing. */
#include "check/check.h"

static void report(struct check *check, const struct trouble *trouble)
{
	static const struct {
		const char *kind;
		const char *what;
	} words[] = {
		{"key", "lintel.yaml has no key"},
		{"rule", "there is no rule"},
		{"severity", "there is no severity"},
		{"status", "there is no status"},
		{"source", "there is no kind of machine file"},
	};
	const char *what = "lintel.yaml does not know";
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].kind, trouble->kind) == 0)
			what = words[i].what;
	if (strcmp(trouble->kind, "duplicate-key") == 0) {
		struct diag *twice = check_report(check, trouble->span, STR_FMT " stands here a second time",
						  STR_ARG(trouble->text));
		check_help(check, twice, "the first one counts; remove the other");
		check_key(check, twice, trouble->text);
		return;
	}
	if (strcmp(trouble->kind, "no-match") == 0) {
		struct diag *dead = check_report(check, trouble->span,
						 STR_FMT ": '" STR_FMT "' names no file or folder of the workspace",
						 STR_ARG(trouble->extra), STR_ARG(trouble->text));
		check_help(check, dead, "correct the path, or remove the entry");
		check_key(check, dead, trouble->text);
		return;
	}
	struct diag *diag = check_report(check, trouble->span, "%s " STR_FMT, what, STR_ARG(trouble->text));
	if (trouble->extra.size)
		check_help(check, diag, "write " STR_FMT, STR_ARG(trouble->extra));
	else if (strcmp(trouble->kind, "severity") == 0)
		check_help(check, diag, "write off, info, warning or error");
	else if (strcmp(trouble->kind, "source") == 0)
		check_help(check, diag, "leave `as:` out: files are recognised by their content");
	else if (strcmp(trouble->kind, "status") == 0)
		check_help(check, diag,
			   "write draft, proposed, accepted, rejected, withdrawn, deferred, deprecated or superseded");
	else
		check_help(check, diag, "remove it, or begin a key of your own with x-");
	check_key(check, diag, trouble->text);
}

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));)
		report(check, trouble);
}

const struct rule rule_config_unknown_key = {
	.name = "config-unknown-key",
	.severity = SEVERITY_ERROR,
	.group = "text",
	.summary = "a key, rule, severity, status or path in lintel.yaml that does not exist, or a key twice",
	.explain =
		"A misspelt key would silently leave its default in force, a misspelt rule would leave the rule "
		"as it is, and a path that names nothing would leave its files unread. Keys that begin with x- are left alone.",
	.example = "titel: My homelab",
	.cure = "Write the nearest known word, which the finding gives, or the path of something that is there.",
	.run = run,
};
