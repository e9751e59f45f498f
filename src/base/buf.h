/* A growing run of bytes on the heap, for text that is put together. */
#ifndef LINTEL_BUF_H
#define LINTEL_BUF_H

#include "base/str.h"

/* Start from {0}; buf_free when done. A NUL stands after the last byte whenever data is not NULL. */
struct buf {
	char *data;
	size_t size;
	size_t cap;
	struct buf_sink *sink; /* NULL: all stays here */
};

/* Takes the bytes of a long text while it is put together. */
struct buf_sink {
	void (*take)(struct buf_sink *sink, struct str bytes);
};

void buf_free(struct buf *buf);
/* Hands what has come together to the sink when there is one and the text is long; to be called where nothing that was
 * added is looked at again. */
void buf_pass_on(struct buf *buf);
void buf_clear(struct buf *buf);
/* Makes room for `more` bytes and the NUL. */
void buf_grow(struct buf *buf, size_t more);

/* Appends. Short, so that a literal's size is known where they are called. */
static inline void buf_add(struct buf *buf, struct str s)
{
	if (buf->cap - buf->size <= s.size)
		buf_grow(buf, s.size);
	if (s.size)
		memcpy(buf->data + buf->size, s.data, s.size);
	buf->size += s.size;
	buf->data[buf->size] = '\0';
}

static inline void buf_adds(struct buf *buf, const char *c_string)
{
	buf_add(buf, str_from(c_string));
}

static inline void buf_addc(struct buf *buf, char c)
{
	buf_add(buf, (struct str){&c, 1});
}

void buf_add_number(struct buf *buf, unsigned long long number);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A view; valid until the next change. */
struct str buf_str(const struct buf *buf);
/* A copy in the arena. */
struct str buf_dup(struct arena *arena, const struct buf *buf);

#endif
