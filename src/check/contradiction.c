/* Contradictions that have one cause are one. */
#include "check/contradiction.h"
#include "check/stale_regions.h"

static struct str subject_key(struct arena *arena, const struct fact *fact)
{
	const struct entity *subject = fact->subject;
	const struct estate *estate = subject && subject->estate ? subject->estate : fact->page->estate;
	struct str home = estate ? estate->entity.id.str : STR_NONE;
	return subject ? str_format(arena, STR_FMT "\n%d\n" STR_FMT, STR_ARG(home), (int)subject->kind,
				    STR_ARG(subject->id.str))
		       : str_format(arena, STR_FMT "\n-\n" STR_FMT, STR_ARG(home), STR_ARG(fact->subject_text.str));
}

/* What configuration makes of the rule at a place is part of it: a page where the rule is off hides no other. */
static struct str cause_key(struct check *check, const struct fact *fact)
{
	struct fact_value value = fact_value_parse(check->arena, fact->attribute->type, fact->value.str);
	enum severity severity =
		config_severity_of(check->config, check->rule->name, fact->page->source->path, check->rule->severity);
	return str_format(check->arena, "%d\n" STR_FMT "\n%s\n" STR_FMT "\n" STR_FMT, (int)severity,
			  STR_ARG(subject_key(check->arena, fact)), fact->attribute->name, STR_ARG(fact->detail),
			  STR_ARG(fact_value_key(check->arena, &value)));
}

struct contradictions contradictions_find(struct check *check)
{
	struct contradictions found = {0};
	struct map by_cause = {.arena = check->arena};
	for (size_t i = 0; i < check->facts->list.n; i++) {
		const struct fact *fact = check->facts->list.data[i];
		if (fact->verdict != VERDICT_CONTRADICTS || strcmp(fact->attribute->rule, check->rule->name) != 0 ||
		    is_in_stale_region(check, fact->value.span))
			continue;
		struct str key = cause_key(check, fact);
		bool alone = check_is_suppressed(check, fact->value.span);
		struct contradiction *contradiction = alone ? NULL : map_find(&by_cause, key);
		if (contradiction) {
			vec_add(check->arena, &contradiction->others, fact);
			continue;
		}
		contradiction = NEW(check->arena, struct contradiction);
		contradiction->fact = fact;
		if (!alone)
			map_put(&by_cause, key, contradiction);
		vec_add(check->arena, &found.list, contradiction);
	}
	return found;
}

struct str contradiction_subject(const struct fact *fact)
{
	return fact->subject ? entity_title(fact->subject) : fact->subject_text.str;
}

static bool is_number(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!isdigit((unsigned char)text.data[i]))
			return false;
	return text.size > 0;
}

static bool has_unit(struct str amount)
{
	return amount.size && !isdigit((unsigned char)amount.data[amount.size - 1]);
}

/* True when `right` can stand where the fact's value stands: no word for a number, no unit twice, no line of a box moved. */
static bool fits(const struct fact *fact, struct str right)
{
	struct str stated = fact->value.str;
	if (fact->form == FORM_DRAWING && utf8_width(stated) != utf8_width(right))
		return false;
	switch (fact->attribute->type) {
	case TYPE_COUNT: return is_number(stated);
	case TYPE_QUANTITY: return has_unit(stated) == has_unit(right);
	default: return true;
	}
}

void contradiction_fix(struct check *check, struct diag *diag, const struct fact *fact, struct str right)
{
	struct fact_value value = fact_value_parse(check->arena, fact->attribute->type, fact->value.str);
	if (right.size && fits(fact, right) && value.part.size == fact->value.str.size &&
	    str_eq(span_text(check->sources, fact->value.span), fact->value.str))
		check_fix(check, diag, fact->value.span, right);
}

void contradiction_explain(struct check *check, struct diag *diag, const struct contradiction *contradiction,
			   struct str right)
{
	const struct fact *fact = contradiction->fact;
	if (!span_is_none(fact->declared.span))
		check_note(check, diag, fact->declared.span, "declared here");
	for (size_t i = 0; i < contradiction->others.n; i++)
		check_note(check, diag, contradiction->others.data[i]->value.span, "also stated here");
	check_help(check, diag, "write " STR_FMT ", or change what is declared", STR_ARG(right));
	contradiction_fix(check, diag, fact, right);
	for (size_t i = 0; i < contradiction->others.n; i++)
		contradiction_fix(check, diag, contradiction->others.data[i], right);
}

void contradictions_each(struct check *check,
			 void (*report)(struct check *check, const struct contradiction *contradiction))
{
	struct contradictions found = contradictions_find(check);
	for (size_t i = 0; i < found.list.n; i++)
		report(check, found.list.data[i]);
}
