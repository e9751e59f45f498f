/* Between the files that judge facts. */
#ifndef LINTEL_JUDGE_PARTS_H
#define LINTEL_JUDGE_PARTS_H

#include "fact/value_parts.h"

void settle(struct fact *fact, enum verdict verdict, struct word declared);
/* Not judged, for this reason. */
void leave(struct fact *fact, const char *why);

/* Roles, architectures, platforms, models, names, hosts, numbers and text. */
void judge_words(struct arena *arena, struct fact *fact, const struct fact_value *parsed, const struct estate *estate,
		 const struct declared *declared);

#endif
