/* Counts in prose: nodes, control planes, workers, clusters, decisions. */
#include "fact/phrase.h"

static const char plain_words[] =
	"kubernetes|k8s|k3s|kind|talos|linux|physical|bare|metal|cluster|total|homelab|architecture|architectural";
static const char statuses[] = "accepted|proposed|superseded|deprecated|rejected|draft";

const char *counted_noun(const struct phrase *phrase, size_t i, size_t *end)
{
	static const struct {
		const char *words;
		const char *attribute;
	} nouns[] = {
		{"control plane nodes", "control plane count"},
		{"control plane node", "control plane count"},
		{"control planes", "control plane count"},
		{"control plane", "control plane count"},
		{"master nodes", "control plane count"},
		{"masters", "control plane count"},
		{"master", "control plane count"},
		{"controllers", "control plane count"},
		{"worker nodes", "worker count"},
		{"worker node", "worker count"},
		{"workers", "worker count"},
		{"worker", "worker count"},
		{"nodes", "node count"},
		{"node", "node count"},
		{"clusters", "cluster count"},
		{"cluster", "cluster count"},
		{"decision records", "decision count"},
		{"decisions", "decision count"},
		{"adrs", "decision count"},
	};
	for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++) {
		*end = phrase_run(phrase, i, nouns[k].words);
		if (*end)
			return nouns[k].attribute;
	}
	return NULL;
}

/* Behind a word that may stand between a number and its noun; 0: it narrows the count to a part. */
static size_t modifier_end(const struct phrase *phrase, size_t i, struct tally *tally)
{
	if (i >= phrase->n)
		return 0;
	const struct token *token = &phrase->token[i];
	if (phrase_has(phrase, i, plain_words))
		return i + 1;
	if (phrase_has(phrase, i, "decision") && phrase_has(phrase, i + 1, "records"))
		return i;
	if (phrase_has(phrase, i, statuses)) {
		tally->detail = str_lower_ascii(phrase->sink->arena, phrase_text(phrase, i));
		return i + 1;
	}
	struct entity *entity = token->entity;
	if (token->kind == TOKEN_WORD)
		entity = subject_named(phrase->sink, phrase_text(phrase, i), KIND_BIT(ENTITY_CLUSTER));
	if (!entity || entity->kind != ENTITY_CLUSTER || tally->of)
		return 0;
	tally->of = entity;
	return i + 1;
}

/* Behind the number or range at i. */
static size_t number_end(const struct phrase *phrase, size_t i)
{
	size_t end = i + 1;
	bool dash = phrase_has_mark(phrase, end, '-') || phrase_has(phrase, end, "to");
	if (dash && end + 1 < phrase->n && phrase->token[end + 1].kind == TOKEN_NUMBER)
		end += 2;
	return end;
}

/* "6-node etcd cluster": what follows the noun says whose nodes they are. */
static void read_behind_joined(const struct phrase *phrase, struct tally *tally)
{
	size_t at = tally->end;
	if (phrase_has(phrase, at, "etcd") && phrase_has(phrase, at + 1, "cluster")) {
		tally->attribute = "control plane count";
		tally->end = at + 2;
		return;
	}
	for (size_t n = 0; n < 4 && !phrase_has(phrase, at, "cluster|design|setup|homelab|architecture|layout"); n++) {
		if (phrase_has_mark(phrase, at, '-'))
			at++;
		size_t next = modifier_end(phrase, at, tally);
		if (!next)
			break;
		at = next;
	}
	bool is_cluster = phrase_has(phrase, at, "cluster|design|setup|homelab|architecture|layout");
	tally->end = is_cluster ? at + 1 : 0;
}

/* "One cluster, three kinds of work": a phrase that begins with one cluster, and goes on behind a mark. */
static bool is_one_cluster(const struct phrase *phrase, size_t i, size_t end)
{
	return i == phrase->start && phrase->token[i].number == 1 &&
	       (end >= phrase->n || phrase->token[end].kind == TOKEN_MARK);
}

struct tally tally_at(const struct phrase *phrase, size_t i)
{
	struct tally tally = {0};
	const struct token *before = i ? &phrase->token[i - 1] : NULL;
	if (i >= phrase->n || phrase->token[i].kind != TOKEN_NUMBER)
		return tally;
	bool glued =
		before && !phrase->token[i].spaced && !(before->kind == TOKEN_MARK && strchr("(\"[\n,", before->mark));
	if (glued || (before && before->kind == TOKEN_MARK && strchr("~<>x*/+#$", before->mark) && before->mark != '+'))
		return tally;
	if (before && before->mark == ',' && !phrase->token[i].spaced)
		return tally;
	size_t at = number_end(phrase, i);
	tally.value_to = at;
	tally.joined = phrase_has_mark(phrase, at, '-') && !phrase->token[at].spaced;
	at += tally.joined ? 1u : 0u;
	for (size_t n = 0; n < 4; n++) {
		size_t end;
		tally.attribute = counted_noun(phrase, at, &end);
		bool is_one = tally.attribute && phrase_has(phrase, end - 1, "cluster") && !tally.joined;
		if (tally.attribute && (!is_one || is_one_cluster(phrase, i, end))) {
			tally.end = end;
			tally.doubt = is_one ? "perhaps any one cluster" : NULL;
			if (!tally.joined && phrase_has(phrase, i, "single") && phrase_has(phrase, end, "cluster"))
				tally.joined = true;
			break;
		}
		at = modifier_end(phrase, at, &tally);
		if (!at)
			break;
		at += phrase_has_mark(phrase, at, '-') && !phrase->token[at].spaced ? 1u : 0u;
	}
	if (tally.end && tally.joined && strcmp(tally.attribute, "node count") == 0)
		read_behind_joined(phrase, &tally);
	return tally;
}

bool tally_is_of_cluster(const struct tally *tally)
{
	return strcmp(tally->attribute, "cluster count") != 0 && strcmp(tally->attribute, "decision count") != 0;
}

void tally_state(struct phrase *phrase, size_t i, const struct tally *tally, struct entity *subject, const char *why)
{
	struct estate *estate = phrase->sink->page->estate;
	const char *name = tally->attribute;
	if (!tally_is_of_cluster(tally)) {
		subject = estate ? &estate->entity : NULL;
	} else if (subject && subject->kind == ENTITY_NODE) {
		subject = &((struct node *)subject)->cluster->entity;
	} else if (subject && subject->kind == ENTITY_ESTATE) {
		if (strcmp(name, "node count") != 0)
			return;
		if (only_cluster(phrase->sink))
			subject = only_cluster(phrase->sink);
		else
			name = "total node count";
	}
	if (!subject || (subject->kind != ENTITY_CLUSTER && subject->kind != ENTITY_ESTATE))
		return;
	struct claim claim = {.subject = subject,
			      .attribute = attribute_named(name),
			      .detail = tally->detail,
			      .from = i,
			      .to = tally->value_to,
			      .why = why,
			      .doubt = tally->doubt};
	phrase_state(phrase, &claim);
}

/* ---- whose count it is ---- */

/* Where the words that say "has" begin, that end right before token i; SIZE_MAX: none. */
static size_t verb_before(const struct phrase *phrase, size_t i)
{
	static const char *const verbs[] = {"has a size of",
					    "has a fixed size of",
					    "has a total of",
					    "has",
					    "have",
					    "runs",
					    "spans",
					    "comprises",
					    "contains",
					    "counts",
					    "is",
					    "consists of",
					    "is made of",
					    "made up of",
					    "composed of",
					    "built from",
					    "built of",
					    "runs on",
					    "runs across",
					    "with",
					    "of",
					    "is a",
					    "is an",
					    "has exactly",
					    "has currently",
					    "currently has"};
	while (i && phrase_has(phrase, i - 1, "a|an|exactly|currently|now|just|the"))
		i--;
	for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
		for (size_t back = 1; back <= 5 && back <= i; back++)
			if (phrase_run(phrase, i - back, verbs[k]) == i) {
				size_t at = i - back;
				while (at && phrase_has(phrase, at - 1, "currently|now|today|is|are|it|which"))
					at--;
				return at;
			}
	return SIZE_MAX;
}

static bool is_cluster_name(const struct phrase *phrase, size_t i)
{
	return i < phrase->n && phrase->token[i].kind == TOKEN_NAME && phrase->token[i].entity->kind == ENTITY_CLUSTER;
}

/* "Harbour is a managed cluster" at the start of the phrase, up to the word at `noun`: what it calls a cluster; else NULL. */
static struct entity *called_cluster(const struct phrase *phrase, size_t noun)
{
	enum { WORDS = 3 };
	size_t name = phrase->start + (phrase_has(phrase, phrase->start, "the|our") ? 1u : 0u), at = name + 1;
	if (!is_cluster_name(phrase, name) || !phrase_has(phrase, at, "is") || !phrase_has(phrase, at + 1, "a|an|one"))
		return NULL;
	at += 2;
	if (noun < at || noun > at + WORDS)
		return NULL;
	for (; at < noun; at++)
		if (phrase->token[at].kind == TOKEN_MARK || is_cluster_name(phrase, at) ||
		    phrase_has(phrase, at, "of|in|for|the|from|like|on|not|part|member|copy"))
			return NULL;
	return phrase->token[name].entity;
}

/* The thing that the words right before token i name: a cluster, a node's cluster, the estate; "the cluster". */
static struct entity *named_before(const struct phrase *phrase, size_t i)
{
	size_t at = i >= 3 && phrase_run(phrase, i - 3, "as a whole") == i ? i - 3 : i;
	bool says_cluster = false;
	if (at && phrase_has_mark(phrase, at - 1, ')'))
		return NULL;
	if (at >= 2 && phrase_has_mark(phrase, at - 1, ',') && phrase_has(phrase, i, "with") &&
	    is_cluster_name(phrase, at - 2))
		at--;
	if (at && phrase_has(phrase, at - 1, "cluster|clusters")) {
		says_cluster = true;
		at--;
	}
	struct entity *found = NULL;
	if (says_cluster && called_cluster(phrase, at))
		return called_cluster(phrase, at);
	while (at && says_cluster && phrase_has(phrase, at - 1, plain_words))
		at--;
	if (!at)
		return NULL;
	const struct token *token = &phrase->token[at - 1];
	if (token->kind == TOKEN_NAME &&
	    (token->entity->kind == ENTITY_CLUSTER || (token->entity->kind == ENTITY_ESTATE && !says_cluster)))
		found = token->entity;
	else if (says_cluster && phrase_has(phrase, at - 1, "the|this|our|my"))
		found = cluster_at(phrase);
	else if (!says_cluster && phrase_has(phrase, at - 1, "homelab|estate") && at >= 2 &&
		 phrase_has(phrase, at - 2, "the|this|our|my") && phrase->sink->page->estate)
		found = &phrase->sink->page->estate->entity;
	if (at >= 2 &&
	    phrase_has(phrase, at - 2, "of|for|between|unlike|than|each|every|other|another|and|or|from|second"))
		return NULL;
	return found;
}

/* What follows narrows the count to a part of the things. */
static bool is_part(const struct phrase *phrase, size_t end)
{
	/* "With six nodes that overhead is small": the word points, and narrows nothing. */
	if (phrase_has(phrase, end, "that") && phrase_has(phrase, end + 2, "is|comes|means|costs|makes|adds|amounts"))
		return false;
	return phrase_has(
		phrase, end,
		"in|with|that|which|whose|where|for|on|dedicated|running|per|reserved|labelled|labeled|"
		"at|under|behind|from|without|needing|using|having|below|above|listed|up|down|ready|healthy|"
		"more|fewer|each|apiece|or|out|remaining|left|share|use|need|lost|gone|offline|missing|failed|"
		"failing|unavailable|drained|added|extra|spare|idle|free|being|as");
}

static bool begins_label(const struct phrase *phrase, size_t i)
{
	enum { NEAR = 6 };
	const struct token *before = i && i <= NEAR ? &phrase->token[i - 1] : NULL;
	/* "·" and its like are read as commas; they divide the parts of a caption. */
	bool divides = before && before->kind == TOKEN_MARK &&
		       (before->mark == '-' || (before->mark == ',' && before->to - before->from > 1));
	if (divides && phrase->token[i].spaced)
		return true;
	return i == phrase->start || (i == phrase->start + 1 && phrase_has(phrase, phrase->start, "a|the|all"));
}

static bool ends_label(const struct phrase *phrase, size_t end)
{
	return end >= phrase->n || phrase_has_mark(phrase, end, '\n') || phrase_has_mark(phrase, end, '.') ||
	       phrase_has_mark(phrase, end, ',') || phrase_has_mark(phrase, end, '(') ||
	       phrase_has_mark(phrase, end, '+') || phrase_has_mark(phrase, end, ';') ||
	       (phrase_has_mark(phrase, end, '-') && phrase->token[end].spaced);
}

/* True when the words go on to describe the thing, not to say what such things do ("a 12-node cluster needs ..."). */
static bool describes(const struct phrase *phrase, size_t end)
{
	return ends_label(phrase, end) ||
	       phrase_has(phrase, end,
			  "with|on|running|built|across|in|at|using|behind|and|made|based|where|lab|homelab");
}

/* True when the phrase names a cluster other than `subject` outside of parentheses. */
static bool names_another(const struct phrase *phrase, const struct entity *subject)
{
	for (size_t i = 0; i < phrase->n; i++)
		if (phrase->token[i].kind == TOKEN_NAME && !phrase->token[i].depth &&
		    phrase->token[i].entity->kind == ENTITY_CLUSTER && phrase->token[i].entity != subject)
			return true;
	return false;
}

/* "6 nodes in Studio" */
static struct entity *named_behind(const struct phrase *phrase, size_t end)
{
	if (!phrase_has(phrase, end, "in|of|on"))
		return NULL;
	end++;
	end += phrase_has(phrase, end, "the") ? 1u : 0u;
	const struct token *token = end < phrase->n ? &phrase->token[end] : NULL;
	bool is_cluster = token && token->kind == TOKEN_NAME && token->entity->kind == ENTITY_CLUSTER;
	return is_cluster ? token->entity : NULL;
}

/* "one of the six nodes", "all six nodes", "all of the 6 nodes" */
static bool is_whole(const struct phrase *phrase, size_t i)
{
	size_t at = i;
	while (at && phrase_has(phrase, at - 1, "the|its|our|these"))
		at--;
	if (at && phrase_has(phrase, at - 1, "all"))
		return true;
	return at >= 2 && phrase_has(phrase, at - 1, "of") && phrase_has(phrase, at - 2, "one|all|any");
}

/* The subject of nodes, control planes and workers; NULL: it is not said. */
static struct entity *owner(const struct phrase *phrase, size_t i, const struct tally *tally)
{
	bool whole = is_whole(phrase, i), definite = i && phrase_has(phrase, i - 1, "the|its|our|this");
	definite |= i >= 2 && phrase_has(phrase, i - 1, "are") && phrase_has(phrase, i - 2, "there");
	bool label = begins_label(phrase, i) && ends_label(phrase, tally->end);
	size_t verb = verb_before(phrase, i);
	struct entity *before = verb == SIZE_MAX ? NULL : named_before(phrase, verb);
	struct entity *behind = named_behind(phrase, tally->end);
	if (behind && (whole || definite || begins_label(phrase, i)))
		return behind;
	if (is_part(phrase, tally->end) && !(tally->joined && !phrase_has(phrase, tally->end, "per|or")))
		return NULL;
	if (tally->of)
		return tally->joined || whole || definite || label || verb != SIZE_MAX ? tally->of : NULL;
	if (before && !(tally->joined && before->kind == ENTITY_ESTATE && !only_cluster(phrase->sink)))
		return before;
	if (tally->joined && !definite && !(begins_label(phrase, i) && describes(phrase, tally->end)) &&
	    !(i && phrase_has(phrase, i - 1, "is|as")))
		return NULL;
	if (!tally->joined && !whole && !label)
		return NULL;
	struct entity *here = cluster_at(phrase);
	if (label && !tally->joined && here != phrase->context.subject)
		return NULL;
	return here && !names_another(phrase, here) ? here : NULL;
}

static bool is_definite(const struct phrase *phrase, size_t i)
{
	return i && phrase_has(phrase, i - 1, "the|its|our|these");
}

/* The attribute of nodes that a heading of nothing but a role narrows: "Control plane", "Worker nodes"; NULL: none. */
static const char *role_of_heading(struct str heading)
{
	static const struct {
		const char *words, *attribute;
	} roles[] = {{"control plane|control planes|control plane nodes|masters|master nodes|controllers",
		      "control plane count"},
		     {"workers|worker nodes|worker", "worker count"}};
	struct str bare = bare_name(heading);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (str_is_listed(bare, roles[i].words))
			return roles[i].attribute;
	return NULL;
}

/* True when the run names something else than the cluster before the phrase, or the phrase names a node or service. */
static bool names_others(const struct phrase *phrase, const struct entity *cluster)
{
	size_t to = phrase->token[phrase->n - 1].to;
	for (size_t i = 0; i < phrase->run->names.n && phrase->run->names.data[i].from < to; i++) {
		const struct entity *entity = phrase->run->names.data[i].entity;
		if (entity != cluster && entity->kind != ENTITY_ESTATE && entity->kind != ENTITY_ZONE)
			return true;
	}
	return false;
}

/* "there is", "there are currently", "there will be" right before token i. */
static bool is_there_before(const struct phrase *phrase, size_t i)
{
	static const char verbs[] =
		"is|are|was|were|be|not|will|would|could|might|should|must|now|still|currently|only|exactly";
	size_t at = i;
	while (at && i - at < 4 && phrase_has(phrase, at - 1, verbs))
		at--;
	return at && at < i && phrase_has(phrase, at - 1, "there");
}

/* Whose count it is where only the section or the page says it: "There is one control plane", "It has six nodes", "the
 * four workers". Mostly such a count is right or speaks of a part; tally->doubt then says so. */
static struct entity *owner_around(const struct phrase *phrase, size_t i, struct tally *tally)
{
	struct entity *here = cluster_at(phrase);
	if (!here || tally->of || tally->joined || names_another(phrase, here))
		return NULL;
	bool definite = is_definite(phrase, i) || is_whole(phrase, i);
	bool is_narrowed =
		is_part(phrase, tally->end) && !(definite && phrase_has(phrase, tally->end, "share|use|need"));
	bool is_there = is_there_before(phrase, i);
	size_t verb = is_there ? SIZE_MAX : verb_before(phrase, i);
	bool begins = verb != SIZE_MAX &&
		      (verb == phrase->start || (verb == phrase->start + 1 && phrase_has(phrase, verb - 1, "it")));
	if (is_narrowed || (!definite && !is_there && !begins) || phrase_has(phrase, tally->end, "of"))
		return NULL;
	if (!definite && phrase->context.subject != here)
		return NULL;
	if (definite || phrase_has(phrase, verb == SIZE_MAX ? i : verb, "with|of") || names_others(phrase, here))
		tally->doubt = "perhaps of some nodes only";
	const char *role = role_of_heading(context_heading(phrase->sink, phrase->run->block));
	if (role && strcmp(tally->attribute, "node count") == 0) {
		tally->attribute = role;
		tally->doubt = "perhaps of some nodes only";
	}
	return here;
}

/* "both control planes" */
static void read_both(struct phrase *phrase, size_t i)
{
	size_t end = 0;
	struct tally tally = {.value_to = i + 1, .doubt = "perhaps of some nodes only"};
	tally.attribute = phrase_has(phrase, i, "both") ? counted_noun(phrase, i + 1, &end) : NULL;
	tally.end = end;
	struct entity *here = cluster_at(phrase);
	if (tally.attribute && here && tally_is_of_cluster(&tally) && !names_another(phrase, here) &&
	    !is_part(phrase, end))
		tally_state(phrase, i, &tally, here, NULL);
}

/* Clusters and decisions are counted for the estate: only where the phrase speaks of all of them. */
static bool is_of_estate(const struct phrase *phrase, size_t i, const struct tally *tally)
{
	size_t verb = verb_before(phrase, i);
	struct entity *before = verb == SIZE_MAX ? NULL : named_before(phrase, verb);
	bool label = begins_label(phrase, i) && (ends_label(phrase, tally->end) || tally->joined);
	if (tally->joined)
		return label || (before && before->kind == ENTITY_ESTATE);
	if (phrase_run(phrase, tally->end, "in total"))
		return true;
	if (is_part(phrase, tally->end) || (before && before->kind != ENTITY_ESTATE))
		return false;
	return label || before || is_whole(phrase, i) ||
	       (i && phrase_has(phrase, i - 1, "across") && ends_label(phrase, tally->end));
}

static bool is_estate(const struct phrase *phrase, size_t i)
{
	return i < phrase->n && phrase->token[i].kind == TOKEN_NAME && phrase->token[i].entity->kind == ENTITY_ESTATE;
}

/* Clusters counted for the estate by what stands around: "Kernow is a homelab of three clusters", "the three clusters of
 * Kernow", "Five clusters on a workstation". tally->doubt when another homelab may be meant. */
static bool is_of_estate_around(const struct phrase *phrase, size_t i, struct tally *tally)
{
	const struct entity *here = phrase->context.subject;
	if (strcmp(tally->attribute, "cluster count") != 0 || tally->joined || (here && here->kind != ENTITY_ESTATE))
		return false;
	size_t behind = tally->end + 1 + (phrase_has(phrase, tally->end + 1, "the|this|our") ? 1u : 0u);
	bool named = phrase_has(phrase, tally->end, "of|in") &&
		     (is_estate(phrase, behind) || phrase_has(phrase, behind, "homelab|estate"));
	bool begins = begins_label(phrase, i) || is_definite(phrase, i);
	bool of_lab = i >= 2 && phrase_has(phrase, i - 1, "of") && phrase_has(phrase, i - 2, "homelab|lab|estate");
	if (!(named && begins) && !of_lab && !(i == phrase->start && phrase_has(phrase, tally->end, "on|in|across")))
		return false;
	if (!named && !(of_lab && is_estate(phrase, phrase->start)))
		tally->doubt = "perhaps of another homelab";
	return true;
}

/* "1 control plane and 5 workers": where the second tally begins; 0: no pair. */
static size_t pair_at(const struct phrase *phrase, const struct tally *first)
{
	size_t at = first->end;
	bool joint = phrase_has_mark(phrase, at, '+') || phrase_has_mark(phrase, at, ',') ||
		     phrase_has_mark(phrase, at, '&') || phrase_has(phrase, at, "and|plus|with");
	struct tally second = tally_at(phrase, joint ? at + 1 : phrase->n);
	bool fits = second.end && strcmp(first->attribute, "control plane count") == 0 &&
		    strcmp(second.attribute, "worker count") == 0;
	return fits ? at + 1 : 0;
}

/* Parentheses behind a name are read with the name; those behind a count hold its parts. */
static bool is_own_parenthesis(const struct phrase *phrase, size_t i)
{
	while (i && !(phrase_has_mark(phrase, i - 1, '(') && phrase->token[i - 1].depth + 1 == phrase->token[i].depth))
		i--;
	return i >= 2 && phrase->token[i - 2].kind != TOKEN_NUMBER && phrase->token[i - 2].kind != TOKEN_ADDRESS &&
	       !phrase_has(phrase, i - 2, "nodes|node|machines|servers|hosts|cluster|homelab|kubernetes");
}

static size_t read_pair(struct phrase *phrase, size_t i, const struct tally *first, size_t second)
{
	struct tally workers = tally_at(phrase, second);
	struct entity *subject = phrase->token[i].depth ? NULL : owner(phrase, i, first);
	if (!subject)
		subject = cluster_at(phrase);
	if (subject && !names_another(phrase, subject) && !is_part(phrase, workers.end)) {
		tally_state(phrase, i, first, subject, NULL);
		tally_state(phrase, second, &workers, subject, NULL);
	}
	return workers.end;
}

/* "all three nodes" where neither the section nor the sentence names the cluster may be those of a list above. */
static const char *guess_why(const struct phrase *phrase, size_t i, const struct tally *tally,
			     const struct entity *subject)
{
	static const char *const narrow[] = {"etcd", "quorum", "gpu", "storage", "control", "worker", "master", "edge"};
	bool evident =
		tally->of || tally->joined || named_behind(phrase, tally->end) || verb_before(phrase, i) != SIZE_MAX;
	if (evident || strcmp(tally->attribute, "node count") != 0)
		return NULL;
	const char *why = "perhaps of some nodes only";
	if (phrase->context.subject && phrase->context.subject != subject)
		return why;
	struct str heading = context_heading(phrase->sink, phrase->run->block);
	for (size_t k = 0; k < sizeof narrow / sizeof *narrow; k++) {
		if (str_find_nocase(heading, str_from(narrow[k])) != SIZE_MAX)
			return why;
		for (size_t t = 0; t < phrase->n; t++)
			if (phrase_has(phrase, t, narrow[k]))
				return why;
	}
	return NULL;
}

/* "three controllers ..., plus a dedicated worker node" */
static void read_worker(struct phrase *phrase, size_t from, struct entity *subject)
{
	for (size_t i = from; i + 2 < phrase->n; i++) {
		if (phrase->token[i].depth || !phrase_has(phrase, i, "plus|and") ||
		    !phrase_has(phrase, i + 1, "a|one|single"))
			continue;
		size_t noun = i + 2, end = 0;
		noun += phrase_has(phrase, noun, "dedicated|single|separate") ? 1u : 0u;
		const char *attribute = counted_noun(phrase, noun, &end);
		bool is_thing = attribute && strcmp(attribute, "worker count") == 0 &&
				!phrase_has(phrase, end, "pool|group|process|thread|pods|pod|job|queue");
		struct tally worker = {.end = end, .value_to = i + 2, .attribute = attribute};
		if (is_thing)
			tally_state(phrase, i + 1, &worker, subject, NULL);
		return;
	}
}

void read_tallies(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->n; i++) {
		struct tally tally = tally_at(phrase, i);
		if (!tally.end && phrase->token[i].kind == TOKEN_WORD)
			read_both(phrase, i);
		if (!tally.end || (phrase->token[i].depth && is_own_parenthesis(phrase, i)))
			continue;
		size_t second = pair_at(phrase, &tally);
		if (second) {
			i = read_pair(phrase, i, &tally, second) - 1;
			continue;
		}
		struct entity *here = phrase->context.subject;
		if (phrase->token[i].depth) {
			if (tally.joined && here && here->kind == ENTITY_CLUSTER &&
			    phrase_has_mark(phrase, tally.end, ')'))
				tally_state(phrase, i, &tally, here, NULL);
			continue;
		}
		if (!tally_is_of_cluster(&tally)) {
			if (is_of_estate(phrase, i, &tally) || is_of_estate_around(phrase, i, &tally))
				tally_state(phrase, i, &tally, NULL, NULL);
		} else {
			struct entity *subject = owner(phrase, i, &tally);
			const char *why = subject ? guess_why(phrase, i, &tally, subject) : NULL;
			if (!subject)
				subject = owner_around(phrase, i, &tally);
			if (subject)
				tally_state(phrase, i, &tally, subject, why);
			if (subject && strcmp(tally.attribute, "control plane count") == 0)
				read_worker(phrase, tally.end, subject);
		}
		i = tally.end - 1;
	}
}
