/* Roles, architectures, names, versions and plain words out of text. */
#include "fact/value_parts.h"

enum { ROLE_WORDS = 5, ARCHITECTURE_WORDS = 6, NAMES_MAX = 8, NAME_MAX_SIZE = 80, COMPONENT_WORDS = 3 };

/* A letter, a digit, a part of a version or of a name, or of any other script. */
static bool is_word_byte(struct str text, size_t i)
{
	unsigned char c = (unsigned char)text.data[i];
	if (isalnum(c) || c >= 0x80)
		return true;
	bool inside = i && i + 1 < text.size && isalnum((unsigned char)text.data[i - 1]) &&
		      isalnum((unsigned char)text.data[i + 1]);
	return inside && strchr("._-+", c);
}

/* Lower case, one blank between words, marks off. At most `most` words; the count is in *n. */
static struct str plain_words(struct arena *arena, struct str text, size_t most, size_t *n)
{
	struct buf words = {0};
	*n = 0;
	for (size_t i = 0; i < text.size && *n <= most;) {
		size_t from = i;
		size_t dash = value_dash(str_from_off(text, i));
		if (dash > 1 || !is_word_byte(text, i)) {
			i += dash ? dash : 1;
			continue;
		}
		while (i < text.size && is_word_byte(text, i) && value_dash(str_from_off(text, i)) < 2)
			i++;
		if ((*n)++)
			buf_addc(&words, ' ');
		buf_add(&words, str_sub(text, from, i - from));
	}
	struct str lower = utf8_lower(arena, buf_str(&words));
	buf_free(&words);
	return lower;
}

void value_read_words(struct arena *arena, struct str text, size_t most, struct fact_value *value)
{
	size_t n;
	value->text = plain_words(arena, text, most, &n);
	value->valid = n > 0 && n <= most;
	value->part = str_trim(text);
}

/* ---- tables of words ---- */

struct word_row {
	const char *words;
	unsigned bits;
	bool weak;
};

static const struct word_row *find_row(const struct word_row *rows, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++) {
		struct str rest = str_from(rows[i].words);
		while (rest.size)
			if (str_eq(str_cut(&rest, '|'), word))
				return &rows[i];
	}
	return NULL;
}

/* Text before the first bracket: what stands in it is a remark. */
static struct str without_remark(struct str text)
{
	size_t open = str_find_char(text, '(');
	return open && open != SIZE_MAX ? str_sub(text, 0, open) : text;
}

void value_read_role(struct arena *arena, struct str text, struct fact_value *value)
{
	static const struct word_row rows[] = {
		{"control-plane|controlplane|control-planes|master|masters|control-plane-node|cp", ROLE_CONTROL_PLANE,
		 false},
		{"worker|workers|worker-node", ROLE_WORKER, false},
		{"server", ROLE_CONTROL_PLANE, true},
		{"agent", ROLE_WORKER, true},
	};
	size_t n;
	struct str shown = str_trim(without_remark(text)), before = STR_NONE;
	struct str rest = plain_words(arena, shown, ROLE_WORDS, &n);
	unsigned strong = 0, weak = 0;
	while (n <= ROLE_WORDS && rest.size) {
		struct str word = str_cut(&rest, ' ');
		const struct word_row *row = find_row(rows, sizeof rows / sizeof *rows, word);
		if (str_is(before, "control") && (str_is(word, "plane") || str_is(word, "planes")))
			row = &rows[0];
		if (row && row->weak)
			weak |= row->bits;
		else if (row)
			strong |= row->bits;
		before = word;
	}
	value->weak = !strong;
	value->set = strong ? strong : weak;
	value->valid = value->set != 0;
	value->part = shown;
}

void value_read_architecture(struct arena *arena, struct str text, struct fact_value *value)
{
	enum { X86_64 = 1, X86_32 = 2, ARM_64 = 4, ARM_32 = 8, RISC_V = 16, POWER = 32, S390 = 64 };
	static const struct word_row rows[] = {
		{"x86_64|amd64|x64|x86-64|intel64", X86_64, false},
		{"x86", X86_64 | X86_32, false},
		{"i386|i686|x86_32|386", X86_32, false},
		{"arm64|aarch64|arm64v8|armv8", ARM_64, false},
		{"arm", ARM_64 | ARM_32, false},
		{"armv7|armhf|armv7l|arm32|armv6", ARM_32, false},
		{"riscv64|risc-v|riscv", RISC_V, false},
		{"ppc64le|ppc64", POWER, false},
		{"s390x", S390, false},
	};
	size_t n;
	struct str rest = plain_words(arena, text, ARCHITECTURE_WORDS, &n);
	while (n <= ARCHITECTURE_WORDS && rest.size) {
		const struct word_row *row = find_row(rows, sizeof rows / sizeof *rows, str_cut(&rest, ' '));
		value->set |= row ? row->bits : 0;
	}
	value->valid = value->set != 0;
	value->part = str_trim(text);
}

/* ---- names ---- */

/* Marks and a closing remark off. */
static struct str name_alone(struct str text)
{
	text = str_trim(without_remark(text));
	while (text.size && strchr("*`_\"'", text.data[0]))
		text = str_from_off(text, 1);
	while (text.size && strchr("*`_\"'.:", text.data[text.size - 1]))
		text.size--;
	return str_trim(text);
}

static size_t name_end(struct str text)
{
	static const char *const ends[] = {" and ", " & ", " + ", " / ", " or ", " on ", " – ", " — ", " - "};
	for (size_t i = 0; i < text.size; i++) {
		if (strchr(",;/+\n", text.data[i]))
			return i;
		for (size_t k = 0; text.data[i] == ' ' && k < sizeof ends / sizeof *ends; k++)
			if (str_starts_nocase(str_from_off(text, i), str_from(ends[k])))
				return i;
	}
	return text.size;
}

static struct str without_separator(struct str text)
{
	static const char *const words[] = {"and ", "or ", "on ", "& ", "+ ", "/ ", "– ", "— ", "- "};
	text = str_trim_left(text);
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (str_starts_nocase(text, str_from(words[k])))
			return str_from_off(text, strlen(words[k]));
	return text.size && strchr(",;/+", text.data[0]) ? str_from_off(text, 1) : text;
}

void value_read_names(struct arena *arena, struct str text, struct fact_value *value)
{
	struct str rest = str_trim(text);
	while (rest.size && value->names.n <= NAMES_MAX) {
		size_t end = name_end(rest);
		struct str name = name_alone(str_sub(rest, 0, end));
		rest = without_separator(str_from_off(rest, end));
		if (name.size && name.size <= NAME_MAX_SIZE)
			vec_add(arena, &value->names, utf8_lower(arena, name));
		value->part = name;
	}
	value->valid = value->names.n && value->names.n <= NAMES_MAX;
	if (value->names.n != 1)
		value->part = STR_NONE;
}

/* ---- versions ---- */

/* Size of the version at the front: "v1.12.1", "1.31.4+k3s1", "1.35.x"; 0: none. */
static size_t version_size(struct str text, size_t *dots)
{
	size_t n = text.size > 1 && (text.data[0] == 'v' || text.data[0] == 'V') ? 1 : 0;
	bool marked = n > 0;
	*dots = 0;
	if (n >= text.size || !isdigit((unsigned char)text.data[n]))
		return 0;
	while (n < text.size) {
		bool digit_next =
			n + 1 < text.size && (isdigit((unsigned char)text.data[n + 1]) || text.data[n + 1] == 'x');
		if (text.data[n] == '.' && digit_next)
			++*dots;
		else if (!isdigit((unsigned char)text.data[n]) && !(text.data[n] == 'x' && text.data[n - 1] == '.'))
			break;
		n++;
	}
	if (!*dots && !marked)
		return 0;
	size_t core = n;
	if (n + 1 < text.size && (text.data[n] == '-' || text.data[n] == '+') &&
	    isalnum((unsigned char)text.data[n + 1]))
		for (n++; n < text.size && (isalnum((unsigned char)text.data[n]) || strchr(".-+", text.data[n])); n++)
			;
	while (n > core && strchr(".-+", text.data[n - 1]))
		n--;
	return n;
}

static bool is_bound(struct str before, struct str behind)
{
	static const char *const marks[] = {">", "≥", "<", "≤", "=", "~", "^", "→"};
	before = str_trim_right(before);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_ends(before, str_from(marks[i])))
			return true;
	struct str words = str_trim_left(behind), to = str_trim_left(str_from_off(words, value_dash(words)));
	bool is_range = value_dash(words) && to.size && isdigit((unsigned char)to.data[0]);
	return is_range || str_starts(behind, STR("+")) || str_starts(words, STR("→")) ||
	       str_starts(words, STR("->")) || str_starts_nocase(words, STR("or "));
}

void value_read_version(struct arena *arena, struct str text, struct fact_value *value)
{
	size_t found = 0, dots = 0;
	bool bound = false;
	for (size_t i = 0; i < text.size;) {
		bool begins = !i || !(isalnum((unsigned char)text.data[i - 1]) || strchr(".-_", text.data[i - 1]));
		size_t n = begins ? version_size(str_from_off(text, i), &dots) : 0;
		if (!n) {
			i++;
			continue;
		}
		struct str behind = str_from_off(text, i + n);
		if (dots < 3 && !str_starts(behind, STR("/"))) {
			value->part = str_sub(text, i, n);
			bound |= is_bound(str_sub(text, 0, i), behind);
			found++;
		}
		i += n;
	}
	struct str whole = name_alone(text);
	if (!found && value_is_digits(whole) && whole.size <= 4) {
		value->part = whole;
		found = 1;
	}
	value->valid = found == 1 && !bound;
	if (!value->valid)
		return;
	value->text = str_lower_ascii(arena, value->part);
	size_t n, at = (size_t)(value->part.data - text.data);
	struct str before = plain_words(arena, str_sub(text, 0, at), COMPONENT_WORDS, &n);
	if (n && n <= COMPONENT_WORDS)
		vec_add(arena, &value->names, before);
}
