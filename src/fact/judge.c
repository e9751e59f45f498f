/* Stated against declared, by type. */
#include "fact/judge_parts.h"

void settle(struct fact *fact, enum verdict verdict, struct word declared)
{
	fact->verdict = verdict;
	fact->declared = declared;
	fact->why = STR_NONE;
}

void leave(struct fact *fact, const char *why)
{
	fact->verdict = VERDICT_UNJUDGED;
	fact->why = str_from(why);
	fact->declared = (struct word){STR_NONE, SPAN_NONE};
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

/* Machine files often give a machine the one address by which it is reached: one of quite another network, of which
 * nothing is declared, may be a further one. */
static bool may_be_further(const struct estate *estate, struct address stated, struct address declared)
{
	struct prefix near = {stated, stated.family == 4 ? 24 : 64};
	return !estate->topology && !declared_network(estate, stated) && !declared_network(estate, declared) &&
	       !prefix_contains(prefix_network(near), declared);
}

/* One stated address against those declared. An address on a network where the subject has none declared may be a further one. */
static enum verdict judge_address(const struct estate *estate, struct address address, const struct declared *declared,
				  struct word *against)
{
	const struct network *home = declared_network(estate, address);
	bool other_network = false;
	for (size_t i = 0; i < declared->values.n; i++) {
		struct address_read read = address_parse(declared->values.data[i].str);
		if (read.error != NET_OK)
			continue;
		if (address_eq(read.address, address)) {
			*against = declared->values.data[i];
			return VERDICT_AGREES;
		}
		const struct network *network = declared_network(estate, read.address);
		if (read.address.family != address.family || (home && network && home != network) ||
		    may_be_further(estate, address, read.address)) {
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
			related |= prefix_overlaps(read.prefix, stated) && declared_network_of(estate, stated);
			if (!first.str.size)
				first = declared->values.data[k];
		}
	}
	if (related)
		leave(fact, "another declared block of the same space");
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

/* ---- quantities ---- */

static enum fact_unit unit_of(const struct attribute *attribute)
{
	return strstr(attribute->name, "cores") ? UNIT_CORES : UNIT_BYTES;
}

/* Drops what is of another unit. Threads are cores to those who count them so, and no amount besides: *threads is how many. */
static size_t keep_unit(struct quantity *list, size_t n, enum fact_unit unit, size_t *threads)
{
	size_t kept = 0;
	*threads = 0;
	for (size_t i = 0; i < n; i++) {
		*threads += list[i].unit == UNIT_THREADS;
		if (unit == UNIT_CORES && (list[i].unit == UNIT_THREADS || list[i].unit == UNIT_NONE))
			list[i].unit = UNIT_CORES;
		if (list[i].unit == unit || list[i].unit == UNIT_NONE)
			list[kept++] = list[i];
	}
	return kept;
}

/* All of one scale as one. */
static struct quantity sum(const struct quantity *list, size_t n)
{
	struct quantity total = list[0];
	for (size_t i = 1; i < n; i++) {
		if (list[i].scale != total.scale)
			return list[0];
		total.number += list[i].number;
		total.max += list[i].max;
	}
	return total;
}

/* Of one unit, and less than a twentieth apart. */
static bool is_near(const struct quantity *a, const struct quantity *b)
{
	double x = a->number, y = b->number;
	for (int i = a->scale; i < b->scale; i++)
		y *= 1000;
	for (int i = b->scale; i < a->scale; i++)
		x *= 1000;
	return a->unit == b->unit && x < y * 1.05 && y < x * 1.05;
}

static void judge_quantity(struct arena *arena, struct fact *fact, const struct fact_value *parsed,
			   const struct declared *declared)
{
	enum fact_unit unit = unit_of(fact->attribute);
	struct word against = declared->values.data[0];
	struct fact_value value = fact_value_parse(arena, TYPE_QUANTITY, against.str);
	size_t threads, others;
	size_t n = keep_unit(parsed->quantities.data, parsed->quantities.n, unit, &threads);
	size_t m = keep_unit(value.quantities.data, value.valid ? value.quantities.n : 0, unit, &others);
	if (!n || !m) {
		leave(fact, n ? "the declared value is no such quantity" : "a quantity of another kind");
		return;
	}
	struct quantity stated_sum = sum(parsed->quantities.data, n), declared_sum = sum(value.quantities.data, m);
	bool agrees = quantity_agrees(&stated_sum, &declared_sum), bare = false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++) {
			agrees |= quantity_agrees(&parsed->quantities.data[i], &value.quantities.data[k]);
			bare |= parsed->quantities.data[i].unit != value.quantities.data[k].unit;
		}
	if (agrees)
		settle(fact, VERDICT_AGREES, against);
	else if (n - (threads == 1 && n == 2) > 1 || m > 1)
		leave(fact, "several quantities");
	else if (bare)
		leave(fact, "a number without a unit");
	else if (strstr(fact->attribute->name, "total") && is_near(&stated_sum, &declared_sum))
		leave(fact, "a total that may be rounded");
	else
		settle(fact, VERDICT_CONTRADICTS, against);
}

/* ---- versions ---- */

/* The words before a version name the component when it has none of its own: "Talos v1.12.1", "on Talos v1.12.1". */
static struct str component_of(struct arena *arena, const struct fact *fact, const struct fact_value *parsed,
			       const struct estate *estate)
{
	bool several;
	if (fact->detail.size || !parsed->names.n)
		return version_component(arena, fact->detail);
	struct str words = version_component(arena, parsed->names.data[0]);
	size_t blank = str_rfind_char(words, ' ');
	if (blank != SIZE_MAX && !declared_component(estate, words, &several) && !several)
		words = str_from_off(words, blank + 1);
	return declared_component(estate, words, &several) || several ? words : STR_NONE;
}

/* A version without a subject belongs to the one thing that declares that component. */
static bool bind_component(struct fact *fact, const struct estate *estate, struct str component)
{
	bool several = false;
	struct entity *entity = component.size ? declared_component(estate, component, &several) : NULL;
	if (entity)
		fact->subject = entity;
	else
		leave(fact, several ? "several things declare a version of it" : "nothing declared");
	return entity != NULL;
}

static void judge_version(struct arena *arena, struct fact *fact, const struct fact_value *parsed,
			  const struct estate *estate)
{
	struct str component = component_of(arena, fact, parsed, estate);
	if ((!fact->subject || fact->subject->kind == ENTITY_ESTATE) && !bind_component(fact, estate, component))
		return;
	bool service = fact->subject->kind == ENTITY_SERVICE;
	/* A node runs what its cluster runs. */
	if (fact->subject->kind == ENTITY_NODE)
		fact->subject = &((const struct node *)fact->subject)->cluster->entity;
	struct declared declared = fact_declared_detail(arena, estate, fact->subject, STR_NONE, fact->attribute,
							service ? STR_NONE : component);
	enum match match = MATCH_UNSURE;
	for (size_t i = 0; i < declared.values.n && match != MATCH_SAME; i++) {
		enum match one = versions_match(parsed->text, declared.values.data[i].str);
		if (one == MATCH_UNSURE)
			continue;
		match = one;
		fact->declared = declared.values.data[i];
	}
	if (match == MATCH_SAME)
		settle(fact, VERDICT_AGREES, fact->declared);
	else if (match == MATCH_UNSURE)
		leave(fact, declared.values.n ? "the declared version is no number" : "nothing declared");
	else if (service || component.size)
		settle(fact, VERDICT_CONTRADICTS, fact->declared);
	else
		leave(fact, "a version of which component");
}

/* ---- all ---- */

/* A cell headed CPU that holds only a number of cores speaks of cores; a host with dots is a host name. */
static void reread(struct arena *arena, struct fact *fact, struct fact_value *parsed)
{
	const char *name = fact->attribute->name;
	struct fact_value other = {0};
	if (strcmp(name, "cpu") == 0)
		other = fact_value_parse(arena, TYPE_QUANTITY, fact->value.str);
	else if (strcmp(name, "runs on") == 0)
		other = fact_value_parse(arena, TYPE_HOST, fact->value.str);
	if (!other.valid || (other.type == TYPE_QUANTITY && (other.quantities.data[0].unit != UNIT_CORES ||
							     other.part.size != str_trim(fact->value.str).size)))
		return;
	fact->attribute = attribute_named(other.type == TYPE_HOST ? "host" : "cores");
	*parsed = other;
}

/* False for an endpoint of a cluster that is a node's own address. */
static bool is_api_address(const struct fact *fact, struct address address)
{
	const struct cluster *cluster = (const struct cluster *)fact->subject;
	for (size_t i = 0; fact->subject->kind == ENTITY_CLUSTER && i < cluster->nodes.n; i++) {
		const struct node *node = cluster->nodes.data[i];
		for (size_t k = 0; k < node->addresses.n; k++)
			if (node->addresses.data[k].valid && address_eq(node->addresses.data[k].address, address))
				return false;
	}
	return true;
}

static void judge_declared(struct arena *arena, const struct model *model, struct fact *fact,
			   const struct fact_value *parsed, const struct estate *estate)
{
	struct declared declared = fact_declared_detail(arena, estate, fact->subject, fact->subject_text.str,
							fact->attribute, fact->detail);
	if (!declared.values.n) {
		leave(fact, fact->subject ? "nothing declared" : "no subject");
		return;
	}
	switch (fact->attribute->type) {
	case TYPE_ADDRESS: {
		struct address wrong = judge_addresses(fact, parsed, estate, &declared);
		if (wrong.family && str_is(fact->detail, "endpoint") && !is_api_address(fact, wrong))
			leave(fact, "perhaps another endpoint");
		else if (wrong.family && parsed->addresses.n > 1)
			point_at(model, fact, wrong);
		break;
	}
	case TYPE_PREFIX: judge_prefixes(fact, parsed, estate, &declared); break;
	case TYPE_COUNT: judge_count(arena, fact, parsed, &declared); break;
	case TYPE_QUANTITY: judge_quantity(arena, fact, parsed, &declared); break;
	default: judge_words(arena, fact, parsed, estate, &declared); break;
	}
}

void fact_judge(struct arena *arena, const struct model *model, struct fact *fact, const struct fact_value *parsed)
{
	struct fact_value value = *parsed;
	const struct estate *estate = fact->page->estate;
	if (fact->subject && fact->subject->kind == ENTITY_ESTATE)
		estate = (const struct estate *)fact->subject;
	else if (fact->subject && fact->subject->estate)
		estate = fact->subject->estate;
	reread(arena, fact, &value);
	if (fact->why.size)
		return;
	if (!estate)
		leave(fact, "no subject");
	else if (fact->attribute->type == TYPE_VERSION)
		judge_version(arena, fact, &value, estate);
	else
		judge_declared(arena, model, fact, &value, estate);
}
