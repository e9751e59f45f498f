/* Names to things: links, anchors, mentions, relations, supersession. After this the model is const. */
#ifndef LINTEL_RESOLVE_H
#define LINTEL_RESOLVE_H

#include "model/model.h"

/* Resolves, in this order: references inside the topology (done by model), decision references, relations and effective status,
 * links and anchors of every page, mentions (one pass over the words of each page, in workers), backlinks. */
void resolve(struct model *model, const struct pool *pool);

/* Only for the files of resolve/. */
void resolve_decisions(struct model *model);
void resolve_links(struct model *model);
void resolve_mentions(struct model *model, const struct pool *pool);

#endif
