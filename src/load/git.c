/* Reads git data with libgit2, always in a child: a damaged repository may crash the library or hang it.
 * No configuration outside the repository is read, nothing is run, and only objects and references are looked at. */
#include "load/git_session.h"

#include <unistd.h>

#define GIT_SECONDS 60
/* Opening reads a few small files; only what its configuration includes can keep it waiting, such as a pipe. */
#define GIT_OPEN_SECONDS 5

/* ---- the child ---- */

struct session {
	const char *repository;
	git_job *job;
	void *context;
};

static struct str last_error(struct arena *arena)
{
	const git_error *error = git_error_last();
	struct str text = str_dup(arena, str_from(error && error->message ? error->message : "unknown error"));
	size_t end = str_find_char(text, '\n');
	return str_sub(text, 0, end);
}

/* Opened as bare, so that no working tree is looked at and core.worktree has no effect. */
static git_repository *open_repository(struct arena *arena, const char *path)
{
	const unsigned flags = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE;
	const char *extensions[] = {"worktreeconfig", "partialclone"};
	git_repository *repo = NULL;
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_PROGRAMDATA, "");
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, sizeof extensions / sizeof *extensions);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	struct str inner = str_format(arena, "%s/.git", path);
	if (git_repository_open_ext(&repo, file_exists(inner.data) ? inner.data : path, flags, NULL) != 0)
		return NULL;
	return repo;
}

/* The pool's second job does nothing: with one job it would run in this process. */
static void *run_session(void *context, size_t index, struct arena *arena)
{
	const struct session *session = context;
	if (index != 0)
		return NULL;
	struct git_result *result = NEW(arena, struct git_result);
	if (pool_is_worker())
		alarm(GIT_OPEN_SECONDS);
	if (git_libgit2_init() < 0) {
		result->why = STR("libgit2 does not start");
		return result;
	}
	git_repository *repo = open_repository(arena, session->repository);
	if (pool_is_worker())
		alarm(GIT_SECONDS);
	if (repo)
		result->value = session->job(session->context, repo, arena);
	if (!result->value)
		result->why = last_error(arena);
	git_repository_free(repo);
	git_libgit2_shutdown();
	if (pool_is_worker())
		alarm(0);
	return result;
}

struct git_result git_in_child(struct arena *arena, const char *repository, git_job *job, void *context)
{
	struct session session = {repository, job, context};
	struct pool pool = {.jobs = 2, .cpu_seconds = GIT_SECONDS};
	struct pool_result *results = pool_each(&pool, arena, 2, run_session, &session);
	if (results[0].end == POOL_DONE && results[0].value)
		return *(struct git_result *)results[0].value;
	if (results[0].end == POOL_TIMEOUT)
		return (struct git_result){.why = STR("reading it takes too long")};
	if (results[0].end == POOL_MEMORY)
		return (struct git_result){.why = STR("reading it takes too much memory")};
	return (struct git_result){.why = STR("libgit2 crashed while reading it; it may be damaged")};
}

struct str git_oid_text(struct arena *arena, const git_oid *oid)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid_tostr(hex, sizeof hex, oid);
	return str_dup(arena, str_from(hex));
}

git_tree *git_folder_tree(git_repository *repo, git_tree *top, const char *folder)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	if (!top || !*folder)
		return top;
	if (git_tree_entry_bypath(&entry, top, folder) == 0 && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		git_tree_lookup(&tree, repo, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	git_tree_free(top);
	return tree;
}

git_tree *git_commit_folder(git_repository *repo, const git_commit *commit, const char *folder)
{
	git_tree *top = NULL;
	return git_commit_tree(&top, commit) == 0 ? git_folder_tree(repo, top, folder) : NULL;
}

git_commit *git_revision_commit(git_repository *repo, const char *revision)
{
	git_object *object = NULL, *peeled = NULL;
	if (git_revparse_single(&object, repo, revision) == 0)
		git_object_peel(&peeled, object, GIT_OBJECT_COMMIT);
	git_object_free(object);
	return (git_commit *)peeled;
}

struct str git_blob_text(git_repository *repo, struct arena *arena, const git_oid *id)
{
	git_blob *blob = NULL;
	struct str text = STR_NONE;
	if (git_blob_lookup(&blob, repo, id) == 0)
		text = str_dup(arena, (struct str){git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob)});
	git_blob_free(blob);
	return text;
}

size_t git_push_name(struct buf *path, const char *name)
{
	size_t size = path->size;
	if (size)
		buf_addc(path, '/');
	buf_adds(path, name);
	return size;
}

void git_pop_name(struct buf *path, size_t size)
{
	struct str kept = {path->data, size};
	path->size = kept.size;
	if (path->data)
		path->data[size] = '\0';
}
