/* link-missing-anchor: a link to a heading that its page does not have. */
#include "check/check.h"

static void report(struct check *check, const struct page *page, const struct link *link)
{
	struct str where = link->page == page ? STR("this page") : link->path;
	struct diag *diag = check_report(check, link->span, STR_FMT " has no heading #" STR_FMT, STR_ARG(where),
					 STR_ARG(link->anchor));
	if (link->suggestion.size)
		check_help(check, diag, "write #" STR_FMT, STR_ARG(link->suggestion));
	else
		check_help(check, diag, "link to one of the page's headings, or to the page itself");
	check_key(check, diag, link->target);
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++) {
			const struct link *link = &page->links.data[k];
			if (link->state == LINK_MISSING_ANCHOR && !link->other_dialect)
				report(check, page, link);
		}
	}
}

const struct rule rule_link_missing_anchor = {
	.name = "link-missing-anchor",
	.severity = SEVERITY_ERROR,
	.group = "links",
	.summary = "a link to a heading that the page does not have",
	.explain = "Anchors are those that the forge makes of headings: lower case, punctuation dropped, each blank "
		   "a hyphen, -1 and so on for repetitions; ids of raw HTML count too. Letter case does not matter. "
		   "Always good are #, #top, footnotes, and lines (#L10) of files that are no documents. An anchor "
		   "that another renderer would make is reported by anchor-dialect.",
	.example = "[the pipeline](#edge-data-pipeline), where no heading reads \"Edge data pipeline\"",
	.cure = "Write the anchor of the heading that is meant; the nearest one is suggested.",
	.run = run,
};
