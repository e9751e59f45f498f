/* topology-unknown-key: a key that nothing reads. */
#include "check/check.h"

static const char *article(const char *word)
{
	return strchr("aeiou", word[0]) ? "an" : "a";
}

static void run(struct check *check)
{
	const struct trouble *trouble;

	for (size_t at = 0; (trouble = check_trouble(check, &at));) {
		struct diag *diag = check_report(check, trouble->span, "%s %s has no key " STR_FMT,
						 article(trouble->kind), trouble->kind, STR_ARG(trouble->text));

		if (trouble->extra.size > 0)
			check_help(check, diag, "write " STR_FMT, STR_ARG(trouble->extra));
		else
			check_help(check, diag, "take it away, or write x-" STR_FMT " when it is meant for others",
				   STR_ARG(trouble->text));
	}
}

const struct rule rule_topology_unknown_key = {
	.name = "topology-unknown-key",
	.severity = SEVERITY_WARNING,
	.group = "topology",
	.summary = "a key of a topology file that the schema does not know",
	.explain =
		"What stands under an unknown key is not read: a misspelt address is no address, and nothing is checked against "
		"it. Keys that begin with x- are left alone; description, docs, tags, links and decision may stand on anything.",
	.example = "storm: {role: worker, adress: 10.0.0.25}     the key is address",
	.cure = "Write the key that is meant, or begin it with x- when it is for other tools.",
	.run = run,
};
