/* Folders that a site generator renders make anchors by its rules. */
#include "resolve/links.h"

static const struct {
	const char *file; /* of the generator's configuration, in the site's folder */
	const char *dialect;
} sites[] = {
	{"mkdocs.yml", "mkdocs.yml"},
	{"mkdocs.yaml", "mkdocs.yml"},
	{"_config.yml", "jekyll"},
	{"_config.yaml", "jekyll"},
	{"docusaurus.config.js", "docusaurus"},
	{"docusaurus.config.ts", "docusaurus"},
	{"docusaurus.config.mjs", "docusaurus"},
	{".vitepress/config.js", "vitepress"},
	{".vitepress/config.ts", "vitepress"},
	{".vitepress/config.mts", "vitepress"},
	{".vitepress/config.mjs", "vitepress"},
};

struct site_dialect links_site_dialect(struct linker *linker, const struct page *page)
{
	struct str dir = page->source->path;
	do {
		dir = path_dir(dir);
		for (size_t i = 0; i < sizeof sites / sizeof *sites; i++) {
			struct str path = path_join(linker->scratch, dir, str_from(sites[i].file));
			if (linker_entry(linker, path))
				return (struct site_dialect){dir, str_from(sites[i].dialect)};
		}
	} while (dir.size);
	return (struct site_dialect){STR_NONE, STR("github")};
}
