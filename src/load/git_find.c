/* Where the repository is, found by looking for .git ourselves; needs no library. */
#include "load/load.h"

#include <limits.h>
#include <sys/stat.h>

/* A folder with a HEAD, or a file that names one (worktrees, submodules). */
static bool is_git_dir(struct arena *arena, struct str folder)
{
	struct stat st;
	struct str path = str_format(arena, STR_FMT "/.git", STR_ARG(folder));
	if (stat(path.data, &st) != 0)
		return false;
	if (S_ISREG(st.st_mode)) {
		struct file_content content = file_read(arena, path.data, 1 << 16);
		return content.state == FILE_OK && str_starts(content.bytes, STR("gitdir:"));
	}
	path = str_format(arena, STR_FMT "/HEAD", STR_ARG(path));
	return S_ISDIR(st.st_mode) && lstat(path.data, &st) == 0;
}

bool git_find(struct arena *arena, const char *root, struct str *repository, struct str *prefix)
{
	char real[PATH_MAX];
	struct stat here, above;
	if (!realpath(root, real) || stat(real, &here) != 0)
		return false;
	struct str whole = str_dup(arena, str_from(real)), folder = whole;
	for (;;) {
		if (is_git_dir(arena, folder)) {
			*repository = folder.size ? str_dup(arena, folder) : STR("/");
			*prefix = folder.size < whole.size ? str_from_off(whole, folder.size + 1) : STR("");
			return true;
		}
		size_t slash = str_rfind_char(folder, '/');
		if (folder.size == 0 || slash == SIZE_MAX)
			return false;
		folder = str_sub(folder, 0, slash);
		if (stat(folder.size ? str_to_c(arena, folder) : "/", &above) != 0 || above.st_dev != here.st_dev)
			return false;
	}
}
