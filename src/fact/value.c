/* Text to values by type. What is no such value gives no fact. */
#include "fact/fact_parts.h"

/* Takes the next token off: bytes up to a blank, comma, semicolon, bracket, quote or back-tick. */
static struct str next_token(struct str *rest)
{
	static const char separators[] = " \t\n,;()[]{}<>\"'`*|";
	while (rest->size && strchr(separators, rest->data[0]))
		*rest = str_from_off(*rest, 1);
	size_t n = 0;
	while (n < rest->size && !strchr(separators, rest->data[n]))
		n++;
	struct str token = str_sub(*rest, 0, n);
	*rest = str_from_off(*rest, n);
	while (token.size && strchr(".:", token.data[token.size - 1]))
		token.size--;
	return token;
}

/* host:port without the port, for IPv4. */
static struct str without_port(struct str token)
{
	size_t colon = str_find_char(token, ':');
	if (colon == SIZE_MAX || str_find_char(str_from_off(token, colon + 1), ':') != SIZE_MAX)
		return token;
	return str_sub(token, 0, colon);
}

/* A token that begins like an address but is a range, a list or a placeholder: 10.0.0.1-5, 10.0.0.20/21/22, 10.0.0.x. */
static bool is_address_like(struct str token)
{
	size_t dots = 0;
	for (size_t i = 0; i < token.size; i++)
		dots += token.data[i] == '.';
	return dots >= 2 && token.size && isdigit((unsigned char)token.data[0]);
}

static void parse_addresses(struct arena *arena, struct str text, struct fact_value *value)
{
	bool odd = false;
	struct str rest = text;
	while (rest.size) {
		struct str token = next_token(&rest);
		struct address_read read = address_parse(without_port(token));
		struct prefix_read prefix = prefix_parse(token);
		if (read.error == NET_OK)
			vec_add(arena, &value->addresses, read.address);
		else if (prefix.error == NET_OK && prefix_has_host_bits(prefix.prefix))
			vec_add(arena, &value->addresses, prefix.prefix.base);
		else
			odd |= prefix.error == NET_OK || is_address_like(token) || str_eq(token, STR("-")) ||
			       str_eq(token, STR("–"));
	}
	value->valid = value->addresses.n && !odd;
}

static void parse_prefixes(struct arena *arena, struct str text, struct fact_value *value)
{
	struct str rest = text;
	while (rest.size) {
		struct prefix_read read = prefix_parse(next_token(&rest));
		if (read.error == NET_OK)
			vec_add(arena, &value->prefixes, prefix_network(read.prefix));
	}
	value->valid = value->prefixes.n > 0;
}

static const char *const number_words[] = {"zero",   "one",      "two",      "three",   "four",   "five",
					   "six",    "seven",    "eight",    "nine",    "ten",    "eleven",
					   "twelve", "thirteen", "fourteen", "fifteen", "sixteen"};

/* Takes a number or number word off the front; -1 when there is none. */
static long long take_number(struct str *rest)
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
	for (size_t i = 0; n && i < sizeof number_words / sizeof *number_words; i++)
		if (str_eq_nocase(str_sub(*rest, 0, n), str_from(number_words[i]))) {
			*rest = str_from_off(*rest, n);
			return (long long)i;
		}
	return -1;
}

/* "6", "six", "3-6", "3 to 6", "6 nodes", "6 (1 + 5)". "6+", "~6", "6/6", "6.5" and "6 GB" are none. */
static void parse_count(struct str text, struct fact_value *value)
{
	static const char *const units[] = {"node",   "nodes",   "cluster", "clusters", "decision", "decisions",
					    "adr",    "adrs",    "record",  "records",  "member",   "members",
					    "worker", "workers", "total",   "control",  "master",   "masters",
					    "host",   "hosts",   "server",  "servers",  "machine",  "machines"};
	struct str rest = str_trim(text);
	while (rest.size && strchr("*`_", rest.data[0]))
		rest = str_from_off(rest, 1);
	value->min = value->max = take_number(&rest);
	if (value->min < 0)
		return;
	while (rest.size && strchr("*`_", rest.data[0]))
		rest = str_from_off(rest, 1);
	static const char *const dashes[] = {"-", "–", " - ", " – ", " to "};
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		struct str tail = rest, dash = str_from(dashes[i]);
		if (!str_starts(tail, dash))
			continue;
		tail = str_from_off(tail, dash.size);
		long long max = take_number(&tail);
		if (max < value->min)
			return;
		value->max = max;
		rest = tail;
		break;
	}
	if (!rest.size) {
		value->valid = true;
		return;
	}
	if (rest.data[0] != ' ')
		return;
	rest = str_trim(rest);
	value->valid = rest.size && (rest.data[0] == '(' || rest.data[0] == ',');
	struct str word = next_token(&rest);
	for (size_t i = 0; !value->valid && i < sizeof units / sizeof *units; i++)
		value->valid = str_eq_nocase(word, str_from(units[i]));
}

struct fact_value fact_value_parse(struct arena *arena, enum fact_type type, struct str text)
{
	struct fact_value value = {.type = type};
	text = str_sub(text, 0, 4096);
	switch (type) {
	case TYPE_ADDRESS: parse_addresses(arena, text, &value); break;
	case TYPE_PREFIX: parse_prefixes(arena, text, &value); break;
	case TYPE_COUNT: parse_count(text, &value); break;
	default:
		value.text = str_trim(text);
		value.valid = value.text.size > 0;
		break;
	}
	return value;
}

/* With a port or a length behind it too. */
static bool token_is_address(struct str token, struct address address)
{
	struct address_read read = address_parse(without_port(token));
	struct prefix_read prefix = prefix_parse(token);
	return (read.error == NET_OK && address_eq(read.address, address)) ||
	       (prefix.error == NET_OK && address_eq(prefix.prefix.base, address));
}

/* True when a token of the source is the value that a fact is about. */
static bool token_is_value(struct str token, const struct fact_value *value)
{
	if (value->type == TYPE_ADDRESS)
		return token_is_address(token, value->addresses.data[0]);
	if (value->type == TYPE_PREFIX)
		return prefix_parse(token).error == NET_OK;
	long long number = take_number(&token);
	return number == value->min;
}

struct word value_narrow(const struct model *model, struct word word, const struct fact_value *value)
{
	struct str text = span_text(model->sources, word.span), rest = text;
	while (rest.size) {
		struct str token = next_token(&rest);
		if (!token.size || !token_is_value(token, value))
			continue;
		size_t off = (size_t)(token.data - text.data);
		if (value->addresses.n > 1 || value->prefixes.n > 1)
			return word;
		if (value->type == TYPE_ADDRESS)
			token = str_sub(without_port(token), 0, str_find_char(token, '/'));
		return (struct word){token, {word.span.source, word.span.off + (uint32_t)off, (uint32_t)token.size}};
	}
	return word;
}
