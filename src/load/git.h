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
};

/* Names at a place: struct git_names. */
struct git_result git_list(struct arena *arena, const char *repository, const struct git_place *place);
/* Texts of files, struct str by index; data NULL where one cannot be read. */
struct git_result git_read_files(struct arena *arena, const char *repository, const struct git_place *place,
				 const struct str *paths, size_t n);

#endif
