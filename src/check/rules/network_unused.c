/* network-unused: nothing in the topology is on a network. */
#include "check/address_home.h"

/* So many wrong addresses and references are weighed against a network; more would be quadratic. */
#define MAX_WRONG 100

struct words {
	VEC(struct str) list;
};

struct run {
	struct check *check;
	const struct estate *estate;
	struct words strays;   /* addresses that cannot be read or are out of place */
	struct words misspelt; /* references to networks that name nothing */
};

/* Clients of a DHCP range, and of a VLAN that a router serves, are not declared one by one. */
static bool has_clients(const struct network *network)
{
	if (network->vlan.str.size && network->gateways.n)
		return true;
	for (size_t i = 0; i < network->ranges.n; i++)
		if (range_role(&network->ranges.data[i]) == RANGE_DHCP)
			return true;
	return false;
}

/* Parts of a dotted quad as they are written, up to four; the number that equal those of the base. */
static unsigned equal_parts(struct str text, struct address base, unsigned n)
{
	unsigned equal = 0;

	for (unsigned i = 0; i < n && text.data; i++) {
		struct str part = str_cut(&text, '.');
		long long number;

		equal += str_to_number(part, &number) && number == base.bytes[i];
	}
	return equal;
}

/* True when the address was most likely meant to be in the network: all but one of the prefix's parts are its. */
static bool is_almost_in(struct str text, const struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n; i++) {
		const struct prefix_value *cidr = &network->cidrs.data[i];
		unsigned n = cidr->prefix.bits / 8u;

		if (cidr->valid && cidr->prefix.base.family == 4 && n > 0 && n <= 4 &&
		    equal_parts(text, cidr->prefix.base, n) + 1 >= n)
			return true;
	}
	return false;
}

static void add_wrong(struct run *run, struct words *words, struct str word)
{
	if (words->list.n < MAX_WRONG)
		vec_add(run->check->arena, &words->list, word);
}

static void add_ref(struct run *run, const struct entity_ref *ref)
{
	if (ref->word.str.size > 0 && !ref->entity)
		add_wrong(run, &run->misspelt, ref->word.str);
}

/* What is wrong, and told of by other rules, leaves the network empty that it was meant for. */
static void collect_wrong(struct run *run)
{
	struct homed_addresses homed = address_homes(run->check->arena, run->estate);
	const struct estate *estate = run->estate;

	for (size_t i = 0; i < homed.list.n; i++) {
		const struct address_use *use = &homed.list.data[i].use;
		struct str label = use->value->label.str;

		if (!use->value->valid || homed.list.data[i].home == HOME_NONE ||
		    homed.list.data[i].home == HOME_OUTSIDE)
			add_wrong(run, &run->strays, use->value->word.str);
		if (use->use != USE_VIP && label.size > 0 && !use->value->network)
			add_wrong(run, &run->misspelt, label);
	}
	for (size_t i = 0; i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->networks.n; k++)
			add_ref(run, &estate->clusters.data[i]->networks.data[k]);
	for (size_t i = 0; i < estate->connections.n; i++)
		add_ref(run, &estate->connections.data[i].network);
}

static size_t word_size(struct str text)
{
	static const char separators[] = " \t,{}[]:\"'";
	size_t n = 0;

	while (n < text.size && !strchr(separators, text.data[n]))
		n++;
	return n;
}

/* Words on the line of a key that is not read: what stands there would have been on a network. */
static void collect_line(struct run *run, const struct trouble *trouble)
{
	const struct source *source = run->check->sources->list.data[trouble->span.source];
	struct str rest = str_from_off(source->text, trouble->span.off), line = str_cut_line(&rest);

	while (line.size > 0) {
		size_t n = word_size(line);

		if (n > 0) {
			add_wrong(run, &run->strays, str_sub(line, 0, n));
			add_wrong(run, &run->misspelt, str_sub(line, 0, n));
		}
		line = str_from_off(line, n > 0 ? n : 1);
	}
}

static void collect_troubles(struct run *run)
{
	const struct troubles *troubles = &run->check->model->troubles;

	for (size_t i = 0; i < troubles->list.n; i++) {
		const struct trouble *trouble = &troubles->list.data[i];
		bool is_unread = strcmp(trouble->rule, "topology-unknown-key") == 0 ||
				 strcmp(trouble->rule, "topology-wrong-type") == 0;

		if (is_unread && run->estate->topology && trouble->span.source == run->estate->topology->id)
			collect_line(run, trouble);
	}
}

static bool is_missed(const struct run *run, const struct network *network)
{
	struct str id = network->entity.id.str;

	for (size_t i = 0; i < run->strays.list.n; i++)
		if (is_almost_in(run->strays.list.data[i], network))
			return true;
	for (size_t i = 0; i < run->misspelt.list.n; i++)
		if (nearest_find(run->misspelt.list.data[i], &id, 1).size > 0)
			return true;
	return false;
}

/* A network without a prefix, next to the place where something could not be read. */
static bool is_unread(const struct run *run, const struct network *network)
{
	const struct troubles *troubles = &run->check->model->troubles;

	for (size_t i = 0; i < troubles->list.n; i++) {
		const struct trouble *trouble = &troubles->list.data[i];
		bool is_near = strcmp(trouble->kind, "network") == 0 || strcmp(trouble->kind, "cidr") == 0;

		if (is_near && trouble->span.source == network->entity.id.span.source)
			return true;
	}
	return false;
}

static void check_network(struct run *run, const struct network *network)
{
	struct diag *diag;
	bool is_broken = network->cidrs.n > 0 ? !network_is_readable(network) : is_unread(run, network);

	if (network->used || is_broken || has_clients(network) || is_missed(run, network))
		return;
	diag = check_report(run->check, network->entity.id.span, "nothing is on the network " STR_FMT,
			    STR_ARG(network_text(run->check->arena, network)));
	check_help(
		run->check, diag,
		"give a node, device or service an address on it, name it in a cluster or a connection, or take it away");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct run one = {.check = check, .estate = estate};
		bool any = false;

		for (size_t i = 0; i < estate->networks.n; i++)
			any |= !estate->networks.data[i]->used;
		if (!any)
			continue;
		collect_wrong(&one);
		collect_troubles(&one);
		for (size_t i = 0; i < estate->networks.n; i++)
			check_network(&one, estate->networks.data[i]);
	}
}

const struct rule rule_network_unused = {
	.name = "network-unused",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "a network that no entity has an address on, no cluster names and no connection uses",
	.explain =
		"Such a network is left over, or what is on it was forgotten: a storage network on which no worker has an address "
		"serves nobody. A network is used by being another one's parent, and by a DHCP range or a VLAN with "
		"a gateway, whose clients are not declared. "
		"A network that is empty because an address or a reference is wrong is not reported beside that.",
	.example = "storage: {cidr: 10.40.0.0/24}     and nothing has an address in it",
	.cure = "Declare what is on it, or take it away.",
	.run = run,
};
