/* A growing run of bytes on the heap: room doubles, a NUL always follows. */
#include "base/buf.h"

#include "base/banned.h"

#include <stdarg.h>
#include <stdint.h>

#include "base/pool.h"
#include "base/world.h"

void buf_grow(struct buf *buf, size_t more)
{
	size_t cap = buf->cap ? buf->cap : 64;

	if (more > SIZE_MAX / 4 || buf->size > SIZE_MAX / 4)
		pool_out_of_memory();
	while (cap < buf->size + more + 1)
		cap *= 2;
	if (cap == buf->cap)
		return;
	buf->data = world_realloc(buf->data, cap);
	buf->cap = cap;
}

void buf_free(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){0};
}

void buf_pass_on(struct buf *buf)
{
	enum { LONG = 256 << 10 };

	if (!buf->sink || buf->size < LONG)
		return;
	buf->sink->take(buf->sink, buf_str(buf));
	buf_clear(buf);
}

void buf_clear(struct buf *buf)
{
	buf->size = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void buf_add_number(struct buf *buf, unsigned long long number)
{
	char digits[24];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	buf_add(buf, (struct str){digits + at, sizeof digits - at});
}

void buf_addf(struct buf *buf, const char *format, ...)
{
	va_list arguments;
	int size;

	/* Most texts fit at once. */
	if (buf->cap - buf->size < 64)
		buf_grow(buf, 64);
	va_start(arguments, format);
	size = vsnprintf(buf->data + buf->size, buf->cap - buf->size, format, arguments);
	va_end(arguments);
	if (size < 0)
		world_fail("a text could not be formatted");
	if ((size_t)size >= buf->cap - buf->size) {
		buf_grow(buf, (size_t)size);
		va_start(arguments, format);
		vsnprintf(buf->data + buf->size, (size_t)size + 1, format, arguments);
		va_end(arguments);
	}
	buf->size += (size_t)size;
}

struct str buf_str(const struct buf *buf)
{
	return (struct str){buf->data, buf->size};
}

struct str buf_dup(struct arena *arena, const struct buf *buf)
{
	return str_dup(arena, buf_str(buf));
}
