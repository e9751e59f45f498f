/* fact-members: a table or list claims all members of a set, and leaves some out or has others. */
#include "check/check.h"

/* "`a`, `b` and 3 more". */
static struct str names_of(struct check *check, const struct word *words, size_t n)
{
	enum { SHOWN = 4 };
	struct str parts[SHOWN] = {0};
	size_t shown = n <= SHOWN ? n : SHOWN - 1;
	for (size_t i = 0; i < shown; i++)
		parts[i] = str_format(check->arena, "`" STR_FMT "`", STR_ARG(words[i].str));
	struct str list = str_join(check->arena, parts, shown, STR(", "));
	return shown == n ? list : str_format(check->arena, STR_FMT " and %zu more", STR_ARG(list), n - shown);
}

static void note_each(struct check *check, struct diag *diag, const struct word *words, size_t n, const char *what)
{
	enum { NOTED = 8 };
	for (size_t i = 0; i < n && i < NOTED; i++)
		check_note(check, diag, words[i].span, STR_FMT " %s", STR_ARG(words[i].str), what);
}

static void report(struct check *check, const struct member_gap *gap)
{
	struct str missing = names_of(check, gap->missing.data, gap->missing.n);
	struct str extra = names_of(check, gap->extra.data, gap->extra.n);
	const char *others = gap->against_declared ? "that are not declared" : "that another list of all leaves out";
	struct diag *diag;
	if (gap->missing.n && gap->extra.n)
		diag = check_report(check, gap->span,
				    "the list of all " STR_FMT " leaves out " STR_FMT ", and has " STR_FMT " %s",
				    STR_ARG(gap->set), STR_ARG(missing), STR_ARG(extra), others);
	else if (gap->missing.n)
		diag = check_report(check, gap->span, "the list of all " STR_FMT " leaves out " STR_FMT,
				    STR_ARG(gap->set), STR_ARG(missing));
	else
		diag = check_report(check, gap->span, "the list of all " STR_FMT " has " STR_FMT ", %s",
				    STR_ARG(gap->set), STR_ARG(extra), others);
	note_each(check, diag, gap->missing.data, gap->missing.n,
		  gap->against_declared ? "is declared here" : "stands here");
	note_each(check, diag, gap->extra.data, gap->extra.n, "stands here");
	if (!gap->missing.n)
		check_note(check, diag, gap->other, "%s", gap->against_declared ? "declared here" : "the other list");
	check_help(check, diag, "add what is missing, or do not call the list complete");
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->facts->gaps.n; i++)
		report(check, check->facts->gaps.data[i]);
}

const struct rule rule_fact_members = {
	.name = "fact-members",
	.severity = SEVERITY_WARNING,
	.group = "facts",
	.summary = "a table or list that claims all members of a set, with some missing or others added",
	.explain =
		"A list under \"all agents\" or \"nodes of the cluster\" is read as complete. Its names are compared with the group, "
		"the cluster's nodes or the estate's clusters that are declared; where nothing is, with another table with the same "
		"first column that claims to be complete too and shares most of its rows. A list counts only when it holds at least "
		"half of the members and its heading or the sentence before it says that it is complete.",
	.example = "All nodes: a table with `storm` and `catti`, while the cluster has `bruenor` too",
	.cure = "Add the missing members, remove what is no longer one, or word the list as a selection.",
	.run = run,
};
