/* The fact pass: every form over every page, in workers; then the verdicts, and statements against each other. */
#include "fact/sighting.h"

#define X(name) extern const struct form form_##name;
#include "forms.inc"
#undef X

const struct form *const forms[] = {
#define X(name) &form_##name,
#include "forms.inc"
#undef X
};
const size_t n_forms = sizeof forms / sizeof *forms;

const char *fact_form_name(enum fact_form form)
{
	static const char *const names[] = {"table", "field", "sentence", "heading",  "drawing", "mermaid",
					    "dot",   "badge", "sample",   "topology", "source",  "decision"};
	return names[form];
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {"unjudged", "agrees", "contradicts"};
	return names[verdict];
}

struct arena *fact_arena(struct fact_sink *sink)
{
	return sink->arena;
}

/* Why nothing on this page is judged, or NULL. */
static const char *page_why(const struct page *page)
{
	if (page->is_history)
		return "history page";
	if (page->decision && page->decision->effective_status != STATUS_ACCEPTED)
		return "record that is not in force";
	return NULL;
}

/* The place is narrowed to the value. The text too, when it loses nothing: a unit from a column head is not in the cell. */
static struct word kept_value(struct fact_sink *sink, struct word value, const struct fact_value *parsed)
{
	struct word narrow = value_narrow(sink->model, value, parsed);
	bool composed = parsed->type == TYPE_QUANTITY &&
			str_find(span_text(sink->model->sources, value.span), value.str) == SIZE_MAX;
	bool whole = narrow.str.data == value.str.data && narrow.str.size == value.str.size;
	struct str source = sink->page->source->text;
	bool in_source = value.str.data >= source.data && value.str.data + value.str.size <= source.data + source.size;
	if (composed || whole)
		narrow.str = in_source ? value.str : str_dup(sink->kept, value.str);
	return narrow;
}

static void append(struct fact_sink *sink, struct fact *fact)
{
	if (sink->last)
		sink->last->next = fact;
	else
		sink->first = fact;
	sink->last = fact;
}

static struct fact unjudged(const struct fact *fact, const char *why)
{
	struct fact left = *fact;
	left.verdict = VERDICT_UNJUDGED;
	left.why = str_from(why);
	left.declared = (struct word){STR_NONE, SPAN_NONE};
	return left;
}

void fact_state(struct fact_sink *sink, const struct statement *statement)
{
	const struct attribute *attribute = statement->attribute;
	struct word value = statement->value;
	const char *why = statement->why;
	struct fact_value parsed = fact_value_parse(sink->arena, attribute->type, value.str);
	/* Braces ask for a value, ours or another tool's: they state none. */
	if (!parsed.valid || str_find(value.str, STR("{{")) != SIZE_MAX)
		return;
	struct fact *fact = NEW(sink->kept, struct fact);
	*fact = (struct fact){.subject = statement->subject,
			      .attribute = attribute,
			      .detail = str_dup(sink->kept, statement->detail),
			      .form = statement->form,
			      .page = sink->page,
			      .block = statement->block};
	if (!fact->subject)
		fact->subject_text =
			(struct word){str_dup(sink->kept, statement->subject_text.str), statement->subject_text.span};
	fact->value = kept_value(sink, value, &parsed);
	if (page_why(sink->page))
		why = page_why(sink->page);
	else if (sink->page_why)
		why = sink->page_why;
	if (!why)
		why = context_why(attribute->type == TYPE_HOST ? without_hosts(sink->arena, value.str) : value.str);
	if (why)
		fact->why = str_from(why);
	fact_judge(sink->arena, sink->model, fact, &parsed);
	if (statement->doubt && !why && fact->verdict != VERDICT_AGREES)
		*fact = unjudged(fact, statement->doubt);
	if (!fact->subject && fact->subject_text.str.size && str_is(fact->why, "no subject"))
		fact->why = STR("of something undeclared");
	if (attribute->type == TYPE_COUNT)
		fact->declared.str = str_dup(sink->kept, fact->declared.str);
	append(sink, fact);
}

/* ---- one page ---- */

static int by_place(const void *a, const void *b)
{
	const struct fact *one = *(const struct fact *const *)a, *two = *(const struct fact *const *)b;
	int order = span_cmp((struct span){one->value.span.source, one->value.span.off, 0},
			     (struct span){two->value.span.source, two->value.span.off, 0});
	return order ? order : (one->form > two->form) - (one->form < two->form);
}

static bool overlap(struct span a, struct span b)
{
	return a.source == b.source && a.off < b.off + b.size && b.off < a.off + a.size;
}

/* True when another form read the same words as the same thing. */
static bool repeats(const struct fact *fact, struct fact *const *kept, size_t n)
{
	enum { NEAR = 8 };
	for (size_t i = n; i-- > 0 && n - i <= NEAR;)
		if (kept[i]->subject == fact->subject && kept[i]->attribute == fact->attribute &&
		    str_eq(kept[i]->detail, fact->detail) && overlap(kept[i]->value.span, fact->value.span) &&
		    str_eq(kept[i]->subject_text.str, fact->subject_text.str))
			return true;
	return false;
}

/* Puts the facts of a page in the order of the text, each once. */
static void settle_order(struct fact_sink *sink)
{
	VEC(struct fact *) all = {0};
	for (struct fact *fact = sink->first; fact; fact = fact->next)
		vec_add(sink->arena, &all, fact);
	if (!all.n)
		return;
	qsort(all.data, all.n, sizeof *all.data, by_place);
	size_t n = 0;
	for (size_t i = 0; i < all.n; i++)
		if (!repeats(all.data[i], all.data, n))
			all.data[n++] = all.data[i];
	sink->first = sink->last = NULL;
	for (size_t i = 0; i < n; i++) {
		all.data[i]->next = NULL;
		append(sink, all.data[i]);
	}
}

struct fact_job {
	const struct model *model;
	const struct titles *titles;
	const struct name_sets *sets;
	const struct known *known;
};

/* What one page gave. */
struct found {
	struct fact *first;
	VEC(const struct wrong_total *) totals;
	VEC(const struct roll *) rolls;
	VEC(const struct member_gap *) gaps;
	VEC(const struct sighting *) sightings;
};

static struct found *keep(const struct fact_sink *sink, struct arena *arena)
{
	if (!sink->first && !sink->totals.n && !sink->rolls.n && !sink->gaps.n && !sink->sightings.n)
		return NULL;
	struct found *found = NEW(arena, struct found);
	found->first = sink->first;
	for (size_t i = 0; i < sink->totals.n; i++)
		vec_add(arena, &found->totals, sink->totals.data[i]);
	for (size_t i = 0; i < sink->rolls.n; i++)
		vec_add(arena, &found->rolls, sink->rolls.data[i]);
	for (size_t i = 0; i < sink->gaps.n; i++)
		vec_add(arena, &found->gaps, sink->gaps.data[i]);
	for (size_t i = 0; i < sink->sightings.n; i++)
		if (!sink->sightings.data[i]->is_known)
			vec_add(arena, &found->sightings, sink->sightings.data[i]);
	return found;
}

static void *find_in_page(void *context, size_t index, struct arena *arena)
{
	const struct fact_job *job = context;
	const struct model *model = job->model;
	struct page *page = model->pages.data[index];
	if (!page->md && !page->graph)
		return NULL;
	struct fact_sink sink = {.arena = arena_new(),
				 .kept = arena,
				 .model = model,
				 .titles = job->titles,
				 .sets = job->sets,
				 .page = page};
	if (page->md)
		context_begin(&sink);
	for (size_t i = 0; i < n_forms; i++)
		if ((page->estate || forms[i]->without_estate) && (page->md || forms[i]->without_text))
			forms[i]->find(&sink, model, page);
	settle_order(&sink);
	if (page->md && !page_why(page) && !sink.page_why) {
		totals_find(&sink);
		members_find(&sink);
	}
	sightings_find(&sink, job->known);
	struct found *found = keep(&sink, arena);
	arena_free(sink.arena);
	return found;
}

/* ---- all pages ---- */

static int by_number(const void *a, const void *b)
{
	const struct fact_reason *one = a, *two = b;
	return one->n != two->n ? (one->n < two->n ? 1 : -1) : str_cmp(one->why, two->why);
}

/* Reasons are few, and mostly the same strings. */
static void count_reason(struct arena *arena, struct facts *facts, struct str why)
{
	for (size_t i = 0; i < facts->reasons.n; i++)
		if (facts->reasons.data[i].why.data == why.data || str_eq(facts->reasons.data[i].why, why)) {
			facts->reasons.data[i].n++;
			return;
		}
	vec_add(arena, &facts->reasons, (struct fact_reason){why, 1});
}

static void count(struct arena *arena, struct facts *facts, const struct fact *fact)
{
	facts->stated++;
	facts->judged += fact->verdict != VERDICT_UNJUDGED;
	facts->agree += fact->verdict == VERDICT_AGREES;
	facts->contradict += fact->verdict == VERDICT_CONTRADICTS;
	facts->unjudged += fact->verdict == VERDICT_UNJUDGED;
	if (fact->verdict == VERDICT_UNJUDGED)
		count_reason(arena, facts, fact->why);
}

struct rolls {
	VEC(const struct roll *) list;
};

static void collect(struct arena *arena, struct facts *facts, struct rolls *rolls, const struct found *found)
{
	for (const struct fact *fact = found->first; fact; fact = fact->next) {
		vec_add(arena, &facts->list, fact);
		count(arena, facts, fact);
	}
	for (size_t i = 0; i < found->totals.n; i++)
		vec_add(arena, &facts->totals, found->totals.data[i]);
	for (size_t i = 0; i < found->rolls.n; i++)
		vec_add(arena, &rolls->list, found->rolls.data[i]);
	for (size_t i = 0; i < found->gaps.n; i++)
		vec_add(arena, &facts->gaps, found->gaps.data[i]);
	for (size_t i = 0; i < found->sightings.n; i++)
		vec_add(arena, &facts->sightings, found->sightings.data[i]);
}

/* Titles and descriptions stand on other pages too: there `{{ main.nodes.count }}` is the number. */
static void print_values(struct arena *arena, struct model *model)
{
	for (size_t i = 0; i < model->pages.n; i++) {
		struct page *page = model->pages.data[i];
		bool is_site = page->title.str.data == model->title.data;
		page->title.str = values_print(arena, model, page, page->title);
		page->description = values_print(arena, model, page, (struct word){page->description, SPAN_NONE});
		if (is_site)
			model->title = page->title.str;
	}
}

struct facts *fact_find(struct arena *arena, struct model *model, const struct pool *pool)
{
	struct facts *facts = NEW(arena, struct facts);
	struct rolls rolls = {0};
	declared_index(arena, model);
	struct fact_job job = {model, titles_index(arena, model), name_sets_index(arena, model),
			       known_index(arena, model)};
	struct pool_result *results = pool_each(pool, arena, model->pages.n, find_in_page, &job);
	for (size_t i = 0; i < model->pages.n; i++) {
		if (results[i].end != POOL_DONE)
			world_fail("a worker ended while it looked for facts in " STR_FMT,
				   STR_ARG(model->pages.data[i]->source->path));
		if (results[i].value)
			collect(arena, facts, &rolls, results[i].value);
	}
	if (facts->reasons.n)
		qsort(facts->reasons.data, facts->reasons.n, sizeof *facts->reasons.data, by_number);
	print_values(arena, model);
	agree_find(arena, model, facts);
	members_compare(arena, facts, rolls.list.data, rolls.list.n);
	return facts;
}
