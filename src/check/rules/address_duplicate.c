/* address-duplicate: one address on two entities that do not share it by design. */
#include "check/address_home.h"

/* One address is compared with so many others that have it; more would be quadratic and say nothing new. */
#define MAX_KEPT 64

/* Machines come first, so that a service is reported against the machine and not the other way round. */
static int rank(const struct address_use *use)
{
	switch (use->use) {
	case USE_NODE:
	case USE_DEVICE: return 0;
	case USE_VIP: return 1;
	case USE_GATEWAY: return 2;
	default: return 3;
	}
}

struct item {
	const struct address_use *use;
	size_t order;
};
struct items {
	VEC(struct item) list;
};

static int compare(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	int order = address_cmp(a->use->value->address, b->use->value->address);

	if (order == 0)
		order = rank(a->use) - rank(b->use);
	return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* ---- who may share ---- */

static const struct service *service_of(const struct address_use *use)
{
	return use->use == USE_SERVICE ? (const struct service *)use->owner : NULL;
}

static bool answers_to(const struct entity *entity, struct str name)
{
	if (str_eq_nocase(entity->id.str, name))
		return true;
	for (size_t i = 0; i < entity->aliases.n; i++)
		if (str_eq_nocase(entity->aliases.data[i].str, name))
			return true;
	return false;
}

/* One machine, listed as a node and as a device. */
static bool are_one(const struct entity *a, const struct entity *b)
{
	if (a == b || answers_to(a, b->id.str) || answers_to(b, a->id.str))
		return true;
	for (size_t i = 0; i < a->aliases.n; i++)
		if (answers_to(b, a->aliases.data[i].str))
			return true;
	return false;
}

/* True when the service says that it runs on the entity, or a reference of it could not be resolved. */
static bool runs_on(const struct service *service, const struct entity *entity)
{
	for (size_t i = 0; i < service->runs_on.n; i++) {
		const struct entity *host = service->runs_on.data[i].entity;

		if (!host || host == entity)
			return true;
		if (host->kind == ENTITY_NODE && &((const struct node *)host)->cluster->entity == entity)
			return true;
		if (entity->kind == ENTITY_NODE && &((const struct node *)entity)->cluster->entity == host)
			return true;
	}
	return false;
}

static bool is_machine(const struct entity *entity)
{
	return entity && (entity->kind == ENTITY_NODE || entity->kind == ENTITY_DEVICE);
}

static bool runs_in_clusters(const struct service *service)
{
	for (size_t i = 0; i < service->runs_on.n; i++)
		if (!service->runs_on.data[i].entity || service->runs_on.data[i].entity->kind == ENTITY_DEVICE)
			return false;
	return service->runs_on.n > 0;
}

static bool share_host(const struct service *a, const struct service *b, bool *machine)
{
	for (size_t i = 0; i < a->runs_on.n; i++)
		for (size_t k = 0; k < b->runs_on.n; k++)
			if (a->runs_on.data[i].entity == b->runs_on.data[k].entity) {
				*machine = is_machine(a->runs_on.data[i].entity);
				return true;
			}
	return false;
}

static bool have_disjoint_ports(const struct service *a, const struct service *b)
{
	for (size_t i = 0; i < a->ports.n; i++)
		for (size_t k = 0; k < b->ports.n; k++)
			if (str_eq_nocase(a->ports.data[i].word.str, b->ports.data[k].word.str))
				return false;
	return a->ports.n > 0 && b->ports.n > 0;
}

/* Services behind one ingress have hosts, services of one machine run on it, others share an address by port. */
static bool services_may_share(const struct service *a, const struct service *b)
{
	bool machine = false, together = share_host(a, b, &machine);
	bool apart = a->runs_on.n > 0 && b->runs_on.n > 0 && !together;

	return a->hosts.n > 0 || b->hosts.n > 0 || machine || runs_on(a, &b->entity) || runs_on(b, &a->entity) ||
	       (!apart && have_disjoint_ports(a, b));
}

static bool may_share(const struct address_use *a, const struct address_use *b)
{
	const struct service *service = service_of(b), *other = service_of(a);

	if (are_one(a->owner, b->owner))
		return true;
	if (service && other)
		return services_may_share(other, service);
	if (service)
		return a->use == USE_GATEWAY ? !runs_in_clusters(service) : runs_on(service, a->owner);
	if (b->use == USE_GATEWAY)
		return a->use == USE_DEVICE || a->use == USE_GATEWAY;
	return a->use == USE_NODE && b->use == USE_VIP; /* vip-is-node-address tells of it */
}

/* ---- reports ---- */

static const char *cure_for(const struct address_use *first, const struct address_use *second)
{
	if (service_of(second) && is_machine(first->owner))
		return "correct one of them, or say with runs_on that the service runs there";
	if (service_of(second) && service_of(first))
		return "correct one of them, or write the hosts by which the two are told apart";
	if (second->use == USE_VIP)
		return "correct one of them; a VIP that is shared is declared once";
	return "correct one of them";
}

static void report(struct check *check, const struct address_use *first, const struct address_use *second)
{
	struct diag *diag = check_report(check, second->value->word.span,
					 STR_FMT " is the address of both " STR_FMT " and " STR_FMT,
					 STR_ARG(second->value->word.str), STR_ARG(address_owner(check->arena, first)),
					 STR_ARG(address_owner(check->arena, second)));

	check_note(check, diag, first->value->word.span, "also declared here");
	check_help(check, diag, "%s", cure_for(first, second));
}

/* Services of a machine or VIP that has the address were compared with it, and need not be with each other. */
static bool are_guests(const struct address_use *host, const struct address_use *a, const struct address_use *b)
{
	return !service_of(host) && service_of(a) && service_of(b);
}

/* Where a machine file has a part in it, source-disagreement tells. */
static bool is_told_elsewhere(const struct address_use *a, const struct address_use *b)
{
	return a->owner->imported || b->owner->imported;
}

/* All items have one address. */
static void check_group(struct check *check, const struct item *items, size_t n)
{
	const struct address_use *kept[MAX_KEPT];
	size_t n_kept = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < n_kept && (is_told_elsewhere(kept[k], items[i].use) || may_share(kept[k], items[i].use) ||
				      are_guests(kept[0], kept[k], items[i].use)))
			k++;
		if (k < n_kept)
			report(check, kept[k], items[i].use);
		else if (n_kept < MAX_KEPT)
			kept[n_kept++] = items[i].use;
	}
}

/* Loopback and link-local addresses are each machine's own; a resolver's is somebody else's. */
static bool is_asked(const struct address_use *use)
{
	struct address address = use->value->address;

	return use->value->valid && use->use != USE_DNS && !address_is_loopback(address) &&
	       !address_is_link_local(address);
}

static void check_estate(struct check *check, const struct estate *estate)
{
	struct address_uses uses = estate_addresses(check->arena, estate);
	struct items items = {0};

	for (size_t i = 0; i < uses.list.n; i++)
		if (is_asked(&uses.list.data[i]))
			vec_add(check->arena, &items.list, (struct item){&uses.list.data[i], i});
	if (items.list.n > 1)
		qsort(items.list.data, items.list.n, sizeof *items.list.data, compare);
	for (size_t from = 0, to; from < items.list.n; from = to) {
		struct address address = items.list.data[from].use->value->address;

		for (to = from + 1; to < items.list.n && address_eq(items.list.data[to].use->value->address, address);)
			to++;
		check_group(check, items.list.data + from, to - from);
	}
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		check_estate(check, estate);
}

const struct rule rule_address_duplicate = {
	.name = "address-duplicate",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "one address on two entities",
	.explain =
		"Two machines with one address take each other off the network. Asked are nodes, devices, VIPs, gateways and "
		"services.\n\n"
		"Shared by design, and left alone, are: the address of a machine and of a service that runs on it; a VIP and the "
		"services of its cluster; a gateway and the device that is the router; services behind one load balancer, when "
		"hosts tell them apart or their ports differ; one machine that is listed as node and as device. A VIP that equals "
		"a node's address is vip-is-node-address.",
	.example = "nextcloud: {address: 10.89.5.3}\nredis:     {address: 10.89.5.3}",
	.cure = "Correct the address that was copied, or say with runs_on or hosts why the two share it.",
	.run = run,
};
