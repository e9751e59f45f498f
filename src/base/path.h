/* Paths as text: '/' between parts, no file system is asked. */
#ifndef LINTEL_PATH_H
#define LINTEL_PATH_H

#include "base/str.h"

/* "a/b.md" -> "a"; "b.md" -> "". */
struct str path_dir(struct str path);
/* "a/b.md" -> "b.md". */
struct str path_base(struct str path);
/* "a/b.md" -> "b". */
struct str path_stem(struct str path);
/* "a/b.md" -> ".md"; none: "". */
struct str path_extension(struct str path);
/* Joined and normalised ("." and ".." removed). ".." that leaves the root stays at the front. */
struct str path_join(struct arena *arena, struct str dir, struct str name);
struct str path_normal(struct arena *arena, struct str path);
/* True when a normalised relative path climbs out ("..", "../x") or is absolute. */
bool path_is_outside(struct str path);
/* The relative path that leads from folder `dir` to `target`, both relative to one root: ("a/b","a/c.html") -> "../c.html". */
struct str path_relative(struct arena *arena, struct str dir, struct str target);
/* True when path is dir or stands below it. dir "" holds everything. */
bool path_is_under(struct str path, struct str dir);
/* Shell pattern: * and ? stop at '/', ** does not, [a-z], {a,b}. A pattern without '/' matches the base name
 * at any depth; one that ends in '/' matches everything below. */
bool path_matches(struct str path, struct str pattern);

#endif
