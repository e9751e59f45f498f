/* lintel.yaml: every key, what is reported, what is refused, which severity holds where. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct str nearest(struct arena *arena, struct str name)
{
	static const struct str known[] = {{"fact-address", 12}, {"link-case", 9}};
	(void)arena;
	return nearest_find(name, known, 2);
}

static struct config read_text(struct arena *arena, const char *text)
{
	struct config config;
	struct source *source = NEW(arena, struct source);
	*source = (struct source){.kind = SOURCE_CONFIG, .path = STR("lintel.yaml"), .text = str_from(text)};
	config_init(&config);
	config_read(arena, &config, source, nearest);
	return config;
}

static void assert_str(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("got \"" STR_FMT "\", not \"%s\"", STR_ARG(got), want);
}

static void every_key_is_read(void **state)
{
	struct arena *arena = arena_new();
	struct config config = read_text(
		arena,
		"title: T\nbase_url: https://x.example\nrepository: r\ncontent: [a, b/*.md]\ndecisions: adr\ndiagrams: []\n"
		"topology: ['**/topology.yaml']\ntemplates: t\noutput: out\nhistory: [old/]\nbaseline: b.json\nterms: [Air, Pro]\n"
		"statuses: {Angenommen: accepted, Überholt: Superseded}\nsources: {use: [m/*.yaml], map: {h.yaml: ansible}, exclude: [m/x.yaml]}\n"
		"anchors: gitlab\nstale_after: 6 months\nproposed_stale_after: 2w\nx-own: {a: b}\n"
		"limits: {file_bytes: 2 MiB, files: 10, md_seconds: 3, layout_seconds: 4s}\n");
	(void)state;
	assert_str(config.file, "lintel.yaml");
	assert_str(config.title.str, "T");
	assert_str(config.base_url.str, "https://x.example");
	assert_str(config.repository.str, "r");
	assert_int_equal(config.content.list.n, 2);
	assert_str(config.content.list.data[1].str, "b/*.md");
	assert_str(config.decisions.list.data[0].str, "adr");
	assert_true(config.diagrams.set);
	assert_int_equal(config.diagrams.list.n, 0);
	assert_str(config.topology.list.data[0].str, "**/topology.yaml");
	assert_str(config.templates.str, "t");
	assert_str(config.output.str, "out");
	assert_str(config.history.list.data[0].str, "old/");
	assert_str(config.baseline.str, "b.json");
	assert_int_equal(config.terms.list.n, 2);
	assert_str(((struct word *)map_find(&config.statuses, STR("angenommen")))->str, "accepted");
	assert_str(((struct word *)map_find(&config.statuses, STR("überholt")))->str, "superseded");
	assert_str(config.sources.data[0].file.str, "m/*.yaml");
	assert_str(config.sources.data[1].as.str, "ansible");
	assert_true(config.only_sources);
	assert_str(config.sources_exclude.list.data[0].str, "m/x.yaml");
	assert_str(config.anchors.str, "gitlab");
	assert_int_equal(config.stale_after_days, 180);
	assert_int_equal(config.proposed_stale_days, 14);
	assert_int_equal(config.limits.file_bytes, 2 << 20);
	assert_int_equal(config.limits.files, 10);
	assert_int_equal(config.limits.md_seconds, 3);
	assert_int_equal(config.limits.layout_seconds, 4);
	assert_int_equal(config.limits.yaml_depth, 64);
	assert_int_equal(config.troubles.list.n, 0);
	assert_false(config.terms.list.data[0].span.size == 0);
	arena_free(arena);
}

static void empty_text_keeps_the_defaults(void **state)
{
	static const char *const texts[] = {"", "# nothing\n", "---\n", "~\n",
					    "rules:\nlimits:\noverrides:\noutput:\n"};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct config config = read_text(arena, texts[i]);
		assert_str(config.output.str, "site");
		assert_str(config.anchors.str, "github");
		assert_int_equal(config.stale_after_days, 180);
		assert_false(config.content.set);
		assert_int_equal(config.troubles.list.n, 0);
	}
	arena_free(arena);
}

static void unknown_words_are_reported_with_the_nearest(void **state)
{
	static const struct {
		const char *text, *kind, *word, *nearest;
		uint32_t off;
	} cases[] = {
		{"titel: x\n", "key", "titel", "title", 0},
		{"zzzzzzzz: x\n", "key", "zzzzzzzz", "", 0},
		{"limits: {file_byte: 1}\n", "key", "file_byte", "file_bytes", 9},
		{"sources: {uses: []}\n", "key", "uses", "use", 10},
		{"rules: {fact-adress: off}\n", "rule", "fact-adress", "fact-address", 8},
		{"rules: {no-such-rule-at-all: off}\n", "rule", "no-such-rule-at-all", "", 8},
		{"rules: {link-case: warnin}\n", "severity", "warnin", "warning", 19},
		{"overrides: [{paths: a, rules: {}, rule: {}}]\n", "key", "rule", "rules", 34},
		{"overrides: [{paths: a, rules: {link-cas: off}}]\n", "rule", "link-cas", "link-case", 31},
		{"statuses: {x: acepted}\n", "status", "acepted", "accepted", 14},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct config config = read_text(arena, cases[i].text);
		assert_int_equal(config.troubles.list.n, 1);
		const struct trouble *trouble = &config.troubles.list.data[0];
		assert_string_equal(trouble->rule, "config-unknown-key");
		assert_string_equal(trouble->kind, cases[i].kind);
		assert_str(trouble->text, cases[i].word);
		assert_str(trouble->extra, cases[i].nearest);
		assert_int_equal(trouble->span.off, cases[i].off);
	}
	arena_free(arena);
}

/* Exit status of a reading of the text in a child, its stderr in out. */
static int status_of(const char *text, char *out, size_t size)
{
	int ends[2], status = 0;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		read_text(arena_new(), text);
		_exit(0);
	}
	close(ends[1]);
	ssize_t got = read(ends[0], out, size - 1);
	out[got > 0 ? got : 0] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void what_is_no_configuration_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *text, *place;
	} cases[] = {
		{"- a\n", "lintel.yaml:1:1:"},
		{"just words\n", "lintel.yaml:1:1:"},
		{"title: [a\n", "lintel.yaml:"},
		{"title: {a: b}\n", "lintel.yaml:1:8:"},
		{"content: {a: b}\n", "lintel.yaml:1:10:"},
		{"title: x\nrules: [a]\n", "lintel.yaml:2:8:"},
		{"overrides: {a: b}\n", "lintel.yaml:1:12:"},
		{"overrides: [{rules: {}}]\n", "lintel.yaml:1:13:"},
		{"stale_after: soon\n", "lintel.yaml:1:14:"},
		{"limits: {files: 0}\n", "lintel.yaml:1:17:"},
		{"limits: {files: many}\n", "lintel.yaml:1:17:"},
		{"title: a\n---\ntitle: b\n", "lintel.yaml:3:1:"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char out[512];
		int status = status_of(cases[i].text, out, sizeof out);
		if (status != EXIT_USAGE || !strstr(out, cases[i].place))
			fail_msg("case %zu: status %d, %s", i, status, out);
	}
}

static void times_are_days(void **state)
{
	static const struct {
		const char *text;
		long days;
	} cases[] = {{"90", 90},  {"180d", 180},   {"6 months", 180}, {"1 year", 365},
		     {"2y", 730}, {"3 Weeks", 21}, {"0", 0}};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str text = str_format(arena, "stale_after: %s\n", cases[i].text);
		assert_int_equal(read_text(arena, text.data).stale_after_days, cases[i].days);
	}
	assert_true(read_text(arena, "stale_after: never\n").stale_after_days > 365000);
	arena_free(arena);
}

static void the_last_severity_that_matches_wins(void **state)
{
	struct arena *arena = arena_new();
	struct config config = read_text(
		arena,
		"overrides:\n- {paths: [old], rules: {link-case: info}}\n- {paths: ['old/x/*.md'], rules: {link-case: off}}\n"
		"- {paths: [], rules: {link-case: off}}\nrules: {link-case: error}\n");
	(void)state;
	assert_int_equal(config_severity_of(&config, "link-case", STR("new/a.md"), SEVERITY_WARNING), SEVERITY_ERROR);
	assert_int_equal(config_severity_of(&config, "link-case", STR("old/a.md"), SEVERITY_WARNING), SEVERITY_INFO);
	assert_int_equal(config_severity_of(&config, "link-case", STR("old/x/a.md"), SEVERITY_WARNING), SEVERITY_OFF);
	assert_int_equal(config_severity_of(&config, "fact-address", STR("old/x/a.md"), SEVERITY_WARNING),
			 SEVERITY_WARNING);
	arena_free(arena);
}

static void entries_match_paths_folders_and_patterns(void **state)
{
	static const struct {
		const char *entry, *path;
		bool match;
	} cases[] = {
		{"docs", "docs/a/b.md", true},
		{"docs/", "docs/a.md", true},
		{"./docs", "docs/a.md", true},
		{"docs", "docs2/a.md", false},
		{"docs", "x/docs/a.md", false},
		{".", "a.md", true},
		{"docs/a.md", "docs/a.md", true},
		{"*.md", "x/y/a.md", true},
		{"docs/*.md", "docs/a.md", true},
		{"docs/*.md", "docs/x/a.md", false},
		{"docs/**", "docs/x/a.md", true},
		{"estates/*", "estates/a/b/c.md", true},
		{"estates/*/adr", "estates/a/adr/c.md", true},
		{"estates/*/adr", "estates/a/b/c.md", false},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct config_globs globs = {0};
		vec_add(arena, &globs.list, (struct word){str_from(cases[i].entry), SPAN_NONE});
		if (config_matches(&globs, str_from(cases[i].path)) != cases[i].match)
			fail_msg("%s against %s", cases[i].entry, cases[i].path);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(empty_text_keeps_the_defaults),
		cmocka_unit_test(unknown_words_are_reported_with_the_nearest),
		cmocka_unit_test(what_is_no_configuration_is_refused_with_its_place),
		cmocka_unit_test(times_are_days),
		cmocka_unit_test(the_last_severity_that_matches_wins),
		cmocka_unit_test(entries_match_paths_folders_and_patterns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
