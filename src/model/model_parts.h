/* What the files of model/ share with each other only. */
#ifndef LINTEL_MODEL_PARTS_H
#define LINTEL_MODEL_PARTS_H

#include "model/model.h"

/* Gives every page and entity its URL. */
void model_set_urls(struct model *model);
/* The page of one parsed source: title, description, links, history mark. NULL for what is no page. */
struct page *page_build(struct model *model, const struct source *source, struct parsed *parsed);

/* Title that the configuration or the first page gives; else empty. */
struct str model_own_title(const struct model *model);

#endif
