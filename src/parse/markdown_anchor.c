/* What a link can lead to inside of a document: headings with GitHub's anchors, and ids. */
#include "parse/markdown.h"

/* ---- headings ---- */

/* Counters by slug: each anchor given out is itself taken, as in github-slugger. */
static struct str unique_anchor(struct arena *arena, struct map *taken, struct str slug)
{
	struct str anchor = slug;
	unsigned *counter = map_find(taken, slug);
	while (map_has(taken, anchor)) {
		++*counter;
		anchor = str_format(arena, STR_FMT "-%u", STR_ARG(slug), *counter);
	}
	map_put(taken, anchor, NEW(taken->arena, unsigned));
	return anchor;
}

struct md_attributes md_attributes_read(struct str text)
{
	struct str trimmed = str_trim_right(text);
	size_t open = str_ends(trimmed, STR("}")) ? str_rfind_char(trimmed, '{') : SIZE_MAX;
	struct md_attributes none = {.from = text.size}, found = none;
	if (open == SIZE_MAX)
		return none;
	struct str rest = str_sub(trimmed, open + 1, trimmed.size - open - 2);
	rest = str_trim(str_starts(rest, STR(":")) ? str_from_off(rest, 1) : rest);
	if (rest.size < 2 || !strchr("#.", rest.data[0]))
		return none;
	while (rest.size) {
		struct str word = str_cut(&rest, ' ');
		if (str_starts(word, STR("#")) && !found.id.size)
			found.id = str_from_off(word, 1);
		rest = str_trim_left(rest);
	}
	found.from = str_trim_right(str_sub(text, 0, open)).size;
	return found;
}

/* An id of a heading is no part of GitHub's dialect, so it stays in the text as well. */
static void heading_id(struct arena *arena, struct md *md, const struct md_node *heading)
{
	struct str line = str_sub(md->source->text, heading->off, heading->size);
	struct str id = md_attributes_read(str_sub(line, 0, str_find_char(line, '\n'))).id;
	if (id.size)
		vec_add(arena, &md->ids, (struct md_id){id, span_of(md->source, id)});
}

void md_headings(struct arena *arena, struct arena *scratch, struct md *md)
{
	struct map taken = {.arena = scratch};
	for (uint32_t i = 0; i < md->n; i++)
		md->headings.cap += md->nodes[i].kind == MD_HEADING;
	md->headings.data = NEW_ARRAY(arena, struct md_heading, md->headings.cap);
	for (uint32_t i = 0; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind != MD_HEADING)
			continue;
		struct md_heading heading = {.node = i, .level = node->level, .text = md_plain(arena, md, i)};
		heading.anchor = unique_anchor(arena, &taken, utf8_slug(arena, heading.text));
		vec_add(arena, &md->headings, heading);
		heading_id(arena, md, node);
	}
}

/* ---- ids of HTML ---- */

struct html {
	struct str text;
	size_t pos;
};

static char peek(const struct html *html)
{
	return html->pos < html->text.size ? html->text.data[html->pos] : 0;
}

static void skip_space(struct html *html)
{
	while (html->pos < html->text.size && isspace((unsigned char)peek(html)))
		html->pos++;
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_' || c == ':' || c == '.' || c == '@';
}

static struct str read_name(struct html *html)
{
	size_t from = html->pos;
	while (html->pos < html->text.size && is_name_char(peek(html)))
		html->pos++;
	return str_sub(html->text, from, html->pos - from);
}

/* The value behind '=', quotes off; data NULL when there is none. */
static struct str read_value(struct html *html)
{
	struct html after = *html;
	skip_space(&after);
	if (peek(&after) != '=')
		return STR_NONE;
	after.pos++;
	skip_space(&after);
	char quote = peek(&after);
	bool quoted = quote == '"' || quote == '\'';
	after.pos += quoted;
	size_t from = after.pos;
	while (after.pos < after.text.size &&
	       (quoted ? peek(&after) != quote : !isspace((unsigned char)peek(&after)) && peek(&after) != '>'))
		after.pos++;
	struct str value = str_sub(after.text, from, after.pos - from);
	html->pos = after.pos + (quoted && after.pos < after.text.size);
	return value;
}

static void add_id(struct arena *arena, struct md *md, const struct md_node *node, size_t at, struct str value)
{
	if (value.size)
		vec_add(arena, &md->ids, (struct md_id){value, md_text_span(md, node, at, value.size)});
}

/* Attributes up to the end of a tag. `name` is an anchor on <a> only: form fields have names too. */
static void scan_tag(struct arena *arena, struct md *md, const struct md_node *node, struct html *html)
{
	bool is_link = str_eq_nocase(read_name(html), STR("a"));
	while (html->pos < html->text.size && peek(html) != '>') {
		skip_space(html);
		struct str name = read_name(html);
		if (!name.size) {
			html->pos += peek(html) != '>';
			continue;
		}
		struct str value = read_value(html);
		if (str_eq_nocase(name, STR("id")) || (is_link && str_eq_nocase(name, STR("name"))))
			add_id(arena, md, node, value.size ? (size_t)(value.data - html->text.data) : 0, value);
	}
}

static void scan_html(struct arena *arena, struct md *md, const struct md_node *node)
{
	struct html html = {.text = md_text(md, node)};
	for (;;) {
		size_t open = html.pos < html.text.size ? str_find_from(html.text, STR("<"), html.pos) : SIZE_MAX;
		if (open == SIZE_MAX)
			return;
		html.pos = open + 1;
		if (str_starts(str_from_off(html.text, html.pos), STR("!--"))) {
			size_t end = str_find_from(html.text, STR("-->"), html.pos);
			if (end == SIZE_MAX)
				return;
			html.pos = end + 3;
		} else if (isalpha((unsigned char)peek(&html))) {
			scan_tag(arena, md, node, &html);
		}
	}
}

void md_html_ids(struct arena *arena, struct md *md)
{
	for (uint32_t i = 0; i < md->n; i++) {
		if (md->nodes[i].kind == MD_HTML || md->nodes[i].kind == MD_HTML_BLOCK)
			scan_html(arena, md, &md->nodes[i]);
	}
}
