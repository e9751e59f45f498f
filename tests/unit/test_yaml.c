/* yaml_parse: places, aliases, merge keys, and every way a file is refused. */
#include "parse/parse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define RULE "topology-syntax"

struct read {
	struct arena *arena;
	struct source source;
	struct troubles troubles;
	struct yaml_stream stream;
	struct yaml *root; /* first document, or NULL */
};

static const struct yaml_limits limits = {.depth = 8, .aliases = 5, .nodes = 100};

static struct read *read_part(struct str text, uint32_t off, size_t size)
{
	struct arena *arena = arena_new();
	struct read *read = NEW(arena, struct read);

	read->arena = arena;
	read->source = (struct source){.id = 3, .kind = SOURCE_TOPOLOGY, .path = STR("topology.yaml"), .text = text};
	read->stream =
		yaml_parse(arena, &read->source, (struct span){3, off, (uint32_t)size}, &limits, RULE, &read->troubles);
	read->root = read->stream.documents.n > 0 ? read->stream.documents.data[0] : NULL;
	return read;
}

static struct read *read_text(const char *text)
{
	struct str s = str_from(text);

	return read_part(s, 0, s.size);
}

static void done(struct read *read)
{
	arena_free(read->arena);
}

static void assert_str(struct str s, const char *wanted)
{
	assert_int_equal(s.size, strlen(wanted));
	assert_memory_equal(s.data ? s.data : "", wanted, s.size);
}

static void assert_source(const struct read *read, struct span span, const char *wanted)
{
	assert_int_equal(span.source, 3);
	assert_str(str_sub(read->source.text, span.off, span.size), wanted);
}

/* The only trouble is of that kind, at bytes that read `where`. */
static const struct trouble *assert_trouble(const struct read *read, const char *kind, const char *where)
{
	const struct trouble *trouble = read->troubles.list.data;

	assert_int_equal(read->troubles.list.n, 1);
	assert_string_equal(trouble->rule, RULE);
	assert_string_equal(trouble->kind, kind);
	assert_source(read, trouble->span, where);
	return trouble;
}

static void test_scalars(void **state)
{
	static const struct {
		const char *text, *value, *source;
		bool quoted, null;
	} cases[] = {
		{"k: plain text  # c", "plain text", "plain text", false, false},
		{"k: 'it''s'", "it's", "it''s", true, false},
		{"k: \"a\\tb\"", "a\tb", "a\\tb", true, false},
		{"k: \"a\n  b\"", "a b", "\"a\n  b\"", true, false},
		{"k: a\n  b\n", "a b", "a\n  b", false, false},
		{"k: |\n  one\n  two\n\n", "one\ntwo\n", "|\n  one\n  two", true, false},
		{"k: >\n  one\n  two\nj: x", "one two\n", ">\n  one\n  two", true, false},
		{"k: !tag &a  v", "v", "v", false, false},
		{"k: &a 'v'", "v", "v", true, false},
		{"k:", "", "", false, true},
		{"k: ~", "~", "~", false, true},
		{"k: null", "null", "null", false, true},
		{"k: ''", "", "", true, false},
		{"k: 'null'", "null", "null", true, false},
		{"k: no", "no", "no", false, false},
		{"k: 012", "012", "012", false, false},
		{"k: 1_000", "1_000", "1_000", false, false},
		{"{k: on}", "on", "on", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct read *read = read_text(cases[i].text);
		struct yaml *value = yaml_find(read->root, "k");

		assert_non_null(value);
		assert_int_equal(value->kind, YAML_SCALAR);
		assert_str(value->text, cases[i].value);
		assert_source(read, value->span, cases[i].source);
		assert_int_equal(value->quoted, cases[i].quoted);
		assert_int_equal(yaml_is_null(value), cases[i].null);
		assert_int_equal(read->troubles.list.n, 0);
		done(read);
	}
}

static void test_places_behind_other_letters(void **state)
{
	static const char text[] = "# äöü 日本\nünï: 'é x'\nlist: [ß, {ключ: значение}]\nlast: z";
	struct read *read = read_text(text);
	struct yaml *list = yaml_find(read->root, "list");

	(void)state;
	assert_int_equal(read->root->pairs.n, 3);
	assert_source(read, read->root->pairs.data[0].key.span, "ünï");
	assert_source(read, read->root->pairs.data[0].value->span, "é x");
	assert_source(read, list->span, "[ß, {ключ: значение}]");
	assert_source(read, list->items.data[0]->span, "ß");
	assert_source(read, list->items.data[1]->pairs.data[0].key.span, "ключ");
	assert_source(read, yaml_find(list->items.data[1], "ключ")->span, "значение");
	assert_source(read, yaml_find(read->root, "last")->span, "z");
	assert_source(read, read->root->span, strchr(text, '\n') + 1);
	done(read);
}

static void test_places_of_collections(void **state)
{
	struct read *read = read_text("a:\n- x\n-\n  b: [1, c: d]\n\n# comment\nz: {}\n");
	struct yaml *list = yaml_find(read->root, "a"), *inner = yaml_find(list->items.data[1], "b");

	(void)state;
	assert_source(read, list->span, "- x\n-\n  b: [1, c: d]");
	assert_source(read, list->items.data[1]->span, "b: [1, c: d]");
	assert_source(read, inner->span, "[1, c: d]");
	assert_source(read, inner->items.data[1]->span, "c: d");
	assert_source(read, yaml_find(read->root, "z")->span, "{}");
	done(read);
}

static void test_part_of_a_source(void **state)
{
	static const char text[] = "é é: [\n---\nkey: värde\nmer: x\n---\n: : :";
	struct str whole = str_from(text);
	uint32_t from = (uint32_t)str_find(whole, STR("key"));
	struct read *read = read_part(whole, from, str_find(whole, STR("\n---\n:")) - from);

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_int_equal(read->root->pairs.n, 2);
	assert_source(read, read->root->pairs.data[0].key.span, "key");
	assert_source(read, yaml_find(read->root, "key")->span, "värde");
	assert_source(read, yaml_find(read->root, "mer")->span, "x");
	done(read);
}

static void test_error_in_a_part(void **state)
{
	static const char text[] = "----\na: [x\n----\n";
	struct read *read = read_part(str_from(text), 5, 5);

	(void)state;
	assert_true(read->stream.failed);
	assert_trouble(read, "syntax", "");
	assert_int_equal(read->troubles.list.data[0].span.off, 10);
	done(read);
}

static void test_mark_at_the_start(void **state)
{
	struct read *read = read_text("\xEF\xBB\xBF"
				      "a: b\n");

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_source(read, read->root->pairs.data[0].key.span, "a");
	assert_int_equal(read->root->pairs.data[0].key.span.off, 3);
	done(read);
}

static void test_line_ends(void **state)
{
	struct read *read = read_text("a: b\r\nc:\r\n  - d\r\n  - é\r\n  - f\r\n");
	struct yaml *list = yaml_find(read->root, "c");

	(void)state;
	assert_int_equal(list->items.n, 3);
	assert_source(read, list->items.data[2]->span, "f");
	assert_source(read, list->span, "- d\r\n  - é\r\n  - f");
	done(read);
}

static void test_many_documents(void **state)
{
	struct read *read = read_text("a: &x 1\n---\n- *x\n---\n");

	(void)state;
	assert_int_equal(read->stream.documents.n, 3);
	assert_int_equal(read->stream.documents.data[1]->kind, YAML_LIST);
	assert_true(yaml_is_null(read->stream.documents.data[2]));
	assert_trouble(read, "unknown-alias", "*x");
	assert_false(read->stream.failed);
	done(read);
}

static void test_nothing(void **state)
{
	static const char *const texts[] = {"", "\n", "# only a comment\n", "\xEF\xBB\xBF"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct read *read = read_text(texts[i]);

		assert_int_equal(read->stream.documents.n, 0);
		assert_false(read->stream.failed);
		assert_int_equal(read->troubles.list.n, 0);
		done(read);
	}
}

static void test_duplicate_keys(void **state)
{
	struct read *read = read_text("a: 1\nb: 2\na: {c: 3}\n");
	const struct trouble *trouble = assert_trouble(read, "duplicate-key", "a");

	(void)state;
	assert_int_equal(trouble->span.off, 10);
	assert_int_equal(trouble->other.off, 0);
	assert_str(trouble->text, "a");
	assert_int_equal(read->root->pairs.n, 2);
	assert_str(yaml_find(read->root, "a")->text, "1");
	assert_false(read->stream.failed);
	done(read);
}

static void test_duplicate_keys_of_a_large_mapping(void **state)
{
	struct buf text = {0};
	struct read *read;

	(void)state;
	for (int i = 0; i < 40; i++)
		buf_addf(&text, "k%d: v\n", i);
	buf_adds(&text, "k0: again\nk39: again\n");
	read = read_part(buf_str(&text), 0, text.size);
	assert_int_equal(read->root->pairs.n, 40);
	assert_int_equal(read->troubles.list.n, 2);
	assert_int_equal(read->troubles.list.data[0].other.off, 0);
	assert_source(read, read->troubles.list.data[1].other, "k39");
	done(read);
	buf_free(&text);
}

static void test_aliases(void **state)
{
	struct read *read = read_text("a: &n {k: v}\nb: *n\nc: [*n, x]\n");
	struct yaml *use = yaml_find(read->root, "b");

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_source(read, use->span, "*n");
	assert_source(read, yaml_find(use, "k")->span, "v");
	assert_source(read, yaml_find(read->root, "a")->span, "&n {k: v}");
	assert_source(read, yaml_find(read->root, "c")->items.data[0]->span, "*n");
	done(read);
}

static void test_unknown_alias(void **state)
{
	struct read *read = read_text("a: *gone\nb: 1\n");

	(void)state;
	assert_trouble(read, "unknown-alias", "*gone");
	assert_true(yaml_is_null(yaml_find(read->root, "a")));
	assert_str(yaml_find(read->root, "b")->text, "1");
	done(read);
}

static void test_alias_inside_its_anchor(void **state)
{
	struct read *read = read_text("a: &x\n  b: [*x]\n");

	(void)state;
	assert_trouble(read, "aliases", "*x");
	assert_int_equal(read->troubles.list.data[0].other.off, 3);
	assert_true(yaml_is_null(yaml_find(yaml_find(read->root, "a"), "b")->items.data[0]));
	done(read);
}

static void test_merge_keys(void **state)
{
	struct read *read = read_text("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\none: {<<: *b, x: 5}\n"
				      "two: {<<: [*m, *b]}\nthree: {\"<<\": word}\n");
	struct yaml *one = yaml_find(read->root, "one"), *two = yaml_find(read->root, "two");

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	assert_int_equal(one->pairs.n, 2);
	assert_str(yaml_find(one, "x")->text, "5");
	assert_str(yaml_find(one, "y")->text, "2");
	assert_int_equal(two->pairs.n, 3);
	assert_str(yaml_find(two, "y")->text, "3");
	assert_str(yaml_find(two, "x")->text, "1");
	assert_str(yaml_find(yaml_find(read->root, "three"), "<<")->text, "word");
	done(read);
}

static void test_bad_merge_and_keys(void **state)
{
	static const struct {
		const char *text, *where;
	} cases[] = {
		{"a: {<<: word}\n", "word"},
		{"{a: b}: c\n", "{"},
		{"[a]: c\n", "["},
		{"x: {{ templated }}\n", "{"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct read *read = read_text(cases[i].text);

		assert_trouble(read, "syntax", cases[i].where);
		assert_false(read->stream.failed);
		done(read);
	}
}

static void test_syntax_errors(void **state)
{
	static const struct {
		const char *text;
		uint32_t off;
		const char *first_value;
	} cases[] = {
		{"a: v\nb:\n\tc: 1\n", 8, "v"}, {"a: v\nb: [1, 2\nc: 3\n", 15, "v"}, {"a: v\n'b\n", 8, "v"},
		{"a: v: w\n", 4, NULL},         {"a: v\n b: w\n", 7, NULL},          {"a: v\nb: @x\n", 8, "v"},
		{"a: v\nb: %x\n", 8, "v"},      {"é: v\nü: `x\n", 10, NULL},         {"a: \x01\n", 3, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct read *read = read_text(cases[i].text);
		const struct yaml *value = yaml_find(read->root, "a");

		assert_true(read->stream.failed);
		assert_int_equal(read->troubles.list.n, 1);
		assert_string_equal(read->troubles.list.data[0].kind, "syntax");
		assert_int_equal(read->troubles.list.data[0].span.off, cases[i].off);
		assert_true(read->troubles.list.data[0].extra.size > 0);
		if (cases[i].first_value)
			assert_str(value->text, cases[i].first_value);
		done(read);
	}
}

static void test_encodings(void **state)
{
	static const struct {
		struct str text;
		uint32_t off;
	} cases[] = {
		{{"\xFF\xFE"
		  "a\0:\0 \0b\0",
		  10},
		 0},
		{{"\xFE\xFF"
		  "\0a\0:\0 \0b",
		  10},
		 0},
		{{"a: b\nc: \xFF\n", 10}, 8},
		{{"a: \xC3", 4}, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct read *read = read_part(cases[i].text, 0, cases[i].text.size);

		assert_true(read->stream.failed);
		assert_int_equal(read->troubles.list.n, 1);
		assert_string_equal(read->troubles.list.data[0].kind, "encoding");
		assert_int_equal(read->troubles.list.data[0].span.off, cases[i].off);
		done(read);
	}
}

static void test_depth(void **state)
{
	struct read *read = read_text("[[[[[[[[x]]]]]]]]");

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	done(read);
	read = read_text("[[[[[[[[[x]]]]]]]]]");
	assert_true(read->stream.failed);
	assert_trouble(read, "depth", "[");
	assert_int_equal(read->troubles.list.data[0].span.off, 8);
	done(read);
}

/* The library needs seconds for the first of these when it is read to its end. */
static void test_deep_input_ends_soon(void **state)
{
	static const char *const units[] = {"[", "{a: ", "- ", "? "};
	double start = world_seconds();

	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct buf text = {0};
		struct read *read;

		while (text.size < 100000)
			buf_adds(&text, units[i]);
		read = read_part(buf_str(&text), 0, text.size);
		assert_true(read->stream.failed);
		done(read);
		buf_free(&text);
	}
	assert_true(world_seconds() - start < 2);
}

static void test_alias_count(void **state)
{
	struct read *read = read_text("a: &a x\nb: [*a, *a, *a, *a, *a]\n");

	(void)state;
	assert_int_equal(read->troubles.list.n, 0);
	done(read);
	read = read_text("a: &a x\nb: [*a, *a, *a, *a, *a, *a]\n");
	assert_true(read->stream.failed);
	assert_trouble(read, "aliases", "*a");
	assert_int_equal(read->troubles.list.data[0].span.off, 32);
	done(read);
}

static void test_bomb(void **state)
{
	struct read *read = read_text("a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]\nb: &b [*a, *a, *a]\nc: [*b, *b]\n");

	(void)state;
	assert_true(read->stream.failed);
	assert_trouble(read, "nodes", "*b");
	done(read);
}

static void test_tag_directives(void **state)
{
	struct buf text = {0};
	struct read *read;

	(void)state;
	for (int i = 0; i < 65; i++)
		buf_addf(&text, "%%TAG !t%d! tag:example,2000:\n", i);
	buf_adds(&text, "---\na: b\n");
	read = read_part(buf_str(&text), 0, text.size);
	assert_trouble(read, "syntax", "%TAG");
	done(read);
	buf_clear(&text);
	buf_adds(&text, "%TAG !t! tag:example,2000:\n---\na: !t!x b\n");
	read = read_part(buf_str(&text), 0, text.size);
	assert_int_equal(read->troubles.list.n, 0);
	assert_str(yaml_find(read->root, "a")->text, "b");
	done(read);
	buf_free(&text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_places_behind_other_letters),
		cmocka_unit_test(test_places_of_collections),
		cmocka_unit_test(test_part_of_a_source),
		cmocka_unit_test(test_error_in_a_part),
		cmocka_unit_test(test_mark_at_the_start),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_many_documents),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_duplicate_keys),
		cmocka_unit_test(test_duplicate_keys_of_a_large_mapping),
		cmocka_unit_test(test_aliases),
		cmocka_unit_test(test_unknown_alias),
		cmocka_unit_test(test_alias_inside_its_anchor),
		cmocka_unit_test(test_merge_keys),
		cmocka_unit_test(test_bad_merge_and_keys),
		cmocka_unit_test(test_syntax_errors),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_deep_input_ends_soon),
		cmocka_unit_test(test_alias_count),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_tag_directives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
