/* link-unsafe: a link that would run something in the reader's browser. */
#include "check/check.h"

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++) {
			const struct link *link = &page->links.data[k];
			if (link->state != LINK_UNSAFE)
				continue;
			struct str scheme = str_trim(str_sub(link->target, 0, str_find_char(link->target, ':') + 1));
			struct diag *diag =
				check_report(check, link->span, "a " STR_FMT " link can run code", STR_ARG(scheme));
			check_help(check, diag, "remove the link, or link to an http(s) address");
			check_key(check, diag, link->target);
		}
	}
}

const struct rule rule_link_unsafe = {
	.name = "link-unsafe",
	.severity = SEVERITY_ERROR,
	.group = "links",
	.summary = "a link whose scheme can run code",
	.explain = "javascript: and vbscript: run in the page, data: can hold a whole page of its own. Browsers drop "
		   "blanks before and line ends inside the scheme, and so does this rule. Images as data:image/... "
		   "are left alone. The site never holds such a link.",
	.example = "[click](javascript:alert(1))",
	.cure = "Take the link away, or link to an https:// address.",
	.run = run,
};
