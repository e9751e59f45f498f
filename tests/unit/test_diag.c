/* Places, suppressions, edits and fingerprints. */
#include "diag/diag.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct sources sources;
static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	sources = (struct sources){0};
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct source *add(enum source_kind kind, const char *path, const char *text)
{
	return source_add(arena, &sources, kind, str_from(path), str_from(text));
}

static void places_count_lines_and_bytes(void **state)
{
	(void)state;
	add(SOURCE_MARKDOWN, "a.md", "one\ntwo äx\n\nlast");
	static const struct {
		uint32_t off, size, line, col, end_line, end_col;
	} cases[] = {
		{0, 3, 1, 1, 1, 4},  {4, 3, 2, 1, 2, 4},  {8, 2, 2, 5, 2, 7},  {3, 1, 1, 4, 2, 1},
		{12, 0, 3, 1, 3, 1}, {13, 4, 4, 1, 4, 5}, {99, 9, 4, 5, 4, 5},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct place place = span_place(&sources, (struct span){0, cases[i].off, cases[i].size});
		assert_int_equal(place.line, cases[i].line);
		assert_int_equal(place.col, cases[i].col);
		assert_int_equal(place.end_line, cases[i].end_line);
		assert_int_equal(place.end_col, cases[i].end_col);
	}
}

static struct suppressions found(const struct source *source)
{
	struct suppressions out = {0};
	suppressions_find(arena, source, &out);
	return out;
}

static void suppressions_are_read_from_comments_only(void **state)
{
	(void)state;
	struct suppressions s =
		found(add(SOURCE_MARKDOWN, "a.md",
			  "lintel-disable-file\n<!-- lintel-disable-next-line link-case, fact-count: why -->\nx\n"
			  "y <!-- lintel-disable-line -->\n"));
	assert_int_equal(s.list.n, 3);
	assert_true(str_is(s.list.data[0].rule.str, "link-case"));
	assert_true(str_is(s.list.data[1].rule.str, "fact-count"));
	assert_int_equal(s.list.data[1].first_line, 3);
	assert_int_equal(s.list.data[1].last_line, 3);
	assert_int_equal(s.list.data[2].rule.str.size, 0);
	assert_int_equal(s.list.data[2].first_line, 4);
	s = found(add(SOURCE_TOPOLOGY, "t.yaml", "a: 1 # lintel-disable-line vlan-invalid\nb: lintel-disable-line\n"));
	assert_int_equal(s.list.n, 1);
	s = found(add(SOURCE_MERMAID, "m.mmd", "graph\n%% lintel-disable-file diagram-syntax\n"));
	assert_int_equal(s.list.n, 1);
	assert_int_equal(s.list.data[0].last_line, UINT32_MAX);
}

static void a_block_ends_at_enable(void **state)
{
	(void)state;
	struct suppressions s = found(add(
		SOURCE_MARKDOWN, "a.md",
		"<!-- lintel-disable link-case: old -->\nx\n<!-- lintel-enable link-case -->\ny\n<!-- lintel-disable -->\n"));
	assert_int_equal(s.list.n, 2);
	assert_int_equal(s.list.data[0].first_line, 1);
	assert_int_equal(s.list.data[0].last_line, 3);
	assert_int_equal(s.list.data[1].last_line, UINT32_MAX);
}

static void a_mistyped_directive_covers_nothing(void **state)
{
	(void)state;
	struct suppressions s = found(
		add(SOURCE_MARKDOWN, "a.md", "<!-- lintel-disable-nextline link-case -->\n<!-- lintel-notes -->\n"));
	assert_int_equal(s.list.n, 1);
	assert_int_equal(s.list.data[0].kind, SUPPRESS_UNKNOWN);
	assert_int_equal(s.list.data[0].rule.str.size, 0);
	assert_int_equal(s.list.data[0].span.size, strlen("lintel-disable-nextline"));
}

static void what_is_covered_is_taken_out(void **state)
{
	(void)state;
	add(SOURCE_MARKDOWN, "a.md", "<!-- lintel-disable-next-line link-case -->\nx y\nz\n");
	struct suppressions s = found(sources.list.data[0]);
	struct diags diags = {0};
	static const char *const rules[] = {"link-case", "link-missing-file", "link-case"};
	static const uint32_t offs[] = {44, 44, 48};
	for (size_t i = 0; i < 3; i++) {
		struct diag diag = {
			.rule = rules[i], .severity = SEVERITY_ERROR, .span = {0, offs[i], 1}, .message = STR("m")};
		vec_add(arena, &diags.list, diag);
	}
	assert_int_equal(suppressions_apply(&sources, &s, &diags), 1);
	assert_int_equal(diags.list.n, 2);
	assert_string_equal(diags.list.data[0].rule, "link-missing-file");
	assert_true(s.list.data[0].used);
}

static void syntax_errors_cannot_be_suppressed(void **state)
{
	(void)state;
	add(SOURCE_TOPOLOGY, "t.yaml", "# lintel-disable-file\na\n");
	struct suppressions s = found(sources.list.data[0]);
	struct diags diags = {0};
	struct diag diag = {
		.rule = "topology-syntax", .severity = SEVERITY_ERROR, .span = {0, 22, 1}, .message = STR("m")};
	vec_add(arena, &diags.list, diag);
	assert_int_equal(suppressions_apply(&sources, &s, &diags), 0);
	assert_false(s.list.data[0].used);
}

static void edits_keep_every_other_byte(void **state)
{
	(void)state;
	struct source *source = add(SOURCE_MARKDOWN, "a.md", "\xEF\xBB\xBFone\r\ntwo\r\n");
	struct edits edits = {0};
	struct edit list[] = {
		{{0, 8, 3}, STR("2")}, {{0, 3, 3}, STR("eins")}, {{0, 9, 1}, STR("!")}, {{0, 90, 1}, STR("!")}};
	for (size_t i = 0; i < 4; i++)
		vec_add(arena, &edits.list, list[i]);
	size_t skipped;
	struct str text = edits_apply(arena, source, &edits, &skipped);
	assert_true(str_is(text, "\xEF\xBB\xBF"
				 "eins\r\n2\r\n"));
	assert_int_equal(skipped, 2);
}

static void findings_are_sorted_and_unique(void **state)
{
	(void)state;
	add(SOURCE_MARKDOWN, "a.md", "text");
	struct diags diags = {0};
	static const char *const rules[] = {"b", "a", "b", "a"};
	static const uint32_t offs[] = {2, 2, 2, 0};
	for (size_t i = 0; i < 4; i++) {
		struct diag diag = {
			.rule = rules[i], .severity = SEVERITY_INFO, .span = {0, offs[i], 1}, .message = STR("m")};
		vec_add(arena, &diags.list, diag);
	}
	diags_sort(&sources, &diags);
	assert_int_equal(diags.list.n, 3);
	assert_int_equal(diags.list.data[0].span.off, 0);
	assert_string_equal(diags.list.data[1].rule, "a");
	assert_int_equal(diags_count(&diags, SEVERITY_INFO), 3);
}

static void fingerprints_hold_no_line(void **state)
{
	(void)state;
	add(SOURCE_MARKDOWN, "a.md", "x\nx");
	struct diag one = {.rule = "r", .span = {0, 0, 1}, .message = STR("m")}, two = one, other = one;
	two.span.off = 2;
	other.message = STR("n");
	struct str first = diag_fingerprint(arena, &sources, &one);
	assert_int_equal(first.size, 16);
	assert_true(str_eq(first, diag_fingerprint(arena, &sources, &two)));
	assert_false(str_eq(first, diag_fingerprint(arena, &sources, &other)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(places_count_lines_and_bytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(suppressions_are_read_from_comments_only, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_block_ends_at_enable, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_mistyped_directive_covers_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_covered_is_taken_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(syntax_errors_cannot_be_suppressed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(edits_keep_every_other_byte, set_up, tear_down),
		cmocka_unit_test_setup_teardown(findings_are_sorted_and_unique, set_up, tear_down),
		cmocka_unit_test_setup_teardown(fingerprints_hold_no_line, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
