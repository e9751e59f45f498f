/* Whom a section is about, and whether it speaks of the present. */
#include "fact/fact_parts.h"

/* The entity that the mentions in a heading name; several different ones name nobody. A heading that is nothing but a
 * name says whom it is about, even when the name is an ordinary word. */
static void section_subject(const struct fact_sink *sink, struct section *section, struct str heading)
{
	const struct page *page = sink->page;
	uint32_t end = page->md->nodes[section->node].end;
	for (size_t i = mention_from(page, section->node); i < page->mentions.n; i++) {
		const struct mention *mention = &page->mentions.data[i];
		if (mention->node >= end)
			break;
		if (!mention->entity)
			continue;
		if (section->subject && section->subject != mention->entity)
			section->names_several = true;
		section->subject = mention->entity;
	}
	if (section->names_several)
		section->subject = NULL;
	else if (!section->subject)
		section->subject = subject_named(
			sink, heading, KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE));
}

/* A heading whose words of time are those of a name ("legacy" is a cluster) says nothing of time. */
static const char *section_why(const struct section *section, struct str heading)
{
	const char *why = context_heading_why(heading);
	if (!why || !section->subject)
		return why;
	const struct entity *entity = section->subject;
	return context_heading_why(entity->id.str) || context_heading_why(entity_title(entity)) ? NULL : why;
}

/* What a decision record tells of the time before it. */
static bool is_record_context(const struct page *page, struct str heading)
{
	static const char *const words[] = {"context", "background", "problem", "current state", "current situation"};
	for (size_t i = 0; page->decision && i < sizeof words / sizeof *words; i++)
		if (str_starts_nocase(heading, str_from(words[i])))
			return true;
	return false;
}

static struct entity *page_subject(const struct fact_sink *sink)
{
	const struct page *page = sink->page;
	const struct fm_field *about = fm_find(&page->md->front, "about");
	if (about)
		return subject_named(sink, about->value.str, ANY_KIND);
	struct entity *entity =
		subject_named(sink, path_stem(page->source->path), KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE));
	if (!entity)
		entity = subject_named(sink, page->title.str, ANY_KIND & ~KIND_BIT(ENTITY_ESTATE));
	return entity;
}

/* Index of the last section that starts before a node, or -1. */
static int section_before(const struct fact_sink *sink, uint32_t node)
{
	size_t low = 0, high = sink->sections.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (sink->sections.data[middle].node <= node)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)low - 1;
}

/* By the path below the estate's folder: an estate that stands in examples/ is checked like any other. */
static const char *page_why(const struct page *page)
{
	struct str path = page->source->path;
	if (page->decision)
		return NULL;
	if (page->estate && page->estate->folder.size && path_is_under(path, page->estate->folder))
		path = str_from_off(path, page->estate->folder.size + 1);
	return context_path_why(path);
}

/* `<!-- lintel:history -->` marks the section it stands in, and so what is below it. */
static void mark_history(struct fact_sink *sink)
{
	const struct md *md = sink->page->md;
	for (uint32_t i = 1; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if ((node->kind != MD_HTML_BLOCK && node->kind != MD_HTML) ||
		    str_find(md_text(md, node), STR("<!-- lintel:history -->")) == SIZE_MAX)
			continue;
		int section = section_before(sink, i);
		if (section >= 0)
			sink->sections.data[section].why = "marked as history";
	}
}

void context_begin(struct fact_sink *sink)
{
	const struct md *md = sink->page->md;
	for (size_t i = 0; i < md->headings.n; i++) {
		struct section section = {
			.node = md->headings.data[i].node, .level = md->headings.data[i].level, .parent = -1};
		section_subject(sink, &section, md->headings.data[i].text);
		section.why = section_why(&section, md->headings.data[i].text);
		if (is_struck(md, section.node))
			section.why = "struck through";
		else if (!section.why && is_record_context(sink->page, md->headings.data[i].text))
			section.why = "context of a decision";
		section.parent = (int)sink->sections.n - 1;
		while (section.parent >= 0 && sink->sections.data[section.parent].level >= section.level)
			section.parent = sink->sections.data[section.parent].parent;
		vec_add(sink->arena, &sink->sections, section);
	}
	sink->page_subject = page_subject(sink);
	sink->page_why = page_why(sink->page);
	mark_history(sink);
}

struct str context_heading(const struct fact_sink *sink, uint32_t node)
{
	int section = section_before(sink, node);
	return section < 0 ? STR_NONE : sink->page->md->headings.data[section].text;
}

struct context context_at(const struct fact_sink *sink, uint32_t node)
{
	struct context context = {0};
	bool settled = false;
	for (int i = section_before(sink, node); i >= 0; i = sink->sections.data[i].parent) {
		const struct section *section = &sink->sections.data[i];
		if (section->why && !context.why)
			context.why = section->why;
		if (!settled && (section->subject || section->names_several)) {
			context.subject = section->subject;
			settled = true;
		}
	}
	if (!settled)
		context.subject = sink->page_subject;
	if (sink->page_why && !context.why)
		context.why = sink->page_why;
	return context;
}
