/* XXH3, the only user of xxhash. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/banned.h"

#include "base/arena.h"

uint64_t hash_64(struct str bytes)
{
	return XXH3_64bits(bytes.data ? bytes.data : "", bytes.size);
}

static struct str to_hex(struct arena *arena, XXH128_hash_t hash)
{
	static const char hex[] = "0123456789abcdef";
	char text[32];

	for (int i = 0; i < 16; i++) {
		text[i] = hex[hash.high64 >> (60 - 4 * i) & 15];
		text[16 + i] = hex[hash.low64 >> (60 - 4 * i) & 15];
	}
	return str_dup(arena, (struct str){text, sizeof text});
}

struct str hash_hex(struct arena *arena, struct str bytes)
{
	return to_hex(arena, XXH3_128bits(bytes.data ? bytes.data : "", bytes.size));
}

struct hasher {
	XXH3_state_t state;
};

struct hasher *hasher_new(struct arena *arena)
{
	/* The library's state stands on a border of 64 bytes. */
	uintptr_t room = (uintptr_t)arena_alloc(arena, sizeof(struct hasher) + 63);
	struct hasher *hasher = (struct hasher *)((room + 63) / 64 * 64);

	XXH3_128bits_reset(&hasher->state);
	return hasher;
}

void hasher_add(struct hasher *hasher, struct str bytes)
{
	if (bytes.size)
		XXH3_128bits_update(&hasher->state, bytes.data, bytes.size);
}

struct str hasher_hex(struct arena *arena, const struct hasher *hasher)
{
	return to_hex(arena, XXH3_128bits_digest(&hasher->state));
}
