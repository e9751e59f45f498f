/* lintel check: findings, and the exit status that CI reads. */
#include "cmd/cmd.h"

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

/* Keeps the findings at or below the paths named on the command line, relative to the workspace. */
static void keep_paths(struct compilation *c, const struct options *options)
{
	if (!options->n_arguments)
		return;
	size_t kept = 0;
	for (size_t i = 0; i < c->diags->list.n; i++) {
		struct str path = span_path(&c->loaded->sources, c->diags->list.data[i].span);
		bool wanted = false;
		for (int k = 0; k < options->n_arguments; k++)
			wanted |= path_is_under(path, path_normal(c->arena, str_from(options->arguments[k])));
		if (wanted)
			c->diags->list.data[kept++] = c->diags->list.data[i];
	}
	c->diags->list.n = kept;
}

int cmd_report(struct compilation *c, const struct options *options)
{
	struct str name = options->format ? str_from(options->format) : STR("text");
	const struct report_format *format = report_format_find(name);
	struct report report = {.compilation = c, .color = wants_color(options), .quiet = options->quiet,
				.verbose = options->verbose, .arena = c->arena};
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
		world_usage("no report format is called '%s'; see 'lintel help check'", options->format);
	struct compilation c = {0};
	cmd_compile(&c, options, "check");
	keep_paths(&c, options);
	int status = cmd_report(&c, options);
	compilation_free(&c);
	return status;
}

const struct command cmd_check = {
	.name = "check", .arguments = "[PATH...]", .summary = "Check the documents against each other and print what contradicts what",
	.takes = TAKES_FORMAT | TAKES_OUTPUT | TAKES_FAIL_ON, .max_arguments = -1, .run = run,
};
