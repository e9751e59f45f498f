/* Relations between records: targets, both sides, circles, the status that follows; and every `decision:`. */
#include "resolve/resolve.h"

/* ---- finding records ---- */

/* Records that answer to one key; only the first is kept, and how many there are. */
struct answer {
	struct decision *decision;
	size_t n;
};

/* Keys: folder of a log or id of an estate, then the number or the file's name without extension. */
struct record_index {
	struct arena *arena;
	struct map by_key;
};

static struct str key_of(struct arena *arena, struct str scope, struct str name)
{
	return str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(scope), STR_ARG(name));
}

static struct str number_key(struct arena *arena, struct str scope, long long number)
{
	return str_format(arena, STR_FMT "\n#%lld", STR_ARG(scope), number);
}

/* The letter of "ADR-040a", lower case, or 0: letters tell records of one number apart. */
static char letter_of(struct str text)
{
	size_t at = 0;
	while (at < text.size && !(text.data[at] >= '0' && text.data[at] <= '9'))
		at++;
	while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
		at++;
	bool letter = at < text.size && isalpha((unsigned char)text.data[at]) &&
		      (at + 1 == text.size || !isalnum((unsigned char)text.data[at + 1]));
	return letter ? (char)tolower((unsigned char)text.data[at]) : '\0';
}

static struct str letter_key(struct arena *arena, struct str scope, long long number, char letter)
{
	return str_format(arena, STR_FMT "\n#%lld%c", STR_ARG(scope), number, letter ? letter : '.');
}

static void index_add(struct record_index *index, struct str key, struct decision *decision)
{
	struct answer *answer = map_find(&index->by_key, key);
	if (!answer) {
		answer = NEW(index->arena, struct answer);
		answer->decision = decision;
		map_put(&index->by_key, key, answer);
	}
	answer->n++;
}

static struct answer index_find(const struct record_index *index, struct str key)
{
	const struct answer *answer = map_find(&index->by_key, key);
	return answer ? *answer : (struct answer){0};
}

/* By number and letter; without such a record by the number alone. */
static struct answer numbered(const struct record_index *index, struct str scope, long long number, struct str text)
{
	struct answer answer = index_find(index, letter_key(index->arena, scope, number, letter_of(text)));
	return answer.n ? answer : index_find(index, number_key(index->arena, scope, number));
}

/* The scope of an estate's records; estates and folders never share a key. */
static struct str estate_scope(struct arena *arena, const struct estate *estate)
{
	return estate ? str_format(arena, "@" STR_FMT, STR_ARG(estate->entity.id.str)) : STR("@");
}

static struct record_index index_build(struct model *model)
{
	struct record_index index = {.arena = model->arena, .by_key = {.arena = model->arena}};
	for (size_t i = 0; i < model->decisions.n; i++) {
		struct decision *decision = model->decisions.data[i];
		struct str scopes[2] = {decision->log->folder, estate_scope(model->arena, decision->estate)};
		for (size_t k = 0; k < 2; k++) {
			if (decision->number >= 0) {
				char letter = letter_of(decision->id);
				index_add(&index, number_key(model->arena, scopes[k], decision->number), decision);
				index_add(&index, letter_key(model->arena, scopes[k], decision->number, letter),
					  decision);
			}
			struct str stem = decision->stem;
			index_add(&index, key_of(model->arena, scopes[k], stem), decision);
			if (decision->number >= 0 && !str_eq(decision->id, stem))
				index_add(&index, key_of(model->arena, scopes[k], decision->id), decision);
		}
	}
	return index;
}

/* ---- targets ---- */

static bool is_web(struct str path)
{
	return str_starts_nocase(path, STR("http://")) || str_starts_nocase(path, STR("https://"));
}

/* The record at a path: as written, without its extension, or the README of its folder. */
static struct decision *by_path(struct model *model, struct str path)
{
	static const char *const ends[] = {"", ".md", "/README.md", "/index.md"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct str whole = *ends[i] ? str_format(model->arena, STR_FMT "%s", STR_ARG(path), ends[i]) : path;
		struct decision *decision = map_find(&model->decision_by_path, whole);
		if (decision)
			return decision;
	}
	return NULL;
}

static bool exists(const struct model *model, struct str path)
{
	return model->loaded->listing && map_has(&model->loaded->listing->by_path, path);
}

/* The record below a heading of a file that holds several. */
static struct decision *by_anchor(struct model *model, const struct decision *from, const struct relation *relation)
{
	struct str file = relation->target_path.size ? relation->target_path : from->source->path;
	struct str path =
		str_format(model->arena, STR_FMT "#" STR_FMT, STR_ARG(file), STR_ARG(relation->target_anchor));
	return map_find(&model->decision_by_path, path);
}

/* "https://github.com/a/b.git" and "http://www.github.com/a/b/" name one place. */
static struct str place_on_web(struct str url)
{
	size_t scheme = str_find(url, STR("://"));
	struct str place = scheme == SIZE_MAX ? url : str_from_off(url, scheme + 3);
	if (str_starts_nocase(place, STR("www.")))
		place = str_from_off(place, 4);
	while (str_ends(place, STR("/")))
		place.size--;
	return str_ends(place, STR(".git")) ? str_sub(place, 0, place.size - 4) : place;
}

/* True for an address that is known to be of another repository. */
static bool is_elsewhere(const struct config *config, struct str url)
{
	struct str own = place_on_web(config->repository.str), place = place_on_web(url);
	return own.size && !(str_starts_nocase(place, own) && (place.size == own.size || place.data[own.size] == '/'));
}

enum found { FOUND, FOUND_NONE, FOUND_SEVERAL, FOUND_NO_RECORD };

/* By path, then by file name, then by number in the log of `from`. */
static enum found find_target(struct model *model, const struct record_index *index, const struct decision *from,
			      struct relation *relation)
{
	struct str path = relation->target_path, folder = from->log->folder;
	struct answer answer = {0};
	relation->target = relation->target_anchor.size ? by_anchor(model, from, relation) : NULL;
	if (relation->target)
		return FOUND;
	if (path.size) {
		relation->target = is_web(path) ? NULL : by_path(model, path);
		if (relation->target)
			return FOUND;
		bool foreign = path_is_outside(path) || is_web(path);
		if (is_web(path) && is_elsewhere(model->config, path))
			return FOUND_NO_RECORD;
		if (exists(model, path))
			return FOUND_NO_RECORD;
		struct str name = path_base(path);
		answer = index_find(index, key_of(model->arena, folder, path_stem(name)));
		if (answer.n == 0)
			answer = index_find(index, key_of(model->arena, folder, name));
		/* A missing file beside the records, or one named as they are, was meant to be a record. */
		bool like_ours = !foreign && (str_eq(path_dir(path), folder) || relation->target_number >= 0);
		if (answer.n == 0 && !like_ours)
			return FOUND_NO_RECORD;
	}
	if (answer.n == 0 && relation->target_number >= 0)
		answer = numbered(index, folder, relation->target_number, relation->target_text);
	if (answer.n == 0 && path.size == 0)
		answer = index_find(index, key_of(model->arena, folder, relation->target_text));
	if (answer.n > 1)
		return FOUND_SEVERAL;
	relation->target = answer.decision;
	return answer.n ? FOUND : FOUND_NONE;
}

/* Drops relations to what is no record, and those that were stated before. */
static void settle_targets(struct model *model, const struct record_index *index, struct decision *decision)
{
	struct map seen = {.arena = model->arena};
	size_t kept = 0;
	for (size_t i = 0; i < decision->relations.n; i++) {
		struct relation relation = decision->relations.data[i];
		enum found found = find_target(model, index, decision, &relation);
		if (found == FOUND_NO_RECORD)
			continue;
		relation.ambiguous = found == FOUND_SEVERAL;
		struct str name =
			relation.target
				? relation.target->path
				: str_format(model->arena, "#%lld " STR_FMT, relation.target_number,
					     STR_ARG(relation.target_number >= 0 ? STR("") : relation.target_text));
		struct str key = str_format(model->arena, "%s " STR_FMT, relation_name(relation.kind), STR_ARG(name));
		if (map_has(&seen, key))
			continue;
		map_put(&seen, key, decision);
		decision->relations.data[kept++] = relation;
	}
	decision->relations.n = kept;
}

/* ---- both sides ---- */

/* Records are told apart by their index. */
struct pair_key {
	uint32_t newer, older;
	uint32_t amends;
	uint32_t said_by_older;
};

static bool pair_of(const struct decision *decision, const struct relation *relation, struct pair_key *key)
{
	if (!relation->target || relation->kind == RELATION_RELATES)
		return false;
	bool passive = relation->kind == RELATION_SUPERSEDED_BY || relation->kind == RELATION_AMENDED_BY;
	const struct decision *newer = passive ? relation->target : decision,
			      *older = passive ? decision : relation->target;
	*key = (struct pair_key){newer->index, older->index,
				 relation->kind == RELATION_AMENDS || relation->kind == RELATION_AMENDED_BY, passive};
	return true;
}

static struct str pair_str(const struct pair_key *key)
{
	return (struct str){(const char *)key, sizeof *key};
}

static void link_both_sides(struct model *model)
{
	struct map pairs = {.arena = model->arena};
	for (size_t i = 0; i < model->decisions.n; i++) {
		struct decision *decision = model->decisions.data[i];
		for (size_t k = 0; k < decision->relations.n; k++) {
			struct relation *relation = &decision->relations.data[k];
			if (relation->target && relation->target != decision) {
				vec_add(model->arena, &relation->target->incoming, relation);
				vec_add(model->arena, &relation->target->incoming_from, decision);
			}
			struct pair_key *key = NEW(model->arena, struct pair_key);
			if (pair_of(decision, relation, key))
				map_put(&pairs, pair_str(key), relation);
		}
	}
	for (size_t i = 0; i < model->decisions.n; i++) {
		struct decision *decision = model->decisions.data[i];
		for (size_t k = 0; k < decision->relations.n; k++) {
			struct pair_key key;
			if (!pair_of(decision, &decision->relations.data[k], &key))
				continue;
			key.said_by_older = !key.said_by_older;
			decision->relations.data[k].answer = map_find(&pairs, pair_str(&key));
		}
	}
}

/* ---- what follows ---- */

/* A record that was accepted once: a later supersession does not undo what it superseded. */
static bool was_accepted(const struct decision *decision)
{
	return decision->status == STATUS_ACCEPTED || decision->status == STATUS_SUPERSEDED;
}

static enum status effective(const struct decision *decision)
{
	if (decision->status == STATUS_REJECTED || decision->status == STATUS_WITHDRAWN)
		return decision->status;
	for (size_t i = 0; i < decision->relations.n; i++) {
		const struct relation *relation = &decision->relations.data[i];
		if (relation->kind == RELATION_SUPERSEDED_BY && !relation->partial)
			return STATUS_SUPERSEDED;
	}
	for (size_t i = 0; i < decision->incoming.n; i++) {
		const struct relation *relation = decision->incoming.data[i];
		if (relation->kind == RELATION_SUPERSEDES && !relation->partial &&
		    was_accepted(decision->incoming_from.data[i]))
			return STATUS_SUPERSEDED;
	}
	return decision->status;
}

/* ---- circles ---- */

/* Tarjan's strongly connected components over newer -> older, with a stack of its own. */
struct visit {
	struct decision *decision;
	size_t edge; /* next one: own relations, then incoming ones */
};

struct circles {
	uint32_t *order; /* by index; 0: not visited */
	uint32_t *low;
	bool *on_stack;
	VEC(struct decision *) stack;
	VEC(struct visit) visits;
	uint32_t n_visited, n_circles;
};

/* The record that `decision` fully supersedes by this edge, or NULL. */
static struct decision *edge_target(const struct decision *decision, size_t edge)
{
	if (edge < decision->relations.n) {
		const struct relation *relation = &decision->relations.data[edge];
		return relation->kind == RELATION_SUPERSEDES && !relation->partial ? relation->target : NULL;
	}
	edge -= decision->relations.n;
	const struct relation *relation = decision->incoming.data[edge];
	return relation->kind == RELATION_SUPERSEDED_BY && !relation->partial ? decision->incoming_from.data[edge]
									      : NULL;
}

static bool supersedes_itself(const struct decision *decision)
{
	for (size_t i = 0; i < decision->relations.n; i++) {
		const struct relation *relation = &decision->relations.data[i];
		bool supersession = relation->kind == RELATION_SUPERSEDES || relation->kind == RELATION_SUPERSEDED_BY;
		if (supersession && !relation->partial && relation->target == decision)
			return true;
	}
	return false;
}

static void enter(struct circles *circles, struct arena *arena, struct decision *decision)
{
	uint32_t id = decision->index;
	struct visit visit = {decision, 0};
	circles->order[id] = circles->low[id] = ++circles->n_visited;
	circles->on_stack[id] = true;
	vec_add(arena, &circles->stack, decision);
	vec_add(arena, &circles->visits, visit);
}

/* Takes one component off the stack; one of several records, or that supersedes itself, is a circle. */
static void close_component(struct circles *circles, struct decision *root)
{
	size_t first = circles->stack.n;
	while (circles->stack.data[--first] != root)
		circles->on_stack[circles->stack.data[first]->index] = false;
	circles->on_stack[root->index] = false;
	if (circles->stack.n - first > 1 || supersedes_itself(root)) {
		circles->n_circles++;
		for (size_t i = first; i < circles->stack.n; i++)
			circles->stack.data[i]->cycle = circles->n_circles;
	}
	circles->stack.n = first;
}

static void walk_from(struct circles *circles, struct arena *arena, struct decision *start)
{
	enter(circles, arena, start);
	while (circles->visits.n) {
		struct visit *visit = &circles->visits.data[circles->visits.n - 1];
		struct decision *decision = visit->decision;
		uint32_t id = decision->index;
		if (visit->edge < decision->relations.n + decision->incoming.n) {
			struct decision *older = edge_target(decision, visit->edge++);
			if (older && circles->order[older->index] == 0)
				enter(circles, arena, older);
			else if (older && circles->on_stack[older->index] &&
				 circles->order[older->index] < circles->low[id])
				circles->low[id] = circles->order[older->index];
			continue;
		}
		circles->visits.n--;
		if (circles->low[id] == circles->order[id])
			close_component(circles, decision);
		if (circles->visits.n == 0)
			continue;
		uint32_t above = circles->visits.data[circles->visits.n - 1].decision->index;
		if (circles->low[id] < circles->low[above])
			circles->low[above] = circles->low[id];
	}
}

static void find_circles(struct model *model)
{
	size_t n = model->decisions.n;
	struct circles circles = {
		.order = NEW_ARRAY(model->arena, uint32_t, n + 1),
		.low = NEW_ARRAY(model->arena, uint32_t, n + 1),
		.on_stack = NEW_ARRAY(model->arena, bool, n + 1),
	};
	for (size_t i = 0; i < model->decisions.n; i++)
		if (circles.order[model->decisions.data[i]->index] == 0)
			walk_from(&circles, model->arena, model->decisions.data[i]);
}

/* ---- decision: ---- */

static struct answer ref_answer(struct model *model, const struct record_index *index, struct str scope,
				struct str text)
{
	struct answer answer = index_find(index, key_of(model->arena, scope, path_stem(text)));
	if (answer.n == 0)
		answer = index_find(index, key_of(model->arena, scope, text));
	if (answer.n == 0 && decision_number(text) >= 0)
		answer = numbered(index, scope, decision_number(text), text);
	return answer;
}

/* 7, 0007, ADR-0007, a path from the topology or the workspace, a file name, a slug. Records of no estate serve all. */
static void settle_ref(struct model *model, const struct record_index *index, const struct estate *estate,
		       struct decision_ref *ref)
{
	struct str text = str_trim(ref->word.str);
	struct str from = estate->topology ? path_dir(estate->topology->path) : STR("");
	if (text.size == 0 || is_web(text))
		return;
	ref->decision = by_path(model, path_normal(model->arena, text));
	if (!ref->decision)
		ref->decision = by_path(model, path_join(model->arena, from, text));
	if (ref->decision)
		return;
	struct answer answer = ref_answer(model, index, estate_scope(model->arena, estate), text);
	if (answer.n == 0)
		answer = ref_answer(model, index, estate_scope(model->arena, NULL), text);
	ref->ambiguous = answer.n > 1;
	ref->decision = answer.n == 1 ? answer.decision : NULL;
}

void resolve_decisions(struct model *model)
{
	struct record_index index = index_build(model);
	for (size_t i = 0; i < model->decisions.n; i++)
		settle_targets(model, &index, model->decisions.data[i]);
	link_both_sides(model);
	for (size_t i = 0; i < model->decisions.n; i++)
		model->decisions.data[i]->effective_status = effective(model->decisions.data[i]);
	find_circles(model);
	for (size_t i = 0; i < model->estates.n; i++) {
		struct decision_uses uses = estate_decisions(model->arena, model->estates.data[i]);
		for (size_t k = 0; k < uses.list.n; k++)
			settle_ref(model, &index, model->estates.data[i], uses.list.data[k].ref);
	}
}
