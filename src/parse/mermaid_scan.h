/* The words of mermaid flowcharts: blanks, texts, links. Used by mermaid.c and mermaid_flow.c. */
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
	size_t end;  /* behind it; 0: there is no link here */
	bool open;   /* its text and its end follow */
	char stroke; /* - = . ~ */
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

/* The statements of a flowchart, from behind its first word. */
void mermaid_flowchart(struct mermaid *mermaid);

#endif
