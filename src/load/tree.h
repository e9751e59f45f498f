/* What the three kinds of tree have in common; private to load/. */
#ifndef LINTEL_LOAD_TREE_H
#define LINTEL_LOAD_TREE_H

#include "load/load.h"

enum node_kind { NODE_FILE, NODE_DIR, NODE_LINK };

/* One name of a tree as it stands there, links not followed. */
struct tree_node {
	enum node_kind kind;
	struct str path;
	uint64_t size;     /* files */
	struct str target; /* links: text of the link */
};

struct tree_nodes {
	VEC(struct tree_node) list;
};

/* First member of each kind of tree. */
struct tree {
	struct arena *arena;
	/* All names in any order; may leave out what is ignored. Everything given may be read. */
	void (*walk)(struct tree *tree, const struct config *config, struct tree_nodes *nodes,
		     struct troubles *troubles);
	/* A regular file at exactly this path. FILE_NOT_REGULAR for a link. */
	struct file_content (*read)(struct tree *tree, struct arena *arena, struct str path, size_t limit);
	/* Says which files will be read next, where reading many at once is cheaper. May be NULL. */
	void (*want)(struct tree *tree, const struct str *paths, size_t n);
	struct listing *listing; /* the last one made, or NULL */
};

/* The file that says that a folder is output of ours. */
#define MANIFEST_NAME ".lintel-manifest"
/* Folders deeper than this are not entered. */
#define TREE_DEPTH 128

/* True for a folder that is never looked into: .git, node_modules, the output. `name` is the base of path. */
bool tree_skips_folder(const struct config *config, struct str path);

#endif
