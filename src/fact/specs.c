/* What a node is made of, in one text: "4 cores, 16 GB RAM, 500 GB NVMe". */
#include "fact/fact_parts.h"

bool is_specs_word(struct str words)
{
	return str_is_listed(
		bare_name(words),
		"specs|spec|specification|specifications|hardware|resources|machine|cpu / ram|cpu/ram|cpu & ram|"
		"cpu, ram|cpu and ram|cpu + ram|cpu / memory|cpu/memory|cpu & memory|cpu and memory|cores / ram|"
		"cores/ram|cores / memory|vcpu / ram|vcpu/ram|vcpus / ram|cpu / ram / disk|cpu/ram/disk|"
		"cpu, ram, disk");
}

/* One part between separators; its words behind the amount. */
struct part {
	struct word word;
	const char *attribute; /* NULL: it says none of these */
	bool is_bare;          /* bytes and nothing behind them */
};

struct parts {
	VEC(struct part) list;
};

static bool all_of(struct str words, const char *list)
{
	while (words.size) {
		size_t n = 0;
		while (n < words.size && words.data[n] != ' ')
			n++;
		if (n && !str_is_listed(str_sub(words, 0, n), list))
			return false;
		words = str_from_off(words, n < words.size ? n + 1 : n);
	}
	return true;
}

/* An amount that begins the part, and what kind of thing the words behind it say it is of. */
static struct part read_part(struct fact_sink *sink, struct word word)
{
	struct part part = {.word = word};
	struct fact_value value = fact_value_parse(sink->arena, TYPE_QUANTITY, word.str);
	if (!value.valid || value.quantities.n != 1 || !value.part.size || value.part.data != word.str.data)
		return part;
	enum fact_unit unit = value.quantities.data[0].unit;
	struct str behind = str_trim(str_from_off(word.str, value.part.size));
	if (unit == UNIT_CORES && all_of(behind, "cpu|cpus|cores"))
		part.attribute = "cores";
	part.is_bare = unit == UNIT_BYTES && !behind.size;
	if (unit != UNIT_BYTES || part.is_bare)
		return part;
	if (all_of(behind, "of|ram|memory|mem|ddr3|ddr4|ddr5|lpddr4|lpddr4x|lpddr5|lpddr5x|ecc|unified"))
		part.attribute = "memory";
	else if (all_of(behind, "of|ssd|nvme|hdd|disk|storage|sata|m.2|drive|local|emmc"))
		part.attribute = "storage";
	return part;
}

/* Bytes of what parts the text: a slash only between blanks. */
static size_t separator(struct str text)
{
	static const char *const marks[] = {",", ";", "\n", "(", ")", "|", "+", "·", "•", " / ", " and ", " & "};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_starts_nocase(text, str_from(marks[i])))
			return strlen(marks[i]);
	return 0;
}

static struct parts read_parts(struct fact_sink *sink, const struct run *run, size_t from, size_t to)
{
	struct parts parts = {0};
	while (from < to) {
		size_t end = from, mark = 0;
		while (end < to && !(mark = separator(str_sub(run->text, end, to - end))))
			end++;
		size_t first = from, last = end;
		while (first < last && run->text.data[first] == ' ')
			first++;
		while (last > first && strchr(" .", run->text.data[last - 1]))
			last--;
		if (first < last && !(run_marks(run, first, last) & RUN_STRUCK))
			vec_add(sink->arena, &parts.list, read_part(sink, run_word(sink, run, first, last)));
		from = end + (mark ? mark : 1);
	}
	return parts;
}

/* Two amounts of one kind are no amount of the whole. */
static bool is_only(const struct parts *parts, const char *attribute)
{
	size_t n = 0;
	for (size_t i = 0; i < parts->list.n; i++)
		n += parts->list.data[i].attribute && strcmp(parts->list.data[i].attribute, attribute) == 0;
	return n == 1;
}

void state_specs(struct fact_sink *sink, const struct statement *of, struct str head, const struct run *run,
		 size_t from, size_t to)
{
	struct parts parts = read_parts(sink, run, from, to);
	bool ram = str_find_nocase(head, STR("ram")) != SIZE_MAX || str_find_nocase(head, STR("memory")) != SIZE_MAX;
	bool disk = str_find_nocase(head, STR("disk")) != SIZE_MAX;
	for (size_t i = 0; i < parts.list.n; i++)
		if (parts.list.data[i].is_bare && ram && !disk)
			parts.list.data[i].attribute = "memory";
	for (size_t i = 0; i < parts.list.n; i++) {
		const struct part *part = &parts.list.data[i];
		if (!part->attribute || !is_only(&parts, part->attribute))
			continue;
		struct statement statement = *of;
		statement.attribute = attribute_named(part->attribute);
		statement.value = part->word;
		fact_state(sink, &statement);
	}
}
