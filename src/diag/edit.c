/* Edits: byte ranges replaced in a source, every other byte kept. */
#include "diag/diag.h"

#include <stdlib.h>

static int edit_cmp(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;
	return span_cmp(a->span, b->span);
}

struct str edits_apply(struct arena *arena, const struct source *source, const struct edits *edits, size_t *skipped)
{
	struct edit *sorted = arena_copy(arena, edits->list.data, edits->list.n * sizeof *sorted);
	qsort(sorted, edits->list.n, sizeof *sorted, edit_cmp);
	struct buf out = {0};
	size_t at = 0;
	*skipped = 0;
	for (size_t i = 0; i < edits->list.n; i++) {
		const struct edit *edit = &sorted[i];
		if (edit->span.source != source->id || edit->span.off < at ||
		    edit->span.off + (size_t)edit->span.size > source->text.size) {
			++*skipped;
			continue;
		}
		buf_add(&out, str_sub(source->text, at, edit->span.off - at));
		buf_add(&out, edit->text);
		at = edit->span.off + edit->span.size;
	}
	buf_add(&out, str_from_off(source->text, at));
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return text;
}
