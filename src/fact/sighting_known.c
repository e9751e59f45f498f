/* What is declared, by value: addresses, prefixes, hosts, names and what is one slip from them. */
#include "fact/sighting.h"

#include <stdlib.h>

/* ---- keys ---- */

struct address_key address_key(struct address address)
{
	struct address_key key = {.size = 1 + sizeof address.bytes};
	key.bytes[0] = (char)address.family;
	memcpy(key.bytes + 1, address.bytes, sizeof address.bytes);
	return key;
}

struct address_key prefix_key(struct prefix prefix)
{
	struct address_key key = address_key(prefix_network(prefix).base);
	key.bytes[key.size++] = (char)prefix.bits;
	return key;
}

static struct str key_str(const struct address_key *key)
{
	return (struct str){key->bytes, key->size};
}

static struct str kept_key(struct arena *arena, struct address_key key)
{
	return str_dup(arena, key_str(&key));
}

/* ---- networks ---- */

struct network *prefix_table_hold(const struct prefix_table *table, struct address address)
{
	const bool *has = table->has_bits[address.family == 6];
	for (int bits = address.family == 6 ? 128 : 32; bits >= 0; bits--) {
		if (!has[bits])
			continue;
		struct address_key key = prefix_key((struct prefix){address, (uint8_t)bits});
		struct network *network = map_find(&table->by_prefix, key_str(&key));
		if (network)
			return network;
	}
	return NULL;
}

struct network *prefix_table_relate(const struct prefix_table *table, struct prefix prefix)
{
	const bool *has = table->has_bits[prefix.base.family == 6];
	for (int bits = prefix.bits; bits >= 0; bits--) {
		if (!has[bits])
			continue;
		struct address_key key = prefix_key((struct prefix){prefix.base, (uint8_t)bits});
		struct network *network = map_find(&table->by_prefix, key_str(&key));
		if (network)
			return network;
	}
	struct address first = prefix_first(prefix);
	size_t low = 0, high = table->sorted.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (address_cmp(table->sorted.data[middle].base, first) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == table->sorted.n || !prefix_contains(prefix, table->sorted.data[low].base))
		return NULL;
	struct address_key key = prefix_key(table->sorted.data[low]);
	return map_find(&table->by_prefix, key_str(&key));
}

static int by_base(const void *a, const void *b)
{
	const struct prefix *one = a, *two = b;
	int order = address_cmp(one->base, two->base);
	return order ? order : one->bits - two->bits;
}

static void add_prefix(struct known *known, struct known_estate *estate, struct network *network, struct prefix prefix)
{
	struct prefix_table *table = &estate->prefixes;
	struct str key = kept_key(known->arena, prefix_key(prefix));
	map_put(&known->prefixes, key, network);
	if (!map_has(&table->by_prefix, key))
		map_put(&table->by_prefix, key, network);
	table->has_bits[prefix.base.family == 6][prefix.bits] = true;
	vec_add(known->arena, &table->sorted, prefix_network(prefix));
}

static int by_from(const void *a, const void *b)
{
	const struct address_range *one = a, *two = b;
	return address_cmp(one->from, two->from);
}

static void add_networks(struct known *known, struct known_estate *to)
{
	const struct estate *estate = to->estate;
	VEC(struct address_range) ranges = {0};
	for (size_t i = 0; i < estate->networks.n; i++) {
		struct network *network = estate->networks.data[i];
		for (size_t k = 0; k < network->cidrs.n; k++)
			if (network->cidrs.data[k].valid)
				add_prefix(known, to, network, network->cidrs.data[k].prefix);
		for (size_t k = 0; k < network->ranges.n; k++)
			if (network->ranges.data[k].valid)
				vec_add(known->arena, &ranges, network->ranges.data[k].range);
	}
	if (to->prefixes.sorted.n)
		qsort(to->prefixes.sorted.data, to->prefixes.sorted.n, sizeof *to->prefixes.sorted.data, by_base);
	if (ranges.n)
		qsort(ranges.data, ranges.n, sizeof *ranges.data, by_from);
	for (size_t i = 0; i < ranges.n; i++) {
		struct address_range *last = to->ranges.n ? &to->ranges.data[to->ranges.n - 1] : NULL;
		if (!last || address_cmp(ranges.data[i].from, last->to) > 0)
			vec_add(known->arena, &to->ranges, ranges.data[i]);
		else if (address_cmp(ranges.data[i].to, last->to) > 0)
			last->to = ranges.data[i].to;
	}
}

bool known_in_range(const struct known_estate *estate, struct address address)
{
	size_t low = 0, high = estate->ranges.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (address_cmp(estate->ranges.data[middle].from, address) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low && address_cmp(address, estate->ranges.data[low - 1].to) <= 0;
}

static void add_addresses(struct known *known, struct known_estate *to)
{
	struct address_uses uses = estate_addresses(known->arena, to->estate);
	for (size_t i = 0; i < uses.list.n; i++) {
		const struct address_use *use = &uses.list.data[i];
		if (!use->value->valid)
			continue;
		struct str key = kept_key(known->arena, address_key(use->value->address));
		if (!map_has(&to->addresses, key))
			map_put(&to->addresses, key, use->owner);
		struct network *home = prefix_table_hold(&to->prefixes, use->value->address);
		if (home && use->use != USE_GATEWAY)
			map_put(&to->populated, home->entity.id.str, home);
		if (home && (use->use == USE_SERVICE || home->ranges.n))
			map_put(&to->balanced, home->entity.id.str, home);
	}
}

/* ---- hosts ---- */

static struct str bare_host(struct str host)
{
	size_t at = str_find(host, STR("://"));
	if (at != SIZE_MAX)
		host = str_from_off(host, at + 3);
	host = str_sub(host, 0, str_find_char(host, '/'));
	host = str_sub(host, 0, str_find_char(host, ':'));
	if (str_ends(host, STR(".")))
		host.size--;
	return host;
}

const struct zone *known_zone(const struct known_estate *estate, struct str host)
{
	struct str rest = host;
	if (map_has(&estate->zones, host))
		return NULL;
	for (str_cut(&rest, '.'); rest.data; str_cut(&rest, '.')) {
		const struct zone *zone = map_find(&estate->zones, rest);
		if (zone)
			return zone;
	}
	return NULL;
}

static void add_hosts(struct known *known, struct known_estate *to)
{
	const struct estate *estate = to->estate;
	for (size_t i = 0; i < estate->zones.n; i++) {
		struct zone *zone = estate->zones.data[i];
		map_put(&to->zones, utf8_lower(known->arena, zone->entity.id.str), zone);
		for (size_t k = 0; k < zone->entity.aliases.n; k++)
			map_put(&to->zones, utf8_lower(known->arena, zone->entity.aliases.data[k].str), zone);
	}
	for (size_t i = 0; i < estate->services.n; i++) {
		struct service *service = estate->services.data[i];
		for (size_t k = 0; k < service->hosts.n; k++) {
			struct str host = utf8_lower(known->arena, bare_host(service->hosts.data[k].str));
			map_put(&to->hosts, host, &service->entity);
			const struct zone *zone = known_zone(to, host);
			if (zone)
				map_put(&to->served, zone->entity.id.str, service);
		}
	}
}

/* ---- words ---- */

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Each word of the text in lower case; of a joined one its parts too. */
static void add_words(struct known *known, struct str text)
{
	struct str lower = str_lower_ascii(known->arena, text);
	for (size_t at = 0; at < lower.size;) {
		size_t start = at;
		while (at < lower.size && is_word_byte(lower.data[at]))
			at++;
		struct str word = str_sub(lower, start, at - start), rest = word;
		if (!word.size) {
			at++;
			continue;
		}
		if (word.size <= KNOWN_WORD_MAX && !map_has(&known->words, word))
			map_put(&known->words, word, known);
		while (rest.size) {
			struct str part = str_cut(&rest, '-');
			if (part.size > 2 && part.size <= KNOWN_WORD_MAX && !map_has(&known->words, part))
				map_put(&known->words, part, known);
		}
	}
}

static void load_words(struct map *map, const char *list)
{
	struct str rest = str_from(list);
	while (rest.size)
		map_put(map, str_cut(&rest, '|'), map);
}

static void load_english(struct map *map)
{
	static const char words[] =
#include "fact/sighting_words.def"
		;
	struct str rest = {words, sizeof words - 1};
	while (rest.size) {
		struct str word = str_cut(&rest, ' ');
		if (word.size)
			map_put(map, word, map);
	}
}

static bool ends_and_is(const struct map *map, struct str word, struct str suffix, struct str add)
{
	char stem[KNOWN_WORD_MAX + 2];
	if (!str_ends(word, suffix) || word.size < suffix.size + 3 || word.size > KNOWN_WORD_MAX)
		return false;
	size_t n = word.size - suffix.size;
	memcpy(stem, word.data, n);
	if (map_has(map, (struct str){stem, n}))
		return true;
	if (n > 3 && stem[n - 1] == stem[n - 2] && map_has(map, (struct str){stem, n - 1}))
		return true;
	memcpy(stem + n, add.data, add.size);
	if (add.size && map_has(map, (struct str){stem, n + add.size}))
		return true;
	if (stem[n - 1] != 'i')
		return false;
	stem[n - 1] = 'y';
	return map_has(map, (struct str){stem, n});
}

static bool is_form(const struct map *map, struct str word)
{
	static const char *const suffixes[] = {"s",  "es",  "ed",    "d",      "ing",  "ly",   "er",   "ers",
					       "or", "y",   "able",  "ment",   "ness", "ion",  "ions", "ive",
					       "al", "ity", "ation", "ations", "ance", "ence", "ful",  "less",
					       "r",  "rs",  "n",     "st",     "ors",  "ments"};
	if (map_has(map, word))
		return true;
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (ends_and_is(map, word, str_from(suffixes[i]), STR("e")))
			return true;
	return false;
}

bool known_is_english(const struct known *known, struct str word)
{
	static const char *const prefixes[] = {"un",   "re",  "in",  "non", "pre", "sub",
					       "over", "out", "mis", "dis", "de"};
	if (is_form(&known->english, word))
		return true;
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		struct str prefix = str_from(prefixes[i]);
		if (str_starts(word, prefix) && word.size >= prefix.size + 4 &&
		    is_form(&known->english, str_from_off(word, prefix.size)))
			return true;
	}
	return false;
}

/* ---- names that a word may be a slip of ---- */

/* Shorter names have too many neighbours. */
enum { NEAR_MIN = 5, NEAR_PLAIN = 6, NEAR_LIST = 16 };

static void index_key(struct known *known, struct known_estate *to, struct str key, const struct near_name *name)
{
	struct near_names *names = map_find(&to->deletions, key);
	if (!names) {
		names = NEW(known->arena, struct near_names);
		map_put(&to->deletions, str_dup(known->arena, key), names);
	}
	if (names->list.n < NEAR_LIST)
		vec_add(known->arena, &names->list, name);
}

static bool has_letters(struct str word)
{
	size_t letters = 0;
	for (size_t i = 0; i < word.size; i++)
		letters += isalpha((unsigned char)word.data[i]) != 0;
	return letters >= NEAR_MIN;
}

static bool is_near_kind(enum entity_kind kind)
{
	return kind == ENTITY_NODE || kind == ENTITY_CLUSTER || kind == ENTITY_DEVICE || kind == ENTITY_NETWORK ||
	       kind == ENTITY_SERVICE;
}

static void add_name(struct known *known, struct known_estate *to, struct entity *entity, struct str text)
{
	struct str lower = str_lower_ascii(known->arena, str_trim(text));
	if (lower.size < 3 || lower.size > KNOWN_WORD_MAX || !is_id_like(lower))
		return;
	struct entity *other = map_find(&to->exact, lower);
	map_put(&to->exact, lower, map_has(&to->exact, lower) && other != entity ? NULL : entity);
	if (!has_letters(lower) || !is_near_kind(entity->kind))
		return;
	struct near_name *name = NEW(known->arena, struct near_name);
	*name = (struct near_name){lower, str_trim(text), entity,
				   lower.size <= NEAR_PLAIN || map_has(&known->english, lower)};
	to->lengths[(unsigned char)lower.data[0]] |= 1ull << lower.size;
	to->lengths[(unsigned char)lower.data[1]] |= 1ull << lower.size; /* the first two letters may change places */
	index_key(known, to, lower, name);
	char key[KNOWN_WORD_MAX];
	for (size_t i = 0; i < lower.size; i++) {
		if (i && lower.data[i] == lower.data[i - 1])
			continue;
		memcpy(key, lower.data, i);
		memcpy(key + i, lower.data + i + 1, lower.size - i - 1);
		index_key(known, to, (struct str){key, lower.size - 1}, name);
	}
}

static void add_entity(struct known *known, struct known_estate *to, struct entity *entity)
{
	add_name(known, to, entity, entity->id.str);
	add_name(known, to, entity, entity->title.str);
	for (size_t i = 0; i < entity->aliases.n; i++)
		add_name(known, to, entity, entity->aliases.data[i].str);
}

#define ADD_ALL(list)                                        \
	for (size_t list_i = 0; list_i < (list).n; list_i++) \
	add_entity(known, to, &(list).data[list_i]->entity)

static void add_names(struct known *known, struct known_estate *to)
{
	const struct estate *estate = to->estate;
	ADD_ALL(estate->networks);
	ADD_ALL(estate->clusters);
	for (size_t i = 0; i < estate->clusters.n; i++)
		ADD_ALL(estate->clusters.data[i]->nodes);
	ADD_ALL(estate->devices);
	ADD_ALL(estate->services);
}

/* Whether the one edit is a slip. A digit or a joint makes another name, and so does a first letter; at the end of a part
 * stand inflections and what was cut off. */
static bool is_slip(struct str word, struct str name)
{
	size_t head = 0, tail = 0;
	while (head < word.size && head < name.size && word.data[head] == name.data[head])
		head++;
	while (tail < word.size - head && tail < name.size - head &&
	       word.data[word.size - 1 - tail] == name.data[name.size - 1 - tail])
		tail++;
	struct str in_word = str_sub(word, head, word.size - head - tail);
	struct str in_name = str_sub(name, head, name.size - head - tail);
	for (size_t i = 0; i < in_word.size; i++)
		if (!isalpha((unsigned char)in_word.data[i]))
			return false;
	for (size_t i = 0; i < in_name.size; i++)
		if (!isalpha((unsigned char)in_name.data[i]))
			return false;
	/* The part of a joined name that differs. */
	size_t from = head, to = name.size - tail;
	while (from && isalpha((unsigned char)name.data[from - 1]))
		from--;
	while (to < name.size && isalpha((unsigned char)name.data[to]))
		to++;
	bool at_start = head == from && !(in_word.size == 2 && in_name.size == 2);
	bool at_end = in_word.size != in_name.size && head + in_name.size == to;
	return to - from >= NEAR_MIN && !at_start && !at_end;
}

static const struct near_name *match(const struct near_names *names, struct str lower)
{
	for (size_t i = 0; names && i < names->list.n; i++) {
		const struct near_name *name = names->list.data[i];
		if (!str_eq(name->lower, lower) && nearest_distance(lower, name->lower, 1) == 1 &&
		    is_slip(lower, name->lower))
			return name;
	}
	return NULL;
}

/* True when no part of the word is English where the name's is not: "native" is no slip of knative. */
static bool has_english_part(const struct known *known, struct str word, struct str name)
{
	struct str rest = word;
	while (rest.size) {
		struct str part = str_cut(&rest, '-');
		if (str_find(name, part) == SIZE_MAX && known_is_english(known, part))
			return true;
	}
	return false;
}

const struct near_name *known_near(const struct known *known, const struct known_estate *estate, struct str lower)
{
	if (map_has(&known->words, lower) || known_is_english(known, lower))
		return NULL;
	const struct near_name *found = match(map_find(&estate->deletions, lower), lower);
	char key[KNOWN_WORD_MAX];
	for (size_t i = 0; !found && i < lower.size; i++) {
		memcpy(key, lower.data, i);
		memcpy(key + i, lower.data + i + 1, lower.size - i - 1);
		found = match(map_find(&estate->deletions, (struct str){key, lower.size - 1}), lower);
	}
	return found && !has_english_part(known, lower, found->lower) ? found : NULL;
}

/* ---- the index ---- */

/* Namespaces that a machine file names, and the folders that it lies in, which often are called so. */
static void add_namespaces(struct known *known, const struct source *source)
{
	struct str text = source->text;
	add_words(known, source->path);
	for (size_t at = 0; (at = str_find_from(text, STR("amespace"), at)) != SIZE_MAX;) {
		struct str rest = str_from_off(text, at + strlen("amespace"));
		struct str line = str_cut_line(&rest);
		at += strlen("amespace");
		line = str_starts(line, STR("\"")) ? str_from_off(line, 1) : line;
		if (str_starts(line, STR(":"))) {
			line = str_from_off(line, 1);
			add_words(known, str_cut(&line, ','));
		}
	}
}

struct known *known_index(struct arena *arena, const struct model *model)
{
	struct known *known = NEW(arena, struct known);
	known->arena = known->prefixes.arena = known->words.arena = known->english.arena = arena;
	known->loose.arena = known->past.arena = known->row.arena = arena;
	if (!model->estates.n)
		return known;
	load_english(&known->english);
	load_words(&known->loose, loose_words);
	load_words(&known->past, past_words);
	load_words(&known->row, row_words);
	for (size_t i = 0; i < model->pages.n; i++)
		add_words(known, model->pages.data[i]->source->path);
	for (size_t i = 0; i < model->sources->list.n; i++)
		if (model->sources->list.data[i]->kind == SOURCE_MACHINE)
			add_namespaces(known, model->sources->list.data[i]);
	for (size_t i = 0; i < model->config->terms.list.n; i++)
		add_words(known, model->config->terms.list.data[i].str);
	known->estates = NEW_ARRAY(arena, struct known_estate, model->estates.n);
	for (size_t i = 0; i < model->estates.n; i++) {
		struct known_estate *to = &known->estates[i];
		to->estate = model->estates.data[i];
		to->addresses.arena = to->prefixes.by_prefix.arena = to->populated.arena = to->balanced.arena =
			to->hosts.arena = arena;
		to->zones.arena = to->served.arena = to->deletions.arena = to->exact.arena = arena;
		if (to->estate->topology)
			add_words(known, to->estate->topology->text);
		add_networks(known, to);
		add_addresses(known, to);
		add_hosts(known, to);
		add_names(known, to);
	}
	return known;
}
