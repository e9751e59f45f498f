/* Files by path. No call here follows a FIFO or device, and none waits for one. */
#include "base/file.h"

#include "base/banned.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/world.h"

/* O_NONBLOCK: opening a FIFO returns at once; regular files do not care. */
#define OPEN_TO_READ (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

static enum file_state state_of(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR: return FILE_MISSING;
	case ENXIO: /* a socket, or a device without driver */
	case EISDIR: return FILE_NOT_REGULAR;
	default: return FILE_UNREADABLE;
	}
}

static struct file_content failed(enum file_state state, int error)
{
	return (struct file_content){.state = state, .error = error};
}

static ssize_t read_some(int fd, char *to, size_t size)
{
	ssize_t got;

	do
		got = read(fd, to, size);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Reads to the end, whatever size the file was said to have: it may grow or shrink meanwhile. */
static struct file_content read_all(struct arena *arena, int fd, size_t expected, size_t limit)
{
	size_t cap = expected + 1;
	char *bytes = arena_alloc(arena, cap);
	size_t size = 0;

	for (;;) {
		ssize_t got = read_some(fd, bytes + size, cap - size);

		if (got < 0)
			return failed(FILE_UNREADABLE, errno);
		size += (size_t)got;
		if (size > limit)
			return failed(FILE_TOO_LARGE, EFBIG);
		if (got == 0)
			break;
		if (size == cap) {
			bytes = arena_grow(arena, bytes, cap, cap * 2 + 4096);
			cap = cap * 2 + 4096;
		}
	}
	return (struct file_content){.state = FILE_OK, .bytes = {bytes, size}};
}

struct file_content file_read(struct arena *arena, const char *path, size_t limit)
{
	int fd = openat(AT_FDCWD, path, OPEN_TO_READ);
	struct file_content content;
	struct stat info;

	if (fd < 0)
		return failed(state_of(errno), errno);
	if (fstat(fd, &info) != 0)
		content = failed(FILE_UNREADABLE, errno);
	else if (!S_ISREG(info.st_mode))
		content = failed(FILE_NOT_REGULAR, S_ISDIR(info.st_mode) ? EISDIR : EINVAL);
	else if (info.st_size < 0 || (size_t)info.st_size > limit)
		content = failed(FILE_TOO_LARGE, EFBIG);
	else
		content = read_all(arena, fd, (size_t)info.st_size, limit);
	close(fd);
	return content;
}

/* Writes all and closes; 0 or errno. A full disk may show only at close. */
static int write_and_close(int fd, struct str bytes)
{
	int error = 0;

	while (bytes.size > 0) {
		ssize_t put = write(fd, bytes.data, bytes.size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			error = errno;
			break;
		}
		bytes = str_from_off(bytes, (size_t)put);
	}
	/* Linux frees the descriptor even when close is interrupted. */
	if (close(fd) != 0 && errno != EINTR && error == 0)
		error = errno;
	return error;
}

int file_write(const char *path, struct str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0666);

	return fd < 0 ? errno : write_and_close(fd, bytes);
}

/* Mode of the file at path, or that of a new one. */
static mode_t mode_for(const char *path)
{
	struct stat info;
	mode_t mask;

	if (lstat(path, &info) == 0 && S_ISREG(info.st_mode))
		return info.st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* A temporary file beside `path` that holds the bytes; its name, to be freed, or NULL and errno. */
static char *write_beside(const char *path, struct str bytes)
{
	static const char name[] = ".lintel-XXXXXX";
	const char *slash = strrchr(path, '/');
	size_t dir_size = slash ? (size_t)(slash - path) + 1 : 0;
	char *temporary = world_alloc(dir_size + sizeof(name));
	int error = 0;
	int fd;

	memcpy(temporary, path, dir_size);
	memcpy(temporary + dir_size, name, sizeof(name));
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		error = errno;
	} else {
		if (fchmod(fd, mode_for(path)) != 0)
			error = errno;
		if (error == 0)
			error = write_and_close(fd, bytes);
		else
			close(fd);
		if (error != 0)
			unlink(temporary);
	}
	if (error == 0)
		return temporary;
	free(temporary);
	errno = error;
	return NULL;
}

int file_replace(const char *path, struct str bytes)
{
	char *temporary = write_beside(path, bytes);
	int error = 0;

	if (!temporary)
		return errno;
	if (rename(temporary, path) != 0) {
		error = errno;
		unlink(temporary);
	}
	free(temporary);
	return error;
}

int file_create(const char *path, struct str bytes)
{
	char *temporary = write_beside(path, bytes);
	int error = 0;

	if (!temporary)
		return errno;
	/* A second name never replaces a file; where there are no second names, a rename that must not either. */
	if (link(temporary, path) != 0) {
		error = errno;
		if (error != EEXIST && renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0) {
			free(temporary);
			return 0;
		}
	}
	unlink(temporary);
	free(temporary);
	return error;
}

static int make_dir(const char *path)
{
	int error;

	if (mkdir(path, 0777) == 0)
		return 0;
	error = errno;
	if (error == EEXIST)
		return file_is_dir(path) ? 0 : ENOTDIR;
	/* A parent in a read-only place may stand there all the same. */
	return file_is_dir(path) ? 0 : error;
}

int file_make_dirs(const char *path)
{
	size_t size = strlen(path);
	char *part;
	int error = 0;

	if (size == 0 || file_is_dir(path))
		return 0;
	part = world_alloc(size + 1);
	memcpy(part, path, size + 1);
	for (size_t i = 1; i <= size && error == 0; i++) {
		if (part[i] != '/' && part[i] != '\0')
			continue;
		part[i] = '\0';
		error = make_dir(part);
		part[i] = path[i];
	}
	free(part);
	return error;
}

static void keep_first(int *error, int next)
{
	if (*error == 0)
		*error = next;
}

static int remove_entry(int parent, const char *name);

/* Removes what is in the folder; closes it. */
static int remove_content(int fd)
{
	DIR *dir = fdopendir(fd);
	int first = 0;
	struct dirent *entry;

	if (!dir) {
		first = errno;
		close(fd);
		return first;
	}
	while (errno = 0, (entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			keep_first(&first, remove_entry(fd, entry->d_name));
	}
	keep_first(&first, errno);
	closedir(dir);
	return first;
}

/* Removes a file, a link or a whole folder; what is not there is removed already. */
static int remove_entry(int parent, const char *name)
{
	int error = 0;
	int fd;

	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return errno;
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOTDIR ? EPERM : errno;
	error = remove_content(fd);
	if (unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
		keep_first(&error, errno);
	return error;
}

int file_remove_tree(const char *path)
{
	return remove_entry(AT_FDCWD, path);
}

bool file_exists(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0;
}

bool file_is_dir(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool rest_equals(int fd, struct str bytes)
{
	char chunk[16384];

	for (;;) {
		ssize_t got = read_some(fd, chunk, sizeof(chunk));

		if (got < 0 || (size_t)got > bytes.size)
			return false;
		if (got == 0)
			return bytes.size == 0;
		if (memcmp(chunk, bytes.data, (size_t)got) != 0)
			return false;
		bytes = str_from_off(bytes, (size_t)got);
	}
}

bool file_equals(const char *path, struct str bytes)
{
	int fd = open(path, OPEN_TO_READ);
	struct stat info;
	bool equal;

	if (fd < 0)
		return false;
	equal = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (size_t)info.st_size == bytes.size &&
		rest_equals(fd, bytes);
	close(fd);
	return equal;
}
