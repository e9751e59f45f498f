/* lintel.yaml to plain data, by a table of keys. It reads YAML, so this file also stands on parse/. */
#include "config.h"

#include <limits.h>
#include <stdarg.h>
#include <stdint.h>

#include "parse/parse.h"

#define RULE "config-unknown-key"
/* Days of `never`: a thousand centuries. */
#define NEVER_DAYS 36500000L

struct reader {
	struct arena *arena;
	struct config *config;
	const struct source *source;
	struct str (*nearest_rule)(struct arena *arena, struct str name);
};

/* One key of lintel.yaml and how its value is read. */
struct key {
	const char *name;
	void (*read)(struct reader *reader, const struct yaml *value, void *field);
	size_t field; /* offset in struct config */
};

/* ---- what is wrong ---- */

static _Noreturn void __attribute__((format(printf, 3, 4)))
refuse(const struct reader *reader, uint32_t off, const char *format, ...)
{
	uint32_t line = 1, line_start = 0;
	struct str path = utf8_printable(reader->arena, reader->source->path);
	char message[512];
	va_list args;
	for (uint32_t i = 0; i < off && i < reader->source->text.size; i++) {
		if (reader->source->text.data[i] == '\n') {
			line++;
			line_start = i + 1;
		}
	}
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	world_usage(STR_FMT ":%u:%u: %s", STR_ARG(path), line, off - line_start + 1, message);
}

static void report(struct reader *reader, const char *kind, struct word word, struct str nearest)
{
	trouble_add(reader->arena, &reader->config->troubles,
		    (struct trouble){.rule = RULE,
				     .kind = kind,
				     .span = word.span,
				     .text = word.str,
				     .extra = nearest,
				     .other = SPAN_NONE});
}

/* ---- values ---- */

static struct word word_of(const struct yaml *value)
{
	return (struct word){value->text, value->span};
}

static struct word scalar(struct reader *reader, const struct yaml *value, const char *what)
{
	if (value->kind != YAML_SCALAR)
		refuse(reader, value->span.off, "%s must be a single value", what);
	return yaml_is_null(value) ? (struct word){STR(""), value->span} : word_of(value);
}

static const struct yaml *mapping(struct reader *reader, const struct yaml *value, const char *what)
{
	static const struct yaml none = {.kind = YAML_MAP};
	if (value->kind == YAML_MAP)
		return value;
	if (value->kind == YAML_SCALAR && yaml_is_null(value))
		return &none;
	refuse(reader, value->span.off, "%s must be a mapping", what);
}

static void read_word(struct reader *reader, const struct yaml *value, void *field)
{
	*(struct word *)field = scalar(reader, value, "this");
}

/* Output: an empty value keeps the default. */
static void read_output(struct reader *reader, const struct yaml *value, void *field)
{
	struct word word = scalar(reader, value, "output");
	if (word.str.size)
		*(struct word *)field = word;
}

static void read_globs(struct reader *reader, const struct yaml *value, void *field)
{
	struct config_globs *globs = field;
	*globs = (struct config_globs){.set = true};
	if (value->kind == YAML_MAP)
		refuse(reader, value->span.off, "a list is wanted here, not a mapping");
	if (value->kind == YAML_SCALAR && !yaml_is_null(value))
		vec_add(reader->arena, &globs->list, word_of(value));
	for (size_t i = 0; i < value->items.n; i++)
		vec_add(reader->arena, &globs->list, scalar(reader, value->items.data[i], "an item of this list"));
}

/* "180d", "6 months", "90", "never" -> days; -1 when it is none of them. */
static long days_of(struct str text)
{
	static const struct {
		const char *unit;
		long days;
	} units[] = {
		{"", 1},   {"d", 1},   {"day", 1},    {"days", 1},    {"w", 7},   {"week", 7},   {"weeks", 7},
		{"m", 30}, {"mo", 30}, {"month", 30}, {"months", 30}, {"y", 365}, {"year", 365}, {"years", 365},
	};
	size_t digits = 0;
	long long number;
	if (str_eq_nocase(text, STR("never")))
		return NEVER_DAYS;
	while (digits < text.size && isdigit((unsigned char)text.data[digits]))
		digits++;
	if (!str_to_number(str_sub(text, 0, digits), &number) || number > NEVER_DAYS / 365)
		return -1;
	struct str unit = str_trim(str_from_off(text, digits));
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (str_eq_nocase(unit, str_from(units[i].unit)))
			return (long)number * units[i].days;
	}
	return -1;
}

static void read_days(struct reader *reader, const struct yaml *value, void *field)
{
	struct word word = scalar(reader, value, "a time");
	long days = days_of(word.str);
	if (days < 0)
		refuse(reader, word.span.off, "a time is written 90, 180d, 6 months, 1 year or never");
	*(long *)field = days;
}

/* "64", "8 MiB" -> a number; -1 when it is none. */
static long long size_of(struct str text)
{
	static const struct {
		const char *unit;
		unsigned shift;
	} units[] = {{"", 0},    {"B", 0},    {"K", 10}, {"KB", 10}, {"KiB", 10}, {"M", 20},
		     {"MB", 20}, {"MiB", 20}, {"G", 30}, {"GB", 30}, {"GiB", 30}};
	size_t digits = 0;
	long long number;
	while (digits < text.size && isdigit((unsigned char)text.data[digits]))
		digits++;
	if (!str_to_number(str_sub(text, 0, digits), &number))
		return -1;
	struct str unit = str_trim(str_from_off(text, digits));
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (str_eq_nocase(unit, str_from(units[i].unit)) && number <= (LLONG_MAX >> 8) >> units[i].shift)
			return number << units[i].shift;
	}
	return -1;
}

static void read_size(struct reader *reader, const struct yaml *value, void *field)
{
	struct word word = scalar(reader, value, "a limit");
	long long size = size_of(word.str);
	if (size <= 0)
		refuse(reader, word.span.off, "a limit is a number above 0, with or without KiB, MiB or GiB");
	*(size_t *)field = (size_t)size;
}

static void read_seconds(struct reader *reader, const struct yaml *value, void *field)
{
	struct word word = scalar(reader, value, "a limit");
	long long seconds;
	struct str text = str_ends(word.str, STR("s")) ? str_trim(str_sub(word.str, 0, word.str.size - 1)) : word.str;
	if (!str_to_number(text, &seconds) || seconds < 1 || seconds > 86400)
		refuse(reader, word.span.off, "this limit is a number of seconds from 1 to 86400");
	*(unsigned *)field = (unsigned)seconds;
}

/* ---- mappings ---- */

/* Reads a mapping by a table; unknown keys are reported with the nearest known one. Keys that begin with x- are left
 * alone. */
static void read_keys(struct reader *reader, const struct yaml *map, const struct key *keys, size_t n)
{
	struct str *names = NEW_ARRAY(reader->arena, struct str, n);
	for (size_t k = 0; k < n; k++)
		names[k] = str_from(keys[k].name);
	for (size_t i = 0; i < map->pairs.n; i++) {
		const struct yaml_pair *pair = &map->pairs.data[i];
		size_t k = 0;
		while (k < n && !str_eq(names[k], pair->key.str))
			k++;
		if (k < n)
			keys[k].read(reader, pair->value, (char *)reader->config + keys[k].field);
		else if (!str_starts(pair->key.str, STR("x-")))
			report(reader, "key", pair->key, nearest_find(pair->key.str, names, n));
	}
}

static void add_rules(struct reader *reader, const struct yaml *map, const struct config_globs *paths)
{
	static const struct str words[] = {{"off", 3}, {"info", 4}, {"warning", 7}, {"error", 5}};
	for (size_t i = 0; i < map->pairs.n; i++) {
		const struct yaml_pair *pair = &map->pairs.data[i];
		struct config_severity severity = {.rule = pair->key, .paths = *paths};
		struct str near =
			reader->nearest_rule ? reader->nearest_rule(reader->arena, pair->key.str) : pair->key.str;
		struct word word = scalar(reader, pair->value, "the severity of a rule");
		if (!str_eq(near, pair->key.str))
			report(reader, "rule", pair->key, near);
		else if (!severity_parse(word.str, &severity.severity))
			report(reader, "severity", word, nearest_find(word.str, words, sizeof words / sizeof *words));
		else
			vec_add(reader->arena, &reader->config->severities, severity);
	}
}

static void read_rules(struct reader *reader, const struct yaml *value, void *field)
{
	struct config_globs everywhere = {0};
	(void)field;
	add_rules(reader, mapping(reader, value, "rules"), &everywhere);
}

static void read_override(struct reader *reader, const struct yaml *value)
{
	static const struct str names[] = {{"paths", 5}, {"rules", 5}};
	const struct yaml *map = mapping(reader, value, "an override"), *paths = yaml_find(map, "paths"),
			  *rules = yaml_find(map, "rules");
	struct config_globs globs = {0};
	if (!paths || !rules)
		refuse(reader, value->span.off, "an override needs paths and rules");
	read_globs(reader, paths, &globs);
	if (globs.list.n)
		add_rules(reader, mapping(reader, rules, "rules"), &globs);
	for (size_t i = 0; i < map->pairs.n; i++) {
		const struct word *key = &map->pairs.data[i].key;
		if (!str_eq(key->str, names[0]) && !str_eq(key->str, names[1]) && !str_starts(key->str, STR("x-")))
			report(reader, "key", *key, nearest_find(key->str, names, 2));
	}
}

static void read_overrides(struct reader *reader, const struct yaml *value, void *field)
{
	(void)field;
	if (value->kind != YAML_LIST && !yaml_is_null(value))
		refuse(reader, value->span.off, "overrides must be a list of paths and rules");
	for (size_t i = 0; i < value->items.n; i++)
		read_override(reader, value->items.data[i]);
}

static void read_statuses(struct reader *reader, const struct yaml *value, void *field)
{
	static const struct str known[] = {{"draft", 5},     {"proposed", 8}, {"accepted", 8},    {"rejected", 8},
					   {"withdrawn", 9}, {"deferred", 8}, {"deprecated", 10}, {"superseded", 10}};
	const struct yaml *map = mapping(reader, value, "statuses");
	const size_t n = sizeof known / sizeof *known;
	for (size_t i = 0; i < map->pairs.n; i++) {
		const struct yaml_pair *pair = &map->pairs.data[i];
		struct word *word = NEW(reader->arena, struct word);
		size_t k = 0;
		*word = scalar(reader, pair->value, "a status");
		while (k < n && !str_eq_nocase(known[k], word->str))
			k++;
		if (k == n) {
			report(reader, "status", *word, nearest_find(word->str, known, n));
			continue;
		}
		word->str = known[k];
		map_put(field, utf8_lower(reader->arena, pair->key.str), word);
	}
}

/* {file, as, cluster, estate} */
static void read_source(struct reader *reader, const struct yaml *value)
{
	static const struct {
		struct str name;
		size_t word;
	} keys[] = {{{"file", 4}, offsetof(struct config_source, file)},
		    {{"as", 2}, offsetof(struct config_source, as)},
		    {{"cluster", 7}, offsetof(struct config_source, cluster)},
		    {{"estate", 6}, offsetof(struct config_source, estate)}};
	const size_t n = sizeof keys / sizeof *keys;
	struct str names[sizeof keys / sizeof *keys];
	struct config_source source = {0};
	for (size_t k = 0; k < n; k++)
		names[k] = keys[k].name;
	for (size_t i = 0; i < value->pairs.n; i++) {
		const struct yaml_pair *pair = &value->pairs.data[i];
		size_t k = 0;
		while (k < n && !str_eq(names[k], pair->key.str))
			k++;
		if (k < n)
			*(struct word *)(void *)((char *)&source + keys[k].word) =
				scalar(reader, pair->value, "a word of a source");
		else if (!str_starts(pair->key.str, STR("x-")))
			report(reader, "key", pair->key, nearest_find(pair->key.str, names, n));
	}
	if (!source.file.str.size)
		refuse(reader, value->span.off, "an item of sources is a path, or a mapping with file");
	vec_add(reader->arena, &reader->config->sources, source);
}

/* A path, or a list of paths and mappings. No other machine files are used then. */
static void read_source_list(struct reader *reader, const struct yaml *value, void *field)
{
	(void)field;
	reader->config->only_sources = true;
	if (value->kind == YAML_SCALAR && !yaml_is_null(value))
		vec_add(reader->arena, &reader->config->sources, (struct config_source){.file = word_of(value)});
	for (size_t i = 0; i < value->items.n; i++) {
		const struct yaml *item = value->items.data[i];
		if (item->kind == YAML_MAP)
			read_source(reader, item);
		else
			vec_add(reader->arena, &reader->config->sources,
				(struct config_source){.file = scalar(reader, item, "an item of sources")});
	}
}

/* Pattern to kind; other machine files are used too. */
static void read_source_map(struct reader *reader, const struct yaml *value, void *field)
{
	const struct yaml *map = mapping(reader, value, "map");
	(void)field;
	for (size_t i = 0; i < map->pairs.n; i++) {
		const struct yaml_pair *pair = &map->pairs.data[i];
		vec_add(reader->arena, &reader->config->sources,
			(struct config_source){.file = pair->key, .as = scalar(reader, pair->value, "a kind of file")});
	}
}

static void read_sources(struct reader *reader, const struct yaml *value, void *field)
{
	static const struct key keys[] = {
		{"use", read_source_list, 0},
		{"map", read_source_map, 0},
		{"exclude", read_globs, offsetof(struct config, sources_exclude)},
	};
	if (value->kind == YAML_MAP)
		read_keys(reader, value, keys, sizeof keys / sizeof *keys);
	else
		read_source_list(reader, value, field);
}

static void read_limits(struct reader *reader, const struct yaml *value, void *field)
{
#define LIMIT(name, read)                                         \
	{                                                         \
#name, read, offsetof(struct config, limits.name) \
	}
	static const struct key keys[] = {
		LIMIT(file_bytes, read_size),  LIMIT(total_bytes, read_size),  LIMIT(files, read_size),
		LIMIT(yaml_depth, read_size),  LIMIT(yaml_aliases, read_size), LIMIT(yaml_nodes, read_size),
		LIMIT(md_depth, read_size),    LIMIT(md_bytes, read_size),     LIMIT(md_seconds, read_seconds),
		LIMIT(graph_nodes, read_size), LIMIT(graph_edges, read_size),  LIMIT(layout_seconds, read_seconds),
	};
#undef LIMIT
	(void)field;
	read_keys(reader, mapping(reader, value, "limits"), keys, sizeof keys / sizeof *keys);
}

#define KEY(name, read)                                    \
	{                                                  \
#name, read, offsetof(struct config, name) \
	}
static const struct key top_keys[] = {
	KEY(title, read_word),
	KEY(base_url, read_word),
	KEY(repository, read_word),
	KEY(content, read_globs),
	KEY(decisions, read_globs),
	KEY(diagrams, read_globs),
	KEY(topology, read_globs),
	KEY(templates, read_word),
	KEY(output, read_output),
	{"rules", read_rules, 0},
	{"overrides", read_overrides, 0},
	KEY(history, read_globs),
	KEY(baseline, read_word),
	KEY(terms, read_globs),
	KEY(statuses, read_statuses),
	{"sources", read_sources, 0},
	KEY(anchors, read_word),
	{"stale_after", read_days, offsetof(struct config, stale_after_days)},
	{"proposed_stale_after", read_days, offsetof(struct config, proposed_stale_days)},
	{"limits", read_limits, 0},
};
#undef KEY

/* ---- the file ---- */

void config_init(struct config *config)
{
	*config = (struct config){
		.output = {STR("site"), SPAN_NONE},
		.anchors = {STR("github"), SPAN_NONE},
		.title = {STR(""), SPAN_NONE},
		.base_url = {STR(""), SPAN_NONE},
		.repository = {STR(""), SPAN_NONE},
		.templates = {STR(""), SPAN_NONE},
		.baseline = {STR(""), SPAN_NONE},
		.stale_after_days = 180,
		.proposed_stale_days = 180,
		.limits =
			{
				.file_bytes = (size_t)8 << 20,
				.total_bytes = (size_t)2 << 30,
				.files = 200000,
				.yaml_depth = 64,
				.yaml_aliases = 1000,
				.yaml_nodes = 2000000,
				.md_depth = 100,
				.md_bytes = (size_t)512 << 20,
				.md_seconds = 10,
				.graph_nodes = 400,
				.graph_edges = 1200,
				.layout_seconds = 10,
			},
	};
}

/* The one document of the file; NULL when it is empty. */
static const struct yaml *parse(struct reader *reader)
{
	const struct config_limits *limits = &reader->config->limits;
	struct yaml_limits yaml_limits = {limits->yaml_depth, limits->yaml_aliases, limits->yaml_nodes};
	struct span whole = {reader->source->id, 0, (uint32_t)reader->source->text.size};
	struct troubles troubles = {0};
	struct yaml_stream stream = yaml_parse(reader->arena, reader->source, whole, &yaml_limits, RULE, &troubles);
	for (size_t i = 0; i < troubles.list.n; i++) {
		const struct trouble *trouble = &troubles.list.data[i];
		struct str why = trouble->extra.size ? trouble->extra : str_from(trouble->kind);
		if (strcmp(trouble->kind, "duplicate-key") != 0)
			refuse(reader, trouble->span.off, "this is not YAML that can be read: " STR_FMT, STR_ARG(why));
		trouble_add(reader->arena, &reader->config->troubles, *trouble);
	}
	if (stream.failed)
		refuse(reader, 0, "this is not YAML that can be read");
	if (stream.documents.n > 1)
		refuse(reader, stream.documents.data[1]->span.off,
		       "one YAML document is wanted, and here a second one begins");
	return stream.documents.n ? stream.documents.data[0] : NULL;
}

void config_read(struct arena *arena, struct config *config, const struct source *source,
		 struct str (*nearest_rule)(struct arena *arena, struct str name))
{
	struct reader reader = {arena, config, source, nearest_rule};
	config->file = source->path;
	config->statuses.arena = arena;
	const struct yaml *document = parse(&reader);
	if (!document)
		return;
	/* overrides come last, whatever their place, so that rules: does not undo them */
	const struct yaml *overrides = NULL;
	struct yaml rest = *mapping(&reader, document, "the configuration");
	size_t kept = 0;
	struct yaml_pair *pairs = NEW_ARRAY(arena, struct yaml_pair, rest.pairs.n);
	for (size_t i = 0; i < rest.pairs.n; i++) {
		if (str_is(rest.pairs.data[i].key.str, "overrides"))
			overrides = rest.pairs.data[i].value;
		else
			pairs[kept++] = rest.pairs.data[i];
	}
	rest.pairs.data = pairs;
	rest.pairs.n = kept;
	read_keys(&reader, &rest, top_keys, sizeof top_keys / sizeof *top_keys);
	if (overrides)
		read_overrides(&reader, overrides, NULL);
}

/* ---- questions ---- */

static struct str plain_folder(struct str pattern)
{
	while (str_starts(pattern, STR("./")))
		pattern = str_from_off(pattern, 2);
	while (pattern.size && pattern.data[pattern.size - 1] == '/')
		pattern = str_sub(pattern, 0, pattern.size - 1);
	return str_is(pattern, ".") ? STR("") : pattern;
}

static bool has_wildcard(struct str pattern)
{
	for (size_t i = 0; i < pattern.size; i++) {
		if (strchr("*?[{", pattern.data[i]))
			return true;
	}
	return false;
}

static bool glob_matches(struct str pattern, struct str path)
{
	while (str_starts(pattern, STR("./")))
		pattern = str_from_off(pattern, 2);
	struct str folder = plain_folder(pattern);
	if (path_is_under(path, folder) || path_matches(path, pattern))
		return true;
	if (!has_wildcard(folder) || str_find_char(folder, '/') == SIZE_MAX)
		return false;
	for (struct str above = path_dir(path); above.size; above = path_dir(above)) {
		if (path_matches(above, folder))
			return true;
	}
	return false;
}

bool config_matches(const struct config_globs *globs, struct str path)
{
	for (size_t i = 0; i < globs->list.n; i++) {
		if (glob_matches(globs->list.data[i].str, path))
			return true;
	}
	return false;
}

bool config_is_log_name(struct str name)
{
	static const char *const names[] = {"decisions",
					    "adr",
					    "adrs",
					    "decision records",
					    "architecture decisions",
					    "architecture decision record",
					    "architecture decision records",
					    "architectural decisions",
					    "architectural decision records"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t at = 0;
		for (; at < name.size && names[i][at]; at++) {
			char c = name.data[at] == '-' || name.data[at] == '_'
					 ? ' '
					 : (char)tolower((unsigned char)name.data[at]);
			if (c != names[i][at])
				break;
		}
		if (at == name.size && !names[i][at])
			return true;
	}
	return false;
}

bool config_in_decisions(const struct config *config, struct str path)
{
	if (config_matches(&config->decisions, path))
		return true;
	for (struct str folder = path_dir(path); folder.size; folder = path_dir(folder)) {
		if (config_is_log_name(path_base(folder)))
			return true;
	}
	return false;
}

const struct config_source *config_source_of(const struct config *config, struct str path)
{
	for (size_t i = config->sources.n; i-- > 0;) {
		if (glob_matches(config->sources.data[i].file.str, path))
			return &config->sources.data[i];
	}
	return NULL;
}

enum severity config_severity_of(const struct config *config, const char *rule, struct str path, enum severity standard)
{
	for (size_t i = config->severities.n; i-- > 0;) {
		const struct config_severity *severity = &config->severities.data[i];
		if (str_is(severity->rule.str, rule) &&
		    (severity->paths.list.n == 0 || config_matches(&severity->paths, path)))
			return severity->severity;
	}
	return standard;
}
