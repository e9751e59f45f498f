/* md_parse: trees, places in the source, anchors, links, limits. */
#include "parse/parse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct md_limits wide = {.depth = 100, .bytes = (size_t)256 << 20};

struct parsed_text {
	struct arena *arena;
	struct source source;
	struct md *md;
};

static struct parsed_text *parse_limited(struct str text, const struct md_limits *limits)
{
	struct arena *arena = arena_new();
	struct parsed_text *parsed = NEW(arena, struct parsed_text);
	parsed->arena = arena;
	parsed->source = (struct source){.id = 3, .kind = SOURCE_MARKDOWN, .path = STR("a.md"), .text = text};
	parsed->md = md_parse(arena, &parsed->source, limits);
	return parsed;
}

static struct parsed_text *parse(const char *text)
{
	return parse_limited(str_from(text), &wide);
}

static void done(struct parsed_text *parsed)
{
	arena_free(parsed->arena);
}

static void assert_str(struct str s, const char *wanted)
{
	if (!str_is(s, wanted))
		fail_msg("got \"" STR_FMT "\", wanted \"%s\"", STR_ARG(s), wanted);
}

static struct str source_of(const struct parsed_text *parsed, struct span span)
{
	assert_int_equal(span.source, 3);
	return str_sub(parsed->source.text, span.off, span.size);
}

/* The nth node (from 0) of a kind. */
static const struct md_node *node_of(const struct md *md, enum md_kind kind, size_t nth)
{
	for (uint32_t i = 0; i < md->n; i++) {
		if (md->nodes[i].kind == kind && nth-- == 0)
			return &md->nodes[i];
	}
	fail_msg("no such node");
	return NULL;
}

/* ---- trees ---- */

static const char *const names[] = {"document",   "p",          "h",    "quote", "box",  "list", "item",
				    "code-block", "html-block", "rule", "table", "row",  "cell", "footnote",
				    "",           "soft",       "hard", "code",  "html", "em",   "strong",
				    "strike",     "a",          "img",  "ref"};

/* The tree on one line: p('text' em('x')). */
static struct str shape(const struct parsed_text *parsed)
{
	const struct md *md = parsed->md;
	struct buf out = {0};
	uint32_t ends[64];
	size_t depth = 0;
	for (uint32_t i = 1; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		bool first = depth && i == ends[depth - 1];
		while (depth && i >= ends[depth - 1]) {
			buf_addc(&out, ')');
			depth--;
			first = false;
		}
		if (out.size && out.data[out.size - 1] != '(' && !first)
			buf_addc(&out, ' ');
		buf_adds(&out, names[node->kind]);
		struct str text = md_text(md, node);
		if (text.size)
			buf_addf(&out, "'" STR_FMT "'", STR_ARG(text));
		if (node->end > i + 1) {
			buf_addc(&out, '(');
			ends[depth++] = node->end;
		}
	}
	while (depth--)
		buf_addc(&out, ')');
	struct str shape = buf_dup(parsed->arena, &out);
	buf_free(&out);
	return shape;
}

static void test_trees(void **state)
{
	static const struct {
		const char *text, *shape;
	} cases[] = {
		{"", ""},
		{"a", "p('a')"},
		{"# A *b*\n\ntext\nmore", "h('A ' em('b')) p('text' soft 'more')"},
		{"a  \nb\\\nc", "p('a' hard 'b' hard 'c')"},
		{"**a** ~~b~~ `c` <b>", "p(strong('a') ' ' strike('b') ' ' code'c' ' ' html'<b>')"},
		{"[a](b \"t\") ![c](d)", "p(a'b'('a') ' ' img'd'('c'))"},
		{"- a\n- b\n\n1. c", "list(item(p('a')) item(p('b'))) list(item(p('c')))"},
		{"> a\n> > b", "quote(p('a') quote(p('b')))"},
		{"```yaml\nk: v\n```", "code-block'k: v\n'"},
		{"    a\n\n    b", "code-block'a\n\nb\n'"},
		{"<div>\nx\n</div>", "html-block'<div>\nx\n</div>\n'"},
		{"a\n\n***\n", "p('a') rule"},
		{"|a|b|\n|-|-|\n|c|", "table(row(cell('a') cell('b')) row(cell('c') cell))"},
		{"a\n:-\nb", "table(row(cell('a')) row(cell('b')))"},
		{"pre\n|a|\n|-|", "p('pre') table(row(cell('a')))"},
		{"x[^n]\n\n[^N]: y", "p('x' ref'N') footnote'N'(p('y'))"},
		{"www.a.b http://c.d e@f.gh", "p(a'http://www.a.b'('www.a.b') ' ' a'http://c.d'('http://c.d') ' ' "
					      "a'mailto:e@f.gh'('e@f.gh'))"},
		{"- [ ] a", "list(item(p('a')))"},
		{"> [!NOTE]\n> a", "quote(p('[!NOTE]' soft 'a'))"},
		{"[a]: b\n\n[a]", "p(a'b'('a'))"},
		{"---\nt: 1\n---\n# H\n", "h('H')"},
		{"\xEF\xBB\xBF# H\n", "h('H')"},
		{"&copy;&amp;\\*", "p('\xC2\xA9&*')"},
		{"a\rb\r\nc", "p('a' soft 'b' soft 'c')"},
		{":@\n", "p(':@')"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		assert_str(shape(parsed), cases[i].shape);
		done(parsed);
	}
}

/* ---- places ---- */

static void test_places(void **state)
{
	static const struct {
		const char *text;
		enum md_kind kind;
		size_t nth;
		const char *source;
	} cases[] = {
		{"a *b* c", MD_EMPHASIS, 0, "*b*"},
		{"a **b** c", MD_TEXT, 2, " c"},
		{"a `` b`c `` d", MD_CODE, 0, "b`c"},
		{"`a\nb`", MD_CODE, 0, "a\nb"},
		{"> x\n> y z", MD_TEXT, 1, "y z"},
		{"> x\ny z", MD_TEXT, 1, "y z"},
		{"- x\n\n  y", MD_PARAGRAPH, 1, "y"},
		{"see [a\nb](c.md#d) e", MD_LINK, 0, "[a\nb](c.md#d)"},
		{"see [a](<c d> 'e') f", MD_TEXT, 2, " f"},
		{"![a [b] c](d)", MD_IMAGE, 0, "![a [b] c](d)"},
		{"<http://a.b> x", MD_LINK, 0, "<http://a.b>"},
		{"(http://a.b).", MD_LINK, 0, "http://a.b"},
		{"(http://a.b).", MD_TEXT, 1, "http://a.b"},
		{"mail a_b@c.de now", MD_LINK, 0, "a_b@c.de"},
		{"a\\_b", MD_TEXT, 0, "a\\_b"},
		{"x &lt; y", MD_TEXT, 0, "x &lt; y"},
		{"| a | b\\|c |\n|---|---|\n| `d\\|e` | f |", MD_CELL, 1, "b\\|c"},
		{"| a | b\\|c |\n|---|---|\n| `d\\|e` | f |", MD_CODE, 0, "d\\|e"},
		{"| a | b\\|c |\n|---|---|\n| `d\\|e` | f |", MD_TEXT, 2, "f"},
		{"| a | b |\n|---|---|\n| c | d |", MD_ROW, 1, "| c | d |"},
		{"p\n\n| a |\n|---|\n\nq", MD_TABLE, 0, "| a |\n|---|"},
		{"p\n| a |\n|---|\n| b |\n\nq", MD_TABLE, 0, "| a |\n|---|\n| b |"},
		{"- x\n  | a |\n  |---|\n  | b |", MD_CELL, 1, "b"},
		{"> | a |\n> |---|\n> | b |", MD_ROW, 1, "| b |"},
		{"## a ##  \n\nb", MD_HEADING, 0, "## a ##"},
		{"a\nb\n===\nc", MD_HEADING, 0, "a\nb\n==="},
		{"1) a\n2) b\n   c\n\nd", MD_ITEM, 1, "2) b\n   c"},
		{"- a\n  - b\n- c\n\nd", MD_LIST, 0, "- a\n  - b\n- c"},
		{"> a\n> b\n\nc", MD_QUOTE, 0, "> a\n> b"},
		{"x\n\n```sh\na\n\n```\ny", MD_CODE_BLOCK, 0, "```sh\na\n\n```"},
		{"x\n\n~~~\na", MD_CODE_BLOCK, 0, "~~~\na"},
		{"    a\n\n    b\n\nc", MD_CODE_BLOCK, 0, "a\n\n    b"},
		{"<p>\nx\n</p>\n\ny", MD_HTML_BLOCK, 0, "<p>\nx\n</p>"},
		{"a\n\n* * *  \nb", MD_RULE, 0, "* * *"},
		{"x[^a]\n\n[^a]: b\n\n    c\n", MD_FOOTNOTE, 0, "[^a]: b\n\n    c"},
		{"x [^a].\n\n[^a]: b", MD_FOOTNOTE_REF, 0, "[^a]"},
		{"[a]: /b\n'c'\n[d]: /e\nf [a] g", MD_LINK, 0, "[a]"},
		{"[a]: /b\n'c'\n[d]: /e\nf [a] g", MD_PARAGRAPH, 0, "f [a] g"},
		{"---\nk: v\n---\n\nx **y**", MD_STRONG, 0, "**y**"},
		{"a\r\nb *c*\r\n", MD_EMPHASIS, 0, "*c*"},
		{"\\\n *b*", MD_EMPHASIS, 0, "*b*"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		const struct md_node *node = node_of(parsed->md, cases[i].kind, cases[i].nth);
		assert_str(source_of(parsed, md_span(parsed->md, node)), cases[i].source);
		done(parsed);
	}
}

static void test_link_targets(void **state)
{
	static const struct {
		const char *text, *url, *title, *target;
	} cases[] = {
		{"[a](b.md)", "b.md", "", "b.md"},
		{"[a]( <b c.md> )", "b c.md", "", "b c.md"},
		{"[a](b.md 'c d')", "b.md", "c d", "b.md"},
		{"[a](b\\_c.md)", "b_c.md", "", "b\\_c.md"},
		{"[a](b(c)d)", "b(c)d", "", "b(c)d"},
		{"[a]()", "", "", ""},
		{"[a][b]\n\n[b]: c.md", "c.md", "", "c.md"},
		{"[a][B  c]\n\n[b c]: d.md \"e\"", "d.md", "e", "d.md"},
		{"[a][]\n\n[a]: b.md", "b.md", "", "b.md"},
		{"[a](b\n\n[a]: c.md", "c.md", "", "c.md"},
		{"> [a]\n>\n> [a]: b.md", "b.md", "", "b.md"},
		{"- [a]\n- [a]: b.md\n", "b.md", "", "b.md"},
		{"```\n[a]: x.md\n```\n[a]\n\n[a]: y.md", "y.md", "", "y.md"},
		{"![a [b](c)](d)", "d", "", "d"},
		{"<http://a.b/c>", "http://a.b/c", "", "http://a.b/c"},
		{"www.a.b", "http://www.a.b", "", "www.a.b"},
		{"| [a](b\\|c) |\n|---|", "b|c", "", "b\\|c"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		const struct md *md = parsed->md;
		const struct md_node *node = node_of(md, cases[i].text[0] == '!' ? MD_IMAGE : MD_LINK, 0);
		assert_str(md_text(md, node), cases[i].url);
		assert_str(md_title(md, node), cases[i].title);
		assert_str(source_of(parsed, md_link_target_span(md, node)), cases[i].target);
		done(parsed);
	}
}

/* A title longer than a byte can count, and shared by two links. */
static void test_long_title(void **state)
{
	struct buf text = {0};
	(void)state;
	buf_adds(&text, "[a] [a]\n\n[a]: b \"");
	for (int i = 0; i < 400; i++)
		buf_addc(&text, 't');
	buf_adds(&text, "\"");
	struct parsed_text *parsed = parse(text.data);
	const struct md_node *first = node_of(parsed->md, MD_LINK, 0);
	const struct md_node *second = node_of(parsed->md, MD_LINK, 1);
	assert_int_equal(md_title(parsed->md, first).size, 400);
	assert_int_equal(md_title(parsed->md, second).size, 400);
	assert_int_equal(first->text, second->text);
	done(parsed);
	buf_free(&text);
}

/* ---- the property of places ---- */

static const char *const snippets[] = {
	"a *b* **c** ~~d~~ `e` [f](g) ![h](i) <j> &amp; \\*k\\* <http://l.m> www.n.o p@q.rs",
	"> a\n> b `c\n> d` <e\n> f='g'>\nlazy *h*\n\n> - i\n>   j\n>\n>   ```x\n>   k\n>\n>     l\n>   ```\n",
	"| a | b |\n|:--|--:|\n| c\\|d | `e\\|f` |\n| [g](h\\|i) | *j* |\n k | l\n",
	"1. a\n   b\n\n       c\n\t\td\n\n2. - e\n   - f\n     g\n\n\n3.\n   h\n",
	"---\na: b\n---\nc &nbsp;d &#35; &#x22; &nosuch; &e\n",
	"a\r\nb  \r\n> c\r\n\r\n```\r\nd\r\n\r\ne\r\n```\r\n    f\r\n",
	"[a]: b 'c'\n[d]: <e f>\ng [a] [h][d] [a][]\n\nSet\n[a] ext\n---\n\n[^i] x [^I]\n\n[^i]: j *k*\n\n    l\n",
	"<div id=\"a\">\n  b\n</div>\n\n  <p>\n  c\n\nd <!-- e --> <f\n  g>\n",
	"``a`` ` `` ` `  b  ` `\nc\n` ``d\n e``\n\n\\\n  f\\\n\\g\n",
	"- [x] a\n- [ ] b\n  | c |\n  |---|\n  | d |\n\n  e\n",
	"p \\| q\n| a\\*b | c |\n|---|---|\n| d |\n",
	"\xC3\xA9 *\xE2\x80\x94* `\xF0\x9F\x98\x80` **a\xC3\xA9** \xFF\xFE\n",
	"[![a](b)](c) [d *e* `f`](g \"h\") ![i [j](k)](l) [m\nn][o]\n\n[o]: p\n",
	">\t\tfoo\n\n-\t\tbar\n\n    baz\n\n1.  \tqux\n",
};

static void assert_byte_comes_from(const struct parsed_text *parsed, const struct md_node *node, struct str text,
				   size_t at)
{
	uint32_t off = md_text_offset(parsed->md, node, at);
	char there = off < parsed->source.text.size ? parsed->source.text.data[off] : '\n';
	char here = text.data[at];
	bool entity = there == '&' || (unsigned char)here >= 0x80;
	bool line_end =
		(here == ' ' || here == '\n') && (there == '\n' || there == '\r' || there == '\t' || there == '>');
	if (there != here && !entity && !line_end)
		fail_msg("'%c' of \"" STR_FMT "\" comes from '%c'", here, STR_ARG(text), there);
}

static void assert_places(const struct parsed_text *parsed)
{
	const struct md *md = parsed->md;
	for (uint32_t i = 0; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		assert_true(node->end > i && node->end <= md->n);
		assert_true(node->off + node->size <= parsed->source.text.size);
		for (uint32_t child = md_first(md, i); child; child = md_next(md, child, node->end)) {
			const struct md_node *below = &md->nodes[child];
			if (below->kind != MD_FOOTNOTE && below->size)
				assert_true(below->off >= node->off &&
					    below->off + below->size <= node->off + node->size);
		}
		bool has_literal = node->kind == MD_TEXT || node->kind == MD_CODE || node->kind == MD_HTML ||
				   node->kind == MD_CODE_BLOCK || node->kind == MD_HTML_BLOCK;
		if (!has_literal)
			continue;
		assert_true(node->flags & MD_PLACE_EXACT);
		struct str text = md_text(md, node);
		for (size_t at = 0; at < text.size; at++)
			assert_byte_comes_from(parsed, node, text, at);
	}
}

static void test_every_literal_has_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof snippets / sizeof *snippets; i++) {
		struct parsed_text *parsed = parse(snippets[i]);
		assert_places(parsed);
		done(parsed);
	}
}

/* Two snippets in one document do not disturb each other's places. */
static void test_places_in_pairs(void **state)
{
	size_t n = sizeof snippets / sizeof *snippets;
	(void)state;
	for (size_t i = 0; i < n * n; i++) {
		struct buf text = {0};
		if (i / n != 4) /* front matter stands first only */
			buf_addf(&text, "%s\n\n", snippets[i % n]);
		buf_adds(&text, snippets[i / n]);
		struct parsed_text *parsed = parse(text.data);
		assert_places(parsed);
		done(parsed);
		buf_free(&text);
	}
}

/* ---- details ---- */

static void test_attributes(void **state)
{
	struct parsed_text *parsed = parse("7. a\n8. b\n\n- [x] c\n- [ ] d\n\n|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|\n\n"
					   "~~~ yaml title=x\n~~~\n\n```\n```\n\n    ``` x\n");
	const struct md *md = parsed->md;
	(void)state;
	assert_int_equal(md_list_start(md, node_of(md, MD_LIST, 0)), 7);
	assert_true(node_of(md, MD_LIST, 0)->flags & MD_ORDERED);
	assert_false(node_of(md, MD_LIST, 1)->flags & MD_ORDERED);
	assert_true(node_of(md, MD_LIST, 1)->flags & MD_TIGHT);
	assert_int_equal(node_of(md, MD_ITEM, 0)->flags & MD_TASK, 0);
	assert_int_equal(node_of(md, MD_ITEM, 2)->flags & (MD_TASK | MD_DONE), MD_TASK | MD_DONE);
	assert_int_equal(node_of(md, MD_ITEM, 3)->flags & (MD_TASK | MD_DONE), MD_TASK);
	assert_true(node_of(md, MD_ROW, 0)->flags & MD_HEADER);
	assert_false(node_of(md, MD_ROW, 1)->flags & MD_HEADER);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(node_of(md, MD_CELL, i)->level, "lcr\0lcr\0"[i]);
	assert_str(md_info(md, node_of(md, MD_CODE_BLOCK, 0)), "yaml");
	assert_str(md_info(md, node_of(md, MD_CODE_BLOCK, 1)), "");
	assert_str(md_info(md, node_of(md, MD_CODE_BLOCK, 2)), "");
	assert_true(md->has_table && md->has_code);
	done(parsed);
	parsed = parse("a `b`");
	assert_false(parsed->md->has_table || parsed->md->has_code);
	done(parsed);
}

static void test_plain(void **state)
{
	static const struct {
		const char *text, *plain;
	} cases[] = {
		{"a", "a"},          {"a *b* `c`\nd", "a b c d"}, {"![alt *x*](y) <b>z</b>", "alt x z"},
		{"- a\n- b", "a b"}, {"|a|b|\n|-|-|", "a b"},     {"<!-- x -->", ""},
		{"\\*a\\*", "*a*"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		assert_str(md_plain(parsed->arena, parsed->md, 0), cases[i].plain);
		done(parsed);
	}
}

static void test_anchors(void **state)
{
	static const struct {
		const char *text, *anchors;
	} cases[] = {
		{"# Hello, World!\n## A / B\n### `c_d` *e*", "hello-world a--b c_d-e"},
		{"# Errors\n# Errors\n# Errors-1\n", "errors errors-1 errors-1-1"},
		{"# a-1\n# a\n# a\n", "a-1 a a-2"},
		{"# :rocket: Launch\n# \xC3\x89t\xC3\xA9\n", "rocket-launch \xC3\xA9t\xC3\xA9"},
		{"# [a](b) ![c](d)\n# <b>x</b>\n", "a-c x"},
		{"# A {#b}\n", "a-b"},
		{"a\nb\n---\n", "a-b"},
		{"> # a\n\n- # b\n", "a b"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		struct buf out = {0};
		for (size_t k = 0; k < parsed->md->headings.n; k++) {
			struct str anchor = parsed->md->headings.data[k].anchor;
			buf_addf(&out, "%s" STR_FMT, k ? " " : "", STR_ARG(anchor));
		}
		assert_str(buf_str(&out), cases[i].anchors);
		buf_free(&out);
		done(parsed);
	}
}

static void test_ids(void **state)
{
	static const struct {
		const char *text, *ids;
	} cases[] = {
		{"<a id=\"x\"></a> <a name='y'> <b ID=z>", "x y z"},
		{"<input name=\"a\">", ""},
		{"> <div\n>   class=\"c\" id = \"d\">\n> </div>", "d"},
		{"<!-- <a id=\"x\"> --> <a data-id=\"y\">", ""},
		{"<a href=\"?id=1\" title=\"id='2'\">", ""},
		{"# A {#b}\n\n# C {: #d .e}\n\n# F {g}\n", "b d"},
		{"```\n<a id=\"x\">\n```\n`<a id=\"y\">`", ""},
		{"<a id=", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		struct buf out = {0};
		for (size_t k = 0; k < parsed->md->ids.n; k++) {
			struct md_id id = parsed->md->ids.data[k];
			assert_true(str_eq(id.id, source_of(parsed, id.span)));
			buf_addf(&out, "%s" STR_FMT, k ? " " : "", STR_ARG(id.id));
		}
		assert_str(buf_str(&out), cases[i].ids);
		buf_free(&out);
		done(parsed);
	}
}

static void test_undefined_references(void **state)
{
	static const struct {
		const char *text, *sources;
	} cases[] = {
		{"see [the plan][plan].", "[the plan][plan]"},
		{"[a plan][] and [b plan][x]\n\n[x]: y", "[a plan][]"},
		{"[`code` x][plan]", "[`code` x][plan]"},
		{"[x y][plan]\n\n[plan]: z", ""},
		{"a[i][j] and m[0][1] and [1][2]", ""},
		{"`[a b][c d]`\n\n    [a b][c d]\n", ""},
		{"\\[a b\\]\\[c d\\]", ""},
		{"[a b][^c]", ""},
		{"[INFO][main] started", ""},
		{"[a b]", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct parsed_text *parsed = parse(cases[i].text);
		struct buf out = {0};
		for (size_t k = 0; k < parsed->md->undefined.n; k++) {
			struct str source = source_of(parsed, parsed->md->undefined.data[k].span);
			buf_addf(&out, "%s" STR_FMT, k ? " " : "", STR_ARG(source));
		}
		assert_str(buf_str(&out), cases[i].sources);
		buf_free(&out);
		done(parsed);
	}
}

/* ---- limits ---- */

static void assert_limit(const struct parsed_text *parsed, const char *kind)
{
	assert_int_equal(parsed->md->troubles.list.n, 1);
	assert_string_equal(parsed->md->troubles.list.data[0].rule, "limit-reached");
	assert_string_equal(parsed->md->troubles.list.data[0].kind, kind);
}

static void test_depth(void **state)
{
	static const struct md_limits limits = {.depth = 3, .bytes = (size_t)64 << 20};
	struct parsed_text *parsed = parse_limited(STR("> > > > > a"), &limits);
	(void)state;
	assert_str(shape(parsed), "quote(quote(quote(p('a'))))");
	assert_limit(parsed, "markdown-depth");
	done(parsed);
	parsed = parse_limited(STR("> - - a\n\nb"), &limits);
	assert_str(shape(parsed), "quote(list(item(p('a')))) p('b')");
	assert_limit(parsed, "markdown-depth");
	done(parsed);
	parsed = parse_limited(STR("**a *b ~~c [d](e)~~***"), &limits);
	assert_str(shape(parsed), "p(strong('a ' em('b ' strike('c ' 'd'))))");
	assert_limit(parsed, "markdown-depth");
	done(parsed);
}

static struct buf repeated(const char *head, const char *part, size_t n)
{
	struct buf text = {0};
	buf_adds(&text, head);
	while (n--)
		buf_adds(&text, part);
	return text;
}

static void test_memory(void **state)
{
	static const struct md_limits limits = {.depth = 100, .bytes = (size_t)1 << 20};
	struct buf text = repeated("", "*a* ", 20000);
	struct parsed_text *parsed = parse_limited(buf_str(&text), &limits);
	(void)state;
	assert_limit(parsed, "markdown-memory");
	assert_int_equal(parsed->md->n, 1);
	assert_int_equal(parsed->md->nodes[0].size, text.size);
	done(parsed);
	buf_free(&text);
	parsed = parse_limited(STR("w: ~a~ http://b.c @"), &limits);
	assert_str(shape(parsed), "p('w: ' strike('a') ' ' a'http://b.c'('http://b.c') ' @')");
	done(parsed);
}

/* Deep or dense input neither crashes nor loses the end of the document. */
static void test_hostile(void **state)
{
	static const struct {
		const char *head, *part;
		size_t n;
	} cases[] = {
		{"", ">", 3000},
		{"", "- ", 1000},
		{"", "*a **a ", 3000},
		{"", "[", 20000},
		{"", "![", 5000},
		{"", "[a](<b", 3000},
		{"", "[f]:u \"\n", 1500},
		{"---\n", "a: [\n", 3000},
		{"", "<!--", 3000},
		{"", "`", 30000},
		{"", "][", 5000},
		{"", "[x y][z w] ", 3000},
		{"|a|\n|-|\n", "|\\|", 3000},
		{"[r]: /u 't'\n\n", "[r]", 3000},
		{"", "&amp", 9000},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf text = repeated(cases[i].head, cases[i].part, cases[i].n);
		struct parsed_text *parsed = parse_limited(buf_str(&text), &wide);
		assert_true(parsed->md->n >= 1);
		assert_int_equal(parsed->md->nodes[0].end, parsed->md->n);
		done(parsed);
		buf_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trees),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_link_targets),
		cmocka_unit_test(test_long_title),
		cmocka_unit_test(test_every_literal_has_its_place),
		cmocka_unit_test(test_places_in_pairs),
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_undefined_references),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
