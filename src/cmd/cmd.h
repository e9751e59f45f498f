/* The command line: one file a subcommand, one table of options. */
#ifndef LINTEL_CMD_H
#define LINTEL_CMD_H

#include "report/report.h"

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* What argv said. Strings point into argv. */
struct options {
	const char *directory;      /* -C; NULL: found upwards */
	const char *config;         /* --config */
	const char *out;            /* -o */
	const char *format;         /* --format; NULL: text */
	const char *output;         /* --output; NULL: standard output */
	const char *after;          /* --after */
	const char *since;          /* --since */
	const char *merge;          /* --merge */
	const char *baseline;       /* --baseline */
	const char *write_baseline; /* --write-baseline */
	enum severity fail_on;      /* --fail-on, default error */
	enum color color;
	unsigned jobs;
	bool strict, quiet, verbose, no_git;
	bool fix, dry_run, write, to_stdout;
	const char *log;      /* --log */
	const char *template; /* --template */
	const char *title;    /* --new */
	const char *status;   /* --status */
	char **arguments;     /* what is no option */
	int n_arguments;
};

/* Bits of the options a command takes beside -C, --config, --jobs, --color, --quiet, --verbose. */
enum option_bit {
	TAKES_OUT = 1,
	TAKES_FORMAT = 2,
	TAKES_OUTPUT = 4,
	TAKES_AFTER = 8,
	TAKES_FAIL_ON = 16,
	TAKES_STRICT = 32,
	READS_NO_WORKSPACE = 64,
	TAKES_FIX = 128,
	TAKES_RECORD = 256,
	TAKES_STDOUT = 512,
	TAKES_SINCE = 1024,
	TAKES_BASELINE = 2048,
	TAKES_WRITE_BASELINE = 4096
};

struct command {
	const char *name;
	const char *arguments;            /* for usage: "[PATH...]" */
	const char *summary;              /* one line */
	const char *details;              /* for `lintel help NAME`: paragraphs; NULL: none */
	unsigned takes;                   /* enum option_bit */
	int min_arguments, max_arguments; /* max -1: any number */
	int (*run)(const struct options *options);
};

extern const struct command *const commands[];
extern const size_t n_commands;

/* Reads argv and runs the command; the process's exit status. */
int cmd_main(int argc, char **argv);
void cmd_print_help(FILE *out);
void cmd_print_command_help(FILE *out, const struct command *command);

/* The workspace of the options; valid until the process ends. */
const char *cmd_root(const struct options *options);
/* First line of a file for people to edit: where the schema of its kind ("config", "topology") stands, for editors. */
struct str cmd_schema_line(struct arena *arena, const char *kind);
/* Sets the first part of a compilation from the options. */
struct compilation;
void cmd_prepare(struct compilation *c, const struct options *options);
/* Compiles the workspace of the options up to a pass. */
void cmd_compile(struct compilation *c, const struct options *options, const char *last_pass);
/* Writes a result to --output or standard output; a failure ends with status 3. */
void cmd_write(const struct options *options, struct str text);

/* Prints the findings of a compilation in the format asked for; the exit status that follows from --fail-on. */
int cmd_report(struct compilation *c, const struct options *options);
/* Compiles up to a pass and prints one of two forms of what it made. */
typedef void cmd_writer(const struct compilation *c, struct buf *out);
int cmd_list(const struct options *options, const char *last_pass, cmd_writer *text, cmd_writer *json);
/* "json" or "text"; anything else ends with status 2. */
bool cmd_is_json(const struct options *options);

#endif
