/* node-count-declared: a cluster lists another number of nodes than it says. */
#include "check/check.h"

static void report(struct check *check, const struct cluster *cluster)
{
	const struct count_value *count = &cluster->node_count;
	struct str id = cluster->entity.id.str;
	struct diag *diag = check_report(
		check, count->word.span, "node_count of " STR_FMT " is " STR_FMT ", and %zu %s listed", STR_ARG(id),
		STR_ARG(count->word.str), cluster->nodes.n, cluster->nodes.n == 1 ? "node is" : "nodes are");

	check_note(check, diag, cluster->nodes.data[0]->entity.id.span, "the first is listed here");
	check_note(check, diag, cluster->nodes.data[cluster->nodes.n - 1]->entity.id.span, "the last is listed here");
	check_help(check, diag, "list every node, or write node_count: %zu", cluster->nodes.n);
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; i < estate->clusters.n; i++) {
			const struct cluster *cluster = estate->clusters.data[i];
			const struct count_value *count = &cluster->node_count;
			long long n = (long long)cluster->nodes.n;

			if (n > 0 && count->present && count->valid && (n < count->min || n > count->max))
				report(check, cluster);
		}
}

const struct rule rule_node_count_declared = {
	.name = "node-count-declared",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a node_count that differs from the nodes listed",
	.explain =
		"A cluster may say how many nodes it has, list them, or both; then both must agree. A range such as 3-6 agrees with any "
		"number of nodes from 3 to 6.",
	.example = "node_count: 6     and five nodes",
	.cure = "List the missing node, or correct the count. Where every node is listed, the count may be left out.",
	.run = run,
};
