/* Bytes to syntax with spans: grammar, no meaning. */
#ifndef LINTEL_PARSE_H
#define LINTEL_PARSE_H

#include "diag/diag.h"

/* ---- markdown ---- */

enum md_kind {
	MD_DOCUMENT,
	/* blocks */
	MD_PARAGRAPH,
	MD_HEADING,
	MD_QUOTE,
	MD_ADMONITION, /* `!!! note`, `::: note`; text: the type; level: its form, '!', '?' and '+' closed and open details, '=' a tab, ':';
			* extra: 1 when it shall have no title. A paragraph with MD_HEADER is the title */
	MD_LIST,
	MD_ITEM,
	MD_CODE_BLOCK,
	MD_HTML_BLOCK,
	MD_RULE,
	MD_TABLE,
	MD_ROW,
	MD_CELL,
	MD_FOOTNOTE, /* a definition */
	/* inlines */
	MD_TEXT,
	MD_SOFT_BREAK,
	MD_LINE_BREAK,
	MD_CODE,
	MD_HTML,
	MD_EMPHASIS,
	MD_STRONG,
	MD_STRIKE,
	MD_LINK,
	MD_IMAGE,
	MD_FOOTNOTE_REF /* text: the label, the same bytes as that of its MD_FOOTNOTE; those stand last, by first use */
};

enum md_flag {
	MD_IN_SOURCE = 1,    /* text points into the source's bytes, not into the pool */
	MD_TIGHT = 2,        /* list */
	MD_ORDERED = 4,      /* list; its number is read from the source: md_list_start */
	MD_TASK = 8,         /* item */
	MD_DONE = 16,        /* task item ticked */
	MD_HEADER = 32,      /* header row; title of an admonition */
	MD_AUTOLINK = 64,    /* link written bare or in <> */
	MD_PLACE_EXACT = 128 /* the span was checked against the source bytes */
};

/* A node of the tree, in preorder: the children of nodes[i] start at i + 1 and end before nodes[i].end.
 * 24 bytes, so that ten thousand documents stay in memory. */
struct md_node {
	uint8_t kind;  /* enum md_kind */
	uint8_t flags; /* enum md_flag */
	uint8_t level; /* heading 1-6; cell: alignment 0 none, 'l', 'c', 'r'; code block: its fence, 0 when indented */
	uint8_t extra; /* link and image: bytes of the title that follows the URL in the pool; 255: up to a NUL */
	uint32_t end;
	uint32_t off; /* span in the source with its markup, but code spans without backticks, cells without
			     * bars and blanks; size 0 when unknown */
	uint32_t size;
	uint32_t text; /* offset of the text: literal, code, HTML, URL of a link, label of a footnote */
	uint32_t text_size;
};

/* From pool byte `text` up to the next piece, the pool copies the source from byte `off`. UINT32_MAX: no place. */
struct md_piece {
	uint32_t text;
	uint32_t off;
};

struct md_heading {
	uint32_t node;
	uint8_t level;
	struct str text;   /* rendered text, no markup */
	struct str anchor; /* GitHub's slug, with -1, -2 for duplicates */
};

/* An HTML id or name attribute: also an anchor. */
struct md_id {
	struct str id;
	struct span span;
};

/* One definition `[label]: url`, or a reference that has none. */
struct md_reference {
	struct str label;
	struct span span;
};

/* Front matter field, read tolerantly: `key: value` lines; lists as [a, b] or "- a" lines. The fields of a nested
 * mapping follow that of their parent, with keys "parent.child". */
struct fm_field {
	struct word key;
	struct word value;      /* quotes and comments off; of `{word}` the word; empty for a list or mapping */
	VEC(struct word) items; /* of a list; a single value is no item */
};

struct front_matter {
	bool present;
	struct span span; /* fences included */
	VEC(struct fm_field) fields;
};

/* Reads all lines of a YAML file as front matter. */
void front_matter_lines(struct arena *arena, const struct source *source, struct front_matter *front);
const struct fm_field *fm_find(const struct front_matter *fm, const char *key);

/* One parsed document. All of it is in the arena given to md_parse; text may point into the source. */
struct md {
	const struct source *source;
	struct front_matter front;
	struct md_node *nodes; /* nodes[0] is MD_DOCUMENT */
	uint32_t n;
	const char *pool;        /* text that is not in the source as such */
	struct md_piece *pieces; /* by pool offset: where that text comes from */
	uint32_t n_pieces;
	VEC(struct md_heading) headings;
	VEC(struct md_id) ids;
	VEC(struct md_reference) undefined; /* reference links without definition: [text][ref] */
	struct troubles
		troubles; /* text-front-matter: unclosed, syntax; limit-reached: markdown-memory, markdown-depth */
	bool has_table, has_code; /* code: a code block */
};

struct md_limits {
	size_t depth; /* nesting of blocks, and of inlines in a block; what is deeper stands flat in its ancestor */
	size_t bytes; /* memory of cmark-gfm for one document; beyond it only the document node is given */
};

/* Parses one document with every GFM extension and lowers it to our tree. Spans are checked against the source bytes.
 * Uses process-wide state of the library: one at a time in a process (pool workers, never threads). */
struct md *md_parse(struct arena *arena, const struct source *source, const struct md_limits *limits);

struct str md_text(const struct md *md, const struct md_node *node);  /* literal, code, URL */
struct str md_title(const struct md *md, const struct md_node *node); /* of a link or image, empty if none */
struct str md_info(const struct md *md,
		   const struct md_node *node); /* first word of a code block's info string: "yaml" */
struct str md_info_line(const struct md *md, const struct md_node *node); /* all of it: `yaml title="a.yaml"` */
struct span md_span(const struct md *md, const struct md_node *node);
/* Source offset of byte `at` of md_text(): of text and code spans, code and HTML blocks, URLs. A node whose place is
 * not known gives its own offset. Costs a binary search at most. */
uint32_t md_text_offset(const struct md *md, const struct md_node *node, size_t at);
/* Source span of bytes [at, at + size) of md_text(). */
struct span md_text_span(const struct md *md, const struct md_node *node, size_t at, size_t size);
/* Where the URL of a link or image is written: in the link, or in the definition it refers to. Else the link's span. */
struct span md_link_target_span(const struct md *md, const struct md_node *node);
/* Attributes that MkDocs, Docusaurus and Pandoc know at the end of a heading: "{#id}", "{: #id .class}", "{.class}". */
struct md_attributes {
	size_t from;   /* where they begin in the text, blanks before them too; its size when there are none */
	struct str id; /* empty: none */
};
struct md_attributes md_attributes_read(struct str text);
/* Number an ordered list starts with. */
unsigned md_list_start(const struct md *md, const struct md_node *node);
/* Rendered text of a node and all below it, soft breaks as blanks; image: its alt text. */
struct str md_plain(struct arena *arena, const struct md *md, uint32_t node);
/* True when byte `off` of the source stands in a node of that kind. Ask for rising offsets; *cursor starts at 0. */
bool md_stands_in(const struct md *md, enum md_kind kind, uint32_t *cursor, size_t off);
/* First child, or 0 when there is none; next sibling, or 0. `parent_end` is nodes[parent].end. */
uint32_t md_first(const struct md *md, uint32_t node);
uint32_t md_next(const struct md *md, uint32_t node, uint32_t parent_end);

/* ---- YAML ---- */

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_pair;

/* Aliases are followed: an alias shares the node of its anchor, but pair and item spans are those of the use. */
struct yaml {
	enum yaml_kind kind;
	bool quoted; /* scalar in quotes: never null */
	struct span span;
	struct str text;             /* scalar; "" for an empty value */
	VEC(struct yaml *) items;    /* list */
	VEC(struct yaml_pair) pairs; /* mapping, in file order; duplicate keys: the first */
};

struct yaml_pair {
	struct word key;
	struct yaml *value;
};

struct yaml_limits {
	size_t depth;
	size_t aliases;
	size_t nodes;
};

/* All documents of a stream. Troubles are of rule `rule` ("topology-syntax", ...) with kinds "syntax", "duplicate-key",
 * "unknown-alias", "depth", "aliases", "nodes", "encoding"; extra holds the library's message. What was read before an error is given. */
struct yaml_stream {
	VEC(struct yaml *) documents;
	bool failed;
};
struct yaml_stream yaml_parse(struct arena *arena, const struct source *source, struct span part,
			      const struct yaml_limits *limits, const char *rule, struct troubles *troubles);
/* Value of a key of a mapping, or NULL. */
struct yaml *yaml_find(const struct yaml *map, const char *key);
/* Scalar that is empty, ~ or null, not quoted. */
bool yaml_is_null(const struct yaml *yaml);

/* Appends a text as a scalar that reads back as it, quoted where it must be; malformed bytes become '?'. */
void yaml_add_scalar(struct buf *out, struct str text);

/* ---- HCL ---- */

/* The body of a Terraform file as a mapping, NULL when it is not valid or larger than the limits. Attributes are pairs; a
 * block is a pair of its kind with a mapping of one pair for each label: variable: {name: {default: ..}}. A value that is
 * no literal is a scalar ${...}, as it would stand in a string. Keys may stand several times. */
struct yaml *hcl_parse(struct arena *arena, const struct source *source, const struct yaml_limits *limits);

/* ---- INI ---- */

struct ini_section {
	struct word name;       /* without brackets; empty for the lines before the first */
	VEC(struct word) lines; /* without comments and blanks around; none is empty */
};

struct ini {
	VEC(struct ini_section) sections; /* in file order, the first without a name; names may stand several times */
	bool broken;                      /* a line starts with '[' and is no heading */
};

/* Words point into the source. Comments start with # or ; at the start of a line or behind a blank. */
struct ini ini_parse(struct arena *arena, const struct source *source);
/* The next piece between blanks, quotes kept together; empty at the end. */
struct str ini_cut(struct str *rest);
/* key=value of a line or piece, quotes around the value off. The value is empty where there is no '='. */
struct ini_pair {
	struct word key, value;
};
struct ini_pair ini_pair(const struct source *source, struct str text);

/* ---- graphs: dot and mermaid ---- */

enum graph_shape {
	SHAPE_BOX,
	SHAPE_ROUND,
	SHAPE_STADIUM,
	SHAPE_CIRCLE,
	SHAPE_DOUBLE_CIRCLE,
	SHAPE_DISC, /* small and filled: a start */
	SHAPE_RING, /* small, a filled one inside: an end */
	SHAPE_CROSSED,
	SHAPE_DIAMOND,
	SHAPE_HEXAGON,
	SHAPE_TRIANGLE,
	SHAPE_TRIANGLE_DOWN,
	SHAPE_HOURGLASS,
	SHAPE_CYLINDER,
	SHAPE_QUEUE, /* a cylinder that lies */
	SHAPE_SUBROUTINE,
	SHAPE_TRAPEZIUM,
	SHAPE_TRAPEZIUM_DOWN,
	SHAPE_PARALLELOGRAM,
	SHAPE_PARALLELOGRAM_BACK,
	SHAPE_FLAG,
	SHAPE_DELAY,
	SHAPE_DOCUMENT,
	SHAPE_STACK,
	SHAPE_NOTE, /* a corner is folded */
	SHAPE_BRACE,
	SHAPE_BAR, /* filled, across the direction: a fork or a join */
	SHAPE_PERSON,
	SHAPE_PLAIN
};
enum graph_line { LINE_SOLID, LINE_DOTTED, LINE_THICK, LINE_INVISIBLE };
enum graph_tip { TIP_NONE, TIP_ARROW, TIP_CIRCLE, TIP_CROSS, TIP_OPEN };

struct graph_node {
	struct word id;
	struct word label; /* newlines as '\n'; equals the id when none is written */
	enum graph_shape shape;
	struct str href; /* as written; in drawings of the model: URL relative to the site; empty: none */
	struct str kind; /* for styling, words: "cluster", "node", "accepted", "tone-red" ...; empty: none */
	struct str note; /* more, smaller lines of the label: an address, a role; empty: none */
	int cluster;     /* index of the innermost subgraph, -1: none */
};

struct graph_edge {
	int from, to; /* indices of nodes */
	struct word label;
	enum graph_line line;
	enum graph_tip head, tail;
	struct str kind; /* as a node's */
	unsigned length; /* ranks it spans at least; 0: one */
	struct span span;
	/* Index + 1 of the subgraph that the edge ends at, 0: at the node itself; from and to are then nodes inside it. */
	int tail_cluster, head_cluster;
};

struct graph_cluster {
	struct word id;
	struct word label;
	struct str href; /* as a node's */
	struct str kind;
	int parent;        /* -1: none */
	char direction[3]; /* its own, as the graph's; empty: that of what is around it */
};

enum graph_step_kind {
	STEP_MESSAGE,
	STEP_NOTE,
	STEP_OPEN,       /* a block begins: loop, alt, opt, par, critical, break, rect */
	STEP_NEXT,       /* its next part: else, and, option */
	STEP_CLOSE,      /* its end */
	STEP_ACTIVATE,   /* of participant `from` */
	STEP_DEACTIVATE, /* of participant `from`, which is active */
	STEP_CREATE,     /* participant `from` begins with the next message to it */
	STEP_DESTROY     /* participant `from` ends with the next message from or to it */
};
enum graph_side { SIDE_OVER, SIDE_LEFT, SIDE_RIGHT };

/* What happens in a sequence, in order. Blocks are closed, and nested no deeper than GRAPH_STEP_DEPTH. */
enum { GRAPH_STEP_DEPTH = 32 };
struct graph_step {
	enum graph_step_kind kind;
	int edge;             /* of a message */
	int from, to;         /* participants; a note stands beside or over them, from left to right as written */
	enum graph_side side; /* of a note */
	struct word label;    /* of a note or a part of a block */
	struct str word;      /* of a block: "loop", "else" ... */
	struct str tone;      /* of a block: a kind, as a node's */
	unsigned number;      /* of a message; 0: none */
};

enum graph_form { GRAPH_BOXES, GRAPH_STATES, GRAPH_SEQUENCE };

/* What a drawing says, whatever language it was written in. In a sequence, nodes are the participants from left to right,
 * clusters the groups of them, edges the messages. */
struct graph {
	struct span span; /* of the whole text */
	struct str
		kind; /* "digraph", "graph", "flowchart", "sequenceDiagram", or the unsupported mermaid kind: "gantt" */
	bool supported; /* false: show the source */
	bool directed;
	enum graph_form form;
	char direction[3]; /* "TB", "LR", "BT", "RL" */
	struct word title;
	VEC(struct graph_node) nodes;
	VEC(struct graph_edge) edges;
	VEC(struct graph_cluster) clusters;
	VEC(struct graph_step) steps; /* of a sequence */
};

/* Both read `part` of the source. Troubles: "diagram-syntax" (kind "syntax", extra: what was expected),
 * "diagram-asset" (dot attributes that would read a file or run something), "diagram-unsupported". Never NULL. */
struct graph *dot_parse(struct arena *arena, const struct source *source, struct span part, struct troubles *troubles);
struct graph *mermaid_parse(struct arena *arena, const struct source *source, struct span part,
			    struct troubles *troubles);

/* ---- templates ---- */

enum template_op { TEMPLATE_TEXT, TEMPLATE_VALUE, TEMPLATE_RAW, TEMPLATE_SECTION, TEMPLATE_INVERTED, TEMPLATE_PARTIAL };

/* {{name}} escaped · {{{name}}} raw · {{#name}}..{{/name}} for each or if · {{^name}}..{{/name}} if not · {{>name}} partial · {{! comment}} */
struct template_node {
	enum template_op op;
	struct str text; /* literal text, or the name */
	uint32_t end;    /* sections: index behind the last node of the body */
	struct span span;
};

struct template
{
	struct str name;
	struct template_node *nodes;
	size_t n;
};

/* On an error: NULL and a message with line and column in *error. */
struct template *template_parse(struct arena *arena, struct str name, struct str text, struct str *error);

#endif
