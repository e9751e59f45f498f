/* A file is not written while it is the same as the one that is there; where a long one begins to differ, what was the
 * same is copied. */
#include "emit/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODE = 0644 };

/* A regular file of the mode that would be given; its size in *size. */
static bool is_comparable(const char *path, uint64_t *size)
{
	struct stat info;
	if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode) || (info.st_mode & 07777) != MODE)
		return false;
	*size = (uint64_t)info.st_size;
	return true;
}

/* ---- in parts ---- */

struct stream {
	struct buf_sink sink; /* first: the sink is the stream */
	struct arena *arena;
	struct hasher *hasher; /* NULL: nothing was taken yet */
	const char *old_path, *new_path;
	int old;       /* open while all is the same, else -1 */
	int new;       /* -1: nothing is written yet */
	uint64_t size; /* taken so far */
	int error;
};

static bool is_same(struct stream *stream, struct str bytes)
{
	char chunk[1 << 14];
	while (bytes.size) {
		size_t want = bytes.size < sizeof chunk ? bytes.size : sizeof chunk;
		ssize_t got = read(stream->old, chunk, want);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || memcmp(chunk, bytes.data, (size_t)got) != 0)
			return false;
		bytes = str_from_off(bytes, (size_t)got);
	}
	return true;
}

static void write_all(struct stream *stream, struct str bytes)
{
	while (bytes.size && !stream->error) {
		ssize_t put = write(stream->new, bytes.data, bytes.size);
		if (put < 0 && errno != EINTR)
			stream->error = errno;
		else if (put > 0)
			bytes = str_from_off(bytes, (size_t)put);
	}
}

/* The new file begins with what was the same so far. */
static void begin_new(struct stream *stream)
{
	char chunk[1 << 14];
	stream->new = open(stream->new_path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0666);
	if (stream->new < 0)
		stream->error = errno;
	if (stream->old < 0)
		return;
	for (uint64_t at = 0; at < stream->size && !stream->error;) {
		size_t want = stream->size - at < sizeof chunk ? (size_t)(stream->size - at) : sizeof chunk;
		ssize_t got = pread(stream->old, chunk, want, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			stream->error = got < 0 ? errno : EIO;
			break;
		}
		write_all(stream, (struct str){chunk, (size_t)got});
		at += (uint64_t)got;
	}
	close(stream->old);
	stream->old = -1;
}

static void take(struct buf_sink *sink, struct str bytes)
{
	struct stream *stream = (struct stream *)sink;
	uint64_t old_size;
	if (!stream->hasher) {
		stream->hasher = hasher_new(stream->arena);
		if (is_comparable(stream->old_path, &old_size))
			stream->old = open(stream->old_path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	}
	hasher_add(stream->hasher, bytes);
	if (stream->new < 0 && !stream->error && (stream->old < 0 || !is_same(stream, bytes)))
		begin_new(stream);
	write_all(stream, stream->new < 0 ? STR_NONE : bytes);
	stream->size += bytes.size;
}

static struct written stream_end(struct stream *stream, struct arena *arena)
{
	uint64_t old_size = 0;
	if (stream->old >= 0 && (!is_comparable(stream->old_path, &old_size) || old_size != stream->size))
		begin_new(stream);
	struct written written = {.size = stream->size,
				  .hash = hasher_hex(arena, stream->hasher),
				  .unchanged = stream->old >= 0,
				  .error = stream->error};
	if (stream->old >= 0)
		close(stream->old);
	/* Linux frees the descriptor even when close is interrupted. */
	if (stream->new >= 0 && close(stream->new) != 0 && errno != EINTR && !written.error)
		written.error = errno;
	return written;
}

/* ---- one output ---- */

static struct written write_whole(const char *old, const char *new, struct str bytes, struct arena *arena)
{
	struct written written = {.size = bytes.size, .hash = hash_hex(arena, bytes)};
	uint64_t old_size;
	written.unchanged = is_comparable(old, &old_size) && old_size == bytes.size && file_equals(old, bytes);
	if (!written.unchanged)
		written.error = file_write(new, bytes);
	return written;
}

struct written output_file_write(const struct site *site, const struct output *output, const char *old, const char *new,
				 struct arena *arena, struct buf *out)
{
	struct arena *scratch = arena_new();
	struct stream stream = {
		.sink.take = take, .arena = scratch, .old_path = old, .new_path = new, .old = -1, .new = -1};
	struct written written;
	buf_clear(out);
	out->sink = &stream.sink;
	output->write(site, output, scratch, out);
	out->sink = NULL;
	if (stream.hasher) {
		take(&stream.sink, buf_str(out));
		written = stream_end(&stream, arena);
	} else {
		written = write_whole(old, new, buf_str(out), arena);
	}
	arena_free(scratch);
	return written;
}
