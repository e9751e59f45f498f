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

/* Keeps the findings at or below the paths named on the command line. */
static void keep_paths(struct compilation *c, const struct options *options)
{
	if (!options->n_arguments)
		return;
	struct str *wanted = NEW_ARRAY(c->arena, struct str, options->n_arguments);
	for (int k = 0; k < options->n_arguments; k++)
		wanted[k] = workspace_path(c, options, options->arguments[k]);
	size_t kept = 0;
	for (size_t i = 0; i < c->diags->list.n; i++) {
		struct str path = span_path(&c->loaded->sources, c->diags->list.data[i].span);
		bool keep = false;
		for (int k = 0; k < options->n_arguments; k++)
			keep |= path_is_under(path, wanted[k]);
		if (keep)
			c->diags->list.data[kept++] = c->diags->list.data[i];
	}
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
	struct buf out = {0};
	format->write(&report, &out);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	for (enum severity s = options->fail_on; s <= SEVERITY_ERROR; s++)
		if (diags_count(c->diags, s))
			return EXIT_FINDINGS;
	return EXIT_CLEAN;
}

static int run(const struct options *options)
{
	if (options->format && !report_format_find(str_from(options->format)))
		world_usage("no report format is called '%s'; they are text, json and gcc", options->format);
	struct compilation c = {0};
	cmd_compile(&c, options, "check");
	keep_paths(&c, options);
	int status = cmd_report(&c, options);
	compilation_free(&c);
	return status;
}

const struct command cmd_check = {
	.name = "check",
	.arguments = "[PATH...]",
	.summary = "Check the documents against each other and print what contradicts what",
	.takes = TAKES_FORMAT | TAKES_OUTPUT | TAKES_FAIL_ON,
	.max_arguments = -1,
	.run = run,
};
