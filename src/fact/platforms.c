/* What clusters and machines run as their platform, in prose: "all nodes run Talos Linux v1.12.1", "the cluster runs on k3s". */
#include "fact/phrase.h"

/* Behind the words of a platform; 0: none stands there. "Kind" is one with its capital or as code only. */
static size_t platform_end(const struct phrase *phrase, size_t i)
{
	if (phrase_has(phrase, i, "talos"))
		return i + 1 + (phrase_has(phrase, i + 1, "linux") ? 1u : 0u);
	if (phrase_has(phrase, i, "kind")) {
		const struct token *token = &phrase->token[i];
		bool is_name = isupper((unsigned char)phrase->run->text.data[token->from]) ||
			       (run_marks(phrase->run, token->from, token->to) & RUN_CODE);
		return is_name ? i + 1 : 0;
	}
	return phrase_has(phrase, i, "k3s|k3d|k0s|rke2|microk8s|minikube|openshift|okd") ? i + 1 : 0;
}

/* The verb that ends right before token i, where it begins; SIZE_MAX: none. */
static size_t verb_before(const struct phrase *phrase, size_t i)
{
	static const char *const verbs[] = {"runs",        "run",         "uses",         "use",
					    "is running",  "are running", "runs on",      "run on",
					    "is built on", "is based on", "will run",     "could run",
					    "would run",   "should run",  "does not run", "do not run"};
	for (size_t back = 3; back >= 1; back--)
		for (size_t k = 0; back <= i && k < sizeof verbs / sizeof *verbs; k++)
			if (phrase_run(phrase, i - back, verbs[k]) == i)
				return i - back;
	return SIZE_MAX;
}

/* What follows belongs to the sentence, and makes no longer name: "runs Talos on ...", not "runs Talos upgrades". */
static bool is_whole(const struct phrase *phrase, size_t end)
{
	if (end >= phrase->n || phrase->token[end].kind == TOKEN_VERSION)
		return true;
	if (phrase->token[end].kind == TOKEN_MARK)
		return !strchr("-/\'", phrase->token[end].mark) || phrase->token[end].spaced;
	if (phrase_has(phrase, end, "and|or"))
		return !platform_end(phrase, end + 1);
	return phrase_has(phrase, end, "with|on|in|at|as|across|behind|linux|from|inside|everywhere");
}

/* Whose platform it is, by the words that end right before token i: a name, "the cluster", "all six nodes". */
static struct entity *subject_before(const struct phrase *phrase, size_t i, const char **why)
{
	size_t at = i;
	while (at > phrase->start && phrase_has(phrase, at - 1, "now|currently|all|both|also|today"))
		at--;
	if (at == phrase->start)
		return NULL;
	const struct token *token = &phrase->token[at - 1];
	if (token->kind == TOKEN_NAME && phrase_is_head(phrase, at - 1)) {
		if (token->entity->kind == ENTITY_NODE) {
			*why = "perhaps of one machine only";
			return &((struct node *)token->entity)->cluster->entity;
		}
		return token->entity->kind == ENTITY_CLUSTER ? token->entity : NULL;
	}
	bool named = phrase_has(phrase, at - 1, "cluster") && at >= 2 && phrase->token[at - 2].kind == TOKEN_NAME &&
		     phrase->token[at - 2].entity->kind == ENTITY_CLUSTER;
	if (named)
		return phrase->token[at - 2].entity;
	if (phrase_has(phrase, at - 1, "cluster") && at >= 2 && phrase_has(phrase, at - 2, "the|this|our"))
		return cluster_meant(phrase);
	if (!phrase_has(phrase, at - 1, "nodes|node|machines"))
		return NULL;
	for (size_t back = 2; back <= 4 && back <= at; back++)
		if (phrase_has(phrase, at - back, "all|every|each|the|its"))
			return cluster_meant(phrase);
	return NULL;
}

void read_platforms(struct phrase *phrase)
{
	for (size_t i = phrase->start + 1; i < phrase->n; i++) {
		size_t end = platform_end(phrase, i), verb = end ? verb_before(phrase, i) : SIZE_MAX;
		if (verb == SIZE_MAX || !is_whole(phrase, end))
			continue;
		const char *doubt = NULL;
		struct claim claim = {.attribute = attribute_named("platform"), .from = i, .to = end, .of_each = true};
		claim.subject = subject_before(phrase, verb, &doubt);
		claim.doubt = doubt;
		if (claim.subject)
			phrase_state(phrase, &claim);
	}
}
