/* Bump allocation of zeroed memory: one list of blocks on the heap, or one block that fills a region. */
#include "base/arena.h"

#include "base/banned.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/pool.h"
#include "base/world.h"

#define ALIGNMENT 16
#define FIRST_BLOCK_SIZE ((size_t)64 << 10)
#define LAST_BLOCK_SIZE ((size_t)16 << 20)
#define ZEROED_BLOCK_SIZE ((size_t)1 << 20)

/* Bytes from data[used] on have never been handed out. */
struct block {
	struct block *next;
	size_t size;
	size_t used;
	bool is_dirty; /* they are not zero */
	_Alignas(ALIGNMENT) char data[];
};

struct deferred {
	struct deferred *next;
	void (*free_fn)(void *);
	void *object;
};

struct arena {
	struct block *block; /* the one that is being filled */
	struct deferred *deferred;
	char *last; /* the latest allocation in `block`, or NULL */
	size_t used;
	size_t next_size; /* of the next block, in bytes */
	bool in_region;
};

/* Large blocks come zeroed from the kernel. Small ones are zeroed as they are handed out: most of the last block of
 * a short-lived arena never is. */
static struct block *block_new(size_t size)
{
	bool is_dirty = size < ZEROED_BLOCK_SIZE;
	struct block *block = is_dirty ? malloc(sizeof(*block) + size) : calloc(1, sizeof(*block) + size);

	if (!block)
		pool_out_of_memory();
	*block = (struct block){.size = size, .is_dirty = is_dirty};
	return block;
}

struct arena *arena_new(void)
{
	struct arena *arena = world_alloc(sizeof(*arena));

	*arena = (struct arena){.next_size = FIRST_BLOCK_SIZE * 2};
	arena->block = block_new(FIRST_BLOCK_SIZE - sizeof(struct block));
	return arena;
}

struct arena *arena_in_region(void *region, size_t size)
{
	size_t skip = (ALIGNMENT - (uintptr_t)region % ALIGNMENT) % ALIGNMENT;
	size_t head = (sizeof(struct arena) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct arena *arena;

	if (size < skip + head + sizeof(struct block))
		pool_out_of_memory();
	arena = (void *)((char *)region + skip);
	*arena = (struct arena){.in_region = true};
	arena->block = (void *)((char *)arena + head);
	arena->block->size = size - skip - head - sizeof(struct block);
	return arena;
}

void arena_free(struct arena *arena)
{
	struct block *block;

	if (!arena)
		return;
	while (arena->deferred) {
		struct deferred *deferred = arena->deferred;

		arena->deferred = deferred->next;
		deferred->free_fn(deferred->object);
	}
	if (arena->in_region)
		return;
	block = arena->block;
	while (block) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
	free(arena);
}

static size_t aligned(size_t size)
{
	/* Nothing is 0 bytes long: every allocation has an address of its own. */
	if (size == 0)
		size = 1;
	if (size > SIZE_MAX / 4)
		pool_out_of_memory();
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Room of its own for a piece that would waste most of a block: behind the current one, which goes on being filled. */
static void *alloc_alone(struct arena *arena, size_t size)
{
	struct block *block = block_new(size);

	if (block->is_dirty)
		memset(block->data, 0, size);
	block->used = size;
	block->next = arena->block->next;
	arena->block->next = block;
	return block->data;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t need = aligned(size);
	struct block *block = arena->block;

	if (block->size - block->used < need) {
		if (arena->in_region)
			pool_out_of_memory();
		if (need > arena->next_size / 4) {
			arena->used += need;
			return alloc_alone(arena, need);
		}
		block = block_new(arena->next_size - sizeof(*block));
		block->next = arena->block;
		arena->block = block;
		if (arena->next_size < LAST_BLOCK_SIZE)
			arena->next_size *= 2;
	}
	arena->last = block->data + block->used;
	block->used += need;
	arena->used += need;
	if (block->is_dirty)
		memset(arena->last, 0, need);
	return arena->last;
}

void *arena_copy(struct arena *arena, const void *from, size_t size)
{
	void *copy = arena_alloc(arena, size);

	if (size)
		memcpy(copy, from, size);
	return copy;
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
	struct block *block = arena->block;
	void *copy;

	if (old && new_size <= old_size)
		return old;
	if (old && old == arena->last) {
		size_t held = block->used - (size_t)(arena->last - block->data);
		size_t need = aligned(new_size);

		if (need <= held)
			return old;
		if (need - held <= block->size - block->used) {
			if (block->is_dirty)
				memset(arena->last + held, 0, need - held);
			block->used += need - held;
			arena->used += need - held;
			return old;
		}
	}
	copy = arena_alloc(arena, new_size);
	if (old_size)
		memcpy(copy, old, old_size);
	return copy;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

void arena_defer(struct arena *arena, void (*free_fn)(void *), void *object)
{
	struct deferred *deferred = NEW(arena, struct deferred);

	*deferred = (struct deferred){arena->deferred, free_fn, object};
	arena->deferred = deferred;
}
