/* The words of mermaid diagrams: blanks, lines, texts, links, styles. Used by the mermaid readers. */
#ifndef LINTEL_MERMAID_SCAN_H
#define LINTEL_MERMAID_SCAN_H

#include "parse/graph_build.h"

struct mermaid {
	struct graph_build build;
	struct str text; /* the diagram, pointing into the source */
	size_t at;
	bool no_directive; /* no directive ends behind here */
};

/* A link `-->` or the start of one with text in it, `-- text -->`. */
struct mermaid_link {
	size_t end;      /* behind it; 0: there is no link here */
	bool open;       /* its text and its end follow */
	char stroke;     /* - = . ~ */
	unsigned length; /* ranks it spans */
	enum graph_tip tail, head;
};

char mermaid_char(const struct mermaid *mermaid, size_t off);
/* The text from `from` to the position. */
struct str mermaid_from(const struct mermaid *mermaid, size_t from);
/* The rest of the line from `from`, at most 40 bytes: for messages. */
struct str mermaid_rest(const struct mermaid *mermaid, size_t from);
/* Blanks and tabs. */
void mermaid_skip_blanks(struct mermaid *mermaid);
/* Blanks, line ends, comments and directives. */
void mermaid_skip_space(struct mermaid *mermaid);
void mermaid_skip_line(struct mermaid *mermaid);
/* At a line end, ';', a comment or the end. */
bool mermaid_at_end(const struct mermaid *mermaid);

/* Reads a text, bare or in quotes, up to one of the n closers, and goes behind that. Returns the closer's index, or -1 after a
 * trouble (`opener`: where the shape begins). */
int mermaid_text(struct mermaid *mermaid, size_t opener, const char *const *closers, size_t n, struct word *text);
/* A text as it is shown: quotes, markdown marks, tags, icons and codes undone. */
struct str mermaid_label(struct mermaid *mermaid, struct str raw);

struct mermaid_link mermaid_link_at(const struct mermaid *mermaid, size_t at);
/* Reads a link with its text at the position into `edge`; false when there is none (nothing moved), or after a trouble. */
bool mermaid_link_read(struct mermaid *mermaid, struct graph_edge *edge);

/* The outline for a name of `@{ shape: name }`; a box for names that are not known. */
enum graph_shape mermaid_shape(struct str name);

/* ---- kinds whose statements are lines ---- */

/* The next line that is no comment, trimmed; false at the end. */
bool mermaid_next_line(struct mermaid *mermaid, struct str *line);
/* Up to a blank or one of :;{}( */
struct str mermaid_first_word(struct str line);
struct word mermaid_word(const struct mermaid *mermaid, struct str text);
/* As mermaid_label, quotes around it dropped. */
struct word mermaid_shown(struct mermaid *mermaid, struct str raw);
/* `title x`, `accTitle: x`, `accDescr: x`, `accDescr { x }`: kept or passed over; false when the line is none of them. */
bool mermaid_take_heading(struct mermaid *mermaid, struct str line);
/* The diagram is shown as source, because this line may mean what is not known here. Told once. */
void mermaid_not_understood(struct mermaid *mermaid, struct str line);

/* ---- styles ---- */

/* The tone of a colour as CSS writes it: "red", "orange", "green", "teal", "blue", "purple", "grey", "": none of them. False
 * when the text is no colour. */
bool mermaid_tone(struct str text, struct str *tone);

/* A node, or with `edge` an edge by its index, and the class or the style that is put on it. */
struct mermaid_styled {
	struct str name;
	struct str class, kind; /* class.data NULL: kind is said itself */
	bool is_edge;
};
/* Classes and styles of a diagram, as far as the theme has words for them. Start from {.classes.arena = arena}. */
struct mermaid_styles {
	struct map classes; /* name -> its kind, as a struct str * */
	VEC(struct mermaid_styled) list;
};
/* Notes `classDef`, `class`, `style`, `linkStyle` at the first word of the text; false when it is none of them. */
bool mermaid_take_style(struct mermaid *mermaid, struct mermaid_styles *styles, struct str statement);
/* `name:::class` */
void mermaid_add_class(struct mermaid *mermaid, struct mermaid_styles *styles, struct str name, struct str class);
/* Puts what was noted on the nodes, edges and clusters of the graph. */
void mermaid_put_styles(struct mermaid *mermaid, const struct mermaid_styles *styles);

/* ---- kinds: statements from behind the first word ---- */

void mermaid_flowchart(struct mermaid *mermaid);
void mermaid_sequence(struct mermaid *mermaid);
void mermaid_states(struct mermaid *mermaid);
void mermaid_c4(struct mermaid *mermaid);

#endif
