/* diagram-unsupported: a mermaid diagram that is shown as source. */
#include "check/check.h"

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));) {
		bool statement = strcmp(trouble->kind, "statement") == 0;
		struct diag *diag =
			statement
				? check_report(check, trouble->span,
					       "`" STR_FMT "` is not understood: the diagram is shown as source",
					       STR_ARG(trouble->text))
				: check_report(check, trouble->span,
					       "`" STR_FMT "` is shown as source: diagrams of this kind are not drawn",
					       STR_ARG(trouble->text));
		check_help(check, diag,
			   statement ? "nothing is wrong where mermaid takes it"
				     : "flowcharts, sequence and state diagrams, C4 and dot are drawn, and their names "
				       "become links");
		check_key(check, diag, trouble->text);
	}
}

const struct rule rule_diagram_unsupported = {
	.name = "diagram-unsupported",
	.severity = SEVERITY_INFO,
	.group = "diagrams",
	.summary = "a mermaid diagram that is shown as source",
	.explain =
		"Flowcharts, sequence diagrams, state diagrams and C4 diagrams are drawn when the site is built. Other kinds of mermaid diagrams, "
		"and those with a statement that is not understood, are shown as their source text, with a note, "
		"and what they say is not compared with the topology. Nothing is wrong with such a diagram; this only tells that the "
		"page shows no picture of it.",
	.example = "a block that begins with gantt",
	.cure = "Leave it, or draw what matters as one of the kinds that are drawn.",
	.run = run,
};
