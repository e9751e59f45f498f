/* Links and images: led to pages of the site, to the repository, or kept as text. No page asks for things outside. */
#include "render/markdown_html.h"

static int link_cmp(const void *a, const void *b)
{
	const struct link *x = *(struct link *const *)a, *y = *(struct link *const *)b;
	return x->node < y->node ? -1 : x->node > y->node;
}

void links_find(struct md_writer *w)
{
	bool sorted = true;
	size_t n = w->page->links.n;
	w->links = NEW_ARRAY(w->arena, struct link *, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct link *link = &w->page->links.data[i];
		if (!link->node)
			continue;
		sorted = sorted && (!w->n_links || w->links[w->n_links - 1]->node <= link->node);
		w->links[w->n_links++] = link;
	}
	if (!sorted)
		qsort(w->links, w->n_links, sizeof *w->links, link_cmp);
}

const struct link *link_of_node(struct md_writer *w, uint32_t node)
{
	if (w->next_link && w->links[w->next_link - 1]->node >= node)
		w->next_link = 0;
	while (w->next_link < w->n_links && w->links[w->next_link]->node < node)
		w->next_link++;
	return w->next_link < w->n_links && w->links[w->next_link]->node == node ? w->links[w->next_link] : NULL;
}

const struct link *link_of_target(const struct md_writer *w, struct str target)
{
	for (size_t i = 0; i < w->page->links.n; i++)
		if (!w->page->links.data[i].node && str_eq(w->page->links.data[i].target, target))
			return &w->page->links.data[i];
	return NULL;
}

/* ---- links ---- */

static void attribute(struct md_writer *w, const char *name, struct str value)
{
	if (!value.size)
		return;
	buf_addc(w->out, ' ');
	buf_adds(w->out, name);
	buf_adds(w->out, "=\"");
	html_attr(w->out, value);
	buf_addc(w->out, '"');
}

static void open_span(struct md_writer *w, const char *class, const char *title)
{
	buf_adds(w->out, "<span");
	attribute(w, "class", str_from(class));
	attribute(w, "title", str_from(title));
	buf_addc(w->out, '>');
	w->link_close = "</span>";
}

/* `url` is ready for an attribute when `ours`; else it is as written. */
static void open_anchor(struct md_writer *w, struct str url, struct str title, const char *class)
{
	buf_adds(w->out, "<a href=\"");
	html_url(w->out, url);
	buf_addc(w->out, '"');
	attribute(w, "class", str_from(class));
	attribute(w, "title", title);
	buf_addc(w->out, '>');
	w->link_close = "</a>";
}

static bool is_http(struct str url)
{
	return str_starts_nocase(url, STR("http://")) || str_starts_nocase(url, STR("https://"));
}

/* A file of the workspace that is no page: an image of the site, a file in the repository, or a name. */
static void open_file(struct md_writer *w, const struct link *link, struct str title)
{
	const struct site *site = w->writer->site;
	const struct asset *asset = map_find(&site->nav->assets, link->path);
	if (asset) {
		open_anchor(w, site_href(site, w->arena, w->writer->page, asset->url, STR("")), title, "");
		return;
	}
	struct str url = site_repository_url(site, w->arena, link->path, 0);
	if (url.size)
		open_anchor(w, url, title, "external");
	else
		open_span(w, "file", "a file of the workspace, not part of this site");
}

static bool anchor_exists(const struct md *md, struct str anchor)
{
	for (size_t i = 0; i < md->headings.n; i++)
		if (str_eq(md->headings.data[i].anchor, anchor))
			return true;
	for (size_t i = 0; i < md->ids.n; i++)
		if (str_eq(md->ids.data[i].id, anchor))
			return true;
	return false;
}

/* Places that the forge makes: the box of a README, the line of a file. Here they are the top of the page. */
static struct str anchor_here(const struct link *link)
{
	const struct md *md = link->page->md;
	struct str anchor = link->anchor;
	bool is_line = anchor.size > 1 && anchor.data[0] == 'L' && isdigit((unsigned char)anchor.data[1]);
	if (!md || (!is_line && !str_eq_nocase(anchor, STR("readme"))) || anchor_exists(md, anchor))
		return anchor;
	return STR("top");
}

static void open_resolved(struct md_writer *w, const struct link *link, struct str url, struct str title)
{
	const struct site *site = w->writer->site;
	switch (link->state) {
	case LINK_EXTERNAL: open_anchor(w, url, title, is_http(url) ? "external" : ""); break;
	case LINK_OK:
	case LINK_CASE:
		if (link->page)
			open_anchor(w, site_href(site, w->arena, w->writer->page, link->page->url, anchor_here(link)),
				    title, link->decision && decision_is_retired(link->decision) ? "gone" : "");
		else if (!link->path.size && link->anchor.size)
			open_anchor(w, site_href(site, w->arena, w->writer->page, w->writer->page->url, link->anchor),
				    title, "");
		else
			open_file(w, link, title);
		break;
	case LINK_MISSING_ANCHOR:
		if (link->page) {
			open_anchor(w, site_href(site, w->arena, w->writer->page, link->page->url, STR("")),
				    STR("broken link: the page has no such section"), "broken");
			break;
		}
		open_span(w, "broken", "broken link: there is no such section");
		break;
	case LINK_MISSING_FILE: open_span(w, "broken", "broken link: there is no such file"); break;
	case LINK_OUTSIDE: open_span(w, "broken", "broken link: leaves the workspace"); break;
	case LINK_UNSAFE: open_span(w, "", ""); break;
	case LINK_ROUTE:
	case LINK_IGNORED: open_span(w, "file", "not part of this site"); break;
	}
}

void link_begin(struct md_writer *w, const struct link *link, struct str url, struct str title)
{
	/* A link inside a link is only its text. */
	if (w->in_link++)
		return;
	w->link = link;
	if (link)
		open_resolved(w, link, url, title);
	else if (str_starts(url, STR("#")) && anchor_exists(w->md, str_from_off(url, 1)))
		open_anchor(w, url, title, "");
	else if (is_http(url) || str_starts_nocase(url, STR("mailto:")))
		open_anchor(w, url, title, is_http(url) ? "external" : "");
	else
		open_span(w, "", "");
}

/* The text around a link, in its line and sentence, says already that what it leads to is no longer in force. */
static bool is_said_around(const struct md_writer *w, struct span span)
{
	enum { AROUND = 60 };
	struct str text = w->page->source->text;
	size_t size = span.off < AROUND ? span.off : AROUND, from = 0;
	struct str before = str_sub(text, span.off - size, size);
	for (size_t i = 0; i + 1 < before.size; i++)
		if (before.data[i] == '\n' || (before.data[i] == '.' && before.data[i + 1] == ' '))
			from = i + 1;
	before = str_from_off(before, from);
	struct str after = str_sub(text, span.off + span.size, AROUND);
	after = str_cut_line(&after);
	return says_retired(before, false) || says_retired(str_sub(after, 0, str_find(after, STR(". "))), false);
}

void retired_write(struct md_writer *w, const struct decision *decision, struct span span)
{
	write_retired(w->writer, decision, w->in_heading || w->in_code_block || is_said_around(w, span));
}

void link_end(struct md_writer *w)
{
	if (--w->in_link)
		return;
	buf_adds(w->out, w->link_close);
	if (w->link && w->link->decision && !w->link->image)
		retired_write(w, w->link->decision, w->link->span);
	w->link = NULL;
}

/* ---- static badges ---- */

/* One field of a badge's path: "--" is '-', "__" is '_', "_" is a blank, "%20" is decoded. Stops at a single '-'. */
static struct str badge_field(struct md_writer *w, struct str *rest)
{
	struct buf text = {0};
	size_t i = 0;
	for (; i < rest->size; i++) {
		char c = rest->data[i], next = i + 1 < rest->size ? rest->data[i + 1] : 0;
		if (c == '-' && next != '-')
			break;
		if ((c == '-' || c == '_') && next == c) {
			i++;
			buf_addc(&text, c);
		} else if (c == '_') {
			buf_addc(&text, ' ');
		} else if (c == '%' && i + 2 < rest->size) {
			char digits[3] = {rest->data[i + 1], rest->data[i + 2], 0};
			buf_addc(&text, (char)strtol(digits, NULL, 16));
			i += 2;
		} else {
			buf_addc(&text, c);
		}
	}
	*rest = str_from_off(*rest, i + 1);
	struct str result = buf_dup(w->arena, &text);
	buf_free(&text);
	return result;
}

/* https://img.shields.io/badge/<label>-<message>-<colour>, and the form with the message alone. */
static bool badge_write(struct md_writer *w, struct str url, struct str alt)
{
	const struct str mark = STR("img.shields.io/badge/");
	size_t at = str_find_nocase(url, mark);
	if (at == SIZE_MAX || at > 8)
		return false;
	struct str rest = str_from_off(url, at + mark.size);
	rest = str_sub(rest, 0, str_find_char(rest, '?') == SIZE_MAX ? rest.size : str_find_char(rest, '?'));
	rest = str_ends(rest, STR(".svg")) || str_ends(rest, STR(".png")) ? str_sub(rest, 0, rest.size - 4) : rest;
	struct str label = badge_field(w, &rest), message = badge_field(w, &rest);
	if (!rest.size) {
		message = label;
		label = STR("");
	}
	buf_adds(w->out, "<span class=\"badge\"");
	attribute(w, "title", alt);
	buf_addc(w->out, '>');
	if (label.size) {
		buf_adds(w->out, "<span class=\"badge-label\">");
		html_text(w->out, label);
		buf_adds(w->out, "</span> ");
	}
	buf_adds(w->out, "<span class=\"badge-message\">");
	html_text(w->out, message);
	buf_adds(w->out, "</span></span>");
	return true;
}

/* ---- images ---- */

/* A picture that cannot be shown: a link with its text, or the text inside another link. */
static void image_as_link(struct md_writer *w, struct str url, struct str alt, struct str title)
{
	struct str text = alt.size ? alt : path_base(url);
	if (w->in_link || !is_http(url)) {
		html_text(w->out, text);
		return;
	}
	open_anchor(w, url, title, "external image");
	html_text(w->out, text);
	buf_adds(w->out, "</a>");
}

void image_write(struct md_writer *w, const struct link *link, struct str url, struct str alt, struct str title)
{
	const struct site *site = w->writer->site;
	if (badge_write(w, url, alt))
		return;
	if (!link || link->state == LINK_EXTERNAL) {
		image_as_link(w, url, alt, title);
		return;
	}
	const struct asset *asset =
		link->state == LINK_OK || link->state == LINK_CASE ? map_find(&site->nav->assets, link->path) : NULL;
	if (asset) {
		buf_adds(w->out, "<img src=\"");
		html_url(w->out, site_href(site, w->arena, w->writer->page, asset->url, STR("")));
		buf_adds(w->out, "\" alt=\"");
		html_attr(w->out, alt);
		buf_addc(w->out, '"');
		attribute(w, "title", title);
		buf_adds(w->out, " loading=\"lazy\">");
		return;
	}
	link_begin(w, link, url, title);
	html_text(w->out, alt.size ? alt : path_base(url));
	link_end(w);
}
