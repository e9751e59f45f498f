/* limit-reached: input beyond a limit, and what was left out for it. */
#include "check/check.h"

static const struct limit {
	const char *kind;
	const char *what; /* behind the offending text; %s: the limit */
	const char *help;
} limits[] = {
	{"file-size", "is larger than %s bytes: it was not read",
	 "raise limits.file_bytes, or keep the file out of the workspace"},
	{"total-bytes", "was not read: the sources together are larger than %s bytes",
	 "raise limits.total_bytes, or narrow `content`"},
	{"files", "and what follows was left out: the workspace holds more than %s names",
	 "raise limits.files, or narrow the workspace"},
	{"folder-depth", "was not entered: folders are followed %s deep", "move it up"},
	{"ignore-rules", "holds more than %s rules: the rest was not read", "shorten it"},
	{"symlink-outside", "is a link that leaves the workspace: it was not followed",
	 "put a copy there, or link to it in the text"},
	{"symlink-loop", "is a link that leads back to itself: it was not followed", "remove the link"},
	{"symlink-folder", "is a link to a folder: it was not followed", "name the folder itself in `content`"},
	{"symlink-dangling", "is a link to no file of the workspace: it was not followed",
	 "remove the link, or restore its file"},
	{"markdown-memory", "takes more than %s bytes of memory to read: what stands below is left out",
	 "split the document"},
	{"markdown-depth", "nests blocks more than %s deep: the inner ones are read as text", "flatten the nesting"},
	{"diagram-depth", "nests more than %s deep: the inner blocks are drawn flat", "split the diagram"},
	{"diagram-steps", "holds more than %s steps in one diagram: the rest is left out", "split the diagram"},
	{"md-crashed", "could not be read: the reader of markdown ended", "split the document; it was left out"},
	{"md-timeout", "took too long to read", "split the document; it was left out"},
	{"md-memory", "took too much memory to read", "split the document; it was left out"},
};

static const struct limit *find_limit(const char *kind)
{
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		if (strcmp(limits[i].kind, kind) == 0)
			return &limits[i];
	return NULL;
}

static struct str filled(struct check *check, const char *pattern, struct str value)
{
	return str_replace(check->arena, str_from(pattern), STR("%s"), value.size ? value : STR("the limit"));
}

static void report(struct check *check, const struct trouble *trouble)
{
	const struct limit *limit = find_limit(trouble->kind);
	bool is_link = strncmp(trouble->kind, "symlink", strlen("symlink")) == 0;
	struct str name = trouble->text.size ? trouble->text : span_path(check->sources, trouble->span);
	struct diag *diag;
	if (!limit) {
		diag = check_report(check, trouble->span, STR_FMT ": the limit %s was reached" STR_FMT STR_FMT,
				    STR_ARG(name), trouble->kind, STR_ARG(trouble->extra.size ? STR(": ") : STR("")),
				    STR_ARG(trouble->extra));
		check_help(check, diag, "what lies beyond it was left out");
	} else {
		/* The target of a link is no limit. */
		struct str what = filled(check, limit->what, is_link ? STR_NONE : trouble->extra);
		diag = check_report(check, trouble->span, STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(what));
		check_help(check, diag, "%s", limit->help);
	}
	check_key(check, diag, str_format(check->arena, "%s " STR_FMT, trouble->kind, STR_ARG(name)));
}

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));)
		report(check, trouble);
}

const struct rule rule_limit_reached = {
	.name = "limit-reached",
	.severity = SEVERITY_WARNING,
	.group = "text",
	.summary = "an input beyond a limit, and what was left out",
	.explain = "Limits keep a check bounded in time and memory whatever the input. What lies beyond one is left "
		   "out, and said so here: a green result would otherwise stand for something that nobody looked at. "
		   "Symbolic links are followed to files inside the workspace only.",
	.example = "a document of 12 MB, where limits.file_bytes is 8 MiB",
	.cure = "Raise the limit under `limits:` in lintel.yaml where there is one, or make the input smaller.",
	.run = run,
};
