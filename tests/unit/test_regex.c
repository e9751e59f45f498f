/* Regular expressions: groups, errors, and hostile patterns that end. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static struct regex *compile(const char *pattern)
{
	struct str error = STR_NONE;
	struct regex *regex = regex_compile(arena, str_from(pattern), &error);

	if (!regex)
		fail_msg("%s: " STR_FMT, pattern, STR_ARG(error));
	return regex;
}

static void groups(void **state)
{
	struct regex *regex = compile("(\\d+)(x)?-(\\w)");
	struct str subject = STR("a 12-b 3x-c");
	struct regex_match match = regex_find(regex, subject, 0);

	(void)state;
	assert_int_equal(match.n, 4);
	assert_true(str_is(match.group[0], "12-b"));
	assert_ptr_equal(match.group[0].data, subject.data + 2);
	assert_true(str_is(match.group[1], "12"));
	assert_null(match.group[2].data);
	assert_true(str_is(match.group[3], "b"));
	match = regex_find(regex, subject, 6);
	assert_true(str_is(match.group[0], "3x-c"));
	assert_true(str_is(match.group[2], "x"));
	assert_int_equal(regex_find(regex, subject, 11).n, 0);
	assert_int_equal(regex_find(regex, subject, 12).n, 0);
	match = regex_find(compile("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)"), STR("abcdefghijk"), 0);
	assert_int_equal(match.n, 10);
	assert_true(str_is(match.group[9], "i"));
	match = regex_find(compile("^$"), STR_NONE, 0);
	assert_int_equal(match.n, 1);
	assert_non_null(match.group[0].data);
}

static void utf8(void **state)
{
	struct regex_match match = regex_find(compile("b.c"),
					      STR("\xFF b\xC3\xA4"
						  "c"),
					      0);

	(void)state;
	assert_int_equal(match.group[0].size, 4);
	assert_int_equal(regex_find(compile("b.c"),
				    STR("b\xFF"
					"c"),
				    0)
				 .n,
			 0);
	/* Without UCP, \w stays with ASCII. */
	assert_int_equal(regex_find(compile("\\w"), STR("\xC3\xA4"), 0).n, 0);
}

static void bad_patterns(void **state)
{
	static const char *const patterns[] = {"(",
					       "[a",
					       "a\\Cb",
					       "(?<n>a)(?<n>b)",
					       "*",
					       "(*NO_JIT)a",
					       "(*UTF)(*NO_JIT)a",
					       "\xFF",
					       "(?:a{60000}){60000}"};

	(void)state;
	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct str error = STR_NONE;

		assert_null(regex_compile(arena, str_from(patterns[i]), &error));
		assert_true(error.size > 0);
	}
}

static void hostile_patterns_end(void **state)
{
	static const char *const patterns[] = {
		"^(a+)+$",
		"(a|aa)+$",
		"\\s+$",
		"a*?a*?[bc]",
		"(a?){16}[bc]",
		"[a-z]*[a-z]*[0-9]",
		"(?=.*[bc]).*[de]",
		"([a-z]+)*[0-9]",
		"(a(?1)?)[bc]",
		"(?:(?:a?){5}){5}[bc]",
		"a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?[bc]",
	};
	size_t size = 200000;
	char *bytes = arena_alloc(arena, size);

	(void)state;
	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct regex *regex = compile(patterns[i]);
		double start = world_seconds();
		double took;

		memset(bytes, 'a', size);
		bytes[size - 1] = '!';
		bytes[1000] = '!';
		regex_find(regex, (struct str){bytes, size}, 0);
		memset(bytes, ' ', size);
		bytes[60000] = 'x';
		regex_find(regex, (struct str){bytes, size}, 0);
		took = world_seconds() - start;
		if (took > 5)
			fail_msg("%s took %.1f s", patterns[i], took);
	}
}

static void long_subjects_are_cut(void **state)
{
	size_t size = 100000;
	char *bytes = arena_alloc(arena, size);

	(void)state;
	memset(bytes, '.', size);
	bytes[60000] = 'x';
	bytes[90000] = 'y';
	assert_int_equal(regex_find(compile("x"), (struct str){bytes, size}, 0).n, 1);
	assert_int_equal(regex_find(compile("y"), (struct str){bytes, size}, 0).n, 0);
	assert_int_equal(regex_find(compile("y"), (struct str){bytes, size}, 80000).n, 0);
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
		cmocka_unit_test(groups),
		cmocka_unit_test(utf8),
		cmocka_unit_test(bad_patterns),
		cmocka_unit_test(hostile_patterns_end),
		cmocka_unit_test(long_subjects_are_cut),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
