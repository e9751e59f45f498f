/* ini_parse: sections, comments, quotes, places, broken headings. */
#include "parse/parse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct source source;

static struct ini parse(struct arena *arena, const char *text)
{
	source = (struct source){.id = 3, .kind = SOURCE_MACHINE, .path = STR("hosts.ini"), .text = str_from(text)};
	return ini_parse(arena, &source);
}

static void assert_str(struct str got, const char *wanted)
{
	if (!str_is(got, wanted))
		fail_msg("got \"" STR_FMT "\", wanted \"%s\"", STR_ARG(got), wanted);
}

static void test_sections(void **state)
{
	struct arena *arena = arena_new();
	struct ini ini = parse(
		arena,
		"lone\r\n; c\r\n[ a:vars ] # why\r\nx = 1 ; one\r\n\r\ny=\"# no\" # yes\r\n[b]\r\n[a:vars]\r\nit's here # c");

	(void)state;
	assert_int_equal(ini.sections.n, 4);
	assert_false(ini.broken);
	assert_str(ini.sections.data[0].lines.data[0].str, "lone");
	assert_str(ini.sections.data[1].name.str, "a:vars");
	assert_int_equal(ini.sections.data[1].name.span.off, 13);
	assert_str(ini.sections.data[1].lines.data[0].str, "x = 1");
	assert_str(ini.sections.data[1].lines.data[1].str, "y=\"# no\"");
	assert_int_equal(ini.sections.data[2].lines.n, 0);
	assert_str(ini.sections.data[3].lines.data[0].str, "it's here");
	assert_true(parse(arena, "[a\nb").broken);
	assert_true(parse(arena, "[]").broken);
	arena_free(arena);
}

static void test_pieces(void **state)
{
	struct arena *arena = arena_new();
	struct str rest = STR_NONE;
	struct ini ini = parse(arena, "host  a=1 b='x y'\tc=\"\" d");
	struct ini_pair pair;

	(void)state;
	rest = ini.sections.data[0].lines.data[0].str;
	assert_str(ini_cut(&rest), "host");
	assert_str(ini_pair(&source, ini_cut(&rest)).value.str, "1");
	pair = ini_pair(&source, ini_cut(&rest));
	assert_str(pair.key.str, "b");
	assert_str(pair.value.str, "x y");
	assert_int_equal(pair.value.span.off, 13);
	assert_str(ini_pair(&source, ini_cut(&rest)).value.str, "");
	pair = ini_pair(&source, ini_cut(&rest));
	assert_str(pair.key.str, "d");
	assert_int_equal(pair.value.str.size, 0);
	assert_int_equal(ini_cut(&rest).size, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_sections), cmocka_unit_test(test_pieces)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
