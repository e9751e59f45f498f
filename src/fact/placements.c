/* What runs where, in prose: "Grafana runs on monit", "Whisper and XTTS are hosted on elminster", "storm hosts Loki". */
#include "fact/phrase.h"

static size_t verb_end(const struct phrase *phrase, size_t i)
{
	static const char *const verbs[] = {"runs on",         "run on",          "runs in",          "run in",
					    "is hosted on",    "are hosted on",   "is hosted by",     "is deployed on",
					    "are deployed on", "is deployed to",  "is deployed in",   "is running on",
					    "are running on",  "is installed on", "are installed on", "lives on",
					    "live on",         "is placed on",    "are placed on",    "is pinned to",
					    "are pinned to",   "is scheduled on", "are scheduled on", "is hosted in",
					    "lives in",        "live in",         "sits on",          "is located on"};
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

/* Behind the verb with which a place is said to hold things: "storm hosts ...", "storm is reserved for ..."; 0: none. */
static size_t host_verb_end(const struct phrase *phrase, size_t i)
{
	static const char *const verbs[] = {"hosts",
					    "host",
					    "runs",
					    "run",
					    "is reserved for",
					    "is dedicated to",
					    "is home to",
					    "is home of",
					    "no longer runs",
					    "used to run",
					    "does not run",
					    "will run",
					    "could run",
					    "would run",
					    "should run",
					    "no longer hosts",
					    "will host"};
	size_t longest = 0;
	for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
		size_t end = phrase_run(phrase, i, verbs[k]);
		longest = end > longest ? end : longest;
	}
	return longest;
}

/* The name is a thing, not the first word of one: "Grafana", not "Grafana dashboards". */
static bool is_whole_name(const struct phrase *phrase, size_t i)
{
	return i + 1 >= phrase->n || phrase->token[i + 1].kind == TOKEN_VERSION ||
	       (phrase->token[i + 1].kind == TOKEN_MARK && !strchr("-/\'", phrase->token[i + 1].mark)) ||
	       phrase_has(phrase, i + 1, "and|with|on|in|as|for|at|behind|only|too");
}

/* "storm hosts Grafana, Loki and Tempo": every service of the list, up to what is none. */
static void read_hosted(struct phrase *phrase, size_t place)
{
	struct entity *host = phrase->token[place].entity;
	size_t at = host_verb_end(phrase, place + 1);
	bool is_firm = at && !phrase_has(phrase, place + 1, "runs|run") && host->kind == ENTITY_NODE;
	while (at && at < phrase->n) {
		at += phrase_has(phrase, at, "the") ? 1u : 0u;
		bool is_service = at < phrase->n && phrase->token[at].kind == TOKEN_NAME &&
				  phrase->token[at].entity->kind == ENTITY_SERVICE;
		if (!is_service || !is_whole_name(phrase, at))
			return;
		struct claim claim = {.subject = phrase->token[at].entity,
				      .attribute = attribute_named("runs on"),
				      .from = place,
				      .to = place + 1,
				      .doubt = is_firm ? NULL : "perhaps one of several"};
		phrase_state(phrase, &claim);
		size_t next = at + 1;
		next += phrase_has_mark(phrase, next, ',') ? 1u : 0u;
		next += phrase_has(phrase, next, "and") ? 1u : 0u;
		at = next > at + 1 ? next : 0;
	}
}

void read_placements(struct phrase *phrase)
{
	size_t names = 0;
	for (size_t i = 0; i < phrase->n; i++)
		names += phrase->token[i].kind == TOKEN_NAME;
	for (size_t i = 0; names > 1 && i < phrase->n; i++)
		if (is_place(phrase, i) && phrase_is_head(phrase, i))
			read_hosted(phrase, i);
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
