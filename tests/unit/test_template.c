/* template_parse: nodes, lines that vanish, and errors with their place. */
#include "parse/parse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_str(struct str s, const char *wanted)
{
	if (!str_is(s, wanted))
		fail_msg("got \"" STR_FMT "\", wanted \"%s\"", STR_ARG(s), wanted);
}

/* Text as it stands, tags as <mark name>, sections as <#name ...>. */
static void write_nodes(const struct template *template, struct buf *out)
{
	static const char *const marks[] = {[TEMPLATE_VALUE] = "",
					    [TEMPLATE_RAW] = "!",
					    [TEMPLATE_SECTION] = "#",
					    [TEMPLATE_INVERTED] = "^",
					    [TEMPLATE_PARTIAL] = ">"};
	size_t ends[8];
	size_t depth = 0;
	for (size_t i = 0; i < template->n; i++) {
		const struct template_node *node = &template->nodes[i];
		for (; depth && ends[depth - 1] == i; depth--)
			buf_addc(out, '>');
		if (node->op == TEMPLATE_TEXT) {
			buf_add(out, node->text);
			continue;
		}
		buf_addf(out, "<%s" STR_FMT, marks[node->op], STR_ARG(node->text));
		bool section = node->op == TEMPLATE_SECTION || node->op == TEMPLATE_INVERTED;
		buf_addc(out, section ? ' ' : '>');
		if (section)
			ends[depth++] = node->end;
		else
			assert_int_equal(node->end, i + 1);
	}
	for (; depth; depth--) {
		assert_int_equal(ends[depth - 1], template->n);
		buf_addc(out, '>');
	}
}

static void test_nodes(void **state)
{
	static const struct {
		const char *text, *nodes;
	} cases[] = {
		{"", ""},
		{"a } {b} }}", "a } {b} }}"},
		{"a {{b}} {{ c.d }}", "a <b> <c.d>"},
		{"{{{a}}}{{> b/c }}", "<!a><>b/c>"},
		{"{{#a}}b{{/a}}{{^a}}c{{/a}}", "<#a b><^a c>"},
		{"{{#a}}{{#b}}c{{/b}}{{/a}}d", "<#a <#b c>>d"},
		{"{{#a}}{{/a}}", "<#a >"},
		{"a{{! b }}c", "ac"},
		{"a\n  {{#b}}  \nc\n{{/b}}\nd", "a\n<#b c\n>d"},
		{"a\n{{! b\nc }}\r\nd", "a\nd"},
		{"a\n\t{{>b}}\nd", "a\n<>b>d"},
		{"a\n{{b}}\nc", "a\n<b>\nc"},
		{"{{#a}}\nb\n{{/a}}", "<#a b\n>"},
		{"{{#a}} {{/a}}\n", "<#a  >\n"},
		{"x {{#a}}\ny\n{{/a}} z\n", "x <#a \ny\n> z\n"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *arena = arena_new();
		struct buf out = {0};
		struct str error = STR_NONE;
		struct template *template = template_parse(arena, STR("t.html"), str_from(cases[i].text), &error);
		assert_non_null(template);
		assert_str(template->name, "t.html");
		write_nodes(template, &out);
		assert_str(buf_str(&out), cases[i].nodes);
		buf_free(&out);
		arena_free(arena);
	}
}

static void test_errors(void **state)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{"a\n b {{c", "t.html:2:4: {{ is never closed by }}"},
		{"{{{a}}", "t.html:1:1: {{{ is never closed by }}}"},
		{"{{}}", "t.html:1:1: no name in {{}}"},
		{"a {{b c}}", "t.html:1:3: no name in {{b c}}"},
		{"{{#a}}\n{{#b}}\n{{/b}}", "t.html:1:1: section is never closed: a"},
		{"{{/a}}", "t.html:1:1: nothing is open for {{/a}}"},
		{"{{#a}}\n {{/b}}", "t.html:2:2: {{/b}} closes \"a\" of line 1"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *arena = arena_new();
		struct str error = STR_NONE;
		assert_null(template_parse(arena, STR("t.html"), str_from(cases[i].text), &error));
		assert_str(error, cases[i].error);
		arena_free(arena);
	}
}

static void test_depth(void **state)
{
	struct buf text = {0};
	struct arena *arena = arena_new();
	struct str error = STR_NONE;
	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_adds(&text, "{{#a}}");
	assert_null(template_parse(arena, STR("t.html"), buf_str(&text), &error));
	assert_str(error, "t.html:1:385: sections are nested too deep at {{#a}}");
	buf_free(&text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nodes),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_depth),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
