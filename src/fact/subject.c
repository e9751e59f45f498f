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
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (str_is_listed(head, heads[i].words))
			return heads[i].kinds;
	return 0;
}

struct str bare_name(struct str text)
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

/* Estate and title, in lower case, to the entities that have it as title. */
struct titles {
	struct map by_title; /* -> struct name_entry * */
};

/* "<estate>\n<title>"; longer titles than the room are not found. */
static struct str title_key(char *out, size_t room, const struct estate *estate, struct str title)
{
	struct str id = estate->entity.id.str;
	size_t n = 0;
	if (id.size + 1 + title.size > room)
		return STR_NONE;
	for (size_t i = 0; i < id.size; i++)
		out[n++] = id.data[i];
	out[n++] = '\n';
	for (size_t i = 0; i < title.size; i++)
		out[n++] = (char)tolower((unsigned char)title.data[i]);
	return (struct str){out, n};
}

static void add_title(struct arena *arena, struct titles *titles, struct entity *entity)
{
	char room[256];
	struct str key = title_key(room, sizeof room, entity->estate, entity->title.str);
	if (!key.size || !entity->title.str.size || str_eq_nocase(entity->title.str, entity->id.str))
		return;
	struct name_entry *entry = map_find(&titles->by_title, key);
	if (!entry) {
		entry = NEW(arena, struct name_entry);
		map_put(&titles->by_title, str_dup(arena, key), entry);
	}
	vec_add(arena, &entry->entities, entity);
}

static void add_titles(struct arena *arena, struct titles *titles, const struct estate *estate)
{
	for (size_t i = 0; i < estate->networks.n; i++)
		add_title(arena, titles, &estate->networks.data[i]->entity);
	for (size_t i = 0; i < estate->devices.n; i++)
		add_title(arena, titles, &estate->devices.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		add_title(arena, titles, &estate->services.data[i]->entity);
	for (size_t i = 0; i < estate->groups.n; i++)
		add_title(arena, titles, &estate->groups.data[i]->entity);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		add_title(arena, titles, &estate->clusters.data[i]->entity);
		for (size_t k = 0; k < cluster->nodes.n; k++)
			add_title(arena, titles, &cluster->nodes.data[k]->entity);
	}
}

struct titles *titles_index(struct arena *arena, const struct model *model)
{
	struct titles *titles = NEW(arena, struct titles);
	titles->by_title.arena = arena;
	for (size_t i = 0; i < model->estates.n; i++)
		add_titles(arena, titles, model->estates.data[i]);
	return titles;
}

/* The one entity of the wanted kinds with that title, or NULL. */
static struct entity *find_title(const struct fact_sink *sink, struct str name, unsigned wanted)
{
	char room[256];
	struct str key = title_key(room, sizeof room, sink->page->estate, name);
	const struct name_entry *entry = key.size ? map_find(&sink->titles->by_title, key) : NULL;
	struct entity *found = NULL;
	for (size_t i = 0; entry && i < entry->entities.n; i++) {
		if (!(wanted & KIND_BIT(entry->entities.data[i]->kind)))
			continue;
		if (found)
			return NULL;
		found = entry->entities.data[i];
	}
	return found;
}

/* The one entity of the wanted kinds that answers to the name; of a kind of which several answer, none does. */
static struct entity *find(const struct fact_sink *sink, struct str name, unsigned wanted)
{
	const struct name_entry *entry = estate_entry(sink->page->estate, name);
	unsigned once = 0, often = 0;
	wanted &= ~(KIND_BIT(ENTITY_ESTATE) | KIND_BIT(ENTITY_ZONE) | KIND_BIT(ENTITY_RETIRED));
	for (size_t i = 0; entry && i < entry->entities.n; i++) {
		unsigned bit = wanted & KIND_BIT(entry->entities.data[i]->kind);
		often |= once & bit;
		once |= bit;
	}
	once &= ~often;
	if (once & (once - 1))
		return NULL;
	for (size_t i = 0; once && i < entry->entities.n; i++)
		if (once & KIND_BIT(entry->entities.data[i]->kind))
			return entry->entities.data[i];
	return find_title(sink, name, wanted);
}

struct entity *subject_named(const struct fact_sink *sink, struct str text, unsigned wanted)
{
	static const char *const kind_words[] = {"cluster", "network", "node", "service"};
	struct estate *estate = sink->page->estate;
	struct str name = bare_name(text);
	if (!estate || !name.size || name.size > 80)
		return NULL;
	if ((wanted & KIND_BIT(ENTITY_ESTATE)) &&
	    (str_eq_nocase(name, estate->entity.id.str) || str_eq_nocase(name, entity_title(&estate->entity))))
		return &estate->entity;
	struct entity *entity = find(sink, name, wanted);
	for (size_t i = 0; !entity && i < sizeof kind_words / sizeof *kind_words; i++) {
		struct str word = str_from(kind_words[i]);
		if (name.size <= word.size + 1 || !str_ends_nocase(name, word) ||
		    name.data[name.size - word.size - 1] != ' ')
			continue;
		static const enum entity_kind kinds[] = {ENTITY_CLUSTER, ENTITY_NETWORK, ENTITY_NODE, ENTITY_SERVICE};
		if (wanted & KIND_BIT(kinds[i]))
			entity = estate_find(estate, str_trim(str_sub(name, 0, name.size - word.size)), kinds[i]);
	}
	return entity;
}
