/* Between the rules about facts: contradictions that have one cause are one. */
#ifndef LINTEL_CONTRADICTION_H
#define LINTEL_CONTRADICTION_H

#include "check/check.h"

/* One value stated for one thing that has another, with every place that states it. */
struct contradiction {
	const struct fact *fact;         /* the first place */
	VEC(const struct fact *) others; /* the other places, in order */
};
struct contradictions {
	VEC(struct contradiction *) list;
};

/* Of the running rule, by page and place. */
struct contradictions contradictions_find(struct check *check);

/* Calls `report` for each of them. */
void contradictions_each(struct check *check,
			 void (*report)(struct check *check, const struct contradiction *contradiction));

/* "storm", or the words of a subject that nothing declares. */
struct str contradiction_subject(const struct fact *fact);
/* Adds the fix that writes `right` at the fact's place, when the place holds the value and nothing else, and the text
 * around fits `right` too. */
void contradiction_fix(struct check *check, struct diag *diag, const struct fact *fact, struct str right);
/* Adds where it is declared, where else it is stated, and what to do. `right` is what to write; the fix writes it when the
 * place holds the value and nothing else. */
void contradiction_explain(struct check *check, struct diag *diag, const struct contradiction *contradiction,
			   struct str right);

#endif
