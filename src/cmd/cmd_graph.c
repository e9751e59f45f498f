/* lintel graph topology|supersession|links [ID]: a graph as dot or SVG. */
#include "cmd/cmd.h"

static struct graph *topology_graph(struct compilation *c, const char *id)
{
	struct model *model = c->model;
	if (!model->estates.n)
		world_usage("no topology.yaml with an 'estate:' key here: nothing to draw");
	if (!id && model->estates.n > 1)
		world_usage("several estates: name one of them, as in 'lintel graph topology " STR_FMT "'",
			    STR_ARG(model->estates.data[0]->entity.id.str));
	for (size_t i = 0; i < model->estates.n; i++)
		if (!id || str_is(model->estates.data[i]->entity.id.str, id))
			return draw_topology(c->arena, model->estates.data[i]);
	world_usage("no estate is called '%s'", id);
}

static struct graph *supersession_graph(struct compilation *c, const char *id)
{
	struct model *model = c->model;
	if (!model->logs.n)
		world_usage("no decision log here: nothing to draw");
	if (!id && model->logs.n > 1)
		world_usage("several decision logs: name the folder of one, as in 'lintel graph supersession " STR_FMT
			    "'",
			    STR_ARG(model->logs.data[0]->folder));
	for (size_t i = 0; i < model->logs.n; i++)
		if (!id || str_is(model->logs.data[i]->folder, id) ||
		    (model->logs.data[i]->estate && str_is(model->logs.data[i]->estate->entity.id.str, id)))
			return draw_supersession(c->arena, model->logs.data[i]);
	world_usage("no decision log is called '%s'", id);
}

static int run(const struct options *options)
{
	const char *what = options->arguments[0], *id = options->n_arguments > 1 ? options->arguments[1] : NULL;
	const char *format = options->format ? options->format : "dot";
	bool is_svg = strcmp(format, "svg") == 0;
	if (!is_svg && strcmp(format, "dot") != 0)
		world_usage("--format takes dot or svg here, not '%s'", format);
	struct compilation c = {0};
	cmd_compile(&c, options, "resolve");
	struct graph *graph = NULL;
	if (strcmp(what, "topology") == 0)
		graph = topology_graph(&c, id);
	else if (strcmp(what, "supersession") == 0)
		graph = supersession_graph(&c, id);
	else if (strcmp(what, "links") == 0)
		graph = draw_links(c.arena, c.model);
	else
		world_usage("'lintel graph' takes topology, supersession or links, not '%s'", what);
	struct buf out = {0};
	if (is_svg)
		drawing_svg(&out, draw_one(c.arena, c.model, graph), STR(""), "g");
	else
		drawing_dot(&out, graph);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	compilation_free(&c);
	return EXIT_CLEAN;
}

const struct command cmd_graph = {
	.name = "graph",
	.arguments = "topology [ESTATE] | supersession [LOG] | links",
	.summary = "Print a graph of the topology, the decisions or the links",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.min_arguments = 1,
	.max_arguments = 2,
	.run = run,
};
