/* Lays out one graph in a child process with limits, and reads the positions it sends, trusting none of them. */
#include "draw/drawing.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t bytes_max = (size_t)64 << 20;

/* ---- the child ---- */

static _Noreturn void work(const struct layout_request *request, int out, unsigned seconds)
{
	struct buf numbers = {0};
	sandbox_enter(seconds);
	int failed = engine_layout(request, &numbers);
	for (size_t done = 0; !failed && done < numbers.size;) {
		ssize_t n = write(out, numbers.data + done, numbers.size - done);
		if (n <= 0)
			failed = 2;
		else
			done += (size_t)n;
	}
	_exit(failed);
}

/* ---- the parent ---- */

/* Reads up to the end; false past the deadline or the bound. */
static bool read_all(int in, double deadline, struct buf *bytes)
{
	char part[65536];
	for (;;) {
		double left = deadline - world_seconds();
		struct pollfd wait = {in, POLLIN, 0};
		if (left <= 0 || bytes->size > bytes_max)
			return false;
		int ready = poll(&wait, 1, (int)(left * 1000) + 1);
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			continue;
		ssize_t n = read(in, part, sizeof part);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		buf_add(bytes, (struct str){part, (size_t)n});
	}
}

/* Numbers as they came: a cursor that never leaves them, and remembers a bad one. */
struct numbers {
	const char *data;
	size_t n, at;
	bool bad;
};

static double next(struct numbers *numbers)
{
	double value = 0;
	if (numbers->at < numbers->n)
		memcpy(&value, numbers->data + numbers->at++ * sizeof value, sizeof value);
	else
		numbers->bad = true;
	if (!isfinite(value) || fabs(value) > 1e7) {
		numbers->bad = true;
		value = 0;
	}
	return value;
}

static struct point next_point(struct numbers *numbers)
{
	double x = next(numbers);
	return (struct point){x, next(numbers)};
}

static struct placed_edge next_edge(struct arena *arena, struct numbers *numbers)
{
	struct placed_edge edge = {0};
	edge.has_label = next(numbers) != 0;
	edge.label = next_point(numbers);
	edge.has_tail = next(numbers) != 0;
	edge.tail = next_point(numbers);
	edge.has_head = next(numbers) != 0;
	edge.head = next_point(numbers);
	double n = next(numbers);
	if (n < 0 || n > (double)(numbers->n - numbers->at)) {
		numbers->bad = true;
		return edge;
	}
	edge.n = (uint32_t)n;
	struct point *points = NEW_ARRAY(arena, struct point, edge.n + 1);
	for (uint32_t i = 0; i < edge.n; i++)
		points[i] = next_point(numbers);
	edge.points = points;
	return edge;
}

static const struct drawing_layout *read_layout(struct arena *arena, const struct layout_request *request,
						const struct buf *bytes)
{
	struct numbers numbers = {.data = bytes->data, .n = bytes->size / sizeof(double)};
	struct drawing_layout *layout = NEW(arena, struct drawing_layout);
	layout->width = next(&numbers);
	layout->height = next(&numbers);
	layout->n_nodes = request->nodes.n;
	layout->n_clusters = request->clusters.n;
	layout->n_edges = request->edges.n;
	layout->nodes = NEW_ARRAY(arena, struct placed_box, layout->n_nodes + 1);
	layout->clusters = NEW_ARRAY(arena, struct placed_box, layout->n_clusters + 1);
	layout->edges = NEW_ARRAY(arena, struct placed_edge, layout->n_edges + 1);
	for (size_t i = 0; i < layout->n_nodes; i++) {
		struct point at = next_point(&numbers);
		layout->nodes[i] =
			(struct placed_box){at.x, at.y, request->nodes.data[i].width, request->nodes.data[i].height};
	}
	for (size_t i = 0; i < layout->n_clusters; i++) {
		struct point at = next_point(&numbers);
		struct point size = next_point(&numbers);
		layout->clusters[i] = (struct placed_box){at.x, at.y, size.x, size.y};
	}
	for (size_t i = 0; i < layout->n_edges && !numbers.bad; i++)
		layout->edges[i] = next_edge(arena, &numbers);
	return numbers.bad || layout->width <= 0 || layout->height <= 0 ? NULL : layout;
}

struct layout_result *layout_run(struct arena *arena, const struct layout_request *request, unsigned seconds)
{
	struct layout_result *result = NEW(arena, struct layout_result);
	int ends[2];
	result->end = LAYOUT_NO_ENGINE;
	if (!engine_start())
		return result;
	double deadline = world_seconds() + seconds;
	if (pipe2(ends, O_CLOEXEC) != 0)
		world_fail("cannot make a pipe: %s", strerror(errno));
	pid_t child = fork();
	if (child < 0)
		world_fail("cannot start a process: %s", strerror(errno));
	if (child == 0) {
		close(ends[0]);
		work(request, ends[1], seconds);
	}
	close(ends[1]);
	struct buf bytes = {0};
	bool in_time = read_all(ends[0], deadline, &bytes);
	int status = 0;
	if (!in_time)
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	close(ends[0]);
	bool timed_out = !in_time || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU);
	result->end = timed_out ? LAYOUT_TIMEOUT : WIFSIGNALED(status) ? LAYOUT_CRASHED : LAYOUT_FAILED;
	if (in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		result->layout = read_layout(arena, request, &bytes);
		result->end = result->layout ? LAYOUT_DONE : LAYOUT_FAILED;
	}
	buf_free(&bytes);
	return result;
}
