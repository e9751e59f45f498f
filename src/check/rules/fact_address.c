/* fact-address: a document states an address for an entity that has another. */
#include "check/check.h"

/* The entity of the estate that has the stated address, or NULL. */
static const struct entity *owner_of(struct check *check, const struct fact *fact, const struct fact_value *stated)
{
	if (!fact->page->estate || !stated->addresses.n)
		return NULL;
	struct address_uses uses = estate_addresses(check->arena, fact->page->estate);
	for (size_t i = 0; i < uses.list.n; i++)
		if (uses.list.data[i].value->valid && address_eq(uses.list.data[i].value->address, stated->addresses.data[0]))
			return uses.list.data[i].owner;
	return NULL;
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->facts->list.n; i++) {
		const struct fact *fact = check->facts->list.data[i];
		if (fact->verdict != VERDICT_CONTRADICTS || strcmp(fact->attribute->rule, check->rule->name) != 0)
			continue;
		struct fact_value stated = fact_value_parse(check->arena, TYPE_ADDRESS, fact->value.str);
		struct str name = entity_title(fact->subject);
		struct diag *diag = check_report(check, fact->value.span, STR_FMT "'s %s is " STR_FMT ", not " STR_FMT, STR_ARG(name),
						 fact->attribute->name, STR_ARG(fact->declared.str), STR_ARG(fact->value.str));
		check_note(check, diag, fact->declared.span, "declared here");
		const struct entity *owner = owner_of(check, fact, &stated);
		if (owner && owner != fact->subject)
			check_note(check, diag, owner->id.span, STR_FMT " has this address", STR_ARG(entity_title(owner)));
		check_help(check, diag, "write " STR_FMT ", or change the topology", STR_ARG(fact->declared.str));
		if (stated.addresses.n == 1)
			check_fix(check, diag, fact->value.span, fact->declared.str);
	}
}

const struct rule rule_fact_address = {
	.name = "fact-address",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "an address stated for an entity that has another",
	.explain = "A reader who trusts the document connects to the wrong host. The address is compared with every address that "
		   "is declared for the entity; one on a network where the entity has none declared is left alone, since it may be "
		   "a further one. History, plans and documentation addresses are left alone too.",
	.example = "| storm | 192.168.100.52 |     the topology says 192.168.100.25",
	.cure = "Write the declared address, or correct the topology when the document is right.",
	.run = run,
};
