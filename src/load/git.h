/* What a commit holds, read in a child; private to load/. */
#ifndef LINTEL_LOAD_GIT_H
#define LINTEL_LOAD_GIT_H

#include "load/tree.h"

/* value: what was asked for; NULL: why says it in one line. */
struct git_result {
	void *value;
	struct str why;
};

/* A folder of what a commit holds, or of what merging another commit into it would give. */
struct git_place {
	const char *revision;
	const char *merged; /* NULL: none */
	const char *prefix; /* "" the top */
};

struct git_names {
	struct git_place place; /* with ids of commits for revisions */
	struct tree_nodes nodes;
	struct map ids; /* path of a file -> struct str *, the id of its text in bytes */
};

/* Names at a place: struct git_names. */
struct git_result git_list(struct arena *arena, const char *repository, const struct git_place *place);
/* Texts by their ids, struct str by index; data NULL where one cannot be read. An id, as a path would make the library read
 * the folder anew for each file. */
struct git_result git_read_files(struct arena *arena, const char *repository, const struct git_place *place,
				 const struct str *ids, size_t n);

#endif
