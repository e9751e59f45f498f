/* What follows from the nodes that are declared: how many have a role, what they have in all, and which of them runs what. */
#include "fact/declared_parts.h"

/* ---- sums ---- */

static bool is_control_plane(struct str role)
{
	return str_find_nocase(role, STR("control")) != SIZE_MAX || str_find_nocase(role, STR("master")) != SIZE_MAX ||
	       str_eq_nocase(role, STR("server"));
}

static void count_roles(const struct cluster *cluster, struct cluster_sums *sums)
{
	for (size_t i = 0; i < cluster->nodes.n; i++) {
		struct str role = cluster->nodes.data[i]->role.str;
		if (!role.size || cluster->incomplete) {
			sums->control_plane = sums->worker = -1;
			return;
		}
		if (is_control_plane(role))
			sums->control_plane++;
		else
			sums->worker++;
	}
}

static struct str amount_of(const struct node *node, int resource)
{
	return resource == SUM_MEMORY ? node->memory.str : resource == SUM_CORES ? node->cores.str : node->storage.str;
}

/* One amount and nothing beside it that could be a second one. */
static bool read_amount(struct arena *arena, struct str text, struct quantity *quantity)
{
	struct fact_value value = fact_value_parse(arena, TYPE_QUANTITY, text);
	if (!value.valid || value.quantities.n != 1 || value.quantities.data[0].number < value.quantities.data[0].max)
		return false;
	*quantity = value.quantities.data[0];
	return true;
}

static struct str total_text(struct arena *arena, const struct quantity *sum)
{
	static const char *const units[] = {"B", "KB", "MB", "GB", "TB", "PB"};
	if (sum->unit == UNIT_BYTES)
		return str_format(arena, "%.15g %s", sum->number, units[sum->scale]);
	return str_format(arena, "%.15g%s", sum->number, sum->unit == UNIT_CORES ? " cores" : "");
}

static void add_up(struct arena *arena, const struct cluster *cluster, int resource, struct cluster_sums *sums)
{
	struct quantity sum = {0}, first = {0};
	bool alike = true;
	for (size_t i = 0; i < cluster->nodes.n; i++) {
		struct quantity one;
		if (!read_amount(arena, amount_of(cluster->nodes.data[i], resource), &one))
			return;
		if (!i)
			first = sum = one;
		else if (one.unit != sum.unit || one.scale != sum.scale)
			return;
		else
			sum.number += one.number;
		alike &= one.number >= first.number && one.number <= first.number;
	}
	sums->total[resource] = total_text(arena, &sum);
	if (alike)
		sums->per_node[resource] = amount_of(cluster->nodes.data[0], resource);
}

struct cluster_sums *cluster_sums(struct arena *arena, const struct cluster *cluster)
{
	struct cluster_sums *sums = NEW(arena, struct cluster_sums);
	struct count_value count = cluster_count(cluster);
	bool whole = count.valid && count.min == (long long)cluster->nodes.n && count.max == count.min;
	count_roles(cluster, sums);
	for (int i = 0; cluster->nodes.n && whole && i < SUMS; i++)
		add_up(arena, cluster, i, sums);
	return sums;
}

struct str cluster_sum(const struct cluster_sums *sums, struct str attribute)
{
	static const char *const per_node[SUMS] = {"memory per node", "cores per node", "storage per node"};
	static const char *const total[SUMS] = {"total memory", "total cores", "total storage"};
	for (int i = 0; i < SUMS; i++) {
		if (str_is(attribute, per_node[i]))
			return sums->per_node[i];
		if (str_is(attribute, total[i]))
			return sums->total[i];
	}
	return STR_NONE;
}

/* ---- what runs on which node ---- */

struct runner {
	const struct node *node;
	struct word word;
	bool several;
};

struct runners {
	struct map by_words; /* -> struct runner * */
};

/* Lower case; hyphens and low lines are blanks. */
static struct str runs_key(struct arena *arena, struct str words)
{
	char *key = arena_alloc(arena, words.size + 1);
	for (size_t i = 0; i < words.size; i++) {
		char c = (char)tolower((unsigned char)words.data[i]);
		key[i] = c == '-' || c == '_' ? ' ' : c;
	}
	return str_trim((struct str){key, words.size});
}

struct runners *runners_index(struct arena *arena, const struct estate *estate)
{
	struct runners *runners = NEW(arena, struct runners);
	runners->by_words.arena = arena;
	for (size_t i = 0; i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->nodes.n; k++) {
			const struct node *node = estate->clusters.data[i]->nodes.data[k];
			for (size_t j = 0; j < node->runs.n; j++) {
				struct str key = runs_key(arena, node->runs.data[j].str);
				struct runner *runner = map_find(&runners->by_words, key);
				if (runner) {
					runner->several |= runner->node != node;
					continue;
				}
				runner = NEW(arena, struct runner);
				*runner = (struct runner){.node = node, .word = node->runs.data[j]};
				map_put(&runners->by_words, key, runner);
			}
		}
	return runners;
}

const struct word *node_runs(struct arena *arena, const struct node *node, struct str words)
{
	struct str key = runs_key(arena, words);
	for (size_t i = 0; i < node->runs.n; i++)
		if (str_eq(runs_key(arena, node->runs.data[i].str), key))
			return &node->runs.data[i];
	return NULL;
}

static const struct runner *runner_named(struct arena *arena, const struct estate *estate, struct str words)
{
	const struct runners *runners = declared_runners(estate);
	return runners && words.size ? map_find(&runners->by_words, runs_key(arena, words)) : NULL;
}

struct word runs_elsewhere(struct arena *arena, const struct node *node, struct str words)
{
	const struct runner *runner = runner_named(arena, node->entity.estate, words);
	if (!runner || runner->several || runner->node == node || !node->runs.n || node_runs(arena, node, words))
		return (struct word){STR_NONE, SPAN_NONE};
	return (struct word){runner->node->entity.id.str, runner->word.span};
}
