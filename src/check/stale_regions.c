/* What stands in a stale generated region is told of once: the region is written anew as a whole. */
#include "check/stale_regions.h"

struct stale_bodies {
	VEC(struct span) list;
};

/* True when generated-stale reports the region. */
static bool is_told(const struct check *check, const struct region *region)
{
	const struct rule *rule = rule_find(STR("generated-stale"));
	struct check other = *check;
	other.rule = rule;
	return region->is_stale && !check_is_suppressed(&other, region->begin) &&
	       config_severity_of(check->config, rule->name, span_path(check->sources, region->begin),
				  rule->severity) != SEVERITY_OFF;
}

static struct stale_bodies *bodies_of(const struct check *check, struct str path)
{
	struct stale_bodies *bodies = NEW(check->arena, struct stale_bodies);
	const struct page *page = model_page(check->model, path);
	if (!page || !page->md)
		return bodies;
	struct arena *scratch = arena_new();
	struct regions regions = regions_find(scratch, check->model, page);
	for (size_t i = 0; i < regions.list.n; i++)
		if (regions.list.data[i].state == REGION_READY && is_told(check, &regions.list.data[i]))
			vec_add(check->arena, &bodies->list, regions.list.data[i].body);
	arena_free(scratch);
	return bodies;
}

bool is_in_stale_region(struct check *check, struct span span)
{
	struct str path = span_path(check->sources, span);
	if (span_is_none(span))
		return false;
	if (!check->stale) {
		check->stale = NEW(check->arena, struct map);
		check->stale->arena = check->arena;
	}
	struct stale_bodies *bodies = map_find(check->stale, path);
	if (!bodies) {
		bodies = bodies_of(check, path);
		map_put(check->stale, path, bodies);
	}
	for (size_t i = 0; i < bodies->list.n; i++) {
		const struct span *body = &bodies->list.data[i];
		if (span.off >= body->off && span.off + span.size <= body->off + body->size)
			return true;
	}
	return false;
}

void drop_in_stale_regions(struct check *check)
{
	size_t kept = 0;
	bool any = false;
	for (size_t i = 0; i < check->diags->list.n && !any; i++)
		any = strcmp(check->diags->list.data[i].rule, "generated-stale") == 0;
	for (size_t i = 0; any && i < check->diags->list.n; i++) {
		struct diag *diag = &check->diags->list.data[i];
		const char *group = rule_find(str_from(diag->rule))->group;
		bool is_content =
			strcmp(group, "facts") == 0 || strcmp(group, "decisions") == 0 || strcmp(group, "links") == 0;
		if (!is_content || !is_in_stale_region(check, diag->span))
			check->diags->list.data[kept++] = *diag;
	}
	check->diags->list.n = any ? kept : check->diags->list.n;
}
