/* MADR 2: status and date as a list below the title. */
#include "model/record.h"

static int evidence(const struct md *md)
{
	return fields_evidence(md, IN(PLACE_BULLET), 70);
}

static void read(struct arena *arena, const struct md *md, struct dialect_reading *reading)
{
	fields_read(arena, md, IN(PLACE_BULLET), reading);
}

const struct dialect dialect_madr2 = {.name = "madr2", .evidence = evidence, .read = read};
