/* source-disagreement: two machine files, or one and topology.yaml, declare different values of one fact. */
#include "check/address_home.h"

#include <stdlib.h>

static void help(struct check *check, struct diag *diag)
{
	check_help(check, diag, "correct the one that is wrong, or leave a file out: sources: {exclude: [...]}");
}

/* ---- what was found when the sources were put together ---- */

/* "the node storm has the address 10.0.0.1 here and 10.0.0.2 there" */
static const struct {
	const char *kind, *before, *between;
} words[] = {
	{"node-address", "the node ", " has the address "},
	{"device-address", "", " has the address "},
	{"service-address", "the service ", " has the address "},
	{"node-role", "the node ", " is a "},
	{"version", "", " is "},
	{"network", "", " is "},
	{"gateway", "the gateway of ", " is "},
	{"vip", "the virtual address of ", " is "},
	{"dns", "the cluster DNS of ", " is "},
};

static struct diag *report_values(struct check *check, const struct trouble *trouble)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].kind, trouble->kind) == 0)
			return check_report(check, trouble->span,
					    "%s" STR_FMT "%s" STR_FMT " here and " STR_FMT " there", words[i].before,
					    STR_ARG(trouble->extra), words[i].between, STR_ARG(trouble->text),
					    STR_ARG(trouble->other_text));
	return NULL;
}

static void report_trouble(struct check *check, const struct trouble *trouble)
{
	struct diag *diag;

	if (strcmp(trouble->kind, "node-unlisted") == 0)
		diag = check_report(check, trouble->span,
				    STR_FMT " is a node of " STR_FMT " here, and the topology does not list it",
				    STR_ARG(trouble->text), STR_ARG(trouble->extra));
	else if (strcmp(trouble->kind, "node-missing") == 0)
		diag = check_report(check, trouble->span,
				    STR_FMT " is a node here, and not where the nodes of " STR_FMT " are listed",
				    STR_ARG(trouble->text), STR_ARG(trouble->extra));
	else
		diag = report_values(check, trouble);
	if (!diag)
		return;
	check_note(check, diag, trouble->other, "declared here");
	help(check, diag);
	check_key(check, diag,
		  str_format(check->arena, "%s " STR_FMT " " STR_FMT, trouble->kind, STR_ARG(trouble->extra),
			     STR_ARG(trouble->text)));
}

/* ---- one address on two machines ---- */

static bool is_imported(const struct check *check, struct span span)
{
	return !span_is_none(span) && check->sources->list.data[span.source]->kind == SOURCE_MACHINE;
}

/* Files of two environments may say the same of two machines. */
static bool is_one_scope(const struct check *check, struct span a, struct span b)
{
	return str_eq(machine_scope(check->arena, span_path(check->sources, a)),
		      machine_scope(check->arena, span_path(check->sources, b)));
}

static bool is_machine(const struct address_use *use)
{
	return use->value->valid && (use->use == USE_NODE || use->use == USE_DEVICE) &&
	       !address_is_loopback(use->value->address) && !address_is_link_local(use->value->address);
}

/* "nas" and "nas.lab.example.net", a node that is listed as a device too. */
static bool are_one(const struct entity *a, const struct entity *b)
{
	struct str left = a->id.str, right = b->id.str;

	if (a == b || str_eq_nocase(str_cut(&left, '.'), str_cut(&right, '.')))
		return true;
	return estate_find(a->estate, b->id.str, a->kind) == a || estate_find(b->estate, a->id.str, b->kind) == b;
}

static int compare_uses(const void *left, const void *right)
{
	const struct address_use *a = left, *b = right;
	int order = address_cmp(a->value->address, b->value->address);

	return order ? order : span_cmp(a->value->word.span, b->value->word.span);
}

static void report_shared(struct check *check, const struct address_use *first, const struct address_use *second)
{
	struct diag *diag = check_report(
		check, second->value->word.span, STR_FMT " is the address of both " STR_FMT " and " STR_FMT,
		STR_ARG(second->value->word.str), STR_ARG(first->owner->id.str), STR_ARG(second->owner->id.str));

	check_note(check, diag, first->value->word.span, "also declared here");
	help(check, diag);
}

static void check_machines(struct check *check, const struct address_uses *uses)
{
	VEC(struct address_use) machines = {0};

	for (size_t i = 0; i < uses->list.n; i++)
		if (is_machine(&uses->list.data[i]))
			vec_add(check->arena, &machines, uses->list.data[i]);
	if (machines.n > 1)
		qsort(machines.data, machines.n, sizeof *machines.data, compare_uses);
	for (size_t i = 1; i < machines.n; i++) {
		const struct address_use *a = &machines.data[i - 1], *b = &machines.data[i];
		struct span left = a->value->word.span, right = b->value->word.span;

		if (address_eq(a->value->address, b->value->address) && !are_one(a->owner, b->owner) &&
		    (is_imported(check, left) || is_imported(check, right)) && is_one_scope(check, left, right))
			report_shared(check, a, b);
	}
}

/* ---- pools ---- */

/* A range of addresses that load balancers or DHCP give out. */
struct address_pool {
	const struct range_value *range;
	bool imported;
};

struct pools {
	VEC(struct address_pool) list; /* by first address */
};

static int compare_pools(const void *left, const void *right)
{
	const struct address_pool *a = left, *b = right;
	int order = address_cmp(a->range->range.from, b->range->range.from);

	return order ? order : span_cmp(a->range->span, b->range->span);
}

static void add_pool(struct check *check, struct pools *pools, const struct range_value *range)
{
	enum range_role role = range_role(range);

	if (range->valid && (role == RANGE_POOL || role == RANGE_DHCP))
		vec_add(check->arena, &pools->list, (struct address_pool){range, is_imported(check, range->span)});
}

static struct pools pools_of(struct check *check, const struct estate *estate)
{
	struct pools pools = {0};

	for (size_t i = 0; i < estate->pools.n; i++)
		add_pool(check, &pools, &estate->pools.data[i]);
	for (size_t i = 0; i < estate->networks.n; i++)
		for (size_t k = 0; k < estate->networks.data[i]->ranges.n; k++)
			add_pool(check, &pools, &estate->networks.data[i]->ranges.data[k]);
	if (pools.list.n > 1)
		qsort(pools.list.data, pools.list.n, sizeof *pools.list.data, compare_pools);
	return pools;
}

static bool holds(struct address_range range, struct address address)
{
	return range.from.family == address.family && address_cmp(range.from, address) <= 0 &&
	       address_cmp(address, range.to) <= 0;
}

static bool within(struct address_range inner, struct address_range outer)
{
	return holds(outer, inner.from) && holds(outer, inner.to);
}

/* Of two clusters, or of clusters that are not known, in files of different folders, is nothing known. */
static bool are_comparable(const struct check *check, const struct address_pool *a, const struct address_pool *b)
{
	if ((!a->imported && !b->imported) || !is_one_scope(check, a->range->span, b->range->span))
		return false;
	return !a->imported || !b->imported || a->range->cluster == b->range->cluster;
}

static bool are_clashing(const struct address_pool *a, const struct address_pool *b)
{
	struct address_range left = a->range->range, right = b->range->range;
	bool same_role = range_role(a->range) == range_role(b->range);

	if (!holds(left, right.from))
		return false;
	/* One pool, written twice, or once as a whole and once in part: of the topology and a machine file. */
	if (same_role && (within(left, right) || within(right, left)) && a->imported != b->imported)
		return false;
	return !(same_role && a->imported && b->imported && str_eq(a->range->id.str, b->range->id.str));
}

static struct str pool_text(struct check *check, const struct range_value *range)
{
	return str_format(check->arena, STR_FMT " (" STR_FMT " to " STR_FMT ")", STR_ARG(range->id.str),
			  STR_ARG(range->from.str), STR_ARG(range->to.str));
}

static void check_pools(struct check *check, const struct pools *pools)
{
	for (size_t i = 1; i < pools->list.n; i++) {
		const struct address_pool *a = &pools->list.data[i - 1], *b = &pools->list.data[i];
		struct diag *diag;

		if (!are_comparable(check, a, b) || !are_clashing(a, b))
			continue;
		diag = check_report(check, b->range->span, "the pools " STR_FMT " and " STR_FMT " overlap",
				    STR_ARG(pool_text(check, b->range)), STR_ARG(pool_text(check, a->range)));
		check_note(check, diag, a->range->span, "declared here");
		check_help(check, diag, "two that give out one address give it out twice: keep them apart");
	}
}

/* The last pool that begins at or before the address. */
static const struct address_pool *find_pool(const struct pools *pools, struct address address)
{
	size_t low = 0, high = pools->list.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (address_cmp(pools->list.data[middle].range->range.from, address) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && holds(pools->list.data[low - 1].range->range, address) ? &pools->list.data[low - 1] : NULL;
}

/* What has an address for good must not get it from a pool. A pool of one address is made for what has it. */
static void check_in_pools(struct check *check, const struct address_uses *uses, const struct pools *pools)
{
	for (size_t i = 0; i < uses->list.n; i++) {
		const struct address_use *use = &uses->list.data[i];
		const struct address_pool *pool = use->value->valid ? find_pool(pools, use->value->address) : NULL;
		struct span span = use->value->word.span;
		struct diag *diag;

		if (!pool || (use->use != USE_NODE && use->use != USE_DEVICE && use->use != USE_VIP) ||
		    address_eq(pool->range->range.from, pool->range->range.to) ||
		    (!pool->imported && !is_imported(check, span)) || !is_one_scope(check, span, pool->range->span))
			continue;
		diag = check_report(check, span, STR_FMT " lies in the pool " STR_FMT,
				    STR_ARG(address_phrase(check->arena, use)), STR_ARG(pool_text(check, pool->range)));
		check_note(check, diag, pool->range->span, "the pool is declared here");
		check_help(check, diag, "take the address out of the pool, or give %s another one",
			   use->use == USE_VIP ? "the VIP" : "the machine");
	}
}

static void run(struct check *check)
{
	const struct trouble *trouble;

	for (size_t cursor = 0; (trouble = check_trouble(check, &cursor));)
		report_trouble(check, trouble);
	FOR_ESTATES (check->model, estate) {
		struct address_uses uses = estate_addresses(check->arena, estate);
		struct pools pools = pools_of(check, estate);

		if (check->model->machines.n == 0)
			continue;
		check_machines(check, &uses);
		check_pools(check, &pools);
		check_in_pools(check, &uses, &pools);
	}
}

const struct rule rule_source_disagreement = {
	.name = "source-disagreement",
	.severity = SEVERITY_ERROR,
	.group = "sources",
	.summary = "two machine files, or one and topology.yaml, declare different values of one fact",
	.explain =
		"Machine files say what is: when two of them differ, one of the machines is not as its file says, or a file is "
		"left over. Compared are the addresses and roles of nodes, addresses of devices and services, versions, pod and "
		"service networks, VIPs, and which nodes a cluster has. Two machines with one address, pools that overlap, and a "
		"machine or VIP with an address out of a pool are told too.\n\n"
		"Files of different environments (overlays/staging, production ...) are meant to differ and are not compared; "
		"templates, examples and tests are no sources. Addresses of different networks are further addresses of one "
		"machine. A version that says less than the other (v1.35 and v1.35.2) does not contradict it.",
	.example = "talos/talconfig.yaml: storm has 10.0.0.25; ansible/hosts.yaml: ansible_host: 10.0.0.52",
	.cure = "Correct the file that is wrong. A file that is no truth is left out with `sources: {exclude: [...]}` in lintel.yaml.",
	.run = run,
};
