/* Paths as text and shell patterns. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static const char *text(struct str s)
{
	return str_to_c(arena, s);
}

static void parts(void **state)
{
	static const struct {
		const char *path, *dir, *base, *stem, *extension;
	} cases[] = {
		{"a/b.md", "a", "b.md", "b", ".md"},
		{"b.md", "", "b.md", "b", ".md"},
		{"a/b/c", "a/b", "c", "c", ""},
		{"/c", "/", "c", "c", ""},
		{"a/.gitignore", "a", ".gitignore", ".gitignore", ""},
		{"a.b/c", "a.b", "c", "c", ""},
		{"x.tar.gz", "", "x.tar.gz", "x.tar", ".gz"},
		{"a/..", "a", "..", "..", ""},
		{"", "", "", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str path = str_from(cases[i].path);

		assert_string_equal(text(path_dir(path)), cases[i].dir);
		assert_string_equal(text(path_base(path)), cases[i].base);
		assert_string_equal(text(path_stem(path)), cases[i].stem);
		assert_string_equal(text(path_extension(path)), cases[i].extension);
	}
}

static void joining(void **state)
{
	static const struct {
		const char *dir, *name, *wanted;
		bool outside;
	} cases[] = {
		{"a", "b.md", "a/b.md", false},
		{"", "b.md", "b.md", false},
		{"a/b", "../c.md", "a/c.md", false},
		{"a", "../../c", "../c", true},
		{"a", "..", "", false},
		{"", "..", "..", true},
		{"..", "..", "../..", true},
		{"a", "./b//c/.", "a/b/c", false},
		{"a/", "b/", "a/b", false},
		{"a", "/etc/passwd", "/etc/passwd", true},
		{"/a", "../../b", "/b", true},
		{"a", "..b", "a/..b", false},
		{"", "..b", "..b", false},
		{"", "", "", false},
		{"a/bc", "../d", "a/d", false},
		{"../a", "..", "..", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str joined = path_join(arena, str_from(cases[i].dir), str_from(cases[i].name));

		assert_string_equal(text(joined), cases[i].wanted);
		assert_int_equal(path_is_outside(joined), cases[i].outside);
	}
}

static void relative(void **state)
{
	static const struct {
		const char *dir, *target, *wanted;
	} cases[] = {
		{"a/b", "a/c.html", "../c.html"},
		{"", "a/b", "a/b"},
		{"a", "a/b", "b"},
		{"a", "ab", "../ab"},
		{"a", "a", "."},
		{"a/b/c", "d", "../../../d"},
		{"a/b", "a", ".."},
		{"a/b", "", "../.."},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str way = path_relative(arena, str_from(cases[i].dir), str_from(cases[i].target));

		assert_string_equal(text(way), cases[i].wanted);
	}
}

static void under(void **state)
{
	(void)state;
	assert_true(path_is_under(STR("a/b"), STR("a")));
	assert_true(path_is_under(STR("a/b"), STR("a/")));
	assert_true(path_is_under(STR("a"), STR("a")));
	assert_true(path_is_under(STR("a"), STR("")));
	assert_false(path_is_under(STR("ab"), STR("a")));
	assert_false(path_is_under(STR("a"), STR("a/b")));
}

static void patterns(void **state)
{
	static const struct {
		const char *path, *pattern;
		bool wanted;
	} cases[] = {
		{"a.md", "*.md", true},
		{"x/y/a.md", "*.md", true},
		{"x/y/a.md", "/*.md", false},
		{"a.md", "/*.md", true},
		{"a.md", "./a.md", true},
		{"x/a.md", "x/*.md", true},
		{"x/y/a.md", "x/*.md", false},
		{"x/y/a.md", "x/**/*.md", true},
		{"x/a.md", "x/**/*.md", true},
		{"x/y/z/a.md", "**/a.md", true},
		{"a.md", "**/a.md", true},
		{"xa.md", "**/a.md", false},
		{"x/y/z", "x/**", true},
		{"x", "x/**", false},
		{"xx/y", "x/**", false},
		{"x/y", "**", true},
		{"x/y/z/w", "x/**/z/*", true},
		{"x/q/z/r/z/w", "x/**/z/w", true},
		{"x/zz/w", "x/**z/w", true},
		{"docs/a/b", "docs/", true},
		{"docs", "docs/", false},
		{"x/docs/a", "docs/", false},
		{"docs/a/b", "/docs/", true},
		{"ab", "a?", true},
		{"a\xC3\xA4", "a?", true},
		{"a/", "x/a?", false},
		{"x/a/b", "x/a?b", false},
		{"b1", "[a-c][0-9]", true},
		{"d1", "[a-c]1", false},
		{"d1", "[!a-c]1", true},
		{"d1", "[^a-c]1", true},
		{"-", "[a-]", true},
		{"]", "[]]", true},
		{"[a", "[a", true},
		{"x/a/b", "x/a[/]b", false},
		{"*", "\\*", true},
		{"a", "\\*", false},
		{"a.yml", "*.{yml,yaml}", true},
		{"a.yaml", "*.{yml,yaml}", true},
		{"a.yam", "*.{yml,yaml}", false},
		{"ab", "a{,b}", true},
		{"a", "a{,b}", true},
		{"acx", "a{b,c{x,y}}", true},
		{"acz", "a{b,c{x,y}}", false},
		{"docs/x", "{docs,notes}/*", true},
		{"a{b", "a{b", true},
		{"{ab", "{a{b,c}", true},
		{"a,b", "a,b", true},
		{"a", "", false},
		{"", "*", true},
		{"aaab", "*a*b", true},
		{"x/aab/c", "x/*b/c", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool matches = path_matches(str_from(cases[i].path), str_from(cases[i].pattern));

		if (matches != cases[i].wanted)
			fail_msg("%s against %s: %d", cases[i].path, cases[i].pattern, matches);
	}
}

static void hostile_patterns_end(void **state)
{
	struct buf pattern = {0};
	struct buf path = {0};
	double start = world_seconds();

	(void)state;
	for (int i = 0; i < 200; i++) {
		buf_adds(&pattern, "*a**/");
		buf_adds(&path, "aaaaa/");
	}
	assert_false(path_matches(buf_str(&path), STR("*a*a*a*a*a*a*a*a*a*a*a*a*a*b")));
	buf_addc(&pattern, 'b');
	assert_false(path_matches(buf_str(&path), buf_str(&pattern)));
	buf_clear(&pattern);
	for (int i = 0; i < 60; i++)
		buf_adds(&pattern, "{a,b}");
	assert_false(path_matches(STR("x"), buf_str(&pattern)));
	assert_true(world_seconds() - start < 5);
	buf_free(&pattern);
	buf_free(&path);
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
		cmocka_unit_test(parts), cmocka_unit_test(joining),  cmocka_unit_test(relative),
		cmocka_unit_test(under), cmocka_unit_test(patterns), cmocka_unit_test(hostile_patterns_end),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
