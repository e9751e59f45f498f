/* IPv4 and IPv6 addresses, prefixes and ranges: values, text forms, set operations. */
#ifndef LINTEL_NET_H
#define LINTEL_NET_H

#include <stdint.h>

#include "base/str.h"

/* bytes[0..4) for family 4, bytes[0..16) for 6; the rest is zero. family 0: no address. */
struct address {
	uint8_t family; /* 0, 4 or 6 */
	uint8_t bytes[16];
};

struct prefix {
	struct address base; /* as written: host bits may be set */
	uint8_t bits;
};

struct address_range {
	struct address from;
	struct address to; /* inclusive */
};

enum net_error {
	NET_OK,
	NET_NOT_ADDRESS,  /* not of the form at all */
	NET_PART_RANGE,   /* a part over 255 */
	NET_PART_COUNT,   /* too few or too many parts */
	NET_LEADING_ZERO, /* 010: octal or decimal is anyone's guess */
	NET_BITS_MISSING, /* no /bits */
	NET_BITS_RANGE    /* /33 */
};

struct address_read {
	enum net_error error;
	struct address address;
};
struct prefix_read {
	enum net_error error;
	struct prefix prefix;
};

/* The whole of s must be an address: dotted quad, or RFC 4291 text (no zone). */
struct address_read address_parse(struct str s);
/* The whole of s must be address "/" bits. */
struct prefix_read prefix_parse(struct str s);
/* One sentence on what is wrong, for messages: "a part is over 255". */
const char *net_error_text(enum net_error error);
/* Canonical text (RFC 5952 for IPv6). */
struct str address_format(struct arena *arena, struct address address);
struct str prefix_format(struct arena *arena, struct prefix prefix);

bool address_eq(struct address a, struct address b);
/* IPv4 before IPv6, then by value. */
int address_cmp(struct address a, struct address b);
struct address address_next(struct address address);
/* b - a + 1 for a range of one family, capped at UINT64_MAX. */
uint64_t address_distance(struct address a, struct address b);
/* 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32, 3fff::/20. */
bool address_is_documentation(struct address address);
bool address_is_loopback(struct address address);
/* Network or broadcast address of an IPv4 prefix shorter than /31. For IPv6 the all-zero host (subnet-router anycast) shorter than /127. */
bool address_is_reserved(struct address address, struct prefix prefix);

/* Host bits cleared. */
struct prefix prefix_network(struct prefix prefix);
bool prefix_has_host_bits(struct prefix prefix);
bool prefix_contains(struct prefix prefix, struct address address);
bool prefix_overlaps(struct prefix a, struct prefix b);
bool prefix_eq(struct prefix a, struct prefix b); /* as networks */
struct address prefix_first(struct prefix prefix);
struct address prefix_last(struct prefix prefix);
/* Addresses in it, capped at UINT64_MAX. */
uint64_t prefix_size(struct prefix prefix);

#endif
