/* What things have, in prose: "storm has 16 GB of memory", "all three workers have 64 GB RAM", "Longhorn keeps 3 replicas". */
#include "fact/phrase.h"

enum { SET_MAX = 256 };

/* "16 GB of memory", "8 cores", "3 replicas" from a number on. */
struct holding {
	size_t end; /* behind the noun; 0: none stands here */
	size_t value_from, value_to;
};

static struct str text_of(const struct phrase *phrase, size_t from, size_t to)
{
	const struct token *first = &phrase->token[from], *last = &phrase->token[to - 1];
	return str_sub(phrase->run->text, first->from, last->to - first->from);
}

static bool is_word(const struct phrase *phrase, size_t i)
{
	return i < phrase->n && (phrase->token[i].kind == TOKEN_WORD || phrase->token[i].kind == TOKEN_NAME);
}

/* The noun of two words, else of one, that the subject has an attribute for. */
static const struct attribute *read_noun(const struct phrase *phrase, const struct entity *subject, size_t at,
					 struct holding *holding, struct str *detail)
{
	for (size_t n = 2; n > 0; n--) {
		if (at + n > phrase->n || !is_word(phrase, at) || !is_word(phrase, at + n - 1))
			continue;
		struct str noun = text_of(phrase, at, at + n);
		*detail = STR_NONE;
		const struct attribute *attribute = attribute_of(phrase->sink->arena, subject, noun, detail);
		bool is_own = detail->size && attribute && attribute->type == TYPE_TEXT;
		bool has_unit = holding->value_to > holding->value_from + 1 ||
				phrase->token[holding->value_from].kind == TOKEN_OTHER;
		bool is_amount = attribute && attribute->type == TYPE_QUANTITY &&
				 (has_unit || strcmp(attribute->name, "cores") == 0);
		if (!is_own && !is_amount)
			continue;
		holding->end = at + n;
		return attribute;
	}
	return NULL;
}

/* What stands at the number at i, for a subject of that kind. */
static const struct attribute *read_holding(const struct phrase *phrase, const struct entity *subject, size_t i,
					    struct holding *holding, struct str *detail)
{
	const struct token *token = &phrase->token[i];
	const struct token *before = i ? &phrase->token[i - 1] : NULL;
	*holding = (struct holding){0};
	bool is_other = token->kind == TOKEN_OTHER && isdigit((unsigned char)phrase->run->text.data[token->from]);
	if ((token->kind != TOKEN_NUMBER && token->kind != TOKEN_VERSION && !is_other) ||
	    (before && !token->spaced && before->kind != TOKEN_MARK))
		return NULL;
	size_t at = i + 1;
	at += phrase_has(phrase, at, "gb|gib|tb|tib|mb|mib|ms|s|seconds|minutes|hours|days|weeks|physical") ? 1u : 0u;
	holding->value_from = i;
	holding->value_to = at;
	at += phrase_has(phrase, at, "of") ? 1u : 0u;
	return read_noun(phrase, subject, at, holding, detail);
}

/* Behind the noun: what makes the number that of a part, or of something else. */
static bool is_narrowed(const struct phrase *phrase, size_t end)
{
	return phrase_has(phrase, end,
			  "limit|limits|request|requests|pressure|leak|cache|free|left|available|used|spare|reserved|"
			  "unused|more|less|each|apiece|total|together|combined|per|usage|load|in|now") ||
	       (phrase_has_mark(phrase, end, '-') && end < phrase->n && !phrase->token[end].spaced);
}

/* True when nothing follows that could narrow a fact of the estate's own: "3 replicas of a volume by default". */
static bool is_all_of_it(const struct phrase *phrase, size_t end)
{
	if (phrase_has(phrase, end, "of"))
		return phrase_has(phrase, end + 1, "a|an|each|every|all|the|its");
	return end >= phrase->n || phrase->token[end].kind == TOKEN_MARK || phrase_has(phrase, end, "by|and");
}

/* ---- one thing ---- */

static const char verbs[] = "has|have|had|keeps|carries|gets|holds|offers|provides|with|uses|stores|brings|runs";

/* Behind the verb that follows the name at i, through words that stress; 0: none does. */
static size_t verb_end(const struct phrase *phrase, size_t i)
{
	static const char stress[] =
		"now|currently|already|always|only|just|itself|also|could|would|should|might|may|can|"
		"will|does|did|not|must|never";
	size_t at = i + 1;
	while (at < phrase->n && at < i + 4 && phrase_has(phrase, at, stress))
		at++;
	return phrase_has(phrase, at, verbs) || (at > i + 1 && phrase_has(phrase, at, "have|keep|hold|use|be|get"))
		       ? at + 1
		       : 0;
}

static bool ends_list(const struct phrase *phrase, size_t i)
{
	return phrase_has(phrase, i, "which|that|but|while|because|so|when|where|if|than|for|from|through|behind") ||
	       (phrase->token[i].kind == TOKEN_NAME && phrase->token[i].entity->kind != ENTITY_SERVICE) ||
	       phrase_has_mark(phrase, i, ':') || phrase_has_mark(phrase, i, '(');
}

/* States the holdings of [from, n) up to where the list ends. */
static void read_list(struct phrase *phrase, struct entity *subject, size_t from)
{
	for (size_t i = from; i < phrase->n && !ends_list(phrase, i); i++) {
		struct holding holding;
		struct str detail = STR_NONE;
		const struct attribute *attribute = read_holding(phrase, subject, i, &holding, &detail);
		if (!attribute)
			continue;
		struct claim claim = {.subject = subject,
				      .attribute = attribute,
				      .detail = detail,
				      .from = i,
				      .to = holding.value_to};
		if (is_narrowed(phrase, holding.end) || (detail.size && !is_all_of_it(phrase, holding.end)) ||
		    (i && phrase_has_mark(phrase, i - 1, '~')) ||
		    phrase_has(phrase, i - 1, "about|roughly|around|over"))
			claim.doubt = "perhaps of a part";
		phrase_state(phrase, &claim);
		i = holding.end - 1;
	}
}

/* ---- all of a set ---- */

/* The noun phrase of all nodes of one role that begins at i: "all (three) (worker) nodes", "each node", "every worker". */
static size_t set_end(const struct phrase *phrase, size_t i, const char **count)
{
	if (!phrase_has(phrase, i, "all|each|every|both"))
		return 0;
	size_t at = i + 1, end = 0;
	at += phrase_has(phrase, at, "of") ? 1u : 0u;
	at += phrase_has(phrase, at, "the|our|its") ? 1u : 0u;
	at += at < phrase->n && phrase->token[at].kind == TOKEN_NUMBER ? 1u : 0u;
	*count = counted_noun(phrase, at, &end);
	bool is_node = *count && strcmp(*count, "cluster count") != 0 && strcmp(*count, "decision count") != 0;
	return is_node ? end : 0;
}

static bool is_member(const struct node *node, const char *count)
{
	struct str role = node->role.str;
	if (strcmp(count, "node count") == 0)
		return true;
	if (!role.size)
		return false;
	bool is_control = str_find_nocase(role, STR("control")) != SIZE_MAX ||
			  str_find_nocase(role, STR("master")) != SIZE_MAX || str_eq_nocase(role, STR("server"));
	return is_control == (strcmp(count, "control plane count") == 0);
}

/* The first member of the set that declares another value than the stated one; else the first that declares one. */
static struct entity *speaker(const struct phrase *phrase, const struct cluster *cluster, const char *count,
			      const struct attribute *attribute, struct str value)
{
	struct entity *agrees = NULL;
	struct arena *arena = phrase->sink->arena;
	struct fact_value parsed = fact_value_parse(arena, attribute->type, value);
	for (size_t i = 0; parsed.valid && i < cluster->nodes.n && i < SET_MAX; i++) {
		struct node *node = cluster->nodes.data[i];
		if (!is_member(node, count) ||
		    !fact_declared(arena, phrase->sink->model, &node->entity, attribute).values.n)
			continue;
		struct fact fact = {.subject = &node->entity, .attribute = attribute, .page = phrase->sink->page};
		fact.value.str = value;
		fact_judge(arena, phrase->sink->model, &fact, &parsed);
		if (fact.verdict == VERDICT_CONTRADICTS)
			return &node->entity;
		if (fact.verdict == VERDICT_AGREES && !agrees)
			agrees = &node->entity;
	}
	return agrees;
}

/* "All three workers have 64 GB RAM" is stated of one of them: of the first that has another value. */
static void read_set(struct phrase *phrase, size_t i)
{
	const char *count = NULL;
	size_t end = set_end(phrase, i, &count), from = end ? verb_end(phrase, end - 1) : 0;
	struct entity *meant = from ? cluster_meant(phrase) : NULL;
	const struct cluster *cluster = (const struct cluster *)meant;
	if (!meant || !cluster->nodes.n)
		return;
	for (size_t k = from; k < phrase->n && !ends_list(phrase, k); k++) {
		struct holding holding;
		struct str detail = STR_NONE;
		const struct entity *sample = &cluster->nodes.data[0]->entity;
		const struct attribute *attribute = read_holding(phrase, sample, k, &holding, &detail);
		if (!attribute || detail.size || attribute->type != TYPE_QUANTITY)
			continue;
		struct claim claim = {.attribute = attribute, .from = k, .to = holding.value_to, .of_each = true};
		claim.subject = speaker(phrase, cluster, count, attribute, text_of(phrase, k, holding.value_to));
		if (is_narrowed(phrase, holding.end) || phrase->context.subject != meant)
			claim.doubt = "perhaps of a part";
		if (claim.subject)
			phrase_state(phrase, &claim);
		k = holding.end - 1;
	}
}

void read_possessions(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->n; i++) {
		const struct token *token = &phrase->token[i];
		if (token->kind == TOKEN_WORD) {
			read_set(phrase, i);
			continue;
		}
		size_t from = token->kind == TOKEN_NAME && !token->depth ? verb_end(phrase, i) : 0;
		if (from && phrase_is_head(phrase, i) && token->entity->kind != ENTITY_CLUSTER)
			read_list(phrase, token->entity, from);
	}
}
