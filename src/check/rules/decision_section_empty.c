/* decision-section-empty: a section of a record that says nothing, or still what its template said. */
#include "check/check.h"

#include <ctype.h>

enum { TEXT_MAX = 2000, TEMPLATE_LEAST = 20, NOTES_MAX = 8 };

enum content { CONTENT_NONE, CONTENT_PLACEHOLDER, CONTENT_TEXT };

/* ---- placeholders ---- */

static struct str bare(struct str text)
{
	text = str_trim(text);
	while (text.size && strchr("*_.!:-", text.data[0]))
		text = str_from_off(text, 1);
	while (text.size && strchr("*_.!:- ", text.data[text.size - 1]))
		text.size--;
	return text;
}

/* "{Describe the context}", "[option 1]": brackets from end to end. */
static bool is_bracketed(struct str text)
{
	if (text.size < 4 || !((text.data[0] == '{' && text.data[text.size - 1] == '}') ||
			       (text.data[0] == '[' && text.data[text.size - 1] == ']')))
		return false;
	struct str inner = str_sub(text, 1, text.size - 2);
	return str_find_char(inner, ' ') != SIZE_MAX && str_find_char(inner, text.data[0]) == SIZE_MAX;
}

static bool is_placeholder(struct str text)
{
	static const char *const words[] = {"tbd",           "todo",          "tbc",         "fixme",
					    "wip",           "xxx",           "to be done",  "to be decided",
					    "to be written", "to be defined", "to be added", "to do",
					    "coming soon",   "write me",      "lorem ipsum", "to be determined"};
	static const char *const starts[] = {
		"what is the issue that we're seeing that is motivating",
		"what is the change that we're proposing",
		"what becomes easier or more difficult to do because of this change",
		"what becomes easier or more difficult to do and any risks",
		"the issue motivating this decision, and any context",
		"the change that we're proposing or have agreed to implement",
		"good, because {",
		"bad, because {",
		"neutral, because {",
		"good, because [",
		"bad, because [",
		"chosen option: \"{",
		"chosen option: \"[",
	};
	struct str plain = bare(text);
	bool dots = !plain.size || str_is(plain, "\xe2\x80\xa6") || str_is(plain, "?") || str_is(plain, "???");
	if (dots || is_bracketed(plain))
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(plain, str_from(words[i])))
			return true;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts_nocase(plain, str_from(starts[i])))
			return true;
	return false;
}

/* ---- sections ---- */

struct section {
	const struct md_heading *heading;
	uint32_t from, to; /* nodes, the heading left out */
};

static struct section section_of(const struct md *md, size_t index)
{
	const struct md_heading *heading = &md->headings.data[index];
	struct section section = {heading, md->nodes[heading->node].end, md->n};
	for (size_t i = index + 1; i < md->headings.n; i++)
		if (md->headings.data[i].level <= heading->level) {
			section.to = md->headings.data[i].node;
			break;
		}
	return section;
}

/* Comments are no text. */
static bool html_says(struct str html)
{
	while (html.size) {
		size_t open = str_find(html, STR("<!--"));
		if (str_trim(str_sub(html, 0, open)).size)
			return true;
		if (open == SIZE_MAX)
			return false;
		size_t close = str_find_from(html, STR("-->"), open);
		html = close == SIZE_MAX ? STR_NONE : str_from_off(html, close + 3);
	}
	return false;
}

static enum content content_of(struct arena *arena, const struct md *md, struct section section)
{
	enum content content = CONTENT_NONE;
	for (uint32_t i = section.from; i < section.to;) {
		const struct md_node *node = &md->nodes[i];
		switch (node->kind) {
		case MD_LIST:
		case MD_ITEM:
		case MD_QUOTE:
		case MD_ADMONITION: i++; continue;
		case MD_HEADING:
		case MD_RULE: break;
		case MD_HTML_BLOCK:
			if (html_says(md_text(md, node)))
				return CONTENT_TEXT;
			break;
		case MD_PARAGRAPH: {
			struct str text = node->size > TEXT_MAX ? STR("long") : md_plain(arena, md, i);
			bool has_image = false;
			for (uint32_t k = i; k < node->end; k++)
				has_image |= md->nodes[k].kind == MD_IMAGE || md->nodes[k].kind == MD_FOOTNOTE_REF ||
					     (md->nodes[k].kind == MD_HTML && html_says(md_text(md, &md->nodes[k])));
			if (has_image || (text.size && !is_placeholder(text)))
				return CONTENT_TEXT;
			content = text.size ? CONTENT_PLACEHOLDER : content;
			break;
		}
		default: return CONTENT_TEXT;
		}
		i = node->end;
	}
	return content;
}

/* The one option of a section of options, that holds nothing but a list of one; 0: it is none. */
static uint32_t only_option(struct arena *arena, const struct md *md, struct section section)
{
	static const char *const names[] = {"considered options", "options considered"};
	struct str name = bare(section.heading->text);
	bool of_options = false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		of_options |= str_eq_nocase(name, str_from(names[i]));
	uint32_t list = section.from, item = 0;
	if (!of_options || list >= section.to || md->nodes[list].kind != MD_LIST || md->nodes[list].end != section.to)
		return 0;
	item = md_first(md, list);
	if (!item || md->nodes[item].end != md->nodes[list].end)
		return 0;
	for (uint32_t i = item; i < md->nodes[item].end; i++)
		if (md->nodes[i].kind == MD_LIST)
			return 0;
	struct str text = bare(md_plain(arena, md, item));
	bool none = str_starts_nocase(text, STR("no")) || str_starts_nocase(text, STR("n/a"));
	return none ? 0 : item;
}

/* Text of a section without blanks, to compare it. */
static struct str squeezed(struct arena *arena, const struct md *md, struct section section)
{
	struct buf out = {0};
	for (uint32_t i = section.from; i < section.to && out.size < TEXT_MAX; i++) {
		const struct md_node *node = &md->nodes[i];
		struct str text = node->kind == MD_TEXT || node->kind == MD_CODE || node->kind == MD_CODE_BLOCK
					  ? md_text(md, node)
					  : STR_NONE;
		for (size_t k = 0; k < text.size; k++)
			if (!isspace((unsigned char)text.data[k]))
				buf_addc(&out, (char)tolower((unsigned char)text.data[k]));
	}
	struct str copy = buf_dup(arena, &out);
	buf_free(&out);
	return copy;
}

/* ---- templates ---- */

/* Section texts of the templates in the folders of logs. */
struct templates {
	struct arena *arena;
	struct map texts; /* folder, '\n', text -> the template's page */
};

static struct str template_key(struct arena *arena, struct str folder, struct str text)
{
	return str_format(arena, STR_FMT "\n" STR_FMT, STR_ARG(folder), STR_ARG(text));
}

static void read_template(struct templates *templates, const struct page *page)
{
	const struct md *md = page->md;
	for (size_t i = 0; i < md->headings.n; i++) {
		struct str text = squeezed(templates->arena, md, section_of(md, i));
		if (text.size >= TEMPLATE_LEAST && text.size < TEXT_MAX)
			map_put(&templates->texts, template_key(templates->arena, path_dir(page->source->path), text),
				(void *)(uintptr_t)1);
	}
}

static void read_templates(struct templates *templates, const struct model *model)
{
	for (size_t i = 0; i < model->skipped.n; i++) {
		const struct skipped *skipped = &model->skipped.data[i];
		const struct page *page = skipped->source ? map_find(&model->page_by_path, skipped->path) : NULL;
		if (page && page->md && str_find(str_from(skipped->why), STR("template")) != SIZE_MAX)
			read_template(templates, page);
	}
}

static bool is_as_template(const struct templates *templates, const struct decision *decision, struct section section)
{
	if (!templates->texts.n)
		return false;
	struct str text = squeezed(templates->arena, decision->md, section);
	return map_has(&templates->texts, template_key(templates->arena, decision->log->folder, text));
}

/* ---- records ---- */

/* A record that is in work, or given up, may have gaps. */
static bool is_finished(const struct decision *decision)
{
	enum status status = decision->effective_status;
	return status == STATUS_ACCEPTED || status == STATUS_PROPOSED || status == STATUS_NONE ||
	       status == STATUS_UNKNOWN;
}

/* Parts that say something: a record may do without links and further words. */
static bool must_say(struct str heading)
{
	static const char *const free_parts[] = {"more information", "links",      "status", "date",
						 "confirmation",     "validation", "notes",  "assumptions"};
	struct str name = bare(heading);
	for (size_t i = 0; i < sizeof free_parts / sizeof *free_parts; i++)
		if (str_eq_nocase(name, str_from(free_parts[i])))
			return false;
	return record_is_section(heading);
}

/* A section that says nothing. */
struct found {
	const struct md_heading *heading;
	const char *what;
};
struct findings {
	VEC(struct found) list;
};

static void report(struct check *check, const struct md *md, const struct findings *findings)
{
	const struct found *first = &findings->list.data[0];
	struct str names[NOTES_MAX + 1];
	size_t n = 0;
	for (; n < findings->list.n && n <= NOTES_MAX; n++)
		names[n] = n < NOTES_MAX ? bare(findings->list.data[n].heading->text) : STR("...");
	struct span span = md_span(md, &md->nodes[first->heading->node]);
	struct diag *diag;
	if (findings->list.n == 1)
		diag = check_report(check, span, "\"" STR_FMT "\" %s", STR_ARG(names[0]), first->what);
	else
		diag = check_report(check, span, "%zu sections say nothing: " STR_FMT, findings->list.n,
				    STR_ARG(str_join(check->arena, names, n, STR(", "))));
	for (size_t i = 0; findings->list.n > 1 && i < n && i < NOTES_MAX; i++)
		check_note(check, diag, md_span(md, &md->nodes[findings->list.data[i].heading->node]),
			   "\"" STR_FMT "\" %s", STR_ARG(names[i]), findings->list.data[i].what);
	check_help(check, diag, "write what was meant, or take the heading out");
}

static const char *judge(struct arena *arena, const struct templates *templates, const struct decision *decision,
			 struct section section)
{
	const struct md *md = decision->md;
	switch (content_of(arena, md, section)) {
	case CONTENT_NONE: return "is empty";
	case CONTENT_PLACEHOLDER: return "holds only a placeholder";
	default: break;
	}
	if (is_as_template(templates, decision, section))
		return "still says what the template says";
	return only_option(arena, md, section) ? "lists a single option" : NULL;
}

static void check_record(struct check *check, const struct templates *templates, const struct decision *decision)
{
	struct arena *arena = arena_new();
	const struct md *md = decision->md;
	struct findings findings = {0};
	uint32_t told_to = 0;
	for (size_t i = 0; i < md->headings.n; i++) {
		struct section section = section_of(md, i);
		if (section.heading->node < told_to || !must_say(section.heading->text))
			continue;
		const char *what = judge(arena, templates, decision, section);
		if (!what)
			continue;
		told_to = section.to;
		vec_add(arena, &findings.list, (struct found){section.heading, what});
	}
	if (findings.list.n)
		report(check, md, &findings);
	arena_free(arena);
}

static void run(struct check *check)
{
	struct templates templates = {.arena = check->arena, .texts = {.arena = check->arena}};
	read_templates(&templates, check->model);
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		if (decision->md && is_finished(decision))
			check_record(check, &templates, decision);
	}
}

const struct rule rule_decision_section_empty = {
	.name = "decision-section-empty",
	.severity = SEVERITY_INFO,
	.group = "decisions",
	.summary = "a section of a decision record that says nothing",
	.explain =
		"A heading from the template with nothing below it tells a reader that something is missing, but not what. "
		"Told of the parts that records are made of (context, decision, consequences, options and their like) when "
		"they are empty, hold only a comment or a placeholder (TBD, \"{describe the context}\"), still say word for "
		"word what the template in their folder says, or when \"Considered options\" is a list of one.\n\n"
		"Links, notes and other parts that a record may do without are left alone, and so are drafts and records that "
		"are no longer in force.",
	.example = "## Consequences, and right below it the next heading",
	.cure = "Write what was meant, or take the heading out.",
	.run = run,
};
