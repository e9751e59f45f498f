/* Style sheet, script, icon and pictures; and the mark that keeps GitHub Pages from leaving out files. */
#include "emit/emit.h"

static void write_nothing(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	(void)site;
	(void)output;
	(void)scratch;
	(void)out;
}

static void plan(struct site *site)
{
	site_add_theme(site);
	site_add(site, STR(".nojekyll"), write_nothing, NULL);
	site_add_pictures(site);
}

const struct format format_assets = {"assets", plan};
