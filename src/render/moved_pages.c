/* `aliases:` of front matter: where a document stood once, a page leads to where it stands now. */
#include "render/pages.h"

/* Of one document. */
enum { MOST_ALIASES = 50 };

/* A path is written with a slash or with the name of a file; the rest are other names of the document. */
static bool is_path(struct str alias)
{
	return str_find_char(alias, '/') != SIZE_MAX || str_ends(alias, STR(".md")) || str_ends(alias, STR(".html"));
}

/* What a path of a site may not hold: servers and file systems read it otherwise. */
static bool is_odd(struct str alias)
{
	for (size_t i = 0; i < alias.size; i++)
		if ((unsigned char)alias.data[i] < ' ' || strchr("\\:*?\"<>|#%", alias.data[i]))
			return true;
	return false;
}

/* "/old/page/", "old.md", "../old.html" -> the path in the site; empty: none that can be served. */
static struct str path_of_alias(const struct site *site, const struct page *page, struct str alias)
{
	struct arena *arena = site->arena;
	if (is_odd(alias))
		return STR_NONE;
	bool is_folder = str_ends(alias, STR("/"));
	struct str path =
		str_starts(alias, STR("/")) ? str_from_off(alias, 1) : path_join(arena, path_dir(page->url), alias);
	if (path_is_outside(path))
		return STR_NONE;
	path = path_normal(arena, path);
	struct str extension = path_extension(path);
	if (is_folder || !extension.size)
		return path_join(arena, path, STR("index.html"));
	if (str_is(extension, ".html"))
		return path;
	if (!str_is(extension, ".md"))
		return STR_NONE;
	return str_format(arena, STR_FMT ".html", STR_ARG(str_sub(path, 0, path.size - 3)));
}

static void redirect_write(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	const struct page *page = output->what;
	struct site_page from = {.url = output->path};
	struct str href = site_href(site, scratch, &from, page->url, STR_NONE);
	buf_adds(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n"
		      "<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url=");
	html_url(out, href);
	buf_adds(out, "\">\n<link rel=\"canonical\" href=\"");
	html_url(out, href);
	buf_adds(out, "\">\n<title>");
	html_text(out, page_title(page));
	buf_adds(out, "</title>\n</head>\n<body>\n<h1>This page has moved</h1>\n<p>It is now <a href=\"");
	html_url(out, href);
	buf_adds(out, "\">");
	html_text(out, page_title(page));
	buf_adds(out, "</a>.</p>\n</body>\n</html>\n");
}

static void add_redirects(struct site *site, const struct page *page)
{
	const struct fm_field *field = page->md ? fm_find(&page->md->front, "aliases") : NULL;
	size_t n = !field ? 0 : field->items.n ? field->items.n : 1;
	for (size_t i = 0; i < n && i < MOST_ALIASES; i++) {
		struct str alias = field->items.n ? field->items.data[i].str : field->value.str;
		struct str path = is_path(alias) ? path_of_alias(site, page, alias) : STR_NONE;
		if (path.size && map_has(&site->nav->page_by_url, page->url))
			site_add(site, path, redirect_write, page);
	}
}

void site_add_redirects(struct site *site)
{
	for (size_t i = 0; i < site->model->pages.n; i++)
		add_redirects(site, site->model->pages.data[i]);
}

bool site_is_redirect(const struct output *output)
{
	return output->write == redirect_write;
}

struct str page_other_names(struct arena *arena, const struct page *page)
{
	const struct fm_field *field = page->md ? fm_find(&page->md->front, "aliases") : NULL;
	struct buf names = {0};
	for (size_t i = 0; field && i < field->items.n && i < MOST_ALIASES; i++) {
		if (is_path(field->items.data[i].str))
			continue;
		buf_adds(&names, names.size ? " " : "");
		buf_add(&names, field->items.data[i].str);
	}
	struct str result = buf_dup(arena, &names);
	buf_free(&names);
	return result;
}
