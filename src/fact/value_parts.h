/* Between the files that read values. Each reader fills `value` and sets `valid`. */
#ifndef LINTEL_VALUE_PARTS_H
#define LINTEL_VALUE_PARTS_H

#include "fact/fact_parts.h"

/* Takes the next token off: bytes up to a blank, comma, semicolon, bracket, quote or back-tick. */
struct str value_token(struct str *rest);
/* Bytes of the dash that s begins with; 0: none. */
size_t value_dash(struct str s);
/* Takes a number or number word off the front; -1 when there is none. */
long long value_number(struct str *rest);
bool value_is_digits(struct str s);
/* host:port without the port, for IPv4. */
struct str value_without_port(struct str token);

void value_read_addresses(struct arena *arena, struct str text, struct fact_value *value);
void value_read_prefixes(struct arena *arena, struct str text, struct fact_value *value);
void value_read_hosts(struct arena *arena, struct str text, struct fact_value *value);
void value_read_numbers(struct arena *arena, struct str text, struct fact_value *value);
void value_read_count(struct str text, struct fact_value *value);
void value_read_quantities(struct arena *arena, struct str text, struct fact_value *value);
void value_read_version(struct arena *arena, struct str text, struct fact_value *value);
void value_read_role(struct arena *arena, struct str text, struct fact_value *value);
void value_read_architecture(struct arena *arena, struct str text, struct fact_value *value);
void value_read_names(struct arena *arena, struct str text, struct fact_value *value);
/* At most `most` words; in lower case, one blank between them. */
void value_read_words(struct arena *arena, struct str text, size_t most, struct fact_value *value);

/* ---- words, for the judge ---- */

/* All words of `few` are words of `many`. Both as value_read_words() gives them. */
bool words_within(struct str few, struct str many);
bool words_share(struct str a, struct str b);
/* One is an abbreviation of the other: "protobuf" of "protocol buffers". */
bool words_abbreviate(struct str a, struct str b);

enum match { MATCH_UNSURE, MATCH_SAME, MATCH_DIFFERS };

enum match versions_match(struct str a, struct str b);
/* Operating systems and Kubernetes distributions; words of neither are not compared. */
enum match platforms_match(struct str a, struct str b);
/* Processors and graphics: by maker and model number. */
enum match models_match(struct str a, struct str b);

#endif
