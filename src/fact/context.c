/* Whom a section is about, and whether it speaks of the present. */
#include "fact/fact_parts.h"

static const struct {
	const char *word;
	const char *why;
} marks[] = {
	{"history", "history"},
	{"changelog", "history"},
	{"change log", "history"},
	{"previous", "history"},
	{"previously", "history"},
	{"formerly", "history"},
	{"former", "history"},
	{"legacy", "history"},
	{"old", "history"},
	{"was", "history"},
	{"were", "history"},
	{"before", "history"},
	{"migrated", "history"},
	{"migration", "history"},
	{"deprecated", "history"},
	{"retired", "history"},
	{"decommissioned", "history"},
	{"removed", "history"},
	{"original", "history"},
	{"originally", "history"},
	{"incident", "history"},
	{"postmortem", "history"},
	{"planned", "plan"},
	{"plan", "plan"},
	{"plans", "plan"},
	{"future", "plan"},
	{"roadmap", "plan"},
	{"proposed", "plan"},
	{"proposal", "plan"},
	{"target", "plan"},
	{"todo", "plan"},
	{"upcoming", "plan"},
	{"option", "comparison"},
	{"options", "comparison"},
	{"alternative", "comparison"},
	{"alternatives", "comparison"},
	{"comparison", "comparison"},
	{"versus", "comparison"},
	{"vs", "comparison"},
	{"example", "example"},
	{"examples", "example"},
	{"sample", "example"},
	{"template", "example"},
	{"wrong", "negation"},
	{"not", "negation"},
	{"never", "negation"},
	{"recommended", "plan"},
	{"minimum", "comparison"},
	{"maximum", "comparison"},
	{"max", "comparison"},
	{"min", "comparison"},
	{"unavailable", "negation"},
	{"failed", "history"},
	{"unhealthy", "history"},
	{"required", "comparison"},
};

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static const char *why_of_word(struct str word)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (marks[i].word[0] == tolower((unsigned char)word.data[0]) &&
		    str_eq_nocase(word, str_from(marks[i].word)))
			return marks[i].why;
	return NULL;
}

const char *context_why(struct str words)
{
	bool after_no = false;
	for (size_t at = 0; at < words.size;) {
		size_t start = at;
		while (at < words.size && is_word_byte(words.data[at]))
			at++;
		struct str word = str_sub(words, start, at - start);
		if (!word.size) {
			if (words.data[at] == '-' && at + 1 < words.size && words.data[at + 1] == '>')
				return "history";
			at++;
			continue;
		}
		if (str_starts(word, STR("→")) || (after_no && str_eq_nocase(word, STR("longer"))))
			return "history";
		const char *why = why_of_word(word);
		if (why)
			return why;
		after_no = str_eq_nocase(word, STR("no"));
	}
	return NULL;
}

/* The entity that the mentions in a heading name; several different ones name nobody. A heading that is nothing but a
 * name says whom it is about, even when the name is an ordinary word. */
static void section_subject(const struct fact_sink *sink, struct section *section, struct str heading)
{
	const struct page *page = sink->page;
	uint32_t end = page->md->nodes[section->node].end;
	for (size_t i = 0; i < page->mentions.n; i++) {
		const struct mention *mention = &page->mentions.data[i];
		if (mention->node < section->node || mention->node >= end || !mention->entity)
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

void context_begin(struct fact_sink *sink)
{
	const struct md *md = sink->page->md;
	for (size_t i = 0; i < md->headings.n; i++) {
		struct section section = {
			.node = md->headings.data[i].node, .level = md->headings.data[i].level, .parent = -1};
		section_subject(sink, &section, md->headings.data[i].text);
		section.why = context_why(md->headings.data[i].text);
		for (size_t k = sink->sections.n; k-- > 0;)
			if (sink->sections.data[k].level < section.level) {
				section.parent = (int)k;
				break;
			} else if (sink->sections.data[k].parent >= 0 &&
				   sink->sections.data[sink->sections.data[k].parent].level < section.level) {
				section.parent = sink->sections.data[k].parent;
				break;
			}
		vec_add(sink->arena, &sink->sections, section);
	}
	sink->page_subject = page_subject(sink);
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
	return context;
}
