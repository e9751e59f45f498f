/* MADR 3: front matter with `deciders`. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	return fm_find(&md->front, "deciders") ? fields_evidence(fields, IN(PLACE_FRONT), 95) : 0;
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_FRONT), reading);
}

const struct dialect dialect_madr3 = {.name = "madr3", .evidence = evidence, .read = read};
