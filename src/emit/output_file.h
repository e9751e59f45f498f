/* Private to emit/: one file of the site, compared with the one that is there before it is written. */
#ifndef LINTEL_OUTPUT_FILE_H
#define LINTEL_OUTPUT_FILE_H

#include "emit/emit.h"

struct written {
	uint64_t size;
	struct str hash; /* hash_hex of its bytes */
	bool unchanged;  /* the file at `old` has these bytes: nothing was written */
	int error;       /* errno, or 0 */
};

/* Lets `write` make the output and puts it at `new`, unless the regular file at `old` has the same bytes and mode. The
 * hash is in `arena`. What long outputs pass on (buf_pass_on) is compared and written in parts. `out` is room that is used again. */
struct written output_file_write(const struct site *site, const struct output *output, const char *old, const char *new,
				 struct arena *arena, struct buf *out);

#endif
