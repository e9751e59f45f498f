/* The table of attributes, what words name them, and what the topology declares for them. */
#include "fact/fact_parts.h"

#include <assert.h>

#define BIT(kind) (1u << (kind))

const struct attribute attributes[] = {
#define X(name, type, rule, words, subjects) {name, type, rule, words, subjects},
#include "fact/attributes.def"
#undef X
};
const size_t n_attributes = sizeof attributes / sizeof *attributes;

/* Lower case, marks of emphasis and a closing ':' or '?' off, runs of blanks as one. */
static size_t normalise(struct str words, char *out, size_t cap)
{
	size_t n = 0;
	words = str_trim(words);
	for (size_t i = 0; i < words.size && n + 1 < cap; i++) {
		char c = (char)tolower((unsigned char)words.data[i]);
		if (c == '*' || c == '`' || (c == '_' && !n))
			continue;
		if (c == '\n' || c == '\t')
			c = ' ';
		if (c == ' ' && (!n || out[n - 1] == ' '))
			continue;
		out[n++] = c;
	}
	while (n && (out[n - 1] == ':' || out[n - 1] == '?' || out[n - 1] == ' '))
		n--;
	return n;
}

const struct attribute *attribute_find(struct str words, enum entity_kind subject)
{
	char text[96];
	struct str normal = {text, normalise(words, text, sizeof text)};
	return normal.size ? attribute_by_word(normal, subject) : NULL;
}

struct str fact_attribute_text(struct arena *arena, const struct fact *fact)
{
	if (!fact->attribute)
		return STR("value");
	struct str name = str_from(fact->attribute->name);
	if (!fact->detail.size)
		return name;
	if (str_is(name, "fact"))
		return fact->detail;
	return str_format(arena, STR_FMT " (" STR_FMT ")", STR_ARG(name), STR_ARG(fact->detail));
}

const struct attribute *attribute_named(const char *name)
{
	for (size_t i = 0; i < n_attributes; i++)
		if (strcmp(attributes[i].name, name) == 0)
			return &attributes[i];
	assert(!"an attribute of attributes.def");
	return NULL;
}

/* ---- with a detail ---- */

/* Words behind the name of a component that say nothing. */
struct str version_component(struct arena *arena, struct str words)
{
	static const char *const endings[] = {" version", " release", " linux", " os", " cluster"};
	char text[96];
	struct str name = str_dup(arena, (struct str){text, normalise(words, text, sizeof text)});
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(name, str_from(endings[i])))
			name.size -= strlen(endings[i]);
	return str_is(name, "k8s") ? STR("kubernetes") : name;
}

/* "accepted" of "accepted decisions", "superseded ADRs". */
static struct str status_before(struct str words)
{
	struct str rest = words, first = str_cut(&rest, ' ');
	for (int status = STATUS_DRAFT; status < STATUS_UNKNOWN; status++)
		if (str_is(first, status_name((enum status)status)) &&
		    attribute_find(rest, ENTITY_ESTATE) == attribute_named("decision count"))
			return first;
	return STR_NONE;
}

const struct attribute *attribute_of(struct arena *arena, const struct entity *subject, struct str words,
				     struct str *detail)
{
	char text[96];
	struct str normal = str_dup(arena, (struct str){text, normalise(words, text, sizeof text)});
	const struct attribute *attribute = attribute_find(normal, subject->kind);
	struct str component = version_component(arena, normal);
	*detail = STR_NONE;
	if (attribute || !normal.size)
		return attribute;
	*detail = normal;
	if (fact_declared_detail(arena, subject->estate, subject, STR_NONE, attribute_named("fact"), normal).values.n)
		return attribute_named("fact");
	*detail = status_before(normal);
	if (detail->size && subject->kind == ENTITY_ESTATE)
		return attribute_named("decision count");
	*detail = component;
	attribute = attribute_find(STR("version"), subject->kind);
	if (attribute &&
	    (str_ends(normal, STR(" version")) ||
	     fact_declared_detail(arena, subject->estate, subject, STR_NONE, attribute, component).values.n))
		return attribute;
	*detail = STR_NONE;
	return NULL;
}
