/* lintel model: the whole model as JSON, the bytes of site/model.json. */
#include "cmd/cmd.h"

static int run(const struct options *options)
{
	if (options->format && strcmp(options->format, "json") != 0)
		world_usage("--format takes json here, not '%s'", options->format);
	struct compilation c = {0};
	cmd_compile(&c, options, "check");
	struct buf out = {0};
	emit_model_json(&out, c.model, c.facts);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	compilation_free(&c);
	return EXIT_CLEAN;
}

const struct command cmd_model = {
	.name = "model",
	.arguments = "",
	.summary = "Print the whole model as JSON",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.run = run,
};
