/* Files on disk. Every failure of the world says one line and ends with status 3, unless a function says otherwise. */
#ifndef LINTEL_FILE_H
#define LINTEL_FILE_H

#include "base/str.h"

enum file_state { FILE_OK, FILE_MISSING, FILE_UNREADABLE, FILE_TOO_LARGE, FILE_NOT_REGULAR };

struct file_content {
	enum file_state state;
	int error; /* errno when not FILE_OK */
	struct str bytes;
};

/* Reads a regular file whole, at most `limit` bytes (more: FILE_TOO_LARGE, nothing read). FIFOs and devices are FILE_NOT_REGULAR, never opened blocking. */
struct file_content file_read(struct arena *arena, const char *path, size_t limit);
/* Writes to path directly; returns 0 or errno. Never leaves a short file behind unseen. */
int file_write(const char *path, struct str bytes);
/* Temporary name beside it, fsync not asked, then rename; returns 0 or errno. Keeps the mode of an existing file. */
int file_replace(const char *path, struct str bytes);
/* A new file, whole or not at all; EEXIST when something stands there already. */
int file_create(const char *path, struct str bytes);
/* Makes a folder and its parents; 0 or errno. */
int file_make_dirs(const char *path);
/* Removes a folder and all below it, never following links; 0 or the first errno. */
int file_remove_tree(const char *path);
bool file_exists(const char *path);
bool file_is_dir(const char *path);
/* True when the file is there and holds exactly these bytes. */
bool file_equals(const char *path, struct str bytes);

#endif
