/* Addresses and prefixes that a sentence gives to a name: "storm is at 192.168.100.25", "prod uses 10.10.0.0/24". */
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

static void read_name(struct phrase *phrase, size_t name)
{
	struct entity *subject = phrase->token[name].entity;
	size_t behind = name + 1;
	behind += phrase_has(phrase, behind, "node|host|server|machine|cluster|network") ? 1u : 0u;
	size_t at = address_joint(phrase, behind);
	const char *attribute = "address";
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
	bool has_value = false;
	for (size_t i = 0; i < phrase->n; i++)
		has_value |= phrase->token[i].kind == TOKEN_ADDRESS || phrase->token[i].kind == TOKEN_PREFIX;
	for (size_t i = 0; has_value && i < phrase->n; i++)
		if (phrase->token[i].kind == TOKEN_NAME)
			read_name(phrase, i);
}
