/* Blocks that MkDocs, Docusaurus and VitePress know and the library does not: `!!! note "Title"` over indented lines,
 * and `::: note Title` up to `:::`. The library is given a copy of the text of the same size, in which their marks are
 * marks that it knows: `+   #     Title` makes an item of the indented lines, `#        Title` and `#` stand around the
 * others. Places stay what they are; md_lower_event() turns what the library finds there into MD_ADMONITION. */
#include "parse/markdown.h"

enum { MARKS_NESTED = 16, INDENT = 4 };

struct scan {
	struct md_lower *l;
	const struct md_lower *before; /* what became of the marks at first; NULL: this is the first time */
	char bullet;
	char *copy; /* of the whole source; NULL: nothing changed yet */
	char fence; /* of the code block that is open; 0: none */
	size_t fence_size;
	size_t nested[MARKS_NESTED]; /* openers `:::` that are not closed, by number of mark */
	size_t n_nested;
	size_t n_deeper; /* of those that are not kept */
};

static struct str line_of(const struct md_lower *l, size_t line)
{
	uint32_t from = l->lines.data[line],
		 to = line + 1 < l->lines.n ? l->lines.data[line + 1] : (uint32_t)l->text.size;
	return str_trim_right(str_sub(l->text, from, to - from));
}

static size_t count_of(struct str text, char c)
{
	size_t n = 0;
	while (n < text.size && text.data[n] == c)
		n++;
	return n;
}

static bool is_type_char(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static struct md_range range_of(const struct md_lower *l, struct str text)
{
	uint32_t from = text.data ? (uint32_t)(text.data - l->text.data) : 0;
	return (struct md_range){from, from + (uint32_t)text.size};
}

/* Takes the first word off *rest, which may stand in braces with a dot before it. */
static struct str cut_type(struct str *rest)
{
	struct str s = *rest;
	bool braced = s.size && s.data[0] == '{';
	while (s.size && strchr("{.", s.data[0]))
		s = str_from_off(s, 1);
	size_t n = 0;
	while (n < s.size && is_type_char(s.data[n]))
		n++;
	struct str type = str_sub(s, 0, n);
	s = str_from_off(s, n);
	size_t close = braced ? str_find_char(s, '}') : SIZE_MAX;
	*rest = close == SIZE_MAX ? s : str_from_off(s, close + 1);
	return type;
}

/* What stands between quotes or brackets at the end of a line. */
static struct str unwrapped(struct str title)
{
	title = str_trim(title);
	char first = title.size > 1 ? title.data[0] : 0, last = first ? title.data[title.size - 1] : 0;
	bool wrapped =
		(first == '"' && last == '"') || (first == '\'' && last == '\'') || (first == '[' && last == ']');
	return wrapped ? str_sub(title, 1, title.size - 2) : title;
}

/* True when the next line that is not blank stands further in than a mark with that indent. */
static bool has_body(const struct md_lower *l, size_t line, size_t indent)
{
	for (size_t next = line + 1; next < l->lines.n; next++) {
		struct str text = line_of(l, next);
		if (text.size)
			return count_of(text, ' ') >= indent + INDENT || text.data[0] == '\t';
	}
	return false;
}

/* The library did not see the mark where it was sought: it stands in code or in HTML. */
static bool was_lost(const struct scan *scan, size_t line)
{
	const struct md_mark *mark = scan->before ? md_mark_at(scan->before, (uint32_t)line + 1) : NULL;
	return scan->before && !(mark && mark->found);
}

static char *copy_of(struct scan *scan)
{
	if (!scan->copy)
		scan->copy = arena_copy(scan->l->scratch, scan->l->text.data, scan->l->text.size);
	return scan->copy;
}

/* Blanks for all of a line from `from` on but its title. */
static void blank_line(struct scan *scan, size_t line, uint32_t from, struct md_range title)
{
	char *copy = copy_of(scan);
	struct str text = line_of(scan->l, line);
	uint32_t end = range_of(scan->l, text).to;
	for (uint32_t i = from; i < end; i++)
		if (i < title.from || i >= title.to)
			copy[i] = ' ';
}

/* `!!! type "Title"`, `??? type`, `???+ type`, `=== "Title"` */
static void read_indented(struct scan *scan, size_t line, struct str text, size_t indent)
{
	struct md_lower *l = scan->l;
	struct md_mark mark = {.kind = MD_MARK_ITEM, .line = (uint32_t)line + 1, .form = text.data[0]};
	struct str rest = str_from_off(text, 3);
	if (mark.form == '?' && rest.size && rest.data[0] == '+') {
		mark.form = '+';
		rest = str_from_off(rest, 1);
	}
	if (!rest.size || rest.data[0] != ' ' || was_lost(scan, line) || !has_body(l, line, indent))
		return;
	rest = str_trim(rest);
	mark.type = mark.form == '=' ? (struct md_range){0} : range_of(l, cut_type(&rest));
	while (mark.form != '=' && rest.size && rest.data[0] == ' ') {
		rest = str_trim_left(rest);
		size_t n = 0;
		while (n < rest.size && is_type_char(rest.data[n]))
			n++;
		if (!n)
			break;
		rest = str_from_off(rest, n);
	}
	bool quoted = rest.size > 1 && rest.data[0] == '"' && rest.data[rest.size - 1] == '"';
	if ((rest.size && !quoted) || (mark.form == '=' ? !quoted : mark.type.to == mark.type.from))
		return;
	struct str title = unwrapped(rest);
	mark.title = range_of(l, title);
	mark.untitled = quoted && !title.size;
	vec_add(l->scratch, &l->marks, mark);
	uint32_t at = range_of(l, text).from;
	blank_line(scan, line, at, mark.title);
	scan->copy[at] = scan->bullet;
	scan->copy[at + (mark.form == '=' ? 3 : 4)] = '#';
}

static bool is_known_type(struct str type)
{
	return str_is_listed(type,
			     "note|info|tip|hint|important|warning|caution|danger|details|success|question|example|"
			     "quote|abstract|summary|todo|attention|error|failure|bug|seealso");
}

static void blank_mark(struct scan *scan, const struct md_mark *mark)
{
	struct str text = line_of(scan->l, mark->line - 1);
	uint32_t at = range_of(scan->l, str_trim_left(text)).from;
	blank_line(scan, mark->line - 1, at, mark->title);
	scan->copy[at] = '#';
}

/* `::: type Title`, `:::type[Title]`, and `:::`, which closes the last of them. */
static void read_fenced(struct scan *scan, size_t line, struct str text)
{
	struct md_lower *l = scan->l;
	struct str rest = str_trim(str_from_off(text, count_of(text, ':')));
	if (!rest.size && scan->n_deeper) {
		scan->n_deeper--;
		return;
	}
	if (!rest.size) {
		if (!scan->n_nested)
			return;
		struct md_mark *open = &l->marks.data[scan->nested[--scan->n_nested]];
		open->closed = true;
		if (open->kind != MD_MARK_OPEN)
			return;
		blank_mark(scan, open);
		struct md_mark mark = {.kind = MD_MARK_CLOSE, .line = (uint32_t)line + 1, .closed = true};
		vec_add(l->scratch, &l->marks, mark);
		blank_mark(scan, &l->marks.data[l->marks.n - 1]);
		return;
	}
	if (scan->n_nested == MARKS_NESTED) {
		scan->n_deeper++;
		return;
	}
	struct md_mark mark = {.kind = MD_MARK_OPEN, .line = (uint32_t)line + 1, .form = ':'};
	struct str type = cut_type(&rest);
	mark.type = range_of(l, type);
	mark.title = range_of(l, unwrapped(rest));
	mark.form = str_eq_nocase(type, STR("details")) ? '?' : ':';
	if (!is_known_type(type) || was_lost(scan, line))
		mark.kind = MD_MARK_NONE;
	scan->nested[scan->n_nested++] = l->marks.n;
	vec_add(l->scratch, &l->marks, mark);
}

/* True when the line belongs to a block of code between fences. */
static bool in_code(struct scan *scan, struct str text)
{
	char c = text.data[0];
	size_t size = c == '`' || c == '~' ? count_of(text, c) : 0;
	if (scan->fence) {
		if (c == scan->fence && size >= scan->fence_size && size == text.size)
			scan->fence = 0;
		return true;
	}
	if (size < 3 || (c == '`' && str_find_char(str_from_off(text, size), '`') != SIZE_MAX))
		return false;
	scan->fence = c;
	scan->fence_size = size;
	return true;
}

static void scan_lines(struct scan *scan)
{
	const struct md_lower *l = scan->l;
	for (size_t line = 0; line < l->lines.n; line++) {
		struct str whole = line_of(l, line), text = str_trim_left(whole);
		if (!text.size || !strchr("`~!?=:", text.data[0]) || in_code(scan, text))
			continue;
		if (str_starts(text, STR("!!! ")) || str_starts(text, STR("???")) || str_starts(text, STR("=== \"")))
			read_indented(scan, line, text, whole.size - text.size);
		else if (str_starts(text, STR(":::")))
			read_fenced(scan, line, text);
	}
}

struct str md_admonitions_rewrite(struct md_lower *l, const struct md_lower *before)
{
	struct scan scan = {.l = l, .before = before};
	struct str text = str_from_off(l->text, l->from);
	if (str_find(text, STR("!!! ")) == SIZE_MAX && str_find(text, STR("???")) == SIZE_MAX &&
	    str_find(text, STR(":::")) == SIZE_MAX && str_find(text, STR("=== \"")) == SIZE_MAX)
		return text;
	/* An item beside those of a list that begins with the same mark would be one of it. */
	scan.bullet = str_find(text, STR("\n+ ")) == SIZE_MAX ? '+' : '*';
	scan_lines(&scan);
	size_t kept = 0;
	for (size_t i = 0; i < l->marks.n; i++) {
		const struct md_mark mark = l->marks.data[i];
		if (mark.kind == MD_MARK_ITEM || (mark.kind != MD_MARK_NONE && mark.closed))
			l->marks.data[kept++] = mark;
	}
	l->marks.n = kept;
	return scan.copy ? (struct str){scan.copy + l->from, text.size} : text;
}

struct md_mark *md_mark_at(const struct md_lower *l, uint32_t line)
{
	size_t low = 0, high = l->marks.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (l->marks.data[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->marks.n && l->marks.data[low].line == line ? &l->marks.data[low] : NULL;
}

bool md_marks_fit(const struct md_lower *l)
{
	for (size_t i = 0; i < l->marks.n; i++)
		if (!l->marks.data[i].found)
			return false;
	return !l->astray;
}
