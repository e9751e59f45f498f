/* Prose as tokens, sentence by sentence, and what states a claim found in it. */
#include "fact/phrase.h"

#define WORD(text)                    \
	{                             \
		text, sizeof text - 1 \
	}
static const struct {
	const char *text;
	size_t size;
} number_words[] = {WORD("zero"),   WORD("one"),      WORD("two"),      WORD("three"),   WORD("four"),   WORD("five"),
		    WORD("six"),    WORD("seven"),    WORD("eight"),    WORD("nine"),    WORD("ten"),    WORD("eleven"),
		    WORD("twelve"), WORD("thirteen"), WORD("fourteen"), WORD("fifteen"), WORD("sixteen")};

static unsigned char lower(char c)
{
	unsigned char byte = (unsigned char)c;
	return byte - (unsigned)'A' < 26u ? (unsigned char)(byte | 0x20u) : byte;
}

static bool is_letter(char c)
{
	return ((unsigned char)c | 0x20u) - 'a' < 26u;
}

static bool is_word_byte(char c)
{
	return is_letter(c) || (unsigned char)c >= 0x80;
}

/* Bytes of a dash or arrow of Unicode, and the mark it counts as; 0: none. */
static size_t wide_mark(struct str text, size_t at, char *mark)
{
	static const struct {
		const char *bytes;
		char mark;
	} wide[] = {{"–", '-'}, {"—", '-'}, {"‑", '-'}, {"‐", '-'}, {"→", '>'}, {"’", '\''}, {"“", '"'}, {"”", '"'},
		    {"·", ','}, {"•", ','}, {"│", ','}, {"×", 'x'}, {"…", '~'}, {"≈", '~'},  {"≥", '~'}, {"≤", '~'}};
	if ((unsigned char)text.data[at] != 0xE2 && (unsigned char)text.data[at] != 0xC2 &&
	    (unsigned char)text.data[at] != 0xC3)
		return 0;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_starts(str_from_off(text, at), str_from(wide[i].bytes))) {
			*mark = wide[i].mark;
			return strlen(wide[i].bytes);
		}
	return 0;
}

/* True when a number word begins with these two letters. */
static bool begins_number(char first, char second)
{
	second = (char)(second | 0x20);
	switch (first | 0x20) {
	case 'z': return second == 'e';
	case 'o': return second == 'n';
	case 't': return second == 'w' || second == 'h' || second == 'e';
	case 'f': return second == 'o' || second == 'i';
	case 's': return second == 'i' || second == 'e';
	case 'e': return second == 'i' || second == 'l';
	case 'n': return second == 'i';
	default: return false;
	}
}

static long long number_word(struct str word)
{
	if (word.size < 3 || word.size > 8 || !begins_number(word.data[0], word.data[1]))
		return -1;
	for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++)
		if (number_words[i].size == word.size && number_words[i].text[0] == (word.data[0] | 0x20) &&
		    str_eq_nocase(word, (struct str){number_words[i].text, word.size}))
			return (long long)i;
	return str_eq_nocase(word, STR("single")) ? 1 : -1;
}

/* A blank, a bracket, a comma, a quote, or the first byte of another script. */
static bool ends_chunk(char c)
{
	static const bool ends[0x80] = {
		['\0'] = true, [' '] = true,  ['\t'] = true, ['\n'] = true, [','] = true, [';'] = true, ['('] = true,
		[')'] = true,  ['['] = true,  [']'] = true,  ['{'] = true,  ['}'] = true, ['<'] = true, ['>'] = true,
		['"'] = true,  ['\''] = true, ['`'] = true,  ['*'] = true,  ['|'] = true};
	return (unsigned char)c >= 0x80 || ends[(unsigned char)c];
}

/* End of a thing that begins with a digit, a host or a path: everything up to a blank, bracket or comma. */
static size_t chunk_end(struct str text, size_t at)
{
	while (at < text.size && !ends_chunk(text.data[at]))
		at++;
	while (at && strchr(".:!?", text.data[at - 1]))
		at--;
	return at;
}

/* "v1.12.1", "1.35", "v13", "v1.12.1-rc.1"; a number alone is none. */
static bool is_version(struct str chunk)
{
	bool v = chunk.size && (chunk.data[0] == 'v' || chunk.data[0] == 'V');
	struct str rest = str_from_off(chunk, v);
	size_t n = 0, dots = 0;
	while (n < rest.size && (isdigit((unsigned char)rest.data[n]) || rest.data[n] == '.')) {
		dots += rest.data[n] == '.';
		n++;
	}
	if (!n || !isdigit((unsigned char)rest.data[0]) || (!v && !dots) || dots > 3)
		return false;
	return n == rest.size || rest.data[n] == '-' || rest.data[n] == '+';
}

static struct str without_port(struct str chunk)
{
	size_t colon = str_find_char(chunk, ':');
	bool one = colon != SIZE_MAX && str_find_char(str_from_off(chunk, colon + 1), ':') == SIZE_MAX;
	return one ? str_sub(chunk, 0, colon) : chunk;
}

/* Classifies what begins with a digit, or with 'v' and a digit. */
static void read_chunk(struct str text, struct token *token)
{
	size_t end = chunk_end(text, token->from), digits = token->from;
	struct str chunk = str_sub(text, token->from, end - token->from);
	while (digits < end && isdigit((unsigned char)text.data[digits]))
		digits++;
	token->to = (uint32_t)end;
	token->kind = TOKEN_OTHER;
	if (address_parse(without_port(chunk)).error == NET_OK) {
		token->kind = TOKEN_ADDRESS;
	} else if (prefix_parse(chunk).error == NET_OK) {
		token->kind = TOKEN_PREFIX;
	} else if (is_version(chunk)) {
		token->kind = TOKEN_VERSION;
	} else if (digits > token->from &&
		   str_to_number(str_sub(text, token->from, digits - token->from), &token->number)) {
		bool stands_alone = digits == end || text.data[digits] == '-' || text.data[digits] == '+';
		token->kind = stands_alone ? TOKEN_NUMBER : TOKEN_OTHER;
		if (stands_alone)
			token->to = (uint32_t)digits;
	}
}

/* A word; "node.example.net" and "a/b" are one thing, and none of ours. */
static void read_word(struct str text, struct token *token)
{
	size_t at = token->from;
	char mark;
	while (at < text.size &&
	       (is_word_byte(text.data[at]) || isdigit((unsigned char)text.data[at]) || text.data[at] == '_') &&
	       !wide_mark(text, at, &mark))
		at++;
	token->kind = TOKEN_WORD;
	if (at + 1 < text.size && strchr("./:@\\=", text.data[at]) && isalnum((unsigned char)text.data[at + 1]) &&
	    text.data[at] != ':') {
		struct str word = str_sub(text, token->from, at - token->from);
		if (text.data[at] != '=' && !(text.data[at] == '/' && word.size < 20)) {
			token->kind = TOKEN_OTHER;
			at = chunk_end(text, at);
		}
	}
	token->to = (uint32_t)(at > token->from ? at : token->from + 1);
	token->number = token->kind == TOKEN_WORD ? number_word(str_sub(text, token->from, at - token->from)) : -1;
	if (token->number >= 0)
		token->kind = TOKEN_NUMBER;
}

static void read_token(struct str text, struct token *token)
{
	char c = text.data[token->from];
	size_t wide = wide_mark(text, token->from, &token->mark);
	bool has_v = (c == 'v' || c == 'V') && token->from + 1u < text.size &&
		     isdigit((unsigned char)text.data[token->from + 1]);
	token->number = -1;
	if (wide) {
		token->kind = TOKEN_MARK;
		token->to = token->from + (uint32_t)wide;
	} else if (isdigit((unsigned char)c) || has_v) {
		read_chunk(text, token);
	} else if (is_word_byte(c)) {
		struct str chunk = str_sub(text, token->from, chunk_end(text, token->from) - token->from);
		read_word(text, token);
		bool has_colon = str_find_char(chunk, ':') != SIZE_MAX;
		if (has_colon && (prefix_parse(chunk).error == NET_OK || address_parse(chunk).error == NET_OK))
			read_chunk(text, token);
	} else {
		token->kind = TOKEN_MARK;
		token->mark = c;
		token->to = token->from + 1;
	}
}

struct tokens phrase_tokens(struct arena *arena, const struct run *run)
{
	struct tokens tokens = {0};
	size_t name = 0, at = 0;
	unsigned depth = 0;
	bool spaced = true;
	while (at < run->text.size) {
		char c = run->text.data[at];
		if (c == ' ' || c == '\t') {
			spaced = true;
			at++;
			continue;
		}
		struct token token = {.from = (uint32_t)at, .spaced = spaced};
		while (name < run->names.n && run->names.data[name].from < at)
			name++;
		if (name < run->names.n && run->names.data[name].from == at) {
			token.kind = TOKEN_NAME;
			token.entity = run->names.data[name].entity;
			token.to = (uint32_t)run->names.data[name].to;
		} else {
			read_token(run->text, &token);
		}
		if (token.kind == TOKEN_MARK && token.mark == '\n')
			depth = 0;
		depth -= token.mark == ')' && depth ? 1u : 0u;
		token.depth = (uint8_t)(depth < 255 ? depth : 255);
		depth += token.mark == '(' ? 1u : 0u;
		vec_add(arena, &tokens.list, token);
		at = token.to;
		spaced = token.mark == '\n';
	}
	return tokens;
}

static bool is_abbreviation(struct str word)
{
	static const char *const words[] = {"e.g", "i.e",  "etc", "vs",  "approx", "incl",
					    "cf",  "resp", "no",  "max", "min"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(word, str_from(words[i])))
			return true;
	return word.size == 1 && isalpha((unsigned char)word.data[0]);
}

/* A '.' that ends a sentence: what follows does not go on in lower case. */
static bool is_full_stop(const struct tokens *tokens, size_t i, const struct run *run)
{
	if (i + 1 >= tokens->list.n)
		return true;
	const struct token *next = &tokens->list.data[i + 1], *before = i ? &tokens->list.data[i - 1] : NULL;
	if (!next->spaced && next->mark != '\n')
		return false;
	if (before && is_abbreviation(str_sub(run->text, before->from, before->to - before->from)))
		return false;
	return !islower((unsigned char)run->text.data[next->from]) || next->kind == TOKEN_NAME;
}

bool run_may_state(const struct run *run)
{
	static const bool letters[256] = {['a' ... 'z'] = true, ['A' ... 'Z'] = true};
	struct str text = run->text;
	if (run->names.n > 1)
		return true;
	for (size_t at = 0; at < text.size; at++) {
		size_t start = at;
		while (at < text.size && letters[(unsigned char)text.data[at]])
			at++;
		struct str word = {text.data + start, at - start};
		if (word.size > 2 && (number_word(word) >= 0 || str_eq_nocase(word, STR("talos"))))
			return true;
		if (word.size > 3 && str_starts(str_from_off(text, at), STR("://")))
			return true;
		if (at < text.size && (unsigned char)text.data[at] - (unsigned)'0' < 10u)
			return true;
	}
	return false;
}

size_t phrase_size(const struct tokens *tokens, size_t from, const struct run *run)
{
	enum { LONGEST = 400 };
	for (size_t i = from; i < tokens->list.n; i++) {
		const struct token *token = &tokens->list.data[i];
		if (i - from == LONGEST)
			return LONGEST;
		if (token->kind != TOKEN_MARK)
			continue;
		bool ends = token->mark == '\n' || token->mark == ';' || token->mark == '!' || token->mark == '?' ||
			    (token->mark == '.' && is_full_stop(tokens, i, run));
		if (ends && (!token->depth || token->mark == '\n'))
			return i + 1 - from;
	}
	return tokens->list.n - from;
}

struct str phrase_text(const struct phrase *phrase, size_t i)
{
	const struct token *token = &phrase->token[i];
	return str_sub(phrase->run->text, token->from, token->to - token->from);
}

bool phrase_has(const struct phrase *phrase, size_t i, const char *words)
{
	if (i >= phrase->n || phrase->token[i].kind == TOKEN_MARK)
		return false;
	return str_is_listed(phrase_text(phrase, i), words);
}

bool phrase_has_mark(const struct phrase *phrase, size_t i, char mark)
{
	return i < phrase->n && phrase->token[i].kind == TOKEN_MARK && phrase->token[i].mark == mark;
}

size_t phrase_run(const struct phrase *phrase, size_t i, const char *words)
{
	if (i >= phrase->n || lower(phrase->run->text.data[phrase->token[i].from]) != (unsigned char)words[0])
		return 0;
	struct str rest = str_from(words);
	for (bool first = true; rest.size; first = false) {
		struct str word = str_cut(&rest, ' ');
		if (!first && phrase_has_mark(phrase, i, '-'))
			i++;
		if (i >= phrase->n || !str_eq_nocase(phrase_text(phrase, i), word))
			return 0;
		i++;
	}
	return i;
}

bool phrase_is_of_another(const struct phrase *phrase, size_t name)
{
	static const char words[] =
		"of|for|behind|by|via|than|bucket|namespace|user|users|database|db|repo|repository|project|volume|image|"
		"chart|secret|account|realm|tenant|pool|share|dataset|container|branch|tag|label|group|queue|topic|stream|"
		"table|schema|role|policy|job|cronjob|ns|client|org|organization|team|context|profile|interface|bridge";
	return name && phrase_has(phrase, name - 1, words);
}

bool phrase_is_head(const struct phrase *phrase, size_t name)
{
	if (name == phrase->start)
		return true;
	const struct token *before = &phrase->token[name - 1];
	bool goes_on = before->mark == ',' && name >= 2 && phrase->token[name - 2].kind == TOKEN_NAME;
	if (before->kind == TOKEN_MARK)
		return strchr(",(:-\"", before->mark) && !goes_on;
	return phrase_has(phrase, name - 1,
			  "the|node|host|machine|server|device|service|while|but|if|when|does|that|because|since|then");
}

/* Text between quotation marks is somebody's words. */
static bool is_quoted(const struct phrase *phrase, size_t from)
{
	size_t quotes = 0;
	for (size_t i = 0; i < from; i++)
		quotes += phrase_has_mark(phrase, i, '"');
	return quotes % 2 == 1;
}

static bool is_instruction(const struct phrase *phrase)
{
	static const char verbs[] =
		"add|create|deploy|install|run|build|start|provision|scale|set|configure|ensure|make|consider|expect|"
		"choose|pick|replace|remove|drain|upgrade|change|increase|grow|join|launch|spin|bring|adding|creating|bootstrap";
	size_t i = 0;
	while (i < phrase->n && phrase->token[i].kind != TOKEN_WORD && phrase->token[i].kind != TOKEN_NAME && i < 4)
		i++;
	return phrase_has(phrase, i, verbs);
}

/* "2026-06-19" in the line before token i: what follows was true that day. */
static bool is_dated(const struct phrase *phrase, size_t i)
{
	enum { NEAR = 2000 };
	size_t to = phrase->token[i].from, from = to > NEAR ? to - NEAR : 0;
	struct str text = str_sub(phrase->run->text, from, to - from);
	size_t line = str_rfind_char(text, '\n');
	text = line == SIZE_MAX ? text : str_from_off(text, line + 1);
	for (size_t at = 0; (at = str_find_from(text, STR("20"), at)) != SIZE_MAX; at++)
		if (date_is_valid(date_parse_iso(str_from_off(text, at))))
			return true;
	return false;
}

/* The first `to` tokens without names and hosts: a cluster may be called "legacy". */
static struct str words_of(const struct phrase *phrase, size_t to)
{
	struct buf words = {0};
	for (size_t i = 0; i < to; i++) {
		if (phrase->token[i].spaced)
			buf_addc(&words, ' ');
		struct str text = phrase_text(phrase, i);
		bool is_host = phrase->token[i].kind == TOKEN_OTHER && text.size > sizeof "i.e" &&
			       str_find_char(text, '.') != SIZE_MAX;
		buf_add(&words, is_host || phrase->token[i].kind == TOKEN_NAME ? STR(",") : text);
	}
	struct str text = buf_dup(phrase->sink->arena, &words);
	buf_free(&words);
	return text;
}

static void judge_words(struct phrase *phrase)
{
	if (phrase->is_judged || !phrase->n)
		return;
	const struct token *last = &phrase->token[phrase->n - 1];
	struct str text = words_of(phrase, phrase->n);
	phrase->is_judged = true;
	phrase->named = context_naming_why(text);
	phrase->said = context_far_why(text);
	if (!phrase->said && last->mark == '?')
		phrase->said = "a question";
	if (!phrase->said && is_instruction(phrase))
		phrase->said = "an instruction";
}

/* What the sentence says up to the end of the clause that token `to` ends or stands in. */
static const char *clause_why(const struct phrase *phrase, size_t to)
{
	while (to < phrase->n && !phrase_has_mark(phrase, to, ',') && !phrase_has_mark(phrase, to, ':') &&
	       !(phrase_has_mark(phrase, to, '-') && phrase->token[to].spaced))
		to++;
	return context_sentence_why(words_of(phrase, to));
}

/* "v1.8.3 -> v1.9.5": what stands before the arrow was. Arrows between addresses say what leads where. */
static bool is_left_behind(const struct phrase *phrase, const struct claim *claim)
{
	size_t at = claim->to;
	if (claim->attribute->type == TYPE_ADDRESS || claim->attribute->type == TYPE_PREFIX)
		return false;
	while (phrase_has_mark(phrase, at, '-') || phrase_has_mark(phrase, at, '='))
		at++;
	return phrase_has_mark(phrase, at, '>');
}

void phrase_state(struct phrase *phrase, const struct claim *claim)
{
	const struct token *first = &phrase->token[claim->from], *last = &phrase->token[claim->to - 1];
	if (!claim->attribute || claim->attribute == phrase->field ||
	    (claim->subject && !(claim->attribute->subjects & KIND_BIT(claim->subject->kind))))
		return;
	judge_words(phrase);
	struct statement statement = {.subject = claim->subject,
				      .subject_text = claim->subject_text,
				      .attribute = claim->attribute,
				      .detail = claim->detail,
				      .value = run_word(phrase->sink, phrase->run, first->from, last->to),
				      .form = phrase->form,
				      .why = phrase->why,
				      .doubt = claim->doubt};
	if (phrase_has(phrase, claim->from, "single|a|an"))
		statement.value.str = STR("1");
	else if (claim->attribute->type == TYPE_TEXT && first->kind == TOKEN_NUMBER &&
		 isalpha((unsigned char)phrase->run->text.data[first->from]))
		statement.value.str = str_format(phrase->sink->arena, "%lld" STR_FMT, first->number,
						 STR_ARG(str_sub(phrase->run->text, first->to, last->to - first->to)));
	if (phrase_has(phrase, claim->from, "both"))
		statement.value.str = STR("2");
	if (!statement.why && (run_marks(phrase->run, first->from, last->to) & RUN_STRUCK))
		statement.why = "struck through";
	if (!statement.why)
		statement.why = claim->why;
	if (!statement.why && !claim->naming && is_dated(phrase, claim->from))
		statement.why = "behind a date";
	if (!statement.why && is_left_behind(phrase, claim))
		statement.why = "history in the sentence";
	if (!statement.why && is_quoted(phrase, claim->from))
		statement.why = "quoted";
	if (!statement.why)
		statement.why = claim->naming ? phrase->named : phrase->said;
	if (!statement.why && !claim->naming && !claim->of_each)
		statement.why = clause_why(phrase, claim->to);
	fact_state(phrase->sink, &statement);
}

struct entity *only_cluster(const struct fact_sink *sink)
{
	const struct estate *estate = sink->page->estate;
	return estate && estate->clusters.n == 1 ? &estate->clusters.data[0]->entity : NULL;
}

struct entity *cluster_at(const struct phrase *phrase)
{
	struct entity *subject = phrase->context.subject;
	enum entity_kind kind = ENTITY_KINDS;
	if (subject && subject->kind == ENTITY_CLUSTER)
		return subject;
	struct entity *only = only_cluster(phrase->sink);
	bool is_foreign = only && !subject && unbound_section(phrase->sink, phrase->run->block, &kind).str.size &&
			  kind == ENTITY_CLUSTER;
	return is_foreign ? NULL : only;
}

struct entity *cluster_meant(const struct phrase *phrase)
{
	struct entity *found = NULL;
	for (size_t i = 0; i < phrase->n; i++) {
		const struct entity *entity = phrase->token[i].entity;
		if (phrase->token[i].kind != TOKEN_NAME ||
		    (entity->kind != ENTITY_CLUSTER && entity->kind != ENTITY_NODE))
			continue;
		struct entity *cluster = entity->kind == ENTITY_NODE ? &((const struct node *)entity)->cluster->entity
								     : phrase->token[i].entity;
		if (found && found != cluster)
			return NULL;
		found = cluster;
	}
	return found ? found : cluster_at(phrase);
}
