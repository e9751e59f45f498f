/* Growing runs: bytes on the heap, items in an arena. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void bytes(void **state)
{
	struct buf buf = {0};
	struct arena *arena = arena_new();
	struct str copy;

	(void)state;
	assert_int_equal(buf_str(&buf).size, 0);
	buf_add(&buf, STR_NONE);
	assert_string_equal(buf.data, "");
	buf_add(&buf, STR("ab"));
	buf_adds(&buf, "cd");
	buf_addc(&buf, 'e');
	buf_addf(&buf, "-%03d", 7);
	assert_string_equal(buf.data, "abcde-007");
	assert_int_equal(buf.size, 9);
	copy = buf_dup(arena, &buf);
	buf_clear(&buf);
	assert_string_equal(buf.data, "");
	assert_int_equal(buf.size, 0);
	assert_string_equal(copy.data, "abcde-007");
	for (int i = 0; i < 10000; i++)
		buf_addf(&buf, "%04d", i);
	assert_int_equal(buf.size, 40000);
	assert_memory_equal(buf.data + 4 * 9876, "9876", 4);
	assert_int_equal(buf.data[40000], '\0');
	buf_free(&buf);
	assert_null(buf.data);
	arena_free(arena);
}

struct pair {
	int key;
	int value;
};

static void items(void **state)
{
	VEC(struct pair) pairs = {0};
	VEC(struct pair) others = {0};
	struct arena *arena = arena_new();

	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct pair *added = vec_add(arena, &pairs, (struct pair){i, -i});

		assert_int_equal(added->key, i);
		vec_add(arena, &others, (struct pair){.key = 2 * i});
	}
	assert_int_equal(pairs.n, 5000);
	assert_true(pairs.cap >= pairs.n);
	for (int i = 0; i < 5000; i++) {
		assert_int_equal(pairs.data[i].key, i);
		assert_int_equal(pairs.data[i].value, -i);
		assert_int_equal(others.data[i].key, 2 * i);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes),
		cmocka_unit_test(items),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
