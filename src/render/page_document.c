/* Pages of documents, drawings and decisions, and the indexes of decision logs. */
#include "render/pages.h"

/* ---- documents ---- */

void document_body(struct writer *writer, const void *what)
{
	const struct page *page = what;
	const struct decision_log *log = map_find(&writer->site->nav->log_of_page, page->url);
	markdown_title(writer, page);
	if (page->is_history)
		buf_adds(
			writer->out,
			"<p class=\"history-note\">This page records the past and is not checked against the present.</p>\n");
	markdown_write(writer, page, (struct markdown_part){.skip_title = true});
	if (log)
		log_section(writer, log);
	if (str_is(page->url, "index.html"))
		estates_section(writer);
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

/* ---- decisions ---- */

struct views {
	VEC(struct view *) list;
};

static struct view *relation_view(struct writer *writer, struct views *views, const struct decision *target)
{
	struct view *view = view_new(writer->arena);
	struct str title = target->title.str.size ? target->title.str : page_title(target->page);
	if (target->number >= 0)
		title = str_format(writer->arena, STR_FMT " " STR_FMT, STR_ARG(target->id), STR_ARG(title));
	view_text(view, "title", title);
	view_text(view, "href",
		  site_href(writer->site, writer->arena, writer->page, target->page->url, target->anchor));
	vec_add(writer->arena, &views->list, view);
	return view;
}

static const char *const relation_labels[RELATION_KINDS] = {
	[RELATION_SUPERSEDES] = "Supersedes", [RELATION_SUPERSEDED_BY] = "Superseded by", [RELATION_AMENDS] = "Amends",
	[RELATION_AMENDED_BY] = "Amended by", [RELATION_RELATES] = "Relates to",
};

static enum relation_kind relation_inverse(enum relation_kind kind)
{
	switch (kind) {
	case RELATION_SUPERSEDES: return RELATION_SUPERSEDED_BY;
	case RELATION_SUPERSEDED_BY: return RELATION_SUPERSEDES;
	case RELATION_AMENDS: return RELATION_AMENDED_BY;
	case RELATION_AMENDED_BY: return RELATION_AMENDS;
	default: return RELATION_RELATES;
	}
}

/* Both sides may state one relation: it is shown once. */
struct stated {
	struct map seen;
	struct views shown, superseded;
};

static void add_relation(struct writer *writer, struct stated *stated, enum relation_kind kind,
			 const struct decision *target, const struct relation *relation)
{
	struct str key = str_format(writer->arena, "%d " STR_FMT, (int)kind, STR_ARG(target->source->path));
	if (map_has(&stated->seen, key))
		return;
	map_put(&stated->seen, key, writer);
	bool is_end = kind == RELATION_SUPERSEDED_BY && !relation->partial;
	struct view *view = relation_view(writer, is_end ? &stated->superseded : &stated->shown, target);
	struct str label = str_from(relation_labels[kind]);
	view_text(view, "label",
		  relation->partial ? str_format(writer->arena, STR_FMT " in part", STR_ARG(label)) : label);
	const char *status = status_name(target->effective_status);
	view_text(view, "status", status ? str_from(status) : STR(""));
}

static struct str join_words(struct arena *arena, const struct word *words, size_t n)
{
	struct str *parts = NEW_ARRAY(arena, struct str, n + 1);
	for (size_t i = 0; i < n; i++)
		parts[i] = words[i].str;
	return str_join(arena, parts, n, STR(", "));
}

static void write_banner(struct writer *writer, const struct decision *decision)
{
	struct arena *arena = writer->arena;
	struct view *view = view_new(arena);
	struct stated stated = {.seen = {.arena = arena}};
	const char *status = status_name(decision->effective_status);
	for (size_t i = 0; i < decision->relations.n; i++)
		if (decision->relations.data[i].target && decision->relations.data[i].target != decision)
			add_relation(writer, &stated, decision->relations.data[i].kind,
				     decision->relations.data[i].target, &decision->relations.data[i]);
	for (size_t i = 0; i < decision->incoming.n && i < decision->incoming_from.n; i++)
		if (decision->incoming_from.data[i] != decision)
			add_relation(writer, &stated, relation_inverse(decision->incoming.data[i]->kind),
				     decision->incoming_from.data[i], decision->incoming.data[i]);
	view_text(view, "id", decision->id);
	view_text(view, "status", status ? str_from(status) : STR("no status"));
	if (status && !str_eq_nocase(str_trim(decision->status_text.str), str_from(status)))
		view_text(view, "status_text", decision->status_text.str);
	view_text(view, "date", decision->date.year ? date_format(arena, decision->date) : decision->date_text.str);
	view_text(view, "deciders", join_words(arena, decision->deciders.data, decision->deciders.n));
	view_text(view, "tags", join_words(arena, decision->tags.data, decision->tags.n));
	view_list(view, "relations", stated.shown.list.data, stated.shown.list.n);
	view_list(view, "superseded", stated.superseded.list.data, stated.superseded.list.n);
	template_run(writer->site, "decision.html", view, writer->out);
}

/* The records around it in the chain of supersession, drawn and as a list. */
static void write_chain(struct writer *writer, const struct decision *decision)
{
	const struct drawing *drawing =
		writer->site->drawings ? drawing_of_decision(writer->site->drawings, decision) : NULL;
	if (!drawing)
		return;
	write_heading(writer, 2, STR("Supersession"), STR("supersession-chain"));
	write_drawing(writer, drawing, STR_NONE);
}

static void write_cited_by(struct writer *writer, const struct decision *decision)
{
	enum { SHOWN = 60 };
	const struct entity_list *list = map_find(&writer->site->nav->entities_of, decision->path);
	if (!list)
		return;
	write_heading(writer, 2, STR("Decided here"), STR("decided-here"));
	buf_adds(writer->out, "<ul class=\"chips\">\n");
	for (size_t i = 0; i < list->list.n && i < SHOWN; i++) {
		buf_adds(writer->out, "<li>");
		write_entity(writer, list->list.data[i]);
		buf_addf(writer->out, " <span class=\"hint\">%s</span></li>\n",
			 entity_kind_name(list->list.data[i]->kind));
	}
	if (list->list.n > SHOWN)
		buf_addf(writer->out, "<li>and %zu more</li>\n", list->list.n - SHOWN);
	buf_adds(writer->out, "</ul>\n");
}

void decision_body(struct writer *writer, const void *what)
{
	const struct decision *decision = what;
	markdown_title(writer, decision->page);
	write_banner(writer, decision);
	markdown_write(writer, decision->page, (struct markdown_part){.skip_title = true});
	write_cited_by(writer, decision);
	write_chain(writer, decision);
}

/* ---- logs ---- */

static const enum status log_order[] = {STATUS_PROPOSED,   STATUS_DRAFT,      STATUS_ACCEPTED, STATUS_DEFERRED,
					STATUS_DEPRECATED, STATUS_SUPERSEDED, STATUS_REJECTED, STATUS_WITHDRAWN,
					STATUS_UNKNOWN,    STATUS_NONE};

static const struct decision *successor_of(const struct decision *decision)
{
	for (size_t i = 0; i < decision->relations.n; i++)
		if (decision->relations.data[i].kind == RELATION_SUPERSEDED_BY && decision->relations.data[i].target)
			return decision->relations.data[i].target;
	for (size_t i = 0; i < decision->incoming.n && i < decision->incoming_from.n; i++)
		if (decision->incoming.data[i]->kind == RELATION_SUPERSEDES && !decision->incoming.data[i]->partial)
			return decision->incoming_from.data[i];
	return NULL;
}

static void write_record(struct writer *writer, const struct decision *decision)
{
	const struct decision *successor = successor_of(decision);
	const char *status = status_name(decision->effective_status);
	buf_addf(writer->out, "<tr data-status=\"%s\"><td class=\"number\">", status ? status : "");
	html_text(writer->out, decision->number >= 0 ? decision->id : STR(""));
	buf_adds(writer->out, "</td><td>");
	write_decision_as(writer, decision,
			  decision->title.str.size ? decision->title.str : page_title(decision->page));
	buf_adds(writer->out, "</td><td>");
	write_status(writer, decision->effective_status);
	buf_adds(writer->out, "</td><td class=\"date\">");
	if (decision->date.year)
		html_text(writer->out, date_format(writer->arena, decision->date));
	else
		html_text(writer->out, decision->date_text.str);
	buf_adds(writer->out, "</td><td>");
	if (successor)
		write_decision(writer, successor);
	buf_adds(writer->out, "</td></tr>\n");
}

static void write_counts(struct writer *writer, const struct decision_log *log)
{
	buf_adds(writer->out, "<ul class=\"counts\">\n");
	for (size_t s = 0; s < sizeof log_order / sizeof *log_order; s++) {
		size_t n = 0;
		for (size_t i = 0; i < log->decisions.n; i++)
			n += log->decisions.data[i]->effective_status == log_order[s];
		if (!n)
			continue;
		const char *name = status_name(log_order[s]);
		buf_addf(writer->out, "<li><strong>%zu</strong> %s</li>\n", n, name ? name : "without status");
	}
	buf_adds(writer->out, "</ul>\n");
}

void log_section(struct writer *writer, const struct decision_log *log)
{
	static const char *const heads[] = {"Number", "Title", "Status", "Date", "Successor"};
	const struct drawing *drawing = writer->site->drawings ? drawing_of_log(writer->site->drawings, log) : NULL;
	write_heading(writer, 2, STR("Decision log"), STR("decision-log"));
	write_counts(writer, log);
	buf_adds(writer->out, "<div data-filter=\"status\">\n");
	begin_table(writer, "Decisions by status", heads, sizeof heads / sizeof *heads);
	for (size_t s = 0; s < sizeof log_order / sizeof *log_order; s++)
		for (size_t i = 0; i < log->decisions.n; i++)
			if (log->decisions.data[i]->effective_status == log_order[s])
				write_record(writer, log->decisions.data[i]);
	end_table(writer);
	buf_adds(writer->out, "</div>\n");
	if (!drawing)
		return;
	write_heading(writer, 2, STR("What superseded what"), STR("supersession-graph"));
	write_drawing(writer, drawing, STR_NONE);
}

void log_body(struct writer *writer, const void *what)
{
	const struct decision_log *log = what;
	write_title(writer, "Decision log", writer->page->title);
	log_section(writer, log);
}

/* ---- plan ---- */

static void plan_page(struct site *site, const struct page *page)
{
	struct site_page plan = {.url = page->url,
				 .title = page_title(page),
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

void plan_logs(struct site *site)
{
	const struct model *model = site->model;
	for (size_t i = 0; i < model->logs.n; i++) {
		struct decision_log *log = model->logs.data[i];
		if (!log->decisions.n || !log->decisions.data[0]->page)
			continue;
		struct str url = log->url;
		struct str title = model->logs.n > 1 && log->estate
					   ? str_format(site->arena, "Decisions of " STR_FMT,
							STR_ARG(entity_title(&log->estate->entity)))
					   : STR("Decisions");
		if (!map_has(&site->nav->log_of_page, url))
			map_put(&site->nav->log_of_page, url, log);
		if (!log->file)
			page_add(site,
				 (struct site_page){
					 .url = url, .title = title, .kind = "log", .body = log_body, .what = log});
	}
}
