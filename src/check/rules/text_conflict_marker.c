/* text-conflict-marker: what a merge left behind. */
#include "check/check.h"

/* A line of seven times c, alone or followed by a blank and a label. */
static bool is_marker(struct str line, char c, bool wants_label)
{
	for (size_t i = 0; i < 7; i++)
		if (i >= line.size || line.data[i] != c)
			return false;
	return line.size == 7 ? !wants_label : line.data[7] == ' ';
}

static void look(struct check *check, const struct source *source, const struct md *md)
{
	uint32_t node = 0;
	struct str rest = source->text, begin = STR_NONE, middle = STR_NONE;
	if (str_find(rest, STR("<<<<<<< ")) == SIZE_MAX)
		return;
	while (rest.size) {
		struct str line = str_cut_line(&rest);
		bool begins = is_marker(line, '<', true);
		if (!begins && !is_marker(line, '=', false) && !is_marker(line, '>', true))
			continue;
		/* A document may show how a conflict looks. */
		if (md && md_stands_in(md, MD_CODE_BLOCK, &node, (size_t)(line.data - source->text.data)))
			continue;
		if (begins) {
			begin = line;
			middle = STR_NONE;
		} else if (line.data[0] == '=') {
			middle = begin.data ? line : middle;
		} else if (begin.data && middle.data) {
			struct diag *diag =
				check_report(check, span_of(source, begin), "a merge conflict was left here");
			check_note(check, diag, span_of(source, line), "it ends here");
			check_help(check, diag, "choose one side and remove the marker lines");
			check_key(check, diag, begin);
			begin = middle = STR_NONE;
		}
	}
}

static void run(struct check *check)
{
	const struct sources *sources = check->sources;
	for (size_t i = 0; i < sources->list.n; i++) {
		const struct source *source = sources->list.data[i];
		const struct page *page = map_find(&check->model->page_by_path, source->path);
		if (source->kind != SOURCE_TEMPLATE)
			look(check, source, page ? page->md : NULL);
	}
}

const struct rule rule_text_conflict_marker = {
	.name = "text-conflict-marker",
	.severity = SEVERITY_ERROR,
	.group = "text",
	.summary = "conflict markers that a merge left behind",
	.explain = "Reported are all three lines of a conflict, in order, each at the start of its line: seven <, "
		   "seven =, seven >. A row of = alone is a heading's underline. A conflict shown in a code block is "
		   "an example.",
	.example = "<<<<<<< HEAD\nsix nodes\n=======\nseven nodes\n>>>>>>> feature",
	.cure = "Choose one side, or join both, and remove the marker lines.",
	.run = run,
};
