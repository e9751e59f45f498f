/* A workspace as it stands in a commit. Its names are read at once; texts when they are wanted. */
#include "load/git.h"

#include <errno.h>

struct commit_tree {
	struct tree tree;
	const char *repository;
	struct git_place place;
	const struct git_names *names;
	struct map texts; /* path -> struct str *: what was read already */
};

static void commit_walk(struct tree *tree, const struct config *config, struct tree_nodes *nodes,
			struct troubles *troubles)
{
	const struct tree_nodes *all = &((const struct commit_tree *)tree)->names->nodes;
	size_t limit = config->limits.files;
	for (size_t i = 0; i < all->list.n && i < limit; i++)
		vec_add(tree->arena, &nodes->list, all->list.data[i]);
	if (all->list.n > limit)
		trouble_add(tree->arena, troubles,
			    (struct trouble){.rule = "limit-reached",
					     .kind = "files",
					     .span = SPAN_NONE,
					     .text = all->list.data[limit].path,
					     .extra = str_format(tree->arena, "%zu", limit),
					     .other = SPAN_NONE});
}

static void commit_want(struct tree *tree, const struct str *paths, size_t n)
{
	struct commit_tree *commit = (struct commit_tree *)tree;
	struct str *ids = NEW_ARRAY(tree->arena, struct str, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct str *id = map_find(&commit->names->ids, paths[i]);
		ids[i] = id ? *id : STR_NONE;
	}
	struct git_result result = git_read_files(tree->arena, commit->repository, &commit->place, ids, n);
	if (!result.value)
		world_fail("cannot read commit %s: " STR_FMT, commit->place.revision, STR_ARG(result.why));
	struct str *texts = result.value;
	for (size_t i = 0; i < n; i++)
		map_put(&commit->texts, str_dup(tree->arena, paths[i]), &texts[i]);
}

/* Asked only before there is a listing, so its cost does not matter. */
static enum file_state state_of(const struct commit_tree *commit, struct str path)
{
	for (size_t i = 0; i < commit->names->nodes.list.n; i++) {
		const struct tree_node *node = &commit->names->nodes.list.data[i];
		if (str_eq(node->path, path))
			return node->kind == NODE_FILE ? FILE_OK : FILE_NOT_REGULAR;
	}
	return FILE_MISSING;
}

static struct file_content commit_read(struct tree *tree, struct arena *arena, struct str path, size_t limit)
{
	struct commit_tree *commit = (struct commit_tree *)tree;
	enum file_state state = tree->listing ? FILE_OK : state_of(commit, path);
	(void)arena;
	if (state != FILE_OK)
		return (struct file_content){.state = state, .error = state == FILE_MISSING ? ENOENT : EINVAL};
	if (!map_has(&commit->texts, path))
		commit_want(tree, &path, 1);
	const struct str *text = map_find(&commit->texts, path);
	if (!text->data)
		return (struct file_content){.state = FILE_UNREADABLE, .error = EIO};
	if (text->size > limit)
		return (struct file_content){.state = FILE_TOO_LARGE, .error = EFBIG};
	return (struct file_content){.state = FILE_OK, .bytes = *text};
}

struct tree *tree_merge(struct arena *arena, const char *repository, const char *revision, const char *merged,
			struct str prefix, struct str *why)
{
	struct commit_tree *commit = NEW(arena, struct commit_tree);
	commit->tree = (struct tree){.arena = arena, .walk = commit_walk, .read = commit_read, .want = commit_want};
	commit->repository = str_to_c(arena, str_from(repository));
	commit->texts.arena = arena;
	struct git_place place = {revision, merged, str_to_c(arena, prefix)};
	struct git_result result = git_list(arena, repository, &place);
	commit->names = result.value;
	*why = result.why;
	if (!commit->names)
		return NULL;
	commit->place = commit->names->place;
	return &commit->tree;
}

struct tree *tree_commit(struct arena *arena, const char *repository, const char *revision, struct str prefix,
			 struct str *why)
{
	return tree_merge(arena, repository, revision, NULL, prefix, why);
}
