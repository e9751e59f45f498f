/* Generated regions: where they stand, what should stand in them, and whether it does. */
#include "fact/region.h"

enum region_name { NAME_NONE, NAME_LOG, NAME_CLUSTER, NAME_ESTATE };

static const struct region_kind {
	const char *name;
	enum region_name names;
	bool is_text; /* may stand in a sentence */
	bool groups;  /* may be several tables: "by status" */
	bool (*write)(struct region_maker *maker);
} kinds[] = {
	{"decision-index", NAME_LOG, false, true, region_decision_index},
	{"decision-counts", NAME_LOG, true, false, region_decision_counts},
	{"badge-counts", NAME_LOG, true, false, region_badge_counts},
	{"node-table", NAME_CLUSTER, false, false, region_node_table},
	{"network-table", NAME_ESTATE, false, false, region_network_table},
	{"cluster-comparison", NAME_ESTATE, false, false, region_cluster_comparison},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

enum { COMMENT_BYTES = 1024 };
/* Generated for one page; what comes behind it is not made. */
#define PAGE_BYTES ((size_t)16 << 20)

static const char *const things[] = {NULL, "decision log", "cluster", "estate"};

/* Finds the comments of one page, by rising offsets. */
struct region_reader {
	struct arena *arena;
	const struct model *model;
	const struct page *page;
	struct regions *regions;
	uint32_t in_block, in_inline; /* cursors of md_stands_in */
	size_t open;                  /* index + 1 of the region that is open, 0: none */
	size_t made;                  /* bytes */
};

/* ---- names ---- */

struct names {
	VEC(struct str) list;
};

/* Sets what could not be found: the name that was given, or that one is needed. */
static void miss(struct region_reader *reader, struct region *region, const struct names *names)
{
	if (region->name.str.size) {
		region->state = REGION_UNKNOWN_NAME;
		region->near = nearest_find(region->name.str, names->list.data, names->list.n);
		return;
	}
	region->state = names->list.n ? REGION_NEEDS_NAME : REGION_EMPTY;
	region->wanted = str_join(reader->arena, names->list.data, names->list.n, STR(", "));
}

/* The log whose folder holds the page, the deepest; else the only one of its estate, or of all. */
static const struct decision_log *log_of_page(const struct region_reader *reader)
{
	const struct model *model = reader->model;
	const struct decision_log *around = NULL, *of_estate = NULL;
	size_t n_of_estate = 0;
	for (size_t i = 0; i < model->logs.n; i++) {
		const struct decision_log *log = model->logs.data[i];
		if (path_is_under(reader->page->source->path, log->folder) &&
		    (!around || log->folder.size > around->folder.size))
			around = log;
		if (log->estate == reader->page->estate) {
			of_estate = log;
			n_of_estate++;
		}
	}
	if (around)
		return around;
	if (n_of_estate == 1)
		return of_estate;
	return model->logs.n == 1 ? model->logs.data[0] : NULL;
}

static const struct decision_log *find_log(struct region_reader *reader, struct region *region)
{
	const struct model *model = reader->model;
	struct str name = region->name.str;
	const struct decision_log *found = name.size ? NULL : log_of_page(reader);
	struct names names = {0};
	struct str from_page = path_join(reader->arena, path_dir(reader->page->source->path), name);
	struct str from_root = path_normal(reader->arena, name);
	for (size_t i = 0; i < model->logs.n; i++) {
		const struct decision_log *log = model->logs.data[i];
		vec_add(reader->arena, &names.list, log->folder);
		if (!name.size)
			continue;
		if (str_eq(log->folder, from_page))
			return log;
		if (str_eq(log->folder, from_root) || (log->estate && str_eq_nocase(log->estate->entity.id.str, name)))
			found = found ? found : log;
	}
	if (!found)
		miss(reader, region, &names);
	return found;
}

static void name_clusters(struct region_reader *reader, const struct estate *estate, struct names *names)
{
	for (size_t i = 0; i < estate->clusters.n; i++)
		vec_add(reader->arena, &names->list, estate->clusters.data[i]->entity.id.str);
}

/* Of the page's estate; a page of none may name a cluster of any. */
static const struct cluster *find_cluster(struct region_reader *reader, struct region *region)
{
	const struct model *model = reader->model;
	const struct estate *own = reader->page->estate;
	const struct cluster *found = NULL, *only = NULL;
	struct names names = {0};
	size_t n = 0;
	for (size_t i = 0; i < model->estates.n; i++) {
		const struct estate *estate = model->estates.data[i];
		if (own && own != estate)
			continue;
		name_clusters(reader, estate, &names);
		only = estate->clusters.n ? estate->clusters.data[0] : only;
		const struct entity *entity =
			region->name.str.size ? estate_find(estate, region->name.str, ENTITY_CLUSTER) : NULL;
		n += entity != NULL;
		found = entity ? (const struct cluster *)entity : found;
	}
	if (!region->name.str.size && names.list.n == 1)
		return only;
	if (n == 1)
		return found;
	miss(reader, region, &names);
	return NULL;
}

static const struct estate *find_estate(struct region_reader *reader, struct region *region)
{
	const struct model *model = reader->model;
	struct names names = {0};
	if (!region->name.str.size && reader->page->estate)
		return reader->page->estate;
	for (size_t i = 0; i < model->estates.n; i++) {
		struct str id = model->estates.data[i]->entity.id.str;
		if (region->name.str.size && str_eq_nocase(id, region->name.str))
			return model->estates.data[i];
		vec_add(reader->arena, &names.list, id);
	}
	miss(reader, region, &names);
	return NULL;
}

/* ---- comparing ---- */

/* A row of dashes between the head and the rows of a table. */
static bool is_rule(struct str line)
{
	for (size_t i = 0; i < line.size; i++)
		if (!strchr("|-: \t", line.data[i]))
			return false;
	return true;
}

/* The next line that is not blank, and its layout taken out: runs of blanks, blanks beside bars, length of dashes. */
static struct str next_row(struct str *rest, struct buf *out)
{
	buf_clear(out);
	while (rest->data) {
		struct str line = str_trim(str_cut_line(rest));
		bool rule = is_rule(line);
		if (!line.size)
			continue;
		for (size_t i = 0; i < line.size; i++) {
			char c = line.data[i] == '\t' ? ' ' : line.data[i];
			char last = out->size ? out->data[out->size - 1] : '\0';
			if ((c == ' ' && (last == ' ' || last == '|')) || (rule && c == '-' && last == '-'))
				continue;
			if (c == '|' && last == ' ')
				out->data[--out->size] = '\0';
			buf_addc(out, c);
		}
		return line;
	}
	return STR_NONE;
}

static struct str collapsed(struct arena *arena, struct str text)
{
	struct buf out = {0};
	text = str_trim(text);
	for (size_t i = 0; i < text.size; i++) {
		char c = strchr(" \t\r\n", text.data[i]) ? ' ' : text.data[i];
		if (c != ' ' || out.data[out.size - 1] != ' ')
			buf_addc(&out, c);
	}
	struct str copy = buf_dup(arena, &out);
	buf_free(&out);
	return copy;
}

static void compare_rows(struct region_reader *reader, struct region *region)
{
	const struct source *source = reader->page->source;
	struct str body = span_text(reader->model->sources, region->body), wanted = region->wanted;
	struct buf stands = {0}, should = {0};
	struct str line;
	do {
		line = next_row(&body, &stands);
		next_row(&wanted, &should);
		region->is_stale = !str_eq(buf_str(&stands), buf_str(&should));
	} while (!region->is_stale && line.data);
	if (region->is_stale)
		region->first_change = line.data ? span_of(source, line)
						 : (struct span){source->id, region->body.off + region->body.size, 0};
	buf_free(&stands);
	buf_free(&should);
}

/* Text in a sentence may be wrapped anew, a table aligned: that is no change. */
static void compare(struct region_reader *reader, struct region *region, bool is_text)
{
	if (!is_text) {
		compare_rows(reader, region);
		return;
	}
	struct str body = span_text(reader->model->sources, region->body);
	region->is_stale = !str_eq(collapsed(reader->arena, body), collapsed(reader->arena, region->wanted));
	region->first_change = region->body;
}

/* ---- making ---- */

static bool only_blanks(struct str text)
{
	return !str_trim(text).size;
}

/* True when the comments begin and end their lines, so that blocks may stand between them. */
static bool stands_alone(const struct source *source, const struct region *region)
{
	struct str before = str_sub(source->text, 0, region->begin.off);
	size_t newline = str_rfind_char(before, '\n');
	struct str lead = str_from_off(before, newline == SIZE_MAX ? 0 : newline + 1);
	size_t close = str_find_from(source->text, STR("-->"), region->body.off + region->body.size);
	struct str behind = str_from_off(source->text, close == SIZE_MAX ? source->text.size : close + 3);
	struct str line = str_cut_line(&behind);
	if (str_starts(lead, STR("\xef\xbb\xbf")))
		lead = str_from_off(lead, 3);
	return only_blanks(lead) && lead.size <= 3 && only_blanks(line);
}

/* The line end of the opening comment's line, else of the file's first. */
static struct str line_end(const struct source *source, size_t off)
{
	size_t newline = str_find_from(source->text, STR("\n"), off);
	if (newline == SIZE_MAX)
		newline = str_find_char(source->text, '\n');
	return newline != SIZE_MAX && newline && source->text.data[newline - 1] == '\r' ? STR("\r\n") : STR("\n");
}

/* Blank lines around keep tables and comments apart in every renderer. The closing comment keeps its indentation. */
static struct str as_block(struct region_reader *reader, const struct region *region, struct str text)
{
	struct str body = span_text(reader->model->sources, region->body);
	size_t newline = str_rfind_char(body, '\n');
	struct str indent = newline == SIZE_MAX ? STR("") : str_from_off(body, newline + 1);
	if (!only_blanks(indent) || indent.size > 3)
		indent = STR("");
	struct str lines = str_format(reader->arena, "\n\n" STR_FMT "%s\n" STR_FMT, STR_ARG(text),
				      str_ends(text, STR("\n")) ? "" : "\n", STR_ARG(indent));
	struct str end = line_end(reader->page->source, region->begin.off);
	return end.size == 1 ? lines : str_replace(reader->arena, lines, STR("\n"), end);
}

static bool find_names(struct region_reader *reader, struct region *region, enum region_name names,
		       struct region_maker *maker)
{
	switch (names) {
	case NAME_LOG: return (maker->log = find_log(reader, region));
	case NAME_CLUSTER: return (maker->cluster = find_cluster(reader, region));
	case NAME_ESTATE: return (maker->estate = find_estate(reader, region));
	default: return true;
	}
}

/* False when nothing is grouped by that. */
static bool find_group(struct region *region, const struct region_kind *kind, struct region_maker *maker)
{
	static const struct str names[] = {{"", 0}, {"status", 6}, {"year", 4}, {"tag", 3}};
	if (!region->by.str.size)
		return true;
	for (size_t i = 1; i < sizeof names / sizeof *names && kind->groups; i++)
		if (str_eq_nocase(region->by.str, names[i])) {
			maker->by = (enum region_group)i;
			return true;
		}
	region->state = REGION_UNKNOWN_GROUP;
	region->near = kind->groups ? nearest_find(region->by.str, names + 1, 3) : STR_NONE;
	return false;
}

static const struct region_kind *kind_of(struct region *region)
{
	struct str names[N_KINDS];
	for (size_t i = 0; i < N_KINDS; i++) {
		names[i] = str_from(kinds[i].name);
		if (str_eq(names[i], region->kind.str))
			return &kinds[i];
	}
	region->state = REGION_UNKNOWN_KIND;
	region->near = nearest_find(region->kind.str, names, N_KINDS);
	return NULL;
}

static void make(struct region_reader *reader, struct region *region)
{
	const struct region_kind *kind = kind_of(region);
	struct buf out = {0};
	struct region_maker maker = {.arena = reader->arena, .model = reader->model, .page = reader->page, .out = &out};
	if (!kind)
		return;
	bool alone = stands_alone(reader->page->source, region);
	region->thing = things[kind->names];
	if (!alone && !kind->is_text) {
		region->state = REGION_NOT_ALONE;
		return;
	}
	if (!find_group(region, kind, &maker) || !find_names(reader, region, kind->names, &maker))
		return;
	if (reader->made > PAGE_BYTES) {
		region->state = REGION_TOO_MUCH;
		return;
	}
	region->state = kind->write(&maker) ? REGION_READY : REGION_EMPTY;
	reader->made += out.size;
	if (region->state == REGION_READY) {
		region->wanted = alone ? as_block(reader, region, buf_str(&out)) : buf_dup(reader->arena, &out);
		compare(reader, region, kind->is_text);
	}
	buf_free(&out);
}

/* ---- finding ---- */

/* The comment that opens at `off`, up to behind its end; size 0: a longer one than ours are. */
static struct str comment_at(const struct source *source, size_t off)
{
	size_t close = str_find_from(str_sub(source->text, off, COMMENT_BYTES), STR("-->"), 4);
	return close == SIZE_MAX ? STR_NONE : str_sub(source->text, off, close + 3);
}

static bool stands_in_html(struct region_reader *reader, size_t off)
{
	bool block = md_stands_in(reader->page->md, MD_HTML_BLOCK, &reader->in_block, off);
	bool in_line = md_stands_in(reader->page->md, MD_HTML, &reader->in_inline, off);
	return block || in_line;
}

/* Takes "by status" off the end of what stands behind the kind. */
static struct str cut_group(struct str *name)
{
	size_t at = str_starts(*name, STR("by ")) ? 0 : str_find(*name, STR(" by "));
	struct str by = at == SIZE_MAX ? STR_NONE : str_trim(str_from_off(*name, at + (at ? 4 : 3)));
	if (by.size)
		*name = str_trim(str_sub(*name, 0, at));
	return by;
}

static void begin(struct region_reader *reader, struct str comment, struct str words)
{
	const struct source *source = reader->page->source;
	size_t n = 0;
	while (n < words.size && !strchr(" \t\r\n", words.data[n]))
		n++;
	struct str kind = str_sub(words, 0, n), name = str_trim(str_from_off(words, n));
	struct str by = cut_group(&name);
	struct region region = {.state = REGION_UNCLOSED,
				.begin = span_of(source, comment),
				.kind = {kind, span_of(source, kind)},
				.name = {name, span_of(source, name)},
				.by = {by, by.size ? span_of(source, by) : SPAN_NONE}};
	region.body = (struct span){source->id, region.begin.off + region.begin.size, 0};
	vec_add(reader->arena, &reader->regions->list, region);
	reader->open = reader->regions->list.n;
}

static void end(struct region_reader *reader, struct str comment)
{
	struct span span = span_of(reader->page->source, comment);
	if (!reader->open) {
		vec_add(reader->arena, &reader->regions->list,
			(struct region){.state = REGION_UNOPENED, .begin = span, .body = span});
		return;
	}
	struct region *region = &reader->regions->list.data[reader->open - 1];
	region->body.size = span.off - region->body.off;
	reader->open = 0;
	make(reader, region);
}

/* Reads the comment that opens at `off`; gives where to go on. */
static size_t read_comment(struct region_reader *reader, size_t off)
{
	struct str comment = comment_at(reader->page->source, off);
	if (!comment.size)
		return off + 4;
	struct str words = str_trim(str_sub(comment, 4, comment.size - 7));
	bool begins = str_starts(words, STR("lintel:begin")), ends = str_starts(words, STR("lintel:end"));
	if (!begins && !ends)
		return off + 4;
	struct str rest = str_from_off(words, strlen(begins ? "lintel:begin" : "lintel:end"));
	if ((rest.size && !strchr(" \t\r\n", rest.data[0])) || !stands_in_html(reader, off))
		return off + 4;
	if (begins)
		begin(reader, comment, str_trim(rest));
	else
		end(reader, comment);
	return off + comment.size;
}

struct regions regions_find(struct arena *arena, const struct model *model, const struct page *page)
{
	struct regions regions = {0};
	struct region_reader reader = {.arena = arena, .model = model, .page = page, .regions = &regions};
	if (!page->md || str_find(page->source->text, STR("lintel:")) == SIZE_MAX)
		return regions;
	for (size_t at = 0; (at = str_find_from(page->source->text, STR("<!--"), at)) != SIZE_MAX;)
		at = read_comment(&reader, at);
	return regions;
}
