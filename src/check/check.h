/* The engine: runs every rule over the model and the facts, applies severities and suppressions. */
#ifndef LINTEL_CHECK_H
#define LINTEL_CHECK_H

#include "fact/fact.h"

struct check;

/* One rule, one file, one struct. `lintel explain`, rule pages and SARIF read it; there is no second copy. */
struct rule {
	const char *name;       /* "fact-address" */
	enum severity severity; /* unless configured otherwise */
	const char *group;      /* "topology", "sources", "facts", "decisions", "links", "diagrams", "text" */
	const char *summary;    /* one line, no full stop: what it reports */
	const char *explain;    /* paragraphs: why it matters, what counts and what does not */
	const char *example;    /* what it looks like when it fires; may be NULL */
	const char *cure;       /* what to do about it */
	void (*run)(struct check *check);
};

extern const struct rule *const rules[]; /* sorted by name */
extern const size_t n_rules;
const struct rule *rule_find(struct str name);
/* The name itself when such a rule exists, else the nearest name, else empty. */
struct str rule_nearest(struct arena *arena, struct str name);

/* What a rule sees. */
struct check {
	struct arena *arena;
	const struct model *model;
	const struct facts *facts;
	const struct config *config;
	const struct sources *sources;
	const struct rule *rule;         /* the one that runs */
	const struct troubles *troubles; /* what check_trouble walks */
	const struct syntax *syntax;     /* for check_is_suppressed; NULL: nothing is */
	const struct sketches *drawings; /* check_drawings() */
	struct map *stale;               /* path -> bodies of its stale generated regions; made when first asked for */
	struct diags *diags;
};

/* Reports one finding of the running rule; the address is valid until the next report. */
struct diag *check_report(struct check *check, struct span span, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Same with a severity of its own (where one rule has two). */
struct diag *check_report_as(struct check *check, enum severity severity, struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void check_note(struct check *check, struct diag *diag, struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void check_help(struct check *check, struct diag *diag, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A further one of the same finding is added to the first. */
void check_fix(struct check *check, struct diag *diag, struct span span, struct str text);
/* Words for the fingerprint, when the message holds more than the offence. */
void check_key(struct check *check, struct diag *diag, struct str key);

/* A finding of the running rule at that place would be suppressed there. One that names many places leaves such out, and
 * reports them by themselves. */
bool check_is_suppressed(const struct check *check, struct span span);

/* Every drawing with its labels bound (fact_drawings), found when the first rule asks. */
const struct sketches *check_drawings(struct check *check);

/* Next trouble of the running rule, or NULL. Start with *cursor = 0. */
const struct trouble *check_trouble(struct check *check, size_t *cursor);

/* Every rule, then severities, overrides, suppressions (and suppression-unused), sorted. */
struct diags *check_run(struct arena *arena, const struct model *model, const struct facts *facts,
			struct syntax *syntax);
/* Findings of what passes behind check found wrong (draw), added to `diags` in order. */
void check_late(struct arena *arena, const struct model *model, const struct troubles *troubles, struct syntax *syntax,
		struct diags *diags);

/* Estates, and the entities in them, in order: */
#define FOR_ESTATES(model, e)                                       \
	for (size_t e##_i = 0; e##_i < (model)->estates.n; e##_i++) \
		for (struct estate *e = (model)->estates.data[e##_i]; e; e = NULL)

/* ---- what pages say of decisions, as the rules see it; in citations.c ---- */

/* The records that `decision` gave way to, the whole chain, nearest first; of several the first. */
struct successors {
	const struct decision *list[16];
	size_t n;
};
struct successors successors_of(const struct decision *decision);
/* A record that is no longer in force: superseded, deprecated, rejected or withdrawn. */
bool decision_is_retired(const struct decision *decision);
/* "ADR-0004" of a record with a number, else its id. */
struct str decision_name(struct arena *arena, const struct decision *decision);
/* Text that takes what it speaks of out of the present: "superseded", "formerly", "the old".
 * `past_tense`: "was" and the like count too. */
bool says_retired(struct str text, bool past_tense);

/* Next "ADR-0004" in text from *off on, and *off moved behind it; false when there is none. */
struct decision_name_found {
	size_t off, size;
	long long number;
};
bool decision_name_next(struct str text, size_t *off, struct decision_name_found *found);

#endif
