/* The page of one decision: what it says of itself, what it replaces, and what cites it. */
#include "render/pages.h"

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
	struct str key = str_format(writer->arena, "%d " STR_FMT, (int)kind, STR_ARG(target->path));
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

static void set_tags(struct writer *writer, struct view *view, const struct decision *decision)
{
	struct views tags = {0};
	for (size_t i = 0; i < decision->tags.n; i++) {
		struct view *tag = view_new(writer->arena);
		struct str url = tag_url(writer->site, writer->arena, decision->tags.data[i].str);
		view_text(tag, "title", decision->tags.data[i].str);
		if (url.size)
			view_text(tag, "href", site_href(writer->site, writer->arena, writer->page, url, STR_NONE));
		vec_add(writer->arena, &tags.list, tag);
	}
	view_list(view, "tags", tags.list.data, tags.list.n);
	view_text(view, "has_tags", tags.list.n ? STR("yes") : STR(""));
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
	if (status && !stated.superseded.list.n &&
	    !str_eq_nocase(str_trim(decision->status_text.str), str_from(status)))
		view_text(view, "status_text", decision->status_text.str);
	view_text(view, "date", decision->date.year ? date_format(arena, decision->date) : decision->date_text.str);
	view_text(view, "deciders", join_words(arena, decision->deciders.data, decision->deciders.n));
	set_tags(writer, view, decision);
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

/* ---- what cites it ---- */

enum { CITES_SHOWN = 60 };

static void end_list(struct writer *writer, size_t n)
{
	if (n > CITES_SHOWN)
		buf_addf(writer->out, "<li>and %zu more</li>\n", n - CITES_SHOWN);
	buf_adds(writer->out, "</ul>");
	end_fact(writer);
}

static void write_entities(struct writer *writer, const struct entity_list *list)
{
	if (!list)
		return;
	begin_fact(writer, "Topology");
	buf_adds(writer->out, "<ul class=\"cites\">\n");
	for (size_t i = 0; i < list->list.n && i < CITES_SHOWN; i++) {
		buf_adds(writer->out, "<li>");
		write_entity(writer, list->list.data[i]);
		buf_addf(writer->out, " <span class=\"hint\">%s</span></li>\n",
			 entity_kind_name(list->list.data[i]->kind));
	}
	end_list(writer, list->list.n);
}

/* References of one kind: `drawn`, or from pages of that kind. */
static bool is_of(const struct reference *reference, enum page_kind kind, bool drawn)
{
	return drawn ? reference->drawn : !reference->drawn && reference->from->kind == kind;
}

static void write_pages(struct writer *writer, const char *label, const struct references *references,
			enum page_kind kind, bool drawn)
{
	size_t n = 0;
	for (size_t i = 0; i < references->list.n; i++) {
		const struct reference *reference = &references->list.data[i];
		if (!is_of(reference, kind, drawn) || n++ >= CITES_SHOWN)
			continue;
		if (n == 1) {
			begin_fact(writer, label);
			buf_adds(writer->out, "<ul class=\"cites\">\n");
		}
		buf_adds(writer->out, "<li>");
		if (reference->from->decision)
			write_decision(writer, reference->from->decision);
		else
			write_link(writer, reference->from->url, page_title(reference->from));
		if (reference->n > 1)
			buf_addf(writer->out, " <span class=\"hint\">%u times</span>", reference->n);
		buf_adds(writer->out, "</li>\n");
	}
	if (n)
		end_list(writer, n);
}

static void write_cited_by(struct writer *writer, const struct decision *decision)
{
	static const struct references none;
	const struct entity_list *entities = map_find(&writer->site->nav->entities_of, decision->path);
	const struct references *references = writer->site->nav->cited[decision->index];
	if (!entities && !references)
		return;
	references = references ? references : &none;
	write_heading(writer, 2, STR("Cited by"), STR("cited-by"));
	begin_facts(writer);
	write_entities(writer, entities);
	write_pages(writer, "Decisions", references, PAGE_DECISION, false);
	write_pages(writer, "Documents", references, PAGE_DOCUMENT, false);
	write_pages(writer, "Diagrams", references, PAGE_DIAGRAM, true);
	end_facts(writer);
}

/* ---- what changed it since ---- */

enum { CHANGES_SHOWN = 20 };

/* Commits that touched the record after the one that accepted it, the newest first. */
static void write_changes(struct writer *writer, const struct decision *decision)
{
	const struct git_history *git = writer->site->model->git;
	const struct git_versions *versions =
		git && decision->accepted_in ? map_find(&git->versions, decision->source->path) : NULL;
	size_t n = 0;
	while (versions && n < versions->list.n && versions->list.data[n].commit != decision->accepted_in)
		n++;
	if (!n || n == versions->list.n)
		return;
	write_heading(writer, 2, STR("Changed since it was accepted"), STR("changed-since-accepted"));
	buf_adds(writer->out, "<ul class=\"cites\">\n");
	for (size_t i = 0; i < n && i < CHANGES_SHOWN; i++) {
		const struct git_commit_info *commit = versions->list.data[i].commit;
		buf_adds(writer->out, "<li><span class=\"date\">");
		html_text(writer->out, date_format(writer->arena, date_from_epoch(commit->when)));
		buf_adds(writer->out, "</span> ");
		html_text(writer->out, commit->subject);
		buf_adds(writer->out, " <code class=\"place\">");
		html_text(writer->out, str_sub(commit->id, 0, 10));
		buf_adds(writer->out, "</code></li>\n");
	}
	if (n > CHANGES_SHOWN)
		buf_addf(writer->out, "<li>and %zu more</li>\n", n - CHANGES_SHOWN);
	buf_adds(writer->out, "</ul>\n<p class=\"hint\">Accepted ");
	html_text(writer->out, date_format(writer->arena, date_from_epoch(decision->accepted_in->when)));
	buf_adds(writer->out, ": ");
	html_text(writer->out, decision->accepted_in->subject);
	buf_adds(writer->out, "</p>\n");
}

void decision_body(struct writer *writer, const void *what)
{
	const struct decision *decision = what;
	markdown_title(writer, decision->page);
	write_banner(writer, decision);
	markdown_write(writer, decision->page, (struct markdown_part){.skip_title = true});
	write_legend(writer);
	write_chain(writer, decision);
	write_cited_by(writer, decision);
	write_changes(writer, decision);
}

void record_line(struct writer *writer, const struct decision *decision)
{
	struct successors successors = successors_of(decision);
	buf_adds(writer->out, "<p class=\"record-line\">");
	write_status(writer, decision->effective_status);
	if (decision->date.year || decision->date_text.str.size) {
		buf_adds(writer->out, " <span class=\"date\">");
		write_decision_date(writer, decision);
		buf_adds(writer->out, "</span>");
	}
	if (successors.n) {
		buf_adds(writer->out, decision_is_retired(decision) ? " superseded by " : " superseded in part by ");
		write_decision(writer, successors.list[0]);
	}
	buf_adds(writer->out, "</p>\n");
}

/* ---- when it changed ---- */

/* The last commit of its file; NULL: not known. In a shallow clone every file seems to have changed with its last one. */
static const struct git_commit_info *last_commit(const struct site *site, const struct decision *decision)
{
	const struct git_history *git = site->model->git;
	return git && git->present && !git->shallow ? map_find(&git->last, decision->source->path) : NULL;
}

long long site_decision_updated(const struct site *site, const struct decision *decision)
{
	long long when = date_is_valid(decision->date) ? date_days(decision->date) * 86400LL : 0;
	const struct git_commit_info *last = decision->anchor.size ? NULL : last_commit(site, decision);
	if (!decision->page)
		return 0;
	return last && last->when > when ? last->when : when;
}
