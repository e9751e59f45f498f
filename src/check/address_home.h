/* Between the rules about addresses: who has an address, and whether it lies where its owner lives. */
#ifndef LINTEL_ADDRESS_HOME_H
#define LINTEL_ADDRESS_HOME_H

#include "check/check.h"

enum address_home {
	HOME_UNJUDGED,     /* no address, or what it is compared with is broken, or another rule asks */
	HOME_INSIDE,       /* where it belongs */
	HOME_OTHER_FAMILY, /* the network it is declared on has no prefix of its family */
	HOME_OUTSIDE,      /* not in the network it is declared on, or in none of its cluster's networks */
	HOME_NONE          /* in no network of the estate, which has networks of that family */
};

struct homed_address {
	struct address_use use;
	enum address_home home;
};
struct homed_addresses {
	VEC(struct homed_address) list;
};

/* Every address of an estate in file order. Gateways and cluster DNS, which have rules of their own, are unjudged. */
struct homed_addresses address_homes(struct arena *arena, const struct estate *estate);

/* "storm", "VIP api of main", "the gateway of lan". */
struct str address_owner(struct arena *arena, const struct address_use *use);
/* The same with the address: "storm's address 10.10.0.25", "VIP api of main (10.10.0.20)". */
struct str address_phrase(struct arena *arena, const struct address_use *use);
bool address_is_link_local(struct address address);
bool network_has_family(const struct network *network, uint8_t family);
/* False when one of its prefixes cannot be read, so that nothing is known about what it holds. */
bool network_is_readable(const struct network *network);
/* The narrowest prefix of the network that holds the address, or NULL. */
const struct prefix_value *network_holds(const struct network *network, struct address address);
/* True when `above` is an ancestor of `network` by `parent:`. */
bool network_is_below(const struct network *network, const struct network *above);
/* "nodes (10.10.0.0/24)"; of several prefixes all. */
struct str network_text(struct arena *arena, const struct network *network);

/* What a range is for: its kind, or where there is none its id. */
enum range_role { RANGE_OTHER, RANGE_DHCP, RANGE_POOL, RANGE_RESERVED };
enum range_role range_role(const struct range_value *range);
/* "the range dhcp of lan", or "a range of lan". */
struct str range_text(struct arena *arena, const struct range_value *range, const struct network *network);

#endif
