/* link-undefined-reference: [text][ref] without a definition of ref. */
#include "check/check.h"

/* Definitions of a document that are looked at for a similar label. */
#define MAX_LABELS 200

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 128;
}

/* Patterns of code in prose: [a-z][0-9], ${x[a]}[b]. */
static bool is_code_like(const struct md_reference *reference)
{
	size_t letters = 0;
	for (size_t i = 0; i < reference->label.size; i++)
		letters += is_letter(reference->label.data[i]);
	return letters < 2 || str_find_char(reference->label, '$') != SIZE_MAX;
}

/* Labels that are defined: `[label]: url` lines. */
struct labels {
	VEC(struct str) list;
};

static struct labels find_labels(struct check *check, struct str rest)
{
	struct labels labels = {0};
	while (rest.size && labels.list.n < MAX_LABELS) {
		struct str line = str_trim_left(str_cut_line(&rest));
		size_t close = str_starts(line, STR("[")) ? str_find(line, STR("]:")) : SIZE_MAX;
		if (close != SIZE_MAX && close > 1)
			vec_add(check->arena, &labels.list, str_sub(line, 1, close - 1));
	}
	return labels;
}

static void report(struct check *check, const struct labels *labels, const struct md_reference *reference)
{
	struct diag *diag = check_report(check, reference->span, "no definition of the reference [" STR_FMT "]",
					 STR_ARG(reference->label));
	struct str near = nearest_find(reference->label, labels->list.data, labels->list.n);
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
		struct labels labels = find_labels(check, page->source->text);
		for (size_t k = 0; k < page->md->undefined.n; k++)
			if (!is_code_like(&page->md->undefined.data[k]))
				report(check, &labels, &page->md->undefined.data[k]);
	}
}

const struct rule rule_link_undefined_reference = {
	.name = "link-undefined-reference",
	.severity = SEVERITY_WARNING,
	.group = "links",
	.summary = "a reference link whose definition is missing",
	.explain =
		"[text][ref] needs a line [ref]: target somewhere in the document; without it readers see the "
		"brackets. Single brackets, task boxes, footnotes and subscripts of code are no references. In "
		"a document that defines no reference at all, [one][two] with a single word in its first brackets is "
		"taken for text, as in a log line [INFO][main].",
	.example = "see [the handbook][handbok], where only [handbook]: is defined",
	.cure = "Correct the label, or add its definition.",
	.run = run,
};
