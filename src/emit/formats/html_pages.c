/* The pages. */
#include "emit/emit.h"

static void plan(struct site *site)
{
	site_add_pages(site);
}

const struct format format_html_pages = {"html", plan};
