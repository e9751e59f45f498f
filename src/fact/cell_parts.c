/* What one value says besides: the port of a URL, versions behind the names of components, the network that a cell marks. */
#include "fact/fact_parts.h"

/* "http://grafana.lab.example.net:3000/d": the port, of the service that declares the host. */
static void state_port(struct fact_sink *sink, const struct statement *statement)
{
	struct str rest = statement->value.str;
	size_t scheme = str_find(rest, STR("://"));
	if (scheme == SIZE_MAX || str_find_from(rest, STR("://"), scheme + 3) != SIZE_MAX)
		return;
	rest = str_from_off(rest, scheme + 3);
	size_t end = 0;
	while (end < rest.size && !strchr("/ ,;)>?#\n", rest.data[end]))
		end++;
	size_t colon = str_rfind_char(str_sub(rest, 0, end), ':');
	if (colon == SIZE_MAX || !colon)
		return;
	struct str host = str_lower_ascii(sink->arena, str_sub(rest, 0, colon));
	const struct service *owner = sink->page->estate ? declared_host(sink->page->estate, host) : NULL;
	struct statement port = *statement;
	port.attribute = attribute_named("port");
	port.detail = STR_NONE;
	port.value.str = str_sub(rest, colon + 1, end - colon - 1);
	if (!port.why)
		port.why = context_why(statement->value.str);
	if (!port.why && (!owner || &owner->entity != statement->subject))
		port.why = "the port of another host";
	fact_state(sink, &port);
}

/* Where the next part of "Talos v1.12.1, Kubernetes v1.35.0" ends, and how long what parts it is. */
static size_t part_end(struct str text, size_t from, size_t *mark)
{
	static const char *const marks[] = {",",   ";",     "\n",     "/",    "(",   ")",
					    " + ", " and ", " with ", " on ", " & ", "·"};
	for (size_t i = from; i < text.size; i++)
		for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
			if (str_starts(str_from_off(text, i), str_from(marks[k]))) {
				*mark = strlen(marks[k]);
				return i;
			}
	*mark = 0;
	return text.size;
}

/* Each version behind the name of a component that something declares a version of. */
static void state_versions(struct fact_sink *sink, const struct statement *statement)
{
	struct str text = statement->value.str;
	const struct estate *estate = sink->page->estate;
	size_t mark = 0;
	for (size_t from = 0, end; estate && from < text.size; from = end + (mark ? mark : 1)) {
		end = part_end(text, from, &mark);
		struct statement one = *statement;
		one.attribute = attribute_named("version");
		one.value.str = str_trim(str_sub(text, from, end - from));
		struct fact_value value = fact_value_parse(sink->arena, TYPE_VERSION, one.value.str);
		if (!value.valid || !value.names.n)
			continue;
		bool several = false;
		one.detail = version_component(sink->arena, value.names.data[0]);
		if (declared_component(estate, one.detail, &several) || several)
			fact_state(sink, &one);
	}
}

/* "10.0.0.9:9443": an endpoint with a port that is not the API's. */
static bool has_other_port(struct str text)
{
	size_t dot = str_rfind_char(text, '.');
	struct str tail = str_from_off(text, dot == SIZE_MAX ? 0 : dot);
	size_t colon = str_find_char(tail, ':');
	return colon != SIZE_MAX && !str_starts(str_from_off(tail, colon), STR(":6443"));
}

void state_value(struct fact_sink *sink, const struct statement *statement)
{
	const char *name = statement->attribute->name;
	const struct entity *subject = statement->subject;
	struct statement own = *statement;
	if (!own.why && str_is(own.detail, "endpoint") && has_other_port(own.value.str))
		own.why = "perhaps another endpoint";
	fact_state(sink, &own);
	if (!subject)
		return;
	if (subject->kind == ENTITY_SERVICE && strcmp(name, "host") == 0)
		state_port(sink, statement);
	bool has_software =
		subject->kind == ENTITY_CLUSTER || subject->kind == ENTITY_NODE || subject->kind == ENTITY_ESTATE;
	bool is_plain_version = strcmp(name, "version") == 0 && !statement->detail.size &&
				!fact_value_parse(sink->arena, TYPE_VERSION, statement->value.str).valid;
	if (has_software && (strcmp(name, "platform") == 0 || is_plain_version))
		state_versions(sink, statement);
}

struct entity *network_by_value(const struct fact_sink *sink, struct str head, struct str text)
{
	const struct attribute *attribute = attribute_find(head, ENTITY_NETWORK);
	const struct estate *estate = sink->page->estate;
	if (!estate)
		return NULL;
	if (attribute && strcmp(attribute->name, "vlan") == 0)
		return declared_vlan(estate, bare_name(text));
	if (attribute && attribute->type != TYPE_PREFIX)
		return NULL;
	struct fact_value value = fact_value_parse(sink->arena, TYPE_PREFIX, text);
	const struct network *network = value.valid && value.prefixes.n == 1
						? declared_network_of(estate, prefix_network(value.prefixes.data[0]))
						: NULL;
	return network ? estate_find(estate, network->entity.id.str, ENTITY_NETWORK) : NULL;
}
