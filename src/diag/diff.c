/* The difference of two texts by lines, as a unified diff. */
#include "diag/diag.h"

#include <stdlib.h>

/* Lines of context, and lines that differ before a part is shown as wholly replaced. */
enum { CONTEXT = 3, MOST_DIFFERENT = 1500 };

struct lines {
	struct str *data; /* line ends included */
	size_t n;
};

static struct lines split(struct arena *arena, struct str text)
{
	size_t n = 0;
	for (size_t at = 0; at < text.size; n++) {
		size_t newline = str_find_from(text, STR("\n"), at);
		at = newline == SIZE_MAX ? text.size : newline + 1;
	}
	struct lines lines = {NEW_ARRAY(arena, struct str, n + 1), 0};
	for (size_t at = 0; at < text.size;) {
		size_t newline = str_find_from(text, STR("\n"), at);
		size_t end = newline == SIZE_MAX ? text.size : newline + 1;
		lines.data[lines.n++] = str_sub(text, at, end - at);
		at = end;
	}
	return lines;
}

/* ---- which lines stay: Myers, "An O(ND) difference algorithm" ---- */

struct matcher {
	const struct str *a, *b;
	long n, m;
	bool *removed, *added; /* by line of a and b */
};

static bool is_down(const long *v, long k, long d)
{
	return k == -d || (k != d && v[k - 1] < v[k + 1]);
}

/* Walks back from the end through what was reached with each number of differences. */
static void walk_back(const struct matcher *matcher, long **reached, long found)
{
	long x = matcher->n, y = matcher->m;
	for (long d = found; d > 0; d--) {
		const long *v = reached[d - 1] + d;
		long k = x - y;
		bool down = is_down(v, k, d);
		long before = down ? v[k + 1] : v[k - 1];
		long from = down ? k + 1 : k - 1;
		x = before;
		y = before - from;
		if (down)
			matcher->added[y] = true;
		else
			matcher->removed[x] = true;
	}
}

static void match(struct arena *arena, const struct matcher *matcher)
{
	long most = matcher->n + matcher->m < MOST_DIFFERENT ? matcher->n + matcher->m : MOST_DIFFERENT;
	long **reached = NEW_ARRAY(arena, long *, most + 1);
	long *v = NEW_ARRAY(arena, long, 2 * most + 3);
	v += most + 1;
	for (long d = 0; d <= most; d++) {
		for (long k = -d; k <= d; k += 2) {
			long x = is_down(v, k, d) ? v[k + 1] : v[k - 1] + 1, y = x - k;
			while (x < matcher->n && y < matcher->m && str_eq(matcher->a[x], matcher->b[y])) {
				x++;
				y++;
			}
			v[k] = x;
			if (x >= matcher->n && y >= matcher->m) {
				walk_back(matcher, reached, d);
				return;
			}
		}
		/* v[-d-1 .. d+1], so that walk_back asks beside the last diagonals too */
		reached[d] = arena_copy(arena, v - d - 1, (size_t)(2 * d + 3) * sizeof *v);
	}
	memset(matcher->removed, true, (size_t)matcher->n);
	memset(matcher->added, true, (size_t)matcher->m);
}

/* ---- hunks ---- */

struct change {
	char mark; /* ' ', '-', '+' */
	struct str line;
};

struct changes {
	VEC(struct change) list;
};

static struct changes list_changes(struct arena *arena, struct lines a, struct lines b)
{
	struct changes changes = {0};
	size_t head = 0, tail = 0;
	while (head < a.n && head < b.n && str_eq(a.data[head], b.data[head]))
		head++;
	while (tail < a.n - head && tail < b.n - head && str_eq(a.data[a.n - 1 - tail], b.data[b.n - 1 - tail]))
		tail++;
	struct matcher matcher = {a.data + head,
				  b.data + head,
				  (long)(a.n - head - tail),
				  (long)(b.n - head - tail),
				  NEW_ARRAY(arena, bool, a.n + 1),
				  NEW_ARRAY(arena, bool, b.n + 1)};
	match(arena, &matcher);
	for (size_t i = 0, k = 0; i < a.n || k < b.n;) {
		bool is_removed = i >= head && i < a.n - tail && matcher.removed[i - head];
		bool is_added = k >= head && k < b.n - tail && matcher.added[k - head];
		if (i < a.n && is_removed) {
			vec_add(arena, &changes.list, (struct change){'-', a.data[i++]});
		} else if (k < b.n && is_added) {
			vec_add(arena, &changes.list, (struct change){'+', b.data[k++]});
		} else {
			vec_add(arena, &changes.list, (struct change){' ', a.data[i++]});
			k++;
		}
	}
	return changes;
}

/* A line that a log of a build service would take for a command: it is no context. */
static bool is_command(struct str line)
{
	line = str_trim(line);
	return str_starts(line, STR("::")) || str_starts(line, STR("##[")) || str_starts(line, STR("##vso["));
}

static bool is_context(const struct changes *changes, size_t at)
{
	return changes->list.data[at].mark == ' ' && !is_command(changes->list.data[at].line);
}

/* Control characters are shown, but for tabs, the line's end and a byte order mark at its start. */
static void add_line(struct arena *arena, struct buf *out, struct change change)
{
	static const struct str ends[] = {{"\r\n", 2}, {"\n", 1}};
	struct str line = change.line, end = STR(""), bom = STR("\xef\xbb\xbf");
	buf_addc(out, change.mark);
	for (size_t i = 0; i < 2 && !end.size; i++)
		if (str_ends(line, ends[i]))
			end = ends[i];
	line.size -= end.size;
	if (str_starts(line, bom)) {
		buf_add(out, bom);
		line = str_from_off(line, bom.size);
	}
	while (line.size) {
		size_t tab = str_find_char(line, '\t');
		buf_add(out, utf8_printable(arena, str_sub(line, 0, tab)));
		if (tab == SIZE_MAX)
			break;
		buf_addc(out, '\t');
		line = str_from_off(line, tab + 1);
	}
	buf_add(out, end);
	if (!end.size)
		buf_adds(out, "\n\\ No newline at end of file\n");
}

static void add_range(struct buf *out, char mark, size_t first, size_t n)
{
	buf_addf(out, n == 1 ? " %c%zu" : " %c%zu,%zu", mark, n ? first : first - 1, n);
}

/* Writes changes [from, to); *a and *b are the line numbers of the first. */
static void add_hunk(struct arena *arena, struct buf *out, const struct changes *changes, size_t from, size_t to,
		     const size_t first[2])
{
	size_t n[2] = {0, 0};
	for (size_t i = from; i < to; i++) {
		n[0] += changes->list.data[i].mark != '+';
		n[1] += changes->list.data[i].mark != '-';
	}
	buf_adds(out, "@@");
	add_range(out, '-', first[0], n[0]);
	add_range(out, '+', first[1], n[1]);
	buf_adds(out, " @@\n");
	for (size_t i = from; i < to; i++)
		add_line(arena, out, changes->list.data[i]);
}

/* The end of the hunk whose changes begin at `at`: where more than twice the context stays the same. */
static size_t hunk_end(const struct changes *changes, size_t at)
{
	size_t end = at, same = 0;
	for (size_t i = at; i < changes->list.n && same <= 2 * CONTEXT; i++) {
		bool changed = changes->list.data[i].mark != ' ';
		if (!changed && !is_context(changes, i))
			break;
		same = changed ? 0 : same + 1;
		end = changed ? i + 1 : end;
	}
	for (size_t i = 0; i < CONTEXT && end < changes->list.n && is_context(changes, end); i++)
		end++;
	return end;
}

static void add_path(struct arena *arena, struct buf *out, const char *mark, struct str path)
{
	buf_addf(out, "%s" STR_FMT "\n", mark, STR_ARG(utf8_printable(arena, path)));
}

void diff_unified(struct arena *arena, struct str path, struct str before, struct str after, struct buf *out)
{
	if (str_eq(before, after))
		return;
	struct changes changes = list_changes(arena, split(arena, before), split(arena, after));
	size_t line[2] = {1, 1}; /* of change i */
	size_t done = 0;         /* changes written */
	add_path(arena, out, "--- a/", path);
	add_path(arena, out, "+++ b/", path);
	for (size_t i = 0; i < changes.list.n; i++) {
		if (changes.list.data[i].mark != ' ' && i >= done) {
			size_t from = i;
			while (i - from < CONTEXT && from > done && is_context(&changes, from - 1))
				from--;
			size_t first[2] = {line[0] - (i - from), line[1] - (i - from)};
			done = hunk_end(&changes, i);
			add_hunk(arena, out, &changes, from, done, first);
		}
		line[0] += changes.list.data[i].mark != '+';
		line[1] += changes.list.data[i].mark != '-';
	}
}
