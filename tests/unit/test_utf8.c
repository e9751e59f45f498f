/* UTF-8, properties, slugs, printable text. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static void decoding(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t code_point;
		size_t size;
	} cases[] = {
		{"a", 'a', 1},
		{"\xC3\xA4", 0xE4, 2},
		{"\xE2\x82\xAC", 0x20AC, 3},
		{"\xF0\x9F\x98\x80", 0x1F600, 4},
		{"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
		{"\xEF\xBF\xBF", 0xFFFF, 3},
		{"\xC0\x80", UTF8_BAD, 1}, /* too long a form */
		{"\xC1\xBF", UTF8_BAD, 1},
		{"\xE0\x9F\xBF", UTF8_BAD, 1},
		{"\xF0\x8F\xBF\xBF", UTF8_BAD, 1},
		{"\xED\xA0\x80", UTF8_BAD, 1},     /* surrogate */
		{"\xF4\x90\x80\x80", UTF8_BAD, 1}, /* above U+10FFFF */
		{"\xF5\x80\x80\x80", UTF8_BAD, 1},
		{"\x80", UTF8_BAD, 1},
		{"\xE2\x82", UTF8_BAD, 1}, /* cut short */
		{"\xE2\x28\xA1", UTF8_BAD, 1},
		{"\xFF", UTF8_BAD, 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str s = str_from(cases[i].bytes);
		size_t off = 0;

		assert_int_equal(utf8_next(s, &off), cases[i].code_point);
		assert_int_equal(off, cases[i].size);
		assert_int_equal(utf8_invalid_at(s), cases[i].code_point == UTF8_BAD ? 0 : SIZE_MAX);
	}
	assert_int_equal(utf8_invalid_at(STR("ab\xC3\xA4\xFFx")), 4);
}

static void encoding_turns_decoding_round(void **state)
{
	(void)state;
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		char bytes[4];
		size_t off = 0;
		struct str s;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		s = (struct str){bytes, utf8_encode(c, bytes)};
		if (utf8_next(s, &off) != c || off != s.size)
			fail_msg("U+%04X", (unsigned)c);
	}
}

static void counting(void **state)
{
	(void)state;
	assert_int_equal(utf8_count(STR("a\xC3\xA4\xFF")), 3);
	assert_int_equal(utf8_width(STR("abc")), 3);
	assert_int_equal(utf8_width(STR("e\xCC\x81")), 1);
	assert_int_equal(utf8_width(STR("\xE6\xBC\xA2\xE5\xAD\x97")), 4);
	assert_int_equal(utf8_width(STR("")), 0);
}

static void properties(void **state)
{
	(void)state;
	assert_true(utf8_is_word('_') && utf8_is_word('7') && utf8_is_word(0xE4) && utf8_is_word(0x2167));
	assert_true(utf8_is_word(0x24D0) && utf8_is_word(0x1F170) && utf8_is_word(0xFE0F) && utf8_is_word(0x0660));
	assert_false(utf8_is_word('-') || utf8_is_word(' ') || utf8_is_word(0xBD) || utf8_is_word(0x1F600));
	assert_false(utf8_is_word(0x2014) || utf8_is_word(0x200D) || utf8_is_word(0x110000));
	assert_true(utf8_is_letter('a') && utf8_is_letter(0x416) && utf8_is_letter(0x6F22));
	assert_false(utf8_is_letter('1') || utf8_is_letter(0x301));
	assert_true(utf8_is_upper('A') && utf8_is_upper(0x416));
	assert_false(utf8_is_upper('a') || utf8_is_upper(0x6F22));
	assert_true(utf8_is_space('\n') && utf8_is_space(0xA0) && utf8_is_space(0x3000));
	assert_false(utf8_is_space('x') || utf8_is_space(0x200B));
	assert_true(utf8_is_punctuation('$') && utf8_is_punctuation('_') && utf8_is_punctuation(0x2014));
	assert_false(utf8_is_punctuation('a') || utf8_is_punctuation(' ') || utf8_is_punctuation(0x20AC));
}

/* By the rule that github-slugger 2.0.0 follows; a capital sigma is never final, as in Ruby. */
static void slugs(void **state)
{
	static const struct {
		const char *text, *slug;
	} cases[] = {
		{"Hello World", "hello-world"},
		{"a - b", "a---b"},
		{"a  b", "a--b"},
		{" a ", "-a-"},
		{"What's new?", "whats-new"},
		{"foo_bar-baz", "foo_bar-baz"},
		{"C++ & C#", "c--c"},
		{"v1.2.3 (draft)", "v123-draft"},
		{"10.0.0.0/24", "1000024"},
		{"\xC3\x84"
		 "pfel",
		 "\xC3\xA4"
		 "pfel"},
		{"\xC4\xB0stanbul", "i\xCC\x87stanbul"},
		{"\xD0\x9F\xD0\xA0", "\xD0\xBF\xD1\x80"},
		{"\xCE\xA3\xCE\x91\xCE\xA3", "\xCF\x83\xCE\xB1\xCF\x83"},
		{"\xE6\xBC\xA2 \xE5\xAD\x97", "\xE6\xBC\xA2-\xE5\xAD\x97"},
		{"\xF0\x9F\x9A\x80 Overview", "-overview"},
		{"\xE2\x9A\xA0\xEF\xB8\x8F Risk", "\xEF\xB8\x8F-risk"},
		{"a \xE2\x80\x94 b", "a--b"},
		{"a\xE2\x80\x93"
		 "b",
		 "ab"},
		{"a\tb\nc", "abc"},
		{"a\xC2\xA0"
		 "b",
		 "ab"},
		{"\xE2\x92\xB6\xE2\x85\xA7", "\xE2\x93\x90\xE2\x85\xB7"},
		{"\xC2\xBD x\xC2\xB2", "-x"},
		{"a\xE2\x80\xBF"
		 "b",
		 "a\xE2\x80\xBF"
		 "b"},
		{"a\xFF"
		 "b",
		 "ab"},
		{"!!!", ""},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(utf8_slug(arena, str_from(cases[i].text)).data, cases[i].slug);
}

static void lower_and_fold(void **state)
{
	struct buf marks = {0};
	double start;

	(void)state;
	assert_string_equal(utf8_lower(arena, STR("ABC")).data, "abc");
	assert_string_equal(utf8_lower(arena, STR("\xC3\x84\xFF")).data, "\xC3\xA4\xFF");
	assert_string_equal(utf8_fold(arena, STR("Caf\xC3\x89")).data, "cafe");
	assert_string_equal(utf8_fold(arena, STR("Cafe\xCC\x81")).data, "cafe");
	assert_string_equal(utf8_fold(arena, STR("\xC4\xB0x\xFF")).data, "ix\xEF\xBF\xBD");
	assert_string_equal(utf8_fold(arena, STR("\xED\x95\x9C")).data, "\xED\x95\x9C");
	/* Ordering a long run of marks would be quadratic. */
	buf_addc(&marks, 'a');
	for (int i = 0; i < 200000; i++)
		buf_adds(&marks, i % 2 ? "\xCC\x81" : "\xCC\xA7");
	start = world_seconds();
	assert_string_equal(utf8_fold(arena, buf_str(&marks)).data, "a");
	assert_true(world_seconds() - start < 5);
	buf_free(&marks);
}

static void lookalikes(void **state)
{
	uint32_t n = 0;

	(void)state;
	assert_int_equal(utf8_lookalike(0x430), 'a');
	assert_int_equal(utf8_lookalike(0x39F), 'O');
	assert_int_equal(utf8_lookalike(0x51D), 'w');
	assert_int_equal(utf8_lookalike(0x37F), 'J');
	assert_int_equal(utf8_lookalike('a'), 0);
	assert_int_equal(utf8_lookalike(0x436), 0);
	/* Every row is found only if the table is in order. */
	for (uint32_t c = 0; c < 0x600; c++)
		n += utf8_lookalike(c) != 0;
	assert_int_equal(n, 63);
}

static void printable(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"plain \xC3\xA4", "plain \xC3\xA4"},
		{"\x1b[31m", "\\x1b[31m"},
		{"a\nb\tc\rd", "a\\nb\\tc\\rd"},
		{"a\x7F", "a\\x7f"},
		{"\xC2\x9B", "U+009B"},
		{"a\xE2\x80\xAE"
		 "b",
		 "aU+202Eb"},
		{"\xE2\x81\xA6\xE2\x80\xA8\xEF\xBB\xBF", "U+2066U+2028U+FEFF"},
		{"\xFF\xC3", "\\xff\\xc3"},
		{"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(utf8_printable(arena, str_from(cases[i].text)).data, cases[i].wanted);
	assert_string_equal(utf8_printable(arena, (struct str){"a\0b", 3}).data, "a\\x00b");
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
		cmocka_unit_test(decoding),   cmocka_unit_test(encoding_turns_decoding_round),
		cmocka_unit_test(counting),   cmocka_unit_test(properties),
		cmocka_unit_test(slugs),      cmocka_unit_test(lower_and_fold),
		cmocka_unit_test(lookalikes), cmocka_unit_test(printable),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
