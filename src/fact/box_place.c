/* What a drawing says by where things stand: a service in the frame of a host, a node in that of a cluster, role or zone. */
#include "fact/box.h"

struct places {
	struct fact_sink *sink;
	const struct sketch *drawing;
	int *votes;      /* by item: for each frame of a host, whether what it holds is declared to be there */
	struct map seen; /* address of an entity -> itself, or the map when it is drawn twice */
};

static struct str key_of(struct entity *const *entity)
{
	return (struct str){(const char *)entity, sizeof *entity};
}

static bool is_host(const struct entity *entity)
{
	return entity &&
	       (entity->kind == ENTITY_NODE || entity->kind == ENTITY_CLUSTER || entity->kind == ENTITY_DEVICE);
}

static void state(struct places *places, const struct drawn *item, struct entity *subject, const char *name,
		  struct word value)
{
	const char *why = places->drawing->why ? places->drawing->why : item->why;
	struct statement statement = {.subject = subject,
				      .attribute = attribute_named(name),
				      .value = value,
				      .form = places->drawing->form,
				      .why = why};
	fact_state(places->sink, &statement);
}

/* A thing that stands in several places of a drawing is a copy or a client in some. */
static bool is_single(const struct places *places, struct entity *entity)
{
	return map_find(&places->seen, key_of(&entity)) == entity;
}

static void see_all(struct places *places)
{
	for (size_t i = 0; i < places->drawing->items.n; i++) {
		const struct drawn *item = &places->drawing->items.data[i];
		for (size_t k = 0; k < item->names.n; k++) {
			struct entity **entity = &item->names.data[k];
			void *value = map_has(&places->seen, key_of(entity)) ? (void *)places : (void *)*entity;
			map_put(&places->seen, key_of(entity), value);
		}
	}
}

/* Two lines, "Whisper" and "elminster", in one box: what runs, and where. */
static void read_pair(struct places *places, const struct drawn *item)
{
	const struct drawn_line *service = NULL, *host = NULL;
	for (size_t i = 0; i < item->lines.n; i++) {
		const struct drawn_line *line = &item->lines.data[i];
		if (!line->entity)
			continue;
		if (line->name_size < line->word.str.size)
			return;
		if (line->entity->kind == ENTITY_SERVICE && !service)
			service = line;
		else if (line->entity->kind == ENTITY_NODE && !host)
			host = line;
		else
			return;
	}
	if (service && host && item->names.n == 2)
		state(places, item, service->entity, "runs on", (struct word){host->entity->id.str, host->word.span});
}

/* The role that a frame is named after: "Control plane (3)", "Worker nodes". */
static struct str role_of(const struct drawn *frame)
{
	static const char *const roles[] = {"control plane",       "control-plane", "control plane nodes",
					    "control-plane nodes", "masters",       "workers",
					    "worker nodes"};
	struct str text = frame->lines.n ? frame->lines.data[0].word.str : STR_NONE;
	text = str_sub(text, 0, box_name_end(text));
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (str_eq_nocase(text, str_from(roles[i])))
			return i < 4 ? STR("control plane") : i == 4 ? STR("master") : STR("worker");
	return STR_NONE;
}

/* The zone that a frame is named after: "Zone us-east-1a", "AZ: a", as a node of the estate declares it. Other words after
 * "zone" may be short for one. */
static struct str zone_of(const struct places *places, const struct drawn *frame)
{
	static const char *const words[] = {"availability zone", "failure domain", "zone", "az"};
	const struct estate *estate = places->sink->page->estate;
	struct str text = frame->lines.n ? frame->lines.data[0].word.str : STR_NONE;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct str word = str_from(words[i]), rest = str_from_off(text, word.size);
		if (!str_starts_nocase(text, word) || !rest.size || !strchr(" :", rest.data[0]))
			continue;
		while (rest.size && strchr(" :", rest.data[0]))
			rest = str_from_off(rest, 1);
		text = rest;
	}
	for (size_t i = 0; estate && text.size && i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->nodes.n; k++)
			if (str_eq_nocase(estate->clusters.data[i]->nodes.data[k]->zone.str, text))
				return text;
	return STR_NONE;
}

static bool is_within(const struct entity *place, const struct entity *host)
{
	if (!place || place == host)
		return place != NULL;
	if (place->kind == ENTITY_NODE && host->kind == ENTITY_CLUSTER)
		return &((const struct node *)place)->cluster->entity == host;
	return place->kind == ENTITY_CLUSTER && host->kind == ENTITY_NODE &&
	       &((const struct node *)host)->cluster->entity == place;
}

/* 1: declared to be on that host, -1: declared to be elsewhere, 0: nothing is declared. */
static int declared_on(const struct entity *entity, const struct entity *host)
{
	if (entity->kind == ENTITY_NODE)
		return is_within(entity, host) ? 1 : -1;
	if (entity->kind != ENTITY_SERVICE)
		return 0;
	const struct service *service = (const struct service *)entity;
	for (size_t i = 0; i < service->runs_on.n; i++)
		if (is_within(service->runs_on.data[i].entity, host))
			return 1;
	return service->runs_on.n ? -1 : 0;
}

/* Groups bear the names of clusters too ("Monitoring"): a frame is one when its label says so, or most of what it holds
 * is declared to be there. */
static void find_hosts(struct places *places)
{
	const struct sketch *drawing = places->drawing;
	places->votes = NEW_ARRAY(places->sink->arena, int, drawing->items.n + 1);
	for (size_t i = 0; i < drawing->items.n; i++) {
		const struct drawn *item = &drawing->items.data[i];
		if (is_host(item->entity) && item->is_frame && !item->by_id && item->lines.n) {
			struct str label = item->lines.data[0].word.str;
			bool says = str_find_nocase(label, STR("cluster")) != SIZE_MAX ||
				    str_find_nocase(label, STR("node")) != SIZE_MAX ||
				    item->entity->kind == ENTITY_NODE;
			places->votes[i] += says ? 1000 : 0;
		}
		int frame = item->parent;
		for (int depth = 0; frame >= 0 && depth < 64 && !drawing->items.data[frame].entity; depth++)
			frame = drawing->items.data[frame].parent;
		if (frame >= 0 && item->entity && is_host(drawing->items.data[frame].entity))
			places->votes[frame] += declared_on(item->entity, drawing->items.data[frame].entity);
	}
}

static void read_frame(struct places *places, const struct drawn *item)
{
	const struct sketch *drawing = places->drawing;
	struct word word = item->lines.data[0].word;
	struct entity *entity = item->entity;
	int parent = item->parent;
	for (int depth = 0; parent >= 0 && depth < 64; depth++) {
		const struct drawn *frame = &drawing->items.data[parent];
		struct str role = entity->kind == ENTITY_NODE ? role_of(frame) : STR_NONE;
		if (role.size)
			state(places, item, entity, "role", (struct word){role, word.span});
		struct str zone = entity->kind == ENTITY_NODE && !frame->entity ? zone_of(places, frame) : STR_NONE;
		if (zone.size)
			state(places, item, entity, "zone", (struct word){zone, word.span});
		struct entity *owner = frame->by_id ? NULL : frame->entity;
		if (owner) {
			struct word value = {owner->id.str, word.span};
			bool is_sure = places->votes[parent] > 0;
			if (is_sure && entity->kind == ENTITY_SERVICE && is_host(owner))
				state(places, item, entity, "runs on", value);
			if (is_sure && entity->kind == ENTITY_NODE && owner->kind == ENTITY_CLUSTER)
				state(places, item, entity, "cluster", value);
			return;
		}
		parent = frame->parent;
	}
}

/* A box that is named after a zone or cluster and lists nodes on the lines below. */
static void read_lines(struct places *places, const struct drawn *item)
{
	struct str zone = item->entity ? STR_NONE : zone_of(places, item);
	bool is_cluster = item->entity && item->entity->kind == ENTITY_CLUSTER && !item->by_id &&
			  str_find_nocase(item->lines.data[0].word.str, STR("cluster")) != SIZE_MAX;
	for (size_t i = 1; (zone.size || is_cluster) && i < item->lines.n; i++) {
		const struct drawn_line *line = &item->lines.data[i];
		if (!line->entity || line->entity->kind != ENTITY_NODE || !is_single(places, line->entity))
			continue;
		if (zone.size)
			state(places, item, line->entity, "zone", (struct word){zone, line->word.span});
		else
			state(places, item, line->entity, "cluster",
			      (struct word){item->entity->id.str, line->word.span});
	}
}

void box_state_places(struct fact_sink *sink, const struct sketch *drawing)
{
	struct places places = {.sink = sink, .drawing = drawing, .seen = {.arena = sink->arena}};
	see_all(&places);
	find_hosts(&places);
	for (size_t i = 0; i < drawing->items.n; i++) {
		const struct drawn *item = &drawing->items.data[i];
		if (!item->lines.n || item->is_loose)
			continue;
		read_pair(&places, item);
		read_lines(&places, item);
		if (item->entity && !item->is_frame && !item->by_id && item->names.n == 1 &&
		    is_single(&places, item->entity))
			read_frame(&places, item);
	}
}
