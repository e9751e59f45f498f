/* Names become things, in the order in which one needs the other. */
#include "resolve/resolve.h"

void resolve(struct model *model, const struct pool *pool)
{
	resolve_decisions(model);
	resolve_links(model);
	resolve_mentions(model, pool);
}
