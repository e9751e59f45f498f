/* Private to emit/: the folder that a build writes into before it takes the site's place. */
#ifndef LINTEL_STAGING_H
#define LINTEL_STAGING_H

#include "emit/emit.h"

/* Makes "<target>.lintel-<pid>" beside the target, after removing what killed builds left. From here until staging_end a failure of
 * the world, SIGINT, SIGTERM and SIGHUP remove it. */
struct str staging_begin(struct arena *arena, const char *target);
/* Forgets it; the folder is where it should be, or gone. */
void staging_end(void);
/* True in a worker whose parent is gone: it must not write any more. */
bool staging_is_orphan(void);
/* Puts the staging folder in the target's place in one step and removes what stood there. */
void staging_exchange(struct str staging, const char *target);

#endif
