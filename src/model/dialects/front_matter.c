/* Status and date in front matter, with no other mark of MADR. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_FRONT), 90);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_FRONT), reading);
}

const struct dialect dialect_front_matter = {.name = "front-matter", .evidence = evidence, .read = read};
