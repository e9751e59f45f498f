/* lintel check: findings, and the exit status that CI reads. */
#include "cmd/cmd.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool wants_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM"), *force = getenv("CLICOLOR_FORCE");
	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	if (options->output || (no_color && *no_color))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

/* An argument as a path of the workspace: from the folder of -C where it was given, else from the current one. */
static struct str workspace_path(const struct compilation *c, const struct options *options, const char *argument)
{
	char *root = realpath(c->root, NULL);
	char *here = realpath(options->directory ? options->directory : ".", NULL);
	if (!root || !here)
		world_fail("cannot find the workspace: %s", strerror(errno));
	struct str full = path_join(c->arena, str_dup(c->arena, str_from(here)), str_from(argument));
	struct str top = str_dup(c->arena, str_from(root));
	free(root);
	free(here);
	struct str path = str_eq(full, top)          ? STR("")
			  : path_is_under(full, top) ? str_from_off(full, top.size + 1)
						     : STR_NONE;
	if (path.data && (!path.size || map_has(&c->loaded->listing->by_path, path)))
		return path;
	world_usage("no such file or folder in the workspace: %s", argument);
}

/* The paths named on the command line; none: everything. */
struct wanted {
	struct str *paths;
	int n;
};

static struct wanted wanted_paths(const struct compilation *c, const struct options *options)
{
	struct wanted wanted = {NEW_ARRAY(c->arena, struct str, options->n_arguments + 1), options->n_arguments};
	for (int i = 0; i < wanted.n; i++)
		wanted.paths[i] = workspace_path(c, options, options->arguments[i]);
	return wanted;
}

static bool is_wanted(const struct compilation *c, const struct wanted *wanted, struct span span)
{
	struct str path = span_path(&c->loaded->sources, span);
	for (int i = 0; i < wanted->n; i++)
		if (path_is_under(path, wanted->paths[i]))
			return true;
	return !wanted->n;
}

/* Keeps the findings at or below the paths named. */
static void keep_paths(struct compilation *c, const struct wanted *wanted)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->diags->list.n; i++)
		if (is_wanted(c, wanted, c->diags->list.data[i].span))
			c->diags->list.data[kept++] = c->diags->list.data[i];
	c->diags->list.n = kept;
}

/* Columns of the terminal that the report goes to; 0: it goes elsewhere. */
static unsigned terminal_width(const struct options *options)
{
	struct winsize size;
	if (options->output || !isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		return 0;
	return size.ws_col;
}

static int status_of(const struct compilation *c, const struct options *options)
{
	for (enum severity s = options->fail_on; s <= SEVERITY_ERROR; s++)
		if (diags_count(c->diags, s))
			return EXIT_FINDINGS;
	return EXIT_CLEAN;
}

/* The page of a CI step: a file that the service names, and to which each step adds. */
static void add_page(const struct report *report, const struct report_format *format)
{
	const char *file = format->write_page ? getenv(format->page_variable) : NULL;
	if (!file || !*file)
		return;
	struct buf page = {0};
	format->write_page(report, &page);
	FILE *f = fopen(file, "ae");
	bool written = f && fwrite(page.data, 1, page.size, f) == page.size;
	if ((f && fclose(f)) || !written)
		world_fail("cannot write %s: %s", file, strerror(errno));
	buf_free(&page);
}

int cmd_report(struct compilation *c, const struct options *options)
{
	struct str name = options->format ? str_from(options->format) : STR("text");
	const struct report_format *format = report_format_find(name);
	struct report report = {.compilation = c,
				.color = wants_color(options),
				.quiet = options->quiet,
				.verbose = options->verbose,
				.width = terminal_width(options),
				.arena = c->arena};
	struct str repository;
	if (!git_find(c->arena, c->root, &repository, &report.prefix))
		report.prefix = STR_NONE;
	struct buf out = {0};
	format->write(&report, &out);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	add_page(&report, format);
	return status_of(c, options);
}

/* ---- corrections ---- */

/* One correction may make room for the next; more rounds than this are no progress. */
enum { FIX_ROUNDS = 5 };

struct fixes {
	VEC(struct edited) files; /* in the order of their paths */
	size_t n;                 /* places corrected */
};

static void say(const struct compilation *c, const struct options *options, struct str path, const char *why)
{
	if (!options->quiet)
		fprintf(stderr, "lintel: " STR_FMT " is left alone: %s\n", STR_ARG(utf8_printable(c->arena, path)),
			why);
}

/* True when a suppression says that the rule's finding there is to stay, though it is told of elsewhere. */
static bool is_suppressed(const struct compilation *c, const char *rule, struct span span)
{
	const struct suppressions *all = &c->syntax->of[span.source].suppressions;
	if (!all->list.n)
		return false;
	uint32_t line = span_place(&c->loaded->sources, span).line;
	for (size_t i = 0; i < all->list.n; i++) {
		const struct suppression *s = &all->list.data[i];
		if (s->first_line <= line && line <= s->last_line && str_is(s->rule.str, rule))
			return true;
	}
	return false;
}

static void add_edit(struct compilation *c, const struct wanted *wanted, struct edits *edits, const char *rule,
		     struct edit edit)
{
	if (edit.span.source < c->loaded->sources.list.n && is_wanted(c, wanted, edit.span) &&
	    !is_suppressed(c, rule, edit.span))
		vec_add(c->arena, &edits[edit.span.source].list, edit);
}

/* What the findings that are shown would change, file by file. */
static struct fixes find_fixes(struct compilation *c, const struct options *options)
{
	const struct sources *sources = &c->loaded->sources;
	struct edits *edits = NEW_ARRAY(c->arena, struct edits, sources->list.n + 1);
	struct wanted wanted = wanted_paths(c, options);
	struct fixes fixes = {0};
	for (size_t i = 0; i < c->diags->list.n; i++) {
		const struct diag *diag = &c->diags->list.data[i];
		if (!diag->has_fix)
			continue;
		add_edit(c, &wanted, edits, diag->rule, diag->fix);
		for (size_t k = 0; k < diag->more_fixes.n; k++)
			add_edit(c, &wanted, edits, diag->rule, diag->more_fixes.data[k]);
	}
	for (size_t i = 0; i < sources->list.n; i++) {
		if (!edits[i].list.n)
			continue;
		struct edited edited = edits_read(c->arena, c->root, sources->list.data[i], &edits[i]);
		if (edited.why) {
			say(c, options, sources->list.data[i]->path, edited.why);
		} else if (!str_eq(edited.before, edited.after)) {
			fixes.n += edits[i].list.n - edited.skipped;
			vec_add(c->arena, &fixes.files, edited);
		}
	}
	return fixes;
}

static void print_diff(struct compilation *c, const struct options *options)
{
	struct fixes fixes = find_fixes(c, options);
	struct buf out = {0};
	for (size_t i = 0; i < fixes.files.n; i++)
		diff_unified(c->arena, fixes.files.data[i].source->path, fixes.files.data[i].before,
			     fixes.files.data[i].after, &out);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
}

/* Nothing is written unless all of it may be. */
static void write_fixes(struct compilation *c, const struct fixes *fixes)
{
	for (size_t i = 0; i < fixes->files.n; i++) {
		int error = edits_may_write(c->arena, &fixes->files.data[i]);
		if (error)
			world_fail("cannot write %s: %s; nothing was corrected", fixes->files.data[i].file,
				   strerror(error));
	}
	for (size_t i = 0; i < fixes->files.n; i++) {
		int error = edits_write(&fixes->files.data[i]);
		if (error)
			world_fail("cannot write %s: %s", fixes->files.data[i].file, strerror(error));
	}
}

static void check(struct compilation *c, const struct options *options, struct base_revision *base)
{
	c->base = base;
	c->with_baseline = !options->write_baseline;
	c->baseline = options->baseline;
	c->revision = options->merge ? "HEAD" : NULL;
	c->merged = options->merge;
	cmd_compile(c, options, "check");
	if (base)
		c->n_known = base_keep_new(base, c);
	struct wanted wanted = wanted_paths(c, options);
	keep_paths(c, &wanted);
}

/* Corrects and checks again until nothing more can be corrected. */
static void fix(struct compilation *c, const struct options *options, struct base_revision *base)
{
	size_t n = 0;
	for (int round = 0; round < FIX_ROUNDS; round++) {
		struct fixes fixes = find_fixes(c, options);
		if (!fixes.files.n)
			break;
		write_fixes(c, &fixes);
		n += fixes.n;
		compilation_free(c);
		*c = (struct compilation){0};
		check(c, options, base);
	}
	if (!options->quiet)
		fprintf(stderr, "lintel: corrected %zu place%s\n", n, n == 1 ? "" : "s");
}

static void refuse_format(const char *format)
{
	struct buf names = {0};
	for (size_t i = 0; i < n_report_formats; i++)
		buf_addf(&names, "%s%s", i ? ", " : "", report_formats[i]->name);
	world_usage("no report format is called '%s'; they are %.*s", format, (int)names.size, names.data);
}

static int write_baseline(const struct compilation *c, const struct options *options)
{
	struct baseline_counts counts = baseline_write(c, options->write_baseline);
	if (!options->quiet) {
		printf("%s accepts %zu finding%s", options->write_baseline, counts.accepted,
		       counts.accepted == 1 ? "" : "s");
		if (counts.gone)
			printf("; %zu are found no longer", counts.gone);
		if (counts.left_out)
			printf("; %zu are new and not taken in: a baseline only shrinks", counts.left_out);
		putchar('\n');
	}
	return counts.left_out ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(const struct options *options)
{
	if (options->format && !report_format_find(str_from(options->format)))
		refuse_format(options->format);
	if (options->dry_run && !options->fix)
		world_usage("--dry-run goes with --fix");
	if (options->fix && options->merge)
		world_usage("--fix does not go with --merge: what is checked is not on disk");
	if (options->write_baseline && (options->fix || options->since || options->merge || options->n_arguments))
		world_usage("--write-baseline takes all of the workspace as it is: no --fix, --since, --merge or PATH");
	struct compilation c = {0};
	cmd_prepare(&c, options);
	struct base_revision *base = options->since ? base_read(&c, options->since) : NULL;
	int status;
	check(&c, options, base);
	if (options->write_baseline) {
		status = write_baseline(&c, options);
	} else if (options->dry_run) {
		print_diff(&c, options);
		status = status_of(&c, options);
	} else {
		if (options->fix)
			fix(&c, options, base);
		status = cmd_report(&c, options);
	}
	compilation_free(&c);
	base_free(base);
	return status;
}

const struct command cmd_check = {
	.name = "check",
	.arguments = "[PATH...]",
	.summary = "Check the documents against each other and print what contradicts what",
	.takes = TAKES_FORMAT | TAKES_OUTPUT | TAKES_FAIL_ON | TAKES_FIX | TAKES_SINCE | TAKES_BASELINE |
		 TAKES_WRITE_BASELINE,
	.max_arguments = -1,
	.run = run,
};
