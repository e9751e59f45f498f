/* lintel init: a lintel.yaml for what is found here. What it only proposes stands in comments. */
#include "cmd/cmd.h"

#include <errno.h>
#include <stdlib.h>

/* Machine files listed one by one, findings of a rule from which on it is worth a setting, records with one word. */
enum { LISTED = 12, MANY = 20, SOME = 3 };

struct proposal {
	struct compilation *c;
	struct arena *arena;
	struct buf out;
};

static void say(struct proposal *p, const char *text)
{
	buf_adds(&p->out, text);
}

/* Foreign text for a comment, on one line. */
static void say_word(struct proposal *p, struct str text)
{
	buf_add(&p->out, utf8_printable(p->arena, text));
}

static void say_count(struct proposal *p, size_t n, const char *one)
{
	buf_addf(&p->out, "%zu %s%s", n, one, n == 1 ? "" : "s");
}

/* ---- documents and decisions ---- */

static void add_documents(struct proposal *p)
{
	const struct config *config = &p->c->config;
	size_t n = 0;
	for (size_t i = 0; i < p->c->model->pages.n; i++)
		n += p->c->model->pages.data[i]->kind == PAGE_DOCUMENT;
	say(p, str_is(p->c->model->title, "Documentation") ? "# title: " : "title: ");
	yaml_add_scalar(&p->out, str_trim(p->c->model->title));
	say(p, "\n\n# ");
	say_count(p, n, "document");
	if (config->content.list.n) {
		say(p, ". Markdown files elsewhere are not read.\ncontent: [");
		for (size_t i = 0; i < config->content.list.n; i++) {
			say(p, i ? ", " : "");
			yaml_add_scalar(&p->out, config->content.list.data[i].str);
		}
		say(p, "]\n");
		return;
	}
	say(p, ": every *.md that git does not ignore. To read some folders only:\n# content: [README.md, docs]\n");
}

/* True when the key `decisions:` can say all there is: folders of records. */
static bool are_folders(const struct model *model)
{
	for (size_t i = 0; i < model->logs.n; i++)
		if (model->logs.data[i]->file || !model->logs.data[i]->folder.size)
			return false;
	return model->logs.n > 0;
}

static void add_decisions(struct proposal *p)
{
	const struct model *model = p->c->model;
	const char *mark = are_folders(model) ? "" : "# ";
	if (!model->logs.n) {
		say(p,
		    "\n# No decision records. `lintel adr new TITLE` writes the first one.\n# decisions: [decisions]\n");
		return;
	}
	buf_addf(&p->out, "\n# Decision logs. Without this key every folder that holds records is one.\n%sdecisions:\n",
		 mark);
	for (size_t i = 0; i < model->logs.n; i++) {
		const struct decision_log *log = model->logs.data[i];
		buf_addf(&p->out, "%s  - ", mark);
		yaml_add_scalar(&p->out, log->folder.size ? log->folder : STR("."));
		say(p, "  # ");
		say_count(p, log->decisions.n, "record");
		say(p, "\n");
	}
}

/* ---- machine files ---- */

static size_t worth(const struct machine_use *use)
{
	return 4 * use->nodes + use->vips + use->versions + use->pools;
}

/* The most telling first, then by path. */
static int use_cmp(const void *left, const void *right)
{
	const struct machine_use *const *a = left, *const *b = right;
	if (worth(*a) != worth(*b))
		return worth(*a) > worth(*b) ? -1 : 1;
	return str_cmp((*a)->source->path, (*b)->source->path);
}

static bool is_machine(const struct skipped *skipped)
{
	return skipped->source && skipped->source->kind == SOURCE_MACHINE;
}

static void add_skipped(struct proposal *p)
{
	const struct model *model = p->c->model;
	size_t n = 0;
	for (size_t i = 0; i < model->skipped.n; i++) {
		if (!is_machine(&model->skipped.data[i]) || n++ >= LISTED)
			continue;
		say(p, n == 1 ? "# Not read:\n#   " : "#   ");
		say_word(p, model->skipped.data[i].path);
		buf_addf(&p->out, ": %s\n", model->skipped.data[i].why);
	}
	if (n > LISTED)
		buf_addf(&p->out, "#   and %zu more\n", n - LISTED);
}

static void add_topologies(struct proposal *p)
{
	const struct model *model = p->c->model;
	bool any = false;
	for (size_t i = 0; i < model->estates.n; i++) {
		const struct estate *estate = model->estates.data[i];
		if (!estate->topology)
			continue;
		say(p, any ? "" : "\n# Topology:\n");
		any = true;
		say(p, "#   ");
		say_word(p, estate->topology->path);
		say(p, " (estate ");
		say_word(p, estate->entity.id.str);
		say(p, ")\n");
	}
}

static void add_machines(struct proposal *p)
{
	const struct model *model = p->c->model;
	const struct machine_use **uses = NEW_ARRAY(p->arena, const struct machine_use *, model->machines.n + 1);
	add_topologies(p);
	if (!model->machines.n) {
		say(p,
		    "\n# No file of machines (talconfig.yaml, manifests, inventories ...) that declares nodes or addresses.\n");
		add_skipped(p);
		return;
	}
	for (size_t i = 0; i < model->machines.n; i++)
		uses[i] = &model->machines.data[i];
	qsort(uses, model->machines.n, sizeof *uses, use_cmp);
	say(p, "\n# What documents say is held against these files:\n");
	for (size_t i = 0; i < model->machines.n && i < LISTED; i++) {
		say(p, "#   ");
		say_word(p, uses[i]->source->path);
		buf_addf(&p->out, ": %s", uses[i]->kind);
		report_machine_counts(&p->out, uses[i]);
		say(p, "\n");
	}
	if (model->machines.n > LISTED)
		buf_addf(&p->out, "#   and %zu more\n", model->machines.n - LISTED);
	add_skipped(p);
	say(p, "# To leave some out, or say of which kind one is (`lintel import` writes a topology.yaml from them):\n"
	       "# sources:\n#   exclude: [");
	yaml_add_scalar(&p->out, uses[model->machines.n - 1]->source->path);
	say(p, "]\n#   map: {");
	yaml_add_scalar(&p->out, uses[0]->source->path);
	buf_addf(&p->out, ": %s}\n", uses[0]->kind);
}

/* ---- settings that findings speak for ---- */

struct tally {
	struct str name;
	size_t n;
	enum severity severity;
};
struct tallies {
	VEC(struct tally) list;
	struct map by_name; /* -> index + 1, as a pointer into the list would move */
};

static struct tally *tally(struct proposal *p, struct tallies *tallies, struct str name)
{
	size_t *at = map_find(&tallies->by_name, name);
	if (!at) {
		at = NEW(p->arena, size_t);
		*at = tallies->list.n;
		map_put(&tallies->by_name, name, at);
		vec_add(p->arena, &tallies->list, (struct tally){.name = name});
	}
	tallies->list.data[*at].n++;
	return &tallies->list.data[*at];
}

static int tally_cmp(const void *left, const void *right)
{
	const struct tally *a = left, *b = right;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return str_cmp(a->name, b->name);
}

static void sort(struct tallies *tallies)
{
	if (tallies->list.n)
		qsort(tallies->list.data, tallies->list.n, sizeof *tallies->list.data, tally_cmp);
}

/* The renderer whose anchors most links use, by what anchor-dialect offers. */
static void add_anchors(struct proposal *p)
{
	struct tallies names = {.by_name.arena = p->arena};
	for (size_t i = 0; i < p->c->diags->list.n; i++) {
		const struct diag *diag = &p->c->diags->list.data[i];
		struct str mark = STR("`anchors: ");
		size_t at = strcmp(diag->rule, "anchor-dialect") == 0 ? str_find(diag->help, mark) : SIZE_MAX;
		struct str rest = at == SIZE_MAX ? STR_NONE : str_from_off(diag->help, at + mark.size);
		if (rest.size)
			tally(p, &names, str_cut(&rest, '`'));
	}
	sort(&names);
	if (!names.list.n || names.list.data[0].n < SOME)
		return;
	say(p, "\n# ");
	say_count(p, names.list.data[0].n, "link");
	say(p, " to headings as this renderer names them, not GitHub:\n# anchors: ");
	buf_add(&p->out, names.list.data[0].name);
	say(p, "\n");
}

static void add_statuses(struct proposal *p)
{
	const struct model *model = p->c->model;
	struct tallies words = {.by_name.arena = p->arena};
	bool any = false;
	for (size_t i = 0; i < model->decisions.n; i++)
		if (model->decisions.data[i]->status == STATUS_UNKNOWN)
			tally(p, &words, str_trim(model->decisions.data[i]->status_text.str));
	sort(&words);
	for (size_t i = 0; i < words.list.n && i < LISTED; i++) {
		if (words.list.data[i].n < SOME || words.list.data[i].name.size > 40)
			continue;
		say(p,
		    any ? ""
			: "\n# Words of records that say no known status; write which one each means:\n# statuses:\n");
		any = true;
		say(p, "#   ");
		yaml_add_scalar(&p->out, words.list.data[i].name);
		say(p, ": accepted  # ");
		say_count(p, words.list.data[i].n, "record");
		say(p, "\n");
	}
}

/* The deepest folder in which at least nine of ten findings of a rule lie; "": none but the workspace. */
static struct str home_of(struct proposal *p, struct str rule, size_t n)
{
	struct tallies folders = {.by_name.arena = p->arena};
	struct str best = STR("");
	for (size_t i = 0; i < p->c->diags->list.n; i++) {
		const struct diag *diag = &p->c->diags->list.data[i];
		if (span_is_none(diag->span) || !str_is(rule, diag->rule))
			continue;
		struct str folder = path_dir(span_path(&p->c->loaded->sources, diag->span));
		for (int depth = 0; folder.size && depth < 32; depth++, folder = path_dir(folder))
			tally(p, &folders, folder);
	}
	for (size_t i = 0; i < folders.list.n; i++)
		if (folders.list.data[i].n * 10 >= n * 9 && folders.list.data[i].name.size > best.size)
			best = folders.list.data[i].name;
	return best;
}

static const char *softer(const struct tally *rule)
{
	return rule->severity == SEVERITY_ERROR ? "warning" : "info";
}

static bool has_many(const struct tally *rule)
{
	return rule->n >= MANY && rule->severity > SEVERITY_INFO;
}

static void add_severities(struct proposal *p, const struct tallies *found)
{
	bool any = false;
	for (size_t i = 0; i < found->list.n; i++) {
		const struct tally *rule = &found->list.data[i];
		if (!has_many(rule) || home_of(p, rule->name, rule->n).size)
			continue;
		say(p, any ? "" : "\n# Rules with many findings here; off, info, warning or error:\n# rules:\n");
		any = true;
		buf_addf(&p->out, "#   " STR_FMT ": %s  # %zu findings\n", STR_ARG(rule->name), softer(rule), rule->n);
	}
}

static void add_overrides(struct proposal *p, const struct tallies *found)
{
	bool any = false;
	for (size_t i = 0; i < found->list.n; i++) {
		const struct tally *rule = &found->list.data[i];
		struct str home = has_many(rule) ? home_of(p, rule->name, rule->n) : STR("");
		if (!home.size)
			continue;
		say(p, any ? "" : "\n# Rules whose many findings lie in one folder:\n# overrides:\n");
		any = true;
		say(p, "#   - {paths: [");
		yaml_add_scalar(&p->out, str_format(p->arena, STR_FMT "/**", STR_ARG(home)));
		buf_addf(&p->out, "], rules: {" STR_FMT ": %s}}  # %zu findings\n", STR_ARG(rule->name), softer(rule),
			 rule->n);
	}
}

/* A rule that tells of the same thing over and over may be one habit of this repository. */
static void add_rules(struct proposal *p)
{
	struct tallies found = {.by_name.arena = p->arena};
	for (size_t i = 0; i < p->c->diags->list.n; i++) {
		const struct diag *diag = &p->c->diags->list.data[i];
		tally(p, &found, str_from(diag->rule))->severity = diag->severity;
	}
	sort(&found);
	add_severities(p, &found);
	add_overrides(p, &found);
}

/* ---- the command ---- */

static void propose(struct proposal *p)
{
	buf_add(&p->out, cmd_schema_line(p->arena, "config"));
	say(p,
	    "# Every key is optional; what stands in comments changes nothing until the mark before it is taken away.\n\n");
	add_documents(p);
	add_decisions(p);
	add_machines(p);
	add_anchors(p);
	add_statuses(p);
	add_rules(p);
}

static void write_file(const struct proposal *p)
{
	struct summary s = report_summary(p->c);
	const char *path = str_to_c(p->arena, str_format(p->arena, "%s/lintel.yaml", p->c->root));
	int error = file_create(path, buf_str(&p->out));
	if (error == EEXIST)
		world_usage("%s is there already; --stdout prints what init would write", path);
	if (error)
		world_fail("cannot write %s: %s", path, strerror(error));
	printf("wrote lintel.yaml: %zu page%s, %zu decision%s, %zu machine file%s\n", s.pages, s.pages == 1 ? "" : "s",
	       s.decisions, s.decisions == 1 ? "" : "s", s.machines, s.machines == 1 ? "" : "s");
}

static int run(const struct options *options)
{
	struct compilation c = {0};
	char path[4200];
	snprintf(path, sizeof path, "%s/lintel.yaml", cmd_root(options));
	if (!options->to_stdout && file_exists(path))
		world_usage("%s is there already; --stdout prints what init would write", path);
	cmd_compile(&c, options, "check");
	struct proposal p = {.c = &c, .arena = c.arena};
	propose(&p);
	if (options->to_stdout)
		cmd_write(options, buf_str(&p.out));
	else
		write_file(&p);
	buf_free(&p.out);
	compilation_free(&c);
	return EXIT_CLEAN;
}

const struct command cmd_init = {
	.name = "init",
	.arguments = "",
	.summary = "Write a lintel.yaml for what is found here",
	.details =
		"The file says which documents, decision logs and machine files were found, and what was not read and why.\n"
		"What only may fit, such as a rule with many findings, stands in comments. A lintel.yaml that is there is\n"
		"never touched.\n\n",
	.takes = TAKES_STDOUT,
	.max_arguments = 0,
	.run = run,
};
