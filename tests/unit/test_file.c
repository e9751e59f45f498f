/* Files: reading what is regular, replacing, removing without following links. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static char root[] = "/tmp/lintel-test-XXXXXX";

static const char *at(const char *name)
{
	return str_format(arena, "%s/%s", root, name).data;
}

static void reading(void **state)
{
	struct file_content content;
	char *big = arena_alloc(arena, 100000);

	(void)state;
	assert_int_equal(file_write(at("a"), STR("hello")), 0);
	content = file_read(arena, at("a"), 5);
	assert_int_equal(content.state, FILE_OK);
	assert_true(str_is(content.bytes, "hello"));
	content = file_read(arena, at("a"), 4);
	assert_int_equal(content.state, FILE_TOO_LARGE);
	assert_int_equal(content.bytes.size, 0);
	assert_int_equal(file_write(at("a"), STR("")), 0);
	content = file_read(arena, at("a"), 0);
	assert_int_equal(content.state, FILE_OK);
	assert_non_null(content.bytes.data);
	memset(big, 'x', 100000);
	assert_int_equal(file_write(at("big"), (struct str){big, 100000}), 0);
	content = file_read(arena, at("big"), 1 << 20);
	assert_int_equal(content.bytes.size, 100000);
	assert_memory_equal(content.bytes.data, big, 100000);
}

static void unlike_its_size(void **state)
{
	struct file_content content = file_read(arena, "/proc/self/status", 1 << 20);

	(void)state;
	/* Said to be empty, and is not. */
	assert_int_equal(content.state, FILE_OK);
	assert_true(str_starts(content.bytes, STR("Name:")));
	assert_int_equal(file_read(arena, "/proc/self/status", 10).state, FILE_TOO_LARGE);
}

static void not_regular(void **state)
{
	struct file_content content;

	(void)state;
	assert_int_equal(mkfifo(at("fifo"), 0600), 0);
	assert_int_equal(file_read(arena, at("fifo"), 10).state, FILE_NOT_REGULAR);
	assert_false(file_equals(at("fifo"), STR("")));
	assert_int_equal(file_read(arena, "/dev/zero", 10).state, FILE_NOT_REGULAR);
	assert_int_equal(file_read(arena, root, 10).state, FILE_NOT_REGULAR);
	content = file_read(arena, at("none"), 10);
	assert_int_equal(content.state, FILE_MISSING);
	assert_int_equal(content.error, ENOENT);
	assert_int_equal(symlink("loop", at("loop")), 0);
	content = file_read(arena, at("loop"), 10);
	assert_int_equal(content.state, FILE_UNREADABLE);
	assert_int_equal(content.error, ELOOP);
}

static void replacing(void **state)
{
	struct stat info;

	(void)state;
	assert_int_equal(file_write(at("script"), STR("old")), 0);
	assert_int_equal(chmod(at("script"), 0750), 0);
	assert_int_equal(file_replace(at("script"), STR("new text")), 0);
	assert_true(file_equals(at("script"), STR("new text")));
	assert_int_equal(stat(at("script"), &info), 0);
	assert_int_equal(info.st_mode & 07777, 0750);
	assert_int_equal(file_replace(at("fresh"), STR("x")), 0);
	assert_int_equal(stat(at("fresh"), &info), 0);
	assert_int_equal(info.st_mode & 0111, 0);
	assert_int_equal(info.st_mode & 0600, 0600);
	assert_int_equal(file_replace(at("no/such/dir"), STR("x")), ENOENT);
	assert_int_equal(file_make_dirs(at("parent/folder")), 0);
	assert_int_not_equal(file_replace(at("parent/folder"), STR("x")), 0);
	assert_int_equal(rmdir(at("parent/folder")), 0);
	/* Empty: the temporary file is gone. */
	assert_int_equal(rmdir(at("parent")), 0);
}

static void full_disk(void **state)
{
	(void)state;
	assert_int_equal(file_write("/dev/full", STR("x")), ENOSPC);
	assert_int_equal(file_write(at("no/such"), STR("x")), ENOENT);
}

static void comparing(void **state)
{
	(void)state;
	assert_int_equal(file_write(at("same"), STR("abc")), 0);
	assert_true(file_equals(at("same"), STR("abc")));
	assert_false(file_equals(at("same"), STR("abd")));
	assert_false(file_equals(at("same"), STR("ab")));
	assert_false(file_equals(at("absent"), STR("")));
	assert_true(file_exists(at("same")));
	assert_false(file_is_dir(at("same")));
	assert_false(file_exists(at("absent")));
	assert_true(file_is_dir(root));
}

static void folders(void **state)
{
	(void)state;
	assert_int_equal(file_make_dirs(at("tree/a//b/c/")), 0);
	assert_true(file_is_dir(at("tree/a/b/c")));
	assert_int_equal(file_make_dirs(at("tree/a")), 0);
	assert_int_equal(file_write(at("tree/file"), STR("x")), 0);
	assert_int_equal(file_make_dirs(at("tree/file")), ENOTDIR);
	assert_int_equal(file_make_dirs(at("tree/file/x")), ENOTDIR);
	assert_int_equal(file_write(at("kept"), STR("x")), 0);
	assert_int_equal(mkdir(at("outside"), 0700), 0);
	assert_int_equal(file_write(at("outside/kept"), STR("x")), 0);
	assert_int_equal(symlink("../../kept", at("tree/a/link")), 0);
	assert_int_equal(symlink(at("outside"), at("tree/a/dirlink")), 0);
	assert_int_equal(file_remove_tree(at("tree")), 0);
	assert_false(file_exists(at("tree")));
	assert_true(file_exists(at("kept")));
	assert_true(file_exists(at("outside/kept")));
	assert_int_equal(file_remove_tree(at("tree")), 0);
	assert_int_equal(symlink(at("outside"), at("toplink")), 0);
	assert_int_equal(file_remove_tree(at("toplink")), 0);
	assert_true(file_exists(at("outside/kept")));
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
	int error = file_remove_tree(root);

	(void)state;
	arena_free(arena);
	return error;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading),   cmocka_unit_test(unlike_its_size), cmocka_unit_test(not_regular),
		cmocka_unit_test(replacing), cmocka_unit_test(full_disk),       cmocka_unit_test(comparing),
		cmocka_unit_test(folders),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
