/* page-orphan: a document that no chain of links from a README or index leads to. */
#include "check/check.h"

struct walk {
	struct check *check;
	bool *reached; /* by place in model->pages */
	size_t *queue;
	size_t n;
	struct map index;   /* path -> place in model->pages, as address into `reached` */
	struct map folders; /* folders that were linked to */
};

static void reach(struct walk *walk, const struct page *page)
{
	bool *mark = page ? map_find(&walk->index, page->source->path) : NULL;
	if (!mark || *mark)
		return;
	*mark = true;
	walk->queue[walk->n++] = (size_t)(mark - walk->reached);
}

/* A link to a folder without an index shows what stands in it. */
static void reach_folder(struct walk *walk, struct str folder)
{
	const struct model *model = walk->check->model;
	if (map_has(&walk->folders, folder))
		return;
	map_put(&walk->folders, folder, walk);
	for (size_t i = 0; i < model->pages.n; i++)
		if (str_eq(path_dir(model->pages.data[i]->source->path), folder))
			reach(walk, model->pages.data[i]);
}

/* The forge shows the README or index of each folder. */
static bool is_index(const struct page *page)
{
	struct str stem = path_stem(page->source->path);
	return page->is_index || str_eq_nocase(stem, STR("readme")) || str_eq_nocase(stem, STR("index"));
}

/* Pages that are found without a link: readers may begin at them. */
static bool is_found(const struct model *model, const struct page *page)
{
	static const char *const names[] = {"CHANGELOG",
					    "LICENSE",
					    "LICENCE",
					    "CONTRIBUTING",
					    "CODE_OF_CONDUCT",
					    "SECURITY",
					    "SUPPORT",
					    "GOVERNANCE",
					    "MAINTAINERS",
					    "AUTHORS",
					    "NOTICE",
					    "AGENTS",
					    "CLAUDE",
					    "GEMINI",
					    "COPILOT",
					    "SKILL",
					    "PULL_REQUEST_TEMPLATE"};
	struct str path = page->source->path, stem = path_stem(path);
	if (page->kind != PAGE_DOCUMENT || is_index(page) || path.data[0] == '.' ||
	    str_find(path, STR("/.")) != SIZE_MAX)
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(stem, str_from(names[i])))
			return true;
	for (size_t i = 0; i < model->skipped.n; i++)
		if (model->skipped.data[i].source == page->source)
			return true;
	return false;
}

static void walk_links(struct walk *walk)
{
	const struct model *model = walk->check->model;
	for (size_t at = 0; at < walk->n; at++) {
		const struct page *page = model->pages.data[walk->queue[at]];
		for (size_t k = 0; k < page->links.n; k++) {
			const struct link *link = &page->links.data[k];
			if (link->page)
				reach(walk, link->page);
			else if (link->state == LINK_OK)
				reach_folder(walk, link->path);
		}
	}
}

static void report(struct walk *walk)
{
	const struct model *model = walk->check->model;
	size_t documents = 0, unreached = 0;
	bool *found = NEW_ARRAY(walk->check->arena, bool, model->pages.n + 1);
	for (size_t i = 0; i < model->pages.n; i++) {
		found[i] = is_found(model, model->pages.data[i]);
		documents += !found[i];
		unreached += !found[i] && !walk->reached[i];
	}
	if (unreached * 2 > documents)
		return; /* a workspace that is not held together by links */
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		if (found[i] || walk->reached[i])
			continue;
		struct diag *diag = check_report(walk->check, page->title.span,
						 "no link leads here from a page that readers begin at");
		if (page->backlink_pages.n)
			check_note(walk->check, diag, page->backlinks.data[0]->span,
				   "this page links to it, and is not reached either");
		check_help(walk->check, diag,
			   "link to it from the README or index of a folder, or from a page that one links to");
		check_key(walk->check, diag, STR("orphan"));
	}
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	struct walk walk = {.check = check};
	walk.reached = NEW_ARRAY(check->arena, bool, model->pages.n + 1);
	walk.queue = NEW_ARRAY(check->arena, size_t, model->pages.n + 1);
	walk.index.arena = check->arena;
	walk.folders.arena = check->arena;
	for (size_t i = 0; i < model->pages.n; i++)
		map_put(&walk.index, model->pages.data[i]->source->path, &walk.reached[i]);
	for (size_t i = 0; i < model->pages.n; i++)
		if (is_found(model, model->pages.data[i]))
			reach(&walk, model->pages.data[i]);
	if (!walk.n)
		return;
	walk_links(&walk);
	report(&walk);
}

const struct rule rule_page_orphan = {
	.name = "page-orphan",
	.severity = SEVERITY_INFO,
	.group = "links",
	.summary = "a document that no chain of links from a README or index leads to",
	.explain = "Readers find pages by following links from where they begin: the README or index of a folder. A "
		   "page that is only in the navigation is seldom read and soon out of date. A link to a folder "
		   "reaches what stands in it. Decisions, indexes, hidden folders and files that people and tools "
		   "ask for by name (CONTRIBUTING.md, AGENTS.md) are found without a link. Nothing is said in a "
		   "workspace where more than half of the documents would be reported.",
	.example = "notes/old-plan.md, which nothing links to",
	.cure = "Link to it, move what it says into a page that is read, or delete it.",
	.run = run,
};
