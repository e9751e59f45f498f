/* The navigation tree: built once, and for each page only its surroundings are written. */
#include "render/pages.h"

/* Siblings and children shown around a page before the list is cut. */
enum { SIBLINGS_SHOWN = 30, CHILDREN_SHOWN = 30, GROUP_SHOWN = 12 };

static struct nav_node *node_at(const struct site *site, uint32_t i)
{
	return &site->nav->nodes.data[i];
}

static uint32_t add_node(struct site *site, uint32_t parent, struct str title, struct str url)
{
	uint32_t index = (uint32_t)site->nav->nodes.n;
	vec_add(site->arena, &site->nav->nodes,
		(struct nav_node){title, url, parent, NAV_NONE, NAV_NONE, NAV_NONE, NAV_NONE, 0, 0, NAV_NONE,
				  NAV_NONE});
	if (parent == NAV_NONE)
		return index;
	struct nav_node *above = node_at(site, parent);
	struct nav_node *node = node_at(site, index);
	node->at = above->n_children++;
	node->previous_sibling = above->last_child;
	if (above->last_child == NAV_NONE)
		above->first_child = index;
	else
		node_at(site, above->last_child)->next_sibling = index;
	above->last_child = index;
	return index;
}

/* Gives a page its place; the page's title and URL become the node's. */
static void place_page(struct site *site, struct site_page *page, uint32_t node)
{
	page->nav = node;
	node_at(site, node)->url = page->url;
}

static void add_page(struct site *site, uint32_t parent, struct str url)
{
	struct site_page *page = map_find(&site->nav->page_by_url, url);
	if (page && page->nav == NAV_NONE)
		place_page(site, page, add_node(site, parent, page->title, page->url));
}

/* ---- folders ---- */

struct folders {
	struct site *site;
	struct map by_path; /* "<estate>/<folder>" -> (void *)(node + 1) */
};

/* "home-lab" -> "Home lab". */
static struct str folder_title(struct arena *arena, struct str name)
{
	struct str title = str_replace(arena, str_replace(arena, name, STR("-"), STR(" ")), STR("_"), STR(" "));
	struct str first = str_sub(title, 0, 1);
	if (!first.size || first.data[0] < 'a' || first.data[0] > 'z')
		return title;
	return str_format(arena, "%c" STR_FMT, first.data[0] - 32, STR_ARG(str_from_off(title, 1)));
}

/* The node of a folder below `top`, made with all that stand above it. `key` names `top`. */
static uint32_t folder_node(struct folders *folders, uint32_t top, struct str key, struct str folder)
{
	struct arena *arena = folders->site->arena;
	uint32_t parent = top;
	struct str rest = folder;
	while (rest.size) {
		struct str name = str_cut(&rest, '/');
		size_t done = rest.data ? (size_t)(rest.data - folder.data) - 1 : folder.size;
		struct str path =
			str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(key), STR_ARG(str_sub(folder, 0, done)));
		uintptr_t known = (uintptr_t)map_find(&folders->by_path, path);
		if (!known) {
			known = (uintptr_t)add_node(folders->site, parent, folder_title(arena, name), STR("")) + 1;
			map_put(&folders->by_path, path, (void *)known);
		}
		parent = (uint32_t)(known - 1);
	}
	return parent;
}

/* ---- estates ---- */

static void add_entity(struct site *site, uint32_t parent, const struct entity *entity)
{
	if (entity->url.size)
		add_page(site, parent, entity->url);
}

static uint32_t add_group(struct site *site, uint32_t parent, size_t n, const char *title)
{
	return n ? add_node(site, parent, str_from(title), STR("")) : NAV_NONE;
}

static void add_topology(struct site *site, uint32_t top, const struct estate *estate)
{
	struct site_page *page = map_find(&site->nav->page_by_url, estate->entity.url);
	if (!page)
		return;
	uint32_t topology = page->nav;
	if (topology == NAV_NONE) {
		topology = add_node(site, top, STR("Topology"), STR(""));
		place_page(site, page, topology);
	}
	uint32_t group = add_group(site, topology, estate->clusters.n, "Clusters");
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		add_entity(site, group, &cluster->entity);
		struct site_page *of = map_find(&site->nav->page_by_url, cluster->entity.url);
		for (size_t k = 0; of && k < cluster->nodes.n; k++)
			add_entity(site, of->nav, &cluster->nodes.data[k]->entity);
	}
	group = add_group(site, topology, estate->networks.n, "Networks");
	for (size_t i = 0; i < estate->networks.n; i++)
		add_entity(site, group, &estate->networks.data[i]->entity);
	group = add_group(site, topology, estate->devices.n, "Devices");
	for (size_t i = 0; i < estate->devices.n; i++)
		add_entity(site, group, &estate->devices.data[i]->entity);
	group = add_group(site, topology, estate->services.n, "Services");
	for (size_t i = 0; i < estate->services.n; i++)
		add_entity(site, group, &estate->services.data[i]->entity);
}

static void add_log(struct site *site, uint32_t parent, const struct decision_log *log, struct str title)
{
	if (!log->decisions.n)
		return;
	uint32_t node = add_node(site, parent, title, STR(""));
	struct site_page *index = map_find(&site->nav->page_by_url, log->url);
	if (index && index->nav == NAV_NONE)
		place_page(site, index, node);
	for (size_t i = 0; !log->file && i < log->decisions.n; i++)
		add_page(site, node, log->decisions.data[i]->page->url);
	const struct log_parts *parts = log_parts_of(site, log);
	for (size_t i = 0; parts && i < parts->list.n; i++)
		add_page(site, node, parts->list.data[i]->url);
}

static void add_logs(struct site *site, uint32_t parent, const struct estate *estate)
{
	size_t n = 0;
	for (size_t i = 0; i < site->model->logs.n; i++)
		n += site->model->logs.data[i]->estate == estate && site->model->logs.data[i]->decisions.n;
	for (size_t i = 0; i < site->model->logs.n; i++) {
		const struct decision_log *log = site->model->logs.data[i];
		if (log->estate == estate)
			add_log(site, parent, log,
				n == 1 ? STR("Decisions")
				       : str_format(site->arena, "Decisions: " STR_FMT, STR_ARG(log->folder)));
	}
}

/* The folder below its estate's place that a page stands in. Drawings come under "Diagrams". */
static struct str folder_of_page(const struct page *page, const struct estate *estate)
{
	struct str dir = path_dir(page->url);
	if (!estate)
		return dir;
	size_t at = str_find(dir, estate->entity.id.str);
	bool is_part = at != SIZE_MAX && (at == 0 || dir.data[at - 1] == '/');
	size_t end = is_part ? at + estate->entity.id.str.size : 0;
	if (is_part && (end == dir.size || dir.data[end] == '/'))
		dir = str_from_off(dir, end == dir.size ? end : end + 1);
	if (page->kind == PAGE_DIAGRAM && !str_starts(dir, STR("diagrams")))
		return STR("diagrams");
	return dir;
}

static void add_document(struct folders *folders, uint32_t top, const struct estate *estate, const struct page *page)
{
	struct site *site = folders->site;
	struct site_page *of = map_find(&site->nav->page_by_url, page->url);
	if (!of || of->nav != NAV_NONE || page->kind == PAGE_DECISION || map_has(&site->nav->log_of_page, page->url))
		return;
	struct str key = estate ? estate->entity.id.str : STR("");
	uint32_t folder = folder_node(folders, top, key, folder_of_page(page, estate));
	struct nav_node *node = node_at(site, folder);
	if (page->is_index && !node->url.size) {
		node->title = of->title;
		place_page(site, of, folder);
		return;
	}
	place_page(site, of, add_node(site, folder, of->title, of->url));
}

/* Top node of an estate; home itself when it is the only one. */
static uint32_t add_estate(struct site *site, const struct estate *estate)
{
	if (site->model->estates.n < 2)
		return 0;
	struct str title = entity_title(&estate->entity);
	return add_node(site, 0, title.size ? title : STR("Documents"), STR(""));
}

static void add_documents(struct folders *folders, uint32_t top, const struct estate *estate, enum page_kind kind)
{
	const struct model *model = folders->site->model;
	const struct estate *scope = model->estates.n < 2 ? NULL : estate;
	for (size_t i = 0; i < model->pages.n; i++)
		if (model->pages.data[i]->kind == kind &&
		    (model->estates.n < 2 || model->pages.data[i]->estate == estate))
			add_document(folders, top, scope, model->pages.data[i]);
}

static void add_world(struct folders *folders, uint32_t top, const struct estate *estate)
{
	struct site *site = folders->site;
	add_documents(folders, top, estate, PAGE_DOCUMENT);
	if (estate)
		add_topology(site, top, estate);
	add_logs(site, top, estate);
	add_documents(folders, top, estate, PAGE_DIAGRAM);
}

/* ---- order ---- */

static void set_order(struct site *site)
{
	uint32_t last = NAV_NONE;
	for (uint32_t i = 0; i != NAV_NONE;) {
		struct nav_node *node = node_at(site, i);
		if (node->url.size) {
			node->before = last;
			if (last != NAV_NONE)
				node_at(site, last)->after = i;
			last = i;
		}
		if (node->first_child != NAV_NONE) {
			i = node->first_child;
			continue;
		}
		while (i != NAV_NONE && node_at(site, i)->next_sibling == NAV_NONE)
			i = node_at(site, i)->parent;
		i = i == NAV_NONE ? NAV_NONE : node_at(site, i)->next_sibling;
	}
}

/* Folder of the URLs of what stands in a node: that of its first page, else the one around its first folder. */
static struct str node_folder(const struct site *site, uint32_t index)
{
	uint32_t levels = 0;
	const struct nav_node *node = node_at(site, index);
	for (uint32_t i = node->first_child; i != NAV_NONE && i != node->last_child; i = node_at(site, i)->next_sibling)
		if (node_at(site, i)->url.size)
			return path_dir(node_at(site, i)->url);
	while (!node->url.size && node->first_child != NAV_NONE) {
		node = node_at(site, node->first_child);
		levels++;
	}
	struct str dir = path_dir(node->url);
	for (; levels > 1; levels--)
		dir = path_dir(dir);
	return dir;
}

/* Folders without a page of their own get one that lists what is in them, so that everything can be reached. */
static void add_sections(struct site *site)
{
	for (uint32_t i = 1; i < site->nav->nodes.n; i++) {
		struct nav_node *node = node_at(site, i);
		if (node->url.size || node->first_child == NAV_NONE)
			continue;
		struct str url = path_join(site->arena, node_folder(site, i), STR("index.html"));
		if (map_has(&site->nav->page_by_url, url))
			continue;
		struct site_page *page = page_add(
			site,
			(struct site_page){.url = url, .title = node->title, .kind = "section", .body = section_body});
		page->what = page;
		place_page(site, page, i);
	}
}

/* What is about the whole: names, tags, findings. */
static void add_general(struct site *site, uint32_t top)
{
	struct map *pages = &site->nav->page_by_url;
	add_page(site, top, STR("names/index.html"));
	const struct site_page *names = map_find(pages, STR("names/index.html"));
	for (size_t i = 1; names && names->nav != NAV_NONE; i++) {
		struct str url = str_format(site->arena, "names/%zu.html", i);
		if (!map_has(pages, url))
			break;
		add_page(site, names->nav, url);
	}
	add_page(site, top, STR("tags/index.html"));
	const struct site_page *tags = map_find(pages, STR("tags/index.html"));
	for (size_t i = 0; tags && tags->nav != NAV_NONE && i < site->nav->tag_order.n; i++)
		add_page(site, tags->nav, tag_url_at(site, i));
	add_page(site, top, site->nav->findings_url);
}

void nav_build(struct site *site)
{
	const struct model *model = site->model;
	struct folders folders = {site, {.arena = site->arena}};
	struct site_page *home = map_find(&site->nav->page_by_url, STR("index.html"));
	uint32_t top = add_node(site, NAV_NONE, STR("Home"), STR("index.html"));
	if (home)
		home->nav = top;
	if (model->estates.n < 2) {
		add_world(&folders, top, model->estates.n ? model->estates.data[0] : NULL);
		if (model->estates.n)
			add_world(&folders, top, NULL);
	} else {
		for (size_t i = 0; i < model->estates.n; i++)
			add_world(&folders, add_estate(site, model->estates.data[i]), model->estates.data[i]);
		add_world(&folders, top, NULL);
	}
	add_general(site, top);
	add_sections(site);
	nav_sort(site);
	set_order(site);
}

/* ---- writing ---- */

const struct nav_node *nav_of(const struct site *site, const struct site_page *page)
{
	return page->nav == NAV_NONE ? NULL : node_at(site, page->nav);
}

struct nav_writer {
	const struct site *site;
	const struct site_page *page;
	struct buf *out;
	uint32_t path[32]; /* from home to the page */
	size_t n;
};

/* A folder without a page leads to the first page in it. */
static struct str node_url(const struct site *site, uint32_t index)
{
	const struct nav_node *node = node_at(site, index);
	while (!node->url.size && node->first_child != NAV_NONE)
		node = node_at(site, node->first_child);
	return node->url;
}

static void write_item_text(struct nav_writer *writer, uint32_t index)
{
	const struct nav_node *node = node_at(writer->site, index);
	struct str url = node_url(writer->site, index);
	if (!url.size) {
		buf_adds(writer->out, "<span>");
		html_text(writer->out, node->title);
		buf_adds(writer->out, "</span>");
		return;
	}
	buf_adds(writer->out, "<a href=\"");
	site_href_write(writer->site, writer->out, writer->page, url, STR(""));
	buf_adds(writer->out, index == writer->page->nav ? "\" aria-current=\"page\">" : "\">");
	html_text(writer->out, node->title);
	buf_adds(writer->out, "</a>");
}

/* "12 more", leading to the list that shows them all. */
static void write_more(struct nav_writer *writer, uint32_t parent, uint32_t n)
{
	const struct nav_node *node = node_at(writer->site, parent);
	buf_adds(writer->out, "<li class=\"more\">");
	if (node->url.size) {
		buf_adds(writer->out, "<a href=\"");
		site_href_write(writer->site, writer->out, writer->page, node->url, STR(""));
		buf_addf(writer->out, "\">%u more</a>", n);
	} else {
		buf_addf(writer->out, "<span>%u more</span>", n);
	}
	buf_adds(writer->out, "</li>\n");
}

static void write_children(struct nav_writer *writer, uint32_t parent, size_t depth);

static void write_item(struct nav_writer *writer, uint32_t index, size_t depth)
{
	const struct nav_node *node = node_at(writer->site, index);
	bool open = depth < writer->n && writer->path[depth] == index;
	/* Small folders without a page of their own show what is in them. */
	bool is_group = !node->url.size && node->n_children <= GROUP_SHOWN &&
			node_at(writer->site, node->parent)->n_children <= GROUP_SHOWN;
	buf_adds(writer->out, open ? "<li class=\"open\">" : "<li>");
	write_item_text(writer, index);
	if (node->n_children && (open || (is_group && depth <= writer->n)))
		write_children(writer, index, depth + 1);
	buf_adds(writer->out, "</li>\n");
}

/* The items of a list: around the page's path where it goes through it, else the first ones. */
static void write_items(struct nav_writer *writer, uint32_t parent, size_t depth)
{
	const struct nav_node *above = node_at(writer->site, parent);
	bool on_path = depth < writer->n && node_at(writer->site, writer->path[depth])->parent == parent;
	uint32_t shown = on_path ? SIBLINGS_SHOWN : CHILDREN_SHOWN;
	uint32_t first = above->first_child, skipped = 0, i, n = 0;
	if (on_path && above->n_children > shown) {
		uint32_t middle = writer->path[depth];
		for (first = middle, n = 0; n < shown / 2 && node_at(writer->site, first)->previous_sibling != NAV_NONE;
		     n++)
			first = node_at(writer->site, first)->previous_sibling;
		skipped = node_at(writer->site, first)->at;
		if (skipped + shown > above->n_children)
			shown = above->n_children - skipped;
	}
	if (skipped)
		write_more(writer, parent, skipped);
	for (i = first, n = 0; i != NAV_NONE && n < shown; n++, i = node_at(writer->site, i)->next_sibling)
		write_item(writer, i, depth);
	if (i != NAV_NONE)
		write_more(writer, parent, above->n_children - skipped - n);
}

static void write_children(struct nav_writer *writer, uint32_t parent, size_t depth)
{
	buf_adds(writer->out, "\n<ul>\n");
	write_items(writer, parent, depth);
	buf_adds(writer->out, "</ul>\n");
}

void section_body(struct writer *writer, const void *what)
{
	const struct site_page *page = what;
	const struct site *site = writer->site;
	const struct nav_node *node = nav_of(site, page);
	write_title(writer, "", page->title);
	buf_adds(writer->out, "<ul class=\"section\">\n");
	for (uint32_t i = node->first_child; i != NAV_NONE; i = node_at(site, i)->next_sibling) {
		const struct site_page *child = map_find(&site->nav->page_by_url, node_at(site, i)->url);
		buf_adds(writer->out, "<li>");
		write_link(writer, node_url(site, i), node_at(site, i)->title);
		if (child && child->description.size) {
			buf_adds(writer->out, " <span class=\"hint\">");
			html_text(writer->out, child->description);
			buf_adds(writer->out, "</span>");
		}
		buf_adds(writer->out, "</li>\n");
	}
	buf_adds(writer->out, "</ul>\n");
}

void nav_write(const struct site *site, const struct site_page *page, struct buf *out)
{
	struct nav_writer writer = {.site = site, .page = page, .out = out};
	uint32_t at = page->nav == NAV_NONE ? 0 : page->nav;
	uint32_t depth = 0;
	for (uint32_t i = at; node_at(site, i)->parent != NAV_NONE; i = node_at(site, i)->parent)
		depth++;
	while (depth >= sizeof writer.path / sizeof *writer.path) {
		at = node_at(site, at)->parent;
		depth--;
	}
	writer.n = depth + 1;
	for (uint32_t i = at, k = depth;; i = node_at(site, i)->parent, k--) {
		writer.path[k] = i;
		if (k == 0)
			break;
	}
	buf_adds(out, "<ul>\n<li>");
	write_item_text(&writer, 0);
	buf_adds(out, "</li>\n");
	/* The children of home stand beside it. */
	write_items(&writer, 0, 1);
	buf_adds(out, "</ul>\n");
}
