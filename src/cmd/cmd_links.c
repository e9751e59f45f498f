/* lintel links: every link and what became of it. */
#include "cmd/cmd.h"

static void write_text(const struct compilation *c, struct buf *out)
{
	dump_links(c, out);
}

static void write_json(const struct compilation *c, struct buf *out)
{
	emit_links_json(out, c->model);
}

static int run(const struct options *options)
{
	return cmd_list(options, "resolve", write_text, write_json);
}

const struct command cmd_links = {
	.name = "links",
	.arguments = "",
	.summary = "List the links: place, target, and whether it leads anywhere",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.run = run,
};
