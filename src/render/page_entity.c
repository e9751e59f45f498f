/* Pages of clusters, nodes, devices and services, and the plan of all entities' pages. */
#include "render/pages.h"

/* ---- what leads to an entity ---- */

static const struct entity_links no_links;

const struct entity_links *links_of(const struct site *site, const struct entity *entity)
{
	const struct entity_links *links =
		map_find(&site->nav->links_of, (struct str){(const char *)&entity, sizeof entity});
	return links ? links : &no_links;
}

static struct entity_links *links_at(struct site *site, const struct entity *entity)
{
	struct entity_links *links = map_find(&site->nav->links_of, (struct str){(const char *)&entity, sizeof entity});
	if (links)
		return links;
	links = NEW(site->arena, struct entity_links);
	const char *key = arena_copy(site->arena, &entity, sizeof(struct entity *));
	map_put(&site->nav->links_of, (struct str){key, sizeof entity}, links);
	return links;
}

static int use_cmp(const void *a, const void *b)
{
	const struct address_use *x = a, *y = b;
	int order = address_cmp(x->value->address, y->value->address);
	return order ? order : span_cmp(x->value->word.span, y->value->word.span);
}

static void find_links(struct site *site, const struct estate *estate)
{
	struct arena *arena = site->arena;
	for (size_t i = 0; i < estate->connections.n; i++) {
		const struct connection *connection = &estate->connections.data[i];
		if (connection->from.entity)
			vec_add(arena, &links_at(site, connection->from.entity)->connections, connection);
		if (connection->to.entity && connection->to.entity != connection->from.entity)
			vec_add(arena, &links_at(site, connection->to.entity)->connections, connection);
	}
	for (size_t i = 0; i < estate->services.n; i++)
		for (size_t k = 0; k < estate->services.data[i]->runs_on.n; k++)
			if (estate->services.data[i]->runs_on.data[k].entity)
				vec_add(arena,
					&links_at(site, estate->services.data[i]->runs_on.data[k].entity)->services,
					estate->services.data[i]);
	for (size_t i = 0; i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->networks.n; k++)
			if (estate->clusters.data[i]->networks.data[k].entity)
				vec_add(arena,
					&links_at(site, estate->clusters.data[i]->networks.data[k].entity)->clusters,
					estate->clusters.data[i]);
	for (size_t i = 0; i < estate->networks.n; i++)
		if (estate->networks.data[i]->parent.entity)
			vec_add(arena, &links_at(site, estate->networks.data[i]->parent.entity)->networks,
				estate->networks.data[i]);
	struct address_uses uses = estate_addresses(arena, estate);
	for (size_t i = 0; i < uses.list.n; i++)
		if (uses.list.data[i].value->valid && uses.list.data[i].value->network)
			vec_add(arena, &links_at(site, &uses.list.data[i].value->network->entity)->addresses,
				uses.list.data[i]);
	for (size_t i = 0; i < estate->networks.n; i++) {
		struct entity_links *links = links_at(site, &estate->networks.data[i]->entity);
		if (links->addresses.n > 1)
			qsort(links->addresses.data, links->addresses.n, sizeof *links->addresses.data, use_cmp);
	}
}

/* ---- pieces ---- */

void write_description(struct writer *writer, const struct entity *entity)
{
	if (!entity->description.str.size)
		return;
	buf_adds(writer->out, "<p class=\"lead\">");
	html_text(writer->out, entity->description.str);
	buf_adds(writer->out, "</p>\n");
}

void write_address(struct writer *writer, const struct address_value *value)
{
	buf_adds(writer->out, "<code>");
	html_text(writer->out, value->word.str);
	buf_adds(writer->out, "</code>");
	if (!value->network || &value->network->entity == writer->page->entity)
		return;
	buf_adds(writer->out, " <span class=\"hint\">in ");
	write_entity(writer, &value->network->entity);
	buf_adds(writer->out, "</span>");
}

void write_addresses(struct writer *writer, const char *label, const struct address_value *values, size_t n)
{
	if (!n)
		return;
	begin_fact(writer, label);
	for (size_t i = 0; i < n; i++) {
		buf_adds(writer->out, i ? "<br>" : "");
		write_address(writer, &values[i]);
		if (!values[i].label.str.size ||
		    (values[i].network && str_eq(values[i].label.str, values[i].network->entity.id.str)))
			continue;
		buf_adds(writer->out, " <span class=\"hint\">(");
		html_text(writer->out, values[i].label.str);
		buf_adds(writer->out, ")</span>");
	}
	end_fact(writer);
}

void write_connections(struct writer *writer, const struct entity *entity)
{
	static const char *const heads[] = {"From", "To", "What", "Network"};
	const struct entity_links *links = links_of(writer->site, entity);
	if (!links->connections.n)
		return;
	write_heading(writer, 2, STR("Connections"), STR("connections"));
	begin_table(writer, "Connections", heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < links->connections.n; i++) {
		const struct connection *connection = links->connections.data[i];
		buf_adds(writer->out, "<tr><td>");
		if (connection->from.entity)
			write_entity(writer, connection->from.entity);
		else
			html_text(writer->out, connection->from.word.str);
		buf_adds(writer->out, "</td><td>");
		if (connection->to.entity)
			write_entity(writer, connection->to.entity);
		else
			html_text(writer->out, connection->to.word.str);
		buf_adds(writer->out, "</td><td>");
		html_text(writer->out, connection->label.str);
		buf_adds(writer->out, "</td><td>");
		if (connection->network.entity)
			write_entity(writer, connection->network.entity);
		buf_adds(writer->out, "</td></tr>\n");
	}
	end_table(writer);
}

void write_services(struct writer *writer, const struct entity *entity)
{
	const struct entity_links *links = links_of(writer->site, entity);
	if (!links->services.n)
		return;
	write_heading(writer, 2, STR("Services"), STR("services"));
	buf_adds(writer->out, "<ul class=\"chips\">\n");
	for (size_t i = 0; i < links->services.n; i++) {
		buf_adds(writer->out, "<li>");
		write_entity(writer, &links->services.data[i]->entity);
		buf_adds(writer->out, "</li>\n");
	}
	buf_adds(writer->out, "</ul>\n");
}

static void write_ref(struct writer *writer, const struct entity_ref *ref)
{
	if (ref->entity)
		write_entity(writer, ref->entity);
	else
		html_text(writer->out, ref->word.str);
}

static void write_refs(struct writer *writer, const char *label, const struct entity_ref *refs, size_t n)
{
	if (!n)
		return;
	begin_fact(writer, label);
	for (size_t i = 0; i < n; i++) {
		buf_adds(writer->out, i ? ", " : "");
		write_ref(writer, &refs[i]);
	}
	end_fact(writer);
}

/* ---- clusters ---- */

static void write_versions(struct writer *writer, const struct cluster *cluster)
{
	if (!cluster->versions.n)
		return;
	begin_fact(writer, "Versions");
	for (size_t i = 0; i < cluster->versions.n; i++) {
		buf_adds(writer->out, i ? ", " : "");
		html_text(writer->out, cluster->versions.data[i].component.str);
		buf_addc(writer->out, ' ');
		html_text(writer->out, cluster->versions.data[i].version.str);
	}
	end_fact(writer);
}

static void write_nodes(struct writer *writer, const struct cluster *cluster)
{
	static const struct table_column columns[] = {
		{STR("Node"), NULL},   {STR("Role"), NULL}, {STR("Address"), NULL}, {STR("CPU"), NULL},
		{STR("Memory"), NULL}, {STR("GPU"), NULL},  {STR("Storage"), NULL}, {STR("Zone"), NULL}};
	struct table table;
	if (!cluster->nodes.n)
		return;
	write_heading(writer, 2, STR("Nodes"), STR("nodes"));
	columns_begin(&table, writer, "Nodes", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < cluster->nodes.n; i++) {
		const struct node *node = cluster->nodes.data[i];
		column_cell(&table);
		write_entity(writer, &node->entity);
		column_text(&table, node->role.str);
		column_cell(&table);
		for (size_t k = 0; k < node->addresses.n; k++) {
			buf_adds(writer->out, k ? "<br><code>" : "<code>");
			html_text(writer->out, node->addresses.data[k].word.str);
			buf_adds(writer->out, "</code>");
		}
		column_text(&table, node->cpu.str);
		column_text(&table, node->memory.str);
		column_text(&table, node->gpu_model.str);
		column_text(&table, node->storage.str);
		column_text(&table, node->zone.str);
	}
	columns_end(&table);
}

void cluster_body(struct writer *writer, const void *what)
{
	const struct cluster *cluster = what;
	struct count_value count = cluster_count(cluster);
	write_title(writer, "Cluster", entity_title(&cluster->entity));
	write_description(writer, &cluster->entity);
	write_drawing(writer, site_drawing(writer->site, &cluster->entity), STR_NONE);
	begin_facts(writer);
	write_fact_text(writer, "Purpose", cluster->purpose.str);
	write_fact_text(writer, "Platform", cluster->platform.str);
	write_fact_text(writer, "Architecture", cluster->architecture.str);
	write_versions(writer, cluster);
	if (count.min >= 0)
		write_fact_text(writer, "Nodes",
				count.min == count.max
					? str_format(writer->arena, "%lld", count.min)
					: str_format(writer->arena, "%lld to %lld", count.min, count.max));
	write_refs(writer, "Networks", cluster->networks.data, cluster->networks.n);
	write_addresses(writer, "Virtual addresses", cluster->vips.data, cluster->vips.n);
	write_addresses(writer, "DNS", cluster->dns.data, cluster->dns.n);
	write_entity_facts(writer, &cluster->entity);
	end_facts(writer);
	write_nodes(writer, cluster);
	write_services(writer, &cluster->entity);
	write_connections(writer, &cluster->entity);
	write_stated(writer, &cluster->entity);
}

/* ---- nodes ---- */

void node_body(struct writer *writer, const void *what)
{
	const struct node *node = what;
	write_title(writer, "Node", entity_title(&node->entity));
	write_description(writer, &node->entity);
	begin_facts(writer);
	if (node->cluster) {
		begin_fact(writer, "Cluster");
		write_entity(writer, &node->cluster->entity);
		end_fact(writer);
	}
	write_fact_text(writer, "Role", node->role.str);
	write_addresses(writer, node->addresses.n == 1 ? "Address" : "Addresses", node->addresses.data,
			node->addresses.n);
	write_fact_text(writer, "CPU", node->cpu.str);
	write_fact_text(writer, "Cores", node->cores.str);
	write_fact_text(writer, "Memory", node->memory.str);
	write_fact_text(writer, "Storage", node->storage.str);
	write_fact_text(writer, "GPU", node->gpu_model.str);
	write_fact_text(writer, "GPU memory", node->gpu_memory.str);
	write_fact_text(writer, "Platform", node->platform.str);
	write_fact_text(writer, "Architecture", node->architecture.str);
	write_fact_text(writer, "Zone", node->zone.str);
	if (node->runs.n) {
		begin_fact(writer, "Runs");
		for (size_t i = 0; i < node->runs.n; i++) {
			buf_adds(writer->out, i ? ", " : "");
			html_text(writer->out, node->runs.data[i].str);
		}
		end_fact(writer);
	}
	write_entity_facts(writer, &node->entity);
	end_facts(writer);
	write_drawing(writer, site_drawing(writer->site, &node->entity), STR_NONE);
	write_services(writer, &node->entity);
	write_connections(writer, &node->entity);
	write_stated(writer, &node->entity);
}

/* ---- devices and services ---- */

void device_body(struct writer *writer, const void *what)
{
	const struct device *device = what;
	write_title(writer, "Device", entity_title(&device->entity));
	write_description(writer, &device->entity);
	write_drawing(writer, site_drawing(writer->site, &device->entity), STR_NONE);
	begin_facts(writer);
	write_fact_text(writer, "Kind", device->device_kind.str);
	write_addresses(writer, device->addresses.n == 1 ? "Address" : "Addresses", device->addresses.data,
			device->addresses.n);
	write_entity_facts(writer, &device->entity);
	end_facts(writer);
	write_services(writer, &device->entity);
	write_connections(writer, &device->entity);
	write_stated(writer, &device->entity);
}

static void write_ports(struct writer *writer, const char *label, const struct port_value *ports, size_t n)
{
	if (!n)
		return;
	begin_fact(writer, label);
	for (size_t i = 0; i < n; i++) {
		buf_adds(writer->out, i ? ", " : "");
		html_text(writer->out, ports[i].word.str);
	}
	end_fact(writer);
}

void service_body(struct writer *writer, const void *what)
{
	const struct service *service = what;
	write_title(writer, "Service", entity_title(&service->entity));
	write_description(writer, &service->entity);
	write_drawing(writer, site_drawing(writer->site, &service->entity), STR_NONE);
	begin_facts(writer);
	write_refs(writer, "Runs on", service->runs_on.data, service->runs_on.n);
	if (service->hosts.n) {
		begin_fact(writer, service->hosts.n == 1 ? "Host" : "Hosts");
		for (size_t i = 0; i < service->hosts.n; i++) {
			buf_adds(writer->out, i ? "<br><code>" : "<code>");
			html_text(writer->out, service->hosts.data[i].str);
			buf_adds(writer->out, "</code>");
		}
		end_fact(writer);
	}
	write_addresses(writer, service->addresses.n == 1 ? "Address" : "Addresses", service->addresses.data,
			service->addresses.n);
	write_ports(writer, "Ports", service->ports.data, service->ports.n);
	write_ports(writer, "Node ports", service->node_ports.data, service->node_ports.n);
	write_fact_text(writer, "Version", service->version.str);
	write_entity_facts(writer, &service->entity);
	end_facts(writer);
	write_connections(writer, &service->entity);
	write_stated(writer, &service->entity);
}

/* ---- plan ---- */

static void plan_entity(struct site *site, const struct entity *entity, body_fn *body)
{
	struct str source = span_is_none(entity->id.span) ? STR_NONE : span_path(site->model->sources, entity->id.span);
	struct str title = entity_title(entity);
	struct str description = entity->description.str;
	if (entity->kind == ENTITY_ESTATE)
		title = str_format(site->arena, "Topology of " STR_FMT, STR_ARG(title));
	if (!description.size && entity->estate)
		description = str_format(site->arena, "%s " STR_FMT " of " STR_FMT, entity_kind_name(entity->kind),
					 STR_ARG(title), STR_ARG(entity_title(&entity->estate->entity)));
	page_add(site, (struct site_page){.url = entity->url,
					  .title = title,
					  .description = description,
					  .source = source,
					  .kind = entity_kind_name(entity->kind),
					  .body = body,
					  .what = entity,
					  .entity = entity});
}

static void plan_estate(struct site *site, const struct estate *estate)
{
	plan_entity(site, &estate->entity, estate_body);
	find_links(site, estate);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		plan_entity(site, &estate->clusters.data[i]->entity, cluster_body);
		for (size_t k = 0; k < estate->clusters.data[i]->nodes.n; k++)
			plan_entity(site, &estate->clusters.data[i]->nodes.data[k]->entity, node_body);
	}
	for (size_t i = 0; i < estate->networks.n; i++)
		plan_entity(site, &estate->networks.data[i]->entity, network_body);
	for (size_t i = 0; i < estate->devices.n; i++)
		plan_entity(site, &estate->devices.data[i]->entity, device_body);
	for (size_t i = 0; i < estate->services.n; i++)
		plan_entity(site, &estate->services.data[i]->entity, service_body);
}

void plan_entities(struct site *site)
{
	site->nav->links_of.arena = site->arena;
	for (size_t i = 0; i < site->model->estates.n; i++)
		plan_estate(site, site->model->estates.data[i]);
}
