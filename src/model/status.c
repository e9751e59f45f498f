/* The words of a status, normalised: the first word decides, unless the text says that the record is superseded. */
#include "model/record.h"

#include <assert.h>

struct status_words {
	enum status status;
	const char *words; /* '|' between */
};

static const struct status_words phrases[] = {
	{STATUS_DEFERRED, "on hold"},
	{STATUS_PROPOSED,
	 "in review|under review|for review|ready for review|in discussion|under discussion|last call|not decided|"
	 "to be decided"},
	{STATUS_DRAFT, "in progress|work in progress|in preparation"},
	{STATUS_ACCEPTED,
	 "in force|in effect|in use|lazy consensus|partly superseded|partially superseded|partly replaced|"
	 "partially replaced"},
	{STATUS_DEPRECATED, "no longer relevant|no longer valid|no longer applicable|no longer used|not in use"},
	{STATUS_REJECTED, "not accepted|not approved|returned for revision"},
	{STATUS_UNKNOWN, "not implemented|not-implemented"},
};

static const struct status_words single_words[] = {
	{STATUS_DRAFT, "draft|incomplete|wip|provisional"},
	{STATUS_PROPOSED, "proposed|proposal|pending|review|rfc|open|idea|experimental|candidate|undecided|suggested"},
	{STATUS_ACCEPTED,
	 "accepted|approved|apprroved|aproved|adopted|decided|active|agreed|ratified|implemented|imlpemented|"
	 "final|deployed|complete|completed|activated|living|merged|graduated|done|implementable|confirmed"},
	{STATUS_REJECTED, "rejected|declined|closed|refused"},
	{STATUS_WITHDRAWN, "withdrawn|abandoned|expired|cancelled|canceled"},
	{STATUS_DEFERRED, "deferred|stalled|stagnant|inactive|postponed|paused|parked"},
	{STATUS_DEPRECATED, "deprecated|depreciated|obsolete|obsoleted|invalidated|reverted|retired"},
	{STATUS_SUPERSEDED,
	 "superseded|superceded|superceeded|superseeded|supersceded|replaced|superseded-by|superseded_by"},
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

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool begins_with(struct str text, struct str words)
{
	return str_starts_nocase(text, words) && (text.size == words.size || !is_letter(text.data[words.size]));
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
		if (item->key.size > longest && begins_with(text, item->key)) {
			longest = item->key.size;
			*status = normalised(meaning->str);
		}
	}
	return longest > 0;
}

static bool find_word(const struct config *config, struct str text, enum status *status)
{
	return find_configured(config, text, status) || find_in(phrases, COUNT(phrases), text, status) ||
	       find_in(single_words, COUNT(single_words), text, status);
}

/* Dates, "status:" and the like before the word that counts. */
static struct str skip_lead(struct str text)
{
	static const char *const leads[] = {"status", "state", "currently", "now", "formally"};
	for (bool again = true; again && text.size;) {
		again = false;
		while (text.size && !is_letter(text.data[0]))
			text = str_from_off(text, 1);
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
	statements_find(text, &found);
	size_t partial = 0;
	for (size_t i = 0; i < found.n; i++) {
		if (found.list[i].kind != RELATION_SUPERSEDED_BY)
			continue;
		if (!found.list[i].partial)
			return false;
		partial++;
	}
	return partial > 0 || begins_with(text, STR("superseded in part")) ||
	       begins_with(text, STR("superseded in scope"));
}

enum status status_parse(const struct config *config, struct str text)
{
	char buffer[PLAIN_MAX];
	struct str plain = statement_plain(text, buffer);
	enum status status = STATUS_UNKNOWN;
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
