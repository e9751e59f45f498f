/* address-in-range: a fixed address lies where DHCP or a load balancer hands out addresses. */
#include "check/address_home.h"

struct slot {
	const struct range_value *range;
	const struct network *network;
	size_t farthest; /* index of the slot that reaches farthest among those up to here */
};
struct slots {
	VEC(struct slot) list;
};

static int compare(const void *left, const void *right)
{
	const struct slot *a = left, *b = right;
	int order = address_cmp(a->range->range.from, b->range->range.from);

	if (order == 0)
		order = address_cmp(a->range->range.to, b->range->range.to);
	return order ? order : span_cmp(a->range->span, b->range->span);
}

/* The ranges of one role, by their first address. */
static struct slots collect(struct arena *arena, const struct estate *estate, enum range_role role)
{
	struct slots slots = {0};

	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->ranges.n; k++) {
			const struct range_value *range = &estate->networks.data[i]->ranges.data[k];

			if (range->valid && range_role(range) == role)
				vec_add(arena, &slots.list,
					(struct slot){.range = range, .network = estate->networks.data[i]});
		}
	if (slots.list.n > 1)
		qsort(slots.list.data, slots.list.n, sizeof *slots.list.data, compare);
	for (size_t i = 0; i < slots.list.n; i++) {
		size_t before = i > 0 ? slots.list.data[i - 1].farthest : 0;
		bool reaches =
			address_cmp(slots.list.data[i].range->range.to, slots.list.data[before].range->range.to) > 0;

		slots.list.data[i].farthest = reaches ? i : before;
	}
	return slots;
}

static const struct slot *find(const struct slots *slots, struct address address)
{
	size_t low = 0, high = slots->list.n;
	const struct slot *slot;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (address_cmp(slots->list.data[middle].range->range.from, address) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return NULL;
	slot = &slots->list.data[slots->list.data[low - 1].farthest];
	return slot->range->range.to.family == address.family && address_cmp(slot->range->range.to, address) >= 0
		       ? slot
		       : NULL;
}

static bool has_word(struct str text, const char *word)
{
	return str_find_nocase(text, str_from(word)) != SIZE_MAX;
}

/* A VIP of the control plane is set up by hand; any other may well come out of the pool. */
static bool is_fixed_vip(const struct address_use *use)
{
	struct str label = use->value->label.str;

	return label.size == 0 || has_word(label, "api") || has_word(label, "control") || has_word(label, "k8s") ||
	       has_word(label, "kube");
}

/* Services take addresses from a pool; one in a DHCP range is told of with the machine that it runs on, if it says so. */
static bool may_be_in_pool(const struct address_use *use)
{
	return use->use == USE_SERVICE || (use->use == USE_VIP && !is_fixed_vip(use));
}

static bool may_be_in_dhcp(const struct address_use *use)
{
	return use->use == USE_SERVICE && ((const struct service *)use->owner)->runs_on.n > 0;
}

static void report(struct check *check, const struct address_use *use, const struct slot *slot, const char *giver)
{
	struct diag *diag = check_report(check, use->value->word.span,
					 STR_FMT " is in " STR_FMT ", " STR_FMT " to " STR_FMT ", which %s hands out",
					 STR_ARG(address_phrase(check->arena, use)),
					 STR_ARG(range_text(check->arena, slot->range, slot->network)),
					 STR_ARG(slot->range->from.str), STR_ARG(slot->range->to.str), giver);

	check_note(check, diag, slot->range->span, "the range is declared here");
	check_help(check, diag, "choose an address outside of it, or make the range smaller");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct slots dhcp = collect(check->arena, estate, RANGE_DHCP),
			     pools = collect(check->arena, estate, RANGE_POOL);
		struct address_uses uses = estate_addresses(check->arena, estate);

		for (size_t i = 0; i < uses.list.n; i++) {
			const struct address_use *use = &uses.list.data[i];
			const struct slot *slot;

			if (!use->value->valid || use->use == USE_DNS)
				continue;
			slot = may_be_in_dhcp(use) ? NULL : find(&dhcp, use->value->address);
			if (slot) {
				report(check, use, slot, "DHCP");
				continue;
			}
			slot = may_be_in_pool(use) ? NULL : find(&pools, use->value->address);
			if (slot)
				report(check, use, slot, "the load balancer");
		}
	}
}

const struct rule rule_address_in_range = {
	.name = "address-in-range",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "a fixed address inside a DHCP range or load-balancer pool",
	.explain =
		"Sooner or later the server hands the address to somebody else. Asked are nodes, devices, gateways, VIPs and services "
		"against ranges of kind dhcp, and all but services against ranges of kind lb-pool, from which services take "
		"theirs, as do VIPs whose name does not say that they are of the control plane. Reserved ranges are for fixed "
		"addresses. A range without a kind is known by its id.",
	.example = "nas: {address: 10.10.0.210}     dhcp: {from: 10.10.0.200, to: 10.10.0.250}",
	.cure = "Move the address or make the range smaller. A fixed lease inside the range may be accepted with a comment.",
	.run = run,
};
