/* entity-orphan: a thing of the topology that nothing speaks of. */
#include "check/check.h"

static bool is_linked(const struct entity *entity)
{
	return entity->connections || entity->mentions.n || entity->named || entity->docs.n || entity->links.n;
}

/* Names of documents, lower case. */
static struct map page_stems(struct check *check)
{
	struct map stems = {.arena = check->arena};
	for (size_t i = 0; i < check->model->pages.n; i++) {
		struct page *page = check->model->pages.data[i];
		map_put(&stems, str_lower_ascii(check->arena, path_stem(page->source->path)), page);
	}
	return stems;
}

static void judge(struct check *check, const struct map *stems, const struct entity *entity)
{
	if (is_linked(entity) || map_has(stems, str_lower_ascii(check->arena, entity->id.str)))
		return;
	struct diag *diag = check_report(check, entity->id.span, "nothing mentions, links or connects the %s " STR_FMT,
					 entity_kind_name(entity->kind), STR_ARG(entity->id.str));
	check_help(check, diag, "say in a document what it is for, give it `docs:`, or remove it");
	check_key(check, diag,
		  str_format(check->arena, "%s " STR_FMT, entity_kind_name(entity->kind), STR_ARG(entity->id.str)));
}

/* A cluster is spoken of when one of its nodes is. */
static void judge_cluster(struct check *check, const struct map *stems, const struct cluster *cluster)
{
	bool spoken_of = false;
	for (size_t i = 0; i < cluster->nodes.n; i++)
		spoken_of |= is_linked(&cluster->nodes.data[i]->entity);
	if (!spoken_of)
		judge(check, stems, &cluster->entity);
}

/* Documents that speak of nothing here are no measure. */
static bool is_described(const struct estate *estate)
{
	size_t named = 0;
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		named += cluster->entity.named;
		for (size_t k = 0; k < cluster->nodes.n; k++)
			named += cluster->nodes.data[k]->entity.named;
	}
	for (size_t i = 0; i < estate->devices.n; i++)
		named += estate->devices.data[i]->entity.named;
	for (size_t i = 0; i < estate->services.n; i++)
		named += estate->services.data[i]->entity.named;
	return named > 0;
}

static void run(struct check *check)
{
	struct map stems = page_stems(check);
	FOR_ESTATES (check->model, estate) {
		if (!estate->topology || !is_described(estate))
			continue;
		for (size_t i = 0; i < estate->clusters.n; i++) {
			const struct cluster *cluster = estate->clusters.data[i];
			judge_cluster(check, &stems, cluster);
			for (size_t k = 0; k < cluster->nodes.n; k++)
				judge(check, &stems, &cluster->nodes.data[k]->entity);
		}
		for (size_t i = 0; i < estate->devices.n; i++)
			judge(check, &stems, &estate->devices.data[i]->entity);
		for (size_t i = 0; i < estate->services.n; i++)
			judge(check, &stems, &estate->services.data[i]->entity);
	}
}

const struct rule rule_entity_orphan = {
	.name = "entity-orphan",
	.severity = SEVERITY_INFO,
	.group = "topology",
	.summary = "a cluster, node, device or service that nothing mentions, links or connects",
	.explain = "What no document speaks of and no connection touches is either forgotten in the documents or no "
		   "longer there. A name in a drawing or a code block is enough, and so is a document named after "
		   "it, `docs:` or `links:`. An estate whose documents name none of its things is left alone. For "
		   "networks there is network-unused.",
	.example = "a service `legacy-ftp` that appears in topology.yaml only",
	.cure = "Describe it, connect it, or remove it from the topology.",
	.run = run,
};
