/* Where files come from: a folder on disk, a commit of a git repository, or memory. One interface, three kinds. */
#ifndef LINTEL_LOAD_H
#define LINTEL_LOAD_H

#include "config.h"

enum entry_kind { ENTRY_FILE, ENTRY_DIR };

/* One path of the workspace that is not ignored. */
struct entry {
	enum entry_kind kind;
	struct str path;
	uint64_t size;     /* bytes, files only */
	bool through_link; /* reached by a symbolic link inside the workspace */
	struct str target; /* through_link: path of the file it leads to, also in the listing */
};

/* The files of a workspace, sorted by path (bytes), folders too. */
struct listing {
	VEC(struct entry) list;
	struct map by_path;       /* path -> struct entry * */
	struct map by_lower_path; /* lower-cased path -> struct entry * (the first): for link-case */
	/* Without place, the path in text. "limit-reached": "symlink-outside", "symlink-loop", "symlink-dangling" (missing
	 * or ignored), "symlink-folder" (extra: the target), "files", "folder-depth", "ignore-rules" (extra: the limit).
	 * "decision-unreadable": "symlink", where the link lies among decisions (extra: why it is skipped). */
	struct troubles troubles;
};

struct tree;

/* A folder on disk. Walks sorted; honours .gitignore files (and .git/info/exclude) and skips .git, node_modules and `output`.
 * Symbolic links to regular files inside the workspace are followed once; others are skipped with a trouble. */
struct tree *tree_disk(struct arena *arena, const char *root);
/* A commit, by any revision expression; `prefix` is the workspace's folder in the repository ("" the top). NULL and *why when it cannot be read. */
struct tree *tree_commit(struct arena *arena, const char *repository, const char *revision, struct str prefix,
			 struct str *why);
/* What merging another commit into one would give, worked out in memory; NULL and *why too when they conflict. */
struct tree *tree_merge(struct arena *arena, const char *repository, const char *revision, const char *merged,
			struct str prefix, struct str *why);
/* Id of the newest commit that two revisions have in common; empty: none that can be found. */
struct str commit_common(struct arena *arena, const char *repository, const char *one, const char *other);
/* Pairs of path and text. For tests and for callers that hold files already. */
struct tree_file {
	struct str path;
	struct str text;
};
struct tree *tree_memory(struct arena *arena, const struct tree_file *files, size_t n);

struct listing *tree_list(struct tree *tree, const struct config *config);
/* Reads one file of the listing, through its link if it is one; before there is a listing, any regular file of the
 * tree. Nothing outside the workspace is ever opened. */
struct file_content tree_read(struct tree *tree, struct arena *arena, struct str path, size_t limit);

/* What load found. */
struct loaded {
	struct tree *tree;
	const char *root; /* the folder on disk, for git_find; NULL: not on disk */
	struct listing *listing;
	struct sources sources;       /* the files that matter, read */
	struct troubles troubles;     /* text-encoding, limit-reached, decision-unreadable (symlinks) ... */
	struct source *config_source; /* lintel.yaml, or NULL; it is among the sources */
};

/* Reads the configuration (lintel.yaml, or `config->config_path` when not empty), lists the workspace and reads every
 * source: the documents, decisions, diagrams and topology files that the configuration or discovery names, templates,
 * as SOURCE_MACHINE what config->may_be_machine takes, and as SOURCE_OTHER the marks of ADR tools (.adr-dir,
 * .log4brains.yml) and files that hold the fields of a record (kep.yaml). A link to a file that is a
 * source itself is not read again. Where documents stand in content folders (named, or content/), the lists content,
 * decisions and diagrams of the configuration hold their defaults afterwards; else an unset list stays empty.
 * Malformed bytes and NUL are '?' in a source's text, in YAML control characters too; offsets stay.
 * Troubles: "text-encoding" (kinds "utf8", "nul", "control": extra says how many more, empty for none; "utf16": no
 * place, text is the path, the file is left out), "limit-reached" ("file-size", "total-bytes"; text: the path, extra:
 * the limit). A source that cannot be read is a failure of the world. */
struct loaded *load(struct arena *arena, struct tree *tree, struct config *config);

/* ---- git metadata ---- */

struct git_commit_info {
	long long when; /* author date, seconds since the epoch */
	struct str id;  /* 40 hex digits */
	struct str author;
	struct str subject; /* first line of its message */
};

/* A file as a commit made it. */
struct git_version {
	const struct git_commit_info *commit;
	struct str id;   /* of the blob, 40 hex digits */
	struct str text; /* of a file that has several versions; else data NULL */
};

enum { GIT_VERSIONS_MAX = 200 };

/* The versions of a file under its name, the newest first, back to where it was added. */
struct git_versions {
	VEC(struct git_version) list;
	bool has_more; /* there are more, or their texts are not known */
};

/* Paths of the workspace whose versions are wanted. */
struct git_wanted {
	const struct str *paths;
	size_t n;
	size_t n_texts; /* of the first so many also texts; of the others commits only, as far as the walk is short */
};

/* Last change of files, and versions of some, found in one walk. */
struct git_history {
	bool present; /* false: no repository, or it cannot be read; `why` says so in one line */
	bool shallow;
	struct str why;
	struct str head;     /* commit id, 40 hex digits */
	struct map last;     /* workspace path -> struct git_commit_info * */
	struct map versions; /* workspace path -> struct git_versions * */
	struct map
		commits; /* of the paths without texts: workspace path -> struct git_versions *, without ids and texts */
	struct str prefix; /* path of the workspace in the repository; "" when it is the whole */
	struct str branch; /* that HEAD names; empty: none */
	struct str origin; /* web address of the remote of that name, where it is a forge that is known; else empty */
};

/* Opens the repository that holds `root` (no search above a mount; of the repository's configuration only the address of origin has an effect) and
 * walks its history once from a revision back (NULL: HEAD), in a child that may die. */
struct git_history *git_history_read(struct arena *arena, const char *root, const char *revision,
				     const struct git_wanted *wanted);
/* Web address of a repository of GitHub, GitLab or Codeberg, from what git clones from; nothing secret in it is kept.
 * Empty when it is another's. */
struct str git_web_address(struct arena *arena, struct str remote);
/* Folder of the repository that holds root, and root's path in it; false when there is none. */
bool git_find(struct arena *arena, const char *root, struct str *repository, struct str *prefix);

#endif
