/* A file that holds several records, one below each heading of a level. */
#include "model/record.h"

#define LEVELS 6

/* ---- headings ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "9.3 " of an outline before "ADR-3: …". */
static struct str behind_outline(struct str text)
{
	size_t at = 0;
	while (at < text.size && ((text.data[at] >= '0' && text.data[at] <= '9') || text.data[at] == '.'))
		at++;
	bool outline =
		at && at < text.size && text.data[at] == ' ' && str_find_char(str_sub(text, 0, at), '.') != SIZE_MAX;
	return outline ? str_trim_left(str_from_off(text, at)) : text;
}

/* The letters of "D-01", "AD003": what joins them to a number is a hyphen, or nothing before a padded number. */
static struct str house_of(struct str text)
{
	size_t n = 0;
	while (n < text.size && n < 10 && is_letter(text.data[n]))
		n++;
	struct str house = str_sub(text, 0, n);
	size_t start = n ? house_bytes(text, house) : 0;
	bool joined =
		start && (text.data[n] == '-' || text.data[n] == '_' || text.data[n] == '#' || text.data[start] == '0');
	bool plain = start && (str_eq_nocase(house, STR("decision")) || str_eq_nocase(house, STR("adr")));
	return joined || plain ? house : STR("");
}

static struct record_title part_title(struct str text, struct str *house_out)
{
	struct str words = str_trim(text);
	while (words.size && strchr("[(*`", words.data[0]))
		words = str_from_off(words, 1);
	struct str inner = behind_outline(words), house = house_of(inner);
	if (!house.size) {
		inner = words;
		house = house_of(words);
	}
	struct record_title title = record_title_read(inner, -1, house);
	/* "3: Use X", "3 - Use X": only with letters or a stop is a number one without knowing that of a file. */
	if (title.number < 0 && inner.size && inner.data[0] >= '0' && inner.data[0] <= '9') {
		long long number = decision_number(inner);
		if (number >= 0)
			title = record_title_read(inner, number, house);
	}
	*house_out = house;
	return title;
}

/* ---- parts ---- */

static bool is_usual(struct str heading)
{
	return record_is_section(heading) || is_status_section(heading);
}

/* Node behind everything below a heading: the next of its level or above. */
static uint32_t part_end(const struct md *md, size_t heading)
{
	size_t i = heading + 1;
	while (i < md->headings.n && md->headings.data[i].level > md->headings.data[heading].level)
		i++;
	return i < md->headings.n ? md->headings.data[i].node : md->n;
}

/* The part as a document of its own: the same bytes, the nodes from `first` on below a new root. */
static struct md *slice(struct arena *arena, const struct md *md, size_t heading)
{
	uint32_t first = md->headings.data[heading].node, end = part_end(md, heading);
	struct md *part = NEW(arena, struct md);
	part->source = md->source;
	part->pool = md->pool;
	part->pieces = md->pieces;
	part->n_pieces = md->n_pieces;
	part->has_table = md->has_table;
	part->has_code = md->has_code;
	part->n = end - first + 1;
	part->nodes = NEW_ARRAY(arena, struct md_node, part->n);
	part->nodes[0] = md->nodes[0];
	part->nodes[0].off = md->nodes[first].off;
	part->nodes[0].end = part->n;
	for (uint32_t i = first; i < end; i++) {
		part->nodes[i - first + 1] = md->nodes[i];
		part->nodes[i - first + 1].end = md->nodes[i].end - first + 1;
	}
	for (size_t i = heading; i < md->headings.n && md->headings.data[i].node < end; i++) {
		struct md_heading copy = md->headings.data[i];
		copy.node = copy.node - first + 1;
		vec_add(arena, &part->headings, copy);
	}
	return part;
}

static bool says_status(const struct model *model, const struct md *part)
{
	struct fields fields = {.config = model->config};
	fields_collect(part, &fields);
	for (size_t i = 0; i < fields.n; i++)
		if (fields.list[i].key == KEY_STATUS && fields.list[i].place != PLACE_LOOSE &&
		    status_parse(fields.config, fields.list[i].value.str) != STATUS_NONE)
			return true;
	return false;
}

/* What the parts of one level say. */
struct level {
	size_t n;        /* headings of the level that are no usual section */
	size_t n_named;  /* with a number */
	size_t n_status; /* with a status below */
	size_t n_shaped; /* with two of the sections that records have */
	struct record_parts parts;
};

static void read_level(const struct model *model, const struct md *md, unsigned wanted, bool named_file,
		       struct level *level)
{
	for (size_t i = 0; i < md->headings.n; i++) {
		const struct md_heading *heading = &md->headings.data[i];
		if (heading->level != wanted || is_usual(heading->text))
			continue;
		level->n++;
		struct record_part part = {.heading = heading};
		part.title = part_title(heading->text, &part.house);
		bool named = part.title.number >= 0;
		if (!named && !named_file)
			continue;
		part.md = slice(model->arena, md, i);
		bool status = says_status(model, part.md), shaped = record_sections(part.md) >= 2;
		if (!status && !(named && shaped))
			continue;
		level->n_named += named;
		level->n_status += status;
		level->n_shaped += shaped;
		vec_add(model->arena, &level->parts.list, part);
	}
}

/* "decisions.md", "DECISION-LOG.md", "09_architecture_decisions.md", "adrs.md" */
static bool is_file_of_decisions(struct str path)
{
	struct str stem = path_stem(path);
	return str_find_nocase(stem, STR("decision")) != SIZE_MAX || str_eq_nocase(stem, STR("adr")) ||
	       str_eq_nocase(stem, STR("adrs")) || str_ends_nocase(stem, STR("-adrs")) ||
	       str_ends_nocase(stem, STR("_adrs"));
}

/* A file that is named for it needs two records, any other three that are numbered and say their status. */
static bool is_enough(const struct level *level, bool named_file)
{
	size_t n = level->parts.list.n;
	if (n < 2 || 2 * n < level->n)
		return false;
	if (named_file)
		return level->n_status >= 1;
	return level->n_named == n && level->n_status == n && n >= 3 && level->n_shaped == n;
}

struct record_parts record_parts_find(const struct model *model, const struct page *page)
{
	struct record_parts none = {0};
	const struct md *md = page->md;
	bool named_file = is_file_of_decisions(page->source->path);
	size_t headings[LEVELS + 1] = {0}, numbered = 0;
	struct str house;
	if (!md || record_place_of(page->source->path).own_folder ||
	    (!named_file && record_name_read(page->source->path).number >= 0))
		return none;
	for (size_t i = 0; i < md->headings.n; i++) {
		headings[md->headings.data[i].level]++;
		numbered += !named_file && part_title(md->headings.data[i].text, &house).number >= 0;
	}
	if (!named_file && numbered < 3)
		return none;
	for (unsigned wanted = 1; wanted <= LEVELS; wanted++) {
		struct level level = {0};
		if (headings[wanted] < 2)
			continue;
		read_level(model, md, wanted, named_file, &level);
		if (is_enough(&level, named_file))
			return level.parts;
	}
	return none;
}
