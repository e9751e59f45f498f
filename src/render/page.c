/* One page: its body, and around it the layout with navigation, contents and what refers to it. */
#include "render/pages.h"

#ifndef LINTEL_VERSION
#define LINTEL_VERSION "0"
#endif

enum { MENTIONS_LISTED = 60, AUTHORS_LISTED = 8 };

const struct template_name template_names[] = {
	{"", "site_title", FIELD_TEXT},
	{"", "title", FIELD_TEXT},
	{"", "head_title", FIELD_TEXT},
	{"", "description", FIELD_TEXT},
	{"", "kind", FIELD_TEXT},
	{"", "canonical", FIELD_TEXT},
	{"", "style_href", FIELD_TEXT},
	{"", "script_href", FIELD_TEXT},
	{"", "icon_href", FIELD_TEXT},
	{"", "feed_href", FIELD_TEXT},
	{"", "home_href", FIELD_TEXT},
	{"", "root_href", FIELD_TEXT},
	{"", "has_search", FIELD_TEXT},
	{"", "findings_href", FIELD_TEXT},
	{"", "findings", FIELD_TEXT},
	{"", "findings_state", FIELD_TEXT},
	{"", "generator", FIELD_TEXT},
	{"", "nav", FIELD_HTML},
	{"", "content", FIELD_HTML},
	{"", "source", FIELD_TEXT},
	{"", "source_href", FIELD_TEXT},
	{"", "edit_href", FIELD_TEXT},
	{"", "changed", FIELD_TEXT},
	{"", "changed_by", FIELD_TEXT},
	{"", "created", FIELD_TEXT},
	{"", "authors", FIELD_TEXT},
	{"", "history_href", FIELD_TEXT},
	{"", "shallow", FIELD_TEXT},
	{"", "mentions_more", FIELD_TEXT},
	{"", "crumb", FIELD_TEXT},
	{"", "breadcrumbs", FIELD_LIST},
	{"", "has_breadcrumbs", FIELD_TEXT},
	{"", "has_contents", FIELD_TEXT},
	{"", "has_mentions", FIELD_TEXT},
	{"", "has_neighbours", FIELD_TEXT},
	{"", "contents", FIELD_LIST},
	{"", "previous", FIELD_LIST},
	{"", "next", FIELD_LIST},
	{"", "mentions", FIELD_LIST},
	{"breadcrumbs", "title", FIELD_TEXT},
	{"breadcrumbs", "href", FIELD_TEXT},
	{"contents", "title", FIELD_TEXT},
	{"contents", "href", FIELD_TEXT},
	{"contents", "level", FIELD_TEXT},
	{"previous", "title", FIELD_TEXT},
	{"previous", "href", FIELD_TEXT},
	{"next", "title", FIELD_TEXT},
	{"next", "href", FIELD_TEXT},
	{"mentions", "title", FIELD_TEXT},
	{"mentions", "href", FIELD_TEXT},
	{"mentions", "kind", FIELD_TEXT},
	{"mentions", "count", FIELD_TEXT},
	{"decision", "id", FIELD_TEXT},
	{"decision", "status", FIELD_TEXT},
	{"decision", "status_text", FIELD_TEXT},
	{"decision", "date", FIELD_TEXT},
	{"decision", "deciders", FIELD_TEXT},
	{"decision", "tags", FIELD_LIST},
	{"decision", "has_tags", FIELD_TEXT},
	{"tags", "title", FIELD_TEXT},
	{"tags", "href", FIELD_TEXT},
	{"decision", "log_href", FIELD_TEXT},
	{"decision", "relations", FIELD_LIST},
	{"decision", "superseded", FIELD_LIST},
	{"superseded", "title", FIELD_TEXT},
	{"superseded", "href", FIELD_TEXT},
	{"relations", "title", FIELD_TEXT},
	{"relations", "href", FIELD_TEXT},
	{"relations", "label", FIELD_TEXT},
	{"relations", "status", FIELD_TEXT},
};
const size_t n_template_names = sizeof template_names / sizeof *template_names;

struct views {
	VEC(struct view *) list;
};

static struct view *add_view(struct arena *arena, struct views *views)
{
	return *vec_add(arena, &views->list, view_new(arena));
}

static struct view *add_link(struct writer *writer, struct views *views, struct str title, struct str url)
{
	struct view *view = add_view(writer->arena, views);
	view_text(view, "title", title);
	view_text(view, "href",
		  url.size ? site_href(writer->site, writer->arena, writer->page, url, STR("")) : STR(""));
	return view;
}

static void set_list(struct view *view, const char *name, const struct views *views)
{
	view_list(view, name, views->list.data, views->list.n);
}

/* ---- around the body ---- */

static void set_breadcrumbs(struct writer *writer, struct view *view)
{
	const struct site_nav *nav = writer->site->nav;
	const struct nav_node *node = nav_of(writer->site, writer->page);
	const struct nav_node *path[32];
	struct views crumbs = {0};
	size_t n = 0;
	view_text(view, "crumb", node ? node->title : writer->page->title);
	while (node && node->parent != NAV_NONE && n < sizeof path / sizeof *path) {
		node = &nav->nodes.data[node->parent];
		path[n++] = node;
	}
	while (n-- > 0)
		add_link(writer, &crumbs, path[n]->title, path[n]->url);
	set_list(view, "breadcrumbs", &crumbs);
	view_text(view, "has_breadcrumbs", crumbs.list.n ? STR("yes") : STR(""));
}

static void set_neighbours(struct writer *writer, struct view *view)
{
	const struct site_nav *nav = writer->site->nav;
	const struct nav_node *node = nav_of(writer->site, writer->page);
	struct views before = {0}, after = {0};
	if (node && node->before != NAV_NONE)
		add_link(writer, &before, nav->nodes.data[node->before].title, nav->nodes.data[node->before].url);
	if (node && node->after != NAV_NONE)
		add_link(writer, &after, nav->nodes.data[node->after].title, nav->nodes.data[node->after].url);
	set_list(view, "previous", &before);
	set_list(view, "next", &after);
	view_text(view, "has_neighbours", before.list.n + after.list.n ? STR("yes") : STR(""));
}

static void set_contents(struct writer *writer, struct view *view)
{
	struct views list = {0};
	for (size_t i = 0; i < writer->headings.n && writer->headings.n > 1; i++) {
		const struct on_page_heading *heading = &writer->headings.data[i];
		struct view *item = add_view(writer->arena, &list);
		view_text(item, "title", heading->text);
		view_text(item, "href",
			  site_href(writer->site, writer->arena, writer->page, writer->page->url, heading->anchor));
		view_text(item, "level", str_format(writer->arena, "%u", heading->level));
	}
	set_list(view, "contents", &list);
	view_text(view, "has_contents", list.list.n ? STR("yes") : STR(""));
}

static const char *page_kind(const struct page *page)
{
	return page->kind == PAGE_DECISION ? "decision" : page->kind == PAGE_DIAGRAM ? "diagram" : "document";
}

static void set_mentions(struct writer *writer, struct view *view)
{
	/* The page of a decision lists by itself what cites it. */
	bool is_decision = writer->page->of && writer->page->of->kind == PAGE_DECISION;
	const struct references *references =
		is_decision ? NULL : site_mentions(writer->site, writer->page, writer->arena);
	struct views list = {0};
	size_t n = references ? references->list.n : 0;
	for (size_t i = 0; i < n && i < MENTIONS_LISTED; i++) {
		const struct reference *reference = &references->list.data[i];
		struct view *item = add_link(writer, &list, page_title(reference->from), reference->from->url);
		view_text(item, "kind", str_from(page_kind(reference->from)));
		if (reference->n > 1)
			view_text(item, "count", str_format(writer->arena, "%u", reference->n));
	}
	set_list(view, "mentions", &list);
	view_text(view, "has_mentions", n ? STR("yes") : STR(""));
	if (n > MENTIONS_LISTED)
		view_text(view, "mentions_more",
			  writer->page->entity ? STR("and more")
					       : str_format(writer->arena, "and %zu more", n - MENTIONS_LISTED));
}

/* Who changed it, the latest first, each once. */
static struct str authors_of(struct arena *arena, const struct git_versions *versions)
{
	struct str names[AUTHORS_LISTED];
	struct map seen = {.arena = arena};
	size_t n = 0;
	for (size_t i = 0; i < versions->list.n; i++) {
		struct str name = versions->list.data[i].commit->author;
		if (!name.size || map_has(&seen, name))
			continue;
		map_put(&seen, name, &names);
		if (n < AUTHORS_LISTED)
			names[n++] = name;
	}
	struct str list = str_join(arena, names, n, STR(", "));
	bool more = versions->has_more || seen.n > n;
	return more ? str_format(arena, STR_FMT " and others", STR_ARG(list)) : seen.n > 1 ? list : STR("");
}

static void set_versions(struct writer *writer, struct view *view, const struct git_history *git)
{
	const struct git_versions *versions = map_find(&git->commits, writer->page->source);
	if (!versions)
		versions = map_find(&git->versions, writer->page->source);
	if (!versions || !versions->list.n)
		return;
	view_text(view, "authors", authors_of(writer->arena, versions));
	if (versions->has_more || versions->list.n < 2)
		return;
	long long when = versions->list.data[versions->list.n - 1].commit->when;
	view_text(view, "created", date_format(writer->arena, date_from_epoch(when)));
}

static void set_source(struct writer *writer, struct view *view)
{
	struct str path = writer->page->source;
	const struct git_history *git = writer->site->model->git;
	if (!path.size)
		return;
	view_text(view, "source", path);
	view_text(view, "source_href", site_repository_url(writer->site, writer->arena, path, 0));
	view_text(view, "edit_href", site_edit_url(writer->site, writer->arena, path));
	view_text(view, "history_href", site_history_url(writer->site, writer->arena, path));
	view_text(view, "shallow", git && git->present && git->shallow ? STR("yes") : STR(""));
	/* In a shallow clone every file seems to have changed with its last commit. */
	const struct git_commit_info *last = git && git->present && !git->shallow ? map_find(&git->last, path) : NULL;
	if (!last)
		return;
	view_text(view, "changed", date_format(writer->arena, date_from_epoch(last->when)));
	view_text(view, "changed_by", last->author);
	set_versions(writer, view, git);
}

static void set_findings(struct writer *writer, struct view *view)
{
	size_t errors = writer->site->nav->n_errors, warnings = writer->site->nav->n_warnings;
	struct str text = STR("No findings");
	if (errors)
		text = str_format(writer->arena, "%zu error%s", errors, errors == 1 ? "" : "s");
	else if (warnings)
		text = str_format(writer->arena, "%zu warning%s", warnings, warnings == 1 ? "" : "s");
	view_text(view, "findings", text);
	view_text(view, "findings_state", errors ? STR("error") : warnings ? STR("warning") : STR("clean"));
	view_text(view, "findings_href",
		  site_href(writer->site, writer->arena, writer->page, writer->site->nav->findings_url, STR("")));
}

static struct str canonical(struct writer *writer)
{
	struct str base = writer->site->config->base_url.str;
	if (!base.size || writer->page->from_root)
		return STR_NONE;
	struct site_page top = {.url = STR("x")};
	return str_format(writer->arena, STR_FMT "%s" STR_FMT, STR_ARG(base), str_ends(base, STR("/")) ? "" : "/",
			  STR_ARG(site_href(writer->site, writer->arena, &top, writer->page->url, STR(""))));
}

static struct str href_of(struct writer *writer, const char *url)
{
	return site_href(writer->site, writer->arena, writer->page, str_from(url), STR(""));
}

static struct view *page_view(struct writer *writer, struct str content)
{
	const struct site_page *page = writer->page;
	struct str site_title = writer->site->model->title;
	struct view *view = view_new(writer->arena);
	struct buf nav = {0};
	nav_write(writer->site, page, &nav);
	view_text(view, "site_title", site_title);
	view_text(view, "title", page->title);
	view_text(view, "head_title",
		  str_eq(page->title, site_title) || !site_title.size
			  ? page->title
			  : str_format(writer->arena, STR_FMT " \xc2\xb7 " STR_FMT, STR_ARG(page->title),
				       STR_ARG(site_title)));
	view_text(view, "description", page->description);
	view_text(view, "kind", str_from(page->kind));
	view_text(view, "canonical", canonical(writer));
	view_text(view, "style_href", href_of(writer, "assets/theme.css"));
	view_text(view, "script_href", href_of(writer, "assets/lintel.js"));
	view_text(view, "icon_href", href_of(writer, "assets/icon.svg"));
	if (writer->site->feed.size)
		view_text(view, "feed_href", site_href(writer->site, writer->arena, page, writer->site->feed, STR("")));
	view_text(view, "home_href", href_of(writer, "index.html"));
	view_text(view, "has_search", search_is_built_in(writer->site) ? STR("yes") : STR(""));
	view_text(view, "generator", STR("lintel " LINTEL_VERSION));
	view_html(view, "nav", buf_dup(writer->arena, &nav));
	view_html(view, "content", content);
	buf_free(&nav);
	set_findings(writer, view);
	set_source(writer, view);
	set_breadcrumbs(writer, view);
	set_neighbours(writer, view);
	set_contents(writer, view);
	set_mentions(writer, view);
	return view;
}

/* Ids of the layout, which documents must not take. */
static const char *const layout_ids[] = {"lintel-content",      "lintel-site-nav",     "lintel-page-contents",
					 "lintel-mentioned-in", "lintel-theme-switch", "lintel-search-open",
					 "lintel-keys-open",    "lintel-card"};

void page_write(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	struct buf content = {0};
	struct writer writer = {.site = site,
				.page = output->what,
				.arena = scratch,
				.out = &content,
				.ids = {.arena = scratch},
				.retired = {.arena = scratch},
				.cards = {.arena = scratch}};
	for (size_t i = 0; i < sizeof layout_ids / sizeof *layout_ids; i++)
		take_id(&writer, str_from(layout_ids[i]));
	writer.page->body(&writer, writer.page->what);
	template_run(site, "page.html", page_view(&writer, buf_str(&content)), out);
	buf_free(&content);
}
