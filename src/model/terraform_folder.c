/* The files of one Terraform folder: which variables and locals literals give, which defaults are replaced, cidrhost(). */
#include "model/terraform_folder.h"

/* A folder has few files; what stands behind these is not read. */
#define MAX_WALK 512
#define MAX_FILES 40
#define MAX_BYTES ((size_t)1 << 20)
#define MAX_DEPTH 6
/* cidrhost() of a longer way from the start of the prefix is left unread. */
#define MAX_HOST 65535

struct yaml *terraform_parse(struct machine *machine, const struct source *source)
{
	const struct config_limits *limits = &machine->config->limits;
	struct yaml_limits hcl_limits = {limits->yaml_depth, limits->yaml_aliases, limits->yaml_nodes / 8};

	return hcl_parse(machine->scratch, source, &hcl_limits);
}

/* ---- files beside ---- */

struct files {
	const struct source *of[MAX_FILES];
	size_t n;
};

static bool is_values(struct str path)
{
	return str_ends(path, STR(".tfvars"));
}

/* Terraform reads these without being told to. */
static bool is_automatic(struct str path)
{
	return str_is(path_base(path), "terraform.tfvars") || str_ends(path, STR(".auto.tfvars"));
}

static void add_file(struct files *files, const struct source *source, struct str folder, size_t *bytes)
{
	bool is_ours = str_ends(source->path, STR(".tf")) || is_values(source->path);

	if (!is_ours || !str_eq(path_dir(source->path), folder) || files->n == MAX_FILES ||
	    *bytes + source->text.size > MAX_BYTES)
		return;
	*bytes += source->text.size;
	files->of[files->n++] = source;
}

static bool is_in(struct str path, struct str folder)
{
	return folder.size == 0 || (str_starts(path, folder) && str_starts(str_from_off(path, folder.size), STR("/")));
}

/* Sources stand by path, so those of a folder stand around each other. */
static struct files files_of(const struct machine *machine, struct str folder)
{
	const struct sources *sources = machine->sources;
	size_t from = machine->source->id, to = from, bytes = 0;
	struct files files = {0};

	while (from > 0 && machine->source->id - from < MAX_WALK && is_in(sources->list.data[from - 1]->path, folder))
		from--;
	while (to < sources->list.n && to - machine->source->id < MAX_WALK &&
	       is_in(sources->list.data[to]->path, folder))
		to++;
	for (size_t i = from; i < to; i++)
		add_file(&files, sources->list.data[i], folder, &bytes);
	return files;
}

bool terraform_is_module(const struct machine *machine)
{
	struct str folder = path_dir(machine->source->path), rest = folder;
	struct str call = str_format(machine->scratch, "/" STR_FMT "\"", STR_ARG(path_base(folder)));
	struct files above;

	while (rest.data && rest.size > 0)
		if (str_is(str_cut(&rest, '/'), "modules"))
			return true;
	if (folder.size == 0)
		return false;
	above = files_of(machine, path_dir(folder));
	for (size_t i = 0; i < above.n; i++)
		if (str_find(above.of[i]->text, STR("module")) != SIZE_MAX &&
		    str_find(above.of[i]->text, call) != SIZE_MAX)
			return true;
	return false;
}

/* ---- variables ---- */

/* Scalars by their path: local.cluster.cidr. */
static void put_values(struct machine *machine, struct str name, const struct yaml *value, int depth)
{
	struct word *word;

	for (size_t i = 0; depth < MAX_DEPTH && i < value->pairs.n; i++)
		put_values(machine,
			   str_format(machine->scratch, STR_FMT "." STR_FMT, STR_ARG(name),
				      STR_ARG(value->pairs.data[i].key.str)),
			   value->pairs.data[i].value, depth + 1);
	if (value->kind != YAML_SCALAR)
		return;
	word = NEW(machine->scratch, struct word);
	*word = machine_word(machine, value);
	if (word->str.size > 0)
		map_put(&machine->variables, name, word);
}

static void put_all(struct machine *machine, const char *prefix, const struct yaml *map)
{
	for (size_t i = 0; map && i < map->pairs.n; i++)
		put_values(machine,
			   str_format(machine->scratch, "%s." STR_FMT, prefix, STR_ARG(map->pairs.data[i].key.str)),
			   map->pairs.data[i].value, 0);
}

static void put_defaults(struct machine *machine, const struct yaml *body, const struct map *given)
{
	for (size_t i = 0; i < body->pairs.n; i++) {
		const struct yaml *variable = body->pairs.data[i].value;

		if (!str_is(body->pairs.data[i].key.str, "variable") || variable->pairs.n != 1)
			continue;
		struct str name = variable->pairs.data[0].key.str;
		const struct yaml *value = yaml_find(variable->pairs.data[0].value, "default");

		if (value && !map_has(given, name))
			put_values(machine, str_format(machine->scratch, "var." STR_FMT, STR_ARG(name)), value, 0);
	}
}

static void put_locals(struct machine *machine, const struct yaml *body)
{
	for (size_t i = 0; i < body->pairs.n; i++)
		if (str_is(body->pairs.data[i].key.str, "locals")) {
			terraform_fold(machine, body->pairs.data[i].value);
			put_all(machine, "local", body->pairs.data[i].value);
		}
}

void terraform_variables(struct machine *machine, struct map *given)
{
	struct files files = files_of(machine, path_dir(machine->source->path));
	const struct yaml *bodies[MAX_FILES];
	size_t unread = machine->part->unread;

	for (size_t i = 0; i < files.n; i++) {
		bodies[i] = terraform_parse(machine, files.of[i]);
		for (size_t k = 0; bodies[i] && is_values(files.of[i]->path) && k < bodies[i]->pairs.n; k++)
			map_put(given, bodies[i]->pairs.data[k].key.str, given);
		if (bodies[i] && is_automatic(files.of[i]->path))
			put_all(machine, "var", bodies[i]);
	}
	for (size_t i = 0; i < files.n; i++)
		if (bodies[i] && !is_values(files.of[i]->path))
			put_defaults(machine, bodies[i], given);
	for (int round = 0; round < 2; round++) /* a local may use one that stands behind it */
		for (size_t i = 0; i < files.n; i++)
			if (bodies[i] && !is_values(files.of[i]->path))
				put_locals(machine, bodies[i]);
	machine->part->unread = unread;
}

/* ---- cidrhost ---- */

/* A string, a number or a name of a variable. */
static struct str argument(struct machine *machine, struct str text)
{
	const struct word *word;

	text = str_trim(text);
	if (text.size > 1 && text.data[0] == '"' && text.data[text.size - 1] == '"')
		return str_sub(text, 1, text.size - 2);
	word = map_find(&machine->variables, text);
	return word ? word->str : text;
}

/* The address that `${cidrhost(prefix, number)}` gives; data NULL: not known. */
static struct str host_of(struct machine *machine, struct str text)
{
	struct str inner, prefix, number;
	struct prefix_read read;
	struct address address;
	long long n;
	size_t comma;

	if (!str_starts(text, STR("${cidrhost(")) || !str_ends(text, STR(")}")))
		return STR_NONE;
	inner = str_sub(text, 11, text.size - 13);
	comma = str_rfind_char(inner, ',');
	prefix = argument(machine, str_sub(inner, 0, comma));
	number = argument(machine, str_from_off(inner, comma == SIZE_MAX ? inner.size : comma + 1));
	read = prefix_parse(prefix);
	if (read.error != NET_OK || !str_to_number(number, &n) || n > MAX_HOST)
		return STR_NONE;
	address = prefix_first(read.prefix);
	for (long long i = 0; i < n; i++)
		address = address_next(address);
	return prefix_contains(read.prefix, address) ? address_format(machine->arena, address) : STR_NONE;
}

static void fold(struct machine *machine, struct yaml *value, int depth)
{
	struct str host;

	for (size_t i = 0; depth < MAX_DEPTH && i < value->items.n; i++)
		fold(machine, value->items.data[i], depth + 1);
	for (size_t i = 0; depth < MAX_DEPTH && i < value->pairs.n; i++)
		fold(machine, value->pairs.data[i].value, depth + 1);
	if (value->kind != YAML_SCALAR)
		return;
	host = host_of(machine, value->text);
	if (host.data)
		value->text = host;
}

void terraform_fold(struct machine *machine, struct yaml *value)
{
	fold(machine, value, 0);
}
