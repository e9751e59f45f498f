/* decision-status-unknown: a status that says none of the known ones. */
#include "check/check.h"

static struct str first_word(struct str text)
{
	size_t n = 0;
	while (n < text.size && text.data[n] != ' ' && text.data[n] != ',' && text.data[n] != '.')
		n++;
	return str_sub(text, 0, n);
}

/* The known status, or the word of the configuration, that was likely meant. */
static struct str nearest(struct check *check, struct str word)
{
	const struct map *own = &check->config->statuses;
	struct str *names = NEW_ARRAY(check->arena, struct str, own->n + STATUS_UNKNOWN + 2);
	size_t n = 0;
	for (enum status status = STATUS_DRAFT; status < STATUS_UNKNOWN; status++)
		names[n++] = str_from(status_name(status));
	names[n++] = STR("approved");
	names[n++] = STR("implemented");
	for (size_t i = 0; i < own->n; i++)
		names[n++] = own->items[i].key;
	return nearest_find(word, names, n);
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		if (decision->status != STATUS_UNKNOWN)
			continue;
		struct str text = decision->status_text.str, near = nearest(check, first_word(text));
		struct diag *diag =
			check_report(check, decision->status_text.span, "`" STR_FMT "%s` is no known status",
				     STR_ARG(str_sub(text, 0, 60)), text.size > 60 ? "..." : "");
		if (near.size)
			check_help(check, diag, "did you mean " STR_FMT "?", STR_ARG(near));
		else
			check_help(check, diag,
				   "write one of the known words, or add yours to `statuses` in lintel.yaml");
	}
}

const struct rule rule_decision_status_unknown = {
	.name = "decision-status-unknown",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "a status outside the vocabulary, with the nearest word",
	.explain = "The first word of a status decides: draft, proposed, accepted, rejected, withdrawn, "
		   "deferred, deprecated, superseded, and the words that people use for them (approved, "
		   "implemented, declined, on hold, obsolete, replaced, and common misspellings of superseded). "
		   "Emphasis, emoji, dates and links do not matter. Words of another language or house are added "
		   "in lintel.yaml: `statuses: {vigente: accepted}`.",
	.example = "`acepted`",
	.cure = "Write one of the known words, or declare yours in `statuses`.",
	.run = run,
};
