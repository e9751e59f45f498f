/* Sources to pages: title, description, links as written. */
#include "model/model_parts.h"

static bool is_index_name(struct str path)
{
	struct str stem = path_stem(path);
	return str_eq_nocase(stem, STR("readme")) || str_eq_nocase(stem, STR("index")) || str_eq(stem, STR("_index"));
}

static struct word markdown_title(const struct model *model, const struct page *page)
{
	const struct md *md = page->md;
	const struct fm_field *title = fm_find(&md->front, "title");
	if (title && title->value.str.size)
		return title->value;
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		if (heading->level == 1 && heading->text.size)
			return (struct word){str_sub(heading->text, 0, md_attributes_read(heading->text).from),
					     md_span(md, &md->nodes[heading->node])};
	}
	(void)model;
	return (struct word){STR_NONE, {page->source->id, 0, 0}};
}

/* The front matter's description, else the first paragraph of the document. */
static struct str markdown_description(struct arena *arena, const struct md *md)
{
	const struct fm_field *field = fm_find(&md->front, "description");
	if (field && field->value.str.size)
		return field->value.str;
	for (uint32_t i = md_first(md, 0); i; i = md_next(md, i, md->nodes[0].end))
		if (md->nodes[i].kind == MD_PARAGRAPH) {
			struct str text = str_trim(md_plain(arena, md, i));
			if (text.size)
				return text;
		}
	return STR_NONE;
}

static void add_links(struct model *model, struct page *page)
{
	const struct md *md = page->md;
	for (uint32_t i = 0; i < md->n; i++)
		page->links.cap += md->nodes[i].kind == MD_LINK || md->nodes[i].kind == MD_IMAGE;
	page->links.data = NEW_ARRAY(model->arena, struct link, page->links.cap);
	for (uint32_t i = 0; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind != MD_LINK && node->kind != MD_IMAGE)
			continue;
		struct link link = {.node = i, .image = node->kind == MD_IMAGE, .target = md_text(md, node)};
		link.span = md_link_target_span(md, node);
		link.text = md_plain(model->arena, md, i);
		vec_add(model->arena, &page->links, link);
	}
}

/* Attributes that hold a link, in a tag of raw HTML. */
static void add_html_links(struct model *model, struct page *page, const struct md_node *node)
{
	static const char *const names[] = {"href=", "src="};
	struct str text = md_text(page->md, node);
	for (size_t n = 0; n < 2; n++) {
		struct str name = str_from(names[n]);
		for (size_t at = 0; (at = str_find_from(text, name, at)) != SIZE_MAX;) {
			bool starts = at && (text.data[at - 1] == ' ' || text.data[at - 1] == '\n' ||
					     text.data[at - 1] == '\t');
			at += name.size;
			char quote = at < text.size ? text.data[at] : '\0';
			if (!starts || (quote != '"' && quote != '\''))
				continue;
			struct str rest = str_from_off(text, at + 1);
			size_t end = str_find_char(rest, quote);
			if (end == SIZE_MAX)
				break;
			struct link link = {.image = n == 1, .target = str_trim(str_sub(rest, 0, end))};
			link.span = node->flags & MD_IN_SOURCE ? span_of(page->source, link.target)
							       : md_span(page->md, node);
			if (link.target.size)
				vec_add(model->arena, &page->links, link);
		}
	}
}

/* `<!-- lintel:history -->` anywhere before the second heading marks the page. */
static bool says_history(const struct md *md)
{
	for (uint32_t i = 0; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if (md->headings.n > 1 && i == md->headings.data[1].node)
			return false;
		if ((node->kind == MD_HTML_BLOCK || node->kind == MD_HTML) &&
		    str_find(md_text(md, node), STR("<!-- lintel:history -->")) != SIZE_MAX)
			return true;
	}
	return false;
}

struct page *page_build(struct model *model, const struct source *source, struct parsed *parsed)
{
	if (!parsed->md && !parsed->graph)
		return NULL;
	struct page *page = NEW(model->arena, struct page);
	page->source = source;
	page->md = parsed->md;
	page->graph = parsed->graph;
	page->kind = parsed->graph ? PAGE_DIAGRAM : PAGE_DOCUMENT;
	page->is_index = !parsed->graph && is_index_name(source->path);
	page->is_history = config_matches(&model->config->history, source->path);
	if (!page->md) {
		page->title = parsed->graph->title;
		if (!page->title.str.size)
			page->title.str = path_stem(source->path);
		return page;
	}
	page->diagrams.data = parsed->diagrams.data;
	page->diagrams.n = page->diagrams.cap = parsed->diagrams.n;
	page->title = markdown_title(model, page);
	page->description = markdown_description(model->arena, page->md);
	page->is_history |= says_history(page->md);
	add_links(model, page);
	for (uint32_t i = 0; i < page->md->n; i++)
		if (page->md->nodes[i].kind == MD_HTML || page->md->nodes[i].kind == MD_HTML_BLOCK)
			add_html_links(model, page, &page->md->nodes[i]);
	return page;
}
