/* link-outside-workspace: a link that leaves the workspace, or an absolute path of somebody's machine. */
#include "check/check.h"

static bool is_absolute(struct str target)
{
	return str_starts(target, STR("/")) || str_starts(target, STR("\\\\")) || str_starts(target, STR("~/")) ||
	       str_starts_nocase(target, STR("file:")) || (target.size > 1 && target.data[1] == ':');
}

static void report(struct check *check, const struct link *link)
{
	struct str target = link->target;
	if (is_absolute(target)) {
		struct diag *diag =
			check_report(check, link->span, STR_FMT " is a path of one machine", STR_ARG(target));
		check_help(check, diag, "link relative to the document, or write the path as code");
		check_key(check, diag, target);
		return;
	}
	struct diag *diag = check_report(check, link->span, STR_FMT " leaves the workspace", STR_ARG(target));
	check_help(check, diag, "link to the file by its https:// address, or bring it into the workspace");
	check_key(check, diag, target);
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++)
			if (page->links.data[k].state == LINK_OUTSIDE)
				report(check, &page->links.data[k]);
	}
}

const struct rule rule_link_outside_workspace = {
	.name = "link-outside-workspace",
	.severity = SEVERITY_WARNING,
	.group = "links",
	.summary = "a link that leaves the workspace, or holds an absolute path",
	.explain = "Nobody else has the same folders above the repository, nor the author's home folder. Links above "
		   "a workspace that is a folder of a larger repository are left alone, and so are the pages of a "
		   "forge that are reached that way (../../issues).",
	.example = "[notes](../../other-repo/notes.md), [conf](/home/anna/lab/conf.md)",
	.cure = "Use the web address of the other place, or a path inside the workspace.",
	.run = run,
};
