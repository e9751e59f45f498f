/* Which folders are decision logs, and what each page in them is: record, template, index or something else. */
#include "model/record.h"

#include <stdlib.h>

/* ---- names ---- */

static bool has_word(struct str stem, const char *word)
{
	struct str needle = str_from(word);
	size_t at = str_find_nocase(stem, needle);
	bool starts = at == 0 || (at != SIZE_MAX && strchr("-_.", stem.data[at - 1]));
	return at != SIZE_MAX && starts &&
	       (at + needle.size == stem.size || strchr("-_.", stem.data[at + needle.size]));
}

/* template.md, adr-template.md, 0000-template.md, adr-0000-template.md, NNNN-title.md */
static bool is_template_name(struct str path, const struct record_name *name)
{
	struct str stem = path_stem(path);
	if (str_starts_nocase(stem, STR("nnn")) || str_starts_nocase(stem, STR("xxx")) ||
	    str_starts_nocase(stem, STR("adr-nnn")) || str_starts_nocase(stem, STR("adr-xxx")) ||
	    str_starts_nocase(stem, STR("yyyymmdd")) || str_starts_nocase(stem, STR("yyyy-mm-dd")))
		return true;
	if (name->number > 0 || name->date_text.size || !has_word(stem, "template"))
		return false;
	return str_ends_nocase(stem, STR("template")) || str_starts_nocase(stem, STR("template")) ||
	       str_starts_nocase(stem, STR("_template")) || str_starts_nocase(stem, STR("adr-template")) ||
	       name->number == 0;
}

static bool is_index_name(struct str path)
{
	static const char *const names[] = {"readme", "index",        "_index",    "toc",     "_sidebar",
					    "log",    "decision-log", "adr-index", "overview"};
	struct str stem = path_stem(path);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(stem, str_from(names[i])))
			return true;
	return false;
}

static bool is_companion_name(struct str path)
{
	static const char *const names[] = {"contributing",    "changelog",    "glossary", "license",
					    "code_of_conduct", "claude",       "agents",   "about",
					    "process",         "guidelines",   "guide",    "usage",
					    "how-to",          "introduction", "adr",      "adr-process"};
	struct str stem = path_stem(path);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(stem, str_from(names[i])))
			return true;
	return false;
}

/* ---- what a page is ---- */

/* What the head of a page holds beside its status. */
struct evidence {
	bool side; /* a status in a YAML file beside it */
	bool date;
	bool header; /* a title and a date in header lines */
	size_t n_sections;
};

/* The first known status among all places, else STATUS_UNKNOWN when there are words. */
static enum status find_status(const struct model *model, const struct page *page, struct evidence *evidence)
{
	struct fields fields = {.config = model->config};
	enum status best = STATUS_NONE;
	record_fields(model, page, &fields);
	evidence->side = fields_find(&fields, KEY_STATUS, IN(PLACE_SIDE)) != NULL;
	evidence->date = fields_find(&fields, KEY_DATE, ~0u) != NULL;
	evidence->header = evidence->date && fields_find(&fields, KEY_TITLE, ~IN(PLACE_FRONT));
	for (size_t i = 0; i < fields.n; i++) {
		if (fields.list[i].key != KEY_STATUS)
			continue;
		enum status status = status_parse(model->config, fields.list[i].value.str);
		if (status != STATUS_NONE && status != STATUS_UNKNOWN)
			return status;
		if (status == STATUS_UNKNOWN)
			best = status;
	}
	return best;
}

/* "{short title}", "[short title of solved problem]", "N. Title", "ADR-NNNN: …" */
static bool is_placeholder_title(struct str title)
{
	title = str_trim(title);
	if (title.size < 2)
		return false;
	char first = title.data[0], last = title.data[title.size - 1];
	if ((first == '{' && last == '}') || (first == '[' && last == ']') || (first == '<' && last == '>'))
		return true;
	if (str_eq_nocase(title, STR("title")) || str_starts(title, STR("NUMBER. ")) || str_starts(title, STR("N. ")))
		return true;
	return str_find(title, STR("NNNN")) != SIZE_MAX || str_find_nocase(title, STR("xxxx")) != SIZE_MAX ||
	       str_find(title, STR("{short title")) != SIZE_MAX;
}

static bool has_title(const struct md *md)
{
	const struct fm_field *title = fm_find(&md->front, "title");
	return record_heading(md) || (title && title->value.str.size);
}

/* Links whose target looks like a record's file. */
static size_t count_record_links(const struct md *md)
{
	size_t n = 0;
	for (uint32_t i = 0; i < md->n; i++)
		n += md->nodes[i].kind == MD_LINK && decision_number(path_base(md_text(md, &md->nodes[i]))) >= 0;
	return n;
}

static bool is_numbered(const struct record_name *name)
{
	return name->number >= 0 || name->date_text.size > 0;
}

static struct record_verdict no_record(enum record_class class, const char *why)
{
	return (struct record_verdict){.class = class, .why = why};
}

/* How much speaks for a page with a number, whatever its folder is called. A YAML file with a status in a folder of its
 * own is no accident; header lines with title, status and date are none either, nor is a date over the sections of a
 * proposal. */
static unsigned sureness(const struct page *page, const struct record_place *place, bool known,
			 const struct evidence *evidence)
{
	bool is_proposal = evidence->date && record_proposal_sections(page->md) >= 2;
	if (known && evidence->side)
		return 3;
	if (known)
		return evidence->n_sections > 0 || place->own_folder || evidence->header || is_proposal;
	return is_proposal;
}

struct record_verdict record_classify(const struct model *model, const struct page *page)
{
	struct str path = page->source->path;
	struct record_place place = record_place_of(path);
	struct record_name name = record_name_read(place.path);
	const struct md_heading *heading = record_heading(page->md);
	bool numbered = is_numbered(&name), titled = has_title(page->md);
	if (is_template_name(place.path, &name))
		return no_record(RECORD_TEMPLATE, "a template");
	if (!place.own_folder && is_index_name(path))
		return no_record(RECORD_INDEX, "the index of its folder");
	struct evidence evidence;
	enum status status = find_status(model, page, &evidence);
	if (heading && is_placeholder_title(heading->text) && name.number <= 0 && status == STATUS_NONE)
		return no_record(RECORD_TEMPLATE, "a template: its title is a placeholder");
	bool known = status != STATUS_NONE && status != STATUS_UNKNOWN;
	size_t n_sections = evidence.n_sections = record_sections(page->md);
	titled = titled || evidence.header || (evidence.date && record_proposal_sections(page->md) >= 2);
	bool by_name = numbered && (titled || status != STATUS_NONE);
	/* A folder with a number may hold many things: its README must read as a record. */
	if (place.own_folder && !known && n_sections < 2)
		return no_record(RECORD_INDEX, "the index of its folder");
	bool by_text = !numbered && (known || (n_sections >= 2 && (titled || status == STATUS_UNKNOWN)));
	if (by_name || by_text)
		return (struct record_verdict){.class = RECORD_IS,
					       .numbered = numbered,
					       .sure = numbered ? sureness(page, &place, known, &evidence) : 0};
	if (is_companion_name(path))
		return no_record(RECORD_COMPANION, "a document beside the records");
	if (count_record_links(page->md) >= 2)
		return no_record(RECORD_INDEX, "no record: it lists records");
	return no_record(RECORD_UNREADABLE, numbered || !titled
						    ? "no title and no status"
						    : "no number in its name, no status and no section of a record");
}

/* ---- folders ---- */

static bool is_markdown(const struct page *page)
{
	return page->md && page->source->kind == SOURCE_MARKDOWN;
}

/* First line of .adr-dir, `adrFolder:` of .log4brains.yml: folders, relative to the file's own. */
struct log_folders decisions_named_folders(struct model *model)
{
	struct log_folders named = {0};
	const struct listing *listing = model->loaded->listing;
	for (size_t i = 0; listing && i < listing->list.n; i++) {
		const struct entry *entry = &listing->list.data[i];
		struct str base = path_base(entry->path);
		bool adr_dir = str_is(base, ".adr-dir");
		if (entry->kind != ENTRY_FILE || (!adr_dir && !str_is(base, ".log4brains.yml")))
			continue;
		struct file_content content = tree_read(model->loaded->tree, model->arena, entry->path, 65536);
		struct str rest = content.state == FILE_OK ? content.bytes : STR_NONE;
		while (rest.data) {
			struct str line = str_trim(str_cut_line(&rest));
			if (!adr_dir && !str_starts(line, STR("adrFolder:")))
				continue;
			struct str folder = adr_dir ? line : str_trim(str_from_off(line, strlen("adrFolder:")));
			while (folder.size && strchr("\"'", folder.data[0]))
				folder = str_from_off(folder, 1);
			while (folder.size && strchr("\"'/", folder.data[folder.size - 1]))
				folder.size--;
			if (folder.size)
				vec_add(model->arena, &named.list,
					path_join(model->arena, path_dir(entry->path), folder));
			if (adr_dir)
				break;
		}
	}
	return named;
}

static bool is_under_log_name(struct str folder)
{
	for (; folder.size; folder = path_dir(folder))
		if (config_is_log_name(path_base(folder)))
			return true;
	return false;
}

/* What speaks for a folder, counted over its pages. */
struct candidate {
	struct str folder;
	size_t n_records; /* pages that read as records by the wide measure */
	size_t n_sure;    /* by the strict one */
	size_t n_numbered;
};

static struct candidate *candidate_of(struct model *model, struct map *by_folder, struct str folder)
{
	struct candidate *candidate = map_find(by_folder, folder);
	if (!candidate) {
		candidate = NEW(model->arena, struct candidate);
		candidate->folder = folder;
		map_put(by_folder, folder, candidate);
	}
	return candidate;
}

static bool is_named(struct str folder, const struct log_folders *named)
{
	for (size_t i = 0; i < named->list.n; i++)
		if (str_eq(folder, named->list.data[i]))
			return true;
	return config_is_log_name(path_base(folder));
}

/* Where records may be by the name of the folder, or of one above it. */
static bool is_expected(const struct model *model, struct str folder, const struct log_folders *named)
{
	if (is_under_log_name(folder))
		return true;
	for (size_t i = 0; i < named->list.n; i++)
		if (path_is_under(folder, named->list.data[i]))
			return true;
	for (size_t i = 0; i < model->config->decisions.list.n; i++)
		if (path_is_under(folder, model->config->decisions.list.data[i].str))
			return true;
	return false;
}

/* A log by its name needs one record, a folder below one a numbered record, any other folder three sure ones. */
static bool is_log(const struct model *model, const struct candidate *candidate, const struct log_folders *named)
{
	if (candidate->n_sure >= 3 || (candidate->n_records && is_named(candidate->folder, named)))
		return true;
	return candidate->n_numbered && is_expected(model, candidate->folder, named);
}

static int folder_cmp(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

struct log_folders decisions_find_logs(struct model *model)
{
	struct log_folders folders = {0}, named = {0};
	struct map by_folder = {.arena = model->arena};
	bool set = model->config->decisions.set;
	if (!set)
		named = decisions_named_folders(model);
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		struct record_place place = record_place_of(page->source->path);
		struct str folder = place.folder;
		if (!is_markdown(page) || (set && !config_matches(&model->config->decisions, page->source->path)))
			continue;
		struct record_name name = record_name_read(place.path);
		if (!set && !is_numbered(&name) && !is_expected(model, folder, &named))
			continue;
		struct candidate *candidate = candidate_of(model, &by_folder, folder);
		struct record_verdict verdict = record_classify(model, page);
		candidate->n_records += verdict.class == RECORD_IS;
		candidate->n_numbered += verdict.numbered;
		candidate->n_sure += verdict.sure;
	}
	for (size_t i = 0; i < by_folder.n; i++) {
		const struct candidate *candidate = by_folder.items[i].value;
		if (set ? candidate->n_records > 0 : is_log(model, candidate, &named))
			vec_add(model->arena, &folders.list, candidate->folder);
	}
	if (folders.list.n)
		qsort(folders.list.data, folders.list.n, sizeof *folders.list.data, folder_cmp);
	return folders;
}

bool decisions_folder_is_log(struct model *model, struct str folder)
{
	if (model->config->decisions.set)
		return config_matches(&model->config->decisions, path_join(model->arena, folder, STR("0001-x.md")));
	struct log_folders named = decisions_named_folders(model);
	return is_expected(model, folder, &named);
}
