/* A piece of a record's text as tokens: words, references and what ends a clause. Only for model/statement*.c. */
#ifndef LINTEL_STATEMENT_LEX_H
#define LINTEL_STATEMENT_LEX_H

#include "model/record.h"

enum token_kind { TOKEN_WORD, TOKEN_LINK, TOKEN_STOP, TOKEN_COMMA, TOKEN_COLON, TOKEN_DASH, TOKEN_OPEN, TOKEN_CLOSE };

struct token {
	enum token_kind kind;
	struct str at;   /* the whole token in the text */
	struct str text; /* a word; the text of a link */
	struct str link; /* target of a link, as written; empty: none */
};

#define TOKENS_MAX 400

/* At most TOKENS_MAX; what follows is not read. */
struct tokens {
	struct str house; /* letters that stand before numbers of the log: "RFC"; may be empty */
	struct token list[TOKENS_MAX];
	size_t n;
};

void tokens_read(struct str text, struct str house, struct tokens *tokens);

/* The parts of `[text](target "title")`, `[text][label]`, `[text]` at text[off] == '['; size 0: no bracket pair. */
struct bracket {
	size_t size; /* of the whole in bytes */
	struct str text;
	struct str link;
};
struct bracket bracket_read(struct str text, size_t off);
/* Bytes of a comment or of struck text at off, 0: none. */
size_t unread_size(struct str text, size_t off);

#endif
