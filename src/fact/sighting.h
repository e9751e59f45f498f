/* Between the files that find sightings: what is declared, by value. */
#ifndef LINTEL_FACT_SIGHTING_H
#define LINTEL_FACT_SIGHTING_H

#include "fact/fact_parts.h"

enum { KNOWN_WORD_MAX = 40 };

/* Name that a word may be a slip of. */
struct near_name {
	struct str lower;
	struct str shown; /* as declared */
	struct entity *entity;
	bool is_plain; /* short, or an ordinary word itself: only a word that stands like a name is compared */
};

struct near_names {
	VEC(const struct near_name *) list;
};

/* Prefixes by length, so that the narrowest around an address is found by one look at each length that occurs. */
struct prefix_table {
	struct map by_prefix; /* family, bits and base -> struct network * */
	bool has_bits[2][129];
	VEC(struct prefix) sorted; /* by base */
};

/* Of one estate. */
struct known_estate {
	const struct estate *estate;
	struct map addresses; /* family and bytes -> struct entity * */
	struct prefix_table prefixes;
	struct map
		populated; /* id of a network -> the network, when an address other than its gateway is declared in it */
	struct map balanced;              /* the same of networks with an address of a service, or a range */
	VEC(struct address_range) ranges; /* sorted, none overlaps another */
	struct map hosts;                 /* lower case -> struct entity * */
	struct map zones;                 /* lower case -> struct zone * */
	struct map served;                /* zones that a declared host is in */
	struct map deletions;             /* a name, and it without one letter -> struct near_names * */
	uint64_t lengths[256];            /* by first byte: bit n: a name has n bytes */
	struct map exact;                 /* a name in lower case -> struct entity *, or NULL of several */
};

struct known {
	struct arena *arena;
	struct known_estate *estates;         /* in the order of model->estates */
	struct map prefixes;                  /* of every estate */
	struct map words;                     /* of topologies, paths and terms: names of something */
	struct map english, loose, past, row; /* words */
};

struct address_key {
	char bytes[18];
	size_t size;
};
struct address_key address_key(struct address address);
struct address_key prefix_key(struct prefix prefix);
/* The narrowest network with a prefix that holds the address, or NULL. */
struct network *prefix_table_hold(const struct prefix_table *table, struct address address);
/* A network with this prefix, one around it, or one in it; NULL: none. */
struct network *prefix_table_relate(const struct prefix_table *table, struct prefix prefix);
/* True when a declared range holds the address. */
bool known_in_range(const struct known_estate *estate, struct address address);
/* The zone that a host in lower case lies in, the longest; NULL: none, or it is a zone itself. */
const struct zone *known_zone(const struct known_estate *estate, struct str host);
/* An English word or a form of one. Lower case. */
bool known_is_english(const struct known *known, struct str word);
/* The name that a word in lower case is one slip from, or NULL. */
const struct near_name *known_near(const struct known *known, const struct known_estate *estate, struct str lower);

/* One page being read, and in it one text. */
struct sighting_scan {
	struct fact_sink *sink;
	const struct known *known;
	const struct known_estate *estate;
	struct map near;         /* words met -> struct near_name * */
	struct map unknown_rows; /* nodes of table rows that name something unknown */
	VEC(uint32_t) cited;     /* nodes that cite a decision, sorted */
	/* the text being read: the run of a block, a line of a drawing, or a label of a graph */
	const struct run *run;    /* NULL: none */
	uint32_t node;            /* of the block */
	const struct word *label; /* NULL: none */
	struct str text;
	size_t text_at;        /* of a line: where it begins in the text of its node */
	const char *block_why; /* not NULL: nothing in it is of the present */
	uint32_t row;          /* of a cell; else 0 */
	struct str around;     /* text of that row, once it is asked for */
	size_t sentence_from, sentence_to;
	const char *sentence_why;
	size_t next_name;  /* of the run: index of the first that ends behind the token */
	size_t range_ends; /* offset of the token that closes a range; 0: none */
};

/* Records one, with the place of [from, to) of the text being read. */
struct sighting *sighting_add(struct sighting_scan *scan, struct sighting sighting, size_t from, size_t to,
			      const char *why);
/* Text of the row that is being read; empty: none. */
struct str sighting_around(struct sighting_scan *scan);
/* Reads every token of the text. */
void sighting_read(struct sighting_scan *scan);
/* Reads the names of retired things in the run. */
void sighting_read_retired(struct sighting_scan *scan);
/* The same in a line of a drawing, or a label of a graph. */
void sighting_read_retired_label(struct sighting_scan *scan);
/* Reads the names in the node columns of a table. */
void sighting_read_table(struct sighting_scan *scan, uint32_t table, const char *why);
/* A word as ids are written, with a letter in it. */
bool is_id_like(struct str text);
/* The first word of a list that stands in the text as a whole word, or empty. */
struct str find_listed_word(struct str text, const struct map *list);

/* Lists of words that take what stands beside them out of the present. Lower case, '|' between. */
extern const char loose_words[]; /* in the sentence of an address, prefix or host */
extern const char past_words[];  /* in the sentence of a retired thing */
extern const char row_words[];   /* in a row */
/* The text with hosts, paths and addresses blanked: their parts are no words of the sentence. */
struct str without_hosts(struct arena *arena, struct str text);
/* End of the sentence that begins at `from`. */
size_t sentence_end(struct str text, size_t from);

#endif
