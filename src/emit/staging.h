/* Private to emit/: the folder that a build writes into before it takes the site's place. */
#ifndef LINTEL_STAGING_H
#define LINTEL_STAGING_H

#include "emit/emit.h"

/* Makes "<target>.lintel-<pid>" beside the target, after removing what killed builds left. From here until it is dropped
 * or exchanged a failure of the world, SIGINT, SIGTERM and SIGHUP remove it. */
struct str staging_begin(struct arena *arena, const char *target);
/* True in a worker whose parent is gone: it must not write any more. */
bool staging_is_orphan(void);
/* Puts the staging folder in the target's place in one step and removes what stood there. False, with everything as it
 * was, when the target cannot be exchanged because it is a mount point. */
bool staging_exchange(struct str staging, const char *target);
/* Removes the staging folder. */
void staging_drop(void);

#endif
