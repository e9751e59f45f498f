/* Syntax to the model: estates, pages, decisions; and how to find things in it. */
#include "model/machine.h"
#include "model/model_parts.h"

#include <stdlib.h>

/* decisions/<id>/... and diagrams/<id>/... belong to the estate of that id. */
static struct estate *estate_by_side_folder(const struct model *model, struct str path)
{
	struct str rest = path;
	struct str first = str_cut(&rest, '/');
	if (!str_eq(first, STR("decisions")) && !str_eq(first, STR("diagrams")))
		return NULL;
	struct str id = str_cut(&rest, '/');
	for (size_t i = 0; rest.data && i < model->estates.n; i++)
		if (str_eq(model->estates.data[i]->entity.id.str, id))
			return model->estates.data[i];
	return NULL;
}

struct estate *model_estate_of(const struct model *model, struct str path)
{
	if (model->estates.n == 1)
		return model->estates.data[0];
	struct estate *best = estate_by_side_folder(model, path);
	for (size_t i = 0; !best && i < model->estates.n; i++)
		if (path_is_under(path, model->estates.data[i]->folder))
			best = model->estates.data[i];
	for (size_t i = 0; best && i < model->estates.n; i++) {
		struct estate *estate = model->estates.data[i];
		if (path_is_under(path, estate->folder) && estate->folder.size > best->folder.size &&
		    path_is_under(path, best->folder))
			best = estate;
	}
	return best;
}

struct page *model_page(const struct model *model, struct str path)
{
	static const char *const names[] = {"README.md", "index.md", "readme.md", "_index.md"};
	struct page *page = map_find(&model->page_by_path, path);
	for (size_t i = 0; !page && i < sizeof names / sizeof *names; i++) {
		char joined[4096];
		int size =
			snprintf(joined, sizeof joined, STR_FMT "%s%s", STR_ARG(path), path.size ? "/" : "", names[i]);
		if (size > 0 && (size_t)size < sizeof joined)
			page = map_find(&model->page_by_path, (struct str){joined, (size_t)size});
	}
	return page;
}

/* The records of a log with this number, which stand side by side: index of the first; their count in *n. */
static size_t log_find(const struct decision_log *log, long long number, size_t *n)
{
	size_t low = 0, high = log->decisions.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		long long at = log->decisions.data[middle]->number;
		if (at >= 0 && at < number) /* records without a number stand last */
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	while (low + *n < log->decisions.n && log->decisions.data[low + *n]->number == number)
		++*n;
	return low;
}

struct decision *model_decision(const struct model *model, struct str path, long long number, size_t *n)
{
	struct estate *estate = model_estate_of(model, path);
	struct str folder = path_dir(path);
	struct decision *found = NULL;
	*n = 0;
	for (size_t i = 0; i < model->logs.n; i++) {
		const struct decision_log *log = model->logs.data[i];
		bool same_log = str_eq(log->folder, folder);
		if (!same_log && log->estate != estate)
			continue;
		size_t answers, first = log_find(log, number, &answers);
		if (!answers)
			continue;
		found = log->decisions.data[first];
		if (same_log) {
			*n = answers;
			break;
		}
		*n += answers;
	}
	return *n == 1 ? found : NULL;
}

static void add_troubles(struct model *model, const struct troubles *troubles)
{
	for (size_t i = 0; i < troubles->list.n; i++)
		trouble_add(model->arena, &model->troubles, troubles->list.data[i]);
}

static int trouble_cmp(const void *left, const void *right)
{
	const struct trouble *a = left, *b = right;
	int order = span_cmp(a->span, b->span);
	return order ? order : strcmp(a->rule, b->rule);
}

static void gather_troubles(struct model *model, const struct syntax *syntax)
{
	add_troubles(model, &model->config->troubles);
	add_troubles(model, &model->loaded->troubles);
	add_troubles(model, &model->loaded->listing->troubles);
	add_troubles(model, &syntax->troubles);
	for (size_t i = 0; i < syntax->n; i++) {
		add_troubles(model, &syntax->of[i].troubles);
		if (syntax->of[i].md)
			add_troubles(model, &syntax->of[i].md->troubles);
	}
	if (model->troubles.list.n)
		qsort(model->troubles.list.data, model->troubles.list.n, sizeof *model->troubles.list.data,
		      trouble_cmp);
}

static int estate_cmp(const void *left, const void *right)
{
	struct estate *const *a = left, *const *b = right;
	int order = str_cmp((*a)->entity.id.str, (*b)->entity.id.str);
	return order || !(*a)->topology || !(*b)->topology ? order
							   : str_cmp((*a)->topology->path, (*b)->topology->path);
}

static void sort_estates(struct model *model)
{
	if (model->estates.n)
		qsort(model->estates.data, model->estates.n, sizeof *model->estates.data, estate_cmp);
	if (model->estates.n == 1)
		model->estates.data[0]->folder = STR("");
}

static void build_estates(struct model *model, const struct syntax *syntax)
{
	for (size_t i = 0; i < model->sources->list.n; i++) {
		const struct source *source = model->sources->list.data[i];
		if (source->kind != SOURCE_TOPOLOGY)
			continue;
		struct estate *estate = topology_read(model->arena, model->config, source, &model->troubles);
		if (!estate) {
			struct skipped skipped = {source, source->path, "topology.yaml without an estate: key", false};
			vec_add(model->arena, &model->skipped, skipped);
			continue;
		}
		estate->folder = path_dir(source->path);
		vec_add(model->arena, &model->estates, estate);
	}
	sort_estates(model);
	machine_merge(model, syntax);
	sort_estates(model);
}

static void build_pages(struct model *model, const struct syntax *syntax)
{
	for (size_t i = 0; i < model->sources->list.n; i++) {
		const struct source *source = model->sources->list.data[i];
		struct page *page = page_build(model, source, &syntax->of[i]);
		if (!page)
			continue;
		vec_add(model->arena, &model->pages, page);
		map_put(&model->page_by_path, source->path, page);
	}
}

struct str model_own_title(const struct model *model)
{
	if (model->config->title.str.size)
		return model->config->title.str;
	const struct page *home = model_page(model, STR(""));
	if (!home && model->config->content.list.n)
		home = model_page(model, model->config->content.list.data[0].str);
	return home && home->title.str.size ? home->title.str : STR("");
}

static struct str model_title(const struct model *model)
{
	struct str title = model_own_title(model);
	if (title.size)
		return title;
	if (model->estates.n == 1)
		return entity_title(&model->estates.data[0]->entity);
	return STR("Documentation");
}

struct model *model_build(struct arena *arena, const struct config *config, struct loaded *loaded,
			  struct syntax *syntax)
{
	struct model *model = NEW(arena, struct model);
	model->arena = arena;
	model->config = config;
	model->loaded = loaded;
	model->sources = &loaded->sources;
	model->page_by_path.arena = arena;
	model->decision_by_path.arena = arena;
	build_pages(model, syntax);
	build_estates(model, syntax);
	for (size_t i = 0; i < model->pages.n; i++)
		model->pages.data[i]->estate = model_estate_of(model, model->pages.data[i]->source->path);
	decisions_build(model);
	model_set_urls(model);
	model->title = model_title(model);
	gather_troubles(model, syntax);
	return model;
}
