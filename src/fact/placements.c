/* What runs where, in prose: "Grafana runs on monit", "Whisper and XTTS are hosted on elminster". */
#include "fact/phrase.h"

static size_t verb_end(const struct phrase *phrase, size_t i)
{
	static const char *const verbs[] = {"runs on",         "run on",          "runs in",          "run in",
					    "is hosted on",    "are hosted on",   "is hosted by",     "is deployed on",
					    "are deployed on", "is deployed to",  "is deployed in",   "is running on",
					    "are running on",  "is installed on", "are installed on", "lives on",
					    "live on",         "is placed on",    "are placed on",    "is pinned to",
					    "are pinned to",   "is scheduled on", "are scheduled on"};
	for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
		size_t end = phrase_run(phrase, i, verbs[k]);
		if (end)
			return end + (phrase_has(phrase, end, "the") ? 1u : 0u);
	}
	return 0;
}

static bool is_place(const struct phrase *phrase, size_t i)
{
	if (i >= phrase->n || phrase->token[i].kind != TOKEN_NAME)
		return false;
	enum entity_kind kind = phrase->token[i].entity->kind;
	return kind == ENTITY_NODE || kind == ENTITY_CLUSTER || kind == ENTITY_DEVICE;
}

/* True when the name is the thing that runs, not what belongs to it ("the database of Grafana"). */
static bool is_head(const struct phrase *phrase, size_t name)
{
	return !name || !phrase_has(phrase, name - 1, "of|for|from|in|with|on|by|via|behind|than|to|not|no|like");
}

static void state(struct phrase *phrase, size_t name, size_t place, const char *why)
{
	struct claim claim = {.subject = phrase->token[name].entity,
			      .attribute = attribute_named("runs on"),
			      .from = place,
			      .to = place + 1,
			      .why = why};
	if (claim.subject->kind == ENTITY_SERVICE && is_head(phrase, name))
		phrase_state(phrase, &claim);
}

void read_placements(struct phrase *phrase)
{
	size_t names = 0;
	for (size_t i = 0; i < phrase->n; i++)
		names += phrase->token[i].kind == TOKEN_NAME;
	for (size_t i = 1; names > 1 && i < phrase->n; i++) {
		size_t place = verb_end(phrase, i);
		if (!place || !is_place(phrase, place))
			continue;
		bool several = (phrase_has(phrase, place + 1, "and|or") || phrase_has_mark(phrase, place + 1, ',')) &&
			       is_place(phrase, place + 2);
		const char *why = several ? "several places" : NULL;
		size_t name = i;
		while (name && phrase_has(phrase, name - 1, "now|currently|service|both|all"))
			name--;
		while (name && phrase->token[name - 1].kind == TOKEN_NAME) {
			state(phrase, name - 1, place, why);
			name--;
			size_t joint = name;
			while (joint &&
			       (phrase_has(phrase, joint - 1, "and") || phrase_has_mark(phrase, joint - 1, ',')))
				joint--;
			if (joint == name)
				break;
			name = joint;
		}
	}
}
