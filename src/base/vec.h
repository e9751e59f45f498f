/* Growing arrays in an arena: struct { T *data; size_t n, cap; }. */
#ifndef LINTEL_VEC_H
#define LINTEL_VEC_H

#include <stddef.h>

struct arena;

#define VEC(type)           \
	struct {            \
		type *data; \
		size_t n;   \
		size_t cap; \
	}

/* Makes room for one more item of `size` bytes; returns the (perhaps moved) array. */
void *vec_room(struct arena *arena, void *data, size_t n, size_t *cap, size_t size);

/* Appends and evaluates to the address of the new item. Growing moves the items: keep indices, not addresses. */
#define vec_add(arena, vec, ...)                                                                             \
	((vec)->data = (vec)->n < (vec)->cap                                                                 \
			       ? (vec)->data                                                                 \
			       : vec_room((arena), (vec)->data, (vec)->n, &(vec)->cap, sizeof *(vec)->data), \
	 (vec)->data[(vec)->n] = (__VA_ARGS__), &(vec)->data[(vec)->n++])

#endif
