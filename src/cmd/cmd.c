/* Options, the command table, and what all commands share. */
#include "cmd/cmd.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <unistd.h>

#define X(name) extern const struct command name;
#include "commands.inc"
#undef X

const struct command *const commands[] = {
#define X(name) &name,
#include "commands.inc"
#undef X
};
const size_t n_commands = sizeof commands / sizeof *commands;

enum option_id {
	OPT_CONFIG = 256,
	OPT_FORMAT,
	OPT_OUTPUT,
	OPT_AFTER,
	OPT_FAIL_ON,
	OPT_COLOR,
	OPT_STRICT,
	OPT_JOBS,
	OPT_QUIET,
	OPT_VERBOSE,
	OPT_HELP,
	OPT_VERSION,
	OPT_NO_GIT,
	OPT_FIX,
	OPT_DRY_RUN,
	OPT_SINCE,
	OPT_MERGE,
	OPT_BASELINE,
	OPT_WRITE_BASELINE,
	OPT_WRITE,
	OPT_LOG,
	OPT_TEMPLATE,
	OPT_NEW,
	OPT_STATUS,
	OPT_STDOUT
};

/* One row an option: parsing, help and checks read it. */
static const struct option_row {
	const char *name;
	int id;
	const char *argument; /* NULL: none */
	unsigned bit;         /* 0: every command takes it */
	const char *help;
} option_rows[] = {
	{"directory", 'C', "DIR", 0,
	 "the workspace; else the nearest folder upwards with a lintel.yaml, else this one"},
	{"config", OPT_CONFIG, "FILE", 0, "configuration instead of lintel.yaml"},
	{"jobs", 'j', "N", 0, "worker processes (default: processors)"},
	{"color", OPT_COLOR, "WHEN", 0, "auto, always or never"},
	{"quiet", 'q', NULL, 0, "findings only, no summary"},
	{"verbose", 'v', NULL, 0, "time and memory of each pass on standard error"},
	{"no-git", OPT_NO_GIT, NULL, 0, "read no git history"},
	{"out", 'o', "OUT", TAKES_OUT, "folder to write the site to"},
	{"strict", OPT_STRICT, NULL, TAKES_STRICT, "with errors write nothing"},
	{"format", OPT_FORMAT, "FORMAT", TAKES_FORMAT,
	 "how to print the result: text (default) or json; check also gcc, github, gitlab, junit, rdjson and sarif; graph dot, svg or text"},
	{"output", OPT_OUTPUT, "FILE", TAKES_OUTPUT, "write the result to a file"},
	{"fail-on", OPT_FAIL_ON, "SEVERITY", TAKES_FAIL_ON,
	 "error, warning or info: exit 1 from there on (default error)"},
	{"fix", OPT_FIX, NULL, TAKES_FIX, "correct the files where a finding says how, then report what is left"},
	{"dry-run", OPT_DRY_RUN, NULL, TAKES_FIX | TAKES_RECORD,
	 "print the changes as a unified diff, write no file; check: with --fix"},
	{"log", OPT_LOG, "DIR", TAKES_RECORD, "the decision log; else the nearest one"},
	{"template", OPT_TEMPLATE, "T", TAKES_RECORD, "new: madr, nygard or a file; else the log's own"},
	{"new", OPT_NEW, "TITLE", TAKES_RECORD, "supersede: write the successor too"},
	{"status", OPT_STATUS, "STATUS", TAKES_RECORD, "new: proposed (default), accepted, draft ..."},
	{"write", OPT_WRITE, NULL, TAKES_RECORD, "renumber: do it; without, the changes are shown"},
	{"stdout", OPT_STDOUT, NULL, TAKES_STDOUT, "print what would be written, write no file"},
	{"since", OPT_SINCE, "REV", TAKES_SINCE, "only what the change since this revision brings, read from git"},
	{"merge", OPT_MERGE, "REV", TAKES_SINCE, "check what merging this revision into HEAD would give"},
	{"baseline", OPT_BASELINE, "FILE", TAKES_BASELINE, "leave out the findings that this file accepts"},
	{"write-baseline", OPT_WRITE_BASELINE, "FILE", TAKES_WRITE_BASELINE,
	 "accept what is found now; of a file that is there, keep only what is still found"},
	{"after", OPT_AFTER, "PASS", TAKES_AFTER, "the pass to stop after"},
	{"help", 'h', NULL, 0, "this text"},
	{"version", OPT_VERSION, NULL, 0, "the version"},
};
enum { N_OPTIONS = sizeof option_rows / sizeof *option_rows };

static void print_options(FILE *out, unsigned takes)
{
	for (size_t i = 0; i < N_OPTIONS; i++) {
		const struct option_row *row = &option_rows[i];
		if (row->bit && !(row->bit & takes))
			continue;
		if ((takes & READS_NO_WORKSPACE) && !row->bit && row->id != 'h')
			continue;
		char name[64];
		snprintf(name, sizeof name, "%s%c%s--%s%s%s", row->id < 256 ? "-" : "  ", row->id < 256 ? row->id : ' ',
			 row->id < 256 ? ", " : " ", row->name, row->argument ? " " : "",
			 row->argument ? row->argument : "");
		fprintf(out, "  %-24s %s\n", name, row->help);
	}
}

void cmd_print_help(FILE *out)
{
	fputs("Usage: lintel COMMAND [OPTION...] [ARGUMENT...]\n\nChecks architecture documentation against itself and builds a "
	      "site from it.\n\nCommands:\n",
	      out);
	for (size_t i = 0; i < n_commands; i++)
		fprintf(out, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\nOptions of every command:\n", out);
	print_options(out, 0);
	fputs("\nExit status: 0 clean, 1 findings, 2 wrong usage or configuration, 3 unreadable or unwritable files.\n"
	      "`lintel help COMMAND` tells of one command, `lintel explain RULE` of one rule.\n",
	      out);
}

void cmd_print_command_help(FILE *out, const struct command *command)
{
	fprintf(out, "Usage: lintel %s [OPTION...]%s%s\n\n%s.\n\n%sOptions:\n", command->name,
		*command->arguments ? " " : "", command->arguments, command->summary,
		command->details ? command->details : "");
	print_options(out, command->takes);
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < n_commands; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	struct str names[64];
	size_t n = 0;
	for (size_t i = 0; i < n_commands && n < 64; i++)
		names[n++] = str_from(commands[i]->name);
	struct str near = nearest_find(str_from(name), names, n);
	if (near.size)
		world_usage("no command is called '%s'; did you mean '" STR_FMT "'?", name, STR_ARG(near));
	world_usage("no command is called '%s'; see 'lintel help'", name);
}

static unsigned read_jobs(const char *text)
{
	long long number;
	if (!str_to_number(str_from(text), &number) || number < 1 || number > 256)
		world_usage("--jobs takes a number from 1 to 256, not '%s'", text);
	return (unsigned)number;
}

static void set_option(struct options *options, const struct option_row *row, const char *value)
{
	switch (row->id) {
	case 'C': options->directory = value; break;
	case 'j': options->jobs = read_jobs(value); break;
	case 'q': options->quiet = true; break;
	case 'v': options->verbose = true; break;
	case 'o': options->out = value; break;
	case OPT_CONFIG: options->config = value; break;
	case OPT_STRICT: options->strict = true; break;
	case OPT_FORMAT: options->format = value; break;
	case OPT_OUTPUT: options->output = value; break;
	case OPT_AFTER: options->after = value; break;
	case OPT_SINCE: options->since = value; break;
	case OPT_MERGE: options->merge = value; break;
	case OPT_BASELINE: options->baseline = value; break;
	case OPT_WRITE_BASELINE: options->write_baseline = value; break;
	case OPT_NO_GIT: options->no_git = true; break;
	case OPT_FIX: options->fix = true; break;
	case OPT_DRY_RUN: options->dry_run = true; break;
	case OPT_WRITE: options->write = true; break;
	case OPT_STDOUT: options->to_stdout = true; break;
	case OPT_LOG: options->log = value; break;
	case OPT_TEMPLATE: options->template = value; break;
	case OPT_NEW: options->title = value; break;
	case OPT_STATUS: options->status = value; break;
	case OPT_FAIL_ON:
		if (!severity_parse(str_from(value), &options->fail_on) || options->fail_on == SEVERITY_OFF)
			world_usage("--fail-on takes error, warning or info, not '%s'", value);
		break;
	case OPT_COLOR:
		if (strcmp(value, "auto") != 0 && strcmp(value, "always") != 0 && strcmp(value, "never") != 0)
			world_usage("--color takes auto, always or never, not '%s'", value);
		options->color = *value == 'n' ? COLOR_NEVER : value[1] == 'l' ? COLOR_ALWAYS : COLOR_AUTO;
		break;
	default: break;
	}
}

static const struct option_row *row_of(int id)
{
	for (size_t i = 0; i < N_OPTIONS; i++)
		if (option_rows[i].id == id)
			return &option_rows[i];
	return NULL;
}

/* Reads the options behind the command's name. Help and version are answered here: the status is returned, else -1. */
static int read_options(int argc, char **argv, const struct command *command, struct options *options)
{
	struct option rows[N_OPTIONS + 1] = {0};
	char letters[3 * N_OPTIONS + 2] = ":";
	size_t n = 1;
	for (size_t i = 0; i < N_OPTIONS; i++) {
		rows[i] =
			(struct option){option_rows[i].name, option_rows[i].argument ? required_argument : no_argument,
					NULL, option_rows[i].id};
		if (option_rows[i].id < 256) {
			letters[n++] = (char)option_rows[i].id;
			if (option_rows[i].argument)
				letters[n++] = ':';
		}
	}
	letters[n] = '\0';
	opterr = 0;
	int id;
	while ((id = getopt_long(argc, argv, letters, rows, NULL)) != -1) {
		const struct option_row *row = row_of(id);
		if (id == ':')
			world_usage("option '%s' needs a value; see 'lintel help %s'", argv[optind - 1], command->name);
		if (!row || (row->bit && !(row->bit & command->takes)))
			world_usage("'lintel %s' does not take '%s%s'; see 'lintel help %s'", command->name,
				    row ? "--" : "", row ? row->name : argv[optind - 1], command->name);
		if (id == 'h') {
			cmd_print_command_help(stdout, command);
			return EXIT_CLEAN;
		}
		if (id == OPT_VERSION) {
			puts("lintel " LINTEL_VERSION);
			return EXIT_CLEAN;
		}
		set_option(options, row, optarg);
	}
	options->arguments = argv + optind;
	options->n_arguments = argc - optind;
	return -1;
}

int cmd_main(int argc, char **argv)
{
	/* A limit of file size is a write that fails, as on a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	if (argc < 2) {
		cmd_print_help(stderr);
		return EXIT_USAGE;
	}
	const char *name = argv[1];
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0)
		name = "version";
	if (*name == '-')
		world_usage("the command comes first: lintel COMMAND %s ...", name);
	const struct command *command = find_command(name);
	struct options options = {.fail_on = SEVERITY_ERROR};
	int status = read_options(argc - 1, argv + 1, command, &options);
	if (status >= 0)
		return status;
	if (options.n_arguments < command->min_arguments ||
	    (command->max_arguments >= 0 && options.n_arguments > command->max_arguments))
		world_usage("usage: lintel %s [OPTION...]%s%s", command->name, *command->arguments ? " " : "",
			    command->arguments);
	status = command->run(&options);
	if (fflush(stdout) || ferror(stdout))
		world_fail("cannot write to standard output: %s", strerror(errno));
	return status;
}

/* The nearest folder upwards that holds a lintel.yaml, else ".". */
static const char *find_root(struct arena *arena)
{
	char *here = getcwd(NULL, 0);
	if (!here)
		world_fail("cannot tell the current folder: %s", strerror(errno));
	struct str at = str_dup(arena, str_from(here));
	free(here);
	for (;;) {
		if (file_exists(str_to_c(arena, str_format(arena, STR_FMT "/lintel.yaml", STR_ARG(at)))))
			return str_to_c(arena, at);
		size_t slash = str_rfind_char(at, '/');
		if (slash == SIZE_MAX || slash == 0)
			return ".";
		at = str_sub(at, 0, slash);
	}
}

const char *cmd_root(const struct options *options)
{
	static char root[4096];
	struct arena *scratch = arena_new();
	snprintf(root, sizeof root, "%s", options->directory ? options->directory : find_root(scratch));
	arena_free(scratch);
	if (!file_is_dir(root))
		world_usage("no such folder: %s", root);
	return root;
}

struct str cmd_schema_line(struct arena *arena, const char *kind)
{
	char self[4096];
	ssize_t size = readlink("/proc/self/exe", self, sizeof self);
	struct str path = size > 0 ? (struct str){self, (size_t)size} : STR_NONE;
	struct str prefix = path_dir(path_dir(path));
	struct str schema = str_format(arena, STR_FMT "/share/lintel/schema/%s.schema.json", STR_ARG(prefix), kind);
	if (!file_exists(str_to_c(arena, schema)))
		schema = str_format(arena, "/usr/local/share/lintel/schema/%s.schema.json", kind);
	return str_format(arena, "# yaml-language-server: $schema=" STR_FMT "\n", STR_ARG(schema));
}

void cmd_prepare(struct compilation *c, const struct options *options)
{
	c->root = cmd_root(options);
	c->config_path = options->config ? str_from(options->config) : STR_NONE;
	c->out_dir = options->out;
	c->strict = options->strict;
	c->with_git = !options->no_git;
	c->verbose = options->verbose;
	c->pool.jobs = options->jobs ? options->jobs : pool_default_jobs();
}

void cmd_compile(struct compilation *c, const struct options *options, const char *last_pass)
{
	cmd_prepare(c, options);
	compile(c, last_pass);
}

void cmd_write(const struct options *options, struct str text)
{
	if (options->output) {
		int error = file_replace(options->output, text);
		if (error)
			world_fail("cannot write %s: %s", options->output, strerror(error));
		return;
	}
	if (text.size && fwrite(text.data, 1, text.size, stdout) != text.size)
		world_fail("cannot write to standard output: %s", strerror(errno));
}

bool cmd_is_json(const struct options *options)
{
	if (!options->format || strcmp(options->format, "text") == 0)
		return false;
	if (strcmp(options->format, "json") != 0)
		world_usage("--format takes text or json here, not '%s'", options->format);
	return true;
}

int cmd_list(const struct options *options, const char *last_pass, cmd_writer *text, cmd_writer *json)
{
	bool as_json = cmd_is_json(options);
	struct compilation c = {0};
	cmd_compile(&c, options, last_pass);
	struct buf out = {0};
	(as_json ? json : text)(&c, &out);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	compilation_free(&c);
	return EXIT_CLEAN;
}
