/* A workspace of pairs of path and text; its folders are those the paths name. Holds no links, ignores nothing. */
#include "load/tree.h"

#include <errno.h>

struct memory_tree {
	struct tree tree;
	struct map by_path; /* path -> const struct tree_file * */
};

static void memory_walk(struct tree *tree, const struct config *config, struct tree_nodes *nodes,
			struct troubles *troubles)
{
	const struct memory_tree *memory = (const struct memory_tree *)tree;
	struct map folders = {.arena = tree->arena};
	(void)config;
	(void)troubles;
	for (size_t i = 0; i < memory->by_path.n; i++) {
		const struct tree_file *file = memory->by_path.items[i].value;
		vec_add(tree->arena, &nodes->list,
			(struct tree_node){.kind = NODE_FILE, .path = file->path, .size = file->text.size});
		for (struct str dir = path_dir(file->path); dir.size && !map_has(&folders, dir); dir = path_dir(dir)) {
			map_put(&folders, dir, nodes);
			vec_add(tree->arena, &nodes->list, (struct tree_node){.kind = NODE_DIR, .path = dir});
		}
	}
}

static struct file_content memory_read(struct tree *tree, struct arena *arena, struct str path, size_t limit)
{
	const struct tree_file *file = map_find(&((const struct memory_tree *)tree)->by_path, path);
	(void)arena;
	if (!file)
		return (struct file_content){.state = FILE_MISSING, .error = ENOENT};
	if (file->text.size > limit)
		return (struct file_content){.state = FILE_TOO_LARGE, .error = EFBIG};
	return (struct file_content){.state = FILE_OK, .bytes = file->text};
}

struct tree *tree_memory(struct arena *arena, const struct tree_file *files, size_t n)
{
	struct memory_tree *memory = NEW(arena, struct memory_tree);
	memory->tree = (struct tree){.arena = arena, .walk = memory_walk, .read = memory_read};
	memory->by_path.arena = arena;
	for (size_t i = 0; i < n; i++) {
		struct tree_file *file = arena_copy(arena, &files[i], sizeof files[i]);
		map_put(&memory->by_path, file->path, file);
	}
	return &memory->tree;
}
