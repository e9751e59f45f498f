/* Addresses are numbers in network byte order; IPv4 uses the first four bytes. */
#include "base/net.h"

#include "base/banned.h"

#include "base/buf.h"

static size_t bytes_of(struct address address)
{
	return address.family == 4 ? 4 : address.family == 6 ? 16 : 0;
}

/* ---- reading ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A decimal part up to `max`; PART_RANGE stands for every number above. */
static enum net_error part_parse(struct str part, unsigned max, unsigned *value)
{
	unsigned number = 0;

	if (part.size > 1 && part.data[0] == '0')
		return NET_LEADING_ZERO;
	for (size_t i = 0; i < part.size; i++) {
		number = number * 10 + (unsigned)(part.data[i] - '0');
		if (number > max)
			return NET_PART_RANGE;
	}
	*value = number;
	return NET_OK;
}

/* Digits in parts with single dots between, and how many parts; 0: not of that form. */
static size_t quad_parts(struct str s)
{
	size_t n = 1;
	size_t digits = 0;

	for (size_t i = 0; i < s.size; i++) {
		if (is_digit(s.data[i])) {
			digits++;
		} else if (s.data[i] == '.' && digits > 0) {
			digits = 0;
			n++;
		} else {
			return 0;
		}
	}
	return digits > 0 ? n : 0;
}

/* Writes four bytes. */
static enum net_error quad_parse(struct str s, uint8_t *bytes)
{
	size_t n = quad_parts(s);

	if (n < 2)
		return NET_NOT_ADDRESS;
	if (n != 4)
		return NET_PART_COUNT;
	for (size_t i = 0; i < 4; i++) {
		unsigned value = 0;
		enum net_error error = part_parse(str_cut(&s, '.'), 255, &value);

		if (error != NET_OK)
			return error;
		bytes[i] = (uint8_t)value;
	}
	return NET_OK;
}

/* One to four hexadecimal digits. */
static bool group_parse(struct str group, uint8_t *bytes)
{
	unsigned value = 0;

	if (group.size < 1 || group.size > 4)
		return false;
	for (size_t i = 0; i < group.size; i++) {
		int digit = hex_value(group.data[i]);

		if (digit < 0)
			return false;
		value = value << 4 | (unsigned)digit;
	}
	bytes[0] = (uint8_t)(value >> 8);
	bytes[1] = (uint8_t)value;
	return true;
}

/* Groups on one side of "::", or all of them; a dotted quad may be the last. Up to 16 bytes, *size counts them. */
static enum net_error groups_parse(struct str s, bool quad_allowed, uint8_t bytes[16], size_t *size)
{
	*size = 0;
	if (s.size == 0)
		return NET_OK;
	while (s.data) {
		struct str group = str_cut(&s, ':');
		bool is_quad = quad_allowed && !s.data && str_find_char(group, '.') != SIZE_MAX;
		uint8_t value[4];

		if (is_quad) {
			enum net_error error = quad_parse(group, value);

			if (error != NET_OK)
				return error;
		} else if (!group_parse(group, value)) {
			return NET_NOT_ADDRESS;
		}
		if (*size + (is_quad ? 4 : 2) > 16)
			return NET_PART_COUNT;
		memcpy(bytes + *size, value, is_quad ? 4 : 2);
		*size += is_quad ? 4 : 2;
	}
	return NET_OK;
}

/* RFC 4291, section 2.2. */
static enum net_error groups_with_gap_parse(struct str s, uint8_t out[16])
{
	size_t gap = str_find(s, STR("::"));
	struct str left = str_sub(s, 0, gap);
	struct str right = gap == SIZE_MAX ? STR_NONE : str_from_off(s, gap + 2);
	uint8_t tail[16] = {0};
	size_t left_size;
	size_t right_size;
	enum net_error error = groups_parse(left, gap == SIZE_MAX, out, &left_size);

	if (error != NET_OK)
		return error;
	error = groups_parse(right, true, tail, &right_size);
	if (error != NET_OK)
		return error;
	/* "::" stands for one group at least. */
	if (gap == SIZE_MAX ? left_size != 16 : left_size + right_size > 14)
		return NET_PART_COUNT;
	memcpy(out + 16 - right_size, tail, right_size);
	return NET_OK;
}

struct address_read address_parse(struct str s)
{
	struct address_read read = {0};

	if (str_find_char(s, ':') == SIZE_MAX) {
		read.address.family = 4;
		read.error = quad_parse(s, read.address.bytes);
	} else {
		read.address.family = 6;
		read.error = groups_with_gap_parse(s, read.address.bytes);
	}
	if (read.error != NET_OK)
		read.address = (struct address){0};
	return read;
}

struct prefix_read prefix_parse(struct str s)
{
	size_t slash = str_find_char(s, '/');
	struct str bits = slash == SIZE_MAX ? STR_NONE : str_from_off(s, slash + 1);
	struct address_read address = address_parse(str_sub(s, 0, slash));
	unsigned max = address.address.family == 6 ? 128 : 32;
	unsigned value = 0;
	enum net_error error;

	if (address.error != NET_OK)
		return (struct prefix_read){.error = address.error};
	if (bits.size == 0)
		return (struct prefix_read){.error = NET_BITS_MISSING};
	if (quad_parts(bits) != 1)
		return (struct prefix_read){.error = NET_NOT_ADDRESS};
	error = part_parse(bits, max, &value);
	if (error != NET_OK)
		return (struct prefix_read){.error = error == NET_PART_RANGE ? NET_BITS_RANGE : error};
	return (struct prefix_read){.prefix = {address.address, (uint8_t)value}};
}

const char *net_error_text(enum net_error error)
{
	switch (error) {
	case NET_OK: return "nothing is wrong";
	case NET_NOT_ADDRESS: return "it does not have the form of an address";
	case NET_PART_RANGE: return "a part is over 255";
	case NET_PART_COUNT: return "it has too few or too many parts";
	case NET_LEADING_ZERO: return "a part has a leading zero";
	case NET_BITS_MISSING: return "the prefix length is missing";
	case NET_BITS_RANGE: return "the prefix length is too large";
	}
	return "it cannot be read";
}

/* ---- writing ---- */

struct run {
	size_t from;
	size_t n;
};

/* RFC 5952, section 4.2: the longest run of zero groups, the first of equal ones, never a single group. */
static struct run longest_zeros(const uint8_t *bytes)
{
	struct run best = {8, 0};

	for (size_t i = 0; i < 8;) {
		struct run run = {i, 0};

		while (i < 8 && bytes[2 * i] == 0 && bytes[2 * i + 1] == 0) {
			run.n++;
			i++;
		}
		if (run.n > 1 && run.n > best.n)
			best = run;
		i += run.n == 0;
	}
	return best;
}

static bool is_mapped(const uint8_t *bytes)
{
	static const uint8_t head[12] = {[10] = 0xFF, [11] = 0xFF};

	return memcmp(bytes, head, sizeof(head)) == 0;
}

static void add_quad(struct buf *out, const uint8_t *bytes)
{
	buf_addf(out, "%u.%u.%u.%u", bytes[0], bytes[1], bytes[2], bytes[3]);
}

static void add_groups(struct buf *out, const uint8_t *bytes)
{
	struct run zeros = longest_zeros(bytes);

	for (size_t i = 0; i < 8; i++) {
		if (i == zeros.from) {
			buf_adds(out, "::");
			i += zeros.n - 1;
			continue;
		}
		if (i > 0 && i != zeros.from + zeros.n)
			buf_addc(out, ':');
		buf_addf(out, "%x", (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1]);
	}
}

static void add_address(struct buf *out, struct address address)
{
	if (address.family == 4) {
		add_quad(out, address.bytes);
	} else if (address.family == 6 && is_mapped(address.bytes)) {
		buf_adds(out, "::ffff:");
		add_quad(out, address.bytes + 12);
	} else if (address.family == 6) {
		add_groups(out, address.bytes);
	}
}

struct str address_format(struct arena *arena, struct address address)
{
	struct buf out = {0};
	struct str text;

	add_address(&out, address);
	text = buf_dup(arena, &out);
	buf_free(&out);
	return text;
}

struct str prefix_format(struct arena *arena, struct prefix prefix)
{
	struct str base = address_format(arena, prefix.base);

	return str_format(arena, STR_FMT "/%u", STR_ARG(base), prefix.bits);
}

/* ---- addresses ---- */

bool address_eq(struct address a, struct address b)
{
	return address_cmp(a, b) == 0;
}

int address_cmp(struct address a, struct address b)
{
	if (a.family != b.family)
		return a.family < b.family ? -1 : 1;
	return memcmp(a.bytes, b.bytes, bytes_of(a));
}

struct address address_next(struct address address)
{
	for (size_t i = bytes_of(address); i-- > 0;) {
		if (++address.bytes[i] != 0)
			return address;
	}
	return (struct address){0};
}

/* Sixteen bytes as two numbers; IPv4 in the lower one. */
struct wide {
	uint64_t high;
	uint64_t low;
};

static struct wide wide_of(struct address address)
{
	struct wide wide = {0};
	size_t n = bytes_of(address);

	for (size_t i = 0; i < n; i++) {
		wide.high = wide.high << 8 | wide.low >> 56;
		wide.low = wide.low << 8 | address.bytes[i];
	}
	return wide;
}

uint64_t address_distance(struct address a, struct address b)
{
	struct wide from = wide_of(a);
	struct wide to = wide_of(b);
	uint64_t low = to.low - from.low;
	uint64_t high = to.high - from.high - (to.low < from.low);

	if (a.family != b.family || address_cmp(a, b) > 0 || a.family == 0)
		return 0;
	return high > 0 || low == UINT64_MAX ? UINT64_MAX : low + 1;
}

bool address_is_documentation(struct address address)
{
	/* RFC 5737, RFC 3849, RFC 9637. */
	static const struct prefix prefixes[] = {
		{{4, {192, 0, 2}}, 24},   {{4, {198, 51, 100}}, 24},
		{{4, {203, 0, 113}}, 24}, {{6, {0x20, 0x01, 0x0D, 0xB8}}, 32},
		{{6, {0x3F, 0xFF}}, 20},
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (prefix_contains(prefixes[i], address))
			return true;
	}
	return false;
}

bool address_is_loopback(struct address address)
{
	static const struct prefix four = {{4, {127}}, 8};
	static const struct prefix six = {{6, {[15] = 1}}, 128};

	return prefix_contains(four, address) || prefix_contains(six, address);
}

bool address_is_reserved(struct address address, struct prefix prefix)
{
	if (address.family == 4 && prefix.bits < 31)
		return address_eq(address, prefix_first(prefix)) || address_eq(address, prefix_last(prefix));
	return address.family == 6 && prefix.bits < 127 && address_eq(address, prefix_first(prefix));
}

/* ---- prefixes ---- */

/* The bits of byte i that belong to the host. */
static uint8_t host_mask(struct prefix prefix, size_t i)
{
	size_t first = i * 8;

	if (prefix.bits >= first + 8)
		return 0;
	return prefix.bits <= first ? 0xFF : (uint8_t)(0xFF >> (prefix.bits - first));
}

struct prefix prefix_network(struct prefix prefix)
{
	prefix.base = prefix_first(prefix);
	return prefix;
}

bool prefix_has_host_bits(struct prefix prefix)
{
	return !address_eq(prefix.base, prefix_first(prefix));
}

bool prefix_contains(struct prefix prefix, struct address address)
{
	if (prefix.base.family != address.family || address.family == 0)
		return false;
	for (size_t i = 0; i < bytes_of(address); i++) {
		if (((prefix.base.bytes[i] ^ address.bytes[i]) & (uint8_t)~host_mask(prefix, i)) != 0)
			return false;
	}
	return true;
}

bool prefix_overlaps(struct prefix a, struct prefix b)
{
	return a.bits <= b.bits ? prefix_contains(a, b.base) : prefix_contains(b, a.base);
}

bool prefix_eq(struct prefix a, struct prefix b)
{
	return a.bits == b.bits && address_eq(prefix_first(a), prefix_first(b));
}

struct address prefix_first(struct prefix prefix)
{
	for (size_t i = 0; i < bytes_of(prefix.base); i++)
		prefix.base.bytes[i] &= (uint8_t)~host_mask(prefix, i);
	return prefix.base;
}

struct address prefix_last(struct prefix prefix)
{
	for (size_t i = 0; i < bytes_of(prefix.base); i++)
		prefix.base.bytes[i] |= host_mask(prefix, i);
	return prefix.base;
}

uint64_t prefix_size(struct prefix prefix)
{
	unsigned all = prefix.base.family == 4 ? 32 : 128;

	if (prefix.base.family == 0)
		return 0;
	return all - prefix.bits >= 64 ? UINT64_MAX : (uint64_t)1 << (all - prefix.bits);
}
