/* Stated against declared, by type. */
#include "fact/fact_parts.h"

static void settle(struct fact *fact, enum verdict verdict, struct word declared)
{
	fact->verdict = verdict;
	fact->declared = declared;
	fact->why = STR_NONE;
}

static void leave(struct fact *fact, const char *why)
{
	fact->verdict = VERDICT_UNJUDGED;
	fact->why = str_from(why);
}

static const struct network *network_of(const struct estate *estate, struct address address)
{
	const struct network *best = NULL;
	uint8_t bits = 0;
	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->cidrs.n; k++) {
			const struct prefix_value *value = &estate->networks.data[i]->cidrs.data[k];
			if (value->valid && prefix_contains(value->prefix, address) &&
			    (!best || value->prefix.bits > bits)) {
				best = estate->networks.data[i];
				bits = value->prefix.bits;
			}
		}
	return best;
}

/* Documents write addresses of their own networks as examples of a kind; those of documentation ranges are never meant. */
static bool all_documentation(const struct fact_value *value)
{
	for (size_t i = 0; i < value->addresses.n; i++)
		if (!address_is_documentation(value->addresses.data[i]) &&
		    !address_is_loopback(value->addresses.data[i]))
			return false;
	return true;
}

/* One stated address against those declared. An address on a network where the subject has none declared may be a further one. */
static enum verdict judge_address(const struct estate *estate, struct address address, const struct declared *declared,
				  struct word *against)
{
	const struct network *home = network_of(estate, address);
	bool other_network = false;
	for (size_t i = 0; i < declared->values.n; i++) {
		struct address_read read = address_parse(declared->values.data[i].str);
		if (read.error != NET_OK)
			continue;
		if (address_eq(read.address, address)) {
			*against = declared->values.data[i];
			return VERDICT_AGREES;
		}
		const struct network *network = network_of(estate, read.address);
		if (read.address.family != address.family || (home && network && home != network)) {
			other_network = true;
			continue;
		}
		if (!against->str.size)
			*against = declared->values.data[i];
	}
	if (against->str.size)
		return VERDICT_CONTRADICTS;
	return other_network ? VERDICT_UNJUDGED : VERDICT_CONTRADICTS;
}

/* Gives the stated address that contradicts; family 0: none does. */
static struct address judge_addresses(struct fact *fact, const struct fact_value *parsed, const struct estate *estate,
				      const struct declared *declared)
{
	struct address wrong = {0};
	if (all_documentation(parsed)) {
		leave(fact, "documentation address");
		return wrong;
	}
	struct word agreed = {0}, contradicted = {0};
	bool unsure = false;
	for (size_t i = 0; i < parsed->addresses.n; i++) {
		struct word against = {0};
		enum verdict verdict = judge_address(estate, parsed->addresses.data[i], declared, &against);
		if (verdict == VERDICT_AGREES) {
			agreed = against;
		} else if (verdict == VERDICT_CONTRADICTS) {
			contradicted = against.str.size ? against : declared->values.data[0];
			wrong = parsed->addresses.data[i];
		} else {
			unsure = true;
		}
	}
	if (contradicted.str.size && !(agreed.str.size && parsed->addresses.n > declared->values.n)) {
		settle(fact, VERDICT_CONTRADICTS, contradicted);
		return wrong;
	}
	if (agreed.str.size)
		settle(fact, VERDICT_AGREES, agreed);
	else if (unsure)
		leave(fact, "on a network where no address is declared");
	return (struct address){0};
}

/* Of several addresses, a finding points at the one that contradicts. */
static void point_at(const struct model *model, struct fact *fact, struct address address)
{
	struct fact_value one = {.type = TYPE_ADDRESS, .valid = true, .addresses = {.data = &address, .n = 1}};
	fact->value = value_narrow(model, fact->value, &one);
}

static bool is_declared_prefix(const struct estate *estate, struct prefix prefix)
{
	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->cidrs.n; k++)
			if (estate->networks.data[i]->cidrs.data[k].valid &&
			    prefix_eq(estate->networks.data[i]->cidrs.data[k].prefix, prefix))
				return true;
	return false;
}

/* A wider declared block that holds the network is another way to speak of it. */
static void judge_prefixes(struct fact *fact, const struct fact_value *parsed, const struct estate *estate,
			   const struct declared *declared)
{
	bool related = false;
	struct word first = {0};
	for (size_t i = 0; i < parsed->prefixes.n; i++) {
		struct prefix stated = parsed->prefixes.data[i];
		for (size_t k = 0; k < declared->values.n; k++) {
			struct prefix_read read = prefix_parse(declared->values.data[k].str);
			if (read.error != NET_OK || read.prefix.base.family != stated.base.family)
				continue;
			if (prefix_eq(read.prefix, stated)) {
				settle(fact, VERDICT_AGREES, declared->values.data[k]);
				return;
			}
			related |= stated.bits < read.prefix.bits && prefix_overlaps(read.prefix, stated) &&
				   is_declared_prefix(estate, stated);
			if (!first.str.size)
				first = declared->values.data[k];
		}
	}
	if (related)
		leave(fact, "a wider block of the same space");
	else if (first.str.size)
		settle(fact, VERDICT_CONTRADICTS, first);
	else
		leave(fact, "no prefix of that family declared");
}

static void judge_count(struct arena *arena, struct fact *fact, const struct fact_value *stated,
			const struct declared *declared)
{
	struct fact_value value = fact_value_parse(arena, TYPE_COUNT, declared->values.data[0].str);
	if (!value.valid) {
		leave(fact, "the declared count is no number");
		return;
	}
	bool agrees = stated->min <= value.max && value.min <= stated->max;
	settle(fact, agrees ? VERDICT_AGREES : VERDICT_CONTRADICTS, declared->values.data[0]);
}

void fact_judge(struct arena *arena, const struct model *model, struct fact *fact, const struct fact_value *parsed)
{
	if (fact->why.size)
		return;
	if (!fact->subject) {
		leave(fact, "no subject");
		return;
	}
	struct declared declared = fact_declared(arena, model, fact->subject, fact->attribute);
	if (!declared.values.n) {
		leave(fact, "nothing declared");
		return;
	}
	const struct estate *estate = fact->subject->estate ? fact->subject->estate : fact->page->estate;
	if (fact->attribute->type == TYPE_ADDRESS) {
		struct address wrong = judge_addresses(fact, parsed, estate, &declared);
		if (wrong.family && parsed->addresses.n > 1)
			point_at(model, fact, wrong);
	} else if (fact->attribute->type == TYPE_PREFIX)
		judge_prefixes(fact, parsed, estate, &declared);
	else if (fact->attribute->type == TYPE_COUNT)
		judge_count(arena, fact, parsed, &declared);
	else
		leave(fact, "no rule compares this kind yet");
}
