/* Inside check/: what stands in a stale generated region. */
#ifndef LINTEL_STALE_REGIONS_H
#define LINTEL_STALE_REGIONS_H

#include "check/check.h"

/* True when the place lies in a generated region that generated-stale reports. The regions of a page are read when the
 * first place of it is asked for. */
bool is_in_stale_region(struct check *check, struct span span);
/* Takes out of check->diags what rules about facts, decisions and links tell of such places. */
void drop_in_stale_regions(struct check *check);

#endif
