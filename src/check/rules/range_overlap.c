/* range-overlap: two ranges of one network share addresses. */
#include "check/address_home.h"

struct slot {
	const struct range_value *range;
	size_t order; /* in the file */
};

static int compare(const void *left, const void *right)
{
	const struct slot *a = left, *b = right;
	int order = address_cmp(a->range->range.from, b->range->range.from);

	return order ? order : (a->order > b->order) - (a->order < b->order);
}

static bool lies_in(const struct range_value *inner, const struct range_value *outer)
{
	return address_cmp(outer->range.from, inner->range.from) <= 0 &&
	       address_cmp(inner->range.to, outer->range.to) <= 0;
}

/* A pool may be cut out of what is reserved from DHCP. */
static bool is_cut_out(const struct range_value *a, const struct range_value *b)
{
	enum range_role first = range_role(a), second = range_role(b);

	return (first == RANGE_RESERVED && second == RANGE_POOL && lies_in(b, a)) ||
	       (second == RANGE_RESERVED && first == RANGE_POOL && lies_in(a, b));
}

static void report(struct check *check, const struct network *network, const struct slot *a, const struct slot *b)
{
	const struct range_value *first = a->order < b->order ? a->range : b->range;
	const struct range_value *second = first == a->range ? b->range : a->range;
	struct diag *diag = check_report(
		check, second->from.span,
		STR_FMT " (" STR_FMT " to " STR_FMT ") and " STR_FMT " (" STR_FMT " to " STR_FMT ") overlap",
		STR_ARG(range_text(check->arena, second, network)), STR_ARG(second->from.str), STR_ARG(second->to.str),
		STR_ARG(range_text(check->arena, first, network)), STR_ARG(first->from.str), STR_ARG(first->to.str));

	check_note(check, diag, first->span, "also declared here");
	check_help(check, diag, "move an end, so that no address is in both");
}

/* One that leaves its network is told of as such. */
static bool is_judged(const struct network *network, const struct range_value *range)
{
	bool inside = network_holds(network, range->range.from) && network_holds(network, range->range.to);

	return range->valid && (inside || !network_is_readable(network));
}

/* By first address; each is compared with the one that reaches farthest so far. */
static void check_network(struct check *check, const struct network *network)
{
	struct slot *slots = NEW_ARRAY(check->arena, struct slot, network->ranges.n + 1);
	size_t n = 0, farthest = 0;

	for (size_t i = 0; i < network->ranges.n; i++)
		if (is_judged(network, &network->ranges.data[i]))
			slots[n++] = (struct slot){&network->ranges.data[i], i};
	if (n > 1)
		qsort(slots, n, sizeof *slots, compare);
	for (size_t i = 1; i < n; i++) {
		struct address_range range = slots[i].range->range, before = slots[farthest].range->range;

		if (address_cmp(range.from, before.to) <= 0 && !is_cut_out(slots[i].range, slots[farthest].range))
			report(check, network, &slots[farthest], &slots[i]);
		if (address_cmp(range.to, before.to) > 0)
			farthest = i;
	}
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; i < estate->networks.n; i++)
			check_network(check, estate->networks.data[i]);
}

const struct rule rule_range_overlap = {
	.name = "range-overlap",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "two ranges of a network that intersect",
	.explain =
		"Where a DHCP range and a load-balancer pool share addresses, both hand out the same ones. Both ends of a range belong "
		"to it. A pool that lies wholly in a reserved range is left alone.",
	.example = "dhcp: {from: 10.10.0.200, to: 10.10.0.250}\nlb:   {from: 10.10.0.240, to: 10.10.0.254}",
	.cure = "Move an end of one of them.",
	.run = run,
};
