/* Reads a mermaid diagram: front matter, its kind, and those that are drawn whole. Other kinds are named and left as source. */
#include "parse/mermaid_scan.h"

static const char *const other_kinds[] = {
	"classDiagram-v2",
	"classDiagram",
	"erDiagram",
	"gantt",
	"pie",
	"journey",
	"gitGraph",
	"mindmap",
	"timeline",
	"quadrantChart",
	"requirementDiagram",
	"requirement",
	"sankey-beta",
	"sankey",
	"xychart-beta",
	"xychart",
	"block-beta",
	"block",
	"packet-beta",
	"packet",
	"kanban",
	"architecture-beta",
	"architecture",
	"radar-beta",
	"radar",
	"treemap-beta",
	"treemap",
	"zenuml",
	"info",
	"ishikawa",
	"venn-beta",
	"treeView-beta",
};

/* `---` front matter: its title is kept. False when it has no end. */
static bool read_front_matter(struct mermaid *mermaid)
{
	mermaid_skip_space(mermaid);
	struct str rest = str_from_off(mermaid->text, mermaid->at);
	struct str first = str_cut_line(&rest);
	if (!str_is(str_trim(first), "---"))
		return true;
	while (rest.data) {
		struct str line = str_trim(str_cut_line(&rest));
		if (str_is(line, "---")) {
			mermaid->at = rest.data ? (size_t)(rest.data - mermaid->text.data) : mermaid->text.size;
			return true;
		}
		if (!str_starts(line, STR("title:")))
			continue;
		struct str title = str_trim(str_from_off(line, 6));
		if (title.size >= 2 && (title.data[0] == '"' || title.data[0] == '\'') &&
		    title.data[title.size - 1] == title.data[0])
			title = str_sub(title, 1, title.size - 2);
		if (title.size)
			mermaid->build.graph->title = (struct word){title, span_of(mermaid->build.source, title)};
	}
	build_expected(&mermaid->build, str_trim(first), "a second '---' behind the front matter");
	return false;
}

static const struct {
	const char *word, *kind;
	void (*read)(struct mermaid *mermaid);
	enum graph_form form;
} drawn_kinds[] = {
	{"flowchart", "flowchart", mermaid_flowchart, GRAPH_BOXES},
	{"graph", "flowchart", mermaid_flowchart, GRAPH_BOXES},
	{"flowchart-elk", "flowchart", mermaid_flowchart, GRAPH_BOXES},
	{"sequenceDiagram", "sequenceDiagram", mermaid_sequence, GRAPH_SEQUENCE},
	{"stateDiagram", "stateDiagram", mermaid_states, GRAPH_STATES},
	{"stateDiagram-v2", "stateDiagram", mermaid_states, GRAPH_STATES},
	{"C4Context", "C4Context", mermaid_c4, GRAPH_BOXES},
	{"C4Container", "C4Container", mermaid_c4, GRAPH_BOXES},
	{"C4Component", "C4Component", mermaid_c4, GRAPH_BOXES},
	{"C4Dynamic", "C4Dynamic", mermaid_c4, GRAPH_BOXES},
	{"C4Deployment", "C4Deployment", mermaid_c4, GRAPH_BOXES},
};

/* Reads the statements when the kind is one that is drawn. */
static bool read_drawn(struct mermaid *mermaid, struct str word)
{
	for (size_t i = 0; i < sizeof drawn_kinds / sizeof *drawn_kinds; i++) {
		if (!str_is(word, drawn_kinds[i].word))
			continue;
		struct graph *graph = mermaid->build.graph;
		graph->kind = str_from(drawn_kinds[i].kind);
		graph->form = drawn_kinds[i].form;
		graph->supported = true;
		drawn_kinds[i].read(mermaid);
		return true;
	}
	return false;
}

static bool is_other_kind(struct str word)
{
	for (size_t i = 0; i < sizeof other_kinds / sizeof *other_kinds; i++)
		if (str_is(word, other_kinds[i]))
			return true;
	return false;
}

struct graph *mermaid_parse(struct arena *arena, const struct source *source, struct span part,
			    struct troubles *troubles)
{
	struct mermaid mermaid = {.text = str_sub(source->text, part.off, part.size)};
	build_init(&mermaid.build, arena, source, part, troubles);
	struct graph *graph = mermaid.build.graph;
	graph->directed = true;
	if (!read_front_matter(&mermaid))
		return graph;
	mermaid_skip_space(&mermaid);
	size_t start = mermaid.at;
	while (mermaid.at < mermaid.text.size && !strchr(" \t\r\n;:{", mermaid.text.data[mermaid.at]))
		mermaid.at++;
	struct str word = mermaid_from(&mermaid, start);
	graph->kind = word;
	if (read_drawn(&mermaid, word))
		return graph;
	if (is_other_kind(word)) {
		build_trouble(&mermaid.build, "diagram-unsupported", "kind", span_of(source, word), word, STR_NONE);
	} else {
		struct str shown = mermaid_rest(&mermaid, start);
		graph->kind = STR("");
		build_expected(&mermaid.build, word.size ? word : shown,
			       "the kind of the diagram, such as 'flowchart LR'");
	}
	return graph;
}
