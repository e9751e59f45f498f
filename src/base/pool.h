/* Forked workers: the only place that forks for parallel work. */
#ifndef LINTEL_POOL_H
#define LINTEL_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum pool_end { POOL_DONE, POOL_CRASHED, POOL_TIMEOUT, POOL_MEMORY };

/* value: what the job returned, in shared memory; NULL unless POOL_DONE. */
struct pool_result {
	void *value;
	enum pool_end end;
};

/* One job. `arena` is the worker's own, in a region that the parent sees at the same address: what is returned
 * must live there (or in memory that stood before the fork). Libraries' objects must not be returned. */
typedef void *pool_fn(void *context, size_t index, struct arena *arena);

struct pool {
	unsigned jobs;        /* workers; 1 runs in this process */
	unsigned cpu_seconds; /* per job, 0 without limit; past it the worker is ended and the next one goes on */
	size_t region_size;   /* address space per worker in bytes, 0: the default */
};

/* Runs fn for 0..n-1 and gives n results, by index, in `arena` (which keeps the shared regions until it is freed).
 * A job that crashes, hangs or runs out of memory costs itself only. In one process there is no such containment
 * but for time and memory. */
struct pool_result *pool_each(const struct pool *pool, struct arena *arena, size_t n, pool_fn *fn, void *context);
/* Processors that this process may use, at least 1. */
unsigned pool_default_jobs(void);
/* True inside a forked worker. */
bool pool_is_worker(void);
/* Ends the current job with POOL_MEMORY (called by a region arena that is full, and by budgets). Outside a worker's job: exit 3. */
_Noreturn void pool_out_of_memory(void);

#endif
