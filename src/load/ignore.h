/* Reads .gitignore files and applies them as git does; private to load/. Format: gitignore(5). */
#ifndef LINTEL_LOAD_IGNORE_H
#define LINTEL_LOAD_IGNORE_H

#include "base/base.h"

struct ignore_rule {
	struct str pattern; /* without '!', without slashes at either end */
	bool negated;
	bool folders_only;
	bool anchored; /* matched against the path below the base, not against the name */
	bool literal;  /* no wildcard and no escape */
};

/* The rules of one file, and the level that yields to it: the folder above. Lives as long as its arena. */
struct ignore_level {
	const struct ignore_level *above;
	struct str base; /* folder the rules stand in, as a prefix of the paths asked about: "" or "a/b" */
	size_t n_all;    /* rules of this level and all above */
	VEC(struct ignore_rule) rules;
};

/* Rules kept over all levels of one path; more are dropped, so that a path costs a bounded time. */
#define IGNORE_RULES 20000

/* Reads a file's text. `text` must live as long as the level. Sets *full when rules were dropped. */
const struct ignore_level *ignore_read(struct arena *arena, const struct ignore_level *above, struct str base,
				       struct str text, bool *full);
/* True when the last rule that matches says so. Asks nothing about the folders above the path: who walks does not
 * enter them. */
bool ignore_covers(const struct ignore_level *level, struct str path, bool is_folder);
/* Shell pattern of git: * ? [] stop at '/', a part that is ** does not. Costs at most pattern size times path size. */
bool ignore_matches(struct str pattern, struct str path);

#endif
