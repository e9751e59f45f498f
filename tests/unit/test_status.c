/* Words of a status to what they mean. */
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *parsed(const struct config *config, const char *text)
{
	const char *name = status_name(status_parse(config, str_from(text)));
	return name ? name : "none";
}

static void words(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"Accepted", "accepted"},
		{"ACCEPTED.", "accepted"},
		{"**Accepted**", "accepted"},
		{"\xe2\x9c\x85 Accepted", "accepted"},
		{"\"accepted\"", "accepted"},
		{"{accepted}", "accepted"},
		{"`approved`", "accepted"},
		{"** Approved **", "accepted"},
		{"APPRROVED", "accepted"},
		{"Accepted on 2017-12-11.", "accepted"},
		{"2017-12-11: accepted", "accepted"},
		{"Status: accepted", "accepted"},
		{"Accepted (lazy consensus) & implemented", "accepted"},
		{"Implemented", "accepted"},
		{"imlpemented", "accepted"},
		{"Final", "accepted"},
		{"~~Proposed~~ Accepted", "accepted"},
		{"accepted <!-- optional -->", "accepted"},
		{"Proposed", "proposed"},
		{"\xf0\x9f\xa4\x94 Proposed", "proposed"},
		{"In review", "proposed"},
		{"undecided", "proposed"},
		{"Last Call", "proposed"},
		{"Draft", "draft"},
		{"WIP", "draft"},
		{"\xe2\x9d\x8c Rejected", "rejected"},
		{"Declined by the board", "rejected"},
		{"Returned for revision", "rejected"},
		{"Withdrawn", "withdrawn"},
		{"Expired", "withdrawn"},
		{"on hold", "deferred"},
		{"Inactive", "deferred"},
		{"Deprecated", "deprecated"},
		{"Depreciated", "deprecated"},
		{"No longer relevant", "deprecated"},
		{"Superseded", "superseded"},
		{"\xe2\x8c\x9b\xef\xb8\x8f Superceeded", "superseded"},
		{"[SUPERSEDED](0007-x.md)", "superseded"},
		{"Replaced by ADR-9", "superseded"},
		{"Proposed -> Accepted (2024-01-15)", "accepted"},
		{"Proposed \xe2\x86\x92 Accepted", "accepted"},
		{"\xe2\x9c\x85", "accepted"},
		{":x:", "rejected"},
		{":white_check_mark: Accepted", "accepted"},
		{"\xe2\x99\xbb\xef\xb8\x8f", "unknown"},
		{"<span style=\"color:green\">Accepted</span>", "accepted"},
		{"<del>Proposed</del> Accepted", "accepted"},
		{"Partially accepted", "accepted"},
		{"Superseded (partly)", "accepted"},
		{"Not yet accepted", "proposed"},
		{"Amended", "accepted"},
		{"Won't do", "rejected"},
		{"Archived", "deprecated"},
		{"Unresolved", "unknown"},
		{"acepted", "unknown"},
		{"Not-Implemented", "unknown"},
		{"Documented existing implementation", "unknown"},
		{"TBD", "unknown"},
		{"Acceptedness is high", "unknown"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (strcmp(parsed(NULL, cases[i].text), cases[i].wanted) != 0)
			fail_msg("`%s` is %s, not %s", cases[i].text, parsed(NULL, cases[i].text), cases[i].wanted);
}

static void phrases(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"Accepted, superseded by ADR-12", "superseded"},
		{"Accepted. Superseded by [12. X](0012-x.md)", "superseded"},
		{"Inactive (superseded by CIP-0121 and CIP-0122)", "superseded"},
		{"Accepted, later superseded by the new gateway", "superseded"},
		{"Accepted, supersedes ADR-0045", "accepted"},
		{"accepted (superseded in scope by [ADR-6](0006-x.md))", "accepted"},
		{"Accepted; partly superseded by ADR-6", "accepted"},
		{"Partly superseded by ADR-6", "accepted"},
		{"Superseded in part by ADR-6", "accepted"},
		{"Superseded by ADR-6 for the walls only", "accepted"},
		{"Accepted. Will be superseded by ADR-6", "accepted"},
		{"Accepted, not superseded by ADR-6", "accepted"},
		{"Accepted\nSuperseded by: N/A", "accepted"},
		{"Accepted\nSuperseded by:\nAmends: ADR-3", "accepted"},
		{"Proposed, superseding ADR-0045", "proposed"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (strcmp(parsed(NULL, cases[i].text), cases[i].wanted) != 0)
			fail_msg("`%s` is %s, not %s", cases[i].text, parsed(NULL, cases[i].text), cases[i].wanted);
}

static void nothing(void **state)
{
	static const char *const cases[] = {
		"",
		"  ",
		"N/A",
		"none",
		"\xe2\x80\x94",
		"<!-- optional -->",
		"[]",
		"Accepted | Pending | Superseded by ADR-7",
		"{proposed | rejected | accepted}",
		"[draft | proposed | superseded by [xxx](yyyymmdd-xxx.md)]",
		"proposed/accepted/rejected",
		"{status}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (strcmp(parsed(NULL, cases[i]), "none") != 0)
			fail_msg("`%s` is %s", cases[i], parsed(NULL, cases[i]));
}

static void words_of_the_house(void **state)
{
	struct arena *arena = arena_new();
	struct config config;
	struct word accepted = {STR("accepted"), SPAN_NONE}, rejected = {STR("rejected"), SPAN_NONE};

	(void)state;
	config_init(&config);
	config.statuses.arena = arena;
	map_put(&config.statuses, STR("vigente"), &accepted);
	map_put(&config.statuses, STR("no vigente"), &rejected);
	map_put(&config.statuses, STR("closed"), &accepted);
	map_put(&config.statuses, STR("\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbd\xd1\x8f\xd1\x82\xd0\xbe"), &accepted);
	map_put(&config.statuses, STR("\xe6\x89\xbf\xe8\xaa\x8d"), &accepted);
	assert_string_equal(parsed(&config, "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xbd\xd1\x8f\xd1\x82\xd0\xbe"), "accepted");
	assert_string_equal(parsed(&config, "\xe6\x89\xbf\xe8\xaa\x8d\xe6\xb8\x88\xe3\x81\xbf"), "accepted");
	assert_string_equal(parsed(&config, "Vigente desde enero"), "accepted");
	assert_string_equal(parsed(&config, "No vigente"), "rejected");
	assert_string_equal(parsed(&config, "Closed"), "accepted");
	assert_string_equal(parsed(&config, "Vigentes"), "unknown");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(phrases),
		cmocka_unit_test(nothing),
		cmocka_unit_test(words_of_the_house),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
