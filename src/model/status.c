/* The words of a status, normalised: the first word decides, unless the text says that the record is superseded. */
#include "model/record.h"

#include <assert.h>

struct status_words {
	enum status status;
	const char *words; /* '|' between */
};

static const struct status_words phrases[] = {
	{STATUS_DEFERRED, "on hold|on ice|put off"},
	{STATUS_PROPOSED,
	 "in review|under review|for review|ready for review|in discussion|under discussion|under consideration|"
	 "for discussion|for comment|last call|not decided|not yet decided|not yet accepted|to be decided|to be discussed|"
	 "request for comments|up for discussion|awaiting"},
	{STATUS_DRAFT, "in progress|work in progress|in preparation|in draft|in development|pre-draft"},
	{STATUS_ACCEPTED,
	 "in force|in effect|in use|in production|lazy consensus|partly superseded|partially superseded|partly replaced|"
	 "partially replaced|partly obsolete|rolled out|signed off"},
	{STATUS_DEPRECATED,
	 "no longer relevant|no longer valid|no longer applicable|no longer used|no longer in use|no longer needed|"
	 "not in use|not relevant|not applicable anymore|rolled back|end of life|out of date|phased out|to be removed"},
	{STATUS_REJECTED,
	 "not accepted|not approved|not adopted|not chosen|returned for revision|won't do|won't fix|wont do|turned down|"
	 "voted down"},
	{STATUS_UNKNOWN, "not implemented|not-implemented|not started"},
};

static const struct status_words single_words[] = {
	{STATUS_DRAFT, "draft|drafted|drafting|ideation|prediscussion|incomplete|wip|provisional|unfinished|outline"},
	{STATUS_PROPOSED,
	 "proposed|proposal|proposing|pending|review|reviewing|rfc|open|idea|experimental|candidate|undecided|suggested|"
	 "suggestion|discussion|discussing|submitted|considering|requested|new"},
	{STATUS_ACCEPTED,
	 "accepted|accept|approved|apprroved|aproved|approoved|adopted|decided|active|agreed|ratified|implemented|"
	 "imlpemented|implementing|final|finalised|finalized|deployed|complete|completed|activated|living|merged|graduated|"
	 "done|implementable|confirmed|resolved|enacted|endorsed|effective|enforced|released|published|stable|chosen|"
	 "current|valid|passed|enabled|finished|shipped|delivered|committed|amended|revised|settled"},
	{STATUS_REJECTED,
	 "rejected|reject|declined|closed|refused|denied|dismissed|discarded|vetoed|wontfix|unaccepted"},
	{STATUS_WITHDRAWN, "withdrawn|abandoned|expired|cancelled|canceled|retracted|dropped|revoked|rescinded"},
	{STATUS_DEFERRED,
	 "deferred|stalled|stagnant|inactive|postponed|paused|parked|delayed|suspended|dormant|shelved|blocked"},
	{STATUS_DEPRECATED,
	 "deprecated|depreciated|depricated|obsolete|obsoleted|invalidated|invalid|reverted|reversed|retired|outdated|"
	 "archived|historical|historic|removed|discontinued|decommissioned|legacy"},
	{STATUS_SUPERSEDED,
	 "superseded|superceded|superceeded|superseeded|supersceded|supersed|supersede|supercede|supplanted|overridden|"
	 "overruled|replaced|superseded-by|superseded_by"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *status_name(enum status status)
{
	static const char *const names[] = {
		[STATUS_DRAFT] = "draft",           [STATUS_PROPOSED] = "proposed",     [STATUS_ACCEPTED] = "accepted",
		[STATUS_REJECTED] = "rejected",     [STATUS_WITHDRAWN] = "withdrawn",   [STATUS_DEFERRED] = "deferred",
		[STATUS_DEPRECATED] = "deprecated", [STATUS_SUPERSEDED] = "superseded", [STATUS_UNKNOWN] = "unknown",
	};
	return names[status];
}

const char *relation_name(enum relation_kind kind)
{
	static const char *const names[] = {
		[RELATION_SUPERSEDES] = "supersedes", [RELATION_SUPERSEDED_BY] = "superseded_by",
		[RELATION_AMENDS] = "amends",         [RELATION_AMENDED_BY] = "amended_by",
		[RELATION_RELATES] = "relates",
	};
	assert(kind < RELATION_KINDS);
	return names[kind];
}

static bool letter_at(struct str text, size_t at)
{
	return at < text.size && utf8_is_letter(utf8_next(text, &at));
}

static bool begins_with(struct str text, struct str words)
{
	return str_starts_nocase(text, words) && !letter_at(text, words.size);
}

/* Lower case of Latin, Greek and Cyrillic letters. */
static uint32_t small(uint32_t code)
{
	if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) ||
	    (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))
		return code + 0x20;
	if (code >= 0x400 && code <= 0x40F)
		return code + 0x50;
	return code >= 0x100 && code <= 0x177 && utf8_is_upper(code) ? code + 1 : code;
}

/* Words of any language, lower case. Scripts without blanks end words nowhere. */
static bool begins_with_foreign(struct str text, struct str words)
{
	size_t at = 0, off = 0;
	uint32_t last = 0;
	while (off < words.size) {
		if (at >= text.size || small(utf8_next(text, &at)) != (last = small(utf8_next(words, &off))))
			return false;
	}
	return last >= 0x2E80 || !letter_at(text, at);
}

static char first_letter(struct str text)
{
	char c = text.size ? text.data[0] : '\0';
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool find_in(const struct status_words *table, size_t n, struct str text, enum status *status)
{
	for (size_t i = 0; i < n; i++) {
		for (const char *words = table[i].words; words;) {
			size_t size = strcspn(words, "|");
			if (first_letter(text) == *words && begins_with(text, (struct str){words, size})) {
				*status = table[i].status;
				return true;
			}
			words = words[size] ? words + size + 1 : NULL;
		}
	}
	return false;
}

static enum status normalised(struct str name)
{
	for (enum status status = STATUS_DRAFT; status < STATUS_UNKNOWN; status++)
		if (str_eq_nocase(name, str_from(status_name(status))))
			return status;
	return STATUS_UNKNOWN;
}

/* Words of the configuration, the longest that the text begins with. */
static bool find_configured(const struct config *config, struct str text, enum status *status)
{
	size_t longest = 0;
	for (size_t i = 0; config && i < config->statuses.n; i++) {
		const struct map_item *item = &config->statuses.items[i];
		const struct word *meaning = item->value;
		if (item->key.size > longest && begins_with_foreign(text, item->key)) {
			longest = item->key.size;
			*status = normalised(meaning->str);
		}
	}
	return longest > 0;
}

static bool find_listed(const struct config *config, struct str text, enum status *status)
{
	return find_configured(config, text, status) || find_in(phrases, COUNT(phrases), text, status) ||
	       find_in(single_words, COUNT(single_words), text, status);
}

/* "conditionally accepted" is accepted. */
static bool find_word(const struct config *config, struct str text, enum status *status)
{
	static const char *const adverbs[] = {
		"partially",   "partly",     "conditionally", "tentatively", "provisionally",
		"unanimously", "officially", "formally",      "finally",     "mostly",
		"fully",       "initially",  "already",       "internally",  "is",
		"was",         "been",       "being",         "has"};
	if (find_listed(config, text, status))
		return true;
	for (size_t i = 0; i < COUNT(adverbs); i++)
		if (begins_with(text, str_from(adverbs[i])))
			return find_listed(config, str_trim(str_from_off(text, strlen(adverbs[i]))), status);
	return false;
}

/* Dates, "status:" and the like before the word that counts. */
static struct str skip_lead(struct str text)
{
	static const char *const leads[] = {"status", "state", "currently", "now", "formally"};
	for (bool again = true; again && text.size;) {
		again = false;
		while (text.size && !letter_at(text, 0)) {
			size_t next = 0;
			utf8_next(text, &next);
			text = str_from_off(text, next);
		}
		for (size_t i = 0; i < COUNT(leads); i++) {
			struct str lead = str_from(leads[i]);
			if (!begins_with(text, lead))
				continue;
			text = str_from_off(text, lead.size);
			again = true;
			break;
		}
	}
	return text;
}

static bool is_nothing(struct str text)
{
	static const char *const nothing[] = {"n/a",   "na", "none",         "null",
					      "(n/a)", "-",  "\xe2\x80\x94", "\xe2\x80\x93"};
	for (size_t i = 0; i < COUNT(nothing); i++)
		if (str_eq_nocase(text, str_from(nothing[i])))
			return true;
	return text.size == 0;
}

/* "proposed | accepted | rejected" offers a choice and makes none. */
static bool is_choice(const struct config *config, struct str text, char between)
{
	size_t n = 0, known = 0;
	struct str rest = text;
	while (rest.data) {
		enum status status;
		struct str part = skip_lead(str_trim(str_cut(&rest, between)));
		n++;
		known += find_word(config, part, &status);
	}
	return between == '|' ? known >= 2 : n >= 3 && known == n;
}

/* "{status}": a placeholder in braces that holds no status word. */
static bool is_placeholder(const struct config *config, struct str raw, struct str plain)
{
	enum status status;
	raw = str_trim(raw);
	while (raw.size && (raw.data[0] == '"' || raw.data[0] == '\''))
		raw = str_from_off(raw, 1);
	return raw.size && (raw.data[0] == '{' || raw.data[0] == '<') && !find_word(config, skip_lead(plain), &status);
}

/* True when the first word is "superseded" but the text limits it: such a record is still in force. */
static bool is_partly_superseded(struct str text)
{
	struct statements found;
	statements_find(text, STR(""), &found);
	size_t partial = 0;
	for (size_t i = 0; i < found.n; i++) {
		if (found.list[i].kind != RELATION_SUPERSEDED_BY)
			continue;
		if (!found.list[i].partial)
			return false;
		partial++;
	}
	return partial > 0 || begins_with(text, STR("superseded in part")) ||
	       begins_with(text, STR("superseded in scope")) || begins_with(text, STR("superseded (partly")) ||
	       begins_with(text, STR("superseded (partially"));
}

/* A symbol that stands for a status where no words do. */
static enum status symbol_status(struct str text)
{
	static const struct {
		const char *symbols;
		enum status status;
	} rows[] = {
		{"\xe2\x9c\x85 \xe2\x9c\x94 \xe2\x98\x91 \xf0\x9f\x91\x8d :white_check_mark: :heavy_check_mark: :+1:",
		 STATUS_ACCEPTED},
		{"\xe2\x9d\x8c \xe2\x9c\x96 \xf0\x9f\x9a\xab :x: :no_entry: :no_entry_sign:", STATUS_REJECTED},
		{"\xf0\x9f\xa4\x94 :thinking:", STATUS_PROPOSED},
		{"\xe2\x8c\x9b :hourglass:", STATUS_SUPERSEDED},
		{"\xf0\x9f\x9a\xa7 :construction:", STATUS_DRAFT},
	};
	text = str_trim(text);
	for (size_t i = 0; i < COUNT(rows); i++)
		for (struct str rest = str_from(rows[i].symbols); rest.data;)
			if (str_starts(text, str_cut(&rest, ' ')))
				return rows[i].status;
	for (size_t at = 0; at < text.size;)
		if (utf8_next(text, &at) > 0x2100)
			return STATUS_UNKNOWN;
	return STATUS_NONE;
}

/* "Proposed -> Accepted": what stands behind the last arrow. */
static struct str behind_arrows(struct str text)
{
	static const char *const arrows[] = {"\xe2\x86\x92", "->", "=>", "\xe2\x9e\xa1", "\xe2\x87\x92"};
	for (size_t i = 0; i < COUNT(arrows); i++) {
		struct str arrow = str_from(arrows[i]);
		for (size_t at = 0; (at = str_find_from(text, arrow, at)) != SIZE_MAX; at = 0) {
			if (at >= 3 && str_is(str_sub(text, at - 2, 2), "<!"))
				return text;
			struct str rest = str_from_off(text, at + arrow.size);
			if (str_trim(rest).size == 0)
				return text;
			text = rest;
		}
	}
	return text;
}

static enum status parse_words(const struct config *config, struct str text)
{
	char buffer[PLAIN_MAX];
	struct str plain = statement_plain(text, buffer);
	enum status status = STATUS_UNKNOWN;
	if (plain.size == 0)
		return symbol_status(text);
	if (is_nothing(plain) || is_placeholder(config, text, plain) || is_choice(config, plain, '|') ||
	    is_choice(config, plain, '/'))
		return STATUS_NONE;
	struct str words = skip_lead(plain);
	if (words.size == 0)
		return STATUS_UNKNOWN;
	bool known = find_word(config, words, &status);
	if (status == STATUS_SUPERSEDED)
		return is_partly_superseded(words) ? STATUS_ACCEPTED : STATUS_SUPERSEDED;
	if (statements_say_superseded(words))
		return STATUS_SUPERSEDED;
	return known ? status : STATUS_UNKNOWN;
}

enum status status_parse(const struct config *config, struct str text)
{
	struct str last = behind_arrows(text);
	enum status status = last.data == text.data ? STATUS_UNKNOWN : parse_words(config, last);
	return status_is_known(status) ? status : parse_words(config, text);
}

bool status_is_known(enum status status)
{
	return status != STATUS_NONE && status != STATUS_UNKNOWN;
}

bool status_is_superseded_by_custom(const struct config *config, struct str text)
{
	char buffer[PLAIN_MAX];
	enum status status;
	return find_configured(config, skip_lead(statement_plain(text, buffer)), &status) &&
	       status == STATUS_SUPERSEDED;
}

bool status_is_alone(const struct config *config, struct str text)
{
	char buffer[PLAIN_MAX];
	struct str plain = statement_plain(text, buffer);
	while (plain.size && strchr(".!: ", plain.data[plain.size - 1]))
		plain.size--;
	return status_is_known(status_parse(config, plain)) && str_find_char(plain, ' ') == SIZE_MAX;
}
