/* Settings of a cluster that Flux and its kin put into manifests for ${NAME}: literals of ConfigMaps, never of Secrets. */
#include "model/machine.h"

/* Larger ConfigMaps hold dashboards and scripts. */
enum { MAX_BYTES = 64 << 10, MAX_VALUE = 256 };

bool machine_may_be_settings(struct str text)
{
	static const char *const names[] = {"settings", "vars", "variables", "cluster-config", "substitut"};

	if (text.size > MAX_BYTES || str_find(text, STR("ConfigMap")) == SIZE_MAX)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_find_nocase(text, str_from(names[i])) != SIZE_MAX)
			return true;
	return false;
}

struct machine_settings machine_settings_find(struct arena *arena, const struct sources *sources)
{
	struct machine_settings found = {0};

	for (size_t i = 0; i < sources->list.n; i++)
		if (sources->list.data[i]->kind == SOURCE_MACHINE &&
		    machine_may_be_settings(sources->list.data[i]->text))
			vec_add(arena, &found.list, sources->list.data[i]);
	return found;
}

/* What a name stands for, in the settings that lie nearest. */
struct setting {
	struct word word;
	size_t nearness;
	bool is_open; /* settings as near say something else */
};

static bool is_name(struct str key)
{
	for (size_t i = 0; i < key.size; i++)
		if (!isalnum((unsigned char)key.data[i]) && key.data[i] != '_')
			return false;
	return key.size > 0 && !isdigit((unsigned char)key.data[0]);
}

static void add(struct machine *machine, struct map *all, struct str name, struct setting setting)
{
	struct setting *there = map_find(all, name);

	if (there && there->nearness == setting.nearness) {
		there->is_open |= !str_eq(there->word.str, setting.word.str);
		return;
	}
	if (there && there->nearness > setting.nearness)
		return;
	if (!there) {
		there = NEW(machine->scratch, struct setting);
		map_put(all, name, there);
	}
	*there = setting;
}

static void read_data(struct machine *machine, struct map *all, const struct yaml *data, size_t nearness)
{
	for (size_t i = 0; data && i < data->pairs.n; i++) {
		const struct yaml_pair *pair = &data->pairs.data[i];
		struct setting setting = {.nearness = nearness};
		size_t unread = machine->part->unread;

		if (pair->value->kind != YAML_SCALAR || pair->value->text.size > MAX_VALUE || !is_name(pair->key.str))
			continue;
		setting.word = machine_word(machine, pair->value);
		setting.is_open = setting.word.str.size == 0;
		machine->part->unread = unread;
		add(machine, all, pair->key.str, setting);
	}
}

void machine_use_settings(struct machine *machine)
{
	const struct machine_settings *settings = machine->settings;
	struct map all = {.arena = machine->scratch};

	if (str_find(machine->source->text, STR("${")) == SIZE_MAX)
		return;
	for (size_t i = 0; settings && i < settings->list.n; i++) {
		const struct source *source = settings->list.data[i];
		struct str scope = machine_scope(machine->scratch, source->path);
		struct yaml_stream yaml = {0};

		if (scope.size == 0 || machine->part->scope.size == 0 || str_eq(scope, machine->part->scope))
			yaml = machine_parse(machine, source);
		for (size_t k = 0; k < yaml.documents.n; k++) {
			const struct yaml *document = yaml.documents.data[k], *kind = yaml_find(document, "kind");

			if (kind && str_is(kind->text, "ConfigMap"))
				read_data(machine, &all, yaml_find(document, "data"),
					  machine_nearness(source->path, machine->source->path));
		}
	}
	for (size_t i = 0; i < all.n; i++) {
		struct setting *setting = all.items[i].value;

		if (!setting->is_open)
			map_put(&machine->variables, all.items[i].key, &setting->word);
	}
}
