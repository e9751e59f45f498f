/* Pages about the whole: home, estates, findings, and the page for what is not there. */
#include "render/pages.h"

/* Findings listed before the page is cut. */
enum { FINDINGS_SHOWN = 3000 };

/* ---- estates ---- */

static void count_item(struct writer *writer, size_t n, const char *one, const char *many)
{
	if (n)
		buf_addf(writer->out, "<li><strong>%zu</strong> %s</li>\n", n, n == 1 ? one : many);
}

/* "28 nodes", or "28–31 nodes" where a cluster declares a range. */
static void nodes_item(struct writer *writer, const struct estate *estate)
{
	long long min = 0, max = 0;
	for (size_t i = 0; i < estate->clusters.n; i++) {
		struct count_value count = cluster_count(estate->clusters.data[i]);
		long long listed = (long long)estate->clusters.data[i]->nodes.n;
		min += listed ? listed : count.min > 0 ? count.min : 0;
		max += listed ? listed : count.max > 0 ? count.max : 0;
	}
	if (max > min)
		buf_addf(writer->out, "<li><strong>%lld–%lld</strong> nodes</li>\n", min, max);
	else
		count_item(writer, (size_t)min, "node", "nodes");
}

struct tally {
	size_t documents, decisions, contradictions;
};

static struct tally tally_of(const struct site *site, const struct estate *estate)
{
	struct tally tally = {0};
	const struct entity *entity = &estate->entity;
	const struct fact_list *wrong =
		map_find(&site->nav->contradictions_of, (struct str){(const char *)&entity, sizeof entity});
	for (size_t i = 0; i < site->model->pages.n; i++)
		tally.documents += site->model->pages.data[i]->estate == estate &&
				   site->model->pages.data[i]->kind == PAGE_DOCUMENT;
	for (size_t i = 0; i < site->model->decisions.n; i++)
		tally.decisions += site->model->decisions.data[i]->estate == estate;
	tally.contradictions = wrong ? wrong->list.n : 0;
	return tally;
}

static void write_counts(struct writer *writer, const struct estate *estate)
{
	struct tally tally = tally_of(writer->site, estate);
	buf_adds(writer->out, "<ul class=\"counts\">\n");
	count_item(writer, estate->clusters.n, "cluster", "clusters");
	nodes_item(writer, estate);
	count_item(writer, estate->networks.n, "network", "networks");
	count_item(writer, estate->devices.n, "device", "devices");
	count_item(writer, estate->services.n, "service", "services");
	count_item(writer, tally.documents, "document", "documents");
	count_item(writer, tally.decisions, "decision", "decisions");
	count_item(writer, tally.contradictions, "contradiction", "contradictions");
	buf_adds(writer->out, "</ul>\n");
}

/* The page a reader of the estate begins with: the index of its documents, else its topology. */
static struct str estate_start(const struct site *site, const struct estate *estate)
{
	struct str path = estate->folder.size ? estate->folder : STR("");
	const struct page *page = path.size ? model_page(site->model, path) : NULL;
	return page ? page->url : estate->entity.url;
}

static void write_card(struct writer *writer, const struct estate *estate)
{
	buf_adds(writer->out, "<li class=\"card\">\n<h3>");
	write_link(writer, estate_start(writer->site, estate), entity_title(&estate->entity));
	buf_adds(writer->out, "</h3>\n");
	if (estate->entity.description.str.size) {
		buf_adds(writer->out, "<p>");
		html_text(writer->out, estate->entity.description.str);
		buf_adds(writer->out, "</p>\n");
	}
	write_counts(writer, estate);
	if (map_has(&writer->site->nav->page_by_url, estate->entity.url)) {
		buf_adds(writer->out, "<p class=\"card-links\">");
		write_link(writer, estate->entity.url, STR("Topology"));
		buf_adds(writer->out, "</p>\n");
	}
	buf_adds(writer->out, "</li>\n");
}

void estates_section(struct writer *writer)
{
	const struct model *model = writer->site->model;
	size_t n = 0;
	for (size_t i = 0; i < model->estates.n; i++)
		n += model->estates.data[i]->topology != NULL;
	if (!n)
		return;
	write_heading(writer, 2, n == 1 ? STR("At a glance") : STR("Estates"),
		      n == 1 ? STR("at-a-glance") : STR("estates"));
	buf_adds(writer->out, "<ul class=\"cards\">\n");
	for (size_t i = 0; i < model->estates.n; i++)
		if (model->estates.data[i]->topology)
			write_card(writer, model->estates.data[i]);
	buf_adds(writer->out, "</ul>\n");
}

static void clusters_table(struct writer *writer, const struct estate *estate)
{
	static const char *const heads[] = {"Cluster", "Platform", "Nodes", "Purpose"};
	if (!estate->clusters.n)
		return;
	write_heading(writer, 2, STR("Clusters"), STR("clusters"));
	begin_table(writer, "Clusters", heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		struct count_value count = cluster_count(cluster);
		buf_adds(writer->out, "<tr><td>");
		write_entity(writer, &cluster->entity);
		buf_adds(writer->out, "</td><td>");
		html_text(writer->out, cluster->platform.str);
		buf_adds(writer->out, "</td><td class=\"number\">");
		if (count.min >= 0)
			buf_addf(writer->out, count.min == count.max ? "%lld" : "%lld\xe2\x80\x93%lld", count.min,
				 count.max);
		buf_adds(writer->out, "</td><td>");
		html_text(writer->out,
			  cluster->purpose.str.size ? cluster->purpose.str : cluster->entity.description.str);
		buf_adds(writer->out, "</td></tr>\n");
	}
	end_table(writer);
}

static void networks_table(struct writer *writer, const struct estate *estate)
{
	static const char *const heads[] = {"Network", "Prefix", "Purpose", "Addresses used"};
	if (!estate->networks.n)
		return;
	write_heading(writer, 2, STR("Networks"), STR("networks"));
	begin_table(writer, "Networks", heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < estate->networks.n; i++) {
		const struct network *network = estate->networks.data[i];
		buf_adds(writer->out, "<tr><td>");
		write_entity(writer, &network->entity);
		buf_adds(writer->out, "</td><td>");
		for (size_t k = 0; k < network->cidrs.n; k++) {
			buf_adds(writer->out, k ? "<br><code>" : "<code>");
			html_text(writer->out, network->cidrs.data[k].word.str);
			buf_adds(writer->out, "</code>");
		}
		buf_adds(writer->out, "</td><td>");
		html_text(writer->out,
			  network->purpose.str.size ? network->purpose.str : network->entity.description.str);
		buf_addf(writer->out, "</td><td class=\"number\">%zu</td></tr>\n",
			 links_of(writer->site, &network->entity)->addresses.n);
	}
	end_table(writer);
}

static void devices_table(struct writer *writer, const struct estate *estate)
{
	static const char *const heads[] = {"Device", "Kind", "Addresses"};
	if (!estate->devices.n)
		return;
	write_heading(writer, 2, STR("Devices"), STR("devices"));
	begin_table(writer, "Devices", heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < estate->devices.n; i++) {
		const struct device *device = estate->devices.data[i];
		buf_adds(writer->out, "<tr><td>");
		write_entity(writer, &device->entity);
		buf_adds(writer->out, "</td><td>");
		html_text(writer->out, device->device_kind.str);
		buf_adds(writer->out, "</td><td>");
		for (size_t k = 0; k < device->addresses.n; k++) {
			buf_adds(writer->out, k ? "<br>" : "");
			write_address(writer, &device->addresses.data[k]);
		}
		buf_adds(writer->out, "</td></tr>\n");
	}
	end_table(writer);
}

static void services_table(struct writer *writer, const struct estate *estate)
{
	static const char *const heads[] = {"Service", "Runs on", "Address", "Hosts"};
	if (!estate->services.n)
		return;
	write_heading(writer, 2, STR("Services"), STR("services"));
	begin_table(writer, "Services", heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < estate->services.n; i++) {
		const struct service *service = estate->services.data[i];
		buf_adds(writer->out, "<tr><td>");
		write_entity(writer, &service->entity);
		buf_adds(writer->out, "</td><td>");
		for (size_t k = 0; k < service->runs_on.n; k++) {
			buf_adds(writer->out, k ? ", " : "");
			if (service->runs_on.data[k].entity)
				write_entity(writer, service->runs_on.data[k].entity);
			else
				html_text(writer->out, service->runs_on.data[k].word.str);
		}
		buf_adds(writer->out, "</td><td>");
		for (size_t k = 0; k < service->addresses.n; k++) {
			buf_adds(writer->out, k ? "<br><code>" : "<code>");
			html_text(writer->out, service->addresses.data[k].word.str);
			buf_adds(writer->out, "</code>");
		}
		buf_adds(writer->out, "</td><td>");
		for (size_t k = 0; k < service->hosts.n; k++) {
			buf_adds(writer->out, k ? "<br><code>" : "<code>");
			html_text(writer->out, service->hosts.data[k].str);
			buf_adds(writer->out, "</code>");
		}
		buf_adds(writer->out, "</td></tr>\n");
	}
	end_table(writer);
}

static void retired_list(struct writer *writer, const struct estate *estate)
{
	if (!estate->retired.n)
		return;
	write_heading(writer, 2, STR("Retired"), STR("retired"));
	buf_adds(writer->out, "<ul>\n");
	for (size_t i = 0; i < estate->retired.n; i++) {
		const struct retired *retired = estate->retired.data[i];
		buf_adds(writer->out, "<li>");
		html_text(writer->out, entity_title(&retired->entity));
		if (retired->was_kind.str.size) {
			buf_adds(writer->out, " <span class=\"hint\">");
			html_text(writer->out, retired->was_kind.str);
			buf_adds(writer->out, "</span>");
		}
		if (retired->replaced_by.word.str.size) {
			buf_adds(writer->out, ", replaced by ");
			if (retired->replaced_by.entity)
				write_entity(writer, retired->replaced_by.entity);
			else
				html_text(writer->out, retired->replaced_by.word.str);
		}
		if (retired->since.str.size) {
			buf_adds(writer->out, ", since ");
			html_text(writer->out, retired->since.str);
		}
		buf_adds(writer->out, "</li>\n");
	}
	buf_adds(writer->out, "</ul>\n");
}

static void logs_list(struct writer *writer, const struct estate *estate)
{
	const struct map *logs = &writer->site->nav->log_of_page;
	bool any = false;
	for (size_t i = 0; i < logs->n; i++) {
		const struct decision_log *log = logs->items[i].value;
		if (log->estate != estate)
			continue;
		if (!any) {
			write_heading(writer, 2, STR("Decisions"), STR("decisions"));
			buf_adds(writer->out, "<ul>\n");
		}
		any = true;
		buf_adds(writer->out, "<li>");
		write_link(writer, logs->items[i].key, STR("Decision log"));
		buf_addf(writer->out, " <span class=\"hint\">%zu record%s</span></li>\n", log->decisions.n,
			 log->decisions.n == 1 ? "" : "s");
	}
	if (any)
		buf_adds(writer->out, "</ul>\n");
}

void estate_body(struct writer *writer, const void *what)
{
	const struct estate *estate = what;
	write_title(writer, "Topology", entity_title(&estate->entity));
	write_description(writer, &estate->entity);
	write_counts(writer, estate);
	write_drawing(writer, site_drawing(writer->site, &estate->entity), STR_NONE);
	write_stated(writer, &estate->entity);
	clusters_table(writer, estate);
	networks_table(writer, estate);
	devices_table(writer, estate);
	services_table(writer, estate);
	retired_list(writer, estate);
	logs_list(writer, estate);
	if (!span_is_none(estate->entity.id.span)) {
		begin_facts(writer);
		write_entity_facts(writer, &estate->entity);
		end_facts(writer);
	}
}

/* ---- home ---- */

static void home_body(struct writer *writer, const void *what)
{
	const struct model *model = what;
	enum { SHOWN = 40 };
	size_t shown = 0;
	write_title(writer, "", writer->page->title);
	estates_section(writer);
	if (model->pages.n) {
		write_heading(writer, 2, STR("Documents"), STR("documents"));
		buf_adds(writer->out, "<ul>\n");
		for (size_t i = 0; i < model->pages.n && shown < SHOWN; i++) {
			if (model->pages.data[i]->kind != PAGE_DOCUMENT)
				continue;
			shown++;
			buf_adds(writer->out, "<li>");
			write_link(writer, model->pages.data[i]->url, page_title(model->pages.data[i]));
			buf_adds(writer->out, "</li>\n");
		}
		buf_adds(writer->out, "</ul>\n");
	}
	const struct map *logs = &writer->site->nav->log_of_page;
	if (!logs->n)
		return;
	write_heading(writer, 2, STR("Decisions"), STR("decisions"));
	buf_adds(writer->out, "<ul>\n");
	for (size_t i = 0; i < logs->n; i++) {
		const struct decision_log *log = logs->items[i].value;
		buf_adds(writer->out, "<li>");
		write_link(writer, logs->items[i].key, log->folder.size ? log->folder : STR("Decision log"));
		buf_addf(writer->out, " <span class=\"hint\">%zu record%s</span></li>\n", log->decisions.n,
			 log->decisions.n == 1 ? "" : "s");
	}
	buf_adds(writer->out, "</ul>\n");
}

/* ---- findings ---- */

/* The page of a note that stands in another file than its finding. */
static void write_note_page(struct writer *writer, const struct diag *diag, struct span span)
{
	struct str path = span_is_none(span) ? STR_NONE : span_path(writer->site->model->sources, span);
	const struct page *page = path.size ? map_find(&writer->site->model->page_by_path, path) : NULL;
	if (!page || span.source == diag->span.source)
		return;
	buf_adds(writer->out, ": ");
	write_link(writer, page->url, page_title(page));
}

static void write_finding(struct writer *writer, const struct diag *diag)
{
	buf_addf(writer->out, "<li class=\"finding %s\">\n<p><span class=\"severity\">%s</span> ",
		 severity_name(diag->severity), severity_name(diag->severity));
	html_text(writer->out, diag->message);
	buf_adds(writer->out, "</p>\n<p class=\"where\">");
	write_place(writer, diag->span);
	buf_adds(writer->out, " <code class=\"rule\">");
	html_text(writer->out, str_from(diag->rule));
	buf_adds(writer->out, "</code></p>\n");
	for (size_t i = 0; i < diag->notes.n; i++) {
		buf_adds(writer->out, "<p class=\"where\">");
		write_place(writer, diag->notes.data[i].span);
		buf_addc(writer->out, ' ');
		html_text(writer->out, diag->notes.data[i].message);
		write_note_page(writer, diag, diag->notes.data[i].span);
		buf_adds(writer->out, "</p>\n");
	}
	if (diag->help.size) {
		buf_adds(writer->out, "<p class=\"help\">");
		html_text(writer->out, diag->help);
		buf_adds(writer->out, "</p>\n");
	}
	buf_adds(writer->out, "</li>\n");
}

static void write_file_heading(struct writer *writer, uint32_t source)
{
	const struct sources *sources = writer->site->model->sources;
	bool known = source < sources->list.n;
	struct str path = known ? sources->list.data[source]->path : STR("The whole workspace");
	const struct page *page = known ? map_find(&writer->site->model->page_by_path, path) : NULL;
	write_heading(writer, 2, path, utf8_slug(writer->arena, path));
	if (page) {
		buf_adds(writer->out, "<p>");
		write_link(writer, page->url, page_title(page));
		buf_adds(writer->out, "</p>\n");
	}
}

static void findings_body(struct writer *writer, const void *what)
{
	const struct diags *diags = what;
	size_t shown = 0;
	uint32_t file = SPAN_NOWHERE - 1;
	write_title(writer, "", STR("Findings"));
	if (!diags || !diags->list.n) {
		buf_adds(writer->out, "<p class=\"lead\">Nothing contradicts anything else.</p>\n");
		return;
	}
	buf_adds(writer->out, "<ul class=\"counts\">\n");
	count_item(writer, diags_count(diags, SEVERITY_ERROR), "error", "errors");
	count_item(writer, diags_count(diags, SEVERITY_WARNING), "warning", "warnings");
	count_item(writer, diags_count(diags, SEVERITY_INFO), "info", "infos");
	buf_adds(writer->out, "</ul>\n");
	for (; shown < diags->list.n && shown < FINDINGS_SHOWN; shown++) {
		const struct diag *diag = &diags->list.data[shown];
		if (diag->span.source != file) {
			buf_adds(writer->out, shown ? "</ul>\n" : "");
			file = diag->span.source;
			write_file_heading(writer, file);
			buf_adds(writer->out, "<ul class=\"findings\">\n");
		}
		write_finding(writer, diag);
	}
	buf_adds(writer->out, "</ul>\n");
	if (shown < diags->list.n)
		buf_addf(writer->out, "<p>and %zu more</p>\n", diags->list.n - shown);
}

/* ---- not found ---- */

static void missing_body(struct writer *writer, const void *what)
{
	(void)what;
	write_title(writer, "", writer->page->title);
	bool has_names = map_has(&writer->site->nav->page_by_url, STR("names/index.html"));
	buf_adds(writer->out, "<p class=\"lead\">There is no page at this address. Start again at ");
	write_link(writer, STR("index.html"), STR("the first page"));
	if (has_names) {
		buf_adds(writer->out, ", or look among ");
		write_link(writer, STR("names/index.html"), STR("all names"));
	}
	buf_adds(writer->out, ".</p>\n");
}

void plan_general(struct site *site)
{
	struct str title = site->model->title.size ? site->model->title : STR("Documentation");
	page_add(site, (struct site_page){.url = STR("index.html"),
					  .title = title,
					  .kind = "home",
					  .body = home_body,
					  .what = site->model});
	site->nav->findings_url = STR("findings.html");
	site->nav->n_errors = site->diags ? diags_count(site->diags, SEVERITY_ERROR) : 0;
	site->nav->n_warnings = site->diags ? diags_count(site->diags, SEVERITY_WARNING) : 0;
	page_add(site, (struct site_page){.url = site->nav->findings_url,
					  .title = STR("Findings"),
					  .kind = "findings",
					  .description = STR("What contradicts what in these documents"),
					  .body = findings_body,
					  .what = site->diags});
	page_add(site, (struct site_page){.url = STR("404.html"),
					  .title = STR("Page not found"),
					  .kind = "missing",
					  .body = missing_body,
					  .from_root = true});
}
