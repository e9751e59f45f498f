/* Column heads and keys to attributes, with what they say besides: a unit, a component, which of several addresses. */
#include "fact/fact_parts.h"

static bool is_unit(struct str word)
{
	static const char *const units[] = {"kb",  "mb",  "gb",   "tb",    "pb",   "kib",   "mib",     "gib",
					    "tib", "pib", "core", "cores", "vcpu", "vcpus", "threads", "ghz"};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_eq_nocase(word, str_from(units[i])))
			return true;
	return false;
}

/* Splits "RAM (GB)", "Memory [GiB]", "RAM, GB" and "RAM in GB"; `inside` is empty when there is nothing to split. */
struct split {
	struct str base, inside;
};

static struct split split_head(struct str words)
{
	struct split split = {str_trim(words), STR_NONE};
	struct str text = split.base;
	if (text.size < 4)
		return split;
	char last = text.data[text.size - 1];
	size_t open = last == ')' ? str_rfind_char(text, '(') : last == ']' ? str_rfind_char(text, '[') : SIZE_MAX;
	if (open != SIZE_MAX && open > 0) {
		split.base = str_trim(str_sub(text, 0, open));
		split.inside = str_trim(str_sub(text, open + 1, text.size - open - 2));
		return split;
	}
	size_t comma = str_rfind_char(text, ','), in = str_find_nocase(text, STR(" in "));
	size_t at = comma != SIZE_MAX ? comma + 1 : in != SIZE_MAX ? in + 4 : SIZE_MAX;
	if (at == SIZE_MAX || !is_unit(str_trim(str_from_off(text, at))))
		return split;
	split.base = str_trim(str_sub(text, 0, comma != SIZE_MAX ? comma : in));
	split.inside = str_trim(str_from_off(text, at));
	return split;
}

/* "talos" of "Talos Linux version"; empty when the words end otherwise. */
static struct str version_of(struct fact_sink *sink, struct str words)
{
	struct str text = str_trim(words), tail = STR(" version");
	if (!str_ends_nocase(text, tail) || text.size > 40)
		return STR_NONE;
	struct str name = str_lower_ascii(sink->arena, str_trim(str_sub(text, 0, text.size - tail.size)));
	static const char *const endings[] = {" linux", " os"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(name, str_from(endings[i])))
			name.size -= strlen(endings[i]);
	return str_is(name, "k8s") ? STR("kubernetes") : name;
}

static bool says_nothing(struct str component)
{
	static const char *const words[] = {"app",     "current", "installed", "software", "chart",
					    "minimum", "min",     "latest",    "target",   "desired",
					    "image",   "new",     "old",       "api",      "schema"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(component, words[i]))
			return true;
	return !component.size;
}

/* "API endpoint" may also be a node's own address. */
static bool says_virtual(struct str words)
{
	static const char *const said[] = {"vip", "virtual", "shared", "floating"};
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (str_find_nocase(words, str_from(said[i])) != SIZE_MAX)
			return true;
	return false;
}

struct label label_find(struct fact_sink *sink, struct str words, enum entity_kind subject)
{
	struct label label = {.attribute = attribute_find(words, subject)};
	struct split split = split_head(words);
	bool unit = is_unit(split.inside);
	if (unit)
		label.unit = split.inside;
	if (label.attribute && strcmp(label.attribute->name, "vip") == 0 && !says_virtual(words))
		label.detail = STR("endpoint");
	if (label.attribute)
		return label;
	if (split.inside.size && (label.attribute = attribute_find(split.base, subject))) {
		if (label.attribute->type == TYPE_ADDRESS)
			label.detail = str_lower_ascii(sink->arena, split.inside);
		else if (!unit)
			label.attribute = NULL;
		return label;
	}
	struct str component = version_of(sink, words);
	if (!says_nothing(component)) {
		label.attribute = attribute_find(STR("version"), subject);
		label.detail = component;
	}
	return label;
}

struct label label_find_for(struct fact_sink *sink, struct str words, const struct entity *subject)
{
	struct label label = label_find(sink, words, subject->kind);
	if (!label.attribute && words.size <= 40)
		label.attribute = attribute_of(sink->arena, subject, words, &label.detail);
	return label;
}

struct word label_value(struct fact_sink *sink, const struct label *label, struct word value)
{
	size_t n = 0;
	struct str text = str_trim(value.str);
	while (n < text.size && (isdigit((unsigned char)text.data[n]) || text.data[n] == '.' || text.data[n] == ','))
		n++;
	if (label->unit.size && n && n == text.size)
		value.str = str_format(sink->arena, STR_FMT " " STR_FMT, STR_ARG(text), STR_ARG(label->unit));
	return value;
}
