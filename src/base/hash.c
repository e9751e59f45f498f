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
	XXH128_hash_t hash = XXH3_128bits(bytes.data ? bytes.data : "", bytes.size);

	return str_format(arena, "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
}
