/* The estate's own facts: `Message format: MessagePack`, where a heading, the title or the key itself names the subject. */
#include "fact/fact_parts.h"

enum { KEY_MAX = 60, NAMESAKES_MAX = 16 };

static bool holds_word(struct str text, struct str word)
{
	for (size_t at = str_find_nocase(text, word); at != SIZE_MAX && word.size; at++) {
		bool begins = !at || !isalnum((unsigned char)text.data[at - 1]);
		bool ends = at + word.size >= text.size || !isalnum((unsigned char)text.data[at + word.size]);
		if (begins && ends)
			return true;
		size_t next = str_find_nocase(str_from_off(text, at + 1), word);
		if (next == SIZE_MAX)
			return false;
		at += next;
	}
	return false;
}

/* Index of the section that holds the node; -1: none. */
static int section_at(const struct fact_sink *sink, uint32_t node)
{
	size_t from = 0, to = sink->sections.n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (sink->sections.data[middle].node <= node)
			from = middle + 1;
		else
			to = middle;
	}
	return (int)from - 1;
}

/* A heading above the node, or the page's title, names it. */
static bool is_near(const struct fact_sink *sink, uint32_t node, struct str name)
{
	int depth = 0;
	for (int i = section_at(sink, node); i >= 0 && depth < 8; i = sink->sections.data[i].parent, depth++)
		if (holds_word(md_plain(sink->arena, sink->page->md, sink->sections.data[i].node), name))
			return true;
	return holds_word(sink->page->title.str, name);
}

/* The thing that the first paragraph below the node's heading begins with: "NATS carries the messages"; NULL: none. */
static const struct entity *topic_of(const struct fact_sink *sink, uint32_t node)
{
	const struct md *md = sink->page->md;
	int section = section_at(sink, node);
	uint32_t heading = section < 0 ? 0 : sink->sections.data[section].node;
	uint32_t first = heading ? md_next(md, heading, md->nodes[0].end) : 0;
	if (!first || first >= node || md->nodes[first].kind != MD_PARAGRAPH)
		return NULL;
	size_t i = mention_from(sink->page, first);
	const struct mention *mention = i < sink->page->mentions.n ? &sink->page->mentions.data[i] : NULL;
	struct span span = md_span(md, &md->nodes[first]);
	if (!mention || !mention->entity || mention->node >= md->nodes[first].end)
		return NULL;
	struct str before =
		span_text(sink->model->sources, (struct span){span.source, span.off, mention->span.off - span.off});
	before = bare_name(before);
	return !before.size || str_eq_nocase(before, STR("the")) ? mention->entity : NULL;
}

/* The one declared fact of that attribute about the topic of the section; NULL: none. */
static const struct declared_fact *find_topic(const struct fact_sink *sink, uint32_t node, struct str key)
{
	const struct declared_facts *namesakes = declared_facts_called(sink->page->estate, key);
	const struct entity *topic = namesakes ? topic_of(sink, node) : NULL;
	for (size_t i = 0; topic && i < namesakes->list.n && i < NAMESAKES_MAX; i++) {
		const struct declared_fact *fact = namesakes->list.data[i];
		if (estate_find(sink->page->estate, fact->subject.str, topic->kind) == topic)
			return fact;
	}
	return NULL;
}

/* The one declared fact of that attribute whose subject stands near; NULL: none, or several. */
static const struct declared_fact *find_near(const struct fact_sink *sink, uint32_t node, struct str key)
{
	const struct declared_facts *namesakes = declared_facts_called(sink->page->estate, key);
	const struct declared_fact *found = NULL;
	for (size_t i = 0; namesakes && i < namesakes->list.n && i < NAMESAKES_MAX; i++) {
		const struct declared_fact *fact = namesakes->list.data[i];
		if (!is_near(sink, node, fact->subject.str))
			continue;
		if (found && !str_eq_nocase(found->subject.str, fact->subject.str))
			return NULL;
		found = fact;
	}
	return found;
}

/* "NATS message format": the key names the subject too. */
static const struct declared_fact *find_composed(const struct fact_sink *sink, struct str key)
{
	for (size_t at = 1; at + 1 < key.size; at++) {
		if (key.data[at] != ' ')
			continue;
		const struct declared_facts *namesakes =
			declared_facts_called(sink->page->estate, str_from_off(key, at + 1));
		struct str name = str_sub(key, 0, at);
		if (str_ends(name, STR("'s")))
			name.size -= 2;
		for (size_t i = 0; namesakes && i < namesakes->list.n && i < NAMESAKES_MAX; i++)
			if (str_eq_nocase(namesakes->list.data[i]->subject.str, name))
				return namesakes->list.data[i];
	}
	return NULL;
}

static void state_pair(struct fact_sink *sink, uint32_t node, struct str key, struct word value, bool struck)
{
	key = bare_name(key);
	if (!key.size || key.size > KEY_MAX || !str_trim(value.str).size)
		return;
	const struct declared_fact *fact = find_near(sink, node, key);
	if (!fact)
		fact = find_composed(sink, key);
	if (!fact)
		fact = find_topic(sink, node, key);
	if (!fact)
		return;
	struct estate *estate = sink->page->estate;
	struct entity *subject = str_eq_nocase(fact->subject.str, estate->entity.id.str)
					 ? &estate->entity
					 : estate_find(estate, fact->subject.str, ENTITY_KINDS);
	if (subject && attribute_find(fact->attribute.str, subject->kind))
		return;
	value.str = str_trim(value.str);
	struct statement statement = {
		.subject = subject,
		.subject_text = {fact->subject.str, value.span},
		.attribute = attribute_named("fact"),
		.detail = str_lower_ascii(sink->arena, fact->attribute.str),
		.value = value,
		.form = FORM_FIELD,
		.why = struck ? "struck through" : context_at(sink, node).why,
	};
	fact_state(sink, &statement);
}

static void read_paragraph(struct fact_sink *sink, uint32_t paragraph)
{
	const struct md *md = sink->page->md;
	if (str_find_char(span_text(sink->model->sources, md_span(md, &md->nodes[paragraph])), ':') == SIZE_MAX)
		return;
	struct run run = run_read(sink, paragraph);
	for (size_t from = 0; from < run.text.size;) {
		size_t end = str_find_char(str_from_off(run.text, from), '\n');
		size_t to = end == SIZE_MAX ? run.text.size : from + end;
		size_t colon = str_find_char(str_sub(run.text, from, to - from), ':');
		size_t at = colon == SIZE_MAX ? to : from + colon + 1;
		if (at < to && colon <= KEY_MAX) {
			while (at < to && strchr(" *_", run.text.data[at]))
				at++;
			state_pair(sink, paragraph, str_sub(run.text, from, colon), run_word(sink, &run, at, to),
				   run_marks(&run, at, to) & RUN_STRUCK);
		}
		from = to + 1;
	}
}

/* ---- tables ---- */

/* States the cell as that attribute of that name, when the estate declares it. */
static bool state_cell(struct fact_sink *sink, struct str name, struct str attribute, uint32_t cell)
{
	enum { NOT_GROUPS = ANY_KIND & ~KIND_BIT(ENTITY_RETIRED) };
	name = bare_name(name);
	attribute = bare_name(attribute);
	if (!name.size || !attribute.size || attribute.size > KEY_MAX ||
	    !declared_facts_called(sink->page->estate, attribute))
		return false;
	struct entity *subject = subject_named(sink, name, NOT_GROUPS);
	struct str detail = str_lower_ascii(sink->arena, attribute);
	const struct attribute *row = attribute_named("fact");
	if ((subject && attribute_find(attribute, subject->kind)) ||
	    !fact_declared_detail(sink->arena, sink->page->estate, subject, name, row, detail).values.n)
		return false;
	struct statement statement = {
		.subject = subject,
		.subject_text = {name, SPAN_NONE},
		.attribute = row,
		.detail = detail,
		.value = table_cell(sink, cell),
		.form = FORM_TABLE,
		.why = is_struck(sink->page->md, cell) ? "struck through" : context_at(sink, cell).why,
	};
	fact_state(sink, &statement);
	return true;
}

/* Rows or columns are the subjects; a table of two columns may also hold keys and values. */
static void read_table(struct fact_sink *sink, uint32_t table)
{
	const struct md *md = sink->page->md;
	struct table_row heads = {.n = 0};
	for (uint32_t node = md_first(md, table); node; node = md_next(md, node, md->nodes[table].end)) {
		struct table_row row = table_row(md, node);
		if (md->nodes[node].flags & MD_HEADER) {
			heads = row;
			continue;
		}
		struct str first = row.n ? table_cell(sink, row.node[0]).str : STR_NONE;
		bool stated = false;
		for (size_t i = 1; i < row.n && i < heads.n; i++) {
			struct str head = table_cell(sink, heads.node[i]).str;
			stated |= state_cell(sink, first, head, row.node[i]) ||
				  state_cell(sink, head, first, row.node[i]);
		}
		bool names_things = heads.n && subject_kinds(table_cell(sink, heads.node[0]).str);
		if (!stated && row.n == 2 && !names_things)
			state_pair(sink, node, first, table_cell(sink, row.node[1]), is_struck(md, row.node[1]));
	}
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	if (!page->estate || !page->estate->facts.n || !md)
		return;
	for (uint32_t i = 0; i < md->n; i++) {
		if (md->nodes[i].kind == MD_PARAGRAPH)
			read_paragraph(sink, i);
		else if (md->nodes[i].kind == MD_TABLE)
			read_table(sink, i);
	}
}

const struct form form_own_fact = {.name = "own fact", .find = find};
