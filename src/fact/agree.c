/* Facts that nothing declares against each other: two places that state different values of one thing. */
#include "fact/value_parts.h"

/* A class of values that agree, by the first that was stated. */
struct class
{
	const struct fact *first;
	struct fact_value value;
};

struct stated {
	const struct fact *fact;
	size_t class;
};

/* All that is stated of one thing. */
struct pile {
	VEC(struct stated) list;
	VEC(struct class) classes;
	bool firm; /* at least one is_firm() */
};

/* ---- which facts can be compared ---- */

static bool is_unbound_name(struct str text)
{
	static const char *const kinds[] = {"node ", "cluster ", "network ", "service "};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_starts(text, str_from(kinds[i])))
			return true;
	return str_is(text, "estate");
}

static bool is_left_for_us(const struct fact *fact)
{
	if (fact->verdict != VERDICT_UNJUDGED || !fact->page || fact->page->decision)
		return false;
	if (!str_is(fact->why, "nothing declared") && !str_is(fact->why, "of something undeclared"))
		return false;
	return fact->subject || is_unbound_name(fact->subject_text.str);
}

/* Services have many addresses, ports and names; models of processors are written in too many ways. */
static bool has_one_value(const struct fact *fact, const struct fact_value *value)
{
	bool service = fact->subject ? fact->subject->kind == ENTITY_SERVICE
				     : str_starts(fact->subject_text.str, STR("service "));
	switch (value->type) {
	case TYPE_ADDRESS: return value->addresses.n == 1 && !service;
	case TYPE_PREFIX: return value->prefixes.n == 1;
	case TYPE_COUNT: return true;
	case TYPE_QUANTITY: return value->quantities.n == 1 && value->quantities.data[0].unit != UNIT_NONE;
	case TYPE_VERSION: return !service;
	case TYPE_ROLE: return value->set && !value->weak;
	case TYPE_ARCHITECTURE: return value->set != 0;
	case TYPE_NUMBER: return value->numbers.n == 1 && !service;
	default: return false;
	}
}

/* ---- comparing ---- */

/* Two addresses in different networks may both be right. */
static bool addresses_differ(const struct fact *fact, struct address a, struct address b)
{
	bool sole = strcmp(fact->attribute->name, "address") != 0;
	if (a.family != b.family || address_is_documentation(a) || address_is_documentation(b) || address_eq(a, b))
		return false;
	struct prefix near = prefix_network((struct prefix){a, a.family == 4 ? 24 : 64});
	return sole || prefix_contains(near, b);
}

static bool differ(const struct fact *fact, const struct fact_value *a, const struct fact_value *b)
{
	switch (a->type) {
	case TYPE_ADDRESS: return addresses_differ(fact, a->addresses.data[0], b->addresses.data[0]);
	case TYPE_PREFIX:
		return a->prefixes.data[0].base.family == b->prefixes.data[0].base.family &&
		       !prefix_overlaps(a->prefixes.data[0], b->prefixes.data[0]);
	case TYPE_COUNT: return a->min > b->max || b->min > a->max;
	case TYPE_QUANTITY: {
		struct quantity one = a->quantities.data[0], two = b->quantities.data[0];
		return one.unit == two.unit && !quantity_agrees(&one, &two);
	}
	case TYPE_VERSION: return versions_match(a->text, b->text) == MATCH_DIFFERS;
	case TYPE_ROLE:
	case TYPE_ARCHITECTURE: return !(a->set & b->set);
	case TYPE_NUMBER: return a->numbers.data[0] != b->numbers.data[0];
	default: return false;
	}
}

/* ---- piles ---- */

static struct str folder_of(const struct page *page)
{
	struct str path = page->source->path;
	size_t slash = str_rfind_char(path, '/');
	return slash == SIZE_MAX ? STR_NONE : str_sub(path, 0, slash);
}

/* Estate, subject, attribute, detail. What has no name is one thing only within a folder. */
static struct str pile_key(struct arena *arena, const struct fact *fact)
{
	const struct estate *estate =
		fact->subject && fact->subject->estate ? fact->subject->estate : fact->page->estate;
	struct str scope = estate ? estate->entity.id.str : STR_NONE, subject = fact->subject_text.str;
	if (fact->subject)
		subject = str_format(arena, "%s\t" STR_FMT, entity_kind_name(fact->subject->kind),
				     STR_ARG(fact->subject->id.str));
	else if (str_is(subject, "estate"))
		scope = folder_of(fact->page);
	return str_format(arena, STR_FMT "\n" STR_FMT "\n%s\n" STR_FMT, STR_ARG(scope), STR_ARG(subject),
			  fact->attribute->name, STR_ARG(fact->detail));
}

/* A cell, field, heading or badge, not running text. A name in a drawing may be that of any three Kafkas. */
static bool is_firm(const struct fact *fact)
{
	switch (fact->form) {
	case FORM_SENTENCE:
	case FORM_SAMPLE: return false;
	case FORM_DRAWING:
	case FORM_MERMAID:
	case FORM_DOT: return fact->subject != NULL;
	default: return true;
	}
}

static void put(struct arena *arena, struct map *piles, const struct fact *fact)
{
	enum { CLASSES = 8 };
	struct fact_value value = fact_value_parse(arena, fact->attribute->type, fact->value.str);
	if (!value.valid || !has_one_value(fact, &value))
		return;
	struct str key = pile_key(arena, fact);
	struct pile *pile = map_find(piles, key);
	if (!pile) {
		pile = NEW(arena, struct pile);
		map_put(piles, key, pile);
	}
	size_t class = 0;
	while (class < pile->classes.n && differ(fact, &value, &pile->classes.data[class].value))
		class ++;
	if (class == pile->classes.n) {
		if (class == CLASSES)
			return;
		vec_add(arena, &pile->classes, (struct class){fact, value});
	}
	vec_add(arena, &pile->list, (struct stated){fact, class});
	pile->firm |= is_firm(fact);
}

/* True when one table gives the thing two values: then its name is that of several. */
static bool is_several(const struct pile *pile)
{
	for (size_t i = 1; i < pile->list.n; i++) {
		const struct stated *a = &pile->list.data[i - 1], *b = &pile->list.data[i];
		if (a->class != b->class && a->fact->block && a->fact->block == b->fact->block &&
		    a->fact->page == b->fact->page)
			return true;
	}
	return false;
}

void agree_find(struct arena *arena, const struct model *model, struct facts *facts)
{
	(void)model;
	struct arena *scratch = arena_new();
	struct map piles = {.arena = scratch};
	for (size_t i = 0; i < facts->list.n; i++)
		if (is_left_for_us(facts->list.data[i]))
			put(scratch, &piles, facts->list.data[i]);
	for (size_t i = 0; i < piles.n; i++) {
		const struct pile *pile = piles.items[i].value;
		if (pile->classes.n < 2 || !pile->firm || is_several(pile))
			continue;
		struct disagreement disagreement = {0};
		for (size_t k = 0; k < pile->list.n; k++)
			vec_add(arena, &disagreement.facts, pile->list.data[k].fact);
		vec_add(arena, &facts->disagreements, disagreement);
	}
	arena_free(scratch);
}
