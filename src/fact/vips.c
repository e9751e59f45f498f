/* The virtual address of a cluster in prose: "the VIP 10.0.0.9", "10.0.0.9 is the API endpoint", "kubectl talks to 10.0.0.9:6443". */
#include "fact/phrase.h"

/* What such an address is called. */
static const char *const nouns[] = {"virtual ip address",    "virtual ip",  "virtual address",  "vip",
				    "vip address",           "floating ip", "api endpoint",     "api server endpoint",
				    "api server address",    "api address", "cluster endpoint", "kubernetes endpoint",
				    "control plane endpoint"};
/* The thing itself, which an address needs a verb to belong to. */
static const char *const things[] = {"kubernetes api", "kubernetes api server", "kube api",    "api server",
				     "the api",        "kube apiserver",        "cluster api", "k8s api"};

static size_t noun_at(const struct phrase *phrase, size_t i)
{
	size_t longest = 0;
	for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++) {
		size_t end = phrase_run(phrase, i, nouns[k]);
		longest = end > longest ? end : longest;
	}
	return longest;
}

static size_t thing_at(const struct phrase *phrase, size_t i)
{
	size_t longest = 0;
	for (size_t k = 0; k < sizeof things / sizeof *things; k++) {
		size_t end = phrase_run(phrase, i, things[k]);
		longest = end > longest ? end : longest;
	}
	return longest;
}

static bool is_cluster_name(const struct phrase *phrase, size_t i)
{
	return i < phrase->n && phrase->token[i].kind == TOKEN_NAME && phrase->token[i].entity->kind == ENTITY_CLUSTER;
}

/* Words that may stand before the noun: any other makes it the address of something else ("the staging VIP"). */
static bool is_plain(const struct phrase *phrase, size_t i)
{
	static const char words[] =
		"the|a|an|its|our|this|that|one|single|same|shared|common|api|plane|kubernetes|k8s|cluster|server|"
		"control|talos|s|use|uses|using|via|through|behind|on|at|to|of|has|is|as|share|shares|called|with|and";
	return i == phrase->start || phrase_has(phrase, i - 1, words) || is_cluster_name(phrase, i - 1) ||
	       (phrase->token[i - 1].kind == TOKEN_MARK && phrase->token[i - 1].mark != ')' &&
		phrase->token[i].spaced) ||
	       phrase_has_mark(phrase, i - 1, '(');
}

/* Behind "of the cluster", "for the API server", "of prod"; the index itself when nothing of that kind stands there. */
static size_t complement_end(const struct phrase *phrase, size_t i)
{
	size_t at = i;
	if (!phrase_has(phrase, at, "of|for"))
		return i;
	at++;
	at += phrase_has(phrase, at, "the|our|this|its") ? 1u : 0u;
	size_t end = thing_at(phrase, at);
	if (!end && is_cluster_name(phrase, at))
		end = at + 1 + (phrase_has(phrase, at + 1, "cluster") ? 1u : 0u);
	if (!end && phrase_has(phrase, at, "cluster|api|kubernetes"))
		end = at + 1;
	return end ? end : phrase_run(phrase, at, "control plane") ? phrase_run(phrase, at, "control plane") : i;
}

static size_t joint_end(const struct phrase *phrase, size_t i)
{
	static const char *const joints[] = {"is reachable at",
					     "is reachable on",
					     "is reachable under",
					     "is available at",
					     "is available on",
					     "is served at",
					     "is served on",
					     "is exposed at",
					     "is exposed on",
					     "answers at",
					     "answers on",
					     "listens on",
					     "listens at",
					     "lives at",
					     "is at",
					     "is not",
					     "was",
					     "will be",
					     "could be",
					     "would be",
					     "should be",
					     "is",
					     "at"};
	for (size_t k = 0; k < sizeof joints / sizeof *joints; k++) {
		size_t end = phrase_run(phrase, i, joints[k]);
		if (end)
			return end;
	}
	return 0;
}

/* Behind the scheme of "https://10.0.0.9:6443". */
static size_t scheme_end(const struct phrase *phrase, size_t i)
{
	bool is_scheme = phrase_has(phrase, i, "https|http") && phrase_has_mark(phrase, i + 1, ':') &&
			 phrase_has_mark(phrase, i + 2, '/') && phrase_has_mark(phrase, i + 3, '/');
	return is_scheme ? i + 4 : i;
}

/* True when a word or a name says that the address is that of something else. */
static bool is_foreign(const struct phrase *phrase)
{
	static const char words[] =
		"ingress|dns|metallb|loadbalancer|balancer|lb|haproxy|traefik|nginx|envoy|pihole|adguard|router|firewall|"
		"database|postgres|postgresql|redis|storage|nfs|smb|iscsi|proxy|mail|carp|gateway|gateways|web|http";
	for (size_t i = 0; i < phrase->n; i++) {
		const struct entity *entity = phrase->token[i].kind == TOKEN_NAME ? phrase->token[i].entity : NULL;
		if (entity && entity->kind != ENTITY_CLUSTER && entity->kind != ENTITY_NODE &&
		    entity->kind != ENTITY_NETWORK && entity->kind != ENTITY_ESTATE)
			return true;
		if (phrase_has(phrase, i, words) && !phrase_has_mark(phrase, i + 1, ':'))
			return true;
	}
	return false;
}

static bool is_address(const struct phrase *phrase, size_t i)
{
	return i < phrase->n && phrase->token[i].kind == TOKEN_ADDRESS;
}

/* One of several: a list, a choice, a range. */
static bool is_one_of_many(const struct phrase *phrase, size_t i)
{
	bool joint = phrase_has(phrase, i + 1, "or|and|to|through") || phrase_has_mark(phrase, i + 1, '-') ||
		     phrase_has_mark(phrase, i + 1, ',') || phrase_has_mark(phrase, i + 1, '/') ||
		     phrase_has_mark(phrase, i + 1, '>');
	return joint && (is_address(phrase, i + 2) || phrase_has_mark(phrase, i + 1, '>'));
}

static void state(struct phrase *phrase, size_t i, bool naming, const char *why)
{
	struct entity *cluster = cluster_meant(phrase);
	struct claim claim = {.subject = cluster,
			      .attribute = attribute_named("vip"),
			      .from = i,
			      .to = i + 1,
			      .naming = naming,
			      .why = why};
	if (cluster && !is_one_of_many(phrase, i))
		phrase_state(phrase, &claim);
}

/* "the VIP (of prod) (is) 10.0.0.9" with the noun's end; SIZE_MAX: no address belongs to it. */
static size_t address_behind(const struct phrase *phrase, size_t end, bool *naming)
{
	size_t at = complement_end(phrase, end), joint = joint_end(phrase, at);
	bool has_mark = phrase_has_mark(phrase, at, '(') || phrase_has_mark(phrase, at, ':') ||
			phrase_has_mark(phrase, at, '=') || phrase_has_mark(phrase, at, ',');
	*naming = !joint && !phrase_has_mark(phrase, phrase->n - 1, '?');
	at = scheme_end(phrase, joint ? joint : at + has_mark);
	return is_address(phrase, at) ? at : SIZE_MAX;
}

/* "10.0.0.9 is the VIP", "10.0.0.9 (VIP)", "10.0.0.9 as its virtual IP"; SIZE_MAX: no address stands so. */
static size_t address_before(const struct phrase *phrase, size_t noun, bool *naming)
{
	static const char words[] = "the|a|its|our|api|kubernetes|shared|control|plane|cluster|s";
	size_t at = noun;
	while (at > phrase->start && (phrase_has(phrase, at - 1, words) || is_cluster_name(phrase, at - 1) ||
				      phrase_has_mark(phrase, at - 1, '\'')))
		at--;
	*naming = at && (phrase_has_mark(phrase, at - 1, '(') || phrase_has_mark(phrase, at - 1, ','));
	bool is_joined = at >= 2 && (*naming || phrase_has(phrase, at - 1, "is|as"));
	return is_joined && is_address(phrase, at - 2) ? at - 2 : SIZE_MAX;
}

/* True when a noun has its address, which is then stated. */
static bool read_nouns(struct phrase *phrase)
{
	bool found = false;
	for (size_t i = phrase->start; i < phrase->n; i++) {
		bool naming;
		size_t end = noun_at(phrase, i);
		if (!end || !is_plain(phrase, i))
			continue;
		size_t at = address_behind(phrase, end, &naming);
		if (at == SIZE_MAX)
			at = address_before(phrase, i, &naming);
		bool is_api = phrase_has(phrase, i, "api|kubernetes|control|cluster") ||
			      (i && phrase_has(phrase, i - 1, "api|plane|kubernetes"));
		if (at != SIZE_MAX && (is_api || !is_foreign(phrase))) {
			state(phrase, at, naming, NULL);
			found = true;
		}
		i = end - 1;
	}
	return found;
}

/* Words by which a sentence speaks of one machine's own API server. */
static bool speaks_of_one(const struct phrase *phrase)
{
	static const char words[] =
		"directly|bypass|bypasses|local|locally|own|first|individual|also|itself|too|any|node|"
		"peer|etcd|join|joins";
	for (size_t i = 0; i < phrase->n; i++)
		if (phrase_has(phrase, i, words) ||
		    (phrase->token[i].kind == TOKEN_NAME && phrase->token[i].entity->kind == ENTITY_NODE))
			return true;
	return false;
}

/* "The API server answers on 10.0.0.9", "kubectl talks to 10.0.0.9:6443". */
static void read_endpoint(struct phrase *phrase)
{
	bool has_client = false;
	for (size_t i = phrase->start; i < phrase->n; i++) {
		has_client |= phrase_has(phrase, i, "kubectl|kubeconfig|kubeconfigs|apiserver|api|clients");
		size_t end = thing_at(phrase, i), joint = end ? joint_end(phrase, end) : 0;
		size_t at = joint ? scheme_end(phrase, joint) : i;
		bool is_port = is_address(phrase, i) && str_ends(phrase_text(phrase, i), STR(":6443"));
		if (!(joint && is_address(phrase, at)) && !(is_port && has_client))
			continue;
		state(phrase, at, false, speaks_of_one(phrase) ? "perhaps the API server of one machine" : NULL);
		return;
	}
}

void read_vips(struct phrase *phrase)
{
	bool has_address = false;
	for (size_t i = 0; i < phrase->n; i++)
		has_address |= is_address(phrase, i);
	if (has_address && !read_nouns(phrase) && !is_foreign(phrase))
		read_endpoint(phrase);
}
