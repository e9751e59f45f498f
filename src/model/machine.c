/* Which files are machine files, and one of them read: recognised by its content, by the kind with the most evidence. */
#include "model/machine.h"

#define X(name) extern const struct machine_kind machine_##name;
#include "sources.inc"
#undef X

#define X(name) &machine_##name,
const struct machine_kind *const machine_kinds[] = {
#include "sources.inc"
};
#undef X
const size_t n_machine_kinds = sizeof machine_kinds / sizeof *machine_kinds;

static const struct machine_kind *find_kind(struct str name)
{
	for (size_t i = 0; i < n_machine_kinds; i++)
		if (str_is(name, machine_kinds[i]->name))
			return machine_kinds[i];
	return NULL;
}

/* ---- which files ---- */

static bool has_machine_name(struct str path)
{
	static const char *const extensions[] = {".yaml", ".yml", ".json", ".tf", ".tfvars", ".ini", NULL};
	static const char *const names[] = {"hosts", "inventory", NULL};
	static const char *const folders[] = {"host_vars", "group_vars", NULL};
	struct str extension = path_extension(path), base = path_base(path), above = path_base(path_dir(path));

	for (size_t i = 0; extensions[i]; i++)
		if (str_eq_nocase(extension, str_from(extensions[i])))
			return true;
	for (size_t i = 0; extension.size == 0 && names[i]; i++)
		if (str_is(base, names[i]))
			return true;
	for (size_t i = 0; extension.size == 0 && folders[i]; i++)
		if (str_is(above, folders[i]))
			return true;
	return false;
}

bool machine_may_be(const struct config *config, struct str path, struct str text)
{
	const struct config_source *named = config_source_of(config, path);
	bool wanted = named ? true : !config->only_sources && !machine_is_aside(path);

	if (!wanted || config_matches(&config->sources_exclude, path))
		return false;
	if (!text.data)
		return has_machine_name(path) || (named && str_eq(named->file.str, path));
	for (size_t i = 0; i < n_machine_kinds; i++)
		if (machine_kinds[i]->may_be(path, text))
			return true;
	return named && named->as.str.size > 0 && find_kind(named->as.str);
}

/* ---- one file ---- */

static bool is_sops(const struct yaml_stream *yaml)
{
	for (size_t i = 0; i < yaml->documents.n; i++) {
		const struct yaml *sops = yaml_find(yaml->documents.data[i], "sops");

		if (yaml_find(sops, "mac") || yaml_find(sops, "lastmodified"))
			return true;
	}
	return false;
}

static bool is_template(struct str text)
{
	return str_find(text, STR("{{")) != SIZE_MAX || str_find(text, STR("{%")) != SIZE_MAX ||
	       str_find(text, STR("${")) != SIZE_MAX;
}

struct yaml_stream machine_parse(struct machine *machine, const struct source *source)
{
	const struct config_limits *limits = &machine->config->limits;
	struct yaml_limits yaml_limits = {limits->yaml_depth, limits->yaml_aliases, limits->yaml_nodes / 8};
	struct span whole = {source->id, 0, (uint32_t)source->text.size};
	struct troubles troubles = {0};
	struct yaml_stream yaml =
		yaml_parse(machine->scratch, source, whole, &yaml_limits, "topology-syntax", &troubles);

	if (yaml.failed)
		yaml.documents.n = 0;
	return yaml;
}

/* NULL: the YAML can be read. */
static const char *why_unreadable(const struct machine *machine)
{
	struct str text = machine->source->text;

	if (str_starts(text, STR("$ANSIBLE_VAULT")))
		return "encrypted with ansible-vault";
	if (is_sops(&machine->yaml))
		return "encrypted with sops";
	if (!machine->yaml.failed)
		return NULL;
	return is_template(text) ? "a template, not YAML" : "not valid YAML";
}

static const struct machine_kind *best_kind(const struct machine *machine)
{
	const struct machine_kind *best = NULL;
	int most = 0;

	for (size_t i = 0; i < n_machine_kinds; i++) {
		const struct machine_kind *kind = machine_kinds[i];
		int evidence;

		if (!kind->may_be(machine->source->path, machine->source->text) ||
		    (kind->syntax == MACHINE_YAML && machine->yaml.documents.n == 0))
			continue;
		evidence = kind->evidence(machine);
		if (evidence > most) {
			most = evidence;
			best = kind;
		}
	}
	return best;
}

static bool wants_yaml(const struct machine_kind *forced, const struct source *source)
{
	bool wants = forced && forced->syntax == MACHINE_YAML;

	for (size_t i = 0; !forced && !wants && i < n_machine_kinds; i++)
		wants = machine_kinds[i]->syntax == MACHINE_YAML &&
			machine_kinds[i]->may_be(source->path, source->text);
	return wants;
}

static bool declares_nothing(const struct machine_part *part)
{
	for (size_t i = 0; i < part->clusters.n; i++) {
		const struct cluster *cluster = part->clusters.data[i];

		if (cluster->nodes.n + cluster->versions.n + cluster->vips.n + cluster->dns.n > 0 ||
		    cluster->node_count.present || cluster->incomplete)
			return false;
	}
	return part->networks.n + part->devices.n + part->services.n + part->pools.n == 0;
}

static void read_file(struct machine *machine)
{
	const struct config_source *named = config_source_of(machine->config, machine->source->path);
	const struct machine_kind *forced = named ? find_kind(named->as.str) : NULL;
	struct machine_part *part = machine->part;

	if (wants_yaml(forced, machine->source))
		machine->yaml = machine_parse(machine, machine->source);
	part->kind = forced ? forced : best_kind(machine);
	part->why = why_unreadable(machine);
	if (part->kind && !(part->why && part->kind->syntax == MACHINE_YAML))
		part->kind->read(machine);
}

struct machine_part *machine_read(struct arena *arena, const struct config *config, const struct sources *sources,
				  const struct machine_settings *settings, const struct source *source)
{
	struct arena *scratch = arena_new();
	struct machine machine = {.arena = arena,
				  .scratch = scratch,
				  .config = config,
				  .sources = sources,
				  .source = source,
				  .settings = settings,
				  .variables = {.arena = scratch},
				  .declared = {.arena = scratch},
				  .part = NEW(arena, struct machine_part)};
	struct machine_part *part = machine.part;

	part->source = source;
	part->scope = machine_scope(arena, source->path);
	read_file(&machine);
	arena_free(scratch);
	if (part->why)
		return part;
	return part->kind && !declares_nothing(part) ? part : NULL;
}

struct machine_part *machine_lost(struct arena *arena, const struct source *source, enum pool_end end)
{
	struct machine_part *part = NEW(arena, struct machine_part);

	part->source = source;
	part->why = end == POOL_TIMEOUT  ? "takes too long to read"
		    : end == POOL_MEMORY ? "takes too much memory to read"
					 : "cannot be read: its reader crashed";
	return part;
}
