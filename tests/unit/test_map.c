/* Maps from strings, and the hashes they stand on. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void many_keys_in_order(void **state)
{
	static int values[20000];
	struct arena *arena = arena_new();
	struct map map = {.arena = arena};

	(void)state;
	assert_null(map_find(&map, STR("absent")));
	for (int i = 0; i < 20000; i++) {
		values[i] = i;
		assert_null(map_put(&map, str_format(arena, "key-%d", i * 7), &values[i]));
	}
	assert_int_equal(map.n, 20000);
	for (int i = 0; i < 20000; i++) {
		struct str key = str_format(arena, "key-%d", i * 7);

		assert_ptr_equal(map_find(&map, key), &values[i]);
		assert_true(str_eq(map.items[i].key, key));
	}
	assert_false(map_has(&map, STR("key-1")));
	arena_free(arena);
}

static void replacing(void **state)
{
	struct arena *arena = arena_new();
	struct map map = {.arena = arena};
	int one;
	int two;

	(void)state;
	assert_null(map_put(&map, STR(""), &one));
	assert_null(map_put(&map, STR("null"), NULL));
	assert_ptr_equal(map_put(&map, STR_NONE, &two), &one);
	assert_ptr_equal(map_find(&map, STR("")), &two);
	assert_int_equal(map.n, 2);
	assert_null(map_find(&map, STR("null")));
	assert_true(map_has(&map, STR("null")));
	arena_free(arena);
}

static void hashes_are_stable(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	/* The reference values of XXH3 for empty input. */
	assert_true(hash_64(STR_NONE) == 0x2D06800538D394C2u);
	assert_string_equal(hash_hex(arena, STR("")).data, "99aa06d3014798d86001c324468d497f");
	assert_true(hash_64(STR("a")) != hash_64(STR("b")));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_keys_in_order),
		cmocka_unit_test(replacing),
		cmocka_unit_test(hashes_are_stable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
