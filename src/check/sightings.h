/* Between the rules about what documents name: the same thing in several places is one finding. */
#ifndef LINTEL_SIGHTINGS_H
#define LINTEL_SIGHTINGS_H

#include "check/check.h"

/* One thing in the documents of one estate. */
struct sighted {
	const struct sighting *first;           /* that counts: of the present, and not known */
	VEC(const struct sighting *) elsewhere; /* further ones that count, by page and place */
	size_t n;                               /* all, also those that do not count */
};

struct sighted_list {
	VEC(struct sighted *) list; /* by page and place of the first; those without one left out */
};

/* All of a kind, by estate and value; of what is retired, by page and thing. */
struct sighted_list sighted_group(struct check *check, enum sighting_kind kind);
/* Notes for the further places, a few of them. */
void sighted_notes(struct check *check, struct diag *diag, const struct sighted *sighted);
/* The estate that a sighting belongs to. */
const struct estate *sighted_estate(const struct sighted *sighted);

#endif
