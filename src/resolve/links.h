/* What the files that judge links share; private to resolve/. */
#ifndef LINTEL_RESOLVE_LINKS_H
#define LINTEL_RESOLVE_LINKS_H

#include "resolve/anchors.h"

/* The workspace as links see it. */
struct linker {
	struct model *model;
	struct arena *arena;   /* of the model: what links keep */
	struct arena *index;   /* until all links are judged */
	struct arena *scratch; /* until the page's links are judged */
	const struct listing *listing;
	struct str content_root;  /* first folder of `content`; empty: none */
	bool has_generator;       /* a site generator's configuration stands in the workspace */
	bool asked_git, in_git;   /* git_find was called; it found a repository */
	struct str prefix;        /* the workspace's folder in its repository */
	struct anchors **anchors; /* by source id, NULL until asked for */
	struct map templates;     /* paths of decision templates */
	struct map cut_off;       /* symbolic links that were not followed */
	struct map by_base;       /* base name, lower case -> struct names *; made when first asked for */
	struct map by_folder;     /* folder -> struct names * */
	bool has_names;
	size_t compared; /* names looked at for suggestions, bounded */
};

struct names {
	VEC(struct str) list;
	VEC(const struct entry *) entries;
};

/* One link on its way. */
struct target {
	const struct page *from;
	struct str file;    /* as written, up to '?' and '#' */
	struct str decoded; /* the same, percent escapes undone */
	struct str behind;  /* '?' and '#' with what follows, as written */
	bool from_root;     /* begins with '/' */
};

const struct entry *linker_entry(const struct linker *linker, struct str path);
/* A target to write instead of one that leads to no file, or empty. */
struct str links_suggest(struct linker *linker, const struct target *target);
/* True when the path leads into a folder that is there and empty: git keeps none, so it is a submodule that was not
 * fetched, or all of it is ignored. */
bool links_in_empty_folder(struct linker *linker, struct str path);
/* How `to` is written in a link on `from`; `behind` is appended. */
struct str links_write(struct arena *arena, const struct page *from, struct str to, struct str behind);

/* The site that renders a page, by the nearest configuration of a generator at or above its folder. */
struct site_dialect {
	struct str folder;
	struct str dialect; /* as `anchors:` names it; "github" where there is none */
};
struct site_dialect links_site_dialect(struct linker *linker, const struct page *page);

/* What a target is before any file is looked for. */
enum target_class { TARGET_LOCAL, TARGET_EXTERNAL, TARGET_OUTSIDE, TARGET_UNSAFE, TARGET_EXPRESSION };
enum target_class target_classify(struct str target, bool image);
/* True for text that stands for a name to be filled in: NNNN-title.md, path/to/x. */
bool target_is_placeholder(struct str file);
/* True when the listing holds the configuration of a site generator, whose routes are not files. */
bool listing_has_generator(const struct listing *listing);

#endif
