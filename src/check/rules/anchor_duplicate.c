/* anchor-duplicate: a link to one of several headings with the same text. */
#include "check/check.h"

static void report(struct check *check, const struct link *link)
{
	const struct md *md = link->page->md;
	const struct md_heading *first = NULL;
	struct diag *diag = NULL;
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		if (!first && str_eq(heading->anchor, link->anchor)) {
			first = heading;
			diag = check_report(check, link->span,
					    "#" STR_FMT " leads to the first of several headings \"" STR_FMT "\"",
					    STR_ARG(link->anchor), STR_ARG(heading->text));
			check_key(check, diag, link->target);
			check_note(check, diag, md_span(md, &md->nodes[heading->node]), "the first one");
		} else if (first && str_eq(heading->text, first->text)) {
			check_note(check, diag, md_span(md, &md->nodes[heading->node]), "another one");
			check_help(check, diag,
				   "if this one is meant, write #" STR_FMT
				   "; better, give the headings different texts",
				   STR_ARG(heading->anchor));
			return;
		}
	}
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++) {
			const struct link *link = &page->links.data[k];
			if (link->state == LINK_OK && link->anchor_repeated && link->page)
				report(check, link);
		}
	}
}

const struct rule rule_anchor_duplicate = {
	.name = "anchor-duplicate",
	.severity = SEVERITY_INFO,
	.group = "links",
	.summary = "a link to the first of several headings with one text",
	.explain = "Headings with one text get -1, -2 and so on in their order, so a new heading above moves where "
		   "the link leads. Repeated headings that nothing links to are fine, and so is a link that names -1 "
		   "itself.",
	.example = "[how](#usage) on a page with two headings \"Usage\"",
	.cure = "Give the headings different texts, or put an HTML anchor of its own before the one that is meant.",
	.run = run,
};
