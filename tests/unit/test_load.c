/* Loading: what git ignores, where links lead, which files are sources, their bytes, what git knows of them. */
#include "load/load.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "load/ignore.h"

static char root[] = "/tmp/lintel-load-XXXXXX";
static struct arena *arena;
static struct config config;

static const char *at(const char *path)
{
	return str_format(arena, "%s/%s", root, path).data;
}

static void put(const char *path, const char *text)
{
	struct str full = str_from(at(path));
	assert_int_equal(file_make_dirs(str_to_c(arena, path_dir(full))), 0);
	assert_int_equal(file_write(full.data, str_from(text)), 0);
}

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	config_init(&config);
	return file_make_dirs(root);
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return file_remove_tree(root);
}

/* Paths of the sources, one per line with a letter for the kind. */
static struct str sources_of(const struct loaded *loaded)
{
	struct buf buf = {0};
	for (size_t i = 0; i < loaded->sources.list.n; i++) {
		const struct source *source = loaded->sources.list.data[i];
		assert_int_equal(source->id, i);
		buf_addf(&buf, "%c " STR_FMT "\n", "MTDdCPAO"[source->kind], STR_ARG(source->path));
	}
	struct str text = buf_dup(arena, &buf);
	buf_free(&buf);
	return text;
}

static struct str paths_of(const struct listing *listing)
{
	struct buf buf = {0};
	for (size_t i = 0; i < listing->list.n; i++) {
		const struct entry *entry = &listing->list.data[i];
		buf_addf(&buf, STR_FMT "%s\n", STR_ARG(entry->path), entry->kind == ENTRY_DIR ? "/" : "");
	}
	struct str text = buf_dup(arena, &buf);
	buf_free(&buf);
	return text;
}

static const struct trouble *find_trouble(const struct troubles *troubles, const char *kind)
{
	for (size_t i = 0; i < troubles->list.n; i++) {
		if (strcmp(troubles->list.data[i].kind, kind) == 0)
			return &troubles->list.data[i];
	}
	return NULL;
}

static void assert_str(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("got:\n" STR_FMT "\nwanted:\n%s", STR_ARG(got), want);
}

static struct loaded *load_memory(const struct tree_file *files, size_t n)
{
	return load(arena, tree_memory(arena, files, n), &config);
}

#define N(array) (sizeof(array) / sizeof *(array))

static void patterns_match_as_in_git(void **state)
{
	static const struct {
		const char *rules, *path;
		bool folder, ignored;
	} cases[] = {
		{"*.log", "a/b.log", false, true},
		{"*.log\n!b.log", "a/b.log", false, false},
		{"build/", "x/build", true, true},
		{"build/", "x/build", false, false},
		{"/top.md", "top.md", false, true},
		{"/top.md", "a/top.md", false, false},
		{"a/b", "a/b", false, true},
		{"a/b", "x/a/b", false, false},
		{"**/b", "x/a/b", false, true},
		{"a/**", "a", true, false},
		{"a/**", "a/x/y", false, true},
		{"a/**/b", "a/b", false, true},
		{"a/**/b", "a/x/y/b", false, true},
		{"a*c", "abbc", false, true},
		{"a*c", "ab/c", false, false},
		{"a/*", "a/b/c", false, false},
		{"?.md", "a.md", false, true},
		{"[a-c].md", "b.md", false, true},
		{"[!a-c].md", "b.md", false, false},
		{"[[:digit:]]", "7", false, true},
		{"[]]", "]", false, true},
		{"[a", "a", false, false},
		{"\\#x", "#x", false, true},
		{"#x", "#x", false, false},
		{"\\!x", "!x", false, true},
		{"x  ", "x", false, true},
		{"x\\ ", "x ", false, true},
		{"x\r\n", "x", false, true},
		{"\xef\xbb\xbfx", "x", false, true},
		{"{a,b}", "a", false, false},
		{"", "x", false, false},
		{"/", "x", true, false},
		{"*", "x", true, true},
		{"a**b", "axxb", false, true},
	};
	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		bool full = false;
		const struct ignore_level *level = ignore_read(arena, NULL, STR(""), str_from(cases[i].rules), &full);
		if (ignore_covers(level, str_from(cases[i].path), cases[i].folder) != cases[i].ignored)
			fail_msg("%s against %s", cases[i].rules, cases[i].path);
	}
}

static void ignore_rules_are_bounded_in_time(void **state)
{
	char pattern[2001], path[20001];
	(void)state;
	for (size_t i = 0; i < sizeof pattern - 1; i++)
		pattern[i] = i % 2 ? 'a' : '*';
	pattern[sizeof pattern - 2] = 'b';
	pattern[sizeof pattern - 1] = '\0';
	memset(path, 'a', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	double start = world_seconds();
	assert_false(ignore_matches(str_from(pattern), str_from(path)));
	assert_true(world_seconds() - start < 5);
}

static void without_content_every_document_counts(void **state)
{
	static const struct tree_file files[] = {
		{{"z.md", 4}, {"z", 1}},
		{{"a/b.MARKDOWN", 12}, {"b", 1}},
		{{"a/topology.yaml", 15}, {"estate: x", 9}},
		{{"a/other.yaml", 12}, {"", 0}},
		{{"g.dot", 5}, {"", 0}},
		{{"g.mmd", 5}, {"", 0}},
		{{"site/i.md", 9}, {"", 0}},
		{{"x/node_modules/a.md", 19}, {"", 0}},
		{{"o/.lintel-manifest", 18}, {"", 0}},
		{{"o/p.md", 6}, {"", 0}},
		{{"docs/.adr-dir", 13}, {"adr", 3}},
	};
	(void)state;
	struct loaded *loaded = load_memory(files, N(files));
	assert_str(sources_of(loaded),
		   "M a/b.MARKDOWN\nT a/topology.yaml\nO docs/.adr-dir\nD g.dot\nd g.mmd\nM z.md\n");
	assert_str(paths_of(loaded->listing),
		   "a/\na/b.MARKDOWN\na/other.yaml\na/topology.yaml\ndocs/\ndocs/.adr-dir\ng.dot\ng.mmd\nx/\nz.md\n");
	assert_non_null(map_find(&loaded->listing->by_lower_path, STR("a/b.markdown")));
	assert_int_equal(config.content.list.n, 0);
	assert_null(loaded->config_source);
}

static void with_content_its_folders_count(void **state)
{
	static const struct tree_file files[] = {
		{{"README.md", 9}, {"", 0}},
		{{"content/a.md", 12}, {"", 0}},
		{{"content/g.dot", 13}, {"", 0}},
		{{"content/x/topology.yaml", 23}, {"", 0}},
		{{"decisions/0001-x.md", 19}, {"", 0}},
		{{"diagrams/d.mmd", 14}, {"", 0}},
		{{"other/topology.yaml", 19}, {"", 0}},
	};
	(void)state;
	struct loaded *loaded = load_memory(files, N(files));
	assert_str(
		sources_of(loaded),
		"M content/a.md\nD content/g.dot\nT content/x/topology.yaml\nM decisions/0001-x.md\nd diagrams/d.mmd\n");
	assert_str(config.content.list.data[0].str, "content");
	assert_false(config.content.set);
}

static bool may_be_machine(const struct config *settled, struct str path, struct str text)
{
	return config_source_of(settled, path) && (!text.data || str_is(text, "all:"));
}

static void configuration_says_what_counts(void **state)
{
	static const char text[] =
		"content: [docs]\ndecisions: []\ndiagrams: [d/*.gv]\ntopology: [net.yaml]\ntemplates: tpl\noutput: out\n"
		"sources: [m/*.yaml]\n";
	const struct tree_file files[] = {
		{{"a.md", 4}, {"", 0}},
		{{"docs/a.md", 9}, {"", 0}},
		{{"docs/g.dot", 10}, {"", 0}},
		{{"decisions/1.md", 14}, {"", 0}},
		{{"d/x.gv", 6}, {"", 0}},
		{{"net.yaml", 8}, {"", 0}},
		{{"tpl/page.html", 13}, {"", 0}},
		{{"out/x.md", 8}, {"", 0}},
		{{"m/h.yaml", 8}, {"all:", 4}},
		{{"m/other.yaml", 12}, {"none:", 5}},
		{{"h.yaml", 6}, {"all:", 4}},
		{{"lintel.yaml", 11}, {text, sizeof text - 1}},
		{{"docs/topology.yaml", 18}, {"", 0}},
	};
	(void)state;
	config.may_be_machine = may_be_machine;
	struct loaded *loaded = load_memory(files, N(files));
	assert_str(sources_of(loaded),
		   "D d/x.gv\nM docs/a.md\nC lintel.yaml\nA m/h.yaml\nT net.yaml\nP tpl/page.html\n");
	assert_ptr_equal(loaded->config_source, source_find(&loaded->sources, STR("lintel.yaml")));
	assert_str(span_text(&loaded->sources, config.output.span), "out");
	assert_str(span_path(&loaded->sources, config.output.span), "lintel.yaml");
	assert_int_equal(config.content.list.n, 1);
}

static void bad_bytes_are_told_and_repaired_in_place(void **state)
{
	static const struct tree_file files[] = {
		{{"bad.md", 6},
		 {"a\xff"
		  "b\xc3(\0c\x1b\x1b\f\t\r\n\xc3\xa9",
		  15}},
		{{"ok.md", 5}, {"\xef\xbb\xbfok", 5}},
		{{"wide.md", 7},
		 {"\xff\xfe"
		  "a\0",
		  4}},
	};
	(void)state;
	struct loaded *loaded = load_memory(files, N(files));
	assert_str(sources_of(loaded), "M bad.md\nM ok.md\n");
	struct str text = loaded->sources.list.data[0]->text;
	assert_int_equal(text.size, 15);
	assert_memory_equal(text.data, "a?b?(?c\x1b\x1b\f\t\r\n\xc3\xa9", 15);
	assert_int_equal(loaded->troubles.list.n, 4);
	assert_int_equal(find_trouble(&loaded->troubles, "utf8")->span.off, 1);
	assert_str(find_trouble(&loaded->troubles, "utf8")->extra, "1");
	assert_int_equal(find_trouble(&loaded->troubles, "nul")->span.off, 5);
	assert_int_equal(find_trouble(&loaded->troubles, "control")->span.off, 7);
	assert_str(find_trouble(&loaded->troubles, "utf16")->text, "wide.md");
	assert_int_equal(loaded->sources.list.data[1]->text.size, 5);
}

static void limits_leave_out_and_tell(void **state)
{
	static const struct tree_file files[] = {
		{{"a.md", 4}, {"12345", 5}},
		{{"b.md", 4}, {"1234567", 7}},
		{{"c.md", 4}, {"12345", 5}},
		{{"d.md", 4}, {"12", 2}},
	};
	(void)state;
	config.limits.file_bytes = 6;
	config.limits.total_bytes = 8;
	struct loaded *loaded = load_memory(files, N(files));
	assert_str(sources_of(loaded), "M a.md\nM d.md\n");
	assert_str(find_trouble(&loaded->troubles, "file-size")->text, "b.md");
	assert_str(find_trouble(&loaded->troubles, "file-size")->extra, "6");
	assert_str(find_trouble(&loaded->troubles, "total-bytes")->text, "c.md");
}

static void a_folder_on_disk_is_walked_as_git_would(void **state)
{
	(void)state;
	put(".gitignore", "*.tmp\n/secret/\nlogs/*\n!logs/keep.md\n");
	put("secret/a.md", "");
	put("sub/secret/a.md", "");
	put("sub/.gitignore", "/x.md\n!y.tmp\n");
	put("sub/x.md", "");
	put("sub/y.tmp", "");
	put("z.tmp", "");
	put("logs/a.md", "");
	put("logs/keep.md", "");
	put("site/a.md", "");
	put("old/.lintel-manifest", "");
	put("old/a.md", "");
	put("odd\n\xff.md", "");
	assert_int_equal(mkfifo(at("fifo.md"), 0600), 0);
	struct loaded *loaded = load(arena, tree_disk(arena, root), &config);
	assert_str(paths_of(loaded->listing),
		   ".gitignore\nlogs/\nlogs/keep.md\nodd\n\xff.md\nsub/\nsub/.gitignore\nsub/secret/\n"
		   "sub/secret/a.md\nsub/y.tmp\n");
	assert_str(sources_of(loaded), "M logs/keep.md\nM odd\n\xff.md\nM sub/secret/a.md\n");
	assert_int_equal(loaded->listing->troubles.list.n, 0);
}

static void too_many_files_are_told(void **state)
{
	(void)state;
	put("a.md", "");
	put("b.md", "");
	put("c.md", "");
	config.limits.files = 2;
	struct listing *listing = tree_list(tree_disk(arena, root), &config);
	assert_str(paths_of(listing), "a.md\nb.md\n");
	assert_str(find_trouble(&listing->troubles, "files")->text, "c.md");
}

static void assert_link(const struct listing *listing, const char *path, const char *kind)
{
	for (size_t i = 0; i < listing->troubles.list.n; i++) {
		const struct trouble *trouble = &listing->troubles.list.data[i];
		if (str_is(trouble->text, path)) {
			assert_string_equal(trouble->kind, kind);
			assert_null(map_find(&listing->by_path, str_from(path)));
			return;
		}
	}
	fail_msg("nothing said of %s", path);
}

static void links_lead_to_files_of_the_workspace_only(void **state)
{
	static const struct {
		const char *path, *target, *kind;
	} cases[] = {
		{"ws/out.md", "../outside.md", "symlink-outside"},
		{"ws/abs.md", "/etc/passwd", "symlink-outside"},
		{"ws/deep.md", "d/../../outside.md", "symlink-outside"},
		{"ws/loop.md", "loop.md", "symlink-loop"},
		{"ws/gone.md", "nope.md", "symlink-dangling"},
		{"ws/dir", "d", "symlink-folder"},
		{"ws/hidden.md", "secret.md", "symlink-dangling"},
		{"ws/escape", "..", "symlink-outside"},
		{"ws/by.md", "escape/outside.md", "symlink-outside"},
		{"ws/adr/0002.md", "../../outside.md", "symlink"},
	};
	(void)state;
	put("outside.md", "no");
	put("ws/.gitignore", "secret.md\n");
	put("ws/secret.md", "no");
	put("ws/d/a.md", "text");
	put("ws/note.txt", "note");
	put("ws/adr/0001.md", "");
	for (size_t i = 0; i < N(cases); i++)
		assert_int_equal(symlink(cases[i].target, at(cases[i].path)), 0);
	assert_int_equal(symlink("d/a.md", at("ws/again.md")), 0);
	assert_int_equal(symlink("../note.txt", at("ws/d/note.md")), 0);
	assert_int_equal(symlink("dir/../d/note.md", at("ws/chain.md")), 0);
	struct loaded *loaded = load(arena, tree_disk(arena, at("ws")), &config);
	for (size_t i = 0; i < N(cases); i++)
		assert_link(loaded->listing, cases[i].path + strlen("ws/"), cases[i].kind);
	assert_int_equal(loaded->listing->troubles.list.n, N(cases));
	const struct entry *entry = map_find(&loaded->listing->by_path, STR("again.md"));
	assert_true(entry->through_link);
	assert_str(entry->target, "d/a.md");
	assert_int_equal(entry->size, 4);
	assert_str(sources_of(loaded), "M adr/0001.md\nM chain.md\nM d/a.md\n");
	assert_str(loaded->sources.list.data[1]->text, "note");
	assert_int_equal(tree_read(loaded->tree, arena, STR("../outside.md"), 100).state, FILE_MISSING);
	assert_int_equal(tree_read(loaded->tree, arena, STR("secret.md"), 100).state, FILE_MISSING);
	assert_str(tree_read(loaded->tree, arena, STR("again.md"), 100).bytes, "text");
}

/* Runs git in the test's folder, away from the user's configuration. */
static void git(const char *arguments)
{
	struct str command =
		str_format(arena,
			   "cd %s && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null git -c user.name=A "
			   "-c user.email=a@example.org -c init.defaultBranch=main %s >/dev/null 2>&1",
			   root, arguments);
	assert_int_equal(system(command.data), 0);
}

static void commit(const char *when)
{
	assert_int_equal(setenv("GIT_AUTHOR_DATE", when, 1), 0);
	assert_int_equal(setenv("GIT_COMMITTER_DATE", when, 1), 0);
	git("add -A");
	git("commit -m x");
}

static long long changed(const struct git_history *history, const char *path)
{
	const struct git_commit_info *info = map_find(&history->last, str_from(path));
	return info ? info->when : -1;
}

static void make_history(void)
{
	git("init");
	put("a.md", "1");
	put("docs/b.md", "1");
	put("docs/c.md", "1");
	commit("1600000000 +0000");
	git("checkout -b side");
	put("docs/b.md", "side");
	commit("1600000100 +0200");
	git("checkout main");
	put("a.md", "2");
	put("new.md", "1");
	commit("1600000200 +0000");
	assert_int_equal(setenv("GIT_AUTHOR_DATE", "1600000300 +0000", 1), 0);
	git("merge -m m side");
	put("loose.md", "1");
}

static void history_gives_the_last_change(void **state)
{
	(void)state;
	make_history();
	struct git_history *history = git_history_read(arena, root, NULL, &(struct git_wanted){0});
	assert_str(history->why, "");
	assert_true(history->present);
	assert_false(history->shallow);
	assert_int_equal(history->head.size, 40);
	assert_int_equal(history->last.n, 4);
	assert_int_equal(changed(history, "a.md"), 1600000200);
	assert_int_equal(changed(history, "docs/b.md"), 1600000100);
	assert_int_equal(changed(history, "docs/c.md"), 1600000000);
	assert_int_equal(changed(history, "loose.md"), -1);
	history = git_history_read(arena, at("docs"), NULL, &(struct git_wanted){0});
	assert_int_equal(changed(history, "b.md"), 1600000100);
	assert_int_equal(history->last.n, 2);
}

static void history_gives_the_versions_of_what_is_wanted(void **state)
{
	(void)state;
	make_history();
	put("a.md", "3");
	commit("1600000400 +0000");
	const struct str paths[] = {STR("a.md"), STR("docs/b.md"), STR("docs/c.md"), STR("none.md")};
	struct git_history *history = git_history_read(arena, root, NULL, &(struct git_wanted){paths, 4, 4});
	const struct git_versions *a = map_find(&history->versions, STR("a.md"));
	const struct git_versions *b = map_find(&history->versions, STR("docs/b.md"));
	const struct git_versions *c = map_find(&history->versions, STR("docs/c.md"));
	assert_int_equal(history->versions.n, 3);
	assert_int_equal(a->list.n, 3);
	assert_str(a->list.data[0].text, "3");
	assert_str(a->list.data[1].text, "2");
	assert_str(a->list.data[2].text, "1");
	assert_int_equal(a->list.data[1].commit->when, 1600000200);
	assert_int_equal(b->list.n, 2);
	assert_str(b->list.data[0].text, "side");
	assert_int_equal(c->list.n, 1);
	assert_null(c->list.data[0].text.data);
	assert_int_equal(changed(history, "a.md"), 1600000400);
	assert_int_equal(changed(history, "docs/b.md"), 1600000100);
	history = git_history_read(arena, root, "HEAD~1", &(struct git_wanted){paths, 4, 4});
	a = map_find(&history->versions, STR("a.md"));
	assert_int_equal(a->list.n, 2);
	assert_int_equal(changed(history, "a.md"), 1600000200);
}

static void shallow_and_damaged_repositories_are_told(void **state)
{
	(void)state;
	make_history();
	git("clone --depth 1 file://$PWD shallow");
	struct git_history *history = git_history_read(arena, at("shallow"), NULL, &(struct git_wanted){0});
	assert_true(history->present);
	assert_true(history->shallow);
	assert_int_equal(changed(history, "docs/c.md"), 1600000300);
	put("shallow/.git/HEAD", "ref: refs/heads/none\n");
	history = git_history_read(arena, at("shallow"), NULL, &(struct git_wanted){0});
	assert_false(history->present);
	assert_true(history->why.size > 0);
	assert_int_equal(str_find_char(history->why, '\n'), SIZE_MAX);
}

static void a_commit_is_a_workspace(void **state)
{
	struct str why = STR("");
	(void)state;
	make_history();
	struct tree *tree = tree_commit(arena, root, "HEAD~1", STR(""), &why);
	assert_non_null(tree);
	struct loaded *loaded = load(arena, tree, &config);
	assert_str(sources_of(loaded), "M a.md\nM docs/b.md\nM docs/c.md\nM new.md\n");
	assert_str(source_find(&loaded->sources, STR("docs/b.md"))->text, "1");
	config_init(&config);
	loaded = load(arena, tree_commit(arena, root, "side", STR("docs"), &why), &config);
	assert_str(sources_of(loaded), "M b.md\nM c.md\n");
	assert_str(loaded->sources.list.data[0]->text, "side");
	assert_null(tree_commit(arena, root, "no-such-revision", STR(""), &why));
	assert_true(why.size > 0);
}

static void ignore_files_above_the_workspace_count(void **state)
{
	(void)state;
	git("init");
	put(".gitignore", "*.bak.md\n/ws/gone\n");
	put(".git/info/exclude", "private.md\n");
	put("ws/a.md", "");
	put("ws/a.bak.md", "");
	put("ws/gone/x.md", "");
	put("ws/private.md", "");
	assert_str(paths_of(tree_list(tree_disk(arena, at("ws")), &config)), "a.md\n");
}

static void what_cannot_be_read_is_a_failure_of_the_world(void **state)
{
	int status = 0;
	(void)state;
	if (geteuid() == 0)
		skip();
	put("locked/a.md", "");
	assert_int_equal(chmod(at("locked"), 0), 0);
	pid_t child = fork();
	if (child == 0) {
		close(STDERR_FILENO);
		load(arena, tree_disk(arena, root), &config);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(chmod(at("locked"), 0700), 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_WORLD);
}

static void web_addresses_hold_no_secrets(void **state)
{
	static const char *const cases[][2] = {
		{"https://github.com/o/r.git", "https://github.com/o/r"},
		{"https://me:secret@codeberg.org/o/r", "https://codeberg.org/o/r"},
		{"git@github.com:o/r.git", "https://github.com/o/r"},
		{"ssh://git@gitlab.example.org:2222/g/s/r.git", "https://gitlab.example.org/g/s/r"},
		{"https://git.example.org/o/r.git", ""},
		{"https://github.com/o", ""},
		{"https://github.com/o/r\"><b>", ""},
		{"/srv/git/r.git", ""},
		{"file:///srv/r.git", ""},
		{"", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str got = git_web_address(arena, str_from(cases[i][0]));
		assert_string_equal(str_to_c(arena, got), cases[i][1]);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(patterns_match_as_in_git),
		TEST(ignore_rules_are_bounded_in_time),
		TEST(without_content_every_document_counts),
		TEST(with_content_its_folders_count),
		TEST(configuration_says_what_counts),
		TEST(bad_bytes_are_told_and_repaired_in_place),
		TEST(limits_leave_out_and_tell),
		TEST(a_folder_on_disk_is_walked_as_git_would),
		TEST(too_many_files_are_told),
		TEST(links_lead_to_files_of_the_workspace_only),
		TEST(history_gives_the_last_change),
		TEST(history_gives_the_versions_of_what_is_wanted),
		TEST(shallow_and_damaged_repositories_are_told),
		TEST(a_commit_is_a_workspace),
		TEST(web_addresses_hold_no_secrets),
		TEST(ignore_files_above_the_workspace_count),
		TEST(what_cannot_be_read_is_a_failure_of_the_world),
	};
	return mkdtemp(root) ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
