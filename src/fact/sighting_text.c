/* Tokens of running text to sightings: addresses, prefixes, hosts under a zone, and words that are nearly names. */
#include "fact/sighting.h"

/* ---- bytes ---- */

enum {
	BYTE_ENDS = 1,  /* a token */
	BYTE_STOP = 2,  /* a sentence, before a blank */
	BYTE_DOT = 4,   /* in an address or a host */
	BYTE_JOIN = 8,  /* between the parts of a host, path or address */
	BYTE_PATH = 16, /* the same, and not in a word */
	BYTE_WIDE = 32  /* of a character of several bytes; not in the table */
};

/* Those of no class stand in words. */
static const unsigned char classes[256] = {
	['\0'] = BYTE_ENDS | BYTE_STOP | BYTE_JOIN | BYTE_PATH,
	[' '] = BYTE_ENDS,
	['\t'] = BYTE_ENDS,
	['\r'] = BYTE_ENDS,
	['\n'] = BYTE_ENDS,
	[','] = BYTE_ENDS,
	[';'] = BYTE_ENDS,
	['('] = BYTE_ENDS,
	[')'] = BYTE_ENDS,
	['['] = BYTE_ENDS,
	[']'] = BYTE_ENDS,
	['{'] = BYTE_ENDS,
	['}'] = BYTE_ENDS,
	['<'] = BYTE_ENDS,
	['>'] = BYTE_ENDS,
	['|'] = BYTE_ENDS,
	['*'] = BYTE_ENDS,
	['"'] = BYTE_ENDS,
	['\''] = BYTE_ENDS,
	['`'] = BYTE_ENDS,
	['='] = BYTE_ENDS,
	['&'] = BYTE_ENDS,
	['$'] = BYTE_ENDS,
	['%'] = BYTE_ENDS,
	['^'] = BYTE_ENDS,
	['\\'] = BYTE_ENDS,
	['#'] = BYTE_ENDS,
	['~'] = BYTE_ENDS,
	['+'] = BYTE_ENDS,
	['@'] = BYTE_ENDS | BYTE_JOIN | BYTE_PATH,
	['.'] = BYTE_STOP | BYTE_DOT | BYTE_JOIN | BYTE_PATH,
	['!'] = BYTE_STOP,
	['?'] = BYTE_STOP,
	[':'] = BYTE_DOT | BYTE_JOIN,
	['/'] = BYTE_JOIN | BYTE_PATH,
	['_'] = BYTE_JOIN,
	['-'] = BYTE_JOIN,
};

static unsigned class_of(char c)
{
	return classes[(unsigned char)c];
}

/* ---- words and sentences ---- */

bool is_id_like(struct str text)
{
	bool has_letter = false;
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];
		if (!isalnum((unsigned char)c) && (!strchr("-_.", c) || !i || i + 1 == text.size))
			return false;
		has_letter |= isalpha((unsigned char)c) != 0;
	}
	return has_letter;
}

struct str find_listed_word(struct str text, const struct map *list)
{
	char lower[KNOWN_WORD_MAX];
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		while (at < text.size && isalnum((unsigned char)text.data[at]))
			at++;
		struct str word = str_sub(text, start, at - start);
		if (!word.size)
			at++;
		if (!word.size || word.size > sizeof lower)
			continue;
		for (size_t i = 0; i < word.size; i++)
			lower[i] = (char)tolower((unsigned char)word.data[i]);
		if (map_has(list, (struct str){lower, word.size}))
			return word;
	}
	return STR_NONE;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t sentence_end(struct str text, size_t from)
{
	for (size_t at = from; at < text.size; at++) {
		if (text.data[at] == '\n')
			return at + 1;
		if (!(class_of(text.data[at]) & BYTE_STOP) || at + 1 >= text.size || !is_blank(text.data[at + 1]))
			continue;
		/* "e.g. x" and "1. x" go on. */
		bool is_short = at < 2 || text.data[at - 2] == '.' || is_blank(text.data[at - 2]);
		if (!is_short)
			return at + 1;
	}
	return text.size;
}

struct str without_hosts(struct arena *arena, struct str text)
{
	char *copy = arena_copy(arena, text.data, text.size);
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		bool is_host = false;
		while (at < text.size &&
		       (isalnum((unsigned char)text.data[at]) || class_of(text.data[at]) & BYTE_JOIN)) {
			bool joins = at > start && at + 1 < text.size && isalnum((unsigned char)text.data[at + 1]);
			is_host |= joins && class_of(text.data[at]) & BYTE_PATH;
			at++;
		}
		if (is_host)
			memset(copy + start, '.', at - start);
		at += at == start;
	}
	return (struct str){copy, text.size};
}

/* Words beside an address or prefix that make it no statement about what has it. */
const char loose_words[] =
	"free|unused|unassigned|available|spare|reserved|reserve|placeholder|replace|replacing|your|any|lease|leases|dhcp|"
	"dynamic|would|could|might|if|suppose|not|no|never|wrong|typo|stale|outdated|before|until|removed|removes|remove|"
	"deprecated|initially|earlier|had|began|moved|became|default|defaults|candidate|conflict|conflicts|collide|collides|"
	"overlap|overlaps|avoid|deny|block|blocked|dummy|fake|fictional|arbitrary|random|client|laptop|phone|instead|"
	"alternative|alternatives|switched|changed|unreachable|unknown|gone|temporary|temporarily|test|tests|testing";

/* Why the sentence around a byte says nothing about the present. */
static const char *why_at(struct sighting_scan *scan, size_t at)
{
	if (scan->block_why)
		return scan->block_why;
	bool moved = false;
	while (at >= scan->sentence_to) {
		scan->sentence_from = scan->sentence_to;
		scan->sentence_to = sentence_end(scan->text, scan->sentence_from);
		moved = true;
		if (scan->sentence_to == scan->sentence_from)
			return NULL;
	}
	if (!moved)
		return scan->sentence_why;
	struct str sentence = without_hosts(
		scan->sink->arena, str_sub(scan->text, scan->sentence_from, scan->sentence_to - scan->sentence_from));
	scan->sentence_why = context_naming_why(sentence);
	if (!scan->sentence_why && find_listed_word(sentence, &scan->known->loose).size)
		scan->sentence_why = "its sentence";
	return scan->sentence_why;
}

/* ---- addresses and prefixes ---- */

/* Offset behind the mark of a range that follows a token and before a further address, or 0: "10.0.0.1 - 10.0.0.9". */
static size_t range_mark(struct str text, size_t at)
{
	static const char *const marks[] = {"-", "–", "—", "..", "...", "to", "through", "until", "bis"};
	while (at < text.size && (is_blank(text.data[at]) || text.data[at] == '`'))
		at++;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct str mark = str_from(marks[i]);
		if (!str_starts_nocase(str_from_off(text, at), mark))
			continue;
		size_t next = at + mark.size;
		while (next < text.size &&
		       (is_blank(text.data[next]) || text.data[next] == '`' || text.data[next] == '.'))
			next++;
		if (next < text.size && isdigit((unsigned char)text.data[next]))
			return next;
	}
	return 0;
}

static struct str without_port(struct str token)
{
	size_t colon = str_find_char(token, ':');
	if (colon == SIZE_MAX || str_find_char(str_from_off(token, colon + 1), ':') != SIZE_MAX)
		return token;
	return str_sub(token, 0, colon);
}

static bool is_gateway_like(struct str sentence, const struct network *network, struct address address)
{
	static const char *const words[] = {"gateway", "router", "gw", "firewall", "default route"};
	bool has_word = false;
	if (!network || network->gateways.n)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		has_word |= str_find_nocase(sentence, str_from(words[i])) != SIZE_MAX;
	if (!has_word)
		return false;
	struct prefix_read read = {0};
	for (size_t i = 0; i < network->cidrs.n; i++) {
		const struct prefix_value *cidr = &network->cidrs.data[i];
		if (cidr->valid && prefix_contains(cidr->prefix, address))
			read.prefix = cidr->prefix;
	}
	struct address second = address_next(prefix_first(read.prefix));
	return address_eq(address, second) || address_eq(address_next(address), prefix_last(read.prefix));
}

/* Addresses that a load balancer hands out, where none is declared. */
static bool is_balanced(const struct sighting_scan *scan, struct str sentence, const struct network *network)
{
	static const char *const words[] = {"loadbalancer", "load balancer", "load-balancer", "lb ip", "metallb"};
	bool has_word = false;
	if (!network || map_has(&scan->estate->balanced, network->entity.id.str))
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		has_word |= str_find_nocase(sentence, str_from(words[i])) != SIZE_MAX;
	return has_word;
}

/* Why an address that nothing has is none of the present, or NULL. */
static const char *address_why(struct sighting_scan *scan, const struct sighting *sighting, size_t from, bool in_range)
{
	const char *why = why_at(scan, from);
	if (why)
		return why;
	if (in_range)
		return "end of a range";
	if (address_is_documentation(sighting->address) || address_is_loopback(sighting->address))
		return "documentation address";
	const struct network *network = sighting->network;
	if (network && !map_has(&scan->estate->populated, network->entity.id.str))
		return "on a network where no address is declared";
	struct str sentence =
		scan->block_why ? STR_NONE
				: str_sub(scan->text, scan->sentence_from, scan->sentence_to - scan->sentence_from);
	if (is_gateway_like(sentence, network, sighting->address) ||
	    is_gateway_like(sighting_around(scan), network, sighting->address))
		return "a gateway that is not declared";
	if (is_balanced(scan, sentence, network) || is_balanced(scan, sighting_around(scan), network))
		return "of a load balancer, of which none is declared";
	return NULL;
}

static void see_address(struct sighting_scan *scan, struct address address, size_t from, size_t to)
{
	struct address_key key = address_key(address);
	struct sighting sighting = {.kind = SIGHTING_ADDRESS, .address = address};
	sighting.entity = map_find(&scan->estate->addresses, (struct str){key.bytes, key.size});
	struct network *network = prefix_table_hold(&scan->estate->prefixes, address);
	sighting.network = network;
	bool is_edge = false;
	for (size_t i = 0; network && !sighting.entity && i < network->cidrs.n; i++) {
		const struct prefix_value *cidr = &network->cidrs.data[i];
		is_edge |=
			cidr->valid && prefix_contains(cidr->prefix, address) &&
			(address_is_reserved(address, cidr->prefix) || address_eq(address, prefix_first(cidr->prefix)));
	}
	sighting.is_known = sighting.entity || is_edge || known_in_range(scan->estate, address);
	size_t second = range_mark(scan->text, to);
	bool in_range = second || (scan->range_ends && from <= scan->range_ends && to > scan->range_ends);
	scan->range_ends = second;
	const char *why = sighting.is_known ? NULL : address_why(scan, &sighting, from, in_range);
	sighting_add(scan, sighting, from, to, why);
}

/* Prefixes that everybody writes: whole private spaces, defaults of tools, what is no network of a house. */
static bool is_everybodys(struct prefix prefix)
{
	static const struct prefix wide[] = {
		{{4, {10}}, 8},   {{4, {172, 16}}, 12}, {{4, {192, 168}}, 16}, {{4, {172, 17}}, 16},
		{{6, {0xFC}}, 7}, {{6, {0xFD}}, 8},     {{4, {172, 18}}, 16},
	};
	static const struct prefix homes[] = {
		{{4, {10}}, 8},
		{{4, {172, 16}}, 12},
		{{4, {192, 168}}, 16},
		{{6, {0xFC}}, 7},
	};
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (prefix_eq(prefix, wide[i]))
			return true;
	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
		if (prefix.bits >= homes[i].bits && prefix_contains(homes[i], prefix.base))
			return false;
	return true;
}

static void see_prefix(struct sighting_scan *scan, struct prefix written, size_t from, size_t to)
{
	bool is_host = written.bits == (written.base.family == 6 ? 128 : 32);
	struct prefix prefix = prefix_network(written);
	struct address_key key = prefix_key(prefix);
	struct str key_str = {key.bytes, key.size};
	bool is_declared = map_has(&scan->estate->prefixes.by_prefix, key_str);
	if (is_host || (prefix_has_host_bits(written) && is_declared)) {
		struct str slash = str_sub(scan->text, from, to - from);
		see_address(scan, written.base, from, from + str_find_char(slash, '/'));
		return;
	}
	struct sighting sighting = {.kind = SIGHTING_PREFIX, .prefix = prefix};
	struct network *network = prefix_table_relate(&scan->estate->prefixes, prefix);
	sighting.network = network;
	sighting.entity = network && is_declared ? &network->entity : NULL;
	sighting.is_known = network || map_has(&scan->known->prefixes, key_str);
	const char *why = why_at(scan, from);
	bool has_family = false;
	for (size_t bits = 0; bits <= 128; bits++)
		has_family |= scan->estate->prefixes.has_bits[prefix.base.family == 6][bits];
	if (!why && !has_family)
		why = "no prefix of that family declared";
	if (!why && (address_is_documentation(prefix.base) || is_everybodys(prefix)))
		why = "no network of a house";
	sighting_add(scan, sighting, from, to, why);
}

/* ---- hosts ---- */

static struct entity *find_named(const struct known_estate *estate, struct str name)
{
	const struct name_entry *entry = map_find(&estate->estate->by_name, name);
	return entry && entry->entities.n ? entry->entities.data[0] : NULL;
}

/* Labels that stand for any host. */
static const char sample_labels[] =
	"example|foo|bar|baz|app|myapp|my|your|yours|host|hostname|service|svc|name|subdomain|domain|something|anything|"
	"whatever|test|demo|x|xxx|node|n|www|ns1|ns2|mail|smtp|localhost|acme";

static struct entity *host_owner(const struct sighting_scan *scan, struct str host)
{
	struct entity *entity = map_find(&scan->estate->hosts, host);
	struct str rest = host;
	while (!entity && rest.size) {
		struct str wildcard;
		str_cut(&rest, '.');
		wildcard = str_format(scan->sink->arena, "*." STR_FMT, STR_ARG(rest));
		entity = rest.size ? map_find(&scan->estate->hosts, wildcard) : NULL;
	}
	if (entity)
		return entity;
	return find_named(scan->estate, str_sub(host, 0, str_find_char(host, '.')));
}

static void see_host(struct sighting_scan *scan, struct str host, size_t from)
{
	if (!scan->estate->zones.n || host.size > 253)
		return;
	struct str lower = str_lower_ascii(scan->sink->arena, host);
	const struct zone *zone = known_zone(scan->estate, lower);
	char before = from ? scan->text.data[from - 1] : ' ';
	if (!zone || before == '@' || before == '.' || host.data[0] == '.')
		return;
	struct sighting sighting = {.kind = SIGHTING_HOST, .entity = host_owner(scan, lower)};
	sighting.is_known = sighting.entity != NULL;
	const char *why = sighting.is_known ? NULL : why_at(scan, from);
	struct str first = str_sub(lower, 0, str_find_char(lower, '.'));
	if (!why && (str_is_listed(first, sample_labels) || str_find(lower, STR(".svc.")) != SIZE_MAX ||
		     str_find_char(lower, '_') != SIZE_MAX))
		why = "stands for any host";
	if (!why && !map_has(&scan->estate->served, zone->entity.id.str))
		why = "no host of that zone is declared";
	sighting_add(scan, sighting, from, from + host.size, why);
}

/* ---- names ---- */

static bool is_name_end(struct str text, size_t at)
{
	if (at >= text.size)
		return true;
	if (strchr(".:!?,;", text.data[at]))
		return at + 1 >= text.size || !isalnum((unsigned char)text.data[at + 1]);
	return strchr(" \t\n)]\"'`*|", text.data[at]) || (unsigned char)text.data[at] >= 0x80;
}

static bool is_name_start(struct str text, size_t at)
{
	return !at || strchr(" \t\n([\"'`*|,;", text.data[at - 1]) || (unsigned char)text.data[at - 1] >= 0x80;
}

/* The word beside: before (its last) or behind (its first). */
static struct str word_before(struct str text, size_t at)
{
	size_t end = at;
	while (end && is_blank(text.data[end - 1]))
		end--;
	size_t start = end;
	while (start && isalpha((unsigned char)text.data[start - 1]))
		start--;
	return str_sub(text, start, end - start);
}

static struct str word_behind(struct str text, size_t at)
{
	while (at < text.size && is_blank(text.data[at]))
		at++;
	size_t end = at;
	while (end < text.size && isalpha((unsigned char)text.data[end]))
		end++;
	return str_sub(text, at, end - at);
}

/* True when a word stands as names do: alone in its code span, cell, bold text or link, or beside the word for a kind. */
static bool stands_like_name(const struct sighting_scan *scan, size_t from, size_t to)
{
	static const char kinds[] =
		"node|nodes|cluster|clusters|host|hosts|server|servers|machine|machines|service|services|"
		"network|networks|device|devices|worker|workers|vm";
	struct str text = scan->text;
	if (str_is_listed(word_before(text, from), kinds) || str_is_listed(word_behind(text, to), kinds))
		return true;
	if (scan->row && str_trim(text).size == to - from)
		return true;
	if (!scan->run || !(run_marks(scan->run, from, to) & (RUN_CODE | RUN_STRONG | RUN_LINK)))
		return false;
	for (size_t i = 0; i < scan->run->pieces.n; i++)
		if (scan->run->pieces.data[i].at == from)
			return i + 1 == scan->run->pieces.n || scan->run->pieces.data[i + 1].at == to;
	return false;
}

/* True when the token is part of a name that is bound. Tokens come in order. */
static bool is_bound(struct sighting_scan *scan, size_t from, size_t to)
{
	const struct run *run = scan->run;
	while (run && scan->next_name < run->names.n && run->names.data[scan->next_name].to <= from)
		scan->next_name++;
	return run && scan->next_name < run->names.n && run->names.data[scan->next_name].from < to;
}

static void see_word(struct sighting_scan *scan, struct str word, size_t from, size_t to)
{
	const struct known_estate *estate = scan->estate;
	char lower[KNOWN_WORD_MAX];
	if (word.size < 4 || word.size > KNOWN_WORD_MAX - 1)
		return;
	uint64_t around = 7ull << (word.size - 1);
	if (!(estate->lengths[tolower((unsigned char)word.data[0])] & around) || !is_id_like(word) ||
	    !is_name_start(scan->text, from) || !is_name_end(scan->text, to))
		return;
	for (size_t i = 0; i < word.size; i++)
		lower[i] = (char)tolower((unsigned char)word.data[i]);
	struct str key = {lower, word.size};
	static const struct near_name none;
	const struct near_name *near = map_find(&scan->near, key);
	if (!near) {
		near = known_near(scan->known, estate, key);
		near = near ? near : &none;
		map_put(&scan->near, str_dup(scan->sink->arena, key), (void *)(uintptr_t)near);
	}
	if (near == &none || is_bound(scan, from, to))
		return;
	struct sighting sighting = {.kind = SIGHTING_NEAR_MISS, .entity = near->entity};
	const char *why = scan->block_why;
	if (!why && near->is_plain && !stands_like_name(scan, from, to))
		why = "an ordinary place";
	struct sighting *added = sighting_add(scan, sighting, from, to, why);
	added->meant = near->shown;
}

/* A name in which letters of another script stand for Latin ones: mixed, so that it is no word of that script. */
static void see_foreign(struct sighting_scan *scan, struct str word, size_t from, size_t to)
{
	char latin[KNOWN_WORD_MAX];
	size_t n = 0;
	bool has_latin = false, has_imitation = false;
	for (size_t at = 0; at < word.size;) {
		uint32_t code = utf8_next(word, &at);
		char c = code < 128 ? (char)tolower((int)code) : (char)tolower(utf8_lookalike(code));
		if (!c || n == sizeof latin || code == UTF8_BAD)
			return;
		has_latin |= code < 128 && isalpha((int)code);
		has_imitation |= code >= 128;
		latin[n++] = c;
	}
	struct str name = {latin, n};
	if (!has_latin || !has_imitation || !map_has(&scan->estate->exact, name))
		return;
	struct sighting sighting = {.kind = SIGHTING_LOOKALIKE, .entity = map_find(&scan->estate->exact, name)};
	struct sighting *added = sighting_add(scan, sighting, from, to, NULL);
	added->meant = str_dup(scan->sink->kept, name);
}

/* ---- tokens ---- */

static void read_value(struct sighting_scan *scan, struct str token, size_t from)
{
	bool has_colon = str_find_char(token, ':') != SIZE_MAX;
	size_t scheme = has_colon ? str_find(token, STR("://")) : SIZE_MAX;
	if (scheme != SIZE_MAX) {
		from += scheme + 3;
		token = str_from_off(token, scheme + 3);
	}
	size_t slash = str_find_char(token, '/');
	if (slash != SIZE_MAX && scheme == SIZE_MAX) {
		struct prefix_read prefix = prefix_parse(token);
		if (prefix.error == NET_OK) {
			see_prefix(scan, prefix.prefix, from, from + token.size);
			return;
		}
	}
	bool is_list = slash != SIZE_MAX && scheme == SIZE_MAX && slash + 1 < token.size &&
		       isdigit((unsigned char)token.data[slash + 1]);
	struct str host = str_sub(token, 0, slash);
	host = str_sub(host, 0, str_find_char(host, '?'));
	struct str bare = without_port(host);
	struct address_read address = address_parse(bare);
	if (address.error == NET_OK) {
		if (!is_list)
			see_address(scan, address.address, from, from + bare.size);
		return;
	}
	if (str_find_char(bare, '.') != SIZE_MAX && is_id_like(bare) && (slash == SIZE_MAX || scheme != SIZE_MAX))
		see_host(scan, bare, from);
}

/* `seen`: the classes of its bytes. */
static void read_token(struct sighting_scan *scan, size_t from, size_t to, unsigned seen)
{
	while (to > from && class_of(scan->text.data[to - 1]) & (BYTE_STOP | BYTE_DOT))
		to--;
	struct str token = str_sub(scan->text, from, to - from);
	if (token.size < 3)
		return;
	if (seen & BYTE_WIDE)
		see_foreign(scan, token, from, to);
	else if (seen & BYTE_DOT && (str_find_char(token, '.') != SIZE_MAX || str_find_char(token, ':') != SIZE_MAX))
		read_value(scan, token, from);
	else
		see_word(scan, token, from, to);
}

void sighting_read(struct sighting_scan *scan)
{
	struct str text = scan->text;
	scan->sentence_from = scan->sentence_to = 0;
	scan->sentence_why = NULL;
	scan->next_name = 0;
	scan->range_ends = 0;
	size_t start = 0;
	unsigned seen = 0;
	for (size_t at = 0; at <= text.size;) {
		while (at < text.size && !(class_of(text.data[at]) | ((unsigned char)text.data[at] & 0x80)))
			at++;
		size_t next = at + 1;
		unsigned class = at < text.size ? class_of(text.data[at]) : BYTE_ENDS;
		if (at < text.size && (unsigned char)text.data[at] >= 0x80) {
			next = at;
			uint32_t code = utf8_next(text, &next);
			class = code == UTF8_BAD || !utf8_is_word(code) ? BYTE_ENDS : BYTE_WIDE;
		}
		seen |= class;
		if (class & BYTE_ENDS) {
			if (at > start + 2)
				read_token(scan, start, at, seen);
			start = next;
			seen = 0;
		}
		at = next;
	}
}
