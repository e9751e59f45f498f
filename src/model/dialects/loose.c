/* A status that no key names: a heading, a badge, bold words, a tag. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_LOOSE), 10);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_LOOSE), reading);
}

const struct dialect dialect_loose = {.name = "loose", .evidence = evidence, .read = read};
