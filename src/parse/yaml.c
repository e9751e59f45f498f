/* YAML by libyaml's events: own counts of depth, aliases and nodes; scalars stay text; every node keeps its bytes. */
#include "parse/parse.h"

#include <yaml.h>

/* Mappings up to this size are searched as they stand; larger ones get an index. */
#define SMALL_MAP 16
/* The library looks at every earlier %TAG line for each one. */
#define MAX_TAG_LINES 64
/* Bytes of a line that a syntax error quotes. */
#define MAX_QUOTE 80

struct anchor {
	struct yaml *node;
	size_t nodes; /* below it and itself, aliases followed */
	bool open;    /* its end has not been read */
};

/* An open list or mapping. */
struct frame {
	struct yaml *node;
	struct anchor *anchor;
	size_t nodes_before;
	uint32_t end;              /* behind the last child read */
	struct map index;          /* key -> position in pairs + 1, when there are more than SMALL_MAP */
	VEC(struct yaml *) merges; /* values of << */
	struct word key;
	bool has_key, key_quoted, key_bad;
	bool flow;
};

struct reader {
	struct arena *arena;
	const struct source *source;
	const struct yaml_limits *limits;
	const char *rule;
	struct troubles *troubles;
	struct str text; /* what is read, without a BOM */
	uint32_t base;   /* offset of text in the source */
	bool ascii;
	size_t point, byte; /* the last mark converted */
	struct map anchors;
	size_t aliases, nodes;
	VEC(struct frame) stack;
	struct yaml_stream stream;
	bool stopped;
};

static struct span span_between(const struct reader *reader, uint32_t from, uint32_t to)
{
	return (struct span){reader->source->id, from, to > from ? to - from : 0};
}

static struct trouble *report(struct reader *reader, const char *kind, struct span span, struct str extra)
{
	return trouble_add(reader->arena, reader->troubles,
			   (struct trouble){.rule = reader->rule,
					    .kind = kind,
					    .span = span,
					    .text = str_sub(reader->source->text, span.off, span.size),
					    .extra = extra,
					    .other = SPAN_NONE});
}

static void stop(struct reader *reader, const char *kind, struct span span, struct str extra)
{
	report(reader, kind, span, extra);
	reader->stopped = true;
	reader->stream.failed = true;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* Marks count code points. Most move forward, so the walk goes on from the last one. */
static uint32_t mark_off(struct reader *reader, yaml_mark_t mark)
{
	struct str text = reader->text;

	if (reader->ascii)
		return reader->base + (uint32_t)(mark.index < text.size ? mark.index : text.size);
	while (reader->point < mark.index && reader->byte < text.size) {
		reader->byte++;
		while (reader->byte < text.size && is_continuation(text.data[reader->byte]))
			reader->byte++;
		reader->point++;
	}
	while (reader->point > mark.index && reader->byte > 0) {
		reader->byte--;
		while (reader->byte > 0 && is_continuation(text.data[reader->byte]))
			reader->byte--;
		reader->point--;
	}
	return reader->base + (uint32_t)reader->byte;
}

/* ---- keys and values ---- */

static struct word *find_key(struct frame *frame, struct str key)
{
	struct yaml *node = frame->node;

	if (frame->index.n > 0) {
		size_t position = (size_t)(uintptr_t)map_find(&frame->index, key);
		return position ? &node->pairs.data[position - 1].key : NULL;
	}
	for (size_t i = 0; i < node->pairs.n; i++)
		if (str_eq(node->pairs.data[i].key.str, key))
			return &node->pairs.data[i].key;
	return NULL;
}

static void index_key(struct frame *frame, size_t i)
{
	map_put(&frame->index, frame->node->pairs.data[i].key.str, (void *)(uintptr_t)(i + 1));
}

static void add_pair(struct reader *reader, struct frame *frame, struct word key, struct yaml *value)
{
	struct yaml *node = frame->node;

	vec_add(reader->arena, &node->pairs, (struct yaml_pair){key, value});
	if (node->pairs.n == SMALL_MAP + 1)
		for (size_t i = 0; i < node->pairs.n; i++)
			index_key(frame, i);
	else if (node->pairs.n > SMALL_MAP)
		index_key(frame, node->pairs.n - 1);
}

static void take_key(struct reader *reader, struct frame *frame, const struct yaml *node)
{
	frame->has_key = true;
	frame->key_bad = node->kind != YAML_SCALAR;
	frame->key_quoted = node->quoted;
	frame->key = (struct word){node->text, node->span};
	if (frame->key_bad)
		report(reader, "syntax", span_between(reader, node->span.off, node->span.off + 1),
		       STR("a key must be a word, not a list or mapping"));
}

static void take_value(struct reader *reader, struct frame *frame, struct yaml *node)
{
	const struct word *first;

	frame->has_key = false;
	if (frame->key_bad)
		return;
	if (!frame->key_quoted && str_is(frame->key.str, "<<")) {
		vec_add(reader->arena, &frame->merges, node);
		return;
	}
	first = find_key(frame, frame->key.str);
	if (!first)
		add_pair(reader, frame, frame->key, node);
	else
		report(reader, "duplicate-key", frame->key.span, STR_NONE)->other = first->span;
}

/* Puts a node where it stands, before its children are read: an error later leaves what was there. */
static void attach(struct reader *reader, struct yaml *node)
{
	struct frame *frame;

	if (reader->stack.n == 0) {
		vec_add(reader->arena, &reader->stream.documents, node);
		return;
	}
	frame = &reader->stack.data[reader->stack.n - 1];
	if (frame->node->kind == YAML_LIST)
		vec_add(reader->arena, &frame->node->items, node);
	else if (frame->has_key)
		take_value(reader, frame, node);
	else
		take_key(reader, frame, node);
}

static void set_end(struct reader *reader, uint32_t end)
{
	if (reader->stack.n > 0)
		reader->stack.data[reader->stack.n - 1].end = end;
}

static void merge(struct reader *reader, struct frame *frame, const struct yaml *from)
{
	if (yaml_is_null(from))
		return;
	if (from->kind != YAML_MAP) {
		report(reader, "syntax", from->span, STR("<< wants a mapping, or a list of mappings"));
		return;
	}
	for (size_t i = 0; i < from->pairs.n; i++) {
		const struct yaml_pair *pair = &from->pairs.data[i];
		if (!find_key(frame, pair->key.str))
			add_pair(reader, frame, pair->key, pair->value);
	}
}

static void expand_merges(struct reader *reader, struct frame *frame)
{
	for (size_t i = 0; i < frame->merges.n; i++) {
		const struct yaml *from = frame->merges.data[i];

		if (from->kind != YAML_LIST)
			merge(reader, frame, from);
		for (size_t k = 0; k < from->items.n; k++)
			merge(reader, frame, from->items.data[k]);
	}
}

/* ---- events ---- */

static bool count_nodes(struct reader *reader, size_t n, struct span span)
{
	reader->nodes += n;
	if (reader->nodes <= reader->limits->nodes)
		return true;
	stop(reader, "nodes", span, str_format(reader->arena, "more than %zu values", reader->limits->nodes));
	return false;
}

static struct anchor *open_anchor(struct reader *reader, const yaml_char_t *name, struct yaml *node)
{
	struct anchor *anchor;

	if (!name)
		return NULL;
	anchor = NEW(reader->arena, struct anchor);
	*anchor = (struct anchor){.node = node, .nodes = 1, .open = node->kind != YAML_SCALAR};
	map_put(&reader->anchors, str_dup(reader->arena, str_from((const char *)name)), anchor);
	return anchor;
}

/* Offset behind anchors and tags, which the library counts to the scalar. */
static uint32_t behind_properties(const struct reader *reader, uint32_t from, uint32_t to)
{
	const char *text = reader->source->text.data;

	while (from < to) {
		if (text[from] == '&' || text[from] == '!') {
			while (from < to && !strchr(" \t\r\n", text[from]))
				from++;
		} else if (text[from] == '#') {
			while (from < to && text[from] != '\n')
				from++;
		} else if (strchr(" \t\r\n", text[from])) {
			from++;
		} else {
			break;
		}
	}
	return from;
}

static bool is_block(const yaml_event_t *event)
{
	return event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
	       event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
}

/* The text itself, where it stands on one line: without quotes. */
static struct span scalar_span(struct reader *reader, const yaml_event_t *event)
{
	uint32_t from = mark_off(reader, event->start_mark), to = mark_off(reader, event->end_mark);
	struct str text;

	if (event->data.scalar.anchor || event->data.scalar.tag)
		from = behind_properties(reader, from, to);
	text = str_sub(reader->source->text, from, to - from);
	if (is_block(event))
		to = from + (uint32_t)str_trim_right(text).size;
	else if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE && text.size >= 2 &&
		 !memchr(text.data, '\n', text.size))
		return span_between(reader, from + 1, to - 1);
	return span_between(reader, from, to);
}

static void read_scalar(struct reader *reader, const yaml_event_t *event)
{
	struct yaml *node = NEW(reader->arena, struct yaml);
	struct str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
	struct str in_source;

	node->kind = YAML_SCALAR;
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->span = scalar_span(reader, event);
	in_source = str_sub(reader->source->text, node->span.off, node->span.size);
	node->text = str_eq(in_source, value) ? in_source : str_dup(reader->arena, value);
	if (!count_nodes(reader, 1, node->span))
		return;
	open_anchor(reader, event->data.scalar.anchor, node);
	attach(reader, node);
	set_end(reader, is_block(event) ? node->span.off + node->span.size : mark_off(reader, event->end_mark));
}

static void read_start(struct reader *reader, const yaml_event_t *event, enum yaml_kind kind, const yaml_char_t *anchor)
{
	bool flow = kind == YAML_LIST ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
				      : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	struct yaml *node = NEW(reader->arena, struct yaml);
	uint32_t from = mark_off(reader, event->start_mark);
	struct frame frame = {.node = node,
			      .nodes_before = reader->nodes,
			      .end = from,
			      .flow = flow,
			      .index = {.arena = reader->arena}};

	node->kind = kind;
	node->span = span_between(reader, from, from + 1);
	if (reader->stack.n >= reader->limits->depth) {
		stop(reader, "depth", node->span,
		     str_format(reader->arena, "nested deeper than %zu levels", reader->limits->depth));
		return;
	}
	if (!count_nodes(reader, 1, node->span))
		return;
	attach(reader, node);
	frame.anchor = open_anchor(reader, anchor, node);
	vec_add(reader->arena, &reader->stack, frame);
}

/* `event` NULL: closed by an error. A flow ends behind its bracket; a block, whose end mark is where the next token
 * stands, with its last child. */
static void read_end(struct reader *reader, const yaml_event_t *event)
{
	struct frame *frame = &reader->stack.data[reader->stack.n - 1];
	struct yaml *node = frame->node;
	uint32_t end = frame->end;

	if (event && frame->flow && event->end_mark.index > event->start_mark.index)
		end = mark_off(reader, event->end_mark);
	expand_merges(reader, frame);
	node->span = span_between(reader, node->span.off, end);
	if (frame->anchor) {
		frame->anchor->open = false;
		frame->anchor->nodes = reader->nodes - frame->nodes_before;
	}
	reader->stack.n--;
	set_end(reader, end);
}

static void read_alias(struct reader *reader, const yaml_event_t *event)
{
	struct str name = str_from((const char *)event->data.alias.anchor);
	uint32_t from = mark_off(reader, event->start_mark), to = mark_off(reader, event->end_mark);
	struct span span = span_between(reader, from, to);
	const struct anchor *anchor = map_find(&reader->anchors, name);
	struct yaml *node = NEW(reader->arena, struct yaml);

	if (++reader->aliases > reader->limits->aliases) {
		stop(reader, "aliases", span,
		     str_format(reader->arena, "more than %zu aliases", reader->limits->aliases));
		return;
	}
	if (!anchor)
		report(reader, "unknown-alias", span, STR_NONE);
	else if (anchor->open)
		report(reader, "aliases", span, STR("the alias stands inside its own anchor"))->other =
			anchor->node->span;
	if (!count_nodes(reader, anchor ? anchor->nodes : 1, span))
		return;
	if (anchor && !anchor->open)
		*node = *anchor->node;
	node->span = span;
	attach(reader, node);
	set_end(reader, to);
}

static void read_event(struct reader *reader, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT: reader->anchors = (struct map){.arena = reader->arena}; break;
	case YAML_SCALAR_EVENT: read_scalar(reader, event); break;
	case YAML_ALIAS_EVENT: read_alias(reader, event); break;
	case YAML_SEQUENCE_START_EVENT: read_start(reader, event, YAML_LIST, event->data.sequence_start.anchor); break;
	case YAML_MAPPING_START_EVENT: read_start(reader, event, YAML_MAP, event->data.mapping_start.anchor); break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: read_end(reader, event); break;
	default: break;
	}
}

/* ---- the stream ---- */

static void bad_bytes(struct reader *reader, uint32_t off, const char *why)
{
	stop(reader, "encoding", span_between(reader, off, off + 1), str_from(why));
}

static struct str short_quote(struct str line)
{
	size_t size = line.size < MAX_QUOTE ? line.size : MAX_QUOTE;

	while (size > 0 && size < line.size && is_continuation(line.data[size]))
		size--;
	return str_trim_right(str_sub(line, 0, size));
}

static void library_error(struct reader *reader, const yaml_parser_t *parser)
{
	struct trouble *trouble;
	struct str line, message;
	uint32_t off;

	if (parser->error == YAML_MEMORY_ERROR)
		world_fail("out of memory");
	reader->stream.failed = true;
	message = str_from(parser->problem ? parser->problem : "not YAML");
	if (parser->error == YAML_READER_ERROR) {
		off = reader->base + (uint32_t)parser->problem_offset;
		if (utf8_invalid_at(reader->text) != SIZE_MAX)
			bad_bytes(reader, off, "not UTF-8");
		else
			report(reader, "syntax", span_between(reader, off, off + 1), str_dup(reader->arena, message));
		return;
	}
	if (parser->context)
		message = str_format(reader->arena, "%s %s", parser->problem, parser->context);
	off = mark_off(reader, parser->problem_mark);
	line = str_from_off(reader->source->text, off);
	line = str_cut_line(&line);
	line = short_quote(str_sub(line, 0, reader->base + reader->text.size - off));
	trouble = report(reader, "syntax", span_between(reader, off, off + (line.size > 0)),
			 str_dup(reader->arena, message));
	trouble->text = line;
	if (parser->context && parser->context_mark.line != parser->problem_mark.line) {
		off = mark_off(reader, parser->context_mark);
		trouble->other = span_between(reader, off, off + 1);
	}
}

static bool is_ascii(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] >= 0x80)
			return false;
	return true;
}

/* False, with a trouble, for bytes that must not reach the library. */
static bool is_readable(struct reader *reader)
{
	struct str text = reader->text;
	size_t n = 0, off = 0;

	if (str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF"))) {
		bad_bytes(reader, reader->base, "UTF-16, not UTF-8");
		return false;
	}
	for (; off < text.size && (off = str_find_from(text, STR("%TAG"), off)) != SIZE_MAX; off += 4) {
		if ((off > 0 && text.data[off - 1] != '\n' && text.data[off - 1] != '\r') || ++n <= MAX_TAG_LINES)
			continue;
		off += reader->base;
		stop(reader, "syntax", span_between(reader, (uint32_t)off, (uint32_t)off + 4),
		     str_format(reader->arena, "more than %d tag directives", MAX_TAG_LINES));
		return false;
	}
	return true;
}

static void read_stream(struct reader *reader)
{
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type = YAML_NO_EVENT;

	if (!yaml_parser_initialize(&parser))
		world_fail("out of memory");
	/* A fixed encoding keeps the library from taking UTF-16. */
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)reader->text.data, reader->text.size);
	while (!reader->stopped && type != YAML_STREAM_END_EVENT) {
		if (!yaml_parser_parse(&parser, &event)) {
			library_error(reader, &parser);
			break;
		}
		type = event.type;
		read_event(reader, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	while (reader->stack.n > 0)
		read_end(reader, NULL);
}

struct yaml_stream yaml_parse(struct arena *arena, const struct source *source, struct span part,
			      const struct yaml_limits *limits, const char *rule, struct troubles *troubles)
{
	struct reader reader = {.arena = arena,
				.source = source,
				.limits = limits,
				.rule = rule,
				.troubles = troubles,
				.text = str_sub(source->text, part.off, part.size),
				.base = part.off,
				.anchors = {.arena = arena}};

	if (str_starts(reader.text, STR("\xEF\xBB\xBF"))) {
		reader.text = str_from_off(reader.text, 3);
		reader.base += 3;
	}
	reader.ascii = is_ascii(reader.text);
	if (reader.text.size > 0 && is_readable(&reader))
		read_stream(&reader);
	return reader.stream;
}

struct yaml *yaml_find(const struct yaml *map, const char *key)
{
	if (!map)
		return NULL;
	for (size_t i = 0; i < map->pairs.n; i++)
		if (str_is(map->pairs.data[i].key.str, key))
			return map->pairs.data[i].value;
	return NULL;
}

bool yaml_is_null(const struct yaml *yaml)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};

	if (yaml->kind != YAML_SCALAR || yaml->quoted)
		return false;
	for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
		if (str_is(yaml->text, nulls[i]))
			return true;
	return false;
}
