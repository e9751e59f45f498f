/* lintel networks: every network with its prefixes. */
#include "cmd/cmd.h"

static void write_text(const struct compilation *c, struct buf *out)
{
	for (size_t i = 0; i < c->model->estates.n; i++) {
		const struct estate *estate = c->model->estates.data[i];
		for (size_t k = 0; k < estate->networks.n; k++) {
			const struct network *network = estate->networks.data[k];
			buf_addf(out, STR_FMT "\t" STR_FMT "\t", STR_ARG(estate->entity.id.str),
				 STR_ARG(network->entity.id.str));
			for (size_t n = 0; n < network->cidrs.n; n++)
				buf_addf(out, "%s" STR_FMT, n ? "," : "", STR_ARG(network->cidrs.data[n].word.str));
			buf_addf(out, "\t" STR_FMT "\n",
				 STR_ARG(network->purpose.str.size ? network->purpose.str : STR("-")));
		}
	}
}

static void write_json(const struct compilation *c, struct buf *out)
{
	emit_networks_json(out, c->model);
}

static int run(const struct options *options)
{
	return cmd_list(options, "resolve", write_text, write_json);
}

const struct command cmd_networks = {
	.name = "networks",
	.arguments = "",
	.summary = "List the networks: estate, network, prefixes, purpose",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.run = run,
};
