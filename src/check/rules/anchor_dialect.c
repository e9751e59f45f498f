/* anchor-dialect: an anchor that only another renderer's rules would make. */
#include "check/check.h"

static void report(struct check *check, const struct link *link)
{
	struct diag *diag = check_report(
		check, link->span, "the heading's anchor is #" STR_FMT " on the forge and on this site, not #" STR_FMT,
		STR_ARG(link->suggestion), STR_ARG(link->anchor));
	struct str written = span_text(check->sources, link->span);
	struct str fragment = str_from_off(link->target, str_find_char(link->target, '#') + 1);
	check_help(check, diag, "write #" STR_FMT, STR_ARG(link->suggestion));
	if (str_eq(written, link->target) && utf8_invalid_at(link->suggestion) == SIZE_MAX) {
		uint32_t size = (uint32_t)fragment.size;
		struct span span = {link->span.source, link->span.off + link->span.size - size, size};
		check_fix(check, diag, span, link->suggestion);
	}
	check_key(check, diag, link->target);
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++)
			if (page->links.data[k].state == LINK_MISSING_ANCHOR && page->links.data[k].other_dialect)
				report(check, &page->links.data[k]);
	}
}

const struct rule rule_anchor_dialect = {
	.name = "anchor-dialect",
	.severity = SEVERITY_WARNING,
	.group = "links",
	.summary = "an anchor that only another renderer's rules would make",
	.explain = "Python-Markdown (MkDocs), kramdown (Jekyll), GitLab, VitePress, Docsify and Doxia each make "
		   "anchors by rules of their own: a row of hyphens becomes one, a leading emoji leaves none behind, "
		   "{#id} names the heading. Such a link works in that site and is dead on the forge. With "
		   "`anchors:` in lintel.yaml the named dialect is good too.",
	.example = "[Design](#design-goals) for the heading \"Design & goals\", whose anchor is #design--goals",
	.cure = "Write the forge's anchor, or set `anchors: mkdocs` (or the renderer that is used).",
	.run = run,
};
