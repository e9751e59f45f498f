/* From a tree to its sources: which files matter, and their text. */
#include "load/load.h"

#include "load/encoding.h"
#include "load/tree.h"

/* Spans count bytes in 32 bits. */
#define SOURCE_BYTES ((size_t)1 << 30)
/* Nobody writes larger machine files by hand: those are exports, lock files and data. */
#define MACHINE_BYTES ((size_t)1 << 20)
/* All machine files together. */
#define MACHINES_BYTES ((size_t)256 << 20)

static const char *const markdown_extensions[] = {".md", ".markdown", NULL};

struct loader {
	struct arena *arena;
	struct tree *tree;
	struct config *config;
	struct loaded *loaded;
	bool has_content;     /* documents stand in folders that are named, or in content/ */
	size_t machine_bytes; /* of the machine files read so far */
};

/* A file that is to be read. */
struct pick {
	const struct entry *entry;
	enum source_kind kind;
};

struct picks {
	VEC(struct pick) list;
};

/* ---- the configuration ---- */

static size_t file_limit(const struct config *config)
{
	return config->limits.file_bytes < SOURCE_BYTES ? config->limits.file_bytes : SOURCE_BYTES;
}

/* Text of lintel.yaml, data NULL when there is none; *path is how it is shown. */
static struct str config_text(struct loader *loader, struct str *path)
{
	struct arena *arena = loader->arena;
	struct file_content content;
	size_t limit = file_limit(loader->config);
	*path = STR("lintel.yaml");
	if (loader->config->config_path.size) {
		*path = loader->config->config_path;
		content = file_read(arena, str_to_c(arena, *path), limit);
		if (content.state == FILE_MISSING)
			world_usage("cannot read " STR_FMT ": there is no such file",
				    STR_ARG(utf8_printable(arena, *path)));
	} else {
		content = tree_read(loader->tree, arena, *path, limit);
		if (content.state == FILE_NOT_REGULAR) {
			/* perhaps a link: only a listing can tell where it leads */
			tree_list(loader->tree, loader->config);
			content = tree_read(loader->tree, arena, *path, limit);
		}
		if (content.state == FILE_MISSING || content.state == FILE_NOT_REGULAR)
			return STR_NONE;
	}
	struct str shown = utf8_printable(arena, *path);
	if (content.state == FILE_UNREADABLE)
		world_fail("cannot read " STR_FMT ": %s", STR_ARG(shown), strerror(content.error));
	if (content.state != FILE_OK)
		world_usage("cannot read " STR_FMT " as configuration: %s", STR_ARG(shown), strerror(content.error));
	return content.bytes.data ? content.bytes : STR("");
}

/* Configuration in another encoding would be misread, so it is refused. */
static void require_utf8(struct arena *arena, struct str path, struct str text)
{
	size_t bad = utf8_invalid_at(text), nul = str_find_char(text, '\0'), line = 1, start = 0;
	if (nul < bad)
		bad = nul;
	if (bad == SIZE_MAX)
		return;
	for (size_t i = 0; i < bad; i++) {
		if (text.data[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	struct str shown = utf8_printable(arena, path);
	world_usage(STR_FMT ":%zu:%zu: this is not UTF-8 text", STR_ARG(shown), line, bad - start + 1);
}

/* ---- which files matter ---- */

static void set_default(struct arena *arena, struct config_globs *globs, struct str folder)
{
	if (!globs->set)
		vec_add(arena, &globs->list, (struct word){folder, SPAN_NONE});
}

/* Makes the folders that hold without configuration visible to the passes that follow. */
static void settle_folders(struct loader *loader)
{
	struct config *config = loader->config;
	const struct entry *folder = map_find(&loader->loaded->listing->by_path, STR("content"));
	loader->has_content = config->content.set || (folder && folder->kind == ENTRY_DIR);
	if (!loader->has_content)
		return;
	set_default(loader->arena, &config->content, STR("content"));
	set_default(loader->arena, &config->decisions, STR("decisions"));
	set_default(loader->arena, &config->diagrams, STR("diagrams"));
}

static bool has_extension(struct str path, const char *const *extensions)
{
	for (; *extensions; extensions++) {
		if (str_eq_nocase(path_extension(path), str_from(*extensions)))
			return true;
	}
	return false;
}

static bool is_document(const struct loader *loader, struct str path)
{
	return !loader->has_content || config_matches(&loader->config->content, path) ||
	       config_matches(&loader->config->decisions, path);
}

static bool is_diagram(const struct loader *loader, struct str path)
{
	const struct config *config = loader->config;
	if (config->diagrams.set)
		return config_matches(&config->diagrams, path);
	return !loader->has_content || config_matches(&config->diagrams, path) ||
	       config_matches(&config->content, path);
}

/* The folder part of a pattern that holds no wildcard. */
static struct str fixed_part(struct str pattern)
{
	while (str_starts(pattern, STR("./")))
		pattern = str_from_off(pattern, 2);
	for (size_t i = 0; i < pattern.size; i++) {
		if (strchr("*?[{", pattern.data[i]))
			return path_dir(str_sub(pattern, 0, i + 1));
	}
	return pattern;
}

/* A topology stands beside the documents it describes, so it may be in any folder that content names. */
static bool is_topology(const struct loader *loader, struct str path)
{
	const struct config *config = loader->config;
	bool named = str_is(path_base(path), "topology.yaml");
	if (config->topology.set) {
		for (size_t i = 0; i < config->topology.list.n; i++) {
			struct str pattern = config->topology.list.data[i].str;
			while (str_starts(pattern, STR("./")))
				pattern = str_from_off(pattern, 2);
			if (path_matches(path, pattern))
				return true;
		}
		return named && config_matches(&config->topology, path);
	}
	if (!named || !loader->has_content)
		return named;
	for (size_t i = 0; i < config->content.list.n; i++) {
		struct str folder = fixed_part(config->content.list.data[i].str);
		if (path_is_under(path, has_extension(folder, markdown_extensions) ? path_dir(folder) : folder))
			return true;
	}
	return config_matches(&config->content, path);
}

/* By its path; what it holds decides later. */
static bool may_be_machine(const struct config *config, struct str path)
{
	return config->may_be_machine && config->may_be_machine(config, path, STR_NONE);
}

/* Beside a record: its folder holds a number. */
static bool is_side_file(struct str path)
{
	static const char *const names[] = {RECORD_SIDE_FILES, NULL};
	struct str folder = path_base(path_dir(path));
	bool numbered = false;
	for (size_t i = 0; i < folder.size; i++)
		numbered |= folder.data[i] >= '0' && folder.data[i] <= '9';
	for (size_t i = 0; numbered && names[i]; i++)
		if (str_is(path_base(path), names[i]))
			return true;
	return false;
}

/* Records of a site of components are read as markdown; its other pages are not. */
static bool is_mdx_record(const struct config *config, struct str path)
{
	return str_ends(path, STR(".mdx")) && config_in_decisions(config, path);
}

/* False when the file does not matter. */
static bool kind_of(const struct loader *loader, struct str path, enum source_kind *kind)
{
	static const char *const dot[] = {".dot", ".gv", NULL}, *const mermaid[] = {".mmd", ".mermaid", NULL},
				 *const templates[] = {".html", ".css", ".js", ".svg", ".xml", ".txt", ".md", NULL};
	struct str name = path_base(path), folder = loader->config->templates.str;
	while (folder.size && folder.data[folder.size - 1] == '/')
		folder = str_sub(folder, 0, folder.size - 1);
	if (folder.size && path_is_under(path, folder)) {
		*kind = SOURCE_TEMPLATE;
		return has_extension(path, templates);
	}
	*kind = SOURCE_OTHER;
	if (str_is(name, ".adr-dir") || str_is(name, ".log4brains.yml") || is_side_file(path))
		return true;
	*kind = SOURCE_TOPOLOGY;
	if (is_topology(loader, path))
		return true;
	*kind = SOURCE_MARKDOWN;
	if (has_extension(path, markdown_extensions) || is_mdx_record(loader->config, path))
		return is_document(loader, path);
	*kind = has_extension(path, dot) ? SOURCE_DOT : SOURCE_MERMAID;
	if (has_extension(path, dot) || has_extension(path, mermaid))
		return is_diagram(loader, path);
	*kind = SOURCE_MACHINE;
	return may_be_machine(loader->config, path);
}

static void limit_trouble(struct loader *loader, const char *kind, struct str path, size_t limit)
{
	trouble_add(loader->arena, &loader->loaded->troubles,
		    (struct trouble){.rule = "limit-reached",
				     .kind = kind,
				     .span = SPAN_NONE,
				     .text = path,
				     .extra = str_format(loader->arena, "%zu", limit),
				     .other = SPAN_NONE});
}

/* The files to read, in path order. A link is read only where the file it leads to is not. */
static struct picks pick_files(struct loader *loader)
{
	const struct listing *listing = loader->loaded->listing;
	const struct config_limits *limits = &loader->config->limits;
	struct map taken = {.arena = loader->arena}; /* path of the file itself -> entry that stands for it */
	struct picks picks = {0};
	uint64_t total = 0;
	for (int links = 0; links < 2; links++) {
		for (size_t i = 0; i < listing->list.n; i++) {
			struct entry *entry = &listing->list.data[i];
			enum source_kind kind;
			struct str file = entry->through_link ? entry->target : entry->path;
			if (entry->kind == ENTRY_FILE && entry->through_link == (links == 1) &&
			    kind_of(loader, entry->path, &kind) && !map_has(&taken, file))
				map_put(&taken, file, entry);
		}
	}
	for (size_t i = 0; i < listing->list.n; i++) {
		struct entry *entry = &listing->list.data[i];
		enum source_kind kind;
		if (map_find(&taken, entry->through_link ? entry->target : entry->path) != entry)
			continue;
		kind_of(loader, entry->path, &kind);
		if (kind == SOURCE_MACHINE) {
			if (entry->size <= MACHINE_BYTES)
				vec_add(loader->arena, &picks.list, (struct pick){entry, kind});
		} else if (entry->size > file_limit(loader->config)) {
			limit_trouble(loader, "file-size", entry->path, file_limit(loader->config));
		} else if (total + entry->size > limits->total_bytes) {
			limit_trouble(loader, "total-bytes", entry->path, limits->total_bytes);
		} else {
			total += entry->size;
			vec_add(loader->arena, &picks.list, (struct pick){entry, kind});
		}
	}
	return picks;
}

/* ---- reading ---- */

static void add_source(struct loader *loader, enum source_kind kind, struct str path, struct str text)
{
	if (!text.data)
		text = STR("");
	if (encoding_is_utf16(text)) {
		trouble_add(loader->arena, &loader->loaded->troubles,
			    (struct trouble){.rule = "text-encoding",
					     .kind = "utf16",
					     .span = SPAN_NONE,
					     .text = path,
					     .extra = STR(""),
					     .other = SPAN_NONE});
		return;
	}
	struct source *source = source_add(loader->arena, &loader->loaded->sources, kind, path, text);
	encoding_check(loader->arena, source, &loader->loaded->troubles);
	if (kind == SOURCE_CONFIG)
		loader->loaded->config_source = source;
}

/* Most files that may be one by their name are none, so their text is not kept. One that cannot be read, or is no text,
 * declares nothing. */
static void read_machine(struct loader *loader, const struct entry *entry)
{
	struct arena *scratch = arena_new();
	struct file_content content = tree_read(loader->tree, scratch, entry->path, MACHINE_BYTES);
	struct str text = content.bytes;
	bool fits = loader->machine_bytes + text.size <= MACHINES_BYTES;
	if (content.state == FILE_OK && text.size && fits && utf8_invalid_at(text) == SIZE_MAX &&
	    str_find_char(text, '\0') == SIZE_MAX &&
	    loader->config->may_be_machine(loader->config, entry->path, text)) {
		loader->machine_bytes += text.size;
		source_add(loader->arena, &loader->loaded->sources, SOURCE_MACHINE, entry->path,
			   str_dup(loader->arena, text));
	}
	arena_free(scratch);
}

static void read_pick(struct loader *loader, const struct pick *pick)
{
	if (pick->kind == SOURCE_MACHINE) {
		read_machine(loader, pick->entry);
		return;
	}
	size_t limit = file_limit(loader->config);
	struct file_content content = tree_read(loader->tree, loader->arena, pick->entry->path, limit);
	if (content.state == FILE_UNREADABLE) {
		struct str shown = utf8_printable(loader->arena, pick->entry->path);
		world_fail("cannot read " STR_FMT ": %s", STR_ARG(shown), strerror(content.error));
	}
	if (content.state == FILE_TOO_LARGE)
		limit_trouble(loader, "file-size", pick->entry->path, limit);
	if (content.state == FILE_OK)
		add_source(loader, pick->kind, pick->entry->path, content.bytes);
}

/* Sources in path order; lintel.yaml takes its place among them. */
static void read_sources(struct loader *loader, struct str config_path, struct str config_text_read)
{
	struct picks picks = pick_files(loader);
	bool config_open = config_text_read.data != NULL;
	if (loader->tree->want) {
		struct str *paths = NEW_ARRAY(loader->arena, struct str, picks.list.n);
		for (size_t i = 0; i < picks.list.n; i++) {
			const struct entry *entry = picks.list.data[i].entry;
			paths[i] = entry->through_link ? entry->target : entry->path;
		}
		loader->tree->want(loader->tree, paths, picks.list.n);
	}
	for (size_t i = 0; i < picks.list.n; i++) {
		int order = config_open ? str_cmp(config_path, picks.list.data[i].entry->path) : 1;
		if (order <= 0) {
			add_source(loader, SOURCE_CONFIG, config_path, config_text_read);
			config_open = false;
		}
		if (order != 0)
			read_pick(loader, &picks.list.data[i]);
	}
	if (config_open)
		add_source(loader, SOURCE_CONFIG, config_path, config_text_read);
}

static bool names_something(const struct listing *listing, struct str pattern)
{
	while (str_starts(pattern, STR("./")))
		pattern = str_from_off(pattern, 2);
	while (str_ends(pattern, STR("/")))
		pattern.size--;
	if (!pattern.size || str_is(pattern, ".") || map_has(&listing->by_path, pattern))
		return true;
	for (size_t i = 0; i < listing->list.n; i++)
		if (path_matches(listing->list.data[i].path, pattern))
			return true;
	return false;
}

static void tell_unmatched(struct loader *loader, const char *key, const struct word *entries, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct trouble trouble = {
			.rule = "config-unknown-key", .kind = "no-match", .span = entries[i].span, .other = SPAN_NONE};
		trouble.text = entries[i].str;
		trouble.extra = str_from(key);
		if (entries[i].str.size && !span_is_none(entries[i].span) &&
		    !names_something(loader->loaded->listing, entries[i].str))
			trouble_add(loader->arena, &loader->loaded->troubles, trouble);
	}
}

/* Entries of the configuration that name no file or folder: a misspelt one would leave its documents unchecked. */
static void tell_unmatched_entries(struct loader *loader)
{
	const struct config *config = loader->config;
	tell_unmatched(loader, "content", config->content.list.data, config->content.list.n);
	tell_unmatched(loader, "decisions", config->decisions.list.data, config->decisions.list.n);
	tell_unmatched(loader, "diagrams", config->diagrams.list.data, config->diagrams.list.n);
	tell_unmatched(loader, "topology", config->topology.list.data, config->topology.list.n);
	tell_unmatched(loader, "templates", &config->templates, 1);
	for (size_t i = 0; i < config->sources.n; i++)
		tell_unmatched(loader, "sources", &config->sources.data[i].file, 1);
}

struct loaded *load(struct arena *arena, struct tree *tree, struct config *config)
{
	struct loaded *loaded = NEW(arena, struct loaded);
	struct loader loader = {.arena = arena, .tree = tree, .config = config, .loaded = loaded};
	struct str path, text = config_text(&loader, &path);
	/* Read twice: its number among the sources, which spans hold, is known only when the files it names are. */
	struct config settled = *config;
	loader.config = &settled;
	loaded->tree = tree;
	loaded->sources.by_path.arena = arena;
	if (text.data) {
		struct source early = {.kind = SOURCE_CONFIG, .path = path, .text = text};
		require_utf8(arena, path, text);
		settled.statuses = (struct map){.arena = arena};
		config_read(arena, &settled, &early, config->nearest_rule);
	}
	loaded->listing = tree_list(tree, &settled);
	settle_folders(&loader);
	read_sources(&loader, path, text);
	if (loaded->config_source)
		config_read(arena, config, loaded->config_source, config->nearest_rule);
	loader.config = config;
	settle_folders(&loader);
	if (loaded->config_source)
		tell_unmatched_entries(&loader);
	return loaded;
}
