/* Private to render/: what the plan knows of every page, and the hand that writes one. */
#ifndef LINTEL_PAGES_H
#define LINTEL_PAGES_H

#include "render/render.h"

struct writer;
struct md_writer;
typedef void body_fn(struct writer *writer, const void *what);

#define NAV_NONE UINT32_MAX

/* One HTML page. */
struct site_page {
	struct str url;
	struct str title;
	struct str description;
	struct str source; /* workspace path it is written in; empty: generated */
	const char *kind;  /* "document", "decision", "cluster" ...: also a class of <body> */
	body_fn *body;
	const void *what;
	const struct page *of;       /* the document, decision or diagram it shows, or NULL */
	const struct entity *entity; /* the entity it shows, or NULL */
	uint32_t nav;                /* its place in the tree, or NAV_NONE */
	bool from_root;              /* served at any depth: links start at the base path where it is known */
};

/* One entry of the navigation tree; nodes[0] is home. */
struct nav_node {
	struct str title;
	struct str url; /* empty: a folder without a page */
	uint32_t parent;
	uint32_t first_child, last_child, next_sibling, previous_sibling;
	uint32_t n_children;
	uint32_t at;            /* position among its siblings */
	uint32_t before, after; /* pages before and after in tree order; NAV_NONE: none */
};

/* A page that names a thing, once however often it does. */
struct reference {
	const struct page *from;
	uint32_t n;
	bool drawn; /* in a diagram */
};

struct references {
	VEC(struct reference) list;
};

/* What is known of a source by its id. */
struct source_index {
	const struct page *page;
	uint32_t first_fact, n_facts; /* in site_nav.facts */
	const uint32_t *lines;        /* offsets of line starts; NULL: not worth it */
	uint32_t n_lines;
	struct references *mentioned; /* of a document or decision: pages that link to it or name it */
};

struct asset {
	struct str path, url;
};

struct tag;
struct entity_list {
	VEC(const struct entity *) list;
};
struct fact_list {
	VEC(const struct fact *) list;
};

/* What leads to an entity: found once, shown on its page. */
struct entity_links {
	VEC(const struct connection *) connections;
	VEC(const struct service *) services; /* that run on it */
	VEC(const struct cluster *) clusters; /* that use this network */
	VEC(const struct network *) networks; /* below this network */
	VEC(struct address_use) addresses;    /* in this network, ascending */
};

/* Everything that a page needs and that is found once. */
struct site_nav {
	VEC(struct nav_node) nodes;
	VEC(struct site_page *) pages;
	struct map page_by_url; /* -> struct site_page * */
	struct map nav_by_url;  /* -> (void *)(index + 1) */
	struct map taken;       /* paths of outputs and their folders */
	struct map assets;      /* workspace path -> struct asset * */
	struct map log_of_page; /* url of the page that carries a log's index -> struct decision_log * */
	struct map
		parts_of_log; /* url of a log's index -> struct log_parts *, where it has too many records for one page */
	struct references **cited;    /* by decision index: pages and diagrams that cite it; NULL: none */
	struct map entities_of;       /* path of a decision -> struct entity_list *: what cites it */
	struct map links_of;          /* bytes of a struct entity * -> struct entity_links * */
	struct map contradictions_of; /* bytes of a struct entity * -> struct fact_list *, of estates too */
	struct map stated_of;         /* the same for the facts that agree or are not judged */
	struct map tags;              /* slug -> struct tag *, of page_tags.c */
	VEC(struct tag *) tag_order;  /* those with a page, by slug */
	struct source_index *of;      /* by source id */
	const struct fact **facts;    /* stated facts by page and place */
	struct str content_root;      /* prefix that URLs leave out */
	struct str findings_url;
	size_t n_errors, n_warnings;
};

/* Writes one page's body. */
struct writer {
	const struct site *site;
	const struct site_page *page;
	struct arena *arena; /* scratch of this page */
	struct buf *out;
	struct md_writer *markdown;           /* of the document that the page shows, once it is asked for */
	struct map ids;                       /* every id given out on this page */
	struct map retired;                   /* paths of decisions that are said to be no longer in force */
	struct map cards;                     /* bytes of pointers to the things whose card stands on it */
	bool has_agreeing, has_contradicted;  /* facts marked on it */
	VEC(struct on_page_heading) headings; /* for the contents */
	unsigned n_drawings;
	unsigned heading_level; /* of the last heading */
};

struct on_page_heading {
	uint8_t level;
	struct str text, anchor;
};

/* ---- plan ---- */

struct site_page *page_add(struct site *site, struct site_page page);
/* Plans the pages of entities, logs, findings and so on, in page_*.c. */
void plan_entities(struct site *site);
/* What leads to an entity; all empty when nothing does. */
const struct entity_links *links_of(const struct site *site, const struct entity *entity);
void plan_logs(struct site *site);
void plan_documents(struct site *site);
void plan_general(struct site *site);
void plan_tags(struct site *site);
void plan_names(struct site *site);
/* Finds images that pages show. */
void plan_assets(struct site *site);
/* Facts, mentions and backlinks by page. */
void plan_index(struct site *site);

/* Every entity with a page, in the order of the model; in page_names.c. */
struct entity_list site_entities(const struct site *site);
/* The tags that a document's front matter gives it. */
struct page_tags {
	VEC(struct word) list;
};
struct page_tags page_tags(struct arena *arena, const struct page *page);
/* Page of a tag; empty: it has none. */
struct str tag_url(const struct site *site, struct arena *arena, struct str name);
/* Page of the tag at `i` in nav->tag_order. */
struct str tag_url_at(const struct site *site, size_t i);
/* Tags with a comma between them, linked to their pages. */
void write_tag_links(struct writer *writer, const struct word *tags, size_t n);
/* What `aliases:` of the front matter calls the document beside its title; paths are left out. */
struct str page_other_names(struct arena *arena, const struct page *page);

void nav_build(struct site *site);
/* Puts siblings in the order that `nav_order:` asks for; in nav_order.c. */
void nav_sort(struct site *site);
/* The part of the tree around a page, as nested lists. */
void nav_write(const struct site *site, const struct site_page *page, struct buf *out);
const struct nav_node *nav_of(const struct site *site, const struct site_page *page);

/* URL without the content root: "content/a/x.png" -> "a/x.png". */
struct str site_url_of_path(const struct site *site, struct str path);
/* Link from a page to a page or file of the site, percent-encoded, with "#anchor" when there is one. */
struct str site_href(const struct site *site, struct arena *arena, const struct site_page *from, struct str to,
		     struct str anchor);
/* The same into an attribute: nothing in it needs an escape of HTML. */
void site_href_write(const struct site *site, struct buf *out, const struct site_page *from, struct str to,
		     struct str anchor);
/* Address of a source file in the repository's web view; empty when none is configured. */
struct str site_repository_url(const struct site *site, struct arena *arena, struct str path, uint32_t line);
struct str site_edit_url(const struct site *site, struct arena *arena, struct str path);
struct str site_history_url(const struct site *site, struct arena *arena, struct str path);
/* Line of a place, found quickly for topologies. */
uint32_t site_line(const struct site *site, struct span span);
const struct references *site_mentions(const struct site *site, const struct site_page *page, struct arena *arena);
const struct drawing *site_drawing(const struct site *site, const struct entity *entity);

/* ---- writing ---- */

/* output_fn of every HTML page. */
void page_write(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out);

void estate_body(struct writer *writer, const void *estate);
void cluster_body(struct writer *writer, const void *cluster);
void node_body(struct writer *writer, const void *node);
void network_body(struct writer *writer, const void *network);
void device_body(struct writer *writer, const void *device);
void service_body(struct writer *writer, const void *service);
/* Lists what is in a folder of the tree. */
void section_body(struct writer *writer, const void *page);
void document_body(struct writer *writer, const void *page);
void decision_body(struct writer *writer, const void *decision);
/* Status, date and successor of a record below its heading, in a file that holds several. */
void record_line(struct writer *writer, const struct decision *decision);
void log_body(struct writer *writer, const void *log);
/* The index of a log below whatever page carries it. */
void log_section(struct writer *writer, const struct decision_log *log);

/* Records of a log that share a page, where the log has too many for one. */
struct log_part {
	const struct decision_log *log;
	struct str title; /* "2019", "2019, part 2", "without a date" */
	struct str url;
	int year; /* 0: no date */
	const struct decision **decisions;
	size_t n;
};

struct log_parts {
	VEC(struct log_part *) list; /* the newest first */
};
/* NULL: the log stands on one page. */
const struct log_parts *log_parts_of(const struct site *site, const struct decision_log *log);

/* ---- the timeline of a log, in timeline.c ---- */

/* Records by month, quarter or year as a figure with a table; years as bars where the log has parts. Nothing when fewer
 * than two records have a date. */
void write_timeline(struct writer *writer, const struct decision_log *log);
void estates_section(struct writer *writer);
/* "<li><strong>3</strong> nodes</li>"; nothing for none. */
void count_item(struct writer *writer, size_t n, const char *one, const char *many);

/* Markdown of a page. The first heading of level 1 is left to the caller when `skip_title`. */
struct markdown_part {
	bool skip_title;
};
void markdown_write(struct writer *writer, const struct page *page, struct markdown_part part);
/* The title as the document's first heading has it, or as text. */
void markdown_title(struct writer *writer, const struct page *page);

/* ---- emoji, in emoji.c ---- */

/* The next `:name:` of an emoji at or behind an offset; characters NULL: there is none. */
struct emoji_found {
	size_t from, to;
	const char *characters;
};
struct emoji_found emoji_find(struct str text, size_t from);
/* The text with its emoji in place of their names. */
struct str emoji_print(struct arena *arena, struct str text);

/* ---- pieces, in pieces.c ---- */

/* Its title, or the name of its file. */
struct str page_title(const struct page *page);
/* <h1> of a generated page, with the word for its kind above it. */
void write_title(struct writer *writer, const char *kind, struct str title);
/* <h2> or <h3> with anchor, listed in the contents. */
void write_heading(struct writer *writer, unsigned level, struct str text, struct str anchor);
void write_link(struct writer *writer, struct str url, struct str text);
/* Level that a heading has for readers who hear it: never more than one below the one before. */
unsigned heading_level(struct writer *writer, unsigned level);
/* Link to the entity's page, or its name. */
void write_entity(struct writer *writer, const struct entity *entity);
void write_decision(struct writer *writer, const struct decision *decision);
/* The same with other words. */
void write_decision_as(struct writer *writer, const struct decision *decision, struct str text);
/* "file:line", linked to the repository when that is known. */
void write_place(struct writer *writer, struct span span);
void write_status(struct writer *writer, enum status status);
/* The date as YYYY-MM-DD, or as it is written. */
void write_decision_date(struct writer *writer, const struct decision *decision);
/* Behind a link to a record that is no longer in force: says so, the first time on a page for all to see. `quiet`: the
 * text around says it already, or there is no room. */
void write_retired(struct writer *writer, const struct decision *decision, bool quiet);
/* Figure with drawing, and its list. Nothing when `drawing` is NULL. */
void write_drawing(struct writer *writer, const struct drawing *drawing, struct str source);
/* An id that is unique on the page, made from `wanted`. */
struct str write_id(struct writer *writer, struct str wanted);
/* As write_id, but false when it is taken. */
bool take_id(struct writer *writer, struct str id);
void begin_table(struct writer *writer, const char *label, const char *const *heads, size_t n_heads);
void end_table(struct writer *writer);

/* A table that leaves out its empty columns, in columns.c. Between begin and end everything written goes into cells;
 * every row has a cell for each column, and the first names the row. */
struct table_column {
	struct str head;
	const char *kind; /* class of its cells, "number"; NULL: none */
};
struct table_cell {
	size_t start, size; /* in the text of the table */
};
struct table {
	struct writer *writer;
	const char *label; /* plain words: it is an attribute */
	const struct table_column *columns;
	size_t n;
	struct buf *out; /* of the page */
	struct buf text;
	VEC(struct table_cell) cells;
	size_t start;
	bool in_cell;
};
void columns_begin(struct table *table, struct writer *writer, const char *label, const struct table_column *columns,
		   size_t n);
void column_cell(struct table *table);
void column_text(struct table *table, struct str text);
void columns_end(struct table *table);

void begin_facts(struct writer *writer);
void end_facts(struct writer *writer);
/* <dt>label</dt><dd> ... </dd>; close with end_fact. */
void begin_fact(struct writer *writer, const char *label);
void end_fact(struct writer *writer);
void write_fact_text(struct writer *writer, const char *label, struct str text);
/* What all entities share: description, aliases, tags, decisions, documents, declaration. */
void write_entity_facts(struct writer *writer, const struct entity *entity);
void write_declared(struct writer *writer, const struct entity *entity);
/* The facts that pages state wrongly about it. */
/* What documents state about a thing: what contradicts its declaration, then the rest. */
void write_stated(struct writer *writer, const struct entity *entity);
/* The contradicted facts of a part of a page in which no mark can stand: a drawing, a block of code. Nothing where there
 * are none. */
void write_contradicted(struct writer *writer, struct span part);
/* Address, with the network it lives in. */
void write_address(struct writer *writer, const struct address_value *value);
void write_addresses(struct writer *writer, const char *label, const struct address_value *values, size_t n);
void write_connections(struct writer *writer, const struct entity *entity);
void write_services(struct writer *writer, const struct entity *entity);
void write_description(struct writer *writer, const struct entity *entity);

/* ---- cards, in cards.c ---- */

/* True for the first time on a page: the place that carries its card. */
bool take_card(struct writer *writer, const void *of);
/* What a card says, as lines of a title: what it is, then "Label: value". Escaped for an attribute. */
void entity_card(struct writer *writer, struct buf *out, const struct entity *entity);
void decision_card(struct writer *writer, struct buf *out, const struct decision *decision);
/* What the marks of facts on the page mean; nothing where there are none. */
void write_legend(struct writer *writer);

/* ---- templates, in template_run.c and built_in.c ---- */

enum field_kind { FIELD_TEXT, FIELD_HTML, FIELD_LIST };

struct view;
struct field {
	struct str name;
	enum field_kind kind;
	struct str text;     /* text and HTML */
	struct view **items; /* list */
	size_t n;
};

/* Values by name; a name that is missing here is looked for in the view outside. */
struct view {
	struct arena *arena;
	VEC(struct field) fields;
};

struct view *view_new(struct arena *arena);

static inline void view_text(struct view *view, const char *name, struct str text)
{
	vec_add(view->arena, &view->fields, (struct field){.name = str_from(name), .kind = FIELD_TEXT, .text = text});
}

static inline void view_html(struct view *view, const char *name, struct str html)
{
	vec_add(view->arena, &view->fields, (struct field){.name = str_from(name), .kind = FIELD_HTML, .text = html});
}

static inline void view_list(struct view *view, const char *name, struct view **items, size_t n)
{
	vec_add(view->arena, &view->fields,
		(struct field){.name = str_from(name), .kind = FIELD_LIST, .items = items, .n = n});
}

/* A name that templates may use, and the section it stands in ("": anywhere). */
struct template_name {
	const char *section;
	const char *name;
	enum field_kind kind;
};
extern const struct template_name template_names[];
extern const size_t n_template_names;

/* Reads every template; site->error says what is wrong with the first bad one. */
void templates_read(struct site *site);
void template_run(const struct site *site, const char *name, const struct view *view, struct buf *out);

struct built_in {
	const char *name;
	const unsigned char *data;
	size_t size;
};
extern const struct built_in *const built_ins;
extern const size_t n_built_ins;
/* Text of a file of the templates folder: the workspace's, else the built-in one. Data NULL: none. */
struct str template_file(const struct site *site, struct arena *arena, struct str name);

#endif
