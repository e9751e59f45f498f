/* The fact pass: every form over every page, in workers; then the verdicts. */
#include "fact/fact_parts.h"

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
	static const char *const names[] = {"table", "field", "sentence", "heading", "drawing", "mermaid",
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

void fact_state(struct fact_sink *sink, const struct statement *statement)
{
	const struct attribute *attribute = statement->attribute;
	struct word value = statement->value;
	const char *why = statement->why;
	struct fact_value parsed = fact_value_parse(sink->arena, attribute->type, value.str);
	if (!parsed.valid)
		return;
	struct fact *fact = NEW(sink->kept, struct fact);
	*fact = (struct fact){.subject = statement->subject, .attribute = attribute, .detail = statement->detail.size ? str_dup(sink->kept, statement->detail) : STR_NONE, .form = statement->form, .page = sink->page};
	if (!fact->subject)
		fact->subject_text = (struct word){str_dup(sink->kept, statement->subject_text.str), statement->subject_text.span};
	fact->value = value_narrow(sink->model, value, &parsed);
	if (fact->value.str.data == value.str.data)
		fact->value.str = str_dup(sink->kept, value.str);
	if (page_why(sink->page))
		why = page_why(sink->page);
	if (!why)
		why = context_why(value.str);
	if (why)
		fact->why = str_from(why);
	fact_judge(sink->arena, sink->model, fact, &parsed);
	if (attribute->type == TYPE_COUNT)
		fact->declared.str = str_dup(sink->kept, fact->declared.str);
	if (sink->last)
		sink->last->next = fact;
	else
		sink->first = fact;
	sink->last = fact;
}

struct fact_job {
	const struct model *model;
	const struct titles *titles;
};

static void *find_in_page(void *context, size_t index, struct arena *arena)
{
	const struct fact_job *job = context;
	const struct model *model = job->model;
	struct page *page = model->pages.data[index];
	if (!page->md || !page->estate)
		return NULL;
	struct fact_sink sink = {.arena = arena_new(), .kept = arena, .model = model, .titles = job->titles, .page = page};
	context_begin(&sink);
	for (size_t i = 0; i < n_forms; i++)
		forms[i]->find(&sink, model, page);
	arena_free(sink.arena);
	return sink.first;
}

static void count(struct facts *facts, const struct fact *fact)
{
	facts->stated++;
	facts->judged += fact->verdict != VERDICT_UNJUDGED;
	facts->agree += fact->verdict == VERDICT_AGREES;
	facts->contradict += fact->verdict == VERDICT_CONTRADICTS;
	facts->unjudged += fact->verdict == VERDICT_UNJUDGED;
}

struct facts *fact_find(struct arena *arena, struct model *model, const struct pool *pool)
{
	struct facts *facts = NEW(arena, struct facts);
	if (!model->estates.n)
		return facts;
	struct fact_job job = {model, titles_index(arena, model)};
	struct pool_result *results = pool_each(pool, arena, model->pages.n, find_in_page, &job);
	for (size_t i = 0; i < model->pages.n; i++) {
		if (results[i].end != POOL_DONE)
			world_fail("a worker ended while it looked for facts in " STR_FMT,
				   STR_ARG(model->pages.data[i]->source->path));
		for (const struct fact *fact = results[i].value; fact; fact = fact->next) {
			vec_add(arena, &facts->list, fact);
			count(facts, fact);
		}
	}
	return facts;
}
