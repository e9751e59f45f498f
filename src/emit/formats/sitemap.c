/* sitemap.xml, when the site's address is known. */
#include "emit/emit.h"

static bool is_listed(const struct output *output)
{
	return str_ends(output->path, STR(".html")) && !str_is(output->path, "404.html") && !site_is_redirect(output);
}

static void write_sitemap(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	(void)output;
	struct str base = site->config->base_url.str;
	buf_adds(
		out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (size_t i = 0; i < site->outputs.n; i++) {
		struct str path = site->outputs.data[i].path;
		if (!is_listed(&site->outputs.data[i]))
			continue;
		buf_adds(out, "<url><loc>");
		html_url(out, base);
		if (!str_ends(base, STR("/")))
			buf_addc(out, '/');
		html_text(out, site_path_url(scratch, path));
		buf_adds(out, "</loc></url>\n");
	}
	buf_adds(out, "</urlset>\n");
}

static void plan(struct site *site)
{
	if (site->config->base_url.str.size)
		site_add(site, STR("sitemap.xml"), write_sitemap, NULL);
}

const struct format format_sitemap = {"sitemap", plan};
