/* Documents to facts: (subject, attribute, value) with a place, bound to the model and judged. */
#ifndef LINTEL_FACT_H
#define LINTEL_FACT_H

#include "resolve/resolve.h"

enum fact_form {
	FORM_TABLE,
	FORM_FIELD,
	FORM_SENTENCE,
	FORM_HEADING,
	FORM_DRAWING,
	FORM_MERMAID,
	FORM_DOT,
	FORM_BADGE,
	FORM_SAMPLE,
	FORM_TOPOLOGY,
	FORM_SOURCE,
	FORM_DECISION
};
enum fact_type {
	TYPE_ADDRESS,
	TYPE_PREFIX,
	TYPE_COUNT,
	TYPE_QUANTITY, /* bytes or cores */
	TYPE_VERSION,
	TYPE_WORDS, /* a name of few words: "Talos Linux" agrees with "Talos" */
	TYPE_TEXT,
	TYPE_ROLE,
	TYPE_ARCHITECTURE,
	TYPE_NAME, /* of an entity */
	TYPE_HOST, /* host names, URLs */
	TYPE_NUMBER
};
enum verdict { VERDICT_UNJUDGED, VERDICT_AGREES, VERDICT_CONTRADICTS };

const char *fact_form_name(enum fact_form form);
const char *verdict_name(enum verdict verdict);

/* Row of attributes.def. */
struct attribute {
	const char *name; /* "address", "cidr", "node count" */
	enum fact_type type;
	const char *rule;  /* the rule that tells of a contradiction: "fact-address" */
	const char *words; /* what people call it, '|' between, lower case, singular; longest match wins */
	unsigned subjects; /* bits 1 << ENTITY_x it can belong to */
};
extern const struct attribute attributes[];
extern const size_t n_attributes;
/* The attribute that a heading or key names for a subject of that kind; NULL: none. */
const struct attribute *attribute_find(struct str words, enum entity_kind subject);

/* By its name in attributes.def; asserts that there is one. */
const struct attribute *attribute_named(const char *name);
/* As attribute_find for a subject; knows also "talos version", a component whose version is declared ("Talos"), a status
 * before "decisions" and the attributes of the estate's own facts. *detail is what of the attribute, in `arena`. */
const struct attribute *attribute_of(struct arena *arena, const struct entity *subject, struct str words,
				     struct str *detail);

enum fact_unit { UNIT_NONE, UNIT_BYTES, UNIT_CORES, UNIT_THREADS };

struct quantity {
	enum fact_unit unit;
	double number, max; /* as written; max is the same but for a range */
	int scale;          /* of bytes: 0 B, 1 KB, 2 MB, 3 GB, 4 TB, 5 PB */
};

enum role_bits { ROLE_CONTROL_PLANE = 1, ROLE_WORKER = 2 };

/* A value by type. */
struct fact_value {
	enum fact_type type;
	bool valid;
	VEC(struct address) addresses;
	VEC(struct prefix) prefixes;
	long long min, max; /* count or range of counts */
	VEC(struct quantity) quantities;
	VEC(struct str) names;  /* of a name, a host: each one */
	VEC(long long) numbers; /* ports, MTU, VLAN */
	unsigned set;           /* of a role: role_bits; of an architecture: bits of its own */
	bool weak;              /* a role said by a word that has other senses too: server, agent */
	struct str text;        /* of a version, words and text: lower case, without marks */
	struct str part;        /* what of the text parsed is the value itself; empty: all of it */
};

/* Parses `text` as that type; valid is false when it is no such value (then there is no fact). */
struct fact_value fact_value_parse(struct arena *arena, enum fact_type type, struct str text);
/* Text that is the same for values that are the same: for grouping. */
struct str fact_value_key(struct arena *arena, const struct fact_value *value);
/* Equal numbers agree whether written GB or GiB; 1 TB is 1000 GB and 1024 GB. Of one unit only; bare numbers agree with any. */
bool quantity_agrees(const struct quantity *a, const struct quantity *b);

struct fact {
	struct entity *subject; /* bound; NULL: not bound, see subject_text */
	struct word subject_text;
	const struct attribute *attribute;
	struct str detail; /* what of the attribute: the component of a version, the status of a count; may be empty */
	struct word value; /* as written, with its place; fact_value_parse() reads it again */
	enum fact_form form;
	enum verdict verdict;
	struct page *page;    /* NULL for declared facts */
	struct str why;       /* reason of an unjudged one; else empty */
	struct word declared; /* what it was compared with, with its place; span none: not declared */
	uint32_t block;       /* of the page's markdown: the table that states it; 0: no table */
	struct fact *next;    /* of the same page, while it is read */
};

/* Two or more statements of one thing that cannot all be right, where nothing is declared. */
struct disagreement {
	VEC(const struct fact *) facts; /* by page and place */
};

/* A total that does not follow from its parts. */
struct wrong_total {
	struct word stated;  /* as written */
	struct str computed; /* what the parts give */
	struct str how;      /* "6 × 16 cores"; the sum of a column: empty */
	VEC(struct note) places;
};

/* A table or list that claims all members of a set, and is not that. */
struct member_gap {
	struct span span;         /* of its first cell or item */
	struct str set;           /* "agents", "nodes of prod" */
	VEC(struct word) missing; /* each where it is declared, or where the other table lists it */
	VEC(struct word) extra;   /* each where it stands in the table */
	bool against_declared;    /* else against another table */
	struct span other;        /* of the declaration or the other table */
};

/* Why facts are not judged, and how many. */
struct fact_reason {
	struct str why;
	size_t n;
};

/* ---- sightings: what documents name, whoever it belongs to ---- */

enum sighting_kind {
	SIGHTING_ADDRESS,
	SIGHTING_PREFIX,
	SIGHTING_HOST,      /* under a zone of the estate */
	SIGHTING_NAME,      /* in a column of nodes */
	SIGHTING_NEAR_MISS, /* a word one edit from a name */
	SIGHTING_LOOKALIKE, /* a name written with letters of another script */
	SIGHTING_RETIRED    /* the name of something retired */
};

struct sighting {
	enum sighting_kind kind;
	struct word word; /* as written */
	struct page *page;
	struct address address;
	struct prefix prefix; /* host bits cleared */
	/* An address: the narrowest network that holds it. A prefix: one that has it, or that it holds or lies in. A network
	 * may be NULL. */
	const struct network *network;
	const struct entity *entity; /* who has it; whose name is meant; what is retired; NULL: nothing has it */
	struct str meant;            /* of a near miss and a look-alike: the name as declared */
	bool is_known;               /* something has it, or may have it */
	struct str why;              /* reason it says nothing about the present; empty for most that is known */
};

/* What is stated, in words: "address", "version (talos)"; of an entry of `facts:` its own attribute: "retention". */
struct str fact_attribute_text(struct arena *arena, const struct fact *fact);

struct facts {
	VEC(const struct fact *) list; /* stated facts, by page and place */
	size_t stated, judged, agree, contradict, unjudged;
	VEC(struct fact_reason) reasons; /* of the unjudged, by number and name */
	VEC(struct disagreement) disagreements;
	VEC(const struct wrong_total *) totals;
	VEC(const struct member_gap *) gaps;
	VEC(const struct sighting *) sightings; /* of what nothing is known to have, by page and place */
};

/* A form finds candidates in one page. Runs in workers; files of fact/forms/ register by existing. */
struct fact_sink;
struct form {
	const char *name;
	void (*find)(struct fact_sink *sink, const struct model *model, struct page *page);
	bool without_estate; /* also reads pages that belong to no estate */
	bool without_text;   /* also reads diagram files, which have no markdown */
};
extern const struct form *const forms[];
extern const size_t n_forms;

/* What a form yields. */
struct statement {
	struct entity *subject;   /* NULL: not bound */
	struct word subject_text; /* of one that is not bound */
	const struct attribute *attribute;
	struct str detail; /* as in struct fact */
	struct word value; /* text and place; may be longer than the value itself */
	enum fact_form form;
	const char *why;   /* not NULL: left alone for this reason */
	const char *doubt; /* not NULL: left alone for this reason unless it agrees with what is declared */
	uint32_t block;    /* as in struct fact */
};
void fact_state(struct fact_sink *sink, const struct statement *statement);
/* For what a form needs while it reads one page. */
struct arena *fact_arena(struct fact_sink *sink);

struct facts *fact_find(struct arena *arena, struct model *model, const struct pool *pool);
/* What the topology and the decision log declare for (subject, attribute), each with its place; n 0: nothing. */
struct declared {
	VEC(struct word) values;
};
struct declared fact_declared(struct arena *arena, const struct model *model, const struct entity *subject,
			      const struct attribute *attribute);
/* The same of one detail. A subject of NULL is looked up by name among the estate's own facts. */
struct declared fact_declared_detail(struct arena *arena, const struct estate *estate, const struct entity *subject,
				     struct str subject_name, const struct attribute *attribute, struct str detail);
/* The narrowest declared network that holds the address; NULL: none. After fact_find(). */
const struct network *declared_network(const struct estate *estate, struct address address);
/* "kubernetes" of "K8s Version", "talos" of "Talos Linux": a component as details name it. */
struct str version_component(struct arena *arena, struct str words);

/* ---- drawings ---- */

/* One line of a label. */
struct drawn_line {
	struct word word;
	struct span more;      /* of its second part, when a line break in the label tore it apart; SPAN_NONE: whole */
	struct entity *entity; /* that it begins with the name of; NULL: none */
	size_t name_size;      /* bytes of the text up to the end of that name */
	bool apart;            /* something stands between it and the line before */
};

/* A box, node or frame of a drawing. */
struct drawn {
	VEC(struct drawn_line) lines;
	VEC(struct entity *) names; /* every entity that its lines name, lists with commas too */
	struct str id;              /* in mermaid and dot */
	struct entity *entity;      /* that it stands for, by its first line or its id; NULL: none */
	bool by_id;                 /* known by its id only */
	bool is_loose;              /* text beside boxes, in a frame of a box drawing */
	bool is_frame;              /* it holds others */
	int parent;                 /* index of the innermost frame around it, -1: none */
	const char *why;            /* not NULL: it and what it holds are not of the present */
	struct word unknown;        /* the name in it that claims a thing nobody declares; empty: none */
	struct str near;            /* the declared name that it may mean; empty: none */
};

/* A box drawing, or a graph of mermaid or dot: its nodes, then its clusters, in the graph's order. */
struct sketch {
	const struct page *page;
	enum fact_form form;
	const struct graph *graph; /* NULL: a box drawing */
	VEC(struct drawn) items;
	VEC(struct drawn) edges; /* that have a label, in the graph's order: their lines and names */
	const char *why;         /* not NULL: none of it is of the present */
};

struct sketches {
	VEC(struct sketch *) list; /* by page and place */
};

/* Every drawing of the pages of an estate, its labels bound. Costs a walk over the code blocks. */
struct sketches fact_drawings(struct arena *arena, const struct model *model);

/* ---- questions: what is declared, asked for by name ---- */

/* The answer to NAME(.field)*, with the fields of topology.yaml: main.nodes.count, storm.address, main.versions.talos. */
struct query {
	const struct entity *entity; /* that the name stands for; NULL: nothing declared has that name */
	bool found;
	enum fact_type type;
	struct str text;      /* the value as declared; several with ", " between */
	struct span declared; /* of the first */
	struct str rest;      /* what stands behind the name; may be empty: the title */
	struct str near;      /* not found: the whole question with the nearest key, or empty */
};

/* Names are ids and aliases of `estate` (NULL: none), then ids of estates: lab.nodes.count, lab.storm.address. A name
 * that several kinds share is asked in the order cluster, node, device, service, network, group, zone. Text lives as
 * long as arena and model. After fact_find(). */
struct query query_ask(struct arena *arena, const struct model *model, const struct estate *estate,
		       struct str question);

/* `{{ question }}` in running text, outside code. Only those whose first part is declared are listed. */
struct value_use {
	struct span span; /* braces included */
	struct str question;
	const struct query *query;
};
struct value_uses {
	VEC(struct value_use) list;
};
struct value_uses values_find(struct arena *arena, const struct model *model, const struct page *page);
/* A heading or other line of the page with its values in place, for where it is shown apart from the page. */
struct str values_print(struct arena *arena, const struct model *model, const struct page *page, struct word text);

/* ---- generated regions ---- */

enum region_state {
	REGION_READY,         /* `wanted` is what should stand there */
	REGION_UNCLOSED,      /* begin without end */
	REGION_UNOPENED,      /* end without begin */
	REGION_UNKNOWN_KIND,  /* near: the nearest kind, or empty */
	REGION_NEEDS_NAME,    /* no argument, and several or none that could be meant: `wanted` names them */
	REGION_UNKNOWN_NAME,  /* the argument names none; near: the nearest */
	REGION_UNKNOWN_GROUP, /* "by" something that nothing is grouped by */
	REGION_NOT_ALONE,     /* a table whose comments do not stand on lines of their own */
	REGION_EMPTY,         /* nothing is declared that it could show */
	REGION_TOO_MUCH       /* more is generated for the page already than a page should hold */
};

/* What stands between `<!-- lintel:begin KIND [NAME] [by GROUP] -->` and `<!-- lintel:end -->`. */
struct region {
	enum region_state state;
	struct span begin; /* the opening comment; of REGION_UNOPENED the closing one */
	struct span body;  /* between the comments */
	struct word kind, name;
	struct word by;    /* what a table is grouped by; empty: it is one */
	const char *thing; /* what the name is of: "cluster", "log"; NULL: it takes none */
	struct str near;
	struct str wanted;        /* with the line ends of the file */
	bool is_stale;            /* the body says something else, layout aside */
	struct span first_change; /* is_stale: the first line of the body that differs; size 0: what is missing there */
};
struct regions {
	VEC(struct region) list;
};
/* The regions of a page in file order. What they hold depends on the model and the page's path only. */
struct regions regions_find(struct arena *arena, const struct model *model, const struct page *page);

#endif
