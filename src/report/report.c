/* The catalogue of report formats, and the counts that all of them print. */
#include "report/report.h"

#define X(name) extern const struct report_format name;
#include "reports.inc"
#undef X

const struct report_format *const report_formats[] = {
#define X(name) &name,
#include "reports.inc"
#undef X
};
const size_t n_report_formats = sizeof report_formats / sizeof *report_formats;

const struct report_format *report_format_find(struct str name)
{
	for (size_t i = 0; i < n_report_formats; i++)
		if (str_is(name, report_formats[i]->name))
			return report_formats[i];
	return NULL;
}

struct summary report_summary(const struct compilation *c)
{
	const struct model *model = c->model;
	struct summary s = {.errors = diags_count(c->diags, SEVERITY_ERROR),
			    .warnings = diags_count(c->diags, SEVERITY_WARNING),
			    .infos = diags_count(c->diags, SEVERITY_INFO),
			    .decisions = model->decisions.n,
			    .machines = model->machines.n,
			    .facts = c->facts};
	for (size_t i = 0; i < model->pages.n; i++) {
		s.links += model->pages.data[i]->links.n;
		s.diagrams += model->pages.data[i]->diagrams.n + (model->pages.data[i]->kind == PAGE_DIAGRAM);
		s.pages += model->pages.data[i]->kind != PAGE_DIAGRAM;
	}
	for (size_t i = 0; i < model->estates.n; i++) {
		const struct estate *estate = model->estates.data[i];
		s.estates += estate->topology != NULL;
		s.networks += estate->networks.n;
		s.clusters += estate->clusters.n;
		s.services += estate->services.n;
		for (size_t k = 0; k < estate->clusters.n; k++)
			s.nodes += estate->clusters.data[k]->nodes.n;
	}
	return s;
}

static void add_amount(struct buf *out, size_t n, const char *one, bool *first)
{
	if (n)
		buf_addf(out, "%s%zu %s%s", *first ? " (" : ", ", n, one, n == 1 ? "" : "s");
	*first &= !n;
}

void report_machine_counts(struct buf *out, const struct machine_use *use)
{
	bool first = true;
	add_amount(out, use->nodes, "node", &first);
	add_amount(out, use->vips, "VIP", &first);
	add_amount(out, use->versions, "version", &first);
	add_amount(out, use->networks, "network", &first);
	add_amount(out, use->pools, "pool", &first);
	add_amount(out, use->devices, "device", &first);
	add_amount(out, use->services, "service", &first);
	add_amount(out, use->unread, "template value", &first);
	buf_adds(out, first ? "" : ")");
}

struct str report_path(struct arena *arena, struct str path)
{
	return utf8_invalid_at(path) == SIZE_MAX ? path : utf8_printable(arena, path);
}

struct str report_repository_path(const struct report *report, struct span span)
{
	const struct sources *sources = &report->compilation->loaded->sources;
	struct str path = STR("lintel.yaml");
	if (!span_is_none(span))
		path = span_path(sources, span);
	else if (!source_find(sources, path) && sources->list.n)
		path = sources->list.data[0]->path;
	return report_path(report->arena, path_join(report->arena, report->prefix, path));
}

struct place report_points(const struct report *report, struct span span)
{
	const struct sources *sources = &report->compilation->loaded->sources;
	if (span_is_none(span))
		return (struct place){1, 1, 1, 1};
	struct place place = span_place(sources, span);
	struct str text = sources->list.data[span.source]->text;
	size_t end = (size_t)span.off + span.size;
	if (sources->list.data[span.source]->is_ascii)
		return place;
	place.col = 1 + (uint32_t)utf8_count(str_sub(text, span.off - (place.col - 1), place.col - 1));
	place.end_col = 1 + (uint32_t)utf8_count(str_sub(text, end - (place.end_col - 1), place.end_col - 1));
	return place;
}

struct str *report_fingerprints(const struct report *report)
{
	const struct compilation *c = report->compilation;
	struct str *prints = NEW_ARRAY(report->arena, struct str, c->diags->list.n + 1);
	struct map seen = {.arena = report->arena};
	for (size_t i = 0; i < c->diags->list.n; i++) {
		prints[i] = diag_fingerprint(report->arena, &c->loaded->sources, &c->diags->list.data[i]);
		size_t *n = map_find(&seen, prints[i]);
		if (!n) {
			n = NEW(report->arena, size_t);
			map_put(&seen, prints[i], n);
		}
		if (++*n > 1)
			prints[i] = str_format(report->arena, STR_FMT "-%zu", STR_ARG(prints[i]), *n);
	}
	return prints;
}

size_t *report_by_severity(const struct report *report)
{
	const struct diags *diags = report->compilation->diags;
	size_t *order = NEW_ARRAY(report->arena, size_t, diags->list.n + 1);
	size_t n = 0;
	for (enum severity s = SEVERITY_ERROR; s > SEVERITY_OFF; s--)
		for (size_t i = 0; i < diags->list.n; i++)
			if (diags->list.data[i].severity == s)
				order[n++] = i;
	return order;
}
