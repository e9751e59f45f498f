/* What the files that read git data share: one session with the library, in a child. The one home of its header; private
 * to load/git*.c. */
#ifndef LINTEL_GIT_SESSION_H
#define LINTEL_GIT_SESSION_H

#include "load/git.h"

#include <git2.h>
#include <git2/sys/mempack.h>

/* Folders of a commit's tree deeper than this are not entered. */
#define GIT_DEPTH 128

/* Works on an open repository; NULL: it failed, and the library says why. */
typedef void *git_job(void *context, git_repository *repo, struct arena *arena);
/* Runs the job in a child that may die. */
struct git_result git_in_child(struct arena *arena, const char *repository, git_job *job, void *context);

struct str git_oid_text(struct arena *arena, const git_oid *oid);
/* The tree of a folder of a tree, "" the tree itself, which is given away; NULL when there is none. */
git_tree *git_folder_tree(git_repository *repo, git_tree *top, const char *folder);
/* The tree of a folder of a commit, "" the top; NULL when there is none. */
git_tree *git_commit_folder(git_repository *repo, const git_commit *commit, const char *folder);
/* The commit that a revision means; NULL: none. */
git_commit *git_revision_commit(git_repository *repo, const char *revision);
/* data NULL: it cannot be read. */
struct str git_blob_text(git_repository *repo, struct arena *arena, const git_oid *id);

/* A name below a folder that stands in path; returns the size to go back to. */
size_t git_push_name(struct buf *path, const char *name);
void git_pop_name(struct buf *path, size_t size);

#endif
