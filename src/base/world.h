/* Failures of the world: not the input's fault, not a bug. One line on stderr, exit status 3. */
#ifndef LINTEL_WORLD_H
#define LINTEL_WORLD_H

#include <stddef.h>

enum exit_status { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_WORLD = 3 };

/* "lintel: <message>" and exit 3. Runs what world_at_failure was given. */
_Noreturn void world_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Wrong usage or configuration: "lintel: <message>", exit 2. */
_Noreturn void world_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Ends as these two do, without a line: a forked worker has already written it. */
_Noreturn void world_end(int status);
/* Called once before world_fail ends the process (removes a staging folder). NULL clears. */
void world_at_failure(void (*clean_up)(void));
/* malloc and realloc that never give NULL. */
void *world_alloc(size_t size);
void *world_realloc(void *old, size_t size);
/* Monotonic seconds, for timings in --verbose only. */
double world_seconds(void);

#endif
