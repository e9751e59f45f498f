/* "Did you mean". */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void distances(void **state)
{
	static const struct {
		const char *a, *b;
		size_t limit, wanted;
	} cases[] = {
		{"", "", 3, 0},
		{"abc", "ABC", 3, 0},
		{"abc", "abd", 3, 1},
		{"abc", "acb", 3, 1},
		{"abc", "ab", 3, 1},
		{"ca", "abc", 9, 3}, /* optimal string alignment, not the unrestricted distance 2 */
		{"kitten", "sitting", 9, 3},
		{"kitten", "sitting", 2, 3},
		{"abcdef", "", 9, 6},
		{"abcdef", "", 2, 3},
		{"\xC3\xA4", "a", 3, 1},
		{"gr\xC3\xBCn", "gr\xC3\xB6n", 3, 1},
		{"xxxxbadc", "xxxxabcd", 2, 2},
		{"badc", "abcd", 1, 2},
		{"abab", "baba", 9, 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str a = str_from(cases[i].a);
		struct str b = str_from(cases[i].b);

		assert_int_equal(nearest_distance(a, b, cases[i].limit), cases[i].wanted);
		assert_int_equal(nearest_distance(b, a, cases[i].limit), cases[i].wanted);
	}
	assert_int_equal(nearest_distance(STR("ab"), STR("xy"), SIZE_MAX), 2);
}

static void finding(void **state)
{
	static const struct str candidates[] = {{"nodes", 5}, {"node", 4}, {"gateway", 7},
						{"cidr", 4},  {"dns", 3},  {"mac", 3}};
	static const struct {
		const char *word, *wanted;
	} cases[] = {
		{"nods", "nodes"}, /* as near as "node", and before it */
		{"node", "node"},  {"NODE", "node"}, {"gatewya", "gateway"}, {"getaway", "gateway"}, {"cdir", "cidr"},
		{"dn", "dns"},     {"max", "mac"},   {"xyz", NULL},          {"network", NULL},      {"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str found = nearest_find(str_from(cases[i].word), candidates, COUNT(candidates));

		if (cases[i].wanted ? !str_is(found, cases[i].wanted) : found.data != NULL)
			fail_msg("%s: " STR_FMT, cases[i].word, STR_ARG(found));
	}
	assert_null(nearest_find(STR("x"), NULL, 0).data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distances),
		cmocka_unit_test(finding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
