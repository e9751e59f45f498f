/* Sentences of a run as tokens, for the forms that read prose; private to fact/. */
#ifndef LINTEL_FACT_PHRASE_H
#define LINTEL_FACT_PHRASE_H

#include "fact/fact_parts.h"

enum token_kind {
	TOKEN_WORD,
	TOKEN_NUMBER,  /* digits, or a number word up to sixteen */
	TOKEN_NAME,    /* a mention */
	TOKEN_ADDRESS, /* with a port or not */
	TOKEN_PREFIX,
	TOKEN_VERSION, /* v1.12.1, 1.35, v13 */
	TOKEN_OTHER,   /* a range, a path, a host: nothing that is read here */
	TOKEN_MARK     /* one byte of punctuation, or a dash or arrow of Unicode */
};

struct token {
	uint8_t kind;
	char mark;             /* of a mark: itself; '-' for every dash, '>' for arrows */
	bool spaced;           /* a blank stands before it */
	uint8_t depth;         /* of parentheses around it */
	uint32_t from, to;     /* bytes of the run's text */
	struct entity *entity; /* of a name */
	long long number;      /* of a number */
};

/* One sentence, or line. */
struct phrase {
	struct fact_sink *sink;
	const struct run *run;
	const struct token *token;
	size_t n;
	struct context context;
	enum fact_form form;
	const struct attribute
		*field;    /* what the line's key or the cell's column names: another form states it; or NULL */
	size_t start;      /* token behind the key and its ':' */
	const char *why;   /* not NULL: not of the present, by heading or place */
	const char *said;  /* by the words that rule the whole sentence; NULL: of the present */
	const char *named; /* the same for an address beside a name */
	bool is_judged;    /* said and named are set */
};

/* Tokens of a run, without the blanks. */
struct tokens {
	VEC(struct token) list;
};
struct tokens phrase_tokens(struct arena *arena, const struct run *run);
/* False when nothing that the sentence form reads can stand in it: no number, no URL, no platform, no two names. */
bool run_may_state(const struct run *run);
/* How many tokens of [from, n) are the first sentence, its closing mark included. */
size_t phrase_size(const struct tokens *tokens, size_t from, const struct run *run);

struct str phrase_text(const struct phrase *phrase, size_t i);
/* True when there is such a token and it is one of the words ('|' between), in any letter case. */
bool phrase_has(const struct phrase *phrase, size_t i, const char *words);
bool phrase_has_mark(const struct phrase *phrase, size_t i, char mark);
/* Index behind `words` (blanks between; '-' for a hyphen or blank) when they stand from i on; else 0. */
size_t phrase_run(const struct phrase *phrase, size_t i, const char *words);

/* States the tokens [from, to) as value; `naming`: of an address or prefix beside a name. */
struct claim {
	struct entity *subject;
	const struct attribute *attribute;
	struct str detail;
	size_t from, to;
	bool naming;
	bool of_each; /* "each" and "needs" take nothing away from it */
	const char *why;
	const char *doubt;        /* not NULL: left alone for this reason unless it agrees with what is declared */
	struct word subject_text; /* of what nothing declares */
};
void phrase_state(struct phrase *phrase, const struct claim *claim);

/* The only cluster of the page's estate, or NULL. */
struct entity *only_cluster(const struct fact_sink *sink);
/* The cluster that "the cluster" means here: of the section, of the page, the only one; NULL: none. */
struct entity *cluster_at(const struct phrase *phrase);

/* The one cluster that the phrase names, or whose nodes it names; when it names none, cluster_at(). NULL: none or several. */
struct entity *cluster_meant(const struct phrase *phrase);

/* "12 nodes", "6-node", "3 to 6 Kubernetes nodes" from token i on. */
struct tally {
	size_t end;            /* 0: no tally stands here */
	size_t value_to;       /* behind the number or range */
	const char *attribute; /* its name in attributes.def */
	struct entity *of;     /* the name between number and noun: "6 Pi nodes" */
	struct str detail;     /* a status: "58 accepted decisions" */
	bool joined;           /* "6-node" */
	const char *doubt;     /* as in struct claim */
};
struct tally tally_at(const struct phrase *phrase, size_t i);
/* The attribute of a noun that is counted ("nodes", "worker nodes", "ADRs"), and *end behind it; NULL: none. */
const char *counted_noun(const struct phrase *phrase, size_t i, size_t *end);
bool tally_is_of_cluster(const struct tally *tally);
/* True when the word before the name at token i makes it part of a thing: "gateway of storm", "bucket harbor". */
bool phrase_is_of_another(const struct phrase *phrase, size_t name);
/* True when the name is what the sentence speaks of, not where or whose that is: "the pod on storm has 2 GB". */
bool phrase_is_head(const struct phrase *phrase, size_t name);
/* States the tally at token i of that subject: of a node its cluster; of the estate the total. */
void tally_state(struct phrase *phrase, size_t i, const struct tally *tally, struct entity *subject, const char *why);

/* Parts of the sentence form; each reads one phrase. */
void read_tallies(struct phrase *phrase);
void read_parentheses(struct phrase *phrase);
void read_addresses(struct phrase *phrase);
void read_versions(struct phrase *phrase);
void read_placements(struct phrase *phrase);
void read_vips(struct phrase *phrase);
void read_settings(struct phrase *phrase);
void read_possessions(struct phrase *phrase);
void read_platforms(struct phrase *phrase);
void read_own_facts(struct phrase *phrase);

#endif
