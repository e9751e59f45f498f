/* topology-unknown-reference: a reference in the topology that names nothing. */
#include "check/check.h"

/* Names that answer to a reference, collected once for an estate. */
struct names {
	VEC(struct str) list;
};

/* So many findings look for the nearest of all names; a file with more is of another mould. */
#define MAX_SUGGESTIONS 200

struct run {
	struct check *check;
	size_t n; /* findings so far */
	const struct estate *estate;
	struct names networks, others;
};

static void add_names(struct check *check, struct names *names, const struct entity *entity)
{
	vec_add(check->arena, &names->list, entity->id.str);
	for (size_t i = 0; i < entity->aliases.n; i++)
		vec_add(check->arena, &names->list, entity->aliases.data[i].str);
}

static void collect(struct run *run)
{
	const struct estate *estate = run->estate;

	for (size_t i = 0; i < estate->networks.n; i++)
		add_names(run->check, &run->networks, &estate->networks.data[i]->entity);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];

		add_names(run->check, &run->others, &cluster->entity);
		for (size_t k = 0; k < cluster->nodes.n; k++)
			add_names(run->check, &run->others, &cluster->nodes.data[k]->entity);
	}
	for (size_t i = 0; i < estate->devices.n; i++)
		add_names(run->check, &run->others, &estate->devices.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		add_names(run->check, &run->others, &estate->services.data[i]->entity);
}

/* Something else of that name, so that the message can say why it does not do. */
static const struct entity *find_other(const struct estate *estate, struct str name)
{
	for (int kind = 0; kind < ENTITY_KINDS; kind++) {
		const struct entity *entity = estate_find(estate, name, (enum entity_kind)kind);

		if (entity)
			return entity;
	}
	return NULL;
}

static void report(struct run *run, struct word word, const char *key, bool is_network)
{
	struct check *check = run->check;
	const struct entity *other = find_other(run->estate, word.str);
	const struct names *names = is_network ? &run->networks : &run->others;
	const char *wanted = is_network ? "network" : "cluster, node, device or service";
	struct str near;
	struct diag *diag;

	if (other) {
		diag = check_report(check, word.span, "%s wants a %s, and " STR_FMT " is a %s", key, wanted,
				    STR_ARG(word.str), entity_kind_name(other->kind));
		check_note(check, diag, other->id.span, "declared here");
		check_help(check, diag, "name a %s", wanted);
		return;
	}
	diag = check_report(check, word.span, "%s names " STR_FMT ", which is no %s of " STR_FMT, key,
			    STR_ARG(word.str), wanted, STR_ARG(run->estate->entity.id.str));
	near = run->n++ < MAX_SUGGESTIONS ? nearest_find(word.str, names->list.data, names->list.n) : STR_NONE;
	if (near.size > 0)
		check_help(check, diag, "write " STR_FMT, STR_ARG(near));
	else
		check_help(check, diag, "declare it, or name one that is declared");
}

static void check_ref(struct run *run, const struct entity_ref *ref, const char *key, bool is_network)
{
	if (ref->word.str.size > 0 && !ref->entity)
		report(run, ref->word, key, is_network);
}

/* Labels of addresses name networks; those of VIPs are names of their own. */
static void check_labels(struct run *run)
{
	struct address_uses uses = estate_addresses(run->check->arena, run->estate);
	struct span last = SPAN_NONE;

	for (size_t i = 0; i < uses.list.n; i++) {
		const struct address_use *use = &uses.list.data[i];
		struct word label = use->value->label;

		if (use->use == USE_VIP || label.str.size == 0 || use->value->network ||
		    span_cmp(label.span, last) == 0)
			continue;
		last = label.span;
		report(run, label, "address", true);
	}
}

static void check_estate(struct run *run)
{
	const struct estate *estate = run->estate;

	collect(run);
	for (size_t i = 0; i < estate->networks.n; i++)
		check_ref(run, &estate->networks.data[i]->parent, "parent", true);
	for (size_t i = 0; i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->networks.n; k++)
			check_ref(run, &estate->clusters.data[i]->networks.data[k], "networks", true);
	for (size_t i = 0; i < estate->services.n; i++)
		for (size_t k = 0; k < estate->services.data[i]->runs_on.n; k++)
			check_ref(run, &estate->services.data[i]->runs_on.data[k], "runs_on", false);
	for (size_t i = 0; i < estate->retired.n; i++)
		check_ref(run, &estate->retired.data[i]->replaced_by, "replaced_by", false);
	for (size_t i = 0; i < estate->connections.n; i++) {
		check_ref(run, &estate->connections.data[i].from, "from", false);
		check_ref(run, &estate->connections.data[i].to, "to", false);
		check_ref(run, &estate->connections.data[i].network, "network", true);
	}
	check_labels(run);
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct run one = {.check = check, .estate = estate};

		check_estate(&one);
	}
}

const struct rule rule_topology_unknown_reference = {
	.name = "topology-unknown-reference",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a reference in a topology file that names nothing",
	.explain =
		"networks, network, parent, runs_on, from, to, replaced_by and the network in front of an address name things of the "
		"same estate, by id or alias, upper and lower case alike. A reference resolves by the kind that its key expects: "
		"network: nas is wrong when nas is a device. Members of groups, subjects of facts and labels of VIPs are free.",
	.example = "vllm: {runs_on: elminister}     the node is elminster",
	.cure = "Write the id that is meant, or declare what is missing.",
	.run = run,
};
