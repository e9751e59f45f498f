/* Ansible in YAML: inventories, and the files of group_vars and host_vars. Encrypted values are never read. */
#include "model/ansible_inventory.h"

#define MAX_DEPTH 12

static bool is_in(struct str path, const char *folder)
{
	struct str rest = path_dir(path);

	while (rest.data && rest.size > 0)
		if (str_is(str_cut(&rest, '/'), folder))
			return true;
	return false;
}

static bool may_be(struct str path, struct str text)
{
	bool has_hosts = str_find(text, STR("hosts:")) != SIZE_MAX;

	return (has_hosts && (str_find(text, STR("ansible_")) != SIZE_MAX ||
			      str_find(text, STR("children:")) != SIZE_MAX || machine_has_key(text, "all"))) ||
	       is_in(path, "group_vars") || is_in(path, "host_vars");
}

static const struct yaml *root_of(const struct machine *machine)
{
	return machine->yaml.documents.n > 0 ? machine->yaml.documents.data[0] : NULL;
}

static bool is_map_or_null(const struct yaml *yaml)
{
	return yaml->kind == YAML_MAP || yaml_is_null(yaml);
}

/* Groups hold hosts, children and vars, each a mapping, and nothing else. */
static bool is_group(const struct yaml *yaml)
{
	for (size_t i = 0; i < yaml->pairs.n; i++) {
		struct str key = yaml->pairs.data[i].key.str;

		if ((!str_is(key, "hosts") && !str_is(key, "children") && !str_is(key, "vars")) ||
		    !is_map_or_null(yaml->pairs.data[i].value))
			return false;
	}
	return is_map_or_null(yaml);
}

static bool is_inventory(const struct yaml *root)
{
	bool any = false;

	for (size_t i = 0; root && i < root->pairs.n; i++) {
		const struct yaml *group = root->pairs.data[i].value;

		if (!is_group(group))
			return false;
		any |= group->pairs.n > 0;
	}
	return any;
}

static bool is_host_key(struct str key)
{
	return str_is(key, "ansible_host") || str_is(key, "ansible_ssh_host") || str_is(key, "access_ip");
}

static int evidence(const struct machine *machine)
{
	const struct yaml *root = root_of(machine);
	bool of_group = is_in(machine->source->path, "group_vars"), of_host = is_in(machine->source->path, "host_vars");

	for (size_t i = 0; root && (of_group || of_host) && i < root->pairs.n; i++)
		if ((of_host && is_host_key(root->pairs.data[i].key.str)) ||
		    ansible_is_known(root->pairs.data[i].key.str))
			return 70;
	return !of_group && !of_host && is_inventory(root) ? 80 : 0;
}

/* ---- inventories ---- */

static void read_hosts(struct ansible *ansible, struct ansible_group *group, const struct yaml *hosts)
{
	struct machine *machine = ansible->machine;

	for (size_t i = 0; hosts && i < hosts->pairs.n; i++) {
		const struct yaml *values = hosts->pairs.data[i].value;
		struct ansible_hosts added = ansible_add(ansible, group, machine_key(machine, &hosts->pairs.data[i]));

		for (size_t k = 0; k < values->pairs.n; k++) {
			struct str key = values->pairs.data[k].key.str;

			if (values->pairs.data[k].value->kind == YAML_SCALAR && ansible_is_host_variable(key))
				ansible_host_variable(ansible, &added, key,
						      machine_word(machine, values->pairs.data[k].value));
		}
	}
}

static void read_variables(struct ansible *ansible, const struct yaml *map)
{
	for (size_t i = 0; map && i < map->pairs.n; i++)
		ansible_variable(ansible, map->pairs.data[i].key.str, map->pairs.data[i].value);
}

static struct ansible_group *read_group(struct ansible *ansible, struct word name, const struct yaml *yaml, int depth)
{
	struct ansible_group *group = ansible_group(ansible, name);
	const struct yaml *children = yaml_find(yaml, "children");

	read_hosts(ansible, group, yaml_find(yaml, "hosts"));
	read_variables(ansible, yaml_find(yaml, "vars"));
	for (size_t i = 0; children && depth < MAX_DEPTH && i < children->pairs.n; i++) {
		struct word child = machine_key(ansible->machine, &children->pairs.data[i]);

		vec_add(ansible->machine->scratch, &group->children,
			read_group(ansible, child, children->pairs.data[i].value, depth + 1));
	}
	return group;
}

/* ---- variables of one host ---- */

/* host_vars/nas.yml, host_vars/nas/main.yml */
static struct str host_of(struct str path)
{
	struct str folder = path_base(path_dir(path)), name = path_base(path), extension = path_extension(path);

	return str_is(folder, "host_vars") ? str_sub(name, 0, name.size - extension.size) : folder;
}

static void read_host(struct ansible *ansible, const struct yaml *root)
{
	struct machine *machine = ansible->machine;
	struct word name = {host_of(machine->source->path), {machine->source->id, 0, 0}};
	struct ansible_hosts hosts = ansible_add(ansible, NULL, name);

	for (size_t i = 0; root && i < root->pairs.n; i++)
		if (is_host_key(root->pairs.data[i].key.str))
			ansible_host_variable(ansible, &hosts, root->pairs.data[i].key.str,
					      machine_word(machine, root->pairs.data[i].value));
}

static void read(struct machine *machine)
{
	const struct yaml *root = root_of(machine);
	struct ansible ansible = ansible_start(machine);

	if (is_in(machine->source->path, "host_vars"))
		read_host(&ansible, root);
	else if (is_in(machine->source->path, "group_vars"))
		read_variables(&ansible, root);
	else
		for (size_t i = 0; root && i < root->pairs.n; i++)
			read_group(&ansible, machine_key(machine, &root->pairs.data[i]), root->pairs.data[i].value, 0);
	ansible_finish(&ansible);
}

const struct machine_kind machine_ansible = {
	.name = "ansible", .syntax = MACHINE_YAML, .may_be = may_be, .evidence = evidence, .read = read};
