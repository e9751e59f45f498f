/* The plan to files: all or nothing, and nothing at all when nothing changed. */
#include "emit/output_file.h"
#include "emit/staging.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char manifest_name[] = ".lintel-manifest";
static const char manifest_head[] = "lintel manifest 1\n";

/* Outputs in one job of a worker. */
enum { CHUNK = 64 };

#define X(name) extern const struct format format_##name;
#include "formats.inc"
#undef X
const struct format *const formats[] = {
#define X(name) &format_##name,
#include "formats.inc"
#undef X
};
const size_t n_formats = sizeof formats / sizeof *formats;

/* ---- the target ---- */

static bool dir_is_empty(const char *path)
{
	DIR *dir = opendir(path);
	bool empty = true;
	if (!dir)
		return false;
	for (struct dirent *entry; empty && (entry = readdir(dir));)
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	closedir(dir);
	return empty;
}

static bool has_manifest(const char *dir)
{
	struct arena *arena = arena_new();
	struct str path = str_format(arena, "%s/%s", dir, manifest_name);
	struct file_content content = file_read(arena, path.data, SIZE_MAX / 2);
	bool ours = content.state == FILE_OK && str_starts(content.bytes, str_from(manifest_head));
	arena_free(arena);
	return ours;
}

void emit_check_target(const char *out_dir)
{
	struct stat info;
	if (!*out_dir)
		world_usage("the output folder has no name");
	if (lstat(out_dir, &info) != 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			world_fail("%s: %s", out_dir, strerror(errno));
		return;
	}
	if (S_ISLNK(info.st_mode) && stat(out_dir, &info) != 0)
		world_usage("%s is a symbolic link that leads nowhere", out_dir);
	if (!S_ISDIR(info.st_mode))
		world_usage("%s is not a folder", out_dir);
	if (!has_manifest(out_dir) && !dir_is_empty(out_dir))
		world_usage("%s is not empty and not ours (it has no %s): choose another folder with -o, or empty it",
			    out_dir, manifest_name);
}

/* Where the site stands: behind a symbolic link, without a slash at the end. */
static const char *real_target(struct arena *arena, const char *out_dir)
{
	char *resolved = realpath(out_dir, NULL);
	if (resolved) {
		const char *target = str_to_c(arena, str_from(resolved));
		free(resolved);
		return target;
	}
	struct str path = str_from(out_dir);
	while (path.size > 1 && str_ends(path, STR("/")))
		path.size--;
	return str_to_c(arena, path);
}

/* ---- writing ---- */

struct chunk {
	struct written of[CHUNK];
};

struct job {
	const struct site *site;
	struct str staging;
	const char *target;
};

static struct written write_output(const struct job *job, const struct output *output, struct arena *arena,
				   struct buf *out)
{
	struct arena *scratch = arena_new();
	struct str old = str_format(scratch, "%s/" STR_FMT, job->target, STR_ARG(output->path));
	struct str new = str_format(scratch, STR_FMT "/" STR_FMT, STR_ARG(job->staging), STR_ARG(output->path));
	struct written written = output_file_write(job->site, output, old.data, new.data, arena, out);
	arena_free(scratch);
	return written;
}

static size_t chunks_of(const struct site *site)
{
	return (site->outputs.n + CHUNK - 1) / CHUNK;
}

/* Chunks are written from the last to the first: what is planned last is about the whole site and takes longest. */
static void *write_chunk(void *context, size_t job_index, struct arena *arena)
{
	const struct job *job = context;
	size_t index = chunks_of(job->site) - 1 - job_index;
	struct chunk *chunk = NEW(arena, struct chunk);
	struct buf out = {0};
	for (size_t i = 0; i < CHUNK && index * CHUNK + i < job->site->outputs.n && !staging_is_orphan(); i++) {
		chunk->of[i] = write_output(job, &job->site->outputs.data[index * CHUNK + i], arena, &out);
		if (chunk->of[i].error)
			break;
	}
	buf_free(&out);
	return chunk;
}

/* Folders first, by the parent: workers write files only. */
static void make_folders(struct arena *arena, const struct site *site, struct str staging)
{
	struct map made = {.arena = arena};
	for (size_t i = 0; i < site->outputs.n; i++) {
		struct str path = site->outputs.data[i].path;
		for (size_t at = str_find_char(path, '/'); at != SIZE_MAX; at = str_find_from(path, STR("/"), at + 1)) {
			struct str folder = str_sub(path, 0, at);
			if (map_has(&made, folder))
				continue;
			map_put(&made, folder, &made);
			struct str full = str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(staging), STR_ARG(folder));
			if (mkdir(full.data, 0777) != 0)
				world_fail("cannot make " STR_FMT ": %s", STR_ARG(full), strerror(errno));
		}
	}
}

/* ---- the manifest ---- */

struct manifest_line {
	struct str path;
	const struct written *written;
};

static int line_cmp(const void *a, const void *b)
{
	return str_cmp(((const struct manifest_line *)a)->path, ((const struct manifest_line *)b)->path);
}

static struct str manifest_text(struct arena *arena, const struct site *site, struct written *const *written)
{
	struct buf text = {0};
	size_t n = site->outputs.n;
	struct manifest_line *lines = NEW_ARRAY(arena, struct manifest_line, n + 1);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct manifest_line){site->outputs.data[i].path, written[i]};
	qsort(lines, n, sizeof *lines, line_cmp);
	buf_adds(&text, manifest_head);
	for (size_t i = 0; i < n; i++)
		buf_addf(&text, STR_FMT " %llu " STR_FMT "\n", STR_ARG(lines[i].written->hash),
			 (unsigned long long)lines[i].written->size, STR_ARG(lines[i].path));
	struct str result = buf_dup(arena, &text);
	buf_free(&text);
	return result;
}

struct paths {
	VEC(struct str) list;
};

/* Files of the previous site, by its manifest, that the new one has not. */
static struct paths find_removed(struct arena *arena, const struct site *site, struct str old)
{
	struct map now = {.arena = arena};
	struct paths removed = {0};
	for (size_t i = 0; i < site->outputs.n; i++)
		map_put(&now, site->outputs.data[i].path, &now);
	str_cut_line(&old);
	while (old.size) {
		struct str line = str_cut_line(&old);
		str_cut(&line, ' ');
		str_cut(&line, ' ');
		if (line.size && !map_has(&now, line) && !path_is_outside(line))
			vec_add(arena, &removed.list, line);
	}
	return removed;
}

/* A mount point keeps its place, so its files are replaced one by one, the manifest last. */
static void fill_folder(struct arena *arena, const struct job *job, struct written *const *written, struct str old)
{
	struct paths removed = find_removed(arena, job->site, old);
	for (size_t i = 0; i <= job->site->outputs.n; i++) {
		bool is_manifest = i == job->site->outputs.n;
		struct str path = is_manifest ? str_from(manifest_name) : job->site->outputs.data[i].path;
		if (!is_manifest && written[i]->unchanged)
			continue;
		struct str from = str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(job->staging), STR_ARG(path));
		struct str to = str_format(arena, "%s/" STR_FMT, job->target, STR_ARG(path));
		struct file_content content = file_read(arena, from.data, SIZE_MAX / 2);
		int error = content.state == FILE_OK ? file_make_dirs(str_to_c(arena, path_dir(to))) : content.error;
		if (!error)
			error = file_replace(to.data, content.bytes);
		if (error)
			world_fail("cannot write " STR_FMT ": %s", STR_ARG(to), strerror(error));
	}
	for (size_t i = 0; i < removed.list.n; i++)
		unlink(str_format(arena, "%s/" STR_FMT, job->target, STR_ARG(removed.list.data[i])).data);
}

/* ---- the pass ---- */

static struct written **write_all(struct arena *arena, struct job *job, const struct pool *pool)
{
	size_t n = job->site->outputs.n, chunks = chunks_of(job->site);
	struct written **written = NEW_ARRAY(arena, struct written *, n + 1);
	struct pool unhurried = *pool;
	unhurried.cpu_seconds = 0;
	struct pool_result *results = pool_each(&unhurried, arena, chunks, write_chunk, job);
	for (size_t i = 0; i < n; i++) {
		struct pool_result *result = &results[chunks - 1 - i / CHUNK];
		struct chunk *chunk = result->value;
		if (result->end != POOL_DONE || !chunk)
			world_fail("a worker ended while it wrote the pages from " STR_FMT " on",
				   STR_ARG(job->site->outputs.data[i / CHUNK * CHUNK].path));
		written[i] = &chunk->of[i % CHUNK];
		if (written[i]->error || !written[i]->hash.size)
			world_fail("cannot write " STR_FMT ": %s", STR_ARG(job->site->outputs.data[i].path),
				   strerror(written[i]->error));
	}
	return written;
}

/* Unchanged files become second names of the ones that are there. */
static void keep_unchanged(struct arena *arena, const struct job *job, struct written *const *written)
{
	for (size_t i = 0; i < job->site->outputs.n; i++) {
		if (!written[i]->unchanged)
			continue;
		struct str path = job->site->outputs.data[i].path;
		struct str old = str_format(arena, "%s/" STR_FMT, job->target, STR_ARG(path));
		struct str new = str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(job->staging), STR_ARG(path));
		if (link(old.data, new.data) == 0)
			continue;
		struct file_content content = file_read(arena, old.data, SIZE_MAX / 2);
		int error = content.state == FILE_OK ? file_write(new.data, content.bytes) : content.error;
		if (content.state != FILE_OK || error)
			world_fail("cannot keep " STR_FMT ": %s", STR_ARG(old), strerror(error));
	}
}

struct emitted emit(struct site *site, const char *out_dir, const struct pool *pool)
{
	struct emitted emitted = {0};
	struct arena *arena = arena_new();
	struct job job = {.site = site};
	/* Modes of the site's files do not depend on who builds it. */
	mode_t mask = umask(022);
	for (size_t i = 0; i < n_formats; i++)
		formats[i]->plan(site);
	job.target = real_target(arena, out_dir);
	job.staging = staging_begin(arena, job.target);
	make_folders(arena, site, job.staging);
	struct written **written = write_all(arena, &job, pool);
	emitted.files = site->outputs.n;
	for (size_t i = 0; i < site->outputs.n; i++) {
		emitted.bytes += written[i]->size;
		emitted.unchanged += written[i]->unchanged;
	}
	emitted.written = emitted.files - emitted.unchanged;
	struct str manifest = manifest_text(arena, site, written);
	struct str old_path = str_format(arena, "%s/%s", job.target, manifest_name);
	struct file_content old = file_read(arena, old_path.data, SIZE_MAX / 2);
	if (old.state == FILE_OK)
		emitted.removed = find_removed(arena, site, old.bytes).list.n;
	if (!emitted.written && old.state == FILE_OK && str_eq(old.bytes, manifest)) {
		staging_drop();
		umask(mask);
		arena_free(arena);
		return emitted;
	}
	keep_unchanged(arena, &job, written);
	int error = file_write(str_format(arena, STR_FMT "/%s", STR_ARG(job.staging), manifest_name).data, manifest);
	if (error)
		world_fail("cannot write the manifest: %s", strerror(error));
	if (!staging_exchange(job.staging, job.target)) {
		fill_folder(arena, &job, written, old.state == FILE_OK ? old.bytes : STR_NONE);
		staging_drop();
	}
	umask(mask);
	arena_free(arena);
	return emitted;
}
