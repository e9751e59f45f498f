/* Names in cells, keys and heads to entities. */
#include "fact/fact_parts.h"

static const struct {
	const char *words;
	unsigned kinds;
} heads[] = {
	{"node|nodes|host|hosts|hostname|host name|machine|server|servers|node name|member",
	 KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE)},
	{"device|devices|appliance", KIND_BIT(ENTITY_DEVICE) | KIND_BIT(ENTITY_NODE)},
	{"cluster|clusters|cluster name", KIND_BIT(ENTITY_CLUSTER)},
	{"network|networks|vlan|subnet|segment|network name", KIND_BIT(ENTITY_NETWORK)},
	{"service|services|app|application|component", KIND_BIT(ENTITY_SERVICE)},
	{"estate|homelab", KIND_BIT(ENTITY_ESTATE)},
};

unsigned subject_kinds(struct str head)
{
	head = str_trim(head);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		struct str rest = str_from(heads[i].words);
		while (rest.size)
			if (str_eq_nocase(str_cut(&rest, '|'), head))
				return heads[i].kinds;
	}
	return 0;
}

/* Emphasis marks, a closing ':' and trailing parentheses off. */
static struct str bare(struct str text)
{
	text = str_trim(text);
	while (text.size && strchr("*`_\"", text.data[0]))
		text = str_from_off(text, 1);
	while (text.size && strchr("*`_\":", text.data[text.size - 1]))
		text.size--;
	if (text.size && text.data[text.size - 1] == ')') {
		size_t open = str_find_char(text, '(');
		if (open != SIZE_MAX && open > 0)
			text = str_sub(text, 0, open);
	}
	return str_trim(text);
}

static struct entity *find(const struct estate *estate, struct str name, unsigned wanted)
{
	struct entity *found = NULL;
	for (int kind = 0; kind < ENTITY_KINDS; kind++) {
		if (!(wanted & KIND_BIT(kind)) || kind == ENTITY_ESTATE || kind == ENTITY_ZONE || kind == ENTITY_RETIRED)
			continue;
		struct entity *entity = estate_find(estate, name, (enum entity_kind)kind);
		if (entity && found)
			return NULL;
		found = entity ? entity : found;
	}
	return found;
}

struct entity *subject_named(const struct fact_sink *sink, struct str text, unsigned wanted)
{
	static const char *const kind_words[] = {"cluster", "network", "node", "service"};
	struct estate *estate = sink->page->estate;
	struct str name = bare(text);
	if (!estate || !name.size || name.size > 80)
		return NULL;
	if ((wanted & KIND_BIT(ENTITY_ESTATE)) &&
	    (str_eq_nocase(name, estate->entity.id.str) || str_eq_nocase(name, entity_title(&estate->entity))))
		return &estate->entity;
	struct entity *entity = find(estate, name, wanted);
	for (size_t i = 0; !entity && i < sizeof kind_words / sizeof *kind_words; i++) {
		struct str word = str_from(kind_words[i]);
		if (name.size <= word.size + 1 || !str_ends_nocase(name, word) || name.data[name.size - word.size - 1] != ' ')
			continue;
		static const enum entity_kind kinds[] = {ENTITY_CLUSTER, ENTITY_NETWORK, ENTITY_NODE, ENTITY_SERVICE};
		if (wanted & KIND_BIT(kinds[i]))
			entity = estate_find(estate, str_trim(str_sub(name, 0, name.size - word.size)), kinds[i]);
	}
	return entity;
}
