/* Clusters and nodes of machine files, put into those of the estate. */
#include "model/machine_parts.h"

/* ---- which cluster ---- */

static struct str pointer_key(const void *const *pointer)
{
	return (struct str){(const char *)pointer, sizeof *pointer};
}

/* The environment of a cluster that machine files declare; data NULL: it has none, and stands for all. */
static struct str scope_of(const struct merge *merge, const struct cluster *cluster)
{
	const void *key = cluster;
	const struct str *scope = map_find(&merge->scopes, pointer_key(&key));

	return scope ? *scope : STR_NONE;
}

static void set_scope(struct merge *merge, const struct cluster *cluster, struct machine_part *part)
{
	const void **key = NEW(merge->model->arena, const void *);

	*key = cluster;
	map_put(&merge->scopes, pointer_key(key), &part->scope);
}

static bool may_be_one(const struct merge *merge, const struct cluster *cluster, const struct machine_part *part)
{
	struct str scope = scope_of(merge, cluster);

	return scope.size == 0 || part->scope.size == 0 || str_eq(scope, part->scope);
}

static struct cluster *find_called(const struct merge *merge, const struct machine_part *part, struct str name)
{
	for (size_t i = 0; i < merge->estate->clusters.n; i++) {
		struct cluster *cluster = merge->estate->clusters.data[i];

		if (merge_is_called(&cluster->entity, name) && may_be_one(merge, cluster, part))
			return cluster;
	}
	return NULL;
}

/* The one cluster that has a node of the same name; NULL: none, or several. */
static struct cluster *find_by_nodes(struct merge *merge, const struct machine_part *part, const struct cluster *from)
{
	struct cluster *found = NULL;

	for (size_t i = 0; i < merge->estate->clusters.n; i++) {
		struct cluster *cluster = merge->estate->clusters.data[i];
		bool may_be = may_be_one(merge, cluster, part), shares = false;

		for (size_t k = 0; may_be && k < from->nodes.n && !shares; k++)
			shares = merge_find_node(merge, cluster, from->nodes.data[k]->entity.id.str) != NULL;
		if (!shares)
			continue;
		if (found)
			return NULL;
		found = cluster;
	}
	return found;
}

static struct cluster *find_by_path(const struct merge *merge, const struct machine_part *part)
{
	struct str rest = path_dir(part->source->path);
	struct cluster *found = NULL;

	while (rest.data && rest.size > 0) {
		struct cluster *cluster = find_called(merge, part, str_cut(&rest, '/'));

		found = cluster ? cluster : found;
	}
	return found;
}

/* The only one, or the one whose file stands nearest. */
static struct cluster *find_nearest(const struct merge *merge, const struct machine_part *part)
{
	const struct sources *sources = merge->model->sources;
	struct cluster *found = NULL;
	size_t most = 0, n = 0;

	for (size_t i = 0; i < merge->estate->clusters.n; i++) {
		struct cluster *cluster = merge->estate->clusters.data[i];
		size_t common;

		if (cluster->is_trial || !may_be_one(merge, cluster, part) || span_is_none(cluster->entity.id.span))
			continue;
		common = machine_nearness(span_path(sources, cluster->entity.id.span), part->source->path);
		n = found && common == most ? n + 1 : !found || common > most ? 1 : n;
		if (!found || common > most) {
			found = cluster;
			most = common;
		}
	}
	return n == 1 ? found : NULL;
}

struct cluster *merge_cluster_of(const struct merged_part *part, const struct cluster *from)
{
	for (size_t i = 0; from && i < part->clusters.n; i++)
		if (part->clusters.data[i].from == from)
			return part->clusters.data[i].to;
	return NULL;
}

/* ---- what is in it ---- */

/* "v1.35" says less than "1.35.2", and does not contradict it. */
static bool versions_agree(struct str a, struct str b)
{
	a = str_starts_nocase(a, STR("v")) ? str_from_off(a, 1) : a;
	b = str_starts_nocase(b, STR("v")) ? str_from_off(b, 1) : b;
	while (a.size > 0 && b.size > 0)
		if (!str_eq_nocase(str_cut(&a, '.'), str_cut(&b, '.')))
			return false;
	return true;
}

static void merge_version(struct merge *merge, struct cluster *to, const struct version_value *from)
{
	for (size_t i = 0; i < to->versions.n; i++) {
		const struct version_value *version = &to->versions.data[i];

		if (!str_eq_nocase(version->component.str, from->component.str))
			continue;
		if (!versions_agree(version->version.str, from->version.str))
			merge_clash(merge, "version", from->version, version->version,
				    str_format(merge->model->arena, STR_FMT " of " STR_FMT,
					       STR_ARG(from->component.str), STR_ARG(to->entity.id.str)));
		return;
	}
	vec_add(merge->model->arena, &to->versions, *from);
}

static void merge_into(struct merge *merge, struct merged_part *part, struct cluster *to, const struct cluster *from)
{
	struct arena *arena = merge->model->arena;

	vec_add(arena, &part->clusters, (struct merged_cluster){from, to});
	if (!to || to == from)
		return;
	merge_word(&to->platform, from->platform);
	merge_word(&to->architecture, from->architecture);
	if (!to->node_count.present)
		to->node_count = from->node_count;
	for (size_t i = 0; i < from->versions.n; i++)
		merge_version(merge, to, &from->versions.data[i]);
	merge_addresses(merge, "vip", to->entity.id.str, &to->vips, &from->vips);
	merge_addresses(merge, "dns", to->entity.id.str, &to->dns, &from->dns);
	merge_nodes(merge, to, from);
}

/* A cluster of the part as one of the estate; it keeps what is in it. */
static void take(struct merge *merge, struct merged_part *part, struct cluster *cluster)
{
	struct arena *arena = merge->model->arena;
	struct str id = cluster->entity.id.str;
	bool is_taken = false;

	for (size_t i = 0; i < merge->estate->clusters.n; i++)
		is_taken |= merge_is_called(&merge->estate->clusters.data[i]->entity, id);
	if (is_taken) { /* of another environment */
		vec_add(arena, &cluster->entity.aliases, cluster->entity.id);
		cluster->entity.id.str =
			str_format(arena, STR_FMT "-" STR_FMT, STR_ARG(id), STR_ARG(path_base(part->part->scope)));
	}
	cluster->entity.estate = merge->estate;
	for (size_t i = 0; i < cluster->nodes.n; i++)
		cluster->nodes.data[i]->entity.estate = merge->estate;
	set_scope(merge, cluster, part->part);
	vec_add(arena, &merge->estate->clusters, cluster);
	merge_into(merge, part, cluster, cluster);
}

/* The cluster that `sources:` of the configuration names for the file. */
static struct word configured(const struct merge *merge, const struct merged_part *part)
{
	const struct config_source *named = config_source_of(merge->model->config, part->part->source->path);

	return named ? named->cluster : (struct word){STR_NONE, SPAN_NONE};
}

void merge_named_clusters(struct merge *merge, struct merged_part *part)
{
	struct word name = configured(merge, part);

	for (size_t i = 0; i < part->part->clusters.n; i++) {
		struct cluster *from = part->part->clusters.data[i], *to;

		if (name.str.size > 0 && part->part->clusters.n == 1)
			from->entity.id.str = name.str;
		if (from->entity.id.str.size == 0)
			continue;
		to = find_called(merge, part->part, from->entity.id.str);
		if (!to)
			to = find_by_nodes(merge, part->part, from);
		if (to)
			merge_into(merge, part, to, from);
		else
			take(merge, part, from);
	}
}

static bool has_substance(const struct cluster *cluster)
{
	return cluster->nodes.n > 0 || cluster->node_count.present || cluster->versions.n > 0 || cluster->vips.n > 0;
}

/* The first one, or the first of its environment. */
static bool is_first(const struct merge *merge, const struct machine_part *part, const struct cluster *from)
{
	bool any = false;

	for (size_t i = 0; i < merge->estate->clusters.n; i++) {
		const struct cluster *cluster = merge->estate->clusters.data[i];

		if (!cluster->is_trial && may_be_one(merge, cluster, part))
			return false;
		any |= !cluster->is_trial;
	}
	return any ? from->nodes.n > 0 || from->node_count.present : has_substance(from);
}

void merge_unnamed_cluster(struct merge *merge, struct merged_part *part)
{
	for (size_t i = 0; i < part->part->clusters.n; i++) {
		struct cluster *from = part->part->clusters.data[i], *to;

		if (from->entity.id.str.size > 0)
			continue;
		to = find_by_path(merge, part->part);
		if (!to)
			to = find_by_nodes(merge, part->part, from);
		if (!to)
			to = find_nearest(merge, part->part);
		if (!to && is_first(merge, part->part, from)) {
			from->entity.id.str = part->part->scope.size > 0 ? path_base(part->part->scope)
									 : merge->estate->entity.id.str;
			take(merge, part, from);
		} else {
			merge_into(merge, part, to, from);
		}
	}
}
