/* JSON with stable bytes: the same calls give the same text. */
#include "base/json.h"

#include "base/banned.h"

#include <assert.h>

#include "base/utf8.h"

static void line_end(struct json *json)
{
	static const char blanks[] = "\n                                                                ";
	size_t size = 1 + (size_t)json->depth * (size_t)json->indent;
	if (json->indent == 0)
		return;
	if (size > sizeof blanks - 1)
		size = sizeof blanks - 1;
	buf_add(json->out, (struct str){blanks, size});
}

/* What stands between the last item and the next: a comma, a line end, or nothing after a key. */
static void before_item(struct json *json)
{
	if (json->after_key) {
		json->after_key = false;
		return;
	}
	if (json->depth == 0)
		return;
	bool on_line = json->line_depth && json->depth >= json->line_depth;
	if (json->has_item[json->depth])
		buf_add(json->out, on_line ? STR(", ") : STR(","));
	json->has_item[json->depth] = true;
	if (!on_line)
		line_end(json);
}

static void begin(struct json *json, char bracket)
{
	before_item(json);
	buf_addc(json->out, bracket);
	json->depth++;
	assert(json->depth < (int)(sizeof(json->has_item) / sizeof(json->has_item[0])));
	json->has_item[json->depth] = false;
}

static void end(struct json *json, char bracket)
{
	bool had_item = json->has_item[json->depth];

	assert(json->depth > 0 && !json->after_key);
	json->depth--;
	bool on_line = json->line_depth && json->depth + 1 >= json->line_depth;
	if (had_item && !on_line)
		line_end(json);
	buf_addc(json->out, bracket);
	if (json->depth < json->line_depth)
		json->line_depth = 0;
}

void json_begin_object(struct json *json)
{
	begin(json, '{');
}

void json_end_object(struct json *json)
{
	end(json, '}');
}

void json_begin_line(struct json *json)
{
	begin(json, '{');
	if (!json->line_depth)
		json->line_depth = json->depth;
}

void json_begin_array(struct json *json)
{
	begin(json, '[');
}

void json_end_array(struct json *json)
{
	end(json, ']');
}

static void add_escape(struct buf *out, uint32_t c)
{
	switch (c) {
	case '"': buf_adds(out, "\\\""); return;
	case '\\': buf_adds(out, "\\\\"); return;
	case '\n': buf_adds(out, "\\n"); return;
	case '\r': buf_adds(out, "\\r"); return;
	case '\t': buf_adds(out, "\\t"); return;
	default: buf_addf(out, "\\u%04x", (unsigned)c);
	}
}

static bool needs_escape(uint32_t c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == '<' || c == 0x7F || c == 0x2028 || c == 0x2029;
}

/* By byte; the rest of ASCII stands as it is. */
static const bool may_need_escape[256] = {
	[0 ... 0x1F] = true, ['"'] = true, ['\\'] = true, ['<'] = true, [0x7F ... 0xFF] = true,
};

static void add_replaced(struct buf *out, struct str s, size_t *off)
{
	size_t at = *off;
	uint32_t c = utf8_next(s, off);

	if (c == UTF8_BAD)
		buf_adds(out, "\xEF\xBF\xBD");
	else if (needs_escape(c))
		add_escape(out, c);
	else
		buf_add(out, str_sub(s, at, *off - at));
}

static void add_quoted(struct buf *out, struct str s)
{
	size_t off = 0;

	buf_addc(out, '"');
	for (;;) {
		size_t from = off;
		char *to;

		if (out->cap - out->size <= s.size - off + 1)
			buf_grow(out, s.size - off + 1);
		to = out->data + out->size;
		for (; off < s.size && !may_need_escape[(unsigned char)s.data[off]]; off++)
			*to++ = s.data[off];
		out->size += off - from;
		if (off == s.size)
			break;
		add_replaced(out, s, &off);
	}
	buf_addc(out, '"');
}

/* Keys are most of a long file: a key on a line is put with its marks at once. */
void json_key(struct json *json, const char *key)
{
	size_t size = strlen(key);
	struct buf *out = json->out;
	char *to;

	assert(!json->after_key);
	before_item(json);
	if (out->cap - out->size <= size + 4)
		buf_grow(out, size + 4);
	to = out->data + out->size;
	*to++ = '"';
	memcpy(to, key, size);
	to += size;
	*to++ = '"';
	*to++ = ':';
	if (json->indent)
		*to++ = ' ';
	*to = '\0';
	out->size = (size_t)(to - out->data);
	json->after_key = true;
}

void json_key_text(struct json *json, struct str key)
{
	assert(!json->after_key);
	before_item(json);
	add_quoted(json->out, key);
	buf_add(json->out, json->indent ? STR(": ") : STR(":"));
	json->after_key = true;
}

void json_string(struct json *json, struct str s)
{
	before_item(json);
	add_quoted(json->out, s);
}

void json_number(struct json *json, long long number)
{
	before_item(json);
	if (number < 0)
		buf_addc(json->out, '-');
	buf_add_number(json->out, number < 0 ? 0ULL - (unsigned long long)number : (unsigned long long)number);
}

void json_bool(struct json *json, bool value)
{
	before_item(json);
	buf_adds(json->out, value ? "true" : "false");
}

void json_null(struct json *json)
{
	before_item(json);
	buf_adds(json->out, "null");
}

void json_key_string(struct json *json, const char *key, struct str s)
{
	json_key(json, key);
	json_string(json, s);
}

void json_key_number(struct json *json, const char *key, long long number)
{
	json_key(json, key);
	json_number(json, number);
}

void json_key_bool(struct json *json, const char *key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}

void json_key_string_or_null(struct json *json, const char *key, struct str s)
{
	json_key(json, key);
	if (s.data)
		json_string(json, s);
	else
		json_null(json);
}
