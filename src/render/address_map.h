/* Private to render/: what lies in a prefix, and the drawing of it. */
#ifndef LINTEL_ADDRESS_MAP_H
#define LINTEL_ADDRESS_MAP_H

#include "render/pages.h"

/* One stretch of a prefix that is taken. */
struct stretch {
	struct address from, to;
	const char *kind;           /* "address", "range", "network", "reserved": also a class */
	struct str note;            /* name of a range, label of a VIP */
	const struct entity *owner; /* NULL: none */
	const char *use;
};

struct stretches {
	VEC(struct stretch) list; /* by start, the wider first */
};

/* Draws an IPv4 prefix as grids: whole octets a level, each block in use leads to a grid of its own. Nothing for a prefix
 * of which nothing is taken. The table of the page says the same. */
void address_map_write(struct writer *writer, struct prefix prefix, const struct stretches *stretches);

#endif
