/* The estate's own facts in prose: a sentence that names the subject and gives the declared value. */
#include "fact/phrase.h"

enum { FACTS_MAX = 16, WORD_MIN = 4 };

/* What the sentence says elsewhere of the thing may use the same words. */
static const char doubt[] = "words that may mean something else";

/* Index behind the tokens from i on that spell the value; 0: they do not. */
static size_t spelled_at(const struct phrase *phrase, size_t i, struct str value)
{
	struct str text = phrase->run->text;
	uint32_t from = phrase->token[i].from;
	if (!value.size || from + value.size > text.size || !str_eq_nocase(str_sub(text, from, value.size), value))
		return 0;
	for (size_t k = i; k < phrase->n && phrase->token[k].from < from + value.size; k++)
		if (phrase->token[k].to == from + value.size)
			return k + 1;
	return 0;
}

/* True when every long word of the attribute stands in the phrase, in singular or plural; of `any` one is enough. */
static bool names_attribute(const struct phrase *phrase, struct str attribute, bool any)
{
	size_t words = 0;
	for (struct str rest = attribute; rest.size;) {
		struct str word = str_cut(&rest, ' ');
		if (word.size < WORD_MIN)
			continue;
		bool found = false;
		for (size_t i = 0; i < phrase->n && !found; i++) {
			struct str token = phrase_text(phrase, i);
			found = phrase->token[i].kind != TOKEN_MARK && str_starts_nocase(token, word) &&
				token.size <= word.size + 1;
		}
		if (!found && !any)
			return false;
		words += found;
	}
	return words > 0;
}

/* A number with its unit says of itself what it is; a word does not. */
static bool is_telling(struct str value)
{
	bool digit = false, other = false;
	for (size_t i = 0; i < value.size; i++) {
		digit |= isdigit((unsigned char)value.data[i]) != 0;
		other |= isalpha((unsigned char)value.data[i]) || value.data[i] == ' ';
	}
	return digit && other;
}

/* True when a thing is named between the tokens `from` and `to`: the value may be its own. */
static bool names_between(const struct phrase *phrase, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (phrase->token[i].kind == TOKEN_NAME)
			return true;
	return false;
}

/* A fact of the subject that ends before token `behind`. */
static void read_fact(struct phrase *phrase, struct entity *subject, const struct declared_fact *fact, size_t behind)
{
	struct str value = str_trim(fact->value.str);
	bool named = names_attribute(phrase, fact->attribute.str, str_find_char(value, ' ') != SIZE_MAX);
	if (!named && (!is_telling(value) || !behind))
		return;
	for (size_t i = behind; i < phrase->n; i++) {
		size_t end = spelled_at(phrase, i, value);
		if (!end || names_between(phrase, behind, i))
			continue;
		struct claim claim = {.subject = subject,
				      .subject_text = {fact->subject.str, SPAN_NONE},
				      .attribute = attribute_named("fact"),
				      .detail = str_lower_ascii(phrase->sink->arena, fact->attribute.str),
				      .from = i,
				      .to = end,
				      .doubt = doubt};
		phrase_state(phrase, &claim);
		return;
	}
}

static void read_subject(struct phrase *phrase, struct entity *subject, struct str name, size_t behind)
{
	const struct declared_facts *facts =
		declared_facts_about(phrase->sink->arena, phrase->sink->page->estate, subject, name);
	for (size_t i = 0; facts && i < facts->list.n && i < FACTS_MAX; i++) {
		const struct declared_fact *fact = facts->list.data[i];
		if (!subject || !attribute_find(fact->attribute.str, subject->kind))
			read_fact(phrase, subject, fact, behind);
	}
}

void read_own_facts(struct phrase *phrase)
{
	const struct estate *estate = phrase->sink->page->estate;
	bool is_named = false;
	if (!estate || !estate->facts.n)
		return;
	for (size_t i = 0; i < phrase->n; i++) {
		const struct token *token = &phrase->token[i];
		bool is_code = (token->kind == TOKEN_WORD || token->kind == TOKEN_OTHER) &&
			       (run_marks(phrase->run, token->from, token->to) & (RUN_CODE | RUN_STRONG));
		is_named |= token->kind == TOKEN_NAME;
		if (token->kind == TOKEN_NAME)
			read_subject(phrase, token->entity, token->entity->id.str, i + 1);
		else if (is_code)
			read_subject(phrase, NULL, phrase_text(phrase, i), i + 1);
	}
	struct entity *here = phrase->context.subject;
	if (here && !is_named)
		read_subject(phrase, here, here->id.str, 0);
}
