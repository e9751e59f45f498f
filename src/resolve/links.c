/* Every link of every page has a state: where it leads, or why it is not judged. */
#include "resolve/links.h"
#include "resolve/resolve.h"

const struct entry *linker_entry(const struct linker *linker, struct str path)
{
	return map_find(&linker->listing->by_path, path);
}

/* ---- places in the workspace ---- */

static struct anchors *anchors_of(struct linker *linker, const struct page *page)
{
	struct anchors **slot = &linker->anchors[page->source->id];
	if (!*slot)
		*slot = anchors_new(linker->index, page);
	return *slot;
}

/* Asks git only when a link needs to know: a link above the workspace may still be inside the repository. */
static void ask_git(struct linker *linker)
{
	struct str repository;
	if (linker->asked_git)
		return;
	linker->asked_git = true;
	if (linker->model->loaded->root)
		linker->in_git = git_find(linker->arena, linker->model->loaded->root, &repository, &linker->prefix);
}

/* Pages of a forge that people reach by climbing out of the repository: ../../issues. */
static bool is_forge_page(struct str path)
{
	static const char *const names[] = {
		"issues",   "pull",     "pulls",      "releases", "actions", "wiki",    "discussions",
		"projects", "security", "milestones", "labels",   "compare", "commits", "commit",
		"tags",     "tree",     "blob",       "raw",      "edit",    "new",     "stargazers",
		"network",  "graphs",   "packages",   "settings", "fork",    "branches"};
	if (!str_starts(path, STR("../../")))
		return false;
	struct str rest = str_from_off(path, 6);
	struct str first = str_cut(&rest, '/');
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(first, names[i]))
			return true;
	return false;
}

/* A normalised path that begins with "..". */
static enum link_state judge_outside(struct linker *linker, struct str path)
{
	ask_git(linker);
	struct str in_repository = path_join(linker->scratch, linker->prefix, path);
	if (linker->in_git && linker->prefix.size && !path_is_outside(in_repository))
		return LINK_IGNORED;
	return is_forge_page(in_repository) ? LINK_EXTERNAL : LINK_OUTSIDE;
}

static bool is_file_system_path(struct str path)
{
	static const char *const tops[] = {"/home/", "/Users/", "/etc/", "/var/", "/usr/",  "/tmp/", "/opt/",
					   "/mnt/",  "/root/",  "/srv/", "/dev/", "/proc/", "/sys/", "/Volumes/"};
	for (size_t i = 0; i < sizeof tops / sizeof *tops; i++)
		if (str_starts(path, str_from(tops[i])))
			return true;
	return false;
}

/* True for places that the listing leaves out on purpose: the output, packages, links that were not followed. */
static bool is_unlisted(const struct linker *linker, struct str path)
{
	struct str output = linker->model->config->output.str;
	if (output.size && path_is_under(path, output))
		return true;
	for (struct str at = path; at.size; at = path_dir(at)) {
		struct str base = path_base(at);
		if (str_is(base, "node_modules") || str_is(base, ".git") || map_has(&linker->cut_off, at))
			return true;
	}
	return false;
}

/* ---- one link ---- */

/* The record that a page is, or the one below the heading of a page with several. */
static struct decision *record_of(const struct linker *linker, const struct link *link)
{
	if (!link->page || !link->page->log || !link->anchor.size)
		return link->page ? link->page->decision : NULL;
	struct str path = link->page->source->path;
	return map_find(&linker->model->decision_by_path,
			str_format(linker->arena, STR_FMT "#" STR_FMT, STR_ARG(path), STR_ARG(link->anchor)));
}

static void lead_to(struct linker *linker, struct link *link, const struct entry *entry)
{
	link->path = entry->path;
	link->page = model_page(linker->model, entry->path);
	if (!link->page && entry->through_link)
		link->page = model_page(linker->model, entry->target);
	link->decision = record_of(linker, link);
}

/* What configuration says, else what the site makes that renders both pages. */
static struct str dialect_between(struct linker *linker, const struct page *from, const struct page *to, bool *shared)
{
	const struct word *configured = &linker->model->config->anchors;
	*shared = true;
	if (!span_is_none(configured->span))
		return configured->str;
	struct site_dialect site = links_site_dialect(linker, to);
	*shared = from == to || str_eq(links_site_dialect(linker, from).folder, site.folder);
	return site.dialect;
}

static void judge_anchor(struct linker *linker, const struct page *from, struct link *link)
{
	const struct page *page = link->page;
	if (!link->anchor.size || !page || !page->md)
		return;
	struct anchors *anchors = anchors_of(linker, page);
	const struct anchor *anchor = anchors_find(linker->scratch, anchors, link->anchor);
	if (anchor) {
		link->anchor = anchor->id;
		link->anchor_repeated = anchor->repeated;
		return;
	}
	if (anchors_has_special(anchors, link->anchor))
		return;
	bool shared;
	struct str dialect = dialect_between(linker, from, page, &shared);
	anchor = anchors_find_dialect(linker->index, anchors, link->anchor, dialect);
	if (anchor && anchor->accepted && shared) {
		link->anchor = anchor->id;
		return;
	}
	link->state = LINK_MISSING_ANCHOR;
	link->other_dialect = anchor != NULL;
	link->suggestion = anchor ? anchor->id : anchors_suggest(linker->scratch, anchors, link->anchor);
}

static bool is_under(struct str path, struct str dir)
{
	return dir.size && path_is_under(path, dir);
}

/* The entry that a path means: as decoded, else as written (a name may hold a '%'). */
static const struct entry *find_entry(struct linker *linker, struct str dir, const struct target *target,
				      struct str *path)
{
	const struct entry *entry = linker_entry(linker, *path = path_join(linker->scratch, dir, target->decoded));
	if (entry || str_eq(target->decoded, target->file))
		return entry;
	return linker_entry(linker, path_join(linker->scratch, dir, target->file));
}

/* Routes of generated sites: the page without its extension, or as HTML. */
static const struct entry *find_route(struct linker *linker, struct str path, bool *is_html)
{
	static const char *const ends[] = {".md", ".mdx", "/index.md", ".html.md"};
	struct str stem = path;
	*is_html = str_ends(path, STR(".html")) || str_ends(path, STR(".htm"));
	if (*is_html)
		stem = str_sub(path, 0, str_rfind_char(path, '.'));
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const struct entry *entry =
			linker_entry(linker, str_format(linker->scratch, STR_FMT "%s", STR_ARG(stem), ends[i]));
		if (entry)
			return entry;
	}
	bool index = *is_html && str_is(path_base(stem), "index");
	struct str readme = path_join(linker->scratch, path_dir(path), STR("README.md"));
	return index ? linker_entry(linker, readme) : NULL;
}

static void judge_missing(struct linker *linker, struct link *link, const struct target *target, struct str path)
{
	bool is_html = false;
	const struct entry *entry = map_find(&linker->listing->by_lower_path, utf8_lower(linker->scratch, path));
	if (entry) {
		lead_to(linker, link, entry);
		link->state = LINK_CASE;
		link->suggestion = links_write(linker->arena, target->from, entry->path, target->behind);
		return;
	}
	link->path = str_dup(linker->arena, path);
	if (is_unlisted(linker, path) || links_in_empty_folder(linker, path) ||
	    target_is_placeholder(target->decoded) || map_has(&linker->templates, target->from->source->path)) {
		link->state = LINK_IGNORED;
		return;
	}
	entry = find_route(linker, path, &is_html);
	if (entry && (is_html || linker->has_generator)) {
		lead_to(linker, link, entry);
		link->state = LINK_ROUTE;
		return;
	}
	link->state = LINK_MISSING_FILE;
	link->suggestion = links_suggest(linker, target);
}

static void judge_rooted(struct linker *linker, struct link *link, const struct target *target)
{
	struct str path;
	struct target inner = *target;
	while (str_starts(inner.file, STR("/")))
		inner.file = str_from_off(inner.file, 1);
	while (str_starts(inner.decoded, STR("/")))
		inner.decoded = str_from_off(inner.decoded, 1);
	const struct entry *entry = find_entry(linker, STR_NONE, &inner, &path);
	if (!entry && linker->content_root.size) {
		struct str below;
		entry = find_entry(linker, linker->content_root, &inner, &below);
	}
	if (!path.size || entry) {
		if (entry)
			lead_to(linker, link, entry);
		link->state = LINK_OK;
		return;
	}
	ask_git(linker);
	if (is_under(path, linker->prefix)) {
		struct str shorter = str_from_off(path, linker->prefix.size + 1);
		entry = linker_entry(linker, path = shorter);
		if (entry) {
			lead_to(linker, link, entry);
			link->state = LINK_OK;
			return;
		}
	} else if (linker->prefix.size) {
		link->state = LINK_IGNORED; /* above the workspace */
		return;
	}
	if (is_file_system_path(target->decoded))
		link->state = LINK_OUTSIDE;
	else if (linker->has_generator)
		link->state = LINK_ROUTE;
	else
		judge_missing(linker, link, &inner, path);
}

static void judge_relative(struct linker *linker, struct link *link, const struct target *target)
{
	struct str path;
	const struct entry *entry = find_entry(linker, path_dir(target->from->source->path), target, &path);
	if (path_is_outside(path)) {
		link->path = str_dup(linker->arena, path);
		link->state = judge_outside(linker, path);
	} else if (entry || !path.size || str_is(path, ".")) {
		link->state = LINK_OK;
		if (entry)
			lead_to(linker, link, entry);
		else
			link->page = model_page(linker->model, STR(""));
		link->decision = record_of(linker, link);
	} else {
		judge_missing(linker, link, target, path);
	}
}

static void judge_local(struct linker *linker, struct page *from, struct link *link)
{
	struct str text = link->target;
	size_t hash = str_find_char(text, '#');
	struct str file = str_sub(text, 0, hash == SIZE_MAX ? text.size : hash);
	size_t query = str_find_char(file, '?');
	file = str_sub(file, 0, query == SIZE_MAX ? file.size : query);
	if (hash != SIZE_MAX)
		link->anchor = str_percent_decoded(linker->arena, str_from_off(text, hash + 1));
	struct target target = {.from = from,
				.file = file,
				.decoded = str_percent_decoded(linker->scratch, file),
				.behind = str_from_off(text, file.size)};
	link->state = LINK_OK;
	if (!str_trim(text).size) {
		link->state = map_has(&linker->templates, from->source->path) ? LINK_IGNORED : LINK_MISSING_FILE;
		return;
	}
	if (!file.size) {
		link->page = from;
		link->path = from->source->path;
		link->decision = from->decision ? from->decision : record_of(linker, link);
	} else if (file.data[0] == '/') {
		target.from_root = true;
		judge_rooted(linker, link, &target);
	} else {
		judge_relative(linker, link, &target);
	}
	if (link->state == LINK_OK || link->state == LINK_CASE) {
		enum link_state before = link->state;
		judge_anchor(linker, from, link);
		if (before == LINK_CASE)
			link->state = LINK_CASE;
	}
	if (link->state == LINK_MISSING_ANCHOR && map_has(&linker->templates, from->source->path))
		link->state = LINK_IGNORED;
}

static void judge(struct linker *linker, struct page *from, struct link *link)
{
	switch (target_classify(link->target, link->image)) {
	case TARGET_EXTERNAL: link->state = LINK_EXTERNAL; break;
	case TARGET_OUTSIDE: link->state = LINK_OUTSIDE; break;
	case TARGET_UNSAFE: link->state = LINK_UNSAFE; break;
	case TARGET_EXPRESSION: link->state = LINK_IGNORED; break;
	case TARGET_LOCAL: judge_local(linker, from, link); break;
	}
}

/* ---- all links ---- */

static void note_templates(struct linker *linker)
{
	const struct model *model = linker->model;
	linker->templates.arena = linker->index;
	linker->cut_off.arena = linker->index;
	for (size_t i = 0; i < model->skipped.n; i++)
		if (strstr(model->skipped.data[i].why, "template"))
			map_put(&linker->templates, model->skipped.data[i].path, linker);
	for (size_t i = 0; i < linker->listing->troubles.list.n; i++) {
		const struct trouble *trouble = &linker->listing->troubles.list.data[i];
		if (strncmp(trouble->kind, "symlink", strlen("symlink")) == 0)
			map_put(&linker->cut_off, trouble->text, linker);
	}
}

/* The part of a glob before its first wildcard, as a folder. */
static struct str glob_folder(struct str glob)
{
	for (size_t i = 0; i < glob.size; i++)
		if (strchr("*?[{", glob.data[i]))
			return path_dir(str_sub(glob, 0, i));
	return str_ends(glob, STR("/")) ? str_sub(glob, 0, glob.size - 1) : glob;
}

static struct str find_content_root(const struct config *config)
{
	return config->content.list.n ? glob_folder(config->content.list.data[0].str) : STR("content");
}

static void note_backlinks(struct model *model)
{
	for (size_t i = 0; i < model->pages.n; i++) {
		struct page *from = model->pages.data[i];
		for (size_t k = 0; k < from->links.n; k++) {
			struct link *link = &from->links.data[k];
			if (link->state != LINK_OK || !link->page || link->page == from)
				continue;
			vec_add(model->arena, &link->page->backlinks, link);
			vec_add(model->arena, &link->page->backlink_pages, from);
			if (link->decision)
				link->decision->n_mentions++;
		}
	}
}

void resolve_links(struct model *model)
{
	struct linker linker = {.model = model, .arena = model->arena, .listing = model->loaded->listing};
	linker.index = arena_new();
	linker.anchors = NEW_ARRAY(linker.index, struct anchors *, model->sources->list.n + 1);
	linker.has_generator = listing_has_generator(linker.listing);
	linker.content_root = find_content_root(model->config);
	note_templates(&linker);
	for (size_t i = 0; i < model->pages.n; i++) {
		struct page *page = model->pages.data[i];
		linker.scratch = arena_new();
		for (size_t k = 0; k < page->links.n; k++)
			judge(&linker, page, &page->links.data[k]);
		arena_free(linker.scratch);
	}
	arena_free(linker.index);
	note_backlinks(model);
}
