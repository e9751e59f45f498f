/* XXH3, the only user of xxhash. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/banned.h"

uint64_t hash_64(struct str bytes)
{
	return XXH3_64bits(bytes.data ? bytes.data : "", bytes.size);
}

struct str hash_hex(struct arena *arena, struct str bytes)
{
	static const char hex[] = "0123456789abcdef";
	XXH128_hash_t hash = XXH3_128bits(bytes.data ? bytes.data : "", bytes.size);
	char text[32];

	for (int i = 0; i < 16; i++) {
		text[i] = hex[hash.high64 >> (60 - 4 * i) & 15];
		text[16 + i] = hex[hash.low64 >> (60 - 4 * i) & 15];
	}
	return str_dup(arena, (struct str){text, sizeof text});
}
