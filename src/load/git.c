/* Reads git data with libgit2, always in a child: a damaged repository may crash the library or hang it.
 * No configuration outside the repository is read, nothing is run, and only objects and references are looked at. */
#include "load/git.h"

#include <git2.h>
#include <unistd.h>

#define GIT_SECONDS 60
/* Opening reads a few small files; only what its configuration includes can keep it waiting, such as a pipe. */
#define GIT_OPEN_SECONDS 5
/* Folders of a commit's tree deeper than this are not entered. */
#define GIT_DEPTH 128
#define SHALLOW_BYTES (16u << 20)

/* ---- the child ---- */

typedef void *git_job(void *context, git_repository *repo, struct arena *arena);

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

static struct git_result in_child(struct arena *arena, const char *repository, git_job *job, void *context)
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

static struct str oid_text(struct arena *arena, const git_oid *oid)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid_tostr(hex, sizeof hex, oid);
	return str_dup(arena, str_from(hex));
}

/* The tree of a folder, "" the top; NULL when there is none. */
static git_tree *subtree(git_repository *repo, const git_commit *commit, const char *prefix)
{
	git_tree *top = NULL, *tree = NULL;
	git_tree_entry *entry = NULL;
	if (git_commit_tree(&top, commit) != 0 || !*prefix)
		return top;
	if (git_tree_entry_bypath(&entry, top, prefix) == 0 && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		git_tree_lookup(&tree, repo, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	git_tree_free(top);
	return tree;
}

/* A name below a folder that stands in path; returns the size to go back to. */
static size_t push_name(struct buf *path, const char *name)
{
	size_t size = path->size;
	if (size)
		buf_addc(path, '/');
	buf_adds(path, name);
	return size;
}

static void pop_name(struct buf *path, size_t size)
{
	struct str kept = {path->data, size};
	path->size = kept.size;
	if (path->data)
		path->data[size] = '\0';
}

/* ---- history ---- */

/* A set of paths that share their way back; sets are joined, never taken apart. Members point at a set and find its
 * root. */
struct path_set {
	struct path_set *parent;
	size_t n;
};

struct path_state {
	struct path_set *set; /* NULL: its last change is found */
	struct str path;
};

/* A commit that was met, and the paths that are as they are there. */
struct visit {
	git_oid id;
	git_commit *commit;
	struct path_set *set;
	long long when; /* commit date */
	unsigned long seq;
	bool queued;
};

struct walker {
	git_repository *repo;
	struct arena *arena;
	const char *prefix;
	struct git_history *history;
	struct map states;        /* path -> struct path_state * */
	struct map visits;        /* 20 bytes of id -> struct visit * */
	struct map shallow;       /* 20 bytes of id */
	VEC(struct visit *) heap; /* the youngest first */
	size_t open;              /* paths whose last change is not found */
	unsigned long seq;
	struct buf path;
};

/* Paths of a commit that differ from one parent. */
struct changes {
	VEC(struct path_state *) list;
	struct map has; /* path -> struct path_state *; made for merges only */
	bool failed;
};

struct walk_input {
	const char *prefix;
};

static struct path_set *set_root(struct path_set *set)
{
	while (set->parent) {
		if (set->parent->parent)
			set->parent = set->parent->parent;
		set = set->parent;
	}
	return set;
}

static struct path_set *set_join(struct path_set *a, struct path_set *b)
{
	if (!a || a == b)
		return b;
	struct path_set *large = a->n >= b->n ? a : b, *small = large == a ? b : a;
	small->parent = large;
	large->n += small->n;
	return large;
}

static bool is_younger(const struct visit *a, const struct visit *b)
{
	return a->when != b->when ? a->when > b->when : a->seq < b->seq;
}

static void heap_push(struct walker *walker, struct visit *visit)
{
	if (visit->queued)
		return;
	visit->queued = true;
	vec_add(walker->arena, &walker->heap, visit);
	struct visit **heap = walker->heap.data;
	for (size_t i = walker->heap.n - 1; i && is_younger(heap[i], heap[(i - 1) / 2]); i = (i - 1) / 2) {
		struct visit *swap = heap[i];
		heap[i] = heap[(i - 1) / 2];
		heap[(i - 1) / 2] = swap;
	}
}

static struct visit *heap_pop(struct walker *walker)
{
	struct visit **heap = walker->heap.data, *top = heap[0];
	size_t n = --walker->heap.n;
	heap[0] = heap[n];
	for (size_t i = 0;;) {
		size_t best = i;
		for (size_t child = 2 * i + 1; child < n && child <= 2 * i + 2; child++) {
			if (is_younger(heap[child], heap[best]))
				best = child;
		}
		if (best == i)
			break;
		struct visit *swap = heap[i];
		heap[i] = heap[best];
		heap[best] = swap;
		i = best;
	}
	top->queued = false;
	return top;
}

static struct str oid_key(const git_oid *oid)
{
	return (struct str){(const char *)oid->id, GIT_OID_RAWSZ};
}

/* NULL when the commit cannot be read. */
static struct visit *visit_get(struct walker *walker, const git_oid *id)
{
	struct visit *visit = map_find(&walker->visits, oid_key(id));
	if (visit)
		return visit;
	visit = NEW(walker->arena, struct visit);
	git_oid_cpy(&visit->id, id);
	if (git_commit_lookup(&visit->commit, walker->repo, id) != 0)
		return NULL;
	visit->when = git_commit_time(visit->commit);
	visit->seq = walker->seq++;
	map_put(&walker->visits, oid_key(&visit->id), visit);
	return visit;
}

/* Order of git's trees: bytes, a folder as if '/' followed its name. */
static int compare_entries(const git_tree_entry *a, const git_tree_entry *b)
{
	const char *an = git_tree_entry_name(a), *bn = git_tree_entry_name(b);
	size_t as = strlen(an), bs = strlen(bn), common = as < bs ? as : bs;
	int order = memcmp(an, bn, common);
	if (order)
		return order;
	unsigned char ac = (unsigned char)an[common], bc = (unsigned char)bn[common];
	if (!ac && git_tree_entry_type(a) == GIT_OBJECT_TREE)
		ac = '/';
	if (!bc && git_tree_entry_type(b) == GIT_OBJECT_TREE)
		bc = '/';
	return (ac > bc) - (ac < bc);
}

static void compare_trees(struct walker *walker, const git_tree *tree, const git_tree *old, struct changes *changes,
			  int depth);

static void compare_subtrees(struct walker *walker, const git_tree_entry *entry, const git_tree_entry *old,
			     struct changes *changes, int depth)
{
	git_tree *a = NULL, *b = NULL;
	if (depth >= GIT_DEPTH)
		return;
	if (git_tree_lookup(&a, walker->repo, git_tree_entry_id(entry)) != 0 ||
	    (old && git_tree_lookup(&b, walker->repo, git_tree_entry_id(old)) != 0))
		changes->failed = true;
	else
		compare_trees(walker, a, b, changes, depth + 1);
	git_tree_free(a);
	git_tree_free(b);
}

/* Adds the paths of `tree` that are absent or different in `old` (NULL: all of them). */
static void compare_trees(struct walker *walker, const git_tree *tree, const git_tree *old, struct changes *changes,
			  int depth)
{
	size_t n = git_tree_entrycount(tree), n_old = old ? git_tree_entrycount(old) : 0, j = 0;
	for (size_t i = 0; i < n && !changes->failed; i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i), *same = NULL;
		while (j < n_old && compare_entries(git_tree_entry_byindex(old, j), entry) < 0)
			j++;
		if (j < n_old && compare_entries(git_tree_entry_byindex(old, j), entry) == 0)
			same = git_tree_entry_byindex(old, j);
		if (same && git_oid_equal(git_tree_entry_id(same), git_tree_entry_id(entry)) &&
		    git_tree_entry_filemode(same) == git_tree_entry_filemode(entry))
			continue;
		size_t size = push_name(&walker->path, git_tree_entry_name(entry));
		if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
			compare_subtrees(walker, entry, same, changes, depth);
		} else {
			struct path_state *state = map_find(&walker->states, buf_str(&walker->path));
			if (state && state->set)
				vec_add(walker->arena, &changes->list, state);
		}
		pop_name(&walker->path, size);
	}
}

static struct changes compare_commits(struct walker *walker, const git_commit *commit, const git_commit *parent)
{
	struct changes changes = {.has = {.arena = walker->arena}};
	git_tree *tree = subtree(walker->repo, commit, walker->prefix);
	git_tree *old = parent ? subtree(walker->repo, parent, walker->prefix) : NULL;
	if (tree && !(old && git_oid_equal(git_tree_id(tree), git_tree_id(old))))
		compare_trees(walker, tree, old, &changes, 0);
	git_tree_free(tree);
	git_tree_free(old);
	return changes;
}

static struct git_commit_info *commit_info(struct arena *arena, const struct visit *visit)
{
	struct git_commit_info *info = NEW(arena, struct git_commit_info);
	const git_signature *author = git_commit_author(visit->commit);
	info->id = oid_text(arena, &visit->id);
	if (author) {
		info->when = author->when.time;
		info->author = str_dup(arena, str_from(author->name));
	}
	return info;
}

static void found(struct walker *walker, struct path_state *state, struct git_commit_info *info)
{
	set_root(state->set)->n--;
	state->set = NULL;
	walker->open--;
	map_put(&walker->history->last, state->path, info);
}

/* Hands a set of paths on to a parent. */
static void hand_on(struct walker *walker, struct visit *parent, struct path_set *set)
{
	if (set->n == 0)
		return;
	parent->set = set_join(parent->set, set);
	heap_push(walker, parent);
}

/* A merge: each path goes to the first parent in which it is the same, as `git log -- PATH` goes. */
static bool judge_merge(struct walker *walker, struct visit *visit, struct visit **parents, unsigned n)
{
	struct path_set *set = visit->set;
	struct changes first = compare_commits(walker, visit->commit, parents[0]->commit);
	struct git_commit_info *info = NULL;
	for (unsigned p = 1; p < n && first.list.n && !first.failed; p++) {
		struct changes other = compare_commits(walker, visit->commit, parents[p]->commit);
		struct path_set *moved = NEW(walker->arena, struct path_set);
		first.failed |= other.failed;
		for (size_t i = 0; i < other.list.n; i++)
			map_put(&other.has, other.list.data[i]->path, other.list.data[i]);
		size_t kept = 0;
		for (size_t i = 0; i < first.list.n; i++) {
			struct path_state *state = first.list.data[i];
			if (set_root(state->set) != set)
				continue;
			if (map_has(&other.has, state->path)) {
				first.list.data[kept++] = state;
				continue;
			}
			set->n--;
			moved->n++;
			state->set = moved;
		}
		first.list.n = kept;
		hand_on(walker, parents[p], moved);
	}
	for (size_t i = 0; i < first.list.n && !first.failed; i++) {
		if (set_root(first.list.data[i]->set) != set)
			continue;
		info = info ? info : commit_info(walker->arena, visit);
		found(walker, first.list.data[i], info);
	}
	hand_on(walker, parents[0], set);
	return !first.failed;
}

/* No parent or one: what differs from it was last changed here. */
static bool judge_commit(struct walker *walker, struct visit *visit, struct visit *parent)
{
	struct changes changes = compare_commits(walker, visit->commit, parent ? parent->commit : NULL);
	struct git_commit_info *info = NULL;
	for (size_t i = 0; i < changes.list.n; i++) {
		if (set_root(changes.list.data[i]->set) != visit->set)
			continue;
		info = info ? info : commit_info(walker->arena, visit);
		found(walker, changes.list.data[i], info);
	}
	if (parent)
		hand_on(walker, parent, visit->set);
	return !changes.failed;
}

static bool visit_judge(struct walker *walker, struct visit *visit)
{
	unsigned n = git_commit_parentcount(visit->commit);
	bool ok = true;
	if (map_has(&walker->shallow, oid_key(&visit->id)))
		n = 0;
	struct visit **parents = NEW_ARRAY(walker->arena, struct visit *, n + 1);
	for (unsigned i = 0; i < n && ok; i++) {
		parents[i] = visit_get(walker, git_commit_parent_id(visit->commit, i));
		ok = parents[i] != NULL;
	}
	ok = ok && (n > 1 ? judge_merge(walker, visit, parents, n) : judge_commit(walker, visit, parents[0]));
	visit->set = NULL;
	return ok;
}

static void shallow_read(struct walker *walker)
{
	struct str path = str_format(walker->arena, "%s/shallow", git_repository_commondir(walker->repo));
	struct file_content content = file_read(walker->arena, path.data, SHALLOW_BYTES);
	if (content.state != FILE_OK)
		return;
	while (content.bytes.size) {
		git_oid *oid = NEW(walker->arena, git_oid);
		struct str line = str_cut_line(&content.bytes);
		if (line.size == GIT_OID_HEXSZ && git_oid_fromstrn(oid, line.data, line.size) == 0)
			map_put(&walker->shallow, oid_key(oid), oid);
	}
	walker->history->shallow = walker->shallow.n > 0;
}

/* Every path of the head belongs to one set at first. */
static void states_add(struct walker *walker, const git_tree *tree, struct path_set *set, int depth)
{
	for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		size_t size = push_name(&walker->path, git_tree_entry_name(entry));
		if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
			struct path_state *state = NEW(walker->arena, struct path_state);
			state->path = buf_dup(walker->arena, &walker->path);
			state->set = set;
			set->n++;
			map_put(&walker->states, state->path, state);
		} else if (git_tree_entry_type(entry) == GIT_OBJECT_TREE && depth < GIT_DEPTH) {
			git_tree *below = NULL;
			if (git_tree_lookup(&below, walker->repo, git_tree_entry_id(entry)) == 0)
				states_add(walker, below, set, depth + 1);
			git_tree_free(below);
		}
		pop_name(&walker->path, size);
	}
}

/* Why there is no history where HEAD names a branch that nothing was committed to; empty: HEAD is damaged. */
static struct str unborn_why(git_repository *repo)
{
	git_strarray names = {0};
	bool unborn = git_repository_head_unborn(repo) == 1 && git_reference_list(&names, repo) == 0;
	bool others = names.count > 0;
	git_strarray_dispose(&names);
	if (!unborn)
		return STR_NONE;
	return others ? STR("the current branch has no commits yet") : STR("the repository has no commits yet");
}

static void *read_history(void *context, git_repository *repo, struct arena *arena)
{
	const struct walk_input *input = context;
	struct walker walker = {.repo = repo,
				.arena = arena,
				.prefix = input->prefix,
				.history = NEW(arena, struct git_history),
				.states = {.arena = arena},
				.visits = {.arena = arena},
				.shallow = {.arena = arena}};
	struct git_history *history = walker.history;
	git_oid id;
	bool ok = git_reference_name_to_id(&id, repo, "HEAD") == 0;
	struct visit *visit = ok ? visit_get(&walker, &id) : NULL;
	history->last.arena = arena;
	if (!visit) {
		history->why = unborn_why(repo);
		return history->why.size ? history : NULL;
	}
	history->head = oid_text(arena, &id);
	shallow_read(&walker);
	git_tree *tree = subtree(repo, visit->commit, input->prefix);
	struct path_set *all = NEW(arena, struct path_set);
	if (tree)
		states_add(&walker, tree, all, 0);
	git_tree_free(tree);
	walker.open = all->n;
	hand_on(&walker, visit, all);
	while (ok && walker.open && walker.heap.n)
		ok = visit_judge(&walker, heap_pop(&walker));
	for (size_t i = 0; i < walker.visits.n; i++)
		git_commit_free(((struct visit *)walker.visits.items[i].value)->commit);
	buf_free(&walker.path);
	history->present = ok;
	return ok ? history : NULL;
}

struct git_history *git_history_read(struct arena *arena, const char *root)
{
	struct git_history *history = NEW(arena, struct git_history);
	struct str repository, prefix;
	history->last.arena = arena;
	if (!git_find(arena, root, &repository, &prefix)) {
		history->why = STR("there is no git repository");
		return history;
	}
	struct walk_input input = {str_to_c(arena, prefix)};
	struct git_result result = in_child(arena, str_to_c(arena, repository), read_history, &input);
	if (result.value)
		return result.value;
	history->why = str_format(arena, "the git repository cannot be read: " STR_FMT, STR_ARG(result.why));
	return history;
}

/* ---- a commit as a workspace ---- */

struct commit_input {
	const char *revision;
	const char *prefix;
};

static struct str blob_text(git_repository *repo, struct arena *arena, const git_oid *id)
{
	git_blob *blob = NULL;
	struct str text = STR_NONE;
	if (git_blob_lookup(&blob, repo, id) == 0)
		text = str_dup(arena, (struct str){git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob)});
	git_blob_free(blob);
	return text;
}

struct commit_lister {
	git_repository *repo;
	git_odb *odb;
	struct arena *arena;
	struct tree_nodes *nodes;
	struct buf path;
};

static bool list_tree(struct commit_lister *lister, const git_tree *tree, int depth)
{
	bool ok = true;
	for (size_t i = 0; i < git_tree_entrycount(tree) && ok; i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		const git_oid *id = git_tree_entry_id(entry);
		size_t old_size = push_name(&lister->path, git_tree_entry_name(entry)), size = 0;
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
				node.target = blob_text(lister->repo, lister->arena, id);
		}
		if (ok && type != GIT_OBJECT_COMMIT)
			vec_add(lister->arena, &lister->nodes->list, node);
		pop_name(&lister->path, old_size);
	}
	return ok;
}

static void *read_commit(void *context, git_repository *repo, struct arena *arena)
{
	const struct commit_input *input = context;
	struct git_names *output = NEW(arena, struct git_names);
	struct commit_lister lister = {.repo = repo, .arena = arena, .nodes = &output->nodes};
	git_object *object = NULL, *peeled = NULL;
	git_tree *tree = NULL;
	bool ok = git_revparse_single(&object, repo, input->revision) == 0 &&
		  git_object_peel(&peeled, object, GIT_OBJECT_COMMIT) == 0 &&
		  git_repository_odb(&lister.odb, repo) == 0;
	if (ok) {
		output->commit = oid_text(arena, git_object_id(peeled));
		tree = subtree(repo, (const git_commit *)peeled, input->prefix);
		ok = !tree || list_tree(&lister, tree, 0);
	}
	git_tree_free(tree);
	git_odb_free(lister.odb);
	git_object_free(peeled);
	git_object_free(object);
	buf_free(&lister.path);
	return ok ? output : NULL;
}

/* Texts of the paths, in their order; data NULL where one cannot be read. */
static void *read_blobs(void *context, git_repository *repo, struct arena *arena)
{
	const struct git_commit_files *input = context;
	struct str *texts = NEW_ARRAY(arena, struct str, input->n);
	git_oid id;
	git_commit *commit = NULL;
	if (git_oid_fromstrn(&id, input->commit.data, input->commit.size) != 0 ||
	    git_commit_lookup(&commit, repo, &id) != 0)
		return NULL;
	git_tree *tree = subtree(repo, commit, input->prefix);
	for (size_t i = 0; i < input->n && tree; i++) {
		git_tree_entry *entry = NULL;
		if (git_tree_entry_bypath(&entry, tree, str_to_c(arena, input->paths[i])) == 0 &&
		    git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
			texts[i] = blob_text(repo, arena, git_tree_entry_id(entry));
		git_tree_entry_free(entry);
	}
	git_tree_free(tree);
	git_commit_free(commit);
	return texts;
}

struct git_result git_list_commit(struct arena *arena, const char *repository, const char *revision, const char *prefix)
{
	struct commit_input input = {revision, prefix};
	return in_child(arena, repository, read_commit, &input);
}

struct git_result git_read_files(struct arena *arena, const char *repository, const struct git_commit_files *files)
{
	struct git_commit_files input = *files;
	return in_child(arena, repository, read_blobs, &input);
}
