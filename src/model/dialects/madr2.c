/* MADR 2: status and date as a list below the title. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_BULLET), 70);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_BULLET), reading);
}

const struct dialect dialect_madr2 = {.name = "madr2", .evidence = evidence, .read = read};
