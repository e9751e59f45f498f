/* Sightings in groups: one value of one estate, wherever it stands; one retired thing of one page. */
#include "check/sightings.h"

/* So many further places are named. */
enum { NOTES = 5 };

static struct str group_key(struct check *check, const struct sighting *sighting)
{
	struct str estate = sighting->page->estate->entity.id.str, value;
	if (sighting->kind == SIGHTING_ADDRESS)
		value = address_format(check->arena, sighting->address);
	else if (sighting->kind == SIGHTING_PREFIX)
		value = prefix_format(check->arena, sighting->prefix);
	else if (sighting->kind == SIGHTING_RETIRED)
		value = str_format(check->arena, STR_FMT "\n" STR_FMT, STR_ARG(sighting->page->source->path),
				   STR_ARG(sighting->entity->id.str));
	else
		value = utf8_lower(check->arena, sighting->word.str);
	return str_format(check->arena, STR_FMT "\n" STR_FMT, STR_ARG(estate), STR_ARG(value));
}

struct sighted_list sighted_group(struct check *check, enum sighting_kind kind)
{
	struct map groups = {.arena = check->arena};
	struct sighted_list sighted = {0};
	for (size_t i = 0; i < check->facts->sightings.n; i++) {
		const struct sighting *sighting = check->facts->sightings.data[i];
		if (sighting->kind != kind)
			continue;
		struct str key = group_key(check, sighting);
		struct sighted *group = map_find(&groups, key);
		if (!group) {
			group = NEW(check->arena, struct sighted);
			map_put(&groups, key, group);
		}
		group->n++;
		if (sighting->is_known || sighting->why.size)
			continue;
		if (group->first) {
			vec_add(check->arena, &group->elsewhere, sighting);
			continue;
		}
		group->first = sighting;
		vec_add(check->arena, &sighted.list, group);
	}
	return sighted;
}

void sighted_notes(struct check *check, struct diag *diag, const struct sighted *sighted)
{
	size_t n = sighted->elsewhere.n;
	for (size_t i = 0; i < n && i < NOTES; i++)
		check_note(check, diag, sighted->elsewhere.data[i]->word.span, "also here");
	if (n > NOTES)
		check_note(check, diag, sighted->elsewhere.data[NOTES]->word.span, "and in %zu further places",
			   n - NOTES);
}

const struct estate *sighted_estate(const struct sighted *sighted)
{
	return sighted->first->page->estate;
}
