/* A commit, or what two would be merged, as a workspace: its names, and the texts of some. */
#include "load/git_session.h"

/* ---- merging ---- */

static void say_conflict(git_index *index)
{
	git_index_conflict_iterator *conflicts = NULL;
	const git_index_entry *base, *ours, *theirs;
	char text[600] = "the two conflict";
	if (git_index_conflict_iterator_new(&conflicts, index) == 0 &&
	    git_index_conflict_next(&base, &ours, &theirs, conflicts) == 0) {
		const git_index_entry *any = ours ? ours : theirs ? theirs : base;
		snprintf(text, sizeof text, "the two conflict in %.500s", any->path);
	}
	git_index_conflict_iterator_free(conflicts);
	git_error_set_str(GIT_ERROR_MERGE, text);
}

/* What it makes goes to memory only; the tree lives as long as the repository is open. */
static git_tree *merged_tree(git_repository *repo, const git_commit *ours, const git_commit *theirs)
{
	git_odb *odb = NULL;
	git_odb_backend *memory = NULL;
	git_index *index = NULL;
	git_tree *tree = NULL;
	git_oid id;
	if (git_mempack_new(&memory) == 0 && git_repository_odb(&odb, repo) == 0 &&
	    git_odb_add_backend(odb, memory, 1000) == 0 && git_merge_commits(&index, repo, ours, theirs, NULL) == 0) {
		if (git_index_has_conflicts(index))
			say_conflict(index);
		else if (git_index_write_tree_to(&id, index, repo) == 0)
			git_tree_lookup(&tree, repo, &id);
	}
	git_index_free(index);
	git_odb_free(odb);
	return tree;
}

/* The tree of a folder of a place; NULL and *ok when there is no such folder. */
static git_tree *place_tree(git_repository *repo, const struct git_place *place, bool *ok)
{
	git_commit *commit = git_revision_commit(repo, place->revision);
	git_commit *other = place->merged ? git_revision_commit(repo, place->merged) : NULL;
	git_tree *top = NULL;
	if (commit && other)
		top = merged_tree(repo, commit, other);
	else if (commit && !place->merged && git_commit_tree(&top, commit) != 0)
		top = NULL;
	*ok = top != NULL;
	git_commit_free(commit);
	git_commit_free(other);
	return git_folder_tree(repo, top, place->prefix);
}

struct common_input {
	const char *one, *other;
};

static void *find_common(void *context, git_repository *repo, struct arena *arena)
{
	const struct common_input *input = context;
	git_commit *one = git_revision_commit(repo, input->one);
	git_commit *other = one ? git_revision_commit(repo, input->other) : NULL;
	struct str *text = NULL;
	git_oid id;
	if (other && git_merge_base(&id, repo, git_commit_id(one), git_commit_id(other)) == 0) {
		text = NEW(arena, struct str);
		*text = git_oid_text(arena, &id);
	}
	git_commit_free(one);
	git_commit_free(other);
	return text;
}

struct str commit_common(struct arena *arena, const char *repository, const char *one, const char *other)
{
	struct common_input input = {one, other};
	struct git_result result = git_in_child(arena, repository, find_common, &input);
	return result.value ? *(struct str *)result.value : STR_NONE;
}

/* ---- names and texts ---- */

struct commit_lister {
	git_repository *repo;
	git_odb *odb;
	struct arena *arena;
	struct git_names *names;
	struct buf path;
};

static bool list_tree(struct commit_lister *lister, const git_tree *tree, int depth)
{
	bool ok = true;
	for (size_t i = 0; i < git_tree_entrycount(tree) && ok; i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		const git_oid *id = git_tree_entry_id(entry);
		size_t old_size = git_push_name(&lister->path, git_tree_entry_name(entry)), size = 0;
		struct tree_node node = {.path = buf_dup(lister->arena, &lister->path)};
		git_object_t type = git_tree_entry_type(entry);
		if (type == GIT_OBJECT_TREE) {
			git_tree *below = NULL;
			node.kind = NODE_DIR;
			ok = git_tree_lookup(&below, lister->repo, id) == 0 &&
			     (depth >= GIT_DEPTH || list_tree(lister, below, depth + 1));
			git_tree_free(below);
		} else if (type == GIT_OBJECT_BLOB) {
			bool link = git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK;
			ok = git_odb_read_header(&size, &type, lister->odb, id) == 0;
			node.kind = link ? NODE_LINK : NODE_FILE;
			node.size = size;
			if (link && ok && size < 4096)
				node.target = git_blob_text(lister->repo, lister->arena, id);
			struct str *bytes = NEW(lister->arena, struct str);
			*bytes = str_dup(lister->arena, (struct str){(const char *)id->id, GIT_OID_RAWSZ});
			map_put(&lister->names->ids, node.path, bytes);
		}
		if (ok && type != GIT_OBJECT_COMMIT)
			vec_add(lister->arena, &lister->names->nodes.list, node);
		git_pop_name(&lister->path, old_size);
	}
	return ok;
}

static const char *id_of(git_repository *repo, struct arena *arena, const char *revision)
{
	git_commit *commit = revision ? git_revision_commit(repo, revision) : NULL;
	const char *id = commit ? git_oid_text(arena, git_commit_id(commit)).data : NULL;
	git_commit_free(commit);
	return id;
}

static void *read_names(void *context, git_repository *repo, struct arena *arena)
{
	const struct git_place *place = context;
	struct git_names *output = NEW(arena, struct git_names);
	struct commit_lister lister = {.repo = repo, .arena = arena, .names = output};
	output->ids.arena = arena;
	bool ok = false;
	git_tree *tree = place_tree(repo, place, &ok);
	if (ok)
		output->place = (struct git_place){id_of(repo, arena, place->revision),
						   id_of(repo, arena, place->merged), place->prefix};
	ok = ok && git_repository_odb(&lister.odb, repo) == 0 && (!tree || list_tree(&lister, tree, 0));
	git_tree_free(tree);
	git_odb_free(lister.odb);
	buf_free(&lister.path);
	return ok ? output : NULL;
}

struct blobs_input {
	const struct git_place *place;
	const struct str *ids;
	size_t n;
};

/* What a merge makes is in memory only: it is made again. */
static void *read_blobs(void *context, git_repository *repo, struct arena *arena)
{
	const struct blobs_input *input = context;
	struct str *texts = NEW_ARRAY(arena, struct str, input->n);
	bool ok = true;
	if (input->place->merged)
		git_tree_free(place_tree(repo, input->place, &ok));
	for (size_t i = 0; i < input->n && ok; i++) {
		git_oid id;
		if (input->ids[i].size == GIT_OID_RAWSZ &&
		    git_oid_fromraw(&id, (const unsigned char *)input->ids[i].data) == 0)
			texts[i] = git_blob_text(repo, arena, &id);
	}
	return ok ? texts : NULL;
}

struct git_result git_list(struct arena *arena, const char *repository, const struct git_place *place)
{
	struct git_place input = *place;
	return git_in_child(arena, repository, read_names, &input);
}

struct git_result git_read_files(struct arena *arena, const char *repository, const struct git_place *place,
				 const struct str *ids, size_t n)
{
	struct blobs_input input = {place, ids, n};
	return git_in_child(arena, repository, read_blobs, &input);
}
