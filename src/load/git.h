/* What a commit holds, read in a child; private to load/. */
#ifndef LINTEL_LOAD_GIT_H
#define LINTEL_LOAD_GIT_H

#include "load/tree.h"

/* value: what was asked for; NULL: why says it in one line. */
struct git_result {
	void *value;
	struct str why;
};

struct git_names {
	struct str commit; /* id, 40 hex digits */
	struct tree_nodes nodes;
};

struct git_commit_files {
	struct str commit;
	const char *prefix;
	const struct str *paths;
	size_t n;
};

/* Names below the folder `prefix` ("" the top) of a revision: struct git_names. */
struct git_result git_list_commit(struct arena *arena, const char *repository, const char *revision,
				  const char *prefix);
/* Texts of files, struct str by index; data NULL where one cannot be read. */
struct git_result git_read_files(struct arena *arena, const char *repository, const struct git_commit_files *files);

#endif
