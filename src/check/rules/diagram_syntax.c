/* diagram-syntax: dot or mermaid that does not parse. */
#include "check/check.h"

/* The nearest kind of mermaid diagram to a first word; data NULL when none is near. */
static struct str nearest_kind(struct str word)
{
	static const struct str kinds[] = {
		{"flowchart", 9},
		{"graph", 5},
		{"sequenceDiagram", 15},
		{"stateDiagram-v2", 15},
		{"classDiagram", 12},
		{"erDiagram", 9},
		{"gantt", 5},
		{"pie", 3},
		{"journey", 7},
		{"gitGraph", 8},
		{"mindmap", 7},
		{"timeline", 8},
		{"C4Context", 9},
	};
	return nearest_find(word, kinds, sizeof kinds / sizeof *kinds);
}

static void add_help(struct check *check, struct diag *diag, const struct trouble *trouble)
{
	if (str_starts(trouble->extra, STR("the kind of"))) {
		struct str kind = nearest_kind(trouble->text);
		if (kind.data)
			check_help(check, diag, "did you mean `" STR_FMT "`?", STR_ARG(kind));
	} else if (str_ends(trouble->extra, STR("or the text in quotes"))) {
		check_help(check, diag, "put a text with brackets, braces or bars in quotes: [\"f(x)\"]");
	} else if (str_is(trouble->extra, "'->' in a digraph")) {
		check_help(check, diag, "write ->, or begin the file with `graph`");
	} else if (str_is(trouble->extra, "'--' in a graph")) {
		check_help(check, diag, "write --, or begin the file with `digraph`");
	}
}

static void report(struct check *check, const struct trouble *trouble)
{
	struct diag *diag;
	struct str text = str_trim(trouble->text);
	if (strcmp(trouble->kind, "second-graph") == 0) {
		diag = check_report_as(check, SEVERITY_WARNING, trouble->span,
				       "a second graph begins here: only the first is drawn");
		check_help(check, diag, "put it in a file of its own");
		check_key(check, diag, STR("second graph"));
		return;
	}
	if (strcmp(trouble->kind, "edges") == 0) {
		diag = check_report(check, trouble->span,
				    "the diagram has more than " STR_FMT " edges: the rest is left out",
				    STR_ARG(trouble->extra));
		check_key(check, diag, STR("edges"));
		return;
	}
	if (text.size)
		diag = check_report(check, trouble->span, "expected " STR_FMT ", found `" STR_FMT "`",
				    STR_ARG(trouble->extra), STR_ARG(text));
	else
		diag = check_report(check, trouble->span, "expected " STR_FMT ", and nothing follows",
				    STR_ARG(trouble->extra));
	add_help(check, diag, trouble);
}

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));)
		report(check, trouble);
}

const struct rule rule_diagram_syntax = {
	.name = "diagram-syntax",
	.severity = SEVERITY_ERROR,
	.group = "diagrams",
	.summary = "dot or mermaid that does not parse, with its line",
	.explain =
		"A diagram that its own tool refuses is a grey box on the forge and a gap on the site. Files *.dot and *.mmd are read, and "
		"fenced blocks marked dot or mermaid. Of mermaid, flowcharts, sequence and state diagrams and C4 are read whole; of other kinds the first word. Reading "
		"goes on at the next line, so one mistake gives one finding, and at most five are reported for a diagram. A second "
		"graph in one dot file is a warning: only the first is drawn.",
	.example = "A[call f(x)] --> B, where the text of A needs quotes: A[\"call f(x)\"] --> B",
	.cure = "Write what was expected at that place. The live editors of mermaid and graphviz show the same place.",
	.run = run,
};
