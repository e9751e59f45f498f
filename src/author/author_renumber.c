/* A record under another number: its file, its title, and whatever refers to it. */
#include "author/author.h"

struct renumbering {
	const struct author *author;
	const struct decision *decision;
	long long from, to;
	struct str old_stem, new_stem;
	struct edits *edits; /* by source id */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word_char(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

static void put(struct renumbering *work, const struct source *source, size_t off, size_t size, struct str text)
{
	struct edit edit = {{source->id, (uint32_t)off, (uint32_t)size}, text};
	vec_add(work->author->arena, &work->edits[source->id].list, edit);
}

/* The first digits in the text that say the number; size 0: none. */
static struct str digits_in(struct str text, long long number)
{
	for (size_t at = 0; at < text.size;) {
		size_t end = at;
		long long value;
		while (end < text.size && is_digit(text.data[end]))
			end++;
		struct str digits = str_sub(text, at, end - at);
		if (digits.size && str_to_number(digits, &value) && value == number)
			return digits;
		at = end > at ? end : at + 1;
	}
	return STR_NONE;
}

/* The new number as wide as the old one was written. */
static struct str new_digits(const struct renumbering *work, struct str old)
{
	bool padded = old.size > 1 && (old.data[0] == '0' || old.size >= 4);
	return str_format(work->author->arena, "%0*lld", padded ? (int)old.size : 0, work->to);
}

static void put_digits(struct renumbering *work, const struct source *source, struct str part)
{
	struct str digits = digits_in(part, work->from);
	if (digits.size)
		put(work, source, (size_t)(digits.data - source->text.data), digits.size, new_digits(work, digits));
}

static void put_digits_at(struct renumbering *work, struct span span)
{
	if (span_is_none(span))
		return;
	const struct source *source = work->author->model->sources->list.data[span.source];
	put_digits(work, source, str_sub(source->text, span.off, span.size));
}

/* ---- file names ---- */

/* Every place that holds the name of the file, as a word. */
static void put_names(struct renumbering *work, const struct source *source, struct str part)
{
	for (size_t at = 0; (at = str_find_from(part, work->old_stem, at)) != SIZE_MAX; at += work->old_stem.size) {
		size_t end = at + work->old_stem.size;
		bool starts = at == 0 || !is_word_char(part.data[at - 1]);
		if (starts && (end >= part.size || !is_word_char(part.data[end])))
			put(work, source, (size_t)(part.data + at - source->text.data), work->old_stem.size,
			    work->new_stem);
	}
}

/* A name that only this file has, and that is more than a number, is looked for in every text. */
static bool is_unique_name(const struct renumbering *work)
{
	const struct model *model = work->author->model;
	size_t n = 0, files = 0;
	for (size_t i = 0; i < model->decisions.n; i++)
		n += str_eq(model->decisions.data[i]->stem, work->old_stem);
	for (size_t i = 0; i < model->sources->list.n; i++)
		files += str_eq(path_stem(model->sources->list.data[i]->path), work->old_stem);
	return n == 1 && files <= 1 && work->old_stem.size >= work->decision->id.size + 2;
}

/* ---- what refers to it ---- */

/* A cell that holds the number and nothing else. */
static void put_cell(struct renumbering *work, const struct source *source, struct str cell)
{
	struct str text = str_trim(cell);
	while (text.size && strchr("*_`", text.data[0]))
		text = str_from_off(text, 1);
	struct str digits = digits_in(text, work->from);
	size_t before = digits.size ? (size_t)(digits.data - text.data) : 0;
	struct str behind = digits.size ? str_from_off(text, before + digits.size) : STR("x");
	if (before <= 5 && decision_number(text) == work->from && str_trim(behind).size <= 2 &&
	    (behind.size == 0 || strchr("*_`.", behind.data[0])))
		put_digits(work, source, text);
}

/* Cells of the table row that a link stands in. */
static void put_row(struct renumbering *work, const struct page *page, uint32_t link)
{
	const struct md *md = page->md;
	uint32_t row = 0;
	for (uint32_t i = 0; i < link;) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_ROW && node->end > link)
			row = i;
		i = node->end > link ? i + 1 : node->end;
	}
	for (uint32_t cell = row ? md_first(md, row) : 0; cell; cell = md_next(md, cell, md->nodes[row].end)) {
		const struct md_node *node = &md->nodes[cell];
		put_cell(work, page->source, str_sub(page->source->text, node->off, node->size));
	}
}

static void put_link(struct renumbering *work, const struct page *page, const struct link *link)
{
	const struct source *source = page->source;
	if (link->span.source == source->id)
		put_names(work, source, str_sub(source->text, link->span.off, link->span.size));
	if (!link->node || !page->md)
		return;
	const struct md_node *node = &page->md->nodes[link->node];
	struct str raw = str_sub(source->text, node->off, node->size);
	size_t close = str_find(raw, STR("]"));
	struct str text =
		raw.size > 1 && raw.data[0] == '[' && close != SIZE_MAX ? str_sub(raw, 1, close - 1) : STR("");
	if (decision_number(text) == work->from)
		put_digits(work, source, text);
	put_row(work, page, link->node);
}

static void put_page(struct renumbering *work, const struct page *page)
{
	for (size_t i = 0; i < page->links.n; i++)
		if (page->links.data[i].decision == work->decision)
			put_link(work, page, &page->links.data[i]);
	for (size_t i = 0; i < page->mentions.n; i++)
		if (page->mentions.data[i].decision == work->decision)
			put_digits_at(work, page->mentions.data[i].span);
	for (size_t i = 0; page->decision && i < page->decision->relations.n; i++) {
		const struct relation *relation = &page->decision->relations.data[i];
		struct str statement = str_sub(page->source->text, relation->span.off, relation->span.size);
		size_t at = str_find(statement, relation->target_text);
		if (relation->target == work->decision && at != SIZE_MAX &&
		    decision_number(relation->target_text) == work->from)
			put_digits(work, page->source, str_sub(statement, at, relation->target_text.size));
	}
}

/* `decision:` of the topologies. */
static void put_topologies(struct renumbering *work)
{
	const struct model *model = work->author->model;
	for (size_t i = 0; i < model->estates.n; i++) {
		struct decision_uses uses = estate_decisions(work->author->arena, model->estates.data[i]);
		for (size_t k = 0; k < uses.list.n; k++) {
			const struct decision_ref *ref = uses.list.data[k].ref;
			if (ref->decision != work->decision || span_is_none(ref->word.span))
				continue;
			if (str_find(ref->word.str, work->old_stem) == SIZE_MAX)
				put_digits_at(work, ref->word.span);
			else
				put_names(work, model->sources->list.data[ref->word.span.source],
					  span_text(model->sources, ref->word.span));
		}
	}
}

/* Title and front matter of the record itself. */
static void put_own(struct renumbering *work)
{
	static const char *const keys[] = {"id", "number", "adr", "nav_order", "sidebar_position"};
	const struct decision *decision = work->decision;
	const struct md *md = decision->page->md;
	if (decision->title_number == work->from)
		put_digits_at(work, decision->title_number_span);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct fm_field *field = fm_find(&md->front, keys[i]);
		if (field && decision_number(field->value.str) == work->from)
			put_digits_at(work, field->value.span);
	}
}

/* ---- all of it ---- */

/* The number in the file's name; ends with status 2 where there is none. */
static struct str new_stem(const struct author *author, const struct decision *decision, long long number)
{
	struct str stem = decision->stem;
	size_t at = str_find(stem, decision->id), digit = 0;
	while (digit < decision->id.size && !is_digit(decision->id.data[digit]))
		digit++;
	if (decision->number < 0 || at == SIZE_MAX)
		world_usage(STR_FMT " has no number in its name",
			    STR_ARG(utf8_printable(author->arena, decision->source->path)));
	size_t end = at + digit;
	while (end < stem.size && is_digit(stem.data[end]))
		end++;
	size_t width = end - at - digit;
	return str_format(author->arena, STR_FMT "%0*lld" STR_FMT, STR_ARG(str_sub(stem, 0, at + digit)), (int)width,
			  number, STR_ARG(str_from_off(stem, end)));
}

/* Where the record goes; one with a folder of its own takes that along, which must hold nothing else. */
static struct str new_path(const struct renumbering *work)
{
	const struct author *author = work->author;
	struct str path = work->decision->source->path, dir = path_dir(path);
	if (!author_has_folder(work->decision))
		return path_join(author->arena, dir,
				 str_format(author->arena, STR_FMT STR_FMT, STR_ARG(work->new_stem),
					    STR_ARG(path_extension(path))));
	const struct listing *listing = author->model->loaded->listing;
	for (size_t i = 0; i < listing->list.n; i++)
		if (listing->list.data[i].kind == ENTRY_FILE && path_is_under(listing->list.data[i].path, dir) &&
		    !str_eq(listing->list.data[i].path, path))
			world_usage(STR_FMT " holds other files too; rename the folder by hand",
				    STR_ARG(utf8_printable(author->arena, dir)));
	return path_join(
		author->arena, path_dir(dir),
		str_format(author->arena, STR_FMT "/" STR_FMT, STR_ARG(work->new_stem), STR_ARG(path_base(path))));
}

void author_renumber(const struct author *author, const struct decision *decision, long long number,
		     struct author_changes *changes)
{
	const struct model *model = author->model;
	struct renumbering work = {.author = author,
				   .decision = decision,
				   .from = decision->number,
				   .to = number,
				   .old_stem = decision->stem,
				   .new_stem = new_stem(author, decision, number),
				   .edits = NEW_ARRAY(author->arena, struct edits, model->sources->list.n + 1)};
	bool everywhere = is_unique_name(&work);
	put_own(&work);
	for (size_t i = 0; everywhere && i < model->sources->list.n; i++)
		put_names(&work, model->sources->list.data[i], model->sources->list.data[i]->text);
	for (size_t i = 0; i < model->pages.n; i++)
		put_page(&work, model->pages.data[i]);
	put_topologies(&work);
	struct str moved = new_path(&work);
	for (size_t i = 0; i < model->sources->list.n; i++) {
		const struct source *source = model->sources->list.data[i];
		bool own = source == decision->source;
		if (own || work.edits[i].list.n)
			author_add_edits(author, changes, source, &work.edits[i], own ? moved : STR_NONE);
	}
}
