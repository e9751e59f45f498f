/* page-title-missing: a document without a title. */
#include "check/check.h"

/* Files that some tool asks for by name have no use for a title. */
static bool is_for_a_tool(const struct page *page)
{
	struct str path = page->source->path;
	return path.data[0] == '.' || str_find(path, STR("/.")) != SIZE_MAX ||
	       fm_find(&page->md->front, "name") != NULL;
}

static bool is_empty(const struct page *page)
{
	return page->md->n <= 1;
}

/* A heading written as raw HTML, as READMEs have for a centred one. */
static bool has_html_title(const struct md *md)
{
	for (uint32_t i = 0; i < md->n; i++)
		if ((md->nodes[i].kind == MD_HTML_BLOCK || md->nodes[i].kind == MD_HTML) &&
		    str_find_nocase(md_text(md, &md->nodes[i]), STR("<h1")) != SIZE_MAX)
			return true;
	return false;
}

/* A title may be lost in front matter that cannot be read, of which text-front-matter tells. */
static bool has_broken_front(const struct md *md)
{
	for (size_t i = 0; i < md->troubles.list.n; i++)
		if (strcmp(md->troubles.list.data[i].rule, "text-front-matter") == 0)
			return true;
	return false;
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		if (page->kind != PAGE_DOCUMENT || !page->md || page->title.str.size || is_for_a_tool(page) ||
		    is_empty(page))
			continue;
		const struct md *md = page->md;
		if (has_html_title(md) || has_broken_front(md))
			continue;
		struct span span = {page->source->id, 0, 0};
		if (md->headings.n)
			span = md_span(md, &md->nodes[md->headings.data[0].node]);
		struct diag *diag = check_report(check, span, "this page has no title");
		check_help(check, diag,
			   "begin it with a heading of the first level, or give `title:` in the front matter");
		check_key(check, diag, STR("title"));
	}
}

const struct rule rule_page_title_missing = {
	.name = "page-title-missing",
	.severity = SEVERITY_INFO,
	.group = "links",
	.summary = "a document without a title",
	.explain =
		"Navigation, search and the lists for agents show a page by its title: `title:` of the front "
		"matter, else the first heading of the first level. Without one they show the file's name. Hidden "
		"folders, files with `name:` in the front matter, a title as HTML (<h1>), empty files and "
		"those whose front matter cannot be read are left alone; for decisions there is decision-title-missing.",
	.example = "a document whose first heading is \"## Overview\"",
	.cure = "Begin the document with \"# Title\".",
	.run = run,
};
