/* Writes JSON with stable bytes, and reads small JSON files. */
#ifndef LINTEL_JSON_H
#define LINTEL_JSON_H

#include "base/buf.h"

/* Start from {.out = buf, .indent = 2} (indent 0: one line). Commas and line ends are put by the writer. */
struct json {
	struct buf *out;
	int indent;
	int depth;
	bool has_item[64];
	bool after_key;
	int line_depth; /* inside an object that stands on one line */
};

void json_begin_object(struct json *json);
/* An object on one line, whatever the indent; ends with json_end_object. */
void json_begin_line(struct json *json);
void json_end_object(struct json *json);
void json_begin_array(struct json *json);
void json_end_array(struct json *json);
/* A key of ours, which needs no escape. */
void json_key(struct json *json, const char *key);
/* A key from a document. */
void json_key_text(struct json *json, struct str key);
/* Malformed UTF-8 becomes U+FFFD; '<', U+2028 and U+2029 are escaped, so the text may stand in a script. */
void json_string(struct json *json, struct str s);
void json_number(struct json *json, long long number);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);
/* json_key and then the value. */
void json_key_string(struct json *json, const char *key, struct str s);
void json_key_number(struct json *json, const char *key, long long number);
void json_key_bool(struct json *json, const char *key, bool value);
/* null when s.data is NULL */
void json_key_string_or_null(struct json *json, const char *key, struct str s);

#endif
