/* link-undefined-reference: [text][ref] without a definition of ref. */
#include "check/check.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 128;
}

/* Subscripts and patterns of code in prose: items[i][0], [a-z][0-9]. */
static bool is_code_like(const struct source *source, const struct md_reference *reference)
{
	size_t letters = 0;
	for (size_t i = 0; i < reference->label.size; i++)
		letters += is_letter(reference->label.data[i]);
	if (letters < 2 || str_starts(reference->label, STR("^")) || str_find_char(reference->label, '$') != SIZE_MAX)
		return true;
	uint32_t off = reference->span.off;
	char before = off && off <= source->text.size ? source->text.data[off - 1] : ' ';
	return is_letter(before) || before == '_' || before == ']' || before == '\\' || before == ')';
}

/* Labels that are defined: `[label]: url` lines. */
static struct str find_nearest(struct check *check, struct str text, struct str label)
{
	VEC(struct str) defined = {0};
	struct str rest = text;
	while (rest.size && defined.n < 1000) {
		struct str line = str_trim_left(str_cut_line(&rest));
		size_t close = str_find(line, STR("]:"));
		if (str_starts(line, STR("[")) && close != SIZE_MAX && close > 1)
			vec_add(check->arena, &defined, str_sub(line, 1, close - 1));
	}
	return nearest_find(label, defined.data, defined.n);
}

static void report(struct check *check, const struct page *page, const struct md_reference *reference)
{
	struct diag *diag = check_report(check, reference->span, "no definition of the reference [" STR_FMT "]", STR_ARG(reference->label));
	struct str near = find_nearest(check, page->source->text, reference->label);
	if (near.size)
		check_help(check, diag, "write [" STR_FMT "]", STR_ARG(near));
	else
		check_help(check, diag, "add a line [" STR_FMT "]: target", STR_ARG(reference->label));
	check_key(check, diag, reference->label);
}

/* Templates hold references to be filled in. */
static bool is_template(const struct model *model, const struct page *page)
{
	for (size_t i = 0; i < model->skipped.n; i++)
		if (model->skipped.data[i].source == page->source && strstr(model->skipped.data[i].why, "template"))
			return true;
	return false;
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		if (!page->md || !page->md->undefined.n || is_template(model, page))
			continue;
		for (size_t k = 0; k < page->md->undefined.n; k++)
			if (!is_code_like(page->source, &page->md->undefined.data[k]))
				report(check, page, &page->md->undefined.data[k]);
	}
}

const struct rule rule_link_undefined_reference = {
	.name = "link-undefined-reference",
	.severity = SEVERITY_WARNING,
	.group = "links",
	.summary = "a reference link whose definition is missing",
	.explain = "[text][ref] needs a line [ref]: target somewhere in the document; without it readers see the brackets. Single "
		   "brackets, task boxes, footnotes and subscripts of code are no references.",
	.example = "see [the handbook][handbok], where only [handbook]: is defined",
	.cure = "Correct the label, or add its definition.",
	.run = run,
};
