/* Content hashes (XXH3, 128 bits): for cache keys and fingerprints, not for secrets. */
#ifndef LINTEL_HASH_H
#define LINTEL_HASH_H

#include <stdint.h>

#include "base/str.h"

uint64_t hash_64(struct str bytes);
/* 32 hexadecimal digits. */
struct str hash_hex(struct arena *arena, struct str bytes);

/* The same of bytes that come in parts. */
struct hasher;
struct hasher *hasher_new(struct arena *arena);
void hasher_add(struct hasher *hasher, struct str bytes);
struct str hasher_hex(struct arena *arena, const struct hasher *hasher);

#endif
