/* What the files of fact/ share with each other only. */
#ifndef LINTEL_FACT_PARTS_H
#define LINTEL_FACT_PARTS_H

#include "fact/fact.h"

#define KIND_BIT(kind) (1u << (kind))
#define ANY_KIND ((1u << ENTITY_KINDS) - 1u)
/* Things that something runs on. */
#define RUNNING_KINDS (KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_DEVICE))

/* Where a statement stands: whom its section is about, and whether it speaks of the present. */
struct context {
	struct entity *subject; /* NULL: nobody, or several */
	const char *why;        /* not NULL: not of the present, for this reason */
};

/* Heading of a page, with what follows from it. */
struct section {
	uint32_t node;
	int parent; /* index of the enclosing section, -1: none */
	uint8_t level;
	struct entity *subject; /* the one entity the heading names */
	bool names_several;
	const char *why;
	/* What unbound_section() says of a node in it, once it was asked. */
	bool is_looked;
	struct word unbound;
	enum entity_kind unbound_kind; /* ENTITY_KINDS: none */
};

struct fact_sink {
	struct arena *arena; /* for what ends with the page */
	struct arena *kept;  /* for the facts */
	const struct model *model;
	const struct titles *titles;
	struct page *page;
	struct entity *page_subject;
	const char *page_why;         /* not NULL: the whole page is not of the present */
	VEC(struct section) sections; /* by node */
	struct fact *first, *last;
	VEC(const struct wrong_total *) totals;
	const struct name_sets *sets;
	VEC(const struct roll *) rolls;
	VEC(const struct member_gap *) gaps;
	VEC(const struct sighting *) sightings;
	const struct run **runs; /* of each node, once run_read() was asked; NULL: of none yet */
};

/* Fills sections and page_subject. */
void context_begin(struct fact_sink *sink);
/* Of the statement at a node. */
struct context context_at(const struct fact_sink *sink, uint32_t node);
/* Text of the heading that a node stands below, or is; empty: none. */
struct str context_heading(const struct fact_sink *sink, uint32_t node);
/* Words in a heading, key or cell that take a statement out of the present; NULL: none. */
const char *context_why(struct str words);

/* Of a page by its path, a section by its heading, a sentence by its words; NULL: of the present. */
const char *context_path_why(struct str path);
const char *context_heading_why(struct str heading);
const char *context_sentence_why(struct str sentence);
/* As the sentence's, without words that rule their clause and what follows only: each, every, needs. */
const char *context_far_why(struct str sentence);
/* As the sentence's, without what only says that a number or a deed is not given (negation, condition, bounds): an
 * address beside a name stands there in any case. */
const char *context_naming_why(struct str sentence);

/* ---- runs: the text of a block without its markup ---- */

enum run_mark { RUN_STRUCK = 1, RUN_CODE = 2, RUN_LINK = 4, RUN_STRONG = 8 };

/* A stretch of the run that one text or code node gave. */
struct run_piece {
	size_t at;
	uint32_t node;  /* 0: a break */
	unsigned marks; /* bits of enum run_mark */
};

/* A mention as a range of the run's text. */
struct run_name {
	size_t from, to;
	struct entity *entity;
};

/* Plain text of a paragraph, heading, cell or item: soft breaks are blanks; hard breaks, `<br>`, and soft ones before a
 * strong key, are line ends. Bytes map back to the source. */
struct run {
	uint32_t block;
	struct str text;
	VEC(struct run_piece) pieces;
	VEC(struct run_name) names;
	struct word front; /* of a field of the front matter, which no node holds: all of it; else empty */
};

/* Index of the page's first mention in or behind a node. */
size_t mention_from(const struct page *page, uint32_t node);
/* Several forms ask for the same blocks: a run is read once. It ends with the page. */
struct run run_read(struct fact_sink *sink, uint32_t block);
/* `<br>` in a line. */
bool is_html_break(const struct md *md, uint32_t node);
/* The value of a field of the front matter, with the clusters and nodes that it names. */
struct run run_read_front(struct fact_sink *sink, struct word value);
/* Text [from, to) with its place: from its first to its last byte in the source. */
struct word run_word(const struct fact_sink *sink, const struct run *run, size_t from, size_t to);
/* All marks that any byte of [from, to) has. */
unsigned run_marks(const struct run *run, size_t from, size_t to);

/* Titles of the entities of every estate. */
struct titles;
struct titles *titles_index(struct arena *arena, const struct model *model);

/* The entity that a whole cell, key or head names (trailing parentheses and marks off), of a kind that `wanted` has the bit of; NULL: none. */
struct entity *subject_named(const struct fact_sink *sink, struct str text, unsigned wanted);
/* Kinds that a column head or key asks for ("node", "cluster" ...); 0: it says nothing. */
unsigned subject_kinds(struct str head);

/* The attribute that has this word, for a subject of that kind; the word as in attributes.def. */
const struct attribute *attribute_by_word(struct str word, enum entity_kind subject);
/* What a column head or key says: the attribute, what of it, and the unit of bare numbers ("RAM (GB)"). */
struct label {
	const struct attribute *attribute; /* NULL: none */
	struct str detail, unit;
};
struct label label_find(struct fact_sink *sink, struct str words, enum entity_kind subject);
/* Same of a subject that is known: what it declares may be named too. */
struct label label_find_for(struct fact_sink *sink, struct str words, const struct entity *subject);
/* The value with the label's unit behind a bare number. */
struct word label_value(struct fact_sink *sink, const struct label *label, struct word value);

/* Name of a thing that nothing declares, in lower case behind the word for its kind; str empty: it is no name. */
struct word unbound_name(struct fact_sink *sink, struct word name, enum entity_kind kind);
/* Same of "Studio Cluster", "Cluster: studio"; in the headings around a node, then in the page's title. */
struct word unbound_section(struct fact_sink *sink, uint32_t node, enum entity_kind *kind);
/* True when the nearest heading speaks of something else than the subject of the section around it, as far as is known. */
bool section_strays(const struct fact_sink *sink, uint32_t node);
/* Emphasis marks, a closing ':' and trailing parentheses off. */
struct str bare_name(struct str text);

/* `storm: 192.168.100.25`: states what the value's own form says of the subject. */
void state_by_form(struct fact_sink *sink, const struct statement *statement);

/* States it, and what the value says besides: the port of a URL, the versions of a platform. */
void state_value(struct fact_sink *sink, const struct statement *statement);
/* The network that a cell stands for under a head: by its declared prefix, or the number of its VLAN; NULL: none. */
struct entity *network_by_value(const struct fact_sink *sink, struct str head, struct str text);

/* ---- tables ---- */

enum { TABLE_COLUMNS = 32 };

struct table_row {
	uint32_t node[TABLE_COLUMNS]; /* of the cells */
	size_t n;
};
struct table_row table_row(const struct md *md, uint32_t row);
/* Text of a cell, without its markup; `<br>` is a line end. */
struct word table_cell(struct fact_sink *sink, uint32_t cell);
/* True when something in the node is struck through. */
bool is_struck(const struct md *md, uint32_t node);

/* Item of "etcd, API server and Loki"; separators in brackets part nothing. */
struct list_item {
	struct word word;
	bool struck;
};
/* Takes the next item of the text [*from, to) off. */
bool list_item_next(struct fact_sink *sink, const struct run *run, size_t *from, size_t to, struct list_item *item);
/* End of the name that an item leads with: what stands before a colon, a bracket, a dash or a line end, or all of it. */
size_t item_lead(const struct run *run);

/* A list of what runs on a node, cluster or device, with what holds for all of it. */
struct runs_list {
	struct entity *place;
	enum fact_form form;
	const char *why; /* as in struct statement */
	uint32_t block;
};
/* True when a column head or key says that what stands below or behind it runs there: "Runs", "Workloads". */
bool is_runs_word(struct str words);
/* States each item of the text [from, to): a declared service runs on the place; the place runs anything else. */
void state_runs(struct fact_sink *sink, const struct runs_list *list, const struct run *run, size_t from, size_t to);

/* True when a column head or key says that a node's parts stand below or behind it: "Specs", "CPU / RAM". */
bool is_specs_word(struct str words);
/* States the cores, memory and storage of a node that the text [from, to) lists; value and attribute of the statement are
 * not used. */
void state_specs(struct fact_sink *sink, const struct statement *of, struct str head, const struct run *run,
		 size_t from, size_t to);
/* "worker" or "control plane", when the words of a heading, key or line say that of nodes and nothing else; else empty. */
struct str role_said(struct fact_sink *sink, struct str words);
/* "**Workers**: elm, ash": states the role of each declared node in the text [from, to). The list's place is not used. */
void state_role_list(struct fact_sink *sink, const struct runs_list *list, struct str role, const struct run *run,
		     size_t from, size_t to);

/* ---- what no single statement says ---- */

/* Sums, products and totals of the page that do not fit; into sink->totals. After the forms. */
void totals_find(struct fact_sink *sink);
/* Sets whose members are declared, by the members' names. */
struct name_sets *name_sets_index(struct arena *arena, const struct model *model);
/* Tables and lists of the page that claim all members of a set; into sink->gaps and sink->rolls. */
void members_find(struct fact_sink *sink);
/* A table or list that claims all of something that nothing declares. */
struct roll {
	const struct page *page;
	struct str what; /* its column head, lower case, singular */
	struct span span;
	VEC(struct word) names;
	VEC(struct str) keys; /* the names, lower case */
};
/* Rolls against each other. */
void members_compare(struct arena *arena, struct facts *facts, const struct roll *const *rolls, size_t n);
/* Facts that nothing declares against each other. */
void agree_find(struct arena *arena, const struct model *model, struct facts *facts);

/* What sightings are compared with, for every estate. */
struct known;
struct known *known_index(struct arena *arena, const struct model *model);
/* Addresses, prefixes, hosts and names of the page; into sink->sightings. After the facts stand in their order: what a
 * fact tells of is marked. */
void sightings_find(struct fact_sink *sink, const struct known *known);

/* Narrows a word to the part of its text that holds the value itself, so that a finding points at it. */
struct word value_narrow(const struct model *model, struct word word, const struct fact_value *value);
/* Makes what is declared quick to ask for; before any fact is judged. */
void declared_index(struct arena *arena, struct model *model);
/* The one network that declares this VLAN, written as a number; NULL: none, or several. */
struct entity *declared_vlan(const struct estate *estate, struct str number);
/* The network that has exactly this prefix; NULL: none. */
const struct network *declared_network_of(const struct estate *estate, struct prefix prefix);
/* Entries of `facts:` with that attribute, in file order. */
struct declared_facts {
	VEC(const struct declared_fact *) list;
};
const struct declared_facts *declared_facts_called(const struct estate *estate, struct str attribute);
/* Entries of `facts:` about a thing, or, when it is NULL, about what has that name and is no thing; in file order. */
const struct declared_facts *declared_facts_about(struct arena *arena, const struct estate *estate,
						  const struct entity *subject, struct str name);
/* The service that declares the host (lower case); NULL: none. */
const struct service *declared_host(const struct estate *estate, struct str host);
/* The one thing of the estate that declares a version of that component (lower case): a cluster or a service. NULL: none,
 * or several; then *several is true. */
struct entity *declared_component(const struct estate *estate, struct str component, bool *several);
/* The entry of a node's `runs:` that has these words, without case and hyphens; NULL: none. */
const struct word *node_runs(struct arena *arena, const struct node *node, struct str words);
/* The one node whose `runs:` has these words, with the place of the entry, when another says what it runs and does not
 * name it; empty: that cannot be said. */
struct word runs_elsewhere(struct arena *arena, const struct node *node, struct str words);
/* True when the service is declared to run there: on it, on its cluster, or on a node of it. */
bool service_runs_on(const struct service *service, const struct entity *place);
/* Sets verdict, why and declared of one fact. */
void fact_judge(struct arena *arena, const struct model *model, struct fact *fact, const struct fact_value *parsed);

#endif
