/* A YAML file beside a document that holds its fields. */
#include "model/record.h"

static const struct front_matter *record_side(const struct model *model, struct str folder,
					      const struct source **source)
{
	static const char *const names[] = {RECORD_SIDE_FILES, NULL};
	for (size_t i = 0; folder.size && names[i]; i++) {
		char path[4096];
		int size = snprintf(path, sizeof path, STR_FMT "/%s", STR_ARG(folder), names[i]);
		if (size < 0 || (size_t)size >= sizeof path)
			return NULL;
		*source = map_find(&model->sources->by_path, (struct str){path, (size_t)size});
		if (!*source)
			continue;
		struct front_matter *front = NEW(model->arena, struct front_matter);
		front_matter_lines(model->arena, *source, front);
		return front;
	}
	return NULL;
}

void record_fields(const struct model *model, const struct page *page, struct fields *fields)
{
	struct record_place place = record_place_of(page->source->path);
	const struct source *source = NULL;
	const struct front_matter *side = place.own_folder ? record_side(model, place.path, &source) : NULL;
	fields_collect(page->md, fields);
	if (!side)
		return;
	/* What is only loosely said by the document gives way. */
	for (size_t i = fields->n; i-- > 0;)
		if (fields->list[i].place == PLACE_LOOSE)
			fields->list[i] = fields->list[--fields->n];
	front_fields(source, side, PLACE_SIDE, fields);
}
