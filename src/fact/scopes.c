/* Words that take a statement out of the present: by path, heading, key or cell, and sentence. */
#include "fact/fact_parts.h"

#include <assert.h>

enum sort { HISTORY, PLAN, EXAMPLE, COMPARISON, NEGATION, CONDITION, REQUIREMENT, QUOTE, EACH, NEED, SORTS };

#define WHYS(place)                                                                                                \
	{                                                                                                          \
		"history" place, "plan" place, "example" place, "comparison" place, "negation" place,              \
			"condition" place, "requirement" place, "quoted" place, "of each" place, "condition" place \
	}

/* Where in the text the words must stand. */
enum where { ANYWHERE, FIRST, LAST, ALONE };

/* One row: words with blanks between, '|' between the ways to say it, all lower case. */
struct marks {
	enum sort sort;
	enum where where;
	bool names_too; /* of a sentence: also of an address that stands beside a name */
	const char *list;
};

static const struct marks of_paths[] = {
	{HISTORY, ANYWHERE, true,
	 "changelog|changes|history|postmortem|postmortems|post mortem|post mortems|incident|incidents|outage|outages|"
	 "migration|migrations|retrospective|retrospectives|archive|archives|archived|attic|blog|blogs|blogpost|posts|"
	 "news|release notes|journal|diary|legacy|deprecated|obsolete|old|minutes|meetings|handoff|superseded"},
	{PLAN, ANYWHERE, true,
	 "roadmap|plans|proposal|proposals|rfc|rfcs|todo|ideas|wishlist|draft|drafts|backlog|future|migration plan"},
	{PLAN, LAST, true, "plan"},
	{PLAN, FIRST, true, "plan|phase"},
	{EXAMPLE, ANYWHERE, true, "example|examples|sample|samples|template|templates|tutorial|tutorials|testdata"},
	{COMPARISON, ANYWHERE, true, "alternatives|versus|vs"},
};

static const struct marks of_headings[] = {
	{HISTORY, ANYWHERE, true,
	 "history|changelog|change log|changes since|what changed|previous|previously|formerly|former|legacy|deprecated|"
	 "retired|decommissioned|removed|superseded|obsolete|originally|incident|incidents|postmortem|post mortem|outage|"
	 "lessons learned|release notes|archive|archived|used to|no longer|was|were|old|migrated|migration|migrating|"
	 "before and after|root cause|timeline|what happened|what broke|revisions"},
	{HISTORY, FIRST, true, "original|before the"},
	{HISTORY, ALONE, true, "before|after"},
	{PLAN, ANYWHERE, true,
	 "planned|plans|future|roadmap|proposed|proposal|todo|to do|upcoming|next steps|what s next|wishlist|wish list|"
	 "vision|target state|target architecture|target design|target topology|expansion|open questions|milestones|"
	 "backlog|not yet"},
	{PLAN, FIRST, true, "plan|phase|target|goal|goals"},
	{PLAN, LAST, true, "plan"},
	{COMPARISON, ANYWHERE, true,
	 "vs|versus|alternatives|alternative|considered options|options considered|pros and cons|trade offs|tradeoffs|"
	 "comparison with|comparison to|compared|why not|rejected|instead of|rather than"},
	{COMPARISON, FIRST, true, "option"},
	{COMPARISON, ALONE, true, "options|comparison|evaluation"},
	{EXAMPLE, ANYWHERE, true,
	 "example|examples|sample|samples|hypothetical|scenario|scenarios|what if|tutorial|for instance|placeholder"},
	{EXAMPLE, LAST, true, "template|templates"},
	{NEGATION, ANYWHERE, true,
	 "do not|don t|wrong|incorrect|anti pattern|anti patterns|antipatterns|mistakes|not used|not in use|not deployed|"
	 "not implemented|not running|unused|disabled|this is not|it is not|non goals|out of scope"},
	{QUOTE, ANYWHERE, true,
	 "disagree|disagreements|discrepancy|discrepancies|contradiction|contradictions|inconsistencies|drift"},
	{HISTORY, ANYWHERE, true, "früher|ehemals|ehemalige|historie|geschichte|historique|historial|historia"},
	{PLAN, ANYWHERE, true, "geplant|planung|ausblick|prévu|futur|planificado"},
	{EXAMPLE, ANYWHERE, true, "beispiel|beispiele|exemple|exemples|ejemplo|ejemplos"},
	{REQUIREMENT, ANYWHERE, true,
	 "requirements|minimum|recommended|recommendations|sizing|capacity planning|prerequisites"},
};

/* Plans that say how things are. */
static const char plans_of_today[] =
	"ip plan|address plan|addressing plan|network plan|numbering plan|vlan plan|subnet plan|naming plan|dns plan|"
	"port plan|cabling plan|floor plan|rack plan|backup plan|recovery plan|ip addressing plan";

static const struct marks of_words[] = {
	{HISTORY, ANYWHERE, true,
	 "history|changelog|change log|previous|previously|formerly|former|legacy|old|was|were|before|migrated|migration|"
	 "deprecated|retired|decommissioned|removed|original|originally|incident|postmortem|no longer|failed|unhealthy"},
	{PLAN, ANYWHERE, true,
	 "planned|plan|plans|future|roadmap|proposed|proposal|target|todo|upcoming|recommended|tbd"},
	{COMPARISON, ANYWHERE, true,
	 "option|options|alternative|alternatives|comparison|versus|vs|minimum|maximum|max|min|required"},
	{EXAMPLE, ANYWHERE, true, "example|examples|sample|template|e g"},
	{NEGATION, ANYWHERE, true, "wrong|not|never|unavailable"},
};

static const struct marks of_sentences[] = {
	{HISTORY, ANYWHERE, true,
	 "was|were|previously|formerly|originally|old|former|used to|no longer|decommissioned|retired|replaced|migrated|"
	 "legacy|superseded|at the time|at that time|in the past|anymore|historically|renamed"},
	{HISTORY, ANYWHERE, false,
	 "had|initially|earlier|ago|removed|deprecated|reduced from|moved from|grew|shrank|started with|started as|"
	 "started out|began|back then|once had|until|before|prior|upgraded from|became|added|went from"},
	{PLAN, ANYWHERE, true, "planned|to be|future|proposed|upcoming|todo|will|tbd|not yet"},
	{PLAN, ANYWHERE, false,
	 "plan|plans|planning|eventually|later|soon|target|goal|intend|intends|going to|once|next step|want|wants|hope|aim|"
	 "aims|yet to|phase|roadmap|expand|expanding|growing to"},
	{EXAMPLE, ANYWHERE, true,
	 "e g|eg|for example|for instance|such as|example|sample|hypothetical|let s say|think of|imagine"},
	{COMPARISON, ANYWHERE, true, "vs|versus|instead|as opposed"},
	{COMPARISON, ANYWHERE, false, "than|compared|whereas|alternative|alternatively|unlike"},
	{HISTORY, ANYWHERE, true,
	 "früher|vorher|ehemals|ehemalige|bisher|damals|abgeschaltet|auparavant|anciennement|autrefois|était|"
	 "anteriormente|antes|vroeger|voorheen"},
	{PLAN, ANYWHERE, true, "geplant|künftig|zukünftig|demnächst|prévu|prévue|planificado|previsto|gepland"},
	{EXAMPLE, ANYWHERE, true, "z b|zum beispiel|beispielsweise|par exemple|por ejemplo|bijvoorbeeld"},
	{QUOTE, ANYWHERE, true,
	 "says|said|states|stated|claims|claimed|according to|wrote|disagree|disagrees|contradicts|contradict"},
	{QUOTE, ANYWHERE, false, "mentions|writes|reports|counts as"},
	{NEGATION, ANYWHERE, false,
	 "not|no|never|without|isn|aren|doesn|don t|won t|wasn|weren|hasn|haven|can t|cannot|neither|nor|none|wrong|"
	 "incorrect|typo|mistake|stale|outdated"},
	{CONDITION, ANYWHERE, false,
	 "if|unless|would|could|should|might|may|can|suppose|assume|assuming|ideally|must|shall|whether|when|whenever|"
	 "in case|depending|depends|otherwise|provided that"},
	{NEED, ANYWHERE, false, "need|needs|require|requires|required"},
	{REQUIREMENT, ANYWHERE, false, "at least|at most|up to|minimum|maximum|recommended|or more|or fewer"},
	{EACH, ANYWHERE, false, "each|every|per"},
};

static const struct marks of_today[] = {{PLAN, ANYWHERE, true, plans_of_today}};

enum { LETTERS = 27, STARTS = LETTERS * LETTERS, PHRASES = 256 };

/* One way to say a row. */
struct way {
	struct str phrase;
	size_t first; /* bytes of its first word */
	size_t row;
};

/* Rows, and their phrases by the first two letters, each two in the order of the rows: most words of a text begin none. */
struct scope {
	const struct marks *rows;
	size_t n;
	bool is_ready;
	uint16_t from[STARTS + 1];
	struct way ways[PHRASES];
};

#define SCOPE(table)                                                  \
	{                                                             \
		.rows = (table), .n = sizeof(table) / sizeof *(table) \
	}
static struct scope path_scope = SCOPE(of_paths);
static struct scope heading_scope = SCOPE(of_headings);
static struct scope word_scope = SCOPE(of_words);
static struct scope sentence_scope = SCOPE(of_sentences);
static struct scope today_scope = SCOPE(of_today);

static unsigned letter(struct str word, size_t at)
{
	unsigned c = at < word.size ? ((unsigned char)word.data[at] | 0x20u) - 'a' : LETTERS;
	return c < 26 ? c + 1 : 0;
}

static unsigned start_of(struct str word)
{
	return letter(word, 0) * LETTERS + letter(word, 1);
}

static void make_ready(struct scope *scope)
{
	uint16_t next[STARTS];
	if (scope->is_ready)
		return;
	for (size_t i = 0; i < scope->n; i++)
		for (struct str rest = str_from(scope->rows[i].list); rest.size;)
			scope->from[start_of(str_cut(&rest, '|')) + 1]++;
	for (size_t i = 0; i < STARTS; i++) {
		scope->from[i + 1] = (uint16_t)(scope->from[i + 1] + scope->from[i]);
		next[i] = scope->from[i];
	}
	assert(scope->from[STARTS] <= PHRASES);
	for (size_t i = 0; i < scope->n; i++)
		for (struct str rest = str_from(scope->rows[i].list); rest.size;) {
			struct str phrase = str_cut(&rest, '|');
			size_t blank = str_find_char(phrase, ' ');
			size_t first = blank == SIZE_MAX ? phrase.size : blank;
			scope->ways[next[start_of(phrase)]++] = (struct way){phrase, first, i};
		}
	scope->is_ready = true;
}

/* Letters and digits; general punctuation (dashes, quotes, arrows) is none, other letters are. */
static bool is_word_byte(char byte)
{
	unsigned char c = (unsigned char)byte;
	if (c >= 0x80)
		return c != 0xE2 && c != 0xF0 && c != 0xEF;
	return (c | 0x20u) - 'a' < 26u || c - (unsigned)'0' < 10u;
}

/* The next word at or behind *at, and *at moved behind it; empty at the end. */
static struct str next_word(struct str text, size_t *at)
{
	size_t i = *at;
	while (i < text.size && !is_word_byte(text.data[i]))
		i += (unsigned char)text.data[i] == 0xE2 ? 3 : 1;
	size_t start = i < text.size ? i : text.size;
	while (i < text.size && is_word_byte(text.data[i]))
		i++;
	*at = i;
	return str_sub(text, start, i - start);
}

/* Offset behind the words of `phrase` when they stand in the text from `at` on; else 0. */
static size_t match(struct str text, size_t at, struct str phrase)
{
	while (phrase.size) {
		struct str word = str_cut(&phrase, ' ');
		if (!str_eq_nocase(next_word(text, &at), word))
			return 0;
	}
	return at;
}

static bool is_last(struct str text, size_t at)
{
	return next_word(text, &at).size == 0;
}

static bool stands(struct str text, size_t start, size_t end, enum where where)
{
	size_t at = 0;
	if (where == ANYWHERE)
		return true;
	struct str first = next_word(text, &at);
	bool is_first = first.size && start == (size_t)(first.data - text.data);
	switch (where) {
	case FIRST: return is_first;
	case LAST: return is_last(text, end);
	default: return is_first && is_last(text, end);
	}
}

/* "Echo sample service": a thing that is called so, and no example of one. */
static bool is_part_of_name(struct str text, size_t start, size_t end)
{
	size_t from = start;
	struct str word = str_sub(text, start, end - start), next = next_word(text, &end), before;
	if (!str_eq_nocase(word, STR("sample")) || start < 2 || text.data[start - 1] != ' ' ||
	    !str_is_listed(next, "app|apps|application|applications|service|services|workload|workloads"))
		return false;
	from--;
	while (from > 0 && is_word_byte(text.data[from - 1]))
		from--;
	before = str_sub(text, from, start - 1 - from);
	return before.size > 1 && before.data[0] >= 'A' && before.data[0] <= 'Z' &&
	       !str_is_listed(before, "This|That|The|These|Our|Your|An|In|For|With|One|Each|Any|Use|Deploy");
}

/* True when the text says it that way from the word on. */
static bool says(struct str text, struct str word, const struct way *way, enum where where)
{
	if (way->first != word.size || !str_eq_nocase(str_sub(way->phrase, 0, way->first), word))
		return false;
	size_t start = (size_t)(word.data - text.data), end = start + word.size;
	if (way->first < way->phrase.size)
		end = match(text, end, str_from_off(way->phrase, way->first + 1));
	return end && stands(text, start, end, where) && !is_part_of_name(text, start, end);
}

/* Words of a sentence that rule what follows them, and of what stands before only their own clause. */
static bool is_near(const struct marks *row)
{
	return row->sort == EACH || row->sort == NEED;
}

/* The row of the first word that begins a phrase; `far`: of those that rule the whole text. NULL: none does. */
static const struct marks *find_row(struct str text, struct scope *scope, bool far)
{
	size_t at = 0;
	make_ready(scope);
	for (struct str word = next_word(text, &at); word.size; word = next_word(text, &at)) {
		unsigned start = start_of(word);
		for (size_t i = scope->from[start]; i < scope->from[start + 1]; i++) {
			const struct marks *row = &scope->rows[scope->ways[i].row];
			if (!(far && is_near(row)) && says(text, word, &scope->ways[i], row->where))
				return row;
		}
	}
	return NULL;
}

static const struct marks *find(struct str text, struct scope *scope)
{
	return find_row(text, scope, false);
}

/* The first row of those with names_too that the text has a phrase of, wherever it stands; NULL: none. */
static const struct marks *find_of_names(struct str text, struct scope *scope)
{
	size_t at = 0, best = scope->n;
	make_ready(scope);
	for (struct str word = next_word(text, &at); word.size && best; word = next_word(text, &at)) {
		unsigned start = start_of(word);
		for (size_t i = scope->from[start]; i < scope->from[start + 1] && scope->ways[i].row < best; i++) {
			const struct marks *row = &scope->rows[scope->ways[i].row];
			if (row->names_too && says(text, word, &scope->ways[i], row->where))
				best = scope->ways[i].row;
		}
	}
	return best < scope->n ? &scope->rows[best] : NULL;
}

/* "2026-03-01" or "20260301" at the start. */
static bool begins_with_date(struct str name)
{
	if (date_is_valid(date_parse_iso(name)))
		return true;
	size_t n = 0;
	while (n < name.size && isdigit((unsigned char)name.data[n]))
		n++;
	return n == 8 && (str_starts(name, STR("19")) || str_starts(name, STR("20")));
}

const char *context_path_why(struct str path)
{
	static const char *const whys[SORTS] = WHYS(" by its file name");
	struct str rest = path;
	while (rest.size) {
		struct str part = str_cut(&rest, '/');
		if (!rest.size)
			part = path_stem(part);
		if (begins_with_date(part))
			return "history by the date in its file name";
		const struct marks *row = find(part, &path_scope);
		if (row && !find(part, &today_scope))
			return whys[row->sort];
	}
	return NULL;
}

/* "4 → 6 nodes" */
static bool has_step(struct str text)
{
	static const char *const arrows[] = {"→", "->", "=>"};
	for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++) {
		size_t at = str_find(text, str_from(arrows[i]));
		if (at == SIZE_MAX)
			continue;
		struct str before = str_trim(str_sub(text, 0, at));
		struct str after = str_trim(str_from_off(text, at + strlen(arrows[i])));
		if (before.size && after.size && isdigit((unsigned char)before.data[before.size - 1]) &&
		    isdigit((unsigned char)after.data[0]))
			return true;
	}
	return false;
}

const char *context_heading_why(struct str heading)
{
	static const char *const whys[SORTS] = WHYS(" in the heading");
	if (has_step(heading))
		return whys[HISTORY];
	const struct marks *row = find(heading, &heading_scope);
	return row && !find(heading, &today_scope) ? whys[row->sort] : NULL;
}

const char *context_why(struct str words)
{
	static const char *const whys[SORTS] = WHYS("");
	if (str_find(words, STR("->")) != SIZE_MAX || str_find(words, STR("→")) != SIZE_MAX)
		return whys[HISTORY];
	const struct marks *row = find(words, &word_scope);
	return row ? whys[row->sort] : NULL;
}

static const char *const of_sentence[SORTS] = WHYS(" in the sentence");

const char *context_sentence_why(struct str sentence)
{
	const struct marks *row = find(sentence, &sentence_scope);
	return row ? of_sentence[row->sort] : NULL;
}

const char *context_far_why(struct str sentence)
{
	const struct marks *row = find_row(sentence, &sentence_scope, true);
	return row ? of_sentence[row->sort] : NULL;
}

const char *context_naming_why(struct str sentence)
{
	const struct marks *row = find_of_names(sentence, &sentence_scope);
	return row ? of_sentence[row->sort] : NULL;
}
