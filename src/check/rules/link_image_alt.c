/* link-image-alt: a markdown image without text. */
#include "check/check.h"

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++) {
			const struct link *link = &page->links.data[k];
			if (!link->image || !link->node || str_trim(link->text).size || !link->target.size)
				continue;
			struct diag *diag = check_report(check, link->span, "the image " STR_FMT " has no text",
							 STR_ARG(link->target));
			check_help(check, diag, "say in the brackets what it shows");
			check_key(check, diag, link->target);
		}
	}
}

const struct rule rule_link_image_alt = {
	.name = "link-image-alt",
	.severity = SEVERITY_INFO,
	.group = "links",
	.summary = "an image without a text that says what it shows",
	.explain = "The text is what screen readers, agents, search and a page without the image have. Images in raw "
		   "HTML are left alone: there alt=\"\" says that an image is decoration.",
	.example = "![](images/rack.png)",
	.cure = "Write a few words in the brackets: ![The rack from the front](images/rack.png).",
	.run = run,
};
