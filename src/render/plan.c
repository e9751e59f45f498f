/* The plan of the site: which pages there are, under which paths, and what each refers to. */
#include "render/pages.h"

#include <assert.h>

/* Marks folders in site_nav.taken, so that no file stands where a folder must. */
static char folder_mark[] = "folder", file_mark[] = "file";

static bool path_is_free(struct site_nav *nav, struct str path)
{
	if (map_has(&nav->taken, path))
		return false;
	for (struct str dir = path_dir(path); dir.size; dir = path_dir(dir))
		if (map_find(&nav->taken, dir) == file_mark)
			return false;
	return true;
}

void site_add(struct site *site, struct str path, output_fn *write, const void *what)
{
	struct site_nav *nav = site->nav;
	if (!path_is_free(nav, path))
		return;
	map_put(&nav->taken, path, file_mark);
	for (struct str dir = path_dir(path); dir.size && !map_has(&nav->taken, dir); dir = path_dir(dir))
		map_put(&nav->taken, dir, folder_mark);
	vec_add(site->arena, &site->outputs, (struct output){path, write, what});
}

struct site_page *page_add(struct site *site, struct site_page page)
{
	struct site_page *kept = map_find(&site->nav->page_by_url, page.url);
	if (kept || !page.url.size || path_is_outside(page.url))
		return kept;
	kept = arena_copy(site->arena, &page, sizeof page);
	kept->nav = NAV_NONE;
	map_put(&site->nav->page_by_url, page.url, kept);
	vec_add(site->arena, &site->nav->pages, kept);
	return kept;
}

/* The first folder of `content` that is written without wildcards, else what the URLs of pages leave out. */
static struct str find_content_root(const struct model *model)
{
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		struct str stem = str_sub(page->url, 0, page->url.size > 5 ? page->url.size - 5 : 0);
		struct str path = page->source->path;
		size_t tail = path.size - path_extension(path).size;
		if (!str_ends(page->url, STR(".html")) || page->is_index || tail <= stem.size)
			continue;
		struct str root = str_sub(path, 0, tail - stem.size);
		if (str_eq(str_sub(path, root.size, stem.size), stem) && str_ends(root, STR("/")))
			return str_sub(root, 0, root.size - 1);
	}
	return STR("");
}

struct str site_url_of_path(const struct site *site, struct str path)
{
	struct str root = site->nav->content_root;
	if (root.size && path_is_under(path, root) && path.size > root.size)
		return str_from_off(path, root.size + 1);
	return path;
}

static const bool keeps_in_url[256] = {
	['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, ['-'] = true, ['_'] = true, ['.'] = true,
	['~'] = true,         ['!'] = true,         ['*'] = true,         ['('] = true, [')'] = true, ['@'] = true,
	['='] = true,         ['+'] = true,         ['$'] = true,         [','] = true, ['/'] = true, [';'] = true,
};

static void add_encoded(struct buf *out, struct str path, bool is_fragment)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t done = 0;
	for (size_t i = 0; i < path.size; i++) {
		unsigned char c = (unsigned char)path.data[i];
		if (keeps_in_url[c] || (is_fragment && c >= 0x80))
			continue;
		char escape[3] = {'%', hex[c >> 4], hex[c & 15]};
		buf_add(out, str_sub(path, done, i - done));
		buf_add(out, (struct str){escape, sizeof escape});
		done = i + 1;
	}
	buf_add(out, str_from_off(path, done));
}

struct str site_path_url(struct arena *arena, struct str path)
{
	struct buf url = {0};
	add_encoded(&url, path, false);
	struct str result = buf_dup(arena, &url);
	buf_free(&url);
	return result;
}

/* Path of the site under its base URL: "https://x.org/docs/" -> "/docs/". */
static struct str base_path(const struct site *site)
{
	struct str base = site->config->base_url.str;
	size_t scheme = str_find(base, STR("://"));
	if (scheme == SIZE_MAX)
		return STR("/");
	struct str rest = str_from_off(base, scheme + 3);
	size_t slash = str_find_char(rest, '/');
	return slash == SIZE_MAX ? STR("/") : str_from_off(rest, slash);
}

void site_href_write(const struct site *site, struct buf *out, const struct site_page *from, struct str to,
		     struct str anchor)
{
	struct str target = to, at = from->url;
	if (from->from_root && site->config->base_url.str.size) {
		struct str base = base_path(site);
		add_encoded(out, base, false);
		if (!str_ends(base, STR("/")))
			buf_addc(out, '/');
	} else if (!str_eq(to, at) || !anchor.size) {
		size_t common = 0;
		for (size_t i = 0; i < to.size && i < at.size && to.data[i] == at.data[i]; i++)
			if (to.data[i] == '/')
				common = i + 1;
		for (size_t i = common; i < at.size; i++)
			if (at.data[i] == '/')
				buf_adds(out, "../");
		target = str_from_off(to, common);
	} else {
		target = STR("");
	}
	add_encoded(out, target, false);
	if (anchor.size) {
		buf_addc(out, '#');
		add_encoded(out, anchor, true);
	}
}

struct str site_href(const struct site *site, struct arena *arena, const struct site_page *from, struct str to,
		     struct str anchor)
{
	struct buf url = {0};
	site_href_write(site, &url, from, to, anchor);
	struct str result = buf_dup(arena, &url);
	buf_free(&url);
	return result;
}

/* ---- the repository's web view ---- */

static struct str repository_base(const struct site *site)
{
	const struct git_history *git = site->model->git;
	struct str base = site->config->repository.str;
	if (!base.size && git && git->present)
		base = git->origin;
	while (str_ends(base, STR("/")))
		base.size--;
	if (str_ends(base, STR(".git")))
		base.size -= 4;
	bool is_web = str_starts_nocase(base, STR("https://")) || str_starts_nocase(base, STR("http://"));
	return is_web ? base : STR_NONE;
}

enum repository_view { VIEW_FILE, VIEW_EDIT, VIEW_HISTORY };

/* How forges name a view of a file, with the place of the branch behind it. */
static const char *view_of(struct str base, enum repository_view view)
{
	static const char *const github[] = {"/blob/", "/edit/", "/commits/"},
				 *const gitlab[] = {"/-/blob/", "/-/edit/", "/-/commits/"},
				 *const forgejo[] = {"/src/branch/", "/_edit/", "/commits/branch/"};
	bool is_forgejo = str_find_nocase(base, STR("codeberg.org/")) != SIZE_MAX ||
			  str_find_nocase(base, STR("forgejo")) != SIZE_MAX ||
			  str_find_nocase(base, STR("gitea")) != SIZE_MAX;
	if (is_forgejo)
		return forgejo[view];
	return str_find_nocase(base, STR("gitlab")) != SIZE_MAX ? gitlab[view] : github[view];
}

static struct str repository_url(const struct site *site, struct arena *arena, enum repository_view view,
				 struct str path)
{
	struct str base = repository_base(site);
	const struct git_history *git = site->model->git;
	if (!base.size || !path.size)
		return STR_NONE;
	struct buf url = {0};
	const char *words = view_of(base, view);
	buf_add(&url, base);
	buf_adds(&url, words);
	/* Forgejo knows no HEAD there. */
	bool needs_branch = !strcmp(words, "/_edit/") || str_ends(str_from(words), STR("/branch/"));
	if (needs_branch)
		add_encoded(&url, git && git->branch.size ? git->branch : STR("main"), false);
	else
		buf_adds(&url, "HEAD");
	buf_addc(&url, '/');
	if (git && git->prefix.size) {
		add_encoded(&url, git->prefix, false);
		buf_addc(&url, '/');
	}
	add_encoded(&url, path, false);
	struct str result = buf_dup(arena, &url);
	buf_free(&url);
	return result;
}

struct str site_repository_url(const struct site *site, struct arena *arena, struct str path, uint32_t line)
{
	struct str url = repository_url(site, arena, VIEW_FILE, path);
	return url.size && line ? str_format(arena, STR_FMT "#L%u", STR_ARG(url), line) : url;
}

struct str site_edit_url(const struct site *site, struct arena *arena, struct str path)
{
	return repository_url(site, arena, VIEW_EDIT, path);
}

struct str site_history_url(const struct site *site, struct arena *arena, struct str path)
{
	return repository_url(site, arena, VIEW_HISTORY, path);
}

const struct drawing *site_drawing(const struct site *site, const struct entity *entity)
{
	return site->drawings ? drawing_of_entity(site->drawings, entity) : NULL;
}

/* ---- the pass ---- */

struct site *render_plan(struct arena *arena, const struct model *model, const struct facts *facts,
			 const struct diags *diags, const struct drawings *drawings)
{
	struct site *site = NEW(arena, struct site);
	site->arena = arena;
	site->model = model;
	site->facts = facts;
	site->diags = diags;
	site->drawings = drawings;
	site->config = model->config;
	site->nav = NEW(arena, struct site_nav);
	struct site_nav *nav = site->nav;
	nav->page_by_url.arena = nav->nav_by_url.arena = nav->taken.arena = arena;
	nav->assets.arena = nav->log_of_page.arena = nav->parts_of_log.arena = nav->entities_of.arena = arena;
	nav->content_root = find_content_root(model);
	templates_read(site);
	if (site->error.size)
		return site;
	plan_documents(site);
	plan_entities(site);
	plan_logs(site);
	plan_general(site);
	plan_tags(site);
	plan_names(site);
	for (size_t i = 0; i < model->decisions.n && !site->feed.size; i++)
		if (site_decision_updated(site, model->decisions.data[i]))
			site->feed = STR("decisions.atom");
	plan_assets(site);
	nav_build(site);
	plan_index(site);
	return site;
}

void site_add_pages(struct site *site)
{
	for (size_t i = 0; i < site->nav->pages.n; i++)
		site_add(site, site->nav->pages.data[i]->url, page_write, site->nav->pages.data[i]);
}
