/* Front matter: what counts as such, its fields and their places, and what is wrong with it. */
#include "parse/parse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct md_limits limits = {.depth = 100, .bytes = (size_t)64 << 20};

struct parsed_text {
	struct arena *arena;
	struct source source;
	struct md *md;
};

static struct parsed_text *parse(const char *text)
{
	struct arena *arena = arena_new();
	struct parsed_text *parsed = NEW(arena, struct parsed_text);
	parsed->arena = arena;
	parsed->source = (struct source){.id = 2, .kind = SOURCE_MARKDOWN, .path = STR("a.md"), .text = str_from(text)};
	parsed->md = md_parse(arena, &parsed->source, &limits);
	return parsed;
}

static void done(struct parsed_text *parsed)
{
	arena_free(parsed->arena);
}

static void assert_str(struct str s, const char *wanted)
{
	if (!str_is(s, wanted))
		fail_msg("got \"" STR_FMT "\", wanted \"%s\"", STR_ARG(s), wanted);
}

static void add_word(const struct parsed_text *parsed, struct buf *out, struct word word)
{
	if (word.str.size)
		assert_true(str_eq(word.str, str_sub(parsed->source.text, word.span.off, word.span.size)));
	buf_add(out, word.str);
}

/* "key=value key=[item,item]"; every value and item is checked to stand at its span. */
static void assert_fields(const struct parsed_text *parsed, const char *wanted)
{
	struct buf out = {0};
	for (size_t i = 0; i < parsed->md->front.fields.n; i++) {
		const struct fm_field *field = &parsed->md->front.fields.data[i];
		buf_addf(&out, "%s" STR_FMT "=", i ? " " : "", STR_ARG(field->key.str));
		add_word(parsed, &out, field->value);
		for (size_t k = 0; k < field->items.n; k++) {
			buf_addc(&out, k ? ',' : '[');
			add_word(parsed, &out, field->items.data[k]);
		}
		if (field->items.n)
			buf_addc(&out, ']');
	}
	assert_str(buf_str(&out), wanted);
	buf_free(&out);
}

static void test_fields(void **state)
{
	static const struct {
		const char *text, *fields;
	} cases[] = {
		{"---\na: b\n---\n", "a=b"},
		{"---\na: b\n...\n", "a=b"},
		{"---\n---\n", ""},
		{"\xEF\xBB\xBF---\na: b\n---\n", "a=b"},
		{"---  \r\na: b\r\nc: d e\r\n---\r\n", "a=b c=d e"},
		{"---\nk: \"a # b\" # c\nl: 'd'\nm: e # f\nn: g#h\no: # i\n---\n", "k=a # b l=d m=e n=g#h o="},
		{"---\nk: [a, \"b, c\", 'd']\nl: []\n---\n", "k=[a,b, c,d] l="},
		{"---\nk: [a,\n  b]\nl: c\n---\n", "k=[a,b] l=c"},
		{"---\nk:\n  - a\n  - \"b\" # c\nl:\n- d\nm: e\n---\n", "k=[a,b] l=[d] m=e"},
		{"---\nk:\n  l: a\n  m:\n    n: b\no: c\n---\n", "k= k.l=a k.m= k.m.n=b o=c"},
		{"---\nstatus: {accepted}\nk: {a: 1, b: \"2\"}\n---\n", "status=accepted k= k.a=1 k.b=2"},
		{"---\nk: |\n  a\n\n  b\nl: >-\n  c\n---\n", "k=a\n\n  b l=c"},
		{"---\nk: a\n  b\nl: c\n---\n", "k=a\n  b l=c"},
		{"---\n# x\n\nlast updated: 2026-01-02\n\"q\": r\n---\n", "last updated=2026-01-02 q=r"},
		{"---\nurl: http://a.b:80/c\ntime: 10:30\nt: {{ x }}\n---\n", "url=http://a.b:80/c time=10:30 t={ x }"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		assert_true(parsed->md->front.present);
		assert_int_equal(parsed->md->troubles.list.n, 0);
		assert_int_equal(parsed->md->n, 1);
		assert_fields(parsed, cases[i].fields);
		done(parsed);
	}
}

static void test_none(void **state)
{
	static const char *const cases[] = {
		"",
		"---",
		"a\n---\nb: c\n---\n",
		" ---\na: b\n---\n",
		"----\na: b\n----\n",
		"---\n\nSome prose.\n\n---\n\nMore.\n",
		"---\n\nNote: some prose.\n\nMore of it.\n\n---\n",
		"---\nNote: a\n\nb\n",
		"---\nprose\n---\n",
		"---\n# Title\n\n- a: b\n",
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i]);
		assert_false(parsed->md->front.present);
		assert_int_equal(parsed->md->front.fields.n, 0);
		assert_int_equal(parsed->md->troubles.list.n, 0);
		done(parsed);
	}
}

static void test_troubles(void **state)
{
	static const struct {
		const char *text, *kind, *where;
		bool present;
	} cases[] = {
		{"---\na: b\nc: d\n\n# Title\n", "unclosed", "---", false},
		{"---\na: b\nc: d\n\n# Title\n\ntext\n\n---\n\ntext\n", "unclosed", "---", false},
		{"---\na: b\nbroken\n---\n", "syntax", "broken", true},
		{"---\na: b\n\nbroken\nc: d\ne: f\n---\n", "syntax", "broken", true},
		{"---\na: \"b\n---\ntext\n", "syntax", "\"b", true},
		{"---\na: [b, c\nd: e\n---\n", "syntax", "[b, c", true},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		assert_int_equal(parsed->md->troubles.list.n, 1);
		const struct trouble *trouble = &parsed->md->troubles.list.data[0];
		assert_string_equal(trouble->rule, "text-front-matter");
		assert_string_equal(trouble->kind, cases[i].kind);
		assert_str(str_sub(parsed->source.text, trouble->span.off, trouble->span.size), cases[i].where);
		assert_int_equal(parsed->md->front.present, cases[i].present);
		done(parsed);
	}
}

static void test_find_and_span(void **state)
{
	struct parsed_text *parsed = parse("---\na: 1\na: 2\nb: 3\n---\ntext\n");
	const struct front_matter *front = &parsed->md->front;
	(void)state;
	assert_str(fm_find(front, "a")->value.str, "1");
	assert_str(fm_find(front, "b")->value.str, "3");
	assert_null(fm_find(front, "c"));
	assert_str(str_sub(parsed->source.text, front->span.off, front->span.size), "---\na: 1\na: 2\nb: 3\n---");
	assert_str(str_sub(parsed->source.text, parsed->md->nodes[1].off, parsed->md->nodes[1].size), "text");
	done(parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_troubles),
		cmocka_unit_test(test_find_and_span),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
