/* Backstage: catalog-info.yaml. Components that run are services, whatever describes how to make one is none. */
#include "model/machine.h"

static bool may_be(struct str path, struct str text)
{
	(void)path;
	return str_find(text, STR("backstage.io/")) != SIZE_MAX;
}

static struct str text_of(const struct yaml *map, const char *key)
{
	const struct yaml *value = yaml_find(map, key);

	return value && value->kind == YAML_SCALAR ? str_trim(value->text) : STR_NONE;
}

static bool is_entity(const struct yaml *yaml)
{
	return str_starts(text_of(yaml, "apiVersion"), STR("backstage.io/")) && yaml_find(yaml, "kind") &&
	       yaml_find(yaml, "metadata");
}

static int evidence(const struct machine *machine)
{
	for (size_t i = 0; i < machine->yaml.documents.n; i++)
		if (is_entity(machine->yaml.documents.data[i]))
			return 90;
	return 0;
}

/* Of a component: something that runs, no library. */
static bool runs(struct str type)
{
	static const char *const types[] = {"service", "website",      "web",    "frontend", "backend", "app",
					    "api",     "microservice", "worker", "job",      "daemon",  "application"};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq_nocase(type, str_from(types[i])))
			return true;
	return false;
}

static void read_component(struct machine *machine, const struct yaml *yaml)
{
	const struct yaml *metadata = yaml_find(yaml, "metadata");
	struct str space = text_of(metadata, "namespace");
	struct service *service;

	if (!runs(text_of(yaml_find(yaml, "spec"), "type")))
		return;
	service =
		machine_service(machine, NULL, machine_get(machine, metadata, "name"),
				str_is(space, "default") || space.size == 0 ? STR("") : str_dup(machine->arena, space));
	if (!service)
		return;
	service->entity.title = machine_get(machine, metadata, "title");
	service->entity.description = machine_get(machine, metadata, "description");
}

static void read(struct machine *machine)
{
	for (size_t i = 0; i < machine->yaml.documents.n; i++) {
		const struct yaml *yaml = machine->yaml.documents.data[i];

		if (is_entity(yaml) && str_is(text_of(yaml, "kind"), "Component"))
			read_component(machine, yaml);
	}
}

const struct machine_kind machine_backstage = {
	.name = "backstage", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
