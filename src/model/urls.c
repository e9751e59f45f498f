/* Where things stand in the site: one URL for each page and entity, relative to the site's root. */
#include "model/model_parts.h"

/* The folder that a document's URL is relative to: the content root for documents, the workspace otherwise. */
static struct str below_root(const struct model *model, struct str path)
{
	const struct config_globs *content = &model->config->content;
	for (size_t i = 0; i < content->list.n; i++) {
		struct str root = content->list.data[i].str;
		if (str_ends(root, STR("/")))
			root.size--;
		if (str_find_char(root, '*') != SIZE_MAX || !path_is_under(path, root) || path.size == root.size)
			continue;
		return root.size ? str_from_off(path, root.size + 1) : path;
	}
	return path;
}

/* File systems take names of 255 bytes. A name that leaves no room for ".html" is cut, and the hash of the whole keeps
 * it apart from others. */
static struct str fitting(struct arena *arena, struct str name)
{
	static const size_t size_max = 250;
	if (name.size <= size_max)
		return name;
	struct str hash = hash_hex(arena, name);
	size_t cut = size_max - 1 - hash.size;
	while (cut && ((unsigned char)name.data[cut] & 0xC0) == 0x80)
		cut--;
	return str_format(arena, STR_FMT "-" STR_FMT, STR_ARG(str_sub(name, 0, cut)), STR_ARG(hash));
}

static struct str page_url(struct arena *arena, const struct model *model, const struct page *page)
{
	struct str path = below_root(model, page->source->path);
	struct str dir = path_dir(path), stem = page->kind == PAGE_DIAGRAM ? path_base(path) : path_stem(path);
	stem = page->is_index ? STR("index") : fitting(arena, stem);
	if (!dir.size)
		return str_format(arena, STR_FMT ".html", STR_ARG(stem));
	return str_format(arena, STR_FMT "/" STR_FMT ".html", STR_ARG(dir), STR_ARG(stem));
}

/* README.md and index.md of one folder: index.md keeps index.html, the README keeps its own name. */
static void settle_indexes(struct model *model)
{
	struct map seen = {.arena = model->arena};
	for (size_t i = 0; i < model->pages.n; i++) {
		struct page *page = model->pages.data[i];
		struct page *other = map_find(&seen, page->url);
		if (!other) {
			map_put(&seen, page->url, page);
			continue;
		}
		if (!page->is_index || !other->is_index)
			continue; /* output-collision tells of it */
		struct page *readme = str_eq_nocase(path_stem(page->source->path), STR("readme")) ? page : other;
		struct str dir = path_dir(readme->url);
		readme->is_index = false;
		readme->url = str_format(model->arena, STR_FMT "%sreadme.html", STR_ARG(dir), dir.size ? "/" : "");
		map_put(&seen, readme == page ? other->url : page->url, readme == page ? other : page);
	}
}

/* An id as part of a file name: other bytes than letters, digits, '.', '-', '_' become '-', and so does a dot in front. */
static struct str file_name(struct arena *arena, struct str id)
{
	if (!id.size)
		return STR("-");
	char *name = arena_alloc(arena, id.size + 1);
	for (size_t i = 0; i < id.size; i++) {
		unsigned char c = (unsigned char)id.data[i];
		name[i] = isalnum(c) || c >= 0x80 || c == '.' || c == '-' || c == '_' ? (char)c : '-';
	}
	if (name[0] == '.')
		name[0] = '-';
	return fitting(arena, (struct str){name, id.size});
}

static void set_url(struct arena *arena, struct entity *entity, const char *folder)
{
	struct str estate = file_name(arena, entity->estate->entity.id.str), id = file_name(arena, entity->id.str);
	entity->url =
		str_format(arena, "estates/" STR_FMT "/%s/" STR_FMT ".html", STR_ARG(estate), folder, STR_ARG(id));
}

static void estate_urls(struct arena *arena, struct estate *estate)
{
	struct str id = file_name(arena, estate->entity.id.str);
	estate->entity.url = str_format(arena, "estates/" STR_FMT "/index.html", STR_ARG(id));
	for (size_t i = 0; i < estate->networks.n; i++)
		set_url(arena, &estate->networks.data[i]->entity, "networks");
	for (size_t i = 0; i < estate->devices.n; i++)
		set_url(arena, &estate->devices.data[i]->entity, "devices");
	for (size_t i = 0; i < estate->services.n; i++)
		set_url(arena, &estate->services.data[i]->entity, "services");
	for (size_t i = 0; i < estate->clusters.n; i++) {
		struct cluster *cluster = estate->clusters.data[i];
		set_url(arena, &cluster->entity, "clusters");
		for (size_t k = 0; k < cluster->nodes.n; k++)
			set_url(arena, &cluster->nodes.data[k]->entity, "nodes");
	}
}

static struct str log_url(const struct model *model, const struct decision_log *log)
{
	const struct page *page = log->file ? map_find(&model->page_by_path, log->file->path) : NULL;
	if (page)
		return page->url;
	struct str index = path_join(model->arena, log->folder, STR("index.md"));
	return path_join(model->arena, path_dir(below_root(model, index)), STR("index.html"));
}

void model_set_urls(struct model *model)
{
	for (size_t i = 0; i < model->pages.n; i++)
		model->pages.data[i]->url = page_url(model->arena, model, model->pages.data[i]);
	settle_indexes(model);
	for (size_t i = 0; i < model->logs.n; i++)
		model->logs.data[i]->url = log_url(model, model->logs.data[i]);
	for (size_t i = 0; i < model->estates.n; i++)
		estate_urls(model->arena, model->estates.data[i]);
}
