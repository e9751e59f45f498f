/* Names of a tree to the listing: sorted, links resolved within the names themselves, so no link leads out of them. */
#include "load/tree.h"

#include <errno.h>

/* Links that may lead to each other before it counts as a loop. */
#define LINK_HOPS 16

struct lister {
	struct arena *arena;
	const struct config *config;
	struct listing *listing;
	struct tree_nodes nodes;
	struct map by_path; /* path -> struct tree_node * */
};

enum link_end { LINK_FILE, LINK_FOLDER, LINK_OUTSIDE, LINK_LOOP, LINK_DANGLING };

struct link_result {
	enum link_end end;
	const struct tree_node *node; /* LINK_FILE */
};

bool tree_skips_folder(const struct config *config, struct str path)
{
	struct str name = path_base(path);
	if (str_is(name, ".git") || str_is(name, "node_modules"))
		return true;
	struct str output = config->output.str;
	while (str_starts(output, STR("./")))
		output = str_from_off(output, 2);
	while (output.size && output.data[output.size - 1] == '/')
		output = str_sub(output, 0, output.size - 1);
	return output.size && str_eq(path, output);
}

static int compare_nodes(const void *a, const void *b)
{
	return str_cmp(((const struct tree_node *)a)->path, ((const struct tree_node *)b)->path);
}

/* The names without what stands in folders that are never looked into. */
static void sift(struct lister *lister, const struct tree_nodes *all)
{
	struct map skipped = {.arena = lister->arena};
	for (size_t i = 0; i < all->list.n; i++) {
		const struct tree_node *node = &all->list.data[i];
		if (node->kind == NODE_DIR && tree_skips_folder(lister->config, node->path))
			map_put(&skipped, node->path, lister);
		if (str_is(path_base(node->path), MANIFEST_NAME) && path_dir(node->path).size)
			map_put(&skipped, path_dir(node->path), lister);
	}
	for (size_t i = 0; i < all->list.n; i++) {
		const struct tree_node *node = &all->list.data[i];
		bool keep = !str_is(path_base(node->path), ".git") &&
			    !(node->kind == NODE_LINK && str_is(path_base(node->path), "node_modules"));
		for (struct str path = node->path; skipped.n && keep && path.size; path = path_dir(path))
			keep = !map_has(&skipped, path);
		if (keep)
			vec_add(lister->arena, &lister->nodes.list, *node);
	}
}

/* The folder of a path; never NULL. */
static struct str folder_of(struct str path)
{
	struct str folder = path_dir(path);
	return folder.size ? folder : STR("");
}

/* A folder and a name in it, ".." taken off; data NULL when it climbs out. */
static struct str step(struct arena *arena, struct str folder, struct str part)
{
	if (part.size == 0 || str_is(part, "."))
		return folder;
	if (str_is(part, ".."))
		return folder.size ? folder_of(folder) : STR_NONE;
	return folder.size ? str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(part)) : part;
}

/* Follows a link part by part. What is ignored or left out has no name here, so it dangles. */
static struct link_result follow(const struct lister *lister, const struct tree_node *link)
{
	struct str folder = folder_of(link->path), rest = link->target;
	size_t hops = 1;
	if (rest.size && rest.data[0] == '/')
		return (struct link_result){LINK_OUTSIDE, NULL};
	while (rest.size) {
		struct str path = step(lister->arena, folder, str_cut(&rest, '/'));
		if (!path.data)
			return (struct link_result){LINK_OUTSIDE, NULL};
		const struct tree_node *node = path.size ? map_find(&lister->by_path, path) : NULL;
		if (path.size && !node)
			return (struct link_result){LINK_DANGLING, NULL};
		if (node && node->kind == NODE_FILE)
			return rest.data ? (struct link_result){LINK_DANGLING, NULL}
					 : (struct link_result){LINK_FILE, node};
		if (node && node->kind == NODE_LINK) {
			if (++hops > LINK_HOPS)
				return (struct link_result){LINK_LOOP, NULL};
			if (node->target.size && node->target.data[0] == '/')
				return (struct link_result){LINK_OUTSIDE, NULL};
			rest = rest.size ? str_format(lister->arena, STR_FMT "/" STR_FMT, STR_ARG(node->target),
						      STR_ARG(rest))
					 : node->target;
			path = folder_of(node->path);
		}
		folder = path;
	}
	return (struct link_result){LINK_FOLDER, NULL};
}

static void report_link(struct lister *lister, const struct tree_node *link, enum link_end end)
{
	static const struct {
		const char *kind;
		const char *why;
	} words[] = {
		[LINK_FOLDER] = {"symlink-folder", "it leads to a folder"},
		[LINK_OUTSIDE] = {"symlink-outside", "it leaves the workspace"},
		[LINK_LOOP] = {"symlink-loop", "it leads back to itself"},
		[LINK_DANGLING] = {"symlink-dangling", "it leads to no file of the workspace"},
	};
	bool decision = end != LINK_FOLDER && config_in_decisions(lister->config, link->path);
	trouble_add(lister->arena, &lister->listing->troubles,
		    (struct trouble){.rule = decision ? "decision-unreadable" : "limit-reached",
				     .kind = decision ? "symlink" : words[end].kind,
				     .span = SPAN_NONE,
				     .text = link->path,
				     .extra = decision ? str_from(words[end].why) : link->target,
				     .other = SPAN_NONE});
}

static void add_entries(struct lister *lister)
{
	struct listing *listing = lister->listing;
	for (size_t i = 0; i < lister->nodes.list.n; i++) {
		const struct tree_node *node = &lister->nodes.list.data[i];
		struct entry entry = {.kind = node->kind == NODE_DIR ? ENTRY_DIR : ENTRY_FILE,
				      .path = node->path,
				      .size = node->size};
		if (node->kind == NODE_LINK) {
			struct link_result result = follow(lister, node);
			if (result.end != LINK_FILE) {
				report_link(lister, node, result.end);
				continue;
			}
			entry.size = result.node->size;
			entry.through_link = true;
			entry.target = result.node->path;
		}
		vec_add(lister->arena, &listing->list, entry);
	}
}

static void add_indexes(struct arena *arena, struct listing *listing)
{
	listing->by_path.arena = listing->by_lower_path.arena = arena;
	for (size_t i = 0; i < listing->list.n; i++) {
		struct entry *entry = &listing->list.data[i];
		bool readable = utf8_invalid_at(entry->path) == SIZE_MAX;
		struct str lower = readable ? utf8_lower(arena, entry->path) : str_lower_ascii(arena, entry->path);
		map_put(&listing->by_path, entry->path, entry);
		if (!map_has(&listing->by_lower_path, lower))
			map_put(&listing->by_lower_path, lower, entry);
	}
}

struct listing *tree_list(struct tree *tree, const struct config *config)
{
	struct lister lister = {.arena = tree->arena, .config = config, .by_path = {.arena = tree->arena}};
	struct tree_nodes all = {0};
	lister.listing = NEW(tree->arena, struct listing);
	tree->walk(tree, config, &all, &lister.listing->troubles);
	sift(&lister, &all);
	if (lister.nodes.list.n)
		qsort(lister.nodes.list.data, lister.nodes.list.n, sizeof *lister.nodes.list.data, compare_nodes);
	for (size_t i = 0; i < lister.nodes.list.n; i++)
		map_put(&lister.by_path, lister.nodes.list.data[i].path, &lister.nodes.list.data[i]);
	add_entries(&lister);
	add_indexes(tree->arena, lister.listing);
	tree->listing = lister.listing;
	return lister.listing;
}

struct file_content tree_read(struct tree *tree, struct arena *arena, struct str path, size_t limit)
{
	if (tree->listing) {
		const struct entry *entry = map_find(&tree->listing->by_path, path);
		if (entry && entry->kind == ENTRY_DIR)
			return (struct file_content){.state = FILE_NOT_REGULAR, .error = EISDIR};
		if (!entry)
			return (struct file_content){.state = FILE_MISSING, .error = ENOENT};
		if (entry->through_link)
			path = entry->target;
	}
	return tree->read(tree, arena, path, limit);
}
