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

struct str git_web_address(struct arena *arena, struct str remote)
{
	size_t scheme = str_find(remote, STR("://"));
	bool is_short = scheme == SIZE_MAX;
	struct str rest = is_short ? remote : str_from_off(remote, scheme + 3), path;
	size_t at = str_find_char(str_sub(rest, 0, str_find_char(rest, '/')), '@');
	rest = at == SIZE_MAX ? rest : str_from_off(rest, at + 1);
	size_t end = str_find_char(rest, is_short ? ':' : '/');
	if (end == SIZE_MAX)
		return STR_NONE;
	struct str host = str_lower_ascii(arena, str_sub(rest, 0, end));
	host = str_sub(host, 0, str_find_char(host, ':'));
	path = str_from_off(rest, end + 1);
	path = str_ends(path, STR(".git")) ? str_sub(path, 0, path.size - 4) : path;
	bool known = str_is(host, "github.com") || str_is(host, "codeberg.org") || str_starts(host, STR("gitlab."));
	for (size_t i = 0; i < host.size + path.size && known; i++) {
		char c = i < host.size ? host.data[i] : path.data[i - host.size];
		known = isalnum((unsigned char)c) || strchr("-._/~", c);
	}
	size_t slash = str_find_char(path, '/');
	if (!known || slash == SIZE_MAX || !slash || slash + 1 == path.size)
		return STR_NONE;
	return str_format(arena, "https://" STR_FMT "/" STR_FMT, STR_ARG(host), STR_ARG(path));
}
