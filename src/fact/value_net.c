/* Addresses, prefixes, host names and plain numbers out of text. */
#include "fact/value_parts.h"

/* A range of more addresses than this is no address of anything. */
enum { RANGE_MAX = 16 };

struct str value_without_port(struct str token)
{
	size_t colon = str_find_char(token, ':');
	if (colon == SIZE_MAX || str_find_char(str_from_off(token, colon + 1), ':') != SIZE_MAX)
		return token;
	return str_sub(token, 0, colon);
}

bool value_is_digits(struct str s)
{
	for (size_t i = 0; i < s.size; i++)
		if (!isdigit((unsigned char)s.data[i]))
			return false;
	return s.size > 0;
}

/* A token that begins like an address but is none: a placeholder like 10.0.0.x, a part over 255. */
static bool is_address_like(struct str token)
{
	size_t dots = 0;
	for (size_t i = 0; i < token.size; i++)
		dots += token.data[i] == '.';
	return dots >= 2 && token.size && isdigit((unsigned char)token.data[0]);
}

/* Scheme and path of a URL off. */
static struct str bare_host(struct str token)
{
	size_t scheme = str_find(token, STR("://"));
	if (scheme == SIZE_MAX)
		return token;
	token = str_from_off(token, scheme + 3);
	for (size_t i = 0; i < token.size; i++)
		if (strchr("/?#", token.data[i]))
			return str_sub(token, 0, i);
	return token;
}

/* What a run of addresses has come to. */
struct address_run {
	struct arena *arena;
	struct fact_value *value;
	struct address last;
	bool adjacent; /* the token before was an address */
	bool to;       /* a dash followed it */
	bool odd;
};

static void add(struct address_run *run, struct address address, struct str part)
{
	vec_add(run->arena, &run->value->addresses, address);
	run->value->part = part;
	run->last = address;
	run->adjacent = true;
	run->to = false;
}

/* Adds what follows the last address up to `to`. */
static void add_range(struct address_run *run, struct address to)
{
	struct address from = run->last;
	if (from.family != to.family || address_cmp(from, to) > 0 || address_distance(from, to) > RANGE_MAX) {
		run->odd = true;
		return;
	}
	while (address_cmp(run->last, to) < 0)
		add(run, address_next(run->last), STR_NONE);
	run->to = false;
}

/* "5", ".5", "10.0.0.5" behind an IPv4 address: the address it stands for; family 0: none. */
static struct address sibling(struct address base, struct str text, bool bare)
{
	long long number;
	struct address_read read = address_parse(text);
	if (read.error == NET_OK)
		return read.address;
	bool dotted = str_starts(text, STR("."));
	if (dotted)
		text = str_from_off(text, 1);
	if (base.family != 4 || (!dotted && !bare) || !str_to_number(text, &number) || number > 255)
		return (struct address){0};
	base.bytes[3] = (uint8_t)number;
	return base;
}

/* 10.0.0.1-5, 10.0.0.1-.5, 10.0.0.1–10.0.0.5 in one token. */
static bool read_range(struct address_run *run, struct str token)
{
	for (size_t i = 1; i < token.size; i++) {
		size_t dash = value_dash(str_from_off(token, i));
		if (!dash)
			continue;
		struct address_read from = address_parse(str_sub(token, 0, i));
		if (from.error != NET_OK)
			return false;
		struct address to = sibling(from.address, str_from_off(token, i + dash), true);
		if (!to.family)
			return false;
		add(run, from.address, STR_NONE);
		add_range(run, to);
		return true;
	}
	return false;
}

/* 10.0.0.20/21/22 */
static bool read_list(struct address_run *run, struct str token)
{
	struct str rest = token;
	struct address_read first = address_parse(str_cut(&rest, '/'));
	if (first.error != NET_OK || str_find_char(rest, '/') == SIZE_MAX)
		return false;
	for (struct str check = rest; check.size;)
		if (!sibling(first.address, str_cut(&check, '/'), true).family)
			return false;
	add(run, first.address, STR_NONE);
	while (rest.size)
		add(run, sibling(first.address, str_cut(&rest, '/'), true), STR_NONE);
	return true;
}

/* Part of a range or list that began in an earlier token. */
static bool read_continued(struct address_run *run, struct str token)
{
	if (!run->last.family || address_parse(token).error == NET_OK)
		return false;
	struct address address = sibling(run->last, token, run->to);
	if (!address.family || (run->to && address_cmp(run->last, address) >= 0))
		return false;
	if (run->to)
		add_range(run, address);
	else
		add(run, address, STR_NONE);
	return true;
}

static void read_address(struct address_run *run, struct str token)
{
	struct str host = value_without_port(bare_host(token));
	struct address_read read = address_parse(host);
	struct prefix_read prefix = prefix_parse(token);
	if (read.error == NET_OK && run->to) {
		add_range(run, read.address);
	} else if (read.error == NET_OK) {
		add(run, read.address, host);
	} else if (prefix.error == NET_OK) {
		if (prefix_has_host_bits(prefix.prefix))
			add(run, prefix.prefix.base, str_sub(token, 0, str_find_char(token, '/')));
		else
			run->odd = true;
	} else if (!read_continued(run, token) && !read_list(run, token) && !read_range(run, token)) {
		run->odd |= is_address_like(host);
		run->adjacent = run->to = false;
	}
}

void value_read_addresses(struct arena *arena, struct str text, struct fact_value *value)
{
	struct address_run run = {.arena = arena, .value = value};
	struct str rest = text;
	while (rest.size && !run.odd) {
		struct str token = value_token(&rest);
		bool is_dash = token.size && value_dash(token) == token.size;
		if ((is_dash || str_eq_nocase(token, STR("to"))) && run.adjacent)
			run.to = true;
		else
			read_address(&run, token);
	}
	value->valid = value->addresses.n && !run.odd;
	if (value->addresses.n != 1)
		value->part = STR_NONE;
}

void value_read_prefixes(struct arena *arena, struct str text, struct fact_value *value)
{
	struct str rest = text;
	while (rest.size) {
		struct str token = value_token(&rest);
		struct prefix_read read = prefix_parse(token);
		if (read.error != NET_OK)
			continue;
		vec_add(arena, &value->prefixes, prefix_network(read.prefix));
		value->part = token;
	}
	value->valid = value->prefixes.n > 0;
	if (value->prefixes.n != 1)
		value->part = STR_NONE;
}

/* ---- host names ---- */

static bool is_file_name(struct str last_label)
{
	static const char *const suffixes[] = {"md",  "yaml", "yml", "json", "toml", "tf", "sh", "py",
					       "txt", "conf", "cfg", "html", "env",  "go", "js", "xml"};
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (str_is(last_label, suffixes[i]))
			return true;
	return false;
}

static bool is_host(struct str host)
{
	size_t dot = str_rfind_char(host, '.');
	if (dot == SIZE_MAX || !dot || host.data[0] == '.' || host.data[0] == '-' || host.size > 253)
		return false;
	for (size_t i = 0; i < host.size; i++) {
		unsigned char c = (unsigned char)host.data[i];
		if (!(islower(c) || isdigit(c) || c == '-' || c == '.' || c == '_') ||
		    (c == '.' && i + 1 < host.size && host.data[i + 1] == '.'))
			return false;
	}
	struct str last = str_from_off(host, dot + 1);
	for (size_t i = 0; i < last.size; i++)
		if (!islower((unsigned char)last.data[i]))
			return false;
	return last.size >= 2;
}

void value_read_hosts(struct arena *arena, struct str text, struct fact_value *value)
{
	struct str rest = text;
	while (rest.size) {
		struct str token = value_token(&rest), host = value_without_port(bare_host(token));
		bool is_url = host.data != token.data;
		size_t path = str_find_char(host, '/');
		host = str_sub(host, 0, path);
		struct str lower = str_lower_ascii(arena, host);
		if (!is_host(lower) || (!is_url && is_file_name(str_from_off(lower, str_rfind_char(lower, '.') + 1))))
			continue;
		vec_add(arena, &value->names, lower);
		value->part = host;
	}
	value->valid = value->names.n > 0;
	if (value->names.n != 1)
		value->part = STR_NONE;
}

/* ---- numbers ---- */

/* "443/tcp", "vlan100", ":443", "10.0.0.1:443" to their number's text. */
static struct str bare_number(struct str token)
{
	static const char *const prefixes[] = {"vlan", "tcp/", "udp/", "port"};
	size_t colon = str_rfind_char(token, ':');
	if (colon != SIZE_MAX)
		token = str_from_off(token, colon + 1);
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_starts_nocase(token, str_from(prefixes[i])))
			token = str_from_off(token, strlen(prefixes[i]));
	if (str_starts(token, STR("-")) || str_starts(token, STR("#")))
		token = str_from_off(token, 1);
	size_t slash = str_find_char(token, '/');
	struct str protocol = slash == SIZE_MAX ? STR_NONE : str_from_off(token, slash + 1);
	if (str_eq_nocase(protocol, STR("tcp")) || str_eq_nocase(protocol, STR("udp")))
		token = str_sub(token, 0, slash);
	return token;
}

/* 8000-9000 */
static bool is_range(struct str text)
{
	size_t n = 0;
	while (n < text.size && isdigit((unsigned char)text.data[n]))
		n++;
	return n && value_dash(str_from_off(text, n));
}

void value_read_numbers(struct arena *arena, struct str text, struct fact_value *value)
{
	struct str rest = text;
	bool odd = false;
	while (rest.size) {
		struct str token = value_token(&rest), digits = bare_number(token);
		long long number;
		if (value_is_digits(digits) && str_to_number(digits, &number)) {
			vec_add(arena, &value->numbers, number);
			value->part = digits;
		} else {
			odd |= is_range(digits) || (value->numbers.n && token.size && value_dash(token) == token.size);
		}
	}
	value->valid = value->numbers.n > 0 && !odd;
	if (value->numbers.n != 1)
		value->part = STR_NONE;
}
