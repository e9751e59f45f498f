/* lintel help [COMMAND] */
#include "cmd/cmd.h"

static int run(const struct options *options)
{
	if (!options->n_arguments) {
		cmd_print_help(stdout);
		return EXIT_CLEAN;
	}
	for (size_t i = 0; i < n_commands; i++)
		if (strcmp(commands[i]->name, options->arguments[0]) == 0) {
			cmd_print_command_help(stdout, commands[i]);
			return EXIT_CLEAN;
		}
	world_usage("no command is called '%s'; see 'lintel help'", options->arguments[0]);
}

const struct command cmd_help = {
	.name = "help",
	.arguments = "[COMMAND]",
	.summary = "Tell about lintel or one command",
	.max_arguments = 1,
	.takes = READS_NO_WORKSPACE,
	.run = run,
};
