/* Forked workers: order, containment, limits, and the world's failures passed on. */
#include "base/base.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
static const bool sanitized = true;
#else
static const bool sanitized = false;
#endif

static struct arena *arena;
static const size_t before_the_fork = 7;

static void *text_of(void *context, size_t index, struct arena *worker_arena)
{
	const size_t *add = context;
	struct str *text = NEW(worker_arena, struct str);

	*text = str_format(worker_arena, "job %zu", index + *add);
	return text;
}

static void check_texts(const struct pool *pool, size_t n)
{
	size_t add = before_the_fork;
	struct pool_result *results = pool_each(pool, arena, n, text_of, &add);

	for (size_t i = 0; i < n; i++) {
		struct str wanted = str_format(arena, "job %zu", i + add);

		assert_int_equal(results[i].end, POOL_DONE);
		assert_true(str_eq(*(struct str *)results[i].value, wanted));
	}
}

static void many_jobs_in_order(void **state)
{
	(void)state;
	check_texts(&(struct pool){.jobs = 1}, 3000);
	check_texts(&(struct pool){.jobs = 2}, 3000);
	check_texts(&(struct pool){.jobs = 8, .cpu_seconds = 5}, 3000);
	check_texts(&(struct pool){.jobs = 200}, 300);
	check_texts(&(struct pool){.jobs = 0}, 100);
	check_texts(&(struct pool){.jobs = 4}, 1);
	assert_non_null(pool_each(&(struct pool){.jobs = 4}, arena, 0, text_of, NULL));
	assert_false(pool_is_worker());
	assert_true(pool_default_jobs() >= 1);
}

static void *process_of(void *context, size_t index, struct arena *worker_arena)
{
	pid_t *pid = NEW(worker_arena, pid_t);

	(void)context;
	(void)index;
	*pid = pool_is_worker() ? getpid() : -1;
	usleep(5000);
	return pid;
}

static void where_jobs_run(void **state)
{
	struct pool_result *results = pool_each(&(struct pool){.jobs = 2}, arena, 20, process_of, NULL);
	pid_t first = *(pid_t *)results[0].value;
	bool is_shared_out = false;

	(void)state;
	for (size_t i = 0; i < 20; i++) {
		pid_t pid = *(pid_t *)results[i].value;

		assert_true(pid > 0 && pid != getpid());
		is_shared_out = is_shared_out || pid != first;
	}
	assert_true(is_shared_out);
	results = pool_each(&(struct pool){.jobs = 1}, arena, 1, process_of, NULL);
	assert_int_equal(*(pid_t *)results[0].value, -1);
}

static void spin(void)
{
	for (;;)
		(void)getppid();
}

/* Jobs whose index ends in 3, 5 or 7 go wrong, each in its way. */
static void *misbehave(void *context, size_t index, struct arena *worker_arena)
{
	const char *how = context;
	size_t *value = NEW(worker_arena, size_t);

	if (index % 10 == 3 && strchr(how, 's'))
		raise(SIGKILL);
	if (index % 10 == 3 && strchr(how, 'e'))
		_exit(9);
	if (index % 10 == 5 && strchr(how, 't'))
		spin();
	if (index % 10 == 7 && strchr(how, 'm'))
		arena_alloc(worker_arena, (size_t)1 << 40);
	if (index % 10 == 7 && strchr(how, 'h'))
		world_alloc(SIZE_MAX / 2 + 2);
	if (index % 10 == 7 && strchr(how, 'b'))
		pool_out_of_memory();
	*value = index;
	return value;
}

static void check_ends(const struct pool *pool, size_t n, const char *how, const enum pool_end ends[10])
{
	char context[8] = "";
	struct pool_result *results;

	memcpy(context, how, strlen(how));
	results = pool_each(pool, arena, n, misbehave, context);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(results[i].end, ends[i % 10]);
		if (results[i].end == POOL_DONE)
			assert_int_equal(*(size_t *)results[i].value, i);
		else
			assert_null(results[i].value);
	}
}

static void crashes(void **state)
{
	static const enum pool_end ends[10] = {[3] = POOL_CRASHED};

	(void)state;
	check_ends(&(struct pool){.jobs = 2}, 1000, "s", ends);
	check_ends(&(struct pool){.jobs = 3}, 100, "e", ends);
	check_ends(&(struct pool){.jobs = 10}, 10, "s", ends);
}

static void timeouts(void **state)
{
	static const enum pool_end ends[10] = {[5] = POOL_TIMEOUT};

	(void)state;
	check_ends(&(struct pool){.jobs = 2, .cpu_seconds = 1}, 20, "t", ends);
	check_ends(&(struct pool){.jobs = 1, .cpu_seconds = 1}, 20, "t", ends);
}

static void memory(void **state)
{
	static const enum pool_end ends[10] = {[7] = POOL_MEMORY};

	(void)state;
	check_ends(&(struct pool){.jobs = 2, .region_size = 1 << 20}, 100, "m", ends);
	check_ends(&(struct pool){.jobs = 2}, 100, "h", ends);
	check_ends(&(struct pool){.jobs = 2}, 100, "b", ends);
	check_ends(&(struct pool){.jobs = 1}, 100, "b", ends);
	check_ends(&(struct pool){.jobs = 1}, 100, "h", ends);
}

static void all_at_once(void **state)
{
	static const enum pool_end ends[10] = {[3] = POOL_CRASHED, [5] = POOL_TIMEOUT, [7] = POOL_MEMORY};

	(void)state;
	check_ends(&(struct pool){.jobs = 4, .cpu_seconds = 1}, 20, "stm", ends);
}

static void *nested(void *context, size_t index, struct arena *worker_arena)
{
	struct pool_result *results = pool_each(&(struct pool){.jobs = 3}, worker_arena, 10, misbehave, context);
	size_t *n = NEW(worker_arena, size_t);

	for (size_t i = 0; i < 10; i++)
		*n += results[i].end == POOL_DONE;
	*n += index * 100;
	return n;
}

static void pools_in_jobs(void **state)
{
	char how[] = "b";

	(void)state;
	for (unsigned jobs = 1; jobs <= 2; jobs++) {
		struct pool_result *results = pool_each(&(struct pool){.jobs = jobs}, arena, 5, nested, how);

		for (size_t i = 0; i < 5; i++) {
			assert_int_equal(results[i].end, POOL_DONE);
			assert_int_equal(*(size_t *)results[i].value, i * 100 + 9);
		}
	}
}

static void *processes_below(void *context, size_t index, struct arena *worker_arena)
{
	const struct pool inner = {.jobs = 3};
	struct pool_result *results = pool_each(&inner, worker_arena, 4, process_of, context);
	pid_t own = pool_is_worker() ? getpid() : -1;
	bool *all_here = NEW(worker_arena, bool);

	(void)index;
	*all_here = true;
	for (size_t i = 0; i < 4; i++)
		*all_here = *all_here && *(pid_t *)results[i].value == own;
	return all_here;
}

static void pools_in_jobs_do_not_fork(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= 2; jobs++) {
		struct pool_result *results = pool_each(&(struct pool){.jobs = jobs}, arena, 3, processes_below, NULL);

		for (size_t i = 0; i < 3; i++)
			assert_true(*(bool *)results[i].value);
	}
}

static void nothing(void *object)
{
	(void)object;
}

static void *with_library_objects(void *context, size_t index, struct arena *worker_arena)
{
	struct str error;
	struct regex *regex = regex_compile(worker_arena, STR("(\\d+)"), &error);

	(void)context;
	(void)index;
	arena_defer(worker_arena, nothing, NULL);
	/* The leak check of a sanitizer build sees whether the worker frees it. */
	return regex_find(regex, STR("a1"), 0).n == 2 ? worker_arena : NULL;
}

static void workers_free_what_was_deferred(void **state)
{
	struct pool_result *results = pool_each(&(struct pool){.jobs = 2}, arena, 10, with_library_objects, NULL);

	(void)state;
	for (size_t i = 0; i < 10; i++)
		assert_non_null(results[i].value);
}

static void *fail_the_world(void *context, size_t index, struct arena *worker_arena)
{
	(void)context;
	(void)worker_arena;
	if (index == 50)
		world_fail("said once");
	usleep(1000);
	return NULL;
}

static int cleaned_fd = -1;

static void clean_up(void)
{
	assert_int_equal(write(cleaned_fd, "cleaned\n", 8), 8);
}

/* Runs body in a child of its own; gives what it wrote to stdout and stderr, and its exit status. */
static struct str output_of(void (*body)(void), int *status)
{
	struct buf out = {0};
	struct str text;
	char chunk[256];
	ssize_t got;
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		body();
		fflush(NULL);
		_exit(0);
	}
	close(ends[1]);
	while ((got = read(ends[0], chunk, sizeof(chunk))) > 0)
		buf_add(&out, (struct str){chunk, (size_t)got});
	close(ends[0]);
	waitpid(pid, status, 0);
	text = buf_dup(arena, &out);
	buf_free(&out);
	return text;
}

static void fail_in_worker(void)
{
	cleaned_fd = STDOUT_FILENO;
	world_at_failure(clean_up);
	pool_each(&(struct pool){.jobs = 3}, arena, 1000, fail_the_world, NULL);
}

static void the_world_fails_once(void **state)
{
	int status = 0;
	struct str out = output_of(fail_in_worker, &status);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_WORLD);
	assert_string_equal(out.data, "lintel: said once\ncleaned\n");
}

static void fail_in_a_child(void)
{
	int status = 0;
	pid_t pid;

	cleaned_fd = STDOUT_FILENO;
	world_at_failure(clean_up);
	pid = fork();
	if (pid == 0)
		world_usage("child %d", 1);
	waitpid(pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_USAGE)
		world_fail("parent");
}

static void only_the_owner_cleans_up(void **state)
{
	int status = 0;

	(void)state;
	assert_string_equal(output_of(fail_in_a_child, &status).data, "lintel: child 1\nlintel: parent\ncleaned\n");
	assert_int_equal(WEXITSTATUS(status), EXIT_WORLD);
}

static void buffered_then_pool(void)
{
	size_t add = 0;

	printf("buffered\n");
	pool_each(&(struct pool){.jobs = 2}, arena, 10, text_of, &add);
}

static void buffers_are_written_once(void **state)
{
	int status = 0;

	(void)state;
	assert_string_equal(output_of(buffered_then_pool, &status).data, "buffered\n");
}

static void under_a_small_limit(void)
{
	struct rlimit limit = {(rlim_t)400 << 20, (rlim_t)400 << 20};

	setrlimit(RLIMIT_AS, &limit);
	check_texts(&(struct pool){.jobs = 2}, 100);
	limit.rlim_cur = limit.rlim_max = (rlim_t)30 << 20;
	setrlimit(RLIMIT_AS, &limit);
	check_texts(&(struct pool){.jobs = 2}, 100);
	printf("fine\n");
}

static void small_address_space(void **state)
{
	int status = 0;

	(void)state;
	if (sanitized)
		skip();
	assert_string_equal(output_of(under_a_small_limit, &status).data, "fine\n");
}

static void address_space_is_given_back(void **state)
{
	(void)state;
	for (int i = 0; i < 300; i++)
		check_texts(&(struct pool){.jobs = 8}, 16);
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_jobs_in_order),
		cmocka_unit_test(where_jobs_run),
		cmocka_unit_test(crashes),
		cmocka_unit_test(timeouts),
		cmocka_unit_test(memory),
		cmocka_unit_test(all_at_once),
		cmocka_unit_test(pools_in_jobs),
		cmocka_unit_test(pools_in_jobs_do_not_fork),
		cmocka_unit_test(workers_free_what_was_deferred),
		cmocka_unit_test(the_world_fails_once),
		cmocka_unit_test(only_the_owner_cleans_up),
		cmocka_unit_test(buffers_are_written_once),
		cmocka_unit_test(small_address_space),
		cmocka_unit_test(address_space_is_given_back),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
