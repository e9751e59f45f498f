/* Status and date in front matter, with no other mark of MADR. */
#include "model/record.h"

static int evidence(const struct md *md)
{
	return fields_evidence(md, IN(PLACE_FRONT), 90);
}

static void read(struct arena *arena, const struct md *md, struct dialect_reading *reading)
{
	fields_read(arena, md, IN(PLACE_FRONT), reading);
}

const struct dialect dialect_front_matter = {.name = "front-matter", .evidence = evidence, .read = read};
