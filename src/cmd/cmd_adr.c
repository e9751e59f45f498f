/* lintel adr: writes decision records in the dialect of their log. */
#include "author/author.h"
#include "cmd/cmd.h"

#include <errno.h>
#include <time.h>

/* What a record must read as once it is written. */
struct expectation {
	struct str path;
	enum status status;      /* STATUS_NONE: any */
	enum relation_kind kind; /* RELATION_KINDS: none */
	struct str target;
};

/* One run. */
struct writing {
	struct author author;
	const struct options *options;
	char **arguments; /* behind the name of the action */
	int n;
	struct author_changes changes;
	VEC(struct expectation) expected;
	struct buf said; /* for standard output, once it is done */
};

static struct str shown(const struct writing *w, struct str path)
{
	return utf8_printable(w->author.arena, path);
}

static void expect(struct writing *w, struct str path, enum status status, enum relation_kind kind, struct str target)
{
	struct expectation expectation = {path, status, kind, target};
	vec_add(w->author.arena, &w->expected, expectation);
}

/* ---- what an action works on ---- */

static struct str today(struct arena *arena)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	long long seconds = 0;
	if (!epoch || !str_to_number(str_from(epoch), &seconds))
		seconds = (long long)time(NULL);
	return date_format(arena, date_from_epoch(seconds));
}

/* Arguments from `first` on as one title. */
static struct str title_of(struct writing *w, char **words, int n)
{
	struct str *parts = NEW_ARRAY(w->author.arena, struct str, n + 1);
	for (int i = 0; i < n; i++)
		parts[i] = str_from(words[i]);
	struct str title = str_trim(str_join(w->author.arena, parts, (size_t)n, STR(" ")));
	if (utf8_invalid_at(title) != SIZE_MAX)
		world_usage("the title is not UTF-8");
	for (size_t i = 0; i < title.size; i++)
		if ((unsigned char)title.data[i] < 0x20 || title.data[i] == 0x7f)
			world_usage("the title holds a control character");
	if (!title.size)
		world_usage("the title is empty");
	return title;
}

static struct record_writer writer_of(struct writing *w, const struct record_style *style, const struct md *md,
				      struct edits *edits)
{
	return (struct record_writer){w->author.arena, style, md, edits};
}

static const struct record_style *style_of(struct writing *w, const struct decision *decision)
{
	return record_style_read(w->author.arena, w->author.model, decision->log);
}

static const char *status_words(enum status status)
{
	return status_name(status) ? status_name(status) : "no status";
}

/* ---- new ---- */

static struct str template_text(struct writing *w, const struct record_style *style, const struct author_log *log,
				const struct record_new *record)
{
	const char *name = w->options->template;
	struct arena *arena = w->author.arena;
	if (!name) {
		const struct source *found = record_template(w->author.model, log->folder);
		return found ? record_new_filled(arena, style, found->text, record)
			     : record_new_text(arena, style, record);
	}
	struct str text = record_new_form(arena, style, name, record);
	if (text.data)
		return text;
	const char *path = name;
	if (w->options->directory && *name != '/')
		path = str_to_c(arena, str_format(arena, "%s/%s", w->options->directory, name));
	struct file_content content = file_read(arena, path, w->author.model->config->limits.file_bytes);
	if (content.state == FILE_MISSING)
		world_usage("no template is called '%s'; --template takes madr, nygard or a file", name);
	if (content.state != FILE_OK)
		world_fail("cannot read %s: %s", path, strerror(content.error));
	return record_new_filled(arena, style, content.bytes, record);
}

/* Says where a number is taken that the workspace does not show. */
static void tell_branch(const struct writing *w, const struct author_numbers *numbers, long long number)
{
	for (size_t i = 0; i < numbers->list.n; i++) {
		const struct author_number *taken = &numbers->list.data[i];
		bool here = false;
		for (size_t k = 0; k < numbers->list.n; k++)
			here |= numbers->list.data[k].number == taken->number && !numbers->list.data[k].where;
		if (taken->number != number - 1 || here || !taken->where || w->options->quiet)
			continue;
		fprintf(stderr, "lintel: %lld is taken on %s (" STR_FMT ")\n", taken->number, taken->where,
			STR_ARG(shown(w, taken->path)));
		return;
	}
}

/* A new record: its text, and the file that it will be. */
struct planned {
	struct record_ref ref;
	struct str text;
	const struct record_style *style;
	struct author_log log;
};

static struct planned plan_new(struct writing *w, const struct author_log *log, struct str title, enum status status)
{
	struct arena *arena = w->author.arena;
	struct planned planned = {.log = *log, .style = record_style_read(arena, w->author.model, log->log)};
	struct author_names names = author_names(&w->author, log);
	struct record_new record = {.title = title, .number = -1, .date = today(arena), .status = status};
	struct author_numbers numbers = {0};
	if (names.numbered) {
		numbers = author_numbers(&w->author, log->folder);
		record.number = author_next(&numbers);
		record.digits = author_digits(arena, &names, record.number);
		tell_branch(w, &numbers, record.number);
	}
	struct str name = author_file_name(&w->author, &names, record.number, record.date, title);
	planned.text = template_text(w, planned.style, log, &record);
	size_t slash = str_find_char(name, '/');
	struct str stem = slash == SIZE_MAX ? path_stem(name) : str_sub(name, 0, slash);
	planned.ref = (struct record_ref){.path = path_join(arena, log->folder, name),
					  .stem = stem,
					  .id = names.numbered ? record.digits : stem,
					  .heading = record_new_heading(arena, planned.style, &record),
					  .title = title,
					  .number = record.number};
	return planned;
}

static enum status wanted_status(const struct writing *w, enum status standard)
{
	const char *text = w->options->status;
	if (!text)
		return standard;
	enum status status = status_parse(w->author.model->config, str_from(text));
	if (status == STATUS_NONE || status == STATUS_UNKNOWN)
		world_usage("--status takes draft, proposed, accepted, rejected or another status, not '%s'", text);
	return status;
}

static void run_new(struct writing *w)
{
	struct author_log log = author_log(&w->author);
	if (log.log && log.log->decisions.n && log.log->decisions.data[0]->anchor.size)
		world_usage(STR_FMT " holds several records; write the new one there", STR_ARG(shown(w, log.folder)));
	struct str title = title_of(w, w->arguments, w->n);
	struct planned planned = plan_new(w, &log, title, wanted_status(w, STATUS_PROPOSED));
	author_add_file(&w->author, &w->changes, planned.ref.path, planned.text);
	if (!log.log && !w->author.log && !w->options->quiet)
		fprintf(stderr, "lintel: no decision log is here; " STR_FMT "/ begins one\n",
			STR_ARG(shown(w, log.folder)));
	buf_addf(&w->said, STR_FMT "\n", STR_ARG(shown(w, planned.ref.path)));
}

/* ---- another status ---- */

static void refuse_side_file(const struct writing *w, const struct decision *decision)
{
	struct span span = decision->status_text.span;
	if (decision->status != STATUS_NONE && span.source != decision->source->id && !span_is_none(span))
		world_usage("the status of " STR_FMT " stands in " STR_FMT "; change it there",
			    STR_ARG(shown(w, decision->source->path)),
			    STR_ARG(shown(w, span_path(w->author.model->sources, span))));
}

static void set_status(struct writing *w, enum status status)
{
	struct decision *decision = author_record(&w->author, w->arguments[0]);
	struct str path = decision->source->path;
	struct edits edits = {0};
	refuse_side_file(w, decision);
	if (decision->effective_status == STATUS_SUPERSEDED)
		world_usage(STR_FMT " is superseded, and stays so", STR_ARG(shown(w, path)));
	if (decision->status == status) {
		buf_addf(&w->said, STR_FMT ": %s already\n", STR_ARG(shown(w, path)), status_name(status));
		return;
	}
	struct record_writer writer = writer_of(w, style_of(w, decision), decision->page->md, &edits);
	record_write_status(&writer, status);
	author_add_edits(&w->author, &w->changes, decision->source, &edits, STR_NONE);
	expect(w, path, status, RELATION_KINDS, STR_NONE);
	buf_addf(&w->said, STR_FMT ": %s -> %s\n", STR_ARG(shown(w, path)), status_words(decision->status),
		 status_name(status));
}

/* What an accepted record supersedes should say so. */
static void tell_predecessors(const struct writing *w, const struct decision *decision)
{
	for (size_t i = 0; i < decision->relations.n && !w->options->quiet; i++) {
		const struct relation *relation = &decision->relations.data[i];
		if (relation->kind != RELATION_SUPERSEDES || relation->partial || !relation->target ||
		    relation->answer || relation->target->status == STATUS_SUPERSEDED)
			continue;
		struct str old = shown(w, relation->target->source->path), path = shown(w, decision->source->path);
		fprintf(stderr, "lintel: " STR_FMT " still reads %s; `lintel adr supersede " STR_FMT " " STR_FMT "`\n",
			STR_ARG(old), status_words(relation->target->status), STR_ARG(old), STR_ARG(path));
	}
}

static void run_accept(struct writing *w)
{
	set_status(w, STATUS_ACCEPTED);
	tell_predecessors(w, author_record(&w->author, w->arguments[0]));
}

static void run_reject(struct writing *w)
{
	set_status(w, STATUS_REJECTED);
}

static void run_deprecate(struct writing *w)
{
	set_status(w, STATUS_DEPRECATED);
}

/* ---- relations ---- */

static bool states(const struct decision *decision, enum relation_kind kind, const struct decision *target)
{
	for (size_t i = 0; i < decision->relations.n; i++)
		if (decision->relations.data[i].kind == kind && decision->relations.data[i].target == target &&
		    !decision->relations.data[i].partial)
			return true;
	return false;
}

/* Ends with status 2 where the chain of successors of one leads to the other. */
static void refuse_circle(const struct writing *w, const struct decision *successor, const struct decision *old)
{
	VEC(const struct decision *) chain = {0};
	struct map seen = {.arena = w->author.arena};
	vec_add(w->author.arena, &chain, successor);
	for (size_t i = 0; i < chain.n; i++) {
		const struct decision *at = chain.data[i];
		if (at == old)
			world_usage(STR_FMT " is superseded by " STR_FMT " already; the other way round is a circle",
				    STR_ARG(shown(w, successor->source->path)), STR_ARG(shown(w, old->source->path)));
		for (size_t k = 0; k < at->relations.n + at->incoming.n; k++) {
			bool own = k < at->relations.n;
			const struct relation *relation =
				own ? &at->relations.data[k] : at->incoming.data[k - at->relations.n];
			const struct decision *next =
				own ? relation->target : at->incoming_from.data[k - at->relations.n];
			enum relation_kind kind = own ? RELATION_SUPERSEDED_BY : RELATION_SUPERSEDES;
			if (relation->kind != kind || relation->partial || !next || map_has(&seen, next->source->path))
				continue;
			map_put(&seen, next->source->path, &seen);
			vec_add(w->author.arena, &chain, next);
		}
	}
}

/* States that a record which is there already supersedes `old`. */
static void add_successor(struct writing *w, const struct decision *successor, const struct decision *old)
{
	struct edits edits = {0};
	struct record_ref ref = record_ref_of(old);
	struct record_writer writer = writer_of(w, style_of(w, successor), successor->page->md, &edits);
	if (!states(successor, RELATION_SUPERSEDES, old))
		record_write_relation(&writer, RELATION_SUPERSEDES, STR(""), &ref);
	author_add_edits(&w->author, &w->changes, successor->source, &edits, STR_NONE);
	expect(w, successor->source->path, STATUS_NONE, RELATION_SUPERSEDES, old->source->path);
	if (successor->effective_status != STATUS_ACCEPTED && !w->options->quiet)
		fprintf(stderr, "lintel: " STR_FMT " is not in force: it has %s%s\n",
			STR_ARG(shown(w, successor->source->path)),
			successor->effective_status == STATUS_NONE ? "" : "status ",
			status_words(successor->effective_status));
}

/* Writes the successor with the statement that it supersedes `old`. */
static struct record_ref add_new_successor(struct writing *w, const struct decision *old)
{
	struct arena *arena = w->author.arena;
	struct author_log log = w->author.log ? author_log(&w->author) : author_log_of(old);
	char *title = NULL;
	enum status status = wanted_status(w, STATUS_ACCEPTED);
	struct str words = str_dup(arena, str_from(w->options->title));
	title = (char *)(uintptr_t)words.data;
	struct planned planned = plan_new(w, &log, title_of(w, &title, 1), status);
	struct source *source = NEW(arena, struct source);
	*source = (struct source){.kind = SOURCE_MARKDOWN, .path = planned.ref.path, .text = planned.text};
	const struct config_limits *limits = &w->author.model->config->limits;
	struct md_limits md_limits = {.depth = limits->md_depth, .bytes = limits->md_bytes};
	struct edits edits = {0};
	struct record_ref ref = record_ref_of(old);
	struct record_writer writer = writer_of(w, planned.style, md_parse(arena, source, &md_limits), &edits);
	size_t skipped;
	record_write_relation(&writer, RELATION_SUPERSEDES, STR(""), &ref);
	author_add_file(&w->author, &w->changes, planned.ref.path, edits_apply(arena, source, &edits, &skipped));
	expect(w, planned.ref.path, STATUS_NONE, RELATION_SUPERSEDES, old->source->path);
	buf_addf(&w->said, STR_FMT "\n", STR_ARG(shown(w, planned.ref.path)));
	return planned.ref;
}

static void run_supersede(struct writing *w)
{
	bool makes = w->options->title != NULL;
	if (makes == (w->n == 2))
		world_usage("usage: lintel adr supersede OLD NEW, or lintel adr supersede OLD --new TITLE");
	struct decision *old = author_record(&w->author, w->arguments[0]);
	struct decision *successor = makes ? NULL : author_record(&w->author, w->arguments[1]);
	if (successor == old)
		world_usage("a record cannot supersede itself");
	refuse_side_file(w, old);
	if (successor)
		refuse_circle(w, successor, old);
	struct record_ref by = makes ? add_new_successor(w, old) : record_ref_of(successor);
	if (successor)
		add_successor(w, successor, old);
	struct edits edits = {0};
	struct record_writer writer = writer_of(w, style_of(w, old), old->page->md, &edits);
	if (!successor || !states(old, RELATION_SUPERSEDED_BY, successor))
		record_write_superseded(&writer, &by);
	author_add_edits(&w->author, &w->changes, old->source, &edits, STR_NONE);
	expect(w, old->source->path, STATUS_SUPERSEDED, RELATION_SUPERSEDED_BY, by.path);
	buf_addf(&w->said, STR_FMT ": superseded by " STR_FMT "\n", STR_ARG(shown(w, old->source->path)),
		 STR_ARG(shown(w, by.path)));
}

static void add_link(struct writing *w, const struct decision *from, struct str verb, enum relation_kind kind,
		     const struct decision *to)
{
	struct edits edits = {0};
	struct record_ref ref = record_ref_of(to);
	struct record_writer writer = writer_of(w, style_of(w, from), from->page->md, &edits);
	if (kind < RELATION_KINDS && states(from, kind, to))
		return;
	record_write_relation(&writer, kind, verb, &ref);
	author_add_edits(&w->author, &w->changes, from->source, &edits, STR_NONE);
	if (kind < RELATION_KINDS)
		expect(w, from->source->path, STATUS_NONE, kind, to->source->path);
	else if (!w->options->quiet)
		fprintf(stderr, "lintel: '" STR_FMT "' is written, but is no relation that lintel reads\n",
			STR_ARG(shown(w, verb)));
	buf_addf(&w->said, STR_FMT ": " STR_FMT " " STR_FMT "\n", STR_ARG(shown(w, from->source->path)),
		 STR_ARG(shown(w, verb)), STR_ARG(shown(w, to->source->path)));
}

/* "Amended by" for "Amends", by the same verb where it is one of these; empty: none is known. */
static struct str reverse_verb(const struct writing *w, const struct record_style *style, struct str verb,
			       enum relation_kind kind)
{
	static const char *const pairs[][2] = {{"extends", "Extended by"},
					       {"refines", "Refined by"},
					       {"clarifies", "Clarified by"},
					       {"complements", "Complemented by"},
					       {"supplements", "Supplemented by"},
					       {"depends on", ""},
					       {"builds on", ""}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (str_eq_nocase(verb, str_from(pairs[i][0])))
			return str_from(pairs[i][1]);
		if (str_eq_nocase(verb, str_from(pairs[i][1])))
			return str_format(w->author.arena, "%c%s", pairs[i][0][0] - 'a' + 'A', pairs[i][0] + 1);
	}
	switch (kind) {
	case RELATION_AMENDS: return record_verb(style, RELATION_AMENDED_BY);
	case RELATION_AMENDED_BY: return record_verb(style, RELATION_AMENDS);
	case RELATION_RELATES: return record_verb(style, RELATION_RELATES);
	default: return STR("");
	}
}

static void run_link(struct writing *w)
{
	struct decision *from = author_record(&w->author, w->arguments[0]);
	struct decision *to = author_record(&w->author, w->arguments[2]);
	struct str verb = title_of(w, w->arguments + 1, 1);
	enum relation_kind kind = relation_of_verb(verb);
	if (from == to)
		world_usage("a record cannot be linked to itself");
	bool whole = str_find_char(verb, ' ') == SIZE_MAX || kind == RELATION_SUPERSEDED_BY;
	if ((kind == RELATION_SUPERSEDES || kind == RELATION_SUPERSEDED_BY) && whole &&
	    str_find_nocase(verb, STR("part")) == SIZE_MAX)
		world_usage("use `lintel adr supersede OLD NEW`, which changes the status too");
	struct str reverse = w->n > 3 ? title_of(w, w->arguments + 3, 1) : reverse_verb(w, style_of(w, to), verb, kind);
	add_link(w, from, verb, kind, to);
	if (reverse.size)
		add_link(w, to, reverse, relation_of_verb(reverse), from);
}

/* ---- numbers and lists ---- */

/* Places that name the old number but could mean another record too. */
static void tell_ambiguous(const struct writing *w, const struct decision *decision)
{
	const struct model *model = w->author.model;
	size_t n = 0;
	for (size_t i = 0; i < model->pages.n; i++)
		for (size_t k = 0; k < model->pages.data[i]->mentions.n; k++) {
			const struct mention *mention = &model->pages.data[i]->mentions.data[k];
			n += !mention->decision && !mention->entity && mention->number == decision->number;
		}
	if (n && !w->options->quiet)
		fprintf(stderr,
			"lintel: %zu mention%s of %lld may mean another record and stay%s; look at them by hand\n", n,
			n == 1 ? "" : "s", decision->number, n == 1 ? "s" : "");
}

static void run_renumber(struct writing *w)
{
	struct decision *decision = author_record(&w->author, w->arguments[0]);
	struct author_numbers numbers = author_numbers(&w->author, decision->log->folder);
	long long number = author_next(&numbers);
	if (w->n > 1 && (!str_to_number(str_from(w->arguments[1]), &number) || number > 999999))
		world_usage("'%s' is no number of a record", w->arguments[1]);
	for (size_t i = 0; i < numbers.list.n; i++)
		if (numbers.list.data[i].number == number)
			world_usage("%lld is taken%s%s: " STR_FMT, number, numbers.list.data[i].where ? " on " : "",
				    numbers.list.data[i].where ? numbers.list.data[i].where : "",
				    STR_ARG(shown(w, numbers.list.data[i].path)));
	author_renumber(&w->author, decision, number, &w->changes);
	tell_ambiguous(w, decision);
	for (size_t i = 0; i < w->changes.list.n; i++) {
		const struct author_change *change = &w->changes.list.data[i];
		if (str_eq(change->path, change->old_path))
			buf_addf(&w->said, STR_FMT "\n", STR_ARG(shown(w, change->path)));
		else
			buf_addf(&w->said, STR_FMT " -> " STR_FMT "\n", STR_ARG(shown(w, change->old_path)),
				 STR_ARG(shown(w, change->path)));
	}
}

static void run_list(struct writing *w)
{
	const struct decision_log *only = w->author.log ? author_log(&w->author).log : NULL;
	const struct model *model = w->author.model;
	for (size_t i = 0; i < model->logs.n; i++) {
		const struct decision_log *log = model->logs.data[i];
		for (size_t k = 0; k < log->decisions.n && (!only || log == only); k++) {
			const struct decision *decision = log->decisions.data[k];
			const char *status = status_name(decision->effective_status);
			buf_addf(&w->said, STR_FMT "  %-10s  " STR_FMT "\n", STR_ARG(shown(w, decision->source->path)),
				 status ? status : "-", STR_ARG(shown(w, record_ref_of(decision).title)));
		}
	}
}

/* ---- the command ---- */

static const struct action {
	const char *name, *arguments;
	int least, most; /* arguments; -1: any number */
	void (*run)(struct writing *w);
} actions[] = {
	{"new", "TITLE...", 1, -1, run_new},
	{"accept", "RECORD", 1, 1, run_accept},
	{"reject", "RECORD", 1, 1, run_reject},
	{"deprecate", "RECORD", 1, 1, run_deprecate},
	{"supersede", "OLD NEW | OLD --new TITLE", 1, 2, run_supersede},
	{"link", "RECORD VERB RECORD [REVERSE-VERB]", 3, 4, run_link},
	{"renumber", "RECORD [NUMBER] [--write]", 1, 2, run_renumber},
	{"list", "", 0, 0, run_list},
};

static const struct action *find_action(const char *name)
{
	struct str names[sizeof actions / sizeof *actions];
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
		names[i] = str_from(actions[i].name);
	}
	struct str near = nearest_find(str_from(name), names, sizeof names / sizeof *names);
	if (near.size)
		world_usage("lintel adr has no '%s'; did you mean '" STR_FMT "'?", name, STR_ARG(near));
	world_usage("lintel adr has no '%s'; see 'lintel help adr'", name);
}

/* The current folder, or that of -C, in the workspace; data NULL: it is elsewhere. */
static struct str here_in(struct arena *arena, const struct options *options, const char *root)
{
	char *top = realpath(root, NULL), *here = realpath(options->directory ? options->directory : ".", NULL);
	if (!top || !here)
		world_fail("cannot find the workspace: %s", strerror(errno));
	struct str full = str_dup(arena, str_from(here)), above = str_dup(arena, str_from(top));
	free(top);
	free(here);
	if (str_eq(full, above))
		return STR("");
	return path_is_under(full, above) ? str_from_off(full, above.size + 1) : STR_NONE;
}

static bool holds(const struct model *model, const struct expectation *expected)
{
	const struct decision *decision = map_find(&model->decision_by_path, expected->path);
	if (!decision || (expected->status != STATUS_NONE && decision->status != expected->status))
		return false;
	for (size_t i = 0; i < decision->relations.n; i++) {
		const struct relation *relation = &decision->relations.data[i];
		if (relation->kind == expected->kind && relation->target &&
		    str_eq(relation->target->source->path, expected->target))
			return true;
	}
	return expected->kind == RELATION_KINDS;
}

static bool was_written(const struct writing *w, struct str path)
{
	for (size_t i = 0; i < w->changes.list.n; i++)
		if (str_eq(w->changes.list.data[i].path, path))
			return true;
	return false;
}

/* True for what follows from the records that were written: generated regions, their status in an index. */
static bool follows(const struct writing *w, const struct compilation *c, const struct diag *diag)
{
	if (!diag->has_fix)
		return false;
	if (strcmp(diag->rule, "generated-stale") == 0)
		return true;
	if (strcmp(diag->rule, "decision-index-mismatch") != 0)
		return false;
	for (size_t i = 0; i < diag->notes.n; i++)
		if (was_written(w, span_path(&c->loaded->sources, diag->notes.data[i].span)))
			return true;
	return false;
}

/* Regions and tables that tell of the records are brought up to date. */
static void refresh(const struct writing *w, struct compilation *c)
{
	const struct sources *sources = &c->loaded->sources;
	struct edits *edits = NEW_ARRAY(c->arena, struct edits, sources->list.n + 1);
	for (size_t i = 0; i < c->diags->list.n; i++) {
		const struct diag *diag = &c->diags->list.data[i];
		if (!follows(w, c, diag))
			continue;
		vec_add(c->arena, &edits[diag->fix.span.source].list, diag->fix);
		for (size_t k = 0; k < diag->more_fixes.n; k++)
			vec_add(c->arena, &edits[diag->more_fixes.data[k].span.source].list, diag->more_fixes.data[k]);
	}
	for (size_t i = 0; i < sources->list.n; i++) {
		if (!edits[i].list.n)
			continue;
		struct str path = shown(w, sources->list.data[i]->path);
		struct edited edited = edits_read(c->arena, c->root, sources->list.data[i], &edits[i]);
		int error = edited.why ? 0 : edits_may_write(c->arena, &edited);
		if (!edited.why && !error)
			error = edits_write(&edited);
		if (edited.why || error)
			fprintf(stderr, "lintel: " STR_FMT " is out of date: %s\n", STR_ARG(path),
				edited.why ? edited.why : strerror(error));
		else if (!w->options->quiet)
			fprintf(stderr, "lintel: " STR_FMT " is brought up to date\n", STR_ARG(path));
	}
}

/* What was written is read again: a template or a record may say it in a way that is not understood. */
static int read_back(const struct writing *w, const struct options *options)
{
	struct compilation c = {0};
	int status = EXIT_CLEAN;
	if (!w->changes.list.n)
		return status;
	cmd_compile(&c, options, "check");
	for (size_t i = 0; i < w->expected.n; i++) {
		if (holds(c.model, &w->expected.data[i]))
			continue;
		fprintf(stderr, "lintel: " STR_FMT " is written, but does not read as it should; look at its status\n",
			STR_ARG(shown(w, w->expected.data[i].path)));
		status = EXIT_FINDINGS;
	}
	refresh(w, &c);
	compilation_free(&c);
	return status;
}

static int finish(struct writing *w, const struct action *action, const struct options *quick)
{
	bool shows = w->options->dry_run || (action->run == run_renumber && !w->options->write);
	struct buf out = {0};
	int status = EXIT_CLEAN;
	if (shows && action->run != run_list) {
		author_diff(&w->author, &w->changes, &out);
		cmd_write(w->options, buf_str(&out));
		if (action->run == run_renumber && !w->options->quiet)
			fputs("lintel: nothing is written; --write does it\n", stderr);
	} else {
		author_write(&w->author, &w->changes);
		if (!w->options->quiet || action->run == run_list || action->run == run_new)
			cmd_write(w->options, buf_str(&w->said));
		status = read_back(w, quick);
	}
	buf_free(&out);
	return status;
}

static int run(const struct options *options)
{
	const struct action *action = find_action(options->arguments[0]);
	int n = options->n_arguments - 1;
	if (n < action->least || (action->most >= 0 && n > action->most))
		world_usage("usage: lintel adr %s %s", action->name, action->arguments);
	struct options quick = *options;
	struct compilation c = {0};
	quick.no_git = true;
	cmd_compile(&c, &quick, "resolve");
	struct writing w = {.author = {.arena = c.arena,
				       .model = c.model,
				       .root = c.root,
				       .here = here_in(c.arena, options, c.root),
				       .log = options->log,
				       .with_git = !options->no_git},
			    .options = options,
			    .arguments = options->arguments + 1,
			    .n = n};
	action->run(&w);
	int status = finish(&w, action, &quick);
	buf_free(&w.said);
	compilation_free(&c);
	return status;
}

const struct command cmd_adr = {
	.name = "adr",
	.arguments = "new|accept|reject|deprecate|supersede|link|renumber|list ...",
	.summary = "Write decision records: new ones, another status, links between them, another number",
	.details =
		"  new TITLE...               a record with the next number; prints its path\n"
		"  accept RECORD              the status says accepted; likewise reject and deprecate\n"
		"  supersede OLD NEW          both records say so\n"
		"  supersede OLD --new TITLE  the same with a new record, which is accepted\n"
		"  link A VERB B [REVERSE]    \"Amends\", \"Relates to\" ...; both records say so\n"
		"  renumber RECORD [NUMBER]   shows a diff; --write renames the file and corrects what refers to it\n"
		"  list                       every record with its status\n\n"
		"A RECORD is a number, a path, a file name or a part of one. Each file keeps its dialect, and every byte that\n"
		"the change does not need: sections, front matter, lists, bold lines and tables are written as they stand. A new\n"
		"record takes its name, title, template and words from its log: templates/template.md (adr-tools), template.md\n"
		"(log4brains) or adr-template.md (MADR) where there is one. Without any log, decisions/ is begun.\n\n"
		"Generated regions and the record's status in an index table follow, but in a --dry-run are not shown.\n\n"
		"Numbers on origin/HEAD, origin/main, origin/master, main and master count as taken. The date is that of\n"
		"SOURCE_DATE_EPOCH where it is set, else today in UTC; dates of records that are there already stay.\n\n",
	.takes = TAKES_RECORD,
	.min_arguments = 1,
	.max_arguments = -1,
	.run = run,
};
