/* lintel build: check, then write the site. */
#include "cmd/cmd.h"

static void print_result(const struct compilation *c)
{
	if (!c->has_emitted) {
		puts("\nsite: not written (--strict, and there are errors)");
		return;
	}
	printf("\nsite: %zu files, %zu written, %zu unchanged, %zu removed\n", c->emitted.files, c->emitted.written,
	       c->emitted.unchanged, c->emitted.removed);
}

static int run(const struct options *options)
{
	struct compilation c = {.with_baseline = true, .baseline = options->baseline};
	cmd_compile(&c, options, "emit");
	int status = cmd_report(&c, options);
	if (!options->quiet)
		print_result(&c);
	compilation_free(&c);
	return status;
}

const struct command cmd_build = {
	.name = "build",
	.arguments = "",
	.summary = "Check, then write the site",
	.takes = TAKES_OUT | TAKES_STRICT | TAKES_FAIL_ON | TAKES_BASELINE,
	.run = run,
};
