/* Statements of a record to relations. */
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

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

/* "superseded_by 11", "amends ~3 a/0003-x.md": kind, number with ~ when partial, path; ", " between. */
static const char *relations_of(const char *text)
{
	struct source source = {.kind = SOURCE_MARKDOWN, .path = STR("a/0001-x.md"), .text = str_from(text)};
	struct md_limits limits = {.depth = 100, .bytes = 1 << 26};
	struct md *md = md_parse(arena, &source, &limits);
	struct dialect_reading reading = {0};
	struct buf out = {0};

	relations_find(arena, md, 1, md->n, &reading);
	for (size_t i = 0; i < reading.relations.n; i++) {
		const struct relation *relation = &reading.relations.data[i];
		buf_addf(&out, "%s%s %s%lld", i ? ", " : "", relation_name(relation->kind),
			 relation->partial ? "~" : "", relation->target_number);
		if (relation->target_path.size)
			buf_addf(&out, " " STR_FMT, STR_ARG(relation->target_path));
		assert_true(relation->span.off + relation->span.size <= source.text.size);
	}
	const char *result = str_to_c(arena, buf_dup(arena, &out));
	buf_free(&out);
	return result;
}

static void check(const char *text, const char *wanted)
{
	const char *got = relations_of(text);
	if (strcmp(got, wanted) != 0)
		fail_msg("`%s` gives `%s`, not `%s`", text, got, wanted);
}

static void statements(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"Superseded by ADR-0011", "superseded_by 11"},
		{"Superceded by [11. Use X](0011-use-x.md)", "superseded_by 11 a/0011-use-x.md"},
		{"superseeded by 0011", "superseded_by 11"},
		{"Superseded by 11", "superseded_by 11"},
		{"Superseded [0019](0019-x.md)", "superseded_by 19 a/0019-x.md"},
		{"Superseded, see ADR-3", "superseded_by 3"},
		{"Superseded (ADR-3)", "superseded_by 3"},
		{"Superseded in favour of ADR-3", "superseded_by 3"},
		{"Superseded by GraphQL, see [ADR-3](0003-x.md)", "superseded_by 3 a/0003-x.md"},
		{"Replaced by ADR 3", "superseded_by 3"},
		{"* accepted; supersedes ADR-0045", "supersedes 45"},
		{"Accepted, supersedes ADR-0045", "supersedes 45"},
		{"Supersedes: DR008", "supersedes 8"},
		{"This decision supersedes ADR-1.", "supersedes 1"},
		{"proposed, superseding ADR-0045 after a trial; pending", "supersedes 45"},
		{"Supersedes [A](../b/0002-a.md#top \"title\")", "supersedes 2 b/0002-a.md"},
		{"Supersedes [20201016-use-x](20201016-use-x.md)", "supersedes -1 a/20201016-use-x.md"},
		{"Supersedes ADR-1, ADR-2 and ADR-3", "supersedes 1, supersedes 2, supersedes 3"},
		{"Refines [ADR-34](0034-x.md) and\n  [ADR-41](0041-y.md) \xe2\x80\x94 completes the set",
		 "amends 34 a/0034-x.md, amends 41 a/0041-y.md"},
		{"extended by [ADR-2](0002-a.md) (the cache) and [ADR-3](0003-b.md) (the mirror)",
		 "amended_by 2 a/0002-a.md, amended_by 3 a/0003-b.md"},
		{"Amends [5. Help](0005-h.md)\nAmended by [9. Scripts](0009-s.md)",
		 "amends 5 a/0005-h.md, amended_by 9 a/0009-s.md"},
		{"**Superseded by [ADR-0030](0030-x.md).** The library was replaced.", "superseded_by 30 a/0030-x.md"},
		{"Relates to ADR-3", "relates 3"},
		{"2026-07-12 \xe2\x80\x94 amended by [ADR-43](0043-x.md): the board", "amended_by 43 a/0043-x.md"},
		{"superseded by [\xe7\xac\xac\xe4\xb8\x89](0003-x.md)\xe3\x80\x81[4](0004-y.md)",
		 "superseded_by 3 a/0003-x.md, superseded_by 4 a/0004-y.md"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check(cases[i].text, cases[i].wanted);
}

static void parts(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"Supersedes in scope [ADR-5](0005-x.md)", "supersedes ~5 a/0005-x.md"},
		{"accepted (superseded in scope by ADR-6)", "superseded_by ~6"},
		{"Partly superseded by ADR-6", "superseded_by ~6"},
		{"Superseded by ADR-6 (for the walls only)", "superseded_by ~6"},
		{"Supersedes the naming clause of ADR-6", "supersedes ~6"},
		{"Supersedes parts of ADR-6", "supersedes ~6"},
		{"Amends ADR-6 (for the walls only)", "amends 6"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check(cases[i].text, cases[i].wanted);
}

static void no_statements(void **state)
{
	static const char *const cases[] = {
		"This does not supersede ADR-1",
		"It may supersede ADR-1 later",
		"Will be superseded by ADR-6",
		"To be superseded by ADR-6",
		"Once accepted, supersedes ADR-6",
		"Supersedes ADR-6 once accepted",
		"ADR-7 was superseded by ADR-9",
		"ADR-7, superseded by ADR-9, said so",
		"[ADR-7](0007-x.md) (superseded by [ADR-9](0009-y.md))",
		"update ADR 006 status to superseded by ADR-9",
		"Extended by nobody",
		"Tempo replaced by VictoriaTraces ([ADR-42](0042-x.md))",
		"Supersedes the metrics backend (no prior ADR)",
		"Supersedes the premise of board `#273`",
		"Supersedes the earlier section",
		"Supersedes 3 older habits",
		"Supersedes RFC 2119",
		"Supersedes the roadmap.md contract",
		"Superseded by: none",
		"Superseded by: N/A\nSee: ADR-3",
		"Superseded in 2024",
		"Supersedes the 2026-06-03 suspension",
		"~~Superseded by ADR-3~~",
		"<!-- Superseded by ADR-3 -->",
		"![superseded by ADR-3](https://example.net/superseded_by_ADR_0003.svg)",
		"one that supersedes ADR-3",
		"`code` which supersedes ADR-3",
		"```\nSupersedes ADR-3\n```",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check(cases[i], "");
}

static void numbers(void **state)
{
	static const struct {
		const char *text;
		long long wanted;
	} cases[] = {
		{"7", 7},
		{"0007", 7},
		{"ADR-0007", 7},
		{"adr 7", 7},
		{"ADR7", 7},
		{"#7", 7},
		{"[0019]", 19},
		{"11. Use X", 11},
		{"040a", 40},
		{"a/b/0007-use-x.md", 7},
		{"adr-0007-use-x.md", 7},
		{"ADR006-x.md", 6},
		{"2020-09-24_012-x.md", 12},
		{"0", 0},
		{"", -1},
		{"x", -1},
		{"2026-01-01", -1},
		{"20200924-x.md", -1},
		{"2020-09-24-x.md", -1},
		{"2024-001-x.md", -1},
		{"1234567", -1},
		{"RFC-7", -1},
		{"2nd", -1},
		{"use-7-x.md", -1},
		{"50%", -1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (decision_number(str_from(cases[i].text)) != cases[i].wanted)
			fail_msg("`%s` is %lld, not %lld", cases[i].text, decision_number(str_from(cases[i].text)),
				 cases[i].wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements),
		cmocka_unit_test(parts),
		cmocka_unit_test(no_statements),
		cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
