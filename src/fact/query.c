/* What is declared, asked for by name: main.nodes.count, storm.address. The fields are those of topology.yaml. */
#include "fact/fact_parts.h"

/* A longer question is none. */
enum { QUESTION_BYTES = 200 };

/* One key of an entity, with what answers it: words (joined), or a text made for it. */
struct answer {
	struct str key;
	enum fact_type type;
	const void *words; /* n structs, each `stride` bytes, that begin with a struct word */
	size_t n, stride;
	struct str text; /* where words is NULL */
	struct span span;
};

struct answers {
	struct arena *arena;
	const struct model *model;
	VEC(struct answer) list;
};

static void add_words(struct answers *answers, struct str key, enum fact_type type, const void *words, size_t n,
		      size_t stride)
{
	if (n)
		vec_add(answers->arena, &answers->list,
			(struct answer){.key = key, .type = type, .words = words, .n = n, .stride = stride});
}

#define ADD_LIST(answers, key, type, from) \
	add_words((answers), STR(key), (type), (from)->data, (from)->n, sizeof *(from)->data)
#define ADD_FIRST(answers, key, type, from) \
	add_words((answers), STR(key), (type), (from)->data, (from)->n ? 1 : 0, sizeof *(from)->data)

static void add_word(struct answers *answers, struct str key, enum fact_type type, const struct word *word)
{
	if (word->str.size)
		add_words(answers, key, type, word, 1, sizeof *word);
}

static void add_number(struct answers *answers, struct str key, size_t n, struct span span)
{
	vec_add(answers->arena, &answers->list,
		(struct answer){
			.key = key, .type = TYPE_COUNT, .text = str_format(answers->arena, "%zu", n), .span = span});
}

/* A count as the rules about counts see it. */
static void add_count(struct answers *answers, struct str key, const struct entity *entity, const char *attribute)
{
	struct declared declared = fact_declared(answers->arena, answers->model, entity, attribute_named(attribute));
	if (declared.values.n)
		vec_add(answers->arena, &answers->list,
			(struct answer){.key = key,
					.type = TYPE_COUNT,
					.text = declared.values.data[0].str,
					.span = declared.values.data[0].span});
}

/* "versions.talos": what a mapping of the topology holds. */
static struct str key_in(struct answers *answers, const char *mapping, struct str name)
{
	return str_format(answers->arena, "%s." STR_FMT, mapping, STR_ARG(name));
}

/* Addresses that the topology labels with a network or the name of a VIP. */
static void add_labelled(struct answers *answers, const char *mapping, const struct address_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (values[i].label.str.size)
			add_word(answers, key_in(answers, mapping, values[i].label.str), TYPE_ADDRESS, &values[i].word);
}

#define ADD_ADDRESSES(answers, from)                                           \
	do {                                                                   \
		ADD_FIRST((answers), "address", TYPE_ADDRESS, (from));         \
		ADD_LIST((answers), "addresses", TYPE_ADDRESS, (from));        \
		add_labelled((answers), "addresses", (from)->data, (from)->n); \
	} while (0)

/* Fields that are one word. */
static const struct {
	enum entity_kind kind;
	const char *key;
	size_t word; /* offset of a struct word */
	enum fact_type type;
} word_fields[] = {
	{ENTITY_CLUSTER, "platform", offsetof(struct cluster, platform), TYPE_WORDS},
	{ENTITY_CLUSTER, "architecture", offsetof(struct cluster, architecture), TYPE_ARCHITECTURE},
	{ENTITY_CLUSTER, "purpose", offsetof(struct cluster, purpose), TYPE_TEXT},
	{ENTITY_NODE, "role", offsetof(struct node, role), TYPE_ROLE},
	{ENTITY_NODE, "cpu", offsetof(struct node, cpu), TYPE_TEXT},
	{ENTITY_NODE, "cores", offsetof(struct node, cores), TYPE_QUANTITY},
	{ENTITY_NODE, "memory", offsetof(struct node, memory), TYPE_QUANTITY},
	{ENTITY_NODE, "storage", offsetof(struct node, storage), TYPE_QUANTITY},
	{ENTITY_NODE, "zone", offsetof(struct node, zone), TYPE_WORDS},
	{ENTITY_NODE, "platform", offsetof(struct node, platform), TYPE_WORDS},
	{ENTITY_NODE, "architecture", offsetof(struct node, architecture), TYPE_ARCHITECTURE},
	{ENTITY_NODE, "gpu", offsetof(struct node, gpu_model), TYPE_TEXT},
	{ENTITY_NODE, "gpu.model", offsetof(struct node, gpu_model), TYPE_TEXT},
	{ENTITY_NODE, "gpu.memory", offsetof(struct node, gpu_memory), TYPE_QUANTITY},
	{ENTITY_NETWORK, "vlan", offsetof(struct network, vlan), TYPE_NUMBER},
	{ENTITY_NETWORK, "mtu", offsetof(struct network, mtu), TYPE_NUMBER},
	{ENTITY_NETWORK, "bridge", offsetof(struct network, bridge), TYPE_WORDS},
	{ENTITY_NETWORK, "site", offsetof(struct network, site), TYPE_WORDS},
	{ENTITY_NETWORK, "purpose", offsetof(struct network, purpose), TYPE_TEXT},
	{ENTITY_DEVICE, "kind", offsetof(struct device, device_kind), TYPE_WORDS},
	{ENTITY_SERVICE, "version", offsetof(struct service, version), TYPE_VERSION},
	{ENTITY_ZONE, "visibility", offsetof(struct zone, visibility), TYPE_WORDS},
	{ENTITY_RETIRED, "kind", offsetof(struct retired, was_kind), TYPE_WORDS},
	{ENTITY_RETIRED, "since", offsetof(struct retired, since), TYPE_TEXT},
};

static void add_entity(struct answers *answers, const struct entity *entity)
{
	add_word(answers, STR("id"), TYPE_TEXT, &entity->id);
	add_word(answers, STR("title"), TYPE_TEXT, entity->title.str.size ? &entity->title : &entity->id);
	add_word(answers, STR("description"), TYPE_TEXT, &entity->description);
	for (size_t i = 0; i < sizeof word_fields / sizeof *word_fields; i++)
		if (word_fields[i].kind == entity->kind)
			add_word(answers, str_from(word_fields[i].key), word_fields[i].type,
				 (const void *)((const char *)entity + word_fields[i].word));
}

static void add_cluster(struct answers *answers, const struct cluster *cluster)
{
	add_count(answers, STR("nodes.count"), &cluster->entity, "node count");
	add_count(answers, STR("node_count"), &cluster->entity, "node count");
	add_count(answers, STR("control_planes.count"), &cluster->entity, "control plane count");
	add_count(answers, STR("workers.count"), &cluster->entity, "worker count");
	ADD_LIST(answers, "networks", TYPE_TEXT, &cluster->networks);
	ADD_LIST(answers, "dns", TYPE_ADDRESS, &cluster->dns);
	add_labelled(answers, "vips", cluster->vips.data, cluster->vips.n);
	for (size_t i = 0; i < cluster->versions.n; i++)
		add_word(answers, key_in(answers, "versions", cluster->versions.data[i].component.str), TYPE_VERSION,
			 &cluster->versions.data[i].version);
}

static void add_network(struct answers *answers, const struct network *network)
{
	ADD_LIST(answers, "cidr", TYPE_PREFIX, &network->cidrs);
	ADD_LIST(answers, "gateway", TYPE_ADDRESS, &network->gateways);
	add_word(answers, STR("parent"), TYPE_TEXT, &network->parent.word);
	for (size_t i = 0; i < network->ranges.n; i++) {
		const struct range_value *range = &network->ranges.data[i];
		struct str key = key_in(answers, "ranges", range->id.str);
		add_word(answers, str_format(answers->arena, STR_FMT ".from", STR_ARG(key)), TYPE_ADDRESS,
			 &range->from);
		add_word(answers, str_format(answers->arena, STR_FMT ".to", STR_ARG(key)), TYPE_ADDRESS, &range->to);
		add_word(answers, str_format(answers->arena, STR_FMT ".size", STR_ARG(key)), TYPE_COUNT,
			 &range->size_word);
	}
}

static void add_node(struct answers *answers, const struct node *node)
{
	ADD_ADDRESSES(answers, &node->addresses);
	add_words(answers, STR("runs"), TYPE_TEXT, node->runs.data, node->runs.n, sizeof *node->runs.data);
	if (node->cluster)
		add_word(answers, STR("cluster"), TYPE_NAME, &node->cluster->entity.id);
}

static void add_service(struct answers *answers, const struct service *service)
{
	ADD_ADDRESSES(answers, &service->addresses);
	ADD_FIRST(answers, "host", TYPE_HOST, &service->hosts);
	ADD_LIST(answers, "hosts", TYPE_HOST, &service->hosts);
	ADD_FIRST(answers, "port", TYPE_NUMBER, &service->ports);
	ADD_LIST(answers, "ports", TYPE_TEXT, &service->ports);
	ADD_LIST(answers, "node_ports", TYPE_TEXT, &service->node_ports);
	ADD_LIST(answers, "runs_on", TYPE_TEXT, &service->runs_on);
}

static void add_estate(struct answers *answers, const struct estate *estate)
{
	struct span span = estate->entity.id.span;
	add_number(answers, STR("clusters.count"), estate->clusters.n, span);
	add_count(answers, STR("nodes.count"), &estate->entity, "total node count");
	add_number(answers, STR("networks.count"), estate->networks.n, span);
	add_number(answers, STR("services.count"), estate->services.n, span);
	add_number(answers, STR("devices.count"), estate->devices.n, span);
	add_number(answers, STR("zones.count"), estate->zones.n, span);
	add_number(answers, STR("groups.count"), estate->groups.n, span);
}

/* Every key that the entity answers, but for the decisions of an estate. */
static void add_answers(struct answers *answers, const struct entity *entity)
{
	add_entity(answers, entity);
	switch (entity->kind) {
	case ENTITY_CLUSTER: add_cluster(answers, (const struct cluster *)entity); break;
	case ENTITY_NETWORK: add_network(answers, (const struct network *)entity); break;
	case ENTITY_NODE: add_node(answers, (const struct node *)entity); break;
	case ENTITY_SERVICE: add_service(answers, (const struct service *)entity); break;
	case ENTITY_ESTATE: add_estate(answers, (const struct estate *)entity); break;
	case ENTITY_DEVICE: {
		const struct device *device = (const struct device *)entity;
		ADD_ADDRESSES(answers, &device->addresses);
		break;
	}
	case ENTITY_GROUP: {
		const struct group *group = (const struct group *)entity;
		ADD_LIST(answers, "members", TYPE_TEXT, &group->members);
		add_number(answers, STR("members.count"), group->members.n, entity->id.span);
		break;
	}
	case ENTITY_RETIRED: {
		const struct retired *retired = (const struct retired *)entity;
		add_word(answers, STR("replaced_by"), TYPE_NAME, &retired->replaced_by.word);
		break;
	}
	default: break;
	}
}

/* "decisions.count", "decisions.accepted.count": counted only when asked for. */
static bool add_decisions(struct answers *answers, const struct estate *estate, struct str rest)
{
	for (int status = STATUS_NONE; status <= STATUS_UNKNOWN; status++) {
		const char *name = status_name((enum status)status);
		struct str key = name ? str_format(answers->arena, "decisions.%s.count", name) : STR("decisions.count");
		if (rest.data && !str_eq_nocase(key, rest))
			continue;
		size_t n = 0;
		for (size_t i = 0; rest.data && i < answers->model->decisions.n; i++) {
			const struct decision *decision = answers->model->decisions.data[i];
			n += decision->estate == estate && (!name || decision->effective_status == (enum status)status);
		}
		add_number(answers, key, n, estate->entity.id.span);
		if (rest.data)
			return true;
	}
	return false;
}

/* ---- from a question to its answer ---- */

static struct str answer_text(struct arena *arena, const struct answer *answer)
{
	if (!answer->words)
		return answer->text;
	struct str *parts = NEW_ARRAY(arena, struct str, answer->n);
	for (size_t i = 0; i < answer->n; i++) {
		const struct word *word = (const void *)((const char *)answer->words + i * answer->stride);
		parts[i] = word->str;
	}
	return answer->n == 1 ? parts[0] : str_join(arena, parts, answer->n, STR(", "));
}

static bool answer_one(struct answers *answers, const struct entity *entity, struct str rest, struct query *query)
{
	size_t first = answers->list.n;
	if (!rest.size)
		rest = STR("title");
	if (!(entity->kind == ENTITY_ESTATE && add_decisions(answers, (const struct estate *)entity, rest)))
		add_answers(answers, entity);
	for (size_t i = first; i < answers->list.n; i++) {
		const struct answer *answer = &answers->list.data[i];
		if (!str_eq_nocase(answer->key, rest))
			continue;
		const struct word *word = answer->words;
		query->entity = entity;
		query->found = true;
		query->type = answer->type;
		query->text = answer_text(answers->arena, answer);
		query->declared = word ? word->span : answer->span;
		return true;
	}
	return false;
}

/* Kinds in the order in which a name that several share is tried. */
static const enum entity_kind order[] = {ENTITY_CLUSTER, ENTITY_NODE,  ENTITY_DEVICE, ENTITY_SERVICE,
					 ENTITY_NETWORK, ENTITY_GROUP, ENTITY_ZONE,   ENTITY_RETIRED};

/* Asks every entity of that name in turn; entity is set to the first, which explains why there is no answer. */
static void ask_name(struct answers *answers, const struct estate *estate, struct str name, struct str rest,
		     struct query *query)
{
	for (size_t i = 0; i < sizeof order / sizeof *order && !query->found; i++) {
		const struct entity *entity = estate_find(estate, name, order[i]);
		if (!entity)
			continue;
		if (!answer_one(answers, entity, rest, query) && !query->entity)
			query->entity = entity;
	}
}

/* Names may hold dots: the longest that is declared counts. Gives its size, 0: none. */
static size_t name_size(const struct estate *estate, struct str question)
{
	size_t size = question.size;
	while (size != SIZE_MAX && size) {
		struct str name = str_sub(question, 0, size);
		for (size_t i = 0; i < sizeof order / sizeof *order; i++)
			if (estate_find(estate, name, order[i]))
				return size;
		size = str_rfind_char(name, '.');
	}
	return 0;
}

static struct str behind(struct str question, size_t size)
{
	return size < question.size ? str_from_off(question, size + 1) : STR("");
}

/* The part behind the name with its nearest key, as a whole question. */
static struct str find_near(struct answers *answers, struct str question, struct str rest)
{
	struct str *keys = NEW_ARRAY(answers->arena, struct str, answers->list.n + 1);
	for (size_t i = 0; i < answers->list.n; i++)
		keys[i] = answers->list.data[i].key;
	struct str near = nearest_find(rest, keys, answers->list.n);
	if (!near.size) /* "nodes" for "nodes.count" */
		for (size_t i = 0; i < answers->list.n && !near.size; i++)
			if (rest.size && str_starts_nocase(keys[i], rest) && keys[i].data[rest.size] == '.')
				near = keys[i];
	if (!near.size)
		return STR_NONE;
	struct str name = str_sub(question, 0, question.size - rest.size);
	return str_format(answers->arena, STR_FMT STR_FMT, STR_ARG(name), STR_ARG(near));
}

static void ask_estate(struct answers *answers, const struct estate *estate, struct str rest, struct query *query)
{
	if (answer_one(answers, &estate->entity, rest, query))
		return;
	query->entity = &estate->entity;
	size_t size = name_size(estate, rest);
	if (!size) {
		add_decisions(answers, estate, STR_NONE);
		return;
	}
	query->rest = behind(rest, size);
	query->entity = NULL;
	ask_name(answers, estate, str_sub(rest, 0, size), query->rest, query);
}

static const struct estate *estate_named(const struct model *model, struct str name)
{
	for (size_t i = 0; i < model->estates.n; i++)
		if (str_eq_nocase(model->estates.data[i]->entity.id.str, name))
			return model->estates.data[i];
	return NULL;
}

struct query query_ask(struct arena *arena, const struct model *model, const struct estate *estate, struct str question)
{
	struct query query = {.declared = SPAN_NONE};
	struct answers answers = {.arena = arena, .model = model};
	if (!question.size || question.size > QUESTION_BYTES)
		return query;
	size_t size = estate ? name_size(estate, question) : 0;
	if (size) {
		query.rest = behind(question, size);
		ask_name(&answers, estate, str_sub(question, 0, size), query.rest, &query);
	} else {
		size_t dot = str_find_char(question, '.');
		size = dot == SIZE_MAX ? question.size : dot;
		const struct estate *named = estate_named(model, str_sub(question, 0, size));
		if (!named)
			return query;
		query.rest = behind(question, size);
		ask_estate(&answers, named, query.rest, &query);
	}
	if (!query.found)
		query.near = find_near(&answers, question, query.rest);
	return query;
}

/* ---- values in running text ---- */

/* What a question is written with. Another tool's expression holds more: filters, calls, strings. */
static bool is_question(struct str text)
{
	if (!text.size || text.data[0] == '.' || text.data[text.size - 1] == '.')
		return false;
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];
		if (!isalnum(c) && c < 0x80 && c != '.' && c != '-' && c != '_')
			return false;
	}
	return true;
}

struct value_finder {
	struct arena *arena;
	const struct model *model;
	const struct page *page;
	struct map asked; /* question -> struct query * */
	struct value_uses *uses;
};

static const struct query *ask_once(struct value_finder *finder, struct str question)
{
	struct query *query = map_find(&finder->asked, question);
	if (query)
		return query;
	query = NEW(finder->arena, struct query);
	*query = query_ask(finder->arena, finder->model, finder->page->estate, question);
	map_put(&finder->asked, question, query);
	return query;
}

/* Reads the braces that open at `at` in a run of text; gives where to go on. */
static size_t read_value(struct value_finder *finder, struct str run, size_t at)
{
	const struct source *source = finder->page->source;
	size_t size = str_find(str_sub(run, at + 2, QUESTION_BYTES), STR("}}"));
	if (size == SIZE_MAX)
		return at + 1;
	size_t close = at + 2 + size;
	struct str inner = str_sub(run, at + 2, size), question = str_trim(inner);
	size_t off = (size_t)(run.data + at - source->text.data), end = off + (close + 2 - at);
	char before = off ? source->text.data[off - 1] : ' ';
	char after = end < source->text.size ? source->text.data[end] : ' ';
	if (str_find(inner, STR("{{")) != SIZE_MAX)
		return at + 1;
	if (before == '\\' || before == '$' || before == '{' || after == '}' || !is_question(question))
		return close + 2;
	const struct query *query = ask_once(finder, question);
	if (query->entity)
		vec_add(finder->arena, &finder->uses->list,
			(struct value_use){.span = {source->id, (uint32_t)off, (uint32_t)(end - off)},
					   .question = question,
					   .query = query});
	return close + 2;
}

/* The text nodes from *i on that follow each other in the source, as one text; *i is set behind them. */
static struct str text_run(const struct md *md, uint32_t *i)
{
	struct str run = md_text(md, &md->nodes[*i]);
	bool in_source = md->nodes[*i].flags & MD_IN_SOURCE;
	for (++*i; in_source && *i < md->n && md->nodes[*i].kind == MD_TEXT; ++*i) {
		struct str next = md_text(md, &md->nodes[*i]);
		if (next.data != run.data + run.size)
			break;
		run.size += next.size;
	}
	return in_source ? run : STR_NONE;
}

struct value_uses values_find(struct arena *arena, const struct model *model, const struct page *page)
{
	struct value_uses uses = {0};
	struct value_finder finder = {
		.arena = arena, .model = model, .page = page, .asked = {.arena = arena}, .uses = &uses};
	if (!page->md || str_find(page->source->text, STR("{{")) == SIZE_MAX)
		return uses;
	for (uint32_t i = 1; i < page->md->n;) {
		const struct md_node *node = &page->md->nodes[i];
		if (node->kind == MD_IMAGE) {
			i = node->end;
			continue;
		}
		if (node->kind != MD_TEXT) {
			i++;
			continue;
		}
		struct str run = text_run(page->md, &i);
		for (size_t at = 0; (at = str_find_from(run, STR("{{"), at)) != SIZE_MAX;)
			at = read_value(&finder, run, at);
	}
	return uses;
}

/* True when nothing on the page says that the question is text to show as it stands, in code say. */
static bool is_asked(const struct value_uses *uses, struct span place, struct str question)
{
	for (size_t i = 0; i < uses->list.n; i++) {
		const struct value_use *use = &uses->list.data[i];
		if (use->span.off >= place.off && use->span.off < place.off + place.size &&
		    str_eq(use->question, question))
			return true;
	}
	return false;
}

static bool is_heading(const struct md *md, struct span place)
{
	for (size_t i = 0; !span_is_none(place) && i < md->headings.n; i++) {
		struct span heading = md_span(md, &md->nodes[md->headings.data[i].node]);
		if (place.off >= heading.off && place.off < heading.off + heading.size)
			return true;
	}
	return false;
}

struct str values_print(struct arena *arena, const struct model *model, const struct page *page, struct word text)
{
	struct buf out = {0};
	size_t done = 0;
	if (str_find(text.str, STR("{{")) == SIZE_MAX || !page->md)
		return text.str;
	struct value_uses uses = values_find(arena, model, page);
	bool in_heading = is_heading(page->md, text.span);
	for (size_t at = 0; (at = str_find_from(text.str, STR("{{"), at)) != SIZE_MAX;) {
		size_t size = str_find(str_sub(text.str, at + 2, QUESTION_BYTES), STR("}}"));
		struct str question = size == SIZE_MAX ? STR_NONE : str_trim(str_sub(text.str, at + 2, size));
		at += 2;
		if (!is_question(question) || (in_heading && !is_asked(&uses, text.span, question)))
			continue;
		struct query query = query_ask(arena, model, page->estate, question);
		if (!query.found)
			continue;
		buf_add(&out, str_sub(text.str, done, at - 2 - done));
		buf_add(&out, query.text);
		done = at += size + 2;
	}
	buf_add(&out, str_from_off(text.str, done));
	struct str printed = buf_dup(arena, &out);
	buf_free(&out);
	return printed;
}
