/* lintel nodes: every node with its cluster, role and addresses. */
#include "cmd/cmd.h"

static void add_node(struct buf *out, const struct node *node)
{
	buf_addf(out, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t", STR_ARG(node->entity.estate->entity.id.str),
		 STR_ARG(node->cluster->entity.id.str), STR_ARG(node->entity.id.str),
		 STR_ARG(node->role.str.size ? node->role.str : STR("-")));
	for (size_t i = 0; i < node->addresses.n; i++)
		buf_addf(out, "%s" STR_FMT, i ? "," : "", STR_ARG(node->addresses.data[i].word.str));
	buf_adds(out, node->addresses.n ? "\n" : "-\n");
}

static void write_text(const struct compilation *c, struct buf *out)
{
	for (size_t i = 0; i < c->model->estates.n; i++)
		for (size_t k = 0; k < c->model->estates.data[i]->clusters.n; k++) {
			const struct cluster *cluster = c->model->estates.data[i]->clusters.data[k];
			for (size_t n = 0; n < cluster->nodes.n; n++)
				add_node(out, cluster->nodes.data[n]);
		}
}

static void write_json(const struct compilation *c, struct buf *out)
{
	emit_nodes_json(out, c->model);
}

static int run(const struct options *options)
{
	return cmd_list(options, "resolve", write_text, write_json);
}

const struct command cmd_nodes = {
	.name = "nodes",
	.arguments = "",
	.summary = "List the nodes: estate, cluster, node, role, addresses",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.run = run,
};
