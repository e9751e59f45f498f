/* suppression-unused: a comment that suppresses nothing. The engine reports it, after suppressions are applied. */
#include "check/check.h"

static void run(struct check *check)
{
	(void)check; /* what is unused is known only after every rule has run */
}

const struct rule rule_suppression_unused = {
	.name = "suppression-unused",
	.severity = SEVERITY_WARNING,
	.group = "text",
	.summary = "an ignore comment that matches nothing, or names no rule",
	.explain =
		"A suppression that covers no finding hides the next mistake made at that place. It is reported so that "
		"the list of exceptions only holds what is needed.",
	.example = "<!-- lintel-disable-next-line fact-address: moved next week -->",
	.cure = "Remove the comment, or correct the rule's name.",
	.run = run,
};
