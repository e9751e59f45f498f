/* Numbers with units in running text, and expressions of them. Only for the files of fact/. */
#ifndef LINTEL_AMOUNT_H
#define LINTEL_AMOUNT_H

#include "fact/fact_parts.h"

struct amount {
	bool valid, approximate;
	double value;
	double unit_scale; /* of a unit of bytes: 1000^n or 1024^n; 0: no such unit */
	double last_place; /* worth of half the last digit that is written, in `value` */
	struct str unit;   /* first word behind the number, as written; may be empty */
	struct str words;  /* all words behind it */
	size_t from, to;   /* in the text; `to` behind the words */
	size_t number_end; /* behind the number and a unit that adjoins it */
};

/* Reads one at `at`, blanks before it skipped. At most three words may follow. */
struct amount amount_read(struct str text, size_t at, size_t end);
/* In bytes when the unit is one of bytes. */
double amount_scaled(const struct amount *amount);
/* How far apart two ways of writing one number may be. */
double amount_tolerance(const struct amount *amount);
/* Units that turn into others: time, rates, money, percent. */
bool amount_converts(const struct amount *amount);
/* "cores" and "core", without case. */
bool amount_same_unit(struct str a, struct str b);

/* "a × b", "a + b + c"; of "a × b + c × d" the terms are the products. */
struct expression {
	char op; /* '*', '+'; 0: there is none */
	VEC(struct amount) terms;
};
/* Reads one that fills text [from, to) but for blanks; op 0 when it does not. */
struct expression expression_read(struct arena *arena, struct str text, size_t from, size_t to);
/* True when the text has the value that the expression gives, or when that cannot be said. */
bool expression_gives(const struct expression *expression, const struct amount *stated);
double expression_value(const struct expression *expression);
/* "660", "2.2 TB": a value as the stated amount would be written. */
struct str amount_format(struct arena *arena, double value, const struct amount *like);

/* Totals of tables, and of fields per node and in all. */
void totals_of_tables(struct fact_sink *sink);
void totals_of_fields(struct fact_sink *sink);
/* A column of each node against one of all nodes: the rows that most others do not go with. */
void totals_of_columns(struct fact_sink *sink);
/* Appends a copy that outlives the page. */
struct wrong_total *total_add(struct fact_sink *sink, struct wrong_total total);

#endif
