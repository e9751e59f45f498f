/* Between the files that put machine files into estates. Only for model/. */
#ifndef LINTEL_MACHINE_PARTS_H
#define LINTEL_MACHINE_PARTS_H

#include "model/machine.h"
#include "model/model_parts.h"

/* A cluster of a part, and the one of the estate that it became part of. */
struct merged_cluster {
	const struct cluster *from;
	struct cluster *to; /* NULL: there is nothing to put it into */
};

struct merged_part {
	struct machine_part *part;
	VEC(struct merged_cluster) clusters;
};

/* One estate and what is put into it. */
struct merge {
	struct model *model;
	struct estate *estate;
	VEC(struct merged_part) parts; /* by path */
	struct map scopes;             /* bytes of a cluster's pointer -> struct str * of its environment */
	struct map networks;           /* prefix -> struct network * */
	struct map services, devices;  /* names, lower case -> entity */
	struct map nodes;              /* names in clusters -> struct node *, for merge_find_node() */
	bool is_indexed;
};

struct merges {
	VEC(struct merge *) list;
};

/* Records that two sources declare different values of one fact. `kind` is a word of the rule source-disagreement. */
void merge_clash(struct merge *merge, const char *kind, struct word value, struct word other, struct str subject);
/* Takes a value where there is none. */
void merge_word(struct word *to, struct word from);
/* Adds addresses. Those of other networks are further ones; two different ones of one network are a clash of `kind`,
 * and nothing is added. */
void merge_addresses(struct merge *merge, const char *kind, struct str subject, struct address_values *to,
		     const struct address_values *from);
/* By id or alias, without case. */
bool merge_is_called(const struct entity *entity, struct str name);
/* The node of that name; a host name with a domain is the same machine as the one without. */
struct node *merge_find_node(struct merge *merge, const struct cluster *cluster, struct str name);
/* Puts the nodes of a part's cluster into that of the estate. */
void merge_nodes(struct merge *merge, struct cluster *to, const struct cluster *from);
/* Clusters with an id, and what is in them. */
void merge_named_clusters(struct merge *merge, struct merged_part *part);
/* The cluster that the file does not name: the one that the configuration or the path names, or the only one. */
void merge_unnamed_cluster(struct merge *merge, struct merged_part *part);
/* Networks, devices and services. */
void merge_things(struct merge *merge, struct merged_part *part);
/* Pools, when all networks stand. */
void merge_pools(struct merge *merge);
/* The cluster of the estate that a cluster of the part became, or NULL. */
struct cluster *merge_cluster_of(const struct merged_part *part, const struct cluster *from);

#endif
