/* Addresses and prefixes that a sentence gives to a name: "storm is at 192.168.100.25", "prod uses 10.10.0.0/24";
 * hosts and ports of services: "Grafana is at https://grafana.lan". */
#include "fact/phrase.h"

static size_t joint_end(const struct phrase *phrase, size_t i, const char *const *joints, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		size_t end = phrase_run(phrase, i, joints[k]);
		if (end)
			return end;
	}
	return 0;
}

/* Behind what may stand between a name and its address; 0: nothing of that kind stands there. */
static size_t address_joint(const struct phrase *phrase, size_t i)
{
	static const char *const joints[] = {"is at",
					     "is reachable at",
					     "reachable at",
					     "is available at",
					     "lives at",
					     "answers at",
					     "answers on",
					     "listens on",
					     "has the address",
					     "has address",
					     "has the ip",
					     "has ip",
					     "has the ip address",
					     "s address is",
					     "s ip is",
					     "s ip address is",
					     "with ip",
					     "with the ip",
					     "with address",
					     "answers to",
					     "is served at",
					     "is available under",
					     "is reachable under",
					     "is not at",
					     "was at",
					     "will be at",
					     "could be at",
					     "under",
					     "at",
					     "is"};
	if (phrase_has_mark(phrase, i, '='))
		return i + 1;
	if (phrase_has_mark(phrase, i, '\''))
		i++;
	return joint_end(phrase, i, joints, sizeof joints / sizeof *joints);
}

static size_t prefix_joint(const struct phrase *phrase, size_t i)
{
	static const char *const joints[] = {"uses",     "is on", "is in",  "sits on", "sits in", "lives on",
					     "lives in", "spans", "covers", "is",      "has",     "on"};
	size_t end =
		phrase_has_mark(phrase, i, '=') ? i + 1 : joint_end(phrase, i, joints, sizeof joints / sizeof *joints);
	while (end && phrase_has(phrase, end, "the|network|subnet|cidr|prefix|range"))
		end++;
	return end;
}

/* The name is part of a longer one, or one of several. */
static bool is_free(const struct phrase *phrase, size_t name)
{
	return !phrase_is_of_another(phrase, name) &&
	       !(name && phrase_has(phrase, name - 1, "through|and|or|between|with|like|not"));
}

/* More than one value: a list, a choice or a range. */
static bool goes_on(const struct phrase *phrase, size_t i)
{
	bool joint = phrase_has(phrase, i, "or|and|to|through") || phrase_has_mark(phrase, i, '-') ||
		     phrase_has_mark(phrase, i, ',') || phrase_has_mark(phrase, i, '/') ||
		     phrase_has_mark(phrase, i, '>');
	return phrase_has_mark(phrase, i, '>') ||
	       (joint && i + 1 < phrase->n &&
		(phrase->token[i + 1].kind == TOKEN_ADDRESS || phrase->token[i + 1].kind == TOKEN_PREFIX ||
		 phrase->token[i + 1].kind == TOKEN_OTHER));
}

/* "as its pod network", "for pods" */
static const char *prefix_attribute(const struct phrase *phrase, size_t i)
{
	if (!phrase_has(phrase, i, "as|for"))
		return "cidr";
	i++;
	i += phrase_has(phrase, i, "its|the|a") ? 1u : 0u;
	if (phrase_has(phrase, i, "pod|pods"))
		return "pod cidr";
	if (phrase_has(phrase, i, "service|services"))
		return "service cidr";
	return phrase_has(phrase, i, "node|nodes|network|subnet") ? "cidr" : NULL;
}

/* Behind the scheme of a URL that begins at i; i itself when none does. */
static size_t scheme_end(const struct phrase *phrase, size_t i)
{
	bool is_scheme = phrase_has(phrase, i, "https|http") && phrase_has_mark(phrase, i + 1, ':') &&
			 phrase_has_mark(phrase, i + 2, '/') && phrase_has_mark(phrase, i + 3, '/');
	return is_scheme ? i + 4 : i;
}

/* "Grafana is at https://grafana.lab.example.net": states the host; true when a host stands there. */
static bool read_host(struct phrase *phrase, size_t name, size_t at)
{
	size_t host = scheme_end(phrase, at);
	struct entity *subject = phrase->token[name].entity;
	bool is_host = subject->kind == ENTITY_SERVICE && host < phrase->n && phrase->token[host].kind == TOKEN_OTHER &&
		       isalpha((unsigned char)phrase_text(phrase, host).data[0]) &&
		       str_find_char(phrase_text(phrase, host), '.') != SIZE_MAX;
	if (!is_host || !is_free(phrase, name) || phrase_has(phrase, host + 1, "or|and"))
		return false;
	struct claim claim = {.subject = subject, .attribute = attribute_named("host"), .from = at, .to = host + 1};
	phrase_state(phrase, &claim);
	return true;
}

/* "Grafana listens on port 3000", "`api-svc:8000`": a service has ports inside and outside, so that only the last kind is
 * judged, where one port is declared. */
static void read_port(struct phrase *phrase, size_t name)
{
	static const char *const joints[] = {"listens on port", "listens on",     "is on port",   "answers on port",
					     "uses port",       "serves on port", "runs on port", "on port"};
	struct entity *subject = phrase->token[name].entity;
	const struct token *token = &phrase->token[name];
	if (subject->kind != ENTITY_SERVICE || !is_free(phrase, name))
		return;
	const struct service *service = (const struct service *)subject;
	bool is_glued = phrase_has_mark(phrase, name + 1, ':') && name + 2 < phrase->n &&
			!phrase->token[name + 2].spaced && (run_marks(phrase->run, token->from, token->to) & RUN_CODE);
	size_t at = is_glued ? name + 2 : joint_end(phrase, name + 1, joints, sizeof joints / sizeof *joints);
	if (!at || at >= phrase->n || phrase->token[at].kind != TOKEN_NUMBER || phrase_has(phrase, at + 1, "or|and"))
		return;
	bool is_sure = is_glued && service->ports.n == 1 && !service->node_ports.n;
	struct claim claim = {.subject = subject,
			      .attribute = attribute_named("port"),
			      .from = at,
			      .to = at + 1,
			      .doubt = is_sure ? NULL : "perhaps another of its ports"};
	phrase_state(phrase, &claim);
}

static void read_name(struct phrase *phrase, size_t name)
{
	struct entity *subject = phrase->token[name].entity;
	size_t behind = name + 1;
	behind += phrase_has(phrase, behind, "node|host|server|machine|cluster|network") ? 1u : 0u;
	size_t at = address_joint(phrase, behind);
	const char *attribute = "address";
	if (at && read_host(phrase, name, at))
		return;
	if (!at || at >= phrase->n || phrase->token[at].kind != TOKEN_ADDRESS) {
		bool has_prefix = subject->kind == ENTITY_CLUSTER || subject->kind == ENTITY_NETWORK;
		at = has_prefix ? prefix_joint(phrase, behind) : 0;
		if (!at || at >= phrase->n || phrase->token[at].kind != TOKEN_PREFIX)
			return;
		attribute = prefix_attribute(phrase, at + 1);
	}
	if (!attribute || !is_free(phrase, name) || goes_on(phrase, at + 1))
		return;
	struct claim claim = {
		.subject = subject, .attribute = attribute_named(attribute), .from = at, .to = at + 1, .naming = true};
	phrase_state(phrase, &claim);
}

void read_addresses(struct phrase *phrase)
{
	bool has_value = false, has_number = false;
	for (size_t i = 0; i < phrase->n; i++) {
		enum token_kind kind = phrase->token[i].kind;
		has_value |= kind == TOKEN_ADDRESS || kind == TOKEN_PREFIX || kind == TOKEN_OTHER;
		has_number |= kind == TOKEN_NUMBER;
	}
	for (size_t i = 0; (has_value || has_number) && i < phrase->n; i++) {
		if (phrase->token[i].kind != TOKEN_NAME)
			continue;
		if (has_value)
			read_name(phrase, i);
		if (has_number)
			read_port(phrase, i);
	}
}
