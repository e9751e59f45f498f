/* topology-unknown-decision: `decision:` names no record. */
#include "check/check.h"

static size_t count_records(const struct model *model, const struct estate *estate)
{
	size_t n = 0;
	for (size_t i = 0; i < model->logs.n; i++)
		if (!model->logs.data[i]->estate || model->logs.data[i]->estate == estate)
			n += model->logs.data[i]->decisions.n;
	return n;
}

static bool is_elsewhere(struct str text)
{
	return str_starts_nocase(text, STR("http://")) || str_starts_nocase(text, STR("https://"));
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct decision_uses uses = estate_decisions(check->arena, estate);
		size_t n = uses.list.n ? count_records(check->model, estate) : 0;
		for (size_t i = 0; i < uses.list.n; i++) {
			const struct decision_ref *ref = uses.list.data[i].ref;
			if (ref->decision || ref->ambiguous || ref->word.str.size == 0 || is_elsewhere(ref->word.str))
				continue;
			struct diag *diag = check_report(check, ref->word.span, "there is no decision " STR_FMT,
							 STR_ARG(ref->word.str));
			if (n)
				check_help(check, diag, "name one of the %zu records of this estate by number or path",
					   n);
			else
				check_help(check, diag,
					   "this estate has no decision log; put records into decisions/" STR_FMT "/",
					   STR_ARG(estate->entity.id.str));
		}
	}
}

const struct rule rule_topology_unknown_decision = {
	.name = "topology-unknown-decision",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "`decision:` names no record",
	.explain = "`decision:` takes a number (7, 0007, ADR-0007), a path from the topology or from the "
		   "workspace, or a record's file name, and looks in the logs of the same estate. A number that "
		   "two records have is ambiguous and told by decision-number-duplicate; an address of the web "
		   "is not judged.",
	.example = "`decision: 99` in an estate of 62 records",
	.cure = "Correct the number, or add the record.",
	.run = run,
};
