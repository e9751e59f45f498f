/* Versions of platforms and services in prose: "Talos Linux v1.12.1", "Kubernetes 1.35". */
#include "fact/phrase.h"

static const char *const components[] = {"talos", "kubernetes", "k3s", "rke2", "k0s", "proxmox"};

static bool is_declared(const struct estate *estate, struct str word)
{
	for (size_t i = 0; estate && i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->versions.n; k++)
			if (str_eq_nocase(estate->clusters.data[i]->versions.data[k].component.str, word))
				return true;
	return false;
}

/* The component that the word at i names, in lower case; empty: none. */
static struct str component_at(const struct phrase *phrase, size_t i)
{
	struct str word = phrase_text(phrase, i);
	if (str_eq_nocase(word, STR("k8s")))
		return STR("kubernetes");
	for (size_t k = 0; k < sizeof components / sizeof *components; k++)
		if (str_eq_nocase(word, str_from(components[k])))
			return str_from(components[k]);
	bool declared = phrase->token[i].kind != TOKEN_MARK && is_declared(phrase->sink->page->estate, word);
	return declared ? str_lower_ascii(phrase->sink->arena, word) : STR_NONE;
}

/* "v1.12 or later", "1.35+", "v1.12 → v1.13" */
static bool is_bound_behind(const struct phrase *phrase, size_t i)
{
	return phrase_has(phrase, i, "or|to|and")
		       ? phrase_has(phrase, i + 1, "later|newer|higher|above|up|older|earlier|below") ||
				 (i + 1 < phrase->n && phrase->token[i + 1].kind == TOKEN_VERSION)
		       : phrase_has_mark(phrase, i, '+') || phrase_has_mark(phrase, i, '>') ||
				 (phrase_has_mark(phrase, i, '-') && i + 1 < phrase->n &&
				  phrase->token[i + 1].kind == TOKEN_VERSION);
}

/* True when the words before say what is in use: "runs", "on", the start of a line, another item of a list. */
static bool is_in_use(const struct phrase *phrase, size_t i)
{
	if (i <= phrase->start)
		return true;
	if (phrase->token[i - 1].kind == TOKEN_MARK)
		return strchr(",+|/(:-", phrase->token[i - 1].mark) != NULL;
	return str_ends_nocase(phrase_text(phrase, i - 1), STR("managed")) ||
	       phrase_has(phrase, i - 1, "runs|run|running|is|are|uses|using|use|with|and|currently|tracks");
}

/* The one service that runs what the word names: mariadb of shop-mariadb. */
static struct entity *service_of(const struct phrase *phrase, size_t i)
{
	const struct estate *estate = phrase->sink->page->estate;
	struct str word = phrase_text(phrase, i);
	bool several;
	struct entity *entity =
		estate && phrase->token[i].kind != TOKEN_MARK
			? declared_component(estate, str_lower_ascii(phrase->sink->arena, word), &several)
			: NULL;
	return entity && entity->kind == ENTITY_SERVICE ? entity : NULL;
}

static void read_version(struct phrase *phrase, size_t i)
{
	size_t name = i ? i - 1 : 0, first;
	bool is_generation = str_find_char(phrase_text(phrase, i), '.') == SIZE_MAX;
	if (!i || is_generation)
		return;
	while (name && phrase_has(phrase, name, "version|release|linux|at|ve|cluster"))
		name--;
	struct entity *subject = phrase->token[name].kind == TOKEN_NAME ? phrase->token[name].entity : NULL;
	struct str detail = STR_NONE;
	first = name;
	if (!subject || subject->kind != ENTITY_SERVICE) {
		detail = component_at(phrase, name);
		subject = detail.size ? cluster_meant(phrase) : NULL;
		if (!subject)
			detail = STR_NONE;
	} else if (name != i - 1) {
		subject = NULL;
	}
	if (!subject)
		subject = service_of(phrase, name);
	if (!subject)
		return;
	struct claim claim = {
		.subject = subject, .attribute = attribute_named("version"), .detail = detail, .from = i, .to = i + 1};
	if (is_bound_behind(phrase, i + 1))
		claim.why = "a bound, not a version";
	else if (!is_in_use(phrase, first))
		claim.why = "a version in passing";
	phrase_state(phrase, &claim);
}

void read_versions(struct phrase *phrase)
{
	for (size_t i = 1; i < phrase->n; i++)
		if (phrase->token[i].kind == TOKEN_VERSION)
			read_version(phrase, i);
}
