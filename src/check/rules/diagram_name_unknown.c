/* diagram-name-unknown: a drawing of known things holds a name that nothing declares. */
#include "check/check.h"

#include <stdlib.h>

/* Places that other rules tell of: slips of the pen, names of what is retired, addresses that nothing has. */
struct told {
	VEC(struct span) list; /* sorted */
};

static int by_place(const void *a, const void *b)
{
	const struct span *one = a, *two = b;
	return one->source != two->source ? (one->source > two->source) - (one->source < two->source)
					  : (one->off > two->off) - (one->off < two->off);
}

static struct told told_by_others(struct check *check)
{
	struct told told = {0};
	for (size_t i = 0; i < check->facts->sightings.n; i++) {
		const struct sighting *sighting = check->facts->sightings.data[i];
		bool is_name = sighting->kind == SIGHTING_NEAR_MISS || sighting->kind == SIGHTING_LOOKALIKE ||
			       sighting->kind == SIGHTING_RETIRED;
		bool is_address = sighting->kind == SIGHTING_ADDRESS && !sighting->is_known && sighting->network;
		if ((is_name || is_address) && !sighting->why.size)
			vec_add(check->arena, &told.list, sighting->word.span);
	}
	if (told.list.n)
		qsort(told.list.data, told.list.n, sizeof *told.list.data, by_place);
	return told;
}

static bool is_told(const struct told *told, const struct drawn *item)
{
	for (size_t i = 0; i < item->lines.n; i++) {
		struct span span = item->lines.data[i].word.span;
		size_t low = 0, high = told->list.n;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (by_place(&told->list.data[middle], &span) < 0)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < told->list.n && told->list.data[low].source == span.source &&
		    told->list.data[low].off < span.off + span.size)
			return true;
	}
	return false;
}

static void run(struct check *check)
{
	const struct sketches *drawings = check_drawings(check);
	struct told told = told_by_others(check);
	for (size_t i = 0; i < drawings->list.n; i++) {
		const struct sketch *drawing = drawings->list.data[i];
		for (size_t k = 0; k < drawing->items.n; k++) {
			const struct drawn *item = &drawing->items.data[k];
			if (!item->unknown.str.size || is_told(&told, item))
				continue;
			struct diag *diag = check_report(
				check, item->unknown.span, "nothing of " STR_FMT " is called " STR_FMT,
				STR_ARG(entity_title(&drawing->page->estate->entity)), STR_ARG(item->unknown.str));
			if (item->near.size)
				check_help(check, diag,
					   "write " STR_FMT ", if that is meant, or declare it in the topology",
					   STR_ARG(item->near));
			else
				check_help(check, diag, "declare it in the topology, or list it under `terms`");
		}
	}
}

const struct rule rule_diagram_name_unknown = {
	.name = "diagram-name-unknown",
	.severity = SEVERITY_WARNING,
	.group = "diagrams",
	.summary = "a name in a drawing that nothing declares, where most boxes are known",
	.explain =
		"A drawing most of whose boxes are declared things is a picture of the estate, and one more machine in it is a typing "
		"mistake or was never declared. Looked at are drawings with three known boxes and six of ten known; box drawings in "
		"fenced text count like mermaid and dot. A name counts when it is one word in lower case that looks like an id: it "
		"stands among the nodes of a cluster, is numbered like one, carries an address, or is close to a declared name. "
		"Labels in prose, the `terms` of the configuration, drawings in decision records and drawings of plans or of the past "
		"are left alone.",
	.example = "storm --- bruenor --- worker9     no node is called worker9",
	.cure = "Correct the name, or declare the thing.",
	.run = run,
};
