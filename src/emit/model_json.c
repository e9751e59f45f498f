/* The model as JSON: the whole, and its parts as flat arrays. */
#include "emit/emit.h"

static void put_place(struct json *json, const struct model *model, struct span span)
{
	struct place place = span_place(model->sources, span);
	json_key_string_or_null(json, "file", span_path(model->sources, span));
	json_key_number(json, "line", place.line);
	json_key_number(json, "column", place.col);
}

/* A key whose value is a list of words. */
#define put_words(json, key, words) put_word_list((json), (key), (words)->data, (words)->n)

static void put_word_list(struct json *json, const char *key, const struct word *words, size_t n)
{
	if (!n)
		return;
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < n; i++)
		json_string(json, words[i].str);
	json_end_array(json);
}

static void put_word(struct json *json, const char *key, const struct word *word)
{
	if (word->str.size)
		json_key_string(json, key, word->str);
}

static void put_entity(struct json *json, const struct model *model, const struct entity *entity)
{
	json_key_string(json, "id", entity->id.str);
	json_key_string(json, "title", entity_title(entity));
	put_words(json, "aliases", &entity->aliases);
	put_word(json, "description", &entity->description);
	put_words(json, "tags", &entity->tags);
	if (entity->decisions.n) {
		json_key(json, "decisions");
		json_begin_array(json);
		for (size_t i = 0; i < entity->decisions.n; i++)
			json_string(json, entity->decisions.data[i].decision
						  ? entity->decisions.data[i].decision->source->path
						  : entity->decisions.data[i].word.str);
		json_end_array(json);
	}
	json_key_string_or_null(json, "url", entity->url.size ? entity->url : STR_NONE);
	put_place(json, model, entity->id.span);
}

/* "address" of the first, and "addresses" of all. */
static void put_addresses(struct json *json, const struct address_value *values, size_t n)
{
	if (!n)
		return;
	json_key_string(json, "address", values[0].word.str);
	json_key(json, "addresses");
	json_begin_array(json);
	for (size_t i = 0; i < n; i++) {
		json_begin_object(json);
		json_key_string(json, "address", values[i].word.str);
		if (values[i].label.str.size)
			json_key_string(json, "label", values[i].label.str);
		json_key_string_or_null(json, "network",
					values[i].network ? values[i].network->entity.id.str : STR_NONE);
		json_end_object(json);
	}
	json_end_array(json);
}

static void put_refs(struct json *json, const char *key, const struct entity_ref *refs, size_t n)
{
	if (!n)
		return;
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < n; i++)
		json_string(json, refs[i].entity ? refs[i].entity->id.str : refs[i].word.str);
	json_end_array(json);
}

static void put_network(struct json *json, const struct model *model, const struct network *network)
{
	static const char *const kinds[] = {"plain", "pod", "service", "node"};
	json_begin_object(json);
	put_entity(json, model, &network->entity);
	json_key_string(json, "estate", network->entity.estate->entity.id.str);
	json_key_string_or_null(json, "cidr", network->cidrs.n ? network->cidrs.data[0].word.str : STR_NONE);
	json_key(json, "cidrs");
	json_begin_array(json);
	for (size_t i = 0; i < network->cidrs.n; i++)
		json_string(json, network->cidrs.data[i].word.str);
	json_end_array(json);
	json_key_string(json, "kind", str_from(kinds[network->kind]));
	put_word(json, "parent", &network->parent.word);
	put_addresses(json, network->gateways.data, network->gateways.n);
	put_word(json, "vlan", &network->vlan);
	put_word(json, "mtu", &network->mtu);
	put_word(json, "bridge", &network->bridge);
	put_word(json, "site", &network->site);
	put_word(json, "purpose", &network->purpose);
	if (network->ranges.n) {
		json_key(json, "ranges");
		json_begin_array(json);
		for (size_t i = 0; i < network->ranges.n; i++) {
			const struct range_value *range = &network->ranges.data[i];
			json_begin_object(json);
			json_key_string(json, "id", range->id.str);
			json_key_string(json, "from", range->from.str);
			json_key_string(json, "to", range->to.str);
			put_word(json, "kind", &range->kind);
			json_end_object(json);
		}
		json_end_array(json);
	}
	json_end_object(json);
}

static void put_node(struct json *json, const struct model *model, const struct node *node)
{
	json_begin_object(json);
	put_entity(json, model, &node->entity);
	json_key_string(json, "estate", node->entity.estate->entity.id.str);
	json_key_string(json, "cluster", node->cluster->entity.id.str);
	put_word(json, "role", &node->role);
	put_addresses(json, node->addresses.data, node->addresses.n);
	put_word(json, "cpu", &node->cpu);
	put_word(json, "cores", &node->cores);
	put_word(json, "memory", &node->memory);
	put_word(json, "storage", &node->storage);
	put_word(json, "zone", &node->zone);
	put_word(json, "platform", &node->platform);
	put_word(json, "architecture", &node->architecture);
	put_word(json, "gpu", &node->gpu_model);
	put_word(json, "gpu_memory", &node->gpu_memory);
	put_words(json, "runs", &node->runs);
	json_end_object(json);
}

static void put_cluster(struct json *json, const struct model *model, const struct cluster *cluster)
{
	struct count_value count = cluster_count(cluster);
	json_begin_object(json);
	put_entity(json, model, &cluster->entity);
	put_word(json, "platform", &cluster->platform);
	put_word(json, "architecture", &cluster->architecture);
	put_word(json, "purpose", &cluster->purpose);
	if (cluster->versions.n) {
		json_key(json, "versions");
		json_begin_object(json);
		for (size_t i = 0; i < cluster->versions.n; i++) {
			json_key_text(json, cluster->versions.data[i].component.str);
			json_string(json, cluster->versions.data[i].version.str);
		}
		json_end_object(json);
	}
	put_refs(json, "networks", cluster->networks.data, cluster->networks.n);
	if (cluster->vips.n) {
		json_key(json, "vips");
		json_begin_array(json);
		for (size_t i = 0; i < cluster->vips.n; i++)
			json_string(json, cluster->vips.data[i].word.str);
		json_end_array(json);
	}
	if (count.present && count.valid) {
		json_key_number(json, "node_count_min", count.min);
		json_key_number(json, "node_count_max", count.max);
	}
	json_key(json, "nodes");
	json_begin_array(json);
	for (size_t i = 0; i < cluster->nodes.n; i++)
		put_node(json, model, cluster->nodes.data[i]);
	json_end_array(json);
	json_end_object(json);
}

static void put_device(struct json *json, const struct model *model, const struct device *device)
{
	json_begin_object(json);
	put_entity(json, model, &device->entity);
	put_word(json, "kind", &device->device_kind);
	put_addresses(json, device->addresses.data, device->addresses.n);
	json_end_object(json);
}

static void put_ports(struct json *json, const char *key, const struct port_value *ports, size_t n)
{
	if (!n)
		return;
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < n; i++)
		if (ports[i].valid)
			json_number(json, ports[i].number);
		else
			json_string(json, ports[i].word.str);
	json_end_array(json);
}

static void put_service(struct json *json, const struct model *model, const struct service *service)
{
	json_begin_object(json);
	put_entity(json, model, &service->entity);
	put_words(json, "hosts", &service->hosts);
	put_addresses(json, service->addresses.data, service->addresses.n);
	put_ports(json, "ports", service->ports.data, service->ports.n);
	put_ports(json, "node_ports", service->node_ports.data, service->node_ports.n);
	put_refs(json, "runs_on", service->runs_on.data, service->runs_on.n);
	put_word(json, "version", &service->version);
	json_end_object(json);
}

static void put_connection(struct json *json, const struct connection *connection)
{
	json_begin_object(json);
	json_key_string(json, "from", connection->from.word.str);
	json_key_string(json, "to", connection->to.word.str);
	put_word(json, "label", &connection->label);
	put_word(json, "network", &connection->network.word);
	json_end_object(json);
}

static void put_groups(struct json *json, const struct model *model, const struct estate *estate)
{
	json_key(json, "groups");
	json_begin_array(json);
	for (size_t i = 0; i < estate->groups.n; i++) {
		json_begin_object(json);
		put_entity(json, model, &estate->groups.data[i]->entity);
		put_words(json, "members", &estate->groups.data[i]->members);
		json_end_object(json);
	}
	json_end_array(json);
	json_key(json, "retired");
	json_begin_array(json);
	for (size_t i = 0; i < estate->retired.n; i++) {
		const struct retired *retired = estate->retired.data[i];
		json_begin_object(json);
		put_entity(json, model, &retired->entity);
		put_word(json, "kind", &retired->was_kind);
		put_word(json, "since", &retired->since);
		put_word(json, "replaced_by", &retired->replaced_by.word);
		json_end_object(json);
	}
	json_end_array(json);
}

/* The machine files that it is known from. */
static void put_machines(struct json *json, const struct model *model, const struct estate *estate)
{
	json_key(json, "sources");
	json_begin_array(json);
	for (size_t i = 0; i < model->machines.n; i++) {
		const struct machine_use *use = &model->machines.data[i];
		if (use->estate != estate)
			continue;
		json_begin_object(json);
		json_key_string(json, "file", use->source->path);
		json_key_string(json, "kind", str_from(use->kind));
		json_end_object(json);
	}
	json_end_array(json);
}

static void put_estate(struct json *json, const struct model *model, const struct estate *estate)
{
	json_begin_object(json);
	json_key_string(json, "id", estate->entity.id.str);
	json_key_string(json, "title", entity_title(&estate->entity));
	put_word(json, "description", &estate->entity.description);
	json_key_string_or_null(json, "topology", estate->topology ? estate->topology->path : STR_NONE);
	put_machines(json, model, estate);
	json_key_string_or_null(json, "url", estate->entity.url.size ? estate->entity.url : STR_NONE);
	json_key(json, "zones");
	json_begin_array(json);
	for (size_t i = 0; i < estate->zones.n; i++) {
		json_begin_object(json);
		put_entity(json, model, &estate->zones.data[i]->entity);
		put_word(json, "visibility", &estate->zones.data[i]->visibility);
		json_end_object(json);
	}
	json_end_array(json);
	json_key(json, "networks");
	json_begin_array(json);
	for (size_t i = 0; i < estate->networks.n; i++)
		put_network(json, model, estate->networks.data[i]);
	json_end_array(json);
	json_key(json, "clusters");
	json_begin_array(json);
	for (size_t i = 0; i < estate->clusters.n; i++)
		put_cluster(json, model, estate->clusters.data[i]);
	json_end_array(json);
	json_key(json, "devices");
	json_begin_array(json);
	for (size_t i = 0; i < estate->devices.n; i++)
		put_device(json, model, estate->devices.data[i]);
	json_end_array(json);
	json_key(json, "services");
	json_begin_array(json);
	for (size_t i = 0; i < estate->services.n; i++)
		put_service(json, model, estate->services.data[i]);
	json_end_array(json);
	json_key(json, "connections");
	json_begin_array(json);
	for (size_t i = 0; i < estate->connections.n; i++)
		put_connection(json, &estate->connections.data[i]);
	json_end_array(json);
	put_groups(json, model, estate);
	json_end_object(json);
}

static struct str target_anchor(const struct relation *relation)
{
	return relation->target && relation->target->anchor.size ? relation->target->anchor : STR_NONE;
}

/* Where the record begins: its heading in a file with several, else the file. */
static uint32_t record_line(const struct model *model, const struct decision *decision)
{
	return decision->anchor.size ? span_place(model->sources, decision->title.span).line : 1;
}

static void put_relations(struct json *json, const struct model *model, const struct decision *decision)
{
	for (int kind = 0; kind < RELATION_KINDS; kind++) {
		json_key(json, relation_name((enum relation_kind)kind));
		json_begin_array(json);
		for (size_t i = 0; i < decision->relations.n; i++) {
			const struct relation *relation = &decision->relations.data[i];
			if ((int)relation->kind != kind)
				continue;
			long long number = relation->target ? relation->target->number : relation->target_number;
			json_begin_line(json);
			json_key_string_or_null(json, "file",
						relation->target ? relation->target->source->path : STR_NONE);
			json_key_string_or_null(json, "anchor", target_anchor(relation));
			json_key(json, "number");
			if (number >= 0)
				json_number(json, number);
			else
				json_null(json);
			json_key_number(json, "line", span_place(model->sources, relation->span).line);
			json_key_bool(json, "partial", relation->partial);
			json_end_object(json);
		}
		json_end_array(json);
	}
}

static void put_decision(struct json *json, const struct model *model, const struct decision *decision)
{
	struct arena *scratch = arena_new();
	const char *status = status_name(decision->status), *effective = status_name(decision->effective_status);
	json_begin_object(json);
	json_key_string_or_null(json, "estate", decision->estate ? decision->estate->entity.id.str : STR_NONE);
	json_key(json, "number");
	if (decision->number >= 0)
		json_number(json, decision->number);
	else
		json_null(json);
	json_key_string(json, "id", decision->id);
	json_key_string(json, "title", decision->title.str);
	json_key_string_or_null(json, "status", status ? str_from(status) : STR_NONE);
	json_key_string_or_null(json, "status_text",
				decision->status_text.str.size ? decision->status_text.str : STR_NONE);
	json_key_string_or_null(json, "effective_status", effective ? str_from(effective) : STR_NONE);
	json_key_string_or_null(json, "date", decision->date.year ? date_format(scratch, decision->date) : STR_NONE);
	json_key_string(json, "file", decision->source->path);
	json_key_string_or_null(json, "anchor", decision->anchor.size ? decision->anchor : STR_NONE);
	json_key_number(json, "line", record_line(model, decision));
	put_relations(json, model, decision);
	json_key_string_or_null(json, "dialect", decision->dialect ? str_from(decision->dialect) : STR_NONE);
	json_end_object(json);
	arena_free(scratch);
}

static const char *const link_states[] = {"external", "ok",     "missing-file", "missing-anchor", "case",
					  "outside",  "unsafe", "route",        "ignored"};

static void put_link(struct json *json, const struct model *model, const struct link *link)
{
	json_begin_line(json);
	put_place(json, model, link->span);
	json_key_string(json, "target", link->target);
	json_key_string_or_null(json, "resolved", link->path.size ? link->path : STR_NONE);
	json_key_string_or_null(json, "anchor", link->anchor.size ? link->anchor : STR_NONE);
	json_key_string(json, "state", str_from(link_states[link->state]));
	json_key_bool(json, "ok", link->state == LINK_OK || link->state == LINK_EXTERNAL);
	json_end_object(json);
}

static void put_page(struct json *json, const struct model *model, const struct page *page)
{
	json_begin_object(json);
	json_key_string(json, "file", page->source->path);
	json_key_string(json, "url", page->url);
	json_key_string(json, "title", page->title.str);
	struct arena *scratch = arena_new();
	json_key(json, "headings");
	json_begin_array(json);
	for (size_t i = 0; page->md && i < page->md->headings.n; i++) {
		const struct md_heading *heading = &page->md->headings.data[i];
		json_begin_line(json);
		json_key_number(json, "level", heading->level);
		struct word text = {heading->text, md_span(page->md, &page->md->nodes[heading->node])};
		json_key_string(json, "text", values_print(scratch, model, page, text));
		json_key_string(json, "anchor", heading->anchor);
		json_key_number(json, "line",
				span_place(model->sources, md_span(page->md, &page->md->nodes[heading->node])).line);
		json_end_object(json);
	}
	json_end_array(json);
	arena_free(scratch);
	json_key(json, "links");
	json_begin_array(json);
	for (size_t i = 0; i < page->links.n; i++)
		put_link(json, model, &page->links.data[i]);
	json_end_array(json);
	json_key(json, "backlinks");
	json_begin_array(json);
	for (size_t i = 0; i < page->backlink_pages.n; i++)
		if (!i || page->backlink_pages.data[i] != page->backlink_pages.data[i - 1])
			json_string(json, page->backlink_pages.data[i]->source->path);
	json_end_array(json);
	json_end_object(json);
}

/* `scratch` holds attributes with their detail. */
static void put_fact(struct json *json, const struct model *model, const struct fact *fact, struct arena *scratch)
{
	json_begin_line(json);
	json_key_string(json, "subject", fact->subject ? fact->subject->id.str : fact->subject_text.str);
	json_key_string(json, "attribute", fact_attribute_text(scratch, fact));
	json_key_string(json, "value", fact->value.str);
	json_key_string(json, "form", str_from(fact_form_name(fact->form)));
	put_place(json, model, fact->value.span);
	json_key_string(json, "verdict", str_from(verdict_name(fact->verdict)));
	json_key_string(json, "why", fact->why);
	json_end_object(json);
}

void emit_model_json(struct buf *out, const struct model *model, const struct facts *facts)
{
	struct json json = {.out = out, .indent = 1};
	json_begin_object(&json);
	json_key_number(&json, "version", 1);
	json_key_string(&json, "title", model->title);
	json_key(&json, "estates");
	json_begin_array(&json);
	for (size_t i = 0; i < model->estates.n; i++)
		put_estate(&json, model, model->estates.data[i]);
	json_end_array(&json);
	json_key(&json, "decisions");
	json_begin_array(&json);
	for (size_t i = 0; i < model->decisions.n; i++)
		put_decision(&json, model, model->decisions.data[i]);
	json_end_array(&json);
	json_key(&json, "pages");
	json_begin_array(&json);
	for (size_t i = 0; i < model->pages.n; i++) {
		put_page(&json, model, model->pages.data[i]);
		buf_pass_on(out);
	}
	json_end_array(&json);
	json_key(&json, "facts");
	json_begin_array(&json);
	struct arena *scratch = arena_new();
	for (size_t i = 0; facts && i < facts->list.n; i++) {
		put_fact(&json, model, facts->list.data[i], scratch);
		buf_pass_on(out);
	}
	arena_free(scratch);
	json_end_array(&json);
	json_end_object(&json);
	buf_addc(out, '\n');
}

static struct json begin_list(struct buf *out)
{
	struct json json = {.out = out, .indent = 2};
	json_begin_array(&json);
	return json;
}

static void end_list(struct json *json)
{
	json_end_array(json);
	buf_addc(json->out, '\n');
}

void emit_decisions_json(struct buf *out, const struct model *model)
{
	struct json json = begin_list(out);
	for (size_t i = 0; i < model->decisions.n; i++)
		put_decision(&json, model, model->decisions.data[i]);
	end_list(&json);
}

void emit_nodes_json(struct buf *out, const struct model *model)
{
	struct json json = begin_list(out);
	for (size_t i = 0; i < model->estates.n; i++)
		for (size_t k = 0; k < model->estates.data[i]->clusters.n; k++) {
			const struct cluster *cluster = model->estates.data[i]->clusters.data[k];
			for (size_t n = 0; n < cluster->nodes.n; n++)
				put_node(&json, model, cluster->nodes.data[n]);
		}
	end_list(&json);
}

void emit_networks_json(struct buf *out, const struct model *model)
{
	struct json json = begin_list(out);
	for (size_t i = 0; i < model->estates.n; i++)
		for (size_t k = 0; k < model->estates.data[i]->networks.n; k++)
			put_network(&json, model, model->estates.data[i]->networks.data[k]);
	end_list(&json);
}

void emit_addresses_json(struct buf *out, const struct model *model)
{
	static const char *const uses[] = {"node", "vip", "dns", "device", "service", "gateway"};
	struct arena *scratch = arena_new();
	struct json json = begin_list(out);
	for (size_t i = 0; i < model->estates.n; i++) {
		const struct estate *estate = model->estates.data[i];
		struct address_uses list = estate_addresses(scratch, estate);
		for (size_t k = 0; k < list.list.n; k++) {
			const struct address_use *use = &list.list.data[k];
			json_begin_object(&json);
			json_key_string(&json, "address", use->value->word.str);
			json_key_string(&json, "entity", use->owner->id.str);
			json_key_string(&json, "kind", str_from(uses[use->use]));
			json_key_string_or_null(&json, "network",
						use->value->network ? use->value->network->entity.id.str : STR_NONE);
			json_key_string(&json, "estate", estate->entity.id.str);
			put_place(&json, model, use->value->word.span);
			json_end_object(&json);
		}
	}
	end_list(&json);
	arena_free(scratch);
}

void emit_links_json(struct buf *out, const struct model *model)
{
	struct json json = begin_list(out);
	for (size_t i = 0; i < model->pages.n; i++)
		for (size_t k = 0; k < model->pages.data[i]->links.n; k++)
			put_link(&json, model, &model->pages.data[i]->links.data[k]);
	end_list(&json);
}

void emit_facts_json(struct buf *out, const struct model *model, const struct facts *facts)
{
	struct json json = begin_list(out);
	struct arena *scratch = arena_new();
	for (size_t i = 0; i < facts->list.n; i++)
		put_fact(&json, model, facts->list.data[i], scratch);
	arena_free(scratch);
	end_list(&json);
}
