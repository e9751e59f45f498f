/* text-date-stale: "Last updated" against the history of the file. */
#include "check/check.h"

/* Days by which a stated date may lie after the newest commit: work that is not committed yet. */
#define AHEAD_DAYS 31

struct stated {
	struct str text; /* data NULL: none */
	struct date date;
};

static struct stated read_date(struct str rest)
{
	while (rest.size && strchr("*_:` \t", rest.data[0]))
		rest = str_from_off(rest, 1);
	if (str_starts_nocase(rest, STR("on ")))
		rest = str_trim_left(str_from_off(rest, 3));
	struct date_found found = date_find(rest);
	bool known = (found.form == DATE_ISO || found.form == DATE_OTHER) && date_is_valid(found.date);
	if (!known)
		return (struct stated){STR_NONE, {0}};
	return (struct stated){str_trim(str_sub(rest, 0, rest.size - found.rest.size)), found.date};
}

/* The words must begin the line but for marks: prose may speak of when something was last updated. */
static struct str after_words(struct str line)
{
	static const char *const words[] = {"last updated",  "last update",  "last modified", "last changed",
					    "last revised",  "last_updated", "last-updated",  "lastupdated",
					    "last_modified", "last-modified"};
	while (line.size && strchr("*_>#`|- \t(", line.data[0]))
		line = str_from_off(line, 1);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_starts_nocase(line, str_from(words[i])))
			return str_from_off(line, strlen(words[i]));
	return STR_NONE;
}

static void judge(struct check *check, const struct page *page, struct stated stated, struct date changed,
		  struct date newest)
{
	const struct source *source = page->source;
	long behind = date_days(changed) - date_days(stated.date);
	if (behind > check->config->stale_after_days) {
		struct diag *diag = check_report(check, span_of(source, stated.text),
						 "last updated " STR_FMT ", and changed on " STR_FMT,
						 STR_ARG(stated.text), STR_ARG(date_format(check->arena, changed)));
		check_help(check, diag, "write the date of the change, or leave it to git");
		check_key(check, diag, STR("last updated"));
	} else if (date_days(stated.date) - date_days(newest) > AHEAD_DAYS) {
		struct diag *diag =
			check_report(check, span_of(source, stated.text),
				     "last updated " STR_FMT ", which is yet to come: the newest commit is of " STR_FMT,
				     STR_ARG(stated.text), STR_ARG(date_format(check->arena, newest)));
		check_help(check, diag, "correct the date");
		check_key(check, diag, STR("last updated"));
	}
}

static void look(struct check *check, const struct page *page, struct date changed, struct date newest)
{
	struct str rest = page->source->text;
	uint32_t node = 0;
	while (rest.size) {
		struct str line = str_cut_line(&rest);
		struct str value = after_words(line);
		if (!value.data ||
		    md_stands_in(page->md, MD_CODE_BLOCK, &node, (size_t)(line.data - page->source->text.data)))
			continue;
		struct stated stated = read_date(value);
		if (stated.text.data)
			judge(check, page, stated, changed, newest);
	}
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	const struct git_history *git = model->git;
	long long newest = 0;
	if (!git || !git->present || git->shallow)
		return;
	for (size_t i = 0; i < git->last.n; i++) {
		const struct git_commit_info *info = git->last.items[i].value;
		newest = info->when > newest ? info->when : newest;
	}
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		const struct git_commit_info *info = map_find(&git->last, page->source->path);
		if (info && page->kind == PAGE_DOCUMENT && page->md && !page->is_history)
			look(check, page, date_from_epoch(info->when), date_from_epoch(newest));
	}
}

const struct rule rule_text_date_stale = {
	.name = "text-date-stale",
	.severity = SEVERITY_WARNING,
	.group = "text",
	.summary = "a \"Last updated\" date that the file's history contradicts",
	.explain = "A line that begins with \"Last updated\" (or modified, changed, revised) is compared with the "
		   "last change of its file in git. It is stale when that change is later by more than `stale_after` "
		   "days (180 unless configured), and wrong when it lies more than a month after the newest commit. "
		   "Without git, in a shallow clone, for a date that may be read in two ways, and on pages that "
		   "record the past nothing is said.",
	.example = "*Last updated: 2024-01-10*, in a file changed in March 2026",
	.cure = "Write the date of the change, or drop the line: the site shows the date of the last change from git.",
	.run = run,
};
