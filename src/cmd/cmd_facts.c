/* lintel facts: what the documents state, and whether it agrees. */
#include "cmd/cmd.h"

static void write_json(const struct compilation *c, struct buf *out)
{
	emit_facts_json(out, c->model, c->facts);
}

static int run(const struct options *options)
{
	return cmd_list(options, "fact", dump_fact, write_json);
}

const struct command cmd_facts = {
	.name = "facts",
	.arguments = "",
	.summary = "List the facts that documents state: place, form, subject, attribute, value, verdict",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.run = run,
};
