/* Hash map from strings to pointers, in an arena. Iterates in insertion order, so output never depends on hashes. */
#ifndef LINTEL_MAP_H
#define LINTEL_MAP_H

#include "base/str.h"

struct map_item {
	struct str key;
	void *value;
	unsigned long long hash;
};

/* Start from {.arena = arena}. items[0..n) stand in the order they were put. */
struct map {
	struct arena *arena;
	struct map_item *items;
	size_t n;
	size_t cap;
	unsigned *slots;
	size_t n_slots;
};

/* Puts or replaces; the key's bytes are not copied and must live as long as the map. Returns the value replaced, or NULL. */
void *map_put(struct map *map, struct str key, void *value);
/* NULL when absent. */
void *map_find(const struct map *map, struct str key);
bool map_has(const struct map *map, struct str key);

#endif
