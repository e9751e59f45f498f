/* What the search finds: the sections of documents, entities, decisions, addresses. */
#include "render/pages.h"

enum {
	PAGES_OF_PART = 16,
	MOST_TEXT = 16 * 1024 * 1024, /* of all pages, in bytes; beyond it pages give their beginnings */
	LEAST_TEXT = 256,             /* that a page gives whatever their number */
};

/* The deepest headings that make a section of their own, as long as the sections are so few. */
static const struct {
	unsigned level;
	size_t most;
} section_levels[] = {{4, 10000}, {3, 10000}, {2, 40000}};

struct search_plan search_plan(const struct site *site)
{
	struct search_plan plan = {.page_bytes = SIZE_MAX};
	size_t bytes = 0, n = site->nav->pages.n, sections[7] = {0};
	for (size_t i = 0; i < n; i++) {
		const struct page *page = site->nav->pages.data[i]->of;
		bytes += page ? page->source->text.size : 0;
		for (size_t k = 0; page && page->md && k < page->md->headings.n; k++)
			sections[page->md->headings.data[k].level % 7]++;
	}
	for (size_t level = 1; level < 7; level++)
		sections[level] += sections[level - 1];
	for (size_t i = 0; i < sizeof section_levels / sizeof *section_levels && !plan.section_level; i++)
		if (n + sections[section_levels[i].level] <= section_levels[i].most)
			plan.section_level = section_levels[i].level;
	if (bytes > MOST_TEXT)
		plan.page_bytes = MOST_TEXT / n > LEAST_TEXT ? MOST_TEXT / n : LEAST_TEXT;
	plan.n_parts = (n + PAGES_OF_PART - 1) / PAGES_OF_PART;
	return plan;
}

struct collector {
	const struct site *site;
	const struct search_plan *plan;
	struct arena *arena;
	struct search_documents *documents;
	const struct site_page *page;
	size_t room; /* bytes of text that the page may still give */
	struct buf text;
};

static struct str url_of(struct collector *collector, struct str url, struct str anchor)
{
	struct site_page top = {.url = STR("x")};
	return site_href(collector->site, collector->arena, &top, url, anchor);
}

/* Adds the words of a text, one blank between them, as far as there is room. */
static void add_words(struct collector *collector, struct str text)
{
	size_t off = 0;
	while (off < text.size) {
		while (off < text.size && (unsigned char)text.data[off] <= ' ')
			off++;
		size_t start = off;
		while (off < text.size && (unsigned char)text.data[off] > ' ')
			off++;
		size_t size = off - start;
		if (!size)
			break;
		if (size > collector->room) {
			collector->room = 0;
			return;
		}
		collector->room -= size;
		buf_add(&collector->text, str_sub(text, start, size));
		if (off < text.size)
			buf_addc(&collector->text, ' ');
	}
}

static void end_words(struct collector *collector)
{
	size_t size = collector->text.size;
	if (size && collector->text.data[size - 1] != ' ')
		buf_addc(&collector->text, ' ');
}

static struct str take_text(struct collector *collector)
{
	struct str text = str_trim(buf_dup(collector->arena, &collector->text));
	buf_clear(&collector->text);
	return text;
}

/* ---- documents ---- */

static bool starts_with_blank(struct str text)
{
	return text.size && (unsigned char)text.data[0] <= ' ';
}

/* The words of nodes [from, to): what readers see, the markup of raw HTML left out. */
static struct str text_of(struct collector *collector, const struct md *md, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		const struct md_node *node = &md->nodes[i];
		switch ((enum md_kind)node->kind) {
		case MD_TEXT:
		case MD_CODE:
			if (starts_with_blank(md_text(md, node)))
				end_words(collector);
			add_words(collector, md_text(md, node));
			break;
		case MD_CODE_BLOCK:
			end_words(collector);
			add_words(collector, md_text(md, node));
			end_words(collector);
			break;
		case MD_PARAGRAPH:
		case MD_HEADING:
		case MD_ITEM:
		case MD_CELL:
		case MD_FOOTNOTE:
		case MD_SOFT_BREAK:
		case MD_LINE_BREAK: end_words(collector); break;
		default: break;
		}
	}
	return take_text(collector);
}

/* The ways a record is called: "ADR-0007", "0007", "ADR-7". */
static struct str names_of_decision(struct collector *collector, const struct decision *decision)
{
	if (decision->number < 0)
		return decision->id;
	return str_format(collector->arena, STR_FMT " %04lld ADR-%04lld ADR-%lld %lld", STR_ARG(decision->id),
			  decision->number, decision->number, decision->number, decision->number);
}

static struct str hint_of_decision(struct collector *collector, const struct decision *decision)
{
	const char *status = status_name(decision->effective_status);
	struct str date = decision->date.year ? date_format(collector->arena, decision->date) : STR_NONE;
	return str_format(collector->arena, "%s%s" STR_FMT, status ? status : "", status && date.size ? ", " : "",
			  STR_ARG(date));
}

static struct search_document *add(struct collector *collector, const char *kind, struct str title, struct str url)
{
	return vec_add(collector->arena, &collector->documents->list,
		       (struct search_document){.kind = kind, .title = title, .url = url});
}

static void set_decision(struct collector *collector, struct search_document *document, const struct decision *decision)
{
	document->kind = "decision";
	document->names = names_of_decision(collector, decision);
	document->hint = hint_of_decision(collector, decision);
}

/* The records of a file that holds several, by their anchors. */
static struct map records_of(struct collector *collector, const struct page *page)
{
	struct map records = {.arena = collector->arena};
	const struct decision_log *log = page->log;
	for (size_t i = 0; log && log->file && i < log->decisions.n; i++)
		if (log->decisions.data[i]->anchor.size)
			map_put(&records, log->decisions.data[i]->anchor, log->decisions.data[i]);
	return records;
}

static bool begins_section(const struct collector *collector, const struct md *md, size_t heading)
{
	const struct md_heading *at = &md->headings.data[heading];
	bool is_title = heading == 0 && at->level == 1;
	return !is_title && at->level <= collector->plan->section_level && at->anchor.size;
}

static void add_sections(struct collector *collector, const struct page *page)
{
	const struct md *md = page->md;
	struct map records = records_of(collector, page);
	uint32_t from = 1;
	size_t next = 0, n = md->headings.n;
	if (n && md->headings.data[0].level == 1 && md->headings.data[0].node == 1)
		from = md->nodes[1].end;
	for (;;) {
		while (next < n && !begins_section(collector, md, next))
			next++;
		uint32_t to = next < n ? md->headings.data[next].node : md->n;
		/* Adding moves the documents: the one of this section stands last. */
		struct str text = text_of(collector, md, from, to);
		collector->documents->list.data[collector->documents->list.n - 1].text = text;
		if (next == n)
			return;
		const struct md_heading *heading = &md->headings.data[next++];
		struct search_document *document = add(collector, collector->page->kind, heading->text,
						       url_of(collector, collector->page->url, heading->anchor));
		document->page = collector->page->title;
		const struct decision *record = map_find(&records, heading->anchor);
		if (record)
			set_decision(collector, document, record);
		from = md->nodes[heading->node].end;
	}
}

static struct str labels_of(struct collector *collector, const struct graph *graph)
{
	for (size_t i = 0; graph && i < graph->clusters.n; i++) {
		add_words(collector, graph->clusters.data[i].label.str);
		end_words(collector);
	}
	for (size_t i = 0; graph && i < graph->nodes.n; i++) {
		add_words(collector, graph->nodes.data[i].label.str);
		end_words(collector);
	}
	return take_text(collector);
}

/* ---- entities ---- */

static void add_word(struct collector *collector, struct str word)
{
	add_words(collector, word);
	end_words(collector);
}

static void add_addresses(struct collector *collector, const struct address_values *values)
{
	for (size_t i = 0; i < values->n; i++)
		add_word(collector, values->data[i].word.str);
}

static struct str first_address(const struct address_values *values)
{
	return values->n ? values->data[0].word.str : STR_NONE;
}

static struct str node_text(struct collector *collector, const struct node *node)
{
	const struct word *words[] = {&node->role,         &node->cpu,       &node->memory,
				      &node->storage,      &node->zone,      &node->platform,
				      &node->architecture, &node->gpu_model, &node->gpu_memory};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		add_word(collector, words[i]->str);
	for (size_t i = 0; i < node->runs.n; i++)
		add_word(collector, node->runs.data[i].str);
	add_addresses(collector, &node->addresses);
	return node->cluster
		       ? str_format(collector->arena, STR_FMT " in " STR_FMT, STR_ARG(first_address(&node->addresses)),
				    STR_ARG(entity_title(&node->cluster->entity)))
		       : first_address(&node->addresses);
}

static struct str cluster_text(struct collector *collector, const struct cluster *cluster)
{
	add_word(collector, cluster->platform.str);
	add_word(collector, cluster->architecture.str);
	add_word(collector, cluster->purpose.str);
	for (size_t i = 0; i < cluster->versions.n; i++) {
		add_word(collector, cluster->versions.data[i].component.str);
		add_word(collector, cluster->versions.data[i].version.str);
	}
	add_addresses(collector, &cluster->vips);
	add_addresses(collector, &cluster->dns);
	return cluster->platform.str;
}

static struct str network_text(struct collector *collector, const struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n; i++)
		add_word(collector, network->cidrs.data[i].word.str);
	add_word(collector, network->purpose.str);
	add_word(collector, network->site.str);
	add_word(collector, network->bridge.str);
	if (network->vlan.str.size)
		add_word(collector, str_format(collector->arena, "VLAN " STR_FMT, STR_ARG(network->vlan.str)));
	for (size_t i = 0; i < network->ranges.n; i++)
		add_word(collector, network->ranges.data[i].id.str);
	add_addresses(collector, &network->gateways);
	return network->cidrs.n ? network->cidrs.data[0].word.str : STR_NONE;
}

static struct str service_text(struct collector *collector, const struct service *service)
{
	for (size_t i = 0; i < service->hosts.n; i++)
		add_word(collector, service->hosts.data[i].str);
	for (size_t i = 0; i < service->ports.n; i++)
		add_word(collector, service->ports.data[i].word.str);
	add_word(collector, service->version.str);
	add_word(collector, service->component);
	add_addresses(collector, &service->addresses);
	return service->hosts.n ? service->hosts.data[0].str : first_address(&service->addresses);
}

/* Adds what is declared of it to the text; gives what tells it from others at a glance. */
static struct str kind_text(struct collector *collector, const struct entity *entity)
{
	const struct device *device = (const struct device *)entity;
	switch (entity->kind) {
	case ENTITY_NODE: return node_text(collector, (const struct node *)entity);
	case ENTITY_CLUSTER: return cluster_text(collector, (const struct cluster *)entity);
	case ENTITY_NETWORK: return network_text(collector, (const struct network *)entity);
	case ENTITY_SERVICE: return service_text(collector, (const struct service *)entity);
	case ENTITY_DEVICE:
		add_word(collector, device->device_kind.str);
		add_addresses(collector, &device->addresses);
		return first_address(&device->addresses);
	default: return STR_NONE;
	}
}

static void add_entity(struct collector *collector, const struct entity *entity)
{
	struct search_document *document = add(collector, entity_kind_name(entity->kind), collector->page->title,
					       url_of(collector, collector->page->url, STR_NONE));
	add_word(collector, entity->id.str);
	for (size_t i = 0; i < entity->aliases.n; i++)
		add_word(collector, entity->aliases.data[i].str);
	document->names = take_text(collector);
	document->page = entity->estate ? entity_title(&entity->estate->entity) : STR_NONE;
	add_word(collector, entity->description.str);
	for (size_t i = 0; i < entity->tags.n; i++)
		add_word(collector, entity->tags.data[i].str);
	document->hint = kind_text(collector, entity);
	document->text = take_text(collector);
}

static void add_address_of(struct collector *collector, const struct address_use *use)
{
	static const char *const uses[] = {
		[USE_NODE] = "node",     [USE_VIP] = "VIP",         [USE_DNS] = "DNS server",
		[USE_DEVICE] = "device", [USE_SERVICE] = "service", [USE_GATEWAY] = "gateway",
	};
	if (!use->value->valid || !use->owner->url.size)
		return;
	struct str owner = entity_title(use->owner);
	struct search_document *document =
		add(collector, "address", use->value->word.str, url_of(collector, use->owner->url, STR_NONE));
	document->page = owner;
	document->hint = str_from(uses[use->use]);
	if (use->value->network && &use->value->network->entity != use->owner)
		document->hint = str_format(collector->arena, "%s, in " STR_FMT, uses[use->use],
					    STR_ARG(entity_title(&use->value->network->entity)));
}

/* ---- the parts ---- */

static void add_page(struct collector *collector)
{
	const struct site_page *page = collector->page;
	const struct page *of = page->of;
	collector->room = collector->plan->page_bytes;
	if (page->from_root)
		return;
	if (page->entity) {
		add_entity(collector, page->entity);
		return;
	}
	struct search_document *document =
		add(collector, page->kind, page->title, url_of(collector, page->url, STR_NONE));
	if (of && of->decision && page->what == of->decision)
		set_decision(collector, document, of->decision);
	else if (of)
		document->names = page_other_names(collector->arena, of);
	if (of && of->md)
		add_sections(collector, of);
	else if (of && of->graph)
		document->text = labels_of(collector, of->graph);
	else
		document->text = page->description;
}

void search_documents(const struct site *site, const struct search_plan *plan, size_t part, struct arena *arena,
		      struct search_documents *documents)
{
	struct collector collector = {.site = site, .plan = plan, .arena = arena, .documents = documents};
	for (size_t i = part * PAGES_OF_PART; i < (part + 1) * PAGES_OF_PART && i < site->nav->pages.n; i++) {
		collector.page = site->nav->pages.data[i];
		add_page(&collector);
	}
	buf_free(&collector.text);
}

void search_addresses(const struct site *site, struct arena *arena, struct search_documents *documents)
{
	struct collector collector = {.site = site, .arena = arena, .documents = documents};
	for (size_t i = 0; i < site->model->estates.n; i++) {
		struct address_uses uses = estate_addresses(arena, site->model->estates.data[i]);
		for (size_t k = 0; k < uses.list.n; k++)
			add_address_of(&collector, &uses.list.data[k]);
	}
	buf_free(&collector.text);
}
