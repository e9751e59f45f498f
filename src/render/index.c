/* What refers to what, found once for the whole site. */
#include "render/pages.h"

/* Pages named under "Mentioned in" before the list is cut. */
enum { MENTIONS_SHOWN = 60 };

/* ---- lines ---- */

static void count_lines(struct site *site, uint32_t source_id)
{
	struct source_index *index = &site->nav->of[source_id];
	if (index->lines)
		return;
	struct str text = site->model->sources->list.data[source_id]->text;
	uint32_t n = 1;
	for (size_t i = 0; i < text.size; i++)
		n += text.data[i] == '\n';
	uint32_t *lines = NEW_ARRAY(site->arena, uint32_t, n);
	index->n_lines = 1;
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] == '\n')
			lines[index->n_lines++] = (uint32_t)i + 1;
	index->lines = lines;
}

uint32_t site_line(const struct site *site, struct span span)
{
	if (span.source >= site->model->sources->list.n)
		return 0;
	const struct source_index *index = &site->nav->of[span.source];
	if (!index->lines)
		return span_place(site->model->sources, span).line;
	uint32_t low = 0, high = index->n_lines;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (index->lines[middle] <= span.off)
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

/* ---- facts ---- */

/* The bytes of the pointer are the key. */
static void add_fact(struct site *site, struct map *facts_of, const struct entity *entity, const struct fact *fact)
{
	struct str key = {(const char *)&entity, sizeof entity};
	struct fact_list *list = map_find(facts_of, key);
	if (!list) {
		list = NEW(site->arena, struct fact_list);
		key.data = arena_copy(site->arena, &entity, sizeof(struct entity *));
		map_put(facts_of, key, list);
	}
	vec_add(site->arena, &list->list, fact);
}

static void index_fact(struct site *site, const struct fact *fact)
{
	if (fact->verdict != VERDICT_UNJUDGED && !span_is_none(fact->declared.span))
		count_lines(site, fact->declared.span.source);
	if (!fact->subject)
		return;
	if (fact->verdict != VERDICT_CONTRADICTS) {
		add_fact(site, &site->nav->stated_of, fact->subject, fact);
		return;
	}
	add_fact(site, &site->nav->contradictions_of, fact->subject, fact);
	if (fact->subject->estate && fact->subject->kind != ENTITY_ESTATE)
		add_fact(site, &site->nav->contradictions_of, &fact->subject->estate->entity, fact);
}

static void index_facts(struct site *site)
{
	struct site_nav *nav = site->nav;
	size_t n = site->facts ? site->facts->list.n : 0;
	nav->facts = NEW_ARRAY(site->arena, const struct fact *, n + 1);
	nav->contradictions_of.arena = site->arena;
	nav->stated_of.arena = site->arena;
	for (size_t i = 0; i < n; i++) {
		const struct fact *fact = site->facts->list.data[i];
		if (!fact->page)
			continue;
		nav->of[fact->page->source->id].n_facts++;
		index_fact(site, fact);
	}
	uint32_t first = 0;
	for (size_t i = 0; i < site->model->sources->list.n; i++) {
		nav->of[i].first_fact = first;
		first += nav->of[i].n_facts;
		nav->of[i].n_facts = 0;
	}
	for (size_t i = 0; i < n; i++) {
		const struct fact *fact = site->facts->list.data[i];
		if (!fact->page)
			continue;
		struct source_index *index = &nav->of[fact->page->source->id];
		nav->facts[index->first_fact + index->n_facts++] = fact;
	}
}

/* ---- mentions ---- */

static void add_reference(struct arena *arena, struct references *references, const struct page *from)
{
	struct reference *last = references->list.n ? &references->list.data[references->list.n - 1] : NULL;
	if (last && str_eq(last->from->url, from->url))
		last->n++;
	else
		vec_add(arena, &references->list, (struct reference){.from = from, .n = 1});
}

static struct references *references_of(struct site *site, const struct page *page)
{
	struct source_index *index = &site->nav->of[page->source->id];
	if (!index->mentioned)
		index->mentioned = NEW(site->arena, struct references);
	return index->mentioned;
}

static void add_citation(struct site *site, const struct decision *to, const struct page *from, bool drawn)
{
	struct references **references = &site->nav->cited[to->index];
	if (to->page == from || (to->log && to->log->index == from->source))
		return;
	if (!*references)
		*references = NEW(site->arena, struct references);
	add_reference(site->arena, *references, from);
	(*references)->list.data[(*references)->list.n - 1].drawn |= drawn;
}

/* The records that the boxes of a drawing lead to. */
static void index_drawing(struct site *site, const struct drawing *drawing, const struct map *by_url,
			  const struct page *from)
{
	for (size_t i = 0; drawing && i < drawing->graph->nodes.n; i++) {
		const struct decision *to = map_find(by_url, drawing->graph->nodes.data[i].href);
		if (to)
			add_citation(site, to, from, true);
	}
}

static void index_drawings(struct site *site)
{
	const struct model *model = site->model;
	struct map by_url = {.arena = site->arena};
	for (size_t i = 0; i < model->decisions.n; i++) {
		struct decision *decision = model->decisions.data[i];
		struct str url = decision_href(site->arena, decision);
		if (url.size)
			map_put(&by_url, url, decision);
	}
	for (size_t i = 0; site->drawings && i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		if (page->graph)
			index_drawing(site, drawing_of_page(site->drawings, page), &by_url, page);
		for (size_t k = 0; k < page->diagrams.n; k++)
			index_drawing(site, drawing_of_block(site->drawings, page, page->diagrams.data[k].node),
				      &by_url, page);
	}
}

/* Pages come by path, and a page's links and mentions together: only the last reference can repeat. */
static void index_mentions(struct site *site)
{
	const struct model *model = site->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++) {
			const struct page *to = page->links.data[k].page;
			if (to && to != page)
				add_reference(site->arena, references_of(site, to), page);
			if (page->links.data[k].decision)
				add_citation(site, page->links.data[k].decision, page, false);
		}
		for (size_t k = 0; k < page->mentions.n; k++) {
			const struct mention *mention = &page->mentions.data[k];
			const struct page *to = mention->decision && !mention->in_link ? mention->decision->page : NULL;
			if (to && to != page)
				add_reference(site->arena, references_of(site, to), page);
			if (to)
				add_citation(site, mention->decision, page, false);
		}
	}
}

static struct references *entity_mentions(const struct entity *entity, struct arena *arena)
{
	struct references *references = NEW(arena, struct references);
	for (size_t i = 0; i < entity->mentions.n && references->list.n <= MENTIONS_SHOWN; i++)
		add_reference(arena, references, entity->mentions.data[i]->page);
	return references;
}

const struct references *site_mentions(const struct site *site, const struct site_page *page, struct arena *arena)
{
	if (page->entity)
		return entity_mentions(page->entity, arena);
	if (!page->of)
		return NULL;
	return site->nav->of[page->of->source->id].mentioned;
}

/* ---- what decisions are cited by ---- */

static void cite(struct site *site, const struct entity *entity)
{
	for (size_t i = 0; i < entity->decisions.n; i++) {
		const struct decision *decision = entity->decisions.data[i].decision;
		if (!decision)
			continue;
		struct entity_list *list = map_find(&site->nav->entities_of, decision->path);
		if (!list) {
			list = NEW(site->arena, struct entity_list);
			map_put(&site->nav->entities_of, decision->path, list);
		}
		vec_add(site->arena, &list->list, entity);
	}
}

static void index_citations(struct site *site, const struct estate *estate)
{
	cite(site, &estate->entity);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		cite(site, &estate->clusters.data[i]->entity);
		for (size_t k = 0; k < estate->clusters.data[i]->nodes.n; k++)
			cite(site, &estate->clusters.data[i]->nodes.data[k]->entity);
	}
	for (size_t i = 0; i < estate->networks.n; i++)
		cite(site, &estate->networks.data[i]->entity);
	for (size_t i = 0; i < estate->devices.n; i++)
		cite(site, &estate->devices.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		cite(site, &estate->services.data[i]->entity);
}

/* ---- images ---- */

static bool is_picture(struct str path)
{
	static const char *const extensions[] = {".png",  ".jpg", ".jpeg", ".gif", ".webp",
						 ".avif", ".svg", ".ico",  ".bmp"};
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		if (str_ends_nocase(path, str_from(extensions[i])))
			return true;
	return false;
}

/* An SVG opened by itself is a page of its own: one that could run something stays outside. */
static bool svg_is_inert(const struct site *site, struct str path)
{
	static const char *const active[] = {"<script",  "javascript:", "<foreignobject", "<!entity", "<iframe",
					     "<handler", " on",         "\ton",           "\non"};
	struct arena *arena = arena_new();
	struct file_content content =
		tree_read(site->model->loaded->tree, arena, path, site->config->limits.file_bytes);
	bool inert = content.state == FILE_OK;
	for (size_t i = 0; inert && i < sizeof active / sizeof *active; i++) {
		size_t at = str_find_nocase(content.bytes, str_from(active[i]));
		for (; i >= 6 && at != SIZE_MAX; at = str_find_from(content.bytes, str_from(active[i]), at + 1)) {
			struct str rest = str_from_off(content.bytes, at + 3);
			size_t n = 0;
			while (n < rest.size && ((rest.data[n] | 32) >= 'a' && (rest.data[n] | 32) <= 'z'))
				n++;
			if (n && n < rest.size && str_starts(str_trim_left(str_from_off(rest, n)), STR("=")))
				break;
		}
		inert = at == SIZE_MAX;
	}
	arena_free(arena);
	return inert;
}

static void plan_asset(struct site *site, struct str path)
{
	struct loaded *loaded = site->model->loaded;
	const struct entry *entry = loaded ? map_find(&loaded->listing->by_path, path) : NULL;
	if (!entry || entry->kind != ENTRY_FILE || map_has(&site->nav->assets, path) || !is_picture(path))
		return;
	if (str_ends_nocase(path, STR(".svg")) && !svg_is_inert(site, path))
		return;
	struct asset *asset = NEW(site->arena, struct asset);
	*asset = (struct asset){path, site_url_of_path(site, path)};
	map_put(&site->nav->assets, path, asset);
}

void plan_assets(struct site *site)
{
	for (size_t i = 0; i < site->model->pages.n; i++) {
		const struct page *page = site->model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++) {
			const struct link *link = &page->links.data[k];
			if ((link->state == LINK_OK || link->state == LINK_CASE) && !link->page && link->path.size)
				plan_asset(site, link->path);
		}
	}
}

static void asset_write(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	const struct asset *asset = output->what;
	struct file_content content =
		tree_read(site->model->loaded->tree, scratch, asset->path, site->config->limits.file_bytes);
	if (content.state == FILE_OK)
		buf_add(out, content.bytes);
}

void site_add_pictures(struct site *site)
{
	for (size_t i = 0; i < site->nav->assets.n; i++) {
		struct asset *asset = site->nav->assets.items[i].value;
		site_add(site, asset->url, asset_write, asset);
	}
}

void plan_index(struct site *site)
{
	size_t n = site->model->sources->list.n;
	site->nav->of = NEW_ARRAY(site->arena, struct source_index, n + 1);
	for (size_t i = 0; i < n; i++)
		if (site->model->sources->list.data[i]->kind == SOURCE_TOPOLOGY ||
		    site->model->sources->list.data[i]->kind == SOURCE_MACHINE)
			count_lines(site, (uint32_t)i);
	index_facts(site);
	site->nav->cited = NEW_ARRAY(site->arena, struct references *, site->model->decisions.n + 1);
	index_mentions(site);
	index_drawings(site);
	for (size_t i = 0; i < site->model->estates.n; i++)
		index_citations(site, site->model->estates.data[i]);
}
