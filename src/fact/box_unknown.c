/* Boxes that claim a machine or service that nobody declares, in drawings most of whose boxes are known. */
#include "fact/box.h"

/* So many names of an estate are compared for likeness, and so many boxes of a drawing looked up. */
enum { NAMES_MAX = 2000, LOOKED_UP_MAX = 50, KNOWN_MIN = 3, NAME_BYTES = 40 };

struct survey {
	const struct fact_sink *sink;
	const struct sketch *drawing;
	size_t boxes, known, machines;
	VEC(struct str) names; /* ids and aliases of the estate */
	size_t looked_up;
};

static bool is_machine(const struct entity *entity)
{
	return entity && (entity->kind == ENTITY_NODE || entity->kind == ENTITY_DEVICE);
}

static bool is_box(const struct drawn *item)
{
	return !item->is_loose && !item->is_frame && item->lines.n > 0;
}

static const struct entity *first_entity(const struct drawn *item)
{
	return item->entity ? item->entity : item->names.n ? item->names.data[0] : NULL;
}

static void count_boxes(struct survey *survey)
{
	for (size_t i = 0; i < survey->drawing->items.n; i++) {
		const struct drawn *item = &survey->drawing->items.data[i];
		if (!is_box(item))
			continue;
		survey->boxes++;
		survey->known += first_entity(item) != NULL;
		survey->machines += is_machine(first_entity(item));
	}
}

static void add_names(struct survey *survey, const struct entity *entity)
{
	if (survey->names.n < NAMES_MAX)
		vec_add(survey->sink->arena, &survey->names, entity->id.str);
	for (size_t i = 0; i < entity->aliases.n && survey->names.n < NAMES_MAX; i++)
		vec_add(survey->sink->arena, &survey->names, entity->aliases.data[i].str);
}

static void collect_names(struct survey *survey)
{
	const struct estate *estate = survey->sink->page->estate;
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		for (size_t k = 0; k < cluster->nodes.n; k++)
			add_names(survey, &cluster->nodes.data[k]->entity);
		add_names(survey, &cluster->entity);
	}
	for (size_t i = 0; i < estate->devices.n; i++)
		add_names(survey, &estate->devices.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		add_names(survey, &estate->services.data[i]->entity);
}

/* One word in lower case, as ids are written; hosts, addresses, versions and records are none. */
static bool is_word(struct str name)
{
	bool has_letter = false;
	if (name.size < 3 || name.size > NAME_BYTES || !isalnum((unsigned char)name.data[0]))
		return false;
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];
		if (!islower((unsigned char)c) && !isdigit((unsigned char)c) && c != '-' && c != '_')
			return false;
		has_letter |= islower((unsigned char)c) != 0;
	}
	return has_letter && !str_starts(name, STR("adr"));
}

static bool has_digit_or_hyphen(struct str name)
{
	for (size_t i = 1; i < name.size; i++)
		if (isdigit((unsigned char)name.data[i]) || name.data[i] == '-')
			return true;
	return false;
}

/* Without the number at its end: "worker" of "worker-9". */
static struct str stem_of(struct str name)
{
	while (name.size &&
	       (isdigit((unsigned char)name.data[name.size - 1]) || strchr("-_", name.data[name.size - 1])))
		name.size--;
	return name;
}

/* Letters and one number at the end, as machines of a row are called. */
static bool is_numbered(struct str name)
{
	static const char *const others[] = {"http", "https", "oauth", "ipv",   "sha",  "utf",  "base",
					     "web",  "layer", "phase", "level", "step", "tier", "stage",
					     "zone", "port",  "vlan",  "vmbr",  "eth"};
	struct str stem = stem_of(name);
	if (stem.size == name.size || stem.size < 3)
		return false;
	for (size_t i = 0; i < stem.size; i++)
		if (isdigit((unsigned char)stem.data[i]))
			return false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_is(stem, others[i]))
			return false;
	return true;
}

/* True when at least two boxes beside it are nodes of the cluster whose frame they stand in, and most are. */
static bool is_among_nodes(const struct survey *survey, const struct drawn *item)
{
	const struct sketch *drawing = survey->drawing;
	const struct entity *frame = item->parent < 0 ? NULL : drawing->items.data[item->parent].entity;
	size_t nodes = 0, others = 0;
	if (!frame || frame->kind != ENTITY_CLUSTER)
		return false;
	for (size_t i = 0; i < drawing->items.n; i++) {
		const struct drawn *other = &drawing->items.data[i];
		const struct entity *entity = first_entity(other);
		if (other == item || other->parent != item->parent || !is_box(other))
			continue;
		bool is_its = entity && entity->kind == ENTITY_NODE && ((const struct node *)entity)->cluster &&
			      &((const struct node *)entity)->cluster->entity == frame;
		nodes += is_its;
		others += !is_its;
	}
	return nodes >= 2 && nodes > others;
}

/* A word of the topology, whatever for, a term of the configuration, or what the box next to it is called as a whole. */
static bool is_said_elsewhere(const struct survey *survey, struct str name)
{
	const struct config *config = survey->sink->model->config;
	for (size_t i = 0; i < config->terms.list.n; i++)
		if (str_eq_nocase(config->terms.list.data[i].str, name))
			return true;
	const struct source *topology = survey->sink->page->estate->topology;
	for (size_t at = 0; topology && (at = str_find_from(topology->text, name, at)) != SIZE_MAX; at += name.size) {
		struct str before = str_sub(topology->text, 0, at),
			   after = str_from_off(topology->text, at + name.size);
		bool is_free = (!before.size || !isalnum((unsigned char)before.data[before.size - 1])) &&
			       (!after.size || !isalnum((unsigned char)after.data[0]));
		if (is_free)
			return true;
	}
	return false;
}

static bool has_address(const struct drawn *item)
{
	for (size_t i = 0; i < item->lines.n; i++) {
		struct str text = item->lines.data[i].word.str;
		struct str rest = str_trim_left(str_from_off(text, i ? 0 : box_name_end(text)));
		while (rest.size && strchr("(,:= ", rest.data[0]))
			rest = str_from_off(rest, 1);
		size_t n = 0;
		while (n < rest.size && !strchr(" ),/", rest.data[n]))
			n++;
		if (address_parse(str_sub(rest, 0, n)).error == NET_OK && n > 6)
			return true;
	}
	return false;
}

/* Whether a box whose name nobody knows claims a thing of the estate; *near is the name that it may mean. */
static bool claims(const struct survey *survey, const struct drawn *item, struct str name, struct str *near)
{
	bool is_like_id = has_digit_or_hyphen(name);
	*near = nearest_find(name, survey->names.data, survey->names.n);
	if (is_among_nodes(survey, item))
		return true;
	if (!is_like_id)
		return false;
	for (size_t i = 0; i < survey->names.n; i++) {
		struct str stem = stem_of(survey->names.data[i]);
		if (stem.size >= 3 && stem.size < survey->names.data[i].size && str_eq(stem, stem_of(name)))
			return true;
	}
	return near->size || is_numbered(name) || has_address(item) || survey->machines * 2 > survey->known;
}

static void look_at(struct survey *survey, struct drawn *item)
{
	struct word word = item->lines.data[0].word;
	struct str name = str_sub(word.str, 0, box_name_end(word.str)), near;
	if (first_entity(item) || !is_word(name) || survey->looked_up >= LOOKED_UP_MAX)
		return;
	survey->looked_up++;
	if (is_said_elsewhere(survey, name) || !claims(survey, item, name, &near))
		return;
	if (word.span.size >= name.size && str_starts(span_text(survey->sink->model->sources, word.span), name))
		word.span.size = (uint32_t)name.size;
	item->unknown = (struct word){name, word.span};
	item->near = near;
}

void box_find_unknown(const struct fact_sink *sink, struct sketch *drawing)
{
	struct survey survey = {.sink = sink, .drawing = drawing};
	if (drawing->why || sink->page->decision)
		return;
	count_boxes(&survey);
	if (survey.known < KNOWN_MIN || survey.known * 10 < survey.boxes * 6)
		return;
	collect_names(&survey);
	for (size_t i = 0; i < drawing->items.n; i++)
		if (is_box(&drawing->items.data[i]) && !drawing->items.data[i].why)
			look_at(&survey, &drawing->items.data[i]);
}
