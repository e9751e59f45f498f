/* Raw HTML of documents: a whitelist of elements and attributes, balanced, everything else dropped. */
#include "render/markdown_html.h"

enum tag_flag {
	TAG_PHRASE = 1, /* may stand inside a paragraph */
	TAG_VOID = 2,
	TAG_FLOW = 4,     /* holds blocks; may stay open over markdown blocks */
	TAG_NO_BLOCK = 8, /* a block that holds phrases only */
	TAG_TABLE = 16,   /* holds no text of its own */
};

struct tag {
	const char *name;
	unsigned flags;
	const char *parents; /* names between blanks that must be around it; NULL: any */
};

static const struct tag tags[] = {
	{"a", TAG_PHRASE, NULL},
	{"abbr", TAG_PHRASE, NULL},
	{"b", TAG_PHRASE, NULL},
	{"br", TAG_PHRASE | TAG_VOID, NULL},
	{"cite", TAG_PHRASE, NULL},
	{"code", TAG_PHRASE, NULL},
	{"del", TAG_PHRASE, NULL},
	{"dfn", TAG_PHRASE, NULL},
	{"em", TAG_PHRASE, NULL},
	{"i", TAG_PHRASE, NULL},
	{"img", TAG_PHRASE | TAG_VOID, NULL},
	{"ins", TAG_PHRASE, NULL},
	{"kbd", TAG_PHRASE, NULL},
	{"mark", TAG_PHRASE, NULL},
	{"q", TAG_PHRASE, NULL},
	{"s", TAG_PHRASE, NULL},
	{"samp", TAG_PHRASE, NULL},
	{"small", TAG_PHRASE, NULL},
	{"span", TAG_PHRASE, NULL},
	{"strong", TAG_PHRASE, NULL},
	{"sub", TAG_PHRASE, NULL},
	{"sup", TAG_PHRASE, NULL},
	{"u", TAG_PHRASE, NULL},
	{"var", TAG_PHRASE, NULL},
	{"wbr", TAG_PHRASE | TAG_VOID, NULL},
	{"blockquote", TAG_FLOW, NULL},
	{"details", TAG_FLOW, NULL},
	{"div", TAG_FLOW, NULL},
	{"hr", TAG_VOID, NULL},
	{"summary", TAG_NO_BLOCK, " details "},
	{"p", TAG_NO_BLOCK, NULL},
	{"pre", TAG_NO_BLOCK, NULL},
	{"h1", TAG_NO_BLOCK, NULL},
	{"h2", TAG_NO_BLOCK, NULL},
	{"h3", TAG_NO_BLOCK, NULL},
	{"h4", TAG_NO_BLOCK, NULL},
	{"h5", TAG_NO_BLOCK, NULL},
	{"h6", TAG_NO_BLOCK, NULL},
	{"ul", TAG_TABLE, NULL},
	{"ol", TAG_TABLE, NULL},
	{"li", TAG_FLOW, " ul ol "},
	{"dl", TAG_TABLE, NULL},
	{"dt", TAG_NO_BLOCK, " dl "},
	{"dd", TAG_FLOW, " dl "},
	{"table", TAG_TABLE, NULL},
	{"caption", TAG_NO_BLOCK, " table "},
	{"thead", TAG_TABLE, " table "},
	{"tbody", TAG_TABLE, " table "},
	{"tfoot", TAG_TABLE, " table "},
	{"tr", TAG_TABLE, " table thead tbody tfoot "},
	{"td", TAG_FLOW, " tr "},
	{"th", TAG_FLOW, " tr "},
};

/* Elements whose content is no text of the document. */
static const char *const dropped_whole[] = {"script",   "style", "template", "iframe", "object",   "svg",
					    "math",     "title", "textarea", "select", "noscript", "noembed",
					    "noframes", "xmp",   "head",     "video",  "audio",    "canvas"};

static const struct tag *tag_find(struct str name)
{
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (str_is(name, tags[i].name))
			return &tags[i];
	return NULL;
}

static const struct tag *top_tag(const struct md_writer *w, uint32_t container)
{
	if (!w->n_tags || w->tags[w->n_tags - 1].container != container)
		return NULL;
	return tag_find(str_from(w->tags[w->n_tags - 1].name));
}

static void close_top(struct md_writer *w)
{
	const char *name = w->tags[--w->n_tags].name;
	if (strcmp(name, "a") == 0) {
		link_end(w);
		return;
	}
	buf_addf(w->out, "</%s>", name);
	if (!(tag_find(str_from(name))->flags & TAG_PHRASE))
		buf_addc(w->out, '\n');
}

void raw_close(struct md_writer *w, uint32_t container)
{
	while (w->n_tags && w->tags[w->n_tags - 1].container == container)
		close_top(w);
}

/* ---- attributes ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Offset behind the '>' that ends the tag at `from`, quotes minded; SIZE_MAX when it never ends. */
static size_t tag_end(struct str html, size_t from)
{
	char quote = 0;
	for (size_t i = from; i < html.size; i++) {
		char c = html.data[i];
		if (quote ? c == quote : (c == '"' || c == '\'')) {
			quote = quote ? 0 : c;
		} else if (c == '>' && !quote) {
			return i + 1;
		}
	}
	return SIZE_MAX;
}

struct raw_tag {
	struct str name; /* lower case */
	bool closes;
	struct str attributes; /* what stands between the name and '>' */
};

/* Takes the next attribute off *rest; name empty at the end. Entities of the value are left as they are. */
static struct str next_attribute(struct arena *arena, struct str *rest, struct str *value)
{
	struct str s = *rest;
	size_t n = 0;
	while (s.size && (strchr(" \t\r\n\f=/>\"'", s.data[0]) || !s.data[0]))
		s = str_from_off(s, 1);
	while (n < s.size && !strchr(" \t\r\n\f=/>\"'", s.data[n]) && s.data[n])
		n++;
	struct str name = str_lower_ascii(arena, str_sub(s, 0, n));
	s = str_trim_left(str_from_off(s, n));
	*value = STR_NONE;
	if (s.size && s.data[0] == '=') {
		s = str_trim_left(str_from_off(s, 1));
		char quote = s.size && (s.data[0] == '"' || s.data[0] == '\'') ? s.data[0] : 0;
		size_t from = quote ? 1 : 0, to = from;
		while (to < s.size && (quote ? s.data[to] != quote : !strchr(" \t\r\n>", s.data[to])))
			to++;
		*value = str_sub(s, from, to - from);
		s = str_from_off(s, quote ? to + 1 : to);
	}
	*rest = s;
	return name;
}

/* Entities of a value: the five of XML and decimal ones below 128 are undone, others stay text. */
static struct str decode(struct arena *arena, struct str value)
{
	if (str_find_char(value, '&') == SIZE_MAX)
		return value;
	static const struct {
		const char *name, *text;
	} names[] = {
		{"&quot;", "\""}, {"&#39;", "'"}, {"&apos;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		value = str_replace(arena, value, str_from(names[i].name), str_from(names[i].text));
	return value;
}

static struct str tag_attribute(struct md_writer *w, struct str list, const char *wanted)
{
	struct str rest = list, value;
	for (struct str name; (name = next_attribute(w->arena, &rest, &value)).size;)
		if (str_is(name, wanted))
			return decode(w->arena, value.data ? value : STR(""));
	return STR_NONE;
}

static bool is_number(struct str value)
{
	long long number;
	return str_to_number(value, &number) && number <= 1000;
}

static void write_attributes(struct md_writer *w, const struct tag *tag, struct str list)
{
	struct str rest = list, value;
	bool is_cell = strcmp(tag->name, "td") == 0 || strcmp(tag->name, "th") == 0;
	bool seen_id = false, seen_align = false, seen_title = false, seen_open = false, seen_span = false;
	for (struct str name; (name = next_attribute(w->arena, &rest, &value)).size;) {
		value = decode(w->arena, value);
		bool is_id = str_is(name, "id") || str_is(name, "name");
		if (is_id && !seen_id && value.size && str_find_char(value, ' ') == SIZE_MAX &&
		    take_id(w->writer, value)) {
			buf_adds(w->out, " id=\"");
			html_attr(w->out, value);
			buf_addc(w->out, '"');
			seen_id = true;
		} else if (str_is(name, "title") && !seen_title) {
			buf_adds(w->out, " title=\"");
			html_attr(w->out, value);
			buf_addc(w->out, '"');
			seen_title = true;
		} else if (str_is(name, "open") && strcmp(tag->name, "details") == 0 && !seen_open) {
			buf_adds(w->out, " open");
			seen_open = true;
		} else if (str_is(name, "colspan") && is_cell && is_number(value) && !seen_span) {
			buf_addf(w->out, " colspan=\"" STR_FMT "\"", STR_ARG(value));
			seen_span = true;
		} else if (str_is(name, "align") && !seen_align &&
			   (str_is(value, "center") || str_is(value, "right") || str_is(value, "left"))) {
			buf_addf(w->out, " class=\"align-" STR_FMT "\"", STR_ARG(value));
			seen_align = true;
		}
	}
}

/* ---- elements ---- */

static bool is_one_of(const char *name, const char *names)
{
	char wanted[16];
	snprintf(wanted, sizeof wanted, " %s ", name);
	return strstr(names, wanted) != NULL;
}

/* End tags of cells, rows and items may be missing: closes up to what may hold the new one. False: there is none. */
static bool close_to_parent(struct md_writer *w, const char *parents, uint32_t container)
{
	for (size_t i = w->n_tags; i-- > 0 && w->tags[i].container == container;) {
		if (is_one_of(w->tags[i].name, parents)) {
			while (w->n_tags > i + 1)
				close_top(w);
			return true;
		}
		if (is_one_of(w->tags[i].name, " table ul ol dl details div blockquote "))
			return false;
	}
	return false;
}

static void push(struct md_writer *w, const struct tag *tag, uint32_t container)
{
	w->tags[w->n_tags++] = (struct open_tag){tag->name, container, false};
}

/* <summary> and <caption> come first and once. Anything else takes the place away. */
static bool takes_first_place(struct md_writer *w, const struct tag *tag, uint32_t container)
{
	if (!top_tag(w, container))
		return true;
	struct open_tag *parent = &w->tags[w->n_tags - 1];
	bool had_first = parent->has_first;
	bool is_first = is_one_of(tag->name, " summary caption ");
	parent->has_first = true;
	return !is_first || !had_first;
}

static void open_raw_link(struct md_writer *w, const struct raw_tag *raw, const struct tag *tag, uint32_t container)
{
	struct str href = tag_attribute(w, raw->attributes, "href");
	struct str id = tag_attribute(w, raw->attributes, "id");
	if (!id.size)
		id = tag_attribute(w, raw->attributes, "name");
	if (id.size && str_find_char(id, ' ') == SIZE_MAX && take_id(w->writer, id)) {
		buf_adds(w->out, "<span id=\"");
		html_attr(w->out, id);
		buf_adds(w->out, "\"></span>");
	}
	if (!href.size || w->in_link)
		return;
	link_begin(w, link_of_target(w, href), href, tag_attribute(w, raw->attributes, "title"));
	push(w, tag, container);
}

static void open_image(struct md_writer *w, const struct raw_tag *raw)
{
	struct str src = tag_attribute(w, raw->attributes, "src");
	if (src.size)
		image_write(w, link_of_target(w, src), src, tag_attribute(w, raw->attributes, "alt"),
			    tag_attribute(w, raw->attributes, "title"));
}

static bool is_heading(const struct tag *tag)
{
	return tag->name[0] == 'h' && tag->name[1] >= '1' && tag->name[1] <= '6';
}

static void write_start(struct md_writer *w, const struct raw_tag *raw, const struct tag *tag)
{
	buf_addf(w->out, "<%s", tag->name);
	if (is_heading(tag)) {
		unsigned written = (unsigned)(tag->name[1] - '0'), level = heading_level(w->writer, written);
		if (level != written)
			buf_addf(w->out, " aria-level=\"%u\"", level);
	}
	write_attributes(w, tag, raw->attributes);
	buf_addc(w->out, '>');
}

/* Closes what cannot hold the element; false when the element has no place here. */
static bool make_place(struct md_writer *w, const struct tag *tag, uint32_t container)
{
	if (tag->parents && !close_to_parent(w, tag->parents, container))
		return false;
	const struct tag *top = top_tag(w, container);
	if (top && (top->flags & TAG_TABLE) && !tag->parents)
		return false;
	bool in_summary = top && strcmp(top->name, "summary") == 0 && is_heading(tag);
	while (top && !in_summary && !(tag->flags & TAG_PHRASE) && !(top->flags & (TAG_FLOW | TAG_TABLE))) {
		close_top(w);
		top = top_tag(w, container);
	}
	return takes_first_place(w, tag, container);
}

static bool starts_summary(struct str html)
{
	struct str rest = str_trim_left(html);
	return str_starts_nocase(rest, STR("<summary")) && tag_end(rest, 0) != SIZE_MAX;
}

/* `rest` is what follows the tag: an element that needs a first child gets one. */
static void open_tag(struct md_writer *w, const struct raw_tag *raw, uint32_t container, struct str rest)
{
	const struct tag *tag = tag_find(raw->name);
	if (strcmp(tag->name, "img") == 0) {
		open_image(w, raw);
		return;
	}
	if (w->n_tags == OPEN_TAGS || !make_place(w, tag, container))
		return;
	if (strcmp(tag->name, "a") == 0) {
		open_raw_link(w, raw, tag, container);
		return;
	}
	write_start(w, raw, tag);
	if (tag->flags & TAG_VOID)
		return;
	push(w, tag, container);
	if (strcmp(tag->name, "details") == 0 && !starts_summary(rest)) {
		buf_adds(w->out, "<summary>Details</summary>\n");
		w->tags[w->n_tags - 1].has_first = true;
	}
}

static void close_tag(struct md_writer *w, struct str name, uint32_t container)
{
	for (size_t i = w->n_tags; i-- > 0 && w->tags[i].container == container;) {
		if (!str_is(name, w->tags[i].name))
			continue;
		while (w->n_tags > i)
			close_top(w);
		return;
	}
}

/* ---- scanning ---- */

static struct raw_tag tag_read(struct arena *arena, struct str inner)
{
	struct raw_tag tag = {0};
	if (inner.size && inner.data[0] == '/') {
		tag.closes = true;
		inner = str_from_off(inner, 1);
	}
	size_t n = 0;
	while (n < inner.size &&
	       (is_letter(inner.data[n]) || (inner.data[n] >= '0' && inner.data[n] <= '9') || inner.data[n] == '-'))
		n++;
	tag.name = str_lower_ascii(arena, str_sub(inner, 0, n));
	tag.attributes = str_from_off(inner, n);
	return tag;
}

/* Text between tags: entities of the source stay, everything else is escaped. */
static void raw_text(struct md_writer *w, struct str text, uint32_t container)
{
	const struct tag *top = top_tag(w, container);
	if (top && (top->flags & TAG_TABLE) && str_trim(text).size)
		return;
	for (size_t i = 0; i < text.size;) {
		size_t amp = str_find_char(str_from_off(text, i), '&');
		if (amp == SIZE_MAX) {
			marks_write(w, str_from_off(text, i));
			return;
		}
		amp += i;
		marks_write(w, str_sub(text, i, amp - i));
		size_t end = amp + 1;
		while (end < text.size && end - amp < 12 &&
		       (is_letter(text.data[end]) || strchr("#0123456789", text.data[end])))
			end++;
		bool is_entity = end < text.size && text.data[end] == ';' && end > amp + 1 && text.data[amp + 1] != '#';
		if (is_entity)
			html_raw(w->out, str_sub(text, amp, end + 1 - amp));
		else
			buf_adds(w->out, "&amp;");
		i = is_entity ? end + 1 : amp + 1;
	}
}

/* Offset behind the end tag of an element that is dropped with its content. */
static size_t skip_element(struct str html, size_t from, const char *name)
{
	char end[24];
	snprintf(end, sizeof end, "</%s", name);
	size_t at = str_find_nocase(str_from_off(html, from), str_from(end));
	if (at == SIZE_MAX)
		return html.size;
	size_t behind = tag_end(html, from + at);
	return behind == SIZE_MAX ? html.size : behind;
}

/* Handles what begins with '<' at `at`; gives the offset behind it. */
static size_t raw_markup(struct md_writer *w, struct str html, size_t at, uint32_t container)
{
	struct str rest = str_from_off(html, at);
	if (str_starts(rest, STR("<!--"))) {
		size_t end = str_find_from(html, STR("-->"), at + 4);
		return end == SIZE_MAX ? html.size : end + 3;
	}
	char next = rest.size > 1 ? rest.data[1] : 0;
	size_t end = next == '!' || next == '?' || next == '/' || is_letter(next) ? tag_end(html, at) : SIZE_MAX;
	if (end == SIZE_MAX) {
		raw_text(w, STR("<"), container);
		return at + 1;
	}
	if (next == '!' || next == '?')
		return end;
	struct raw_tag tag = tag_read(w->arena, str_sub(html, at + 1, end - at - 2));
	for (size_t i = 0; !tag.closes && i < sizeof dropped_whole / sizeof *dropped_whole; i++)
		if (str_is(tag.name, dropped_whole[i]))
			return skip_element(html, end, dropped_whole[i]);
	const struct tag *known = tag_find(tag.name);
	bool fits = known && (w->raw_blocks || (known->flags & TAG_PHRASE));
	if (fits && tag.closes)
		close_tag(w, tag.name, container);
	else if (fits)
		open_tag(w, &tag, container, str_from_off(html, end));
	return end;
}

static void raw_write(struct md_writer *w, struct str html, uint32_t container)
{
	for (size_t i = 0; i < html.size;) {
		size_t lt = str_find_char(str_from_off(html, i), '<');
		size_t end = lt == SIZE_MAX ? html.size : i + lt;
		if (end > i)
			raw_text(w, str_sub(html, i, end - i), container);
		i = end < html.size ? raw_markup(w, html, end, container) : end;
	}
}

void raw_block(struct md_writer *w, struct str html, uint32_t container)
{
	w->raw_blocks = true;
	raw_write(w, html, container);
	w->raw_blocks = false;
	/* Only what holds blocks stays open for the markdown that follows. */
	for (const struct tag *top; (top = top_tag(w, container)) && !(top->flags & TAG_FLOW);)
		close_top(w);
}

void raw_inline(struct md_writer *w, struct str html, uint32_t container)
{
	raw_write(w, html, container);
}
