/* An index from the first words of each name of an estate to the names that begin with them. */
#include "resolve/names.h"

struct building {
	struct arena *arena;
	struct names_index *index;
	struct map by_name; /* lower-cased name -> struct name * */
	const struct config *config;
};

static const bool is_ascii_word[256] = {['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, ['_'] = true};

size_t word_size(struct str text, size_t off)
{
	size_t end = off;
	for (;;) {
		while (end < text.size && is_ascii_word[(unsigned char)text.data[end]])
			end++;
		if (end >= text.size || (unsigned char)text.data[end] < 128)
			break;
		size_t next = end;
		uint32_t code = utf8_next(text, &next);
		if (code == UTF8_BAD || !utf8_is_word(code))
			break;
		end = next;
	}
	return end - off;
}

static bool is_wide_hyphen(struct str text, size_t off)
{
	return off + 3 <= text.size && memcmp(text.data + off, "\xE2\x80", 2) == 0 &&
	       (text.data[off + 2] == '\x90' || text.data[off + 2] == '\x91');
}

static void keep(struct word_read *word, size_t *size, struct str bytes)
{
	for (size_t i = 0; i < bytes.size; i++, ++*size) {
		char c = bytes.data[i];
		if ((unsigned char)c >= 128)
			word->is_ascii = false;
		if (*size < WORD_MAX)
			word->lower[*size] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
}

void word_read(struct str text, size_t off, struct word_read *word)
{
	size_t at = off, size = 0;
	word->raw = word->size = 0;
	word->is_ascii = true;
	for (;;) {
		size_t run = word_size(text, at);
		if (!run)
			break;
		keep(word, &size, str_sub(text, at, run));
		at += run;
		word->raw = at - off;
		word->size = size <= WORD_MAX ? size : 0;
		size_t joint = at < text.size && (text.data[at] == '-' || text.data[at] == '.') ? 1 : 0;
		if (!joint && is_wide_hyphen(text, at))
			joint = 3;
		if (!joint || !word_size(text, at + joint))
			return;
		keep(word, &size, joint == 3 ? STR("-") : str_sub(text, at, 1));
		at += joint;
	}
	word->raw = at - off;
	word->size = size <= WORD_MAX ? size : 0;
}

static bool is_term(const struct config *config, struct str name)
{
	for (size_t i = 0; i < config->terms.list.n; i++)
		if (str_eq_nocase(config->terms.list.data[i].str, name))
			return true;
	return false;
}

static bool is_one_word(struct str name)
{
	return str_find_char(name, ' ') == SIZE_MAX;
}

static void insert_by_length(struct name **head, struct name *name)
{
	while (*head && (*head)->lower.size > name->lower.size)
		head = &(*head)->next;
	name->next = *head;
	*head = name;
}

static struct first_word *first_word_of(struct building *building, struct str word)
{
	struct first_word *first = map_find(&building->index->by_first, word);
	if (first)
		return first;
	first = NEW(building->arena, struct first_word);
	map_put(&building->index->by_first, word, first);
	building->index->lengths[(unsigned char)word.data[0]] |= 1ull << (word.size < 63 ? word.size : 63);
	return first;
}

static void index_name(struct building *building, struct name *name)
{
	struct word_read word;
	word_read(name->lower, 0, &word);
	struct first_word *first = first_word_of(building, str_sub(name->lower, 0, word.raw));
	if (word.raw == name->lower.size) {
		first->name = name;
		return;
	}
	size_t second = word.raw + 1;
	word_read(name->lower, second, &word);
	struct str pair = str_sub(name->lower, 0, second + word.raw);
	struct name **head = map_find(&building->index->by_pair, pair);
	if (!head) {
		head = NEW(building->arena, struct name *);
		map_put(&building->index->by_pair, pair, head);
	}
	first->has_longer = true;
	insert_by_length(head, name);
}

/* Words of the form that word_read reads, one blank or '/' between; anything else cannot be found in prose. */
static bool is_readable(struct str name)
{
	size_t at = 0;
	for (;;) {
		struct word_read word;
		word_read(name, at, &word);
		at += word.raw;
		if (!word.size || at == name.size)
			return word.size && at == name.size;
		if (name.data[at] != ' ' && name.data[at] != '/')
			return false;
		at++;
	}
}

static void add_name(struct building *building, struct str text, struct entity *entity)
{
	struct str trimmed = str_trim(text);
	struct str lower = utf8_lower(building->arena, trimmed);
	if (lower.size < 2 || !is_readable(lower) || is_term(building->config, trimmed))
		return;
	struct name *name = map_find(&building->by_name, lower);
	if (!name) {
		name = NEW(building->arena, struct name);
		*name = (struct name){
			.lower = lower, .shown = trimmed, .is_common = is_one_word(lower) && name_is_common(lower)};
		map_put(&building->by_name, lower, name);
		index_name(building, name);
	}
	if (str_eq(name->shown, lower))
		name->shown = trimmed;
	for (size_t i = 0; i < name->entities.n; i++)
		if (name->entities.data[i] == entity)
			return;
	vec_add(building->arena, &name->entities, entity);
}

static void add_entity(struct building *building, struct entity *entity)
{
	add_name(building, entity->id.str, entity);
	add_name(building, entity->title.str, entity);
	for (size_t i = 0; i < entity->aliases.n; i++)
		add_name(building, entity->aliases.data[i].str, entity);
}

#define ADD_ALL(building, list)                              \
	for (size_t list_i = 0; list_i < (list).n; list_i++) \
	add_entity((building), &(list).data[list_i]->entity)

static void add_estate(struct building *building, const struct estate *estate)
{
	ADD_ALL(building, estate->networks);
	ADD_ALL(building, estate->clusters);
	for (size_t i = 0; i < estate->clusters.n; i++)
		ADD_ALL(building, estate->clusters.data[i]->nodes);
	ADD_ALL(building, estate->devices);
	ADD_ALL(building, estate->services);
	ADD_ALL(building, estate->zones);
	ADD_ALL(building, estate->groups);
	ADD_ALL(building, estate->retired);
}

struct names_index *names_index(struct arena *arena, const struct model *model, const struct estate *estate)
{
	struct building building = {.arena = arena, .index = NEW(arena, struct names_index), .config = model->config};
	building.index->by_first.arena = arena;
	building.index->by_pair.arena = arena;
	building.by_name.arena = arena;
	if (estate)
		add_estate(&building, estate);
	/* An estate's own name steps back where a thing in it has the same. */
	for (size_t i = 0; i < model->estates.n; i++) {
		struct estate *other = model->estates.data[i];
		if (!other->topology)
			continue;
		if (!map_has(&building.by_name, utf8_lower(arena, other->entity.id.str)))
			add_name(&building, other->entity.id.str, &other->entity);
		if (!map_has(&building.by_name, utf8_lower(arena, other->entity.title.str)))
			add_name(&building, other->entity.title.str, &other->entity);
	}
	return building.index;
}
