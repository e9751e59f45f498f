/* cluster-without-nodes: a cluster says neither which nodes it has nor how many. */
#include "check/check.h"

/* Nodes that could not be read are told of by themselves. */
static bool has_unread_nodes(const struct check *check, const struct estate *estate)
{
	const struct troubles *troubles = &check->model->troubles;

	for (size_t i = 0; i < troubles->list.n; i++) {
		const struct trouble *trouble = &troubles->list.data[i];

		if (strcmp(trouble->rule, "topology-wrong-type") == 0 && strcmp(trouble->kind, "nodes") == 0 &&
		    estate->topology && trouble->span.source == estate->topology->id)
			return true;
	}
	return false;
}

static void report(struct check *check, const struct cluster *cluster)
{
	struct diag *diag = check_report(check, cluster->entity.id.span,
					 "the cluster " STR_FMT " has neither nodes nor a node_count",
					 STR_ARG(cluster->entity.id.str));

	check_help(check, diag, "list its nodes, or write node_count: and their number");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		bool unread = has_unread_nodes(check, estate);

		for (size_t i = 0; i < estate->clusters.n; i++) {
			const struct cluster *cluster = estate->clusters.data[i];

			if (cluster->nodes.n == 0 && !cluster->node_count.present && !(unread && cluster->has_nodes))
				report(check, cluster);
		}
	}
}

const struct rule rule_cluster_without_nodes = {
	.name = "cluster-without-nodes",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "a cluster with neither nodes nor a count",
	.explain =
		"What documents say about the number of a cluster's nodes is checked against the topology; a cluster without nodes "
		"is never checked. Where nodes are not recorded one by one, node_count says how many there are, if only as a "
		"range such as 3-6.",
	.example = "monit: {platform: Talos Linux}",
	.cure = "List the nodes, or write node_count.",
	.run = run,
};
