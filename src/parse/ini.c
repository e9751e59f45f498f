/* INI files, as they are and as Ansible writes inventories: sections, and lines without comments, each with its place. */
#include "parse/parse.h"

static struct word word_at(const struct source *source, struct str part)
{
	return (struct word){part, span_of(source, part)};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Without what stands behind " #" or " ;" outside of quotes. */
static struct str without_comment(struct str line)
{
	char quote = '\0';

	for (size_t i = 0; i < line.size; i++) {
		char c = line.data[i];

		if (quote && c == quote)
			quote = '\0';
		else if (!quote && (c == '"' || c == '\'') &&
			 (i == 0 || is_blank(line.data[i - 1]) || line.data[i - 1] == '='))
			quote = c;
		else if (!quote && (c == '#' || c == ';') && (i == 0 || is_blank(line.data[i - 1])))
			return str_trim(str_sub(line, 0, i));
	}
	return str_trim(line);
}

struct ini ini_parse(struct arena *arena, const struct source *source)
{
	struct ini ini = {0};
	struct str rest = source->text;
	struct ini_section *section = vec_add(arena, &ini.sections, (struct ini_section){0});

	if (str_starts(rest, STR("\xEF\xBB\xBF")))
		rest = str_from_off(rest, 3);
	while (rest.data && rest.size > 0) {
		struct str line = without_comment(str_cut_line(&rest));

		if (line.size == 0)
			continue;
		if (!str_starts(line, STR("["))) {
			vec_add(arena, &section->lines, word_at(source, line));
			continue;
		}
		ini.broken |= !str_ends(line, STR("]")) || line.size < 3;
		line = str_trim(str_sub(line, 1, line.size > 2 ? line.size - 2 : 0));
		section = vec_add(arena, &ini.sections, (struct ini_section){.name = word_at(source, line)});
	}
	return ini;
}

struct ini_pair ini_pair(const struct source *source, struct str text)
{
	size_t equals = str_find_char(text, '=');
	struct str key = str_trim(str_sub(text, 0, equals)),
		   value = equals == SIZE_MAX ? str_sub(text, text.size, 0) : str_trim(str_from_off(text, equals + 1));

	if (value.size > 1 && (value.data[0] == '"' || value.data[0] == '\'') &&
	    value.data[value.size - 1] == value.data[0])
		value = str_sub(value, 1, value.size - 2);
	return (struct ini_pair){word_at(source, key), word_at(source, value)};
}

struct str ini_cut(struct str *rest)
{
	size_t from = 0, n;
	char quote = '\0';
	struct str piece;

	while (from < rest->size && is_blank(rest->data[from]))
		from++;
	for (n = from; n < rest->size && (quote || !is_blank(rest->data[n])); n++) {
		char c = rest->data[n];

		if (quote && c == quote)
			quote = '\0';
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
	}
	piece = str_sub(*rest, from, n - from);
	*rest = str_from_off(*rest, n);
	return piece;
}
