/* lintel rules: every rule with its severity and what it reports. */
#include "cmd/cmd.h"

static int run(const struct options *options)
{
	struct buf out = {0};
	if (cmd_is_json(options)) {
		struct json json = {.out = &out, .indent = 2};
		json_begin_array(&json);
		for (size_t i = 0; i < n_rules; i++) {
			json_begin_object(&json);
			json_key_string(&json, "rule", str_from(rules[i]->name));
			json_key_string(&json, "severity", str_from(severity_name(rules[i]->severity)));
			json_key_string(&json, "group", str_from(rules[i]->group));
			json_key_string(&json, "summary", str_from(rules[i]->summary));
			json_end_object(&json);
		}
		json_end_array(&json);
		buf_addc(&out, '\n');
	} else {
		for (size_t i = 0; i < n_rules; i++)
			buf_addf(&out, "%-40s %-8s %s\n", rules[i]->name, severity_name(rules[i]->severity),
				 rules[i]->summary);
	}
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	return EXIT_CLEAN;
}

const struct command cmd_rules = {
	.name = "rules",
	.arguments = "",
	.summary = "List every rule",
	.takes = TAKES_FORMAT | TAKES_OUTPUT | READS_NO_WORKSPACE,
	.run = run,
};
