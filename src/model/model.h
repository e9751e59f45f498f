/* THE MODEL: what the documents, decisions and the topology are about. Plain data in an arena, const after resolve.
 * Every value keeps its span. Lists keep file order; entities are indexed by id and alias per estate. */
#ifndef LINTEL_MODEL_H
#define LINTEL_MODEL_H

#include "load/load.h"
#include "parse/parse.h"

/* ---- entities ---- */

enum entity_kind {
	ENTITY_ESTATE,
	ENTITY_NETWORK,
	ENTITY_CLUSTER,
	ENTITY_NODE,
	ENTITY_DEVICE,
	ENTITY_SERVICE,
	ENTITY_ZONE,
	ENTITY_GROUP,
	ENTITY_RETIRED,
	ENTITY_KINDS
};

struct estate;
struct decision;
struct declared_index;

/* `decision:` on anything: 7, 0007, ADR-0007 or a path. */
struct decision_ref {
	struct word word;
	struct decision *decision; /* set by resolve; NULL: none or ambiguous */
	bool ambiguous;
};

struct mention;

/* What every thing that has a name shares. First member of each kind. */
struct entity {
	enum entity_kind kind;
	struct estate *estate; /* NULL for an estate itself */
	struct word id;
	bool imported;     /* a machine file declares it, and no topology.yaml */
	struct str space;  /* what keeps it apart from others of its id: a namespace; may be empty */
	struct word title; /* str empty: none; entity_title() falls back to the id */
	VEC(struct word) aliases;
	struct word description;
	VEC(struct word) docs;
	VEC(struct word) tags;
	VEC(struct word) links;
	VEC(struct decision_ref) decisions;
	VEC(struct mention *) mentions; /* set by resolve: where documents name it, by path and place */
	uint32_t connections;           /* how many connections touch it */
	bool named; /* set by resolve: a document or drawing of its estate holds one of its names, if only as an ordinary word */
	struct str url; /* of its page in the site; empty: none */
};

struct prefix_value {
	struct word word;
	bool valid;
	enum net_error error;
	struct prefix prefix; /* as written */
};

struct address_value {
	struct word word;
	struct word label; /* name of the network in a mapping, or of the VIP; may be empty */
	bool valid;
	enum net_error error;
	struct address address;
	struct network
		*network; /* where it lives: named, or the narrowest declared network that holds it; NULL: none */
};

/* A VEC with a name. */
struct address_values {
	struct address_value *data;
	size_t n;
	size_t cap;
};

struct range_value {
	struct word id;
	struct word from, to;
	struct word size_word;
	struct word kind;        /* dhcp, lb-pool, reserved; may be empty */
	bool valid;              /* both ends are addresses of one family, in order */
	struct cluster *cluster; /* of a pool of a machine file: whose it is; NULL: not known */
	struct address_range range;
	struct span span;
};

/* A count or a range of counts: 6, 3-6. */
struct count_value {
	struct word word;
	bool present, valid;
	long long min, max;
};

/* Reference to an entity of one kind. */
struct entity_ref {
	struct word word;
	enum entity_kind wanted; /* ENTITY_KINDS: any of cluster, node, device, service, network */
	struct entity *entity;   /* NULL: names nothing */
};

enum network_kind { NETWORK_PLAIN, NETWORK_POD, NETWORK_SERVICE, NETWORK_NODE };

struct network {
	struct entity entity;
	enum network_kind kind;
	VEC(struct prefix_value) cidrs;
	struct entity_ref parent; /* word empty: none */
	struct address_values gateways;
	struct word vlan, mtu, bridge, site, purpose;
	VEC(struct range_value) ranges;
	bool used; /* an address, a cluster, a device or a connection uses it */
};

struct node {
	struct entity entity;
	struct cluster *cluster;
	struct word role, cpu, cores, memory, storage, zone, platform, architecture, gpu_model, gpu_memory;
	struct address_values addresses;
	VEC(struct word) runs;
};

struct version_value {
	struct word component, version;
};

struct cluster {
	struct entity entity;
	struct word platform, architecture, purpose;
	VEC(struct version_value) versions;
	VEC(struct entity_ref) networks;
	struct address_values dns;
	struct address_values vips; /* label: name of the VIP */
	VEC(struct node *) nodes;
	VEC(struct node *) unlisted;   /* of a machine file that lists all nodes, and not in the topology */
	struct count_value node_count; /* as declared */
	bool has_nodes;                /* all its nodes are listed: `nodes:` stands there */
	bool incomplete;               /* it has more nodes than are known: they cannot be counted */
	bool is_trial; /* made in containers of one computer: files that name no cluster do not mean it */
};

struct device {
	struct entity entity;
	struct word device_kind;
	struct address_values addresses;
};

struct port_value {
	struct word word;
	bool valid;
	long number;
	struct word protocol;
};

struct service {
	struct entity entity;
	VEC(struct word) hosts;
	struct address_values addresses;
	VEC(struct port_value) ports;
	VEC(struct port_value) node_ports;
	VEC(struct entity_ref) runs_on;
	struct word version;
	struct str component; /* what the version is of, where that is not called as the service is; may be empty */
	bool hosts_open;      /* it has host names that could not be read */
};

struct zone {
	struct entity entity; /* id: the DNS zone */
	struct word visibility;
};

struct group {
	struct entity entity;
	VEC(struct word) members;
};

struct retired {
	struct entity entity;
	struct word was_kind, since;
	struct entity_ref replaced_by;
};

struct connection {
	struct entity_ref from, to;
	struct word label;
	struct entity_ref network; /* word empty: none */
	struct span span;
};

/* `facts:` entry. */
struct declared_fact {
	struct word subject, attribute, value;
	VEC(struct decision_ref) decisions;
	struct span span;
};

/* `watch:` entry. */
struct watch {
	struct word file, pattern, equals;
	struct span span;
};

struct estate {
	struct entity entity;
	const struct source *topology; /* NULL: known from machine files only */
	struct str folder;             /* what it describes, workspace-relative; "" the whole workspace */
	VEC(struct network *) networks;
	VEC(struct cluster *) clusters;
	VEC(struct device *) devices;
	VEC(struct service *) services;
	VEC(struct zone *) zones;
	VEC(struct group *) groups;
	VEC(struct retired *) retired;
	VEC(struct connection) connections;
	VEC(struct declared_fact) facts;
	VEC(struct watch) watches;
	VEC(struct range_value) pools; /* ranges of machine files that no network holds */
	/* id or alias, lower case -> struct name_entry * (all entities that answer to it) */
	struct map by_name;
	struct declared_index *declared; /* set by fact, for its own use */
};

struct name_entry {
	VEC(struct entity *) entities;
};

/* One machine file that declares something, and how much. */
struct machine_use {
	const struct source *source;
	const char *kind;
	struct estate *estate;
	size_t clusters, nodes, vips, versions, networks, pools, devices, services;
	size_t unread; /* values that a template or variable stands for */
};

/* Title if there is one, else the id. */
struct str entity_title(const struct entity *entity);
/* "cluster", "node" ...: the word for messages. */
const char *entity_kind_name(enum entity_kind kind);
/* By id or alias, without case, of that kind (ENTITY_KINDS: any). NULL when none or when several answer. */
struct entity *estate_find(const struct estate *estate, struct str name, enum entity_kind kind);
/* All that answer to the id or alias, without case; NULL: none. */
const struct name_entry *estate_entry(const struct estate *estate, struct str name);
/* Number of nodes: listed, else declared. min -1: neither. */
struct count_value cluster_count(const struct cluster *cluster);
/* Walks every address an estate declares (nodes, VIPs, devices, services, gateways, cluster DNS), in file order. */
struct address_use {
	const struct address_value *value;
	struct entity *owner; /* node, cluster (VIP, DNS), device, service, network (gateway) */
	enum { USE_NODE, USE_VIP, USE_DNS, USE_DEVICE, USE_SERVICE, USE_GATEWAY } use;
};
struct address_uses {
	VEC(struct address_use) list;
};
struct address_uses estate_addresses(struct arena *arena, const struct estate *estate);
/* Every `decision:` of an estate: of the estate itself, of its entities by kind, of its facts. */
struct decision_use {
	struct decision_ref *ref;
	const struct entity *owner; /* NULL: a `facts:` entry */
};
struct decision_uses {
	VEC(struct decision_use) list;
};
struct decision_uses estate_decisions(struct arena *arena, const struct estate *estate);

/* ---- decisions ---- */

enum status {
	STATUS_NONE,
	STATUS_DRAFT,
	STATUS_PROPOSED,
	STATUS_ACCEPTED,
	STATUS_REJECTED,
	STATUS_WITHDRAWN,
	STATUS_DEFERRED,
	STATUS_DEPRECATED,
	STATUS_SUPERSEDED,
	STATUS_UNKNOWN
};

const char *status_name(enum status status); /* NULL for STATUS_NONE */

enum relation_kind {
	RELATION_SUPERSEDES,
	RELATION_SUPERSEDED_BY,
	RELATION_AMENDS,
	RELATION_AMENDED_BY,
	RELATION_RELATES,
	RELATION_KINDS
};

const char *relation_name(enum relation_kind kind); /* "supersedes", "superseded_by" ... */

struct relation {
	enum relation_kind kind;
	struct span span;         /* of the statement */
	struct str target_text;   /* as written: "ADR-0011", "0011-x.md" */
	struct str target_path;   /* workspace path when a link says it; may be empty */
	struct str target_anchor; /* behind '#' of the link; may be empty */
	long long target_number;  /* -1: none */
	bool partial;
	struct decision *target; /* set by resolve; NULL: dangling or ambiguous */
	bool ambiguous;
	const struct relation *answer; /* set by resolve: the target's own statement of this relation; NULL: none */
};

/* A place that says the status; the first is the one that counts. */
struct status_place {
	enum status status;
	struct word word;
};

struct decision_log;

struct decision {
	const struct source *source;
	struct page *page;
	const struct md *md; /* what it is written in: the page's document, or the part of it below its heading */
	struct str path;     /* its identity: the file's path; with "#anchor" where the file holds several records */
	struct str anchor;   /* of its heading in a file with several records; else empty */
	struct str
		stem;   /* name without extension: of the file, of its folder where it has one of its own, the anchor */
	uint32_t index; /* in model->decisions */
	struct decision_log *log;
	struct estate *estate;  /* NULL: none */
	long long number;       /* -1: none */
	struct str id;          /* as written: "0007", "ADR-12", "040a", a slug */
	struct word title;      /* without number */
	long long title_number; /* number in the title, -1: none */
	struct span title_number_span;
	enum status status; /* what the record says */
	struct word status_text;
	VEC(struct status_place) statuses;
	enum status effective_status; /* set by resolve */
	struct word date_text;
	enum date_form date_form;
	struct date date;
	VEC(struct word) deciders;
	VEC(struct word) tags;
	VEC(struct relation) relations;
	VEC(struct relation *) incoming; /* set by resolve: relations of others that name this one (owner: from) */
	VEC(struct decision *) incoming_from;
	uint32_t cycle;      /* set by resolve: number of the circle of full supersessions it is in, from 1; 0: none */
	const char *dialect; /* name of the dialect row */
	uint32_t n_mentions; /* set by resolve: citations from other files */
	/* set by decisions_read_history; NULL: not known */
	const struct git_commit_info
		*status_since; /* the commit that gave it its status, where an older one had another */
	const struct git_commit_info *accepted_in; /* the commit that accepted it */
	const struct md *accepted_as;              /* the record as it stood when that was done */
};

/* Number that a reference or file name begins with: "7", "0007", "ADR-0007", "a/0007-x.md". -1: none, or a date. */
long long decision_number(struct str text);

/* True for a heading that a record uses for its parts: "Context", "Decision Outcome", "Consequences". */
bool record_is_section(struct str heading);

/* A folder of records, or a file of them. */
struct decision_log {
	struct str folder;         /* of a file with several records that file's path */
	struct str name;           /* for messages: "docs/adr/", "docs/decisions.md" */
	const struct source *file; /* the one file that holds all records; NULL: a record is a file */
	struct str url;            /* of its index in the site: of index.html in its folder, of the one file */
	struct estate *estate;
	VEC(struct decision *) decisions; /* by number, then path */
	struct source *index;             /* README.md or index.md that lists them; NULL: none */
};

/* A record that was added to a revision beside this workspace, and has the number of a record that is new here. */
struct taken_number {
	const struct decision *decision; /* of this workspace */
	long long number;
	struct str folder, path, title; /* of the other */
	struct str revision;            /* as it was asked for */
};

/* A file in a log that is no record. `suspicious`: neither a known template nor an index (decision-unreadable). */
struct skipped {
	const struct source *source;
	struct str path;
	const char *why;
	bool suspicious;
};

/* ---- pages and links ---- */

enum page_kind { PAGE_DOCUMENT, PAGE_DECISION, PAGE_DIAGRAM };

enum link_state {
	LINK_EXTERNAL, /* http:, https:, mailto: and other schemes that are not ours to check */
	LINK_OK,
	LINK_MISSING_FILE,
	LINK_MISSING_ANCHOR,
	LINK_CASE,    /* differs in letter case only */
	LINK_OUTSIDE, /* leaves the workspace, or an absolute path of a file system */
	LINK_UNSAFE,
	LINK_ROUTE,  /* root-relative in a repository whose routes are not known: not judged */
	LINK_IGNORED /* a template expression, a placeholder: not judged */
};

struct link {
	uint32_t node; /* of the page's markdown; 0 for a link in raw HTML */
	bool image;
	struct str target; /* as written, percent escapes kept */
	struct span span;  /* of the target text where it was found, else of the link */
	struct str text;   /* its rendered text */
	/* set by resolve */
	enum link_state state;
	struct str path;           /* workspace path it means (file or folder), percent escapes undone */
	struct str anchor;         /* behind '#'; empty: none */
	struct page *page;         /* the page it leads to, or NULL */
	struct decision *decision; /* the record it leads to, or NULL */
	struct str suggestion;     /* a target that would be right, or empty */
	bool other_dialect;        /* the anchor exists by another renderer's rules */
	bool anchor_repeated;      /* the anchor is the first of several headings with one text */
};

/* A place in a document that names an entity or a decision outside of code blocks. */
struct mention {
	struct page *page;
	struct span span;
	uint32_t node;         /* text or code node that holds it */
	struct entity *entity; /* one of entity and decision is set */
	struct decision *decision;
	long long number; /* of a decision mention: "ADR-0099"; -1 */
	bool in_link, in_code, in_heading;
};

struct block_diagram {
	uint32_t node;
	struct graph *graph;
}; /* a fenced mermaid or dot block */

struct page {
	enum page_kind kind;
	const struct source *source;
	struct estate *estate;     /* NULL: none */
	struct md *md;             /* NULL for a diagram */
	struct graph *graph;       /* of a .dot or .mmd file */
	struct decision *decision; /* of a decision */
	struct decision_log *log;  /* of a file with several records; NULL: none */
	struct word title;
	struct str description;
	struct str url;  /* "a/b.html", relative to the site */
	bool is_history; /* matches `history`, or says so itself */
	bool is_index;   /* README.md or index.md of its folder */
	VEC(struct link) links;
	VEC(struct block_diagram) diagrams;
	VEC(struct mention) mentions;      /* set by resolve, in text order */
	VEC(struct link *) backlinks;      /* set by resolve: links of other pages to here */
	VEC(struct page *) backlink_pages; /* the page of each backlink */
};

struct model {
	struct arena *arena;
	const struct config *config;
	struct loaded *loaded;
	const struct sources *sources;
	struct git_history *git; /* NULL: not asked for */
	struct str title;
	VEC(struct estate *) estates;     /* by id; none without a topology and machine files */
	VEC(struct decision_log *) logs;  /* by folder */
	VEC(struct decision *) decisions; /* by path */
	VEC(struct page *) pages;         /* by path */
	VEC(struct skipped) skipped;
	VEC(struct taken_number) taken; /* set by the caller of model_build: none unless a revision is compared with */
	VEC(struct machine_use) machines; /* by path */
	VEC(struct watch *) watches;
	struct map page_by_path;     /* workspace path -> struct page * */
	struct map decision_by_path; /* struct decision.path -> struct decision * */
	struct troubles troubles;    /* of all passes so far, in file order after model */
};

/* The page a workspace path stands for: the file itself, or README.md / index.md of a folder. NULL: none. */
struct page *model_page(const struct model *model, struct str path);
/* The estate that a path belongs to: the deepest folder that holds it, decisions/<estate>/, diagrams/<estate>/; with one estate always that one. */
struct estate *model_estate_of(const struct model *model, struct str path);
/* The record with this number in the log that `path` belongs to or whose estate it shares. *n says how many answer; NULL unless exactly one. */
struct decision *model_decision(const struct model *model, struct str path, long long number, size_t *n);

/* ---- writing records ---- */

/* A record that others refer to: one of the model, or one that is about to be written. */
struct record_ref {
	struct str path;    /* in the workspace */
	struct str stem;    /* name of its file, or of its folder */
	struct str id;      /* as in that name: "0007", "adr-0012", a slug */
	struct str heading; /* of its title, the number included */
	struct str title;
	long long number; /* -1: none */
};
struct record_ref record_ref_of(const struct decision *decision);

/* How the records of a log are written, so that what is added looks like the rest: places, words of the statuses, verbs,
 * texts of links, headings. */
struct record_style;
/* `log` NULL, or without records: Nygard's form. Costs a scan of the log. */
const struct record_style *record_style_read(struct arena *arena, const struct model *model,
					     const struct decision_log *log);

/* One record that is to say something else: edits of md->source. */
struct record_writer {
	struct arena *arena;
	const struct record_style *style;
	const struct md *md;
	struct edits *edits;
};
/* Every place that says the status says this one; where there is none it is added. */
void record_write_status(struct record_writer *writer, enum status status);
/* The status says that `by` supersedes the record; statements that it held stay. */
void record_write_superseded(struct record_writer *writer, const struct record_ref *by);
/* States a relation where the dialect has its place. `verb` empty: the word that the log uses for that kind. */
void record_write_relation(struct record_writer *writer, enum relation_kind kind, struct str verb,
			   const struct record_ref *target);
/* The relation that a verb states: "Amends", "superceded by"; RELATION_KINDS: none that is read. */
enum relation_kind relation_of_verb(struct str verb);
/* "Supersedes" as this log spells it. */
struct str record_verb(const struct record_style *style, enum relation_kind kind);

/* What a new record is made of. */
struct record_new {
	struct str title;
	long long number;  /* -1: none */
	struct str digits; /* the number as file names of the log write it */
	struct str date;   /* YYYY-MM-DD */
	enum status status;
};
/* The title's heading as the log writes it: "7. Use X", "ADR-0007: Use X". */
struct str record_new_heading(struct arena *arena, const struct record_style *style, const struct record_new *record);
/* A whole record in the form of the log. */
struct str record_new_text(struct arena *arena, const struct record_style *style, const struct record_new *record);
/* The same in a named form, "nygard" or "madr"; data NULL: no such form. */
struct str record_new_form(struct arena *arena, const struct record_style *style, const char *form,
			   const struct record_new *record);
/* A template filled in: the words NUMBER, TITLE, DATE and STATUS of adr-tools, or the title, status and date where
 * MADR, log4brains and others have placeholders. */
struct str record_new_filled(struct arena *arena, const struct record_style *style, struct str text,
			     const struct record_new *record);
/* The template of a log, by its usual names; NULL: none. */
const struct source *record_template(const struct model *model, struct str folder);

/* True for a folder whose markdown files are read as records: by configuration, by its name, or named by .adr-dir or
 * .log4brains.yml, even while it is empty. */
bool decisions_folder_is_log(struct model *model, struct str folder);
/* The folders that .adr-dir and .log4brains.yml name, in file order. */
struct log_folders {
	VEC(struct str) list;
};
struct log_folders decisions_named_folders(struct model *model);

/* ---- the pass ---- */

struct machine_part;
/* True for a file that some kind of machine file may be, by its path alone where text.data is NULL. Cheap. */
bool machine_may_be(const struct config *config, struct str path, struct str text);
/* The environment that the path of a machine file names: what stands below overlays/, environments/ and the like, or a folder that is
 * called staging, production ... */
struct str machine_scope(struct arena *arena, struct str path);

/* Syntax of every source, made in parallel: parsed[source id]. */
struct parsed {
	struct md *md;
	struct graph *graph;
	struct troubles troubles; /* of this source */
	VEC(struct block_diagram) diagrams;
	struct suppressions suppressions;
	struct machine_part *machine; /* of a machine file; NULL: of no kind that is known */
};

struct syntax {
	struct parsed *of; /* by source id */
	size_t n;
	struct troubles troubles; /* documents whose worker was ended: limit-reached */
};

/* Parses every source in workers: markdown with its fenced diagrams, dot, mermaid, suppressions. */
struct syntax *syntax_parse(struct arena *arena, const struct config *config, struct loaded *loaded,
			    const struct pool *pool);
/* Builds everything but what resolve sets. */
struct model *model_build(struct arena *arena, const struct config *config, struct loaded *loaded,
			  struct syntax *syntax);

/* Reads what the records were in the commits that model->git tells of. In a shallow clone nothing is known of them. */
void decisions_read_history(struct model *model, const struct pool *pool);

/* Used by the files of model/ only. */

/* Decides which pages of the logs are records, reads them, fills logs, decisions, skipped and page->decision. Pages, estates and URLs stand already. */
void decisions_build(struct model *model);
/* Finds the folders that are decision logs (configuration, names, .adr-dir, .log4brains.yml, three files that read as records). */
struct log_folders decisions_find_logs(struct model *model);

/* topology.yaml: one estate, or NULL when there is no `estate:` key. */
struct estate *topology_read(struct arena *arena, const struct config *config, const struct source *source,
			     struct troubles *troubles);
/* Names, references and where addresses live. Again after something was added. */
void estate_bind(struct arena *arena, struct estate *estate);

/* One ADR dialect: reads what it recognises; files of model/dialects/ register by existing. */

/* What one dialect found in one document. `house` is given: the letters before the numbers of its log, "RFC". */
struct dialect_reading {
	struct str house;
	VEC(struct word) statuses;
	struct word date;
	VEC(struct word) deciders;
	VEC(struct word) tags;
	VEC(struct relation) relations;
};

struct fields;
struct dialect {
	const char *name; /* "nygard", "madr2" ... as given in model.json */
	/* Evidence from 0 (not this one) to 100, from the document and the fields of its head (model/record.h). */
	int (*evidence)(const struct md *md, const struct fields *fields);
	void (*read)(struct arena *arena, const struct md *md, const struct fields *fields,
		     struct dialect_reading *reading);
};
extern const struct dialect *const dialects[];
extern const size_t n_dialects;

/* Words to status: emphasis, emoji and link marks ignored; the first word decides. STATUS_UNKNOWN when it says none. */
enum status status_parse(const struct config *config, struct str text);
/* Relations stated in a run of markdown nodes or text: "Superseded by [ADR-11](0011-x.md), partly". */
void relations_find(struct arena *arena, const struct md *md, uint32_t first_node, uint32_t end_node,
		    struct dialect_reading *reading);

#endif
