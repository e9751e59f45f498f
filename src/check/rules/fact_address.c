/* fact-address: a document states an address for an entity that has another. */
#include "check/contradiction.h"

/* So many things of one network that has another prefix now are one finding. */
enum { MOVED_MIN = 3 };

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

static void report(struct check *check, const struct contradiction *contradiction, struct map *owners)
{
	const struct fact *fact = contradiction->fact;
	struct fact_value stated = fact_value_parse(check->arena, TYPE_ADDRESS, fact->value.str);
	struct diag *diag = check_report(check, fact->value.span, STR_FMT "'s %s is " STR_FMT ", not " STR_FMT,
					 STR_ARG(contradiction_subject(fact)), fact->attribute->name,
					 STR_ARG(fact->declared.str), STR_ARG(fact->value.str));
	contradiction_explain(check, diag, contradiction, fact->declared.str);
	if (stated.addresses.n != 1 || !fact->page->estate) {
		diag->has_fix = false;
		return;
	}
	if (!owners->arena)
		find_owners(check, owners);
	const struct entity *owner =
		map_find(owners, owner_key(check->arena, fact->page->estate, stated.addresses.data[0]));
	if (owner && owner != fact->subject)
		check_note(check, diag, owner->id.span, STR_FMT " has this address", STR_ARG(entity_title(owner)));
}

/* ---- a network that moved ---- */

/* Contradicting addresses of one prefix that nothing declares, all of things that one declared network holds. */
struct move {
	struct prefix from;
	const struct network *to;
	struct map subjects;
	VEC(const struct contradiction *) list;
};

/* The network's block that an address stands for: /24, or /64. */
static struct prefix block_of(struct address address)
{
	return prefix_network((struct prefix){address, address.family == 6 ? 64 : 24});
}

/* The move that a contradiction would be part of; NULL: none. */
static struct move *move_of(struct check *check, struct map *moves, const struct contradiction *contradiction)
{
	const struct fact *fact = contradiction->fact;
	const struct estate *estate = fact->subject ? fact->subject->estate : NULL;
	struct fact_value stated = fact_value_parse(check->arena, TYPE_ADDRESS, fact->value.str);
	struct address_read declared = address_parse(fact->declared.str);
	if (!estate || stated.addresses.n != 1 || declared.error != NET_OK ||
	    declared_network(estate, stated.addresses.data[0]))
		return NULL;
	const struct network *to = declared_network(estate, declared.address);
	if (!to)
		return NULL;
	struct prefix from = block_of(stated.addresses.data[0]);
	struct str key = str_format(check->arena, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(estate->entity.id.str),
				    STR_ARG(prefix_format(check->arena, from)), STR_ARG(to->entity.id.str));
	struct move *move = map_find(moves, key);
	if (!move) {
		move = NEW(check->arena, struct move);
		*move = (struct move){.from = from, .to = to, .subjects = {.arena = check->arena}};
		map_put(moves, key, move);
	}
	return move;
}

static void note_places(struct check *check, struct diag *diag, const struct contradiction *contradiction, bool first)
{
	const struct fact *fact = contradiction->fact;
	for (size_t i = 0; i <= contradiction->others.n; i++) {
		const struct fact *place = i ? contradiction->others.data[i - 1] : fact;
		contradiction_fix(check, diag, place, place->declared.str);
		if (i || !first)
			check_note(check, diag, place->value.span, STR_FMT "'s %s is " STR_FMT,
				   STR_ARG(contradiction_subject(fact)), fact->attribute->name,
				   STR_ARG(fact->declared.str));
	}
}

static void report_move(struct check *check, const struct move *move)
{
	const struct fact *fact = move->list.data[0]->fact;
	struct str from = prefix_format(check->arena, move->from), name = entity_title(&move->to->entity);
	struct word cidr = move->to->cidrs.data[0].word;
	struct diag *diag = check_report(check, fact->value.span,
					 "the addresses of %zu things are of " STR_FMT
					 ", which is not declared; they are in " STR_FMT ", " STR_FMT,
					 move->subjects.n, STR_ARG(from), STR_ARG(name), STR_ARG(cidr.str));
	check_note(check, diag, cidr.span, "declared here");
	for (size_t i = 0; i < move->list.n; i++)
		note_places(check, diag, move->list.data[i], i == 0);
	check_help(check, diag,
		   "write the addresses that are declared (" STR_FMT " has " STR_FMT "), or change the topology",
		   STR_ARG(contradiction_subject(fact)), STR_ARG(fact->declared.str));
	check_key(check, diag, str_format(check->arena, STR_FMT " " STR_FMT, STR_ARG(from), STR_ARG(name)));
}

static void run(struct check *check)
{
	struct contradictions found = contradictions_find(check);
	struct map owners = {0}, moves = {.arena = check->arena};
	struct move **of = NEW_ARRAY(check->arena, struct move *, found.list.n + 1);
	for (size_t i = 0; i < found.list.n; i++) {
		const struct contradiction *contradiction = found.list.data[i];
		if (!check_is_suppressed(check, contradiction->fact->value.span))
			of[i] = move_of(check, &moves, contradiction);
		if (!of[i])
			continue;
		vec_add(check->arena, &of[i]->list, contradiction);
		map_put(&of[i]->subjects, contradiction->fact->subject->id.str, of[i]);
	}
	for (size_t i = 0; i < found.list.n; i++) {
		if (!of[i] || of[i]->subjects.n < MOVED_MIN)
			report(check, found.list.data[i], &owners);
		else if (of[i]->list.data[0] == found.list.data[i])
			report_move(check, of[i]);
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
		"a further one. History, plans and documentation addresses are left alone too. When three or more things still "
		"have addresses of one prefix that nothing declares, that is one finding about the network.",
	.example = "| storm | 192.168.100.52 |     the topology says 192.168.100.25",
	.cure = "Write the declared address, or correct the topology when the document is right.",
	.run = run,
};
