/* topology-syntax: a topology file is no YAML, repeats a key, or goes past a bound. */
#include "check/check.h"

static const struct {
	const char *kind;
	const char *help;
} cures[] = {
	{"unknown-alias", "write &name where the value stands first, or the value itself here"},
	{"depth", "nest less deeply, or raise limits: yaml_depth in lintel.yaml"},
	{"aliases", "write the values out, or raise limits: yaml_aliases in lintel.yaml"},
	{"nodes", "split the topology, or raise limits: yaml_nodes in lintel.yaml"},
	{"encoding", "save the file as UTF-8, without control characters"},
};

static const char *find_cure(const char *kind)
{
	for (size_t i = 0; i < sizeof cures / sizeof *cures; i++)
		if (strcmp(cures[i].kind, kind) == 0)
			return cures[i].help;
	return NULL;
}

/* What stands at trouble->other: the thing that was being read, which the library names last in its sentence. */
static const char *name_other(const struct trouble *trouble)
{
	static const struct {
		const char *ending;
		const char *note;
	} notes[] = {
		{"a flow mapping", "the mapping begins here"},
		{"a flow sequence", "the list begins here"},
		{"a block mapping", "the mapping begins here"},
		{"a block collection", "the list begins here"},
		{"a quoted scalar", "the quoted text begins here"},
		{"a block scalar", "the text begins here"},
		{"a simple key", "the key begins here"},
	};
	if (strcmp(trouble->kind, "aliases") == 0)
		return "the anchor stands here";
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		if (str_ends(trouble->extra, str_from(notes[i].ending)))
			return notes[i].note;
	return "what cannot be read begins here";
}

static bool starts_with_tab(struct check *check, struct span span)
{
	return str_starts(span_text(check->sources, (struct span){span.source, span.off, 1}), STR("\t"));
}

static void report(struct check *check, const struct trouble *trouble)
{
	const char *help = find_cure(trouble->kind);
	struct diag *diag;

	if (strcmp(trouble->kind, "duplicate-key") == 0) {
		diag = check_report(check, trouble->span, "the key " STR_FMT " stands twice in one mapping",
				    STR_ARG(trouble->text));
		check_note(check, diag, trouble->other, "first written here");
		check_help(check, diag, "keep one of them; the first is used");
		return;
	}
	if (strcmp(trouble->kind, "unknown-alias") == 0)
		diag = check_report(check, trouble->span, STR_FMT " names no anchor", STR_ARG(trouble->text));
	else
		diag = check_report(check, trouble->span, "not readable as YAML: " STR_FMT, STR_ARG(trouble->extra));
	if (!span_is_none(trouble->other))
		check_note(check, diag, trouble->other, "%s", name_other(trouble));
	if (starts_with_tab(check, trouble->span))
		check_help(check, diag, "indent with blanks, never with tabs");
	else if (help)
		check_help(check, diag, "%s", help);
	else
		check_help(check, diag, "correct this line; nothing of the topology is checked until it can be read");
}

static void run(struct check *check)
{
	const struct trouble *trouble;

	for (size_t at = 0; (trouble = check_trouble(check, &at));)
		report(check, trouble);
}

const struct rule rule_topology_syntax = {
	.name = "topology-syntax",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a topology file that is no YAML, repeats a key, or goes past a bound",
	.explain =
		"A topology that cannot be read declares nothing, so that every check against it is silent. A key that stands "
		"twice in one mapping would quietly lose one of its values in most readers of YAML. Anchors and aliases work, within "
		"the bounds that lintel.yaml may change under limits. Such findings cannot be suppressed.",
	.example = "networks:\n\tlan: {cidr: 10.0.0.0/24}     a tab where blanks must stand",
	.cure = "Correct the line. Indent with blanks, and quote texts that hold a colon and a blank.",
	.run = run,
};
