/* Arenas: alignment, zeroes, growing in place, order of what is deferred. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static bool is_zero(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i])
			return false;
	}
	return true;
}

static void pieces_are_aligned_zeroed_and_apart(void **state)
{
	static const size_t sizes[] = {1, 0, 15, 17, 4096, 60000, 70000, 1, 1 << 20, 3, 40 << 20, 5};
	char *pieces[sizeof(sizes) / sizeof(sizes[0])];
	struct arena *arena = arena_new();
	size_t n = sizeof(sizes) / sizeof(sizes[0]);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		pieces[i] = arena_alloc(arena, sizes[i]);
		assert_int_equal((uintptr_t)pieces[i] % 16, 0);
		assert_true(is_zero(pieces[i], sizes[i]));
		memset(pieces[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < sizes[i]; k += 997)
			assert_int_equal(pieces[i][k], i + 1);
		for (size_t k = 0; k < i; k++)
			assert_ptr_not_equal(pieces[i], pieces[k]);
	}
	assert_true(arena_used(arena) >= ((size_t)41 << 20));
	arena_free(arena);
	arena_free(NULL);
}

static void growing(void **state)
{
	struct arena *arena = arena_new();
	char *first = arena_copy(arena, "abc", 3);
	char *in_place = arena_grow(arena, first, 3, 1000);
	char *moved;

	(void)state;
	assert_ptr_equal(in_place, first);
	assert_memory_equal(in_place, "abc", 3);
	assert_true(is_zero(in_place + 3, 997));
	arena_alloc(arena, 1);
	moved = arena_grow(arena, in_place, 1000, 2000);
	assert_ptr_not_equal(moved, in_place);
	assert_memory_equal(moved, "abc", 3);
	assert_true(is_zero(moved + 3, 1997));
	moved = arena_grow(arena, moved, 2000, 1 << 20);
	assert_memory_equal(moved, "abc", 3);
	assert_true(is_zero(moved + 3, (1 << 20) - 3));
	assert_ptr_equal(arena_grow(arena, moved, 1 << 20, 10), moved);
	assert_non_null(arena_grow(arena, NULL, 0, 10));
	arena_free(arena);
}

static char order[4];

static void note(void *object)
{
	order[strlen(order)] = *(char *)object;
}

static void deferred_in_reverse(void **state)
{
	struct arena *arena = arena_new();
	char names[] = "ab";

	(void)state;
	memset(order, 0, sizeof(order));
	arena_defer(arena, note, &names[0]);
	arena_defer(arena, note, &names[1]);
	assert_string_equal(order, "");
	arena_free(arena);
	assert_string_equal(order, "ba");
}

static void region(void **state)
{
	_Alignas(16) static char memory[4096];
	struct arena *arena = arena_in_region(memory + 1, sizeof(memory) - 1);
	char *piece = arena_alloc(arena, 100);
	char name = 'r';

	(void)state;
	assert_true(piece > memory && piece + 100 <= memory + sizeof(memory));
	assert_int_equal((uintptr_t)piece % 16, 0);
	memset(order, 0, sizeof(order));
	arena_defer(arena, note, &name);
	arena_free(arena);
	assert_string_equal(order, "r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_aligned_zeroed_and_apart),
		cmocka_unit_test(growing),
		cmocka_unit_test(deferred_in_reverse),
		cmocka_unit_test(region),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
