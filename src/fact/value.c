/* Text to values by type. What is no such value gives no fact. */
#include "fact/value_parts.h"

static bool separates(char c)
{
	static const bool separators[256] = {
		['\0'] = true, [' '] = true,  ['\t'] = true, ['\n'] = true, [','] = true, [';'] = true, ['('] = true,
		[')'] = true,  ['['] = true,  [']'] = true,  ['{'] = true,  ['}'] = true, ['<'] = true, ['>'] = true,
		['"'] = true,  ['\''] = true, ['`'] = true,  ['*'] = true,  ['|'] = true};
	return separators[(unsigned char)c];
}

struct str value_token(struct str *rest)
{
	size_t from = 0;
	while (from < rest->size && separates(rest->data[from]))
		from++;
	size_t to = from;
	while (to < rest->size && !separates(rest->data[to]))
		to++;
	struct str token = str_sub(*rest, from, to - from);
	*rest = str_from_off(*rest, to);
	while (token.size && strchr(".:", token.data[token.size - 1]))
		token.size--;
	return token;
}

size_t value_dash(struct str s)
{
	static const char *const dashes[] = {"–", "—", "‑", "−"};
	if (!s.size || (s.data[0] != '-' && (unsigned char)s.data[0] != 0xE2))
		return 0;
	if (s.data[0] == '-')
		return 1;
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (str_starts(s, str_from(dashes[i])))
			return strlen(dashes[i]);
	return 0;
}

static const char *const number_words[] = {"zero",     "one",      "two",      "three",   "four",    "five",
					   "six",      "seven",    "eight",    "nine",    "ten",     "eleven",
					   "twelve",   "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
					   "eighteen", "nineteen", "twenty"};

long long value_number(struct str *rest)
{
	size_t n = 0;
	while (n < rest->size && isdigit((unsigned char)rest->data[n]))
		n++;
	long long number;
	if (n && str_to_number(str_sub(*rest, 0, n), &number)) {
		*rest = str_from_off(*rest, n);
		return number;
	}
	while (n < rest->size && isalpha((unsigned char)rest->data[n]))
		n++;
	for (size_t i = 0; n > 2 && n < 10 && i < sizeof number_words / sizeof *number_words; i++)
		if (str_eq_nocase(str_sub(*rest, 0, n), str_from(number_words[i]))) {
			*rest = str_from_off(*rest, n);
			return (long long)i;
		}
	return -1;
}

static struct str without_marks(struct str text)
{
	while (text.size && strchr("*`_", text.data[0]))
		text = str_from_off(text, 1);
	return text;
}

/* "6", "3-6", "3 to 6" at the front. */
static bool take_range(struct str *rest, struct fact_value *value)
{
	value->min = value->max = value_number(rest);
	if (value->min < 0)
		return false;
	*rest = without_marks(*rest);
	struct str tail = str_trim_left(*rest);
	size_t dash = value_dash(tail) ? value_dash(tail) : str_starts(tail, STR("to ")) ? 3 : 0;
	tail = str_trim_left(str_from_off(tail, dash));
	if (!dash || !tail.size || (value_dash(*rest) && isalpha((unsigned char)tail.data[0])))
		return true;
	long long max = value_number(&tail);
	if (max >= value->min) {
		value->max = max;
		*rest = tail;
	}
	return max < 0 || max >= value->min;
}

static bool is_count_word(struct str word)
{
	static const char *const words[] = {
		"node",     "nodes",   "cluster",       "clusters", "decision", "decisions", "adr",
		"adrs",     "record",  "records",       "member",   "members",  "worker",    "workers",
		"total",    "control", "control-plane", "master",   "masters",  "host",      "hosts",
		"server",   "servers", "machine",       "machines", "vm",       "vms",       "virtual",
		"physical", "bare",    "bare-metal",    "agent",    "agents",   "devices",   "pi",
		"pis",      "mini",    "kind",          "talos",    "k3s",      "gpu",       "services"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(word, str_from(words[i])))
			return true;
	return false;
}

/* A further number outside brackets: the first is not the whole then. */
static bool has_more(struct str text)
{
	size_t depth = 0;
	for (size_t i = 0; i < text.size; i++) {
		depth += text.data[i] == '(';
		depth -= depth && text.data[i] == ')';
		if (!depth && strchr("+,/&", text.data[i]) && str_trim_left(str_from_off(text, i + 1)).size &&
		    isdigit((unsigned char)str_trim_left(str_from_off(text, i + 1)).data[0]))
			return true;
	}
	return false;
}

/* "6", "six", "3-6", "6 nodes", "3 × servers", "6 (1 + 5)". "6+", "~6", "6/6", "6.5" and "6 GB" are none. */
void value_read_count(struct str text, struct fact_value *value)
{
	struct str first = without_marks(str_trim(text)), rest = first;
	if (!take_range(&rest, value))
		return;
	value->part = str_sub(first, 0, first.size - rest.size);
	struct str tail = str_trim_left(rest);
	if (!tail.size) {
		value->valid = true;
		return;
	}
	if (has_more(rest))
		return;
	if (str_starts(tail, STR("×")) || str_starts(tail, STR("x "))) {
		value->valid = str_trim(str_from_off(tail, 2)).size > 0 || str_starts(tail, STR("×"));
		return;
	}
	bool hyphen = rest.data[0] == '-';
	if (rest.data[0] != ' ' && !hyphen)
		return;
	struct str behind = hyphen ? str_from_off(rest, 1) : tail;
	value->valid = is_count_word(value_token(&behind)) || (!hyphen && strchr("(,", tail.data[0]));
}

struct fact_value fact_value_parse(struct arena *arena, enum fact_type type, struct str text)
{
	enum { TEXT_MAX = 4096, NAME_WORDS = 8, TEXT_WORDS = 24 };
	struct fact_value value = {.type = type};
	text = str_sub(text, 0, TEXT_MAX);
	switch (type) {
	case TYPE_ADDRESS: value_read_addresses(arena, text, &value); break;
	case TYPE_PREFIX: value_read_prefixes(arena, text, &value); break;
	case TYPE_COUNT: value_read_count(text, &value); break;
	case TYPE_QUANTITY: value_read_quantities(arena, text, &value); break;
	case TYPE_VERSION: value_read_version(arena, text, &value); break;
	case TYPE_WORDS: value_read_words(arena, text, NAME_WORDS, &value); break;
	case TYPE_TEXT: value_read_words(arena, text, TEXT_WORDS, &value); break;
	case TYPE_ROLE: value_read_role(arena, text, &value); break;
	case TYPE_ARCHITECTURE: value_read_architecture(arena, text, &value); break;
	case TYPE_NAME: value_read_names(arena, text, &value); break;
	case TYPE_HOST: value_read_hosts(arena, text, &value); break;
	case TYPE_NUMBER: value_read_numbers(arena, text, &value); break;
	}
	return value;
}

struct str fact_value_key(struct arena *arena, const struct fact_value *value)
{
	struct buf key = {0};
	buf_addf(&key, "%d", value->type);
	for (size_t i = 0; i < value->addresses.n; i++)
		buf_addf(&key, " " STR_FMT, STR_ARG(address_format(arena, value->addresses.data[i])));
	for (size_t i = 0; i < value->prefixes.n; i++)
		buf_addf(&key, " " STR_FMT, STR_ARG(prefix_format(arena, value->prefixes.data[i])));
	if (value->type == TYPE_COUNT)
		buf_addf(&key, " %lld-%lld", value->min, value->max);
	for (size_t i = 0; i < value->quantities.n; i++)
		buf_addf(&key, " %g-%g.%d", value->quantities.data[i].number, value->quantities.data[i].max,
			 value->quantities.data[i].scale);
	for (size_t i = 0; i < value->numbers.n; i++)
		buf_addf(&key, " %lld", value->numbers.data[i]);
	for (size_t i = 0; i < value->names.n && value->type != TYPE_VERSION; i++)
		buf_addf(&key, " " STR_FMT, STR_ARG(value->names.data[i]));
	if (value->set)
		buf_addf(&key, " %u", value->set);
	struct str text = value->text;
	if (value->type == TYPE_VERSION && str_starts(text, STR("v")))
		text = str_from_off(text, 1);
	buf_addf(&key, " " STR_FMT, STR_ARG(text));
	struct str copy = buf_dup(arena, &key);
	buf_free(&key);
	return copy;
}

/* With a port or a length behind it too. */
static bool token_is_address(struct str token, struct address address)
{
	struct address_read read = address_parse(value_without_port(token));
	struct prefix_read prefix = prefix_parse(token);
	return (read.error == NET_OK && address_eq(read.address, address)) ||
	       (prefix.error == NET_OK && address_eq(prefix.prefix.base, address));
}

static struct word part_of(struct word word, struct str text, size_t off, size_t size)
{
	return (struct word){str_sub(text, off, size),
			     {word.span.source, word.span.off + (uint32_t)off, (uint32_t)size}};
}

static bool is_inside_word(struct str text, size_t off)
{
	return off && off < text.size && isalnum((unsigned char)text.data[off - 1]) &&
	       isalnum((unsigned char)text.data[off]);
}

static struct word narrow_to_address(struct word word, struct str text, struct address address)
{
	struct str rest = text;
	while (rest.size) {
		struct str token = value_token(&rest);
		if (!token.size || !token_is_address(token, address))
			continue;
		size_t off = (size_t)(token.data - text.data);
		token = str_sub(value_without_port(token), 0, str_find_char(token, '/'));
		return part_of(word, text, off, token.size);
	}
	return word;
}

struct word value_narrow(const struct model *model, struct word word, const struct fact_value *value)
{
	struct str text = span_text(model->sources, word.span), part = value->part;
	if (value->addresses.n == 1 && !part.size)
		return narrow_to_address(word, text, value->addresses.data[0]);
	if (!part.size || part.size >= text.size)
		return word;
	for (size_t off = str_find(text, part); off != SIZE_MAX; off = str_find_from(text, part, off + 1))
		if (!is_inside_word(text, off) && !is_inside_word(text, off + part.size))
			return part_of(word, text, off, part.size);
	return word;
}
