/* fact-address: a document states an address for an entity that has another. */
#include "check/check.h"

static struct str owner_key(struct arena *arena, const struct estate *estate, struct address address)
{
	return str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(estate->entity.id.str),
			  STR_ARG(address_format(arena, address)));
}

/* Estate and address to the first entity that has it. */
static void find_owners(struct check *check, struct map *owners)
{
	owners->arena = check->arena;
	FOR_ESTATES (check->model, estate) {
		struct address_uses uses = estate_addresses(check->arena, estate);
		for (size_t i = 0; i < uses.list.n; i++) {
			if (!uses.list.data[i].value->valid)
				continue;
			struct str key = owner_key(check->arena, estate, uses.list.data[i].value->address);
			if (!map_has(owners, key))
				map_put(owners, key, uses.list.data[i].owner);
		}
	}
}

static void report(struct check *check, const struct fact *fact, struct map *owners)
{
	struct fact_value stated = fact_value_parse(check->arena, TYPE_ADDRESS, fact->value.str);
	struct str name = entity_title(fact->subject);
	struct diag *diag =
		check_report(check, fact->value.span, STR_FMT "'s %s is " STR_FMT ", not " STR_FMT, STR_ARG(name),
			     fact->attribute->name, STR_ARG(fact->declared.str), STR_ARG(fact->value.str));
	check_note(check, diag, fact->declared.span, "declared here");
	check_help(check, diag, "write " STR_FMT ", or change the topology", STR_ARG(fact->declared.str));
	if (stated.addresses.n != 1)
		return;
	check_fix(check, diag, fact->value.span, fact->declared.str);
	if (!owners->arena)
		find_owners(check, owners);
	const struct entity *owner =
		map_find(owners, owner_key(check->arena, fact->page->estate, stated.addresses.data[0]));
	if (owner && owner != fact->subject)
		check_note(check, diag, owner->id.span, STR_FMT " has this address", STR_ARG(entity_title(owner)));
}

static void run(struct check *check)
{
	struct map owners = {0};
	for (size_t i = 0; i < check->facts->list.n; i++) {
		const struct fact *fact = check->facts->list.data[i];
		if (fact->verdict == VERDICT_CONTRADICTS && strcmp(fact->attribute->rule, check->rule->name) == 0)
			report(check, fact, &owners);
	}
}

const struct rule rule_fact_address = {
	.name = "fact-address",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "an address stated for an entity that has another",
	.explain =
		"A reader who trusts the document connects to the wrong host. The address is compared with every address that "
		"is declared for the entity; one on a network where the entity has none declared is left alone, since it may be "
		"a further one. History, plans and documentation addresses are left alone too.",
	.example = "| storm | 192.168.100.52 |     the topology says 192.168.100.25",
	.cure = "Write the declared address, or correct the topology when the document is right.",
	.run = run,
};
