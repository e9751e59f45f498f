/* Front matter, read as people write it: keys with words, lists and nested keys. What is no such thing is left
 * alone. */
#include "parse/markdown.h"

#define DEPTH_MAX 8

/* A key that lines further in may belong to. */
struct parent {
	size_t indent;
	struct str path;
	size_t field; /* index */
};

struct reader {
	struct arena *arena;
	struct md *md;
	struct str text; /* the whole source */
	size_t pos, end; /* between the fences */
	struct parent parents[DEPTH_MAX];
	size_t n_parents;
	size_t n_keys;    /* lines that read as `key: value` */
	size_t n_strange; /* lines that read as nothing */
	struct str first_strange;
	size_t keys_before; /* n_keys at the first of them */
	bool open_value;    /* a quote or bracket that nothing closes */
};

static struct str line_at(const struct reader *r, size_t pos)
{
	struct str rest = str_sub(r->text, pos, r->end - pos);
	return str_cut_line(&rest);
}

static size_t next_line(struct str text, size_t pos)
{
	size_t end = str_find_from(text, STR("\n"), pos);
	return end == SIZE_MAX ? text.size : end + 1;
}

static size_t indent_of(struct str line)
{
	size_t n = 0;
	while (n < line.size && (line.data[n] == ' ' || line.data[n] == '\t'))
		n++;
	return n;
}

/* ---- keys ---- */

/* Bytes of the key at the start of s, its ':' not counted; 0 when there is none. */
static size_t key_size(struct str s)
{
	size_t colon = 0;
	if (s.size && (s.data[0] == '"' || s.data[0] == '\'')) {
		size_t close = str_find_char(str_from_off(s, 1), s.data[0]);
		colon = close == SIZE_MAX ? s.size : close + 2;
	} else {
		while (colon < s.size && (isalnum((unsigned char)s.data[colon]) || strchr("_-./<$@ ", s.data[colon]) ||
					  (unsigned char)s.data[colon] >= 0x80))
			colon++;
	}
	if (colon == 0 || colon > 60 || colon >= s.size || s.data[colon] != ':' || s.data[0] == ' ' ||
	    str_starts(s, STR("- ")))
		return 0;
	bool ends = colon + 1 == s.size || s.data[colon + 1] == ' ' || s.data[colon + 1] == '\t';
	return ends ? colon : 0;
}

static struct str unquoted(struct str s)
{
	s = str_trim(s);
	bool quoted = s.size > 1 && (s.data[0] == '"' || s.data[0] == '\'') && s.data[s.size - 1] == s.data[0];
	return quoted ? str_sub(s, 1, s.size - 2) : s;
}

static struct word word_of(const struct reader *r, struct str s)
{
	return (struct word){s, span_of(r->md->source, s)};
}

static size_t add_field(struct reader *r, struct str key, struct str prefix)
{
	struct fm_field field = {.key = word_of(r, key), .value = {STR_NONE, SPAN_NONE}};
	if (prefix.size)
		field.key.str = str_format(r->arena, STR_FMT "." STR_FMT, STR_ARG(prefix), STR_ARG(key));
	vec_add(r->arena, &r->md->front.fields, field);
	return r->md->front.fields.n - 1;
}

static struct fm_field *field_at(struct reader *r, size_t field)
{
	return &r->md->front.fields.data[field];
}

static void add_item(struct reader *r, size_t field, struct str item)
{
	item = unquoted(item);
	if (item.size) {
		struct word word = word_of(r, item);
		vec_add(r->arena, &field_at(r, field)->items, word);
	}
}

/* ---- values ---- */

/* Plain text ends at a comment. */
static struct str without_comment(struct str s)
{
	for (size_t i = 0; i < s.size; i++) {
		if (s.data[i] == '#' && (i == 0 || s.data[i - 1] == ' ' || s.data[i - 1] == '\t'))
			return str_trim(str_sub(s, 0, i));
	}
	return str_trim(s);
}

/* Offset behind the quote that closes the one at `pos`, or SIZE_MAX. */
static size_t behind_quoted(const struct reader *r, size_t pos, size_t end)
{
	char quote = r->text.data[pos];
	for (size_t i = pos + 1; i < end; i++) {
		if (r->text.data[i] == '\\' && quote == '"')
			i++;
		else if (r->text.data[i] == quote && quote == '\'' && i + 1 < end && r->text.data[i + 1] == quote)
			i++;
		else if (r->text.data[i] == quote)
			return i + 1;
	}
	return SIZE_MAX;
}

static bool opens_quote(const struct reader *r, size_t pos)
{
	char c = r->text.data[pos];
	char before = pos ? r->text.data[pos - 1] : ' ';
	return (c == '"' || c == '\'') && (strchr("[{, \t\n:", before) != NULL);
}

/* Offset behind the bracket that closes the one at `pos`, or SIZE_MAX. */
static size_t behind_brackets(const struct reader *r, size_t pos, size_t end)
{
	size_t depth = 0;
	for (size_t i = pos; i < end; i++) {
		char c = r->text.data[i];
		if (opens_quote(r, i)) {
			size_t behind = behind_quoted(r, i, end);
			if (behind != SIZE_MAX)
				i = behind - 1;
		} else if (c == '[' || c == '{') {
			depth++;
		} else if ((c == ']' || c == '}') && --depth == 0) {
			return i + 1;
		}
	}
	return SIZE_MAX;
}

/* Takes the part before the next comma outside of quotes and brackets off `inner`. */
static struct str cut_part(const struct reader *r, struct str *inner)
{
	size_t start = (size_t)(inner->data - r->text.data);
	size_t end = start + inner->size;
	size_t depth = 0;
	size_t i = start;
	for (; i < end && !(r->text.data[i] == ',' && !depth); i++) {
		char c = r->text.data[i];
		size_t behind = opens_quote(r, i) ? behind_quoted(r, i, end) : SIZE_MAX;
		if (behind != SIZE_MAX)
			i = behind - 1;
		else if (c == '[' || c == '{')
			depth++;
		else if ((c == ']' || c == '}') && depth)
			depth--;
	}
	struct str part = str_sub(r->text, start, i - start);
	*inner = i < end ? str_sub(r->text, i + 1, end - i - 1) : STR_NONE;
	return part;
}

static void read_flow(struct reader *r, size_t field, size_t from, size_t behind)
{
	bool is_map = r->text.data[from] == '{';
	struct str inner = str_trim(str_sub(r->text, from + 1, behind - from - 2));
	struct str whole = unquoted(inner);
	struct str path = field_at(r, field)->key.str;
	size_t n = 0;
	bool pairs = false;
	while (inner.size) {
		struct str part = str_trim(cut_part(r, &inner));
		size_t size = is_map ? key_size(part) : 0;
		n++;
		pairs |= size != 0;
		if (size) {
			size_t child = add_field(r, unquoted(str_sub(part, 0, size)), path);
			field_at(r, child)->value = word_of(r, unquoted(str_from_off(part, size + 1)));
		} else {
			add_item(r, field, part);
		}
	}
	if (is_map && n == 1 && !pairs) {
		field_at(r, field)->items.n = 0;
		field_at(r, field)->value = word_of(r, whole);
	}
}

/* Lines that are blank or stand further in than the key belong to its text. Returns the offset behind them. */
static size_t behind_deeper(const struct reader *r, size_t pos, size_t indent)
{
	while (pos < r->end) {
		struct str line = line_at(r, pos);
		if (str_trim(line).size && indent_of(line) <= indent)
			break;
		pos = next_line(r->text, pos);
	}
	return pos < r->end ? pos : r->end;
}

static void note_strange(struct reader *r, struct str text)
{
	if (r->first_strange.size)
		return;
	r->first_strange = text;
	r->keys_before = r->n_keys;
}

/* Reads the value at `from`, on the line that ends before `behind`; returns where reading goes on. */
static size_t read_value(struct reader *r, size_t field, size_t from, size_t behind, size_t indent)
{
	struct str line = line_at(r, from);
	struct str plain = without_comment(line);
	if (!plain.size)
		return behind;
	from += (size_t)(plain.data - line.data);
	char first = plain.data[0];
	if (first == '[' || first == '{' || first == '"' || first == '\'') {
		bool flow = first == '[' || first == '{';
		/* After one value that does not end, others are sought on their line only: no search is repeated. */
		size_t limit = r->open_value ? from + plain.size : r->end;
		size_t end = flow ? behind_brackets(r, from, limit) : behind_quoted(r, from, limit);
		if (end == SIZE_MAX) {
			r->open_value = true;
			note_strange(r, plain);
			field_at(r, field)->value = word_of(r, plain);
			return behind;
		}
		if (flow)
			read_flow(r, field, from, end);
		else
			field_at(r, field)->value = word_of(r, str_sub(r->text, from + 1, end - from - 2));
		return next_line(r->text, end - 1);
	}
	if ((first == '|' || first == '>') && plain.size <= 3) {
		size_t end = behind_deeper(r, behind, indent);
		field_at(r, field)->value = word_of(r, str_trim(str_sub(r->text, behind, end - behind)));
		return end;
	}
	field_at(r, field)->value = word_of(r, plain);
	return behind;
}

/* ---- lines ---- */

/* A line further in that is no key goes on with the text of the key above it. */
static bool continue_value(struct reader *r, struct str line, size_t indent)
{
	if (!r->n_parents || indent <= r->parents[r->n_parents - 1].indent)
		return false;
	struct word *value = &field_at(r, r->parents[r->n_parents - 1].field)->value;
	struct str text = without_comment(line);
	if (!text.size)
		return true;
	const char *start = value->str.size ? value->str.data : text.data;
	*value = word_of(r, (struct str){start, (size_t)(text.data + text.size - start)});
	return true;
}

static size_t read_key(struct reader *r, struct str line, size_t indent, size_t size, size_t behind)
{
	while (r->n_parents && r->parents[r->n_parents - 1].indent >= indent)
		r->n_parents--;
	struct str parent = r->n_parents ? r->parents[r->n_parents - 1].path : STR_NONE;
	size_t field = add_field(r, unquoted(str_sub(line, indent, size)), parent);
	if (r->n_parents < DEPTH_MAX)
		r->parents[r->n_parents++] = (struct parent){indent, field_at(r, field)->key.str, field};
	r->n_keys++;
	return read_value(r, field, (size_t)(line.data - r->text.data) + indent + size + 1, behind, indent);
}

static bool read_item(struct reader *r, struct str line, size_t indent)
{
	while (r->n_parents && r->parents[r->n_parents - 1].indent > indent)
		r->n_parents--;
	if (!r->n_parents)
		return false;
	add_item(r, r->parents[r->n_parents - 1].field, without_comment(str_from_off(line, indent + 1)));
	return true;
}

/* Reads one line (or a value that spans several) and returns where the next begins. */
static size_t read_line(struct reader *r, size_t pos)
{
	struct str line = line_at(r, pos);
	size_t behind = next_line(r->text, pos);
	size_t indent = indent_of(line);
	struct str rest = str_from_off(line, indent);
	if (!str_trim(rest).size || rest.data[0] == '#')
		return behind;
	if (rest.data[0] == '-' && (rest.size == 1 || rest.data[1] == ' ' || rest.data[1] == '\t') &&
	    read_item(r, line, indent))
		return behind;
	size_t size = key_size(rest);
	if (size)
		return read_key(r, line, indent, size, behind);
	if (!continue_value(r, line, indent)) {
		r->n_strange++;
		note_strange(r, str_trim(line));
	}
	return behind;
}

/* ---- the block ---- */

static bool is_fence(struct str line)
{
	line = str_trim_right(line);
	return str_eq(line, STR("---")) || str_eq(line, STR("..."));
}

/* Offset of the line that closes the block, or SIZE_MAX. */
static size_t closing_fence(const struct reader *r, size_t pos)
{
	for (; pos < r->end; pos = next_line(r->text, pos)) {
		if (is_fence(line_at(r, pos)))
			return pos;
	}
	return SIZE_MAX;
}

static void tell(struct reader *r, const char *kind, struct str text, struct str extra)
{
	struct trouble trouble = {.rule = "text-front-matter",
				  .kind = kind,
				  .span = span_of(r->md->source, text),
				  .text = text,
				  .extra = extra,
				  .other = SPAN_NONE};
	trouble_add(r->arena, &r->md->troubles, trouble);
}

/* Keys that documents of many makers begin with. */
static bool is_known_key(struct str key)
{
	static const char *const known[] = {"title",           "status",        "date",      "tags",    "description",
					    "nav_order",       "layout",        "about",     "aliases", "deciders",
					    "decision-makers", "superseded-by", "supersedes"};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_is(key, known[i]))
			return true;
	return false;
}

/* A document may begin with a thematic break. It is front matter without end only where the lines up to the first
 * blank one or heading all read as keys and lists: several keys, or one that is known. */
static void tell_unclosed(struct reader *r, size_t pos, size_t fence)
{
	size_t keys = 0;
	bool ends = false, known = false;
	for (; pos < r->end; pos = next_line(r->text, pos)) {
		struct str line = line_at(r, pos);
		struct str trimmed = str_trim(line);
		ends = !trimmed.size || (trimmed.data[0] == '#' && keys);
		if (ends)
			break;
		size_t size = key_size(str_from_off(line, indent_of(line)));
		if (!size && !str_starts(trimmed, STR("- ")) && trimmed.data[0] != '#')
			break;
		keys += size != 0;
		known |= is_known_key(str_sub(line, 0, size));
	}
	if (keys > 1 || (known && ends))
		tell(r, "unclosed", line_at(r, fence), STR_NONE);
}

static bool blank_line_before(const struct reader *r, struct str strange)
{
	size_t end = (size_t)(strange.data - r->text.data);
	for (size_t pos = r->pos; pos < end; pos = next_line(r->text, pos)) {
		if (!str_trim(line_at(r, pos)).size)
			return true;
	}
	return false;
}

/* Lines that read as nothing: YAML that only YAML's own reader understands, a mistake, or the document's text, where
 * the fence that was found is a thematic break of it. */
static bool judge_strange(struct reader *r, size_t fence)
{
	if (!r->n_strange && !r->open_value)
		return true;
	struct span part = {r->md->source->id, (uint32_t)r->pos, (uint32_t)(r->end - r->pos)};
	struct troubles troubles = {0};
	struct yaml_limits limits = {.depth = 32, .aliases = 100, .nodes = 10000};
	struct yaml_stream yaml = yaml_parse(r->arena, r->md->source, part, &limits, "text-front-matter", &troubles);
	bool is_map = yaml.documents.n == 1 && yaml.documents.data[0]->kind == YAML_MAP;
	if (!yaml.failed && is_map)
		return true;
	bool text_follows =
		blank_line_before(r, r->first_strange) && (r->n_keys == r->keys_before || r->n_keys <= r->n_strange);
	if (text_follows) {
		tell_unclosed(r, r->pos, fence);
		return false;
	}
	tell(r, "syntax", r->first_strange, troubles.list.n ? troubles.list.data[0].extra : STR_NONE);
	return true;
}

uint32_t front_matter_read(struct arena *arena, struct md *md)
{
	struct str text = md->source->text;
	size_t fence = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
	struct reader r = {.arena = arena, .md = md, .text = text, .pos = fence, .end = text.size};
	if (!str_eq(str_trim_right(line_at(&r, fence)), STR("---")))
		return (uint32_t)fence;
	r.pos = next_line(text, fence);
	size_t close = closing_fence(&r, r.pos);
	if (close == SIZE_MAX) {
		tell_unclosed(&r, r.pos, fence);
		return (uint32_t)fence;
	}
	r.end = close;
	for (size_t pos = r.pos; pos < r.end;)
		pos = read_line(&r, pos);
	bool blank = !str_trim(str_sub(text, r.pos, close - r.pos)).size;
	if ((!r.n_keys && !blank) || !judge_strange(&r, fence)) {
		md->front.fields.n = 0;
		return (uint32_t)fence;
	}
	r.end = text.size;
	size_t fence_end = close + line_at(&r, close).size;
	md->front.present = true;
	md->front.span = (struct span){md->source->id, (uint32_t)fence, (uint32_t)(fence_end - fence)};
	return (uint32_t)next_line(text, close);
}

void front_matter_lines(struct arena *arena, const struct source *source, struct front_matter *front)
{
	struct md md = {.source = source};
	struct reader r = {.arena = arena, .md = &md, .text = source->text, .end = source->text.size};
	for (size_t pos = 0; pos < r.end;)
		pos = read_line(&r, pos);
	*front = md.front;
	front->present = true;
	front->span = (struct span){source->id, 0, (uint32_t)source->text.size};
}

const struct fm_field *fm_find(const struct front_matter *fm, const char *key)
{
	for (size_t i = 0; i < fm->fields.n; i++) {
		if (str_is(fm->fields.data[i].key.str, key))
			return &fm->fields.data[i];
	}
	return NULL;
}
