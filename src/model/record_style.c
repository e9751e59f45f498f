/* How a log writes its records: places, the words of a status, verbs, the text of links, headings. */
#include "model/record.h"

#define NEWEST 15
#define SPELLINGS 64

/* ---- counting what is used ---- */

struct spelling {
	struct str text;
	size_t n;
};

/* The spellings met, the most frequent one wanted. */
struct spellings {
	struct spelling list[SPELLINGS];
	size_t n;
};

static void count(struct spellings *spellings, struct str text)
{
	for (size_t i = 0; i < spellings->n; i++)
		if (str_eq(spellings->list[i].text, text)) {
			spellings->list[i].n++;
			return;
		}
	if (spellings->n < SPELLINGS)
		spellings->list[spellings->n++] = (struct spelling){text, 1};
}

static struct str most_used(const struct spellings *spellings)
{
	const struct spelling *best = NULL;
	for (size_t i = 0; i < spellings->n; i++)
		if (!best || spellings->list[i].n > best->n)
			best = &spellings->list[i];
	return best ? best->text : STR_NONE;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

struct str record_core(struct str raw)
{
	size_t start = 0;
	while (start < raw.size) {
		size_t next = start;
		if (utf8_is_letter(utf8_next(raw, &next)))
			break;
		start = next;
	}
	size_t end = start, at = start;
	while (at < raw.size) {
		size_t next = at;
		uint32_t code = utf8_next(raw, &next);
		if (!utf8_is_letter(code) && code != '-' && code != '_')
			break;
		at = next;
		if (utf8_is_letter(code))
			end = next;
	}
	return str_sub(raw, start, end - start);
}

static struct str upper_first(struct arena *arena, struct str words, size_t n)
{
	struct buf out = {0};
	for (size_t i = 0; i < words.size; i++) {
		char c = words.data[i];
		buf_addc(&out, i < n && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
	}
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return text;
}

struct str record_cased(struct arena *arena, struct str words, struct str like)
{
	struct str core = record_core(like);
	bool first = core.size && is_upper(core.data[0]);
	bool all = first && core.size > 1 && is_upper(core.data[1]);
	struct str lower = str_lower_ascii(arena, words);
	return upper_first(arena, lower, all ? words.size : first ? 1 : 0);
}

/* ---- reading a log ---- */

static bool is_in_front(const struct decision *decision, struct span span)
{
	const struct front_matter *front = &decision->page->md->front;
	return front->present && span.off < front->span.off + front->span.size;
}

static struct str source_text(const struct decision *decision, struct span span)
{
	return span.source == decision->source->id ? str_sub(decision->source->text, span.off, span.size) : STR_NONE;
}

/* One word, whatever emphasis or symbol stands with it. */
static bool is_one_word(struct str raw)
{
	struct str core = record_core(raw);
	size_t before = (size_t)(core.data - raw.data), behind = raw.size - before - core.size;
	if (core.size == 0 || core.size > 20 || before > 8 || behind > 4)
		return false;
	for (size_t i = 0; i < raw.size; i++)
		if (is_digit(raw.data[i]) || raw.data[i] == '\n' || strchr("[]{}<", raw.data[i]))
			return false;
	return true;
}

static void read_words(struct record_style *style)
{
	for (int status = STATUS_DRAFT; status < STATUS_UNKNOWN; status++)
		for (int in_front = IN_BODY; in_front < IN_EITHER; in_front++) {
			struct spellings words = {.n = 0};
			for (size_t i = 0; i < style->log->decisions.n; i++) {
				const struct decision *decision = style->log->decisions.data[i];
				struct str raw = source_text(decision, decision->status_text.span);
				if ((int)decision->status == status && is_one_word(raw) &&
				    is_in_front(decision, decision->status_text.span) == in_front)
					count(&words, raw);
			}
			style->status[status][in_front] = most_used(&words);
		}
}

/* The words before the target of a statement; empty: a field says it. */
static struct str verb_of(struct str statement, struct str target)
{
	size_t n = 0, end = str_find(statement, target);
	while (n < statement.size && n < end && (is_letter(statement.data[n]) || strchr(" -_", statement.data[n])))
		n++;
	struct str verb = str_trim(str_sub(statement, 0, n));
	while (str_ends_nocase(verb, STR(" adr")) || str_ends_nocase(verb, STR(" adr-")))
		verb = str_trim(str_sub(verb, 0, str_rfind_char(verb, ' ')));
	return n < statement.size && verb.size > 5 && verb.size < 24 ? verb : STR_NONE;
}

/* "ADR-" of "ADR-0012"; data NULL: no such form. */
static struct str id_prefix(struct str text, long long number)
{
	size_t n = 0;
	while (n < text.size && !is_digit(text.data[n]))
		n++;
	size_t end = n;
	while (end < text.size && is_digit(text.data[end]))
		end++;
	bool whole = end == text.size && end > n && n < 8 && decision_number(text) == number;
	return whole ? str_sub(text, 0, n) : STR_NONE;
}

struct link_count {
	size_t n[LINK_FORMS];
	struct spellings prefixes;
};

static void count_link(struct link_count *links, const struct relation *relation, struct str statement)
{
	struct record_ref target = record_ref_of(relation->target);
	struct str text = str_trim(relation->target_text), prefix = id_prefix(text, target.number);
	bool link = str_find(statement, STR("](")) != SIZE_MAX;
	if (prefix.data) {
		links->n[link ? LINK_ID : LINK_BARE_ID]++;
		count(&links->prefixes, prefix);
	} else if (link && str_eq(text, target.stem)) {
		links->n[LINK_STEM]++;
	} else if (link && str_eq(text, target.heading)) {
		links->n[str_eq(target.heading, target.title) ? LINK_TITLE : LINK_HEADING]++;
	} else if (link && str_eq(text, target.title)) {
		links->n[LINK_TITLE]++;
	}
}

static void read_relations(struct record_style *style, struct link_count *links)
{
	struct spellings verbs[RELATION_KINDS] = {0};
	for (size_t i = 0; i < style->log->decisions.n; i++) {
		const struct decision *decision = style->log->decisions.data[i];
		for (size_t k = 0; k < decision->relations.n; k++) {
			const struct relation *relation = &decision->relations.data[k];
			struct str statement = source_text(decision, relation->span);
			struct str verb = verb_of(statement, relation->target_text);
			if (verb.size && !relation->partial)
				count(&verbs[relation->kind], verb);
			if (relation->target)
				count_link(links, relation, statement);
		}
	}
	for (int kind = 0; kind < RELATION_KINDS; kind++)
		style->verb[kind] = most_used(&verbs[kind]);
}

/* The usual text of links where the log has none so far. */
static enum link_form usual_link(const struct record_style *style)
{
	const struct decision *last = style->log && style->log->decisions.n ? style->log->decisions.data[0] : NULL;
	if (last && last->number < 0)
		return LINK_STEM;
	return style->place == PLACE_SECTION || style->place == PLACE_LINE ? LINK_HEADING : LINK_ID;
}

static void settle_links(struct record_style *style, const struct link_count *links)
{
	size_t best = 0;
	for (size_t i = 1; i < LINK_FORMS; i++)
		if (links->n[i] > links->n[best])
			best = i;
	style->link = links->n[best] ? (enum link_form)best : usual_link(style);
	style->link_prefix = links->prefixes.n ? most_used(&links->prefixes) : STR("ADR-");
}

/* A run of blanks as one. */
static struct str single_blanks(struct str text)
{
	while (text.size >= 2 && text.data[text.size - 1] == ' ' && text.data[text.size - 2] == ' ')
		text.size--;
	return text;
}

static void read_heading(struct record_style *style)
{
	struct spellings before = {.n = 0}, behind = {.n = 0};
	size_t with = 0, without = 0;
	for (size_t i = style->log->decisions.n; i-- > 0 && with + without < NEWEST;) {
		const struct decision *decision = style->log->decisions.data[i];
		const struct md_heading *heading = record_heading(decision->page->md);
		if (!heading)
			continue;
		struct record_title title =
			record_title_read(heading->text, decision->number, record_name_read(decision->path).house);
		bool numbered = title.number >= 0 && title.digits.data && title.text.data > title.digits.data;
		with += numbered;
		without += !numbered;
		if (!numbered)
			continue;
		size_t start = (size_t)(title.digits.data - heading->text.data), end = start + title.digits.size;
		size_t words = (size_t)(title.text.data - heading->text.data);
		count(&before, str_sub(heading->text, 0, start));
		count(&behind, single_blanks(str_sub(heading->text, end, words - end)));
		if (title.digits.data[0] == '0')
			style->heading_digits = title.digits.size;
	}
	if (with == 0 || without > with)
		return;
	style->heading_before = most_used(&before);
	style->heading_behind = most_used(&behind);
}

/* The field that says the status of a record, or NULL. */
static const struct field *status_field(const struct model *model, const struct decision *decision,
					struct fields *fields)
{
	fields->config = model->config;
	fields_collect(decision->page->md, fields);
	for (size_t k = 0; k < fields->n; k++)
		if (fields->list[k].value.span.off == decision->status_text.span.off &&
		    fields->list[k].key == KEY_STATUS)
			return &fields->list[k];
	return fields_find(fields, KEY_STATUS, ~0u);
}

static void read_places(struct arena *arena, const struct model *model, struct record_style *style)
{
	size_t n[PLACES] = {0}, best = style->place, last = style->log->decisions.n;
	size_t first = last > NEWEST ? last - NEWEST : 0;
	struct fields *fields = NEW(arena, struct fields);
	for (size_t i = first; i < last; i++) {
		const struct field *field = status_field(model, style->log->decisions.data[i], fields);
		if (field)
			n[field->place]++;
	}
	for (size_t i = 0; i < PLACES; i++)
		if (n[i] > n[best])
			best = i;
	bool ours = best != PLACE_HTML && best != PLACE_HEADER && best != PLACE_SIDE && best != PLACE_LOOSE;
	style->place = ours ? (enum field_place)best : PLACE_SECTION;
	for (size_t i = last; i-- > first && !style->newest;) {
		const struct decision *decision = style->log->decisions.data[i];
		const struct field *field = status_field(model, decision, fields);
		if (!field || field->place != best)
			continue;
		style->newest = decision->page->md;
		style->newest_fields = arena_copy(arena, fields, sizeof *fields);
	}
}

const struct record_style *record_style_read(struct arena *arena, const struct model *model,
					     const struct decision_log *log)
{
	struct record_style *style = NEW(arena, struct record_style);
	*style = (struct record_style){.model = model, .log = log, .place = PLACE_SECTION, .bullet = STR("- ")};
	if (!log || log->decisions.n == 0) {
		style->heading_before = STR("");
		style->heading_behind = STR(". ");
		style->link_prefix = STR("ADR-");
		return style;
	}
	struct link_count links = {.n = {0}};
	read_places(arena, model, style);
	read_words(style);
	read_relations(style, &links);
	settle_links(style, &links);
	read_heading(style);
	const struct source *newest = log->decisions.data[log->decisions.n - 1]->source;
	size_t line = str_find_char(newest->text, '\n');
	style->crlf = line != SIZE_MAX && line > 0 && newest->text.data[line - 1] == '\r';
	size_t stars = 0, dashes = 0;
	for (struct str rest = newest->text; rest.data;) {
		struct str text = str_cut_line(&rest);
		stars += str_starts(text, STR("* "));
		dashes += str_starts(text, STR("- "));
	}
	style->bullet = stars > dashes ? STR("* ") : STR("- ");
	return style;
}

/* ---- in the log's words ---- */

struct str record_status_words(struct arena *arena, const struct record_style *style, enum status status, bool in_front,
			       struct str like)
{
	struct str words = style->status[status][in_front];
	if (words.size)
		return words;
	struct str name = str_from(status_name(status));
	if (record_core(like).size)
		return record_cased(arena, name, like);
	words = style->status[status][!in_front];
	bool lower = in_front || style->place == PLACE_BULLET || style->place == PLACE_FRONT;
	return record_cased(arena, words.size ? record_core(words) : name, lower ? STR("x") : STR("Xx"));
}

struct str record_verb(const struct record_style *style, enum relation_kind kind)
{
	static const char *const usual[RELATION_KINDS] = {"Supersedes", "Superseded by", "Amends", "Amended by",
							  "Relates to"};
	if (style->verb[kind].size)
		return style->verb[kind];
	/* Who misspells the one misspells the other. */
	enum relation_kind other = kind == RELATION_SUPERSEDES ? RELATION_SUPERSEDED_BY : RELATION_SUPERSEDES;
	if (kind <= RELATION_SUPERSEDED_BY && str_starts_nocase(style->verb[other], STR("superce")))
		return kind == RELATION_SUPERSEDES ? STR("Supercedes") : STR("Superceded by");
	return str_from(usual[kind]);
}

enum relation_kind relation_of_verb(struct str verb)
{
	char text[96];
	struct statements found;
	int n = snprintf(text, sizeof text, STR_FMT " [ADR-1](0001-x.md)", STR_ARG(str_sub(verb, 0, 48)));
	statements_find((struct str){text, (size_t)n}, STR(""), &found);
	return found.n == 1 && found.list[0].has_target ? found.list[0].kind : RELATION_KINDS;
}

struct record_ref record_ref_of(const struct decision *decision)
{
	const struct md_heading *heading = record_heading(decision->page->md);
	struct str title = decision->title.str.size ? decision->title.str : decision->stem;
	return (struct record_ref){.path = decision->source->path,
				   .stem = decision->stem,
				   .id = decision->id,
				   .heading = heading ? heading->text : title,
				   .title = title,
				   .number = decision->number};
}

/* Brackets that do not pair would end the link's text. */
static struct str link_text(struct arena *arena, struct str text)
{
	long depth = 0;
	bool paired = true;
	for (size_t i = 0; i < text.size; i++) {
		depth += text.data[i] == '[' ? 1 : text.data[i] == ']' ? -1 : 0;
		paired &= depth >= 0;
	}
	if (paired && depth == 0)
		return text;
	text = str_replace(arena, text, STR("["), STR("\\["));
	return str_replace(arena, text, STR("]"), STR("\\]"));
}

static struct str link_target(struct arena *arena, struct str from, struct str path)
{
	struct str target = path_relative(arena, path_dir(from), path);
	struct buf out = {0};
	for (size_t i = 0; i < target.size; i++) {
		if (strchr(" ()<>%#?\"", target.data[i]))
			buf_addf(&out, "%%%02X", (unsigned)(unsigned char)target.data[i]);
		else
			buf_addc(&out, target.data[i]);
	}
	target = buf_dup(arena, &out);
	buf_free(&out);
	return target;
}

static struct str id_text(struct arena *arena, const struct record_style *style, const struct record_ref *target)
{
	size_t at = 0;
	while (at < target->id.size && !is_digit(target->id.data[at]))
		at++;
	return str_format(arena, STR_FMT STR_FMT, STR_ARG(style->link_prefix), STR_ARG(str_from_off(target->id, at)));
}

static bool is_shared(const struct record_style *style, const struct record_ref *target)
{
	size_t n = 0;
	for (size_t i = 0; style->log && i < style->log->decisions.n; i++)
		n += style->log->decisions.data[i]->number == target->number;
	return n > 1;
}

struct str record_link(struct arena *arena, const struct record_style *style, struct str from,
		       const struct record_ref *target)
{
	enum link_form form = style->link;
	struct str text = target->title;
	if (target->number < 0 && (form == LINK_ID || form == LINK_BARE_ID))
		form = LINK_STEM;
	/* A number alone names a record of its own log, where it is the only one. */
	if (form == LINK_BARE_ID && (!str_eq(path_dir(from), path_dir(target->path)) || is_shared(style, target)))
		form = LINK_ID;
	switch (form) {
	case LINK_BARE_ID: return id_text(arena, style, target);
	case LINK_ID: text = id_text(arena, style, target); break;
	case LINK_HEADING: text = target->heading; break;
	case LINK_STEM: text = target->stem; break;
	default: break;
	}
	return str_format(arena, "[" STR_FMT "](" STR_FMT ")", STR_ARG(link_text(arena, text)),
			  STR_ARG(link_target(arena, from, target->path)));
}
