/* Shapes of values in topology.yaml: words, lists, mappings with known keys, collections keyed by id. */
#include "model/topology/topology.h"

#define MAX_KEYS 48

struct word topology_word(const struct yaml *scalar)
{
	return (struct word){str_trim(scalar->text), scalar->span};
}

/* Lists and mappings may be long: a finding points at their first line. */
static struct span first_line(const struct topology *topology, struct span span)
{
	struct str text = str_sub(topology->source->text, span.off, span.size);

	span.size = (uint32_t)str_trim_right(str_cut_line(&text)).size;
	return span;
}

static void report(struct topology *topology, const struct yaml *value, const char *key, struct str what,
		   struct str wanted)
{
	trouble_add(topology->arena, topology->troubles,
		    (struct trouble){.rule = "topology-wrong-type",
				     .kind = key,
				     .span = first_line(topology, value->span),
				     .text = what,
				     .extra = wanted,
				     .other = SPAN_NONE});
}

void topology_wrong_type(struct topology *topology, const struct yaml *value, const char *key, const char *wanted)
{
	struct str what = value->kind == YAML_MAP    ? STR("a mapping")
			  : value->kind == YAML_LIST ? STR("a list")
			  : yaml_is_null(value)      ? STR("nothing")
						     : value->text;

	report(topology, value, key, what, str_from(wanted));
}

static void report_without(struct topology *topology, const struct yaml *map, const char *what, const char *key)
{
	report(topology, map, what, str_format(topology->arena, "a mapping without %s", key),
	       str_format(topology->arena, "a mapping with %s", key));
}

bool topology_is_incomplete(struct topology *topology, const struct yaml *map, const char *what,
			    const char *const *keys)
{
	for (; *keys; keys++) {
		const struct yaml *value = yaml_find(map, *keys);

		if (value && !yaml_is_null(value))
			continue;
		report_without(topology, map, what, *keys);
		return true;
	}
	return false;
}

/* ---- keys of anything ---- */

static void read_word(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct word *word = (void *)((char *)thing + field->word);

	if (value->kind == YAML_SCALAR)
		*word = topology_word(value);
	else
		topology_wrong_type(topology, value, field->key, field->wanted ? field->wanted : "a word");
}

static void read_aliases(struct topology *topology, void *thing, const struct yaml *value,
			 const struct topology_field *field)
{
	struct entity *entity = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &entity->aliases, topology_word(item));
}

static void read_docs(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct entity *entity = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &entity->docs, topology_word(item));
}

static void read_tags(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct entity *entity = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &entity->tags, topology_word(item));
}

static void read_links(struct topology *topology, void *thing, const struct yaml *value,
		       const struct topology_field *field)
{
	struct entity *entity = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &entity->links, topology_word(item));
}

static void read_decisions(struct topology *topology, void *thing, const struct yaml *value,
			   const struct topology_field *field)
{
	struct entity *entity = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &entity->decisions, (struct decision_ref){.word = topology_word(item)});
}

#define N_ANYWHERE 6 /* the first rows, which may stand on things that are no entities too */

static const struct topology_field entity_fields[] = {
	{.key = "description", .word = offsetof(struct entity, description)},
	{.key = "docs", .wanted = "a path, or a list of paths", .read = read_docs},
	{.key = "tags", .wanted = "a word, or a list of words", .read = read_tags},
	{.key = "links", .wanted = "a URL, or a list of URLs", .read = read_links},
	{.key = "decision", .wanted = "a decision, or a list of decisions", .read = read_decisions},
	{.key = "decisions", .wanted = "a decision, or a list of decisions", .read = read_decisions},
	{.key = "title", .word = offsetof(struct entity, title)},
	{.key = "aliases", .wanted = "a name, or a list of names", .read = read_aliases},
};

#define N_ENTITY_FIELDS (sizeof entity_fields / sizeof *entity_fields)

/* ---- mappings with known keys ---- */

/* Words of other tools and tongues for a key of ours. */
static const struct {
	const char *word, *key;
} other_words[] = {
	{"name", "title"},          {"label", "title"},         {"desc", "description"},
	{"summary", "description"}, {"note", "description"},    {"notes", "description"},
	{"comment", "description"}, {"ip", "address"},          {"ips", "addresses"},
	{"ip_address", "address"},  {"subnet", "cidr"},         {"prefix", "cidr"},
	{"range", "cidr"},          {"network", "networks"},    {"type", "kind"},
	{"ram", "memory"},          {"mem", "memory"},          {"disk", "storage"},
	{"disks", "storage"},       {"count", "node_count"},    {"size", "node_count"},
	{"arch", "architecture"},   {"os", "platform"},         {"adr", "decision"},
	{"adrs", "decisions"},      {"host", "hosts"},          {"hostname", "hosts"},
	{"port", "ports"},          {"nodeport", "node_ports"}, {"nodePort", "node_ports"},
	{"runs-on", "runs_on"},     {"runsOn", "runs_on"},      {"vip", "vips"},
	{"gw", "gateway"},          {"alias", "aliases"},       {"source", "from"},
	{"target", "to"},           {"hosts", "nodes"},
};

static struct str nearest_key(const struct topology_shape *shape, struct str key)
{
	struct str keys[MAX_KEYS];
	size_t n = 0;

	for (size_t i = 0; i < shape->n && n < MAX_KEYS; i++)
		keys[n++] = str_from(shape->fields[i].key);
	for (size_t i = 0; i < (shape->is_entity ? N_ENTITY_FIELDS : N_ANYWHERE) && n < MAX_KEYS; i++)
		keys[n++] = str_from(entity_fields[i].key);
	for (size_t w = 0; w < sizeof other_words / sizeof *other_words; w++)
		for (size_t i = 0; str_is(key, other_words[w].word) && i < n; i++)
			if (str_is(keys[i], other_words[w].key))
				return keys[i];
	return nearest_find(key, keys, n);
}

static const struct topology_field *find_field(const struct topology_field *fields, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(key, fields[i].key))
			return &fields[i];
	return NULL;
}

static void read_pair(struct topology *topology, const struct topology_shape *shape, void *thing,
		      const struct yaml_pair *pair)
{
	const struct topology_field *field = find_field(shape->fields, shape->n, pair->key.str);

	if (!field && shape->is_entity)
		field = find_field(entity_fields, N_ENTITY_FIELDS, pair->key.str);
	if (field && yaml_is_null(pair->value))
		return;
	if (field && field->read)
		field->read(topology, thing, pair->value, field);
	else if (field)
		read_word(topology, thing, pair->value, field);
	else if (shape->is_entity || !find_field(entity_fields, N_ANYWHERE, pair->key.str))
		trouble_add(topology->arena, topology->troubles,
			    (struct trouble){.rule = "topology-unknown-key",
					     .kind = shape->name,
					     .span = pair->key.span,
					     .text = pair->key.str,
					     .extra = nearest_key(shape, pair->key.str),
					     .other = SPAN_NONE});
}

static bool is_private(struct str key)
{
	return str_starts(key, STR("x-"));
}

static bool is_id_key(struct str key)
{
	return str_is(key, "id") || str_is(key, "name");
}

void topology_fields(struct topology *topology, const struct topology_shape *shape, void *thing,
		     const struct topology_entry *entry)
{
	const struct yaml *body = entry->body;

	if (!body || yaml_is_null(body))
		return;
	if (body->kind != YAML_MAP) {
		topology_wrong_type(topology, body, shape->name, shape->wanted);
		return;
	}
	for (size_t i = 0; i < body->pairs.n; i++) {
		const struct yaml_pair *pair = &body->pairs.data[i];

		if (!is_private(pair->key.str) && !(entry->listed && is_id_key(pair->key.str)))
			read_pair(topology, shape, thing, pair);
	}
}

/* ---- lists and collections ---- */

const struct yaml *topology_item(struct topology *topology, const struct yaml *value,
				 const struct topology_field *field, size_t *cursor)
{
	if (value->kind != YAML_LIST) {
		if ((*cursor)++ > 0 || yaml_is_null(value))
			return NULL;
		if (value->kind == YAML_SCALAR)
			return value;
		topology_wrong_type(topology, value, field->key, field->wanted);
		return NULL;
	}
	while (*cursor < value->items.n) {
		const struct yaml *item = value->items.data[(*cursor)++];

		if (item->kind != YAML_SCALAR)
			topology_wrong_type(topology, item, field->key, field->wanted);
		else if (!yaml_is_null(item))
			return item;
	}
	return NULL;
}

static void add_listed(struct topology *topology, const struct yaml *item, const struct topology_field *field,
		       struct topology_entries *entries)
{
	const struct yaml *id = yaml_find(item, "id");

	if (yaml_is_null(item))
		return;
	if (!id)
		id = yaml_find(item, "name");
	if (item->kind == YAML_SCALAR)
		vec_add(topology->arena, &entries->list, (struct topology_entry){.id = topology_word(item)});
	else if (item->kind == YAML_LIST)
		topology_wrong_type(topology, item, field->key, field->wanted);
	else if (id && id->kind == YAML_SCALAR && !yaml_is_null(id))
		vec_add(topology->arena, &entries->list,
			(struct topology_entry){.id = topology_word(id), .body = item, .listed = true});
	else
		report_without(topology, item, field->key, "id");
}

struct topology_entries topology_entries(struct topology *topology, const struct yaml *value,
					 const struct topology_field *field)
{
	struct topology_entries entries = {0};

	if (value->kind == YAML_SCALAR) {
		topology->broken = true;
		topology_wrong_type(topology, value, field->key, field->wanted);
	}
	for (size_t i = 0; i < value->pairs.n; i++) {
		const struct yaml_pair *pair = &value->pairs.data[i];

		if (!is_private(pair->key.str))
			vec_add(topology->arena, &entries.list,
				(struct topology_entry){.id = pair->key, .body = pair->value});
	}
	for (size_t i = 0; i < value->items.n; i++)
		add_listed(topology, value->items.data[i], field, &entries);
	return entries;
}

struct topology_entries topology_rows(struct topology *topology, const struct yaml *value,
				      const struct topology_field *field)
{
	struct topology_entries entries = {0};

	if (value->kind == YAML_SCALAR)
		topology_wrong_type(topology, value, field->key, field->wanted);
	else if (value->kind == YAML_MAP)
		vec_add(topology->arena, &entries.list, (struct topology_entry){.body = value});
	for (size_t i = 0; i < value->items.n; i++) {
		const struct yaml *item = value->items.data[i];

		if (item->kind == YAML_MAP)
			vec_add(topology->arena, &entries.list, (struct topology_entry){.body = item});
		else if (!yaml_is_null(item))
			topology_wrong_type(topology, item, field->key, field->wanted);
	}
	return entries;
}

void *topology_entity(struct topology *topology, enum entity_kind kind, size_t size, const struct topology_entry *entry)
{
	struct entity *entity = arena_alloc(topology->arena, size);
	const struct yaml *name;

	entity->kind = kind;
	entity->estate = topology->estate;
	entity->id = entry->id;
	name = entry->listed ? yaml_find(entry->body, "name") : NULL;
	if (name && name->kind == YAML_SCALAR && name->span.off != entry->id.span.off)
		entity->title = topology_word(name);
	return entity;
}
