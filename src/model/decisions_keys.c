/* The keys that records have, in the words met in the wild, and how one line holds a key and its value. */
#include "model/record.h"

#define KEY_BYTES 48
#define LEAD_BYTES 32
#define NOTE_BYTES 40
#define LINE_BYTES 2000

static const struct record_key keys[] = {
	{"status", KEY_STATUS, 0, 0},
	{"state", KEY_STATUS, 1, 0},
	{"adr status", KEY_STATUS, 0, 0},
	{"decision status", KEY_STATUS, 0, 0},
	{"current status", KEY_STATUS, 0, 0},
	{"document status", KEY_STATUS, 0, 0},
	{"proposal status", KEY_STATUS, 0, 0},
	{"rfc status", KEY_STATUS, 0, 0},
	{"estado", KEY_STATUS, 0, 0},
	{"estatus", KEY_STATUS, 0, 0},
	{"statut", KEY_STATUS, 0, 0},
	{"stato", KEY_STATUS, 0, 0},
	{"stav", KEY_STATUS, 0, 0},
	{"статус", KEY_STATUS, 0, 0},
	{"Статус", KEY_STATUS, 0, 0},
	{"状态", KEY_STATUS, 0, 0},
	{"狀態", KEY_STATUS, 0, 0},
	{"状態", KEY_STATUS, 0, 0},
	{"ステータス", KEY_STATUS, 0, 0},
	{"상태", KEY_STATUS, 0, 0},
	{"date", KEY_DATE, 0, 0},
	{"decision date", KEY_DATE, 0, 0},
	{"date decided", KEY_DATE, 0, 0},
	{"decided", KEY_DATE, 1, 0},
	{"decided on", KEY_DATE, 1, 0},
	{"decided at", KEY_DATE, 1, 0},
	{"date of decision", KEY_DATE, 0, 0},
	{"accepted on", KEY_DATE, 1, 0},
	{"date accepted", KEY_DATE, 0, 0},
	{"acceptance date", KEY_DATE, 0, 0},
	{"approved on", KEY_DATE, 1, 0},
	{"date approved", KEY_DATE, 0, 0},
	{"approval date", KEY_DATE, 0, 0},
	{"adr date", KEY_DATE, 0, 0},
	{"fecha", KEY_DATE, 0, 0},
	{"datum", KEY_DATE, 0, 0},
	{"data", KEY_DATE, 1, 0},
	{"дата", KEY_DATE, 0, 0},
	{"Дата", KEY_DATE, 0, 0},
	{"日期", KEY_DATE, 0, 0},
	{"日付", KEY_DATE, 0, 0},
	{"날짜", KEY_DATE, 0, 0},
	{"created", KEY_DATE, 2, 0},
	{"created on", KEY_DATE, 2, 0},
	{"created at", KEY_DATE, 2, 0},
	{"date created", KEY_DATE, 2, 0},
	{"creation date", KEY_DATE, 2, 0},
	{"proposed on", KEY_DATE, 2, 0},
	{"date proposed", KEY_DATE, 2, 0},
	{"proposal date", KEY_DATE, 2, 0},
	{"start date", KEY_DATE, 2, 0},
	{"submitted", KEY_DATE, 2, 0},
	{"written on", KEY_DATE, 2, 0},
	{"updated", KEY_DATE, 4, 0},
	{"updated on", KEY_DATE, 4, 0},
	{"last updated", KEY_DATE, 4, 0},
	{"last update", KEY_DATE, 4, 0},
	{"date updated", KEY_DATE, 4, 0},
	{"last modified", KEY_DATE, 4, 0},
	{"deciders", KEY_DECIDERS, 0, 0},
	{"decider", KEY_DECIDERS, 0, 0},
	{"decision makers", KEY_DECIDERS, 0, 0},
	{"decision maker", KEY_DECIDERS, 0, 0},
	{"decided by", KEY_DECIDERS, 0, 0},
	{"approvers", KEY_DECIDERS, 1, 0},
	{"tags", KEY_TAGS, 0, 0},
	{"tag", KEY_TAGS, 0, 0},
	{"labels", KEY_TAGS, 1, 0},
	{"categories", KEY_TAGS, 1, 0},
	{"supersedes", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"supercedes", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"superseedes", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"superceeds", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"supersedes adr", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"replaces", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"overrides", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"obsoletes", KEY_RELATION, 0, RELATION_SUPERSEDES},
	{"superseded by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"superceded by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"superceeded by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"superseeded by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"supersceded by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"replaced by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"obsoleted by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"overridden by", KEY_RELATION, 0, RELATION_SUPERSEDED_BY},
	{"amends", KEY_RELATION, 0, RELATION_AMENDS},
	{"extends", KEY_RELATION, 0, RELATION_AMENDS},
	{"refines", KEY_RELATION, 0, RELATION_AMENDS},
	{"complements", KEY_RELATION, 0, RELATION_AMENDS},
	{"completes", KEY_RELATION, 0, RELATION_AMENDS},
	{"supplements", KEY_RELATION, 0, RELATION_AMENDS},
	{"clarifies", KEY_RELATION, 0, RELATION_AMENDS},
	{"amended by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"extended by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"refined by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"complemented by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"supplemented by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"clarified by", KEY_RELATION, 0, RELATION_AMENDED_BY},
	{"relates to", KEY_RELATION, 0, RELATION_RELATES},
	{"related to", KEY_RELATION, 0, RELATION_RELATES},
	{"related", KEY_RELATION, 0, RELATION_RELATES},
	{"related adr", KEY_RELATION, 0, RELATION_RELATES},
	{"related adrs", KEY_RELATION, 0, RELATION_RELATES},
	{"related decisions", KEY_RELATION, 0, RELATION_RELATES},
	{"related records", KEY_RELATION, 0, RELATION_RELATES},
	{"depends on", KEY_RELATION, 0, RELATION_RELATES},
	{"builds on", KEY_RELATION, 0, RELATION_RELATES},
	{"see also", KEY_RELATION, 0, RELATION_RELATES},
	{"title", KEY_TITLE, 0, 0},
	{"feature name", KEY_TITLE, 1, 0},
	{"author", KEY_OTHER, 0, 0},
	{"authors", KEY_OTHER, 0, 0},
	{"owner", KEY_OTHER, 0, 0},
	{"owners", KEY_OTHER, 0, 0},
	{"reviewer", KEY_OTHER, 0, 0},
	{"reviewers", KEY_OTHER, 0, 0},
	{"approved by", KEY_OTHER, 0, 0},
	{"approver", KEY_OTHER, 0, 0},
	{"proposer", KEY_OTHER, 0, 0},
	{"proposed by", KEY_OTHER, 0, 0},
	{"champion", KEY_OTHER, 0, 0},
	{"sponsor", KEY_OTHER, 0, 0},
	{"consulted", KEY_OTHER, 0, 0},
	{"informed", KEY_OTHER, 0, 0},
	{"stakeholders", KEY_OTHER, 0, 0},
	{"contributors", KEY_OTHER, 0, 0},
	{"number", KEY_OTHER, 0, 0},
	{"adr", KEY_OTHER, 0, 0},
	{"adr id", KEY_OTHER, 0, 0},
	{"id", KEY_OTHER, 0, 0},
	{"type", KEY_OTHER, 0, 0},
	{"category", KEY_OTHER, 0, 0},
	{"significance", KEY_OTHER, 0, 0},
	{"technical story", KEY_OTHER, 0, 0},
	{"requires", KEY_OTHER, 0, 0},
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* '-', '_' and ' ' are one; letter case does not count. */
static bool key_eq(struct str s, const char *name)
{
	size_t i = 0;
	for (; i < s.size && name[i]; i++) {
		char c = s.data[i] == '-' || s.data[i] == '_' ? ' ' : s.data[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != name[i])
			return false;
	}
	return i == s.size && name[i] == '\0';
}

/* supersededBy: words that begin with a capital, as programs write keys. */
static struct str camel_apart(struct str s, char buffer[KEY_BYTES])
{
	size_t n = 0;
	for (size_t i = 0; i < s.size && n + 2 < KEY_BYTES; i++) {
		bool starts = i && s.data[i] >= 'A' && s.data[i] <= 'Z' && s.data[i - 1] >= 'a' && s.data[i - 1] <= 'z';
		if (starts)
			buffer[n++] = ' ';
		buffer[n++] = s.data[i];
	}
	return (struct str){buffer, n};
}

const struct record_key *record_key_find(struct str name)
{
	char buffer[KEY_BYTES];
	name = str_trim(name);
	if (name.size == 0 || name.size >= KEY_BYTES - 2)
		return NULL;
	struct str words = camel_apart(name, buffer);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (key_eq(name, keys[i].name) || (words.size > name.size && key_eq(words, keys[i].name)))
			return &keys[i];
	return NULL;
}

/* ---- one line ---- */

static bool has_at(struct str s, size_t off, const char *what)
{
	return str_starts(str_from_off(s, off), str_from(what));
}

/* Bytes of a tag that only makes its text stand out, at off; 0: none. */
static size_t emphasis_tag(struct str s, size_t off)
{
	static const char *const tags[] = {"<b>", "</b>", "<strong>", "</strong>", "<em>", "</em>", "<i>", "</i>"};
	for (size_t i = 0; off < s.size && s.data[off] == '<' && i < sizeof tags / sizeof *tags; i++)
		if (str_starts_nocase(str_from_off(s, off), str_from(tags[i])))
			return strlen(tags[i]);
	return 0;
}

static size_t skip_emphasis(struct str s, size_t off)
{
	for (size_t size = 1; size; off += size)
		size = off < s.size && (s.data[off] == '*' || s.data[off] == '_') ? 1 : emphasis_tag(s, off);
	return off;
}

static size_t skip_blanks(struct str s, size_t off)
{
	while (off < s.size && (s.data[off] == ' ' || s.data[off] == '\t'))
		off++;
	return off;
}

/* Emoji, their shortcodes and blanks before a key. */
static size_t skip_symbols(struct str s, size_t off)
{
	for (size_t from = off; off < s.size && off < from + LEAD_BYTES;) {
		size_t next = off, shortcode = record_shortcode_size(s, off);
		if (shortcode) {
			off += shortcode;
			continue;
		}
		bool symbol = (unsigned char)s.data[off] & 0x80 && !utf8_is_letter(utf8_next(s, &next));
		if (!symbol && s.data[off] != ' ')
			break;
		off = symbol ? next : off + 1;
	}
	return off;
}

/* Behind the letters, blanks and hyphens at off. */
static size_t behind_name(struct str s, size_t off)
{
	for (size_t from = off; off < s.size && off < from + KEY_BYTES;) {
		size_t next = off;
		char c = s.data[off];
		bool inside = c == '_' && off + 1 < s.size && is_letter(s.data[off + 1]);
		if (is_letter(c) || c == ' ' || c == '-' || inside)
			off++;
		else if ((unsigned char)c & 0x80 && utf8_is_letter(utf8_next(s, &next)))
			off = next;
		else
			break;
	}
	return off;
}

/* " (YYYY-MM-DD)" between a key and its colon. */
static size_t note_size(struct str s, size_t off)
{
	size_t at = skip_blanks(s, off);
	if (!has_at(s, at, "("))
		return 0;
	size_t end = str_find_char(str_sub(s, at, NOTE_BYTES), ')');
	return end == SIZE_MAX ? 0 : at + end + 1 - off;
}

bool key_takes(const struct config *config, const struct record_key *key, struct str text)
{
	if (key->key == KEY_DATE)
		return date_within(text).form != DATE_NONE;
	return key->key == KEY_STATUS && status_is_known(status_parse(config, text));
}

/* Bytes of ':' or, where the key is bold or a plain value follows, of a dash or '='. SIZE_MAX: nothing of these. */
static size_t colon_size(struct str s, size_t off, const struct record_key *key, bool bold, bool closed)
{
	static const char *const dashes[] = {"- ", "\xe2\x80\x94", "\xe2\x80\x93", "= ", "\xe2\x86\x92", "->"};
	if (has_at(s, off, ":"))
		return 1;
	if (has_at(s, off, "\xef\xbc\x9a"))
		return 3;
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		size_t size = strlen(dashes[i]);
		if (has_at(s, off, dashes[i]) && (bold || key_takes(NULL, key, str_from_off(s, off + size))))
			return size;
	}
	return closed && key_takes(NULL, key, str_from_off(s, off)) ? 0 : SIZE_MAX;
}

struct key_read key_read(struct str line)
{
	struct key_read read = {0};
	size_t at = skip_blanks(line, 0);
	read.bold = has_at(line, at, "**") || has_at(line, at, "__") || emphasis_tag(line, at);
	at = skip_emphasis(line, skip_symbols(line, skip_emphasis(line, at)));
	size_t start = at;
	at = behind_name(line, at);
	/* A dash may belong to the name ("Superseded-By") or end it ("Status - Accepted"). */
	struct str name = str_sub(line, start, at - start);
	size_t dash = str_find(name, STR(" - "));
	if (dash != SIZE_MAX)
		at = start + dash;
	const struct record_key *key = record_key_find(str_sub(line, start, at - start));
	if (!key)
		return read;
	bool bare_date =
		key->key == KEY_DATE && !read.bold && at < line.size && line.data[at] >= '0' && line.data[at] <= '9';
	at += bare_date ? 0 : note_size(line, at);
	size_t behind = skip_emphasis(line, at), close = skip_blanks(line, behind);
	size_t colon = colon_size(line, close, key, read.bold, read.bold && behind > at);
	if (colon == SIZE_MAX && !bare_date)
		return read;
	read.key = key;
	read.bare = bare_date;
	read.end = bare_date ? at : skip_emphasis(line, close + colon);
	return read;
}

/* Bytes of what parts two fields of one line at off; 0: none. Behind a weak one a relation goes on with the value:
 * "Accepted, superseded by: ADR-3" is one status. */
static size_t divider_size(struct str line, size_t off, bool *weak)
{
	static const char *const dividers[] = {
		"|", ";",  "\xc2\xb7", "\xe2\x80\xa2", "<br>", "<br/>",        "<br />",
		",", "  ", "\t",       " - ",          " / ",  "\xe2\x80\x94", "\xe2\x80\x93"};
	static const size_t n_strong = 7;
	for (size_t i = 0; i < sizeof dividers / sizeof *dividers; i++) {
		*weak = i >= n_strong;
		if (has_at(line, off, dividers[i]))
			return strlen(dividers[i]);
	}
	return 0;
}

size_t key_next(struct str line, size_t from)
{
	size_t end = line.size < from + LINE_BYTES ? line.size : from + LINE_BYTES;
	for (size_t i = from; i < end; i++) {
		bool weak;
		size_t divider = divider_size(line, i, &weak);
		bool bold = i > from && has_at(line, i, "**") && (line.data[i - 1] == ' ' || line.data[i - 1] == ',');
		if (!divider && !bold)
			continue;
		struct key_read read = key_read(str_from_off(line, i + divider));
		bool splits = read.key && (divider ? !weak || read.key->key != KEY_RELATION : read.bold);
		if (splits)
			return i + divider;
	}
	return line.size;
}
