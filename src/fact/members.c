/* Tables and lists that claim all members of a set: against what is declared, and against each other. */
#include "fact/fact_parts.h"

/* A set whose members are declared: a group, the nodes of a cluster, the clusters of an estate. */
struct name_set {
	const struct estate *estate;
	const struct entity *owner;
	enum entity_kind of; /* ENTITY_NODE, ENTITY_CLUSTER; ENTITY_GROUP: names of any kind */
	VEC(struct word) members;
	VEC(const struct entity *) entities; /* of nodes and clusters */
};

struct name_sets {
	VEC(struct name_set) list;
	struct map by_name; /* "<estate>\n<name>" -> struct set_entry * */
};

struct set_entry {
	VEC(size_t) sets;
	VEC(size_t) members; /* index in each */
};

/* ---- the index ---- */

static struct str set_key(struct arena *arena, const struct estate *estate, struct str name)
{
	return str_join(arena, (struct str[]){estate->entity.id.str, str_lower_ascii(arena, name)}, 2, STR("\n"));
}

static void index_name(struct arena *arena, struct name_sets *sets, struct str name, size_t set, size_t member)
{
	if (!name.size)
		return;
	struct str key = set_key(arena, sets->list.data[set].estate, name);
	struct set_entry *entry = map_find(&sets->by_name, key);
	if (!entry) {
		entry = NEW(arena, struct set_entry);
		map_put(&sets->by_name, key, entry);
	}
	for (size_t i = 0; i < entry->sets.n; i++)
		if (entry->sets.data[i] == set)
			return;
	vec_add(arena, &entry->sets, set);
	vec_add(arena, &entry->members, member);
}

static size_t add_set(struct arena *arena, struct name_sets *sets, const struct estate *estate,
		      const struct entity *owner, enum entity_kind of)
{
	vec_add(arena, &sets->list, (struct name_set){.estate = estate, .owner = owner, .of = of});
	return sets->list.n - 1;
}

static void add_member(struct arena *arena, struct name_sets *sets, size_t set, const struct entity *entity)
{
	size_t member = sets->list.data[set].members.n;
	vec_add(arena, &sets->list.data[set].members, entity->id);
	vec_add(arena, &sets->list.data[set].entities, entity);
	index_name(arena, sets, entity->id.str, set, member);
	index_name(arena, sets, entity->title.str, set, member);
	for (size_t i = 0; i < entity->aliases.n; i++)
		index_name(arena, sets, entity->aliases.data[i].str, set, member);
}

static void add_estate(struct arena *arena, struct name_sets *sets, const struct estate *estate)
{
	for (size_t i = 0; i < estate->groups.n; i++) {
		const struct group *group = estate->groups.data[i];
		size_t set = add_set(arena, sets, estate, &group->entity, ENTITY_GROUP);
		for (size_t k = 0; k < group->members.n; k++) {
			vec_add(arena, &sets->list.data[set].members, group->members.data[k]);
			index_name(arena, sets, group->members.data[k].str, set, k);
		}
	}
	/* Machine files may be those of some clusters, and of some nodes. */
	if (estate->clusters.n && estate->topology) {
		size_t all = add_set(arena, sets, estate, &estate->entity, ENTITY_CLUSTER);
		for (size_t i = 0; i < estate->clusters.n; i++)
			add_member(arena, sets, all, &estate->clusters.data[i]->entity);
	}
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		if (!cluster->has_nodes || cluster->incomplete)
			continue;
		size_t set = add_set(arena, sets, estate, &cluster->entity, ENTITY_NODE);
		for (size_t k = 0; k < cluster->nodes.n; k++)
			add_member(arena, sets, set, &cluster->nodes.data[k]->entity);
	}
}

struct name_sets *name_sets_index(struct arena *arena, const struct model *model)
{
	struct name_sets *sets = NEW(arena, struct name_sets);
	sets->by_name.arena = arena;
	for (size_t i = 0; i < model->estates.n; i++)
		add_estate(arena, sets, model->estates.data[i]);
	return sets;
}

/* ---- lists of names on a page ---- */

/* A table's name column, or the leading names of a list's items. */
struct name_list {
	uint32_t node, previous; /* the block before it; 0: none */
	int section;             /* index of the heading above, -1: none */
	struct str head;         /* of the name column, lower case; empty for a list */
	struct span span;
	VEC(struct word) names;
	VEC(struct str) keys; /* the names as they are compared */
};

struct member_reader {
	struct fact_sink *sink;
	VEC(struct name_list) listings;
	struct map places; /* name -> struct place_list * */
};

struct place_list {
	VEC(size_t) listings;
};

static void add_name(struct member_reader *reader, struct name_list *listing, struct word name)
{
	struct arena *arena = reader->sink->arena;
	name.str = bare_name(name.str);
	if (!name.str.size || name.str.size > 60)
		return;
	struct str key = str_lower_ascii(arena, name.str);
	vec_add(arena, &listing->names, name);
	vec_add(arena, &listing->keys, key);
	struct place_list *places = map_find(&reader->places, key);
	if (!places) {
		places = NEW(arena, struct place_list);
		map_put(&reader->places, key, places);
	}
	vec_add(arena, &places->listings, reader->listings.n);
}

static void read_table(struct member_reader *reader, struct name_list *listing)
{
	struct fact_sink *sink = reader->sink;
	const struct md *md = sink->page->md;
	uint32_t end = md->nodes[listing->node].end, header = md_first(md, listing->node);
	struct table_row heads = table_row(md, header);
	size_t column = 0;
	for (size_t i = 0; i < heads.n; i++)
		if (subject_kinds(table_cell(sink, heads.node[i]).str)) {
			column = i;
			break;
		}
	if (column >= heads.n)
		return;
	struct word head = table_cell(sink, heads.node[column]);
	listing->head = str_lower_ascii(sink->arena, bare_name(head.str));
	listing->span = head.span;
	for (uint32_t row = md_next(md, header, end); row; row = md_next(md, row, end)) {
		struct table_row cells = table_row(md, row);
		if (column < cells.n && !is_struck(md, cells.node[column]))
			add_name(reader, listing, table_cell(sink, cells.node[column]));
	}
}

/* Name that an item begins with: its bold or code text, else what stands before ':', '(' or a dash. */
static struct word item_name(struct fact_sink *sink, uint32_t paragraph)
{
	const struct md *md = sink->page->md;
	uint32_t first = paragraph + 1;
	if (first >= md->nodes[paragraph].end)
		return (struct word){STR_NONE, md_span(md, &md->nodes[paragraph])};
	enum md_kind kind = (enum md_kind)md->nodes[first].kind;
	struct word name = {STR_NONE, md_span(md, &md->nodes[first])};
	if (kind == MD_STRONG || kind == MD_LINK || kind == MD_CODE) {
		name.str = kind == MD_CODE ? md_text(md, &md->nodes[first]) : md_plain(sink->arena, md, first);
	} else if (kind == MD_TEXT) {
		static const char *const ends[] = {":", " (", " - ", " – ", " — ", ","};
		name.str = md_text(md, &md->nodes[first]);
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
			name.str = str_sub(name.str, 0, str_find(name.str, str_from(ends[i])));
		name.span = md_text_span(md, &md->nodes[first], 0, name.str.size);
	}
	return name;
}

static void read_list(struct member_reader *reader, struct name_list *listing)
{
	const struct md *md = reader->sink->page->md;
	uint32_t end = md->nodes[listing->node].end;
	for (uint32_t item = md_first(md, listing->node); item; item = md_next(md, item, end)) {
		uint32_t paragraph = item + 1;
		if (paragraph < md->nodes[item].end && md->nodes[paragraph].kind == MD_PARAGRAPH &&
		    !is_struck(md, paragraph))
			add_name(reader, listing, item_name(reader->sink, paragraph));
	}
	if (listing->names.n)
		listing->span = listing->names.data[0].span;
}

/* ---- claims ---- */

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '-' || (unsigned char)c >= 0x80;
}

static struct str next_word(struct str *rest)
{
	while (rest->size && !is_word_byte(rest->data[0])) {
		bool ends = strchr(".!?;:", rest->data[0]) != NULL;
		*rest = str_from_off(*rest, 1);
		if (ends)
			return STR(".");
	}
	size_t n = 0;
	while (n < rest->size && is_word_byte(rest->data[n]))
		n++;
	struct str word = str_sub(*rest, 0, n);
	*rest = str_from_off(*rest, n);
	return word;
}

static bool same_noun(struct str a, struct str b)
{
	if (a.size && tolower((unsigned char)a.data[a.size - 1]) == 's')
		a.size--;
	if (b.size && tolower((unsigned char)b.data[b.size - 1]) == 's')
		b.size--;
	return a.size && str_eq_nocase(a, b);
}

/* Words of a text that choose some out of all. */
static const char choosing[] =
	"worker|workers|control|control-plane|controlplane|master|masters|gpu|storage|edge|arm|arm64|amd64|x86|virtual|"
	"physical|bare-metal|only|new|additional|remaining|other|others|some|except|without|but|unlike|not|main|key|important|"
	"selected|notable|such|include|includes|including|e|example|examples|top|most|former|old|planned|future|removed|retired|"
	"recommended|optional|affected|failed|compute|etcd|dedicated|few|several|first|common|typical|many|each|per|major|"
	"primary|secondary|internal|external|public|private|upgrade|change|changes";

static bool chooses(struct str text)
{
	for (struct str word = next_word(&text); word.size; word = next_word(&text))
		if (str_is_listed(word, choosing))
			return true;
	return false;
}

/* True when a text says "all", "every" or "complete" of things of that noun: "all production AI agents". */
static bool says_all(struct str text, struct str noun)
{
	enum { REACH = 5 };
	int left = 0;
	for (struct str word = next_word(&text); word.size; word = next_word(&text)) {
		if (str_is_listed(word, "all|every|complete|full|entire"))
			left = REACH;
		else if (str_is(word, "."))
			left = 0;
		else if (left > 0 && same_noun(word, noun))
			return true;
		else if (left > 0 && str_is_listed(word, "of|the|our|these|list") == false)
			left--;
	}
	return false;
}

/* True when a heading names the things and no more: "Nodes", "Cluster overview", "Prod nodes". */
static bool is_heading_of(struct str heading, struct str noun, const struct entity *owner)
{
	bool named = false;
	for (struct str word = next_word(&heading); word.size; word = next_word(&heading)) {
		bool number = isdigit((unsigned char)word.data[0]) || (unsigned char)word.data[0] >= 0x80;
		bool own = owner && (str_find_nocase(owner->id.str, word) != SIZE_MAX ||
				     str_find_nocase(owner->title.str, word) != SIZE_MAX);
		if (same_noun(word, noun))
			named = true;
		else if (
			!number && !own && !str_is(word, ".") &&
			!str_is_listed(
				word,
				"the|all|overview|inventory|list|table|summary|details|cluster|kubernetes|and|addresses|"
				"hardware|hosts|roles|layout|topology|architecture|comparison|our|specifications"))
			return false;
	}
	return named;
}

/* The texts that say what a listing is: the heading above and the paragraph before. */
struct claim {
	struct str heading, intro;
};

static struct claim claim_of(struct fact_sink *sink, const struct name_list *listing)
{
	const struct md *md = sink->page->md;
	struct claim claim = {0};
	if (listing->section >= 0)
		claim.heading = md->headings.data[listing->section].text;
	if (listing->previous && md->nodes[listing->previous].kind == MD_PARAGRAPH)
		claim.intro = md_plain(sink->arena, md, listing->previous);
	claim.intro = str_sub(claim.intro, 0, 600);
	return claim;
}

static struct str last_word(struct str text)
{
	text = str_trim(text);
	size_t n = text.size;
	while (n && is_word_byte(text.data[n - 1]) && text.data[n - 1] != '-')
		n--;
	return str_from_off(text, n);
}

/* ---- against what is declared ---- */

/* How many members of one set a listing names. */
struct hits {
	size_t set, n;
};

/* The set that most of the listing's names belong to; n 0: none. Names belong to few sets. */
static struct hits best_set(struct fact_sink *sink, const struct name_list *listing)
{
	struct hits best = {0};
	VEC(struct hits) all = {0};
	enum { SETS = 16 };
	for (size_t i = 0; i < listing->keys.n; i++) {
		struct str key = set_key(sink->arena, sink->page->estate, listing->keys.data[i]);
		const struct set_entry *entry = map_find(&sink->sets->by_name, key);
		for (size_t k = 0; entry && k < entry->sets.n; k++) {
			size_t at = 0;
			while (at < all.n && all.data[at].set != entry->sets.data[k])
				at++;
			if (at == all.n && all.n < SETS)
				vec_add(sink->arena, &all, (struct hits){entry->sets.data[k], 0});
			if (at < all.n && ++all.data[at].n > best.n)
				best = all.data[at];
		}
	}
	return best;
}

static bool claims_set(struct fact_sink *sink, const struct name_list *listing, const struct name_set *set)
{
	struct claim claim = claim_of(sink, listing);
	if (chooses(claim.heading) || chooses(claim.intro))
		return false;
	struct str noun =
		set->of == ENTITY_GROUP ? last_word(entity_title(set->owner)) : str_from(entity_kind_name(set->of));
	bool other_noun =
		set->of == ENTITY_NODE && (says_all(claim.intro, STR("host")) || says_all(claim.intro, STR("machine")));
	const struct entity *subject = context_at(sink, listing->node).subject;
	bool of_owner = set->of != ENTITY_NODE || subject == set->owner || (!subject && set->estate->clusters.n == 1);
	if (!of_owner)
		return false;
	if (says_all(claim.intro, noun) || says_all(claim.heading, noun) || other_noun)
		return true;
	if (listing->head.size && set->of == ENTITY_GROUP)
		return is_heading_of(claim.heading, noun, set->owner) ||
		       says_all(claim.intro, last_word(listing->head));
	bool asks = (subject_kinds(listing->head) & KIND_BIT(set->of)) != 0;
	return listing->head.size && asks && is_heading_of(claim.heading, noun, set->owner);
}

/* True when another listing of the same section, or of one below it, has the name. */
static bool stands_beside(const struct member_reader *reader, const struct name_list *listing, struct str name)
{
	const struct place_list *places = map_find(&reader->places, str_lower_ascii(reader->sink->arena, name));
	for (size_t i = 0; places && i < places->listings.n; i++) {
		const struct name_list *other = &reader->listings.data[places->listings.data[i]];
		for (int section = other->section;; section = reader->sink->sections.data[section].parent) {
			if (section == listing->section)
				return true;
			if (section < 0)
				break;
		}
	}
	return false;
}

static bool names_of_entity_beside(const struct member_reader *reader, const struct name_list *listing,
				   const struct name_set *set, size_t member)
{
	if (stands_beside(reader, listing, set->members.data[member].str))
		return true;
	const struct entity *entity = set->of == ENTITY_GROUP ? NULL : set->entities.data[member];
	if (entity && entity->title.str.size && stands_beside(reader, listing, entity->title.str))
		return true;
	for (size_t i = 0; entity && i < entity->aliases.n; i++)
		if (stands_beside(reader, listing, entity->aliases.data[i].str))
			return true;
	return false;
}

static struct word keep_word(struct arena *arena, struct word word)
{
	return (struct word){str_dup(arena, word.str), word.span};
}

static void add_missing(const struct member_reader *reader, const struct name_list *listing, const struct name_set *set,
			struct member_gap *gap)
{
	for (size_t i = 0; i < set->members.n; i++)
		if (!names_of_entity_beside(reader, listing, set, i))
			vec_add(reader->sink->kept, &gap->missing, set->members.data[i]);
}

/* Names of a group's table that are no members. Of nodes and clusters other rules tell. */
static void add_extra(const struct member_reader *reader, const struct name_list *listing, size_t set,
		      struct member_gap *gap)
{
	struct fact_sink *sink = reader->sink;
	for (size_t i = 0; i < listing->keys.n; i++) {
		struct str key = set_key(sink->arena, sink->page->estate, listing->keys.data[i]);
		const struct set_entry *entry = map_find(&sink->sets->by_name, key);
		bool member = str_is_listed(listing->keys.data[i], "total|totals|sum|-|–|—");
		for (size_t k = 0; entry && k < entry->sets.n; k++)
			member |= entry->sets.data[k] == set;
		if (!member)
			vec_add(sink->kept, &gap->extra, keep_word(sink->kept, listing->names.data[i]));
	}
}

/* True when the listing is of a declared set, and so is not compared with others. */
static bool check_declared(const struct member_reader *reader, const struct name_list *listing)
{
	struct fact_sink *sink = reader->sink;
	if (!sink->page->estate || !sink->sets)
		return false;
	struct hits hits = best_set(sink, listing);
	if (hits.n < 2)
		return false;
	const struct name_set *set = &sink->sets->list.data[hits.set];
	if (hits.n * 2 < set->members.n || hits.n * 2 < listing->names.n || !claims_set(sink, listing, set))
		return hits.n * 2 >= listing->names.n && set->of != ENTITY_GROUP;
	struct member_gap gap = {.span = listing->span, .against_declared = true, .other = set->owner->id.span};
	add_missing(reader, listing, set, &gap);
	if (set->of == ENTITY_GROUP)
		add_extra(reader, listing, hits.set, &gap);
	if (!gap.missing.n && !gap.extra.n)
		return true;
	struct str owner = entity_title(set->owner);
	gap.set = set->of == ENTITY_GROUP
			  ? str_dup(sink->kept, owner)
			  : str_format(sink->kept, "%ss of " STR_FMT, entity_kind_name(set->of), STR_ARG(owner));
	struct member_gap *kept = NEW(sink->kept, struct member_gap);
	*kept = gap;
	vec_add(sink->arena, &sink->gaps, kept);
	return true;
}

/* ---- what nothing declares ---- */

static void add_roll(struct fact_sink *sink, const struct name_list *listing)
{
	struct claim claim = claim_of(sink, listing);
	struct str noun = last_word(listing->head);
	if (listing->names.n < 3 || noun.size < 3 ||
	    str_is_listed(noun, "name|item|key|type|file|path|command|id|no|step|value") || chooses(claim.heading) ||
	    chooses(claim.intro) || (!says_all(claim.intro, noun) && !says_all(claim.heading, noun)))
		return;
	struct roll *roll = NEW(sink->kept, struct roll);
	roll->page = sink->page;
	if (noun.data[noun.size - 1] == 's')
		noun.size--;
	roll->what = str_dup(sink->kept, noun);
	roll->span = listing->span;
	for (size_t i = 0; i < listing->names.n; i++) {
		vec_add(sink->kept, &roll->names, keep_word(sink->kept, listing->names.data[i]));
		vec_add(sink->kept, &roll->keys, str_dup(sink->kept, listing->keys.data[i]));
	}
	vec_add(sink->arena, &sink->rolls, roll);
}

/* Top-level tables, and lists below a paragraph that says "all". */
static void read_listings(struct member_reader *reader)
{
	const struct md *md = reader->sink->page->md;
	uint32_t previous = 0;
	int section = -1;
	for (uint32_t i = md_first(md, 0); i; previous = i, i = md_next(md, i, md->nodes[0].end)) {
		enum md_kind kind = (enum md_kind)md->nodes[i].kind;
		if (kind == MD_HEADING)
			while ((size_t)(section + 1) < md->headings.n && md->headings.data[section + 1].node <= i)
				section++;
		bool paragraph = previous && md->nodes[previous].kind == MD_PARAGRAPH;
		if (kind != MD_TABLE && (kind != MD_LIST || !paragraph))
			continue;
		struct name_list listing = {.node = i, .previous = previous, .section = section};
		if (kind == MD_TABLE)
			read_table(reader, &listing);
		else
			read_list(reader, &listing);
		vec_add(reader->sink->arena, &reader->listings, listing);
	}
}

void members_find(struct fact_sink *sink)
{
	struct member_reader reader = {.sink = sink, .places = {.arena = sink->arena}};
	read_listings(&reader);
	for (size_t i = 0; i < reader.listings.n; i++) {
		const struct name_list *listing = &reader.listings.data[i];
		if (listing->names.n < 2 || context_at(sink, listing->node).why)
			continue;
		if (!check_declared(&reader, listing) && listing->head.size)
			add_roll(sink, listing);
	}
}

/* ---- rolls against each other ---- */

static struct map roll_keys(struct arena *arena, const struct roll *roll)
{
	struct map keys = {.arena = arena};
	static char here;
	for (size_t i = 0; i < roll->keys.n; i++)
		map_put(&keys, roll->keys.data[i], &here);
	return keys;
}

static void compare_rolls(struct arena *arena, struct facts *facts, const struct roll *a, const struct roll *b)
{
	struct arena *scratch = arena_new();
	const struct roll *small = b->names.n < a->names.n ? b : a, *large = small == a ? b : a;
	struct map in_small = roll_keys(scratch, small), in_large = roll_keys(scratch, large);
	struct member_gap gap = {.span = small->span, .other = large->span};
	size_t common = 0;
	for (size_t i = 0; i < large->names.n; i++)
		if (map_has(&in_small, large->keys.data[i]))
			common++;
		else
			vec_add(arena, &gap.missing, large->names.data[i]);
	for (size_t i = 0; i < small->names.n; i++)
		if (!map_has(&in_large, small->keys.data[i]))
			vec_add(arena, &gap.extra, small->names.data[i]);
	arena_free(scratch);
	if (common * 10 < large->names.n * 6 || (!gap.missing.n && !gap.extra.n))
		return;
	gap.set = str_format(arena, STR_FMT "s", STR_ARG(small->what));
	struct member_gap *kept = NEW(arena, struct member_gap);
	*kept = gap;
	vec_add(arena, &facts->gaps, kept);
}

struct roll_group {
	VEC(const struct roll *) list;
};

void members_compare(struct arena *arena, struct facts *facts, const struct roll *const *rolls, size_t n)
{
	enum { COMPARED = 8 };
	struct map groups = {.arena = arena};
	for (size_t i = 0; i < n; i++) {
		const struct estate *estate = rolls[i]->page->estate;
		struct str id = estate ? estate->entity.id.str : STR_NONE;
		struct str key = str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(id), STR_ARG(rolls[i]->what));
		struct roll_group *group = map_find(&groups, key);
		if (!group) {
			group = NEW(arena, struct roll_group);
			map_put(&groups, key, group);
		}
		for (size_t k = 0; k < group->list.n && k < COMPARED; k++)
			compare_rolls(arena, facts, group->list.data[k], rolls[i]);
		vec_add(arena, &group->list, rolls[i]);
	}
}
