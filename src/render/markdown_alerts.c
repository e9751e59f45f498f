/* Alerts and admonitions: boxes with a title, whatever tool's marks they were written with. */
#include "render/markdown_html.h"

struct alert_type {
	const char *names, *class;
};

static const struct alert_type types[] = {
	{"tip|hint|success|check|done", "tip"},
	{"important|question|help|faq|example", "important"},
	{"warning|attention", "warning"},
	{"caution|danger|error|failure|fail|missing|bug", "caution"},
	{"note|info|seealso|abstract|summary|tldr|todo|quote|cite|details", "note"},
};

const char *alert_class(struct str type)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is_listed(type, types[i].names))
			return types[i].class;
	return NULL;
}

void alert_begin(struct md_writer *w, struct str type)
{
	const char *class = alert_class(type);
	buf_addf(w->out, "<div class=\"alert alert-%s\" role=\"note\">\n", class ? class : "note");
}

void alert_title(struct md_writer *w, struct str type)
{
	struct str title = str_lower_ascii(w->arena, type);
	struct str first = str_sub(title, 0, 1);
	char upper = (char)(first.size ? toupper((unsigned char)first.data[0]) : ' ');
	html_text(w->out, (struct str){&upper, 1});
	html_text(w->out, str_from_off(title, 1));
}

static bool is_details(const struct md_node *node)
{
	return node->level == '?' || node->level == '+';
}

static bool has_title(const struct md_writer *w, uint32_t i)
{
	const struct md_node *node = &w->md->nodes[i], *first = node + 1;
	return node->end > i + 1 && first->kind == MD_PARAGRAPH && (first->flags & MD_HEADER);
}

void admonition_begin(struct md_writer *w, uint32_t i)
{
	const struct md_node *node = &w->md->nodes[i];
	struct str type = md_text(w->md, node);
	const char *class = alert_class(type);
	if (is_details(node))
		buf_addf(w->out, "<details class=\"alert alert-%s\"%s>\n", class ? class : "note",
			 node->level == '+' ? " open" : "");
	else if (node->level == '=')
		buf_adds(w->out, "<div class=\"tab\">\n");
	else
		alert_begin(w, type);
	if (has_title(w, i) || (node->extra && !is_details(node)))
		return;
	admonition_title_begin(w, i);
	alert_title(w, type);
	admonition_title_end(w, i);
}

void admonition_title_begin(struct md_writer *w, uint32_t admonition)
{
	buf_adds(w->out, is_details(&w->md->nodes[admonition]) ? "<summary class=\"alert-title\">"
							       : "<p class=\"alert-title\">");
}

void admonition_title_end(struct md_writer *w, uint32_t admonition)
{
	buf_adds(w->out, is_details(&w->md->nodes[admonition]) ? "</summary>\n" : "</p>\n");
}

void admonition_end(struct md_writer *w, uint32_t i)
{
	buf_adds(w->out, is_details(&w->md->nodes[i]) ? "</details>\n" : "</div>\n");
}
