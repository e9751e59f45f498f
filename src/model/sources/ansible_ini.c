/* Ansible inventories in INI: [group], [group:children], [group:vars], hosts with their variables behind them. */
#include "model/ansible_inventory.h"

static bool has_name(struct str path)
{
	struct str extension = path_extension(path), base = path_base(path);

	return str_eq_nocase(extension, STR(".ini")) ||
	       (extension.size == 0 && (str_is(base, "hosts") || str_is(base, "inventory")));
}

static bool may_be(struct str path, struct str text)
{
	return has_name(path) && str_find_char(text, '[') != SIZE_MAX;
}

static struct str group_of(struct str section)
{
	return str_trim(str_sub(section, 0, str_find_char(section, ':')));
}

/* Other INI files have keys and values in every section. */
static int evidence(const struct machine *machine)
{
	struct ini ini = ini_parse(machine->scratch, machine->source);
	size_t strange = 0;
	bool telling = false;

	for (size_t i = 0; i < ini.sections.n; i++) {
		const struct ini_section *section = &ini.sections.data[i];
		bool of_variables = str_ends(section->name.str, STR(":vars"));

		telling |= of_variables || str_ends(section->name.str, STR(":children"));
		telling |= section->lines.n > 0 && ansible_is_role(section->name.str);
		for (size_t k = 0; !of_variables && k < section->lines.n; k++) {
			struct str rest = section->lines.data[k].str, first = ini_cut(&rest);

			telling |= str_find(rest, STR("ansible_")) != SIZE_MAX;
			strange += str_find_char(first, '=') != SIZE_MAX || str_starts(str_trim_left(rest), STR("="));
		}
	}
	return telling && strange == 0 && !ini.broken ? 80 : 0;
}

/* A word of the file, under the rules of machine_word(). */
static struct word known(struct machine *machine, struct word word)
{
	struct yaml scalar = {.kind = YAML_SCALAR, .quoted = true, .text = word.str, .span = word.span};

	return machine_word(machine, &scalar);
}

/* "host:22" without the port; IPv6 stands in brackets or without a port. */
static struct str without_port(struct str name)
{
	size_t colon = str_rfind_char(name, ':');
	long long port;

	return colon != SIZE_MAX && str_find_char(name, '[') == SIZE_MAX && str_find_char(name, ':') == colon &&
			       str_to_number(str_from_off(name, colon + 1), &port)
		       ? str_sub(name, 0, colon)
		       : name;
}

static void read_host(struct ansible *ansible, struct ansible_group *group, struct word line)
{
	struct machine *machine = ansible->machine;
	struct str rest = line.str, name = without_port(ini_cut(&rest)), piece;
	struct word word = machine_part_word(machine, line, name);
	struct ansible_hosts hosts = ansible_add(ansible, group, known(machine, word));

	while ((piece = ini_cut(&rest)).size > 0) {
		struct ini_pair pair = ini_pair(machine->source, piece);

		if (ansible_is_host_variable(pair.key.str))
			ansible_host_variable(ansible, &hosts, pair.key.str, known(machine, pair.value));
	}
}

static void read_variable(struct ansible *ansible, struct word line)
{
	struct ini_pair pair = ini_pair(ansible->machine->source, line.str);
	struct yaml scalar = {.kind = YAML_SCALAR, .quoted = true, .text = pair.value.str, .span = pair.value.span};

	ansible_variable(ansible, pair.key.str, &scalar);
}

static void read_section(struct ansible *ansible, const struct ini_section *section)
{
	struct machine *machine = ansible->machine;
	struct word name = machine_part_word(machine, section->name, group_of(section->name.str));
	struct str kind = str_from_off(section->name.str, group_of(section->name.str).size);
	struct ansible_group *group = ansible_group(ansible, name);

	for (size_t i = 0; i < section->lines.n; i++) {
		struct word line = section->lines.data[i];

		if (str_is(kind, ":vars"))
			read_variable(ansible, line);
		else if (str_is(kind, ":children"))
			vec_add(machine->scratch, &group->children, ansible_group(ansible, line));
		else
			read_host(ansible, group, line);
	}
}

static void read(struct machine *machine)
{
	struct ini ini = ini_parse(machine->scratch, machine->source);
	struct ansible ansible = ansible_start(machine);

	for (size_t i = 0; i < ini.sections.n; i++)
		read_section(&ansible, &ini.sections.data[i]);
	ansible_finish(&ansible);
}

const struct machine_kind machine_ansible_ini = {
	.name = "ansible-ini", .syntax = MACHINE_TEXT, .may_be = may_be, .evidence = evidence, .read = read};
