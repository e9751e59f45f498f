/* network-unused: nothing in the topology is on a network. */
#include "check/address_home.h"

struct run {
	struct check *check;
	const struct estate *estate;
	struct homed_addresses homed;
};

/* Clients of a DHCP range are not declared one by one. */
static bool has_clients(const struct network *network)
{
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

		if (cidr->valid && cidr->prefix.base.family == 4 && n > 0 && n <= 4 && equal_parts(text, cidr->prefix.base, n) + 1 >= n)
			return true;
	}
	return false;
}

/* An address that is wrong, and told of, leaves the network empty that it was meant for. */
static bool has_stray(const struct run *run, const struct network *network)
{
	for (size_t i = 0; i < run->homed.list.n; i++) {
		const struct homed_address *homed = &run->homed.list.data[i];
		bool is_wrong = !homed->use.value->valid || homed->home == HOME_NONE || homed->home == HOME_OUTSIDE;

		if (is_wrong && is_almost_in(homed->use.value->word.str, network))
			return true;
	}
	return false;
}

static bool is_meant(const struct entity_ref *ref, struct str id)
{
	return ref->word.str.size > 0 && !ref->entity && nearest_find(ref->word.str, &id, 1).size > 0;
}

/* So does a misspelt reference. */
static bool has_misspelling(const struct estate *estate, const struct network *network)
{
	struct str id = network->entity.id.str;

	for (size_t i = 0; i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->networks.n; k++)
			if (is_meant(&estate->clusters.data[i]->networks.data[k], id))
				return true;
	for (size_t i = 0; i < estate->connections.n; i++)
		if (is_meant(&estate->connections.data[i].network, id))
			return true;
	return false;
}

static bool has_label(const struct run *run, const struct network *network)
{
	struct str id = network->entity.id.str;

	for (size_t i = 0; i < run->homed.list.n; i++) {
		const struct address_use *use = &run->homed.list.data[i].use;
		struct str label = use->value->label.str;

		if (use->use != USE_VIP && label.size > 0 && !use->value->network && nearest_find(label, &id, 1).size > 0)
			return true;
	}
	return false;
}

static void check_network(struct run *run, const struct network *network)
{
	struct diag *diag;
	bool is_broken = network->cidrs.n > 0 && !network_is_readable(network);

	if (network->used || is_broken || has_clients(network) || has_stray(run, network) || has_misspelling(run->estate, network) ||
	    has_label(run, network))
		return;
	diag = check_report(run->check, network->entity.id.span, "nothing is on the network " STR_FMT,
			    STR_ARG(network_text(run->check->arena, network)));
	check_help(run->check, diag, "give a node, device or service an address on it, name it in a cluster or a connection, or take it away");
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
		one.homed = address_homes(check->arena, estate);
		for (size_t i = 0; i < estate->networks.n; i++)
			check_network(&one, estate->networks.data[i]);
	}
}

const struct rule rule_network_unused = {
	.name = "network-unused",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "a network that no entity has an address on, no cluster names and no connection uses",
	.explain = "Such a network is left over, or what is on it was forgotten: a storage network on which no worker has an address "
		   "serves nobody. A network is used by being another one's parent, and by a DHCP range, whose clients are not declared. "
		   "A network that is empty because an address or a reference is wrong is not reported beside that.",
	.example = "storage: {cidr: 10.40.0.0/24}     and nothing has an address in it",
	.cure = "Declare what is on it, or take it away.",
	.run = run,
};
