/* Tags: a page for each, with the documents, decisions and things that bear it, and a page that lists them all. */
#include "render/pages.h"

enum {
	MOST_TAGS = 1000,  /* with a page of their own */
	USES_SHOWN = 400,  /* on the page of a tag */
	TAGS_OF_PAGE = 50, /* read of one document */
};

struct tag_use {
	struct str title, url, anchor;
	const char *kind;
};

struct tag {
	struct str name; /* as it is written first */
	struct str slug, url;
	VEC(struct tag_use) uses;
};

static struct str tag_slug(struct arena *arena, struct str name)
{
	struct str slug = utf8_slug(arena, str_trim(name));
	return slug.size <= 100 ? slug : STR_NONE;
}

static void use_tag(struct site *site, struct str name, struct tag_use use)
{
	struct site_nav *nav = site->nav;
	struct str slug = tag_slug(site->arena, name);
	if (!slug.size || !use.url.size)
		return;
	struct tag *tag = map_find(&nav->tags, slug);
	if (!tag) {
		tag = NEW(site->arena, struct tag);
		tag->name = str_trim(name);
		tag->slug = slug;
		map_put(&nav->tags, slug, tag);
	}
	/* One thing may say a tag twice. */
	const struct tag_use *last = tag->uses.n ? &tag->uses.data[tag->uses.n - 1] : NULL;
	if (!last || !str_eq(last->url, use.url) || !str_eq(last->anchor, use.anchor))
		vec_add(site->arena, &tag->uses, use);
}

struct page_tags page_tags(struct arena *arena, const struct page *page)
{
	struct page_tags tags = {0};
	const struct fm_field *field = page->md ? fm_find(&page->md->front, "tags") : NULL;
	if (!field)
		return tags;
	for (size_t i = 0; i < field->items.n && i < TAGS_OF_PAGE; i++)
		vec_add(arena, &tags.list, field->items.data[i]);
	struct str rest = field->items.n ? STR_NONE : field->value.str;
	while (rest.size && tags.list.n < TAGS_OF_PAGE) {
		struct str name = str_trim(str_cut(&rest, ','));
		if (name.size)
			vec_add(arena, &tags.list, (struct word){name, field->value.span});
	}
	return tags;
}

static void use_of_entity(struct site *site, const struct entity *entity)
{
	for (size_t i = 0; i < entity->tags.n && i < TAGS_OF_PAGE; i++)
		use_tag(site, entity->tags.data[i].str,
			(struct tag_use){entity_title(entity), entity->url, STR_NONE, entity_kind_name(entity->kind)});
}

static void use_of_decision(struct site *site, const struct decision *decision)
{
	struct str title = decision->title.str.size ? decision->title.str : page_title(decision->page);
	if (decision->number >= 0)
		title = str_format(site->arena, STR_FMT " " STR_FMT, STR_ARG(decision->id), STR_ARG(title));
	for (size_t i = 0; i < decision->tags.n && i < TAGS_OF_PAGE; i++)
		use_tag(site, decision->tags.data[i].str,
			(struct tag_use){title, decision->page->url, decision->anchor, "decision"});
}

static void use_of_page(struct site *site, const struct page *page)
{
	if (page->kind != PAGE_DOCUMENT)
		return;
	struct page_tags tags = page_tags(site->arena, page);
	for (size_t i = 0; i < tags.list.n; i++)
		use_tag(site, tags.list.data[i].str,
			(struct tag_use){page_title(page), page->url, STR_NONE, "document"});
}

/* ---- writing ---- */

void write_tag_links(struct writer *writer, const struct word *tags, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct tag *tag = map_find(&writer->site->nav->tags, tag_slug(writer->arena, tags[i].str));
		buf_adds(writer->out, i ? ", " : "");
		if (tag && tag->url.size)
			write_link(writer, tag->url, str_trim(tags[i].str));
		else
			html_text(writer->out, tags[i].str);
	}
}

struct str tag_url(const struct site *site, struct arena *arena, struct str name)
{
	const struct tag *tag = map_find(&site->nav->tags, tag_slug(arena, name));
	return tag ? tag->url : STR_NONE;
}

struct str tag_url_at(const struct site *site, size_t i)
{
	return site->nav->tag_order.data[i]->url;
}

static void tag_body(struct writer *writer, const void *what)
{
	const struct tag *tag = what;
	write_title(writer, "Tag", tag->name);
	buf_adds(writer->out, "<ul class=\"section\">\n");
	for (size_t i = 0; i < tag->uses.n && i < USES_SHOWN; i++) {
		const struct tag_use *use = &tag->uses.data[i];
		buf_adds(writer->out, "<li><a href=\"");
		site_href_write(writer->site, writer->out, writer->page, use->url, use->anchor);
		buf_adds(writer->out, "\">");
		html_text(writer->out, use->title);
		buf_addf(writer->out, "</a> <span class=\"hint\">%s</span></li>\n", use->kind);
	}
	if (tag->uses.n > USES_SHOWN)
		buf_addf(writer->out, "<li>and %zu more</li>\n", tag->uses.n - USES_SHOWN);
	buf_adds(writer->out, "</ul>\n");
}

static void tags_body(struct writer *writer, const void *what)
{
	const struct site_nav *nav = writer->site->nav;
	(void)what;
	write_title(writer, "", STR("Tags"));
	buf_adds(writer->out, "<ul class=\"chips\">\n");
	for (size_t i = 0; i < nav->tag_order.n; i++) {
		const struct tag *tag = nav->tag_order.data[i];
		buf_adds(writer->out, "<li>");
		write_link(writer, tag->url, tag->name);
		buf_addf(writer->out, " <span class=\"hint\">%zu</span></li>\n", tag->uses.n);
	}
	if (nav->tags.n > nav->tag_order.n)
		buf_addf(writer->out, "<li>and %zu more</li>\n", nav->tags.n - nav->tag_order.n);
	buf_adds(writer->out, "</ul>\n");
}

/* ---- plan ---- */

static int tag_cmp(const void *a, const void *b)
{
	const struct tag *const *x = a, *const *y = b;
	return str_cmp((*x)->slug, (*y)->slug);
}

static void plan_tag(struct site *site, struct tag *tag)
{
	struct str url = str_format(site->arena, "tags/" STR_FMT ".html", STR_ARG(tag->slug));
	if (str_is(tag->slug, "index") || map_has(&site->nav->page_by_url, url))
		return;
	tag->url = url;
	page_add(site,
		 (struct site_page){.url = url, .title = tag->name, .kind = "tag", .body = tag_body, .what = tag});
	vec_add(site->arena, &site->nav->tag_order, tag);
}

void plan_tags(struct site *site)
{
	const struct model *model = site->model;
	struct site_nav *nav = site->nav;
	nav->tags.arena = site->arena;
	for (size_t i = 0; i < model->pages.n; i++)
		use_of_page(site, model->pages.data[i]);
	for (size_t i = 0; i < model->decisions.n; i++)
		use_of_decision(site, model->decisions.data[i]);
	struct entity_list entities = site_entities(site);
	for (size_t i = 0; i < entities.list.n; i++)
		use_of_entity(site, entities.list.data[i]);
	if (!nav->tags.n || map_has(&nav->page_by_url, STR("tags/index.html")))
		return;
	struct tag **sorted = NEW_ARRAY(site->arena, struct tag *, nav->tags.n);
	for (size_t i = 0; i < nav->tags.n; i++)
		sorted[i] = nav->tags.items[i].value;
	qsort(sorted, nav->tags.n, sizeof(struct tag *), tag_cmp);
	page_add(site, (struct site_page){
			       .url = STR("tags/index.html"), .title = STR("Tags"), .kind = "tags", .body = tags_body});
	for (size_t i = 0; i < nav->tags.n && i < MOST_TAGS; i++)
		plan_tag(site, sorted[i]);
}
