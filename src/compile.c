/* THE PIPELINE: a table of passes, each one call. */
#include "compile.h"

#include <assert.h>
#include <sys/resource.h>

/* Where the site goes: --out, or the folder that the configuration names, which must be one of the workspace's own. */
static void settle_target(struct compilation *c)
{
	struct str output = path_normal(c->arena, c->config.output.str);
	if (c->out_dir)
		return;
	if (!output.size || str_is(output, ".") || path_is_outside(output))
		world_usage("lintel.yaml: output: '" STR_FMT "' is no folder inside the workspace",
			    STR_ARG(c->config.output.str));
	c->out_dir = str_to_c(c->arena, path_join(c->arena, str_from(c->root), output));
}

static struct tree *open_tree(const struct compilation *c)
{
	struct str repository, prefix, why;
	if (!c->revision)
		return tree_disk(c->arena, c->root);
	if (!git_find(c->arena, c->root, &repository, &prefix))
		world_usage("there is no git repository to read %s from", c->revision);
	struct tree *tree = tree_merge(c->arena, str_to_c(c->arena, repository), c->revision, c->merged, prefix, &why);
	if (!tree && c->merged)
		world_usage("cannot merge %s into %s: " STR_FMT, c->merged, c->revision, STR_ARG(why));
	if (!tree)
		world_usage("cannot read %s: " STR_FMT, c->revision, STR_ARG(why));
	return tree;
}

static void pass_load(struct compilation *c)
{
	config_init(&c->config);
	c->config.config_path = c->config_path;
	c->config.nearest_rule = rule_nearest;
	c->config.may_be_machine = machine_may_be;
	c->loaded = load(c->arena, open_tree(c), &c->config);
	c->loaded->root = c->root;
	settle_target(c);
	if (c->writes_site)
		emit_check_target(c->out_dir);
}

static void pass_parse(struct compilation *c)
{
	c->syntax = syntax_parse(c->arena, &c->config, c->loaded, &c->pool);
}

/* Of the records every version: rules ask what became of them. Of the documents of a site who wrote them, and when. */
static struct git_history *read_history(const struct compilation *c)
{
	size_t n_pages = c->writes_site ? c->model->pages.n : 0;
	struct git_wanted wanted = {.n_texts = c->model->decisions.n};
	struct str *paths = NEW_ARRAY(c->arena, struct str, wanted.n_texts + n_pages + 1);
	for (size_t i = 0; i < wanted.n_texts; i++)
		paths[wanted.n++] = c->model->decisions.data[i]->source->path;
	for (size_t i = 0; i < n_pages; i++)
		paths[wanted.n++] = c->model->pages.data[i]->source->path;
	wanted.paths = paths;
	return git_history_read(c->arena, c->root, c->revision, &wanted);
}

static void pass_model(struct compilation *c)
{
	c->model = model_build(c->arena, &c->config, c->loaded, c->syntax);
	c->model->git = c->git = c->with_git ? read_history(c) : NULL;
	decisions_read_history(c->model, &c->pool);
	if (c->base)
		base_mark_taken(c->base, c->model);
}

static void pass_resolve(struct compilation *c)
{
	resolve(c->model, &c->pool);
}

static void pass_fact(struct compilation *c)
{
	c->facts = fact_find(c->arena, c->model, &c->pool);
}

static void pass_check(struct compilation *c)
{
	c->diags = check_run(c->arena, c->model, c->facts, c->syntax);
	if (c->with_baseline)
		baseline_apply(c);
}

static void pass_draw(struct compilation *c)
{
	c->drawings = draw(c->arena, c->model, &c->pool);
	check_late(c->arena, c->model, &c->drawings->troubles, c->syntax, c->diags);
}

static void pass_render(struct compilation *c)
{
	c->site = render_plan(c->arena, c->model, c->facts, c->diags, c->drawings);
	if (c->site->error.size)
		world_usage(STR_FMT, STR_ARG(c->site->error));
}

static void pass_emit(struct compilation *c)
{
	c->emitted = emit(c->site, c->out_dir, &c->pool);
	c->has_emitted = true;
}

const struct pass passes[] = {
	{"load", pass_load, dump_load, true},    {"parse", pass_parse, dump_parse, true},
	{"model", pass_model, dump_model, true}, {"resolve", pass_resolve, dump_resolve, true},
	{"fact", pass_fact, dump_fact, true},    {"check", pass_check, dump_check, true},
	{"draw", pass_draw, dump_draw, true},    {"render", pass_render, dump_render, false},
	{"emit", pass_emit, dump_emit, false},
};
const size_t n_passes = sizeof passes / sizeof *passes;

static double seconds_of(const struct rusage *usage)
{
	return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
	       (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

/* Time on the clock, time of all processors together, and the largest process so far, here and among workers. */
struct cost {
	double wall, cpu;
	long own_kib, worker_kib;
};

static struct cost cost_now(void)
{
	struct rusage own, workers;
	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &workers);
	return (struct cost){world_seconds(), seconds_of(&own) + seconds_of(&workers), own.ru_maxrss,
			     workers.ru_maxrss};
}

static void print_cost(const char *name, struct cost from, struct cost to)
{
	fprintf(stderr, "lintel: %-8s %7.3f s  CPU %7.3f s  peak %ld MiB, workers %ld MiB\n", name, to.wall - from.wall,
		to.cpu - from.cpu, to.own_kib >> 10, to.worker_kib >> 10);
}

void compile(struct compilation *c, const char *last)
{
	c->arena = arena_new();
	c->writes_site = strcmp(last, "emit") == 0;
	for (size_t i = 0; i < n_passes; i++) {
		bool stops = c->strict && !passes[i].after_errors && diags_count(c->diags, SEVERITY_ERROR);
		struct cost start = cost_now();
		if (stops)
			return;
		passes[i].run(c);
		if (c->verbose)
			print_cost(passes[i].name, start, cost_now());
		if (strcmp(passes[i].name, last) == 0)
			return;
	}
	assert(!"no such pass");
}

void compilation_free(struct compilation *c)
{
	arena_free(c->arena);
	c->arena = NULL;
}
