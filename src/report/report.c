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
