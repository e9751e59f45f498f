/* Facts, mentions and values in running text: where the source names a thing or states a value, the page says so; where
 * it asks for one, the value stands. */
#include "render/markdown_html.h"

static int mark_cmp(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to > y->to ? -1 : 1;
	if (!x->value != !y->value)
		return x->value ? -1 : 1;
	/* On one place a fact stands outside, a contradicted one first. */
	if (!x->fact != !y->fact)
		return x->fact ? -1 : 1;
	if (x->fact && x->fact->verdict != y->fact->verdict)
		return x->fact->verdict == VERDICT_CONTRADICTS ? -1 : 1;
	return 0;
}

static bool mention_is_shown(const struct md_writer *w, const struct mention *mention)
{
	struct str url = mention->decision ? mention->decision->page->url
			 : mention->entity ? mention->entity->url
					   : STR_NONE;
	return url.size && !mention->in_link && !mention->in_heading && !str_eq(url, w->writer->page->url);
}

static void find_values(struct md_writer *w)
{
	struct value_uses uses = values_find(w->arena, w->writer->site->model, w->page);
	for (size_t i = 0; i < uses.list.n; i++) {
		const struct value_use *use = &uses.list.data[i];
		if (!use->query->found)
			continue;
		vec_add(w->arena, &w->marks,
			(struct mark){.from = use->span.off, .to = use->span.off + use->span.size, .value = use});
	}
}

void marks_find(struct md_writer *w)
{
	const struct site_nav *nav = w->writer->site->nav;
	const struct source_index *index = &nav->of[w->page->source->id];
	for (uint32_t i = 0; i < index->n_facts; i++) {
		const struct fact *fact = nav->facts[index->first_fact + i];
		if (fact->verdict == VERDICT_UNJUDGED || !fact->value.span.size)
			continue;
		vec_add(w->arena, &w->marks,
			(struct mark){.from = fact->value.span.off,
				      .to = fact->value.span.off + fact->value.span.size,
				      .fact = fact});
	}
	for (size_t i = 0; i < w->page->mentions.n; i++) {
		const struct mention *mention = &w->page->mentions.data[i];
		if (mention_is_shown(w, mention))
			vec_add(w->arena, &w->marks,
				(struct mark){.from = mention->span.off,
					      .to = mention->span.off + mention->span.size,
					      .mention = mention});
	}
	find_values(w);
	if (w->marks.n > 1)
		qsort(w->marks.data, w->marks.n, sizeof *w->marks.data, mark_cmp);
}

bool marks_apply(const struct md_writer *w, struct str text)
{
	struct str source = w->page->source->text;
	return text.size && text.data >= source.data && text.data + text.size <= source.data + source.size;
}

static void value_write(struct md_writer *w, const struct value_use *use)
{
	const struct site *site = w->writer->site;
	const struct query *query = use->query;
	w->writer->has_agreeing = true;
	buf_adds(w->out, "<span class=\"fact ok\" title=\"");
	html_attr(w->out, use->question);
	if (!span_is_none(query->declared)) {
		buf_adds(w->out, ": declared in ");
		html_attr(w->out, span_path(site->model->sources, query->declared));
		buf_addc(w->out, ':');
		buf_add_number(w->out, site_line(site, query->declared));
	}
	buf_adds(w->out, "\">");
	html_text(w->out, query->text);
	buf_adds(w->out, "</span>");
}

static void fact_begin(struct md_writer *w, const struct fact *fact)
{
	bool agrees = fact->verdict == VERDICT_AGREES;
	w->writer->has_agreeing |= agrees;
	w->writer->has_contradicted |= !agrees;
	buf_adds(w->out, agrees ? "<span class=\"fact ok\"" : "<span class=\"fact bad\"");
	if (!span_is_none(fact->declared.span)) {
		const struct site *site = w->writer->site;
		buf_adds(w->out, " title=\"");
		if (fact->subject) {
			html_attr(w->out, entity_title(fact->subject));
			buf_adds(w->out, ", ");
			buf_adds(w->out, fact->attribute ? fact->attribute->name : "value");
			buf_adds(w->out, ": ");
		}
		buf_adds(w->out, agrees ? "declared in " : "declared otherwise in ");
		html_attr(w->out, span_path(site->model->sources, fact->declared.span));
		buf_addc(w->out, ':');
		buf_add_number(w->out, site_line(site, fact->declared.span));
		buf_addc(w->out, '"');
	}
	buf_addc(w->out, '>');
}

static void fact_end(struct md_writer *w, const struct fact *fact)
{
	/* Lines of code stand as they were drawn: what is declared stands below them. */
	if (fact->verdict == VERDICT_CONTRADICTS && !w->in_code_block) {
		buf_adds(w->out, " <span class=\"declared\">declared: ");
		html_text(w->out, fact->declared.str);
		buf_adds(w->out, "</span>");
	}
	buf_adds(w->out, "</span>");
}

/* The first mention of a thing carries what the card says of it; the script shows it at the others too. */
static void mention_begin(struct md_writer *w, const struct mention *mention)
{
	const struct decision *decision = mention->decision;
	struct str url = decision ? decision->page->url : mention->entity->url;
	const void *of = decision ? (const void *)decision : (const void *)mention->entity;
	bool gone = decision && decision_is_retired(decision);
	buf_adds(w->out, gone ? "<a class=\"mention gone\" href=\"" : "<a class=\"mention\" href=\"");
	site_href_write(w->writer->site, w->out, w->writer->page, url, decision ? decision->anchor : STR(""));
	if (take_card(w->writer, of)) {
		buf_adds(w->out, "\" title=\"");
		if (decision)
			decision_card(w->writer, w->out, decision);
		else
			entity_card(w->writer, w->out, mention->entity);
	}
	buf_adds(w->out, "\">");
}

/* The first mark at or behind an offset. Text comes in order but for footnotes, which stand at the end. */
static void seek_mark(struct md_writer *w, uint32_t at)
{
	if (w->next_mark && w->marks.data[w->next_mark - 1].from >= at) {
		size_t low = 0, high = w->next_mark;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (w->marks.data[middle].from < at)
				low = middle + 1;
			else
				high = middle;
		}
		w->next_mark = low;
	}
	while (w->next_mark < w->marks.n && w->marks.data[w->next_mark].from < at)
		w->next_mark++;
}

size_t marks_reach(struct md_writer *w, struct str text, size_t size)
{
	if (!w->marks.n || !marks_apply(w, text))
		return size;
	uint32_t at = (uint32_t)(text.data - w->page->source->text.data);
	size_t reach = size;
	seek_mark(w, at);
	for (size_t i = w->next_mark; i < w->marks.n && w->marks.data[i].from < at + size; i++)
		if (w->marks.data[i].to - at > reach)
			reach = w->marks.data[i].to - at;
	return reach < text.size ? reach : text.size;
}

void marks_write(struct md_writer *w, struct str text)
{
	if (!w->marks.n || !marks_apply(w, text)) {
		html_text(w->out, text);
		return;
	}
	const char *base = w->page->source->text.data;
	uint32_t at = (uint32_t)(text.data - base), end = at + (uint32_t)text.size;
	const struct fact *open = NULL;
	uint32_t open_to = end;
	seek_mark(w, at);
	for (;; w->next_mark++) {
		const struct mark *mark = w->next_mark < w->marks.n ? &w->marks.data[w->next_mark] : NULL;
		if (mark && mark->from >= end)
			mark = NULL;
		if (open && (!mark || mark->from >= open_to)) {
			html_text(w->out, (struct str){base + at, open_to - at});
			fact_end(w, open);
			at = open_to;
			open = NULL;
			open_to = end;
		}
		if (!mark)
			break;
		if (mark->from < at || mark->to > open_to || (mark->fact && open) || (mark->mention && w->in_link))
			continue;
		html_text(w->out, (struct str){base + at, mark->from - at});
		at = mark->from;
		if (mark->fact) {
			fact_begin(w, mark->fact);
			open = mark->fact;
			open_to = mark->to;
			continue;
		}
		if (mark->value) {
			value_write(w, mark->value);
		} else {
			mention_begin(w, mark->mention);
			html_text(w->out, (struct str){base + at, mark->to - at});
			buf_adds(w->out, "</a>");
			if (mark->mention->decision)
				retired_write(w, mark->mention->decision, mark->mention->span);
		}
		at = mark->to;
	}
	html_text(w->out, (struct str){base + at, end - at});
}
