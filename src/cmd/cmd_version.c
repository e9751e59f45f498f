/* lintel version */
#include "cmd/cmd.h"

static int run(const struct options *options)
{
	(void)options;
	puts("lintel " LINTEL_VERSION);
	return EXIT_CLEAN;
}

const struct command cmd_version = {
	.name = "version",
	.arguments = "",
	.summary = "Print the version",
	.takes = READS_NO_WORKSPACE,
	.run = run,
};
