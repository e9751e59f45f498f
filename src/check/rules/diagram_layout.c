/* diagram-layout: the layout engine failed or ran past its limit. Its troubles come from draw, so only builds tell of it. */
#include "check/check.h"

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));) {
		struct diag *diag = check_report(check, trouble->span, "`" STR_FMT "` is not drawn: " STR_FMT,
						 STR_ARG(trouble->text), STR_ARG(trouble->extra));
		if (strcmp(trouble->kind, "limit") == 0)
			check_help(
				check, diag,
				"split the diagram, or raise limits.graph_nodes and limits.graph_edges; its list is shown instead");
		else if (strcmp(trouble->kind, "timeout") == 0)
			check_help(check, diag,
				   "split the diagram, or raise limits.layout_seconds; its list is shown instead");
		else if (strcmp(trouble->kind, "engine") == 0)
			check_help(check, diag,
				   "install graphviz's libraries (libgvc6); lists are shown instead of drawings");
		else
			check_help(check, diag, "make the diagram smaller or simpler; its list is shown instead");
		check_key(check, diag, str_format(check->arena, "%s " STR_FMT, trouble->kind, STR_ARG(trouble->text)));
	}
}

const struct rule rule_diagram_layout = {
	.name = "diagram-layout",
	.severity = SEVERITY_WARNING,
	.group = "diagrams",
	.summary = "the layout engine failed or ran past its limit, and what was shown instead",
	.explain =
		"Positions come from graphviz, in a child process with limits of time and memory. A drawing with very many nodes or edges, or "
		"one that the engine cannot place, is not drawn; the page shows its boxes and lines as a list. Only `lintel build` "
		"draws, so only it tells of this.",
	.example = "a graph of 500 nodes and 1,000 random edges",
	.cure = "Split the diagram into parts that a reader can take in, or raise the limit under `limits:` in lintel.yaml.",
	.run = run,
};
