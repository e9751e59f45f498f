/* The folder beside the site: made, exchanged, and removed whatever happens. */
#include "emit/staging.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const char infix[] = ".lintel-";

static char staging_path[PATH_MAX];
static pid_t owner;
static struct sigaction before[3];
static const int caught[3] = {SIGINT, SIGTERM, SIGHUP};

/* ---- removal inside a signal handler: system calls only ---- */

struct dirent64_raw {
	uint64_t inode;
	int64_t next;
	unsigned short size;
	unsigned char type;
	char name[];
};

/* URLs are as deep as the folders of the workspace, which has a bound, and some levels more. */
enum { DEPTH_MAX = 160 };

/* Removes what is in the folder. */
static void empty_folder(int parent, const char *name, int depth)
{
	_Alignas(8) char entries[4096];
	int dir = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (dir < 0)
		return;
	for (long n; (n = syscall(SYS_getdents64, dir, entries, sizeof entries)) > 0;) {
		bool removed = false;
		for (long at = 0; at < n;) {
			struct dirent64_raw *entry = (struct dirent64_raw *)(void *)(entries + at);
			at += entry->size;
			const char *c = entry->name;
			if (c[0] == '.' && (!c[1] || (c[1] == '.' && !c[2])))
				continue;
			if (unlinkat(dir, c, 0) == 0) {
				removed = true;
				continue;
			}
			if (depth < DEPTH_MAX)
				empty_folder(dir, c, depth + 1);
			removed |= unlinkat(dir, c, AT_REMOVEDIR) == 0;
		}
		if (removed)
			lseek(dir, 0, SEEK_SET);
	}
	close(dir);
}

static void remove_staging(void)
{
	if (!staging_path[0] || getpid() != owner)
		return;
	empty_folder(AT_FDCWD, staging_path, 0);
	rmdir(staging_path);
}

static void on_signal(int number)
{
	if (getpid() != owner)
		_exit(128 + number);
	/* Workers may still write: a second sweep takes what came in between. */
	remove_staging();
	remove_staging();
	signal(number, SIG_DFL);
	raise(number);
}

static void on_failure(void)
{
	remove_staging();
}

bool staging_is_orphan(void)
{
	return getpid() != owner && getppid() != owner;
}

/* ---- making ---- */

/* A folder of a build that is over: its process is gone, or it is older than an hour. */
static bool is_stale(int dir, const char *name, const char *digits)
{
	struct stat info;
	long long pid;
	if (fstatat(dir, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(info.st_mode) ||
	    !str_to_number(str_from(digits), &pid))
		return false;
	bool gone = pid > 0 && pid < INT_MAX && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
	return gone || pid == getpid() || time(NULL) - info.st_mtime > 3600;
}

static void remove_stale(struct arena *arena, struct str target)
{
	struct str parent = path_dir(target);
	struct str prefix = str_format(arena, STR_FMT "%s", STR_ARG(path_base(target)), infix);
	DIR *dir = opendir(parent.size ? str_to_c(arena, parent) : str_starts(target, STR("/")) ? "/" : ".");
	if (!dir)
		return;
	for (struct dirent *entry; (entry = readdir(dir));) {
		if (!str_starts(str_from(entry->d_name), prefix) ||
		    !is_stale(dirfd(dir), entry->d_name, entry->d_name + prefix.size))
			continue;
		empty_folder(dirfd(dir), entry->d_name, 0);
		unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR);
	}
	closedir(dir);
}

struct str staging_begin(struct arena *arena, const char *target)
{
	struct str parent = path_dir(str_from(target));
	if (parent.size) {
		int error = file_make_dirs(str_to_c(arena, parent));
		if (error)
			world_fail("cannot make " STR_FMT ": %s", STR_ARG(parent), strerror(error));
	}
	remove_stale(arena, str_from(target));
	struct str path = str_format(arena, "%s%s%ld", target, infix, (long)getpid());
	if (path.size >= sizeof staging_path)
		world_fail("the path of the output folder is too long");
	if (mkdir(path.data, 0777) != 0)
		world_fail("cannot make " STR_FMT ": %s", STR_ARG(path), strerror(errno));
	memcpy(staging_path, path.data, path.size + 1);
	owner = getpid();
	world_at_failure(on_failure);
	struct sigaction action = {.sa_handler = on_signal};
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof caught / sizeof *caught; i++) {
		sigaction(caught[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(caught[i], &action, NULL);
	}
	return path;
}

static void staging_end(void)
{
	for (size_t i = 0; i < sizeof caught / sizeof *caught; i++)
		sigaction(caught[i], &before[i], NULL);
	world_at_failure(NULL);
	staging_path[0] = 0;
}

/* ---- exchanging ---- */

static int exchange(const char *a, const char *b)
{
	return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 2u /* RENAME_EXCHANGE */);
}

/* Where the file system cannot exchange: the site is away for the moment between two renames. */
static int rename_twice(const char *staging, const char *target)
{
	char aside[PATH_MAX];
	if (snprintf(aside, sizeof aside, "%s-old", staging) >= (int)sizeof aside)
		return ENAMETOOLONG;
	if (rename(target, aside) != 0)
		return errno;
	if (rename(staging, target) != 0) {
		int error = errno;
		return rename(aside, target) == 0 ? error : errno;
	}
	return rename(aside, staging) == 0 ? 0 : errno;
}

bool staging_exchange(struct str staging, const char *target)
{
	struct stat info;
	int error = 0;
	if (lstat(target, &info) != 0) {
		error = rename(staging.data, target) == 0 ? 0 : errno;
	} else if (exchange(staging.data, target) != 0) {
		error = errno;
		if (error == EINVAL || error == ENOSYS || error == EOPNOTSUPP)
			error = rename_twice(staging.data, target);
	}
	if (error == EBUSY || error == EXDEV)
		return false;
	if (error)
		world_fail("cannot put the site in place of %s: %s", target, strerror(error));
	/* What stands at the staging path now is the previous site. */
	staging_drop();
	return true;
}

void staging_drop(void)
{
	remove_staging();
	staging_end();
}
