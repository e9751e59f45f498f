/* Counted strings. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define assert_str(actual, wanted)                                       \
	do {                                                             \
		struct str actual_ = (actual);                           \
		assert_int_equal(actual_.size, strlen(wanted));          \
		assert_memory_equal(actual_.data, wanted, actual_.size); \
	} while (0)

static void compare(void **state)
{
	(void)state;
	assert_true(str_eq(STR_NONE, STR("")));
	assert_true(str_eq(STR("ab"), STR("ab")));
	assert_false(str_eq(STR("ab"), STR("aB")));
	assert_false(str_eq(STR("ab"), STR("abc")));
	assert_true(str_eq_nocase(STR("aB[z"), STR("Ab[Z")));
	assert_false(str_eq_nocase(STR("["), STR("{")));
	assert_true(str_is(STR("x"), "x"));
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("b"), STR("ab")) > 0);
	assert_true(str_cmp(STR("\xC3"), STR("a")) > 0);
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
}

static void affixes(void **state)
{
	(void)state;
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_true(str_starts(STR("abc"), STR_NONE));
	assert_false(str_starts(STR("a"), STR("ab")));
	assert_true(str_starts_nocase(STR("ABc"), STR("ab")));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_false(str_ends(STR("c"), STR("bc")));
	assert_true(str_ends_nocase(STR("x.MD"), STR(".md")));
	assert_false(str_ends_nocase(STR("x.MD"), STR(".mx")));
}

static void find(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
	assert_int_equal(str_find(STR("abc"), STR("x")), SIZE_MAX);
	assert_int_equal(str_find(STR("abc"), STR("abcd")), SIZE_MAX);
	assert_int_equal(str_find(STR_NONE, STR("")), 0);
	assert_int_equal(str_find_from(STR("abcabc"), STR("abc"), 1), 3);
	assert_int_equal(str_find_from(STR("abc"), STR("c"), 4), SIZE_MAX);
	assert_int_equal(str_find_nocase(STR("xxSuperSeded"), STR("superseded")), 2);
	assert_int_equal(str_find_nocase(STR("x"), STR("xy")), SIZE_MAX);
	assert_int_equal(str_find_char(STR("a/b/c"), '/'), 1);
	assert_int_equal(str_rfind_char(STR("a/b/c"), '/'), 3);
	assert_int_equal(str_rfind_char(STR_NONE, '/'), SIZE_MAX);
}

static void parts(void **state)
{
	struct str rest = STR("a,,b");
	struct str lines = STR("one\r\ntwo\nlast\r");

	(void)state;
	assert_str(str_sub(STR("abcd"), 1, 2), "bc");
	assert_str(str_sub(STR("abcd"), 3, SIZE_MAX), "d");
	assert_str(str_sub(STR("abcd"), 9, 2), "");
	assert_null(str_sub(STR_NONE, 1, 1).data);
	assert_str(str_trim(STR(" \t\r\na b\n ")), "a b");
	assert_str(str_trim(STR("  ")), "");
	assert_str(str_trim_left(STR(" a ")), "a ");
	assert_str(str_trim_right(STR(" a ")), " a");
	assert_str(str_cut(&rest, ','), "a");
	assert_str(str_cut(&rest, ','), "");
	assert_str(str_cut(&rest, ','), "b");
	assert_null(rest.data);
	assert_str(str_cut_line(&lines), "one");
	assert_str(str_cut_line(&lines), "two");
	assert_str(str_cut_line(&lines), "last\r");
	assert_null(lines.data);
}

static void numbers(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		long long number;
	} cases[] = {
		{"0", true, 0},
		{"007", true, 7},
		{"999999999999999999", true, 999999999999999999},
		{"1000000000000000000", false, 0},
		{"", false, 0},
		{"-1", false, 0},
		{"1 ", false, 0},
		{"1a", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		long long number = -7;

		assert_int_equal(str_to_number(str_from(cases[i].text), &number), cases[i].ok);
		assert_int_equal(number, cases[i].ok ? cases[i].number : -7);
	}
}

static void copies(void **state)
{
	struct arena *arena = arena_new();
	struct str words[] = {STR("a"), STR(""), STR("bc")};
	struct str part = str_sub(STR("abcdef"), 2, 2);

	(void)state;
	assert_string_equal(str_to_c(arena, part), "cd");
	assert_string_equal(str_dup(arena, part).data, "cd");
	assert_string_equal(str_dup(arena, STR_NONE).data, "");
	assert_str(str_lower_ascii(arena, STR("AbZ\xC3\x84")), "abz\xC3\x84");
	assert_str(str_format(arena, "%d-" STR_FMT, 7, STR_ARG(part)), "7-cd");
	assert_str(str_join(arena, words, 3, STR(", ")), "a, , bc");
	assert_str(str_join(arena, words, 0, STR(", ")), "");
	assert_str(str_replace(arena, STR("aXbXX"), STR("X"), STR("--")), "a--b----");
	assert_str(str_replace(arena, STR("aaa"), STR("aa"), STR("")), "a");
	assert_str(str_replace(arena, STR("abc"), STR(""), STR("x")), "abc");
	arena_free(arena);
}

static void percent_escapes(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"a%20b", "a b"}, {"%C3%A4", "\xC3\xA4"}, {"50%", "50%"}, {"%zz%4", "%zz%4"}, {"a%00b", "a%00b"},
		{"", ""},         {"%2f%2F", "//"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_true(str_is(str_percent_decoded(arena, str_from(cases[i].text)), cases[i].wanted));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percent_escapes), cmocka_unit_test(compare),
		cmocka_unit_test(affixes),         cmocka_unit_test(find),
		cmocka_unit_test(parts),           cmocka_unit_test(numbers),
		cmocka_unit_test(copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
