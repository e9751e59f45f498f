/* decision-orphan: a record in force that nothing but an index leads to, in a log that is cited. */
#include "check/citations.h"

enum { RECORDS_LEAST = 5 };

/* By index of the record: a page other than an index, a record, a topology or a drawing speaks of the record. */
struct cited {
	bool *of;
};

static void cite(struct cited *cited, const struct decision *decision)
{
	if (decision)
		cited->of[decision->index] = true;
}

static void take_text(struct cited *cited, const struct model *model, const struct page *page, struct str text)
{
	struct decision_name_found found;
	size_t n;
	for (size_t off = 0; decision_name_next(text, &off, &found);)
		cite(cited, model_decision(model, page->source->path, found.number, &n));
}

static bool is_an_index(const struct model *model, const struct page *page)
{
	for (size_t i = 0; i < model->logs.n; i++)
		if (model->logs.data[i]->index == page->source)
			return true;
	return false;
}

static void take_page(struct cited *cited, const struct model *model, const struct page *page)
{
	for (size_t i = 0; i < page->links.n; i++)
		if (page->links.data[i].decision != page->decision)
			cite(cited, page->links.data[i].decision);
	for (size_t i = 0; i < page->mentions.n; i++)
		if (page->mentions.data[i].decision != page->decision)
			cite(cited, page->mentions.data[i].decision);
	if (page->graph)
		take_text(cited, model, page, page->source->text);
	for (size_t i = 0; i < page->diagrams.n; i++)
		take_text(cited, model, page, md_text(page->md, &page->md->nodes[page->diagrams.data[i].node]));
}

static struct cited find_cited(struct check *check)
{
	const struct model *model = check->model;
	struct cited cited = {NEW_ARRAY(check->arena, bool, model->decisions.n + 1)};
	for (size_t i = 0; i < model->pages.n; i++)
		if (!is_an_index(model, model->pages.data[i]))
			take_page(&cited, model, model->pages.data[i]);
	for (size_t i = 0; i < model->decisions.n; i++)
		for (size_t k = 0; k < model->decisions.data[i]->relations.n; k++)
			cite(&cited, model->decisions.data[i]->relations.data[k].target);
	for (size_t i = 0; i < model->estates.n; i++) {
		struct decision_uses uses = estate_decisions(check->arena, model->estates.data[i]);
		for (size_t k = 0; k < uses.list.n; k++)
			cite(&cited, uses.list.data[k].ref->decision);
	}
	return cited;
}

static bool is_in_force(const struct decision *decision)
{
	return decision->effective_status == STATUS_ACCEPTED;
}

/* The record that the log begins with: it speaks of the log itself. */
static bool is_about_the_log(const struct decision *decision)
{
	return str_find_nocase(decision->title.str, STR("decision")) != SIZE_MAX &&
	       str_find_nocase(decision->title.str, STR("record")) != SIZE_MAX;
}

static void check_log(struct check *check, const struct cited *cited, const struct decision_log *log)
{
	size_t n = 0, n_cited = 0;
	for (size_t i = 0; i < log->decisions.n; i++) {
		n += is_in_force(log->decisions.data[i]);
		n_cited += is_in_force(log->decisions.data[i]) && cited->of[log->decisions.data[i]->index];
	}
	if (n < RECORDS_LEAST || n_cited * 3 < n * 2)
		return;
	for (size_t i = 0; i < log->decisions.n; i++) {
		const struct decision *decision = log->decisions.data[i];
		if (!is_in_force(decision) || cited->of[decision->index] || is_about_the_log(decision))
			continue;
		struct diag *diag = check_report(check, decision->title.span, "nothing cites " STR_FMT,
						 STR_ARG(decision_name(check->arena, decision)));
		check_help(check, diag, "cite it where what it decides is described");
		check_key(check, diag, STR("orphan"));
	}
}

static void run(struct check *check)
{
	if (!check->model->decisions.n)
		return;
	struct cited cited = find_cited(check);
	for (size_t i = 0; i < check->model->logs.n; i++)
		if (!check->model->logs.data[i]->file)
			check_log(check, &cited, check->model->logs.data[i]);
}

const struct rule rule_decision_orphan = {
	.name = "decision-orphan",
	.severity = SEVERITY_INFO,
	.group = "decisions",
	.summary = "a decision in force that nothing cites",
	.explain =
		"A decision that no document, drawing, topology or other record cites is found only by those who read the log "
		"from end to end; what it decides is described elsewhere without its reasons, or nowhere. The index of a log "
		"does not count: it lists every record. Told only in logs where two of three accepted records are cited; in "
		"others citing is not the custom. The record about keeping records is left alone.",
	.example = "0017-use-opentelemetry.md, accepted, in a log whose other records the documents cite",
	.cure = "Cite the record where what it decides is described.",
	.run = run,
};
