/* link-image-missing: an image of the workspace that is not there. */
#include "check/check.h"

static void report(struct check *check, const struct link *link)
{
	struct diag *diag = link->target.size ? check_report(check, link->span, "the image " STR_FMT " does not exist",
							     STR_ARG(link->target))
					      : check_report(check, link->span, "an image without a file");
	if (link->suggestion.size)
		check_help(check, diag, "write " STR_FMT, STR_ARG(link->suggestion));
	else
		check_help(check, diag, "add the file, or take the image away");
	check_key(check, diag, link->target);
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++)
			if (page->links.data[k].state == LINK_MISSING_FILE && page->links.data[k].image)
				report(check, &page->links.data[k]);
	}
}

const struct rule rule_link_image_missing = {
	.name = "link-image-missing",
	.severity = SEVERITY_ERROR,
	.group = "links",
	.summary = "an image of the workspace that does not exist",
	.explain = "Images are found as links are. Images of other hosts are not asked for, and a path that begins "
		   "with '/' is left alone where a site generator serves it.",
	.example = "![Racks](img/rack.png), where the file is images/rack.png",
	.cure = "Write the path that leads to the image from the document's folder.",
	.run = run,
};
