/* Files that are made, changed or get another name: shown as a diff, or done. */
#include "author/author.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *on_disk(const struct author *author, struct str path)
{
	return path.size ? str_to_c(author->arena, path_join(author->arena, str_from(author->root), path))
			 : author->root;
}

void author_add_file(const struct author *author, struct author_changes *changes, struct str path, struct str text)
{
	struct stat info;
	struct str shown = utf8_printable(author->arena, path);
	if (!edits_path_is_plain(author->arena, author->root, path_dir(path).size ? path_dir(path) : path))
		world_usage(STR_FMT " is reached through a symbolic link; write where it leads", STR_ARG(shown));
	if (lstat(on_disk(author, path), &info) == 0)
		world_usage(STR_FMT " is there already", STR_ARG(shown));
	struct author_change change = {.path = path, .old_path = path, .after = text, .is_new = true};
	vec_add(author->arena, &changes->list, change);
}

void author_add_edits(const struct author *author, struct author_changes *changes, const struct source *source,
		      const struct edits *edits, struct str new_path)
{
	struct edited edited = edits_read(author->arena, author->root, source, edits);
	if (edited.why)
		world_fail("cannot change " STR_FMT ": %s", STR_ARG(utf8_printable(author->arena, source->path)),
			   edited.why);
	struct author_change change = {.path = new_path.size ? new_path : source->path,
				       .old_path = source->path,
				       .before = edited.before,
				       .after = edited.after,
				       .edited = edited};
	if (!str_eq(change.before, change.after) || !str_eq(change.path, change.old_path))
		vec_add(author->arena, &changes->list, change);
}

/* ---- shown ---- */

void author_diff(const struct author *author, const struct author_changes *changes, struct buf *out)
{
	for (size_t i = 0; i < changes->list.n; i++) {
		const struct author_change *change = &changes->list.data[i];
		struct buf diff = {0};
		struct str old = utf8_printable(author->arena, change->old_path);
		struct str path = utf8_printable(author->arena, change->path);
		bool renamed = !str_eq(change->path, change->old_path);
		diff_unified(author->arena, change->path, change->before, change->after, &diff);
		struct str rest = buf_str(&diff);
		str_cut(&rest, '\n');
		str_cut(&rest, '\n');
		buf_addf(out, "diff --git a/" STR_FMT " b/" STR_FMT "\n", STR_ARG(old), STR_ARG(path));
		if (change->is_new)
			buf_adds(out, "new file mode 100644\n");
		if (renamed)
			buf_addf(out, "rename from " STR_FMT "\nrename to " STR_FMT "\n", STR_ARG(old), STR_ARG(path));
		if (change->is_new)
			buf_adds(out, "--- /dev/null\n");
		else if (rest.size)
			buf_addf(out, "--- a/" STR_FMT "\n", STR_ARG(old));
		if (rest.size)
			buf_addf(out, "+++ b/" STR_FMT "\n", STR_ARG(path));
		buf_add(out, rest);
		buf_free(&diff);
	}
}

/* ---- done ---- */

static _Noreturn void fail(const struct author *author, struct str path, int error, bool wrote)
{
	world_fail("cannot write " STR_FMT ": %s%s", STR_ARG(utf8_printable(author->arena, path)), strerror(error),
		   wrote ? "" : "; nothing was written");
}

static void may_write(const struct author *author, const struct author_change *change)
{
	struct stat info;
	struct str dir = path_dir(change->path);
	while (dir.size && lstat(on_disk(author, dir), &info) != 0 && errno == ENOENT)
		dir = path_dir(dir);
	int error = change->is_new ? (access(on_disk(author, dir), W_OK | X_OK) == 0 ? 0 : errno)
				   : edits_may_write(author->arena, &change->edited);
	bool renamed = !str_eq(change->path, change->old_path);
	if (!error && renamed && lstat(on_disk(author, change->path), &info) == 0)
		error = EEXIST;
	if (error)
		fail(author, change->is_new ? change->path : change->old_path, error, false);
}

static void make(const struct author *author, const struct author_change *change, bool wrote)
{
	struct str dir = path_dir(change->path);
	int error = dir.size ? file_make_dirs(on_disk(author, dir)) : 0;
	if (!error)
		error = file_create(on_disk(author, change->path), change->after);
	if (error)
		fail(author, change->path, error, wrote);
}

static void move(const struct author *author, const struct author_change *change)
{
	struct stat info;
	const char *to = on_disk(author, change->path);
	make(author, change, true);
	if (lstat(change->edited.file, &info) == 0)
		chmod(to, info.st_mode & 07777);
	if (unlink(change->edited.file) != 0)
		fail(author, change->old_path, errno, true);
	/* A folder of its own is empty now. */
	if (!str_eq(path_dir(change->path), path_dir(change->old_path)))
		rmdir(on_disk(author, path_dir(change->old_path)));
}

void author_write(const struct author *author, const struct author_changes *changes)
{
	for (size_t i = 0; i < changes->list.n; i++)
		may_write(author, &changes->list.data[i]);
	/* What is new comes first: who took the name in the meantime ends this before anything else changed. */
	for (size_t i = 0; i < changes->list.n; i++)
		if (changes->list.data[i].is_new)
			make(author, &changes->list.data[i], i > 0);
	for (size_t i = 0; i < changes->list.n; i++) {
		const struct author_change *change = &changes->list.data[i];
		bool renamed = !str_eq(change->path, change->old_path);
		int error = change->is_new || renamed ? 0 : edits_write(&change->edited);
		if (error)
			fail(author, change->path, error, true);
		if (renamed)
			move(author, change);
	}
}
