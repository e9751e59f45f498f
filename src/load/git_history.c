/* Last changes of files, and the versions of some, found in one walk from a commit back. Folders are entered only where
 * tree ids differ. */
#include "load/git_session.h"

#define SHALLOW_BYTES (16u << 20)
/* Commits that are looked at for authors of paths without texts. */
#define COMMITS_MAX 20000
/* Of all versions together. */
#define VERSIONS_BYTES ((size_t)128 << 20)

/* A set of paths that share their way back; sets are joined, never taken apart. Members point at a set and find its
 * root. */
struct path_set {
	struct path_set *parent;
	size_t n;
};

struct path_state {
	struct path_set *set; /* NULL: nothing more is sought */
	struct str path;
	struct git_versions *versions; /* of a path whose versions are wanted; NULL: the last change is enough */
	bool texts;                    /* their texts too */
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

/* A path of a commit that differs from one parent. */
struct change {
	struct path_state *state;
	git_oid blob;
	bool is_new; /* the parent has no such path */
};

struct changes {
	VEC(struct change) list;
	struct map has; /* path -> struct path_state *; made for merges only */
	bool failed;
};

struct walk_input {
	const char *prefix;
	const char *revision;
	const struct git_wanted *wanted;
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
		size_t size = git_push_name(&walker->path, git_tree_entry_name(entry));
		if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
			compare_subtrees(walker, entry, same, changes, depth);
		} else {
			struct path_state *state = map_find(&walker->states, buf_str(&walker->path));
			if (state && state->set)
				vec_add(walker->arena, &changes->list,
					(struct change){state, *git_tree_entry_id(entry), !same});
		}
		git_pop_name(&walker->path, size);
	}
}

static struct changes compare_commits(struct walker *walker, const git_commit *commit, const git_commit *parent)
{
	struct changes changes = {.has = {.arena = walker->arena}};
	git_tree *tree = git_commit_folder(walker->repo, commit, walker->prefix);
	git_tree *old = parent ? git_commit_folder(walker->repo, parent, walker->prefix) : NULL;
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
	info->id = git_oid_text(arena, &visit->id);
	if (author) {
		info->when = author->when.time;
		info->author = str_dup(arena, str_from(author->name));
	}
	const char *subject = git_commit_summary(visit->commit);
	info->subject = str_dup(arena, str_from(subject));
	return info;
}

static void close_state(struct walker *walker, struct path_state *state)
{
	set_root(state->set)->n--;
	state->set = NULL;
	walker->open--;
}

/* The newest change is kept; of a path whose versions are wanted each, back to where it was added. */
static void found(struct walker *walker, const struct change *change, struct git_commit_info *info)
{
	struct path_state *state = change->state;
	struct git_versions *versions = state->versions;
	if (!map_has(&walker->history->last, state->path))
		map_put(&walker->history->last, state->path, info);
	if (versions && versions->list.n == GIT_VERSIONS_MAX)
		versions->has_more = true;
	else if (versions)
		vec_add(walker->arena, &versions->list,
			(struct git_version){.commit = info,
					     .id = state->texts ? git_oid_text(walker->arena, &change->blob)
								: STR_NONE});
	if (versions && !state->texts && walker->visits.n > COMMITS_MAX)
		versions->has_more = true;
	if (!versions || change->is_new || versions->has_more)
		close_state(walker, state);
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
			map_put(&other.has, other.list.data[i].state->path, other.list.data[i].state);
		size_t kept = 0;
		for (size_t i = 0; i < first.list.n; i++) {
			struct path_state *state = first.list.data[i].state;
			if (set_root(state->set) != set)
				continue;
			if (map_has(&other.has, state->path)) {
				first.list.data[kept++] = first.list.data[i];
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
		if (set_root(first.list.data[i].state->set) != set)
			continue;
		info = info ? info : commit_info(walker->arena, visit);
		found(walker, &first.list.data[i], info);
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
		if (set_root(changes.list.data[i].state->set) != visit->set)
			continue;
		info = info ? info : commit_info(walker->arena, visit);
		found(walker, &changes.list.data[i], info);
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
		size_t size = git_push_name(&walker->path, git_tree_entry_name(entry));
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
		git_pop_name(&walker->path, size);
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

/* A long way back only for what must be known: who else changed a path is left open where the last change is found. */
static void stop_commits(struct walker *walker)
{
	for (size_t i = 0; i < walker->states.n; i++) {
		struct path_state *state = walker->states.items[i].value;
		if (!state->set || state->texts || !state->versions || !state->versions->list.n)
			continue;
		state->versions->has_more = true;
		close_state(walker, state);
	}
}

/* Where HEAD and origin lead, for links to the repository. */
static void read_place(struct walker *walker)
{
	struct git_history *history = walker->history;
	git_reference *head = NULL;
	git_config *config = NULL;
	const char *origin;
	if (git_reference_lookup(&head, walker->repo, "HEAD") == 0 &&
	    git_reference_type(head) == GIT_REFERENCE_SYMBOLIC) {
		struct str name = str_from(git_reference_symbolic_target(head));
		if (str_starts(name, STR("refs/heads/")))
			history->branch = str_dup(walker->arena, str_from_off(name, strlen("refs/heads/")));
	}
	/* As written: the library's own lookup of a remote rewrites addresses by the configuration, and leaks. */
	if (git_repository_config_snapshot(&config, walker->repo) == 0 &&
	    git_config_get_string(&origin, config, "remote.origin.url") == 0)
		history->origin = git_web_address(walker->arena, str_dup(walker->arena, str_from(origin)));
	history->prefix = str_dup(walker->arena, str_from(walker->prefix));
	git_reference_free(head);
	git_config_free(config);
}

/* Of the paths that are there; none has versions before. */
static void want_versions(struct walker *walker, const struct git_wanted *wanted)
{
	struct git_history *history = walker->history;
	history->versions.arena = history->commits.arena = walker->arena;
	for (size_t i = 0; i < wanted->n; i++) {
		struct path_state *state = map_find(&walker->states, wanted->paths[i]);
		if (!state || state->versions)
			continue;
		state->versions = NEW(walker->arena, struct git_versions);
		state->texts = i < wanted->n_texts;
		map_put(state->texts ? &history->versions : &history->commits, state->path, state->versions);
	}
}

/* Texts of files with several versions, as far as there is room for all of one. */
static void read_versions(struct walker *walker)
{
	size_t room = VERSIONS_BYTES;
	for (size_t i = 0; i < walker->history->versions.n; i++) {
		struct git_versions *versions = walker->history->versions.items[i].value;
		for (size_t k = 0; k < versions->list.n && versions->list.n > 1 && !versions->has_more; k++) {
			struct git_version *version = &versions->list.data[k];
			git_oid id;
			git_oid_fromstrn(&id, version->id.data, version->id.size);
			version->text = git_blob_text(walker->repo, walker->arena, &id);
			versions->has_more = !version->text.data || version->text.size > room;
			room -= versions->has_more ? 0 : version->text.size;
		}
	}
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
	git_commit *start = input->revision ? git_revision_commit(repo, input->revision) : NULL;
	bool ok = start || (!input->revision && git_reference_name_to_id(&id, repo, "HEAD") == 0);
	if (start)
		git_oid_cpy(&id, git_commit_id(start));
	git_commit_free(start);
	struct visit *visit = ok ? visit_get(&walker, &id) : NULL;
	history->last.arena = arena;
	if (!visit) {
		history->why = unborn_why(repo);
		return history->why.size ? history : NULL;
	}
	history->head = git_oid_text(arena, &id);
	shallow_read(&walker);
	git_tree *tree = git_commit_folder(repo, visit->commit, input->prefix);
	struct path_set *all = NEW(arena, struct path_set);
	if (tree)
		states_add(&walker, tree, all, 0);
	git_tree_free(tree);
	want_versions(&walker, input->wanted);
	walker.open = all->n;
	hand_on(&walker, visit, all);
	read_place(&walker);
	bool long_way = false;
	while (ok && walker.open && walker.heap.n) {
		ok = visit_judge(&walker, heap_pop(&walker));
		if (!long_way && walker.visits.n > COMMITS_MAX)
			stop_commits(&walker);
		long_way = walker.visits.n > COMMITS_MAX;
	}
	read_versions(&walker);
	for (size_t i = 0; i < walker.visits.n; i++)
		git_commit_free(((struct visit *)walker.visits.items[i].value)->commit);
	buf_free(&walker.path);
	history->present = ok;
	return ok ? history : NULL;
}

struct git_history *git_history_read(struct arena *arena, const char *root, const char *revision,
				     const struct git_wanted *wanted)
{
	struct git_history *history = NEW(arena, struct git_history);
	struct str repository, prefix;
	history->last.arena = arena;
	if (!git_find(arena, root, &repository, &prefix)) {
		history->why = STR("there is no git repository");
		return history;
	}
	struct walk_input input = {str_to_c(arena, prefix), revision, wanted};
	struct git_result result = git_in_child(arena, str_to_c(arena, repository), read_history, &input);
	if (result.value)
		return result.value;
	history->why = str_format(arena, "the git repository cannot be read: " STR_FMT, STR_ARG(result.why));
	return history;
}
