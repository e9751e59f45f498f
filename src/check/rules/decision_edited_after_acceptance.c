/* decision-edited-after-acceptance: the words of a record changed after it was accepted. */
#include "check/check.h"

#include <ctype.h>

/* Fewer words than these are corrections. */
enum { GONE_LEAST = 5, NEW_LEAST = 15, STEM = 4, WORD_MAX = 64 };

/* ---- words ---- */

/* How often a word stands in one text more than in the other. */
struct word_count {
	struct str word;
	long n; /* now less then */
};

struct bag {
	struct arena *arena;
	struct map counts; /* word -> struct word_count * */
};

typedef void word_fn(void *context, const struct md *md, uint32_t node, struct str word);

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Words of a text; what holds a slash or a dot within is an address, a name that begins as a record's is one. */
static void each_word(const struct md *md, uint32_t node, word_fn *fn, void *context)
{
	struct str text = md_text(md, &md->nodes[node]);
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		bool is_address = false;
		while (at < text.size && !isspace((unsigned char)text.data[at])) {
			bool inside = at > start && at + 1 < text.size && is_word_byte(text.data[at + 1]);
			is_address |= text.data[at] == '/' || (text.data[at] == '.' && inside);
			at++;
		}
		struct str token = str_sub(text, start, at - start);
		while (token.size && !is_word_byte(token.data[0]))
			token = str_from_off(token, 1);
		while (token.size && !is_word_byte(token.data[token.size - 1]))
			token.size--;
		if (token.size && token.size <= WORD_MAX && !is_address && !str_starts_nocase(token, STR("adr")))
			fn(context, md, node, token);
		at += at == start;
	}
}

/* ---- what may change ---- */

/* Sections that are there to be added to, or hold what is not the decision. */
static bool may_grow(struct str heading)
{
	static const char *const starts[] = {
		"status",   "date",           "link",          "more info", "related",  "reference",      "see also",
		"change",   "history",        "note",          "update",    "amend",    "addend",         "follow",
		"review",   "revision",       "version",       "erratum",   "errata",   "implementation", "postscript",
		"progress", "outcome review", "retrospective", "afterword", "supersed", "decider",        "clarif",
		"metadata", "tags",           "participants",  "appendix",  "todo",     "tasks",          "log"};
	while (heading.size && !is_word_byte(heading.data[0]))
		heading = str_from_off(heading, 1);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts_nocase(heading, str_from(starts[i])))
			return true;
	return false;
}

/* A remark about what became of the record, or that says itself that it was added. */
static bool is_remark(struct str text)
{
	static const char *const starts[] = {"supersed", "superced",   "amended", "update",  "edit",     "note",
					     "deprecat", "replaced",   "clarif",  "status",  "addendum", "correction",
					     "added on", "since then", "revised", "erratum", "deciders", "date"};
	while (text.size && !is_word_byte(text.data[0]))
		text = str_from_off(text, 1);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts_nocase(text, str_from(starts[i])))
			return true;
	return false;
}

/* Walks the words of a record that are its decision: behind its head, outside of sections and remarks that may grow. */
static void each_decision_word(struct arena *arena, const struct md *md, word_fn *fn, void *context)
{
	uint32_t skipped_to = 0;
	unsigned closed = 7; /* level of the heading whose section is passed over; 7: none */
	bool in_body = false;
	for (uint32_t i = 1; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_HEADING) {
			struct str text = md_plain(arena, md, i);
			if (node->level <= closed)
				closed = may_grow(text) ? node->level : 7;
			in_body |= node->level > 1 || record_is_section(text);
			i = node->end - 1;
		} else if ((node->kind == MD_PARAGRAPH || node->kind == MD_ITEM || node->kind == MD_QUOTE) &&
			   i >= skipped_to && is_remark(str_sub(md_plain(arena, md, i), 0, 40))) {
			skipped_to = node->end;
		} else if ((node->kind == MD_TEXT || node->kind == MD_CODE) && in_body && closed == 7 &&
			   i >= skipped_to) {
			each_word(md, i, fn, context);
		}
	}
}

/* ---- comparing ---- */

static struct word_count *count_of(struct bag *bag, struct str word)
{
	struct str lower = str_lower_ascii(bag->arena, word);
	struct word_count *count = map_find(&bag->counts, lower);
	if (!count) {
		count = NEW(bag->arena, struct word_count);
		count->word = lower;
		map_put(&bag->counts, lower, count);
	}
	return count;
}

static void add_now(void *context, const struct md *md, uint32_t node, struct str word)
{
	(void)md;
	(void)node;
	count_of(context, word)->n++;
}

static void add_then(void *context, const struct md *md, uint32_t node, struct str word)
{
	(void)md;
	(void)node;
	count_of(context, word)->n--;
}

/* "colour" and "color", "cluster" and "clusters" are one word spelt anew. */
static void drop_spellings(struct bag *bag)
{
	struct map by_stem = {.arena = bag->arena};
	for (size_t i = 0; i < bag->counts.n; i++) {
		struct word_count *count = bag->counts.items[i].value;
		struct word_count *other = map_find(&by_stem, str_sub(count->word, 0, STEM));
		if (!count->n || count->word.size < STEM)
			continue;
		if (!other || (other->n > 0) == (count->n > 0)) {
			map_put(&by_stem, str_sub(count->word, 0, STEM), count);
			continue;
		}
		long both = count->n + other->n;
		bool keeps = (both > 0) == (count->n > 0);
		count->n = keeps ? both : 0;
		other->n = keeps ? 0 : both;
	}
}

struct change {
	long gone, added;
};

static struct change change_of(const struct bag *bag)
{
	struct change change = {0};
	for (size_t i = 0; i < bag->counts.n; i++) {
		long n = ((const struct word_count *)bag->counts.items[i].value)->n;
		change.added += n > 0 ? n : 0;
		change.gone += n < 0 ? -n : 0;
	}
	return change;
}

/* The first text that holds a word that was not there. */
struct first_new {
	struct bag *bag;
	uint32_t node;
};

static void find_new(void *context, const struct md *md, uint32_t node, struct str word)
{
	struct first_new *first = context;
	(void)md;
	if (!first->node && count_of(first->bag, word)->n > 0)
		first->node = node;
}

/* ---- the rule ---- */

static void check_record(struct check *check, const struct decision *decision)
{
	struct arena *arena = arena_new();
	struct bag bag = {arena, {.arena = arena}};
	each_decision_word(arena, decision->md, add_now, &bag);
	each_decision_word(arena, decision->accepted_as, add_then, &bag);
	drop_spellings(&bag);
	struct change change = change_of(&bag);
	if (change.gone >= GONE_LEAST || change.added >= NEW_LEAST) {
		struct first_new first = {&bag, 0};
		each_decision_word(arena, decision->md, find_new, &first);
		struct str day = date_format(check->arena, date_from_epoch(decision->accepted_in->when));
		struct diag *diag =
			check_report(check, decision->title.span,
				     "changed since it was accepted on " STR_FMT ": %ld word%s gone, %ld new",
				     STR_ARG(day), change.gone, change.gone == 1 ? "" : "s", change.added);
		if (first.node)
			check_note(check, diag, md_span(decision->md, &decision->md->nodes[first.node]),
				   "new words begin here");
		check_note(check, diag, SPAN_NONE, "accepted in commit " STR_FMT,
			   STR_ARG(str_sub(decision->accepted_in->id, 0, 12)));
		check_help(
			check, diag,
			"write a new record that amends or supersedes it, or put what was added under a heading that "
			"says so: \"Update\" and the date");
		check_key(check, diag, STR("edited"));
	}
	arena_free(arena);
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		if (decision->md && decision->accepted_as)
			check_record(check, decision);
	}
}

const struct rule rule_decision_edited_after_acceptance = {
	.name = "decision-edited-after-acceptance",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a decision record whose words changed after it was accepted",
	.explain =
		"A record says what was decided and why at the time; who relied on it must find it as it was. What came later "
		"belongs into a new record. The record is compared with what it said a week after the commit that accepted "
		"it. Five words that are gone or fifteen that are new make a finding; fewer are corrections.\n\n"
		"May change: status, dates, people, links and addresses, spelling, the order of paragraphs, what stands before "
		"the first section, and what says itself that it was added later: sections such as Update, Notes, Links or "
		"History, and paragraphs that begin with Update, Note or Superseded.\n\n"
		"Without git and in a shallow clone nothing is said, nor of a record whose file was renamed since.",
	.example = "0012 was accepted in March; in June \"three nodes\" of its decision became a cluster of its own",
	.cure = "Restore the record and write a new one that amends or supersedes it.",
	.run = run,
};
