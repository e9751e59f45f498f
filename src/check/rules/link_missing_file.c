/* link-missing-file: a link to a file of the workspace that is not there. */
#include "check/check.h"

static bool holds(struct span outer, struct span inner)
{
	return outer.source == inner.source && outer.off <= inner.off &&
	       inner.off + inner.size <= outer.off + outer.size;
}

/* A relation of a record that leads nowhere is told of by the rule for relations. */
static bool is_told_elsewhere(const struct page *page, const struct link *link)
{
	if (!page->decision)
		return false;
	for (size_t i = 0; i < page->decision->relations.n; i++) {
		const struct relation *relation = &page->decision->relations.data[i];
		bool dangles = !relation->target && !relation->ambiguous && relation->kind != RELATION_RELATES;
		if (dangles && link->path.size && str_eq(relation->target_path, link->path) &&
		    holds(relation->span, link->span))
			return true;
	}
	return false;
}

/* What a target looks like that was never meant as a file here. */
static const char *find_cause(struct str target)
{
	if (str_starts(target, STR("www.")) || str_find(target, STR(".com/")) != SIZE_MAX ||
	    str_find(target, STR(".org/")) != SIZE_MAX)
		return "an address of the web begins with https://";
	if (str_starts(target, STR("(")))
		return "there is one parenthesis too many";
	if (str_find_char(target, '@') != SIZE_MAX && str_find_char(target, '/') == SIZE_MAX)
		return "an e-mail address begins with mailto:";
	if (str_find_char(target, '\\') != SIZE_MAX)
		return "paths in links are written with /";
	return NULL;
}

/* Folders are named with the slash that was written. */
static void tell_absent(struct check *check, struct diag *diag, const struct link *link)
{
	struct str file = str_sub(link->target, 0, str_find_char(link->target, '#'));
	bool slash = str_ends(str_sub(file, 0, str_find_char(file, '?')), STR("/"));
	if (slash || str_find_char(path_base(link->path), '.') == SIZE_MAX)
		check_help(check, diag, "there is no folder or file named " STR_FMT "%s in this workspace",
			   STR_ARG(link->path), slash ? "/" : "");
	else
		check_help(check, diag, "there is no " STR_FMT " in this workspace", STR_ARG(link->path));
}

static void report(struct check *check, const struct link *link)
{
	if (!link->target.size) {
		struct diag *diag =
			check_report(check, link->span, "the link \"" STR_FMT "\" has no target", STR_ARG(link->text));
		check_help(check, diag, "write the target, or take the link away");
		return;
	}
	struct diag *diag = check_report(check, link->span, STR_FMT " does not exist", STR_ARG(link->target));
	const char *cause = find_cause(link->target);
	if (link->suggestion.size)
		check_help(check, diag, "write " STR_FMT, STR_ARG(link->suggestion));
	else if (cause)
		check_help(check, diag, "%s", cause);
	else
		tell_absent(check, diag, link);
	check_key(check, diag, link->target);
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++) {
			const struct link *link = &page->links.data[k];
			if (link->state == LINK_MISSING_FILE && !link->image && !is_told_elsewhere(page, link))
				report(check, link);
		}
	}
}

const struct rule rule_link_missing_file = {
	.name = "link-missing-file",
	.severity = SEVERITY_ERROR,
	.group = "links",
	.summary = "a link to a file of the workspace that does not exist",
	.explain = "A relative link is read as the forge reads it: from the folder of the document, percent escapes "
		   "undone, without what follows '?'. A link that begins with '/' is read from the top of the "
		   "workspace, then from the content folder. A folder is a good target.\n\n"
		   "Left alone are routes of generated sites (a link that begins with '/', or leaves out the "
		   "extension, in a workspace that holds the configuration of a site generator), template "
		   "expressions, placeholders such as NNNN-title.md, links in the template of a decision log, and "
		   "links into the output.",
	.example = "[Decision 61](0061-go-handlers.md), where the file is decisions/0061-go-handlers.md",
	.cure = "Write the path that leads there from the document's folder. Where a file of that name stands "
		"elsewhere, the finding gives the path to write.",
	.run = run,
};
