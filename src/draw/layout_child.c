/* Lays out graphs in child processes with limits, and reads the positions they send, trusting none of them. A child
 * goes from one graph to the next, as starting it costs more than a small graph; where it dies the next one goes on. */
#include "draw/drawing.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t bytes_max = (size_t)64 << 20;

/* Stands before the numbers of a graph: their bytes. */
#define FRAME_FAILED UINT64_MAX

/* ---- the child ---- */

static bool send_bytes(int out, const void *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t n = write(out, (const char *)bytes + done, size - done);
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static _Noreturn void work(const struct layout_request *const *requests, size_t n, int out, unsigned seconds)
{
	bool ok = true;
	sandbox_enter(seconds);
	for (size_t i = 0; i < n && ok; i++) {
		struct buf numbers = {0};
		uint64_t size = engine_layout(requests[i], &numbers) == 0 ? numbers.size : FRAME_FAILED;
		ok = send_bytes(out, &size, sizeof size) &&
		     (size == FRAME_FAILED || send_bytes(out, numbers.data, numbers.size));
		buf_free(&numbers);
	}
	_exit(!ok);
}

/* ---- the parent ---- */

/* A child at work, and what it sent that was not taken yet. */
struct child {
	pid_t pid;
	int in;
	double deadline; /* of the graph that it works on */
	struct buf bytes;
	size_t taken;
	bool late;
};

static struct child start_child(const struct layout_request *const *requests, size_t n, unsigned seconds)
{
	struct child child = {.deadline = world_seconds() + seconds};
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		world_fail("cannot make a pipe: %s", strerror(errno));
	child.pid = fork();
	if (child.pid < 0)
		world_fail("cannot start a process: %s", strerror(errno));
	if (child.pid == 0) {
		close(ends[0]);
		work(requests, n, ends[1], seconds);
	}
	close(ends[1]);
	child.in = ends[0];
	return child;
}

/* Waits until so many bytes are there to be taken; false at the end of what is sent and past the deadline. */
static bool wait_for(struct child *child, size_t size)
{
	char part[65536];
	while (child->bytes.size - child->taken < size) {
		double left = child->deadline - world_seconds();
		struct pollfd wait = {child->in, POLLIN, 0};
		child->late = left <= 0;
		if (child->late)
			return false;
		if (poll(&wait, 1, (int)(left * 1000) + 1) <= 0)
			continue;
		ssize_t n = read(child->in, part, sizeof part);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		if (child->taken == child->bytes.size) {
			buf_clear(&child->bytes);
			child->taken = 0;
		}
		buf_add(&child->bytes, (struct str){part, (size_t)n});
	}
	return true;
}

static struct str take(struct child *child, size_t size)
{
	struct str bytes = {child->bytes.data + child->taken, size};
	child->taken += size;
	return bytes;
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
						struct str bytes)
{
	struct numbers numbers = {.data = bytes.data, .n = bytes.size / sizeof(double)};
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

/* The result of the graph that a child works on; false when the child ended over it. */
static bool next_result(struct arena *arena, struct child *child, const struct layout_request *request,
			struct layout_result *result)
{
	uint64_t size = 0;
	if (!wait_for(child, sizeof size))
		return false;
	memcpy(&size, take(child, sizeof size).data, sizeof size);
	result->end = LAYOUT_FAILED;
	if (size == FRAME_FAILED)
		return true;
	if (size > bytes_max || !wait_for(child, (size_t)size))
		return false;
	result->layout = read_layout(arena, request, take(child, (size_t)size));
	result->end = result->layout ? LAYOUT_DONE : LAYOUT_FAILED;
	return true;
}

/* How a child ended. */
static enum layout_end end_child(struct child *child)
{
	int status = 0;
	kill(child->pid, SIGKILL);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(child->in);
	buf_free(&child->bytes);
	if (child->late || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
		return LAYOUT_TIMEOUT;
	return WIFSIGNALED(status) ? LAYOUT_CRASHED : LAYOUT_FAILED;
}

/* Lays out from the first on until one child ends; gives how many have their result, one at least. */
static size_t run_child(struct arena *arena, const struct layout_request *const *requests, size_t n, unsigned seconds,
			struct layout_result *results)
{
	struct child child = start_child(requests, n, seconds);
	size_t done = 0;
	while (done < n && next_result(arena, &child, requests[done], &results[done])) {
		child.deadline = world_seconds() + seconds;
		done++;
	}
	enum layout_end end = end_child(&child);
	if (done)
		return done;
	results[0] = (struct layout_result){.end = end};
	return 1;
}

struct layout_result *layout_run(struct arena *arena, const struct layout_request *const *requests, size_t n,
				 unsigned seconds)
{
	struct layout_result *results = NEW_ARRAY(arena, struct layout_result, n + 1);
	bool has_engine = engine_start();
	for (size_t at = 0; at < n && has_engine;)
		at += run_child(arena, requests + at, n - at, seconds, results + at);
	for (size_t i = 0; i < n && !has_engine; i++)
		results[i].end = LAYOUT_NO_ENGINE;
	return results;
}
