/* Labels: lines without marks of lists, torn names joined, and the entities that they begin with or list. */
#include "fact/box.h"

enum { LINE_BYTES = 300, PARTS_MAX = 40, NAMES_MAX = 500 };

/* Marks, icons and blanks before a label; what begins a name, a path or a remark stays. */
static size_t marks_before(struct str text)
{
	for (size_t off = 0; off < text.size;) {
		size_t start = off;
		uint32_t c = utf8_next(text, &off);
		bool is_bullet = (c == '*' || c == '-' || c == '+') && off < text.size && text.data[off] == ' ';
		bool is_kept = c < 128 && (isalnum((int)c) || strchr("(/~\"'[{<*-+._@$#%&!?:", (int)c));
		if (!is_bullet && (is_kept || utf8_is_word(c)))
			return start;
	}
	return text.size;
}

/* Size without the blanks, arrows and icons behind. */
static size_t size_without_marks(struct str text)
{
	size_t size = 0;
	for (size_t off = 0; off < text.size;) {
		uint32_t c = utf8_next(text, &off);
		if (c < 0x2190 && c != ' ' && c != '\t' && c != 0xA0)
			size = off;
		else if (utf8_is_word(c))
			size = off;
	}
	return size;
}

void box_add_line(struct arena *arena, struct drawn *item, struct str text, struct span span, bool apart)
{
	size_t skipped = marks_before(text);
	struct str bare = str_from_off(text, skipped);
	bare.size = size_without_marks(bare);
	if (!bare.size)
		return;
	if (span.size == text.size) {
		span.off += (uint32_t)skipped;
		span.size = (uint32_t)bare.size;
	}
	struct drawn_line line = {.word = {bare, span}, .more = SPAN_NONE, .apart = apart};
	vec_add(arena, &item->lines, line);
}

/* ---- torn lines ---- */

static bool has_open_bracket(struct str text)
{
	int depth = 0;
	for (size_t i = 0; i < text.size; i++)
		depth += text.data[i] == '(' ? 1 : text.data[i] == ')' ? -1 : 0;
	return depth > 0;
}

/* The rest of an address, a prefix or a version: "34", "0.0/24", "12.1)". */
static bool is_number_part(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!isdigit((unsigned char)text.data[i]) && (!i || !strchr("./:)", text.data[i])))
			return false;
	return text.size > 0;
}

/* What stands between two lines that are one: "" or " "; NULL: they are two. */
static const char *joint(struct str first, struct str second)
{
	if (first.size + second.size > LINE_BYTES || !second.size)
		return NULL;
	char last = first.data[first.size - 1];
	if (has_open_bracket(first) || last == ',')
		return " ";
	if (last == '.' && first.size > 1 && isdigit((unsigned char)first.data[first.size - 2]) &&
	    is_number_part(second))
		return "";
	bool goes_on = islower((unsigned char)second.data[0]) || isdigit((unsigned char)second.data[0]);
	return last == '-' && first.size > 1 && first.data[first.size - 2] != ' ' && goes_on ? "" : NULL;
}

static struct drawn_line joined(struct arena *arena, const struct drawn_line *first, const struct drawn_line *second,
				const char *between)
{
	struct drawn_line line = *first;
	line.word.str =
		str_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(first->word.str), between, STR_ARG(second->word.str));
	line.more = second->word.span;
	return line;
}

static void join_lines(struct arena *arena, struct drawn *item)
{
	size_t n = 0;
	for (size_t i = 0; i < item->lines.n; i++) {
		struct drawn_line *last = n ? &item->lines.data[n - 1] : NULL, *line = &item->lines.data[i];
		const char *between =
			last && span_is_none(last->more) && !line->apart ? joint(last->word.str, line->word.str) : NULL;
		if (between)
			*last = joined(arena, last, line, between);
		else
			item->lines.data[n++] = *line;
	}
	item->lines.n = n;
}

/* ---- names ---- */

static struct entity *named(const struct fact_sink *sink, struct str text)
{
	if (text.size > 2 && text.data[0] == '(' && text.data[text.size - 1] == ')')
		text = str_sub(text, 1, text.size - 2);
	return subject_named(sink, text, BOX_KINDS);
}

/* Where the first sign stands that ends a name: a bracket, a comma, a colon, a dash between blanks, an equals sign. */
static size_t name_end(struct str text)
{
	static const char *const dashes[] = {" - ", " – ", " — ", " · ", " • ", " | ", " / ", " @ ", " → "};
	size_t end = text.size;
	for (size_t i = 0; i < end; i++)
		if (strchr("(,;[=", text.data[i]) ||
		    (text.data[i] == ':' && (i + 1 == text.size || text.data[i + 1] == ' ')))
			end = i;
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		size_t at = str_find(str_sub(text, 0, end), str_from(dashes[i]));
		end = at < end ? at : end;
	}
	return end;
}

/* End of the words before the first one that begins with a digit: "storm 192.168.100.25", "Air 4 nodes". */
static size_t words_end(struct str text)
{
	for (size_t i = 1; i < text.size; i++)
		if (text.data[i - 1] == ' ' && isdigit((unsigned char)text.data[i]))
			return i - 1;
	return 0;
}

size_t box_name_end(struct str line)
{
	struct str name = str_sub(line, 0, name_end(line));
	size_t end = words_end(name);
	return end ? end : str_trim_right(name).size;
}

static void bind_line(const struct fact_sink *sink, struct drawn_line *line)
{
	struct str text = line->word.str;
	size_t bracket = str_find_char(text, '(');
	size_t ends[3] = {text.size, name_end(text), words_end(str_sub(text, 0, name_end(text)))};
	for (size_t i = 0; i < 3 && !line->entity; i++) {
		if (!ends[i] || (i && ends[i] == text.size))
			continue;
		line->entity = named(sink, str_sub(text, 0, ends[i]));
		line->name_size = i == 0 && bracket && bracket < ends[i] ? bracket : ends[i];
	}
}

/* Two lines that only together are a name: "Envoy" and "Gateway". */
static void bind_torn(const struct fact_sink *sink, struct drawn *item)
{
	size_t n = 0;
	for (size_t i = 0; i < item->lines.n; i++) {
		struct drawn_line *last = n ? &item->lines.data[n - 1] : NULL, *line = &item->lines.data[i];
		bool may_join = last && !line->entity && !line->apart && span_is_none(last->more) &&
				last->word.str.size + line->word.str.size < 60 &&
				str_find_char(last->word.str, '(') == SIZE_MAX &&
				str_find_char(line->word.str, '(') == SIZE_MAX;
		if (may_join) {
			struct drawn_line both = joined(sink->arena, last, line, " ");
			struct entity *entity = named(sink, both.word.str);
			if (entity && (!last->entity || last->entity == entity)) {
				both.entity = entity;
				both.name_size = both.word.str.size;
				*last = both;
				continue;
			}
		}
		item->lines.data[n++] = *line;
	}
	item->lines.n = n;
}

static void add_name(const struct fact_sink *sink, struct drawn *item, struct entity *entity)
{
	for (size_t i = 0; entity && i < item->names.n; i++)
		if (item->names.data[i] == entity)
			return;
	if (entity && item->names.n < NAMES_MAX)
		vec_add(sink->arena, &item->names, entity);
}

/* The names of a line such as "Nodes: storm, bruenor and catti (control)". */
static void list_names(const struct fact_sink *sink, struct drawn *item, struct str text)
{
	size_t colon = str_find(text, STR(": "));
	size_t n = 0, from = colon != SIZE_MAX && colon < 30 ? colon + 2 : 0;
	for (size_t i = from; i <= text.size && n < PARTS_MAX; i++) {
		struct str rest = str_from_off(text, i);
		size_t size = !rest.size || strchr(",;/&+|", rest.data[0]) ? 1
			      : str_starts(rest, STR(" and "))             ? 5
			      : str_starts(rest, STR(" · "))               ? 4
									   : 0;
		if (!size)
			continue;
		struct str part = str_trim(str_sub(text, from, i - from));
		if (part.size)
			add_name(sink, item, named(sink, part));
		from = i + size;
		i = from - 1;
		n++;
	}
}

static struct str key_of(struct entity *const *entity)
{
	return (struct str){(const char *)entity, sizeof *entity};
}

/* By its id, in a drawing where no label names the same. */
static void bind_by_id(const struct fact_sink *sink, const struct map *known, struct drawn *item)
{
	unsigned kinds = KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE);
	struct entity *entity = item->names.n ? NULL : subject_named(sink, item->id, kinds);
	if (!entity || !str_eq_nocase(item->id, entity->id.str) || map_has(known, key_of(&entity)))
		return;
	item->entity = entity;
	item->by_id = true;
}

static void bind_labels(const struct fact_sink *sink, struct drawn *item)
{
	join_lines(sink->arena, item);
	for (size_t i = 0; i < item->lines.n; i++)
		bind_line(sink, &item->lines.data[i]);
	bind_torn(sink, item);
	for (size_t i = 0; i < item->lines.n; i++) {
		add_name(sink, item, item->lines.data[i].entity);
		list_names(sink, item, item->lines.data[i].word.str);
	}
	if (!item->lines.n)
		return;
	item->entity = item->lines.data[0].entity;
	item->why = context_why(item->lines.data[0].word.str);
}

/* What a frame says of time goes for all that it holds. */
static void spread_why(struct sketch *drawing, struct drawn *item)
{
	int parent = item->parent;
	for (int depth = 0; !item->why && parent >= 0 && depth < 64; depth++) {
		item->why = drawing->items.data[parent].why;
		parent = drawing->items.data[parent].parent;
	}
}

void box_bind(const struct fact_sink *sink, struct sketch *drawing)
{
	struct map known = {.arena = sink->arena};
	for (size_t i = 0; i < drawing->items.n; i++) {
		struct drawn *item = &drawing->items.data[i];
		bind_labels(sink, item);
		for (size_t k = 0; k < item->names.n; k++)
			map_put(&known, key_of(&item->names.data[k]), item->names.data[k]);
	}
	for (size_t i = 0; i < drawing->edges.n; i++)
		bind_labels(sink, &drawing->edges.data[i]);
	for (size_t i = 0; i < drawing->items.n; i++) {
		struct drawn *item = &drawing->items.data[i];
		if (item->id.size && !item->entity)
			bind_by_id(sink, &known, item);
		spread_why(drawing, item);
	}
}
