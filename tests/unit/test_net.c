/* Addresses and prefixes: reading, writing, sets. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static struct address address(const char *text)
{
	struct address_read read = address_parse(str_from(text));

	if (read.error != NET_OK)
		fail_msg("%s", text);
	return read.address;
}

static struct prefix prefix(const char *text)
{
	struct prefix_read read = prefix_parse(str_from(text));

	if (read.error != NET_OK)
		fail_msg("%s", text);
	return read.prefix;
}

static void good_addresses(void **state)
{
	static const struct {
		const char *text, *canonical;
	} cases[] = {
		{"0.0.0.0", "0.0.0.0"},
		{"10.0.0.1", "10.0.0.1"},
		{"255.255.255.255", "255.255.255.255"},
		{"::", "::"},
		{"::1", "::1"},
		{"1::", "1::"},
		{"2001:DB8::0001", "2001:db8::1"},
		{"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
		{"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
		{"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
		{"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
		{"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
		{"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
		{"1:0:0:0:0:0:0:0", "1::"},
		{"::ffff:10.0.0.1", "::ffff:10.0.0.1"},
		{"::ffff:a00:1", "::ffff:10.0.0.1"},
		{"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
		{"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
		{"fe80::00ab", "fe80::ab"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(address_format(arena, address(cases[i].text)).data, cases[i].canonical);
}

static void bad_addresses(void **state)
{
	static const struct {
		const char *text;
		enum net_error error;
	} cases[] = {
		{"", NET_NOT_ADDRESS},
		{"10", NET_NOT_ADDRESS},
		{"a.b.c.d", NET_NOT_ADDRESS},
		{"10.0.0.", NET_NOT_ADDRESS},
		{"10..0.1", NET_NOT_ADDRESS},
		{" 10.0.0.1", NET_NOT_ADDRESS},
		{"10.0.0.1 ", NET_NOT_ADDRESS},
		{"10.0.0.-1", NET_NOT_ADDRESS},
		{"10.0.0.1%eth0", NET_NOT_ADDRESS},
		{"10.0.0.0x1", NET_NOT_ADDRESS},
		{"10.0.0", NET_PART_COUNT},
		{"10.0.0.1.2", NET_PART_COUNT},
		{"10.0.0.256", NET_PART_RANGE},
		{"10.0.0.4294967297", NET_PART_RANGE},
		{"10.0.0.99999999999999999999999", NET_PART_RANGE},
		{"10.0.0.010", NET_LEADING_ZERO},
		{"10.00.0.1", NET_LEADING_ZERO},
		{":", NET_NOT_ADDRESS},
		{":::", NET_NOT_ADDRESS},
		{"1::2::3", NET_NOT_ADDRESS},
		{":1::2", NET_NOT_ADDRESS},
		{"1::2:", NET_NOT_ADDRESS},
		{"12345::", NET_NOT_ADDRESS},
		{"g::", NET_NOT_ADDRESS},
		{"fe80::1%eth0", NET_NOT_ADDRESS},
		{"1:2:3", NET_PART_COUNT},
		{"1:2:3:4:5:6:7:8:9", NET_PART_COUNT},
		{"1:2:3:4:5:6:7:8::", NET_PART_COUNT},
		{"1:2:3:4::5:6:7:8", NET_PART_COUNT},
		{"1:2:3:4:5:6:7:1.2.3.4", NET_PART_COUNT},
		{"1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:16:17:18", NET_PART_COUNT},
		{"::1.2.3.256", NET_PART_RANGE},
		{"::1.2.3", NET_PART_COUNT},
		{"::01.2.3.4", NET_LEADING_ZERO},
		{"1.2.3.4::", NET_NOT_ADDRESS},
		{"::1.2.3.4:5", NET_NOT_ADDRESS},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct address_read read = address_parse(str_from(cases[i].text));

		if (read.error != cases[i].error)
			fail_msg("%s: %s", cases[i].text, net_error_text(read.error));
		assert_int_equal(read.address.family, 0);
	}
}

static void prefixes(void **state)
{
	static const struct {
		const char *text;
		enum net_error error;
	} cases[] = {
		{"10.0.0.0/0", NET_OK},
		{"10.0.0.0/32", NET_OK},
		{"::/128", NET_OK},
		{"10.0.0.0", NET_BITS_MISSING},
		{"10.0.0.0/", NET_BITS_MISSING},
		{"10.0.0.0/33", NET_BITS_RANGE},
		{"10.0.0.0/4294967320", NET_BITS_RANGE},
		{"::/129", NET_BITS_RANGE},
		{"10.0.0.0/08", NET_LEADING_ZERO},
		{"10.0.0.0/2a", NET_NOT_ADDRESS},
		{"10.0.0.0/-1", NET_NOT_ADDRESS},
		{"10.0.0.0/24/1", NET_NOT_ADDRESS},
		{"10.0.0.0/255.255.255.0", NET_NOT_ADDRESS},
		{"10.0.0.300/24", NET_PART_RANGE},
		{"/24", NET_NOT_ADDRESS},
		{"abc", NET_NOT_ADDRESS},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct prefix_read read = prefix_parse(str_from(cases[i].text));

		if (read.error != cases[i].error)
			fail_msg("%s: %s", cases[i].text, net_error_text(read.error));
	}
	assert_string_equal(prefix_format(arena, prefix("10.1.2.3/8")).data, "10.1.2.3/8");
	assert_string_equal(prefix_format(arena, prefix_network(prefix("10.1.2.3/12"))).data, "10.0.0.0/12");
	assert_string_equal(prefix_format(arena, prefix_network(prefix("2001:DB8::1/61"))).data, "2001:db8::/61");
	assert_true(prefix_has_host_bits(prefix("10.0.0.1/24")));
	assert_false(prefix_has_host_bits(prefix("10.0.0.0/24")));
	assert_false(prefix_has_host_bits(prefix("10.0.0.1/32")));
}

static void order_and_steps(void **state)
{
	(void)state;
	assert_true(address_cmp(address("10.0.0.2"), address("10.0.0.10")) < 0);
	assert_true(address_cmp(address("255.0.0.0"), address("::")) < 0);
	assert_true(address_eq(address("::1"), address("0::1")));
	assert_true(address_eq(address_next(address("10.0.0.255")), address("10.0.1.0")));
	assert_true(address_eq(address_next(address("::ffff:ffff")), address("::1:0:0")));
	assert_int_equal(address_next(address("255.255.255.255")).family, 0);
	assert_true(address_distance(address("10.0.0.1"), address("10.0.0.1")) == 1);
	assert_true(address_distance(address("10.0.0.250"), address("10.0.1.5")) == 12);
	assert_true(address_distance(address("0.0.0.0"), address("255.255.255.255")) == (uint64_t)1 << 32);
	assert_true(address_distance(address("10.0.0.2"), address("10.0.0.1")) == 0);
	assert_true(address_distance(address("10.0.0.2"), address("::1")) == 0);
	assert_true(address_distance(address("::ffff:ffff:ffff:ffff"), address("::1:0:0:0:1")) == 3);
	assert_true(address_distance(address("::"), address("::ffff:ffff:ffff:ffff")) == UINT64_MAX);
	assert_true(address_distance(address("::"), address("ffff::")) == UINT64_MAX);
}

static void kinds(void **state)
{
	static const struct {
		const char *text;
		bool documentation, loopback;
	} cases[] = {
		{"192.0.2.7", true, false},
		{"192.0.3.7", false, false},
		{"198.51.100.255", true, false},
		{"203.0.113.0", true, false},
		{"2001:db8:ffff::", true, false},
		{"2001:db9::", false, false},
		{"3fff:fff::1", true, false},
		{"3fff:1000::", false, false},
		{"127.255.0.1", false, true},
		{"128.0.0.1", false, false},
		{"::1", false, true},
		{"::2", false, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(address_is_documentation(address(cases[i].text)), cases[i].documentation);
		assert_int_equal(address_is_loopback(address(cases[i].text)), cases[i].loopback);
	}
}

static void reserved(void **state)
{
	static const struct {
		const char *address, *prefix;
		bool wanted;
	} cases[] = {
		{"10.0.0.0", "10.0.0.0/24", true},
		{"10.0.0.255", "10.0.0.9/24", true},
		{"10.0.0.1", "10.0.0.0/24", false},
		{"10.0.1.0", "10.0.0.0/24", false},
		{"10.0.0.0", "10.0.0.0/31", false},
		{"10.0.0.1", "10.0.0.1/32", false},
		{"10.0.0.3", "10.0.0.0/30", true},
		{"2001:db8::", "2001:db8::/64", true},
		{"2001:db8::ffff:ffff:ffff:ffff", "2001:db8::/64", false},
		{"::", "::/127", false},
		{"::", "0.0.0.0/8", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct address host = address(cases[i].address);

		assert_int_equal(address_is_reserved(host, prefix(cases[i].prefix)), cases[i].wanted);
	}
}

static void sets(void **state)
{
	static const struct {
		const char *a, *b;
		bool overlaps, equal;
	} cases[] = {
		{"10.0.0.0/8", "10.1.0.0/16", true, false},
		{"10.0.0.0/9", "10.128.0.0/9", false, false},
		{"10.0.0.1/24", "10.0.0.2/24", true, true},
		{"10.0.0.0/24", "10.0.0.0/25", true, false},
		{"0.0.0.0/0", "203.0.113.1/32", true, false},
		{"0.0.0.0/0", "::/0", false, false},
		{"2001:db8::/33", "2001:db8:8000::/33", false, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct prefix a = prefix(cases[i].a);
		struct prefix b = prefix(cases[i].b);

		assert_int_equal(prefix_overlaps(a, b), cases[i].overlaps);
		assert_int_equal(prefix_overlaps(b, a), cases[i].overlaps);
		assert_int_equal(prefix_eq(a, b), cases[i].equal);
	}
	assert_true(prefix_contains(prefix("10.0.0.0/23"), address("10.0.1.255")));
	assert_false(prefix_contains(prefix("10.0.0.0/23"), address("10.0.2.0")));
	assert_false(prefix_contains(prefix("0.0.0.0/0"), address("::")));
	assert_false(prefix_contains((struct prefix){0}, (struct address){0}));
	assert_true(address_eq(prefix_last(prefix("10.0.0.0/30")), address("10.0.0.3")));
	assert_true(address_eq(prefix_last(prefix("2001:db8::/113")), address("2001:db8::7fff")));
	assert_true(prefix_size(prefix("10.0.0.0/24")) == 256);
	assert_true(prefix_size(prefix("10.0.0.0/32")) == 1);
	assert_true(prefix_size(prefix("0.0.0.0/0")) == (uint64_t)1 << 32);
	assert_true(prefix_size(prefix("::/65")) == (uint64_t)1 << 63);
	assert_true(prefix_size(prefix("::/64")) == UINT64_MAX);
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_addresses), cmocka_unit_test(bad_addresses),
		cmocka_unit_test(prefixes),       cmocka_unit_test(order_and_steps),
		cmocka_unit_test(kinds),          cmocka_unit_test(reserved),
		cmocka_unit_test(sets),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
