/* Fields: `**Key**: value`, `- **Key**: value`, `Key: value` under a heading, quote or list item that names the subject,
 * or with the subject as key. */
#include "fact/fact_parts.h"

/* A list item around a line, or a line of bold text above it, that says whom what follows is about. */
struct lead {
	uint32_t end; /* node behind what it holds for */
	struct entity *subject;
	bool other; /* it names something else, and what follows is about that */
	const char *why;
};

enum { LEADS = 16 };

struct reader {
	struct fact_sink *sink;
	struct lead leads[LEADS];
	size_t n_leads;
	struct run run;
};

/* Key and value in the run's text. */
struct field {
	struct str key;
	size_t value_from, value_to;
	bool present;
};

/* ---- leads ---- */

/* Leads that divide what is said of one thing, and name no other. */
static bool only_divides(struct str text)
{
	return str_is_listed(
		text, "hardware|network|networking|specs|specification|specifications|details|overview|configuration|"
		      "config|general|info|information|resources|compute|status|summary|system|software|current|facts|"
		      "properties|settings|addresses|address|basics|key facts|at a glance|access|nodes|node");
}

static void push_lead(struct reader *reader, struct str text, uint32_t node, uint32_t end)
{
	struct lead lead = {.end = end};
	struct str name = bare_name(text);
	lead.subject = subject_named(reader->sink, text, ANY_KIND & ~KIND_BIT(ENTITY_ESTATE));
	lead.other = !lead.subject && !only_divides(name);
	lead.why = is_struck(reader->sink->page->md, node) ? "struck through" : context_why(text);
	if (reader->n_leads < LEADS)
		reader->leads[reader->n_leads++] = lead;
}

/* Name that an item's first line leads with: its bold text, else what stands before ':', '(' or a dash. */
static struct str item_name(struct reader *reader, uint32_t paragraph)
{
	const struct md *md = reader->sink->page->md;
	uint32_t first = paragraph + 1;
	if (first < md->nodes[paragraph].end && md->nodes[first].kind == MD_STRONG)
		return md_plain(reader->sink->arena, md, first);
	struct str text = md_plain(reader->sink->arena, md, paragraph);
	static const char *const ends[] = {":", " (", " - ", " – ", " — "};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		text = str_sub(text, 0, str_find(text, str_from(ends[i])));
	return text;
}

/* An item that holds more than its first paragraph. */
static void enter_item(struct reader *reader, uint32_t item)
{
	const struct md *md = reader->sink->page->md;
	uint32_t first = item + 1, end = md->nodes[item].end;
	if (first < end && md->nodes[first].kind == MD_PARAGRAPH && md->nodes[first].end < end)
		push_lead(reader, item_name(reader, first), first, end);
}

/* A paragraph that is nothing but bold text holds up to the next of its kind, or the next heading. */
static bool enter_bold_line(struct reader *reader, uint32_t paragraph)
{
	const struct md *md = reader->sink->page->md;
	uint32_t first = paragraph + 1, end = md->nodes[paragraph].end, last = first;
	if (first >= end || md->nodes[first].kind != MD_STRONG)
		return false;
	last = md->nodes[first].end;
	bool colon = last + 1 == end && md->nodes[last].kind == MD_TEXT &&
		     str_eq(str_trim(md_text(md, &md->nodes[last])), STR(":"));
	if (last != end && !colon)
		return false;
	while (reader->n_leads && reader->leads[reader->n_leads - 1].end == UINT32_MAX)
		reader->n_leads--;
	if (!reader->n_leads)
		push_lead(reader, md_plain(reader->sink->arena, md, first), first, UINT32_MAX);
	return true;
}

/* Whom a line is about, and whether it speaks of the present. */
static struct context line_context(const struct reader *reader, uint32_t node, bool *other)
{
	struct context context = context_at(reader->sink, node);
	*other = false;
	for (size_t i = reader->n_leads; i-- > 0;) {
		const struct lead *lead = &reader->leads[i];
		if (lead->why && !context.why)
			context.why = lead->why;
		if (*other || (!lead->subject && !lead->other))
			continue;
		context.subject = lead->subject;
		*other = lead->other;
		break;
	}
	return context;
}

/* True when a list item or a line of bold text names the subject itself. */
static bool in_lead(const struct reader *reader)
{
	for (size_t i = 0; i < reader->n_leads; i++)
		if (reader->leads[i].subject)
			return true;
	return false;
}

/* ---- fields of a line ---- */

/* A key of at most five words without marks of a sentence. */
static bool is_key(struct str key)
{
	size_t blanks = 0;
	for (size_t i = 0; i < key.size; i++) {
		blanks += key.data[i] == ' ';
		if (strchr(".;!?=\"", key.data[i]))
			return false;
	}
	return key.size && key.size <= 40 && blanks <= 4;
}

/* The field that text [from, to) of the run begins with: strong text up to its ':', or words up to ": ". */
static struct field field_at(const struct run *run, size_t from, size_t to)
{
	struct field field = {0};
	while (from < to && run->text.data[from] == ' ')
		from++;
	struct str text = str_sub(run->text, from, to - from);
	size_t colon = str_find_char(text, ':');
	if (colon == SIZE_MAX)
		return field;
	bool strong = run_marks(run, from, from + 1) & RUN_STRONG;
	bool open = colon + 1 < text.size && text.data[colon + 1] == ' ';
	if (!strong && !open)
		return field;
	field.key = str_trim(str_sub(text, 0, colon));
	field.value_from = from + colon + 1;
	field.value_to = to;
	field.present = is_key(field.key);
	return field;
}

/* Where the next field of a line begins behind '|', '·', ';' or ','; `to` when there is none. */
static size_t next_field(const struct run *run, size_t from, size_t to)
{
	static const char *const marks[] = {"|", "·", ";", ",", "•"};
	for (size_t at = from; at < to; at++) {
		char c = run->text.data[at];
		if (c != '|' && c != ';' && c != ',' && (unsigned char)c < 0x80)
			continue;
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			struct str mark = str_from(marks[i]);
			if (str_starts(str_sub(run->text, at, to - at), mark) &&
			    field_at(run, at + mark.size, to).present &&
			    str_find_char(field_at(run, at + mark.size, to).key, ',') == SIZE_MAX)
				return at;
		}
	}
	return to;
}

static size_t behind_mark(const struct run *run, size_t at)
{
	do
		at++;
	while (at < run->text.size && ((unsigned char)run->text.data[at] & 0xc0) == 0x80);
	return at;
}

/* ---- statements ---- */

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

void state_by_form(struct fact_sink *sink, const struct statement *statement)
{
	struct statement own = *statement;
	struct str words = own.subject->kind == ENTITY_NETWORK ? STR("cidr") : STR("address");
	own.attribute = attribute_find(words, own.subject->kind);
	if (own.attribute && begins_with_value(own.value.str))
		fact_state(sink, &own);
}

/* "Studio nodes": the key begins with the subject. */
static struct label composed_key(struct fact_sink *sink, struct str key, struct statement *statement)
{
	for (size_t at = 1; at + 1 < key.size; at++) {
		if (key.data[at] != ' ')
			continue;
		struct str name = str_sub(key, 0, at), rest = str_from_off(key, at + 1);
		if (str_ends(name, STR("'s")))
			name.size -= 2;
		struct entity *subject = subject_named(sink, name, ANY_KIND & ~KIND_BIT(ENTITY_ESTATE));
		struct label label = {0};
		if (subject)
			label = label_find(sink, rest, subject->kind);
		if (label.attribute) {
			statement->subject = subject;
			return label;
		}
	}
	return (struct label){0};
}

/* Binds a key without a subject: to the estate, or to what the headings name without a declaration. */
static struct label other_subject(struct fact_sink *sink, uint32_t node, struct str key, struct statement *statement)
{
	struct estate *estate = sink->page->estate;
	struct label label = {0};
	enum entity_kind kind = ENTITY_KINDS;
	struct word unbound = unbound_section(sink, node, &kind);
	if (unbound.str.size) {
		label = label_find(sink, key, kind);
		statement->subject_text = unbound;
		return label;
	}
	label = label_find(sink, key, ENTITY_ESTATE);
	if (!label.attribute)
		return label;
	if (estate)
		statement->subject = &estate->entity;
	else if (label.attribute->type == TYPE_COUNT && str_find_nocase(key, STR("total")) != SIZE_MAX)
		statement->subject_text = (struct word){STR("estate"), statement->value.span};
	else
		label.attribute = NULL;
	return label;
}

/* "**Workers**: elm, ash", "**Runs**: etcd, API server", "**Specs**: 4 cores, 16 GB RAM" */
static void state_list(struct reader *reader, const struct field *field, const struct statement *statement)
{
	const struct entity *subject = statement->subject;
	struct runs_list list = {statement->subject, FORM_FIELD, statement->why, 0};
	struct str role = role_said(reader->sink, field->key);
	if (subject && subject->kind == ENTITY_NODE && is_specs_word(field->key))
		state_specs(reader->sink, statement, field->key, &reader->run, field->value_from, field->value_to);
	else if (role.size)
		state_role_list(reader->sink, &list, role, &reader->run, field->value_from, field->value_to);
	else if (subject && is_runs_word(field->key) && (KIND_BIT(subject->kind) & RUNNING_KINDS))
		state_runs(reader->sink, &list, &reader->run, field->value_from, field->value_to);
}

static void state_field(struct reader *reader, const struct field *field, uint32_t node)
{
	struct fact_sink *sink = reader->sink;
	bool other = false;
	struct context context = line_context(reader, node, &other);
	struct word value = run_word(sink, &reader->run, field->value_from, field->value_to);
	value.str = str_trim(value.str);
	if (!value.str.size)
		return;
	struct statement statement = {
		.subject = context.subject, .value = value, .form = FORM_FIELD, .why = context.why};
	if (run_marks(&reader->run, field->value_from, field->value_to) & RUN_STRUCK)
		statement.why = "struck through";
	if (!statement.why)
		statement.why = context_why(field->key);
	state_list(reader, field, &statement);
	struct label label = {0};
	if (context.subject)
		label = label_find_for(sink, field->key, context.subject);
	else if (!other)
		label = other_subject(sink, node, field->key, &statement);
	if (!label.attribute)
		label = composed_key(sink, field->key, &statement);
	if (label.attribute) {
		bool strays = label.attribute->type == TYPE_COUNT && statement.subject == context.subject &&
			      context.subject && !in_lead(reader) && section_strays(sink, node);
		if (strays && !statement.why)
			statement.why = "in a section about something else";
		statement.attribute = label.attribute;
		statement.detail = label.detail;
		statement.value = label_value(sink, &label, value);
		state_value(sink, &statement);
		return;
	}
	statement.subject = subject_named(sink, field->key,
					  KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) | KIND_BIT(ENTITY_NETWORK) |
						  KIND_BIT(ENTITY_SERVICE));
	if (statement.subject)
		state_by_form(sink, &statement);
}

/* All fields of the run's text [from, to), which is one line. */
static void read_line(struct reader *reader, size_t from, size_t to, bool in_item)
{
	const struct run *run = &reader->run;
	struct field field = field_at(run, from, to);
	if (!field.present)
		return;
	bool strong = run_marks(run, field.value_from - 1, field.value_from) & RUN_STRONG ||
		      run_marks(run, from, from + 1) & RUN_STRONG;
	if (!strong && !in_item && to - from > 100)
		return;
	uint32_t node = run->block;
	while (field.present) {
		size_t next = next_field(run, field.value_from, to);
		field.value_to = next;
		state_field(reader, &field, node);
		field = next < to ? field_at(run, behind_mark(run, next), to) : (struct field){0};
	}
}

/* True when a line of the paragraph may be a field: costs little, and most paragraphs are none. */
static bool may_hold_field(const struct md *md, uint32_t paragraph)
{
	bool begins = true;
	for (uint32_t i = paragraph + 1; i < md->nodes[paragraph].end; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_SOFT_BREAK || node->kind == MD_LINE_BREAK) {
			begins = true;
			continue;
		}
		if (!begins)
			continue;
		begins = false;
		if (node->kind == MD_STRONG)
			return true;
		struct str text = node->kind == MD_TEXT || node->kind == MD_CODE ? md_text(md, node) : STR_NONE;
		if (node->kind == MD_CODE || str_find_char(str_sub(text, 0, 41), ':') != SIZE_MAX)
			return true;
	}
	return false;
}

/* Each line of a paragraph is read on its own. */
static void read_paragraph(struct reader *reader, uint32_t paragraph, bool in_item)
{
	const struct md *md = reader->sink->page->md;
	if (!may_hold_field(md, paragraph) || (!in_item && enter_bold_line(reader, paragraph)))
		return;
	reader->run = run_read(reader->sink, paragraph);
	size_t from = 0;
	for (size_t i = 0; i < reader->run.pieces.n; i++) {
		if (reader->run.pieces.data[i].node)
			continue;
		size_t at = reader->run.pieces.data[i].at;
		if (at > from)
			read_line(reader, from, at, in_item);
		from = at + 1;
	}
	if (from < reader->run.text.size)
		read_line(reader, from, reader->run.text.size, in_item);
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	struct reader reader = {.sink = sink};
	uint32_t item_end = 0;
	for (uint32_t i = 0; i < md->n; i++) {
		enum md_kind kind = (enum md_kind)md->nodes[i].kind;
		if (kind == MD_HEADING)
			reader.n_leads = 0;
		while (reader.n_leads && reader.leads[reader.n_leads - 1].end <= i)
			reader.n_leads--;
		if (kind == MD_ITEM) {
			item_end = md->nodes[i].end > item_end ? md->nodes[i].end : item_end;
			enter_item(&reader, i);
		} else if (kind == MD_PARAGRAPH) {
			read_paragraph(&reader, i, i < item_end);
		}
	}
}

const struct form form_field = {.name = "field", .find = find, .without_estate = true};
