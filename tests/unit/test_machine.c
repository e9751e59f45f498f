/* A machine file whose reader does not come to an end is told of, and costs itself only. */
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct str inventory(struct arena *arena, size_t n)
{
	struct buf out = {0};
	struct str text;

	buf_adds(&out, "services:\n");
	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "  web%zu: {image: nginx, ports: [\"%zu:80\"]}\n", i, 1000 + i);
	text = str_dup(arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static void test_out_of_memory(void **state)
{
	struct arena *arena = arena_new();
	struct config config;
	struct tree_file files[] = {{STR("compose.yaml"), inventory(arena, 20000)},
				    {STR("small/compose.yaml"), inventory(arena, 2)}};
	struct pool pool = {.jobs = 2, .region_size = (size_t)1 << 20};
	struct loaded *loaded;
	struct model *model;

	(void)state;
	config_init(&config);
	config.may_be_machine = machine_may_be;
	loaded = load(arena, tree_memory(arena, files, 2), &config);
	model = model_build(arena, &config, loaded, syntax_parse(arena, &config, loaded, &pool));
	assert_int_equal(model->skipped.n, 1);
	assert_true(str_is(model->skipped.data[0].path, "compose.yaml"));
	assert_string_equal(model->skipped.data[0].why, "takes too much memory to read");
	assert_int_equal(model->machines.n, 1);
	assert_int_equal(model->machines.data[0].services, 2);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_out_of_memory)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
