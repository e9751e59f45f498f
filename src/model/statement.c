/* What a record says about itself and others: "Superseded by ADR-11". Only plain statements count. */
#include "model/statement_lex.h"

/* ---- words ---- */

/* `name` is lower case. Letter by letter: most comparisons end at the first. */
static bool same_word(struct str word, const char *name)
{
	size_t i = 0;
	for (; i < word.size && name[i]; i++) {
		char c = word.data[i];
		if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != name[i])
			return false;
	}
	return i == word.size && name[i] == '\0';
}

static bool is_one_of(struct str word, const char *const *words)
{
	for (; *words; words++)
		if (same_word(word, *words))
			return true;
	return false;
}

static const char *const superseded_words[] = {"superseded",  "superceded",  "superceeded",
					       "superseeded", "supersceded", NULL};
static const char *const replaced_words[] = {"replaced", "overridden", "overriden", "obsoleted", "succeeded", NULL};
static const char *const supersedes_words[] = {"supersedes",  "supercedes",  "superseeds",  "superceeds",
					       "supersceeds", "superseding", "superceding", "replaces",
					       "overrides",   "obsoletes",   NULL};
static const char *const amended_words[] = {
	"amended", "supplemented", "complemented", "extended", "refined", "clarified", NULL};
static const char *const amends_words[] = {"amends",  "supplements", "complements", "completes",
					   "extends", "refines",     "clarifies",   NULL};
static const char *const partial_words[] = {"partly",  "partially", "partial",  "only",    "clause",
					    "clauses", "section",   "sections", "portion", "portions",
					    "aspects", "parts",     NULL};

/* What may stand between the start of a clause and its verb when the subject is the record itself. */
static const char *const before_verb[] = {
	"this",        "the",     "adr",   "decision", "record",     "it",       "is",        "was",      "has",
	"been",        "have",    "now",   "also",     "and",        "partly",   "partially", "partial",  "fully",
	"entirely",    "later",   "then",  "since",    "status",     "accepted", "proposed",  "approved", "adopted",
	"implemented", "amended", "draft", "rejected", "deprecated", "inactive", "in",        "part",     "scope",
	"on",          "as",      "of",    "relation", "relations",  NULL};

/* What may stand between a verb and its target. */
static const char *const before_target[] = {
	"by",     "adr",          "adrs",          "decision", "decisions", "record", "records", "the",   "no",
	"number", "partly",       "partially",     "in",       "scope",     "part",   "new",     "newer", "later",
	"our",    "architecture", "architectural", "see",      NULL};

/* Anywhere before the verb in its sentence they make it a plan, a condition or a negation. */
static const char *const unreal_words[] = {"once",  "if",    "when", "will",   "would", "until", "unless", "not",
					   "never", "might", "may",  "should", "could", "shall", "can",    NULL};
static const char *const unreal_behind[] = {"once", "if", "upon", "pending", NULL};

static const char *const limiting_words[] = {"partly", "partially", "partial", "only", "clause", "clauses", NULL};

static const char *const months[] = {"jan",  "feb",  "mar",    "apr",       "may",     "jun",      "jul",      "aug",
				     "sep",  "oct",  "nov",    "dec",       "january", "february", "march",    "april",
				     "june", "july", "august", "september", "october", "november", "december", NULL};

static bool is_word(const struct tokens *t, size_t i, const char *word)
{
	return i < t->n && t->list[i].kind == TOKEN_WORD && same_word(t->list[i].text, word);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_date_word(struct str word)
{
	return is_digit(word.data[0]) || is_one_of(word, months);
}

/* ---- verbs ---- */

struct target {
	size_t n; /* tokens; 0: none */
	struct str text;
	struct str at;
	struct str link;
	long long number;
};

/* The number that a word names a record by: "ADR-11", "0011-x.md", "RFC-11" where the log calls its records so. */
static long long number_in(const struct tokens *t, struct str text)
{
	long long number = decision_number(text);
	size_t start = number < 0 ? house_bytes(text, t->house) : 0;
	return start ? decision_number(str_from_off(text, start)) : number;
}

static bool is_reference(const struct tokens *t, size_t i)
{
	const struct token *token = &t->list[i];
	if (token->kind == TOKEN_LINK)
		return true;
	/* "#273" is more often an issue than a record. */
	return token->kind == TOKEN_WORD && !is_digit(token->text.data[0]) && token->text.data[0] != '#' &&
	       number_in(t, token->text) >= 0;
}

struct verb {
	size_t n; /* tokens; 0: none */
	enum relation_kind kind;
	bool supersede_family; /* "superseded", not "replaced": a status word of its own */
	bool partial;
};

static bool is_in_part(const struct tokens *t, size_t i)
{
	return is_word(t, i, "in") && (is_word(t, i + 1, "part") || is_word(t, i + 1, "scope"));
}

/* Words like "in scope" between the participle and "by". */
static size_t skip_partial(const struct tokens *t, size_t i, bool *partial)
{
	for (;;) {
		size_t n = is_in_part(t, i) ? 2 : is_word(t, i, "partly") || is_word(t, i, "partially") ? 1 : 0;
		if (n == 0)
			return i;
		*partial = true;
		i += n;
	}
}

static struct target target_at(const struct tokens *t, size_t i);

/* "Superseded: ADR-9", "Superseded (see ADR-9)", "Superseded [9](…)": the target stands where "by" is missing. */
static size_t target_without_by(const struct tokens *t, size_t i)
{
	if (is_word(t, i, "in") && (is_word(t, i + 1, "favour") || is_word(t, i + 1, "favor")) &&
	    is_word(t, i + 2, "of"))
		return i + 3;
	for (size_t from = i; i < t->n && i < from + 3; i++) {
		enum token_kind kind = t->list[i].kind;
		bool between = kind == TOKEN_COLON || kind == TOKEN_OPEN || kind == TOKEN_DASH || kind == TOKEN_COMMA ||
			       is_word(t, i, "see");
		if (!between)
			break;
	}
	return i < t->n && target_at(t, i).n && is_reference(t, i) ? i : 0;
}

static struct verb passive_at(const struct tokens *t, size_t i, enum relation_kind kind, bool family)
{
	struct verb verb = {.kind = kind, .supersede_family = family};
	size_t next = skip_partial(t, i + 1, &verb.partial);
	size_t target = family ? target_without_by(t, next) : 0;
	if (is_word(t, next, "by") || (!family && kind == RELATION_SUPERSEDED_BY && is_word(t, next, "with")))
		verb.n = next + 1 - i;
	else if (target)
		verb.n = target - i;
	return verb;
}

static struct verb verb_at(const struct tokens *t, size_t i)
{
	struct str word = t->list[i].text;
	if (t->list[i].kind != TOKEN_WORD)
		return (struct verb){0};
	if (is_one_of(word, superseded_words))
		return passive_at(t, i, RELATION_SUPERSEDED_BY, true);
	if (is_one_of(word, replaced_words))
		return passive_at(t, i, RELATION_SUPERSEDED_BY, false);
	if (is_one_of(word, amended_words))
		return passive_at(t, i, RELATION_AMENDED_BY, false);
	if (is_one_of(word, supersedes_words))
		return (struct verb){.n = 1, .kind = RELATION_SUPERSEDES};
	if (is_one_of(word, amends_words))
		return (struct verb){.n = 1, .kind = RELATION_AMENDS};
	struct str joined_by = str_ends_nocase(word, STR("-by")) || str_ends_nocase(word, STR("_by"))
				       ? str_sub(word, 0, word.size - 3)
				       : STR("");
	if (is_one_of(joined_by, superseded_words) || is_one_of(joined_by, replaced_words))
		return (struct verb){.n = 1, .kind = RELATION_SUPERSEDED_BY, .supersede_family = true};
	if (is_one_of(joined_by, amended_words))
		return (struct verb){.n = 1, .kind = RELATION_AMENDED_BY};
	bool relates = (same_word(word, "relates") || same_word(word, "related")) && is_word(t, i + 1, "to");
	bool depends = (same_word(word, "depends") || same_word(word, "builds")) && is_word(t, i + 1, "on");
	return (struct verb){.n = relates || depends ? 2 : 0, .kind = RELATION_RELATES};
}

/* ---- targets ---- */

static struct str joined(struct str first, struct str last)
{
	return (struct str){first.data, (size_t)(last.data + last.size - first.data)};
}

static bool is_zero_padded(struct str word)
{
	return word.size >= 3 && word.data[0] == '0';
}

/* A bare number names a record when it is zero-padded or nothing is counted by it: "by 11", not "by 2 teams". */
static bool counts_nothing(const struct tokens *t, size_t i)
{
	if (is_zero_padded(t->list[i].text) || i + 1 >= t->n || t->list[i + 1].kind != TOKEN_WORD)
		return true;
	static const char *const behind[] = {"and",   "in",    "for",    "on",        "with", "as",
					     "which", "since", "partly", "partially", "is",   NULL};
	return is_one_of(t->list[i + 1].text, behind) || (t->list[i + 1].at.data[-1] == '\n');
}

/* ADR-0011, ADR 11, 0011, 0011-x.md, 20201016-use-x, [11. X](0011-x.md), [0011] */
static struct target target_at(const struct tokens *t, size_t i)
{
	struct target target = {.number = -1};
	if (i >= t->n)
		return target;
	const struct token *token = &t->list[i];
	target.text = token->text;
	target.at = token->at;
	target.number = number_in(t, token->text);
	if (token->kind == TOKEN_LINK) {
		target.link = token->link;
		target.n = token->link.size || target.number >= 0;
		if (token->link.size && token->link.data[0] != '#' && decision_number(token->link) >= 0)
			target.number = decision_number(token->link);
		return target;
	}
	if (token->kind != TOKEN_WORD)
		return target;
	struct record_name name = record_name_read(token->text);
	struct str date = name.date_text, base = path_base(token->text);
	bool is_path = base.size < token->text.size && base.size > name.id.size;
	bool is_slug =
		is_digit(base.data[0]) && name.id.size >= 3 && name.number >= 0 && str_find_char(base, '-') != SIZE_MAX;
	if (name.number >= 0 && (is_path || is_slug)) {
		target.number = name.number;
		target.link = token->text;
		target.n = 1;
		return target;
	}
	bool is_file = str_ends_nocase(token->text, STR(".md")) || str_ends_nocase(token->text, STR(".mdx"));
	if (date.size || is_file) {
		/* A date alone is no slug, and a file without number is named for another reason. */
		target.n = date.size ? date.size < token->text.size : target.number >= 0;
		target.link = target.n ? token->text : STR("");
		return target;
	}
	if (target.number < 0)
		return target;
	if (!is_digit(token->text.data[0]))
		target.n = 1;
	else if (token->text.size <= 5 && counts_nothing(t, i))
		target.n = 1;
	return target;
}

static bool ends_clause(enum token_kind kind)
{
	return kind == TOKEN_STOP || kind == TOKEN_DASH;
}

static bool is_nothing(const struct tokens *t, size_t i)
{
	static const char *const words[] = {"none", "n/a", "na", "nothing", "null", "nobody", "tbd", NULL};
	return t->list[i].kind == TOKEN_WORD && is_one_of(t->list[i].text, words);
}

/* Index of the first target behind a verb, or t->n. With unknown words in between the statement is about a part,
 * or about something else. */
static size_t find_target(const struct tokens *t, size_t i, const struct verb *verb, bool *partial)
{
	size_t unknown = 0;
	bool of = false;
	for (; i < t->n && !ends_clause(t->list[i].kind); i++) {
		const struct token *token = &t->list[i];
		if (target_at(t, i).n && (unknown == 0 || is_reference(t, i))) {
			if (unknown && verb->kind == RELATION_SUPERSEDES)
				*partial |= of;
			return unknown == 0 || verb->supersede_family || (verb->kind == RELATION_SUPERSEDES && of)
				       ? i
				       : t->n;
		}
		if (token->kind == TOKEN_COLON && unknown == 0)
			continue;
		if (token->kind == TOKEN_COLON || is_nothing(t, i) ||
		    (token->kind != TOKEN_WORD && !verb->supersede_family))
			return t->n;
		bool expected = token->kind == TOKEN_WORD && (is_one_of(token->text, before_target) ||
							      (t->house.size && str_eq_nocase(token->text, t->house)));
		if (!expected)
			unknown += token->kind == TOKEN_WORD || token->kind == TOKEN_OPEN;
		if (unknown && (is_word(t, i, "of") || is_word(t, i, "in") || is_word(t, i, "from")))
			of = true;
		if (token->kind == TOKEN_WORD && is_one_of(token->text, partial_words))
			*partial = true;
		if (is_word(t, i, "scope") || is_word(t, i, "part"))
			*partial = true;
		if (unknown > 6 || verb_at(t, i).n)
			return t->n;
	}
	return t->n;
}

/* Words behind a target, to the end of the clause, that limit the statement: "for the GPU part only". */
static bool limits_behind(const struct tokens *t, size_t i)
{
	for (size_t from = i; i < t->n && i < from + 14 && !ends_clause(t->list[i].kind) && !verb_at(t, i).n; i++) {
		if (t->list[i].kind != TOKEN_WORD)
			continue;
		if (is_one_of(t->list[i].text, limiting_words) || is_in_part(t, i))
			return true;
	}
	return false;
}

/* Behind a target: where the next one of the list stands, or t->n. A parenthesis may stand between. */
static size_t next_target(const struct tokens *t, size_t i)
{
	if (i < t->n && t->list[i].kind == TOKEN_OPEN) {
		size_t from = i;
		while (i < t->n && i < from + 20 && t->list[i].kind != TOKEN_CLOSE)
			i++;
		i++;
	}
	bool more = false;
	while (i < t->n && (t->list[i].kind == TOKEN_COMMA || is_word(t, i, "and"))) {
		more = true;
		i++;
	}
	while (more && i < t->n && (is_word(t, i, "adr") || is_word(t, i, "decision") || is_word(t, i, "by")) &&
	       !target_at(t, i).n)
		i++;
	return more && target_at(t, i).n ? i : t->n;
}

/* ---- statements ---- */

static void add(struct statements *out, struct statement statement)
{
	if (out->n < STATEMENTS_MAX)
		out->list[out->n++] = statement;
}

static bool on_one_line(struct str s)
{
	return str_find_char(s, '\n') == SIZE_MAX;
}

/* Adds the targets from i on; returns the index behind the last. */
static size_t add_targets(const struct tokens *t, size_t i, const struct verb *verb, struct str start,
			  struct statements *out)
{
	size_t first = out->n, behind = i;
	bool partial = verb->partial;
	while (i < t->n) {
		struct target target = target_at(t, i);
		if (target.n == 0)
			break;
		behind = i + target.n;
		struct str whole = start.data ? joined(start, target.at) : target.at;
		add(out, (struct statement){.kind = verb->kind,
					    .has_target = true,
					    .at = on_one_line(whole) ? whole : target.at,
					    .text = target.text,
					    .link = target.link,
					    .number = target.number});
		start = STR_NONE;
		i = next_target(t, behind);
	}
	bool supersession = verb->kind == RELATION_SUPERSEDES || verb->kind == RELATION_SUPERSEDED_BY;
	partial |= limits_behind(t, behind);
	for (size_t k = first; k < out->n; k++)
		out->list[k].partial = partial && supersession;
	return behind;
}

/* True when the words before the verb leave this record as its subject. */
static bool is_about_itself(const struct tokens *t, size_t verb_at_index, size_t sentence, size_t consumed,
			    bool *partial)
{
	for (size_t i = sentence; i < verb_at_index; i++) {
		if (i >= consumed && is_reference(t, i))
			return false;
		if (t->list[i].kind == TOKEN_WORD && is_one_of(t->list[i].text, unreal_words) &&
		    !is_date_word(t->list[i].text))
			return false;
	}
	for (size_t i = verb_at_index; i-- > sentence && i >= consumed;) {
		const struct token *token = &t->list[i];
		if (token->kind != TOKEN_WORD)
			break;
		if (!is_one_of(token->text, before_verb) && !is_date_word(token->text))
			return false;
		*partial |= is_one_of(token->text, partial_words) || is_word(t, i, "part") || is_word(t, i, "scope");
	}
	return true;
}

static bool is_planned(const struct tokens *t, size_t behind)
{
	return behind < t->n && t->list[behind].kind == TOKEN_WORD && is_one_of(t->list[behind].text, unreal_behind);
}

/* Behind "superseded by" on the same line: words that name the successor, though no record. */
static bool names_something(const struct tokens *t, size_t i)
{
	while (i < t->n && t->list[i].kind == TOKEN_COLON)
		i++;
	if (i >= t->n || (t->list[i].kind != TOKEN_WORD && t->list[i].kind != TOKEN_LINK) || is_nothing(t, i) ||
	    verb_at(t, i).n)
		return false;
	return on_one_line(joined(t->list[i - 1].at, t->list[i].at));
}

void statements_find(struct str text, struct str house, struct statements *out)
{
	struct tokens t;
	size_t sentence = 0, consumed = 0;
	out->n = 0;
	tokens_read(text, house, &t);
	for (size_t i = 0; i < t.n; i++) {
		if (t.list[i].kind == TOKEN_STOP &&
		    !(i && is_digit(t.list[i - 1].at.data[0]) && t.list[i].at.data[0] == '.'))
			sentence = i + 1;
		struct verb verb = verb_at(&t, i);
		if (verb.n == 0 || !is_about_itself(&t, i, sentence, consumed, &verb.partial))
			continue;
		size_t first = find_target(&t, i + verb.n, &verb, &verb.partial), before = out->n;
		if (first < t.n) {
			consumed = add_targets(&t, first, &verb, t.list[i].at, out);
			if (is_planned(&t, consumed))
				out->n = before;
			i = consumed - 1;
		} else if (verb.supersede_family && names_something(&t, i + verb.n)) {
			add(out, (struct statement){.kind = verb.kind,
						    .at = t.list[i].at,
						    .number = -1,
						    .partial = verb.partial || limits_behind(&t, i + verb.n)});
		}
	}
}

void statements_of_words(struct str text, struct str house, enum relation_kind kind, struct statements *out)
{
	struct tokens t;
	struct verb verb = {.kind = kind};
	out->n = 0;
	tokens_read(text, house, &t);
	size_t first = 0;
	while (first < t.n && !(target_at(&t, first).n && !record_name_read(t.list[first].text).date.year))
		first++;
	add_targets(&t, first, &verb, STR_NONE, out);
}

/* In a field any word may name a record by its slug or file name. */
void statements_of_field(struct str text, struct str house, enum relation_kind kind, struct statements *out)
{
	struct tokens t;
	struct verb verb = {.kind = kind};
	out->n = 0;
	tokens_read(text, house, &t);
	size_t first = 0;
	while (first < t.n && !target_at(&t, first).n && t.list[first].kind == TOKEN_WORD &&
	       (is_one_of(t.list[first].text, before_target) || str_eq_nocase(t.list[first].text, house)))
		first++;
	add_targets(&t, first, &verb, STR_NONE, out);
}

bool statements_say_superseded(struct str text)
{
	struct statements found;
	statements_find(text, STR(""), &found);
	for (size_t i = 0; i < found.n; i++)
		if (found.list[i].kind == RELATION_SUPERSEDED_BY && !found.list[i].partial)
			return true;
	return false;
}
