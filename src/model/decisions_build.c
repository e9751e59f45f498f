/* Pages of the decision logs as records: number, title, status, date, relations as written. */
#include "model/record.h"

#include <stdlib.h>

/* ---- one record ---- */

/* The span of `part` in the source text of the heading; the heading's own when it is not found there. */
static struct span span_in_heading(const struct md *md, const struct md_heading *heading, struct str part)
{
	struct span span = md_span(md, &md->nodes[heading->node]);
	struct str raw = str_sub(md->source->text, span.off, span.size);
	size_t at = part.size ? str_find(raw, part) : SIZE_MAX;
	return at == SIZE_MAX ? span : (struct span){span.source, span.off + (uint32_t)at, (uint32_t)part.size};
}

static void set_heading_title(struct decision *decision, const struct md *md, const struct md_heading *heading,
			      struct record_title title)
{
	decision->title = (struct word){title.text, span_in_heading(md, heading, title.text)};
	decision->title_number = title.number;
	if (title.number >= 0)
		decision->title_number_span = span_in_heading(md, heading, title.digits);
}

static bool stands_before(const struct md *md, const struct field *field, const struct md_heading *heading)
{
	return field->value.span.source == md->source->id && field->value.span.off < md->nodes[heading->node].off;
}

/* The title of the front matter or of the header lines, else the first heading. */
static void read_title(struct decision *decision, const struct md *md, const struct fields *fields, struct str house)
{
	const struct md_heading *heading = record_heading(md);
	const struct field *line = fields_find(fields, KEY_TITLE, ~IN(PLACE_FRONT));
	const struct fm_field *front = fm_find(&md->front, "title");
	bool in_front = front && front->value.str.size;
	decision->title_number = -1;
	decision->title = (struct word){STR_NONE, {md->source->id, 0, 0}};
	if (heading)
		set_heading_title(decision, md, heading, record_title_read(heading->text, decision->number, house));
	/* Documents with header lines begin with their first section. */
	bool in_line = !in_front && line && line->value.str.size &&
		       (!heading || heading->level > 1 || stands_before(md, line, heading));
	if (!in_line && !in_front)
		return;
	struct word word = in_line ? line->value : front->value;
	struct record_title title = record_title_read(word.str, decision->number, house);
	decision->title = (struct word){title.text, word.span};
	if (!heading) {
		decision->title_number = title.number;
		decision->title_number_span = word.span;
	}
}

static const struct dialect *choose_dialect(const struct md *md, const struct fields *fields)
{
	const struct dialect *best = NULL;
	int most = 0;
	for (size_t i = 0; i < n_dialects; i++) {
		int evidence = dialects[i]->evidence(md, fields);
		if (evidence > most) {
			most = evidence;
			best = dialects[i];
		}
	}
	return best;
}

/* The first place with a known status counts; else the first with words that say none. */
static void settle_status(const struct model *model, struct decision *decision, const struct dialect_reading *reading)
{
	for (size_t i = 0; i < reading->statuses.n; i++) {
		struct status_place place = {status_parse(model->config, reading->statuses.data[i].str),
					     reading->statuses.data[i]};
		bool known = place.status != STATUS_NONE && place.status != STATUS_UNKNOWN;
		bool better = decision->status == STATUS_NONE || (decision->status == STATUS_UNKNOWN && known);
		if (place.status == STATUS_NONE)
			continue;
		vec_add(model->arena, &decision->statuses, place);
		if (!better)
			continue;
		decision->status = place.status;
		decision->status_text = place.word;
		struct status_place *first = &decision->statuses.data[0],
				    *last = &decision->statuses.data[decision->statuses.n - 1];
		struct status_place swap = *first;
		*first = *last;
		*last = swap;
	}
	decision->effective_status = decision->status;
}

static bool is_nothing(struct str text)
{
	static const char *const words[] = {"n/a", "na", "none", "null", "-", "tbd", "yyyy-mm-dd"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(text, str_from(words[i])))
			return true;
	return text.size == 0;
}

static void settle_date(struct decision *decision, struct word date, const struct record_name *name)
{
	if (!is_nothing(date.str)) {
		struct date_found found = date_within(date.str);
		decision->date_text = date;
		decision->date_form = found.form;
		if (found.form != DATE_NONE && found.form != DATE_INVALID)
			decision->date = found.date;
	} else if (name->date.year) {
		decision->date_text = (struct word){name->date_text, SPAN_NONE};
		decision->date_form = DATE_ISO;
		decision->date = name->date;
	}
}

enum date_order { ORDER_NONE, DAY_FIRST, MONTH_FIRST };

/* Which of the two comes first in NN/NN/YYYY, where only one of them can be a month. */
static enum date_order order_of(struct str text)
{
	size_t slash = str_find_char(text, '/');
	long long first, second;
	if (slash == SIZE_MAX || slash < 1 || slash > 2)
		return ORDER_NONE;
	struct str rest = str_from_off(text, slash + 1), part = str_cut(&rest, '/');
	if (!str_to_number(str_sub(text, 0, slash), &first) || !str_to_number(part, &second))
		return ORDER_NONE;
	return first > 12 ? DAY_FIRST : second > 12 ? MONTH_FIRST : ORDER_NONE;
}

/* A log writes its dates in one order: those that show it decide the others. */
static void settle_ambiguous(const struct decision_log *log)
{
	bool seen[3] = {false};
	for (size_t i = 0; i < log->decisions.n; i++)
		seen[order_of(log->decisions.data[i]->date_text.str)] = true;
	if (seen[DAY_FIRST] == seen[MONTH_FIRST])
		return;
	for (size_t i = 0; i < log->decisions.n; i++) {
		struct decision *decision = log->decisions.data[i];
		if (decision->date_form != DATE_AMBIGUOUS)
			continue;
		decision->date_form = DATE_OTHER;
		if (seen[MONTH_FIRST])
			decision->date = (struct date){decision->date.year, decision->date.day, decision->date.month};
	}
}

/* "Ersetzt durch ADR-5": what a status in words of the configuration names is the successor. */
static void add_custom_successors(struct model *model, const struct md *md, const struct fields *fields,
				  struct dialect_reading *reading)
{
	for (size_t i = 0; model->config->statuses.n && i < fields->n; i++)
		if (fields->list[i].key == KEY_STATUS &&
		    status_is_superseded_by_custom(model->config, fields->list[i].value.str))
			relations_of_words(model->arena, md, fields->list[i].value, RELATION_SUPERSEDED_BY, reading);
}

/* Reads the fields into a record whose name and number are known. */
static void read_fields(struct model *model, struct decision *decision, struct fields *fields, struct record_name name)
{
	struct dialect_reading reading = {.house = name.house};
	const struct dialect *dialect = choose_dialect(decision->md, fields);
	if (dialect) {
		decision->dialect = dialect->name;
		dialect->read(model->arena, decision->md, fields, &reading);
	} else {
		fields_read(model->arena, decision->md, fields, 0, &reading);
	}
	add_custom_successors(model, decision->md, fields, &reading);
	settle_status(model, decision, &reading);
	settle_date(decision, reading.date, &name);
	decision->deciders.data = reading.deciders.data;
	decision->deciders.n = decision->deciders.cap = reading.deciders.n;
	decision->tags.data = reading.tags.data;
	decision->tags.n = decision->tags.cap = reading.tags.n;
	decision->relations.data = reading.relations.data;
	decision->relations.n = decision->relations.cap = reading.relations.n;
}

static struct decision *new_record(struct model *model, struct page *page, struct decision_log *log)
{
	struct decision *decision = NEW(model->arena, struct decision);
	decision->source = page->source;
	decision->page = page;
	decision->md = page->md;
	decision->log = log;
	decision->estate = log->estate;
	decision->path = page->source->path;
	decision->anchor = STR("");
	return decision;
}

static void add_record(struct model *model, struct decision *decision)
{
	decision->index = (uint32_t)model->decisions.n;
	vec_add(model->arena, &decision->log->decisions, decision);
	vec_add(model->arena, &model->decisions, decision);
	map_put(&model->decision_by_path, decision->path, decision);
}

static void read_record(struct model *model, struct page *page, struct decision_log *log)
{
	struct decision *decision = new_record(model, page, log);
	struct record_place place = record_place_of(page->source->path);
	struct record_name name = record_name_read(place.path);
	struct fields fields = {.config = model->config};
	record_fields(model, page, &fields);
	decision->number = name.number;
	decision->id = name.id;
	decision->stem = place.own_folder ? path_base(place.path) : path_stem(place.path);
	read_title(decision, page->md, &fields, name.house);
	read_fields(model, decision, &fields, name);
	page->kind = PAGE_DECISION;
	page->decision = decision;
	add_record(model, decision);
}

/* A part is named by its heading. */
static void read_part(struct model *model, struct page *page, struct decision_log *log, const struct record_part *part)
{
	struct decision *decision = new_record(model, page, log);
	struct str anchor = part->heading->anchor;
	struct record_name name = record_name_read(part->title.id.size ? part->title.id : anchor);
	struct fields fields = {.config = model->config};
	fields_collect(part->md, &fields);
	decision->md = part->md;
	decision->anchor = decision->stem = anchor;
	decision->path = str_format(model->arena, STR_FMT "#" STR_FMT, STR_ARG(page->source->path), STR_ARG(anchor));
	decision->number = part->title.number;
	decision->id = part->title.number >= 0 ? part->title.id : anchor;
	set_heading_title(decision, page->md, part->heading, part->title);
	name.house = part->house;
	read_fields(model, decision, &fields, name);
	add_record(model, decision);
}

/* ---- logs ---- */

/* Without numbers last; letters behind a number order by path. */
static int decision_cmp(const void *left, const void *right)
{
	struct decision *const *a = left, *const *b = right;
	if ((*a)->number != (*b)->number) {
		if ((*a)->number < 0 || (*b)->number < 0)
			return (*a)->number < 0 ? 1 : -1;
		return (*a)->number < (*b)->number ? -1 : 1;
	}
	return str_cmp((*a)->path, (*b)->path);
}

static void skip_page(struct model *model, const struct page *page, const char *why, bool suspicious)
{
	struct skipped skipped = {page->source, page->source->path, why, suspicious};
	vec_add(model->arena, &model->skipped, skipped);
}

/* Links to markdown files of the same folder. */
static size_t count_own_links(const struct page *page)
{
	size_t n = 0;
	for (size_t i = 0; i < page->links.n; i++) {
		struct str target = page->links.data[i].target;
		if (str_starts(target, STR("./")))
			target = str_from_off(target, 2);
		struct str first = str_cut(&target, '/');
		/* A file, or the folder of a record. */
		n += target.data ? record_name_read(first).number >= 0 : str_find(first, STR(".md")) != SIZE_MAX;
	}
	return n;
}

/* The index that lists most. */
static void consider_index(struct model *model, struct decision_log *log, const struct page *page)
{
	const struct page *known = log->index ? map_find(&model->page_by_path, log->index->path) : NULL;
	if (count_own_links(page) > (known ? count_own_links(known) : 0))
		log->index = map_find(&model->sources->by_path, page->source->path);
}

static void read_page(struct model *model, struct page *page, struct decision_log *log)
{
	struct record_verdict verdict = record_classify(model, page);
	if (verdict.class == RECORD_IS) {
		read_record(model, page, log);
		return;
	}
	if (verdict.class == RECORD_INDEX && page->is_index)
		consider_index(model, log, page);
	skip_page(model, page, verdict.why, verdict.class == RECORD_UNREADABLE);
}

static struct decision_log *add_log(struct model *model, struct str folder)
{
	struct decision_log *log = NEW(model->arena, struct decision_log);
	log->folder = folder;
	log->name = folder.size ? str_format(model->arena, STR_FMT "/", STR_ARG(folder)) : STR("the workspace");
	vec_add(model->arena, &model->logs, log);
	return log;
}

/* True when the page holds several records: it is a log of its own. */
static bool read_parts(struct model *model, struct page *page)
{
	struct record_parts parts = record_parts_find(model, page);
	if (parts.list.n < 2)
		return false;
	struct decision_log *log = add_log(model, page->source->path);
	log->name = page->source->path;
	log->file = page->source;
	log->estate = model->estates.n ? model_estate_of(model, page->source->path) : NULL;
	for (size_t i = 0; i < parts.list.n; i++)
		read_part(model, page, log, &parts.list.data[i]);
	page->log = log;
	return true;
}

static int log_cmp(const void *left, const void *right)
{
	struct decision_log *const *a = left, *const *b = right;
	return str_cmp((*a)->folder, (*b)->folder);
}

/* Records in forms of text that are not read: the summary says so. */
static void skip_foreign(struct model *model, const struct map *by_folder)
{
	static const char *const kinds[][2] = {{".adoc", "AsciiDoc is not read"},
					       {".asciidoc", "AsciiDoc is not read"},
					       {".rst", "reStructuredText is not read"},
					       {".org", "Org is not read"},
					       {".mediawiki", "MediaWiki text is not read"}};
	const struct listing *listing = model->loaded->listing;
	for (size_t i = 0; listing && i < listing->list.n; i++) {
		const struct entry *entry = &listing->list.data[i];
		struct str folder = path_dir(entry->path), extension = path_extension(entry->path);
		if (entry->kind != ENTRY_FILE ||
		    (!map_has(by_folder, folder) && !config_is_log_name(path_base(folder))))
			continue;
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			struct skipped skipped = {NULL, entry->path, kinds[k][1], false};
			if (str_is(extension, kinds[k][0]))
				vec_add(model->arena, &model->skipped, skipped);
		}
	}
}

void decisions_build(struct model *model)
{
	struct log_folders folders = decisions_find_logs(model);
	struct map by_folder = {.arena = model->arena};
	for (size_t i = 0; i < folders.list.n; i++)
		map_put(&by_folder, folders.list.data[i], add_log(model, folders.list.data[i]));
	/* Pages stand by path, so those of the records of a log come in order. */
	for (size_t i = 0; i < model->pages.n; i++) {
		struct page *page = model->pages.data[i];
		struct str path = page->source->path;
		bool ours = !model->config->decisions.set || config_matches(&model->config->decisions, path);
		if (!page->md || !ours || read_parts(model, page))
			continue;
		struct decision_log *log = map_find(&by_folder, record_place_of(path).folder);
		if (!log)
			continue;
		if (!log->estate)
			log->estate = model->estates.n ? model_estate_of(model, path) : NULL;
		read_page(model, page, log);
	}
	skip_foreign(model, &by_folder);
	if (model->logs.n)
		qsort(model->logs.data, model->logs.n, sizeof *model->logs.data, log_cmp);
	for (size_t i = 0; i < model->logs.n; i++) {
		struct decision_log *log = model->logs.data[i];
		if (log->decisions.n)
			qsort(log->decisions.data, log->decisions.n, sizeof *log->decisions.data, decision_cmp);
		settle_ambiguous(log);
	}
}
