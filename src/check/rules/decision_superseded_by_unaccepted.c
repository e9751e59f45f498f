/* decision-superseded-by-unaccepted: a record gave way to one that is not in force. */
#include "check/check.h"

static bool is_not_in_force(enum status status)
{
	return status == STATUS_DRAFT || status == STATUS_PROPOSED || status == STATUS_REJECTED ||
	       status == STATUS_WITHDRAWN || status == STATUS_DEFERRED || status == STATUS_DEPRECATED;
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->decisions.n; i++) {
		const struct decision *decision = check->model->decisions.data[i];
		for (size_t k = 0; k < decision->relations.n; k++) {
			const struct relation *relation = &decision->relations.data[k];
			const struct decision *by = relation->target;
			if (relation->kind != RELATION_SUPERSEDED_BY || relation->partial || !by || by == decision ||
			    !is_not_in_force(by->effective_status))
				continue;
			struct diag *diag = check_report(
				check, relation->span, "decision " STR_FMT " is superseded by " STR_FMT ", which is %s",
				STR_ARG(decision->id), STR_ARG(by->id), status_name(by->effective_status));
			check_note(check, diag, by->status_text.span, "its status");
			check_help(check, diag, "accept " STR_FMT ", or leave " STR_FMT " in force until it is",
				   STR_ARG(by->id), STR_ARG(decision->id));
		}
	}
}

const struct rule rule_decision_superseded_by_unaccepted = {
	.name = "decision-superseded-by-unaccepted",
	.severity = SEVERITY_WARNING,
	.group = "decisions",
	.summary = "the successor of a record is proposed, rejected or deprecated",
	.explain = "A decision stays in force until another one takes its place. Where the successor is only "
		   "proposed, or was rejected or deprecated, nothing is in force, or the old record should be "
		   "again. A successor that is itself superseded is fine: the chain leads on.",
	.example = "0045 is superseded by 0047, and 0047 is proposed",
	.cure = "Accept the successor, or give the old record its status back.",
	.run = run,
};
