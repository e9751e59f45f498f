/* MTU, VLAN and gateway of a network in prose: "nfs-net needs MTU 9000", "lan is VLAN 100, its gateway 10.0.0.1". */
#include "fact/phrase.h"

static bool is_network(const struct phrase *phrase, size_t i)
{
	return i < phrase->n && phrase->token[i].kind == TOKEN_NAME && phrase->token[i].entity->kind == ENTITY_NETWORK;
}

/* The network that a word at token i belongs to: the only one of the phrase; of several the one right before; else the
 * section's. */
static struct entity *network_of(const struct phrase *phrase, size_t i)
{
	enum { NEAR = 4 };
	struct entity *found = NULL, *near = NULL;
	bool several = false;
	for (size_t k = 0; k < phrase->n; k++) {
		if (!is_network(phrase, k))
			continue;
		several |= found && found != phrase->token[k].entity;
		found = phrase->token[k].entity;
		if (k < i && i - k <= NEAR)
			near = found;
	}
	struct entity *here = phrase->context.subject;
	if (!found)
		return here && here->kind == ENTITY_NETWORK ? here : NULL;
	return several ? near : found;
}

/* Words by which such a number may be that of something on the network, not of the network. */
static const char *settings_doubt(const struct phrase *phrase)
{
	static const char words[] =
		"tunnel|tunnels|wireguard|vpn|overlay|vxlan|geneve|pod|pods|switch|port|ports|trunk|"
		"default|wan|internet|router|other|others|another|some|only|except";
	for (size_t i = 0; i < phrase->n; i++)
		if (phrase_has(phrase, i, words))
			return "perhaps of something on the network";
	return NULL;
}

/* Token of the value behind the word that ends at `end`: "MTU of 9000", "VLAN ID 100", "gateway is 10.0.0.1". */
static size_t value_behind(const struct phrase *phrase, size_t end, enum token_kind kind)
{
	size_t at = end;
	while (at < phrase->n && at < end + 4 &&
	       (phrase_has(phrase, at, "of|is|id|tag|size|set|to|at|address|was|not|be|will|should|value|in|the") ||
		is_network(phrase, at) || phrase_has_mark(phrase, at, '=') || phrase_has_mark(phrase, at, ':') ||
		phrase_has_mark(phrase, at, '(')))
		at++;
	bool is_value = at < phrase->n && phrase->token[at].kind == kind;
	bool goes_on = phrase_has(phrase, at + 1, "or|to") || phrase_has_mark(phrase, at + 1, '-') ||
		       phrase_has_mark(phrase, at + 1, '/');
	return is_value && !goes_on ? at : 0;
}

static bool is_plain_before(const struct phrase *phrase, size_t i)
{
	return i == phrase->start || is_network(phrase, i - 1) || phrase->token[i - 1].kind == TOKEN_MARK ||
	       phrase_has(phrase, i - 1,
			  "the|a|an|its|s|is|as|on|in|with|has|have|use|uses|using|need|needs|require|requires|default|"
			  "network|tagged|untagged|carries|and|jumbo|an|same|set|support|supports|own");
}

static void state(struct phrase *phrase, size_t word, size_t value, const char *attribute)
{
	struct claim claim = {.subject = network_of(phrase, word),
			      .attribute = attribute_named(attribute),
			      .from = value,
			      .to = value + 1,
			      .of_each = true,
			      .doubt = settings_doubt(phrase)};
	if (claim.subject)
		phrase_state(phrase, &claim);
}

void read_settings(struct phrase *phrase)
{
	static const struct {
		const char *word, *attribute;
		enum token_kind kind;
	} settings[] = {
		{"mtu", "mtu", TOKEN_NUMBER}, {"vlan", "vlan", TOKEN_NUMBER}, {"gateway", "gateway", TOKEN_ADDRESS}};
	for (size_t i = phrase->start; i < phrase->n; i++)
		for (size_t k = 0; k < sizeof settings / sizeof *settings; k++) {
			if (!phrase_has(phrase, i, settings[k].word) || !is_plain_before(phrase, i))
				continue;
			size_t value = value_behind(phrase, i + 1, settings[k].kind);
			if (value)
				state(phrase, i, value, settings[k].attribute);
		}
}
