/* A workspace on disk. Every name is opened step by step below the root and no link is followed: nothing outside is
 * read. */
#include "load/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/ignore.h"

/* Bytes read of one .gitignore. */
#define IGNORE_BYTES (1u << 20)
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

struct disk_tree {
	struct tree tree;
	const char *root;
	int root_fd;
};

struct walk {
	struct disk_tree *disk;
	struct arena *arena;
	const struct config *config;
	struct tree_nodes *nodes;
	struct troubles *troubles;
	struct str prefix; /* of the root in its repository: ignore rules see paths from the repository's top */
	bool full;         /* the limit of files is reached */
	bool rules_full;
	bool too_deep;
};

struct name {
	struct str str;     /* a NUL follows */
	unsigned char type; /* DT_... */
};

struct names {
	VEC(struct name) list;
	bool has_ignore;
	bool has_manifest;
};

static _Noreturn void cannot_read(struct arena *arena, struct str path, int error)
{
	struct str shown = utf8_printable(arena, path.size ? path : STR("."));
	world_fail("cannot read " STR_FMT ": %s", STR_ARG(shown), strerror(error));
}

static struct str below(struct arena *arena, struct str folder, struct str name)
{
	if (folder.size == 0 || name.size == 0)
		return folder.size ? folder : name;
	return str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
}

static void limit_trouble(const struct walk *walk, const char *kind, struct str path, size_t limit)
{
	trouble_add(walk->arena, walk->troubles,
		    (struct trouble){.rule = "limit-reached",
				     .kind = kind,
				     .span = SPAN_NONE,
				     .text = path,
				     .extra = str_format(walk->arena, "%zu", limit),
				     .other = SPAN_NONE});
}

/* Reads an open file to its end and closes it. */
static struct file_content read_open(struct arena *arena, int fd, size_t limit)
{
	struct file_content content = {.state = FILE_OK};
	struct stat st;
	if (fstat(fd, &st) != 0) {
		content.state = FILE_UNREADABLE;
		content.error = errno;
	} else if (!S_ISREG(st.st_mode)) {
		content.state = FILE_NOT_REGULAR;
		content.error = EINVAL;
	} else if ((uint64_t)st.st_size > limit) {
		content.state = FILE_TOO_LARGE;
		content.error = EFBIG;
	} else {
		char *bytes = arena_alloc(arena, (size_t)st.st_size + 1);
		size_t size = 0;
		while (size < (size_t)st.st_size) {
			ssize_t got = read(fd, bytes + size, (size_t)st.st_size - size);
			if (got < 0 && errno == EINTR)
				continue;
			if (got < 0) {
				content.state = FILE_UNREADABLE;
				content.error = errno;
			}
			if (got <= 0)
				break;
			size += (size_t)got;
		}
		content.bytes = (struct str){bytes, content.state == FILE_OK ? size : 0};
	}
	close(fd);
	return content;
}

static struct file_content read_in(struct arena *arena, int folder, const char *name, size_t limit)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd >= 0)
		return read_open(arena, fd, limit);
	enum file_state state = FILE_UNREADABLE;
	if (errno == ENOENT || errno == ENOTDIR)
		state = FILE_MISSING;
	else if (errno == ELOOP || errno == ENXIO)
		state = FILE_NOT_REGULAR;
	return (struct file_content){.state = state, .error = errno};
}

/* Opens the folders of a path one by one; -1 and errno when one of them is no folder. */
static int open_folder(struct arena *arena, int root, struct str folder)
{
	int fd = fcntl(root, F_DUPFD_CLOEXEC, 0);
	while (fd >= 0 && folder.size) {
		struct str part = str_cut(&folder, '/');
		if (str_is(part, "..") || part.size == 0 || str_is(part, ".")) {
			close(fd);
			errno = ENOENT;
			return -1;
		}
		int next = openat(fd, str_to_c(arena, part), FOLDER_FLAGS);
		int error = errno;
		close(fd);
		errno = error;
		fd = next;
	}
	return fd;
}

static struct file_content disk_read(struct tree *tree, struct arena *arena, struct str path, size_t limit)
{
	struct disk_tree *disk = (struct disk_tree *)tree;
	if (path_is_outside(path) || memchr(path.data, 0, path.size))
		return (struct file_content){.state = FILE_MISSING, .error = ENOENT};
	int folder = open_folder(arena, disk->root_fd, path_dir(path));
	if (folder < 0)
		return (struct file_content){.state = errno == EACCES ? FILE_UNREADABLE : FILE_MISSING, .error = errno};
	struct file_content content = read_in(arena, folder, str_to_c(arena, path_base(path)), limit);
	close(folder);
	return content;
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(((const struct name *)a)->str, ((const struct name *)b)->str);
}

/* Names of a folder, sorted. Takes the descriptor. */
static struct names read_names(const struct walk *walk, int fd, struct str path)
{
	struct names names = {0};
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir)
		cannot_read(walk->arena, path, errno);
	for (;;) {
		errno = 0;
		const struct dirent *item = readdir(dir);
		if (!item && errno)
			cannot_read(walk->arena, path, errno);
		if (!item)
			break;
		struct str name = str_from(item->d_name);
		if (str_is(name, ".") || str_is(name, ".."))
			continue;
		names.has_ignore |= str_is(name, ".gitignore");
		names.has_manifest |= str_is(name, MANIFEST_NAME);
		vec_add(walk->arena, &names.list, (struct name){str_dup(walk->arena, name), item->d_type});
	}
	closedir(dir);
	if (names.list.n)
		qsort(names.list.data, names.list.n, sizeof *names.list.data, compare_names);
	return names;
}

static struct str read_link(struct arena *arena, int folder, const char *name)
{
	char target[4096];
	ssize_t size = readlinkat(folder, name, target, sizeof target);
	return size > 0 ? str_dup(arena, (struct str){target, (size_t)size}) : STR_NONE;
}

/* False for what is neither file, folder nor link, or has gone. */
static bool look_at(const struct walk *walk, int folder, const struct name *name, struct tree_node *node)
{
	struct stat st;
	if (name->type == DT_DIR) {
		node->kind = NODE_DIR;
		return true;
	}
	if (fstatat(folder, name->str.data, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	node->kind = S_ISDIR(st.st_mode) ? NODE_DIR : S_ISLNK(st.st_mode) ? NODE_LINK : NODE_FILE;
	if (node->kind == NODE_FILE)
		node->size = (uint64_t)st.st_size;
	if (node->kind == NODE_LINK)
		node->target = read_link(walk->arena, folder, name->str.data);
	return S_ISREG(st.st_mode) || node->kind != NODE_FILE;
}

static const struct ignore_level *read_ignore(struct walk *walk, const struct ignore_level *above, int folder,
					      const char *name, struct str base)
{
	struct file_content content = read_in(walk->arena, folder, name, IGNORE_BYTES);
	bool full = content.state == FILE_TOO_LARGE;
	const struct ignore_level *level = above;
	if (content.state == FILE_OK)
		level = ignore_read(walk->arena, above, base, content.bytes, &full);
	if (full && !walk->rules_full) {
		limit_trouble(walk, "ignore-rules", below(walk->arena, base, str_from(name)), IGNORE_RULES);
		walk->rules_full = true;
	}
	return level;
}

static void walk_folder(struct walk *walk, int fd, struct str path, const struct ignore_level *ignore, int depth);

static void enter_folder(struct walk *walk, int parent, const char *name, struct str path,
			 const struct ignore_level *ignore, int depth)
{
	if (depth >= TREE_DEPTH) {
		if (!walk->too_deep)
			limit_trouble(walk, "folder-depth", path, TREE_DEPTH);
		walk->too_deep = true;
		return;
	}
	int fd = openat(parent, name, FOLDER_FLAGS);
	if (fd < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
		cannot_read(walk->arena, path, errno);
	if (fd >= 0)
		walk_folder(walk, fd, path, ignore, depth);
}

/* Lists a folder and, within TREE_DEPTH, those below it. Takes the descriptor. */
static void walk_folder(struct walk *walk, int fd, struct str path, const struct ignore_level *ignore, int depth)
{
	struct names names = read_names(walk, fcntl(fd, F_DUPFD_CLOEXEC, 0), path);
	if (names.has_ignore && !(names.has_manifest && path.size))
		ignore = read_ignore(walk, ignore, fd, ".gitignore", below(walk->arena, walk->prefix, path));
	if (names.has_manifest && path.size) {
		/* output of ours: the folder, which was added last, is no part of the workspace */
		walk->nodes->list.n--;
		names.list.n = 0;
	}
	for (size_t i = 0; i < names.list.n && !walk->full; i++) {
		const struct name *name = &names.list.data[i];
		struct tree_node node = {.path = below(walk->arena, path, name->str)};
		if (str_is(name->str, ".git") || !look_at(walk, fd, name, &node))
			continue;
		if (node.kind == NODE_DIR && tree_skips_folder(walk->config, node.path))
			continue;
		if (ignore_covers(ignore, below(walk->arena, walk->prefix, node.path), node.kind == NODE_DIR))
			continue;
		if (walk->nodes->list.n >= walk->config->limits.files) {
			walk->full = true;
			limit_trouble(walk, "files", node.path, walk->config->limits.files);
			break;
		}
		vec_add(walk->arena, &walk->nodes->list, node);
		if (node.kind == NODE_DIR)
			enter_folder(walk, fd, name->str.data, node.path, ignore, depth + 1);
	}
	close(fd);
}

/* The rules that hold from above the workspace: .git/info/exclude, then the .gitignore files between the repository's
 * top and the workspace. */
static const struct ignore_level *outer_ignore(struct walk *walk)
{
	struct str repository, folder = STR(""), rest;
	if (!git_find(walk->arena, walk->disk->root, &repository, &walk->prefix))
		return NULL;
	int fd = open(str_to_c(walk->arena, repository), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const struct ignore_level *level = NULL;
	if (fd < 0)
		return NULL;
	int info = open_folder(walk->arena, fd, STR(".git/info"));
	if (info >= 0) {
		level = read_ignore(walk, NULL, info, "exclude", STR(""));
		close(info);
	}
	for (rest = walk->prefix; rest.size && fd >= 0;) {
		level = read_ignore(walk, level, fd, ".gitignore", folder);
		struct str part = str_cut(&rest, '/');
		int next = openat(fd, str_to_c(walk->arena, part), FOLDER_FLAGS);
		close(fd);
		fd = next;
		folder = below(walk->arena, folder, part);
	}
	if (fd >= 0)
		close(fd);
	return level;
}

static void disk_walk(struct tree *tree, const struct config *config, struct tree_nodes *nodes,
		      struct troubles *troubles)
{
	struct walk walk = {.disk = (struct disk_tree *)tree,
			    .arena = tree->arena,
			    .config = config,
			    .nodes = nodes,
			    .troubles = troubles};
	const struct ignore_level *ignore = outer_ignore(&walk);
	walk_folder(&walk, fcntl(walk.disk->root_fd, F_DUPFD_CLOEXEC, 0), STR(""), ignore, 0);
}

static void close_root(void *tree)
{
	close(((struct disk_tree *)tree)->root_fd);
}

struct tree *tree_disk(struct arena *arena, const char *root)
{
	struct disk_tree *disk = NEW(arena, struct disk_tree);
	disk->tree = (struct tree){.arena = arena, .walk = disk_walk, .read = disk_read};
	disk->root = str_to_c(arena, str_from(root));
	disk->root_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (disk->root_fd < 0)
		cannot_read(arena, str_from(root), errno);
	arena_defer(arena, close_root, disk);
	return &disk->tree;
}
