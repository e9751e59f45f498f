/* What a topology.yaml lacks, put into it: new entries behind those that stand there, in their indentation and style. */
#include "author/topology_want.h"

enum { MAX_DEPTH = 16 };

/* Bytes that come to stand before an offset. */
struct insertion {
	size_t off;
	struct buf text;
};

struct graft {
	struct arena *arena;
	const struct source *source;
	struct str eol;
	VEC(struct insertion) insertions;
	struct author_import *import;
};

/* ---- places ---- */

static char byte_at(const struct graft *graft, size_t off)
{
	return off < graft->source->text.size ? graft->source->text.data[off] : '\0';
}

/* Behind a value, its closing quote included. */
static size_t end_of(const struct graft *graft, const struct yaml *value)
{
	size_t end = value->span.off + value->span.size;
	char quote = value->span.off > 0 ? byte_at(graft, value->span.off - 1) : '\0';

	if (value->kind == YAML_SCALAR && value->quoted && (quote == '"' || quote == '\'') &&
	    byte_at(graft, end) == quote)
		end++;
	return end;
}

/* Columns before the thing at an offset; a "- " before it counts. */
static size_t column_of(const struct graft *graft, size_t off)
{
	size_t start = off;

	while (start > 0 && byte_at(graft, start - 1) != '\n')
		start--;
	return off - start - (start == 0 && str_starts(graft->source->text, STR("\xEF\xBB\xBF")) ? 3 : 0);
}

static size_t line_end(const struct graft *graft, size_t off)
{
	while (off < graft->source->text.size && byte_at(graft, off) != '\n')
		off++;
	return off > 0 && byte_at(graft, off - 1) == '\r' ? off - 1 : off;
}

/* End of the line that ends at `off` and of the comments right below it that are indented as its block is. */
static size_t behind_comments(const struct graft *graft, size_t off, size_t indent)
{
	size_t end = line_end(graft, off);

	for (;;) {
		size_t next = end + (byte_at(graft, end) == '\r');
		size_t at = next + 1;

		if (byte_at(graft, next) != '\n')
			return end;
		while (byte_at(graft, at) == ' ')
			at++;
		if (byte_at(graft, at) != '#' || at - next - 1 < indent || (indent == 0))
			return end;
		end = line_end(graft, at);
	}
}

static struct insertion *insertion_at(struct graft *graft, size_t off)
{
	for (size_t i = graft->insertions.n; i-- > 0;)
		if (graft->insertions.data[i].off == off)
			return &graft->insertions.data[i];
	return NULL;
}

/* The text that is inserted there so far. */
static struct buf *insert(struct graft *graft, size_t off)
{
	struct insertion *there = insertion_at(graft, off);

	if (there)
		return &there->text;
	vec_add(graft->arena, &graft->insertions, (struct insertion){.off = off});
	return &graft->insertions.data[graft->insertions.n - 1].text;
}

/* ---- what is there ---- */

/* What an anchor or alias shares with other places stays as it is. */
static bool is_shared(const struct graft *graft, const struct yaml *value)
{
	char c = byte_at(graft, value->span.off);

	return c == '&' || c == '*';
}

static bool is_flow(const struct graft *graft, const struct yaml *value)
{
	char c = byte_at(graft, value->span.off);

	return c == '{' || c == '[';
}

static struct yaml *find(const struct yaml *map, struct str key)
{
	static const struct str same[][2] = {{{"address", 7}, {"addresses", 9}}, {{"addresses", 9}, {"address", 7}}};
	struct yaml *other = NULL;

	for (size_t i = 0; i < map->pairs.n; i++) {
		struct str name = str_trim(map->pairs.data[i].key.str);

		if (str_eq(name, key))
			return map->pairs.data[i].value;
		for (size_t k = 0; k < 2; k++)
			if (str_eq(key, same[k][0]) && str_eq(name, same[k][1]))
				other = map->pairs.data[i].value;
	}
	return other;
}

/* The item of a list that names itself so. */
static struct yaml *find_item(const struct yaml *list, struct str key)
{
	static const char *const names[] = {"id", "name"};

	for (size_t i = 0; i < list->items.n; i++) {
		struct yaml *item = list->items.data[i];

		if (item->kind == YAML_SCALAR && str_eq(str_trim(item->text), key))
			return item;
		for (size_t k = 0; k < 2; k++) {
			const struct yaml *id = yaml_find(item, names[k]);

			if (id && id->kind == YAML_SCALAR && str_eq(str_trim(id->text), key))
				return item;
		}
	}
	return NULL;
}

/* The last pair that stands in the mapping itself, and was not merged into it; NULL: none. */
static const struct yaml_pair *last_pair(const struct yaml *map)
{
	const struct yaml_pair *last = NULL;

	for (size_t i = 0; i < map->pairs.n; i++) {
		const struct yaml_pair *pair = &map->pairs.data[i];
		uint32_t off = pair->key.span.off;

		if (off >= map->span.off && off < map->span.off + map->span.size && (!last || off > last->key.span.off))
			last = pair;
	}
	return last;
}

/* ---- what is added ---- */

static struct str path_of(const struct graft *graft, struct str path, const struct want *entry)
{
	return path.size ? str_format(graft->arena, STR_FMT "." STR_FMT, STR_ARG(path), STR_ARG(entry->key))
			 : entry->key;
}

static void tell(struct graft *graft, struct str path, const struct want *want)
{
	struct author_addition addition = {
		path.size ? str_format(graft->arena, STR_FMT "." STR_FMT, STR_ARG(path), STR_ARG(want->key))
			  : want->key,
		want->from};

	vec_add(graft->arena, &graft->import->added, addition);
}

/* Nothing stands between the brackets. */
static bool is_bare(const struct graft *graft, const struct yaml *value)
{
	struct str inside = str_sub(graft->source->text, value->span.off + 1, value->span.size - 2);

	return value->span.size < 3 || str_trim(inside).size == 0;
}

static void add_to_flow(struct graft *graft, const struct yaml *value, const struct want *want)
{
	const struct yaml_pair *pair = last_pair(value);
	const struct yaml *last = value->kind == YAML_LIST && value->items.n ? value->items.data[value->items.n - 1]
				  : pair                                     ? pair->value
									     : NULL;
	struct buf *text = insert(graft, last ? end_of(graft, last) : value->span.off + 1);
	bool stands_first = !last && !is_bare(graft, value);

	buf_adds(text, !stands_first && (last || text->size > 0) ? ", " : "");
	if (value->kind == YAML_LIST)
		want_add_flow_item(text, want);
	else
		want_add_flow(text, want);
	buf_adds(text, stands_first ? ", " : "");
}

/* Blank lines stand between its sections. */
static bool is_spaced(const struct graft *graft)
{
	return str_find(graft->source->text, STR("\n\n")) != SIZE_MAX ||
	       str_find(graft->source->text, STR("\r\n\r\n")) != SIZE_MAX;
}

static void add_to_block(struct graft *graft, const struct yaml *map, const struct want *want, bool is_top)
{
	size_t indent = column_of(graft, map->span.off);
	struct buf *text = insert(graft, behind_comments(graft, end_of(graft, last_pair(map)->value), indent));

	if (is_top && want->kind == WANT_MAP && is_spaced(graft))
		buf_add(text, graft->eol);
	want_add_entry(text, want, graft->eol, indent);
}

static void graft_value(struct graft *graft, const struct want *want, const struct yaml *value, struct str path,
			int depth);

static void add_to_list(struct graft *graft, const struct yaml *list, const struct want *want)
{
	size_t indent = column_of(graft, list->span.off), end = end_of(graft, list->items.data[list->items.n - 1]);

	want_add_item(insert(graft, behind_comments(graft, end, indent)), want, graft->eol, indent);
}

static struct yaml *find_entry(const struct yaml *value, struct str key)
{
	return value->kind == YAML_LIST ? find_item(value, key) : find(value, key);
}

/* What comes inside of an entry stands before what comes behind it. */
static void graft_entries(struct graft *graft, const struct want *want, const struct yaml *value, struct str path,
			  int depth)
{
	for (size_t i = 0; i < want->entries.n; i++) {
		const struct want *entry = want->entries.data[i];
		const struct yaml *there = find_entry(value, entry->key);

		if (there)
			graft_value(graft, entry, there, path_of(graft, path, entry), depth + 1);
	}
	for (size_t i = 0; i < want->entries.n; i++) {
		const struct want *entry = want->entries.data[i];

		if (find_entry(value, entry->key))
			continue;
		tell(graft, path, entry);
		if (is_flow(graft, value))
			add_to_flow(graft, value, entry);
		else if (value->kind == YAML_LIST)
			add_to_list(graft, value, entry);
		else
			add_to_block(graft, value, entry, depth == 0);
	}
}

/* `key:` with nothing behind it: the entries come below it. */
static void graft_empty(struct graft *graft, const struct want *want, const struct yaml *value, struct str path)
{
	size_t start = value->span.off;
	size_t indent;
	struct buf *text = insert(graft, line_end(graft, start));

	while (start > 0 && byte_at(graft, start - 1) != '\n')
		start--;
	indent = start;
	while (byte_at(graft, indent) == ' ')
		indent++;
	for (size_t i = 0; i < want->entries.n; i++) {
		tell(graft, path, want->entries.data[i]);
		want_add_entry(text, want->entries.data[i], graft->eol, indent - start + 2);
	}
}

static void graft_value(struct graft *graft, const struct want *want, const struct yaml *value, struct str path,
			int depth)
{
	if (want->kind != WANT_MAP || depth > MAX_DEPTH || is_shared(graft, value))
		return;
	if (is_flow(graft, value) || last_pair(value) || value->items.n > 0)
		graft_entries(graft, want, value, path, depth);
	else if (value->kind == YAML_SCALAR && !value->quoted && value->span.size == 0)
		graft_empty(graft, want, value, path);
}

void want_graft(const struct author *author, const struct want *want, const struct source *source, struct edits *edits,
		struct author_import *import)
{
	const struct config_limits *limits = &author->model->config->limits;
	struct yaml_limits yaml_limits = {limits->yaml_depth, limits->yaml_aliases, limits->yaml_nodes};
	struct troubles troubles = {0};
	struct yaml_stream yaml =
		yaml_parse(author->arena, source, (struct span){source->id, 0, (uint32_t)source->text.size},
			   &yaml_limits, "topology-syntax", &troubles);
	struct graft graft = {.arena = author->arena, .source = source, .eol = STR("\n"), .import = import};

	if (str_find(source->text, STR("\r\n")) != SIZE_MAX)
		graft.eol = STR("\r\n");
	if (yaml.failed || yaml.documents.n == 0)
		world_usage(STR_FMT " is no valid YAML; `lintel check` says where",
			    STR_ARG(utf8_printable(author->arena, source->path)));
	graft_value(&graft, want, yaml.documents.data[0], STR(""), 0);
	for (size_t i = 0; i < graft.insertions.n; i++) {
		struct insertion *insertion = &graft.insertions.data[i];
		struct edit edit = {{source->id, (uint32_t)insertion->off, 0},
				    buf_dup(author->arena, &insertion->text)};

		vec_add(author->arena, &edits->list, edit);
		buf_free(&insertion->text);
	}
}
