/* The pieces that generated pages are put together from. */
#include "render/pages.h"

static char id_mark[] = "id";

bool take_id(struct writer *writer, struct str id)
{
	if (!id.size || map_has(&writer->ids, id))
		return false;
	map_put(&writer->ids, id, id_mark);
	return true;
}

struct str write_id(struct writer *writer, struct str wanted)
{
	struct str id = wanted.size ? wanted : STR("section");
	for (unsigned n = 1; !take_id(writer, id); n++)
		id = str_format(writer->arena, STR_FMT "-%u", STR_ARG(wanted), n);
	return id;
}

struct str page_title(const struct page *page)
{
	return str_trim(page->title.str).size ? page->title.str : path_stem(page->source->path);
}

unsigned heading_level(struct writer *writer, unsigned level)
{
	if (level > writer->heading_level + 1)
		level = writer->heading_level + 1;
	writer->heading_level = level;
	return level;
}

void write_title(struct writer *writer, const char *kind, struct str title)
{
	heading_level(writer, 1);
	buf_adds(writer->out, "<h1>");
	if (*kind)
		buf_addf(writer->out, "<span class=\"kind\">%s</span> ", kind);
	html_text(writer->out, title);
	buf_adds(writer->out, "</h1>\n");
}

void write_heading(struct writer *writer, unsigned level, struct str text, struct str anchor)
{
	struct str id = write_id(writer, anchor);
	heading_level(writer, level);
	buf_addf(writer->out, "<h%u id=\"", level);
	html_attr(writer->out, id);
	buf_adds(writer->out, "\">");
	html_text(writer->out, text);
	buf_adds(writer->out, "<a class=\"permalink\" href=\"#");
	html_attr(writer->out, id);
	buf_adds(writer->out, "\" aria-label=\"Link to this section: ");
	html_attr(writer->out, text);
	buf_addf(writer->out, "\">#</a></h%u>\n", level);
	vec_add(writer->arena, &writer->headings, (struct on_page_heading){(uint8_t)level, text, id});
}

void write_link(struct writer *writer, struct str url, struct str text)
{
	if (!url.size || str_eq(url, writer->page->url)) {
		html_text(writer->out, text);
		return;
	}
	buf_adds(writer->out, "<a href=\"");
	site_href_write(writer->site, writer->out, writer->page, url, STR(""));
	buf_adds(writer->out, "\">");
	html_text(writer->out, text);
	buf_adds(writer->out, "</a>");
}

void write_entity(struct writer *writer, const struct entity *entity)
{
	write_link(writer, entity->url, entity_title(entity));
}

void write_decision_as(struct writer *writer, const struct decision *decision, struct str text)
{
	if (!decision->anchor.size) {
		write_link(writer, decision->page->url, text);
		return;
	}
	buf_adds(writer->out, "<a href=\"");
	site_href_write(writer->site, writer->out, writer->page, decision->page->url, decision->anchor);
	buf_adds(writer->out, "\">");
	html_text(writer->out, text);
	buf_adds(writer->out, "</a>");
}

struct str decision_text(struct arena *arena, const struct decision *decision)
{
	struct str title = decision->title.str.size ? decision->title.str : page_title(decision->page);
	return decision->number < 0 ? title
				    : str_format(arena, STR_FMT " " STR_FMT, STR_ARG(decision->id), STR_ARG(title));
}

void write_decision(struct writer *writer, const struct decision *decision)
{
	write_decision_as(writer, decision, decision_text(writer->arena, decision));
}

void write_decision_date(struct writer *writer, const struct decision *decision)
{
	html_text(writer->out,
		  decision->date.year ? date_format(writer->arena, decision->date) : decision->date_text.str);
}

/* True where the page says it elsewhere: that of the record, of its successor, and the index of its log. */
static bool page_says_retired(const struct writer *writer, const struct decision *decision,
			      const struct decision *successor)
{
	const struct page *page = writer->page->of;
	if (!page)
		return false;
	return page == decision->page || (successor && page == successor->page) ||
	       (decision->log && decision->log->index == page->source);
}

void write_retired(struct writer *writer, const struct decision *decision, bool quiet)
{
	struct successors successors = successors_of(decision);
	const struct decision *successor = successors.n ? successors.list[0] : NULL;
	const char *status = status_name(decision->effective_status);
	if (!decision_is_retired(decision) || !status || page_says_retired(writer, decision, successor))
		return;
	if (!quiet && !map_has(&writer->retired, decision->path)) {
		map_put(&writer->retired, decision->path, writer);
		buf_adds(writer->out, " <span class=\"retired\">");
	} else {
		quiet = true;
		buf_adds(writer->out, "<span class=\"hidden\"> (");
	}
	buf_adds(writer->out, status);
	if (successor && decision->effective_status == STATUS_SUPERSEDED) {
		buf_adds(writer->out, " by ");
		if (quiet)
			html_text(writer->out, decision_name(writer->arena, successor));
		else
			write_decision_as(writer, successor, decision_name(writer->arena, successor));
	}
	buf_adds(writer->out, quiet ? ")</span>" : "</span>");
}

void write_place(struct writer *writer, struct span span)
{
	if (span_is_none(span))
		return;
	struct str path = span_path(writer->site->model->sources, span);
	uint32_t line = site_line(writer->site, span);
	struct str url = site_repository_url(writer->site, writer->arena, path, line);
	if (url.size) {
		buf_adds(writer->out, "<a class=\"place\" href=\"");
		html_url(writer->out, url);
		buf_adds(writer->out, "\">");
	} else {
		buf_adds(writer->out, "<code class=\"place\">");
	}
	html_text(writer->out, path);
	buf_addc(writer->out, ':');
	buf_add_number(writer->out, line);
	buf_adds(writer->out, url.size ? "</a>" : "</code>");
}

void write_status(struct writer *writer, enum status status)
{
	const char *name = status_name(status);
	if (name)
		buf_addf(writer->out, "<span class=\"status status-%s\">%s</span>", name, name);
}

void write_drawing(struct writer *writer, const struct drawing *drawing, struct str source)
{
	if (!drawing || !drawing->graph)
		return;
	char id[32];
	snprintf(id, sizeof id, "drawing-%u", ++writer->n_drawings);
	buf_adds(writer->out, "<figure class=\"drawing\">\n");
	if (drawing->layout) {
		buf_adds(writer->out,
			 "<div class=\"drawing-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Drawing");
		if (drawing->title.size) {
			buf_adds(writer->out, ": ");
			html_attr(writer->out, drawing->title);
		}
		buf_adds(writer->out, "\">\n");
		drawing_svg(writer->out, drawing, writer->page->url, id);
		buf_adds(writer->out, "</div>\n");
	}
	if (drawing->graph->supported) {
		buf_addf(writer->out, "<details%s><summary>As a list</summary>\n", drawing->layout ? "" : " open");
		drawing_list(writer->out, drawing, writer->page->url);
		buf_adds(writer->out, "</details>\n");
	}
	if (source.size) {
		buf_addf(writer->out, "<details%s><summary>Source</summary>\n<pre tabindex=\"0\"><code>",
			 drawing->layout || drawing->graph->supported ? "" : " open");
		html_text(writer->out, source);
		buf_adds(writer->out, "</code></pre>\n</details>\n");
	}
	buf_adds(writer->out, "<figcaption>");
	html_text(writer->out, drawing->title.size ? drawing->title : STR("Drawing"));
	if (drawing->why.size) {
		buf_adds(writer->out, " <span class=\"hint\">(");
		html_text(writer->out, drawing->why);
		buf_adds(writer->out, ")</span>");
	}
	buf_adds(writer->out, "</figcaption>\n");
	buf_adds(writer->out, "</figure>\n");
}

void begin_table(struct writer *writer, const char *label, const char *const *heads, size_t n_heads)
{
	buf_addf(writer->out,
		 "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"%s\">\n<table>\n<thead>\n<tr>",
		 label);
	for (size_t i = 0; i < n_heads; i++)
		buf_addf(writer->out, "<th scope=\"col\">%s</th>", heads[i]);
	buf_adds(writer->out, "</tr>\n</thead>\n<tbody>\n");
}

void end_table(struct writer *writer)
{
	buf_adds(writer->out, "</tbody>\n</table>\n</div>\n");
}

void begin_facts(struct writer *writer)
{
	buf_adds(writer->out, "<dl class=\"facts\">\n");
}

void end_facts(struct writer *writer)
{
	buf_adds(writer->out, "</dl>\n");
}

void begin_fact(struct writer *writer, const char *label)
{
	buf_addf(writer->out, "<div><dt>%s</dt><dd>", label);
}

void end_fact(struct writer *writer)
{
	buf_adds(writer->out, "</dd></div>\n");
}

void write_fact_text(struct writer *writer, const char *label, struct str text)
{
	if (!text.size)
		return;
	begin_fact(writer, label);
	html_text(writer->out, text);
	end_fact(writer);
}

static void write_words(struct writer *writer, const char *label, const struct word *words, size_t n)
{
	if (!n)
		return;
	begin_fact(writer, label);
	for (size_t i = 0; i < n; i++) {
		buf_adds(writer->out, i ? ", " : "");
		html_text(writer->out, words[i].str);
	}
	end_fact(writer);
}

/* `docs:` and `links:` name pages of the workspace or places outside. */
static void write_links(struct writer *writer, const char *label, const struct word *words, size_t n)
{
	if (!n)
		return;
	begin_fact(writer, label);
	for (size_t i = 0; i < n; i++) {
		struct str dir = path_dir(span_path(writer->site->model->sources, words[i].span));
		const struct page *page = model_page(writer->site->model, path_join(writer->arena, dir, words[i].str));
		if (!page)
			page = model_page(writer->site->model, words[i].str);
		buf_adds(writer->out, i ? ", " : "");
		if (page) {
			write_link(writer, page->url, page_title(page));
		} else if (str_find(words[i].str, STR("://")) != SIZE_MAX) {
			buf_adds(writer->out, "<a href=\"");
			html_url(writer->out, words[i].str);
			buf_adds(writer->out, "\">");
			html_text(writer->out, words[i].str);
			buf_adds(writer->out, "</a>");
		} else {
			html_text(writer->out, words[i].str);
		}
	}
	end_fact(writer);
}

void write_entity_facts(struct writer *writer, const struct entity *entity)
{
	write_words(writer, "Also called", entity->aliases.data, entity->aliases.n);
	if (entity->tags.n) {
		begin_fact(writer, "Tags");
		write_tag_links(writer, entity->tags.data, entity->tags.n);
		end_fact(writer);
	}
	write_links(writer, "Documents", entity->docs.data, entity->docs.n);
	write_links(writer, "Links", entity->links.data, entity->links.n);
	if (entity->decisions.n) {
		begin_fact(writer, entity->decisions.n == 1 ? "Decision" : "Decisions");
		for (size_t i = 0; i < entity->decisions.n; i++) {
			const struct decision_ref *ref = &entity->decisions.data[i];
			buf_adds(writer->out, i ? "<br>" : "");
			if (ref->decision) {
				write_decision(writer, ref->decision);
				write_retired(writer, ref->decision, false);
			} else {
				html_text(writer->out, ref->word.str);
			}
		}
		end_fact(writer);
	}
	write_declared(writer, entity);
}

void write_declared(struct writer *writer, const struct entity *entity)
{
	if (span_is_none(entity->id.span))
		return;
	begin_fact(writer, "Declared in");
	write_place(writer, entity->id.span);
	end_fact(writer);
}

/* "storm: address 10.0.0.52; declared is 10.0.0.25", with the place. */
static void write_contradiction(struct writer *writer, const struct fact *fact)
{
	if (fact->subject)
		write_entity(writer, fact->subject);
	else
		html_text(writer->out, fact->subject_text.str);
	buf_adds(writer->out, ": ");
	html_text(writer->out, fact_attribute_text(writer->arena, fact));
	buf_adds(writer->out, " <strong>");
	html_text(writer->out, fact->value.str);
	buf_adds(writer->out, "</strong>; declared is <strong>");
	html_text(writer->out, fact->declared.str);
	buf_adds(writer->out, "</strong> (");
	write_place(writer, fact->value.span);
	buf_addc(writer->out, ')');
}

void write_contradicted(struct writer *writer, struct span part)
{
	const struct site_nav *nav = writer->site->nav;
	const struct source_index *index = &nav->of[part.source];
	bool any = false;
	for (uint32_t i = 0; i < index->n_facts; i++) {
		const struct fact *fact = nav->facts[index->first_fact + i];
		if (fact->verdict != VERDICT_CONTRADICTS || fact->value.span.off < part.off ||
		    fact->value.span.off >= part.off + part.size)
			continue;
		buf_adds(writer->out, any ? "<li>" : "<ul class=\"contradictions\">\n<li>");
		write_contradiction(writer, fact);
		buf_adds(writer->out, "</li>\n");
		any = true;
	}
	buf_adds(writer->out, any ? "</ul>\n" : "");
}

static void write_contradictions(struct writer *writer, const struct entity *entity)
{
	struct str key = {(const char *)&entity, sizeof entity};
	const struct fact_list *list = map_find(&writer->site->nav->contradictions_of, key);
	if (!list)
		return;
	write_heading(writer, 2, STR("Contradictions"), STR("contradictions"));
	buf_adds(writer->out, "<ul class=\"contradictions\">\n");
	for (size_t i = 0; i < list->list.n; i++) {
		const struct fact *fact = list->list.data[i];
		buf_adds(writer->out, "<li>");
		write_link(writer, fact->page->url, page_title(fact->page));
		buf_adds(writer->out, " says of ");
		write_contradiction(writer, fact);
		buf_adds(writer->out, "</li>\n");
	}
	buf_adds(writer->out, "</ul>\n");
}

/* A page with thousands of statements about one thing shows the first of them. */
enum { STATEMENTS_SHOWN = 100 };

static void write_statement(struct writer *writer, const struct fact *fact)
{
	struct str why = fact->verdict == VERDICT_AGREES ? STR("agrees") : fact->why;
	buf_adds(writer->out, "<tr><td>");
	html_text(writer->out, fact_attribute_text(writer->arena, fact));
	buf_adds(writer->out, "</td><td>");
	html_text(writer->out, fact->value.str);
	buf_adds(writer->out, "</td><td>");
	write_link(writer, fact->page->url, page_title(fact->page));
	buf_addc(writer->out, ' ');
	write_place(writer, fact->value.span);
	buf_addf(writer->out, "</td><td>%s", fact->verdict == VERDICT_AGREES ? "" : "not judged: ");
	html_text(writer->out, why);
	buf_adds(writer->out, "</td></tr>\n");
}

static void write_statements(struct writer *writer, const struct entity *entity)
{
	struct str key = {(const char *)&entity, sizeof entity};
	const struct fact_list *list = map_find(&writer->site->nav->stated_of, key);
	if (!list)
		return;
	write_heading(writer, 2, STR("Stated in documents"), STR("stated-in-documents"));
	static const char *const heads[] = {"Attribute", "Value", "Where", "Checked"};
	begin_table(writer, "Stated in documents", heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < list->list.n && i < STATEMENTS_SHOWN; i++)
		write_statement(writer, list->list.data[i]);
	end_table(writer);
	if (list->list.n > STATEMENTS_SHOWN)
		buf_addf(writer->out, "<p>And %zu more.</p>\n", list->list.n - STATEMENTS_SHOWN);
}

void write_stated(struct writer *writer, const struct entity *entity)
{
	write_contradictions(writer, entity);
	write_statements(writer, entity);
}
