/* Tokens of the dot language, for dot.c. */
#ifndef LINTEL_DOT_LEX_H
#define LINTEL_DOT_LEX_H

#include "parse/graph_build.h"

enum dot_kind { DOT_END, DOT_ID, DOT_MARK, DOT_ARROW, DOT_LINE, DOT_UNCLOSED, DOT_BAD };

struct dot_token {
	enum dot_kind kind;
	char mark;         /* of DOT_MARK: { } [ ] ; , = : */
	bool quoted, html; /* how an id is written */
	struct str raw;    /* as it stands in the source */
	struct str value;  /* of an id: without quotes, joined, \" undone; other escapes kept */
};

struct dot_lexer {
	struct arena *arena;
	struct str text;
	size_t at;
};

/* The token at lexer->at, and lexer->at moved behind it. DOT_UNCLOSED: a string, HTML label or comment without end, up to the end. */
struct dot_token dot_next(struct dot_lexer *lexer);
/* Moves to the start of the next line. */
void dot_skip_line(struct dot_lexer *lexer);

#endif
