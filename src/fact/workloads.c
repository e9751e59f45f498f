/* Lists of what runs on one node, cluster or device: "etcd, API server", "Grafana<br>Loki". */
#include "fact/fact_parts.h"

enum { ITEM_MAX = 32, ITEM_BLANKS = 2 };

bool is_runs_word(struct str words)
{
	static const char *const all[] = {"runs",
					  "running",
					  "workload",
					  "workloads",
					  "services",
					  "apps",
					  "applications",
					  "what runs",
					  "what runs here",
					  "what runs there",
					  "what runs on it",
					  "runs here",
					  "main workloads",
					  "main workload",
					  "key services",
					  "main services",
					  "hosted services",
					  "running services",
					  "key workloads",
					  "hosted apps",
					  "deployed apps",
					  "running workloads"};
	words = bare_name(words);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_eq_nocase(words, str_from(all[i])))
			return true;
	return false;
}

/* Bytes of the separator at the front; 0: none. */
static size_t separator(struct str text)
{
	static const char *const marks[] = {",", ";", "\n", "·", "•", " + ", " and ", " & "};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_starts_nocase(text, str_from(marks[i])))
			return strlen(marks[i]);
	return 0;
}

/* End of the item that begins at `from`: the next separator outside of brackets. */
static size_t item_end(struct str text, size_t from, size_t to)
{
	size_t depth = 0;
	for (size_t i = from; i < to; i++) {
		depth += text.data[i] == '(';
		depth -= depth && text.data[i] == ')';
		if (!depth && separator(str_sub(text, i, to - i)))
			return i;
	}
	return to;
}

/* What may be the name of something that runs, and no text about it. */
static bool is_short_name(struct str name)
{
	size_t blanks = 0;
	for (size_t i = 0; i < name.size; i++) {
		blanks += name.data[i] == ' ';
		if (strchr("{}<>|=:;?!", name.data[i]))
			return false;
	}
	return name.size > 1 && name.size <= ITEM_MAX && blanks <= ITEM_BLANKS && isalpha((unsigned char)name.data[0]);
}

static void state_item(struct fact_sink *sink, const struct runs_list *list, struct word item, const char *why)
{
	struct str name = bare_name(item.str);
	struct entity *service = subject_named(sink, item.str, KIND_BIT(ENTITY_SERVICE));
	struct statement statement = {.form = list->form, .why = why, .block = list->block};
	if (service) {
		statement.subject = service;
		statement.attribute = attribute_named("runs on");
		statement.value = (struct word){list->place->id.str, item.span};
	} else {
		if (list->place->kind != ENTITY_NODE || !is_short_name(name) ||
		    subject_named(sink, item.str, ANY_KIND & ~KIND_BIT(ENTITY_SERVICE)))
			return;
		statement.subject = list->place;
		statement.attribute = attribute_named("runs");
		statement.value = (struct word){name, item.span};
	}
	fact_state(sink, &statement);
}

bool list_item_next(struct fact_sink *sink, const struct run *run, size_t *from, size_t to, struct list_item *item)
{
	while (*from < to) {
		size_t end = item_end(run->text, *from, to), first = *from, last = end;
		size_t next = end + separator(str_sub(run->text, end, to - end));
		while (first < last && run->text.data[first] == ' ')
			first++;
		if (str_starts_nocase(str_sub(run->text, first, last - first), STR("and ")))
			first += strlen("and ");
		while (last > first && strchr(" .", run->text.data[last - 1]))
			last--;
		*from = next > end ? next : to;
		if (first == last)
			continue;
		item->word = run_word(sink, run, first, last);
		item->struck = run_marks(run, first, last) & RUN_STRUCK;
		return true;
	}
	return false;
}

size_t item_lead(const struct run *run)
{
	static const char *const ends[] = {":", " (", " - ", " – ", " — ", "\n"};
	size_t end = run->text.size;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t at = str_find(str_sub(run->text, 0, end), str_from(ends[i]));
		end = at < end ? at : end;
	}
	return end;
}

void state_runs(struct fact_sink *sink, const struct runs_list *list, const struct run *run, size_t from, size_t to)
{
	struct list_item item;
	while (list_item_next(sink, run, &from, to, &item)) {
		const char *why = list->why ? list->why : context_why(item.word.str);
		state_item(sink, list, item.word, item.struck ? "struck through" : why);
	}
}
