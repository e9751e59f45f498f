/* Dates and the forms they are written in. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void validity(void **state)
{
	static const struct {
		struct date date;
		bool valid;
	} cases[] = {
		{{2026, 3, 1}, true},  {{2024, 2, 29}, true},  {{2023, 2, 29}, false}, {{1900, 2, 29}, false},
		{{2000, 2, 29}, true}, {{2026, 4, 31}, false}, {{2026, 13, 1}, false}, {{2026, 0, 1}, false},
		{{2026, 1, 0}, false}, {{0, 0, 0}, false},     {{10000, 1, 1}, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(date_is_valid(cases[i].date), cases[i].valid);
}

static void order(void **state)
{
	(void)state;
	assert_true(date_cmp((struct date){2025, 12, 31}, (struct date){2026, 1, 1}) < 0);
	assert_true(date_cmp((struct date){2026, 2, 1}, (struct date){2026, 1, 31}) > 0);
	assert_true(date_cmp((struct date){2026, 1, 2}, (struct date){2026, 1, 1}) > 0);
	assert_int_equal(date_cmp((struct date){2026, 1, 2}, (struct date){2026, 1, 2}), 0);
}

static void days_turn_round(void **state)
{
	struct date before = {0};

	(void)state;
	assert_int_equal(date_days((struct date){1970, 1, 1}), 0);
	assert_int_equal(date_days((struct date){2000, 3, 1}), 11017);
	assert_int_equal(date_days((struct date){1969, 12, 31}), -1);
	for (long day = -719162; day <= 2932896; day++) {
		struct date date = date_from_epoch((long long)day * 86400 + 86399);

		if (!date_is_valid(date) || date_days(date) != day || date_cmp(before, date) >= 0)
			fail_msg("day %ld", day);
		before = date;
	}
	assert_int_equal(date_from_epoch(-1).year, 1969);
	assert_int_equal(date_from_epoch(INT64_MAX).year, 0);
	assert_int_equal(date_from_epoch(INT64_MIN).year, 0);
}

static void iso(void **state)
{
	struct arena *arena = arena_new();
	struct date date = date_parse_iso(STR("2026-02-31T10:00"));

	(void)state;
	assert_int_equal(date.year, 2026);
	assert_int_equal(date.month, 2);
	assert_int_equal(date.day, 31);
	assert_int_equal(date_parse_iso(STR("2026-2-31")).year, 0);
	assert_int_equal(date_parse_iso(STR("2026-02-311")).year, 0);
	assert_int_equal(date_parse_iso(STR("12026-02-31")).year, 0);
	assert_int_equal(date_parse_iso(STR("")).year, 0);
	assert_string_equal(date_format(arena, (struct date){826, 3, 1}).data, "0826-03-01");
	arena_free(arena);
}

static void forms(void **state)
{
	static const struct {
		const char *text;
		enum date_form form;
		struct date date;
		const char *rest;
	} cases[] = {
		{"2026-03-01", DATE_ISO, {2026, 3, 1}, ""},
		{"2026-03-01T12:00", DATE_ISO, {2026, 3, 1}, "T12:00"},
		{"2026-02-30 x", DATE_INVALID, {2026, 2, 30}, " x"},
		{"2026-3-1", DATE_OTHER, {2026, 3, 1}, ""},
		{"2026/03/01.", DATE_OTHER, {2026, 3, 1}, "."},
		{"2026-03", DATE_OTHER, {2026, 3, 1}, ""},
		{"2026-03-x", DATE_OTHER, {2026, 3, 1}, "-x"},
		{"2026-13", DATE_INVALID, {2026, 13, 1}, ""},
		{"2026-03-011", DATE_NONE, {0}, ""},
		{"2026-003", DATE_NONE, {0}, ""},
		{"31.12.2026", DATE_OTHER, {2026, 12, 31}, ""},
		{"1.2.2026", DATE_OTHER, {2026, 2, 1}, ""},
		{"31-12-2026", DATE_OTHER, {2026, 12, 31}, ""},
		{"31.13.2026", DATE_INVALID, {2026, 13, 31}, ""},
		{"03/04/2026", DATE_AMBIGUOUS, {2026, 4, 3}, ""},
		{"04/04/2026", DATE_OTHER, {2026, 4, 4}, ""},
		{"13/04/26", DATE_OTHER, {2026, 4, 13}, ""},
		{"04/03/26 x", DATE_AMBIGUOUS, {2026, 3, 4}, " x"},
		{"01.02.26", DATE_OTHER, {2026, 2, 1}, ""},
		{"1.40.26", DATE_NONE, {0}, ""},
		{"1.2.26.4", DATE_NONE, {0}, ""},
		{"2026.03.01", DATE_OTHER, {2026, 3, 1}, ""},
		{"2026 Mar 1: x", DATE_OTHER, {2026, 3, 1}, ": x"},
		{"20260301", DATE_OTHER, {2026, 3, 1}, ""},
		{"20261301", DATE_NONE, {0}, ""},
		{"Feb/23/2026", DATE_OTHER, {2026, 2, 23}, ""},
		{"2026\xe5\xb9\xb4"
		 "3\xe6\x9c\x88"
		 "1\xe6\x97\xa5",
		 DATE_OTHER,
		 {2026, 3, 1},
		 ""},
		{"1. M\xc3\xa4rz 2026", DATE_OTHER, {2026, 3, 1}, ""},
		{"1er mars 2026", DATE_OTHER, {2026, 3, 1}, ""},
		{"3 de marzo de 2026", DATE_OTHER, {2026, 3, 3}, ""},
		{"13/04/2026", DATE_OTHER, {2026, 4, 13}, ""},
		{"04/13/2026", DATE_OTHER, {2026, 4, 13}, ""},
		{"13/13/2026", DATE_INVALID, {2026, 13, 13}, ""},
		{"March 1, 2026 by", DATE_OTHER, {2026, 3, 1}, " by"},
		{"march 1st 2026", DATE_OTHER, {2026, 3, 1}, ""},
		{"Sept. 22nd, 2026", DATE_OTHER, {2026, 9, 22}, ""},
		{"Feb 30, 2026", DATE_INVALID, {2026, 2, 30}, ""},
		{"March 2026", DATE_OTHER, {2026, 3, 1}, ""},
		{"Mar, 2026", DATE_OTHER, {2026, 3, 1}, ""},
		{"1 March 2026", DATE_OTHER, {2026, 3, 1}, ""},
		{"3rd May 2026", DATE_OTHER, {2026, 5, 3}, ""},
		{"1. December 2026", DATE_OTHER, {2026, 12, 1}, ""},
		{"01-Mar-2026", DATE_OTHER, {2026, 3, 1}, ""},
		{"May be 2026", DATE_NONE, {0}, ""},
		{"Marching 1, 2026", DATE_NONE, {0}, ""},
		{"March", DATE_NONE, {0}, ""},
		{"10.0.0.1", DATE_NONE, {0}, ""},
		{"1.2-2026", DATE_NONE, {0}, ""},
		{"2026", DATE_NONE, {0}, ""},
		{"March 1, 20261", DATE_NONE, {0}, ""},
		{"", DATE_NONE, {0}, ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct date_found found = date_find(str_from(cases[i].text));

		if (found.form != cases[i].form || date_cmp(found.date, cases[i].date) != 0 ||
		    !str_is(found.rest, cases[i].rest))
			fail_msg("%s: form %d, %d-%d-%d, rest '" STR_FMT "'", cases[i].text, (int)found.form,
				 found.date.year, found.date.month, found.date.day, STR_ARG(found.rest));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(validity), cmocka_unit_test(order), cmocka_unit_test(days_turn_round),
		cmocka_unit_test(iso),      cmocka_unit_test(forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
