/* Private to render/: what the words of code are, for its colours. */
#ifndef LINTEL_HIGHLIGHT_H
#define LINTEL_HIGHLIGHT_H

#include "base/base.h"

enum language_flag {
	LANGUAGE_KEYS_COLON = 1,   /* `key:` at the start of a line */
	LANGUAGE_KEYS_EQUALS = 2,  /* `key =` there */
	LANGUAGE_KEYS_QUOTED = 4,  /* `"key":` anywhere */
	LANGUAGE_SECTIONS = 8,     /* `[section]` at the start of a line */
	LANGUAGE_SHELL = 16,       /* prompts, options, assignments */
	LANGUAGE_CONSOLE = 32,     /* what stands behind no prompt is output */
	LANGUAGE_TAGS = 64,        /* `<name attribute="value">` */
	LANGUAGE_DIFF = 128,       /* lines by their first character */
	LANGUAGE_AT = 256,         /* `@name` */
	LANGUAGE_DIRECTIVES = 512, /* `#name` at the start of a line */
	LANGUAGE_CALLS = 1024,     /* `name(` */
	LANGUAGE_PLAIN = 2048,     /* text stands unquoted: a quote inside of a word is none */
	LANGUAGE_BLOCKS = 4096,    /* `key: |` and deeper lines */
	LANGUAGE_DASHES = 8192,    /* words hold '-' */
	LANGUAGE_DOLLARS = 16384,  /* `$name`, `${name}` */
	LANGUAGE_TRIPLE = 32768,   /* three quotes open a string that spans lines */
	LANGUAGE_FIRST = 65536,    /* a keyword is one only as the first word of a line */
	LANGUAGE_BRACES = 131072,  /* `{{ name }}` */
	LANGUAGE_HEREDOCS = 262144 /* `<<WORD` up to a line WORD */
};

struct language {
	const char *names;                    /* "yaml|yml", lower case */
	const char *comments;                 /* marks between blanks; each opens a comment up to the line's end */
	const char *block_open, *block_close; /* of a comment; NULL: none */
	const char *quotes;
	const char *spanning; /* those of them whose string may span lines */
	const char *keywords, *constants;
	unsigned flags;
};

/* The language of a fence's info string, or NULL. */
const struct language *language_find(struct str name);

/* A piece of code that has a colour; between two of them it has none. */
struct code_token {
	size_t from, to;
	const char *class;
};

/* Start from {.language, .text}. */
struct code_reader {
	const struct language *language;
	struct str text;
	size_t at;
	size_t line_end;  /* of the line that is read */
	size_t next_line; /* where the next one begins */
	bool first_word;  /* none of the line was read yet */
	bool in_tag;
	bool console;      /* lines behind no prompt are output */
	bool command;      /* this line is a command */
	bool block;        /* deeper lines follow that are one text */
	size_t indent;     /* of the line that opened it */
	struct str here;   /* the word that ends what follows the line; empty: none */
	bool here_is_lost; /* one was never found: no other is sought */
	size_t dead[128];  /* by quote: no string opens before this offset */
};

/* The next token; false at the end. All of a text costs time linear in its size. */
bool code_next(struct code_reader *reader, struct code_token *token);

#endif
