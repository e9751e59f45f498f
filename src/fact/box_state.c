/* What labels say: counts, addresses, prefixes, roles, versions and fields of the entity that they name. */
#include "fact/box.h"

enum { N_COUNTED = 3 };

/* One item on its way: the entity that the next lines speak of. */
struct reader {
	struct fact_sink *sink;
	const struct sketch *drawing;
	const struct drawn *item;
	const struct drawn_line *line;
	const char *why;
	struct entity *subject;
	bool no_address;          /* the line before speaks of another thing's address */
	size_t n;                 /* statements of the line */
	size_t groups[N_COUNTED]; /* labels of the drawing that count such nodes */
};

/* Where a part of a label stands: in the line, in its second part, or the line as a whole. */
static struct span place_of(const struct reader *reader, struct str part)
{
	const struct sources *sources = reader->sink->model->sources;
	struct span spans[2] = {reader->line->word.span, reader->line->more};
	for (size_t i = 0; i < 2; i++) {
		if (span_is_none(spans[i]))
			continue;
		size_t at = str_find(span_text(sources, spans[i]), part);
		if (at != SIZE_MAX)
			return (struct span){spans[i].source, spans[i].off + (uint32_t)at, (uint32_t)part.size};
	}
	struct str rest = part, word = str_cut(&rest, ' ');
	size_t at = str_find(span_text(sources, spans[0]), word);
	if (at == SIZE_MAX || !rest.size)
		return spans[0];
	return (struct span){spans[0].source, spans[0].off + (uint32_t)at, (uint32_t)word.size};
}

static bool state(struct reader *reader, struct entity *subject, const struct attribute *attribute, struct str detail,
		  struct str value)
{
	if (!attribute || !value.size)
		return false;
	struct fact *before = reader->sink->last;
	struct statement statement = {.subject = subject,
				      .attribute = attribute,
				      .detail = detail,
				      .value = {value, place_of(reader, value)},
				      .form = reader->drawing->form,
				      .why = reader->why};
	fact_state(reader->sink, &statement);
	reader->n += reader->sink->last != before;
	return reader->sink->last != before;
}

static bool state_named(struct reader *reader, struct entity *subject, const char *name, struct str value)
{
	const struct attribute *attribute = attribute_named(name);
	bool fits = attribute->subjects & KIND_BIT(subject->kind);
	return fits && state(reader, subject, attribute, STR_NONE, value);
}

/* ---- counts ---- */

static const struct {
	const char *attribute;
	const char *words;
} counted[N_COUNTED] = {
	{"node count", "node|nodes|nodes total|total nodes"},
	{"worker count", "worker|workers|worker node|worker nodes"},
	{"control plane count",
	 "control plane|control planes|control-plane|control-planes|control plane node|control plane nodes|"
	 "control-plane node|control-plane nodes|master|masters|master node|master nodes|controller|"
	 "controllers|controller node|controller nodes"},
};

static const char *counted_by(struct str words)
{
	for (size_t i = 0; i < N_COUNTED; i++)
		if (str_is_listed(str_trim(words), counted[i].words))
			return counted[i].attribute;
	return NULL;
}

/* Size of a number or range that begins the text: "6", "3-6", "3–6"; 0: none. */
static size_t number_size(struct str text)
{
	size_t n = 0;
	while (n < text.size && isdigit((unsigned char)text.data[n]))
		n++;
	size_t dash = str_starts(str_from_off(text, n), STR("-"))   ? 1
		      : str_starts(str_from_off(text, n), STR("–")) ? 3
								    : 0;
	size_t end = n + dash;
	while (dash && end < text.size && isdigit((unsigned char)text.data[end]))
		end++;
	return n && dash && end > n + dash ? end : n;
}

/* "12 nodes", "5 workers" of a cluster. */
static bool state_count(struct reader *reader, struct entity *cluster, struct str part)
{
	size_t n = number_size(part);
	const char *name = n && n < part.size && part.data[n] == ' ' ? counted_by(str_from_off(part, n)) : NULL;
	return name && cluster->kind == ENTITY_CLUSTER && state_named(reader, cluster, name, part);
}

/* The cluster that a line without a name counts the nodes of: that of the frame right around it, or the only one. */
static struct entity *counted_cluster(const struct reader *reader)
{
	const struct estate *estate = reader->sink->page->estate;
	int parent = reader->item->parent;
	struct entity *entity = parent < 0 ? NULL : reader->drawing->items.data[parent].entity;
	if (parent >= 0)
		return entity && entity->kind == ENTITY_CLUSTER ? entity : NULL;
	return estate && estate->clusters.n == 1 ? &estate->clusters.data[0]->entity : NULL;
}

/* "Worker nodes (4)", "Workers: 4", "4 workers": gives the count's words, and the number in *value. */
static const char *group_count(struct str text, struct str *value)
{
	size_t n = number_size(text), bracket = str_find_char(text, '(');
	size_t colon = str_find(text, STR(": "));
	*value = STR_NONE;
	if (n && n < text.size && text.data[n] == ' ') {
		*value = str_sub(text, 0, n);
		return counted_by(str_from_off(text, n));
	}
	if (bracket != SIZE_MAX && text.data[text.size - 1] == ')') {
		*value = str_trim(str_sub(text, bracket + 1, text.size - bracket - 2));
		text = str_sub(text, 0, bracket);
	} else if (colon != SIZE_MAX) {
		*value = str_trim(str_from_off(text, colon + 2));
		text = str_sub(text, 0, colon);
	}
	n = number_size(*value);
	bool is_number = n && (n == value->size || counted_by(str_from_off(*value, n)));
	*value = str_sub(*value, 0, n);
	return is_number ? counted_by(text) : NULL;
}

static bool is_single(const struct reader *reader, const char *name)
{
	for (size_t i = 0; i < N_COUNTED; i++)
		if (strcmp(counted[i].attribute, name) == 0)
			return reader->groups[i] == 1;
	return false;
}

static void count_groups(struct reader *reader)
{
	for (size_t i = 0; i < reader->drawing->items.n; i++) {
		const struct drawn *item = &reader->drawing->items.data[i];
		struct str value;
		const char *own = item->lines.n ? group_count(item->lines.data[0].word.str, &value) : NULL;
		for (size_t k = 0; own && k < N_COUNTED; k++)
			reader->groups[k] += strcmp(own, counted[k].attribute) == 0;
	}
}

/* "8 nodes" in the frame of its cluster is all of them, where nothing else in the frame counts or names nodes. */
static bool counts_all(const struct reader *reader, const struct entity *cluster)
{
	const struct sketch *drawing = reader->drawing;
	int parent = reader->item->parent;
	if (parent < 0 || drawing->items.data[parent].entity != cluster)
		return false;
	for (size_t i = 0; i < drawing->items.n; i++) {
		const struct drawn *item = &drawing->items.data[i];
		struct str value;
		if (item->parent != parent || item == reader->item || !item->lines.n)
			continue;
		if ((item->entity && item->entity->kind == ENTITY_NODE) ||
		    group_count(item->lines.data[0].word.str, &value))
			return false;
	}
	return true;
}

static void state_group_count(struct reader *reader)
{
	struct str value;
	const char *name = group_count(reader->line->word.str, &value);
	struct entity *cluster = name ? counted_cluster(reader) : NULL;
	bool is_whole = cluster && strcmp(name, "node count") == 0 && counts_all(reader, cluster);
	bool is_part = cluster && strcmp(name, "node count") != 0 && is_single(reader, name);
	/* Two pools of workers say nothing of all workers. */
	if (is_whole || is_part)
		state_named(reader, cluster, name, value);
}

/* ---- values ---- */

/* True when a frame around bears the name of some place that is not declared. */
static bool is_elsewhere(const struct reader *reader)
{
	static const char *const words[] = {"cluster", "staging", "test",  "dev",      "prod",   "environment", "site",
					    "laptop",  "local",   "cloud", "upstream", "remote", "ci"};
	const struct sketch *drawing = reader->drawing;
	const struct drawn *item = reader->item;
	for (int depth = 0; depth < 64; depth++) {
		struct str label = item->lines.n && !item->entity ? item->lines.data[0].word.str : STR_NONE;
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			size_t at = str_find_nocase(label, str_from(words[i]));
			if (at != SIZE_MAX && (!at || !isalnum((unsigned char)label.data[at - 1])))
				return true;
		}
		if (item->parent < 0)
			break;
		item = &drawing->items.data[item->parent];
	}
	return false;
}

/* The only cluster that declares a version of what the words name, or the subject when it does. */
static struct entity *versioned(const struct reader *reader, struct str component)
{
	const struct estate *estate = reader->sink->page->estate;
	struct entity *found = NULL;
	for (size_t i = 0; estate && i < estate->clusters.n; i++) {
		struct cluster *cluster = estate->clusters.data[i];
		for (size_t k = 0; k < cluster->versions.n; k++) {
			struct arena *arena = reader->sink->arena;
			struct str own = version_component(arena, cluster->versions.data[k].component.str);
			if (!str_eq(own, component))
				continue;
			if (reader->subject == &cluster->entity)
				return reader->subject;
			if (found && found != &cluster->entity)
				return NULL;
			found = &cluster->entity;
		}
	}
	return found;
}

/* "Talos Linux v1.12.1". */
static bool state_version(struct reader *reader, struct str part)
{
	size_t at = str_rfind_char(part, ' ');
	struct str version = at == SIZE_MAX ? STR_NONE : str_from_off(part, at + 1);
	struct str digits =
		version.size && tolower((unsigned char)version.data[0]) == 'v' ? str_from_off(version, 1) : version;
	if (!digits.size || !isdigit((unsigned char)digits.data[0]) || str_find_char(digits, '.') == SIZE_MAX)
		return false;
	struct str component = version_component(reader->sink->arena, str_trim(str_sub(part, 0, at)));
	struct entity *subject = component.size && !is_elsewhere(reader) ? versioned(reader, component) : NULL;
	return subject && state(reader, subject, attribute_named("version"), component, version);
}

/* Key and value of "VIP: 10.0.0.1", "IP 10.0.0.1", "MTU 1500", "Role: worker". */
static bool state_field(struct reader *reader, struct str part)
{
	size_t colon = str_find(part, STR(": ")), blank = str_rfind_char(part, ' ');
	bool is_apart = colon != SIZE_MAX || (colon = str_find_char(part, '=')) != SIZE_MAX;
	if (!is_apart) {
		bool is_number = blank != SIZE_MAX &&
				 isdigit((unsigned char)part.data[blank + 1 < part.size ? blank + 1 : blank]);
		if (!is_number)
			return false;
		colon = blank;
	}
	struct str key = str_trim(str_sub(part, 0, colon)), detail = STR_NONE;
	struct str value = str_trim(str_from_off(part, colon + 1));
	if (!key.size || key.size > 40)
		return false;
	const struct attribute *attribute = attribute_of(reader->sink->arena, reader->subject, key, &detail);
	/* "Nodes 7-12" numbers them. */
	if (attribute && !is_apart && attribute->type == TYPE_COUNT)
		return false;
	return attribute && state(reader, reader->subject, attribute, detail, value);
}

/* A part that is an address or a prefix and nothing else. */
static bool state_bare(struct reader *reader, struct str part)
{
	struct entity *subject = reader->subject;
	struct prefix_read prefix = prefix_parse(part);
	bool is_prefix = prefix.error == NET_OK;
	bool is_host =
		subject->kind == ENTITY_NODE || subject->kind == ENTITY_DEVICE || subject->kind == ENTITY_SERVICE;
	size_t colon = str_find_char(part, ':');
	struct str host = colon != SIZE_MAX && str_find_char(part, '.') < colon ? str_sub(part, 0, colon) : part;
	bool is_address = address_parse(host).error == NET_OK || (is_prefix && prefix_has_host_bits(prefix.prefix));
	if (is_host)
		return is_address && !reader->no_address && state_named(reader, subject, "address", part);
	return is_prefix && state_named(reader, subject, "cidr", part);
}

static bool state_word(struct reader *reader, struct str part)
{
	struct entity *subject = reader->subject;
	if (subject->kind == ENTITY_NODE &&
	    str_is_listed(
		    part,
		    "control-plane|control plane|controlplane|master|worker|control-plane node|control plane node|worker node"))
		return state_named(reader, subject, "role", part);
	if (subject->kind == ENTITY_CLUSTER &&
	    str_is_listed(part, "kind|k3s|k3d|k0s|rke2|microk8s|minikube|kubeadm|talos|talos linux|openshift|okd"))
		return state_named(reader, subject, "platform", part);
	return false;
}

/* Sizes that say what they are of: "16 GB RAM". */
static bool state_size(struct reader *reader, struct str part)
{
	size_t blank = str_rfind_char(part, ' ');
	if (reader->subject->kind != ENTITY_NODE || blank == SIZE_MAX || !isdigit((unsigned char)part.data[0]))
		return false;
	struct str unit = str_from_off(part, blank + 1);
	const char *name = str_is_listed(unit, "ram|memory")              ? "memory"
			   : str_is_listed(unit, "cores|core|vcpu|vcpus") ? "cores"
									  : NULL;
	return name && state_named(reader, reader->subject, name, part);
}

/* "Message format: Avro" in a box that names one thing whose facts hold a message format. */
static bool state_fact(struct reader *reader, struct str part)
{
	const struct drawn *item = reader->item;
	size_t colon = str_find(part, STR(": "));
	struct entity *subject = NULL;
	struct str detail = STR_NONE;
	for (size_t i = 0; colon != SIZE_MAX && i < item->names.n && i < 8; i++) {
		struct str own;
		const struct attribute *attribute =
			attribute_of(reader->sink->arena, item->names.data[i], str_trim(str_sub(part, 0, colon)), &own);
		if (attribute != attribute_named("fact"))
			continue;
		if (subject)
			return false;
		subject = item->names.data[i];
		detail = own;
	}
	return subject &&
	       state(reader, subject, attribute_named("fact"), detail, str_trim(str_from_off(part, colon + 2)));
}

static bool state_part(struct reader *reader, struct str part)
{
	if (!reader->subject)
		return state_version(reader, part) || state_fact(reader, part);
	return state_bare(reader, part) || state_count(reader, reader->subject, part) || state_version(reader, part) ||
	       state_field(reader, part) || state_word(reader, part) || state_size(reader, part);
}

/* Each part of a line between commas, brackets, dashes and dots. True when one of them states something. */
static bool state_parts(struct reader *reader, struct str text)
{
	size_t n = reader->n, from = 0;
	for (size_t i = 0; i <= text.size; i++) {
		struct str rest = str_from_off(text, i);
		size_t size =
			!rest.size || strchr(",;()[]|+", rest.data[0]) ? 1
			: str_starts(rest, STR(" - ")) || str_starts(rest, STR(" @ ")) || str_starts(rest, STR(" / "))
				? 3
			: str_starts(rest, STR(" · ")) || str_starts(rest, STR(" • ")) ? rest.data[1] == '\xC2' ? 4 : 5
			: str_starts(rest, STR(" – ")) || str_starts(rest, STR(" — ")) ? 5
										       : 0;
		if (!size)
			continue;
		struct str part = str_trim(str_sub(text, from, i - from));
		while (part.size && strchr(":=@-", part.data[0]))
			part = str_trim_left(str_from_off(part, 1));
		if (part.size)
			state_part(reader, part);
		from = i + size;
		i = from - 1;
	}
	return reader->n > n;
}

/* ---- labels ---- */

/* Words that say that an address further down is not that of the label's name. */
static bool speaks_of_another(struct str text)
{
	static const char *const words[] = {"gateway", "vip", "dns",  "router", "switch", "balancer", "ingress",
					    "proxy",   "api", "pool", "dhcp",   "nas",    "via",      "to "};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find_nocase(text, str_from(words[i])) != SIZE_MAX)
			return true;
	return false;
}

static const char *line_why(const struct reader *reader, struct str text)
{
	size_t bracket = str_find_char(text, '(');
	if (reader->drawing->why || reader->item->why)
		return reader->drawing->why ? reader->drawing->why : reader->item->why;
	const char *why = context_why(text);
	if (why && strcmp(why, "negation") == 0 && bracket != SIZE_MAX)
		why = context_why(str_sub(text, 0, bracket));
	return why;
}

/* "Studio (Kind, 12 nodes)", or "Studio" with "12 nodes" on the line below, where nothing declares Studio: its count can
 * still be compared with other places. */
static void state_unbound(struct reader *reader, size_t i)
{
	const struct drawn_line *line = &reader->item->lines.data[i];
	struct str text = line->word.str, counts = STR_NONE;
	size_t open = str_find_char(text, '('), close = str_rfind_char(text, ')');
	struct str name = str_trim(str_sub(text, 0, open == SIZE_MAX ? text.size : open));
	reader->line = line;
	if (open != SIZE_MAX && close != SIZE_MAX && close > open) {
		counts = str_sub(text, open + 1, close - open - 1);
	} else if (open == SIZE_MAX && i + 1 < reader->item->lines.n) {
		reader->line = line + 1;
		counts = reader->line->word.str;
	}
	reader->why = line_why(reader, reader->line->word.str);
	if (str_ends_nocase(name, STR(" cluster")))
		name.size -= strlen(" cluster");
	struct word subject = unbound_name(reader->sink, (struct word){name, line->word.span}, ENTITY_CLUSTER);
	if (str_find_char(name, ' ') != SIZE_MAX)
		return;
	while (subject.str.size && counts.size) {
		struct str part = str_trim(str_cut(&counts, ','));
		size_t n = number_size(part);
		bool counts_nodes = n && n < part.size && part.data[n] == ' ';
		const char *attribute = counts_nodes ? counted_by(str_from_off(part, n)) : NULL;
		struct str value = str_sub(part, 0, n);
		struct statement statement = {.subject_text = subject,
					      .value = {value, place_of(reader, value)},
					      .form = reader->drawing->form,
					      .why = reader->why};
		if (!attribute)
			continue;
		statement.attribute = attribute_named(attribute);
		fact_state(reader->sink, &statement);
	}
}

static void state_item(struct reader reader, const struct drawn *item)
{
	reader.item = item;
	struct entity *owner = item->by_id ? item->entity : NULL;
	bool only_one = item->names.n == 1 || (item->by_id && !item->names.n), close = owner != NULL;
	size_t in_a_row = 0;
	for (size_t i = 0; i < item->lines.n; i++) {
		const struct drawn_line *line = &item->lines.data[i];
		reader.line = line;
		reader.why = line_why(&reader, line->word.str);
		if (line->entity) {
			reader.subject = owner = line->entity;
			reader.no_address = false;
			in_a_row =
				state_parts(&reader, str_from_off(line->word.str, line->name_size)) ? 0 : in_a_row + 1;
			close = true;
			continue;
		}
		reader.subject = (close || only_one) && in_a_row <= 1 ? owner : NULL;
		bool said = state_parts(&reader, line->word.str);
		if (!said && !owner && i == 0)
			state_group_count(&reader);
		if (!said && !item->names.n)
			state_unbound(&reader, i);
		reader.no_address |= !said && speaks_of_another(line->word.str);
		close = close && said;
		in_a_row = 0;
	}
}

/* "nfs (10.40.0.0/24)" on an edge. */
static void state_edge(struct reader reader, const struct drawn *edge)
{
	reader.item = edge;
	for (size_t i = 0; i < edge->lines.n; i++) {
		const struct drawn_line *line = &edge->lines.data[i];
		if (!line->entity || line->entity->kind != ENTITY_NETWORK)
			continue;
		reader.line = line;
		reader.why = line_why(&reader, line->word.str);
		reader.subject = line->entity;
		state_parts(&reader, str_from_off(line->word.str, line->name_size));
	}
}

void box_state(struct fact_sink *sink, const struct sketch *drawing)
{
	struct reader reader = {.sink = sink, .drawing = drawing};
	count_groups(&reader);
	for (size_t i = 0; i < drawing->items.n; i++)
		state_item(reader, &drawing->items.data[i]);
	for (size_t i = 0; i < drawing->edges.n; i++)
		state_edge(reader, &drawing->edges.data[i]);
}
