/* Ends the process with one line and the right status. */
#include "base/world.h"

#include "base/banned.h"

#include <stdarg.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "base/pool.h"

static void (*clean_up)(void);
/* A forked child inherits the handler but not the duty. */
static pid_t clean_up_owner;

/* One write, so that lines of several workers do not mix. */
__attribute__((format(printf, 1, 0))) static void say(const char *format, va_list arguments)
{
	char line[4096] = "lintel: ";
	size_t size = strlen(line);
	int added = vsnprintf(line + size, sizeof(line) - size - 1, format, arguments);
	ssize_t written;

	if (added > 0)
		size = strnlen(line, sizeof(line) - 2);
	/* Names of files may hold what a terminal obeys, and line ends. */
	for (size_t i = 0; i < size; i++) {
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	}
	line[size++] = '\n';
	written = write(STDERR_FILENO, line, size);
	(void)written;
}

void world_end(int status)
{
	void (*last)(void) = clean_up;

	/* A worker's buffers are copies of its parent's, which ends with the same status. */
	if (pool_is_worker())
		_exit(status);
	clean_up = NULL;
	if (last && clean_up_owner == getpid())
		last();
	exit(status);
}

void world_fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say(format, arguments);
	va_end(arguments);
	world_end(EXIT_WORLD);
}

void world_usage(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say(format, arguments);
	va_end(arguments);
	world_end(EXIT_USAGE);
}

void world_at_failure(void (*handler)(void))
{
	clean_up = handler;
	clean_up_owner = getpid();
}

void *world_alloc(size_t size)
{
	return world_realloc(NULL, size);
}

void *world_realloc(void *old, size_t size)
{
	void *memory = size > PTRDIFF_MAX ? NULL : realloc(old, size ? size : 1);

	if (!memory)
		pool_out_of_memory();
	return memory;
}

double world_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
