/* Box drawings in fenced text: what the labels say of the entities that they name. */
#include "fact/box.h"

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	(void)page;
	struct sketches drawings = box_drawings(sink, 1u << FORM_DRAWING);
	for (size_t i = 0; i < drawings.list.n; i++) {
		box_state(sink, drawings.list.data[i]);
		box_state_places(sink, drawings.list.data[i]);
	}
}

const struct form form_drawing = {.name = "drawing", .find = find, .without_estate = true};
