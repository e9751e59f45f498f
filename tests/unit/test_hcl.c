/* hcl_parse: attributes, blocks, literals and what is none, places, limits, broken text. */
#include "parse/parse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct source source;

static struct yaml *parse(struct arena *arena, const char *text)
{
	static const struct yaml_limits limits = {.depth = 8, .aliases = 5, .nodes = 200};

	source = (struct source){.id = 3, .kind = SOURCE_MACHINE, .path = STR("main.tf"), .text = str_from(text)};
	return hcl_parse(arena, &source, &limits);
}

static void assert_str(struct str got, const char *wanted)
{
	if (!str_is(got, wanted))
		fail_msg("got \"" STR_FMT "\", wanted \"%s\"", STR_ARG(got), wanted);
}

static const struct yaml *at(const struct yaml *map, const char *key)
{
	const struct yaml *value = yaml_find(map, key);

	if (!value)
		fail_msg("no key %s", key);
	return value;
}

static void test_attributes(void **state)
{
	struct arena *arena = arena_new();
	struct yaml *body =
		parse(arena, "\xEF\xBB\xBF# c\r\na = \"one\" # behind\r\nb = 12 // x\r\n/* two\nlines */ c = true\n"
			     "d = null\ne = \"say \\\"x\\\" to ${f(\"}\")} #no\"\nf-g = -1.5\n");

	(void)state;
	assert_str(at(body, "a")->text, "one");
	assert_str(at(body, "b")->text, "12");
	assert_str(at(body, "c")->text, "true");
	assert_true(yaml_is_null(at(body, "d")));
	assert_str(at(body, "e")->text, "say \"x\" to ${f(\"}\")} #no");
	assert_str(at(body, "f-g")->text, "-1.5");
	assert_int_equal(at(body, "a")->span.off, 13);
	assert_int_equal(at(body, "a")->span.size, 3);
	arena_free(arena);
}

static void test_collections(void **state)
{
	struct arena *arena = arena_new();
	struct yaml *body =
		parse(arena, "l = [\n 1, \"b\", # c\n [2],\n]\nm = { a = 1, \"b c\" : { d = [] }\n e = 2 }\n");

	(void)state;
	assert_int_equal(at(body, "l")->items.n, 3);
	assert_str(at(body, "l")->items.data[2]->items.data[0]->text, "2");
	assert_int_equal(at(body, "m")->pairs.n, 3);
	assert_int_equal(at(at(at(body, "m"), "b c"), "d")->kind, YAML_LIST);
	assert_str(at(at(body, "m"), "e")->text, "2");
	arena_free(arena);
}

static void test_blocks(void **state)
{
	struct arena *arena = arena_new();
	struct yaml *body = parse(arena, "locals { a = 1 }\nvariable \"x\" {\n default = \"v\"\n}\n"
					 "resource \"t\" n {\n inner {\n  b = 2\n }\n}\nlocals {}\n");

	(void)state;
	assert_int_equal(body->pairs.n, 4);
	assert_str(at(at(body, "locals"), "a")->text, "1");
	assert_str(at(at(at(body, "variable"), "x"), "default")->text, "v");
	assert_str(at(at(at(at(at(body, "resource"), "t"), "n"), "inner"), "b")->text, "2");
	arena_free(arena);
}

static void test_expressions(void **state)
{
	struct arena *arena = arena_new();
	struct yaml *body = parse(
		arena, "a = var.x\nb = f(1, [2, \"}\"]) # c\nc = [for x in y : x]\nd = { for k, v in m : k => v }\n"
		       "e = 1 + 2\nf = <<-EOT\n  x = \"\n  EOT\ng = [1][0]\nh = x ? \"a\" : \"b\"\ni = { (k) = 1 }\n"
		       "j = [var.a, \"b\"]\n");

	(void)state;
	assert_str(at(body, "a")->text, "${var.x}");
	assert_str(at(body, "b")->text, "${f(1, [2, \"}\"])}");
	assert_str(at(body, "c")->text, "${[for x in y : x]}");
	assert_str(at(body, "d")->text, "${{ for k, v in m : k => v }}");
	assert_str(at(body, "e")->text, "${1 + 2}");
	assert_int_equal(at(body, "f")->kind, YAML_SCALAR);
	assert_str(at(body, "g")->text, "${[1][0]}");
	assert_str(at(body, "h")->text, "${x ? \"a\" : \"b\"}");
	assert_str(at(body, "i")->pairs.data[0].key.str, "${(k)}");
	assert_str(at(body, "j")->items.data[0]->text, "${var.a}");
	arena_free(arena);
}

static void test_broken(void **state)
{
	static const char *const texts[] = {
		"a = \"x\n",      "a = [1, 2",    "a {",   "a = { b = 1", "}",
		"a = <<EOT\nx\n", "= 1",          "a = ]", "a = { b 1 }", "a = [[[[[[[[[[[1]]]]]]]]]]]",
		"a = (1",         "a {{{{{{{{{{", "a \"b"};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (parse(arena, texts[i]))
			fail_msg("parsed: %s", texts[i]);
	arena_free(arena);
}

static void test_limit_of_nodes(void **state)
{
	struct arena *arena = arena_new();
	struct buf text = {0};

	(void)state;
	buf_adds(&text, "a = [");
	for (int i = 0; i < 300; i++)
		buf_adds(&text, "1,");
	buf_adds(&text, "]");
	assert_null(parse(arena, str_to_c(arena, buf_str(&text))));
	buf_free(&text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attributes), cmocka_unit_test(test_collections),
		cmocka_unit_test(test_blocks),     cmocka_unit_test(test_expressions),
		cmocka_unit_test(test_broken),     cmocka_unit_test(test_limit_of_nodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
