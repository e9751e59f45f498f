/* lintel dump --after=PASS: what a pass made. */
#include "cmd/cmd.h"

static int run(const struct options *options)
{
	const char *name = options->after ? options->after : "model";
	const struct pass *pass = NULL;
	for (size_t i = 0; i < n_passes; i++)
		if (strcmp(passes[i].name, name) == 0)
			pass = &passes[i];
	if (!pass)
		world_usage(
			"no pass is called '%s'; they are load, parse, model, resolve, fact, check, draw, render, emit",
			name);
	struct compilation c = {0};
	cmd_compile(&c, options, name);
	struct buf out = {0};
	pass->dump(&c, &out);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	compilation_free(&c);
	return EXIT_CLEAN;
}

const struct command cmd_dump = {
	.name = "dump",
	.arguments = "",
	.summary = "Print what a pass made (load, parse, model, resolve, fact, check, draw, render, emit)",
	.takes = TAKES_AFTER | TAKES_OUTPUT | TAKES_OUT,
	.run = run,
};
