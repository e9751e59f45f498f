/* Memory with a lifetime: allocated piece by piece, freed as a whole. */
#ifndef LINTEL_ARENA_H
#define LINTEL_ARENA_H

#include <stddef.h>

struct arena;

/* Grows by blocks from the heap, without bound. */
struct arena *arena_new(void);
/* Uses only the region given (which it also keeps its own bookkeeping in); when it is full, the world fails (exit 3,
 * or in a pool worker POOL_MEMORY). For regions shared between processes. */
struct arena *arena_in_region(void *region, size_t size);
/* Frees a heap arena and all that is in it; of a region arena only what was deferred. NULL is allowed. */
void arena_free(struct arena *arena);
/* Zeroed, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_copy(struct arena *arena, const void *from, size_t size);
/* Grows the last allocation in place where possible; else copies. */
void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);
/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);
/* Calls free_fn(object) when the arena is freed, the latest first; ties a library's object to an arena. A pool worker's
 * arena is freed in this sense when the worker ends. */
void arena_defer(struct arena *arena, void (*free_fn)(void *), void *object);

#define NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

#endif
