/* Workers share three things with their parent: the control block (which job is next, which is where), the results, and
 * one region each for what their jobs build. A job that ends its worker costs itself; a new worker takes over. */
#include "base/pool.h"

#include "base/banned.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/world.h"

#define REGION_SIZE ((size_t)64 << 30)
/* A default region smaller than this is not worth a worker. */
#define REGION_SIZE_MIN ((size_t)16 << 20)
#define PAGE_SIZE ((size_t)4096)
#define NO_JOB SIZE_MAX
#define JOBS_MAX 1024

/* Leak checking runs at exit, so in sanitizer builds workers end there. */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
static const bool check_leaks = true;
#else
static const bool check_leaks = false;
#endif

/* What one worker tells its parent. Lock-free, so a signal handler may write it. */
struct cell {
	_Alignas(64) _Atomic size_t job; /* NO_JOB between jobs */
	_Atomic size_t used;             /* bytes of the region that finished jobs use */
	_Atomic int end;                 /* enum pool_end of `job`, should the worker die now */
};

struct control {
	_Alignas(64) _Atomic size_t next;
	struct cell cells[];
};

struct region {
	void *base;
	size_t size;
};

struct worker {
	pid_t pid; /* 0: none */
	int pidfd; /* -1: the kernel gives none */
	struct cell *cell;
	struct region *region;
};

/* One call of pool_each. */
struct run {
	const struct pool *pool;
	struct arena *arena;
	size_t n;
	pool_fn *fn;
	void *context;
	size_t region_size;
	size_t region_size_min;
	struct control *control;
	struct pool_result *results; /* shared */
	struct worker *workers;
	unsigned n_workers;
	pid_t parent;
};

/* A job that runs in this process. Frames nest when a job itself calls pool_each. */
struct frame {
	sigjmp_buf start; /* jumped to with the enum pool_end */
	struct frame *outer;
	bool is_timed;
};

static struct frame *volatile current_frame;
/* The cell of this worker; NULL in the parent. */
static struct cell *own_cell;

bool pool_is_worker(void)
{
	return own_cell != NULL;
}

/* ---- limits ---- */

_Noreturn static void frame_end(struct frame *frame, enum pool_end end)
{
	siglongjmp(frame->start, (int)end);
}

_Noreturn static void worker_give_up(enum pool_end end)
{
	atomic_store(&own_cell->end, (int)end);
	_exit(EXIT_FAILURE);
}

_Noreturn void pool_out_of_memory(void)
{
	if (current_frame)
		frame_end(current_frame, POOL_MEMORY);
	if (own_cell)
		worker_give_up(POOL_MEMORY);
	world_fail("out of memory");
}

static void on_timer(int signal_number)
{
	struct frame *frame = current_frame;

	(void)signal_number;
	while (frame && !frame->is_timed)
		frame = frame->outer;
	if (frame)
		frame_end(frame, POOL_TIMEOUT);
	if (own_cell && atomic_load(&own_cell->job) != NO_JOB)
		worker_give_up(POOL_TIMEOUT);
}

static void timer_arm(unsigned seconds)
{
	struct itimerval timer = {.it_value = {.tv_sec = seconds}};

	if (seconds > 0)
		setitimer(ITIMER_PROF, &timer, NULL);
}

/* The process's timer and handler as they were before a run. */
struct timer_state {
	struct itimerval timer;
	struct sigaction action;
};

static struct timer_state timer_begin(unsigned seconds)
{
	/* SA_NODEFER: the handler leaves by a jump that restores no mask. */
	struct sigaction action = {.sa_handler = on_timer, .sa_flags = SA_NODEFER};
	struct itimerval none = {0};
	struct timer_state before = {0};

	if (seconds == 0)
		return before;
	setitimer(ITIMER_PROF, &none, &before.timer);
	sigaction(SIGPROF, &action, &before.action);
	return before;
}

static void timer_end(unsigned seconds, const struct timer_state *before)
{
	struct itimerval none = {0};

	if (seconds == 0)
		return;
	setitimer(ITIMER_PROF, &none, NULL);
	sigaction(SIGPROF, &before->action, NULL);
	setitimer(ITIMER_PROF, &before->timer, NULL);
}

/* ---- in this process ---- */

static struct pool_result run_here(const struct run *run, size_t index)
{
	struct frame frame = {.outer = current_frame, .is_timed = run->pool->cpu_seconds > 0};
	struct pool_result result = {0};
	int end = sigsetjmp(frame.start, 0);

	if (end == 0) {
		void *value;

		current_frame = &frame;
		timer_arm(run->pool->cpu_seconds);
		value = run->fn(run->context, index, run->arena);
		result.value = value;
	} else {
		result = (struct pool_result){NULL, (enum pool_end)end};
	}
	current_frame = frame.outer;
	return result;
}

static void run_rest_here(const struct run *run, struct pool_result *results, size_t from)
{
	unsigned seconds = run->pool->cpu_seconds;
	struct timer_state before = timer_begin(seconds);

	for (size_t i = from; i < run->n; i++)
		results[i] = run_here(run, i);
	timer_end(seconds, &before);
}

/* ---- in a worker ---- */

_Noreturn static void worker_run(const struct run *run, const struct worker *worker)
{
	unsigned seconds = run->pool->cpu_seconds;
	struct control *control = run->control;
	struct arena *arena;
	size_t i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != run->parent)
		_exit(EXIT_FAILURE);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	current_frame = NULL;
	own_cell = worker->cell;
	arena = arena_in_region(worker->region->base, worker->region->size);
	timer_begin(seconds);
	while ((i = atomic_fetch_add(&control->next, 1)) < run->n) {
		void *value;

		atomic_store(&own_cell->job, i);
		timer_arm(seconds);
		value = run->fn(run->context, i, arena);
		atomic_store(&own_cell->used, arena_used(arena));
		run->results[i] = (struct pool_result){value, POOL_DONE};
		atomic_store(&own_cell->job, NO_JOB);
	}
	if (seconds > 0)
		signal(SIGPROF, SIG_IGN);
	arena_free(arena);
	if (check_leaks)
		exit(EXIT_CLEAN);
	_exit(EXIT_CLEAN);
}

/* ---- regions ---- */

static void region_unmap(void *object)
{
	struct region *region = object;

	if (region->size > 0)
		munmap(region->base, region->size);
}

/* Maps a region, smaller where there is no room; false when there is none at all. A size that fits serves from then
 * on. */
static bool region_map(struct run *run, struct region *region)
{
	while (run->region_size >= run->region_size_min) {
		void *base = mmap(NULL, run->region_size, PROT_READ | PROT_WRITE,
				  MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

		if (base != MAP_FAILED) {
			*region = (struct region){base, run->region_size};
			return true;
		}
		run->region_size = run->region_size / 2 / PAGE_SIZE * PAGE_SIZE;
	}
	return false;
}

/* Gives back the address space behind what is in use. The arena's own count is not asked: a crash may spoil it. */
static void region_trim(struct region *region, size_t used)
{
	/* One page holds the arena's bookkeeping, another rounds up. */
	size_t keep = used == 0 ? 0 : (used + 2 * PAGE_SIZE) / PAGE_SIZE * PAGE_SIZE;

	if (keep >= region->size)
		return;
	munmap((char *)region->base + keep, region->size - keep);
	region->size = keep;
}

/* Address space that this process has mapped, in bytes. */
static size_t mapped_size(void)
{
	char text[64] = "";
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	return size > 0 ? (size_t)strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

/* Under a limit of address space the regions together take half of what is left. */
static size_t region_size_for(const struct pool *pool, unsigned jobs)
{
	size_t size = pool->region_size ? pool->region_size : REGION_SIZE;
	struct rlimit limit;

	if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
		size_t mapped = mapped_size();
		size_t room = limit.rlim_cur > mapped ? (limit.rlim_cur - mapped) / 2 / jobs : 0;

		if (size > room)
			size = room;
	}
	return (size + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
}

/* ---- in the parent of workers ---- */

static bool worker_start(struct run *run, struct worker *worker)
{
	pid_t pid;

	worker->region = NEW(run->arena, struct region);
	if (!region_map(run, worker->region))
		return false;
	arena_defer(run->arena, region_unmap, worker->region);
	atomic_store(&worker->cell->job, NO_JOB);
	atomic_store(&worker->cell->used, 0);
	atomic_store(&worker->cell->end, POOL_CRASHED);
	/* What is still buffered here would be written by the child a second time. */
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		worker_run(run, worker);
	if (pid < 0) {
		region_trim(worker->region, 0);
		return false;
	}
	worker->pid = pid;
	worker->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	return true;
}

static void workers_kill(struct run *run)
{
	for (unsigned i = 0; i < run->n_workers; i++) {
		if (run->workers[i].pid > 0)
			kill(run->workers[i].pid, SIGKILL);
	}
	for (unsigned i = 0; i < run->n_workers; i++) {
		if (run->workers[i].pid > 0)
			waitpid(run->workers[i].pid, NULL, 0);
	}
}

static enum pool_end end_of(const struct worker *worker, int status)
{
	int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	/* SIGALRM is a limit of a job's own. */
	if (number == SIGXCPU || number == SIGPROF || number == SIGALRM)
		return POOL_TIMEOUT;
	return (enum pool_end)atomic_load(&worker->cell->end);
}

/* Books what a worker that has ended leaves behind, and replaces it while there is work. */
static void worker_settle(struct run *run, struct worker *worker, int status)
{
	size_t job = atomic_load(&worker->cell->job);
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;

	worker->pid = 0;
	if (worker->pidfd >= 0)
		close(worker->pidfd);
	if (code == EXIT_WORLD || code == EXIT_USAGE) {
		workers_kill(run);
		world_end(code);
	}
	if (job < run->n) {
		run->results[job] = (struct pool_result){NULL, end_of(worker, status)};
	} else if (code != 0) {
		/* Between jobs only the leak check and bugs end so. */
		workers_kill(run);
		world_fail("a worker process ended with status %d", code);
	}
	region_trim(worker->region, atomic_load(&worker->cell->used));
	if (atomic_load(&run->control->next) < run->n)
		worker_start(run, worker);
}

/* Sleeps until a worker may have ended. Only our own children are waited for: the caller may have others. */
static void wait_for_end(const struct run *run)
{
	struct pollfd ends[64];
	nfds_t n = 0;
	bool is_complete = true;

	for (unsigned i = 0; i < run->n_workers; i++) {
		if (run->workers[i].pid == 0)
			continue;
		if (run->workers[i].pidfd >= 0 && n < 64)
			ends[n++] = (struct pollfd){.fd = run->workers[i].pidfd, .events = POLLIN};
		else
			is_complete = false;
	}
	poll(ends, n, is_complete ? -1 : 5);
}

/* True while a worker is left. */
static bool workers_reap(struct run *run)
{
	bool any = false;

	for (unsigned i = 0; i < run->n_workers; i++) {
		struct worker *worker = &run->workers[i];
		int status = 0;

		if (worker->pid > 0 && waitpid(worker->pid, &status, WNOHANG) == worker->pid)
			worker_settle(run, worker, status);
		any = any || worker->pid > 0;
	}
	return any;
}

/* Control block and results in one shared mapping; false when there is no room for it. */
static bool control_map(struct run *run, size_t *size)
{
	size_t head = sizeof(struct control) + run->n_workers * sizeof(struct cell);
	void *base;

	*size = head + run->n * sizeof(struct pool_result);
	base = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (base == MAP_FAILED)
		return false;
	run->control = base;
	run->results = (void *)((char *)base + head);
	/* What no worker lives to book has crashed. */
	for (size_t i = 0; i < run->n; i++)
		run->results[i].end = POOL_CRASHED;
	for (unsigned i = 0; i < run->n_workers; i++)
		run->workers[i].cell = &run->control->cells[i];
	return true;
}

/* Runs the jobs in workers; what no worker could be had for, here. */
static void run_forked(struct run *run, struct pool_result *results)
{
	size_t size;
	size_t from;

	run->workers = NEW_ARRAY(run->arena, struct worker, run->n_workers);
	if (!control_map(run, &size)) {
		run_rest_here(run, results, 0);
		return;
	}
	for (unsigned i = 0; i < run->n_workers; i++) {
		if (!worker_start(run, &run->workers[i]))
			break;
	}
	while (workers_reap(run))
		wait_for_end(run);
	memcpy(results, run->results, run->n * sizeof(*results));
	from = atomic_load(&run->control->next);
	munmap(run->control, size);
	run_rest_here(run, results, from);
}

struct pool_result *pool_each(const struct pool *pool, struct arena *arena, size_t n, pool_fn *fn, void *context)
{
	struct pool_result *results = NEW_ARRAY(arena, struct pool_result, n);
	struct run run = {.pool = pool, .arena = arena, .n = n, .fn = fn, .context = context, .parent = getpid()};
	unsigned jobs = pool->jobs ? pool->jobs : pool_default_jobs();

	if (jobs > JOBS_MAX)
		jobs = JOBS_MAX;
	run.n_workers = jobs < n ? jobs : (unsigned)n;
	/* Inside a job everything stays in its process: the jump of a limit would leave workers behind. */
	if (run.n_workers <= 1 || own_cell || current_frame) {
		run_rest_here(&run, results, 0);
		return results;
	}
	run.region_size = region_size_for(pool, run.n_workers);
	run.region_size_min = pool->region_size && pool->region_size < REGION_SIZE_MIN ? PAGE_SIZE : REGION_SIZE_MIN;
	run_forked(&run, results);
	return results;
}

/* Processors' worth of time that the control group grants, rounded up; 0: no bound known. */
static unsigned group_limit(void)
{
	char text[64] = "";
	int fd = open("/sys/fs/cgroup/cpu.max", O_RDONLY | O_CLOEXEC);
	ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	char *end;
	unsigned long long quota;
	unsigned long long period;

	if (fd >= 0)
		close(fd);
	if (size <= 0)
		return 0;
	quota = strtoull(text, &end, 10);
	period = strtoull(end, NULL, 10);
	return quota > 0 && period > 0 ? (unsigned)((quota + period - 1) / period) : 0;
}

unsigned pool_default_jobs(void)
{
	cpu_set_t set;
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned jobs = online > 0 ? (unsigned)online : 1;
	unsigned limit = group_limit();

	if (sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 0)
		jobs = (unsigned)CPU_COUNT(&set);
	return limit > 0 && limit < jobs ? limit : jobs;
}
