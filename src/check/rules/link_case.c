/* link-case: a link that differs from its file in letter case only. */
#include "check/check.h"

static void report(struct check *check, const struct link *link)
{
	struct diag *diag = check_report(check, link->span, STR_FMT " differs in letter case from " STR_FMT,
					 STR_ARG(link->target), STR_ARG(link->path));
	check_help(check, diag, "write " STR_FMT, STR_ARG(link->suggestion));
	if (str_eq(span_text(check->sources, link->span), link->target))
		check_fix(check, diag, link->span, link->suggestion);
	check_key(check, diag, link->target);
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++)
			if (page->links.data[k].state == LINK_CASE)
				report(check, &page->links.data[k]);
	}
}

const struct rule rule_link_case = {
	.name = "link-case",
	.severity = SEVERITY_ERROR,
	.group = "links",
	.summary = "a link that differs from its file in letter case only",
	.explain = "Such a link works on the author's macOS or Windows and is dead on the forge, in CI and on a web "
		   "server. Images count as links do.",
	.example = "[Start here](Readme.md), where the file is README.md",
	.cure = "Write the name as the file has it.",
	.run = run,
};
