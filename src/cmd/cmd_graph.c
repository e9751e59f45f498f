/* lintel graph topology|supersession|links [ID]: a graph as dot, SVG or text. */
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

/* A record by path, by id as written, or by a number that one record has; NULL: none. */
static const struct decision *find_record(const struct model *model, struct str name)
{
	long long number = decision_number(name);
	const struct decision *found = map_find(&model->decision_by_path, name);
	size_t n = 0;
	for (size_t i = 0; i < model->decisions.n && !found; i++)
		if (str_eq_nocase(model->decisions.data[i]->id, name) || str_eq(model->decisions.data[i]->stem, name))
			return model->decisions.data[i];
	if (found)
		return found;
	for (size_t i = 0; i < model->decisions.n && number >= 0; i++) {
		if (model->decisions.data[i]->number != number)
			continue;
		found = model->decisions.data[i];
		n++;
	}
	if (n > 1)
		world_usage(
			"several records have the number %lld: name one by its path, as in 'lintel graph supersession " STR_FMT
			"'",
			number, STR_ARG(found->path));
	return found;
}

static const struct decision_log *find_log(const struct model *model, const char *id)
{
	for (size_t i = 0; i < model->logs.n; i++) {
		const struct decision_log *log = model->logs.data[i];
		if (!id || str_is(log->folder, id) || str_is(log->name, id) ||
		    (log->estate && str_is(log->estate->entity.id.str, id)))
			return log;
	}
	return NULL;
}

/* As dot and text a log is given as a whole. */
static struct made_graph supersession_graph(struct compilation *c, const char *id, bool is_svg)
{
	const struct model *model = c->model;
	if (!model->logs.n)
		world_usage("no decision log here: nothing to draw");
	if (!id && model->logs.n > 1)
		world_usage("several decision logs: name the folder of one, as in 'lintel graph supersession " STR_FMT
			    "', or a record",
			    STR_ARG(model->logs.data[0]->folder));
	const struct decision_log *log = find_log(model, id);
	const struct decision *record = log ? NULL : find_record(model, str_from(id));
	if (!log && !record)
		world_usage("no decision log or record is called '%s'", id);
	if (record)
		return draw_chain(c->arena, record);
	return is_svg ? draw_log(c->arena, log) : (struct made_graph){.graph = draw_supersession(c->arena, log)};
}

static void say(const struct options *options, struct str what)
{
	if (what.size && !options->quiet)
		fprintf(stderr, "lintel: " STR_FMT "\n", STR_ARG(what));
}

static void write_svg(struct compilation *c, const struct options *options, struct graph *graph, struct buf *out)
{
	const struct drawing *drawing = draw_one(c->arena, c->model, graph);
	drawing_svg(out, drawing, STR(""), "g");
	if (!out->size)
		say(options, str_format(c->arena, "not drawn: " STR_FMT, STR_ARG(drawing->why)));
}

static int run(const struct options *options)
{
	const char *what = options->arguments[0], *id = options->n_arguments > 1 ? options->arguments[1] : NULL;
	const char *format = options->format ? options->format : "dot";
	bool is_svg = strcmp(format, "svg") == 0, is_text = strcmp(format, "text") == 0;
	if (!is_svg && !is_text && strcmp(format, "dot") != 0)
		world_usage("--format takes dot, svg or text here, not '%s'", format);
	struct compilation c = {0};
	cmd_compile(&c, options, "resolve");
	struct made_graph made = {0};
	if (strcmp(what, "topology") == 0)
		made.graph = topology_graph(&c, id);
	else if (strcmp(what, "supersession") == 0)
		made = supersession_graph(&c, id, is_svg);
	else if (strcmp(what, "links") == 0)
		made.graph = draw_links(c.arena, c.model);
	else
		world_usage("'lintel graph' takes topology, supersession or links, not '%s'", what);
	struct buf out = {0};
	if (is_svg)
		write_svg(&c, options, made.graph, &out);
	else if (is_text)
		drawing_text(&out, made.graph);
	else
		drawing_dot(&out, made.graph);
	say(options, made.left_out);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	compilation_free(&c);
	return EXIT_CLEAN;
}

const struct command cmd_graph = {
	.name = "graph",
	.arguments = "topology [ESTATE] | supersession [LOG|RECORD] | links",
	.summary = "Print a graph of the topology, the decisions or the links",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.min_arguments = 1,
	.max_arguments = 2,
	.run = run,
};
