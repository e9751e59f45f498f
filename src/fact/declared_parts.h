/* Between the files that know what is declared. */
#ifndef LINTEL_DECLARED_PARTS_H
#define LINTEL_DECLARED_PARTS_H

#include "fact/fact_parts.h"

/* Resources that every node has an amount of. */
enum { SUM_MEMORY, SUM_CORES, SUM_STORAGE, SUMS };

/* What follows from all nodes of a cluster. */
struct cluster_sums {
	long long control_plane, worker; /* -1: some node has no role */
	struct str per_node[SUMS];       /* the amount that all nodes have; empty: they differ, or one does not say */
	struct str total[SUMS];          /* empty: one does not say, or units differ */
};
struct cluster_sums *cluster_sums(struct arena *arena, const struct cluster *cluster);
/* The amount that an attribute of a cluster speaks of: "total memory", "cores per node"; empty: none. */
struct str cluster_sum(const struct cluster_sums *sums, struct str attribute);

/* What nodes list under `runs:`, by its words. */
struct runners;
struct runners *runners_index(struct arena *arena, const struct estate *estate);
const struct runners *declared_runners(const struct estate *estate);

#endif
