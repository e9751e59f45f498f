/* Style sheets, scripts and icon: files of the templates folder, written as they are. */
#include "render/pages.h"

static void theme_write(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	struct str name = path_base(output->path);
	buf_add(out, template_file(site, scratch, name));
	if (!str_is(name, "theme.css"))
		return;
	buf_add(out, template_file(site, scratch, STR("diagram.css")));
	buf_add(out, template_file(site, scratch, STR("search.css")));
}

bool search_is_built_in(const struct site *site)
{
	return template_file(site, site->arena, STR("minisearch.js")).size > 0;
}

void site_add_theme(struct site *site)
{
	site_add(site, STR("assets/theme.css"), theme_write, NULL);
	site_add(site, STR("assets/lintel.js"), theme_write, NULL);
	site_add(site, STR("assets/icon.svg"), theme_write, NULL);
	if (!search_is_built_in(site))
		return;
	site_add(site, STR("assets/search.js"), theme_write, NULL);
	site_add(site, STR("assets/minisearch.js"), theme_write, NULL);
}
