/* Findings for people: the line, a caret, the other place, the cure; and what was looked at. */
#include "report/report.h"

/* Bytes of a source line that are shown where no terminal says how wide it is. */
enum { LINE_SHOWN = 160, LINE_LEAST = 40 };

struct writer {
	const struct report *report;
	const struct sources *sources;
	struct buf *out;
};

static void paint(struct writer *w, const char *code)
{
	if (w->report->color)
		buf_addf(w->out, "\x1b[%sm", code);
}

static const char *severity_color(enum severity severity)
{
	return severity == SEVERITY_ERROR ? "1;31" : severity == SEVERITY_WARNING ? "1;33" : "1;36";
}

static void add_printable(struct writer *w, struct str text)
{
	buf_add(w->out, utf8_printable(w->report->arena, text));
}

/* The line that holds off, without its end. */
static struct str line_at(struct str text, size_t off, size_t *start)
{
	struct str before = str_sub(text, 0, off);
	size_t newline = str_rfind_char(before, '\n');
	*start = newline == SIZE_MAX ? 0 : newline + 1;
	struct str rest = str_from_off(text, *start);
	size_t end = str_find_char(rest, '\n');
	struct str line = end == SIZE_MAX ? rest : str_sub(rest, 0, end);
	if (line.size && line.data[line.size - 1] == '\r')
		line.size--;
	return line;
}

/* Moves *from forward to the start of a character. */
static size_t char_start(struct str s, size_t from)
{
	while (from < s.size && ((unsigned char)s.data[from] & 0xC0) == 0x80)
		from++;
	return from;
}

/* A line cut to a width around the columns that matter. */
static void add_excerpt(struct writer *w, struct span span, int gutter, enum severity severity)
{
	struct str text = w->sources->list.data[span.source]->text;
	size_t start, off = span.off < text.size ? span.off : text.size;
	struct str line = line_at(text, off, &start);
	size_t at = off - start < line.size ? off - start : line.size;
	size_t size = at + span.size <= line.size ? span.size : line.size - at;
	size_t room = w->report->width ? w->report->width - (size_t)gutter - 10 : LINE_SHOWN, from = 0;
	if (w->report->width && w->report->width < LINE_LEAST + 20)
		room = LINE_LEAST;
	if (line.size > room && at > room / 2)
		from = char_start(line, at - room / 2);
	size_t to = line.size - from > room ? char_start(line, from + room) : line.size;
	if (size > to - at)
		size = to - at;
	struct place place = span_place(w->sources, span);
	struct str shown = str_sub(line, from, to - from);
	paint(w, "1;34");
	buf_addf(w->out, "%*u |", gutter, place.line);
	paint(w, "0");
	buf_adds(w->out, from ? " ..." : " ");
	for (size_t i = 0; i < shown.size; i++) /* tabs as one blank keep the caret under its text */
		if (shown.data[i] == '\t')
			buf_addc(w->out, ' ');
		else {
			size_t next = i + 1;
			while (next < shown.size && shown.data[next] != '\t')
				next++;
			add_printable(w, str_sub(shown, i, next - i));
			i = next - 1;
		}
	buf_adds(w->out, to < line.size ? "...\n" : "\n");
	paint(w, "1;34");
	buf_addf(w->out, "%*s |", gutter, "");
	paint(w, "0");
	size_t lead = utf8_width(utf8_printable(w->report->arena, str_sub(line, from, at - from)));
	for (size_t i = from; i < at; i++) /* a tab's printable form is wider than the blank shown */
		if (line.data[i] == '\t')
			lead -= utf8_width(utf8_printable(w->report->arena, STR("\t"))) - 1;
	size_t carets = utf8_width(utf8_printable(w->report->arena, str_sub(line, at, size)));
	buf_addf(w->out, "%s%*s", from ? "    " : " ", (int)lead, "");
	paint(w, severity_color(severity));
	for (size_t i = 0; i < (carets ? carets : 1); i++)
		buf_addc(w->out, '^');
	paint(w, "0");
	buf_addc(w->out, '\n');
}

static int digits(uint32_t number)
{
	int n = 1;
	while (number >= 10) {
		number /= 10;
		n++;
	}
	return n;
}

static void add_place(struct writer *w, const char *arrow, struct span span, int gutter)
{
	struct place place = span_place(w->sources, span);
	paint(w, "1;34");
	buf_addf(w->out, "%*s%s ", gutter, "", arrow);
	paint(w, "0");
	add_printable(w, span_path(w->sources, span));
	buf_addf(w->out, ":%u:%u", place.line, place.col);
}

static void add_diag(struct writer *w, const struct diag *diag)
{
	paint(w, severity_color(diag->severity));
	buf_addf(w->out, "%s[%s]", severity_name(diag->severity), diag->rule);
	paint(w, "0");
	paint(w, "1");
	buf_adds(w->out, ": ");
	add_printable(w, diag->message);
	paint(w, "0");
	buf_addc(w->out, '\n');
	int gutter = span_is_none(diag->span) ? 1 : digits(span_place(w->sources, diag->span).line);
	if (gutter < 2)
		gutter = 2;
	if (!span_is_none(diag->span)) {
		add_place(w, "-->", diag->span, gutter);
		buf_addc(w->out, '\n');
		paint(w, "1;34");
		buf_addf(w->out, "%*s |\n", gutter, "");
		paint(w, "0");
		add_excerpt(w, diag->span, gutter, diag->severity);
	}
	for (size_t i = 0; i < diag->notes.n; i++) {
		const struct note *note = &diag->notes.data[i];
		if (span_is_none(note->span)) {
			buf_addf(w->out, "%*s = note: ", gutter, "");
		} else {
			add_place(w, ":::", note->span, gutter);
			buf_adds(w->out, "  ");
		}
		add_printable(w, note->message);
		buf_addc(w->out, '\n');
	}
	if (diag->help.size) {
		buf_addf(w->out, "%*s = help: ", gutter, "");
		add_printable(w, diag->help);
		buf_addc(w->out, '\n');
	}
	buf_addc(w->out, '\n');
}

static void add_count(struct buf *out, size_t n, const char *one, const char *many, bool *first)
{
	if (!n)
		return;
	buf_addf(out, "%s%zu %s", *first ? "" : ", ", n, n == 1 ? one : many);
	*first = false;
}

/* Stated facts by verdict; those not judged by reason, the commonest first. */
static void add_facts(struct writer *w, const struct facts *facts)
{
	enum { REASONS = 4 };
	buf_addf(w->out, "facts: %zu stated, %zu judged: %zu agree, %zu contradict; %zu not judged", facts->stated,
		 facts->judged, facts->agree, facts->contradict, facts->unjudged);
	for (size_t i = 0; i < facts->reasons.n && (i < REASONS || w->report->verbose); i++)
		buf_addf(w->out, "%s%zu " STR_FMT, i ? ", " : " (", facts->reasons.data[i].n,
			 STR_ARG(facts->reasons.data[i].why));
	if (facts->reasons.n > REASONS && !w->report->verbose)
		buf_adds(w->out, ", ...");
	buf_adds(w->out, facts->reasons.n ? ")\n" : "\n");
}

static void add_looked_at(struct writer *w, const struct summary *s)
{
	bool first = true;
	buf_adds(w->out, "looked at ");
	add_count(w->out, s->pages, "page", "pages", &first);
	add_count(w->out, s->decisions, "decision", "decisions", &first);
	add_count(w->out, s->estates, "topology", "topologies", &first);
	add_count(w->out, s->clusters, "cluster", "clusters", &first);
	add_count(w->out, s->nodes, "node", "nodes", &first);
	add_count(w->out, s->networks, "network", "networks", &first);
	add_count(w->out, s->services, "service", "services", &first);
	add_count(w->out, s->links, "link", "links", &first);
	add_count(w->out, s->diagrams, "diagram", "diagrams", &first);
	if (first)
		buf_adds(w->out, "nothing: there is no document here");
	buf_addc(w->out, '\n');
	if (s->pages && !s->estates && !s->machines)
		buf_adds(
			w->out,
			"no topology.yaml and no machine file: what documents state about nodes and networks was not judged\n");
	if (s->facts && s->facts->stated)
		add_facts(w, s->facts);
}

static void add_machine(struct writer *w, const struct machine_use *use)
{
	add_printable(w, use->source->path);
	report_machine_counts(w->out, use);
}

/* Which file comes first where not all are shown: what says most about machines. */
static bool is_telling(const struct machine_use *use)
{
	return use->nodes + use->vips + use->versions + use->pools > 0;
}

/* The machine files that facts were judged against. */
static void add_machines(struct writer *w, const struct model *model)
{
	enum { SHOWN = 6 };
	size_t shown = 0, left = 0, services = 0;
	for (int telling = 1; telling >= 0; telling--)
		for (size_t i = 0; i < model->machines.n; i++) {
			const struct machine_use *use = &model->machines.data[i];
			if (is_telling(use) != (telling == 1))
				continue;
			if (shown == SHOWN && !w->report->verbose) {
				left++;
				services += use->services;
				continue;
			}
			buf_adds(w->out, !shown++ ? "truth from: " : w->report->verbose ? "\n            " : ", ");
			add_machine(w, use);
		}
	if (left)
		buf_addf(w->out, " and %zu more file%s", left, left == 1 ? "" : "s");
	if (services)
		buf_addf(w->out, " (%zu service%s)", services, services == 1 ? "" : "s");
	buf_adds(w->out, shown ? "\n" : "");
}

static void add_skipped(struct writer *w, const struct model *model)
{
	enum { SHOWN = 5 };
	for (size_t i = 0; i < model->skipped.n && (i < SHOWN || w->report->verbose); i++) {
		buf_adds(w->out, "skipped ");
		add_printable(w, model->skipped.data[i].path);
		buf_addf(w->out, ": %s\n", model->skipped.data[i].why);
	}
	if (model->skipped.n > SHOWN && !w->report->verbose)
		buf_addf(w->out, "skipped %zu more (--verbose lists them)\n", model->skipped.n - SHOWN);
}

static void add_summary(struct writer *w)
{
	const struct compilation *c = w->report->compilation;
	struct summary s = report_summary(c);
	bool first = true;
	add_count(w->out, s.errors, "error", "errors", &first);
	add_count(w->out, s.warnings, "warning", "warnings", &first);
	add_count(w->out, s.infos, "info", "infos", &first);
	buf_adds(w->out, first ? "no findings" : "");
	if (c->n_known)
		buf_addf(w->out, "; %zu that were there before are left out", c->n_known);
	if (c->n_accepted)
		buf_addf(w->out, "; %zu that the baseline accepts are left out", c->n_accepted);
	buf_addc(w->out, '\n');
	add_looked_at(w, &s);
	add_machines(w, c->model);
	add_skipped(w, c->model);
	if (c->git && !c->git->present && c->git->why.size) {
		buf_adds(w->out, "no git data: ");
		add_printable(w, c->git->why);
		buf_addc(w->out, '\n');
	} else if (c->git && c->git->shallow) {
		buf_adds(w->out, "git: shallow clone, what was changed when is not known\n");
	}
}

/* How many findings of one rule in one file are shown whole; the rest is counted. */
enum { SHOWN_OF_A_KIND = 8, KINDS_COUNTED = 64 };

struct kind_count {
	const char *rule;
	size_t n;
};

static size_t count_kind(struct kind_count *kinds, size_t *n_kinds, const char *rule)
{
	for (size_t i = 0; i < *n_kinds; i++)
		if (strcmp(kinds[i].rule, rule) == 0)
			return ++kinds[i].n;
	if (*n_kinds < KINDS_COUNTED)
		kinds[(*n_kinds)++] = (struct kind_count){rule, 1};
	return 1;
}

static void add_counted(struct writer *w, const struct kind_count *kinds, size_t n_kinds, struct span span)
{
	for (size_t i = 0; i < n_kinds; i++) {
		if (kinds[i].n <= SHOWN_OF_A_KIND)
			continue;
		buf_addf(w->out, "and %zu more %s in ", kinds[i].n - SHOWN_OF_A_KIND, kinds[i].rule);
		add_printable(w, span_path(w->sources, span));
		buf_adds(w->out, " (--verbose shows them)\n\n");
	}
}

/* Findings stand in the order of files; of one kind in one file only the first few are shown whole. */
static void write_text(const struct report *report, struct buf *out)
{
	const struct diags *diags = report->compilation->diags;
	struct writer w = {report, &report->compilation->loaded->sources, out};
	struct kind_count kinds[KINDS_COUNTED];
	size_t n_kinds = 0;
	for (size_t i = 0; i < diags->list.n; i++) {
		const struct diag *diag = &diags->list.data[i];
		if (count_kind(kinds, &n_kinds, diag->rule) <= SHOWN_OF_A_KIND || report->verbose ||
		    span_is_none(diag->span))
			add_diag(&w, diag);
		bool last = i + 1 == diags->list.n || diags->list.data[i + 1].span.source != diag->span.source;
		if (!last)
			continue;
		if (!report->verbose && !span_is_none(diag->span))
			add_counted(&w, kinds, n_kinds, diag->span);
		n_kinds = 0;
	}
	if (!report->quiet)
		add_summary(&w);
}

const struct report_format report_text = {.name = "text", .summary = "for people", .write = write_text};
