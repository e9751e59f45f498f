/* decision-mention-unlinked: a record is named in prose, and nothing on the page leads to it. */
#include "check/citations.h"
#include "check/named_records.h"

enum { NAMED_MAX = 8 };

/* Page being read. */
struct reading {
	struct check *check;
	struct arena *arena;
	const struct page *page;
	struct map linked; /* index of a record that a link of the page leads to -> the record */
	struct regions regions;
};

static struct str key_of(const struct decision *decision)
{
	return (struct str){(const char *)&decision->index, sizeof decision->index};
}

static void mark(struct reading *reading, const struct decision *decision)
{
	map_put(&reading->linked, key_of(decision), reading);
}

/* What is generated is written anew by its generator. */
static bool is_generated(const struct reading *reading, struct span span)
{
	for (size_t i = 0; i < reading->regions.list.n; i++) {
		struct span body = reading->regions.list.data[i].body;
		if (span.off >= body.off && span.off < body.off + body.size)
			return true;
	}
	return false;
}

/* The name stands in the text as such, so that brackets may be put around it. */
static bool stands_as_written(const struct reading *reading, const struct mention *mention)
{
	struct str name = span_text(reading->check->sources, mention->span);
	struct decision_name_found found;
	size_t off = 0;
	struct str text = reading->page->source->text;
	size_t end = mention->span.off + mention->span.size;
	char before = mention->span.off ? text.data[mention->span.off - 1] : ' ';
	char after = end < text.size ? text.data[end] : ' ';
	return decision_name_next(name, &off, &found) && found.off == 0 && found.size == name.size &&
	       !strchr("[!\\", before) && !strchr("](", after);
}

static bool is_wanted(const struct reading *reading, const struct mention *mention)
{
	if (!mention->decision || mention->in_link || mention->in_code || mention->in_heading ||
	    mention->decision == reading->page->decision || map_has(&reading->linked, key_of(mention->decision)))
		return false;
	if (is_generated(reading, mention->span) || !stands_as_written(reading, mention))
		return false;
	return mention_naming(mention) == NAMING_PLAIN;
}

static bool is_plain_path(struct str path)
{
	for (size_t i = 0; i < path.size; i++)
		if ((unsigned char)path.data[i] <= ' ' || strchr("()<>[]%?\\\"", path.data[i]))
			return false;
	return true;
}

static struct str path_to(const struct reading *reading, const struct decision *decision)
{
	struct arena *arena = reading->check->arena;
	struct str path = STR("");
	if (decision->source != reading->page->source)
		path = path_relative(arena, path_dir(reading->page->source->path), decision->source->path);
	return decision->anchor.size ? str_format(arena, STR_FMT "#" STR_FMT, STR_ARG(path), STR_ARG(decision->anchor))
				     : path;
}

struct mentions {
	VEC(const struct mention *) list;
};

static void report(const struct reading *reading, const struct mentions *mentions)
{
	struct check *check = reading->check;
	const struct mention *first = mentions->list.data[0];
	struct str names[NAMED_MAX + 1], target = {0};
	size_t n = 0;
	for (size_t i = 0; i < mentions->list.n && n <= NAMED_MAX; i++, n++)
		names[n] = n < NAMED_MAX ? span_text(check->sources, mentions->list.data[i]->span) : STR("...");
	struct str list = str_join(check->arena, names, n, STR(", "));
	struct diag *diag = check_report(check, first->span, "%s named, and nothing on the page leads to %s: " STR_FMT,
					 mentions->list.n == 1 ? "a record is" : "records are",
					 mentions->list.n == 1 ? "it" : "them", STR_ARG(list));
	for (size_t i = 0; i < mentions->list.n; i++) {
		const struct mention *mention = mentions->list.data[i];
		struct str path = path_to(reading, mention->decision);
		if (i && i <= NAMED_MAX)
			check_note(check, diag, mention->span, "named here");
		if (!is_plain_path(path))
			continue;
		target = target.size ? target : path;
		struct str name = span_text(check->sources, mention->span);
		check_fix(check, diag, mention->span,
			  str_format(check->arena, "[" STR_FMT "](" STR_FMT ")", STR_ARG(name), STR_ARG(path)));
	}
	if (target.size)
		check_help(check, diag, "link the first place to " STR_FMT, STR_ARG(target));
	check_key(check, diag, list);
}

static void read_page(struct check *check, const struct page *page)
{
	struct reading reading = {.check = check, .arena = arena_new(), .page = page};
	struct mentions mentions = {0}; /* the first of each record */
	reading.linked.arena = reading.arena;
	if (str_find(page->source->text, STR("lintel:begin")) != SIZE_MAX)
		reading.regions = regions_find(reading.arena, check->model, page);
	for (size_t i = 0; i < page->links.n; i++)
		if (page->links.data[i].decision)
			mark(&reading, page->links.data[i].decision);
	for (size_t i = 0; i < page->mentions.n; i++) {
		const struct mention *mention = &page->mentions.data[i];
		if (!is_wanted(&reading, mention))
			continue;
		mark(&reading, mention->decision);
		if (check_is_suppressed(check, mention->span))
			report(&reading, &(struct mentions){.list = {&mention, 1, 1}});
		else
			vec_add(reading.arena, &mentions.list, mention);
	}
	if (mentions.list.n)
		report(&reading, &mentions);
	arena_free(reading.arena);
}

static bool names_records(const struct page *page)
{
	for (size_t i = 0; i < page->mentions.n; i++)
		if (page->mentions.data[i].decision)
			return true;
	return false;
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->pages.n; i++) {
		const struct page *page = check->model->pages.data[i];
		if (page->md && !page->is_history && !path_is_dated(page->source->path) && names_records(page) &&
		    !page_is_template(check->model, page))
			read_page(check, page);
	}
}

const struct rule rule_decision_mention_unlinked = {
	.name = "decision-mention-unlinked",
	.severity = SEVERITY_INFO,
	.group = "decisions",
	.summary = "a decision record is named in prose, and no link of the page leads to it",
	.explain =
		"On the site lintel links every name of a record by itself; on a forge, in an editor and for other tools a "
		"name is only a name. One finding a page lists the records that it names and links nowhere, at the first place "
		"of each; `lintel check --fix` writes the links.\n\n"
		"Names in headings, code and generated regions are left alone, and so are examples, records of other projects, "
		"sentences about what is planned or gone, templates, and pages that record the past.",
	.example = "\"as ADR-0012 decides\", and no link to 0012-use-kserve.md on the page",
	.cure = "Link the first place where the record is named.",
	.run = run,
};
