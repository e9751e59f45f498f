/* generated-stale: a generated region holds something else than what would be generated. */
#include "check/check.h"

static const char kinds[] =
	"decision-index, decision-counts, badge-counts, node-table, network-table or cluster-comparison";

static void report_stale(struct check *check, const struct region *region)
{
	struct diag *diag = check_report(check, region->begin, "this " STR_FMT " is stale", STR_ARG(region->kind.str));
	check_note(check, diag, region->first_change, "differs from here on");
	check_help(check, diag, "`lintel check --fix` writes it anew");
	check_key(check, diag, str_dup(check->arena, region->kind.str));
	check_fix(check, diag, region->body, str_dup(check->arena, region->wanted));
}

static void report_kind(struct check *check, const struct region *region)
{
	struct str kind = region->kind.str;
	struct diag *diag;
	if (!kind.size)
		diag = check_report(check, region->begin, "this comment does not say what to generate");
	else
		diag = check_report(check, region->kind.span, "nothing is generated under the name " STR_FMT,
				    STR_ARG(kind));
	if (region->near.size)
		check_help(check, diag, "write " STR_FMT, STR_ARG(region->near));
	else
		check_help(check, diag, "write %s", kinds);
}

static void report_name(struct check *check, const struct region *region)
{
	struct str kind = region->kind.str, name = region->name.str;
	struct diag *diag;
	if (region->state == REGION_NEEDS_NAME) {
		diag = check_report(check, region->begin, STR_FMT " of which %s?", STR_ARG(kind), region->thing);
		check_help(check, diag, "write one behind it: " STR_FMT, STR_ARG(region->wanted));
		return;
	}
	diag = check_report(check, region->name.span, "no %s is called " STR_FMT, region->thing, STR_ARG(name));
	if (region->near.size)
		check_help(check, diag, "write " STR_FMT, STR_ARG(region->near));
}

static void report(struct check *check, const struct region *region)
{
	struct str kind = region->kind.str;
	struct diag *diag;
	switch (region->state) {
	case REGION_READY:
		if (region->is_stale)
			report_stale(check, region);
		break;
	case REGION_UNCLOSED:
		diag = check_report(check, region->begin, "this generated region has no end");
		check_help(check, diag, "write <!-- lintel:end --> behind what is generated");
		break;
	case REGION_UNOPENED:
		diag = check_report(check, region->begin, "this ends a generated region, but none is open");
		check_help(check, diag, "write <!-- lintel:begin KIND --> before what is generated");
		break;
	case REGION_UNKNOWN_KIND: report_kind(check, region); break;
	case REGION_NEEDS_NAME:
	case REGION_UNKNOWN_NAME: report_name(check, region); break;
	case REGION_UNKNOWN_GROUP:
		diag = check_report(check, region->by.span, "a " STR_FMT " is not grouped by " STR_FMT, STR_ARG(kind),
				    STR_ARG(region->by.str));
		if (region->near.size)
			check_help(check, diag, "write by " STR_FMT, STR_ARG(region->near));
		else
			check_help(check, diag, "only a decision-index is grouped: by status, by year or by tag");
		break;
	case REGION_NOT_ALONE:
		diag = check_report(check, region->begin, "a " STR_FMT " is no part of a sentence or list",
				    STR_ARG(kind));
		check_help(check, diag, "put both comments on lines of their own, at the start of the line");
		break;
	case REGION_EMPTY:
		check_report(check, region->begin, "nothing is declared that a " STR_FMT " could show", STR_ARG(kind));
		break;
	case REGION_TOO_MUCH:
		check_report(check, region->begin, "this page already holds more generated text than 16 MiB");
		break;
	}
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->pages.n; i++) {
		struct arena *scratch = arena_new();
		struct regions regions = regions_find(scratch, check->model, check->model->pages.data[i]);
		bool full = false;
		for (size_t k = 0; k < regions.list.n && !full; k++) {
			report(check, &regions.list.data[k]);
			full = regions.list.data[k].state == REGION_TOO_MUCH;
		}
		arena_free(scratch);
	}
}

const struct rule rule_generated_stale = {
	.name = "generated-stale",
	.severity = SEVERITY_ERROR,
	.group = "text",
	.summary = "a generated region differs from what would be generated",
	.explain =
		"What stands between <!-- lintel:begin KIND --> and <!-- lintel:end --> is written by `lintel check --fix` from the "
		"topology and the decisions. When these change and the text does not, it is stale. The layout of a table, the "
		"wrapping of a sentence and line ends do not count.\n\n"
		"decision-index [LOG] [by status|year|tag] is a table of the records, or one for each group, decision-counts [LOG] a phrase that counts them by status and may "
		"stand in a sentence, badge-counts [LOG] the same as badges, node-table [CLUSTER], network-table [ESTATE] and "
		"cluster-comparison [ESTATE] are tables from the topology. A log is named by its folder or its estate; what is not "
		"named is the page's own. A kind or name that does not exist, and a comment without its partner, are findings of "
		"this rule too.",
	.example = "<!-- lintel:begin decision-counts -->7 decisions: 7 accepted<!-- lintel:end -->     there are 8",
	.cure = "Run `lintel check --fix`. Change what is declared, not what is generated.",
	.run = run,
};
