/* diagram-unsupported: a mermaid kind that is shown as source. */
#include "check/check.h"

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));) {
		struct diag *diag = check_report(
			check, trouble->span, "`" STR_FMT "` is shown as source: diagrams of this kind are not drawn",
			STR_ARG(trouble->text));
		check_help(check, diag, "a mermaid flowchart, or dot, is drawn, and its names become links");
		check_key(check, diag, trouble->text);
	}
}

const struct rule rule_diagram_unsupported = {
	.name = "diagram-unsupported",
	.severity = SEVERITY_INFO,
	.group = "diagrams",
	.summary = "a mermaid kind that is shown as source",
	.explain =
		"Flowcharts are drawn when the site is built. Other kinds of mermaid diagrams are shown as their source text, with a note, "
		"and what they say is not compared with the topology. Nothing is wrong with such a diagram; this only tells that the "
		"page shows no picture of it.",
	.example = "a block that begins with gantt",
	.cure = "Leave it, or draw what matters as a flowchart.",
	.run = run,
};
