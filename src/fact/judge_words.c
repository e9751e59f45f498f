/* Stated against declared where both are words: roles, platforms, models, names, hosts, numbers, text. */
#include "fact/judge_parts.h"

/* A text of more words says more than a value. */
enum { SHORT_TEXT = 4 };

/* ---- sets: roles, architectures ---- */

static void judge_set(struct arena *arena, struct fact *fact, const struct fact_value *parsed,
		      const struct declared *declared)
{
	struct word against = declared->values.data[0];
	struct fact_value value = fact_value_parse(arena, parsed->type, against.str);
	if (!value.valid)
		leave(fact, "the declared words say none of those known");
	else if (parsed->set & value.set)
		settle(fact, VERDICT_AGREES, against);
	else if (parsed->weak != value.weak)
		leave(fact, "a word with other senses");
	else
		settle(fact, VERDICT_CONTRADICTS, against);
}

/* ---- numbers ---- */

static void judge_numbers(struct arena *arena, struct fact *fact, const struct fact_value *parsed,
			  const struct declared *declared)
{
	struct word first = {STR_NONE, SPAN_NONE};
	for (size_t i = 0; i < declared->values.n; i++) {
		struct fact_value value = fact_value_parse(arena, TYPE_NUMBER, declared->values.data[i].str);
		for (size_t k = 0; k < value.numbers.n; k++)
			for (size_t j = 0; j < parsed->numbers.n; j++)
				if (value.numbers.data[k] == parsed->numbers.data[j]) {
					settle(fact, VERDICT_AGREES, declared->values.data[i]);
					return;
				}
		if (value.valid && !first.str.size)
			first = declared->values.data[i];
	}
	if (parsed->numbers.n > 1 || declared->values.n > 1 || !first.str.size)
		leave(fact, "several numbers");
	else
		settle(fact, VERDICT_CONTRADICTS, first);
}

/* ---- hosts ---- */

static struct str zone_of(const struct estate *estate, struct str host)
{
	for (struct str rest = host; rest.size;) {
		str_cut(&rest, '.');
		if (rest.size && estate_find(estate, rest, ENTITY_ZONE))
			return rest;
	}
	return STR_NONE;
}

/* Names that a cluster or a local network gives out: a service has them beside its own. */
static bool is_local(struct str host)
{
	static const char *const endings[] = {".local", ".svc", ".localhost", ".ts.net", ".lan", ".home.arpa"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(host, str_from(endings[i])))
			return true;
	return false;
}

static bool same_first_label(struct str a, struct str b)
{
	return str_eq_nocase(str_cut(&a, '.'), str_cut(&b, '.'));
}

/* One host against those declared. It contradicts in a declared zone, or as the same name outside of every zone. */
static void judge_hosts(struct arena *arena, struct fact *fact, const struct fact_value *parsed,
			const struct estate *estate, const struct declared *declared)
{
	struct str host = parsed->names.data[0];
	struct word first = declared->values.data[0], namesake = {STR_NONE, SPAN_NONE};
	for (size_t i = 0; i < declared->values.n; i++) {
		struct word word = declared->values.data[i];
		struct fact_value value = fact_value_parse(arena, TYPE_HOST, word.str);
		for (size_t k = 0; k < parsed->names.n; k++)
			if (value.names.n && str_eq(value.names.data[0], parsed->names.data[k])) {
				settle(fact, VERDICT_AGREES, word);
				return;
			}
		if (same_first_label(word.str, host) && !namesake.str.size)
			namesake = word;
	}
	bool inside = zone_of(estate, host).size > 0, several = parsed->names.n > 1 || declared->values.n > 1;
	if (declared_host(estate, host))
		leave(fact, "the host of another service");
	else if (several && !namesake.str.size)
		leave(fact, "several hosts");
	else if (is_local(host) && !inside)
		leave(fact, "a local name");
	else if (inside)
		settle(fact, VERDICT_CONTRADICTS, namesake.str.size ? namesake : first);
	else if (namesake.str.size && zone_of(estate, namesake.str).size)
		settle(fact, VERDICT_CONTRADICTS, namesake);
	else
		leave(fact, "a host outside of the declared zones");
}

/* ---- names ---- */

static const enum entity_kind host_kinds[] = {ENTITY_NODE, ENTITY_DEVICE, ENTITY_CLUSTER};

static struct entity *find_host(const struct estate *estate, struct str name, enum entity_kind wanted)
{
	static const char *const tails[] = {" cluster", " node", " host", " server"};
	for (size_t i = 0; i < sizeof host_kinds / sizeof *host_kinds; i++) {
		if (wanted != ENTITY_KINDS && wanted != host_kinds[i])
			continue;
		struct entity *entity = estate_find(estate, name, host_kinds[i]);
		if (entity)
			return entity;
	}
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
		if (str_ends(name, str_from(tails[i])))
			return find_host(estate, str_sub(name, 0, name.size - strlen(tails[i])), wanted);
	return NULL;
}

static const struct cluster *cluster_of(const struct entity *entity)
{
	if (entity->kind == ENTITY_NODE)
		return ((const struct node *)entity)->cluster;
	return entity->kind == ENTITY_CLUSTER ? (const struct cluster *)entity : NULL;
}

/* A machine that holds others. */
static bool is_hypervisor(const struct entity *entity)
{
	if (entity->kind != ENTITY_DEVICE)
		return false;
	struct str kind = ((const struct device *)entity)->device_kind.str;
	return !kind.size || str_find_nocase(kind, STR("hyper")) != SIZE_MAX ||
	       str_find_nocase(kind, STR("host")) != SIZE_MAX || str_find_nocase(kind, STR("server")) != SIZE_MAX ||
	       str_find_nocase(kind, STR("compute")) != SIZE_MAX;
}

static enum match hosts_match(const struct entity *stated, const struct entity *declared)
{
	if (stated == declared)
		return MATCH_SAME;
	const struct cluster *a = cluster_of(stated), *b = cluster_of(declared);
	if (a && a == b && (stated->kind == ENTITY_CLUSTER || declared->kind == ENTITY_CLUSTER))
		return MATCH_SAME;
	if (declared->kind == ENTITY_SERVICE || declared->kind == ENTITY_GROUP)
		return MATCH_UNSURE;
	if (is_hypervisor(stated) != is_hypervisor(declared))
		return MATCH_UNSURE;
	return MATCH_DIFFERS;
}

static enum match match_declared_hosts(const struct fact *fact, const struct entity *stated)
{
	if (fact->subject->kind == ENTITY_NODE)
		return hosts_match(stated, &((const struct node *)fact->subject)->cluster->entity);
	const struct service *service = (const struct service *)fact->subject;
	enum match match = service->runs_on.n ? MATCH_DIFFERS : MATCH_UNSURE;
	for (size_t i = 0; i < service->runs_on.n && match != MATCH_SAME; i++) {
		const struct entity *declared = service->runs_on.data[i].entity;
		enum match one = declared ? hosts_match(stated, declared) : MATCH_UNSURE;
		match = one == MATCH_DIFFERS ? match : one;
	}
	return match;
}

bool service_runs_on(const struct service *service, const struct entity *place)
{
	for (size_t i = 0; i < service->runs_on.n; i++) {
		const struct entity *declared = service->runs_on.data[i].entity;
		if (declared && hosts_match(place, declared) == MATCH_SAME)
			return true;
	}
	return false;
}

/* A service of the node's cluster that another node lists under `runs:`, when this one's list has it not. */
static struct word on_another_node(struct arena *arena, const struct entity *subject, const struct entity *stated)
{
	struct word none = {STR_NONE, SPAN_NONE};
	if (subject->kind != ENTITY_SERVICE || stated->kind != ENTITY_NODE)
		return none;
	const struct service *service = (const struct service *)subject;
	const struct node *node = (const struct node *)stated;
	for (size_t i = 0; i < service->runs_on.n; i++)
		if (service->runs_on.data[i].entity != &node->cluster->entity)
			return none;
	if (node_runs(arena, node, subject->id.str) || node_runs(arena, node, subject->title.str))
		return none;
	struct word other = runs_elsewhere(arena, node, subject->id.str);
	return other.str.size ? other : runs_elsewhere(arena, node, subject->title.str);
}

/* What runs on a node and is no service: an entry of its `runs:`. */
static void judge_runs(struct arena *arena, struct fact *fact)
{
	const struct node *node = (const struct node *)fact->subject;
	const struct word *own = node_runs(arena, node, fact->value.str);
	struct word other = runs_elsewhere(arena, node, fact->value.str);
	if (own)
		settle(fact, VERDICT_AGREES, *own);
	else if (other.str.size)
		settle(fact, VERDICT_CONTRADICTS, other);
	else
		leave(fact, "not among what is declared to run there");
}

static enum match match_network(const struct network *network, const struct entity *stated)
{
	const struct cluster *cluster = (const struct cluster *)stated;
	for (size_t i = 0; i < cluster->networks.n; i++)
		if (cluster->networks.data[i].entity == &network->entity)
			return MATCH_SAME;
	return MATCH_DIFFERS;
}

static void judge_names(struct arena *arena, struct fact *fact, const struct fact_value *parsed,
			const struct estate *estate, const struct declared *declared)
{
	bool is_network = fact->subject && fact->subject->kind == ENTITY_NETWORK;
	enum entity_kind wanted =
		is_network || (fact->subject && fact->subject->kind == ENTITY_NODE) ? ENTITY_CLUSTER : ENTITY_KINDS;
	size_t known = 0, differ = 0;
	if (!fact->subject ||
	    (fact->subject->kind != ENTITY_NODE && fact->subject->kind != ENTITY_SERVICE && !is_network)) {
		leave(fact, "no subject");
		return;
	}
	for (size_t i = 0; i < parsed->names.n; i++) {
		const struct entity *stated = find_host(estate, parsed->names.data[i], wanted);
		enum match match = MATCH_UNSURE;
		if (stated && is_network)
			match = match_network((const struct network *)fact->subject, stated);
		else if (stated)
			match = match_declared_hosts(fact, stated);
		struct word other = {STR_NONE, SPAN_NONE};
		if (match == MATCH_SAME && parsed->names.n == 1)
			other = on_another_node(arena, fact->subject, stated);
		if (other.str.size) {
			settle(fact, VERDICT_CONTRADICTS, other);
			return;
		}
		if (match == MATCH_SAME) {
			settle(fact, VERDICT_AGREES, declared->values.data[0]);
			return;
		}
		known += stated != NULL;
		differ += match == MATCH_DIFFERS;
	}
	if (differ && differ == parsed->names.n)
		settle(fact, VERDICT_CONTRADICTS, declared->values.data[0]);
	else
		leave(fact, known ? "perhaps the machine beneath" : "names nothing that is declared");
}

/* ---- words and text ---- */

static size_t count_words(struct str words)
{
	size_t n = words.size > 0;
	for (size_t i = 0; i < words.size; i++)
		n += words.data[i] == ' ';
	return n;
}

static bool is_one_of(struct str text, const char *list)
{
	struct str rest = str_from(list);
	while (rest.size)
		if (str_eq(str_cut(&rest, '|'), text))
			return true;
	return false;
}

/* Yes and no: 1, -1; 0: neither. */
static int answer(struct str text)
{
	if (is_one_of(text, "yes|true|on|enabled|active|✅|✓"))
		return 1;
	return is_one_of(text, "no|false|off|disabled|inactive|none|❌|✗") ? -1 : 0;
}

/* "30 days", "0.5", "200 ms": a number and at most one word, durations in seconds. */
struct measure {
	bool valid;
	double number;
	struct str unit; /* singular */
};

static struct measure read_measure(struct str words)
{
	static const struct {
		const char *words;
		double seconds;
	} units[] = {{"ms|millisecond|msec", 0.001},
		     {"s|sec|second", 1},
		     {"min|minute", 60},
		     {"h|hr|hour", 3600},
		     {"d|day", 86400},
		     {"week", 604800}};
	struct measure measure = {0};
	struct str rest = words, number = str_cut(&rest, ' ');
	long long whole, part = 0;
	struct str fraction = number, head = str_cut(&fraction, '.');
	if (!str_to_number(head, &whole) || (fraction.size && !str_to_number(fraction, &part)) ||
	    str_find_char(rest, ' ') != SIZE_MAX)
		return measure;
	double scale = 1;
	for (size_t i = 0; i < fraction.size; i++)
		scale /= 10;
	measure = (struct measure){true, (double)whole + (double)part * scale, rest};
	if (rest.size > 2 && rest.data[rest.size - 1] == 's')
		measure.unit.size--;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (is_one_of(measure.unit, units[i].words)) {
			measure.number *= units[i].seconds;
			measure.unit = STR("second");
			break;
		}
	return measure;
}

static enum match measures_match(struct str a, struct str b)
{
	struct measure x = read_measure(a), y = read_measure(b);
	if (!x.valid || !y.valid || !str_eq(x.unit, y.unit))
		return MATCH_UNSURE;
	double slack = 1e-9 * (x.number + y.number);
	return x.number - y.number <= slack && y.number - x.number <= slack ? MATCH_SAME : MATCH_DIFFERS;
}

/* Values that are of a type of their own: a number, a quantity, a version, a date. */
static enum match typed_match(struct arena *arena, struct str stated, struct str declared)
{
	struct date_found a = date_find(stated), b = date_find(declared);
	if (b.form == DATE_ISO || b.form == DATE_OTHER) {
		if (str_trim(b.rest).size || (a.form != DATE_ISO && a.form != DATE_OTHER))
			return MATCH_UNSURE;
		return date_cmp(a.date, b.date) ? MATCH_DIFFERS : MATCH_SAME;
	}
	struct fact_value x = fact_value_parse(arena, TYPE_QUANTITY, stated);
	struct fact_value y = fact_value_parse(arena, TYPE_QUANTITY, declared);
	if (y.valid && y.quantities.n == 1 && y.part.size == declared.size) {
		if (!x.valid || x.quantities.n != 1)
			return MATCH_UNSURE;
		return quantity_agrees(&x.quantities.data[0], &y.quantities.data[0]) ? MATCH_SAME : MATCH_DIFFERS;
	}
	x = fact_value_parse(arena, TYPE_VERSION, stated);
	y = fact_value_parse(arena, TYPE_VERSION, declared);
	return x.valid && y.valid && y.part.size == declared.size ? versions_match(x.text, y.text) : MATCH_UNSURE;
}

static enum match text_match(struct arena *arena, struct str stated, struct str declared)
{
	struct fact_value x = fact_value_parse(arena, TYPE_TEXT, stated);
	struct fact_value y = fact_value_parse(arena, TYPE_TEXT, declared);
	if (!x.valid || !y.valid)
		return MATCH_UNSURE;
	int stated_answer = answer(x.text), declared_answer = answer(y.text);
	if (str_eq(x.text, y.text))
		return MATCH_SAME;
	if (declared_answer)
		return stated_answer == declared_answer ? MATCH_SAME : stated_answer ? MATCH_DIFFERS : MATCH_UNSURE;
	enum match typed = measures_match(x.text, y.text);
	if (typed == MATCH_UNSURE)
		typed = typed_match(arena, str_trim(stated), str_trim(declared));
	if (typed != MATCH_UNSURE)
		return typed;
	if (words_within(y.text, x.text) || words_within(x.text, y.text) || words_abbreviate(x.text, y.text))
		return MATCH_SAME;
	bool is_short = count_words(x.text) <= SHORT_TEXT && count_words(x.text) <= count_words(y.text) + 2;
	return is_short && !words_share(x.text, y.text) ? MATCH_DIFFERS : MATCH_UNSURE;
}

static enum match words_match(struct arena *arena, const struct fact *fact, struct str declared)
{
	const char *name = fact->attribute->name;
	struct str stated = fact->value.str;
	if (strcmp(name, "platform") != 0 && strcmp(name, "cpu") != 0 && strcmp(name, "gpu") != 0)
		return text_match(arena, stated, declared);
	struct fact_value x = fact_value_parse(arena, TYPE_TEXT, stated);
	struct fact_value y = fact_value_parse(arena, TYPE_TEXT, declared);
	if (!x.valid || !y.valid)
		return MATCH_UNSURE;
	return strcmp(name, "platform") == 0 ? platforms_match(x.text, y.text) : models_match(x.text, y.text);
}

static void judge_text(struct arena *arena, struct fact *fact, const struct declared *declared)
{
	bool unsure = false;
	for (size_t i = 0; i < declared->values.n; i++) {
		enum match match = words_match(arena, fact, declared->values.data[i].str);
		if (match == MATCH_SAME) {
			settle(fact, VERDICT_AGREES, declared->values.data[i]);
			return;
		}
		unsure |= match == MATCH_UNSURE;
	}
	if (unsure)
		leave(fact, "words that may mean the same");
	else
		settle(fact, VERDICT_CONTRADICTS, declared->values.data[0]);
}

void judge_words(struct arena *arena, struct fact *fact, const struct fact_value *parsed, const struct estate *estate,
		 const struct declared *declared)
{
	switch (parsed->type) {
	case TYPE_ROLE:
	case TYPE_ARCHITECTURE: judge_set(arena, fact, parsed, declared); break;
	case TYPE_NUMBER: judge_numbers(arena, fact, parsed, declared); break;
	case TYPE_HOST: judge_hosts(arena, fact, parsed, estate, declared); break;
	case TYPE_NAME:
		if (strcmp(fact->attribute->name, "runs") == 0)
			judge_runs(arena, fact);
		else
			judge_names(arena, fact, parsed, estate, declared);
		break;
	default: judge_text(arena, fact, declared); break;
	}
}
