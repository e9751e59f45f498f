/* Flowcharts of mermaid, fenced or files of their own: what the labels say of the entities that they name. */
#include "fact/box.h"

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	(void)page;
	struct sketches drawings = box_drawings(sink, 1u << FORM_MERMAID);
	for (size_t i = 0; i < drawings.list.n; i++) {
		box_state(sink, drawings.list.data[i]);
		box_state_places(sink, drawings.list.data[i]);
	}
}

const struct form form_mermaid_label = {.name = "mermaid", .find = find, .without_estate = true, .without_text = true};
