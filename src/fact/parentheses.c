/* Parentheses behind a name: "Studio (Kind, 12 nodes)", "storm (192.168.100.25)"; each part is typed for itself. */
#include "fact/phrase.h"

/* One part between commas: tokens [from, to). */
struct part {
	size_t from, to;
};

static bool is_platform(struct str text)
{
	static const char *const platforms[] = {"kind",      "k3s",         "k3d",     "k0s",      "rke2",
						"talos",     "talos linux", "kubeadm", "microk8s", "minikube",
						"openshift", "proxmox",     "okd"};
	for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++)
		if (str_eq_nocase(text, str_from(platforms[i])))
			return true;
	return false;
}

static struct str part_text(const struct phrase *phrase, struct part part)
{
	const struct token *first = &phrase->token[part.from], *last = &phrase->token[part.to - 1];
	return str_sub(phrase->run->text, first->from, last->to - first->from);
}

static void state(struct phrase *phrase, struct entity *subject, const char *attribute, struct part part, bool naming)
{
	struct claim claim = {.subject = subject,
			      .attribute = attribute_named(attribute),
			      .from = part.from,
			      .to = part.to,
			      .naming = naming};
	phrase_state(phrase, &claim);
}

/* "LoadBalancer IP: 10.10.0.90", "IP 10.10.0.90", "at 10.10.0.90": the last token is the value. */
static void read_keyed(struct phrase *phrase, struct entity *subject, struct part part)
{
	struct part value = {part.to - 1, part.to}, key = {part.from, part.to - 1};
	enum token_kind kind = phrase->token[value.from].kind;
	if (kind != TOKEN_ADDRESS && kind != TOKEN_PREFIX)
		return;
	if (key.to > key.from && phrase_has_mark(phrase, key.to - 1, ':'))
		key.to--;
	if (key.to - key.from == 1 && phrase_has(phrase, key.from, "at|on"))
		key.to--;
	const struct attribute *attribute = NULL;
	if (key.to > key.from)
		attribute = attribute_find(part_text(phrase, key), subject->kind);
	else
		attribute = attribute_named(kind == TOKEN_PREFIX ? "cidr" : "address");
	bool fits = attribute && attribute->type == (kind == TOKEN_PREFIX ? TYPE_PREFIX : TYPE_ADDRESS);
	if (fits)
		state(phrase, subject, attribute->name, value, true);
}

/* "32GB RAM", "16 GB of memory", "8 cores" */
static void read_quantity(struct phrase *phrase, struct entity *subject, struct part part)
{
	bool is_number = phrase->token[part.from].kind == TOKEN_NUMBER || phrase->token[part.from].kind == TOKEN_OTHER;
	if (subject->kind != ENTITY_NODE || !is_number || part.to - part.from < 2 || part.to - part.from > 4)
		return;
	if (phrase_has(phrase, part.to - 1, "ram|memory") &&
	    (phrase_has(phrase, part.from + 1, "gb|gib|tb|mb") || phrase->token[part.from].kind == TOKEN_OTHER))
		state(phrase, subject, "memory", part, false);
	else if (part.to - part.from == 2 && phrase_has(phrase, part.to - 1, "cores|vcpu|vcpus"))
		state(phrase, subject, "cores", part, false);
}

static void read_words(struct phrase *phrase, struct entity *subject, struct part part)
{
	struct str text = part_text(phrase, part);
	bool is_node = subject->kind == ENTITY_NODE, is_cluster = subject->kind == ENTITY_CLUSTER;
	size_t end = phrase_run(phrase, part.from, "control plane");
	if (!end && phrase_has(phrase, part.from, "worker|master|controlplane"))
		end = part.from + 1;
	end += end && end < part.to && phrase_has(phrase, end, "node") ? 1u : 0u;
	if (is_node && end == part.to)
		state(phrase, subject, "role", part, false);
	else if (is_cluster && is_platform(text))
		state(phrase, subject, "platform", part, false);
	else if ((is_node || is_cluster) && phrase_has(phrase, part.from, "arm64|aarch64|amd64|x86_64") &&
		 part.to == part.from + 1)
		state(phrase, subject, "architecture", part, false);
}

static void read_part(struct phrase *phrase, struct entity *subject, struct part part)
{
	if (part.from >= part.to)
		return;
	struct tally tally = tally_at(phrase, part.from);
	enum token_kind last = phrase->token[part.to - 1].kind;
	if (tally.end == part.to)
		tally_state(phrase, part.from, &tally, subject->kind == ENTITY_NODE ? NULL : subject, NULL);
	else if (last == TOKEN_ADDRESS || last == TOKEN_PREFIX)
		read_keyed(phrase, subject, part);
	else if (last == TOKEN_VERSION && part.to == part.from + 1 && subject->kind == ENTITY_SERVICE)
		state(phrase, subject, "version", part, false);
	else if (phrase->token[part.from].kind == TOKEN_NUMBER || phrase->token[part.from].kind == TOKEN_OTHER)
		read_quantity(phrase, subject, part);
	else
		read_words(phrase, subject, part);
}

/* A capital, bold or code: with a value in parentheses behind it, an ordinary word may be a name. */
static bool looks_like_name(const struct phrase *phrase, size_t i)
{
	const struct token *token = &phrase->token[i];
	return token->kind == TOKEN_WORD &&
	       (isupper((unsigned char)phrase->run->text.data[token->from]) ||
		(run_marks(phrase->run, token->from, token->to) & (RUN_STRONG | RUN_CODE)));
}

/* The entity whose name ends right before token `open`, and where it begins. */
static struct entity *name_before(const struct phrase *phrase, size_t open, size_t *begin)
{
	size_t at = open;
	unsigned kinds =
		KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) | KIND_BIT(ENTITY_NETWORK);
	if (at >= 2 && phrase_has(phrase, at - 1, "cluster|node|host|server|network|machine"))
		at--;
	if (!at)
		return NULL;
	*begin = at - 1;
	if (phrase->token[at - 1].kind == TOKEN_NAME)
		return phrase->token[at - 1].entity;
	return looks_like_name(phrase, at - 1) ? subject_named(phrase->sink, phrase_text(phrase, at - 1), kinds) : NULL;
}

/* "192.168.100.25 (storm)" */
static void read_reversed(struct phrase *phrase, size_t open, size_t close)
{
	if (!open || close != open + 2 || phrase->token[open + 1].kind != TOKEN_NAME)
		return;
	struct part value = {open - 1, open};
	if (phrase->token[value.from].kind == TOKEN_ADDRESS)
		state(phrase, phrase->token[open + 1].entity, "address", value, true);
	else if (phrase->token[value.from].kind == TOKEN_PREFIX)
		state(phrase, phrase->token[open + 1].entity, "cidr", value, true);
}

static size_t closing(const struct phrase *phrase, size_t open)
{
	for (size_t i = open + 1; i < phrase->n; i++)
		if (phrase_has_mark(phrase, i, ')') && phrase->token[i].depth == phrase->token[open].depth)
			return i;
	return 0;
}

static void read_parts(struct phrase *phrase, struct entity *subject, size_t open, size_t close)
{
	size_t from = open + 1;
	for (size_t i = open + 1; i <= close; i++) {
		bool ends =
			i == close || (phrase->token[i].kind == TOKEN_MARK && strchr(",;+&", phrase->token[i].mark) &&
				       phrase->token[i].depth == phrase->token[open].depth + 1);
		if (!ends)
			continue;
		read_part(phrase, subject, (struct part){from, i});
		from = i + 1;
	}
}

/* "**Studio** (Kind, 12 nodes)" where nothing declares Studio: its count can still be compared with other places. */
static void read_unbound(struct phrase *phrase, size_t open, size_t close)
{
	size_t at = open >= 2 && phrase_has(phrase, open - 1, "cluster") ? open - 1 : open;
	if (!at || !looks_like_name(phrase, at - 1) || phrase_is_of_another(phrase, at - 1))
		return;
	const struct token *token = &phrase->token[at - 1];
	struct word name = run_word(phrase->sink, phrase->run, token->from, token->to);
	struct word subject = unbound_name(phrase->sink, name, ENTITY_CLUSTER);
	bool is_alone = at == 1 || phrase->token[at - 2].kind == TOKEN_MARK ||
			(run_marks(phrase->run, token->from, token->to) & (RUN_STRONG | RUN_CODE));
	for (size_t i = open + 1; subject.str.size && is_alone && i < close; i++) {
		struct tally tally = tally_at(phrase, i);
		bool is_part = tally.end && (i == open + 1 || phrase_has_mark(phrase, i - 1, ',')) &&
			       (tally.end == close || phrase_has_mark(phrase, tally.end, ','));
		if (!is_part || !tally_is_of_cluster(&tally))
			continue;
		struct claim claim = {.subject_text = subject,
				      .attribute = attribute_named(tally.attribute),
				      .from = i,
				      .to = tally.value_to};
		phrase_state(phrase, &claim);
		return;
	}
}

void read_parentheses(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->n; i++) {
		size_t begin = 0, close = phrase_has_mark(phrase, i, '(') ? closing(phrase, i) : 0;
		if (!close)
			continue;
		struct entity *subject = name_before(phrase, i, &begin);
		if (subject && !phrase_is_of_another(phrase, begin))
			read_parts(phrase, subject, i, close);
		else if (!subject)
			read_unbound(phrase, i, close);
		read_reversed(phrase, i, close);
	}
}
