/* Fields: `**Key**: value`, `- **Key**: value`, `- Key: value`, in a section that names the subject or with the subject as key. */
#include "fact/fact_parts.h"

/* Key and value of a paragraph's line, as plain words with the value's place. */
struct field {
	struct str key;
	struct word value;
	bool present, struck;
};

/* The nodes [from, to) of one line of a paragraph, soft breaks excluded. */
static struct word line_value(struct fact_sink *sink, uint32_t from, uint32_t to)
{
	const struct md *md = sink->page->md;
	struct buf text = {0};
	struct span span = md_span(md, &md->nodes[from]);
	for (uint32_t i = from; i < to; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_TEXT || node->kind == MD_CODE)
			buf_add(&text, md_text(md, node));
		struct span own = md_span(md, node);
		if (own.size && own.off + own.size > span.off + span.size)
			span.size = own.off + own.size - span.off;
	}
	struct word word = {buf_dup(sink->arena, &text), span};
	buf_free(&text);
	return word;
}

static bool has_strike(const struct md *md, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (md->nodes[i].kind == MD_STRIKE)
			return true;
	return false;
}

/* Splits a line that starts with a strong key: the ':' stands inside the strong text or right behind it. */
static struct field strong_field(struct fact_sink *sink, uint32_t from, uint32_t to)
{
	const struct md *md = sink->page->md;
	struct field field = {0};
	uint32_t behind = md->nodes[from].end;
	struct str key = str_trim(md_plain(sink->arena, md, from));
	if (behind >= to)
		return field;
	struct word value = line_value(sink, behind, to);
	struct str rest = str_trim_left(value.str);
	bool inside = str_ends(key, STR(":"));
	if (!inside && !str_starts(rest, STR(":")))
		return field;
	field.key = inside ? str_sub(key, 0, key.size - 1) : key;
	field.value = (struct word){str_trim(inside ? rest : str_from_off(rest, 1)), value.span};
	field.present = true;
	return field;
}

/* Splits "Key: value" at the first ": ", when the key is at most four words of letters. */
static struct field plain_field(struct fact_sink *sink, uint32_t from, uint32_t to)
{
	const struct md *md = sink->page->md;
	struct field field = {0};
	if (md->nodes[from].kind != MD_TEXT && md->nodes[from].kind != MD_CODE)
		return field;
	struct word line = line_value(sink, from, to);
	size_t colon = str_find(line.str, STR(": "));
	if (colon == SIZE_MAX || colon > 40)
		return field;
	field.key = str_sub(line.str, 0, colon);
	size_t blanks = 0;
	for (size_t i = 0; i < field.key.size; i++)
		blanks += field.key.data[i] == ' ';
	if (blanks > 3)
		return field;
	field.value = (struct word){str_trim(str_from_off(line.str, colon + 2)), line.span};
	field.present = true;
	return field;
}

/* True when the text begins with an address or prefix, marks and a scheme aside: "reached from 10.0.0.1" is a sentence. */
static bool begins_with_value(struct str text)
{
	size_t n = 0;
	while (text.size && strchr("`*_(<\"'", text.data[0]))
		text = str_from_off(text, 1);
	size_t scheme = str_find(text, STR("://"));
	if (scheme != SIZE_MAX && scheme <= 5)
		text = str_from_off(text, scheme + 3);
	while (n < text.size && (isxdigit((unsigned char)text.data[n]) || text.data[n] == '.' || text.data[n] == ':'))
		n++;
	return n > 2 && isxdigit((unsigned char)text.data[0]) &&
	       (n == text.size || !isalpha((unsigned char)text.data[n]));
}

/* `- storm: 192.168.100.25`: the key is the subject, and the value's own form is the attribute. */
static void state_of_key(struct fact_sink *sink, const struct field *field, const char *why)
{
	unsigned kinds =
		KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) | KIND_BIT(ENTITY_NETWORK) | KIND_BIT(ENTITY_SERVICE);
	struct entity *subject = subject_named(sink, field->key, kinds);
	if (!subject || !begins_with_value(field->value.str))
		return;
	const struct attribute *attribute =
		attribute_find(subject->kind == ENTITY_NETWORK ? STR("cidr") : STR("address"), subject->kind);
	struct statement statement = {
		.subject = subject, .attribute = attribute, .value = field->value, .form = FORM_FIELD, .why = why};
	if (attribute)
		fact_state(sink, &statement);
}

static void read_line(struct fact_sink *sink, uint32_t from, uint32_t to, bool in_item)
{
	const struct md *md = sink->page->md;
	struct field field = {0};
	if (md->nodes[from].kind == MD_STRONG)
		field = strong_field(sink, from, to);
	else if (in_item)
		field = plain_field(sink, from, to);
	if (!field.present || !field.value.str.size)
		return;
	struct context context = context_at(sink, from);
	const char *why = has_strike(md, from, to) ? "struck through"
			  : context.why            ? context.why
						   : context_why(field.key);
	struct entity *estate = sink->page->estate ? &sink->page->estate->entity : NULL;
	const struct attribute *attribute = context.subject ? attribute_find(field.key, context.subject->kind) : NULL;
	struct entity *subject = context.subject;
	if (!attribute && !context.subject && estate) {
		attribute = attribute_find(field.key, ENTITY_ESTATE);
		subject = estate;
	}
	struct statement statement = {
		.subject = subject, .attribute = attribute, .value = field.value, .form = FORM_FIELD, .why = why};
	if (attribute)
		fact_state(sink, &statement);
	else
		state_of_key(sink, &field, why);
}

/* Each line of a paragraph is a field of its own. */
static void read_paragraph(struct fact_sink *sink, uint32_t paragraph, bool in_item)
{
	const struct md *md = sink->page->md;
	uint32_t end = md->nodes[paragraph].end, from = 0;
	for (uint32_t i = md_first(md, paragraph); i; i = md_next(md, i, end)) {
		if (md->nodes[i].kind == MD_SOFT_BREAK || md->nodes[i].kind == MD_LINE_BREAK) {
			if (from)
				read_line(sink, from, i, in_item);
			from = 0;
		} else if (!from) {
			from = i;
		}
	}
	if (from)
		read_line(sink, from, end, in_item);
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	uint32_t item_end = 0;
	for (uint32_t i = 0; i < md->n; i++) {
		if (md->nodes[i].kind == MD_ITEM && md->nodes[i].end > item_end)
			item_end = md->nodes[i].end;
		if (md->nodes[i].kind == MD_PARAGRAPH)
			read_paragraph(sink, i, i < item_end);
	}
}

const struct form form_field = {.name = "field", .find = find};
