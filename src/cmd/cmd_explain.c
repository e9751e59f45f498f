/* lintel explain RULE: what a rule reports, why, and what to do. */
#include "cmd/cmd.h"

/* Breaks text at blanks so that no line is longer than 80 columns; line ends in the text are kept. */
static void add_wrapped(struct buf *out, struct str text, const char *indent)
{
	while (text.size) {
		struct str line = str_cut(&text, '\n');
		size_t column = strlen(indent);
		buf_adds(out, indent);
		bool first = true;
		while (line.size) {
			struct str word = str_cut(&line, ' ');
			if (!first && column + 1 + word.size > 80) {
				buf_addf(out, "\n%s", indent);
				column = strlen(indent);
				first = true;
			}
			if (!first) {
				buf_addc(out, ' ');
				column++;
			}
			buf_add(out, word);
			column += word.size;
			first = false;
		}
		buf_addc(out, '\n');
	}
}

static void add_part(struct buf *out, const char *title, const char *text, bool wrapped)
{
	if (!text || !*text)
		return;
	buf_addf(out, "\n%s\n", title);
	if (wrapped) {
		add_wrapped(out, str_from(text), "  ");
		return;
	}
	struct str rest = str_from(text);
	while (rest.size) {
		struct str line = str_cut(&rest, '\n');
		buf_addf(out, "  " STR_FMT "\n", STR_ARG(line));
	}
}

static int run(const struct options *options)
{
	struct str name = str_from(options->arguments[0]);
	const struct rule *rule = rule_find(name);
	if (!rule) {
		struct arena *arena = arena_new();
		struct str near = rule_nearest(arena, name); /* a rule's own name: outlives the arena */
		arena_free(arena);
		world_usage("no rule is called '%s'%s" STR_FMT "%s; see 'lintel rules'", options->arguments[0],
			    near.size ? "; did you mean '" : "", STR_ARG(near), near.size ? "'?" : "");
	}
	struct buf out = {0};
	buf_addf(&out, "%s (%s)\n", rule->name, severity_name(rule->severity));
	add_wrapped(&out, str_from(rule->summary), "  ");
	add_part(&out, "Why", rule->explain, true);
	add_part(&out, "Example", rule->example, false);
	add_part(&out, "What to do", rule->cure, true);
	cmd_write(options, buf_str(&out));
	buf_free(&out);
	return EXIT_CLEAN;
}

const struct command cmd_explain = {
	.name = "explain",
	.arguments = "RULE",
	.summary = "Explain one rule, with an example and its cure",
	.takes = TAKES_OUTPUT | READS_NO_WORKSPACE,
	.min_arguments = 1,
	.max_arguments = 1,
	.run = run,
};
