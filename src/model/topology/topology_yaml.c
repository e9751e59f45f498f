/* topology.yaml to one estate: the keys at the top, and what stands in rows (connections, facts, watch). */
#include "model/topology/topology.h"

/* ---- connections ---- */

struct connection_ends {
	VEC(struct entity_ref) from, to;
	struct connection connection; /* what they share */
};

static void read_from(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct connection_ends *ends = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &ends->from, topology_ref(item, ENTITY_KINDS));
}

static void read_to(struct topology *topology, void *thing, const struct yaml *value,
		    const struct topology_field *field)
{
	struct connection_ends *ends = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &ends->to, topology_ref(item, ENTITY_KINDS));
}

static void read_over(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	struct connection_ends *ends = thing;

	if (value->kind == YAML_SCALAR)
		ends->connection.network = topology_ref(value, ENTITY_NETWORK);
	else
		topology_wrong_type(topology, value, field->key, field->wanted);
}

static const struct topology_field connection_fields[] = {
	{.key = "from", .wanted = "an id, or a list of ids", .read = read_from},
	{.key = "to", .wanted = "an id, or a list of ids", .read = read_to},
	{.key = "label", .word = offsetof(struct connection_ends, connection.label)},
	{.key = "network", .wanted = "the id of a network", .read = read_over},
};

static const struct topology_shape connection_shape = TOPOLOGY_SHAPE("connection", false, connection_fields);

/* A list at one end stands for one connection each. At both ends it would be anyone's guess, and a product without
 * bound. */
static void add_connections(struct topology *topology, const struct connection_ends *ends, const struct yaml *row)
{
	if (ends->from.n > 1 && ends->to.n > 1) {
		topology_wrong_type(topology, yaml_find(row, "to"), "to", "one id, as `from` is a list");
		return;
	}
	for (size_t f = 0; f < ends->from.n; f++)
		for (size_t t = 0; t < ends->to.n; t++) {
			struct connection connection = ends->connection;

			connection.from = ends->from.data[f];
			connection.to = ends->to.data[t];
			vec_add(topology->arena, &topology->estate->connections, connection);
		}
}

void topology_connections(struct topology *topology, void *thing, const struct yaml *value,
			  const struct topology_field *field)
{
	static const char *const needed[] = {"from", "to", NULL};
	struct topology_entries rows = topology_rows(topology, value, field);

	(void)thing;
	for (size_t i = 0; i < rows.list.n; i++) {
		const struct topology_entry *row = &rows.list.data[i];
		struct connection_ends ends = {.connection.span = row->body->span};

		if (topology_is_incomplete(topology, row->body, "connection", needed))
			continue;
		topology_fields(topology, &connection_shape, &ends, row);
		add_connections(topology, &ends, row->body);
	}
}

/* ---- facts ---- */

static void read_fact_value(struct topology *topology, void *thing, const struct yaml *value,
			    const struct topology_field *field)
{
	struct declared_fact *fact = thing;
	VEC(struct str) parts = {0};
	const struct yaml *item;

	if (value->kind == YAML_SCALAR) {
		fact->value = topology_word(value);
		return;
	}
	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &parts, topology_word(item).str);
	fact->value = (struct word){str_join(topology->arena, parts.data, parts.n, STR(", ")), value->span};
}

static void read_fact_decisions(struct topology *topology, void *thing, const struct yaml *value,
				const struct topology_field *field)
{
	struct declared_fact *fact = thing;
	const struct yaml *item;

	for (size_t at = 0; (item = topology_item(topology, value, field, &at));)
		vec_add(topology->arena, &fact->decisions, (struct decision_ref){.word = topology_word(item)});
}

static const struct topology_field fact_fields[] = {
	{.key = "subject", .word = offsetof(struct declared_fact, subject)},
	{.key = "attribute", .word = offsetof(struct declared_fact, attribute)},
	{.key = "value", .wanted = "a text, or a list of texts", .read = read_fact_value},
	{.key = "decision", .wanted = "a decision, or a list of decisions", .read = read_fact_decisions},
	{.key = "decisions", .wanted = "a decision, or a list of decisions", .read = read_fact_decisions},
};

static const struct topology_shape fact_shape = TOPOLOGY_SHAPE("fact", false, fact_fields);

void topology_facts(struct topology *topology, void *thing, const struct yaml *value,
		    const struct topology_field *field)
{
	static const char *const needed[] = {"subject", "attribute", "value", NULL};
	struct estate *estate = thing;
	struct topology_entries rows = topology_rows(topology, value, field);

	for (size_t i = 0; i < rows.list.n; i++) {
		const struct topology_entry *row = &rows.list.data[i];
		struct declared_fact fact = {.span = row->body->span};

		if (topology_is_incomplete(topology, row->body, "fact", needed))
			continue;
		topology_fields(topology, &fact_shape, &fact, row);
		if (fact.subject.str.size > 0 && fact.attribute.str.size > 0 && fact.value.str.size > 0)
			vec_add(topology->arena, &estate->facts, fact);
	}
}

/* ---- watch ---- */

static const struct topology_field watch_fields[] = {
	{.key = "file", .wanted = "a path", .word = offsetof(struct watch, file)},
	{.key = "pattern", .wanted = "a regular expression", .word = offsetof(struct watch, pattern)},
	{.key = "equals", .wanted = "a value such as main.nodes.count", .word = offsetof(struct watch, equals)},
};

static const struct topology_shape watch_shape = TOPOLOGY_SHAPE("watch", false, watch_fields);

void topology_watches(struct topology *topology, void *thing, const struct yaml *value,
		      const struct topology_field *field)
{
	static const char *const needed[] = {"file", "pattern", "equals", NULL};
	struct estate *estate = thing;
	struct topology_entries rows = topology_rows(topology, value, field);

	for (size_t i = 0; i < rows.list.n; i++) {
		const struct topology_entry *row = &rows.list.data[i];
		struct watch watch = {.span = row->body->span};

		if (topology_is_incomplete(topology, row->body, "watch", needed))
			continue;
		topology_fields(topology, &watch_shape, &watch, row);
		if (watch.file.str.size > 0 && watch.pattern.str.size > 0 && watch.equals.str.size > 0)
			vec_add(topology->arena, &estate->watches, watch);
	}
}

/* ---- the top ---- */

static const struct topology_field estate_fields[] = {
	{.key = "estate", .wanted = "the id of the estate", .word = offsetof(struct entity, id)},
	{.key = "zones", .wanted = "a mapping of DNS zones", .read = topology_zones},
	{.key = "networks", .wanted = "a mapping of networks", .read = topology_networks},
	{.key = "clusters", .wanted = "a mapping of clusters", .read = topology_clusters},
	{.key = "devices", .wanted = "a mapping of devices", .read = topology_devices},
	{.key = "services", .wanted = "a mapping of services", .read = topology_services},
	{.key = "connections", .wanted = "a list of connections", .read = topology_connections},
	{.key = "retired", .wanted = "a mapping of retired names", .read = topology_retired},
	{.key = "groups", .wanted = "a mapping of groups", .read = topology_groups},
	{.key = "facts", .wanted = "a list of facts", .read = topology_facts},
	{.key = "watch", .wanted = "a list of watched sentences", .read = topology_watches},
};

static const struct topology_shape estate_shape = TOPOLOGY_SHAPE("topology", true, estate_fields);

/* The first document that says which estate it is of; NULL: none. */
static const struct yaml *find_root(const struct yaml_stream *stream)
{
	for (size_t i = 0; i < stream->documents.n; i++) {
		const struct yaml *id = yaml_find(stream->documents.data[i], "estate");

		if (id && !yaml_is_null(id))
			return stream->documents.data[i];
	}
	return NULL;
}

/* The id as text, for a file that cannot be read as YAML up to it: the line "estate: x". */
static struct word find_estate_line(const struct source *source)
{
	struct str rest = source->text;

	while (rest.data && rest.size > 0) {
		struct str line = str_cut_line(&rest), id, comment;

		if (!str_starts(line, STR("estate:")))
			continue;
		comment = str_from_off(line, strlen("estate:"));
		id = str_trim(str_cut(&comment, '#'));
		if (id.size >= 2 && (id.data[0] == '"' || id.data[0] == '\'') && id.data[id.size - 1] == id.data[0])
			id = str_sub(id, 1, id.size - 2);
		if (id.size > 0)
			return (struct word){id, span_of(source, id)};
	}
	return (struct word){STR_NONE, SPAN_NONE};
}

/* With duplicate keys the rest still says what was meant; after any other trouble too much may be missing. */
static bool is_whole(const struct yaml_stream *stream, const struct troubles *troubles)
{
	if (stream->failed)
		return false;
	for (size_t i = 0; i < troubles->list.n; i++)
		if (strcmp(troubles->list.data[i].kind, "duplicate-key") != 0)
			return false;
	return true;
}

static void read_whole(struct topology *topology, const struct yaml *root, const struct yaml_stream *stream)
{
	struct topology_entry entry = {.body = root};

	topology_fields(topology, &estate_shape, topology->estate, &entry);
	for (size_t i = 0; i < stream->documents.n; i++)
		if (stream->documents.data[i] != root && !yaml_is_null(stream->documents.data[i]))
			trouble_add(
				topology->arena, topology->troubles,
				(struct trouble){.rule = "topology-wrong-type",
						 .kind = "topology",
						 .span = {topology->source->id, stream->documents.data[i]->span.off, 1},
						 .text = STR("a second document"),
						 .extra = STR("one document"),
						 .other = SPAN_NONE});
	topology_bind(topology);
}

struct estate *topology_read(struct arena *arena, const struct config *config, const struct source *source,
			     struct troubles *troubles)
{
	struct yaml_limits limits = {config->limits.yaml_depth, config->limits.yaml_aliases, config->limits.yaml_nodes};
	struct span whole = {source->id, 0, (uint32_t)source->text.size};
	struct troubles found = {0};
	struct yaml_stream stream = yaml_parse(arena, source, whole, &limits, "topology-syntax", &found);
	struct topology topology = {.arena = arena, .source = source, .troubles = troubles};
	const struct yaml *root = find_root(&stream), *id = yaml_find(root, "estate");
	struct word word = id && id->kind == YAML_SCALAR ? topology_word(id)
			   : is_whole(&stream, &found)   ? (struct word){STR_NONE, SPAN_NONE}
							 : find_estate_line(source);

	if (id && id->kind != YAML_SCALAR)
		topology_wrong_type(&topology, id, "estate", "the id of the estate");
	if (word.str.size == 0)
		return NULL;
	for (size_t i = 0; i < found.list.n; i++)
		trouble_add(arena, troubles, found.list.data[i]);
	topology.estate = NEW(arena, struct estate);
	topology.estate->entity = (struct entity){.kind = ENTITY_ESTATE, .id = word};
	topology.estate->topology = source;
	topology.estate->folder = path_dir(source->path);
	topology.estate->by_name = (struct map){.arena = arena};
	if (root && is_whole(&stream, &found))
		read_whole(&topology, root, &stream);
	return topology.estate;
}
