/* topology-wrong-type: a value of another shape than its key takes. */
#include "check/check.h"

#define MISSING "a mapping without "
#define MAX_SHOWN 60

static struct str shown(struct check *check, struct str text)
{
	struct str rest = text, line = str_cut_line(&rest);
	size_t n = 0;

	for (size_t off = 0; off < line.size && off <= MAX_SHOWN;) {
		n = off;
		utf8_next(line, &off);
		if (off <= MAX_SHOWN)
			n = off;
	}
	if (n == line.size && !rest.data)
		return line;
	return str_format(check->arena, STR_FMT "...", STR_ARG(str_sub(line, 0, n)));
}

/* `storm: 10.0.0.25` and `lan: 10.0.0.0/24` leave no doubt about the key that is missing. */
static void help_shape(struct check *check, struct diag *diag, const struct trouble *trouble)
{
	bool is_network = strcmp(trouble->kind, "network") == 0,
	     is_thing = str_starts(trouble->extra, STR("a mapping that describes"));

	if (is_network && prefix_parse(trouble->text).error == NET_OK)
		check_help(check, diag, "write {cidr: " STR_FMT "}", STR_ARG(trouble->text));
	else if (is_thing && !is_network && address_parse(trouble->text).error == NET_OK)
		check_help(check, diag, "write {address: " STR_FMT "}", STR_ARG(trouble->text));
	else
		check_help(check, diag, "write " STR_FMT, STR_ARG(trouble->extra));
}

static void report(struct check *check, const struct trouble *trouble)
{
	struct diag *diag;

	if (str_is(trouble->extra, "one document")) {
		diag = check_report(check, trouble->span, "a topology is one document, and this is a second one");
		check_help(check, diag, "write it into a topology file of its own; it is not read");
	} else if (str_starts(trouble->text, STR(MISSING))) {
		struct str key = str_from_off(trouble->text, strlen(MISSING)), kind = str_from(trouble->kind);
		const char *what = str_ends(kind, STR("s")) ? "an entry of" : "a";

		diag = check_report(check, trouble->span, "%s %s has no " STR_FMT, what, trouble->kind, STR_ARG(key));
		check_help(check, diag, "write " STR_FMT ": and what is meant; the entry is not read", STR_ARG(key));
	} else {
		diag = check_report(check, trouble->span, "%s wants " STR_FMT ", not " STR_FMT, trouble->kind,
				    STR_ARG(trouble->extra), STR_ARG(shown(check, trouble->text)));
		help_shape(check, diag, trouble);
	}
}

static void run(struct check *check)
{
	const struct trouble *trouble;

	for (size_t at = 0; (trouble = check_trouble(check, &at));)
		report(check, trouble);
}

const struct rule rule_topology_wrong_type = {
	.name = "topology-wrong-type",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a value of a topology file that has another shape than its key takes",
	.explain =
		"A word where a mapping must stand, a list where one word must stand, a port or a count that is no number: such a "
		"value is left out, and so is all that would be checked against it. A key without a value says nothing and is "
		"left alone. Where people write a word or a list, both are taken.",
	.example = "nodes: three     a mapping of nodes must stand here; a number is node_count",
	.cure = "Write the value in the shape that the finding names.",
	.run = run,
};
