/* Reads the words of mermaid flowcharts: texts in brackets and quotes, links with their strokes, tips and texts. */
#include "parse/mermaid_scan.h"

char mermaid_char(const struct mermaid *mermaid, size_t off)
{
	return off < mermaid->text.size ? mermaid->text.data[off] : '\0';
}

struct str mermaid_from(const struct mermaid *mermaid, size_t from)
{
	return str_sub(mermaid->text, from, mermaid->at - from);
}

struct str mermaid_rest(const struct mermaid *mermaid, size_t from)
{
	struct str rest = str_from_off(mermaid->text, from);
	rest = str_trim_right(str_cut_line(&rest));
	if (rest.size <= 40)
		return rest;
	size_t size = 40;
	while (size > 0 && ((unsigned char)rest.data[size] & 0xC0) == 0x80)
		size--;
	return str_sub(rest, 0, size);
}

void mermaid_skip_blanks(struct mermaid *mermaid)
{
	while (mermaid_char(mermaid, mermaid->at) == ' ' || mermaid_char(mermaid, mermaid->at) == '\t')
		mermaid->at++;
}

void mermaid_skip_line(struct mermaid *mermaid)
{
	while (mermaid->at < mermaid->text.size && mermaid->text.data[mermaid->at] != '\n')
		mermaid->at++;
}

void mermaid_skip_space(struct mermaid *mermaid)
{
	while (mermaid->at < mermaid->text.size) {
		char c = mermaid->text.data[mermaid->at];
		bool comment = c == '%' && mermaid_char(mermaid, mermaid->at + 1) == '%';
		if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
			mermaid->at++;
		} else if (comment && mermaid_char(mermaid, mermaid->at + 2) == '{') {
			size_t end = mermaid->no_directive ? SIZE_MAX
							   : str_find_from(mermaid->text, STR("}%%"), mermaid->at);
			mermaid->no_directive = end == SIZE_MAX;
			if (mermaid->no_directive)
				mermaid_skip_line(mermaid);
			else
				mermaid->at = end + 3;
		} else if (comment) {
			mermaid_skip_line(mermaid);
		} else if (str_starts(str_sub(mermaid->text, mermaid->at, 3), STR("\xEF\xBB\xBF"))) {
			mermaid->at += 3;
		} else {
			return;
		}
	}
}

bool mermaid_at_end(const struct mermaid *mermaid)
{
	char c = mermaid_char(mermaid, mermaid->at);
	return mermaid->at >= mermaid->text.size || c == '\n' || c == '\r' || c == ';' ||
	       (c == '%' && mermaid_char(mermaid, mermaid->at + 1) == '%');
}

/* ---- texts ---- */

static bool is_blank_at(struct str text, size_t off)
{
	return off >= text.size || strchr(" \t\n", text.data[off]) != NULL;
}

/* Drops the marks around words of a markdown string: ** and *, and _ where a word begins or ends. */
static void add_markdown(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];
		size_t from = i, to = i + 1;
		while (c == '_' && from > 0 && i - from < 3 && text.data[from - 1] == '_')
			from--;
		while (c == '_' && to < text.size && to - i < 3 && text.data[to] == '_')
			to++;
		bool edge = c == '_' && to - from < 3 &&
			    is_blank_at(text, from > 0 ? from - 1 : text.size) != is_blank_at(text, to);
		if (c != '*' && c != '`' && !edge)
			buf_addc(out, c);
	}
}

/* Size of an icon `fa:fa-server` at `off`, or 0. */
static size_t icon_size(struct str text, size_t off)
{
	if (text.data[off] != 'f' || off + 6 > text.size || text.data[off + 1] != 'a')
		return 0;
	size_t i = off + 2;
	if (memchr("bklrs", text.data[i], 5))
		i++;
	if (!str_starts(str_from_off(text, i), STR(":fa-")))
		return 0;
	for (i += 4; i < text.size; i++) {
		char c = text.data[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			break;
	}
	return i - off;
}

struct str mermaid_label(struct mermaid *mermaid, struct str raw)
{
	struct buf out = {0};
	raw = str_trim(raw);
	if (raw.size >= 2 && raw.data[0] == '`' && raw.data[raw.size - 1] == '`') {
		add_markdown(&out, str_sub(raw, 1, raw.size - 2));
	} else {
		for (size_t i = 0; i < raw.size; i++) {
			size_t icon = icon_size(raw, i);
			if (icon) {
				i += icon - 1;
			} else if (raw.data[i] == '\\' && i + 1 < raw.size && raw.data[i + 1] == 'n') {
				buf_addc(&out, '\n');
				i++;
			} else {
				buf_addc(&out, raw.data[i]);
			}
		}
	}
	struct str text = label_html(mermaid->build.arena, buf_dup(mermaid->build.arena, &out), true);
	buf_free(&out);
	return text;
}

/* Index of the closer at `off`, or -1. */
static int closer_at(const struct mermaid *mermaid, size_t off, const char *const *closers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(str_from_off(mermaid->text, off), str_from(closers[i])))
			return (int)i;
	return -1;
}

static int text_failed(struct mermaid *mermaid, size_t opener, const char *closer, bool quoted)
{
	const char *what = str_format(mermaid->build.arena,
				      quoted ? "'%s' behind the text" : "'%s', or the text in quotes", closer)
				   .data;
	struct str text = mermaid_from(mermaid, opener);
	if (str_find_char(text, '\n') != SIZE_MAX || mermaid->at >= mermaid->text.size) {
		/* The end was looked for on later lines: those are read on their own. */
		build_expected(&mermaid->build, mermaid_rest(mermaid, opener), what);
		mermaid->at = opener;
	} else {
		build_expected(&mermaid->build, str_sub(mermaid->text, mermaid->at, 1), what);
	}
	return -1;
}

int mermaid_text(struct mermaid *mermaid, size_t opener, const char *const *closers, size_t n, struct word *text)
{
	size_t start = mermaid->at;
	mermaid_skip_blanks(mermaid);
	if (mermaid_char(mermaid, mermaid->at) == '"') {
		size_t open = mermaid->at + 1;
		size_t end = str_find_from(mermaid->text, STR("\""), open);
		if (end == SIZE_MAX) {
			build_expected(&mermaid->build, mermaid_rest(mermaid, open - 1),
				       "the closing '\"' of the text");
			return -1;
		}
		struct str raw = str_sub(mermaid->text, open, end - open);
		*text = (struct word){mermaid_label(mermaid, raw), span_of(mermaid->build.source, raw)};
		mermaid->at = end + 1;
		while (memchr(" \t\r\n", mermaid_char(mermaid, mermaid->at), 4))
			mermaid->at++;
		int closer = closer_at(mermaid, mermaid->at, closers, n);
		if (closer < 0)
			return text_failed(mermaid, opener, closers[0], true);
		mermaid->at += strlen(closers[closer]);
		return closer;
	}
	for (mermaid->at = start; mermaid->at < mermaid->text.size; mermaid->at++) {
		int closer = closer_at(mermaid, mermaid->at, closers, n);
		if (closer >= 0) {
			struct str raw = mermaid_from(mermaid, start);
			*text = (struct word){mermaid_label(mermaid, raw),
					      span_of(mermaid->build.source, str_trim(raw))};
			mermaid->at += strlen(closers[closer]);
			return closer;
		}
		char c = mermaid->text.data[mermaid->at];
		if (memchr("()[]{}|\"", c, 8) || (c == '\n' && mermaid->text.data[opener] == '>'))
			break;
	}
	return text_failed(mermaid, opener, closers[0], false);
}

/* ---- links ---- */

static enum graph_tip tip_of(char c)
{
	return c == '>' || c == '<' ? TIP_ARROW : c == 'x' ? TIP_CROSS : c == 'o' ? TIP_CIRCLE : TIP_NONE;
}

static size_t run_of(const struct mermaid *mermaid, size_t at, char c)
{
	size_t n = 0;
	while (mermaid_char(mermaid, at + n) == c)
		n++;
	return n;
}

/* The tip behind a stroke that ends at link->end. */
static void take_head(const struct mermaid *mermaid, struct mermaid_link *link)
{
	char c = mermaid_char(mermaid, link->end);
	if (c == '>' || c == 'x' || c == 'o') {
		link->head = tip_of(c);
		link->end++;
	}
}

/* Each sign more than the shortest link has is a rank more; a very long row of them says no more. */
static unsigned length_of(size_t signs, size_t shortest)
{
	size_t length = signs > shortest ? signs - shortest + 1 : 1;
	return length < 10 ? (unsigned)length : 10;
}

struct mermaid_link mermaid_link_at(const struct mermaid *mermaid, size_t at)
{
	struct mermaid_link link = {0};
	char first = mermaid_char(mermaid, at);
	char second = mermaid_char(mermaid, at + 1);
	if ((first == '<' || first == 'x' || first == 'o') && (second == '-' || second == '=')) {
		link.tail = tip_of(first);
		at++;
	}
	char stroke = mermaid_char(mermaid, at);
	if (stroke == '~') {
		size_t n = run_of(mermaid, at, '~');
		return (struct mermaid_link){.end = n >= 3 ? at + n : 0, .stroke = '~', .length = length_of(n, 3)};
	}
	size_t dots = run_of(mermaid, at + (stroke == '-'), '.');
	if (dots && (stroke == '-' || stroke == '.')) {
		size_t end = at + (stroke == '-') + dots;
		link.stroke = '.';
		link.length = length_of(dots, 1);
		if (mermaid_char(mermaid, end) == '-') {
			link.end = end + 1;
			take_head(mermaid, &link);
		} else if (stroke == '-') {
			link.end = at + 2;
			link.open = true;
		}
		return link;
	}
	size_t n = stroke == '-' || stroke == '=' ? run_of(mermaid, at, stroke) : 0;
	if (n < 2)
		return (struct mermaid_link){0};
	link.stroke = stroke;
	link.end = at + n;
	take_head(mermaid, &link);
	link.length = length_of(n, link.head == TIP_NONE ? 3 : 2);
	link.open = link.head == TIP_NONE && n == 2;
	return link;
}

/* The text and the end of `-- text -->`, on one line. */
static bool read_inner_text(struct mermaid *mermaid, struct mermaid_link *link, struct graph_edge *edge)
{
	size_t start = mermaid->at;
	mermaid_skip_blanks(mermaid);
	if (mermaid_char(mermaid, mermaid->at) == '"') {
		size_t close = str_find_from(mermaid->text, STR("\""), mermaid->at + 1);
		if (close != SIZE_MAX)
			mermaid->at = close + 1;
	}
	for (; mermaid->at < mermaid->text.size && mermaid->text.data[mermaid->at] != '\n'; mermaid->at++) {
		char c = mermaid->text.data[mermaid->at];
		bool blank_before = mermaid->at > start && mermaid->text.data[mermaid->at - 1] == ' ';
		if ((c == 'x' || c == 'o' || c == '<') && !blank_before)
			continue;
		struct mermaid_link end = mermaid_link_at(mermaid, mermaid->at);
		if (!end.end || end.open || end.stroke != link->stroke) {
			/* A run of strokes is passed as one, so that a long one costs its length once. */
			if (c == '-' || c == '=' || c == '.' || c == '~')
				mermaid->at += run_of(mermaid, mermaid->at, c) - 1;
			continue;
		}
		struct str raw = str_trim(mermaid_from(mermaid, start));
		if (raw.size >= 2 && raw.data[0] == '"' && raw.data[raw.size - 1] == '"')
			raw = str_sub(raw, 1, raw.size - 2);
		edge->label = (struct word){mermaid_label(mermaid, raw), span_of(mermaid->build.source, raw)};
		link->head = end.head;
		link->length = end.length;
		mermaid->at = end.end;
		return true;
	}
	const char *what = link->stroke == '='   ? "the end of the link: '==>'"
			   : link->stroke == '.' ? "the end of the link: '.->'"
						 : "the end of the link: '-->'";
	mermaid->at = start;
	build_expected(&mermaid->build, mermaid_rest(mermaid, start - 2), what);
	return false;
}

bool mermaid_link_read(struct mermaid *mermaid, struct graph_edge *edge)
{
	struct mermaid_link link = mermaid_link_at(mermaid, mermaid->at);
	if (!link.end)
		return false;
	size_t start = mermaid->at;
	*edge = (struct graph_edge){0};
	mermaid->at = link.end;
	if (link.open && !read_inner_text(mermaid, &link, edge))
		return false;
	edge->span = span_of(mermaid->build.source, mermaid_from(mermaid, start));
	edge->line = link.stroke == '.'   ? LINE_DOTTED
		     : link.stroke == '=' ? LINE_THICK
		     : link.stroke == '~' ? LINE_INVISIBLE
					  : LINE_SOLID;
	edge->head = link.head;
	edge->length = link.length;
	edge->tail = link.tail;
	size_t behind = mermaid->at;
	mermaid_skip_blanks(mermaid);
	if (mermaid_char(mermaid, mermaid->at) != '|') {
		mermaid->at = behind;
		return true;
	}
	static const char *const bar[] = {"|"};
	size_t opener = mermaid->at++;
	return mermaid_text(mermaid, opener, bar, 1, &edge->label) == 0;
}
