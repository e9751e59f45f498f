/* A baseline: findings that are accepted for now, one row each, so that a check fails on new ones only. It only shrinks. */
#include "compile.h"

#include <errno.h>

/* First line of the file. */
#define BASELINE_HEAD "# lintel baseline 1"
enum { BASELINE_BYTES = 64 << 20 };

struct row {
	struct str print, rule, line;
	long long n;    /* findings it accepts */
	long long used; /* of them, that are there */
};

struct rows {
	struct arena *arena;
	struct str name; /* of the file, as it is shown */
	struct str text;
	VEC(struct row *) list;
	struct map by_print; /* struct row * */
};

/* Fingerprints are told apart by file and words; syntax errors cannot be accepted. */
static bool may_accept(const struct diag *diag)
{
	return !str_ends(str_from(diag->rule), STR("-syntax")) && strcmp(diag->rule, "suppression-unused") != 0;
}

static void read_row(struct rows *rows, struct str line, size_t number)
{
	struct str rest = line, print = str_cut(&rest, '\t'), n = str_cut(&rest, '\t'), rule = str_cut(&rest, '\t');
	struct row *row = NEW(rows->arena, struct row);
	if (print.size != 16 || !str_to_number(n, &row->n) || row->n < 1 || !rule.size)
		world_usage(STR_FMT ":%zu: no row of a baseline; write it again with --write-baseline",
			    STR_ARG(rows->name), number);
	row->print = print;
	row->rule = rule;
	row->line = line;
	vec_add(rows->arena, &rows->list, row);
	map_put(&rows->by_print, print, row);
}

/* NULL when there is no such file. */
static struct rows *read_rows(const struct compilation *c, const char *file, struct str name)
{
	struct file_content content = file_read(c->arena, file, BASELINE_BYTES);
	if (content.state != FILE_OK && content.error == ENOENT)
		return NULL;
	if (content.state != FILE_OK)
		world_usage("cannot read the baseline " STR_FMT, STR_ARG(name));
	struct rows *rows = NEW(c->arena, struct rows);
	*rows = (struct rows){.arena = c->arena, .name = name, .text = content.bytes, .by_print = {.arena = c->arena}};
	struct str rest = content.bytes;
	if (!str_eq(str_trim(str_cut_line(&rest)), STR(BASELINE_HEAD)))
		world_usage(STR_FMT " is no baseline: its first line is not '" BASELINE_HEAD "'", STR_ARG(name));
	for (size_t number = 2; rest.size; number++) {
		struct str line = str_trim_right(str_cut_line(&rest));
		if (line.size && line.data[0] != '#')
			read_row(rows, line, number);
	}
	return rows;
}

/* Takes accepted findings out of the list; gives how many. */
static size_t take_out(const struct compilation *c, const struct rows *rows)
{
	struct diags *diags = c->diags;
	size_t kept = 0, n = diags->list.n;
	for (size_t i = 0; i < n; i++) {
		const struct diag *diag = &diags->list.data[i];
		struct row *row = NULL;
		if (may_accept(diag))
			row = map_find(&rows->by_print, diag_fingerprint(c->arena, &c->loaded->sources, diag));
		if (row && row->used < row->n)
			row->used++;
		else
			diags->list.data[kept++] = *diag;
	}
	diags->list.n = kept;
	return n - kept;
}

static void report_unused(struct compilation *c, const struct rows *rows)
{
	enum severity severity = config_severity_of(&c->config, "suppression-unused", rows->name, SEVERITY_WARNING);
	if (severity == SEVERITY_OFF)
		return;
	struct source *source = source_add(c->arena, &c->loaded->sources, SOURCE_OTHER, rows->name, rows->text);
	for (size_t i = 0; i < rows->list.n; i++) {
		const struct row *row = rows->list.data[i];
		if (row->used == row->n)
			continue;
		struct diag diag = {.rule = "suppression-unused",
				    .severity = severity,
				    .span = span_of(source, row->line),
				    .help = STR("run lintel check --write-baseline with this file to take it out")};
		diag.message = str_format(c->arena, "nothing to accept: " STR_FMT " is found %lld times here, not %lld",
					  STR_ARG(row->rule), row->used, row->n);
		vec_add(c->arena, &c->diags->list, diag);
	}
}

/* The configuration's file is one of the workspace; the command line's may lie anywhere. */
static struct str configured(const struct compilation *c)
{
	struct str path = path_normal(c->arena, c->config.baseline.str);
	if (path_is_outside(path) || !edits_path_is_plain(c->arena, c->root, path))
		world_usage("lintel.yaml: baseline: '" STR_FMT "' is no file inside the workspace",
			    STR_ARG(c->config.baseline.str));
	return path;
}

void baseline_apply(struct compilation *c)
{
	struct str name = c->baseline ? str_from(c->baseline) : STR_NONE;
	const char *file = c->baseline;
	if (!file) {
		if (!c->config.baseline.str.size)
			return;
		name = configured(c);
		file = str_to_c(c->arena, path_join(c->arena, str_from(c->root), name));
	}
	const struct rows *rows = read_rows(c, file, name);
	if (!rows)
		world_usage("there is no baseline " STR_FMT "; write it with lintel check --write-baseline " STR_FMT,
			    STR_ARG(name), STR_ARG(name));
	c->n_accepted = take_out(c, rows);
	report_unused(c, rows);
}

struct written {
	struct str print;
	const struct diag *diag; /* the first */
	long long n;
};

static struct baseline_counts collect(const struct compilation *c, const struct rows *old, struct buf *out)
{
	struct baseline_counts counts = {0};
	struct map by_print = {.arena = c->arena};
	for (size_t i = 0; i < c->diags->list.n; i++) {
		const struct diag *diag = &c->diags->list.data[i];
		if (!may_accept(diag))
			continue;
		struct str print = diag_fingerprint(c->arena, &c->loaded->sources, diag);
		struct row *row = old ? map_find(&old->by_print, print) : NULL;
		if (old && (!row || row->used == row->n)) {
			counts.left_out++;
			continue;
		}
		if (row)
			row->used++;
		struct written *written = map_find(&by_print, print);
		if (!written) {
			written = NEW(c->arena, struct written);
			*written = (struct written){.print = print, .diag = diag};
			map_put(&by_print, print, written);
		}
		written->n++;
		counts.accepted++;
	}
	for (size_t i = 0; i < by_print.n; i++) {
		const struct written *w = by_print.items[i].value;
		struct str path = span_path(&c->loaded->sources, w->diag->span);
		buf_addf(out, STR_FMT "\t%lld\t%s\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(w->print), w->n, w->diag->rule,
			 STR_ARG(utf8_printable(c->arena, path)), STR_ARG(utf8_printable(c->arena, w->diag->message)));
	}
	for (size_t i = 0; old && i < old->list.n; i++)
		counts.gone += (size_t)(old->list.data[i]->n - old->list.data[i]->used);
	return counts;
}

struct baseline_counts baseline_write(const struct compilation *c, const char *file)
{
	const struct rows *old = read_rows(c, file, str_from(file));
	struct buf out = {0};
	buf_adds(&out,
		 BASELINE_HEAD "\n# Findings that are accepted for now: fingerprint, how many, rule, file, message.\n");
	struct baseline_counts counts = collect(c, old, &out);
	int error = file_replace(file, buf_str(&out));
	if (error)
		world_fail("cannot write %s: %s", file, strerror(error));
	buf_free(&out);
	return counts;
}
