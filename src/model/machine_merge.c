/* What machine files declare, put into estates: things of one name are one thing, topology.yaml has the last word, and
 * values that clash are troubles of the rule source-disagreement. */
#include "model/machine_parts.h"

/* ---- clashes ---- */

/* The environment of the file that a place is in; topology.yaml speaks of none. */
static struct str scope_at(const struct merge *merge, struct span span)
{
	const struct source *source = merge->model->sources->list.data[span.source];

	return source->kind == SOURCE_MACHINE ? machine_scope(merge->model->arena, source->path) : STR("");
}

/* Files of two environments are meant to differ. */
void merge_clash(struct merge *merge, const char *kind, struct word value, struct word other, struct str subject)
{
	if (span_is_none(value.span) || span_is_none(other.span) ||
	    !str_eq(scope_at(merge, value.span), scope_at(merge, other.span)))
		return;
	trouble_add(merge->model->arena, &merge->model->troubles,
		    (struct trouble){.rule = "source-disagreement",
				     .kind = kind,
				     .span = value.span,
				     .text = value.str,
				     .extra = subject,
				     .other = other.span,
				     .other_text = other.str});
}

/* ---- values ---- */

void merge_word(struct word *to, struct word from)
{
	if (to->str.size == 0)
		*to = from;
}

static bool is_near(struct address a, struct address b)
{
	struct prefix prefix = {a, a.family == 6 ? 64 : 24};

	return a.family == b.family && prefix_contains(prefix_network(prefix), b);
}

static const struct address_value *find_address(const struct address_values *list, struct address address)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->data[i].valid && address_eq(list->data[i].address, address))
			return &list->data[i];
	return NULL;
}

static const struct address_value *find_near(const struct address_values *list, struct address address)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->data[i].valid && is_near(list->data[i].address, address))
			return &list->data[i];
	return NULL;
}

void merge_addresses(struct merge *merge, const char *kind, struct str subject, struct address_values *to,
		     const struct address_values *from)
{
	bool share = false;

	for (size_t i = 0; i < from->n; i++)
		share |= find_address(to, from->data[i].address) != NULL;
	for (size_t i = 0; i < from->n && !share; i++) {
		const struct address_value *near = find_near(to, from->data[i].address);

		if (!near)
			continue;
		merge_clash(merge, kind, from->data[i].word, near->word, subject);
		return;
	}
	for (size_t i = 0; i < from->n; i++)
		if (!find_address(to, from->data[i].address))
			vec_add(merge->model->arena, to, from->data[i]);
}

bool merge_is_called(const struct entity *entity, struct str name)
{
	if (str_eq_nocase(entity->id.str, name))
		return true;
	for (size_t i = 0; i < entity->aliases.n; i++)
		if (str_eq_nocase(entity->aliases.data[i].str, name))
			return true;
	return false;
}

/* ---- estates ---- */

static struct estate *estate_called(const struct model *model, struct str id)
{
	for (size_t i = 0; i < model->estates.n; i++)
		if (str_eq_nocase(model->estates.data[i]->entity.id.str, id))
			return model->estates.data[i];
	return NULL;
}

/* A title as an id: "My homelab" -> "my-homelab". */
static struct str id_of(struct arena *arena, struct str title)
{
	char *id = arena_alloc(arena, title.size + 1);
	size_t n = 0;

	for (size_t i = 0; i < title.size; i++) {
		unsigned char c = (unsigned char)title.data[i];

		if (isalnum(c))
			id[n++] = (char)tolower(c);
		else if (n > 0 && id[n - 1] != '-')
			id[n++] = '-';
	}
	while (n > 0 && id[n - 1] == '-')
		n--;
	return (struct str){id, n};
}

/* The first cluster that a machine file names. */
static struct str first_cluster(const struct syntax *syntax)
{
	for (size_t i = 0; i < syntax->n; i++) {
		const struct machine_part *part = syntax->of[i].machine;

		for (size_t k = 0; part && k < part->clusters.n; k++)
			if (part->clusters.data[k]->entity.id.str.size > 0)
				return part->clusters.data[k]->entity.id.str;
	}
	return STR("estate");
}

/* The estate of a workspace without a topology: called as its configuration, its first page or its first cluster is. */
static struct estate *new_estate(struct model *model, const struct syntax *syntax, struct str name)
{
	struct estate *estate = NEW(model->arena, struct estate);
	struct str title = name.size > 0 ? name : model_own_title(model), id;

	if (title.size == 0)
		title = first_cluster(syntax);
	id = id_of(model->arena, title);
	estate->entity = (struct entity){.kind = ENTITY_ESTATE, .imported = true};
	estate->entity.id = (struct word){id.size > 0 ? id : STR("estate"), SPAN_NONE};
	estate->entity.title = (struct word){title, SPAN_NONE};
	estate->folder = STR("");
	estate->by_name = (struct map){.arena = model->arena};
	vec_add(model->arena, &model->estates, estate);
	return estate;
}

/* NULL: several topologies, and none describes the folder. */
static struct estate *estate_for(struct model *model, const struct syntax *syntax, const struct machine_part *part)
{
	const struct config_source *named = config_source_of(model->config, part->source->path);
	struct estate *estate;

	if (named && named->estate.str.size > 0) {
		estate = estate_called(model, named->estate.str);
		return estate ? estate : new_estate(model, syntax, named->estate.str);
	}
	if (model->estates.n == 0)
		return new_estate(model, syntax, STR_NONE);
	return model_estate_of(model, part->source->path);
}

/* ---- parts ---- */

static void skip(struct model *model, const struct machine_part *part, const char *why)
{
	struct skipped skipped = {part->source, part->source->path, why, false};

	vec_add(model->arena, &model->skipped, skipped);
}

/* Before the part's clusters become those of the estate. */
static void count(struct model *model, struct estate *estate, const struct machine_part *part)
{
	struct machine_use use = {.source = part->source,
				  .kind = part->kind->name,
				  .estate = estate,
				  .clusters = part->clusters.n,
				  .networks = part->networks.n,
				  .pools = part->pools.n,
				  .devices = part->devices.n,
				  .services = part->services.n,
				  .unread = part->unread};

	for (size_t i = 0; i < part->clusters.n; i++) {
		use.nodes += part->clusters.data[i]->nodes.n > 0 ? part->clusters.data[i]->nodes.n
								 : (size_t)part->clusters.data[i]->node_count.max;
		use.vips += part->clusters.data[i]->vips.n;
		use.versions += part->clusters.data[i]->versions.n;
	}
	vec_add(model->arena, &model->machines, use);
}

/* The file lists all nodes of a cluster. */
static bool is_list(const struct machine_part *part)
{
	for (size_t i = 0; i < part->clusters.n; i++)
		if ((part->clusters.data[i]->has_nodes && part->clusters.data[i]->nodes.n > 0) ||
		    part->clusters.data[i]->node_count.present)
			return true;
	return false;
}

/* Parts that say which cluster they describe come first, then those that leave it open; lists of all nodes come before
 * files that speak of some. */
static void merge_estate(struct merge *merge)
{
	for (int list = 1; list >= 0; list--)
		for (size_t i = 0; i < merge->parts.n; i++)
			if (is_list(merge->parts.data[i].part) == (list == 1))
				merge_named_clusters(merge, &merge->parts.data[i]);
	for (int list = 1; list >= 0; list--)
		for (size_t i = 0; i < merge->parts.n; i++)
			if (is_list(merge->parts.data[i].part) == (list == 1))
				merge_unnamed_cluster(merge, &merge->parts.data[i]);
	for (size_t i = 0; i < merge->parts.n; i++)
		merge_things(merge, &merge->parts.data[i]);
	merge_pools(merge);
	estate_bind(merge->model->arena, merge->estate);
}

static struct merge *merge_of(struct model *model, struct merges *merges, struct estate *estate)
{
	struct merge *merge;

	for (size_t i = 0; i < merges->list.n; i++)
		if (merges->list.data[i]->estate == estate)
			return merges->list.data[i];
	merge = NEW(model->arena, struct merge);
	*merge = (struct merge){.model = model, .estate = estate};
	merge->networks.arena = merge->services.arena = merge->devices.arena = model->arena;
	merge->scopes.arena = merge->nodes.arena = model->arena;
	vec_add(model->arena, &merges->list, merge);
	return merge;
}

/* `as:` of the configuration. */
static void check_kinds(struct model *model)
{
	struct str *names = NEW_ARRAY(model->arena, struct str, n_machine_kinds);

	for (size_t i = 0; i < n_machine_kinds; i++)
		names[i] = str_from(machine_kinds[i]->name);
	for (size_t i = 0; i < model->config->sources.n; i++) {
		struct word as = model->config->sources.data[i].as;
		bool known = as.str.size == 0;

		for (size_t k = 0; k < n_machine_kinds; k++)
			known |= str_eq(names[k], as.str);
		if (!known)
			trouble_add(model->arena, &model->troubles,
				    (struct trouble){.rule = "config-unknown-key",
						     .kind = "source",
						     .span = as.span,
						     .text = as.str,
						     .extra = nearest_find(as.str, names, n_machine_kinds),
						     .other = SPAN_NONE});
	}
}

void machine_merge(struct model *model, const struct syntax *syntax)
{
	struct merges merges = {0};

	check_kinds(model);
	for (size_t i = 0; i < syntax->n; i++) {
		struct machine_part *part = syntax->of[i].machine;
		struct estate *estate;

		if (!part)
			continue;
		if (part->why) {
			skip(model, part, part->why);
			continue;
		}
		estate = estate_for(model, syntax, part);
		if (!estate) {
			skip(model, part, "a machine file in no estate's folder");
			continue;
		}
		count(model, estate, part);
		vec_add(model->arena, &merge_of(model, &merges, estate)->parts, (struct merged_part){.part = part});
	}
	for (size_t i = 0; i < merges.list.n; i++)
		merge_estate(merges.list.data[i]);
}
