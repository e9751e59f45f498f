/* Growing arrays in an arena: room doubles. */
#include "base/vec.h"

#include "base/banned.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/pool.h"

void *vec_room(struct arena *arena, void *data, size_t n, size_t *cap, size_t size)
{
	size_t old_cap = *cap;
	size_t new_cap = old_cap ? old_cap * 2 : (size > 128 ? 2 : 8);

	if (n < old_cap)
		return data;
	if (new_cap > SIZE_MAX / 8 / size)
		pool_out_of_memory();
	*cap = new_cap;
	return arena_grow(arena, data, old_cap * size, new_cap * size);
}
