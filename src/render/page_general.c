/* Pages about the whole: home, findings, and the page for what is not there. */
#include "render/pages.h"

/* Findings listed before the page is cut. */
enum { FINDINGS_SHOWN = 3000 };

/* ---- home ---- */

static void home_body(struct writer *writer, const void *what)
{
	const struct model *model = what;
	enum { SHOWN = 40 };
	size_t shown = 0;
	write_title(writer, "", writer->page->title);
	estates_section(writer);
	if (model->pages.n) {
		write_heading(writer, 2, STR("Documents"), STR("documents"));
		buf_adds(writer->out, "<ul>\n");
		for (size_t i = 0; i < model->pages.n && shown < SHOWN; i++) {
			if (model->pages.data[i]->kind != PAGE_DOCUMENT)
				continue;
			shown++;
			buf_adds(writer->out, "<li>");
			write_link(writer, model->pages.data[i]->url, page_title(model->pages.data[i]));
			buf_adds(writer->out, "</li>\n");
		}
		buf_adds(writer->out, "</ul>\n");
	}
	const struct map *logs = &writer->site->nav->log_of_page;
	if (!logs->n)
		return;
	write_heading(writer, 2, STR("Decisions"), STR("decisions"));
	buf_adds(writer->out, "<ul>\n");
	for (size_t i = 0; i < logs->n; i++) {
		const struct decision_log *log = logs->items[i].value;
		buf_adds(writer->out, "<li>");
		write_link(writer, logs->items[i].key, log->folder.size ? log->folder : STR("Decision log"));
		buf_addf(writer->out, " <span class=\"hint\">%zu record%s</span></li>\n", log->decisions.n,
			 log->decisions.n == 1 ? "" : "s");
	}
	buf_adds(writer->out, "</ul>\n");
}

/* ---- findings ---- */

/* The page of a note that stands in another file than its finding. */
static void write_note_page(struct writer *writer, const struct diag *diag, struct span span)
{
	struct str path = span_is_none(span) ? STR_NONE : span_path(writer->site->model->sources, span);
	const struct page *page = path.size ? map_find(&writer->site->model->page_by_path, path) : NULL;
	if (!page || span.source == diag->span.source)
		return;
	buf_adds(writer->out, ": ");
	write_link(writer, page->url, page_title(page));
}

static void write_finding(struct writer *writer, const struct diag *diag)
{
	buf_addf(writer->out, "<li class=\"finding %s\">\n<p><span class=\"severity\">%s</span> ",
		 severity_name(diag->severity), severity_name(diag->severity));
	html_text(writer->out, diag->message);
	buf_adds(writer->out, "</p>\n<p class=\"where\">");
	write_place(writer, diag->span);
	buf_adds(writer->out, " <code class=\"rule\">");
	html_text(writer->out, str_from(diag->rule));
	buf_adds(writer->out, "</code></p>\n");
	for (size_t i = 0; i < diag->notes.n; i++) {
		buf_adds(writer->out, "<p class=\"where\">");
		write_place(writer, diag->notes.data[i].span);
		buf_addc(writer->out, ' ');
		html_text(writer->out, diag->notes.data[i].message);
		write_note_page(writer, diag, diag->notes.data[i].span);
		buf_adds(writer->out, "</p>\n");
	}
	if (diag->help.size) {
		buf_adds(writer->out, "<p class=\"help\">");
		html_text(writer->out, diag->help);
		buf_adds(writer->out, "</p>\n");
	}
	buf_adds(writer->out, "</li>\n");
}

static void write_file_heading(struct writer *writer, uint32_t source)
{
	const struct sources *sources = writer->site->model->sources;
	bool known = source < sources->list.n;
	struct str path = known ? sources->list.data[source]->path : STR("The whole workspace");
	const struct page *page = known ? map_find(&writer->site->model->page_by_path, path) : NULL;
	write_heading(writer, 2, path, utf8_slug(writer->arena, path));
	if (page) {
		buf_adds(writer->out, "<p>");
		write_link(writer, page->url, page_title(page));
		buf_adds(writer->out, "</p>\n");
	}
}

static void findings_body(struct writer *writer, const void *what)
{
	const struct diags *diags = what;
	size_t shown = 0;
	uint32_t file = SPAN_NOWHERE - 1;
	write_title(writer, "", STR("Findings"));
	if (!diags || !diags->list.n) {
		buf_adds(writer->out, "<p class=\"lead\">Nothing contradicts anything else.</p>\n");
		return;
	}
	buf_adds(writer->out, "<ul class=\"counts\">\n");
	count_item(writer, diags_count(diags, SEVERITY_ERROR), "error", "errors");
	count_item(writer, diags_count(diags, SEVERITY_WARNING), "warning", "warnings");
	count_item(writer, diags_count(diags, SEVERITY_INFO), "info", "infos");
	buf_adds(writer->out, "</ul>\n");
	for (; shown < diags->list.n && shown < FINDINGS_SHOWN; shown++) {
		const struct diag *diag = &diags->list.data[shown];
		if (diag->span.source != file) {
			buf_adds(writer->out, shown ? "</ul>\n" : "");
			file = diag->span.source;
			write_file_heading(writer, file);
			buf_adds(writer->out, "<ul class=\"findings\">\n");
		}
		write_finding(writer, diag);
	}
	buf_adds(writer->out, "</ul>\n");
	if (shown < diags->list.n)
		buf_addf(writer->out, "<p>and %zu more</p>\n", diags->list.n - shown);
}

/* ---- not found ---- */

static void missing_body(struct writer *writer, const void *what)
{
	(void)what;
	write_title(writer, "", writer->page->title);
	bool has_names = map_has(&writer->site->nav->page_by_url, STR("names/index.html"));
	buf_adds(writer->out, "<p class=\"lead\">There is no page at this address. Start again at ");
	write_link(writer, STR("index.html"), STR("the first page"));
	if (has_names) {
		buf_adds(writer->out, ", or look among ");
		write_link(writer, STR("names/index.html"), STR("all names"));
	}
	buf_adds(writer->out, ".</p>\n");
}

void plan_general(struct site *site)
{
	struct str title = site->model->title.size ? site->model->title : STR("Documentation");
	page_add(site, (struct site_page){.url = STR("index.html"),
					  .title = title,
					  .kind = "home",
					  .body = home_body,
					  .what = site->model});
	site->nav->findings_url = STR("findings.html");
	site->nav->n_errors = site->diags ? diags_count(site->diags, SEVERITY_ERROR) : 0;
	site->nav->n_warnings = site->diags ? diags_count(site->diags, SEVERITY_WARNING) : 0;
	page_add(site, (struct site_page){.url = site->nav->findings_url,
					  .title = STR("Findings"),
					  .kind = "findings",
					  .description = STR("What contradicts what in these documents"),
					  .body = findings_body,
					  .what = site->diags});
	page_add(site, (struct site_page){.url = STR("404.html"),
					  .title = STR("Page not found"),
					  .kind = "missing",
					  .body = missing_body,
					  .from_root = true});
}
