/* Pages of documents and drawings; records among them get the body of a decision. */
#include "render/pages.h"

/* ---- documents ---- */

void document_body(struct writer *writer, const void *what)
{
	const struct page *page = what;
	const struct decision_log *log = map_find(&writer->site->nav->log_of_page, page->url);
	struct page_tags tags = page_tags(writer->arena, page);
	markdown_title(writer, page);
	if (tags.list.n) {
		buf_adds(writer->out, "<p class=\"hint\">Tags: ");
		write_tag_links(writer, tags.list.data, tags.list.n);
		buf_adds(writer->out, "</p>\n");
	}
	if (str_is(page->url, "index.html"))
		estates_section(writer);
	if (page->is_history)
		buf_adds(
			writer->out,
			"<p class=\"history-note\">This page records the past and is not checked against the present.</p>\n");
	markdown_write(writer, page, (struct markdown_part){.skip_title = true});
	write_legend(writer);
	if (log)
		log_section(writer, log);
}

static void diagram_body(struct writer *writer, const void *what)
{
	const struct page *page = what;
	const struct drawing *drawing = writer->site->drawings ? drawing_of_page(writer->site->drawings, page) : NULL;
	write_title(writer, "Diagram", page_title(page));
	if (drawing) {
		write_drawing(writer, drawing, page->source->text);
	} else {
		buf_adds(writer->out, "<pre tabindex=\"0\"><code>");
		html_text(writer->out, page->source->text);
		buf_adds(writer->out, "</code></pre>\n");
	}
	write_contradicted(writer, (struct span){page->source->id, 0, (uint32_t)page->source->text.size});
}

/* ---- plan ---- */

static void plan_page(struct site *site, const struct page *page)
{
	struct site_page plan = {.url = page->url,
				 .title = emoji_print(site->arena, page_title(page)),
				 .description = page->description,
				 .source = page->source->path,
				 .kind = "document",
				 .body = document_body,
				 .what = page,
				 .of = page};
	if (page->kind == PAGE_DIAGRAM) {
		plan.kind = "diagram";
		plan.body = diagram_body;
	}
	const struct decision *decision = page->kind == PAGE_DECISION ? page->decision : NULL;
	if (decision) {
		plan.kind = "decision";
		plan.body = decision_body;
		plan.what = decision;
		if (decision->number >= 0 && decision->title.str.size)
			plan.title = str_format(site->arena, STR_FMT " " STR_FMT, STR_ARG(decision->id),
						STR_ARG(decision->title.str));
	}
	if (page->md || page->graph)
		page_add(site, plan);
}

void plan_documents(struct site *site)
{
	for (size_t i = 0; i < site->model->pages.n; i++)
		plan_page(site, site->model->pages.data[i]);
}
