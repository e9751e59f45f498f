/* Open addressing over an array of items: slots hold item numbers, 0 is free. Nothing is ever taken out. */
#include "base/map.h"

#include "base/banned.h"

#include <limits.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/pool.h"
#include "base/vec.h"

/* The slot of the key: the one that holds it, or the free one where it belongs. n_slots is a power of two. */
static unsigned *slot_of(const struct map *map, struct str key, unsigned long long hash)
{
	size_t mask = map->n_slots - 1;
	size_t i = (size_t)hash & mask;

	while (map->slots[i]) {
		const struct map_item *item = &map->items[map->slots[i] - 1];

		if (item->hash == hash && str_eq(item->key, key))
			break;
		i = (i + 1) & mask;
	}
	return &map->slots[i];
}

/* Keeps at least a third of the slots free. */
static void make_room(struct map *map)
{
	size_t mask;

	if ((map->n + 1) * 3 <= map->n_slots * 2)
		return;
	if (map->n >= UINT_MAX / 4)
		pool_out_of_memory();
	map->n_slots = map->n_slots ? map->n_slots * 2 : 16;
	map->slots = NEW_ARRAY(map->arena, unsigned, map->n_slots);
	mask = map->n_slots - 1;
	for (size_t n = 0; n < map->n; n++) {
		size_t i = (size_t)map->items[n].hash & mask;

		while (map->slots[i])
			i = (i + 1) & mask;
		map->slots[i] = (unsigned)n + 1;
	}
}

void *map_put(struct map *map, struct str key, void *value)
{
	unsigned long long hash = hash_64(key);
	unsigned *slot;

	make_room(map);
	slot = slot_of(map, key, hash);
	if (*slot) {
		struct map_item *item = &map->items[*slot - 1];
		void *old = item->value;

		item->value = value;
		return old;
	}
	map->items = vec_room(map->arena, map->items, map->n, &map->cap, sizeof(*map->items));
	map->items[map->n++] = (struct map_item){key, value, hash};
	*slot = (unsigned)map->n;
	return NULL;
}

static const struct map_item *find_item(const struct map *map, struct str key)
{
	unsigned number;

	if (map->n == 0)
		return NULL;
	number = *slot_of(map, key, hash_64(key));
	return number ? &map->items[number - 1] : NULL;
}

void *map_find(const struct map *map, struct str key)
{
	const struct map_item *item = find_item(map, key);

	return item ? item->value : NULL;
}

bool map_has(const struct map *map, struct str key)
{
	return find_item(map, key) != NULL;
}
