/* Bytes to text that the parsers can take; private to load/. */
#ifndef LINTEL_LOAD_ENCODING_H
#define LINTEL_LOAD_ENCODING_H

#include "diag/diag.h"

/* True for text that begins with a UTF-16 byte order mark. */
bool encoding_is_utf16(struct str text);
/* Reports malformed UTF-8, NUL and control characters of a source, one trouble of "text-encoding" per kind, and puts
 * '?' in the place of what no parser takes. */
void encoding_check(struct arena *arena, struct source *source, struct troubles *troubles);

#endif
