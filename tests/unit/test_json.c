/* The JSON writer. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void write_sample(struct json *json)
{
	json_begin_object(json);
	json_key_string(json, "name", STR("a"));
	json_key(json, "list");
	json_begin_array(json);
	json_number(json, -1);
	json_bool(json, true);
	json_null(json);
	json_begin_object(json);
	json_end_object(json);
	json_end_array(json);
	json_key(json, "empty");
	json_begin_array(json);
	json_end_array(json);
	json_key_number(json, "n", 9223372036854775807);
	json_key_bool(json, "b", false);
	json_key_string_or_null(json, "none", STR_NONE);
	json_key_string_or_null(json, "blank", STR(""));
	json_end_object(json);
}

static void layouts(void **state)
{
	struct buf out = {0};

	(void)state;
	write_sample(&(struct json){.out = &out});
	assert_string_equal(out.data, "{\"name\":\"a\",\"list\":[-1,true,null,{}],\"empty\":[],"
				      "\"n\":9223372036854775807,\"b\":false,\"none\":null,\"blank\":\"\"}");
	buf_clear(&out);
	write_sample(&(struct json){.out = &out, .indent = 2});
	assert_string_equal(out.data, "{\n  \"name\": \"a\",\n  \"list\": [\n    -1,\n    true,\n    null,\n"
				      "    {}\n  ],\n  \"empty\": [],\n  \"n\": 9223372036854775807,\n  \"b\": false,\n"
				      "  \"none\": null,\n  \"blank\": \"\"\n}");
	buf_free(&out);
}

static void an_object_on_one_line(void **state)
{
	struct buf out = {0};
	struct json json = {.out = &out, .indent = 2};

	(void)state;
	json_begin_array(&json);
	for (int i = 0; i < 2; i++) {
		json_begin_line(&json);
		json_key_number(&json, "n", i);
		json_key(&json, "list");
		json_begin_array(&json);
		json_begin_object(&json);
		json_key_bool(&json, "b", true);
		json_end_object(&json);
		json_end_array(&json);
		json_end_object(&json);
	}
	json_end_array(&json);
	assert_string_equal(out.data,
			    "[\n  {\"n\": 0, \"list\": [{\"b\": true}]},\n  {\"n\": 1, \"list\": [{\"b\": true}]}\n]");
	buf_free(&out);
}

static void strings(void **state)
{
	static const struct {
		struct str text;
		const char *wanted;
	} cases[] = {
		{{"plain \xC3\xA4", 8}, "\"plain \xC3\xA4\""},
		{{"\"\\/", 3}, "\"\\\"\\\\/\""},
		{{"\n\r\t\x01\x7F", 5}, "\"\\n\\r\\t\\u0001\\u007f\""},
		{{"a\0b", 3}, "\"a\\u0000b\""},
		{{"</script>", 9}, "\"\\u003c/script>\""},
		{{"\xE2\x80\xA8\xE2\x80\xA9", 6}, "\"\\u2028\\u2029\""},
		{{"x\xFFy\xE2\x82", 5}, "\"x\xEF\xBF\xBDy\xEF\xBF\xBD\xEF\xBF\xBD\""},
		{{NULL, 0}, "\"\""},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&out);
		json_string(&(struct json){.out = &out}, cases[i].text);
		assert_string_equal(out.data, cases[i].wanted);
	}
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layouts),
		cmocka_unit_test(an_object_on_one_line),
		cmocka_unit_test(strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
