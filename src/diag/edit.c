/* Edits: byte ranges replaced in a source or its file, every other byte kept. */
#include "diag/diag.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int edit_cmp(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;
	int order = span_cmp(a->span, b->span);
	return order ? order : str_cmp(a->text, b->text);
}

struct str edits_apply(struct arena *arena, const struct source *source, const struct edits *edits, size_t *skipped)
{
	*skipped = 0;
	if (!edits->list.n)
		return source->text;
	struct edit *sorted = arena_copy(arena, edits->list.data, edits->list.n * sizeof *sorted);
	qsort(sorted, edits->list.n, sizeof *sorted, edit_cmp);
	struct buf out = {0};
	const struct edit *last = NULL;
	size_t at = 0;
	for (size_t i = 0; i < edits->list.n; i++) {
		const struct edit *edit = &sorted[i];
		if (edit->span.source != source->id || edit->span.off < at ||
		    (last && !last->span.size && !edit->span.size && edit->span.off == last->span.off) ||
		    edit->span.off + (size_t)edit->span.size > source->text.size) {
			++*skipped;
			continue;
		}
		buf_add(&out, str_sub(source->text, at, edit->span.off - at));
		buf_add(&out, edit->text);
		at = edit->span.off + edit->span.size;
		last = edit;
	}
	buf_add(&out, str_from_off(source->text, at));
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return text;
}

/* ---- files ---- */

bool edits_path_is_plain(struct arena *arena, const char *root, struct str path)
{
	for (size_t i = 1; i <= path.size; i++) {
		struct stat info;
		if (i < path.size && path.data[i] != '/')
			continue;
		struct str part = path_join(arena, str_from(root), str_sub(path, 0, i));
		if (lstat(str_to_c(arena, part), &info) != 0)
			return errno == ENOENT;
		if (S_ISLNK(info.st_mode))
			return false;
	}
	return path.size > 0;
}

/* A source is its file byte by byte, but that '?' stands for bytes which are no text. */
static bool is_file_of(struct str bytes, struct str text)
{
	if (bytes.size != text.size)
		return false;
	for (size_t i = 0; i < bytes.size; i++)
		if (bytes.data[i] != text.data[i] && text.data[i] != '?')
			return false;
	return true;
}

struct edited edits_read(struct arena *arena, const char *root, const struct source *source, const struct edits *edits)
{
	struct edited edited = {.source = source};
	if (path_is_outside(path_normal(arena, source->path)) || !edits_path_is_plain(arena, root, source->path)) {
		edited.why = "it is reached through a symbolic link";
		return edited;
	}
	edited.file = str_to_c(arena, path_join(arena, str_from(root), source->path));
	struct file_content content = file_read(arena, edited.file, SIZE_MAX);
	if (content.state != FILE_OK || !is_file_of(content.bytes, source->text)) {
		edited.why = "it changed while it was read";
		return edited;
	}
	struct source on_disk = *source;
	on_disk.text = content.bytes;
	edited.before = content.bytes;
	edited.after = edits_apply(arena, &on_disk, edits, &edited.skipped);
	return edited;
}

int edits_may_write(struct arena *arena, const struct edited *edited)
{
	struct stat info;
	if (lstat(edited->file, &info) != 0)
		return errno;
	if (access(edited->file, W_OK) != 0)
		return errno;
	/* Who may write anything is not asked for the bits: a file that nobody may write is meant to stay. */
	if (!(info.st_mode & 0222))
		return EACCES;
	struct str dir = path_dir(str_from(edited->file));
	return access(dir.size ? str_to_c(arena, dir) : ".", W_OK | X_OK) == 0 ? 0 : errno;
}

int edits_write(const struct edited *edited)
{
	return file_replace(edited->file, edited->after);
}
