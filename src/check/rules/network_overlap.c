/* network-overlap: two networks share addresses, and neither is declared as part of the other. */
#include "check/address_home.h"

struct block {
	const struct network *network;
	const struct prefix_value *cidr;
	struct prefix prefix; /* without host bits */
	size_t order;         /* in the file */
};
struct blocks {
	VEC(struct block) list;
};

/* By first address, the wider first: what holds a block then stands before it. */
static int compare(const void *left, const void *right)
{
	const struct block *a = left, *b = right;
	int order = address_cmp(a->prefix.base, b->prefix.base);

	if (order == 0)
		order = (int)a->prefix.bits - (int)b->prefix.bits;
	return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* A prefix with host bits is told of by itself. */
static struct blocks collect(struct arena *arena, const struct estate *estate)
{
	struct blocks blocks = {0};

	for (size_t i = 0; i < estate->networks.n; i++) {
		const struct network *network = estate->networks.data[i];

		for (size_t k = 0; k < network->cidrs.n; k++) {
			const struct prefix_value *cidr = &network->cidrs.data[k];

			if (cidr->valid && !prefix_has_host_bits(cidr->prefix))
				vec_add(arena, &blocks.list,
					(struct block){network, cidr, cidr->prefix, blocks.list.n});
		}
	}
	if (blocks.list.n > 1)
		qsort(blocks.list.data, blocks.list.n, sizeof *blocks.list.data, compare);
	return blocks;
}

/* A parent of the same prefix as `outer` does as well: that the two are one prefix is another finding. */
static bool has_such_parent(const struct network *network, const struct block *outer)
{
	const struct network *at = (const struct network *)network->parent.entity;

	for (int i = 0; at && i < 129; i++, at = (const struct network *)at->parent.entity)
		for (size_t k = 0; k < at->cidrs.n; k++)
			if (at->cidrs.data[k].valid && prefix_eq(at->cidrs.data[k].prefix, outer->prefix))
				return true;
	return false;
}

/* A parent that names nothing is told of, and would have said how the two are related. */
static bool has_lost_parent(const struct network *network)
{
	return network->parent.word.str.size > 0 && !network->parent.entity;
}

static bool are_related(const struct block *inner, const struct block *outer)
{
	return inner->network == outer->network || network_is_below(inner->network, outer->network) ||
	       network_is_below(outer->network, inner->network) || has_such_parent(inner->network, outer) ||
	       has_lost_parent(inner->network) || has_lost_parent(outer->network);
}

static void report(struct check *check, const struct block *inner, const struct block *outer)
{
	const struct block *first = inner->order < outer->order ? inner : outer,
			   *second = first == inner ? outer : inner;
	struct str id = second->network->entity.id.str, other = first->network->entity.id.str;
	struct diag *diag = check_report(
		check, second->cidr->word.span, STR_FMT " (" STR_FMT ") and " STR_FMT " (" STR_FMT ") overlap",
		STR_ARG(id), STR_ARG(second->cidr->word.str), STR_ARG(other), STR_ARG(first->cidr->word.str));

	check_note(check, diag, first->cidr->word.span, STR_FMT " is declared here", STR_ARG(other));
	check_help(check, diag,
		   "choose another prefix, or write parent: " STR_FMT " on " STR_FMT " when it is a part of it",
		   STR_ARG(outer->network->entity.id.str), STR_ARG(inner->network->entity.id.str));
}

/* Prefixes lie in each other or apart. The stack holds those that the block at hand lies in; the innermost is asked, since
 * whether that one may lie in the outer ones was asked before. */
static void check_estate(struct check *check, const struct estate *estate)
{
	struct blocks blocks = collect(check->arena, estate);
	VEC(const struct block *) stack = {0};

	for (size_t i = 0; i < blocks.list.n; i++) {
		const struct block *block = &blocks.list.data[i];

		while (stack.n > 0 && !prefix_contains(stack.data[stack.n - 1]->prefix, block->prefix.base))
			stack.n--;
		if (stack.n > 0 && prefix_eq(stack.data[stack.n - 1]->prefix, block->prefix))
			continue;
		if (stack.n > 0 && !are_related(block, stack.data[stack.n - 1]))
			report(check, block, stack.data[stack.n - 1]);
		vec_add(check->arena, &stack, block);
	}
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		check_estate(check, estate);
}

const struct rule rule_network_overlap = {
	.name = "network-overlap",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "two networks of an estate intersect, and neither is declared the other's parent",
	.explain =
		"Of two networks that share addresses, a router reaches only one. Networks for pods and services are asked too: a "
		"cluster whose pods have addresses of its services fails in ways that are hard to see. A network that is a part of "
		"another says so with parent:, over any number of steps. Equal prefixes are network-duplicate.",
	.example = "pods:     {cidr: 10.96.0.0/11, kind: pod}\nservices: {cidr: 10.96.0.0/12, kind: service}",
	.cure = "Choose prefixes that lie apart, or declare the wider network as the parent of the narrower.",
	.run = run,
};
