/* A growing run of bytes on the heap, for text that is put together. */
#ifndef LINTEL_BUF_H
#define LINTEL_BUF_H

#include "base/str.h"

/* Start from {0}; buf_free when done. A NUL stands after the last byte whenever data is not NULL. */
struct buf {
	char *data;
	size_t size;
	size_t cap;
};

void buf_free(struct buf *buf);
void buf_clear(struct buf *buf);
void buf_add(struct buf *buf, struct str s);
void buf_adds(struct buf *buf, const char *c_string);
void buf_addc(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A view; valid until the next change. */
struct str buf_str(const struct buf *buf);
/* A copy in the arena. */
struct str buf_dup(struct arena *arena, const struct buf *buf);

#endif
