/* lintel import: what machine files say, into a topology.yaml that people own. */
#include "author/author.h"
#include "cmd/cmd.h"

/* Where an estate's topology stands, or would. */
static struct str path_for(const struct compilation *c, const struct estate *estate, size_t n_new)
{
	const struct config_globs *content = &c->config.content, *topology = &c->config.topology;
	struct str folder = STR("");
	if (estate->topology)
		return estate->topology->path;
	if (topology->list.n == 1 && !strpbrk(str_to_c(c->arena, topology->list.data[0].str), "*?[") &&
	    str_ends(topology->list.data[0].str, STR(".yaml")))
		return topology->list.data[0].str;
	if (content->list.n && map_has(&c->loaded->listing->by_path, content->list.data[0].str) &&
	    !str_ends(content->list.data[0].str, STR(".md")))
		folder = content->list.data[0].str;
	if (n_new > 1)
		folder = path_join(c->arena, folder, estate->entity.id.str);
	return path_join(c->arena, folder, STR("topology.yaml"));
}

static void print(const struct compilation *c, struct buf *out, struct str path, const struct author_import *import)
{
	if (import->added.n) {
		buf_adds(out, "added to ");
		buf_add(out, utf8_printable(c->arena, path));
		buf_adds(out, ":\n");
	}
	for (size_t i = 0; i < import->added.n; i++) {
		const struct author_addition *addition = &import->added.data[i];
		buf_adds(out, "  ");
		buf_add(out, utf8_printable(c->arena, addition->path));
		if (addition->from) {
			buf_adds(out, " (");
			buf_add(out, utf8_printable(c->arena, addition->from->path));
			buf_addc(out, ')');
		}
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < import->left_out.n; i++) {
		buf_adds(out, "left out: ");
		buf_add(out, utf8_printable(c->arena, import->left_out.data[i]));
		buf_addc(out, '\n');
	}
}

static bool is_wanted(const struct options *options, const struct estate *estate)
{
	return !options->n_arguments || str_eq_nocase(estate->entity.id.str, str_from(options->arguments[0]));
}

/* Adds the changes of all estates that are wanted, and what is to be said of them. */
static void import(struct compilation *c, const struct options *options, const struct author *author,
		   struct author_changes *changes, struct buf *said)
{
	size_t n_new = 0, n = 0, n_wanted = 0;
	for (size_t i = 0; i < c->model->estates.n; i++)
		n_new += !c->model->estates.data[i]->topology;
	for (size_t i = 0; i < c->model->estates.n; i++) {
		const struct estate *estate = c->model->estates.data[i];
		if (!is_wanted(options, estate))
			continue;
		n_wanted++;
		struct str path = path_for(c, estate, n_new);
		struct author_import import =
			author_topology(author, estate, path, cmd_schema_line(c->arena, "topology"), changes);
		print(c, said, path, &import);
		n += import.added.n;
	}
	if (options->n_arguments && !n_wanted)
		world_usage("no estate is called '%s'", options->arguments[0]);
	if (!n)
		buf_adds(said, c->model->machines.n ? "nothing to add\n"
						    : "no machine file declares anything here; nothing to add\n");
}

static int run(const struct options *options)
{
	struct compilation c = {0};
	struct options quick = *options;
	quick.no_git = true;
	cmd_compile(&c, &quick, "resolve");
	struct author author = {.arena = c.arena, .model = c.model, .root = c.root};
	struct author_changes changes = {0};
	struct buf out = {0};
	import(&c, options, &author, &changes, &out);
	if (options->to_stdout) {
		buf_clear(&out);
		author_diff(&author, &changes, &out);
	} else {
		author_write(&author, &changes);
	}
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	compilation_free(&c);
	return EXIT_CLEAN;
}

const struct command cmd_import = {
	.name = "import",
	.arguments = "[ESTATE]",
	.summary = "Write what machine files say into a topology.yaml",
	.details =
		"Without a topology.yaml one is made. Into one that is there goes only what it lacks: whole entries, and keys of\n"
		"entries. Every other byte stays. What it would contradict, or where it would say more than is known, is\n"
		"left out and told.\n\n",
	.takes = TAKES_STDOUT,
	.max_arguments = 1,
	.run = run,
};
