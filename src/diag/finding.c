/* Findings: severities, order, fingerprints; and the troubles they are made from. */
#include "diag/diag.h"

#include <stdlib.h>

static const char *const severity_names[] = {"off", "info", "warning", "error"};

const char *severity_name(enum severity severity)
{
	return severity_names[severity];
}

bool severity_parse(struct str s, enum severity *severity)
{
	for (size_t i = 0; i < sizeof severity_names / sizeof *severity_names; i++)
		if (str_is(s, severity_names[i])) {
			*severity = (enum severity)i;
			return true;
		}
	return false;
}

struct trouble *trouble_add(struct arena *arena, struct troubles *troubles, struct trouble trouble)
{
	return vec_add(arena, &troubles->list, trouble);
}

struct str diag_fingerprint(struct arena *arena, const struct sources *sources, const struct diag *diag)
{
	struct str words = diag->key.size ? diag->key : diag->message;
	struct str path = span_path(sources, diag->span);
	struct str all = str_format(arena, "%s\n" STR_FMT "\n" STR_FMT, diag->rule, STR_ARG(path), STR_ARG(words));
	return str_sub(hash_hex(arena, all), 0, 16);
}

static int diag_cmp(const void *left, const void *right)
{
	const struct diag *a = left, *b = right;
	int order = span_cmp(a->span, b->span);
	if (!order)
		order = strcmp(a->rule, b->rule);
	return order ? order : str_cmp(a->message, b->message);
}

void diags_sort(const struct sources *sources, struct diags *diags)
{
	(void)sources; /* source ids follow the order of paths */
	if (!diags->list.n)
		return;
	qsort(diags->list.data, diags->list.n, sizeof *diags->list.data, diag_cmp);
	size_t kept = 1;
	for (size_t i = 1; i < diags->list.n; i++)
		if (diag_cmp(&diags->list.data[kept - 1], &diags->list.data[i]))
			diags->list.data[kept++] = diags->list.data[i];
	diags->list.n = kept;
}

size_t diags_count(const struct diags *diags, enum severity severity)
{
	size_t n = 0;
	for (size_t i = 0; i < diags->list.n; i++)
		n += diags->list.data[i].severity == severity;
	return n;
}
