/* Where documents stood once: small pages that lead on. */
#include "emit/emit.h"

static void plan(struct site *site)
{
	site_add_redirects(site);
}

const struct format format_redirects = {"redirects", plan};
