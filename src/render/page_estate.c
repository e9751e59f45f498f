/* Pages of estates: their parts in tables, and the cards that the first page shows of them. */
#include "render/pages.h"

void count_item(struct writer *writer, size_t n, const char *one, const char *many)
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

static const struct entity *cluster_at(const struct estate *estate, size_t i)
{
	return &estate->clusters.data[i]->entity;
}

static const struct entity *network_at(const struct estate *estate, size_t i)
{
	return &estate->networks.data[i]->entity;
}

/* "Clusters: prod, agentic, monit". */
static void card_links(struct writer *writer, const char *label, size_t n, const struct estate *estate,
		       const struct entity *(*at)(const struct estate *, size_t))
{
	enum { SHOWN = 8 };
	if (!n)
		return;
	buf_addf(writer->out, "<p><span class=\"hint\">%s:</span> ", label);
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		buf_adds(writer->out, i ? ", " : "");
		write_entity(writer, at(estate, i));
	}
	if (n > SHOWN)
		buf_addf(writer->out, " and %zu more", n - SHOWN);
	buf_adds(writer->out, "</p>\n");
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
	card_links(writer, "Clusters", estate->clusters.n, estate, cluster_at);
	card_links(writer, "Networks", estate->networks.n, estate, network_at);
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

static struct str purpose_of(struct str purpose, const struct entity *entity)
{
	return purpose.size ? purpose : entity->description.str;
}

static void write_codes(struct writer *writer, const struct word *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_adds(writer->out, i ? "<br><code>" : "<code>");
		html_text(writer->out, words[i].str);
		buf_adds(writer->out, "</code>");
	}
}

static void clusters_table(struct writer *writer, const struct estate *estate)
{
	static const struct table_column columns[] = {
		{STR("Cluster"), NULL}, {STR("Platform"), NULL}, {STR("Nodes"), "number"}, {STR("Purpose"), NULL}};
	struct table table;
	if (!estate->clusters.n)
		return;
	write_heading(writer, 2, STR("Clusters"), STR("clusters"));
	columns_begin(&table, writer, "Clusters", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		struct count_value count = cluster_count(cluster);
		column_cell(&table);
		write_entity(writer, &cluster->entity);
		column_text(&table, cluster->platform.str);
		column_cell(&table);
		if (count.min >= 0)
			buf_addf(writer->out, count.min == count.max ? "%lld" : "%lld\xe2\x80\x93%lld", count.min,
				 count.max);
		column_text(&table, purpose_of(cluster->purpose.str, &cluster->entity));
	}
	columns_end(&table);
}

static void networks_table(struct writer *writer, const struct estate *estate)
{
	static const struct table_column columns[] = {{STR("Network"), NULL},
						      {STR("Prefix"), NULL},
						      {STR("Purpose"), NULL},
						      {STR("Addresses used"), "number"}};
	struct table table;
	if (!estate->networks.n)
		return;
	write_heading(writer, 2, STR("Networks"), STR("networks"));
	columns_begin(&table, writer, "Networks", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < estate->networks.n; i++) {
		const struct network *network = estate->networks.data[i];
		column_cell(&table);
		write_entity(writer, &network->entity);
		column_cell(&table);
		for (size_t k = 0; k < network->cidrs.n; k++)
			write_codes(writer, &network->cidrs.data[k].word, 1);
		column_text(&table, purpose_of(network->purpose.str, &network->entity));
		column_cell(&table);
		size_t used = links_of(writer->site, &network->entity)->addresses.n;
		if (used)
			buf_addf(writer->out, "%zu", used);
	}
	columns_end(&table);
}

static void devices_table(struct writer *writer, const struct estate *estate)
{
	static const struct table_column columns[] = {
		{STR("Device"), NULL}, {STR("Kind"), NULL}, {STR("Addresses"), NULL}, {STR("Description"), NULL}};
	struct table table;
	if (!estate->devices.n)
		return;
	write_heading(writer, 2, STR("Devices"), STR("devices"));
	columns_begin(&table, writer, "Devices", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < estate->devices.n; i++) {
		const struct device *device = estate->devices.data[i];
		column_cell(&table);
		write_entity(writer, &device->entity);
		column_text(&table, device->device_kind.str);
		column_cell(&table);
		for (size_t k = 0; k < device->addresses.n; k++) {
			buf_adds(writer->out, k ? "<br>" : "");
			write_address(writer, &device->addresses.data[k]);
		}
		column_text(&table, device->entity.description.str);
	}
	columns_end(&table);
}

static void services_table(struct writer *writer, const struct estate *estate)
{
	static const struct table_column columns[] = {{STR("Service"), NULL},
						      {STR("Runs on"), NULL},
						      {STR("Version"), NULL},
						      {STR("Address"), NULL},
						      {STR("Hosts"), NULL}};
	struct table table;
	if (!estate->services.n)
		return;
	write_heading(writer, 2, STR("Services"), STR("services"));
	columns_begin(&table, writer, "Services", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < estate->services.n; i++) {
		const struct service *service = estate->services.data[i];
		column_cell(&table);
		write_entity(writer, &service->entity);
		column_cell(&table);
		for (size_t k = 0; k < service->runs_on.n; k++) {
			buf_adds(writer->out, k ? ", " : "");
			if (service->runs_on.data[k].entity)
				write_entity(writer, service->runs_on.data[k].entity);
			else
				html_text(writer->out, service->runs_on.data[k].word.str);
		}
		column_text(&table, service->version.str);
		column_cell(&table);
		for (size_t k = 0; k < service->addresses.n; k++) {
			buf_adds(writer->out, k ? "<br>" : "");
			write_codes(writer, &service->addresses.data[k].word, 1);
		}
		column_cell(&table);
		write_codes(writer, service->hosts.data, service->hosts.n);
	}
	columns_end(&table);
}

/* ---- what runs where ---- */

enum { PLACES_MAX = 14, PLACED_MIN = 3, PLACED_MAX = 300 };

struct places {
	VEC(const struct entity *) list;
	bool by_cluster; /* nodes are told as their cluster */
};

static const struct entity *place_of(const struct places *places, const struct entity *entity)
{
	if (!entity || !places->by_cluster || entity->kind != ENTITY_NODE)
		return entity;
	const struct node *node = (const struct node *)entity;
	return node->cluster ? &node->cluster->entity : entity;
}

static size_t place_index(const struct places *places, const struct entity *entity)
{
	size_t i = 0;
	while (i < places->list.n && places->list.data[i] != entity)
		i++;
	return i;
}

/* False when there are too many for a table to stay readable. */
static bool find_places(struct arena *arena, const struct estate *estate, struct places *places)
{
	places->list.n = 0;
	for (size_t i = 0; i < estate->services.n; i++) {
		const struct service *service = estate->services.data[i];
		for (size_t k = 0; k < service->runs_on.n; k++) {
			const struct entity *place = place_of(places, service->runs_on.data[k].entity);
			if (!place || place_index(places, place) < places->list.n)
				continue;
			vec_add(arena, &places->list, place);
			if (places->list.n > PLACES_MAX)
				return false;
		}
	}
	return true;
}

static bool runs_on(const struct places *places, const struct service *service, const struct entity *place)
{
	for (size_t k = 0; k < service->runs_on.n; k++)
		if (place_of(places, service->runs_on.data[k].entity) == place)
			return true;
	return false;
}

/* Services against what they run on; the table of services says the same. */
static void placement_table(struct writer *writer, const struct estate *estate)
{
	struct places places = {0};
	struct table_column columns[PLACES_MAX + 1] = {{STR("Service"), NULL}};
	struct table table;
	size_t placed = 0;
	if (!find_places(writer->arena, estate, &places)) {
		places.by_cluster = true;
		if (!find_places(writer->arena, estate, &places))
			return;
	}
	for (size_t i = 0; i < estate->services.n; i++)
		placed += estate->services.data[i]->runs_on.n > 0;
	if (places.list.n < 2 || placed < PLACED_MIN)
		return;
	for (size_t c = 0; c < places.list.n; c++)
		columns[c + 1] = (struct table_column){entity_title(places.list.data[c]), "at"};
	write_heading(writer, 2, STR("What runs where"), STR("what-runs-where"));
	columns_begin(&table, writer, "What runs where", columns, places.list.n + 1);
	for (size_t i = 0, shown = 0; i < estate->services.n && shown < PLACED_MAX; i++) {
		const struct service *service = estate->services.data[i];
		if (!service->runs_on.n)
			continue;
		shown++;
		column_cell(&table);
		write_entity(writer, &service->entity);
		for (size_t c = 0; c < places.list.n; c++) {
			column_cell(&table);
			if (runs_on(&places, service, places.list.data[c]))
				buf_adds(writer->out, "<span class=\"dot\">yes</span>");
		}
	}
	columns_end(&table);
	if (placed > PLACED_MAX)
		buf_addf(writer->out, "<p>And %zu more.</p>\n", placed - PLACED_MAX);
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
	clusters_table(writer, estate);
	networks_table(writer, estate);
	devices_table(writer, estate);
	placement_table(writer, estate);
	services_table(writer, estate);
	retired_list(writer, estate);
	logs_list(writer, estate);
	if (!span_is_none(estate->entity.id.span)) {
		begin_facts(writer);
		write_entity_facts(writer, &estate->entity);
		end_facts(writer);
	}
	write_stated(writer, &estate->entity);
}
