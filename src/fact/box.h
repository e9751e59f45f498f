/* Drawings and the labels in them: what the forms drawing, mermaid and dot share. Private to fact/. */
#ifndef LINTEL_FACT_BOX_H
#define LINTEL_FACT_BOX_H

#include "fact/fact_parts.h"

/* Kinds that a label may name. */
#define BOX_KINDS                                                                                                \
	(KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) | KIND_BIT(ENTITY_NETWORK) | \
	 KIND_BIT(ENTITY_SERVICE))

/* Drawings of the sink's page that are of one of the forms (bits 1 << FORM_x), every label bound. */
struct sketches box_drawings(const struct fact_sink *sink, unsigned wanted);

/* The boxes of a fenced block of text, as items of `drawing`; false when it holds none. `node`: its code block. */
bool box_read(struct arena *arena, const struct page *page, uint32_t node, struct sketch *drawing);

/* Joins what one line break in a label tore apart, and binds each line. */
void box_bind(const struct fact_sink *sink, struct sketch *drawing);
/* Adds a line of a label: marks of lists off both ends, none when nothing is left. */
void box_add_line(struct arena *arena, struct drawn *item, struct str text, struct span span, bool apart);

/* End of the name that a label's line begins with: a bracket, a comma, a colon or a value stands there. */
size_t box_name_end(struct str line);
/* Sets unknown and near of the items of a drawing most of whose boxes are known. */
void box_find_unknown(const struct fact_sink *sink, struct sketch *drawing);

/* States what the labels of a drawing say of the entities that they name. */
void box_state(struct fact_sink *sink, const struct sketch *drawing);

/* States what a drawing says by where things stand. */
void box_state_places(struct fact_sink *sink, const struct sketch *drawing);

/* Why a code block is no statement of the present: its section, or the words right before it. NULL: it is one. */
const char *box_block_why(const struct fact_sink *sink, uint32_t node);

#endif
