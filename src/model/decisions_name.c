/* Numbers, dates and titles of decision records, as file names, headings and references write them. */
#include "model/record.h"

static const char *const prefixes[] = {"adr", "ladr", "madr", "dr", "decision", "record"};

/* Of proposals and of houses; in file names of a log only: "RFC 2119" in prose is no record. */
static const char *const file_prefixes[] = {"pep", "bip", "rfc",  "rfd",  "kep", "kip", "eip",     "erc", "cip",
					    "tip", "dip", "gep",  "tep",  "aip", "zip", "xep",     "jep", "fip",
					    "lip", "nip", "slip", "simd", "ddr", "tdr", "edr",     "pdr", "odr",
					    "sdr", "bdr", "adl",  "ard",  "ad",  "cep", "proposal"};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t count_digits(struct str s, size_t off)
{
	size_t n = 0;
	while (off + n < s.size && is_digit(s.data[off + n]))
		n++;
	return n;
}

size_t house_bytes(struct str s, struct str house)
{
	size_t at = house.size;
	if (house.size == 0 || !str_starts_nocase(s, house))
		return 0;
	while (at < s.size && at < house.size + 3 && strchr("-_ #.", s.data[at]))
		at++;
	return at < s.size && is_digit(s.data[at]) ? at : 0;
}

/* Bytes of "ADR-", "adr ", "DR", "#" before a digit; 0: none. */
static size_t prefix_bytes(struct str s)
{
	if (s.size > 1 && s.data[0] == '#' && is_digit(s.data[1]))
		return 1;
	size_t size = 0;
	for (size_t i = 0; size == 0 && i < sizeof prefixes / sizeof *prefixes; i++)
		size = house_bytes(s, str_from(prefixes[i]));
	return size;
}

/* Bytes of letters and a separator before a zero-padded number or one of three digits: "TDR-012", "step_001". */
static size_t padded_prefix_bytes(struct str s)
{
	size_t n = 0;
	while (n < s.size && n < 9 && is_letter(s.data[n]))
		n++;
	if (n == 0 || n >= s.size || !strchr("-_ .", s.data[n]))
		return 0;
	size_t digits = count_digits(s, n + 1);
	return digits >= 3 || (digits == 2 && s.data[n + 1] == '0') ? n + 1 : 0;
}

/* What stands before the number in the name of a file or the title of a record; 0: nothing that is known. */
static size_t name_prefix_bytes(struct str s)
{
	size_t size = prefix_bytes(s);
	for (size_t i = 0; size == 0 && i < sizeof file_prefixes / sizeof *file_prefixes; i++)
		size = house_bytes(s, str_from(file_prefixes[i]));
	return size ? size : padded_prefix_bytes(s);
}

static long long number_of(struct str digits)
{
	long long number;
	return digits.size <= 6 && str_to_number(digits, &number) ? number : -1;
}

static bool is_year(struct str digits)
{
	long long year = number_of(digits);
	return digits.size == 4 && year >= 1990 && year <= 2099;
}

/* 20200924, 2020-09-24 or the start of a longer time stamp. Size 0: none. */
static size_t date_at(struct str s, struct date *date)
{
	size_t n = count_digits(s, 0);
	if ((n == 8 || n == 12 || n == 14) && is_year(str_sub(s, 0, 4))) {
		struct date found = {(int)number_of(str_sub(s, 0, 4)), (int)number_of(str_sub(s, 4, 2)),
				     (int)number_of(str_sub(s, 6, 2))};
		*date = found;
		return date_is_valid(found) ? n : 0;
	}
	*date = date_parse_iso(s);
	return date->year && is_year(str_sub(s, 0, 4)) && date_is_valid(*date) ? 10 : 0;
}

static bool ends_number(struct str s, size_t off)
{
	return off >= s.size || strchr("-_ .", s.data[off]);
}

static struct record_name read_numbered(struct str stem)
{
	struct record_name name = {.number = -1, .id = stem};
	size_t start = name_prefix_bytes(stem), n = count_digits(stem, start), end = start + n;
	struct str digits = str_sub(stem, start, n);
	if (n == 0 || n > 6)
		return name;
	name.house = str_sub(stem, 0, start);
	while (name.house.size && !is_letter(name.house.data[name.house.size - 1]))
		name.house.size--;
	/* 2024-001-x and 2024-05-x: a year, so no number that others could refer to. */
	if (start == 0 && is_year(digits) && end + 1 < stem.size && stem.data[end] == '-' &&
	    is_digit(stem.data[end + 1]))
		return name;
	bool has_letter =
		(n >= 3 || start) && end < stem.size && is_letter(stem.data[end]) && ends_number(stem, end + 1);
	if (!has_letter && !ends_number(stem, end))
		return name;
	name.number = number_of(digits);
	name.id = str_sub(stem, 0, end + has_letter);
	return name;
}

struct record_name record_name_read(struct str path)
{
	struct str stem = path_stem(path);
	struct date date;
	size_t size = date_at(stem, &date);
	if (size == 0)
		return read_numbered(stem);
	struct record_name name = {.number = -1, .id = stem, .date = date, .date_text = str_sub(stem, 0, size)};
	struct str rest = str_from_off(stem, size);
	size_t n = count_digits(rest, 1);
	/* 2020-09-24_012-x: the number stands behind the date. */
	if (rest.size > 1 && rest.data[0] == '_' && n >= 2 && n <= 4 && ends_number(rest, n + 1)) {
		name.number = number_of(str_sub(rest, 1, n));
		name.id = str_sub(rest, 1, n);
	}
	return name;
}

long long decision_number(struct str text)
{
	text = str_trim(text);
	if (str_find_char(text, '/') != SIZE_MAX || str_ends_nocase(text, STR(".md")) ||
	    str_ends_nocase(text, STR(".mdx")))
		return record_name_read(text).number;
	while (text.size && strchr("[(\"'`*", text.data[0]))
		text = str_from_off(text, 1);
	size_t start = prefix_bytes(text), n = count_digits(text, start), end = start + n;
	struct date date;
	if (n == 0 || n > 6 || date_at(text, &date))
		return -1;
	if (end < text.size && is_letter(text.data[end]) && (end + 1 >= text.size || !is_letter(text.data[end + 1])))
		end++;
	if (end < text.size && (is_letter(text.data[end]) || is_digit(text.data[end]) || text.data[end] == '%'))
		return -1;
	return number_of(str_sub(text, start, n));
}

/* Bytes of what may stand between a number and its title; 0: not a separator. */
static size_t separator_size(struct str s)
{
	static const char *const separators[] = {
		". ", ": ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " \xc2\xb7 ", ") ", "] ", " ", ":", ".", "-"};
	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
		if (str_starts(s, str_from(separators[i])))
			return strlen(separators[i]);
	return 0;
}

/* What is left behind "12", without ":", "-", dashes and brackets. */
static struct str behind_number(struct str rest)
{
	for (size_t size = 1; size;) {
		rest = str_trim(rest);
		size = 0;
		if (rest.size && strchr(".:-)]|", rest.data[0]))
			size = 1;
		else if (str_starts(rest, STR("\xc2\xb7")))
			size = 2;
		else if (str_starts(rest, STR("\xe2\x80\x93")) || str_starts(rest, STR("\xe2\x80\x94")))
			size = 3;
		rest = str_from_off(rest, size);
	}
	return rest;
}

struct record_title record_title_read(struct str text, long long file_number, struct str house)
{
	struct record_title title = {.text = str_trim(text), .number = -1, .digits = STR_NONE};
	struct str s = title.text;
	if (s.size && (s.data[0] == '[' || s.data[0] == '('))
		s = str_from_off(s, 1);
	size_t start = prefix_bytes(s);
	if (start == 0 && house.size)
		start = house_bytes(s, house);
	size_t n = count_digits(s, start);
	struct date date;
	if (n == 0 || n > 5 || (start == 0 && date_at(s, &date)))
		return title;
	struct str digits = str_sub(s, start, n), rest = str_from_off(s, start + n);
	bool has_letter = rest.size > 1 && is_letter(rest.data[0]) && separator_size(str_from_off(rest, 1));
	rest = str_from_off(rest, has_letter);
	title.id = str_sub(s, 0, start + n + has_letter);
	long long number = number_of(digits);
	size_t separator = separator_size(rest);
	bool padded = n >= 3 && digits.data[0] == '0';
	bool strong = start > 0 || str_starts(rest, STR(". ")) || padded;
	bool weak = separator && !str_starts(rest, STR("-")) && (rest.data[0] != ' ' || separator > 1) &&
		    number == file_number;
	if (rest.size && (!separator || !(strong || weak)))
		return title;
	struct str left = behind_number(rest);
	if (left.size == 0 && !strong)
		return title;
	title.number = number;
	title.digits = digits;
	if (left.size)
		title.text = left;
	return title;
}

struct date_found date_within(struct str line)
{
	struct str rest = line;
	line = str_sub(str_cut_line(&rest), 0, 300);
	for (size_t at = 0; at < line.size; at++) {
		bool starts = at == 0 || !(is_digit(line.data[at - 1]) || is_letter(line.data[at - 1]));
		if (!starts || !(is_digit(line.data[at]) || is_letter(line.data[at])))
			continue;
		struct date_found found = date_find(str_from_off(line, at));
		if (found.form != DATE_NONE)
			return found;
	}
	return (struct date_found){.form = DATE_NONE};
}

/* "adr.md", "README.md": a name that only says what the file is. */
static bool is_plain_name(struct str stem)
{
	static const char *const names[] = {"readme",   "index",  "_index",   "adr",
					    "decision", "record", "proposal", "rfc"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(stem, str_from(names[i])))
			return true;
	return false;
}

/* 0001-use-x/README.md, 0001-use-x/0001-use-x.md, CIP-0001/README.md; a folder named 2024 or 12 holds other things. */
struct record_place record_place_of(struct str path)
{
	struct str folder = path_dir(path), stem = path_stem(path);
	struct record_name name = record_name_read(folder), own = record_name_read(path);
	struct record_place place = {.path = path, .folder = folder};
	struct str base = path_base(folder);
	bool padded = name.house.size || (name.id.size >= 3 && name.id.data[0] == '0');
	bool has_slug = name.number >= 0 ? base.size > name.id.size || padded
					 : base.size > name.date_text.size && name.date_text.size;
	bool same = str_eq_nocase(stem, path_base(folder)) || (own.number >= 0 && own.number == name.number);
	if (folder.size && has_slug && (is_plain_name(stem) || same))
		place = (struct record_place){.path = folder, .folder = path_dir(folder), .own_folder = true};
	if (!place.folder.data)
		place.folder = STR("");
	return place;
}
